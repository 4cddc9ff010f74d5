/*
 * telar sync and telar conflicts: what files and store take from each other, and
 * deciding what contradicts.  The rules are data/conflict's.
 */
#include "cli/command.h"
#include "cli/edit.h"

#include "base/errors.h"
#include "base/text.h"
#include "data/conflict.h"
#include "data/path.h"

#include <string.h>

#include <glib/gi18n.h>

#define NOT_KNOWN "?" /* theirs, while the file has errors */

/* --- JSON ----------------------------------------------------------------------------------- */

static void side_json(struct json *json, const char *key, const char *value, const char *by,
		      gint64 at)
{
	char text[CLOCK_TEXT_SIZE];

	json_key(json, key);
	json_open_object(json);
	json_put_string(json, "value", value);
	json_put_string(json, "actor", by);
	json_put_string(json, "at", clock_format(at, text));
	json_close_object(json);
}

static void conflicts_json(struct json *json, const GPtrArray *conflicts)
{
	json_open_array(json);
	for (guint i = 0; i < conflicts->len; i++) {
		const struct conflict *conflict = g_ptr_array_index(conflicts, i);

		json_open_object(json);
		if (conflict->id)
			json_put_integer(json, "number", conflict->id);
		json_put_string(json, "kind", record_type(conflict->kind)->name);
		json_put_string(json, "id", conflict->record);
		json_put_string(json, "path", conflict->path);
		json_put_string(json, "base", conflict->base);
		json_put_integer(json, "change", conflict->change);
		side_json(json, "mine", conflict->mine, conflict->mine_by, conflict->mine_at);
		if (*conflict->theirs_by)
			side_json(json, "theirs", conflict->theirs, conflict->theirs_by,
				  conflict->theirs_at);
		json_close_object(json);
	}
	json_close_array(json);
}

static void changes_json(struct json *json, const char *key, const GPtrArray *changes)
{
	json_key(json, key);
	json_open_array(json);
	for (guint i = 0; i < changes->len; i++)
		edit_json(json, g_ptr_array_index(changes, i));
	json_close_array(json);
}

static void print_json(const struct cli *cli, const struct brought *brought,
		       const GPtrArray *conflicts)
{
	GString *text = g_string_new(NULL);
	struct json json;

	json_init(&json, text, true);
	if (brought) {
		json_open_object(&json);
		json_put_bool(&json, "dry_run", brought->dry);
		changes_json(&json, "from_files", brought->from_files);
		changes_json(&json, "to_files", brought->to_files);
		json_key(&json, "conflicts");
	}
	conflicts_json(&json, conflicts);
	if (brought)
		json_close_object(&json);
	cli_print_json(cli, text);
}

/* --- words ---------------------------------------------------------------------------------- */

static void side_print(const struct cli *cli, const char *lead, const char *value, const char *who)
{
	g_autofree char *label = text_fit(lead, 10, true);
	g_autofree char *head = g_strdup_printf("  %s", label);
	g_autofree char *text = who ? g_strdup_printf("%s  (%s)", value, who) : g_strdup(value);

	cli_paragraph(cli, 12, head, text);
}

static void conflict_print(const struct cli *cli, const struct conflict *conflict)
{
	const struct model *model = workspace_model(cli->workspace);
	g_autofree char *place = conflict_place(model, conflict);
	g_autofree char *name = conflict_name(conflict);
	g_autofree char *before = conflict_value_words(model, conflict, conflict->base);
	g_autofree char *mine = conflict_value_words(model, conflict, conflict->mine);
	g_autofree char *theirs = conflict_value_words(model, conflict, conflict->theirs);
	g_autofree char *mine_who = conflict_who(conflict->mine_by, conflict->mine_at);
	g_autofree char *theirs_who = conflict_who(conflict->theirs_by, conflict->theirs_at);

	out_printf(&cli->out, "%s  (%s)\n", place, name);
	side_print(cli, _("before"), before, NULL);
	side_print(cli, _("mine"), mine, mine_who);
	if (*conflict->theirs_by)
		side_print(cli, _("theirs"), theirs, theirs_who);
	else
		side_print(cli, _("theirs"), _("not known yet: the file has errors"), NULL);
}

static void conflicts_plain(const struct cli *cli, const GPtrArray *conflicts)
{
	const char *const heads[] = { "id",	 "path",   "base",	"mine",	    "mine_by",
				      "mine_at", "theirs", "theirs_by", "theirs_at" };
	struct table *table = table_new(heads, G_N_ELEMENTS(heads));

	for (guint i = 0; i < conflicts->len; i++) {
		const struct conflict *conflict = g_ptr_array_index(conflicts, i);
		char mine_at[CLOCK_TEXT_SIZE], theirs_at[CLOCK_TEXT_SIZE];
		bool known = *conflict->theirs_by;

		table_row(table,
			  (const char *const[]){
				  conflict->record, conflict->path, conflict->base, conflict->mine,
				  conflict->mine_by, clock_format(conflict->mine_at, mine_at),
				  known ? conflict->theirs : NOT_KNOWN, conflict->theirs_by,
				  clock_format(conflict->theirs_at, theirs_at) });
	}
	table_print(table, &cli->out, true);
	table_free(table);
}

