#include "tui/session.h"

#include <string.h>

#include <glib/gi18n.h>

#include "base/errors.h"
#include "data/audience.h"
#include "graph/export/export.h"
#include "tui/config.h"

/*
 * An export from the app: what passes the filter and members may see.  What is asked
 * for that is tui/views/export.c's.
 */

static struct export_order *export_order_new(const struct session *session,
					     const struct effect *effect, const char *filter)
{
	struct export_order *order = g_new0(struct export_order, 1);

	order->format = g_strdup(effect->text);
	/* No shell stands between what is typed here and the file. */
	order->path = g_str_has_prefix(effect->path, "~/")
			      ? g_build_filename(g_get_home_dir(), effect->path + 2, NULL)
			      : g_strdup(effect->path);
	order->filter = g_strdup(filter);
	order->separator = config_separator(session->config);
	order->replace = effect->id != 0;
	return order;
}

void export_order_free(struct export_order *order)
{
	if (order == NULL)
		return;
	g_free(order->format);
	g_free(order->path);
	g_free(order->filter);
	g_free(order);
}

void session_export_begin(struct session *session, const struct effect *effect)
{
	const char *filter = effect->filter != NULL ? effect->filter : session->app->filter;
	const char *wait = session->study == NULL ? _("Wait until it is computed")
			   : session->exporting	  ? _("An earlier export is still being written")
						  : NULL;

	if (wait != NULL) {
		session_event(
			session,
			(struct event){ .type = EVENT_FAILED, .exported = true, .text = wait });
		return;
	}
	session->exporting = true;
	session->hooks.export(session->hooks.data, session->study,
			      export_order_new(session, effect, filter));
}

void session_exported(struct session *session, const char *text, GError *error)
{
	struct event event = { .type = EVENT_DONE, .exported = true, .text = text };
	g_autofree char *what = NULL, *hint = NULL;

	session->exporting = false;
	if (error != NULL) {
		error_split(error, &what, &hint);
		event.type = EVENT_FAILED;
		event.text = what;
		event.hint = hint;
		event.exists = g_error_matches(error, TELAR_ERROR, TELAR_ERROR_EXISTS);
		g_error_free(error);
	}
	session_event(session, event);
}

/* What members may see of the study, and of that what passes. */
static struct study *part_new(struct study *study, struct filter *filter, guint *n_hidden)
{
	const struct net_options net = { .with_ended = true,
					 .least_intensity = -1,
					 .filter = filter };
	struct model *seen = model_for_audience(study_model(study), AUDIENCE_NETWORK, n_hidden);
	struct study *part =
		filter == NULL && *n_hidden == 0 ? study_ref(study) : study_new(seen, &net);

	model_unref(seen);
	return part;
}

static char *done_text(const struct export_order *order, guint n_hidden)
{
	g_autofree char *where = g_canonicalize_filename(order->path, NULL);
	GString *text = g_string_new(NULL);

	g_string_append_printf(text, _("Exported to %s"), where);
	if (n_hidden > 0)
		g_string_append_printf(
			text,
			ngettext("; %u entry that only coordinators may see is left out",
				 "; %u entries that only coordinators may see are left out",
				 n_hidden),
			n_hidden);
	return g_string_free(text, FALSE);
}

char *session_export(struct study *study, const struct export_order *order, GCancellable *cancel,
		     GError **error)
{
	const struct export_format *format = export_find(order->format);
	struct export_options options = { .path = order->path,
					  .filter = order->filter,
					  .separator = order->separator,
					  .replace = order->replace,
					  .version = TELAR_VERSION,
					  .cancel = cancel };
	struct filter *filter = NULL;
	struct study *part;
	guint n_hidden;
	bool ok;

	if (!export_check(format, &options, error))
		return NULL;
	if (order->filter[0] != '\0' &&
	    (filter = filter_parse(order->filter, KIND_INSTITUTION, study_filter_number, study,
				   error)) == NULL)
		return NULL;
	part = part_new(study, filter, &n_hidden);
	ok = format->write(part, &options, error);
	study_unref(part);
	filter_free(filter);
	return ok ? done_text(order, n_hidden) : NULL;
}
