#include "tui/views/gap_work.h"

#include <string.h>

#include <glib/gi18n.h>

#include "base/errors.h"
#include "base/text.h"
#include "tui/views/propose.h"
#include "tui/views/whatif.h"

/*
 * The keys that move a gap on.  Each becomes one change, applied as any other edit
 * and taken back as one; trying is an effect of its own.
 */
#define TRIED 3 /* candidates that are tried together */

static bool is_ours(enum action action)
{
	return action >= ACTION_GAP_FORWARD && action <= ACTION_GAP_TRY;
}

void gap_work_release(struct gap_work *work)
{
	g_clear_pointer(&work->prompt, prompt_free);
	g_clear_pointer(&work->gap, g_free);
}

char *gap_status_brief(const struct gap *gap, int owner)
{
	g_autofree char *who = NULL;

	if (gap->owner) {
		who = owner < 0 ? g_strdup(gap->owner) : text_fit(gap->owner, owner, false);
		return g_strdup_printf("%s · %s", gap_status_label(gap->status), who);
	}
	return g_strdup(gap->status == GAP_OPEN ? gap->note ? _("open again") : ""
						: gap_status_label(gap->status));
}

static void say_error(struct app *app, GError *error)
{
	g_autofree char *what = NULL, *hint = NULL;

	error_split(error, &what, &hint);
	if (hint)
		app_say(app, STYLE_BAD, "%s — %s", what, hint);
	else
		app_say(app, STYLE_BAD, "%s", what);
	g_error_free(error);
}

static void move_gap(struct app *app, const struct world *world, const char *gap,
		     const struct gap_move *move, struct effects *effects)
{
	GError *error = NULL;
	struct change *change = gap_move(world->model, gap, move, world->today, &error);

	if (change)
		effects_add(effects, EFFECT_APPLY)->change = change;
	else
		say_error(app, error);
}

static void ask(struct gap_work *work, const struct gap *gap, enum action about, const char *label,
		const char *text)
{
	gap_work_release(work);
	/* Why it is dismissed is gone on with; the others are typed anew or taken as they are. */
	work->prompt =
		about == ACTION_GAP_DISMISS ? prompt_new(label, text) : prompt_offer(label, text);
	work->asking = about;
	work->gap = g_strdup(gap->id);
}

/* What closes it is asked, so that one key too many closes nothing. */
static void step(struct gap_work *work, struct app *app, const struct world *world,
		 const struct gap *gap, enum action action, struct effects *effects)
{
	int by = action == ACTION_GAP_FORWARD ? 1 : -1;
	enum gap_status next = gap_status_next(gap->status, by);
	struct gap_move move = { .status = gap_status_id(next) };

	/* What only counts as open again is taken up anew. */
	if (next == gap->status && !gap->note)
		app_say(app, STYLE_DIM,
			by > 0 ? _("It is closed already.") : _("It is open already."));
	else if (next == GAP_CLOSED)
		ask(work, gap, action, _("Close it, because: "), gap->because ? gap->because : "");
	else
		move_gap(app, world, gap->id, &move, effects);
}

static const char *id_of(const struct world *world, int institution)
{
	return RECORD(model_institution(world->model, (guint)institution))->id;
}

/*
 * What is tried, as the subject of a what-if, NULL: there is nothing to.  The pair under the
 * cursor, or the gap's first ones together: a gap may need several.  Caller frees.
 */
static char *trial(const struct world *world, const struct gap *gap,
		   const struct candidate *candidate)
{
	GString *pairs = g_string_new(NULL);
	/* Every missing sector has its own; of ties a few show what they would do. */
	guint tried = 0, most = gap->kind->invites ? gap->candidates->len : TRIED;
	const char *place =
		gap->territory < 0
			? NULL
			: RECORD(model_territory(world->model, (guint)gap->territory))->id;

	for (guint i = 0; i < gap->candidates->len && tried < most; i++) {
		const struct candidate *pair = g_ptr_array_index(gap->candidates, i);

		if (candidate && pair != candidate)
			continue;
		if (gap->kind->invites)
			g_string_append_printf(pairs, "%s %c%s\n", id_of(world, pair->a),
					       WHATIF_PLACE_MARK, place);
		else if (propose_fits(world, pair))
			g_string_append_printf(pairs, "%s %s\n", id_of(world, pair->a),
					       id_of(world, pair->b));
		else
			continue;
		tried++;
	}
	if (tried)
		g_string_append_printf(pairs, "%c%s", WHATIF_GAP_MARK, gap->id);
	return g_string_free(pairs, !tried);
}

