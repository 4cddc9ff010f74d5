/*
 * Brandes's levels, compiled once per instruction set: the including file defines
 * NAME(x), TARGET and BYTES, the width of a vector.  No include guard.  The same
 * eight lanes whatever the width, and sums over lanes in one order, so that every
 * machine finds the same bits.
 */
#define PARTS (ROW / BYTES)

typedef double NAME(reals) __attribute__((vector_size(BYTES), may_alias));
typedef gint64 NAME(bits) __attribute__((vector_size(BYTES), may_alias));

/* The sum of the rows of all neighbours of v. */
TARGET static inline void NAME(gather)(const struct arranged *graph, const double *rows, guint v,
				       NAME(reals) sum[PARTS])
{
	for (guint p = 0; p < PARTS; p++)
		sum[p] = (NAME(reals)){ 0 };
	for (guint i = graph->start[v]; i < graph->start[v + 1]; i++) {
		const NAME(reals) *row =
			(const NAME(reals) *)(rows + (gsize)graph->neighbour[i] * LANES);
		for (guint p = 0; p < PARTS; p++)
			sum[p] += row[p];
	}
}

/* The sum over the lanes, by halves. */
TARGET static inline double NAME(across)(const NAME(reals) row[PARTS])
{
#if BYTES == 64
	__m512d all = (__m512d)row[0];
	__m256d half = _mm512_castpd512_pd256(all) + _mm512_extractf64x4_pd(all, 1);
	__m128d pair = _mm256_castpd256_pd128(half) + _mm256_extractf128_pd(half, 1);
#elif BYTES == 32
	__m256d half = (__m256d)(row[0] + row[1]);
	__m128d pair = _mm256_castpd256_pd128(half) + _mm256_extractf128_pd(half, 1);
#else
	NAME(reals) pair = (row[0] + row[2]) + (row[1] + row[3]);
#endif
	return pair[0] + pair[1];
}

/* How many lanes are not 0. */
TARGET static inline guint NAME(lanes_set)(const NAME(reals) row[PARTS])
{
#if BYTES == 64
	return (guint)__builtin_popcount(
		_mm512_cmp_pd_mask((__m512d)row[0], _mm512_setzero_pd(), _CMP_NEQ_OQ));
#elif BYTES == 32
	int low = _mm256_movemask_pd((__m256d)(row[0] != 0));
	return (guint)__builtin_popcount(
		(guint)(_mm256_movemask_pd((__m256d)(row[1] != 0)) << 4 | low));
#else
	NAME(bits) set = (row[0] != 0) + (row[1] != 0) + (row[2] != 0) + (row[3] != 0);
	return (guint) - (set[0] + set[1]);
#endif
}

/* Forward over a list of places: new entries for those with lanes newly reached. */
TARGET static void NAME(reach)(struct brandes *b, const guint *list, guint length)
{
	guint n = b->n_entries;
	for (guint i = 0; i < length; i++) {
		guint v = list[i], count;
		NAME(reals) sum[PARTS];
		const NAME(reals) *own = (const NAME(reals) *)(b->paths + (gsize)v * LANES);
		NAME(reals) *fresh = (NAME(reals) *)(b->fresh + (gsize)n * LANES);
		NAME(gather)(b->frontier.graph, b->paths, v, sum);
		for (guint p = 0; p < PARTS; p++) {
			sum[p] = (NAME(reals))((NAME(bits))sum[p] & (own[p] == 0));
			fresh[p] = sum[p];
		}
		count = NAME(lanes_set)(sum);
		b->entry[n] = v;
		n += count > 0;
		b->frontier.missing[v] = (guint16)(b->frontier.missing[v] - count);
	}
	b->n_entries = n;
}

