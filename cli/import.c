/*
 * telar import: files of other programs become a new network, or come into one
 * that is there.  Reading, matching and merging is data/import; here the options
 * and the preview.
 */
#include "cli/command.h"
#include "cli/edit.h"
#include "cli/safety.h"

#include "base/errors.h"
#include "data/import/csv.h"
#include "data/import/import.h"
#include "data/import/write.h"
#include "graph/measure.h"

#include <string.h>

#include <glib/gi18n.h>

struct words {
	char *into, *id, *name, *sector;
	char **map, **same;
	gboolean all_new, add_ends, add_words;
};

/* --- the seven tables of a network -------------------------------------------------- */

/*
 * The directory of the tables: the word itself, or where all the named tables lie
 * together.  NULL: these are other files.
 */
static char *tables_directory(char *const *words)
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
		if (!known || (directory && strcmp(directory, folder) != 0))
			return NULL;
		g_free(directory);
		directory = g_steal_pointer(&folder);
	}
	for (guint i = 0; i < CSV_TABLE_COUNT; i++) {
		g_autofree char *path =
			g_build_filename(directory, csv_table_file((enum csv_table)i), NULL);
		if (!g_file_test(path, G_FILE_TEST_EXISTS))
			return NULL;
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

static void findings_say(const struct cli *cli, struct findings *findings, const char *prefix)
{
	fflush(stdout);
	findings_sort(findings);
	findings_write(findings, FINDINGS_TEXT, cli->err.colour, prefix, stderr);
}

static void written_say(const struct cli *cli, const char *into)
{
	if (cli->dry_run)
		cli_say(cli, _("Nothing was written (--dry-run)"));
	else
		cli_say(cli, _("Written: %s"), into);
}

static bool tables_run(struct cli *cli, const struct words *words, const char *from, GError **error)
{
	struct csv_import import = { .from = from,
				     .into = words->into,
				     .id = words->id,
				     .name = words->name ? words->name : words->id,
				     .check_only = cli->dry_run };
	guint rows[CSV_TABLE_COUNT] = { 0 };
	g_autofree char *prefix =
		g_str_has_suffix(from, "/") ? g_strdup(from) : g_strconcat(from, "/", NULL);
	bool done;

	cli->findings = findings_new();
	done = csv_import_run(&import, rows, cli->findings, error);
	findings_say(cli, cli->findings, prefix);
	if (!done)
		return false;
	rows_say(cli, rows);
	written_say(cli, words->into);
	return true;
}

/* --- files of other programs ------------------------------------------------------------ */

/* Columns that follow one another and are left out for one reason are one line. */
static guint left_out_run(const struct import_plan *plan, guint from)
{
	const struct import_column *first = plan->columns->pdata[from];
	guint n = 1;

	while (first->left_out && from + n < plan->columns->len) {
		const struct import_column *next = plan->columns->pdata[from + n];
		if (strcmp(next->use, first->use) != 0 || strcmp(next->file, first->file) != 0)
			break;
		n++;
	}
	return n;
}

static void columns_print(const struct cli *cli, const struct import_plan *plan)
{
	static const char *const heads[] = { N_("File"), N_("Column"), N_("Becomes") };
	const char *headers[G_N_ELEMENTS(heads)];
	struct table *table;

	if (plan->columns->len == 0)
		return;
	for (guint i = 0; i < G_N_ELEMENTS(heads); i++)
		headers[i] = _(heads[i]);
	table = table_new(headers, G_N_ELEMENTS(heads));
	for (guint i = 0, n = 0; i < plan->columns->len; i += n) {
		const struct import_column *column = plan->columns->pdata[i];
		const struct import_column *last;
		g_autofree char *several = NULL;

		n = left_out_run(plan, i);
		last = plan->columns->pdata[i + n - 1];
		several = n > 1 ? g_strdup_printf("%s … %s", column->column, last->column) : NULL;
		const char *cells[] = { column->file, several ? several : column->column,
					column->use };
		table_row(table, cells);
	}
	table_print(table, &cli->out, false);
	table_free(table);
}

static void match_print(const struct out *out, const struct import_match *match)
{
	g_autoptr(GString) fills = g_string_new(NULL);

	for (guint i = 0; i < match->fills->len; i++)
		g_string_append_printf(fills, "%s%s", i > 0 ? ", " : "",
				       (char *)match->fills->pdata[i]);
	out_printf(out, "  %s = %s\n", match->label, match->id);
	if (fills->len > 0) {
		out_printf(out, "    ");
		out_printf(out, _("fills: %s"), fills->str);
		out_printf(out, "\n");
	}
	for (guint i = 0; i < match->differs->len; i++)
		out_printf(out, "    %s\n", (char *)match->differs->pdata[i]);
}

static void matches_print(const struct out *out, const struct import_plan *plan)
{
	bool any = false;

	for (guint i = 0; i < plan->matches->len; i++) {
		const struct import_match *match = plan->matches->pdata[i];

		if (match->how == IMPORT_TIE && match->fills->len + match->differs->len == 0)
			continue;
		if (!any)
			out_printf(out, "\n%s\n", _("There already:"));
		any = true;
		match_print(out, match);
	}
}

static void alike_print(const struct out *out, const struct import_plan *plan)
{
	if (plan->alike->len > 0)
		out_printf(out, "\n%s\n", _("These look like entries of the network:"));
	for (guint i = 0; i < plan->alike->len; i++) {
		const struct import_alike *alike = plan->alike->pdata[i];
		out_printf(out, "  %s: %s ~ %s (%s)\n", alike->place, alike->label, alike->id,
			   alike->name);
	}
}

static void counts_say(const struct cli *cli, const struct import_plan *plan)
{
	g_autoptr(GString) words = g_string_new(NULL);
	guint known = 0;

	for (guint i = 0; i < plan->matches->len; i++)
		known += ((struct import_match *)plan->matches->pdata[i])->how != IMPORT_TIE;
	cli_say(cli, _("Institutions: %u new, %u there already"), plan->new_institutions, known);
	cli_say(cli, _("Ties: %u new, %u there already"), plan->new_ties, plan->known_ties);
	if (plan->new_territories > 0)
		cli_say(cli, _("Territories: %u new"), plan->new_territories);
	for (guint i = 0; i < plan->words->len; i++)
		g_string_append_printf(words, "%s%s", i > 0 ? "; " : "",
				       (char *)plan->words->pdata[i]);
	if (words->len > 0)
		cli_say(cli, _("New words: %s"), words->str);
}

/* What stands in the way of carrying the plan out. */
static bool plan_is_settled(const struct cli *cli, const struct import_plan *plan, GError **error)
{
	guint errors = cli->findings->errors;
	const struct import_alike *first = plan->alike->len > 0 ? plan->alike->pdata[0] : NULL;
	g_autofree char *hint = NULL;

	if (errors > 0) {
		g_set_error(error, TELAR_ERROR, TELAR_ERROR_FINDINGS,
			    ngettext("the files have %u error; nothing was written",
				     "the files have %u errors; nothing was written", errors),
			    errors);
		return false;
	}
	if (!first)
		return true;
	g_set_error(error, TELAR_ERROR, TELAR_ERROR_FINDINGS,
		    ngettext("%u row looks like an entry of the network; nothing was written",
			     "%u rows look like entries of the network; nothing was written",
			     plan->alike->len),
		    plan->alike->len);
	hint = g_strdup_printf(_("--same '%s=%s' says that it is that one, --new that those left "
				 "are others"),
			       first->label, first->id);
	error_add_hint(error, hint);
	return false;
}

static char *summary_of(char *const *files)
{
	GString *names = g_string_new(NULL);

	for (guint i = 0; files[i]; i++) {
		g_autofree char *name = g_path_get_basename(files[i]);
		g_string_append_printf(names, "%s%s", i > 0 ? ", " : "", name);
	}
	g_autofree char *all = g_string_free(names, FALSE);
	return g_strdup_printf(_("import of %s"), all);
}

static bool plan_apply(struct cli *cli, struct import_plan *plan, char *const *files,
		       const struct words *words, bool fresh, GError **error)
{
	if (fresh) {
		if (!import_write(plan, words->into, error))
			return false;
		written_say(cli, words->into);
		return true;
	}
	if (plan->change->ops->len == 0) {
		cli_say(cli, _("Nothing to write: all of it is there"));
		return true;
	}
	plan->change->summary = summary_of(files);
	return edit_apply(cli, plan->change, error);
}

/* The heads of computed columns in tables for people; NULL ends them. */
static GPtrArray *measure_labels(void)
{
	GPtrArray *labels = g_ptr_array_new();
	guint n;
	const struct measure *all = measures(&n);

	for (guint i = 0; i < n; i++)
		g_ptr_array_add(labels, (gpointer)(gsize)all[i].label);
	g_ptr_array_add(labels, NULL);
	return labels;
}

static bool files_run(struct cli *cli, const struct words *words, char *const *files, bool fresh,
		      GError **error)
{
	g_autoptr(GPtrArray) computed = measure_labels();
	const struct import_options options = {
		.files = (const char *const *)files,
		.map = (const char *const *)words->map,
		.same = (const char *const *)words->same,
		.all_new = words->all_new,
		.add_ends = words->add_ends,
		.add_words = words->add_words,
		.sector = words->sector,
		.id = words->id,
		.name = words->name ? words->name : words->id,
		.computed = (const char *const *)computed->pdata,
	};
	struct findings *network = NULL;
	struct import_plan *plan;
	bool done;

	/* A preview touches nothing, not even the store. */
	if (!fresh && !(cli->dry_run ? cli_read(cli, error) : cli_open(cli, error)))
		return false;
	network = cli->findings;
	cli->findings = findings_new();
	findings_free(network);
	plan = import_prepare(&options, fresh ? NULL : cli->model, cli->findings, error);
	findings_say(cli, cli->findings, "");
	if (!plan)
		return false;
	if (cli->dry_run)
		columns_print(cli, plan);
	matches_print(&cli->out, plan);
	alike_print(&cli->out, plan);
	if (cli->findings->errors == 0)
		counts_say(cli, plan);
	done = plan_is_settled(cli, plan, error);
	if (done && cli->dry_run)
		written_say(cli, words->into);
	else if (done)
		done = plan_apply(cli, plan, files, words, fresh, error);
	import_plan_free(plan);
	return done;
}

/* --- the command -------------------------------------------------------------------------- */

static bool is_network(const char *path)
{
	g_autofree char *file = path ? g_build_filename(path, "network.yaml", NULL) : NULL;

	return file && g_file_test(file, G_FILE_TEST_IS_REGULAR);
}

static bool id_settle(struct words *words, const char *from, GError **error)
{
	if (!words->id) {
		g_autofree char *base = g_path_get_basename(words->into ? words->into : from);
		char *dot = strrchr(base, '.');

		if (dot && dot > base)
			*dot = '\0';
		words->id = id_from_name(base);
	}
	if (id_is_valid(words->id))
		return true;
	g_set_error(error, TELAR_ERROR, TELAR_ERROR_USAGE, _("\"%s\" cannot be an id"), words->id);
	error_add_hint(error,
		       _("lower-case letters, digits and -, as in red-stem: say it with --id"));
	return false;
}

static bool import_run(struct cli *cli, struct words *words, char **files, GError **error)
{
	g_autofree char *from = NULL;

	if (!words->into)
		words->into = g_strdup(cli->network);
	if (!words->into && !cli->dry_run) {
		g_set_error(error, TELAR_ERROR, TELAR_ERROR_USAGE,
			    _("It is not said where the network is to be made"));
		error_add_hint(error, _("say it with --into DIRECTORY, or try it with -n"));
		return false;
	}
	for (char **file = files; *file; file++) {
		if (g_file_test(*file, G_FILE_TEST_EXISTS))
			continue;
		g_set_error(error, TELAR_ERROR, TELAR_ERROR_NO_INPUT,
			    _("There is no file or directory \"%s\""), *file);
		return false;
	}
	from = tables_directory(files);
	if (!from && is_network(words->into)) {
		g_free(cli->network);
		cli->network = g_strdup(words->into);
		return files_run(cli, words, files, false, error);
	}
	if (!id_settle(words, files[0], error))
		return false;
	if (!cli->dry_run && !network_target_free(words->into, error))
		return false;
	return from ? tables_run(cli, words, from, error)
		    : files_run(cli, words, files, true, error);
}

bool command_import(struct cli *cli, char ***args, GError **error)
{
	struct words words = { 0 };
	const GOptionEntry entries[] = {
		{ "into", 0, 0, G_OPTION_ARG_FILENAME, &words.into,
		  N_("Directory: a new one, or one that holds a network"), N_("DIRECTORY") },
		{ "map", 0, 0, G_OPTION_ARG_STRING_ARRAY, &words.map,
		  N_("What a column is: sector=Category, intensity=Weight, attribute=Type, "
		     "none=Colour; may be given several times"),
		  N_("FIELD=COLUMN") },
		{ "same", 0, 0, G_OPTION_ARG_STRING_ARRAY, &words.same,
		  N_("The row with that id or name is that entry; may be given several times"),
		  N_("ROW=ID") },
		{ "new", 0, 0, G_OPTION_ARG_NONE, &words.all_new,
		  N_("Rows that only look like an entry are new ones"), NULL },
		{ "sector", 0, 0, G_OPTION_ARG_STRING, &words.sector,
		  N_("Sector of new institutions whose row states none"), N_("SECTOR") },
		{ "add-ends", 0, 0, G_OPTION_ARG_NONE, &words.add_ends,
		  N_("Add an institution for every end of a tie that has no row"), NULL },
		{ "add-words", 0, 0, G_OPTION_ARG_NONE, &words.add_words,
		  N_("Add unknown sectors, kinds and tiers to the network's words"), NULL },
		{ "id", 0, 0, G_OPTION_ARG_STRING, &words.id, N_("Id of a new network"), N_("ID") },
		{ "name", 0, 0, G_OPTION_ARG_STRING, &words.name, N_("Name of a new network"),
		  N_("NAME") },
		{ 0 },
	};
	bool done = cli_options(cli, entries, args, error);

	if (done && !cli->help)
		done = cli_words(cli, *args, 1, G_MAXUINT, error) &&
		       (words.into && !(*args)[1] && path_is_store(**args)
				? store_restore(cli, **args, words.into, error)
				: import_run(cli, &words, *args, error));
	g_free(words.into);
	g_free(words.id);
	g_free(words.name);
	g_free(words.sector);
	g_strfreev(words.map);
	g_strfreev(words.same);
	return done;
}
