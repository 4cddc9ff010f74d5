#include "tui/session.h"

#include <string.h>

#include <glib/gi18n.h>

#include "base/errors.h"
#include "data/audience.h"
#include "data/safety.h"
#include "graph/export/export.h"
#include "tui/config.h"

/*
 * An export from the app: what passes the filter and members may see.  What is asked
 * for that is tui/views/export.c's.
 */

/* No shell stands between what is typed in the app and the file. */
static char *place_of(const char *path)
{
	return g_str_has_prefix(path, "~/") ? g_build_filename(g_get_home_dir(), path + 2, NULL)
					    : g_strdup(path);
}

static struct export_order *export_order_new(const struct session *session,
					     const struct effect *effect, const char *filter)
{
	struct export_order *order = g_new0(struct export_order, 1);
	const struct export_dialect *dialects;
	guint n;

	dialects = export_dialects(&n);
	order->format = g_strdup(effect->text);
	order->path = place_of(effect->path);
	order->filter = g_strdup(filter);
	if (effect->side > 0 && effect->side <= n)
		order->dialect = dialects[effect->side - 1];
	else
		order->dialect.separator = config_separator(session->config);
	order->crossing = effect->crossing;
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

/* The entries are the workspace's, which is this thread's. */
static void entries_write(struct session *session, const char *path)
{
	struct holdings holdings = { 0 };
	g_autofree char *place = place_of(path), *text = NULL;
	GError *error = NULL;

	if (workspace_write_out(session->workspace, place, false, &holdings, &error)) {
		g_autofree char *where = g_canonicalize_filename(place, NULL);

		text = g_strdup_printf(ngettext("Written: %s (%u entry)",
						"Written: %s (%u entries)", holdings.entries),
				       where, holdings.entries);
	}
	session_exported(session, text, error);
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
	if (strcmp(effect->text, export_entries()->id) == 0) {
		entries_write(session, effect->path);
		return;
	}
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

/* Who sits at the app is not known to be more. */
static const enum audience reader = AUDIENCE_NETWORK;
static const struct net_options whole = { .with_ended = true, .least_intensity = -1 };

/* What members may see of the study: with numbers to filter by, where that is not all of it. */
static struct study *seen_new(struct study *study, bool filtered, guint *n_hidden,
			      GCancellable *cancel, GError **error)
{
	struct model *model = model_for_audience(study_model(study), reader, n_hidden);
	bool all = model == study_model(study);
	struct study *seen = all ? study_ref(study) : study_new(model, &whole);

	model_unref(model);
	if (!all)
		study_inherit(seen, study);
	if (filtered && !study_has(seen, STUDY_MEASURES | STUDY_GAPS) &&
	    !study_compute(seen, STUDY_MEASURES | STUDY_GAPS, cancel, error))
		g_clear_pointer(&seen, study_unref);
	return seen;
}

/* Of that what passes.  The register is that of the whole network, as its list is: there the
 * filter chooses rows. */
static bool part_write(struct study *seen, const struct export_format *format,
		       struct filter *filter, struct export_options *options, GError **error)
{
	struct net_options net = whole;
	struct study *part;
	bool ok;

	net.filter = filter;
	if (format->needs & STUDY_GAPS)
		options->only = filter;
	/* What chance gives is drawn for it while others read the study that is shown. */
	part = !format->crossed && (filter == NULL || options->only != NULL)
		       ? study_ref(seen)
		       : study_new(study_model(seen), &net);
	if (format->crossed)
		study_inherit(part, seen);
	ok = format->write(part, options, error);
	study_unref(part);
	return ok;
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
					  .audience = reader,
					  .rows = order->crossing.rows,
					  .cols = order->crossing.cols,
					  .dialect = order->dialect,
					  .replace = order->replace,
					  .version = TELAR_VERSION,
					  .cancel = cancel };
	bool filtered = order->filter[0] != '\0', ok;
	struct filter *filter = NULL;
	g_autofree char *keys = NULL;
	struct study *seen;
	guint n_hidden;

	if (!export_check(format, &options, error))
		return NULL;
	seen = seen_new(study, filtered, &n_hidden, cancel, error);
	if (seen == NULL)
		return NULL;
	if (filtered)
		filter = filter_parse(order->filter, KIND_INSTITUTION, &study_filter_numbers, seen,
				      error);
	options.filter = keys = filter_keys(filter, study_model(seen));
	ok = (!filtered || filter != NULL) && audience_may_ask(reader, filter, error) &&
	     part_write(seen, format, filter, &options, error);
	study_unref(seen);
	filter_free(filter);
	return ok ? done_text(order, n_hidden) : NULL;
}
