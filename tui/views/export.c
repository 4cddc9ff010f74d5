#include "tui/views/export.h"

#include <string.h>

#include <glib/gi18n.h>

#include "base/errors.h"
#include "graph/export/export.h"
#include "tui/config.h"
#include "tui/widgets/menu.h"
#include "tui/widgets/question.h"

/*
 * An export: in which format, from the table of formats, for which program where that
 * matters, then to which name, and whether it may take the place of what stands there.
 * Writing is the worker's.
 */
enum step { STEP_FORMAT, STEP_DIALECT, STEP_NAME, STEP_SURE, STEP_WRITING, STEP_REPLACE };

struct wish {
	enum step step;
	struct menu *menu;     /* of STEP_FORMAT and STEP_DIALECT */
	struct prompt *prompt; /* of STEP_NAME */
	const struct export_format *format;
	guint dialect;	   /* of export_dialects(), from 1 on; 0: as the settings say */
	bool whole;	   /* nothing of the network is left out */
	const char *first; /* the format that holds what is looked at, or NULL */
	struct crossing crossing;
	char *what;   /* "Export the whole network" */
	char *filter; /* of marked rows, NULL: what passes the app's */
	char *path;   /* as typed last, or NULL */
	char *failed; /* why it could not be written, or NULL */
	const char *keys[5];
};

static void *export_open(struct app *app, const struct world *world, const char *subject)
{
	(void)app;
	(void)world;
	(void)subject;
	return g_new0(struct wish, 1);
}

static void export_free(void *state)
{
	struct wish *wish = state;

	menu_free(wish->menu);
	prompt_free(wish->prompt);
	g_free(wish->what);
	g_free(wish->filter);
	g_free(wish->path);
	g_free(wish->failed);
	g_free(wish);
}

static void begin_menu(struct wish *wish, enum step step, const char *title)
{
	wish->step = step;
	menu_free(wish->menu);
	wish->menu = menu_new(title, false);
}

static void add_format(struct wish *wish, const struct export_format *format)
{
	menu_add(wish->menu, format->id, _(format->title), format->id, NULL, false);
}

static void ask_format(struct wish *wish)
{
	const struct export_format *formats;
	guint n;

	begin_menu(wish, STEP_FORMAT, wish->what);
	formats = export_formats(&n);
	for (guint i = 0; i < n; i++)
		add_format(wish, &formats[i]);
	/* Entries are written as they are: there is no part of them. */
	if (wish->whole)
		add_format(wish, export_entries());
	menu_start(wish->menu, NULL, wish->format != NULL ? wish->format->id : wish->first);
}

/* What it is to be opened with: else a spreadsheet shows a row in one cell. */
static void ask_dialect(struct wish *wish, const struct world *world)
{
	const struct export_dialect *dialects;
	const struct export_dialect *likely =
		export_dialect_likely(config_separator(world->config));
	guint n;

	begin_menu(wish, STEP_DIALECT, _("What will open the tables?"));
	dialects = export_dialects(&n);
	for (guint i = 0; i < n; i++)
		menu_add(wish->menu, dialects[i].id, _(dialects[i].title), NULL, NULL, false);
	menu_start(wish->menu, NULL,
		   wish->dialect > 0 ? dialects[wish->dialect - 1].id : likely->id);
}

static void ask_name(struct wish *wish, const struct world *world)
{
	bool file = wish->format->extension[0] != '\0';
	char today[DATE_TEXT_SIZE];
	const char *id = world->model->network->base.id;
	g_autofree char *name =
		wish->path != NULL
			? g_strdup(wish->path)
			: g_strdup_printf("%s-%s%s%s", id == NULL ? "telar" : id,
					  date_format(world->today, today), file ? "." : "-",
					  file ? wish->format->extension : wish->format->id);

	prompt_free(wish->prompt);
	wish->prompt =
		prompt_new(file ? _("Name of the file: ") : _("Name of the directory: "), name);
	wish->step = STEP_NAME;
}

/* Of another day, or with confirmed ties alone, a network is not whole. */
static bool is_whole(const struct app *app, const struct world *world)
{
	return app->filter[0] == '\0' && !world->confirmed && !date_is_set(world->as_of);
}

static const char *whole_text(const struct app *app, const struct world *world)
{
	if (app->filter[0] != '\0')
		return _("Export what passes the filter");
	if (!is_whole(app, world))
		return _("Export the network as it is shown");
	return _("Export the whole network");
}

