/*
 * telar-entry(5) and telar-measures(7): every field of every kind of record, every
 * measure and kind of gap, from their tables.
 */
#include "cli/manual.h"

#include "graph/export/export.h"
#include "graph/gap.h"
#include "graph/measure.h"

#include <math.h>
#include <string.h>

#include <glib/gi18n.h>

static void heading(GString *page, const char *text)
{
	g_autofree char *upper = g_utf8_strup(text, -1);

	g_string_append(page, "# ");
	manual_text(page, upper);
	g_string_append(page, "\n\n");
}

static void paragraph(GString *page, const char *text)
{
	manual_text(page, text);
	g_string_append(page, "\n\n");
}

/* --- fields ------------------------------------------------------------------------- */

/* What may stand there, in a word or two. */
static char *form_of(const struct field *field)
{
	const struct record_type *network = record_type(KIND_NETWORK);
	GString *form = g_string_new(NULL);

	switch (field->type) {
	case FIELD_TEXT:
		return g_strdup(_("text"));
	case FIELD_PROSE:
		return g_strdup(_("text, also of several lines"));
	case FIELD_URL:
		return g_strdup(_("web address"));
	case FIELD_ID:
		return g_strdup(_("id"));
	case FIELD_COUNTRY:
		return g_strdup(_("country, two letters"));
	case FIELD_SUBDIVISION:
		return g_strdup(_("subdivision, as in MX-NLE"));
	case FIELD_DATE:
		return g_strdup(_("date: YYYY, YYYY-MM or YYYY-MM-DD"));
	case FIELD_INTEGER:
		return g_strdup(_("whole number"));
	case FIELD_NUMBER:
		return g_strdup(_("number"));
	case FIELD_MONEY:
		return g_strdup(_("amount and currency"));
	case FIELD_GROUP:
		return g_strdup(_("group"));
	case FIELD_ITEMS:
		return g_strdup(_("list of entries"));
	case FIELD_TERM: {
		const struct field *words = record_field(network, "vocabularies");
		g_string_append_printf(form, _("word of the network's %s"),
				       words->sub->fields[field->vocabulary].key);
		break;
	}
	case FIELD_CHOICE:
		for (const struct choice *c = field->choices; c->id; c++)
			g_string_append_printf(form, "%s%s", form->len ? ", " : "", c->id);
		break;
	case FIELD_REF:
		for (guint k = 0; k < KIND_COUNT; k++) {
			if (field->refs & (1u << k))
				g_string_append_printf(form, "%s%s",
						       form->len ? ", " : _("id of: "),
						       _(record_type((enum kind)k)->title));
		}
		break;
	}
	return g_string_free(form, FALSE);
}

static void write_range(GString *page, const struct field *field)
{
	if (field->least == 0 && field->most == 0)
		return;
	g_string_append_c(page, ' ');
	g_autofree char *range =
		g_strdup_printf(_("Between %.0f and %.0f."), field->least, field->most);
	manual_text(page, range);
}

static void write_field(GString *page, const struct field *field, const char *path)
{
	g_autofree char *form = form_of(field);

	g_string_append_c(page, '*');
	manual_text(page, path);
	g_string_append(page, "* (");
	if (field->flags & FIELD_MANY) {
		/* TRANSLATORS: %s is a kind of value, as in "list: text" */
		g_autofree char *list = g_strdup_printf(_("list: %s"), form);
		manual_text(page, list);
	} else {
		manual_text(page, form);
	}
	g_string_append_c(page, ')');
	g_string_append(page, "\n\t");
	manual_sentence(page, _(field->label));
	g_string_append_c(page, ' ');
	manual_sentence(page, _(field->help));
	if (field->type == FIELD_INTEGER || field->type == FIELD_NUMBER)
		write_range(page, field);
	if (field->flags & FIELD_REQUIRED) {
		g_string_append_c(page, ' ');
		manual_text(page, _("It must be there."));
	}
	if (field->flags & FIELD_PRIVATE) {
		g_string_append_c(page, ' ');
		manual_text(page, _("It leaves the program only when asked for by name."));
	}
	g_string_append(page, "\n\n");
}

static void write_fields(GString *page, const struct record_type *type, const char *before)
{
	for (guint i = 0; i < type->n_fields; i++) {
		const struct field *field = &type->fields[i];
		g_autofree char *path = g_strconcat(before, field->key,
						    field->type == FIELD_ITEMS ? "[]" : "", NULL);
		g_autofree char *below = g_strconcat(path, ".", NULL);

		if (field->flags & FIELD_DERIVED)
			continue;
		write_field(page, field, path);
		if (field->sub)
			write_fields(page, field->sub, below);
	}
}

static void write_kind(GString *page, enum kind kind)
{
	const struct record_type *type = record_type(kind);

	heading(page, _(type->title));
	if (record_is_single(type))
		g_string_append_printf(page, "*%s.yaml*\n\n", type->name);
	else if (kind == KIND_NETWORK)
		g_string_append_printf(page, "*network.yaml*, *%s/*ID*.yaml*\n\n", type->folder);
	else
		g_string_append_printf(page, "*%s/*ID*.yaml*\n\n", type->folder);
	write_fields(page, type, "");
}

