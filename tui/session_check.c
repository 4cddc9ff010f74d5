#include "tui/session.h"

#include "base/errors.h"

/*
 * Every file read anew for what is wrong with it: of those that have not changed since
 * the session before, opening the network says nothing.
 */
void session_check_drop(struct session *session)
{
	g_clear_pointer(&session->checked, findings_free);
	g_clear_pointer(&session->unchecked, g_free);
	session->world.checked = NULL;
	session->world.unchecked = NULL;
	session->checking = 0;
}

static bool is_waited_for(const struct app *app)
{
	for (guint i = 0; i < app->stack->len; i++)
		if (((const struct view *)g_ptr_array_index(app->stack, i))->ops == &view_check)
			return true;
	return false;
}

void session_check_note(struct session *session)
{
	if (session->checking == 0 || is_waited_for(session->app))
		return;
	session_check_drop(session);
	if (session->hooks.stop_check != NULL)
		session->hooks.stop_check(session->hooks.data);
	session_event(session, (struct event){ .type = EVENT_STUDY });
}

void session_check(struct session *session)
{
	/* The files are those of now, whatever day is looked at. */
	struct date today = session->model->today;
	GError *error = NULL;
	struct findings *findings;

	if (session->checking != 0)
		return;
	session->checking = ++session->checks;
	if (session->hooks.check != NULL) {
		session->hooks.check(session->hooks.data, session->world.path, today,
				     session->checking);
		return;
	}
	findings = session_findings(session->world.path, today, NULL, &error);
	session_checked(session, session->checking, findings, error);
}

struct findings *session_findings(const char *path, struct date today, GCancellable *cancel,
				  GError **error)
{
	struct findings *findings = findings_new();

	if (directory_read(path, NULL, today, findings, NULL, cancel, error)) {
		findings_sort(findings);
		return findings;
	}
	findings_free(findings);
	return NULL;
}

static char *sentence_of(const GError *error)
{
	g_autofree char *what = NULL, *hint = NULL;

	error_split(error, &what, &hint);
	return hint == NULL ? g_steal_pointer(&what) : g_strdup_printf("%s — %s", what, hint);
}

void session_checked(struct session *session, guint number, struct findings *findings,
		     GError *error)
{
	/* Of files as they were before: nothing of it holds. */
	if (number != session->checking) {
		findings_free(findings);
		g_clear_error(&error);
		return;
	}
	session_check_drop(session);
	session->checked = findings;
	session->world.checked = findings;
	if (error != NULL)
		session->unchecked = sentence_of(error);
	session->world.unchecked = session->unchecked;
	session_event(session, (struct event){ .type = EVENT_STUDY });
	if (error != NULL)
		session_outcome(session, NULL, error);
}
