/*
 * What leaves the program: hostile text stays text, private fields stay at home,
 * nothing is half written, and nobody's own tables are overwritten.
 */
#include "tests/unit/graph_small.h"
#include "tests/unit/interrupted.h"

#include "base/errors.h"
#include "base/sheet.h"
#include "graph/export/export.h"

#include <glib/gstdio.h>
#include <libxml/xmlreader.h>
#include <string.h>

struct place {
	char *dir;
	struct small small;
	struct study *study;
};

static void set_up(struct place *place)
{
	g_autoptr(GError) error = NULL;
	place->dir = g_dir_make_tmp("telar-export-XXXXXX", &error);
	g_assert_no_error(error);
	small_init(&place->small, 4);
	struct institution **all = place->small.all;
	all[0]->base.name = "=HYPERLINK(\"http://x\"), \"quoted\"\nand <b>&amp;";
	static const struct institution_details secret = { .contact = "secret@example.org" };
	all[0]->details = &secret;
	all[0]->lat = -33.45;
	all[1]->base.name = "-1 or +1";
	all[3]->base.name = "＝1＋1";
	all[2]->base.name = "bell \a and escape \033";
	small_details(&place->small, small_tie(&place->small, 0, 1, "integration"))->notes =
		"line one\nline two";
	small_tie(&place->small, 1, 0, "awareness");
	place->study = small_study(&place->small, STUDY_MEASURES);
}

static void remove_all(const char *path)
{
	GDir *dir = g_dir_open(path, 0, NULL);
	if (dir) {
		for (const char *name; (name = g_dir_read_name(dir));) {
			g_autofree char *inner = g_build_filename(path, name, NULL);
			remove_all(inner);
		}
		g_dir_close(dir);
	}
	g_remove(path);
}

static void tear_down(struct place *place)
{
	remove_all(place->dir);
	g_free(place->dir);
	study_unref(place->study);
	small_release(&place->small);
}

static char *read_file(const char *dir, const char *name)
{
	g_autofree char *path = g_build_filename(dir, name, NULL);
	char *text = NULL;
	g_assert_true(g_file_get_contents(path, &text, NULL, NULL));
	return text;
}

static bool export_to(struct place *place, const char *format, const char *path, GError **error)
{
	struct export_options options = { .path = path, .filter = "", .version = "test" };
	return export_find(format)->write(place->study, &options, error);
}

/* A cell that a spreadsheet runs, or a line break that tears a row, harms whoever opens the file.
 */
static void csv_cells(void)
{
	struct place place;
	g_autoptr(GError) error = NULL;
	set_up(&place);
	g_autofree char *out = g_build_filename(place.dir, "out", NULL);
	g_assert_true(export_to(&place, "csv", out, &error));
	g_assert_no_error(error);
	g_autofree char *rows = read_file(out, "institutions.csv");
	g_assert_nonnull(
		strstr(rows, "\ni000,\"'=HYPERLINK(\"\"http://x\"\"), \"\"quoted\"\"\nand "));
	g_assert_nonnull(strstr(rows, "\ni001,'-1 or +1,"));
	g_assert_nonnull(strstr(rows, ",-33.45,"));
	g_assert_null(strstr(rows, "secret"));
	g_assert_null(strstr(rows, "nan"));
	g_assert_nonnull(strstr(rows, "\ni003,'＝1＋1,"));
	static const char *const runs[] = { "＝1", "＋1", "－1", "＠1", "=1", "+1", "-1", "@1" };
	for (guint i = 0; i < G_N_ELEMENTS(runs); i++)
		g_assert_true(sheet_runs(runs[i]));
	g_assert_false(sheet_runs("ｆull width") || sheet_runs("\xef\xbc") || sheet_runs(""));
	g_autofree char *ties = read_file(out, "ties.csv");
	g_assert_nonnull(strstr(ties, "\ni000,i001,confirmed,,integration,,,no,2,4,"));
	g_autofree char *claims = read_file(out, "claims.csv");
	g_assert_null(strstr(claims, "secret"));
	g_autofree char *manifest = read_file(out, "manifest.json");
	g_assert_nonnull(strstr(manifest, "\"institutions\": 4"));
	tear_down(&place);
}

