/*
 * Which of the pairs that a gap suggests becomes the draft of a partnership: each with who
 * could introduce them, and below them what is written for the one under the cursor.  Where what
 * closes the gap is that somebody works in its territory, that can be written too, and comes first.
 */
#include "tui/views/propose.h"

#include <string.h>

#include <glib/gi18n.h>

#include "data/node.h"
#include "tui/views/gaps.h"
#include "tui/widgets/answers.h"

struct pair {
	char *a, *b; /* ids; `b` is a territory where `joins` */
	bool joins;  /* `a` works in `b`: what is tried, see gap_work.c */
	char *label, *why;
};

struct state {
	char *gap;
	GArray *pairs; /* struct pair */
	guint focus;
	char *writes; /* of the focused one */
	const char *keys[7];
};

static void pair_clear(gpointer data)
{
	struct pair *pair = data;

	g_free(pair->a);
	g_free(pair->b);
	g_free(pair->label);
	g_free(pair->why);
}

bool propose_fits(const struct world *world, const struct candidate *candidate)
{
	return candidate->b >= 0 &&
	       model_tie(world->model, (guint)candidate->a, (guint)candidate->b) == NULL;
}

static const char *id_of(const struct world *world, int institution)
{
	return RECORD(model_institution(world->model, (guint)institution))->id;
}

/* The territory that the candidates of a gap are invited to, or NULL. */
static const char *place_of(const struct world *world, const struct gap *gap)
{
	return gap->kind->invites && gap->territory >= 0
		       ? RECORD(model_territory(world->model, (guint)gap->territory))->id
		       : NULL;
}

static bool can_join(const struct world *world, const struct gap *gap,
		     const struct candidate *candidate)
{
	const struct institution *a = model_institution(world->model, (guint)candidate->a);
	const char *place = place_of(world, gap);

	return place != NULL && !list_has(a->territories, place);
}

static bool fits(const struct world *world, const struct gap *gap,
		 const struct candidate *candidate)
{
	return can_join(world, gap, candidate) || propose_fits(world, candidate);
}

bool propose_can(const struct world *world, const struct gap *gap)
{
	bool any = false;

	for (guint i = 0; i < gap->candidates->len; i++)
		any = any || fits(world, gap, g_ptr_array_index(gap->candidates, i));
	return any;
}

char *propose_join_text(const struct world *world, const char *institution, const char *territory)
{
	/* TRANSLATORS: an institution at work in a territory. */
	return g_strdup_printf(_("%s in %s"),
			       model_name(world->model, KIND_INSTITUTION, institution, true),
			       model_name(world->model, KIND_TERRITORY, territory, true));
}

static struct pair *add_pair(GArray *pairs, const struct world *world,
			     const struct candidate *candidate, const char *b)
{
	struct pair *pair;

	g_array_set_size(pairs, pairs->len + 1);
	pair = &g_array_index(pairs, struct pair, pairs->len - 1);
	pair->a = g_strdup(id_of(world, candidate->a));
	pair->b = g_strdup(b);
	pair->why = g_strdup(candidate->why);
	return pair;
}

static GArray *pairs_new(const struct world *world, const struct gap *gap)
{
	GArray *pairs = g_array_new(FALSE, TRUE, sizeof(struct pair));
	guint n = gap != NULL ? gap->candidates->len : 0;

	g_array_set_clear_func(pairs, pair_clear);
	for (guint i = 0; i < n; i++) {
		const struct candidate *candidate = g_ptr_array_index(gap->candidates, i);
		struct pair *pair;

		if (!can_join(world, gap, candidate))
			continue;
		pair = add_pair(pairs, world, candidate, place_of(world, gap));
		pair->joins = true;
		pair->label = propose_join_text(world, pair->a, pair->b);
	}
	for (guint i = 0; i < n; i++) {
		const struct candidate *candidate = g_ptr_array_index(gap->candidates, i);

		if (propose_fits(world, candidate))
			add_pair(pairs, world, candidate, id_of(world, candidate->b))->label =
				gap_pair_text(world, candidate);
	}
	return pairs;
}

/* To "proposed" from wherever that is a step forward; work that is further stays where it is. */
static bool moves_on(const struct gap *gap)
{
	return gap->status < GAP_PROPOSED || gap->status > GAP_CLOSED;
}

