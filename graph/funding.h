#ifndef GRAPH_FUNDING_H
#define GRAPH_FUNDING_H

#include "graph/study.h"

/*
 * Who funds whom among the members of a net, from what partnerships and programmes
 * state.  A partnership of the kind "funding" with a direction goes from who gives to who
 * receives; one without a direction tells nothing of it.  A programme is paid by its
 * donors and by those who take part in it as "donor", and what it costs goes to its lead
 * and to those who take part with an amount, as far as they do not pay for it.
 * Ties count as in the net; of programmes those that are over are left out where
 * ties that have ended are.
 *
 * Amounts stand by currency and are never added up over several.  Of a partnership that both
 * sides tell of, the giver's word stands; of a programme the receiver's own amount, or, where one
 * alone receives, the giver's own amount, or the budget where one alone gives; nothing of
 * a part of a programme whose whole states an amount between the same two (of a circle of
 * parts the first programme is the whole).  As
 * partnerships and programmes often tell of the same money, the larger of both sums
 * stands, so that an amount says: at least.
 */
struct funding_link {
	guint from, to;	       /* vertices: who gives, who receives */
	GArray *amounts;       /* struct money, one a currency, by currency */
	guint partnerships;    /* entries that state it */
	GPtrArray *programmes; /* const struct programme * */
};

struct funding {
	GPtrArray *links; /* struct funding_link *, by from and to */
	guint n;	  /* vertices */
	guint *givers;	  /* n: from how many each receives */
	guint *receivers; /* n: to how many each gives */
};

/* Amounts by currency, and one more among them; what is no amount adds nothing. */
GArray *funding_amounts_new(void);
void funding_amount_add(GArray *amounts, const struct money *money);

/* O(m + links + those who take part); NULL, with an error, once `cancel` (may be NULL) says so. */
struct funding *funding_new(const struct net *net, GCancellable *cancel, GError **error);
void funding_free(struct funding *funding); /* NULL accepted */
/* That of a study's net, made on first use by the thread that computes; NULL: cancelled. */
const struct funding *study_funding(struct study *study, GError **error);

/*
 * Into `out` (n values), how much each hangs on few: the sum of squared shares (Herfindahl), 1
 * with one giver.  Shares are those of the amounts where every link into it states one in the
 * same currency, else every giver counts alike.  NAN where nobody gives.
 */
void funding_concentration(const struct funding *funding, double *out);

/* Model indices of those who pay for a programme, each once, in the order stated; guint. */
GArray *programme_payers(const struct model *model, const struct programme *programme);

#endif
