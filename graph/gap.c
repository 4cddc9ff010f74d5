/*
 * The table of kinds of gaps and the making of one finding.  What each kind looks
 * for is in gaps/.
 */
#include "graph/gap.h"

#include "graph/gaps/gaps.h"

#include <glib/gi18n.h>
#include <string.h>

/* clang-format off */
static const struct gap_kind kinds[] = {
	{ "G1",
	  N_("Sectors that do not meet"),
	  N_("Two sectors are both present in a territory and nobody of one works with anybody of the other."),
	  N_("how many members such sectors have there, what share of the possible ties "
	     "across sectors is missing, and whether the territory is declared"),
	  gap_sector_pairs },
	{ "G2",
	  N_("Missing sector"),
	  N_("Sectors that other territories have are not present in this one."),
	  N_("how usual the missing sectors are in other territories, and whether the territory is declared"),
	  gap_missing_sectors, .invites = true },
	{ "G3",
	  N_("Closed territory"),
	  N_("The members of a territory work among themselves, or not at all, but hardly with other territories."),
	  N_("how many members the territory has, how few others it reaches, and whether it is declared"),
	  gap_closed_territories },
	{ "G4",
	  N_("Shallow ties"),
	  N_("Two sectors, or the members of a territory, are tied but never closely: they know or help each other and carry nothing together."),
	  N_("how many members are concerned and how unusual it is that no tie is closer"),
	  gap_shallow },
	{ "G5",
	  N_("Isolated members"),
	  N_("Members that work with nobody, or only in a small group apart from the main network."),
	  N_("how many members are apart"),
	  gap_isolated },
	{ "G6",
	  N_("Circles that do not touch"),
	  N_("Two circles of members that work closely within themselves have hardly a tie between them."),
	  N_("how many members the smaller circle has and what share of the ties to be expected is missing"),
	  gap_holes },
	{ "G7",
	  N_("Less than chance"),
	  N_("Two sectors, two countries, or a territory and a sector have fewer ties than chance would give them."),
	  N_("how many members are concerned and what share of the ties that chance gives is missing"),
	  gap_mixing },
	{ "G8",
	  N_("Focus off the core"),
	  N_("The members of a sector that the network wants at its core are further from the others than those of other sectors."),
	  N_("how many members the sector has and how far behind the others they stand"),
	  gap_focal },
	{ "G9",
	  N_("Offers and needs"),
	  N_("Members ask for what others of the network offer, and do not work with them; or for what nobody offers."),
	  N_("how many needs are not served by any partner"),
	  gap_exchange },
	{ "G10",
	  N_("Single point of failure"),
	  N_("Members that would lose the rest of the network if one institution left."),
	  N_("how many members would be cut off"),
	  gap_single_points },
	{ "G11",
	  N_("Not looked at for long"),
	  N_("Entries and partnerships that nobody has verified for longer than the network allows."),
	  N_("how many entries or partnerships are concerned, and what share of all"),
	  gap_stale },
	{ "G12",
	  N_("Unconfirmed ties"),
	  N_("Ties that one side declares and the other does not confirm, has not been asked about, or contradicts."),
	  N_("how many members would have to answer"),
	  gap_unconfirmed },
	{ "G13",
	  N_("Ends with its funding"),
	  N_("Ties that rest on a programme alone, and end with it within a year."),
	  N_("how many ties and members hang on it"),
	  gap_cliff },
	{ "G14",
	  N_("Territory without progress"),
	  N_("A territory of the network whose declaration, agenda or activity does not move on."),
	  N_("how many signs there are, and whether the territory is declared"),
	  gap_progress },
	{ "G15",
	  N_("Promised and not begun"),
	  N_("A line, goal or target group on an agenda that nobody there works on, or that territories share without working together."),
	  N_("how many territories are concerned"),
	  gap_themes },
	{ "G16",
	  N_("Spread that has stopped"),
	  N_("A practice that has reached some of its regions and none new for long."),
	  N_("how many regions it has not reached"),
	  gap_spread },
	{ "G17",
	  N_("Level and behaviour differ"),
	  N_("An ally that carries nothing with others, or a friend that acts as an ally."),
	  N_("what the level promises and how many partners the member has"),
	  gap_tiers },
	{ "G18",
	  N_("Suggested partnership"),
	  N_("Two members who do not work together and have much that speaks for it."),
	  N_("how much speaks for it: common partners, offers and needs, common work, and who is at the edge"),
	  gap_suggested },
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
