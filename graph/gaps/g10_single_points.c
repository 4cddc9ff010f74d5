/*
 * G10: members on whom others hang: articulation points of the network, with who
 * would be cut off and the tie that would repair it, which the one they hang on
 * can bring about.  One member cut off is no finding, or every hub's every pupil
 * would be one; the largest hundred are reported.  A territory that one member alone
 * joins to the rest needs no finding of its own: the others there hang on it, or are
 * alone (G5).  And two sectors that a single tie joins.
 *
 * Severity: gap_weight(members cut off), x .6 in a part that is smaller than the
 * main network; .3 x gap_weight(members of the smaller sector).
 */
#include "graph/gaps/common.h"
#include "graph/gaps/kin.h"

#include <glib/gi18n.h>
#include <string.h>

#define LEAST	2
#define MOST	100
#define OFFERS	3
#define LINES	5
#define GATES	20 /* partners in a piece that are tried */
#define SECTOR	5  /* members of a sector, for less to say nothing */
#define PAIRS	2  /* offered beside the one tie */
#define NOT_YET G_MAXUINT

struct piece {
	guint number, size, ends;
	guint first; /* the member whose id comes first */
};

struct fracture {
	guint *piece; /* vertex -> number, NOT_YET */
	guint *queue;
	GArray *pieces; /* struct piece, largest first, then those with most ties */
	guint equal;	/* pieces as large as the first: 1 where it stands out */
};

static struct piece walk_piece(const struct net *net, guint left, guint gate, guint number,
			       struct fracture *fracture)
{
	struct piece piece = { .number = number, .first = gate };
	guint head = 0, tail = 0;
	fracture->piece[gate] = number;
	fracture->queue[tail++] = gate;
	while (head < tail) {
		guint v = fracture->queue[head++];
		piece.first = MIN(piece.first, v);
		piece.ends += net_degree(net, v);
		for (guint i = net->start[v]; i < net->start[v + 1]; i++) {
			guint w = net->neighbour[i];
			if (w == left || fracture->piece[w] != NOT_YET)
				continue;
			fracture->piece[w] = number;
			fracture->queue[tail++] = w;
		}
	}
	piece.size = tail;
	return piece;
}

static int by_size(gconstpointer a, gconstpointer b)
{
	const struct piece *x = a, *y = b;
	if (x->size != y->size)
		return x->size > y->size ? -1 : 1;
	if (x->ends != y->ends)
		return x->ends > y->ends ? -1 : 1;
	return x->first < y->first ? -1 : x->first > y->first;
}

/* What remains of v's component without v. */
static void break_at(const struct net *net, guint v, struct fracture *fracture)
{
	memset(fracture->piece, 0xff, net->n * sizeof *fracture->piece);
	g_array_set_size(fracture->pieces, 0);
	for (guint i = net->start[v]; i < net->start[v + 1]; i++) {
		guint gate = net->neighbour[i];
		if (fracture->piece[gate] != NOT_YET)
			continue;
		struct piece piece = walk_piece(net, v, gate, fracture->pieces->len, fracture);
		g_array_append_val(fracture->pieces, piece);
	}
	g_array_sort(fracture->pieces, by_size);
	guint largest = g_array_index(fracture->pieces, struct piece, 0).size;
	fracture->equal = 0;
	while (fracture->equal < fracture->pieces->len &&
	       g_array_index(fracture->pieces, struct piece, fracture->equal).size == largest)
		fracture->equal++;
}

/* Whether a piece is cut off: with several that are largest none of them is the rest. */
static bool is_cut_off(const struct fracture *fracture, guint i)
{
	return i > 0 || fracture->equal > 1;
}

static GArray *piece_members(const struct net *net, const struct fracture *fracture,
			     const struct piece *piece)
{
	GArray *members = g_array_new(FALSE, FALSE, sizeof(guint));
	for (guint v = 0; v < net->n; v++)
		if (fracture->piece[v] == piece->number)
			g_array_append_val(members, v);
	return members;
}

/*
 * Of the partners of v, the one in `piece` and the one in the largest piece that
 * share most: v knows both.  A repair at another hub is only half a repair, so
 * the number of ties decides only between equals; what is a part of v would leave
 * with it, and repairs nothing.
 */
