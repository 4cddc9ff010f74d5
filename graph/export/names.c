/*
 * Names that say who is meant.  How an import reads them is data/import's business.
 */
#include "graph/export/names.h"

#include "base/text.h"

#include <string.h>

/* `ids`: folded word -> id of who is called so, "" for several. */
static void note(GHashTable *ids, const char *word, const char *id)
{
	g_autofree char *folded = word ? text_fold(word) : NULL;
	const char *known = folded ? g_hash_table_lookup(ids, folded) : NULL;
	if (!folded || (known && strcmp(known, id) == 0))
		return;
	g_hash_table_insert(ids, g_steal_pointer(&folded), (gpointer)(gsize)(known ? "" : id));
}

static GHashTable *words_of(const struct model *model, enum kind kind)
{
	GHashTable *ids = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
	for (guint i = 0; i < model->n[kind]; i++) {
		const struct record *one = RECORD(model->records[kind][i]);
		note(ids, one->id, one->id);
		note(ids, one->name, one->id);
		for (const char *const *alias = one->aliases; alias && *alias; alias++)
			note(ids, *alias, one->id);
		if (kind == KIND_INSTITUTION)
			note(ids, model_institution(model, i)->short_name, one->id);
	}
	return ids;
}

struct names *names_new(const struct model *model)
{
	struct names *names = g_new0(struct names, 1);
	for (enum kind kind = 0; kind < KIND_COUNT; kind++) {
		g_autoptr(GHashTable) ids = words_of(model, kind);
		names->of[kind] = g_new(const char *, MAX(model->n[kind], 1));
		for (guint i = 0; i < model->n[kind]; i++) {
			const struct record *one = RECORD(model->records[kind][i]);
			g_autofree char *folded = one->name ? text_fold(one->name) : NULL;
			bool alone =
				folded && g_strcmp0(g_hash_table_lookup(ids, folded), one->id) == 0;
			names->of[kind][i] = alone ? one->name : one->id;
		}
	}
	return names;
}

void names_free(struct names *names)
{
	for (guint kind = 0; names && kind < KIND_COUNT; kind++)
		g_free(names->of[kind]);
	g_free(names);
}
