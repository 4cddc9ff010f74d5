/*
 * telar show: one record with all that is known about it.  Rows of many are
 * list.c.
 */
#include "cli/command.h"
#include "cli/print.h"

#include "base/context.h"
#include "base/errors.h"
#include "base/text.h"
#include "graph/usual.h"
#include "tui/views/tally.h"

#include <math.h>
#include <string.h>

#include <glib/gi18n.h>

struct card {
	struct cli *cli;
	enum kind kind;
	const void *record;
	gboolean private, long_form;
	struct study *study;
};

static const struct model *card_model(const struct card *card)
{
	return card->cli->model;
}

static void card_title(const struct card *card)
{
	const struct record *base = RECORD(card->record);
	const struct record_type *type = record_type(card->kind);

	out_heading(&card->cli->out, base->name ? base->name : base->id);
	out_printf(&card->cli->out, "\n%s · %s\n\n", _(type->title), base->id);
}

/* A word of a vocabulary in the person's language only. */
static char *term_line(const struct model *model, const struct field *field,
		       const struct term *term)
{
	guint vocabulary = field->offset / (guint)sizeof(struct items); /* of struct vocabularies */
	const char *name = model_term_name(model, (enum vocabulary)vocabulary, term->id);

	const char *meaning = term_meaning(term);

	return g_strdup_printf("%s · %s%s%s", term->id, name, meaning ? ": " : "",
			       meaning ? meaning : "");
}

static void items_print(const struct card *card, const struct record_type *type, const void *record,
			const char *leave_out)
{
	for (guint i = 0; i < type->n_fields; i++) {
		const struct field *field = &type->fields[i];
		const void *at = field_at(field, record);
		const struct items *items = at;

		if (!field_is_set(field, record) || !g_strcmp0(field->key, leave_out))
			continue;
		if (field->type == FIELD_GROUP)
			items_print(card, field->sub, at, NULL);
		if (field->type != FIELD_ITEMS)
			continue;
		print_part(card->cli, _(field->label));
		for (guint n = 0; n < items->n; n++) {
			const void *item = (const char *)items->at + (gsize)n * field->sub->size;
			g_autofree char *line =
				field->sub == &term_type
					? term_line(card_model(card), field, item)
					: print_item(card_model(card), field->sub, item);
			cli_paragraph(card->cli, 4, "  -", line);
		}
	}
}

/* "co-organisation, training · cooperation · 2021–2023 · claimed" */
static char *tie_line(const struct model *model, const struct tie *tie)
{
	g_autoptr(GPtrArray) kinds = tie_kinds(model, tie);
	g_autofree char *words = print_terms(model, VOCABULARY_KINDS, kinds);
	g_autofree char *period = period_text(tie->since, tie->until, model->today);
	GString *line = g_string_new(words);

	if (tie->intensity >= 0)
		g_string_append_printf(line, "%s%s", line->len ? " · " : "",
				       in_context(choice_intensity[tie->intensity].label));
	if (period)
		g_string_append_printf(line, "%s%s", line->len ? " · " : "", period);
	g_string_append_printf(line, "%s%s", line->len ? " · " : "", tie_state_label(tie->state));
	/* A period says by itself that it is over. */
	if (tie->ended && !date_is_set(tie->until))
		g_string_append_printf(line, " · %s", _("ended"));
	return g_string_free(line, FALSE);
}

/* "at least " before a figure that is not meant to be exact; "" otherwise. */
static char *how_exact(const char *qualifier)
{
	const struct choice *choices = record_field(&count_type, "qualifier")->choices;
	int which = choice_index(choices, qualifier);

	/* The first says "exactly", as does a figure without any. */
	return which > 0 ? g_strconcat(in_context(choices[which].label), " ", NULL) : g_strdup("");
}

