/*
 * Everything that is wrong with the files, read anew by the worker.  If these fail, all files
 * are read for each change of the screen, or what was wrong before they changed stays.
 */
#include "tests/unit/tui_pair.h"

#include <glib/gstdio.h>

static void count(void *data, const char *path, struct date today, guint number)
{
	guint *asked = data;

	g_assert_cmpuint(number, ==, *asked + 1);
	(void)today;
	g_assert_nonnull(path);
	(*asked)++;
}

#define STOPPED 100 /* is added for each that is given up */

static void count_stopped(void *data)
{
	*(guint *)data += STOPPED;
}

/* With the first check on its way. */
static void check_open(struct pair *s, guint *asked)
{
	pair_open(s, "");
	s->session->hooks.check = count;
	s->session->hooks.data = asked;
	type(s->session, ":check\r");
}

static void read_once(void)
{
	struct pair s;
	guint asked = 0;

	check_open(&s, &asked);
	g_assert_true(sees(s.session, "reading all files"));
	g_assert_cmpuint(asked, ==, 1);
	/* It is on its way, whatever else comes first. */
	session_resize(s.session, 24, 80);
	session_event(s.session, (struct event){ .type = EVENT_STUDY });
	g_assert_cmpuint(asked, ==, 1);
	session_checked(s.session, asked, findings_new(), NULL);
	g_assert_true(sees(s.session, "Nothing is wrong with the files."));
	g_assert_false(sees(s.session, "Enter Open"));
	session_resize(s.session, 24, 80);
	g_assert_cmpuint(asked, ==, 1);
	/* Other files are read anew. */
	other_saves(s.luis, "Lima");
	session_refresh(s.session);
	g_assert_true(sees(s.session, "reading all files"));
	g_assert_cmpuint(asked, ==, 2);
	pair_close(&s);
}

/* If it fails, what was wrong with files before they changed is told of them as they are. */
static void of_former_files(void)
{
	struct pair s;
	guint asked = 0;

	check_open(&s, &asked);
	other_saves(s.luis, "Lima");
	session_refresh(s.session);
	g_assert_cmpuint(asked, ==, 2);
	session_checked(s.session, 1, findings_new(), NULL);
	g_assert_null(s.session->world.checked);
	session_checked(s.session, 1, NULL,
			g_error_new_literal(G_FILE_ERROR, G_FILE_ERROR_NOENT, "was gone"));
	g_assert_null(s.session->world.unchecked);
	g_assert_true(sees(s.session, "reading all files"));
	session_resize(s.session, 24, 80);
	g_assert_cmpuint(asked, ==, 2);
	session_checked(s.session, 2, findings_new(), NULL);
	g_assert_true(sees(s.session, "Nothing is wrong with the files."));
	pair_close(&s);
}

/* If it fails, all files are read on for a screen that was left, or never again for it. */
static void left(void)
{
	struct pair s;
	guint asked = 0;

	check_open(&s, &asked);
	s.session->hooks.stop_check = count_stopped;
	type(s.session, "?");
	g_assert_cmpuint(asked, ==, 1);
	session_key(s.session, TUI_ESCAPE);
	g_assert_true(sees(s.session, "reading all files"));
	g_assert_cmpuint(asked, ==, 1);
	session_key(s.session, TUI_ESCAPE);
	g_assert_cmpuint(asked, ==, 1 + STOPPED);
	session_checked(s.session, 1, findings_new(), NULL);
	g_assert_null(s.session->world.checked);
	asked = 1;
	type(s.session, "]");
	g_assert_true(sees(s.session, "reading all files"));
	g_assert_cmpuint(asked, ==, 2);
	session_checked(s.session, 2, findings_new(), NULL);
	g_assert_true(sees(s.session, "Nothing is wrong with the files."));
	/* What is there stays. */
	session_key(s.session, TUI_ESCAPE);
	g_assert_cmpuint(asked, ==, 2);
	pair_close(&s);
}

