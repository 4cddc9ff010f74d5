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
	guint32 *ranks;		/* of those in order before `ranked`; NULL: not sorted yet */
	guint ranked, rank;
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
	g_free(ranking->ranks);
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

/* Ranks of the next so many, now that all stand in order. */
static bool rank_some(struct ranking *ranking)
{
	guint end = MIN(ranking->ranked + MERGE, ranking->n);

	if (ranking->ranks == NULL)
		ranking->ranks = g_new(guint32, ranking->n + 1);
	for (guint i = ranking->ranked; i < end; i++) {
		const char *text = text_at(ranking, ranking->from[i]);

		if (i > 0 && strcmp(text_at(ranking, ranking->from[i - 1]), text) != 0)
			ranking->rank++;
		ranking->ranks[ranking->from[i]] = text[0] == '\0' ? G_MAXUINT32 : ranking->rank;
	}
	ranking->ranked = end;
	return end < ranking->n;
}

bool ranking_work(struct ranking *ranking)
{
	for (guint i = 0; i < MERGE / RUN && ranking->sorted < ranking->n; i++)
		sort_run(ranking);
	if (ranking->sorted < ranking->n)
		return true;
	if (ranking->width >= ranking->n)
		return rank_some(ranking);
	merge_some(ranking);
	return true;
}

guint32 *ranking_steal(struct ranking *ranking, guint32 **order)
{
	if (order != NULL)
		*order = g_steal_pointer(&ranking->from);
	return g_steal_pointer(&ranking->ranks);
}

#define DIGIT 11 /* bits sorted by in one pass */

struct sorting {
	guint n, shift;
	guint64 *keys;
	guint32 *from, *to;
	guint starts[(1U << DIGIT) + 1];
};

struct sorting *sorting_new(const guint32 *order, guint64 *keys, guint n)
{
	struct sorting *sorting = g_new(struct sorting, 1);

	sorting->n = n;
	sorting->shift = 0;
	sorting->keys = keys;
	sorting->from = g_memdup2(order, ((gsize)n + 1) * sizeof *order);
	sorting->to = g_new(guint32, n + 1);
	return sorting;
}

void sorting_free(struct sorting *sorting)
{
	if (sorting == NULL)
		return;
	g_free(sorting->keys);
	g_free(sorting->from);
	g_free(sorting->to);
	g_free(sorting);
}

/* Where each digit begins; false: all have the same one. */
static bool count_digits(struct sorting *sorting)
{
	const guint64 mask = (1U << DIGIT) - 1;
	bool same = true;

	memset(sorting->starts, 0, sizeof sorting->starts);
	for (guint i = 0; i < sorting->n; i++)
		sorting->starts[((sorting->keys[i] >> sorting->shift) & mask) + 1]++;
	for (guint d = 1; d <= mask + 1; d++) {
		same = same && (sorting->starts[d] == 0 || sorting->starts[d] == sorting->n);
		sorting->starts[d] += sorting->starts[d - 1];
	}
	return !same;
}

bool sorting_work(struct sorting *sorting)
{
	const guint64 mask = (1U << DIGIT) - 1;
	guint32 *moved = sorting->to;

	if (count_digits(sorting)) {
		for (guint i = 0; i < sorting->n; i++) {
			guint32 number = sorting->from[i];

			moved[sorting->starts[(sorting->keys[number] >> sorting->shift) & mask]++] =
				number;
		}
		sorting->to = sorting->from;
		sorting->from = moved;
	}
	sorting->shift += DIGIT;
	return sorting->shift < 64;
}

void sorting_take(const struct sorting *sorting, guint32 *order)
{
	memcpy(order, sorting->from, sorting->n * sizeof *order);
}