void manual_entries(GString *page)
{
	static const char *const see[] = { "*telar*(1)", "*telar-measures*(7)", NULL };

	manual_head(page, "telar-entry", 5);
	heading(page, _("Name"));
	g_string_append(page, "telar-entry - ");
	manual_text(page, _("the files of a network and their fields"));
	g_string_append(page, "\n\n");
	heading(page, _("Description"));
	paragraph(
		page,
		_("A network is a directory with a network.yaml. One record is one file of YAML in "
		  "UTF-8, named after its id. A value that is missing is unknown, never \"no\". "
		  "Lists of values are written [one, two] or with a dash a line. Keys that the "
		  "program does not know are kept and not used. Anchors, aliases, tags and several "
		  "documents in one file are refused, as are files over 256 KiB."));
	paragraph(page, _("Below, partners[].since is the key \"since\" of each entry of the list "
			  "\"partners\". With telar set it is written partners[ID].since, and "
			  "partners[ID#2].since for the second entry of that name."));
	for (guint k = 0; k < KIND_COUNT; k++)
		write_kind(page, (enum kind)k);
	manual_see(page, see);
}

/* --- measures and gaps -------------------------------------------------------------- */

/* "{name} has {value} members": what is filled in is set apart. */
static void write_pattern(GString *page, const char *text)
{
	g_auto(GStrv) parts = g_strsplit_set(text, "{}", -1);

	for (guint i = 0; parts[i]; i++) {
		if (i % 2 == 1)
			g_string_append_printf(page, "_%s_", parts[i]);
		else if (*parts[i])
			manual_text(page, parts[i]);
	}
}

static void write_measure(GString *page, const struct measure *measure)
{
	g_string_append_c(page, '*');
	manual_text(page, measure->id);
	g_string_append(page, "*: ");
	manual_text(page, _(measure->label));
	if (*measure->unit) {
		g_string_append(page, " (");
		manual_text(page, _(measure->unit));
		g_string_append_c(page, ')');
	}
	g_string_append(page, "\n\t");
	write_pattern(page, _(measure->sentence));
	g_string_append(page, "\n\n\t");
	manual_sentence(page, _(measure->definition));
	if (isfinite(measure->least) && isfinite(measure->most)) {
		g_autofree char *range =
			g_strdup_printf(_("Between %g and %g."), measure->least, measure->most);
		g_string_append_c(page, ' ');
		manual_text(page, range);
	}
	if (*measure->reference) {
		g_string_append_c(page, ' ');
		manual_sentence(page, measure->reference);
	}
	g_string_append(page, "\n\n");
}

static void write_level(GString *page, enum measure_level level, const char *title)
{
	guint n;
	const struct measure *all = measures(&n);

	heading(page, title);
	for (guint i = 0; i < n; i++) {
		if (all[i].level == level)
			write_measure(page, &all[i]);
	}
}

static void write_lengths(GString *page)
{
	guint n;
	const struct measure *all = measures_by_length(&n);

	heading(page, _("Distances by intensity"));
	paragraph(page,
		  _("With --distance=intensity a tie is as long as 1 divided by its intensity: 1 "
		    "awareness or unknown, 1/2 cooperation, 1/3 coordination, 1/4 integration. "
		    "These measures then mean something else; all others stay."));
	for (guint i = 0; i < n; i++)
		write_measure(page, &all[i]);
}

static void write_gaps(GString *page)
{
	guint n;
	const struct gap_kind *kinds = gap_kinds(&n);

	heading(page, _("Gaps"));
	paragraph(page,
		  _("A gap has an id of its kind and of what it is about, evidence, what would "
		    "close it and who could introduce whom; and a severity between 0 and 1."));
	for (guint i = 0; i < n; i++) {
		g_string_append_printf(page, "*%s*: ", kinds[i].id);
		manual_text(page, _(kinds[i].name));
		g_string_append(page, "\n\t");
		manual_sentence(page, _(kinds[i].sentence));
		g_string_append(page, "\n\n\t");
		if (kinds[i].compared) {
			manual_sentence(page, _(kinds[i].compared));
			g_string_append(page, "\n\n\t");
		}
		manual_text(page, _("Severity:"));
		g_string_append_c(page, ' ');
		manual_sentence(page, _(kinds[i].severity));
		g_string_append(page, "\n\n");
	}
}

/* What the tables hold that have no columns of records and measures. */
static void write_columns(GString *page, const struct export_format *format)
{
	struct export_column column;

	heading(page, _(format->title));
	g_string_append_printf(page, "*telar export %s -o* DIRECTORY\n\n", format->id);
	paragraph(page, _(format->more));
	for (guint i = 0; format->column(i, &column); i++) {
		g_string_append_printf(page, "*%s* %s: ", column.file, column.name);
		manual_sentence(page, _(column.meaning));
		g_string_append(page, "\n\n");
	}
}

static void write_tables(GString *page)
{
	guint n;
	const struct export_format *formats = export_formats(&n);

	for (guint i = 0; i < n; i++)
		if (formats[i].column)
			write_columns(page, &formats[i]);
}

void manual_measures(GString *page)
{
	static const char *const see[] = { "*telar*(1)", "*telar-entry*(5)", NULL };

	manual_head(page, "telar-measures", 7);
	heading(page, _("Name"));
	g_string_append(page, "telar-measures - ");
	manual_text(page, _("what telar measures and which gaps it finds"));
	g_string_append(page, "\n\n");
	heading(page, _("Description"));
	paragraph(page,
		  _("Measured is the network of those institutions that pass the filter, with one "
		    "tie "
		    "for each pair that works together or has done so: ties that have ended count, "
		    "unless they are left out. n is the number of institutions, m that of ties. "
		    "Where "
		    "a value does not exist, none is given."));
	write_level(page, LEVEL_NETWORK, _("Measures of the network"));
	write_level(page, LEVEL_INSTITUTION, _("Measures of an institution"));
	write_level(page, LEVEL_GROUP, _("Measures of a group"));
	write_level(page, LEVEL_TIE, _("Measures of a tie"));
	write_level(page, LEVEL_CAPACITY, _("Measures of a capacity"));
	write_lengths(page);
	write_gaps(page);
	write_tables(page);
	manual_see(page, see);
}
