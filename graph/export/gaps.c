/*
 * The register of gaps as tables, those that are closed, dismissed or put off among them.
 * Which gaps there are is graph/gaps' business.
 */
#include "graph/export/gaps.h"

#include "graph/export/formats.h"
#include "graph/gap_passing.h"

#include <glib/gi18n.h>
#include <math.h>

#define CELL                                                                                       \
	struct sheet *sheet, const struct model *model, const struct gap *gap,                     \
		const struct candidate *candidate
#define UNUSED (void)model, (void)gap, (void)candidate

static const char *id_of(const struct model *model, int institution)
{
	return institution < 0 ? NULL : model_institution(model, (guint)institution)->base.id;
}

static void joined(GString *out, const char *text)
{
	if (text && *text)
		g_string_append_printf(out, "%s%s", out->len > 0 ? "; " : "", text);
}

static void write_id(CELL)
{
	UNUSED;
	cell_text(sheet, gap->id);
}

static void write_kind(CELL)
{
	UNUSED;
	cell_text(sheet, gap->kind->id);
}

static void write_kind_name(CELL)
{
	UNUSED;
	cell_text(sheet, _(gap->kind->name));
}

static void write_severity(CELL)
{
	UNUSED;
	cell_number(sheet, round(gap->severity * 1000) / 1000);
}

static void write_status(CELL)
{
	UNUSED;
	cell_text(sheet, gap_status_id(gap->status));
}

static void write_owner(CELL)
{
	UNUSED;
	cell_text(sheet, gap->owner);
}

static void write_until(CELL)
{
	UNUSED;
	cell_date(sheet, gap->until);
}

static void write_updated(CELL)
{
	UNUSED;
	cell_date(sheet, gap->updated);
}

static void write_decision(CELL)
{
	UNUSED;
	cell_text(sheet, gap->because);
}

static void write_title(CELL)
{
	UNUSED;
	cell_text(sheet, gap->title);
}

static void write_reason(CELL)
{
	UNUSED;
	cell_text(sheet, gap->reason);
}

static void write_evidence(CELL)
{
	g_autoptr(GString) text = g_string_new(NULL);
	UNUSED;
	for (guint i = 0; i < gap->evidence->len; i++)
		joined(text, gap->evidence->pdata[i]);
	cell_text(sheet, text->str);
}

static void write_advice(CELL)
{
	UNUSED;
	cell_text(sheet, gap->advice);
}

static void write_territory(CELL)
{
	UNUSED;
	cell_text(sheet, gap->territory < 0
				 ? NULL
				 : model_territory(model, (guint)gap->territory)->base.id);
}

static void write_institutions(CELL)
{
	g_autoptr(GString) text = g_string_new(NULL);
	UNUSED;
	for (guint i = 0; i < gap->institutions->len; i++)
		joined(text, id_of(model, (int)g_array_index(gap->institutions, guint, i)));
	cell_text(sheet, text->str);
}

static void write_candidates(CELL)
{
	g_autoptr(GString) text = g_string_new(NULL);
	UNUSED;
	for (guint i = 0; i < gap->candidates->len; i++) {
		const struct candidate *one = gap->candidates->pdata[i];
		const char *a = id_of(model, one->a), *b = id_of(model, one->b);
		g_autofree char *pair =
			a && b ? g_strdup_printf("%s + %s", a, b) : g_strdup(a ? a : b);
		joined(text, pair);
	}
	cell_text(sheet, text->str);
}

static void write_introducers(CELL)
{
	g_autoptr(GString) text = g_string_new(NULL);
	g_autoptr(GHashTable) told = g_hash_table_new(NULL, NULL);
	UNUSED;
	for (guint i = 0; i < gap->candidates->len; i++) {
		int who = ((const struct candidate *)gap->candidates->pdata[i])->introducer;
		if (who >= 0 && g_hash_table_add(told, GINT_TO_POINTER(who)))
			joined(text, id_of(model, who));
	}
	cell_text(sheet, text->str);
}

static void write_a(CELL)
{
	UNUSED;
	cell_text(sheet, id_of(model, candidate->a));
}

static void write_b(CELL)
{
	UNUSED;
	cell_text(sheet, id_of(model, candidate->b));
}

static void write_introducer(CELL)
{
	UNUSED;
	cell_text(sheet, id_of(model, candidate->introducer));
}

static void write_why(CELL)
{
	UNUSED;
	cell_text(sheet, candidate->why);
}

