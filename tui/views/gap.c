#include "tui/views/gaps.h"
#include "tui/views/gap_work.h"
#include "tui/views/tie.h"

#include <glib/gi18n.h>
#include <string.h>

#include "base/context.h"

/*
 * One gap: what to do next, why, and with whom.  The same text stands in the pane
 * of the register and on the gap's own card, where every name can be opened.
 */
#define MOST_NAMED    40
#define PAIRS_IN_PANE 3
#define WIDE_PANE     70 /* columns */

const struct gap *gap_of(const struct world *world, const char *id)
{
	return world->study && id ? study_gap(world->study, id) : NULL;
}

enum style gap_style(double severity)
{
	return severity >= 0.66 ? STYLE_BAD : severity >= 0.33 ? STYLE_WARN : STYLE_NORMAL;
}

static const char *name_of(const struct world *world, int institution)
{
	return institution_name(model_institution(world->model, (guint)institution), true);
}

static char *link_of(const struct world *world, int institution)
{
	return subject_new(KIND_INSTITUTION,
			   RECORD(model_institution(world->model, (guint)institution))->id);
}

static void write_person(struct page *page, const struct world *world, int col, int columns,
			 enum style style, const char *format, int institution)
{
	g_autofree char *link = link_of(world, institution);
	g_auto(GStrv) parts = g_strsplit(format, "%s", 2);
	g_autofree char *text = g_strconcat(parts[0], parts[1] ? name_of(world, institution) : "",
					    parts[1] ? parts[1] : "", NULL);

	page_line(page, link);
	page_text(page, col, columns - col - 1, style, text);
}

/* What the two of a pair have in their entries: "proposed"; NULL: no partnership.  Translated. */
static char *tie_word(const struct world *world, const struct candidate *candidate)
{
	const struct model *model = world->model;
	const struct tie *tie =
		candidate->b < 0 ? NULL
				 : model_tie(model, (guint)candidate->a, (guint)candidate->b);
	const char *status = tie ? model->claims[tie->first_claim].says->status : NULL;
	int at = status ? choice_index(choice_status_tie, status) : -1;
	g_autofree char *name = tie ? tie_name(model, tie, tie->a) : NULL;
	const char *proposed = tie && tie->state == TIE_PROPOSED && world->proposals
				       ? g_hash_table_lookup(world->proposals, name)
				       : NULL;

	return proposed ? g_strdup(proposed)
	       : !tie	? NULL
			: g_strdup(at < 0 ? _("partners already")
					  : in_context(choice_status_tie[at].label));
}

/* Each of the two, and who could introduce them, on a line that opens its card. */
static void write_candidate(struct page *page, const struct world *world,
			    const struct candidate *candidate, guint number, int columns)
{
	g_autofree char *link = link_of(world, candidate->a);
	g_autofree char *tied = tie_word(world, candidate);

	page_line(page, link);
	page_printf(page, 1, 3, STYLE_DIM, "%u", number);
	page_text(page, 4, columns - 5, STYLE_STRONG, name_of(world, candidate->a));
	if (candidate->b >= 0)
		write_person(page, world, 4, columns, STYLE_STRONG, _("with %s"), candidate->b);
	if (tied)
		page_printf(page, -1, -1, STYLE_ACCENT, " · %s", tied);
	if (candidate->introducer >= 0)
		write_person(page, world, 4, columns, STYLE_ACCENT, _("introduced by %s"),
			     candidate->introducer);
	if (candidate->why && *candidate->why)
		page_wrap(page, 4, columns - 5, STYLE_DIM, candidate->why, NULL);
}

/* Pairs to bring together, or single members to turn to. */
static const char *candidates_heading(const struct gap *gap)
{
	for (guint i = 0; i < gap->candidates->len; i++)
		if (((const struct candidate *)g_ptr_array_index(gap->candidates, i))->b >= 0)
			return _("Who could be brought together");
	return _("Whom to turn to");
}

static void write_candidates(struct page *page, const struct world *world, const struct gap *gap,
			     int columns)
{
	if (gap->candidates->len)
		page_heading(page, candidates_heading(gap));
	for (guint i = 0; i < gap->candidates->len; i++)
		write_candidate(page, world, g_ptr_array_index(gap->candidates, i), i + 1, columns);
}

char *gap_pair_text(const struct world *world, const struct candidate *candidate)
{
	const char *a = name_of(world, candidate->a);

	if (candidate->b < 0)
		return g_strdup(a);
	if (candidate->introducer < 0)
		return g_strdup_printf(_("%s with %s"), a, name_of(world, candidate->b));
	return g_strdup_printf(_("%s with %s, introduced by %s"), a, name_of(world, candidate->b),
			       name_of(world, candidate->introducer));
}

