/*
 * Picking from a list by typing.  What the items stand for, and where they come
 * from, is the caller's business.
 */
#include "tui/widgets/menu.h"

#include <string.h>

#include <glib/gi18n.h>

#include "base/text.h"
#include "tui/typed.h"
#include "tui/widgets/table_rank.h"

#define PIECE	8192 /* items looked at in one step: some milliseconds */
#define FOLDING 8    /* one whose names are folded costs as much as so many */

struct hit {
	guint item;
	int score;
};

static void item_free(void *data)
{
	struct menu_item *item = data;

	g_free(item->id);
	g_free(item->label);
	g_free(item->note);
	g_free(item->folded);
	g_free(item->more);
	g_free(item);
}

struct menu *menu_new(const char *title, bool many)
{
	struct menu *menu = g_new0(struct menu, 1);

	menu->title = g_strdup(title);
	menu->items = g_ptr_array_new_with_free_func(item_free);
	menu->shown = g_array_new(FALSE, FALSE, sizeof(guint));
	menu->hits = g_array_new(FALSE, FALSE, sizeof(struct hit));
	menu->query = prompt_new("", "");
	menu->many = many;
	return menu;
}

void menu_free(struct menu *menu)
{
	if (!menu)
		return;
	if (menu->source.free)
		menu->source.free(menu->source.data);
	ranking_free(menu->ranking);
	g_free(menu->wanted);
	g_free(menu->title);
	g_ptr_array_unref(menu->items);
	g_array_unref(menu->shown);
	g_array_unref(menu->hits);
	prompt_free(menu->query);
	g_free(menu);
}

void menu_add(struct menu *menu, const char *id, const char *label, const char *note,
	      const char *extra, bool ticked)
{
	struct menu_item *item = g_new0(struct menu_item, 1);
	item->id = g_strdup(id);
	item->label = g_strdup(label);
	item->note = g_strdup(note);
	item->folded = text_fold(label);
	item->more = g_strconcat(id, TYPED_BETWEEN, extra ? extra : "", TYPED_PLACE,
				 note ? note : "", NULL);
	item->ticked = ticked;
	g_ptr_array_add(menu->items, item);
}

static const struct menu_item *item_at(const struct menu *menu, guint i)
{
	return g_ptr_array_index(menu->items, i);
}

static int by_label(gconstpointer a, gconstpointer b)
{
	const struct menu_item *one = *(struct menu_item *const *)a;
	const struct menu_item *two = *(struct menu_item *const *)b;
	int order = strcmp(one->folded, two->folded);

	return order ? order : strcmp(one->id, two->id);
}

void menu_sort(struct menu *menu)
{
	g_ptr_array_sort(menu->items, by_label);
}

/* --- many items, in pieces --- */

#define AT_ONCE 4096 /* items up to which nobody notices */
#define FILLED	1024 /* of a source in a piece */

static void fill_some(struct menu *menu)
{
	guint until = MIN(menu->source.n, menu->filled + FILLED);

	for (; menu->filled < until; menu->filled++)
		menu->source.add(menu, menu->source.data, menu->filled);
}

static void take_order(struct menu *menu)
{
	guint n = menu->items->len;
	guint32 *order = NULL;
	guint32 *ranks = ranking_steal(menu->ranking, &order);
	g_autofree gpointer *before = g_memdup2(menu->items->pdata, n * sizeof *before);

	for (guint i = 0; i < n; i++)
		menu->items->pdata[i] = before[order[i]];
	g_free(order);
	g_free(ranks);
	g_clear_pointer(&menu->ranking, ranking_free);
	menu->sorted = true;
}

/* A piece of what comes before a search; false: all items are there, in their order. */
static bool prepare(struct menu *menu)
{
	if (menu->filled < menu->source.n) {
		fill_some(menu);
		return true;
	}
	if (menu->sorted || menu->source.n == 0 || menu->items->len == 0)
		return false;
	if (!menu->ranking)
		menu->ranking = ranking_new(menu->items->len);
	for (guint k = 0; k < 4 * FILLED && ranking_wants(menu->ranking); k++)
		ranking_add(menu->ranking, item_at(menu, ranking_count(menu->ranking))->folded);
	if (!ranking_wants(menu->ranking) && !ranking_work(menu->ranking))
		take_order(menu);
	return true;
}

void menu_fill(struct menu *menu, const struct menu_source *source)
{
	menu->source = *source;
	while (source->n <= AT_ONCE && prepare(menu))
		;
}

