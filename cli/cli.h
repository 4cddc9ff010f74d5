#ifndef CLI_CLI_H
#define CLI_CLI_H

#include "base/clock.h"
#include "base/findings.h"
#include "base/json.h"
#include "base/out.h"
#include "data/workspace.h"
#include "graph/study.h"
#include "tui/config.h"
#include "tui/memory.h"

/*
 * One run of the program: what the options that all commands share said, where
 * output goes, and the network once a command asked for it.  Commands neither
 * look at the environment nor exit by themselves.
 */
struct command;

struct cli {
	const struct command *command;
	char *network; /* -N, or the network directory that stood last; NULL: search */
	gboolean json, plain, dry_run, help;
	char *colour;
	/* Of the analysis commands. */
	char *filter;
	gboolean confirmed, current;
	char *intensity;
	char *ties; /* kinds of ties, with commas */
	char *distance;
	char *rows, *cols; /* attributes */
	bool one_end;	   /* ties are told of with one end in what passes --filter */
	char *as_of_text;
	struct date as_of; /* the network is that of this day; unset: as it is */

	/* Where the options of a command go, when asked for help, instead of being printed. */
	void (*take_options)(void *data, const GOptionEntry *entries);
	void *take_data;

	struct out out; /* data */
	struct out err; /* words */
	struct clock clock;
	int exit;

	struct config *config;	     /* settings */
	struct memory *memory;	     /* filters that are kept, once the network is known */
	struct findings *findings;   /* of the files, once read */
	struct workspace *workspace; /* once cli_open() */
	struct store *history;	     /* to read, once gap_print.c asked; NULL where there is none */
	struct model *model;	     /* once read or opened */
	struct filter *parsed;	     /* of `filter` */
	struct study *everything;    /* measures of all, where a filter asks for them */
	struct study *study;
};

void cli_init(struct cli *cli);
void cli_release(struct cli *cli);

/*
 * Reads options out of `args` (a string list that is kept): those of all
 * commands and `entries` (may be NULL), whose texts are N_().  True: the words
 * that remain are in `args`.  With --help the help is printed, `cli->help`
 * set and true returned: the command has nothing more to do.
 */
#define LIMIT_UNSAID G_MININT /* a --limit that depends on what else is said */
bool cli_options(struct cli *cli, const GOptionEntry *entries, char ***args, GError **error);

/* The entries --filter, --confirmed, --current, --intensity, --ties; ends with an empty one. */
#define STUDY_ENTRIES 6
void cli_study_entries(struct cli *cli, GOptionEntry entries[STUDY_ENTRIES]);

/* --distance, behind `entries`: for commands that show measures of it. */
void cli_distance_entry(struct cli *cli, GArray *entries);
/* --rows and --cols likewise: for commands that hold groups against groups; and what they say. */
void cli_groups_entries(struct cli *cli, GArray *entries);
bool cli_groups(const struct cli *cli, enum attribute *rows, enum attribute *cols, GError **error);

/*
 * Counts the words that remain; one more than `most`, or a last one that is a
 * network's directory, is taken as -N when that was not given.
 */
bool cli_words(struct cli *cli, char **args, guint least, guint most, GError **error);

/* A --limit as it was said; else `people` for them, and all (0) for programs. */
guint cli_limit(const struct cli *cli, gint limit, guint people);

/* Who acts: by the settings, else by login.  Caller frees. */
char *cli_actor(const struct cli *cli);

/*
 * The network's directory: -N, $TELAR_NETWORK, the nearest parent, that of the
 * settings.  Caller frees.
 */
char *cli_path(struct cli *cli, GError **error);

/*
 * Reads the files, writes nothing; says on stderr how many are left out for errors.
 * With --as-of the model is the one of that day.
 */
bool cli_read(struct cli *cli, GError **error);
/* Opens the network for edits and history. */
bool cli_open(struct cli *cli, GError **error);

/*
 * The study that the options ask for, with `parts` computed.  Borrowed; NULL on error.  People are
 * told on stderr which part of the network it is of, where it is not the whole.
 */
struct study *cli_study(struct cli *cli, guint parts, GError **error);
/* The same with some measures alone (const struct measure *). */
struct study *cli_study_of(struct cli *cli, const GPtrArray *chosen, GError **error);
/* Institutions' filter of `text`, checked against the network; measures are computed if it asks. */
struct filter *cli_filter(struct cli *cli, const char *text, enum kind kind, GError **error);

/*
 * A record by id ("innovec", "institutions/innovec" or the path of its file), by a former id, or by
 * its exact name; the error's hint names the nearest.  `kinds`: bits 1 << KIND_…
 */
const void *cli_record(struct cli *cli, const char *word, guint kinds, enum kind *kind,
		       GError **error);
/* Index of an institution in the model, -1 with an error. */
int cli_institution(struct cli *cli, const char *word, GError **error);

/* The day that a word of the command line means; `what` is the option it is for. */
bool cli_day(const char *what, const char *word, struct date *out, GError **error);

/* `word` among `words` (NULL-terminated): its position, or -1 with an error that names the nearest.
 */
int cli_choice(const char *what, const char *word, const char *const *words, GError **error);
/* The same where `names` are what people read for each of them. */
int cli_choice_named(const char *what, const char *word, const char *const *words,
		     const char *const *names, GError **error);
/* So among the first `n` attributes that groups are made by; `n` for the word `more` (or NULL). */
int cli_attribute(const char *what, const char *word, guint n, const char *more, GError **error);

/* Words for people on stderr, with a line end. */
void cli_say(const struct cli *cli, const char *format, ...) G_GNUC_PRINTF(2, 3);
/* Prints an error and its hint on stderr, as everywhere. */
void cli_complain(const struct cli *cli, const GError *error);
/*
 * Prints what there is of a long JSON document and empties the text, once there are some 64 KB of
 * it: between two rows, so that no more of it is held.
 */
void cli_print_so_far(const struct cli *cli, GString *text);
/* Prints a finished JSON document, or the rest of one, with a line end; frees the text. */
void cli_print_json(const struct cli *cli, GString *text);

/* Columns for running text: the terminal's, at most 100; 80 into a pipe. */
int cli_columns(const struct cli *cli);
/* A paragraph, wrapped, every line behind `indent` blanks, the first behind `lead` (NULL: blanks).
 */
void cli_paragraph(const struct cli *cli, int indent, const char *lead, const char *text);

#endif
