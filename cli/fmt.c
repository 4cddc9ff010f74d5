/*
 * telar fmt: entry files in one style.  What is changed and what is left alone is
 * said; what cannot be read is reported as by check.
 */
#include "cli/command.h"
#include "cli/files.h"

#include "base/errors.h"

#include <glib/gi18n.h>

static void free_formatted(gpointer data)
{
	formatted_free(data);
}

/* The paths, as the person can open them; those left alone on stderr. */
static guint formatted_say(const struct cli *cli, const GPtrArray *formatted, const char *prefix)
{
	guint changed = 0;

	for (guint i = 0; i < formatted->len; i++) {
		const struct formatted *file = g_ptr_array_index(formatted, i);

		if (file->left) {
			cli_say(cli,
				_("%s%s is left as it is: it cannot be formatted without "
				  "touching its comments"),
				prefix, file->path);
			continue;
		}
		out_printf(&cli->out, "%s%s\n", prefix, file->path);
		changed++;
	}
	return changed;
}

static bool format_run(struct cli *cli, char *const *args, bool check, GPtrArray *formatted,
		       char **path, GError **error)
{
	g_auto(GStrv) files = NULL;

	if (*args)
		files_network(cli, *args);
	*path = cli_path(cli, error);
	if (!*path || (*args && !(files = files_inside(*path, args, error))))
		return false;
	const char *const *names = (const char *const *)files;
	struct findings *found = findings_new();
	bool done = check ? directory_format(*path, names, formatted, found, error)
			  : cli_open(cli, error) && workspace_format(cli->workspace, names,
								     formatted, found, error);
	/* What opening found is of all files; here those count that were to be formatted. */
	findings_free(cli->findings);
	cli->findings = found;
	return done;
}

bool command_fmt(struct cli *cli, char ***args, GError **error)
{
	gboolean check = FALSE;
	const GOptionEntry entries[] = {
		{ "check", 0, 0, G_OPTION_ARG_NONE, &check,
		  N_("Only name the files that would change; ends with 1 when there are any"),
		  NULL },
		{ 0 },
	};
	g_autoptr(GPtrArray) formatted = g_ptr_array_new_with_free_func(free_formatted);
	g_autofree char *path = NULL, *prefix = NULL;
	guint changed;

	if (!cli_options(cli, entries, args, error))
		return false;
	if (cli->help)
		return true;
	check = check || cli->dry_run;
	if (!cli_words(cli, *args, 0, G_MAXUINT, error) ||
	    !format_run(cli, *args, check, formatted, &path, error))
		return false;
	prefix = files_prefix(path);
	changed = formatted_say(cli, formatted, prefix);
	findings_sort(cli->findings);
	fflush(stdout);
	findings_write(cli->findings, FINDINGS_TEXT, cli->err.colour, prefix, stderr);
	if (check)
		cli_say(cli, ngettext("%u file would change", "%u files would change", changed),
			changed);
	else
		cli_say(cli, ngettext("%u file changed", "%u files changed", changed), changed);
	cli->exit = cli->findings->errors > 0 || (check && changed > 0);
	return true;
}