static void conflicts_print(const struct cli *cli, const GPtrArray *conflicts)
{
	if (cli->plain) {
		conflicts_plain(cli, conflicts);
		return;
	}
	for (guint i = 0; i < conflicts->len; i++)
		conflict_print(cli, g_ptr_array_index(conflicts, i));
	if (conflicts->len > 0)
		cli_say(cli,
			ngettext("%u conflict waits. The file stands until it is decided: "
				 "telar conflicts --take=mine|theirs ID.FIELD",
				 "%u conflicts wait. The files stand until they are decided: "
				 "telar conflicts --take=mine|theirs ID.FIELD",
				 conflicts->len),
			conflicts->len);
}

static void changes_print(const struct cli *cli, const char *title, const GPtrArray *changes)
{
	for (guint i = 0; i < changes->len; i++) {
		const struct change *change = g_ptr_array_index(changes, i);
		g_autofree char *what = change_text(cli->model, change);

		if (i == 0)
			out_printf(&cli->out, "%s\n", title);
		if (change->ops->len == 0)
			out_printf(&cli->out, "  %s\n", change->summary);
		else
			out_printf(&cli->out, "  %s (%s)\n", what, actor_text(change->actor));
		for (guint j = 0; j < change->ops->len; j++) {
			g_autofree char *line = edit_op_text(g_ptr_array_index(change->ops, j));
			cli_paragraph(cli, 6, "    ", line);
		}
	}
}

/* --- sync ----------------------------------------------------------------------------------- */

static bool open_telling(struct cli *cli, struct brought **brought, GError **error)
{
	g_autofree char *path = cli_path(cli, error);
	g_autofree char *actor = clock_user();
	const struct workspace_options options = { .path = path,
						   .actor = actor,
						   .clock = cli->clock };

	if (!path)
		return false;
	cli->findings = findings_new();
	cli->workspace = workspace_bring(&options, cli->dry_run, cli->findings, brought, error);
	if (!cli->workspace)
		return false;
	cli->model = model_ref(workspace_model(cli->workspace));
	return true;
}

static void brought_print(const struct cli *cli, const struct brought *brought,
			  const GPtrArray *conflicts)
{
	bool nothing = brought->from_files->len + brought->to_files->len == 0;

	changes_print(cli,
		      brought->dry ? _("Would be taken from the files:")
				   : _("Taken from the files:"),
		      brought->from_files);
	changes_print(cli,
		      brought->dry ? _("Would be written to the files:")
				   : _("Written to the files:"),
		      brought->to_files);
	if (nothing && conflicts->len == 0)
		cli_say(cli, workspace_is_read_only(cli->workspace)
				     ? _("Nothing is kept of these files yet, so there is nothing "
					 "to bring together")
			     : cli->findings->errors > 0
				     ? _("The files that can be read agree with the store")
				     : _("Files and store agree"));
	conflicts_print(cli, conflicts);
	if (brought->dry)
		cli_say(cli, _("Nothing was written (--dry-run)"));
}

/* Those that wait and, where nothing is kept, those that were only met. */
static void add_clashed(GPtrArray *conflicts, struct brought *brought)
{
	while (brought->dry && brought->clashed->len > 0)
		g_ptr_array_add(conflicts, g_ptr_array_steal_index(brought->clashed, 0));
}

/* A mistake in a file keeps it out: said as telar check says it. */
static void errors_say(const struct cli *cli)
{
	if (cli->findings->errors == 0)
		return;
	cli_say(cli,
		ngettext("%u error in the files: what has one is not taken (telar check)",
			 "%u errors in the files: what has one is not taken (telar check)",
			 cli->findings->errors),
		cli->findings->errors);
}

/* What a crash left, until a person has decided: of what is wrong in files telar check tells. */
static void asides_say(const struct cli *cli)
{
	for (guint i = 0; i < cli->findings->all->len; i++) {
		const struct finding *finding = g_ptr_array_index(cli->findings->all, i);

		if (!strcmp(finding->code, "aside"))
			cli_say(cli, "%s: %s\n  %s", finding->file, finding->message,
				finding->hint);
	}
}

bool command_sync(struct cli *cli, char ***args, GError **error)
{
	struct brought *brought = NULL;
	g_autoptr(GPtrArray) conflicts = NULL;

	if (!cli_options(cli, NULL, args, error))
		return false;
	if (cli->help)
		return true;
	if (!cli_words(cli, *args, 0, 0, error) || !open_telling(cli, &brought, error))
		return false;
	conflicts = workspace_conflicts(cli->workspace, error);
	if (conflicts) {
		add_clashed(conflicts, brought);
		if (cli->json)
			print_json(cli, brought, conflicts);
		else
			brought_print(cli, brought, conflicts);
		errors_say(cli);
		asides_say(cli);
		cli->exit = conflicts->len > 0 ? 1 : 0;
	}
	brought_free(brought);
	return conflicts != NULL;
}

