/*
 * Generations of a network: records in order of id, found by binary search, and
 * the ties that the institutions' claims amount to.  Names and values as people
 * read them are in model_text.c.
 */
#include "data/model.h"

#include <stdlib.h>
#include <string.h>

#include "base/mix.h"

static const struct network nameless = { .settings = { .stale_months = FIELD_NO_INTEGER,
						       .seed = FIELD_NO_INTEGER } };

#define STALE_MONTHS_DEFAULT 24

struct model *model_ref(const struct model *model)
{
	struct model *counted = (struct model *)(gsize)model;

	g_atomic_int_inc(&counted->refs);
	return counted;
}

void model_unref(struct model *model)
{
	if (!model || !g_atomic_int_dec_and_test(&model->refs))
		return;
	pool_unref(model->pool);
	pool_unref(model->ties_pool);
	g_ptr_array_unref(model->pools);
	g_free(model);
}

static void unref_pool(gpointer pool)
{
	pool_unref(pool);
}

/* --- fingerprint ------------------------------------------------------------- */

static guint64 mix_double(guint64 hash, double number)
{
	guint64 bits = 0;

	number += 0.0; /* -0 is written as 0 */
	memcpy(&bits, &number, sizeof bits);
	return mix_number(hash, bits);
}

static guint64 mix_scalar(guint64 hash, const struct field *field, const void *at)
{
	switch (field->type) {
	case FIELD_DATE: {
		const struct date *date = at;

		return mix_number(hash, (guint64)date->year << 16 | (guint64)date->month << 8 |
						date->day);
	}
	case FIELD_INTEGER:
		return mix_number(hash, (guint64) * (const gint64 *)at);
	case FIELD_NUMBER:
		return mix_double(hash, *(const double *)at);
	case FIELD_MONEY: {
		const struct money *money = at;

		return mix_text(mix_number(hash, (guint64)money->minor), money->currency);
	}
	default:
		return mix_text(hash, *(const char *const *)at);
	}
}

static guint64 hash_record(guint64 hash, const struct record_type *type, const void *record)
{
	for (guint i = 0; i < type->n_fields; i++) {
		const struct field *field = &type->fields[i];
		const void *at = (const char *)record + field->offset;

		if (!field_is_set(field, record))
			continue;
		hash = mix_text(hash, field->key);
		if (field->type == FIELD_GROUP) {
			hash = hash_record(hash, field->sub, at);
		} else if (field->type == FIELD_ITEMS) {
			const struct items *items = at;

			for (guint j = 0; j < items->n; j++)
				hash = hash_record(mix_number(hash, j), field->sub,
						   (const char *)items->at +
							   (gsize)j * field->sub->size);
		} else if (field->flags & FIELD_MANY) {
			for (char *const *word = *(char *const *const *)at; *word; word++)
				hash = mix_text(hash, *word);
		} else {
			hash = mix_scalar(hash, field, at);
		}
	}
	return hash;
}

/* Summed over records, so that one can be taken out and another put in. */
static guint64 record_hash(enum kind kind, const void *record)
{
	const struct record_type *type = record_type(kind);

	return hash_record(mix_text(MIX_START, type->name), type, record);
}

/* --- ties ---------------------------------------------------------------------- */

static guint lower_end(const struct claim *claim)
{
	return MIN(claim->from, claim->to);
}

static guint upper_end(const struct claim *claim)
{
	return MAX(claim->from, claim->to);
}

/* Those of one end stay in the order they had.  O(claims + institutions). */
static void order_by(guint (*end)(const struct claim *), guint institutions,
		     const struct claim *from, struct claim *to, guint n)
{
	g_autofree guint *place = g_new0(guint, (gsize)institutions + 1);

	for (guint i = 0; i < n; i++)
		place[end(&from[i]) + 1]++;
	for (guint i = 0; i < institutions; i++)
		place[i + 1] += place[i];
	for (guint i = 0; i < n; i++)
		to[place[end(&from[i])]++] = from[i];
}

