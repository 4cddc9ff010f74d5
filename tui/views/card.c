#include "tui/views/card.h"

#include <math.h>
#include <string.h>

#include <glib/gi18n.h>

#include "base/text.h"

/*
 * The sections that cards share: facts from the field table, what the network
 * says, gaps, history.  What only institutions have is in card_institution.c.
 */
#define LABEL_COLUMNS	18
#define EVERYBODY_LEAST 20 /* members that a gap names */

void card_title(struct page *page, const char *name, const char *below)
{
	page_line(page, NULL);
	page_text(page, 1, -1, STYLE_STRONG, name);
	if (below == NULL || below[0] == '\0')
		return;
	page_line(page, NULL);
	page_text(page, 1, -1, STYLE_DIM, below);
}

static bool is_fact(const struct field *field)
{
	/* Said in the title of the card, among those who take part, or only of use on the map. */
	static const char *const elsewhere[] = { "id",	   "name", "sector", "lead",
						 "donors", "lat",  "lon",    NULL };

	return !g_strv_contains(elsewhere, field->key) && field->type != FIELD_GROUP &&
	       field->type != FIELD_ITEMS && (field->flags & (FIELD_PRIVATE | FIELD_DERIVED)) == 0;
}

/* Labels and values by turns, as the fields of `type` and its groups have them. */
static void facts_collect(GPtrArray *facts, const struct world *world,
			  const struct record_type *type, const void *record, const char *name)
{
	for (guint i = 0; i < type->n_fields; i++) {
		const struct field *field = &type->fields[i];
		char *text;

		if (field->type == FIELD_GROUP)
			facts_collect(facts, world, field->sub, field_at(field, record), name);
		if (!is_fact(field) || !field_is_set(field, record))
			continue;
		text = model_field_text(world->model, field, record);
		/* Often the short name is the name. */
		if (text == NULL || text[0] == '\0' || g_strcmp0(text, name) == 0) {
			g_free(text);
			continue;
		}
		g_ptr_array_add(facts, g_strdup(_(field->label)));
		g_ptr_array_add(facts, text);
	}
}

/* All values begin in one column, behind the longest label where there is room for it. */
static void facts_write(struct page *page, const struct world *world,
			const struct record_type *type, const void *record, const char *name,
			int columns)
{
	g_autoptr(GPtrArray) facts = g_ptr_array_new_with_free_func(g_free);
	int most = MAX(columns / 2 - 2, LABEL_COLUMNS), label = LABEL_COLUMNS;

	facts_collect(facts, world, type, record, name);
	for (guint i = 0; i < facts->len; i += 2)
		label = MAX(label, text_width(g_ptr_array_index(facts, i)));
	label = MIN(label, most);
	for (guint i = 0; i < facts->len; i += 2) {
		g_autofree char *fitted = text_fit(g_ptr_array_index(facts, i), label, true);
		guint first = page->lines->len;

		page_wrap(page, label + 2, MAX(columns - label - 3, 10), STYLE_NORMAL,
			  g_ptr_array_index(facts, i + 1), NULL);
		if (page->lines->len > first)
			page_mark(page, first, 1, STYLE_DIM, fitted);
	}
}

void card_facts(struct page *page, const struct world *world, const struct record_type *type,
		const void *record, int columns)
{
	facts_write(page, world, type, record, RECORD(record)->name, columns);
}

void card_item_facts(struct page *page, const struct world *world, const struct record_type *type,
		     const void *item, int columns)
{
	facts_write(page, world, type, item, NULL, columns);
}

