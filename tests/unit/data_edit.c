/*
 * Edits: what one leaves in file, store, history and model, what is refused, how
 * two people meet, what undo restores.
 */
#include "tests/unit/data_fixture.h"

#include "data/node.h"

static void test_set(struct fixture *f, gconstpointer data)
{
	g_autoptr(GString) wanted = g_string_new(alpha_text);
	guint64 generation = workspace_model(f->workspace)->generation;

	(void)data;
	set(f, "alpha", "url", "https://new.example");
	g_string_replace(wanted, "https://alpha.example", "https://new.example", 1);
	assert_file(f, "institutions/alpha.yaml", wanted->str);
	g_assert_cmpstr(institution_details(institution(f, "alpha"))->url, ==,
			"https://new.example");
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

/* If it fails, putting partners in another order loses what is noted beside them in the file. */
static void test_move(struct fixture *f, gconstpointer data)
{
	const char *item = "{\"with\":\"beta\",\"kinds\":[\"training\"],\"since\":\"2019\"}";
	struct change *second = change_new(), *move = change_new();

	(void)data;
	change_insert(second, KIND_INSTITUTION, "alpha", "partners",
		      "{\"with\": \"beta\", \"kinds\": [\"funding\"]}");
	apply(f, second);
	g_autofree char *before = get_file(f->dir, "institutions/alpha.yaml");

	struct op *from = change_remove(move, KIND_INSTITUTION, "alpha", "partners");
	from->position = 0;
	from->old_text = g_strdup(item);
	change_insert(move, KIND_INSTITUTION, "alpha", "partners", item)->position = 1;
	apply(f, move);
	const struct partnership *partners =
		ITEMS(struct partnership, institution(f, "alpha")->partners);
	g_assert_cmpstr(partners[0].kinds[0], ==, "funding");
	assert_in_file(f, "institutions/alpha.yaml",
		       "    kinds: [funding]\n  - with: beta   # since long\n");
	assert_agrees(f);
	g_assert_true(workspace_undo(f->workspace, 0, NULL, NULL));
	assert_file(f, "institutions/alpha.yaml", before);
	assert_agrees(f);
	change_free(second);
	change_free(move);
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

static void refuse_change(struct fixture *f, struct change *change)
{
	struct findings *findings = findings_new();
	g_autoptr(GError) error = NULL;

	g_assert_true(workspace_check(f->workspace, change, findings, &error));
	g_assert_no_error(error);
	g_assert_cmpuint(findings->errors, >, 0);
	g_assert_false(workspace_apply(f->workspace, change, &error));
	g_assert_error(error, TELAR_ERROR, TELAR_ERROR_FINDINGS);
	change_free(change);
	findings_free(findings);
}

/*
 * Characters that no file may hold are a finding about the value, whatever verb
 * brings them: not a patch that fails.
 */
static void test_characters(struct fixture *f, gconstpointer data)
{
	static const char *const bad[] = { "a\033[2Jb",	     "a\001", "a\rb",
					   "a\302\205b",     "a\177", "a\342\200\256b",
					   "a\342\200\213b", "a\303", "\377" };
	struct change *change;

	(void)data;
	for (guint i = 0; i < G_N_ELEMENTS(bad); i++) {
		g_autofree char *valid = g_utf8_make_valid(bad[i], -1);

		refuse(f, "alpha", "city", bad[i], TELAR_ERROR_FINDINGS);
		refuse(f, "alpha", "notes", bad[i], TELAR_ERROR_FINDINGS);
		if (strcmp(valid, bad[i]) != 0)
			continue; /* no JSON either */
		struct node *list = node_list(), *item = node_map();
		node_append(list, NULL, node_scalar(bad[i]));
		node_append(item, "with", node_scalar("beta"));
		node_append(item, "title", node_scalar(bad[i]));
		g_autofree char *list_json = node_to_json(list);
		g_autofree char *item_json = node_to_json(item);
		refuse(f, "alpha", "aliases", list_json, TELAR_ERROR_FINDINGS);
		change = change_new();
		change_insert(change, KIND_INSTITUTION, "alpha", "partners", item_json);
		refuse_change(f, change);
		node_append(item, "name", node_scalar(bad[i]));
		g_autofree char *whole = node_to_json(item);
		change = change_new();
		change_create(change, KIND_INSTITUTION, "gamma", whole);
		refuse_change(f, change);
		node_free(list);
		node_free(item);
	}
	assert_file(f, "institutions/alpha.yaml", alpha_text);
	assert_file(f, "institutions/gamma.yaml", NULL);
	assert_agrees(f);
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
	struct log_query all = { 0 };
	g_autoptr(GPtrArray) log = workspace_log(f->workspace, &all, NULL);
	guint redone = 0;

	for (guint i = 0; i < log->len; i++)
		redone += ((const struct change *)log->pdata[i])->redone;
	g_assert_cmpuint(redone, ==, 2); /* and not what took them back */
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

/* What is said to stand in the way is taken back already: there is no way on. */
static void test_undo_in_the_way(struct fixture *f, gconstpointer data)
{
	g_autoptr(GError) error = NULL;

	(void)data;
	set(f, "alpha", "city", "Puebla");
	struct change *first = newest(f);
	set(f, "alpha", "city", "Lima");
	struct change *second = newest(f);
	set(f, "alpha", "city", "Quito");
	g_assert_true(workspace_undo(f->workspace, 0, NULL, &error));
	g_assert_false(workspace_undo(f->workspace, first->id, NULL, &error));
	g_assert_error(error, TELAR_ERROR, TELAR_ERROR_CONFLICT);
	g_autofree char *named = g_strdup_printf("it is change %" G_GINT64_FORMAT, second->id);
	g_assert_nonnull(strstr(error->message, named));
	g_clear_error(&error);
	g_assert_true(workspace_undo(f->workspace, second->id, NULL, &error));
	g_assert_true(workspace_undo(f->workspace, first->id, NULL, &error));
	g_assert_no_error(error);
	change_free(first);
	change_free(second);
	assert_agrees(f);
}

int main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
#define TEST(name, function)                                                                       \
	g_test_add("/data/edit/" name, struct fixture, NULL, set_up, function, tear_down)
	TEST("set", test_set);
	TEST("items", test_items);
	TEST("move", test_move);
	TEST("create-and-delete", test_create_and_delete);
	TEST("refused", test_refused);
	TEST("characters", test_characters);
	TEST("freshness", test_freshness);
	TEST("word-in-use", test_word_in_use);
	TEST("check", test_check);
	TEST("idle", test_idle);
	TEST("conflict", test_conflict);
	TEST("edited-meanwhile", test_edited_meanwhile);
	TEST("refresh", test_refresh);
	TEST("undo-redo", test_undo_redo);
	TEST("undo-after-others", test_undo_after_others);
	TEST("undo-in-the-way", test_undo_in_the_way);
	return g_test_run();
}
