#include "tui/views/chronicle.h"

#include <string.h>

/*
 * Counting by year, for the view of time; no words and no cells.
 */
#define YEARS_MOST 400 /* a year typed wrong must not make millions of columns */

bool span_stands(const struct span *span, int year)
{
	return span->begun != 0 && span->begun <= year && (span->end == 0 || span->end >= year);
}

static void span_add(struct chronicle *chronicle, enum series series, guint index, int begun,
		     int end)
{
	struct span span = { series, index, begun, end };

	chronicle->all[series]++;
	if (begun == 0)
		chronicle->undated[series]++;
	if (begun != 0 || end != 0)
		g_array_append_val(chronicle->spans, span);
}

/* First year in any network, and the last when it has left all. */
static void institution_years(const struct institution *one, int *begun, int *end)
{
	bool left = one->memberships.n > 0;

	*begun = *end = 0;
	for (guint i = 0; i < one->memberships.n; i++) {
		const struct membership *membership =
			&ITEMS(struct membership, one->memberships)[i];
		int since = membership->since.year, until = membership->until.year;

		if (since != 0 && (*begun == 0 || since < *begun))
			*begun = since;
		left = left && until != 0;
		*end = MAX(*end, until);
	}
	if (!left)
		*end = 0;
}

static bool programme_passes(GHashTable *ids, const struct programme *one)
{
	if (one->lead != NULL && g_hash_table_contains(ids, one->lead))
		return true;
	for (guint i = 0; i < list_length(one->donors); i++)
		if (g_hash_table_contains(ids, one->donors[i]))
			return true;
	for (guint i = 0; i < one->participants.n; i++) {
		const char *id = ITEMS(struct participant, one->participants)[i].institution;

		if (id != NULL && g_hash_table_contains(ids, id))
			return true;
	}
	return false;
}

static void add_institutions(struct chronicle *chronicle, const struct model *model,
			     const struct filter *filter, bool *passes, GHashTable *ids)
{
	for (guint i = 0; i < model->n[KIND_INSTITUTION]; i++) {
		const struct institution *one = model_institution(model, i);
		int begun, end;

		passes[i] = filter_match(filter, model, i);
		if (!passes[i])
			continue;
		institution_years(one, &begun, &end);
		span_add(chronicle, SERIES_INSTITUTIONS, i, begun, end);
		/* Who they are is only asked where not all pass. */
		if (filter == NULL)
			continue;
		g_hash_table_add(ids, (gpointer)one->base.id);
		for (guint k = 0; k < list_length(one->territories); k++)
			g_hash_table_add(ids, (gpointer)one->territories[k]);
	}
}

static void add_rest(struct chronicle *chronicle, const struct model *model, bool all,
		     const bool *passes, GHashTable *ids)
{
	for (guint i = 0; i < model->n_ties; i++) {
		const struct tie *tie = &model->ties[i];

		if (passes[tie->a] || passes[tie->b])
			span_add(chronicle, SERIES_TIES, i, tie->since.year, tie->until.year);
	}
	for (guint i = 0; i < model->n[KIND_PROGRAMME]; i++) {
		const struct programme *one = model_programme(model, i);

		if (all || programme_passes(ids, one))
			span_add(chronicle, SERIES_PROGRAMMES, i, one->start.year, one->end.year);
	}
	for (guint i = 0; i < model->n[KIND_TERRITORY]; i++) {
		const struct territory *one = model_territory(model, i);
		bool declared =
			date_is_set(one->declared_on) || g_strcmp0(one->status, "declared") == 0;

		if (declared && (all || g_hash_table_contains(ids, one->base.id)))
			span_add(chronicle, SERIES_TERRITORIES, i, one->declared_on.year, 0);
	}
}

static void set_years(struct chronicle *chronicle, int today)
{
	int first = G_MAXINT, last = today;

	for (guint i = 0; i < chronicle->spans->len; i++) {
		const struct span *span = &g_array_index(chronicle->spans, struct span, i);

		if (span->begun != 0)
			first = MIN(first, span->begun);
		if (span->end != 0)
			first = MIN(first, span->end);
		last = MAX(last, MAX(span->begun, span->end));
	}
	chronicle->last = MIN(last, today + YEARS_MOST / 4);
	chronicle->first =
		first == G_MAXINT ? chronicle->last + 1 : MAX(first, chronicle->last - YEARS_MOST);
}

