/*
 * One gap in words and as JSON.  Which gaps are shown is the commands' business.
 */
#include "cli/gap_print.h"

#include "base/text.h"
#include "data/current.h"

#include <glib/gi18n.h>

#define LIST_GAPS 10

#define INDENT	   10
#define CANDIDATES 2 /* shown of each gap without --long */

const char *gap_name_of(const struct cli *cli, int institution)
{
	return institution_name(model_institution(cli->model, (guint)institution), true);
}

/* Since when and by whom the two of a candidate are proposed, where history has that. */
static bool proposal_of(struct cli *cli, const struct candidate *candidate, gint64 *at,
			char **actor)
{
	const struct model *model = cli->model;
	const struct tie *tie =
		candidate->a < 0 || candidate->b < 0
			? NULL
			: model_tie(model, (guint)candidate->a, (guint)candidate->b);
	g_autofree char *path =
		tie && tie->state == TIE_PROPOSED && !cli->history ? cli_path(cli, NULL) : NULL;

	if (path)
		cli->history = store_peek_at(path, true);
	return tie && tie->state == TIE_PROPOSED && cli->history &&
	       store_proposal(cli->history, RECORD(model_institution(model, tie->a))->id,
			      RECORD(model_institution(model, tie->b))->id, at, actor, NULL) &&
	       *at != 0;
}

/* A candidate on one line. */
static char *gap_candidate_text(struct cli *cli, const struct candidate *candidate)
{
	GString *text = g_string_new(NULL);
	g_autofree char *actor = NULL;
	gint64 at;

	if (candidate->a >= 0)
		g_string_append(text, gap_name_of(cli, candidate->a));
	if (candidate->b >= 0)
		g_string_append_printf(text, "%s%s", text->len ? " – " : "",
				       gap_name_of(cli, candidate->b));
	if (candidate->introducer >= 0) {
		g_string_append(text, ", ");
		g_string_append_printf(text, _("introduced by %s"),
				       gap_name_of(cli, candidate->introducer));
	}
	if (proposal_of(cli, candidate, &at, &actor)) {
		g_autofree char *proposed = proposal_text(at, actor);
		g_string_append_printf(text, ", %s", proposed);
	}
	if (candidate->why && *candidate->why)
		g_string_append_printf(text, ": %s", candidate->why);
	return g_string_free(text, FALSE);
}

static void candidates_print(struct cli *cli, const struct gap *gap, guint most)
{
	for (guint i = 0; i < gap->candidates->len && i < most; i++) {
		g_autofree char *text =
			gap_candidate_text(cli, g_ptr_array_index(gap->candidates, i));
		cli_paragraph(cli, INDENT + 2, "          +", text);
	}
	if (gap->candidates->len > most) {
		guint more = gap->candidates->len - most;
		g_autofree char *text = g_strdup_printf(
			ngettext("%u more candidate", "%u more candidates", more), more);
		cli_paragraph(cli, INDENT + 2, NULL, text);
	}
}

/* "introduced · ana · since 2026-05-02: they meet in May", NULL for a gap nobody touched. */
static char *gap_status_text(const struct gap *gap)
{
	char day[DATE_TEXT_SIZE];
	GString *text;

	if (gap->status == GAP_OPEN && !gap->owner && !gap->because && !gap->note)
		return NULL;
	text = g_string_new(gap_status_label(gap->status));
	if (gap->status == GAP_SNOOZED)
		g_string_printf(text, _("%s until %s"), gap_status_label(gap->status),
				date_format(gap->until, day));
	if (gap->owner)
		g_string_append_printf(text, " · %s", gap->owner);
	if (date_is_set(gap->updated) && gap->status != GAP_OPEN) {
		g_string_append(text, " · ");
		g_string_append_printf(text, _("since %s"), date_format(gap->updated, day));
	}
	if (gap->because)
		g_string_append_printf(text, ": %s", gap->because);
	if (gap->note)
		g_string_append_printf(text, " · %s", gap->note);
	return g_string_free(text, FALSE);
}

static void status_print(const struct cli *cli, const struct gap *gap)
{
	g_autofree char *text = gap_status_text(gap);

	if (text)
		cli_paragraph(cli, INDENT + 2, "          ●", text);
}

void gap_print(struct cli *cli, const struct gap *gap, bool long_form)
{
	g_autoptr(GPtrArray) lines = text_wrap(gap->title, cli_columns(cli) - INDENT);
	guint evidence = long_form ? gap->evidence->len : MIN(gap->evidence->len, 1);

	out_printf(&cli->out, "%.2f  %-3s ", gap->severity, gap->kind->id);
	for (guint i = 0; i < lines->len; i++) {
		if (i > 0)
			out_printf(&cli->out, "\n%*s", INDENT, "");
		out_heading(&cli->out, g_ptr_array_index(lines, i));
	}
	fputc('\n', cli->out.stream);
	status_print(cli, gap);
	if (long_form && gap->reason)
		cli_paragraph(cli, INDENT, NULL, gap->reason);
	for (guint i = 0; i < evidence; i++)
		cli_paragraph(cli, INDENT + 2, "          ·", g_ptr_array_index(gap->evidence, i));
	if (gap->advice)
		cli_paragraph(cli, INDENT + 2, "          →", gap->advice);
	candidates_print(cli, gap, long_form ? G_MAXUINT : CANDIDATES);
	if (long_form)
		out_printf(&cli->out, "%*s%s\n", INDENT, "", gap->id);
}

