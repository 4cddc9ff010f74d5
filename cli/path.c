/*
 * telar path: who could introduce one institution to another, in sentences.
 */
#include "cli/command.h"
#include "cli/print.h"

#include "base/errors.h"
#include "graph/introduce.h"

#include <string.h>

#include <glib/gi18n.h>

#define MOST_CHAINS 1000

static const char *name_of(const struct cli *cli, guint institution)
{
	return institution_name(model_institution(cli->model, institution), true);
}

/* A chain of three is one sentence; a longer one a sentence a step. */
static void chain_print(const struct cli *cli, const GArray *chain, guint number)
{
	g_autofree char *lead = g_strdup_printf("%2u.", number);
	g_autofree char *sentence = introduce_sentence(cli->model, chain);

	cli_paragraph(cli, 4, lead, sentence);
	for (guint i = 1; chain->len > 3 && i + 1 < chain->len; i++) {
		g_autofree char *step = introduce_step(cli->model, chain, i);
		cli_paragraph(cli, 4, NULL, step);
	}
}

static void chains_json(const struct cli *cli, const GPtrArray *chains)
{
	GString *text = g_string_new(NULL);
	struct json json;

	json_init(&json, text, true);
	json_open_array(&json);
	for (guint c = 0; c < chains->len; c++) {
		const GArray *chain = g_ptr_array_index(chains, c);
		json_open_array(&json);
		for (guint i = 0; i < chain->len; i++)
			json_string(&json,
				    model_institution(cli->model, g_array_index(chain, guint, i))
					    ->base.id);
		json_close_array(&json);
	}
	json_close_array(&json);
	cli_print_json(cli, text);
}

static void chains_plain(const struct cli *cli, const GPtrArray *chains)
{
	for (guint c = 0; c < chains->len; c++) {
		const GArray *chain = g_ptr_array_index(chains, c);
		for (guint i = 0; i < chain->len; i++)
			out_printf(&cli->out, "%s%s", i > 0 ? "\t" : "",
				   model_institution(cli->model, g_array_index(chain, guint, i))
					   ->base.id);
		fputc('\n', cli->out.stream);
	}
}

/* Where both meet, all the same. */
static void meetings_print(const struct cli *cli, guint a, guint b)
{
	g_autoptr(GArray) meetings = introduce_meetings(cli->model, a, b);

	for (guint i = 0; i < meetings->len; i++) {
		const char *id =
			model_programme(cli->model, g_array_index(meetings, guint, i))->base.id;
		g_autofree char *text =
			g_strdup_printf(_("Both take part in %s (%s)."),
					model_name(cli->model, KIND_PROGRAMME, id, false), id);

		cli_paragraph(cli, 2, NULL, text);
	}
}

static void chains_print(const struct cli *cli, const GPtrArray *chains, guint a, guint b)
{
	const GArray *first;
	g_autofree char *text = NULL;

	if (chains->len == 0) {
		text = g_strdup_printf(_("No chain of partners leads from %s to %s: they are in "
					 "parts of the network without any tie between them."),
				       name_of(cli, a), name_of(cli, b));
		cli_paragraph(cli, 0, NULL, text);
		meetings_print(cli, a, b);
		return;
	}
	first = g_ptr_array_index(chains, 0);
	if (first->len == 2) {
		text = introduce_sentence(cli->model, first);
		cli_paragraph(cli, 0, NULL, text);
		return;
	}
	text = g_strdup_printf(ngettext("%s reaches %s over %u go-between, strongest chain first:",
					"%s reaches %s over %u go-betweens, strongest chain first:",
					first->len - 2),
			       name_of(cli, a), name_of(cli, b), first->len - 2);
	cli_paragraph(cli, 0, NULL, text);
	for (guint c = 0; c < chains->len; c++)
		chain_print(cli, g_ptr_array_index(chains, c), c + 1);
}

/* A way that a filter cuts off, or an end that it leaves out. */
static bool ends_pass(struct cli *cli, const struct net *net, const int ends[2], GError **error)
{
	for (guint i = 0; i < 2; i++) {
		if (net->vertex[ends[i]] >= 0)
			continue;
		g_set_error(error, TELAR_ERROR, TELAR_ERROR_NO_INPUT,
			    _("%s does not pass the filter"), name_of(cli, (guint)ends[i]));
		return false;
	}
	return true;
}

bool command_path(struct cli *cli, char ***args, GError **error)
{
	GOptionEntry entries[STUDY_ENTRIES + 1];
	gint limit = LIMIT_UNSAID;
	guint most;
	const struct study *study;
	g_autoptr(GPtrArray) chains = NULL;
	int ends[2];

	cli_study_entries(cli, entries);
	entries[STUDY_ENTRIES - 1] =
		(GOptionEntry){ "limit",
				0,
				0,
				G_OPTION_ARG_INT,
				&limit,
				N_("At most so many chains; 0: all, up to 1,000. Unsaid: 5, and "
				   "all with --json or --plain"),
				N_("NUMBER") };
	entries[STUDY_ENTRIES] = (GOptionEntry){ 0 };
	if (!cli_options(cli, entries, args, error))
		return false;
	if (cli->help)
		return true;
	if (!cli_words(cli, *args, 2, 2, error) || !cli_read(cli, error))
		return false;
	ends[0] = cli_institution(cli, (*args)[0], error);
	ends[1] = ends[0] < 0 ? -1 : cli_institution(cli, (*args)[1], error);
	if (ends[1] < 0)
		return false;
	if (ends[0] == ends[1]) {
		g_set_error(error, TELAR_ERROR, TELAR_ERROR_USAGE,
			    _("Both ends are the same institution: %s"),
			    name_of(cli, (guint)ends[0]));
		return false;
	}
	study = cli_study(cli, 0, error);
	if (!study || !ends_pass(cli, study_net(study), ends, error))
		return false;
	/* One more than is shown tells whether there are more; of chains there may be any number.
	 */
	most = cli_limit(cli, limit, 5);
	most = most > 0 ? MIN(most, MOST_CHAINS) : MOST_CHAINS;
	chains = net_paths(study_net(study), (guint)ends[0], (guint)ends[1], most + 1);
	bool more = chains->len > most;
	if (more)
		g_ptr_array_set_size(chains, (gint)most);
	if (cli->json)
		chains_json(cli, chains);
	else if (cli->plain)
		chains_plain(cli, chains);
	else
		chains_print(cli, chains, (guint)ends[0], (guint)ends[1]);
	if (more)
		cli_say(cli,
			most < MOST_CHAINS
				? _("The strongest %u chains; there are more (--limit=0: all)")
				: _("The strongest %u chains; there are more"),
			most);
	return true;
}
