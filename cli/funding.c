/*
 * telar funding: who funds whom, with what is stated of amounts; of all or of one member.
 * What counts as funding is graph/funding.h's.
 */
#include "cli/command.h"
#include "cli/print.h"

#include "graph/funding.h"

#include <string.h>

#include <glib/gi18n.h>

struct listing {
	struct cli *cli;
	const struct net *net;
	const struct funding *funding;
	int of; /* vertex, -1: all */
};

static const struct institution *member(const struct listing *listing, guint v)
{
	return model_institution(listing->net->model, listing->net->institution[v]);
}

static bool is_listed(const struct listing *listing, const struct funding_link *link)
{
	return listing->of < 0 || link->from == (guint)listing->of ||
	       link->to == (guint)listing->of;
}

/* "26000 USD; 100 EUR", "" where nothing is stated.  Caller frees. */
static char *amounts_text(const GArray *amounts)
{
	GString *text = g_string_new(NULL);

	for (guint i = 0; i < amounts->len; i++) {
		g_autofree char *one = money_text(&g_array_index(amounts, struct money, i));
		g_string_append_printf(text, "%s%s", i > 0 ? "; " : "", one);
	}
	return g_string_free(text, FALSE);
}

/* By which programmes, and whether by a partnership. */
static char *through_text(const struct listing *listing, const struct funding_link *link)
{
	const struct cli *cli = listing->cli;
	GString *text = g_string_new(NULL);

	if (link->partnerships > 0)
		g_string_append(text, cli->plain ? "partnership" : _("partnership"));
	for (guint i = 0; i < link->programmes->len; i++) {
		const struct programme *programme = link->programmes->pdata[i];
		const char *name = cli->plain ? programme->base.id
					      : model_name(listing->net->model, KIND_PROGRAMME,
							   programme->base.id, true);
		g_string_append_printf(text, "%s%s", text->len > 0 ? "; " : "", name);
	}
	return g_string_free(text, FALSE);
}

static void links_print(const struct listing *listing)
{
	const struct cli *cli = listing->cli;
	const char *const people[] = { _("Funder"), _("Funded"), _(">At least"), _("By") };
	const char *const plain[] = { "from", "to", "amount", "through" };
	struct table *table = table_new(cli->plain ? plain : people, 4);

	for (guint i = 0; i < listing->funding->links->len; i++) {
		const struct funding_link *link = listing->funding->links->pdata[i];
		const struct institution *ends[] = { member(listing, link->from),
						     member(listing, link->to) };
		g_autofree char *amounts = amounts_text(link->amounts);
		g_autofree char *through = through_text(listing, link);
		const char *cells[] = { institution_name(ends[0], true),
					institution_name(ends[1], true), amounts, through };

		if (!is_listed(listing, link))
			continue;
		for (guint k = 0; k < 2 && cli->plain; k++)
			cells[k] = ends[k]->base.id;
		table_row(table, cells);
	}
	table_print(table, &cli->out, cli->plain);
	table_free(table);
}

/* By currency, of the links that are listed; `states`: how many state an amount at all. */
static GArray *totals_of(const struct listing *listing, bool in, bool out, guint *links,
			 guint *states)
{
	GArray *totals = funding_amounts_new();

	*links = *states = 0;
	for (guint i = 0; i < listing->funding->links->len; i++) {
		const struct funding_link *link = listing->funding->links->pdata[i];
		bool wanted = listing->of < 0 || (in && link->to == (guint)listing->of) ||
			      (out && link->from == (guint)listing->of);
		if (!wanted)
			continue;
		*links += 1;
		*states += link->amounts->len > 0;
		for (guint k = 0; k < link->amounts->len; k++)
			funding_amount_add(totals, &g_array_index(link->amounts, struct money, k));
	}
	return totals;
}

