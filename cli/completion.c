/*
 * telar completion: what shells complete, made from the tables of commands, options,
 * settings and kinds.  No shell runs telar while a word is completed, but for ids.
 */
#include "cli/command.h"

#include "base/errors.h"
#include "cli/manual.h"
#include "data/records.h"
#include "graph/export/export.h"
#include "tui/config.h"

#include <string.h>

#include <glib/gi18n.h>

/* What the words behind a command's name are. */
static char *words_of(const char *name)
{
	g_autoptr(GString) out = g_string_new(NULL);
	guint n;

	if (!strcmp(name, "help")) {
		const struct command *all = commands(&n);
		for (guint i = 0; i < n; i++)
			g_string_append_printf(out, "%s ", all[i].name);
	} else if (!strcmp(name, "export")) {
		const struct export_format *formats = export_formats(&n);
		for (guint i = 0; i < n; i++)
			g_string_append_printf(out, "%s ", formats[i].id);
		g_string_append_printf(out, "%s ", export_entries()->id);
	} else if (!strcmp(name, "list")) {
		g_string_append(out, "institutions territories programmes networks ties ");
	} else if (!strcmp(name, "new") || !strcmp(name, "schema")) {
		for (guint k = 0; k < KIND_COUNT; k++)
			g_string_append_printf(out, "%s ", record_type((enum kind)k)->name);
	} else if (!strcmp(name, "config")) {
		g_string_append(out, "list get set unset ");
		for (guint i = 0; i < SETTING_COUNT; i++)
			g_string_append_printf(out, "%s= ", setting_field(i)->key);
	} else if (!strcmp(name, "manual")) {
		g_autofree char *pages = manual_names(" ");
		g_string_append_printf(out, "%s ", pages);
	} else if (!strcmp(name, "completion")) {
		g_string_append(out, "bash zsh fish ");
	}
	if (out->len > 0)
		g_string_truncate(out, out->len - 1);
	return g_string_free(g_steal_pointer(&out), FALSE);
}

/* Single quotes of a shell. */
static char *quoted(const char *text)
{
	g_auto(GStrv) parts = g_strsplit(text, "'", -1);
	g_autofree char *joined = g_strjoinv("'\\''", parts);

	return g_strdup_printf("'%s'", joined);
}

/* Calls `each` for every option of a command. */
struct asking {
	GString *out;
	const char *command;
	void (*each)(struct asking *asking, const GOptionEntry *entry);
};

static void take_options(void *data, const GOptionEntry *entries)
{
	struct asking *asking = data;

	for (; entries && entries->long_name; entries++)
		if (!(entries->flags & G_OPTION_FLAG_HIDDEN))
			asking->each(asking, entries);
}

static bool options_ask(const struct cli *cli, const struct command *command, struct asking *asking,
			GError **error)
{
	struct cli own = *cli;
	char **args = g_strsplit("--help", " ", 0);
	bool done;

	asking->command = command->name;
	own.command = command;
	own.help = FALSE;
	own.take_options = take_options;
	own.take_data = asking;
	done = command->run(&own, &args, error);
	g_strfreev(args);
	return done;
}

static void bash_option(struct asking *asking, const GOptionEntry *entry)
{
	g_string_append_printf(asking->out, "--%s%s ", entry->long_name,
			       entry->arg_description ? "=" : "");
}

static bool bash_print(const struct cli *cli, GString *out, GError **error)
{
	guint n;
	const struct command *all = commands(&n);
	g_autoptr(GString) names = g_string_new(NULL);
	struct asking asking = { .out = out, .each = bash_option };

	g_string_append(out, "# bash completion of telar\n"
			     "_telar() {\n"
			     "\tlocal cur=${COMP_WORDS[COMP_CWORD]} i command= words=\n"
			     "\tfor ((i = 1; i < COMP_CWORD; i++)); do\n"
			     "\t\tcase ${COMP_WORDS[i]} in\n"
			     "\t\t-N | --network) ((i++)) ;;\n"
			     "\t\t-*) ;;\n"
			     "\t\t*) command=${COMP_WORDS[i]}; break ;;\n"
			     "\t\tesac\n"
			     "\tdone\n"
			     "\tcase $command in\n");
	for (guint i = 0; i < n; i++) {
		g_autofree char *words = words_of(all[i].name);

		g_string_append_printf(names, "%s ", all[i].name);
		g_string_append_printf(out, "\t%s) words='", all[i].name);
		if (!options_ask(cli, &all[i], &asking, error))
			return false;
		g_string_append_printf(out, "%s' ;;\n", words);
	}
	g_string_append_printf(out, "\t*) words='%s' ;;\n", g_strchomp(names->str));
	g_string_append(out, "\tesac\n"
			     "\tCOMPREPLY=($(compgen -W \"$words\" -- \"$cur\"))\n"
			     "\t[[ ${#COMPREPLY[@]} -eq 1 && ${COMPREPLY[0]} == *= ]] && "
			     "compopt -o nospace\n"
			     "\treturn 0\n"
			     "}\n"
			     "complete -o default -F _telar telar\n");
	return true;
}

