#ifndef TUI_VIEWS_EXPORT_H
#define TUI_VIEWS_EXPORT_H

#include "tui/app.h"

/*
 * Asks in which format and to where: of what `filter` (taken) says, which is `marked` rows, or
 * NULL, what passes the app's.
 */
void export_ask(struct app *app, const struct world *world, char *filter, guint marked);
/*
 * To where is known; asks only if something stands there, or where more than members see would
 * be written: that is refused of a part of the network.
 */
bool export_write(struct app *app, const struct world *world, const char *format, const char *path,
		  struct effects *effects, GError **error);

extern const struct view_ops view_export;

#endif
