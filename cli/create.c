/*
 * telar new, confirm: entries made through the one door.  Whole networks are made
 * by network.c.
 */
#include "cli/asking.h"
#include "cli/command.h"
#include "cli/edit.h"

#include "base/errors.h"
#include "base/text.h"
#include "data/claim.h"
#include "data/path.h"
#include "data/yaml/yaml_file.h"

#include <string.h>

#include <glib/gi18n.h>

/* FIELD=VALUE words as `telar set` takes them, of an entry that has nothing yet; NULL on failure.
 */
static struct change *words_change(const struct cli *cli, enum kind kind, char *const *words,
				   GError **error)
{
	const struct record_type *type = record_type(kind);
	g_autofree struct record *empty = g_malloc0(type->size);
	/* An empty value says nothing of what is new, but of a field all the same. */
	struct change *change = change_new(), *nothing = change_new();
	bool good = true;

	record_clear(type, empty);
	empty->id = "";
	for (; good && *words; words++) {
		const char *equals = strchr(*words, '=');
		struct change *to = equals && !equals[1] ? nothing : change;

		/* An edit never changes the id: entry_tree() does. */
		good = g_str_has_prefix(*words, "id=") ||
		       change_assign(to, cli->model, kind, empty, *words, error);
	}
	change_free(nothing);
	if (!good)
		g_clear_pointer(&change, change_free);
	return change;
}

