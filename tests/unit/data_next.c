/*
 * One generation after the other: whatever edits lead to, ties are those that all records
 * read anew would give.  If it fails, a tie that somebody changed, or one that has nothing
 * to do with it, is shown wrong until the program is started again.
 */
#include "data/model_private.h"

#include <string.h>

#define MEMBERS 24 /* few, so that what is edited is often a neighbour of what was */
#define ROUNDS	400

static const struct date today = { 2026, 11, 22 };

static const char *some_id(struct pool *pool)
{
	g_autofree char *id = g_strdup_printf("m%02d", g_test_rand_int_range(0, MEMBERS));

	return pool_word(pool, id);
}

/* One that nobody names can come and go without anybody having to be asked. */
static const char *some_id_or_unnamed(struct pool *pool)
{
	g_autofree char *id = g_strconcat(some_id(pool), g_test_rand_bit() ? "b" : "", NULL);

	return pool_word(pool, id);
}

static void some_partner(struct partnership *says, struct pool *pool)
{
	static const char *const states[] = { NULL, "active", "ended", "denied", "proposed" };
	static const char *const ways[] = { NULL, "in", "out", "none" };

	record_clear(&partnership_type, says);
	says->with = some_id(pool);
	says->status = states[g_test_rand_int_range(0, G_N_ELEMENTS(states))];
	says->direction = ways[g_test_rand_int_range(0, G_N_ELEMENTS(ways))];
	says->intensity = g_test_rand_bit() ? "cooperation" : "awareness";
	says->since.year = (gint16)g_test_rand_int_range(2018, 2026);
}

static struct institution *some_member(const char *id, struct pool *pool)
{
	struct institution *made = pool_alloc(pool, sizeof *made);
	guint n = (guint)g_test_rand_int_range(0, 7);

	record_clear(record_type(KIND_INSTITUTION), made);
	made->base.id = id;
	made->base.name = id;
	if (g_test_rand_bit())
		made->base.verified = (struct date){ g_test_rand_bit() ? 2026 : 2019, 3, 1 };
	made->partners.at = pool_alloc(pool, n * sizeof(struct partnership));
	made->partners.n = n;
	for (guint i = 0; i < n; i++)
		some_partner((struct partnership *)made->partners.at + i, pool);
	return made;
}

static struct model *read_anew(const struct model *model)
{
	GPtrArray *records[KIND_COUNT];
	struct model *made;

	for (guint k = 0; k < KIND_COUNT; k++) {
		records[k] = g_ptr_array_new();
		for (guint i = 0; i < model->n[k]; i++)
			g_ptr_array_add(records[k], (gpointer)(gsize)model->records[k][i]);
	}
	made = model_new(records, (struct pool *const *)model->pools->pdata, model->pools->len,
			 RECORD(model->network)->id, model->today, model->generation);
	for (guint k = 0; k < KIND_COUNT; k++)
		g_ptr_array_unref(records[k]);
	if (!model->confirmed_only)
		return made;
	struct model *confirmed = model_confirmed(made);

	model_unref(made);
	return confirmed;
}

static void assert_same_tie(const struct model *a, const struct model *b, guint i)
{
	const struct tie *x = &a->ties[i], *y = &b->ties[i];

	g_assert_true(x->a == y->a && x->b == y->b && x->state == y->state);
	g_assert_true(x->intensity == y->intensity && x->ended == y->ended);
	g_assert_true(x->over == y->over);
	g_assert_cmpint(date_compare(x->since, y->since), ==, 0);
	g_assert_cmpint(date_compare(x->until, y->until), ==, 0);
	g_assert_cmpuint(x->first_claim, ==, y->first_claim);
	g_assert_cmpuint(x->n_claims, ==, y->n_claims);
}

static void assert_same(const struct model *a, const struct model *b)
{
	guint n = a->n[KIND_INSTITUTION];

	g_assert_cmpuint(a->fingerprint, ==, b->fingerprint);
	g_assert_cmpuint(n, ==, b->n[KIND_INSTITUTION]);
	g_assert_cmpuint(a->n_ties, ==, b->n_ties);
	g_assert_cmpuint(a->n_claims, ==, b->n_claims);
	g_assert_cmpuint(a->n_unknown, ==, b->n_unknown);
	g_assert_true(memcmp(a->n_of_state, b->n_of_state, sizeof a->n_of_state) == 0);
	for (guint i = 0; i < a->n_ties; i++)
		assert_same_tie(a, b, i);
	for (guint i = 0; i < a->n_claims; i++) {
		const struct claim *x = &a->claims[i], *y = &b->claims[i];

		g_assert_true(x->from == y->from && x->item == y->item);
		g_assert_true(
			field_equal(record_field(&partnership_type, "with"), x->says, y->says));
		g_assert_true(x->says->since.year == y->says->since.year);
	}
	g_assert_true(memcmp(a->arc_start, b->arc_start, (n + 1) * sizeof *a->arc_start) == 0);
	gsize arcs = 2 * (gsize)a->n_ties * sizeof *a->arc_to;
	g_assert_true(memcmp(a->arc_to, b->arc_to, arcs) == 0);
	g_assert_true(memcmp(a->arc_tie, b->arc_tie, arcs) == 0);
}

