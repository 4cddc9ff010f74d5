#include "tui/widgets/page.h"

#include <math.h>
#include <stdarg.h>
#include <string.h>

#include "base/text.h"

/*
 * Lines of styled pieces that scroll, with links to stand on.  What is written in
 * them is the views' business.
 */
static void line_free(gpointer data)
{
	struct page_line *line = data;

	for (guint i = 0; i < line->pieces->len; i++)
		g_free(g_array_index(line->pieces, struct page_piece, i).text);
	g_array_unref(line->pieces);
	g_free(line->link);
	g_free(line);
}

struct page *page_new(void)
{
	struct page *page = g_new0(struct page, 1);

	page->lines = g_ptr_array_new_with_free_func(line_free);
	page->focus = -1;
	page->found = -1;
	page->rows = 1;
	return page;
}

void page_free(struct page *page)
{
	if (page == NULL)
		return;
	g_ptr_array_unref(page->lines);
	g_free(page->focus_link);
	g_free(page->lost_link);
	g_free(page);
}

static const struct page_line *line_at(const struct page *page, guint i)
{
	return g_ptr_array_index(page->lines, i);
}

void page_begin(struct page *page)
{
	g_ptr_array_set_size(page->lines, 0);
	page->found = -1;
}

/* So far that the focused link is seen. */
static void page_scroll(struct page *page)
{
	guint n = page->lines->len;

	if (page->focus >= 0 && (guint)page->focus < page->top)
		page->top = (guint)page->focus;
	if (page->focus >= 0 && (guint)page->focus >= page->top + page->rows)
		page->top = (guint)page->focus - page->rows + 1;
	if (page->top + page->rows > n)
		page->top = n > page->rows ? n - page->rows : 0;
}

static void focus_keep_lost(struct page *page, int line)
{
	page->focus = line;
	g_free(page->focus_link);
	page->focus_link = line < 0 ? NULL : g_strdup(line_at(page, (guint)line)->link);
	page->focus_nth = 0;
	for (int i = 0; i < line; i++)
		page->focus_nth += g_strcmp0(line_at(page, (guint)i)->link, page->focus_link) == 0;
}

static void focus_set(struct page *page, int line)
{
	g_clear_pointer(&page->lost_link, g_free);
	focus_keep_lost(page, line);
}

/* To a link, and the page after it. */
static void page_focus(struct page *page, int line)
{
	bool first = true;

	focus_set(page, line);
	for (int i = 0; i < line; i++)
		first = first && line_at(page, (guint)i)->link == NULL;
	/* What stands above the first link is worth seeing. */
	if (line >= 0 && (guint)line < page->rows && first)
		page->top = 0;
	page_scroll(page);
}

static bool focus_is_seen(const struct page *page)
{
	return page->focus >= (int)page->top && page->focus < (int)(page->top + page->rows);
}

static int link_from(const struct page *page, int from, int step)
{
	for (int i = from + step; i >= 0 && i < (int)page->lines->len; i += step)
		if (line_at(page, (guint)i)->link != NULL)
			return i;
	return -1;
}

/* What the cursor was on is gone: the link that took its place, else the last one before. */
static int link_instead(const struct page *page)
{
	int n = (int)page->lines->len, next = link_from(page, MIN(MAX(page->focus, 0), n) - 1, 1);

	return next >= 0 ? next : link_from(page, n, -1);
}

/* The line of a link, of several that of its number, or the last of them; -1: none has it. */
static int link_line(const struct page *page, const char *link, guint nth)
{
	int found = -1;

	for (guint i = 0, n = 0; i < page->lines->len && link != NULL && n <= nth; i++)
		if (g_strcmp0(line_at(page, i)->link, link) == 0) {
			found = (int)i;
			n++;
		}
	return found;
}

