#include "tui/widgets/table.h"

#include <math.h>
#include <string.h>

#include <glib/gi18n.h>

#include "tui/widgets/table_layout.h"
#include "tui/widgets/table_search.h"

/*
 * Where one stands among the rows: selection by id, movement, order, marks.
 * Painting is in table_draw.c, who is shown in table_order.c; what a record means
 * is the view's business.
 */
static void forget_texts(struct tableview *table)
{
	for (guint i = 0; i < table->n_columns; i++)
		table->needs[i].most = -1;
}

struct tableview *tableview_new(const struct tableview_column *columns, guint n, int sort)
{
	struct tableview *table = g_new0(struct tableview, 1);

	table->columns = columns;
	table->n_columns = n;
	table->chosen = g_new0(bool, n + 1);
	table->needs = g_new(struct tableview_need, n + 1);
	for (guint i = 0; i < n; i++)
		table->chosen[i] = !columns[i].off;
	forget_texts(table);
	order_init(&table->order, n);
	table->marks = g_new(struct marks, 1);
	marks_init(table->marks);
	table->search = search_new();
	table->sort = sort;
	table->reverse = sort >= 0 && columns[sort].descending;
	table->page = 1;
	table->wanted = -1;
	return table;
}

void tableview_free(struct tableview *table)
{
	if (table == NULL)
		return;
	order_release(&table->order);
	search_free(table->search);
	marks_release(table->marks);
	g_free(table->marks);
	prompt_free(table->prompt);
	g_free(table->chosen);
	g_free(table->needs);
	g_free(table->range);
	g_free(table->selected);
	g_free(table->beside);
	g_free(table);
}

const char *tableview_title(const struct tableview_column *column)
{
	const char *title = g_dpgettext2(NULL, "column", column->title);

	return title == column->title ? _(title) : title;
}

static char *column_text(const void *data, guint i, guint record)
{
	const struct tableview *table = data;
	const struct tableview_column *column = &table->columns[i];
	enum style style = STYLE_NORMAL;
	char *text = NULL;

	text = column->text(table->source.data, column->arg, record, &style);
	return text;
}

static double column_number(const void *data, guint i, guint record)
{
	const struct tableview *table = data;

	return table->columns[i].number(table->source.data, table->columns[i].arg, record);
}

static bool column_has_number(const void *data, guint i)
{
	return ((const struct tableview *)data)->columns[i].number != NULL;
}

static bool record_passes(const void *data, guint record)
{
	const struct tableview *table = data;

	return table->source.passes(table->source.data, record);
}

static struct order_calls calls_of(const struct tableview *table)
{
	return (struct order_calls){ table, column_text, column_number, column_has_number,
				     table->source.passes == NULL ? NULL : record_passes };
}

static void table_scroll(struct tableview *table)
{
	guint n = table->order.n_shown;

	if (table->focus < table->top)
		table->top = table->focus;
	if (table->focus >= table->top + table->page)
		table->top = table->focus - table->page + 1;
	if (table->top + table->page > n)
		table->top = n > table->page ? n - table->page : 0;
}

static char *id_at(const struct tableview *table, guint position)
{
	return table->source.id(table->source.data, table->order.shown[position]);
}

void table_focus(struct tableview *table, guint position)
{
	guint n = table->order.n_shown;

	g_clear_pointer(&table->selected, g_free);
	g_clear_pointer(&table->beside, g_free);
	table->wanted = -1;
	table->first = table->first && position == 0;
	if (n == 0) {
		table->focus = table->top = 0;
		return;
	}
	table->focus = MIN(position, n - 1);
	table->selected = id_at(table, table->focus);
	if (n > 1)
		table->beside = id_at(table, table->focus + 1 < n ? table->focus + 1 : n - 2);
	table_scroll(table);
}

/* The focus goes to the record that is wanted once it is shown, from position `from` on. */
static void find_wanted(struct tableview *table, guint from)
{
	for (guint i = from; table->wanted >= 0 && i < table->order.n_shown; i++)
		if (table->order.shown[i] == (guint32)table->wanted)
			table_focus(table, i);
}

