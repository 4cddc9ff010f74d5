#ifndef BASE_DATE_H
#define BASE_DATE_H

#include <glib.h>
#include <stdbool.h>

/*
 * A calendar date that keeps the precision it was stated with: `2023`,
 * `2023-05` or `2023-05-11`.  year 0 means "no date"; month 0 "year only";
 * day 0 "year and month only".
 */
struct date {
	gint16 year;
	guint8 month;
	guint8 day;
};

#define DATE_TEXT_SIZE 16

bool date_is_set(struct date date);

/* Accepts exactly YYYY, YYYY-MM, YYYY-MM-DD with a real month and day; years 1000 to 9999. */
bool date_parse(const char *text, struct date *out);

/* Writes the canonical form ("" for no date) into `out` and returns it. */
const char *date_format(struct date date, char out[DATE_TEXT_SIZE]);

/*
 * <0, 0, >0 by calendar order.  A coarser date stands for its first day; no
 * date sorts before every date.
 */
int date_compare(struct date a, struct date b);

/*
 * The first and the last day that a date can mean: 2023 is 2023-01-01 and
 * 2023-12-31.  Unset stays unset.
 */
struct date date_first_day(struct date date);
struct date date_last_day(struct date date);

/* Whether what began then had not begun on `day`.  Nothing stated has; without a day all has. */
bool date_is_ahead(struct date begun, struct date day);

/* Whole months from the last day of `from` to the first day of `to`; negative if `to` is before. */
int date_months_between(struct date from, struct date to);

/* The date `months` later (or earlier), same precision, day clipped to the month. */
struct date date_add_months(struct date date, int months);

#endif
