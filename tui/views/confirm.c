/*
 * The question before something is removed: names it, says what goes with it, and
 * takes a yes.  What is removed is named by the same subjects as a form's.
 */
#include "tui/app.h"

#include <string.h>

#include <glib/gi18n.h>

#include "data/path.h"
#include "data/references.h"
#include "tui/views/edit.h"
#include "tui/views/removal.h"
#include "tui/widgets/question.h"

struct state {
	struct edit *edit;     /* NULL: there is nothing to remove */
	struct change *change; /* as it was asked about: nothing else is removed */
	char *follows;
	bool removing; /* until EVENT_DONE or EVENT_FAILED */
	char *failed;
	const char *keys[REMOVAL_KEYS];
};

/* What others declare of an item that goes, in one sentence. */
static char *item_follows(const struct edit *edit, const struct model *model)
{
	const struct institution *from = model_get(model, KIND_INSTITUTION, edit->id);
	struct node *record = from && edit->type == &partnership_type
				      ? node_from_record(record_type(KIND_INSTITUTION), from)
				      : NULL;
	const struct node *item =
		record ? node_find(record_type(KIND_INSTITUTION), record, edit->item) : NULL;
	const struct node *with = item ? node_get(item, "with") : NULL;
	const struct institution *to = with ? model_get(model, KIND_INSTITUTION, with->text) : NULL;
	char *text = NULL;

	for (guint i = 0; to && i < to->partners.n && !text; i++)
		if (!g_strcmp0(ITEMS(struct partnership, to->partners)[i].with, edit->id))
			text = g_strdup_printf(_("%s declares it too: the tie stays, as theirs "
						 "alone. Undo brings it back."),
					       institution_name(to, true));
	node_free(record);
	if (edit->type != &partnership_type)
		return g_strdup(_("Undo brings it back."));
	return text ? text : g_strdup(_("Nobody else declares it. Undo brings it back."));
}

static guint ties_of(const struct model *model, enum kind kind, const char *id)
{
	int at = kind == KIND_INSTITUTION ? model_find(model, kind, id) : -1;

	return at < 0 ? 0 : model_degree(model, (guint)at);
}

/* What goes with a record: its ties, and what `who` say of it. */
static char *record_follows(const struct edit *edit, const struct model *model,
			    const GPtrArray *who)
{
	guint ties = ties_of(model, edit->kind, edit->id);
	g_autoptr(GString) text = g_string_new(NULL);

	if (!who->len && !ties)
		return g_strdup(_("Its file goes too. Undo brings both back."));
	if (ties)
		removal_add_sentence(text, g_strdup_printf(ngettext("%u tie goes with it.",
								    "%u ties go with it.", ties),
							   ties));
	if (who->len) {
		g_autofree char *first = removal_names(who);

		removal_add_sentence(
			text,
			g_strdup_printf(ngettext("%u other entry refers to it, and what it says of "
						 "it goes too: %s.",
						 "%u other entries refer to it, and what they say "
						 "of it goes too: %s.",
						 who->len),
					who->len, first));
	}
	removal_add_sentence(text, g_strdup(_("It is one change: undo brings everything back.")));
	return g_strdup(text->str);
}

static void look(struct state *state, const struct model *model, const char *subject)
{
	const struct edit *edit = state->edit;
	const char *const subjects[] = { subject, NULL };

	g_free(state->follows);
	change_free(state->change);
	state->change = removal_change(model, subjects);
	if (edit->item) {
		state->follows = item_follows(edit, model);
		return;
	}
	g_autoptr(GPtrArray) who =
		change_drop_references(state->change, model, edit->kind, edit->id);

	state->follows = record_follows(edit, model, who);
}

static void *confirm_open(struct app *app, const struct world *world, const char *subject)
{
	struct state *state = g_new0(struct state, 1);

	(void)app;
	state->edit = subject ? edit_new(world->model, subject, NULL) : NULL;
	if (state->edit && (!state->edit->id || state->edit->list))
		g_clear_pointer(&state->edit, edit_free);
	if (state->edit)
		look(state, world->model, subject);
	return state;
}

static void confirm_free(void *data)
{
	struct state *state = data;

	edit_free(state->edit);
	change_free(state->change);
	g_free(state->follows);
	g_free(state->failed);
	g_free(state);
}

static void confirm_refresh(struct view *view, struct app *app, const struct world *world)
{
	struct state *state = view->state;

	(void)app;
	if (!state->edit || state->removing)
		return;
	struct change *asked = g_steal_pointer(&state->change);

	edit_refresh(state->edit, world->model);
	look(state, world->model, view->subject);
	if (!removal_is_same(asked, state->change)) {
		g_free(state->failed);
		state->failed = g_strdup(_("Somebody changed this meanwhile: look again."));
	}
	change_free(asked);
}

static bool confirm_typing(const struct view *view)
{
	return view->state != NULL;
}

static void remove_it(struct state *state, struct effects *effects)
{
	effects_add(effects, EFFECT_APPLY)->change = change_copy(state->change);
	state->removing = true;
}

static bool confirm_update(struct view *view, struct app *app, const struct world *world,
			   const struct event *event, enum action action, struct effects *effects)
{
	struct state *state = view->state;
	gunichar key = event->key;

	(void)action;
	if (event->type == EVENT_DONE && state->removing) {
		app_close(app, world);
		return true;
	}
	if (event->type == EVENT_FAILED && state->removing) {
		state->removing = false;
		g_free(state->failed);
		state->failed = g_strdup(event->text);
		return true;
	}
	if (event->type != EVENT_KEY || state->removing)
		return event->type == EVENT_KEY;
	if (!state->edit || state->edit->gone) {
		app_close(app, world);
	} else if (question_answer(key) == ANSWER_YES) {
		if (app_may_edit(app, world))
			remove_it(state, effects);
	} else if (question_answer(key) == ANSWER_NO) {
		app_close(app, world);
	} else {
		question_unanswered(app);
	}
	return true;
}

/* What goes: the item of a record, or the record itself. */
static char *gone_name(const struct edit *edit, const struct model *model)
{
	if (!edit)
		return g_strdup(_("nothing"));
	if (edit->item || !edit->id)
		return edit_title(edit, model);
	return g_strdup(model_name(model, edit->kind, edit->id, false));
}

static void confirm_draw(const struct view *view, const struct app *app, const struct world *world,
			 struct grid *grid, struct rect area)
{
	const struct state *state = view->state;
	g_autofree char *title = gone_name(state->edit, world->model);
	g_autofree char *question = g_strdup_printf(_("Remove %s?"), title);

	(void)app;
	question_draw(grid, area, question, state->follows ? state->follows : "", state->failed);
}

static const char *const *confirm_keys(const struct view *view)
{
	return removal_answers(((struct state *)view->state)->keys);
}

const struct view_ops view_confirm = {
	.name = "confirm",
	.title = N_("Remove"),
	.scopes = SCOPE_FORM,
	.dialog = true,
	.open = confirm_open,
	.free = confirm_free,
	.refresh = confirm_refresh,
	.typing = confirm_typing,
	.update = confirm_update,
	.draw = confirm_draw,
	.keys = confirm_keys,
};
