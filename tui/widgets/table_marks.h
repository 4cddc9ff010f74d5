#ifndef TUI_WIDGETS_TABLE_MARKS_H
#define TUI_WIDGETS_TABLE_MARKS_H

#include <glib.h>
#include <stdbool.h>

/*
 * Which records are marked: a byte for each, so that marking 700,000 costs a pass over
 * them, and their ids, by which they are found again among other records.  Ids are
 * asked for and looked up in pieces; marks whose id is nowhere are kept for records
 * that have it again, as when one comes back from another day.
 */
struct marks_source {
	const void *data;
	char *(*id)(const void *data, guint record);   /* caller frees */
	int (*find)(const void *data, const char *id); /* -1: no such record */
};

struct marks {
	guint n, count; /* records; how many of them are marked */
	guint8 *on;	/* of each record; NULL: none is */
	const char **ids;
	guint known;	     /* the ids of those marked are known before this record */
	GPtrArray *away;     /* ids that are not among the records, or not looked for yet */
	guint looked;	     /* so many of them were looked for */
	GStringChunk *texts; /* of all ids */
	guint counted, seen; /* of so many rows shown, so many are marked */
};

void marks_init(struct marks *marks);
void marks_release(struct marks *marks);
/* `n` other records, which the ids are looked for in. */
void marks_reset(struct marks *marks, guint n);
/* A piece of the work on ids; false: nothing is left to do. */
bool marks_work(struct marks *marks, const struct marks_source *source);
bool marks_are_done(const struct marks *marks);

bool marks_have(const struct marks *marks, guint record);
/* Of one that is marked, NULL: not asked for yet. */
const char *marks_id(const struct marks *marks, guint record);
guint marks_count(const struct marks *marks); /* those that are away as well */
/* Of the rows shown; what was counted holds as long as these only grow, until marks_recount(). */
guint marks_seen(struct marks *marks, const guint32 *shown, guint n);
void marks_recount(struct marks *marks);

/* Marks a record, or takes its mark off. */
void marks_turn(struct marks *marks, guint record, const char *id);
/* Marks rows; false: all of them were. */
bool marks_add(struct marks *marks, const guint32 *shown, guint n);
void marks_clear(struct marks *marks);

#endif
