/*
 * Entries that got another name by hand: what refers to them follows, and an edit that
 * waits for them goes where they are, or waits on; it is never written elsewhere.
 */
#include "tests/unit/data_waiting.h"

/* An entry with another id: what refers to it follows, comments and all. */
static void test_renamed(void)
{
	char *dir = new_network();
	g_autofree char *old = g_build_filename(dir, "institutions/beta.yaml", NULL);

	g_unlink(old);
	put_file(dir, "institutions/betta.yaml",
		 "id: betta\nname: Betta\naliases: [beta]\nsector: business\n");
	struct workspace *workspace = open_at(dir);
	g_autofree char *text = get_file(dir, ALPHA);
	g_assert_nonnull(strstr(text, "  - with: betta   # since long\n"));
	g_assert_cmpuint(workspace_model(workspace)->n_ties, ==, 1);
	g_assert_cmpstr(ITEMS(struct partnership, alpha_of(workspace)->partners)[0].with, ==,
			"betta");
	assert_agreed(dir, workspace);
	workspace_close(workspace);
	workspace = open_at(dir);
	g_autoptr(GPtrArray) log = workspace_log(workspace, NULL, NULL);
	g_assert_cmpuint(log->len, ==, 3); /* first read, renamed, followed */
	end(dir, workspace);
}

#define ALFA "institutions/alfa.yaml"

/* By hand: alpha is alfa now, in `how` far. */
static void rename_alpha(const char *dir, const char *how)
{
	g_autofree char *old = g_build_filename(dir, ALPHA, NULL);
	g_autoptr(GString) text = g_string_new(alpha_text);

	g_string_replace(text, "id: alpha\n", how, 1);
	g_unlink(old);
	put_file(dir, ALFA, text->str);
}

/* An edit that waits for a file which has another name by now goes into that one. */
static void test_renamed_meanwhile(void)
{
	char *dir = new_network();
	const struct workspace_options options = options_of(dir);
	struct findings *findings = findings_new();

	save_and_die(dir, &city);
	rename_alpha(dir, "id: alfa\naliases: [alpha]\n");
	struct workspace *workspace = workspace_open(&options, findings, NULL);
	g_autofree char *text = get_file(dir, ALFA);
	g_autofree char *old = get_file(dir, ALPHA);
	g_assert_nonnull(strstr(text, "id: alfa\naliases: [alpha]\n"));
	g_assert_nonnull(strstr(text, "city: Puebla\n"));
	g_assert_nonnull(strstr(text, "  - with: beta   # since long\n"));
	g_assert_null(old);
	g_assert_cmpuint(findings->all->len, ==, 0);
	g_ptr_array_unref(conflicts_of(workspace, 0));
	const struct institution *alfa =
		model_get(workspace_model(workspace), KIND_INSTITUTION, "alfa");
	g_assert_cmpstr(alfa->city, ==, "Puebla");
	assert_agreed(dir, workspace);
	findings_free(findings);
	end(dir, workspace);
}

/* In the middle of being renamed it waits, and goes where the person puts the file. */
static void test_moved_meanwhile(gconstpointer data)
{
	bool back = data != NULL;
	char *dir = new_network();
	const struct workspace_options options = options_of(dir);
	struct findings *findings = findings_new();
	g_autofree char *new = g_build_filename(dir, ALFA, NULL);
	g_autofree char *old = g_build_filename(dir, ALPHA, NULL);

	save_and_die(dir, &city);
	rename_alpha(dir, "id: alpha\n");
	struct workspace *workspace = workspace_open(&options, findings, NULL);
	g_autofree char *moved = get_file(dir, ALFA);
	g_assert_cmpstr(moved, ==, alpha_text);
	g_assert_false(g_file_test(old, G_FILE_TEST_EXISTS));
	const struct finding *finding = findings->all->pdata[0];
	g_assert_cmpstr(finding->code, ==, "unwritten");
	g_assert_null(strstr(finding->message, "hint:"));
	g_ptr_array_unref(conflicts_of(workspace, 0));
	workspace_close(workspace);
	if (back)
		g_assert_cmpint(g_rename(new, old), ==, 0);
	else
		rename_alpha(dir, "id: alfa\naliases: [alpha]\n");
	workspace = open_at(dir);
	g_autofree char *text = get_file(dir, back ? ALPHA : ALFA);
	g_assert_nonnull(strstr(text, "city: Puebla\n"));
	g_assert_false(g_file_test(back ? new : old, G_FILE_TEST_EXISTS));
	g_ptr_array_unref(conflicts_of(workspace, 0));
	findings_free(findings);
	assert_agreed(dir, workspace);
	end(dir, workspace);
}

