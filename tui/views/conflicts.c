#include <string.h>

#include <glib/gi18n.h>

#include "data/conflict.h"
#include "data/difference.h"
#include "data/merge.h"
#include "data/path.h"
#include "tui/widgets/form.h"
#include "tui/widgets/page.h"
#include "tui/widgets/prompt.h"

/*
 * What an edit and a file say differently: both values by field, with who and
 * when, and the keys that decide.  What a decision does is data/conflict's.
 */
#define LABEL 11

struct conflicts {
	struct page *page;
	struct prompt *prompt; /* another value is being typed; NULL: none */
	gint64 typing;	       /* of this conflict */
	char *tried;	       /* what was typed, until it is known whether it fits; or NULL */
};

static void *conflicts_open(struct app *app, const struct world *world, const char *subject)
{
	struct conflicts *state = g_new0(struct conflicts, 1);

	(void)app;
	(void)world;
	(void)subject;
	state->page = page_new();
	return state;
}

static void conflicts_free(void *data)
{
	struct conflicts *state = data;

	page_free(state->page);
	prompt_free(state->prompt);
	g_free(state->tried);
	g_free(state);
}

/* The one field that it is about; NULL: an item, a list of them, or the whole entry. */
static const struct field *field_of(const struct conflict *conflict)
{
	const struct field *field = path_field(record_type(conflict->kind), conflict->path, NULL);

	return field == NULL || field->type == FIELD_ITEMS || field->type == FIELD_GROUP ||
			       g_str_has_suffix(conflict->path, "]")
		       ? NULL
		       : field;
}

/* One of its values as people read it.  Caller frees. */
static char *value_text(const struct world *world, const struct conflict *conflict,
			const char *value)
{
	const struct field *field = field_of(conflict);

	if (value != NULL && field != NULL)
		return form_value_text(world->model, field, value);
	return conflict_value_words(world->model, conflict, value);
}

static void add_side(struct page *page, int columns, const char *label, enum style style,
		     const char *value, const char *who)
{
	g_autofree char *text =
		who == NULL ? g_strdup(value) : g_strdup_printf("%s (%s)", value, who);
	guint line = page->lines->len;

	page_wrap(page, 3 + LABEL, columns - LABEL - 4, style, text, NULL);
	page_mark(page, line, 3, STYLE_DIM, label);
}

static void add_conflict(struct page *page, const struct world *world,
			 const struct conflict *conflict)
{
	g_autofree char *link = g_strdup_printf("conflict/%" G_GINT64_FORMAT, conflict->id);
	g_autofree char *place = conflict_place(world->model, conflict);
	g_autofree char *mine = conflict_who(conflict->mine_by, conflict->mine_at);
	g_autofree char *theirs = conflict_who(conflict->theirs_by, conflict->theirs_at);
	g_autofree char *my = value_text(world, conflict, conflict->mine);
	g_autofree char *their = value_text(world, conflict, conflict->theirs);
	g_autofree char *base = value_text(world, conflict, conflict->base);
	bool known = conflict->theirs_by[0] != '\0';

	page_line(page, link);
	page_text(page, 1, -1, STYLE_STRONG, place);
	add_side(page, world->cols, _("mine"), STYLE_NORMAL, my, mine);
	if (known)
		add_side(page, world->cols, _("theirs"), STYLE_NORMAL, their, theirs);
	else
		add_side(page, world->cols, _("theirs"), STYLE_WARN,
			 _("not known yet: the file has errors"), NULL);
	add_side(page, world->cols, _("before"), STYLE_DIM, base, NULL);
	page_line(page, NULL);
}

static void conflicts_refresh(struct view *view, struct app *app, const struct world *world)
{
	struct conflicts *state = view->state;
	guint n = world->conflicts == NULL ? 0 : world->conflicts->len;

	(void)app;
	page_begin(state->page);
	for (guint i = 0; i < n; i++)
		add_conflict(state->page, world, g_ptr_array_index(world->conflicts, i));
	if (n == 0) {
		page_line(state->page, NULL);
		page_text(state->page, 1, -1, STYLE_DIM,
			  _("No conflict waits: files and edits agree."));
	}
	page_end(state->page);
	page_layout(state->page, app_area(world).rows);
}

