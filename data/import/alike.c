/*
 * Finds names that look alike among many, by an index of groups of three letters
 * and then word by word.
 */
#include "data/import/alike.h"

#include <stdbool.h>
#include <string.h>

#include "base/text.h"

#define SHORT_WORD  5  /* letters; a shorter word must be the same */
#define CANDIDATES  24 /* compared word by word */
#define COVERED	    60 /* percent of the longer name's letters that must have a counterpart */
#define GROUP_SHARE 25 /* percent of the shorter name's groups that must be shared */

struct named {
	void *thing;
	char **words; /* folded, without the small ones */
	guint groups; /* of three letters */
};

struct alike {
	GPtrArray *all;	    /* struct named * */
	GHashTable *groups; /* three letters as a number -> GArray of guint */
};

static void named_free(gpointer data)
{
	struct named *named = data;

	g_strfreev(named->words);
	g_free(named);
}

static void array_free(gpointer data)
{
	g_array_unref(data);
}

struct alike *alike_new(void)
{
	struct alike *alike = g_new0(struct alike, 1);

	alike->all = g_ptr_array_new_with_free_func(named_free);
	alike->groups = g_hash_table_new_full(g_direct_hash, g_direct_equal, NULL, array_free);
	return alike;
}

void alike_free(struct alike *alike)
{
	if (!alike)
		return;
	g_ptr_array_unref(alike->all);
	g_hash_table_unref(alike->groups);
	g_free(alike);
}

static bool is_small(const char *word)
{
	static const char *const small[] = { "a",   "ac", "and", "as",	"da",  "das",  "de",
					     "del", "do", "dos", "e",	"el",  "en",   "for",
					     "in",  "la", "las", "los", "of",  "para", "por",
					     "s",   "sa", "sac", "the", "und", "y",    NULL };

	return !*word || g_strv_contains(small, word);
}

/* The words of a name: runs of letters and digits, folded. */
static char **words_of(const char *name)
{
	g_autofree char *folded = text_fold(name);
	g_autoptr(GPtrArray) words = g_ptr_array_new();
	g_autoptr(GString) word = g_string_new(NULL);

	for (const char *at = folded;; at = g_utf8_next_char(at)) {
		gunichar letter = g_utf8_get_char(at);

		if (letter && g_unichar_isalnum(letter)) {
			g_string_append_unichar(word, letter);
			continue;
		}
		if (!is_small(word->str))
			g_ptr_array_add(words, g_strdup(word->str));
		g_string_truncate(word, 0);
		if (!letter)
			break;
	}
	g_ptr_array_add(words, NULL);
	return (char **)g_ptr_array_steal(words, NULL);
}

/* The groups of three letters of all words, a blank before each; each group once. */
static GArray *groups_of(char *const *words)
{
	GArray *groups = g_array_new(FALSE, FALSE, sizeof(guint));

	for (; *words; words++) {
		guint group = ' ';
		for (const char *at = *words; *at; at = g_utf8_next_char(at)) {
			group = (group << 10 | (g_utf8_get_char(at) & 0x3ff)) & 0x3fffffff;
			bool known = false;
			for (guint i = 0; i < groups->len && !known; i++)
				known = g_array_index(groups, guint, i) == group;
			if (!known && at != *words)
				g_array_append_val(groups, group);
		}
	}
	return groups;
}

void alike_add(struct alike *alike, const char *name, void *thing)
{
	struct named *named = g_new0(struct named, 1);
	guint index = alike->all->len;

	named->thing = thing;
	named->words = words_of(name);
	g_autoptr(GArray) groups = groups_of(named->words);
	named->groups = groups->len;
	g_ptr_array_add(alike->all, named);
	for (guint i = 0; i < groups->len; i++) {
		gpointer key = GUINT_TO_POINTER(g_array_index(groups, guint, i));
		GArray *list = g_hash_table_lookup(alike->groups, key);

		if (!list) {
			list = g_array_new(FALSE, FALSE, sizeof(guint));
			g_hash_table_insert(alike->groups, key, list);
		}
		g_array_append_val(list, index);
	}
}

/* --- comparing -------------------------------------------------------------------- */

