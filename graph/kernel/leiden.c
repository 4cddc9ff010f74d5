/*
 * Leiden's algorithm: nodes move to the best community next to them, communities are
 * refined into parts that hang together, parts become nodes, and so on until nobody
 * gains.  For modularity alone, of graphs without weights.  igraph's takes ten times as
 * long on small graphs, and lets one search at a time run in a process.
 */
#include "graph/kernel/leiden.h"

#include "base/mix.h"

#include <math.h>
#include <string.h>

#define ROUNDS	 20   /* of a search at most */
#define PATIENCE 4096 /* nodes between looks at the watch */

/* A graph whose nodes are parts of that below, whose ties are counted. */
struct level {
	guint n;
	guint *start, *to, *ties; /* start: n + 1 */
	guint *degree;		  /* of all members, with ties inside */
};

/* What is known of a community or part while nodes move. */
struct group {
	guint degree; /* of its members */
	guint size;   /* nodes */
	guint out;    /* of a part: ties to the rest of its community */
};

struct search {
	const struct csr *csr;
	struct watch *watch;
	gint64 ends; /* of all ties: 2 m */
	guint64 dice;
	struct level base, coarse[2]; /* the one and the next by turns */
	struct group *groups;
	guint *of, *part; /* node -> community; -> part */
	guint *node_of;	  /* vertex -> node of the level at hand */
	guint *order;	  /* nodes; as a queue, a ring */
	guint *shared;	  /* ties to a community, zero between nodes */
	guint *near;	  /* those that are not zero */
	guint *spare;	  /* communities without anybody; names of groups made anew */
	guint8 *waits;	  /* node is in the queue */
	guint *inside;	  /* ties to others of its community */
	guint *found;	  /* vertex -> community, of the round before */
};

/* --- one level --------------------------------------------------------------------- */

static void shuffle(struct search *s, guint n)
{
	for (guint i = 0; i < n; i++)
		s->order[i] = i;
	for (guint i = n; i > 1; i--) {
		guint with = dice_below(&s->dice, i), kept = s->order[i - 1];

		s->order[i - 1] = s->order[with];
		s->order[with] = kept;
	}
}

/* What the modularity gains times ends^2 / 2 when a node joins a group that it is not in. */
static gint64 gain(const struct search *s, guint ties, guint degree, guint of_group)
{
	return s->ends * ties - (gint64)degree * of_group;
}

/* Ties of `v` to the communities next to it; how many there are. */
static guint look_around(struct search *s, const struct level *level, guint v, const guint *of)
{
	guint n = 0;

	for (guint i = level->start[v]; i < level->start[v + 1]; i++) {
		guint group = of[level->to[i]];

		if (s->shared[group] == 0)
			s->near[n++] = group;
		s->shared[group] += level->ties[i];
	}
	return n;
}

static void forget(struct search *s, guint n)
{
	for (guint i = 0; i < n; i++)
		s->shared[s->near[i]] = 0;
}

static void leave(struct group *group, guint degree)
{
	group->degree -= degree;
	group->size--;
}

static void join(struct group *group, guint degree)
{
	group->degree += degree;
	group->size++;
}

/* The best community for `v`, which has left its own; where that is as good, its own. */
static guint choose(struct search *s, const struct level *level, guint v, guint own, guint spare)
{
	guint n = look_around(s, level, v, s->of), best = own, degree = level->degree[v];
	gint64 most = gain(s, s->shared[own], degree, s->groups[own].degree);

	/* Better alone than in bad company. */
	if (most < 0) {
		most = 0;
		best = spare;
	}
	for (guint i = 0; i < n; i++) {
		guint group = s->near[i];
		gint64 here = gain(s, s->shared[group], degree, s->groups[group].degree);

		if (here > most) {
			most = here;
			best = group;
		}
	}
	forget(s, n);
	return best;
}

static void count_groups(struct search *s, const struct level *level)
{
	memset(s->groups, 0, level->n * sizeof *s->groups);
	for (guint v = 0; v < level->n; v++)
		join(&s->groups[s->of[v]], level->degree[v]);
}

