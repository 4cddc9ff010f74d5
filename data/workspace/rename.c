/*
 * An entry that got another id by hand: its file has another name, and the old id
 * stands among its aliases.  Entries that refer to it follow, as a change by
 * "files"; until that is done the store remembers what is still to follow.
 */
#include "data/workspace/sync.h"

#include "base/errors.h"
#include "data/path.h"
#include "data/yaml/yaml_file.h"

#include <glib/gi18n.h>
#include <string.h>

struct rename {
	enum kind kind;
	const char *old, *new;
};

/* A file that gave no record yet: unknown, or in the middle of being renamed. */
static bool is_new(const struct file_state *state)
{
	return !state || state->broken;
}

/* The tree of an entry, errors or not; NULL where there is none. */
static struct node *read_tree(const struct directory *directory, const struct entry *entry)
{
	struct findings *ignored = findings_new();
	struct file_bytes *bytes = directory_read_file(directory, entry->path, YAML_FILE_MAX, NULL);
	struct node *root =
		bytes ? yaml_read(bytes->text, bytes->length, entry->path, ignored) : NULL;

	file_bytes_free(bytes);
	findings_free(ignored);
	return root;
}

/* Ids that a file says it had. */
static GPtrArray *former_ids(const struct node *root)
{
	const struct node *aliases = root ? node_get(root, "aliases") : NULL;
	GPtrArray *ids = g_ptr_array_new();

	for (guint i = 0; aliases && aliases->type == NODE_LIST && i < aliases->children->len;
	     i++) {
		const struct node *alias = aliases->children->pdata[i];

		if (alias->type == NODE_SCALAR && id_is_valid(alias->text))
			g_ptr_array_add(ids, alias->text);
	}
	return ids;
}

static void note_aliases(const struct sync *sync, const struct entry *entry)
{
	struct node *root = read_tree(sync->workspace->directory, entry);
	g_autoptr(GPtrArray) ids = former_ids(root);

	for (guint i = 0; i < ids->len; i++)
		g_hash_table_insert(
			sync->called,
			g_strdup_printf("%u/%s", (guint)entry->kind, (const char *)ids->pdata[i]),
			entry->id);
	node_free(root);
}

static bool is_or_was(const struct directory *directory, const struct entry *entry, const char *id)
{
	struct node *root = read_tree(directory, entry);
	g_autoptr(GPtrArray) ids = former_ids(root);
	const struct node *own = root ? node_get(root, "id") : NULL;
	bool found = own && own->type == NODE_SCALAR && strcmp(own->text, id) == 0;

	for (guint i = 0; i < ids->len && !found; i++)
		found = strcmp(ids->pdata[i], id) == 0;
	node_free(root);
	return found;
}

struct entry *workspace_renamed(const struct workspace *workspace, enum kind kind, const char *id)
{
	g_autoptr(GPtrArray) entries = entries_new();
	struct findings *ignored = findings_new();
	guint found = 0;
	guint at = 0;

	directory_scan(workspace->directory, entries, ignored, NULL, NULL, NULL);
	findings_free(ignored);
	for (guint i = 0; i < entries->len; i++) {
		const struct entry *entry = entries->pdata[i];
		bool fits = entry->kind == kind && !entry->refused && *entry->id;
		struct file_state *state =
			fits ? store_file(workspace->store, entry->path, NULL) : NULL;

		if (fits && is_new(state) && is_or_was(workspace->directory, entry, id)) {
			at = i;
			found++;
		}
		file_state_free(state);
	}
	return found == 1 ? g_ptr_array_steal_index(entries, at) : NULL;
}

bool sync_is_renamed(struct sync *sync, enum kind kind, const char *id)
{
	g_autofree char *key = g_strdup_printf("%u/%s", (guint)kind, id);

	/* New files are read for it once, when a file is gone. */
	for (guint i = 0; !sync->looked && i < sync->entries->len; i++) {
		const struct entry *entry = sync->entries->pdata[i];

		if (*entry->id && is_new(sync_state_of(sync, entry)))
			note_aliases(sync, entry);
	}
	sync->looked = true;
	const char *now = g_hash_table_lookup(sync->called, key);
	if (now)
		g_string_append_printf(sync->renames, "%s %s %s\n", record_type(kind)->name, id,
				       now);
	return now != NULL;
}

/* What follows later is no error until then. */
static void know(struct sync *sync, const char *lines)
{
	g_auto(GStrv) all = g_strsplit(lines, "\n", -1);

	for (guint i = 0; all[i]; i++) {
		g_auto(GStrv) words = g_strsplit(all[i], " ", 3);
		enum kind kind = KIND_NETWORK;

		if (g_strv_length(words) == 3 && kind_parse(words[0], &kind))
			reading_know(&sync->reading, kind, words[1]);
	}
}

bool sync_remember_renames(struct sync *sync, GError **error)
{
	g_autoptr(GError) why = NULL;
	g_autofree char *before = store_meta(sync->workspace->store, STORE_FOLLOW, &why);

	if (why) {
		g_propagate_error(error, g_steal_pointer(&why));
		return false;
	}
	know(sync, before ? before : "");
	know(sync, sync->renames->str);
	if (sync->renames->len == 0)
		return true;
	g_string_prepend(sync->renames, before ? before : "");
	return store_set_meta(sync->workspace->store, STORE_FOLLOW, sync->renames->str, error);
}

/* --- following ------------------------------------------------------------------------------ */

