#ifndef GRAPH_WORK_H
#define GRAPH_WORK_H

#include "graph/chance.h"
#include "graph/kernel/betweenness.h"
#include "graph/kernel/distances.h"
#include "graph/numbers.h"
#include "graph/study.h"

/*
 * Inside graph/ only: what a study holds, and the work that several measures and
 * gaps share.  Each study_*() below computes on first use and keeps; NULL with an
 * error (cancelled) otherwise.
 */
struct components {
	guint n;
	guint *of;    /* vertex -> component, numbered by falling size, then by first vertex */
	guint *sizes; /* n */
	guint equal;  /* as large as the first: where more than one, none is the main network */
};

/*
 * What hangs on what.  cut_off[v]: members that lose the largest remaining part
 * of their component when v leaves, 0 when v is no articulation point.
 * side[e]: members on the smaller side of bridge e, 0 when e is no bridge.
 */
struct cuts {
	guint *cut_off; /* n */
	guint *side;	/* m */
};

/*
 * What the network's efficiency loses without each tie.  Exact up to
 * LOSS_EXACT members, above from LOSS_SOURCES of them; NULL values where that would
 * take too long (see graph/kernel/loss.h).
 */
#define LOSS_EXACT   500
#define LOSS_SOURCES 128
struct losses {
	double *of; /* m, or NULL */
	bool sampled;
};

/* Triangles: common[e] partners that both ends share, around[v] ties among v's partners. */
struct triangles {
	guint *common; /* m */
	guint *around; /* n */
};

/*
 * Ties by the groups of a partition, where the group of both ends is known: per
 * group those inside it and those that leave it, the pairs that could be, totals.
 */
struct mixing {
	double *inside, *outside, *pairs_inside, *pairs_outside; /* n_groups */
	double internal, external, pairs_internal, pairs_external;
};

/* Which programmes an institution (model index) leads, funds or takes part in, ascending. */
struct roles {
	guint *start; /* institutions + 1 */
	guint *programme;
};

/* The territories and the thematic lines of each vertex as it lists them, equal words as equal
 * numbers. */
enum trait { TRAIT_TERRITORIES, TRAIT_LINES, TRAITS };
struct traits {
	struct word_list {
		guint words;  /* different ones */
		guint *start; /* n + 1 */
		guint *word;
	} of[TRAITS];
};

/*
 * Which attributes are held against chance; the first three and INSIDE, a row for each
 * enum attribute, are what measures and register need, the others for the matrix.
 */
enum chance_table {
	CHANCE_SECTORS,
	CHANCE_TERRITORY_SECTORS,
	CHANCE_COUNTRIES,
	CHANCE_TERRITORIES,
	CHANCE_TIERS,
	CHANCE_COUNTRY_SECTORS,
	CHANCE_TIER_SECTORS,
	CHANCE_COUNTRY_TERRITORIES,
	CHANCE_TIER_TERRITORIES,
	CHANCE_TIER_COUNTRIES,
	CHANCE_INSIDE,
	CHANCE_TABLES
};

#define CHANCE_CELLS 65536 /* of a table, up to which it is made for the matrix unasked */

struct study {
	int refs;
	struct net *net;
	struct partition *partitions[BY_GROUPS]; /* circles NULL until asked for */
	guint parts;
	struct numbers **values; /* per row of the table of measures */
	GPtrArray *gaps;	 /* of all_gaps, those that are not hidden */
	GPtrArray *all_gaps;	 /* owned */
	GHashTable *gap_by_id;	 /* of all_gaps */
	GHashTable *unlisted;	 /* ids of gaps that were found and left out for space; or NULL */
	GMutex unlisted_lock;	 /* while gaps are looked for */
	guint *gaps_of;		 /* model institution -> gaps that name it */
	double *layout;
	double *forces;	     /* 2n: positions before they are packed, NAN without partners */
	double *start;	     /* 2n: `forces` of an earlier study, NAN for who is new; or NULL */
	guint *start_part;   /* n: the component each was in then */
	GPtrArray *pictures; /* maps of earlier networks, graph/pictures.h; NULL: none */

	/* Shared work, NULL until asked for. */
	struct components *components;
	struct cuts *cuts;
	struct triangles *triangles;
	struct spans *distances;
	struct mixing *mixing[BY_GROUPS];
	struct roles *roles;
	struct funding *funding;
	struct lengths *lengths; /* in a net whose ties have some, see lengths.h */
	struct traits *traits;
	struct between *betweenness;
	struct losses *losses;
	double *resource;	    /* m, see pairs.h */
	double *brokers[BY_GROUPS]; /* see measures/broker.c */
	guint *coreness;	    /* n */
	double *leading;	    /* n: eigenvector centrality */
	guint *community;	    /* n */
	guint *hub; /* community -> the member that names it; NULL until asked for */
	double modularity;
	struct chance *chance[CHANCE_TABLES];
	guint wanted;	/* parts that were asked for: which tables of chance are drawn together */
	guint recalled; /* works that came from study_recall() */

