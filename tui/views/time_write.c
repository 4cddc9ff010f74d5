#include "tui/views/time.h"

#include <math.h>
#include <string.h>

#include <glib/gi18n.h>

#include "tui/views/gaps.h"
#include "tui/views/tie.h"

/*
 * Years in words: what began, what ended, what was published.
 */
#define KIND_COLUMNS 13
#define LINES_MOST   200 /* of a passage: more is no reading */
#define GAPS_MOST    8	 /* of each list: the register has them all */
#define STEPS	     8

/* What one of a series is called where it stands in a list. */
static const char *series_one(enum series series)
{
	static const char *const labels[SERIES_COUNT] = {
		[SERIES_INSTITUTIONS] = N_("institution"),
		[SERIES_TIES] = N_("tie"),
		[SERIES_PROGRAMMES] = N_("programme"),
		[SERIES_TERRITORIES] = N_("territory"),
	};

	return _(labels[series]);
}

static const enum kind kind_of[SERIES_COUNT] = {
	[SERIES_INSTITUTIONS] = KIND_INSTITUTION,
	[SERIES_PROGRAMMES] = KIND_PROGRAMME,
	[SERIES_TERRITORIES] = KIND_TERRITORY,
};

static void span_line(struct page *page, const struct world *world, const struct span *span,
		      int columns)
{
	const struct model *model = world->model;
	g_autofree char *link = NULL, *name = NULL;

	if (span->series == SERIES_TIES) {
		const struct tie *tie = &model->ties[span->index];
		g_autofree char *id = tie_name(model, tie, tie->a);

		link = g_strconcat("tie/", id, NULL);
		name = tie_pair_text(model, tie, tie->a);
	} else {
		enum kind kind = kind_of[span->series];
		const struct record *record = model->records[kind][span->index];

		link = subject_new(kind, record->id);
		name = g_strdup(model_name(model, kind, record->id, false));
	}
	page_line(page, link);
	page_text(page, 2, KIND_COLUMNS - 1, STYLE_DIM, series_one(span->series));
	page_text(page, KIND_COLUMNS + 2, columns - KIND_COLUMNS - 3, STYLE_NORMAL, name);
}

/* What is told of under one heading: counted, and as much of it as anybody reads. */
struct passage {
	guint n, of[SERIES_COUNT];
	const struct span *spans[LINES_MOST];
};

static void passage_add(struct passage *passage, const struct span *span)
{
	if (passage->n < LINES_MOST)
		passage->spans[passage->n] = span;
	passage->n++;
	passage->of[span->series]++;
}

static void passage_write(struct page *page, const struct world *world,
			  const struct passage *passage, const char *heading, int columns)
{
	if (passage->n > 0)
		page_heading(page, heading);
	for (guint i = 0; i < MIN(passage->n, LINES_MOST); i++)
		span_line(page, world, passage->spans[i], columns);
	if (passage->n > LINES_MOST) {
		page_line(page, NULL);
		page_printf(page, 2, -1, STYLE_DIM, _("and %u more"), passage->n - LINES_MOST);
	}
}

/* --- figures ----------------------------------------------------------------------------- */

static const char *entity_name(const struct model *model, const char *id, enum kind *kind)
{
	static const enum kind kinds[] = { KIND_NETWORK, KIND_TERRITORY, KIND_INSTITUTION,
					   KIND_PROGRAMME };

	for (guint i = 0; i < G_N_ELEMENTS(kinds); i++) {
		*kind = kinds[i];
		if (model_find(model, kinds[i], id) >= 0)
			return model_name(model, kinds[i], id, true);
	}
	return id;
}

static char *value_text(const struct count *count)
{
	g_autofree char *number = fabs(count->value - round(count->value)) < 1e-9
					  ? g_strdup_printf("%.0f", count->value)
					  : g_strdup_printf("%g", count->value);

	if (g_strcmp0(count->qualifier, "at-least") == 0)
		return g_strdup_printf(_("at least %s"), number);
	if (g_strcmp0(count->qualifier, "at-most") == 0)
		return g_strdup_printf(_("at most %s"), number);
	if (g_strcmp0(count->qualifier, "about") == 0)
		return g_strdup_printf(_("about %s"), number);
	return g_steal_pointer(&number);
}

