/*
 * A workspace over a directory: what opening reads, what an edit leaves in file,
 * store, history and model, what is refused, what undo restores.
 */
#include "data/workspace.h"

#include "base/errors.h"
#include "data/store/sqlite_private.h"
#include "tests/unit/data_small_network.h"

#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static const gint64 now = (gint64)1795310525 * 1000000; /* 2026-11-22 */

struct fixture {
	char *dir;
	struct workspace *workspace;
	struct findings *findings;
};

static void open_again(struct fixture *f)
{
	g_autoptr(GError) error = NULL;
	const struct workspace_options options = { .path = f->dir,
						   .actor = "ana",
						   .clock = clock_fixed(&now) };

	workspace_close(f->workspace);
	if (f->findings)
		findings_free(f->findings);
	f->findings = findings_new();
	f->workspace = workspace_open(&options, f->findings, &error);
	g_assert_no_error(error);
	g_assert_nonnull(f->workspace);
}

static void set_up(struct fixture *f, gconstpointer data)
{
	(void)data;
	f->dir = small_network();
	open_again(f);
}

static void tear_down(struct fixture *f, gconstpointer data)
{
	(void)data;
	workspace_close(f->workspace);
	findings_free(f->findings);
	remove_tree(f->dir);
	g_free(f->dir);
}

static const struct institution *institution(const struct fixture *f, const char *id)
{
	return model_get(workspace_model(f->workspace), KIND_INSTITUTION, id);
}

static void apply(struct fixture *f, struct change *change)
{
	g_autoptr(GError) error = NULL;
	bool done = workspace_apply(f->workspace, change, &error);

	g_assert_no_error(error);
	g_assert_true(done);
}

static void set(struct fixture *f, const char *id, const char *path, const char *value)
{
	struct change *change = change_new();

	change_set(change, KIND_INSTITUTION, id, path, value);
	apply(f, change);
	change_free(change);
}

static void assert_file(const struct fixture *f, const char *path, const char *wanted)
{
	g_autofree char *text = get_file(f->dir, path);

	g_assert_cmpstr(text, ==, wanted);
}

static void assert_in_file(const struct fixture *f, const char *path, const char *line)
{
	g_autofree char *text = get_file(f->dir, path);

	g_assert_nonnull(text);
	if (!strstr(text, line))
		g_test_message("%s", text);
	g_assert_nonnull(strstr(text, line));
}

static guint log_length(const struct fixture *f)
{
	g_autoptr(GPtrArray) log = workspace_log(f->workspace, NULL, NULL);

	return log->len;
}

static struct change *newest(const struct fixture *f)
{
	struct log_query query = { .limit = 1 };
	g_autoptr(GPtrArray) log = workspace_log(f->workspace, &query, NULL);

	g_assert_cmpuint(log->len, ==, 1);
	return change_copy(log->pdata[0]);
}

/* What is derived must not be left over from an earlier generation. */
static void assert_same_ties(const struct model *a, const struct model *b)
{
	g_assert_cmpuint(a->n_ties, ==, b->n_ties);
	g_assert_cmpuint(a->n_claims, ==, b->n_claims);
	for (guint i = 0; i < a->n_ties; i++) {
		g_assert_cmpuint(a->ties[i].a, ==, b->ties[i].a);
		g_assert_cmpuint(a->ties[i].b, ==, b->ties[i].b);
		g_assert_cmpint(a->ties[i].state, ==, b->ties[i].state);
		g_assert_cmpint(a->ties[i].intensity, ==, b->ties[i].intensity);
	}
}

/* Opens a second time without the store and compares: store and files say the same. */
static void assert_agrees(struct fixture *f)
{
	g_autoptr(GError) error = NULL;
	struct findings *findings = findings_new();
	struct model *model = NULL;
	guint64 fingerprint = workspace_model(f->workspace)->fingerprint;

	g_assert_true(directory_read(f->dir, NULL, workspace_model(f->workspace)->today, findings,
				     &model, &error));
	g_assert_no_error(error);
	g_assert_cmpuint(model->fingerprint, ==, fingerprint);
	assert_same_ties(model, workspace_model(f->workspace));
	model_unref(model);
	findings_free(findings);
	guint before = log_length(f);
	open_again(f);
	g_assert_cmpuint(workspace_model(f->workspace)->fingerprint, ==, fingerprint);
	g_assert_cmpuint(log_length(f), ==, before);
}

/* --- opening ----------------------------------------------------------------------- */

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

/* --- edits ------------------------------------------------------------------------- */