/* Both changed it: the conflict is of the one that is there. */
static void test_renamed_against(gconstpointer data)
{
	static const struct op gone = { .verb = OP_DELETE, .id = (char *)(gsize) "alpha" };
	bool whole = data != NULL;
	char *dir = new_network();
	g_autoptr(GError) error = NULL;

	save_and_die(dir, whole ? &gone : &city);
	rename_alpha(dir, "id: alfa\naliases: [alpha]\ncity: Quito\n");
	struct workspace *workspace = open_at(dir);
	GPtrArray *conflicts = conflicts_of(workspace, 1);
	const struct conflict *conflict = conflicts->pdata[0];
	g_assert_cmpstr(conflict->record, ==, "alfa");
	g_assert_cmpstr(conflict->path, ==, whole ? "" : "city");
	g_assert_true(workspace_decide(workspace, conflict, CONFLICT_MINE, NULL, NULL, &error));
	g_assert_no_error(error);
	const struct institution *alfa =
		model_get(workspace_model(workspace), KIND_INSTITUTION, "alfa");
	g_assert_cmpstr(alfa ? alfa->city : NULL, ==, whole ? NULL : "Puebla");
	g_assert_true(whole == !alfa);
	g_assert_null(alpha_of(workspace));
	g_ptr_array_unref(conflicts);
	assert_agreed(dir, workspace);
	end(dir, workspace);
}

/* Two that might be it: neither is written to, and the edit waits for a person. */
static void test_renamed_twice(void)
{
	char *dir = new_network();

	save_and_die(dir, &city);
	rename_alpha(dir, "id: alfa\naliases: [alpha]\n");
	put_file(dir, "institutions/alva.yaml", "id: alva\nname: Alva\naliases: [alpha]\n");
	struct workspace *workspace = open_at(dir);
	GPtrArray *conflicts = conflicts_of(workspace, 1);
	g_autofree char *text = get_file(dir, ALFA);
	g_assert_cmpstr(((const struct conflict *)conflicts->pdata[0])->record, ==, "alpha");
	g_assert_null(strstr(text, "Puebla"));
	g_ptr_array_unref(conflicts);
	end(dir, workspace);
}

/* What cannot follow is said once until somebody heard it, and tried again. */
static void test_renamed_unable(void)
{
	char *dir = new_network();
	g_autofree char *old = g_build_filename(dir, "institutions/beta.yaml", NULL);
	g_autofree char *full = g_strnfill(256 * 1024 - strlen(alpha_text) - 3, 'x');
	struct findings *findings = findings_new();
	bool changed = false;

	g_autofree char *filler = g_strdup_printf("# %s\n", full);
	by_hand(dir, filler); /* not one byte more can be written there */
	g_unlink(old);
	put_file(dir, "institutions/betta.yaml",
		 "id: betta\nname: Betta\naliases: [beta]\nsector: business\n");
	struct workspace *workspace = open_at(dir);
	put_file(dir, "institutions/gamma.yaml", "id: gamma\nname: Gamma\nsector: edustem\n");
	g_assert_true(workspace_refresh(workspace, findings, &changed, NULL));
	g_assert_true(changed);
	workspace_take_findings(workspace, findings);
	g_assert_cmpuint(findings->all->len, ==, 1);
	const struct finding *finding = findings->all->pdata[0];
	g_assert_cmpstr(finding->code, ==, "rename");
	g_assert_nonnull(finding->hint);
	g_assert_null(strstr(finding->message, "hint:"));
	by_hand(dir, "");
	g_assert_true(workspace_refresh(workspace, findings, &changed, NULL));
	g_assert_cmpstr(ITEMS(struct partnership, alpha_of(workspace)->partners)[0].with, ==,
			"betta");
	findings_free(findings);
	assert_agreed(dir, workspace);
	end(dir, workspace);
}

/* Without the old id among the aliases it is another one, and references to it are errors. */
static void test_removed_referred(void)
{
	char *dir = new_network();
	const struct workspace_options options = options_of(dir);
	g_autofree char *old = g_build_filename(dir, "institutions/beta.yaml", NULL);
	struct findings *findings = findings_new();

	g_unlink(old);
	put_file(dir, "institutions/betta.yaml", "id: betta\nname: Betta\nsector: business\n");
	struct workspace *workspace = workspace_open(&options, findings, NULL);
	g_assert_cmpuint(findings->errors, ==, 1);
	const struct finding *finding = findings->all->pdata[0];
	g_assert_cmpstr(finding->file, ==, ALPHA);
	g_assert_null(alpha_of(workspace));
	findings_free(findings);
	end(dir, workspace);
}

int main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/data/renamed/followed", test_renamed);
	g_test_add_func("/data/renamed/meanwhile", test_renamed_meanwhile);
	g_test_add_data_func("/data/renamed/moved-meanwhile", NULL, test_moved_meanwhile);
	g_test_add_data_func("/data/renamed/moved-back", "back", test_moved_meanwhile);
	g_test_add_data_func("/data/renamed/and-changed", NULL, test_renamed_against);
	g_test_add_data_func("/data/renamed/and-deleted", "deleted", test_renamed_against);
	g_test_add_func("/data/renamed/twice", test_renamed_twice);
	g_test_add_func("/data/renamed/unable", test_renamed_unable);
	g_test_add_func("/data/renamed/removed-referred", test_removed_referred);
	return g_test_run();
}
