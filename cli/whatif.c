/*
 * telar whatif: the network before and after ties, departures and ends that have
 * not happened, with the gaps that close and open.  Saves nothing.
 */
#include "cli/command.h"
#include "cli/gap_print.h"

#include "base/errors.h"
#include "base/text.h"
#include "graph/whatif.h"

#include <math.h>
#include <string.h>

#include <glib/gi18n.h>

#define PAIR_HINT(type)                                                                            \
	((type) == WHATIF_JOIN ? _("as in: telar whatif --join utp-pereira co-quindio")            \
			       : _("as in: telar whatif --tie innovec unal"))

/* What was asked for, with ids of the model. */
struct asked {
	GArray *steps; /* struct whatif_step */
	GString *text; /* in words */
};

static const char *read_id(struct cli *cli, const char *word, enum kind wanted, GError **error)
{
	enum kind kind;
	const void *record = cli_record(cli, word, 1u << wanted, &kind, error);

	return record ? RECORD(record)->id : NULL;
}

static void say_step(struct asked *asked, const char *format, const char *a, const char *b)
{
	g_auto(GStrv) parts = g_strsplit(format, "%s", 3);

	g_string_append_printf(asked->text, "%s%s%s%s", asked->text->len ? "; " : "", parts[0], a,
			       parts[1] ? parts[1] : "");
	if (b && parts[1] && parts[2])
		g_string_append_printf(asked->text, "%s%s", b, parts[2]);
}

/* Which of the two pairs the words of the command line ask for, in their order. */
static GArray *pairs_order(char *const *args)
{
	GArray *order = g_array_new(FALSE, FALSE, sizeof(enum whatif_type));

	for (; *args && strcmp(*args, "--") != 0; args++) {
		bool joins = strcmp(*args, "--join") == 0 || g_str_has_prefix(*args, "--join=");
		enum whatif_type type = joins ? WHATIF_JOIN : WHATIF_TIE;

		if (joins || strcmp(*args, "--tie") == 0 || g_str_has_prefix(*args, "--tie="))
			g_array_append_val(order, type);
	}
	return order;
}

/* `pair` is "A,B", or A whose second is the next of `*words`. */
static bool pair_read(struct cli *cli, enum whatif_type type, const char *pair, char ***words,
		      struct asked *asked, GError **error)
{
	enum kind kind = type == WHATIF_JOIN ? KIND_TERRITORY : KIND_INSTITUTION;
	g_auto(GStrv) both = g_strsplit(pair, ",", 2);
	const char *second = both[0] && both[1] ? both[1] : **words;
	struct whatif_step step = { .type = type };

	if (!second) {
		g_set_error(error, TELAR_ERROR, TELAR_ERROR_USAGE, "%s",
			    type == WHATIF_JOIN ? _("--join needs an institution and a territory")
						: _("--tie needs two institutions"));
		error_add_hint(error, PAIR_HINT(type));
		return false;
	}
	*words += second == **words;
	step.a = read_id(cli, both[0] ? both[0] : "", KIND_INSTITUTION, error);
	step.b = step.a ? read_id(cli, second, kind, error) : NULL;
	if (!step.b)
		return false;
	say_step(asked, type == WHATIF_JOIN ? _("%s acts in %s too") : _("%s and %s work together"),
		 model_name(cli->model, KIND_INSTITUTION, step.a, true),
		 model_name(cli->model, kind, step.b, true));
	g_array_append_val(asked->steps, step);
	return true;
}

/*
 * --tie A B and --join A TERRITORY leave their second words among `words`, in the
 * order in which they were written.
 */
static bool pairs_read(struct cli *cli, const GArray *order, char *const *ties, char *const *joins,
		       char **words, struct asked *asked, GError **error)
{
	for (guint i = 0; i < order->len; i++) {
		enum whatif_type type = g_array_index(order, enum whatif_type, i);
		char *const **rest = type == WHATIF_JOIN ? &joins : &ties;

		/* What looked like one may have been the value of another option. */
		if (*rest && **rest && !pair_read(cli, type, *(*rest)++, &words, asked, error))
			return false;
	}
	if (!*words)
		return true;
	g_set_error(error, TELAR_ERROR, TELAR_ERROR_USAGE, _("\"%s\" belongs to no --tie"), *words);
	error_add_hint(error, PAIR_HINT(WHATIF_TIE));
	return false;
}

