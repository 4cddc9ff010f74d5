/*
 * G10: members on whom others hang: articulation points of the network, with who
 * would be cut off and the tie that would repair it, which the one they hang on
 * can bring about.  One member cut off is no finding, or every hub's every pupil
 * would be one; the largest hundred are reported.
 *
 * Severity: gap_weight(members cut off), x .6 in a part that is apart from the
 * main network anyway.
 */
#include "graph/gaps/common.h"

#include <glib/gi18n.h>
#include <string.h>

#define LEAST	2
#define MOST	100
#define OFFERS	3
#define LINES	5
#define GATES	20 /* partners in a piece that are tried */
#define NOT_YET G_MAXUINT

struct piece {
	guint number, size, hub;
};

struct fracture {
	guint *piece; /* vertex -> number, NOT_YET */
	guint *queue;
	GArray *pieces; /* struct piece, largest first */
};

static struct piece walk_piece(const struct net *net, guint left, guint gate, guint number,
			       struct fracture *fracture)
{
	struct piece piece = { .number = number, .hub = gate };
	guint head = 0, tail = 0;
	fracture->piece[gate] = number;
	fracture->queue[tail++] = gate;
	while (head < tail) {
		guint v = fracture->queue[head++];
		if (net_degree(net, v) > net_degree(net, piece.hub))
			piece.hub = v;
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
	return x->number < y->number ? -1 : x->number > y->number;
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
}

/*
 * Of the partners of v, the one in `piece` and the one in the largest piece that
 * share most: v knows both.  A repair at another hub is only half a repair, so
 * the number of ties decides only between equals.
 */
static bool find_repair(struct study *study, guint v, const struct piece *piece,
			const struct fracture *fracture, guint *a, guint *b)
{
	const struct net *net = study->net;
	guint main = g_array_index(fracture->pieces, struct piece, 0).number, tried = 0;
	double best = -1;
	for (guint i = net->start[v]; i < net->start[v + 1] && tried < GATES; i++) {
		guint gate = net->neighbour[i];
		if (fracture->piece[gate] != piece->number)
			continue;
		tried++;
		for (guint k = net->start[v]; k < net->start[v + 1]; k++) {
			guint w = net->neighbour[k];
			if (fracture->piece[w] != main)
				continue;
			double score =
				affinity(study, gate, w) + .01 * (MIN(40, net_degree(net, gate)) +
								  MIN(40, net_degree(net, w)));
			if (score <= best)
				continue;
			best = score;
			*a = gate;
			*b = w;
		}
	}
	return best >= 0;
}

static void add_pieces(struct study *study, guint v, const struct fracture *fracture,
		       struct gap *gap)
{
	const struct net *net = study->net;
	g_autoptr(GPtrArray) single = g_ptr_array_new();
	for (guint i = 1; i < fracture->pieces->len; i++) {
		const struct piece *piece = &g_array_index(fracture->pieces, struct piece, i);
		if (piece->size == 1)
			g_ptr_array_add(single, (void *)vertex_name(net, piece->hub));
		else if (i <= LINES)
			gap_evidence(gap,
				     ngettext("%u member around %s", "%u members around %s",
					      piece->size),
				     piece->size, vertex_name(net, piece->hub));
		if (i > OFFERS)
			continue;
		guint a = v, b = v;
		if (find_repair(study, v, piece, fracture, &a, &b))
			gap_candidate(gap, (int)net->institution[a], (int)net->institution[b],
				      (int)net->institution[v], explain_pair(study, a, b));
	}
	if (single->len > 0) {
		g_autofree char *names = join_names(single, 6);
		gap_evidence(gap,
			     ngettext("%u member without any other partner: %s",
				      "%u members without any other partner: %s", single->len),
			     single->len, names);
	}
}

static void report(struct study *study, const struct gap_kind *kind, guint v,
		   struct fracture *fracture, GPtrArray *out)
{
	const struct net *net = study->net;
	guint cut = study->cuts->cut_off[v];
	const char *name = vertex_name(net, v);
	double share = study->components->of[v] == 0 ? 1 : .6;
	struct gap *gap = gap_new(kind, g_strdup_printf("G10:%s", net_institution(net, v)->base.id),
				  gap_weight(cut) * share,
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
	guint main = g_array_index(fracture->pieces, struct piece, 0).number;
	gap_names(gap, net->institution[v]);
	for (guint w = 0; w < net->n; w++)
		if (fracture->piece[w] != NOT_YET && fracture->piece[w] != main)
			g_array_append_val(gap->institutions, net->institution[w]);
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

bool gap_single_points(struct study *study, const struct gap_kind *kind, GPtrArray *out,
		       GError **error)
{
	const struct net *net = study->net;
	const struct cuts *cuts = study_cuts(study, error);
	g_autoptr(GArray) points = g_array_new(FALSE, FALSE, sizeof(guint));
	g_autofree guint *piece = g_new(guint, MAX(net->n, 1));
	g_autofree guint *queue = g_new(guint, MAX(net->n, 1));
	g_autoptr(GArray) pieces = g_array_new(FALSE, FALSE, sizeof(struct piece));
	struct fracture fracture = { piece, queue, pieces };
	for (guint v = 0; v < net->n; v++)
		if (cuts->cut_off[v] >= LEAST)
			g_array_append_val(points, v);
	g_array_sort_with_data(points, by_cut, (gpointer)cuts);
	for (guint i = 0; i < MIN(points->len, MOST); i++)
		report(study, kind, g_array_index(points, guint, i), &fracture, out);
	return true;
}
