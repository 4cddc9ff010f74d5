/*
 * Ops on trees: what they fill in, when they refuse, and that the inverse of a
 * change always leads back.
 */
#include "data/op.h"

#include "base/errors.h"
#include "data/path.h"

static const char alpha[] =
	"{\"id\":\"alpha\",\"name\":\"Alpha\",\"sector\":\"edustem\",\"territories\":[\"norte\"],"
	"\"lat\":\"19.4\",\"offers\":[{\"capacity\":\"content\",\"what\":\"kits\"},"
	"{\"capacity\":\"content\",\"what\":\"books\"}],"
	"\"partners\":[{\"with\":\"beta\",\"since\":\"2019\"},{\"with\":\"gamma\"},"
	"{\"with\":\"beta\",\"since\":\"2021\"}]}";

static struct node *tree(const char *json)
{
	GError *error = NULL;
	struct node *node = node_from_json(json, &error);

	g_assert_no_error(error);
	return node;
}

static void assert_json(const struct node *node, const char *json)
{
	g_autofree char *text = node_to_json(node);

	g_assert_cmpstr(text, ==, json);
}

/* Applies all ops of a change; takes `root`. */
static struct node *run(struct change *change, struct node *root)
{
	for (guint i = 0; i < change->ops->len; i++) {
		GError *error = NULL;
		struct node *next = NULL;
		bool done = op_apply(change->ops->pdata[i], root, &next, &error);

		g_assert_no_error(error);
		g_assert_true(done);
		root = next;
	}
	return root;
}

/* Forth, back to what was, and forth again. */
static void assert_inverts(struct change *change, const char *before)
{
	struct node *after = run(change, *before ? tree(before) : NULL);
	struct change *inverse = change_inverse(change);
	struct node *back = run(inverse, after ? node_copy(after) : NULL);

	if (*before)
		assert_json(back, before);
	else
		g_assert_null(back);
	struct change *again = change_inverse(inverse);
	struct node *forth = run(again, back);
	g_assert_true(node_equal(forth, after));
	node_free(forth);
	node_free(after);
	change_free(again);
	change_free(inverse);
}

static void test_set(void)
{
	struct change *change = change_new();
	struct op *op = change_set(change, KIND_INSTITUTION, "alpha", "lat", "19.50");

	change_set(change, KIND_INSTITUTION, "alpha", "territories", "[ \"norte\", \"sur\" ]");
	change_set(change, KIND_INSTITUTION, "alpha", "name", NULL);
	change_set(change, KIND_INSTITUTION, "alpha", "city", "Lima");
	change_set(change, KIND_INSTITUTION, "alpha", "partners[beta#2].since", "2022-01");
	assert_inverts(change, alpha);
	g_assert_cmpstr(op->old_text, ==, "19.4");
	g_assert_cmpstr(op->new_text, ==, "19.5"); /* as the field writes it */
	op = change->ops->pdata[1];
	g_assert_cmpstr(op->new_text, ==, "[\"norte\",\"sur\"]");
	change_free(change);
}

static void test_items(void)
{
	struct change *change = change_new();

	change_remove(change, KIND_INSTITUTION, "alpha", "partners[beta]");
	change_insert(change, KIND_INSTITUTION, "alpha", "partners", "{\"with\":\"delta\"}")
		->position = 0;
	change_insert(change, KIND_INSTITUTION, "alpha", "needs", "{\"capacity\":\"content\"}");
	change_remove(change, KIND_INSTITUTION, "alpha", "offers[content#2]");
	change_remove(change, KIND_INSTITUTION, "alpha", "offers[content]");
	change_set(change, KIND_INSTITUTION, "alpha", "partners[gamma].with", "omega");
	assert_inverts(change, alpha);
	const struct op *op = change->ops->pdata[2];
	g_assert_cmpint(op->position, ==, 0);
	change_free(change);
}

static void test_records(void)
{
	struct change *create = change_new();
	struct change *delete = change_new();

	change_create(create, KIND_INSTITUTION, "alpha", alpha);
	assert_inverts(create, "");
	change_delete(delete, KIND_INSTITUTION, "alpha");
	assert_inverts(delete, alpha);
	change_free(create);
	change_free(delete);
}

static void refuse(struct change *change, int code)
{
	GError *error = NULL;
	struct node *result = NULL;
	struct node *root = tree(alpha);
	struct op *op = change->ops->pdata[0];
	g_autofree char *path = g_strdup(op->path);
	g_autofree char *old_text = g_strdup(op->old_text);

	if (op->verb == OP_CREATE && code != TELAR_ERROR_CONFLICT)
		g_clear_pointer(&root, node_free);
	g_assert_false(op_apply(op, root, &result, &error));
	g_assert_error(error, TELAR_ERROR, code);
	g_assert_null(result);
	g_assert_cmpstr(op->path, ==, path);
	g_assert_cmpstr(op->old_text, ==, old_text);
	g_error_free(error);
	change_free(change);
}

