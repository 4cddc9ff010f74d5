/*
 * The leading eigenvector by the locally optimal conjugate gradient method (Knyazev
 * 2001) for a single vector: each step takes the best of the plane of the vector, its
 * residual and the last direction.  Not by ARPACK, whose sums run in an order that
 * follows where memory happens to lie, so that last digits differ from run to run.
 * Where that takes too many steps and the graph is thin, by inverse iteration.
 */
#include "graph/kernel/leading.h"

#include "base/cancel.h"
#include "graph/kernel/envelope.h"

#include <math.h>
#include <string.h>

#define SETTLED	   1e-13 /* residual as a share of the eigenvalue */
#define USABLE	   1e-11 /* … that is still taken when the steps are used up */
#define MOST_WORK  1e9	 /* steps times vertices and ties */
#define MOST_STEPS 20000
#define PATIENCE   300	 /* steps before a thin graph is solved for instead */
#define THIN	   2e8	 /* multiplications that takes at most */
#define ROUNDS	   40	 /* of it */
#define NEAREST	   1e-15 /* that its shift comes to the eigenvalue, as a share of it */
#define REFRESH	   32	 /* steps after which what has been carried along is computed anew */
#define NO_LENGTH  1e-30

enum { NOW, RESIDUAL, DIRECTION, BASIS };

/* Three vectors of length 1 at right angles, and what the matrix makes of them. */
struct plane {
	const struct csr *csr;
	double *of[BASIS], *image[BASIS];
};

typedef double quad __attribute__((vector_size(4 * sizeof(double))));

/* Four sums side by side, in this order wherever vectors are as long, half as long or none. */
static G_ALWAYS_INLINE inline double dot_in_quads(const double *a, const double *b, guint n)
{
	quad sum = { 0 }, x, y;
	guint v = 0;
	for (; v + 4 <= n; v += 4) {
		memcpy(&x, a + v, sizeof x);
		memcpy(&y, b + v, sizeof y);
		sum += x * y;
	}
	for (; v < n; v++)
		sum[0] += a[v] * b[v];
	return (sum[0] + sum[1]) + (sum[2] + sum[3]);
}

static G_ALWAYS_INLINE inline void add_in_quads(double *to, double times, const double *from,
						guint n)
{
	quad x, y;
	guint v = 0;
	for (; v + 4 <= n; v += 4) {
		memcpy(&x, to + v, sizeof x);
		memcpy(&y, from + v, sizeof y);
		x += times * y;
		memcpy(to + v, &x, sizeof x);
	}
	for (; v < n; v++)
		to[v] += times * from[v];
}

#if defined(__x86_64__)
__attribute__((target("avx2"))) static double dot_avx2(const double *a, const double *b, guint n)
{
	return dot_in_quads(a, b, n);
}

__attribute__((target("avx2"))) static void add_avx2(double *to, double times, const double *from,
						     guint n)
{
	add_in_quads(to, times, from, n);
}
#endif

static double dot(const double *a, const double *b, guint n)
{
#if defined(__x86_64__)
	if (__builtin_cpu_supports("avx2"))
		return dot_avx2(a, b, n);
#endif
	return dot_in_quads(a, b, n);
}

static void add(double *to, double times, const double *from, guint n)
{
#if defined(__x86_64__)
	if (__builtin_cpu_supports("avx2")) {
		add_avx2(to, times, from, n);
		return;
	}
#endif
	add_in_quads(to, times, from, n);
}

static void scale(double *a, double by, guint n)
{
	for (guint v = 0; v < n; v++)
		a[v] *= by;
}

static void multiply(const struct csr *csr, const double *in, double *out)
{
	for (guint v = 0; v < csr->n; v++) {
		double sum = 0;
		for (guint i = csr->start[v]; i < csr->start[v + 1]; i++)
			sum += in[csr->neighbour[i]];
		out[v] = sum;
	}
}