/* What they make; NULL on failure. */
static struct node *entry_tree(const struct cli *cli, enum kind kind, char *const *words,
			       GError **error)
{
	struct change *change = words_change(cli, kind, words, error);
	struct node *root = change ? node_map() : NULL;

	for (guint i = 0; root && i < change->ops->len; i++) {
		struct node *next = NULL;

		if (!op_apply(change->ops->pdata[i], root, &next, error))
			next = NULL;
		root = next;
	}
	for (; root && *words; words++) {
		if (g_str_has_prefix(*words, "id=") && (*words)[strlen("id=")])
			node_put(record_type(kind), root, "id", -1,
				 node_scalar(*words + strlen("id=")), NULL);
	}
	change_free(change);
	return root;
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

/* The change that makes the entry, or NULL. */
static struct change *entry_change(const struct cli *cli, enum kind kind, char *const *words,
				   GError **error)
{
	const struct record_type *type = record_type(kind);
	struct node *root = entry_tree(cli, kind, words, error);
	g_autofree char *id = root ? id_choose(root, error) : NULL;
	g_autofree char *json = NULL;
	struct change *change = NULL;

	if (id && model_find(cli->model, kind, id) >= 0) {
		g_set_error(error, TELAR_ERROR, TELAR_ERROR_CANNOT_CREATE,
			    _("There is an entry \"%s\" already"), id);
		error_add_hint(error,
			       _("say another id with id=…, or change that one with telar set"));
	} else if (id && node_put(type, root, "id", -1, node_scalar(id), error)) {
		json = node_to_json(root);
		change = change_new();
		change_create(change, kind, id, json);
	}
	node_free(root);
	return change;
}

/* Whether what is there so far could stand, but for what is still to come. */
static bool entry_fits(struct cli *cli, enum kind kind, char *const *words, GError **error)
{
	struct change *change = entry_change(cli, kind, words, error);
	struct findings *findings = findings_new();
	const struct finding *wrong = NULL;
	bool fine = change && workspace_check(cli->workspace, change, findings, error);

	for (guint i = 0; fine && !wrong && i < findings->all->len; i++) {
		const struct finding *one = g_ptr_array_index(findings->all, i);

		if (one->severity == SEVERITY_ERROR && strcmp(one->code, "required") != 0)
			wrong = one;
	}
	if (wrong) {
		g_set_error_literal(error, TELAR_ERROR, TELAR_ERROR_FINDINGS, wrong->message);
		error_add_hint(error, wrong->hint);
		fine = false;
	}
	findings_free(findings);
	change_free(change);
	return fine;
}

static bool entry_create(struct cli *cli, enum kind kind, char *const *words, bool comments,
			 GError **error)
{
	g_autoptr(GPtrArray) asked = g_ptr_array_new_with_free_func(g_free);
	struct change *change;
	bool done;

	g_ptr_array_add(asked, NULL);
	if (!*words && asking_is_possible(cli)) {
		if (!asking_entry(cli, kind, entry_fits, asked, error))
			return false;
		words = (char *const *)asked->pdata;
	}
	change = entry_change(cli, kind, words, error);
	if (!change)
		return false;
	change->comments = comments;
	done = edit_apply(cli, change, error);
	change_free(change);
	return done;
}

static bool entry_new(struct cli *cli, char *const *words, bool comments, GError **error)
{
	static const char *const kinds[] = { "institution", "territory",  "programme", "resource",
					     "network",	    "assessment", NULL };
	enum kind kind;

	return cli_choice("new", *words, kinds, error) >= 0 && kind_parse(*words, &kind) &&
	       cli_open(cli, error) && entry_create(cli, kind, words + 1, comments, error);
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
	return cli_words(cli, *args, 1, G_MAXUINT, error) && entry_new(cli, *args, comments, error);
}

/* The tie of which B says something and A nothing yet, or NULL with an error. */
static const struct tie *answerable(const struct cli *cli, guint a, guint b, GError **error)
{
	const struct tie *tie = model_tie(cli->model, a, b);
	const char *id = RECORD(model_institution(cli->model, a))->id;
	const char *other = RECORD(model_institution(cli->model, b))->id;
	g_autofree char *hint = NULL;

	if (tie && !tie_is_said_by(cli->model, tie, a))
		return tie;
	if (tie) {
		g_set_error(error, TELAR_ERROR, TELAR_ERROR_USAGE,
			    _("The entry of %s says already what it does with %s"), id, other);
		hint = g_strdup_printf(_("to change it: telar set %s partners[%s].FIELD=VALUE"), id,
				       other);
	} else {
		g_set_error(error, TELAR_ERROR, TELAR_ERROR_NO_INPUT,
			    _("There is nothing to answer: the entry of %s says nothing of %s"),
			    other, id);
		hint = g_strdup_printf(_("to be the first to say it: telar link %s %s"), id, other);
	}
	error_add_hint(error, hint);
	return NULL;
}

/* Reads A and B and answers what B says of A. */
static bool answer(struct cli *cli, char *const *words, bool deny, const char *because,
		   GError **error)
{
	int a = cli_institution(cli, words[0], error);
	int b = a < 0 ? -1 : cli_institution(cli, words[1], error);
	const struct tie *tie = b < 0 ? NULL : answerable(cli, (guint)a, (guint)b, error);
	struct date today = clock_today(&cli->clock);
	struct change *change;
	bool done;

	if (!tie)
		return false;
	change = deny ? tie_deny(cli->model, tie, (guint)a, because, today)
		      : tie_confirm(cli->model, tie, (guint)a, today);
	done = edit_apply(cli, change, error);
	change_free(change);
	return done;
}

bool command_confirm(struct cli *cli, char ***args, GError **error)
{
	if (!cli_options(cli, NULL, args, error))
		return false;
	if (cli->help)
		return true;
	return cli_words(cli, *args, 2, 2, error) && cli_open(cli, error) &&
	       answer(cli, *args, false, NULL, error);
}

bool command_dispute(struct cli *cli, char ***args, GError **error)
{
	g_autofree char *because = NULL;
	const GOptionEntry entries[] = {
		{ "because", 0, 0, G_OPTION_ARG_STRING, &because,
		  N_("Why, in words for the other side"), N_("TEXT") },
		{ 0 },
	};

	if (!cli_options(cli, entries, args, error))
		return false;
	if (cli->help)
		return true;
	return cli_words(cli, *args, 2, 2, error) && cli_open(cli, error) &&
	       answer(cli, *args, true, because, error);
}
