/*
 * telar check: every finding of every file at once, for people, programs and
 * annotations.  Judges nothing itself.
 */
#include "cli/command.h"

#include "base/errors.h"

#include <string.h>

#include <glib/gi18n.h>

/* How the person wrote the way to the network, so that the places printed can be opened. */
static char *path_prefix(const char *path)
{
	g_autofree char *here = g_get_current_dir();
	g_autofree char *full = g_canonicalize_filename(path, here);
	GString *up = g_string_new(NULL);
	gsize len = strlen(full);

	if (!strcmp(here, full))
		return g_string_free(up, FALSE);
	if (strncmp(here, full, len) != 0 || here[len] != '/') {
		g_string_free(up, TRUE);
		return g_str_has_suffix(path, "/") ? g_strdup(path) : g_strconcat(path, "/", NULL);
	}
	for (const char *p = here + len; *p; p++) {
		if (*p == '/' && p[1])
			g_string_append(up, "../");
	}
	return g_string_free(up, FALSE);
}

/* The network that holds the first named file, when nothing else names one. */
static void network_from_file(struct cli *cli, const char *file)
{
	g_autofree char *full = g_canonicalize_filename(file, NULL);
	g_autofree char *folder = g_path_get_dirname(full);

	if (!cli->network && g_file_test(full, G_FILE_TEST_EXISTS))
		cli->network = workspace_search(folder);
}

/* `file` as the network knows it: below its directory, or as it stands there. */
static char *file_inside(const char *path, const char *file, GError **error)
{
	g_autofree char *root = g_canonicalize_filename(path, NULL);
	g_autofree char *full = g_canonicalize_filename(file, NULL);
	g_autofree char *inside = g_canonicalize_filename(file, root);
	const char *candidates[] = { full, inside };

	for (guint i = 0; i < G_N_ELEMENTS(candidates); i++) {
		if (g_file_test(candidates[i], G_FILE_TEST_IS_REGULAR) &&
		    g_str_has_prefix(candidates[i], root) && candidates[i][strlen(root)] == '/')
			return g_strdup(candidates[i] + strlen(root) + 1);
	}
	if (g_file_test(full, G_FILE_TEST_IS_DIR))
		g_set_error(error, TELAR_ERROR, TELAR_ERROR_NO_INPUT,
			    _("\"%s\" is a directory, and neither a network nor a file of one"),
			    file);
	else if (g_file_test(full, G_FILE_TEST_EXISTS))
		g_set_error(error, TELAR_ERROR, TELAR_ERROR_NO_INPUT,
			    _("\"%s\" is not a file of this network"), file);
	else
		g_set_error(error, TELAR_ERROR, TELAR_ERROR_NO_INPUT, _("There is no file \"%s\""),
			    file);
	return NULL;
}

static char **files_inside(const char *path, char *const *args, GError **error)
{
	g_autoptr(GPtrArray) files = g_ptr_array_new_with_free_func(g_free);

	for (; *args; args++) {
		char *file = file_inside(path, *args, error);
		if (!file)
			return NULL;
		g_ptr_array_add(files, file);
	}
	g_ptr_array_add(files, NULL);
	g_ptr_array_set_free_func(files, NULL);
	return (char **)g_ptr_array_free(g_steal_pointer(&files), FALSE);
}

/* "333 institutions, 49 territories, 112 programmes, 281 ties" */
static char *what_was_read(const struct model *model)
{
	const guint *n = model->n;
	guint members = n[KIND_INSTITUTION], places = n[KIND_TERRITORY], acts = n[KIND_PROGRAMME];
	char *parts[] = {
		members ? g_strdup_printf(ngettext("%u institution", "%u institutions", members),
					  members)
			: NULL,
		places ? g_strdup_printf(ngettext("%u territory", "%u territories", places), places)
		       : NULL,
		acts ? g_strdup_printf(ngettext("%u programme", "%u programmes", acts), acts)
		     : NULL,
		model->n_ties ? g_strdup_printf(ngettext("%u tie", "%u ties", model->n_ties),
						model->n_ties)
			      : NULL,
	};
	GString *text = g_string_new(NULL);

	for (guint i = 0; i < G_N_ELEMENTS(parts); i++) {
		if (parts[i])
			g_string_append_printf(text, "%s%s", text->len > 0 ? ", " : "", parts[i]);
		g_free(parts[i]);
	}
	if (text->len == 0)
		g_string_append(text, _("an empty network"));
	return g_string_free(text, FALSE);
}

static void summary_say(const struct cli *cli, bool some)
{
	g_autofree char *read = what_was_read(cli->model);
	const struct findings *findings = cli->findings;
	g_autofree char *errors = NULL, *warnings = NULL;

	if (findings->all->len == 0) {
		if (some)
			cli_say(cli, _("These files: nothing to report"));
		else
			/* TRANSLATORS: %s is as in "333 institutions, 49 territories" */
			cli_say(cli, _("%s: nothing to report"), read);
		return;
	}
	errors = g_strdup_printf(ngettext("%u error", "%u errors", findings->errors),
				 findings->errors);
	warnings = g_strdup_printf(ngettext("%u warning", "%u warnings", findings->warnings),
				   findings->warnings);
	/* TRANSLATORS: as in: 3 errors, 1 warning; read: 330 institutions, 49 territories */
	cli_say(cli, _("%s, %s; read: %s"), errors, warnings, read);
}

bool command_check(struct cli *cli, char ***args, GError **error)
{
	static const char *const formats[] = { "text", "json", "github", NULL };
	g_autofree char *wanted = NULL, *path = NULL, *prefix = NULL;
	g_auto(GStrv) files = NULL;
	const GOptionEntry entries[] = {
		{ "format", 0, 0, G_OPTION_ARG_STRING, &wanted,
		  N_("How to report: text, json or github (annotations)"), N_("FORMAT") },
		{ 0 },
	};
	int format = 0;

	if (!cli_options(cli, entries, args, error))
		return false;
	if (cli->help)
		return true;
	if (wanted && (format = cli_choice("--format", wanted, formats, error)) < 0)
		return false;
	if (!cli_words(cli, *args, 0, G_MAXUINT, error))
		return false;
	if (**args)
		network_from_file(cli, **args);
	path = cli_path(cli, error);
	if (!path)
		return false;
	if (**args && !(files = files_inside(path, *args, error)))
		return false;
	cli->findings = findings_new();
	if (!directory_read(path, (const char *const *)files, clock_today(&cli->clock),
			    cli->findings, &cli->model, error))
		return false;
	findings_sort(cli->findings);
	prefix = path_prefix(path);
	findings_write(cli->findings, (enum findings_format)format, cli->out.colour, prefix,
		       stdout);
	summary_say(cli, files != NULL);
	cli->exit = cli->findings->errors > 0;
	return true;
}
