/*
 * telar compare: two networks side by side: two moments, two directories or
 * stores, or two filters of one.  What changed entry by entry is telar diff.
 */
#include "cli/command.h"
#include "cli/gap_print.h"
#include "cli/state.h"

#include "base/errors.h"
#include "data/as_of.h"
#include "graph/compare.h"

#include <math.h>
#include <string.h>

#include <glib/gi18n.h>

#define MOST_NAMES 10 /* of each list, for people */

struct side {
	const char *state;  /* the word; NULL: as it is now */
	const char *filter; /* or NULL */
	struct model *model;
	struct study *study;
	char *label;
};

static void side_clear(struct side *side)
{
	model_unref(side->model);
	study_unref(side->study);
	g_free(side->label);
}

/* The study of one side by the options of the command, which know one network at a time. */
static bool side_measure(struct cli *cli, struct side *side, GError **error)
{
	struct model *kept = cli->model;
	char *filter = cli->filter;

	cli->model = side->model;
	cli->filter = (char *)(guintptr)side->filter;
	if (cli_study(cli, STUDY_NETWORK | STUDY_GAPS, error))
		side->study = g_steal_pointer(&cli->study);
	g_clear_pointer(&cli->study, study_unref);
	g_clear_pointer(&cli->parsed, filter_free);
	g_clear_pointer(&cli->everything, study_unref);
	cli->model = kept;
	cli->filter = filter;
	return side->study != NULL;
}

static void side_name(struct side *side, bool by_filter)
{
	const char *state = side->state ? side->state : _("now");
	const char *filter = side->filter && *side->filter ? side->filter : _("all");

	side->label = by_filter && side->state ? g_strdup_printf("%s: %s", state, filter)
					       : g_strdup(by_filter ? filter : state);
}

static const char *edge_end(const struct net *net, guint v, bool id)
{
	const struct institution *row = model_institution(net->model, net->institution[v]);

	return id ? row->base.id : institution_name(row, true);
}

/* Of two states of one network more ties are better; of two parts the larger one has more. */
static int verdict(const struct measure *measure, double change, bool parts)
{
	return parts && measure_is_count(measure) ? 0 : whatif_better(measure, change);
}

static void measures_print(const struct cli *cli, const struct comparison *comparison,
			   const struct side sides[2], bool parts)
{
	g_autofree char *first = g_strdup_printf(">%s", sides[0].label);
	g_autofree char *second = g_strdup_printf(">%s", sides[1].label);
	const char *const heads[] = { _("Measure"), first, second, _(">Difference"), "" };
	struct table *table = table_new(heads, G_N_ELEMENTS(heads));
	guint n;
	const struct measure *all = measures(&n);

	for (guint i = 0; i < n; i++) {
		double before = study_value(comparison->card->before, &all[i]);
		double after = study_value(comparison->card->after, &all[i]);
		g_autofree char *x = study_format(comparison->card->before, &all[i], before);
		g_autofree char *y = study_format(comparison->card->after, &all[i], after);
		g_autofree char *change = measure_change(&all[i], before, after);
		int better = verdict(&all[i], after - before, parts);

		if (all[i].level != LEVEL_NETWORK)
			continue;
		table_row(table, (const char *const[]){ _(all[i].label), x, y, change,
							!*change || better == 0 ? ""
							: better > 0		? _("better")
										: _("worse") });
	}
	table_print(table, &cli->out, false);
	table_free(table);
}

static void names_print(const struct cli *cli, const char *title, const struct net *net,
			const GArray *which, bool ties)
{
	if (which->len == 0)
		return;
	fputc('\n', cli->out.stream);
	out_heading(&cli->out, title);
	out_printf(&cli->out, " (%u)\n", which->len);
	for (guint i = 0; i < which->len && i < MOST_NAMES; i++) {
		guint at = g_array_index(which, guint, i);
		g_autofree char *text =
			ties ? g_strdup_printf("%s – %s", edge_end(net, net->from[at], false),
					       edge_end(net, net->to[at], false))
			     : g_strdup(edge_end(net, at, false));
		cli_paragraph(cli, 4, "  -", text);
	}
	if (which->len > MOST_NAMES)
		out_printf(&cli->out, "    … %u\n", which->len - MOST_NAMES);
}

