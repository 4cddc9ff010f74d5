/* What fuzzing found or began with, once more, without the fuzzer: no seed harms again. */
#include "tests/fuzz/entry.c"

#include <glib.h>

int main(int argc, char **argv)
{
	const char *tests = g_getenv("TELAR_TESTS") ? g_getenv("TELAR_TESTS") : "tests";
	g_autofree char *folder = g_build_filename(tests, "fuzz", "seeds", "entry", NULL);
	GDir *dir = g_dir_open(folder, 0, NULL);
	const char *name;
	guint n = 0;

	(void)argc;
	(void)argv;
	g_assert_nonnull(dir);
	while ((name = g_dir_read_name(dir))) {
		g_autofree char *path = g_build_filename(folder, name, NULL);
		g_autofree char *data = NULL;
		gsize size = 0;

		g_assert_true(g_file_get_contents(path, &data, &size, NULL));
		LLVMFuzzerTestOneInput((const guint8 *)data, size);
		g_print("ok %u - %s\n", ++n, name);
	}
	g_print("1..%u\n", n);
	g_dir_close(dir);
	return n > 0 ? 0 : 1;
}
