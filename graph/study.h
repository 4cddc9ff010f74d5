#ifndef GRAPH_STUDY_H
#define GRAPH_STUDY_H

#include "graph/gap.h"
#include "graph/measure.h"
#include "graph/net.h"

#include <gio/gio.h>

/*
 * What is known about one model under one filter: measures and gaps, computed
 * once and kept.  Only the thread that computes may touch a study while
 * study_compute() runs; afterwards it is read-only and may be shared.
 */
struct study;

struct study *study_new(const struct model *model, const struct net_options *options);
/*
 * The same in pieces of a few ms: nothing is asked of it before study_go_on() says that
 * nothing is left; who asks for groups too early is stopped.  The filter of the options must stay
 * until then.
 */
struct study *study_begin(const struct model *model, const struct net_options *options);
bool study_go_on(struct study *study);
struct study *study_ref(struct study *study);
void study_unref(struct study *study); /* NULL accepted */

/*
 * Takes over from a study computed earlier what is slow and still holds: what follows
 * from ties and seed alone where these are the same (distances, betweenness, circles,
 * the map), what chance gives where groups are as well.  Where ties differ, the map
 * is that of the last time when they were the same, or starts from where everybody was.  All else
 * is computed anew: the register and the measures are those of a study from scratch.  Before
 * study_compute(); NULL `earlier` is fine.  O(n log n + m).
 */
void study_inherit(struct study *study, const struct study *earlier);

/* A bit for the measures of each level, 1 << LEVEL_GROUP and so on, and for what else there is. */
enum study_part {
	STUDY_NETWORK = 1 << LEVEL_NETWORK,
	STUDY_INSTITUTIONS = 1 << LEVEL_INSTITUTION,
	STUDY_MEASURES = (1 << LEVELS) - 1, /* all of them */
	STUDY_GAPS = 1 << LEVELS,
	STUDY_LAYOUT = 2 << LEVELS, /* force layout of the network */
	STUDY_MATRIX =
		4 << LEVELS, /* what chance gives for study_matrix(), unless a table is vast */
	STUDY_ALL = STUDY_MEASURES | STUDY_GAPS | STUDY_LAYOUT | STUDY_MATRIX,
};

/*
 * Computes the parts that are not there yet.  TELAR_ERROR_CANCELLED soon after
 * `cancel` (may be NULL) says so; what is done by then stays.
 */
bool study_compute(struct study *study, guint parts, GCancellable *cancel, GError **error);
/* Some rows of the table of measures alone, with what they rest on. */
bool study_measure(struct study *study, const struct measure *const *rows, guint n,
		   GCancellable *cancel, GError **error);
/*
 * Who is told what study_compute() is at: a measure or gap in words, and how much of
 * that is done (NAN: not known).  Called by the thread that computes, often.
 */
void study_follow(struct study *study,
		  void (*progress)(const char *doing, double share, gpointer data), gpointer data);
/*
 * Of a large network: gives back what nobody asks for until something is computed again, which
 * then makes it anew.  Before others see the study.  False when the network is too small for
 * that to be worth it.
 */
bool study_trim(struct study *study);
bool study_has(const struct study *study, guint parts);

const struct net *study_net(const struct study *study);
const struct model *study_model(const struct study *study);
/* Asserts that study_go_on() has nothing left.  Circles are there once a measure of them is. */
const struct partition *study_partition(struct study *study, enum attribute by);

/*
 * A value of a measure: LEVEL_INSTITUTION in vertex order, LEVEL_TIE in edge order,
 * LEVEL_GROUP in order of its partition.  study_value() is for LEVEL_NETWORK; study_of()
 * for one institution by model index; all NAN when there is no value.  study_values()
 * are all of them, NULL when not computed; caller frees.
 */
double study_value_at(const struct study *study, const struct measure *measure, guint row);
double *study_values(const struct study *study, const struct measure *measure);
double study_value(const struct study *study, const struct measure *measure);
double study_of(const struct study *study, const struct measure *measure, guint institution);
/*
 * Whether the values are estimates from a sample of sources, as betweenness is
 * above 20,000 institutions: shown with "~", as study_format() does.
 */
