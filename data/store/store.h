#ifndef DATA_STORE_STORE_H
#define DATA_STORE_STORE_H

#include "data/model.h"
#include "data/op.h"

/*
 * The working copy of a network and its history, in one SQLite file.  Narrow on
 * purpose: another store can stand beside it without the rest knowing.  All
 * calls from one thread.  Errors: TELAR_ERROR_IO, _BUSY, _DATA (not our file, or
 * damaged), _CANNOT_CREATE.
 */
struct store;

/*
 * `path` NULL: in memory.  Makes the file when missing.  A file of an older format
 * is copied beside and brought forward, unless it is only read.
 */
struct store *store_open(const char *path, bool read_only, GError **error);
/*
 * A store that came from elsewhere, or that is a network by itself: it must be
 * there, every page of it is looked at before anything is believed, unless it was
 * before and nobody touched the file since, and it stays one file (no WAL).
 */
struct store *store_open_alone(const char *path, bool read_only, GError **error);
/*
 * A store that is there and of this very version, as it stands: it is never made nor
 * brought forward, its pages are not looked at, and whoever keeps others from it is
 * hardly waited for.  For callers who can do without, beside a network that was read
 * already.  Without `read_only` what follows from the records can be kept in it;
 * `alone`: it is a network by itself, and nothing is laid beside it for that.
 */
struct store *store_peek(const char *path, bool alone, bool read_only, GError **error);
void store_close(struct store *store); /* NULL accepted */
/* Only read, and its records are of a version with other fields: they cannot be loaded. */
bool store_is_other(const struct store *store);

/* One writer at a time: a lock beside the file is held from begin to commit or rollback. */
bool store_begin(struct store *store, GError **error);
bool store_commit(struct store *store, GError **error); /* on failure it is rolled back */
void store_rollback(struct store *store);		/* nothing when none is open */

/*
 * Within a transaction: nothing that it writes changes what the network is, so
 * store_version() does not grow.
 */
void store_set_derived(struct store *store);

/*
 * The lock alone, nested: who holds it around a commit and what follows (writing
 * files) does both before anybody else begins.  store_begin() fails with
 * TELAR_ERROR_BUSY after half a minute of waiting for it, or what was set.
 */
void store_set_patience(struct store *store, gint64 microseconds);
bool store_lock(struct store *store, GError **error);
void store_unlock(struct store *store);

/*
 * Between transactions: whether a commit waits for the disk (as it does unless
 * told otherwise).  Only for what may be lost and done again, such as clearing
 * an outbox row whose file is written.
 */
void store_set_durable(struct store *store, bool durable);

/* One picture for several reads, which writers do not change.  Not inside begin and commit. */
bool store_begin_read(struct store *store, GError **error);
void store_end_read(struct store *store);

/*
 * Grows with every committed change by any process; read outside a transaction.
 * For "did others change something?".
 */
bool store_version(struct store *store, gint64 *out, GError **error);

/* Records.  put replaces the record of that id whole; remove is fine when there is none. */
bool store_put(struct store *store, enum kind kind, const void *record, GError **error);
bool store_remove(struct store *store, enum kind kind, const char *id, GError **error);
/* One record, in `pool`; NULL without error when there is none. */
void *store_get(struct store *store, enum kind kind, const char *id, struct pool *pool,
		GError **error);
/* Every record of a kind by id, appended to `out`. */
bool store_load(struct store *store, enum kind kind, struct pool *pool, GPtrArray *out,
		GError **error);

/*
 * What was last read from or written to a file of the directory.  As in git's index, a
 * stamp that was not older than the moment of reading says nothing: the file may have
 * been written again within the same tick.
 */
#define FILE_DOUBTFUL ((gint64)-1)
struct file_state {
	char *path; /* relative, '/' separated */
	gint64 size;
	gint64 mtime; /* nanoseconds; FILE_DOUBTFUL: may differ though it looks the same */
	char *hash;   /* see bytes_hash() */
	bool broken;  /* had errors: its record is not part of the model */
	enum kind kind;
	char *id;
};
void file_state_free(struct file_state *state);
GPtrArray *file_states_new(void);				       /* of them, owned */
bool store_files(struct store *store, GPtrArray *out, GError **error); /* struct file_state * */
/* One of them, NULL without error when there is none. */
struct file_state *store_file(struct store *store, const char *path, GError **error);
bool store_put_file(struct store *store, const struct file_state *state, GError **error);
bool store_remove_file(struct store *store, const char *path, GError **error);

/* History: only grows.  add sets change->id. */
bool store_add_change(struct store *store, struct change *change, GError **error);
/* Which changes; NULL and 0: any. */
struct change_query {
	const char *kind, *id; /* that touch such a record; `id` only with `kind` */
	const char *actor;
	gint64 since, until; /* microseconds UTC; `until` itself is left out */
	gint64 above, below; /* only between the changes of these numbers */
	guint limit;
};
/* Newest first, with their ops. */
bool store_changes(struct store *store, const struct change_query *query, GPtrArray *out,
		   GError **error);
