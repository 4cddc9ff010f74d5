#include "tui/session.h"

#include <string.h>

#include "data/past.h"
#include "tui/views/tie.h"

/*
 * What was changed before: the newest changes, which every view may show, and the long
 * list of everything or of one record that the history asks for.
 */
#define HISTORY_SHOWN  50
#define MOST_PROPOSALS 500

static GPtrArray *log_read(const struct session *session, const struct log_query *query)
{
	GPtrArray *log = workspace_log(session->workspace, query, NULL);

	/* Without a readable history the app still works: it shows none. */
	return log != NULL ? log : changes_new();
}

void session_log_drop(struct session *session)
{
	g_clear_pointer(&session->log, g_ptr_array_unref);
	g_clear_pointer(&session->log_of, g_free);
	session->world.log = NULL;
	session->world.log_of = NULL;
}

static void log_of(struct session *session, const char *subject)
{
	struct log_query query = { .limit = WORLD_LOG };
	const char *rest = NULL;
	enum kind kind;
	g_autofree char *id = NULL;

	if (subject_parse(subject, &kind, &rest)) {
		/* That of an item is its record's. */
		id = g_strndup(rest, strcspn(rest, "/"));
		query.kind = &kind;
		query.id = id;
	}
	session->log = log_read(session, &query);
	session->log_of = g_strdup(subject);
	session->world.log = session->log;
	session->world.log_of = session->log_of;
}

/* Of the ties that are proposed, the first MOST_PROPOSALS: each is looked up by its two entries. */
static GHashTable *proposals_read(const struct session *session)
{
	GHashTable *all = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
	const struct model *model = session->model;
	guint left = MIN(model->n_of_state[TIE_PROPOSED], MOST_PROPOSALS);

	for (guint i = 0; left > 0 && i < model->n_ties; i++) {
		const struct tie *tie = &model->ties[i];
		const char *a = RECORD(model_institution(model, tie->a))->id;
		const char *b = RECORD(model_institution(model, tie->b))->id;
		g_autofree char *actor = NULL;
		gint64 at;

		if (tie->state != TIE_PROPOSED)
			continue;
		left--;
		if (workspace_proposal(session->workspace, a, b, &at, &actor, NULL) && at != 0)
			g_hash_table_insert(all, tie_name(model, tie, tie->a),
					    proposal_text(at, actor));
	}
	return all;
}

void session_history(struct session *session)
{
	const struct log_query query = { .limit = HISTORY_SHOWN };
	g_autofree char *of = g_strdup(session->log_of);

	g_clear_pointer(&session->history, g_ptr_array_unref);
	session->history = log_read(session, &query);
	session->world.history = session->history;
	g_clear_pointer(&session->proposals, g_hash_table_unref);
	session->proposals = proposals_read(session);
	session->world.proposals = session->proposals;
	session_log_drop(session);
	/* Who looks at it goes on doing so. */
	if (of != NULL && app_top(session->app)->ops == &view_history)
		log_of(session, of);
}

void session_log(struct session *session, const char *subject)
{
	session_log_drop(session);
	log_of(session, subject);
	session_event(session, (struct event){ .type = EVENT_STUDY });
}
