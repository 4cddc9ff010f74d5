/*
 * Backups, restoring, networks that are one file, and the doctor: nothing may be
 * lost on any way between files and store, and what is wrong must be named.
 */
#include "data/safety.h"

#include "data/past.h"
#include "data/store/store.h"
#include "tests/unit/data_fixture.h"
#include "tests/unit/interrupted.h"

#include <glib/gstdio.h>
#include <sqlite3.h>

static const struct workspace_options *at(const char *path, struct workspace_options *options)
{
	*options = (struct workspace_options){ .path = path,
					       .actor = "ana",
					       .clock = clock_fixed(&now) };
	return options;
}

static struct workspace *open_path(const char *path)
{
	struct workspace_options options;
	struct findings *findings = findings_new();
	g_autoptr(GError) error = NULL;
	struct workspace *workspace = workspace_open(at(path, &options), findings, &error);

	g_assert_no_error(error);
	g_assert_cmpuint(findings->errors, ==, 0);
	findings_free(findings);
	return workspace;
}

static void backup(struct workspace *workspace, const char *path)
{
	struct holdings holdings;
	g_autoptr(GError) error = NULL;
	bool done = workspace_backup(workspace, path, &holdings, &error);

	g_assert_no_error(error);
	g_assert_true(done);
	g_assert_cmpuint(holdings.entries, ==, holdings.texts);
}

static void write_out(struct workspace *workspace, const char *into, bool history)
{
	g_autoptr(GError) error = NULL;
	bool done = workspace_write_out(workspace, into, history, NULL, &error);

	g_assert_no_error(error);
	g_assert_true(done);
}

/* Every entry file of `a` has the same bytes in `b`. */
static void assert_same_files(const char *a, const char *b)
{
	static const char *const folders[] = { "", "institutions", "territories", "programmes" };
	guint n = 0;

	for (guint i = 0; i < G_N_ELEMENTS(folders); i++) {
		g_autofree char *folder = g_build_filename(a, folders[i], NULL);
		GDir *dir = g_dir_open(folder, 0, NULL);
		const char *name = NULL;

		while (dir && (name = g_dir_read_name(dir))) {
			g_autofree char *path = g_build_filename(folders[i], name, NULL);
			if (!g_str_has_suffix(name, ".yaml"))
				continue;
			g_autofree char *one = get_file(a, path);
			g_autofree char *other = get_file(b, path);
			g_assert_cmpstr(one, ==, other);
			n++;
		}
		if (dir)
			g_dir_close(dir);
	}
	g_assert_cmpuint(n, >, 2);
}

static char *place(const char *name, char **root)
{
	*root = g_dir_make_tmp("telar-XXXXXX", NULL);
	return g_build_filename(*root, name, NULL);
}

/* The drill: back up, lose the directory, restore, go on as if nothing had been. */
static void test_drill(struct fixture *f, gconstpointer data)
{
	g_autofree char *root = NULL;
	g_autofree char *file = place("backup.telar", &root);
	g_autofree char *into = g_build_filename(root, "again", NULL);
	gint64 change = 0;

	(void)data;
	put_file(
		f->dir, "counts.yaml",
		"counts:\n  - entity: alpha\n    metric: members\n    as_of: 2024\n    value: 7\n");
	open_again(f);
	set(f, "alpha", "city", "Lima");
	g_assert_true(workspace_snapshot(f->workspace, "then", NULL, &change, NULL));
	set(f, "alpha", "notes", "later");
	guint length = log_length(f);
	guint64 fingerprint = workspace_model(f->workspace)->fingerprint;
	backup(f->workspace, file);

	struct workspace *workspace = open_path(file);
	write_out(workspace, into, true);
	workspace_close(workspace);
	assert_same_files(f->dir, into);

	workspace = open_path(into);
	g_assert_cmpuint(workspace_model(workspace)->fingerprint, ==, fingerprint);
	g_autoptr(GPtrArray) log = workspace_log(workspace, NULL, NULL);
	g_assert_cmpuint(log->len, ==, length); /* reading the files again is no change */
	g_autoptr(GPtrArray) snapshots = workspace_snapshots(workspace, NULL);
	g_assert_cmpuint(snapshots->len, ==, 1);
	g_assert_true(workspace_undo(workspace, 0, NULL, NULL));
	g_assert_true(workspace_undo(workspace, 0, NULL, NULL));
	workspace_close(workspace);
	g_autofree char *text = get_file(into, "institutions/alpha.yaml");
	g_assert_cmpstr(text, ==, alpha_text); /* to the byte, after all that */
	remove_tree(root);
}

