#include "tui/widgets/page.h"
#include "tui/widgets/prompt.h"

#include <math.h>
#include <string.h>

#include <glib/gi18n.h>

#include "base/text.h"

/*
 * Help: the bindings of the view it was asked from, then those of everywhere,
 * then what measures and gaps mean.  All of it comes from the tables; typing
 * filters.
 */
#define KEY_COLUMNS 16

struct help {
	struct page *page;
	struct prompt *prompt;
	const struct keymap *keymap;
	guint scopes;	   /* of the view below */
	bool text;	   /* letters are text there */
	const char *title; /* of it */
	GPtrArray *heads;  /* of its columns, each with what it stands for; NULL: none */
	const char *signs; /* what these are instead */
};

static void *help_open(struct app *app, const struct world *world, const char *subject)
{
	struct help *help = g_new0(struct help, 1);
	const char *words = subject == NULL ? NULL : strchr(subject, '/');
	g_autofree char *name =
		words == NULL ? g_strdup(subject) : g_strndup(subject, (gsize)(words - subject));
	const struct view_ops *const *views;
	guint n;

	(void)world;
	help->keymap = &app->keymap;
	help->page = page_new();
	help->prompt = prompt_new(_("Find: "), words == NULL ? "" : words + 1);
	if (app->stack->len > 0 && app_top(app)->ops->heads != NULL &&
	    g_strcmp0(app_top(app)->ops->name, name) == 0)
		help->heads = app_top(app)->ops->heads(app_top(app), app);
	views = app_views(&n);
	for (guint i = 0; i < n; i++) {
		if (g_strcmp0(views[i]->name, name) == 0) {
			help->scopes = views[i]->scopes;
			help->title = views[i]->title;
			help->signs = views[i]->signs;
			help->text = (views[i]->scopes & SCOPE_FORM) != 0;
		}
	}
	return help;
}

static void help_free(void *state)
{
	struct help *help = state;

	page_free(help->page);
	prompt_free(help->prompt);
	if (help->heads != NULL)
		g_ptr_array_unref(help->heads);
	g_free(help);
}

/* Whether every typed word occurs in one of the texts. */
static bool wanted(const struct help *help, const char *a, const char *b, const char *c)
{
	g_autofree char *typed = text_fold(help->prompt->text->str);
	g_autofree char *joined = g_strjoin(" ", a, b, c == NULL ? "" : c, NULL);
	g_autofree char *hay = text_fold(joined);
	g_auto(GStrv) words = g_strsplit(typed, " ", -1);

	for (guint i = 0; words[i] != NULL; i++)
		if (strstr(hay, words[i]) == NULL)
			return false;
	return true;
}

/* Of the keys of an action those that are no text, where it does something in a form; NULL: none.
 */
static char *text_keys(const struct help *help, const struct binding *binding)
{
	static const enum action moving[] = { ACTION_DOWN,    ACTION_UP,   ACTION_PAGE_DOWN,
					      ACTION_PAGE_UP, ACTION_OPEN, ACTION_BACK,
					      ACTION_HELP };
	bool holds = (binding->scope & help->scopes) != 0;
	g_autoptr(GString) keys = g_string_new(NULL);
	char text[16];

	for (guint i = 0; i < G_N_ELEMENTS(moving); i++)
		holds = holds || binding->action == moving[i];
	for (guint i = 0; holds && i < KEYS_MAX && help->keymap->keys[binding->action][i]; i++) {
		gunichar key = help->keymap->keys[binding->action][i];
		bool own = (binding->scope & SCOPE_ANY) == 0;

		if (own || key == TUI_ENTER || key == TUI_ESCAPE ||
		    (key >= TUI_KEY_UP && key != TUI_KEY_BACKSPACE))
			g_string_append_printf(keys, "%s%s", keys->len > 0 ? " " : "",
					       key_text(key, text));
	}
	return keys->len == 0 ? NULL : g_strdup(keys->str);
}

