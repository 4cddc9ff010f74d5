#include "tui/session.h"

#include <string.h>

#include <glib/gi18n.h>

#include "base/errors.h"
#include "graph/export/export.h"
#include "tui/ask.h"

/*
 * An export from the app: what passes the filter, in the format that was named or
 * that the file's name ends in.  For the thread that computes.
 */

static const char *ending_of(const char *path)
{
	const char *dot = strrchr(path, '.');

	return dot == NULL || strchr(dot, '/') != NULL ? "" : dot + 1;
}

/* The format is what the name ends in; a name without an ending is a directory. */
static const struct export_format *format_for(const char *path, GError **error)
{
	const char *ending = ending_of(path);
	const struct export_format *formats, *named = export_find(ending);
	g_autofree char *endings = ask_export_endings();
	guint n;

	formats = export_formats(&n);
	for (guint i = 0; i < n; i++)
		if (strcmp(formats[i].extension, ending) == 0)
			return &formats[i];
	/* Who writes "x.csv" expects a file. */
	if (named != NULL && named->extension[0] == '\0')
		g_set_error(error, TELAR_ERROR, TELAR_ERROR_USAGE,
			    _("Not exported: %s makes a directory of several files: give its name "
			      "without .%s"),
			    ending, ending);
	else
		g_set_error(error, TELAR_ERROR, TELAR_ERROR_USAGE,
			    _("Not exported: there is no format .%s; %s"), ending, endings);
	return NULL;
}

bool session_export(struct study *study, const char *filter, const char *format, const char *path,
		    char separator, GCancellable *cancel, GError **error)
{
	const struct export_format *out =
		format != NULL ? export_find(format) : format_for(path, error);
	struct export_options options = { .path = path,
					  .filter = filter,
					  .separator = separator,
					  .version = TELAR_VERSION,
					  .cancel = cancel };
	struct net_options net = { .with_ended = true, .least_intensity = -1 };
	struct filter *parsed = NULL;
	struct study *part;
	bool ok;

	if (out == NULL)
		return false;
	if (filter[0] == '\0')
		return out->write(study, &options, error);
	parsed = filter_parse(filter, KIND_INSTITUTION, study_filter_number, study, error);
	if (parsed == NULL)
		return false;
	net.filter = parsed;
	part = study_new(study_model(study), &net);
	ok = study_compute(part, STUDY_ALL, cancel, error) && out->write(part, &options, error);
	study_unref(part);
	filter_free(parsed);
	return ok;
}
