/*
 * telar set, link and unlink: edits through the one door, workspace_apply.  What
 * is allowed is judged there; here words become changes.
 */
#include "cli/command.h"
#include "cli/edit.h"

#include "base/errors.h"
#include "base/text.h"
#include "data/path.h"

#include <string.h>

#include <glib/gi18n.h>

/* The first word names the record, the others say what to set. */
static bool set_once(struct cli *cli, char *const *words, GError **error)
{
	enum kind kind = KIND_NETWORK;
	const void *record = cli_record(cli, *words, (1u << KIND_COUNT) - 1, &kind, error);
	struct change *change;
	bool done = record != NULL;

	if (!record)
		return false;
	change = change_new();
	for (guint i = 1; done && words[i]; i++)
		done = change_assign(change, cli->model, kind, record, words[i], error);
	/* As for items that are there already, or are not. */
	if (done && change->ops->len == 0 && words[1])
		edit_say(cli, change);
	else
		done = done && edit_apply(cli, change, error);
	change_free(change);
	return done;
}

/* Only adds to lists and takes from them: that means the same whatever came in between. */
static bool only_lists(char *const *words)
{
	for (guint i = 1; words[i]; i++) {
		const char *equals = strchr(words[i], '=');

		if (!equals || equals == words[i] || !strchr("+-", equals[-1]))
			return false;
	}
	return true;
}

/* Somebody was faster: what they did is looked at before the next try. */
static bool look_again(struct cli *cli)
{
	bool changed = false;

	if (!workspace_refresh(cli->workspace, cli->findings, &changed, NULL))
		return false;
	model_unref(cli->model);
	cli->model = model_ref(workspace_model(cli->workspace));
	return true;
}

static bool was_beaten(const GError *error)
{
	return g_error_matches(error, TELAR_ERROR, TELAR_ERROR_CONFLICT) ||
	       g_error_matches(error, TELAR_ERROR, TELAR_ERROR_BUSY);
}

#define SET_TRIES 4

bool command_set(struct cli *cli, char ***args, GError **error)
{
	if (!cli_options(cli, NULL, args, error))
		return false;
	if (cli->help)
		return true;
	if (!cli_words(cli, *args, 2, G_MAXUINT, error) || !cli_open(cli, error))
		return false;
	for (guint tries = SET_TRIES;; tries--) {
		g_autoptr(GError) why = NULL;

		if (set_once(cli, *args, &why))
			return true;
		if (tries > 1 && was_beaten(why) && only_lists(*args) && look_again(cli))
			continue;
		g_propagate_error(error, g_steal_pointer(&why));
		return false;
	}
}

/*
 * The options of link are the fields of a partnership.  `values` has one text a
 * field.  Names live in `names`.
 */
static GArray *link_entries(char **values, GPtrArray *names)
{
	GArray *entries = g_array_new(TRUE, TRUE, sizeof(GOptionEntry));

	for (guint i = 0; i < partnership_type.n_fields; i++) {
		const struct field *field = &partnership_type.fields[i];
		/* `--kind`, as it is said of one partnership. */
		char *name = g_strdelimit(
			g_strdup(strcmp(field->key, "kinds") ? field->key : "kind"), "_", '-');
		GOptionEntry entry = { name,
				       0,
				       0,
				       G_OPTION_ARG_STRING,
				       &values[i],
				       field->help,
				       field->flags & FIELD_MANY ? N_("A,B…") : N_("VALUE") };

		g_ptr_array_add(names, name);
		if (strcmp(field->key, "with") != 0 && field->type != FIELD_ITEMS)
			g_array_append_val(entries, entry);
	}
	return entries;
}

static struct node *link_item(const char *with, char *const *values)
{
	struct node *item = node_map();

	node_append(item, "with", node_scalar(with));
	for (guint i = 0; i < partnership_type.n_fields; i++) {
		const struct field *field = &partnership_type.fields[i];
		struct node *list;

		if (!values[i] || !*values[i])
			continue;
		if (!(field->flags & FIELD_MANY)) {
			node_append(item, field->key, node_scalar(values[i]));
			continue;
		}
		list = node_append(item, field->key, node_list());
		{
			g_autoptr(GPtrArray) words = words_list(values[i]);
			for (guint w = 0; w < words->len; w++)
				node_append(list, NULL, node_scalar(g_ptr_array_index(words, w)));
		}
	}
	return item;
}

/* How many partnerships with `with` the entry of `a` declares; titles appended to `titles`. */
static guint declared(const struct institution *a, const char *with, GString *titles)
{
	guint n = 0;

	for (guint i = 0; i < a->partners.n; i++) {
		const struct partnership *says = &ITEMS(struct partnership, a->partners)[i];
		if (strcmp(says->with, with) != 0)
			continue;
		const char *title = partnership_details(says)->title;
		n++;
		if (titles)
			g_string_append_printf(titles, "%s%u: %s", n > 1 ? "; " : "", n,
					       title ? title : _("without a title"));
	}
	return n;
}

static bool pair_read(struct cli *cli, char **args, const struct institution **a,
		      const struct institution **b, GError **error)
{
	int first, second;

	if (!cli_words(cli, args, 2, 2, error) || !cli_open(cli, error))
		return false;
	first = cli_institution(cli, args[0], error);
	second = first < 0 ? -1 : cli_institution(cli, args[1], error);
	if (second < 0)
		return false;
	*a = model_institution(cli->model, (guint)first);
	*b = model_institution(cli->model, (guint)second);
	if (first != second)
		return true;
	g_set_error(error, TELAR_ERROR, TELAR_ERROR_USAGE,
		    _("An institution is not its own partner: %s"), (*a)->base.id);
	return false;
}

