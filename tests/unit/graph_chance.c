/*
 * What chance gives, held against an implementation that does the same in the
 * plainest way, and against what must hold whatever is drawn.
 */
#include "tests/unit/graph_small.h"

#include "base/errors.h"
#include "graph/chance.h"
#include "graph/rewire.h"

#include <string.h>

static const char *const letters[] = {
	"a", "b", "c", "d", "e", "f", "g", "h", "i", "j", "k", "l", "m",
	"n", "o", "p", "q", "r", "s", "t", "u", "v", "w", "x", "y", "z",
};

/* A network of `n` in three sectors with `m` ties, hubs among the low numbers. */
static struct model *make(struct small *small, guint n, guint m, guint32 seed)
{
	static const char *const sectors[] = { "a", "b", "c" };
	g_autoptr(GRand) rand = g_rand_new_with_seed(seed);
	small_init(small, n);
	for (guint i = 0; i < n; i++) {
		small->all[i]->sector = sectors[i % 3];
		small->all[i]->country = i % 2 ? "CO" : "MX";
	}
	g_autofree bool *tied = g_new0(bool, (gsize)n *n);
	for (guint k = 0; k < m;) {
		guint a = (guint)(n * g_rand_double(rand) * g_rand_double(rand));
		guint b = (guint)g_rand_int_range(rand, 0, (gint32)n);
		/* Members of one sector meet less than they might. */
		if (a == b || tied[a * n + b] || (a % 3 == b % 3 && g_rand_double(rand) < .7))
			continue;
		tied[a * n + b] = tied[b * n + a] = true;
		small_tie(small, a, b, NULL);
		k++;
	}
	return small_model(small);
}

static struct chance *draw(const struct net *net, guint64 seed, guint samples, guint most,
			   guint threads)
{
	g_autoptr(GError) error = NULL;
	struct partition *sectors = partition_new(net, BY_SECTOR);
	struct kernel_run run = { .threads = threads };
	struct chance_ask ask = { .rows = sectors, .cols = sectors, .most = most };
	struct chance *chance = NULL;
	g_assert_true(chance_draw(net, &ask, 1, seed, samples, &chance, &run, &error));
	g_assert_no_error(error);
	partition_free(sectors);
	return chance;
}

static struct chance *chance_of(const struct net *net, guint samples, guint threads)
{
	return draw(net, 7, samples, 0, threads);
}

/* Switching on a matrix, every sample from many switches: slow and plain. */
static void plain(const struct net *net, guint samples, double *mean, double *low,
		  const guint *observed)
{
	g_autoptr(GRand) rand = g_rand_new_with_seed(99);
	guint n = net->n, m = net->m;
	g_autofree bool *tied = g_new0(bool, (gsize)n *n);
	g_autofree guint *a = g_memdup2(net->from, m * sizeof *a);
	g_autofree guint *b = g_memdup2(net->to, m * sizeof *b);
	for (guint e = 0; e < m; e++)
		tied[a[e] * n + b[e]] = tied[b[e] * n + a[e]] = true;
	for (guint s = 0; s < samples; s++) {
		for (guint t = 0; t < 20 * m; t++) {
			guint i = (guint)g_rand_int_range(rand, 0, (gint32)m);
			guint j = (guint)g_rand_int_range(rand, 0, (gint32)m);
			guint p = a[i], q = b[i], x = a[j], y = b[j];
			if (g_rand_boolean(rand)) {
				x = b[j];
				y = a[j];
			}
			if (p == y || x == q || i == j || tied[p * n + y] || tied[x * n + q])
				continue;
			tied[p * n + q] = tied[q * n + p] = false;
			tied[x * n + y] = tied[y * n + x] = false;
			tied[p * n + y] = tied[y * n + p] = true;
			tied[x * n + q] = tied[q * n + x] = true;
			b[i] = y;
			a[j] = x;
			b[j] = q;
		}
		guint count[9] = { 0 };
		for (guint e = 0; e < m; e++) {
			count[a[e] % 3 * 3 + b[e] % 3]++;
			if (a[e] % 3 != b[e] % 3)
				count[b[e] % 3 * 3 + a[e] % 3]++;
		}
		for (guint c = 0; c < 9; c++) {
			mean[c] += (double)count[c] / samples;
			low[c] += count[c] <= observed[c] ? 1.0 / samples : 0;
		}
	}
}