struct change *store_change(struct store *store, gint64 id, GError **error);
/* The newest change before a moment (G_MAXINT64: of all); 0 when there is none. */
bool store_last_change(struct store *store, gint64 before, gint64 *out, GError **error);
/*
 * Who wrote last into the entry of one of two institutions that it proposes to work with the
 * other, and when; `*at` 0: history does not tell.  Looks at the changes of these entries alone.
 */
bool store_proposal(struct store *store, const char *one, const char *other, gint64 *at,
		    char **actor, GError **error);

/* A point in history with a name.  add fails when the name is taken. */
struct snapshot {
	char *name;
	gint64 change; /* the last one it holds */
	gint64 at;
	char *actor;
	char *note; /* or NULL */
};
GPtrArray *snapshots_new(void); /* of them, owned */
bool store_add_snapshot(struct store *store, const struct snapshot *snapshot, GError **error);
bool store_snapshots(struct store *store, GPtrArray *out, GError **error); /* oldest first */

/*
 * What a change did to the bytes of a file, so that taking it back restores them
 * exactly: before and after are hashes ("" : no file), the bytes from `offset`
 * were `old` and became `new`.
 */
struct file_edit {
	char *path;
	char *before, *after;
	gint64 offset;
	GBytes *old_bytes, *new_bytes;
};
void file_edit_free(struct file_edit *edit);
bool store_add_edit(struct store *store, gint64 change, const struct file_edit *edit,
		    GError **error);
bool store_edits(struct store *store, gint64 change, GPtrArray *out, GError **error);

/*
 * The bytes of entry files, in a store that has no directory beside it (a backup,
 * a network in one file): so that comments and layout survive.
 */
struct file_text {
	char *path;
	GBytes *content;
};
GPtrArray *file_texts_new(void);					   /* of them, owned */
GBytes *store_text(struct store *store, const char *path, GError **error); /* NULL: none */
bool store_put_text(struct store *store, const char *path, GBytes *content, GError **error);
bool store_remove_text(struct store *store, const char *path, GError **error);
bool store_texts(struct store *store, GPtrArray *out, GError **error); /* by path */
/* One after another, by path, of as many as need not lie in memory; the first false ends it. */
bool store_each_text(struct store *store,
		     bool (*visit)(const struct file_text *text, void *data, GError **error),
		     void *data, GError **error);

/*
 * A copy of the whole store as it stands, made while others read and write, at a
 * path where nothing is yet; on the disk when true comes back.
 */
bool store_copy(struct store *store, const char *path, GError **error);

/* Gives a finished copy its name: `path` is not replaced, and holds it on the disk. */
bool store_place(const char *copy, const char *path, GError **error);

/*
 * Looks at every page, index and reference; appends what is wrong (char *) to
 * `problems`.  False only when that could not be done.
 */
bool store_verify(struct store *store, GPtrArray *problems, GError **error);

/* The outbox: files still to be written (content NULL: to be removed), oldest first. */
struct outbox_row {
	gint64 id;
	gint64 change;
	char *path;
	char *before; /* hash the file must still have ("" : no file) */
	GBytes *content;
};
void outbox_row_free(struct outbox_row *row);
GPtrArray *outbox_rows_new(void); /* of them, owned */
bool store_add_outbox(struct store *store, gint64 change, const char *path, const char *before,
		      GBytes *content, gint64 *row, GError **error); /* `row` may be NULL */
bool store_outbox(struct store *store, GPtrArray *out, GError **error);
bool store_clear_outbox(struct store *store, gint64 id, GError **error);

/*
 * What an edit and somebody else changed differently: the other's value stands in
 * files and records, the edit's is kept here until a person has decided.  Rows stay
 * after that, with the decision.  Values are texts as those of ops, NULL absent.
 */
struct conflict {
	gint64 id;
	enum kind kind;
	char *record;
	char *path; /* "" : the record as a whole, which one of the two deleted */
	char *base; /* what both found */
	char *mine, *theirs;
	gint64 change; /* that tried to set `mine` */
	char *mine_by, *theirs_by;
	gint64 mine_at, theirs_at; /* microseconds UTC */
	char *decision;		   /* NULL: open; "mine", "theirs", "both", "value", "same" */
	char *decided_by;
	gint64 decided_at;
};
void conflict_free(struct conflict *conflict);
GPtrArray *conflicts_new(void); /* of them, owned */
/*
 * Sets its id.  Where one of the same place is open whose `mine` was this one's
 * `base`, an edit upon that edit, that one becomes this one and keeps its id and base.
 */
