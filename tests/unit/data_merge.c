/*
 * Three versions of a record: what one side changed is taken, what both changed
 * alike is taken once, what both changed differently is never decided silently.
 */
#include "data/merge.h"

#include "data/path.h"

#include <string.h>

static void destroy_clash(gpointer clash)
{
	clash_free(clash);
}

struct row {
	const char *name;
	const char *base, *mine, *theirs; /* JSON of an institution without its id; NULL: none */
	const char *merged;		  /* NULL: none */
	const char *clash;		  /* "path: base | mine | theirs", or NULL */
};

#define P(inner) "{\"name\":\"A\",\"partners\":[" inner "]}"
#define X	 "{\"with\":\"x\",\"since\":\"2020\"}"
#define X21	 "{\"with\":\"x\",\"since\":\"2021\"}"
#define X_END	 "{\"with\":\"x\",\"since\":\"2020\",\"until\":\"2023\"}"
#define Y	 "{\"with\":\"y\"}"
#define OFFER(w) "{\"capacity\":\"training\",\"what\":\"" w "\"}"

static const struct row rows[] = {
	{ "one-side", "{\"name\":\"A\"}", "{\"name\":\"A\",\"city\":\"Lima\"}",
	  "{\"name\":\"A\",\"url\":\"https://a.org\"}",
	  "{\"name\":\"A\",\"city\":\"Lima\",\"url\":\"https://a.org\"}", NULL },
	{ "same-value", "{\"name\":\"A\"}", "{\"name\":\"B\"}", "{\"name\":\"B\"}",
	  "{\"name\":\"B\"}", NULL },
	{ "different-values", "{\"name\":\"A\"}", "{\"name\":\"B\"}", "{\"name\":\"C\"}",
	  "{\"name\":\"C\"}", "name: A | B | C" },
	{ "cleared-and-changed", "{\"name\":\"A\",\"city\":\"Lima\"}", "{\"name\":\"A\"}",
	  "{\"name\":\"A\",\"city\":\"Quito\"}", "{\"name\":\"A\",\"city\":\"Quito\"}",
	  "city: Lima | - | Quito" },
	{ "words-of-both", "{\"name\":\"A\",\"tags\":[\"a\",\"b\"]}",
	  "{\"name\":\"A\",\"tags\":[\"a\",\"b\",\"m\"]}",
	  "{\"name\":\"A\",\"tags\":[\"b\",\"t\"]}",
	  "{\"name\":\"A\",\"tags\":[\"b\",\"t\",\"m\"]}", NULL },
	{ "same-word-twice", "{\"name\":\"A\"}", "{\"name\":\"A\",\"tags\":[\"m\"]}",
	  "{\"name\":\"A\",\"tags\":[\"m\",\"t\"]}", "{\"name\":\"A\",\"tags\":[\"m\",\"t\"]}",
	  NULL },
	{ "different-partners", P(""), P(X), P(Y), P(X "," Y), NULL },
	{ "same-partner", P(""), P(X), P(X), P(X), NULL },
	{ "same-partner-differently", P(""), P(X), P(X21), P(X21),
	  "partners[x]: - | " X " | " X21 },
	{ "same-partner-more", P(""), P(X_END), P(X), P(X_END), NULL },
	{ "same-partner-all-or-nothing", P(""), P(X_END), P(X21), P(X21),
	  "partners[x]: - | " X_END " | " X21 },
	{ "item-removed-and-changed", P(X), P(""), P(X21), P(X21),
	  "partners[x]: " X " | - | " X21 },
	{ "item-changed-and-removed", P(X "," Y), P(X21 "," Y), P(Y), P(Y),
	  "partners[x]: " X " | " X21 " | -" },
	{ "item-removed-twice", P(X "," Y), P(Y), P(Y), P(Y), NULL },
	{ "different-fields-of-an-item", P(X), P(X21),
	  P("{\"with\":\"x\",\"since\":\"2020\",\"title\":\"T\"}"),
	  P("{\"with\":\"x\",\"since\":\"2021\",\"title\":\"T\"}"), NULL },
	{ "offers-of-both", "{\"name\":\"A\"}", "{\"name\":\"A\",\"offers\":[" OFFER("m") "]}",
	  "{\"name\":\"A\",\"offers\":[" OFFER("t") "]}",
	  "{\"name\":\"A\",\"offers\":[" OFFER("t") "]}",
	  "offers[training]: - | " OFFER("m") " | " OFFER("t") },
	{ "both-made-it", NULL, "{\"name\":\"A\",\"city\":\"Lima\"}", "{\"name\":\"B\"}",
	  "{\"name\":\"B\",\"city\":\"Lima\"}", "name: - | A | B" },
	{ "deleted-and-changed", "{\"name\":\"A\"}", NULL, "{\"name\":\"B\"}", "{\"name\":\"B\"}",
	  ": {\"id\":\"a\",\"name\":\"A\"} | - | {\"id\":\"a\",\"name\":\"B\"}" },
	{ "changed-and-deleted", "{\"name\":\"A\"}", "{\"name\":\"B\"}", NULL, NULL,
	  ": {\"id\":\"a\",\"name\":\"A\"} | {\"id\":\"a\",\"name\":\"B\"} | -" },
	{ "deleted-and-untouched", "{\"name\":\"A\"}", NULL, "{\"name\":\"A\"}", NULL, NULL },
	{ "deleted-twice", "{\"name\":\"A\"}", NULL, NULL, NULL, NULL },
};

