/*
 * What the territories of a network have in common.  What one of them lacks is
 * said by the register (gaps/g2_missing_sectors.c) and its card.
 */
#include "graph/usual.h"

void sectors_usual(const guint *members, const guint *by_sector, guint territories, guint sectors,
		   double *usual)
{
	guint large = 0;
	for (guint s = 0; s < sectors; s++)
		usual[s] = 0;
	for (guint t = 0; t < territories; t++) {
		if (members[t] < USUAL_LARGE)
			continue;
		large++;
		for (guint s = 0; s < sectors; s++)
			usual[s] += by_sector[(gsize)t * sectors + s] > 0;
	}
	for (guint s = 0; s < sectors; s++)
		usual[s] /= MAX(large, 1);
}