static struct change *one_set(const char *path, const char *old_text, const char *new_text)
{
	struct change *change = change_new();

	change_set(change, KIND_INSTITUTION, "alpha", path, new_text)->old_text =
		g_strdup(old_text);
	return change;
}

static void test_refused(void)
{
	struct change *change = change_new();

	refuse(one_set("lat", "19.5", "20"), TELAR_ERROR_CONFLICT);
	refuse(one_set("lat", "", "20"), TELAR_ERROR_CONFLICT);
	refuse(one_set("city", "Lima", "Quito"), TELAR_ERROR_CONFLICT);
	refuse(one_set("territories", "[]", "[\"sur\"]"), TELAR_ERROR_CONFLICT);
	refuse(one_set("territories", NULL, "sur"), TELAR_ERROR_DATA);
	refuse(one_set("territories", NULL, "{}"), TELAR_ERROR_USAGE);
	refuse(one_set("id", NULL, "omega"), TELAR_ERROR_USAGE);
	refuse(one_set("", NULL, "x"), TELAR_ERROR_USAGE);
	refuse(one_set("partners", NULL, "[]"), TELAR_ERROR_USAGE);
	refuse(one_set("partners[", NULL, "x"), TELAR_ERROR_USAGE);
	refuse(one_set("partners[nobody].since", NULL, "2020"), TELAR_ERROR_USAGE);
	refuse(one_set("partners[beta#2].with", NULL, "omega"), TELAR_ERROR_USAGE);
	refuse(one_set("partners[gamma].with", NULL, "beta"), TELAR_ERROR_USAGE);
	change_remove(change, KIND_INSTITUTION, "alpha", "partners[nobody]");
	refuse(change, TELAR_ERROR_NO_INPUT);
	change = change_new();
	change_remove(change, KIND_INSTITUTION, "alpha", "partners[gamma]")->old_text =
		g_strdup("{\"with\":\"gamma\",\"since\":\"2020\"}");
	refuse(change, TELAR_ERROR_CONFLICT);
	change = change_new();
	change_insert(change, KIND_INSTITUTION, "alpha", "partners", "not json");
	refuse(change, TELAR_ERROR_DATA);
	change = change_new();
	change_create(change, KIND_INSTITUTION, "alpha", "{}");
	refuse(change, TELAR_ERROR_CONFLICT);
	change = change_new();
	change_create(change, KIND_INSTITUTION, "zeta", "{\"id\":\"other\"}");
	refuse(change, TELAR_ERROR_USAGE);
}

/* Items that others put before ours meanwhile do not make the undo take a wrong one. */
static void test_moved_item(void)
{
	struct change *change = change_new();
	struct change *other = change_new();

	change_insert(change, KIND_INSTITUTION, "alpha", "offers", "{\"capacity\":\"funding\"}");
	struct node *root = run(change, tree(alpha));
	change_insert(other, KIND_INSTITUTION, "alpha", "offers", "{\"capacity\":\"space\"}")
		->position = 0;
	root = run(other, root);
	struct change *inverse = change_inverse(change);
	root = run(inverse, root);
	const struct node *offers = node_get(root, "offers");
	g_assert_cmpuint(offers->children->len, ==, 3);
	g_assert_cmpstr(node_get(offers->children->pdata[0], "capacity")->text, ==, "space");
	node_free(root);
	change_free(inverse);
	change_free(other);
	change_free(change);
}

/* --- differences ------------------------------------------------------------------------ */

static void check_diff(const char *before, const char *after, guint ops)
{
	struct change *change = change_new();
	struct node *was = tree(before);
	struct node *is = tree(after);

	change_diff(change, KIND_INSTITUTION, "alpha", was, is);
	if (ops > 0)
		g_assert_cmpuint(change->ops->len, ==, ops);
	struct node *result = run(change, node_copy(was));
	assert_json(result, after);
	node_free(result);
	struct change *inverse = change_inverse(change);
	result = run(inverse, is);
	assert_json(result, before);
	node_free(result);
	node_free(was);
	change_free(inverse);
	change_free(change);
}

#define HEAD "{\"id\":\"alpha\",\"name\":\"Alpha\""