void page_end(struct page *page)
{
	guint n = page->lines->len, nth = page->focus_nth;
	bool seen = page->moved && page->focus >= 0 && focus_is_seen(page);
	int found = link_line(page, page->focus_link, nth);
	int back = link_line(page, page->lost_link, page->lost_nth);

	if (back >= 0) {
		page->top = page->lost_top;
		seen = page->moved;
		focus_set(page, back);
	} else if (page->lost_link != NULL) {
		seen = false;
		focus_keep_lost(page, found >= 0 ? found : link_instead(page));
	} else if (found < 0 && page->focus_link != NULL && seen) {
		g_autofree char *link = g_strdup(page->focus_link);

		seen = false;
		focus_set(page, link_instead(page));
		page->lost_link = g_steal_pointer(&link);
		page->lost_nth = nth;
		page->lost_top = page->top;
	} else {
		focus_set(page, found >= 0 ? found : link_instead(page));
	}
	/* A page opens at its top, wherever its first link is, and stays there unmoved. */
	if (seen)
		page_scroll(page);
	else if (page->top + page->rows > n)
		page->top = n > page->rows ? n - page->rows : 0;
}

void page_line(struct page *page, const char *link)
{
	struct page_line *line = g_new0(struct page_line, 1);

	line->pieces = g_array_new(FALSE, TRUE, sizeof(struct page_piece));
	line->link = g_strdup(link);
	g_ptr_array_add(page->lines, line);
}

static struct page_piece *piece_add(struct page *page, int col, int columns, enum style style)
{
	struct page_piece piece = { col, columns, (guint8)style, false, NAN, NULL };
	struct page_line *line;

	if (page->lines->len == 0)
		page_line(page, NULL);
	line = g_ptr_array_index(page->lines, page->lines->len - 1);
	g_array_append_val(line->pieces, piece);
	return &g_array_index(line->pieces, struct page_piece, line->pieces->len - 1);
}

void page_text(struct page *page, int col, int columns, enum style style, const char *text)
{
	piece_add(page, col, columns, style)->text = g_strdup(text == NULL ? "" : text);
}

void page_printf(struct page *page, int col, int columns, enum style style, const char *format, ...)
{
	va_list list;

	va_start(list, format);
	piece_add(page, col, columns, style)->text = g_strdup_vprintf(format, list);
	va_end(list);
}

void page_right(struct page *page, int col, int columns, enum style style, const char *text)
{
	struct page_piece *piece = piece_add(page, col, columns, style);

	piece->text = g_strdup(text == NULL ? "" : text);
	piece->right = true;
}

void page_bar(struct page *page, int col, int columns, enum style style, double share)
{
	piece_add(page, col, columns, style)->bar = isnan(share) ? 0 : share;
}

void page_heading(struct page *page, const char *text)
{
	if (page->lines->len > 0)
		page_line(page, NULL);
	page_line(page, NULL);
	page_text(page, 1, -1, STYLE_STRONG, text);
}

void page_wrap(struct page *page, int col, int columns, enum style style, const char *text,
	       const char *link)
{
	g_autoptr(GPtrArray) lines = text_wrap(text, MAX(columns, 8));

	for (guint i = 0; i < lines->len; i++) {
		/* Only the first line of a passage is a place to stand on. */
		page_line(page, i == 0 ? link : NULL);
		page_text(page, col, -1, style, g_ptr_array_index(lines, i));
	}
}

void page_mark(struct page *page, guint line, int col, enum style style, const char *text)
{
	struct page_piece piece = { col, -1, (guint8)style, false, NAN, g_strdup(text) };
	struct page_line *at;

	g_return_if_fail(line < page->lines->len);
	at = g_ptr_array_index(page->lines, line);
	g_array_prepend_val(at->pieces, piece);
}

void page_layout(struct page *page, int rows)
{
	bool seen = page->moved && page->focus >= 0 && focus_is_seen(page);
	guint n = page->lines->len;

	page->rows = (guint)MAX(rows, 1);
	if (seen)
		page_scroll(page);
	else if (page->top + page->rows > n)
		page->top = n > page->rows ? n - page->rows : 0;
}

