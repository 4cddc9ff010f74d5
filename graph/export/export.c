/*
 * The table of formats, and what they share: where bytes go, all or nothing, and
 * the manifest.  How a format looks is in its own file.
 */
#include "graph/export/export.h"

#include "base/errors.h"
#include "base/json.h"
#include "graph/export/columns.h"
#include "graph/export/formats.h"
#include "graph/kernel/pool.h"

#include <errno.h>
#include <glib/gi18n.h>
#include <glib/gstdio.h>
#include <stdio.h>
#include <string.h>

#define MANIFEST "manifest.json"
#define PROGRAM	 "telar"

static const struct export_format formats[] = {
	{ "csv", N_("Tables for spreadsheets, R and pandas: a directory of CSV files"), "",
	  export_csv },
	{ "graphml", N_("GraphML for Gephi, yEd, igraph and networkx"), "graphml", export_graphml },
};

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

bool export_prepare(struct study *study, const struct export_options *options, GError **error)
{
	return study_has(study, STUDY_MEASURES) ||
	       study_compute(study, STUDY_MEASURES, options->cancel, error);
}

bool export_given_up(const struct export_options *options, GError **error)
{
	if (!options->cancel || !g_cancellable_is_cancelled(options->cancel))
		return false;
	kernel_cancelled(error);
	return true;
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
		return fail(error, TELAR_ERROR_IO, _("standard output"), NULL);
	}
	if (g_file_set_contents_full(path, bytes->str, (gssize)bytes->len,
				     G_FILE_SET_CONTENTS_CONSISTENT | G_FILE_SET_CONTENTS_DURABLE,
				     0666, &cause))
		return true;
	return fail(error, TELAR_ERROR_CANNOT_CREATE, path, cause);
}

/* Whether files of ours may go into a directory that exists. */
static bool may_fill(const char *path, GError **error)
{
	g_autoptr(GError) cause = NULL;
	g_autofree char *manifest = g_build_filename(path, MANIFEST, NULL);
	g_autofree char *text = NULL;
	g_autoptr(GDir) dir = g_dir_open(path, 0, &cause);
	if (!dir)
		return fail(error, TELAR_ERROR_CANNOT_CREATE, path, cause);
	if (!g_dir_read_name(dir))
		return true;
	if (g_file_get_contents(manifest, &text, NULL, NULL) &&
	    strstr(text, "\"program\": \"" PROGRAM "\""))
		return true;
	g_set_error(error, TELAR_ERROR, TELAR_ERROR_CANNOT_CREATE,
		    _("%s holds files that are no export"), path);
	error_add_hint(error, _("name a directory that does not exist yet"));
	return false;
}

/* Files side by side, as most of writing one durably is waiting for the disk. */
struct filling {
	const char *path;
	const char *const *names;
	GString *const *bytes;
	GError **errors; /* by file */
};

static void fill_one(gpointer data, gpointer own, guint unit, struct watch *watch)
{
	const struct filling *filling = data;
	g_autofree char *file = g_build_filename(filling->path, filling->names[unit], NULL);
	(void)own, (void)watch;
	(void)export_file(file, filling->bytes[unit], &filling->errors[unit]);
}

/* The last one, the manifest, when all others are there. */
static bool fill(const char *path, const char *const *names, GString *const *bytes, guint n,
		 GError **error)
{
	g_autofree GError **errors = g_new0(GError *, n);
	struct filling filling = { path, names, bytes, errors };
	const struct crew crew = { .units = n - 1, .task = &filling, .work = fill_one };
	const struct kernel_run run = { .threads = n - 1 };
	guint failed = 0;
	(void)crew_run(&crew, &run, NULL);
	while (failed < n - 1 && !errors[failed])
		failed++;
	if (failed == n - 1)
		fill_one(&filling, NULL, failed, NULL);
	bool ok = failed == n - 1 && !errors[failed];
	if (!ok)
		g_propagate_error(error, g_steal_pointer(&errors[failed]));
	for (guint i = 0; i < n; i++)
		g_clear_error(&errors[i]);
	return ok;
}

static void remove_directory(const char *path, const char *const *names, guint n)
{
	for (guint i = 0; i < n; i++) {
		g_autofree char *file = g_build_filename(path, names[i], NULL);
		g_unlink(file);
	}
	g_rmdir(path);
}

bool export_directory(const char *path, const char *const *names, GString *const *bytes, guint n,
		      GError **error)
{
	if (strcmp(path, "-") == 0) {
		g_set_error_literal(error, TELAR_ERROR, TELAR_ERROR_USAGE,
				    _("This format is several files; name a directory"));
		return false;
	}
	if (g_file_test(path, G_FILE_TEST_EXISTS))
		return may_fill(path, error) && fill(path, names, bytes, n, error);
	g_autofree char *bare = g_strdup(path);
	for (gsize end = strlen(bare); end > 1 && bare[end - 1] == '/'; end--)
		bare[end - 1] = '\0';
	g_autofree char *beside = g_strconcat(bare, ".XXXXXX", NULL);
	if (!g_mkdtemp_full(beside, 0777))
		return fail(error, TELAR_ERROR_CANNOT_CREATE, path, NULL);
	if (!fill(beside, names, bytes, n, error)) {
		remove_directory(beside, names, n);
		return false;
	}
	if (g_rename(beside, bare) == 0)
		return true;
	fail(error, TELAR_ERROR_CANNOT_CREATE, path, NULL);
	remove_directory(beside, names, n);
	return false;
}

static void put_measures(struct json *json, const struct study *study)
{
	guint rows;
	const struct measure *table = measures(&rows);
	static const char *const levels[] = { "network", "group", "institution", "tie",
					      "capacity" };
	json_key(json, "measures");
	json_open_array(json);
	for (guint i = 0; i < rows; i++) {
		g_autofree char *column = column_of_measure(table[i].id);
		json_open_object(json);
		json_put_string(json, "id", table[i].id);
		json_put_string(json, "column", column);
		json_put_string(json, "level", levels[table[i].level]);
		json_put_string(json, "definition", table[i].definition);
		json_put_string_if(json, "reference",
				   *table[i].reference ? table[i].reference : NULL);
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

GString *export_manifest(struct study *study, const struct export_options *options,
			 const char *format, const char *const *files, guint n_files)
{
	const struct model *model = study_model(study);
	const struct net *net = study_net(study);
	GString *out = g_string_new(NULL);
	char today[DATE_TEXT_SIZE];
	struct json json;
	g_autofree char *fingerprint =
		g_strdup_printf("%016" G_GINT64_MODIFIER "x", model->fingerprint);
	json_init(&json, out, true);
	json_open_object(&json);
	json_put_string(&json, "program", PROGRAM);
	json_put_string(&json, "version", options->version);
	json_put_string(&json, "format", format);
	json_put_string(&json, "network", model->network->base.id);
	json_put_string(&json, "data", fingerprint);
	json_put_string(&json, "as_of", date_format(model->today, today));
	json_put_string(&json, "filter", options->filter ? options->filter : "");
	if (model->confirmed_only)
		json_put_bool(&json, "confirmed_only", true);
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
	put_measures(&json, study);
	json_close_object(&json);
	if (out->len == 0 || out->str[out->len - 1] != '\n')
		g_string_append_c(out, '\n');
	return out;
}
