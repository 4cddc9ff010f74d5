/*
 * Counting by year, for the view of time and the export of years; no cells.
 */
#include "graph/chronicle.h"

#include <glib/gi18n.h>
#include <string.h>

#define YEARS_MOST 400	 /* a year typed wrong must not make millions of columns */
#define PIECE	   2048	 /* institutions, programmes, territories that are asked at once */
#define TIES	   16384 /* of them, and of spans that are counted */

struct chronicle_making {
	const struct model *model;
	struct filter *filter;
	const struct net *net; /* of whom is counted in the place of what passes; or NULL */
	bool *passes;	       /* of each institution */
	bool *territories;     /* with one that passes; NULL: all are asked for */
	int *joined;	       /* year of each institution; 0: it has always belonged */
	GArray *late;	       /* struct span: undated, and not there before `begun` */
	guint stage, at;       /* of stages[], and in it */
	int today, first, last;
};

/* What says no year is there from `first` on; 0: always. */
static void span_add(struct chronicle *chronicle, struct span span, int first)
{
	struct span late = { .series = span.series, .begun = first };
	int begun = span.begun, end = span.end;

	if (begun == 0)
		g_array_append_val(chronicle->making->late, late);
	if (begun == 0 && end == 0)
		return;
	g_array_append_val(chronicle->spans, span);
	chronicle->making->first = MIN(chronicle->making->first, begun != 0 ? begun : end);
	if (end != 0)
		chronicle->making->first = MIN(chronicle->making->first, end);
	chronicle->making->last = MAX(chronicle->making->last, MAX(begun, end));
}

/* First year in any network where each says one, and the last when it has left all. */
static void institution_years(const struct institution *one, int *begun, int *end)
{
	bool left = one->memberships.n > 0, dated = left;

	*begun = *end = 0;
	for (guint i = 0; i < one->memberships.n; i++) {
		const struct membership *membership =
			&ITEMS(struct membership, one->memberships)[i];
		int since = membership->since.year, until = membership->until.year;

		if (since != 0 && (*begun == 0 || since < *begun))
			*begun = since;
		dated = dated && since != 0;
		left = left && until != 0;
		*end = MAX(*end, until);
	}
	if (!dated)
		*begun = 0;
	if (!left)
		*end = 0;
}

static bool is_of(const struct chronicle_making *making, const char *institution)
{
	int at =
		institution == NULL ? -1 : model_find(making->model, KIND_INSTITUTION, institution);

	return at >= 0 && making->passes[at];
}

static bool programme_passes(const struct chronicle_making *making, const struct programme *one)
{
	bool found = is_of(making, one->lead);

	for (guint i = 0; !found && i < list_length(one->donors); i++)
		found = is_of(making, one->donors[i]);
	for (guint i = 0; !found && i < one->participants.n; i++)
		found = is_of(making, ITEMS(struct participant, one->participants)[i].institution);
	return found;
}

static void add_institution(struct chronicle *chronicle, guint i)
{
	struct chronicle_making *making = chronicle->making;
	const struct institution *one = model_institution(making->model, i);
	int begun, end;

	institution_years(one, &begun, &end);
	making->joined[i] = begun;
	making->passes[i] = making->net ? making->net->vertex[i] >= 0
					: filter_match(making->filter, making->model, i);
	if (!making->passes[i])
		return;
	span_add(chronicle, (struct span){ SERIES_INSTITUTIONS, i, begun, end }, 0);
	/* Where they are is only asked where not all pass. */
	for (guint k = 0; making->territories && k < list_length(one->territories); k++) {
		int at = model_find(making->model, KIND_TERRITORY, one->territories[k]);

		if (at >= 0)
			making->territories[at] = true;
	}
}

static void add_tie(struct chronicle *chronicle, guint i)
{
	const struct chronicle_making *making = chronicle->making;
	const struct tie *tie = &making->model->ties[i];

	int both = MAX(making->joined[tie->a], making->joined[tie->b]);

	if ((!making->passes[tie->a] && !making->passes[tie->b]) ||
	    !(making->net ? net_counts(making->net, tie) : tie_counts(tie)))
		return;
	span_add(chronicle,
		 (struct span){ SERIES_TIES, i, tie->since.year ? MAX(tie->since.year, both) : 0,
				tie->until.year },
		 both);
}

static void add_programme(struct chronicle *chronicle, guint i)
{
	const struct chronicle_making *making = chronicle->making;
	const struct programme *one = model_programme(making->model, i);

	if (making->territories == NULL || programme_passes(making, one))
		span_add(chronicle,
			 (struct span){ SERIES_PROGRAMMES, i, one->start.year, one->end.year }, 0);
}

static void add_territory(struct chronicle *chronicle, guint i)
{
	const struct chronicle_making *making = chronicle->making;
	const struct territory *one = model_territory(making->model, i);
	bool declared = date_is_set(one->declared_on) || g_strcmp0(one->status, "declared") == 0;

	if (declared && (making->territories == NULL || making->territories[i]))
		span_add(chronicle,
			 (struct span){ SERIES_TERRITORIES, i, one->declared_on.year, 0 }, 0);
}

