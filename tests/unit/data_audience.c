/*
 * What an audience may see: hidden entries are gone, and so is every trace of
 * them in the entries that stay.
 */
#include "data/audience.h"

#include "data/op.h"
#include "tests/unit/data_rows.h"

#include <string.h>

static const struct row rows[] = {
	{ KIND_INSTITUTION,
	  "{\"id\":\"a\",\"name\":\"A\",\"sector\":\"s\",\"territories\":[\"t\",\"u\"],"
	  "\"partners\":[{\"with\":\"b\"},{\"with\":\"c\",\"basis\":[\"p\",\"q\"]},"
	  "{\"with\":\"d\"}]}" },
	{ KIND_INSTITUTION, "{\"id\":\"b\",\"name\":\"B\",\"sector\":\"s\",\"aliases\":[\"old-b\"],"
			    "\"visibility\":\"coordinator\",\"partners\":[{\"with\":\"c\"}]}" },
	{ KIND_INSTITUTION,
	  "{\"id\":\"c\",\"name\":\"C\",\"sector\":\"s\",\"visibility\":\"public\"}" },
	{ KIND_INSTITUTION,
	  "{\"id\":\"d\",\"name\":\"D\",\"sector\":\"s\",\"visibility\":\"network\"}" },
	{ KIND_TERRITORY,
	  "{\"id\":\"t\",\"name\":\"T\",\"level\":\"local\",\"coordinator\":\"b\"}" },
	{ KIND_TERRITORY,
	  "{\"id\":\"u\",\"name\":\"U\",\"level\":\"local\",\"visibility\":\"coordinator\"}" },
	{ KIND_PROGRAMME, "{\"id\":\"p\",\"name\":\"P\",\"kind\":\"event\",\"participants\":"
			  "[{\"institution\":\"b\"},{\"institution\":\"c\"}]}" },
	{ KIND_PROGRAMME,
	  "{\"id\":\"q\",\"name\":\"Q\",\"kind\":\"event\",\"visibility\":\"coordinator\"}" },
};

static char *record_json(const struct model *model, enum kind kind, const char *id)
{
	const void *record = model_get(model, kind, id);

	g_assert_nonnull(record);
	struct node *node = node_from_record(record_type(kind), record);
	char *json = node_to_json(node);
	node_free(node);
	return json;
}

static void test_coordinator(void)
{
	struct model *model = model_of_rows(rows, G_N_ELEMENTS(rows));
	guint n = 7;
	struct model *seen = model_for_audience(model, AUDIENCE_COORDINATOR, &n);

	g_assert_true(seen == model);
	g_assert_cmpuint(n, ==, 0);
	model_unref(seen);
	model_unref(model);
}

static void test_network(void)
{
	struct model *model = model_of_rows(rows, G_N_ELEMENTS(rows));
	guint n;
	struct model *seen = model_for_audience(model, AUDIENCE_NETWORK, &n);
	g_autofree char *a = record_json(seen, KIND_INSTITUTION, "a");
	g_autofree char *t = record_json(seen, KIND_TERRITORY, "t");
	g_autofree char *p = record_json(seen, KIND_PROGRAMME, "p");

	g_assert_cmpuint(n, ==, 3);
	g_assert_cmpuint(seen->n[KIND_INSTITUTION], ==, 3);
	g_assert_cmpint(model_find(seen, KIND_INSTITUTION, "b"), ==, -1);
	g_assert_cmpuint(seen->n_ties, ==, 2);
	g_assert_cmpstr(a, ==,
			"{\"id\":\"a\",\"name\":\"A\",\"sector\":\"s\",\"territories\":[\"t\"],"
			"\"partners\":[{\"with\":\"c\",\"basis\":[\"p\"]},{\"with\":\"d\"}]}");
	g_assert_null(strstr(t, "coordinator"));
	g_assert_nonnull(strstr(p, "[{\"institution\":\"c\"}]"));
	/* What the others hold is as it was. */
	g_assert_cmpuint(model->n_ties, ==, 4);
	g_assert_cmpuint(model_institution(model, 0)->partners.n, ==, 3);
	model_unref(model);
	/* The narrower network stands by itself. */
	g_assert_cmpstr(model_institution(seen, 0)->base.name, ==, "A");
	model_unref(seen);
}

static void test_public(void)
{
	struct model *model = model_of_rows(rows, G_N_ELEMENTS(rows));
	guint n;
	struct model *seen = model_for_audience(model, AUDIENCE_PUBLIC, &n);

	g_assert_cmpuint(n, ==, 4);
	g_assert_cmpuint(seen->n[KIND_INSTITUTION], ==, 2);
	g_assert_cmpuint(seen->n_ties, ==, 1);
	model_unref(seen);
	model_unref(model);
}

