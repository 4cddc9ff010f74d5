#ifndef GRAPH_WHATIF_H
#define GRAPH_WHATIF_H

#include "graph/study.h"

/*
 * What would be if: ties made, members at work in one more territory, members gone,
 * programmes over.  Steps are applied
 * to a copy of the model; nothing is saved.  A tie is added as an active
 * partnership (cooperation) that `a` declares.  A programme that is over takes the
 * partnerships with it that rest on it and on nothing that still runs at `date`.
 */
enum whatif_type { WHATIF_TIE, WHATIF_JOIN, WHATIF_LEAVE, WHATIF_END };

struct whatif_step {
	enum whatif_type type;
	const char *a,
		*b;	  /* ids: both of a tie; who joins which territory; who leaves, what ends */
	struct date date; /* of WHATIF_END; unset: today */
};

/*
 * A measure of the network before and after.  `telling`: where what is shown differs, where it
 * is by 2 %, and of parts of a whole.
 */
struct whatif_row {
	const struct measure *measure;
	double before, after;
	bool telling;
	int better; /* 1, -1, 0 when the measure does not say or the step is too small */
};

/*
 * A programme that does not end with who leaves, and what it loses: its lead, a
 * donor, or a participant; the weightiest of these where it loses several.
 */
enum whatif_role { ROLE_LEAD, ROLE_DONOR, ROLE_PARTICIPANT };

struct whatif_loss {
	const struct programme *programme; /* of the model before */
	enum whatif_role role;
	guint left; /* institutions that still take part */
};
/* In a sentence, "STEM+ México: nobody leads it; 3 participants stay"; the caller frees it. */
char *whatif_loss_say(const struct whatif_loss *loss);

/*
 * Before and after.  `closed` are gaps that are found before and not after,
 * `opened` the other way round, severest first; `eased` and `worsened` pairs whose
 * severity moves by a hundredth or more, as struct gap of after.  Suggestions (G18)
 * are left out, and not looked for in `after`.  Circles (G6) are held as they are, so that one tie
 * does not redraw them all.  Pointers live as long as the scorecard.
 */
struct scorecard {
	int refs;
	struct study *before, *after; /* owned references */
	GArray *rows;		      /* struct whatif_row */
	GPtrArray *closed, *opened;   /* const struct gap * */
	GPtrArray *eased, *worsened;
	guint ties_added, ties_lost, members_lost;
	GPtrArray *cut_off; /* const struct institution *: who loses the rest of its part */
	GArray *losses;	    /* struct whatif_loss, leads first, then donors */
	/* What a what-if tries is what these propose first: const struct gap * of before. */
	GPtrArray *aims;
	bool tries_ties; /* with the intensity that is then assumed */
	bool held;	 /* circles or chance, of gaps that name those who are in a step */
};

/* How two numbers are told: with more digits than usual where those would be alike. */
void whatif_row_format(const struct scorecard *scorecard, const struct whatif_row *row,
		       char **before, char **after);
guint scorecard_telling(const struct scorecard *scorecard); /* rows that are */
/* What becomes of a gap of before: "It stays, 0.56 → 0.45."  The caller frees it. */
char *scorecard_fate(const struct scorecard *scorecard, const struct gap *before);
/* What was assumed, in sentences, or NULL; the caller frees it. */
char *scorecard_assumed(const struct scorecard *scorecard);

/*
 * The gaps that change, in the order to tell them: after a departure the harm
 * comes first, and those that close are said to apply no longer, since most were
 * about who left.  Without the gaps of before that are `told` of by themselves, with
 * scorecard_fate().  `title` is translated; some lists are empty.
 */
struct whatif_group {
	const char *title;
	GPtrArray *gaps; /* const struct gap * */
	bool good;
};
enum { WHATIF_GROUPS = 4 };
void scorecard_groups(const struct scorecard *scorecard, const GPtrArray *told,
		      struct whatif_group out[WHATIF_GROUPS]);
void whatif_groups_clear(struct whatif_group groups[WHATIF_GROUPS]);

/*
 * `before`, of the whole network, must have STUDY_NETWORK and STUDY_GAPS.  Costs as much
 * as computing those anew.  TELAR_ERROR_NO_INPUT for an id that is unknown,
 * TELAR_ERROR_USAGE for a tie that exists or joins one with itself, for who works in
 * the territory already;
 * TELAR_ERROR_CANCELLED.
 */
struct scorecard *whatif_compute(struct study *before, const struct whatif_step *steps, guint n,
				 GCancellable *cancel, GError **error);
/* 1, -1 or 0: what a change by that much means for the network. */
int whatif_better(const struct measure *measure, double change);

/* Of any two studies that have STUDY_NETWORK and STUDY_GAPS. */
struct scorecard *scorecard_new(struct study *before, struct study *after);
struct scorecard *scorecard_ref(struct scorecard *scorecard);
void scorecard_unref(struct scorecard *scorecard); /* NULL accepted */

#endif
