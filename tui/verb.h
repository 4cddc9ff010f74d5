#ifndef TUI_VERB_H
#define TUI_VERB_H

#include "graph/export/export.h"
#include "tui/app.h"
#include "tui/config.h"

/*
 * The command line of the app: one row a command; besides these, the name of every
 * action that works in the view is one.
 */
enum verb_takes { /* what completion offers behind the name */
		  VERB_TAKES_NOTHING,
		  VERB_TAKES_FILTER,
		  VERB_TAKES_RECORD,
		  VERB_TAKES_FIELD, /* FIELD=VALUE of the record under the cursor */
		  VERB_TAKES_SETTING,
		  VERB_TAKES_THEME,
		  VERB_TAKES_LANGUAGE,
		  VERB_TAKES_FORMAT,
		  VERB_TAKES_SAVED, /* the name of a saved filter */
		  VERB_TAKES_ACTION,
		  VERB_TAKES_COLUMN, /* of the list on top */
};

struct verb {
	const char *called;  /* IN_CONTEXT("command", its name) */
	const char *usage;   /* N_(): the words behind it, "" none */
	const char *summary; /* N_() */
	enum verb_takes takes;
	bool (*run)(struct app *app, const struct world *world, const char *rest,
		    struct effects *effects, GError **error);
};

const struct verb *verb_table(guint *n);
const struct verb *verb_find(const char *name);	 /* by its name, or what it is called; or NULL */
const struct verb *verb_named(const char *name); /* by its name alone */
const char *verb_name(const struct verb *verb);	 /* "filter" */
/* What a command or an action is called where it is typed: in the language of the person, where
 * that is understood again, else by its name.  Caller frees. */
char *verb_word(const struct verb *verb);
char *binding_word(GHashTable *words, const struct binding *binding);
/* The action that works here and is called so in that language; NULL: none. */
const struct binding *binding_called(const struct app *app, const char *name);
/* The words, folded, of all commands and of the actions that work here (`app` NULL: of all): what
 * binding_word() looks up. */
GHashTable *binding_words(const struct app *app);

/*
 * Runs a line.  False with `error` (and a hint with the nearest word) when it means
 * nothing here; what goes wrong later comes back as an event.
 */
bool verb_run(struct app *app, const struct world *world, const char *line, struct effects *effects,
	      GError **error);

/* Opens the card of a record; false: that kind has none. */
bool record_open(struct app *app, const struct world *world, enum kind kind, const char *id);

#endif