/* Edits in a network of one file keep comments, and undo restores bytes there too. */
static void test_alone(struct fixture *f, gconstpointer data)
{
	g_autofree char *root = NULL;
	g_autofree char *file = place("network.telar", &root);
	g_autofree char *into = g_build_filename(root, "files", NULL);
	g_autofree char *before = g_build_filename(root, "before", NULL);
	g_autoptr(GError) error = NULL;
	struct change *change = change_new();

	(void)data;
	backup(f->workspace, file);
	struct workspace *workspace = open_path(file);
	guint64 fingerprint = workspace_model(workspace)->fingerprint;
	change_set(change, KIND_INSTITUTION, "alpha", "city", "Quito");
	change_set(change, KIND_INSTITUTION, "beta", "notes", "one file");
	g_assert_true(workspace_apply(workspace, change, &error));
	write_out(workspace, into, false);
	g_autofree char *text = get_file(into, "institutions/alpha.yaml");
	g_assert_nonnull(strstr(text, "# Alpha's own file\n"));
	g_assert_nonnull(strstr(text, "city: Quito\n"));
	workspace_close(workspace);

	workspace = open_path(file); /* it was all in the file */
	const struct institution *alpha =
		model_get(workspace_model(workspace), KIND_INSTITUTION, "alpha");
	g_assert_cmpstr(alpha->city, ==, "Quito");
	g_assert_true(workspace_undo(workspace, 0, NULL, &error));
	g_assert_cmpuint(workspace_model(workspace)->fingerprint, ==, fingerprint);
	write_out(workspace, before, false);
	assert_same_files(f->dir, before);
	workspace_close(workspace);
	change_free(change);
	g_autofree char *wal = g_strconcat(file, "-wal", NULL);
	g_assert_false(g_file_test(wal, G_FILE_TEST_EXISTS)); /* one file, to be mailed around */
	remove_tree(root);
}

static void test_refused(struct fixture *f, gconstpointer data)
{
	g_autofree char *root = NULL;
	g_autofree char *file = place("b.telar", &root);
	g_autoptr(GError) error = NULL;

	(void)data;
	backup(f->workspace, file);
	g_assert_false(workspace_backup(f->workspace, file, NULL, &error));
	g_assert_error(error, TELAR_ERROR, TELAR_ERROR_CANNOT_CREATE);
	g_clear_error(&error);
	struct workspace *workspace = open_path(file);
	g_assert_false(workspace_write_out(workspace, f->dir, true, NULL, &error));
	g_assert_error(error, TELAR_ERROR, TELAR_ERROR_CANNOT_CREATE);
	workspace_close(workspace);
	remove_tree(root);
}

static void spoil(const char *path, const char *id, const char *city)
{
	g_autoptr(GError) error = NULL;
	struct pool *pool = pool_new();
	struct store *store = store_open(path, false, &error);
	struct institution *one = store_get(store, KIND_INSTITUTION, id, pool, &error);

	one->city = city;
	g_assert_true(store_begin(store, &error) &&
		      store_put(store, KIND_INSTITUTION, one, &error) &&
		      store_commit(store, &error));
	store_close(store);
	pool_unref(pool);
}

