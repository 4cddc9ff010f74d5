#include "tui/widgets/table_rank.h"

#include <string.h>

#include "base/text.h"

/*
 * A merge sort that can stop anywhere, over folded texts in one block of memory;
 * and a radix sort for numbers, fast enough to need no stop.
 */
#define RUN   512  /* texts sorted at once */
#define MERGE 4096 /* texts merged at once */

struct ranking {
	guint n, added;
	GString *texts;
	gsize *at; /* where each begins in texts */
	guint32 *from, *to;
	guint sorted;		/* runs are sorted up to here */
	guint width;		/* of runs that are being merged */
	guint left, right, out; /* of the merge at work */
};

struct ranking *ranking_new(guint n)
{
	struct ranking *ranking = g_new0(struct ranking, 1);

	ranking->n = n;
	ranking->texts = g_string_new(NULL);
	ranking->at = g_new(gsize, n + 1);
	ranking->from = g_new(guint32, n + 1);
	ranking->to = g_new(guint32, n + 1);
	for (guint i = 0; i < n; i++)
		ranking->from[i] = i;
	return ranking;
}

void ranking_free(struct ranking *ranking)
{
	if (ranking == NULL)
		return;
	g_string_free(ranking->texts, TRUE);
	g_free(ranking->at);
	g_free(ranking->from);
	g_free(ranking->to);
	g_free(ranking);
}

bool ranking_wants(const struct ranking *ranking)
{
	return ranking->added < ranking->n;
}

guint ranking_count(const struct ranking *ranking)
{
	return ranking->added;
}

void ranking_add(struct ranking *ranking, const char *text)
{
	g_autofree char *folded = text_fold(text);

	ranking->at[ranking->added++] = ranking->texts->len;
	g_string_append_len(ranking->texts, folded, (gssize)strlen(folded) + 1);
}

static const char *text_at(const struct ranking *ranking, guint32 i)
{
	return ranking->texts->str + ranking->at[i];
}

static int compare(gconstpointer a, gconstpointer b, gpointer data)
{
	const guint32 *left = a, *right = b;
	int order = strcmp(text_at(data, *left), text_at(data, *right));

	return order != 0 ? order : (*left > *right) - (*left < *right);
}

static void sort_run(struct ranking *ranking)
{
	guint n = MIN(RUN, ranking->n - ranking->sorted);

	g_qsort_with_data(ranking->from + ranking->sorted, (int)n, sizeof(guint32), compare,
			  ranking);
	ranking->sorted += n;
	ranking->width = RUN;
	ranking->out = ranking->left = 0;
	ranking->right = RUN;
}

/* The pair of runs in which `out` lies; goes on to the next when it is through. */
static void merge_some(struct ranking *ranking)
{
	guint n = ranking->n, width = ranking->width;
	guint32 *merged;

	for (guint k = 0; k < MERGE && ranking->out < n; k++) {
		guint first = ranking->out / (2 * width) * (2 * width);
		guint middle = MIN(first + width, n), end = MIN(first + 2 * width, n);
		bool left;

		if (ranking->out == first) {
			ranking->left = first;
			ranking->right = middle;
		}
		left = ranking->right >= end ||
		       (ranking->left < middle &&
			compare(&ranking->from[ranking->left], &ranking->from[ranking->right],
				ranking) <= 0);
		ranking->to[ranking->out++] =
			left ? ranking->from[ranking->left++] : ranking->from[ranking->right++];
	}
	if (ranking->out < n)
		return;
	merged = ranking->to;
	ranking->to = ranking->from;
	ranking->from = merged;
	ranking->width *= 2;
	ranking->out = 0;
}

bool ranking_work(struct ranking *ranking)
{
	for (guint i = 0; i < MERGE / RUN && ranking->sorted < ranking->n; i++)
		sort_run(ranking);
	if (ranking->sorted < ranking->n)
		return true;
	if (ranking->width >= ranking->n)
		return false;
	merge_some(ranking);
	return ranking->width < ranking->n;
}

guint32 *ranking_steal(struct ranking *ranking, guint32 **order)
{
	guint32 *ranks = g_new(guint32, ranking->n + 1);
	const char *before = NULL;
	guint rank = 0;

	for (guint i = 0; i < ranking->n; i++) {
		const char *text = text_at(ranking, ranking->from[i]);

		if (before != NULL && strcmp(before, text) != 0)
			rank++;
		ranks[ranking->from[i]] = text[0] == '\0' ? G_MAXUINT32 : rank;
		before = text;
	}
	if (order != NULL)
		*order = g_steal_pointer(&ranking->from);
	return ranks;
}

#define DIGIT 11 /* bits sorted by in one pass */

void rank_by_keys(guint32 *order, const guint64 *keys, guint n)
{
	guint32 *other = g_new(guint32, n + 1), *from = order, *to = other, *swapped;
	g_autofree guint *starts = g_new(guint, (1U << DIGIT) + 1);

	for (guint shift = 0; shift < 64; shift += DIGIT) {
		const guint64 mask = (1U << DIGIT) - 1;
		bool same = true;

		memset(starts, 0, ((1U << DIGIT) + 1) * sizeof *starts);
		for (guint i = 0; i < n; i++)
			starts[((keys[i] >> shift) & mask) + 1]++;
		for (guint d = 1; d <= mask + 1; d++) {
			same = same && (starts[d] == 0 || starts[d] == n);
			starts[d] += starts[d - 1];
		}
		if (same)
			continue;
		for (guint i = 0; i < n; i++)
			to[starts[(keys[from[i]] >> shift) & mask]++] = from[i];
		swapped = from;
		from = to;
		to = swapped;
	}
	if (from != order)
		memcpy(order, from, n * sizeof *order);
	g_free(other);
}
