/*
 * The view of a form: keys, questions, and what comes back from saving.  What is edited
 * and what saving means is edit.c's, rows and pickers are the form widget's business.
 */
#include "tui/app_record.h"

#include <string.h>

#include <glib/gi18n.h>

#include "tui/draft.h"
#include "tui/views/edit.h"
#include "tui/views/review.h"
#include "tui/widgets/question.h"

enum stage {
	STAGE_EDIT,
	STAGE_REVIEW,  /* shows what will change, asks whether to save */
	STAGE_SAVING,  /* until EVENT_DONE or EVENT_FAILED */
	STAGE_DISCARD, /* asks whether to forget what was typed */
};

#define REVIEW_HEAD 2 /* rows above the list of what changes */

struct state {
	struct edit *edit; /* NULL: the subject means nothing (any more) */
	enum stage stage;
	struct page *review;  /* of that stage, else NULL */
	char *message;	      /* why saving failed, until something is typed */
	bool restored;	      /* there are values of an earlier session */
	const char *waiting;  /* label of a list, of an item of which there are such; or NULL */
	bool drafted;	      /* a draft was asked for since the last save */
	const char *keys[11]; /* the footer, as the app last asked for it */
};

/* The form that is on top, or that a view on top of it stands on; NULL: there is none. */
static struct view *form_below(const struct app *app, const struct view *view)
{
	guint at = app->stack->len;

	if (view && !g_ptr_array_find(app->stack, view, &at))
		return NULL;
	struct view *below = at > 0 ? g_ptr_array_index(app->stack, at - 1) : NULL;

	return below && below->ops == &view_form ? below : NULL;
}

static struct edit *edit_of(const struct view *view)
{
	return view ? ((const struct state *)view->state)->edit : NULL;
}

/* The list with an item that was not finished is where one goes on. */
static void find_waiting(struct state *state, const struct world *world)
{
	g_autofree char *items = edit_link(state->edit, "");
	g_autoptr(GPtrArray) subjects = drafts_subjects(world->drafts);

	for (guint i = 0; i < subjects->len && !state->waiting; i++) {
		const char *subject = g_ptr_array_index(subjects, i);
		const char *rest =
			g_str_has_prefix(subject, items) ? subject + strlen(items) : NULL;
		g_autofree char *path = rest ? g_strndup(rest, strcspn(rest, "[/")) : NULL;
		struct form_row *row = path ? form_row_find(state->edit->form, path) : NULL;

		if (!row || row->kind != FORM_ITEMS)
			continue;
		state->waiting = _(row->field->label);
		g_ptr_array_find(state->edit->form->rows, row, &state->edit->form->focus);
	}
}

static void *form_open(struct app *app, const struct world *world, const char *subject)
{
	struct state *state = g_new0(struct state, 1);
	const char *draft = subject ? drafts_get(world->drafts, subject) : NULL;

	state->edit =
		subject ? edit_new(world->model, subject, edit_of(form_below(app, NULL))) : NULL;
	if (state->edit && draft)
		state->restored = state->drafted = edit_restore(state->edit, world->model, draft);
	if (state->edit && state->restored)
		edit_check(state->edit, world->model, false);
	if (state->edit && !state->edit->list && !state->edit->item)
		find_waiting(state, world);
	return state;
}

static void form_close(void *data)
{
	struct state *state = data;

	edit_free(state->edit);
	page_free(state->review);
	g_free(state->message);
	g_free(state);
}

static void show_review(struct state *state, const struct world *world)
{
	struct rect area = app_area(world);

	page_free(state->review);
	state->review = review_new(state->edit->form, world->model, area.cols);
	page_layout(state->review, MAX(area.rows - REVIEW_HEAD, 1));
}

