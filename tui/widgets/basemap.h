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

#endif
