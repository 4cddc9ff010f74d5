/*
 * Records by words: the texts of every record in one table, an index of them beside
 * it, both written in the transaction of the record.  Which words a record has
 * follows from the field tables: whatever people wrote, but no addresses and nothing
 * private.  A record whose file has errors is not found, as it is not listed.
 */
#include "data/store/sqlite_private.h"

#include "base/text.h"

#include <glib/gi18n.h>
#include <string.h>

enum { NAME, PLACE, WORDS, COLUMNS };

/* After this sign in the last column stands what nobody wrote; no text has it. */
#define FOLDED "\x1f"
/* How texts are gathered, so that an index made otherwise is made anew. */
#define INDEX_META "index"
#define INDEX_FORM "2"

/* A line of its own, without addresses: they hold half of all words that there are. */
static void add_text(GString *out, const char *text)
{
	const char *mark = out->len > 0 ? "\n" : "";

	while (text && *(text += strspn(text, " \t\n"))) {
		gsize length = strcspn(text, " \t\n");

		if (!g_strstr_len(text, (gssize)length, "://")) {
			g_string_append(out, mark);
			g_string_append_len(out, text, (gssize)length);
			mark = " ";
		}
		text += length;
	}
}

static guint column_of(const struct field *field, bool top)
{
	static const char *const names[] = { "id", "name", "short_name", "aliases", NULL };

	if (top && g_strv_contains(names, field->key))
		return NAME;
	return top && strcmp(field->key, "city") == 0 ? PLACE : WORDS;
}

static bool has_words(const struct field *field, bool top)
{
	if (field->flags & FIELD_PRIVATE)
		return false;
	return field->type == FIELD_TEXT || field->type == FIELD_PROSE ||
	       (top && field->type == FIELD_ID);
}

static void gather(const struct record_type *type, const void *record, bool top,
		   GString *const out[COLUMNS])
{
	for (guint i = 0; i < type->n_fields; i++) {
		const struct field *field = &type->fields[i];
		const void *at = field_at(field, record);

		if (field->type == FIELD_GROUP && !(top && type == record_type(KIND_NETWORK))) {
			gather(field->sub, at, false, out);
		} else if (field->type == FIELD_ITEMS) {
			const struct items *items = at;
			for (guint j = 0; j < items->n; j++)
				gather(field->sub,
				       (const char *)items->at + (gsize)j * field->sub->size, false,
				       out);
		} else if (has_words(field, top) && (field->flags & FIELD_MANY)) {
			const char *const *list = *(const char *const *const *)at;
			for (; list && *list; list++)
				add_text(out[column_of(field, top)], *list);
		} else if (has_words(field, top)) {
			add_text(out[column_of(field, top)], *(const char *const *)at);
		}
	}
}

/* As SQLite folds a word: marks and capitals, no letters. */
static char *fold_marks(const char *word)
{
	g_autofree char *apart = g_utf8_normalize(word, -1, G_NORMALIZE_NFD);
	GString *out = g_string_new(NULL);

	for (const char *at = apart ? apart : word; *at; at = g_utf8_next_char(at)) {
		gunichar c = g_utf8_get_char(at);
		if (!g_unichar_ismark(c))
			g_string_append_unichar(out, g_unichar_tolower(c));
	}
	return g_string_free(out, FALSE);
}

/*
 * Words with letters that people type otherwise ("Łódź": lodz) a second time as
 * text_fold() has them, which is how words are asked for.
 */
static void add_folded(GString *to, const GString *from)
{
	g_auto(GStrv) words = g_strsplit_set(from->str, " \t\n", -1);

	for (guint i = 0; words[i]; i++) {
		if (g_str_is_ascii(words[i]))
			continue;
		g_autofree char *plain = fold_marks(words[i]);
		g_autofree char *folded = text_fold(words[i]);
		if (strcmp(plain, folded) != 0)
			g_string_append_printf(to, " %s", folded);
	}
}

/* --- keeping it right --------------------------------------------------------------------- */