/* Everybody moves to the community that is best, until nobody wants to. */
static void move_nodes(struct search *s, const struct level *level)
{
	guint n = level->n, waiting = n, head = 0, spares = 0;

	count_groups(s, level);
	for (guint c = n; c-- > 0;)
		if (s->groups[c].size == 0)
			s->spare[spares++] = c;
	shuffle(s, n);
	memset(s->waits, 1, n);
	for (gsize step = 1; waiting > 0; step++, waiting--) {
		guint v = s->order[head], own = s->of[v];

		if (step % PATIENCE == 0 && watch_stop(s->watch))
			return;
		head = head + 1 == n ? 0 : head + 1;
		s->waits[v] = 0;
		leave(&s->groups[own], level->degree[v]);
		/* Who leaves nobody behind cannot do better by being alone elsewhere. */
		guint best = choose(s, level, v, own, spares ? s->spare[spares - 1] : own);
		join(&s->groups[best], level->degree[v]);
		if (best == own)
			continue;
		if (spares && best == s->spare[spares - 1])
			spares--;
		if (s->groups[own].size == 0)
			s->spare[spares++] = own;
		s->of[v] = best;
		for (guint i = level->start[v]; i < level->start[v + 1]; i++) {
			guint to = level->to[i], last = head + waiting - 1;

			if (s->of[to] == best || s->waits[to])
				continue;
			s->waits[to] = 1;
			s->order[last < n ? last : last - n] = to;
			waiting++;
		}
	}
}

/* --- refining ------------------------------------------------------------------------ */

/* Whether a part of a community has as many ties to its rest as chance gives, or more. */
static bool is_tied(const struct search *s, guint ties, guint degree, guint all)
{
	return s->ends * ties >= (gint64)degree * (all - degree);
}

/* Before the first move every node is a part. */
static void begin_parts(struct search *s, const struct level *level, struct group *parts)
{
	for (guint v = 0; v < level->n; v++) {
		guint ties = 0;

		for (guint i = level->start[v]; i < level->start[v + 1]; i++)
			ties += s->of[level->to[i]] == s->of[v] ? level->ties[i] : 0;
		s->inside[v] = ties;
		s->part[v] = v;
		parts[v] = (struct group){ level->degree[v], 1, ties };
	}
}

/* `v`, alone so far, joins the part of its community that gains most by it. */
static void refine_node(struct search *s, const struct level *level, struct group *parts, guint v,
			const guint *all)
{
	guint n = 0, best = v, of_all = all[s->of[v]], degree = level->degree[v];
	gint64 most = -1;

	for (guint i = level->start[v]; i < level->start[v + 1]; i++) {
		guint part = s->part[level->to[i]];

		if (s->of[level->to[i]] != s->of[v])
			continue;
		if (s->shared[part] == 0)
			s->near[n++] = part;
		s->shared[part] += level->ties[i];
	}
	for (guint i = 0; i < n; i++) {
		const struct group *part = &parts[s->near[i]];
		gint64 here = gain(s, s->shared[s->near[i]], degree, part->degree);

		if (here > most && is_tied(s, part->out, part->degree, of_all)) {
			most = here;
			best = s->near[i];
		}
	}
	if (best != v) {
		join(&parts[best], degree);
		parts[best].out += s->inside[v] - 2 * s->shared[best];
		s->part[v] = best;
	}
	forget(s, n);
}

/* Communities into parts, each within one of them; what a part is called is a node in it. */
static void refine(struct search *s, const struct level *level, guint *all)
{
	struct group *parts = s->groups;

	memset(all, 0, level->n * sizeof *all);
	for (guint v = 0; v < level->n; v++)
		all[s->of[v]] += level->degree[v];
	begin_parts(s, level, parts);
	shuffle(s, level->n);
	for (guint i = 0; i < level->n; i++) {
		guint v = s->order[i];

		if (i % PATIENCE == PATIENCE - 1 && watch_stop(s->watch))
			return;
		/* Who was joined by somebody stays. */
		if (parts[s->part[v]].size == 1 &&
		    is_tied(s, s->inside[v], level->degree[v], all[s->of[v]]))
			refine_node(s, level, parts, v, all);
	}
}

/* Names 0 … in order of the first node; how many there are.  `names` is room for n. */
static guint rename_groups(guint *of, guint n, guint *names)
{
	guint count = 0;

	memset(names, 0xff, n * sizeof *names);
	for (guint v = 0; v < n; v++) {
		if (names[of[v]] == G_MAXUINT)
			names[of[v]] = count++;
		of[v] = names[of[v]];
	}
	return count;
}

