/*
 * Small steps by which importers build trees.  Knows no format and no file.
 */
#include "data/import/trees.h"

#include <string.h>

struct node *tree_text(struct node *parent, const char *key, const char *text, struct mark mark)
{
	struct node *node = node_append(parent, key, node_scalar(text));

	node->start = node->end = mark;
	return node;
}

struct node *tree_map(struct node *parent, const char *key, struct mark mark)
{
	struct node *node = node_append(parent, key, node_map());

	node->start = node->end = mark;
	return node;
}

struct node *tree_list(struct node *map, const char *key, struct mark mark)
{
	struct node *list = node_get(map, key);

	if (!list) {
		list = node_append(map, key, node_list());
		list->start = list->end = mark;
	}
	return list;
}

void tree_words(struct node *map, const char *key, const char *text, const char *separators,
		struct mark mark)
{
	g_auto(GStrv) words = g_strsplit_set(text, separators, -1);

	for (char **word = words; *word; word++) {
		if (*g_strstrip(*word))
			tree_text(tree_list(map, key, mark), NULL, *word, mark);
	}
}

void tree_term(struct node *network, enum vocabulary vocabulary, const struct term *term)
{
	const struct field *group = record_field(record_type(KIND_NETWORK), "vocabularies");
	struct mark none = { 0 };
	struct node *words = node_get(network, "vocabularies");

	if (!words)
		words = tree_map(network, "vocabularies", none);
	struct node *item =
		tree_map(tree_list(words, group->sub->fields[vocabulary].key, none), NULL, none);
	tree_text(item, "id", term->id, none);
	tree_text(item, "name", term->name, none);
	if (term->name_es)
		tree_text(item, "name_es", term->name_es, none);
	if (term->name_pt)
		tree_text(item, "name_pt", term->name_pt, none);
	if (term->meaning)
		tree_text(item, "meaning", term->meaning, none);
	if (term->meaning_es)
		tree_text(item, "meaning_es", term->meaning_es, none);
	if (term->meaning_pt)
		tree_text(item, "meaning_pt", term->meaning_pt, none);
}

void tree_settings(struct node *network)
{
	struct mark none = { 0 };
	struct node *settings = tree_map(network, "settings", none);

	tree_text(settings, "stale_months", "24", none);
	tree_words(settings, "languages", "es; pt; en", ";", none);
	tree_text(settings, "seed", "1", none);
}
