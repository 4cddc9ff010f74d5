/*
 * Opens the network on the screen; under --keys the same app with no terminal, for
 * golden screens and pictures.
 */
#include "cli/command.h"

#include "base/errors.h"
#include "tui/loop.h"
#include "tui/script.h"

#include <stdio.h>
#include <unistd.h>

#include <glib/gi18n.h>

static bool size_read(const char *text, int *rows, int *cols, GError **error)
{
	char end;

	if (!text)
		return true;
	if (sscanf(text, "%4dx%4d%c", rows, cols, &end) == 2 && *rows > 0 && *cols > 0)
		return true;
	g_set_error(error, TELAR_ERROR, TELAR_ERROR_USAGE, _("\"%s\" is no size"), text);
	error_add_hint(error, _("rows and columns, as in 24x80"));
	return false;
}

/* An option that says a setting for this time; a bad value is a mistake of the call. */
static bool flag(struct cli *cli, enum setting setting, const char *value, GError **error)
{
	if (!value || config_set(cli->config, setting_field(setting)->key, value, error))
		return true;
	if (error && *error)
		(*error)->code = TELAR_ERROR_USAGE;
	return false;
}

/* What the app opens, and the filter to begin with. */
struct opening {
	struct cli *cli;
	const char *filter; /* as it was given; NULL: none */
	char *whole;	    /* with the names in it spelled out */
};

static bool opening_open(void *data, struct loop_network *network, GError **error)
{
	struct opening *opening = data;
	struct cli *cli = opening->cli;

	if (!cli_open(cli, error))
		return false;
	if (opening->filter &&
	    !(opening->whole = memory_expand(cli->memory, opening->filter, error)))
		return false;
	*network = (struct loop_network){ cli->workspace, cli->findings, opening->whole };
	return true;
}

static int run_loop(struct opening *opening, GError **error)
{
	g_autofree char *path = cli_path(opening->cli, error);
	const struct loop_opening loop = { opening, path, opening_open };

	return path ? loop_run(&loop, opening->cli->config, error) : 0;
}

bool command_open(struct cli *cli, char ***args, GError **error)
{
	g_autofree char *keys = NULL, *size = NULL, *filter = NULL, *theme = NULL, *start = NULL;
	gboolean plain = FALSE, ascii = FALSE;
	gboolean styles = FALSE;
	int rows = 24, cols = 80;
	const GOptionEntry entries[] = {
		{ "filter", 'f', 0, G_OPTION_ARG_STRING, &filter,
		  N_("Begin with this filter of institutions"), N_("FILTER") },
		{ "start", 0, 0, G_OPTION_ARG_STRING, &start,
		  N_("Begin with this view, as in gaps"), N_("VIEW") },
		{ "theme", 0, 0, G_OPTION_ARG_STRING, &theme,
		  N_("Colours: default, dark, light, high-contrast or mono"), N_("NAME") },
		{ "ascii", 0, 0, G_OPTION_ARG_NONE, &ascii, N_("Draw with ASCII only"), NULL },
		{ "plain", 0, 0, G_OPTION_ARG_NONE, &plain,
		  N_("No lines, bars or dots between the words: for screen readers"), NULL },
		{ "keys", 0, 0, G_OPTION_ARG_FILENAME, &keys,
		  N_("Run a script of keys without a terminal and print the screens"), N_("FILE") },
		{ "size", 0, 0, G_OPTION_ARG_STRING, &size,
		  N_("Rows and columns of those screens: 24x80"), N_("SIZE") },
		{ "styles", 0, 0, G_OPTION_ARG_NONE, &styles,
		  N_("Show beside those screens how each place is painted"), NULL },
		{ 0 },
	};

	if (!cli_options(cli, entries, args, error))
		return false;
	if (cli->help)
		return true;
	if (!cli->network && **args && !(*args)[1])
		cli->network = g_strdup(**args);
	else if (!cli_words(cli, *args, 0, 0, error))
		return false;
	if (!size_read(size, &rows, &cols, error))
		return false;
	if (!keys && !(isatty(STDIN_FILENO) && isatty(STDOUT_FILENO))) {
		g_set_error(error, TELAR_ERROR, TELAR_ERROR_USAGE,
			    _("The screen needs a terminal, and there is none here"));
		error_add_hint(error, _("\"telar help\" lists the commands that print"));
		return false;
	}
	if (!flag(cli, SETTING_START, start, error) || !flag(cli, SETTING_THEME, theme, error) ||
	    !flag(cli, SETTING_CHARACTERS, ascii ? "ascii" : NULL, error) ||
	    !flag(cli, SETTING_PLAIN, plain ? "yes" : NULL, error) ||
	    !flag(cli, SETTING_COLOR, cli->colour, error))
		return false;
	struct opening opening = { cli, filter, NULL };
	struct loop_network network;
	if (!keys)
		cli->exit = run_loop(&opening, error);
	else if (opening_open(&opening, &network, error))
		cli->exit = script_run(cli->workspace, cli->findings, keys, rows, cols, styles,
				       cli->config, stdout, error);
	g_free(opening.whole);
	return !*error;
}