static bool others_read(struct cli *cli, char **ids, enum whatif_type type, struct date date,
			struct asked *asked, GError **error)
{
	enum kind kind = type == WHATIF_LEAVE ? KIND_INSTITUTION : KIND_PROGRAMME;

	for (guint i = 0; ids && ids[i]; i++) {
		struct whatif_step step = { .type = type, .date = date };

		step.a = read_id(cli, ids[i], kind, error);
		if (!step.a)
			return false;
		say_step(asked, type == WHATIF_LEAVE ? _("%s leaves") : _("%s ends"),
			 model_name(cli->model, kind, step.a, true), NULL);
		g_array_append_val(asked->steps, step);
	}
	return true;
}

static void rows_print(const struct cli *cli, const struct scorecard *card)
{
	for (guint i = 0; i < card->rows->len; i++) {
		const struct whatif_row *row = &g_array_index(card->rows, struct whatif_row, i);
		g_autofree char *before = NULL, *after = NULL;
		g_autofree char *label = text_fit(_(row->measure->label), 40, true);

		if (!row->telling)
			continue;
		whatif_row_format(card, row, &before, &after);
		out_printf(&cli->out, "  %s %10s → %-10s %s\n", label, before, after,
			   row->better > 0   ? _("better")
			   : row->better < 0 ? _("worse")
					     : "");
	}
}

static void heading_print(const struct cli *cli, const char *title, guint n)
{
	fputc('\n', cli->out.stream);
	out_heading(&cli->out, title);
	out_printf(&cli->out, n > 0 ? " (%u)\n" : "\n", n);
}

/* What goes with those who leave: the answer to "what would break". */
static void lost_print(const struct cli *cli, const struct scorecard *card)
{
	if (card->members_lost == 0)
		return;
	fputs("  ", cli->out.stream);
	out_printf(&cli->out,
		   ngettext("%u tie goes with it.", "%u ties go with it.", card->ties_lost),
		   card->ties_lost);
	fputc('\n', cli->out.stream);
	if (card->cut_off->len > 0)
		heading_print(cli, _("Cut off from the others"), card->cut_off->len);
	for (guint i = 0; i < card->cut_off->len; i++)
		cli_paragraph(cli, 2, "  ",
			      institution_name(g_ptr_array_index(card->cut_off, i), false));
	if (card->losses->len > 0)
		heading_print(cli, _("Programmes that lose somebody"), card->losses->len);
	for (guint i = 0; i < card->losses->len; i++) {
		g_autofree char *text =
			whatif_loss_say(&g_array_index(card->losses, struct whatif_loss, i));

		cli_paragraph(cli, 2, "  ", text);
	}
}

/* What it was proposed for. */
static void aims_print(const struct cli *cli, const struct scorecard *card)
{
	if (card->aims->len > 0)
		heading_print(cli, _("What proposes it first"), card->aims->len);
	for (guint i = 0; i < card->aims->len; i++) {
		const struct gap *gap = g_ptr_array_index(card->aims, i);
		g_autofree char *fate = scorecard_fate(card, gap);

		cli_paragraph(cli, 2, "  ", gap->title);
		cli_paragraph(cli, 6, "    →", fate);
	}
}

static void card_print(const struct cli *cli, const struct scorecard *card, const char *asked)
{
	/* TRANSLATORS: what is supposed: "If INNOVEC and UNAL work together:" */
	g_autofree char *head = g_strdup_printf(_("If %s:"), asked);
	g_autofree char *assumed = scorecard_assumed(card);
	struct whatif_group groups[WHATIF_GROUPS];

	cli_paragraph(cli, 0, NULL, head);
	if (assumed)
		cli_paragraph(cli, 2, "  ", assumed);
	lost_print(cli, card);
	aims_print(cli, card);
	scorecard_groups(card, card->aims, groups);
	for (guint i = 0; i < WHATIF_GROUPS; i++)
		gap_list_print(cli, groups[i].title, groups[i].gaps);
	whatif_groups_clear(groups);
	heading_print(cli, _("The network"), 0);
	rows_print(cli, card);
	if (scorecard_telling(card) == 0)
		out_printf(&cli->out, "  %s\n", _("No measure of the network changes."));
}

