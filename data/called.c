/*
 * Names in the language of the person, of fields and of what else has a label.  Which values a
 * field may hold is not known here.
 */
#include "data/called.h"

#include <string.h>

#include <glib/gi18n.h>

#include "base/text.h"

char *word_folded(const char *word)
{
	return g_strdelimit(text_fold(word), " _", '-');
}

bool label_is(const char *label, const char *folded)
{
	g_autofree char *text = word_folded(_(label));
	gsize len = strlen(folded);

	return len > 2 && !strncmp(text, folded, len) &&
	       (!text[len] || !strcmp(text + len, "s") || !strcmp(text + len, "es"));
}

const struct field *field_called(const struct record_type *type, const char *name)
{
	const struct field *field = record_field(type, name);
	g_autofree char *folded = word_folded(name);

	for (guint i = 0; !field && i < type->n_fields; i++)
		if (label_is(type->fields[i].label, folded))
			field = &type->fields[i];
	return field;
}

char *word_of_text(const char *text)
{
	char *word = g_utf8_strdown(text, -1);

	if (g_str_has_suffix(word, "…"))
		word[strlen(word) - strlen("…")] = '\0';
	g_strdelimit(word, " _", '-');
	for (const char *c = word; *c; c = g_utf8_next_char(c)) {
		if (g_unichar_isalnum(g_utf8_get_char(c)) || *c == '-')
			continue;
		g_free(word);
		return NULL;
	}
	return word;
}

char *field_word(const struct record_type *type, const struct field *field)
{
	/* Untranslated, a label is no other word than the key. */
	g_autofree char *word =
		_(field->label) == field->label ? NULL : word_of_text(_(field->label));

	return word && field_called(type, word) == field ? g_steal_pointer(&word)
							 : g_strdup(field->key);
}

char *path_called(const struct record_type *type, const char *path)
{
	g_auto(GStrv) parts = g_strsplit(path, ".", -1);
	g_autoptr(GString) out = g_string_new(NULL);

	for (guint i = 0; parts[i]; i++) {
		gsize bare = strcspn(parts[i], "[");
		g_autofree char *name = g_strndup(parts[i], bare);
		const struct field *field = type ? field_called(type, name) : NULL;

		if (!field)
			return NULL;
		g_string_append_printf(out, "%s%s%s", i > 0 ? "." : "", field->key,
				       parts[i] + bare);
		type = field->sub;
	}
	return g_string_free(g_steal_pointer(&out), FALSE);
}
