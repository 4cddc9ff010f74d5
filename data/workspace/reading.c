/*
 * Entry files read against each other: which ids exist, which words the network
 * has.  An id exists when it has a file, whatever that file holds, so the order
 * of reading does not matter.
 */
#include "data/workspace/private.h"

#include "base/errors.h"
#include "base/text.h"
#include "data/yaml/yaml_file.h"

#include <glib/gi18n.h>
#include <string.h>
#include <unistd.h>

/* Looking for the nearest id costs a comparison with each: not with very many. */
#define NEAREST_MOST 20000
#define IDS_BLOCK    4096

void reading_init(struct reading *reading, const struct directory *directory, GPtrArray *entries,
		  struct date today)
{
	*reading = (struct reading){ .directory = directory, .today = today };
	g_mutex_init(&reading->lock);
	reading->nearest = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
	reading->ids = g_string_chunk_new(IDS_BLOCK);
	for (guint k = 0; k < KIND_COUNT; k++) {
		reading->folders[k] = directory ? directory_folder(directory, (enum kind)k) : -1;
		reading->known[k] = g_hash_table_new(g_str_hash, g_str_equal);
	}
	for (guint i = 0; i < entries->len; i++) {
		const struct entry *entry = entries->pdata[i];

		if (*entry->id)
			reading_know(reading, entry->kind, entry->id);
	}
}

void reading_know(struct reading *reading, enum kind kind, const char *id)
{
	g_hash_table_add(reading->known[kind], g_string_chunk_insert(reading->ids, id));
}

void reading_release(struct reading *reading)
{
	for (guint k = 0; k < KIND_COUNT; k++) {
		g_hash_table_unref(reading->known[k]);
		if (reading->folders[k] >= 0)
			close(reading->folders[k]);
	}
	g_string_chunk_free(reading->ids);
	g_hash_table_unref(reading->nearest);
	g_mutex_clear(&reading->lock);
}

static enum id_state id_state(void *data, guint refs, const char *id)
{
	const struct reading *reading = data;

	for (guint k = 0; k < KIND_COUNT; k++) {
		if ((refs & (1u << k)) && g_hash_table_contains(reading->known[k], id))
			return ID_KNOWN;
	}
	return (refs & (1u << KIND_NETWORK)) && reading->any_network ? ID_BROKEN : ID_UNKNOWN;
}

static int compare_words(gconstpointer a, gconstpointer b)
{
	return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static char *look_for_nearest(const struct reading *reading, guint refs, const char *id)
{
	g_autoptr(GPtrArray) words = g_ptr_array_new();

	for (guint k = 0; k < KIND_COUNT; k++) {
		GHashTableIter iter;
		gpointer key = NULL;

		if (!(refs & (1u << k)))
			continue;
		if (g_hash_table_size(reading->known[k]) > NEAREST_MOST)
			return NULL;
		g_hash_table_iter_init(&iter, reading->known[k]);
		while (g_hash_table_iter_next(&iter, &key, NULL))
			g_ptr_array_add(words, key);
	}
	g_ptr_array_sort(words, compare_words);
	g_ptr_array_add(words, NULL);
	return g_strdup(text_nearest(id, (const char *const *)words->pdata));
}

/* One entry that is gone can be named by thousands: what is like it is looked for once. */
static char *nearest_id(void *data, guint refs, const char *id)
{
	struct reading *reading = data;
	g_autofree char *key = g_strdup_printf("%u %s", refs, id);
	char *near = NULL;

	g_mutex_lock(&reading->lock);
	if (!g_hash_table_lookup_extended(reading->nearest, key, NULL, (gpointer *)&near)) {
		near = look_for_nearest(reading, refs, id);
		g_hash_table_insert(reading->nearest, g_steal_pointer(&key), near);
	}
	near = g_strdup(near);
	g_mutex_unlock(&reading->lock);
	return near;
}

static struct check reading_check(struct reading *reading)
{
	return (struct check){ .network = reading->network,
			       .id = id_state,
			       .nearest = nearest_id,
			       .data = reading,
			       .today = reading->today };
}

static void complain(struct findings *findings, const struct entry *entry, const char *code,
		     const char *message, const char *hint)
{
	findings_add(findings, SEVERITY_ERROR, entry->path, 0, 0, 0, code, message, hint, NULL);
}

void *reading_tree(enum kind kind, const struct node *root, const struct check *check,
		   const char *path, struct pool *pool, struct findings *findings)
{
	const struct record_type *type = record_type(kind);
	struct check own = *check;

	if (kind != KIND_NETWORK)
		return node_to_record(type, root, check, path, pool, findings);
	own.network = NULL;
	struct findings *first = findings_new();
	own.network = node_to_record(type, root, &own, path, pool, first);
	void *record = NULL;
	if (own.network)
		record = node_to_record(type, root, &own, path, pool, findings);
	else
		findings_move(findings, first);
	findings_free(first);
	return record;
}

void *reading_record(struct reading *reading, const struct entry *entry,
		     const struct file_bytes *bytes, struct scratch *scratch, const char **id)
{
	node_pool_clear(scratch->nodes);
	const struct node *root = yaml_read_in(scratch->nodes, bytes->text, bytes->length,
					       entry->path, scratch->findings);
	struct check check = reading_check(reading);

	if (!root)
		return NULL;
	const struct node *own = id ? node_get(root, "id") : NULL;
	if (own && own->type == NODE_SCALAR && id_is_valid(own->text))
		*id = pool_text(scratch->pool, own->text);
	check.text = bytes->text;
	check.length = bytes->length;
	return reading_tree(entry->kind, root, &check, entry->path, scratch->pool,
			    scratch->findings);
}

struct file_bytes *reading_load(const struct reading *reading, const struct entry *entry,
				struct findings *findings)
{
	g_autoptr(GError) error = NULL;

	if (entry->refused) {
		complain(findings, entry, "link", _("this is a link, not a file of its own"),
			 _("put the file itself in its place"));
		return NULL;
	}
	struct file_bytes *bytes =
		reading->kept
			? file_bytes_of(g_hash_table_lookup(reading->kept, entry->path))
			: directory_read_entry(reading->directory, reading->folders[entry->kind],
					       entry, YAML_FILE_MAX, &error);
	if (!bytes)
		complain(findings, entry, "read",
			 error ? error->message : _("the file vanished while it was read"), NULL);
	return bytes;
}

void reading_duplicate(const struct entry *entry, struct findings *findings)
{
	complain(findings, entry, "duplicate", _("network.yaml has this id already"),
		 _("give one of them another id"));
}
