#include "tui/as_of.h"

#include <glib/gi18n.h>

#include "data/as_of.h"
#include "tui/ask.h"

/*
 * Looking at another day, as far as it is the same in every view: the keys that
 * lead there and back, and that nothing is edited meanwhile, nor on what was shown
 * before a change that is still on its way.
 */
char *app_locked(const struct app *app, const struct world *world)
{
	char day[DATE_TEXT_SIZE], key[16];

	if (world->read_only)
		return g_strdup(_("This network is open read only."));
	/* What was never shown must not be overwritten. */
	if (!date_is_set(world->as_of))
		return world->behind ? g_strdup(_("One moment: the last change is not shown yet."))
				     : NULL;
	return g_strdup_printf(_("As of %s nothing can be changed: %s leads back to now."),
			       date_format(world->as_of, day),
			       key_text(keymap_key(&app->keymap, ACTION_NOW), key));
}

bool app_may_edit(struct app *app, const struct world *world)
{
	g_autofree char *why = app_locked(app, world);

	if (why != NULL)
		app_say(app, STYLE_WARN, "%s", why);
	return why == NULL;
}

struct world world_now(const struct world *world)
{
	struct world now = *world;

	if (!date_is_set(world->as_of))
		return now;
	now.model = world->present;
	now.study = world->present_study;
	now.today = world->present->today;
	now.as_of = (struct date){ 0 };
	return now;
}

void as_of_ask(struct effects *effects, const char *day)
{
	effects_add(effects, EFFECT_AS_OF)->text = g_strdup(day);
}

static void step(struct app *app, const struct world *world, int years, struct effects *effects)
{
	const struct world now = world_now(world);
	/* Keys pressed while a day is on its way go on from there. */
	struct date at = date_is_set(world->coming) ? world->coming : world->as_of;
	struct date from = date_is_set(at) ? at : (struct date){ .year = now.today.year };
	int first = model_first_year(now.model);
	struct date to = date_add_months(from, 12 * years);
	char day[DATE_TEXT_SIZE];

	if (years > 0 && !date_is_set(at))
		app_say(app, STYLE_DIM, _("This is the network as it is now."));
	else if (first == 0)
		app_say(app, STYLE_DIM, _("Nothing here says when it began."));
	else if (years < 0 && to.year < first)
		app_say(app, STYLE_DIM, _("Of before %d nothing is known."), first);
	else
		as_of_ask(effects, date_format(to, day));
}

bool as_of_act(struct app *app, const struct world *world, enum action action,
	       struct effects *effects)
{
	bool past = date_is_set(world->as_of) || date_is_set(world->coming);

	if (action == ACTION_YEAR_BACK || action == ACTION_YEAR_ON)
		step(app, world, action == ACTION_YEAR_BACK ? -1 : 1, effects);
	else if ((action == ACTION_NOW || action == ACTION_BACK) && past)
		as_of_ask(effects, NULL);
	else if (action == ACTION_NOW)
		ask_command(app, world, "as-of ");
	else
		return false;
	return true;
}
