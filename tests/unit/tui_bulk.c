#include "tests/unit/tui_small.h"
#include "tui/views/bulk.h"
#include "tui/views/list.h"
#include "tui/views/removal.h"

#include <locale.h>

/* Editing what is marked: one change for all, and nothing for those that are so already. */
static const char *const both[] = { "innovec", "unal", NULL };

static const struct op *op_at(const struct change *change, guint i)
{
	return g_ptr_array_index(change->ops, i);
}

/* If it fails, a value is added twice, or what others wrote meanwhile is lost. */
static void test_lists(void)
{
	struct model *model = small_model();
	struct change *change = bulk_change(model, KIND_INSTITUTION, both, "aliases", BULK_ADD,
					    "[\"Innovec A.C.\"]");

	g_assert_cmpuint(change->ops->len, ==, 1);
	g_assert_cmpstr(op_at(change, 0)->id, ==, "unal");
	g_assert_cmpstr(op_at(change, 0)->old_text, ==, "");
	g_assert_cmpstr(op_at(change, 0)->new_text, ==, "[\"Innovec A.C.\"]");
	change_free(change);
	change = bulk_change(model, KIND_INSTITUTION, both, "aliases", BULK_REMOVE, "[\"a; b\"]");
	g_assert_cmpuint(change->ops->len, ==, 1);
	g_assert_cmpstr(op_at(change, 0)->new_text, ==, "[\"Innovec A.C.\"]");
	change_free(change);
	change = bulk_change(model, KIND_INSTITUTION, both, "aliases", BULK_SET, NULL);
	g_assert_cmpuint(change->ops->len, ==, 1);
	g_assert_null(op_at(change, 0)->new_text);
	change_free(change);
	model_unref(model);
}

static void test_scalars(void)
{
	struct model *model = small_model();
	const char *const gone[] = { "nobody", "innovec", NULL };
	struct change *change =
		bulk_change(model, KIND_INSTITUTION, both, "sector", BULK_SET, "academia");

	g_assert_cmpuint(change->ops->len, ==, 1);
	g_assert_cmpstr(op_at(change, 0)->id, ==, "innovec");
	g_assert_cmpstr(op_at(change, 0)->old_text, ==, "edustem");
	change_free(change);
	change = bulk_change(model, KIND_INSTITUTION, gone, "country", BULK_SET, "MX");
	g_assert_cmpuint(change->ops->len, ==, 0);
	change_free(change);
	model_unref(model);
}

/* If it fails, marks are not what is edited, or it takes more than one undo to go back. */
static void test_view(void)
{
	struct small s;

	small_open(&s);
	small_type(&s, "2*e");
	small_sees(&s, "Field of 5 records");
	small_type(&s, "sector\racademia\r");
	small_key(&s, TUI_KEY_F2);
	small_sees(&s, "2 records: Sector = Academia");
	small_sees(&s, "3 are so already");
	small_key(&s, TUI_ENTER);
	g_assert_nonnull(s.saved);
	g_assert_cmpuint(s.saved->ops->len, ==, 2);
	g_assert_true(app_top(s.app)->ops == &view_institutions);
	small_close(&s);
}

/* If it fails, a value is typed over others without anybody seeing which. */
static void test_present(void)
{
	struct small s;

	small_open(&s);
	small_type(&s, "2*e");
	small_type(&s, "city\r");
	small_sees(&s, "Café Científico");
	small_sees(&s, "Cali");
	small_type(&s, "Puebla\r");
	g_assert_null(s.saved);
	small_key(&s, TUI_KEY_F2);
	small_sees(&s, "5 records: City = Puebla");
	small_key(&s, TUI_ENTER);
	g_assert_cmpuint(s.saved->ops->len, ==, 5);
	small_close(&s);
}

