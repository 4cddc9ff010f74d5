/*
 * The table of commands and its help.  What a command does is in its own file.
 */
#include "cli/command.h"

#include "base/errors.h"
#include "base/text.h"
#include "cli/manual.h"
#include "data/filter.h"

#include <string.h>

#include <glib/gi18n.h>

#define OPTION_COLUMN 26

/* clang-format off */
static const struct command table[] = {
	{ "open", N_("[DIRECTORY|FILE]"), N_("Open the network on the screen (also without a command)"),
	  NULL, COMMAND_LENIENT, command_open },
	{ "check", N_("[FILE…]"), N_("Say what is wrong with the files, all of it, each at its place"),
	  N_("Reads every file, or those that are named, and reports errors and warnings with file, line, "
	     "column and what to do. Ends with 1 when there are errors."),
	  0, command_check },
	{ "fmt", N_("[FILE…]"), N_("Bring entry files into the style of new ones"),
	  N_("Keys in their usual order, two blanks a level, quotes only where they are needed, short lists in "
	     "brackets. Comments stay with what they stand at. What an entry says never changes: a file where that "
	     "cannot be made sure is named and left as it is. Without a file: all."),
	  COMMAND_WRITES, command_fmt },
	{ "list", N_("[institutions|territories|programmes|networks|ties]"), N_("List records"),
	  N_("With --filter only those that pass, as in: telar list --filter 'sector=edustem country=MX,CO ties>3'"),
	  COMMAND_RECORDS | COMMAND_AS_OF, command_list },
	{ "show", N_("ID"), N_("Show one record with all that is known about it"),
	  N_("Any record: an institution with its partners and what the measures say, a territory "
	     "with its members, a programme, a network."),
	  COMMAND_RECORDS | COMMAND_AS_OF, command_show },
	{ "find", N_("WORD…"), N_("Find records by name, former name, place or id"),
	  NULL, COMMAND_RECORDS | COMMAND_AS_OF, command_find_records },
	{ "init", N_("DIRECTORY"), N_("Make a new network with the usual words"),
	  N_("The words (sectors, kinds of partnership, thematic lines…) are the network's own from "
	     "then on: change them in its network.yaml."),
	  COMMAND_WRITES, command_init },
	{ "new", N_("institution|territory|programme|… FIELD=VALUE…"), N_("Add an entry"),
	  N_("As in: telar new institution name='Museo de Ciencias' sector=edustem country=MX. The id "
	     "is made of the name unless id= says it. Without any field it asks, on a terminal."),
	  COMMAND_RECORDS | COMMAND_WRITES, command_new },
	{ "set", N_("ID FIELD=VALUE…"), N_("Change fields of a record"),
	  N_("Lists are written with commas; FIELD+=VALUE adds to a list and FIELD-=VALUE takes away; "
	     "FIELD= clears. Partners are reached as in 'partners[innovec].since=2023'."),
	  COMMAND_RECORDS | COMMAND_WRITES, command_set },
	{ "link", N_("A B"), N_("Add to the entry of A that it works with B"),
	  NULL, COMMAND_RECORDS | COMMAND_WRITES, command_link },
	{ "unlink", N_("A B"), N_("Take out of the entry of A that it works with B"),
	  NULL, COMMAND_RECORDS | COMMAND_WRITES, command_unlink },
	{ "confirm", N_("A B"), N_("Say in the entry of A what that of B says of them both"),
	  NULL, COMMAND_RECORDS | COMMAND_WRITES, command_confirm },
	{ "dispute", N_("A B"), N_("Say in the entry of A that what B says of them both does not hold"),
	  N_("Nothing is taken away from the entry of B: the tie is disputed until the two agree."),
	  COMMAND_RECORDS | COMMAND_WRITES, command_dispute },
	{ "measures", NULL, N_("Measure the network, its institutions, groups or ties"),
	  N_("Without --level the network as a whole. --explain says what each number means; "
	     "with --json also what all of them are of."),
	  COMMAND_RECORDS | COMMAND_AS_OF, command_measures },
	{ "compare", N_("[A [B]]"), N_("Two networks side by side: measures, members, ties and gaps"),
	  N_("A and B are states as in telar diff: dates, changes, snapshots, directories, stores or now. With --running "
	     "they are days as in --as-of, and what had ended is left out: telar compare 2023 2026 --running. "
	     "With --filter and --with two views of one network: telar compare --filter country=CO --with country=MX. "
	     "Of measures, better and worse is said of the second."),
	  COMMAND_RECORDS, command_compare },
	{ "between", N_("A B"), N_("What joins two institutions or territories, and would part them"),
	  N_("Ties and distance, partners in common, and the fewest ties and the fewest other members whose loss would "
	     "leave no chain between the two."),
	  COMMAND_RECORDS | COMMAND_AS_OF, command_between },
	{ "matrix", NULL, N_("Who works with whom: ties between groups, against chance"),
	  NULL, COMMAND_RECORDS | COMMAND_AS_OF, command_matrix },
	{ "gaps", NULL, N_("What is missing, why it matters and who could close it"),
	  N_("Severest first. --long gives every reason, number and candidate, and the id for \"telar gap\". "
	     "\"telar export gaps\" writes the register as tables."),
	  COMMAND_RECORDS | COMMAND_AS_OF, command_gaps },
	{ "gap", N_("ID [STATUS]"), N_("One gap in full, or move it on"),
	  N_("A gap goes from open by proposed, introduced, met and working to closed; or it is dismissed with "
	     "--reason, or snoozed with --until. A closed gap that is found again on a later day is open again. "
	     "As in: telar gap G2:co-quindio introduced --owner=ana"),
	  COMMAND_RECORDS | COMMAND_WRITES, command_gap },
	{ "suggest", N_("[ID]"), N_("Who could work together, and what speaks for it"),
	  N_("With an institution its own best; without one those of the network, few for each. Members at the edge "
	     "count more on purpose. --long shows every part of the score, --backtest what it was worth in the past."),
	  COMMAND_RECORDS | COMMAND_AS_OF, command_suggest },
	{ "whatif", N_("[--tie A B]… [--join A TERRITORY]… [--leave ID]… [--end PROGRAMME]…"),
	  N_("Try ties, departures and ends before they happen"),
	  N_("Computes the network anew and says which measures change and which gaps close, ease, open and worsen. "
	     "A tie counts as cooperation. Circles and chance are held as they are; once a step is written they are found "
	     "anew, and more gaps may come and go. Nothing is saved. As in: telar whatif --tie innovec unal"),
	  COMMAND_RECORDS | COMMAND_AS_OF, command_whatif },
	{ "keyplayers", NULL, N_("Who holds the network together, and who reaches most"),
	  N_("Two sets, found by trying: those whose leaving would pull the others furthest apart, and those that together "
	     "are nearest to everybody. Members that bridge the same gap are not both in a set."),
	  COMMAND_RECORDS | COMMAND_AS_OF, command_keyplayers },
	{ "funding", N_("[ID]"), N_("Who funds whom, and with how much as far as that is stated"),
	  N_("As partnerships of the kind funding with a direction and programmes with donors tell; a programme's money goes to "
	     "its lead and to those who take part with an amount. Amounts are never added up over currencies, and of what "
	     "partnerships and programmes both tell the larger stands: at least so much. With an institution's id its own "
	     "funders and those it funds."),
	  COMMAND_RECORDS | COMMAND_AS_OF, command_funding },
	{ "path", N_("A B"), N_("Who could introduce A to B"),
	  NULL, COMMAND_RECORDS | COMMAND_AS_OF, command_path },
	{ "export", N_("FORMAT [-o PATH]"), N_("Write the network for other programs"),
	  N_("Without a format it lists them. All measures go along, computed of what is written: "
	     "--filter, --confirmed, --current, --intensity and --ties choose that. They are the "
	     "columns m_… beside institutions and ties; those of groups and of the network stand in "
	     "measures.csv, and those of the network in GraphML too. \"telar measures --explain\" says "
	     "what each means. The register of gaps is a format of its own, and leaves with no other: "
	     "\"telar export gaps -o DIRECTORY\" writes gaps.csv and candidates.csv. "
	     "So are who works with whom (matrix, by --rows and --cols) and how the network grew (years). "
	     "Without --for all is for members. Entries that only coordinators may see leave with "
	     "--for coordinator alone, contacts never; in the register only coordinators are told who keeps "
	     "entries, who sees to a gap and why it was settled, and for the public gaps that are closed, "
	     "dismissed or put off are left out. yaml writes the entries whole. What stands there already is replaced "
	     "only with --replace.\n"
	     "\n"
	     "Tables have a dialect. Without --dialect they hold keys and ids in English, for programs; with "
	     "--dialect excel-semicolon (or excel-comma, where 0.5 is written) heads, words and names in your "
	     "language, for spreadsheets; telar import reads those of csv again."),
	  COMMAND_WRITES | COMMAND_AS_OF, command_export },
	{ "import", N_("FILE… --into DIRECTORY"), N_("Bring in institutions and ties from files of other programs"),
	  N_("FILE is CSV (of Gephi, Kumu, a spreadsheet or this program), GraphML or Kumu's JSON; a "
	     "file of institutions and one of ties go together. "
	     "DIRECTORY is a new network, or one that is there: then rows are matched by id and name, "
	     "empty fields are filled, nothing is overwritten, and telar undo takes all of it back. "
	     "Columns that are not recognised are kept as attributes. Heads and words are read in your "
	     "language too, decimals with a point or a comma, and 3/5/2019 as the third of May (in English "
	     "it is refused, as it may be either). What a spreadsheet shows as \"may-19\" is no date any "
	     "more: write 2019-05. All or nothing: while a row has "
	     "an error nothing is written; -n shows what would be done.\n"
	     "\n"
	     "  telar import -n nodes.csv edges.csv\n"
	     "  telar import nodes.csv edges.csv --into red --map sector=Category\n"
	     "  telar import kumu.json --into red --same 'Siemens=siemens-ag' --new\n"
	     "\n"
	     "A directory of this program's seven tables (institutions.csv, partnerships.csv, "
	     "territories.csv, networks.csv, programmes.csv, participations.csv, counts.csv) becomes "
	     "a new network."),
	  COMMAND_WRITES, command_import },
	{ "log", N_("[ID]"), N_("Who changed what, newest first"), NULL, COMMAND_RECORDS, command_log },
	{ "undo", N_("[CHANGE [ID.FIELD…]]"), N_("Take a change back: the newest, or the one of that number"),
	  N_("With fields behind the number only what it did to those is taken back, and the rest of it stands. As in: "
	     "telar undo 57 innovec.city. \"telar undo 57 -n\" shows what a change did. What somebody else did "
	     "is taken back by its number alone."), COMMAND_RECORDS | COMMAND_WRITES, command_undo },
	{ "redo", NULL, N_("Bring back what was undone last"),
	  NULL, COMMAND_RECORDS | COMMAND_WRITES, command_redo },
	{ "sync", NULL, N_("Bring files and store together, and say what is taken from where"),
	  N_("Every command does it when it begins; this one tells. What only one side changed is taken, by field; lists are "
	     "united. What both changed differently is a conflict: the file stands, the other value waits for "
	     "\"telar conflicts\". -n says what would be done. Ends with 1 while a conflict waits."),
	  COMMAND_RECORDS | COMMAND_WRITES, command_sync },
	{ "conflicts", N_("[ID.FIELD…]"), N_("What an edit and a file say differently, and deciding it"),
	  N_("Without --take and --value it lists both values, with who and when; ends with 1 when there are any. mine is the "
	     "edit made with telar, theirs is what stands in the file now. As in: telar conflicts --take=mine innovec.city. "
	     "A decision is a change: \"telar undo\" takes it back."),
	  COMMAND_RECORDS | COMMAND_WRITES, command_conflicts },
	{ "diff", N_("A [B]"), N_("What differs between two states of the network, in words"),
	  N_("A state is a date (2026-11-01, 2026-11 or 2026: as it stood when that ended, in UTC, or now where it has not "
	     "ended), the number of a change (as it stood after it; @2023 where the number could be a year), the name of a "
	     "snapshot, a directory, a store (backup.telar) or now, which B is when it is not said; where the network lies "
	     "in a git checkout also a revision (HEAD~3). A and B may be written A..B: 2026-10..2026-11 is what November "
	     "brought. Ends with 1 when they differ."),
	  COMMAND_RECORDS, command_diff },
	{ "snapshot", N_("[NAME]"), N_("Give the network as it is now a name, or list the names"),
	  N_("For \"telar diff\" and for saying what a report was made of. A snapshot stays what it is."),
	  COMMAND_RECORDS, command_snapshot },
	{ "backup", N_("FILE"), N_("Copy the whole network into one file"),
	  N_("A store by itself: every entry with the text of its file, the whole history, the snapshots. Other files of "
	     "the directory are not in it. It is made while others work, never takes the place of a file, and opens like "
	     "a network: telar -N FILE gaps."),
	  COMMAND_WRITES, command_backup },
	{ "restore", N_("FILE --into DIRECTORY"), N_("Make a directory of a backup again, with its history"),
	  N_("The file is checked as a whole first, and every entry must read back as what it was. All or nothing."),
	  COMMAND_WRITES, command_restore },
	{ "doctor", NULL, N_("Look whether store, history and files are sound"),
	  N_("Pages and references of the store, edits that are not yet in their files, files that contradict the store, "
	     "what crashes left, and whether every entry follows from its history. Ends with 1 when something is wrong. "
	     "A mistake in an entry is the business of telar check. A version of a file that a crash left set aside stays, and "
	     "is told of, until --put-back or --discard."),
	  COMMAND_RECORDS, command_doctor },
	{ "generate", N_("DIRECTORY|FILE"), N_("Make a synthetic network, for tests and trials"),
	  N_("Its name, tags and notes say that it is synthetic. The same options make the same files on any machine."),
	  COMMAND_WRITES, command_generate },
	{ "schema", N_("KIND"), N_("The JSON Schema of a kind of entry, for editors"), NULL, 0, command_schema },
	{ "config", N_("[get KEY… | set KEY=VALUE… | unset KEY…]"), N_("Show or change your settings"),
	  N_("A value stands in the first of these that has one: options, TELAR_* in the environment, .telar.yaml of the "
	     "network (looks only), ~/.config/telar/config.yaml, /etc/telar/config.yaml. Keys of actions are set as in: "
	     "telar config set keys.sort='o F2'. Comments and order of the file stay."),
	  COMMAND_RECORDS | COMMAND_LENIENT, command_config },
	{ "filters", N_("[NAME [FILTER]]"), N_("Filters that are kept under a name"),
	  N_("Without a name all of them; with a filter it is kept. Wherever a filter may stand, @NAME means it, as in: "
	     "telar list --filter '@mexico ties>3'. They are yours, not the network's."),
	  COMMAND_RECORDS, command_filters },
	{ "completion", "bash|zsh|fish", N_("What a shell needs to complete the words of telar"), NULL, COMMAND_LENIENT,
	  command_completion },
	{ "help", N_("[COMMAND]"), N_("This list, or the help of a command"), NULL, COMMAND_LENIENT, command_help },
	{ "manual", NULL,
	  N_("A page of the manual: commands, fields, measures, settings, keys"),
	  N_("Without a name that of all commands. telar-entry.5 is about the fields of entries, telar-measures.7 about "
	     "measures and gaps, telar-config.5 about settings. On a terminal it is shown by $PAGER, else by less."),
	  COMMAND_LENIENT, command_manual },
	{ "version", NULL, N_("Say which version this is"), NULL, COMMAND_LENIENT, command_version },
};
/* clang-format on */

