#include "tui/config.h"
#include "tui/widgets/popup.h"
#include "tui/widgets/prompt.h"

#include <string.h>

#include <glib/gi18n.h>

#include "base/context.h"
#include "base/text.h"

/*
 * The settings, a row each, then the keys of every action; Enter changes one and it
 * is kept in the person's own file.  The rows are those of the table.
 */
#define LABEL_COLUMNS 28
#define VALUE_COLUMNS 28
#define HELP_ROWS     3 /* an empty one and two of words */

struct rows {
	guint focus, top; /* rows: settings, then actions */
	struct prompt *prompt;
	GPtrArray *choices; /* struct popup_item *, while one is chosen; else NULL */
	guint choice;
};

#define ROWS (SETTING_COUNT + ACTION_COUNT - 1)

static enum action row_action(guint row)
{
	return (enum action)(row - SETTING_COUNT + ACTION_NONE + 1);
}

static const struct field *row_field(guint row)
{
	if (row < SETTING_COUNT)
		return setting_field((enum setting)row);
	return record_field(record_field(config_type(), "keys")->sub,
			    binding_of(row_action(row))->name);
}

/* "theme", "keys.sort".  Caller frees. */
static char *row_key(guint row)
{
	return g_strconcat(row < SETTING_COUNT ? "" : "keys.", row_field(row)->key, NULL);
}

static void *settings_open(struct app *app, const struct world *world, const char *subject)
{
	(void)app;
	(void)world;
	(void)subject;
	return g_new0(struct rows, 1);
}

static void settings_free(void *state)
{
	struct rows *rows = state;

	prompt_free(rows->prompt);
	if (rows->choices != NULL)
		g_ptr_array_unref(rows->choices);
	g_free(rows);
}

static void settle(struct rows *rows, const struct world *world)
{
	guint shown = (guint)MAX(app_area(world).rows - HELP_ROWS, 1);

	if (rows->focus < rows->top)
		rows->top = rows->focus;
	if (rows->focus >= rows->top + shown)
		rows->top = rows->focus - shown + 1;
}

static void settings_refresh(struct view *view, struct app *app, const struct world *world)
{
	(void)app;
	settle(view->state, world);
}

static bool settings_typing(const struct view *view)
{
	const struct rows *rows = view->state;

	return rows->prompt != NULL || rows->choices != NULL;
}

static const struct prompt *settings_prompt(const struct view *view)
{
	return ((const struct rows *)view->state)->prompt;
}

static char *value_text(const struct app *app, const struct world *world, guint row)
{
	const char *value;

	if (row >= SETTING_COUNT)
		return keymap_text(&app->keymap, row_action(row));
	value = config_get(world->config, (enum setting)row);
	/* The word of the file stands in the list that one chooses from. */
	for (const struct choice *choice = row_field(row)->choices;
	     choice != NULL && choice->id != NULL; choice++)
		if (strcmp(choice->id, value) == 0)
			return g_strdup(in_context(choice->label));
	return g_strdup(value[0] == '\0' ? "–" : value);
}

/* What is typed to get the keys that an action has. */
static char *keys_words(const struct app *app, enum action action)
{
	g_autoptr(GString) out = g_string_new(NULL);
	char word[16];

	for (guint i = 0; i < KEYS_MAX && app->keymap.keys[action][i] != 0; i++)
		g_string_append_printf(out, "%s%s", i > 0 ? " " : "",
				       key_word(app->keymap.keys[action][i], word));
	return g_string_free(g_steal_pointer(&out), FALSE);
}

static void edit_begin(struct rows *rows, const struct app *app, const struct world *world)
{
	const struct field *field = row_field(rows->focus);
	g_autofree char *label = g_strdup_printf("%s: ", _(field->label));
	g_autofree char *text = NULL;
	const char *now;

	if (field->choices == NULL) {
		text = rows->focus >= SETTING_COUNT
			       ? keys_words(app, row_action(rows->focus))
			       : g_strdup(config_get(world->config, (enum setting)rows->focus));
		rows->prompt = prompt_new(label, text);
		return;
	}
	now = config_get(world->config, (enum setting)rows->focus);
	rows->choices = popup_items_new();
	rows->choice = 0;
	for (const struct choice *choice = field->choices; choice->id != NULL; choice++) {
		if (strcmp(choice->id, now) == 0)
			rows->choice = rows->choices->len;
		g_ptr_array_add(rows->choices,
				popup_item_new(choice->id, choice->id, in_context(choice->label)));
	}
}

static void keep(struct rows *rows, const char *value, struct effects *effects)
{
	struct effect *effect = effects_add(effects, EFFECT_SETTING);

	effect->path = row_key(rows->focus);
	effect->text = value == NULL || value[0] == '\0' ? NULL : g_strdup(value);
	effect->id = 1;
}

static void choice_key(struct rows *rows, gunichar key, struct effects *effects)
{
	const struct popup_item *item = g_ptr_array_index(rows->choices, rows->choice);

	if (key == TUI_KEY_DOWN || key == 'j' || key == TUI_TAB)
		rows->choice = MIN(rows->choice + 1, rows->choices->len - 1);
	else if ((key == TUI_KEY_UP || key == 'k') && rows->choice > 0)
		rows->choice--;
	if (key == TUI_ENTER || key == '\n')
		keep(rows, item->id, effects);
	if (key == TUI_ENTER || key == '\n' || key == TUI_ESCAPE || key == 'q')
		g_clear_pointer(&rows->choices, g_ptr_array_unref);
}

