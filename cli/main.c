/*
 * The only main: starts the process, finds the command among the words, runs it
 * and turns its outcome into an exit code.
 */
#include "base/errors.h"
#include "base/start.h"
#include "cli/command.h"

#include <errno.h>
#include <poll.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include <glib/gi18n.h>

/* Options with a value of their own that may stand before the command. */
static bool takes_value(const char *word)
{
	return !strcmp(word, "-N") || !strcmp(word, "--network") || !strcmp(word, "--color");
}

/* Position of the first word that is no option, 0 when there is none. */
static int command_word(int argc, char **argv)
{
	for (int i = 1; i < argc; i++) {
		if (!strcmp(argv[i], "--"))
			return 0;
		if (takes_value(argv[i]))
			i++;
		else if (argv[i][0] != '-')
			return i;
	}
	return 0;
}

static bool has_word(int argc, char **argv, const char *word)
{
	for (int i = 1; i < argc; i++) {
		if (!strcmp(argv[i], word))
			return true;
	}
	return false;
}

/* What stands there, or by its name should: opening it says what is wrong with it. */
static bool is_network(const char *word)
{
	return g_file_test(word, G_FILE_TEST_IS_DIR | G_FILE_TEST_IS_REGULAR) ||
	       g_str_has_suffix(word, ".telar");
}

/* The command that the words ask for; `*skip` is the position of its name, 0: none stands there. */
static const struct command *command_choose(int argc, char **argv, int *skip, GError **error)
{
	const struct command *command;
	int at = command_word(argc, argv);

	*skip = 0;
	if (has_word(at ? at : argc, argv, "--version"))
		return command_find("version");
	if (at == 0) {
		bool asked = has_word(argc, argv, "--help") || has_word(argc, argv, "-h");
		return command_find(asked ? "help" : "open");
	}
	command = command_find(argv[at]);
	if (command) {
		*skip = at;
		return command;
	}
	/* `telar contrib/red-stem` opens it, as `telar backup.telar` does. */
	if (is_network(argv[at]))
		return command_find("open");
	command_unknown(argv[at], error);
	return NULL;
}

/* What an edit that was said to be saved met in the files; a conflict is not well. */
static void met_say(struct cli *cli)
{
	struct findings *met = findings_new();

	if (cli->workspace)
		workspace_take_findings(cli->workspace, met);
	for (guint i = 0; i < met->all->len; i++) {
		const struct finding *finding = g_ptr_array_index(met->all, i);

		if (!cli->exit && !strcmp(finding->code, "conflict"))
			cli->exit = 1;
	}
	fflush(stdout);
	findings_write(met, FINDINGS_TEXT, cli->err.colour, "", stderr);
	findings_free(met);
}

/* A command must not go on as if what was set had not been set. */
static bool settings_check(const struct cli *cli, GError **error)
{
	if (config_findings(cli->config)->errors == 0)
		return true;
	findings_write(config_findings(cli->config), FINDINGS_TEXT, cli->err.colour, "", stderr);
	g_set_error(error, TELAR_ERROR, TELAR_ERROR_CONFIG, _("The settings cannot be understood"));
	error_add_hint(error, _("mend the file, or try telar config"));
	return false;
}

static bool run(struct cli *cli, int argc, char **argv, GError **error)
{
	g_autoptr(GPtrArray) words = g_ptr_array_new();
	char **args;
	int skip;
	bool done;

	cli->command = command_choose(argc, argv, &skip, error);
	if (!cli->command)
		return false;
	for (int i = 1; i < argc; i++) {
		bool implied = !strcmp(argv[i], "--version") ||
			       (!skip && !strcmp(cli->command->name, "help"));
		if (i != skip && !implied)
			g_ptr_array_add(words, g_strdup(argv[i]));
	}
	g_ptr_array_add(words, NULL);
	if (!(cli->command->flags & COMMAND_LENIENT) && !settings_check(cli, error)) {
		g_ptr_array_set_free_func(words, g_free);
		return false;
	}
	args = (char **)g_ptr_array_free(g_steal_pointer(&words), FALSE);
	done = cli->command->run(cli, &args, error);
	g_strfreev(args);
	met_say(cli);
	return done;
}

/* What could not be written must not pass for written; a reader that left is no failure. */
static int output_end(const struct cli *cli, int code)
{
	struct pollfd gone = { .fd = STDOUT_FILENO, .events = POLLOUT };

	errno = 0;
	if (fflush(stdout) == 0 && !ferror(stdout))
		return code;
	if (errno == EPIPE || (poll(&gone, 1, 0) > 0 && (gone.revents & POLLERR)))
		return code;
	cli_say(cli, _("telar: the output could not be written: %s"),
		g_strerror(errno ? errno : EIO));
	return code ? code : 74;
}

int main(int argc, char **argv)
{
	struct cli cli;
	g_autoptr(GError) error = NULL;
	int code;

	start_process();
	cli_init(&cli);
	if (run(&cli, argc, argv, &error)) {
		code = cli.exit;
	} else {
		cli_complain(&cli, error);
		code = error_exit_code(error);
	}
	code = output_end(&cli, code);
	cli_release(&cli);
	return code;
}