static void total_say(const struct listing *listing, const char *what, bool in, bool out)
{
	guint links, states;
	g_autoptr(GArray) totals = totals_of(listing, in, out, &links, &states);
	g_autofree char *text = amounts_text(totals);

	if (states > 0)
		cli_say(listing->cli,
			ngettext("%s: %u link, %u with an amount, together at least %s",
				 "%s: %u links, %u with an amount, together at least %s", links),
			what, links, states, text);
	else
		cli_say(listing->cli,
			ngettext("%s: %u link, without an amount",
				 "%s: %u links, none with an amount", links),
			what, links);
}

static void amounts_json(struct json *json, const char *key, const GArray *amounts)
{
	json_key(json, key);
	json_open_object(json);
	for (guint i = 0; i < amounts->len; i++) {
		const struct money *money = &g_array_index(amounts, struct money, i);
		json_put_number(json, money->currency, (double)money->minor / 100);
	}
	json_close_object(json);
}

static void link_json(const struct listing *listing, struct json *json,
		      const struct funding_link *link)
{
	json_open_object(json);
	json_put_string(json, "from", member(listing, link->from)->base.id);
	json_put_string(json, "to", member(listing, link->to)->base.id);
	amounts_json(json, "at_least", link->amounts);
	json_put_integer(json, "partnerships", link->partnerships);
	json_key(json, "programmes");
	json_open_array(json);
	for (guint k = 0; k < link->programmes->len; k++)
		json_string(json, RECORD(link->programmes->pdata[k])->id);
	json_close_array(json);
	json_close_object(json);
}

static void total_json(const struct listing *listing, struct json *json, const char *key, bool in,
		       bool out)
{
	guint links, states;
	g_autoptr(GArray) totals = totals_of(listing, in, out, &links, &states);

	json_key(json, key);
	json_open_object(json);
	json_put_integer(json, "links", links);
	json_put_integer(json, "with_amount", states);
	amounts_json(json, "at_least", totals);
	json_close_object(json);
}

static void funding_json(const struct listing *listing, bool of_one)
{
	GString *text = g_string_new(NULL);
	struct json json;

	json_init(&json, text, true);
	json_open_object(&json);
	json_key(&json, "links");
	json_open_array(&json);
	for (guint i = 0; i < listing->funding->links->len; i++)
		if (is_listed(listing, listing->funding->links->pdata[i]))
			link_json(listing, &json, listing->funding->links->pdata[i]);
	json_close_array(&json);
	if (of_one) {
		total_json(listing, &json, "receives", true, false);
		total_json(listing, &json, "gives", false, true);
	} else {
		total_json(listing, &json, "all", true, true);
	}
	json_close_object(&json);
	cli_print_json(listing->cli, text);
}

static bool funding_run(struct listing *listing, const char *word, GError **error)
{
	struct cli *cli = listing->cli;
	struct study *study;
	int i = word ? cli_institution(cli, word, error) : -1;

	if (word && i < 0)
		return false;
	study = cli_study(cli, 0, error);
	if (!study)
		return false;
	listing->net = study_net(study);
	listing->funding = study_funding(study, error);
	if (!listing->funding)
		return false;
	listing->of = word ? listing->net->vertex[i] : -1;
	/* Whom the filter leaves out has no links here. */
	if (word && listing->of < 0)
		listing->of = (int)listing->net->n;
	if (cli->json) {
		funding_json(listing, word != NULL);
		return true;
	}
	links_print(listing);
	if (cli->plain)
		return true;
	if (word) {
		total_say(listing, _("It receives"), true, false);
		total_say(listing, _("It gives"), false, true);
	} else {
		total_say(listing, _("All"), true, true);
	}
	return true;
}

bool command_funding(struct cli *cli, char ***args, GError **error)
{
	struct listing listing = { .cli = cli };
	GOptionEntry entries[STUDY_ENTRIES];

	cli_study_entries(cli, entries);
	if (!cli_options(cli, entries, args, error))
		return false;
	if (cli->help)
		return true;
	return cli_words(cli, *args, 0, 1, error) && cli_read(cli, error) &&
	       funding_run(&listing, **args, error);
}
