#ifndef GRAPH_AHEAD_H
#define GRAPH_AHEAD_H

#include "graph/work.h"

/*
 * Inside graph/ only.  Some work cannot be spread over cores, circles above all, and the many
 * small measures cannot either.  So a second thread begins with the one while the thread that
 * computes does the other; what is spread over all cores is put off until both are done.  The
 * second thread is the one that uses igraph meanwhile.
 */
void study_go_ahead(struct study *study);

/*
 * For what the second thread finds: waits for it.  False when the caller is to come again,
 * without an error; see study_put_off().
 */
bool study_catch_up(struct study *study);

/* Before what is spread over all cores: true when the caller is to come again, likewise. */
bool study_put_off(struct study *study);
/* Whether that is why something failed; only once. */
bool study_was_put_off(struct study *study);

#endif
