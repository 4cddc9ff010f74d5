#include "tui/finder.h"

#include <string.h>

#include "base/text.h"

/*
 * Searching names.  What is done with a hit is the palette's and the command line's
 * business.
 */
#define TIGHT 70 /* text_match() of letters that are scattered but still look like the word */

static const enum kind kinds[] = { KIND_INSTITUTION, KIND_TERRITORY, KIND_PROGRAMME, KIND_RESOURCE,
				   KIND_ASSESSMENT };

struct finder {
	struct model *model;
	GPtrArray *folded; /* const char *, in the order of `kinds` and of the model */
	GStringChunk *texts;
	guint all;
};

const enum kind *finder_kinds(guint *n)
{
	*n = G_N_ELEMENTS(kinds);
	return kinds;
}

struct finder *finder_new(const struct model *model)
{
	struct finder *finder = g_new0(struct finder, 1);

	finder->model = model_ref(model);
	finder->folded = g_ptr_array_new();
	finder->texts = g_string_chunk_new(64 * 1024);
	for (guint k = 0; k < G_N_ELEMENTS(kinds); k++)
		finder->all += model->n[kinds[k]];
	return finder;
}

void finder_free(struct finder *finder)
{
	if (finder == NULL)
		return;
	g_ptr_array_unref(finder->folded);
	g_string_chunk_free(finder->texts);
	model_unref(finder->model);
	g_free(finder);
}

const struct model *finder_model(const struct finder *finder)
{
	return finder->model;
}

static struct finder_hit place(const struct finder *finder, guint at)
{
	struct finder_hit hit = { kinds[0], at, 0 };

	for (guint k = 0; k + 1 < G_N_ELEMENTS(kinds) && hit.index >= finder->model->n[kinds[k]];
	     k++) {
		hit.index -= finder->model->n[kinds[k]];
		hit.kind = kinds[k + 1];
	}
	return hit;
}

static void fold(struct finder *finder, guint at)
{
	struct finder_hit hit = place(finder, at);
	const struct record *record = finder->model->records[hit.kind][hit.index];
	g_autoptr(GString) text = g_string_new(record->name);
	g_autofree char *folded = NULL;

	if (hit.kind == KIND_INSTITUTION) {
		const struct institution *one = (const struct institution *)(const void *)record;

		if (one->short_name != NULL)
			g_string_append_printf(text, " %s", one->short_name);
		if (one->city != NULL)
			g_string_append_printf(text, " %s", one->city);
	}
	g_string_append_printf(text, " %s", record->id);
	for (guint i = 0; i < list_length(record->aliases); i++)
		g_string_append_printf(text, " %s", record->aliases[i]);
	folded = text_fold(text->str);
	g_ptr_array_add(finder->folded, g_string_chunk_insert(finder->texts, folded));
}

void finder_begin(struct finder_search *search, const char *typed)
{
	g_autofree char *folded = text_fold(typed);

	search->words = g_strsplit(g_strstrip(folded), " ", -1);
	search->at = 0;
	search->hits = g_array_new(FALSE, FALSE, sizeof(struct finder_hit));
}

void finder_end(struct finder_search *search)
{
	g_clear_pointer(&search->words, g_strfreev);
	g_clear_pointer(&search->hits, g_array_unref);
}

int finder_score(char *const *words, const char *hay)
{
	int sum = 1;

	for (; *words != NULL; words++) {
		int found = text_match(*words, hay);

		if (found < TIGHT)
			return 0;
		sum += found;
	}
	return sum;
}

/* Kept in order; what is no better than the last of a full list is let go. */
static void keep(GArray *hits, struct finder_hit hit)
{
	guint at = hits->len;

	while (at > 0 && g_array_index(hits, struct finder_hit, at - 1).score < hit.score)
		at--;
	if (at >= FINDER_MOST)
		return;
	g_array_insert_val(hits, at, hit);
	if (hits->len > FINDER_MOST)
		g_array_set_size(hits, FINDER_MOST);
}

bool finder_step(struct finder *finder, struct finder_search *search)
{
	guint end = MIN(finder->all, search->at + FINDER_SLICE);

	for (; search->at < end; search->at++) {
		struct finder_hit hit = place(finder, search->at);

		if (search->at >= finder->folded->len)
			fold(finder, search->at);
		hit.score =
			finder_score(search->words, g_ptr_array_index(finder->folded, search->at));
		if (hit.score > 0)
			keep(search->hits, hit);
	}
	return search->at >= finder->all;
}
