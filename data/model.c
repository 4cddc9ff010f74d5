/*
 * Generations of a network: records in order of id, found by binary search, made
 * one after the other by edits.  What ties they amount to is in model_ties.c, names
 * and values as people read them are in model_text.c.
 */
#include "data/model_private.h"

#include <stdlib.h>
#include <string.h>

#include "base/mix.h"

static const struct network nameless = { .settings = { .stale_months = FIELD_NO_INTEGER,
						       .cliff_months = FIELD_NO_INTEGER,
						       .declare_months = FIELD_NO_INTEGER,
						       .idle_months = FIELD_NO_INTEGER,
						       .seed = FIELD_NO_INTEGER } };

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
	ties_release(model);
	for (guint k = 0; k < KIND_COUNT; k++)
		array_release(model->records[k]);
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

		if (!field_is_set(field, record))
			continue;
		const void *at = field_at(field, record);
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

#define BLOCK 64   /* records that a thread takes at a time */
#define MANY  1000 /* from which on another thread is worth its beginning */

struct hashing {
	const struct model *model;
	gint next[KIND_COUNT]; /* record, atomic */
};

struct hasher {
	struct hashing *shared;
	guint64 sum;
};

static gpointer hash_some(gpointer data)
{
	struct hasher *hasher = data;
	const struct model *model = hasher->shared->model;

	for (guint k = 0; k < KIND_COUNT; k++) {
		gint *next = &hasher->shared->next[k], from;

		while ((from = g_atomic_int_add(next, BLOCK)) < (gint)model->n[k])
			for (guint i = (guint)from; i < MIN((guint)from + BLOCK, model->n[k]); i++)
				hasher->sum += record_hash((enum kind)k, model->records[k][i]);
	}
	return NULL;
}

