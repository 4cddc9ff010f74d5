/*
 * telar diff and snapshot: two states of the network compared in words, and a
 * name for the present one.  What differs is found in data/difference.
 */
#include "cli/command.h"
#include "cli/state.h"

#include "base/errors.h"
#include "base/text.h"
#include "data/difference.h"
#include "data/node.h"
#include "data/past.h"
#include "data/store/store.h"

#include <inttypes.h>
#include <string.h>

#include <glib/gi18n.h>

/* --- saying it --------------------------------------------------------------------------- */

static const char *verb_words(enum difference_verb verb, bool plain)
{
	static const char *const ids[] = { "changed", "new", "gone" };
	static const char *const labels[] = { N_("changed"), N_("new"), N_("gone") };

	return plain ? ids[verb] : _(labels[verb]);
}

/* "Universidad X: + Training with Y since 2023", a line each. */
static void text_print(const struct cli *cli, const GPtrArray *differences)
{
	for (guint i = 0; i < differences->len; i++) {
		const struct difference *one = g_ptr_array_index(differences, i);

		if (one->verb != DIFFERENCE_CHANGED)
			out_printf(&cli->out, "%s: %s (%s)\n", one->name,
				   verb_words(one->verb, false), _(record_type(one->kind)->title));
		for (guint j = 0; j < one->lines->len; j++)
			out_printf(&cli->out, "%s: %s\n", one->name,
				   (char *)g_ptr_array_index(one->lines, j));
	}
}

static void plain_print(const struct cli *cli, const GPtrArray *differences)
{
	for (guint i = 0; i < differences->len; i++) {
		const struct difference *one = g_ptr_array_index(differences, i);
		const char *kind = record_type(one->kind)->name;

		if (one->verb != DIFFERENCE_CHANGED)
			out_printf(&cli->out, "%s\t%s\t%s\t\n", kind, one->id,
				   verb_words(one->verb, true));
		for (guint j = 0; j < one->lines->len; j++)
			out_printf(&cli->out, "%s\t%s\t%s\t%s\n", kind, one->id,
				   verb_words(one->verb, true),
				   (char *)g_ptr_array_index(one->lines, j));
	}
}

/* What would be markup in a name stays a name. */
static char *markdown_text(const char *text)
{
	g_autofree char *clean = text_clean(text, -1, false);
	GString *out = g_string_new(NULL);

	for (const char *at = clean; *at; at++) {
		if (strchr("\\`*_[]<>#|", *at))
			g_string_append_c(out, '\\');
		g_string_append_c(out, *at);
	}
	return g_string_free(out, FALSE);
}

static void markdown_print(const struct cli *cli, const GPtrArray *differences, const char *from,
			   const char *to)
{
	int kind = -1;
	g_autofree char *a = markdown_text(from), *b = markdown_text(to);

	out_printf(&cli->out, "# %s → %s\n", a, b);
	if (differences->len == 0)
		out_printf(&cli->out, "\n%s\n", _("Nothing differs."));
	for (guint i = 0; i < differences->len; i++) {
		const struct difference *one = g_ptr_array_index(differences, i);
		g_autofree char *name = markdown_text(one->name);

		if ((int)one->kind != kind)
			out_printf(&cli->out, "\n## %s\n\n", _(record_type(one->kind)->titles));
		kind = (int)one->kind;
		out_printf(&cli->out, "- **%s** (`%s`)", name, one->id);
		if (one->verb != DIFFERENCE_CHANGED)
			out_printf(&cli->out, ": %s", verb_words(one->verb, false));
		out_text(&cli->out, "\n");
		for (guint j = 0; j < one->lines->len; j++) {
			g_autofree char *line = markdown_text(g_ptr_array_index(one->lines, j));
			/* A leading sign would begin a list of its own. */
			out_printf(&cli->out, "  - %s%s\n", *line == '+' ? "\\" : "", line);
		}
	}
}

static void json_difference(struct json *json, const struct difference *one)
{
	json_open_object(json);
	json_put_string(json, "kind", record_type(one->kind)->name);
	json_put_string(json, "id", one->id);
	json_put_string(json, "name", one->name);
	json_put_string(json, "state", verb_words(one->verb, true));
	json_key(json, "words");
	json_open_array(json);
	for (guint i = 0; i < one->lines->len; i++)
		json_string(json, g_ptr_array_index(one->lines, i));
	json_close_array(json);
	json_key(json, "ops");
	json_open_array(json);
	for (guint i = 0; one->verb == DIFFERENCE_CHANGED && i < one->change->ops->len; i++) {
		const struct op *op = g_ptr_array_index(one->change->ops, i);

		json_open_object(json);
		json_put_string(json, "op", op_verb_name(op->verb));
		json_put_string(json, "path", op->path);
		g_autofree char *old = op_public_text(op, op->old_text);
		g_autofree char *new = op_public_text(op, op->new_text);
		json_put_string_if(json, "old", old && *old ? old : NULL);
		json_put_string_if(json, "new", new);
		json_close_object(json);
	}
	json_close_array(json);
	json_close_object(json);
}

static void json_print(const struct cli *cli, const GPtrArray *differences)
{
	GString *text = g_string_new(NULL);
	struct json json;

	json_init(&json, text, true);
	json_open_array(&json);
	for (guint i = 0; i < differences->len; i++)
		json_difference(&json, g_ptr_array_index(differences, i));
	json_close_array(&json);
	cli_print_json(cli, text);
}

