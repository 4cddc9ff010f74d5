#include "tui/ask.h"
#include "tui/finder.h"
#include "tui/memory.h"
#include "tui/verb.h"
#include "tui/widgets/popup.h"
#include "tui/widgets/prompt.h"

#include <string.h>

#include <glib/gi18n.h>

#include "base/findings.h"
#include "base/text.h"

/*
 * Everything by typing a part of its name: what can be done here, the views, kept
 * filters, institutions, territories and programmes.  Records are searched slice by
 * slice; what is found so far is shown meanwhile.
 */
#define PALETTE_ROWS 16
#define ACTION_PLUS  60 /* a command whose name fits goes before a record that fits as well */

struct palette {
	struct prompt *prompt;
	GPtrArray *items; /* struct popup_item *, owned, best first */
	GArray *scores;	  /* int, of each */
	guint focus;
	int top; /* the first that is shown, once one was clicked */
	bool searching;
	struct finder_search search;
	const struct view_ops *below;
};

static void *palette_open(struct app *app, const struct world *world, const char *subject)
{
	struct palette *palette = g_new0(struct palette, 1);

	(void)world;
	(void)subject;
	palette->prompt = prompt_new(_("Go to or do: "), "");
	palette->items = popup_items_new();
	palette->scores = g_array_new(FALSE, FALSE, sizeof(int));
	palette->below = app->stack->len == 0 ? &view_overview : app_top(app)->ops;
	return palette;
}

static void palette_free(void *state)
{
	struct palette *palette = state;

	finder_end(&palette->search);
	prompt_free(palette->prompt);
	g_ptr_array_unref(palette->items);
	g_array_unref(palette->scores);
	g_free(palette);
}

/* In order of score; what came earlier stays before what scores the same. */
static void add(struct palette *palette, int score, const char *id, const char *label,
		const char *note)
{
	guint at = palette->items->len;

	if (score <= 0)
		return;
	while (at > 0 && g_array_index(palette->scores, int, at - 1) < score)
		at--;
	g_ptr_array_insert(palette->items, (gint)at, popup_item_new(id, label, note));
	g_array_insert_val(palette->scores, at, score);
}

static int score_of(const struct typed *typed, const char *label, const char *more)
{
	g_autofree char *folded = text_fold(label), *others = text_fold(more);

	return typed->words == NULL ? 1 : typed_score(typed, folded, others);
}

static void add_actions(struct palette *palette, const struct app *app, const struct typed *typed)
{
	for (guint i = ACTION_NONE + 1; i < ACTION_COUNT; i++) {
		const struct binding *binding = binding_of((enum action)i);
		g_autofree char *id = g_strconcat("action/", binding->name, NULL);
		g_autofree char *keys = keymap_text(&app->keymap, binding->action);
		int score = score_of(typed, _(binding->label), binding->name);

		/* Nobody looks for how to move. */
		if (palette->prompt->text->len == 0 && i <= ACTION_PANE)
			continue;
		if (i != ACTION_PALETTE && action_works((enum action)i, palette->below))
			add(palette, score > 0 ? score + ACTION_PLUS : 0, id, _(binding->label),
			    keys);
	}
}

static void add_filters(struct palette *palette, const struct world *world,
			const struct typed *typed)
{
	for (guint i = 0; i < memory_count(world->memory, MEMORY_FILTERS); i++) {
		const char *name = memory_name(world->memory, i);
		const char *text = memory_text(world->memory, MEMORY_FILTERS, i);
		g_autofree char *id = g_strconcat("filter/", name, NULL);
		g_autofree char *label = g_strdup_printf(_("Filter @%s: %s"), name, text);
		int score = score_of(typed, name, label);

		add(palette, score > 0 ? score + ACTION_PLUS : 0, id, label, NULL);
	}
}

static void add_choices(struct palette *palette, enum setting setting, const struct typed *typed)
{
	const struct field *field = setting_field(setting);

	for (const struct choice *choice = field->choices; choice->id != NULL; choice++) {
		g_autofree char *id = g_strdup_printf("setting/%s/%s", field->key, choice->id);
		g_autofree char *label =
			g_strdup_printf("%s: %s", _(field->label), _(choice->label));

		add(palette, score_of(typed, label, choice->id), id, label, NULL);
	}
}

static void add_record(struct palette *palette, const struct world *world, enum kind kind,
		       const char *id, int score)
{
	g_autofree char *subject = subject_new(kind, id), *label = NULL;
	const struct record *record = model_get(world->model, kind, id);

	if (record == NULL)
		return;
	label = record_label(kind, record);
	add(palette, score, subject, label, _(record_type(kind)->title));
}