static void comparison_print(const struct cli *cli, const struct comparison *comparison,
			     const struct side sides[2], bool parts)
{
	const struct scorecard *card = comparison->card;
	const struct net *before = study_net(card->before), *after = study_net(card->after);
	g_autofree char *text = NULL;

	measures_print(cli, comparison, sides, parts);
	fputc('\n', cli->out.stream);
	text = isnan(comparison->jaccard)
		       ? g_strdup(_("Neither has any tie."))
		       : g_strdup_printf(_("Of the ties of either, both have %.0f %%: %u in both, "
					   "%u only in the first, %u only in the second."),
					 100 * comparison->jaccard, comparison->kept->len,
					 comparison->lost->len, comparison->fresh->len);
	cli_paragraph(cli, 0, NULL, text);
	names_print(cli, _("Only in the second: institutions"), after, comparison->joined, false);
	names_print(cli, _("Only in the first: institutions"), before, comparison->left, false);
	names_print(cli, _("Only in the second: ties"), after, comparison->fresh, true);
	names_print(cli, _("Only in the first: ties"), before, comparison->lost, true);
	gap_list_print(cli, _("Gaps that close"), card->closed);
	gap_list_print(cli, _("Gaps that ease"), card->eased);
	gap_list_print(cli, _("Gaps that open"), card->opened);
	gap_list_print(cli, _("Gaps that worsen"), card->worsened);
}

static void plain_print(const struct cli *cli, const struct comparison *comparison)
{
	const struct scorecard *card = comparison->card;
	const struct net *before = study_net(card->before), *after = study_net(card->after);
	const struct {
		const char *word;
		const struct net *net;
		const GArray *which;
		bool ties;
	} lists[] = { { "joined", after, comparison->joined, false },
		      { "left", before, comparison->left, false },
		      { "new", after, comparison->fresh, true },
		      { "kept", after, comparison->kept, true },
		      { "lost", before, comparison->lost, true } };
	guint n;
	const struct measure *all = measures(&n);

	for (guint i = 0; i < n; i++) {
		double x = study_value(card->before, &all[i]),
		       y = study_value(card->after, &all[i]);
		g_autofree char *a = isfinite(x) ? json_number_text(x) : g_strdup("");
		g_autofree char *b = isfinite(y) ? json_number_text(y) : g_strdup("");

		if (all[i].level == LEVEL_NETWORK)
			out_printf(&cli->out, "measure\t%s\t%s\t%s\n", all[i].id, a, b);
	}
	for (guint i = 0; i < G_N_ELEMENTS(lists); i++)
		for (guint k = 0; k < lists[i].which->len; k++) {
			guint at = g_array_index(lists[i].which, guint, k);
			const struct net *net = lists[i].net;

			out_printf(&cli->out, "%s\t%s\t%s\n", lists[i].word,
				   edge_end(net, lists[i].ties ? net->from[at] : at, true),
				   lists[i].ties ? edge_end(net, net->to[at], true) : "");
		}
	for (guint i = 0; i < card->closed->len; i++)
		out_printf(&cli->out, "closed\t%s\t\n", ((struct gap *)card->closed->pdata[i])->id);
	for (guint i = 0; i < card->opened->len; i++)
		out_printf(&cli->out, "opened\t%s\t\n", ((struct gap *)card->opened->pdata[i])->id);
}

static void names_json(struct json *json, const char *key, const struct net *net,
		       const GArray *which, bool ties)
{
	json_key(json, key);
	json_open_array(json);
	for (guint i = 0; i < which->len; i++) {
		guint at = g_array_index(which, guint, i);

		if (!ties) {
			json_string(json, edge_end(net, at, true));
			continue;
		}
		json_open_array(json);
		json_string(json, edge_end(net, net->from[at], true));
		json_string(json, edge_end(net, net->to[at], true));
		json_close_array(json);
	}
	json_close_array(json);
}

static void measures_json(struct json *json, const struct scorecard *card, bool parts)
{
	guint n;
	const struct measure *all = measures(&n);

	json_key(json, "measures");
	json_open_array(json);
	for (guint i = 0; i < n; i++) {
		double before = study_value(card->before, &all[i]);
		double after = study_value(card->after, &all[i]);

		if (all[i].level != LEVEL_NETWORK)
			continue;
		json_open_object(json);
		json_put_string(json, "measure", all[i].id);
		json_put_number(json, "before", before);
		json_put_number(json, "after", after);
		json_put_number(json, "difference", after - before);
		if (study_is_estimate(card->before, &all[i]) ||
		    study_is_estimate(card->after, &all[i]))
			json_put_bool(json, "estimate", true);
		json_put_integer(json, "better", verdict(&all[i], after - before, parts));
		json_close_object(json);
	}
	json_close_array(json);
}

