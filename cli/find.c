/*
 * telar find: records by the words in them, those whose name is most alike first;
 * where no record has such words, those whose name is nearest by letters.  Exact
 * conditions are filters (list.c).
 */
#include "cli/command.h"
#include "cli/print.h"

#include "base/text.h"
#include "data/search.h"

#include <string.h>

#include <glib/gi18n.h>

struct hit {
	int score;
	enum kind kind;
	const void *record;
	char *where; /* the words around what was found, unless it is a name; or NULL */
};

static void hit_clear(gpointer hit)
{
	g_free(((struct hit *)hit)->where);
}

static const char *text_of(enum kind kind, const void *record, const char *key)
{
	const struct field *field = record_field(record_type(kind), key);

	if (!field || !field_is_text(field) || (field->flags & FIELD_MANY))
		return NULL;
	return *(const char *const *)field_at(field, record);
}

/* --- by words ------------------------------------------------------------------------- */

/* On one line, without the signs around what matched. */
static char *where_of(const struct store_hit *found)
{
	char *where = g_strdup(found->snippet), *to = where;

	for (const char *at = where; at && *at; at++) {
		if (*at != '\2' && *at != '\3')
			*to++ = *at == '\n' ? ' ' : *at;
	}
	if (to)
		*to = '\0';
	return where;
}

static void destroy_found(gpointer found)
{
	store_hit_free(found);
}

static bool hits_by_words(struct cli *cli, const char *words, GArray *hits, GError **error)
{
	g_autofree char *path = date_is_set(cli->as_of) ? NULL : cli_path(cli, NULL);
	g_autoptr(GPtrArray) found = g_ptr_array_new_with_free_func(destroy_found);

	if (!model_search(cli->model, path, words, found, error))
		return false;
	for (guint i = 0; i < found->len; i++) {
		const struct store_hit *one = found->pdata[i];
		struct hit hit = { .score = one->score, .kind = one->kind };

		hit.record = model_get(cli->model, one->kind, one->id);
		if (!hit.record)
			continue;
		hit.where = where_of(one);
		g_array_append_val(hits, hit);
	}
	return true;
}

/* --- by letters ----------------------------------------------------------------------- */

static int score_text(const char *needle, const char *text)
{
	g_autofree char *folded = text ? text_fold(text) : NULL;

	return folded ? text_match(needle, folded) : 0;
}

static int score_record(const char *needle, enum kind kind, const void *record)
{
	const struct record *base = RECORD(record);
	int score = MAX(score_text(needle, base->name), score_text(needle, base->id));

	score = MAX(score, score_text(needle, text_of(kind, record, "short_name")));
	for (const char *const *alias = base->aliases; alias && *alias; alias++)
		score = MAX(score, score_text(needle, *alias));
	return score;
}

static gint hit_compare(gconstpointer a, gconstpointer b)
{
	const struct hit *x = a, *y = b;

	if (x->score != y->score)
		return y->score - x->score;
	if (x->kind != y->kind)
		return x->kind < y->kind ? -1 : 1;
	return strcmp(RECORD(x->record)->id, RECORD(y->record)->id);
}

/* Letters inside a word beat scattered ones, which are shown when there is nothing better. */
static void hits_by_letters(const struct model *model, const char *words, GArray *hits)
{
	g_autofree char *needle = text_fold(words);
	guint n = 0;

	for (guint k = 0; *needle && k < KIND_COUNT; k++) {
		for (guint i = 0; i < model->n[k]; i++) {
			struct hit hit = { .kind = (enum kind)k, .record = model->records[k][i] };
			hit.score = score_record(needle, hit.kind, hit.record);
			if (hit.score > 0)
				g_array_append_val(hits, hit);
		}
	}
	g_array_sort(hits, hit_compare);
	while (n < hits->len && g_array_index(hits, struct hit, n).score > TEXT_MATCH_SCATTERED)
		n++;
	if (n > 0)
		g_array_set_size(hits, n);
}

/* --- shown ---------------------------------------------------------------------------- */

static void hits_print(const struct cli *cli, const GArray *hits)
{
	const char *const people[] = { _("Id"), _("Record"), _("Name"), _("City"), _("Found in") };
	const char *const plain[] = { "id", "record", "name", "city", "found" };
	struct table *table;
	guint columns = cli->plain ? 5 : 4;

	for (guint i = 0; i < hits->len; i++)
		columns = g_array_index(hits, struct hit, i).where ? 5 : columns;
	table = table_new(cli->plain ? plain : people, columns);

	for (guint i = 0; i < hits->len; i++) {
		const struct hit *hit = &g_array_index(hits, struct hit, i);
		const struct record_type *type = record_type(hit->kind);
		table_row(table, (const char *const[]){ RECORD(hit->record)->id,
							cli->plain ? type->name : _(type->title),
							RECORD(hit->record)->name,
							text_of(hit->kind, hit->record, "city"),
							hit->where });
	}
	table_print(table, &cli->out, cli->plain);
	table_free(table);
}

static void hits_json(const struct cli *cli, const GArray *hits)
{
	GString *text = g_string_new(NULL);
	struct json json;

	json_init(&json, text, true);
	json_open_array(&json);
	for (guint i = 0; i < hits->len; i++) {
		const struct hit *hit = &g_array_index(hits, struct hit, i);
		print_json_kind(&json, hit->kind, hit->record, false);
	}
	json_close_array(&json);
	cli_print_json(cli, text);
}

bool command_find_records(struct cli *cli, char ***args, GError **error)
{
	gint limit = LIMIT_UNSAID;
	guint most;
	const GOptionEntry entries[] = {
		{ "limit", 0, 0, G_OPTION_ARG_INT, &limit,
		  N_("At most so many; 0: all. Unsaid: 20, and all with --json or --plain"),
		  N_("NUMBER") },
		{ 0 },
	};
	g_autofree char *words = NULL;
	g_autoptr(GArray) hits = NULL;

	if (!cli_options(cli, entries, args, error))
		return false;
	if (cli->help)
		return true;
	if (!cli_words(cli, *args, 1, G_MAXUINT, error) || !cli_read(cli, error))
		return false;
	words = g_strjoinv(" ", *args);
	hits = g_array_new(FALSE, FALSE, sizeof(struct hit));
	g_array_set_clear_func(hits, hit_clear);
	if (!hits_by_words(cli, words, hits, error))
		return false;
	if (hits->len == 0)
		hits_by_letters(cli->model, words, hits);
	most = cli_limit(cli, limit, 20);
	if (most > 0 && hits->len > most) {
		cli_say(cli, _("%u found, the %u nearest are shown (--limit=0: all)"), hits->len,
			most);
		g_array_set_size(hits, most);
	}
	if (cli->json)
		hits_json(cli, hits);
	else if (hits->len > 0)
		hits_print(cli, hits);
	else
		cli_say(cli, _("Nothing is called or placed like \"%s\""), words);
	return true;
}
