#include "tui/script.h"

#include <stdlib.h>
#include <string.h>

#include <glib/gi18n.h>

#include "base/errors.h"
#include "tui/memory.h"
#include "tui/session.h"

/*
 * The app played from a file: keys in, frames out as text.  No terminal, no
 * thread, no clock of its own, so the same script gives the same frames.
 */
struct script {
	struct session *session;
	struct grid *grid;
	FILE *out;
	bool styles;
	guint shown;
};

static void want_study(void *data, const struct model *model)
{
	struct script *script = data;
	struct study *study = session_study_new(model);
	GError *error = NULL;

	if (study_compute(study, STUDY_ALL, NULL, &error))
		session_study(script->session, study);
	else
		session_outcome(script->session, NULL, error);
	study_unref(study);
}

static void want_export(void *data, struct study *study, struct export_order *order)
{
	struct script *script = data;
	GError *error = NULL;
	g_autofree char *text = session_export(study, order, NULL, &error);

	export_order_free(order);
	session_exported(script->session, text, error);
}

static void want_whatif(void *data, struct study *study, const char *pairs)
{
	struct script *script = data;
	GError *error = NULL;
	struct scorecard *score = session_whatif(study, pairs, NULL, &error);

	if (score != NULL)
		session_score(script->session, score);
	else
		session_outcome(script->session, NULL, error);
	scorecard_unref(score);
}

static void want_compare(void *data, const struct model *model, struct years years)
{
	struct script *script = data;
	GError *error = NULL;
	struct comparison *comparison = session_comparison_new(model, years, NULL, &error);

	if (comparison != NULL)
		session_compared(script->session, model, years, comparison);
	else
		session_outcome(script->session, NULL, error);
}

static void want_yank(void *data, const char *text)
{
	(void)data;
	(void)text;
}

static void want_nothing(void *data)
{
	(void)data;
}

static void show(struct script *script, const char *title)
{
	g_autofree char *frame = NULL;

	app_draw(script->session->app, &script->session->world, script->grid);
	frame = grid_dump(script->grid, script->styles);
	if (title[0] != '\0')
		fprintf(script->out, "--- %s\n", title);
	fputs(frame, script->out);
	script->shown++;
}

static bool play_keys(struct script *script, const char *line, GError **error)
{
	g_auto(GStrv) words = g_strsplit(line, " ", -1);

	for (guint i = 0; words[i] != NULL; i++) {
		gunichar key = words[i][0] == '\0' ? 0 : key_parse(words[i]);

		if (words[i][0] == '\0')
			continue;
		if (key == 0) {
			g_set_error(error, TELAR_ERROR, TELAR_ERROR_DATA,
				    _("There is no key called \"%s\""), words[i]);
			return false;
		}
		if (!script->session->quit)
			session_key(script->session, key);
	}
	return true;
}

static void play_text(struct script *script, const char *text)
{
	for (; *text != '\0' && !script->session->quit; text = g_utf8_next_char(text))
		session_key(script->session, g_utf8_get_char(text));
}

static bool play_size(struct script *script, const char *text, GError **error)
{
	int rows = 0, cols = 0;
	char rest;

	if (sscanf(text, "%4dx%4d%c", &rows, &cols, &rest) != 2 || rows < 1 || cols < 1) {
		g_set_error(error, TELAR_ERROR, TELAR_ERROR_DATA,
			    _("\"%s\" is no size of a screen; write rows and columns, as in 24x80"),
			    text);
		return false;
	}
	grid_resize(script->grid, rows, cols);
	session_resize(script->session, rows, cols);
	return true;
}

/* "click 5 10": row and column from 0; "wheel up", "wheel down". */
static bool play_mouse(struct script *script, const char *what, const char *text, GError **error)
{
	struct event event = { .type = EVENT_KEY, .key = TUI_KEY_CLICK };

	if (strcmp(what, "wheel") == 0) {
		event.key = strcmp(text, "up") == 0 ? TUI_KEY_WHEEL_UP : TUI_KEY_WHEEL_DOWN;
	} else if (sscanf(text, "%4d %4d", &event.row, &event.col) != 2) {
		g_set_error(error, TELAR_ERROR, TELAR_ERROR_DATA,
			    _("\"%s\" is no place on a screen; write row and column, as in 5 10"),
			    text);
		return false;
	}
	app_draw(script->session->app, &script->session->world, script->grid);
	session_mouse(script->session, script->grid, event);
	return true;
}

static bool play_line(struct script *script, char *line, GError **error)
{
	char *rest = strchr(line, ' ');

	if (line[0] == '\0' || line[0] == '#')
		return true;
	if (rest != NULL)
		*rest++ = '\0';
	else
		rest = line + strlen(line);
	if (strcmp(line, "keys") == 0)
		return play_keys(script, rest, error);
	if (strcmp(line, "click") == 0 || strcmp(line, "wheel") == 0)
		return play_mouse(script, line, rest, error);
	if (strcmp(line, "size") == 0)
		return play_size(script, rest, error);
	if (strcmp(line, "type") == 0)
		play_text(script, rest);
	else if (strcmp(line, "screen") == 0)
		show(script, rest);
	else {
		g_set_error(error, TELAR_ERROR, TELAR_ERROR_DATA,
			    _("A key script has no line that begins with \"%s\""), line);
		return false;
	}
	return true;
}

static bool play(struct script *script, char *text, GError **error)
{
	g_auto(GStrv) lines = g_strsplit(text, "\n", -1);

	for (guint i = 0; lines[i] != NULL; i++) {
		if (!play_line(script, lines[i], error)) {
			g_prefix_error(error, "%u: ", i + 1);
			return false;
		}
	}
	if (script->shown == 0)
		show(script, "");
	return true;
}

int script_run(struct workspace *workspace, const struct findings *findings, const char *keys_file,
	       int rows, int cols, bool styles, struct config *config, FILE *out, GError **error)
{
	struct script script = { NULL, grid_new(rows, cols), out, styles, 0 };
	const struct session_hooks hooks = { &script,	   want_study,	 want_export, want_yank,
					     want_nothing, want_nothing, want_whatif, NULL,
					     NULL,	   want_compare, NULL,	      NULL,
					     NULL,	   NULL,	 NULL };
	/* Of its own: a script neither sees nor leaves what a person keeps. */
	struct memory *memory = memory_open(NULL, workspace_path(workspace));
	g_autofree char *text = NULL;
	GError *own = NULL;
	int code = 0;

	if (!g_file_get_contents(keys_file, &text, NULL, &own)) {
		g_set_error(error, TELAR_ERROR, TELAR_ERROR_NO_INPUT, "%s", own->message);
		g_error_free(own);
		grid_free(script.grid);
		memory_close(memory);
		return 66;
	}
	g_strdelimit(text, "\r", '\n');
	script.session = session_new(workspace, findings, &hooks, rows, cols);
	session_configure(script.session, config, memory);
	want_study(&script, script.session->model);
	if (!g_utf8_validate(text, -1, NULL) || !play(&script, text, &own)) {
		if (own == NULL)
			g_set_error(&own, TELAR_ERROR, TELAR_ERROR_DATA,
				    _("The key script is not UTF-8"));
		g_propagate_error(error, own);
		code = 65;
	}
	session_free(script.session);
	memory_close(memory);
	grid_free(script.grid);
	return code;
}
