/*
 * telar suggest: who could work together, with the parts that speak for it; and
 * what such suggestions were worth in the past.
 */
#include "cli/command.h"
#include "cli/gap_print.h"

#include "base/errors.h"
#include "graph/suggest.h"

#include <glib/gi18n.h>

#define INDENT	   6
#define PER_MEMBER 2

static const char *part_id(enum suggest_part part)
{
	static const char *const ids[SUGGEST_PARTS] = { "common",  "exchange",	"shared",
							"sectors", "territory", "edge" };
	return ids[part];
}

static void suggestion_print(const struct cli *cli, struct study *study,
			     const struct suggestion *one, bool long_form)
{
	g_autofree char *why = suggestion_text(study, one);

	out_printf(&cli->out, "%.2f  ", one->score);
	out_printf(&cli->out, _("%s with %s"), gap_name_of(cli, (int)one->a),
		   gap_name_of(cli, (int)one->b));
	fputc('\n', cli->out.stream);
	if (one->introducer >= 0) {
		g_autofree char *text =
			g_strdup_printf(_("introduced by %s"), gap_name_of(cli, one->introducer));
		cli_paragraph(cli, INDENT, NULL, text);
	}
	cli_paragraph(cli, INDENT, NULL, why);
	for (guint i = 0; long_form && i < SUGGEST_PARTS; i++)
		out_printf(&cli->out, "%*s%.2f × %.2f  %s\n", INDENT + 2, "", one->part[i],
			   suggest_weight(cli->model, (enum suggest_part)i),
			   suggest_label((enum suggest_part)i));
}

static void suggestions_json(const struct cli *cli, const GArray *found)
{
	GString *text = g_string_new(NULL);
	struct json json;

	json_init(&json, text, true);
	json_open_array(&json);
	for (guint i = 0; i < found->len; i++) {
		const struct suggestion *one = &g_array_index(found, struct suggestion, i);

		json_open_object(&json);
		gap_parties_json(cli, &json, (int)one->a, (int)one->b, one->introducer);
		json_put_number(&json, "score", one->score);
		json_key(&json, "parts");
		json_open_object(&json);
		for (guint p = 0; p < SUGGEST_PARTS; p++)
			json_put_number(&json, part_id((enum suggest_part)p), one->part[p]);
		json_close_object(&json);
		json_close_object(&json);
	}
	json_close_array(&json);
	cli_print_json(cli, text);
}

static void suggestions_plain(const struct cli *cli, const GArray *found)
{
	out_printf(&cli->out, "a\tb\tintroducer\tscore\n");
	for (guint i = 0; i < found->len; i++) {
		const struct suggestion *one = &g_array_index(found, struct suggestion, i);
		const struct model *model = cli->model;
		char score[G_ASCII_DTOSTR_BUF_SIZE];

		g_ascii_formatd(score, sizeof score, "%.3f", one->score);
		out_printf(&cli->out, "%s\t%s\t%s\t%s\n", model_institution(model, one->a)->base.id,
			   model_institution(model, one->b)->base.id,
			   one->introducer < 0
				   ? ""
				   : model_institution(model, (guint)one->introducer)->base.id,
			   score);
	}
}

static bool backtest_print(struct cli *cli, struct study *study, GError **error)
{
	struct backtest test;
	char day[DATE_TEXT_SIZE];
	g_autofree char *text = NULL;

	if (!study_backtest(study, &test, error))
		return false;
	date_format(test.since, day);
	if (cli->json) {
		GString *document = g_string_new(NULL);
		struct json json;
		json_init(&json, document, true);
		json_open_object(&json);
		json_put_string(&json, "since", day);
		json_put_integer(&json, "ties_begun", test.begun);
		if (test.possible) {
			json_put_number(&json, "precision_at_10", test.precision);
			json_put_number(&json, "auc", test.auc);
			json_put_number(&json, "preferential_precision_at_10",
					test.plain_precision);
			json_put_number(&json, "preferential_auc", test.plain_auc);
		}
		json_close_object(&json);
		cli_print_json(cli, document);
		return true;
	}
	text = test.possible
		       ? g_strdup_printf(
				 _("%u ties are stated to have begun since %s. Of the first ten "
				   "suggestions made of what was known before, %.0f came true; of "
				   "ten pairs with most partners, %.0f. A pair that began to work "
				   "together scores higher than a pair that did not in %.0f %% of "
				   "cases (by number of partners alone: %.0f %%; by lot: 50 %%)."),
				 test.begun, day, 10 * test.precision, 10 * test.plain_precision,
				 100 * test.auc, 100 * test.plain_auc)
		       : g_strdup(_("Too few ties say when they began to try the suggestions on "
				    "the past: enter since when partners work together."));
	cli_paragraph(cli, 0, NULL, text);
	return true;
}

static bool suggest_run(struct cli *cli, const struct suggest_options *options, bool long_form,
			GError **error)
{
	struct study *study = cli_study(cli, 0, error);
	/* One more than is shown tells whether there are more. */
	guint most = options->limit > 0 ? options->limit : G_MAXUINT - 1;
	const struct suggest_options one_more = { options->member, most + 1, options->per_member };
	g_autoptr(GArray) found = study ? study_suggest(study, &one_more, error) : NULL;
	bool more = found && found->len > most;

	if (!found)
		return false;
	if (more)
		g_array_set_size(found, most);
	if (cli->json) {
		suggestions_json(cli, found);
	} else if (cli->plain) {
		suggestions_plain(cli, found);
	} else {
		for (guint i = 0; i < found->len; i++)
			suggestion_print(cli, study, &g_array_index(found, struct suggestion, i),
					 long_form);
	}
	if (found->len == 0)
		cli_say(cli, _("Nothing speaks for any new partnership here"));
	if (more)
		cli_say(cli, _("The best %u suggestions; there are more (--limit=0: all)"), most);
	return true;
}

bool command_suggest(struct cli *cli, char ***args, GError **error)
{
	gint limit = LIMIT_UNSAID;
	gboolean backtest = FALSE, long_form = FALSE;
	GOptionEntry study[STUDY_ENTRIES];
	const GOptionEntry own[] = {
		{ "limit", 0, 0, G_OPTION_ARG_INT, &limit,
		  N_("At most so many; 0: all. Unsaid: 10, and all with --json or --plain"),
		  N_("NUMBER") },
		{ "long", 'l', 0, G_OPTION_ARG_NONE, &long_form,
		  N_("With every part of the score and its weight"), NULL },
		{ "backtest", 0, 0, G_OPTION_ARG_NONE, &backtest,
		  N_("Say what such suggestions were worth in the last year"), NULL },
	};
	g_autoptr(GArray) entries = g_array_new(TRUE, TRUE, sizeof(GOptionEntry));
	struct suggest_options options = { -1, 0, PER_MEMBER };

	cli_study_entries(cli, study);
	g_array_append_vals(entries, own, G_N_ELEMENTS(own));
	g_array_append_vals(entries, study, G_N_ELEMENTS(study) - 1);
	if (!cli_options(cli, (const GOptionEntry *)(void *)entries->data, args, error))
		return false;
	if (cli->help)
		return true;
	if (!cli_words(cli, *args, 0, 1, error) || !cli_read(cli, error))
		return false;
	if (**args && (options.member = cli_institution(cli, **args, error)) < 0)
		return false;
	options.limit = cli_limit(cli, limit, 10);
	if (backtest) {
		struct study *all = cli_study(cli, 0, error);
		return all && backtest_print(cli, all, error);
	}
	return suggest_run(cli, &options, long_form, error);
}