static void partners_of_sector(const struct card *card, guint self, const char *sector)
{
	const struct model *model = card_model(card);
	bool first = true;

	for (guint a = model->arc_start[self]; a < model->arc_start[self + 1]; a++) {
		const struct institution *other = model_institution(model, model->arc_to[a]);
		g_autofree char *line = NULL, *name = NULL;

		if (g_strcmp0(other->sector, sector) != 0)
			continue;
		if (first)
			out_printf(&card->cli->out, "  %s\n",
				   sector ? model_term_name(model, VOCABULARY_SECTORS, sector)
					  : _("Sector unknown"));
		first = false;
		line = tie_line(model, &model->ties[model->arc_tie[a]]);
		name = g_strdup_printf("    %s", institution_name(other, true));
		if (text_width(name) < 34) {
			cli_paragraph(card->cli, 35, name, line);
		} else {
			out_printf(&card->cli->out, "%s\n", name);
			cli_paragraph(card->cli, 35, NULL, line);
		}
	}
}

static void partners_print(const struct card *card, guint self)
{
	const struct model *model = card_model(card);
	guint n_of_state[TIE_STATES] = { 0 };
	const struct items *sectors = &model->network->vocabularies.of[VOCABULARY_SECTORS];
	g_autofree char *n = g_strdup_printf("%u", model_degree(model, self));
	g_autofree char *all = NULL, *title = NULL;

	for (guint a = model->arc_start[self]; a < model->arc_start[self + 1]; a++)
		n_of_state[model->ties[model->arc_tie[a]].state]++;
	all = ties_and_others(n, n_of_state);
	title = g_strdup_printf(_("Partners (%s)"), all);
	print_part(card->cli, title);
	if (model->arc_start[self] == model->arc_start[self + 1])
		cli_paragraph(card->cli, 2, NULL, _("Nobody yet, as far as the entries say."));
	g_autoptr(GHashTable) done = g_hash_table_new(g_str_hash, g_str_equal);
	for (guint s = 0; s < sectors->n; s++) {
		const char *sector = ITEMS(struct term, *sectors)[s].id;

		if (g_hash_table_add(done, (gpointer)(gsize)sector))
			partners_of_sector(card, self, sector);
	}
	/* Where a network has no words of its own, entries bring theirs. */
	for (guint a = model->arc_start[self]; a < model->arc_start[self + 1]; a++) {
		const char *sector = model_institution(model, model->arc_to[a])->sector;

		if (sector && g_hash_table_add(done, (gpointer)(gsize)sector))
			partners_of_sector(card, self, sector);
	}
	partners_of_sector(card, self, NULL);
}

/* Programmes in which an institution leads, pays or takes part. */
static void programmes_print(const struct card *card, const char *id)
{
	const struct model *model = card_model(card);
	bool first = true;

	for (guint p = 0; p < model->n[KIND_PROGRAMME]; p++) {
		const struct programme *programme = model_programme(model, p);
		const struct participant *those =
			ITEMS(struct participant, programme->participants);
		const char *role = NULL;
		g_autofree char *line = NULL, *period = NULL;

		if (!g_strcmp0(programme->lead, id))
			role = _("leads it");
		else if (list_has(programme->donors, id))
			role = _("pays for it");
		for (guint i = 0; i < programme->participants.n && !role; i++) {
			if (!strcmp(those[i].institution, id))
				role = those[i].role ? model_term_name(model, VOCABULARY_ROLES,
								       those[i].role)
						     : _("takes part");
		}
		if (!role)
			continue;
		if (first)
			print_part(card->cli, _("Programmes"));
		first = false;
		period = period_text(programme->start, programme->end, model->today);
		line = g_strdup_printf("%s · %s%s%s", programme->base.name, role,
				       period ? " · " : "", period ? period : "");
		cli_paragraph(card->cli, 4, "  -", line);
	}
}

