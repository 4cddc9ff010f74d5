#ifndef BASE_CLOCK_H
#define BASE_CLOCK_H

#include "base/date.h"

#define CLOCK_TEXT_SIZE 32

/*
 * The only door to the wall clock and to who is using the computer.  Lower
 * layers never look themselves: they are handed a `struct clock`, so that a
 * test, a screenshot or a what-if can run on any day.
 */
struct clock {
	gint64 (*now)(void *data); /* microseconds since 1970 UTC */
	void *data;
};

/* The system's clock; `TELAR_NOW` (an ISO date or date and time, UTC) fixes it. */
struct clock clock_system(void);
/* A clock that stands still at `microseconds`. */
struct clock clock_fixed(const gint64 *microseconds);

gint64 clock_now(const struct clock *clock);
struct date clock_today(const struct clock *clock);

/*
 * The clock by which the kernel stamps files, in nanoseconds.  It moves in ticks of a
 * few milliseconds: a file stamped now may be written once more under the same stamp.
 */
gint64 clock_stamp(void);

/*
 * A date, or an ISO 8601 date and time, which is UTC unless it says otherwise, as
 * microseconds: the first moment it means, or with `end` the first after it (of a
 * date; a time is one moment).
 */
bool clock_parse(const char *text, bool end, gint64 *out);

/* ISO 8601 UTC to the second, "2026-11-22T14:02:05Z"; returns `out`. */
const char *clock_format(gint64 microseconds, char out[CLOCK_TEXT_SIZE]);

/* As people read it where they are: "2026-11-22 14:02", in local time.  Caller frees. */
char *clock_local(gint64 microseconds);

/*
 * Who acts when nothing says otherwise: $TELAR_ACTOR, else the login name.
 * Never empty.  Caller frees.
 */
char *clock_user(void);

#endif
