/*
 * Who refers to a record, and the change that takes that away: whole items that are about
 * it, single values elsewhere, and nothing of what means another record.
 */
#include "data/references.h"

#include "tests/unit/data_rows.h"

#include <string.h>

static const struct row rows[] = {
	{ KIND_TERRITORY, "{\"id\":\"norte\",\"name\":\"Norte\",\"coordinator\":\"alpha\"}" },
	{ KIND_INSTITUTION, "{\"id\":\"alpha\",\"name\":\"Alpha\",\"sector\":\"s\",\"partners\":[{"
			    "\"with\":\"beta\"}]}" },
	{ KIND_INSTITUTION,
	  "{\"id\":\"beta\",\"name\":\"Beta\",\"sector\":\"s\",\"territories\":[\"norte\"],"
	  "\"partners\":[{\"with\":\"gamma\",\"basis\":[\"norte\",\"fair\"]},{\"with\":\"alpha\"},"
	  "{\"with\":\"alpha\",\"title\":\"again\"}]}" },
	{ KIND_INSTITUTION, "{\"id\":\"gamma\",\"name\":\"Gamma\",\"sector\":\"s\"}" },
	{ KIND_PROGRAMME,
	  "{\"id\":\"fair\",\"name\":\"Fair\",\"kind\":\"project\",\"lead\":\"alpha\",\"donors\":["
	  "\"alpha\",\"beta\"],"
	  "\"participants\":[{\"institution\":\"gamma\"},{\"institution\":\"alpha\"}]}" },
};

/* The record as the change leaves it, as JSON; NULL: it is removed. */
static char *left(const struct model *model, const struct change *change, enum kind kind,
		  const char *id)
{
	struct node *root = node_from_record(record_type(kind), model_get(model, kind, id));

	for (guint i = 0; i < change->ops->len; i++) {
		struct op *op = change->ops->pdata[i];
		g_autoptr(GError) error = NULL;
		struct node *next = NULL;

		if (op->kind != kind || strcmp(op->id, id) != 0)
			continue;
		g_assert_true(op_apply(op, root, &next, &error));
		g_assert_no_error(error);
		root = next;
	}
	char *text = root ? node_to_json(root) : NULL;

	node_free(root);
	return text;
}

static void assert_left(const struct model *model, const struct change *change, enum kind kind,
			const char *id, const char *expected)
{
	g_autofree char *text = left(model, change, kind, id);

	g_assert_cmpstr(text, ==, expected);
}

/* If it fails, something refers to nobody once an institution is removed, or loses more than that.
 */
static void what_is_about_it_goes(void)
{
	struct model *model = model_of_rows(rows, G_N_ELEMENTS(rows));
	struct change *change = change_new();
	g_autoptr(GPtrArray) who = change_drop_references(change, model, KIND_INSTITUTION, "alpha");

	g_assert_cmpuint(who->len, ==, 3);
	assert_left(model, change, KIND_TERRITORY, "norte",
		    "{\"id\":\"norte\",\"name\":\"Norte\"}");
	assert_left(
		model, change, KIND_INSTITUTION, "beta",
		"{\"id\":\"beta\",\"name\":\"Beta\",\"sector\":\"s\",\"territories\":[\"norte\"],"
		"\"partners\":[{\"with\":\"gamma\",\"basis\":[\"norte\",\"fair\"]}]}");
	assert_left(model, change, KIND_PROGRAMME, "fair",
		    "{\"id\":\"fair\",\"name\":\"Fair\",\"kind\":\"project\",\"donors\":[\"beta\"],"
		    "\"participants\":[{"
		    "\"institution\":\"gamma\"}]}");
	change_free(change);
	model_unref(model);
}

static void values_go_out_of_lists(void)
{
	struct model *model = model_of_rows(rows, G_N_ELEMENTS(rows));
	struct change *change = change_new();
	g_autoptr(GPtrArray) who = change_drop_references(change, model, KIND_TERRITORY, "norte");

	g_assert_cmpuint(who->len, ==, 1);
	g_assert_cmpstr(who->pdata[0], ==, "Beta");
	assert_left(model, change, KIND_INSTITUTION, "beta",
		    "{\"id\":\"beta\",\"name\":\"Beta\",\"sector\":\"s\",\"partners\":[{\"with\":"
		    "\"gamma\",\"basis\":[\"fair\"]},{\"with\":\"alpha\"},{\"with\":\"alpha\","
		    "\"title\":\"again\"}]}");
	change_free(change);
	model_unref(model);
}

static void nobody_refers(void)
{
	struct model *model = model_of_rows(rows, G_N_ELEMENTS(rows));
	struct change *change = change_new();
	g_autoptr(GPtrArray) who =
		change_drop_references(change, model, KIND_INSTITUTION, "nobody");

	g_assert_cmpuint(who->len, ==, 0);
	g_assert_cmpuint(change->ops->len, ==, 0);
	change_free(change);
	model_unref(model);
}

/*
 * If it fails, a kind of record came that cannot be without what it refers to: the question
 * before a removal has to tell those apart, as no yes removes what they need.
 */
static void every_record_can_be_without(void)
{
	for (guint k = 0; k < KIND_COUNT; k++) {
		const struct record_type *type = record_type((enum kind)k);

		for (guint i = 0; i < type->n_fields; i++) {
			const struct field *field = &type->fields[i];
			bool refers = field->type == FIELD_REF || field->type == FIELD_ITEMS ||
				      field->type == FIELD_GROUP;

			if (refers && (field->flags & FIELD_REQUIRED) != 0)
				g_error("%s needs its %s", type->name, field->key);
		}
	}
}

int main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/references/items", what_is_about_it_goes);
	g_test_add_func("/references/values", values_go_out_of_lists);
	g_test_add_func("/references/nobody", nobody_refers);
	g_test_add_func("/references/without", every_record_can_be_without);
	return g_test_run();
}
