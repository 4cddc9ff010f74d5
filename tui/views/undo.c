/*
 * The question before a change is taken back that somebody else made, or that is not of
 * what is looked at: names it, its author and its time, and offers the newest change of
 * the record that is looked at instead.  Taking back itself is an effect.
 */
#include "tui/views/undo.h"

#include <string.h>

#include <glib/gi18n.h>

#include "tui/views/card.h"
#include "tui/widgets/question.h"

struct state {
	struct change *change, *here; /* the newest of all and of what is looked at, or NULL */
	char *what;		      /* the first in words */
	bool redo;
	bool taking; /* until EVENT_DONE or EVENT_FAILED */
	char *failed;
	const char *keys[9];
};

char *undo_about(const struct view *view, const struct world *world)
{
	char *about = view->ops->looks_at == NULL ? NULL : view->ops->looks_at(view);

	if (about == NULL && view->ops->record != NULL)
		about = view->ops->record(view, world);
	return about;
}

/* Of the register: an item of it, by its path or, where it was added, by what was added. */
static bool is_of_gap(const struct op *op, const char *gap)
{
	g_autofree char *item = g_strdup_printf("[%s]", gap);
	g_autofree char *added = g_strdup_printf("\"%s\"", gap);

	return op->kind == KIND_GAPS &&
	       (strstr(op->path, item) != NULL ||
		(op->new_text != NULL && strstr(op->new_text, added) != NULL) ||
		(op->old_text != NULL && strstr(op->old_text, added) != NULL));
}

bool undo_is_about(const struct change *change, const char *about)
{
	const char *slash = strchr(about, '/'), *id;
	g_auto(GStrv) ends = slash == NULL ? NULL : g_strsplit(slash + 1, "/", 2);
	g_autofree char *record = NULL;
	enum kind kind;

	if (slash != NULL && g_str_has_prefix(about, "gap/")) {
		for (guint i = 0; i < change->ops->len; i++)
			if (is_of_gap(g_ptr_array_index(change->ops, i), slash + 1))
				return true;
		return false;
	}
	if (slash != NULL && g_str_has_prefix(about, "tie/"))
		return change_touches(change, KIND_INSTITUTION, ends[0]) ||
		       (ends[0] != NULL && change_touches(change, KIND_INSTITUTION, ends[1]));
	if (!subject_parse(about, &kind, &id))
		return false;
	record = g_strndup(id, strcspn(id, "/"));
	return change_touches(change, kind, record);
}

void undo_ask(struct app *app, const struct world *world, enum effect_type type,
	      struct effects *effects)
{
	const struct view *top = app_top(app);

	if (top->ops->no_undo != NULL)
		app_say(app, STYLE_WARN, "%s", _(top->ops->no_undo));
	else if (app_may_edit(app, world))
		effects_add(effects, type)->path = undo_about(top, world);
}

void undo_which(struct app *app, const struct world *world, const struct event *event,
		struct effects *effects)
{
	struct view *top;

	app_open(app, world, &view_undo, NULL);
	top = app_top(app);
	view_undo.update(top, app, world, event, ACTION_NONE, effects);
}

/* --- the question ---------------------------------------------------------------------- */

static void *state_open(struct app *app, const struct world *world, const char *subject)
{
	(void)app;
	(void)world;
	(void)subject;
	return g_new0(struct state, 1);
}

static void state_free(void *data)
{
	struct state *state = data;

	change_free(state->change);
	change_free(state->here);
	g_free(state->what);
	g_free(state->failed);
	g_free(state);
}

static bool state_typing(const struct view *view)
{
	return view->state != NULL;
}

static void take(struct state *state, const struct change *change, struct effects *effects)
{
	effects_add(effects, state->redo ? EFFECT_REDO : EFFECT_UNDO)->id = change->id;
	state->taking = true;
}

static void press(struct state *state, struct app *app, const struct world *world, gunichar key,
		  struct effects *effects)
{
	if (question_answer(key) == ANSWER_YES) {
		take(state, state->change, effects);
	} else if (key == 't' && state->here != NULL) {
		take(state, state->here, effects);
	} else if (key == 'H' || key == 'h') {
		app_close(app, world);
		app_open(app, world, &view_history, NULL);
	} else if (question_answer(key) == ANSWER_NO) {
		app_close(app, world);
	} else {
		/* Who types something else has not seen it: the next letter is no answer. */
		app_close(app, world);
		app_say(app, STYLE_DIM, "%s", _("It is left as it is."));
	}
}

static bool state_update(struct view *view, struct app *app, const struct world *world,
			 const struct event *event, enum action action, struct effects *effects)
{
	struct state *state = view->state;

	(void)action;
	if (event->type == EVENT_WHICH) {
		state->change = change_copy(event->change);
		state->here = event->here == NULL ? NULL : change_copy(event->here);
		state->what = g_strdup(event->text);
		state->redo = event->redo;
	} else if (event->type == EVENT_DONE && state->taking) {
		app_close(app, world);
	} else if (event->type == EVENT_FAILED && state->taking) {
		state->taking = false;
		g_free(state->failed);
		state->failed = g_strdup(event->text);
	} else if (event->type == EVENT_KEY && state->change != NULL && !state->taking) {
		press(state, app, world, event->key, effects);
	}
	return true;
}

static char *follows(const struct state *state, const struct world *world)
{
	g_autofree char *time = change_time(state->change, world->today);
	GString *text = g_string_new(NULL);

	if (strcmp(state->change->actor, ACTOR_FILES) == 0)
		/* TRANSLATORS: %s is when */
		g_string_printf(text, _("Done by hand in the files, %s."), time);
	else
		/* TRANSLATORS: who made a change, and when: "By ana, 14:02." */
		g_string_printf(text, _("By %s, %s."), actor_text(state->change->actor), time);
	if (state->here != NULL) {
		g_autofree char *what = app_change_text(world, state->here);
		g_autofree char *when = change_time(state->here, world->today);

		g_string_append_c(text, ' ');
		/* TRANSLATORS: a change, who made it, and when. */
		g_string_append_printf(text, _("The newest of what you look at: %s (%s, %s)."),
				       what, actor_text(state->here->actor), when);
	}
	return g_string_free(text, FALSE);
}

static void state_draw(const struct view *view, const struct app *app, const struct world *world,
		       struct grid *grid, struct rect area)
{
	const struct state *state = view->state;

	(void)app;
	if (state->change == NULL)
		return;
	g_autofree char *asked = g_strdup_printf(
		state->redo ? _("Do again: %s?") : _("Take back: %s?"), state->what);
	g_autofree char *more = follows(state, world);

	question_draw(grid, area, asked, more, state->failed);
}

static const char *const *state_keys(const struct view *view)
{
	struct state *state = view->state;
	guint n = 0;

	state->keys[n++] = key_yes();
	state->keys[n++] = state->redo ? _("Do again") : _("Take back");
	if (state->here != NULL) {
		state->keys[n++] = "t";
		/* TRANSLATORS: a key: take the change back that is of what is looked at. */
		state->keys[n++] = _("The one here");
	}
	state->keys[n++] = "H";
	state->keys[n++] = _("History");
	state->keys[n++] = _("Esc");
	state->keys[n++] = _("Leave it");
	state->keys[n] = NULL;
	return state->keys;
}

const struct view_ops view_undo = {
	.name = "undo",
	.title = N_("Undo"),
	.scopes = SCOPE_FORM,
	.dialog = true,
	.open = state_open,
	.free = state_free,
	.typing = state_typing,
	.update = state_update,
	.draw = state_draw,
	.keys = state_keys,
};