/* By pair, then by who speaks and where: as claims come, but for their pair. */
static void order_claims(struct claim *claims, guint n, guint institutions)
{
	g_autofree struct claim *scratch = g_new(struct claim, (gsize)n + 1);

	order_by(upper_end, institutions, claims, scratch, n);
	order_by(lower_end, institutions, scratch, claims, n);
}

/* id -> index + 1 of every institution: each claim looks one up. */
static GHashTable *index_institutions(const struct model *model)
{
	GHashTable *index = g_hash_table_new(g_str_hash, g_str_equal);

	for (guint i = 0; i < model->n[KIND_INSTITUTION]; i++)
		g_hash_table_insert(index, (gpointer)(gsize)RECORD(model_institution(model, i))->id,
				    GUINT_TO_POINTER(i + 1));
	return index;
}

static void derive_claims(struct model *model)
{
	g_autoptr(GHashTable) index = index_institutions(model);
	guint n = 0, kept = 0;
	struct claim *claims;

	for (guint i = 0; i < model->n[KIND_INSTITUTION]; i++)
		n += model_institution(model, i)->partners.n;
	claims = pool_alloc(model->ties_pool, (n + 1) * sizeof *claims);
	for (guint i = 0; i < model->n[KIND_INSTITUTION]; i++) {
		const struct items *partners = &model_institution(model, i)->partners;

		for (guint j = 0; j < partners->n; j++) {
			const struct partnership *says = &ITEMS(struct partnership, *partners)[j];
			guint to =
				says->with
					? GPOINTER_TO_UINT(g_hash_table_lookup(index, says->with))
					: 0;

			if (to && to - 1 != i)
				claims[kept++] = (struct claim){ i, to - 1, j, says };
		}
	}
	order_claims(claims, kept, model->n[KIND_INSTITUTION]);
	model->claims = claims;
	model->n_claims = kept;
}

static bool claim_ended(const struct model *model, const struct partnership *says)
{
	if (!g_strcmp0(says->status, "ended"))
		return true;
	return date_is_set(says->until) && date_is_set(model->today) &&
	       date_compare(date_last_day(says->until), model->today) < 0;
}

static bool share_a_kind(const struct partnership *a, const struct partnership *b)
{
	for (const char *const *kind = a->kinds; kind && *kind; kind++)
		if (list_has(b->kinds, *kind))
			return true;
	return !a->kinds && !b->kinds;
}

static bool is_denied(const struct partnership *says)
{
	return !g_strcmp0(says->status, "denied");
}

/* Two sides contradict: one denies, both claim to give (or to receive) the same, or one says over,
 * the other on. */
static bool contradict(const struct partnership *a, const struct partnership *b)
{
	bool same_way = a->direction && !g_strcmp0(a->direction, b->direction) &&
			strcmp(a->direction, "none") != 0;
	bool a_ended = !g_strcmp0(a->status, "ended"), b_ended = !g_strcmp0(b->status, "ended");

	/* A denial without kinds is of all that the other says. */
	if (is_denied(a) != is_denied(b))
		return !(is_denied(a) ? a : b)->kinds || share_a_kind(a, b);
	if (!share_a_kind(a, b))
		return false;
	return same_way || (a_ended != b_ended && a->status && b->status);
}

static bool keeps_fresh_entry(const struct model *model, guint institution)
{
	struct date verified = RECORD(model_institution(model, institution))->verified;

	return date_is_set(verified) && !model_is_stale(model, verified);
}

static enum tie_state state_of(const struct model *model, const struct tie *tie, const bool *fresh)
{
	const struct claim *claims = model->claims + tie->first_claim;
	guint by_a = 0;

	while (by_a < tie->n_claims && claims[by_a].from == tie->a)
		by_a++;
	if (!by_a || by_a == tie->n_claims)
		return fresh[by_a ? tie->b : tie->a] ? TIE_CLAIMED : TIE_UNANSWERABLE;
	for (guint i = 0; i < by_a; i++)
		for (guint j = by_a; j < tie->n_claims; j++)
			if (contradict(claims[i].says, claims[j].says))
				return TIE_DISPUTED;
	return TIE_CONFIRMED;
}

