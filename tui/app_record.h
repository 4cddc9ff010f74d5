#ifndef TUI_APP_RECORD_H
#define TUI_APP_RECORD_H

#include "tui/app.h"

/* Whether it is about the record under the cursor. */
bool app_needs_record(enum action action);
/* The first error in the file of a record, with its line; NULL: none is known.  Translated; caller
 * frees. */
char *app_file_error(const struct world *world, enum kind kind, const char *id);
/*
 * Why the model does not have a record that somebody came upon: its file has an error, it
 * was not there yet, it is gone.  Translated; caller frees.
 */
char *app_why_gone(const struct world *world, enum kind kind, const char *id);
/* Closes the view on top, which is about a record that is gone, with the error in its file. */
void app_close_gone(struct app *app, const struct world *world, enum kind kind, const char *id);
/* What is done to that record (NULL: there is none), whichever view shows it. */
void app_record_action(struct app *app, const struct world *world, enum action action,
		       const char *subject, struct effects *effects);
/* A new record of the kind that the list shows. */
void app_new_record(struct app *app, const struct world *world);

/* What the view on top leaves to the app and nothing else of the app does. */
void app_otherwise(struct app *app, const struct world *world, enum action action,
		   struct effects *effects);

/* A key that the view on top has nothing for: says what it is for. */
void app_no_action(struct app *app, const struct world *world, gunichar key,
		   struct effects *effects);

#endif