static void figure_name(struct page *page, const struct world *world, const struct figures *figures,
			int columns)
{
	enum kind kind;
	const char *name = entity_name(world->model, figures->entity, &kind);
	g_autofree char *link = kind == KIND_NETWORK ? NULL : subject_new(kind, figures->entity);
	g_autofree char *text =
		g_strdup_printf("%s: %s", name,
				model_word_text(world->model, record_field(&count_type, "metric"),
						figures->metric));

	page_wrap(page, 2, columns - 3, STYLE_NORMAL, text, link);
}

static void published_in(struct page *page, const struct world *world, const GPtrArray *all,
			 int year, int columns)
{
	bool any = false;

	for (guint i = 0; i < all->len; i++) {
		const struct figures *figures = g_ptr_array_index(all, i);

		for (guint k = 0; k < figures->counts->len; k++) {
			const struct count *count = g_ptr_array_index(figures->counts, k);
			g_autofree char *value = NULL;

			if (count->as_of.year != year)
				continue;
			if (!any)
				page_heading(page, _("Published that year"));
			any = true;
			value = value_text(count);
			figure_name(page, world, figures, columns);
			page_printf(page, -1, -1, STYLE_STRONG, "  %s", value);
		}
	}
}

static guint dated(const struct figures *figures)
{
	guint n = 0;

	for (guint i = 0; i < figures->counts->len; i++)
		n += ((const struct count *)g_ptr_array_index(figures->counts, i))->as_of.year != 0;
	return n;
}

/* "2021 90 → 2023 180 → 2024 at least 200", with as many steps of height. */
static void figure_steps(struct page *page, const struct figures *figures, int columns)
{
	static const char *const glyphs[STEPS] = { "▁", "▂", "▃", "▄", "▅", "▆", "▇", "█" };
	g_autoptr(GString) text = g_string_new(NULL);
	g_autoptr(GString) bars = g_string_new(NULL);
	double most = 0;
	guint line;

	for (guint i = 0; i < figures->counts->len; i++)
		most = MAX(most,
			   ((const struct count *)g_ptr_array_index(figures->counts, i))->value);
	for (guint i = 0; i < figures->counts->len; i++) {
		const struct count *count = g_ptr_array_index(figures->counts, i);
		g_autofree char *value = value_text(count);
		char date[DATE_TEXT_SIZE];

		if (count->as_of.year == 0)
			continue;
		g_string_append_printf(text, "%s%s %s", text->len > 0 ? " → " : "",
				       date_format(count->as_of, date), value);
		if (most > 0)
			g_string_append(bars,
					glyphs[CLAMP((int)(count->value / most * (STEPS - 1) + 0.5),
						     0, STEPS - 1)]);
	}
	line = page->lines->len;
	page_wrap(page, 4 + (int)dated(figures) + 1, columns - 6 - (int)dated(figures),
		  STYLE_STRONG, text->str, NULL);
	if (page->lines->len > line)
		page_mark(page, line, 4, STYLE_ACCENT, bars->str);
}

void time_write_figures(struct page *page, const struct world *world, const GPtrArray *all,
			int columns)
{
	bool any = false;

	for (guint i = 0; i < all->len; i++) {
		const struct figures *figures = g_ptr_array_index(all, i);

		if (dated(figures) < 2)
			continue;
		if (!any)
			page_heading(page, _("Published figures as they grew"));
		any = true;
		figure_name(page, world, figures, columns);
		figure_steps(page, figures, columns);
	}
}

/* --- years -------------------------------------------------------------------------------- */

void time_write_year(struct page *page, const struct world *world,
		     const struct chronicle *chronicle, const GPtrArray *figures, int year,
		     int columns)
{
	g_autofree char *begun = g_strdup_printf(_("Began in %d"), year);
	g_autofree char *over = g_strdup_printf(_("Ended in %d"), year);
	struct passage began = { .n = 0 }, ended = { .n = 0 };

	for (guint i = 0; i < chronicle->spans->len; i++) {
		const struct span *span = &g_array_index(chronicle->spans, struct span, i);

		if (span->begun == year)
			passage_add(&began, span);
		if (span->end == year)
			passage_add(&ended, span);
	}
	passage_write(page, world, &began, begun, columns);
	passage_write(page, world, &ended, over, columns);
	if (began.n + ended.n == 0) {
		page_line(page, NULL);
		page_printf(page, 1, columns - 2, STYLE_DIM,
			    _("Nothing is known to have begun or ended in %d."), year);
	}
	published_in(page, world, figures, year, columns);
}

