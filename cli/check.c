/*
 * telar check: every finding of every file at once, for people, programs and
 * annotations.  Judges nothing itself.
 */
#include "cli/command.h"
#include "cli/files.h"

#include "base/errors.h"

#include <string.h>

#include <glib/gi18n.h>

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
		model->n_ties ? model_ties_text(model) : NULL,
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
		files_network(cli, **args);
	path = cli_path(cli, error);
	if (!path)
		return false;
	if (**args && !(files = files_inside(path, *args, error)))
		return false;
	cli->findings = findings_new();
	if (!directory_read(path, (const char *const *)files, clock_today(&cli->clock),
			    cli->findings, &cli->model, NULL, error))
		return false;
	findings_sort(cli->findings);
	prefix = files_prefix(path);
	findings_write(cli->findings, (enum findings_format)format, cli->out.colour, prefix,
		       stdout);
	summary_say(cli, files != NULL);
	cli->exit = cli->findings->errors > 0;
	return true;
}