static struct model *no_members(bool confirmed)
{
	GPtrArray *records[KIND_COUNT] = { 0 };
	struct model *none = model_new(records, NULL, 0, NULL, today, 1);
	struct model *made = confirmed ? model_confirmed(none) : model_ref(none);

	model_unref(none);
	return made;
}

/* Those of one change are of different members; mostly one or two, sometimes nearly all. */
static struct model *edited(const struct model *model)
{
	struct pool *pool = pool_new();
	struct model_edit edits[MEMBERS];
	guint n = 0, most = g_test_rand_int_range(0, 8) ? 2 : MEMBERS;
	g_autoptr(GHashTable) had = g_hash_table_new(g_str_hash, g_str_equal);

	for (guint i = 0; i < most; i++) {
		const char *id = some_id_or_unnamed(pool);

		if (!g_hash_table_add(had, (gpointer)(gsize)id))
			continue;
		edits[n++] =
			(struct model_edit){ KIND_INSTITUTION, id,
					     g_test_rand_int_range(0, 5) ? some_member(id, pool)
									 : NULL };
	}
	struct model *next = model_after(model, edits, n, pool);

	pool_unref(pool);
	return next;
}

/* With all ever named there nobody is unknown, which is another way to go. */
static void with_everybody(struct model **model)
{
	struct pool *pool = pool_new();

	for (guint i = 0; i < MEMBERS; i++) {
		g_autofree char *id = g_strdup_printf("m%02u", i);
		const char *kept = pool_word(pool, id);
		struct model *next;

		if (model_get(*model, KIND_INSTITUTION, id))
			continue;
		next = model_with(*model, KIND_INSTITUTION, kept, some_member(kept, pool), pool);
		model_unref(*model);
		*model = next;
	}
	pool_unref(pool);
}

static void follow(bool confirmed)
{
	struct model *model = no_members(confirmed);

	for (guint round = 0; round < ROUNDS; round++) {
		struct model *next, *anew;

		if (round % 4 == 0)
			with_everybody(&model);
		next = edited(model);
		anew = read_anew(next);
		assert_same(next, anew);
		model_unref(model);
		model_unref(anew);
		model = next;
	}
	model_unref(model);
}

static void generations(void)
{
	follow(false);
}

static void confirmed_generations(void)
{
	follow(true);
}

/* What lies behind a small record is not its own: here it is what no reader survives. */
static struct gaps *some_states(struct pool *pool)
{
	struct gaps *made = pool_alloc(pool, sizeof(struct institution));

	memset((void *)made, 0xff, sizeof(struct institution));
	record_clear(record_type(KIND_GAPS), made);
	made->base.id = "gaps";
	return made;
}

/* If it fails, a gap that is moved on when others have been ends the program. */
static void other_kinds(void)
{
	struct pool *pool = pool_new();
	struct model *one = no_members(false), *two, *three;

	two = model_with(one, KIND_GAPS, "gaps", some_states(pool), pool);
	three = model_with(two, KIND_GAPS, "gaps", some_states(pool), pool);
	g_assert_cmpuint(three->n[KIND_GAPS], ==, 1);
	model_unref(one);
	model_unref(two);
	model_unref(three);
	pool_unref(pool);
}

/* If it fails, an edit costs the whole network where nothing of it has changed. */
static void shares(void)
{
	struct pool *pool = pool_new();
	struct model *one = no_members(false), *two, *three;
	struct institution *member;

	with_everybody(&one);
	member = g_memdup2(model_institution(one, 3), sizeof *member);
	member->city = "Lima";
	two = model_with(one, KIND_INSTITUTION, member->base.id, member, pool);
	g_assert_true(two->ties == one->ties && two->arc_tie == one->arc_tie);
	g_assert_true(two->records[KIND_TERRITORY] == one->records[KIND_TERRITORY]);
	member->base.verified = (struct date){ 2026, 11, 1 };
	three = model_with(one, KIND_INSTITUTION, member->base.id, member, pool);
	g_assert_true(three->ties != one->ties && three->arc_tie == one->arc_tie);
	model_unref(one);
	model_unref(two);
	model_unref(three);
	g_free(member);
	pool_unref(pool);
}

int main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/next/generations", generations);
	g_test_add_func("/next/confirmed", confirmed_generations);
	g_test_add_func("/next/shares", shares);
	g_test_add_func("/next/other-kinds", other_kinds);
	return g_test_run();
}