static void count(struct chronicle *chronicle)
{
	gsize cells = (gsize)(chronicle->last - chronicle->first + 1) * SERIES_COUNT;

	chronicle->begun = g_new0(guint, cells + 1);
	chronicle->ended = g_new0(guint, cells + 1);
	chronicle->sum = g_new0(guint, cells + 1);
	for (guint i = 0; i < chronicle->spans->len; i++) {
		const struct span *span = &g_array_index(chronicle->spans, struct span, i);
		int begun = MAX(span->begun, chronicle->first);

		/* What is older than the first year shown began before it. */
		if (span->begun != 0 && begun <= chronicle->last)
			chronicle->begun[chronicle_at(chronicle, begun, span->series)]++;
		if (span->end >= chronicle->first && span->end <= chronicle->last)
			chronicle->ended[chronicle_at(chronicle, span->end, span->series)]++;
	}
	for (gsize i = 0; i < cells; i++)
		chronicle->sum[i] = chronicle->begun[i] +
				    (i < SERIES_COUNT ? 0 : chronicle->sum[i - SERIES_COUNT]);
}

struct chronicle *chronicle_new(const struct model *model, const struct filter *filter,
				struct date today)
{
	struct chronicle *chronicle = g_new0(struct chronicle, 1);
	g_autofree bool *passes = g_new0(bool, model->n[KIND_INSTITUTION] + 1);
	g_autoptr(GHashTable) ids = g_hash_table_new(g_str_hash, g_str_equal);

	chronicle->spans =
		g_array_sized_new(FALSE, FALSE, sizeof(struct span),
				  filter == NULL ? model->n[KIND_INSTITUTION] + model->n_ties : 0);
	add_institutions(chronicle, model, filter, passes, ids);
	add_rest(chronicle, model, filter == NULL, passes, ids);
	set_years(chronicle, today.year);
	count(chronicle);
	return chronicle;
}

void chronicle_free(struct chronicle *chronicle)
{
	if (chronicle == NULL)
		return;
	g_array_unref(chronicle->spans);
	g_free(chronicle->begun);
	g_free(chronicle->ended);
	g_free(chronicle->sum);
	g_free(chronicle);
}

/* --- published figures ------------------------------------------------------------------ */

static void figures_free(gpointer data)
{
	struct figures *figures = data;

	g_ptr_array_unref(figures->counts);
	g_free(figures);
}

static int count_compare(gconstpointer left, gconstpointer right)
{
	const struct count *a = *(const struct count *const *)left;
	const struct count *b = *(const struct count *const *)right;
	int order = date_compare(a->as_of, b->as_of);

	return order != 0 ? order : (a->value > b->value) - (a->value < b->value);
}

static void figures_add(GPtrArray *all, GHashTable *index, const struct count *count_of)
{
	g_autofree char *key = g_strdup_printf("%s\n%s", count_of->entity, count_of->metric);
	struct figures *figures = g_hash_table_lookup(index, key);

	if (figures == NULL) {
		figures = g_new0(struct figures, 1);
		figures->entity = count_of->entity;
		figures->metric = count_of->metric;
		figures->counts = g_ptr_array_new();
		g_hash_table_insert(index, g_steal_pointer(&key), figures);
		g_ptr_array_add(all, figures);
	}
	g_ptr_array_add(figures->counts, (gpointer)count_of);
}

GPtrArray *figures_new(const struct model *model)
{
	GPtrArray *all = g_ptr_array_new_with_free_func(figures_free);
	g_autoptr(GHashTable) index = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);

	for (guint r = 0; r < model->n[KIND_COUNTS]; r++) {
		const struct counts *record = model->records[KIND_COUNTS][r];

		for (guint i = 0; i < record->counts.n; i++) {
			const struct count *one = &ITEMS(struct count, record->counts)[i];

			if (one->entity != NULL && one->metric != NULL)
				figures_add(all, index, one);
		}
	}
	for (guint i = 0; i < all->len; i++)
		g_ptr_array_sort(((struct figures *)g_ptr_array_index(all, i))->counts,
				 count_compare);
	return all;
}