static void comparison_json(const struct cli *cli, const struct comparison *comparison,
			    const struct side sides[2], bool parts)
{
	const struct scorecard *card = comparison->card;
	const struct net *before = study_net(card->before), *after = study_net(card->after);
	GString *text = g_string_new(NULL);
	struct json json;

	json_init(&json, text, true);
	json_open_object(&json);
	json_put_string(&json, "before", sides[0].label);
	json_put_string(&json, "after", sides[1].label);
	measures_json(&json, card, parts);
	names_json(&json, "joined", after, comparison->joined, false);
	names_json(&json, "left", before, comparison->left, false);
	json_put_number(&json, "jaccard", comparison->jaccard);
	names_json(&json, "new", after, comparison->fresh, true);
	names_json(&json, "kept", after, comparison->kept, true);
	names_json(&json, "lost", before, comparison->lost, true);
	gap_list_json(&json, "closed", card->closed);
	gap_list_json(&json, "eased", card->eased);
	gap_list_json(&json, "opened", card->opened);
	gap_list_json(&json, "worsened", card->worsened);
	json_close_object(&json);
	cli_print_json(cli, text);
}

static bool nothing_asked(GError **error)
{
	g_set_error(error, TELAR_ERROR, TELAR_ERROR_USAGE, _("Say what is to be compared"));
	error_add_hint(error, _("two states (telar compare 2026-10 now, telar compare ../red red), "
				"two years of partnerships (telar compare 2023 2026 --running), or "
				"two filters (--filter country=CO --with country=MX)"));
	return false;
}

/* The network of a state; with --running that of a day by the dates in its entries. */
static bool side_read(struct cli *cli, struct side *side, bool running, GError **error)
{
	struct date day;

	if (running && !cli_day("--running", side->state, &day, error))
		return false;
	if (!running && side->state && (side->model = cli_state(cli, side->state, error)))
		return true;
	if (!running && side->state) {
		/* Most who say years mean those of the partnerships, not of the history. */
		if (date_parse(side->state, &day) && *error && !strstr((*error)->message, "\n"))
			error_add_hint(error, _("by the dates in the entries: --running"));
		return false;
	}
	if (!cli->model && !cli_read(cli, error))
		return false;
	side->model = running ? model_as_of(cli->model, day, NULL, NULL) : model_ref(cli->model);
	return true;
}

static bool compare_run(struct cli *cli, struct side sides[2], bool by_filter, bool running,
			GError **error)
{
	struct comparison *comparison;

	for (guint i = 0; i < 2; i++) {
		if (!side_read(cli, &sides[i], running, error))
			return false;
		side_name(&sides[i], by_filter);
	}
	for (guint i = 0; i < 2; i++)
		if (!side_measure(cli, &sides[i], error))
			return false;
	comparison = comparison_new(sides[0].study, sides[1].study);
	if (cli->json)
		comparison_json(cli, comparison, sides, by_filter);
	else if (cli->plain)
		plain_print(cli, comparison);
	else
		comparison_print(cli, comparison, sides, by_filter);
	comparison_free(comparison);
	return true;
}

bool command_compare(struct cli *cli, char ***args, GError **error)
{
	g_autofree char *with = NULL;
	gboolean running = FALSE;
	GOptionEntry entries[STUDY_ENTRIES + 2];
	struct side sides[2] = { 0 };
	guint words;
	bool done;

	cli_study_entries(cli, entries);
	entries[STUDY_ENTRIES - 1] = (GOptionEntry){
		"with",	     0,
		0,	     G_OPTION_ARG_STRING,
		&with,	     N_("The filter of the second, where --filter is the first's"),
		N_("FILTER")
	};
	entries[STUDY_ENTRIES] =
		(GOptionEntry){ "running",
				0,
				0,
				G_OPTION_ARG_NONE,
				&running,
				N_("The network of two days, by the dates in the entries; "
				   "what had ended is left out"),
				NULL };
	entries[STUDY_ENTRIES + 1] = (GOptionEntry){ 0 };
	if (!cli_options(cli, entries, args, error))
		return false;
	if (cli->help)
		return true;
	cli->current |= running;
	words = g_strv_length(*args);
	if (words == 0 && !with)
		return nothing_asked(error);
	/* A directory that stands last is a state here, not the network. */
	if (words > 2 || (running && words != 2))
		return cli_words(cli, *args, running ? 2 : 0, 2, error) && nothing_asked(error);
	sides[0] = (struct side){ .state = words > 0 ? (*args)[0] : NULL, .filter = cli->filter };
	sides[1] = (struct side){ .state = words > 1   ? (*args)[1]
					   : words > 0 ? "now"
						       : NULL,
				  .filter = with ? with : cli->filter };
	done = compare_run(cli, sides, with != NULL, running, error);
	side_clear(&sides[0]);
	side_clear(&sides[1]);
	return done;
}
