/*
 * Exports from the app: a format from the list, a name, and what stands there already.
 */
#include "tests/unit/tui_crowd.h"
#include "tests/unit/tui_small.h"
#include "tui/session.h"

#include <glib/gstdio.h>

#include "base/errors.h"
#include "graph/export/export.h"

static char *export_to(struct study *study, const char *format, const char *path, bool replace,
		       GError **error)
{
	const struct export_order order = { .format = (char *)(gsize)format,
					    .path = (char *)(gsize)path,
					    .filter = (char *)(gsize) "",
					    .dialect = { .separator = ',' },
					    .replace = replace };

	return session_export(study, &order, NULL, error);
}

/* If it fails, one has to know names of formats, or is not told what each is for. */
static void test_formats(void)
{
	struct small s;

	small_open(&s);
	small_key(&s, 'x');
	small_sees(&s, "Export the whole network");
	small_sees(&s, "Tables for spreadsheets, R and pandas: a directory of CSV files");
	small_sees(&s, "GraphML for Gephi, yEd, igraph and networkx");
	small_type(&s, "gephi\r");
	small_sees(&s, "Name of the file: ");
	small_sees(&s, ".graphml");
	small_key(&s, TUI_ESCAPE);
	small_type(&s, "sheet\r");
	/* Else a spreadsheet shows a row in one cell, and broken accents. */
	small_sees(&s, "What will open the tables?");
	small_sees(&s, "Spreadsheets that write 0,5 (Colombia, Brazil, Spain): in your language");
	small_key(&s, TUI_ENTER);
	small_sees(&s, "Name of the directory: ");
	small_sees(&s, "R, pandas and other programs: commas");
	small_key(&s, TUI_ESCAPE);
	small_sees(&s, "What will open the tables?");
	small_key(&s, TUI_ENTER);
	/* Blanks are no name. */
	small_key(&s, TUI_CTRL('u'));
	small_type(&s, "  \r");
	small_sees(&s, "Name of the directory:");
	small_key(&s, TUI_ESCAPE);
	small_key(&s, TUI_ESCAPE);
	small_sees(&s, "The entries themselves, as files in a new directory");
	small_key(&s, TUI_ESCAPE);
	g_assert_cmpstr(app_top(s.app)->ops->name, ==, "overview");
	/* Ties that one side alone states are not in it. */
	s.world.confirmed = true;
	small_key(&s, 'x');
	small_sees(&s, "Export the network as it is shown");
	small_close(&s);
}

/* If it fails, contacts of everybody go out unasked, or where a part of the network is shown. */
static void test_entries(void)
{
	struct small s;

	small_open(&s);
	small_type(&s, ":export yaml out\r");
	g_assert_null(s.exported);
	small_sees(&s, "Write the entries to out?");
	small_sees(&s, "with contacts and what only coordinators may see");
	small_key(&s, 'n');
	g_assert_cmpstr(app_top(s.app)->ops->name, ==, "overview");
	small_type(&s, ":export yaml out\ry");
	small_sees(&s, "writing");
	small_key(&s, TUI_ESCAPE);
	small_type(&s, ":filter sector=academia\r:export yaml out\r");
	small_sees(&s, "Entries are written of the whole network only");
	g_assert_cmpstr(app_top(s.app)->ops->name, ==, "overview");
	small_key(&s, TUI_ESCAPE);
	small_type(&s, ":filter\r");
	s.world.confirmed = true;
	small_type(&s, ":export yaml out\r");
	small_sees(&s, "Entries are written of the whole network only");
	small_key(&s, TUI_ESCAPE);
	/* Tables are of what is shown. */
	small_type(&s, ":export csv out\r");
	small_sees(&s, "Export the network as it is shown");
	small_close(&s);
}

/* If it fails, a second export takes the place of the first without a question. */
static void test_replaces(void)
{
	struct small s;

	small_open(&s);
	small_type(&s, "x\r\r\r");
	small_sees(&s, "writing");
	small_event(&s, (struct event){ .type = EVENT_FAILED,
					.exported = true,
					.exists = true,
					.text = "x is there already" });
	small_sees(&s, "is there already. Replace it?");
	small_key(&s, 'n');
	small_sees(&s, "Name of the directory: ");
	small_key(&s, TUI_ENTER);
	small_event(&s, (struct event){ .type = EVENT_FAILED, .exported = true, .text = "No" });
	small_sees(&s, "No");
	small_sees(&s, "Name of the directory: ");
	small_key(&s, TUI_ENTER);
	small_event(&s, (struct event){ .type = EVENT_DONE, .exported = true, .text = "There" });
	small_sees(&s, "There");
	g_assert_cmpstr(app_top(s.app)->ops->name, ==, "overview");
	small_close(&s);
}

