/*
 * Field tables, trees and paths: what goes in comes out, what is wrong is said.
 */
#include "data/model.h"
#include "data/path.h"

#include <math.h>
#include <string.h>

static const char *innovec =
	"{\"id\":\"innovec\",\"name\":\"Innovación\",\"sector\":\"edustem\",\"country\":\"MX\","
	"\"lat\":\"19.43\",\"territories\":[\"mx-cdmx\"],"
	"\"memberships\":[{\"network\":\"red\",\"tier\":\"ally\",\"since\":\"2023-05\"}],"
	"\"partners\":[{\"with\":\"a\",\"kinds\":[\"training\"],\"amount\":\"1250.50 EUR\"},"
	"{\"with\":\"b\"},{\"with\":\"a\",\"since\":\"2021\"}]}";

static void *bind_json(const char *json, enum kind kind, struct pool *pool,
		       struct findings *findings)
{
	g_autoptr(GError) error = NULL;
	struct node *node = node_from_json(json, &error);

	g_assert_no_error(error);
	void *record = node_to_record(record_type(kind), node, NULL, NULL, pool, findings);

	node_free(node);
	return record;
}

/* A record must survive tree and JSON and back, or history could not restore it. */
static void round_trip(void)
{
	struct pool *pool = pool_new();
	struct findings *findings = findings_new();
	const struct record_type *type = record_type(KIND_INSTITUTION);
	const struct institution *a = bind_json(innovec, KIND_INSTITUTION, pool, findings);

	g_assert_nonnull(a);
	g_assert_cmpuint(findings->errors, ==, 0);
	g_assert_cmpuint(a->partners.n, ==, 3);
	g_assert_cmpfloat(a->lat, ==, 19.43);
	g_assert_true(isnan(a->lon));
	g_assert_cmpint(partnership_details(ITEMS(struct partnership, a->partners))->amount.minor,
			==, 125050);
	struct node *tree = node_from_record(type, a);
	g_autofree char *json = node_to_json(tree);
	const void *b = bind_json(json, KIND_INSTITUTION, pool, findings);

	g_assert_true(record_equal(type, a, b));
	struct pool *other = pool_new();
	const struct institution *copy = record_copy(type, a, other);

	node_free(tree);
	pool_unref(pool);
	g_assert_cmpstr(ITEMS(struct partnership, copy->partners)[2].with, ==, "a");
	/* What stands aside is a copy too, and not that of the record which is gone. */
	const struct partnership_details *details =
		partnership_details(ITEMS(struct partnership, copy->partners));
	g_assert_cmpint(details->amount.minor, ==, 125050);
	g_assert_cmpstr(details->amount.currency, ==, "EUR");
	pool_unref(other);
	findings_free(findings);
}

/* One struct aside a type, found behind a pointer, and of what is absent where it is zero. */
static void check_aside(const struct record_type *type, const struct field *field)
{
	if (!field->aside)
		return;
	g_assert_cmpuint(field->aside + sizeof(void *), <=, type->size);
	g_assert_cmpuint(field->aside_size, <=, sizeof field_nothing);
	g_assert_true(field->flags & FIELD_MANY ||
		      (field->type != FIELD_INTEGER && field->type != FIELD_NUMBER &&
		       field->type != FIELD_GROUP));
	for (guint i = 0; i < type->n_fields; i++)
		g_assert_true(!type->fields[i].aside || type->fields[i].aside == field->aside);
}

/* The tables must not promise what code cannot hold: unique keys, offsets inside the struct. */
static void check_table(const struct record_type *type)
{
	for (guint i = 0; i < type->n_fields; i++) {
		const struct field *field = &type->fields[i];

		g_assert_cmpuint(field->offset, <, field->aside ? field->aside_size : type->size);
		check_aside(type, field);
		g_assert_true(field->label && *field->label && field->help && *field->help);
		g_assert_true(record_field(type, field->key) == field);
		if (field->type == FIELD_CHOICE)
			g_assert_nonnull(field->choices);
		if (field->type == FIELD_REF)
			g_assert_cmpuint(field->refs, !=, 0);
		if (field->type == FIELD_ITEMS || field->type == FIELD_GROUP) {
			g_assert_nonnull(field->sub);
			check_table(field->sub);
		}
		if (field->flags & FIELD_MANY)
			g_assert_true(field_is_text(field) || field->type == FIELD_INTEGER);
	}
}