/* If it fails, "a; b" is one word of a list, or what is no date is saved in many records. */
static void test_as_forms(void)
{
	struct small s;

	small_open(&s);
	small_type(&s, "2*e");
	small_type(&s, "aliases\radd\rOne; \"two; three\"");
	small_key(&s, TUI_KEY_F2);
	small_sees(&s, "5 records: Other names + One; two; three");
	small_sees(&s, "INNOVEC");
	small_sees(&s, "Innovec A.C.; a; b → Innovec A.C.; a; b; One; two; three");
	g_assert_null(s.saved);
	/* Back to what was typed, and from there not away without a question. */
	small_key(&s, TUI_ESCAPE);
	small_sees(&s, "One; \"two; three\"");
	small_key(&s, TUI_ESCAPE);
	small_sees(&s, "Forget what was typed here?");
	small_key(&s, TUI_ENTER);
	small_key(&s, TUI_KEY_F2);
	small_key(&s, g_utf8_get_char(key_yes()));
	g_assert_cmpuint(s.saved->ops->len, ==, 5);
	g_assert_nonnull(strstr(op_at(s.saved, 0)->new_text, "\"One\",\"two; three\""));
	/* A form judges what is typed before anything is looked at. */
	small_type(&s, "e");
	small_type(&s, "verified\rsoon");
	small_key(&s, TUI_KEY_F2);
	small_sees(&s, "Not saved: correct the field under the cursor.");
	small_key(&s, TUI_ESCAPE);
	small_type(&s, "y");
	small_sees(&s, "Field of 5 records");
	small_close(&s);
}

/* If it fails, one of many names is cut, so that nobody knows whose value changes. */
static void test_names(void)
{
	struct small s;

	small_open(&s);
	small_size(&s, 16, 40);
	small_type(&s, "2*e");
	small_type(&s, "city\rPuebla");
	small_sees(&s, "Universidad Nacional");
	small_key(&s, TUI_KEY_F2);
	small_sees(&s, "Universidad Nacional");
	small_sees(&s, "— → Puebla");
	small_close(&s);
}

static void test_leave(void)
{
	struct small s;

	small_open(&s);
	small_type(&s, "2*e");
	small_type(&s, "tags\r\r");
	small_key(&s, TUI_ESCAPE);
	small_sees(&s, "Field of 5 records");
	small_key(&s, TUI_ESCAPE);
	small_sees(&s, "5 marked: e Edit");
	g_assert_null(s.saved);
	small_close(&s);
}

/* If it fails, what is exported is not what is marked: everything, or rows that nobody chose. */
static void test_export(void)
{
	static const char *const tried[] = { "2/innovec\r ", "4/cafe\r ", " " };
	/* A tie stands for both of its ends. */
	static const char *const filters[] = { "id=innovec", "id=cafe,unal", NULL };
	struct small s;

	small_open(&s);
	for (guint i = 0; i < G_N_ELEMENTS(tried); i++) {
		small_type(&s, tried[i]);
		g_clear_pointer(&s.exported, g_free);
		small_type(&s, "x\r\r\r");
		g_assert_cmpstr(s.exported, ==, filters[i]);
		small_key(&s, TUI_ESCAPE);
	}
	small_type(&s, "2x");
	small_sees(&s, "Export the 1 that is marked");
	small_key(&s, TUI_ESCAPE);
	/* Nor are those meant that a filter hides. */
	small_type(&s, "*fid=unal,alone\rx");
	small_sees(&s, "Export the 2 that are marked");
	small_type(&s, "\r\r\r");
	g_assert_null(strstr(s.exported, "cafe"));
	small_close(&s);
}

/* If it fails, a key acts on the row under the cursor though others are marked. */
static void test_between(void)
{
	struct small s;

	small_open(&s);
	small_type(&s, "2/innovec\r ");
	small_type(&s, "/unal\r ");
	small_sees(&s, "2 marked: e Edit");
	small_sees(&s, "Space Unmark");
	small_type(&s, "/alone\rp");
	g_assert_true(app_top(s.app)->ops == &view_path);
	g_assert_nonnull(strstr(app_top(s.app)->subject, "innovec"));
	g_assert_nonnull(strstr(app_top(s.app)->subject, "unal"));
	small_key(&s, TUI_ESCAPE);
	small_key(&s, 'a');
	g_assert_true(app_top(s.app)->ops == &view_form);
	g_assert_nonnull(strstr(app_top(s.app)->subject, "/partners/"));
	small_key(&s, TUI_ESCAPE);
	small_type(&s, "fid=unal,alone\r");
	small_sees(&s, "2 marked (1 not shown):");
	small_type(&s, "f");
	small_key(&s, TUI_CTRL('u'));
	small_type(&s, "\r*p");
	small_sees(&s, "That is between two, and 5 are marked.");
	small_key(&s, '*');
	small_key(&s, 'd');
	g_assert_true(app_top(s.app)->ops == &view_confirm);
	small_close(&s);
}

