#include "tui/views/programme.h"

#include <string.h>

#include <glib/gi18n.h>

#include "base/text.h"
#include "tui/views/card.h"
#include "tui/views/tie.h"
#include "tui/views/record.h"

/*
 * The card of a programme: when it runs, beside what it is part of and its parts;
 * money; what rests on it; who takes part as what.
 */
#define HISTORY_SHOWN 8
#define NAME_COLUMNS  22 /* before a bar */

char *programme_years(const struct programme *programme)
{
	struct tie years = { .since = programme->start, .until = programme->end };

	return tie_years_text(&years);
}

static const char *name_of(const struct programme *programme)
{
	return programme->base.name != NULL ? programme->base.name : programme->base.id;
}

/* --- when --------------------------------------------------------------------------- */

static int month_of(struct date date)
{
	return date.year * 12 + MAX(date.month, 1) - 1;
}

struct span {
	int first, last; /* months */
	bool open;	 /* nobody says when it ends */
};

static bool span_of(const struct programme *programme, struct date today, struct span *span)
{
	struct date end = date_last_day(programme->end);

	if (!date_is_set(programme->start) && !date_is_set(programme->end))
		return false;
	span->open = !date_is_set(programme->end);
	span->first = month_of(
		date_first_day(date_is_set(programme->start) ? programme->start : programme->end));
	span->last = span->open ? MAX(month_of(today), span->first) : month_of(end);
	span->last = MAX(span->last, span->first);
	return true;
}

static const char *span_glyph(const struct span *span, int first, int last, int now)
{
	bool inside = span->first < last && span->last >= first;

	if (inside)
		return span->open ? "╌" : "━";
	return now >= first && now < last ? "│" : "·";
}

/* A row of `columns` cells from month `first` to `last`, with a stroke where today is. */
static char *span_text(const struct span *span, int first, int last, int now, int columns)
{
	GString *out = g_string_new(NULL);
	int months = last - first + 1;

	for (int i = 0; i < columns; i++) {
		int from = first + i * months / columns;
		int to = MAX(first + (i + 1) * months / columns, from + 1);

		g_string_append(out, span_glyph(span, from, to, now));
	}
	return g_string_free(out, FALSE);
}

/* What it is part of, itself, its parts: model indices in that order. */
static GArray *family_of(const struct model *model, guint at)
{
	GArray *family = g_array_new(FALSE, FALSE, sizeof(guint));
	const struct programme *self = model_programme(model, at);
	int parent = self->part_of == NULL ? -1 : model_find(model, KIND_PROGRAMME, self->part_of);

	if (parent >= 0 && (guint)parent != at) {
		guint index = (guint)parent;

		g_array_append_val(family, index);
	}
	g_array_append_val(family, at);
	for (guint i = 0; i < model->n[KIND_PROGRAMME]; i++)
		if (i != at && g_strcmp0(model_programme(model, i)->part_of, self->base.id) == 0)
			g_array_append_val(family, i);
	return family;
}

static char *when_text(const struct programme *one, struct date today)
{
	int since = date_months_between(date_last_day(one->end), today);
	char date[DATE_TEXT_SIZE];
	int left;

	if (date_is_set(one->start) && date_compare(date_first_day(one->start), today) > 0)
		return g_strdup_printf(_("Begins %s."), date_format(one->start, date));
	if (!date_is_set(one->end))
		return g_strdup(date_is_set(one->start) ? _("Nobody says when it ends.")
							: _("Nobody says when it takes place."));
	if (date_compare(date_last_day(one->end), today) < 0)
		return since < 24
			       ? g_strdup_printf(_("Over since %s."), date_format(one->end, date))
			       : g_strdup_printf(_("Over since %s, %d years ago."),
						 date_format(one->end, date), since / 12);
	left = MAX(date_months_between(today, date_last_day(one->end)), 0);
	return g_strdup_printf(ngettext("Ends %s, in less than %d month.",
					"Ends %s, in less than %d months.", (gulong)left + 1),
			       date_format(one->end, date), left + 1);
}

