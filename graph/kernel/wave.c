/*
 * Multi-source search with its lists of places; the inner loops come from
 * wave_body.h, once per instruction set.  Not for what the counts mean.
 */
#include "graph/kernel/wave.h"

#include <string.h>
#if defined(__x86_64__)
#include <immintrin.h>
#endif

typedef guint wave_level(struct wave *wave, const guint *list, guint length, guint distance,
			 guint *changed);

enum { STRETCH = 4096 }; /* places between two looks at the watch */

static void wave_begin(struct wave *wave)
{
	guint first = wave->frontier.first, end = wave->frontier.end;
	gsize from = (gsize)first * (WAVE_BYTES / 8), bytes = (gsize)(end - first) * WAVE_BYTES;
	memset(wave->seen[0] + from, 0, bytes);
	memset(wave->seen[1] + from, 0, bytes);
	frontier_begin(&wave->frontier, first, end, wave->count);
	for (guint i = 0; i < wave->count; i++) {
		gsize word = (gsize)(wave->source + i) * (WAVE_BYTES / 8) + i / 64;
		wave->seen[0][word] |= G_GUINT64_CONSTANT(1) << (i % 64);
		wave->changed[0][i] = wave->source + i;
		wave->frontier.missing[wave->source + i]--;
	}
}

/* Both halves must agree before a level, because a level looks at some places only. */
static void settle(struct wave *wave, guint n_changed)
{
	for (guint i = 0; i < n_changed; i++) {
		gsize at = (gsize)wave->changed[0][i] * (WAVE_BYTES / 8);
		memcpy(wave->seen[1] + at, wave->seen[0] + at, WAVE_BYTES);
	}
}

static void turn(struct wave *wave)
{
	guint64 *seen = wave->seen[0];
	guint *changed = wave->changed[0];
	wave->seen[0] = wave->seen[1];
	wave->seen[1] = seen;
	wave->changed[0] = wave->changed[1];
	wave->changed[1] = changed;
}

/* Level after level until nothing changes; stops early on a cancel. */
static void wave_search(struct wave *wave, wave_level *level)
{
	const struct frontier *frontier = &wave->frontier;
	guint n_changed = wave->count;
	wave_begin(wave);
	for (guint distance = 1; n_changed > 0; distance++) {
		guint next = 0;
		settle(wave, n_changed);
		frontier_next(&wave->frontier, wave->changed[0], n_changed);
		for (guint i = 0; i < frontier->n; i += STRETCH) {
			if (watch_stop(wave->watch))
				return;
			next += level(wave, frontier->places + i, MIN(STRETCH, frontier->n - i),
				      distance, wave->changed[1] + next);
		}
		turn(wave);
		n_changed = next;
	}
}

#define TARGET
#define BYTES	16
#define NAME(x) x##_base
#include "graph/kernel/wave_body.h"
#undef NAME
#undef BYTES
#undef TARGET

#if defined(__x86_64__)
#define TARGET	__attribute__((target("avx2,popcnt")))
#define BYTES	32
#define NAME(x) x##_avx2
#include "graph/kernel/wave_body.h"
#undef NAME
#undef BYTES
#undef TARGET

#define TARGET	__attribute__((target("avx2,popcnt,avx512f,avx512dq,avx512bw,avx512vl")))
#define BYTES	64
#define NAME(x) x##_avx512
#include "graph/kernel/wave_body.h"
#undef NAME
#undef BYTES
#undef TARGET
#endif
