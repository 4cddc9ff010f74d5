/*
 * telar log, undo and redo: what was changed, and taking it back.
 */
#include "cli/command.h"
#include "cli/edit.h"

#include "base/errors.h"

#include <string.h>

#include <glib/gi18n.h>

static void log_json(const struct cli *cli, const GPtrArray *changes)
{
	GString *text = g_string_new(NULL);
	struct json json;

	json_init(&json, text, true);
	json_open_array(&json);
	for (guint i = 0; i < changes->len; i++)
		edit_json(&json, g_ptr_array_index(changes, i));
	json_close_array(&json);
	cli_print_json(cli, text);
}

/* "2026-11-22 14:02", in UTC as history keeps it. */
static char *time_short(gint64 at)
{
	char text[CLOCK_TEXT_SIZE];
	char *brief = g_strndup(clock_format(at, text), 16);

	return g_strdelimit(brief, "T", ' ');
}

static char *change_note(const struct change *change)
{
	if (change->undone_by && !change->redone)
		return g_strdup_printf(_("undone by %d"), (int)change->undone_by);
	if (change->undoes)
		return g_strdup_printf(_("undoes %d"), (int)change->undoes);
	return NULL;
}

static void log_print(const struct cli *cli, const GPtrArray *changes)
{
	const char *const people[] = { _(">Change"), _("When (UTC)"), _("Who"), _("What"), "" };
	const char *const plain[] = { "change", "at", "actor", "summary", "note" };
	struct table *table = table_new(cli->plain ? plain : people, 5);

	for (guint i = 0; i < changes->len; i++) {
		const struct change *change = g_ptr_array_index(changes, i);
		g_autofree char *id = g_strdup_printf("%" G_GINT64_FORMAT, change->id);
		g_autofree char *when = time_short(change->at), *note = change_note(change);
		g_autofree char *what = change_text(cli->model, change);
		char full[CLOCK_TEXT_SIZE];

		table_row(table, (const char *const[]){
					 id, cli->plain ? clock_format(change->at, full) : when,
					 cli->plain ? change->actor : actor_text(change->actor),
					 cli->plain ? change->summary : what, note });
	}
	table_print(table, &cli->out, cli->plain);
	table_free(table);
}

static bool moment_read(const char *text, bool end, gint64 *out, GError **error)
{
	if (!text || clock_parse(text, end, out))
		return true;
	g_set_error(error, TELAR_ERROR, TELAR_ERROR_USAGE, _("\"%s\" is no date or time"), text);
	error_add_hint(error, _("as in 2026, 2026-11, 2026-11-22 or 2026-11-22T10:00:00Z"));
	return false;
}

bool command_log(struct cli *cli, char ***args, GError **error)
{
	g_autofree char *actor = NULL, *since = NULL, *until = NULL;
	g_autoptr(GPtrArray) changes = NULL;
	gint limit = LIMIT_UNSAID;
	guint most;
	const GOptionEntry entries[] = {
		{ "limit", 0, 0, G_OPTION_ARG_INT, &limit,
		  N_("At most so many; 0: all. Unsaid: 20, and all with --json or --plain"),
		  N_("NUMBER") },
		{ "by", 0, 0, G_OPTION_ARG_STRING, &actor, N_("Only what this person changed"),
		  N_("NAME") },
		{ "since", 0, 0, G_OPTION_ARG_STRING, &since,
		  N_("Only from this date or time on (UTC): 2026, 2026-11, 2026-11-22, "
		     "2026-11-22T10:00"),
		  N_("WHEN") },
		{ "until", 0, 0, G_OPTION_ARG_STRING, &until,
		  N_("Only to the end of this date, or to this time"), N_("WHEN") },
		{ 0 },
	};
	struct log_query query = { 0 };
	enum kind kind;

	if (!cli_options(cli, entries, args, error))
		return false;
	if (cli->help)
		return true;
	if (!moment_read(since, false, &query.since, error) ||
	    !moment_read(until, true, &query.until, error) || !cli_words(cli, *args, 0, 1, error) ||
	    !cli_open(cli, error))
		return false;
	if (**args) {
		const void *record = cli_record(cli, **args, (1u << KIND_COUNT) - 1, &kind, error);
		if (!record)
			return false;
		query.kind = &kind;
		query.id = RECORD(record)->id;
	}
	/* As the log shows it, or as it is kept. */
	query.actor = actor && strcmp(actor, actor_text(ACTOR_FILES)) == 0 ? ACTOR_FILES : actor;
	/* One more than is shown tells whether there are more. */
	most = cli_limit(cli, limit, 20);
	query.limit = most > 0 ? most + 1 : 0;
	changes = workspace_log(cli->workspace, &query, error);
	if (!changes)
		return false;
	bool more = most > 0 && changes->len > most;
	if (more)
		g_ptr_array_set_size(changes, (gint)most);
	if (cli->json)
		log_json(cli, changes);
	else if (changes->len > 0)
		log_print(cli, changes);
	else
		cli_say(cli, _("Nothing was changed yet"));
	if (more)
		cli_say(cli, _("The newest %u changes; there are more (--limit=0: all)"), most);
	return true;
}

