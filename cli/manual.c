/*
 * telar manual: the manual pages, for reading or as source for scdoc.  telar(1) is made here of
 * the table of commands; the others from the tables of fields, measures and gaps.
 */
#include "cli/manual.h"

#include "cli/command.h"
#include "data/filter.h"

#include "base/errors.h"

#include <string.h>

#include <glib/gi18n.h>

/* --- text in a page ----------------------------------------------------------------- */

void manual_text(GString *page, const char *text)
{
	bool start = page->len == 0 || strchr("\n\t", page->str[page->len - 1]) != NULL;

	for (; *text; text++) {
		if (strchr("\\*_`#~+<>", *text) || (start && strchr("-.[]|;'!", *text)))
			g_string_append_c(page, '\\');
		g_string_append_c(page, *text == '\n' ? ' ' : *text);
		start = false;
	}
}

void manual_sentence(GString *page, const char *text)
{
	gsize length = strlen(text);

	manual_text(page, text);
	if (length > 0 && !strchr(".?!:", text[length - 1]))
		g_string_append_c(page, '.');
}

void manual_head(GString *page, const char *name, int section)
{
	g_string_append_printf(page, "%s(%d) \"telar %s\" \"telar\"\n\n", name, section,
			       TELAR_VERSION);
}

void manual_see(GString *page, const char *const *pages)
{
	g_string_append_printf(page, "# %s\n\n", _("SEE ALSO"));
	for (guint i = 0; pages[i]; i++)
		g_string_append_printf(page, "%s%s", i ? ", " : "", pages[i]);
	g_string_append_c(page, '\n');
}

static void heading(GString *page, const char *text)
{
	g_string_append_printf(page, "# %s\n\n", text);
}

static void paragraph(GString *page, const char *text)
{
	manual_text(page, text);
	g_string_append(page, "\n\n");
}

/* --- commands ----------------------------------------------------------------------- */

static void write_option(GString *page, const GOptionEntry *entry)
{
	if (entry->short_name)
		g_string_append_printf(page, "*-%c*, ", entry->short_name);
	g_string_append(page, "*--");
	manual_text(page, entry->long_name);
	g_string_append_c(page, '*');
	if (entry->arg_description) {
		g_string_append(page, "=");
		manual_text(page, _(entry->arg_description));
	}
	g_string_append(page, "\n\t");
	manual_sentence(page, _(entry->description));
	g_string_append(page, "\n\n");
}

static bool is_common(const GOptionEntry *entry)
{
	static const char *const names[] = { "network", "color", "help", NULL };
	return g_strv_contains(names, entry->long_name);
}

struct options {
	GString *page;
	bool common; /* those of all commands, else the command's own */
};

static void take_options(void *data, const GOptionEntry *entries)
{
	const struct options *options = data;

	for (; entries && entries->long_name; entries++) {
		if (!(entries->flags & G_OPTION_FLAG_HIDDEN) &&
		    is_common(entries) == options->common)
			write_option(options->page, entries);
	}
}

/* Only the command knows its options: it is asked for its help, which comes here. */
static bool ask_options(const struct cli *cli, const struct command *command,
			struct options *options, GError **error)
{
	struct cli asking = *cli;
	char **args = g_strsplit("--help", " ", 0);
	bool done;

	asking.command = command;
	asking.help = FALSE;
	asking.take_options = take_options;
	asking.take_data = options;
	done = command->run(&asking, &args, error);
	g_strfreev(args);
	return done;
}

/* A paragraph a line; lines that are indented are examples, as they stand. */
static void write_detail(GString *page, const char *detail)
{
	g_auto(GStrv) lines = g_strsplit(detail, "\n", -1);
	bool example = false;

	for (char **line = lines; *line; line++) {
		bool indented = g_str_has_prefix(*line, "  ");

		if (indented != example)
			g_string_append(page, example ? "```\n\n" : "```\n");
		example = indented;
		if (example) {
			g_string_append_printf(page, "%s\n", *line + 2);
		} else if (**line) {
			manual_sentence(page, *line);
			g_string_append(page, "\n\n");
		}
	}
	if (example)
		g_string_append(page, "```\n\n");
}

static bool write_command(GString *page, const struct cli *cli, const struct command *command,
			  GError **error)
{
	g_autofree char *usage = command_usage(command);
	struct options options = { page, false };

	g_string_append(page, "## telar ");
	manual_text(page, command->name);
	if (*usage) {
		g_string_append_c(page, ' ');
		manual_text(page, usage);
	}
	g_string_append(page, "\n\n");
	manual_sentence(page, _(command->summary));
	g_string_append(page, "\n\n");
	if (command->detail)
		write_detail(page, _(command->detail));
	return ask_options(cli, command, &options, error);
}

static void write_term(GString *page, const char *term, const char *means)
{
	g_string_append_c(page, '*');
	manual_text(page, term);
	g_string_append(page, "*\n\t");
	manual_sentence(page, means);
	g_string_append(page, "\n\n");
}

static void write_forms(GString *page)
{
	guint n;
	const struct filter_form *forms = filter_forms(&n);

	heading(page, _("FILTERS"));
	for (guint i = 0; i < n; i++)
		write_term(page, forms[i].form, _(forms[i].means));
}