static void sentences_print(const struct card *card, enum measure_level level, int index)
{
	/* What a card says without --long: enough to know the place, no more. */
	static const char *const brief[] = {
		"degree",    "betweenness",    "reach",		"sectors-reached",
		"component", "cut-off",	       "age",		"members",
		"ties",	     "isolates",       "fresh",		"confirmed",
		"coverage",  "main-component", "mean-distance", "ei-sector",
		NULL
	};
	guint n;
	const struct measure *all = measures(&n);
	bool first = true;

	for (guint m = 0; m < n; m++) {
		g_autofree char *sentence = NULL;
		double value;

		if (all[m].level != level ||
		    (!card->long_form && !g_strv_contains(brief, all[m].id)))
			continue;
		value = index >= 0 ? study_of(card->study, &all[m], (guint)index)
				   : study_value(card->study, &all[m]);
		if (isnan(value))
			continue;
		sentence = study_sentence(card->study, &all[m], index);
		if (!sentence)
			continue;
		if (first)
			print_part(card->cli, _("What the measures say"));
		first = false;
		cli_paragraph(card->cli, 4, "  -", sentence);
	}
}

static bool gap_names_it(const struct card *card, const struct gap *gap, int index)
{
	if (card->kind == KIND_TERRITORY)
		return gap->territory == index;
	for (guint i = 0; card->kind == KIND_INSTITUTION && i < gap->institutions->len; i++) {
		if (g_array_index(gap->institutions, guint, i) == (guint)index)
			return true;
	}
	return false;
}

static void gaps_print(const struct card *card, int index)
{
	const GPtrArray *gaps = study_gaps(card->study);
	guint shown = 0, more = 0;

	for (guint i = 0; gaps && i < gaps->len; i++) {
		const struct gap *gap = g_ptr_array_index(gaps, i);
		if (!gap_names_it(card, gap, index))
			continue;
		if (!card->long_form && shown == 5) {
			more++;
			continue;
		}
		if (shown++ == 0)
			print_part(card->cli, _("Gaps here"));
		{
			g_autofree char *lead = g_strdup_printf("  %s", gap->kind->id);
			cli_paragraph(card->cli, 7, lead, gap->title);
		}
	}
	if (more > 0) {
		g_autofree char *text = g_strdup_printf(
			ngettext("and %u more (--long)", "and %u more (--long)", more), more);
		cli_paragraph(card->cli, 7, NULL, text);
	}
}

/* Published figures about the record. */
static void counts_print(const struct card *card, const char *id)
{
	const struct field *metric = record_field(&count_type, "metric");
	const struct model *model = card_model(card);
	bool first = true;

	for (guint c = 0; c < model->n[KIND_COUNTS]; c++) {
		const struct counts *counts = model->records[KIND_COUNTS][c];
		for (guint i = 0; i < counts->counts.n; i++) {
			const struct count *count = &ITEMS(struct count, counts->counts)[i];
			g_autofree char *number = NULL, *line = NULL, *exact = NULL;
			char day[DATE_TEXT_SIZE];

			if (g_strcmp0(count->entity, id) != 0)
				continue;
			if (first)
				print_part(card->cli, _("Published figures"));
			first = false;
			number = json_number_text(count->value);
			exact = how_exact(count->qualifier);
			line = g_strdup_printf("%s: %s%s%s%s",
					       model_word_text(model, metric, count->metric), exact,
					       number, date_is_set(count->as_of) ? ", " : "",
					       date_format(count->as_of, day));
			cli_paragraph(card->cli, 4, "  -", line);
		}
	}
}

