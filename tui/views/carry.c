#include "tui/views/carry.h"

#include <string.h>

#include "base/text.h"

/*
 * Matching ties with programmes by basis and title.  Titles are taken apart into
 * runs of words that are looked up, so that many programmes cost no more than few.
 */
#define WORDS_MOST  16 /* of a name, and of a title that is looked at */
#define NAME_LEAST  5  /* characters: shorter names are words like any other */
#define AMBIGUOUS   G_MAXUINT
#define BEGIN_WORDS 3 /* a whole title that is but the beginning of a name has so many */

struct carry_names {
	GHashTable *whole;  /* folded name -> programme */
	GHashTable *begins; /* the beginnings of names */
};

/* Folded words; signs other than '+' part them.  "STEAM+H (Ica)" is "steam+h", "ica". */
static GPtrArray *words_of(const char *text)
{
	g_autofree char *folded = text_fold(text);
	GPtrArray *words = g_ptr_array_new_with_free_func(g_free);
	const char *from = NULL;

	for (const char *s = folded;; s = g_utf8_next_char(s)) {
		gunichar c = g_utf8_get_char(s);
		bool inside = c != 0 && (g_unichar_isalnum(c) || c == '+');

		if (inside && from == NULL)
			from = s;
		if (!inside && from != NULL) {
			g_ptr_array_add(words, g_strndup(from, (gsize)(s - from)));
			from = NULL;
		}
		if (c == 0)
			return words;
	}
}

static bool is_year(const char *word)
{
	return strlen(word) == 4 && strspn(word, "0123456789") == 4 &&
	       (word[0] == '1' || word[0] == '2');
}

static char *join(const GPtrArray *words, guint from, guint n)
{
	GString *out = g_string_new(NULL);

	for (guint i = 0; i < n; i++)
		g_string_append_printf(out, "%s%s", i > 0 ? " " : "",
				       (const char *)g_ptr_array_index(words, from + i));
	return g_string_free(out, FALSE);
}

/* A name that two programmes share names neither. */
static void name_put(GHashTable *names, char *name, guint programme)
{
	gpointer known;

	if (g_utf8_strlen(name, -1) < NAME_LEAST) {
		g_free(name);
		return;
	}
	if (g_hash_table_lookup_extended(names, name, NULL, &known) &&
	    GPOINTER_TO_UINT(known) != programme)
		programme = AMBIGUOUS;
	g_hash_table_insert(names, name, GUINT_TO_POINTER(programme));
}

static void name_add(const struct carry_names *names, const char *text, guint programme)
{
	g_autoptr(GPtrArray) words = text == NULL ? NULL : words_of(text);
	guint n = words == NULL ? 0 : words->len;

	for (guint i = BEGIN_WORDS; i < MIN(n, WORDS_MOST); i++)
		name_put(names->begins, join(words, 0, i), programme);
	if (n == 0 || n > WORDS_MOST)
		return;
	name_put(names->whole, join(words, 0, n), programme);
	/* What is left has to say something still: "Congreso 2021" does not. */
	if (n > 2 && is_year(g_ptr_array_index(words, n - 1)))
		name_put(names->whole, join(words, 0, n - 1), programme);
}

static struct carry_names *names_new(const struct model *model)
{
	struct carry_names *names = g_new(struct carry_names, 1);

	names->whole = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
	names->begins = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
	for (guint i = 0; i < model->n[KIND_PROGRAMME]; i++) {
		const struct record *record = &model_programme(model, i)->base;

		name_add(names, record->name, i);
		for (guint k = 0; k < list_length(record->aliases); k++)
			name_add(names, record->aliases[k], i);
	}
	return names;
}

static void names_free(struct carry_names *names)
{
	g_hash_table_unref(names->whole);
	g_hash_table_unref(names->begins);
	g_free(names);
}

static void found_add(GArray *found, guint programme)
{
	for (guint i = 0; i < found->len; i++)
		if (g_array_index(found, guint, i) == programme)
			return;
	g_array_append_val(found, programme);
}

static void found_look(GArray *found, GHashTable *names, const char *name)
{
	gpointer at;

	if (g_hash_table_lookup_extended(names, name, NULL, &at) &&
	    GPOINTER_TO_UINT(at) != AMBIGUOUS)
		found_add(found, GPOINTER_TO_UINT(at));
}