/* If it fails, a spreadsheet where decimals have a comma shows texts in the place of numbers, or
 * ids in that of names. */
static void csv_for_people(void)
{
	struct place place;
	g_autoptr(GError) error = NULL;
	set_up(&place);
	place.small.all[2]->base.name = "Liceo; el tercero";
	g_autofree char *out = g_build_filename(place.dir, "out", NULL);
	struct export_options options = {
		.path = out, .filter = "", .version = "test", .dialect = *export_dialect_likely(';')
	};
	g_assert_cmpint(options.dialect.decimal, ==, ',');
	g_assert_true(export_find("csv")->write(place.study, &options, &error));
	g_assert_no_error(error);
	g_autofree char *rows = read_file(out, "institutions.csv");
	g_autofree char *ties = read_file(out, "ties.csv");
	g_assert_true(g_str_has_prefix(rows, "\xef\xbb\xbfId;Name;Short name;"));
	g_assert_nonnull(strstr(rows, ";-33,45;"));
	g_assert_nonnull(strstr(rows, "\ni002;\"Liceo; el tercero\";"));
	g_assert_nonnull(strstr(rows, "\ni001;'-1 or +1;"));
	g_assert_true(g_str_has_prefix(ties, "\xef\xbb\xbfInstitution;Partner;State;Kinds;"));
	g_assert_nonnull(strstr(ties, ";'-1 or +1;confirmed;;integration;"));
	tear_down(&place);
}

/* Heads that are equal are one column to whoever reads them, and one is lost. */
static void csv_heads(void)
{
	struct place place;
	g_autoptr(GError) error = NULL;
	set_up(&place);
	g_autofree char *out = g_build_filename(place.dir, "out", NULL);
	struct export_options options = {
		.path = out, .filter = "", .version = "test", .dialect = *export_dialect_likely(';')
	};
	g_assert_true(export_find("csv")->write(place.study, &options, &error));
	g_autoptr(GDir) dir = g_dir_open(out, 0, NULL);
	for (const char *name; (name = g_dir_read_name(dir));) {
		g_autofree char *text =
			g_str_has_suffix(name, ".csv") ? read_file(out, name) : g_strdup("");
		g_autoptr(GHashTable) seen = g_hash_table_new(g_str_hash, g_str_equal);
		text[strcspn(text, "\n")] = '\0';
		g_auto(GStrv) heads = g_strsplit(text, ";", -1);
		for (guint i = 0; heads[i]; i++)
			g_assert_true(g_hash_table_add(seen, heads[i]));
	}
	tear_down(&place);
}

/* Two runs over the same data must not differ by a byte, or every export looks like a change. */
static void csv_again(void)
{
	struct place place;
	g_autoptr(GError) error = NULL;
	set_up(&place);
	g_autofree char *one = g_build_filename(place.dir, "one", NULL);
	g_autofree char *two = g_build_filename(place.dir, "two/", NULL);
	g_assert_true(export_to(&place, "csv", one, &error));
	g_assert_true(export_to(&place, "csv", two, &error));
	g_assert_true(export_to(&place, "csv", one, &error));
	g_assert_no_error(error);
	static const char *const names[] = { "institutions.csv", "ties.csv",	 "claims.csv",
					     "territories.csv",	 "measures.csv", "manifest.json" };
	for (guint i = 0; i < G_N_ELEMENTS(names); i++) {
		g_autofree char *a = read_file(one, names[i]);
		g_autofree char *b = read_file(two, names[i]);
		g_assert_cmpstr(a, ==, b);
	}
	tear_down(&place);
}

static guint count_lines(const char *text)
{
	guint n = 0;
	for (; *text; text++)
		n += *text == '\n';
	return n;
}

/* What a coordinator decided must stand beside the gap that it was decided of, hidden ones too,
 * and only the format that is named so holds any of it. */
