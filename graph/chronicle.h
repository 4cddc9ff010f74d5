#ifndef GRAPH_CHRONICLE_H
#define GRAPH_CHRONICLE_H

#include "data/filter.h"
#include "graph/net.h"

/*
 * What began and ended in which year.  An institution begins with its first
 * membership and ends when the last one has; a territory begins when it is
 * declared.  Whatever has no year of beginning is counted apart: unknown is not
 * "always there".
 */
enum series {
	SERIES_INSTITUTIONS,
	SERIES_TIES,
	SERIES_PROGRAMMES,
	SERIES_TERRITORIES,
	SERIES_COUNT,
};
const char *series_id(enum series series);    /* "institutions" */
const char *series_label(enum series series); /* translated */

struct span {
	enum series series;
	guint index;	/* of the record or tie */
	int begun, end; /* years; 0: unknown, or not ended */
};

struct chronicle_making;

struct chronicle {
	int first, last;		 /* years; first > last: nothing has a date */
	GArray *spans;			 /* struct span, by series, then index */
	guint *begun, *ended;		 /* years x SERIES_COUNT */
	guint *sum;			 /* begun until then, that year included */
	guint *undated;			 /* that say no year, and are there in that year */
	struct chronicle_making *making; /* NULL: the rest can be asked */
};

/*
 * What is there in a year, begun by then or undated, is what model_as_of() has of it: who
 * states a membership without a date has always belonged, and no tie is there before both
 * its ends.  Of what passes a filter of institutions: those, ties of at least one, programmes
 * in which one takes part, territories with one.  O(records + ties), in pieces of a
 * few ms: nothing is asked of it before chronicle_go_on() says that nothing is left.
 * The filter is its own from then on, NULL: all pass.
 */
struct chronicle *chronicle_begin(const struct model *model, struct filter *filter,
				  struct date today);
/* The whole of it, of who is in a net and of ties that count there: those with one end in it
 * among them. */
struct chronicle *chronicle_of(const struct net *net);
bool chronicle_go_on(struct chronicle *chronicle);
void chronicle_free(struct chronicle *chronicle); /* NULL accepted */

static inline gsize chronicle_at(const struct chronicle *chronicle, int year, enum series series)
{
	return (gsize)(year - chronicle->first) * SERIES_COUNT + series;
}

/* Whether it stood at some time in that year. */
static inline bool span_stands(const struct span *span, int year)
{
	return span->begun != 0 && span->begun <= year && (span->end == 0 || span->end >= year);
}

/* Published figures of one thing about one record, by date; those without one first. */
struct figures {
	const char *entity, *metric;
	GPtrArray *counts; /* const struct count * */
};
GPtrArray *figures_new(const struct model *model); /* struct figures *, owned */

#endif
