/*
 * The past made of the present and history must be what was there, at every
 * change, whatever kinds of edits lie between.
 */
#include "data/past.h"

#include "data/store/store.h"
#include "tests/unit/data_fixture.h"

#include <glib/gstdio.h>

/* What the model was after each change. */
static void note(const struct fixture *f, GArray *seen)
{
	struct change *last = newest(f);
	guint64 fingerprint = workspace_model(f->workspace)->fingerprint;

	if (last->id >= (gint64)seen->len)
		g_array_set_size(seen, (guint)last->id + 1);
	g_array_index(seen, guint64, last->id) = fingerprint;
	change_free(last);
}

static void refresh(struct fixture *f)
{
	bool changed = false;
	g_autoptr(GError) error = NULL;

	g_assert_true(workspace_refresh(f->workspace, f->findings, &changed, &error));
	g_assert_no_error(error);
}

/* One edit of a random sort; whether it was possible does not matter. */
static void edit_somehow(struct fixture *f, GRand *rand, guint i)
{
	static const char *const cities[] = { "Lima", "Puebla", "Cusco", NULL };
	const struct model *model = workspace_model(f->workspace);
	const char *id = institution_name(
		model_institution(model, (guint)g_rand_int_range(
						 rand, 0, (gint32)model->n[KIND_INSTITUTION])),
		false);
	const struct institution *one = model_institution(
		model, (guint)g_rand_int_range(rand, 0, (gint32)model->n[KIND_INSTITUTION]));
	g_autofree char *new_id = g_strdup_printf("made-%u", i);
	g_autofree char *json = g_strdup_printf(
		"{\"id\":\"%s\",\"name\":\"%s\",\"sector\":\"%s\",\"country\":\"MX\"}", new_id, id,
		one->sector);
	g_autofree char *partner = g_strdup_printf(
		"{\"with\":\"%s\",\"since\":\"20%02d\"}",
		RECORD(model->records[KIND_INSTITUTION][i % model->n[KIND_INSTITUTION]])->id,
		g_rand_int_range(rand, 10, 26));
	struct change *change = change_new();

	switch (g_rand_int_range(rand, -1, 7)) {
	case -1:
	case 0:
		change_create(change, KIND_INSTITUTION, new_id, json);
		break;
	case 1:
		if (model->n[KIND_INSTITUTION] > 3)
			change_delete(change, KIND_INSTITUTION, one->base.id);
		break;
	case 2:
		change_insert(change, KIND_INSTITUTION, one->base.id, "partners", partner);
		break;
	case 3:
		if (one->partners.n > 0)
			change_remove(change, KIND_INSTITUTION, one->base.id, "partners")
				->position = 0;
		break;
	case 4:
		change_set(change, KIND_INSTITUTION, one->base.id, "tags",
			   i % 3 ? "[\"a\",\"b\"]" : NULL);
		break;
	case 5:
		workspace_undo(f->workspace, 0, NULL, NULL);
		break;
	default:
		change_set(change, KIND_INSTITUTION, one->base.id, "city", cities[i % 4]);
		change_set(change, KIND_INSTITUTION, one->base.id, "notes", new_id);
	}
	workspace_apply(f->workspace, change, NULL);
	change_free(change);
}

/* Somebody writes into a file by hand. */
static void edit_by_hand(struct fixture *f, guint i)
{
	const struct model *model = workspace_model(f->workspace);
	const char *id =
		RECORD(model->records[KIND_INSTITUTION][i % model->n[KIND_INSTITUTION]])->id;
	g_autofree char *path = g_strdup_printf("institutions/%s.yaml", id);
	g_autofree char *text = get_file(f->dir, path);
	g_autofree char *more = g_strdup_printf("%s\ncontact: hand%u@x.example\n", text, i);

	if (!strstr(text, "contact:"))
		put_file(f->dir, path, more);
	refresh(f);
}

static void assert_past(const struct fixture *f, const GArray *seen)
{
	for (guint id = 1; id < seen->len; id++) {
		g_autoptr(GError) error = NULL;
		struct model *model = workspace_model_at(f->workspace, id, &error);

		g_assert_no_error(error);
		g_assert_cmpuint(model->fingerprint, ==, g_array_index(seen, guint64, id));
		model_unref(model);
	}
}

static void test_every_change(struct fixture *f, gconstpointer data)
{
	g_autoptr(GArray) seen = g_array_new(FALSE, TRUE, sizeof(guint64));
	g_autoptr(GPtrArray) problems = g_ptr_array_new_with_free_func(g_free);
	GRand *rand = g_rand_new_with_seed(41);

	(void)data;
	note(f, seen);
	for (guint i = 0; i < 150; i++) {
		edit_somehow(f, rand, i);
		note(f, seen);
		if (i % 10 == 9) {
			edit_by_hand(f, i);
			note(f, seen);
		}
	}
	g_assert_cmpuint(seen->len, >, 80);
	assert_past(f, seen);
	g_assert_true(workspace_check_history(f->workspace, problems, NULL));
	g_assert_cmpuint(problems->len, ==, 0);
	g_rand_free(rand);
}