/* clang-format off */
static const struct gap_column columns[] = {
	{ GAP_TABLE_GAPS, "id", N_("The gap: its kind and what it is about; stays the same as long as it is found"), false, write_id },
	{ GAP_TABLE_GAPS, "kind", N_("The kind of gap: G1, G2…"), false, write_kind },
	{ GAP_TABLE_GAPS, "kind_name", N_("The kind in words"), false, write_kind_name },
	{ GAP_TABLE_GAPS, "severity", N_("From 0 to 1; \"telar gaps --kinds\" and the manual say of each kind relative to what"),
	  false, write_severity },
	{ GAP_TABLE_GAPS, "status", N_("How far the work on it is: open, proposed, introduced, met, working, "
	  "closed; or dismissed, or snoozed (put off)"), false, write_status },
	{ GAP_TABLE_GAPS, "owner", N_("Who sees to it; empty but for coordinators"), true, write_owner },
	{ GAP_TABLE_GAPS, "until", N_("When it comes back, if it was put off"), false, write_until },
	{ GAP_TABLE_GAPS, "updated", N_("When its status was last moved"), false, write_updated },
	{ GAP_TABLE_GAPS, "decision", N_("Why it was dismissed or put off, or what was agreed; empty but for coordinators"),
	  true, write_decision },
	{ GAP_TABLE_GAPS, "title", N_("What is missing, in one line"), false, write_title },
	{ GAP_TABLE_GAPS, "reason", N_("Why it matters here"), false, write_reason },
	{ GAP_TABLE_GAPS, "evidence", N_("What was found, with its numbers; several are joined by \"; \", as in all columns"),
	  false, write_evidence },
	{ GAP_TABLE_GAPS, "advice", N_("What would close it"), false, write_advice },
	{ GAP_TABLE_GAPS, "territory", N_("The territory that it is in (id); empty: none"), false, write_territory },
	{ GAP_TABLE_GAPS, "institutions", N_("The institutions that it names (ids)"), false, write_institutions },
	{ GAP_TABLE_GAPS, "candidates", N_("Who could begin to work together (ids), each pair as \"A + B\""), false, write_candidates },
	{ GAP_TABLE_GAPS, "introducers", N_("Who could introduce some of them (ids)"), false, write_introducers },
	{ GAP_TABLE_CANDIDATES, "gap", N_("The gap, as in gaps.csv"), false, write_id },
	{ GAP_TABLE_CANDIDATES, "a", N_("One of the two who could begin to work together (id)"), false, write_a },
	{ GAP_TABLE_CANDIDATES, "b", N_("The other one (id); empty where only one is meant"), false, write_b },
	{ GAP_TABLE_CANDIDATES, "introducer", N_("Who works with both and could introduce them (id)"), false, write_introducer },
	{ GAP_TABLE_CANDIDATES, "why", N_("Why these"), false, write_why },
};
/* clang-format on */

const struct gap_column *gap_columns(guint *n)
{
	*n = G_N_ELEMENTS(columns);
	return columns;
}

static void write_head(struct sheet *sheet, enum gap_table table)
{
	for (guint i = 0; i < G_N_ELEMENTS(columns); i++)
		if (columns[i].table == table)
			cell_text(sheet, columns[i].name);
	row_end(sheet);
}

static void write_row(struct sheet *sheet, const struct model *model, enum gap_table table,
		      const struct gap *gap, const struct candidate *candidate)
{
	for (guint i = 0; i < G_N_ELEMENTS(columns); i++) {
		if (columns[i].table != table)
			continue;
		if (columns[i].inside && sheet->audience < AUDIENCE_COORDINATOR)
			cell_text(sheet, NULL);
		else
			columns[i].write(sheet, model, gap, candidate);
	}
	row_end(sheet);
}

static void write_table(struct study *study, struct sheet *sheet, enum gap_table table)
{
	const GPtrArray *gaps = study_all_gaps(study);
	const struct model *model = study_model(study);
	bool told = audience_is_told(sheet->audience);
	struct gap_passing passing = { .filter = sheet->only, .model = model };
	write_head(sheet, table);
	for (guint i = 0; i < gaps->len && !sheet->stopped; i++) {
		const struct gap *gap = gaps->pdata[i];
		/* Without what was decided it would be called open. */
		if ((gap->hidden && !told) || !gap_passes(&passing, gap))
			continue;
		if (table == GAP_TABLE_GAPS)
			write_row(sheet, model, table, gap, NULL);
		for (guint k = 0; table == GAP_TABLE_CANDIDATES && k < gap->candidates->len; k++)
			write_row(sheet, model, table, gap, gap->candidates->pdata[k]);
	}
	gap_passing_clear(&passing);
}

static void write_gaps(struct study *study, struct sheet *sheet)
{
	write_table(study, sheet, GAP_TABLE_GAPS);
}

static void write_all_candidates(struct study *study, struct sheet *sheet)
{
	write_table(study, sheet, GAP_TABLE_CANDIDATES);
}

static const struct csv_table tables[GAP_TABLES] = {
	[GAP_TABLE_GAPS] = { "gaps.csv", write_gaps },
	[GAP_TABLE_CANDIDATES] = { "candidates.csv", write_all_candidates },
};

const char *gap_table_name(enum gap_table table)
{
	return tables[table].name;
}

bool export_gaps(struct study *study, const struct export_options *options, GError **error)
{
	return export_prepare(study, STUDY_GAPS, options, error) &&
	       csv_write(study, options, "gaps", tables, GAP_TABLES, error);
}
