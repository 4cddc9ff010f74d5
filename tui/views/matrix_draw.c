#include "tui/views/matrix.h"

#include <string.h>

#include "base/text.h"

/*
 * How the matrix shares the screen and is painted: names of rows and columns stay
 * where they are while the cells scroll beneath them.
 */
#define CELL_LEAST  5
#define CELL_MOST   10
#define LABEL_LEAST 8
#define LABEL_MOST  30
#define LABEL_FAIR  16 /* columns that names give up, so that all groups are in sight */
#define HEADS_MOST  3

void matrix_heads_free(struct matrix_view *view)
{
	for (guint i = 0; view->heads != NULL && i < view->n_cols; i++)
		g_strfreev(view->heads[i]);
	g_clear_pointer(&view->heads, g_free);
	g_clear_pointer(&view->key, g_ptr_array_unref);
	g_clear_pointer(&view->legend, g_ptr_array_unref);
}

/* Words that join others and tell nothing in a narrow head. */
static bool is_small_word(const char *word)
{
	static const char *const small[] = { "and", "of", "the", "for", "in",  "y",   "e",
					     "de",  "la", "el",	 "los", "las", "del", "en",
					     "da",  "do", "das", "dos", "a",   "o",   NULL };
	g_autofree char *folded = text_fold(word);

	return g_strv_contains(small, folded);
}

static GPtrArray *head_words(const char *label)
{
	g_autofree char *clean = text_clean(label, -1, false);
	g_auto(GStrv) parts = g_strsplit_set(clean, " /,()", -1);
	GPtrArray *words = g_ptr_array_new_with_free_func(g_free);

	for (guint i = 0; parts[i] != NULL; i++)
		if (parts[i][0] != '\0' && !is_small_word(parts[i]))
			g_ptr_array_add(words, g_strdup(parts[i]));
	if (words->len == 0)
		g_ptr_array_add(words, g_strdup(clean));
	return words;
}

/* A word, or its beginning with the point of what is short for it. */
static char *head_word(const char *word, int columns)
{
	g_autofree char *cut = NULL;

	if (text_width(word) <= columns)
		return g_strdup(word);
	cut = text_cut(word, columns - 1);
	return g_strconcat(cut, ".", NULL);
}

/* "Academia and research centres" in 6 columns and 3 lines: "Acade.", "resea.", "centr.". */
static char **head_new(const char *label, int columns, int most)
{
	g_autoptr(GPtrArray) words = head_words(label);
	GPtrArray *lines = g_ptr_array_new();

	for (guint i = 0; i < words->len && lines->len < (guint)most; i++)
		g_ptr_array_add(lines, head_word(g_ptr_array_index(words, i), columns));
	g_ptr_array_add(lines, NULL);
	return (char **)g_ptr_array_free(lines, FALSE);
}

static int widest_label(const struct matrix_view *view)
{
	int widest = 0;

	for (guint i = 0; i < view->n_rows; i++)
		widest = MAX(widest, text_width(view->matrix->rows->labels[view->rows[i]]));
	return widest;
}

static void scroll(guint *first, guint at, guint page, guint n)
{
	if (at < *first)
		*first = at;
	if (at >= *first + page)
		*first = at - page + 1;
	if (*first + page > n)
		*first = n > page ? n - page : 0;
}

/* Lines that are kept for it, so that the rows stay where they are while the cursor moves. */
static int sentence_room(struct rect area)
{
	if (area.rows >= 18 || (area.rows >= 12 && area.cols < 72))
		return 4;
	return area.rows >= 14 ? 3 : area.rows >= 8 ? 2 : area.rows >= 4 ? 1 : 0;
}

/* "Aca. cen. inv. = Academia y centros de investigación" of all heads in sight that are cut. */
static void make_key(struct matrix_view *view, int columns)
{
	GString *out = g_string_new(NULL);

	for (guint k = view->left; k < MIN(view->left + view->page_cols, view->n_cols); k++) {
		const char *label = view->matrix->cols->labels[view->cols[k]];
		g_autofree char *head = g_strjoinv(" ", view->heads[k]);

		if (strchr(head, '.') != NULL)
			g_string_append_printf(out, "%s%s = %s", out->len > 0 ? " · " : "", head,
					       label);
	}
	view->key = text_wrap(out->str, columns);
	if (out->len == 0)
		g_ptr_array_set_size(view->key, 0);
	g_string_free(out, TRUE);
}

