/*
 * The table of formats, and what they share: where bytes go, all or nothing, and
 * the manifest.  How a format looks is in its own file.
 */
#include "graph/export/export.h"

#include "base/cancel.h"
#include "base/context.h"
#include "base/errors.h"
#include "base/interrupt.h"
#include "base/json.h"
#include "base/start.h"
#include "data/workspace/directory.h"
#include "graph/export/columns.h"
#include "graph/export/outlet.h"
#include "graph/export/formats.h"

#include <errno.h>
#include <glib/gi18n.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define MARKED 4096 /* bytes from the start of a file in which its format's mark stands */

static const struct export_format formats[] = {
	{ "csv", N_("Tables for spreadsheets, R and pandas: a directory of CSV files"), "", NULL,
	  STUDY_MEASURES, true, false, false, export_csv, NULL, NULL },
	{ "graphml", N_("GraphML for Gephi, yEd, igraph and networkx"), "graphml",
	  "<key id=\"g_version\"", STUDY_MEASURES, false, false, false, export_graphml, NULL,
	  NULL },
	{ "gaps", N_("The register of gaps as tables: a directory of CSV files"), "", NULL,
	  STUDY_GAPS, true, false, false, export_gaps, export_gaps_column,
	  N_("Every gap of the register, those that are closed, dismissed or put off among them. "
	     "With --for public those are left out, since the public is not told what was "
	     "decided.") },
	{ "matrix", N_("Who works with whom, against chance: a directory of CSV files"), "", NULL,
	  0, true, true, false, export_matrix, export_matrix_column,
	  N_("A row for each group of the rows with each group of the columns, which --rows and "
	     "--cols choose. Of one attribute a pair stands there both ways round.") },
	{ "years", N_("How the network grew: a directory of CSV files"), "", NULL, 0, true, false,
	  true, export_years, export_years_column,
	  N_("A row for each year and what is counted in it. With a filter: those institutions, "
	     "ties of at least one of them, programmes in which one takes part and territories "
	     "with one.") },
};

static const struct export_format entries = {
	"yaml", N_("The entries themselves, as files in a new directory"),
	"",	NULL,
	0,	false,
	false,	false,
	NULL,	NULL,
	NULL
};

/* clang-format off */
static const struct export_dialect dialects[] = {
	{ "excel-semicolon", N_("Spreadsheets that write 0,5 (Colombia, Brazil, Spain): in your language"), ';', ',', true, true },
	{ "excel-comma", N_("Spreadsheets that write 0.5 (Mexico, Peru, the US): in your language"), ',', '.', true, true },
	{ "comma", N_("R, pandas and other programs: commas, ids and names of columns in English"), ',', '.', false, false },
	{ "semicolon", N_("Other programs: semicolons"), ';', '.', false, false },
	{ "tab", N_("Other programs: tabs"), '\t', '.', false, false },
	{ "bar", N_("Other programs: vertical bars"), '|', '.', false, false },
};
/* clang-format on */

const struct export_format *export_entries(void)
{
	return &entries;
}

const struct export_dialect *export_dialects(guint *n)
{
	*n = G_N_ELEMENTS(dialects);
	return dialects;
}

const struct export_dialect *export_dialect_likely(char separator)
{
	const char *language = start_language();
	bool people = separator == ';' || strcmp(language, "en") != 0;
	char wanted = separator == ',' && start_decimal_comma() ? ';' : separator;
	for (guint i = 0; i < G_N_ELEMENTS(dialects); i++)
		if (dialects[i].separator == wanted && dialects[i].words == people)
			return &dialects[i];
	for (guint i = 0; i < G_N_ELEMENTS(dialects); i++)
		if (dialects[i].separator == separator)
			return &dialects[i];
	return dialects;
}

const struct export_format *export_formats(guint *n)
{
	if (n)
		*n = G_N_ELEMENTS(formats);
	return formats;
}

const struct export_format *export_find(const char *id)
{
	for (guint i = 0; id && i < G_N_ELEMENTS(formats); i++)
		if (strcmp(formats[i].id, id) == 0)
			return &formats[i];
	return NULL;
}

static bool wrong_sort(const char *path, const char *format, bool is_directory, GError **error)
{
	g_set_error(error, TELAR_ERROR, TELAR_ERROR_CANNOT_CREATE,
		    is_directory ? _("%s is a directory, and %s is one file")
				 : _("%s is a file, and %s is a directory of several"),
		    path, format);
	error_add_hint(error, _("give it another name"));
	return false;
}

/* Who writes "x.csv" expects a file. */
static bool named_as_file(const struct export_format *format, const char *path, GError **error)
{
	g_autofree char *ending = g_strconcat(".", format->id, NULL);
	g_autofree char *hint = NULL;
	if (!g_str_has_suffix(path, ending))
		return false;
	g_set_error(error, TELAR_ERROR, TELAR_ERROR_USAGE,
		    _("%s makes a directory of several files: give its name without %s"),
		    format->id, ending);
	hint = g_strndup(path, strlen(path) - strlen(ending));
	error_add_hint(error, *hint ? hint : NULL);
	return true;
}

