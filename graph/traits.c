/*
 * What members have in common, as numbers: whoever looks for pairs compares every two
 * members of two long lists.
 */
#include "graph/lexicon.h"
#include "graph/work.h"

static const char *const *words_of(const struct institution *row, enum trait trait)
{
	switch (trait) {
	case TRAIT_TERRITORIES:
		return row->territories;
	case TRAIT_LINES:
		return row->lines;
	case TRAITS:
		break;
	}
	return NULL;
}

static void list_words(const struct net *net, enum trait trait, struct word_list *out)
{
	struct lexicon lexicon;
	g_autoptr(GArray) all = g_array_new(FALSE, FALSE, sizeof(guint));
	lexicon_init(&lexicon);
	out->start = g_new(guint, net->n + 1);
	for (guint v = 0; v < net->n; v++) {
		const char *const *words = words_of(net_institution(net, v), trait);
		out->start[v] = all->len;
		for (; words && *words; words++) {
			guint number = lexicon_number(&lexicon, *words);
			g_array_append_val(all, number);
		}
	}
	out->start[net->n] = all->len;
	out->word = (guint *)(void *)g_array_steal(all, NULL);
	out->words = lexicon.words->len;
	lexicon_clear(&lexicon);
}

const struct traits *study_traits(struct study *study)
{
	if (study->traits)
		return study->traits;
	study_makes(study);
	struct traits *traits = g_new0(struct traits, 1);
	for (guint i = 0; i < TRAITS; i++)
		list_words(study->net, (enum trait)i, &traits->of[i]);
	return study->traits = traits;
}

void traits_free(struct traits *traits)
{
	for (guint i = 0; traits && i < TRAITS; i++) {
		g_free(traits->of[i].start);
		g_free(traits->of[i].word);
	}
	g_free(traits);
}