/* All years are known. */
static void set_years(struct chronicle *chronicle)
{
	const struct chronicle_making *making = chronicle->making;
	gsize cells;

	chronicle->last = MIN(making->last, making->today + YEARS_MOST / 4);
	chronicle->first = making->first == G_MAXINT
				   ? chronicle->last + 1
				   : MAX(making->first, chronicle->last - YEARS_MOST);
	cells = (gsize)(chronicle->last - chronicle->first + 1) * SERIES_COUNT;
	chronicle->begun = g_new0(guint, cells + 1);
	chronicle->ended = g_new0(guint, cells + 1);
	chronicle->sum = g_new0(guint, cells + 1);
	chronicle->undated = g_new0(guint, cells + 1);
	for (guint i = 0; i < making->late->len; i++) {
		const struct span *late = &g_array_index(making->late, struct span, i);
		int from = MAX(late->begun, chronicle->first);

		if (from <= chronicle->last)
			chronicle->undated[chronicle_at(chronicle, from, late->series)]++;
	}
}

static void count(struct chronicle *chronicle, guint i)
{
	const struct span *span = &g_array_index(chronicle->spans, struct span, i);
	int begun = MAX(span->begun, chronicle->first);

	/* What is older than the first year shown began before it. */
	if (span->begun != 0 && begun <= chronicle->last)
		chronicle->begun[chronicle_at(chronicle, begun, span->series)]++;
	if (span->end >= chronicle->first && span->end <= chronicle->last)
		chronicle->ended[chronicle_at(chronicle, span->end, span->series)]++;
}

static void sum_up(struct chronicle *chronicle)
{
	gsize cells = (gsize)(chronicle->last - chronicle->first + 1) * SERIES_COUNT;

	for (gsize i = 0; i < cells; i++) {
		bool first = i < SERIES_COUNT;

		chronicle->sum[i] =
			chronicle->begun[i] + (first ? 0 : chronicle->sum[i - SERIES_COUNT]);
		chronicle->undated[i] += first ? 0 : chronicle->undated[i - SERIES_COUNT];
	}
}

/* Spans are there by series, as their stages follow one another. */
static const struct {
	void (*take)(struct chronicle *chronicle, guint i);
	guint piece;
} stages[] = {
	{ add_institution, PIECE }, { add_tie, TIES }, { add_programme, PIECE },
	{ add_territory, PIECE },   { count, TIES },
};

#define COUNTING (G_N_ELEMENTS(stages) - 1)

static guint stage_size(const struct chronicle *chronicle)
{
	const struct model *model = chronicle->making->model;
	const guint sizes[] = { model->n[KIND_INSTITUTION], model->n_ties, model->n[KIND_PROGRAMME],
				model->n[KIND_TERRITORY], chronicle->spans->len };

	return sizes[chronicle->making->stage];
}

static struct chronicle *chronicle_new(const struct model *model, struct date today, bool all)
{
	struct chronicle *chronicle = g_new0(struct chronicle, 1);
	struct chronicle_making *making = g_new0(struct chronicle_making, 1);

	chronicle->spans = g_array_new(FALSE, FALSE, sizeof(struct span));
	chronicle->making = making;
	making->model = model_ref(model);
	making->passes = g_new0(bool, model->n[KIND_INSTITUTION] + 1);
	making->joined = g_new0(int, model->n[KIND_INSTITUTION] + 1);
	making->late = g_array_new(FALSE, FALSE, sizeof(struct span));
	making->territories = all ? NULL : g_new0(bool, model->n[KIND_TERRITORY] + 1);
	making->first = G_MAXINT;
	making->last = making->today = today.year;
	return chronicle;
}

struct chronicle *chronicle_begin(const struct model *model, struct filter *filter,
				  struct date today)
{
	struct chronicle *chronicle = chronicle_new(model, today, filter == NULL);

	chronicle->making->filter = filter;
	return chronicle;
}

struct chronicle *chronicle_of(const struct net *net)
{
	const struct model *model = net->model;
	struct chronicle *chronicle =
		chronicle_new(model, model->today, net->n == model->n[KIND_INSTITUTION]);

	chronicle->making->net = net;
	while (chronicle_go_on(chronicle))
		continue;
	return chronicle;
}

static void making_free(struct chronicle_making *making)
{
	if (making == NULL)
		return;
	filter_free(making->filter);
	model_unref((struct model *)making->model);
	g_free(making->passes);
	g_free(making->joined);
	g_array_unref(making->late);
	g_free(making->territories);
	g_free(making);
}

bool chronicle_go_on(struct chronicle *chronicle)
{
	struct chronicle_making *making = chronicle->making;
	guint n, end;

	if (making == NULL)
		return false;
	n = stage_size(chronicle);
	end = MIN(n, making->at + stages[making->stage].piece);
	while (making->at < end)
		stages[making->stage].take(chronicle, making->at++);
	if (making->at < n)
		return true;
	making->at = 0;
	if (++making->stage == COUNTING)
		set_years(chronicle);
	if (making->stage <= COUNTING)
		return true;
	sum_up(chronicle);
	g_clear_pointer(&chronicle->making, making_free);
	return false;
}

void chronicle_free(struct chronicle *chronicle)
{
	if (chronicle == NULL)
		return;
	making_free(chronicle->making);
	g_array_unref(chronicle->spans);
	g_free(chronicle->begun);
	g_free(chronicle->ended);
	g_free(chronicle->sum);
	g_free(chronicle->undated);
	g_free(chronicle);
}

/* --- words ------------------------------------------------------------------------------- */

static const struct {
	const char *id, *label;
} series_words[SERIES_COUNT] = {
	[SERIES_INSTITUTIONS] = { "institutions", N_("Institutions") },
	[SERIES_TIES] = { "ties", N_("Ties") },
	[SERIES_PROGRAMMES] = { "programmes", N_("Programmes") },
	[SERIES_TERRITORIES] = { "territories", N_("Territories") },
};

const char *series_id(enum series series)
{
	return series_words[series].id;
}

const char *series_label(enum series series)
{
	return _(series_words[series].label);
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