static void lost_json(struct json *json, const struct scorecard *card)
{
	static const char *const roles[] = { "lead", "donor", "participant" };

	json_put_integer(json, "ties_lost", card->ties_lost);
	json_key(json, "cut_off");
	json_open_array(json);
	for (guint i = 0; i < card->cut_off->len; i++)
		json_string(json, RECORD(g_ptr_array_index(card->cut_off, i))->id);
	json_close_array(json);
	json_key(json, "programmes");
	json_open_array(json);
	for (guint i = 0; i < card->losses->len; i++) {
		const struct whatif_loss *loss =
			&g_array_index(card->losses, struct whatif_loss, i);

		json_open_object(json);
		json_put_string(json, "programme", loss->programme->base.id);
		json_put_string(json, "loses", roles[loss->role]);
		json_put_integer(json, "left", loss->left);
		json_close_object(json);
	}
	json_close_array(json);
}

static void aims_json(struct json *json, const struct scorecard *card)
{
	json_key(json, "proposed_by");
	json_open_array(json);
	for (guint i = 0; i < card->aims->len; i++) {
		const struct gap *gap = g_ptr_array_index(card->aims, i);
		const struct gap *then = study_gap(card->after, gap->id);

		json_open_object(json);
		json_put_string(json, "gap", gap->id);
		json_put_number(json, "before", gap->severity);
		json_put_number(json, "after", then ? then->severity : NAN);
		json_close_object(json);
	}
	json_close_array(json);
}

static double severity_in(const struct study *study, const char *id)
{
	const struct gap *gap = study_gap(study, id);

	return gap ? gap->severity : (double)NAN;
}

/* What is no number stays empty. */
static void row_plain(struct table *table, const char *what, const char *id, double before,
		      double after)
{
	g_autofree char *first = isfinite(before) ? json_number_text(before) : NULL;
	g_autofree char *second = isfinite(after) ? json_number_text(after) : NULL;

	table_row(table, (const char *const[]){ what, id, first, second });
}

static void card_json(const struct cli *cli, const struct scorecard *card)
{
	GString *text = g_string_new(NULL);
	struct json json;

	json_init(&json, text, true);
	json_open_object(&json);
	json_key(&json, "measures");
	json_open_array(&json);
	for (guint i = 0; i < card->rows->len; i++) {
		const struct whatif_row *row = &g_array_index(card->rows, struct whatif_row, i);

		json_open_object(&json);
		json_put_string(&json, "measure", row->measure->id);
		json_put_number(&json, "before", row->before);
		json_put_number(&json, "after", row->after);
		json_put_integer(&json, "better", row->better);
		json_close_object(&json);
	}
	json_close_array(&json);
	if (card->members_lost > 0)
		lost_json(&json, card);
	aims_json(&json, card);
	gap_list_json(&json, "closed", card->closed);
	gap_list_json(&json, "eased", card->eased);
	gap_list_json(&json, "opened", card->opened);
	gap_list_json(&json, "worsened", card->worsened);
	json_close_object(&json);
	cli_print_json(cli, text);
}