/* Takes out of one what it has of another, twice, as once leaves a rest by rounding. */
static void straighten(struct plane *plane, guint one, guint other, bool with_image)
{
	guint n = plane->csr->n;
	for (guint round = 0; round < 2; round++) {
		double share = dot(plane->of[one], plane->of[other], n);
		add(plane->of[one], -share, plane->of[other], n);
		if (with_image)
			add(plane->image[one], -share, plane->image[other], n);
	}
}

/* Length 1; false when there is nothing left of it. */
static bool stretch(struct plane *plane, guint one, bool with_image)
{
	guint n = plane->csr->n;
	double length = sqrt(dot(plane->of[one], plane->of[one], n));
	if (!(length > NO_LENGTH))
		return false;
	scale(plane->of[one], 1 / length, n);
	if (with_image)
		scale(plane->image[one], 1 / length, n);
	return true;
}

/* Turns two axes of a small symmetric matrix so that they no longer mix (Jacobi 1846). */
static void turn(double h[BASIS][BASIS], double axes[BASIS][BASIS], guint p, guint q)
{
	if (fabs(h[p][q]) < 1e-300)
		return;
	double theta = (h[q][q] - h[p][p]) / (2 * h[p][q]);
	double t = (theta < 0 ? -1 : 1) / (fabs(theta) + sqrt(theta * theta + 1));
	double c = 1 / sqrt(t * t + 1), s = t * c;
	for (guint k = 0; k < BASIS; k++) {
		double a = h[k][p], b = h[k][q];
		h[k][p] = c * a - s * b;
		h[k][q] = s * a + c * b;
	}
	for (guint k = 0; k < BASIS; k++) {
		double a = h[p][k], b = h[q][k];
		h[p][k] = c * a - s * b;
		h[q][k] = s * a + c * b;
		a = axes[k][p];
		b = axes[k][q];
		axes[k][p] = c * a - s * b;
		axes[k][q] = s * a + c * b;
	}
}

/* Of the first `size` vectors the mixture whose eigenvalue is largest, with some of the first. */
static void best_of(const struct plane *plane, guint size, double mix[BASIS])
{
	double h[BASIS][BASIS] = { { 0 } }, axes[BASIS][BASIS] = { { 0 } };
	guint best = 0;
	for (guint i = 0; i < BASIS; i++)
		axes[i][i] = 1;
	for (guint i = 0; i < size; i++)
		for (guint k = 0; k <= i; k++)
			h[i][k] = h[k][i] = dot(plane->of[k], plane->image[i], plane->csr->n);
	for (guint round = 0; round < 12; round++) {
		turn(h, axes, 0, 1);
		turn(h, axes, 0, 2);
		turn(h, axes, 1, 2);
	}
	for (guint i = 1; i < size; i++)
		best = h[i][i] > h[best][best] ? i : best;
	for (guint i = 0; i < BASIS; i++)
		mix[i] = (axes[0][best] < 0 ? -1 : 1) * axes[i][best];
}

/* The direction becomes what is new of the mixture, the vector the whole of it. */
static void move(struct plane *plane, const double mix[BASIS], bool directed)
{
	guint n = plane->csr->n;
	for (guint part = 0; part < 2; part++) {
		double **all = part ? plane->image : plane->of;
		scale(all[DIRECTION], directed ? mix[DIRECTION] : 0, n);
		add(all[DIRECTION], mix[RESIDUAL], all[RESIDUAL], n);
		scale(all[NOW], mix[NOW], n);
		add(all[NOW], 1, all[DIRECTION], n);
	}
	(void)stretch(plane, NOW, true);
}

/* The residual's length as a share of the eigenvalue; the residual is made. */
static double miss(struct plane *plane)
{
	guint n = plane->csr->n;
	double value = dot(plane->of[NOW], plane->image[NOW], n);
	memcpy(plane->of[RESIDUAL], plane->image[NOW], n * sizeof(double));
	add(plane->of[RESIDUAL], -value, plane->of[NOW], n);
	return sqrt(dot(plane->of[RESIDUAL], plane->of[RESIDUAL], n)) / value;
}

