/*
 * Broken copies of a real entry, each with the findings that people must see:
 * file, line, column, what is wrong and what to do.  Run with TELAR_UPDATE=1 to
 * write the expected findings anew, and read the difference before keeping it.
 */
#include "data/yaml/yaml_file.h"

#include <glib/gstdio.h>
#include <stdlib.h>
#include <string.h>

static char *tests_path(const char *inside)
{
	const char *tests = g_getenv("TELAR_TESTS");
	return g_build_filename(tests ? tests : "tests", inside, NULL);
}

struct world {
	struct pool *pool;
	struct network *network;
	GHashTable *ids[KIND_COUNT];
};

/* The words and ids of the real sample. */
static void world_init(struct world *world)
{
	g_autofree char *sample = tests_path("../contrib/red-stem");
	g_autofree char *path = g_build_filename(sample, "network.yaml", NULL);
	g_autofree char *text = NULL;
	gsize length = 0;
	struct findings *findings = findings_new();

	*world = (struct world){ .pool = pool_new() };
	g_assert_true(g_file_get_contents(path, &text, &length, NULL));
	struct node *root = yaml_read(text, length, "network.yaml", findings);
	g_assert_nonnull(root);
	world->network = node_to_record(record_type(KIND_NETWORK), root, NULL, "network.yaml",
					world->pool, findings);
	g_assert_nonnull(world->network);
	node_free(root);
	findings_free(findings);
	for (guint k = 0; k < KIND_COUNT; k++) {
		const char *folder = record_type((enum kind)k)->folder;
		world->ids[k] = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
		g_autofree char *in = g_build_filename(sample, folder, NULL);
		GDir *dir = *folder ? g_dir_open(in, 0, NULL) : NULL;
		const char *name;
		while (dir && (name = g_dir_read_name(dir)))
			g_hash_table_add(world->ids[k], g_strndup(name, strcspn(name, ".")));
		if (dir)
			g_dir_close(dir);
	}
}

static void world_release(struct world *world)
{
	for (guint k = 0; k < KIND_COUNT; k++)
		g_hash_table_unref(world->ids[k]);
	pool_unref(world->pool);
}

static enum id_state find_id(void *data, guint refs, const char *id)
{
	const struct world *world = data;
	for (guint k = 0; k < KIND_COUNT; k++) {
		if ((refs & (1u << k)) && g_hash_table_contains(world->ids[k], id))
			return ID_KNOWN;
	}
	return ID_UNKNOWN;
}

/* All findings of an entry as text; `*errors` how many of them are errors. */
static char *findings_of(struct world *world, const char *text, gsize length, guint *errors)
{
	static const char file[] = "institutions/innovec.yaml";
	struct findings *findings = findings_new();
	struct pool *pool = pool_new();
	struct check check = { .network = world->network,
			       .id = find_id,
			       .data = world,
			       .text = text,
			       .length = length };
	struct node *root = yaml_read(text, length, file, findings);
	g_assert_true((root == NULL) == (findings->errors > 0));
	if (root) {
		const void *record = node_to_record(record_type(KIND_INSTITUTION), root, &check,
						    file, pool, findings);
		g_assert_true((record == NULL) == (findings->errors > 0));
	}
	findings_sort(findings);
	char *out = NULL;
	size_t size = 0;
	FILE *stream = open_memstream(&out, &size);
	findings_write(findings, FINDINGS_TEXT, false, "", stream);
	fclose(stream);
	*errors = findings->errors;
	node_free(root);
	pool_unref(pool);
	findings_free(findings);
	return out;
}

static void test_corpus(void)
{
	struct world world;
	g_autofree char *corpus = tests_path("corpus/broken");
	GDir *dir = g_dir_open(corpus, 0, NULL);
	const char *name;
	guint cases = 0;

	world_init(&world);
	g_assert_nonnull(dir);
	while ((name = g_dir_read_name(dir))) {
		g_autofree char *entry = g_build_filename(corpus, name, "innovec.yaml", NULL);
		g_autofree char *golden = g_build_filename(corpus, name, "findings", NULL);
		g_autofree char *text = NULL, *wanted = NULL;
		gsize length = 0;
		guint errors = 0;
		if (!g_file_get_contents(entry, &text, &length, NULL))
			continue;
		char *found = findings_of(&world, text, length, &errors);
		if (g_getenv("TELAR_UPDATE"))
			g_file_set_contents(golden, found, -1, NULL);
		g_file_get_contents(golden, &wanted, NULL, NULL);
		if (g_strcmp0(found, wanted) != 0) {
			g_test_message("%s found\n%s\nwanted\n%s", name, found, wanted);
			g_test_fail();
		}
		/* 00-whole is the entry without any mistake. */
		g_assert_true((errors == 0) == g_str_has_prefix(name, "00-"));
		free(found);
		cases++;
	}
	g_dir_close(dir);
	world_release(&world);
	g_assert_cmpuint(cases, >=, 40);
}

/* Every finding leads a person to a place in the file and says what to do. */
static void check_finding(const struct finding *finding, const char *text, gsize length)
{
	const char *line = text, *end = text + length;
	for (guint n = 1; n < finding->line && line; n++) {
		line = memchr(line, '\n', (gsize)(end - line));
		line = line ? line + 1 : NULL;
	}
	g_assert_cmpuint(finding->line, >, 0);
	g_assert_cmpuint(finding->col, >, 0);
	g_assert_nonnull(line);
	const char *stop = memchr(line, '\n', (gsize)(end - line));
	g_assert_cmpuint(finding->col, <=, (guint)((stop ? stop : end) - line) + 1);
	g_assert_cmpstr(finding->file, ==, "institutions/innovec.yaml");
	g_assert_true(*finding->code != '\0' && *finding->message != '\0');
	if (finding->severity == SEVERITY_ERROR)
		g_assert_nonnull(finding->hint);
}