static void section_when(struct page *page, const struct world *world, guint at, int columns)
{
	const struct model *model = world->model;
	g_autoptr(GArray) family = family_of(model, at);
	g_autofree char *text = when_text(model_programme(model, at), world->today);
	int now = month_of(world->today), first = now, last = now;
	int bar = MAX(columns - NAME_COLUMNS - 15, 8), name = MIN(NAME_COLUMNS, columns - bar - 13);
	struct span span;

	for (guint i = 0; i < family->len; i++) {
		const struct programme *one =
			model_programme(model, g_array_index(family, guint, i));

		if (!span_of(one, world->today, &span))
			continue;
		first = MIN(first, span.first);
		last = MAX(last, span.last);
	}
	page_line(page, NULL);
	page_line(page, NULL);
	page_text(page, 1, columns - 2, STYLE_NORMAL, text);
	for (guint i = 0; i < family->len; i++) {
		guint index = g_array_index(family, guint, i);
		const struct programme *one = model_programme(model, index);
		g_autofree char *link =
			index == at ? NULL : subject_new(KIND_PROGRAMME, one->base.id);
		g_autofree char *years = programme_years(one);
		g_autofree char *line = span_of(one, world->today, &span)
						? span_text(&span, first, last, now, bar)
						: g_strdup("");

		if (family->len == 1 && line[0] == '\0')
			break;
		page_line(page, link);
		page_text(page, 2, name, index == at ? STYLE_STRONG : STYLE_NORMAL,
			  index == at ? _("this programme") : name_of(one));
		page_text(page, name + 3, bar, STYLE_ACCENT, line);
		page_text(page, name + 4 + bar, 9, STYLE_DIM, years);
	}
}

/* --- money ----------------------------------------------------------------------------- */

static void section_money(struct page *page, const struct world *world, const struct programme *one,
			  int columns)
{
	const struct field *field = record_field(record_type(KIND_PROGRAMME), "budget");
	g_autofree char *budget = model_field_text(world->model, field, one);

	if (budget == NULL)
		return;
	page_heading(page, _("Money"));
	page_line(page, NULL);
	page_printf(page, 2, columns - 3, STYLE_NORMAL, _("Budget: %s"), budget);
	if (one->part_of != NULL)
		page_wrap(page, 2, columns - 3, STYLE_DIM,
			  _("It may come out of what this is part of: the two are never "
			    "added up."),
			  NULL);
}

/* --- what rests on it -------------------------------------------------------------------- */

static char *carries_text(const GArray *ties, guint alone, guint left)
{
	GString *out = g_string_new(NULL);

	if (ties->len == 0)
		return g_string_free(g_string_append(out, _("No tie is known to rest on it.")),
				     FALSE);
	g_string_append_printf(out, ngettext("%u tie rests on it", "%u ties rest on it", ties->len),
			       ties->len);
	if (alone == ties->len)
		g_string_append(out, _(", on nothing else."));
	else if (alone == 0)
		g_string_append(out, _(", and on something else as well."));
	else
		g_string_append_printf(out, _(", %u of them on nothing else."), alone);
	if (left > 0)
		g_string_append_printf(out,
				       ngettext(" Without it %u member would work with nobody.",
						" Without it %u members would work with nobody.",
						left),
				       left);
	return g_string_free(out, FALSE);
}

/* One of several ends: in the order of their names would need sorting, so by id. */
static void section_left(struct page *page, const struct world *world, const GArray *left,
			 int columns)
{
	if (left->len == 0)
		return;
	page_heading(page, _("Alone without it"));
	for (guint i = 0; i < left->len; i++) {
		const struct institution *one =
			model_institution(world->model, g_array_index(left, guint, i));

		programme_line(
			page, world, one->base.id,
			one->sector == NULL
				? ""
				: model_term_name(world->model, VOCABULARY_SECTORS, one->sector),
			columns);
	}
}

