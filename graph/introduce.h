#ifndef GRAPH_INTRODUCE_H
#define GRAPH_INTRODUCE_H

#include "data/model.h"

/*
 * A chain of net_paths() in words: to whom to write, and why.  "Write to UNAM, who
 * works with A (since 2021; training) and worked with B."  Longer chains ask the
 * first on the way for an introduction to the next.  Of two: that they work
 * together already.  One whole sentence; caller frees.
 */
char *introduce_sentence(const struct model *model, const GArray *chain);

/* A step of a longer chain: "UNAM works with B (since 2021)."  From `step` to the next. */
char *introduce_step(const struct model *model, const GArray *chain, guint step);

/*
 * Where two meet whom no chain joins: the programmes (model indices) that both lead, fund or
 * take part in.
 */
GArray *introduce_meetings(const struct model *model, guint a, guint b);

#endif
