#ifndef TUI_WATCH_H
#define TUI_WATCH_H

#include <glib.h>

/*
 * Tells when files of a network or its store may have been changed, by whomever.
 * Several changes in short order are one call; without a change nothing wakes up.
 */
struct watch;

/* `path`: a directory, or a store that is alone. */
struct watch *watch_new(const char *path, void (*changed)(void *data), void *data);
void watch_free(struct watch *watch); /* NULL accepted */

#endif
