/*
 * The time and the person at the keyboard: the one place that asks the system
 * for either.  Not for calendar arithmetic (date.c).
 */
#include "base/clock.h"
#include "base/start.h"

#include <string.h>
#include <time.h>

/* The first moment after all that `date` can mean. */
static char *day_after(struct date date)
{
	struct date last = date_last_day(date);
	GDate day;
	char text[DATE_TEXT_SIZE];

	g_date_clear(&day, 1);
	g_date_set_dmy(&day, last.day, (GDateMonth)last.month, (GDateYear)last.year);
	g_date_add_days(&day, 1);
	g_snprintf(text, sizeof text, "%04u-%02u-%02u", g_date_get_year(&day),
		   (guint)g_date_get_month(&day), (guint)g_date_get_day(&day));
	return g_strconcat(text, "T00:00:00Z", NULL);
}

bool clock_parse(const char *text, bool end, gint64 *out)
{
	struct date date;
	g_autofree char *whole = NULL;
	g_autoptr(GTimeZone) utc = g_time_zone_new_utc();
	g_autoptr(GDateTime) time = NULL;

	if (date_parse(text, &date)) {
		char day[DATE_TEXT_SIZE];
		whole = end ? day_after(date)
			    : g_strconcat(date_format(date_first_day(date), day), "T00:00:00Z",
					  NULL);
		text = whole;
	} else if (strlen(text) == strlen("2026-11-22T10:00")) {
		whole = g_strconcat(text, ":00", NULL);
		text = whole;
	}
	time = g_date_time_new_from_iso8601(text, utc);
	if (!time)
		return false;
	*out = g_date_time_to_unix(time) * G_USEC_PER_SEC + g_date_time_get_microsecond(time);
	return true;
}

/* TELAR_NOW as microseconds; false when it is unset or not a time. */
static bool wanted_now(gint64 *out)
{
	const char *text = start_env("TELAR_NOW");

	return text && clock_parse(text, false, out);
}

static gint64 system_now(void *data)
{
	gint64 now;

	(void)data;
	return wanted_now(&now) ? now : g_get_real_time();
}

static gint64 fixed_now(void *data)
{
	return *(const gint64 *)data;
}

struct clock clock_system(void)
{
	return (struct clock){ system_now, NULL };
}

struct clock clock_fixed(const gint64 *microseconds)
{
	return (struct clock){ fixed_now, (void *)(guintptr)microseconds };
}

gint64 clock_now(const struct clock *clock)
{
	return clock->now(clock->data);
}

gint64 clock_stamp(void)
{
	struct timespec now;

	return clock_gettime(CLOCK_REALTIME_COARSE, &now) == 0
		       ? (gint64)now.tv_sec * 1000000000 + now.tv_nsec
		       : 0;
}

static GDateTime *utc_time(gint64 microseconds)
{
	gint64 seconds = microseconds / G_USEC_PER_SEC;

	if (microseconds % G_USEC_PER_SEC < 0)
		seconds--;
	return g_date_time_new_from_unix_utc(seconds);
}

/* UTC and not the local day: the same data must give the same answers in every time zone. */
struct date clock_today(const struct clock *clock)
{
	g_autoptr(GDateTime) time = utc_time(clock_now(clock));

	if (!time)
		return (struct date){ 0 };
	return (struct date){ (gint16)g_date_time_get_year(time),
			      (guint8)g_date_time_get_month(time),
			      (guint8)g_date_time_get_day_of_month(time) };
}

const char *clock_format(gint64 microseconds, char out[CLOCK_TEXT_SIZE])
{
	g_autoptr(GDateTime) time = utc_time(microseconds);

	out[0] = '\0';
	if (time)
		g_snprintf(out, CLOCK_TEXT_SIZE, "%04d-%02d-%02dT%02d:%02d:%02dZ",
			   g_date_time_get_year(time), g_date_time_get_month(time),
			   g_date_time_get_day_of_month(time), g_date_time_get_hour(time),
			   g_date_time_get_minute(time), g_date_time_get_second(time));
	return out;
}

char *clock_local(gint64 microseconds)
{
	g_autoptr(GDateTime) time = utc_time(microseconds);
	g_autoptr(GDateTime) local = time ? g_date_time_to_local(time) : NULL;

	return local ? g_date_time_format(local, "%Y-%m-%d %H:%M") : g_strdup("");
}

char *clock_user(void)
{
	const char *name = start_env("TELAR_ACTOR");

	if (!name)
		name = g_get_user_name();
	return g_strdup(name && *name ? name : "somebody");
}
