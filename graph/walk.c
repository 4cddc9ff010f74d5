/*
 * Distances between all institutions, counted in ties: one breadth-first search
 * from each, keeping only what measures ask for.  O(n * (n + m)).
 */
#include "graph/ig.h"

struct walk {
	const struct net *net;
	guint *queue;
	guint *seen; /* source + 1 that saw a vertex last */
};

/* Adds what one source sees. */
static void walk_from(struct walk *walk, guint source, struct distances *out)
{
	const struct net *net = walk->net;
	guint head = 0, tail = 0, level = 0, level_end = 1;
	double inverse = 0, sum = 0;
	walk->queue[tail++] = source;
	walk->seen[source] = source + 1;
	while (head < tail) {
		for (; head < level_end; head++) {
			guint v = walk->queue[head];
			for (guint i = net->start[v]; i < net->start[v + 1]; i++) {
				guint w = net->neighbour[i];
				if (walk->seen[w] == source + 1)
					continue;
				walk->seen[w] = source + 1;
				walk->queue[tail++] = w;
			}
		}
		guint found = tail - level_end;
		level_end = tail;
		if (found == 0)
			break;
		level++;
		inverse += (double)found / level;
		sum += (double)found * level;
		if (level <= 2)
			out->within_two[source] += found;
	}
	out->harmonic[source] = inverse;
	out->sum += sum;
	out->inverse += inverse;
	out->pairs += tail - 1;
	out->diameter = MAX(out->diameter, level);
}

const struct distances *study_distances(struct study *study, GError **error)
{
	const struct net *net = study->net;
	if (study->distances)
		return study->distances;
	struct distances *out = g_new0(struct distances, 1);
	out->harmonic = g_new0(double, MAX(net->n, 1));
	out->within_two = g_new0(guint, MAX(net->n, 1));
	g_autofree guint *queue = g_new(guint, MAX(net->n, 1));
	g_autofree guint *seen = g_new0(guint, MAX(net->n, 1));
	struct walk walk = { net, queue, seen };
	for (guint v = 0; v < net->n; v++) {
		if (v % 64 == 0 && ig_cancelled(study->cancel, error)) {
			g_free(out->harmonic);
			g_free(out->within_two);
			g_free(out);
			return NULL;
		}
		walk_from(&walk, v, out);
	}
	/* Every pair was seen from both ends. */
	out->sum /= 2;
	out->inverse /= 2;
	out->pairs /= 2;
	return study->distances = out;
}