static void test_set(struct fixture *f, gconstpointer data)
{
	g_autoptr(GString) wanted = g_string_new(alpha_text);
	guint64 generation = workspace_model(f->workspace)->generation;

	(void)data;
	set(f, "alpha", "url", "https://new.example");
	g_string_replace(wanted, "https://alpha.example", "https://new.example", 1);
	assert_file(f, "institutions/alpha.yaml", wanted->str);
	g_assert_cmpstr(institution(f, "alpha")->url, ==, "https://new.example");
	g_assert_cmpuint(workspace_model(f->workspace)->generation, ==, generation + 1);
	struct change *change = newest(f);
	g_assert_cmpstr(change->actor, ==, "ana");
	g_assert_cmpstr(change->summary, ==, "alpha: url");
	g_assert_cmpint(change->at, ==, now);
	const struct op *op = change->ops->pdata[0];
	g_assert_cmpstr(op->old_text, ==, "https://alpha.example");
	change_free(change);
	assert_agrees(f);
}

static void test_items(struct fixture *f, gconstpointer data)
{
	struct change *change = change_new();

	(void)data;
	change_set(change, KIND_INSTITUTION, "alpha", "partners[beta].intensity", "cooperation");
	change_insert(change, KIND_INSTITUTION, "beta", "partners",
		      "{\"with\": \"alpha\", \"kinds\": [\"training\"], \"since\": \"2019\"}");
	change_insert(change, KIND_INSTITUTION, "beta", "offers", "{\"capacity\": \"content\"}");
	apply(f, change);
	change_free(change);
	const struct tie *tie = &workspace_model(f->workspace)->ties[0];
	g_assert_cmpint(tie->state, ==, TIE_CONFIRMED);
	g_assert_cmpint(tie->intensity, ==, 1);
	assert_in_file(f, "institutions/alpha.yaml", "  - with: beta   # since long\n");
	assert_agrees(f);
	g_assert_true(workspace_undo(f->workspace, 0, NULL, NULL));
	assert_file(f, "institutions/alpha.yaml", alpha_text);
	assert_file(f, "institutions/beta.yaml", beta_text);
	assert_agrees(f);
}

static void test_create_and_delete(struct fixture *f, gconstpointer data)
{
	struct change *change = change_new();
	g_autoptr(GError) error = NULL;

	(void)data;
	change_create(change, KIND_INSTITUTION, "gamma",
		      "{\"name\": \"Gamma\", \"sector\": \"edustem\", "
		      "\"partners\": [{\"with\": \"alpha\"}]}");
	apply(f, change);
	change_free(change);
	assert_in_file(f, "institutions/gamma.yaml", "id: gamma\n");
	assert_agrees(f);

	change = change_new();
	change_delete(change, KIND_INSTITUTION, "beta");
	g_assert_false(workspace_apply(f->workspace, change, &error));
	g_assert_error(error, TELAR_ERROR, TELAR_ERROR_FINDINGS);
	g_assert_nonnull(strstr(error->message, "alpha"));
	g_assert_nonnull(institution(f, "beta"));
	assert_file(f, "institutions/beta.yaml", beta_text);
	change_free(change);

	change = change_new(); /* with the reference taken away in the same change it may go */
	change_delete(change, KIND_INSTITUTION, "beta");
	change_remove(change, KIND_INSTITUTION, "alpha", "partners[beta]");
	apply(f, change);
	change_free(change);
	assert_file(f, "institutions/beta.yaml", NULL);
	assert_agrees(f);
	g_assert_true(workspace_undo(f->workspace, 0, NULL, NULL));
	assert_file(f, "institutions/beta.yaml", beta_text);
	assert_file(f, "institutions/alpha.yaml", alpha_text);
	assert_agrees(f);
}

static void refuse(struct fixture *f, const char *id, const char *path, const char *value, int code)
{
	g_autoptr(GError) error = NULL;
	struct change *change = change_new();
	guint before = log_length(f);

	change_set(change, KIND_INSTITUTION, id, path, value);
	g_assert_false(workspace_apply(f->workspace, change, &error));
	g_assert_error(error, TELAR_ERROR, code);
	change_free(change);
	assert_file(f, "institutions/alpha.yaml", alpha_text);
	g_assert_cmpuint(log_length(f), ==, before);
}

static void test_refused(struct fixture *f, gconstpointer data)
{
	(void)data;
	refuse(f, "alpha", "sector", "edu-stem", TELAR_ERROR_FINDINGS);
	refuse(f, "alpha", "sector", NULL, TELAR_ERROR_FINDINGS);
	refuse(f, "alpha", "territories", "[\"sur\"]", TELAR_ERROR_FINDINGS);
	refuse(f, "alpha", "url", "javascript:x", TELAR_ERROR_FINDINGS);
	refuse(f, "alpha", "nothing", "x", TELAR_ERROR_USAGE);
	refuse(f, "alpha", "id", "omega", TELAR_ERROR_USAGE);
	refuse(f, "nobody", "url", "https://x.example", TELAR_ERROR_NO_INPUT);
	refuse(f, "../alpha", "url", "https://x.example", TELAR_ERROR_USAGE);
}