static const struct conflict *conflict_by_id(const struct world *world, gint64 id)
{
	for (guint i = 0; world->conflicts != NULL && i < world->conflicts->len; i++) {
		const struct conflict *conflict = g_ptr_array_index(world->conflicts, i);

		if (conflict->id == id)
			return conflict;
	}
	return NULL;
}

static const struct conflict *under_cursor(const struct conflicts *state, const struct world *world)
{
	const char *link = page_link(state->page);
	gint64 id = link == NULL ? 0 : g_ascii_strtoll(strchr(link, '/') + 1, NULL, 10);

	return conflict_by_id(world, id);
}

static void decide(struct effects *effects, gint64 id, enum conflict_side side, const char *value)
{
	struct effect *effect = effects_add(effects, EFFECT_DECIDE);

	effect->id = id;
	effect->side = (guint)side;
	effect->text = g_strdup(value);
}

/* What is there to be changed: words, where they mean that value again, else the value itself. */
static char *typed_text(const struct world *world, const struct conflict *conflict)
{
	const struct field *field = field_of(conflict);
	g_autofree char *words = value_text(world, conflict, conflict->mine);

	if (words == NULL)
		return g_strdup("");
	return g_strdup(strcmp(model_word_id(world->model, field, words), conflict->mine) == 0
				? words
				: conflict->mine);
}

static void ask_value(struct conflicts *state, struct app *app, const struct world *world,
		      const struct conflict *conflict)
{
	const struct field *field = field_of(conflict);

	/* Nor can several lines be typed here. */
	if (field == NULL || (field->flags & FIELD_MANY) ||
	    (conflict->mine != NULL && strchr(conflict->mine, '\n') != NULL)) {
		app_say(app, STYLE_DIM, _("Take one of them, then edit the entry."));
		return;
	}
	g_autofree char *text = typed_text(world, conflict);

	state->typing = conflict->id;
	state->prompt = prompt_new(_("Value: "), text);
}

static void value_key(struct conflicts *state, const struct world *world, gunichar key,
		      struct effects *effects)
{
	enum prompt_result result = prompt_key(state->prompt, key);
	const struct conflict *conflict = conflict_by_id(world, state->typing);

	if (result == PROMPT_DONE) {
		g_free(state->tried);
		state->tried = g_strdup(state->prompt->text->str);
		/* Words are taken as they are shown. */
		decide(effects, state->typing, CONFLICT_VALUE,
		       *state->tried == '\0' ? NULL
		       : conflict == NULL
			       ? state->tried
			       : model_word_id(world->model, field_of(conflict), state->tried));
	}
	if (result == PROMPT_DONE || result == PROMPT_LEFT)
		g_clear_pointer(&state->prompt, prompt_free);
}

/* What was typed and does not fit is there again, to be mended. */
static void outcome(struct conflicts *state, bool failed)
{
	if (failed && state->tried != NULL && state->prompt == NULL)
		state->prompt = prompt_new(_("Value: "), state->tried);
	g_clear_pointer(&state->tried, g_free);
}

static bool is_decision(enum action action)
{
	return action == ACTION_TAKE_MINE || action == ACTION_TAKE_THEIRS ||
	       action == ACTION_TAKE_BOTH || action == ACTION_TAKE_VALUE;
}

static void decision_key(struct conflicts *state, struct app *app, const struct world *world,
			 enum action action, struct effects *effects)
{
	const struct conflict *conflict = under_cursor(state, world);