static void add_bindings(struct help *help, const char *heading, bool here)
{
	const struct binding *table;
	bool any = false;
	guint n;

	table = bindings(&n);
	for (guint i = 0; i < n; i++) {
		bool everywhere = (table[i].scope & SCOPE_ANY) != 0;
		g_autofree char *keys = help->text ? text_keys(help, &table[i])
						   : keymap_text(help->keymap, table[i].action);
		g_autofree char *link = NULL;

		if (help->text ? keys == NULL || !here
		    : here     ? everywhere || (table[i].scope & help->scopes) == 0
			       : !everywhere)
			continue;
		if (!wanted(help, keys, _(table[i].label), table[i].name))
			continue;
		if (!any)
			page_heading(help->page, heading);
		any = true;
		/* While something is looked for, Enter runs what was found. */
		link = help->prompt->text->len == 0 ? NULL
						    : g_strconcat("action/", table[i].name, NULL);
		page_line(help->page, link);
		page_text(help->page, 2, KEY_COLUMNS, STYLE_KEY, keys);
		page_text(help->page, KEY_COLUMNS + 3, -1, STYLE_NORMAL, _(table[i].label));
		page_printf(help->page, -1, -1, STYLE_DIM, "  :%s", table[i].name);
		if (binding_note(table[i].action) != NULL && !help->text) {
			page_line(help->page, NULL);
			page_text(help->page, KEY_COLUMNS + 3, -1, STYLE_DIM,
				  _(binding_note(table[i].action)));
		}
	}
}

/* The sentence with the numbers of whoever stands first: an example says more than a pattern. */
static char *example(const struct world *world, const struct measure *measure)
{
	guint n = world->model->n[KIND_INSTITUTION];
	double most = -INFINITY;
	int first = -1;

	if (world->study == NULL ||
	    (measure->level != LEVEL_NETWORK && measure->level != LEVEL_INSTITUTION))
		return NULL;
	if (measure->level == LEVEL_NETWORK)
		return study_sentence(world->study, measure, -1);
	for (guint i = 0; i < n; i++) {
		double value = study_of(world->study, measure, i);

		if (value > most) {
			most = value;
			first = (int)i;
		}
	}
	return first < 0 ? NULL : study_sentence(world->study, measure, first);
}

static void add_measures(struct help *help, const struct world *world, int columns)
{
	const struct measure *table;
	bool any = false;
	guint n;

	table = measures(&n);
	for (guint i = 0; i < n; i++) {
		g_autofree char *sentence = NULL;

		if (!wanted(help, _(table[i].label), _(table[i].definition), table[i].id))
			continue;
		if (!any)
			page_heading(help->page, _("Measures"));
		any = true;
		page_line(help->page, NULL);
		page_text(help->page, 2, -1, STYLE_KEY, _(table[i].label));
		page_printf(help->page, -1, -1, STYLE_DIM, "  %s", table[i].id);
		sentence = example(world, &table[i]);
		if (sentence != NULL)
			page_wrap(help->page, 4, columns - 5, STYLE_NORMAL, sentence, NULL);
		page_wrap(help->page, 4, columns - 5, STYLE_DIM, _(table[i].definition), NULL);
		if (table[i].reference[0] != '\0')
			page_wrap(help->page, 4, columns - 5, STYLE_DIM, table[i].reference, NULL);
	}
}

/* Heads are short: what they stand for is said here. */
static void add_heads(struct help *help, int columns)
{
	bool any = false;

	for (guint i = 0; help->heads != NULL && i + 1 < help->heads->len; i += 2) {
		const char *head = g_ptr_array_index(help->heads, i);
		const char *about = g_ptr_array_index(help->heads, i + 1);
		guint line;

		if (!wanted(help, head, about, NULL))
			continue;
		if (!any)
			page_heading(help->page,
				     help->signs == NULL ? _("Columns") : _(help->signs));
		any = true;
		line = help->page->lines->len;
		page_wrap(help->page, KEY_COLUMNS + 3, columns - KEY_COLUMNS - 4, STYLE_NORMAL,
			  about, NULL);
		if (help->page->lines->len > line)
			page_mark(help->page, line, 2, STYLE_KEY, head);
	}
}

static void add_gap_kinds(struct help *help, int columns)
{
	const struct gap_kind *kinds;
	bool any = false;
	guint n;

	kinds = gap_kinds(&n);
	for (guint i = 0; i < n; i++) {
		if (!wanted(help, kinds[i].id, _(kinds[i].name), _(kinds[i].sentence)))
			continue;
		if (!any)
			page_heading(help->page, _("Kinds of gaps"));
		any = true;
		page_line(help->page, NULL);
		page_printf(help->page, 2, -1, STYLE_KEY, "%s %s", kinds[i].id, _(kinds[i].name));
		page_wrap(help->page, 4, columns - 5, STYLE_NORMAL, _(kinds[i].sentence), NULL);
		page_wrap(help->page, 4, columns - 5, STYLE_DIM, _(kinds[i].severity), NULL);
	}
}

