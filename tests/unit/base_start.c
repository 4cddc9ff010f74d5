/*
 * Start-up: a person whose SSH client sends a locale that the server lacks must
 * still get the own language, accents, and a decimal point.  Each case is a
 * process of its own, because a process starts once.
 */
#include "base/start.h"

#include <langinfo.h>
#include <locale.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <glib.h>

static const struct {
	const char *lc_all, *lang, *language, *expected;
} cases[] = {
	{ NULL, "es_MX.UTF-8", NULL, "es" },
	{ NULL, "pt_BR.UTF-8", NULL, "pt" },
	{ "es_CO.UTF-8", "en_US.UTF-8", NULL, "es" },
	{ NULL, "es_MX.UTF-8", "pt_BR:es", "pt" },
	{ NULL, NULL, NULL, "en" },
	{ NULL, NULL, "es", "es" },
	{ "C", NULL, "es", "en" },
	{ NULL, "C.UTF-8", "es", "es" },
	{ NULL, "fr_FR.UTF-8", NULL, "en" },
	{ NULL, "de_DE.UTF-8", "de:es", "es" },
	{ NULL, "est_XX", NULL, "en" },
};

/* What says that lines and maps are to be drawn with ASCII. */
static const struct {
	const char *lc_all, *lc_ctype, *lang;
	bool plain;
} charsets[] = {
	{ NULL, NULL, NULL, false },
	{ NULL, NULL, "C", true },
	{ NULL, "POSIX", "es_MX.UTF-8", true },
	{ NULL, NULL, "es_ES.ISO-8859-1", true },
	{ "es_MX.utf8", NULL, "C", false },
	{ "C.UTF-8", NULL, NULL, false },
	{ NULL, NULL, "pt_BR", false },
};

/* In the child: prints what start_process() found. */
static int child(void)
{
	const char *language = start_process();
	char number[16];

	g_snprintf(number, sizeof number, "%.1f", 0.5);
	printf("%s %s %s %s\n", language, start_language(), nl_langinfo(CODESET), number);
	return 0;
}

static char **with(char **environment, const char *name, const char *value)
{
	return value ? g_environ_setenv(environment, name, value, TRUE)
		     : g_environ_unsetenv(environment, name);
}

static void test_language(gconstpointer self)
{
	for (guint i = 0; i < G_N_ELEMENTS(cases); i++) {
		char *arguments[] = { (char *)(guintptr)self, (char *)(guintptr) "--child", NULL };
		g_auto(GStrv) environment = g_get_environ();
		g_autofree char *output = NULL, *expected = NULL;
		g_autoptr(GError) error = NULL;

		environment = with(environment, "LC_ALL", cases[i].lc_all);
		environment = with(environment, "LC_MESSAGES", NULL);
		environment = with(environment, "LANG", cases[i].lang);
		environment = with(environment, "LANGUAGE", cases[i].language);
		g_spawn_sync(NULL, arguments, environment, G_SPAWN_DEFAULT, NULL, NULL, &output,
			     NULL, NULL, &error);
		g_assert_no_error(error);
		expected =
			g_strdup_printf("%s %s UTF-8 0.5\n", cases[i].expected, cases[i].expected);
		g_assert_cmpstr(output, ==, expected);
	}
}

static void set(const char *name, const char *value)
{
	if (value)
		g_setenv(name, value, TRUE);
	else
		g_unsetenv(name);
}

/* A terminal that shows no braille gets a map of question marks. */
static void test_charset(void)
{
	for (guint i = 0; i < G_N_ELEMENTS(charsets); i++) {
		set("LC_ALL", charsets[i].lc_all);
		set("LC_CTYPE", charsets[i].lc_ctype);
		set("LANG", charsets[i].lang);
		g_assert_cmpint(start_is_plain(), ==, charsets[i].plain);
	}
}

static void test_environment(void)
{
	g_setenv("TELAR_TEST", "", TRUE);
	g_assert_null(start_env("TELAR_TEST"));
	g_setenv("TELAR_TEST", "x", TRUE);
	g_assert_cmpstr(start_env("TELAR_TEST"), ==, "x");
	g_assert_nonnull(start_locale_dir());
}

int main(int argc, char **argv)
{
	if (argc > 1 && !strcmp(argv[1], "--child"))
		return child();
	g_test_init(&argc, &argv, NULL);
	g_test_add_data_func("/start/language", argv[0], test_language);
	g_test_add_func("/start/environment", test_environment);
	g_test_add_func("/start/charset", test_charset);
	return g_test_run();
}
