/*
 * After an edit the study takes over what still holds.  If these fail, people see
 * numbers of a network that is no longer theirs, or wait for what has not changed.
 */
#include "tests/unit/graph_small.h"

#include "base/mix.h"
#include "graph/keep.h"
#include "graph/work.h"

#include <string.h>

static struct model *generated(guint n, double degree)
{
	return small_generated(n, n / 12, degree, GENERATE_TERRITORIES);
}

static struct study *studied(const struct model *model, const struct study *earlier, guint parts)
{
	g_autoptr(GError) error = NULL;
	struct study *study = study_new(model, NULL);
	study_inherit(study, earlier);
	g_assert_true(study_compute(study, parts, NULL, &error));
	g_assert_no_error(error);
	return study;
}

static void same_values(const struct study *a, const struct study *b)
{
	guint n;
	const struct measure *table = measures(&n);
	for (guint i = 0; i < n; i++) {
		g_autofree double *x = study_values(a, &table[i]);
		g_autofree double *y = study_values(b, &table[i]);
		guint count = table[i].level == LEVEL_NETWORK	    ? 1
			      : table[i].level == LEVEL_INSTITUTION ? a->net->n
			      : table[i].level == LEVEL_TIE	    ? a->net->m
			      : table[i].by >= 0 ? a->partitions[table[i].by]->n_groups
						 : 0;
		for (guint k = 0; k < count; k++)
			if (x[k] != y[k] && !(isnan(x[k]) && isnan(y[k])))
				g_error("%s of %u: %.17g inherited, %.17g from scratch",
					table[i].id, k, x[k], y[k]);
	}
}

static void same_gap(const struct gap *x, const struct gap *y)
{
	g_assert_cmpstr(x->id, ==, y->id);
	g_assert_cmpfloat(x->severity, ==, y->severity);
	g_assert_cmpstr(x->title, ==, y->title);
	g_assert_cmpstr(x->reason, ==, y->reason);
	g_assert_cmpstr(x->advice, ==, y->advice);
	g_assert_cmpint(x->territory, ==, y->territory);
	g_assert_cmpint(x->status, ==, y->status);
	g_assert_true(x->hidden == y->hidden);
	g_assert_cmpuint(x->evidence->len, ==, y->evidence->len);
	for (guint i = 0; i < x->evidence->len; i++)
		g_assert_cmpstr(x->evidence->pdata[i], ==, y->evidence->pdata[i]);
	g_assert_cmpuint(x->institutions->len, ==, y->institutions->len);
	g_assert_true(x->institutions->len == 0 ||
		      memcmp(x->institutions->data, y->institutions->data,
			     x->institutions->len * sizeof(guint)) == 0);
	g_assert_cmpuint(x->candidates->len, ==, y->candidates->len);
	for (guint i = 0; i < x->candidates->len; i++) {
		const struct candidate *p = x->candidates->pdata[i], *q = y->candidates->pdata[i];
		g_assert_true(p->a == q->a && p->b == q->b && p->introducer == q->introducer);
		g_assert_cmpstr(p->why, ==, q->why);
	}
}

static void same_register(const struct study *a, const struct study *b)
{
	const GPtrArray *x = study_all_gaps(a), *y = study_all_gaps(b);
	g_assert_cmpuint(x->len, ==, y->len);
	for (guint i = 0; i < x->len; i++)
		same_gap(x->pdata[i], y->pdata[i]);
}

static void same_chance(const struct study *a, const struct study *b)
{
	for (guint t = 0; t < CHANCE_TABLES; t++) {
		const struct chance *x = a->chance[t], *y = b->chance[t];
		gsize cells = (gsize)x->n_rows * x->n_cols;
		g_assert_true(memcmp(x->observed, y->observed, cells * sizeof *x->observed) == 0);
		g_assert_true(memcmp(x->mean, y->mean, cells * sizeof *x->mean) == 0);
		g_assert_true(memcmp(x->adjusted, y->adjusted, cells * sizeof *x->adjusted) == 0);
	}
}

/* An edit of each class; the next generation. */
enum edit {
	EDIT_NAME,
	EDIT_SECTOR,
	EDIT_TERRITORY,
	EDIT_COUNTRY,
	EDIT_VERIFIED,
	EDIT_LINES,
	EDIT_INTENSITY,
	EDIT_TIE,
	EDIT_UNTIE,
	EDIT_PROGRAMME,
	EDIT_DECISION,
	EDIT_SEED,
	EDIT_LEAVE,
	EDITS
};

