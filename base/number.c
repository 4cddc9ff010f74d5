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
	for (guint i = 0; i < places; i++, digits /= 10)
		turned[n++] = (char)('0' + digits % 10);
	if (places > 0)
		turned[n++] = '.';
	do {
		turned[n++] = (char)('0' + digits % 10);
		digits /= 10;
	} while (digits > 0);
	while (n > 0)
		*out++ = turned[--n];
	*out = '\0';
}

#ifdef __SIZEOF_INT128__
__extension__ typedef unsigned __int128 wide;

#define LEAST  (-15) /* powers of ten between which values are written so */
#define FIXED  (-4)  /* from which on "%g" writes them without an exponent */
#define POWERS 31

static const double powers[POWERS] = { 1e-15, 1e-14, 1e-13, 1e-12, 1e-11, 1e-10, 1e-9, 1e-8,
				       1e-7,  1e-6,  1e-5,  1e-4,  1e-3,  1e-2,	 1e-1, 1e0,
				       1e1,   1e2,   1e3,   1e4,   1e5,	  1e6,	 1e7,  1e8,
				       1e9,   1e10,  1e11,  1e12,  1e13,  1e14,	 1e15 };

/* "d.ddde-07": the digits' first power of ten is `power`. */
static void place_exponent(guint64 digits, guint places, int power, char *out)
{
	char *end = out;
	place_point(digits, places, out);
	end += strlen(out);
	*end++ = 'e';
	*end++ = '-';
	*end++ = (char)('0' + -power / 10);
	*end++ = (char)('0' + -power % 10);
	*end = '\0';
}

/*
 * What "%g" writes, where 128 bits hold it: value = mantissa / 2^shift.  Its first digits,
 * rounded as printf does, will do when they are nearer to it than to any other double.
 * Times 10^places is times 5^places, and 2^places fewer to divide by.
 */
static bool write_shortest(double value, char *out)
{
	guint64 bits, least = (guint64)1 << 52;
	guint above = 1; /* the first power of ten above the value */
	memcpy(&bits, &value, sizeof bits);
	guint64 mantissa = (bits & (least - 1)) | least;
	if (!(value >= powers[0] && value < powers[POWERS - 1]))
		return false;
	guint shift = 1075 - (guint)(bits >> 52);
	while (powers[above] <= value)
		above++;
	int power = (int)above - 1 + LEAST;
	guint places = (guint)(DIGITS - 3 - power);
	wide scale = 1;
	for (guint i = 0; i < places; i++)
		scale *= 5;
	for (guint digits = DIGITS - 2; digits <= DIGITS; digits++, places++, scale *= 5) {
		wide one = (wide)1 << (shift - places);
		wide exact = scale * mantissa, rest = exact & (one - 1);
		guint64 whole = (guint64)(exact >> (shift - places));
		bool up = rest > one / 2 || (rest == one / 2 && whole % 2 == 1);
		wide off = 2 * (up ? one - rest : rest);
		/* Below a power of two doubles lie closer than above it. */
		if (mantissa == least && !up)
			off *= 2;
		if (digits < DIGITS && (off > scale || (off == scale && mantissa % 2 == 1)))
			continue;
		if (power < FIXED)
			place_exponent(whole + up, digits - 1, power, out);
		else
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
