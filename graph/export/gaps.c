/*
 * The register of gaps as tables, those that are closed, dismissed or put off among them.
 * Which gaps there are is graph/gaps' business.
 */
#include "graph/export/cells.h"
#include "graph/export/formats.h"
#include "graph/gap.h"
#include "graph/gap_passing.h"

#include <glib/gi18n.h>
#include <math.h>
#include <stddef.h>
#include <string.h>

#define GAPS	   "gaps.csv"
#define CANDIDATES "candidates.csv"

/* What a cell is of; `candidate` is NULL in the table of gaps. */
struct gap_cell {
	struct sheet *sheet;
	const struct model *model;
	const struct gap *gap;
	const struct candidate *candidate;
};

struct gap_column {
	struct export_column head; /* people read no ids */
	bool inside;  /* empty but for coordinators: people write there as among themselves */
	bool named;   /* names that people read in the place of ids */
	guint offset; /* of what is written as it stands in the gap or the candidate */
	void (*write)(const struct gap_cell *cell, const struct gap_column *column);
};

static const void *at(const void *of, const struct gap_column *column)
{
	return (const char *)of + column->offset;
}

/* By its name or by its id, as the column has it; NULL: there is none. */
static const char *called(const struct gap_cell *cell, const struct gap_column *column,
			  int institution)
{
	const struct institution *one =
		institution < 0 ? NULL : model_institution(cell->model, (guint)institution);
	return !one ? NULL : column->named ? institution_name(one, false) : one->base.id;
}

static void joined(GString *out, const char *text)
{
	if (text && *text)
		g_string_append_printf(out, "%s%s", out->len > 0 ? "; " : "", text);
}

static void write_text(const struct gap_cell *cell, const struct gap_column *column)
{
	cell_text(cell->sheet, *(const char *const *)at(cell->gap, column));
}

static void write_date(const struct gap_cell *cell, const struct gap_column *column)
{
	cell_date(cell->sheet, *(const struct date *)at(cell->gap, column));
}

static void write_kind(const struct gap_cell *cell, const struct gap_column *column)
{
	const struct gap_kind *kind = cell->gap->kind;
	cell_text(cell->sheet, column->named ? _(kind->name) : kind->id);
}

static void write_severity(const struct gap_cell *cell, const struct gap_column *column)
{
	(void)column;
	cell_number(cell->sheet, round(cell->gap->severity * 1000) / 1000);
}

static void write_status(const struct gap_cell *cell, const struct gap_column *column)
{
	(void)column;
	cell_word(cell->sheet, gap_status_id(cell->gap->status),
		  gap_status_label(cell->gap->status));
}

static void write_evidence(const struct gap_cell *cell, const struct gap_column *column)
{
	g_autoptr(GString) text = g_string_new(NULL);
	(void)column;
	for (guint i = 0; i < cell->gap->evidence->len; i++)
		joined(text, cell->gap->evidence->pdata[i]);
	cell_text(cell->sheet, text->str);
}

static void write_territory(const struct gap_cell *cell, const struct gap_column *column)
{
	const struct record *one =
		cell->gap->territory < 0
			? NULL
			: RECORD(model_territory(cell->model, (guint)cell->gap->territory));
	cell_text(cell->sheet, !one ? NULL : column->named && one->name ? one->name : one->id);
}

static void write_institutions(const struct gap_cell *cell, const struct gap_column *column)
{
	g_autoptr(GString) text = g_string_new(NULL);
	const GArray *all = cell->gap->institutions;
	for (guint i = 0; i < all->len; i++)
		joined(text, called(cell, column, (int)g_array_index(all, guint, i)));
	cell_text(cell->sheet, text->str);
}