static guint letters(char *const *words)
{
	guint n = 0;

	for (; *words; words++)
		n += (guint)g_utf8_strlen(*words, -1);
	return n;
}

static bool is_word_like(const char *a, const char *b)
{
	const char *one[] = { b, NULL };
	glong n = g_utf8_strlen(a, -1);
	glong m = g_utf8_strlen(b, -1);

	if (!strcmp(a, b))
		return true;
	if (strpbrk(a, "0123456789") || strpbrk(b, "0123456789"))
		return false;
	/* "univ" for "universidad" */
	if (MIN(n, m) >= 4 && (g_str_has_prefix(a, b) || g_str_has_prefix(b, a)))
		return true;
	return MIN(n, m) >= SHORT_WORD && ABS(n - m) <= 2 && text_nearest(a, one) != NULL;
}

/* Letters of `other` that the words of `few` account for; 0: one has no counterpart. */
static guint covered(char *const *few, char *const *other)
{
	guint n = g_strv_length((char **)(gsize)other);
	g_autofree bool *used = g_new0(bool, n + 1);
	guint sum = 0;

	for (; *few; few++) {
		guint at = n;
		for (guint i = 0; i < n; i++) {
			if (!used[i] && is_word_like(*few, other[i]) &&
			    (at == n || !strcmp(*few, other[i])))
				at = i;
		}
		if (at == n)
			return 0;
		used[at] = true;
		sum += (guint)g_utf8_strlen(other[at], -1);
	}
	return sum;
}

/* Percent of the longer name that the shorter accounts for; 0: not alike. */
static guint likeness(char *const *a, char *const *b)
{
	bool swap = letters(a) > letters(b);
	char *const *few = swap ? b : a;
	char *const *many = swap ? a : b;
	guint all = letters(many);
	guint share = all > 0 && *few ? covered(few, many) * 100 / all : 0;

	return share >= COVERED ? share : 0;
}

struct shared {
	guint index, n;
};

static int by_shared(gconstpointer a, gconstpointer b)
{
	const struct shared *x = a;
	const struct shared *y = b;

	if (x->n != y->n)
		return x->n > y->n ? -1 : 1;
	return x->index < y->index ? -1 : x->index > y->index;
}

/* How many groups each name shares with `groups`, most first. */
static GArray *shared_with(const struct alike *alike, const GArray *groups)
{
	g_autoptr(GHashTable) counts = g_hash_table_new(g_direct_hash, g_direct_equal);
	GArray *shared = g_array_new(FALSE, FALSE, sizeof(struct shared));
	GHashTableIter iter;
	gpointer key, value;

	for (guint i = 0; i < groups->len; i++) {
		gpointer group = GUINT_TO_POINTER(g_array_index(groups, guint, i));
		const GArray *list = g_hash_table_lookup(alike->groups, group);

		for (guint j = 0; list && j < list->len; j++) {
			gpointer index = GUINT_TO_POINTER(g_array_index(list, guint, j));
			guint n = GPOINTER_TO_UINT(g_hash_table_lookup(counts, index));
			g_hash_table_insert(counts, index, GUINT_TO_POINTER(n + 1));
		}
	}
	g_hash_table_iter_init(&iter, counts);
	while (g_hash_table_iter_next(&iter, &key, &value)) {
		struct shared one = { GPOINTER_TO_UINT(key), GPOINTER_TO_UINT(value) };
		const struct named *named = alike->all->pdata[one.index];

		if (one.n * 100 >= MIN(named->groups, groups->len) * GROUP_SHARE)
			g_array_append_val(shared, one);
	}
	g_array_sort(shared, by_shared);
	return shared;
}

void *alike_find(const struct alike *alike, const char *name)
{
	g_auto(GStrv) words = words_of(name);
	g_autoptr(GArray) groups = groups_of(words);
	g_autoptr(GArray) shared = shared_with(alike, groups);
	void *best = NULL;
	guint most = 0;

	for (guint i = 0; i < MIN(shared->len, CANDIDATES); i++) {
		const struct named *named =
			alike->all->pdata[g_array_index(shared, struct shared, i).index];
		guint share = likeness(words, named->words);

		if (share > most) {
			most = share;
			best = named->thing;
		}
	}
	return best;
}