/* Makes the entries from `from` on seen; false when counts grow beyond what is safe. */
TARGET static bool NAME(settle)(struct brandes *b, guint from)
{
	NAME(reals) most[PARTS] = { { 0 } };
	for (guint k = from; k < b->n_entries; k++) {
		NAME(reals) *own = (NAME(reals) *)(b->paths + (gsize)b->entry[k] * LANES);
		const NAME(reals) *fresh = (const NAME(reals) *)(b->fresh + (gsize)k * LANES);
		for (guint p = 0; p < PARTS; p++) {
			own[p] += fresh[p];
			most[p] += fresh[p];
		}
	}
	return NAME(across)(most) < MOST_PATHS;
}

/* Adds what the edges that lead away from v carry. */
TARGET static void NAME(carry)(struct brandes *b, guint v, const NAME(reals) fresh[PARTS],
			       double scale)
{
	const struct arranged *graph = b->frontier.graph;
	for (guint i = graph->start[v]; i < graph->start[v + 1]; i++) {
		NAME(reals) part[PARTS];
		const NAME(reals) *gain =
			(const NAME(reals) *)(b->gain + (gsize)graph->neighbour[i] * LANES);
		for (guint p = 0; p < PARTS; p++)
			part[p] = fresh[p] * gain[p];
		b->edges[graph->edge[i]] += NAME(across)(part) * scale;
	}
}

/* Backward over the entries of one level: dependencies counted, gains in place of counts. */
TARGET static void NAME(depend)(struct brandes *b, guint from, guint to, guint distance)
{
	double at = scale_vertex(b->scaled, distance), edge = scale_edge(b->scaled, distance);
	double target = scale_target(b->scaled, distance);
	NAME(reals) source[PARTS], square[PARTS];
	memcpy(source, b->source_weight, sizeof source);
	memcpy(square, b->square_weight, sizeof square);
	for (guint k = from; k < to; k++) {
		guint v = b->entry[k];
		double weight = b->weight[v] * target;
		NAME(reals) sum[PARTS], paths[PARTS], part[PARTS];
		NAME(reals) *fresh = (NAME(reals) *)(b->fresh + (gsize)k * LANES);
		NAME(gather)(b->frontier.graph, b->gain, v, sum);
		for (guint p = 0; p < PARTS; p++) {
			paths[p] = fresh[p] * source[p];
			part[p] = paths[p] * sum[p];
			NAME(reals) gain = weight / fresh[p];
			gain += sum[p];
			fresh[p] = (NAME(reals))((NAME(bits))gain & (fresh[p] != 0));
		}
		b->vertices[v] += NAME(across)(part) * at;
		if (b->edges)
			NAME(carry)(b, v, paths, edge);
		if (b->squares) {
			for (guint p = 0; p < PARTS; p++)
				part[p] = part[p] * part[p] * square[p];
			b->squares[v] += NAME(across)(part) * at * at;
		}
	}
}

/* Makes the gains of the entries known. */
TARGET static void NAME(gain)(struct brandes *b, guint from, guint to)
{
	for (guint k = from; k < to; k++) {
		NAME(reals) *own = (NAME(reals) *)(b->gain + (gsize)b->entry[k] * LANES);
		const NAME(reals) *fresh = (const NAME(reals) *)(b->fresh + (gsize)k * LANES);
		for (guint p = 0; p < PARTS; p++)
			own[p] += fresh[p];
	}
}

/* What leaves the sources themselves, for edges only. */
TARGET static void NAME(leave)(struct brandes *b)
{
	for (guint l = 0; l < b->count; l++) {
		NAME(reals) own[PARTS] = { { 0 } };
		own[l / (BYTES / 8)][l % (BYTES / 8)] = b->source_weight[l];
		NAME(carry)(b, b->source[l], own, scale_edge(b->scaled, 0));
	}
}

TARGET void NAME(brandes)(struct brandes *b)
{
	static const struct steps steps = { NAME(reach), NAME(settle), NAME(depend), NAME(gain),
					    NAME(leave) };
	brandes_run(b, &steps);
}

#undef PARTS
