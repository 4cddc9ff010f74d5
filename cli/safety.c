/*
 * telar backup, restore and doctor.  What they do is data/safety's.
 */
#include "cli/command.h"
#include "cli/safety.h"

#include "base/errors.h"
#include "data/safety.h"

#include <errno.h>
#include <inttypes.h>
#include <string.h>
#include <unistd.h>

#include <glib/gi18n.h>
#include <glib/gstdio.h>

bool path_is_store(const char *path)
{
	static const char magic[] = "SQLite format 3";
	char head[sizeof magic] = "";
	FILE *file = g_file_test(path, G_FILE_TEST_IS_REGULAR) ? fopen(path, "rb") : NULL;
	bool store = file && fread(head, sizeof magic, 1, file) == 1 &&
		     memcmp(head, magic, sizeof magic) == 0;

	if (file)
		fclose(file);
	return store;
}

static void holdings_say(const struct cli *cli, const struct holdings *holdings)
{
	cli_say(cli,
		ngettext("%u entry, %u with the text of its file; history to change "
			 "%" PRId64 "; snapshots: %u",
			 "%u entries, %u with the text of their file; history to change "
			 "%" PRId64 "; snapshots: %u",
			 holdings->entries),
		holdings->entries, holdings->texts, holdings->changes, holdings->snapshots);
}

bool command_backup(struct cli *cli, char ***args, GError **error)
{
	struct holdings holdings = { 0 };

	if (!cli_options(cli, NULL, args, error))
		return false;
	if (cli->help)
		return true;
	if (!cli_words(cli, *args, 1, 1, error) || !cli_open(cli, error))
		return false;
	if (cli->dry_run) {
		cli_say(cli, _("Nothing was written (--dry-run)"));
		return true;
	}
	if (!workspace_backup(cli->workspace, **args, &holdings, error))
		return false;
	cli_say(cli, _("Written: %s"), **args);
	holdings_say(cli, &holdings);
	return true;
}

bool store_restore(struct cli *cli, const char *path, const char *into, GError **error)
{
	g_autofree char *actor = cli_actor(cli);
	const struct workspace_options options = {
		.path = path, .actor = actor, .clock = cli->clock, .flags = WORKSPACE_READ_ONLY
	};
	struct findings *problems = findings_new();
	struct holdings holdings = { 0 };
	bool done = false;

	if (g_access(path, R_OK) != 0 && errno == EACCES) {
		findings_free(problems);
		g_set_error(error, TELAR_ERROR, TELAR_ERROR_DENIED, "%s: %s", path,
			    g_strerror(EACCES));
		return false;
	}
	if (g_file_test(path, G_FILE_TEST_IS_REGULAR) && !path_is_store(path)) {
		findings_free(problems);
		g_set_error(error, TELAR_ERROR, TELAR_ERROR_DATA, _("%s is no backup"), path);
		error_add_hint(error, _("telar backup makes one"));
		return false;
	}
	/* Sound as a whole, before anything of it is used. */
	if (network_doctor(&options, false, problems, error)) {
		findings_write(problems, FINDINGS_TEXT, cli->err.colour, "", stderr);
		done = problems->errors == 0;
		if (!done)
			g_set_error(error, TELAR_ERROR, TELAR_ERROR_DATA,
				    _("%s is damaged: nothing was written"), path);
	}
	findings_free(problems);
	if (!done)
		return false;
	cli->findings = cli->findings ? cli->findings : findings_new();
	cli->workspace = workspace_open(&options, cli->findings, error);
	if (!cli->workspace)
		return false;
	if (cli->dry_run) {
		cli_say(cli, _("Nothing was written (--dry-run)"));
		return true;
	}
	if (!workspace_write_out(cli->workspace, into, true, &holdings, error))
		return false;
	cli_say(cli, _("Written: %s"), into);
	holdings_say(cli, &holdings);
	return true;
}

