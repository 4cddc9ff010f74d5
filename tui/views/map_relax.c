#include "tui/views/map.h"

#include <math.h>

/*
 * A small spring layout for the places of some tens of groups, so that tied
 * groups are near each other and no two coincide.  Deterministic: it starts from
 * the places it is given.  Institutions themselves are laid out by the study.
 */

static void keep_apart(double (*place)[2], double (*force)[2], guint n, double ideal)
{
	for (guint i = 0; i < n; i++) {
		for (guint j = i + 1; j < n; j++) {
			double dx = place[i][0] - place[j][0], dy = place[i][1] - place[j][1];
			double square = MAX(dx * dx + dy * dy, 1e-6);
			double push = ideal * ideal / square;

			force[i][0] += dx * push;
			force[i][1] += dy * push;
			force[j][0] -= dx * push;
			force[j][1] -= dy * push;
		}
	}
}

static void pull_together(double (*place)[2], double (*force)[2], const double *weight, guint n,
			  double ideal)
{
	for (guint i = 0; i < n; i++) {
		for (guint j = i + 1; j < n; j++) {
			double w = weight[i * n + j], dx, dy, pull;

			if (w <= 0)
				continue;
			dx = place[i][0] - place[j][0];
			dy = place[i][1] - place[j][1];
			/* Many ties pull more than one, but not so many times more. */
			pull = log1p(w) * sqrt(dx * dx + dy * dy) / ideal * 0.5;
			force[i][0] -= dx * pull;
			force[i][1] -= dy * pull;
			force[j][0] += dx * pull;
			force[j][1] += dy * pull;
		}
		/* Groups without ties to others must not drift away. */
		force[i][0] -= (place[i][0] - 0.5) * 0.6;
		force[i][1] -= (place[i][1] - 0.5) * 0.6;
	}
}

/* Half by where it is, half by its rank: fills the square, keeps the order. */
static void fill_square(double (*place)[2], guint n, int axis)
{
	g_autofree double *to = g_new(double, n);
	double least = G_MAXDOUBLE, most = -G_MAXDOUBLE;

	for (guint i = 0; i < n; i++) {
		least = MIN(least, place[i][axis]);
		most = MAX(most, place[i][axis]);
	}
	for (guint i = 0; i < n; i++) {
		guint below = 0;
		double span = MAX(most - least, 1e-9);

		for (guint j = 0; j < n; j++) {
			below += place[j][axis] < place[i][axis] ||
				 (j < i && place[j][axis] == place[i][axis]);
		}
		to[i] = 0.5 * (place[i][axis] - least) / span +
			0.5 * (n > 1 ? (double)below / (n - 1) : 0.5);
	}
	for (guint i = 0; i < n; i++)
		place[i][axis] = 0.03 + 0.94 * to[i];
}

guint map_relax_rounds(guint n)
{
	return n < 100 ? 150 : 40;
}

static void relax_once(double (*place)[2], double (*force)[2], const double *weight, guint n,
		       guint round)
{
	double ideal = sqrt(1.0 / MAX(n, 1u));
	double most = 0.15 * (1.0 - (double)round / map_relax_rounds(n));

	for (guint i = 0; i < n; i++)
		force[i][0] = force[i][1] = 0;
	keep_apart(place, force, n, ideal);
	pull_together(place, force, weight, n, ideal);
	for (guint i = 0; i < n; i++) {
		double size = hypot(force[i][0], force[i][1]);
		double step = size > most ? most / size : 1;

		place[i][0] += force[i][0] * step;
		place[i][1] += force[i][1] * step;
	}
}

void map_relax(double (*place)[2], const double *weight, guint n, guint from, guint until)
{
	g_autofree double *room = g_new0(double, 2 * (gsize)n + 1);

	/* Coinciding places get a direction of their own. */
	for (guint i = 0; i < n && from == 0; i++) {
		place[i][0] += 0.02 * cos(SUN_ANGLE * i);
		place[i][1] += 0.02 * sin(SUN_ANGLE * i);
	}
	for (guint round = from; round < until; round++)
		relax_once(place, (double(*)[2])(void *)room, weight, n, round);
	if (until < map_relax_rounds(n))
		return;
	fill_square(place, n, 0);
	fill_square(place, n, 1);
}
