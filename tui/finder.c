#include "tui/finder.h"

#include <string.h>

#include "base/text.h"

/*
 * Searching names.  What is done with a hit is the palette's and the command line's
 * business.
 */
#define FOLDING 8 /* a name costs as much as so many searches when it is looked at first */

static const enum kind kinds[] = { KIND_INSTITUTION, KIND_TERRITORY, KIND_PROGRAMME, KIND_RESOURCE,
				   KIND_ASSESSMENT };

struct finder {
	struct model *model;
	GPtrArray *labels, *names; /* const char *, in the order of `kinds` and of the model */
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
	finder->labels = g_ptr_array_new();
	finder->names = g_ptr_array_new();
	finder->texts = g_string_chunk_new(64 * 1024);
	for (guint k = 0; k < G_N_ELEMENTS(kinds); k++)
		finder->all += model->n[kinds[k]];
	return finder;
}

void finder_free(struct finder *finder)
{
	if (finder == NULL)
		return;
	g_ptr_array_unref(finder->labels);
	g_ptr_array_unref(finder->names);
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
	g_autofree char *label = text_fold(record->name != NULL ? record->name : "");
	g_autofree char *names = record_names(hit.kind, record), *folded = text_fold(names);

	g_ptr_array_add(finder->labels, g_string_chunk_insert(finder->texts, label));
	g_ptr_array_add(finder->names, g_string_chunk_insert(finder->texts, folded));
}

void finder_begin(struct finder_search *search, const char *typed)
{
	typed_init(&search->typed, typed);
	search->at = 0;
	search->hits = g_array_new(FALSE, FALSE, sizeof(struct finder_hit));
}

void finder_end(struct finder_search *search)
{
	typed_release(&search->typed);
	g_clear_pointer(&search->hits, g_array_unref);
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
	for (guint spent = 0; search->at < finder->all && spent < FINDER_SLICE; search->at++) {
		struct finder_hit hit = place(finder, search->at);
		bool first = search->at >= finder->labels->len;

		spent += first ? FOLDING : 1;
		if (first)
			fold(finder, search->at);
		hit.score =
			typed_score(&search->typed, g_ptr_array_index(finder->labels, search->at),
				    g_ptr_array_index(finder->names, search->at));
		if (hit.score > 0)
			keep(search->hits, hit);
	}
	return search->at >= finder->all;
}
