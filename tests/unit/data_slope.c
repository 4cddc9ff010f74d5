/*
 * Twice as much hostile input takes about twice as long: reader, checks, patcher,
 * filter and imports.  Processor time, the least of several runs; a shape that
 * looks too steep is measured again before it counts, so that a busy machine does
 * not make the test fail.
 */
#include "data/filter.h"
#include "data/import/import.h"
#include "data/import/raw.h"
#include "data/yaml/yaml_file.h"

#include <string.h>
#include <time.h>

#include <glib/gstdio.h>

#define STEEPEST 2.5
#define TRIES	 24 /* what is quadratic is steep each time */

struct shape {
	const char *head, *part, *tail; /* %u in `part`: a number of its own */
	gsize bytes;			/* of the smaller one; a file holds 256 KiB */
};

typedef void (*run)(const GString *text);

static double processor(void)
{
	struct timespec spent;

	clock_gettime(CLOCK_THREAD_CPUTIME_ID, &spent);
	return (double)spent.tv_sec + (double)spent.tv_nsec / 1e9;
}

static GString *make(const struct shape *shape, gsize bytes)
{
	GString *text = g_string_new(shape->head);
	g_auto(GStrv) halves = g_strsplit(shape->part, "%u", 2);

	for (guint i = 0; text->len < bytes; i++) {
		g_string_append(text, halves[0]);
		if (halves[1])
			g_string_append_printf(text, "%u%s", i, halves[1]);
	}
	return g_string_append(text, shape->tail ? shape->tail : "");
}

/* The least of a few runs: what disturbs only adds. */
static double least(run work, const GString *text)
{
	double best = 0;

	for (guint i = 0; i < 3; i++) {
		double start = processor();

		work(text);
		double took = processor() - start;
		best = i == 0 || took < best ? took : best;
	}
	return best;
}

static void hold(const char *what, run work, const struct shape *shapes, guint n)
{
	for (guint i = 0; i < n; i++) {
		gsize bytes = shapes[i].bytes ? shapes[i].bytes : 30000;
		GString *once = make(&shapes[i], bytes), *twice = make(&shapes[i], bytes * 2);
		double slope = G_MAXDOUBLE;

		for (guint try = 0; try < TRIES && slope > STEEPEST; try++) {
			double small = least(work, once), large = least(work, twice);

			/* What takes no time at all has no slope to speak of. */
			slope = large < 0.0005 ? 0 : large / MAX(small, 1e-6);
		}
		g_test_message("%s, shape %u: %.2f", what, i, slope);
		if (slope > STEEPEST) {
			g_test_message("%s, shape %u (%s%s…): twice the size takes %.2f times as "
				       "long",
				       what, i, shapes[i].head, shapes[i].part, slope);
			g_test_fail();
		}
		g_string_free(once, TRUE);
		g_string_free(twice, TRUE);
	}
}

/* --- entries ------------------------------------------------------------------------------ */

static const struct shape entries[] = {
	{ .head = "id: a\nname: ", .part = "x" },
	{ .head = "a: ", .part = "[" },
	{ .head = "a: ", .part = "{a: " },
	{ .head = "a: [", .part = "x," },
	{ .head = "lines: [", .part = "word%u, ", .tail = "]" },
	{ .head = "lines:\n", .part = "  - word%u\n" },
	{ .head = "", .part = "key%u: x\n" },
	{ .head = "", .part = "x: y\n" },
	{ .head = "id: a\nname: b\npartners:\n", .part = "  - with: p%u\n" },
	{ .head = "id: a\nname: b\npartners:\n", .part = "  - {with: p%u, since: soon}\n" },
	{ .head = "id: a\nname: b\nneeds:\n", .part = "  - capacity: c%u\n    lines: [x%u]\n" },
	{ .head = "", .part = "#\n" },
	{ .head = "id: a\nname: \"", .part = "\\u0041", .tail = "\"\n" },
	{ .head = "id: a\nname: \"", .part = "\\u202E", .tail = "\"\n" },
	{ .head = "id: a\nnotes: |\n", .part = "  ñandú\n" },
	{ .head = "id: a\nnotes: >\n", .part = " a\n\n" },
	{ .head = "id: a\nname: ", .part = "\xC3" },
	{ .head = "id: a\nname: ", .part = "\x1B" },
	{ .head = "", .part = "ñ%u: ñ # ñ\n" },
	{ .head = "", .part = "\"k%u\": 'v'\n" },
	{ .head = "a: ", .part = "&x " },
	{ .head = "", .part = "---\n" },
	{ .head = "", .part = "- " },
	{ .head = "", .part = "? " },
};

static enum id_state nobody(void *data, guint refs, const char *id)
{
	(void)data, (void)refs, (void)id;
	return ID_UNKNOWN;
}

static void read_entry(const GString *text)
{
	struct findings *findings = findings_new();
	struct pool *pool = pool_new();
	const struct check check = { .id = nobody, .text = text->str, .length = text->len };
	struct node *root = yaml_read(text->str, text->len, "institutions/a.yaml", findings);

	if (root)
		node_to_record(record_type(KIND_INSTITUTION), root, &check, "institutions/a.yaml",
			       pool, findings);
	node_free(root);
	pool_unref(pool);
	findings_free(findings);
}

static void test_read(void)
{
	hold("reading", read_entry, entries, G_N_ELEMENTS(entries));
}