/* Sectors that are not there, those apart that few territories have. */
static void absent_print(const struct card *card, guint territory)
{
	const struct model *model = card_model(card);
	const struct items *sectors = &model->network->vocabularies.of[VOCABULARY_SECTORS];
	struct tally *tally = tally_new(model, NULL);
	g_autofree double *usual = g_new(double, sectors->n + 1);
	g_autoptr(GString) missed = g_string_new(NULL);
	g_autoptr(GString) seldom = g_string_new(NULL);

	sectors_usual(tally->members, tally->by_sector, tally->n, sectors->n, usual);
	for (guint s = 0; s < sectors->n; s++) {
		GString *list = usual[s] >= USUAL_SHARE ? missed : seldom;

		if (tally->by_sector[(gsize)territory * sectors->n + s] == 0)
			g_string_append_printf(list, "%s%s", list->len ? ", " : "",
					       model_term_name(model, VOCABULARY_SECTORS,
							       ITEMS(struct term, *sectors)[s].id));
	}
	tally_free(tally);
	if (missed->len > 0)
		cli_paragraph(card->cli, 34, _("  Nobody from"), missed->str);
	if (seldom->len > 0)
		cli_paragraph(card->cli, 34, _("  Rare elsewhere too"), seldom->str);
}

/* Members of a territory, sector by sector. */
static void members_print(const struct card *card, const char *territory)
{
	const struct model *model = card_model(card);
	const struct items *sectors = &model->network->vocabularies.of[VOCABULARY_SECTORS];
	int at = model_find(model, KIND_TERRITORY, territory);

	print_part(card->cli, _("Members by sector"));
	for (guint s = 0; s < sectors->n; s++) {
		const struct term *sector = &ITEMS(struct term, *sectors)[s];
		const char *name = model_term_name(model, VOCABULARY_SECTORS, sector->id);
		g_autoptr(GString) names = g_string_new(NULL);

		for (guint i = 0; i < model->n[KIND_INSTITUTION]; i++) {
			const struct institution *member = model_institution(model, i);
			if (!g_strcmp0(member->sector, sector->id) &&
			    list_has(member->territories, territory))
				g_string_append_printf(names, "%s%s", names->len ? "; " : "",
						       institution_name(member, true));
		}
		if (names->len > 0) {
			g_autofree char *lead = g_strdup_printf("  %s", name);
			cli_paragraph(card->cli, 34, lead, names->str);
		}
	}
	if (at >= 0)
		absent_print(card, (guint)at);
}

/* Members of one network among those of the whole, tier by tier, the highest first. */
static void members_of(const struct card *card, const char *network)
{
	const struct model *model = card_model(card);
	const struct items *tiers = &model->network->vocabularies.of[VOCABULARY_TIERS];
	bool first = true;

	for (guint t = tiers->n; t-- > 0;) {
		const struct term *tier = &ITEMS(struct term, *tiers)[t];
		g_autoptr(GString) names = g_string_new(NULL);
		g_autofree char *lead = NULL, *line = NULL;
		guint n = 0;

		for (guint i = 0; i < model->n[KIND_INSTITUTION]; i++) {
			const struct institution *member = model_institution(model, i);
			for (guint k = 0; k < member->memberships.n; k++) {
				const struct membership *in =
					&ITEMS(struct membership, member->memberships)[k];
				if (strcmp(in->network, network) || g_strcmp0(in->tier, tier->id))
					continue;
				n++;
				g_string_append_printf(names, "%s%s", names->len ? "; " : "",
						       institution_name(member, true));
			}
		}
		if (n == 0)
			continue;
		if (first)
			print_part(card->cli, _("Members by tier"));
		first = false;
		lead = g_strdup_printf("  %s", model_term_name(model, VOCABULARY_TIERS, tier->id));
		line = g_strdup_printf("%u: %s", n, names->str);
		cli_paragraph(card->cli, 22, lead, line);
	}
}

static void programmes_at(const struct card *card, const char *territory)
{
	const struct model *model = card_model(card);
	bool first = true;

	for (guint p = 0; p < model->n[KIND_PROGRAMME]; p++) {
		const struct programme *programme = model_programme(model, p);
		if (!list_has(programme->territories, territory))
			continue;
		if (first)
			print_part(card->cli, _("Programmes"));
		first = false;
		cli_paragraph(card->cli, 4, "  -", programme->base.name);
	}
}

