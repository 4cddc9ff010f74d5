/*
 * Texts as numbers, for what compares the same few texts again and again.
 */
#include "graph/lexicon.h"

#define MET_MOST 8192 /* places: more are copies of their own, as in a network of another day */

void lexicon_init(struct lexicon *lexicon)
{
	lexicon->words = g_ptr_array_new();
	lexicon->index = g_hash_table_new(g_str_hash, g_str_equal);
	lexicon->met = g_hash_table_new(NULL, NULL);
}

void lexicon_clear(struct lexicon *lexicon)
{
	g_ptr_array_unref(lexicon->words);
	g_hash_table_unref(lexicon->index);
	g_hash_table_unref(lexicon->met);
}

guint lexicon_number(struct lexicon *lexicon, const char *word)
{
	gpointer at = g_hash_table_lookup(lexicon->met, word), known;
	if (at)
		return GPOINTER_TO_UINT(at) - 1;
	guint number = lexicon->words->len;
	if (g_hash_table_lookup_extended(lexicon->index, word, NULL, &known)) {
		number = GPOINTER_TO_UINT(known);
	} else {
		g_ptr_array_add(lexicon->words, (void *)(gsize)word);
		g_hash_table_insert(lexicon->index, (void *)(gsize)word, GUINT_TO_POINTER(number));
	}
	if (g_hash_table_size(lexicon->met) < MET_MOST)
		g_hash_table_insert(lexicon->met, (void *)(gsize)word,
				    GUINT_TO_POINTER(number + 1));
	return number;
}
