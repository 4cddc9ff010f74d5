#include "tui/views/matrix.h"

#include <math.h>
#include <string.h>

/*
 * The order of rows and columns.  A power iteration from a fixed start, so that
 * the same network always gives the same picture.
 */
#define STEPS	    60
#define LIGHT	    3	 /* weight below which a group tells nothing of its likes */
#define LIGHT_SHARE 0.01 /* … as a share of all */

struct axis {
	guint n;
	double *sum; /* weight of each group */
	bool *light;
	double *score; /* its place on the axis */
};

static void axis_init(struct axis *axis, guint n)
{
	axis->n = n;
	axis->sum = g_new0(double, n + 1);
	axis->light = g_new0(bool, n + 1);
	axis->score = g_new0(double, n + 1);
	for (guint i = 0; i < n; i++)
		axis->score[i] = (double)i + 1;
}

static void axis_release(struct axis *axis)
{
	g_free(axis->sum);
	g_free(axis->light);
	g_free(axis->score);
}

/* Takes away the mean, which says nothing, and makes the length one. */
static void axis_centre(struct axis *axis)
{
	double weight = 0, mean = 0, length = 0;

	for (guint i = 0; i < axis->n; i++) {
		if (axis->light[i])
			continue;
		weight += axis->sum[i];
		mean += axis->sum[i] * axis->score[i];
	}
	if (!(weight > 0))
		return;
	for (guint i = 0; i < axis->n; i++) {
		axis->score[i] = axis->light[i] ? 0 : axis->score[i] - mean / weight;
		length += axis->sum[i] * axis->score[i] * axis->score[i];
	}
	for (guint i = 0; i < axis->n && length > 0; i++)
		axis->score[i] /= sqrt(length / weight);
}

/* Each group of `to` moves to the mean of those of `from` that it is tied to. */
static void axis_pull(const double *weights, gsize step_to, gsize step_from,
		      const struct axis *from, struct axis *to, double keep)
{
	for (guint i = 0; i < to->n; i++) {
		double sum = 0, of = 0;

		for (guint j = 0; j < from->n && !to->light[i]; j++) {
			double weight = weights[i * step_to + j * step_from];

			if (from->light[j])
				continue;
			sum += weight * from->score[j];
			of += weight;
		}
		if (of > 0)
			to->score[i] = keep * to->score[i] + (1 - keep) * sum / of;
	}
}

/* Light ones behind, heaviest first; the others by their place on the axis. */
static int score_compare(gconstpointer left, gconstpointer right, gpointer data)
{
	const struct axis *axis = data;
	guint a = *(const guint *)left, b = *(const guint *)right;

	if (axis->light[a] != axis->light[b])
		return axis->light[a] ? 1 : -1;
	if (axis->light[a] && fabs(axis->sum[a] - axis->sum[b]) > 1e-9)
		return axis->sum[a] > axis->sum[b] ? -1 : 1;
	/* Rounded: what differs by nothing stays as it was. */
	if (fabs(axis->score[a] - axis->score[b]) > 1e-9)
		return axis->score[a] < axis->score[b] ? -1 : 1;
	return a < b ? -1 : a > b;
}

static void axis_order(struct axis *axis, guint *order)
{
	for (guint i = 0; i < axis->n; i++)
		order[i] = i;
	g_qsort_with_data(order, (gint)axis->n, sizeof *order, score_compare, axis);
}

/* The group of most weight stands in the first half: an axis has no sign. */
static bool axis_is_reversed(const struct axis *axis)
{
	guint most = 0;

	for (guint i = 1; i < axis->n; i++)
		if (axis->sum[i] > axis->sum[most])
			most = i;
	return axis->n > 0 && axis->score[most] > 0;
}

static void axis_flip(struct axis *axis)
{
	for (guint i = 0; i < axis->n; i++)
		axis->score[i] = -axis->score[i];
}

static void axes_init(const double *weights, struct axis *down, struct axis *across, guint n_rows,
		      guint n_cols)
{
	axis_init(down, n_rows);
	axis_init(across, n_cols);
	for (guint r = 0; r < n_rows; r++)
		for (guint c = 0; c < n_cols; c++) {
			down->sum[r] += weights[(gsize)r * n_cols + c];
			across->sum[c] += weights[(gsize)r * n_cols + c];
		}
}

static void axis_lighten(struct axis *axis, double least)
{
	double all = 0;

	for (guint i = 0; i < axis->n; i++)
		all += axis->sum[i];
	for (guint i = 0; i < axis->n; i++)
		axis->light[i] = axis->sum[i] < MAX(least, LIGHT_SHARE * all);
}

static void axes_turn(const double *weights, struct axis *down, struct axis *across, bool same)
{
	guint n_cols = across->n;

	for (guint step = 0; step < STEPS; step++) {
		if (same) {
			/* Half stays: else a step could go back and forth. */
			memcpy(across->score, down->score, n_cols * sizeof(double));
			axis_pull(weights, n_cols, 1, across, down, 0.5);
			axis_centre(down);
			continue;
		}
		axis_pull(weights, n_cols, 1, across, down, 0);
		axis_pull(weights, 1, n_cols, down, across, 0);
		axis_centre(down);
		axis_centre(across);
	}
	if (same)
		memcpy(across->score, down->score, n_cols * sizeof(double));
}

void matrix_seriate(const double *weights, guint n_rows, guint n_cols, bool same, guint *rows,
		    guint *cols)
{
	struct axis down, across;

	axes_init(weights, &down, &across, n_rows, n_cols);
	axis_lighten(&down, LIGHT);
	axis_lighten(&across, LIGHT);
	axis_centre(&across);
	axis_centre(&down);
	axes_turn(weights, &down, &across, same);
	if (axis_is_reversed(&down)) {
		axis_flip(&down);
		axis_flip(&across);
	}
	axis_order(&down, rows);
	axis_order(&across, cols);
	axis_release(&down);
	axis_release(&across);
}

void matrix_by_size(const double *weights, guint n_rows, guint n_cols, guint *rows, guint *cols)
{
	struct axis down, across;

	axes_init(weights, &down, &across, n_rows, n_cols);
	axis_lighten(&down, INFINITY);
	axis_lighten(&across, INFINITY);
	axis_order(&down, rows);
	axis_order(&across, cols);
	axis_release(&down);
	axis_release(&across);
}