static void form_refresh(struct view *view, struct app *app, const struct world *world)
{
	struct state *state = view->state;

	/* While an item of it is edited, the list that this one stands in stays as it is. */
	if (!state->edit || form_below(app, app_top(app)) == view)
		return;
	edit_refresh(state->edit, world->model);
	form_layout(state->edit->form, app_area(world));
	if (state->stage == STAGE_REVIEW)
		show_review(state, world);
	bool changed = form_changed(state->edit->form);

	if (state->stage != STAGE_SAVING && changed)
		edit_check(state->edit, world->model, false);
	/* What is gone, and holds nothing typed, is left; the top may be a question. */
	if (state->edit->gone && !changed && app_top(app) == view)
		app_close_gone(app, world, state->edit->kind, state->edit->id);
}

static bool form_typing(const struct view *view)
{
	const struct state *state = view->state;

	return state->edit != NULL;
}

/* --- drafts ----------------------------------------------------------------------- */

static char *form_draft(const struct view *view)
{
	const struct state *state = view->state;

	return state->edit ? edit_draft(state->edit) : NULL;
}

static void keep_draft(const struct view *view, struct effects *effects)
{
	struct state *state = view->state;
	char *text = form_draft(view);
	struct effect *effect;

	if (!text && !state->drafted)
		return;
	effect = effects_add(effects, EFFECT_DRAFT);
	effect->path = g_strdup(view->subject);
	effect->text = text;
	state->drafted = text != NULL;
}

static void drop_draft(const struct view *view, struct effects *effects)
{
	struct state *state = view->state;

	if (!state->drafted)
		return;
	effects_add(effects, EFFECT_DRAFT)->path = g_strdup(view->subject);
	state->drafted = false;
}

/* --- keys ------------------------------------------------------------------------- */

/* What was decided here waits in the form below, which is on top then. */
static void hand_over(struct view *view, struct app *app, const struct world *world,
		      struct change *change, struct effects *effects)
{
	struct view *below = form_below(app, view);
	struct state *state = view->state;
	bool taken = change && below && edit_take(edit_of(below), change);

	change_free(change);
	if (!taken) {
		g_free(state->message);
		state->message = g_strdup(_("This does not fit the list any more."));
		return;
	}
	drop_draft(view, effects);
	app_close(app, world);
	edit_check(edit_of(below), world->model, false);
	keep_draft(below, effects);
	char save[16];

	key_text(keymap_key_typing(&app->keymap, ACTION_SAVE), save);
	app_say(app, STYLE_DIM, _("It waits in this form; %s saves all of it."), save);
}

static void remove_item(struct view *view, struct app *app, const struct world *world,
			struct effects *effects)
{
	struct state *state = view->state;

	if (state->edit->around)
		hand_over(view, app, world, edit_remove(state->edit, world->model), effects);
	else
		app_open(app, world, &view_confirm, view->subject);
}

static void ask_to_save(struct view *view, struct app *app, const struct world *world,
			struct effects *effects)
{
	struct state *state = view->state;

	state->edit->form->complain = true;
	if (!app_may_edit(app, world))
		return;
	if (edit_check(state->edit, world->model, true) > 0) {
		app_say(app, STYLE_BAD, _("Not saved: correct the field under the cursor."));
	} else if (!state->edit->form->adding && !form_changed(state->edit->form)) {
		app_say(app, STYLE_DIM, _("Nothing has changed."));
	} else if (state->edit->around) {
		hand_over(view, app, world, edit_change(state->edit), effects);
	} else {
		state->stage = STAGE_REVIEW;
		show_review(state, world);
	}
}

static void save(struct state *state, struct effects *effects)
{
	struct change *change = edit_change(state->edit);

	state->stage = STAGE_EDIT;
	if (!change)
		return;
	effects_add(effects, EFFECT_APPLY)->change = change;
	state->stage = STAGE_SAVING;
}

static void review_key(struct state *state, gunichar key, struct effects *effects)
{
	if (key_is_yes(key) || key == TUI_ENTER || key == '\n')
		save(state, effects);
	else if (key == 'j' || key == TUI_KEY_DOWN)
		page_update(state->review, ACTION_DOWN);
	else if (key == 'k' || key == TUI_KEY_UP)
		page_update(state->review, ACTION_UP);
	else if (question_answer(key) == ANSWER_NO)
		state->stage = STAGE_EDIT;
}

