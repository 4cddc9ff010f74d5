#ifndef TESTS_UNIT_GRAPH_SMALL_H
#define TESTS_UNIT_GRAPH_SMALL_H

/*
 * Small networks in memory for tests of graph/: institutions "i000", "i001", …
 * with the ties of a list of pairs, each declared by its first end.
 */
#include "graph/study.h"
#include "tests/generated.h"

#include <math.h>

struct small {
	struct pool *pool;
	GPtrArray *records[KIND_COUNT];
	struct institution **all;
	guint n;
};

static inline void small_init(struct small *small, guint n)
{
	small->pool = pool_new();
	for (guint k = 0; k < KIND_COUNT; k++)
		small->records[k] = g_ptr_array_new();
	small->n = n;
	small->all = pool_alloc(small->pool, (n + 1) * sizeof *small->all);
	for (guint i = 0; i < n; i++) {
		g_autofree char *id = g_strdup_printf("i%03u", i);
		g_autofree char *name = g_strdup_printf("Institution %u", i);
		struct institution *row = pool_alloc(small->pool, sizeof *row);
		record_clear(record_type(KIND_INSTITUTION), row);
		row->base.id = pool_text(small->pool, id);
		row->base.name = pool_text(small->pool, name);
		small->all[i] = row;
		g_ptr_array_add(small->records[KIND_INSTITUTION], row);
	}
}

static inline const char *const *small_list(struct small *small, const char *a, const char *b)
{
	const char **list = pool_alloc(small->pool, 3 * sizeof *list);
	list[0] = pool_text(small->pool, a);
	list[1] = pool_text(small->pool, b);
	return list;
}

/* i says that it works with j. */
static inline struct partnership *small_tie(struct small *small, guint i, guint j,
					    const char *intensity)
{
	struct items *items = &small->all[i]->partners;
	struct partnership *rows = pool_alloc(small->pool, (items->n + 1) * sizeof *rows);
	for (guint k = 0; k < items->n; k++)
		rows[k] = ITEMS(struct partnership, *items)[k];
	struct partnership *row = &rows[items->n];
	record_clear(&partnership_type, row);
	row->with = small->all[j]->base.id;
	row->intensity = intensity;
	items->at = rows;
	items->n++;
	return row;
}

/* What stands aside of what somebody says, to be filled. */
static inline struct partnership_details *small_details(struct small *small,
							struct partnership *says)
{
	if (!says->details)
		says->details = pool_alloc(small->pool, sizeof *says->details);
	return (struct partnership_details *)(gsize)says->details;
}

static inline void small_ties(struct small *small, const guint (*pairs)[2], guint n)
{
	for (guint i = 0; i < n; i++)
		small_tie(small, pairs[i][0], pairs[i][1], NULL);
}

static inline struct territory *small_territory(struct small *small, const char *id,
						const char *status)
{
	struct territory *row = pool_alloc(small->pool, sizeof *row);
	record_clear(record_type(KIND_TERRITORY), row);
	row->base.id = row->base.name = pool_text(small->pool, id);
	row->status = status;
	g_ptr_array_add(small->records[KIND_TERRITORY], row);
	return row;
}

static inline struct model *small_model(struct small *small)
{
	struct date today = { 2026, 11, 22 };
	return model_new(small->records, &small->pool, 1, NULL, today, 1);
}

/* A record of any kind, with nothing but its id for a name. */
static inline void *small_add(struct small *small, enum kind kind, const char *id)
{
	struct record *row = pool_alloc(small->pool, record_type(kind)->size);
	record_clear(record_type(kind), row);
	row->id = row->name = pool_text(small->pool, id);
	g_ptr_array_add(small->records[kind], row);
	return row;
}

/* The network's own record, with its settings. */
static inline struct network *small_network(struct small *small)
{
	struct network *row = small_add(small, KIND_NETWORK, "net");
	row->settings.stale_months = 24;
	row->settings.seed = 1;
	return row;
}

/* The words of a vocabulary, each its own name. */
static inline void small_words(struct small *small, struct network *row, enum vocabulary vocabulary,
			       const char *const *ids)
{
	guint n = g_strv_length((char **)(guintptr)ids);
	struct term *terms = pool_alloc(small->pool, n * sizeof *terms);
	for (guint i = 0; i < n; i++)
		terms[i] = (struct term){ .id = ids[i], .name = ids[i] };
	row->vocabularies.of[vocabulary] = (struct items){ terms, n };
}

/* Measures and gaps of what was put together; as of a fixed day. */
static inline struct study *small_gaps(struct small *small)
{
	g_autoptr(GError) error = NULL;
	struct date today = { 2026, 11, 22 };
	struct model *model = model_new(small->records, &small->pool, 1, "net", today, 1);
	struct study *study = study_new(model, NULL);
	model_unref(model);
	g_assert_true(study_compute(study, STUDY_MEASURES | STUDY_GAPS, NULL, &error));
	g_assert_no_error(error);
	return study;
}

static inline void small_release(struct small *small)
{
	for (guint k = 0; k < KIND_COUNT; k++)
		g_ptr_array_unref(small->records[k]);
	pool_unref(small->pool);
}

/* Everything computed, of a model that is given up to it. */
static inline struct study *small_study(struct small *small, guint parts)
{
	g_autoptr(GError) error = NULL;
	struct model *model = small_model(small);
	struct study *study = study_new(model, NULL);
	model_unref(model);
	g_assert_true(study_compute(study, parts, NULL, &error));
	g_assert_no_error(error);
	return study;
}

/* A generated network, its seed and day fixed. */
static inline struct model *small_generated(guint n, guint territories, double degree,
					    enum generate_shape shape)
{
	struct generate_options options = { .institutions = n,
					    .territories = territories,
					    .programmes = 12,
					    .degree = degree,
					    .seed = 5,
					    .shape = shape };
	return model_generated(&options, (struct date){ 2026, 11, 22 });
}

static inline double small_value(const struct study *study, const char *id)
{
	const struct measure *measure = measure_find(id);
	g_assert_nonnull(measure);
	return study_value(study, measure);
}

static inline double small_of(const struct study *study, const char *id, guint i)
{
	const struct measure *measure = measure_find(id);
	g_assert_nonnull(measure);
	return study_of(study, measure, i);
}

#define small_assert_near(a, b, within) g_assert_cmpfloat_with_epsilon((a), (b), (within))

#endif