	/* Only while study_compute() runs. */
	const struct study *former; /* of a what-if: what it is compared with; else NULL */
	GCancellable *cancel;
	GThread *computing, *ahead; /* who does, and a second one (ahead.h) or NULL */
	guint levels;		    /* whose rows `ahead` computes */
	gint busy;		    /* threads that `ahead` has at work, atomic */
	bool read_only;		    /* several threads look for gaps: see study_makes() */
	struct ig_graph *graph;
	void (*progress)(const char *doing, double share, gpointer data); /* or NULL */
	gpointer progress_data;
	const char *doing; /* translated */
};

/*
 * Whoever makes a part of the study that others read says so before: while several threads read
 * it, all of them have to be there, and a program that goes wrong there had better end.
 */
static inline void study_makes(const struct study *study)
{
	g_assert(!study->read_only);
}

/* How kernels run for a study: they stop when it is cancelled and say how far they are. */
struct kernel_run study_kernel_run(struct study *study);
/* One row of the table of measures, unless it is there. */
bool study_row(struct study *study, const struct measure *row, GError **error);
/* A study of a net that is given up to it. */
struct study *study_of_net(struct net *net);

const struct components *study_components(struct study *study, GError **error);
const struct cuts *study_cuts(struct study *study, GError **error);
const struct triangles *study_triangles(struct study *study, GError **error);
const struct spans *study_distances(struct study *study, GError **error);
const struct mixing *study_mixing(struct study *study, enum attribute by);
const struct roles *study_roles(struct study *study);
const struct traits *study_traits(struct study *study);
/* Over chains of fewest steps, or of least length where the net's ties have one. */
const struct between *study_betweenness(struct study *study, GError **error);
const struct losses *study_losses(struct study *study, GError **error);
const guint *study_coreness(struct study *study, GError **error);
/* The leading eigenvector, its highest value 1; NAN without ties. */
const double *study_leading(struct study *study, GError **error);
/* Leiden, by modularity, with the network's seed. */
const guint *study_community(struct study *study, GError **error);
/*
 * Of each circle the member with most partners, of equals the first, which names it; a what-if
 * brings the names of today with it.
 */
const guint *study_hubs(struct study *study, GError **error);
/*
 * The circles as groups: numbered by falling size, of equals by who comes first, named
 * after the member with most partners.  Members without partners are in none.
 */
const struct partition *study_circles(struct study *study, GError **error);
/*
 * One draw of networks gives all tables that measures and register need, and `table`.
 * Done once a network, see study_inherit().
 */
const struct chance *study_chance(struct study *study, enum chance_table table, GError **error);
/* Draws what is missing of them, all tables for the matrix included when those are wanted. */
bool study_chances(struct study *study, enum chance_table table, GError **error);
/* The table of two attributes; `turned`: its rows are `cols`. */
void chance_table_size(const struct study *study, enum chance_table table, guint *rows,
		       guint *cols);
enum chance_table chance_table_of(enum attribute rows, enum attribute cols, bool *turned);

/*
 * Memory for one such work, zeroed; studies of networks that agree in what it was
 * computed from hold it together.  work_share() is one more that holds it; NULL accepted.
 */
gpointer work_alloc(gsize count, gsize size);
gpointer work_share(gpointer work);
void traits_free(struct traits *traits); /* NULL accepted */
void work_free(struct study *study);

/* From so many members on that work is given back which is soon made again. */
bool study_is_large(const struct study *study);
/* Of a large network: what lies free between what is in use goes back to the system. */
void study_trim_heap(const struct study *study);
/*
 * Behind a measure's row, of a large network: gives back work that no later row of the table
 * rests on.
 */
void study_trim_behind(struct study *study, const struct measure *measure);

/* The map, unless it is there: positions in [0,1]. */
bool study_lay_out(struct study *study, GError **error);

/* Vertices' institutions. */
static inline const struct institution *net_institution(const struct net *net, guint v)
{
	return model_institution(net->model, net->institution[v]);
}

static inline struct date net_verified(const struct net *net, guint v)
{
	return model_checked(net->model, net_institution(net, v)->base.verified);
}

/*
 * Whether a partnership goes on after `day` whatever becomes of its programmes: the two
 * have an agreement of their own, or state a later end.
 */
bool partnership_outlasts(const struct partnership *says, struct date day);

/*
 * The groups of BY_TERRITORY that a vertex lists, all of them, not only the
 * first; appended to `out` (guint, cleared before), each once.
 */
void net_territories(const struct net *net, const struct partition *territories, guint v,
		     GArray *out);

/* How many of a list's entries stand in another one too. */
static inline guint shared_words(const struct word_list *list, guint a, guint b)
{
	guint shared = 0;
	for (guint i = list->start[a]; i < list->start[a + 1]; i++) {
		bool has = false;
		for (guint k = list->start[b]; k < list->start[b + 1]; k++)
			has |= list->word[i] == list->word[k];
		shared += has;
	}
	return shared;
}

/* (external - internal) / (external + internal), NAN when both are 0. */
double ei_index(double internal, double external);

#endif