static struct wish *wish_open(struct app *app, const struct world *world, char *filter,
			      guint marked)
{
	const struct view *below = app_top(app);
	const char *first = below->ops->format;
	struct crossing crossing = { BY_SECTOR, BY_SECTOR };
	struct wish *wish;

	if (below->ops->crossing != NULL)
		crossing = below->ops->crossing(below);
	app_open(app, world, &view_export, NULL);
	wish = app_top(app)->state;
	wish->first = first;
	wish->crossing = crossing;
	wish->whole = filter == NULL && is_whole(app, world);
	wish->filter = filter;
	wish->what = filter != NULL
			     ? g_strdup_printf(ngettext("Export the %u that is marked",
							"Export the %u that are marked", marked),
					       marked)
			     : g_strdup(whole_text(app, world));
	return wish;
}

static void write_it(struct wish *wish, bool replace, struct effects *effects)
{
	struct effect *effect = effects_add(effects, EFFECT_EXPORT);

	effect->text = g_strdup(wish->format->id);
	effect->path = g_strdup(wish->path);
	effect->filter = g_strdup(wish->filter);
	effect->id = replace;
	effect->side = wish->dialect;
	effect->crossing = wish->crossing;
	wish->step = STEP_WRITING;
}

static const struct export_format *format_named(const char *id)
{
	return strcmp(id, export_entries()->id) == 0 ? export_entries() : export_find(id);
}

void export_ask(struct app *app, const struct world *world, char *filter, guint marked)
{
	ask_format(wish_open(app, world, filter, marked));
}

/* Entries are written as they are: there is no part of them, and they tell more than tables. */
bool export_write(struct app *app, const struct world *world, const char *format, const char *path,
		  struct effects *effects, GError **error)
{
	const struct export_format *named = format_named(format);
	struct wish *wish;

	if (named == export_entries() && !is_whole(app, world)) {
		g_set_error_literal(error, TELAR_ERROR, TELAR_ERROR_USAGE,
				    _("Entries are written of the whole network only"));
		error_add_hint(error, _("first show everything: no filter, no other day, and not "
					"confirmed ties alone"));
		return false;
	}
	wish = wish_open(app, world, NULL, 0);
	wish->format = named;
	wish->path = g_strdup(path);
	if (named == export_entries())
		wish->step = STEP_SURE;
	else
		write_it(wish, false, effects);
	return true;
}

static void format_key(struct wish *wish, struct app *app, const struct world *world, gunichar key)
{
	enum menu_result result = menu_key(wish->menu, key);

	if (result == MENU_LEFT) {
		app_close(app, world);
	} else if (result == MENU_PICKED && menu_focused(wish->menu) != NULL) {
		wish->format = format_named(menu_focused(wish->menu)->id);
		wish->dialect = 0;
		if (wish->format->tables)
			ask_dialect(wish, world);
		else
			ask_name(wish, world);
	}
}

static void dialect_key(struct wish *wish, const struct world *world, gunichar key)
{
	enum menu_result result = menu_key(wish->menu, key);
	const struct export_dialect *dialects;
	guint n;

	dialects = export_dialects(&n);
	if (result == MENU_LEFT)
		ask_format(wish);
	for (guint i = 0; result == MENU_PICKED && menu_focused(wish->menu) != NULL && i < n; i++) {
		if (strcmp(dialects[i].id, menu_focused(wish->menu)->id) != 0)
			continue;
		wish->dialect = i + 1;
		ask_name(wish, world);
		return;
	}
}

static void name_key(struct wish *wish, const struct world *world, gunichar key,
		     struct effects *effects)
{
	enum prompt_result result = prompt_key(wish->prompt, key);
	g_autofree char *name = g_strstrip(g_strdup(wish->prompt->text->str));

	if (result == PROMPT_LEFT) {
		g_clear_pointer(&wish->path, g_free);
		g_clear_pointer(&wish->failed, g_free);
		if (wish->dialect > 0)
			ask_dialect(wish, world);
		else
			ask_format(wish);
	} else if (result == PROMPT_DONE && name[0] != '\0') {
		g_clear_pointer(&wish->failed, g_free);
		g_free(wish->path);
		wish->path = g_steal_pointer(&name);
		write_it(wish, false, effects);
	}
}

static void key_pressed(struct wish *wish, struct app *app, const struct world *world, gunichar key,
			struct effects *effects)
{
	if (key == '\n')
		key = TUI_ENTER;
	switch (wish->step) {
	case STEP_FORMAT:
		format_key(wish, app, world, key);
		break;
	case STEP_DIALECT:
		dialect_key(wish, world, key);
		break;
	case STEP_NAME:
		name_key(wish, world, key, effects);
		break;
	case STEP_SURE:
		if (question_answer(key) == ANSWER_YES)
			write_it(wish, false, effects);
		else if (question_answer(key) == ANSWER_NO)
			app_close(app, world);
		break;
	case STEP_WRITING: /* it goes on, and says when it is done */
		if (key == TUI_ESCAPE)
			app_close(app, world);
		break;
	case STEP_REPLACE:
		if (question_answer(key) == ANSWER_YES)
			write_it(wish, true, effects);
		else if (question_answer(key) == ANSWER_NO)
			ask_name(wish, world);
		break;
	}
}