static void write_candidates(const struct gap_cell *cell, const struct gap_column *column)
{
	g_autoptr(GString) text = g_string_new(NULL);
	for (guint i = 0; i < cell->gap->candidates->len; i++) {
		const struct candidate *one = cell->gap->candidates->pdata[i];
		const char *a = called(cell, column, one->a), *b = called(cell, column, one->b);
		g_autofree char *pair =
			a && b ? g_strdup_printf("%s + %s", a, b) : g_strdup(a ? a : b);
		joined(text, pair);
	}
	cell_text(cell->sheet, text->str);
}

static void write_introducers(const struct gap_cell *cell, const struct gap_column *column)
{
	g_autoptr(GString) text = g_string_new(NULL);
	g_autoptr(GHashTable) told = g_hash_table_new(NULL, NULL);
	for (guint i = 0; i < cell->gap->candidates->len; i++) {
		int who = ((const struct candidate *)cell->gap->candidates->pdata[i])->introducer;
		if (who >= 0 && g_hash_table_add(told, GINT_TO_POINTER(who)))
			joined(text, called(cell, column, who));
	}
	cell_text(cell->sheet, text->str);
}

static void write_party(const struct gap_cell *cell, const struct gap_column *column)
{
	cell_text(cell->sheet, called(cell, column, *(const int *)at(cell->candidate, column)));
}

static void write_why(const struct gap_cell *cell, const struct gap_column *column)
{
	(void)column;
	cell_text(cell->sheet, cell->candidate->why);
}

#define TEXT(member)  .write = write_text, .offset = offsetof(struct gap, member)
#define DATE(member)  .write = write_date, .offset = offsetof(struct gap, member)
#define PARTY(member) .write = write_party, .offset = offsetof(struct candidate, member)
#define BY_NAME	      N_("The same by name")

/* clang-format off */
static const struct gap_column columns[] = {
	{ { GAPS, "id", N_("Gap"), N_("The gap: its kind and what it is about; stays the same as long as it is found") }, TEXT(id) },
	{ { GAPS, "kind", NULL, N_("The kind of gap: G1, G2…") }, .write = write_kind },
	{ { GAPS, "kind_name", N_("Kind of gap"), N_("The kind in words") }, .write = write_kind, .named = true },
	{ { GAPS, "severity", N_("Severity"), N_("From 0 to 1; \"telar gaps --kinds\" and the manual say of each kind relative to what") },
	  .write = write_severity },
	{ { GAPS, "status", N_("Status"), N_("How far the work on it is: open, proposed, introduced, met, working, "
	  "closed; or dismissed, or snoozed (put off)") }, .write = write_status },
	{ { GAPS, "owner", N_("Assigned to"), N_("Who sees to it; empty but for coordinators") }, TEXT(owner), .inside = true },
	{ { GAPS, "until", N_("Until"), N_("When it comes back, if it was put off") }, DATE(until) },
	{ { GAPS, "updated", N_("Updated"), N_("When its status was last moved") }, DATE(updated) },
	{ { GAPS, "decision", N_("Reason"), N_("Why it was dismissed or put off, or what was agreed; empty but for coordinators") },
	  TEXT(because), .inside = true },
	{ { GAPS, "title", N_("Title"), N_("What is missing, in one line") }, TEXT(title) },
	{ { GAPS, "reason", N_("Why it matters"), N_("Why it matters here") }, TEXT(reason) },
	{ { GAPS, "evidence", N_("Evidence"), N_("What was found, with its numbers; several are joined by \"; \", as in all columns") },
	  .write = write_evidence },
	{ { GAPS, "advice", N_("What would close it"), N_("What would close it") }, TEXT(advice) },
	{ { GAPS, "territory", NULL, N_("The territory that it is in (id); empty: none") }, .write = write_territory },
	{ { GAPS, "territory_name", N_("Territory"), BY_NAME }, .write = write_territory, .named = true },
	{ { GAPS, "institutions", NULL, N_("The institutions that it names (ids)") }, .write = write_institutions },
	{ { GAPS, "institution_names", N_("Institutions"), BY_NAME }, .write = write_institutions, .named = true },
	{ { GAPS, "candidates", NULL, N_("Who could begin to work together (ids), each pair as \"A + B\"") }, .write = write_candidates },
	{ { GAPS, "candidate_names", N_("Candidates"), BY_NAME }, .write = write_candidates, .named = true },
	{ { GAPS, "introducers", NULL, N_("Who could introduce some of them (ids)") }, .write = write_introducers },
	{ { GAPS, "introducer_names", N_("Introduced by"), BY_NAME }, .write = write_introducers, .named = true },
	{ { CANDIDATES, "gap", N_("Gap"), N_("The gap, as in gaps.csv") }, TEXT(id) },
	{ { CANDIDATES, "a", NULL, N_("One of the two who could begin to work together (id)") }, PARTY(a) },
	{ { CANDIDATES, "a_name", N_("Institution"), BY_NAME }, PARTY(a), .named = true },
	{ { CANDIDATES, "b", NULL, N_("The other one (id); empty where only one is meant") }, PARTY(b) },
	{ { CANDIDATES, "b_name", N_("Partner"), BY_NAME }, PARTY(b), .named = true },
	{ { CANDIDATES, "introducer", NULL, N_("Who works with both and could introduce them (id)") }, PARTY(introducer) },
	{ { CANDIDATES, "introducer_name", N_("Introduced by"), BY_NAME }, PARTY(introducer), .named = true },
	{ { CANDIDATES, "why", N_("Reason"), N_("Why these") }, .write = write_why },
};
/* clang-format on */