static void against_plain(void)
{
	struct small small;
	struct model *model = make(&small, 60, 180, 3);
	struct net *net = net_new(model, NULL);
	struct chance *chance = chance_of(net, 4000, 2);
	double mean[9] = { 0 }, low[9] = { 0 };
	g_assert_cmpuint(net->m, ==, 180);
	g_assert_false(chance->permuted);
	plain(net, 4000, mean, low, chance->observed);
	for (guint c = 0; c < 9; c++) {
		/* Four standard errors of the difference of two means of 4,000. */
		double within = 4 * chance->sd[c] * sqrt(2.0 / 4000) * 1.5;
		small_assert_near(chance->mean[c], mean[c], within);
		small_assert_near(chance->low[c], low[c], .05);
	}
	/* Inside a sector there is less than chance gives, across more. */
	g_assert_cmpfloat(chance->low[0], <, .01);
	g_assert_cmpfloat(chance->adjusted[0], <, .05);
	g_assert_cmpfloat(chance_z(chance, 0), <, -2);
	g_assert_cmpfloat(chance->low[1], >, .5);
	chance_unref(chance);
	net_free(net);
	model_unref(model);
	small_release(&small);
}

static void same_numbers(void)
{
	struct small small;
	struct model *model = make(&small, 90, 300, 5);
	struct net *net = net_new(model, NULL);
	struct chance *one = chance_of(net, 300, 1), *two = chance_of(net, 300, 2);
	g_assert_true(memcmp(one->mean, two->mean, 9 * sizeof(double)) == 0);
	g_assert_true(memcmp(one->adjusted, two->adjusted, 9 * sizeof(double)) == 0);
	chance_unref(one);
	chance_unref(two);
	net_free(net);
	model_unref(model);
	small_release(&small);
}

static void same(const struct chance *a, const struct chance *b)
{
	gsize size = (gsize)a->n_rows * a->n_cols * sizeof(double);
	g_assert_cmpuint(a->samples, ==, b->samples);
	g_assert_true(memcmp(a->mean, b->mean, size) == 0);
	g_assert_true(memcmp(a->sd, b->sd, size) == 0);
	g_assert_true(memcmp(a->low, b->low, size) == 0);
	g_assert_true(memcmp(a->high, b->high, size) == 0);
	g_assert_true(memcmp(a->adjusted, b->adjusted, size) == 0);
	g_assert_true(memcmp(a->raised, b->raised, size) == 0);
}

/* The same numbers on any machine, and whatever is asked beside a table and goes on longer. */
static void same_numbers_of_more(void)
{
	guint further = 0;
	for (guint32 seed = 1; seed <= 12; seed++) {
		struct small small;
		struct model *model = make(&small, 60, 100, seed);
		struct net *net = net_new(model, NULL);
		struct partition *sectors = partition_new(net, BY_SECTOR);
		struct partition *places = partition_new(net, BY_COUNTRY);
		struct chance_ask asks[] = {
			{ .rows = places, .cols = sectors, .most = 4000 },
			{ .inside = (const struct partition *const[]){ sectors }, .n_inside = 1 },
			{ .rows = sectors, .cols = sectors, .most = CHANCE_MOST },
		};
		struct kernel_run run = { .threads = 2 };
		struct chance *all[G_N_ELEMENTS(asks)];
		struct chance *alone = draw(net, 7, 1000, CHANCE_MOST, 1);
		g_assert_true(chance_draw(net, asks, G_N_ELEMENTS(asks), 7, 1000, all, &run, NULL));
		same(alone, all[2]);
		g_assert_cmpuint(all[1]->samples, ==, 1000);
		further += alone->samples > 1000;
		for (guint i = 0; i < G_N_ELEMENTS(asks); i++)
			chance_unref(all[i]);
		chance_unref(alone);
		partition_free(sectors);
		partition_free(places);
		net_free(net);
		model_unref(model);
		small_release(&small);
	}
	g_assert_cmpuint(further, >, 0);
	g_assert_cmpuint(further, <, 12);
}

/*
 * If it fails, what is said to differ hangs on the lot: a table that stopped early must say
 * what very many networks of another lot say, and one at the line must not stop early.
 */
