/*
 * A manual page as people read it: its source without marks, indented and wrapped, and on a
 * terminal through a pager.  What the pages say is manual.c's.
 */
#include "cli/manual.h"

#include "base/start.h"
#include "base/text.h"

#include <gio/gio.h>
#include <signal.h>
#include <string.h>

#define INDENT_TEXT 4 /* as far as the names of parts are to the left */
#define INDENT_STEP 4

/* A line of the source without backslashes, stars and underlines. */
static char *without_marks(const char *text)
{
	GString *out = g_string_new(NULL);

	for (; *text; text++) {
		if (*text == '\\' && text[1])
			g_string_append_c(out, *++text);
		else if (*text != '*' && *text != '_')
			g_string_append_c(out, *text);
	}
	return g_string_free(out, FALSE);
}

static void add_paragraph(GString *out, const char *text, int indent, int columns)
{
	g_autofree char *plain = without_marks(text);
	g_autoptr(GPtrArray) lines = text_wrap(plain, MAX(columns - indent, 20));

	for (guint i = 0; i < lines->len; i++)
		g_string_append_printf(out, "%*s%s\n", indent, "",
				       (const char *)g_ptr_array_index(lines, i));
}

static char *manual_readable(const char *source, int columns)
{
	g_auto(GStrv) lines = g_strsplit(source, "\n", -1);
	GString *out = g_string_new(NULL);
	bool example = false;

	/* The first line names the page for the corners of a sheet. */
	for (char **line = lines[0] ? lines + 1 : lines; *line; line++) {
		int tabs = (int)strspn(*line, "\t");

		if (!strcmp(*line, "```"))
			example = !example;
		else if (example)
			g_string_append_printf(out, "%*s%s\n", INDENT_TEXT + INDENT_STEP, "",
					       *line);
		else if (g_str_has_prefix(*line, "## "))
			add_paragraph(out, *line + 3, INDENT_TEXT / 2, columns);
		else if (g_str_has_prefix(*line, "# "))
			add_paragraph(out, *line + 2, 0, columns);
		else if (**line)
			add_paragraph(out, *line + tabs, INDENT_TEXT + INDENT_STEP * tabs, columns);
		else if (out->len && !g_str_has_suffix(out->str, "\n\n"))
			g_string_append_c(out, '\n');
	}
	return g_string_free(out, FALSE);
}

/* The shell's words for a program that cannot be run, or is not there. */
static bool has_run(GSubprocess *pager)
{
	int status = g_subprocess_get_if_exited(pager) ? g_subprocess_get_exit_status(pager) : 0;

	return status != 126 && status != 127;
}

/* What $PAGER says, else less; false where nothing was shown.  It must not become a way to a shell
 * where only telar is given. */
static bool page_through(const char *text)
{
	const char *words = start_env("PAGER");
	g_auto(GStrv) argv = NULL;
	g_autoptr(GSubprocessLauncher) launcher = NULL;
	g_autoptr(GSubprocess) pager = NULL;
	void (*interrupted)(int), (*quitted)(int);

	if (!g_shell_parse_argv(words ? words : "less", NULL, &argv, NULL))
		return false;
	launcher = g_subprocess_launcher_new(G_SUBPROCESS_FLAGS_STDIN_PIPE);
	g_subprocess_launcher_setenv(launcher, "LESSSECURE", "1", TRUE);
	g_subprocess_launcher_setenv(launcher, "LESS", "FRX", FALSE);
	pager = g_subprocess_launcher_spawnv(launcher, (const char *const *)argv, NULL);
	if (!pager)
		return false;
	/* Keys that stop a program are the pager's while it runs, which would be left behind. */
	interrupted = signal(SIGINT, SIG_IGN);
	quitted = signal(SIGQUIT, SIG_IGN);
	/* Whoever leaves it early has read enough. */
	g_subprocess_communicate_utf8(pager, text, NULL, NULL, NULL, NULL);
	g_subprocess_wait(pager, NULL, NULL);
	signal(SIGINT, interrupted);
	signal(SIGQUIT, quitted);
	return has_run(pager);
}

void manual_show(const struct cli *cli, const char *page, bool scdoc)
{
	g_autofree char *text = scdoc ? manual_readable(page, cli_columns(cli)) : g_strdup(page);

	if (!cli->out.terminal || !page_through(text))
		out_text(&cli->out, text);
}
