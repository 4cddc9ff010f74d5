#ifndef DATA_CONFLICT_H
#define DATA_CONFLICT_H

#include "data/store/store.h"
#include "data/workspace.h"

/*
 * Where two people changed the same thing differently while one of them did not
 * know: one value stands in file and store, the other is kept until somebody
 * decides (struct conflict of data/store/store.h).
 */

/*
 * The open ones, with what stands against them now and who set it; those that have
 * come to agree are left out.  `theirs_by` "": not known yet, since the file has
 * errors.  struct conflict *, owned.
 */
GPtrArray *workspace_conflicts(const struct workspace *workspace, GError **error);

enum conflict_side { CONFLICT_MINE, CONFLICT_THEIRS, CONFLICT_BOTH, CONFLICT_VALUE };

/*
 * Decides one.  What that changes goes through the one door, as a change by the
 * workspace's actor: `*done` (may be NULL; owned by the caller) is it, or NULL when
 * nothing had to change.  Change and decision are saved together: on failure neither
 * is; CONFLICT when somebody else has decided meanwhile.  `value` for CONFLICT_VALUE, as the text
 * of an op (NULL: nothing stands there).  CONFLICT_BOTH only for lists and their entries.
 */
bool workspace_decide(struct workspace *workspace, const struct conflict *conflict,
		      enum conflict_side side, const char *value, struct change **done,
		      GError **error);

/* "innovec.city"; of a record as a whole its id.  Caller frees. */
char *conflict_name(const struct conflict *conflict);
/* The same for people: "INNOVEC · City", and the name alone of a whole entry.  Caller frees. */
char *conflict_place(const struct model *model, const struct conflict *conflict);
/* One of its values for people, "(nothing)" for NULL.  Caller frees. */
char *conflict_value_words(const struct model *model, const struct conflict *conflict,
			   const char *value);
/* "ana, 2026-11-22 14:02", or "in the file, …".  Caller frees. */
char *conflict_who(const char *by, gint64 at);
/* The one of that name or number; NULL with NO_INPUT. */
const struct conflict *conflict_find(const GPtrArray *conflicts, const char *name, GError **error);

/* What bringing files and store together did, or would do. */
struct brought {
	bool dry;
	GPtrArray *from_files; /* struct change *: what files said that the store did not know */
	GPtrArray *to_files;   /* struct change *: edits whose files were not yet written */
	GPtrArray *clashed;    /* struct conflict *: found by it */
};
void brought_free(struct brought *brought); /* NULL accepted */

/*
 * Opens a network as workspace_open() does and tells what it took from where.  Dry:
 * neither files nor store change, and the workspace is as it was left last time.
 */
struct workspace *workspace_bring(const struct workspace_options *options, bool dry,
				  struct findings *findings, struct brought **out, GError **error);

#endif
