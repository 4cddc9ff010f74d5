/*
 * What a process does before anything else, and the only door to the
 * environment.  The language found is kept here for the life of the process: it
 * is set once, before there is a second thread.
 */
#include "base/start.h"

#include <langinfo.h>
#include <libintl.h>
#include <locale.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include <glib.h>

static const char *language_in_force = "en";
static char *language_found; /* of the environment, as a list for gettext */
static char *locale_dir;

/* The languages that the program has, each as itself: a pointer that lives for ever. */
static const char *const languages[] = { "en", "es", "pt" };

const char *start_env(const char *name)
{
	const char *value = getenv(name);

	return value && *value ? value : NULL;
}

/* The locale that the environment asks for in a category ("LC_MESSAGES"), or NULL. */
static const char *wanted_locale(const char *category)
{
	const char *const names[] = { "LC_ALL", category, "LANG" };

	for (guint i = 0; i < G_N_ELEMENTS(names); i++) {
		const char *value = start_env(names[i]);
		if (value)
			return value;
	}
	return NULL;
}

static bool is_c_locale(const char *name)
{
	return name && (!strcmp(name, "C") || !strcmp(name, "POSIX"));
}

bool start_is_plain(void)
{
	const char *wanted = wanted_locale("LC_CTYPE");
	const char *charset = wanted ? strchr(wanted, '.') : NULL;

	/* A name without a charset comes from servers of every kind: most speak UTF-8. */
	return is_c_locale(wanted) || (charset && g_ascii_strncasecmp(charset, ".utf-8", 6) &&
				       g_ascii_strncasecmp(charset, ".utf8", 5));
}

static const char *known_language(const char *name)
{
	for (guint i = 0; i < G_N_ELEMENTS(languages); i++) {
		if (g_ascii_strncasecmp(name, languages[i], 2) == 0 && !g_ascii_isalpha(name[2]))
			return languages[i];
	}
	return NULL;
}

/* The first language of a "pt_BR:es" list that the program has; English when there is none. */
static const char *language_of(const char *list)
{
	g_auto(GStrv) names = g_strsplit(list, ":", -1);

	for (guint i = 0; names[i]; i++) {
		const char *known = known_language(names[i]);
		if (known)
			return known;
	}
	return languages[0];
}

/*
 * UTF-8 whatever the environment names: a server seldom has the locale that an
 * SSH client sends, and its C locale would show no accent at all.
 */
static void locale_start(void)
{
	if (!setlocale(LC_ALL, "") || strcmp(nl_langinfo(CODESET), "UTF-8") != 0)
		setlocale(LC_ALL, "C.UTF-8");
	setlocale(LC_NUMERIC, "C");
}

/*
 * gettext reads LANGUAGE even where the locale itself is not installed, except
 * under the plain C locale.  Who asks for plain C wants English.
 */
static void language_start(void)
{
	const char *wanted = wanted_locale("LC_MESSAGES");
	const char *list = start_env("LANGUAGE");
	g_autofree char *bare = NULL;

	if (is_c_locale(wanted)) {
		list = languages[0];
	} else if (!list) {
		bare = g_strdup(wanted ? wanted : languages[0]);
		bare[strcspn(bare, ".@")] = '\0';
		list = strcmp(bare, "C") == 0 ? languages[0] : bare;
	}
	language_in_force = language_of(list);
	language_found = g_strdup(list);
	/* Also where it is the same: later changes then replace a value that is there. */
	setenv("LANGUAGE", list, 1);
}

const char *start_locale_dir(void)
{
	g_autofree char *self = NULL, *folder = NULL, *beside = NULL;

	if (locale_dir)
		return locale_dir;
	self = g_file_read_link("/proc/self/exe", NULL);
	if (self) {
		folder = g_path_get_dirname(self);
		beside = g_build_filename(folder, "locale", NULL);
	}
	if (beside && g_file_test(beside, G_FILE_TEST_IS_DIR))
		locale_dir = g_steal_pointer(&beside);
	else
		locale_dir = g_strdup(TELAR_PREFIX "/share/locale");
	return locale_dir;
}

static void catalogue_open(void)
{
	bindtextdomain("telar", start_locale_dir());
	bind_textdomain_codeset("telar", "UTF-8");
	textdomain("telar");
}

void start_set_language(const char *language)
{
	const char *list = strcmp(language, "auto") != 0 ? language : language_found;

	language_in_force = language_of(list ? list : languages[0]);
	setenv("LANGUAGE", list ? list : languages[0], 1);
	/* This makes gettext forget what it has looked up. */
	catalogue_open();
}

bool start_has_language(const char *language)
{
	g_autofree char *catalogue =
		g_build_filename(start_locale_dir(), language, "LC_MESSAGES", "telar.mo", NULL);

	return !strcmp(language, "auto") || !strcmp(language, languages[0]) ||
	       g_file_test(catalogue, G_FILE_TEST_EXISTS);
}

const char *start_process(void)
{
	/* The group may share a network's files; the world never writes them. */
	umask(umask(S_IWOTH) | S_IWOTH);
	locale_start();
	language_start();
	catalogue_open();
	/* A closed pipe and a full quota are then errors of the write that meets them. */
	signal(SIGPIPE, SIG_IGN);
	signal(SIGXFSZ, SIG_IGN);
	return language_in_force;
}

const char *start_language(void)
{
	return language_in_force;
}

bool start_decimal_comma(void)
{
	/* Of Unicode's CLDR: those where Spanish is written with decimal points. */
	static const char *const points[] = { "DO", "GT", "HN", "MX", "NI", "PA",
					      "PE", "PR", "SV", "US", NULL };
	const char *locale = wanted_locale("LC_NUMERIC");
	const char *region = locale ? strchr(locale, '_') : NULL;
	g_autofree char *code = region ? g_strndup(region + 1, 2) : NULL;

	return strcmp(language_in_force, "en") != 0 && !(code && g_strv_contains(points, code));
}