static bool forget(struct store *store, enum kind kind, const char *id, GError **error)
{
	static const enum statement both[] = { STATEMENT_UNINDEX, STATEMENT_REMOVE_WORDS };

	for (guint i = 0; i < G_N_ELEMENTS(both); i++) {
		sqlite3_stmt *statement = store_prepare(store, both[i], error);

		if (!statement)
			return false;
		bind_text(statement, 1, record_type(kind)->name);
		bind_text(statement, 2, id);
		if (!store_run(store, statement, error))
			return false;
	}
	return true;
}

static bool keep(struct store *store, enum kind kind, const char *id, GString *const texts[COLUMNS],
		 GError **error)
{
	sqlite3_stmt *put = store_prepare(store, STATEMENT_PUT_WORDS, error);

	if (!put)
		return false;
	bind_text(put, 1, record_type(kind)->name);
	bind_text(put, 2, id);
	for (guint i = 0; i < COLUMNS; i++)
		bind_text(put, 3 + (int)i, texts[i]->str);
	if (!store_run(store, put, error))
		return false;
	sqlite3_stmt *index = store_prepare(store, STATEMENT_INDEX, error);
	if (!index)
		return false;
	sqlite3_bind_int64(index, 1, sqlite3_last_insert_rowid(store->db));
	return store_run(store, index, error);
}

static void texts_gather(enum kind kind, const void *record, GString *texts[COLUMNS])
{
	for (guint i = 0; i < COLUMNS; i++)
		texts[i] = g_string_new(NULL);
	gather(record_type(kind), record, true, texts);
	g_autoptr(GString) folded = g_string_new(FOLDED);
	for (guint i = 0; i < COLUMNS; i++)
		add_folded(folded, texts[i]);
	if (folded->len > strlen(FOLDED))
		g_string_append(texts[WORDS], folded->str);
}

static void texts_free(GString *texts[COLUMNS])
{
	for (guint i = 0; i < COLUMNS; i++)
		g_string_free(texts[i], TRUE);
}

/* Figures have no name to be found by. */
static bool is_found(enum kind kind)
{
	return !record_is_single(record_type(kind));
}

bool store_index(struct store *store, enum kind kind, const void *record, bool known,
		 GError **error)
{
	const char *id = RECORD(record)->id;
	GString *texts[COLUMNS];
	bool good = true;

	if (!is_found(kind))
		return true;
	texts_gather(kind, record, texts);
	good = (!known || forget(store, kind, id, error)) && keep(store, kind, id, texts, error);
	texts_free(texts);
	return good;
}

bool store_unindex(struct store *store, enum kind kind, const char *id, GError **error)
{
	return forget(store, kind, id, error);
}

/* --- all of it ---------------------------------------------------------------------------- */

static char *key_of(enum kind kind, const char *id)
{
	return g_strdup_printf("%u/%s", (guint)kind, id);
}

/* Keys of records whose file has errors: they are not found. */
static GHashTable *broken_records(struct store *store, GError **error)
{
	g_autoptr(GPtrArray) files = file_states_new();
	GHashTable *broken;

	if (!store_files(store, files, error))
		return NULL;
	broken = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
	for (guint i = 0; i < files->len; i++) {
		const struct file_state *state = files->pdata[i];
		if (state->broken)
			g_hash_table_add(broken, key_of(state->kind, state->id));
	}
	return broken;
}

/* Calls for every record that words find. */
static bool for_records(struct store *store,
			bool (*take)(struct store *store, enum kind kind, const void *record,
				     void *data, GError **error),
			void *data, GError **error)
{
	g_autoptr(GHashTable) broken = broken_records(store, error);
	bool good = broken != NULL;

	for (guint k = 0; good && k < KIND_COUNT; k++) {
		g_autoptr(GPtrArray) records = g_ptr_array_new();
		struct pool *pool = pool_new();
		enum kind kind = (enum kind)k;

		good = !is_found(kind) || store_load(store, kind, pool, records, error);
		for (guint i = 0; good && i < records->len; i++) {
			g_autofree char *key = key_of(kind, RECORD(records->pdata[i])->id);
			if (!g_hash_table_contains(broken, key))
				good = take(store, kind, records->pdata[i], data, error);
		}
		pool_unref(pool);
	}
	return good;
}