/* If it fails, a proposal goes with who is removed, and nobody is told. */
static void test_remove_proposed(void)
{
	struct small s;

	small_open(&s);
	small_other(&s, "unal", "partners[cafe].status", "proposed");
	small_type(&s, "2/unal\r /cafe\r d");
	small_sees(&s, "1 proposed");
	small_close(&s);
}

/*
 * If it fails, only the row under the cursor is removed though others are marked, each by
 * a change of its own, or nobody is told what goes with them.
 */
static void test_remove(void)
{
	struct small s;

	small_open(&s);
	small_type(&s, "2/unal\r /cafe\r d");
	small_sees(&s, "Remove the 2 that are marked? Universidad Nacional, Café Científico");
	small_sees(&s, "What goes with them: 1 tie. 1 tie is declared by others");
	small_key(&s, 'n');
	small_sees(&s, "2 marked: e Edit");
	small_type(&s, "/unal\r d");
	small_sees(&s, "Remove the 1 that is marked? Café Científico");
	small_key(&s, TUI_ESCAPE);
	small_type(&s, "/siemens\r /unal\r /innovec\r d");
	small_sees(&s, "Remove the 4 that are marked?");
	small_sees(&s, "What goes with them: 3 ties.");
	small_other(&s, "siemens", "city", "Berlin");
	small_sees(&s, "Somebody changed this meanwhile: look again.");
	small_type(&s, "y");
	g_assert_nonnull(s.saved);
	g_assert_cmpuint(s.saved->ops->len, ==, 4);
	g_assert_cmpuint(s.model->n[KIND_INSTITUTION], ==, 1);
	small_sees(&s, "Alone");
	g_assert_cmpuint(tableview_marked(((const struct list *)app_top(s.app)->state)->table), ==,
			 0);
	small_close(&s);
}

/*
 * If it fails, one that others name cannot be removed where one asks for it, nobody is told
 * what goes with it, or what they say of it stays.
 */
static void test_remove_with_ties(void)
{
	struct small s;

	small_open(&s);
	small_type(&s, "2/siemens\r");
	small_key(&s, TUI_ESCAPE);
	small_type(&s, "d");
	small_sees(&s, "Remove Siemens Stiftung?");
	small_sees(&s, "2 ties go with it. 1 other entry refers to it");
	small_sees(&s, "too: INNOVEC.");
	small_other(&s, "innovec", "partners[siemens].since", "2018");
	small_sees(&s, "Somebody changed this meanwhile: look again.");
	small_key(&s, 'y');
	g_assert_nonnull(s.saved);
	g_assert_cmpuint(s.saved->ops->len, ==, 2);
	g_assert_null(model_get(s.model, KIND_INSTITUTION, "siemens"));
	const struct institution *innovec = model_get(s.model, KIND_INSTITUTION, "innovec");

	g_assert_cmpuint(innovec->partners.n, ==, 0);
	small_close(&s);

	/* Where nobody names it, nothing is said of others. */
	small_open(&s);
	small_type(&s, "2/alone\r");
	small_key(&s, TUI_ESCAPE);
	small_type(&s, "d");
	small_sees(&s, "Remove Alone?");
	small_sees(&s, "Its file goes too. Undo brings both back.");
	small_close(&s);
}

/* If it fails, a tie whose sides say it more than once stays, or takes the wrong entry along. */
static void test_remove_ties(void)
{
	static const char *const ties[] = { "tie/innovec/siemens", "tie/unal/cafe",
					    "tie/unal/nobody", NULL };
	struct model *model = small_model();
	struct change *change = removal_change(model, ties);

	g_assert_cmpuint(change->ops->len, ==, 3);
	for (guint i = 0; i < 3; i++) {
		g_assert_cmpint(op_at(change, i)->verb, ==, OP_REMOVE);
		g_assert_true(g_str_has_prefix(op_at(change, i)->path, "partners["));
		g_assert_nonnull(op_at(change, i)->old_text);
	}
	change_free(change);
	model_unref(model);
}

