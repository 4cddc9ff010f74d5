#include "tui/views/tie.h"

#include <string.h>

#include <glib/gi18n.h>

#include "base/context.h"
#include "base/text.h"
#include "data/claim.h"
#include "tui/views/card.h"

/*
 * The card of a tie: what one side and the other say of it, next to each other,
 * what it rests on, who works with both.
 */
#define LABEL_COLUMNS	13
#define LABEL_MOST	18
#define BESIDE_COLUMNS	64 /* from which the two sides stand side by side */
#define COMMON_SHOWN	8
#define ANSWER_LINK	"answer" /* of the row that Enter answers with */
#define GAPS_SHOWN	6
#define CELL_LINES_MOST 12

/* --- what the sides say -------------------------------------------------------------- */

/* Said of the whole tie, so both sides should say the same. */
static bool must_agree(const struct field *field)
{
	static const char *const keys[] = { "intensity", "direction", "since",	"until",
					    "status",	 "agreement", "amount", NULL };

	return g_strv_contains(keys, field->key);
}

static bool is_told(const struct field *field)
{
	return (field->flags & FIELD_KEY) == 0 && field->type != FIELD_ITEMS &&
	       field->type != FIELD_GROUP && strcmp(field->key, "basis") != 0;
}

/* One field of a claim as people read it, NULL when it says nothing of it. */
static char *claim_text(const struct model *model, const struct claim *claim,
			const struct field *field)
{
	const char *from, *to;

	if (claim == NULL || !field_is_set(field, claim->says))
		return NULL;
	if (strcmp(field->key, "direction") != 0)
		return model_field_text(model, field, claim->says);
	/* "From us to them" would mean the opposite in the other column. */
	from = institution_name(model_institution(model, claim->from), true);
	to = model_name(model, KIND_INSTITUTION, claim->says->with, true);
	if (g_strcmp0(claim->says->direction, "out") == 0)
		return g_strdup_printf("%s → %s", from, to);
	if (g_strcmp0(claim->says->direction, "in") == 0)
		return g_strdup_printf("%s → %s", to, from);
	return model_field_text(model, field, claim->says);
}

/* The nth claim of one side, or NULL. */
static const struct claim *nth_claim(const struct model *model, const struct tie *tie, guint side,
				     guint n)
{
	for (guint i = 0; i < tie->n_claims; i++) {
		const struct claim *claim = &model->claims[tie->first_claim + i];

		if (claim->from == side && n-- == 0)
			return claim;
	}
	return NULL;
}

/* What the longest label takes of those that either side says something of. */
static int label_columns(const struct model *model, const struct tie *tie)
{
	int widest = LABEL_COLUMNS;

	for (guint i = 0; i < tie->n_claims; i++)
		for (guint k = 0; k < partnership_type.n_fields; k++) {
			const struct field *field = &partnership_type.fields[k];

			if (is_told(field) &&
			    field_is_set(field, model->claims[tie->first_claim + i].says))
				widest = MAX(widest, text_width(_(field->label)));
		}
	return MIN(widest, LABEL_MOST);
}

static void cells(struct page *page, int label_room, const char *label, enum style label_style,
		  const char *const texts[2], enum style style, int columns)
{
	int width = MAX((columns - label_room - 4) / 2, 8);
	g_autoptr(GPtrArray) left = text_wrap(texts[0] == NULL ? "" : texts[0], width);
	g_autoptr(GPtrArray) right = text_wrap(texts[1] == NULL ? "" : texts[1], width);
	guint n = MIN(MAX(MAX(left->len, right->len), 1), CELL_LINES_MOST);

	for (guint i = 0; i < n; i++) {
		page_line(page, NULL);
		if (i == 0)
			page_text(page, 1, label_room, label_style, label);
		if (i < left->len)
			page_text(page, label_room + 2, width, style, g_ptr_array_index(left, i));
		if (i < right->len)
			page_text(page, label_room + 3 + width, width, style,
				  g_ptr_array_index(right, i));
	}
}

static void beside_field(struct page *page, int label_room, const struct model *model,
			 const struct field *field, const struct claim *left,
			 const struct claim *right, int columns)
{
	g_autofree char *a = claim_text(model, left, field);
	g_autofree char *b = claim_text(model, right, field);
	const char *const texts[2] = { a, b };
	bool differ = a != NULL && b != NULL && must_agree(field) && strcmp(a, b) != 0;
	g_autofree char *label = g_strconcat(differ ? "! " : "", _(field->label), NULL);

	if (a != NULL || b != NULL)
		cells(page, label_room, label, differ ? STYLE_WARN : STYLE_DIM, texts,
		      differ ? STYLE_WARN : STYLE_NORMAL, columns);
}

