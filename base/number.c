/*
 * Numbers as text, exactly and fast: most of what tables hold are fractions, and to print
 * and read each of them up to three times took as long as to compute them.
 */
#include "base/json.h"

#include <math.h>
#include <string.h>

#define SIZE   40 /* of any number as text */
#define DIGITS 17 /* as many as any double needs */

/* `digits` with a point before the last `places`, zeros at the end left out. */
static void place_point(guint64 digits, guint places, char *out)
{
	char turned[SIZE];
	guint n = 0;
	while (places > 0 && digits % 10 == 0) {
		digits /= 10;
		places--;
	}
	for (guint i = 0; digits > 0 || i <= places; i++, digits /= 10) {
		if (i == places && i > 0)
			turned[n++] = '.';
		turned[n++] = (char)('0' + digits % 10);
	}
	while (n > 0)
		*out++ = turned[--n];
	*out = '\0';
}

#ifdef __SIZEOF_INT128__
__extension__ typedef unsigned __int128 wide;

static const double powers[] = { 1e-4, 1e-3, 1e-2, 1e-1, 1e0,  1e1,  1e2,  1e3,	 1e4,  1e5,
				 1e6,  1e7,  1e8,  1e9,	 1e10, 1e11, 1e12, 1e13, 1e14, 1e15 };

/*
 * What "%g" writes without an exponent, and 128 bits hold: value = mantissa / 2^shift.
 * Its first digits, rounded as printf does, will do when they are nearer to it than to
 * any other double.
 */
static bool write_shortest(double value, char *out)
{
	guint64 bits, least = (guint64)1 << 52;
	guint above = 1; /* the first power of ten above the value */
	memcpy(&bits, &value, sizeof bits);
	guint64 mantissa = (bits & (least - 1)) | least;
	/* Below a power of two doubles lie closer than above it: left to printf. */
	if (!(value >= powers[0] && value < powers[G_N_ELEMENTS(powers) - 1]) || mantissa == least)
		return false;
	guint shift = 1075 - (guint)(bits >> 52);
	while (powers[above] <= value)
		above++;
	guint places = G_N_ELEMENTS(powers) - 1 - above;
	wide scale = 1, one = (wide)1 << shift;
	for (guint i = 0; i < places; i++)
		scale *= 10;
	for (guint digits = DIGITS - 2; digits <= DIGITS; digits++, places++, scale *= 10) {
		wide exact = scale * mantissa, rest = exact & (one - 1);
		guint64 whole = (guint64)(exact >> shift);
		bool up = rest > one / 2 || (rest == one / 2 && whole % 2 == 1);
		wide off = 2 * (up ? one - rest : rest);
		if (digits < DIGITS && (off > scale || (off == scale && mantissa % 2 == 1)))
			continue;
		place_point(whole + up, places, out);
		break;
	}
	return true;
}
#else
static bool write_shortest(double value, char *out)
{
	(void)value;
	(void)out;
	return false;
}
#endif

static void write_any(double value, char *out)
{
	for (int digits = DIGITS - 2; digits <= DIGITS; digits++) {
		char format[] = { '%', '.', '1', (char)('0' + digits - 10), 'g', '\0' };
		g_ascii_formatd(out, SIZE, format, value);
		if (g_ascii_strtod(out, NULL) == value)
			break;
	}
}

static void write_number(double value, char out[SIZE])
{
	/* Minus zero reads back equal to zero, and people wonder about it. */
	if (value < 0)
		*out++ = '-';
	value = fabs(value);
	/* Most numbers are counts. */
	if (value < 1e15 && value == (double)(guint64)value)
		place_point((guint64)value, 0, out);
	else if (!write_shortest(value, out))
		write_any(value, out);
}

char *json_number_text(double value)
{
	char text[SIZE];
	write_number(value, text);
	return g_strdup(text);
}

void json_append_number(GString *out, double value)
{
	char text[SIZE];
	write_number(value, text);
	g_string_append(out, text);
}