static bool find_repair(struct study *study, guint v, const struct piece *piece,
			const struct fracture *fracture, guint *a, guint *b)
{
	const struct net *net = study->net;
	guint main = g_array_index(fracture->pieces, struct piece, 0).number;
	g_autoptr(GArray) gates = g_array_new(FALSE, FALSE, sizeof(guint));
	struct kin kin;
	double best = -1;
	kin_init(&kin, study);
	for (guint i = net->start[v]; i < net->start[v + 1]; i++)
		if (fracture->piece[net->neighbour[i]] == piece->number &&
		    !net_same_house(net, v, net->neighbour[i]))
			g_array_append_val(gates, net->neighbour[i]);
	order_connected(net, gates, GATES);
	for (guint i = 0; i < gates->len; i++) {
		guint gate = g_array_index(gates, guint, i);
		kin_turn(&kin, gate);
		for (guint k = net->start[v]; k < net->start[v + 1]; k++) {
			guint w = net->neighbour[k];
			if (fracture->piece[w] != main || net_same_house(net, v, w) ||
			    net_same_house(net, gate, w))
				continue;
			double score =
				kin_affinity(&kin, w) + .01 * (MIN(40, net_degree(net, gate)) +
							       MIN(40, net_degree(net, w)));
			if (score <= best)
				continue;
			best = score;
			*a = gate;
			*b = w;
		}
	}
	kin_release(&kin);
	return best >= 0;
}

static void add_piece(const struct net *net, const struct fracture *fracture,
		      const struct piece *piece, struct gap *gap)
{
	g_autoptr(GArray) members = piece_members(net, fracture, piece);
	g_autofree char *hubs = name_hubs(net, members);
	gap_evidence(gap, ngettext("%u member around %s", "%u members around %s", piece->size),
		     piece->size, hubs);
}

/* What the tie is for, before what speaks for it. */
static char *explain_repair(struct study *study, const struct piece *piece, guint a, guint b)
{
	g_autofree char *both = explain_pair(study, a, b);

	if (piece->size < 2)
		return g_steal_pointer(&both);
	/* TRANSLATORS: then why these two: "both take part in …". */
	return g_strdup_printf(ngettext("it would keep %u member connected; %s",
					"it would keep %u members connected; %s", piece->size),
			       piece->size, both);
}

static void add_pieces(struct study *study, guint v, const struct fracture *fracture,
		       struct gap *gap)
{
	const struct net *net = study->net;
	g_autoptr(GPtrArray) single = g_ptr_array_new();
	guint more = 0, in_them = 0;
	for (guint i = 0; i < fracture->pieces->len; i++) {
		const struct piece *piece = &g_array_index(fracture->pieces, struct piece, i);
		if (!is_cut_off(fracture, i))
			continue;
		if (piece->size == 1) {
			g_ptr_array_add(single, (void *)vertex_name(net, piece->first));
		} else if (i <= LINES) {
			add_piece(net, fracture, piece, gap);
		} else {
			more++;
			in_them += piece->size;
		}
		if (i == 0 || i > OFFERS)
			continue;
		guint a = v, b = v;
		if (find_repair(study, v, piece, fracture, &a, &b))
			gap_candidate(gap, (int)net->institution[a], (int)net->institution[b],
				      (int)net->institution[v], explain_repair(study, piece, a, b));
	}
	if (more > 0)
		gap_evidence(gap,
			     ngettext("%u more part with %u members",
				      "%u more parts with %u members in all", more),
			     more, in_them);
	if (single->len > 0) {
		g_autofree char *names = join_names(single, 6);
		gap_evidence(gap,
			     ngettext("%u member without any other partner: %s",
				      "%u members without any other partner: %s", single->len),
			     single->len, names);
	}
	if (fracture->equal > 1)
		gap_evidence(gap,
			     _("%u parts that are left are equally large; one of them is not "
			       "counted as cut off"),
			     fracture->equal);
}

/* The member itself, and those who are cut off by its leaving. */
static void name_cut_off(const struct net *net, guint v, const struct fracture *fracture,
			 struct gap *gap)
{
	guint main = g_array_index(fracture->pieces, struct piece, 0).number;
	gap_names(gap, net->institution[v]);
	for (guint w = 0; w < net->n; w++)
		if (fracture->piece[w] != NOT_YET &&
		    (fracture->piece[w] != main || fracture->equal > 1))
			g_array_append_val(gap->institutions, net->institution[w]);
}

static char *cut_id(const struct net *net, guint v)
{
	return g_strdup_printf("G10:%s", net_institution(net, v)->base.id);
}

static void report(struct study *study, const struct gap_kind *kind, guint v,
		   struct fracture *fracture, GPtrArray *out)
{
	const struct net *net = study->net;
	guint cut = study->cuts->cut_off[v];
	const char *name = vertex_name(net, v);
	double share = study->components->of[v] < study->components->equal ? 1 : .6;
	struct gap *gap = gap_new(kind, cut_id(net, v), gap_weight(cut) * share,
				  g_strdup_printf(ngettext("%u member hangs on %s only",
							   "%u members hang on %s only", cut),
						  cut, name));
	gap->reason = g_strdup_printf(
		ngettext("If %s left, changed its people or lost its funds, %u member would lose "
			 "every chain to the rest of its part of the network.",
			 "If %s left, changed its people or lost its funds, %u members would lose "
			 "every chain to the rest of their part of the network.",
			 cut),
		name, cut);
	gap->advice = g_strdup_printf(_("Let %s introduce those who hang on it to another of its "
					"partners: each such tie closes a part of the gap."),
				      name);
	break_at(net, v, fracture);
	add_pieces(study, v, fracture, gap);
	gap_evidence(gap, ngettext("%s has %u partner", "%s has %u partners", net_degree(net, v)),
		     name, net_degree(net, v));
	name_cut_off(net, v, fracture, gap);
	g_ptr_array_add(out, gap);
}

