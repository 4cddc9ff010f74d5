/*
 * telar import: a network of CSV tables becomes a directory of entries.  Reading
 * the tables is data/import.
 */
#include "cli/command.h"

#include "base/errors.h"
#include "data/import/csv.h"

#include <string.h>

#include <glib/gi18n.h>

/* The directory of the tables: the word itself, or where the named tables lie together. */
static char *tables_directory(char *const *words, GError **error)
{
	g_autofree char *directory = NULL;

	if (g_file_test(words[0], G_FILE_TEST_IS_DIR) && !words[1])
		return g_strdup(words[0]);
	for (; *words; words++) {
		g_autofree char *name = g_path_get_basename(*words);
		g_autofree char *folder = g_path_get_dirname(*words);
		bool known = false;

		for (guint i = 0; i < CSV_TABLE_COUNT && !known; i++)
			known = !strcmp(name, csv_table_file((enum csv_table)i));
		if (!g_file_test(*words, G_FILE_TEST_EXISTS)) {
			g_set_error(error, TELAR_ERROR, TELAR_ERROR_NO_INPUT,
				    _("There is no file or directory \"%s\""), *words);
			return NULL;
		}
		if (!known || (directory && strcmp(directory, folder) != 0)) {
			g_set_error(error, TELAR_ERROR, TELAR_ERROR_USAGE,
				    _("\"%s\" is none of the tables of one directory"), *words);
			error_add_hint(
				error,
				_("they are institutions.csv, partnerships.csv, territories.csv, "
				  "networks.csv, programmes.csv, participations.csv, counts.csv"));
			return NULL;
		}
		g_free(directory);
		directory = g_steal_pointer(&folder);
	}
	return g_steal_pointer(&directory);
}

static void rows_say(const struct cli *cli, const guint rows[CSV_TABLE_COUNT])
{
	guint total = 0;

	for (guint i = 0; i < CSV_TABLE_COUNT; i++)
		total += rows[i];
	cli_say(cli,
		ngettext("%u row: %u institutions, %u partnerships, %u territories",
			 "%u rows: %u institutions, %u partnerships, %u territories", total),
		total, rows[CSV_INSTITUTIONS], rows[CSV_PARTNERSHIPS], rows[CSV_TERRITORIES]);
}

static bool import_run(struct cli *cli, struct csv_import *import, GError **error)
{
	guint rows[CSV_TABLE_COUNT] = { 0 };
	g_autofree char *prefix = g_str_has_suffix(import->from, "/")
					  ? g_strdup(import->from)
					  : g_strconcat(import->from, "/", NULL);
	bool done;

	cli->findings = findings_new();
	done = csv_import_run(import, rows, cli->findings, error);
	fflush(stdout);
	findings_sort(cli->findings);
	findings_write(cli->findings, FINDINGS_TEXT, cli->err.colour, prefix, stderr);
	if (!done)
		return false;
	rows_say(cli, rows);
	if (import->check_only)
		cli_say(cli, _("Nothing was written (--dry-run)"));
	else
		cli_say(cli, _("Written: %s"), import->into);
	return true;
}

bool command_import(struct cli *cli, char ***args, GError **error)
{
	g_autofree char *into = NULL, *id = NULL, *name = NULL, *from = NULL;
	const GOptionEntry entries[] = {
		{ "into", 0, 0, G_OPTION_ARG_FILENAME, &into,
		  N_("Directory to make: not there yet, or empty"), N_("DIRECTORY") },
		{ "id", 0, 0, G_OPTION_ARG_STRING, &id, N_("Id of the network as a whole"),
		  N_("ID") },
		{ "name", 0, 0, G_OPTION_ARG_STRING, &name, N_("Name of the network as a whole"),
		  N_("NAME") },
		{ 0 },
	};
	struct csv_import import = { 0 };

	if (!cli_options(cli, entries, args, error))
		return false;
	if (cli->help)
		return true;
	if (!cli_words(cli, *args, 1, G_MAXUINT, error))
		return false;
	if (!into && !cli->dry_run) {
		g_set_error(error, TELAR_ERROR, TELAR_ERROR_USAGE,
			    _("It is not said where the network is to be made"));
		error_add_hint(error, _("say it with --into DIRECTORY, or try it with -n"));
		return false;
	}
	from = tables_directory(*args, error);
	if (!from)
		return false;
	if (!id) {
		g_autofree char *base = g_path_get_basename(into ? into : from);
		id = id_from_name(base);
	}
	if (!id_is_valid(id)) {
		g_set_error(error, TELAR_ERROR, TELAR_ERROR_USAGE, _("\"%s\" cannot be an id"), id);
		error_add_hint(
			error,
			_("lower-case letters, digits and -, as in red-stem: say it with --id"));
		return false;
	}
	import = (struct csv_import){ .from = from,
				      .into = into,
				      .id = id,
				      .name = name ? name : id,
				      .check_only = cli->dry_run };
	return import_run(cli, &import, error);
}
