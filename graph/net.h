#ifndef GRAPH_NET_H
#define GRAPH_NET_H

#include "data/filter.h"
#include "data/model.h"

/*
 * The network under analysis: a model seen through a filter as a simple
 * undirected graph, in plain arrays.  Vertices are numbered 0..n-1 in the order
 * of model institutions; only institutions that pass stay; ties join two that
 * stay.  Weight is intensity 1..4, unknown 1.  No igraph type here: graph/ig.c
 * makes one from these arrays where it is needed.
 *
 * Ended ties, and those that one side calls ended, are left out unless
 * `with_ended`.  The program's own view counts them: most of what a network knows
 * about itself is what its members did together, and two that once organised an
 * event still know each other when it is over.  What does not count (tie_counts()) is
 * left out always: a plan closes no gap.
 */
enum net_length {
	LENGTH_STEPS,	  /* every tie is one step */
	LENGTH_INTENSITY, /* the deeper, the shorter: 1/weight, see lengths.h */
};
extern const char *const net_lengths[]; /* "steps", "intensity", NULL */

struct net_options {
	const struct filter *filter; /* of institutions, NULL: all */
	bool confirmed_only;
	bool with_ended;     /* count ties that have ended */
	int least_intensity; /* -1: any, else 0..3; an unknown one counts as 0 */
	/* Ties of which somebody says at least one of these kinds (ids); NULL: of any or none. */
	const char *const *kinds;
	enum net_length length; /* of a tie, for measures of distance */
};

struct net {
	const struct model *model; /* owned reference */
	/* How it was cut, so that whatever is computed on it can say so; without the filter. */
	struct net_options options;
	guint n, m;
	const guint *institution;  /* vertex -> model index */
	const int *vertex;	   /* model index -> vertex or -1 */
	const guint *from, *to;	   /* edges, from < to, by (from, to) */
	const guint *tie;	   /* edge -> model tie */
	const guint *weight;	   /* edge -> 1..4 */
	const guint *start;	   /* CSR: n + 1 */
	const guint *neighbour;	   /* 2m, ascending per vertex */
	const guint *edge;	   /* 2m: the edge behind each neighbour */
	struct net_making *making; /* NULL: it is whole */
};

/* NULL `options`: all institutions, all ties, ended ones included.  O(n + ties). */
struct net *net_new(const struct model *model, const struct net_options *options);
/*
 * The same in pieces of a few ms: it is whole, and may be read, once net_go_on() says that
 * nothing is left.  The filter must stay until then.
 */
struct net *net_begin(const struct model *model, const struct net_options *options);
bool net_go_on(struct net *net);
void net_free(struct net *net); /* NULL accepted */

/* Who the vertices are in another network, by their ids: its vertices, -1 for who is not there.
 * O(n of both); the caller frees. */
int *net_vertices_in(const struct net *net, const struct net *other);

/* The same members without the edges that are `gone` (m values). */
struct net *net_without(const struct net *net, const bool *gone);

/*
 * Which ties count, as the options of the command line say it: "confirmed current
 * intensity=coordination ties=funding,training"; "" all, ended ones included.  Caller frees.
 */
char *net_ties_text(const struct net *net);

/* Whether its options let such a tie count, whoever has it. */
bool net_counts(const struct net *net, const struct tie *tie);

static inline guint net_degree(const struct net *net, guint v)
{
	return net->start[v + 1] - net->start[v];
}

bool net_has_edge(const struct net *net, guint a, guint b); /* O(log degree) */

/*
 * A partition of the vertices by an attribute: group[v] is -1 (unknown) or
 * 0..n_groups-1 in the order of the vocabulary (sector, tier) or of the id
 * (territory: the first listed; country).  Labels are for people.  Circles are groups that
 * nobody states but a study finds, in order of their number (see study_circles()).
 */
enum attribute {
	BY_SECTOR,
	BY_TERRITORY,
	BY_COUNTRY,
	BY_TIER,
	BY_ATTRIBUTES,
	BY_CIRCLE = BY_ATTRIBUTES
};
#define BY_GROUPS (BY_CIRCLE + 1)

struct partition {
	enum attribute by;
	guint n_groups;
	int *group; /* n */
	char **ids; /* n_groups, NULL-terminated */
	char **labels;
	guint *sizes;
	struct partition_making *making; /* NULL: it is whole */
};

struct partition *partition_new(const struct net *net, enum attribute by);
/* The same in pieces of a few ms: it is whole once partition_go_on() says that nothing is left. */
struct partition *partition_begin(const struct net *net, enum attribute by);
bool partition_go_on(struct partition *partition, const struct net *net);
void partition_free(struct partition *partition);
bool attribute_parse(const char *name, enum attribute *out); /* "sector" … "circle" */
const char *attribute_name(enum attribute by);
const char *attribute_label(enum attribute by); /* translated */

/*
 * Introductions: the shortest chains from a to b (model indices), strongest
 * first (highest minimum weight, then sum), at most `limit`.  Each is a GArray of
 * guint model indices from a to b.  Empty when they are not connected.
 */
GPtrArray *net_paths(const struct net *net, guint a, guint b, guint limit);

#endif
