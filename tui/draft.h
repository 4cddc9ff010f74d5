#ifndef TUI_DRAFT_H
#define TUI_DRAFT_H

#include <glib.h>
#include <stdbool.h>

/*
 * What was typed into forms and not saved yet, so that a dropped line loses at
 * most one second of typing.  One file a form below `<state>/drafts`, readable by
 * its owner alone (contacts are private); written beside and renamed, at most
 * once a second; removed on save and discard.  Reading is done once, at opening:
 * views only look at memory.
 *
 * In the loop: EFFECT_DRAFT -> drafts_put(); wait at most drafts_due(); then, and
 * before leaving for whatever reason, drafts_flush().
 */
struct drafts;

/*
 * `state` is the program's own state directory (XDG_STATE_HOME/telar), `network`
 * the path of the network: other networks' drafts stay where they are.  Never
 * fails: what cannot be read is not there.  `state` NULL keeps drafts in memory.
 */
struct drafts *drafts_open(const char *state, const char *network);
void drafts_close(struct drafts *drafts); /* NULL accepted; flushes */

const char *drafts_get(const struct drafts *drafts, const char *subject); /* NULL: none */
/* Subjects that have one, sorted; NULL `drafts`: none.  Owned array of borrowed texts. */
GPtrArray *drafts_subjects(const struct drafts *drafts);

/* `text` NULL forgets.  Nothing is written yet. */
void drafts_put(struct drafts *drafts, const char *subject, const char *text);
/* Milliseconds (of `now`, microseconds of one clock) until something wants to be written; -1:
 * nothing does. */
int drafts_due(const struct drafts *drafts, gint64 now);
/* Writes what waits (with `all` also what was written less than a second ago). */
bool drafts_flush(struct drafts *drafts, gint64 now, bool all, GError **error);

#endif