/* As write_candidates(), a sentence for each; a wide pane is one of few rows. */
static void write_pairs(struct page *page, const struct world *world, const struct gap *gap,
			int columns)
{
	for (guint i = 0; i < gap->candidates->len && i < PAIRS_IN_PANE; i++) {
		const struct candidate *candidate = g_ptr_array_index(gap->candidates, i);
		g_autofree char *link = link_of(world, candidate->a);
		g_autofree char *pair = gap_pair_text(world, candidate);
		g_autofree char *tied = tie_word(world, candidate);
		g_autofree char *text =
			tied ? g_strdup_printf("%s · %s", pair, tied) : g_strdup(pair);
		g_autofree char *number = g_strdup_printf("%u", i + 1);
		guint line = page->lines->len;

		if (columns < WIDE_PANE) {
			page_wrap(page, 3, columns - 4, STYLE_ACCENT, text, link);
		} else {
			page_line(page, link);
			page_text(page, 3, columns - 4, STYLE_ACCENT, text);
		}
		page_mark(page, line, 1, STYLE_DIM, number);
	}
}

static void write_evidence(struct page *page, const struct gap *gap, int columns, bool whole)
{
	if (gap->reason && *gap->reason) {
		if (whole)
			page_heading(page, _("Why it matters"));
		page_wrap(page, 1, columns - 2, STYLE_NORMAL, gap->reason, NULL);
	}
	if (!gap->evidence->len)
		return;
	if (whole)
		page_heading(page, _("Evidence"));
	for (guint i = 0; i < gap->evidence->len; i++) {
		g_autofree char *text =
			g_strconcat("· ", g_ptr_array_index(gap->evidence, i), NULL);

		page_wrap(page, 1, columns - 2, STYLE_NORMAL, text, NULL);
	}
}

static void write_named(struct page *page, const struct world *world, const struct gap *gap,
			int columns)
{
	if (gap->territory >= 0) {
		const struct record *territory =
			RECORD(model_territory(world->model, (guint)gap->territory));
		g_autofree char *link = subject_new(KIND_TERRITORY, territory->id);

		page_heading(page, _("Territory"));
		page_line(page, link);
		page_text(page, 1, columns - 2, STYLE_NORMAL,
			  territory->name ? territory->name : territory->id);
	}
	if (gap->institutions->len)
		page_heading(page, _("Institutions it names"));
	for (guint i = 0; i < gap->institutions->len && i < MOST_NAMED; i++)
		write_person(page, world, 1, columns, STYLE_NORMAL, "%s",
			     (int)g_array_index(gap->institutions, guint, i));
	if (gap->institutions->len > MOST_NAMED) {
		page_line(page, NULL);
		page_printf(page, 1, columns - 2, STYLE_DIM, _("… and %u more"),
			    gap->institutions->len - MOST_NAMED);
	}
}

/* How far the work on it is, where anybody has touched it. */
static void write_status(struct page *page, const struct gap *gap, int columns)
{
	g_autofree char *status = gap_status_brief(gap, -1);
	char day[DATE_TEXT_SIZE];
	g_autofree char *line = NULL;

	if (!*status && !gap->note)
		return;
	if (gap->status == GAP_SNOOZED)
		line = g_strdup_printf(_("%s until %s"), status, date_format(gap->until, day));
	else if (gap->because)
		line = g_strdup_printf("%s: %s", *status ? status : gap_status_label(gap->status),
				       gap->because);
	page_wrap(page, 1, columns - 2, STYLE_ACCENT, line ? line : status, NULL);
	if (gap->note)
		page_wrap(page, 1, columns - 2, STYLE_WARN, gap->note, NULL);
}

void gap_write(struct page *page, const struct world *world, const struct gap *gap, int columns,
	       bool whole)
{
	write_status(page, gap, columns);
	if (gap->advice && *gap->advice) {
		g_autofree char *advice = g_strconcat("→ ", gap->advice, NULL);

		page_wrap(page, 1, columns - 2, STYLE_STRONG, advice, NULL);
	}
	if (!whole) {
		write_pairs(page, world, gap, columns);
		page_line(page, NULL);
		page_wrap(page, 1, columns - 2, gap_style(gap->severity), gap->title, NULL);
		write_evidence(page, gap, columns, whole);
		return;
	}
	write_evidence(page, gap, columns, whole);
	write_candidates(page, world, gap, columns);
	write_named(page, world, gap, columns);
	page_heading(page, _(gap->kind->name));
	page_wrap(page, 1, columns - 2, STYLE_DIM, _(gap->kind->sentence), NULL);
	if (gap->kind->compared)
		page_wrap(page, 1, columns - 2, STYLE_DIM, _(gap->kind->compared), NULL);
	page_line(page, NULL);
	page_bar(page, 1, 10, gap_style(gap->severity), gap->severity);
	page_printf(page, 12, -1, STYLE_NORMAL, "%.2f", gap->severity);
	page_wrap(page, 1, columns - 2, STYLE_DIM, _(gap->kind->severity), NULL);
}

struct card {
	struct page *page;
	struct gap_work work;
};

static void *card_open(struct app *app, const struct world *world, const char *subject)
{
	struct card *card = g_new0(struct card, 1);

	(void)app;
	(void)world;
	(void)subject;
	card->page = page_new();
	return card;
}

static void card_free(void *state)
{
	struct card *card = state;

	page_free(card->page);
	gap_work_release(&card->work);
	g_free(card);
}