static void *copy_of(struct pool *pool, const void *record, gsize size)
{
	return memcpy(pool_alloc(pool, size), record, size);
}

static void edit_partners(struct pool *pool, struct institution *row, const char *with,
			  enum edit edit)
{
	const struct items former = row->partners;
	struct partnership *rows = pool_alloc(pool, (former.n + 1) * sizeof *rows);
	if (former.n > 0)
		memcpy(rows, former.at, former.n * sizeof *rows);
	row->partners.at = rows;
	if (edit == EDIT_INTENSITY && former.n > 0) {
		rows[0].intensity = g_strcmp0(rows[0].intensity, "integration") == 0
					    ? "awareness"
					    : "integration";
	} else if (edit == EDIT_UNTIE && former.n > 0) {
		row->partners.n--;
	} else if (edit == EDIT_TIE) {
		record_clear(&partnership_type, &rows[former.n]);
		rows[former.n].with = with;
		rows[former.n].intensity = "cooperation";
		row->partners.n++;
	}
}

static void edit_institution(struct pool *pool, struct institution *row,
			     const struct institution *other, enum edit edit)
{
	g_autofree char *name = g_strconcat(row->base.name, " renamed", NULL);
	switch (edit) {
	case EDIT_NAME:
		row->base.name = pool_text(pool, name);
		break;
	case EDIT_SECTOR:
		row->sector = other->sector;
		break;
	case EDIT_TERRITORY:
		row->territories = other->territories;
		break;
	case EDIT_COUNTRY:
		row->country = g_strcmp0(row->country, "MX") == 0 ? "CO" : "MX";
		break;
	case EDIT_VERIFIED:
		row->base.verified = (struct date){ 2019, 1, 1 };
		break;
	case EDIT_LINES:
		row->lines = other->lines;
		row->offers = other->needs;
		row->needs = other->offers;
		break;
	default:
		edit_partners(pool, row, other->base.id, edit);
	}
}

static struct model *edited(const struct model *model, enum edit edit, const struct study *study,
			    GRand *rand)
{
	struct pool *pool = pool_new();
	guint n = model->n[KIND_INSTITUTION];
	guint i = (guint)g_rand_int_range(rand, 0, (gint32)n);
	guint j = (i + 1 + (guint)g_rand_int_range(rand, 0, (gint32)n - 1)) % n;
	const struct institution *old = model_institution(model, i);
	struct model *next = NULL;
	if (edit == EDIT_LEAVE) {
		next = model_with(model, KIND_INSTITUTION, old->base.id, NULL, pool);
	} else if (edit == EDIT_SEED) {
		struct network *network = copy_of(pool, model->network, sizeof *network);
		network->settings.seed += 1;
		next = model_with(model, KIND_NETWORK, network->base.id, network, pool);
	} else if (edit == EDIT_PROGRAMME && model->n[KIND_PROGRAMME] > 0) {
		struct programme *one = copy_of(
			pool, model_programme(model, i % model->n[KIND_PROGRAMME]), sizeof *one);
		one->end = (struct date){ 2027, 2, 1 };
		next = model_with(model, KIND_PROGRAMME, one->base.id, one, pool);
	} else if (edit == EDIT_DECISION) {
		const GPtrArray *gaps = study_gaps(study);
		const struct gap *gap = gaps->pdata[i % gaps->len];
		struct gaps *row = pool_alloc(pool, sizeof *row);
		struct gap_state *state = pool_alloc(pool, sizeof *state);
		record_clear(record_type(KIND_GAPS), row);
		row->base.id = row->base.name = "gaps";
		state->gap = pool_text(pool, gap->id);
		state->status = "dismissed";
		state->reason = "not here";
		row->gaps.at = state;
		row->gaps.n = 1;
		next = model_with(model, KIND_GAPS, "gaps", row, pool);
	} else {
		struct institution *row = copy_of(pool, old, sizeof *row);
		edit_institution(pool, row, model_institution(model, j), edit);
		next = model_with(model, KIND_INSTITUTION, row->base.id, row, pool);
	}
	pool_unref(pool);
	return next;
}

