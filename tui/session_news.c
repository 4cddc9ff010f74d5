#include "tui/session.h"

#include <glib/gi18n.h>

/*
 * What an edit did to the gaps, once that is computed: told behind the word that it
 * was saved.  Gaps of another day or of other ties than before are not compared.
 */
void session_news_wait(struct session *session)
{
	if (session->before == NULL && session->present_study != NULL)
		session->before = study_ref(session->present_study);
}

/*
 * Gaps of `from` that `to` lacks; the first is for `example`, the severest.  What comes
 * and goes by lot nobody closed: of that a what-if tells, in the same circles.
 */
static guint lost_gaps(struct study *from, struct study *to, const struct gap **example)
{
	const GPtrArray *gaps = study_gaps(from);
	guint lost = 0;

	for (guint i = 0; gaps != NULL && i < gaps->len; i++) {
		const struct gap *gap = g_ptr_array_index(gaps, i);

		if (!gap->kind->drawn && study_lacks_gap(to, gap) && lost++ == 0)
			*example = gap;
	}
	return lost;
}

static char *news_of(struct study *before, struct study *after)
{
	const struct gap *closed_one = NULL, *opened_one = NULL;
	guint closed = lost_gaps(before, after, &closed_one);
	guint opened = lost_gaps(after, before, &opened_one);
	GString *text = g_string_new(NULL);

	if (closed > 0)
		g_string_append_printf(text,
				       ngettext("%u gap closed: %s", "%u gaps closed: %s", closed),
				       closed, closed_one->title);
	if (closed > 0 && opened > 0)
		g_string_append(text, " · ");
	if (opened > 0)
		g_string_append_printf(text,
				       ngettext("%u gap opened: %s", "%u gaps opened: %s", opened),
				       opened, opened_one->title);
	return g_string_free(text, text->len == 0);
}

void session_news_find(struct session *session)
{
	struct study *before = g_steal_pointer(&session->before);

	if (before == NULL)
		return;
	g_free(session->news);
	session->news = study_gaps(before) == NULL || study_gaps(session->study) == NULL
				? NULL
				: news_of(before, session->study);
	study_unref(before);
}

void session_news_drop(struct session *session)
{
	g_clear_pointer(&session->before, study_unref);
	g_clear_pointer(&session->news, g_free);
}

void session_news_say(struct session *session)
{
	g_autofree char *news = g_steal_pointer(&session->news);
	g_autofree char *saved = g_strdup(session->app->message);

	if (news == NULL)
		return;
	if (saved == NULL)
		app_say(session->app, STYLE_GOOD, "%s", news);
	else
		app_say(session->app, session->app->message_style, "%s · %s", saved, news);
}