static void leave(struct view *view, struct app *app, const struct world *world,
		  struct effects *effects)
{
	struct state *state = view->state;

	if (edit_typed(state->edit)) {
		state->stage = STAGE_DISCARD;
		return;
	}
	drop_draft(view, effects);
	app_close(app, world);
}

static void discard_key(struct view *view, struct app *app, const struct world *world, gunichar key,
			struct effects *effects)
{
	struct state *state = view->state;

	/* Enter is for going on: what was typed is not lost by one key too many. */
	if (key_is_yes(key)) {
		drop_draft(view, effects);
		app_close(app, world);
	} else if (question_answer(key) == ANSWER_NO || key == TUI_ENTER || key == '\n') {
		state->stage = STAGE_EDIT;
	}
}

static void open_link(struct view *view, struct app *app, const struct world *world)
{
	struct state *state = view->state;
	g_autofree char *subject = edit_link(state->edit, state->edit->form->link);

	state->waiting = NULL;
	app_open(app, world, &view_form, subject);
}

static void changed(struct view *view, const struct world *world, struct effects *effects)
{
	struct state *state = view->state;

	g_clear_pointer(&state->message, g_free);
	edit_check(state->edit, world->model, false);
	form_layout(state->edit->form, app_area(world));
	keep_draft(view, effects);
}

static void form_answer(struct view *view, struct app *app, const struct world *world,
			enum form_result result, struct effects *effects)
{
	struct state *state = view->state;

	switch (result) {
	case FORM_MOVED:
		form_layout(state->edit->form, app_area(world));
		break;
	case FORM_CHANGED:
		changed(view, world, effects);
		break;
	case FORM_SAVES:
		ask_to_save(view, app, world, effects);
		break;
	case FORM_REMOVES:
		remove_item(view, app, world, effects);
		break;
	case FORM_OPENS:
		open_link(view, app, world);
		break;
	case FORM_LEAVES:
		leave(view, app, world, effects);
		break;
	default:
		break;
	}
}

/* False: there is nothing to move. */
static bool move(struct view *view, const struct world *world, int by, struct effects *effects)
{
	struct edit *edit = edit_of(view);
	int at = form_item_at(edit->form);
	guint to = 0;

	if (at < 0 ? !form_turn(edit->form, by) : !edit_move(edit, (guint)at, by, &to))
		return at >= 0;
	if (at >= 0)
		form_item_show(edit->form, world->model, to);
	changed(view, world, effects);
	return true;
}

/* Letters are text here; of the bindings only those that no text can hold. */
static void edit_key(struct view *view, struct app *app, const struct world *world, gunichar key,
		     struct effects *effects)
{
	struct form *form = ((struct state *)view->state)->edit->form;
	enum action action =
		key_is_text(key) ? ACTION_NONE : keymap_action(&app->keymap, key, SCOPE_FORM);

	if (action == ACTION_REDRAW)
		effects_add(effects, EFFECT_REDRAW);
	else if ((action == ACTION_ITEM_UP || action == ACTION_ITEM_DOWN) &&
		 move(view, world, action == ACTION_ITEM_UP ? -1 : 1, effects))
		return;
	else if (form->menu)
		form_answer(view, app, world, form_key(form, world->model, key), effects);
	else if (action == ACTION_SAVE)
		ask_to_save(view, app, world, effects);
	else if (action == ACTION_HELP)
		app_open(app, world, &view_help, view_form.name);
	else if (action == ACTION_THEIRS ? form_take_theirs(form)
					 : action == ACTION_BREAK && form_break_line(form))
		changed(view, world, effects);
	else
		form_answer(view, app, world, form_key(form, world->model, key), effects);
}

