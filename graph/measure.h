#ifndef GRAPH_MEASURE_H
#define GRAPH_MEASURE_H

#include "graph/net.h"

/*
 * Every measure is a row of one table: what it is called, what it means in one
 * plain sentence, its exact definition and source, and the function that gives
 * it.  Help, manual, CSV dictionary and columns are made from the table.
 */
enum measure_level { LEVEL_NETWORK, LEVEL_GROUP, LEVEL_INSTITUTION, LEVEL_TIE, LEVEL_CAPACITY };
#define LEVELS (LEVEL_CAPACITY + 1)
extern const char *const measure_levels[LEVELS + 1]; /* "network" …, NULL-terminated */
enum measure_direction { MORE_IS_BETTER, LESS_IS_BETTER, NEITHER };
/* COST_LINEAR: asks for nothing that all cores compute together, see ahead.h. */
enum measure_cost { COST_LINEAR, COST_PATHS, COST_NULL_MODEL };

struct study;

struct measure {
	const char *id; /* "betweenness" */
	enum measure_level level;
	const char *label;	/* N_("Betweenness") */
	const char *brief;	/* N_("Bridge"): a column head of at most 8 columns */
	const char *sentence;	/* N_(): plain words, with {name} {value} {rank} {of} {percent}
				   {inputs} to fill */
	const char *definition; /* N_() */
	const char *reference;
	const char *unit;   /* N_("ties"), "" for none */
	double least, most; /* range; most INFINITY: open */
	int decimals;	    /* as shown to people */
	enum measure_direction direction;
	enum measure_cost cost;
	int by; /* enum attribute a GROUP or attribute measure needs, -1 none */
	/*
	 * Fills `out`: n values for LEVEL_INSTITUTION in vertex order, m for LEVEL_TIE
	 * in edge order, 1 for LEVEL_NETWORK, n_groups for LEVEL_GROUP,
	 * one for each term of the vocabulary for LEVEL_CAPACITY.  NAN: no value
	 * exists.  May be called in any order; shared work is cached in the study.
	 */
	bool (*compute)(struct study *study, const struct measure *measure, double *out,
			GError **error);
	bool part; /* one of shares that make a whole: what it loses another one gains */
};

const struct measure *measures(guint *n); /* the table */
const struct measure *measure_find(const char *id);
/*
 * The row with the words, range and decimals of a measure in a net whose ties are so long:
 * the measure itself, unless it is one of distance.  Values are asked for by the measure.
 */
const struct measure *measure_worded(const struct measure *measure, enum net_length length);
const struct measure *measures_by_length(guint *n); /* those rows */
/* One that answers a finer question than a card has room for. */
bool measure_is_finer(const struct measure *measure);
/* A count: what is larger has more of it, so between two parts of a network it tells nothing
 * better. */
bool measure_is_count(const struct measure *measure);

/* A value for people in the language of the process: fixed decimals, "n/a" translated for NAN. */
char *measure_format(const struct measure *measure, double value);
/* By how much two values as they are shown differ, with its sign; "" by nothing.  Caller frees. */
char *measure_change(const struct measure *measure, double before, double after);

#endif
