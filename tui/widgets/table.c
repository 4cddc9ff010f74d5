#include "tui/widgets/table.h"

#include <math.h>
#include <string.h>

#include <glib/gi18n.h>

#include "base/text.h"

/*
 * Rows and where one stands among them: sorting, selection by id, marks, search.
 * Painting is in table_draw.c; what a row means is the view's business.
 */
static void row_free(struct tableview_row *row, guint n_columns)
{
	for (guint i = 0; i < n_columns; i++) {
		g_free(row->cells[i].text);
		g_free(row->cells[i].key);
	}
	g_free(row->cells);
	if (row->search != NULL)
		g_ptr_array_unref(row->search);
	g_free(row->words);
	g_free(row->id);
	g_free(row);
}

static void rows_drop(struct tableview *table)
{
	for (guint i = 0; i < table->rows->len; i++)
		row_free(g_ptr_array_index(table->rows, i), table->n_columns);
	g_ptr_array_set_size(table->rows, 0);
}

struct tableview *tableview_new(const struct tableview_column *columns, guint n, int sort)
{
	struct tableview *table = g_new0(struct tableview, 1);

	table->columns = columns;
	table->n_columns = n;
	table->rows = g_ptr_array_new();
	table->marks = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
	table->sort = sort;
	table->reverse = sort >= 0 && columns[sort].descending;
	table->page = 1;
	return table;
}

void tableview_free(struct tableview *table)
{
	if (table == NULL)
		return;
	rows_drop(table);
	g_ptr_array_unref(table->rows);
	g_hash_table_unref(table->marks);
	prompt_free(table->prompt);
	g_free(table->selected);
	g_free(table->needle);
	g_free(table->search_from);
	g_free(table);
}

void tableview_begin(struct tableview *table)
{
	rows_drop(table);
}

void tableview_row(struct tableview *table, const char *id, const char *search)
{
	struct tableview_row *row = g_new0(struct tableview_row, 1);

	row->id = g_strdup(id);
	row->words = g_strdup(search);
	row->cells = g_new0(struct tableview_cell, table->n_columns);
	for (guint i = 0; i < table->n_columns; i++)
		row->cells[i].number = NAN;
	row->marked = g_hash_table_contains(table->marks, id);
	g_ptr_array_add(table->rows, row);
}

static struct tableview_cell *last_cell(struct tableview *table, guint column)
{
	struct tableview_row *row;

	g_return_val_if_fail(table->rows->len > 0 && column < table->n_columns, NULL);
	row = g_ptr_array_index(table->rows, table->rows->len - 1);
	return &row->cells[column];
}

void tableview_text(struct tableview *table, guint column, enum style style, const char *text)
{
	struct tableview_cell *cell = last_cell(table, column);

	g_free(cell->text);
	cell->text = g_strdup(text == NULL ? "" : text);
	cell->style = (guint8)style;
}

void tableview_number(struct tableview *table, guint column, enum style style, double value,
		      const char *text)
{
	struct tableview_cell *cell = last_cell(table, column);

	g_free(cell->text);
	if (text != NULL)
		cell->text = g_strdup(text);
	else if (isnan(value))
		cell->text = g_strdup("–");
	else
		cell->text = g_strdup_printf("%.0f", value);
	cell->number = value;
	cell->style = (guint8)style;
}

/*
 * Values before what has none, whichever the direction: "unknown" is not the
 * least value.  Equal rows stay in the order of their names (the first column).
 */
static int cell_compare(const struct tableview_cell *a, const struct tableview_cell *b,
			bool reverse)
{
	int order;

	if (isnan(a->number) != isnan(b->number))
		return isnan(a->number) ? 1 : -1;
	if (!isnan(a->number))
		order = (a->number > b->number) - (a->number < b->number);
	else if (a->key == NULL || b->key == NULL)
		return (a->key == NULL) - (b->key == NULL);
	else if ((a->key[0] == '\0') != (b->key[0] == '\0'))
		return a->key[0] == '\0' ? 1 : -1;
	else
		order = strcmp(a->key, b->key);
	return reverse ? -order : order;
}