static void tables(void)
{
	for (guint k = 0; k < KIND_COUNT; k++)
		check_table(record_type((enum kind)k));
}

static void paths(void)
{
	const struct record_type *type = record_type(KIND_INSTITUTION);
	const struct record_type *holder = NULL;
	struct node *root = node_from_json(innovec, NULL);
	GError *error = NULL;

	g_assert_cmpstr(node_find(type, root, "partners[a#2].since")->text, ==, "2021");
	g_assert_cmpstr(node_find(type, root, "partners[#2].with")->text, ==, "b");
	g_assert_null(node_find(type, root, "partners[a#3]"));
	g_assert_cmpstr(path_field(type, "partners[a].since", &holder)->key, ==, "since");
	g_assert_true(holder == &partnership_type);
	g_assert_null(path_field(type, "partners.since", NULL));
	g_assert_null(path_field(type, "nonsense", NULL));

	/* an item taken out of the middle and put back leaves the tree as it was */
	struct node *before = node_copy(root);
	struct node *item = node_copy(node_find(type, root, "partners[b]"));

	g_assert_true(node_put(type, root, "partners[b]", -1, NULL, &error));
	g_assert_false(node_equal(root, before));
	g_assert_true(node_put(type, root, "partners", 1, item, &error));
	g_assert_true(node_equal(root, before));

	/* a new key takes the table's place, so that a record writes back the same */
	g_assert_true(node_put(type, root, "city", -1, node_scalar("Chía"), &error));
	g_assert_true(node_put(type, root, "city", -1, NULL, &error));
	g_assert_true(node_equal(root, before));
	g_assert_false(node_put(type, root, "no.such", -1, node_scalar("x"), &error));
	g_assert_nonnull(error);
	g_assert_true(node_equal(root, before));
	g_clear_error(&error);
	node_free(before);
	node_free(root);
}

static void group_path(void)
{
	const struct record_type *type = record_type(KIND_TERRITORY);
	struct node *root = node_from_json("{\"id\":\"t\",\"name\":\"T\"}", NULL);
	struct node *before = node_copy(root);

	g_assert_true(node_put(type, root, "agenda.status", -1, node_scalar("adopted"), NULL));
	g_assert_cmpstr(node_find(type, root, "agenda.status")->text, ==, "adopted");
	g_assert_true(node_put(type, root, "agenda.status", -1, NULL, NULL));
	g_assert_true(node_equal(root, before));
	node_free(before);
	node_free(root);
}

struct bad_case {
	const char *json, *code;
};