const struct command *commands(guint *n)
{
	*n = G_N_ELEMENTS(table);
	return table;
}

const struct command *command_find(const char *name)
{
	for (guint i = 0; i < G_N_ELEMENTS(table); i++) {
		if (!strcmp(table[i].name, name))
			return &table[i];
	}
	return NULL;
}

char *command_usage(const struct command *command)
{
	g_autofree char *pages = NULL;

	if (command->run != command_manual)
		return g_strdup(command->usage ? _(command->usage) : "");
	pages = manual_names("|");
	return g_strdup_printf("[%s]", pages);
}

void command_unknown(const char *name, GError **error)
{
	const char *names[G_N_ELEMENTS(table) + 1];
	g_autofree char *hint = NULL;
	const char *nearest;

	for (guint i = 0; i < G_N_ELEMENTS(table); i++)
		names[i] = table[i].name;
	names[G_N_ELEMENTS(table)] = NULL;
	nearest = text_nearest(name, names);
	g_set_error(error, TELAR_ERROR, TELAR_ERROR_USAGE,
		    _("There is no command \"%s\", and no network of that name"), name);
	hint = nearest ? g_strdup_printf(_("did you mean \"telar %s\"?"), nearest)
		       : g_strdup(_("\"telar help\" lists the commands"));
	error_add_hint(error, hint);
}