static void help_fill(struct help *help, const struct world *world)
{
	int columns = app_area(world).cols;
	g_autofree char *here = help->title == NULL
					? g_strdup("")
					: g_strdup_printf(_("Keys in %s"), _(help->title));

	page_begin(help->page);
	add_bindings(help, here, true);
	add_heads(help, columns);
	add_bindings(help, _("Keys everywhere"), false);
	add_gap_kinds(help, columns);
	add_measures(help, world, columns);
	if (help->page->lines->len == 0) {
		page_line(help->page, NULL);
		page_text(help->page, 2, -1, STYLE_DIM, _("Nothing is called like that."));
	}
	page_end(help->page);
}

static void help_refresh(struct view *view, struct app *app, const struct world *world)
{
	struct help *help = view->state;

	(void)app;
	help_fill(help, world);
	page_layout(help->page, app_area(world).rows);
}

static bool help_typing(const struct view *view)
{
	(void)view;
	return true;
}

static const struct prompt *help_prompt(const struct view *view)
{
	const struct help *help = view->state;

	return help->prompt;
}

/* Closes the help and does what its focused line says. */
static bool run_focused(struct help *help, struct app *app, const struct world *world,
			struct effects *effects)
{
	const char *link = page_link(help->page);
	const struct binding *binding = link == NULL || !g_str_has_prefix(link, "action/")
						? NULL
						: binding_named(link + strlen("action/"));

	if (binding == NULL)
		return false;
	app_close(app, world);
	app_run(app, world, binding->action, effects);
	return true;
}

/* Letters are for finding, so only keys that are none move. */
static enum action movement(const struct help *help, gunichar key)
{
	return key >= TUI_KEY_UP || key == TUI_CTRL('d') || key == TUI_CTRL('u')
		       ? keymap_action(help->keymap, key, 0)
		       : ACTION_NONE;
}

static bool help_update(struct view *view, struct app *app, const struct world *world,
			const struct event *event, enum action action, struct effects *effects)
{
	struct help *help = view->state;
	bool empty = help->prompt->text->len == 0;

	(void)action;
	if (event->type != EVENT_KEY)
		return false;
	if (event->key == TUI_ENTER && run_focused(help, app, world, effects))
		return true;
	if (event->key == TUI_KEY_F1 || event->key == TUI_ENTER ||
	    (empty && (event->key == '?' || event->key == TUI_KEY_BACKSPACE))) {
		app_close(app, world);
		return true;
	}
	if (event->key != TUI_KEY_BACKSPACE && page_update(help->page, movement(help, event->key)))
		return true;
	switch (prompt_key(help->prompt, event->key)) {
	case PROMPT_LEFT:
		app_close(app, world);
		break;
	case PROMPT_CHANGED:
		help_fill(help, world);
		page_update(help->page, ACTION_FIRST);
		break;
	default:
		break;
	}
	return true;
}

static void help_draw(const struct view *view, const struct app *app, const struct world *world,
		      struct grid *grid, struct rect area)
{
	const struct help *help = view->state;

	(void)app;
	(void)world;
	page_draw(help->page, grid, area, help->prompt->text->len > 0);
}

static const char *const *help_keys(const struct view *view)
{
	static const char *const keys[] = { "Esc",   N_("Close"),	"↑ ↓", N_("Scroll"),
					    "^D ^U", N_("Half a page"), NULL };
	static const char *const finding[] = { "Enter", N_("Do it"), "↑ ↓", N_("Scroll"),
					       "Esc",	N_("Close"), NULL };
	const struct help *help = view->state;

	return help->prompt->text->len > 0 ? finding : keys;
}

const struct view_ops view_help = {
	.name = "help",
	.title = N_("Help"),
	.scopes = SCOPE_HELP,
	.open = help_open,
	.free = help_free,
	.refresh = help_refresh,
	.typing = help_typing,
	.update = help_update,
	.draw = help_draw,
	.prompt = help_prompt,
	.keys = help_keys,
};