static void zsh_option(struct asking *asking, const GOptionEntry *entry)
{
	g_autoptr(GString) text = g_string_new(NULL);
	g_autofree char *word = NULL;

	g_string_append_printf(text, "--%s%s[", entry->long_name,
			       entry->arg_description ? "=" : "");
	for (const char *p = _(entry->description); *p; p++) {
		if (strchr("[]:\\", *p))
			g_string_append_c(text, '\\');
		g_string_append_c(text, *p);
	}
	g_string_append_c(text, ']');
	if (entry->arg_description)
		g_string_append_printf(text, ":%s:%s", entry->long_name,
				       entry->arg == G_OPTION_ARG_FILENAME ? "_files" : " ");
	word = quoted(text->str);
	g_string_append_printf(asking->out, " %s", word);
}

static bool zsh_print(const struct cli *cli, GString *out, GError **error)
{
	guint n;
	const struct command *all = commands(&n);
	struct asking asking = { .out = out, .each = zsh_option };

	g_string_append(out, "#compdef telar\n_telar() {\n"
			     "\tlocal -a names\n\tnames=(\n");
	for (guint i = 0; i < n; i++) {
		g_autofree char *line = g_strdup_printf("%s:%s", all[i].name, _(all[i].summary));
		g_autofree char *word = quoted(line);

		g_string_append_printf(out, "\t\t%s\n", word);
	}
	g_string_append(out, "\t)\n\tif ((CURRENT == 2)); then\n"
			     "\t\t_describe command names\n\t\t_files -/\n\t\treturn\n\tfi\n"
			     "\tlocal command=$words[2]\n\tshift words\n\t((CURRENT--))\n"
			     "\tcase $command in\n");
	for (guint i = 0; i < n; i++) {
		g_autofree char *words = words_of(all[i].name);

		g_string_append_printf(out, "\t%s) _arguments", all[i].name);
		if (!options_ask(cli, &all[i], &asking, error))
			return false;
		if (*words)
			g_string_append_printf(out, " '*:word:(%s)' ;;\n", words);
		else
			g_string_append(out, " '*:file:_files' ;;\n");
	}
	g_string_append(out, "\tesac\n}\n_telar \"$@\"\n");
	return true;
}

static void fish_option(struct asking *asking, const GOptionEntry *entry)
{
	g_autofree char *text = quoted(_(entry->description));

	g_string_append_printf(asking->out, "complete -c telar -n '__fish_seen_subcommand_from %s'",
			       asking->command);
	g_string_append_printf(asking->out, " -l %s", entry->long_name);
	if (entry->short_name)
		g_string_append_printf(asking->out, " -s %c", entry->short_name);
	g_string_append_printf(asking->out, "%s -d %s\n", entry->arg_description ? " -r" : "",
			       text);
}

static bool fish_print(const struct cli *cli, GString *out, GError **error)
{
	guint n;
	const struct command *all = commands(&n);
	struct asking asking = { .out = out, .each = fish_option };

	g_string_append(out, "# fish completion of telar\n");
	for (guint i = 0; i < n; i++) {
		g_autofree char *text = quoted(_(all[i].summary));
		g_autofree char *words = words_of(all[i].name);

		g_string_append_printf(out,
				       "complete -c telar -n __fish_use_subcommand -a %s -d %s\n",
				       all[i].name, text);
		if (*words)
			g_string_append_printf(out,
					       "complete -c telar -n "
					       "'__fish_seen_subcommand_from %s' -a '%s'\n",
					       all[i].name, words);
		if (!options_ask(cli, &all[i], &asking, error))
			return false;
	}
	return true;
}

bool command_completion(struct cli *cli, char ***args, GError **error)
{
	static const char *const shells[] = { "bash", "zsh", "fish", NULL };
	static bool (*const print[])(const struct cli *, GString *,
				     GError **) = { bash_print, zsh_print, fish_print };
	g_autoptr(GString) text = g_string_new(NULL);
	int shell;

	if (!cli_options(cli, NULL, args, error))
		return false;
	if (cli->help)
		return true;
	if (!cli_words(cli, *args, 1, 1, error))
		return false;
	shell = cli_choice("completion", **args, shells, error);
	if (shell < 0 || !print[shell](cli, text, error))
		return false;
	fputs(text->str, cli->out.stream);
	return true;
}