static struct page *page_of(const struct view *view)
{
	return ((struct card *)view->state)->page;
}

static bool card_typing(const struct view *view)
{
	return ((const struct card *)view->state)->work.prompt != NULL;
}

static const struct prompt *card_prompt(const struct view *view)
{
	return ((const struct card *)view->state)->work.prompt;
}

/* The candidate whose line the cursor is on: theirs are the first links of the page. */
static const struct candidate *candidate_in_line(const struct page *page, const struct gap *gap)
{
	int before = 0;

	for (int i = 0; i < page->focus; i++)
		before +=
			((const struct page_line *)g_ptr_array_index(page->lines, i))->link != NULL;
	for (guint i = 0; i < gap->candidates->len; i++) {
		const struct candidate *candidate = g_ptr_array_index(gap->candidates, i);

		before -= 1 + (candidate->b >= 0) + (candidate->introducer >= 0);
		if (before < 0)
			return candidate;
	}
	return NULL;
}

/* The candidate that the cursor is on, or that the institution of its line is of; NULL: none. */
static const struct candidate *candidate_at(const struct view *view, const struct world *world,
					    const struct gap *gap)
{
	const struct candidate *there;
	const char *link = page_link(page_of(view)), *id;
	enum kind kind;

	if (!gap || !link || !subject_parse(link, &kind, &id) || kind != KIND_INSTITUTION)
		return NULL;
	there = candidate_in_line(page_of(view), gap);
	if (there)
		return there->b >= 0 ? there : NULL;
	for (guint i = 0; i < gap->candidates->len; i++) {
		const struct candidate *candidate = g_ptr_array_index(gap->candidates, i);
		int at = model_find(world->model, KIND_INSTITUTION, id);

		if (candidate->b >= 0 && (candidate->a == at || candidate->b == at))
			return candidate;
	}
	return NULL;
}

static void card_refresh(struct view *view, struct app *app, const struct world *world)
{
	struct page *page = page_of(view);
	const struct gap *gap = gap_of(world, view->subject);
	struct rect area = app_area(world);
	bool fresh = page->lines->len == 0;

	(void)app;
	page_layout(page, area.rows);
	/* The cursor must outlive the time without a study. */
	if (!world->study && !fresh)
		return;
	page_begin(page);
	if (gap) {
		page_line(page, NULL);
		page_wrap(page, 1, area.cols - 2, STYLE_STRONG, gap->title, NULL);
		page_line(page, NULL);
		gap_write(page, world, gap, area.cols, true);
	} else {
		page_line(page, NULL);
		page_text(page, 1, -1, world->study ? STYLE_GOOD : STYLE_DIM,
			  world->study ? _("This gap is not there any more.") : app_waiting(world));
	}
	page_end(page);
	/* The first name may be far down: what to do comes before whom to open. */
	if (fresh)
		page->top = 0;
}

static bool card_update(struct view *view, struct app *app, const struct world *world,
			const struct event *event, enum action action, struct effects *effects)
{
	struct card *card = view->state;
	const struct gap *gap = gap_of(world, view->subject);
	struct page *page = page_of(view);

	if (event->type != EVENT_KEY)
		return false;
	if (card->work.prompt) {
		gap_work_key(&card->work, app, world, event->key, effects);
		return true;
	}
	if (page_update(page, action))
		return true;
	if (action == ACTION_OPEN)
		return page_follow(page_link(page), app, world);
	if (gap_work_act(&card->work, app, world, gap, candidate_at(view, world, gap), action,
			 effects))
		return true;
	if (action == ACTION_YANK) {
		effects_add(effects, EFFECT_YANK)->text = g_strdup(view->subject);
		return true;
	}
	return false;
}

static void card_draw(const struct view *view, const struct app *app, const struct world *world,
		      struct grid *grid, struct rect area)
{
	(void)app;
	(void)world;
	page_draw(page_of(view), grid, area, true);
}

static char *card_place(const struct view *view, const struct world *world)
{
	const struct gap *gap = gap_of(world, view->subject);

	return gap ? g_strdup_printf(_("Gap: %s"), _(gap->kind->name)) : NULL;
}

static char *card_record(const struct view *view, const struct world *world)
{
	const char *link = page_link(page_of(view));

	(void)world;
	return g_strdup(link);
}

static bool card_can(const struct view *view, const struct world *world, enum action action)
{
	return gap_work_can(world, gap_of(world, view->subject), action);
}

static char *card_looks_at(const struct view *view)
{
	return g_strconcat("gap/", view->subject, NULL);
}

const struct view_ops view_gap = {
	.name = "gap",
	.title = N_("Gap"),
	.scopes = SCOPE_CARD | SCOPE_GAP,
	.open = card_open,
	.free = card_free,
	.refresh = card_refresh,
	.typing = card_typing,
	.prompt = card_prompt,
	.update = card_update,
	.draw = card_draw,
	.place = card_place,
	.record = card_record,
	.looks_at = card_looks_at,
	.can = card_can,
	.format = "gaps",
};