/* If it fails, files that cannot be read are said to be being read, or are never tried again. */
static void failed(void)
{
	struct pair s;
	guint asked = 0;

	check_open(&s, &asked);
	session_checked(
		s.session, asked, NULL,
		g_error_new_literal(G_FILE_ERROR, G_FILE_ERROR_NOENT, "the directory is gone"));
	type(s.session, "j");
	g_assert_true(sees(s.session, "Not all files could be read:"));
	g_assert_true(sees(s.session, "the directory is gone"));
	g_assert_false(sees(s.session, "reading all files"));
	session_resize(s.session, 24, 80);
	g_assert_cmpuint(asked, ==, 1);
	/* Who looks again has them read again. */
	type(s.session, "q:check\r");
	g_assert_true(sees(s.session, "reading all files"));
	g_assert_cmpuint(asked, ==, 2);
	session_checked(s.session, asked, findings_new(), NULL);
	g_assert_true(sees(s.session, "Nothing is wrong with the files."));
	g_assert_false(sees(s.session, "Not all files"));
	pair_close(&s);
}

/* If it fails, an entry that has become a directory ends in waiting and not in words. */
static void in_the_way(void)
{
	struct pair s;

	pair_open(&s, "");
	g_autofree char *file = g_build_filename(s.dir, "institutions/innovec.yaml", NULL);

	g_assert_cmpint(g_unlink(file), ==, 0);
	g_assert_cmpint(g_mkdir(file, 0700), ==, 0);
	type(s.session, ":check\r");
	g_assert_false(sees(s.session, "reading all files"));
	g_assert_true(sees(s.session, "innovec.yaml"));
	g_assert_cmpint(g_rmdir(file), ==, 0);
	pair_close(&s);
}

/* If it fails, the footer tells of keys that do nothing, or of none that open what is wrong. */
static void keys_that_do_something(void)
{
	struct pair s;

	pair_open(&s, "");
	type(s.session, ":measures\r");
	g_assert_true(sees(s.session, "computing…"));
	g_assert_false(sees(s.session, "Definition"));
	put_file(s.dir, "institutions/unal.yaml", "id: unal\nname: Unal\nsector: edustem\nx: 1\n");
	type(s.session, ":check\r");
	g_assert_true(sees(s.session, "Enter Open  y Copy the path"));
	pair_close(&s);
}

/* What was checked this year is in no future, whatever year is looked at. */
static void of_today(void)
{
	struct pair s;

	pair_open(&s, "verified: 2026-03\n");
	type(s.session, ":as-of 2020\r:check\r");
	g_assert_true(sees(s.session, "as of 2020"));
	g_assert_true(sees(s.session, "Nothing is wrong with the files."));
	pair_close(&s);
}

/* If it fails, an error is still told after its file was mended, or its entry seems never to have
 * been. */
static void broken_for_a_while(void)
{
	struct pair s;

	pair_open(&s, "");
	put_file(s.dir, "institutions/unal.yaml", "id: unal\nname: [Unal\nsector: edustem\n");
	session_refresh(s.session);
	g_assert_true(sees(s.session, "institutions/unal.yaml:"));
	put_file(s.dir, "institutions/unal.yaml", "id: unal\nname: Unal\nsector: edustem\n");
	session_refresh(s.session);
	g_assert_null(strstr(s.session->app->message == NULL ? "" : s.session->app->message,
			     "unal.yaml:"));
	put_file(s.dir, "institutions/maloka.yaml", "id: maloka\nname: [Maloka\n");
	session_refresh(s.session);
	session_key(s.session, TUI_CTRL('p'));
	type(s.session, "maloka");
	g_assert_true(sees(s.session, "institutions/maloka.yaml cannot be read: line"));
	pair_close(&s);
}

int main(int argc, char **argv)
{
	g_setenv("LC_ALL", "C.UTF-8", TRUE);
	start_process();
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/check/read-once", read_once);
	g_test_add_func("/check/of-former-files", of_former_files);
	g_test_add_func("/check/left", left);
	g_test_add_func("/check/failed", failed);
	g_test_add_func("/check/in-the-way", in_the_way);
	g_test_add_func("/check/keys", keys_that_do_something);
	g_test_add_func("/check/of-today", of_today);
	g_test_add_func("/check/broken-for-a-while", broken_for_a_while);
	return g_test_run();
}
