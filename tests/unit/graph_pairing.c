/*
 * Steps between a few places and the pairs that gaps offer, beside the plain way to find
 * them.  If these fail, findings rest on wrong distances or name others than the best.
 */
#include "tests/unit/graph_small.h"

#include "graph/gaps/common.h"
#include "graph/gaps/kin.h"
#include "graph/kernel/steps.h"
#include "graph/work.h"

#include <string.h>

static struct study *studied(struct model *model)
{
	struct study *study = study_new(model, NULL);
	model_unref(model);
	return study;
}

static guint *walk(const struct net *net, guint source)
{
	guint *steps = g_new(guint, net->n), head = 0, tail = 0;
	g_autofree guint *queue = g_new(guint, net->n);
	for (guint v = 0; v < net->n; v++)
		steps[v] = STEPS_NONE;
	steps[source] = 0;
	queue[tail++] = source;
	for (guint v; head < tail;) {
		v = queue[head++];
		for (guint i = net->start[v]; i < net->start[v + 1]; i++) {
			guint w = net->neighbour[i];
			if (steps[w] != STEPS_NONE)
				continue;
			steps[w] = steps[v] + 1;
			queue[tail++] = w;
		}
	}
	return steps;
}

static void check_steps(const struct net *net, guint n, guint n_to)
{
	const struct csr csr = { net->n, net->start, net->neighbour };
	guint source[STEPS_SOURCES];
	g_autofree guint *to = g_new(guint, n_to + 1), *out = g_new(guint, n * n_to + 1);
	for (guint s = 0; s < n; s++)
		source[s] = s * 37 % net->n;
	for (guint t = 0; t < n_to; t++)
		to[t] = (t + 5) % net->n;
	steps_between(&csr, source, n, to, n_to, out);
	for (guint s = 0; s < n; s++) {
		g_autofree guint *steps = walk(net, source[s]);
		for (guint t = 0; t < n_to; t++)
			g_assert_cmpuint(out[s * n_to + t], ==, steps[to[t]]);
	}
}

/* One source and all 64, some of them twice; ends that nobody reaches; a part of the ends. */
static void steps(void)
{
	static const enum generate_shape shapes[] = { GENERATE_TERRITORIES, GENERATE_GRID,
						      GENERATE_STARS };
	for (guint i = 0; i < G_N_ELEMENTS(shapes); i++) {
		struct study *study = studied(small_generated(120, 9, 2.2, shapes[i]));
		const struct net *net = study_net(study);
		check_steps(net, 1, net->n);
		check_steps(net, STEPS_SOURCES, net->n);
		check_steps(net, 40, 7);
		check_steps(net, 3, 0);
		study_unref(study);
	}
}

static int by_number(gconstpointer a, gconstpointer b)
{
	return *(const int *)a < *(const int *)b ? -1 : *(const int *)a > *(const int *)b;
}

static void keeps_best(void)
{
	g_autoptr(GArray) best = g_array_new(FALSE, FALSE, sizeof(int));
	const int given[] = { 5, 7, 1, 9, 3, 8 }, expected[] = { 1, 3, 5 };
	for (guint i = 0; i < G_N_ELEMENTS(given); i++)
		g_assert_true(keep_best(best, 3, &given[i], by_number) == (given[i] < 8));
	g_assert_cmpuint(best->len, ==, 3);
	g_assert_cmpint(memcmp(best->data, expected, sizeof expected), ==, 0);
}

static guint count_shared(const char *const *a, const char *const *b)
{
	guint n = 0;
	for (; a && *a; a++)
		n += list_has(b, *a);
	return n;
}

static guint shared_programmes(struct study *study, guint a, guint b)
{
	const struct roles *roles = study_roles(study);
	guint x = study->net->institution[a], y = study->net->institution[b], n = 0;
	for (guint i = roles->start[x]; i < roles->start[x + 1]; i++)
		for (guint k = roles->start[y]; k < roles->start[y + 1]; k++)
			n += roles->programme[i] == roles->programme[k];
	return n;
}

static double affinity(struct study *study, guint a, guint b)
{
	const struct institution *x = net_institution(study->net, a);
	const struct institution *y = net_institution(study->net, b);
	return (count_shared(x->territories, y->territories) > 0 ? 3 : 0) +
	       (x->country && g_strcmp0(x->country, y->country) == 0 ? 2 : 0) +
	       (shared_programmes(study, a, b) > 0 ? 2.0 : 0) +
	       MIN(2, count_shared(x->lines, y->lines));
}