static void as_from_scratch(void)
{
	const guint parts = STUDY_MEASURES | STUDY_GAPS | STUDY_MATRIX;
	g_autoptr(GRand) rand = g_rand_new_with_seed(41);
	struct model *model = generated(130, 4);
	struct study *study = studied(model, NULL, STUDY_ALL);
	for (guint i = 0; i < 2 * EDITS; i++) {
		struct model *next = edited(model, (enum edit)(i % EDITS), study, rand);
		struct study *after = studied(next, study, STUDY_ALL);
		struct study *fresh = studied(next, NULL, parts);
		g_test_message("edit %u", i % EDITS);
		same_values(after, fresh);
		same_register(after, fresh);
		same_chance(after, fresh);
		study_unref(fresh);
		study_unref(study);
		model_unref(model);
		study = after;
		model = next;
	}
	study_unref(study);
	model_unref(model);
}

/* What an edit cannot touch is the very same memory afterwards; what it can, is not. */
static void only_what_changes(void)
{
	g_autoptr(GRand) rand = g_rand_new_with_seed(3);
	struct model *model = generated(200, 5);
	struct study *study = studied(model, NULL, STUDY_ALL);
	static const enum edit words[] = { EDIT_NAME,	   EDIT_VERIFIED,  EDIT_LINES,
					   EDIT_INTENSITY, EDIT_PROGRAMME, EDIT_DECISION };
	for (guint i = 0; i < G_N_ELEMENTS(words); i++) {
		struct model *next = edited(model, words[i], study, rand);
		struct study *after = study_new(next, NULL);
		study_inherit(after, study);
		g_assert_true(after->distances == study->distances);
		g_assert_true(after->betweenness == study->betweenness);
		g_assert_true(after->community == study->community);
		g_assert_true(study_has(after, STUDY_LAYOUT));
		for (guint t = 0; t < CHANCE_TABLES; t++)
			g_assert_true(after->chance[t] == study->chance[t]);
		study_unref(after);
		model_unref(next);
	}
	struct model *tied = edited(model, EDIT_TIE, study, rand);
	struct study *after = study_new(tied, NULL);
	study_inherit(after, study);
	g_assert_null(after->distances);
	g_assert_null(after->betweenness);
	for (guint t = 0; t < CHANCE_TABLES; t++)
		g_assert_null(after->chance[t]);
	study_unref(after);
	model_unref(tied);
	study_unref(study);
	model_unref(model);
}

/* Generous: 20 times what it takes; what it must catch is work that grows with the network. */
static void soon_right_again(void)
{
	g_autoptr(GRand) rand = g_rand_new_with_seed(8);
	struct model *model = generated(330, 2);
	struct study *study = studied(model, NULL, STUDY_ALL);
	struct model *next = edited(model, EDIT_TIE, study, rand);
	gint64 before = g_get_monotonic_time();
	struct study *after = studied(next, study, STUDY_ALL);
	g_assert_cmpint(g_get_monotonic_time() - before, <, 2 * G_USEC_PER_SEC);
	study_unref(after);
	model_unref(next);
	study_unref(study);
	model_unref(model);
}

/* If it fails, one new tie turns the map that people had learnt to read. */
static void map_stays(void)
{
	g_autoptr(GRand) rand = g_rand_new_with_seed(15);
	struct model *model = generated(300, 3);
	struct study *study = studied(model, NULL, STUDY_ALL);
	for (guint i = 0; i < 8; i++) {
		struct model *next = edited(model, i % 3 == 2 ? EDIT_UNTIE : EDIT_TIE, study, rand);
		struct study *after = studied(next, study, STUDY_LAYOUT);
		const double *x = study_layout(study), *y = study_layout(after);
		double sum = 0;
		guint n = 0;
		for (guint v = 0; v < after->net->n; v++) {
			if (isnan(x[2 * v]) || isnan(y[2 * v]))
				continue;
			sum += hypot(x[2 * v] - y[2 * v], x[2 * v + 1] - y[2 * v + 1]);
			n++;
		}
		g_test_message("moved %.4f of the map", sum / n);
		/* Where parts join or come apart, the boxes are packed anew. */
		bool alike = study->components->n == after->components->n;
		g_assert_cmpfloat(sum / n, <, alike ? .03 : .1);
		study_unref(after);
		model_unref(next);
	}
	study_unref(study);
	model_unref(model);
}