static int by_score(gconstpointer a, gconstpointer b)
{
	const struct hit *one = a, *two = b;

	if (one->score != two->score)
		return one->score < two->score ? 1 : -1;
	return one->item < two->item ? -1 : one->item > two->item;
}

/* Folding is what costs with many thousands of names: half when opening, half here. */
static void fold_more(struct menu_item *item)
{
	g_autofree char *more = item->more;

	item->more = text_fold(more);
	item->folded_more = true;
}

static void show_hits(struct menu *menu)
{
	g_array_sort(menu->hits, by_score);
	g_array_set_size(menu->shown, 0);
	for (guint i = 0; i < menu->hits->len; i++)
		g_array_append_val(menu->shown, g_array_index(menu->hits, struct hit, i).item);
	menu->focus = 0;
	for (guint i = 0; menu->wanted && i < menu->shown->len; i++)
		if (!strcmp(item_at(menu, g_array_index(menu->shown, guint, i))->id, menu->wanted))
			menu->focus = i;
	g_clear_pointer(&menu->wanted, g_free);
}

bool menu_work(struct menu *menu)
{
	struct typed typed;

	if (!menu->busy)
		return false;
	if (prepare(menu))
		return true;
	typed_init(&typed, menu->query->text->str);
	for (guint spent = 0; menu->looked < menu->items->len && spent < PIECE; menu->looked++) {
		struct menu_item *item = g_ptr_array_index(menu->items, menu->looked);
		struct hit hit = { menu->looked, 0 };
		bool first = menu->query->text->len && !item->folded_more;

		spent += first ? FOLDING : 1;
		if (first)
			fold_more(item);
		hit.score = typed_score(&typed, item->folded, item->more);
		if (hit.score > 0)
			g_array_append_val(menu->hits, hit);
	}
	typed_release(&typed);
	menu->busy = menu->looked < menu->items->len;
	if (!menu->busy)
		show_hits(menu);
	return menu->busy;
}

/* What is done with the list is done with all of it. */
static void settle(struct menu *menu)
{
	while (menu_work(menu))
		;
}

static void search(struct menu *menu)
{
	g_array_set_size(menu->hits, 0);
	menu->looked = 0;
	menu->busy = true;
	menu_work(menu);
	if (!menu->patient)
		settle(menu);
}

void menu_start(struct menu *menu, const char *text, const char *id)
{
	if (text)
		prompt_set(menu->query, text);
	menu->wanted = g_strdup(id);
	search(menu);
	if ((id || !menu->query->text->len) && menu->filled == menu->source.n)
		settle(menu);
}

const struct menu_item *menu_focused(const struct menu *menu)
{
	if (menu->focus >= menu->shown->len)
		return NULL;
	return item_at(menu, g_array_index(menu->shown, guint, menu->focus));
}

static struct menu_item *focused(struct menu *menu)
{
	if (menu->focus >= menu->shown->len)
		return NULL;
	return g_ptr_array_index(menu->items, g_array_index(menu->shown, guint, menu->focus));
}

static void go(struct menu *menu, int steps)
{
	settle(menu);

	int last = (int)menu->shown->len - 1;

	menu->focus = (guint)MAX(0, MIN(last, (int)menu->focus + steps));
	menu->moved = true;
}

static enum menu_result pick(struct menu *menu)
{
	settle(menu);

	struct menu_item *item = focused(menu);

	/* After ticking, Enter means "these"; before, or with a name typed, the focused one too. */
	if (menu->many && item && (menu->query->text->len || !menu->toggled))
		item->ticked = true;
	/* What was typed and matches nothing is not dropped. */
	if (!item && (!menu->many || menu->query->text->len))
		return MENU_STAYS;
	return MENU_PICKED;
}

static enum menu_result tick(struct menu *menu)
{
	settle(menu);

	struct menu_item *item = focused(menu);

	if (!menu->many)
		return MENU_STAYS;
	if (item)
		item->ticked = !item->ticked;
	menu->toggled = true;
	/* What was looked for is found: the next one is typed from scratch. */
	if (item && menu->query->text->len) {
		guint at = g_array_index(menu->shown, guint, menu->focus);

		prompt_set(menu->query, "");
		search(menu);
		settle(menu);
		menu->focus = at;
	}
	return MENU_STAYS;
}