static bool index_one(struct store *store, enum kind kind, const void *record, void *data,
		      GError **error)
{
	(void)data;
	return store_index(store, kind, record, false, error);
}

bool store_clear_index(struct store *store, GError **error)
{
	return store_perform(store, STATEMENT_CLEAR_INDEX, error) &&
	       store_perform(store, STATEMENT_CLEAR_WORDS, error) &&
	       store_set_meta(store, INDEX_META, INDEX_FORM, error);
}

bool store_look_at_index(struct store *store, GError **error)
{
	g_autoptr(GError) why = NULL;
	g_autofree char *form = store_meta(store, INDEX_META, &why);

	if (why) {
		g_propagate_error(error, g_steal_pointer(&why));
		return false;
	}
	store->indexed = g_strcmp0(form, INDEX_FORM) == 0;
	return true;
}

bool store_reindex(struct store *store, GError **error)
{
	return store_clear_index(store, error) && for_records(store, index_one, NULL, error);
}

struct comparison {
	guint records, other;
};

static bool compare_one(struct store *store, enum kind kind, const void *record, void *data,
			GError **error)
{
	struct comparison *comparison = data;
	sqlite3_stmt *words = store_prepare(store, STATEMENT_WORDS, error);
	GString *texts[COLUMNS];
	bool row = false;

	if (!words)
		return false;
	bind_text(words, 1, record_type(kind)->name);
	bind_text(words, 2, RECORD(record)->id);
	if (!store_step(store, words, &row, error))
		return false;
	texts_gather(kind, record, texts);
	bool same = row;
	for (int i = 0; same && i < COLUMNS; i++)
		same = g_strcmp0((const char *)sqlite3_column_text(words, i), texts[i]->str) == 0;
	texts_free(texts);
	sqlite3_reset(words);
	comparison->records++;
	comparison->other += !same;
	return true;
}

bool store_check_index(struct store *store, GPtrArray *problems, GError **error)
{
	struct comparison comparison = { 0 };
	gint64 rows = 0;

	if (!store_is_indexed(store))
		return true;
	if (!for_records(store, compare_one, &comparison, error))
		return false;
	if (!store_number(store, STATEMENT_COUNT_WORDS, &rows, error))
		return false;
	bool agree = comparison.other == 0 && rows == comparison.records;
	if (!agree) {
		g_ptr_array_add(problems,
				g_strdup(_("the words by which records are found are not those of "
					   "the records")));
		return true;
	}
	if (!store_words_agree(store, &agree, error))
		return false;
	if (!agree)
		g_ptr_array_add(problems, g_strdup(_("the index of words is damaged")));
	return true;
}

/* --- finding ------------------------------------------------------------------------------ */

void store_hit_free(struct store_hit *hit)
{
	if (!hit)
		return;
	g_free(hit->id);
	g_free(hit->snippet);
	g_free(hit);
}

/* Every word as the beginning of one, all of them anywhere in the record. */
static char *query_of(const char *words)
{
	g_auto(GStrv) each = g_strsplit_set(words, " \t\n", -1);
	GString *query = g_string_new(NULL);

	for (guint i = 0; each[i]; i++) {
		if (!*each[i])
			continue;
		g_string_append(query, query->len > 0 ? " \"" : "\"");
		for (const char *at = each[i]; *at; at++)
			g_string_append_printf(query, *at == '"' ? "\"\"" : "%c", *at);
		g_string_append(query, "\" *");
	}
	return g_string_free(query, FALSE);
}

/* How near the words are to one of its names; scattered letters are no likeness here. */
static int likeness(const char *needle, const char *names)
{
	g_auto(GStrv) lines = g_strsplit(names, "\n", -1);
	int best = 0;

	for (guint i = 0; lines[i]; i++) {
		g_autofree char *folded = text_fold(lines[i]);
		best = MAX(best, text_match(needle, folded));
	}
	return best > TEXT_MATCH_SCATTERED ? best : 0;
}