/* --- the next level -------------------------------------------------------------------- */

/* Nodes in order of their parts, `first[part]` … before `first[part + 1]`, into `order`. */
static void gather(struct search *s, guint n, guint parts, guint *first)
{
	memset(first, 0, (parts + 1) * sizeof *first);
	for (guint v = 0; v < n; v++)
		first[s->part[v] + 1]++;
	for (guint p = 0; p < parts; p++)
		first[p + 1] += first[p];
	for (guint v = 0; v < n; v++)
		s->order[first[s->part[v]]++] = v;
	for (guint p = parts; p > 0; p--)
		first[p] = first[p - 1];
	first[0] = 0;
}

/* Parts become the nodes of `next`, ties between two of them one that counts them. */
static void build_next(struct search *s, const struct level *level, guint parts, struct level *next)
{
	guint *first = s->spare, at = 0;

	gather(s, level->n, parts, first);
	next->n = parts;
	for (guint p = 0; p < parts; p++) {
		guint n = 0, degree = 0;

		for (guint i = first[p]; i < first[p + 1]; i++) {
			guint v = s->order[i];

			degree += level->degree[v];
			for (guint k = level->start[v]; k < level->start[v + 1]; k++) {
				guint to = s->part[level->to[k]];

				if (to == p)
					continue;
				if (s->shared[to] == 0)
					s->near[n++] = to;
				s->shared[to] += level->ties[k];
			}
		}
		next->start[p] = at;
		next->degree[p] = degree;
		for (guint i = 0; i < n; i++, at++) {
			next->to[at] = s->near[i];
			next->ties[at] = s->shared[s->near[i]];
		}
		forget(s, n);
	}
	next->start[parts] = at;
	/* They begin in the communities that they are parts of. */
	for (guint p = 0; p < parts; p++)
		s->inside[p] = s->of[s->order[first[p]]];
	memcpy(s->of, s->inside, parts * sizeof *s->of);
}

/* --- a search ---------------------------------------------------------------------------- */

/* From the communities in `found` to better ones. */
static void one_round(struct search *s)
{
	const struct level *level = &s->base;
	guint n = s->csr->n;

	memcpy(s->of, s->found, n * sizeof *s->of);
	for (guint v = 0; v < n; v++)
		s->node_of[v] = v;
	for (guint turn = 0;; turn = !turn) {
		move_nodes(s, level);
		guint communities = rename_groups(s->of, level->n, s->spare);
		if (communities == level->n || watch_stop(s->watch))
			break;
		refine(s, level, s->spare);
		guint parts = rename_groups(s->part, level->n, s->spare);
		if (parts == level->n) {
			memcpy(s->part, s->of, level->n * sizeof *s->part);
			parts = communities;
		}
		build_next(s, level, parts, &s->coarse[turn]);
		level = &s->coarse[turn];
		for (guint v = 0; v < n; v++)
			s->node_of[v] = s->part[s->node_of[v]];
	}
	for (guint v = 0; v < n; v++)
		s->found[v] = s->of[s->node_of[v]];
}

/* Modularity times ends^2, a whole number. */
static gint64 quality(struct search *s)
{
	const struct csr *csr = s->csr;
	gint64 inside = 0, chance = 0;

	memset(s->groups, 0, csr->n * sizeof *s->groups);
	for (guint v = 0; v < csr->n; v++) {
		s->groups[s->found[v]].degree += s->base.degree[v];
		for (guint i = csr->start[v]; i < csr->start[v + 1]; i++)
			inside += s->found[csr->neighbour[i]] == s->found[v];
	}
	for (guint c = 0; c < csr->n; c++)
		chance += (gint64)s->groups[c].degree * s->groups[c].degree;
	return inside * s->ends - chance;
}

static gint64 improve(struct search *s)
{
	gint64 most = G_MININT64;

	for (guint v = 0; v < s->csr->n; v++)
		s->found[v] = v;
	for (guint round = 0; round < ROUNDS && !watch_stop(s->watch); round++) {
		one_round(s);
		gint64 now = quality(s);
		if (now <= most)
			break;
		most = now;
	}
	return most;
}

