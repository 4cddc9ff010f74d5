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

		if (!tie_counts(&model->ties[i]) || year == 0 || year > last)
			continue;
		(*dated)++;
		if (at < 0)
			(*before)++;
		else
			years[at]++;
	}
}

/* The sums as a row of bars. */
static void draw_line(struct page *page, const guint *years, guint sum, guint dated, int first,
		      int last)
{
	static const char *const steps[] = { "▁", "▂", "▃", "▄", "▅", "▆", "▇", "█" };
	g_autoptr(GString) line = g_string_new(NULL);

	for (int i = first; i < YEARS_MAX; i++) {
		sum += years[i];
		g_string_append(line, steps[MIN(sum * 8 / (dated + 1), 7)]);
	}
	page_line(page, NULL);
	page_text(page, 1, -1, STYLE_ACCENT, line->str);
	page_printf(page, -1, -1, STYLE_NORMAL, "  %d–%d", last - YEARS_MAX + 1 + first, last);
}

/* The same for whom bars are nothing: every fifth year and the last. */
static void tell_line(struct page *page, const guint *years, guint sum, int first, int last,
		      int columns)
{
	g_autoptr(GString) line = g_string_new(NULL);

	for (int i = first; i < YEARS_MAX; i++) {
		int year = last - YEARS_MAX + 1 + i;

		sum += years[i];
		if (year % 5 == 0 || year == last)
			g_string_append_printf(line, "%s%d: %u", line->len > 0 ? ", " : "", year,
					       sum);
	}
	page_wrap(page, 1, columns - 2, STYLE_NORMAL, line->str, NULL);
}

void section_growth(struct page *page, const struct world *world, bool plain, int columns)
{
	guint years[YEARS_MAX] = { 0 };
	guint before = 0, dated = 0;
	int last = world->today.year, first = 0;

	count_years(world->model, last, years, &before, &dated);
	if (dated < 2)
		return;
	while (first < YEARS_MAX - 1 && before == 0 && years[first] == 0)
		first++;
	page_heading(page, _("Ties in all, year by year"));
	if (plain)
		tell_line(page, years, before, first, last, columns);
	else
		draw_line(page, years, before, dated, first, last);
	page_line(page, NULL);
	/* Another day's year is not "this year" of who reads it. */
	if (date_is_set(world->as_of))
		page_printf(page, 1, -1, STYLE_DIM, _("%u begun in %d · %u without a date"),
			    years[YEARS_MAX - 1], last, model_count_ties(world->model) - dated);
	else
		page_printf(page, 1, -1, STYLE_DIM, _("%u begun this year · %u without a date"),
			    years[YEARS_MAX - 1], model_count_ties(world->model) - dated);
}