bool export_gaps_column(guint i, struct export_column *out)
{
	if (i >= G_N_ELEMENTS(columns))
		return false;
	*out = columns[i].head;
	return true;
}

static void write_row(const char *file, const struct gap_cell *cell)
{
	const struct sheet *sheet = cell->sheet;
	for (guint i = 0; i < G_N_ELEMENTS(columns); i++) {
		const struct gap_column *column = &columns[i];
		if (strcmp(column->head.file, file) != 0 || (sheet->words && !column->head.read))
			continue;
		if (column->inside && sheet->options->audience < AUDIENCE_COORDINATOR)
			cell_text(cell->sheet, NULL);
		else
			column->write(cell, column);
	}
	row_end(cell->sheet);
}

static void write_table(struct study *study, struct sheet *sheet, const char *file)
{
	const GPtrArray *gaps = study_all_gaps(study);
	const struct model *model = study_model(study);
	bool told = audience_is_told(sheet->options->audience);
	struct gap_passing passing = { .filter = sheet->options->only, .model = model };
	cells_columns(sheet, export_gaps_column, file);
	for (guint i = 0; i < gaps->len && !sheet->stopped; i++) {
		const struct gap *gap = gaps->pdata[i];
		/* Without what was decided it would be called open. */
		if ((gap->hidden && !told) || !gap_passes(&passing, gap))
			continue;
		struct gap_cell cell = { sheet, model, gap, NULL };
		if (strcmp(file, GAPS) == 0) {
			write_row(file, &cell);
			continue;
		}
		for (guint k = 0; k < gap->candidates->len; k++) {
			cell.candidate = gap->candidates->pdata[k];
			write_row(file, &cell);
		}
	}
	gap_passing_clear(&passing);
}

static void write_gaps(struct study *study, struct sheet *sheet)
{
	write_table(study, sheet, GAPS);
}

static void write_all_candidates(struct study *study, struct sheet *sheet)
{
	write_table(study, sheet, CANDIDATES);
}

static const struct csv_table tables[] = {
	{ GAPS, write_gaps },
	{ CANDIDATES, write_all_candidates },
};

bool export_gaps(struct study *study, const struct export_options *options, GError **error)
{
	return export_prepare(study, STUDY_GAPS, options, error) &&
	       csv_write(study, options, "gaps", tables, G_N_ELEMENTS(tables), error);
}