static void as_many_as_it_takes(void)
{
	guint early = 0, late = 0;
	for (guint32 seed = 1; seed <= 12; seed++) {
		struct small small;
		struct model *model = make(&small, 60, 100, seed);
		struct net *net = net_new(model, NULL);
		struct chance *chance = draw(net, 7, 1000, CHANCE_MOST, 2);
		struct chance *many = draw(net, 8, 64000, 0, 2);
		bool stopped = chance->samples < CHANCE_MOST;
		early += stopped;
		late += !stopped;
		for (guint c = 0; c < 9; c++) {
			if (stopped) {
				g_assert_true((chance->adjusted[c] <= CHANCE_SURE) ==
					      (many->adjusted[c] <= CHANCE_SURE));
				g_assert_true((chance->raised[c] <= CHANCE_SURE) ==
					      (many->raised[c] <= CHANCE_SURE));
			}
			if (chance->adjusted[c] <= CHANCE_SURE && chance_is_sure(chance, c))
				g_assert_cmpfloat(many->adjusted[c], <=, CHANCE_SURE);
		}
		chance_unref(chance);
		chance_unref(many);
		net_free(net);
		model_unref(model);
		small_release(&small);
	}
	g_assert_cmpuint(early, >, 0);
	g_assert_cmpuint(late, >, 0);
}

/* A p that is more often small than it says would call a gap what is none. */
static void p_is_valid(void)
{
	enum { NETWORKS = 400 };
	struct small small;
	struct model *model = make(&small, 60, 90, 5);
	struct net *net = net_new(model, NULL);
	struct rewire rewire;
	guint rare = 0, seldom = 0, found = 0;
	rewire_init(&rewire, net, 3);
	g_autofree guint *from = g_new(guint, net->m), *to = g_new(guint, net->m);
	for (guint i = 0; i < NETWORKS; i++) {
		struct net drawn = *net;
		g_assert_true(rewire_stir(&rewire, 12, NULL));
		for (guint e = 0; e < net->m; e++) {
			from[e] = rewire.ends[e].a;
			to[e] = rewire.ends[e].b;
		}
		drawn.from = from;
		drawn.to = to;
		struct chance *chance = draw(&drawn, i, 1000, CHANCE_MOST, 2);
		bool any = false;
		for (guint r = 0; r < 3; r++)
			for (guint c = r; c < 3; c++)
				any |= chance->adjusted[chance_cell(chance, r, c)] <= CHANCE_SURE;
		rare += chance->low[1] <= .01;
		seldom += chance->low[1] <= .05;
		found += any;
		chance_unref(chance);
	}
	/* Four standard errors above what is right. */
	g_assert_cmpuint(rare, <=, 12);
	g_assert_cmpuint(seldom, <=, 37);
	g_assert_cmpuint(found, <=, 37);
	rewire_release(&rewire);
	net_free(net);
	model_unref(model);
	small_release(&small);
}

/* If it fails, ties purely by lot look like countries that seek each other. */
static void many_of_ties_by_lot(void)
{
	enum { NETWORKS = 120, MEMBERS = 156 };
	g_autoptr(GRand) rand = g_rand_new_with_seed(11);
	guint flagged = 0;
	for (guint i = 0; i < NETWORKS; i++) {
		struct small small;
		small_init(&small, MEMBERS);
		for (guint v = 0; v < MEMBERS; v++)
			small.all[v]->sector = letters[v % 26];
		g_autofree bool *tied = g_new0(bool, MEMBERS *MEMBERS);
		for (guint ties = 110 + i % 31; ties > 0;) {
			guint a = (guint)g_rand_int_range(rand, 0, MEMBERS);
			guint b = (guint)g_rand_int_range(rand, 0, MEMBERS);
			if (a == b || tied[a * MEMBERS + b])
				continue;
			tied[a * MEMBERS + b] = tied[b * MEMBERS + a] = true;
			small_tie(&small, a, b, NULL);
			ties--;
		}
		struct model *model = small_model(&small);
		struct net *net = net_new(model, NULL);
		struct chance *chance = draw(net, 7, 1000, CHANCE_MOST, 2);
		bool any = false;
		for (guint c = 0; c < 26 * 26; c++)
			any |= chance->raised[c] <= CHANCE_SURE;
		flagged += any;
		chance_unref(chance);
		net_free(net);
		model_unref(model);
		small_release(&small);
	}
	g_assert_cmpuint(flagged, <=, NETWORKS * 8 / 100);
}

