#include "tui/views/gap_work.h"

#include <string.h>

#include <glib/gi18n.h>

#include "base/errors.h"
#include "data/node.h"
#include "tui/views/whatif.h"

/*
 * The keys that move a gap on.  Each becomes one change, applied as any other edit
 * and taken back as one; trying is an effect of its own.
 */
#define TRIED 3 /* candidates that are tried together */

void gap_work_release(struct gap_work *work)
{
	g_clear_pointer(&work->prompt, prompt_free);
	g_clear_pointer(&work->gap, g_free);
}

char *gap_status_brief(const struct gap *gap)
{
	if (gap->owner)
		return g_strdup_printf("%s · %s", gap_status_label(gap->status), gap->owner);
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
	work->prompt = prompt_new(label, text);
	work->asking = about;
	work->gap = g_strdup(gap->id);
}

static void step(struct app *app, const struct world *world, const struct gap *gap, int by,
		 struct effects *effects)
{
	enum gap_status next = gap_status_next(gap->status, by);
	struct gap_move move = { .status = gap_status_id(next) };

	/* What only counts as open again is taken up anew. */
	if (next == gap->status && !gap->note)
		app_say(app, STYLE_DIM,
			by > 0 ? _("It is closed already.") : _("It is open already."));
	else
		move_gap(app, world, gap->id, &move, effects);
}

static bool has_tie(const struct world *world, const struct candidate *pair)
{
	return model_tie(world->model, (guint)pair->a, (guint)pair->b) != NULL;
}

/* The pair under the cursor; else the first that is still to be brought together, else the first.
 */
static const struct candidate *pair_of(const struct world *world, const struct gap *gap,
				       const struct candidate *candidate)
{
	const struct candidate *first = NULL;

	if (candidate)
		return candidate->b >= 0 ? candidate : NULL;
	for (guint i = 0; i < gap->candidates->len; i++) {
		const struct candidate *pair = g_ptr_array_index(gap->candidates, i);

		if (pair->b < 0)
			continue;
		if (!has_tie(world, pair))
			return pair;
		first = first ? first : pair;
	}
	return first;
}

static const char *id_of(const struct world *world, int institution)
{
	return RECORD(model_institution(world->model, (guint)institution))->id;
}

static const char *name_of(const struct world *world, int institution)
{
	return institution_name(model_institution(world->model, (guint)institution), true);
}

/* To "proposed" from wherever that is a step forward; work that is further stays where it is. */
static struct change *forward(const struct world *world, const struct gap *gap, GError **error)
{
	struct gap_move move = { .status = gap_status_id(GAP_PROPOSED) };

	if (gap->status >= GAP_PROPOSED && gap->status <= GAP_CLOSED)
		return change_new();
	return gap_move(world->model, gap->id, &move, world->today, error);
}

static void say_tied(struct app *app, const struct world *world, const struct candidate *pair,
		     bool pointed_at)
{
	if (pointed_at)
		app_say(app, STYLE_DIM, _("%s and %s have a partnership in their entries already."),
			name_of(world, pair->a), name_of(world, pair->b));
	else
		app_say(app, STYLE_DIM,
			_("Every pair here has a partnership in its entries already."));
}

/* The gap's status and the draft of a partnership in one change: undo takes back both. */
static void propose(struct app *app, const struct world *world, const struct gap *gap,
		    const struct candidate *candidate, struct effects *effects)
{
	const struct candidate *pair = pair_of(world, gap, candidate);
	GError *error = NULL;
	struct change *change;
	struct node *item;
	g_autofree char *json = NULL;

	if (!pair) {
		app_say(app, STYLE_DIM, _("There is no pair here that could be proposed."));
		return;
	}
	if (has_tie(world, pair)) {
		say_tied(app, world, pair, candidate != NULL);
		return;
	}
	change = forward(world, gap, &error);
	if (!change) {
		say_error(app, error);
		return;
	}
	item = node_map();
	node_append(item, "with", node_scalar(id_of(world, pair->b)));
	node_append(item, "status", node_scalar("proposed"));
	json = node_to_json(item);
	node_free(item);
	change_insert(change, KIND_INSTITUTION, id_of(world, pair->a), "partners", json);
	g_free(change->summary);
	change->summary = change_deed(DEED_PROPOSED, id_of(world, pair->a), id_of(world, pair->b));
	effects_add(effects, EFFECT_APPLY)->change = change;
}

/* The pair under the cursor, or the gap's first ones together: a gap may need several. */
static void try_it(struct app *app, const struct world *world, const struct gap *gap,
		   const struct candidate *candidate, struct effects *effects)
{
	g_autoptr(GString) pairs = g_string_new(NULL);
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
		else if (pair->b >= 0 && !has_tie(world, pair))
			g_string_append_printf(pairs, "%s %s\n", id_of(world, pair->a),
					       id_of(world, pair->b));
		else
			continue;
		tried++;
	}
	if (!tried) {
		app_say(app, STYLE_DIM, _("There is no pair here that could be tried."));
		return;
	}
	g_string_append_printf(pairs, "%c%s", WHATIF_GAP_MARK, gap->id);
	whatif_try(app, world, pairs->str, effects);
}

static char *snooze_day(struct date today)
{
	char day[DATE_TEXT_SIZE];

	today.day = 0;
	return g_strdup(date_format(date_add_months(today, 3), day));
}

static bool is_ours(enum action action)
{
	return action >= ACTION_GAP_FORWARD && action <= ACTION_GAP_TRY;
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
		step(app, world, gap, action == ACTION_GAP_FORWARD ? 1 : -1, effects);
	} else if (action == ACTION_GAP_PROPOSE) {
		propose(app, world, gap, candidate, effects);
	} else if (action == ACTION_GAP_DISMISS) {
		ask(work, gap, action, _("Dismiss it, because: "),
		    gap->status == GAP_DISMISSED && gap->because ? gap->because : "");
	} else if (action == ACTION_GAP_SNOOZE) {
		day = snooze_day(world->today);
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
		else
			move = (struct gap_move){ .owner = text };
		move_gap(app, world, work->gap, &move, effects);
	}
	/* What was refused can be mended. */
	if (result == PROMPT_LEFT || (result == PROMPT_DONE && effects->all->len > 0))
		gap_work_release(work);
}