static bool link_apply(struct cli *cli, char **args, char *const *values, bool another,
		       GError **error)
{
	const struct institution *a, *b;
	struct change *change;
	struct node *item;
	g_autofree char *json = NULL;
	bool done;

	if (!pair_read(cli, args, &a, &b, error))
		return false;
	if (!another && declared(a, b->base.id, NULL) > 0) {
		g_autofree char *hint =
			g_strdup_printf(_("change it: telar set %s 'partners[%s].since=2023'; or "
					  "add a second one with --another"),
					a->base.id, b->base.id);
		g_set_error(error, TELAR_ERROR, TELAR_ERROR_USAGE,
			    _("The entry of %s says already that it works with %s"), a->base.id,
			    b->base.id);
		error_add_hint(error, hint);
		return false;
	}
	item = link_item(b->base.id, values);
	json = node_to_json(item);
	node_free(item);
	change = change_new();
	change_insert(change, KIND_INSTITUTION, a->base.id, "partners", json);
	done = edit_apply(cli, change, error);
	change_free(change);
	return done;
}

bool command_link(struct cli *cli, char ***args, GError **error)
{
	g_auto(GStrv) values = g_new0(char *, partnership_type.n_fields + 1);
	g_autoptr(GPtrArray) names = g_ptr_array_new_with_free_func(g_free);
	g_autoptr(GArray) entries = link_entries(values, names);
	gboolean another = FALSE;
	const GOptionEntry more = { "another", 0,
				    0,	       G_OPTION_ARG_NONE,
				    &another,  N_("Add one although there is one already"),
				    NULL };
	bool done;

	g_array_append_val(entries, more);
	done = cli_options(cli, (const GOptionEntry *)(void *)entries->data, args, error) &&
	       (cli->help || link_apply(cli, *args, values, another, error));
	/* The list ends at its first gap: give every text back by itself. */
	for (guint i = 0; i < partnership_type.n_fields; i++)
		g_clear_pointer(&values[i], g_free);
	return done;
}

static bool unlink_which(const struct institution *a, const struct institution *b, gint number,
			 char **path, GError **error)
{
	g_autoptr(GString) titles = g_string_new(NULL);
	g_autofree char *hint = NULL;
	guint n = declared(a, b->base.id, titles);

	if (n == 1 && number <= 1) {
		*path = g_strdup_printf("partners[%s]", b->base.id);
		return true;
	}
	if (n > 1 && number >= 1 && (guint)number <= n) {
		*path = number == 1 ? g_strdup_printf("partners[%s]", b->base.id)
				    : g_strdup_printf("partners[%s#%d]", b->base.id, number);
		return true;
	}
	if (n > 1) {
		g_set_error(error, TELAR_ERROR, TELAR_ERROR_USAGE,
			    _("The entry of %s has %u partnerships with %s"), a->base.id, n,
			    b->base.id);
		hint = g_strdup_printf(_("say which with --number (%s)"), titles->str);
	} else {
		g_set_error(error, TELAR_ERROR, TELAR_ERROR_NO_INPUT,
			    _("The entry of %s does not say that it works with %s"), a->base.id,
			    b->base.id);
		if (declared(b, a->base.id, NULL) > 0)
			hint = g_strdup_printf(_("that of %s does: telar unlink %s %s"), b->base.id,
					       b->base.id, a->base.id);
	}
	error_add_hint(error, hint);
	return false;
}

/* What is meant, so that nothing else goes when others change the entry meanwhile. */
static char *item_now(const struct institution *a, const char *path)
{
	const struct record_type *type = record_type(KIND_INSTITUTION);
	struct node *root = node_from_record(type, a);
	const struct node *item = node_find(type, root, path);
	char *text = item ? node_to_json(item) : NULL;

	node_free(root);
	return text;
}

/* Who takes a partner out means that there is no tie; then it must be said that there is. */
static char *still_declared(const struct institution *a, const struct institution *b)
{
	if (declared(b, a->base.id, NULL) == 0)
		return NULL;
	return g_strdup_printf(
		_("The entry of %s goes on saying that it works with %s, so the tie "
		  "stays on its word alone; \"telar unlink %s %s\" takes it out there "
		  "too"),
		b->base.id, a->base.id, b->base.id, a->base.id);
}

bool command_unlink(struct cli *cli, char ***args, GError **error)
{
	gint number = 0;
	const GOptionEntry entries[] = {
		{ "number", 0, 0, G_OPTION_ARG_INT, &number,
		  N_("Which of several: 1 is the first in the entry"), N_("NUMBER") },
		{ 0 },
	};
	const struct institution *a, *b;
	g_autofree char *path = NULL, *still = NULL;
	struct change *change;
	bool done;

	if (!cli_options(cli, entries, args, error))
		return false;
	if (cli->help)
		return true;
	if (!pair_read(cli, *args, &a, &b, error) || !unlink_which(a, b, number, &path, error))
		return false;
	still = still_declared(a, b);
	change = change_new();
	change_remove(change, KIND_INSTITUTION, a->base.id, path)->old_text = item_now(a, path);
	done = edit_apply(cli, change, error);
	if (done && still)
		cli_say(cli, "%s", still);
	change_free(change);
	return done;
}
