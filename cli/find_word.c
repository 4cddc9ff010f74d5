/*
 * From the words of the command line to records and filters, with the nearest word
 * where one is unknown.
 */
#include "cli/cli.h"

#include "base/errors.h"
#include "base/text.h"
#include "data/workspace/directory.h"

#include <math.h>
#include <string.h>

#include <glib/gi18n.h>

int cli_choice(const char *what, const char *word, const char *const *words, GError **error)
{
	return cli_choice_named(what, word, words, words, error);
}

int cli_choice_named(const char *what, const char *word, const char *const *words,
		     const char *const *names, GError **error)
{
	g_autofree char *hint = NULL;
	const char *nearest;

	for (int i = 0; words[i]; i++) {
		if (!strcmp(words[i], word))
			return i;
	}
	/* TRANSLATORS: as in: "sectr" is no value for --by */
	g_set_error(error, TELAR_ERROR, TELAR_ERROR_USAGE, _("\"%s\" is no value for %s"), word,
		    what);
	nearest = text_nearest_named(word, words, names);
	if (nearest) {
		hint = g_strdup_printf(_("did you mean \"%s\"?"), nearest);
	} else {
		g_autofree char *list = g_strjoinv(", ", (char **)(guintptr)words);
		hint = g_strdup_printf(_("it is one of: %s"), list);
	}
	error_add_hint(error, hint);
	return -1;
}

int cli_attribute(const char *what, const char *word, guint n, const char *more, GError **error)
{
	const char *words[BY_GROUPS + 2] = { NULL };

	for (guint i = 0; i < n; i++)
		words[i] = attribute_name((enum attribute)i);
	words[n] = more;
	return cli_choice(what, word, words, error);
}

bool cli_day(const char *what, const char *word, struct date *out, GError **error)
{
	if (date_parse(word, out))
		return true;
	g_set_error(error, TELAR_ERROR, TELAR_ERROR_USAGE, _("\"%s\" is no date for %s"), word,
		    what);
	error_add_hint(error, _("write it as 2023, 2023-05 or 2023-05-11"));
	return false;
}

/* What a filter asks of the analysis, noted while it is parsed, so that only that is computed. */
struct asked {
	struct cli *cli;
	GPtrArray *measures;
	bool gaps;
};

static bool asked_number(void *data, const char *name, int index, double *out)
{
	struct asked *asked = data;

	if (!study_filter_number(asked->cli->everything, name, index, out))
		return false;
	if (!strcmp(name, "gaps"))
		asked->gaps = true;
	else
		g_ptr_array_add(asked->measures, (gpointer)(guintptr)study_filter_measure(name));
	return true;
}

static const struct filter_numbers asked_numbers = { asked_number, study_filter_name };

struct filter *cli_filter(struct cli *cli, const char *text, enum kind kind, GError **error)
{
	g_autoptr(GPtrArray) wanted = g_ptr_array_new();
	struct asked asked = { .cli = cli, .measures = wanted };
	g_autofree char *whole = memory_expand(cli->memory, text, error);
	struct filter *filter;

	if (!whole)
		return NULL;
	if (!cli->everything)
		cli->everything = study_new(cli->model, NULL);
	filter = filter_parse(whole, kind, &asked_numbers, &asked, error);
	if (filter && !filter_check(filter, cli->model, error))
		g_clear_pointer(&filter, filter_free);
	if (filter && asked.gaps && !study_compute(cli->everything, STUDY_GAPS, NULL, error))
		g_clear_pointer(&filter, filter_free);
	if (filter && !study_measure(cli->everything, (const struct measure *const *)wanted->pdata,
				     wanted->len, NULL, error))
		g_clear_pointer(&filter, filter_free);
	if (!filter)
		return NULL;
	/* Once more: what the first one noted its questions in does not live on. */
	filter_free(filter);
	return filter_parse(whole, kind, &study_filter_numbers, cli->everything, error);
}

static bool has_alias(const struct record *record, const char *word)
{
	return list_has(record->aliases, word);
}

/* A record whose id, former id or folded name is `word`; -1 none. */
static int record_index(const struct model *model, enum kind kind, const char *word)
{
	int index = model_find(model, kind, word);
	g_autofree char *folded = NULL;

	if (index >= 0)
		return index;
	folded = text_fold(word);
	for (guint i = 0; i < model->n[kind]; i++) {
		const struct record *record = RECORD(model->records[kind][i]);
		g_autofree char *name = record->name ? text_fold(record->name) : NULL;
		const char *brief = model_name(model, kind, record->id, true);
		g_autofree char *short_name = text_fold(brief ? brief : "");

		if (has_alias(record, word) || !g_strcmp0(name, folded) ||
		    !strcmp(short_name, folded))
			return (int)i;
	}
	return -1;
}