static gint hit_compare(gconstpointer a, gconstpointer b)
{
	const struct store_hit *x = *(const struct store_hit *const *)a;
	const struct store_hit *y = *(const struct store_hit *const *)b;

	if (x->score != y->score)
		return y->score - x->score;
	if (x->rank < y->rank || x->rank > y->rank)
		return x->rank < y->rank ? -1 : 1;
	return x->kind != y->kind ? (int)x->kind - (int)y->kind : strcmp(x->id, y->id);
}

static bool begins_so(const char *word, char *const *needles)
{
	g_autofree char *folded = text_fold(word);

	for (guint i = 0; needles[i]; i++) {
		const char *at = strstr(folded, needles[i]);
		if (*needles[i] && at && (at == folded || !g_ascii_isalnum(at[-1])))
			return true;
	}
	return false;
}

#define SNIPPET_WORDS  12
#define SNIPPET_BEFORE 4

/* Around the first of the words that is asked for; NULL when none of them is. */
static char *snippet_around(const char *text, const char *needle)
{
	g_auto(GStrv) needles = g_strsplit(needle, " ", -1);
	g_autofree char *written = g_strndup(text, strcspn(text, FOLDED));
	g_auto(GStrv) words = g_strsplit_set(written, " \n", -1);
	guint found = 0;

	while (words[found] && !begins_so(words[found], needles))
		found++;
	if (!words[found])
		return NULL;
	guint from = found > SNIPPET_BEFORE ? found - SNIPPET_BEFORE : 0;
	guint to = from;
	GString *out = g_string_new(from > 0 ? "…" : NULL);
	for (; to < from + SNIPPET_WORDS && words[to]; to++)
		g_string_append_printf(out, to == found ? "%s\2%s\3" : "%s%s", to > from ? " " : "",
				       words[to]);
	if (words[to])
		g_string_append(out, "…");
	return g_string_free(out, FALSE);
}

/* SQLite's own, unless what it shows may be what nobody wrote. */
static char *snippet_of(sqlite3_stmt *row, const char *needle)
{
	const char *words = (const char *)sqlite3_column_text(row, 5);

	if (!words || !strstr(words, FOLDED))
		return column_dup(row, 4);
	return snippet_around(words, needle);
}

static bool take_hit(struct store *store, sqlite3_stmt *row, const char *needle, GPtrArray *out,
		     GError **error)
{
	const char *name = (const char *)sqlite3_column_text(row, 0);
	const char *names = (const char *)sqlite3_column_text(row, 2);
	enum kind kind = KIND_NETWORK;

	if (!name || !names || !kind_parse(name, &kind) ||
	    sqlite3_column_type(row, 1) == SQLITE_NULL) {
		sqlite3_reset(row);
		return store_damaged(store, "search_text", error);
	}
	struct store_hit *hit = g_new0(struct store_hit, 1);
	hit->kind = kind;
	hit->id = column_dup(row, 1);
	hit->score = likeness(needle, names);
	hit->rank = sqlite3_column_double(row, 3);
	if (hit->score == 0)
		hit->snippet = snippet_of(row, needle);
	g_ptr_array_add(out, hit);
	return true;
}

bool store_is_indexed(const struct store *store)
{
	return store->indexed;
}

bool store_find(struct store *store, const char *words, GPtrArray *out, GError **error)
{
	g_autofree char *needle = text_fold(words);
	g_autofree char *query = query_of(needle);
	bool more = true;

	if (!*query || !store_is_indexed(store))
		return true;
	sqlite3_stmt *row = store_prepare(store, STATEMENT_SEARCH, error);
	if (row)
		bind_text(row, 1, query);
	while (row && store_step(store, row, &more, error)) {
		if (!more) {
			g_ptr_array_sort(out, hit_compare);
			return true;
		}
		if (!take_hit(store, row, needle, out, error))
			return false;
	}
	return false;
}
