/*
 * Brandes's levels, compiled once per instruction set: the including file defines
 * NAME(x), TARGET and BYTES, the width of a vector.  No include guard.  The same
 * eight lanes whatever the width, and sums over lanes in one order, so that every
 * machine finds the same bits.
 */
#define PARTS (ROW / BYTES)

typedef double NAME(reals) __attribute__((vector_size(BYTES), may_alias));
typedef gint64 NAME(bits) __attribute__((vector_size(BYTES), may_alias));
typedef gint16 NAME(steps) __attribute__((vector_size(LANES * sizeof(gint16)), may_alias));

static inline const NAME(reals) * NAME(row)(const double *rows, guint v)
{
	return (const NAME(reals) *)(rows + (gsize)v * LANES);
}

static inline NAME(steps) * NAME(away)(const struct brandes *b, guint v)
{
	return (NAME(steps) *)(b->away + (gsize)v * LANES);
}

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

/*
 * Distances are whole numbers of 16 bits, a quarter of a row: what is read of neighbours
 * is what limits the speed.  Here all bits in the lanes that are not 0.
 */
TARGET static inline NAME(steps) NAME(steps_set)(const NAME(reals) row[PARTS])
{
#if BYTES == 64
	return (NAME(steps))_mm_movm_epi16(
		_mm512_cmp_pd_mask((__m512d)row[0], _mm512_setzero_pd(), _CMP_NEQ_OQ));
#elif BYTES == 32
	__m256i low = (__m256i)(row[0] != 0), high = (__m256i)(row[1] != 0);
	__m128i one =
		_mm_packs_epi32(_mm256_castsi256_si128(low), _mm256_extracti128_si256(low, 1));
	__m128i two =
		_mm_packs_epi32(_mm256_castsi256_si128(high), _mm256_extracti128_si256(high, 1));
	return (NAME(steps))_mm_packs_epi16(one, two);
#elif defined(__SSE2__)
	__m128i one = _mm_packs_epi32((__m128i)(row[0] != 0), (__m128i)(row[1] != 0));
	__m128i two = _mm_packs_epi32((__m128i)(row[2] != 0), (__m128i)(row[3] != 0));
	return (NAME(steps))_mm_packs_epi16(one, two);
#else
	NAME(steps) set = { 0 };
	for (guint l = 0; l < LANES; l++)
		set[l] = (gint16) - (row[l / 2][l % 2] != 0);
	return set;
#endif
}

