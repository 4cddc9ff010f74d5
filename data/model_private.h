#ifndef DATA_MODEL_PRIVATE_H
#define DATA_MODEL_PRIVATE_H

#include "data/model.h"

/*
 * What the files of the model share.  Its arrays are counted one by one, so that
 * generations share those that are the same, and an old one's memory goes with it.
 */
void *array_new(gsize n, gsize size); /* not cleared; at least one element */
#define ARRAY_NEW(type, n)   ((type *)array_new((n), sizeof(type)))
#define array_share(array)   g_atomic_rc_box_acquire((gpointer)(gsize)(array))
#define array_release(array) g_atomic_rc_box_release((gpointer)(gsize)(array))

/* --- model_ties.c --- */
/* A claim that is not yet part of a tie. */
struct voice {
	guint from, to; /* who says it, about whom */
	guint item;
	const struct partnership *says;
};

static inline guint voice_lower(const struct voice *voice)
{
	return MIN(voice->from, voice->to);
}

static inline guint voice_upper(const struct voice *voice)
{
	return MAX(voice->from, voice->to);
}

/* Ties, claims and arcs out of the records. */
void ties_derive(struct model *model);
/* The confirmed ones of `model`, which has all of them; claims are shared. */
void ties_confirm(struct model *next, const struct model *model);
void ties_share(struct model *next, const struct model *model);
void arcs_share(struct model *next, const struct model *model); /* their adjacency alone */
void ties_release(struct model *model);

/* What a tie with its ends and claims amounts to; `fresh`: who keeps a fresh entry, NULL: to
 * be looked up. */
void tie_sum_up(const struct model *model, struct tie *tie, const bool *fresh);

/* --- model_next.c --- */
/* An institution that edits put another record in the place of, by id. */
struct touch {
	int was, is; /* index before and now; -1: not there */
};

/*
 * Ties of `next`, which has all records of `model` but for those touched, in the order of
 * ids: what no touched one is an end of is carried over.  False, with nothing done, where
 * that is not known to be right.
 */
bool ties_follow(struct model *next, const struct model *model, const struct touch *touched,
		 guint n);

#endif
