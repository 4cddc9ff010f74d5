#ifndef DATA_WORKSPACE_PRIVATE_H
#define DATA_WORKSPACE_PRIVATE_H

#include "data/conflict.h"
#include "data/node.h"
#include "data/references.h"
#include "data/store/store.h"
#include "data/workspace.h"
#include "data/workspace/directory.h"

/* What the files of the workspace share.  Tests use the steps to die between them. */

/* A conflict that an edit decides: both are saved in one transaction, or neither. */
struct deciding {
	gint64 conflict;
	const char *decision;
};

struct workspace {
	char *path;		     /* of the directory, or of the store that stands alone */
	struct directory *directory; /* NULL: a store alone, which keeps the bytes of files too */
	struct store *store;	     /* working copy: in .telar/, or in memory when read only */
	struct store *history;	     /* read only: the file, where there is one; else `store` */
	char *actor;
	struct clock clock;
	bool read_only;
	struct findings *met; /* of edits, until somebody asks; see workspace_take_findings() */
	struct model *model;
	gint64 version;			 /* of the store, when the model was made */
	char *network_id;		 /* of network.yaml, NULL when it was never read */
	GHashTable *broken[KIND_COUNT];	 /* ids whose file has errors */
	const struct deciding *deciding; /* by the edit being applied; NULL: nothing */
	bool taking_back;		 /* the edit being applied undoes a part of another one */
	struct brought *brought; /* where to tell what files and store take; NULL: nowhere */
	void (*step)(void *data, const char *name); /* called between the steps of an edit */
	void *step_data;
};

static inline void workspace_step(const struct workspace *workspace, const char *name)
{
	if (workspace->step)
		workspace->step(workspace->step_data, name);
}

/* --- reading.c: entry files, each against all that exist --- */
struct reading {
	const struct directory *directory;
	int folders[KIND_COUNT]; /* open; -1: none */
	GHashTable *kept;	 /* path -> GBytes of a store alone, in the place of a directory */
	GHashTable *known[KIND_COUNT]; /* ids that have a file; see reading_know() */
	GStringChunk *ids;	       /* theirs, side by side: each reference looks for one */
	const struct network *network; /* vocabularies, or NULL */
	struct date today;
	bool any_network;     /* network.yaml cannot say its id: any reference to one goes */
	GCancellable *cancel; /* of reading_run(); NULL: it goes on to the end */
	GMutex lock;
	GHashTable *nearest; /* id that does not exist -> what is like it; under the lock */
};
void reading_init(struct reading *reading, const struct directory *directory, GPtrArray *entries,
		  struct date today);
void reading_release(struct reading *reading);
void reading_know(struct reading *reading, enum kind kind, const char *id);

/* The bytes of an entry; NULL, with a finding, when it cannot be read. */
struct file_bytes *reading_load(const struct reading *reading, const struct entry *entry,
				struct findings *findings);
/* What is used again for file after file. */
struct scratch {
	struct node_pool *nodes;   /* the file's tree, until the next */
	struct pool *pool;	   /* where records go */
	struct findings *findings; /* of the file at hand */
};
/*
 * Its record in the pool, NULL when it has errors.  `id` (NULL: not asked) is what the
 * file calls itself as far as that could be read, in the pool too, else untouched.
 */
void *reading_record(struct reading *reading, const struct entry *entry,
		     const struct file_bytes *bytes, struct scratch *scratch, const char **id);

/*
 * As node_to_record(); a network is checked against the words it brings itself,
 * not against those it had.
 */
void *reading_tree(enum kind kind, const struct node *root, const struct check *check,
		   const char *path, struct pool *pool, struct findings *findings);

/*
 * Many entries, on all cores; what each gives does not depend on the others.
 * Records live in pools that are appended to `pools` (owned).  Once reading->cancel
 * says so the rest stays as it was handed in: whoever sets that has to ask it afterwards.
 */
struct parsed {
	const struct entry *entry;
	const char *unless;	   /* bytes of this hash are not looked into; may be NULL */
	struct file_bytes *bytes;  /* without their text; NULL: could not be read */
	bool same;		   /* they had that hash */
	void *record;		   /* NULL: has errors */
	const char *id;		   /* by the file's name, else its own (in a pool), else "" */
	struct findings *findings; /* of this file; NULL: none */
};
void reading_run(struct reading *reading, struct parsed *parsed, guint n, GPtrArray *pools);
void parsed_tell(struct parsed *parsed, struct findings *to); /* its findings, moved */
void parsed_release(struct parsed *parsed, guint n);
GPtrArray *pools_new(void);

