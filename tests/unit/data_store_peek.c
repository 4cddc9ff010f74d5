/*
 * A store taken as it stands by whoever can do without.  If these fail, a command that
 * only reads changes somebody's file, or waits for a person who is editing.
 */
#include "tests/unit/data_small_store.h"

#include "base/errors.h"
#include "tests/unit/data_small_network.h"

#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

/*
 * Whoever only keeps what was computed neither makes a store nor brings one forward,
 * which would cost a person who only reads the way back to an older program, nor waits.
 */
static void test_peek(void)
{
	g_autofree char *dir = g_dir_make_tmp("telar-XXXXXX", NULL);
	g_autofree char *path = g_build_filename(dir, "s.telar", NULL);
	g_autofree char *older = g_build_filename(dir, "older.telar", NULL);
	g_autofree char *before = NULL, *after = NULL;
	gsize length = 0, now = 0;
	GError *error = NULL;

	g_assert_null(store_peek(path, false, false, &error));
	g_clear_error(&error);
	g_assert_false(g_file_test(path, G_FILE_TEST_EXISTS));
	store_close(open_at(older));
	sql(older, TO_FORMAT_1 "; PRAGMA journal_mode = DELETE");
	g_assert_true(g_file_get_contents(older, &before, &length, NULL));
	for (guint alone = 0; alone < 2; alone++) {
		g_assert_null(store_peek(older, alone, false, &error));
		g_assert_error(error, TELAR_ERROR, TELAR_ERROR_DATA);
		g_clear_error(&error);
	}
	g_assert_true(g_file_get_contents(older, &after, &now, NULL));
	g_assert_true(length == now && memcmp(before, after, now) == 0);

	struct store *writer = open_at(path);
	struct store *store = store_peek(path, false, false, &error);
	g_assert_no_error(error);
	check(store_begin(writer, &error), error);
	gint64 start = g_get_monotonic_time();
	g_assert_false(store_begin(store, &error));
	g_assert_error(error, TELAR_ERROR, TELAR_ERROR_BUSY);
	g_clear_error(&error);
	g_assert_cmpint(g_get_monotonic_time() - start, <, 5 * G_TIME_SPAN_SECOND);
	check(store_commit(writer, &error), error);
	check(store_begin(store, &error), error);
	check(store_commit(store, &error), error);
	store_close(store);
	store_close(writer);
	remove_tree(dir);
}

/* What is kept in a network by itself leaves nothing beside the file. */
static void test_peek_alone(void)
{
	g_autofree char *dir = g_dir_make_tmp("telar-XXXXXX", NULL);
	g_autofree char *path = g_build_filename(dir, "s.telar", NULL);
	g_autofree char *copy = g_build_filename(dir, "copy.telar", NULL);
	const struct cache_key key = { .kind = "k", .fingerprint = 3 };
	GBytes *bytes = g_bytes_new_static("abc", 3);
	GError *error = NULL;
	guint files = 0;

	struct store *store = open_at(path);
	check(store_copy(store, copy, &error), error);
	store_close(store);
	store = store_peek(copy, true, false, &error);
	g_assert_no_error(error);
	check(store_cache_put(store, &key, 1, bytes, &error), error);
	GBytes *got = store_cache_get(store, &key, &error);
	g_assert_true(got && g_bytes_equal(got, bytes));
	store_close(store);
	g_bytes_unref(got);
	g_bytes_unref(bytes);
	g_autoptr(GDir) there = g_dir_open(dir, 0, NULL);
	for (const char *name; (name = g_dir_read_name(there)) != NULL;)
		files += g_str_has_prefix(name, "copy.telar") ? 1 : 0;
	g_assert_cmpuint(files, ==, 1);
	remove_tree(dir);
}

#define MOMENT (10 * G_TIME_SPAN_SECOND)

/* Whether a store was seen whole, once a file of this moment can be told from later ones. */
static bool is_seen(const char *path, bool wanted)
{
	gint64 end = g_get_monotonic_time() + MOMENT;
	bool seen = false;

	do {
		struct store *store = store_open_alone(path, true, NULL);
		seen = store && store_is_seen(store);
		store_close(store);
	} while (seen != wanted && g_get_monotonic_time() < end);
	return seen;
}

/* One byte of a page that nobody reads, with the old date put back. */
static void damage(const char *path)
{
	struct stat st;
	FILE *file = fopen(path, "r+b");

	g_assert_nonnull(file);
	g_assert_cmpint(fstat(fileno(file), &st), ==, 0);
	const struct timespec times[] = { st.st_atim, st.st_mtim };
	g_assert_cmpint(fseek(file, st.st_size - 4096, SEEK_SET), ==, 0);
	for (guint i = 0; i < 64; i++)
		fputc(0xff, file);
	g_assert_cmpint(fclose(file), ==, 0);
	g_assert_cmpint(utimensat(AT_FDCWD, path, times, 0), ==, 0);
}