/* With nothing typed: what was picked last, newest first. */
static void add_recent(struct palette *palette, const struct world *world)
{
	for (guint i = 0; i < MIN(memory_count(world->memory, MEMORY_RECENT), 9u); i++) {
		const char *id;
		enum kind kind;

		if (subject_parse(memory_text(world->memory, MEMORY_RECENT, i), &kind, &id))
			add_record(palette, world, kind, id, 1000 - (int)i);
	}
}

static void palette_fill(struct palette *palette, const struct app *app, const struct world *world)
{
	const struct typed *typed = &palette->search.typed;
	const GArray *hits = palette->search.hits;

	g_ptr_array_set_size(palette->items, 0);
	g_array_set_size(palette->scores, 0);
	if (palette->prompt->text->len == 0)
		add_recent(palette, world);
	add_filters(palette, world, typed);
	add_actions(palette, app, typed);
	if (palette->prompt->text->len > 0) {
		add_choices(palette, SETTING_THEME, typed);
		add_choices(palette, SETTING_LANGUAGE, typed);
	}
	for (guint i = 0; hits != NULL && i < hits->len; i++) {
		struct finder_hit hit = g_array_index(hits, struct finder_hit, i);

		add_record(palette, world, hit.kind,
			   RECORD(world->model->records[hit.kind][hit.index])->id, hit.score);
	}
	palette->focus = MIN(palette->focus, palette->items->len > 0 ? palette->items->len - 1 : 0);
}

/* One slice; more of them when there is time. */
static void palette_step(struct palette *palette, struct app *app, const struct world *world,
			 struct effects *effects)
{
	if (!palette->searching)
		return;
	palette->searching = !finder_step(app->finder, &palette->search);
	palette_fill(palette, app, world);
	if (palette->searching)
		effects_add(effects, EFFECT_AGAIN);
}

static void palette_search(struct palette *palette, struct app *app, const struct world *world,
			   struct effects *effects)
{
	bool was = palette->searching;

	finder_end(&palette->search);
	palette->focus = 0;
	palette->top = 0;
	palette->searching = palette->prompt->text->len > 0;
	if (!palette->searching) {
		palette_fill(palette, app, world);
		return;
	}
	if (app->finder == NULL || finder_model(app->finder) != world->model) {
		finder_free(app->finder);
		app->finder = finder_new(world->model);
	}
	finder_begin(&palette->search, palette->prompt->text->str);
	/* One that is under way already comes again by itself. */
	if (was)
		palette_fill(palette, app, world);
	else
		palette_step(palette, app, world, effects);
}

static void palette_refresh(struct view *view, struct app *app, const struct world *world)
{
	struct palette *palette = view->state;

	/* Indices of hits are those of the former model. */
	if (app->finder != NULL && finder_model(app->finder) != world->model &&
	    palette->search.hits != NULL) {
		struct effects none;

		effects_init(&none);
		g_array_set_size(palette->search.hits, 0);
		palette->searching = false;
		palette_search(palette, app, world, &none);
		while (palette->searching)
			palette_step(palette, app, world, &none);
		effects_release(&none);
		return;
	}
	palette_fill(palette, app, world);
}

static void run_setting(const char *id, struct effects *effects)
{
	const char *slash = strchr(id, '/');
	struct effect *effect = effects_add(effects, EFFECT_SETTING);

	effect->path = g_strndup(id, (gsize)(slash - id));
	effect->text = g_strdup(slash + 1);
}

static void run_item(const char *id, struct app *app, const struct world *world,
		     struct effects *effects)
{
	const struct binding *binding;
	const char *record, *text;
	struct effect *effect;
	struct filter *filter;
	enum kind kind;

	if (g_str_has_prefix(id, "setting/")) {
		run_setting(id + strlen("setting/"), effects);
	} else if (g_str_has_prefix(id, "filter/")) {
		text = memory_filter(world->memory, id + strlen("filter/"));
		filter = filter_for_view(app, world, text, NULL);
		if (filter == NULL)
			app_say(app, STYLE_WARN, _("This filter is of another list: %s"), text);
		else
			app_put_filter(app, world, filter);
		filter_free(filter);
	} else if (g_str_has_prefix(id, "action/")) {
		binding = binding_named(id + strlen("action/"));
		app_run(app, world, binding->action, effects);
	} else if (subject_parse(id, &kind, &record) && record_open(app, world, kind, record)) {
		effect = effects_add(effects, EFFECT_REMEMBER);
		effect->id = MEMORY_RECENT;
		effect->text = g_strdup(id);
	}
}

static bool palette_typing(const struct view *view)
{
	(void)view;
	return true;
}

static const struct prompt *palette_prompt(const struct view *view)
{
	return ((const struct palette *)view->state)->prompt;
}

