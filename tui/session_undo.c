#include "tui/session.h"

#include <string.h>

#include <glib/gi18n.h>

#include "tui/views/undo.h"

/*
 * Taking back and doing again.  Nobody takes back by a single key what somebody else
 * did, or what is not in sight and not the last thing done: then a question names it.
 */
void session_undo_note(struct session *session, const struct change *change)
{
	if (change == NULL || change->id == 0)
		return;
	g_array_append_val(session->made, change->id);
	session->made_at = session->keys;
}

static bool was_made_here(const struct session *session, gint64 id)
{
	for (guint i = session->made->len; i-- > 0;)
		if (g_array_index(session->made, gint64, i) == id)
			return true;
	return false;
}

/* Its word still stands in the message row. */
static bool was_just_made(const struct session *session, gint64 id)
{
	guint n = session->made->len;

	return n > 0 && g_array_index(session->made, gint64, n - 1) == id &&
	       session->keys == session->made_at + 1;
}

/*
 * What a change that takes another back, takes back; history is newest first.  `again`: that
 * stands again by it, as what it takes back had taken it back.  Caller frees.
 */
static char *undone_text(const struct session *session, const struct change *change, bool *again)
{
	const struct change *first = change;
	guint steps = 0;

	for (guint i = 0; first->undoes != 0 && i < session->history->len; i++) {
		const struct change *other = g_ptr_array_index(session->history, i);

		if (other->id == first->undoes) {
			first = other;
			steps++;
		}
	}
	/* As it was where history is not that long. */
	if (steps > 0)
		*again = steps % 2 == 0;
	return session_told(session, first);
}

/* The newest of the record that is looked at, when that is another than `than`. */
static struct change *newest_here(const struct session *session, const char *about,
				  const struct change *than)
{
	g_autofree char *record = NULL;
	const char *id;
	enum kind kind;
	gint64 newest = 0;

	if (about == NULL || !subject_parse(about, &kind, &id))
		return NULL;
	record = g_strndup(id, strcspn(id, "/"));
	if (!workspace_newest_of(session->workspace, kind, record, &newest, NULL) || newest == 0 ||
	    newest == than->id)
		return NULL;
	return workspace_would_undo(session->workspace, newest, false, NULL);
}

/*
 * The change that a key means without more words; 0: a question is asked instead, or there
 * is none, of which the attempt tells.
 */
static gint64 meant(struct session *session, bool redo, const char *about, bool *asked)
{
	struct change *change = workspace_would_undo(session->workspace, 0, redo, NULL);
	struct change *here = NULL;
	g_autofree char *text = NULL;
	bool again = redo;
	gint64 id = change == NULL ? 0 : change->id;

	/* Nothing was done in telar: what was done in the files is asked about. */
	if (change == NULL && !redo)
		change = workspace_newest_by_hand(session->workspace);
	if (change == NULL || was_just_made(session, id) ||
	    (was_made_here(session, id) && (about == NULL || undo_is_about(change, about)))) {
		change_free(change);
		return id;
	}
	if (!redo)
		here = newest_here(session, about, change);
	text = undone_text(session, change, &again);
	*asked = true;
	session_event(session, (struct event){ .type = EVENT_WHICH,
					       .change = change,
					       .here = here,
					       .redo = redo,
					       .text = text });
	change_free(change);
	change_free(here);
	return 0;
}

/* What is there again has the cursor of the list of its kind, where it had it before. */
static void changed_back(struct session *session, const struct change *done)
{
	struct app *app = session->app;

	for (guint i = 0; done != NULL && i < done->ops->len; i++) {
		const struct op *op = g_ptr_array_index(done->ops, i);

		if (op->verb != OP_CREATE)
			continue;
		g_free(app->pending_subject);
		app->pending_subject = subject_new(op->kind, op->id);
		break;
	}
	session_changed(session);
	g_clear_pointer(&app->pending_subject, g_free);
}

void session_undo(struct session *session, const struct effect *effect)
{
	bool redo = effect->type == EFFECT_REDO, asked = false, again = redo;
	gint64 id = effect->id != 0 ? effect->id : meant(session, redo, effect->path, &asked);
	g_autofree char *text = NULL, *summary = NULL;
	struct change *done = NULL;
	GError *error = NULL;
	bool ok;

	if (asked)
		return;
	/* To do again is to take back what took it back. */
	ok = redo && id == 0 ? workspace_redo(session->workspace, &done, &error)
			     : workspace_undo(session->workspace, id, &done, &error);
	if (!ok) {
		session_refused(session, error);
		return;
	}
	session->saving = true;
	changed_back(session, done);
	summary = done == NULL ? g_strdup("") : undone_text(session, done, &again);
	text = g_strdup_printf(again ? _("Done again: %s") : _("Undone: %s"), summary);
	session_say_saved(session, text, done);
	change_free(done);
}