static struct model *model_with_figures(void)
{
	static const char *const texts[] = {
		"{\"id\":\"net\",\"name\":\"Net\"}",
		"{\"id\":\"counts\",\"counts\":["
		"{\"entity\":\"net\",\"metric\":\"teachers\",\"as_of\":\"2020\",\"value\":\"1\"},"
		"{\"entity\":\"net\",\"metric\":\"teachers\",\"as_of\":\"2021\",\"value\":\"2\"},"
		"{\"entity\":\"net\",\"metric\":\"teachers\",\"as_of\":\"2022\",\"value\":\"3\"},"
		"{\"entity\":\"net\",\"metric\":\"teachers\",\"as_of\":\"2023\",\"value\":\"4\"}]}",
	};
	struct pool *pool = pool_new();
	struct findings *findings = findings_new();
	GPtrArray *records[KIND_COUNT];

	for (guint k = 0; k < KIND_COUNT; k++)
		records[k] = g_ptr_array_new();
	for (guint i = 0; i < G_N_ELEMENTS(texts); i++) {
		enum kind kind = i == 0 ? KIND_NETWORK : KIND_COUNTS;
		struct node *node = node_from_json(texts[i], NULL);

		g_ptr_array_add(records[kind], node_to_record(record_type(kind), node, NULL, NULL,
							      pool, findings));
		node_free(node);
	}
	struct model *model = model_new(records, &pool, 1, "net", (struct date){ 2026, 11, 22 }, 1);

	for (guint k = 0; k < KIND_COUNT; k++)
		g_ptr_array_unref(records[k]);
	findings_free(findings);
	pool_unref(pool);
	return model;
}

/* The figures that are left; NULL: the change does not fit. */
static char *figures_after(const struct model *model, const struct change *change)
{
	struct change *own = change_copy(change);
	const void *record = model_get(model, KIND_COUNTS, "counts");
	struct node *root = node_from_record(record_type(KIND_COUNTS), record);

	for (guint i = 0; root != NULL && i < own->ops->len; i++) {
		struct node *next = NULL;

		root = op_apply(g_ptr_array_index(own->ops, i), root, &next, NULL) ? next : NULL;
	}
	char *left = root == NULL ? NULL : node_to_json(root);

	node_free(root);
	change_free(own);
	return left;
}

/* If it fails, removing several figures of one list is refused, or others go than were marked. */
static void test_remove_items(void)
{
	static const char *const marked[][3] = {
		{ "counts/counts/counts/net", "counts/counts/counts/net#3", NULL },
		{ "counts/counts/counts/net#3", "counts/counts/counts/net", NULL },
	};
	struct model *model = model_with_figures();

	for (guint i = 0; i < G_N_ELEMENTS(marked); i++) {
		struct change *change = removal_change(model, marked[i]);
		g_autofree char *left = figures_after(model, change);

		g_assert_cmpuint(change->ops->len, ==, 2);
		g_assert_nonnull(left);
		g_assert_null(strstr(left, "2020"));
		g_assert_nonnull(strstr(left, "2021"));
		g_assert_null(strstr(left, "2022"));
		g_assert_nonnull(strstr(left, "2023"));
		change_free(change);
	}
	model_unref(model);
}

int main(int argc, char **argv)
{
	setlocale(LC_ALL, "C.UTF-8");
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/bulk/lists", test_lists);
	g_test_add_func("/bulk/scalars", test_scalars);
	g_test_add_func("/bulk/view", test_view);
	g_test_add_func("/bulk/present", test_present);
	g_test_add_func("/bulk/export", test_export);
	g_test_add_func("/bulk/leave", test_leave);
	g_test_add_func("/bulk/as-forms", test_as_forms);
	g_test_add_func("/bulk/names", test_names);
	g_test_add_func("/bulk/remove-with-ties", test_remove_with_ties);
	g_test_add_func("/bulk/remove", test_remove);
	g_test_add_func("/bulk/remove-proposed", test_remove_proposed);
	g_test_add_func("/bulk/remove-ties", test_remove_ties);
	g_test_add_func("/bulk/remove-items", test_remove_items);
	g_test_add_func("/bulk/between", test_between);
	return g_test_run();
}
