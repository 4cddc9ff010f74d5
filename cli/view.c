/*
 * On which part of the network a command computes: the options that say so, the
 * study of it, and the words that name it to people, as a number without them is
 * taken for one of the whole.
 */
#include "cli/cli.h"

#include "base/context.h"
#include "data/as_of.h"
#include "graph/kept.h"

#include <string.h>

#include <glib/gi18n.h>

void cli_study_entries(struct cli *cli, GOptionEntry entries[STUDY_ENTRIES])
{
	const GOptionEntry all[STUDY_ENTRIES] = {
		{ "filter", 'f', 0, G_OPTION_ARG_STRING, &cli->filter,
		  N_("Only institutions that pass, as in 'sector=edustem country=MX,CO'"),
		  N_("FILTER") },
		{ "confirmed", 0, 0, G_OPTION_ARG_NONE, &cli->confirmed,
		  N_("Only ties that both sides declare"), NULL },
		{ "current", 0, 0, G_OPTION_ARG_NONE, &cli->current,
		  N_("Leave out ties that have ended"), NULL },
		{ "intensity", 0, 0, G_OPTION_ARG_STRING, &cli->intensity,
		  N_("Only ties at least so close: awareness, cooperation, coordination, "
		     "integration"),
		  N_("INTENSITY") },
		{ "ties", 0, 0, G_OPTION_ARG_STRING, &cli->ties,
		  N_("Only ties of these kinds, with commas, as in funding,training"),
		  N_("KINDS") },
		{ 0 },
	};
	memcpy(entries, all, sizeof all);
}

void cli_distance_entry(struct cli *cli, GArray *entries)
{
	const GOptionEntry entry = {
		"distance",
		0,
		0,
		G_OPTION_ARG_STRING,
		&cli->distance,
		N_("What a tie adds to a distance: steps (1 each; the default), or intensity "
		   "(1 awareness, 1/2 cooperation, 1/3 coordination, 1/4 integration)"),
		N_("LENGTH")
	};

	g_array_append_val(entries, entry);
}

/* The words of --ties, each a kind that the network knows. */
static char **kinds_read(const struct cli *cli, GError **error)
{
	const struct items *terms = &cli->model->network->vocabularies.of[VOCABULARY_KINDS];
	g_auto(GStrv) words = g_strsplit(cli->ties, ",", -1);
	g_autoptr(GPtrArray) known = g_ptr_array_new();

	for (guint i = 0; i < terms->n; i++)
		g_ptr_array_add(known, (gpointer)(guintptr)ITEMS(struct term, *terms)[i].id);
	g_ptr_array_add(known, NULL);
	/* Of no kind at all there are no ties: nobody means that. */
	if (!words[0] && cli_choice("--ties", "", (const char *const *)known->pdata, error) < 0)
		return NULL;
	for (guint i = 0; words[i]; i++) {
		g_strstrip(words[i]);
		if (cli_choice("--ties", words[i], (const char *const *)known->pdata, error) < 0)
			return NULL;
	}
	return g_steal_pointer(&words);
}

static int intensity_read(const char *word, GError **error)
{
	g_autoptr(GPtrArray) known = g_ptr_array_new();

	for (const struct choice *choice = choice_intensity; choice->id; choice++)
		g_ptr_array_add(known, (gpointer)(guintptr)choice->id);
	g_ptr_array_add(known, NULL);
	return cli_choice("--intensity", word, (const char *const *)known->pdata, error);
}

static bool options_read(struct cli *cli, struct net_options *options, char ***kinds,
			 GError **error)
{
	if (cli->intensity) {
		options->least_intensity = intensity_read(cli->intensity, error);
		if (options->least_intensity < 0)
			return false;
	}
	if (cli->ties) {
		*kinds = kinds_read(cli, error);
		if (!*kinds)
			return false;
		options->kinds = (const char *const *)*kinds;
	}
	if (cli->distance) {
		int length = cli_choice("--distance", cli->distance, net_lengths, error);
		if (length < 0)
			return false;
		options->length = (enum net_length)length;
	}
	if (cli->filter) {
		cli->parsed = cli_filter(cli, cli->filter, KIND_INSTITUTION, error);
		if (!cli->parsed)
			return false;
		options->filter = cli->parsed;
	}
	return true;
}

/* The names of the kinds, as people read them. */
static char *kinds_text(const struct net *net)
{
	g_autoptr(GPtrArray) names = g_ptr_array_new();

	for (guint i = 0; net->options.kinds[i]; i++)
		g_ptr_array_add(names,
				(gpointer)(guintptr)model_term_name(net->model, VOCABULARY_KINDS,
								    net->options.kinds[i]));
	g_ptr_array_add(names, NULL);
	return g_strjoinv(", ", (char **)names->pdata);
}

