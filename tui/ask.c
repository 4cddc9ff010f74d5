#include "tui/ask.h"

#include <string.h>

#include <glib/gi18n.h>

#include "base/errors.h"
#include "graph/export/export.h"
#include "tui/widgets/prompt.h"

/*
 * What the app asks in one line: the filter (which works while it is typed),
 * where to export to.  Questions with more than one
 * line are views.
 */
static void ask(struct app *app, enum app_question question, const char *label, const char *text)
{
	prompt_free(app->prompt);
	app->prompt = prompt_new(label, text);
	app->question = question;
}

void ask_filter(struct app *app)
{
	g_free(app->filter_before);
	app->filter_before = g_strdup(app->filter);
	ask(app, ASK_FILTER, _("Filter: "), app->filter);
}

void ask_export(struct app *app)
{
	ask(app, ASK_EXPORT, _("Export to file or directory: "), "telar-export.graphml");
}

static void ask_end(struct app *app)
{
	g_clear_pointer(&app->prompt, prompt_free);
	g_clear_pointer(&app->filter_error, g_free);
}

/* Live: whatever can be understood already filters. */
static void filter_typed(struct app *app, const struct world *world)
{
	g_autoptr(GError) error = NULL;
	g_autofree char *hint = NULL;
	struct filter *filter = filter_for_world(world, app->prompt->text->str, &error);

	g_clear_pointer(&app->filter_error, g_free);
	if (filter == NULL) {
		if (error != NULL)
			error_split(error, &app->filter_error, &hint);
		if (hint != NULL) {
			g_autofree char *what = app->filter_error;

			app->filter_error = g_strdup_printf("%s — %s", what, hint);
		}
		return;
	}
	filter_free(filter);
	app_set_filter(app, world, app->prompt->text->str);
}

static void filter_key(struct app *app, const struct world *world, enum prompt_result result)
{
	if (result == PROMPT_CHANGED)
		filter_typed(app, world);
	if (result == PROMPT_LEFT) {
		ask_end(app);
		app_set_filter(app, world, app->filter_before);
	}
	if (result == PROMPT_DONE && app->filter_error == NULL)
		ask_end(app);
}

/* The format is what the name ends in; a name without an ending is a directory. */
static const struct export_format *format_for(const char *path)
{
	const char *dot = strrchr(path, '.');
	const char *ending = dot == NULL || strchr(dot, '/') != NULL ? "" : dot + 1;
	const struct export_format *formats;
	guint n;

	formats = export_formats(&n);
	for (guint i = 0; i < n; i++)
		if (strcmp(formats[i].id, ending) == 0)
			return &formats[i];
	for (guint i = 0; i < n; i++)
		if (strcmp(formats[i].extension, ending) == 0)
			return &formats[i];
	return NULL;
}

static char *format_endings(void)
{
	const struct export_format *formats;
	GString *out = g_string_new(NULL);
	guint n;

	formats = export_formats(&n);
	for (guint i = 0; i < n; i++)
		if (formats[i].extension[0] != '\0')
			g_string_append_printf(out, "%s.%s", out->len == 0 ? "" : " ",
					       formats[i].extension);
	return g_string_free(out, FALSE);
}

static void export_answered(struct app *app, struct effects *effects)
{
	const char *path = app->prompt->text->str;
	const struct export_format *format = path[0] == '\0' ? NULL : format_for(path);
	struct effect *effect;

	if (format == NULL) {
		g_autofree char *endings = format_endings();

		app_say(app, STYLE_WARN, _("Not exported: end the name in one of %s."), endings);
		return;
	}
	effect = effects_add(effects, EFFECT_EXPORT);
	effect->text = g_strdup(format->id);
	effect->path = g_strdup(path);
}

void ask_key(struct app *app, const struct world *world, gunichar key, struct effects *effects)
{
	enum prompt_result result = prompt_key(app->prompt, key);

	if (app->question == ASK_FILTER) {
		filter_key(app, world, result);
		return;
	}
	if (result == PROMPT_DONE)
		export_answered(app, effects);
	if (result == PROMPT_DONE || result == PROMPT_LEFT)
		ask_end(app);
}
