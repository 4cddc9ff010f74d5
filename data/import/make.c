/*
 * The network's own file and the change as a whole.
 */
#include "data/import/make.h"

#include <string.h>

#include <glib/gi18n.h>

#include "base/text.h"
#include "data/import/words.h"

static const char *vocabulary_key(enum vocabulary vocabulary)
{
	const struct field *group = record_field(record_type(KIND_NETWORK), "vocabularies");

	return group->sub->fields[vocabulary].key;
}

/* A network without words of a kind accepts all: adding one would forbid the others. */
static bool is_open(const struct batch *batch, enum vocabulary vocabulary)
{
	return batch->model && batch->model->network->vocabularies.of[vocabulary].n == 0;
}

static struct term term_of(const struct lexicon_word *word)
{
	const struct term *common = common_word(word->vocabulary, word->id);

	if (word->common && common)
		return *common;
	if (word->vocabulary == VOCABULARY_SECTORS && !strcmp(word->id, "not-stated"))
		return (struct term){ .id = word->id,
				      .name = "Not stated",
				      .name_es = "No indicado",
				      .name_pt = "Não indicado" };
	return (struct term){ .id = word->id, .name = word->name };
}

/* All common words but sectors and kinds, of which only those that were read. */
static void new_vocabularies(const struct batch *batch, struct node *network)
{
	const GPtrArray *words = lexicon_new_words(batch->lexicon);
	bool kinds = false;

	for (guint i = 0; i < words->len; i++)
		kinds = kinds ||
			((struct lexicon_word *)words->pdata[i])->vocabulary == VOCABULARY_KINDS;
	for (guint i = 0; i < n_common_words; i++) {
		enum vocabulary vocabulary = common_words[i].vocabulary;
		if (vocabulary != VOCABULARY_SECTORS && (vocabulary != VOCABULARY_KINDS || !kinds))
			tree_term(network, vocabulary, &common_words[i].term);
	}
	for (guint i = 0; i < words->len; i++) {
		const struct lexicon_word *word = words->pdata[i];
		struct term term = term_of(word);
		bool listed = word->common && word->vocabulary != VOCABULARY_SECTORS &&
			      word->vocabulary != VOCABULARY_KINDS;

		if (!listed)
			tree_term(network, word->vocabulary, &term);
	}
}

static void more_words(const struct batch *batch, struct node *network)
{
	const GPtrArray *words = lexicon_new_words(batch->lexicon);

	for (guint i = 0; i < words->len; i++) {
		const struct lexicon_word *word = words->pdata[i];
		struct term term = term_of(word);

		if (!is_open(batch, word->vocabulary))
			tree_term(network, word->vocabulary, &term);
	}
}

struct node *make_network(const struct batch *batch)
{
	const struct mark none = { 0 };
	struct node *network;

	if (batch->model) {
		network = node_from_record(record_type(KIND_NETWORK), batch->model->network);
		more_words(batch, network);
		return network;
	}
	network = node_map();
	tree_text(network, "id", batch->options->id, none);
	tree_text(network, "name", batch->options->name, none);
	new_vocabularies(batch, network);
	tree_settings(network);
	return network;
}

static char *nearest_word(const struct batch *batch, const struct lexicon_word *word)
{
	const struct items *terms = &batch->model->network->vocabularies.of[word->vocabulary];
	g_autoptr(GPtrArray) words = g_ptr_array_new();

	for (guint i = 0; i < terms->n; i++)
		g_ptr_array_add(words, (gpointer)(gsize)ITEMS(struct term, *terms)[i].id);
	g_ptr_array_add(words, NULL);
	const char *near = text_nearest(word->name, (const char *const *)words->pdata);
	return near ? g_strdup_printf(
			      _("did you mean \"%s\"? or let new words be added with --add-words"),
			      near)
		    : g_strdup(_("correct it, or let new words be added with --add-words"));
}

/* "sectors: ngo, museum": one text a vocabulary. */
static void list_word(struct import_plan *plan, const char *key, const char *id)
{
	g_autofree char *head = g_strconcat(key, ": ", NULL);

	for (guint i = 0; i < plan->words->len; i++) {
		char **text = (char **)&plan->words->pdata[i];

		if (!g_str_has_prefix(*text, head))
			continue;
		char *longer = g_strconcat(*text, ", ", id, NULL);
		g_free(*text);
		*text = longer;
		return;
	}
	g_ptr_array_add(plan->words, g_strconcat(head, id, NULL));
}

void make_words(struct batch *batch, struct import_plan *plan)
{
	const GPtrArray *words = lexicon_new_words(batch->lexicon);

	for (guint i = 0; i < words->len; i++) {
		const struct lexicon_word *word = words->pdata[i];
		const char *key = vocabulary_key(word->vocabulary);

		if (is_open(batch, word->vocabulary))
			continue;
		if (!batch->model || batch->options->add_words) {
			list_word(plan, key, word->id);
			continue;
		}
		g_autofree char *hint = nearest_word(batch, word);
		g_autofree char *message = g_strdup_printf(
			ngettext("\"%s\" is not one of this network's %s (in %u place)",
				 "\"%s\" is not one of this network's %s (in %u places)", word->n),
			word->name, key, word->n);
		batch_report(batch, word->first, SEVERITY_ERROR, "vocabulary", message, hint);
	}
}

struct change *make_change(const struct batch *batch, const GPtrArray *targets)
{
	struct change *change = change_new();
	const struct network *network = batch->model->network;
	const GPtrArray *words = lexicon_new_words(batch->lexicon);

	if (words->len > 0) {
		struct node *before = node_from_record(record_type(KIND_NETWORK), network);
		struct node *after = make_network(batch);
		change_diff(change, KIND_NETWORK, network->base.id, before, after);
		node_free(before);
		node_free(after);
	}
	for (guint i = 0; i < targets->len; i++) {
		const struct target *target = targets->pdata[i];
		change_diff(change, target->kind, target->id, target->before, target->after);
	}
	return change;
}
