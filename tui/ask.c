#include "tui/ask.h"

#include <string.h>

#include <glib/gi18n.h>

#include "base/errors.h"
#include "data/called.h"
#include "tui/complete.h"
#include "tui/memory.h"
#include "tui/verb.h"
#include "tui/widgets/page.h"
#include "tui/widgets/prompt.h"

#define ROWS_FIELDS 5	  /* of an example */
#define LOOKED_AT   2000u /* records that an example is taken from */

/*
 * What the app asks in one line: the filter (which works while it is typed),
 * what to look for, a command.  Questions with more than one line are views.
 */
static void ask_complete(struct app *app, const struct world *world)
{
	const struct prompt *prompt = app->prompt;

	g_clear_pointer(&app->completion, completion_free);
	if (app->question == ASK_FILTER)
		app->completion = complete_filter(app, world, prompt->text->str, prompt->at);
	else if (app->question == ASK_COMMAND)
		app->completion = complete_command(app, world, prompt->text->str, prompt->at);
}

static void ask(struct app *app, enum app_question question, const char *label, const char *text)
{
	prompt_free(app->prompt);
	app->prompt = prompt_new(label, text);
	app->question = question;
}

void ask_filter(struct app *app, const struct world *world)
{
	g_free(app->filter_before);
	app->filter_before = app_filter_text(app, app_top(app));
	ask(app, ASK_FILTER, _("Filter: "), app->filter_before);
	ask_complete(app, world);
}

void ask_command(struct app *app, const struct world *world, const char *text)
{
	ask(app, ASK_COMMAND, ":", text);
	app->recalled = 0;
	ask_complete(app, world);
}

void ask_find(struct app *app)
{
	ask(app, ASK_FIND, "/", "");
}

/* The word that most of the first records of a field have; NULL: none has any. */
static const char *usual_word(const struct model *model, const char *key)
{
	const struct field *field = record_field(record_type(KIND_INSTITUTION), key);
	g_autoptr(GHashTable) seen = g_hash_table_new(g_str_hash, g_str_equal);
	const char *usual = NULL;
	guint most = 0;

	for (guint i = 0; i < MIN(model->n[KIND_INSTITUTION], LOOKED_AT); i++) {
		const char *const *word = field_at(field, model->records[KIND_INSTITUTION][i]);
		guint n =
			*word == NULL ? 0 : GPOINTER_TO_UINT(g_hash_table_lookup(seen, *word)) + 1;

		if (n == 0)
			continue;
		g_hash_table_insert(seen, (gpointer)(guintptr)*word, GUINT_TO_POINTER(n));
		if (n > most) {
			most = n;
			usual = *word;
		}
	}
	return usual;
}

static char *field_typed(const char *key)
{
	const struct record_type *type = record_type(KIND_INSTITUTION);

	return field_word(type, record_field(type, key));
}

/* The first fields of rows with what the first of them has. */
static char *rows_example(const struct filter_rows *rows)
{
	GString *text = g_string_new(_("as in"));

	for (guint i = 0; i < rows->type->n_fields && rows->n > 0 && i < ROWS_FIELDS; i++) {
		const struct field *field = &rows->type->fields[i];
		g_autofree char *name = field_word(rows->type, field);
		g_autofree char *value =
			field_is_text(field) ? field_text(field, rows->all[0]) : NULL;

		if (value != NULL)
			g_string_append_printf(text, "  %s=%s", name, value);
	}
	return g_string_free(text, FALSE);
}

/* With words of this network: they can be typed as they stand. */
static char *filter_example(const struct model *model)
{
	static const char *const keys[] = { "country", "sector" };
	g_autofree char *verified = field_typed("verified");
	g_autofree char *ties = g_utf8_strdown(_("Ties"), -1);
	GString *text = g_string_new(_("as in"));

	for (guint i = 0; i < G_N_ELEMENTS(keys); i++) {
		const char *word = usual_word(model, keys[i]);
		g_autofree char *field = field_typed(keys[i]);

		if (word != NULL)
			g_string_append_printf(text, "  %s=%s", field, word);
	}
	g_string_append_printf(text, "  %s>3  %s<%d", ties, verified, model->today.year);
	return g_string_free(text, FALSE);
}

