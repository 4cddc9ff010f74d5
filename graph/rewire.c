/*
 * Switching the ends of ties by lot.  In a large network many at a time: what a step
 * will look at is fetched from memory while the steps before it are made, as there
 * waiting for memory is most of the work.  igraph's own rewiring hangs on small
 * graphs and cannot be stopped soon.  What is counted in such networks: chance.c.
 */
#include "graph/rewire.h"

#include <string.h>

#define DENSE	 8192 /* members, up to which every pair has a bit */
#define NEAR	 3500 /* … and up to which the bits lie in a core's own cache */
#define AHEAD	 32   /* steps that are drawn before they are made */
#define PATIENCE 4096 /* steps between looks at the watch */
#define EMPTY	 G_MAXUINT64

/* SplitMix64 (Steele, Lea & Flood 2014). */
static inline guint64 next(guint64 *dice)
{
	guint64 z = *dice += 0x9e3779b97f4a7c15u;
	z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9u;
	z = (z ^ (z >> 27)) * 0x94d049bb133111ebu;
	return z ^ (z >> 31);
}

/* From the upper 32 bits; what is uneven about it is below n / 2^32. */
static guint below(guint64 drawn, guint n)
{
	return (guint)(((drawn >> 32) * n) >> 32);
}

guint rewire_below(struct rewire *rewire, guint n)
{
	return below(next(&rewire->dice), n);
}

static guint64 key_of(guint a, guint b)
{
	return a < b ? (guint64)a << 32 | b : (guint64)b << 32 | a;
}

/* The bit of a pair: row and column, whichever comes first. */
static guint64 bit_of(const struct rewire *rewire, guint a, guint b)
{
	guint64 low = MIN(a, b), high = MAX(a, b);
	return low * rewire->n + high;
}

static guint64 home_of(const struct rewire *rewire, guint64 key)
{
	return key * 0x9e3779b97f4a7c15u >> rewire->shift;
}

static bool have(const struct rewire *rewire, guint64 key)
{
	guint64 i = home_of(rewire, key);
	while (rewire->slots[i] != EMPTY && rewire->slots[i] != key)
		i = (i + 1) & rewire->mask;
	return rewire->slots[i] == key;
}

static void add(struct rewire *rewire, guint64 key)
{
	guint64 i = home_of(rewire, key);
	while (rewire->slots[i] != EMPTY)
		i = (i + 1) & rewire->mask;
	rewire->slots[i] = key;
}

/* What stands behind the hole moves up as far as it may, so that no search ends too soon. */
static void drop(struct rewire *rewire, guint64 key)
{
	guint64 *slots = rewire->slots, mask = rewire->mask, hole = home_of(rewire, key);
	while (slots[hole] != key)
		hole = (hole + 1) & mask;
	for (guint64 i = (hole + 1) & mask; slots[i] != EMPTY; i = (i + 1) & mask) {
		guint64 home = home_of(rewire, slots[i]);
		if (((i - home) & mask) < ((i - hole) & mask))
			continue;
		slots[hole] = slots[i];
		hole = i;
	}
	slots[hole] = EMPTY;
}

static void turn_bit(guint64 *bits, guint64 bit)
{
	bits[bit / 64] ^= (guint64)1 << bit % 64;
}

static guint64 bit_at(const guint64 *bits, guint64 bit)
{
	return bits[bit / 64] >> bit % 64 & 1;
}

void rewire_init(struct rewire *rewire, const struct net *net, guint64 seed)
{
	guint64 n = net->n;
	*rewire = (struct rewire){ .n = net->n, .m = net->m, .dice = seed };
	rewire->ends = g_new(struct ends, MAX(net->m, 1));
	if (n <= DENSE) {
		rewire->bits = g_new0(guint64, n * n / 64 + 1);
		/* Loops as if they were there: then they are refused without being asked for. */
		for (guint v = 0; v < net->n; v++)
			turn_bit(rewire->bits, bit_of(rewire, v, v));
	} else {
		guint bits = 4;
		while ((guint64)1 << bits < 3 * (guint64)net->m)
			bits++;
		rewire->shift = 64 - bits;
		rewire->mask = ((guint64)1 << bits) - 1;
		rewire->slots = g_new(guint64, rewire->mask + 1);
		memset(rewire->slots, 0xff, (rewire->mask + 1) * sizeof *rewire->slots);
	}
	for (guint e = 0; e < net->m; e++) {
		rewire->ends[e] = (struct ends){ net->from[e], net->to[e] };
		if (rewire->bits)
			turn_bit(rewire->bits, bit_of(rewire, net->from[e], net->to[e]));
		else
			add(rewire, key_of(net->from[e], net->to[e]));
	}
}

void rewire_release(struct rewire *rewire)
{
	g_free(rewire->ends);
	g_free(rewire->bits);
	g_free(rewire->slots);
}