static int row_compare(gconstpointer left, gconstpointer right, gpointer data)
{
	const struct tableview_row *a = *(struct tableview_row *const *)left;
	const struct tableview_row *b = *(struct tableview_row *const *)right;
	const struct tableview *table = data;
	guint sort = (guint)table->sort;
	int order = cell_compare(&a->cells[sort], &b->cells[sort], table->reverse);

	if (order == 0 && sort != 0)
		order = cell_compare(&a->cells[0], &b->cells[0], false);
	return order != 0 ? order : strcmp(a->id, b->id);
}

static const char *row_id(const struct tableview *table, guint i)
{
	return ((const struct tableview_row *)g_ptr_array_index(table->rows, i))->id;
}

static void table_scroll(struct tableview *table)
{
	guint n = table->rows->len;

	if (table->focus < table->top)
		table->top = table->focus;
	if (table->focus >= table->top + table->page)
		table->top = table->focus - table->page + 1;
	if (table->top + table->page > n)
		table->top = n > table->page ? n - table->page : 0;
}

static void table_focus(struct tableview *table, guint position)
{
	g_clear_pointer(&table->selected, g_free);
	if (table->rows->len == 0) {
		table->focus = table->top = 0;
		return;
	}
	table->focus = MIN(position, table->rows->len - 1);
	table->selected = g_strdup(row_id(table, table->focus));
	table_scroll(table);
}

bool tableview_select(struct tableview *table, const char *id)
{
	for (guint i = 0; id != NULL && i < table->rows->len; i++) {
		if (strcmp(row_id(table, i), id) == 0) {
			table_focus(table, i);
			return true;
		}
	}
	return false;
}

/* Folding takes time, so only what is sorted by is folded. */
static void cell_fold(struct tableview_cell *cell)
{
	if (cell->key == NULL && cell->text != NULL && isnan(cell->number))
		cell->key = text_fold(cell->text);
}

static void table_sort(struct tableview *table)
{
	if (table->sort < 0)
		return;
	for (guint i = 0; i < table->rows->len; i++) {
		struct tableview_row *row = g_ptr_array_index(table->rows, i);

		cell_fold(&row->cells[table->sort]);
		cell_fold(&row->cells[0]);
	}
	g_ptr_array_sort_with_data(table->rows, row_compare, table);
}

static void table_fold(struct tableview *table)
{
	for (guint i = 0; i < table->rows->len; i++) {
		struct tableview_row *row = g_ptr_array_index(table->rows, i);
		g_auto(GStrv) parts = NULL;

		if (row->search != NULL)
			continue;
		parts = g_strsplit(row->words == NULL ? "" : row->words, "\n", -1);
		row->search = g_ptr_array_new_with_free_func(g_free);
		for (guint k = 0; parts[k] != NULL; k++)
			g_ptr_array_add(row->search, text_fold(parts[k]));
	}
}

void tableview_end(struct tableview *table)
{
	g_autofree char *selected = g_strdup(table->selected);

	table_sort(table);
	if (table->needle != NULL)
		table_fold(table);
	if (!tableview_select(table, selected))
		table_focus(table, table->focus);
}

void tableview_layout(struct tableview *table, int rows)
{
	table->page = (guint)MAX(rows - 1, 1);
	table_scroll(table);
}

const char *tableview_selected(const struct tableview *table)
{
	return table->selected;
}

guint tableview_marked(const struct tableview *table)
{
	return g_hash_table_size(table->marks);
}

char *tableview_marks(const struct tableview *table)
{
	GString *ids = g_string_new(NULL);

	for (guint i = 0; i < table->rows->len; i++) {
		const struct tableview_row *row = g_ptr_array_index(table->rows, i);

		if (row->marked)
			g_string_append_printf(ids, "%s%s", ids->len > 0 ? "\n" : "", row->id);
	}
	return g_string_free(ids, ids->len == 0);
}

bool tableview_typing(const struct tableview *table)
{
	return table->prompt != NULL;
}

