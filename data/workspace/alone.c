/*
 * A store without a directory: what it holds, read as a network.  The bytes of its
 * entry files are a table of it, so edits patch them as they patch files, and
 * comments live on until they are files again.
 */
#include "data/past.h"

#include "base/errors.h"
#include "data/current.h"
#include "data/workspace/private.h"
#include "data/yaml/yaml_file.h"

#include <glib/gi18n.h>
#include <string.h>
#include <unistd.h>

bool store_know_files(struct store *store, char **network_id, GHashTable *broken[KIND_COUNT],
		      GError **error)
{
	g_autoptr(GPtrArray) files = file_states_new();

	if (!store_files(store, files, error))
		return false;
	for (guint k = 0; k < KIND_COUNT; k++) {
		if (!broken[k])
			broken[k] = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
		g_hash_table_remove_all(broken[k]);
	}
	g_clear_pointer(network_id, g_free);
	for (guint i = 0; i < files->len; i++) {
		const struct file_state *state = files->pdata[i];

		if (strcmp(state->path, DIRECTORY_NETWORK) == 0 && *state->id)
			*network_id = g_strdup(state->id);
		if (state->broken)
			g_hash_table_add(broken[state->kind], g_strdup(state->id));
	}
	return true;
}

bool store_load_good(struct store *store, enum kind kind, GHashTable *broken, struct pool *pool,
		     GPtrArray *records, GError **error)
{
	g_autoptr(GPtrArray) all = g_ptr_array_new();

	if (!store_load(store, kind, pool, all, error))
		return false;
	for (guint i = 0; i < all->len; i++) {
		if (!g_hash_table_contains(broken, RECORD(all->pdata[i])->id))
			g_ptr_array_add(records, all->pdata[i]);
	}
	return true;
}

struct model *store_good_model(struct store *store, struct date today, GError **error)
{
	GPtrArray *records[KIND_COUNT];
	GHashTable *broken[KIND_COUNT] = { NULL };
	struct pool *pool = pool_new();
	g_autofree char *network_id = NULL;
	struct model *model = NULL;
	bool good = store_know_files(store, &network_id, broken, error);

	for (guint k = 0; k < KIND_COUNT; k++) {
		records[k] = g_ptr_array_new();
		good = good &&
		       store_load_good(store, (enum kind)k, broken[k], pool, records[k], error);
	}
	if (good)
		model = model_new(records, &pool, 1, network_id, today, 1);
	for (guint k = 0; k < KIND_COUNT; k++) {
		g_ptr_array_unref(records[k]);
		g_clear_pointer(&broken[k], g_hash_table_unref);
	}
	pool_unref(pool);
	return model;
}

struct model *store_model(const char *path, struct date today, GError **error)
{
	g_autofree char *network = network_at(path);
	bool directory = g_file_test(network, G_FILE_TEST_IS_DIR);
	struct store *store = directory ? NULL : store_open_alone(network, true, error);
	bool other = store && store_is_other(store);
	struct model *model = store && !other && store_begin_read(store, error)
				      ? store_good_model(store, today, error)
				      : NULL;

	if (store)
		store_end_read(store);
	store_close(store);
	if (directory || other) { /* what it keeps of its files says the same */
		struct findings *ignored = findings_new();
		if (!directory_read(network, NULL, today, ignored, &model, NULL, error))
			model = NULL;
		findings_free(ignored);
	}
	return model;
}

/* --- as a workspace --------------------------------------------------------------------- */

struct file_bytes *file_bytes_of(GBytes *content)
{
	struct file_bytes *bytes = g_new0(struct file_bytes, 1);
	gsize length = 0;
	const char *data = g_bytes_get_data(content, &length);

	bytes->text = g_malloc(length + 1);
	if (length > 0)
		memcpy(bytes->text, data, length);
	bytes->text[length] = '\0';
	bytes->length = length;
	bytes->size = (gint64)length;
	bytes_hash_to(bytes->hash, bytes->text, length);
	return bytes;
}

