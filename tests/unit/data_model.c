/*
 * Generations and ties: what two sides declare becomes the right tie, and an
 * edit leads to the same model that loading everything anew would give.
 */
#include "data/as_of.h"
#include "data/model.h"
#include "data/node.h"

#include <string.h>

struct fixture {
	struct pool *pool;
	GPtrArray *records[KIND_COUNT];
};

static void add(struct fixture *f, enum kind kind, const char *json)
{
	g_autoptr(GError) error = NULL;
	struct findings *findings = findings_new();
	struct node *node = node_from_json(json, &error);

	g_assert_no_error(error);
	void *record = node_to_record(record_type(kind), node, NULL, NULL, f->pool, findings);

	g_assert_nonnull(record);
	g_ptr_array_add(f->records[kind], record);
	node_free(node);
	findings_free(findings);
}

static void set_up(struct fixture *f)
{
	f->pool = pool_new();
	for (guint k = 0; k < KIND_COUNT; k++)
		f->records[k] = g_ptr_array_new();
}

static void tear_down(struct fixture *f)
{
	for (guint k = 0; k < KIND_COUNT; k++)
		g_ptr_array_unref(f->records[k]);
	pool_unref(f->pool);
}

static struct model *load(struct fixture *f)
{
	struct date today = { 2026, 11, 22 };

	return model_new(f->records, &f->pool, 1, NULL, today, 1);
}

static const struct tie *tie(const struct model *m, const char *a, const char *b)
{
	return model_tie(m, (guint)model_find(m, KIND_INSTITUTION, a),
			 (guint)model_find(m, KIND_INSTITUTION, b));
}

static void states(void)
{
	struct fixture f;

	set_up(&f);
	add(&f, KIND_INSTITUTION,
	    "{\"id\":\"c\",\"name\":\"C\",\"sector\":\"x\",\"verified\":\"2026-01\"}");
	add(&f, KIND_INSTITUTION,
	    "{\"id\":\"a\",\"name\":\"A\",\"sector\":\"x\",\"partners\":[{\"with\":\"b\",\"since\":"
	    "\"2020\",\"intensity\":\"awareness\"},{\"with\":\"c\"},{\"with\":\"d\"},{\"with\":"
	    "\"nobody\"},{\"with\":\"e\",\"kinds\":[\"funding\"],\"direction\":\"out\"}]}");
	add(&f, KIND_INSTITUTION,
	    "{\"id\":\"b\",\"name\":\"B\",\"sector\":\"x\",\"partners\":[{\"with\":\"a\",\"since\":"
	    "\"2019-05\",\"until\":\"2021\",\"intensity\":\"integration\"}]}");
	add(&f, KIND_INSTITUTION, "{\"id\":\"d\",\"name\":\"D\",\"sector\":\"x\"}");
	add(&f, KIND_INSTITUTION,
	    "{\"id\":\"e\",\"name\":\"E\",\"sector\":\"x\",\"partners\":[{\"with\":\"a\",\"kinds\":"
	    "["
	    "\"funding\"],\"direction\":\"out\"}]}");
	struct model *m = load(&f);

	g_assert_cmpuint(m->n_ties, ==, 4);
	g_assert_cmpuint(m->n_claims, ==, 6); /* the partner without an entry is left out */
	g_assert_cmpint(tie(m, "a", "b")->state, ==, TIE_CONFIRMED);
	g_assert_cmpint(tie(m, "a", "b")->intensity, ==, 3);
	g_assert_cmpint(tie(m, "a", "b")->since.year, ==, 2019);
	g_assert_false(tie(m, "a", "b")->ended); /* one side leaves it open */
	g_assert_cmpint(tie(m, "c", "a")->state, ==, TIE_CLAIMED);
	g_assert_cmpint(tie(m, "a", "d")->state, ==, TIE_UNANSWERABLE);
	g_assert_cmpint(tie(m, "a", "e")->state, ==, TIE_DISPUTED); /* both say they pay */
	g_assert_null(tie(m, "b", "c"));
	model_unref(m);
	tear_down(&f);
}

