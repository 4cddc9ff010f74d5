#include "tui/views/overview_growth.h"

#include <glib/gi18n.h>

/*
 * The line of growth on the overview: ties by the year they began in.  Those that
 * do not say are left out and counted.
 */
#define YEARS_MAX 24

static void count_years(const struct model *model, int last, guint *years, guint *before,
			guint *dated)
{
	for (guint i = 0; i < model->n_ties; i++) {
		int year = model->ties[i].since.year;
		int at = year - (last - YEARS_MAX + 1);

		if (year == 0 || year > last)
			continue;
		(*dated)++;
		if (at < 0)
			(*before)++;
		else
			years[at]++;
	}
}

void section_growth(struct page *page, const struct world *world)
{
	static const char *const steps[] = { "▁", "▂", "▃", "▄", "▅", "▆", "▇", "█" };
	guint years[YEARS_MAX] = { 0 };
	guint before = 0, dated = 0, sum;
	int last = world->today.year, first = 0;
	GString *line;

	count_years(world->model, last, years, &before, &dated);
	if (dated < 2)
		return;
	while (first < YEARS_MAX - 1 && before == 0 && years[first] == 0)
		first++;
	sum = before;
	line = g_string_new(NULL);
	for (int i = first; i < YEARS_MAX; i++) {
		sum += years[i];
		g_string_append(line, steps[MIN(sum * 8 / (dated + 1), 7)]);
	}
	page_heading(page, _("Ties in all, year by year"));
	page_line(page, NULL);
	page_text(page, 1, -1, STYLE_ACCENT, line->str);
	page_printf(page, -1, -1, STYLE_NORMAL, "  %d–%d", last - YEARS_MAX + 1 + first, last);
	page_line(page, NULL);
	/* Another day's year is not "this year" of who reads it. */
	if (date_is_set(world->as_of))
		page_printf(page, 1, -1, STYLE_DIM, _("%u begun in %d · %u without a date"),
			    years[YEARS_MAX - 1], last, world->model->n_ties - dated);
	else
		page_printf(page, 1, -1, STYLE_DIM, _("%u begun this year · %u without a date"),
			    years[YEARS_MAX - 1], world->model->n_ties - dated);
	g_string_free(line, TRUE);
}