static void patch_entry(const GString *text)
{
	g_autoptr(GString) out = g_string_new(NULL);
	struct node *value = node_scalar("new");

	yaml_patch(record_type(KIND_INSTITUTION), text->str, text->len, "city", -1, value, out,
		   NULL);
	node_free(value);
}

static void test_patch(void)
{
	hold("patching", patch_entry, entries, G_N_ELEMENTS(entries));
}

static void format_entry(const GString *text)
{
	struct findings *findings = findings_new();
	g_autoptr(GString) out = g_string_new(NULL);

	yaml_format(record_type(KIND_INSTITUTION), text->str, text->len, "institutions/a.yaml", out,
		    findings);
	findings_free(findings);
}

static void test_format(void)
{
	hold("formatting", format_entry, entries, G_N_ELEMENTS(entries));
}

/* --- filters ------------------------------------------------------------------------------- */

static const struct shape filters[] = {
	{ .head = "", .part = "word%u " }, { .head = "sector=", .part = "w%u," },
	{ .head = "\"", .part = "a b " },  { .head = "", .part = "name~\"x%u\" " },
	{ .head = "name=", .part = "\"" }, { .head = "", .part = "!" },
	{ .head = "a", .part = "." },	   { .head = "", .part = "partners.since>2020 " },
};

static void read_filter(const GString *text)
{
	g_autoptr(GError) error = NULL;

	filter_free(filter_parse(text->str, KIND_INSTITUTION, NULL, NULL, &error));
}

static void test_filter(void)
{
	hold("filters", read_filter, filters, G_N_ELEMENTS(filters));
}

/* --- files of others ------------------------------------------------------------------------ */

static const struct shape tables[] = {
	{ .head = "", .part = "c%u,", .bytes = 50000 },
	{ .head = "id,name\n", .part = "a%u,b\n", .bytes = 50000 },
	{ .head = "", .part = ",", .bytes = 50000 },
	{ .head = "id,", .part = "x,", .tail = "\n1,2\n", .bytes = 50000 },
};

static const struct shape kumus[] = {
	{ "{\"elements\":[{\"label\":\"a\"", ",\"f%u\":\"x\"", "}]}", 50000 },
	{ "{\"elements\":[{\"label\":[\"a\"", ",\"f%u\"", "]}]}", 50000 },
	{ "{\"elements\":[{\"label\":\"a\"}", ",{\"f%u\":\"x\"}", "]}", 50000 },
};

static const struct shape graphmls[] = {
	{ "<graphml><graph><node id=\"a\">", "<data key=\"k%u\">x</data>",
	  "</node></graph></graphml>", 50000 },
	{ "<graphml>", "<key id=\"k%u\" for=\"node\"><default>x</default></key>",
	  "<graph><node id=\"a\"/></graph></graphml>", 50000 },
	{ "<graphml><key id=\"k\"><default>x</default></key><graph>", "<node id=\"n%u\"/>",
	  "</graph></graphml>", 50000 },
};

/* Up to rows, and on to what their columns mean. */
static void import_file(const char *name, const GString *text)
{
	g_autofree char *dir = g_dir_make_tmp("telar-slope-XXXXXX", NULL);
	g_autofree char *path = g_build_filename(dir, name, NULL);
	const char *paths[] = { path, NULL };
	const struct import_options options = { .files = paths, .id = "n", .name = "N" };
	struct findings *findings = findings_new();

	g_assert_true(g_file_set_contents(path, text->str, (gssize)text->len, NULL));
	struct import_plan *plan = import_prepare(&options, NULL, findings, NULL);
	import_plan_free(plan);
	findings_free(findings);
	g_assert_cmpint(g_remove(path), ==, 0);
	g_assert_cmpint(g_rmdir(dir), ==, 0);
}

static void import_csv(const GString *text)
{
	import_file("nodes.csv", text);
}

static void import_kumu(const GString *text)
{
	import_file("map.json", text);
}

static void import_graphml(const GString *text)
{
	import_file("net.graphml", text);
}

static void test_import(void)
{
	hold("CSV", import_csv, tables, G_N_ELEMENTS(tables));
	hold("Kumu", import_kumu, kumus, G_N_ELEMENTS(kumus));
	hold("GraphML", import_graphml, graphmls, G_N_ELEMENTS(graphmls));
}

/* One column or field too many is said, once, and by how many there may be. */
static void test_columns(void)
{
	static const struct shape wide = { .head = "", .part = "c%u,", .bytes = 5000 };
	struct findings *findings = findings_new();
	GString *text = make(&wide, 5000);
	struct raw *raw = NULL;

	g_string_append(text, "\nx\n");
	raw = raw_from_csv(text->str, text->len, "nodes.csv", findings);
	g_assert_cmpuint(raw->columns->len, ==, RAW_COLUMNS_MAX);
	g_assert_cmpuint(findings->errors, ==, 1);
	const struct finding *finding = findings->all->pdata[0];
	g_assert_cmpuint(finding->line, ==, 1);
	g_assert_nonnull(strstr(finding->message, "512"));
	raw_free(raw);
	g_string_free(text, TRUE);
	findings_free(findings);
}

int main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/slope/read", test_read);
	g_test_add_func("/slope/patch", test_patch);
	g_test_add_func("/slope/format", test_format);
	g_test_add_func("/slope/filter", test_filter);
	g_test_add_func("/slope/import", test_import);
	g_test_add_func("/slope/columns", test_columns);
	return g_test_run();
}
