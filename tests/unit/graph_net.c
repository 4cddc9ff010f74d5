/*
 * What is cut from a model, in which groups, and over whom two members reach each
 * other.
 */
#include "tests/generated.h"
#include "tests/unit/graph_small.h"

#include <string.h>

static guint vertex(const struct net *net, guint i)
{
	g_assert_cmpint(net->vertex[i], >=, 0);
	return (guint)net->vertex[i];
}

/* A neighbour missing, doubled or out of order breaks every measure. */
static void adjacency(void)
{
	static const guint pairs[][2] = { { 3, 0 }, { 0, 1 }, { 4, 2 }, { 2, 0 },
					  { 1, 0 }, { 4, 3 }, { 0, 4 } };
	struct small small;
	small_init(&small, 6);
	small_ties(&small, pairs, G_N_ELEMENTS(pairs));
	struct model *model = small_model(&small);
	struct net *net = net_new(model, NULL);
	g_assert_cmpuint(net->n, ==, 6);
	g_assert_cmpuint(net->m, ==, 6);
	for (guint v = 0; v < net->n; v++)
		for (guint i = net->start[v]; i < net->start[v + 1]; i++) {
			guint w = net->neighbour[i], e = net->edge[i];
			if (i > net->start[v])
				g_assert_cmpuint(net->neighbour[i - 1], <, w);
			g_assert_cmpuint(net->from[e], ==, MIN(v, w));
			g_assert_cmpuint(net->to[e], ==, MAX(v, w));
			g_assert_true(net_has_edge(net, v, w) && net_has_edge(net, w, v));
		}
	g_assert_cmpuint(net_degree(net, 0), ==, 4);
	g_assert_false(net_has_edge(net, 0, 5));
	g_assert_false(net_has_edge(net, 1, 2));
	net_free(net);
	model_unref(model);
	small_release(&small);
}

static guint count_edges(const struct model *model, struct net_options options)
{
	struct net *net = net_new(model, &options);
	guint m = net->m;
	net_free(net);
	return m;
}

/* An option that lets through what it names would show a past network as today's. */
static void options(void)
{
	struct small small;
	small_init(&small, 6);
	small_tie(&small, 0, 1, "integration");
	small_tie(&small, 1, 0, "cooperation");
	small_tie(&small, 1, 2, "awareness");
	small_tie(&small, 2, 3, NULL);
	small_tie(&small, 3, 4, "coordination")->until = (struct date){ 2020, 0, 0 };
	small_tie(&small, 4, 5, "coordination")->status = "active";
	small_tie(&small, 5, 4, "coordination")->status = "ended";
	struct model *model = small_model(&small);
	g_assert_cmpuint(count_edges(model, (struct net_options){ .least_intensity = -1 }), ==, 3);
	g_assert_cmpuint(count_edges(model, (struct net_options){ .least_intensity = -1,
								  .with_ended = true }),
			 ==, 5);
	g_assert_cmpuint(count_edges(model, (struct net_options){ .least_intensity = 0 }), ==, 3);
	g_assert_cmpuint(count_edges(model, (struct net_options){ .least_intensity = 1 }), ==, 1);
	g_assert_cmpuint(count_edges(model, (struct net_options){ .least_intensity = -1,
								  .confirmed_only = true }),
			 ==, 1);
	g_autoptr(GError) error = NULL;
	struct filter *filter = filter_parse("id!=i001", KIND_INSTITUTION, NULL, NULL, &error);
	g_assert_no_error(error);
	struct net_options options = { .filter = filter,
				       .with_ended = true,
				       .least_intensity = -1 };
	struct net *net = net_new(model, &options);
	g_assert_cmpuint(net->n, ==, 5);
	g_assert_cmpuint(net->m, ==, 3);
	g_assert_cmpint(net->vertex[1], ==, -1);
	g_assert_cmpuint(net->institution[vertex(net, 2)], ==, 2);
	net_free(net);
	filter_free(filter);
	model_unref(model);
	small_release(&small);
}

/*
 * A kind that nobody says of a tie, or only who denies or proposes it, lets a network of
 * one kind of work hold others; and a net that forgets how it was cut is taken for the whole.
 */