/* Else a field that is private leaves with some format, or a later one is forgotten. */
static guint plant(const struct record_type *type, const char *prefix, GString *json)
{
	guint n = 0;

	for (guint i = 0; i < type->n_fields; i++) {
		const struct field *field = &type->fields[i];

		if (!(field->flags & FIELD_PRIVATE))
			continue;
		g_assert_true(field_is_text(field));
		g_string_append_printf(json,
				       field->flags & FIELD_MANY ? ",\"%s\":[\"%s@x.org\"]"
								 : ",\"%s\":\"%s@x.org\"",
				       field->key, prefix);
		n++;
	}
	return n;
}

static void test_private(void)
{
	g_autoptr(GString) json = g_string_new("{\"id\":\"a\",\"name\":\"A\",\"sector\":\"s\"");
	guint planted = plant(record_type(KIND_INSTITUTION), "secret", json), n = 7;
	g_string_append_c(json, '}');
	const struct row with[] = {
		{ KIND_INSTITUTION, json->str },
		{ KIND_INSTITUTION, "{\"id\":\"b\",\"name\":\"B\",\"sector\":\"s\"}" },
	};
	struct model *model = model_of_rows(with, G_N_ELEMENTS(with));
	struct model *all = model_for_audience(model, AUDIENCE_COORDINATOR, NULL);

	g_assert_cmpuint(planted, >=, 2);
	g_assert_true(all == model);
	model_unref(all);
	for (guint audience = AUDIENCE_PUBLIC; audience < AUDIENCE_COORDINATOR; audience++) {
		struct model *seen = model_for_audience(model, (enum audience)audience, &n);
		g_autofree char *a = record_json(seen, KIND_INSTITUTION, "a");
		const struct institution *kept = model_get(seen, KIND_INSTITUTION, "a");

		g_assert_cmpuint(n, ==, 0);
		g_assert_null(strstr(a, "secret"));
		/* That somebody keeps it is no secret: else it is said that nobody does. */
		g_assert_nonnull(institution_details(kept)->maintainers);
		g_assert_true(model_get(seen, KIND_INSTITUTION, "b") ==
			      model_get(model, KIND_INSTITUTION, "b"));
		model_unref(seen);
	}
	/* What the others hold is as it was. */
	g_autofree char *a = record_json(model, KIND_INSTITUTION, "a");
	g_assert_nonnull(strstr(a, "secret"));
	model_unref(model);
}

/* What people have settled is called open to whoever is told nothing of it. */
static void test_settled(void)
{
	static const struct row row = {
		KIND_GAPS,
		"{\"gaps\":[{\"gap\":\"G1:a\",\"status\":\"dismissed\",\"reason\":\"secret\"},"
		"{\"gap\":\"G2:a\",\"status\":\"met\",\"owner\":\"secret\"},"
		"{\"gap\":\"G3:a\",\"status\":\"closed\",\"owner\":\"secret\"}]}"
	};
	struct model *model = model_of_rows(&row, 1);
	struct model *members = model_for_audience(model, AUDIENCE_NETWORK, NULL);
	struct model *public = model_for_audience(model, AUDIENCE_PUBLIC, NULL);
	const struct gaps *states = model_get(public, KIND_GAPS, "gaps");
	g_autofree char *json = record_json(public, KIND_GAPS, "gaps");

	g_assert_true(members == model);
	g_assert_cmpuint(states->gaps.n, ==, 2);
	g_assert_cmpstr(ITEMS(struct gap_state, states->gaps)[1].gap, ==, "G3:a");
	g_assert_null(strstr(json, "secret"));
	model_unref(public);
	model_unref(members);
	model_unref(model);
}

static void test_ops(void)
{
	const char *record = "{\"id\":\"a\",\"name\":\"A\",\"contact\":\"x@y.org\"}";
	struct change *change = change_new();
	struct op *create = change_create(change, KIND_INSTITUTION, "a", record);
	struct op *set = change_set(change, KIND_INSTITUTION, "a", "contact", "x@y.org");
	struct op *url = change_set(change, KIND_INSTITUTION, "a", "url", "https://y.org");
	g_autofree char *left = op_public_text(create, create->new_text);
	g_autofree char *same = op_public_text(url, url->new_text);

	g_assert_cmpstr(left, ==, "{\"id\":\"a\",\"name\":\"A\"}");
	g_assert_cmpstr(same, ==, "https://y.org");
	g_assert_null(op_public_text(set, set->new_text));
	g_assert_null(op_public_text(url, NULL));
	change_free(change);
}

int main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/audience/coordinator", test_coordinator);
	g_test_add_func("/audience/network", test_network);
	g_test_add_func("/audience/public", test_public);
	g_test_add_func("/audience/private", test_private);
	g_test_add_func("/audience/settled", test_settled);
	g_test_add_func("/audience/ops", test_ops);
	return g_test_run();
}