/* A tie's state follows the freshness of the entry of the one who was not heard. */
static void test_freshness(struct fixture *f, gconstpointer data)
{
	(void)data;
	g_assert_cmpint(workspace_model(f->workspace)->ties[0].state, ==, TIE_UNANSWERABLE);
	set(f, "beta", "verified", "2026-10");
	g_assert_cmpint(workspace_model(f->workspace)->ties[0].state, ==, TIE_CLAIMED);
	set(f, "beta", "city", "Lima");
	g_assert_cmpint(workspace_model(f->workspace)->ties[0].state, ==, TIE_CLAIMED);
	struct change *change = change_new();
	change_set(change, KIND_NETWORK, "red", "settings.stale_months", "1");
	apply(f, change);
	change_free(change);
	g_assert_cmpint(workspace_model(f->workspace)->ties[0].state, ==, TIE_CLAIMED);
	set(f, "beta", "verified", "2026-08");
	g_assert_cmpint(workspace_model(f->workspace)->ties[0].state, ==, TIE_UNANSWERABLE);
	assert_agrees(f);
}

/* Words that entries use cannot be taken out of the network through the program. */
static void test_word_in_use(struct fixture *f, gconstpointer data)
{
	g_autoptr(GError) error = NULL;
	struct change *change = change_new();

	(void)data;
	change_remove(change, KIND_NETWORK, "red", "vocabularies.sectors[business]");
	g_assert_false(workspace_apply(f->workspace, change, &error));
	g_assert_error(error, TELAR_ERROR, TELAR_ERROR_FINDINGS);
	change_free(change);
	change = change_new();
	change_remove(change, KIND_NETWORK, "red", "vocabularies.kinds[funding]");
	apply(f, change);
	change_free(change);
	assert_agrees(f);
}

static void test_check(struct fixture *f, gconstpointer data)
{
	struct change *change = change_new();
	struct findings *findings = findings_new();
	g_autoptr(GError) error = NULL;

	(void)data;
	change_set(change, KIND_INSTITUTION, "alpha", "sector", "edu-stem");
	g_assert_true(workspace_check(f->workspace, change, findings, &error));
	g_assert_cmpuint(findings->errors, ==, 1);
	assert_file(f, "institutions/alpha.yaml", alpha_text);
	findings_free(findings);
	change_free(change);
}

/* Nothing is recorded for a value that is what it was. */
static void test_idle(struct fixture *f, gconstpointer data)
{
	guint before = log_length(f);

	(void)data;
	set(f, "alpha", "country", "MX");
	g_assert_cmpuint(log_length(f), ==, before);
	assert_file(f, "institutions/alpha.yaml", alpha_text);
}

/* --- two people ---------------------------------------------------------------------- */

static void test_conflict(struct fixture *f, gconstpointer data)
{
	struct fixture other = { .dir = f->dir };
	g_autoptr(GError) error = NULL;
	struct change *change = change_new();

	(void)data;
	open_again(&other);
	set(f, "alpha", "city", "Puebla");
	/* The other still has the form with the empty field open. */
	change_set(change, KIND_INSTITUTION, "alpha", "city", "Lima")->old_text = g_strdup("");
	g_assert_false(workspace_apply(other.workspace, change, &error));
	g_assert_error(error, TELAR_ERROR, TELAR_ERROR_CONFLICT);
	g_assert_nonnull(strstr(error->message, "Puebla"));
	g_assert_nonnull(strstr(error->message, "ana"));
	change_free(change);
	/* Different fields do not meet. */
	change = change_new();
	change_set(change, KIND_INSTITUTION, "alpha", "short_name", "A")->old_text = g_strdup("");
	apply(&other, change);
	change_free(change);
	g_assert_cmpstr(institution(&other, "alpha")->city, ==, "Puebla");
	bool changed = false;
	g_assert_true(workspace_refresh(f->workspace, f->findings, &changed, NULL));
	g_assert_true(changed);
	g_assert_cmpstr(institution(f, "alpha")->short_name, ==, "A");
	workspace_close(other.workspace);
	findings_free(other.findings);
	assert_agrees(f);
}

