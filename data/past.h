#ifndef DATA_PAST_H
#define DATA_PAST_H

#include "data/workspace.h"

/*
 * History as places to look from.  The past is a model like the present: made by
 * taking the changes since back, one by one, each checked against what it left.
 * History is counted in changes: "at change 57" is as it stood when change 57 was
 * made, at 0 before the first.
 */

/*
 * The network at a change (G_MAXINT64: now), with the last good version of entries
 * whose file has errors.  TELAR_ERROR_NO_INPUT when history does not reach back so
 * far, TELAR_ERROR_DATA when what stands does not follow from it.  Caller unrefs.
 */
struct model *workspace_model_at(const struct workspace *workspace, gint64 change, GError **error);

/* The newest change before a moment; false with NO_INPUT where history begins later. */
bool workspace_change_before(const struct workspace *workspace, gint64 moment, gint64 *change,
			     GError **error);

/*
 * Records whose present state does not follow from history, each in words, appended
 * to `problems` (char *): a change does not fit what the ones after it left.
 */
bool workspace_check_history(const struct workspace *workspace, GPtrArray *problems,
			     GError **error);

/* store_proposal() of its history. */
bool workspace_proposal(const struct workspace *workspace, const char *one, const char *other,
			gint64 *at, char **actor, GError **error);

/* A name for the present; an id.  TELAR_ERROR_CONFLICT when it is taken. */
struct snapshot;
bool workspace_snapshot(struct workspace *workspace, const char *name, const char *note,
			gint64 *change, GError **error);
/* All of them, oldest first; struct snapshot * of data/store/store.h, owned. */
GPtrArray *workspace_snapshots(const struct workspace *workspace, GError **error);

/* What a store holds that belongs to no open network: another copy, a backup.  Caller unrefs. */
struct model *store_model(const char *path, struct date today, GError **error);

#endif
