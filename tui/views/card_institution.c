#include "tui/views/card.h"
#include "tui/views/tie.h"

#include <string.h>

#include <glib/gi18n.h>

#include "base/text.h"

/*
 * Sections of a card that only institutions have: partners, what it offers and
 * needs, where it belongs and takes part.
 */
const char *intensity_glyph(int intensity)
{
	static const char *const glyphs[] = { "▁", "▃", "▅", "█" };

	return intensity >= 0 && intensity < 4 ? glyphs[intensity] : "·";
}

const char *tie_state_glyph(enum tie_state state, enum style *style)
{
	switch (state) {
	case TIE_CONFIRMED:
		*style = STYLE_GOOD;
		return "✓";
	case TIE_CLAIMED:
		*style = STYLE_WARN;
		return "?";
	case TIE_DISPUTED:
		*style = STYLE_BAD;
		return "!";
	case TIE_PROPOSED:
		*style = STYLE_DIM;
		return "+";
	case TIE_DENIED:
		*style = STYLE_DIM;
		return "×";
	case TIE_UNANSWERABLE:
		break;
	}
	*style = STYLE_DIM;
	return "…";
}

struct partner {
	guint institution;
	int sector; /* place in the vocabulary; unknown ones come last */
	const struct tie *tie;
};

static int partner_compare(gconstpointer left, gconstpointer right, gpointer data)
{
	const struct partner *a = left, *b = right;
	const struct model *model = data;

	if (a->sector != b->sector)
		return (guint)a->sector < (guint)b->sector ? -1 : 1;
	if (a->tie->intensity != b->tie->intensity)
		return b->tie->intensity - a->tie->intensity;
	return g_utf8_collate(institution_name(model_institution(model, a->institution), true),
			      institution_name(model_institution(model, b->institution), true));
}

static GArray *partners_of(const struct model *model, guint institution)
{
	GArray *partners = g_array_new(FALSE, FALSE, sizeof(struct partner));

	for (guint i = model->arc_start[institution]; i < model->arc_start[institution + 1]; i++) {
		struct partner partner = { model->arc_to[i], -1, &model->ties[model->arc_tie[i]] };
		const char *sector = model_institution(model, partner.institution)->sector;

		if (sector != NULL)
			partner.sector = model_term_index(model, VOCABULARY_SECTORS, sector);
		g_array_append_val(partners, partner);
	}
	g_array_sort_with_data(partners, partner_compare, (gpointer)model);
	return partners;
}

static char *kinds_text(const struct model *model, const struct tie *tie)
{
	g_autoptr(GPtrArray) kinds = tie_kinds(model, tie);
	GString *out = g_string_new(NULL);
	char since[DATE_TEXT_SIZE];

	for (guint i = 0; i < kinds->len; i++)
		g_string_append_printf(
			out, "%s%s", i > 0 ? ", " : "",
			model_term_name(model, VOCABULARY_KINDS, g_ptr_array_index(kinds, i)));
	if (date_is_set(tie->since))
		g_string_append_printf(out, out->len > 0 ? " · %s" : "%s",
				       date_format(tie->since, since));
	if (tie->ended)
		g_string_append_printf(out, " · %s", _("ended"));
	return g_string_free(out, FALSE);
}

/* Columns of the names: no more than the longest, and what no tie's words need. */
static int name_columns(const struct model *model, const GArray *partners, int columns)
{
	int room = columns - 9, name = 16, words = 0;

	for (guint i = 0; i < partners->len; i++) {
		const struct partner *partner = &g_array_index(partners, struct partner, i);
		const struct institution *other = model_institution(model, partner->institution);
		g_autofree char *kinds = kinds_text(model, partner->tie);

		name = MAX(name, text_width(institution_name(other, true)));
		words = MAX(words, text_width(kinds));
	}
	return MAX(MIN(name, MAX(room * 11 / 20, room - words)), 10);
}

static void partner_line(struct page *page, const struct world *world, guint institution,
			 const struct partner *partner, int name, int columns)
{
	const struct institution *other = model_institution(world->model, partner->institution);
	g_autofree char *name_of_tie = tie_name(world->model, partner->tie, institution);
	g_autofree char *link = g_strconcat("tie/", name_of_tie, NULL);
	g_autofree char *kinds = kinds_text(world->model, partner->tie);
	enum style style;
	const char *state = tie_state_glyph(partner->tie->state, &style);

	page_line(page, link);
	page_text(page, 2, 1, STYLE_ACCENT, intensity_glyph(partner->tie->intensity));
	page_text(page, 4, 1, style, state);
	page_text(page, 6, name,
		  partner->tie->ended || !tie_counts(partner->tie) ? STYLE_DIM : STYLE_NORMAL,
		  institution_name(other, true));
	page_text(page, 8 + name, columns - name - 9, STYLE_DIM, kinds);
}

/*
 * Broken between its parts only: a sign stays with its word.  Of the signs of what does not
 * count those that are there.
 */
static void partners_legend(struct page *page, const guint *n_of_state, int columns)
{
	/* TRANSLATORS: two spaces between one sign with its word and the next. */
	GString *text = g_string_new(_("✓ confirmed  ? claimed  … unanswered  ! disputed"));
	g_auto(GStrv) parts = NULL;
	int col = columns;

	for (int state = TIE_COUNTING; state < TIE_STATES; state++) {
		enum style style;

		if (n_of_state[state] > 0)
			g_string_append_printf(text, "  %s %s",
					       tie_state_glyph((enum tie_state)state, &style),
					       tie_state_label((enum tie_state)state));
	}
	parts = g_strsplit(text->str, "  ", -1);
	g_string_free(text, TRUE);

	for (guint i = 0; parts[i] != NULL; i++) {
		int width = text_width(parts[i]);

		if (col + width > columns) {
			page_line(page, NULL);
			col = 0;
		}
		page_text(page, 1 + col, width, STYLE_DIM, parts[i]);
		col += width + 2;
	}
}