/* If it fails, a file is lost, or somebody has a directory called x.csv. */
static void test_written(void)
{
	g_autofree char *place = g_dir_make_tmp("telar-XXXXXX", NULL);
	g_autofree char *csv = g_build_filename(place, "x.csv", NULL);
	g_autofree char *graph = g_build_filename(place, "x.graphml", NULL);
	g_autofree char *first = NULL, *second = NULL, *third = NULL, *none = NULL;
	g_autoptr(GError) tables = NULL, taken = NULL, error = NULL;
	struct crowd crowd;

	crowd_open(&crowd, 30, 4, true);
	none = export_to(crowd.study, "csv", csv, false, &tables);
	g_assert_null(none);
	g_assert_nonnull(strstr(tables->message, "without .csv"));
	first = export_to(crowd.study, "graphml", graph, false, &error);
	g_assert_no_error(error);
	g_assert_nonnull(strstr(first, graph));
	second = export_to(crowd.study, "graphml", graph, false, &taken);
	g_assert_null(second);
	g_assert_error(taken, TELAR_ERROR, TELAR_ERROR_EXISTS);
	third = export_to(crowd.study, "graphml", graph, true, &error);
	g_assert_no_error(error);
	g_assert_nonnull(third);
	g_assert_cmpint(g_unlink(graph), ==, 0);
	g_assert_cmpint(g_rmdir(place), ==, 0);
	crowd_close(&crowd);
}

/* If it fails, Excel in Spanish is offered and gets commas all the same. */
static void test_dialect(void)
{
	const struct export_dialect *dialects;
	struct effects effects;
	struct small s;
	const struct effect *effect = NULL;
	guint n;

	small_open(&s);
	small_type(&s, "8x");
	small_sees(&s, "The register of gaps as tables");
	small_type(&s, "\rsemi\r");
	effects_init(&effects);
	app_update(s.app, &s.world, (struct event){ .type = EVENT_KEY, .key = TUI_ENTER },
		   &effects);
	for (guint i = 0; i < effects.all->len; i++)
		effect = g_ptr_array_index(effects.all, i);
	g_assert_nonnull(effect);
	g_assert_cmpint(effect->type, ==, EFFECT_EXPORT);
	/* Where the register is looked at, it is the first to be offered. */
	g_assert_cmpstr(effect->text, ==, "gaps");
	dialects = export_dialects(&n);
	g_assert_cmpuint(effect->side, >, 0);
	g_assert_cmpuint(effect->side, <=, n);
	g_assert_cmpint(dialects[effect->side - 1].separator, ==, ';');
	effects_release(&effects);
	small_close(&s);
}

/* The last effect of `key`; the caller releases `effects`. */
static const struct effect *effect_of(struct small *s, gunichar key, struct effects *effects)
{
	effects_init(effects);
	app_update(s->app, &s->world, (struct event){ .type = EVENT_KEY, .key = key }, effects);
	return effects->all->len == 0 ? NULL
				      : g_ptr_array_index(effects->all, effects->all->len - 1);
}

/* If it fails, what the view shows is not what its export is offered as, or is of other groups. */
static void test_views(void)
{
	const struct effect *effect;
	struct effects effects;
	struct small s;

	small_open(&s);
	small_type(&s, "7cx\r\r");
	effect = effect_of(&s, TUI_ENTER, &effects);
	g_assert_nonnull(effect);
	g_assert_cmpstr(effect->text, ==, "matrix");
	g_assert_cmpint(effect->crossing.rows, ==, BY_SECTOR);
	g_assert_cmpint(effect->crossing.cols, ==, BY_TERRITORY);
	effects_release(&effects);
	small_key(&s, TUI_ESCAPE);
	small_key(&s, TUI_ESCAPE);
	small_type(&s, "9x\r\r");
	effect = effect_of(&s, TUI_ENTER, &effects);
	g_assert_nonnull(effect);
	g_assert_cmpstr(effect->text, ==, "years");
	effects_release(&effects);
	small_close(&s);
}

/* If it fails, an export writes into the study that others read, or is of other groups. */
static void test_crossed(void)
{
	g_autofree char *place = g_dir_make_tmp("telar-XXXXXX", NULL);
	g_autofree char *out = g_build_filename(place, "x", NULL), *text = NULL, *said = NULL;
	g_autofree char *manifest = g_build_filename(out, "manifest.json", NULL);
	g_autofree char *table = g_build_filename(out, "matrix.csv", NULL);
	const struct export_order order = { .format = (char *)(gsize) "matrix",
					    .path = out,
					    .filter = (char *)(gsize) "",
					    .crossing = { BY_COUNTRY, BY_TIER } };
	g_autoptr(GError) error = NULL;
	struct study *study;
	struct crowd crowd;

	crowd_open(&crowd, 30, 4, false);
	study = study_new(crowd.model, NULL);
	said = session_export(study, &order, NULL, &error);
	g_assert_no_error(error);
	g_assert_false(study_has(study, STUDY_MATRIX));
	study_unref(study);
	g_assert_true(g_file_get_contents(manifest, &text, NULL, &error));
	g_assert_nonnull(strstr(text, "\"row_attribute\": \"country\""));
	g_assert_nonnull(strstr(text, "\"column_attribute\": \"tier\""));
	g_assert_cmpint(g_unlink(manifest), ==, 0);
	g_assert_cmpint(g_unlink(table), ==, 0);
	g_assert_cmpint(g_rmdir(out), ==, 0);
	g_assert_cmpint(g_rmdir(place), ==, 0);
	crowd_close(&crowd);
}

int main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/export/formats", test_formats);
	g_test_add_func("/export/entries", test_entries);
	g_test_add_func("/export/replaces", test_replaces);
	g_test_add_func("/export/dialect", test_dialect);
	g_test_add_func("/export/written", test_written);
	g_test_add_func("/export/views", test_views);
	g_test_add_func("/export/crossed", test_crossed);
	return g_test_run();
}
