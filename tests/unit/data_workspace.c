/*
 * A workspace over a directory: what opening reads, what changed files become,
 * what is left out and said.
 */
#include "data/store/sqlite_private.h"
#include "tests/unit/data_fixture.h"

#include <sys/stat.h>
#include <unistd.h>

static void test_open(struct fixture *f, gconstpointer data)
{
	const struct model *model = workspace_model(f->workspace);
	g_autofree char *own = g_build_filename(f->dir, ".telar", NULL);
	struct stat st;

	(void)data;
	g_assert_cmpuint(f->findings->all->len, ==, 0);
	g_assert_cmpuint(model->n[KIND_INSTITUTION], ==, 2);
	g_assert_cmpuint(model->n[KIND_TERRITORY], ==, 1);
	g_assert_cmpstr(RECORD(model->network)->name, ==, "Red de prueba");
	g_assert_cmpuint(model->n_ties, ==, 1);
	g_assert_cmpint(stat(own, &st), ==, 0);
	g_assert_cmpuint(st.st_mode & 0777, ==, 0700);
	assert_file(f, ".telar/.gitignore", "*\n");
	struct change *first = newest(f);
	g_assert_cmpstr(first->actor, ==, "files");
	g_assert_cmpuint(first->ops->len, ==, 0);
	change_free(first);
	assert_agrees(f);
}

static void test_changed_by_hand(struct fixture *f, gconstpointer data)
{
	(void)data;
	put_file(f->dir, "institutions/beta.yaml",
		 "id: beta\nname: Beta Two\nsector: business\nterritories: [norte]\n");
	put_file(f->dir, "institutions/gamma.yaml", "id: gamma\nname: Gamma\nsector: edustem\n");
	open_again(f);
	g_assert_cmpstr(institution(f, "beta")->base.name, ==, "Beta Two");
	g_assert_nonnull(institution(f, "gamma"));
	struct change *change = newest(f);
	g_assert_cmpstr(change->actor, ==, "files");
	g_assert_cmpuint(change->ops->len, ==, 2);
	const struct op *op = change->ops->pdata[0];
	g_assert_cmpstr(op->path, ==, "name");
	g_assert_cmpstr(op->old_text, ==, "Beta");
	g_assert_cmpstr(op->new_text, ==, "Beta Two");
	change_free(change);
	assert_agrees(f);
}

static void test_broken_file(struct fixture *f, gconstpointer data)
{
	(void)data;
	put_file(f->dir, "institutions/beta.yaml", "id: beta\nname: Beta\nsector: bussiness\n");
	for (guint i = 0; i < 2; i++) { /* said at every opening, not only at the first */
		open_again(f);
		g_assert_cmpuint(f->findings->errors, ==, 1);
		g_assert_null(institution(f, "beta"));
		g_assert_nonnull(institution(f, "alpha"));
	}
	const struct finding *finding = f->findings->all->pdata[0];
	g_assert_cmpstr(finding->file, ==, "institutions/beta.yaml");
	g_assert_cmpuint(finding->line, ==, 3);
	put_file(f->dir, "institutions/beta.yaml", beta_text);
	open_again(f);
	g_assert_cmpuint(f->findings->errors, ==, 0);
	g_assert_nonnull(institution(f, "beta"));
	assert_agrees(f);
}

/* A word taken out of network.yaml makes an untouched entry wrong; put back, right again. */
static void test_words_change(struct fixture *f, gconstpointer data)
{
	g_autofree char *less = NULL;
	const char *line = strstr(network_text, "    - {id: business");

	(void)data;
	less = g_strdup_printf("%.*s%s", (int)(line - network_text), network_text,
			       strchr(line, '\n') + 1);
	put_file(f->dir, "network.yaml", less);
	open_again(f);
	g_assert_cmpuint(f->findings->errors, ==, 1);
	g_assert_null(institution(f, "beta"));
	put_file(f->dir, "network.yaml", network_text);
	open_again(f);
	g_assert_cmpuint(f->findings->errors, ==, 0);
	g_assert_nonnull(institution(f, "beta"));
}

static void test_deleted_by_hand(struct fixture *f, gconstpointer data)
{
	g_autofree char *path = g_build_filename(f->dir, "institutions/beta.yaml", NULL);

	(void)data;
	g_assert_cmpint(g_remove(path), ==, 0);
	open_again(f);
	g_assert_null(institution(f, "beta"));
	g_assert_null(institution(f, "alpha")); /* it refers to beta: an error now */
	g_assert_cmpuint(f->findings->errors, ==, 1);
	put_file(f->dir, "institutions/beta.yaml", beta_text);
	open_again(f);
	g_assert_nonnull(institution(f, "alpha"));
	g_assert_cmpuint(f->findings->errors, ==, 0);
	assert_agrees(f);
}

static void test_links_and_strays(struct fixture *f, gconstpointer data)
{
	g_autofree char *link = g_build_filename(f->dir, "institutions/evil.yaml", NULL);

	(void)data;
	g_assert_cmpint(symlink("/etc/passwd", link), ==, 0);
	put_file(f->dir, "institutions/Other Name.yaml", "x");
	put_file(f->dir, "institutions/zeta.yml", "x");
	open_again(f);
	g_assert_cmpuint(f->findings->errors, ==, 1);
	g_assert_cmpuint(f->findings->all->len, ==, 3);
	struct change *change = change_new();
	change_create(change, KIND_INSTITUTION, "evil",
		      "{\"name\": \"Evil\", \"sector\": \"edustem\"}");
	g_autoptr(GError) error = NULL;
	g_assert_false(workspace_apply(f->workspace, change, &error));
	g_assert_nonnull(error);
	change_free(change);
}