/* One line further; the cursor stays with what is seen. */
static void page_roll(struct page *page, int step)
{
	int edge;

	if (step > 0 && page->top + page->rows < page->lines->len)
		page->top++;
	else if (step < 0 && page->top > 0)
		page->top--;
	if (page->focus < 0 || focus_is_seen(page))
		return;
	edge = step > 0 ? link_from(page, (int)page->top - 1, 1)
			: link_from(page, (int)(page->top + page->rows), -1);
	if (edge >= (int)page->top && edge < (int)(page->top + page->rows))
		focus_set(page, edge);
}

/*
 * To the next link when it can be seen from here, else one line further: text
 * without links is read past, not jumped over.
 */
static void page_step(struct page *page, int step)
{
	int next = page->focus < 0 ? -1 : link_from(page, page->focus, step);

	if (next >= (int)page->top - 1 && next <= (int)(page->top + page->rows) && next >= 0 &&
	    focus_is_seen(page))
		page_focus(page, next);
	else
		page_roll(page, step);
}

static void page_jump(struct page *page, int lines)
{
	int most = MAX((int)page->lines->len - (int)page->rows, 0);
	int edge;

	page->top = (guint)CLAMP((int)page->top + lines, 0, most);
	if (page->focus < 0)
		return;
	if (page->focus < (int)page->top) {
		edge = link_from(page, (int)page->top - 1, 1);
		if (edge >= 0 && edge < (int)(page->top + page->rows))
			page_focus(page, edge);
	} else if (page->focus >= (int)(page->top + page->rows)) {
		edge = link_from(page, (int)(page->top + page->rows), -1);
		if (edge >= (int)page->top)
			page_focus(page, edge);
	} else if (page->top == 0 || (int)page->top == most) {
		edge = lines > 0 ? link_from(page, (int)page->lines->len, -1)
				 : link_from(page, -1, 1);
		page_focus(page, edge);
	}
}

static void page_end_of(struct page *page, bool last)
{
	guint n = page->lines->len;
	int edge = last ? link_from(page, (int)n, -1) : link_from(page, -1, 1);

	page->top = last && n > page->rows ? n - page->rows : 0;
	/* A link out of sight at that end stays behind: the end is what was asked for. */
	if (edge >= (int)page->top && edge < (int)(page->top + page->rows))
		page_focus(page, edge);
}

static bool line_has(const struct page_line *line, const char *folded)
{
	g_autoptr(GString) text = g_string_new(NULL);
	g_autofree char *hay = NULL;

	for (guint i = 0; i < line->pieces->len; i++) {
		const char *piece = g_array_index(line->pieces, struct page_piece, i).text;

		g_string_append_printf(text, "%s ", piece == NULL ? "" : piece);
	}
	hay = text_fold(text->str);
	return strstr(hay, folded) != NULL;
}

bool page_find(struct page *page, const char *needle, int step)
{
	g_autofree char *folded = text_fold(needle);
	int n = (int)page->lines->len;
	int from = page->found >= 0 ? page->found : step > 0 ? (int)page->top - 1 : (int)page->top;

	for (int i = 1; i <= n; i++) {
		int at = ((from + step * i) % n + n) % n;

		if (!line_has(line_at(page, (guint)at), folded))
			continue;
		page->found = at;
		page->moved = true;
		if (at < (int)page->top || at >= (int)(page->top + page->rows))
			page->top = (guint)CLAMP(at - (int)page->rows / 3, 0,
						 MAX(n - (int)page->rows, 0));
		if (line_at(page, (guint)at)->link != NULL)
			focus_set(page, at);
		return true;
	}
	return false;
}