static void option_line(const struct out *out, const char *option, const char *text)
{
	g_autoptr(GPtrArray) lines = text_wrap(text, 78 - OPTION_COLUMN);
	g_autofree char *head = text_fit(option, OPTION_COLUMN - 4, true);
	bool wide = text_width(option) > OPTION_COLUMN - 4;

	if (wide)
		out_printf(out, "  %s\n", option);
	for (guint i = 0; i < lines->len; i++) {
		if (i == 0 && !wide)
			out_printf(out, "  %s  %s\n", head, (char *)g_ptr_array_index(lines, i));
		else
			out_printf(out, "%*s%s\n", OPTION_COLUMN, "",
				   (char *)g_ptr_array_index(lines, i));
	}
}

static void entries_print(const struct out *out, const GOptionEntry *entries)
{
	for (; entries && entries->long_name; entries++) {
		GString *head = g_string_new(NULL);
		if (entries->flags & G_OPTION_FLAG_HIDDEN) {
			g_string_free(head, TRUE);
			continue;
		}
		if (entries->short_name)
			g_string_append_printf(head, "-%c, ", entries->short_name);
		g_string_append_printf(head, "--%s", entries->long_name);
		if (entries->arg_description)
			g_string_append_printf(head, "=%s", _(entries->arg_description));
		option_line(out, head->str, _(entries->description));
		g_string_free(head, TRUE);
	}
}