/* False when there is nowhere to go. */
static bool advance(struct plane *plane, bool *directed)
{
	double mix[BASIS];
	straighten(plane, RESIDUAL, NOW, false);
	if (!stretch(plane, RESIDUAL, false))
		return false;
	straighten(plane, RESIDUAL, NOW, false);
	multiply(plane->csr, plane->of[RESIDUAL], plane->image[RESIDUAL]);
	if (*directed) {
		straighten(plane, DIRECTION, NOW, true);
		straighten(plane, DIRECTION, RESIDUAL, true);
		*directed = stretch(plane, DIRECTION, true);
	}
	best_of(plane, *directed ? BASIS : DIRECTION, mix);
	move(plane, mix, *directed);
	*directed = true;
	return true;
}

/*
 * Inverse iteration (Wielandt 1944) with a shift just above the eigenvalue, by as much as
 * the vector misses it, until that gets no smaller.  False where it cannot be done.
 */
static bool solve(struct plane *plane, GCancellable *cancel, double *left)
{
	guint n = plane->csr->n, idle = 0;
	struct envelope *envelope = envelope_new(plane->csr, THIN);
	double above = *left;
	for (guint round = 0; envelope && round < ROUNDS && idle < 2; round++) {
		double value = dot(plane->of[NOW], plane->image[NOW], n);
		if (cancel && g_cancellable_is_cancelled(cancel))
			break;
		if (!envelope_factor(envelope, value * (1 + above))) {
			above *= 8;
			continue;
		}
		memcpy(plane->of[DIRECTION], plane->of[NOW], n * sizeof(double));
		envelope_solve(envelope, plane->of[NOW]);
		(void)stretch(plane, NOW, false);
		multiply(plane->csr, plane->of[NOW], plane->image[NOW]);
		double now = miss(plane);
		idle = now < *left / 2 ? 0 : idle + 1;
		if (now < *left)
			*left = now;
		else
			memcpy(plane->of[NOW], plane->of[DIRECTION], n * sizeof(double));
		above = MAX(*left, NEAREST);
	}
	envelope_free(envelope);
	return envelope != NULL && *left <= USABLE;
}

static bool settle(struct plane *plane, GCancellable *cancel, double *left)
{
	const struct csr *csr = plane->csr;
	double step_work = (double)csr->n * 8 + csr->start[csr->n];
	guint steps = (guint)MIN(MOST_STEPS, MOST_WORK / step_work);
	bool directed = false;
	for (guint v = 0; v < csr->n; v++)
		plane->of[NOW][v] = csr->start[v + 1] - csr->start[v];
	(void)stretch(plane, NOW, false);
	for (guint step = 0;; step++) {
		if (step % REFRESH == 0) {
			if (cancel && g_cancellable_is_cancelled(cancel))
				return false;
			multiply(csr, plane->of[NOW], plane->image[NOW]);
		}
		*left = miss(plane);
		if (*left <= SETTLED ||
		    (step == MIN(PATIENCE, steps) && solve(plane, cancel, left)) || step >= steps ||
		    !advance(plane, &directed))
			return true;
	}
}

bool leading_vector(const struct csr *csr, const struct kernel_run *run, double *out,
		    GError **error)
{
	guint n = csr->n;
	struct plane plane = { .csr = csr };
	g_autofree double *memory = g_new0(double, 2 * BASIS * (gsize)n + 1);
	double left, most = 0;
	for (guint i = 0; i < BASIS; i++) {
		plane.of[i] = memory + 2 * i * (gsize)n;
		plane.image[i] = plane.of[i] + n;
	}
	if (!settle(&plane, run->cancel, &left)) {
		cancel_fail(error);
		return false;
	}
	for (guint v = 0; v < n; v++)
		most = MAX(most, fabs(plane.of[NOW][v]));
	/* Outside the leading part rounding leaves noise around 0. */
	for (guint v = 0; v < n; v++) {
		double share = fabs(plane.of[NOW][v]) / most;
		out[v] = left > USABLE ? NAN : share < 1e-13 ? 0 : share;
	}
	return true;
}
