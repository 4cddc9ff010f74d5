/*
 * The question before something is removed: names it, says what follows, and
 * takes a yes.  What is removed is named by the same subjects as a form's.
 */
#include "tui/app.h"

#include <string.h>

#include <glib/gi18n.h>

#include "data/path.h"
#include "tui/views/edit.h"
#include "tui/views/removal.h"
#include "tui/widgets/question.h"

struct state {
	struct edit *edit; /* NULL: there is nothing to remove */
	bool removing;	   /* until EVENT_DONE or EVENT_FAILED */
	char *shown;	   /* what is asked about, as JSON: nothing else is removed */
	char *failed;
	const char *keys[5];
};

/* The record or item as it stands now; NULL: there is none. */
static char *text_now(const struct edit *edit, const struct model *model)
{
	const struct record_type *type = record_type(edit->kind);
	const void *record = model_get(model, edit->kind, edit->id);
	struct node *root = record ? node_from_record(type, record) : NULL;
	const struct node *at = root && edit->item ? node_find(type, root, edit->item) : root;
	char *text = at ? node_to_json(at) : NULL;

	node_free(root);
	return text;
}

static void *confirm_open(struct app *app, const struct world *world, const char *subject)
{
	struct state *state = g_new0(struct state, 1);

	(void)app;
	state->edit = subject ? edit_new(world->model, subject, NULL) : NULL;
	if (state->edit && (!state->edit->id || state->edit->list))
		g_clear_pointer(&state->edit, edit_free);
	if (state->edit)
		state->shown = text_now(state->edit, world->model);
	return state;
}

static void confirm_free(void *data)
{
	struct state *state = data;

	edit_free(state->edit);
	g_free(state->shown);
	g_free(state->failed);
	g_free(state);
}

static void confirm_refresh(struct view *view, struct app *app, const struct world *world)
{
	struct state *state = view->state;

	(void)app;
	if (!state->edit)
		return;
	edit_refresh(state->edit, world->model);
	char *now = text_now(state->edit, world->model);
	if (!state->removing && g_strcmp0(now, state->shown) != 0) {
		g_free(state->failed);
		state->failed = g_strdup(_("Somebody changed this meanwhile: look again."));
	}
	g_free(state->shown);
	state->shown = now;
}

static bool confirm_typing(const struct view *view)
{
	return view->state != NULL;
}

static void remove_it(struct state *state, const struct model *model, const char *subject,
		      struct effects *effects)
{
	const char *const subjects[] = { subject, NULL };

	effects_add(effects, EFFECT_APPLY)->change = removal_change(model, subjects);
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
			remove_it(state, world->model, view->subject, effects);
	} else if (question_answer(key) == ANSWER_NO) {
		app_close(app, world);
	}
	return true;
}

/* What follows from removing it, in one sentence. */
static char *consequence(const struct edit *edit, const struct model *model)
{
	bool partner = edit->item && edit->type == &partnership_type;

	if (!edit->item)
		return g_strdup(_("Its file goes too. Undo brings both back."));
	if (!partner)
		return g_strdup(_("Undo brings it back."));
	const struct institution *from = model_get(model, KIND_INSTITUTION, edit->id);
	struct node *record = from ? node_from_record(record_type(KIND_INSTITUTION), from) : NULL;
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
	return text ? text : g_strdup(_("Nobody else declares it. Undo brings it back."));
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
	g_autofree char *follows =
		state->edit ? consequence(state->edit, world->model) : g_strdup("");

	(void)app;
	question_draw(grid, area, question, follows, state->failed);
}

static const char *const *confirm_keys(const struct view *view)
{
	struct state *state = view->state;
	const char *const keys[] = { key_yes(), _("Remove"), _("Esc"), _("Keep"), NULL };

	memcpy(state->keys, keys, sizeof keys);
	return state->keys;
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