static void typed_key(struct rows *rows, gunichar key, struct effects *effects)
{
	enum prompt_result result = prompt_key(rows->prompt, key);

	if (result == PROMPT_DONE)
		keep(rows, rows->prompt->text->str, effects);
	if (result == PROMPT_DONE || result == PROMPT_LEFT)
		g_clear_pointer(&rows->prompt, prompt_free);
}

static bool move(struct rows *rows, enum action action, int page)
{
	int to = (int)rows->focus;

	switch (action) {
	case ACTION_DOWN:
		to++;
		break;
	case ACTION_UP:
		to--;
		break;
	case ACTION_PAGE_DOWN:
		to += page;
		break;
	case ACTION_PAGE_UP:
		to -= page;
		break;
	case ACTION_FIRST:
		to = 0;
		break;
	case ACTION_LAST:
		to = ROWS - 1;
		break;
	default:
		return false;
	}
	rows->focus = (guint)CLAMP(to, 0, ROWS - 1);
	return true;
}

static bool settings_update(struct view *view, struct app *app, const struct world *world,
			    const struct event *event, enum action action, struct effects *effects)
{
	struct rows *rows = view->state;

	if (event->type != EVENT_KEY)
		return false;
	if (rows->prompt != NULL) {
		typed_key(rows, event->key, effects);
	} else if (rows->choices != NULL) {
		choice_key(rows, event->key, effects);
	} else if (action == ACTION_OPEN || action == ACTION_EDIT) {
		edit_begin(rows, app, world);
	} else if (action == ACTION_DELETE) {
		keep(rows, NULL, effects);
	} else if (!move(rows, action, MAX(app_area(world).rows / 2, 1))) {
		return false;
	}
	settle(rows, world);
	return true;
}

static void draw_row(const struct rows *rows, guint row, const struct app *app,
		     const struct world *world, struct grid *grid, int at, struct rect area)
{
	bool here = row == rows->focus;
	enum style style = here ? STYLE_STRONG : STYLE_NORMAL;
	g_autofree char *value = value_text(app, world, row);
	g_autofree char *source = NULL;
	int label = MIN(LABEL_COLUMNS, area.cols / 2);

	if (row < SETTING_COUNT)
		source = config_source_text(world->config, (enum setting)row);
	else
		source = g_strconcat("keys.", binding_of(row_action(row))->name,
				     config_keys(world->config, row_action(row)) ? " *" : "", NULL);
	if (here)
		grid_put(grid, at, area.col, 1, STYLE_ACCENT, "▸");
	grid_put(grid, at, area.col + 2, label - 2, style, _(row_field(row)->label));
	grid_put(grid, at, area.col + label + 1, VALUE_COLUMNS, style, value);
	grid_put(grid, at, area.col + label + VALUE_COLUMNS + 2,
		 area.cols - label - VALUE_COLUMNS - 3, STYLE_DIM, source);
	if (here && rows->choices == NULL)
		grid_cursor(grid, at, area.col);
}

static void settings_draw(const struct view *view, const struct app *app, const struct world *world,
			  struct grid *grid, struct rect area)
{
	const struct rows *rows = view->state;
	int shown = MAX(area.rows - HELP_ROWS, 1);
	g_autoptr(GPtrArray) help =
		text_wrap(_(row_field(rows->focus)->help), MAX(area.cols - 2, 8));

	for (int i = 0; i < shown && rows->top + (guint)i < ROWS; i++)
		draw_row(rows, rows->top + (guint)i, app, world, grid, area.row + i, area);
	grid_more(grid, (struct rect){ area.row, area.col, shown, area.cols }, rows->top > 0,
		  rows->top + (guint)shown < ROWS);
	for (int i = 0; area.rows > HELP_ROWS && i < (int)MIN(help->len, HELP_ROWS - 1); i++)
		grid_put(grid, area.row + shown + 1 + i, area.col + 1, area.cols - 2, STYLE_DIM,
			 g_ptr_array_index(help, (guint)i));
	if (rows->choices != NULL)
		popup_draw(rows->choices, (int)rows->choice, 0, _(row_field(rows->focus)->label),
			   10, grid, area, true);
}

static char *settings_status(const struct view *view, const struct app *app,
			     const struct world *world)
{
	(void)view;
	(void)app;
	if (world->config == NULL || config_file(world->config) == NULL)
		return NULL;
	return g_strdup_printf(_("kept in %s"), config_file(world->config));
}

static const char *const *settings_keys(const struct view *view)
{
	static const char *const keys[] = { N_("Enter"), N_("Change"), "d", N_("As it comes"),
					    N_("Esc"),	 N_("Back"),   NULL };
	static const char *const editing[] = { N_("Enter"), N_("Keep"), N_("Esc"), N_("Cancel"),
					       NULL };

	return settings_typing(view) ? editing : keys;
}

const struct view_ops view_settings = {
	.name = "settings",
	.title = N_("Settings"),
	.scopes = SCOPE_CARD | SCOPE_ITEMS,
	.no_undo = N_("Undo is for changes of the network, not for settings."),
	.open = settings_open,
	.free = settings_free,
	.refresh = settings_refresh,
	.typing = settings_typing,
	.update = settings_update,
	.draw = settings_draw,
	.prompt = settings_prompt,
	.status = settings_status,
	.keys = settings_keys,
};