/* --- conflicts ------------------------------------------------------------------------------ */

struct decision {
	char *take, *value;
	gboolean all;
	enum conflict_side side;
};

static bool decision_read(struct decision *decision, GError **error)
{
	static const char *const sides[] = { "mine", "theirs", "both", NULL };
	int side;

	if (decision->take && decision->value) {
		g_set_error(error, TELAR_ERROR, TELAR_ERROR_USAGE,
			    _("Either --take or --value: the two contradict each other"));
		return false;
	}
	decision->side = CONFLICT_VALUE;
	if (!decision->take)
		return true;
	side = cli_choice("--take", decision->take, sides, error);
	if (side >= 0)
		decision->side = (enum conflict_side)side;
	return side >= 0;
}

/* What was typed, as the text of the field; lists are written with commas. */
static char *typed(const struct conflict *conflict, const char *value)
{
	const struct field *field =
		*conflict->path ? path_field(record_type(conflict->kind), conflict->path, NULL)
				: NULL;

	if (!*value)
		return NULL;
	if (!field || !(field->flags & FIELD_MANY))
		return g_strdup(value);
	struct node *list = node_list();
	g_auto(GStrv) words = g_strsplit(value, ",", -1);
	for (char **word = words; *word; word++)
		node_append(list, NULL, node_scalar(g_strstrip(*word)));
	char *json = node_to_json(list);
	node_free(list);
	return json;
}

static bool decide(struct cli *cli, const struct conflict *conflict,
		   const struct decision *decision, GError **error)
{
	g_autofree char *name = conflict_name(conflict);
	g_autofree char *value = decision->value ? typed(conflict, decision->value) : NULL;
	struct change *done = NULL;

	if (cli->dry_run) {
		cli_say(cli, _("%s would be decided (--dry-run)"), name);
		return true;
	}
	if (!workspace_decide(cli->workspace, conflict, decision->side, value, &done, error))
		return false;
	if (done)
		edit_say(cli, done);
	else
		cli_say(cli, _("Decided: %s stays as it is"), name);
	change_free(done);
	return true;
}

static bool decide_named(struct cli *cli, char **names, const struct decision *decision,
			 const GPtrArray *conflicts, GError **error)
{
	for (guint i = 0; decision->all && i < conflicts->len; i++) {
		if (!decide(cli, g_ptr_array_index(conflicts, i), decision, error))
			return false;
	}
	for (; *names; names++) {
		const struct conflict *conflict = conflict_find(conflicts, *names, error);

		if (!conflict || !decide(cli, conflict, decision, error))
			return false;
	}
	return true;
}

static bool run_conflicts(struct cli *cli, char **names, struct decision *decision, GError **error)
{
	g_autoptr(GPtrArray) conflicts = NULL;
	bool deciding = decision->take || decision->value;

	if (!decision_read(decision, error))
		return false;
	if (deciding && !*names && !decision->all) {
		g_set_error(error, TELAR_ERROR, TELAR_ERROR_USAGE,
			    _("It is not said which conflict is decided"));
		error_add_hint(error, _("name it, as in innovec.city, or say --all"));
		return false;
	}
	if (!cli_open(cli, error))
		return false;
	conflicts = workspace_conflicts(cli->workspace, error);
	if (!conflicts)
		return false;
	if (deciding)
		return decide_named(cli, names, decision, conflicts, error);
	if (cli->json)
		print_json(cli, NULL, conflicts);
	else if (conflicts->len > 0)
		conflicts_print(cli, conflicts);
	else
		cli_say(cli, _("No conflict waits"));
	cli->exit = conflicts->len > 0 ? 1 : 0;
	return true;
}

bool command_conflicts(struct cli *cli, char ***args, GError **error)
{
	struct decision decision = { 0 };
	const GOptionEntry entries[] = {
		{ "take", 0, 0, G_OPTION_ARG_STRING, &decision.take,
		  N_("Decide for mine (the edit made with telar), theirs (what stands in the file) "
		     "or both (lists)"),
		  "mine|theirs|both" },
		{ "value", 0, 0, G_OPTION_ARG_STRING, &decision.value,
		  N_("Decide for another value; empty clears the field"), N_("VALUE") },
		{ "all", 0, 0, G_OPTION_ARG_NONE, &decision.all, N_("Decide all of them so"),
		  NULL },
		{ 0 },
	};
	bool done;

	done = cli_options(cli, entries, args, error) &&
	       (cli->help || (cli_words(cli, *args, 0, 999, error) &&
			      run_conflicts(cli, *args, &decision, error)));
	g_free(decision.take);
	g_free(decision.value);
	return done;
}
