#ifndef TESTS_UNIT_DATA_ROWS_H
#define TESTS_UNIT_DATA_ROWS_H

/* A model of records that a test writes as JSON. */
#include "base/findings.h"
#include "data/model.h"
#include "data/node.h"

struct row {
	enum kind kind;
	const char *json;
};

static inline struct model *model_of_rows(const struct row *rows, guint n)
{
	struct pool *pool = pool_new();
	struct findings *findings = findings_new();
	struct date today = { 2026, 11, 22 };
	GPtrArray *all[KIND_COUNT];

	for (guint k = 0; k < KIND_COUNT; k++)
		all[k] = g_ptr_array_new();
	for (guint i = 0; i < n; i++) {
		struct node *node = node_from_json(rows[i].json, NULL);
		void *record =
			node_to_record(record_type(rows[i].kind), node, NULL, NULL, pool, findings);

		g_assert_nonnull(record);
		g_ptr_array_add(all[rows[i].kind], record);
		node_free(node);
	}
	struct model *model = model_new(all, &pool, 1, NULL, today, 1);
	for (guint k = 0; k < KIND_COUNT; k++)
		g_ptr_array_unref(all[k]);
	findings_free(findings);
	pool_unref(pool);
	return model;
}

#endif
