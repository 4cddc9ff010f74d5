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

static void put_pair(guint number, char *to)
{
	memcpy(to, pairs + 2 * number, 2);
}

#define EIGHT 100000000 /* numbers of eight digits */

static void put_eight(guint32 number, char *to)
{
	guint32 high = number / 10000, low = number % 10000;
	put_pair(high / 100, to);
	put_pair(high % 100, to + 2);
	put_pair(low / 100, to + 4);
	put_pair(low % 100, to + 6);
}

/* Below 10^16; most have one digit or two.  The end. */
static char *place_count(guint64 number, char *out)
{
	if (number < 10) {
		*out++ = (char)('0' + number);
	} else if (number < 100) {
		put_pair((guint)number, out);
		out += 2;
	} else {
		char text[32] = "", *begin = text;
		put_eight((guint32)(number / EIGHT), text);
		put_eight((guint32)(number % EIGHT), text + 8);
		while (*begin == '0')
			begin++;
		memcpy(out, begin, 16);
		out += text + 16 - begin;
	}
	*out = '\0';
	return out;
}

/* Zeros at the end of so many places are left out. */
static guint64 strip(guint64 digits, guint *places)
{
	static const struct {
		guint32 unit;
		guint places;
	} steps[] = { { EIGHT, 8 }, { 10000, 4 }, { 100, 2 }, { 10, 1 } };
	for (guint i = 0; digits % 10 == 0 && i < G_N_ELEMENTS(steps); i++) {
		if (*places < steps[i].places || digits % steps[i].unit != 0)
			continue;
		digits /= steps[i].unit;
		*places -= steps[i].places;
	}
	return digits;
}

/*
 * `digits`, 10^17 at the most, with a point before the last `places`, of which there are up
 * to 20, and without zeros at the end; the end.  Copied in pieces of one length, as this is
 * faster than to ask for the length.
 */
static char *place_point(guint64 digits, guint places, char *out)
{
	enum { FIRST = 14, END = 32 };
	char text[END + 24], *begin = text + FIRST;
	digits = strip(digits, &places);
	memset(text, '0', sizeof text);
	put_pair((guint)(digits / EIGHT / EIGHT), begin);
	put_eight((guint32)(digits / EIGHT % EIGHT), begin + 2);
	put_eight((guint32)(digits % EIGHT), begin + 10);
	char *point = text + END - places;
	while (begin < point - 1 && *begin == '0')
		begin++;
	begin = MIN(begin, point - 1);
	memcpy(out, begin, 16);
	out += point - begin;
	if (places > 0) {
		*out++ = '.';
		memcpy(out, point, 16);
		if (places > 16)
			memcpy(out + 16, point + 16, 8);
		out += places;
	}
	*out = '\0';
	return out;
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

/* Powers of five: times 10^n is times 5^n, and 2^n fewer to divide by. */
#define FIVES(n)    (n), (n)*5, (n)*25, (n)*125, (n)*625, (n)*3125, (n)*15625, (n)*78125
#define EIGHT_FIVES ((wide)390625)
static const wide fives[] = { FIVES((wide)1), FIVES(EIGHT_FIVES), FIVES(EIGHT_FIVES *EIGHT_FIVES),
			      FIVES(EIGHT_FIVES *EIGHT_FIVES *EIGHT_FIVES) };

/* A double in units of its seventeenth digit: whole + rest / 2^shift; the next one is `step` on. */
struct exact {
	guint64 whole;
	wide rest, step;
	guint shift;
	bool odd, power; /* its mantissa; a power of two */
};

/*
 * To digits of which each is so many units, as printf rounds; false when another double is as
 * near to them.
 */
static inline bool round_to(const struct exact *exact, guint units, guint64 *digits)
{
	guint64 head = exact->whole / units;
	wide over = ((wide)(exact->whole % units) << exact->shift) + exact->rest;
	wide under = ((wide)units << exact->shift) - over;
	bool up = over > under || (over == under && head % 2 == 1);
	wide off = 2 * (up ? under : over);
	/* Below a power of two doubles lie closer than above it. */
	if (exact->power && !up)
		off *= 2;
	*digits = head + up;
	return off < exact->step || (off == exact->step && !exact->odd);
}

/*
 * What "%g" writes, where 128 bits hold it: its first fifteen digits will do, or sixteen, when
 * they are nearer to it than to any other double, and seventeen always.
 */
static char *write_shortest(double value, char *out)
{
	guint64 bits, digits, least = (guint64)1 << 52;
	memcpy(&bits, &value, sizeof bits);
	guint64 mantissa = (bits & (least - 1)) | least;
	if (!(value >= powers[0] && value < powers[POWERS - 1]))
		return NULL;
	int power = power_of(value, (int)(bits >> 52) - 1023);
	guint places = (guint)(DIGITS - 1 - power), fewer = 2;
	struct exact exact = { .step = fives[places],
			       .shift = 1075 - (guint)(bits >> 52) - places,
			       .odd = mantissa % 2 == 1,
			       .power = mantissa == least };
	wide product = exact.step * mantissa;
	exact.whole = (guint64)(product >> exact.shift);
	exact.rest = product & (((wide)1 << exact.shift) - 1);
	/* Most that are quotients are far from fifteen digits. */
	guint far = (guint)(exact.whole % 100), step = (guint)(exact.step >> exact.shift);
	bool no = 2 * MIN(far, 99 - far) > step + 1;
	if (no || !round_to(&exact, 100, &digits))
		fewer = round_to(&exact, 10, &digits) ? 1 : 0;
	if (fewer == 0)
		(void)round_to(&exact, 1, &digits);
	return power < FIXED ? place_exponent(digits, DIGITS - 1 - fewer, power, out)
			     : place_point(digits, places - fewer, out);
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
		return place_count((guint64)value, out);
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
