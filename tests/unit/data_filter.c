/*
 * Filters: what a coordinator types finds what it says and nothing else, and what
 * is mistyped is named with the nearest word.
 */
#include "base/errors.h"
#include "data/filter.h"
#include "data/node.h"

#include <math.h>
#include <string.h>

static const char *const network_json =
	"{\"id\":\"red\",\"name\":\"Red\",\"vocabularies\":{\"sectors\":["
	"{\"id\":\"edustem\",\"name\":\"EduSTEM institutions\"},"
	"{\"id\":\"business\",\"name\":\"Business\"},{\"id\":\"government\",\"name\":"
	"\"Government\"}],"
	"\"tiers\":[{\"id\":\"friend\",\"name\":\"Friend\"},{\"id\":\"associate\",\"name\":"
	"\"Associate\"},"
	"{\"id\":\"ally\",\"name\":\"Ally\"}]}}";

static const char *const institutions_json[] = {
	("{\"id\":\"aula\",\"name\":\"Aula Bogotá\",\"sector\":\"edustem\",\"country\":\"CO\","
	 "\"city\":\"Bogotá\",\"territories\":[\"co-bogota\",\"co-tunja\"],\"sdgs\":[\"4\",\"5\"],"
	 "\"memberships\":[{\"network\":\"red\",\"tier\":\"ally\",\"since\":\"2019\"}],"
	 "\"offers\":[{\"capacity\":\"training\"}],\"lat\":\"4.7\",\"verified\":\"2024-05\"}"),
	("{\"id\":\"banco\",\"name\":\"Banco\",\"short_name\":\"BX\",\"sector\":\"business\","
	 "\"country\":\"MX\",\"memberships\":[{\"network\":\"red\",\"tier\":\"friend\"}],"
	 "\"partners\":[{\"with\":\"aula\",\"intensity\":\"coordination\",\"amount\":\"26000 USD\","
	 "\"since\":\"2022-03-01\"}],\"verified\":\"2025-01-09\"}"),
	("{\"id\":\"casa\",\"name\":\"Casa de Ciencia\",\"aliases\":[\"la-vieja\"],"
	 "\"sector\":\"edustem\"}"),
};

struct fixture {
	struct pool *pool;
	struct model *model;
};

static void add(struct fixture *f, GPtrArray *to, enum kind kind, const char *json)
{
	g_autoptr(GError) error = NULL;
	struct findings *findings = findings_new();
	struct node *node = node_from_json(json, &error);
	void *record;

	g_assert_no_error(error);
	record = node_to_record(record_type(kind), node, NULL, NULL, f->pool, findings);
	g_assert_nonnull(record);
	g_ptr_array_add(to, record);
	node_free(node);
	findings_free(findings);
}

static void set_up(struct fixture *f, gconstpointer data)
{
	GPtrArray *records[KIND_COUNT];
	struct date today = { 2026, 11, 22 };

	(void)data;
	f->pool = pool_new();
	for (guint k = 0; k < KIND_COUNT; k++)
		records[k] = g_ptr_array_new();
	add(f, records[KIND_NETWORK], KIND_NETWORK, network_json);
	for (guint i = 0; i < G_N_ELEMENTS(institutions_json); i++)
		add(f, records[KIND_INSTITUTION], KIND_INSTITUTION, institutions_json[i]);
	f->model = model_new(records, &f->pool, 1, "red", today, 1);
	for (guint k = 0; k < KIND_COUNT; k++)
		g_ptr_array_unref(records[k]);
}

static void tear_down(struct fixture *f, gconstpointer data)
{
	(void)data;
	model_unref(f->model);
	pool_unref(f->pool);
}

/* "ties" and "betweenness" are 3, 1 and unknown for the three institutions. */
static bool number_name(guint i, struct filter_name *name)
{
	static const struct filter_name names[] = { { "ties", "Ties", NULL },
						    { "gaps", "Gaps", NULL },
						    { "betweenness", "Chains over it", "Bridge" } };

	if (i < G_N_ELEMENTS(names))
		*name = names[i];
	return i < G_N_ELEMENTS(names);
}

static bool number(void *data, const char *name, int index, double *out)
{
	static const double ties[] = { 3, 1, NAN };

	(void)data;
	if (strcmp(name, "ties") != 0 && strcmp(name, "betweenness") != 0)
		return false;
	*out = index >= 0 ? ties[index] : NAN;
	return true;
}

static const struct filter_numbers numbers = { number, number_name };

/* First letters of the institutions that pass. */
static void expect(struct fixture *f, const char *text, const char *expected)
{
	g_autoptr(GError) error = NULL;
	struct filter *filter = filter_parse(text, KIND_INSTITUTION, &numbers, NULL, &error);
	char found[8] = "";

	g_assert_no_error(error);
	for (guint i = 0; i < f->model->n[KIND_INSTITUTION]; i++) {
		if (filter_match(filter, f->model, i))
			strncat(found, model_institution(f->model, i)->base.id, 1);
	}
	if (strcmp(found, expected) != 0)
		g_error("filter %s finds \"%s\", not \"%s\"", text, found, expected);
	g_assert_cmpstr(filter_text(filter), ==, text);
	filter_free(filter);
}

