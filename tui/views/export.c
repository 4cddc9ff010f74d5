#include "tui/views/export.h"

#include <string.h>

#include <glib/gi18n.h>

#include "graph/export/export.h"
#include "tui/widgets/menu.h"
#include "tui/widgets/question.h"

/*
 * An export: in which format, from the table of formats, then to which name, and
 * whether it may take the place of what stands there.  Writing is the worker's.
 */
enum step { STEP_FORMAT, STEP_NAME, STEP_WRITING, STEP_REPLACE };

struct wish {
	enum step step;
	struct menu *menu;     /* of STEP_FORMAT */
	struct prompt *prompt; /* of STEP_NAME */
	const struct export_format *format;
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

static void ask_format(struct wish *wish)
{
	const struct export_format *formats;
	guint n;

	wish->step = STEP_FORMAT;
	wish->menu = menu_new(wish->what, false);
	formats = export_formats(&n);
	for (guint i = 0; i < n; i++)
		menu_add(wish->menu, formats[i].id, _(formats[i].title), formats[i].id, NULL,
			 false);
	menu_start(wish->menu, NULL, wish->format == NULL ? NULL : wish->format->id);
}

static void ask_name(struct wish *wish, const struct world *world)
{
	bool file = wish->format->extension[0] != '\0';
	char today[DATE_TEXT_SIZE];
	const char *id = world->model->network->base.id;
	g_autofree char *name = wish->path != NULL
					? g_strdup(wish->path)
					: g_strdup_printf("%s-%s%s%s", id == NULL ? "telar" : id,
							  date_format(world->today, today),
							  file ? "." : "", wish->format->extension);

	prompt_free(wish->prompt);
	wish->prompt =
		prompt_new(file ? _("Name of the file: ") : _("Name of the directory: "), name);
	wish->step = STEP_NAME;
}

/* Of another day, or with confirmed ties alone, a network is not whole. */
static const char *whole_text(const struct app *app, const struct world *world)
{
	if (app->filter[0] != '\0')
		return _("Export what passes the filter");
	if (world->confirmed || date_is_set(world->as_of))
		return _("Export the network as it is shown");
	return _("Export the whole network");
}

static struct wish *wish_open(struct app *app, const struct world *world, char *filter,
			      guint marked)
{
	struct wish *wish;

	app_open(app, world, &view_export, NULL);
	wish = app_top(app)->state;
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
	wish->step = STEP_WRITING;
}

void export_ask(struct app *app, const struct world *world, char *filter, guint marked)
{
	ask_format(wish_open(app, world, filter, marked));
}

void export_write(struct app *app, const struct world *world, const char *format, const char *path,
		  struct effects *effects)
{
	struct wish *wish = wish_open(app, world, NULL, 0);

	wish->format = export_find(format);
	wish->path = g_strdup(path);
	write_it(wish, false, effects);
}

static void format_key(struct wish *wish, struct app *app, const struct world *world, gunichar key)
{
	enum menu_result result = menu_key(wish->menu, key);

	if (result == MENU_LEFT) {
		app_close(app, world);
	} else if (result == MENU_PICKED && menu_focused(wish->menu) != NULL) {
		wish->format = export_find(menu_focused(wish->menu)->id);
		g_clear_pointer(&wish->menu, menu_free);
		ask_name(wish, world);
	}
}

static void name_key(struct wish *wish, gunichar key, struct effects *effects)
{
	enum prompt_result result = prompt_key(wish->prompt, key);
	g_autofree char *name = g_strstrip(g_strdup(wish->prompt->text->str));

	if (result == PROMPT_LEFT) {
		g_clear_pointer(&wish->path, g_free);
		g_clear_pointer(&wish->failed, g_free);
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
	case STEP_NAME:
		name_key(wish, key, effects);
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
	case STEP_NAME:
		question_draw(grid, area, wish->what, _(wish->format->title), wish->failed);
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
	static const char *const typing[] = { N_("Enter"), N_("Write it"), N_("Esc"),
					      N_("Another format"), NULL };
	static const char *const waiting[] = { N_("Esc"), N_("Back"), NULL };
	const char *const replacing[] = { key_yes(), _("Replace it"), _("Esc"), _("Another name"),
					  NULL };

	memcpy(wish->keys, replacing, sizeof replacing);
	return wish->step == STEP_FORMAT    ? picking
	       : wish->step == STEP_NAME    ? typing
	       : wish->step == STEP_WRITING ? waiting
					    : wish->keys;
}

static bool export_click(struct view *view, const struct world *world, struct rect area, int row,
			 int col)
{
	struct wish *wish = view->state;

	(void)world;
	(void)col;
	return wish->step == STEP_FORMAT && menu_click(wish->menu, menu_area(wish, area), row);
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
