/*
 * telar find: records by words of their name, former names, place or id, the best
 * first.  Exact conditions are filters (list.c).
 */
#include "cli/command.h"
#include "cli/print.h"

#include "base/text.h"

#include <string.h>

#include <glib/gi18n.h>

/* Below this only scattered letters agree: shown when there is nothing better. */
#define SCORE_WORDS 101

struct hit {
	int score;
	enum kind kind;
	const void *record;
};

static int score_text(const char *needle, const char *text)
{
	g_autofree char *folded = text ? text_fold(text) : NULL;

	return folded ? text_match(needle, folded) : 0;
}

static const char *text_of(enum kind kind, const void *record, const char *key)
{
	const struct field *field = record_field(record_type(kind), key);

	if (!field || !field_is_text(field) || (field->flags & FIELD_MANY))
		return NULL;
	return *(const char *const *)(const void *)((const char *)record + field->offset);
}

static int score_record(const char *needle, enum kind kind, const void *record)
{
	const struct record *base = RECORD(record);
	int score = MAX(score_text(needle, base->name), score_text(needle, base->id));

	score = MAX(score, score_text(needle, text_of(kind, record, "short_name")));
	for (const char *const *alias = base->aliases; alias && *alias; alias++)
		score = MAX(score, score_text(needle, *alias));
	/* A place is a weaker hit than a name, but no scattered letters of one. */
	if (score < SCORE_WORDS && score_text(needle, text_of(kind, record, "city")) >= SCORE_WORDS)
		score = SCORE_WORDS;
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

static GArray *hits_find(const struct model *model, const char *needle)
{
	GArray *hits = g_array_new(FALSE, FALSE, sizeof(struct hit));

	for (guint k = 0; k < KIND_COUNT; k++) {
		for (guint i = 0; i < model->n[k]; i++) {
			struct hit hit = { 0, (enum kind)k, model->records[k][i] };
			hit.score = score_record(needle, hit.kind, hit.record);
			if (hit.score > 0)
				g_array_append_val(hits, hit);
		}
	}
	g_array_sort(hits, hit_compare);
	if (hits->len > 0 && g_array_index(hits, struct hit, 0).score >= SCORE_WORDS) {
		for (guint i = hits->len; i > 0; i--) {
			if (g_array_index(hits, struct hit, i - 1).score < SCORE_WORDS)
				g_array_remove_index(hits, i - 1);
		}
	}
	return hits;
}

static void hits_print(const struct cli *cli, const GArray *hits)
{
	const char *const people[] = { _("Id"), _("Record"), _("Name"), _("City") };
	const char *const plain[] = { "id", "record", "name", "city" };
	struct table *table = table_new(cli->plain ? plain : people, 4);

	for (guint i = 0; i < hits->len; i++) {
		const struct hit *hit = &g_array_index(hits, struct hit, i);
		const struct record_type *type = record_type(hit->kind);
		table_row(table, (const char *const[]){ RECORD(hit->record)->id,
							cli->plain ? type->name : _(type->title),
							RECORD(hit->record)->name,
							text_of(hit->kind, hit->record, "city") });
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
	gint limit = 20;
	const GOptionEntry entries[] = {
		{ "limit", 0, 0, G_OPTION_ARG_INT, &limit, N_("At most so many; 0: all"),
		  N_("NUMBER") },
		{ 0 },
	};
	g_autofree char *words = NULL, *needle = NULL;
	GArray *hits;

	if (!cli_options(cli, entries, args, error))
		return false;
	if (cli->help)
		return true;
	if (!cli_words(cli, *args, 1, G_MAXUINT, error) || !cli_read(cli, error))
		return false;
	words = g_strjoinv(" ", *args);
	needle = text_fold(words);
	hits = hits_find(cli->model, needle);
	if (limit > 0 && hits->len > (guint)limit) {
		cli_say(cli, _("%u found, the %d nearest are shown (--limit=0: all)"), hits->len,
			limit);
		g_array_set_size(hits, (guint)limit);
	}
	if (cli->json)
		hits_json(cli, hits);
	else if (hits->len > 0)
		hits_print(cli, hits);
	else
		cli_say(cli, _("Nothing is called or placed like \"%s\""), words);
	g_array_unref(hits);
	return true;
}