/* Programmes that a claim names, each once. */
static void claim_programmes(const struct model *model, const struct carry_names *names,
			     const struct partnership *says, GArray *found)
{
	const struct partnership_details *details = partnership_details(says);
	g_autoptr(GPtrArray) words = details->title == NULL ? NULL : words_of(details->title);
	guint n = words == NULL ? 0 : MIN(words->len, WORDS_MOST);

	g_array_set_size(found, 0);
	for (guint k = 0; k < list_length(details->basis); k++) {
		int at = model_find(model, KIND_PROGRAMME, details->basis[k]);

		if (at >= 0)
			found_add(found, (guint)at);
	}
	for (guint from = 0; from < n; from++) {
		g_autoptr(GString) run = g_string_new(NULL);

		for (guint to = from; to < n; to++) {
			g_string_append_printf(run, "%s%s", to > from ? " " : "",
					       (const char *)g_ptr_array_index(words, to));
			found_look(found, names->whole, run->str);
		}
		if (from == 0 && found->len == 0)
			found_look(found, names->begins, run->str);
	}
}

/* Most ties are said without a title or a basis: nothing is made for them. */
static bool says_any(const struct model *model, const struct tie *tie)
{
	for (guint i = 0; i < tie->n_claims; i++) {
		const struct partnership_details *details =
			partnership_details(model->claims[tie->first_claim + i].says);

		if (details->title != NULL || details->basis != NULL)
			return true;
	}
	return false;
}

static void tie_carried(struct carry *carry, const struct model *model, guint index)
{
	const struct tie *tie = &model->ties[index];
	g_autoptr(GArray) all = NULL;
	g_autoptr(GArray) one = NULL;
	bool each = true;

	if (!tie_counts(tie) || !says_any(model, tie))
		return;
	all = g_array_new(FALSE, FALSE, sizeof(guint));
	one = g_array_new(FALSE, FALSE, sizeof(guint));
	for (guint i = 0; i < tie->n_claims; i++) {
		claim_programmes(model, carry->names, model->claims[tie->first_claim + i].says,
				 one);
		each = each && one->len > 0;
		for (guint k = 0; k < one->len; k++)
			found_add(all, g_array_index(one, guint, k));
	}
	for (guint k = 0; k < all->len; k++) {
		struct carried carried = { index, each && all->len == 1 };

		g_array_append_val(carry->ties[g_array_index(all, guint, k)], carried);
	}
}

struct carry *carry_begin(const struct model *model)
{
	struct carry *carry = g_new0(struct carry, 1);

	carry->n = model->n[KIND_PROGRAMME];
	carry->ties = g_new0(GArray *, carry->n + 1);
	for (guint i = 0; i < carry->n; i++)
		carry->ties[i] = g_array_new(FALSE, FALSE, sizeof(struct carried));
	carry->names = names_new(model);
	return carry;
}

#define PIECE 8192 /* ties */

bool carry_work(struct carry *carry, const struct model *model)
{
	for (guint k = 0; k < PIECE && carry->looked < model->n_ties; k++)
		tie_carried(carry, model, carry->looked++);
	return carry->looked < model->n_ties;
}

struct carry *carry_new(const struct model *model)
{
	struct carry *carry = carry_begin(model);

	while (carry_work(carry, model))
		continue;
	return carry;
}

void carry_free(struct carry *carry)
{
	if (carry == NULL)
		return;
	for (guint i = 0; i < carry->n; i++)
		g_array_unref(carry->ties[i]);
	g_free(carry->ties);
	names_free(carry->names);
	g_free(carry);
}

static guint count_more(GHashTable *counts, guint institution)
{
	guint n = GPOINTER_TO_UINT(g_hash_table_lookup(counts, GUINT_TO_POINTER(institution + 1))) +
		  1;

	g_hash_table_insert(counts, GUINT_TO_POINTER(institution + 1), GUINT_TO_POINTER(n));
	return n;
}

GArray *carry_left_alone(const struct carry *carry, const struct model *model, guint programme)
{
	g_autoptr(GHashTable) counts = g_hash_table_new(NULL, NULL);
	GArray *left = g_array_new(FALSE, FALSE, sizeof(guint));
	const GArray *ties = carry->ties[programme];

	for (guint i = 0; i < ties->len; i++) {
		const struct carried *carried = &g_array_index(ties, struct carried, i);
		const struct tie *tie = &model->ties[carried->tie];
		guint ends[2] = { tie->a, tie->b };

		for (guint e = 0; e < 2 && carried->alone; e++) {
			if (count_more(counts, ends[e]) == model_degree(model, ends[e]))
				g_array_append_val(left, ends[e]);
		}
	}
	return left;
}
