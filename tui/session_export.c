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

/* The format is what the name ends in; a name without an ending is a directory. */
static const struct export_format *format_for(const char *path)
{
	const char *dot = strrchr(path, '.');
	const char *ending = dot == NULL || strchr(dot, '/') != NULL ? "" : dot + 1;
	const struct export_format *formats;
	guint n;

	formats = export_formats(&n);
	for (guint i = 0; i < n; i++)
		if (strcmp(formats[i].id, ending) == 0)
			return &formats[i];
	for (guint i = 0; i < n; i++)
		if (strcmp(formats[i].extension, ending) == 0)
			return &formats[i];
	return NULL;
}

bool session_export(struct study *study, const char *filter, const char *format, const char *path,
		    char separator, GCancellable *cancel, GError **error)
{
	const struct export_format *out = format != NULL ? export_find(format) : format_for(path);
	struct export_options options = { .path = path,
					  .filter = filter,
					  .separator = separator,
					  .version = TELAR_VERSION,
					  .cancel = cancel };
	struct net_options net = { .with_ended = true, .least_intensity = -1 };
	struct filter *parsed = NULL;
	struct study *part;
	bool ok;

	if (out == NULL) {
		g_autofree char *endings = ask_export_endings();

		g_set_error(error, TELAR_ERROR, TELAR_ERROR_USAGE,
			    _("Not exported: end the name in one of %s"), endings);
		return false;
	}
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