char *ask_help(const struct app *app, const struct world *world)
{
	const struct filter_rows *rows = app_rows(app);

	/* What a command takes, where there is nothing to choose from. */
	if (app->question == ASK_COMMAND && app->completion != NULL &&
	    app->completion->items->len == 0 && app->completion->says != NULL)
		return g_strdup(app->completion->says);
	if (app->question == ASK_COMMAND)
		return g_strdup(
			_("Tab completes  ↑↓ typed before  ^R looks for it  Enter does it  Esc "
			  "leaves"));
	if (app->question == ASK_FIND)
		return g_strdup(app_top(app)->ops->find != NULL
					? _("Enter goes to what is called so  n to the next  Esc "
					    "leaves")
					: _("Enter goes to where it stands  n to the next  Esc "
					    "leaves"));
	if (app->question != ASK_FILTER)
		return NULL;
	if (app->prompt->text->len == 0)
		return rows != NULL ? rows_example(rows) : filter_example(world->model);
	return g_strdup(app->filter_before != NULL && app->filter_before[0] != '\0'
				? _("Tab completes  Enter keeps the filter  Esc goes back to the "
				    "former")
				: _("Tab completes  Enter keeps the filter  Esc takes it off"));
}

static void ask_end(struct app *app)
{
	g_clear_pointer(&app->prompt, prompt_free);
	g_clear_pointer(&app->completion, completion_free);
	g_clear_pointer(&app->filter_error, g_free);
}

/* What is wrong with what is typed, for the row below it. */
static void complain(struct app *app, const GError *error)
{
	g_autofree char *what = NULL, *hint = NULL;

	g_clear_pointer(&app->filter_error, g_free);
	if (error == NULL)
		return;
	error_split(error, &what, &hint);
	app->filter_error =
		hint == NULL ? g_steal_pointer(&what) : g_strdup_printf("%s — %s", what, hint);
}

/* Live: whatever can be understood already filters. */
static void filter_typed(struct app *app, const struct world *world)
{
	g_autoptr(GError) error = NULL;
	g_autofree char *text = memory_expand(world->memory, app->prompt->text->str, &error);
	struct filter *filter = text == NULL ? NULL : filter_for_view(app, world, text, &error);

	complain(app, error);
	if (filter == NULL)
		return;
	app_put_filter(app, world, filter);
	/* It works, and finds nothing by words that this network does not have. */
	if (!filter_check(filter, world->model, &error))
		complain(app, error);
	filter_free(filter);
}

static void filter_back(struct app *app, const struct world *world)
{
	struct filter *filter = filter_for_view(app, world, app->filter_before, NULL);

	app_put_filter(app, world, filter);
	filter_free(filter);
}

static void filter_key(struct app *app, const struct world *world, enum prompt_result result)
{
	if (result == PROMPT_CHANGED)
		filter_typed(app, world);
	if (result == PROMPT_LEFT) {
		ask_end(app);
		filter_back(app, world);
	}
	/* What is not understood, or finds nothing by words that are not of this network, is not
	 * kept: the line stays with what is wrong. */
	if (result == PROMPT_DONE && app->filter_error == NULL)
		ask_end(app);
	else if (result == PROMPT_DONE)
		filter_back(app, world);
}

/* The `nth` line back that begins with (`anywhere`: holds) what was typed; 0 is that itself. */
static const char *line_back(const struct app *app, const struct world *world, guint nth,
			     bool anywhere)
{
	const char *typed = app->recall_for, *last = NULL;
	guint n = 0;

	for (guint i = 0; i < memory_count(world->memory, MEMORY_COMMANDS); i++) {
		const char *line = memory_text(world->memory, MEMORY_COMMANDS, i);

		last = line;
		if ((anywhere ? strstr(line, typed) != NULL : g_str_has_prefix(line, typed)) &&
		    ++n == nth)
			return last;
	}
	return NULL;
}

static void recall(struct app *app, const struct world *world, int step, bool anywhere)
{
	guint nth = step < 0 && app->recalled == 0 ? 0 : app->recalled + (guint)step;
	const char *line;

	if (app->recalled == 0) {
		g_free(app->recall_for);
		app->recall_for = g_strdup(app->prompt->text->str);
	}
	line = nth == 0 ? app->recall_for : line_back(app, world, nth, anywhere);
	if (line == NULL)
		return;
	prompt_set(app->prompt, line);
	app->recalled = nth;
	ask_complete(app, world);
}