bool store_add_conflict(struct store *store, struct conflict *conflict, GError **error);
/* The open ones, or all, by record and path: struct conflict *, appended. */
bool store_conflicts(struct store *store, bool decided, GPtrArray *out, GError **error);
/* What stands against it now. */
bool store_conflict_theirs(struct store *store, gint64 id, const char *theirs, const char *by,
			   gint64 at, GError **error);
/* Fails with CONFLICT when it is decided already. */
bool store_decide_conflict(struct store *store, gint64 id, const char *decision, const char *by,
			   gint64 at, GError **error);

/*
 * Records by words: each word is the beginning of one in the record's names, place
 * or whatever people wrote in it, without regard to accents and capitals.  Those
 * whose name is most alike first, then by weight of the words (BM25).
 */
struct store_hit {
	enum kind kind;
	char *id;
	int score;     /* likeness of a name, 0: the words stand elsewhere */
	double rank;   /* BM25: lower is better */
	char *snippet; /* where they stand, unless in a name; they are between \2 and \3 */
};
void store_hit_free(struct store_hit *hit);
bool store_find(struct store *store, const char *words, GPtrArray *out, GError **error);
/* Not: of an older version whose words are gathered otherwise, and only read. */
bool store_is_indexed(const struct store *store);
/*
 * The index follows every put and remove in the same transaction.  A store in memory
 * has none until somebody fills it; `known`: the record is in it already.
 */
bool store_index(struct store *store, enum kind kind, const void *record, bool known,
		 GError **error);
/*
 * Whether the index is that of the records: every one of them with its words, and none
 * else; what is wrong (char *) is appended to `problems`.  False when that could not be
 * looked at: BUSY, or DENIED where the file may not be written.
 */
bool store_check_index(struct store *store, GPtrArray *problems, GError **error);
/* Makes the index anew from the records; between begin and commit. */
bool store_reindex(struct store *store, GError **error);

/*
 * What was computed and can be computed again, as bytes only whoever put them
 * understands.  It holds for the records of that fingerprint (struct model), seen
 * through `filter` and on that `basis`: whatever else the result depends on, such as
 * the day, the language, the version of the program.  A put takes the place of what
 * was kept of that kind, filter and basis; the newest few of a kind are kept.  `at`
 * is the time, microseconds UTC.
 *
 * A transaction of its own: fails inside another one, when the store is only read
 * (TELAR_ERROR_DENIED), and when somebody else writes for long (TELAR_ERROR_BUSY).
 * Callers go on without it then.  It does not grow store_version().
 */
struct cache_key {
	const char *kind;    /* a word for what it is: "measures" */
	const char *filter;  /* NULL: everything */
	const char *basis;   /* NULL: nothing else */
	guint64 fingerprint; /* of the model it was computed from */
};
bool store_cache_put(struct store *store, const struct cache_key *key, gint64 at, GBytes *content,
		     GError **error);
/* NULL without error when there is none for these very records. */
GBytes *store_cache_get(struct store *store, const struct cache_key *key, GError **error);

/*
 * The unfiltered measures and gaps as tables for analysts (measure_value, gap_found),
 * replaced whole; as a cache otherwise.  store_tabulated() says of which records
 * they are (0: none), so that nobody fills them twice.
 */
struct measure_row {
	const char *level;   /* "network", "group", "institution", "tie" */
	const char *subject; /* an id; "" for the network */
	const char *other;   /* the second end of a tie; NULL */
	const char *measure; /* its id */
	double value;	     /* NAN: there is none */
};
/*
 * `next` fills in a row, cleared before, and says whether there was one more; it does not
 * touch the store.  A row's texts stay until the next one is asked for: no row is held here,
 * whatever their number, and memory is that of the connection's pages.  No two rows have
 * the same level, measure, subject and other; rows in that order, as strcmp() has it, each
 * go behind the last one, others are put in between, which is slow for many.  Readers see the
 * old rows until all new ones are there; after a failure they are still there.
 */
bool store_tabulate_measures(struct store *store, guint64 fingerprint,
			     bool (*next)(struct measure_row *row, void *data), void *data,
			     GError **error);
struct gap_row {
	const char *id, *kind, *status, *title;
	double severity;
	const char *owner, *reason, *advice, *territory; /* NULL: none */
	const char *institutions;			 /* ids as a JSON list */
};
/* Severest first: their place is kept. */
bool store_tabulate_gaps(struct store *store, guint64 fingerprint, const struct gap_row *rows,
			 guint n, GError **error);
bool store_tabulated(struct store *store, bool gaps, guint64 *fingerprint, GError **error);

/*
 * Small named values.  STORE_READ is set once the records were filled, and gone
 * again when their tables had to be made anew (another version's columns):
 * then files are read as if for the first time.
 */
#define STORE_READ "read"
char *store_meta(struct store *store, const char *key, GError **error);
bool store_set_meta(struct store *store, const char *key, const char *value, GError **error);

#endif