	if (conflict == NULL)
		app_say(app, STYLE_DIM, _("There is no conflict under the cursor."));
	else if (!app_may_edit(app, world))
		return;
	else if (action == ACTION_TAKE_VALUE)
		ask_value(state, app, world, conflict);
	else if (action == ACTION_TAKE_BOTH && !merge_holds_both(conflict->kind, conflict->path))
		app_say(app, STYLE_DIM, _("Only one value can stand there."));
	else
		decide(effects, conflict->id,
		       action == ACTION_TAKE_MINE     ? CONFLICT_MINE
		       : action == ACTION_TAKE_THEIRS ? CONFLICT_THEIRS
						      : CONFLICT_BOTH,
		       NULL);
}

static bool conflicts_update(struct view *view, struct app *app, const struct world *world,
			     const struct event *event, enum action action, struct effects *effects)
{
	struct conflicts *state = view->state;

	if (event->type == EVENT_DONE || event->type == EVENT_FAILED) {
		outcome(state, event->type == EVENT_FAILED);
		conflicts_refresh(view, app, world);
		return true;
	}
	if (event->type != EVENT_KEY)
		return false;
	if (state->prompt != NULL) {
		value_key(state, world, event->key, effects);
		return true;
	}
	if (is_decision(action)) {
		decision_key(state, app, world, action, effects);
		return true;
	}
	if (action == ACTION_OPEN) {
		const struct conflict *conflict = under_cursor(state, world);
		g_autofree char *link =
			conflict == NULL ? NULL : subject_new(conflict->kind, conflict->record);

		if (link != NULL &&
		    model_get(world->model, conflict->kind, conflict->record) != NULL)
			page_follow(link, app, world);
		return true;
	}
	return page_update(state->page, action) || action == ACTION_CONFLICTS;
}

static bool conflicts_typing(const struct view *view)
{
	return ((const struct conflicts *)view->state)->prompt != NULL;
}

static const struct prompt *conflicts_prompt(const struct view *view)
{
	return ((const struct conflicts *)view->state)->prompt;
}

static void conflicts_draw(const struct view *view, const struct app *app,
			   const struct world *world, struct grid *grid, struct rect area)
{
	const struct conflicts *state = view->state;

	(void)app;
	(void)world;
	page_draw(state->page, grid, area, state->prompt == NULL);
}

static bool conflicts_click(struct view *view, const struct world *world, struct rect area, int row,
			    int col)
{
	(void)world;
	(void)col;
	return page_click(((struct conflicts *)view->state)->page, area, row);
}

static char *conflicts_status(const struct view *view, const struct app *app,
			      const struct world *world)
{
	guint n = world->conflicts == NULL ? 0 : world->conflicts->len;

	(void)view;
	(void)app;
	if (n == 0)
		return NULL;
	return g_strdup_printf(ngettext("%u conflict waits; until then the file stands",
					"%u conflicts wait; until then the files stand", n),
			       n);
}

static struct page *conflicts_page(const struct view *view)
{
	return ((const struct conflicts *)view->state)->page;
}

static const char *const *conflicts_keys(const struct view *view)
{
	static const char *const keys[] = {
		"@take-mine", N_("Mine"), "@take-the-file", N_("Theirs"),
		"@take-both", N_("Both"), "@take-value",    N_("Another value"),
		"@open",      N_("Open"), "@back",	    N_("Back"),
		NULL
	};

	static const char *const none[] = { "@back", N_("Back"), NULL };

	if (conflicts_typing(view))
		return NULL;
	return page_link(conflicts_page(view)) ? keys : none;
}

const struct view_ops view_conflicts = {
	.name = "conflicts",
	.title = N_("Conflicts"),
	.scopes = SCOPE_CONFLICTS,
	.open = conflicts_open,
	.free = conflicts_free,
	.refresh = conflicts_refresh,
	.update = conflicts_update,
	.typing = conflicts_typing,
	.prompt = conflicts_prompt,
	.draw = conflicts_draw,
	.status = conflicts_status,
	.keys = conflicts_keys,
	.page = conflicts_page,
	.click = conflicts_click,
};