static int step_of(gunichar key)
{
	switch (key) {
	case TUI_KEY_UP:
	case TUI_CTRL('p'):
		return -1;
	case TUI_KEY_DOWN:
	case TUI_CTRL('n'):
	case TUI_TAB:
		return 1;
	case TUI_KEY_PAGE_UP:
		return -8;
	case TUI_KEY_PAGE_DOWN:
		return 8;
	default:
		return 0;
	}
}

static bool palette_update(struct view *view, struct app *app, const struct world *world,
			   const struct event *event, enum action action, struct effects *effects)
{
	struct palette *palette = view->state;
	const struct popup_item *item;
	g_autofree char *id = NULL;
	int step;

	(void)action;
	if (event->type == EVENT_AGAIN)
		palette_step(palette, app, world, effects);
	if (event->type != EVENT_KEY)
		return false;
	step = step_of(event->key);
	if (step != 0) {
		palette->focus = (guint)CLAMP((int)palette->focus + step, 0,
					      MAX((int)palette->items->len - 1, 0));
		return true;
	}
	switch (prompt_key(palette->prompt, event->key)) {
	case PROMPT_CHANGED:
		palette_search(palette, app, world, effects);
		break;
	case PROMPT_LEFT:
		app_close(app, world);
		break;
	case PROMPT_DONE:
		if (palette->focus >= palette->items->len)
			break;
		item = g_ptr_array_index(palette->items, palette->focus);
		id = g_strdup(item->id);
		app_close(app, world);
		run_item(id, app, world, effects);
		break;
	default:
		break;
	}
	return true;
}

/* What is not there because its file is broken says so; NULL: it is not that.  Caller frees. */
static char *unread_text(const struct palette *palette, const struct world *world)
{
	g_autofree char *typed = g_strstrip(text_fold(palette->prompt->text->str));
	guint n = world->findings == NULL ? 0 : world->findings->all->len;

	g_strdelimit(typed, " ", '-');
	for (guint i = 0; i < n && typed[0] != '\0'; i++) {
		const struct finding *finding = g_ptr_array_index(world->findings->all, i);
		g_autofree char *name =
			finding->file == NULL ? NULL : g_path_get_basename(finding->file);

		if (name != NULL && finding->severity == SEVERITY_ERROR && strstr(name, typed))
			return g_strdup_printf(_("%s cannot be read: line %u"), finding->file,
					       MAX(finding->line, 1));
	}
	return NULL;
}

static void palette_draw(const struct view *view, const struct app *app, const struct world *world,
			 struct grid *grid, struct rect area)
{
	const struct palette *palette = view->state;
	g_autofree char *unread = palette->items->len > 0 ? NULL : unread_text(palette, world);

	(void)app;
	popup_draw(palette->items, (int)palette->focus, palette->top,
		   palette->items->len == 0 ? _("Nothing is called like that.")
		   : palette->searching	    ? _("searching…")
					    : "",
		   PALETTE_ROWS, grid, area, false);
	if (unread == NULL || area.rows < 1)
		return;
	area.row += area.rows - 1;
	area.rows = 1;
	grid_fill(grid, area, STYLE_NORMAL, " ");
	grid_put(grid, area.row, area.col + 1, area.cols - 1, STYLE_WARN, unread);
}

static bool palette_click(struct view *view, const struct world *world, struct rect area, int row,
			  int col)
{
	struct palette *palette = view->state;
	int at = popup_click(palette->items, (int)palette->focus, &palette->top, PALETTE_ROWS, area,
			     row);
	bool again = at >= 0 && (guint)at == palette->focus;

	(void)world;
	(void)col;
	palette->focus = at < 0 ? palette->focus : (guint)at;
	return again;
}

static char *palette_status(const struct view *view, const struct app *app,
			    const struct world *world)
{
	const struct palette *palette = view->state;

	(void)app;
	(void)world;
	if (palette->searching)
		return g_strdup(_("searching…"));
	return palette->items->len == 0 ? g_strdup(_("no match")) : NULL;
}

static const char *const *palette_keys(const struct view *view)
{
	static const char *const keys[] = { N_("Enter"), N_("Open or do it"), "↑ ↓", N_("Another"),
					    N_("Esc"),	 N_("Close"),	      NULL };

	(void)view;
	return keys;
}

const struct view_ops view_palette = {
	.name = "palette",
	.title = N_("Everything"),
	.dialog = true,
	.open = palette_open,
	.free = palette_free,
	.refresh = palette_refresh,
	.typing = palette_typing,
	.update = palette_update,
	.draw = palette_draw,
	.prompt = palette_prompt,
	.status = palette_status,
	.keys = palette_keys,
	.click = palette_click,
};
