/*
 * The table of kinds of gaps and the making of one finding.  What each kind looks
 * for is in gaps/.
 */
#include "graph/gap.h"

#include "graph/gaps/gaps.h"

#include <glib/gi18n.h>
#include <string.h>

/* clang-format off */
/* Id and name of each kind: for its row below, and as words that a filter chooses from. */
#define G1 "G1", N_("Sectors that do not meet")
#define G2 "G2", N_("Missing sector")
#define G3 "G3", N_("Closed territory")
#define G4 "G4", N_("Shallow ties")
#define G5 "G5", N_("Isolated members")
#define G6 "G6", N_("Circles that do not touch")
#define G7 "G7", N_("Less than chance")
#define G8 "G8", N_("Focus off the core")
#define G9 "G9", N_("Offers and needs")
#define G10 "G10", N_("Single point of failure")
#define G11 "G11", N_("Not looked at for long")
#define G12 "G12", N_("Unconfirmed ties")
#define G13 "G13", N_("Ends with its funding")
#define G14 "G14", N_("Territory without progress")
#define G15 "G15", N_("Promised and not begun")
#define G16 "G16", N_("Spread that has stopped")
#define G17 "G17", N_("Level and behaviour differ")
#define G18 "G18", N_("Suggested partnership")

const struct choice choice_gap_kind[] = {
	{ G1 }, { G2 }, { G3 }, { G4 }, { G5 }, { G6 }, { G7 }, { G8 }, { G9 },
	{ G10 }, { G11 }, { G12 }, { G13 }, { G14 }, { G15 }, { G16 }, { G17 }, { G18 }, { NULL, NULL },
};

static const struct gap_kind kinds[] = {
	{ G1,
	  .sentence = N_("Two sectors are both present in a territory and nobody of one works with anybody of the other."),
	  .compared = N_("What would be usual: the pairs of one member of either sector there, times the share of all "
	     "pairs of different sectors in one territory that work together, counted over all territories. A "
	     "territory is named where half a tie or more would be usual between its sectors that do not meet."),
	  .severity = N_("how many members such sectors have there, what share of the possible ties "
	     "across sectors is missing, and whether the territory is declared"),
	  .find = gap_sector_pairs },
	{ G2,
	  .sentence = N_("Sectors that other territories have are not present in this one."),
	  .severity = N_("how usual the missing sectors are in other territories, and whether the territory is declared"),
	  .find = gap_missing_sectors, .invites = true },
	{ G3,
	  .sentence = N_("The members of a territory work among themselves, or not at all, but hardly with other territories."),
	  .severity = N_("how many members the territory has, how few others it reaches, and whether it is declared"),
	  .find = gap_closed_territories },
	{ G4,
	  .sentence = N_("Two sectors, or the members of a territory, are tied but never closely: "
		       "they know or help each other and carry nothing together."),
	  .severity = N_("how many members are concerned and how unusual it is that no tie is closer"),
	  .find = gap_shallow },
	{ G5,
	  .sentence = N_("Members that work with nobody, or only in a small group apart from the main network, or "
		       "stand at its edge though their level asks for more."),
	  .severity = N_("how many members are apart, and what is asked of them"),
	  .find = gap_isolated, .alone = true },
	{ G6,
	  .sentence = N_("Two circles of members that work closely within themselves have hardly a tie between them."),
	  .compared = N_("What their partners in all would give: the partners of all members of one circle, times those "
	     "of the other, divided by twice the ties of the network."),
	  .severity = N_("how many members the smaller circle has and what share of the ties to be expected is missing"),
	  .find = gap_holes, .drawn = true },
	{ G7,
	  .sentence = N_("Two sectors, two countries, or a territory and a sector have fewer ties than chance would give them."),
	  .compared = N_("What chance gives: the mean over random networks in which everybody has as many partners as "
	     "now. p is (1 + those with as few ties) / (1 + those drawn); it is corrected for the number of pairs "
	     "of groups that chance gives 2 ties or more (Benjamini & Hochberg 1995), and told of up to 0.05. More "
	     "than the first 1,000 are drawn until it is clear which pairs that are: up to 16,000 in a network of up "
	     "to 500 members and ties, 8,000 up to 1,000, 4,000 up to 2,000, 2,000 up to 4,000."),
	  .severity = N_("how many members are concerned and what share of the ties that chance gives is missing"),
	  .find = gap_mixing, .drawn = true },
	{ G8,
	  .sentence = N_("The members of a sector that the network wants at its core are further from the others than those of other sectors."),
	  .severity = N_("how many members the sector has and how far behind the others they stand"),
	  .find = gap_focal, .alone = true },
	{ G9,
	  .sentence = N_("Members ask for what others of the network offer, and do not work with them; or for what nobody offers."),
	  .severity = N_("how many needs are not served by any partner"),
	  .find = gap_exchange },
	{ G10,
	  .sentence = N_("Members that would lose the rest of the network if one institution left, or "
		       "sectors that would lose each other if one tie ended."),
	  .severity = N_("how many members would be cut off, or how large the smaller sector is"),
	  .find = gap_single_points },
	{ G11,
	  .sentence = N_("Entries and partnerships that nobody has verified for longer than the network allows."),
	  .severity = N_("how many entries or partnerships are concerned, and what share of all"),
	  .find = gap_stale },
	{ G12,
	  .sentence = N_("Ties that one side declares and the other does not confirm, has not been asked about, or contradicts."),
	  .severity = N_("how many members would have to answer"),
	  .find = gap_unconfirmed },
	{ G13,
	  .sentence = N_("Ties that rest on a programme alone, and end with it within the months that the network warns ahead."),
	  .severity = N_("how many ties and members hang on it"),
	  .find = gap_cliff, .alone = true },
	{ G14,
	  .sentence = N_("A territory of the network whose declaration, agenda or activity does not move on."),
	  .severity = N_("how many signs there are, and whether the territory is declared"),
	  .find = gap_progress },
	{ G15,
	  .sentence = N_("A line, goal or target group on an agenda that nobody there works on, or that territories "
		       "share without working together."),
	  .severity = N_("how many territories are concerned"),
	  .find = gap_themes },
	{ G16,
	  .sentence = N_("A practice that has reached some of its regions and none new for long."),
	  .severity = N_("how many regions it has not reached"),
	  .find = gap_spread },
	{ G17,
	  .sentence = N_("An ally that carries nothing with others, or a friend that acts as an ally."),
	  .severity = N_("what the level promises and how many partners the member has"),
	  .find = gap_tiers },
	{ G18,
	  .sentence = N_("Two members who do not work together and have much that speaks for it."),
	  .severity = N_("how much speaks for it: common partners, offers and needs, common work, and who is at the edge"),
	  .find = gap_suggested, .ranks = true, .alone = true },
};
/* clang-format on */