static struct node *tree(const char *json)
{
	const struct record_type *type = record_type(KIND_INSTITUTION);
	struct node *map = json ? node_from_json(json, NULL) : NULL;
	struct node *list;

	if (!json)
		return NULL;
	g_assert_nonnull(map);
	g_assert_true(node_put(type, map, "id", -1, node_scalar("a"), NULL));
	list = node_get(map, "partners");
	if (list && list->children->len == 0)
		g_assert_true(node_put(type, map, "partners", -1, NULL, NULL));
	return map;
}

static void test_row(gconstpointer data)
{
	const struct row *row = data;
	struct node *base = tree(row->base);
	struct node *mine = tree(row->mine);
	struct node *theirs = tree(row->theirs);
	struct node *wanted = tree(row->merged);
	struct change *ops = change_new();
	g_autoptr(GPtrArray) clashes = g_ptr_array_new_with_free_func(destroy_clash);

	merge_trees(KIND_INSTITUTION, "a", base, mine, theirs, ops, clashes);
	struct node *merged = theirs ? node_copy(theirs) : NULL;
	for (guint i = 0; i < ops->ops->len; i++) {
		struct node *next = NULL;

		g_assert_true(op_apply(ops->ops->pdata[i], merged, &next, NULL));
		merged = next;
	}
	g_autofree char *got = merged ? node_to_json(merged) : NULL;
	g_autofree char *want = wanted ? node_to_json(wanted) : NULL;
	g_assert_cmpstr(got, ==, want);
	g_assert_cmpuint(clashes->len, ==, row->clash ? 1 : 0);
	if (row->clash) {
		const struct clash *clash = clashes->pdata[0];
		g_autofree char *said = g_strdup_printf(
			"%s: %s | %s | %s", clash->path, clash->base ? clash->base : "-",
			clash->mine ? clash->mine : "-", clash->theirs ? clash->theirs : "-");

		g_assert_cmpstr(said, ==, row->clash);
	}
	change_free(ops);
	node_free(base);
	node_free(mine);
	node_free(theirs);
	node_free(wanted);
	node_free(merged);
}

/* A decision leads to the value that was chosen; a scalar cannot hold both. */
static void test_decide(void)
{
	struct node *now = tree(P(X21));
	struct change *change = change_new();
	g_autoptr(GError) error = NULL;

	g_assert_true(
		merge_put(change, KIND_INSTITUTION, "a", now, "partners[x].since", "2020", NULL));
	g_assert_cmpuint(change->ops->len, ==, 1);
	g_assert_cmpstr(((struct op *)change->ops->pdata[0])->new_text, ==, "2020");
	g_assert_true(merge_put_both(change, KIND_INSTITUTION, "a", now, "partners[x]", X, NULL));
	g_assert_cmpuint(change->ops->len, ==, 2);
	g_assert_false(merge_put_both(change, KIND_INSTITUTION, "a", now, "name", "B", &error));
	g_assert_nonnull(error);
	change_free(change);
	node_free(now);
}

int main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	for (guint i = 0; i < G_N_ELEMENTS(rows); i++) {
		g_autofree char *path = g_strdup_printf("/data/merge/%s", rows[i].name);

		g_test_add_data_func(path, &rows[i], test_row);
	}
	g_test_add_func("/data/merge/decide", test_decide);
	return g_test_run();
}
