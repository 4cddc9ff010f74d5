#ifndef DATA_WORKSPACE_SYNC_H
#define DATA_WORKSPACE_SYNC_H

#include "data/workspace/private.h"

/* One comparison of the directory with the store; shared by the files named sync. */
struct sync {
	struct workspace *workspace;
	struct findings *findings;
	GPtrArray *entries;  /* struct entry * */
	GPtrArray *states;   /* struct file_state *, as recorded */
	GHashTable *by_path; /* of states */
	GHashTable *listed;  /* paths of entries */
	GHashTable *pending; /* paths that the outbox has still to write */
	GHashTable *forced;  /* paths to be read though they did not change */
	struct reading reading;
	GPtrArray *pools;   /* what lives as long: the network's words */
	GHashTable *called; /* "kind/former id" -> id of a new file, once `looked` */
	bool looked;
	GString *renames; /* what refers to them has to follow; see rename.c */
	struct change *change;
	bool first;	      /* nothing was ever read */
	bool all;	      /* the network's words changed: every entry is checked again */
	GPtrArray *leftovers; /* paths of temporary files */
	guint fresh, broken, gone;
	bool news;   /* more than stamps of files */
	bool mended; /* a broken file reads well now, though it did not change */
};

static inline const struct file_state *sync_state_of(const struct sync *sync,
						     const struct entry *entry)
{
	return g_hash_table_lookup(sync->by_path, entry->path);
}

static inline bool sync_is_current(const struct entry *entry, const struct file_state *state)
{
	return state && state->size == entry->size && state->mtime == entry->mtime;
}

/* --- sync_files.c --- */
/* network.yaml, before all others: without its words nothing else can be checked. */
bool sync_network(struct sync *sync, GError **error);
bool sync_entries(struct sync *sync, GError **error);
/* Files known to be broken, unchanged: only said again; `mended` when one has become right. */
bool sync_read_broken(struct sync *sync, GError **error);
bool sync_remove_record(struct sync *sync, enum kind kind, const char *id, GError **error);

/* --- rename.c --- */
/* Whether a new file says that it is the record whose file is gone; then what refers follows. */
bool sync_is_renamed(struct sync *sync, enum kind kind, const char *id);
/* With the transaction: what is renamed is no unknown id, and not forgotten by a crash. */
bool sync_remember_renames(struct sync *sync, GError **error);

/* --- sync_gone.c --- */
bool sync_gone(struct sync *sync, GError **error);

#endif