static void test_too_early(struct fixture *f, gconstpointer data)
{
	g_autoptr(GError) error = NULL;
	gint64 change = 7;

	(void)data;
	g_assert_null(workspace_model_at(f->workspace, 0, &error));
	g_assert_error(error, TELAR_ERROR, TELAR_ERROR_NO_INPUT);
	g_clear_error(&error);
	g_assert_false(workspace_change_before(f->workspace, now, &change, &error));
	g_assert_error(error, TELAR_ERROR, TELAR_ERROR_NO_INPUT);
	g_clear_error(&error);
	g_assert_cmpint(change, ==, 7);
	g_assert_true(workspace_change_before(f->workspace, now + 1, &change, &error));
	g_assert_cmpint(change, ==, 1);
}

/* A record that was changed behind the back of history is named, not guessed at. */
static void test_parted(struct fixture *f, gconstpointer data)
{
	g_autoptr(GPtrArray) problems = g_ptr_array_new_with_free_func(g_free);
	g_autoptr(GError) error = NULL;
	g_autofree char *path = g_build_filename(f->dir, ".telar/network.telar", NULL);
	const char *id = RECORD(workspace_model(f->workspace)->records[KIND_INSTITUTION][0])->id;
	struct pool *pool = pool_new();

	(void)data;
	set(f, id, "city", "Lima");
	struct store *store = store_open(path, false, &error);
	g_assert_no_error(error);
	struct institution *behind = store_get(store, KIND_INSTITUTION, id, pool, &error);
	behind->city = "Quito";
	g_assert_true(store_begin(store, &error) &&
		      store_put(store, KIND_INSTITUTION, behind, &error) &&
		      store_commit(store, &error));
	store_close(store);
	pool_unref(pool);
	g_assert_null(workspace_model_at(f->workspace, 1, &error));
	g_assert_error(error, TELAR_ERROR, TELAR_ERROR_DATA);
	g_assert_true(workspace_check_history(f->workspace, problems, NULL));
	g_assert_cmpuint(problems->len, ==, 1);
	g_assert_nonnull(strstr(problems->pdata[0], id));
}

static void test_snapshot(struct fixture *f, gconstpointer data)
{
	static const char *const bad[] = { "", "2026", "57", "2026-11", "Spring", "a b" };
	g_autoptr(GError) error = NULL;
	gint64 change = 0;

	(void)data;
	for (guint i = 0; i < G_N_ELEMENTS(bad); i++) {
		g_assert_false(workspace_snapshot(f->workspace, bad[i], NULL, &change, &error));
		g_assert_error(error, TELAR_ERROR, TELAR_ERROR_USAGE);
		g_clear_error(&error);
	}
	g_assert_true(workspace_snapshot(f->workspace, "spring", "before", &change, &error));
	g_assert_cmpint(change, ==, 1);
	g_assert_false(workspace_snapshot(f->workspace, "spring", NULL, &change, &error));
	g_assert_error(error, TELAR_ERROR, TELAR_ERROR_CONFLICT);
	g_autoptr(GPtrArray) all = workspace_snapshots(f->workspace, NULL);
	g_assert_cmpuint(all->len, ==, 1);
	g_assert_cmpstr(((struct snapshot *)all->pdata[0])->note, ==, "before");
}

static void propose(struct fixture *f, const char *of, const char *partner, const char *actor)
{
	const struct workspace_options options = { .path = f->dir,
						   .actor = actor,
						   .clock = clock_fixed(&now) };
	struct change *change = change_new();

	workspace_close(f->workspace);
	f->workspace = workspace_open(&options, f->findings, NULL);
	change_insert(change, KIND_INSTITUTION, of, "partners", partner);
	apply(f, change);
	change_free(change);
}

/* If it fails, who proposed a partnership is forgotten, or is whoever wrote there last. */
static void test_proposal(struct fixture *f, gconstpointer data)
{
	g_autofree char *actor = NULL;
	gint64 at = -1;

	(void)data;
	put_file(f->dir, "institutions/gamma.yaml", "id: gamma\nname: Gamma\nsector: edustem\n");
	g_assert_true(workspace_proposal(f->workspace, "beta", "gamma", &at, &actor, NULL));
	g_assert_cmpint(at, ==, 0);
	propose(f, "gamma", "{\"with\":\"beta\",\"status\":\"proposed\"}", "bea");
	propose(f, "gamma", "{\"with\":\"alpha\",\"status\":\"proposed\"}", "carl");
	for (guint i = 0; i < 60; i++) {
		struct change *change = change_new();
		g_autofree char *city = g_strdup_printf("City %u", i);

		change_set(change, KIND_INSTITUTION, i % 2 ? "beta" : "gamma", "city", city);
		apply(f, change);
		change_free(change);
	}
	g_assert_true(workspace_proposal(f->workspace, "beta", "gamma", &at, &actor, NULL));
	g_assert_cmpint(at, ==, now);
	g_assert_cmpstr(actor, ==, "bea");
}

#define TEST(name, function)                                                                       \
	g_test_add("/data/past/" name, struct fixture, NULL, set_up, function, tear_down)

int main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	TEST("every-change", test_every_change);
	TEST("too-early", test_too_early);
	TEST("parted", test_parted);
	TEST("snapshot", test_snapshot);
	TEST("proposal", test_proposal);
	return g_test_run();
}