/* A file changed by hand between reading and editing is read first, never overwritten. */
static void test_edited_meanwhile(struct fixture *f, gconstpointer data)
{
	g_autofree char *theirs = g_strconcat(alpha_text, "city: Lima\n", NULL);
	g_autoptr(GError) error = NULL;
	struct change *change = change_new();

	(void)data;
	put_file(f->dir, "institutions/alpha.yaml", theirs);
	set(f, "alpha", "country", "PE");
	assert_in_file(f, "institutions/alpha.yaml", "city: Lima\n");
	assert_in_file(f, "institutions/alpha.yaml", "country: PE\n");
	g_assert_cmpstr(institution(f, "alpha")->city, ==, "Lima");
	put_file(f->dir, "institutions/alpha.yaml", alpha_text);
	change_set(change, KIND_INSTITUTION, "alpha", "country", "CO")->old_text = g_strdup("PE");
	g_assert_false(workspace_apply(f->workspace, change, &error));
	g_assert_error(error, TELAR_ERROR, TELAR_ERROR_CONFLICT);
	change_free(change);
	assert_file(f, "institutions/alpha.yaml", alpha_text);
}

static void test_refresh(struct fixture *f, gconstpointer data)
{
	bool changed = true;

	(void)data;
	g_assert_true(workspace_refresh(f->workspace, f->findings, &changed, NULL));
	g_assert_false(changed);
	put_file(f->dir, "institutions/gamma.yaml", "id: gamma\nname: Gamma\nsector: edustem\n");
	g_assert_true(workspace_refresh(f->workspace, f->findings, &changed, NULL));
	g_assert_true(changed);
	g_assert_nonnull(institution(f, "gamma"));
}

/* --- undo ------------------------------------------------------------------------------ */

static void test_undo_redo(struct fixture *f, gconstpointer data)
{
	g_autoptr(GError) error = NULL;
	struct change *done = NULL;

	(void)data;
	g_assert_false(workspace_undo(f->workspace, 0, NULL, &error));
	g_assert_error(error, TELAR_ERROR, TELAR_ERROR_NO_INPUT);
	g_clear_error(&error);
	set(f, "alpha", "city", "Puebla");
	set(f, "alpha", "city", "Lima");
	g_autofree char *lima = get_file(f->dir, "institutions/alpha.yaml");
	g_assert_true(workspace_undo(f->workspace, 0, &done, &error));
	g_assert_cmpstr(done->summary, ==, "undo: alpha: city");
	g_assert_cmpstr(institution(f, "alpha")->city, ==, "Puebla");
	g_clear_pointer(&done, change_free);
	g_assert_true(workspace_undo(f->workspace, 0, NULL, &error));
	assert_file(f, "institutions/alpha.yaml", alpha_text);
	g_assert_false(workspace_undo(f->workspace, 0, NULL, NULL));
	g_assert_true(workspace_redo(f->workspace, NULL, &error));
	g_assert_cmpstr(institution(f, "alpha")->city, ==, "Puebla");
	g_assert_true(workspace_redo(f->workspace, &done, &error));
	g_assert_cmpstr(done->summary, ==, "redo: alpha: city");
	g_clear_pointer(&done, change_free);
	assert_file(f, "institutions/alpha.yaml", lima);
	g_assert_false(workspace_redo(f->workspace, NULL, NULL));
	g_assert_true(workspace_undo(f->workspace, 0, NULL, &error));
	g_assert_cmpstr(institution(f, "alpha")->city, ==, "Puebla");
	assert_agrees(f);
}

/* Somebody's later edit of another field survives the undo; of the same field stops it. */
static void test_undo_after_others(struct fixture *f, gconstpointer data)
{
	g_autoptr(GError) error = NULL;

	(void)data;
	set(f, "alpha", "city", "Puebla");
	struct change *change = newest(f);
	set(f, "alpha", "country", "PE");
	g_assert_true(workspace_undo(f->workspace, change->id, NULL, &error));
	g_assert_no_error(error);
	g_assert_null(institution(f, "alpha")->city);
	g_assert_cmpstr(institution(f, "alpha")->country, ==, "PE");
	g_assert_false(workspace_undo(f->workspace, change->id, NULL, &error));
	g_assert_error(error, TELAR_ERROR, TELAR_ERROR_NO_INPUT);
	g_clear_error(&error);
	change_free(change);
	set(f, "alpha", "url", "https://one.example");
	change = newest(f);
	set(f, "alpha", "url", "https://two.example");
	g_assert_false(workspace_undo(f->workspace, change->id, NULL, &error));
	g_assert_error(error, TELAR_ERROR, TELAR_ERROR_CONFLICT);
	change_free(change);
	assert_agrees(f);
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
	TEST("set", test_set);
	TEST("items", test_items);
	TEST("create-and-delete", test_create_and_delete);
	TEST("refused", test_refused);
	TEST("freshness", test_freshness);
	TEST("word-in-use", test_word_in_use);
	TEST("check", test_check);
	TEST("idle", test_idle);
	TEST("conflict", test_conflict);
	TEST("edited-meanwhile", test_edited_meanwhile);
	TEST("refresh", test_refresh);
	TEST("undo-redo", test_undo_redo);
	TEST("undo-after-others", test_undo_after_others);
	return g_test_run();
}
