/*
 * A network's files made from what a workspace holds: for restoring a backup and
 * for taking a store back to a directory.  What is written can be read again, or
 * nothing is written.
 */
#include "data/safety.h"

#include "base/errors.h"
#include "base/interrupt.h"
#include "data/current.h"
#include "data/import/write.h"
#include "data/workspace/private.h"
#include "data/yaml/yaml_file.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n.h>
#include <string.h>
#include <unistd.h>

#include <glib/gstdio.h>

struct out {
	const struct workspace *workspace;
	const char *root; /* directory that is being made */
	struct holdings *holdings;
	struct pool *pool;
	GHashTable *written; /* paths */
	struct interrupt *interrupt;
};

static bool contradicts(const char *path, const struct findings *findings, GError **error)
{
	for (guint i = 0; findings && i < findings->all->len; i++) {
		const struct finding *finding = findings->all->pdata[i];

		if (finding->severity == SEVERITY_ERROR) {
			g_set_error(error, TELAR_ERROR, TELAR_ERROR_DATA,
				    _("%s cannot be right: %s"), path, finding->message);
			return false;
		}
	}
	g_set_error(error, TELAR_ERROR, TELAR_ERROR_DATA,
		    _("%s does not say what its record says: somebody changed one of them"), path);
	return false;
}

/* --- one file ---------------------------------------------------------------------------- */

static bool put_bytes(const struct out *out, const char *path, const char *text, gsize length,
		      GError **error)
{
	g_autofree char *full = g_build_filename(out->root, path, NULL);
	g_autofree char *folder = g_path_get_dirname(full);
	g_autoptr(GError) why = NULL;

	if (interrupt_asked(out->interrupt, error))
		return false;
	if (g_mkdir(folder, 0777) != 0 && errno != EEXIST) {
		g_set_error(error, TELAR_ERROR, TELAR_ERROR_CANNOT_CREATE,
			    _("%s cannot be written: %s"), folder, g_strerror(errno));
		return false;
	}
	if (!g_file_set_contents_full(full, text, (gssize)length, G_FILE_SET_CONTENTS_NONE, 0666,
				      &why)) {
		g_set_error_literal(error, TELAR_ERROR, TELAR_ERROR_IO, why->message);
		return false;
	}
	g_hash_table_add(out->written, g_strdup(path));
	return true;
}

/* The record that a file of these bytes is; NULL with findings. */
static const void *read_back(const struct out *out, enum kind kind, const char *path,
			     const char *text, gsize length, struct findings *findings)
{
	struct node *root = yaml_read(text, length, path, findings);
	const struct check nothing = { 0 };
	const void *record =
		root ? reading_tree(kind, root, &nothing, path, out->pool, findings) : NULL;

	node_free(root);
	return record;
}

static bool write_record(const struct out *out, enum kind kind, const void *record, GError **error)
{
	const struct record_type *type = record_type(kind);
	g_autofree char *path =
		directory_path_of(kind, RECORD(record)->id, out->workspace->network_id);
	g_autoptr(GError) why = NULL;
	struct file_bytes *bytes = workspace_read_file(out->workspace, path, &why);
	struct findings *findings = findings_new();
	g_autofree char *made = NULL;

	if (!bytes && !why) {
		struct node *tree = node_from_record(type, record);
		made = yaml_emit_checked(type, tree, path, &why);
		node_free(tree);
	}
	const char *text = bytes ? bytes->text : made;
	gsize length = bytes ? bytes->length : made ? strlen(made) : 0;
	const void *again = text ? read_back(out, kind, path, text, length, findings) : NULL;
	bool good = again && record_equal(type, again, record);
	if (why)
		g_propagate_error(error, g_steal_pointer(&why));
	else
		good = good ? put_bytes(out, path, text, length, error)
			    : contradicts(path, again ? NULL : findings, error);
	if (good)
		out->holdings->texts += bytes != NULL;
	file_bytes_free(bytes);
	findings_free(findings);
	return good;
}

/* --- all of them --------------------------------------------------------------------------- */

