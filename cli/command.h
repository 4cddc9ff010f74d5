#ifndef CLI_COMMAND_H
#define CLI_COMMAND_H

#include "cli/cli.h"

/*
 * One row a command: help, usage lines, suggestions and completion are made from
 * this table.  `run` gets the words behind the command's name (options among
 * them) and reads them with cli_options(); false with `error` set, or true
 * with cli->exit as it should be.
 */
enum command_flags {
	COMMAND_RECORDS = 1 << 0, /* prints records: --json, --plain */
	COMMAND_WRITES = 1 << 1,  /* -n/--dry-run */
	COMMAND_LENIENT = 1 << 2, /* goes on with settings that cannot be understood */
	COMMAND_AS_OF = 1 << 3,	  /* only reads the network: --as-of */
};

struct command {
	const char *name;
	const char *usage;   /* N_(): the words behind the name; of manual its pages stand there */
	const char *summary; /* N_(): one line for the list of commands */
	const char *detail;  /* N_(): a paragraph for its own help, or NULL */
	guint flags;
	bool (*run)(struct cli *cli, char ***args, GError **error);
};

const struct command *commands(guint *n);
const struct command *command_find(const char *name); /* or NULL */

/* The words behind its name in the language of the process, "" for none.  Caller frees. */
char *command_usage(const struct command *command);

/* TELAR_ERROR_USAGE with the nearest command as hint. */
void command_unknown(const char *name, GError **error);

/* The help of one command with its own options, or of the program (NULL); `entries` may be NULL. */
void help_print(const struct out *out, const struct command *command, const GOptionEntry *entries);

bool command_open(struct cli *cli, char ***args, GError **error);
bool command_check(struct cli *cli, char ***args, GError **error);
bool command_fmt(struct cli *cli, char ***args, GError **error);
bool command_list(struct cli *cli, char ***args, GError **error);
bool command_show(struct cli *cli, char ***args, GError **error);
bool command_find_records(struct cli *cli, char ***args, GError **error);
bool command_set(struct cli *cli, char ***args, GError **error);
bool command_link(struct cli *cli, char ***args, GError **error);
bool command_unlink(struct cli *cli, char ***args, GError **error);
bool command_confirm(struct cli *cli, char ***args, GError **error);
bool command_dispute(struct cli *cli, char ***args, GError **error);
bool command_new(struct cli *cli, char ***args, GError **error);
bool command_init(struct cli *cli, char ***args, GError **error);
bool command_generate(struct cli *cli, char ***args, GError **error);
bool command_schema(struct cli *cli, char ***args, GError **error);
bool command_measures(struct cli *cli, char ***args, GError **error);
bool command_compare(struct cli *cli, char ***args, GError **error);
bool command_between(struct cli *cli, char ***args, GError **error);
bool command_matrix(struct cli *cli, char ***args, GError **error);
bool command_gap(struct cli *cli, char ***args, GError **error);
bool command_gaps(struct cli *cli, char ***args, GError **error);
bool command_suggest(struct cli *cli, char ***args, GError **error);
bool command_whatif(struct cli *cli, char ***args, GError **error);
bool command_keyplayers(struct cli *cli, char ***args, GError **error);
bool command_funding(struct cli *cli, char ***args, GError **error);
bool command_path(struct cli *cli, char ***args, GError **error);
bool command_export(struct cli *cli, char ***args, GError **error);
bool command_import(struct cli *cli, char ***args, GError **error);
bool command_log(struct cli *cli, char ***args, GError **error);
bool command_undo(struct cli *cli, char ***args, GError **error);
bool command_redo(struct cli *cli, char ***args, GError **error);
bool command_sync(struct cli *cli, char ***args, GError **error);
bool command_conflicts(struct cli *cli, char ***args, GError **error);
bool command_diff(struct cli *cli, char ***args, GError **error);
bool command_snapshot(struct cli *cli, char ***args, GError **error);
bool command_backup(struct cli *cli, char ***args, GError **error);
bool command_restore(struct cli *cli, char ***args, GError **error);
bool command_doctor(struct cli *cli, char ***args, GError **error);
bool command_config(struct cli *cli, char ***args, GError **error);
bool command_filters(struct cli *cli, char ***args, GError **error);
bool command_completion(struct cli *cli, char ***args, GError **error);
bool command_help(struct cli *cli, char ***args, GError **error);
bool command_version(struct cli *cli, char ***args, GError **error);
bool command_manual(struct cli *cli, char ***args, GError **error);

#endif
