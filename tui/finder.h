#ifndef TUI_FINDER_H
#define TUI_FINDER_H

#include "tui/typed.h"

/*
 * Any record that goes by a name, by a part of that, of its short name, id, alias or
 * place, best first.  Names are folded once for a model; both that and a search
 * go slice by slice, so that a key never waits for hundreds of thousands of records.
 */
struct finder;

struct finder *finder_new(const struct model *model);
void finder_free(struct finder *finder); /* NULL accepted */
const struct model *finder_model(const struct finder *finder);

/* The kinds of them, in the order in which they are looked through. */
const enum kind *finder_kinds(guint *n);

struct finder_hit {
	enum kind kind;
	guint index; /* in the model */
	int score;
};

#define FINDER_MOST  60	  /* hits that are kept */
#define FINDER_SLICE 6000 /* records looked at in one step: some milliseconds */

struct finder_search {
	struct typed typed;
	guint at;     /* records looked at */
	GArray *hits; /* struct finder_hit, best first */
};

void finder_begin(struct finder_search *search, const char *typed);
void finder_end(struct finder_search *search);
/* A slice more; true once all records have been looked at. */
bool finder_step(struct finder *finder, struct finder_search *search);

#endif