/* A second file for the id that network.yaml has. */
void reading_duplicate(const struct entry *entry, struct findings *findings);

/* --- read_only.c --- */
bool directory_has_network(const struct directory *directory, GError **error);

/* --- aside.c --- */
/*
 * Whether a temporary file is half-written, or a version set aside of which nothing is
 * lost: all of it stands in its file, or is known to history.  A workspace of a
 * directory and a store (NULL: only the file is looked at) will do.
 */
bool workspace_is_waste(const struct workspace *workspace, const char *path);
/* The finding: at `path` there is a version that is none. */
void workspace_say_aside(const char *path, struct findings *findings);
/*
 * Removes what a crash left and is waste, and says what else it left set aside.  Only
 * with the lock: another process may be about to put one in its place.
 */
void workspace_sweep(const struct workspace *workspace, struct findings *findings);

/* --- generation.c --- */
/* The model from the store; sets version, network_id and broken too. */
bool workspace_load(struct workspace *workspace, GError **error);

/* --- stored.c --- */
/*
 * Whether a store holds what the files of a scan say, as their stamps tell, and nothing
 * is still to be written to them; `broken` (may be NULL) gets the entries with errors.
 */
bool store_is_current(struct store *store, const GPtrArray *entries, GPtrArray *broken);

/* --- past.c --- */
bool store_check_history(struct store *store, GPtrArray *problems, GError **error);

/* --- backup.c --- */
struct holdings;
/* Records, changes and snapshots of a store; `texts` stays as it is. */
bool store_holdings(struct store *store, struct holdings *holdings, GError **error);

/* --- alone.c --- */
/*
 * Opens the store at `path` as the whole of the network; where its tables had to be
 * made anew, records are read again from the bytes it keeps.
 */
bool workspace_open_alone(struct workspace *workspace, const char *path, struct findings *findings,
			  GError **error);
struct file_bytes *file_bytes_of(GBytes *content);
/* The bytes of an entry file, wherever the workspace keeps them; as directory_read_file(). */
struct file_bytes *workspace_read_file(const struct workspace *workspace, const char *path,
				       GError **error);
/* What the recorded files say: the network's id (or NULL), ids whose file has errors. */
bool store_know_files(struct store *store, char **network_id, GHashTable *broken[KIND_COUNT],
		      GError **error);
/* Every record whose file is in order, as a model; NULL on failure. */
struct model *store_good_model(struct store *store, struct date today, GError **error);
/* Every record of a kind whose file is in order. */
bool store_load_good(struct store *store, enum kind kind, GHashTable *broken, struct pool *pool,
		     GPtrArray *records, GError **error);

/* --- open.c --- */
/* As workspace_open(); tells `brought` (may be NULL) what it takes from where. */
struct workspace *workspace_open_telling(const struct workspace_options *options,
					 struct brought *brought, struct findings *findings,
					 GError **error);

/* --- sync.c --- */
/*
 * Brings what changed in files into the store, in one change by "files".  Every
 * finding of a changed or broken file is reported.  `*wrote`: the store changed.
 */
bool workspace_sync(struct workspace *workspace, struct findings *findings, bool *wrote,
		    GError **error);

/* --- outbox.c --- */
/*
 * Writes what the outbox holds; with the lock held.  Where a file was changed
 * meanwhile the two are merged (merge.c).  A file that cannot be written stays in
 * the outbox, with a finding: the others go on.
 */
bool workspace_flush(struct workspace *workspace, struct findings *findings, GError **error);
/* Kept for workspace_take_findings(), once. */
void workspace_meet(struct workspace *workspace, const struct finding *finding);
/* As workspace_flush(); what it finds is kept. */
bool workspace_flush_kept(struct workspace *workspace, GError **error);
/*
 * Puts a staged file in its place, unless what stands there has not the hash
 * `before` ("": no file) any more: then `*placed` is false and nothing is touched.
 */
bool workspace_place(struct workspace *workspace, struct staged *staged, const char *before,
		     bool *placed, GError **error);