void card_partners(struct page *page, const struct world *world, guint institution, int columns)
{
	const struct model *model = world->model;
	g_autoptr(GArray) partners = partners_of(model, institution);
	int name = name_columns(model, partners, columns);
	guint n_of_state[TIE_STATES] = { 0 }, n = model_degree(model, institution);
	g_autofree char *counted = g_strdup_printf(ngettext("%u partner", "%u partners", n), n);
	g_autofree char *heading = NULL;
	int sector = -2;

	for (guint i = 0; i < partners->len; i++)
		n_of_state[g_array_index(partners, struct partner, i).tie->state]++;
	heading = ties_and_others(counted, n_of_state);
	page_heading(page, heading);
	if (partners->len == 0) {
		page_line(page, NULL);
		page_text(page, 1, -1, STYLE_DIM, _("It works with nobody here yet."));
		return;
	}
	partners_legend(page, n_of_state, columns - 2);
	for (guint i = 0; i < partners->len; i++) {
		const struct partner *partner = &g_array_index(partners, struct partner, i);
		const char *id = model_institution(model, partner->institution)->sector;

		if (partner->sector != sector) {
			sector = partner->sector;
			page_line(page, NULL);
			page_text(page, 1, -1, STYLE_DIM,
				  id == NULL ? _("Sector unknown")
					     : model_term_name(model, VOCABULARY_SECTORS, id));
		}
		partner_line(page, world, institution, partner, name, columns);
	}
}

static void exchange_lines(struct page *page, const struct world *world, const char *heading,
			   const struct items *items, int columns)
{
	if (items->n == 0)
		return;
	page_heading(page, heading);
	for (guint i = 0; i < items->n; i++) {
		const struct exchange *exchange = &ITEMS(struct exchange, *items)[i];
		GString *text = g_string_new(NULL);

		if (exchange->capacity != NULL)
			g_string_append(text, model_term_name(world->model, VOCABULARY_CAPACITIES,
							      exchange->capacity));
		if (exchange->what != NULL)
			g_string_append_printf(text, "%s%s", text->len > 0 ? ": " : "",
					       exchange->what);
		for (guint k = 0; k < list_length(exchange->lines); k++)
			g_string_append_printf(text, "%s%s", k > 0 ? ", " : " · ",
					       model_term_name(world->model, VOCABULARY_LINES,
							       exchange->lines[k]));
		page_wrap(page, 1, columns - 2, STYLE_NORMAL, text->str, NULL);
		g_string_free(text, TRUE);
	}
}

void card_exchange(struct page *page, const struct world *world, guint institution, int columns)
{
	const struct institution *record = model_institution(world->model, institution);

	exchange_lines(page, world, _("Offers"), &record->offers, columns);
	exchange_lines(page, world, _("Needs"), &record->needs, columns);
}

void card_memberships(struct page *page, const struct world *world, guint institution)
{
	const struct items *items = &model_institution(world->model, institution)->memberships;

	if (items->n == 0)
		return;
	page_heading(page, _("Member of"));
	for (guint i = 0; i < items->n; i++) {
		const struct membership *membership = &ITEMS(struct membership, *items)[i];
		char since[DATE_TEXT_SIZE];

		page_line(page, NULL);
		page_text(page, 1, -1, STYLE_NORMAL,
			  model_name(world->model, KIND_NETWORK, membership->network, true));
		if (membership->tier != NULL)
			page_printf(
				page, -1, -1, STYLE_NORMAL, " · %s",
				model_term_name(world->model, VOCABULARY_TIERS, membership->tier));
		if (date_is_set(membership->since))
			page_printf(page, -1, -1, STYLE_DIM, " · %s",
				    date_format(membership->since, since));
	}
}

/* The part that `id` takes in a programme as people read it, or NULL. */
static const char *part_in(const struct model *model, const struct programme *programme,
			   const char *id)
{
	if (g_strcmp0(programme->lead, id) == 0)
		return _("leads");
	if (list_has(programme->donors, id))
		return _("funds");
	for (guint i = 0; i < programme->participants.n; i++) {
		const struct participant *one =
			&ITEMS(struct participant, programme->participants)[i];

		if (g_strcmp0(one->institution, id) == 0)
			return one->role == NULL
				       ? _("takes part")
				       : model_term_name(model, VOCABULARY_ROLES, one->role);
	}
	return NULL;
}

void card_programmes(struct page *page, const struct world *world, guint institution, int columns)
{
	const struct model *model = world->model;
	const char *id = model_institution(model, institution)->base.id;
	int part = MIN(14, columns / 4);
	bool any = false;

	for (guint i = 0; i < model->n[KIND_PROGRAMME]; i++) {
		const struct programme *programme = model_programme(model, i);
		const char *role = part_in(model, programme, id);
		struct date month = { programme->start.year, programme->start.month, 0 };
		g_autofree char *link = NULL;
		char start[DATE_TEXT_SIZE];

		if (role == NULL)
			continue;
		if (!any)
			page_heading(page, _("Programmes it takes part in"));
		any = true;
		link = subject_new(KIND_PROGRAMME, programme->base.id);
		page_line(page, link);
		page_text(page, 1, 7, STYLE_DIM, date_format(month, start));
		page_text(page, 9, part, STYLE_DIM, role);
		page_text(page, part + 10, columns - part - 11, STYLE_NORMAL,
			  programme->base.name != NULL ? programme->base.name : programme->base.id);
	}
}