/* Says what undo or redo did; takes the change. */
static void done_say(struct cli *cli, struct change *change)
{
	edit_say(cli, change);
	change_free(change);
}

static bool number_read(const char *text, gint64 *out, GError **error)
{
	char *end;

	*out = g_ascii_strtoll(text, &end, 10);
	if (*out > 0 && !*end)
		return true;
	g_set_error(error, TELAR_ERROR, TELAR_ERROR_USAGE, _("\"%s\" is no number of a change"),
		    text);
	error_add_hint(error, _("\"telar log\" shows the numbers"));
	return false;
}

/* Shows the change, which it takes; NULL: it failed. */
static bool dry_run(const struct cli *cli, struct change *change, bool redo)
{
	if (!change)
		return false;
	if (cli->json)
		edit_print_json(cli, change);
	for (guint i = 0; !cli->json && i < change->ops->len; i++) {
		g_autofree char *text = edit_op_text(g_ptr_array_index(change->ops, i));
		out_printf(&cli->out, "%s\n", text);
	}
	change_free(change);
	cli_say(cli, redo ? _("This change would come back (--dry-run)")
			  : _("This change would be taken back (--dry-run)"));
	return true;
}

static bool undo_parts(struct cli *cli, gint64 number, char **names, GError **error)
{
	const char *const *parts = (const char *const *)(gsize)names;
	struct change *done = NULL;

	if (cli->dry_run)
		return dry_run(cli,
			       workspace_would_undo_parts(cli->workspace, number, parts, error),
			       false);
	if (!workspace_undo_parts(cli->workspace, number, parts, &done, error))
		return false;
	done_say(cli, done);
	return true;
}

/*
 * The newest that stands, when it is this person's: a command without a number cannot have meant
 * what somebody else did.
 */
static bool newest_of_ours(const struct cli *cli, bool redo, gint64 *out, GError **error)
{
	struct change *change = workspace_would_undo(cli->workspace, 0, redo, error);
	g_autofree char *what = change ? change_text(cli->model, change) : NULL;
	g_autofree char *hint = NULL;

	if (!change)
		return false;
	*out = change->id;
	if (strcmp(change->actor, workspace_actor(cli->workspace)) == 0) {
		change_free(change);
		return true;
	}
	g_set_error(error, TELAR_ERROR, TELAR_ERROR_USAGE, _("the newest change is by %s: %s"),
		    change->actor, what);
	hint = g_strdup_printf(_("\"telar undo %d\" takes it back, \"telar log\" shows others"),
			       (int)change->id);
	error_add_hint(error, hint);
	change_free(change);
	return false;
}

/* Without a number (0) the newest; to do again is to take back what took it back. */
static bool take_back(struct cli *cli, gint64 number, bool redo, GError **error)
{
	struct change *done = NULL;

	if (number == 0 && !newest_of_ours(cli, redo, &number, error))
		return false;
	if (cli->dry_run)
		return dry_run(cli, workspace_would_undo(cli->workspace, number, false, error),
			       redo);
	if (!workspace_undo(cli->workspace, number, &done, error))
		return false;
	done_say(cli, done);
	return true;
}

bool command_undo(struct cli *cli, char ***args, GError **error)
{
	gint64 number = 0;

	if (!cli_options(cli, NULL, args, error))
		return false;
	if (cli->help)
		return true;
	if (!cli_words(cli, *args, 0, G_MAXUINT, error) ||
	    (**args && !number_read(**args, &number, error)) || !cli_open(cli, error))
		return false;
	if (number > 0 && (*args)[1])
		return undo_parts(cli, number, *args + 1, error);
	return take_back(cli, number, false, error);
}

bool command_redo(struct cli *cli, char ***args, GError **error)
{
	if (!cli_options(cli, NULL, args, error))
		return false;
	if (cli->help)
		return true;
	return cli_words(cli, *args, 0, 0, error) && cli_open(cli, error) &&
	       take_back(cli, 0, true, error);
}