enum menu_result menu_key(struct menu *menu, gunichar key)
{
	switch (key) {
	case TUI_KEY_UP:
	case TUI_CTRL('p'):
		go(menu, -1);
		return MENU_STAYS;
	case TUI_KEY_DOWN:
	case TUI_CTRL('n'):
		go(menu, 1);
		return MENU_STAYS;
	case TUI_KEY_PAGE_UP:
		go(menu, -8);
		return MENU_STAYS;
	case TUI_KEY_PAGE_DOWN:
		go(menu, 8);
		return MENU_STAYS;
	case TUI_TAB:
		return tick(menu);
	case ' ':
		if (menu->many && (menu->moved || !menu->query->text->len))
			return tick(menu);
		break;
	default:
		break;
	}
	switch (prompt_key(menu->query, key)) {
	case PROMPT_DONE:
		return pick(menu);
	case PROMPT_LEFT:
		return MENU_LEFT;
	case PROMPT_CHANGED:
		g_clear_pointer(&menu->wanted, g_free);
		menu->moved = false;
		search(menu);
		return MENU_STAYS;
	case PROMPT_MOVED:
		return MENU_STAYS;
	default:
		return MENU_IGNORED;
	}
}

static void draw_item(const struct menu *menu, const struct menu_item *item, bool focus,
		      struct grid *grid, int row, int col, int columns)
{
	enum style style = focus ? STYLE_SELECTED : STYLE_NORMAL;
	const char *mark = !menu->many ? "" : item->ticked ? "[x] " : "[ ] ";
	int used = 0;

	if (focus)
		grid_fill(grid, (struct rect){ row, col, 1, columns }, style, " ");
	used += grid_put(grid, row, col, columns, style, focus ? "▸ " : "  ");
	used += grid_put(grid, row, col + used, columns - used, style, mark);
	used += grid_put(grid, row, col + used, columns - used, style, item->label);
	if (item->note && used + 2 < columns)
		grid_put(grid, row, col + used + 2, columns - used - 2,
			 focus ? STYLE_SELECTED : STYLE_DIM, item->note);
}

static void draw_head(const struct menu *menu, struct grid *grid, struct rect area)
{
	int used = grid_put(grid, area.row, area.col, area.cols, STYLE_STRONG, menu->title);

	used += grid_put(grid, area.row, area.col + used, area.cols - used, STYLE_STRONG, "  ");
	if (area.cols - used <= 0)
		return;
	if (!menu->query->text->len)
		grid_put(grid, area.row, area.col + used + 1, area.cols - used - 1, STYLE_DIM,
			 _("type to search"));
	prompt_draw(menu->query, grid, area.row, area.col + used, area.cols - used, STYLE_NORMAL,
		    true);
}

/* The first of those shown where so many rows are for them. */
static guint menu_top(const struct menu *menu, guint rows)
{
	guint last = menu->focus < rows ? 0 : menu->focus - rows + 1;

	return CLAMP(menu->top, last, menu->focus);
}

bool menu_click(struct menu *menu, struct rect area, int row)
{
	int line = row - area.row - 1, rows = area.rows - 2;

	if (line < 0 || line >= rows)
		return false;
	settle(menu);
	guint clicked = menu_top(menu, (guint)rows) + (guint)line;
	bool had = clicked == menu->focus;

	if (clicked >= menu->shown->len)
		return false;
	menu->top = clicked - (guint)line;
	menu->focus = clicked;
	return had;
}

void menu_draw(const struct menu *menu, struct grid *grid, struct rect area)
{
	if (area.rows < 1 || area.cols < 1)
		return;
	draw_head(menu, grid, area);
	int rows = area.rows - 2;

	if (!menu->shown->len && area.rows > 1)
		grid_put(grid, area.row + 1, area.col, area.cols,
			 menu->busy ? STYLE_DIM : STYLE_WARN,
			 menu->busy ? _("looking…") : _("Nothing has such a name"));
	if (rows < 1)
		return;
	guint shown = (guint)rows;
	guint top = menu_top(menu, shown);

	for (guint i = 0; i < shown && top + i < menu->shown->len; i++)
		draw_item(menu, item_at(menu, g_array_index(menu->shown, guint, top + i)),
			  top + i == menu->focus, grid, area.row + 1 + (int)i, area.col, area.cols);
	grid_more(grid, (struct rect){ area.row + 1, area.col, rows, area.cols }, top > 0,
		  top + shown < menu->shown->len);
	grid_printf(grid, area.row + area.rows - 1, area.col, area.cols, STYLE_DIM,
		    _("%u of %u  Enter takes  Esc leaves"), menu->shown->len, menu->items->len);
}
