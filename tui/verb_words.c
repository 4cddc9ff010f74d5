/*
 * What commands and actions are called where they are typed: by their names and in the language
 * of the person.  What they do is verb.c's.
 */
#include "tui/verb.h"

#include <string.h>

#include <glib/gi18n.h>

#include "base/context.h"
#include "base/text.h"
#include "data/called.h"

/* "asof" will do for "as-of". */
static bool is_name_of(const char *name, const char *typed)
{
	for (; *name != '\0' && *typed != '\0'; name++, typed++) {
		if (*name == '-' && *typed != '-')
			name++;
		if (*name != *typed)
			return false;
	}
	return *name == *typed;
}

const char *verb_name(const struct verb *verb)
{
	return strchr(verb->called, '\004') + 1;
}

char *verb_word(const struct verb *verb)
{
	char *word = word_of_text(in_context_only(verb->called));

	return word != NULL ? word : g_strdup(verb_name(verb));
}

const struct verb *verb_named(const char *name)
{
	const struct verb *table;
	guint n;

	table = verb_table(&n);
	for (guint i = 0; i < n; i++)
		if (is_name_of(verb_name(&table[i]), name))
			return &table[i];
	return NULL;
}

const struct verb *verb_find(const char *name)
{
	g_autofree char *folded = text_fold(name);
	const struct verb *verb = verb_named(name), *table;
	guint n;

	if (verb != NULL)
		return verb;
	table = verb_table(&n);
	for (guint i = 0; i < n; i++) {
		g_autofree char *word = verb_word(&table[i]), *own = text_fold(word);

		if (strcmp(own, folded) == 0)
			return &table[i];
	}
	return NULL;
}

/* "nombre-corto" of a label, folded; NULL: it is no word. */
static char *label_folded(const struct binding *binding)
{
	g_autofree char *word = word_of_text(_(binding->label));

	return word == NULL ? NULL : text_fold(word);
}

GHashTable *binding_words(const struct app *app)
{
	GHashTable *words = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
	const struct binding *rows;
	const struct verb *table;
	guint n;

	/* A command goes before an action that is called like it. */
	table = verb_table(&n);
	for (guint i = 0; i < n; i++) {
		g_autofree char *word = verb_word(&table[i]);

		g_hash_table_insert(words, text_fold(word), NULL);
	}
	rows = bindings(&n);
	for (guint i = 0; i < n; i++) {
		g_autofree char *word = label_folded(&rows[i]);

		if (word != NULL && !g_hash_table_contains(words, word) &&
		    (app == NULL || action_works(rows[i].action, app_top(app)->ops)))
			g_hash_table_insert(words, g_steal_pointer(&word), (gpointer)&rows[i]);
	}
	return words;
}

char *binding_word(GHashTable *words, const struct binding *binding)
{
	g_autofree char *folded =
		_(binding->label) == binding->label ? NULL : label_folded(binding);

	return folded != NULL && g_hash_table_lookup(words, folded) == binding
		       ? word_of_text(_(binding->label))
		       : g_strdup(binding->name);
}

const struct binding *binding_called(const struct app *app, const char *name)
{
	g_autofree char *wanted = text_fold(name);
	const struct binding *rows;
	guint n;

	rows = bindings(&n);
	for (guint i = 0; i < n; i++) {
		g_autofree char *own = label_folded(&rows[i]);

		if (g_strcmp0(own, wanted) == 0 && action_works(rows[i].action, app_top(app)->ops))
			return &rows[i];
	}
	return NULL;
}