/*
 * Two hubs of 44 partners each, alone in their groups: by their ends chance gives them 7
 * ties, and one is all that they can have.  A hub alone has none with itself.
 */
static void room_for_one(void)
{
	struct small small;
	small_init(&small, 132);
	for (guint i = 0; i < 132; i++)
		small.all[i]->sector = i == 0 ? "a" : i == 1 ? "b" : "c";
	for (guint i = 0; i < 44; i++) {
		small_tie(&small, 0, 2 + i, NULL);
		small_tie(&small, 1, 46 + i, NULL);
	}
	for (guint i = 0; i < 42; i++)
		small_tie(&small, 90 + i, 90 + (i + 1) % 42, NULL);
	struct model *model = small_model(&small);
	struct net *net = net_new(model, NULL);
	struct chance *chance = draw(net, 7, 1000, CHANCE_MOST, 2);
	g_assert_cmpuint(net->m, ==, 130);
	g_assert_cmpfloat(chance->mean[chance_cell(chance, 0, 1)], >, .9);
	g_assert_cmpfloat(chance->low[chance_cell(chance, 0, 1)], <, .05);
	for (guint r = 0; r < 2; r++)
		for (guint c = 0; c < 2; c++) {
			g_assert_cmpfloat(chance->adjusted[chance_cell(chance, r, c)], ==, 1);
			g_assert_cmpfloat(chance->raised[chance_cell(chance, r, c)], ==, 1);
		}
	chance_unref(chance);
	net_free(net);
	model_unref(model);
	small_release(&small);
}

/*
 * Five hubs with everybody else: of the switches tried few are made, so one network is much
 * like the one before.  If it fails, p is surer by what is said of it than it is: by how far
 * it lies apart from lot to lot, against networks that know nothing of each other.
 */
static void worth_of_hubs(void)
{
	enum { LOTS = 60, CELLS = 9 };
	struct small small;
	g_autoptr(GRand) rand = g_rand_new_with_seed(2);
	small_init(&small, 155);
	for (guint i = 0; i < 155; i++)
		small.all[i]->sector = letters[i % 3];
	for (guint i = 5; i < 155; i++)
		for (guint hub = 0; hub < 5; hub++)
			if (g_rand_double(rand) < .75)
				small_tie(&small, hub, i, NULL);
	struct model *model = small_model(&small);
	struct net *net = net_new(model, NULL);
	double sum[CELLS] = { 0 }, squares[CELLS] = { 0 }, off = 0;
	double as_many = 0;
	guint counted = 0;
	for (guint lot = 0; lot < LOTS; lot++) {
		struct chance *chance = draw(net, lot, 1000, 0, 2);
		as_many += (double)chance->worth / LOTS;

		for (guint c = 0; c < CELLS; c++) {
			sum[c] += chance->low[c] / LOTS;
			squares[c] += chance->low[c] * chance->low[c] / LOTS;
		}
		chance_unref(chance);
	}
	for (guint c = 0; c < CELLS; c++)
		if (sum[c] > .02 && sum[c] < .98) {
			off += (squares[c] - sum[c] * sum[c]) * as_many / (sum[c] * (1 - sum[c]));
			counted++;
		}
	g_assert_cmpuint(counted, >, 2);
	g_test_message("worth %.0f of 1000, off %.2f", as_many, off / counted);
	g_assert_cmpfloat(off / counted, <, 1.5);
	net_free(net);
	model_unref(model);
	small_release(&small);
}

/* What is dear already does not become dearer. */
static void not_of_large_networks(void)
{
	struct small small;
	struct model *model = make(&small, 400, 4100, 5);
	struct net *net = net_new(model, NULL);
	struct chance *chance = draw(net, 7, 1000, CHANCE_MOST, 2);
	g_assert_cmpuint(chance->samples, ==, 1000);
	chance_unref(chance);
	net_free(net);
	model_unref(model);
	small_release(&small);
}