/* A step as it is drawn: a-b and c-d become a-d and c-b, or with the second turned round. */
struct step {
	guint i, j;
	guint turn; /* all bits, or none */
};

static void draw(struct rewire *rewire, struct step *steps, guint n)
{
	guint64 dice = rewire->dice;
	guint m = rewire->m;
	for (guint k = 0; k < n; k++) {
		guint64 one = next(&dice), two = next(&dice);
		steps[k] = (struct step){ below(one, m), below(two, m), -(guint)(two & 1) };
	}
	rewire->dice = dice;
}

/* Without a branch, as every second one would be foretold wrongly. */
static struct ends turned(struct ends ends, guint turn)
{
	guint both = (ends.a ^ ends.b) & turn;
	return (struct ends){ ends.a ^ both, ends.b ^ both };
}

static void fetch(const struct rewire *rewire, guint a, guint b)
{
	__builtin_prefetch(&rewire->slots[home_of(rewire, key_of(a, b))], 1);
}

/* By the ends as they are now; a step in between may change them, then it was for nothing. */
static void look_ahead(const struct rewire *rewire, const struct step *step)
{
	struct ends x = rewire->ends[step->i], y = turned(rewire->ends[step->j], step->turn);
	guint c = y.a, d = y.b;
	fetch(rewire, x.a, d);
	fetch(rewire, c, x.b);
	fetch(rewire, x.a, x.b);
	fetch(rewire, c, d);
}

static void make(struct rewire *rewire, const struct step *step)
{
	struct ends x = rewire->ends[step->i], y = turned(rewire->ends[step->j], step->turn);
	guint c = y.a, d = y.b;
	if (step->i == step->j || x.a == d || c == x.b)
		return;
	guint64 first = key_of(x.a, d), second = key_of(c, x.b);
	if (have(rewire, first) || have(rewire, second))
		return;
	drop(rewire, key_of(x.a, x.b));
	drop(rewire, key_of(c, d));
	add(rewire, first);
	add(rewire, second);
	rewire->ends[step->i].b = d;
	rewire->ends[step->j] = (struct ends){ c, x.b };
}

static void make_some(struct rewire *rewire, guint n)
{
	struct step steps[AHEAD];
	draw(rewire, steps, n);
	for (guint k = 0; k < n; k++) {
		__builtin_prefetch(&rewire->ends[steps[k].i], 1);
		__builtin_prefetch(&rewire->ends[steps[k].j], 1);
	}
	for (guint k = 0; k < n; k++)
		look_ahead(rewire, &steps[k]);
	for (guint k = 0; k < n; k++)
		make(rewire, &steps[k]);
}

static void fetch_bits(const struct rewire *rewire, const struct step *steps, guint n)
{
	for (guint k = 0; k < n; k++) {
		struct ends x = rewire->ends[steps[k].i];
		struct ends y = turned(rewire->ends[steps[k].j], steps[k].turn);
		const guint64 bits[] = { bit_of(rewire, x.a, y.b), bit_of(rewire, y.a, x.b),
					 bit_of(rewire, x.a, x.b), bit_of(rewire, y.a, y.b) };
		for (guint i = 0; i < G_N_ELEMENTS(bits); i++)
			__builtin_prefetch(&rewire->bits[bits[i] / 64], 1);
	}
}

/*
 * The same with bits, that lie near enough to be asked at once.  A tie drawn twice would
 * become itself or a loop, and both are there.
 */
static void make_dense(struct rewire *rewire, guint n)
{
	struct ends *ends = rewire->ends;
	guint64 *bits = rewire->bits;
	struct step steps[AHEAD];
	draw(rewire, steps, n);
	if (rewire->n > NEAR)
		fetch_bits(rewire, steps, n);
	for (guint k = 0; k < n; k++) {
		struct step step = steps[k];
		struct ends x = ends[step.i], y = turned(ends[step.j], step.turn);
		guint c = y.a, d = y.b;
		guint64 first = bit_of(rewire, x.a, d), second = bit_of(rewire, c, x.b);
		if (bit_at(bits, first) | bit_at(bits, second))
			continue;
		turn_bit(bits, bit_of(rewire, x.a, x.b));
		turn_bit(bits, bit_of(rewire, c, d));
		turn_bit(bits, first);
		turn_bit(bits, second);
		ends[step.i].b = d;
		ends[step.j] = (struct ends){ c, x.b };
	}
}

bool rewire_stir(struct rewire *rewire, guint64 steps, struct watch *watch)
{
	for (guint64 done = 0; done < steps; done += AHEAD) {
		if (watch && done % PATIENCE == 0 && watch_stop(watch))
			return false;
		guint some = (guint)MIN(steps - done, AHEAD);
		if (rewire->bits)
			make_dense(rewire, some);
		else
			make_some(rewire, some);
	}
	return true;
}
