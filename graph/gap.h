#ifndef GRAPH_GAP_H
#define GRAPH_GAP_H

#include "data/op.h"
#include "graph/net.h"

/*
 * A gap is a finding about collaboration: computed, with evidence, a reason in
 * plain words, what would close it and who could introduce.  Texts are in the
 * language of the process.
 */
struct candidate {
	int a, b;	/* model institutions to bring together; b -1 when only one is meant */
	int introducer; /* a common partner, strongest to both; -1: none */
	char *why;	/* one line */
};

/* How far the work on a gap is; in the order of choice_gap_status. */
enum gap_status {
	GAP_OPEN,
	GAP_PROPOSED,
	GAP_INTRODUCED,
	GAP_MET,
	GAP_WORKING,
	GAP_CLOSED,
	GAP_DISMISSED,
	GAP_SNOOZED,
};

struct gap {
	char *id; /* stable: kind and subjects, "G1:co-medellin:business:school" */
	const struct gap_kind *kind;
	double severity;       /* 0..1, comparable across kinds */
	char *title;	       /* one line: what is missing, where */
	char *reason;	       /* why it matters here, a sentence or two */
	GPtrArray *evidence;   /* char *, lines with numbers */
	char *advice;	       /* what would close it */
	GPtrArray *candidates; /* struct candidate * */
	GArray *institutions;  /* guint: model indices of the members it names, for "gaps here" */
	int territory;	       /* model index or -1 */

	/*
	 * What people decided about it (the record gaps.yaml), as it counts on the
	 * model's day.  Texts are the model's.  A gap that was closed before today and
	 * is found all the same counts as open again, as does one whose time of rest
	 * is over; `note` then says so.
	 */
	enum gap_status status;
	const char *owner, *because; /* NULL: nobody, nothing said */
	struct date until, updated;
	char *note;  /* a sentence about the status, or NULL */
	bool hidden; /* closed, dismissed or put off: not in lists unless asked for */
};

struct study;

struct gap_kind {
	const char *id;	      /* "G1" */
	const char *name;     /* N_() short name for filter and list */
	const char *sentence; /* N_() what kind of gap this is, in plain words */
	const char *compared; /* N_() what its numbers are held against, or NULL */
	const char *severity; /* N_() what severity is relative to */
	bool (*find)(struct study *study, const struct gap_kind *kind, GPtrArray *out,
		     GError **error);
	bool invites; /* what closes it is that candidates begin to work in its territory */
	bool drawn;   /* of circles or networks drawn anew with each tie: may come and go by lot */
	bool ranks;   /* the best of what could be, no findings: any tie moves who is among them */
	bool alone; /* not looked for beside others: asks for work of the study that it may need */
};

const struct gap_kind *gap_kinds(guint *n);
extern const struct choice choice_gap_kind[]; /* id and name of each; ends with a NULL id */
const struct gap_kind *gap_kind_find(const char *id);

/*
 * For the files in gaps/: a gap with empty lists; texts are taken over.  A pair is a
 * candidate once, an institution named once, however often they are given.
 */
struct gap *gap_new(const struct gap_kind *kind, char *id, double severity, char *title);
void gap_evidence(struct gap *gap, const char *format, ...) G_GNUC_PRINTF(2, 3);
void gap_candidate(struct gap *gap, int a, int b, int introducer, char *why);
void gap_names(struct gap *gap, guint institution);
void gap_free(struct gap *gap);

/* All that was decided about gaps: a network has one such record, or NULL. */
const struct gaps *gap_states(const struct model *model);

/*
 * What was decided about a gap, or NULL.  O(states); gap_stand() fills a gap's own
 * members from it.
 */
const struct gap_state *gap_state_find(const struct model *model, const char *gap);
void gap_stand(struct gap *gap, const struct gap_state *state, struct date today);

bool gap_status_parse(const char *id, enum gap_status *out);
const char *gap_status_id(enum gap_status status);
const char *gap_status_label(enum gap_status status); /* translated */
/* One step along open … closed, or back; from dismissed and put off back to open. */
enum gap_status gap_status_next(enum gap_status status, int step);

/*
 * The change that moves a gap: NULL members stay as they are, "" clears owner and
 * reason.  A dismissal needs a reason, putting off a day after `today`; what
 * belongs to neither goes when the status does.  TELAR_ERROR_USAGE otherwise.  One
 * change, so that undo takes back the move as a whole.
 */
struct gap_move {
	const char *status, *reason, *owner, *until;
};
struct change *gap_move(const struct model *model, const char *gap, const struct gap_move *move,
			struct date today, GError **error);

#endif
