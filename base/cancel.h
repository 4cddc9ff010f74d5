#ifndef BASE_CANCEL_H
#define BASE_CANCEL_H

#include <gio/gio.h>
#include <stdbool.h>

/*
 * How whatever takes long is given up, in all layers: whoever asks for the work keeps a
 * GCancellable, whoever does it looks at that often enough to end within 250 ms.  True, with
 * TELAR_ERROR_CANCELLED, once `cancel` (may be NULL) says so; as cheap as reading a number.
 */
bool cancel_asked(GCancellable *cancel, GError **error);

/* TELAR_ERROR_CANCELLED, where that was seen elsewhere: by threads, or by igraph. */
void cancel_fail(GError **error);

#endif
