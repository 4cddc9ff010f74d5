/*
 * A new entry file that explains itself: every field with what it is for, those
 * that are not set as comments that can be taken out.  Lines that begin with "# "
 * are words, those that begin with "#" alone are YAML.  In the language of the
 * process; made for people who keep their entry by hand.
 */
#include "data/yaml/yaml_file.h"

#include <string.h>

#include <glib/gi18n.h>

#include "data/yaml/internal.h"

/* "Where it stands: planned, active, done" */
static char *explain(const struct field *field)
{
	GString *text = g_string_new(_(field->help));

	if (field->type == FIELD_CHOICE) {
		for (const struct choice *c = field->choices; c->id; c++)
			g_string_append_printf(text, "%s%s", c == field->choices ? ": " : ", ",
					       c->id);
	}
	if (field->flags & FIELD_REQUIRED)
		/* TRANSLATORS: behind what a field is for, as in "The full official name (needed)"
		 */
		g_string_append_printf(text, " %s", _("(needed)"));
	return g_string_free(text, FALSE);
}

static void write_inner(GString *out, const struct record_type *type, guint indent, bool item);

/* One field inside a list or a group: its words stand behind it. */
static void write_inner_field(GString *out, const struct field *field, guint indent)
{
	g_autofree char *words = explain(field);

	g_string_append_printf(out, "%s:%s  # %s\n", field->key,
			       field->flags & FIELD_MANY ? " []" : "", words);
	if (field->sub)
		write_inner(out, field->sub, indent + 2, field->type == FIELD_ITEMS);
}

static void write_inner(GString *out, const struct record_type *type, guint indent, bool item)
{
	bool first = true;

	for (guint i = 0; i < type->n_fields; i++) {
		const struct field *field = &type->fields[i];
		guint own = item ? indent + 2 : indent;

		if (field->flags & FIELD_DERIVED)
			continue;
		g_string_append_c(out, '#');
		emit_spaces(out, item && first ? indent : own);
		if (item && first)
			g_string_append(out, "- ");
		write_inner_field(out, field, own);
		first = false;
	}
}

static void write_field(GString *out, const struct field *field, const struct node *value)
{
	static const struct layout layout = { .step = 2, .list_step = 2, .eol = "\n" };
	g_autofree char *words = explain(field);
	g_auto(GStrv) lines = g_strsplit(words, "\n", -1);

	for (char **line = lines; *line; line++)
		g_string_append_printf(out, "# %s\n", *line);
	if (value) {
		emit_entry(out, field, field->key, value, 0, &layout);
		g_string_append_c(out, '\n');
		return;
	}
	if (!(field->flags & FIELD_REQUIRED))
		g_string_append_c(out, '#');
	g_string_append_printf(out, "%s:%s\n", field->key, field->flags & FIELD_MANY ? " []" : "");
	if (field->sub)
		write_inner(out, field->sub, 2, field->type == FIELD_ITEMS);
}

char *yaml_template(const struct record_type *type, const struct node *root)
{
	struct node *empty = node_map();
	struct node *ordered = node_ordered(NULL, type, root ? root : empty);
	g_autofree char *head = yaml_emit(type, empty); /* the line with the schema */
	GString *out = g_string_new(head);

	for (guint i = 0; i < type->n_fields; i++) {
		const struct field *field = &type->fields[i];
		if (!(field->flags & FIELD_DERIVED))
			write_field(out, field, node_get(ordered, field->key));
	}
	node_free(ordered);
	node_free(empty);
	return g_string_free(out, FALSE);
}