/* A row each: what, its id, before and after; of a gap its severity. */
static void card_plain(const struct cli *cli, const struct scorecard *card)
{
	const char *const headers[] = { "what", "id", "before", "after" };
	const struct {
		const char *what;
		const GPtrArray *gaps;
	} lists[] = { { "closed", card->closed },
		      { "eased", card->eased },
		      { "opened", card->opened },
		      { "worsened", card->worsened } };
	struct table *table = table_new(headers, G_N_ELEMENTS(headers));

	for (guint i = 0; i < card->rows->len; i++) {
		const struct whatif_row *row = &g_array_index(card->rows, struct whatif_row, i);

		row_plain(table, "measure", row->measure->id, row->before, row->after);
	}
	for (guint i = 0; i < card->cut_off->len; i++)
		row_plain(table, "cut-off", RECORD(g_ptr_array_index(card->cut_off, i))->id, NAN,
			  NAN);
	for (guint i = 0; i < card->losses->len; i++)
		row_plain(table, "programme",
			  g_array_index(card->losses, struct whatif_loss, i).programme->base.id,
			  NAN, NAN);
	for (guint k = 0; k < G_N_ELEMENTS(lists); k++)
		for (guint i = 0; i < lists[k].gaps->len; i++) {
			const struct gap *gap = g_ptr_array_index(lists[k].gaps, i);

			row_plain(table, lists[k].what, gap->id, severity_in(card->before, gap->id),
				  severity_in(card->after, gap->id));
		}
	table_print(table, &cli->out, true);
	table_free(table);
}

static bool whatif_run(struct cli *cli, const struct asked *asked, GError **error)
{
	struct study *study;
	struct scorecard *card;

	if (asked->steps->len == 0) {
		g_set_error(error, TELAR_ERROR, TELAR_ERROR_USAGE, _("Say what is to be tried"));
		error_add_hint(error,
			       _("--tie A B, --join A TERRITORY, --leave ID or --end PROGRAMME"));
		return false;
	}
	study = cli_study(cli, STUDY_NETWORK | STUDY_GAPS, error);
	if (!study)
		return false;
	card = whatif_compute(study, (const struct whatif_step *)(void *)asked->steps->data,
			      asked->steps->len, NULL, error);
	if (!card)
		return false;
	if (cli->json)
		card_json(cli, card);
	else if (cli->plain)
		card_plain(cli, card);
	else
		card_print(cli, card, asked->text->str);
	scorecard_unref(card);
	return true;
}

static bool day_read(const char *text, struct date *out, GError **error)
{
	if (!text || date_parse(text, out))
		return true;
	g_set_error(error, TELAR_ERROR, TELAR_ERROR_USAGE, _("\"%s\" is no date"), text);
	error_add_hint(error, _("write it as 2027, 2027-03 or 2027-03-15"));
	return false;
}

bool command_whatif(struct cli *cli, char ***args, GError **error)
{
	g_auto(GStrv) ties = NULL, joins = NULL, leave = NULL, end = NULL;
	g_autofree char *date = NULL;
	const GOptionEntry entries[] = {
		{ "tie", 0, 0, G_OPTION_ARG_STRING_ARRAY, &ties,
		  N_("Two institutions work together (as often as wanted)"), N_("A B") },
		{ "join", 0, 0, G_OPTION_ARG_STRING_ARRAY, &joins,
		  N_("An institution acts in a territory, too"), N_("A TERRITORY") },
		{ "leave", 0, 0, G_OPTION_ARG_STRING_ARRAY, &leave,
		  N_("An institution leaves the network"), N_("ID") },
		{ "end", 0, 0, G_OPTION_ARG_STRING_ARRAY, &end,
		  N_("A programme ends, and what rests on it alone"), N_("PROGRAMME") },
		{ "date", 0, 0, G_OPTION_ARG_STRING, &date,
		  N_("When it ends: what else is over by then goes too"), N_("DATE") },
		{ 0 },
	};
	struct asked asked = { g_array_new(FALSE, FALSE, sizeof(struct whatif_step)),
			       g_string_new(NULL) };
	struct date day = { 0 };
	g_autoptr(GArray) order = pairs_order(*args);
	bool done = cli_options(cli, entries, args, error);

	if (done && !cli->help)
		done = cli_words(cli, *args, 0, G_MAXUINT, error) && day_read(date, &day, error) &&
		       cli_read(cli, error) &&
		       pairs_read(cli, order, ties, joins, *args, &asked, error) &&
		       others_read(cli, leave, WHATIF_LEAVE, day, &asked, error) &&
		       others_read(cli, end, WHATIF_END, day, &asked, error) &&
		       whatif_run(cli, &asked, error);
	g_array_unref(asked.steps);
	g_string_free(asked.text, TRUE);
	return done;
}
