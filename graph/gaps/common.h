#ifndef GRAPH_GAPS_COMMON_H
#define GRAPH_GAPS_COMMON_H

#include "graph/gaps/gaps.h"

/*
 * Severity of a gap that touches `members` institutions: members / (members +
 * 10), so that ten members stand at one half and no network is too large for the
 * scale.  Every kind multiplies it with a share of its own, stated in its file.
 */
double gap_weight(double members);

/*
 * How much a territory's gaps count: 1 when it is declared; .8 announced or
 * developing; .5 when nothing says that it is a territory of the network; .3
 * lapsed.
 */
double territory_weight(const struct territory *territory);

/*
 * Members by territory, an institution in each it lists: vertices of group g of
 * BY_TERRITORY are of[start[g]] .. of[start[g + 1] - 1].  Free with g_free (one
 * block each).
 */
struct roster {
	guint *start, *of;
};
void roster_init(struct roster *roster, struct study *study);
void roster_release(struct roster *roster);

/* The territory record behind a group, as model index, or -1. */
int group_territory(struct study *study, guint group);

/*
 * A territory's name as far as the first comma or bracket, for titles: "Medellín"
 * and not "Medellín, Territorio STEM+H".  Caller frees.
 */
char *territory_name(struct study *study, guint group);

/*
 * Whether a level of membership (a group of BY_TIER, or -1) is for those who carry the
 * network: "ally" and above, founders and who stands above them excepted.
 */
bool level_asks(const struct model *model, int tier);

/* The vertex of a territory's coordinator, or -1. */
int territory_coordinator(struct study *study, guint group);

/* A common partner of two vertices: highest lesser weight, then sum, then fewest ties; or -1. */
int common_introducer(const struct net *net, guint a, guint b);

/*
 * Takes one into a list, best first, of the `most` best so far; false: it is none of them.
 * `compare` says of every two which is the better.
 */
bool keep_best(GArray *best, guint most, gconstpointer one, GCompareFunc compare);

/*
 * Puts those with most partners first, of equals the one whose id does, and keeps at most
 * `most`: where not all can be looked at, who is should not hang on the alphabet.
 */
void order_connected(const struct net *net, GArray *vertices, guint most);

/*
 * Around whom a part is: of its members (guint vertices) the one with most partners, or
 * all that have as many, as far as there is room.  Caller frees.
 */
char *name_hubs(const struct net *net, const GArray *members);

/*
 * Offers at most `most` pairs that are not tied and share something, one of `a` and
 * one of `b` (guint vertices), the most promising first and each member once; of long lists those
 * with most partners are looked at.
 */
void offer_between(struct study *study, struct gap *gap, const GArray *a, const GArray *b,
		   guint most);

/* Kilometres between two places, NAN when one is not known. */
double distance_km(double lat_a, double lon_a, double lat_b, double lon_b);

/* Display name of a vertex; borrowed. */
const char *vertex_name(const struct net *net, guint v);

/* Names every vertex of a list (guint). */
void name_all(struct study *study, struct gap *gap, const GArray *vertices);

/*
 * Names those that are candidates: where a finding is about whole sectors or circles,
 * it stands on the cards of those who could act.
 */
void name_candidates(struct gap *gap);

/*
 * Whether the gap of this id is listed, however many others there are: what somebody has
 * decided about, as what one works on does not vanish for space; and in a what-if what is
 * listed today, so that it can be told what becomes of it.
 */
bool stays_listed(const struct study *study, const char *id);

/*
 * Remembers that there is such a gap though the register does not list it: what comes
 * up into its place after an edit is not new.  Takes the id.
 */
void leave_unlisted(struct study *study, char *id);

/* Vertices of a group, in order.  Caller frees. */
GArray *group_members(const struct partition *partition, guint n, guint group);

/* The days by which something is over: the last day of `date`, not set when it is not. */
bool date_is_past(struct date date, struct date today);

/* "A, B, C and 4 more": at most `most` of `names` (const char *).  Caller frees. */
char *join_names(const GPtrArray *names, guint most);

/* One line on why a and b: shared programme, line, territory or country; never NULL. */
char *explain_pair(struct study *study, guint a, guint b);

/* Adds a candidate by vertices (b -1: one only), with the common partner found here. */
void offer_pair(struct study *study, struct gap *gap, guint a, int b, char *why);

#endif