/* Puts the new id where the old one stands; `prefix` is the path of `map`. */
static void rename_in(const struct rename *rename, const struct record_type *type, struct node *map,
		      const char *prefix, GPtrArray *paths)
{
	for (guint i = 0; i < type->n_fields; i++) {
		const struct field *field = &type->fields[i];
		struct node *node = node_get(map, field->key);
		g_autofree char *path = g_strconcat(prefix, field->key, NULL);
		bool refers = field->type == FIELD_REF && (field->refs & (1u << rename->kind));

		if (!node)
			continue;
		for (guint j = 0; field->type == FIELD_ITEMS && j < node->children->len; j++) {
			g_autofree char *item = path_item(field, node, j);
			g_autofree char *inner = g_strconcat(prefix, item, ".", NULL);
			rename_in(rename, field->sub, node->children->pdata[j], inner, paths);
		}
		if (field->type == FIELD_GROUP) {
			g_autofree char *inner = g_strconcat(path, ".", NULL);
			rename_in(rename, field->sub, node, inner, paths);
		}
		for (guint j = 0; refers && node->type == NODE_LIST && j < node->children->len;
		     j++) {
			struct node *word = node->children->pdata[j];
			if (strcmp(word->text, rename->old) != 0)
				continue;
			node_set_text(word, rename->new);
			g_ptr_array_add(paths, g_strdup(path));
		}
		if (refers && node->type == NODE_SCALAR && strcmp(node->text, rename->old) == 0) {
			node_set_text(node, rename->new);
			g_ptr_array_add(paths, g_strdup(path));
		}
	}
}

/* Value by value, so that comments of entries stay; else by whole entries. */
static void add_ops(struct change *change, enum kind kind, const char *id,
		    const struct node *before, const struct node *after,
		    const struct rename *rename, GPtrArray *paths)
{
	const struct record_type *type = record_type(kind);
	guint first = change->ops->len;
	struct node *tree = node_copy(before);
	bool good = true;

	for (guint i = 0; good && i < paths->len; i++) {
		const char *path = paths->pdata[i];
		const struct field *field = path_field(type, path, NULL);
		const struct node *list =
			field->flags & FIELD_MANY ? node_find(type, after, path) : NULL;
		g_autofree char *text = list ? node_to_json(list) : g_strdup(rename->new);
		struct node *next = NULL;

		good = op_apply(change_set(change, kind, id, path, text), tree, &next, NULL);
		tree = next;
	}
	good = good && node_equal(tree, after);
	node_free(tree);
	if (good)
		return;
	g_ptr_array_set_size(change->ops, (gint)first);
	change_diff(change, kind, id, before, after);
}

static void follow_in(const struct workspace *workspace, const struct rename *rename,
		      struct change *change)
{
	const struct model *model = workspace->model;

	for (guint k = 0; k < KIND_COUNT; k++) {
		for (guint i = 0; i < model->n[k]; i++) {
			const struct record *record = RECORD(model->records[k][i]);
			g_autoptr(GPtrArray) paths = g_ptr_array_new_with_free_func(g_free);
			struct node *before = node_from_record(record_type((enum kind)k), record);
			struct node *after = node_copy(before);

			rename_in(rename, record_type((enum kind)k), after, "", paths);
			if (paths->len > 0)
				add_ops(change, (enum kind)k, record->id, before, after, rename,
					paths);
			node_free(before);
			node_free(after);
		}
	}
}

static bool forget(struct workspace *workspace, GError **error)
{
	if (!store_begin(workspace->store, error))
		return false;
	if (store_set_meta(workspace->store, STORE_FOLLOW, "", error))
		return store_commit(workspace->store, error);
	store_rollback(workspace->store);
	return false;
}

static void say_unable(struct workspace *workspace, const struct rename *rename, const GError *why)
{
	g_autofree char *what = NULL;
	g_autofree char *remedy = NULL;

	error_split(why, &what, &remedy);
	g_autofree char *message = g_strdup_printf(
		_("%s is called %s now, but what refers to it could not follow: %s"), rename->old,
		rename->new, what);
	const struct finding finding = {
		.severity = SEVERITY_WARNING,
		.code = (char *)(gsize) "rename",
		.message = message,
		.hint = remedy ? remedy
			       : (char *)(gsize)_("it is tried again whenever files are read; "
						  "or write the new id into those files yourself"),
	};

	workspace_meet(workspace, &finding);
}

/* `*done` is false when it has to be tried again. */
static void follow(struct workspace *workspace, const struct rename *rename, bool *done)
{
	struct change *change = change_new();
	char *actor = workspace->actor;
	g_autoptr(GError) why = NULL;

	follow_in(workspace, rename, change);
	workspace->actor = (char *)(gsize)ACTOR_FILES;
	if (change->ops->len > 0 && !workspace_apply(workspace, change, &why)) {
		say_unable(workspace, rename, why);
		*done = false;
	} else if (change->ops->len > 0 && workspace->brought) {
		g_ptr_array_add(workspace->brought->to_files, change_copy(change));
	}
	workspace->actor = actor;
	change_free(change);
}

bool workspace_follow_renames(struct workspace *workspace, GError **error)
{
	g_autoptr(GError) why = NULL;
	g_autofree char *lines = store_meta(workspace->store, STORE_FOLLOW, &why);
	bool done = true;

	if (why) {
		g_propagate_error(error, g_steal_pointer(&why));
		return false;
	}
	if (!lines || !*lines)
		return true;
	g_auto(GStrv) all = g_strsplit(lines, "\n", -1);
	for (guint i = 0; all[i]; i++) {
		g_auto(GStrv) words = g_strsplit(all[i], " ", 3);
		struct rename rename = { 0 };

		if (g_strv_length(words) != 3 || !kind_parse(words[0], &rename.kind) ||
		    !id_is_valid(words[1]) || !id_is_valid(words[2]))
			continue;
		rename.old = words[1];
		rename.new = words[2];
		follow(workspace, &rename, &done);
	}
	return !done || forget(workspace, error);
}