static void status_json(struct json *json, const struct gap *gap)
{
	char day[DATE_TEXT_SIZE];

	json_put_string(json, "status", gap_status_id(gap->status));
	json_put_string_if(json, "owner", gap->owner);
	json_put_string_if(json, "decision", gap->because);
	if (date_is_set(gap->until))
		json_put_string(json, "until", date_format(gap->until, day));
	if (date_is_set(gap->updated))
		json_put_string(json, "updated", date_format(gap->updated, day));
	json_put_string_if(json, "note", gap->note);
}

void gap_parties_json(const struct cli *cli, struct json *json, int a, int b, int introducer)
{
	const struct {
		const char *id, *name;
		int who;
	} rows[] = { { "a", "a_name", a },
		     { "b", "b_name", b },
		     { "introducer", "introducer_name", introducer } };

	for (guint i = 0; i < G_N_ELEMENTS(rows); i++) {
		const struct institution *one =
			rows[i].who < 0 ? NULL : model_institution(cli->model, (guint)rows[i].who);
		if (!one)
			continue;
		json_put_string(json, rows[i].id, one->base.id);
		json_put_string(json, rows[i].name, institution_name(one, false));
	}
}

static void candidates_json(struct cli *cli, struct json *json, const struct gap *gap)
{
	json_key(json, "candidates");
	json_open_array(json);
	for (guint i = 0; i < gap->candidates->len; i++) {
		const struct candidate *one = g_ptr_array_index(gap->candidates, i);
		g_autofree char *actor = NULL;
		char when[CLOCK_TEXT_SIZE];
		gint64 at;

		json_open_object(json);
		gap_parties_json(cli, json, one->a, one->b, one->introducer);
		if (proposal_of(cli, one, &at, &actor)) {
			json_put_string(json, "proposed", clock_format(at, when));
			json_put_string(json, "proposed_by", actor);
		}
		json_put_string_if(json, "why", one->why);
		json_close_object(json);
	}
	json_close_array(json);
}

/* What it is about: its territory and the members that it names, by id and by name. */
static void subjects_json(const struct cli *cli, struct json *json, const struct gap *gap)
{
	const struct model *model = cli->model;

	if (gap->territory >= 0) {
		const struct record *place = RECORD(model_territory(model, (guint)gap->territory));
		json_put_string(json, "territory", place->id);
		json_put_string_if(json, "territory_name", place->name);
	}
	for (guint names = 0; names < 2; names++) {
		json_key(json, names ? "institution_names" : "institutions");
		json_open_array(json);
		for (guint i = 0; i < gap->institutions->len; i++) {
			const struct institution *one = model_institution(
				model, g_array_index(gap->institutions, guint, i));
			json_string(json, names ? institution_name(one, false) : one->base.id);
		}
		json_close_array(json);
	}
}

void gap_json(struct cli *cli, struct json *json, const struct gap *gap)
{
	json_open_object(json);
	json_put_string(json, "id", gap->id);
	json_put_string(json, "kind", gap->kind->id);
	json_put_number(json, "severity", gap->severity);
	json_put_string(json, "title", gap->title);
	status_json(json, gap);
	json_put_string_if(json, "reason", gap->reason);
	json_key(json, "evidence");
	json_open_array(json);
	for (guint i = 0; i < gap->evidence->len; i++)
		json_string(json, g_ptr_array_index(gap->evidence, i));
	json_close_array(json);
	json_put_string_if(json, "advice", gap->advice);
	candidates_json(cli, json, gap);
	subjects_json(cli, json, gap);
	json_close_object(json);
}

void gap_list_print(const struct cli *cli, const char *title, const GPtrArray *gaps)
{
	if (gaps->len == 0)
		return;
	fputc('\n', cli->out.stream);
	out_heading(&cli->out, title);
	out_printf(&cli->out, " (%u)\n", gaps->len);
	for (guint i = 0; i < gaps->len && i < LIST_GAPS; i++) {
		const struct gap *gap = g_ptr_array_index(gaps, i);
		g_autofree char *lead =
			g_strdup_printf("  %.2f  %-3s", gap->severity, gap->kind->id);
		cli_paragraph(cli, 12, lead, gap->title);
	}
	if (gaps->len > LIST_GAPS)
		out_printf(&cli->out, "            … %u\n", gaps->len - LIST_GAPS);
}

void gap_list_json(struct json *json, const char *key, const GPtrArray *gaps)
{
	json_key(json, key);
	json_open_array(json);
	for (guint i = 0; i < gaps->len; i++) {
		const struct gap *gap = g_ptr_array_index(gaps, i);

		json_open_object(json);
		json_put_string(json, "id", gap->id);
		json_put_number(json, "severity", gap->severity);
		json_put_string(json, "title", gap->title);
		json_close_object(json);
	}
	json_close_array(json);
}
