/*
 * Calendar dates with the precision they were stated with.  For reading,
 * ordering and shifting them; not for the time of day or time zones (clock.c).
 */
#include "base/date.h"

#include <string.h>

bool date_is_set(struct date date)
{
	return date.year != 0;
}

static bool digits_parse(const char *text, guint n, int *out)
{
	int value = 0;

	for (guint i = 0; i < n; i++) {
		if (!g_ascii_isdigit(text[i]))
			return false;
		value = value * 10 + (text[i] - '0');
	}
	*out = value;
	return true;
}

static int month_days(int year, int month)
{
	return g_date_get_days_in_month((GDateMonth)month, (GDateYear)year);
}

bool date_parse(const char *text, struct date *out)
{
	int year, month = 0, day = 0;
	gsize length;

	if (!text)
		return false;
	length = strnlen(text, 11);
	if (length != 4 && length != 7 && length != 10)
		return false;
	if (!digits_parse(text, 4, &year) || year < 1000)
		return false;
	if (length >= 7 &&
	    (text[4] != '-' || !digits_parse(text + 5, 2, &month) || month < 1 || month > 12))
		return false;
	if (length == 10 && (text[7] != '-' || !digits_parse(text + 8, 2, &day) || day < 1 ||
			     day > month_days(year, month)))
		return false;
	*out = (struct date){ (gint16)year, (guint8)month, (guint8)day };
	return true;
}

const char *date_format(struct date date, char out[DATE_TEXT_SIZE])
{
	if (!date_is_set(date))
		out[0] = '\0';
	else if (!date.month)
		g_snprintf(out, DATE_TEXT_SIZE, "%04d", date.year);
	else if (!date.day)
		g_snprintf(out, DATE_TEXT_SIZE, "%04d-%02u", date.year, date.month);
	else
		g_snprintf(out, DATE_TEXT_SIZE, "%04d-%02u-%02u", date.year, date.month, date.day);
	return out;
}

struct date date_first_day(struct date date)
{
	if (!date_is_set(date))
		return date;
	if (!date.month)
		date.month = 1;
	if (!date.day)
		date.day = 1;
	return date;
}

struct date date_last_day(struct date date)
{
	if (!date_is_set(date))
		return date;
	if (!date.month) {
		date.month = 12;
		date.day = 0;
	}
	if (!date.day)
		date.day = (guint8)month_days(date.year, date.month);
	return date;
}

int date_compare(struct date a, struct date b)
{
	a = date_first_day(a);
	b = date_first_day(b);
	if (a.year != b.year)
		return a.year < b.year ? -1 : 1;
	if (a.month != b.month)
		return a.month < b.month ? -1 : 1;
	if (a.day != b.day)
		return a.day < b.day ? -1 : 1;
	return 0;
}

/* Whole months from day `a` to a later or equal day `b`. */
static int months_forward(struct date a, struct date b)
{
	int months = (b.year - a.year) * 12 + b.month - a.month;
	/* The last day of a shorter month completes a month that began on the 31st. */
	guint8 due = (guint8)MIN((int)a.day, month_days(b.year, b.month));

	return b.day < due ? months - 1 : months;
}

int date_months_between(struct date from, struct date to)
{
	if (!date_is_set(from) || !date_is_set(to))
		return 0;
	from = date_last_day(from);
	to = date_first_day(to);
	if (date_compare(from, to) <= 0)
		return months_forward(from, to);
	return -months_forward(to, from);
}

bool date_is_ahead(struct date begun, struct date day)
{
	return date_is_set(begun) && date_is_set(day) &&
	       date_compare(date_first_day(begun), day) > 0;
}

struct date date_add_months(struct date date, int months)
{
	int total, year;

	if (!date_is_set(date))
		return date;
	if (!date.month) {
		/* A year moves by whole years only, rounded towards where it goes less far. */
		year = date.year + months / 12;
		date.year = (gint16)CLAMP(year, 1000, 9999);
		return date;
	}
	total = date.year * 12 + (date.month - 1) + months;
	year = total / 12;
	if (year < 1000)
		return (struct date){ 1000, 1, date.day ? 1 : 0 };
	if (year > 9999)
		return (struct date){ 9999, 12, date.day ? 31 : 0 };
	date.year = (gint16)year;
	date.month = (guint8)(total % 12 + 1);
	if (date.day)
		date.day = (guint8)MIN((int)date.day, month_days(year, date.month));
	return date;
}
