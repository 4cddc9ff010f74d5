/*
 * What is kept between sessions: that nothing of it is lost by a damaged file, by two
 * sessions at once, or by a newer program's file.
 */
#include "base/errors.h"
#include "base/start.h"
#include "tests/generated.h"
#include "tui/figures.h"
#include "tui/memory.h"
#include "tui/memory_file.h"

#include <string.h>

#include <glib/gstdio.h>

struct place {
	char *state, *network, *file;
};

static struct memory *place_open(const struct place *place)
{
	return memory_open(place->state, place->network);
}

/* With a filter that is kept, and the name of the file it is kept in. */
static void place_make(struct place *place)
{
	struct memory *memory;
	g_autofree char *folder = NULL;
	const char *name;
	GDir *dir;

	place->state = g_dir_make_tmp("memory-XXXXXX", NULL);
	place->network = g_build_filename(place->state, "net", NULL);
	g_assert_cmpint(g_mkdir(place->network, 0700), ==, 0);
	memory = place_open(place);
	g_assert_true(memory_put(memory, MEMORY_FILTERS, "old", "country=MX", NULL));
	memory_close(memory);
	folder = g_build_filename(place->state, "memory", NULL);
	dir = g_dir_open(folder, 0, NULL);
	place->file = NULL;
	while ((name = g_dir_read_name(dir)) != NULL)
		if (g_str_has_suffix(name, ".json"))
			place->file = g_build_filename(folder, name, NULL);
	g_dir_close(dir);
	g_assert_nonnull(place->file);
}

static void place_drop(struct place *place)
{
	g_autofree char *folder = g_path_get_dirname(place->file);
	GDir *dir = g_dir_open(folder, 0, NULL);
	const char *name;

	while ((name = g_dir_read_name(dir)) != NULL) {
		g_autofree char *path = g_build_filename(folder, name, NULL);

		g_unlink(path);
	}
	g_dir_close(dir);
	g_rmdir(folder);
	g_rmdir(place->network);
	g_rmdir(place->state);
	g_free(place->state);
	g_free(place->network);
	g_free(place->file);
}

static void expect_file(const char *file, const char *suffix, const char *content)
{
	g_autofree char *path = g_strconcat(file, suffix, NULL);
	g_autofree char *text = NULL;

	g_assert_true(g_file_get_contents(path, &text, NULL, NULL));
	g_assert_cmpstr(text, ==, content);
}

/* If it fails, the filters of months are gone with the next one that is kept. */
static void damaged_is_put_aside(void)
{
	static const char *const contents[] = { "{\"filters\":[{\"name\":\"old\",\"te", "[1]",
						"{\"filters\":{}}",
						"{\"filters\":[{\"name\":\"a\"}]}", "\xff\xfe" };

	for (guint i = 0; i < G_N_ELEMENTS(contents); i++) {
		struct place place;
		struct memory *memory;

		place_make(&place);
		g_assert_true(g_file_set_contents(place.file, contents[i], -1, NULL));
		memory = place_open(&place);
		g_assert_nonnull(memory_trouble(memory));
		/* Looking alone moves nothing. */
		expect_file(place.file, "", contents[i]);
		g_assert_true(memory_put(memory, MEMORY_FILTERS, "new", "country=CO", NULL));
		expect_file(place.file, ".damaged", contents[i]);
		g_assert_nonnull(strstr(memory_trouble(memory), ".damaged"));
		memory_close(memory);
		memory = place_open(&place);
		g_assert_null(memory_trouble(memory));
		g_assert_cmpstr(memory_filter(memory, "new"), ==, "country=CO");
		memory_close(memory);
		place_drop(&place);
	}
}

/* If it fails, leaving a large network moves a file aside and nobody hears of it. */
static void figures_move_nothing(void)
{
	struct generate_options options = {
		.institutions = 20, .territories = 2, .degree = 2, .seed = 7
	};
	struct model *model = model_generated(&options, (struct date){ 2026, 11, 22 });
	struct world world = { .model = model };
	struct place place;
	struct memory *memory;

	place_make(&place);
	memory = place_open(&place);
	figures_keep(memory, &world, model, 0);
	g_assert_cmpuint(memory_count(memory, MEMORY_FIGURES), ==, 1);
	memory_close(memory);
	g_assert_true(g_file_set_contents(place.file, "rubbish", -1, NULL));
	memory = place_open(&place);
	figures_keep(memory, &world, model, 0);
	expect_file(place.file, "", "rubbish");
	memory_close(memory);
	place_drop(&place);
	model_unref(model);
}

/* If it fails, a file that is damaged while the app is open takes what the app knows with it. */
static void damaged_meanwhile(void)
{
	struct place place;
	struct memory *memory;

	place_make(&place);
	memory = place_open(&place);
	g_assert_true(g_file_set_contents(place.file, "rubbish", -1, NULL));
	g_assert_true(memory_put(memory, MEMORY_COMMANDS, NULL, "sort ties", NULL));
	g_assert_true(g_file_set_contents(place.file, "more rubbish", -1, NULL));
	g_assert_true(memory_put(memory, MEMORY_COMMANDS, NULL, "sort name", NULL));
	memory_close(memory);
	expect_file(place.file, ".damaged", "rubbish");
	expect_file(place.file, ".damaged-2", "more rubbish");
	memory = place_open(&place);
	g_assert_cmpstr(memory_filter(memory, "old"), ==, "country=MX");
	g_assert_cmpuint(memory_count(memory, MEMORY_COMMANDS), ==, 2);
	memory_close(memory);
	place_drop(&place);
}