/* Names of files that are written on the way there say nothing to anybody. */
static bool has_place(const char *path, bool is_directory, GError **error)
{
	/* A directory, and no file, may be named with a slash behind it. */
	gsize length = strlen(path);
	while (is_directory && length > 1 && path[length - 1] == '/')
		length--;
	g_autofree char *own = g_strndup(path, length);
	g_autofree char *above = g_path_get_dirname(own);
	if (g_file_test(above, G_FILE_TEST_IS_DIR))
		return true;
	g_set_error(error, TELAR_ERROR, TELAR_ERROR_CANNOT_CREATE,
		    _("There is no directory \"%s\""), above);
	error_add_hint(error, _("make it first, or name another place"));
	return false;
}

/* The path without links on its way; its own name may be that of nothing yet. */
static char *place_of(const char *path)
{
	g_autofree char *own = g_canonicalize_filename(path, NULL);
	g_autofree char *above = g_path_get_dirname(own), *name = g_path_get_basename(own);
	char *real = realpath(above, NULL);
	char *place = g_build_filename(real ? real : above, name, NULL);
	free(real);
	return place;
}

/*
 * An entry is nobody's export, be it there or not: what is written in its place is read
 * as one.  The same for all that the store keeps.
 */
static bool is_of_network(const char *path)
{
	g_autofree char *place = place_of(path);
	g_auto(GStrv) names = g_strsplit(place, "/", -1);
	if (g_strv_contains((const char *const *)names, DIRECTORY_OWN))
		return true;
	for (char *slash = strrchr(place, '/'); slash;) {
		*slash = '\0';
		g_autofree char *network = g_build_filename("/", place, DIRECTORY_NETWORK, NULL);
		char *above = strrchr(place, '/');
		*slash = '/';
		if (directory_is_entry(slash + 1) && g_file_test(network, G_FILE_TEST_EXISTS))
			return true;
		slash = above;
	}
	return false;
}

/* By its content: a file of that name may be anything. */
static enum outlet_place file_place(const struct export_format *format, const char *path)
{
	enum outlet_place place = OUTLET_TAKEN;
	if (!g_file_test(path, G_FILE_TEST_EXISTS) && !g_file_test(path, G_FILE_TEST_IS_SYMLINK))
		return OUTLET_FREE;
	FILE *file = g_file_test(path, G_FILE_TEST_IS_REGULAR) ? fopen(path, "rbe") : NULL;
	if (!file)
		return OUTLET_TAKEN;
	g_autofree char *start = g_malloc(MARKED);
	gsize n = fread(start, 1, MARKED, file);
	if (!ferror(file))
		place = n == 0					       ? OUTLET_FREE
			: g_strstr_len(start, (gssize)n, format->mark) ? OUTLET_EXPORT
								       : OUTLET_TAKEN;
	fclose(file);
	return place;
}

bool export_check(const struct export_format *format, const struct export_options *options,
		  GError **error)
{
	const char *path = options->path;
	bool many = !*format->extension, directory = g_file_test(path, G_FILE_TEST_IS_DIR);
	if (strcmp(path, "-") == 0)
		return true;
	if (!has_place(path, many, error))
		return false;
	if (many && named_as_file(format, path, error))
		return false;
	if (g_file_test(path, G_FILE_TEST_EXISTS) && directory != many)
		return wrong_sort(path, format->id, directory, error);
	if (is_of_network(path)) {
		g_set_error(error, TELAR_ERROR, TELAR_ERROR_CANNOT_CREATE,
			    _("%s belongs to a network: an export is never written there"), path);
		error_add_hint(error, _("give it another name"));
		return false;
	}
	enum outlet_place place = many ? outlet_place(path, format->id) : file_place(format, path);
	if (!many && place == OUTLET_TAKEN) {
		g_set_error(error, TELAR_ERROR, TELAR_ERROR_CANNOT_CREATE,
			    _("%s is there already, and is no earlier export"), path);
		error_add_hint(error, _("give it another name"));
		return false;
	}
	/* Tables of two formats in one directory would be told apart by nobody. */
	if (many && place == OUTLET_TAKEN && outlet_place(path, NULL) == OUTLET_EXPORT) {
		g_set_error(error, TELAR_ERROR, TELAR_ERROR_CANNOT_CREATE,
			    _("%s holds an earlier export in another format"), path);
		error_add_hint(error, _("give it another name"));
		return false;
	}
	/* A directory of other files is refused by the outlet itself. */
	if (options->replace || place != OUTLET_EXPORT)
		return true;
	g_set_error(error, TELAR_ERROR, TELAR_ERROR_EXISTS,
		    many ? _("%s holds an earlier export") : _("%s is there already"), path);
	return false;
}

bool export_prepare(struct study *study, guint parts, const struct export_options *options,
		    GError **error)
{
	return study_has(study, parts) || study_compute(study, parts, options->cancel, error);
}