/* After another version's columns the files are read anew, and history does not say they changed.
 */
static void test_other_columns(struct fixture *f, gconstpointer data)
{
	g_autofree char *path = g_build_filename(f->dir, ".telar/network.telar", NULL);
	sqlite3 *db = NULL;

	(void)data;
	set(f, "alpha", "city", "Puebla");
	guint64 fingerprint = workspace_model(f->workspace)->fingerprint;
	g_clear_pointer(&f->workspace, workspace_close);
	g_assert_cmpint(sqlite3_open(path, &db), ==, SQLITE_OK);
	g_assert_cmpint(
		sqlite3_exec(db, "ALTER TABLE institution ADD COLUMN hat TEXT", NULL, NULL, NULL),
		==, SQLITE_OK);
	sqlite3_close(db);
	open_again(f);
	g_assert_cmpuint(workspace_model(f->workspace)->fingerprint, ==, fingerprint);
	g_assert_cmpuint(log_length(f), ==, 3);
	struct change *change = newest(f);
	g_assert_cmpuint(change->ops->len, ==, 0);
	g_assert_true(g_str_has_prefix(change->summary, "read anew: ")); /* not a first time */
	g_autofree char *text = change_text(workspace_model(f->workspace), change);
	g_assert_true(g_str_has_prefix(text, "read anew by another version: "));
	change_free(change);
	g_assert_true(workspace_undo(f->workspace, 0, NULL, NULL));
	assert_file(f, "institutions/alpha.yaml", alpha_text);
	assert_agrees(f);
}

/* A store that somebody tampered with cannot make us write anything but entries. */
static void test_tampered_outbox(struct fixture *f, gconstpointer data)
{
	static const char *const paths[] = { ".git/config",   "../out.yaml",
					     "/tmp/out.yaml", "institutions/../out.yaml",
					     "README.md",     "institutions/.hidden.yaml",
					     "out.yaml" };

	(void)data;
	put_file(f->dir, ".git/config", "mine");
	for (guint i = 0; i < G_N_ELEMENTS(paths); i++) {
		g_autofree char *path = g_build_filename(f->dir, ".telar/network.telar", NULL);
		g_autoptr(GBytes) bytes = g_bytes_new("theirs", 6);
		g_autoptr(GError) error = NULL;
		struct store *store = store_open(path, false, &error);
		gint64 row = 0;

		g_assert_no_error(error);
		g_assert_true(store_begin(store, NULL));
		g_assert_true(store_add_outbox(store, 1, paths[i], "", bytes, &row, &error));
		g_assert_true(store_commit(store, NULL));
		open_again(f);
		g_assert_cmpuint(f->findings->warnings, ==, 1);
		g_autofree char *out = g_build_filename(f->dir, paths[i], NULL);
		g_assert_true(i == 0 || !g_file_test(out, G_FILE_TEST_EXISTS));
		g_assert_false(g_file_test("/tmp/out.yaml", G_FILE_TEST_EXISTS));
		g_assert_true(store_begin(store, NULL));
		g_assert_true(store_clear_outbox(store, row, NULL));
		g_assert_true(store_commit(store, NULL));
		store_close(store);
	}
	assert_file(f, ".git/config", "mine");
}

static void test_read_only(struct fixture *f, gconstpointer data)
{
	g_autoptr(GError) error = NULL;
	const struct workspace_options options = { .path = f->dir,
						   .actor = "ana",
						   .clock = clock_fixed(&now),
						   .flags = WORKSPACE_READ_ONLY };
	struct findings *findings = findings_new();

	(void)data;
	set(f, "alpha", "city", "Puebla");
	struct workspace *reader = workspace_open(&options, findings, &error);
	g_assert_no_error(error);
	g_assert_true(workspace_is_read_only(reader));
	g_assert_cmpuint(workspace_model(reader)->fingerprint, ==,
			 workspace_model(f->workspace)->fingerprint);
	g_autoptr(GPtrArray) log = workspace_log(reader, NULL, &error);
	g_assert_no_error(error);
	g_assert_cmpuint(log->len, ==, 2);
	struct change *change = change_new();
	change_set(change, KIND_INSTITUTION, "alpha", "city", "Lima");
	g_assert_false(workspace_apply(reader, change, &error));
	g_assert_error(error, TELAR_ERROR, TELAR_ERROR_DENIED);
	change_free(change);
	workspace_close(reader);
	findings_free(findings);
}

int main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
#define TEST(name, function)                                                                       \
	g_test_add("/data/workspace/" name, struct fixture, NULL, set_up, function, tear_down)
	TEST("open", test_open);
	TEST("changed-by-hand", test_changed_by_hand);
	TEST("broken-file", test_broken_file);
	TEST("words-change", test_words_change);
	TEST("deleted-by-hand", test_deleted_by_hand);
	TEST("links-and-strays", test_links_and_strays);
	TEST("other-columns", test_other_columns);
	TEST("tampered-outbox", test_tampered_outbox);
	TEST("read-only", test_read_only);
	return g_test_run();
}