struct file_bytes *workspace_read_file(const struct workspace *workspace, const char *path,
				       GError **error)
{
	if (workspace->directory)
		return directory_read_file(workspace->directory, path, YAML_FILE_MAX, error);
	GBytes *content = store_text(workspace->store, path, error);
	if (!content)
		return NULL;
	struct file_bytes *bytes = file_bytes_of(content);
	g_bytes_unref(content);
	if (bytes->length <= YAML_FILE_MAX)
		return bytes;
	file_bytes_free(bytes);
	g_set_error(error, TELAR_ERROR, TELAR_ERROR_DATA, _("%s is larger than 256 KiB"), path);
	return NULL;
}

/* An entry out of its kept bytes, as a file gives one; in memory only until it is put. */
static bool refill_one(struct workspace *workspace, const struct file_text *text,
		       struct findings *findings, GError **error)
{
	struct pool *pool = pool_new();
	struct file_bytes *bytes = file_bytes_of(text->content);
	struct entry entry = { .path = text->path };
	const struct check nothing = { 0 };
	g_autofree char *id = directory_entry_id(text->path, &entry.kind);
	struct node *root = yaml_read(bytes->text, bytes->length, text->path, findings);
	void *record =
		root ? reading_tree(entry.kind, root, &nothing, text->path, pool, findings) : NULL;
	struct file_state state = { .path = text->path,
				    .size = bytes->size,
				    .hash = bytes->hash,
				    .broken = record == NULL,
				    .kind = entry.kind,
				    .id = record ? (char *)(gsize)RECORD(record)->id : id };
	bool good = (!record || store_put(workspace->store, entry.kind, record, error)) &&
		    store_put_file(workspace->store, &state, error);

	pool_unref(pool);
	node_free(root);
	file_bytes_free(bytes);
	return good;
}

struct refill {
	struct workspace *workspace;
	struct findings *findings;
};

static bool refill_text(const struct file_text *text, void *data, GError **error)
{
	const struct refill *of = data;
	struct store *store = of->workspace->store;
	bool copy = of->workspace->history != store;

	return (!copy || store_put_text(store, text->path, text->content, error)) &&
	       (!directory_is_entry(text->path) ||
		refill_one(of->workspace, text, of->findings, error));
}

/*
 * Tables made anew for another version's columns are filled from the bytes: those that
 * lie beside them, or in the file that may only be read.
 */
static bool refill(struct workspace *workspace, struct findings *findings, GError **error)
{
	struct refill of = { workspace, findings };
	struct store *store = workspace->store;
	bool good = store_begin(store, error) &&
		    store_each_text(workspace->history, refill_text, &of, error) &&
		    store_set_meta(store, STORE_READ, "1", error) && store_commit(store, error);

	if (!good)
		store_rollback(store);
	return good;
}

/* Records with other fields than ours, in a file that stays as it is: ours are made in memory. */
static bool read_beside(struct workspace *workspace, struct findings *findings, GError **error)
{
	workspace->store = store_open(NULL, false, error);
	return workspace->store && refill(workspace, findings, error);
}

bool workspace_open_alone(struct workspace *workspace, const char *path, struct findings *findings,
			  GError **error)
{
	g_autoptr(GError) why = NULL;
	g_autofree char *folder = NULL;

	workspace->path = g_canonicalize_filename(path, NULL);
	folder = g_path_get_dirname(workspace->path);
	if (access(path, W_OK) != 0 || access(folder, W_OK) != 0)
		workspace->read_only = true;
	workspace->store = store_open_alone(path, workspace->read_only, error);
	workspace->history = workspace->store;
	if (!workspace->store)
		return false;
	if (store_is_other(workspace->store))
		return read_beside(workspace, findings, error);
	g_autofree char *read = store_meta(workspace->store, STORE_READ, &why);
	if (why) {
		g_propagate_error(error, g_steal_pointer(&why));
		return false;
	}
	return read || workspace->read_only || refill(workspace, findings, error);
}