#define KEY_ROWS 26 /* of a view in which the key keeps lines of its own, … */
#define KEY_MOST 5  /* … at most so many */

void matrix_layout(struct matrix_view *view, struct rect area)
{
	int cells, rows;
	g_autofree char *sentence = NULL;

	matrix_heads_free(view);
	view->head_lines = area.rows >= 14 ? HEADS_MOST : area.rows >= 7 ? 2 : 1;
	view->said_lines = view->sentence_lines = sentence_room(area);
	view->label_columns = CLAMP(widest_label(view), LABEL_LEAST,
				    CLAMP(area.cols / 3, LABEL_LEAST, LABEL_MOST));
	cells = area.cols - 3 - (int)view->n_cols * CELL_LEAST;
	if (cells >= LABEL_FAIR)
		view->label_columns = MIN(view->label_columns, cells);
	cells = MAX(area.cols - view->label_columns - 3, CELL_LEAST);
	view->cell_columns = CLAMP(cells / (int)MAX(view->n_cols, 1), CELL_LEAST, CELL_MOST);
	view->page_cols = (guint)MAX(cells / view->cell_columns, 1);
	scroll(&view->left, view->col, view->page_cols, view->n_cols);
	view->heads = g_new0(char **, view->n_cols + 1);
	for (guint i = 0; i < view->n_cols; i++)
		view->heads[i] = head_new(view->matrix->cols->labels[view->cols[i]],
					  view->cell_columns - 1, view->head_lines);
	make_key(view, MAX(area.cols - 2, 8));
	view->legend = text_wrap(matrix_legend(view->mode), MAX(area.cols - 2, 8));
	if (area.rows >= KEY_ROWS)
		view->sentence_lines += 1 + (int)view->legend->len + (view->key->len > 0) +
					(int)MIN(view->key->len, KEY_MOST);
	rows = area.rows - view->head_lines - view->sentence_lines;
	view->page_rows = (guint)MAX(rows, 1);
	scroll(&view->top, view->row, view->page_rows, view->n_rows);
	if (view->sentence != NULL)
		g_ptr_array_unref(view->sentence);
	sentence = matrix_sentence(view);
	view->sentence = text_wrap(sentence, MAX(area.cols - 2, 8));
}

/* Lines for the key, an empty one before and behind it; with the sentence from `top` on. */
static int key_room(const struct matrix_view *view, struct rect area, int top)
{
	int below = area.row + area.rows - top - view->said_lines - 2 - (int)view->legend->len;

	return CLAMP(below, 0, (int)MIN(view->key->len, KEY_MOST));
}

/* Lines for the sentence: those that it keeps, or all where no key follows. */
static guint said_most(const struct matrix_view *view, struct rect area, int top)
{
	return key_room(view, area, top) > 0 ? (guint)view->said_lines
					     : (guint)MAX(area.row + area.rows - top, 0);
}

/* The sentence from row `top` on; where it goes on below, that is seen. */
static void draw_sentence(const struct matrix_view *view, struct grid *grid, struct rect area,
			  int top)
{
	guint room = said_most(view, area, top);

	for (guint i = 0; view->sentence != NULL && i < view->sentence->len && i < room; i++)
		grid_put(grid, top + (int)i, area.col + 1, area.cols - 2, STYLE_NORMAL,
			 g_ptr_array_index(view->sentence, i));
	if (view->sentence != NULL && room > 0 && view->sentence->len > room)
		grid_put(grid, top + (int)room - 1, area.col + area.cols - 1, 1, STYLE_DIM, "…");
}

/* What heads are short for, between the room of the sentence and the legend: as much as fits. */
static void draw_key(const struct matrix_view *view, struct grid *grid, struct rect area, int top,
		     int room)
{
	guint n = MIN((guint)MAX(room, 0), view->key->len);

	for (guint i = 0; i < n; i++)
		grid_put(grid, top + (int)i, area.col + 1, area.cols - 2, STYLE_DIM,
			 g_ptr_array_index(view->key, i));
	if (n > 0 && n < view->key->len)
		grid_put(grid, top + (int)n - 1, area.col + area.cols - 1, 1, STYLE_DIM, "…");
}

/* What the signs mean, at the bottom, where the sentence leaves room for it. */
static void draw_legend(const struct matrix_view *view, struct grid *grid, struct rect area,
			int top)
{
	int first = area.row + area.rows - (int)view->legend->len, key = key_room(view, area, top);

	draw_key(view, grid, area, top + view->said_lines + 1, key);
	if (view->sentence != NULL)
		top += (int)MIN(view->sentence->len, said_most(view, area, top));
	for (guint i = 0; first > top && i < view->legend->len; i++)
		grid_put(grid, first + (int)i, area.col + 1, area.cols - 2, STYLE_DIM,
			 g_ptr_array_index(view->legend, i));
}