/* Degrees fix what two groups' ties add up to; a star or a complete graph cannot change. */
static void what_is_fixed(void)
{
	struct small small;
	small_init(&small, 30);
	for (guint i = 1; i < 30; i++) {
		small_tie(&small, 0, i, NULL);
		small.all[i]->sector = i % 2 ? "a" : "b";
	}
	small.all[0]->sector = "a";
	struct model *model = small_model(&small);
	struct net *net = net_new(model, NULL);
	struct chance *chance = chance_of(net, 200, 2);
	for (guint c = 0; c < 4; c++) {
		small_assert_near(chance->mean[c], chance->observed[c], 1e-12);
		g_assert_cmpfloat(chance->low[c], ==, 1);
		g_assert_true(isnan(chance_z(chance, c)));
	}
	chance_unref(chance);
	net_free(net);
	model_unref(model);
	small_release(&small);
}

/* No tie, one tie, a tie among four: what a library's rewiring hangs or aborts on. */
static void tiny(void)
{
	for (guint n = 0; n < 6; n++)
		for (guint m = 0; m <= 1; m++) {
			struct small small;
			small_init(&small, n);
			for (guint i = 0; i < n; i++)
				small.all[i]->sector = i % 2 ? "a" : "b";
			if (m > 0 && n > 1)
				small_tie(&small, 0, 1, NULL);
			struct model *model = small_model(&small);
			struct net *net = net_new(model, NULL);
			struct chance *chance = chance_of(net, 200, 2);
			for (guint c = 0; c < chance->n_rows * chance->n_cols; c++)
				g_assert_true(chance->low[c] > 0 && chance->low[c] <= 1);
			chance_unref(chance);
			net_free(net);
			model_unref(model);
			small_release(&small);
		}
}

/* Four members, two sectors of two, a tie inside each: dealt out, 1/3 keep both inside. */
static void dealt_out(void)
{
	struct small small;
	small_init(&small, 4);
	for (guint i = 0; i < 4; i++)
		small.all[i]->sector = i < 2 ? "a" : "b";
	small_tie(&small, 0, 1, NULL);
	small_tie(&small, 2, 3, NULL);
	struct model *model = small_model(&small);
	struct net *net = net_new(model, NULL);
	struct chance *chance = chance_of(net, 4000, 2);
	g_assert_true(chance->permuted);
	small_assert_near(chance->mean[1], 2 * 2.0 / 3, .06); /* two ties across, or none */
	small_assert_near(chance->low[1], 1.0 / 3, .04);
	chance_unref(chance);
	net_free(net);
	model_unref(model);
	small_release(&small);
}

static void cancelled(void)
{
	struct small small;
	struct model *model = make(&small, 300, 1500, 5);
	struct net *net = net_new(model, NULL);
	struct partition *sectors = partition_new(net, BY_SECTOR);
	g_autoptr(GCancellable) cancel = g_cancellable_new();
	struct kernel_run run = { .cancel = cancel };
	g_autoptr(GError) error = NULL;
	g_cancellable_cancel(cancel);
	struct chance_ask ask = { .rows = sectors, .cols = sectors };
	struct chance *chance = NULL;
	g_assert_false(chance_draw(net, &ask, 1, 1, 1000, &chance, &run, &error));
	g_assert_null(chance);
	g_assert_error(error, TELAR_ERROR, TELAR_ERROR_CANCELLED);
	partition_free(sectors);
	net_free(net);
	model_unref(model);
	small_release(&small);
}

int main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/chance/against-plain", against_plain);
	g_test_add_func("/chance/same-numbers", same_numbers);
	g_test_add_func("/chance/same-numbers-of-more", same_numbers_of_more);
	g_test_add_func("/chance/as-many-as-it-takes", as_many_as_it_takes);
	g_test_add_func("/chance/p-is-valid", p_is_valid);
	g_test_add_func("/chance/many-of-ties-by-lot", many_of_ties_by_lot);
	g_test_add_func("/chance/room-for-one", room_for_one);
	g_test_add_func("/chance/worth-of-hubs", worth_of_hubs);
	g_test_add_func("/chance/not-of-large-networks", not_of_large_networks);
	g_test_add_func("/chance/what-is-fixed", what_is_fixed);
	g_test_add_func("/chance/tiny", tiny);
	g_test_add_func("/chance/dealt-out", dealt_out);
	g_test_add_func("/chance/cancelled", cancelled);
	return g_test_run();
}
