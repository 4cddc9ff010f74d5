/*
 * telar gap: one gap in full, and its status moved on.
 */
#include "cli/command.h"
#include "cli/edit.h"
#include "cli/gap_print.h"

#include "base/errors.h"
#include "base/text.h"

#include <glib/gi18n.h>

/* The gap of that id; one that is not found any more but has a state is NULL without an error. */
static bool gap_find(struct cli *cli, const struct study *study, const char *id,
		     const struct gap **found, GError **error)
{
	const GPtrArray *gaps = study_all_gaps(study);
	g_autoptr(GPtrArray) ids = g_ptr_array_new();
	g_autofree char *hint = NULL;
	const char *nearest;

	*found = study_gap(study, id);
	if (*found || gap_state_find(cli->model, id))
		return true;
	for (guint i = 0; i < gaps->len; i++)
		g_ptr_array_add(ids, ((struct gap *)g_ptr_array_index(gaps, i))->id);
	g_ptr_array_add(ids, NULL);
	nearest = text_nearest(id, (const char *const *)ids->pdata);
	g_set_error(error, TELAR_ERROR, TELAR_ERROR_NO_INPUT, _("There is no gap \"%s\""), id);
	hint = nearest ? g_strdup_printf(_("did you mean \"%s\"?"), nearest)
		       : g_strdup(_("\"telar gaps --limit=0 --plain\" lists them with their ids"));
	error_add_hint(error, hint);
	return false;
}

static void gap_show(struct cli *cli, const struct study *study, const struct gap *gap,
		     const char *id)
{
	if (!gap) {
		const struct gap_state *state = gap_state_find(cli->model, id);
		enum gap_status status = GAP_OPEN;
		gap_status_parse(state->status, &status);
		cli_say(cli,
			study_omits_gap(study, id) ? _("%s is still there, but one of too many to "
						       "be listed; it stands at: %s")
						   : _("%s is not found any more; it stood at: %s"),
			id, gap_status_label(status));
	} else if (cli->json) {
		GString *text = g_string_new(NULL);
		struct json json;
		json_init(&json, text, true);
		gap_json(cli, &json, gap);
		cli_print_json(cli, text);
	} else if (cli->plain) {
		out_printf(&cli->out, "%s\t%s\t%s\n", gap->id, gap_status_id(gap->status),
			   gap->title);
	} else {
		gap_print(cli, gap, true);
	}
}

bool command_gap(struct cli *cli, char ***args, GError **error)
{
	g_autofree char *reason = NULL, *owner = NULL, *until = NULL;
	const GOptionEntry entries[] = {
		{ "reason", 0, 0, G_OPTION_ARG_STRING, &reason,
		  N_("Why, or what was agreed; a dismissal needs one"), N_("TEXT") },
		{ "owner", 0, 0, G_OPTION_ARG_STRING, &owner,
		  N_("Who sees to it; with nothing behind = nobody"), N_("NAME") },
		{ "until", 0, 0, G_OPTION_ARG_STRING, &until,
		  N_("When it comes back, for one that is put off"), N_("DATE") },
		{ 0 },
	};
	struct gap_move move = { 0 };
	const struct gap *gap;
	const struct study *study;
	struct change *change;
	const char *id;
	bool moves, done;
	int status;

	if (!cli_options(cli, entries, args, error))
		return false;
	if (cli->help)
		return true;
	if (!cli_words(cli, *args, 1, 2, error))
		return false;
	id = (*args)[0];
	status = (*args)[1] ? choice_find(choice_gap_status, (*args)[1]) : -1;
	move = (struct gap_move){ status < 0 ? (*args)[1] : choice_gap_status[status].id, reason,
				  owner, until };
	/* A day until when says that it is put off. */
	if (!move.status && until && *until)
		move.status = gap_status_id(GAP_SNOOZED);
	moves = move.status || reason || owner || until;
	if (!(moves ? cli_open(cli, error) : cli_read(cli, error)))
		return false;
	study = cli_study(cli, STUDY_GAPS, error);
	if (!study || !gap_find(cli, study, id, &gap, error))
		return false;
	if (!moves) {
		gap_show(cli, study, gap, id);
		return true;
	}
	change = gap_move(cli->model, id, &move, clock_today(&cli->clock), error);
	done = change && edit_apply(cli, change, error);
	change_free(change);
	return done;
}