static void write_exit_codes(GString *page)
{
	static const struct {
		int code;
		const char *means;
	} codes[] = {
		{ 0, N_("All went well") },
		{ 1, N_("There are findings: errors in entries, or what a --check or --fail-on "
			"asked for") },
		{ 2, N_("The command line is wrong") },
		{ 65, N_("The data are wrong") },
		{ 66, N_("What was named is not there") },
		{ 69, N_("Something that is needed is not available") },
		{ 70, N_("A fault of the program") },
		{ 73, N_("What should be made is there already, or cannot be made") },
		{ 74, N_("Reading or writing failed") },
		{ 75, N_("Somebody else is writing: try again") },
		{ 77, N_("Not permitted") },
		{ 78, N_("The configuration is wrong") },
		{ 130, N_("Interrupted") },
	};

	heading(page, _("EXIT STATUS"));
	for (guint i = 0; i < G_N_ELEMENTS(codes); i++) {
		g_string_append_printf(page, "*%d*\n\t", codes[i].code);
		manual_sentence(page, _(codes[i].means));
		g_string_append(page, "\n\n");
	}
}

static void write_files(GString *page)
{
	heading(page, _("ENVIRONMENT"));
	write_term(page, "TELAR_NETWORK", _("Directory of the network, where -N does not say it"));
	write_term(page, "TELAR_ACTOR", _("Who is recorded in the history; else the user's name"));
	write_term(page, "NO_COLOR", _("No colours when it is set"));
	write_term(page, "LC_ALL, LC_MESSAGES, LANG, LANGUAGE",
		   _("The language of messages and of the screen"));
	heading(page, _("FILES"));
	write_term(page, "network.yaml", _("Makes a directory a network: its words and settings"));
	write_term(page, ".telar/",
		   _("The working copy and the history; everything but the history can be made "
		     "anew from the files"));
}

static bool write_commands(GString *page, struct cli *cli, GError **error)
{
	static const char *const see[] = { "*telar-entry*(5)", "*telar-measures*(7)",
					   "*telar-config*(5)", NULL };
	struct options common = { page, true };
	guint n;
	const struct command *all = commands(&n);

	manual_head(page, "telar", 1);
	heading(page, _("NAME"));
	g_string_append(page, "telar - ");
	manual_text(page, _("a loom for networks of institutions"));
	g_string_append(page, "\n\n");
	heading(page, _("SYNOPSIS"));
	g_string_append_printf(page, "*telar* [%s] %s\n\n", _("OPTIONS"), _("COMMAND …"));
	heading(page, _("DESCRIPTION"));
	paragraph(page,
		  _("telar maps a regional network: who is in, who works with whom, where the "
		    "gap is and what to do about it. It reads the entries that institutions keep "
		    "as YAML files, computes measures and a register of gaps, and lets a "
		    "coordinator correct an entry and take it back. Without a command the "
		    "network opens on the screen, where ? says what every key does."));
	paragraph(page, _("The network is the directory of -N, else of $TELAR_NETWORK, else the "
			  "nearest parent directory with a network.yaml. It may also stand last."));
	heading(page, _("OPTIONS OF ALL COMMANDS"));
	if (!ask_options(cli, command_find("help"), &common, error))
		return false;
	heading(page, _("COMMANDS"));
	for (guint i = 0; i < n; i++) {
		if (!write_command(page, cli, &all[i], error))
			return false;
	}
	write_forms(page);
	write_exit_codes(page);
	write_files(page);
	manual_see(page, see);
	return true;
}

/* --- the command -------------------------------------------------------------------- */

/* The first is shown where none is named: it asks every command, which may fail. */
static const struct {
	const char *name;
	void (*write)(GString *page);
	bool scdoc; /* else it is read as it stands */
} pages[] = {
	{ "telar.1", NULL, true },
	{ "telar-entry.5", manual_entries, true },
	{ "telar-measures.7", manual_measures, true },
	{ "telar-config.5", manual_config, true },
	{ "keys.md", manual_keys, false },
};

char *manual_names(const char *between)
{
	const char *names[G_N_ELEMENTS(pages) + 1] = { NULL };

	for (guint i = 0; i < G_N_ELEMENTS(pages); i++)
		names[i] = pages[i].name;
	return g_strjoinv(between, (char **)(guintptr)names);
}

bool command_manual(struct cli *cli, char ***args, GError **error)
{
	gboolean source = FALSE;
	const GOptionEntry entries[] = {
		{ "source", 0, 0, G_OPTION_ARG_NONE, &source,
		  N_("As source for scdoc, of which manual pages are made"), NULL },
		{ 0 },
	};
	g_autoptr(GString) page = g_string_new(NULL);
	g_autofree char *joined = manual_names("|");
	g_auto(GStrv) names = g_strsplit(joined, "|", -1);
	int which;

	if (!cli_options(cli, entries, args, error))
		return false;
	if (cli->help)
		return true;
	if (!cli_words(cli, *args, 0, 1, error))
		return false;
	which = **args ? cli_choice("manual", **args, (const char *const *)names, error) : 0;
	if (which < 0)
		return false;
	if (pages[which].write)
		pages[which].write(page);
	else if (!write_commands(page, cli, error))
		return false;
	if (source)
		fputs(page->str, cli->out.stream);
	else
		manual_show(cli, page->str, pages[which].scdoc);
	return true;
}
