#include "tui/session.h"

#include <math.h>

/*
 * The study of what is shown, from being asked for to being there or given up.
 * Who computes it is the business of the hooks.
 */
static void set_doing(struct session *session, const char *doing, double share)
{
	g_free(session->doing);
	session->doing = g_strdup(doing);
	session->world.doing = session->doing;
	session->world.done = share;
}

void session_want_study(struct session *session)
{
	session->world.stopped = false;
	set_doing(session, NULL, NAN);
	session->hooks.study(session->hooks.data, session->shown);
}

void session_study_drop(struct session *session)
{
	g_clear_pointer(&session->study, study_unref);
	g_clear_pointer(&session->present_study, study_unref);
	session->world.study = session->world.present_study = NULL;
	session_drawn_drop(session);
}

void session_progress(struct session *session, const char *doing, double share)
{
	if (session->study == NULL && !session->world.stopped)
		set_doing(session, doing, share);
}

bool session_stop(struct session *session)
{
	if (session->study != NULL || session->world.stopped || session->hooks.stop == NULL)
		return false;
	session->hooks.stop(session->hooks.data);
	session->world.stopped = true;
	set_doing(session, NULL, NAN);
	session_event(session, (struct event){ .type = EVENT_STUDY });
	return true;
}
