#ifndef DATA_WORKSPACE_H
#define DATA_WORKSPACE_H

#include "base/cancel.h"
#include "base/clock.h"
#include "base/findings.h"
#include "data/model.h"
#include "data/op.h"

/*
 * An open network: its directory of YAML files, its store, who acts, and the
 * current generation of the model.  The one door for edits.  Neither prints nor
 * prompts; used from one thread.
 */
struct workspace;

enum workspace_flags {
	WORKSPACE_READ_ONLY =
		1 << 0, /* never writes; a directory that cannot be written opens so too */
};

struct workspace_options {
	const char *path;  /* the directory (with network.yaml), or a store that is alone */
	const char *actor; /* who is recorded */
	struct clock clock;
	guint flags;
};

/*
 * Opens: the store in DIR/.telar/ is made or checked, what a crash left in its
 * outbox is written out, changed files are read (others only stat'ed), their
 * differences recorded as a change by "files", and the model is loaded.  What is
 * wrong with files goes to `findings`: files with errors contribute nothing.
 *
 * A store alone is a network without files: it keeps their bytes itself, so edits,
 * undo and history are the same, and it stays one file.
 */
struct workspace *workspace_open(const struct workspace_options *options, struct findings *findings,
				 GError **error);
void workspace_close(struct workspace *workspace); /* NULL accepted */

const struct model *workspace_model(const struct workspace *workspace); /* current; borrowed */
const char *workspace_path(const struct workspace *workspace);
const char *workspace_actor(const struct workspace *workspace);
/* How long to wait for others who write before TELAR_ERROR_BUSY; half a minute unless set. */
void workspace_set_patience(struct workspace *workspace, gint64 microseconds);
bool workspace_is_read_only(const struct workspace *workspace);

/*
 * The one door.  Checks every op against the model, the vocabularies and the
 * stored values (TELAR_ERROR_CONFLICT when somebody changed one meanwhile,
 * TELAR_ERROR_FINDINGS when the result would have errors: the message says
 * which); patches the YAML in memory; then rows, history and outbox in one
 * transaction; then the files, atomically; then the next generation.  On true
 * `change` has its id, time, actor, summary and old values.  When true came back
 * the edit is durable.  On false nothing has changed.  A change that leaves
 * everything as it is succeeds without being recorded: its id stays 0.
 */
bool workspace_apply(struct workspace *workspace, struct change *change, GError **error);

/* What workspace_apply would say and do, without doing it: the findings of the result. */
bool workspace_check(const struct workspace *workspace, const struct change *change,
		     struct findings *findings, GError **error);

/*
 * Takes back a change (0: the newest that stands), as a new change; files whose
 * bytes are as the change left them get their former bytes back exactly.  redo
 * takes back the newest undo that still stands.  `*done` (may be NULL) is the new
 * change, owned by the caller.  TELAR_ERROR_NO_INPUT when there is nothing.
 */
bool workspace_undo(struct workspace *workspace, gint64 change, struct change **done,
		    GError **error);
bool workspace_redo(struct workspace *workspace, struct change **done, GError **error);
/*
 * The same for parts of a change: those named "city", "partners[beta].since", "partners"
 * (all below it too), or with the record before ("alpha.city", "alpha").  An edit like
 * others: the rest of that change stands.  TELAR_ERROR_NO_INPUT for a name that is none
 * of it, with those that are.
 */
bool workspace_undo_parts(struct workspace *workspace, gint64 change, const char *const *names,
			  struct change **done, GError **error);
/* What that would take back: the ops of the change that the names mean; owned by the caller. */
struct change *workspace_would_undo_parts(const struct workspace *workspace, gint64 change,
					  const char *const *names, GError **error);

/* The newest that was made in the files by hand and stands, which undo does not mean by itself;
 * NULL: there is none.  Owned by the caller. */
struct change *workspace_newest_by_hand(const struct workspace *workspace);

/* The change that those would take back now, owned by the caller; fails as they would. */
struct change *workspace_would_undo(const struct workspace *workspace, gint64 change, bool redo,
				    GError **error);
/* The newest change that stands of those made here to a record, by whomever; 0: there is none. */
bool workspace_newest_of(const struct workspace *workspace, enum kind kind, const char *id,
			 gint64 *out, GError **error);

/* Newest first; `kind`/`id` NULL: every record; limit 0: all.  struct change *, owned. */
struct log_query {
	const enum kind *kind;
	const char *id;
	const char *actor;
	guint limit;
	gint64 since, until; /* microseconds UTC, 0: any; `until` itself is left out */
};
GPtrArray *workspace_log(const struct workspace *workspace, const struct log_query *query,
			 GError **error);

/*
 * Looks at the directory and the store again: what others changed becomes the
 * next generation.  `*changed` says whether there is one.
 */
bool workspace_refresh(struct workspace *workspace, struct findings *findings, bool *changed,
		       GError **error);

/*
 * What edits met that were reported as saved: a file that somebody changed at the
 * same moment, or that could not be written yet.  Moved behind `to`; ask after
 * every edit, since it may be about an earlier one.
 */
void workspace_take_findings(struct workspace *workspace, struct findings *to);

/*
 * Reads a directory without any store, or the files that a store alone keeps, with the
 * same eyes: every finding of every file, and, when
 * `model` is not NULL, the model of what has no errors.  `files` NULL reads all;
 * else only findings of those (paths relative to the directory) are reported.  Once
 * `cancel` (may be NULL) says so, false with TELAR_ERROR_CANCELLED.
 */
bool directory_read(const char *path, const char *const *files, struct date today,
		    struct findings *findings, struct model **model, GCancellable *cancel,
		    GError **error);

/*
 * The same model, and of findings at least the errors: out of the directory's own store
 * where that holds what the files say, as their stamps tell, else by reading them.
 * Nothing is written, and nobody is waited for.
 */
bool directory_model(const char *path, struct date today, struct findings *findings,
		     struct model **model, GError **error);

/*
 * Entry files (paths in the directory; NULL: all) brought into the style of new
 * ones, see yaml_format(); files that cannot be read become findings.  The first
 * only says what would change; the second writes, under the lock of edits, each
 * file as a whole and only if nobody changed it meanwhile.  `out` gets a struct
 * formatted (owned) for every file that is not in style.
 */
struct formatted {
	char *path;
	bool left; /* cannot be formatted safely: it stays as it is */
};
void formatted_free(struct formatted *formatted);
bool directory_format(const char *path, const char *const *files, GPtrArray *out,
		      struct findings *findings, GError **error);
bool workspace_format(struct workspace *workspace, const char *const *files, GPtrArray *out,
		      struct findings *findings, GError **error);

/* From `start` upward: the nearest directory that holds network.yaml, or NULL.  Caller frees. */
char *workspace_search(const char *start);

#endif
