/*
 * Versions that a crash left set aside: whether they differ from their file by edits of
 * ours alone, which makes them waste, and what a person decides of the others.  How
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

/* Changes of one record that may have been on their way to its file at once. */
#define OWN_MOST	   32
#define CHANGE(changes, i) ((const struct change *)(changes)->pdata[i])

/* --- what is explained ----------------------------------------------------------------------- */

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

/* The newest changes of the record that were made here, before any that came from files. */
static GPtrArray *own_changes(const struct workspace *workspace, const struct entry *entry)
{
	GPtrArray *changes = changes_new();
	const struct change_query query = { .kind = record_type(entry->kind)->name,
					    .id = entry->id,
					    .limit = OWN_MOST };
	guint from = 0, to;

	if (!store_changes(workspace->store, &query, changes, NULL))
		g_ptr_array_set_size(changes, 0);
	/* What files said was read since: at the start that looks at this. */
	while (from < changes->len && strcmp(CHANGE(changes, from)->actor, ACTOR_FILES) == 0)
		from++;
	for (to = from; to < changes->len; to++)
		if (strcmp(CHANGE(changes, to)->actor, ACTOR_FILES) == 0)
			break;
	g_ptr_array_remove_range(changes, to, changes->len - to);
	g_ptr_array_remove_range(changes, 0, from);
	return changes;
}

/* What a change does to the record; ops that do not fit are those that the file stood against. */
static struct node *after_change(struct node *tree, const struct entry *entry,
				 const struct change *change)
{
	for (guint i = 0; i < change->ops->len; i++) {
		struct op *op = change->ops->pdata[i];
		struct node *next = NULL;

		if (op->kind != entry->kind || strcmp(op->id, entry->id) != 0)
			continue;
		if (op_apply(op, node_copy(tree), &next, NULL)) {
			node_free(tree);
			tree = next;
		}
		if (!tree)
			break;
	}
	return tree;
}

/* Whether the newest of our changes, or some of them in turn, make `after` of `before`. */
static bool differ_by_own(const struct entry *entry, const GPtrArray *own,
			  const struct node *before, const struct node *after)
{
	bool equal = node_equal(before, after);

	for (guint n = 1; !equal && n <= own->len; n++) {
		struct node *tree = node_copy(before);

		for (guint i = n; tree && i-- > 0;)
			tree = after_change(tree, entry, own->pdata[i]);
		equal = tree && node_equal(tree, after);
		node_free(tree);
	}
	return equal;
}

/*
 * Whether the one version is the other with edits of ours, which history has.  Only then
 * nothing is lost with it: a value that is not there may be one that somebody took out,
 * and one that was there before one that somebody put back.
 */
static bool is_explained(const struct workspace *workspace, const struct entry *entry,
			 const struct file_bytes *present, const struct file_bytes *aside)
{
	struct node *version = tree_of(entry->kind, entry->path, aside);
	struct node *stands = tree_of(entry->kind, entry->path, present);
	bool explained = false;

	if (version && stands) {
		g_autoptr(GPtrArray) own = own_changes(workspace, entry);

		explained = differ_by_own(entry, own, version, stands) ||
			    differ_by_own(entry, own, stands, version);
	}
	node_free(version);
	node_free(stands);
	return explained;
}

/*
 * Whether what lies aside is in the file to the byte, is what the store read there last,
 * or has no comment that is not in the file and differs from it by edits of ours alone.
 * Of one that is too large for an entry only the beginning was read.
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
		is_explained(workspace, entry, present, aside));
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
		  "%s, and is not what the file says"),
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