/* Ties out of records, and beside them the fingerprint, which is the same for any order. */
static void derive(struct model *model)
{
	struct hashing shared = { .model = model };
	struct hasher own = { &shared, 0 }, other = { &shared, 0 };
	guint records = 0;

	for (guint k = 0; k < KIND_COUNT; k++)
		records += model->n[k];
	GThread *thread = records >= MANY && g_get_num_processors() > 1
				  ? g_thread_try_new("hash", hash_some, &other, NULL)
				  : NULL;
	ties_derive(model);
	hash_some(&own);
	if (thread)
		g_thread_join(thread);
	model->fingerprint = own.sum + other.sum;
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
		const void **at = ARRAY_NEW(const void *, n);

		for (guint i = 0; i < n; i++)
			at[i] = records[k]->pdata[i];
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

/* The same network; records and ties are still to be made or shared. */
static struct model *take_over(const struct model *model, guint64 generation)
{
	struct model *next = new_model(model->today, generation);

	for (guint i = 0; i < model->pools->len; i++)
		g_ptr_array_add(next->pools, pool_ref(model->pools->pdata[i]));
	next->network = model->network;
	next->fingerprint = model->fingerprint;
	next->confirmed_only = model->confirmed_only;
	return next;
}

static void share_records(struct model *next, const struct model *model, enum kind kind)
{
	next->records[kind] = array_share(model->records[kind]);
	next->n[kind] = model->n[kind];
}

struct model *model_confirmed(const struct model *model)
{
	if (model->confirmed_only)
		return model_ref(model);
	struct model *next = take_over(model, model->generation);
	next->confirmed_only = true;
	for (guint k = 0; k < KIND_COUNT; k++)
		share_records(next, model, (enum kind)k);
	ties_confirm(next, model);
	return next;
}

/* --- edits ------------------------------------------------------------------------ */

/* The first of the records from `lower` on whose id is not before `id`. */
static guint place_of(const void *const *records, guint lower, guint upper, const char *id)
{
	while (lower < upper) {
		guint middle = lower + (upper - lower) / 2;

		if (strcmp(RECORD(records[middle])->id, id) < 0)
			lower = middle + 1;
		else
			upper = middle;
	}
	return lower;
}

/*
 * Whether ties are what they were: they come of partners, of who is there, and of
 * how fresh an entry is.
 */
static bool keeps_ties(const void *before, const void *record)
{
	const struct record_type *type = record_type(KIND_INSTITUTION);

	return before && record && field_equal(record_field(type, "partners"), before, record) &&
	       field_equal(record_field(type, "verified"), before, record);
}

/*
 * The records of a kind after `edits`, which come in the order of ids.  Institutions whose
 * ties may be others are appended to `touched`.
 */
static void replace_records(struct model *next, const struct model *model, enum kind kind,
			    const struct model_edit *const *edits, guint n, GArray *touched)
{
	guint all = model->n[kind], from = 0, to = 0;
	const void *const *old = model->records[kind];
	const void **at = ARRAY_NEW(const void *, (gsize)all + n);

	for (guint i = 0; i < n; i++) {
		guint place = place_of(old, from, all, edits[i]->id);
		const void *record = edits[i]->record;
		bool there = place < all && !strcmp(RECORD(old[place])->id, edits[i]->id);
		struct touch touch = { there ? (int)place : -1, -1 };

		memcpy(at + to, old + from, (place - from) * sizeof *at);
		to += place - from;
		from = place + there;
		if (there)
			next->fingerprint -= record_hash(kind, old[place]);
		if (record) {
			next->fingerprint += record_hash(kind, record);
			touch.is = (int)to;
			at[to++] = record;
		}
		if (kind == KIND_INSTITUTION && (there || record) &&
		    !keeps_ties(there ? old[place] : NULL, record))
			g_array_append_val(touched, touch);
	}
	memcpy(at + to, old + from, (all - from) * sizeof *at);
	next->records[kind] = at;
	next->n[kind] = to + all - from;
}

static int compare_edits(gconstpointer a, gconstpointer b)
{
	const struct model_edit *x = *(const struct model_edit *const *)a;
	const struct model_edit *y = *(const struct model_edit *const *)b;

	return strcmp(x->id, y->id);
}

gint64 model_months(const struct model *model, enum months which)
{
	const struct settings *settings = &model->network->settings;
	const gint64 stale =
		settings->stale_months == FIELD_NO_INTEGER ? 24 : settings->stale_months;
	const struct {
		gint64 said, otherwise;
	} all[] = {
		[MONTHS_STALE] = { stale, stale },
		[MONTHS_CLIFF] = { settings->cliff_months, 12 },
		[MONTHS_DECLARE] = { settings->declare_months, stale },
		[MONTHS_IDLE] = { settings->idle_months, 12 },
	};

	return all[which].said == FIELD_NO_INTEGER ? all[which].otherwise : all[which].said;
}

static void replace_kind(struct model *next, const struct model *model, enum kind kind,
			 const struct model_edit *edits, guint n, GArray *touched)
{
	g_autoptr(GPtrArray) mine = g_ptr_array_new();

	for (guint i = 0; i < n; i++)
		if (edits[i].kind == kind)
			g_ptr_array_add(mine, (gpointer)(gsize)&edits[i]);
	if (mine->len == 0) {
		share_records(next, model, kind);
		return;
	}
	g_ptr_array_sort(mine, compare_edits);
	replace_records(next, model, kind, (const struct model_edit *const *)mine->pdata, mine->len,
			touched);
}

struct model *model_after(const struct model *model, const struct model_edit *edits, guint n,
			  struct pool *pool)
{
	struct model *next = take_over(model, model->generation + 1);
	g_autoptr(GArray) touched = g_array_new(FALSE, FALSE, sizeof(struct touch));

	if (pool)
		g_ptr_array_add(next->pools, pool_ref(pool));
	for (guint k = 0; k < KIND_COUNT; k++)
		replace_kind(next, model, (enum kind)k, edits, n, touched);
	for (guint i = 0; i < n; i++)
		if (edits[i].kind == KIND_NETWORK &&
		    !g_strcmp0(RECORD(model->network)->id, edits[i].id))
			next->network = edits[i].record ? edits[i].record : &nameless;
	if (model_months(next, MONTHS_STALE) != model_months(model, MONTHS_STALE))
		ties_derive(next);
	else if (touched->len == 0)
		ties_share(next, model);
	else if (!ties_follow(next, model, (const struct touch *)touched->data, touched->len))
		ties_derive(next);
	return next;
}

struct model *model_with(const struct model *model, enum kind kind, const char *id,
			 const void *record, struct pool *pool)
{
	const struct model_edit edit = { kind, id, record };

	return model_after(model, &edit, 1, record ? pool : NULL);
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

		if (model->arc_to[middle] < b)
			lower = middle + 1;
		else
			upper = middle;
	}
	if (lower < model->arc_start[a + 1] && model->arc_to[lower] == b)
		return &model->ties[model->arc_tie[lower]];
	return NULL;
}

guint model_count_ties(const struct model *model)
{
	guint n = 0;

	for (guint state = 0; state < TIE_COUNTING; state++)
		n += model->n_of_state[state];
	return n;
}

guint model_degree(const struct model *model, guint institution)
{
	guint n = 0;

	for (guint i = model->arc_start[institution]; i < model->arc_start[institution + 1]; i++)
		n += tie_counts(&model->ties[model->arc_tie[i]]);
	return n;
}

guint tie_other(const struct tie *tie, guint institution)
{
	return tie->a == institution ? tie->b : tie->a;
}

int tie_weight(const struct tie *tie)
{
	return MAX(tie->intensity, 0) + 1;
}

struct date model_checked(const struct model *model, struct date verified)
{
	const struct date never = { 0 };

	return date_compare(date_first_day(verified), model->today) > 0 ? never : verified;
}

bool model_is_stale(const struct model *model, struct date verified)
{
	return !date_is_set(verified) ||
	       date_months_between(verified, model->today) > model_months(model, MONTHS_STALE);
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