static bool export_update(struct view *view, struct app *app, const struct world *world,
			  const struct event *event, enum action action, struct effects *effects)
{
	struct wish *wish = view->state;

	(void)action;
	if (event->type == EVENT_KEY) {
		key_pressed(wish, app, world, event->key, effects);
	} else if (event->exported && wish->step == STEP_WRITING) {
		if (event->type == EVENT_DONE) {
			app_close(app, world);
			return true;
		}
		/* It stands in the question, or above the name. */
		g_clear_pointer(&app->message, g_free);
		if (!event->exists)
			wish->failed = event->hint == NULL ? g_strdup(event->text)
							   : g_strdup_printf("%s — %s", event->text,
									     event->hint);
		ask_name(wish, world);
		if (event->exists)
			wish->step = STEP_REPLACE;
	}
	return true;
}

/* The rows of the list alone: what is exported goes on being seen above. */
static struct rect menu_area(const struct wish *wish, struct rect area)
{
	int rows = MIN((int)wish->menu->items->len + 2, area.rows);

	return (struct rect){ area.row + area.rows - rows, area.col, rows, area.cols };
}

/* What the file will be, below what it is of. */
static const char *told(const struct wish *wish)
{
	const struct export_dialect *dialects;
	guint n;

	dialects = export_dialects(&n);
	if (wish->format == export_entries())
		return _("The entries themselves, with contacts and what only coordinators may "
			 "see.");
	return wish->dialect > 0 ? _(dialects[wish->dialect - 1].title) : _(wish->format->title);
}

static void export_draw(const struct view *view, const struct app *app, const struct world *world,
			struct grid *grid, struct rect area)
{
	const struct wish *wish = view->state;
	struct rect box = area;
	g_autofree char *asked = NULL;

	(void)app;
	(void)world;
	switch (wish->step) {
	case STEP_FORMAT:
	case STEP_DIALECT:
		box = menu_area(wish, area);
		grid_fill(grid, box, STYLE_NORMAL, " ");
		if (box.row > area.row)
			grid_fill(grid, (struct rect){ box.row - 1, box.col, 1, box.cols },
				  STYLE_WARN, "─");
		menu_draw(wish->menu, grid, box);
		break;
	case STEP_REPLACE:
		asked = g_strdup_printf(_("%s is there already. Replace it?"), wish->path);
		question_draw(grid, area, asked, _("What stands there now is lost."), NULL);
		break;
	case STEP_SURE:
		asked = g_strdup_printf(_("Write the entries to %s?"), wish->path);
		question_draw(grid, area, asked, told(wish), NULL);
		break;
	case STEP_NAME:
		question_draw(grid, area, wish->what, told(wish), wish->failed);
		break;
	case STEP_WRITING:
		question_draw(grid, area, wish->what, _("writing…"), NULL);
		break;
	}
}

static bool export_typing(const struct view *view)
{
	(void)view;
	return true;
}

static const struct prompt *export_prompt(const struct view *view)
{
	const struct wish *wish = view->state;

	return wish->step == STEP_NAME ? wish->prompt : NULL;
}

static const char *const *export_keys(const struct view *view)
{
	struct wish *wish = view->state;
	static const char *const picking[] = { N_("Enter"), N_("Take"), "↑ ↓", N_("Other"),
					       N_("Esc"),   N_("Back"), NULL };
	static const char *const typing[] = { N_("Enter"), N_("Write it"), N_("Esc"), N_("Back"),
					      NULL };
	static const char *const waiting[] = { N_("Esc"), N_("Back"), NULL };
	const char *const replacing[] = { key_yes(), _("Replace it"), _("Esc"), _("Another name"),
					  NULL };

	const char *const sure[] = { key_yes(), _("Write it"), _("Esc"), _("Cancel"), NULL };

	memcpy(wish->keys, wish->step == STEP_SURE ? sure : replacing, sizeof replacing);
	return wish->step == STEP_FORMAT || wish->step == STEP_DIALECT ? picking
	       : wish->step == STEP_NAME			       ? typing
	       : wish->step == STEP_WRITING			       ? waiting
								       : wish->keys;
}

static bool export_click(struct view *view, const struct world *world, struct rect area, int row,
			 int col)
{
	struct wish *wish = view->state;

	(void)world;
	(void)col;
	return (wish->step == STEP_FORMAT || wish->step == STEP_DIALECT) &&
	       menu_click(wish->menu, menu_area(wish, area), row);
}

const struct view_ops view_export = {
	.name = "export",
	.title = N_("Export"),
	.scopes = SCOPE_FORM,
	.dialog = true,
	.open = export_open,
	.free = export_free,
	.typing = export_typing,
	.update = export_update,
	.draw = export_draw,
	.prompt = export_prompt,
	.keys = export_keys,
	.click = export_click,
};