static char *says_text(const struct model *model, guint side, bool something)
{
	const char *name = institution_name(model_institution(model, side), true);

	return something ? g_strdup_printf(_("%s says"), name)
			 : g_strdup_printf(_("%s says nothing yet"), name);
}

static void beside(struct page *page, const struct world *world, const struct tie *tie, guint from,
		   int columns)
{
	const struct model *model = world->model;
	guint to = tie_other(tie, from);
	g_autofree char *left = says_text(model, from, tie_is_said_by(model, tie, from));
	g_autofree char *right = says_text(model, to, tie_is_said_by(model, tie, to));
	const char *const heads[2] = { left, right };
	int label = label_columns(model, tie);

	page_line(page, NULL);
	cells(page, label, "", STYLE_DIM, heads, STYLE_STRONG, columns);
	for (guint n = 0;; n++) {
		const struct claim *a = nth_claim(model, tie, from, n);
		const struct claim *b = nth_claim(model, tie, to, n);

		if (a == NULL && b == NULL)
			return;
		if (n > 0)
			page_line(page, NULL);
		for (guint i = 0; i < partnership_type.n_fields; i++)
			if (is_told(&partnership_type.fields[i]))
				beside_field(page, label, model, &partnership_type.fields[i], a, b,
					     columns);
	}
}

static void below_claim(struct page *page, int label_room, const struct model *model,
			const struct claim *claim, int columns)
{
	for (guint i = 0; i < partnership_type.n_fields; i++) {
		const struct field *field = &partnership_type.fields[i];
		g_autofree char *text = is_told(field) ? claim_text(model, claim, field) : NULL;
		guint line = page->lines->len;

		if (text == NULL)
			continue;
		page_wrap(page, label_room + 2, columns - label_room - 3, STYLE_NORMAL, text, NULL);
		if (page->lines->len > line) {
			g_autofree char *label = text_fit(_(field->label), label_room, true);

			page_mark(page, line, 1, STYLE_DIM, label);
		}
	}
}

static void below(struct page *page, const struct world *world, const struct tie *tie, guint from,
		  int columns)
{
	guint sides[2] = { from, tie_other(tie, from) };
	int label = label_columns(world->model, tie);

	for (guint s = 0; s < 2; s++) {
		const struct claim *claim;
		bool said = tie_is_said_by(world->model, tie, sides[s]);
		g_autofree char *head = says_text(world->model, sides[s], said);

		page_heading(page, head);
		for (guint n = 0; (claim = nth_claim(world->model, tie, sides[s], n)) != NULL; n++)
			below_claim(page, label, world->model, claim, columns);
	}
}

/* --- what it rests on, what hangs on it ------------------------------------------------- */

static void section_basis(struct page *page, const struct world *world, const struct tie *tie,
			  int columns)
{
	const struct model *model = world->model;
	g_autoptr(GHashTable) seen = g_hash_table_new(g_str_hash, g_str_equal);

	for (guint i = 0; i < tie->n_claims; i++) {
		const char *const *basis =
			partnership_details(model->claims[tie->first_claim + i].says)->basis;

		for (guint k = 0; k < list_length(basis); k++) {
			bool programme = model_find(model, KIND_PROGRAMME, basis[k]) >= 0;
			enum kind kind = programme ? KIND_PROGRAMME : KIND_TERRITORY;
			g_autofree char *link = subject_new(kind, basis[k]);

			if (!g_hash_table_add(seen, (gpointer)basis[k]))
				continue;
			if (g_hash_table_size(seen) == 1)
				page_heading(page, _("It rests on"));
			page_line(page, link);
			page_text(page, 2, columns - 3, STYLE_NORMAL,
				  model_name(model, kind, basis[k], false));
		}
	}
}