static struct model *model_without(const struct model *model, guint i)
{
	struct pool *pool = pool_new();
	const char *id = model_institution(model, i)->base.id;
	struct model *next = model_with(model, KIND_INSTITUTION, id, NULL, pool);
	pool_unref(pool);
	return next;
}

/* If it fails, a removal that is taken back leaves the map other than it was. */
static void map_comes_back(void)
{
	struct model *model = generated(120, 3), *without = model_ref(model);
	struct study *first = studied(model, NULL, STUDY_LAYOUT);
	for (guint i = 0; i < 20; i++) {
		struct model *next = model_without(without, 4 * i);
		model_unref(without);
		without = next;
	}
	struct study *less = studied(without, first, STUDY_LAYOUT);
	struct study *back = study_new(model, NULL);
	gsize size = 2 * (gsize)first->net->n * sizeof(double);
	g_assert_cmpuint(less->net->n, ==, first->net->n - 20);
	study_inherit(back, less);
	g_assert_true(study_has(back, STUDY_LAYOUT));
	g_assert_cmpint(memcmp(study_layout(back), study_layout(first), size), ==, 0);
	/* And gone again, it is as it was without them. */
	struct study *again = study_new(without, NULL);
	study_inherit(again, back);
	g_assert_true(study_has(again, STUDY_LAYOUT));
	g_assert_cmpint(memcmp(study_layout(again), study_layout(less),
			       2 * (gsize)less->net->n * sizeof(double)),
			==, 0);
	/* What takes over from one that knows nothing but its map stands on its own. */
	struct model *fewer = model_without(without, 7);
	struct study *last = studied(fewer, back, STUDY_LAYOUT);
	g_assert_nonnull(study_layout(last));
	study_unref(last);
	model_unref(fewer);
	study_unref(again);
	study_unref(back);
	study_unref(less);
	study_unref(first);
	model_unref(without);
	model_unref(model);
}

/* An edit by chance may change nothing: a sector for the same. */
static bool same_inputs(const struct study *a, const struct study *b)
{
	const struct net *x = a->net, *y = b->net;
	bool same = x->n == y->n && x->m == y->m &&
		    x->model->network->settings.seed == y->model->network->settings.seed &&
		    memcmp(x->from, y->from, x->m * sizeof *x->from) == 0 &&
		    memcmp(x->to, y->to, x->m * sizeof *x->to) == 0;
	for (guint by = 0; same && by < BY_ATTRIBUTES; by++)
		same = a->partitions[by]->n_groups == b->partitions[by]->n_groups &&
		       memcmp(a->partitions[by]->group, b->partitions[by]->group,
			      x->n * sizeof *a->partitions[by]->group) == 0;
	return same;
}

/* What is kept is taken for the same network only, and whatever is wrong with it, by none. */
static void kept_and_recalled(void)
{
	g_autoptr(GRand) rand = g_rand_new_with_seed(9);
	struct model *model = generated(120, 4);
	struct study *study = studied(model, NULL, STUDY_ALL);
	g_autoptr(GBytes) bytes = study_keep(study);
	static const enum edit others[] = { EDIT_SECTOR, EDIT_TERRITORY, EDIT_COUNTRY, EDIT_TIE,
					    EDIT_UNTIE,	 EDIT_SEED,	 EDIT_LEAVE };
	static const enum edit words[] = { EDIT_NAME, EDIT_VERIFIED, EDIT_INTENSITY,
					   EDIT_DECISION };
	for (guint i = 0; i < G_N_ELEMENTS(others); i++) {
		struct model *next = edited(model, others[i], study, rand);
		struct study *other = study_new(next, NULL);
		g_assert_true((study_print(other) == study_print(study)) ==
			      same_inputs(other, study));
		study_unref(other);
		model_unref(next);
	}
	for (guint i = 0; i < G_N_ELEMENTS(words); i++) {
		struct model *next = edited(model, words[i], study, rand);
		struct study *again = study_new(next, NULL);
		g_assert_true(study_print(again) == study_print(study));
		g_assert_true(study_recall(again, bytes));
		g_assert_nonnull(again->distances);
		g_assert_nonnull(again->betweenness);
		g_assert_true(study_compute(again, STUDY_ALL, NULL, NULL));
		g_assert_null(study_keep(again)); /* nothing new to keep */
		struct study *fresh = studied(next, NULL, STUDY_ALL);
		same_values(again, fresh);
		same_register(again, fresh);
		same_chance(again, fresh);
		study_unref(fresh);
		study_unref(again);
		model_unref(next);
	}
	study_unref(study);
	model_unref(model);
}

