/*
 * Words of a file against the words of a network.  Decides nothing about words
 * that the network does not have: merge.c and make.c do.
 */
#include "data/import/lexicon.h"

#include <string.h>

#include "base/text.h"
#include "data/import/words.h"

struct lexicon {
	const struct model *model;
	GHashTable *words[VOCABULARY_COUNT];   /* folded text -> id, borrowed from below */
	GHashTable *word_of[VOCABULARY_COUNT]; /* id -> struct lexicon_word *, of the new ones */
	GHashTable *places;		       /* folded text -> id */
	GHashTable *place_of;		       /* id -> struct lexicon_place * */
	GHashTable *countries;		       /* folded text -> code or "" */
	GHashTable *records[KIND_COUNT];       /* folded name -> id; NULL: not asked for yet */
	GPtrArray *new_words, *new_places;
};

static void word_free(gpointer data)
{
	struct lexicon_word *word = data;

	g_free(word->id);
	g_free(word->name);
	g_free(word);
}

static void place_free(gpointer data)
{
	struct lexicon_place *place = data;

	g_free(place->id);
	g_free(place->name);
	g_free(place->country);
	g_free(place);
}

static void know(GHashTable *table, const char *text, const char *id)
{
	char *folded = text ? text_fold(text) : NULL;

	if (folded && *folded && !g_hash_table_contains(table, folded))
		g_hash_table_insert(table, g_steal_pointer(&folded), (gpointer)(gsize)id);
	g_free(folded);
}

static void know_term(struct lexicon *lexicon, enum vocabulary vocabulary, const struct term *term)
{
	GHashTable *table = lexicon->words[vocabulary];

	know(table, term->id, term->id);
	know(table, term->name, term->id);
	know(table, term->name_es, term->id);
	know(table, term->name_pt, term->id);
}

static void know_model(struct lexicon *lexicon, const struct model *model)
{
	for (guint v = 0; v < VOCABULARY_COUNT; v++) {
		const struct items *terms = &model->network->vocabularies.of[v];
		for (guint i = 0; i < terms->n; i++)
			know_term(lexicon, (enum vocabulary)v, &ITEMS(struct term, *terms)[i]);
	}
	for (guint i = 0; i < model->n[KIND_TERRITORY]; i++) {
		const struct territory *territory = model_territory(model, i);

		know(lexicon->places, territory->base.id, territory->base.id);
		know(lexicon->places, territory->base.name, territory->base.id);
		for (char *const *alias = (char *const *)(gsize)territory->base.aliases;
		     alias && *alias; alias++)
			know(lexicon->places, *alias, territory->base.id);
	}
}

struct lexicon *lexicon_new(const struct model *model)
{
	struct lexicon *lexicon = g_new0(struct lexicon, 1);

	lexicon->model = model;
	for (guint v = 0; v < VOCABULARY_COUNT; v++) {
		lexicon->words[v] = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
		lexicon->word_of[v] = g_hash_table_new(g_str_hash, g_str_equal);
	}
	lexicon->places = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
	lexicon->place_of = g_hash_table_new(g_str_hash, g_str_equal);
	lexicon->countries = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
	lexicon->new_words = g_ptr_array_new_with_free_func(word_free);
	lexicon->new_places = g_ptr_array_new_with_free_func(place_free);
	if (model)
		know_model(lexicon, model);
	for (guint i = 0; !model && i < n_common_words; i++)
		know_term(lexicon, common_words[i].vocabulary, &common_words[i].term);
	return lexicon;
}

void lexicon_free(struct lexicon *lexicon)
{
	if (!lexicon)
		return;
	for (guint v = 0; v < VOCABULARY_COUNT; v++) {
		g_hash_table_unref(lexicon->words[v]);
		g_hash_table_unref(lexicon->word_of[v]);
	}
	g_hash_table_unref(lexicon->places);
	g_hash_table_unref(lexicon->place_of);
	g_hash_table_unref(lexicon->countries);
	for (guint k = 0; k < KIND_COUNT; k++)
		g_clear_pointer(&lexicon->records[k], g_hash_table_unref);
	g_ptr_array_unref(lexicon->new_words);
	g_ptr_array_unref(lexicon->new_places);
	g_free(lexicon);
}

char *id_unused(GHashTable *taken, const char *base)
{
	char *id = g_strdup(base);

	for (guint n = 2; g_hash_table_contains(taken, id); n++) {
		g_autofree char *front = g_strndup(base, 56);
		gsize length = strlen(front);

		while (length > 0 && front[length - 1] == '-')
			front[--length] = '\0';
		g_free(id);
		id = g_strdup_printf("%s-%u", front, n);
	}
	return id;
}