static bool write_records(const struct out *out, GError **error)
{
	const struct model *model = out->workspace->model;

	for (guint k = 0; k < KIND_COUNT; k++) {
		for (guint i = 0; i < model->n[k]; i++) {
			if (!write_record(out, (enum kind)k, model->records[k][i], error))
				return false;
		}
		out->holdings->entries += model->n[k];
	}
	return true;
}

/* Files with errors have no record in use; their bytes are kept as they are, to be mended. */
static bool write_broken(const struct out *out, GError **error)
{
	g_autoptr(GPtrArray) states = file_states_new();
	bool good = store_files(out->workspace->store, states, error);

	for (guint i = 0; good && i < states->len; i++) {
		const struct file_state *state = states->pdata[i];

		if (!state->broken || !directory_is_entry(state->path) ||
		    g_hash_table_contains(out->written, state->path))
			continue;
		struct file_bytes *bytes = workspace_read_file(out->workspace, state->path, NULL);
		if (bytes) {
			good = put_bytes(out, state->path, bytes->text, bytes->length, error);
			out->holdings->texts++;
		}
		file_bytes_free(bytes);
	}
	return good;
}

/* History goes with the files, whose bytes are files again. */
static bool write_history(const struct out *out, GError **error)
{
	g_autofree char *path = store_path_in(out->root);
	g_autoptr(GPtrArray) texts = file_texts_new();
	struct directory *directory = directory_open(out->root, error);
	bool good = directory && directory_make_own(directory, error) &&
		    store_copy(out->workspace->history, path, error);
	struct store *store = good ? store_open(path, false, error) : NULL;

	directory_close(directory);
	good = store && store_texts(store, texts, error) && store_begin(store, error);
	for (guint i = 0; good && i < texts->len; i++)
		good = store_remove_text(store, ((struct file_text *)texts->pdata[i])->path, error);
	good = good && store_commit(store, error);
	if (store)
		store_rollback(store);
	struct holdings holdings = { 0 };
	good = good && store_holdings(store, &holdings, error);
	out->holdings->changes = holdings.changes;
	out->holdings->snapshots = holdings.snapshots;
	store_close(store);
	return good;
}

static bool to_disk(const char *path, GError **error)
{
	int fd = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	bool good = fd >= 0 && syncfs(fd) == 0;

	if (!good)
		g_set_error(error, TELAR_ERROR, TELAR_ERROR_IO, _("%s cannot be written: %s"), path,
			    g_strerror(errno));
	if (fd >= 0)
		close(fd);
	return good;
}

static bool write_all(const struct out *out, bool history, GError **error)
{
	return write_records(out, error) && write_broken(out, error) &&
	       (!history || write_history(out, error)) && !interrupt_asked(out->interrupt, error) &&
	       to_disk(out->root, error);
}

bool workspace_write_out(const struct workspace *workspace, const char *into, bool history,
			 struct holdings *holdings, GError **error)
{
	g_autofree char *absolute = g_canonicalize_filename(into, NULL);
	g_autofree char *parent = g_path_get_dirname(absolute);
	g_autofree char *beside = g_build_filename(parent, ".restore.XXXXXX", NULL);
	struct holdings made = { 0 };
	struct interrupt interrupt;

	if (!network_target_free(absolute, error))
		return false;
	interrupt_begin(&interrupt);
	if (!g_mkdtemp(beside)) {
		g_set_error(error, TELAR_ERROR, TELAR_ERROR_CANNOT_CREATE,
			    _("%s cannot be written: %s"), parent, g_strerror(errno));
		interrupt_end(&interrupt);
		return false;
	}
	/* A directory inside, because the temporary one is closed to everybody else. */
	g_autofree char *whole = g_build_filename(beside, "network", NULL);
	g_mkdir(whole, 0777);
	struct out out = { workspace,
			   whole,
			   &made,
			   pool_new(),
			   g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL),
			   &interrupt };
	bool good = write_all(&out, history, error);
	if (good && g_rename(whole, absolute) != 0) {
		g_set_error(error, TELAR_ERROR, TELAR_ERROR_CANNOT_CREATE,
			    _("%s cannot be written: %s"), absolute, g_strerror(errno));
		good = false;
	}
	made_remove(beside);
	interrupt_end(&interrupt);
	pool_unref(out.pool);
	g_hash_table_unref(out.written);
	if (good && holdings)
		*holdings = made;
	return good;
}