bool study_is_estimate(const struct study *study, const struct measure *measure);
/*
 * Of how many sources, 0: exact.  `*error` (may be NULL): the largest standard error as a
 * share of the highest value, NAN where none is known.
 */
guint study_sources(const struct study *study, const struct measure *measure, double *error);
/*
 * The standard error of an estimate: `row` as in study_values(), in the value's own unit.
 * NAN where none is known, and for what is exact.
 */
double study_error(const struct study *study, const struct measure *measure, guint row);
/* The row with what a measure is called and means in this study: measure_worded(). */
const struct measure *study_words(const struct study *study, const struct measure *measure);
/* measure_format() for a value of this study.  Caller frees. */
char *study_format(const struct study *study, const struct measure *measure, double value);
/* The same as a sentence, NULL: exact.  Caller frees. */
char *study_estimate_text(const struct study *study, const struct measure *measure);
/* 1 for the highest value among those that have one (ties share), 0 for none. */
guint study_rank(const struct study *study, const struct measure *measure, guint institution);

/*
 * The measure's sentence filled for an institution (model index) or, with -1, the network;
 * of an estimate with what to give or take: two standard errors.
 */
char *study_sentence(const struct study *study, const struct measure *measure, int institution);

/*
 * The register: struct gap *, severest first, then by id; NULL when not computed.
 * study_gaps() without those that are closed, dismissed or put off (gap->hidden).
 */
const GPtrArray *study_gaps(const struct study *study);
const GPtrArray *study_all_gaps(const struct study *study);
const struct gap *study_gap(const struct study *study, const char *id); /* of all; or NULL */
/*
 * Whether a gap of another study of the network is none here, so that it has closed (or
 * opened, seen from here).  False for what was found and left out for space, and for
 * suggestions, of which only the best are listed.
 */
bool study_lacks_gap(const struct study *study, const struct gap *gap);
/* Whether a gap of that id was found and left out for space. */
bool study_omits_gap(const struct study *study, const char *id);

/* Positions x, y in [0,1] per vertex (2n values), NULL when not computed; isolates are NAN. */
const double *study_layout(const struct study *study);

/*
 * The mixing of two attributes: cell (r, c) of an n_rows x n_cols matrix.
 * Ties that touch both groups (each tie once; for one attribute symmetric), the
 * pairs that could be, and what chance gives (chance.h): the numbers that the register
 * has as well.  NAN where it was not drawn.  With two different attributes: `members`
 * counts institutions with both (coverage).
 */
struct matrix {
	const struct partition *rows, *cols; /* of the study */
	guint n_rows, n_cols;
	double *ties, *possible, *members;
	double *expected, *z;	      /* z also NAN where chance always gives the same */
	double *fewer, *more;	      /* p of so few, of so many */
	double *few, *many;	      /* … after correction for all cells */
	guint samples;		      /* networks drawn; 0: none, all of the above is NAN */
	struct matrix_making *making; /* NULL: it is whole */
};
struct matrix *study_matrix(struct study *study, enum attribute rows, enum attribute cols);
/* The same in pieces of a few ms: it is whole once study_matrix_go_on() says that nothing is left.
 */
struct matrix *study_matrix_begin(struct study *study, enum attribute rows, enum attribute cols);
bool study_matrix_go_on(struct study *study, struct matrix *matrix);
/* Draws what study_matrix() then holds the ties against, if it is not there yet. */
bool study_matrix_chance(struct study *study, enum attribute rows, enum attribute cols,
			 GCancellable *cancel, GError **error);
void matrix_free(struct matrix *matrix);

/*
 * What only analysis can answer in a filter: "ties", "gaps", measures of institutions.
 * `data` is the study; the functions are there for who answers in its place.
 */
extern const struct filter_numbers study_filter_numbers;
bool study_filter_number(void *data, const char *name, int index, double *out);
bool study_filter_name(guint i, struct filter_name *name);
/* The measure that such a name stands for; NULL for "gaps" and what is no name. */
const struct measure *study_filter_measure(const char *name);

#endif
