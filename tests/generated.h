#ifndef TESTS_GENERATED_H
#define TESTS_GENERATED_H

#include "data/generate.h"
#include "data/model.h"

/* A generated network in memory, the same for the same options. */
static inline struct model *model_generated(const struct generate_options *options,
					    struct date today)
{
	struct pool *pool = pool_new();
	GPtrArray *records[KIND_COUNT];
	for (guint k = 0; k < KIND_COUNT; k++)
		records[k] = g_ptr_array_new();
	generate_records(options, pool, records);
	const struct record *network = g_ptr_array_index(records[KIND_NETWORK], 0);
	struct model *model = model_new(records, &pool, 1, network->id, today, 1);
	for (guint k = 0; k < KIND_COUNT; k++)
		g_ptr_array_unref(records[k]);
	pool_unref(pool);
	return model;
}

#endif
