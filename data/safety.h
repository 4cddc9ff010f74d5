#ifndef DATA_SAFETY_H
#define DATA_SAFETY_H

#include "data/workspace.h"

/*
 * Copies that can be trusted, and whether what is there can be.  A backup is a
 * store by itself: every record, the bytes of every entry file, the whole history
 * and the snapshots; it opens as a network without a directory.
 */

/* What a copy holds, to be told. */
struct holdings {
	guint entries;	/* records */
	guint texts;	/* of them with the bytes of their file, comments and all */
	gint64 changes; /* the number of the last one */
	guint snapshots;
};

/* At `path` nothing may be yet; it appears there whole, on the disk, or not at all. */
bool workspace_backup(struct workspace *workspace, const char *path, struct holdings *out,
		      GError **error);

/*
 * Records that were never files as a store by itself, with the text that each
 * file would have; one network among them, its words and ids taken as they are.
 * At `path` nothing may be yet.  Takes the memory of the whole file.
 */
bool network_make_store(GPtrArray *const records[KIND_COUNT], const char *path,
			const struct clock *clock, GError **error);

/*
 * Every record as its file in a new directory (`into`: nothing, or empty): the
 * bytes that are kept where they still mean the record, else made anew.  With
 * `history` its .telar/ too.  All of it appears at once.  TELAR_ERROR_DATA when a
 * record could not be read again from its file, or bytes and record contradict
 * each other.
 */
bool workspace_write_out(const struct workspace *workspace, const char *into, bool history,
			 struct holdings *out, GError **error);

/*
 * Looks at everything that could have gone wrong: pages and references of the store,
 * edits not yet in their files, files that contradict the store, what crashes left,
 * and whether every record follows from its history.  Each problem is a finding
 * with its remedy.  With `mend` the safe remedies are carried out, and what they
 * mended becomes a note.  A store that may not be read is a note of this code; False only
 * when nothing could be looked at.
 */
#define DOCTOR_UNSEEN "unseen"
bool network_doctor(const struct workspace_options *options, bool mend, struct findings *findings,
		    GError **error);

/*
 * What is to become of a version that a crash left set aside, at the path (in the
 * directory) that the finding names: the file, what stood there being a change by
 * "files" from the next look on, or nothing.  TELAR_ERROR_NO_INPUT when there is none.
 */
bool workspace_decide_aside(struct workspace *workspace, const char *path, bool put_back,
			    GError **error);

#endif