/* Both rows of arcs are in order of the neighbour. */
static void section_common(struct page *page, const struct world *world, const struct tie *tie,
			   int columns)
{
	const struct model *model = world->model;
	guint i = model->arc_start[tie->a], j = model->arc_start[tie->b], n = 0;

	while (i < model->arc_start[tie->a + 1] && j < model->arc_start[tie->b + 1]) {
		guint a = model->arc_to[i], b = model->arc_to[j];
		g_autofree char *link = NULL;

		i += a <= b;
		j += b <= a;
		if (a != b || !tie_counts(&model->ties[model->arc_tie[i - 1]]) ||
		    !tie_counts(&model->ties[model->arc_tie[j - 1]]))
			continue;
		if (n++ == 0)
			page_heading(page, _("Work with both"));
		if (n > COMMON_SHOWN)
			continue;
		link = subject_new(KIND_INSTITUTION, model_institution(model, a)->base.id);
		page_line(page, link);
		page_text(page, 2, columns - 3, STYLE_NORMAL,
			  institution_name(model_institution(model, a), false));
	}
	if (n > COMMON_SHOWN) {
		page_line(page, NULL);
		page_printf(page, 2, columns - 3, STYLE_DIM, _("and %u more"), n - COMMON_SHOWN);
	}
	if (n == 0) {
		page_heading(page, _("Nobody else works with both"));
	}
}

static bool names(const struct gap *gap, guint institution)
{
	for (guint i = 0; i < gap->institutions->len; i++)
		if (g_array_index(gap->institutions, guint, i) == institution)
			return true;
	return false;
}

static void section_gaps(struct page *page, const struct world *world, const struct tie *tie,
			 int columns)
{
	const GPtrArray *gaps = world->study == NULL ? NULL : study_gaps(world->study);
	guint shown = 0;

	for (guint i = 0; gaps != NULL && i < gaps->len && shown < GAPS_SHOWN; i++) {
		const struct gap *gap = g_ptr_array_index(gaps, i);
		g_autofree char *link = NULL;
		guint line = 0;

		if (gap->hidden || !names(gap, tie->a) || !names(gap, tie->b))
			continue;
		if (shown++ == 0)
			page_heading(page, _("Gaps that name both"));
		link = g_strconcat("gap/", gap->id, NULL);
		line = page->lines->len;
		page_wrap(page, 3, columns - 4, STYLE_NORMAL, gap->title, link);
		page_mark(page, line, 1, STYLE_WARN, "●");
	}
}

static void section_ends(struct page *page, const struct world *world, const struct tie *tie,
			 guint from, int columns)
{
	guint ends[2] = { from, tie_other(tie, from) };
	int name = MAX((columns - 4) * 6 / 10, 10);

	for (guint i = 0; i < 2; i++) {
		const struct institution *one = model_institution(world->model, ends[i]);
		g_autofree char *link = subject_new(KIND_INSTITUTION, one->base.id);

		page_line(page, link);
		page_text(page, 2, name, STYLE_STRONG, institution_name(one, false));
		if (one->sector != NULL)
			page_text(page, name + 3, columns - name - 4, STYLE_DIM,
				  model_term_name(world->model, VOCABULARY_SECTORS, one->sector));
	}
}

/* What can be done about a side that is silent, as a row that Enter does. */
static void section_answer(struct page *page, const struct world *world, const struct tie *tie,
			   int columns)
{
	guint sides[2] = { tie->a, tie->b };

	for (guint s = 0; s < 2; s++) {
		g_autofree char *text = NULL;

		if (tie_is_said_by(world->model, tie, sides[s]))
			continue;
		text = g_strdup_printf(
			_("%s has not said anything: write down its answer"),
			institution_name(model_institution(world->model, sides[s]), true));
		page_wrap(page, 4, columns - 5, STYLE_ACCENT, text, ANSWER_LINK);
	}
}

void tie_write(struct page *page, const struct world *world, const struct tie *tie, guint from,
	       int columns, bool acts)
{
	g_autofree char *years = tie_years_text(tie);
	g_autofree char *state = tie_state_text(world->model, tie);
	enum style style;
	const char *glyph = tie_state_glyph(tie->state, &style);
	const char *depth = tie->intensity >= 0 ? in_context(choice_intensity[tie->intensity].label)
						: _("nobody says how close");
	guint line;

	page_line(page, NULL);
	section_ends(page, world, tie, from, columns);
	page_line(page, NULL);
	page_text(page, 2, 1, STYLE_ACCENT, intensity_glyph(tie->intensity));
	page_text(page, 4, -1, STYLE_NORMAL, depth);
	if (years[0] != '\0')
		page_printf(page, -1, -1, STYLE_NORMAL, " · %s", years);
	if (tie->ended)
		page_printf(page, -1, -1, STYLE_DIM, " · %s", _("ended"));
	line = page->lines->len;
	page_wrap(page, 4, columns - 5, STYLE_NORMAL, state, NULL);
	page_mark(page, line, 2, style, glyph);
	if (acts)
		section_answer(page, world, tie, columns);
	if (columns >= BESIDE_COLUMNS)
		beside(page, world, tie, from, columns);
	else
		below(page, world, tie, from, columns);
	section_basis(page, world, tie, columns);
	section_common(page, world, tie, columns);
	section_gaps(page, world, tie, columns);
}