static void gaps(void)
{
	struct place place;
	g_autoptr(GError) error = NULL;
	set_up(&place);
	place.small.all[0]->base.name = "Aula, \"la primera\"";
	g_autofree char *out = g_build_filename(place.dir, "out", NULL);
	g_autofree char *tables = g_build_filename(place.dir, "tables", NULL);
	g_assert_true(export_to(&place, "gaps", out, &error));
	g_assert_no_error(error);
	g_autofree char *rows = read_file(out, "gaps.csv");
	g_autofree char *pairs = read_file(out, "candidates.csv");
	const GPtrArray *all = study_all_gaps(place.study);
	guint candidates = 0;
	for (guint i = 0; i < all->len; i++)
		candidates += ((const struct gap *)all->pdata[i])->candidates->len;
	g_assert_true(g_str_has_prefix(rows, "id,kind,kind_name,severity,status,owner,"));
	g_assert_true(
		g_str_has_prefix(pairs, "gap,a,a_name,b,b_name,introducer,introducer_name,why\n"));
	g_assert_cmpuint(all->len, >, 0);
	g_assert_cmpuint(count_lines(rows), ==, 1 + all->len);
	g_assert_cmpuint(count_lines(pairs), ==, 1 + candidates);
	g_assert_null(strstr(rows, "secret"));
	g_autofree char *manifest = read_file(out, "manifest.json");
	g_assert_nonnull(strstr(manifest, "\"column\": \"introducers\""));
	g_assert_true(export_to(&place, "csv", tables, &error));
	g_autofree char *above = g_build_filename(tables, "gaps.csv", NULL);
	g_assert_false(g_file_test(above, G_FILE_TEST_EXISTS));
	tear_down(&place);
}

/* "planted-KEY" in every private field. */
static guint plant(struct pool *pool, const struct record_type *type, void *record)
{
	guint n = 0;
	for (guint i = 0; i < type->n_fields; i++) {
		const struct field *field = &type->fields[i];
		g_autofree char *name = g_strconcat("planted-", field->key, NULL);
		const char **list = pool_alloc(pool, 2 * sizeof *list);
		list[0] = pool_text(pool, name);
		if (field->type == FIELD_GROUP)
			n += plant(pool, field->sub, field_place(field, record, pool));
		if (field->type == FIELD_ITEMS && field->sub != type) {
			void *item = pool_alloc(pool, field->sub->size);
			g_assert_cmpuint(plant(pool, field->sub, item), ==, 0);
		}
		if (!(field->flags & FIELD_PRIVATE))
			continue;
		g_assert_true(field_is_text(field));
		*(const char **)field_place(field, record, pool) =
			field->flags & FIELD_MANY ? (const char *)list : list[0];
		n++;
	}
	return n;
}

/* All that an export has written. */
static char *written(const char *path)
{
	GString *all = g_string_new(NULL);
	GDir *dir = g_dir_open(path, 0, NULL);
	char *text = NULL;
	if (!dir && g_file_get_contents(path, &text, NULL, NULL))
		g_string_append(all, text);
	for (const char *name; dir && (name = g_dir_read_name(dir));) {
		g_autofree char *inner = read_file(path, name);
		g_string_append(all, inner);
	}
	if (dir)
		g_dir_close(dir);
	g_free(text);
	return g_string_free(all, FALSE);
}

/* A private field that some format tells by some way: a column, a title, a definition. */
static void private_fields(void)
{
	struct small small;
	g_autofree char *dir = g_dir_make_tmp("telar-export-XXXXXX", NULL);
	guint planted = 0, n;
	const struct export_format *format = export_formats(&n);
	small_init(&small, 4);
	small_network(&small);
	for (guint k = 0; k < KIND_COUNT; k++)
		if (k != KIND_NETWORK && k != KIND_GAPS && k != KIND_INSTITUTION)
			planted += plant(small.pool, record_type((enum kind)k),
					 small_add(&small, (enum kind)k, "other"));
	for (guint i = 0; i < 3; i++)
		planted += plant(small.pool, record_type(KIND_INSTITUTION), small.all[i]);
	g_assert_cmpuint(planted, >, 0);
	struct model *model = small_model(&small);
	for (guint who = AUDIENCE_PUBLIC; who <= AUDIENCE_COORDINATOR; who++) {
		struct model *seen = model_for_audience(model, (enum audience)who, NULL);
		struct study *study = study_new(seen, NULL);
		for (guint i = 0; i < n; i++) {
			g_autoptr(GError) error = NULL;
			g_autofree char *name = g_strdup_printf("%u-%u", who, i);
			g_autofree char *path = g_build_filename(dir, name, NULL);
			struct export_options options = { .path = path,
							  .filter = "",
							  .audience = (enum audience)who,
							  .version = "test" };
			g_assert_true(format[i].write(study, &options, &error));
			g_assert_no_error(error);
			g_autofree char *text = written(path);
			/* Who keeps what is for coordinators, in the register alone. */
			bool told = who == AUDIENCE_COORDINATOR && format[i].needs & STUDY_GAPS;
			g_assert_null(strstr(text, "planted-contact"));
			g_assert_cmpint(strstr(text, "planted-") != NULL, ==, told);
		}
		study_unref(study);
		model_unref(seen);
	}
	model_unref(model);
	small_release(&small);
	remove_all(dir);
}