/* One row whose file is in its place (`staged` finished): recorded and cleared. */
struct settled {
	gint64 row;
	const char *path;
	gint64 size, mtime;
	bool known;	      /* size and mtime are those of the bytes that were to be written */
	GPtrArray *conflicts; /* struct conflict *, found on the way; NULL: none */
};
bool workspace_settle(struct workspace *workspace, const struct settled *settled, guint n,
		      GError **error);

/* Bytes to their place in two steps; `*placed` is false when somebody wrote there meanwhile. */
bool workspace_put_bytes(struct workspace *workspace, const char *path, GBytes *content,
			 const char *before, struct settled *settled, bool *placed, GError **error);

/* --- undo.c --- */
/* Whether it is in force: not taken back, or done again. */
bool workspace_change_stands(struct store *store, const struct change *change, bool *out,
			     GError **error);

/* --- conflict.c --- */
/* The last change of a path of a record, or of what is nearest to it; NULL: none.  Caller frees. */
struct change *workspace_last_touch(const struct workspace *workspace, enum kind kind,
				    const char *id, const char *path);
/* The same of what was done after change `since` and stands: that can be taken back. */
struct change *workspace_standing_touch(const struct workspace *workspace, const struct op *op,
					gint64 since);
/*
 * Once files were read again: what refers to a renamed entry follows, conflicts whose sides agree
 * by now are closed, and what waited for a file with errors goes into the mended one unless that
 * says something else.
 */
bool workspace_review(struct workspace *workspace, GError **error);

/* --- rename.c --- */
#define STORE_FOLLOW                                                                               \
	"follow" /* in meta: lines of "kind old new" that references have to follow                \
		  */
/* References to entries that got another id by hand, in the current model and its files. */
bool workspace_follow_renames(struct workspace *workspace, GError **error);
/*
 * The entry that a record whose file is gone stands in by now: the one file without a
 * record that has its id, or has it among its aliases.  NULL: none, or several.
 */
struct entry *workspace_renamed(const struct workspace *workspace, enum kind kind, const char *id);

/* --- merge.c --- */
/*
 * A row of the outbox whose file somebody changed meanwhile (`bytes`; NULL: it is
 * gone): what only one side changed is taken; of what both changed the file's value
 * stands, and a conflict and a finding keep the other.  `bytes` are of the file that
 * the record `moved` to, if it did (workspace_renamed()).  The result is written; what it says
 * beside our edit is found by the next sync, because the recorded hash is not its own.
 */
bool workspace_merge(struct workspace *workspace, const struct outbox_row *row,
		     const struct entry *moved, const struct file_bytes *bytes,
		     struct findings *findings, struct settled *settled, bool *placed,
		     GError **error);

/* --- patch.c --- */
/* What an applied op does to the text of a file; `after` is the record's tree after it. */
bool patch_text(const struct op *op, const struct node *after, const char *text, gsize length,
		GString *out, GError **error);

/* --- plan.c: what a change would do --- */
struct planned {
	enum kind kind;
	char *id;
	char *path;
	struct file_bytes *bytes; /* as the file is; NULL: none */
	GString *text;		  /* as it will be; NULL: removed */
	struct node *tree;	  /* the record as it will be; NULL: removed */
	const void *before;	  /* in the current model, or NULL */
	void *after;		  /* in the plan's pool, or NULL */
};

struct plan {
	const struct workspace *workspace;
	struct change *change; /* borrowed: filled as its ops are applied */
	GPtrArray *records;    /* struct planned *, in the order first touched */
	GHashTable *by_id;     /* of them, by kind and id */
	guint at;	       /* the op that is being applied, or that failed */
	struct pool *pool;
	bool stale; /* failed because a file is not as last read: sync and try again */
};
struct plan *plan_new(const struct workspace *workspace, struct change *change);
void plan_free(struct plan *plan);
/* Applies the ops to trees and texts.  Fails with CONFLICT, USAGE, NO_INPUT, DATA. */
bool plan_apply(struct plan *plan, GError **error);
/* Reads the results as records; what is wrong goes to `findings`. */
bool plan_check(struct plan *plan, struct findings *findings, GError **error);
/* The bytes that files had, in the place of patched ones, where they mean the same. */
void plan_restore(struct plan *plan, GPtrArray *edits);
/* Whether every op leaves things as they are. */
bool plan_is_idle(const struct plan *plan);

/* --- apply.c --- */
bool workspace_apply_restoring(struct workspace *workspace, struct change *change, GPtrArray *edits,
			       GError **error);

#endif