static bool form_event_key(struct view *view, struct app *app, const struct world *world,
			   gunichar key, struct effects *effects)
{
	struct state *state = view->state;

	switch (state->stage) {
	case STAGE_EDIT:
		edit_key(view, app, world, key, effects);
		break;
	case STAGE_REVIEW:
		review_key(state, key, effects);
		break;
	case STAGE_DISCARD:
		discard_key(view, app, world, key, effects);
		break;
	default:
		break;
	}
	return true;
}

/* The list below shows what was made. */
static void select_new(const struct edit *edit, struct app *app)
{
	const struct form_row *row = form_row_find(edit->form, "id");
	g_autofree char *id = !edit->id && row ? form_row_value(row) : NULL;

	if (!id)
		return;
	g_free(app->pending_subject);
	app->pending_subject = subject_new(edit->kind, id);
}

static bool form_busy(const struct view *view)
{
	const struct edit *edit = ((const struct state *)view->state)->edit;

	return edit && edit->form->menu && edit->form->menu->busy;
}

static bool form_update(struct view *view, struct app *app, const struct world *world,
			const struct event *event, enum action action, struct effects *effects)
{
	struct state *state = view->state;

	(void)action;
	if (!state->edit)
		return false;
	if (event->type == EVENT_KEY)
		return form_event_key(view, app, world, event->key, effects);
	if (event->type == EVENT_AGAIN)
		return form_busy(view) && menu_work(state->edit->form->menu);
	if (event->type == EVENT_DONE && state->stage == STAGE_SAVING) {
		drop_draft(view, effects);
		select_new(state->edit, app);
		app_close(app, world);
		return true;
	}
	if (event->type == EVENT_FAILED && state->stage == STAGE_SAVING) {
		g_free(state->message);
		state->message = event->hint ? g_strdup_printf("%s — %s", event->text, event->hint)
					     : g_strdup(event->text);
		state->stage = STAGE_EDIT;
		return true;
	}
	return false;
}

/* --- cells -------------------------------------------------------------------------- */

static void draw_review(const struct state *state, struct grid *grid, struct rect area)
{
	struct rect list = { area.row + REVIEW_HEAD, area.col, area.rows - REVIEW_HEAD, area.cols };

	grid_put(grid, area.row, area.col, area.cols, STYLE_STRONG,
		 state->edit->form->adding ? _("Save this?") : _("Save these changes?"));
	if (list.rows > 0)
		page_draw(state->review, grid, list, false);
	grid_cursor(grid, area.row, area.col);
}

static char *notice(const struct state *state, const struct world *world)
{
	if (state->message)
		return g_strdup(state->message);
	if (state->edit->gone)
		return edit_why_gone(state->edit, world);
	if (state->waiting)
		return g_strdup_printf(
			_("In an earlier session something was typed there: %s. Enter goes on."),
			state->waiting);
	if (state->restored)
		return g_strdup(_("What was typed in an earlier session is back; Esc forgets it."));
	return NULL;
}

static void form_paint(const struct view *view, const struct app *app, const struct world *world,
		       struct grid *grid, struct rect area)
{
	const struct state *state = view->state;
	g_autofree char *text = NULL;

	grid_fill(grid, area, STYLE_NORMAL, " ");
	grid->cursor_row = grid->cursor_col = -1;
	if (!state->edit) {
		grid_put(grid, area.row, area.col, area.cols, STYLE_WARN,
			 _("There is nothing of this name any more."));
		return;
	}
	if (state->stage == STAGE_REVIEW || state->stage == STAGE_SAVING) {
		draw_review(state, grid, area);
		return;
	}
	if (state->stage == STAGE_DISCARD) {
		grid_put(grid, area.row, area.col, area.cols, STYLE_WARN,
			 _("Forget what was typed here?"));
		grid_cursor(grid, area.row, area.col);
		area.row += 2;
		area.rows -= 2;
	}
	text = app->message ? NULL : notice(state, world);
	if (text && area.rows > 2) {
		grid_put(grid, area.row + area.rows - 1, area.col, area.cols,
			 state->message || state->edit->gone ? STYLE_BAD : STYLE_WARN, text);
		area.rows--;
	}
	char save[16];

