/*
 * telar gaps: the register, severest first, with what closes each gap.
 */
#include "cli/command.h"
#include "cli/print.h"

#include "base/errors.h"
#include "base/text.h"

#include <string.h>

#include <glib/gi18n.h>

#define INDENT	   10
#define CANDIDATES 2 /* shown of each gap without --long */

struct wanted {
	const struct gap_kind *kind;
	int territory, institution; /* -1: any */
	gboolean long_form;
};

static const char *name_of(const struct cli *cli, int institution)
{
	return institution_name(model_institution(cli->model, (guint)institution), true);
}

static bool gap_passes(const struct gap *gap, const struct wanted *wanted)
{
	if (wanted->kind && gap->kind != wanted->kind)
		return false;
	if (wanted->territory >= 0 && gap->territory != wanted->territory)
		return false;
	if (wanted->institution < 0)
		return true;
	for (guint i = 0; i < gap->institutions->len; i++) {
		if (g_array_index(gap->institutions, guint, i) == (guint)wanted->institution)
			return true;
	}
	return false;
}

static char *candidate_text(const struct cli *cli, const struct candidate *candidate)
{
	GString *text = g_string_new(NULL);

	if (candidate->a >= 0)
		g_string_append(text, name_of(cli, candidate->a));
	if (candidate->b >= 0)
		g_string_append_printf(text, "%s%s", text->len ? " – " : "",
				       name_of(cli, candidate->b));
	if (candidate->introducer >= 0)
		/* TRANSLATORS: who could introduce them */
		g_string_append_printf(text, _(", introduced by %s"),
				       name_of(cli, candidate->introducer));
	if (candidate->why && *candidate->why)
		g_string_append_printf(text, ": %s", candidate->why);
	return g_string_free(text, FALSE);
}

static void candidates_print(const struct cli *cli, const struct gap *gap, guint most)
{
	for (guint i = 0; i < gap->candidates->len && i < most; i++) {
		g_autofree char *text = candidate_text(cli, g_ptr_array_index(gap->candidates, i));
		cli_paragraph(cli, INDENT + 2, "          +", text);
	}
	if (gap->candidates->len > most) {
		guint more = gap->candidates->len - most;
		g_autofree char *text = g_strdup_printf(
			ngettext("%u more candidate", "%u more candidates", more), more);
		cli_paragraph(cli, INDENT + 2, NULL, text);
	}
}

static void gap_print(const struct cli *cli, const struct gap *gap, bool long_form)
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

static void gap_json(const struct cli *cli, struct json *json, const struct gap *gap)
{
	const struct model *model = cli->model;

	json_open_object(json);
	json_put_string(json, "id", gap->id);
	json_put_string(json, "kind", gap->kind->id);
	json_put_number(json, "severity", gap->severity);
	json_put_string(json, "title", gap->title);
	json_put_string_if(json, "reason", gap->reason);
	json_key(json, "evidence");
	json_open_array(json);
	for (guint i = 0; i < gap->evidence->len; i++)
		json_string(json, g_ptr_array_index(gap->evidence, i));
	json_close_array(json);
	json_put_string_if(json, "advice", gap->advice);
	json_key(json, "candidates");
	json_open_array(json);
	for (guint i = 0; i < gap->candidates->len; i++) {
		const struct candidate *candidate = g_ptr_array_index(gap->candidates, i);
		const int who[] = { candidate->a, candidate->b, candidate->introducer };
		static const char *const keys[] = { "a", "b", "introducer" };

		json_open_object(json);
		for (guint k = 0; k < G_N_ELEMENTS(who); k++) {
			if (who[k] >= 0)
				json_put_string(json, keys[k],
						model_institution(model, (guint)who[k])->base.id);
		}
		json_put_string_if(json, "why", candidate->why);
		json_close_object(json);
	}
	json_close_array(json);
	if (gap->territory >= 0)
		json_put_string(json, "territory",
				model_territory(model, (guint)gap->territory)->base.id);
	json_key(json, "institutions");
	json_open_array(json);
	for (guint i = 0; i < gap->institutions->len; i++)
		json_string(json,
			    model_institution(model, g_array_index(gap->institutions, guint, i))
				    ->base.id);
	json_close_array(json);
	json_close_object(json);
}

static void gaps_plain(const struct cli *cli, const GPtrArray *gaps)
{
	const char *const headers[] = { "id", "kind", "severity", "title" };
	struct table *table = table_new(headers, 4);

	for (guint i = 0; i < gaps->len; i++) {
		const struct gap *gap = g_ptr_array_index(gaps, i);
		char severity[G_ASCII_DTOSTR_BUF_SIZE];
		g_ascii_formatd(severity, sizeof severity, "%.3f", gap->severity);
		table_row(table,
			  (const char *const[]){ gap->id, gap->kind->id, severity, gap->title });
	}
	table_print(table, &cli->out, true);
	table_free(table);
}

static void gaps_show(const struct cli *cli, const GPtrArray *gaps, bool long_form)
{
	if (cli->plain) {
		gaps_plain(cli, gaps);
	} else if (cli->json) {
		GString *text = g_string_new(NULL);
		struct json json;
		json_init(&json, text, true);
		json_open_array(&json);
		for (guint i = 0; i < gaps->len; i++)
			gap_json(cli, &json, g_ptr_array_index(gaps, i));
		json_close_array(&json);
		cli_print_json(cli, text);
	} else {
		for (guint i = 0; i < gaps->len; i++) {
			if (i > 0)
				fputc('\n', cli->out.stream);
			gap_print(cli, g_ptr_array_index(gaps, i), long_form);
		}
	}
}

