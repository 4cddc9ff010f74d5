#ifndef TESTS_UNIT_GRAPH_ALL_H
#define TESTS_UNIT_GRAPH_ALL_H

/*
 * All networks that there are of few members, one of each shape, and random ones
 * of some more; sets of members and ties are bits of a number.
 */
#include "tests/unit/graph_small.h"

#define ALL_MOST 8

struct tiny {
	guint n;
	guint tie[ALL_MOST];	 /* bits of the partners of each */
	int sector[ALL_MOST];	 /* 0 to 2; -1: none */
	int territory[ALL_MOST]; /* 0 or 1; -1: none */
};

static inline void tiny_tie(struct tiny *tiny, guint a, guint b)
{
	tiny->tie[a] |= 1u << b;
	tiny->tie[b] |= 1u << a;
}

/* Bit i of `ties` is the i-th pair a < b. */
static inline void tiny_of(struct tiny *tiny, guint n, guint ties)
{
	guint bit = 0;
	*tiny = (struct tiny){ .n = n };
	for (guint a = 0; a < n; a++)
		for (guint b = a + 1; b < n; b++, bit++)
			if (ties >> bit & 1)
				tiny_tie(tiny, a, b);
}

static inline void tiny_dress(struct tiny *tiny, GRand *dice)
{
	for (guint v = 0; v < tiny->n; v++) {
		tiny->sector[v] = g_rand_int_range(dice, -1, 3);
		tiny->territory[v] = g_rand_int_range(dice, -1, 2);
	}
}

/* The bits of the ties when member v stands at place[v]. */
static inline guint tiny_bits(const struct tiny *tiny, const guint *place)
{
	guint bits = 0;
	for (guint a = 0; a < tiny->n; a++)
		for (guint b = a + 1; b < tiny->n; b++) {
			guint low = MIN(place[a], place[b]), high = MAX(place[a], place[b]);
			guint bit = low * tiny->n - low * (low + 1) / 2 + high - low - 1;
			bits |= (tiny->tie[a] >> b & 1) << bit;
		}
	return bits;
}

/* The next order of n places; false after the last. */
static inline bool next_order(guint *place, guint n)
{
	guint i = n, j = n;
	while (i > 1 && place[i - 2] > place[i - 1])
		i--;
	if (i < 2)
		return false;
	while (place[j - 1] < place[i - 2])
		j--;
	guint kept = place[i - 2];
	place[i - 2] = place[j - 1];
	place[j - 1] = kept;
	for (guint a = i - 1, b = n - 1; a < b; a++, b--) {
		kept = place[a];
		place[a] = place[b];
		place[b] = kept;
	}
	return true;
}

/* Calls `look` with each shape of n members, n up to 7; how many there are. */
static inline guint all_of(guint n, void (*look)(struct tiny *tiny, gpointer data), gpointer data)
{
	guint shapes = 0, many = 1u << n * (n - 1) / 2;
	g_autofree guint8 *seen = g_new0(guint8, many);
	for (guint ties = 0; ties < many; ties++) {
		guint place[ALL_MOST];
		struct tiny tiny;
		if (seen[ties])
			continue;
		tiny_of(&tiny, n, ties);
		for (guint v = 0; v < n; v++)
			place[v] = v;
		do
			seen[tiny_bits(&tiny, place)] = 1;
		while (next_order(place, n));
		look(&tiny, data);
		shapes++;
	}
	return shapes;
}

/* Member v of it is institution place[v]; NULL: v.  Released by who called. */
static inline struct study *tiny_parts(const struct tiny *tiny, const guint *place,
				       struct small *small, guint parts)
{
	static const char *const sectors[] = { "a", "b", "c" };
	static const char *const territories[] = { "here", "there" };
	small_init(small, tiny->n);
	for (guint t = 0; t < G_N_ELEMENTS(territories); t++)
		small_territory(small, territories[t], "declared");
	for (guint v = 0; v < tiny->n; v++) {
		struct institution *row = small->all[place ? place[v] : v];
		row->sector = tiny->sector[v] < 0 ? NULL : sectors[tiny->sector[v]];
		if (tiny->territory[v] >= 0)
			row->territories = small_list(small, territories[tiny->territory[v]], NULL);
		for (guint w = v + 1; w < tiny->n; w++)
			if (tiny->tie[v] >> w & 1)
				small_tie(small, place ? place[v] : v, place ? place[w] : w, NULL);
	}
	return small_study(small, parts);
}

static inline struct study *tiny_study(const struct tiny *tiny, const guint *place,
				       struct small *small)
{
	return tiny_parts(tiny, place, small, STUDY_MEASURES);
}

#endif