/* Each of these must be refused with the code that the documentation promises. */
static void bad_entries(void)
{
	static const struct bad_case cases[] = {
		{ "{\"id\":\"a\",\"name\":\"A\"}", "required" },
		{ "{\"id\":\"A b\",\"name\":\"A\",\"sector\":\"x\"}", "id" },
		{ "{\"id\":\"a\",\"name\":\"A\",\"sector\":\"x\",\"country\":\"ZZ\"}", "code" },
		{ "{\"id\":\"a\",\"name\":\"A\",\"sector\":\"x\",\"lat\":\"91\"}", "number" },
		{ "{\"id\":\"a\",\"name\":\"A\",\"sector\":\"x\",\"lat\":\"19,5\"}", "number" },
		{ "{\"id\":\"a\",\"name\":\"A\",\"sector\":\"x\",\"url\":\"innovec.org\"}", "url" },
		{ "{\"id\":\"a\",\"name\":\"A\",\"sector\":\"x\",\"verified\":\"2023-13\"}",
		  "date" },
		{ "{\"id\":\"a\",\"name\":\"A\",\"sector\":\"x\",\"visibility\":\"secret\"}",
		  "vocabulary" },
		{ "{\"id\":\"a\",\"name\":\"A\\u202e\",\"sector\":\"x\"}", "text" },
		{ "{\"id\":\"a\",\"name\":[\"A\"],\"sector\":\"x\"}", "shape" },
		{ "{\"id\":\"a\",\"name\":\"A\",\"sector\":\"x\",\"partners\":\"b\"}", "shape" },
		{ "{\"id\":\"a\",\"name\":\"A\",\"sector\":\"x\",\"partners\":[{\"with\":\"a\"}]}",
		  "self" },
		{ "{\"id\":\"a\",\"name\":\"A\",\"sector\":\"x\",\"partners\":[{\"with\":\"b\","
		  "\"since\":\"2023\",\"until\":\"2022\"}]}",
		  "order" },
		{ "{\"id\":\"a\",\"name\":\"A\",\"sector\":\"x\",\"partners\":[{\"with\":\"b\","
		  "\"amount\":\"5 XYZ\"}]}",
		  "code" },
		{ "{\"id\":\"a\",\"name\":\"A\",\"sector\":\"x\",\"sdgs\":[\"18\"]}", "number" },
	};

	for (guint i = 0; i < G_N_ELEMENTS(cases); i++) {
		struct pool *pool = pool_new();
		struct findings *findings = findings_new();

		g_assert_null(bind_json(cases[i].json, KIND_INSTITUTION, pool, findings));
		g_assert_cmpuint(findings->errors, ==, 1);
		g_assert_cmpstr(((struct finding *)findings->all->pdata[0])->code, ==,
				cases[i].code);
		findings_free(findings);
		pool_unref(pool);
	}
}

static void unknown_key_is_a_warning(void)
{
	struct pool *pool = pool_new();
	struct findings *findings = findings_new();

	g_assert_nonnull(bind_json("{\"id\":\"a\",\"name\":\"A\",\"sectr\":\"x\",\"sector\":\"x\"}",
				   KIND_INSTITUTION, pool, findings));
	g_assert_cmpuint(findings->warnings, ==, 1);
	g_assert_nonnull(strstr(((struct finding *)findings->all->pdata[0])->hint, "\"sector\""));
	findings_free(findings);
	pool_unref(pool);
}

/* A mistyped digit of an identifier must be caught: the register has check digits for that. */
static void identifiers(void)
{
	static const char *const languages[] = { "es", "pt-BR", "zh-Hant-TW", "nah",   "spanish",
						 "ES", "e",	"es-",	      "es_MX", "pt br" };
	const struct record_type *type = record_type(KIND_INSTITUTION);

	g_assert_true(record_field(type, "ror")->valid("03yrm5c26"));
	g_assert_true(record_field(type, "ror")->valid("https://ror.org/03yrm5c26"));
	g_assert_false(record_field(type, "ror")->valid("03yrm5c27"));
	g_assert_false(record_field(type, "ror")->valid("03yrm5d26"));
	for (guint i = 0; i < G_N_ELEMENTS(languages); i++)
		g_assert_cmpint(language_is_valid(languages[i]), ==, i < 4);
	g_assert_true(record_field(type, "wikidata")->valid("Q1138080"));
	g_assert_false(record_field(type, "wikidata")->valid("1138080"));
}

static void ids_from_names(void)
{
	static const char *const pairs[][2] = {
		{ "Universidad de La Sabana", "universidad-de-la-sabana" },
		{ "  Educación STEM+ (México) ", "educacion-stem-mexico" },
		{ "¡¿?!", "" },
	};

	for (guint i = 0; i < G_N_ELEMENTS(pairs); i++) {
		g_autofree char *id = id_from_name(pairs[i][0]);

		g_assert_cmpstr(id, ==, pairs[i][1]);
	}
	g_assert_false(id_is_valid("a--b"));
	g_assert_false(id_is_valid("-a"));
	g_assert_false(id_is_valid("../a"));
	g_assert_true(id_is_valid("co-medellin"));
}