static void sum_up(const struct model *model, struct tie *tie, const bool *fresh)
{
	bool open = false;

	tie->intensity = -1;
	tie->ended = true;
	for (guint i = 0; i < tie->n_claims; i++) {
		const struct partnership *says = model->claims[tie->first_claim + i].says;
		int intensity = choice_index(choice_intensity, says->intensity);

		if (is_denied(says))
			continue;
		tie->intensity = MAX(tie->intensity, intensity);
		tie->ended = tie->ended && claim_ended(model, says);
		if (date_is_set(says->since) &&
		    (!date_is_set(tie->since) || date_compare(says->since, tie->since) < 0))
			tie->since = says->since;
		open = open || !date_is_set(says->until);
		if (date_is_set(says->until) && date_compare(says->until, tie->until) > 0)
			tie->until = says->until;
	}
	if (open)
		tie->until = (struct date){ 0 };
	tie->state = state_of(model, tie, fresh);
}

static guint keep_confirmed(struct tie *ties, guint n)
{
	guint kept = 0;

	for (guint i = 0; i < n; i++)
		if (ties[i].state == TIE_CONFIRMED)
			ties[kept++] = ties[i];
	return kept;
}

static void derive_ties(struct model *model)
{
	struct tie *ties = pool_alloc(model->ties_pool, (model->n_claims + 1) * sizeof *ties);
	g_autofree bool *fresh = g_new(bool, (gsize)model->n[KIND_INSTITUTION] + 1);
	guint n = 0;

	for (guint i = 0; i < model->n[KIND_INSTITUTION]; i++)
		fresh[i] = keeps_fresh_entry(model, i);
	for (guint i = 0; i < model->n_claims; i++) {
		const struct claim *claim = &model->claims[i];
		guint a = MIN(claim->from, claim->to), b = MAX(claim->from, claim->to);

		if (!n || ties[n - 1].a != a || ties[n - 1].b != b)
			ties[n++] = (struct tie){ .a = a, .b = b, .first_claim = i };
		ties[n - 1].n_claims++;
	}
	for (guint i = 0; i < n; i++)
		sum_up(model, &ties[i], fresh);
	model->ties = ties;
	model->n_ties = model->confirmed_only ? keep_confirmed(ties, n) : n;
}

/* Ties are ordered by (a, b): filling the larger end first leaves each row ascending. */
static void derive_arcs(struct model *model)
{
	guint n = model->n[KIND_INSTITUTION];
	guint *start = pool_alloc(model->ties_pool, ((gsize)n + 1) * sizeof *start);
	struct arc *arcs =
		pool_alloc(model->ties_pool, ((gsize)model->n_ties * 2 + 1) * sizeof *arcs);
	g_autofree guint *fill = g_new(guint, (gsize)n + 1);

	for (guint i = 0; i < model->n_ties; i++) {
		start[model->ties[i].a + 1]++;
		start[model->ties[i].b + 1]++;
	}
	for (guint i = 0; i < n; i++)
		start[i + 1] += start[i];
	memcpy(fill, start, ((gsize)n + 1) * sizeof *fill);
	for (guint i = 0; i < model->n_ties; i++)
		arcs[fill[model->ties[i].b]++] = (struct arc){ model->ties[i].a, i };
	for (guint i = 0; i < model->n_ties; i++)
		arcs[fill[model->ties[i].a]++] = (struct arc){ model->ties[i].b, i };
	model->arc_start = start;
	model->arcs = arcs;
}

static void derive(struct model *model)
{
	model->ties_pool = pool_new();
	derive_claims(model);
	derive_ties(model);
	derive_arcs(model);
}

/* --- generations ----------------------------------------------------------------- */

static int compare_records(const void *a, const void *b)
{
	return strcmp((*(const struct record *const *)a)->id,
		      (*(const struct record *const *)b)->id);
}

