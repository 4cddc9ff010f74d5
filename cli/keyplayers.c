/*
 * telar keyplayers: the few members whose leaving would break most, and the few
 * that together reach most.
 */
#include "cli/command.h"
#include "cli/print.h"

#include "base/errors.h"
#include "graph/keyplayers.h"

#include <glib/gi18n.h>

#define MOST 20

static const struct {
	enum key_goal goal;
	const char *id;
} goals[] = { { KEY_BREAK, "break" }, { KEY_REACH, "reach" } };

static const struct institution *member(const struct cli *cli, const struct key_players *players,
					guint i)
{
	return model_institution(cli->model, g_array_index(players->members, guint, i));
}

static void players_print(const struct cli *cli, guint goal, const struct key_players *players)
{
	g_autofree char *text = NULL;

	if (cli->plain) {
		for (guint i = 0; i < players->members->len; i++)
			out_printf(&cli->out, "%s\t%s\n", goals[goal].id,
				   member(cli, players, i)->base.id);
		return;
	}
	text = goals[goal].goal == KEY_BREAK
		       ? g_strdup_printf(_("If these members left, the others would be %.0f %% of "
					   "the way to nobody reaching anybody (now %.0f %%):"),
					 100 * players->value, 100 * players->before)
		       : g_strdup_printf(_("Whoever speaks with these members is near to "
					   "everybody: %.0f %% of the most that is possible:"),
					 100 * players->value);
	cli_paragraph(cli, 0, NULL, text);
	for (guint i = 0; i < players->members->len; i++)
		cli_paragraph(cli, 4, "  -", institution_name(member(cli, players, i), false));
}

static void players_json(const struct cli *cli, struct json *json, guint goal,
			 const struct key_players *players)
{
	json_key(json, goals[goal].id);
	json_open_object(json);
	json_key(json, "value");
	json_number(json, players->value);
	if (goals[goal].goal == KEY_BREAK) {
		json_key(json, "before");
		json_number(json, players->before);
	}
	json_key(json, "members");
	json_open_array(json);
	for (guint i = 0; i < players->members->len; i++)
		json_string(json, member(cli, players, i)->base.id);
	json_close_array(json);
	json_close_object(json);
}

static bool print_all(const struct cli *cli, const struct study *study, guint count, GError **error)
{
	GString *text = g_string_new(NULL);
	struct json json;

	json_init(&json, text, true);
	json_open_object(&json);
	for (guint i = 0; i < G_N_ELEMENTS(goals); i++) {
		struct key_players *players =
			key_players_find(study, goals[i].goal, count, NULL, error);
		if (!players) {
			g_string_free(text, TRUE);
			return false;
		}
		if (cli->json)
			players_json(cli, &json, i, players);
		else
			players_print(cli, i, players);
		key_players_free(players);
	}
	json_close_object(&json);
	if (cli->json)
		cli_print_json(cli, text);
	else
		g_string_free(text, TRUE);
	return true;
}

bool command_keyplayers(struct cli *cli, char ***args, GError **error)
{
	g_autoptr(GPtrArray) needed = g_ptr_array_new();
	GOptionEntry entries[STUDY_ENTRIES + 1];
	gint count = 3;
	const struct study *study;

	cli_study_entries(cli, entries);
	entries[STUDY_ENTRIES - 1] = (GOptionEntry){
		"count", 'k', 0, G_OPTION_ARG_INT, &count, N_("How many members; 3"), N_("NUMBER")
	};
	entries[STUDY_ENTRIES] = (GOptionEntry){ 0 };
	if (!cli_options(cli, entries, args, error))
		return false;
	if (cli->help)
		return true;
	if (count < 1 || count > MOST) {
		g_set_error(error, TELAR_ERROR, TELAR_ERROR_USAGE,
			    _("--count is a number from 1 to %d"), MOST);
		return false;
	}
	if (!cli_words(cli, *args, 0, 0, error) || !cli_read(cli, error))
		return false;
	/* By which candidates are chosen. */
	g_ptr_array_add(needed, (gpointer)(guintptr)measure_find("betweenness-raw"));
	study = cli_study_of(cli, needed, error);
	if (!study)
		return false;
	/* Without ties nobody holds anything together, and any set reaches itself alone. */
	if (study_net(study)->m == 0 && !cli->json && !cli->plain) {
		cli_say(cli, _("No ties in this view"));
		return true;
	}
	return print_all(cli, study, (guint)count, error);
}