/*
 * Nobody can have made sure in the future, and who joins then counts today; a coarse date that may
 * be past is none of it.
 */
static void in_the_future(void)
{
	static const struct {
		const char *date;
		guint findings;
	} cases[] = { { "2026-11-22", 0 }, { "2026-11", 0 }, { "2026", 0 },
		      { "2026-11-23", 1 }, { "2026-12", 1 }, { "2027", 1 } };
	const struct check check = { .today = { 2026, 11, 22 } };

	for (guint i = 0; i < 2 * G_N_ELEMENTS(cases); i++) {
		const char *date = cases[i / 2].date;
		g_autofree char *json =
			g_strdup_printf("{\"id\":\"a\",\"name\":\"A\",\"sector\":\"x\",%s%s%s}",
					i % 2 ? "\"memberships\":[{\"network\":\"n\",\"since\":\""
					      : "\"verified\":\"",
					date, i % 2 ? "\"}]" : "\"");
		struct node *node = node_from_json(json, NULL);
		struct findings *findings = findings_new();
		struct pool *pool = pool_new();

		g_assert_nonnull(node_to_record(record_type(KIND_INSTITUTION), node, &check, NULL,
						pool, findings));
		g_assert_cmpuint(findings->warnings, ==, cases[i / 2].findings);
		g_assert_cmpuint(findings->errors, ==, 0);
		for (guint j = 0; j < findings->all->len; j++)
			g_assert_cmpstr(((struct finding *)findings->all->pdata[j])->code, ==,
					"future");
		pool_unref(pool);
		findings_free(findings);
		node_free(node);
	}
}

static double read_number(const char *text, bool *good)
{
	const struct field *field = record_field(record_type(KIND_INSTITUTION), "lat");
	struct institution institution = { .lat = 0 };
	struct pool *pool = pool_new();
	g_autofree char *message = NULL, *hint = NULL;

	*good = field_parse(field, text, &institution, pool, &message, &hint);
	pool_unref(pool);
	return institution.lat;
}

/* Numbers are read by a short way of our own: it may not change a bit of them. */
static void numbers(void)
{
	static const char *const odd[] = { "-0",
					   "0.0",
					   "5.",
					   ".5",
					   "1e1",
					   "+7",
					   " 7",
					   "7 ",
					   "--7",
					   "7.5.5",
					   "-",
					   "",
					   ".",
					   "0x10",
					   "1,5",
					   "inf",
					   "nan",
					   "007",
					   "-.5",
					   "89.999999999999",
					   "89.9999999999999999999",
					   "0.1000000000000000055" };
	g_autoptr(GRand) random = g_rand_new_with_seed(7);

	for (guint i = 0; i < 20000 + G_N_ELEMENTS(odd); i++) {
		int digits = g_rand_int_range(random, 0, 14);
		g_autofree char *made =
			g_strdup_printf("%.*f", digits, g_rand_double_range(random, -90, 90));
		const char *text = i < G_N_ELEMENTS(odd) ? odd[i] : made;
		char *end = NULL;
		double wanted = g_ascii_strtod(text, &end);
		bool fits = end != text && !*end && wanted >= -90 && wanted <= 90;
		bool good = false;
		double found = read_number(text, &good);

		g_assert_cmpint(good, ==, fits);
		g_assert_true(!good || memcmp(&found, &wanted, sizeof found) == 0);
	}
}

int main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/record/round-trip", round_trip);
	g_test_add_func("/record/tables", tables);
	g_test_add_func("/record/paths", paths);
	g_test_add_func("/record/group-path", group_path);
	g_test_add_func("/record/bad-entries", bad_entries);
	g_test_add_func("/record/unknown-key", unknown_key_is_a_warning);
	g_test_add_func("/record/in-the-future", in_the_future);
	g_test_add_func("/record/numbers", numbers);
	g_test_add_func("/record/identifiers", identifiers);
	g_test_add_func("/record/ids", ids_from_names);
	return g_test_run();
}