/* Bars are drawn in relation to the largest of their column. */
void tableview_measure(struct tableview *table)
{
	struct order_calls calls = calls_of(table);

	for (guint i = 0; i < table->n_columns; i++) {
		if (!table->chosen[i] || table->columns[i].bar == 0)
			continue;
		order_numbers(&table->order, &calls, i);
		order_scale(&table->order, i);
	}
	table_measure_texts(table);
}

/*
 * Looks where the selected record is now.  While it may still come, the row that
 * has its place is only looked at; at the end it is the selected one.
 */
static void settle(struct tableview *table, guint from)
{
	guint n = table->order.n_shown;
	bool lost;

	find_wanted(table, from);
	lost = table->wanted >= 0 && order_is_done(&table->order);
	table->first = table->first && !order_is_done(&table->order);
	if (lost)
		table->wanted = -1;
	if (table->wanted < 0 && (lost || n == 0 || table->selected == NULL || from == 0))
		table_focus(table, table->focus);
	else if (n > 0)
		table->focus = MIN(table->focus, n - 1);
	table_scroll(table);
	if (from == 0 || order_is_done(&table->order))
		tableview_measure(table);
}

static int record_of(const struct tableview *table, const char *id)
{
	return id == NULL || table->source.n == 0 ? -1 : table->source.find(table->source.data, id);
}

/* In the place of what is gone comes its neighbour, by id: in another order (numbers that are not
 * computed yet) its place is somebody else's. */
static void want_selected(struct tableview *table)
{
	table->wanted = record_of(table, table->selected);
	if (table->wanted >= 0 || table->selected == NULL)
		return;
	table->wanted = record_of(table, table->beside);
	if (table->wanted < 0)
		return;
	g_free(table->selected);
	table->selected = g_steal_pointer(&table->beside);
}

/* Whoever comes first, once the order is there. */
static void want_first(struct tableview *table)
{
	g_clear_pointer(&table->selected, g_free);
	g_clear_pointer(&table->beside, g_free);
	table->first = true;
	table->wanted = -1;
	table->focus = table->top = 0;
}

static bool work_on_marks(struct tableview *table)
{
	const struct marks_source source = { table->source.data, table->source.id,
					     table->source.find };

	return marks_work(table->marks, &source);
}

/* More marks may be looked for than there are records: of all ties among the confirmed ones. */
static void mark_at_once(struct tableview *table)
{
	while (table->source.n <= TABLEVIEW_WHOLE && table->marks->away->len <= TABLEVIEW_WHOLE &&
	       work_on_marks(table))
		continue;
}

bool tableview_is_done(const struct tableview *table)
{
	return order_is_done(&table->order) && !table->search->working &&
	       marks_are_done(table->marks);
}

bool tableview_work(struct tableview *table)
{
	struct order_calls calls = calls_of(table);
	struct order *order = &table->order;
	guint before = order->n_shown;
	bool tested = order->tested == order->n;

	if (tested && order_is_done(order)) {
		if (!search_work(table))
			work_on_marks(table);
		return !tableview_is_done(table);
	}
	if (tested && table->first)
		want_first(table);
	else if (tested && table->wanted < 0)
		want_selected(table);
	order_work(order, &calls);
	if (tested)
		marks_recount(table->marks);
	/* A new order may have come, in which every row is somewhere else. */
	if (tested && order_is_done(order))
		settle(table, 0);
	else
		settle(table, before < order->n_shown ? before : 0);
	return !tableview_is_done(table);
}