static void kinds(void)
{
	static const char *const training[] = { "training", NULL };
	static const char *const either[] = { "funding", "training", NULL };
	struct small small;
	small_init(&small, 6);
	small_tie(&small, 0, 1, NULL)->kinds = small_list(&small, "training", "event");
	small_tie(&small, 1, 2, NULL)->kinds = small_list(&small, "event", NULL);
	small_tie(&small, 2, 1, NULL)->kinds = small_list(&small, "training", NULL);
	small_tie(&small, 2, 3, NULL)->kinds = small_list(&small, "funding", NULL);
	struct partnership *denied = small_tie(&small, 3, 2, NULL);
	denied->kinds = small_list(&small, "training", NULL);
	denied->status = "denied";
	small_tie(&small, 3, 4, NULL);
	struct partnership *planned = small_tie(&small, 4, 5, NULL);
	planned->kinds = small_list(&small, "training", NULL);
	planned->status = "proposed";
	struct model *model = small_model(&small);
	struct net_options options = { .with_ended = true,
				       .least_intensity = -1,
				       .kinds = training };
	g_assert_cmpuint(count_edges(model, options), ==, 2);
	options.kinds = either;
	g_assert_cmpuint(count_edges(model, options), ==, 3);
	g_assert_cmpuint(model_count_ties(model), ==, 4);
	struct net *net = net_new(model, &options);
	g_autofree bool *gone = g_new0(bool, net->m);
	struct net *rest = net_without(net, gone);
	net_free(net);
	g_assert_true(rest->options.with_ended);
	g_assert_true(g_strv_equal(rest->options.kinds, either));
	net_free(rest);
	model_unref(model);
	small_release(&small);
}

static char *spell(const GArray *path)
{
	GString *text = g_string_new(NULL);
	for (guint i = 0; i < path->len; i++)
		g_string_append_printf(text, "%s%u", i > 0 ? "-" : "",
				       g_array_index(path, guint, i));
	return g_string_free(text, FALSE);
}

/*
 * From 0 to 5 over 1, 2 or 3 then 4: the chain whose weakest tie is strongest
 * comes first, or the coordinator is sent to somebody who hardly knows the next.
 */
static void paths(void)
{
	static const char *const expected[] = { "0-2-4-5", "0-1-4-5", "0-3-4-5" };
	struct small small;
	small_init(&small, 7);
	small_tie(&small, 0, 1, "integration"); /* 4 */
	small_tie(&small, 1, 4, "cooperation"); /* 2: weakest 2, sum 6 + 4 */
	small_tie(&small, 0, 2, "coordination");
	small_tie(&small, 2, 4, "coordination"); /* weakest 3, sum 6 + 4 */
	small_tie(&small, 0, 3, "awareness");
	small_tie(&small, 3, 4, "integration"); /* weakest 1 */
	small_tie(&small, 4, 5, "integration");
	struct model *model = small_model(&small);
	struct net *net = net_new(model, NULL);
	for (guint limit = 1; limit <= 4; limit++) {
		g_autoptr(GPtrArray) found = net_paths(net, 0, 5, limit);
		g_assert_cmpuint(found->len, ==, MIN(limit, 3));
		for (guint i = 0; i < found->len; i++) {
			g_autofree char *text = spell(found->pdata[i]);
			g_assert_cmpstr(text, ==, expected[i]);
		}
	}
	g_autoptr(GPtrArray) none = net_paths(net, 0, 6, 3);
	g_autoptr(GPtrArray) self = net_paths(net, 0, 0, 3);
	g_autoptr(GPtrArray) beyond = net_paths(net, 0, 99, 3);
	g_assert_cmpuint(none->len + self->len + beyond->len, ==, 0);
	net_free(net);
	model_unref(model);
	small_release(&small);
}

/* A ladder of diamonds has 2^20 shortest chains: asking for three must not list them all. */
static void many_paths(void)
{
	enum { STEPS = 20 };
	struct small small;
	small_init(&small, 3 * STEPS + 1);
	for (guint i = 0; i < STEPS; i++) {
		small_tie(&small, 3 * i, 3 * i + 1, i == 7 ? "awareness" : "cooperation");
		small_tie(&small, 3 * i, 3 * i + 2, "cooperation");
		small_tie(&small, 3 * i + 1, 3 * i + 3, "cooperation");
		small_tie(&small, 3 * i + 2, 3 * i + 3, "cooperation");
	}
	struct model *model = small_model(&small);
	struct net *net = net_new(model, NULL);
	g_autoptr(GPtrArray) found = net_paths(net, 0, 3 * STEPS, 3);
	g_assert_cmpuint(found->len, ==, 3);
	for (guint i = 0; i < 3; i++) {
		const GArray *path = found->pdata[i];
		g_assert_cmpuint(path->len, ==, 2 * STEPS + 1);
		g_assert_cmpuint(g_array_index(path, guint, 15), ==,
				 23); /* not over the weak one */
	}
	net_free(net);
	model_unref(model);
	small_release(&small);
}