void card_says(struct page *page, const struct world *world, guint institution, guint most,
	       int columns)
{
	const struct measure *table;
	guint n, shown = 0;

	page_heading(page, _("What the network says"));
	if (world->study == NULL) {
		page_line(page, NULL);
		page_text(page, 1, -1, STYLE_DIM, app_waiting(world));
		return;
	}
	if (model_degree(world->model, institution) == 0) {
		page_wrap(page, 1, columns - 2, STYLE_DIM,
			  _("Its place in the network begins with the first partner."), NULL);
		return;
	}
	table = measures(&n);
	for (guint i = 0; i < n && shown < most; i++) {
		g_autofree char *sentence = NULL;

		if (table[i].level != LEVEL_INSTITUTION || measure_is_finer(&table[i]) ||
		    isnan(study_of(world->study, &table[i], institution)))
			continue;
		sentence = study_sentence(world->study, &table[i], (int)institution);
		page_wrap(page, 1, columns - 2, STYLE_NORMAL, sentence, NULL);
		shown++;
	}
}

static bool gap_is_about(const struct gap *gap, int institution, int territory)
{
	if (territory >= 0)
		return gap->territory == territory;
	for (guint i = 0; i < gap->institutions->len; i++)
		if ((int)g_array_index(gap->institutions, guint, i) == institution)
			return true;
	return false;
}

/* What names most members is told once, for the network, not on the card of each. */
static bool is_everybodys(const struct gap *gap, const struct model *model)
{
	return gap->institutions->len >= EVERYBODY_LEAST &&
	       2 * gap->institutions->len > model->n[KIND_INSTITUTION];
}

void card_gaps(struct page *page, const struct world *world, int institution, int territory,
	       guint most, int columns)
{
	const GPtrArray *gaps = world->study == NULL ? NULL : study_gaps(world->study);
	guint shown = 0;

	for (guint i = 0; gaps != NULL && i < gaps->len && shown < most; i++) {
		const struct gap *gap = g_ptr_array_index(gaps, i);
		g_autofree char *link = NULL;
		guint line;

		if (!gap_is_about(gap, institution, territory) ||
		    (territory < 0 && is_everybodys(gap, world->model)))
			continue;
		if (shown++ == 0)
			page_heading(page, _("Gaps that name it"));
		link = g_strconcat("gap/", gap->id, NULL);
		line = page->lines->len;
		page_wrap(page, 3, columns - 4, STYLE_NORMAL, gap->title, link);
		page_mark(page, line, 1, gap->severity >= 0.66 ? STYLE_BAD : STYLE_WARN, "●");
	}
}

guint history_length(const struct world *world)
{
	return world->history == NULL ? 0 : world->history->len;
}

bool change_touches(const struct change *change, enum kind kind, const char *id)
{
	for (guint i = 0; i < change->ops->len; i++) {
		const struct op *op = g_ptr_array_index(change->ops, i);

		if (op->kind == kind && g_strcmp0(op->id, id) == 0)
			return true;
	}
	return false;
}

char *change_time(const struct change *change, struct date today)
{
	g_autoptr(GDateTime) at = g_date_time_new_from_unix_local(change->at / G_USEC_PER_SEC);

	if (at == NULL)
		return g_strdup("");
	if (g_date_time_get_year(at) == today.year && g_date_time_get_month(at) == today.month &&
	    g_date_time_get_day_of_month(at) == today.day)
		return g_date_time_format(at, "%H:%M");
	return g_date_time_format(at, "%Y-%m-%d");
}

void card_history(struct page *page, const struct world *world, enum kind kind, const char *id,
		  guint most)
{
	g_autofree char *subject = subject_new(kind, id);
	g_autofree char *link = g_strconcat("history/", subject, NULL);
	guint shown = 0;

	for (guint i = 0; i < history_length(world) && shown < most; i++) {
		const struct change *change = g_ptr_array_index(world->history, i);
		g_autofree char *time = NULL, *what = NULL;

		if (!change_touches(change, kind, id))
			continue;
		if (shown == 0)
			page_heading(page, _("Recent changes"));
		time = change_time(change, world->today);
		what = app_change_text(world, change);
		page_line(page, shown == 0 ? link : NULL);
		page_text(page, 1, 10, STYLE_DIM, time);
		page_text(page, 12, 12, STYLE_NORMAL, actor_text(change->actor));
		page_text(page, 25, -1, STYLE_NORMAL, what);
		shown++;
	}
}
