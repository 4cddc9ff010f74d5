#ifndef BASE_INTERRUPT_H
#define BASE_INTERRUPT_H

#include <glib.h>
#include <signal.h>
#include <stdbool.h>

/*
 * What would be left lying about is taken away before the process ends: the signals that end
 * it (INT, TERM, HUP, those that are not ignored) wait in this thread, and in those that it
 * starts meanwhile, from the beginning to the end, where they then come.
 */
struct interrupt {
	sigset_t held, before;
	gint came; /* 0: none; atomic */
};

void interrupt_begin(struct interrupt *interrupt);
/*
 * True, with TELAR_ERROR_CANCELLED, once one has come: to be asked as often as a
 * GCancellable, by each of those threads.  From then on none waits in the thread that saw it, so
 * that who will not wait for the rest is rid of it by a second one.
 */
bool interrupt_asked(struct interrupt *interrupt, GError **error);
void interrupt_end(const struct interrupt *interrupt);

#endif
