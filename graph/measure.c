/*
 * The table of measures, joined from one file of rows a level, and how a value is
 * shown.  What the rows compute is in measures/.
 */
#include "graph/measure.h"

#include "graph/measures/families.h"

#include <glib/gi18n.h>
#include <math.h>
#include <string.h>

#define ROW(...)  { __VA_ARGS__, false },
#define PART(...) { __VA_ARGS__, true },
static const struct measure table[] = {
#include "graph/measures/network.def"
#include "graph/measures/institution.def"
#include "graph/measures/group.def"
#include "graph/measures/tie.def"
#include "graph/measures/position.def"
#include "graph/measures/funding.def"
};

static const struct measure by_length[] = {
#include "graph/measures/length.def"
};
#undef ROW
#undef PART

const char *const measure_levels[LEVELS + 1] = { "network", "group",	"institution",
						 "tie",	    "capacity", NULL };

const struct measure *measures(guint *n)
{
	if (n)
		*n = G_N_ELEMENTS(table);
	return table;
}

const struct measure *measure_find(const char *id)
{
	for (guint i = 0; id && i < G_N_ELEMENTS(table); i++)
		if (strcmp(table[i].id, id) == 0)
			return &table[i];
	return NULL;
}

const struct measure *measures_by_length(guint *n)
{
	*n = G_N_ELEMENTS(by_length);
	return by_length;
}

const struct measure *measure_worded(const struct measure *measure, enum net_length length)
{
	for (guint i = 0; length != LENGTH_STEPS && i < G_N_ELEMENTS(by_length); i++)
		if (strcmp(by_length[i].id, measure->id) == 0)
			return &by_length[i];
	return measure;
}

bool measure_is_finer(const struct measure *measure)
{
	enum {
#define ROW(...)  +1
#define PART(...) +1
		COARSE = 0
#include "graph/measures/network.def"
#include "graph/measures/institution.def"
#include "graph/measures/group.def"
#include "graph/measures/tie.def"
#undef ROW
#undef PART
	};
	return measure - table >= COARSE;
}

bool measure_is_count(const struct measure *measure)
{
	return measure->decimals == 0 && isinf(measure->most);
}

char *measure_format(const struct measure *measure, double value)
{
	char format[16], text[G_ASCII_DTOSTR_BUF_SIZE + 64];
	if (!isfinite(value))
		/* TRANSLATORS: shown where a value does not exist; keep it short. */
		return g_strdup(_("n/a"));
	g_snprintf(format, sizeof format, "%%.%df", measure->decimals);
	g_ascii_formatd(text, sizeof text, format, value);
	/* What rounds to nothing has no sign. */
	if (text[0] == '-' && strspn(text + 1, "0.") == strlen(text + 1))
		memmove(text, text + 1, strlen(text));
	return g_strdup(text);
}

char *measure_change(const struct measure *measure, double before, double after)
{
	g_autofree char *from = measure_format(measure, before);
	g_autofree char *to = measure_format(measure, after);
	double change = isfinite(after - before)
				? g_ascii_strtod(to, NULL) - g_ascii_strtod(from, NULL)
				: NAN;
	g_autofree char *text = measure_format(measure, change);
	return strcmp(from, to) == 0 ? g_strdup("")
				     : g_strconcat(change > 0 ? "+" : "", text, NULL);
}
