/*
 * The multi-source search, compiled once per instruction set: the including file
 * defines NAME(x), TARGET and BYTES, the width of a vector.  No include guard.
 */
#define PARTS (WAVE_BYTES / BYTES)

typedef guint64 NAME(word) __attribute__((vector_size(BYTES), may_alias));

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
	NAME(word) all[PARTS];
	guint64 fresh[WAVE_BYTES / 8] __attribute__((aligned(64)));
	guint count = 0;
	for (guint p = 0; p < PARTS; p++)
		all[p] = own[p];
	for (guint i = graph->start[v]; i < graph->start[v + 1]; i++) {
		const NAME(word) *other = before + (gsize)neighbour[i] * PARTS;
		for (guint p = 0; p < PARTS; p++)
			all[p] |= other[p];
	}
	for (guint p = 0; p < PARTS; p++) {
		*(NAME(word) *)(fresh + p * (BYTES / 8)) = all[p] & ~own[p];
		out[p] = all[p];
	}
	for (guint i = 0; i < WAVE_BYTES / 8; i++)
		count += (guint)__builtin_popcountll(fresh[i]);
	return count;
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
