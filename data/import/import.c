/*
 * The steps of an import, one after the other: read, recognise, settle, merge.
 * Prints nothing and asks nothing; writing a new network is the last step.
 */
#include "data/import/import.h"

#include <string.h>

#include <glib/gi18n.h>

#include "base/errors.h"
#include "data/import/make.h"
#include "data/import/match.h"
#include "data/import/write.h"

static void column_free(gpointer data)
{
	struct import_column *column = data;

	g_free(column->file);
	g_free(column->column);
	g_free(column->use);
	g_free(column);
}

static void match_free(gpointer data)
{
	struct import_match *match = data;

	g_free(match->label);
	g_free(match->id);
	g_ptr_array_unref(match->fills);
	g_ptr_array_unref(match->differs);
	g_free(match);
}

static void alike_free_one(gpointer data)
{
	struct import_alike *alike = data;

	g_free(alike->label);
	g_free(alike->id);
	g_free(alike->name);
	g_free(alike->place);
	g_free(alike);
}

static struct import_plan *plan_new(void)
{
	struct import_plan *plan = g_new0(struct import_plan, 1);

	plan->columns = g_ptr_array_new_with_free_func(column_free);
	plan->matches = g_ptr_array_new_with_free_func(match_free);
	plan->alike = g_ptr_array_new_with_free_func(alike_free_one);
	plan->words = g_ptr_array_new_with_free_func(g_free);
	return plan;
}

void import_plan_free(struct import_plan *plan)
{
	if (!plan)
		return;
	g_ptr_array_unref(plan->columns);
	g_ptr_array_unref(plan->matches);
	g_ptr_array_unref(plan->alike);
	g_ptr_array_unref(plan->words);
	change_free(plan->change);
	if (plan->trees)
		g_ptr_array_unref(plan->trees);
	node_free(plan->network);
	g_free(plan);
}

static bool read_files(struct batch *batch, GError **error)
{
	for (const char *const *file = batch->options->files; *file; file++) {
		if (!raw_read(*file, batch->raws, batch->findings, error))
			return false;
	}
	return columns_check_map(batch->raws, batch->options->map, error);
}

static void list_columns(const struct batch *batch, struct import_plan *plan, guint index)
{
	const struct raw *raw = batch->raws->pdata[index];
	const GPtrArray *uses = batch->uses->pdata[index];

	for (guint i = 0; uses && i < uses->len; i++) {
		const struct use *use = uses->pdata[i];
		struct import_column *column = g_new0(struct import_column, 1);

		column->file = g_strdup(raw->what);
		column->column = g_strdup(raw->columns->pdata[i]);
		column->use = use_text(use);
		column->left_out = use->slot == SLOT_LEFT_OUT;
		g_ptr_array_add(plan->columns, column);
	}
}

static void recognise(struct batch *batch, struct import_plan *plan)
{
	for (guint i = 0; i < batch->raws->len; i++) {
		struct raw *raw = batch->raws->pdata[i];
		bool read = raw->header > 0 || raw->columns->len > 0;

		g_ptr_array_add(batch->uses,
				read ? columns_recognise(raw, batch->options->map,
							 batch->options->computed, batch->findings)
				     : NULL);
		list_columns(batch, plan, i);
	}
}

/* The words that hold after the import; in the batch's own terms for a new network. */
static const struct network *network_after(const struct node *tree, struct pool *pool)
{
	struct findings *found = findings_new();
	const struct check nothing = { 0 };
	const struct network *network =
		node_to_record(record_type(KIND_NETWORK), tree, &nothing, NULL, pool, found);

	findings_free(found);
	return network;
}

static bool settle(struct batch *batch, struct import_plan *plan, GError **error)
{
	batch_fill(batch);
	if (!match_rows(batch, plan, error))
		return false;
	merge_sectors(batch);
	make_words(batch, plan);

	struct pool *pool = pool_new();
	struct node *network = make_network(batch);
	GPtrArray *targets = merge_rows(batch, network_after(network, pool), plan);
	if (batch->model) {
		plan->change = make_change(batch, targets);
		g_ptr_array_unref(targets);
		node_free(network);
	} else {
		plan->trees = targets;
		plan->network = network;
	}
	pool_unref(pool);
	return true;
}

struct import_plan *import_prepare(const struct import_options *options, const struct model *model,
				   struct findings *findings, GError **error)
{
	struct batch batch;
	struct import_plan *plan = plan_new();
	guint before = findings->errors;

	batch_init(&batch, options, model, findings);
	bool good = read_files(&batch, error);
	if (good)
		recognise(&batch, plan);
	/* What cannot be read would be missed everywhere else. */
	if (good && findings->errors == before)
		good = settle(&batch, plan, error);
	findings_sort(findings);
	batch_release(&batch);
	if (good)
		return plan;
	import_plan_free(plan);
	return NULL;
}

bool import_write(const struct import_plan *plan, const char *into, GError **error)
{
	g_autoptr(GArray) files = g_array_new(FALSE, FALSE, sizeof(struct tree_file));
	struct tree_file file = { KIND_NETWORK, NULL, plan->network };

	g_array_append_val(files, file);
	for (guint i = 0; i < plan->trees->len; i++) {
		const struct target *target = plan->trees->pdata[i];

		file = (struct tree_file){ target->kind, target->id, target->after };
		g_array_append_val(files, file);
	}
	return network_write(files, into, error);
}
