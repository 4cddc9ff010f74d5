#include "tui/widgets/panes.h"

/*
 * Pages side by side: sharing the width, moving among them, a line between.
 */
struct panes *panes_new(void)
{
	struct panes *panes = g_new0(struct panes, 1);

	for (guint i = 0; i < PANES_MAX; i++)
		panes->pages[i] = page_new();
	panes->n = 1;
	return panes;
}

void panes_free(struct panes *panes)
{
	if (panes == NULL)
		return;
	for (guint i = 0; i < PANES_MAX; i++)
		page_free(panes->pages[i]);
	g_free(panes);
}

void panes_layout(struct panes *panes, struct rect area, guint n, const int *weights)
{
	int sum = 0, col = area.col, left = area.cols - 2 * (int)(n - 1);
	int room = left;

	for (guint i = 0; i < n; i++)
		sum += weights[i];
	panes->n = n;
	for (guint i = 0; i < n; i++) {
		int cols = i + 1 == n ? left : room * weights[i] / sum;

		panes->areas[i] = (struct rect){ area.row, col, area.rows, MAX(cols, 0) };
		page_layout(panes->pages[i], area.rows);
		col += cols + 2;
		left -= cols;
	}
	panes->active = MIN(panes->active, n - 1);
}

void panes_settle(struct panes *panes)
{
	for (guint k = 0; k < panes->n; k++) {
		guint i = (panes->active + k) % panes->n;

		if (panes->pages[i]->focus >= 0) {
			panes->active = i;
			return;
		}
	}
}

const char *panes_link(const struct panes *panes)
{
	return page_link(panes->pages[panes->active]);
}

bool panes_update(struct panes *panes, struct app *app, const struct world *world,
		  enum action action)
{
	if (action == ACTION_PANE) {
		panes->active = (panes->active + 1) % panes->n;
		return true;
	}
	if (action == ACTION_OPEN) {
		if (!page_follow(panes_link(panes), app, world))
			return false;
		return true;
	}
	return page_update(panes->pages[panes->active], action);
}

bool panes_find(struct panes *panes, const char *needle, int step)
{
	struct page *here = panes->pages[panes->active];
	int before = here->found;
	bool found = page_find(here, needle, step);
	bool around = found && before >= 0 && (here->found - before) * step <= 0;

	/* Once through a page the next one has its turn. */
	for (guint k = 1; k < panes->n && (!found || around); k++) {
		guint at = (panes->active + (step > 0 ? k : panes->n - k)) % panes->n;
		struct page *other = panes->pages[at];
		int last = (int)other->lines->len - 1;

		other->found = step > 0 ? last : 0;
		if (!page_find(other, needle, step)) {
			other->found = -1;
			continue;
		}
		here->found = -1;
		panes->active = at;
		return true;
	}
	return found;
}

void panes_draw(const struct panes *panes, struct grid *grid)
{
	for (guint i = 0; i < panes->n; i++) {
		struct rect area = panes->areas[i];

		page_draw(panes->pages[i], grid, area, i == panes->active);
		if (i > 0)
			grid_fill(grid, (struct rect){ area.row, area.col - 2, area.rows, 1 },
				  STYLE_DIM, "│");
	}
}

bool panes_click(struct panes *panes, int row, int col)
{
	for (guint i = 0; i < panes->n; i++) {
		struct rect area = panes->areas[i];
		bool before = i == panes->active;

		if (col < area.col || col >= area.col + area.cols)
			continue;
		panes->active = i;
		return page_click(panes->pages[i], area, row) && before;
	}
	return false;
}