static void test_diff(void)
{
	check_diff(HEAD "}", HEAD ",\"city\":\"Lima\"}", 1);
	check_diff(HEAD ",\"partners\":[{\"with\":\"a\"},{\"with\":\"b\"}]}",
		   HEAD ",\"partners\":[{\"with\":\"a\",\"since\":\"2020\"},{\"with\":\"c\"},"
			"{\"with\":\"b\"}]}",
		   2);
	check_diff(HEAD ",\"partners\":[{\"with\":\"a\"},{\"with\":\"b\"}]}", HEAD "}", 2);
	check_diff(HEAD ",\"partners\":[{\"with\":\"a\"},{\"with\":\"b\"}]}",
		   HEAD ",\"partners\":[{\"with\":\"b\"},{\"with\":\"a\"}]}", 0);
}

/* Random lists of items with few keys: duplicates and moves are where paths go wrong. */
static char *random_record(void)
{
	GString *json = g_string_new(HEAD);
	int n = g_test_rand_int_range(0, 6);

	if (g_test_rand_bit())
		g_string_append(json, ",\"city\":\"Lima\"");
	for (int i = 0; i < n; i++) {
		g_string_append(json, i == 0 ? ",\"partners\":[" : ",");
		g_string_append_printf(json, "{\"with\":\"%c\"", g_test_rand_int_range('a', 'd'));
		if (g_test_rand_bit())
			g_string_append_printf(json, ",\"since\":\"%d\"",
					       g_test_rand_int_range(2018, 2021));
		g_string_append_c(json, '}');
	}
	g_string_append(json, n > 0 ? "]}" : "}");
	return g_string_free(json, FALSE);
}

static void test_diff_random(void)
{
	for (guint i = 0; i < 3000; i++) {
		g_autofree char *before = random_record();
		g_autofree char *after = random_record();

		check_diff(before, after, 0);
	}
}

/*
 * A key among siblings of the same name, or one that cannot stand in a path, is not
 * changed in place: the change could not be taken back.
 */
static void test_keys(void)
{
	const struct record_type *type = record_type(KIND_COUNTS);
	static const char json[] =
		"{\"counts\":[{\"entity\":\"a\",\"metric\":\"x\",\"value\":\"1\"},"
		"{\"entity\":\"a\",\"metric\":\"y\",\"value\":\"2\"},"
		"{\"entity\":\"b #1]\",\"metric\":\"z\",\"value\":\"3\"},"
		"{\"entity\":\"c\",\"metric\":\"z\",\"value\":\"4\"}]}";
	static const struct {
		const char *path, *to;
		bool good;
	} cases[] = {
		{ "counts[a].entity", "d", false },   { "counts[a#2].entity", "d", false },
		{ "counts[c].entity", "a", false },   { "counts[c].entity", "d#1", false },
		{ "counts[c].entity", "d]", false },  { "counts[c].entity", NULL, false },
		{ "counts[#3].entity", "d", false },  { "counts[c].entity", "d", true },
		{ "counts[#3].metric", "new", true },
	};

	for (guint i = 0; i < G_N_ELEMENTS(cases); i++) {
		struct change *change = change_new();
		struct op *op =
			change_set(change, KIND_COUNTS, "counts", cases[i].path, cases[i].to);
		struct node *before = node_from_json(json, NULL), *after = NULL;
		g_autoptr(GError) error = NULL;

		g_assert_cmpint(op_apply(op, node_copy(before), &after, &error), ==, cases[i].good);
		if (cases[i].good) {
			struct change *inverse = change_inverse(change);
			struct node *again = NULL;
			g_assert_true(op_apply(inverse->ops->pdata[0], after, &again, NULL));
			g_assert_true(node_equal(again, before));
			node_free(again);
			change_free(inverse);
		}
		node_free(before);
		change_free(change);
	}
	struct node *root = node_from_json(json, NULL);
	const struct node *list = node_get(root, "counts");
	for (guint i = 0; i < list->children->len; i++) {
		g_autofree char *path = path_item(record_field(type, "counts"), list, i);
		g_assert_true(node_find(type, root, path) == list->children->pdata[i]);
	}
	node_free(root);
}

int main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/data/op/set", test_set);
	g_test_add_func("/data/op/items", test_items);
	g_test_add_func("/data/op/records", test_records);
	g_test_add_func("/data/op/refused", test_refused);
	g_test_add_func("/data/op/moved-item", test_moved_item);
	g_test_add_func("/data/op/diff", test_diff);
	g_test_add_func("/data/op/diff-random", test_diff_random);
	g_test_add_func("/data/op/keys", test_keys);
	return g_test_run();
}