/* Territories a {0,1,2}, b {3,4}; sectors x {0,3}, y {1,2,4}; 5 has neither. */
static void matrix(void)
{
	static const guint pairs[][2] = { { 0, 1 }, { 1, 2 }, { 0, 3 }, { 2, 4 }, { 4, 5 } };
	struct small small;
	small_init(&small, 6);
	small_territory(&small, "a", "declared");
	small_territory(&small, "b", "declared");
	for (guint i = 0; i < 5; i++) {
		small.all[i]->territories = small_list(&small, i < 3 ? "a" : "b", NULL);
		small.all[i]->sector = i == 0 || i == 3 ? "x" : "y";
	}
	small.all[0]->territories = small_list(&small, "a", "b");
	small_ties(&small, pairs, G_N_ELEMENTS(pairs));
	struct study *study = small_study(&small, STUDY_MEASURES);
	struct matrix *same = study_matrix(study, BY_TERRITORY, BY_TERRITORY);
	g_assert_cmpuint(same->n_rows, ==, 2);
	g_assert_cmpfloat(same->ties[0], ==, 2); /* a-a: 0-1, 1-2 */
	g_assert_cmpfloat(same->ties[1], ==, 2); /* a-b: 0-3, 2-4 */
	g_assert_cmpfloat(same->ties[2], ==, 2);
	g_assert_cmpfloat(same->ties[3], ==, 0);
	g_assert_cmpfloat(same->possible[0], ==, 3);
	g_assert_cmpfloat(same->possible[1], ==, 6);
	g_assert_cmpfloat(same->possible[3], ==, 1);
	g_assert_true(isnan(same->expected[1])); /* chance was not asked for */
	g_assert_cmpuint(same->samples, ==, 0);
	matrix_free(same);
	struct matrix *two = study_matrix(study, BY_TERRITORY, BY_SECTOR);
	g_assert_cmpstr(two->cols->ids[0], ==, "x");
	g_assert_cmpfloat(two->members[0], ==, 1); /* a x: 0 */
	g_assert_cmpfloat(two->members[2], ==, 2); /* b x: 3, and 0 that lists b second */
	g_assert_cmpfloat(two->ties[0], ==, 2);	   /* a with x: 0-1, 0-3 */
	/* a {0,1,2} with x {0,3}: 0-3, 1-0, 1-3, 2-0, 2-3. */
	g_assert_cmpfloat(two->possible[0], ==, 5);
	matrix_free(two);
	study_unref(study);
	small_release(&small);
}

static void filter_numbers(void)
{
	static const guint pairs[][2] = { { 0, 1 }, { 0, 2 } };
	struct small small;
	double value;
	small_init(&small, 4);
	small_ties(&small, pairs, G_N_ELEMENTS(pairs));
	struct study *study = small_study(&small, STUDY_ALL);
	g_assert_true(study_filter_number(study, "ties", -1, &value));
	g_assert_true(study_filter_number(study, "ties", 0, &value));
	g_assert_cmpfloat(value, ==, 2);
	g_assert_true(study_filter_number(study, "gaps", 3, &value));
	g_assert_cmpfloat(value, ==, 2); /* it works with nobody, and its entry is old */
	g_assert_true(study_filter_number(study, "constraint", 3, &value));
	g_assert_true(isnan(value));
	g_assert_false(study_filter_number(study, "density", -1, &value));
	g_assert_false(study_filter_number(study, "nonsense", -1, &value));
	study_unref(study);
	small_release(&small);
}

/* If it fails, a word that groups are asked for by means another, or none. */
static void attributes(void)
{
	enum attribute by = BY_TIER;

	for (guint i = 0; i < BY_GROUPS; i++) {
		g_assert_true(attribute_parse(attribute_name((enum attribute)i), &by));
		g_assert_cmpuint(by, ==, i);
	}
	g_assert_false(attribute_parse("capacity", &by));
	g_assert_false(attribute_parse(NULL, &by));
}