static void command_done(struct app *app, const struct world *world, struct effects *effects)
{
	g_autofree char *line = g_strdup(app->prompt->text->str);
	g_autoptr(GError) error = NULL;
	struct prompt *prompt = g_steal_pointer(&app->prompt);
	struct effect *effect;

	g_strstrip(line);
	/* The prompt is out of the way: what is run may ask something itself. */
	if (!verb_run(app, world, line, effects, &error)) {
		prompt_free(app->prompt);
		app->prompt = prompt;
		app->question = ASK_COMMAND;
		complain(app, error);
		return;
	}
	prompt_free(prompt);
	if (app->prompt == NULL)
		ask_end(app);
	if (line[0] == '\0')
		return;
	effect = effects_add(effects, EFFECT_REMEMBER);
	effect->id = MEMORY_COMMANDS;
	effect->text = g_steal_pointer(&line);
}

static void command_key(struct app *app, const struct world *world, gunichar key,
			enum prompt_result result, struct effects *effects)
{
	bool empty = app->prompt->text->len == 0;

	if (key == TUI_KEY_UP || key == TUI_KEY_DOWN)
		recall(app, world, key == TUI_KEY_UP ? 1 : -1, false);
	else if (key == TUI_CTRL('r'))
		recall(app, world, 1, true);
	else if (result == PROMPT_CHANGED || result == PROMPT_MOVED) {
		app->recalled = 0;
		g_clear_pointer(&app->filter_error, g_free);
		ask_complete(app, world);
	}
	if (result == PROMPT_DONE)
		command_done(app, world, effects);
	else if (result == PROMPT_LEFT || (empty && key == TUI_KEY_BACKSPACE))
		ask_end(app);
}

/* Tab and, where they mean nothing else, the arrows. */
static bool choose_key(struct app *app, const struct world *world, gunichar key)
{
	bool filter = app->question == ASK_FILTER;
	int step = key == TUI_TAB || (filter && key == TUI_KEY_DOWN)	     ? 1
		   : key == TUI_KEY_BACKTAB || (filter && key == TUI_KEY_UP) ? -1
									     : 0;

	if (step == 0 || app->completion == NULL)
		return false;
	/* The only one is taken already: what comes behind it is next. */
	if (app->completion->items->len == 1 && app->completion->at == 0)
		ask_complete(app, world);
	if (completion_choose(app->completion, app->prompt, step) && filter)
		filter_typed(app, world);
	return true;
}

void ask_key(struct app *app, const struct world *world, gunichar key, struct effects *effects)
{
	enum prompt_result result;

	if (choose_key(app, world, key))
		return;
	result = prompt_key(app->prompt, key);
	if (app->question == ASK_COMMAND) {
		command_key(app, world, key, result, effects);
		return;
	}
	if (app->question == ASK_FILTER) {
		filter_key(app, world, result);
		if (app->prompt != NULL && (result == PROMPT_CHANGED || result == PROMPT_MOVED))
			ask_complete(app, world);
		return;
	}
	if (result == PROMPT_DONE)
		app_find(app, world, app->prompt->text->str, 1, effects);
	if (result == PROMPT_DONE || result == PROMPT_LEFT)
		ask_end(app);
}

/* Who searches the overview or a card may mean the whole network. */
static void not_found(struct app *app, const struct view *top, const char *text)
{
	const guint whole = SCOPE_LIST | SCOPE_MATRIX | SCOPE_TIME | SCOPE_GAPS;
	char key[16];

	key_text(keymap_key(&app->keymap, ACTION_PALETTE), key);
	if ((top->ops->scopes & whole) != 0)
		app_say(app, STYLE_WARN, _("Not here: %s"), text);
	else
		app_say(app, STYLE_WARN, _("Not on this page: %s; %s looks everywhere"), text, key);
}

void app_find(struct app *app, const struct world *world, const char *needle, int step,
	      struct effects *effects)
{
	struct view *top = app_top(app);
	struct page *page = top->ops->page == NULL ? NULL : top->ops->page(top);
	g_autofree char *text = g_strdup(needle == NULL ? app->needle : needle);
	bool found;

	if ((page == NULL && top->ops->find == NULL) || text == NULL) {
		app_say(app, STYLE_DIM, "%s",
			text == NULL ? _("Nothing was searched for yet: / does.")
				     : _("There is nothing to search here."));
		return;
	}
	found = text[0] == '\0' ||
		(top->ops->find != NULL ? top->ops->find(top, world, text, step, effects)
					: page_find(page, text, step));
	if (!found)
		not_found(app, top, text);
	g_free(app->needle);
	app->needle = g_steal_pointer(&text);
}