/* Damage is seen by the seal: nothing is taken of what was cut or changed. */
static void broken_bytes(void)
{
	g_autoptr(GRand) rand = g_rand_new_with_seed(77);
	struct model *model = generated(60, 4);
	struct study *study = studied(model, NULL, STUDY_ALL);
	g_autoptr(GBytes) bytes = study_keep(study);
	gsize size;
	const guint8 *data = g_bytes_get_data(bytes, &size);
	for (guint i = 0; i < 200; i++) {
		gsize length = i % 2 ? size : (gsize)g_rand_int_range(rand, 0, (gint32)size);
		guint8 *bad = g_memdup2(data, size);
		guint8 *byte = bad + g_rand_int_range(rand, 0, (gint32)size);
		*byte = (guint8)(*byte ^ 1 << g_rand_int_range(rand, 0, 8));
		g_autoptr(GBytes) mutant = g_bytes_new_take(bad, length);
		struct study *again = study_new(model, NULL);
		g_assert_false(study_recall(again, mutant));
		study_unref(again);
	}
	study_unref(study);
	model_unref(model);
}

static void within(const double *values, guint n, double least, double most)
{
	for (guint i = 0; i < n; i++)
		g_assert_true(values[i] >= least && values[i] <= most);
}

/* Whatever somebody put under a right seal: no result has a number that it cannot have. */
static void hostile_bytes(void)
{
	static const guint64 odd[] = { 0,
				       1,
				       0x7fffffff,
				       0xffffffff,
				       G_MAXUINT64,
				       0x7ff0000000000000u /* inf */,
				       0x7ff8000000000000u /* NaN */,
				       0xbff0000000000000u /* -1 */,
				       0x4330000000000000u /* 2^52 */,
				       0x3ff8000000000000u /* 1.5 */ };
	g_autoptr(GRand) rand = g_rand_new_with_seed(78);
	struct model *model = generated(60, 4);
	struct study *study = studied(model, NULL, STUDY_ALL);
	g_autoptr(GBytes) bytes = study_keep(study);
	gsize size;
	const guint8 *data = g_bytes_get_data(bytes, &size);
	gsize body = size - sizeof(guint64);
	for (guint i = 0; i < 300; i++) {
		guint8 *bad = g_memdup2(data, size);
		for (guint k = 0; k < 1 + i % 3; k++) {
			gsize cell = (gsize)g_rand_int_range(rand, 0, (gint32)(body / 4 - 1));
			memcpy(bad + cell * 4, &odd[g_rand_int_range(rand, 0, G_N_ELEMENTS(odd))],
			       i % 2 ? sizeof(guint64) : sizeof(guint32));
		}
		guint64 seal = mix_bytes(MIX_START, bad, body);
		memcpy(bad + body, &seal, sizeof seal);
		g_autoptr(GBytes) mutant = g_bytes_new_take(bad, size);
		struct study *again = study_new(model, NULL);
		guint n = again->net->n;
		(void)study_recall(again, mutant);
		g_assert_true(again->community ||
			      memcmp(&again->modularity, &(double){ 0 }, sizeof(double)) == 0);
		if (again->distances)
			within(again->distances->harmonic, n, 0, n - 1);
		if (again->betweenness)
			within(again->betweenness->vertices, n, 0, n * n);
		for (guint t = 0; t < CHANCE_TABLES; t++)
			if (again->chance[t])
				within(again->chance[t]->high,
				       again->chance[t]->n_rows * again->chance[t]->n_cols, 0, 1);
		if (i % 10 == 0)
			g_assert_true(study_compute(again, STUDY_ALL, NULL, NULL));
		study_unref(again);
	}
	study_unref(study);
	model_unref(model);
}

int main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/inherit/as-from-scratch", as_from_scratch);
	g_test_add_func("/inherit/only-what-changes", only_what_changes);
	g_test_add_func("/inherit/soon", soon_right_again);
	g_test_add_func("/inherit/map-stays", map_stays);
	g_test_add_func("/inherit/map-comes-back", map_comes_back);
	g_test_add_func("/inherit/kept", kept_and_recalled);
	g_test_add_func("/inherit/broken-bytes", broken_bytes);
	g_test_add_func("/inherit/hostile-bytes", hostile_bytes);
	return g_test_run();
}