/* What is written, in words: the entry that it goes into, and the gap. */
static char *writes_text(const struct world *world, const struct gap *gap, const struct pair *pair)
{
	enum kind kind = pair->joins ? KIND_TERRITORY : KIND_INSTITUTION;
	const char *a = model_name(world->model, KIND_INSTITUTION, pair->a, true);
	const char *b = model_name(world->model, kind, pair->b, true);
	const char *place = place_of(world, gap);
	GString *text = g_string_new(pair->why);

	if (text->len > 0)
		g_string_append_c(text, '\n');
	if (pair->joins) {
		/* TRANSLATORS: an institution and a territory. */
		g_string_append_printf(text, _("Into the entry of %s goes that it works in %s."), a,
				       b);
		return g_string_free(text, FALSE);
	}
	/* TRANSLATORS: two institutions; what is written into the entry of the first. */
	g_string_append_printf(text, _("Into the entry of %s goes: partner %s, proposed."), a, b);
	if (moves_on(gap)) {
		g_string_append_c(text, ' ');
		g_string_append(text, _("The gap moves on to “proposed”."));
	}
	if (place != NULL) {
		g_string_append_c(text, ' ');
		/* TRANSLATORS: an institution and a territory. */
		g_string_append_printf(text, _("It closes only once %s works in %s."), a,
				       model_name(world->model, KIND_TERRITORY, place, true));
	}
	return g_string_free(text, FALSE);
}

/* That it works there is no plan but a fact, and the gap is found anew from it. */
static struct change *join_change(const struct world *world, const struct pair *pair)
{
	const struct record_type *type = record_type(KIND_INSTITUTION);
	struct change *change = change_new();
	struct node *before, *after, *list;

	before = node_from_record(type, model_get(world->model, KIND_INSTITUTION, pair->a));
	after = node_copy(before);
	list = node_get(after, "territories");
	if (list == NULL)
		list = node_append(after, "territories", node_list());
	node_append(list, NULL, node_scalar(pair->b));
	change_diff(change, KIND_INSTITUTION, pair->a, before, after);
	node_free(before);
	node_free(after);
	return change;
}

static struct change *change_of(const struct world *world, const struct gap *gap,
				const struct pair *pair, GError **error)
{
	const struct gap_move move = { .status = gap_status_id(GAP_PROPOSED) };
	g_autofree char *json = NULL;
	struct change *change;
	struct node *item;

	if (pair->joins)
		return join_change(world, pair);
	change = moves_on(gap) ? gap_move(world->model, gap->id, &move, world->today, error)
			       : change_new();
	if (change == NULL)
		return NULL;
	item = node_map();
	node_append(item, "with", node_scalar(pair->b));
	node_append(item, "status", node_scalar("proposed"));
	json = node_to_json(item);
	node_free(item);
	change_insert(change, KIND_INSTITUTION, pair->a, "partners", json);
	g_free(change->summary);
	change->summary = change_deed(DEED_PROPOSED, pair->a, pair->b);
	return change;
}

static const char *name_of(const struct world *world, int institution)
{
	return institution_name(model_institution(world->model, (guint)institution), true);
}

/* Why nothing can be proposed: nobody is named, or all that are have a partnership. */
static void say_none(struct app *app, const struct gap *gap)
{
	bool pairs = false;

	for (guint i = 0; i < gap->candidates->len; i++)
		pairs |= ((const struct candidate *)g_ptr_array_index(gap->candidates, i))->b >= 0;
	app_say(app, STYLE_DIM, "%s",
		pairs ? _("Every pair here has a partnership in their entries already.")
		      : _("This gap names no two who could be brought together."));
}

static bool is_of(const struct world *world, const struct pair *pair,
		  const struct candidate *candidate)
{
	return strcmp(pair->a, id_of(world, candidate->a)) == 0 &&
	       (pair->joins ||
		(candidate->b >= 0 && strcmp(pair->b, id_of(world, candidate->b)) == 0));
}

void propose_ask(struct app *app, const struct world *world, const struct gap *gap,
		 const struct candidate *candidate)
{
	struct state *state;

	if (candidate != NULL && candidate->b >= 0 && !fits(world, gap, candidate)) {
		app_say(app, STYLE_DIM, _("%s and %s have a partnership in their entries already."),
			name_of(world, candidate->a), name_of(world, candidate->b));
		return;
	}
	if (!propose_can(world, gap)) {
		say_none(app, gap);
		return;
	}
	app_open(app, world, &view_propose, gap->id);
	state = app_top(app)->state;
	for (guint i = state->pairs->len; candidate != NULL && i-- > 0;)
		if (is_of(world, &g_array_index(state->pairs, struct pair, i), candidate))
			state->focus = i;
	view_propose.refresh(app_top(app), app, world);
}

