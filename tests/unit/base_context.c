/*
 * Words in a context: what a catalogue of Spanish, made here, says of them.
 */
#include "base/context.h"

#include <locale.h>
#include <stdlib.h>
#include <string.h>

#include <glib/gi18n.h>
#include <glib/gstdio.h>

/* A catalogue as msgfmt writes it: sorted pairs, each with its length and place. */
static void write_catalogue(const char *path)
{
	static const char *const pairs[][2] = {
		{ "", "Content-Type: text/plain; charset=UTF-8\n" },
		{ "agenda\004none", "ninguna" },
		{ "none", "ninguno" },
	};
	enum { N = G_N_ELEMENTS(pairs), HEAD = 28 };
	guint32 head[HEAD / 4 + 4 * N] = { 0x950412de, 0, N, HEAD, HEAD + 8 * N, 0, HEAD + 16 * N };
	GString *texts = g_string_new(NULL);
	GString *all = g_string_new(NULL);

	for (guint side = 0; side < 2; side++)
		for (guint i = 0; i < N; i++) {
			guint at = HEAD / 4 + side * 2 * N + 2 * i;
			head[at] = (guint32)strlen(pairs[i][side]);
			head[at + 1] = (guint32)(sizeof head + texts->len);
			g_string_append_len(texts, pairs[i][side], (gssize)head[at] + 1);
		}
	g_string_append_len(all, (const char *)head, sizeof head);
	g_string_append_len(all, texts->str, (gssize)texts->len);
	g_assert_true(g_file_set_contents(path, all->str, (gssize)all->len, NULL));
	g_string_free(texts, TRUE);
	g_string_free(all, TRUE);
}

/* If it fails, people read the context, or the word of another noun. */
static void words(void)
{
	static const char *const rows[] = { IN_CONTEXT("agenda", "none"), "none",
					    IN_CONTEXT("practice", "none"),
					    IN_CONTEXT("practice", "stopped"), "stopped" };
	static const char *const spanish[] = { "ninguna", "ninguno", "ninguno", "stopped",
					       "stopped" };

	for (guint i = 0; i < G_N_ELEMENTS(rows); i++)
		g_assert_cmpstr(in_context(rows[i]), ==, spanish[i]);
}

int main(int argc, char **argv)
{
	g_autoptr(GError) error = NULL;
	g_autofree char *place = g_dir_make_tmp("telar-context-XXXXXX", &error);
	g_autofree char *folder = g_build_filename(place, "es", "LC_MESSAGES", NULL);
	g_autofree char *file = g_build_filename(folder, "telar.mo", NULL);
	int code;

	g_assert_no_error(error);
	g_assert_cmpint(g_mkdir_with_parents(folder, 0700), ==, 0);
	write_catalogue(file);
	g_setenv("LANGUAGE", "es", TRUE);
	setlocale(LC_ALL, "C.UTF-8");
	bindtextdomain("telar", place);
	textdomain("telar");
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/context/words", words);
	code = g_test_run();
	g_unlink(file);
	g_rmdir(folder);
	*strrchr(folder, '/') = '\0';
	g_rmdir(folder);
	g_rmdir(place);
	return code;
}
