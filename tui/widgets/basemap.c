#include "tui/widgets/basemap.h"

#include <string.h>

/*
 * The coasts and borders of the world, as a ground to place institutions on.
 * Small scale on purpose: it says where one is, it is not for measuring.
 */
struct line {
	guint16 first, length;
	guint8 border;
};

struct middle {
	char code[3];
	gint16 lon, lat; /* hundredths of a degree */
};

#include "tui/widgets/basemap_data.inc"

static void draw_line(struct canvas *canvas, const struct projection *projection,
		      const struct line *line, guint level, enum style style)
{
	int lon = 0, lat = 0;
	double x = 0, y = 0;

	for (guint i = 0; i < line->length; i++) {
		double from_x = x, from_y = y;

		lon += points[line->first + i][0];
		lat += points[line->first + i][1];
		x = (lon / 100.0 - projection->lon) * projection->x;
		y = (projection->lat - lat / 100.0) * projection->y;
		if (i)
			canvas_line(canvas, from_x, from_y, x, y,
				    line->border ? CANVAS_SPARSE : CANVAS_SOLID, level, style);
	}
}

void basemap_draw(struct canvas *canvas, const struct projection *projection, bool borders,
		  guint level, enum style style)
{
	for (guint i = 0; i < G_N_ELEMENTS(lines); i++) {
		if (borders || !lines[i].border)
			draw_line(canvas, projection, &lines[i], level, style);
	}
}

bool basemap_country(const char *code, double *lat, double *lon)
{
	for (guint i = 0; code && i < G_N_ELEMENTS(middles); i++) {
		if (strcmp(middles[i].code, code) != 0)
			continue;
		*lat = middles[i].lat / 100.0;
		*lon = middles[i].lon / 100.0;
		return true;
	}
	return false;
}