const struct gap_kind *gap_kinds(guint *n)
{
	if (n)
		*n = G_N_ELEMENTS(kinds);
	return kinds;
}

const struct gap_kind *gap_kind_find(const char *id)
{
	for (guint i = 0; id && i < G_N_ELEMENTS(kinds); i++)
		if (g_ascii_strcasecmp(kinds[i].id, id) == 0)
			return &kinds[i];
	return NULL;
}

static void candidate_free(void *data)
{
	struct candidate *candidate = data;
	g_free(candidate->why);
	g_free(candidate);
}

struct gap *gap_new(const struct gap_kind *kind, char *id, double severity, char *title)
{
	struct gap *gap = g_new0(struct gap, 1);
	gap->kind = kind;
	gap->id = id;
	gap->severity = CLAMP(severity, 0, 1);
	gap->title = title;
	gap->evidence = g_ptr_array_new_with_free_func(g_free);
	gap->candidates = g_ptr_array_new_with_free_func(candidate_free);
	gap->institutions = g_array_new(FALSE, FALSE, sizeof(guint));
	gap->territory = -1;
	return gap;
}

void gap_evidence(struct gap *gap, const char *format, ...)
{
	va_list values;
	va_start(values, format);
	g_ptr_array_add(gap->evidence, g_strdup_vprintf(format, values));
	va_end(values);
}

void gap_candidate(struct gap *gap, int a, int b, int introducer, char *why)
{
	for (guint i = 0; i < gap->candidates->len; i++) {
		const struct candidate *other = gap->candidates->pdata[i];
		if ((other->a == a && other->b == b) ||
		    (b >= 0 && other->a == b && other->b == a)) {
			g_free(why);
			return;
		}
	}
	struct candidate *candidate = g_new0(struct candidate, 1);
	candidate->a = a;
	candidate->b = b;
	candidate->introducer = introducer;
	candidate->why = why;
	g_ptr_array_add(gap->candidates, candidate);
}

/* Once, however often it is named. */
void gap_names(struct gap *gap, guint institution)
{
	for (guint i = 0; i < gap->institutions->len; i++)
		if (g_array_index(gap->institutions, guint, i) == institution)
			return;
	g_array_append_val(gap->institutions, institution);
}

void gap_free(struct gap *gap)
{
	if (!gap)
		return;
	g_free(gap->id);
	g_free(gap->title);
	g_free(gap->reason);
	g_free(gap->advice);
	g_free(gap->note);
	g_ptr_array_unref(gap->evidence);
	g_ptr_array_unref(gap->candidates);
	g_array_unref(gap->institutions);
	g_free(gap);
}
