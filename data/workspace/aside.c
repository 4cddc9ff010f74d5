/*
 * Versions that a crash left set aside: whether their file and history say all that
 * they say, which makes them waste, and what a person decides of the others.  How
 * they come to be is place.c's business.
 */
#include "data/workspace/private.h"

#include "base/errors.h"
#include "data/path.h"
#include "data/safety.h"
#include "data/yaml/yaml_file.h"

#include <fcntl.h>
#include <glib/gi18n.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

static void destroy_change(gpointer change)
{
	change_free(change);
}

/* --- what history knows ----------------------------------------------------------------------- */

/* The record in a text; NULL where it has errors, or says what no record holds. */
static struct node *tree_of(enum kind kind, const char *path, const struct file_bytes *bytes)
{
	struct findings *findings = findings_new();
	struct node *root = yaml_read(bytes->text, bytes->length, path, findings);
	struct pool *pool = pool_new();
	const struct check nothing = { 0 };
	void *record = root ? reading_tree(kind, root, &nothing, path, pool, findings) : NULL;
	bool all = record != NULL;

	for (guint i = 0; all && i < findings->all->len; i++) {
		const struct finding *finding = findings->all->pdata[i];

		all = strcmp(finding->code, "unknown-key") != 0;
	}
	struct node *tree = all ? node_from_record(record_type(kind), record) : NULL;
	node_free(root);
	pool_unref(pool);
	findings_free(findings);
	return tree;
}

static void add(GHashTable *said, const char *path, const char *text)
{
	g_hash_table_add(said, g_strconcat(path, "\n", text, NULL));
}

static void add_map(GHashTable *said, const struct record_type *type, const char *prefix,
		    const struct node *map);

/* Words one by one, items by their fields where they have a key, else whole. */
static void add_list(GHashTable *said, const struct field *field, const char *path,
		     const struct node *list)
{
	bool keyed = field->type == FIELD_ITEMS && record_key_field(field->sub);

	for (guint i = 0; i < list->children->len; i++) {
		const struct node *item = list->children->pdata[i];

		if (keyed) {
			g_autofree char *own = path_item(field, list, i);
			g_autofree char *prefix = g_strconcat(path, own, ".", NULL);

			add_map(said, field->sub, prefix, item);
		} else {
			g_autofree char *text = node_to_json(item);

			add(said, path, text);
		}
	}
}

/* Every single value, with where it stands. */
static void add_map(GHashTable *said, const struct record_type *type, const char *prefix,
		    const struct node *map)
{
	for (guint i = 0; i < map->children->len; i++) {
		const struct node *value = map->children->pdata[i];
		const struct field *field = record_field(type, value->key);
		g_autofree char *path = g_strconcat(prefix, value->key, NULL);
		g_autofree char *inner = g_strconcat(path, ".", NULL);

		if (value->type == NODE_SCALAR)
			add(said, path, value->text);
		else if (value->type == NODE_LIST)
			add_list(said, field, path, value);
		else
			add_map(said, field->sub, inner, value);
	}
}

static GHashTable *said_in(const struct entry *entry, const struct node *state)
{
	GHashTable *said = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);

	if (state)
		add_map(said, record_type(entry->kind), "", state);
	return said;
}

static gboolean is_said(gpointer key, gpointer value, gpointer said)
{
	(void)value;
	return g_hash_table_contains(said, key);
}

/* Takes out of `unknown` what this state says. */
static void look_in(GHashTable *unknown, const struct entry *entry, const struct node *state)
{
	g_autoptr(GHashTable) said = said_in(entry, state);

	g_hash_table_foreach_remove(unknown, is_said, said);
}

/* The state before a change; false where history does not fit. */
static bool step_back(const struct entry *entry, const struct change *change, struct node **state)
{
	struct change *inverse = change_inverse(change);
	bool good = true;

	for (guint i = 0; good && i < inverse->ops->len; i++) {
		struct op *op = inverse->ops->pdata[i];
		struct node *next = NULL;

		if (op->kind != entry->kind || strcmp(op->id, entry->id) != 0)
			continue;
		good = op_apply(op, g_steal_pointer(state), &next, NULL);
		*state = good ? next : NULL;
	}
	change_free(inverse);
	return good;
}

/* All that the record ever was, newest first, until nothing is left unknown. */
static void look_back(const struct workspace *workspace, const struct entry *entry,
		      GHashTable *unknown)
{
	g_autoptr(GPtrArray) changes = g_ptr_array_new_with_free_func(destroy_change);
	struct pool *pool = pool_new();
	const void *record = store_get(workspace->store, entry->kind, entry->id, pool, NULL);
	struct node *state = record ? node_from_record(record_type(entry->kind), record) : NULL;
	const struct change_query query = { .kind = record_type(entry->kind)->name,
					    .id = entry->id };

	if (!store_changes(workspace->store, &query, changes, NULL))
		g_ptr_array_set_size(changes, 0);
	look_in(unknown, entry, state);
	for (guint i = 0; i < changes->len && g_hash_table_size(unknown) > 0; i++) {
		if (!step_back(entry, changes->pdata[i], &state))
			break;
		look_in(unknown, entry, state);
	}
	node_free(state);
	pool_unref(pool);
}

static bool values_known(const struct workspace *workspace, const struct entry *entry,
			 const struct file_bytes *present, const struct file_bytes *aside)
{
	struct node *version = tree_of(entry->kind, entry->path, aside);
	struct node *stands = present ? tree_of(entry->kind, entry->path, present) : NULL;
	g_autoptr(GHashTable) unknown = said_in(entry, version);
	bool known = version != NULL;

	if (known) {
		look_in(unknown, entry, stands);
		look_back(workspace, entry, unknown);
		known = g_hash_table_size(unknown) == 0;
	}
	node_free(version);
	node_free(stands);
	return known;
}

