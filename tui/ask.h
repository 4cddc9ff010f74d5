#ifndef TUI_ASK_H
#define TUI_ASK_H

#include "tui/app.h"

/* Questions that the app itself asks in the message row. */
void ask_filter(struct app *app, const struct world *world);
void ask_command(struct app *app, const struct world *world, const char *text);

/* A key while a question stands. */
void ask_key(struct app *app, const struct world *world, gunichar key, struct effects *effects);

/* A filter over institutions with the names that only analysis knows. */
struct filter *filter_for_world(const struct world *world, const char *text, GError **error);

/* The same as it is typed in the view on top, where it may ask for rows. */
struct filter *filter_for_view(const struct app *app, const struct world *world, const char *text,
			       GError **error);

/* Before the language changes: all filters of the app mean the same in words of the data. */
void app_keep_filters(struct app *app, const struct world *world);

/* Asks what to look for in the page of the view. */
void ask_find(struct app *app);
/* The next place of `needle` (NULL: what was looked for last) in the view, or a word that there
 * is none. */
void app_find(struct app *app, const struct world *world, const char *needle, int step,
	      struct effects *effects);
/* What the footer says while something is asked; NULL: the keys.  Caller frees. */
char *ask_help(const struct app *app, const struct world *world);

#endif
