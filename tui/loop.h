#ifndef TUI_LOOP_H
#define TUI_LOOP_H

#include "data/workspace.h"
#include "tui/config.h"

/* The network that the app is to show, opened when it can say that it waits. */
struct loop_network {
	struct workspace *workspace;
	const struct findings *findings; /* of opening; may be NULL */
	const char *filter;		 /* to begin with; NULL: none */
};

struct loop_opening {
	void *data;
	const char *path; /* of the network */
	/* All of `network` stays the caller's.  False: `error` says why. */
	bool (*open)(void *data, struct loop_network *network, GError **error);
};

/*
 * The app on the terminal of this process, until the person quits, the line drops
 * or a signal ends it.  A large network is opened behind a first frame that says so.
 * `config`: the settings, where what the person keeps goes too (may be NULL).  Returns
 * an exit code: 0 when left by the person; 69 with `error` set when no terminal can be
 * used; 128 + signal when one ended it; with another `error` the network cannot be
 * opened.  The terminal is left as it was found.
 */
int loop_run(const struct loop_opening *opening, struct config *config, GError **error);

#endif
