/*
 * Imports a network's CSV tables as a directory of YAML entries: checks
 * everything first, then writes a directory beside and puts it in place with one
 * rename.
 */
#include "data/import/csv.h"

#include <glib/gi18n.h>

#include "base/errors.h"
#include "base/text.h"
#include "data/import/csv_build.h"
#include "data/import/write.h"

/* --- checking ------------------------------------------------------------------- */

static enum id_state find_id(void *data, guint refs, const char *id)
{
	const struct build *build = data;
	enum id_state state = ID_UNKNOWN;
	for (guint k = 0; k < KIND_COUNT; k++) {
		if (!(refs & (1u << k)))
			continue;
		if (g_hash_table_contains(build->by_id[k], id))
			return ID_KNOWN;
		if (build->broken[k]) /* it may be in a row that could not be read */
			state = ID_BROKEN;
	}
	return state;
}

static char *nearest_id(void *data, guint refs, const char *id)
{
	const struct build *build = data;
	g_autoptr(GPtrArray) ids = g_ptr_array_new();
	for (guint i = 0; i < build->entries->len; i++) {
		const struct entry *entry = build->entries->pdata[i];
		if (refs & (1u << entry->kind))
			g_ptr_array_add(ids, (gpointer)(gsize)entry->id);
	}
	g_ptr_array_add(ids, NULL);
	return g_strdup(text_nearest(id, (const char *const *)ids->pdata));
}

/* What the field tables found, moved to where it stands in the tables. */
static void relocate(struct findings *findings)
{
	for (guint i = 0; i < findings->all->len; i++) {
		struct finding *finding = findings->all->pdata[i];
		enum csv_table table;
		if (finding->line == 0)
			continue;
		build_unmark(finding->line, &table, &finding->line);
		g_free(finding->file);
		finding->file = g_strdup(csv_table_file(table));
	}
}

static void check_trees(struct build *build)
{
	struct pool *pool = pool_new();
	struct findings *found = findings_new();
	struct check check = { .id = find_id, .nearest = nearest_id, .data = build };

	check.network = node_to_record(record_type(KIND_NETWORK), build->network, &check,
				       "network.yaml", pool, found);
	for (guint i = 0; i < build->entries->len; i++) {
		const struct entry *entry = build->entries->pdata[i];
		node_to_record(record_type(entry->kind), entry->node, &check,
			       csv_table_file(entry->table), pool, found);
	}
	if (build->counts)
		node_to_record(record_type(KIND_COUNTS), build->counts, &check, "counts.yaml", pool,
			       found);
	relocate(found);
	findings_move(build->findings, found);
	findings_free(found);
	pool_unref(pool);
}

/* --- writing -------------------------------------------------------------------- */

static bool write_network(const struct build *build, const char *into, GError **error)
{
	g_autoptr(GArray) files = g_array_new(FALSE, FALSE, sizeof(struct tree_file));
	struct tree_file file = { KIND_NETWORK, NULL, build->network };

	g_array_append_val(files, file);
	file = (struct tree_file){ KIND_COUNTS, NULL, build->counts };
	if (build->counts)
		g_array_append_val(files, file);
	for (guint i = 0; i < build->entries->len; i++) {
		const struct entry *entry = build->entries->pdata[i];

		file = (struct tree_file){ entry->kind, entry->id, entry->node };
		g_array_append_val(files, file);
	}
	return network_write(files, into, error);
}

bool csv_import_run(const struct csv_import *import, guint rows[CSV_TABLE_COUNT],
		    struct findings *findings, GError **error)
{
	struct build build;
	guint errors_before = findings->errors;
	bool done = false;

	if (!import->check_only && !network_target_free(import->into, error))
		return false;
	build_init(&build, findings);
	if (build_read(&build, import->from, error)) {
		build_trees(&build, import);
		check_trees(&build);
		findings_sort(findings);
		guint errors = findings->errors - errors_before;
		if (errors > 0)
			g_set_error(error, TELAR_ERROR, TELAR_ERROR_FINDINGS,
				    ngettext("the tables have %u error; nothing was written",
					     "the tables have %u errors; nothing was written",
					     errors),
				    errors);
		else
			done = import->check_only || write_network(&build, import->into, error);
	}
	for (guint t = 0; done && rows && t < CSV_TABLE_COUNT; t++)
		rows[t] = build.sheets[t]->rows->len;
	build_release(&build);
	return done;
}