/* By the text itself, or by the id it makes. */
static const char *find(GHashTable *table, const char *folded, const char *made)
{
	const char *id = g_hash_table_lookup(table, folded);

	return id ? id : g_hash_table_lookup(table, made);
}

/* Counts a word that a new network takes, or that an existing one lacks. */
static struct lexicon_word *meet(struct lexicon *lexicon, enum vocabulary vocabulary,
				 const char *id, const char *name, guint place)
{
	struct lexicon_word *word = g_new0(struct lexicon_word, 1);

	*word = (struct lexicon_word){ vocabulary, g_strdup(id), g_strdup(name), false, place, 0 };
	g_ptr_array_add(lexicon->new_words, word);
	g_hash_table_insert(lexicon->word_of[vocabulary], word->id, word);
	return word;
}

const char *lexicon_word(struct lexicon *lexicon, enum vocabulary vocabulary, const char *text,
			 guint place)
{
	GHashTable *table = lexicon->words[vocabulary];
	GHashTable *own = lexicon->word_of[vocabulary];
	g_autofree char *folded = text_fold(text);
	g_autofree char *made = id_from_name(text);
	const char *id = find(table, folded, made);
	struct lexicon_word *word = id ? g_hash_table_lookup(own, id) : NULL;

	if (id && !word && lexicon->model)
		return id;
	if (id && !word) { /* a common word, met for the first time */
		const struct term *term = common_word(vocabulary, id);
		word = meet(lexicon, vocabulary, id, term ? term->name : id, place);
		word->common = term != NULL;
	} else if (!word) {
		g_autofree char *unused = id_unused(own, *made ? made : "word");

		word = meet(lexicon, vocabulary, unused, text, place);
		know(table, text, word->id);
		know(table, word->id, word->id);
	}
	word->n++;
	return word->id;
}

const char *lexicon_territory(struct lexicon *lexicon, const char *text, const char *country,
			      guint place)
{
	g_autofree char *folded = text_fold(text);
	g_autofree char *made = id_from_name(text);
	const char *id = find(lexicon->places, folded, made);
	struct lexicon_place *own = id ? g_hash_table_lookup(lexicon->place_of, id) : NULL;

	if (id && !own)
		return id;
	if (!own) {
		own = g_new0(struct lexicon_place, 1);
		own->id = id_unused(lexicon->place_of, *made ? made : "territory");
		own->name = g_strdup(text);
		own->country = g_strdup(country);
		own->first = place;
		g_ptr_array_add(lexicon->new_places, own);
		g_hash_table_insert(lexicon->place_of, own->id, own);
		know(lexicon->places, text, own->id);
	} else if (g_strcmp0(own->country, country) != 0) {
		own->several = true;
	}
	return own->id;
}

static GHashTable *named_records(const struct model *model, enum kind kind)
{
	GHashTable *named = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);

	for (guint i = 0; i < model->n[kind]; i++) {
		const struct record *record = RECORD(model->records[kind][i]);

		know(named, record->name, record->id);
	}
	return named;
}

const char *lexicon_record(struct lexicon *lexicon, guint kinds, const char *text)
{
	g_autofree char *folded = text_fold(text);

	for (guint k = 0; lexicon->model && k < KIND_COUNT; k++)
		if (kinds & (1u << k) && model_find(lexicon->model, (enum kind)k, text) >= 0)
			return RECORD(model_get(lexicon->model, (enum kind)k, text))->id;
	for (guint k = 0; lexicon->model && k < KIND_COUNT; k++) {
		const char *id = NULL;

		if (!(kinds & (1u << k)))
			continue;
		if (!lexicon->records[k])
			lexicon->records[k] = named_records(lexicon->model, (enum kind)k);
		id = g_hash_table_lookup(lexicon->records[k], folded);
		if (id)
			return id;
	}
	return NULL;
}

const char *lexicon_country(struct lexicon *lexicon, const char *text)
{
	g_autofree char *folded = text_fold(text);
	const char *code = g_hash_table_lookup(lexicon->countries, folded);

	if (!code) {
		g_autofree char *upper = g_ascii_strup(text, -1);
		const char *found = country_exists(upper) ? upper : country_find(text);

		g_hash_table_insert(lexicon->countries, g_strdup(folded),
				    g_strdup(found ? found : ""));
		code = g_hash_table_lookup(lexicon->countries, folded);
	}
	return *code ? code : NULL;
}

const GPtrArray *lexicon_new_words(const struct lexicon *lexicon)
{
	return lexicon->new_words;
}

const GPtrArray *lexicon_new_places(const struct lexicon *lexicon)
{
	return lexicon->new_places;
}