/* If it fails, a plan is a tie in one figure and none in another. */
static void plans_do_not_count(void)
{
	struct fixture f;

	set_up(&f);
	add(&f, KIND_INSTITUTION,
	    "{\"id\":\"a\",\"name\":\"A\",\"sector\":\"x\",\"partners\":[{\"with\":\"b\"},"
	    "{\"with\":\"c\",\"status\":\"proposed\"},{\"with\":\"d\",\"status\":\"denied\"},"
	    "{\"with\":\"e\",\"status\":\"proposed\"},{\"with\":\"f\",\"status\":\"proposed\"}]}");
	add(&f, KIND_INSTITUTION, "{\"id\":\"b\",\"name\":\"B\",\"sector\":\"x\"}");
	add(&f, KIND_INSTITUTION,
	    "{\"id\":\"c\",\"name\":\"C\",\"sector\":\"x\",\"partners\":[{\"with\":\"a\","
	    "\"status\":\"proposed\"}]}");
	add(&f, KIND_INSTITUTION, "{\"id\":\"d\",\"name\":\"D\",\"sector\":\"x\"}");
	add(&f, KIND_INSTITUTION,
	    "{\"id\":\"e\",\"name\":\"E\",\"sector\":\"x\",\"partners\":[{\"with\":\"a\","
	    "\"status\":\"denied\"}]}");
	add(&f, KIND_INSTITUTION,
	    "{\"id\":\"f\",\"name\":\"F\",\"sector\":\"x\",\"partners\":[{\"with\":\"a\"}]}");
	struct model *m = load(&f);
	struct model *confirmed = model_confirmed(m);
	g_autofree char *all = model_ties_text(m), *sure = model_ties_text(confirmed);

	g_assert_cmpint(tie(m, "a", "c")->state, ==, TIE_PROPOSED); /* though both say so */
	g_assert_cmpint(tie(m, "a", "d")->state, ==, TIE_DENIED);
	g_assert_cmpint(tie(m, "a", "e")->state, ==, TIE_DENIED);
	/* One says it is there: it counts, and is not confirmed by who still proposes it. */
	g_assert_cmpint(tie(m, "a", "f")->state, ==, TIE_UNANSWERABLE);
	g_assert_cmpuint(m->n_ties, ==, 5);
	g_assert_cmpuint(model_count_ties(m), ==, 2);
	g_assert_cmpuint(model_degree(m, 0), ==, 2);
	g_assert_cmpuint(model_undated_ties(m), ==, 2);
	g_assert_cmpstr(all, ==, "2 ties, 1 proposed and 2 denied");
	g_assert_cmpstr(sure, ==, "0 ties");
	model_unref(confirmed);
	model_unref(m);
	tear_down(&f);
}

/* Rows of the adjacency must be ascending: model_tie() searches in them. */
static void arcs_ascend(void)
{
	struct fixture f;

	set_up(&f);
	for (guint i = 0; i < 12; i++) {
		GString *json = g_string_new(NULL);

		g_string_printf(json,
				"{\"id\":\"n%02u\",\"name\":\"N\",\"sector\":\"x\",\"partners\":[",
				i);
		for (guint j = 0, n = 0; j < 12; j++)
			if (j != i && (i * 7 + j * 5) % 3 == 0)
				g_string_append_printf(json, "%s{\"with\":\"n%02u\"}",
						       n++ ? "," : "", j);
		g_string_append(json, "]}");
		add(&f, KIND_INSTITUTION, json->str);
		g_string_free(json, TRUE);
	}
	struct model *m = load(&f);

	for (guint i = 0; i < 12; i++)
		for (guint k = m->arc_start[i]; k < m->arc_start[i + 1]; k++) {
			g_assert_true(k == m->arc_start[i] || m->arc_to[k - 1] < m->arc_to[k]);
			g_assert_true(model_tie(m, i, m->arc_to[k]) == &m->ties[m->arc_tie[k]]);
			g_assert_true(model_tie(m, m->arc_to[k], i) == &m->ties[m->arc_tie[k]]);
		}
	model_unref(m);
	tear_down(&f);
}

