/*
 * A new entry by question and answer: for whoever has no manual at hand.  Only what
 * is required or nearly always known is asked for; the rest waits in the form and
 * in the file.
 */
#include "cli/asking.h"

#include "base/errors.h"
#include "base/text.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <glib/gi18n.h>

bool asking_is_possible(const struct cli *cli)
{
	return !cli->json && !cli->plain && cli->err.terminal && isatty(STDIN_FILENO);
}

static bool is_asked(const struct field *field)
{
	return strcmp(field->key, "id") != 0 &&
	       (field->flags & (FIELD_REQUIRED | FIELD_ASKED)) != 0 && field->type != FIELD_GROUP &&
	       field->type != FIELD_ITEMS;
}

/* The words to choose from, as ids with their names; NULL: any text. */
struct options {
	GPtrArray *ids, *names;
};

static void options_fill(struct options *options, const struct model *model,
			 const struct field *field)
{
	options->ids = g_ptr_array_new();
	options->names = g_ptr_array_new();
	for (const struct choice *one = field->choices;
	     field->type == FIELD_CHOICE && one && one->id; one++) {
		g_ptr_array_add(options->ids, (void *)one->id);
		g_ptr_array_add(options->names, (void *)model_word_text(model, field, one->id));
	}
	if (field->type == FIELD_TERM) {
		const struct items *terms = &model->network->vocabularies.of[field->vocabulary];

		for (guint i = 0; i < terms->n; i++) {
			const struct term *term = &ITEMS(struct term, *terms)[i];

			g_ptr_array_add(options->ids, (void *)term->id);
			g_ptr_array_add(options->names,
					(void *)model_word_text(model, field, term->id));
		}
	}
}

static void options_release(struct options *options)
{
	g_ptr_array_unref(options->ids);
	g_ptr_array_unref(options->names);
}

static void options_print(const struct cli *cli, const struct options *options)
{
	for (guint i = 0; i < options->ids->len; i++) {
		const char *name = options->names->pdata[i], *id = options->ids->pdata[i];

		out_printf(&cli->err, strcmp(id, name) == 0 ? "  %2u  %s\n" : "  %2u  %s  (%s)\n",
			   i + 1, name, id);
	}
}

/* A number of the list, an id or a name, whole or its only beginning; else as it was written. */
static const char *options_find(const struct options *options, const char *text)
{
	g_autofree char *wanted = text_fold(text);
	const char *begun = NULL;
	char *end = NULL;
	guint64 number = g_ascii_strtoull(text, &end, 10), hits = 0;

	if (*text && !*end && number >= 1 && number <= options->ids->len)
		return options->ids->pdata[number - 1];
	for (guint i = 0; i < options->ids->len; i++) {
		g_autofree char *name = text_fold(options->names->pdata[i]);
		const char *id = options->ids->pdata[i];

		if (strcmp(name, wanted) == 0 || g_ascii_strcasecmp(id, text) == 0)
			return id;
		if (g_str_has_prefix(name, wanted) || g_str_has_prefix(id, wanted)) {
			begun = id;
			hits++;
		}
	}
	return hits == 1 ? begun : text;
}

/* One line of the terminal without blanks around it, or NULL at the end of the input. */
static char *line_read(void)
{
	char *line = NULL;
	size_t room = 0;
	g_autofree char *answer = NULL;

	if (getline(&line, &room, stdin) >= 0)
		answer = g_strdup(line);
	free(line);
	return answer ? g_strdup(g_strstrip(answer)) : NULL;
}

/* What the answer means in the file.  Caller frees. */
static char *answer_value(struct cli *cli, const struct field *field, const struct options *options,
			  const char *answer)
{
	const char *code = field->type == FIELD_COUNTRY ? country_find(answer) : NULL;
	const void *record;
	enum kind kind;

	if (options->ids->len > 0)
		return g_strdup(options_find(options, answer));
	if (field->type == FIELD_COUNTRY)
		return code ? g_strdup(code) : g_ascii_strup(answer, -1);
	if (field->type == FIELD_REF && !(field->flags & FIELD_MANY)) {
		record = cli_record(cli, answer, field->refs, &kind, NULL);
		return g_strdup(record ? RECORD(record)->id : answer);
	}
	return g_strdup(answer);
}

static bool ended(GError **error)
{
	g_set_error(error, TELAR_ERROR, TELAR_ERROR_CANCELLED, _("Nothing was made"));
	return false;
}

/* Asks until the answer fits; an empty one is none. */
static bool field_ask(struct cli *cli, enum kind kind, const struct field *field, asking_fits fits,
		      GPtrArray *words, GError **error)
{
	struct options options;
	bool done = false;

	options_fill(&options, cli->model, field);
	out_printf(&cli->err, "\n%s: %s%s\n", _(field->label), _(field->help),
		   field->flags & FIELD_REQUIRED ? "" : _(" (Enter: leave it out)"));
	options_print(cli, &options);
	while (!done) {
		g_autofree char *answer = NULL, *value = NULL;
		g_autoptr(GError) refused = NULL;

		out_printf(&cli->err, "> ");
		fflush(cli->err.stream);
		answer = line_read();
		if (!answer)
			break;
		if (!*answer && !(field->flags & FIELD_REQUIRED)) {
			done = true;
			continue;
		}
		if (!*answer)
			continue;
		value = answer_value(cli, field, &options, answer);
		g_ptr_array_insert(words, (gint)words->len - 1,
				   g_strdup_printf("%s=%s", field->key, value));
		done = fits(cli, kind, (char *const *)words->pdata, &refused);
		if (!done) {
			cli_complain(cli, refused);
			g_ptr_array_remove_index(words, words->len - 2);
		}
	}
	options_release(&options);
	return done || ended(error);
}

bool asking_entry(struct cli *cli, enum kind kind, asking_fits fits, GPtrArray *words,
		  GError **error)
{
	const struct record_type *type = record_type(kind);

	out_printf(&cli->err, _("A new entry: %s. Control-D leaves without making anything.\n"),
		   _(type->title));
	for (guint i = 0; i < type->n_fields; i++) {
		const struct field *field = &type->fields[i];

		if (is_asked(field) && !field_ask(cli, kind, field, fits, words, error))
			return false;
	}
	return true;
}