static void try_it(struct app *app, const struct world *world, const struct gap *gap,
		   const struct candidate *candidate, struct effects *effects)
{
	g_autofree char *steps = trial(world, gap, candidate);

	if (steps)
		whatif_try(app, world, steps, effects);
	else
		app_say(app, STYLE_DIM, _("This gap names nobody with whom it could be tried."));
}

bool gap_work_can(const struct world *world, const struct gap *gap, enum action action)
{
	bool can = gap != NULL;

	if (gap && action == ACTION_GAP_PROPOSE) {
		can = propose_can(world, gap);
	} else if (gap && action == ACTION_GAP_TRY) {
		g_autofree char *steps = trial(world, gap, NULL);

		can = steps != NULL;
	}
	return can || !is_ours(action);
}

/* The day that it has, or one to begin with. */
static char *snooze_day(const struct gap *gap, struct date today)
{
	char day[DATE_TEXT_SIZE];

	if (gap->status == GAP_SNOOZED)
		return g_strdup(date_format(gap->until, day));
	today.day = 0;
	return g_strdup(date_format(date_add_months(today, 3), day));
}

bool gap_work_act(struct gap_work *work, struct app *app, const struct world *world,
		  const struct gap *gap, const struct candidate *candidate, enum action action,
		  struct effects *effects)
{
	g_autofree char *day = NULL;

	if (!is_ours(action))
		return false;
	if (!gap) {
		app_say(app, STYLE_DIM, "%s",
			world->study ? _("There is no gap under the cursor.") : app_waiting(world));
	} else if (action == ACTION_GAP_TRY) {
		try_it(app, world, gap, candidate, effects);
	} else if (!app_may_edit(app, world)) {
		return true;
	} else if (action == ACTION_GAP_FORWARD || action == ACTION_GAP_BACKWARD) {
		step(work, app, world, gap, action, effects);
	} else if (action == ACTION_GAP_PROPOSE) {
		propose_ask(app, world, gap, candidate);
	} else if (action == ACTION_GAP_DISMISS) {
		ask(work, gap, action, _("Dismiss it, because: "),
		    gap->status == GAP_DISMISSED && gap->because ? gap->because : "");
	} else if (action == ACTION_GAP_SNOOZE) {
		day = snooze_day(gap, world->today);
		ask(work, gap, action, _("Put it off until: "), day);
	} else {
		ask(work, gap, action, _("Who sees to it: "),
		    gap->owner ? gap->owner : world->actor);
	}
	return true;
}

void gap_work_key(struct gap_work *work, struct app *app, const struct world *world, gunichar key,
		  struct effects *effects)
{
	enum prompt_result result = prompt_key(work->prompt, key);
	const char *text = work->prompt->text->str;
	struct gap_move move = { 0 };

	if (result == PROMPT_DONE) {
		if (work->asking == ACTION_GAP_DISMISS)
			move = (struct gap_move){ .status = "dismissed", .reason = text };
		else if (work->asking == ACTION_GAP_SNOOZE)
			move = (struct gap_move){ .status = "snoozed", .until = text };
		else if (work->asking == ACTION_GAP_FORWARD)
			move = (struct gap_move){ .status = "closed", .reason = text };
		else
			move = (struct gap_move){ .owner = text };
		move_gap(app, world, work->gap, &move, effects);
	}
	/* What was refused can be mended. */
	if (result == PROMPT_LEFT || (result == PROMPT_DONE && effects->all->len > 0))
		gap_work_release(work);
}