void tableview_fill(struct tableview *table, const struct tableview_source *source, guint changes)
{
	struct order_calls calls;
	bool other = table->source.n != source->n || table->order.base == NULL;

	table->source = *source;
	calls = calls_of(table);
	if ((changes & TABLEVIEW_RECORDS) != 0 || other) {
		order_reset(&table->order, source->n);
		search_reset(table->search, source->n);
		marks_reset(table->marks, source->n);
	} else {
		if ((changes & TABLEVIEW_NUMBERS) != 0)
			order_renumber(&table->order);
		if ((changes & TABLEVIEW_TEST) != 0)
			order_retest(&table->order);
	}
	if (other || (changes & ~(guint)TABLEVIEW_TEST) != 0)
		forget_texts(table);
	table->search->working = false;
	order_by(&table->order, &calls, table->sort, table->reverse);
	want_selected(table);
	order_work(&table->order, &calls);
	while (source->n <= TABLEVIEW_WHOLE && order_work(&table->order, &calls))
		continue;
	mark_at_once(table);
	marks_recount(table->marks);
	settle(table, 0);
}

guint tableview_shown(const struct tableview *table)
{
	return table->order.n_shown;
}

int tableview_record(const struct tableview *table)
{
	return table->order.n_shown == 0 ? -1 : (int)table->order.shown[table->focus];
}

bool tableview_select(struct tableview *table, const char *id)
{
	int record = record_of(table, id);

	if (record < 0)
		return false;
	table->first = false;
	table->wanted = record;
	find_wanted(table, 0);
	if (table->wanted >= 0 && order_is_done(&table->order))
		table->wanted = -1; /* does not pass */
	else if (table->wanted < 0)
		return true;
	if (table->wanted < 0)
		return false;
	g_free(table->selected);
	table->selected = g_strdup(id);
	return true;
}

void tableview_layout(struct tableview *table, int rows)
{
	table->page = (guint)MAX(rows - 1, 1);
	table_scroll(table);
}

const char *tableview_selected(const struct tableview *table)
{
	return table->order.n_shown == 0 ? NULL : table->selected;
}

guint tableview_marked(const struct tableview *table)
{
	return marks_count(table->marks);
}

bool tableview_is_marked(const struct tableview *table, guint record)
{
	return marks_have(table->marks, record);
}

void tableview_unmark(struct tableview *table)
{
	marks_clear(table->marks);
	g_clear_pointer(&table->range, g_free);
}

guint tableview_hidden(const struct tableview *table)
{
	guint seen;

	if (!tableview_is_done(table))
		return 0;
	seen = marks_seen(table->marks, table->order.shown, table->order.n_shown);
	return marks_count(table->marks) - seen;
}

char *tableview_marks(const struct tableview *table, gsize most)
{
	GString *ids = g_string_new(NULL);
	guint n = tableview_marked(table) > 0 ? table->order.n_shown : 0;

	for (guint i = 0; i < n && ids->len <= most; i++) {
		guint record = table->order.shown[i];
		const char *known = marks_id(table->marks, record);
		g_autofree char *asked = NULL;

		if (!tableview_is_marked(table, record))
			continue;
		if (known == NULL)
			known = asked = id_at(table, i);
		if (ids->len > 0)
			g_string_append_c(ids, '\n');
		g_string_append(ids, known);
	}
	return g_string_free(ids, ids->len == 0 || ids->len > most);
}

bool tableview_typing(const struct tableview *table)
{
	return table->prompt != NULL;
}

/* The mark of one row goes on and off; it is where a range begins. */
static void mark_one(struct tableview *table)
{
	const char *id = tableview_selected(table);

	if (id == NULL)
		return;
	g_free(table->range);
	table->range = g_strdup(id);
	marks_turn(table->marks, (guint)tableview_record(table), id);
	table_focus(table, table->focus + 1);
}

/* False: all of them were marked. */
static bool mark_rows(struct tableview *table, guint first, guint last)
{
	bool more = marks_add(table->marks, table->order.shown + first, last - first + 1);

	mark_at_once(table);
	return more;
}

