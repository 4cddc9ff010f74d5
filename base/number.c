/*
 * Numbers as text, exactly and fast: most of what tables hold are fractions, and to print
 * and read each of them up to three times took as long as to compute them.
 */
#include "base/json.h"

#include <math.h>
#include <string.h>

#define DIGITS 17 /* as many as any double needs */

static const char pairs[] = "0001020304050607080910111213141516171819"
			    "2021222324252627282930313233343536373839"
			    "4041424344454647484950515253545556575859"
			    "6061626364656667686970717273747576777879"
			    "8081828384858687888990919293949596979899";

/* Takes the last `n` digits and puts them in front of `end`; where they begin. */
static char *put_digits(guint64 *digits, guint n, char *end)
{
	for (; n > 1; n -= 2, *digits /= 100)
		end = memcpy(end - 2, pairs + 2 * (*digits % 100), 2);
	if (n > 0) {
		*--end = (char)('0' + *digits % 10);
		*digits /= 10;
	}
	return end;
}

/* `digits` with a point before the last `places`, zeros at the end left out; the end. */
static char *place_point(guint64 digits, guint places, char *out)
{
	char text[NUMBER_SIZE], *end = text + NUMBER_SIZE, *begin = end;
	for (; places > 0 && digits % 10 == 0; places--)
		digits /= 10;
	if (places > 0) {
		begin = put_digits(&digits, places, begin);
		*--begin = '.';
	}
	while (digits >= 100)
		begin = put_digits(&digits, 2, begin);
	begin = put_digits(&digits, digits >= 10 ? 2 : 1, begin);
	gsize length = (gsize)(end - begin);
	memcpy(out, begin, length);
	out[length] = '\0';
	return out + length;
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

/* The power of ten of the first digit; by that of two it is this or one more. */
static int power_of(double value, int two)
{
	int power = (two * 1233 - (two < 0 ? 4095 : 0)) / 4096; /* log10(2), downwards */
	return power + (powers[power + 1 - LEAST] <= value);
}

/* "d.ddde-07": the digits' first power of ten is `power`. */
static char *place_exponent(guint64 digits, guint places, int power, char *out)
{
	char *end = place_point(digits, places, out);
	*end++ = 'e';
	*end++ = '-';
	*end++ = (char)('0' + -power / 10);
	*end++ = (char)('0' + -power % 10);
	*end = '\0';
	return end;
}

/*
 * What "%g" writes, where 128 bits hold it: value = mantissa / 2^shift.  Its first digits,
 * rounded as printf does, will do when they are nearer to it than to any other double.
 * Times 10^places is times 5^places, and 2^places fewer to divide by.
 */
static char *write_shortest(double value, char *out)
{
	guint64 bits, least = (guint64)1 << 52;
	memcpy(&bits, &value, sizeof bits);
	guint64 mantissa = (bits & (least - 1)) | least;
	if (!(value >= powers[0] && value < powers[POWERS - 1]))
		return NULL;
	guint shift = 1075 - (guint)(bits >> 52);
	int power = power_of(value, (int)(bits >> 52) - 1023);
	guint places = (guint)(DIGITS - 3 - power);
	wide scale = 1;
	for (guint i = places / 8; i > 0; i--)
		scale *= 390625; /* 5^8 */
	for (guint i = places % 8; i > 0; i--)
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
		out = power < FIXED ? place_exponent(whole + up, digits - 1, power, out)
				    : place_point(whole + up, places, out);
		break;
	}
	return out;
}
#else
static char *write_shortest(double value, char *out)
{
	(void)value;
	(void)out;
	return NULL;
}
#endif

static char *write_any(double value, char *out)
{
	for (int digits = DIGITS - 2; digits <= DIGITS; digits++) {
		char format[] = { '%', '.', '1', (char)('0' + digits - 10), 'g', '\0' };
		g_ascii_formatd(out, NUMBER_SIZE, format, value);
		if (g_ascii_strtod(out, NULL) == value)
			break;
	}
	return out + strlen(out);
}

char *json_write_number(double value, char out[NUMBER_SIZE])
{
	/* Minus zero reads back equal to zero, and people wonder about it. */
	if (value < 0)
		*out++ = '-';
	value = fabs(value);
	/* Most numbers are counts. */
	if (value < 1e15 && value == (double)(guint64)value)
		return place_point((guint64)value, 0, out);
	char *end = write_shortest(value, out);
	return end ? end : write_any(value, out);
}

char *json_number_text(double value)
{
	char text[NUMBER_SIZE];
	return g_strndup(text, (gsize)(json_write_number(value, text) - text));
}

void json_append_number(GString *out, double value)
{
	char text[NUMBER_SIZE];
	g_string_append_len(out, text, json_write_number(value, text) - text);
}