/* And back: `row` where the lanes' bits are set, 0 elsewhere. */
TARGET static inline void NAME(keep_set)(NAME(steps) set, NAME(reals) row[PARTS])
{
#if BYTES == 64
	row[0] = (NAME(reals))_mm512_maskz_mov_pd(_mm_movepi16_mask((__m128i)set), (__m512d)row[0]);
#elif BYTES == 32
	__m128i high = _mm_unpackhi_epi64((__m128i)set, (__m128i)set);
	row[0] =
		(NAME(reals))((NAME(bits))row[0] & (NAME(bits))_mm256_cvtepi16_epi64((__m128i)set));
	row[1] = (NAME(reals))((NAME(bits))row[1] & (NAME(bits))_mm256_cvtepi16_epi64(high));
#elif defined(__SSE2__)
	__m128i low = _mm_unpacklo_epi16((__m128i)set, (__m128i)set);
	__m128i high = _mm_unpackhi_epi16((__m128i)set, (__m128i)set);
	row[0] = (NAME(reals))((NAME(bits))row[0] & (NAME(bits))_mm_unpacklo_epi32(low, low));
	row[1] = (NAME(reals))((NAME(bits))row[1] & (NAME(bits))_mm_unpackhi_epi32(low, low));
	row[2] = (NAME(reals))((NAME(bits))row[2] & (NAME(bits))_mm_unpacklo_epi32(high, high));
	row[3] = (NAME(reals))((NAME(bits))row[3] & (NAME(bits))_mm_unpackhi_epi32(high, high));
#else
	for (guint l = 0; l < LANES; l++)
		row[l / 2][l % 2] = set[l] ? row[l / 2][l % 2] : 0;
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
TARGET static bool NAME(settle)(struct brandes *b, guint from, guint distance)
{
	NAME(reals) most[PARTS] = { { 0 } };
	for (guint k = from; k < b->n_entries; k++) {
		NAME(reals) *own = (NAME(reals) *)(b->paths + (gsize)b->entry[k] * LANES);
		const NAME(reals) *fresh = (const NAME(reals) *)(b->fresh + (gsize)k * LANES);
		for (guint p = 0; p < PARTS; p++) {
			own[p] += fresh[p];
			most[p] += fresh[p];
		}
		if (b->away)
			*NAME(away)(b, b->entry[k]) |= NAME(steps_set)(fresh) & (gint16)distance;
	}
	return NAME(across)(most) < MOST_PATHS;
}

/* Backward over the entries of one level: dependencies counted, gains in place of counts. */
TARGET static void NAME(depend)(struct brandes *b, guint from, guint to, guint distance)
{
	double at = scale_vertex(b->scaled, distance);
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

/* For samples: each lane times how far the middle of an edge is. */
TARGET static inline void NAME(scale_row)(NAME(steps) here, NAME(steps) there,
					  NAME(reals) row[PARTS])
{
#if BYTES == 64
	__m256i sum = _mm256_add_epi32(_mm256_cvtepu16_epi32((__m128i)here),
				       _mm256_cvtepu16_epi32((__m128i)there));
	row[0] *= 0.5 * (NAME(reals))_mm512_cvtepi32_pd(sum);
#elif BYTES == 32
	__m256i sum = _mm256_add_epi32(_mm256_cvtepu16_epi32((__m128i)here),
				       _mm256_cvtepu16_epi32((__m128i)there));
	row[0] *= 0.5 * (NAME(reals))_mm256_cvtepi32_pd(_mm256_castsi256_si128(sum));
	row[1] *= 0.5 * (NAME(reals))_mm256_cvtepi32_pd(_mm256_extracti128_si256(sum, 1));
#else
	for (guint l = 0; l < LANES; l++)
		row[l * sizeof(double) / BYTES][l % (BYTES / sizeof(double))] *=
			0.5 * ((guint16)here[l] + (guint16)there[l]);
#endif
}

/*
 * What edges carry, each looked at from its first end when all counts and gains are known:
 * in a lane where one end is a step farther than the other, the paths to the nearer one
 * times the gain of the other.
 */
TARGET static void NAME(cross)(struct brandes *b, guint from, guint to)
{
	const struct arranged *graph = b->frontier.graph;
	NAME(reals) source[PARTS];
	memcpy(source, b->source_weight, sizeof source);
	for (guint v = from; v < to; v++) {
		const NAME(reals) *paths = NAME(row)(b->paths, v), *gain = NAME(row)(b->gain, v);
		NAME(steps) away = *NAME(away)(b, v);
		for (guint i = graph->start[v + 1]; i-- > graph->start[v];) {
			guint w = graph->neighbour[i];
			const NAME(reals) *paths_there = NAME(row)(b->paths, w);
			const NAME(reals) *gain_there = NAME(row)(b->gain, w);
			NAME(reals) forth[PARTS], back[PARTS];
			/* They ascend. */
			if (w < v)
				break;
			NAME(steps) away_there = *NAME(away)(b, w), step = away_there - away;
			for (guint p = 0; p < PARTS; p++) {
				forth[p] = paths[p] * source[p] * gain_there[p];
				back[p] = paths_there[p] * source[p] * gain[p];
			}
			NAME(keep_set)(step == 1, forth);
			NAME(keep_set)(step == -1, back);
			for (guint p = 0; p < PARTS; p++)
				forth[p] =
					(NAME(reals))((NAME(bits))forth[p] | (NAME(bits))back[p]);
			if (b->scaled)
				NAME(scale_row)(away, away_there, forth);
			b->edges[graph->edge[i]] += NAME(across)(forth);
		}
	}
}

TARGET void NAME(brandes)(struct brandes *b)
{
	static const struct steps steps = { NAME(reach), NAME(settle), NAME(depend), NAME(gain),
					    NAME(cross) };
	brandes_run(b, &steps);
}

#undef PARTS