static bool kind_read(const char *word, const struct gap_kind **kind, GError **error)
{
	g_autoptr(GPtrArray) ids = g_ptr_array_new();
	g_autofree char *upper = word ? g_ascii_strup(word, -1) : NULL;
	guint n;
	const struct gap_kind *kinds = gap_kinds(&n);

	if (!word || (*kind = gap_kind_find(upper)))
		return true;
	for (guint i = 0; i < n; i++)
		g_ptr_array_add(ids, (gpointer)(guintptr)kinds[i].id);
	g_ptr_array_add(ids, NULL);
	cli_choice("--kind", upper, (const char *const *)ids->pdata, error);
	return false;
}

static bool wanted_read(struct cli *cli, const char *territory, const char *institution,
			struct wanted *wanted, GError **error)
{
	const void *record;
	enum kind kind;

	wanted->territory = wanted->institution = -1;
	if (territory) {
		record = cli_record(cli, territory, 1u << KIND_TERRITORY, &kind, error);
		if (!record)
			return false;
		wanted->territory = model_find(cli->model, kind, RECORD(record)->id);
	}
	if (institution) {
		wanted->institution = cli_institution(cli, institution, error);
		if (wanted->institution < 0)
			return false;
	}
	return true;
}

/* The list of kinds, for whoever asks what is looked for. */
static void kinds_print(const struct cli *cli)
{
	guint n;
	const struct gap_kind *kinds = gap_kinds(&n);

	for (guint i = 0; i < n; i++) {
		out_printf(&cli->out, "%-4s ", kinds[i].id);
		out_heading(&cli->out, _(kinds[i].name));
		fputc('\n', cli->out.stream);
		cli_paragraph(cli, 5, NULL, _(kinds[i].sentence));
	}
}

static bool gaps_run(struct cli *cli, const struct wanted *wanted, gint limit, double fail_on,
		     GError **error)
{
	struct study *study = cli_study(cli, STUDY_GAPS, error);
	g_autoptr(GPtrArray) passing = g_ptr_array_new();
	const GPtrArray *gaps;
	guint found;

	if (!study)
		return false;
	gaps = study_gaps(study);
	for (guint i = 0; i < gaps->len; i++) {
		struct gap *gap = g_ptr_array_index(gaps, i);
		if (gap_passes(gap, wanted)) {
			g_ptr_array_add(passing, gap);
			if (fail_on >= 0 && gap->severity >= fail_on)
				cli->exit = 1;
		}
	}
	found = passing->len;
	if (limit > 0 && found > (guint)limit)
		g_ptr_array_set_size(passing, limit);
	gaps_show(cli, passing, wanted->long_form);
	if (found == 0)
		cli_say(cli, _("No gaps of this kind were found"));
	else if (found > passing->len)
		cli_say(cli, _("%u gaps; the severest %u are shown (--limit=0: all)"), found,
			passing->len);
	else
		cli_say(cli, ngettext("%u gap", "%u gaps", found), found);
	return true;
}

bool command_gaps(struct cli *cli, char ***args, GError **error)
{
	g_autofree char *kind = NULL, *territory = NULL, *institution = NULL;
	struct wanted wanted = { 0 };
	gboolean kinds = FALSE;
	gint limit = 10;
	gdouble fail_on = -1;
	GOptionEntry study[5];
	const GOptionEntry own[] = {
		{ "kind", 'k', 0, G_OPTION_ARG_STRING, &kind, N_("Only this kind: G1, G2…"),
		  N_("KIND") },
		{ "territory", 0, 0, G_OPTION_ARG_STRING, &territory, N_("Only in this territory"),
		  N_("ID") },
		{ "institution", 0, 0, G_OPTION_ARG_STRING, &institution,
		  N_("Only those that name this institution"), N_("ID") },
		{ "limit", 0, 0, G_OPTION_ARG_INT, &limit, N_("At most so many; 0: all"),
		  N_("NUMBER") },
		{ "long", 'l', 0, G_OPTION_ARG_NONE, &wanted.long_form,
		  N_("Every reason, number and candidate"), NULL },
		{ "kinds", 0, 0, G_OPTION_ARG_NONE, &kinds, N_("Say what kinds of gap there are"),
		  NULL },
		{ "fail-on", 0, 0, G_OPTION_ARG_DOUBLE, &fail_on,
		  N_("End with 1 when a gap is at least so severe (0 to 1)"), N_("SEVERITY") },
		{ 0 },
	};
	g_autoptr(GArray) entries = g_array_new(TRUE, TRUE, sizeof(GOptionEntry));

	cli_study_entries(cli, study);
	g_array_append_vals(entries, own, G_N_ELEMENTS(own) - 1);
	g_array_append_vals(entries, study, G_N_ELEMENTS(study) - 1);
	if (!cli_options(cli, (const GOptionEntry *)(void *)entries->data, args, error))
		return false;
	if (cli->help)
		return true;
	if (kinds) {
		kinds_print(cli);
		return true;
	}
	if (!cli_words(cli, *args, 0, 0, error) || !kind_read(kind, &wanted.kind, error) ||
	    !cli_read(cli, error) || !wanted_read(cli, territory, institution, &wanted, error))
		return false;
	return gaps_run(cli, &wanted, limit, fail_on, error);
}
