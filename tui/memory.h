#ifndef TUI_MEMORY_H
#define TUI_MEMORY_H

#include <glib.h>
#include <stdbool.h>

/*
 * What a person keeps for a network between sessions: filters by name, the lines of
 * the command line, what was picked last, the columns of a list by its name, how large it
 * was.  One file a network below `<state>/memory`, readable by its owner alone.  Commands read the
 * same filters.  Several sessions may keep something at once.
 */
enum memory_list {
	MEMORY_FILTERS,
	MEMORY_COMMANDS,
	MEMORY_RECENT,
	MEMORY_COLUMNS,
	MEMORY_FIGURES,
	MEMORY_LISTS
};

struct memory;

/*
 * `state` is the program's own state directory; NULL keeps everything in memory.
 * Never fails: what cannot be read is not there, and memory_trouble() says so.  It is
 * never written over, but put aside before anything is kept.
 */
struct memory *memory_open(const char *state, const char *network);
void memory_close(struct memory *memory); /* NULL accepted */
/* How long memory_put() waits for another session to be done: a second, unless somebody types. */
void memory_set_patience(struct memory *memory, guint milliseconds);
/* Why the file could not be read, and where it is by now; NULL: it could.  Borrowed. */
const char *memory_trouble(const struct memory *memory);

/* Newest first; filters by name.  NULL `memory`: nothing. */
guint memory_count(const struct memory *memory, enum memory_list list);
const char *memory_text(const struct memory *memory, enum memory_list list, guint index);
const char *memory_name(const struct memory *memory, guint index);	  /* of a filter */
const char *memory_filter(const struct memory *memory, const char *name); /* or NULL */
/* The text of that name in a list that goes by names (filters, columns); or NULL. */
const char *memory_named(const struct memory *memory, enum memory_list list, const char *name);

/* Whether something can be kept under that name. */
bool memory_name_check(enum memory_list list, const char *name, GError **error);
/*
 * Keeps `text` (of filters and columns: under `name`, which takes the place of one of that name;
 * NULL: forgets it) and writes the file.  TELAR_ERROR_USAGE when the name cannot be
 * one (letters, digits, - and _) or there is no room, TELAR_ERROR_BUSY when another
 * session does not let go of the file.
 */
bool memory_put(struct memory *memory, enum memory_list list, const char *name, const char *text,
		GError **error);

/*
 * A filter with every word "@name" replaced by the filter of that name; fails with
 * TELAR_ERROR_USAGE and the nearest name.  Caller frees.
 */
char *memory_expand(const struct memory *memory, const char *filter, GError **error);

#endif
