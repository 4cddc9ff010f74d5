/*
 * telar new, confirm: entries made through the one door.  Whole networks are made
 * by network.c.
 */
#include "cli/command.h"
#include "cli/edit.h"

#include "base/errors.h"
#include "base/text.h"
#include "data/yaml/yaml_file.h"

#include <string.h>

#include <glib/gi18n.h>

static struct node *value_node(const struct field *field, const char *value)
{
	g_auto(GStrv) words = NULL;
	struct node *list;

	if (!(field->flags & FIELD_MANY))
		return node_scalar(value);
	list = node_list();
	words = g_strsplit(value, ",", -1);
	for (guint i = 0; words[i]; i++) {
		if (*g_strstrip(words[i]))
			node_append(list, NULL, node_scalar(words[i]));
	}
	return list;
}

/* One FIELD=VALUE word into the tree of a new record. */
static bool word_put(const struct record_type *type, struct node *root, const char *word,
		     GError **error)
{
	const char *equals = strchr(word, '=');
	const struct record_type *holder = NULL;
	g_autofree char *path = equals ? g_strndup(word, (gsize)(equals - word)) : NULL;
	const struct field *field = path ? path_field(type, path, &holder) : NULL;

	if (!equals) {
		g_set_error(error, TELAR_ERROR, TELAR_ERROR_USAGE, _("\"%s\" sets nothing"), word);
		error_add_hint(error, _("write it as FIELD=VALUE, as in city=Bogotá"));
		return false;
	}
	if (!field || field->type == FIELD_GROUP || field->type == FIELD_ITEMS) {
		edit_unknown_field(type, path, error);
		return false;
	}
	if (!equals[1])
		return true;
	return node_put(type, root, path, -1, value_node(field, equals + 1), error);
}

/* The id that is given, else one made of the name. */
static char *id_choose(struct node *root, GError **error)
{
	const struct node *id = node_get(root, "id"), *name = node_get(root, "name");
	g_autofree char *made = NULL;

	if (id)
		return g_strdup(id->text);
	made = name ? id_from_name(name->text) : NULL;
	if (!made || !*made) {
		g_set_error(error, TELAR_ERROR, TELAR_ERROR_USAGE, _("A new entry needs a name"));
		error_add_hint(
			error,
			_("as in: telar new institution name='Museo de Ciencias' sector=edustem"));
		return NULL;
	}
	return g_steal_pointer(&made);
}

static bool entry_create(struct cli *cli, enum kind kind, char *const *words, struct node *root,
			 bool comments, GError **error)
{
	const struct record_type *type = record_type(kind);
	g_autofree char *id = NULL, *json = NULL;
	struct change *change;
	bool done;

	for (; *words; words++) {
		if (!word_put(type, root, *words, error))
			return false;
	}
	id = id_choose(root, error);
	if (!id || !node_put(type, root, "id", -1, node_scalar(id), error))
		return false;
	if (model_find(cli->model, kind, id) >= 0) {
		g_set_error(error, TELAR_ERROR, TELAR_ERROR_CANNOT_CREATE,
			    _("There is an entry \"%s\" already"), id);
		error_add_hint(error,
			       _("say another id with id=…, or change that one with telar set"));
		return false;
	}
	json = node_to_json(root);
	change = change_new();
	change_create(change, kind, id, json);
	change->comments = comments;
	done = edit_apply(cli, change, error);
	change_free(change);
	return done;
}

static bool entry_new(struct cli *cli, char *const *words, bool comments, GError **error)
{
	static const char *const kinds[] = { "institution", "territory",  "programme", "resource",
					     "network",	    "assessment", NULL };
	struct node *root;
	enum kind kind;
	bool done;

	if (cli_choice("new", *words, kinds, error) < 0 || !kind_parse(*words, &kind) ||
	    !cli_open(cli, error))
		return false;
	root = node_map();
	done = entry_create(cli, kind, words + 1, root, comments, error);
	node_free(root);
	return done;
}

