/*
 * Records as a store by itself that was never a directory: made in memory, with
 * the text that each entry's file would have, and copied to its place whole.
 * Not for networks that are open: those are backed up.
 */
#include "data/safety.h"

#include "data/workspace/private.h"
#include "data/yaml/yaml_file.h"

#include <string.h>

static bool keep(struct store *store, enum kind kind, const void *record, GError **error)
{
	const char *id = RECORD(record)->id;
	const struct record_type *type = record_type(kind);
	const char *network_id = kind == KIND_NETWORK ? id : NULL;
	g_autofree char *path = directory_path_of(kind, id, network_id);
	struct node *tree = node_from_record(type, record);
	g_autofree char *text = yaml_emit_checked(type, tree, path, error);

	node_free(tree);
	if (!text)
		return false;
	gsize length = strlen(text);
	g_autofree char *hash = bytes_hash(text, length);
	const struct file_state state = { .path = path,
					  .size = (gint64)length,
					  .hash = hash,
					  .kind = kind,
					  .id = (char *)(gsize)id };
	GBytes *content = g_bytes_new_static(text, length);
	bool good = store_put(store, kind, record, error) && store_put_file(store, &state, error) &&
		    store_put_text(store, path, content, error);

	g_bytes_unref(content);
	return good;
}

static bool keep_all(struct store *store, GPtrArray *const records[KIND_COUNT],
		     struct change *change, GError **error)
{
	guint n = 0;

	for (guint k = 0; k < KIND_COUNT; k++) {
		for (guint i = 0; i < records[k]->len; i++, n++) {
			if (!keep(store, (enum kind)k, records[k]->pdata[i], error))
				return false;
		}
	}
	change->summary = g_strdup_printf("first read: %u files", n);
	return store_add_change(store, change, error) &&
	       store_set_meta(store, STORE_READ, "1", error);
}

bool network_make_store(GPtrArray *const records[KIND_COUNT], const char *path,
			const struct clock *clock, GError **error)
{
	struct store *store = store_open(NULL, false, error);
	struct change *change = change_new();
	bool good = store && store_begin(store, error);

	change->at = clock_now(clock);
	change->actor = g_strdup(ACTOR_FILES);
	good = good && keep_all(store, records, change, error) && store_commit(store, error) &&
	       store_copy(store, path, error);
	change_free(change);
	store_close(store);
	return good;
}