/* Somebody reads "nobody" where half the network passes one of the two. */
static void test_connectives(struct fixture *f, gconstpointer data)
{
	static const char *const wrong[] = { "ties=3 or ties=1", "country=MX AND ties=3",
					     "ties=3 && ties=1" };

	(void)data;
	for (guint i = 0; i < G_N_ELEMENTS(wrong); i++) {
		g_autoptr(GError) error = NULL;
		g_assert_null(filter_parse(wrong[i], KIND_INSTITUTION, &numbers, NULL, &error));
		g_assert_error(error, TELAR_ERROR, TELAR_ERROR_USAGE);
		g_assert_nonnull(strstr(error->message, "country=MX,CO"));
	}
	expect(f, "ties=3 \"or\"", "");
	expect(f, "or and", "");
	expect(f, "ties=3 !or", "a");
}

/* What is counted, by each of its names. */
static void test_numbers(struct fixture *f, gconstpointer data)
{
	static const struct {
		const char *text, *expected;
	} cases[] = {
		{ "ties>2", "a" },	  { "ties<=1", "b" },	       { "ties=3", "a" },
		{ "ties=", "c" },	  { "ties!=3", "bc" },	       { "tie>2", "a" },
		{ "betweenness>2", "a" }, { "chains-over-it>2", "a" }, { "Chains_over_it<=1", "b" },
		{ "bridge=3", "a" },
	};

	(void)data;
	for (guint i = 0; i < G_N_ELEMENTS(cases); i++)
		expect(f, cases[i].text, cases[i].expected);
}

static void test_find(struct fixture *f, gconstpointer data)
{
	static const struct {
		const char *text, *expected;
	} cases[] = {
		{ "", "abc" },
		{ "  sector=edustem ", "ac" },
		{ "sector=\"EduSTEM institutions\"", "ac" },
		{ "sector!=edustem", "b" },
		{ "sector=EDUSTEM country=co", "a" },
		{ "country=CO,MX", "ab" },
		{ "country!=CO,MX", "c" },
		{ "country=", "c" },
		{ "country!=", "ab" },
		{ "country=Colombia", "a" },
		{ "name~BOGOTA", "a" },
		{ "name!~bogota", "bc" },
		{ "name~banco,casa", "bc" },
		{ "bogota", "a" },
		{ "\"casa de\"", "c" },
		{ "vieja", "c" },
		{ "bx", "b" },
		{ "!bogota", "bc" },
		{ "bogota edustem", "a" },
		{ "verified<2025", "a" },
		{ "verified=2024", "a" },
		{ "verified=2024-05", "a" },
		{ "verified>2024", "b" },
		{ "verified>=2024-05", "ab" },
		{ "verified<=2025", "ab" },
		{ "verified=", "c" },
		{ "tier=ally", "a" },
		{ "tier>=associate", "a" },
		{ "tier<ally", "b" },
		{ "memberships.since<2020", "a" },
		{ "partner=aula", "b" },
		{ "partner=\"Aula Bogotá\"", "b" },
		{ "partners.intensity>=coordination", "b" },
		{ "partners.intensity>coordination", "" },
		{ "partners.amount>20000", "b" },
		{ "partners.amount=\"26000 EUR\"", "" },
		{ "partners.since>2021", "b" },
		{ "partners>0", "b" },
		{ "offers=training", "a" },
		{ "offers=", "bc" },
		{ "territory=co-tunja", "a" },
		{ "territories>1", "a" },
		{ "territories=", "bc" },
		{ "sdgs=4", "a" },
		{ "sdgs>5", "" },
		{ "lat>4", "a" },
	};

	(void)data;
	for (guint i = 0; i < G_N_ELEMENTS(cases); i++)
		expect(f, cases[i].text, cases[i].expected);
	g_assert_true(filter_match(NULL, f->model, 0));
	g_assert_cmpstr(filter_text(NULL), ==, "");
}