static void section_ties(struct page *page, const struct world *world, const GArray *ties,
			 int columns)
{
	int least = MAX((columns - 6) * 7 / 10, 10);

	if (ties->len == 0)
		return;
	page_heading(page, _("Ties that rest on it"));
	for (guint i = 0; i < ties->len; i++) {
		const struct carried *carried = &g_array_index(ties, struct carried, i);
		const struct tie *tie = &world->model->ties[carried->tie];
		g_autofree char *id = tie_name(world->model, tie, tie->a);
		g_autofree char *link = g_strconcat("tie/", id, NULL);
		g_autofree char *pair = tie_pair_text(world->model, tie, tie->a);
		enum style style;
		const char *glyph = tie_state_glyph(tie->state, &style);
		const char *note = carried->alone ? "" : _("also on others");
		int name = programme_name_room(note, columns - 5, least);

		page_line(page, link);
		page_text(page, 2, 1, style, glyph);
		page_text(page, 4, name, STYLE_NORMAL, pair);
		page_text(page, name + 5, columns - name - 6, STYLE_DIM, note);
	}
}

void programme_write(struct page *page, const struct world *world, const struct carry *carry,
		     guint at, int columns)
{
	const struct programme *one = model_programme(world->model, at);
	g_autoptr(GArray) left = carry_left_alone(carry, world->model, at);
	const GArray *ties = carry->ties[at];
	g_autofree char *kind = model_field_text(
		world->model, record_field(record_type(KIND_PROGRAMME), "kind"), one);
	g_autofree char *below = g_strdup_printf("%s%s%s", kind == NULL ? "" : kind,
						 kind == NULL ? "" : " · ", one->base.id);
	g_autofree char *text = NULL;
	guint alone = 0;

	for (guint i = 0; i < ties->len; i++)
		alone += g_array_index(ties, struct carried, i).alone;
	text = carries_text(ties, alone, left->len);
	page_line(page, NULL);
	page_wrap(page, 1, columns - 2, STYLE_STRONG, name_of(one), NULL);
	page_line(page, NULL);
	page_text(page, 1, columns - 2, STYLE_DIM, below);
	section_when(page, world, at, columns);
	page_wrap(page, 1, columns - 2, left->len > 0 ? STYLE_WARN : STYLE_NORMAL, text, NULL);
	section_money(page, world, one, columns);
	programme_people(page, world, one, columns);
	section_left(page, world, left, columns);
	section_ties(page, world, ties, columns);
}

/* --- the card ------------------------------------------------------------------------------ */

static void card_fill(struct panes *panes, const struct world *world, guint at, const void *carry)
{
	const struct programme *one = model_programme(world->model, at);
	struct page *last = panes->pages[panes->n - 1];
	int columns = panes->areas[panes->n - 1].cols;

	programme_write(panes->pages[0], world, carry, at, panes->areas[0].cols);
	page_heading(last, _("What is known"));
	card_facts(last, world, record_type(KIND_PROGRAMME), one, columns);
	card_history(last, world, KIND_PROGRAMME, one->base.id, HISTORY_SHOWN);
}

static void *card_begin(const struct model *model)
{
	return carry_begin(model);
}

static bool card_work(void *carry, const struct model *model)
{
	return carry_work(carry, model);
}

static void card_end(void *carry)
{
	carry_free(carry);
}

static const struct record_card card = {
	.kind = KIND_PROGRAMME,
	.place = N_("Programmes"),
	.weights = { 10, 9, 1 },
	.pages = 2,
	.fill = card_fill,
	.begin = card_begin,
	.work = card_work,
	.end = card_end,
};

static void *card_open(struct app *app, const struct world *world, const char *subject)
{
	(void)app;
	(void)world;
	(void)subject;
	return record_new(&card);
}

const struct view_ops view_programme = {
	.name = "programme",
	.title = N_("Programme"),
	.scopes = SCOPE_CARD | SCOPE_EDIT,
	.open = card_open,
	RECORD_VIEW,
};
