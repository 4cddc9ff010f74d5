/*
 * Opening, closing and looking again: the life of a workspace around its store,
 * its directory and the current model.  Edits are in apply.c, files in sync.c.
 */
#include "data/workspace/private.h"

#include "base/errors.h"
#include "data/current.h"

#include <glib/gi18n.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* The store of the directory; read only, one in memory, with the other for its history. */
static bool open_stores(struct workspace *workspace, GError **error)
{
	struct directory *directory = workspace->directory;
	g_autofree char *path = store_path_in(directory->path);

	if (!workspace->read_only) {
		workspace->store = directory_make_own(directory, error)
					   ? store_open(path, false, error)
					   : NULL;
		workspace->history = workspace->store;
		return workspace->store != NULL;
	}
	workspace->store = store_open(NULL, false, error);
	if (!workspace->store)
		return false;
	if (access(path, R_OK) == 0)
		workspace->history = store_open(path, true, NULL);
	if (!workspace->history)
		workspace->history = workspace->store;
	return true;
}

void workspace_take_findings(struct workspace *workspace, struct findings *to)
{
	if (workspace->met)
		findings_move(to, workspace->met);
}

/* What a crash left to be written goes out before anything is read. */
static bool complete_outbox(struct workspace *workspace, struct findings *findings, GError **error)
{
	g_autoptr(GPtrArray) rows = g_ptr_array_new();

	if (workspace->read_only || !workspace->directory)
		return true;
	if (!store_outbox(workspace->store, rows, error))
		return false;
	if (rows->len == 0)
		return true;
	g_ptr_array_foreach(rows, (GFunc)(void (*)(void))outbox_row_free, NULL);
	if (!store_lock(workspace->store, error))
		return false;
	bool good = workspace_flush(workspace, findings, error);
	store_unlock(workspace->store);
	return good;
}

static bool open_directory(struct workspace *workspace, const char *path, struct findings *findings,
			   GError **error)
{
	bool wrote = false;

	workspace->directory = directory_open(path, error);
	if (!workspace->directory)
		return false;
	workspace->path = g_strdup(workspace->directory->path);
	if (!directory_is_writable(workspace->directory))
		workspace->read_only = true;
	return directory_has_network(workspace->directory, error) &&
	       open_stores(workspace, error) && complete_outbox(workspace, findings, error) &&
	       workspace_sync(workspace, findings, &wrote, error);
}

struct workspace *workspace_open_telling(const struct workspace_options *options,
					 struct brought *brought, struct findings *findings,
					 GError **error)
{
	struct workspace *workspace = g_new0(struct workspace, 1);

	workspace->brought = brought;
	workspace->actor = g_strdup(options->actor ? options->actor : "");
	workspace->clock = options->clock;
	workspace->read_only = (options->flags & WORKSPACE_READ_ONLY) != 0;
	g_autofree char *path = network_at(options->path);
	bool good = g_file_test(path, G_FILE_TEST_IS_REGULAR)
			    ? workspace_open_alone(workspace, path, findings, error)
			    : open_directory(workspace, path, findings, error);
	good = good && workspace_load(workspace, error) &&
	       ((brought && brought->dry) || workspace_review(workspace, error));
	if (good)
		workspace->brought = NULL;
	else
		g_clear_pointer(&workspace, workspace_close);
	return workspace;
}

struct workspace *workspace_open(const struct workspace_options *options, struct findings *findings,
				 GError **error)
{
	return workspace_open_telling(options, NULL, findings, error);
}

void workspace_close(struct workspace *workspace)
{
	if (!workspace)
		return;
	model_unref(workspace->model);
	if (workspace->history != workspace->store)
		store_close(workspace->history);
	store_close(workspace->store);
	directory_close(workspace->directory);
	for (guint k = 0; k < KIND_COUNT; k++)
		g_clear_pointer(&workspace->broken[k], g_hash_table_unref);
	g_free(workspace->network_id);
	g_clear_pointer(&workspace->met, findings_free);
	g_free(workspace->path);
	g_free(workspace->actor);
	g_free(workspace);
}

const struct model *workspace_model(const struct workspace *workspace)
{
	return workspace->model;
}

const char *workspace_path(const struct workspace *workspace)
{
	return workspace->path;
}

const char *workspace_actor(const struct workspace *workspace)
{
	return workspace->actor;
}

void workspace_set_patience(struct workspace *workspace, gint64 microseconds)
{
	store_set_patience(workspace->store, microseconds);
}

bool workspace_is_read_only(const struct workspace *workspace)
{
	return workspace->read_only;
}

bool workspace_refresh(struct workspace *workspace, struct findings *findings, bool *changed,
		       GError **error)
{
	gint64 version = 0;
	bool wrote = false;

	if (!complete_outbox(workspace, findings, error) ||
	    !workspace_sync(workspace, findings, &wrote, error) ||
	    !store_version(workspace->store, &version, error))
		return false;
	bool grown = version != workspace->version;
	if (grown && (!workspace_load(workspace, error) || !workspace_review(workspace, error)))
		return false;
	*changed = grown;
	return true;
}

GPtrArray *workspace_log(const struct workspace *workspace, const struct log_query *query,
			 GError **error)
{
	static const struct log_query any = { 0 };
	const struct log_query *wanted = query ? query : &any;
	const struct change_query changes = {
		.kind = wanted->kind ? record_type(*wanted->kind)->name : NULL,
		.id = wanted->id,
		.actor = wanted->actor,
		.since = wanted->since,
		.until = wanted->until,
		.limit = wanted->limit,
	};
	GPtrArray *out = changes_new();

	if (!store_changes(workspace->history, &changes, out, error))
		g_clear_pointer(&out, g_ptr_array_unref);
	/* A history that is damaged is told as it is; workspace_undo() says what is wrong. */
	for (guint i = 0; out && i < out->len; i++) {
		struct change *change = out->pdata[i];

		if (change->undone_by)
			(void)workspace_change_stands(workspace->history, change, &change->redone,
						      NULL);
	}
	return out;
}

char *workspace_search(const char *start)
{
	g_autofree char *at = g_canonicalize_filename(start, NULL);

	while (true) {
		g_autofree char *file = g_build_filename(at, DIRECTORY_NETWORK, NULL);
		if (g_file_test(file, G_FILE_TEST_EXISTS))
			return g_steal_pointer(&at);
		char *up = g_path_get_dirname(at);
		bool top = strcmp(up, at) == 0;
		g_free(at);
		at = up;
		if (top)
			return NULL;
	}
}