/* If it fails, what is too large to be read is written over. */
static void too_large_is_put_aside(void)
{
	struct place place;
	struct memory *memory;
	g_autofree char *large = g_strnfill(MEMORY_FILE_MAX + 1, ' ');

	place_make(&place);
	g_assert_true(g_file_set_contents(place.file, large, -1, NULL));
	memory = place_open(&place);
	g_assert_true(memory_put(memory, MEMORY_FILTERS, "new", "country=CO", NULL));
	memory_close(memory);
	expect_file(place.file, ".damaged", large);
	place_drop(&place);
}

struct writer {
	const struct place *place;
	char name;
};

static gpointer write_some(gpointer data)
{
	const struct writer *writer = data;
	struct memory *memory = place_open(writer->place);

	for (guint i = 0; i < 20; i++) {
		g_autofree char *name = g_strdup_printf("%c%u", writer->name, i);

		g_assert_true(memory_put(memory, MEMORY_FILTERS, name, "country=CO", NULL));
	}
	memory_close(memory);
	return NULL;
}

/* If it fails, two sessions that keep filters at once lose each other's. */
static void two_sessions(void)
{
	struct place place;
	struct writer writers[2] = { { &place, 'a' }, { &place, 'b' } };
	GThread *threads[2];
	struct memory *memory;

	place_make(&place);
	for (guint i = 0; i < 2; i++)
		threads[i] = g_thread_new("writer", write_some, &writers[i]);
	for (guint i = 0; i < 2; i++)
		g_thread_join(threads[i]);
	memory = place_open(&place);
	g_assert_cmpuint(memory_count(memory, MEMORY_FILTERS), ==, 41);
	memory_close(memory);
	place_drop(&place);
}

/* If it fails, keys are dead for long, or what was typed is taken as kept, while another writes. */
static void somebody_writes(void)
{
	struct place place;
	struct memory *memory;
	gint64 start = g_get_monotonic_time();
	g_autoptr(GError) error = NULL;
	int lock;

	place_make(&place);
	lock = memory_file_lock(place.file, 0, NULL);
	g_assert_cmpint(lock, >=, 0);
	memory = place_open(&place);
	memory_set_patience(memory, 10);
	g_assert_false(memory_put(memory, MEMORY_FILTERS, "new", "country=CO", &error));
	g_assert_error(error, TELAR_ERROR, TELAR_ERROR_BUSY);
	g_assert_cmpint(g_get_monotonic_time() - start, <, G_TIME_SPAN_SECOND);
	memory_file_unlock(lock);
	g_assert_true(memory_put(memory, MEMORY_FILTERS, "new", "country=CO", NULL));
	memory_close(memory);
	place_drop(&place);
}

/* If it fails, an older program forgets what a newer one keeps in the same file. */
static void what_is_not_ours_stays(void)
{
	struct place place;
	struct memory *memory;
	g_autofree char *text = NULL;

	place_make(&place);
	g_assert_true(g_file_set_contents(
		place.file, "{\"network\":\"x\",\"filters\":[],\"layouts\":[\"wide\"]}", -1, NULL));
	memory = place_open(&place);
	g_assert_null(memory_trouble(memory));
	g_assert_true(memory_put(memory, MEMORY_FILTERS, "new", "country=CO", NULL));
	memory_close(memory);
	g_assert_true(g_file_get_contents(place.file, &text, NULL, NULL));
	g_assert_nonnull(strstr(text, "\"layouts\":[\"wide\"]"));
	place_drop(&place);
}

/* If it fails, the file grows until it cannot be read any more. */
static void caps(void)
{
	struct memory *memory = memory_open(NULL, "/tmp/net");
	g_autofree char *vast = g_strnfill(5000, 'x');
	g_autoptr(GError) error = NULL;

	g_assert_false(memory_put(memory, MEMORY_FILTERS, "vast", vast, &error));
	g_assert_error(error, TELAR_ERROR, TELAR_ERROR_USAGE);
	g_assert_true(memory_put(memory, MEMORY_COMMANDS, NULL, vast, NULL));
	g_assert_cmpuint(memory_count(memory, MEMORY_COMMANDS), ==, 0);
	for (guint i = 0; i < 500; i++) {
		g_autofree char *name = g_strdup_printf("f%u", i);

		g_assert_true(memory_put(memory, MEMORY_FILTERS, name, "country=CO", NULL));
	}
	g_assert_false(memory_put(memory, MEMORY_FILTERS, "one-more", "country=CO", NULL));
	g_assert_true(memory_put(memory, MEMORY_FILTERS, "f7", "country=MX", NULL));
	g_assert_cmpstr(memory_filter(memory, "f7"), ==, "country=MX");
	memory_close(memory);
}

static void names(void)
{
	struct memory *memory = memory_open(NULL, "/tmp/net");
	g_autoptr(GError) filter = NULL, columns = NULL;

	g_assert_false(memory_put(memory, MEMORY_FILTERS, "a b", "x", &filter));
	g_assert_nonnull(strstr(filter->message, "name of a filter"));
	g_assert_false(memory_put(memory, MEMORY_COLUMNS, "a b", "x", &columns));
	g_assert_nonnull(strstr(columns->message, "set of columns"));
	memory_close(memory);
}

int main(int argc, char **argv)
{
	start_process();
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/memory/figures", figures_move_nothing);
	g_test_add_func("/memory/damaged", damaged_is_put_aside);
	g_test_add_func("/memory/damaged-meanwhile", damaged_meanwhile);
	g_test_add_func("/memory/too-large", too_large_is_put_aside);
	g_test_add_func("/memory/two-sessions", two_sessions);
	g_test_add_func("/memory/somebody-writes", somebody_writes);
	g_test_add_func("/memory/others", what_is_not_ours_stays);
	g_test_add_func("/memory/caps", caps);
	g_test_add_func("/memory/names", names);
	return g_test_run();
}