static void totals_say(const struct cli *cli, const GPtrArray *differences)
{
	guint n[3] = { 0 };

	for (guint i = 0; i < differences->len; i++)
		n[((const struct difference *)g_ptr_array_index(differences, i))->verb]++;
	if (differences->len == 0)
		cli_say(cli, _("Nothing differs"));
	else
		cli_say(cli, _("Entries: %u changed, %u new, %u gone"), n[DIFFERENCE_CHANGED],
			n[DIFFERENCE_NEW], n[DIFFERENCE_GONE]);
}

static bool differences_print(struct cli *cli, const GPtrArray *differences, const char *format,
			      char *const *words, GError **error)
{
	static const char *const formats[] = { "text", "markdown", "json", NULL };
	int which = format ? cli_choice("--format", format, formats, error) : cli->json ? 2 : 0;

	if (which < 0)
		return false;
	if (which == 2)
		json_print(cli, differences);
	else if (which == 1)
		markdown_print(cli, differences, words[0], words[1] ? words[1] : _("now"));
	else if (cli->plain)
		plain_print(cli, differences);
	else
		text_print(cli, differences);
	if (which == 0 && !cli->plain)
		totals_say(cli, differences);
	cli->exit = differences->len > 0 ? 1 : 0;
	return true;
}

/* "A..B" and "A.." as git writes them, unless that is a path; NULL: no such thing. */
static char **range_split(const char *word)
{
	const char *dots = word && !strchr(word, '/') ? strstr(word, "..") : NULL;

	if (!dots || dots == word || g_file_test(word, G_FILE_TEST_EXISTS))
		return NULL;
	char **range = g_new0(char *, 3);
	range[0] = g_strndup(word, (gsize)(dots - word));
	range[1] = dots[2] ? g_strdup(dots + 2) : NULL;
	return range;
}

bool command_diff(struct cli *cli, char ***args, GError **error)
{
	g_autofree char *format = NULL;
	const GOptionEntry entries[] = {
		{ "format", 0, 0, G_OPTION_ARG_STRING, &format, N_("text, markdown or json"),
		  N_("FORMAT") },
		{ 0 },
	};
	g_auto(GStrv) range = NULL;
	struct model *before, *after = NULL;
	bool done = false;

	if (!cli_options(cli, entries, args, error))
		return false;
	if (cli->help)
		return true;
	/* A directory that stands last is a state here, not the network. */
	if (g_strv_length(*args) < 1 || g_strv_length(*args) > 2)
		return cli_words(cli, *args, 1, 2, error);
	range = range_split((*args)[1] ? NULL : (*args)[0]);
	if (range) {
		g_strfreev(*args);
		*args = g_steal_pointer(&range);
	}
	before = cli_state(cli, (*args)[0], error);
	if (before)
		after = cli_state(cli, (*args)[1] ? (*args)[1] : "now", error);
	if (after) {
		g_autoptr(GPtrArray) differences = model_differences(before, after);
		done = differences_print(cli, differences, format, *args, error);
	}
	model_unref(before);
	model_unref(after);
	return done;
}

/* --- snapshots --------------------------------------------------------------------------- */

static void snapshots_json(const struct cli *cli, const GPtrArray *all)
{
	GString *text = g_string_new(NULL);
	struct json json;

	json_init(&json, text, true);
	json_open_array(&json);
	for (guint i = 0; i < all->len; i++) {
		const struct snapshot *snapshot = g_ptr_array_index(all, i);
		char when[CLOCK_TEXT_SIZE];

		json_open_object(&json);
		json_put_string(&json, "name", snapshot->name);
		json_put_integer(&json, "change", snapshot->change);
		json_put_string(&json, "at", clock_format(snapshot->at, when));
		json_put_string(&json, "actor", snapshot->actor);
		json_put_string_if(&json, "note", snapshot->note);
		json_close_object(&json);
	}
	json_close_array(&json);
	cli_print_json(cli, text);
}

static bool snapshots_list(struct cli *cli, GError **error)
{
	g_autoptr(GPtrArray) all = workspace_snapshots(cli->workspace, error);
	const char *const people[] = { _("Snapshot"), _(">Change"), _("When (UTC)"), _("Who"), "" };
	const char *const plain[] = { "name", "change", "at", "actor", "note" };

	if (!all)
		return false;
	if (cli->json) {
		snapshots_json(cli, all);
		return true;
	}
	if (all->len == 0) {
		cli_say(cli, _("There is no snapshot yet"));
		return true;
	}
	struct table *table = table_new(cli->plain ? plain : people, 5);
	for (guint i = 0; i < all->len; i++) {
		const struct snapshot *snapshot = g_ptr_array_index(all, i);
		g_autofree char *number = g_strdup_printf("%" G_GINT64_FORMAT, snapshot->change);
		char when[CLOCK_TEXT_SIZE];

		table_row(table, (const char *const[]){ snapshot->name, number,
							clock_format(snapshot->at, when),
							snapshot->actor, snapshot->note });
	}
	table_print(table, &cli->out, cli->plain);
	table_free(table);
	return true;
}

bool command_snapshot(struct cli *cli, char ***args, GError **error)
{
	g_autofree char *note = NULL;
	const GOptionEntry entries[] = {
		{ "note", 0, 0, G_OPTION_ARG_STRING, &note, N_("What it is for"), N_("TEXT") },
		{ 0 },
	};
	gint64 change = 0;

	if (!cli_options(cli, entries, args, error))
		return false;
	if (cli->help)
		return true;
	if (!cli_words(cli, *args, 0, 1, error) || !cli_open(cli, error))
		return false;
	if (!**args)
		return snapshots_list(cli, error);
	if (!workspace_snapshot(cli->workspace, **args, note, &change, error))
		return false;
	cli_say(cli, _("\"%s\" names the network as it is now, after change %" PRId64), **args,
		change);
	return true;
}