static bool page_move(struct page *page, enum action action)
{
	switch (action) {
	case ACTION_DOWN:
		page_step(page, 1);
		return true;
	case ACTION_UP:
		page_step(page, -1);
		return true;
	case ACTION_PAGE_DOWN:
		page_jump(page, (int)MAX(page->rows / 2, 1));
		return true;
	case ACTION_PAGE_UP:
		page_jump(page, -(int)MAX(page->rows / 2, 1));
		return true;
	case ACTION_FIRST:
		page_end_of(page, false);
		return true;
	case ACTION_LAST:
		page_end_of(page, true);
		return true;
	default:
		return false;
	}
}

bool page_update(struct page *page, enum action action)
{
	bool moves = page_move(page, action);

	page->moved = page->moved || moves;
	if (moves)
		g_clear_pointer(&page->lost_link, g_free);
	return moves;
}

bool page_click(struct page *page, struct rect area, int row)
{
	int line = (int)page->top + row - area.row;
	bool again = line == page->focus;

	if (row < area.row || row >= area.row + area.rows || line >= (int)page->lines->len ||
	    line_at(page, (guint)line)->link == NULL)
		return false;
	focus_set(page, line);
	page->moved = true;
	return again;
}

const char *page_link(const struct page *page)
{
	return focus_is_seen(page) ? page->focus_link : NULL;
}

static void draw_line(const struct page_line *line, struct grid *grid, int row, struct rect area,
		      bool focused)
{
	int end = 0;

	for (guint i = 0; i < line->pieces->len; i++) {
		const struct page_piece *piece = &g_array_index(line->pieces, struct page_piece, i);
		int col = piece->col < 0 ? end : piece->col;
		int room = area.cols - col;
		int columns = piece->columns < 0 ? room : MIN(piece->columns, room);
		enum style style =
			focused && piece->style == STYLE_NORMAL ? STYLE_STRONG : piece->style;

		if (columns <= 0)
			continue;
		if (!isnan(piece->bar)) {
			grid_bar(grid, row, area.col + col, columns, piece->bar, style);
			end = col + columns;
		} else if (piece->right) {
			grid_put_right(grid, row, area.col + col, columns, style, piece->text);
			end = col + columns;
		} else {
			end = col +
			      grid_put(grid, row, area.col + col, columns, style, piece->text);
		}
	}
}

void page_draw(const struct page *page, struct grid *grid, struct rect area, bool focused)
{
	guint n = page->lines->len;

	for (int i = 0; i < area.rows && page->top + (guint)i < n; i++) {
		guint at = page->top + (guint)i;
		bool here = focused && (int)at == page->focus;

		draw_line(line_at(page, at), grid, area.row + i, area, here);
		if ((int)at == page->found)
			grid_style(grid, (struct rect){ area.row + i, area.col, 1, area.cols },
				   STYLE_SELECTED);
		if (here && area.cols > 0) {
			grid_put(grid, area.row + i, area.col, 1, STYLE_ACCENT, "▸");
			grid_cursor(grid, area.row + i, area.col);
		}
	}
	grid_more(grid, area, page->top > 0, page->top + (guint)MAX(area.rows, 0) < n);
}

bool page_follow(const char *link, struct app *app, const struct world *world)
{
	const char *id;
	enum kind kind;

	if (link == NULL)
		return false;
	if (strcmp(link, "check") == 0) {
		app_open(app, world, &view_check, NULL);
		return true;
	}
	if (g_str_has_prefix(link, "gap/")) {
		app_open(app, world, &view_gaps, link + 4);
		return true;
	}
	if (g_str_has_prefix(link, "tie/")) {
		app_open(app, world, &view_tie, link + 4);
		return true;
	}
	if (g_str_has_prefix(link, "view/") && app_tab((guint)(link[5] - '0')) != NULL) {
		app_switch(app, world, app_tab((guint)(link[5] - '0')));
		return true;
	}
	if (g_str_has_prefix(link, "history/")) {
		app_open(app, world, &view_history, link[8] == '\0' ? NULL : link + 8);
		return true;
	}
	if (!subject_parse(link, &kind, &id) || app_card(kind) == NULL)
		return false;
	app_open(app, world, app_card(kind), id);
	return true;
}