static char *read_sample(const char *id, gsize *length)
{
	g_autofree char *inside = g_strdup_printf("../contrib/red-stem/institutions/%s.yaml", id);
	g_autofree char *path = tests_path(inside);
	char *text = NULL;
	g_assert_true(g_file_get_contents(path, &text, length, NULL));
	return text;
}

/* Slips of the finger all over a real entry: characters lost, doubled, exchanged, put in. */
static void test_slips(void)
{
	static const char put[] = "\t\n :-[]{}'\"#&*!|>%@`,?\\\r\x1B\xC3x";
	struct world world;
	gsize length = 0;
	guint refused = 0;
	GRand *rand = g_rand_new_with_seed(42);
	g_autofree char *sample = read_sample("innovec", &length);

	world_init(&world);
	for (guint i = 0; i < 6000; i++) {
		GString *text = g_string_new_len(sample, (gssize)length);
		for (int n = g_rand_int_range(rand, 1, 4); n > 0; n--) {
			gssize at = g_rand_int_range(rand, 0, (gint32)text->len);
			char c = put[g_rand_int_range(rand, 0, sizeof(put) - 1)];
			switch (g_rand_int_range(rand, 0, 3)) {
			case 0:
				g_string_erase(text, at, 1);
				break;
			case 1:
				g_string_insert_c(text, at, c);
				break;
			default:
				text->str[at] = c;
			}
		}
		struct findings *findings = findings_new();
		struct node *root =
			yaml_read(text->str, text->len, "institutions/innovec.yaml", findings);
		struct pool *pool = pool_new();
		struct check check = { .network = world.network,
				       .id = find_id,
				       .data = &world,
				       .text = text->str,
				       .length = text->len };
		if (root)
			node_to_record(record_type(KIND_INSTITUTION), root, &check,
				       "institutions/innovec.yaml", pool, findings);
		for (guint f = 0; f < findings->all->len; f++)
			check_finding(findings->all->pdata[f], text->str, text->len);
		refused += findings->errors > 0;
		pool_unref(pool);
		node_free(root);
		findings_free(findings);
		g_string_free(text, TRUE);
	}
	g_assert_cmpuint(refused, >, 2000);
	g_rand_free(rand);
	world_release(&world);
}

/* Hostile shapes are refused quickly, whatever their size. */
static void test_hostile(void)
{
	struct world world;
	static const struct {
		const char *head, *part, *code;
		guint times;
	} shapes[] = {
		{ "id: a\nname: ", "x", "size", 1024 * 1024 },
		{ "id: a\nname: ", "x", "size", YAML_FILE_MAX },
		{ "a: ", "[", "depth", 200000 },
		{ "a: ", "{a: ", "depth", 60000 },
		{ "a: ", "[[],", "depth", 60000 },
		{ "", "- ", "depth", 100000 },
		{ "", "? ", "", 100000 },
		{ "a: [", "x,", "size", 100000 },
		{ "a: [", "\"x\",", "size", 60000 },
		{ "a:\n", " - x\n", "size", 50000 },
		{ "a: ", "!x ", "", 80000 },
		{ "a: ", "&x ", "", 80000 },
		{ "a: \"", "\\u0041", "", 40000 },
		{ "a: \"", "\n", "", 200000 },
		{ "a: |\n", "\n", "", 200000 },
		{ "a: ", "x\n ", "", 80000 },
		{ "", "#\n", "empty", 100000 },
		{ "", "---\n", "document", 60000 },
		{ "", "x: y\n", "duplicate", 50000 },
		{ "", "\t", "", 200000 },
		{ "", "*x ", "", 80000 },
		{ "", "\xC3\xB1: ", "", 60000 },
		{ "", "%X\n", "", 60000 },
		{ "", "'", "", 200000 },
		{ "", "\"\\", "", 100000 },
	};
	world_init(&world);
	for (guint i = 0; i < G_N_ELEMENTS(shapes); i++) {
		GString *text = g_string_new(shapes[i].head);
		guint errors = 0;
		for (guint n = 0; n < shapes[i].times; n++)
			g_string_append(text, shapes[i].part);
		gint64 start = g_get_monotonic_time();
		char *found = findings_of(&world, text->str, text->len, &errors);
		gint64 took = g_get_monotonic_time() - start;
		g_test_message("%s%s…: %" G_GINT64_FORMAT " µs", shapes[i].head, shapes[i].part,
			       took);
		g_assert_cmpint(took, <, 1000 * 1000); /* 50 ms on a quiet machine */
		g_assert_cmpuint(errors, >, 0);
		g_assert_nonnull(strstr(found, shapes[i].code));
		free(found);
		g_string_free(text, TRUE);
	}
	world_release(&world);
}

/* As many keys as fit, all different: looking for duplicates must not be quadratic. */
static void test_many_keys(void)
{
	GString *text = g_string_new(NULL);
	struct findings *findings = findings_new();
	for (guint i = 0; i < 9000; i++)
		g_string_append_printf(text, "key%u: x\n", i);
	gint64 start = g_get_monotonic_time();
	struct node *root = yaml_read(text->str, text->len, "x.yaml", findings);
	gint64 took = g_get_monotonic_time() - start;
	g_assert_nonnull(root);
	g_assert_cmpint(took, <, 500 * 1000);
	node_free(root);
	findings_free(findings);
	g_string_free(text, TRUE);
}

int main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/broken/corpus", test_corpus);
	g_test_add_func("/broken/slips", test_slips);
	g_test_add_func("/broken/hostile", test_hostile);
	g_test_add_func("/broken/many-keys", test_many_keys);
	return g_test_run();
}