/* Who may not be told who keeps entries is not told either that nobody does. */
static void untold(void)
{
	struct small small;
	static const char *const ana[] = { "ana", NULL };
	static const struct institution_details hers = { .maintainers = ana };
	small_init(&small, 2);
	small_network(&small);
	small.all[0]->details = &hers;
	struct model *model = small_model(&small);
	struct model *seen = model_for_audience(model, AUDIENCE_NETWORK, NULL);
	struct study *study = study_new(seen, NULL);
	g_assert_true(study_compute(study, STUDY_GAPS, NULL, NULL));
	g_assert_null(study_gap(study, "G11:entries-ana"));
	g_assert_cmpstr(study_gap(study, "G11:entries")->title, ==, "2 entries were never checked");
	study_unref(study);
	model_unref(seen);
	model_unref(model);
	small_release(&small);
}

/* A filter of the app chooses rows of the register and does not compute another one. */
static void gaps_of_some(void)
{
	struct place place;
	g_autoptr(GError) error = NULL;
	set_up(&place);
	struct filter *only = filter_parse("id=nobody", KIND_INSTITUTION, NULL, NULL, &error);
	g_autofree char *out = g_build_filename(place.dir, "out", NULL);
	struct export_options options = { .path = out,
					  .filter = "id=nobody",
					  .only = only,
					  .version = "test",
					  .dialect = { .separator = ';' } };
	g_assert_true(export_find("gaps")->write(place.study, &options, &error));
	g_assert_no_error(error);
	g_autofree char *rows = read_file(out, "gaps.csv");
	g_assert_true(g_str_has_prefix(rows, "id;kind;"));
	g_assert_cmpuint(count_lines(rows), ==, 1);
	g_assert_cmpuint(study_all_gaps(place.study)->len, >, 0);
	filter_free(only);
	tear_down(&place);
}

/* Amounts must be numbers beside their currency, one row each, or a spreadsheet adds up pesos and
 * euros. */
static void funding(void)
{
	struct place place;
	g_autoptr(GError) error = NULL;
	set_up(&place);
	struct partnership *says = small_tie(&place.small, 2, 3, NULL);
	static const char *const kinds[] = { "funding", NULL };
	says->kinds = kinds;
	says->direction = "out";
	small_details(&place.small, says)->amount =
		(struct money){ .minor = 2600050, .currency = "USD" };
	study_unref(place.study);
	place.study = small_study(&place.small, STUDY_MEASURES);
	g_autofree char *out = g_build_filename(place.dir, "out", NULL);
	g_assert_true(export_to(&place, "csv", out, &error));
	g_assert_no_error(error);
	g_autofree char *rows = read_file(out, "funding.csv");
	g_assert_cmpstr(rows, ==,
			"from,to,at_least,currency,partnerships,programmes\n"
			"i002,i003,26000.50,USD,1,\n");
	tear_down(&place);
}

