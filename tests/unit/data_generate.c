/* A generated network as one store is a network like any other: read, checked, edited. */
#include "data/generate.h"
#include "data/model.h"
#include "data/past.h"
#include "data/safety.h"

#include <glib/gstdio.h>

static const gint64 now = 1782000000;
static const struct generate_options small = {
	.institutions = 60, .territories = 5, .programmes = 3, .degree = 4, .seed = 7
};

static void generate(GPtrArray *records[KIND_COUNT], struct pool *pool)
{
	for (guint k = 0; k < KIND_COUNT; k++)
		records[k] = g_ptr_array_new();
	generate_records(&small, pool, records);
}

/* The store holds what was generated, and the texts it keeps take an edit. */
static void test_store(void)
{
	GPtrArray *records[KIND_COUNT];
	struct pool *pool = pool_new();
	g_autofree char *root = g_dir_make_tmp("telar-XXXXXX", NULL);
	g_autofree char *path = g_build_filename(root, "made.telar", NULL);
	const struct clock clock = clock_fixed(&now);
	const struct workspace_options options = { .path = path, .actor = "eva", .clock = clock };
	struct findings *findings = findings_new();
	g_autoptr(GError) error = NULL;

	generate(records, pool);
	g_assert_true(network_make_store(records, path, &clock, &error));
	struct model *made = model_new(records, &pool, 1, "synthetic", clock_today(&clock), 1);
	struct workspace *workspace = workspace_open(&options, findings, &error);
	g_assert_no_error(error);
	g_assert_cmpuint(workspace_model(workspace)->fingerprint, ==, made->fingerprint);
	g_assert_cmpuint(workspace_model(workspace)->n_ties, ==, made->n_ties);
	g_assert_cmpuint(findings->errors, ==, 0);

	struct change *change = change_new();
	change_set(change, KIND_INSTITUTION, "i000003", "city", "Lima");
	g_assert_true(workspace_apply(workspace, change, &error));
	const struct institution *edited =
		model_get(workspace_model(workspace), KIND_INSTITUTION, "i000003");
	g_assert_cmpstr(edited->city, ==, "Lima");
	change_free(change);

	/* What stands at a path is never replaced. */
	g_assert_false(network_make_store(records, path, &clock, &error));
	workspace_close(workspace);
	model_unref(made);
	findings_free(findings);
	for (guint k = 0; k < KIND_COUNT; k++)
		g_ptr_array_unref(records[k]);
	pool_unref(pool);
	g_unlink(path);
	g_autofree char *lock = g_strconcat(path, ".lock", NULL);
	g_unlink(lock);
	g_rmdir(root);
}

/* Claims are ordered by pair, then by who speaks, and are about the other end of their tie. */
static void test_order(void)
{
	GPtrArray *records[KIND_COUNT];
	struct pool *pool = pool_new();

	generate(records, pool);
	struct model *model =
		model_new(records, &pool, 1, "synthetic", (struct date){ 2026, 1, 1 }, 1);
	g_assert_cmpuint(model->n_claims, >, 60);
	for (guint t = 0, at = 0; t < model->n_ties; t++) {
		const struct tie *tie = &model->ties[t], *before = tie - 1;

		g_assert_true(t == 0 || before->a < tie->a ||
			      (before->a == tie->a && before->b < tie->b));
		g_assert_cmpuint(tie->first_claim, ==, at);
		for (guint i = 0; i < tie->n_claims; i++, at++) {
			const struct claim *y = &model->claims[at], *x = y - 1;
			guint other = tie_other(tie, y->from);

			g_assert_true(y->from == tie->a || y->from == tie->b);
			g_assert_cmpstr(y->says->with, ==,
					model_institution(model, other)->base.id);
			g_assert_true(i == 0 || x->from < y->from ||
				      (x->from == y->from && x->item < y->item));
		}
	}
	model_unref(model);
	for (guint k = 0; k < KIND_COUNT; k++)
		g_ptr_array_unref(records[k]);
	pool_unref(pool);
}

static guint64 fingerprint_of(GPtrArray *const records[KIND_COUNT], struct pool *pool)
{
	struct model *model = model_new(records, &pool, 1, NULL, (struct date){ 2026, 1, 1 }, 1);
	guint64 fingerprint = model->fingerprint;

	model_unref(model);
	return fingerprint;
}

/* Many records are hashed in two threads: none is left out, and none counted twice. */
static void test_fingerprint(void)
{
	const struct generate_options many = {
		.institutions = 1500, .territories = 20, .programmes = 9, .degree = 2, .seed = 3
	};
	GPtrArray *whole[KIND_COUNT], *half[KIND_COUNT];
	struct pool *pool = pool_new();
	guint64 sum = 0;

	for (guint k = 0; k < KIND_COUNT; k++)
		whole[k] = g_ptr_array_new();
	generate_records(&many, pool, whole);
	for (guint part = 0; part < 2; part++) {
		for (guint k = 0; k < KIND_COUNT; k++) {
			half[k] = g_ptr_array_new();
			for (guint i = part; i < whole[k]->len; i += 2)
				g_ptr_array_add(half[k], whole[k]->pdata[i]);
		}
		sum += fingerprint_of(half, pool);
		for (guint k = 0; k < KIND_COUNT; k++)
			g_ptr_array_unref(half[k]);
	}
	for (guint round = 0; round < 20; round++)
		g_assert_cmpuint(fingerprint_of(whole, pool), ==, sum);
	for (guint k = 0; k < KIND_COUNT; k++)
		g_ptr_array_unref(whole[k]);
	pool_unref(pool);
}

int main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/generate/store", test_store);
	g_test_add_func("/generate/order", test_order);
	g_test_add_func("/generate/fingerprint", test_fingerprint);
	return g_test_run();
}
