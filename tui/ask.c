#include "tui/ask.h"

#include <string.h>

#include <glib/gi18n.h>

#include "base/errors.h"
#include "graph/export/export.h"
#include "tui/widgets/prompt.h"

/*
 * What the app asks in one line: the filter (which works while it is typed),
 * where to export to.  Questions with more than one
 * line are views.
 */
static void ask(struct app *app, enum app_question question, const char *label, const char *text)
{
	prompt_free(app->prompt);
	app->prompt = prompt_new(label, text);
	app->question = question;
}

void ask_filter(struct app *app)
{
	g_free(app->filter_before);
	app->filter_before = g_strdup(app->filter);
	ask(app, ASK_FILTER, _("Filter: "), app->filter);
}

void ask_export(struct app *app)
{
	/* Not what is marked: that is said by saying what is. */
	ask(app, ASK_EXPORT,
	    app->filter[0] != '\0' ? _("Export what passes the filter to: ")
				   : _("Export the whole network to: "),
	    "telar-export.graphml");
}

void ask_find(struct app *app)
{
	ask(app, ASK_FIND, "/", "");
}

char *ask_export_endings(void)
{
	const struct export_format *formats;
	GString *out = g_string_new(NULL);
	guint n;

	formats = export_formats(&n);
	for (guint i = 0; i < n; i++)
		if (formats[i].extension[0] != '\0')
			g_string_append_printf(out, "%s.%s", out->len == 0 ? "" : " ",
					       formats[i].extension);
	return g_string_free(out, FALSE);
}

char *ask_help(const struct app *app)
{
	g_autofree char *endings = NULL;

	if (app->question == ASK_EXPORT) {
		endings = ask_export_endings();
		return g_strdup_printf(_("Format by ending: %s"), endings);
	}
	if (app->question != ASK_FILTER || app->prompt->text->len > 0)
		return NULL;
	return g_strdup(_("as in  bogota  country=CO,MX  sector=academia  ties>3  verified<2025"));
}

static void ask_end(struct app *app)
{
	g_clear_pointer(&app->prompt, prompt_free);
	g_clear_pointer(&app->filter_error, g_free);
}

/* Live: whatever can be understood already filters. */
static void filter_typed(struct app *app, const struct world *world)
{
	g_autoptr(GError) error = NULL;
	g_autofree char *hint = NULL;
	struct filter *filter = filter_for_world(world, app->prompt->text->str, &error);

	g_clear_pointer(&app->filter_error, g_free);
	if (filter == NULL) {
		if (error != NULL)
			error_split(error, &app->filter_error, &hint);
		if (hint != NULL) {
			g_autofree char *what = app->filter_error;

			app->filter_error = g_strdup_printf("%s — %s", what, hint);
		}
		return;
	}
	filter_free(filter);
	app_set_filter(app, world, app->prompt->text->str);
}

static void filter_key(struct app *app, const struct world *world, enum prompt_result result)
{
	if (result == PROMPT_CHANGED)
		filter_typed(app, world);
	if (result == PROMPT_LEFT) {
		ask_end(app);
		app_set_filter(app, world, app->filter_before);
	}
	if (result == PROMPT_DONE && app->filter_error == NULL)
		ask_end(app);
}

static void export_answered(struct app *app, struct effects *effects)
{
	if (app->prompt->text->len > 0)
		effects_add(effects, EFFECT_EXPORT)->path = g_strdup(app->prompt->text->str);
}

void ask_key(struct app *app, const struct world *world, gunichar key, struct effects *effects)
{
	enum prompt_result result = prompt_key(app->prompt, key);

	if (app->question == ASK_FILTER) {
		filter_key(app, world, result);
		return;
	}
	if (result == PROMPT_DONE && app->question == ASK_FIND)
		app_find(app, app->prompt->text->str, 1);
	else if (result == PROMPT_DONE)
		export_answered(app, effects);
	if (result == PROMPT_DONE || result == PROMPT_LEFT)
		ask_end(app);
}