/* If it fails, somebody stands at a level that it has left, or has not come to. */
static void levels_of_today(void)
{
	static const char *const words[] = { "friend", "ally", NULL };
	static const struct membership rows[][2] = {
		{ { .network = "net", .tier = "friend", .until = { 2026, 10, 0 } },
		  { .network = "net", .tier = "ally", .since = { 2026, 11, 0 } } },
		{ { .network = "net", .tier = "ally", .until = { 2026, 11, 0 } },
		  { .network = "net", .tier = "friend", .since = { 2026, 12, 0 } } },
		{ { .network = "net", .tier = "ally", .until = { 2025, 0, 0 } },
		  { .network = "other", .tier = "ally", .until = { 2026, 11, 21 } } },
	};
	static const int wanted[] = { 1, 1, -1 };
	struct small small;

	small_init(&small, 3);
	small_words(&small, small_network(&small), VOCABULARY_TIERS, words);
	for (guint i = 0; i < 3; i++)
		small.all[i]->memberships = (struct items){ (void *)(guintptr)rows[i], 2 };
	struct study *study = small_gaps(&small);
	const struct partition *tiers = study_partition(study, BY_TIER);
	for (guint i = 0; i < 3; i++)
		g_assert_cmpint(tiers->group[i], ==, wanted[i]);
	study_unref(study);
	small_release(&small);
}

/* What an institution itself says, by the attributes that are one word; NULL: nothing. */
static const char *stated(const struct institution *one, enum attribute by)
{
	return by == BY_SECTOR	  ? one->sector
	       : by == BY_COUNTRY ? one->country
	       : one->territories ? one->territories[0]
				  : NULL;
}

/* If it fails, somebody stands in a group not their own where groups take several pieces. */
static void groups_of_many(void)
{
	static const enum attribute one_word[] = { BY_SECTOR, BY_COUNTRY, BY_TERRITORY };
	const struct generate_options options = {
		.institutions = 40000, .territories = 50, .degree = 1, .seed = 3
	};
	struct model *model = model_generated(&options, (struct date){ 2026, 11, 22 });
	struct study *study = study_begin(model, NULL);
	guint pieces = 0;

	while (study_go_on(study))
		pieces++;
	g_assert_cmpuint(pieces, >, 20);
	for (guint k = 0; k < G_N_ELEMENTS(one_word); k++) {
		const struct partition *groups = study_partition(study, one_word[k]);
		g_autofree guint *sizes = g_new0(guint, groups->n_groups + 1);

		for (guint v = 0; v < study_net(study)->n; v++) {
			guint i = study_net(study)->institution[v];
			const char *word = stated(model_institution(model, i), one_word[k]);
			int group = groups->group[v];

			g_assert_cmpstr(group < 0 ? NULL : groups->ids[group], ==, word);
			if (group >= 0)
				sizes[group]++;
		}
		g_assert_true(memcmp(sizes, groups->sizes, groups->n_groups * sizeof *sizes) == 0);
	}
	study_unref(study);
	model_unref(model);
}

/* If it fails, who asks too early gets groups in which some members are not yet. */
static void groups_too_early(void)
{
	if (g_test_subprocess()) {
		const struct generate_options options = {
			.institutions = 40000, .territories = 50, .degree = 1, .seed = 3
		};
		struct model *model = model_generated(&options, (struct date){ 2026, 11, 22 });
		struct study *study = study_begin(model, NULL);
		for (guint pieces = 0; pieces < 12; pieces++)
			g_assert_true(study_go_on(study));
		(void)study_partition(study, BY_SECTOR);
		return;
	}
	g_test_trap_subprocess(NULL, 0, 0);
	g_test_trap_assert_failed();
	g_test_trap_assert_stderr("*is_grouped*");
}

int main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/net/adjacency", adjacency);
	g_test_add_func("/net/options", options);
	g_test_add_func("/net/kinds", kinds);
	g_test_add_func("/net/attributes", attributes);
	g_test_add_func("/net/levels", levels_of_today);
	g_test_add_func("/net/groups-of-many", groups_of_many);
	g_test_add_func("/net/groups-too-early", groups_too_early);
	g_test_add_func("/net/paths", paths);
	g_test_add_func("/net/many-paths", many_paths);
	g_test_add_func("/net/matrix", matrix);
	g_test_add_func("/net/filter-numbers", filter_numbers);
	return g_test_run();
}