/* --- two years ---------------------------------------------------------------------------- */

static void sentence(struct page *page, int columns, char *text)
{
	page_wrap(page, 2, columns - 3, STYLE_NORMAL, text, NULL);
	g_free(text);
}

static void ties_sentence(struct page *page, const struct comparison *both, struct years years,
			  int columns)
{
	if (isnan(both->jaccard))
		sentence(page, columns, g_strdup(_("No tie ran in either year.")));
	else
		sentence(page, columns,
			 g_strdup_printf(_("With ties that state no beginning, %.0f %% of those "
					   "that ran in either year ran in both: %u in both, %u "
					   "only in %d, %u only in %d."),
					 100 * both->jaccard, both->kept->len, both->lost->len,
					 years.from, both->fresh->len, years.to));
}

/* What takes computing: how alike the two are, and what became of the gaps. */
static void differences(struct page *page, const struct world *world, struct years years,
			int columns)
{
	const struct comparison *both = world->comparison;
	const struct scorecard *card;

	if (both == NULL || world->compared.from != years.from || world->compared.to != years.to) {
		page_line(page, NULL);
		page_text(page, 2, -1, STYLE_DIM, _("computing…"));
		return;
	}
	card = both->card;
	ties_sentence(page, both, years, columns);
	sentence(page, columns,
		 g_strdup_printf(_("Of the gaps of %d, %u are closed in %d; %u have opened."),
				 years.from, card->closed->len, years.to, card->opened->len));
	gaps_write(page, _("Gaps that closed"), card->closed, STYLE_GOOD, columns, GAPS_MOST);
	gaps_write(page, _("Gaps that opened"), card->opened, STYLE_BAD, columns, GAPS_MOST);
}

/* What began and has ended is in the sum above and in neither of these: where they differ it is
 * said. */
static void series_compared(struct page *page, enum series series, const guint counts[3],
			    guint so_far, guint undated, int columns)
{
	guint there = counts[0] + counts[1];

	page_line(page, NULL);
	page_text(page, 2, KIND_COLUMNS, STYLE_NORMAL, series_label(series));
	page_printf(page, KIND_COLUMNS + 3, columns - KIND_COLUMNS - 4, STYLE_NORMAL,
		    _("%u new, %u kept, %u lost"), counts[0], counts[1], counts[2]);
	if (there != so_far) {
		page_line(page, NULL);
		page_printf(page, KIND_COLUMNS + 3, columns - KIND_COLUMNS - 4, STYLE_DIM,
			    _("%u of the %u so far: the others had ended"), there, so_far);
	}
	if (undated > 0) {
		page_line(page, NULL);
		page_printf(page, KIND_COLUMNS + 3, columns - KIND_COLUMNS - 4, STYLE_DIM,
			    ngettext("without %u that has no date", "without %u that have no date",
				     undated),
			    undated);
	}
}

void time_write_compared(struct page *page, const struct world *world,
			 const struct chronicle *chronicle, int from, int to, int columns)
{
	g_autofree char *heading = g_strdup_printf(_("From %d to %d"), from, to);
	g_autofree char *only_to = g_strdup_printf(_("There in %d and not in %d"), to, from);
	g_autofree char *only_from = g_strdup_printf(_("There in %d and not in %d"), from, to);
	g_autofree char *in_both = g_strdup_printf(_("There in both %d and %d"), from, to);
	struct passage fresh = { .n = 0 }, lost = { .n = 0 }, kept = { .n = 0 };

	for (guint i = 0; i < chronicle->spans->len; i++) {
		const struct span *span = &g_array_index(chronicle->spans, struct span, i);
		bool before = span_stands(span, from), after = span_stands(span, to);

		if (before || after)
			passage_add(!before ? &fresh : !after ? &lost : &kept, span);
	}
	page_heading(page, heading);
	for (guint s = 0; s < SERIES_COUNT; s++)
		series_compared(page, s, (guint[]){ fresh.of[s], kept.of[s], lost.of[s] },
				chronicle->sum[chronicle_at(chronicle, to, s)],
				chronicle->undated[chronicle_at(chronicle, to, s)], columns);
	differences(page, world, (struct years){ from, to }, columns);
	passage_write(page, world, &fresh, only_to, columns);
	passage_write(page, world, &lost, only_from, columns);
	passage_write(page, world, &kept, in_both, columns);
}