static bool are_ordered(const void *const *records, guint n)
{
	guint i = 1;

	while (i < n && compare_records(&records[i - 1], &records[i]) <= 0)
		i++;
	return i >= n;
}

static struct model *new_model(struct date today, guint64 generation)
{
	struct model *model = g_new0(struct model, 1);

	model->refs = 1;
	model->pool = pool_new();
	model->pools = g_ptr_array_new_with_free_func(unref_pool);
	model->today = today;
	model->generation = generation;
	model->network = &nameless;
	return model;
}

struct model *model_new(GPtrArray *const records[KIND_COUNT], struct pool *const *pools,
			guint n_pools, const char *network_id, struct date today,
			guint64 generation)
{
	struct model *model = new_model(today, generation);

	for (guint i = 0; i < n_pools; i++)
		g_ptr_array_add(model->pools, pool_ref(pools[i]));
	for (guint k = 0; k < KIND_COUNT; k++) {
		guint n = records[k] ? records[k]->len : 0;
		const void **at = pool_alloc(model->pool, ((gsize)n + 1) * sizeof *at);

		for (guint i = 0; i < n; i++) {
			at[i] = records[k]->pdata[i];
			model->fingerprint += record_hash((enum kind)k, at[i]);
		}
		if (!are_ordered(at, n))
			qsort(at, n, sizeof *at, compare_records);
		model->records[k] = at;
		model->n[k] = n;
	}
	const struct network *network =
		network_id ? model_get(model, KIND_NETWORK, network_id) : NULL;

	if (network)
		model->network = network;
	derive(model);
	return model;
}

static void copy_records(struct model *model, enum kind kind)
{
	gsize bytes = (gsize)model->n[kind] * sizeof(void *);
	void *at = pool_alloc(model->pool, bytes);

	if (bytes > 0)
		memcpy(at, model->records[kind], bytes);
	model->records[kind] = at;
}

/* The records of a kind with `record` in the place of `id` (or without it). */
static void replace_record(struct model *model, enum kind kind, const char *id, const void *record)
{
	guint n = model->n[kind], lower = 0, upper = n;
	const void *const *old = model->records[kind];
	const void **at = pool_alloc(model->pool, ((gsize)n + 2) * sizeof *at);

	while (lower < upper) {
		guint middle = lower + (upper - lower) / 2;

		if (strcmp(RECORD(old[middle])->id, id) < 0)
			lower = middle + 1;
		else
			upper = middle;
	}
	bool there = lower < n && !strcmp(RECORD(old[lower])->id, id);

	if (there)
		model->fingerprint -= record_hash(kind, old[lower]);
	if (record)
		model->fingerprint += record_hash(kind, record);
	memcpy(at, old, lower * sizeof *at);
	if (record)
		at[lower] = record;
	memcpy(at + lower + (record ? 1 : 0), old + lower + (there ? 1 : 0),
	       (n - lower - (there ? 1 : 0)) * sizeof *at);
	model->records[kind] = at;
	model->n[kind] = n + (record ? 1 : 0) - (there ? 1 : 0);
}

/*
 * Whether ties are what they were: they come of partners, of who is there, and of
 * how fresh an entry is.
 */
static bool keeps_ties(const struct model *model, enum kind kind, const char *id,
		       const void *record)
{
	const struct record_type *type = record_type(KIND_INSTITUTION);
	const void *before = model_get(model, kind, id);

	if (kind == KIND_NETWORK)
		return strcmp(RECORD(model->network)->id ? RECORD(model->network)->id : "", id) !=
		       0;
	if (kind != KIND_INSTITUTION)
		return true;
	return before && record && field_equal(record_field(type, "partners"), before, record) &&
	       field_equal(record_field(type, "verified"), before, record);
}