/* A backup whose records and bytes contradict each other, or that no file could hold. */
static void test_tampered(struct fixture *f, gconstpointer data)
{
	static const char *const cities[] = { "Elsewhere", "Li\x1b[31mma" };

	(void)data;
	for (guint i = 0; i < G_N_ELEMENTS(cities); i++) {
		g_autofree char *root = NULL;
		g_autofree char *file = place("b.telar", &root);
		g_autofree char *into = g_build_filename(root, "into", NULL);
		g_autoptr(GError) error = NULL;

		backup(f->workspace, file);
		spoil(file, "alpha", cities[i]);
		struct workspace *workspace = open_path(file);
		g_assert_false(workspace_write_out(workspace, into, true, NULL, &error));
		g_assert_error(error, TELAR_ERROR, TELAR_ERROR_DATA);
		g_assert_false(g_file_test(into, G_FILE_TEST_EXISTS));
		workspace_close(workspace);
		remove_tree(root);
	}
}

/* A backup is whole at any moment of a writer's work. */
static void test_under_load(struct fixture *f, gconstpointer data)
{
	g_autofree char *root = g_dir_make_tmp("telar-XXXXXX", NULL);
	struct workspace *other = open_path(f->dir);

	(void)data;
	for (guint i = 0; i < 25; i++) {
		g_autofree char *city = g_strdup_printf("City %u", i);
		g_autofree char *name = g_strdup_printf("%s/%u.telar", root, i);

		set(f, "alpha", "city", city);
		backup(other, name);
		struct model *model = store_model(name, workspace_model(f->workspace)->today, NULL);
		const struct institution *alpha = model_get(model, KIND_INSTITUTION, "alpha");
		g_assert_cmpstr(alpha->city, ==, city);
		model_unref(model);
	}
	workspace_close(other);
	remove_tree(root);
}

static struct findings *doctor(const char *path, bool mend)
{
	struct workspace_options options;
	struct findings *findings = findings_new();
	g_autoptr(GError) error = NULL;
	bool looked = network_doctor(at(path, &options), mend, findings, &error);

	g_assert_no_error(error);
	g_assert_true(looked);
	return findings;
}

static bool found(const struct findings *findings, const char *code)
{
	for (guint i = 0; i < findings->all->len; i++) {
		if (strcmp(((struct finding *)findings->all->pdata[i])->code, code) == 0)
			return true;
	}
	return false;
}

static void assert_sound(const char *path)
{
	struct findings *findings = doctor(path, false);

	g_assert_cmpuint(findings->errors + findings->warnings, ==, 0);
	findings_free(findings);
}

static void test_doctor(struct fixture *f, gconstpointer data)
{
	g_autofree char *store = g_build_filename(f->dir, ".telar/network.telar", NULL);
	struct findings *findings = NULL;

	(void)data;
	set(f, "alpha", "city", "Lima");
	assert_sound(f->dir);
	put_file(f->dir, "institutions/.telar-1-1.tmp", "x");
	spoil(store, "beta", "Nowhere");
	findings = doctor(f->dir, false);
	g_assert_true(found(findings, "parted"));
	findings_free(findings);
	findings = doctor(f->dir, true);
	g_assert_true(found(findings, "mended"));
	g_assert_cmpuint(findings->errors, ==, 0); /* of no version is the other damaged */
	findings_free(findings);
	open_again(f);
	g_assert_cmpstr(institution(f, "beta")->city, !=, "Nowhere");
	struct change *last = newest(f);
	g_assert_cmpstr(last->actor, ==, "files"); /* mending is in the log like anything else */
	change_free(last);

	workspace_close(f->workspace);
	f->workspace = NULL;
	spoil(store, "alpha", "Void");
	findings = doctor(f->dir, false);
	g_assert_true(found(findings, "history"));
	findings_free(findings);
	g_autofree char *wal = g_strconcat(store, "-wal", NULL);
	put_file(f->dir, ".telar/network.telar", "no database any more, only a few words");
	g_unlink(wal);
	findings = doctor(f->dir, false);
	g_assert_true(found(findings, "damaged"));
	findings_free(findings);
}

