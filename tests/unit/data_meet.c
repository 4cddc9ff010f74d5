/*
 * Hands in the files while an edit is being saved, and files that cannot be
 * written: nothing of anybody is written over, whoever was told "saved" hears of
 * it, and one stubborn file does not stop the others.
 */
#include "tests/unit/data_fixture.h"

#include "data/workspace/private.h"

#include <glib/gstdio.h>
#include <unistd.h>

struct hand {
	const char *dir;
	const char *step; /* when it writes */
	const char *text;
};

static void write_by_hand(void *data, const char *name)
{
	struct hand *hand = data;

	if (strcmp(name, hand->step) != 0)
		return;
	put_file(hand->dir, "institutions/alpha.yaml", hand->text);
	hand->step = "never again";
}

/* `workspace` saves alpha's city while `line` is appended to alpha's file at `step`. */
static void save_and_meet(struct fixture *f, const char *step, const char *line)
{
	g_autofree char *text = g_strconcat(alpha_text, line, NULL);
	struct hand hand = { f->dir, step, text };

	f->workspace->step = write_by_hand;
	f->workspace->step_data = &hand;
	set(f, "alpha", "city", "Puebla");
	f->workspace->step = NULL;
	g_assert_cmpstr(hand.step, ==, "never again");
}

static struct findings *taken(struct fixture *f)
{
	struct findings *findings = findings_new();

	workspace_take_findings(f->workspace, findings);
	return findings;
}

static void test_other_field(struct fixture *f, gconstpointer step)
{
	save_and_meet(f, step, "short_name: Al\n");
	struct findings *findings = taken(f);

	g_assert_cmpuint(findings->all->len, ==, 0);
	findings_free(findings);
	assert_in_file(f, "institutions/alpha.yaml", "short_name: Al\n");
	assert_in_file(f, "institutions/alpha.yaml", "city: Puebla\n");
	open_again(f);
	g_assert_cmpstr(institution(f, "alpha")->short_name, ==, "Al");
	g_assert_cmpstr(institution(f, "alpha")->city, ==, "Puebla");
	assert_agrees(f);
}

/* The file's value stands, and whoever was told "saved" is told so. */
static void test_same_field(struct fixture *f, gconstpointer step)
{
	save_and_meet(f, step, "city: Quito\n");
	struct findings *findings = taken(f);

	g_assert_cmpuint(findings->all->len, ==, 1);
	const struct finding *finding = findings->all->pdata[0];
	g_assert_cmpstr(finding->code, ==, "conflict");
	g_assert_cmpstr(finding->file, ==, "institutions/alpha.yaml");
	findings_free(findings);
	findings = taken(f);
	g_assert_cmpuint(findings->all->len, ==, 0); /* once is enough */
	findings_free(findings);
	assert_in_file(f, "institutions/alpha.yaml", "city: Quito\n");
	open_again(f);
	g_assert_cmpstr(institution(f, "alpha")->city, ==, "Quito");
	assert_agrees(f);
}

/* A file that has errors by the time it is to be written stays; the others of the edit go on. */
static void test_broken(struct fixture *f, gconstpointer data)
{
	struct hand hand = { f->dir, "committed", "not: [yaml\n" };
	struct change *change = change_new();

	(void)data;
	f->workspace->step = write_by_hand;
	f->workspace->step_data = &hand;
	change_set(change, KIND_INSTITUTION, "alpha", "city", "Puebla");
	change_set(change, KIND_INSTITUTION, "beta", "city", "Lima");
	apply(f, change);
	change_free(change);
	f->workspace->step = NULL;
	assert_file(f, "institutions/alpha.yaml", "not: [yaml\n");
	assert_in_file(f, "institutions/beta.yaml", "city: Lima\n");
	struct findings *findings = taken(f);
	g_assert_cmpuint(findings->all->len, ==, 1);
	findings_free(findings);
}

/* A file with a second name is not written: its edit waits. */
static void make_link(void *data, const char *name)
{
	const struct fixture *f = data;
	g_autofree char *alpha = g_build_filename(f->dir, "institutions/alpha.yaml", NULL);
	g_autofree char *second = g_build_filename(f->dir, "second", NULL);

	if (strcmp(name, "committed") == 0)
		(void)!link(alpha, second);
}

static void test_link(struct fixture *f, gconstpointer data)
{
	g_autofree char *second = g_build_filename(f->dir, "second", NULL);

	(void)data;
	f->workspace->step = make_link;
	f->workspace->step_data = f;
	set(f, "alpha", "city", "Puebla");
	f->workspace->step = NULL;
	struct findings *findings = taken(f);
	g_assert_cmpuint(findings->all->len, ==, 1);
	g_assert_cmpstr(((struct finding *)findings->all->pdata[0])->code, ==, "unwritten");
	g_assert_cmpuint(findings->errors, ==, 0);
	findings_free(findings);
	/* Others are not stopped by it, and it is written once it can be. */
	set(f, "beta", "city", "Lima");
	assert_in_file(f, "institutions/beta.yaml", "city: Lima\n");
	g_assert_cmpint(g_unlink(second), ==, 0);
	set(f, "beta", "country", "PE");
	assert_in_file(f, "institutions/alpha.yaml", "city: Puebla\n");
	assert_agrees(f);
}

int main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
#define TEST(name, data, function)                                                                 \
	g_test_add("/data/meet/" name, struct fixture, data, set_up, function, tear_down)
	TEST("other-field-staged", "staged", test_other_field);
	TEST("other-field-committed", "committed", test_other_field);
	TEST("same-field-staged", "staged", test_same_field);
	TEST("same-field-committed", "committed", test_same_field);
	TEST("broken-meanwhile", NULL, test_broken);
	TEST("link", NULL, test_link);
	return g_test_run();
}