/* --- several of them ----------------------------------------------------------------------- */

struct searches {
	const struct csr *csr;
	guint64 seed;
	guint *ones;	 /* how often each tie of the graph counts */
	guint *of;	 /* n for each search */
	gint64 *quality; /* of each */
};

static void level_init(struct level *level, guint n, guint ends)
{
	level->start = g_new(guint, n + 1);
	level->to = g_new(guint, MAX(ends, 1));
	level->ties = g_new(guint, MAX(ends, 1));
	level->degree = g_new(guint, n);
}

static gpointer search_open(gpointer task)
{
	const struct searches *all = task;
	const struct csr *csr = all->csr;
	struct search *s = g_new0(struct search, 1);
	guint n = csr->n;
	guint **arrays[] = { &s->of,	 &s->part,  &s->node_of, &s->order,	 &s->near,
			     &s->inside, &s->found, &s->spare,	 &s->base.degree };

	s->csr = csr;
	s->ends = csr->start[n];
	for (guint i = 0; i < G_N_ELEMENTS(arrays); i++)
		*arrays[i] = g_new(guint, n + 1);
	s->shared = g_new0(guint, n);
	s->waits = g_new(guint8, n);
	s->groups = g_new(struct group, n);
	for (guint i = 0; i < G_N_ELEMENTS(s->coarse); i++)
		level_init(&s->coarse[i], n, csr->start[n]);
	s->base.n = n;
	s->base.start = (guint *)csr->start;
	s->base.to = (guint *)csr->neighbour;
	s->base.ties = all->ones;
	for (guint v = 0; v < n; v++)
		s->base.degree[v] = csr->start[v + 1] - csr->start[v];
	return s;
}

static void search_close(gpointer task, gpointer own)
{
	struct search *s = own;
	guint *arrays[] = { s->of,     s->part,	 s->node_of, s->order,	     s->near,
			    s->inside, s->found, s->spare,   s->base.degree, s->shared };

	(void)task;
	for (guint i = 0; i < G_N_ELEMENTS(arrays); i++)
		g_free(arrays[i]);
	for (guint i = 0; i < G_N_ELEMENTS(s->coarse); i++) {
		g_free(s->coarse[i].start);
		g_free(s->coarse[i].to);
		g_free(s->coarse[i].ties);
		g_free(s->coarse[i].degree);
	}
	g_free(s->waits);
	g_free(s->groups);
	g_free(s);
}

static void search_work(gpointer task, gpointer own, guint unit, struct watch *watch)
{
	struct searches *all = task;
	struct search *s = own;

	s->watch = watch;
	s->dice = mix_number(mix_number(MIX_START, all->seed), unit);
	all->quality[unit] = improve(s);
	memcpy(all->of + (gsize)unit * s->csr->n, s->found, s->csr->n * sizeof *s->found);
}

bool leiden_communities(const struct csr *csr, guint starts, guint64 seed,
			const struct kernel_run *run, guint *of, double *modularity, GError **error)
{
	guint n = csr->n, ends = n ? csr->start[n] : 0, best = 0;
	struct searches all = { csr, seed, NULL, NULL, NULL };
	const struct crew crew = { .units = starts,
				   .task = &all,
				   .open = search_open,
				   .work = search_work,
				   .close = search_close };

	*modularity = NAN;
	for (guint v = 0; v < n; v++)
		of[v] = v;
	if (ends == 0)
		return true;
	all.ones = g_new(guint, ends);
	for (guint i = 0; i < ends; i++)
		all.ones[i] = 1;
	all.of = g_new(guint, (gsize)starts * n);
	all.quality = g_new(gint64, starts);
	bool ok = crew_run(&crew, run, error);
	for (guint i = 1; ok && i < starts; i++)
		best = all.quality[i] > all.quality[best] ? i : best;
	if (ok) {
		g_autofree guint *names = g_new(guint, n);
		memcpy(of, all.of + (gsize)best * n, n * sizeof *of);
		rename_groups(of, n, names);
		*modularity = (double)all.quality[best] / ((double)ends * ends);
	}
	g_free(all.ones);
	g_free(all.of);
	g_free(all.quality);
	return ok;
}