/* Letters left out while typing are forgiven; letters scattered over a whole name are chance. */
#define MATCH_LEAST 92

int tableview_match(const struct tableview *table, const struct tableview_row *row)
{
	int best = 0;

	if (table->needle == NULL || table->needle[0] == '\0' || row->search == NULL)
		return 0;
	for (guint i = 0; i < row->search->len; i++)
		best = MAX(best, text_match(table->needle, g_ptr_array_index(row->search, i)));
	return best >= MATCH_LEAST ? best : 0;
}

static int row_match(const struct tableview *table, guint i)
{
	return tableview_match(table, g_ptr_array_index(table->rows, i));
}

/* While typing: the best match, the nearest behind the start where several are equal. */
static void search_best(struct tableview *table)
{
	guint n = table->rows->len;
	int best = 0;
	guint at = 0;

	table_fold(table);
	tableview_select(table, table->search_from);
	for (guint k = 0; k < n; k++) {
		guint i = (table->focus + k) % n;
		int score = row_match(table, i);

		if (score > best) {
			best = score;
			at = i;
		}
	}
	table->no_match = best == 0 && table->needle != NULL && table->needle[0] != '\0';
	if (best > 0)
		table_focus(table, at);
}

static void search_step(struct tableview *table, bool forward)
{
	guint n = table->rows->len;

	table_fold(table);
	for (guint k = 1; k <= n; k++) {
		guint i = (table->focus + (forward ? k : n - k % n)) % n;

		if (row_match(table, i) > 0) {
			table_focus(table, i);
			return;
		}
	}
}

static void search_end(struct tableview *table)
{
	g_clear_pointer(&table->prompt, prompt_free);
	g_clear_pointer(&table->search_from, g_free);
}

static void search_key(struct tableview *table, gunichar key)
{
	switch (prompt_key(table->prompt, key)) {
	case PROMPT_CHANGED:
		g_free(table->needle);
		table->needle = text_fold(table->prompt->text->str);
		search_best(table);
		break;
	case PROMPT_LEFT:
		tableview_select(table, table->search_from);
		g_clear_pointer(&table->needle, g_free);
		table->no_match = false;
		search_end(table);
		break;
	case PROMPT_DONE:
		search_end(table);
		break;
	case PROMPT_IGNORED:
		if (key == TUI_KEY_DOWN || key == TUI_KEY_UP)
			search_step(table, key == TUI_KEY_DOWN);
		break;
	case PROMPT_MOVED:
		break;
	}
}

static void search_begin(struct tableview *table)
{
	g_free(table->search_from);
	table->search_from = g_strdup(table->selected);
	g_clear_pointer(&table->needle, g_free);
	table->no_match = false;
	table->prompt = prompt_new("/", "");
}

static void table_mark(struct tableview *table)
{
	struct tableview_row *row;

	if (table->rows->len == 0)
		return;
	row = g_ptr_array_index(table->rows, table->focus);
	row->marked = !row->marked;
	if (row->marked)
		g_hash_table_add(table->marks, g_strdup(row->id));
	else
		g_hash_table_remove(table->marks, row->id);
	table_focus(table, table->focus + 1);
}

static void table_order(struct tableview *table, int sort, bool reverse)
{
	g_autofree char *selected = g_strdup(table->selected);

	table->sort = sort;
	table->reverse = reverse;
	table_sort(table);
	tableview_select(table, selected);
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
		table->top = MIN(table->top + half, table->rows->len);
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

bool tableview_update(struct tableview *table, const struct event *event, enum action action)
{
	int next = table->sort + 1 < (int)table->n_columns ? table->sort + 1 : 0;

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
		search_step(table, action == ACTION_NEXT);
		return true;
	case ACTION_SORT:
		table_order(table, next, table->columns[next].descending);
		return true;
	case ACTION_REVERSE:
		table_order(table, MAX(table->sort, 0), !table->reverse);
		return true;
	case ACTION_MARK:
		table_mark(table);
		return true;
	default:
		return table_move(table, action);
	}
}
