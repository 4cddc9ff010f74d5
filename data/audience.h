#ifndef DATA_AUDIENCE_H
#define DATA_AUDIENCE_H

#include "data/filter.h"
#include "data/model.h"

/*
 * What leaves the program for an audience.  An entry says who may see it
 * (`visibility`; empty is public); whoever stands further out gets a network
 * without that entry and without any reference to it, so that neither a partner
 * list nor a measure tells of what is hidden.  Free text (notes, evidence) is
 * not searched for names.  Private fields are for coordinators: a text is gone,
 * and of a list it stays that there was one (empty and not NULL), so that nobody
 * says of an entry that nobody keeps it.  Of decisions on gaps the public is told none,
 * but which are closed, dismissed or put off stays known: such gaps are left out
 * for it, and none is called open that people have settled.
 */
enum audience { AUDIENCE_PUBLIC, AUDIENCE_NETWORK, AUDIENCE_COORDINATOR };

/* "public", "network", "coordinator": the words of choice_visibility. */
bool audience_parse(const char *word, enum audience *out);
const char *audience_id(enum audience audience);

/* What was decided about gaps. */
bool audience_is_told(enum audience audience);

/*
 * The network as `audience` may see it: `model` itself where nothing is hidden.
 * `*n_hidden` (may be NULL) is how many records were left out, 0 also where only fields are.  A new
 * reference; O(records).
 */
struct model *model_for_audience(const struct model *model, enum audience audience,
				 guint *n_hidden);

/*
 * False, with TELAR_ERROR_USAGE, where a filter (NULL: none) asks for a private field: with
 * that taken out other members would pass, and with it in what passes tells of it.
 */
bool audience_may_ask(enum audience audience, const struct filter *filter, GError **error);

#endif