/* A person's own institutions.csv in the directory named must survive. */
static void csv_refuses(void)
{
	struct place place;
	g_autoptr(GError) error = NULL;
	set_up(&place);
	g_autofree char *own = g_build_filename(place.dir, "institutions.csv", NULL);
	g_assert_true(g_file_set_contents(own, "mine", -1, NULL));
	g_assert_false(export_to(&place, "csv", place.dir, &error));
	g_assert_error(error, TELAR_ERROR, TELAR_ERROR_CANNOT_CREATE);
	g_clear_error(&error);
	g_autofree char *text = read_file(place.dir, "institutions.csv");
	g_assert_cmpstr(text, ==, "mine");
	g_autofree char *below = g_build_filename(place.dir, "missing", "out", NULL);
	g_assert_false(export_to(&place, "csv", below, &error));
	g_assert_error(error, TELAR_ERROR, TELAR_ERROR_CANNOT_CREATE);
	g_clear_error(&error);
	g_assert_false(export_to(&place, "csv", "-", &error));
	g_assert_error(error, TELAR_ERROR, TELAR_ERROR_USAGE);
	tear_down(&place);
}

/* If it fails, who interrupts an export finds hidden pieces of one beside its place. */
static void csv_interrupted(void)
{
	struct place place;
	struct interrupted interrupted;
	g_autoptr(GError) error = NULL;
	set_up(&place);
	g_autofree char *out = g_build_filename(place.dir, "tables", NULL);
	interrupted_begin(&interrupted);
	g_assert_false(export_to(&place, "csv", out, &error));
	g_assert_error(error, TELAR_ERROR, TELAR_ERROR_CANCELLED);
	interrupted_end(&interrupted);
	g_assert_cmpint(g_rmdir(place.dir), ==, 0); /* nothing is in it */
	tear_down(&place);
}

static guint count_elements(const char *path, const char *wanted, char **label)
{
	xmlTextReaderPtr reader = xmlReaderForFile(path, NULL, XML_PARSE_NONET);
	guint count = 0;
	int more;
	g_assert_nonnull(reader);
	while ((more = xmlTextReaderRead(reader)) == 1) {
		if (xmlTextReaderNodeType(reader) != XML_READER_TYPE_ELEMENT)
			continue;
		const char *name = (const char *)xmlTextReaderConstName(reader);
		count += strcmp(name, wanted) == 0;
		if (strcmp(name, "data") != 0 || *label)
			continue;
		xmlChar *key = xmlTextReaderGetAttribute(reader, (const xmlChar *)"key");
		if (strcmp((const char *)key, "n_label") == 0) {
			xmlChar *text = xmlTextReaderReadString(reader);
			*label = g_strdup((const char *)text);
			xmlFree(text);
		}
		xmlFree(key);
	}
	g_assert_cmpint(more, ==, 0); /* well-formed to the end */
	xmlFreeTextReader(reader);
	return count;
}

/* A file that another program cannot read at the first try is no export. */
static void graphml(void)
{
	struct place place;
	g_autoptr(GError) error = NULL;
	g_autofree char *label = NULL;
	set_up(&place);
	g_autofree char *out = g_build_filename(place.dir, "net.graphml", NULL);
	g_assert_true(export_to(&place, "graphml", out, &error));
	g_assert_no_error(error);
	g_assert_cmpuint(count_elements(out, "node", &label), ==, 4);
	g_assert_cmpuint(count_elements(out, "edge", &label), ==, 1);
	g_assert_cmpstr(label, ==, place.small.all[0]->base.name);
	g_autofree char *text = read_file(place.dir, "net.graphml");
	g_assert_null(strstr(text, "secret"));
	g_assert_null(strstr(text, "\033"));
	g_assert_nonnull(strstr(text, "<data key=\"g_for\">public</data>"));
	g_assert_nonnull(strstr(text, "<edge id=\"i000--i001\" source=\"i000\" target=\"i001\">"));
	tear_down(&place);
}

int main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/export/csv/cells", csv_cells);
	g_test_add_func("/export/csv/for-people", csv_for_people);
	g_test_add_func("/export/csv/heads", csv_heads);
	g_test_add_func("/export/csv/again", csv_again);
	g_test_add_func("/export/csv/refuses", csv_refuses);
	g_test_add_func("/export/csv/interrupted", csv_interrupted);
	g_test_add_func("/export/gaps", gaps);
	g_test_add_func("/export/private", private_fields);
	g_test_add_func("/export/untold", untold);
	g_test_add_func("/export/gaps/some", gaps_of_some);
	g_test_add_func("/export/funding", funding);
	g_test_add_func("/export/graphml", graphml);
	return g_test_run();
}