/* An entry to fill in by hand, on stdout: needs no network. */
static bool template_print(struct cli *cli, const char *word, GError **error)
{
	const char *names[KIND_COUNT + 1] = { NULL };
	g_autofree char *text = NULL;
	enum kind kind;

	for (guint k = 0; k < KIND_COUNT; k++)
		names[k] = record_type((enum kind)k)->name;
	if (cli_choice("new", word, names, error) < 0 || !kind_parse(word, &kind))
		return false;
	text = yaml_template(record_type(kind), NULL);
	fputs(text, cli->out.stream);
	return true;
}

bool command_new(struct cli *cli, char ***args, GError **error)
{
	gboolean template = FALSE, comments = FALSE;
	const GOptionEntry entries[] = {
		{ "template", 0, 0, G_OPTION_ARG_NONE, &template,
		  N_("Print an empty entry with what every field is for, and make nothing"), NULL },
		{ "comments", 0, 0, G_OPTION_ARG_NONE, &comments,
		  N_("Write what every field is for into the entry, for going on by hand"), NULL },
		{ 0 },
	};

	if (!cli_options(cli, entries, args, error))
		return false;
	if (cli->help)
		return true;
	if (template)
		return cli_words(cli, *args, 1, 1, error) && template_print(cli, **args, error);
	return cli_words(cli, *args, 2, G_MAXUINT, error) && entry_new(cli, *args, comments, error);
}

/* What B says of A, as A would say it of B: who gives and who gets change places. */
static struct node *mirrored(const struct cli *cli, const struct partnership *says,
			     const char *with)
{
	struct node *item = node_from_record(&partnership_type, says);
	char day[DATE_TEXT_SIZE];

	if (says->direction && strcmp(says->direction, "none") != 0)
		node_put(&partnership_type, item, "direction", -1,
			 node_scalar(!strcmp(says->direction, "out") ? "in" : "out"), NULL);
	node_put(&partnership_type, item, "with", -1, node_scalar(with), NULL);
	node_put(&partnership_type, item, "notes", -1, NULL, NULL);
	date_format(clock_today(&cli->clock), day);
	node_put(&partnership_type, item, "verified", -1, node_scalar(day), NULL);
	return item;
}

static const struct partnership *says_of(const struct institution *from, const char *about)
{
	for (guint i = 0; i < from->partners.n; i++) {
		const struct partnership *says = &ITEMS(struct partnership, from->partners)[i];
		if (!strcmp(says->with, about))
			return says;
	}
	return NULL;
}

static bool confirm_apply(struct cli *cli, const struct institution *a, const struct institution *b,
			  GError **error)
{
	const struct partnership *says = says_of(b, a->base.id);
	struct change *change;
	struct node *item;
	g_autofree char *json = NULL, *hint = NULL;
	bool done;

	if (says_of(a, b->base.id)) {
		g_set_error(error, TELAR_ERROR, TELAR_ERROR_USAGE,
			    _("The entry of %s says already that it works with %s"), a->base.id,
			    b->base.id);
		return false;
	}
	if (!says) {
		g_set_error(error, TELAR_ERROR, TELAR_ERROR_NO_INPUT,
			    _("There is nothing to confirm: the entry of %s says nothing of %s"),
			    b->base.id, a->base.id);
		hint = g_strdup_printf(_("to be the first to say it: telar link %s %s"), a->base.id,
				       b->base.id);
		error_add_hint(error, hint);
		return false;
	}
	item = mirrored(cli, says, b->base.id);
	json = node_to_json(item);
	node_free(item);
	change = change_new();
	change_insert(change, KIND_INSTITUTION, a->base.id, "partners", json);
	done = edit_apply(cli, change, error);
	change_free(change);
	return done;
}

bool command_confirm(struct cli *cli, char ***args, GError **error)
{
	int a, b;

	if (!cli_options(cli, NULL, args, error))
		return false;
	if (cli->help)
		return true;
	if (!cli_words(cli, *args, 2, 2, error) || !cli_open(cli, error))
		return false;
	a = cli_institution(cli, (*args)[0], error);
	b = a < 0 ? -1 : cli_institution(cli, (*args)[1], error);
	if (b < 0)
		return false;
	return confirm_apply(cli, model_institution(cli->model, (guint)a),
			     model_institution(cli->model, (guint)b), error);
}