static int by_cut(gconstpointer a, gconstpointer b, gpointer data)
{
	const struct cuts *cuts = data;
	guint x = *(const guint *)a, y = *(const guint *)b;
	if (cuts->cut_off[x] != cuts->cut_off[y])
		return cuts->cut_off[x] > cuts->cut_off[y] ? -1 : 1;
	return x < y ? -1 : x > y;
}

/* The one tie that joins two sectors. */
static void report_tie(struct study *study, const struct gap_kind *kind, guint e, GPtrArray *out)
{
	const struct net *net = study->net;
	const struct partition *sectors = study->partitions[BY_SECTOR];
	guint s = (guint)sectors->group[net->from[e]], t = (guint)sectors->group[net->to[e]];
	guint a = MIN(s, t), b = MAX(s, t);
	const char *from = vertex_name(net, net->from[e]), *to = vertex_name(net, net->to[e]);
	struct gap *gap =
		gap_new(kind, g_strdup_printf("G10:%s:%s", sectors->ids[a], sectors->ids[b]),
			.3 * gap_weight(MIN(sectors->sizes[a], sectors->sizes[b])),
			g_strdup_printf(_("%s with %s: joined by one tie only"), sectors->labels[a],
					sectors->labels[b]));
	gap->reason = g_strdup_printf(_("If %s and %s stopped working together, nobody of the one "
					"sector would work with anybody of the other."),
				      from, to);
	gap->advice = g_strdup(_("Bring a second pair together, and let the two who work together "
				 "tell what it brought them."));
	gap_evidence(gap, _("The tie: %s – %s"), from, to);
	gap_evidence(gap, _("Members: %s %u, %s %u"), sectors->labels[a], sectors->sizes[a],
		     sectors->labels[b], sectors->sizes[b]);
	gap_names(gap, net->institution[net->from[e]]);
	gap_names(gap, net->institution[net->to[e]]);
	g_autoptr(GArray) first = group_members(sectors, net->n, a);
	g_autoptr(GArray) second = group_members(sectors, net->n, b);
	offer_between(study, gap, first, second, PAIRS);
	g_ptr_array_add(out, gap);
}

static void find_ties(struct study *study, const struct gap_kind *kind, GPtrArray *out)
{
	const struct net *net = study->net;
	const struct partition *sectors = study->partitions[BY_SECTOR];
	guint n = sectors->n_groups;
	g_autofree guint *ties = g_new0(guint, (gsize)n * n + 1);
	g_autofree guint *one = g_new0(guint, (gsize)n * n + 1);
	for (guint e = 0; e < net->m; e++) {
		int s = sectors->group[net->from[e]], t = sectors->group[net->to[e]];
		gsize cell = (gsize)MAX(0, MIN(s, t)) * n + (gsize)MAX(0, MAX(s, t));
		if (s < 0 || t < 0 || s == t)
			continue;
		ties[cell]++;
		one[cell] = e;
	}
	for (guint a = 0; a < n; a++)
		for (guint b = a + 1; b < n; b++)
			if (ties[(gsize)a * n + b] == 1 && sectors->sizes[a] >= SECTOR &&
			    sectors->sizes[b] >= SECTOR)
				report_tie(study, kind, one[(gsize)a * n + b], out);
}

bool gap_single_points(struct study *study, const struct gap_kind *kind, GPtrArray *out,
		       GError **error)
{
	const struct net *net = study->net;
	const struct cuts *cuts = study_cuts(study, error);
	g_autoptr(GArray) points = g_array_new(FALSE, FALSE, sizeof(guint));
	g_autofree guint *piece = g_new(guint, MAX(net->n, 1));
	g_autofree guint *queue = g_new(guint, MAX(net->n, 1));
	g_autoptr(GArray) pieces = g_array_new(FALSE, FALSE, sizeof(struct piece));
	struct fracture fracture = { piece, queue, pieces, 0 };
	for (guint v = 0; v < net->n; v++)
		if (cuts->cut_off[v] >= LEAST)
			g_array_append_val(points, v);
	g_array_sort_with_data(points, by_cut, (gpointer)cuts);
	for (guint i = 0; i < points->len; i++) {
		guint v = g_array_index(points, guint, i);
		g_autofree char *id = cut_id(net, v);
		if (i < MOST || stays_listed(study, id))
			report(study, kind, v, &fracture, out);
		else
			leave_unlisted(study, g_steal_pointer(&id));
	}
	find_ties(study, kind, out);
	return true;
}