/* --- the question ---------------------------------------------------------------------- */

static void *propose_open(struct app *app, const struct world *world, const char *subject)
{
	struct state *state = g_new0(struct state, 1);

	(void)app;
	(void)world;
	state->gap = g_strdup(subject);
	return state;
}

static void propose_free(void *data)
{
	struct state *state = data;

	g_clear_pointer(&state->pairs, g_array_unref);
	g_free(state->writes);
	g_free(state->gap);
	g_free(state);
}

static void say_what_it_writes(struct state *state, const struct world *world)
{
	const struct gap *gap = gap_of(world, state->gap);

	g_clear_pointer(&state->writes, g_free);
	if (gap != NULL && state->focus < state->pairs->len)
		state->writes = writes_text(
			world, gap, &g_array_index(state->pairs, struct pair, state->focus));
}

static void propose_refresh(struct view *view, struct app *app, const struct world *world)
{
	struct state *state = view->state;

	(void)app;
	/* What is chosen from must outlive the time without a study. */
	if (state->pairs != NULL && world->study == NULL)
		return;
	g_clear_pointer(&state->pairs, g_array_unref);
	state->pairs = pairs_new(world, gap_of(world, state->gap));
	state->focus = MIN(state->focus, MAX(state->pairs->len, 1) - 1);
	say_what_it_writes(state, world);
}

static bool propose_typing(const struct view *view)
{
	return view->state != NULL;
}

static void write_it(struct state *state, struct app *app, const struct world *world,
		     struct effects *effects)
{
	const struct gap *gap = gap_of(world, state->gap);
	g_autoptr(GError) error = NULL;
	struct change *change;

	if (gap == NULL) {
		app_say(app, STYLE_DIM, "%s", app_waiting(world));
		return;
	}
	change = change_of(world, gap, &g_array_index(state->pairs, struct pair, state->focus),
			   &error);
	app_close(app, world);
	if (change != NULL)
		effects_add(effects, EFFECT_APPLY)->change = change;
	else
		app_say(app, STYLE_BAD, "%s", error->message);
}

static bool propose_update(struct view *view, struct app *app, const struct world *world,
			   const struct event *event, enum action action, struct effects *effects)
{
	struct state *state = view->state;
	enum answers_result result;

	(void)action;
	if (event->type != EVENT_KEY)
		return false;
	result = answers_key(state->pairs->len, &state->focus, event->key);
	if (result == ANSWERS_PICKED)
		write_it(state, app, world, effects);
	else if (result == ANSWERS_LEFT)
		app_close(app, world);
	else
		say_what_it_writes(state, world);
	return true;
}

static const char *pair_label(const void *data, guint at)
{
	return g_array_index(((const struct state *)data)->pairs, struct pair, at).label;
}

static const char *question(const struct state *state)
{
	for (guint i = 0; i < state->pairs->len; i++)
		if (g_array_index(state->pairs, struct pair, i).joins)
			return _("What is to be written?");
	return state->pairs->len > 1 ? _("Which partnership is to be proposed?")
				     : _("Propose this partnership?");
}

static void propose_draw(const struct view *view, const struct app *app, const struct world *world,
			 struct grid *grid, struct rect area)
{
	const struct state *state = view->state;
	const struct answers answers = { .asked = question(state),
					 .n = state->pairs->len,
					 .focus = state->focus,
					 .label = pair_label,
					 .data = state,
					 .follows = state->writes };

	(void)app;
	(void)world;
	answers_draw(&answers, grid, area);
}

static const char *const *propose_keys(const struct view *view)
{
	struct state *state = view->state;
	guint n = 0;

	state->keys[n++] = N_("Enter");
	/* TRANSLATORS: into the entries. */
	state->keys[n++] = N_("Write it");
	if (state->pairs->len > 1) {
		state->keys[n++] = "↑ ↓";
		state->keys[n++] = N_("Another pair");
	}
	state->keys[n++] = N_("Esc");
	state->keys[n++] = N_("Cancel");
	state->keys[n] = NULL;
	return state->keys;
}

const struct view_ops view_propose = {
	.name = "propose",
	.title = N_("Propose"),
	.scopes = SCOPE_FORM,
	.dialog = true,
	.open = propose_open,
	.free = propose_free,
	.refresh = propose_refresh,
	.typing = propose_typing,
	.update = propose_update,
	.draw = propose_draw,
	.keys = propose_keys,
};
