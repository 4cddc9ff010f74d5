/*
 * Switching the ends of ties by lot, all of them in a round.  Which ties meet is known
 * beforehand, so what a switch will look at is reckoned, and in a large network fetched
 * from memory, for a block of them at once.  igraph's own rewiring hangs on small graphs
 * and cannot be stopped soon.  What is counted in such networks: chance.c.
 */
#include "graph/rewire.h"

#include "base/mix.h"

#include <string.h>

#define DENSE	 8192 /* members, up to which every pair has a bit */
#define NEAR	 3500 /* … and up to which the bits lie in a core's own cache */
#define BLOCK	 64   /* pairs of ties: a bit of a random number for each */
#define PATIENCE 64   /* blocks between looks at the watch */
#define EMPTY	 G_MAXUINT64

guint rewire_below(struct rewire *rewire, guint n)
{
	return dice_below(&rewire->dice, n);
}

static guint64 key_of(guint a, guint b)
{
	return a < b ? (guint64)a << 32 | b : (guint64)b << 32 | a;
}

/* The bit of a pair: row and column, whichever comes first. */
static inline guint32 bit_of(guint n, guint a, guint b)
{
	return MIN(a, b) * n + MAX(a, b);
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

/* `on`: 1 turns it, 0 does not. */
static inline void turn_bit(guint64 *bits, guint32 bit, guint64 on)
{
	bits[bit / 64] ^= on << bit % 64;
}

static inline guint64 bit_at(const guint64 *bits, guint32 bit)
{
	return bits[bit / 64] >> bit % 64 & 1;
}

/* With room for a block before the first, and for one more round a block behind the last. */
static struct ends *ends_new(guint m)
{
	return g_new0(struct ends, (gsize)m + 3 * BLOCK) + BLOCK;
}

void rewire_init(struct rewire *rewire, const struct net *net, guint64 seed)
{
	guint64 n = net->n;
	*rewire = (struct rewire){ .n = net->n, .m = net->m, .dice = seed };
	rewire->ends = ends_new(net->m);
	rewire->after = ends_new(net->m);
	if (n <= DENSE) {
		rewire->bits = g_new0(guint64, n * n / 64 + 1);
		/* Loops as if they were there: then they are refused without being asked for. */
		for (guint v = 0; v < net->n; v++)
			turn_bit(rewire->bits, bit_of(net->n, v, v), 1);
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
			turn_bit(rewire->bits, bit_of(net->n, net->from[e], net->to[e]), 1);
		else
			add(rewire, key_of(net->from[e], net->to[e]));
	}
	/* In an order by lot, as all orders are equally likely ever after. */
	for (guint e = net->m; e > 1; e--) {
		guint other = rewire_below(rewire, e);
		struct ends kept = rewire->ends[e - 1];
		rewire->ends[e - 1] = rewire->ends[other];
		rewire->ends[other] = kept;
	}
}

void rewire_release(struct rewire *rewire)
{
	g_free(rewire->ends - BLOCK);
	g_free(rewire->after - BLOCK);
	g_free(rewire->bits);
	g_free(rewire->slots);
}

/*
 * A block of pairs.  Of a pair x, y the ends b change places, after y was turned round or
 * not: a-b and c-d become a-d and c-b.  What is not used of a block is 0.
 */
struct block {
	guint32 xa[BLOCK], xb[BLOCK], ya[BLOCK], yb[BLOCK];
	guint64 skip; /* a bit a pair: left out by lot */
	guint n;
};

typedef guint32 octet __attribute__((vector_size(8 * sizeof(guint32))));

/*
 * How ties are paired in a round: places that lie equally far before and behind one that
 * is drawn, in a circle.  That gives every two ties the same chance to meet; and pair by
 * pair is where they are put, so that neighbours of this round are none of the next.
 */
struct pairing {
	guint ahead, back; /* the next pair's places */
	guint left;	   /* places that have no partner yet */
	guint put;	   /* where the next one goes */
};

/* Behind the last tie lie the first ones again, and before the first the last ones. */
static void mirror(struct rewire *rewire)
{
	struct ends *ends = rewire->ends;
	guint m = rewire->m;
	if (m >= BLOCK) {
		memcpy(ends + m, ends, BLOCK * sizeof *ends);
		memcpy(ends - BLOCK, ends + m - BLOCK, BLOCK * sizeof *ends);
		return;
	}
	for (guint i = 0, k = 0; i < BLOCK; i++, k = k + 1 == m ? 0 : k + 1) {
		ends[m + i] = ends[k];
		*(ends - 1 - i) = ends[m - 1 - k];
	}
}

static struct pairing pair_up(struct rewire *rewire)
{
	guint m = rewire->m, drawn = rewire_below(rewire, m), middle = drawn / 2;
	struct pairing pairing = { middle + 1, middle, m, 0 };
	/* The place itself is the middle, and has no partner: else the gap behind it is. */
	if (drawn % 2 == 0) {
		rewire->after[pairing.put++] = rewire->ends[middle];
		pairing.back = middle > 0 ? middle - 1 : m - 1;
		pairing.left--;
	}
	if (pairing.ahead == m)
		pairing.ahead = 0;
	return pairing;
}

/*
 * The pairs' ends, y turned round where `turns` has a bit.  Eight at once, and always the whole
 * block: what lies beyond the ends repeats them (mirror()).
 */
static G_ALWAYS_INLINE inline void read_pairs(const struct rewire *rewire,
					      const struct pairing *pairing, guint64 turns,
					      struct block *block)
{
	const struct ends *ahead = rewire->ends + pairing->ahead;
	const struct ends *back = rewire->ends + pairing->back;
	const octet bits = { 1, 2, 4, 8, 16, 32, 64, 128 };
	for (guint k = 0; k < BLOCK; k += 8) {
		octet x[2], y[2], turned = (octet){ 0 } + (guint32)(turns >> k);
		memcpy(x, ahead + k, sizeof x);
		memcpy(&y[0], back - k - 3, sizeof y[0]);
		memcpy(&y[1], back - k - 7, sizeof y[1]);
		octet xa = __builtin_shufflevector(x[0], x[1], 0, 2, 4, 6, 8, 10, 12, 14);
		octet xb = __builtin_shufflevector(x[0], x[1], 1, 3, 5, 7, 9, 11, 13, 15);
		octet ya = __builtin_shufflevector(y[0], y[1], 6, 4, 2, 0, 14, 12, 10, 8);
		octet yb = __builtin_shufflevector(y[0], y[1], 7, 5, 3, 1, 15, 13, 11, 9);
		octet both = (ya ^ yb) & (octet)((turned & bits) == bits);
		ya ^= both;
		yb ^= both;
		memcpy(block->xa + k, &xa, sizeof xa);
		memcpy(block->xb + k, &xb, sizeof xb);
		memcpy(block->ya + k, &ya, sizeof ya);
		memcpy(block->yb + k, &yb, sizeof yb);
	}
}

static G_ALWAYS_INLINE inline void take_block(struct rewire *rewire, struct pairing *pairing,
					      struct block *block)
{
	guint64 turns = dice_next(&rewire->dice), skip = G_MAXUINT64;
	guint m = rewire->m, n = MIN(pairing->left / 2, BLOCK);
	for (guint i = 0; i < 6; i++)
		skip &= dice_next(&rewire->dice);
	block->skip = skip;
	block->n = n;
	read_pairs(rewire, pairing, turns, block);
	pairing->ahead = (pairing->ahead + n) % m;
	pairing->back = (pairing->back + m - n) % m;
	pairing->left -= 2 * n;
}

/* Each pair side by side, in the order in which they met; the whole block, as above. */
static G_ALWAYS_INLINE inline void put_block(struct rewire *rewire, struct pairing *pairing,
					     const struct block *block)
{
	struct ends *out = rewire->after + pairing->put;
	for (guint k = 0; k < BLOCK; k += 8, out += 16) {
		octet xa, xb, ya, yb, pairs[4];
		memcpy(&xa, block->xa + k, sizeof xa);
		memcpy(&xb, block->xb + k, sizeof xb);
		memcpy(&ya, block->ya + k, sizeof ya);
		memcpy(&yb, block->yb + k, sizeof yb);
		octet x = __builtin_shufflevector(xa, xb, 0, 8, 1, 9, 2, 10, 3, 11);
		octet y = __builtin_shufflevector(ya, yb, 0, 8, 1, 9, 2, 10, 3, 11);
		pairs[0] = __builtin_shufflevector(x, y, 0, 1, 8, 9, 2, 3, 10, 11);
		pairs[1] = __builtin_shufflevector(x, y, 4, 5, 12, 13, 6, 7, 14, 15);
		x = __builtin_shufflevector(xa, xb, 4, 12, 5, 13, 6, 14, 7, 15);
		y = __builtin_shufflevector(ya, yb, 4, 12, 5, 13, 6, 14, 7, 15);
		pairs[2] = __builtin_shufflevector(x, y, 0, 1, 8, 9, 2, 3, 10, 11);
		pairs[3] = __builtin_shufflevector(x, y, 4, 5, 12, 13, 6, 7, 14, 15);
		memcpy(out, pairs, sizeof pairs);
	}
	pairing->put += 2 * block->n;
}

/* In a set a switch that is refused is a branch: what it saves is more than that costs. */
static bool make(struct rewire *rewire, struct ends x, struct ends y)
{
	guint64 first = key_of(x.a, y.b), second = key_of(y.a, x.b);
	if (x.a == y.b || y.a == x.b || have(rewire, first) || have(rewire, second))
		return false;
	drop(rewire, key_of(x.a, x.b));
	drop(rewire, key_of(y.a, y.b));
	add(rewire, first);
	add(rewire, second);
	return true;
}

static void fetch(const struct rewire *rewire, guint a, guint b)
{
	__builtin_prefetch(&rewire->slots[home_of(rewire, key_of(a, b))], 1);
}

static void make_block(struct rewire *rewire, struct block *block)
{
	for (guint k = 0; k < block->n; k++) {
		fetch(rewire, block->xa[k], block->yb[k]);
		fetch(rewire, block->ya[k], block->xb[k]);
		fetch(rewire, block->xa[k], block->xb[k]);
		fetch(rewire, block->ya[k], block->yb[k]);
	}
	for (guint k = 0; k < block->n; k++) {
		struct ends x = { block->xa[k], block->xb[k] }, y = { block->ya[k], block->yb[k] };
		if ((block->skip >> k & 1) || !make(rewire, x, y))
			continue;
		block->xb[k] = y.b;
		block->yb[k] = x.b;
		rewire->made++;
	}
}

/* Where a pair's bits are: of the two ties to be, and of the two that are. */
struct places {
	guint32 first[BLOCK], second[BLOCK], one[BLOCK], two[BLOCK];
};

static G_ALWAYS_INLINE inline void find_places(const struct rewire *rewire,
					       const struct block *block, struct places *places)
{
	const guint *xa = block->xa, *xb = block->xb, *ya = block->ya, *yb = block->yb;
	guint n = rewire->n;
	for (guint k = 0; k < BLOCK; k++) {
		places->first[k] = bit_of(n, xa[k], yb[k]);
		places->second[k] = bit_of(n, ya[k], xb[k]);
		places->one[k] = bit_of(n, xa[k], xb[k]);
		places->two[k] = bit_of(n, ya[k], yb[k]);
	}
	for (guint k = 0; n > NEAR && k < block->n; k++) {
		__builtin_prefetch(&rewire->bits[places->first[k] / 64], 1);
		__builtin_prefetch(&rewire->bits[places->second[k] / 64], 1);
		__builtin_prefetch(&rewire->bits[places->one[k] / 64], 1);
		__builtin_prefetch(&rewire->bits[places->two[k] / 64], 1);
	}
}

/*
 * The same with bits: no branch on whether a switch is made, as that is by lot; one that
 * is not changes nothing.
 */
static G_ALWAYS_INLINE inline void make_dense(struct rewire *rewire, struct block *block)
{
	struct places places;
	guint64 *bits = rewire->bits;
	guint made = 0;
	find_places(rewire, block, &places);
	for (guint k = 0; k < block->n; k++) {
		guint32 first = places.first[k], second = places.second[k];
		guint64 there = bit_at(bits, first) | bit_at(bits, second) | (block->skip >> k & 1);
		guint64 on = there ^ 1;
		guint both = (block->xb[k] ^ block->yb[k]) & -(guint)on;
		turn_bit(bits, places.one[k], on);
		turn_bit(bits, places.two[k], on);
		turn_bit(bits, first, on);
		turn_bit(bits, second, on);
		block->xb[k] ^= both;
		block->yb[k] ^= both;
		made += (guint)on;
	}
	rewire->made += made;
}

static G_ALWAYS_INLINE inline bool stir(struct rewire *rewire, bool dense, struct watch *watch)
{
	struct block block = { 0 };
	mirror(rewire);
	struct pairing pairing = pair_up(rewire);
	for (guint done = 0; pairing.left > 1; done++) {
		if (watch && done % PATIENCE == 0 && watch_stop(watch))
			return false;
		take_block(rewire, &pairing, &block);
		if (dense)
			make_dense(rewire, &block);
		else
			make_block(rewire, &block);
		put_block(rewire, &pairing, &block);
		rewire->tried += block.n;
	}
	if (pairing.left == 1)
		rewire->after[pairing.put] = rewire->ends[pairing.ahead];
	struct ends *before = rewire->ends;
	rewire->ends = rewire->after;
	rewire->after = before;
	return true;
}

static bool stir_set(struct rewire *rewire, struct watch *watch)
{
	return stir(rewire, false, watch);
}

static bool stir_dense(struct rewire *rewire, struct watch *watch)
{
	return stir(rewire, true, watch);
}

#if defined(__x86_64__)
/* Bits are shifted and places reckoned in half as many steps. */
__attribute__((target("avx2,bmi,bmi2"))) static bool stir_dense_avx2(struct rewire *rewire,
								     struct watch *watch)
{
	return stir(rewire, true, watch);
}
#endif

static bool (*stir_for(const struct rewire *rewire))(struct rewire *rewire, struct watch *watch)
{
	if (!rewire->bits)
		return stir_set;
#if defined(__x86_64__)
	if (lanes_choose(LANES_AVX2) == LANES_AVX2 && __builtin_cpu_supports("bmi") &&
	    __builtin_cpu_supports("bmi2"))
		return stir_dense_avx2;
#endif
	return stir_dense;
}

bool rewire_stir(struct rewire *rewire, guint rounds, struct watch *watch)
{
	bool (*stir_once)(struct rewire *, struct watch *) = stir_for(rewire);
	bool on = true;
	for (guint i = 0; on && rewire->m > 1 && i < rounds; i++)
		on = stir_once(rewire, watch);
	return on;
}