/*
 * Whether what lies aside is in the file to the byte, is what the store read there last,
 * or says in values and comments nothing that the file and history do not say.  Of one
 * that is too large for an entry only the beginning was read.
 */
static bool is_known(const struct workspace *workspace, const struct entry *entry,
		     const struct file_bytes *present, const struct file_bytes *aside)
{
	if (aside->length > YAML_FILE_MAX)
		return false;
	if (present && file_bytes_are(aside, present->hash))
		return true;
	if (!workspace->store)
		return false;
	struct file_state *state = store_file(workspace->store, entry->path, NULL);
	bool read = state && *state->hash && file_bytes_are(aside, state->hash);

	file_state_free(state);
	return read ||
	       (present &&
		yaml_has_comments(present->text, present->length, aside->text, aside->length) &&
		values_known(workspace, entry, present, aside));
}

/*
 * The entry that `path` is a version of; false: what lies there is no such thing.  What the
 * network is called does not stand in the name of its file: the store says it, or it is "".
 */
static bool entry_of(const struct workspace *workspace, const char *path, struct entry *entry)
{
	*entry = (struct entry){ .path = directory_aside_of(path) };
	entry->id = entry->path ? directory_entry_id(entry->path, &entry->kind) : NULL;
	if (entry->id && !*entry->id && workspace->store) {
		struct file_state *state = store_file(workspace->store, entry->path, NULL);

		if (state && state->id) {
			g_free(entry->id);
			entry->id = g_strdup(state->id);
		}
		file_state_free(state);
	}
	return entry->id != NULL;
}

static void entry_clear(struct entry *entry)
{
	g_free(entry->path);
	g_free(entry->id);
}

/* --- sweeping --------------------------------------------------------------------------------- */

static struct file_bytes *read_of(const struct workspace *workspace, const char *path)
{
	return directory_read_file(workspace->directory, path, YAML_FILE_MAX, NULL);
}

bool workspace_is_waste(const struct workspace *workspace, const char *path)
{
	struct entry entry = { 0 };
	g_autofree char *file = directory_aside_of(path);
	bool waste = !file;

	if (file && entry_of(workspace, path, &entry)) {
		struct file_bytes *present = read_of(workspace, file);
		struct file_bytes *aside = read_of(workspace, path);

		waste = aside && is_known(workspace, &entry, present, aside);
		file_bytes_free(present);
		file_bytes_free(aside);
	}
	entry_clear(&entry);
	return waste;
}

void workspace_say_aside(const char *path, struct findings *findings)
{
	g_autofree char *file = directory_aside_of(path);
	g_autofree char *message = g_strdup_printf(
		_("an edit was cut short while somebody wrote this file: what they wrote lies in "
		  "%s, and says something that neither the file nor its history says"),
		path);
	g_autofree char *hint = g_strdup_printf(
		_("compare the two; then \"telar doctor --put-back %s\" makes it the file, or "
		  "\"telar doctor --discard %s\" deletes it"),
		path, path);

	findings_add(findings, SEVERITY_WARNING, file, 0, 0, 0, "aside", message, hint, NULL);
}

void workspace_sweep(const struct workspace *workspace, struct findings *findings)
{
	g_autoptr(GPtrArray) paths = directory_leftovers(workspace->directory);

	for (guint i = 0; i < paths->len; i++) {
		if (workspace_is_waste(workspace, paths->pdata[i]))
			directory_remove(workspace->directory, paths->pdata[i]);
		else
			workspace_say_aside(paths->pdata[i], findings);
	}
}

/* --- deciding --------------------------------------------------------------------------------- */

static bool lies_aside(const struct workspace *workspace, const char *path, GError **error)
{
	g_autoptr(GPtrArray) paths =
		workspace->directory ? directory_leftovers(workspace->directory) : NULL;

	for (guint i = 0; paths && i < paths->len; i++) {
		g_autofree char *file = directory_aside_of(paths->pdata[i]);

		if (file && directory_is_entry(file) && strcmp(paths->pdata[i], path) == 0)
			return true;
	}
	g_set_error(error, TELAR_ERROR, TELAR_ERROR_NO_INPUT,
		    _("There is no version of a file set aside at %s"), path);
	error_add_hint(error, _("\"telar doctor\" says where there are such"));
	return false;
}

/* The two change names; where there is no file any more the version becomes it. */
static bool exchange(const struct workspace *workspace, const char *path, GError **error)
{
	g_autofree char *file = directory_aside_of(path);
	const char *name = NULL, *aside = NULL;
	int folder = directory_open_folder(workspace->directory, file, &name);
	const char *slash = strrchr(path, '/');

	aside = slash ? slash + 1 : path;
	bool good = folder >= 0 &&
		    (renameat2(folder, aside, folder, name, RENAME_EXCHANGE) == 0 ||
		     renameat2(folder, aside, folder, name, RENAME_NOREPLACE) == 0) &&
		    fsync(folder) == 0;

	if (!good)
		directory_fail(_("cannot write"), file, error);
	if (folder >= 0)
		close(folder);
	return good;
}

bool workspace_decide_aside(struct workspace *workspace, const char *path, bool put_back,
			    GError **error)
{
	if (!lies_aside(workspace, path, error) || !store_lock(workspace->store, error))
		return false;
	bool good = put_back ? exchange(workspace, path, error)
			     : directory_remove(workspace->directory, path) ||
				       directory_fail(_("cannot remove"), path, error);
	/* What stood in the file was read when the workspace was opened. */
	if (good && put_back && workspace_is_waste(workspace, path))
		directory_remove(workspace->directory, path);
	store_unlock(workspace->store);
	return good;
}