static void parts_of_programme(const struct card *card, const char *id)
{
	const struct model *model = card_model(card);
	bool first = true;

	for (guint p = 0; p < model->n[KIND_PROGRAMME]; p++) {
		const struct programme *programme = model_programme(model, p);
		if (g_strcmp0(programme->part_of, id) != 0)
			continue;
		if (first)
			print_part(card->cli, _("Parts of it"));
		first = false;
		cli_paragraph(card->cli, 4, "  -", programme->base.name);
	}
}

static bool card_print(struct card *card, GError **error)
{
	static const char *const titled[] = { "id", "name", NULL };
	const struct record_type *type = record_type(card->kind);
	const char *id = RECORD(card->record)->id;
	int index = model_find(card_model(card), card->kind, id);
	bool is_network = card->record == (const void *)card_model(card)->network;

	if (card->kind == KIND_INSTITUTION || card->kind == KIND_TERRITORY || is_network) {
		guint level = card->kind == KIND_INSTITUTION ? STUDY_INSTITUTIONS : STUDY_NETWORK;
		card->study = cli_study(card->cli, level | STUDY_GAPS, error);
		if (!card->study)
			return false;
	}
	card_title(card);
	print_fields(card->cli, type, card->record, card->private, titled);
	/* The words of a network are long to read and seldom asked for. */
	if (card->kind != KIND_NETWORK || card->long_form)
		items_print(card, type, card->record,
			    card->kind == KIND_INSTITUTION ? "partners" : NULL);
	switch (card->kind) {
	case KIND_INSTITUTION:
		partners_print(card, (guint)index);
		programmes_print(card, id);
		sentences_print(card, LEVEL_INSTITUTION, index);
		break;
	case KIND_TERRITORY:
		members_print(card, id);
		programmes_at(card, id);
		break;
	case KIND_PROGRAMME:
		parts_of_programme(card, id);
		break;
	case KIND_NETWORK:
		members_of(card, id);
		if (is_network)
			sentences_print(card, LEVEL_NETWORK, -1);
		break;
	default:
		break;
	}
	counts_print(card, id);
	if (card->study)
		gaps_print(card, index);
	return true;
}

static void card_plain(const struct card *card)
{
	const struct record_type *type = record_type(card->kind);

	for (guint i = 0; i < type->n_fields; i++) {
		const struct field *field = &type->fields[i];
		g_autofree char *value = NULL;

		if (field->type == FIELD_GROUP || field->type == FIELD_ITEMS ||
		    !field_is_set(field, card->record) ||
		    ((field->flags & FIELD_PRIVATE) && !card->private))
			continue;
		value = field_text(field, card->record);
		g_strdelimit(value, "\t\n\r", ' ');
		out_printf(&card->cli->out, "%s\t%s\n", field->key, value);
	}
}

static void card_json(const struct card *card)
{
	GString *text = g_string_new(NULL);
	struct json json;

	json_init(&json, text, true);
	print_json_kind(&json, card->kind, card->record, card->private);
	cli_print_json(card->cli, text);
}

bool command_show(struct cli *cli, char ***args, GError **error)
{
	struct card card = { .cli = cli };
	const GOptionEntry entries[] = {
		{ "long", 'l', 0, G_OPTION_ARG_NONE, &card.long_form,
		  N_("Everything the measures say, every gap, every word of a network"), NULL },
		{ "private", 0, 0, G_OPTION_ARG_NONE, &card.private,
		  N_("Contacts and other private fields too"), NULL },
		{ 0 },
	};

	if (!cli_options(cli, entries, args, error))
		return false;
	if (cli->help)
		return true;
	if (!cli_words(cli, *args, 1, 1, error) || !cli_read(cli, error))
		return false;
	card.record = cli_record(cli, **args, (1u << KIND_COUNT) - 1, &card.kind, error);
	if (!card.record)
		return false;
	if (cli->json)
		card_json(&card);
	else if (cli->plain)
		card_plain(&card);
	else
		return card_print(&card, error);
	return true;
}