static void draw_heads(const struct matrix_view *view, struct grid *grid, struct rect area,
		       int first_col)
{
	for (guint k = 0; k < view->page_cols && view->left + k < view->n_cols; k++) {
		guint at = view->left + k;
		guint group = view->cols[at];
		bool here = at == view->col, empty = view->matrix->cols->sizes[group] == 0;
		char *const *lines = view->heads[at];
		int n = (int)g_strv_length((char **)lines);
		enum style style = here ? STYLE_ACCENT : empty ? STYLE_DIM : STYLE_NORMAL;

		for (int i = 0; i < n; i++)
			grid_put_right(grid, area.row + view->head_lines - n + i,
				       first_col + (int)k * view->cell_columns,
				       view->cell_columns - 1, style, lines[i]);
	}
	if (view->left > 0)
		grid_put(grid, area.row + view->head_lines - 1, first_col - 2, 1, STYLE_DIM, "←");
	if (view->left + view->page_cols < view->n_cols)
		grid_put(grid, area.row + view->head_lines - 1, area.col + area.cols - 1, 1,
			 STYLE_DIM, "→");
}

static void draw_row(const struct matrix_view *view, struct grid *grid, struct rect area, int row,
		     guint at, int first_col)
{
	guint group = view->rows[at];
	bool here = at == view->row, empty = view->matrix->rows->sizes[group] == 0;

	if (here)
		grid_put(grid, row, area.col, 1, STYLE_ACCENT, "▸");
	grid_put(grid, row, area.col + 1, view->label_columns,
		 here	 ? STYLE_STRONG
		 : empty ? STYLE_DIM
			 : STYLE_NORMAL,
		 view->matrix->rows->labels[group]);
	for (guint k = 0; k < view->page_cols && view->left + k < view->n_cols; k++) {
		guint col = view->left + k;
		bool cursor = here && col == view->col;
		char text[16];
		enum style style = matrix_cell_text(view, at, col, text);
		int x = first_col + (int)k * view->cell_columns;

		grid_put_right(grid, row, x, view->cell_columns - 1,
			       cursor ? STYLE_SELECTED : style,
			       cursor && text[0] == '\0' ? " " : text);
		if (cursor)
			grid_cursor(grid, row, x + view->cell_columns - 2);
	}
}

void matrix_draw(const struct matrix_view *view, struct grid *grid, struct rect area)
{
	int first_col = area.col + view->label_columns + 2;
	int top = area.row + view->head_lines, body = top;
	int last = area.row + area.rows - view->sentence_lines;
	guint rows = view->n_rows - MIN(view->top, view->n_rows);

	if (view->heads == NULL || area.rows < 2)
		return;
	draw_heads(view, grid, area, first_col);
	for (guint i = 0; i < rows && body + (int)i < last; i++)
		draw_row(view, grid, area, body + (int)i, view->top + i, first_col);
	/* Under the last row, so that the eye finds it. */
	body += (int)MIN(rows, view->page_rows);
	body = MIN(body + (body + view->sentence_lines < last), last);
	grid_more(grid, (struct rect){ top, area.col, last - top, area.cols }, view->top > 0,
		  view->top + view->page_rows < view->n_rows);
	draw_sentence(view, grid, area, body);
	draw_legend(view, grid, area, body);
}

bool matrix_click(struct matrix_view *view, struct rect area, int row, int col)
{
	int first_col = area.col + view->label_columns + 2;
	int body = area.row + view->head_lines;
	int last = area.row + area.rows - view->sentence_lines;
	guint at_row = view->top + (guint)MAX(row - body, 0);
	guint at_col = view->left + (guint)(MAX(col - first_col, 0) / view->cell_columns);
	bool rows = row >= body && row < last && at_row < view->n_rows;
	bool cols = row < last && col >= first_col && at_col < view->n_cols &&
		    at_col < view->left + view->page_cols;
	bool again = rows && cols && at_row == view->row && at_col == view->col;

	/* A head is its column, a name its row. */
	if (cols && (rows || row < body))
		view->col = at_col;
	if (rows && (cols || col < first_col))
		view->row = at_row;
	return again;
}