/*
 * A store of an older build, whose vocabularies had no meaning_es, where nothing may be
 * written: if this fails, a build with one field more cannot show what the other kept.
 */
static void test_other_read_only(struct fixture *f, gconstpointer data)
{
	g_autofree char *root = NULL;
	g_autofree char *file = place("network.telar", &root);
	g_autofree char *copy = g_build_filename(root, "copy.telar", NULL);
	g_autoptr(GError) error = NULL;
	struct findings *findings = findings_new();
	struct workspace_options options;
	sqlite3 *db = NULL;

	(void)data;
	set(f, "alpha", "city", "Lima");
	guint64 fingerprint = workspace_model(f->workspace)->fingerprint;
	backup(f->workspace, file);
	g_assert_cmpint(sqlite3_open(file, &db), ==, SQLITE_OK);
	g_assert_cmpint(
		sqlite3_exec(db, "ALTER TABLE network_vocabularies_sectors DROP COLUMN meaning_es",
			     NULL, NULL, NULL),
		==, SQLITE_OK);
	sqlite3_close(db);
	at(file, &options);
	options.flags = WORKSPACE_READ_ONLY;
	struct workspace *workspace = workspace_open(&options, findings, &error);
	g_assert_no_error(error);
	g_assert_cmpuint(findings->errors, ==, 0);
	g_assert_cmpuint(workspace_model(workspace)->fingerprint, ==, fingerprint);
	g_autoptr(GPtrArray) log = workspace_log(workspace, NULL, &error);
	g_assert_no_error(error);
	g_assert_cmpuint(log->len, ==, 2);
	struct model *past = workspace_model_at(workspace, 1, &error);
	g_assert_no_error(error);
	const struct institution *alpha = model_get(past, KIND_INSTITUTION, "alpha");
	g_assert_cmpstr(alpha->city, !=, "Lima");
	model_unref(past);
	write_out(workspace, copy, false);
	assert_same_files(f->dir, copy);
	g_autofree char *second = g_build_filename(root, "second.telar", NULL);
	/* Not one without entries. */
	g_assert_false(workspace_backup(workspace, second, NULL, &error));
	g_assert_error(error, TELAR_ERROR, TELAR_ERROR_DATA);
	g_assert_false(g_file_test(second, G_FILE_TEST_EXISTS));
	workspace_close(workspace);
	findings_free(findings);
	findings = doctor(file, false);
	g_assert_true(found(findings, "version")); /* which is not damage */
	g_assert_cmpuint(findings->errors, ==, 0);
	findings_free(findings);
	remove_tree(root);
}

/* If it fails, who interrupts a backup or a restore finds hidden halves of one beside its place. */
static void test_interrupted(struct fixture *f, gconstpointer data)
{
	g_autofree char *root = NULL;
	g_autofree char *file = place("backup.telar", &root);
	struct interrupted interrupted;
	g_autoptr(GError) error = NULL;

	(void)data;
	interrupted_begin(&interrupted);
	g_assert_false(workspace_backup(f->workspace, file, NULL, &error));
	g_assert_error(error, TELAR_ERROR, TELAR_ERROR_CANCELLED);
	interrupted_end(&interrupted);
	g_clear_error(&error);
	interrupted_begin(&interrupted);
	g_assert_false(workspace_write_out(f->workspace, file, true, NULL, &error));
	g_assert_error(error, TELAR_ERROR, TELAR_ERROR_CANCELLED);
	interrupted_end(&interrupted);
	g_assert_cmpint(g_rmdir(root), ==, 0); /* nothing is in it */
}

#define TEST(name, function)                                                                       \
	g_test_add("/data/safety/" name, struct fixture, NULL, set_up, function, tear_down)

int main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	TEST("drill", test_drill);
	TEST("alone", test_alone);
	TEST("other-read-only", test_other_read_only);
	TEST("refused", test_refused);
	TEST("tampered", test_tampered);
	TEST("under-load", test_under_load);
	TEST("doctor", test_doctor);
	TEST("interrupted", test_interrupted);
	return g_test_run();
}
