#include "tui/widgets/table_search.h"

#include <string.h>

#include "base/text.h"

/*
 * Search in a table, piece by piece: names are folded when they are first looked
 * at and kept, so that the second letter is faster than the first.
 */
struct tableview_search *search_new(void)
{
	return g_new0(struct tableview_search, 1);
}

static void folded_drop(struct tableview_search *search)
{
	g_clear_pointer(&search->folded, g_free);
	g_clear_pointer(&search->chunk, g_string_chunk_free);
}

void search_free(struct tableview_search *search)
{
	folded_drop(search);
	g_free(search->needle);
	g_free(search->from);
	g_free(search);
}

void search_reset(struct tableview_search *search, guint n)
{
	folded_drop(search);
	search->n = n;
	search->working = false;
}

/* Names a line each, folded one by one: a line's end must not become a blank. */
static GString *fold_words(const struct tableview *table, guint record)
{
	g_autofree char *words = table->source.words(table->source.data, record);
	g_auto(GStrv) parts = g_strsplit(words == NULL ? "" : words, "\n", -1);
	GString *all = g_string_new(NULL);

	for (guint i = 0; parts[i] != NULL; i++) {
		g_autofree char *folded = text_fold(parts[i]);

		if (folded[0] != '\0')
			g_string_append_printf(all, "%s\n", folded);
	}
	return all;
}

static int match_words(const char *needle, const char *words)
{
	char line[512];
	int best = 0;

	for (const char *end; (end = strchr(words, '\n')) != NULL; words = end + 1) {
		gsize length = MIN((gsize)(end - words), sizeof line - 1);

		memcpy(line, words, length);
		line[length] = '\0';
		best = MAX(best, text_match(needle, line));
	}
	return best >= TEXT_MATCH_LEAST ? best : 0;
}

static int match_record(struct tableview *table, guint record)
{
	struct tableview_search *search = table->search;

	if (search->folded == NULL) {
		search->folded = g_new0(char *, search->n + 1);
		search->chunk = g_string_chunk_new(1 << 16);
	}
	if (search->folded[record] == NULL) {
		GString *words = fold_words(table, record);

		search->folded[record] =
			g_string_chunk_insert_len(search->chunk, words->str, (gssize)words->len);
		g_string_free(words, TRUE);
	}
	return match_words(search->needle, search->folded[record]);
}

bool tableview_match(const struct tableview *table, guint record)
{
	const char *needle = table->search->needle;
	GString *words;
	int found;

	if (needle == NULL || needle[0] == '\0')
		return false;
	words = fold_words(table, record);
	found = match_words(needle, words->str);
	g_string_free(words, TRUE);
	return found > 0;
}

const char *tableview_needle(const struct tableview *table, bool *no_match)
{
	const struct tableview_search *search = table->search;

	*no_match = search->no_match;
	return search->needle != NULL && search->needle[0] != '\0' ? search->needle : NULL;
}

void tableview_forget(struct tableview *table)
{
	struct tableview_search *search = table->search;

	if (table->prompt != NULL || !search->no_match)
		return;
	g_clear_pointer(&search->needle, g_free);
	search->no_match = false;
}

static void start(struct tableview *table, int step)
{
	struct tableview_search *search = table->search;

	search->step = step;
	search->start = table->focus;
	search->tried = step == 0 ? 0 : 1;
	search->best = 0;
	search->working =
		search->needle != NULL && search->needle[0] != '\0' && table->order.n_shown > 0;
	search->no_match = search->no_match && search->working;
	do
		search_work(table);
	while (table->source.n <= TABLEVIEW_WHOLE && search->working);
}

static guint position(const struct tableview_search *search, guint n)
{
	guint k = search->tried % n;

	return (search->start + (search->step < 0 ? n - k : k)) % n;
}

#define SEARCH_PIECE 2048

/*
 * How much better one kind of match is than another: the whole name, its beginning, that of a
 * word, inside.  Of names that match alike the nearest is meant, not the shortest.
 */
#define MATCH_KIND 100

/*
 * While typing: the best match, the nearest behind the start where several are
 * equal; the first that is found is shown at once.
 */
bool search_work(struct tableview *table)
{
	struct tableview_search *search = table->search;
	guint n = table->order.n_shown;
	bool typed = search->step == 0;
	int before = search->best;

	if (!search->working)
		return false;
	for (guint k = 0; k < SEARCH_PIECE && search->working; k++) {
		guint at = position(search, n);
		int found = match_record(table, table->order.shown[at]);
		int score = found > 0 ? MAX(found / MATCH_KIND, 1) : 0;

		if (score > search->best) {
			search->best = score;
			search->best_at = at;
		}
		search->tried++;
		search->working =
			search->tried < n + (typed ? 0 : 1) && (typed || search->best == 0);
	}
	if (search->best > before)
		table_focus(table, search->best_at);
	search->no_match = !search->working && search->best == 0;
	return search->working;
}

void search_step(struct tableview *table, int step)
{
	start(table, step);
}

void search_begin(struct tableview *table)
{
	struct tableview_search *search = table->search;

	g_free(search->from);
	search->from = g_strdup(table->selected);
	g_clear_pointer(&search->needle, g_free);
	search->no_match = search->working = false;
	table->prompt = prompt_new("/", "");
}

static void search_end(struct tableview *table)
{
	g_clear_pointer(&table->prompt, prompt_free);
	g_clear_pointer(&table->search->from, g_free);
}

void search_key(struct tableview *table, gunichar key)
{
	struct tableview_search *search = table->search;

	switch (prompt_key(table->prompt, key)) {
	case PROMPT_CHANGED:
		g_free(search->needle);
		search->needle = text_fold(table->prompt->text->str);
		tableview_select(table, search->from);
		start(table, 0);
		break;
	case PROMPT_LEFT:
		tableview_select(table, search->from);
		g_clear_pointer(&search->needle, g_free);
		search->no_match = search->working = false;
		search_end(table);
		break;
	case PROMPT_DONE:
		search_end(table);
		break;
	case PROMPT_IGNORED:
		if (key == TUI_KEY_DOWN || key == TUI_KEY_UP)
			search_step(table, key == TUI_KEY_DOWN ? 1 : -1);
		break;
	case PROMPT_MOVED:
		break;
	}
}