bool command_restore(struct cli *cli, char ***args, GError **error)
{
	g_autofree char *into = NULL;
	const GOptionEntry entries[] = {
		{ "into", 0, 0, G_OPTION_ARG_FILENAME, &into,
		  N_("Directory to make: not there yet, or empty"), N_("DIRECTORY") },
		{ 0 },
	};

	if (!cli_options(cli, entries, args, error))
		return false;
	if (cli->help)
		return true;
	if (g_strv_length(*args) != 1)
		return cli_words(cli, *args, 1, 1, error);
	if (!into && !cli->dry_run) {
		g_set_error(error, TELAR_ERROR, TELAR_ERROR_USAGE,
			    _("It is not said where the network is to be made"));
		error_add_hint(error, _("say it with --into DIRECTORY, or try it with -n"));
		return false;
	}
	return store_restore(cli, **args, into, error);
}

bool network_write_files(struct cli *cli, const char *into, GError **error)
{
	struct holdings holdings = { 0 };

	if (!into || !strcmp(into, "-")) {
		g_set_error(error, TELAR_ERROR, TELAR_ERROR_USAGE,
			    _("The format \"%s\" is several files: it needs a directory"), "yaml");
		error_add_hint(error, _("say which: telar export yaml -o DIRECTORY"));
		return false;
	}
	if (!cli_open(cli, error))
		return false;
	if (cli->dry_run) {
		cli_say(cli, _("Nothing was written (--dry-run)"));
		return true;
	}
	if (!workspace_write_out(cli->workspace, into, false, &holdings, error))
		return false;
	cli_say(cli,
		ngettext("Written: %s (%u entry)", "Written: %s (%u entries)", holdings.entries),
		into, holdings.entries);
	return true;
}

/* Then what stood in the file is read as changed by hand, and history has it. */
static bool decide_aside(struct cli *cli, const char *path, bool put_back, GError **error)
{
	bool changed = false;

	if (!cli_open(cli, error) ||
	    !workspace_decide_aside(cli->workspace, path, put_back, error) ||
	    !workspace_refresh(cli->workspace, cli->findings, &changed, error))
		return false;
	cli_say(cli, put_back ? _("Put back: %s") : _("Deleted: %s"), path);
	findings_free(cli->findings);
	cli->findings = NULL;
	return true;
}

static void doctor_say(struct cli *cli)
{
	const GError denied = { .domain = TELAR_ERROR, .code = TELAR_ERROR_DENIED };

	if (cli->findings->errors + cli->findings->warnings > 0) {
		cli->exit = 1;
	} else if (findings_have(cli->findings, DOCTOR_UNSEEN)) {
		cli_say(cli, _("What could be looked at is sound"));
		cli->exit = error_exit_code(&denied);
	} else {
		cli_say(cli, _("Sound: the store, its history and the files agree"));
	}
}

bool command_doctor(struct cli *cli, char ***args, GError **error)
{
	gboolean mend = FALSE;
	g_autofree char *put_back = NULL, *discard = NULL;
	const GOptionEntry entries[] = {
		{ "mend", 0, 0, G_OPTION_ARG_NONE, &mend,
		  N_("Carry out the remedies that cannot lose anything"), NULL },
		{ "put-back", 0, 0, G_OPTION_ARG_FILENAME, &put_back,
		  N_("Make a version that was set aside the file again"), N_("FILE") },
		{ "discard", 0, 0, G_OPTION_ARG_FILENAME, &discard,
		  N_("Delete a version that was set aside"), N_("FILE") },
		{ 0 },
	};
	g_autofree char *path = NULL, *actor = cli_actor(cli);
	struct workspace_options options = { .actor = actor, .clock = cli->clock };

	if (!cli_options(cli, entries, args, error))
		return false;
	if (cli->help)
		return true;
	if (!cli_words(cli, *args, 0, 0, error))
		return false;
	path = cli_path(cli, error);
	if (!path || (put_back && !decide_aside(cli, put_back, true, error)) ||
	    (discard && !decide_aside(cli, discard, false, error)))
		return false;
	options.path = path;
	cli->findings = findings_new();
	if (!network_doctor(&options, mend, cli->findings, error))
		return false;
	findings_sort(cli->findings);
	findings_write(cli->findings, cli->json ? FINDINGS_JSON : FINDINGS_TEXT, cli->out.colour,
		       "", stdout);
	doctor_say(cli);
	return true;
}