	key_text(keymap_key_typing(&app->keymap, ACTION_SAVE), save);
	form_draw(state->edit->form, world->model, save, grid, area);
	if (state->stage == STAGE_DISCARD)
		grid_cursor(grid, area.row - 2, area.col);
}

static bool form_clicked(struct view *view, const struct world *world, struct rect area, int row,
			 int col)
{
	struct state *state = view->state;
	g_autofree char *text = notice(state, world);

	(void)world;
	(void)col;
	if (!state->edit || state->stage != STAGE_EDIT)
		return false;
	area.rows -= text != NULL;
	return form_click(state->edit->form, area, row);
}

static char *form_place(const struct view *view, const struct world *world)
{
	const struct state *state = view->state;

	return state->edit ? edit_title(state->edit, world->model) : NULL;
}

static bool is_items(const struct form *form)
{
	return form_row_at(form, form->focus)->kind == FORM_ITEMS;
}

static char *form_status(const struct view *view, const struct app *app, const struct world *world)
{
	const struct state *state = view->state;

	(void)app;
	(void)world;
	if (!state->edit || state->stage != STAGE_EDIT || !is_items(state->edit->form))
		return NULL;
	return g_strdup(
		_("Each of these has a form of its own; what is changed there waits in this one."));
}

static const char *const *form_keys(const struct view *view)
{
	struct state *state = view->state;
	const char *const review[] = { key_yes(), _("Save"), _("Esc"), _("Back to the form"),
				       NULL };
	const char *const discard[] = { key_yes(), _("Forget it"), _("Esc"), _("Back to the form"),
					NULL };
	const char *const picking[] = { _("Enter"), _("Take"), _("Esc"), _("Cancel"), NULL };
	const char *const ticking[] = { _("Space"), _("Mark"),	 _("Enter"), _("Take"),
					_("Esc"),   _("Cancel"), NULL };
	const char *const within[] = {
		"@save",    C_("item", "Take"),	     _("Esc"), _("Leave"), "@help", _("Help"),
		_("Enter"), _("List or next field"), "↑ ↓",    _("Field"), NULL
	};
	const char *const items[] = { _("Enter"),    _("Edit"), "@item-up @item-down",
				      _("Up, down"), _("Esc"),	_("Back to the form"),
				      NULL };
	const char *const editing[] = { "@save", _("Save"),  _("Esc"),	 _("Leave"),
					"@help", _("Help"),  _("Enter"), _("List or next field"),
					"↑ ↓",	 _("Field"), NULL };

	if (!state->edit)
		return NULL;
	if (state->stage == STAGE_REVIEW)
		memcpy(state->keys, review, sizeof review);
	else if (state->stage == STAGE_DISCARD)
		memcpy(state->keys, discard, sizeof discard);
	else if (state->edit->form->menu && is_items(state->edit->form))
		memcpy(state->keys, items, sizeof items);
	else if (state->edit->form->menu && state->edit->form->menu->many)
		memcpy(state->keys, ticking, sizeof ticking);
	else if (state->edit->form->menu)
		memcpy(state->keys, picking, sizeof picking);
	else if (state->edit->around)
		memcpy(state->keys, within, sizeof within);
	else
		memcpy(state->keys, editing, sizeof editing);
	return state->keys;
}

static bool form_unsaved(const struct view *view)
{
	const struct state *state = view->state;

	return state->edit && edit_typed(state->edit);
}

const struct view_ops view_form = {
	.name = "form",
	.title = N_("Edit"),
	.scopes = SCOPE_FORM,
	.dialog = true,
	.open = form_open,
	.free = form_close,
	.refresh = form_refresh,
	.typing = form_typing,
	.update = form_update,
	.busy = form_busy,
	.draw = form_paint,
	.click = form_clicked,
	.place = form_place,
	.keys = form_keys,
	.status = form_status,
	.unsaved = form_unsaved,
};
