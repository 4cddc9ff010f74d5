/*
 * The networks in contrib/: each is without a finding, and the synthetic one has
 * every field of every kind of record.  A new field without an example fails here.
 */
#include "base/errors.h"
#include "data/workspace.h"

#include <glib.h>
#include <stdlib.h>
#include <string.h>

static const char *const networks[] = { "red-stem", "ecosistema-stem", "unesco-alliance",
					"ensena-por-mexico", "territorio-ejemplo" };

static char *path_of(const char *name)
{
	const char *tests = g_getenv("TELAR_TESTS") ? g_getenv("TELAR_TESTS") : "tests";

	return g_build_filename(tests, "..", "contrib", name, NULL);
}

static struct model *read_network(const char *name)
{
	g_autofree char *path = path_of(name);
	struct findings *findings = findings_new();
	g_autoptr(GError) error = NULL;
	struct model *model = NULL;
	struct date today = { 0 };

	g_assert_true(date_parse("2026-11-22", &today));
	g_assert_true(directory_read(path, NULL, today, findings, &model, NULL, &error));
	g_assert_no_error(error);
	if (findings->all->len > 0) {
		findings_write(findings, FINDINGS_TEXT, false, name, stderr);
		g_error("%s has findings", name);
	}
	findings_free(findings);
	return model;
}

static void test_clean(void)
{
	for (guint i = 0; i < G_N_ELEMENTS(networks); i++) {
		struct model *model = read_network(networks[i]);

		g_assert_cmpuint(model->n[KIND_INSTITUTION], >, 0);
		model_unref(model);
	}
}

/* Notes every field that is set in the record and in what it holds. */
static void note(const struct record_type *type, const void *record, GHashTable *seen)
{
	for (guint i = 0; i < type->n_fields; i++) {
		const struct field *field = &type->fields[i];
		const void *at = field_at(field, record);

		if (!field_is_set(field, record))
			continue;
		g_hash_table_add(seen, (gpointer)(gsize)field);
		if (field->type == FIELD_GROUP)
			note(field->sub, at, seen);
		if (field->type != FIELD_ITEMS)
			continue;
		const struct items *items = at;
		for (guint n = 0; n < items->n; n++)
			note(field->sub, (const char *)items->at + (gsize)n * field->sub->size,
			     seen);
	}
}

static guint count_missing(const struct record_type *type, GHashTable *seen, const char *where)
{
	guint missing = 0;

	for (guint i = 0; i < type->n_fields; i++) {
		const struct field *field = &type->fields[i];
		g_autofree char *path = g_strdup_printf("%s.%s", where, field->key);

		if (!(field->flags & FIELD_DERIVED) && !g_hash_table_contains(seen, field)) {
			g_test_message("territorio-ejemplo lacks %s", path);
			missing++;
		}
		if (field->sub)
			missing += count_missing(field->sub, seen, path);
	}
	return missing;
}

static void test_every_field(void)
{
	struct model *model = read_network("territorio-ejemplo");
	GHashTable *seen = g_hash_table_new(NULL, NULL);
	guint missing = 0;

	for (guint k = 0; k < KIND_COUNT; k++) {
		for (guint i = 0; i < model->n[k]; i++)
			note(record_type((enum kind)k), model->records[k][i], seen);
	}
	for (guint k = 0; k < KIND_COUNT; k++)
		missing += count_missing(record_type((enum kind)k), seen,
					 record_type((enum kind)k)->name);
	g_assert_cmpuint(missing, ==, 0);
	g_hash_table_unref(seen);
	model_unref(model);
}

/* Whoever meets one of its records anywhere must be told that it is made up. */
static void test_marked(void)
{
	struct model *model = read_network("territorio-ejemplo");

	for (guint k = 0; k < KIND_COUNT; k++) {
		for (guint i = 0; i < model->n[k]; i++) {
			const struct record *record = RECORD(model->records[k][i]);

			if (record_is_single(record_type((enum kind)k)))
				continue;
			g_assert_true(list_has(record->tags, "synthetic"));
			g_assert_nonnull(record->notes);
			g_assert_nonnull(strstr(record->notes, "Synthetic"));
		}
	}
	model_unref(model);
}

/* If it fails, who gives up reading waits for the end of it, or takes a part for the whole. */
static void test_given_up(void)
{
	const struct date today = { 2026, 6, 1 };
	g_autofree char *path = path_of("red-stem");
	g_autoptr(GCancellable) cancel = g_cancellable_new();
	g_autoptr(GError) error = NULL;
	struct findings *findings = findings_new();
	struct model *model = NULL;

	g_cancellable_cancel(cancel);
	g_assert_false(directory_read(path, NULL, today, findings, &model, cancel, &error));
	g_assert_error(error, TELAR_ERROR, TELAR_ERROR_CANCELLED);
	g_assert_cmpuint(findings->all->len, ==, 0);
	g_assert_null(model);
	findings_free(findings);
}

int main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/networks/clean", test_clean);
	g_test_add_func("/networks/every-field", test_every_field);
	g_test_add_func("/networks/marked", test_marked);
	g_test_add_func("/networks/given-up", test_given_up);
	return g_test_run();
}