static double promise(struct study *study, guint a, guint b)
{
	const struct net *net = study->net;
	double score = affinity(study, a, b) + (common_introducer(net, a, b) >= 0 ? 2 : 0);
	return score + .1 * (MIN(5, net_degree(net, a)) + MIN(5, net_degree(net, b)));
}

/* Of every two, in whatever order they are asked for. */
static void kinship(void)
{
	struct study *study = studied(small_generated(60, 5, 4, GENERATE_TERRITORIES));
	struct kin kin;
	kin_init(&kin, study);
	for (guint i = 0; i < 60; i++) {
		guint a = i * 7 % 60;
		kin_turn(&kin, a);
		for (guint b = 0; b < 60; b++) {
			if (a == b)
				continue;
			g_assert_cmpfloat(kin_affinity(&kin, b), ==, affinity(study, a, b));
			g_assert_cmpfloat(kin_promise(&kin, b), ==, promise(study, a, b));
			g_assert_true(kin.partner[b] == net_has_edge(study->net, a, b));
		}
	}
	kin_release(&kin);
	study_unref(study);
}

struct pair {
	guint a, b;
	double score;
};

/* The best of all pairs whose members are both free; false: there is none. */
static bool best_free(struct study *study, const GArray *first, const GArray *second,
		      const bool *taken, struct pair *best)
{
	*best = (struct pair){ 0, 0, -1 };
	for (guint i = 0; i < first->len; i++)
		for (guint k = 0; k < second->len; k++) {
			guint a = g_array_index(first, guint, i);
			guint b = g_array_index(second, guint, k);
			if (a == b || taken[a] || taken[b] || net_has_edge(study->net, a, b) ||
			    affinity(study, a, b) <= 0)
				continue;
			double score = promise(study, a, b);
			if (score > best->score || (score == best->score &&
						    (a < best->a || (a == best->a && b < best->b))))
				*best = (struct pair){ a, b, score };
		}
	return best->score >= 0;
}

static void check_offers(struct study *study, const GArray *first, const GArray *second, guint most)
{
	guint n;
	struct gap *gap = gap_new(gap_kinds(&n), g_strdup("G1:x"), 0, g_strdup("x"));
	g_autofree bool *taken = g_new0(bool, study->net->n);
	struct pair pair;
	guint made = 0;
	offer_between(study, gap, first, second, most);
	while (made < most && best_free(study, first, second, taken, &pair)) {
		const struct candidate *one = g_ptr_array_index(gap->candidates, made++);
		g_assert_cmpint(one->a, ==, (int)study->net->institution[pair.a]);
		g_assert_cmpint(one->b, ==, (int)study->net->institution[pair.b]);
		g_assert_cmpint(one->introducer, ==, common_introducer(study->net, pair.a, pair.b));
		taken[pair.a] = taken[pair.b] = true;
	}
	g_assert_cmpuint(gap->candidates->len, ==, made);
	gap_free(gap);
}

/* Of two lists that share nobody, and of one with itself, where each pair comes twice. */
static void offers(void)
{
	struct study *study = studied(small_generated(90, 6, 5, GENERATE_TERRITORIES));
	const struct partition *sectors = study_partition(study, BY_SECTOR);
	for (guint s = 0; s < sectors->n_groups; s++) {
		g_autoptr(GArray) first = group_members(sectors, study->net->n, s);
		for (guint t = s; t < sectors->n_groups; t++) {
			g_autoptr(GArray) second = group_members(sectors, study->net->n, t);
			check_offers(study, first, second, 1);
			check_offers(study, first, second, 5);
		}
	}
	study_unref(study);
}

/* A word counts once for each time that the first lists it, wherever it stands. */
static void shared(void)
{
	struct small small;
	small_init(&small, 3);
	small.all[0]->lines = small_list(&small, "robots", "space");
	small.all[1]->lines = small_list(&small, "space", "robots");
	small.all[0]->territories = small_list(&small, "space", "robots");
	struct study *study = studied(small_model(&small));
	const struct word_list *words = study_traits(study)->of;
	g_assert_true(study_traits(study)->of == words);
	g_assert_cmpuint(shared_words(&words[TRAIT_LINES], 0, 1), ==, 2);
	g_assert_cmpuint(shared_words(&words[TRAIT_LINES], 0, 2), ==, 0);
	g_assert_cmpuint(shared_words(&words[TRAIT_TERRITORIES], 0, 1), ==, 0);
	study_unref(study);
	small_release(&small);
}

int main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/graph/steps", steps);
	g_test_add_func("/graph/keep-best", keeps_best);
	g_test_add_func("/graph/kin", kinship);
	g_test_add_func("/graph/offers", offers);
	g_test_add_func("/graph/shared-words", shared);
	return g_test_run();
}
