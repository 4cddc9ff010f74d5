#include "tui/widgets/table_marks.h"

#include <string.h>

/*
 * Marks as bytes of records, ids in one block that goes when the last mark does.
 * What marked rows are good for is the business of views.
 */
#define PIECE 2048  /* ids asked for or looked up at once */
#define LOOK  65536 /* records looked at for a mark at once */

void marks_init(struct marks *marks)
{
	memset(marks, 0, sizeof *marks);
	marks->away = g_ptr_array_new();
}

void marks_release(struct marks *marks)
{
	marks_clear(marks);
	g_ptr_array_unref(marks->away);
}

void marks_clear(struct marks *marks)
{
	g_clear_pointer(&marks->on, g_free);
	g_clear_pointer(&marks->ids, g_free);
	g_clear_pointer(&marks->texts, g_string_chunk_free);
	g_ptr_array_set_size(marks->away, 0);
	marks->count = marks->known = marks->looked = 0;
	marks_recount(marks);
}

/* Room for the marks of all records, once there is one. */
static void begin(struct marks *marks)
{
	if (marks->on == NULL) {
		marks->on = g_new0(guint8, marks->n + 1);
		marks->ids = g_new0(const char *, marks->n + 1);
	}
	if (marks->texts == NULL)
		marks->texts = g_string_chunk_new(1 << 12);
}

void marks_reset(struct marks *marks, guint n)
{
	for (guint i = 0; marks->on != NULL && i < marks->n; i++)
		if (marks->on[i] != 0 && marks->ids[i] != NULL)
			g_ptr_array_add(marks->away, (gpointer)marks->ids[i]);
	g_clear_pointer(&marks->on, g_free);
	g_clear_pointer(&marks->ids, g_free);
	marks->n = n;
	marks->count = marks->known = marks->looked = 0;
	marks_recount(marks);
}

static void set(struct marks *marks, guint record)
{
	marks->count += marks->on[record] == 0;
	marks->on[record] = 1;
}

static void look(struct marks *marks, const struct marks_source *source)
{
	guint from = marks->looked, kept = from;

	begin(marks);
	for (guint k = 0; k < PIECE && marks->looked < marks->away->len; k++) {
		gpointer id = g_ptr_array_index(marks->away, marks->looked++);
		int record = marks->n == 0 ? -1 : source->find(source->data, id);

		if (record >= 0) {
			set(marks, (guint)record);
			marks->ids[record] = id;
		} else {
			marks->away->pdata[kept++] = id;
		}
	}
	if (kept < marks->looked)
		g_ptr_array_remove_range(marks->away, kept, marks->looked - kept);
	marks->looked = kept;
	marks_recount(marks);
}

static void ask(struct marks *marks, const struct marks_source *source)
{
	for (guint asked = 0, k = 0; k < LOOK && asked < PIECE && marks->known < marks->n; k++) {
		guint record = marks->known++;

		if (marks->on[record] != 0 && marks->ids[record] == NULL) {
			g_autofree char *id = source->id(source->data, record);

			marks->ids[record] = g_string_chunk_insert(marks->texts, id);
			asked++;
		}
	}
}

bool marks_are_done(const struct marks *marks)
{
	return marks->looked == marks->away->len && (marks->count == 0 || marks->known == marks->n);
}

bool marks_work(struct marks *marks, const struct marks_source *source)
{
	if (marks_are_done(marks))
		return false;
	if (marks->looked < marks->away->len)
		look(marks, source);
	else
		ask(marks, source);
	return !marks_are_done(marks);
}

bool marks_have(const struct marks *marks, guint record)
{
	return marks->on != NULL && marks->on[record] != 0;
}

const char *marks_id(const struct marks *marks, guint record)
{
	return marks_have(marks, record) ? marks->ids[record] : NULL;
}

guint marks_count(const struct marks *marks)
{
	return marks->count + marks->away->len;
}

void marks_recount(struct marks *marks)
{
	marks->counted = marks->seen = 0;
}

guint marks_seen(struct marks *marks, const guint32 *shown, guint n)
{
	if (marks->count == 0)
		return 0;
	if (n < marks->counted)
		marks_recount(marks);
	while (marks->counted < n)
		marks->seen += marks->on[shown[marks->counted++]];
	return marks->seen;
}

void marks_turn(struct marks *marks, guint record, const char *id)
{
	bool all = marks->known == marks->n;

	begin(marks);
	if (marks->on[record] != 0) {
		marks->on[record] = 0;
		marks->count--;
	} else {
		set(marks, record);
		if (marks->ids[record] == NULL)
			marks->ids[record] = g_string_chunk_insert(marks->texts, id);
		/* Those before it were asked for, or there were none. */
		marks->known = all || marks->count == 1 ? marks->n : marks->known;
	}
	marks_recount(marks);
}

bool marks_add(struct marks *marks, const guint32 *shown, guint n)
{
	guint before = marks->count;

	begin(marks);
	for (guint i = 0; i < n; i++)
		set(marks, shown[i]);
	marks_recount(marks);
	if (marks->count == before)
		return false;
	marks->known = 0;
	return true;
}