/* --- the card ------------------------------------------------------------------------------ */

static void *card_open(struct app *app, const struct world *world, const char *subject)
{
	struct page *page = page_new();
	guint to;

	(void)app;
	/* Whoever comes from one end wants to go on to the other. */
	if (tie_find(world->model, subject, NULL, &to) != NULL)
		page->focus_link =
			subject_new(KIND_INSTITUTION, model_institution(world->model, to)->base.id);
	return page;
}

static void card_free(void *state)
{
	page_free(state);
}

static void card_refresh(struct view *view, struct app *app, const struct world *world)
{
	struct page *page = view->state;
	guint from;
	const struct tie *tie = tie_find(world->model, view->subject, &from, NULL);

	(void)app;
	page_begin(page);
	if (tie == NULL) {
		page_line(page, NULL);
		page_text(page, 1, -1, STYLE_DIM,
			  _("Nobody declares this tie any more. u takes the last change back."));
	} else {
		tie_write(page, world, tie, from, app_area(world).cols, true);
	}
	page_layout(page, app_area(world).rows);
	page_end(page);
}

static bool card_update(struct view *view, struct app *app, const struct world *world,
			const struct event *event, enum action action, struct effects *effects)
{
	struct page *page = view->state;
	const char *link = page_link(page);

	if (event->type == EVENT_DONE)
		tie_say_done(app, world, event->change);
	if (event->type != EVENT_KEY)
		return false;
	switch (action) {
	case ACTION_OPEN:
		if (g_strcmp0(link, ANSWER_LINK) == 0)
			tie_do(app, world, TIE_ANSWER, view->subject, effects);
		else
			return page_follow(link, app, world);
		return true;
	case ACTION_EDIT:
		tie_do(app, world, TIE_EDIT, view->subject, effects);
		return true;
	case ACTION_ANSWER:
		tie_do(app, world, TIE_ANSWER, view->subject, effects);
		return true;
	case ACTION_CONFIRM:
		tie_do(app, world, TIE_CONFIRM, view->subject, effects);
		return true;
	case ACTION_DELETE:
		tie_do(app, world, TIE_REMOVE, view->subject, effects);
		return true;
	case ACTION_YANK:
		effects_add(effects, EFFECT_YANK)->text = g_strdup(view->subject);
		return true;
	default:
		return page_update(page, action);
	}
}

static void card_draw(const struct view *view, const struct app *app, const struct world *world,
		      struct grid *grid, struct rect area)
{
	(void)app;
	(void)world;
	page_draw(view->state, grid, area, true);
}

static char *card_place(const struct view *view, const struct world *world)
{
	guint from;
	const struct tie *tie = tie_find(world->model, view->subject, &from, NULL);
	g_autofree char *pair = tie == NULL ? NULL : tie_pair_text(world->model, tie, from);

	return g_strdup_printf("%s › %s", _("Partnerships"), pair == NULL ? view->subject : pair);
}

/* Of the institution under the cursor: history, introductions. */
static char *card_record(const struct view *view, const struct world *world)
{
	const char *link = page_link(view->state), *id;
	enum kind kind;

	(void)world;
	return subject_parse(link, &kind, &id) ? g_strdup(link) : NULL;
}

static bool card_can(const struct view *view, const struct world *world, enum action action)
{
	return tie_can(world->model, view->subject, action);
}

static char *card_looks_at(const struct view *view)
{
	return g_strconcat("tie/", view->subject, NULL);
}

const struct view_ops view_tie = {
	.name = "tie",
	.title = N_("Partnership"),
	.scopes = SCOPE_NAMED | SCOPE_TIE | SCOPE_EDIT | SCOPE_CARD,
	.open = card_open,
	.free = card_free,
	.refresh = card_refresh,
	.update = card_update,
	.draw = card_draw,
	.place = card_place,
	.record = card_record,
	.looks_at = card_looks_at,
	.can = card_can,
};