/* From the row marked last to the one under the cursor. */
static void mark_range(struct tableview *table)
{
	int from = table->range == NULL || table->source.n == 0
			   ? -1
			   : table->source.find(table->source.data, table->range);

	for (guint i = 0; i < table->order.n_shown; i++) {
		if ((int)table->order.shown[i] != from)
			continue;
		mark_rows(table, MIN(i, table->focus), MAX(i, table->focus));
		return;
	}
	mark_one(table);
}

/* All that are shown, or none where all of them are marked. */
static void mark_all(struct tableview *table)
{
	if (table->order.n_shown > 0 && !mark_rows(table, 0, table->order.n_shown - 1))
		tableview_unmark(table);
}

void tableview_sort(struct tableview *table, guint column, bool reverse)
{
	struct order_calls calls = calls_of(table);

	marks_recount(table->marks);
	table->sort = (int)column;
	table->reverse = reverse;
	table->arranged = true;
	want_first(table);
	order_by(&table->order, &calls, table->sort, reverse);
	while (table->source.n <= TABLEVIEW_WHOLE && order_work(&table->order, &calls))
		continue;
	settle(table, 0);
}

/* The next shown column in a direction, around the ends. */
static void sort_step(struct tableview *table, guint step)
{
	guint n = table->n_columns, at = table->sort < 0 ? n - 1 : (guint)table->sort;

	for (guint k = 0; k < n; k++) {
		at = (at + step) % n;
		if (table->chosen[at])
			break;
	}
	tableview_sort(table, at, table->columns[at].descending);
}

static void scroll_aside(struct tableview *table, int step)
{
	guint chosen = 0;

	for (guint i = 1; i < table->n_columns; i++)
		chosen += table->chosen[i];
	table->aside = (guint)CLAMP((int)table->aside + step, 0, MAX((int)chosen - 1, 0));
}

static bool table_move(struct tableview *table, enum action action)
{
	guint half = MAX(table->page / 2, 1);
	guint at = table->focus;

	switch (action) {
	case ACTION_DOWN:
		table_focus(table, at + 1);
		return true;
	case ACTION_UP:
		table_focus(table, at > 0 ? at - 1 : 0);
		return true;
	case ACTION_PAGE_DOWN:
		table->top = MIN(table->top + half, table->order.n_shown);
		table_focus(table, at + half);
		return true;
	case ACTION_PAGE_UP:
		table->top -= MIN(table->top, half);
		table_focus(table, at - MIN(at, half));
		return true;
	case ACTION_FIRST:
		table_focus(table, 0);
		return true;
	case ACTION_LAST:
		table_focus(table, G_MAXUINT - 1);
		return true;
	default:
		return false;
	}
}

static bool table_arrange(struct tableview *table, enum action action)
{
	switch (action) {
	case ACTION_SORT:
	case ACTION_SORT_RIGHT:
		sort_step(table, 1);
		return true;
	case ACTION_SORT_LEFT:
		sort_step(table, table->n_columns - 1);
		return true;
	case ACTION_REVERSE:
		tableview_sort(table, (guint)MAX(table->sort, 0), !table->reverse);
		return true;
	case ACTION_ASIDE_RIGHT:
	case ACTION_ASIDE_LEFT:
		scroll_aside(table, action == ACTION_ASIDE_RIGHT ? 1 : -1);
		return true;
	case ACTION_MARK:
		mark_one(table);
		return true;
	case ACTION_MARK_RANGE:
		mark_range(table);
		return true;
	case ACTION_MARK_ALL:
		mark_all(table);
		return true;
	default:
		return false;
	}
}

bool tableview_update(struct tableview *table, const struct event *event, enum action action)
{
	if (event->type != EVENT_KEY)
		return false;
	if (table->prompt != NULL) {
		search_key(table, event->key);
		return true;
	}
	switch (action) {
	case ACTION_SEARCH:
		search_begin(table);
		return true;
	case ACTION_NEXT:
	case ACTION_PREVIOUS:
		search_step(table, action == ACTION_NEXT ? 1 : -1);
		return true;
	default:
		return table_arrange(table, action) || table_move(table, action);
	}
}