/* The id that is nearest, by id or by name: "siemens" begins a name. */
static const char *record_nearest(const struct model *model, guint kinds, const char *word)
{
	g_autoptr(GPtrArray) ids = g_ptr_array_new();
	g_autofree char *folded = text_fold(word);
	const char *best = NULL, *nearest;
	int best_score = 100;

	for (guint k = 0; k < KIND_COUNT; k++) {
		for (guint i = 0; (kinds & (1u << k)) && i < model->n[k]; i++)
			g_ptr_array_add(ids, (gpointer)(guintptr)RECORD(model->records[k][i])->id);
	}
	g_ptr_array_add(ids, NULL);
	nearest = text_nearest(word, (const char *const *)ids->pdata);
	if (nearest)
		return nearest;
	for (guint k = 0; k < KIND_COUNT; k++) {
		for (guint i = 0; (kinds & (1u << k)) && i < model->n[k]; i++) {
			const struct record *record = RECORD(model->records[k][i]);
			g_autofree char *name = text_fold(record->name ? record->name : record->id);
			int score = MAX(text_match(folded, name), text_match(folded, record->id));
			if (score > best_score) {
				best_score = score;
				best = record->id;
			}
		}
	}
	return best;
}

/* An entry of that id is there, but its file has an error, so nothing of it is known. */
static bool record_is_broken(const struct cli *cli, const char *id, guint kinds, GError **error)
{
	for (guint k = 0; k < KIND_COUNT; k++) {
		g_autofree char *path = directory_path_of((enum kind)k, id, NULL);
		const struct finding *finding =
			kinds & (1u << k) ? findings_error_in(cli->findings, path) : NULL;
		if (!finding)
			continue;
		g_set_error(error, TELAR_ERROR, TELAR_ERROR_DATA,
			    _("%s has an error, so \"%s\" cannot be read: %s"), path, id,
			    finding->message);
		error_add_hint(error,
			       _("correct the file first: telar check names every error in it"));
		return true;
	}
	return false;
}

/* What is there by that very id, when another kind of record was asked for. */
static bool is_of_other_kind(const struct cli *cli, const char *id, guint kinds, GError **error)
{
	static const enum kind known[] = { KIND_TERRITORY, KIND_INSTITUTION, KIND_PROGRAMME };

	for (guint i = 0; i < G_N_ELEMENTS(known); i++) {
		if ((kinds & (1u << known[i])) || model_find(cli->model, known[i], id) < 0)
			continue;
		g_set_error(error, TELAR_ERROR, TELAR_ERROR_NO_INPUT,
			    known[i] == KIND_TERRITORY	   ? _("\"%s\" is a territory")
			    : known[i] == KIND_INSTITUTION ? _("\"%s\" is an institution")
							   : _("\"%s\" is a programme"),
			    id);
		error_add_hint(error, kinds == 1u << KIND_INSTITUTION
					      ? _("name an institution here")
				      : kinds == 1u << KIND_TERRITORY ? _("name a territory here")
				      : kinds == 1u << KIND_PROGRAMME ? _("name a programme here")
								      : NULL);
		return true;
	}
	return false;
}

/* "institutions/innovec", and the path of its file as a shell completes it, say the kind as well:
 * the id then.  Any other word is itself.  Caller frees. */
static char *id_of_path(const char *word, guint *kinds)
{
	g_autofree char *above = g_path_get_dirname(word), *folder = g_path_get_basename(above);
	char *id = g_path_get_basename(word), *end = id + strlen(id) - strlen(".yaml");
	enum kind named;

	if (!strchr(word, '/') || !kind_parse(folder, &named)) {
		g_free(id);
		return g_strdup(word);
	}
	*kinds &= 1u << named;
	if (g_str_has_suffix(id, ".yaml"))
		*end = '\0';
	return id;
}

const void *cli_record(struct cli *cli, const char *called, guint kinds, enum kind *kind,
		       GError **error)
{
	/* Institutions first: they are what people mean; then whatever kinds there are. */
	g_autofree char *hint = NULL, *word = id_of_path(called, &kinds);
	const char *nearest;

	for (guint i = 0; i <= KIND_COUNT; i++) {
		enum kind k = i == 0 ? KIND_INSTITUTION : (enum kind)(i - 1);
		int index = kinds & (1u << k) ? record_index(cli->model, k, word) : -1;

		if (index >= 0) {
			*kind = k;
			return cli->model->records[k][index];
		}
	}
	if (record_is_broken(cli, word, kinds, error) || is_of_other_kind(cli, word, kinds, error))
		return NULL;
	g_set_error(error, TELAR_ERROR, TELAR_ERROR_NO_INPUT,
		    kinds == 1u << KIND_INSTITUTION ? _("There is no institution \"%s\"")
		    : kinds == 1u << KIND_TERRITORY ? _("There is no territory \"%s\"")
						    : _("There is no record \"%s\""),
		    word);
	nearest = record_nearest(cli->model, kinds, word);
	hint = nearest ? g_strdup_printf(_("did you mean \"%s\"?"), nearest)
		       : g_strdup(_("\"telar find WORD\" looks in names, places and former names"));
	error_add_hint(error, hint);
	return NULL;
}

int cli_institution(struct cli *cli, const char *word, GError **error)
{
	enum kind kind;
	const void *record = cli_record(cli, word, 1u << KIND_INSTITUTION, &kind, error);

	return record ? model_find(cli->model, KIND_INSTITUTION, RECORD(record)->id) : -1;
}