static bool fail(GError **error, enum telar_error code, const char *path, const GError *cause)
{
	g_set_error(error, TELAR_ERROR, (int)code, _("Cannot write %s: %s"), path,
		    cause ? cause->message : g_strerror(errno));
	return false;
}

bool export_file(const char *path, const GString *bytes, GError **error)
{
	g_autoptr(GError) cause = NULL;
	if (strcmp(path, "-") == 0) {
		if (fwrite(bytes->str, 1, bytes->len, stdout) == bytes->len && fflush(stdout) == 0)
			return true;
		/* A reader that has seen enough left: nothing is wrong. */
		if (errno == EPIPE)
			return true;
		return fail(error, TELAR_ERROR_IO, _("standard output"), NULL);
	}
	struct interrupt interrupt;
	interrupt_begin(&interrupt);
	bool done = g_file_set_contents_full(
		path, bytes->str, (gssize)bytes->len,
		G_FILE_SET_CONTENTS_CONSISTENT | G_FILE_SET_CONTENTS_DURABLE, 0666, &cause);
	interrupt_end(&interrupt);
	return done || fail(error, TELAR_ERROR_CANNOT_CREATE, path, cause);
}

static void put_measures(struct json *json, const struct study *study, bool words)
{
	guint rows;
	const struct measure *table = measures(&rows);
	json_key(json, "measures");
	json_open_array(json);
	for (guint i = 0; i < rows; i++) {
		g_autofree char *column = column_of_measure(table[i].id);
		json_open_object(json);
		json_put_string(json, "id", table[i].id);
		json_put_string(json, "column", words ? _(table[i].label) : column);
		json_put_string(json, "level", measure_levels[table[i].level]);
		const struct measure *row = study_words(study, &table[i]);
		json_put_string(json, "definition", row->definition);
		json_put_string_if(json, "reference", *row->reference ? row->reference : NULL);
		if (row != &table[i])
			json_put_bool(json, "weighted", true);
		double error;
		guint sources = study_sources(study, &table[i], &error);
		if (sources > 0) {
			json_put_bool(json, "estimate", true);
			json_put_integer(json, "sources", sources);
			json_put_number(json, "error", error);
		}
		json_close_object(json);
	}
	json_close_array(json);
}

/* Tables of no measures, column by column. */
static void put_columns(struct json *json, const struct export_format *format, bool words)
{
	struct export_column column;
	json_key(json, "columns");
	json_open_array(json);
	for (guint i = 0; format->column(i, &column); i++) {
		if (words && !column.read)
			continue;
		json_open_object(json);
		json_put_string(json, "file", column.file);
		json_put_string(json, "column", words ? in_context(column.read) : column.name);
		json_put_string(json, "definition", column.meaning);
		json_close_object(json);
	}
	json_close_array(json);
}

GString *export_manifest(struct study *study, const struct export_options *options,
			 const char *format, const char *const *files, guint n_files)
{
	const struct model *model = study_model(study);
	const struct net *net = study_net(study);
	GString *out = g_string_new(NULL);
	char today[DATE_TEXT_SIZE];
	struct json json;
	const struct export_format *row = export_find(format);
	g_autofree char *ties = net_ties_text(net);
	g_autofree char *fingerprint =
		g_strdup_printf("%016" G_GINT64_MODIFIER "x", model->fingerprint);
	json_init(&json, out, true);
	json_open_object(&json);
	json_put_string(&json, "program", EXPORT_PROGRAM);
	json_put_string(&json, "version", options->version);
	json_put_string(&json, "format", format);
	json_put_string(&json, "network", model->network->base.id);
	json_put_string(&json, "data", fingerprint);
	json_put_string(&json, "as_of", date_format(model->today, today));
	json_put_string(&json, "for", audience_id(options->audience));
	json_put_string(&json, "filter", options->filter ? options->filter : "");
	json_put_string(&json, "ties_counted", ties);
	if (row->crossed) {
		json_put_string(&json, "row_attribute", attribute_name(options->rows));
		json_put_string(&json, "column_attribute", attribute_name(options->cols));
	}
	json_put_string_if(&json, "language", options->dialect.words ? start_language() : NULL);
	json_put_string(&json, "distance", net_lengths[net->options.length]);
	if (model->network->settings.seed == FIELD_NO_INTEGER) {
		json_key(&json, "seed");
		json_null(&json);
	} else {
		json_put_integer(&json, "seed", model->network->settings.seed);
	}
	json_put_integer(&json, "institutions", net->n);
	json_put_integer(&json, "ties", net->m);
	json_key(&json, "files");
	json_open_array(&json);
	for (guint i = 0; i < n_files; i++)
		json_string(&json, files[i]);
	json_close_array(&json);
	if (row->column)
		put_columns(&json, row, options->dialect.words);
	else
		put_measures(&json, study, options->dialect.words);
	json_close_object(&json);
	if (out->len == 0 || out->str[out->len - 1] != '\n')
		g_string_append_c(out, '\n');
	return out;
}