/* What is left of what there is, and by which choice: nothing for the whole network. */
static void view_say(const struct cli *cli, const struct net *net)
{
	const struct net_options *options = &net->options;
	g_autoptr(GPtrArray) by = g_ptr_array_new_with_free_func(g_free);
	guint all = net->model->n[KIND_INSTITUTION], ties = model_count_ties(net->model);
	g_autofree char *why = NULL;

	if (cli->filter)
		g_ptr_array_add(by, g_strdup(cli->filter));
	if (options->confirmed_only)
		g_ptr_array_add(by, g_strdup(_("only ties that both sides declare")));
	if (!options->with_ended)
		g_ptr_array_add(by, g_strdup(_("without ties that have ended")));
	if (options->least_intensity >= 0)
		g_ptr_array_add(
			by, g_strdup_printf(
				    _("only ties at least so close: %s"),
				    in_context(choice_intensity[options->least_intensity].label)));
	if (options->kinds) {
		g_autofree char *kinds = kinds_text(net);
		g_ptr_array_add(by, g_strdup_printf(_("only ties of these kinds: %s"), kinds));
	}
	/* Where there is no tie, none is left out. */
	if (by->len > 0 && (ties > 0 || net->n < all)) {
		g_ptr_array_add(by, NULL);
		why = g_strjoinv("; ", (char **)by->pdata);
		g_autofree char *members = g_strdup_printf(
			ngettext("%u of %u institution", "%u of %u institutions", all), net->n,
			all);
		g_autofree char *kept = g_strdup_printf(
			ngettext("%u of %u tie", "%u of %u ties", ties), net->m, ties);
		/* TRANSLATORS: as in: 63 of 333 institutions, 70 of 270 ties, a filter */
		cli_say(cli, _("Computed on %s and %s: %s"), members, kept, why);
	}
	/* Among those of its own sector alone, who has ten partners may work with nobody. */
	if (net->n < all && !cli->one_end)
		cli_say(cli, _("Partners outside of it do not count here"));
}

/* Which rows that changes, and what stands for an intensity that nobody states. */
static void length_say(const struct cli *cli, const struct net *net)
{
	g_autoptr(GString) names = g_string_new(NULL);
	guint n, unknown = 0;
	const struct measure *rows = measures_by_length(&n);

	if (net->options.length == LENGTH_STEPS)
		return;
	for (guint i = 0; i < n; i++)
		g_string_append_printf(names, "%s%s", i > 0 ? ", " : "", rows[i].id);
	for (guint e = 0; e < net->m; e++)
		unknown += net->model->ties[net->tie[e]].intensity < 0;
	cli_say(cli, _("A tie is 1/intensity long in %s; all else counts steps"), names->str);
	if (unknown > 0)
		cli_say(cli,
			net->m == 1 ? _("The only tie states no intensity, and counts as awareness")
				    : ngettext("%u of %u ties states no intensity, and counts as "
					       "awareness",
					       "%u of %u ties state no intensity, and count as "
					       "awareness",
					       unknown),
			unknown, net->m);
}

/* What states no beginning counts as always there: on an early day that is much. */
static void day_say(const struct cli *cli, const struct net *net)
{
	guint undated = model_undated_ties(net->model), ties = model_count_ties(net->model);
	guint unjoined = model_undated_members(net->model), n = net->model->n[KIND_INSTITUTION];

	if (date_is_set(cli->as_of) && unjoined > 0)
		cli_say(cli,
			n == 1 ? _("The only institution states no joining, and counts as there")
			       : ngettext("%u of %u institutions states no joining, and counts as "
					  "there",
					  "%u of %u institutions state no joining, and count as "
					  "there",
					  unjoined),
			unjoined, n);
	if (date_is_set(cli->as_of) && undated > 0)
		cli_say(cli,
			ties == 1
				? _("The only tie states no beginning, and counts as there")
				: ngettext("%u of %u ties states no beginning, and counts as there",
					   "%u of %u ties state no beginning, and count as there",
					   undated),
			undated, ties);
}

struct study *cli_study(struct cli *cli, guint parts, GError **error)
{
	struct net_options options = { .with_ended = !cli->current,
				       .confirmed_only = cli->confirmed,
				       .least_intensity = -1 };
	g_autofree char *path = cli_path(cli, NULL);
	g_auto(GStrv) kinds = NULL;

	if (!cli->study) {
		if (!options_read(cli, &options, &kinds, error))
			return NULL;
		cli->study = study_new(cli->model, &options);
		if (!cli->json && !cli->plain) {
			view_say(cli, study_net(cli->study));
			day_say(cli, study_net(cli->study));
			length_say(cli, study_net(cli->study));
		}
		study_recall_from(cli->study, path);
	}
	if (!study_compute(cli->study, parts, NULL, error))
		return NULL;
	study_keep_in(cli->study, path);
	return cli->study;
}

struct study *cli_study_of(struct cli *cli, const GPtrArray *chosen, GError **error)
{
	g_autofree char *path = cli_path(cli, NULL);

	if (!cli_study(cli, 0, error) ||
	    !study_measure(cli->study, (const struct measure *const *)chosen->pdata, chosen->len,
			   NULL, error))
		return NULL;
	study_keep_in(cli->study, path);
	return cli->study;
}