static void program_help(const struct out *out)
{
	out_printf(out, "%s\n", _("telar: a loom for networks of institutions"));
	out_printf(out, "\n%s telar [%s] %s\n\n", _("Usage:"), _("OPTIONS"), _("COMMAND …"));
	for (guint i = 0; i < G_N_ELEMENTS(table); i++)
		out_printf(out, "  %-11s%s\n", table[i].name, _(table[i].summary));
	out_printf(
		out, "\n%s\n",
		_("The network is the directory of -N, else of $TELAR_NETWORK, else the nearest\n"
		  "parent directory with a network.yaml. It may also stand last, as in\n"
		  "telar gaps contrib/red-stem. Without a command the network opens on the\n"
		  "screen. \"telar help COMMAND\" says more."));
}

static void forms_print(const struct out *out)
{
	guint n;
	const struct filter_form *forms = filter_forms(&n);

	out_printf(out, "\n%s\n", _("Filters:"));
	for (guint i = 0; i < n; i++)
		option_line(out, forms[i].form, _(forms[i].means));
}

void help_print(const struct out *out, const struct command *command, const GOptionEntry *entries)
{
	g_autofree char *usage = command ? command_usage(command) : NULL;

	if (!command) {
		program_help(out);
		return;
	}
	out_printf(out, "%s telar %s [%s]%s%s\n\n", _("Usage:"), command->name, _("OPTIONS"),
		   *usage ? " " : "", usage);
	option_line(out, command->name, _(command->summary));
	if (command->detail) {
		g_autoptr(GPtrArray) lines = text_wrap(_(command->detail), 78);
		fputc('\n', out->stream);
		for (guint i = 0; i < lines->len; i++)
			out_printf(out, "%s\n", (char *)g_ptr_array_index(lines, i));
	}
	out_printf(out, "\n%s\n", _("Options:"));
	entries_print(out, entries);
	for (; entries && entries->long_name; entries++)
		if (strcmp(entries->long_name, "filter") == 0)
			forms_print(out);
}

bool command_help(struct cli *cli, char ***args, GError **error)
{
	const struct command *command;

	if (!cli_options(cli, NULL, args, error))
		return false;
	if (cli->help)
		return true;
	if (g_strv_length(*args) > 1)
		return cli_words(cli, *args, 0, 1, error);
	if (!**args) {
		program_help(&cli->out);
		return true;
	}
	command = command_find(**args);
	if (!command) {
		command_unknown(**args, error);
		return false;
	}
	/* The command itself knows its options. */
	cli->command = command;
	g_free(**args);
	**args = g_strdup("--help");
	return command->run(cli, args, error);
}

bool command_version(struct cli *cli, char ***args, GError **error)
{
	if (!cli_options(cli, NULL, args, error))
		return false;
	if (cli->help)
		return true;
	if (!cli_words(cli, *args, 0, 0, error))
		return false;
	out_printf(&cli->out, "telar %s\n", TELAR_VERSION);
	return true;
}