static void share_ties(struct model *next, const struct model *model)
{
	next->ties_pool = pool_ref(model->ties_pool);
	next->ties = model->ties;
	next->n_ties = model->n_ties;
	next->claims = model->claims;
	next->n_claims = model->n_claims;
	next->arc_start = model->arc_start;
	next->arcs = model->arcs;
}

/* The same records; ties are still to be derived or shared. */
static struct model *take_over(const struct model *model, guint64 generation)
{
	struct model *next = new_model(model->today, generation);

	for (guint i = 0; i < model->pools->len; i++)
		g_ptr_array_add(next->pools, pool_ref(model->pools->pdata[i]));
	for (guint k = 0; k < KIND_COUNT; k++) {
		next->records[k] = model->records[k];
		next->n[k] = model->n[k];
		/* A copy, so that the old generation's memory can go with it. */
		copy_records(next, (enum kind)k);
	}
	next->network = model->network;
	next->fingerprint = model->fingerprint;
	next->confirmed_only = model->confirmed_only;
	return next;
}

struct model *model_with(const struct model *model, enum kind kind, const char *id,
			 const void *record, struct pool *pool)
{
	struct model *next = take_over(model, model->generation + 1);

	if (record)
		g_ptr_array_add(next->pools, pool_ref(pool));
	replace_record(next, kind, id, record);
	if (kind == KIND_NETWORK && !g_strcmp0(RECORD(model->network)->id, id))
		next->network = record ? record : &nameless;
	if (keeps_ties(model, kind, id, record))
		share_ties(next, model);
	else
		derive(next);
	return next;
}

struct model *model_confirmed(const struct model *model)
{
	if (model->confirmed_only)
		return model_ref(model);
	struct model *next = take_over(model, model->generation);
	next->confirmed_only = true;
	derive(next);
	return next;
}

/* --- looking up -------------------------------------------------------------------- */

static int compare_id(const void *id, const void *record)
{
	return strcmp(id, (*(const struct record *const *)record)->id);
}

int model_find(const struct model *model, enum kind kind, const char *id)
{
	const void *const *at = id && model->n[kind]
					? bsearch(id, model->records[kind], model->n[kind],
						  sizeof(void *), compare_id)
					: NULL;

	return at ? (int)(at - model->records[kind]) : -1;
}

const void *model_get(const struct model *model, enum kind kind, const char *id)
{
	int i = model_find(model, kind, id);

	return i < 0 ? NULL : model->records[kind][i];
}

const struct tie *model_tie(const struct model *model, guint a, guint b)
{
	guint lower = model->arc_start[a], upper = model->arc_start[a + 1];

	while (lower < upper) {
		guint middle = lower + (upper - lower) / 2;

		if (model->arcs[middle].to < b)
			lower = middle + 1;
		else
			upper = middle;
	}
	if (lower < model->arc_start[a + 1] && model->arcs[lower].to == b)
		return &model->ties[model->arcs[lower].tie];
	return NULL;
}

guint tie_other(const struct tie *tie, guint institution)
{
	return tie->a == institution ? tie->b : tie->a;
}

int tie_weight(const struct tie *tie)
{
	return MAX(tie->intensity, 0) + 1;
}

bool model_is_stale(const struct model *model, struct date verified)
{
	gint64 months = model->network->settings.stale_months;

	if (months == FIELD_NO_INTEGER)
		months = STALE_MONTHS_DEFAULT;
	return !date_is_set(verified) || date_months_between(verified, model->today) > months;
}

GPtrArray *tie_kinds(const struct model *model, const struct tie *tie)
{
	const struct items *terms = &model->network->vocabularies.of[VOCABULARY_KINDS];
	GPtrArray *kinds = g_ptr_array_new();

	for (guint t = 0; t < terms->n; t++) {
		const char *id = ITEMS(struct term, *terms)[t].id;

		for (guint i = 0; i < tie->n_claims; i++) {
			if (list_has(model->claims[tie->first_claim + i].says->kinds, id)) {
				g_ptr_array_add(kinds, (gpointer)(gsize)id);
				break;
			}
		}
	}
	return kinds;
}