static void test_mistakes(struct fixture *f, gconstpointer data)
{
	static const struct {
		const char *text, *hint;
	} cases[] = {
		{ "sectr=edustem", "sector" },
		{ "tiers=ally", "tier" },
		{ "teis>3", "ties" },
		{ "qqq=1", "try one of: sector, country" },
		{ "=3", "as in sector=edustem" },
		{ "lat>north", "number" },
		{ "ties>many", "number" },
		{ "betwenness>2", "did you mean \"betweenness\"" },
		/* What was to be written next is missing, and everybody would pass. */
		{ "country=MX,", "city=" },
		{ "country=,MX", "city=" },
		{ "name~", "city=" },
		{ "name!~", "city=" },
		{ "ties>", "city=" },
		{ "verified<=", "city=" },
		{ "verified<soon", "date" },
		{ "name<m", "= and ~" },
		{ "\"open", NULL },
		{ "visibility=publik", "public" },
		{ "partners.amount>much", "amount" },
		{ "agenda.status=none", NULL },
	};

	(void)data;
	(void)f;
	for (guint i = 0; i < G_N_ELEMENTS(cases); i++) {
		g_autoptr(GError) error = NULL;
		struct filter *filter =
			filter_parse(cases[i].text, KIND_INSTITUTION, &numbers, NULL, &error);

		g_assert_null(filter);
		g_assert_error(error, TELAR_ERROR, TELAR_ERROR_USAGE);
		if (cases[i].hint && !strstr(error->message, cases[i].hint))
			g_error("filter %s: %s", cases[i].text, error->message);
	}
}

static void expect_check(struct fixture *f, const char *text, const char *hint)
{
	g_autoptr(GError) error = NULL;
	struct filter *filter = filter_parse(text, KIND_INSTITUTION, &numbers, NULL, &error);

	g_assert_no_error(error);
	g_assert_cmpint(filter_check(filter, f->model, &error), ==, hint == NULL);
	if (hint && !strstr(error->message, hint))
		g_error("filter %s: %s", text, error->message);
	filter_free(filter);
}

static void test_check(struct fixture *f, gconstpointer data)
{
	(void)data;
	expect_check(f, "sector=edu-stem", "did you mean \"edustem\"");
	expect_check(f, "sector=zzzzzz", "edustem, business, government");
	expect_check(f, "partner=bancoo", "did you mean \"banco\"");
	expect_check(f, "country=QQ", "ISO 3166-1");
	expect_check(f, "sector=business,edustem tier>=ally territories>1 x country=MX", NULL);
	expect_check(f, "sector=", NULL);
	expect_check(f, "country!=", NULL);
	/* Nobody passes, as the value ends at its blank. */
	expect_check(f, "name=casa de ciencia", "name=\"casa de ciencia\"");
	expect_check(f, "ties>1 name!=Aula Bogotá", "name!=\"Aula Bogotá\"");
	expect_check(f, "sector=edustem institutions country=CO", NULL);
	expect_check(f, "name=casa x", NULL);
	expect_check(f, "name=casa de !ciencia", NULL);
	expect_check(f, "name=Banco bogota", NULL);
}

/* A filter that is kept finds something else, or nothing, for whoever reads another language. */
static void test_keys(struct fixture *f, gconstpointer data)
{
	static const struct {
		const char *text, *keys;
	} cases[] = {
		{ "", "" },
		{ "  Sector=\"EduSTEM institutions\",BUSINESS  country!=colombia,mx",
		  "sector=edustem,business country!=CO,MX" },
		{ "Chains-over-it>2 bridge=", "betweenness>2 betweenness=" },
		{ "tier>=ally network=red memberships.since<2020 ties>=3",
		  "tier>=ally network=red memberships.since<2020 ties>=3" },
		{ "short-name~\"b x\" city= visibility=\"coordinators only\"",
		  "short_name~\"b x\" city= visibility=coordinator" },
		{ "bogota !red \"or\" !\"casa de\" a,b", "bogota !red \"or\" !\"casa de\" a,b" },
		{ "partners>0 partners.amount=\"26000 USD\" sector~edu country=nowhere",
		  "partners>0 partners.amount=\"26000 USD\" sector~edu country=nowhere" },
	};

	(void)data;
	for (guint i = 0; i < G_N_ELEMENTS(cases); i++) {
		const char *text = cases[i].text;

		/* What was written means the same when it is read. */
		for (guint turn = 0; turn < 2; turn++, text = cases[i].keys) {
			g_autoptr(GError) error = NULL;
			struct filter *filter =
				filter_parse(text, KIND_INSTITUTION, &numbers, NULL, &error);
			g_autofree char *keys = filter_keys(filter, f->model);

			g_assert_no_error(error);
			g_assert_cmpstr(keys, ==, cases[i].keys);
			filter_free(filter);
		}
	}
}

int main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add("/filter/find", struct fixture, NULL, set_up, test_find, tear_down);
	g_test_add("/filter/numbers", struct fixture, NULL, set_up, test_numbers, tear_down);
	g_test_add("/filter/connectives", struct fixture, NULL, set_up, test_connectives,
		   tear_down);
	g_test_add("/filter/mistakes", struct fixture, NULL, set_up, test_mistakes, tear_down);
	g_test_add("/filter/check", struct fixture, NULL, set_up, test_check, tear_down);
	g_test_add("/filter/keys", struct fixture, NULL, set_up, test_keys, tear_down);
	return g_test_run();
}
