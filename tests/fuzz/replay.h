#ifndef TESTS_FUZZ_REPLAY_H
#define TESTS_FUZZ_REPLAY_H

#include <glib.h>

/* A fuzz target's seeds, and what fuzzing found, once more and without the fuzzer. */
static inline int replay_seeds(const char *target, int (*run)(const guint8 *data, gsize size))
{
	const char *tests = g_getenv("TELAR_TESTS") ? g_getenv("TELAR_TESTS") : "tests";
	g_autofree char *folder = g_build_filename(tests, "fuzz", "seeds", target, NULL);
	g_autoptr(GDir) dir = g_dir_open(folder, 0, NULL);
	const char *name;
	guint n = 0;

	g_assert_nonnull(dir);
	while ((name = g_dir_read_name(dir)) != NULL) {
		g_autofree char *path = g_build_filename(folder, name, NULL);
		g_autofree char *data = NULL;
		gsize size = 0;

		g_assert_true(g_file_get_contents(path, &data, &size, NULL));
		run((const guint8 *)data, size);
		g_print("ok %u - %s\n", ++n, name);
	}
	g_print("1..%u\n", n);
	return n > 0 ? 0 : 1;
}

#endif
