/*
 * Counts and gains over the arcs of shortest paths, compiled once per instruction set:
 * the including file defines NAME(x), TARGET and BYTES, the width of a vector.  No
 * include guard.  The same eight lanes whatever the width, and sums over lanes in one
 * order, so that every machine finds the same bits.
 */
#define PARTS (ROW / BYTES)

typedef double NAME(reals) __attribute__((vector_size(BYTES), may_alias));
typedef gint64 NAME(bits) __attribute__((vector_size(BYTES), may_alias));
typedef gint32 NAME(halves) __attribute__((vector_size(BYTES), may_alias));

static inline NAME(reals) * NAME(row)(double *rows, guint v)
{
	return (NAME(reals) *)(rows + (gsize)v * LANES);
}

/* The sum over the lanes, by halves. */
TARGET static inline double NAME(across)(const NAME(reals) row[PARTS])
{
	NAME(reals) sum[PARTS];
	UNROLL for (guint p = 0; p < PARTS; p++) sum[p] = row[p];
	for (guint half = PARTS / 2; half > 0; half /= 2)
		for (guint p = 0; p < half; p++)
			sum[p] += sum[p + half];
#if BYTES == 64
	__m512d all = (__m512d)sum[0];
	__m256d half = _mm512_castpd512_pd256(all) + _mm512_extractf64x4_pd(all, 1);
	__m128d pair = _mm256_castpd256_pd128(half) + _mm256_extractf128_pd(half, 1);
#elif BYTES == 32
	__m256d half = (__m256d)sum[0];
	__m128d pair = _mm256_castpd256_pd128(half) + _mm256_extractf128_pd(half, 1);
#else
	NAME(reals) pair = sum[0];
#endif
	return pair[0] + pair[1];
}

/* `row` in these lanes, 0 elsewhere. */
TARGET static inline void NAME(keep)(guint lanes, const NAME(reals) row[PARTS],
				     NAME(reals) out[PARTS])
{
#if BYTES == 64
	UNROLL for (guint p = 0; p < PARTS; p++) out[p] =
		(NAME(reals))_mm512_maskz_mov_pd((__mmask8)(lanes >> 8 * p), (__m512d)row[p]);
#else
	/* Compared by halves of a lane, as SSE2 cannot do otherwise. */
	const NAME(halves) *bit = (const NAME(halves) *)lane_bits;
	NAME(halves) all = (NAME(halves)){ 0 } + (gint32)lanes;
	UNROLL for (guint p = 0; p < PARTS; p++) out[p] =
		(NAME(reals))((NAME(bits))row[p] & (NAME(bits))((all & bit[p]) == bit[p]));
#endif
}

/* `row` into `out` in these lanes; the others stay. */
TARGET static inline void NAME(put)(guint lanes, const NAME(reals) row[PARTS],
				    NAME(reals) out[PARTS])
{
#if BYTES == 64
	UNROLL for (guint p = 0; p < PARTS; p++) out[p] = (NAME(reals))_mm512_mask_mov_pd(
		(__m512d)out[p], (__mmask8)(lanes >> 8 * p), (__m512d)row[p]);
#else
	const NAME(halves) *bit = (const NAME(halves) *)lane_bits;
	NAME(halves) all = (NAME(halves)){ 0 } + (gint32)lanes;
	UNROLL for (guint p = 0; p < PARTS; p++)
	{
		NAME(bits) these = (NAME(bits))((all & bit[p]) == bit[p]);
		out[p] =
			(NAME(reals))(((NAME(bits))row[p] & these) | ((NAME(bits))out[p] & ~these));
	}
#endif
}

/* Path counts over these arcs; the sum of what was added. */
TARGET static double NAME(count)(struct brandes *b, guint from, guint to)
{
	const struct arcs arcs = b->arcs;
	const struct entry *entries = b->entries;
	const guint *neighbour = b->graph->neighbour;
	double *paths = b->rows;
	NAME(reals) most[PARTS] = { { 0 } }, kept[PARTS];
	for (guint i = from; i < to; i++) {
		NAME(reals) *own = NAME(row)(paths, neighbour[arcs.slot[i]]);
		NAME(keep)(arcs.lanes[i], NAME(row)(paths, entries[arcs.entry[i]].place), kept);
		UNROLL for (guint p = 0; p < PARTS; p++)
		{
			own[p] += kept[p];
			most[p] += kept[p];
		}
	}
	return NAME(across)(most);
}

/* What the entries of a group are handed over their arcs, which are all of one level. */
TARGET static guint NAME(hand_on)(struct brandes *b, guint from, guint to, guint arc,
				  guint distance)
{
	const struct arcs arcs = b->arcs;
	const struct entry *entries = b->entries;
	const guint *neighbour = b->graph->neighbour, *edge = b->graph->edge;
	double *rows = b->rows, *edges = b->edges;
	double middle = scale_edge(b->scaled, distance);
	guint end = b->n_arcs;
	memset(b->gain, 0, (gsize)(to - from) * ROW);
	for (; arc < end && arcs.entry[arc] < to; arc++) {
		guint k = arcs.entry[arc], slot = arcs.slot[arc];
		NAME(reals) kept[PARTS], *gain = NAME(row)(b->gain, k - from);
		NAME(keep)(arcs.lanes[arc], NAME(row)(rows, neighbour[slot]), kept);
		UNROLL for (guint p = 0; p < PARTS; p++) gain[p] += kept[p];
		if (!edges)
			continue;
		const NAME(reals) *paths = NAME(row)(rows, entries[k].place);
		UNROLL for (guint p = 0; p < PARTS; p++) kept[p] *= paths[p];
		edges[edge[slot]] += NAME(across)(kept) * middle;
	}
	return arc;
}

/* The entries' dependencies, and their gains whole. */
TARGET static void NAME(depend)(struct brandes *b, guint from, guint to, guint distance)
{
	double at = scale_vertex(b->scaled, distance);
	double target = scale_target(b->scaled, distance);
	double *vertices = b->vertices, *squares = b->squares;
	NAME(reals) source[PARTS], square[PARTS];
	memcpy(source, b->source_weight, sizeof source);
	memcpy(square, b->square_weight, sizeof square);
	for (guint k = from; k < to; k++) {
		guint v = b->entries[k].place, lanes = b->entries[k].lanes;
		double weight = b->weight[v] * target;
		const NAME(reals) *gain = NAME(row)(b->gain, k - from);
		NAME(reals) *row = NAME(row)(b->rows, v), part[PARTS], own[PARTS];
		UNROLL for (guint p = 0; p < PARTS; p++)
		{
			part[p] = row[p] * gain[p];
			own[p] = gain[p] + weight * source[p] / row[p];
		}
		NAME(keep)(lanes, part, part);
		NAME(put)(lanes, own, row);
		vertices[v] += NAME(across)(part) * at;
		if (!squares)
			continue;
		UNROLL for (guint p = 0; p < PARTS; p++) part[p] = part[p] * part[p] * square[p];
		squares[v] += NAME(across)(part) * at * at;
	}
}

TARGET void NAME(brandes)(struct brandes *b)
{
	static const struct steps steps = { NAME(count), NAME(hand_on), NAME(depend) };
	brandes_run(b, &steps);
}

#undef PARTS
