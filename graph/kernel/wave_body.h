/*
 * The multi-source search, compiled once per instruction set: the including file
 * defines NAME(x), TARGET and BYTES, the width of a vector.  No include guard.
 */
#define PARTS (WAVE_BYTES / BYTES)

typedef guint64 NAME(word) __attribute__((vector_size(BYTES), may_alias));

TARGET static inline bool NAME(any)(const NAME(word) word[PARTS])
{
#if BYTES == 64
	return _mm512_test_epi64_mask((__m512i)word[0], (__m512i)word[0]) != 0;
#elif BYTES == 32
	__m256i all = (__m256i)(word[0] | word[1]);
	return !_mm256_testz_si256(all, all);
#else
	NAME(word) all = (word[0] | word[1]) | (word[2] | word[3]);
	return (all[0] | all[1]) != 0;
#endif
}

/* How many bits are set: of vectors by the halves of each byte in a table (Mula, Kurz & Lemire). */
TARGET static inline guint NAME(ones)(const NAME(word) word[PARTS])
{
#if BYTES == 64
	const __m512i low = _mm512_set1_epi8(15), zero = _mm512_setzero_si512();
	const __m512i table = _mm512_broadcast_i32x4(
		_mm_setr_epi8(0, 1, 1, 2, 1, 2, 2, 3, 1, 2, 2, 3, 2, 3, 3, 4));
	__m512i bits = (__m512i)word[0];
	__m512i one = _mm512_shuffle_epi8(table, _mm512_and_si512(bits, low));
	__m512i two = _mm512_shuffle_epi8(table, _mm512_and_si512(_mm512_srli_epi16(bits, 4), low));
	return (guint)_mm512_reduce_add_epi64(_mm512_sad_epu8(_mm512_add_epi8(one, two), zero));
#elif BYTES == 32
	const __m256i low = _mm256_set1_epi8(15), zero = _mm256_setzero_si256();
	const __m256i table = _mm256_broadcastsi128_si256(
		_mm_setr_epi8(0, 1, 1, 2, 1, 2, 2, 3, 1, 2, 2, 3, 2, 3, 3, 4));
	__m256i all = zero;
	for (guint p = 0; p < PARTS; p++) {
		__m256i bits = (__m256i)word[p], above = _mm256_srli_epi16(bits, 4);
		all = _mm256_add_epi8(all, _mm256_shuffle_epi8(table, _mm256_and_si256(bits, low)));
		all = _mm256_add_epi8(all,
				      _mm256_shuffle_epi8(table, _mm256_and_si256(above, low)));
	}
	NAME(word) sums = (NAME(word))_mm256_sad_epu8(all, zero);
	return (guint)(sums[0] + sums[1] + sums[2] + sums[3]);
#else
	guint count = 0;
	for (guint p = 0; p < PARTS; p++)
		count += (guint)(__builtin_popcountll(word[p][0]) +
				 __builtin_popcountll(word[p][1]));
	return count;
#endif
}

/*
 * What the place v sees after a level: its own and all its neighbours' sources of
 * before.  Reading all that neighbours have seen, not only what is new to them,
 * is right: what they had seen earlier v has seen by now.  How many are new.
 */
TARGET static inline guint NAME(pull)(const struct arranged *graph, const NAME(word) * before,
				      NAME(word) * after, guint v)
{
	const guint *neighbour = graph->neighbour;
	const NAME(word) *own = before + (gsize)v * PARTS;
	NAME(word) *out = after + (gsize)v * PARTS;
	NAME(word) all[PARTS], fresh[PARTS];
	for (guint p = 0; p < PARTS; p++)
		all[p] = own[p];
	for (guint i = graph->start[v]; i < graph->start[v + 1]; i++) {
		const NAME(word) *other = before + (gsize)neighbour[i] * PARTS;
		for (guint p = 0; p < PARTS; p++)
			all[p] |= other[p];
	}
	for (guint p = 0; p < PARTS; p++)
		fresh[p] = all[p] & ~own[p];
	/* Half of the places on a thin front: both halves agree about them. */
	if (!NAME(any)(fresh))
		return 0;
	for (guint p = 0; p < PARTS; p++)
		out[p] = all[p];
	return NAME(ones)(fresh);
}

/* One level over a list of places; those that saw something new go to `changed`. */
TARGET static guint NAME(level)(struct wave *wave, const guint *list, guint length, guint distance,
				guint *changed)
{
	const NAME(word) *before = (const NAME(word) *)wave->seen[0];
	NAME(word) *after = (NAME(word) *)wave->seen[1];
	guint64 coarse = (G_GUINT64_CONSTANT(1) << 32) / distance;
	guint64 fine = ((G_GUINT64_CONSTANT(1) << 32) % distance << 32) / distance;
	guint n_changed = 0;
	for (guint i = 0; i < length; i++) {
		guint v = list[i], count = NAME(pull)(wave->frontier.graph, before, after, v);
		if (count == 0)
			continue;
		struct far *far = &wave->far[v];
		far->coarse += count * coarse;
		far->fine += count * fine;
		far->sum += (guint64)count * distance;
		far->most = MAX(far->most, distance);
		wave->frontier.missing[v] = (guint16)(wave->frontier.missing[v] - count);
		if (distance <= 2)
			wave->within_two[v] += count;
		if (distance <= 3)
			wave->within_three[v] += count;
		changed[n_changed++] = v;
	}
	return n_changed;
}

TARGET void NAME(wave)(struct wave *wave)
{
	wave_search(wave, NAME(level));
}

#undef PARTS