/* The copy, so large that it is worth remembering, of a store in a directory.  Caller frees. */
static char *large_copy(const char *dir, const char *name)
{
	g_autofree char *path = g_build_filename(dir, "s.telar", NULL);
	char *copy = g_build_filename(dir, name, NULL);
	gsize size = (gsize)1 << 20;
	g_autoptr(GBytes) bytes = g_bytes_new_take(g_malloc0(size), size);
	const struct cache_key key = { .kind = "k" };
	GError *error = NULL;
	struct store *store = open_at(path);

	check(store_cache_put(store, &key, 1, bytes, &error), error);
	check(store_copy(store, copy, &error), error);
	store_close(store);
	return copy;
}

/*
 * What was seen whole is not looked at again, but for copies and whatever was touched:
 * if this fails every command waits for it, or damage is believed.
 */
static void test_seen(void)
{
	g_autofree char *dir = g_dir_make_tmp("telar-XXXXXX", NULL);
	g_autofree char *one = large_copy(dir, "one.telar");
	g_autofree char *two = large_copy(dir, "two.telar");
	GError *error = NULL;
	struct store *store;

	g_assert_true(is_seen(one, true));
	store = store_peek(two, true, true, &error);
	g_assert_no_error(error);
	g_assert_false(store_is_seen(store));
	store_close(store);
	damage(one);
	g_assert_null(store_open_alone(one, true, &error));
	g_assert_error(error, TELAR_ERROR, TELAR_ERROR_DATA);
	g_clear_error(&error);
	remove_tree(dir);
}

/* What lies beside a store that was seen is written into it once it is opened, unseen. */
static void test_seen_beside(void)
{
	static const char *const beside[] = { "-wal", "-journal" };
	g_autofree char *dir = g_dir_make_tmp("telar-XXXXXX", NULL);
	g_autofree char *one = large_copy(dir, "one.telar");
	GError *error = NULL;
	struct store *store;

	g_assert_true(is_seen(one, true));
	store = store_open_alone(one, true, &error);
	g_assert_no_error(error);
	for (guint i = 0; i < G_N_ELEMENTS(beside); i++) {
		g_autofree char *other = g_strconcat(one, beside[i], NULL);

		g_assert_true(g_file_set_contents(other, "x", 1, NULL));
		g_assert_false(store_is_seen(store));
		g_assert_cmpint(g_unlink(other), ==, 0);
		g_assert_true(store_is_seen(store));
	}
	store_close(store);
	remove_tree(dir);
}

/* As another process finds it: one's own locks are in nobody's way. */
static bool is_locked(const char *path)
{
	int status = 0;
	pid_t child = fork();

	g_assert_cmpint(child, >=, 0);
	if (child == 0) {
		struct flock lock = { .l_type = F_WRLCK, .l_whence = SEEK_SET };
		int fd = open(path, O_RDWR | O_CLOEXEC);
		_exit(fd >= 0 && fcntl(fd, F_GETLK, &lock) == 0 && lock.l_type != F_UNLCK ? 0 : 1);
	}
	g_assert_cmpint(waitpid(child, &status, 0), ==, child);
	g_assert_true(WIFEXITED(status));
	return WEXITSTATUS(status) == 0;
}

/* If this fails, two write to one file at the same moment, each thinking that it is alone. */
static void test_seen_locked(void)
{
	g_autofree char *dir = g_dir_make_tmp("telar-XXXXXX", NULL);
	g_autofree char *one = large_copy(dir, "one.telar");
	GError *error = NULL;
	struct store *store;

	g_assert_true(is_seen(one, true));
	store = store_peek(one, true, false, &error);
	g_assert_no_error(error);
	check(store_begin(store, &error), error);
	g_assert_true(is_locked(one));
	g_assert_true(store_is_seen(store));
	g_assert_true(is_locked(one));
	store_close(store);
	g_assert_false(is_locked(one));
	remove_tree(dir);
}

int main(int argc, char **argv)
{
	g_autofree char *cache = g_dir_make_tmp("telar-XXXXXX", NULL);

	g_test_init(&argc, &argv, NULL);
	g_setenv("XDG_CACHE_HOME", cache, TRUE); /* not whoever runs the tests */
	g_test_add_func("/data/store/peek", test_peek);
	g_test_add_func("/data/store/peek-alone", test_peek_alone);
	g_test_add_func("/data/store/seen", test_seen);
	g_test_add_func("/data/store/seen-beside", test_seen_beside);
	g_test_add_func("/data/store/seen-locked", test_seen_locked);
	int failed = g_test_run();
	remove_tree(cache);
	return failed;
}
