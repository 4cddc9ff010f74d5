#ifndef TUI_WIDGETS_BASEMAP_H
#define TUI_WIDGETS_BASEMAP_H

#include "tui/widgets/canvas.h"

/* Degrees to dots: `lon`, `lat` are at dot (0, 0); `x`, `y` dots a degree. */
struct projection {
	double lon, lat;
	double x, y;
};

/* Coasts and, with `borders`, borders of countries, drawn at `level`. */
void basemap_draw(struct canvas *canvas, const struct projection *projection, bool borders,
		  guint level, enum style style);

/* The middle of a country (ISO 3166-1 alpha-2); false for one too small for this scale. */
bool basemap_country(const char *code, double *lat, double *lon);

#endif