static void next_generation(void)
{
	struct fixture f;

	set_up(&f);
	add(&f, KIND_INSTITUTION, "{\"id\":\"a\",\"name\":\"A\",\"sector\":\"x\"}");
	add(&f, KIND_INSTITUTION, "{\"id\":\"c\",\"name\":\"C\",\"sector\":\"x\"}");
	struct model *one = load(&f);

	add(&f, KIND_INSTITUTION,
	    "{\"id\":\"b\",\"name\":\"B\",\"sector\":\"x\",\"partners\":[{\"with\":\"c\"}]}");
	struct model *whole = load(&f);
	struct model *two = model_with(one, KIND_INSTITUTION, "b",
				       f.records[KIND_INSTITUTION]->pdata[2], f.pool);

	g_assert_cmpuint(two->n[KIND_INSTITUTION], ==, 3);
	g_assert_cmpuint(two->n_ties, ==, 1);
	g_assert_true(two->fingerprint == whole->fingerprint);
	g_assert_cmpuint(one->n_ties, ==, 0); /* the old generation does not change */
	struct model *three = model_with(two, KIND_INSTITUTION, "b", NULL, NULL);

	g_assert_true(three->fingerprint == one->fingerprint);
	g_assert_cmpint(model_find(three, KIND_INSTITUTION, "b"), ==, -1);
	model_unref(one);
	model_unref(two);
	g_assert_cmpstr(institution_name(model_institution(three, 1), false), ==, "C");
	model_unref(three);
	model_unref(whole);
	tear_down(&f);
}

/* If it fails, "confirmed only" shows a tie that one side alone claims, or keeps it after an edit.
 */
static void confirmed_alone(void)
{
	struct fixture f;

	set_up(&f);
	add(&f, KIND_INSTITUTION,
	    "{\"id\":\"a\",\"name\":\"A\",\"sector\":\"x\",\"partners\":[{\"with\":\"b\"},"
	    "{\"with\":\"c\"}]}");
	add(&f, KIND_INSTITUTION,
	    "{\"id\":\"b\",\"name\":\"B\",\"sector\":\"x\",\"partners\":[{\"with\":\"a\"}]}");
	add(&f, KIND_INSTITUTION, "{\"id\":\"c\",\"name\":\"C\",\"sector\":\"x\"}");
	struct model *all = load(&f);
	struct model *both = model_confirmed(all), *same = model_confirmed(both);

	g_assert_cmpuint(all->n_ties, ==, 2);
	g_assert_cmpuint(both->n_ties, ==, 1);
	g_assert_true(same == both);
	g_assert_nonnull(tie(both, "a", "b"));
	g_assert_null(tie(both, "a", "c"));
	g_assert_cmpuint(both->arc_start[1] - both->arc_start[0], ==, 1);
	add(&f, KIND_INSTITUTION,
	    "{\"id\":\"c\",\"name\":\"C\",\"sector\":\"x\",\"partners\":[{\"with\":\"a\"},"
	    "{\"with\":\"b\"}]}");
	struct model *next = model_with(both, KIND_INSTITUTION, "c",
					f.records[KIND_INSTITUTION]->pdata[3], f.pool);

	/* a and c agree by now, c alone claims b. */
	g_assert_cmpuint(next->n_ties, ==, 2);
	g_assert_null(tie(next, "b", "c"));
	model_unref(all);
	model_unref(both);
	model_unref(same);
	model_unref(next);
	tear_down(&f);
}

static void codes(void)
{
	g_assert_true(country_exists("MX"));
	g_assert_false(country_exists("XX"));
	g_assert_true(subdivision_exists("MX-NLE"));
	g_assert_true(currency_exists("COP"));
	g_assert_cmpstr(country_name("CO"), ==, "Colombia");
	g_assert_cmpstr(country_name("??"), ==, "??");
}

/* If it fails, a figure's usual words are in no catalogue, or a word of one's own is changed. */
static void words_of_figures(void)
{
	static const char *const usual[] = { "institutions", "countries", "students", "schools",
					     "teachers" };
	const struct field *metric = record_field(&count_type, "metric");
	const char *own = "teachers trained in Colombia";
	struct fixture f;
	struct model *model;

	set_up(&f);
	model = load(&f);
	for (guint i = 0; i < G_N_ELEMENTS(usual); i++)
		g_assert_cmpint(choice_index(metric->choices, usual[i]), >=, 0);
	g_assert_cmpstr(model_word_text(model, metric, "students"), ==, "students");
	g_assert_true(model_word_text(model, metric, own) == own);
	model_unref(model);
	tear_down(&f);
}

int main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/model/states", states);
	g_test_add_func("/model/plans-do-not-count", plans_do_not_count);
	g_test_add_func("/model/arcs", arcs_ascend);
	g_test_add_func("/model/generations", next_generation);
	g_test_add_func("/model/confirmed", confirmed_alone);
	g_test_add_func("/model/codes", codes);
	g_test_add_func("/model/figures", words_of_figures);
	return g_test_run();
}
