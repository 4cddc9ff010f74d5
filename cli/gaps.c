/*
 * telar gaps: the register, severest first, with what closes each gap.
 */
#include "cli/command.h"
#include "cli/gap_print.h"
#include "cli/print.h"
#include "cli/tabulate.h"

#include "base/errors.h"
#include "base/text.h"

#include <math.h>
#include <string.h>

#include <glib/gi18n.h>

struct wanted {
	const struct gap_kind *kind;
	int territory, institution; /* -1: any */
	int status;		    /* enum gap_status; -1: those that are not hidden */
	const char *owner;	    /* NULL: any; "" nobody */
	gboolean long_form, all;
};

static bool gap_passes(const struct gap *gap, const struct wanted *wanted)
{
	if (wanted->status >= 0 ? (int)gap->status != wanted->status : gap->hidden && !wanted->all)
		return false;
	if (wanted->owner && g_strcmp0(gap->owner ? gap->owner : "", wanted->owner) != 0)
		return false;
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

static void gaps_plain(const struct cli *cli, const GPtrArray *gaps)
{
	const char *const headers[] = { "id", "kind", "severity", "status", "owner", "title" };
	struct table *table = table_new(headers, G_N_ELEMENTS(headers));

	for (guint i = 0; i < gaps->len; i++) {
		const struct gap *gap = g_ptr_array_index(gaps, i);
		char severity[G_ASCII_DTOSTR_BUF_SIZE];
		g_ascii_formatd(severity, sizeof severity, "%.3f", gap->severity);
		table_row(table, (const char *const[]){ gap->id, gap->kind->id, severity,
							gap_status_id(gap->status),
							gap->owner ? gap->owner : "", gap->title });
	}
	table_print(table, &cli->out, true);
	table_free(table);
}

static void gaps_show(struct cli *cli, const GPtrArray *gaps, bool long_form)
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

static bool status_read(const char *word, int *status, GError **error)
{
	const char *ids[GAP_SNOOZED + 2] = { NULL };

	for (guint i = 0; i <= GAP_SNOOZED; i++)
		ids[i] = gap_status_id((enum gap_status)i);
	*status = word ? cli_choice("--status", word, ids, error) : -1;
	return !word || *status >= 0;
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

/* Those that were being worked on and are not found any more: the good news. */
static void say_gone(const struct cli *cli, const struct study *study)
{
	const struct gaps *record = gap_states(cli->model);
	GString *gone = g_string_new(NULL);
	guint n = 0;

	for (guint i = 0; record && i < record->gaps.n; i++) {
		const struct gap_state *state = &ITEMS(struct gap_state, record->gaps)[i];
		enum gap_status status;
		if (!gap_status_parse(state->status, &status) || status >= GAP_CLOSED ||
		    study_gap(study, state->gap) || study_omits_gap(study, state->gap))
			continue;
		g_string_append_printf(gone, "%s%s", n++ > 0 ? ", " : "", state->gap);
	}
	if (n > 0 && !cli->filter)
		cli_say(cli,
			ngettext("%u gap that you worked on is not found any more: %s",
				 "%u gaps that you worked on are not found any more: %s", n),
			n, gone->str);
	g_string_free(gone, TRUE);
}

/* What was asked of which there is none: "--status=met --owner=zz". */
static void say_none(const struct cli *cli, const struct wanted *wanted)
{
	const struct model *model = cli->model;
	const struct {
		const char *option, *value;
	} asked[] = {
		{ "kind", wanted->kind ? wanted->kind->id : NULL },
		{ "territory",
		  wanted->territory < 0
			  ? NULL
			  : model_territory(model, (guint)wanted->territory)->base.id },
		{ "institution",
		  wanted->institution < 0
			  ? NULL
			  : model_institution(model, (guint)wanted->institution)->base.id },
		{ "status",
		  wanted->status < 0 ? NULL : gap_status_id((enum gap_status)wanted->status) },
		{ "owner", wanted->owner },
	};
	g_autoptr(GString) text = g_string_new(NULL);

	for (guint i = 0; i < G_N_ELEMENTS(asked); i++)
		if (asked[i].value)
			g_string_append_printf(text, "%s--%s=%s", text->len ? " " : "",
					       asked[i].option, asked[i].value);
	if (text->len > 0)
		/* TRANSLATORS: behind it options, as in --status=met --owner=ana */
		cli_say(cli, _("No gaps were found with %s"), text->str);
	else
		cli_say(cli, "%s", _("No gaps were found"));
}

static bool gaps_run(struct cli *cli, const struct wanted *wanted, guint limit, double fail_on,
		     GError **error)
{
	struct study *study = cli_study(cli, STUDY_GAPS, error);
	g_autoptr(GPtrArray) passing = g_ptr_array_new();
	const GPtrArray *gaps;
	guint found;

	if (!study)
		return false;
	gaps = study_all_gaps(study);
	for (guint i = 0; i < gaps->len; i++) {
		struct gap *gap = g_ptr_array_index(gaps, i);
		if (gap_passes(gap, wanted)) {
			g_ptr_array_add(passing, gap);
			if (fail_on >= 0 && gap->severity >= fail_on)
				cli->exit = 1;
		}
	}
	found = passing->len;
	if (limit > 0 && found > limit)
		g_ptr_array_set_size(passing, (gint)limit);
	gaps_show(cli, passing, wanted->long_form);
	say_gone(cli, study);
	if (found == 0)
		say_none(cli, wanted);
	else if (found > passing->len)
		cli_say(cli, _("%u gaps; the severest %u are shown (--limit=0: all)"), found,
			passing->len);
	else
		cli_say(cli, ngettext("%u gap", "%u gaps", found), found);
	cli_tabulate(cli, study, STUDY_GAPS);
	return true;
}

bool command_gaps(struct cli *cli, char ***args, GError **error)
{
	g_autofree char *kind = NULL, *territory = NULL, *institution = NULL, *status = NULL;
	g_autofree char *owner = NULL;
	struct wanted wanted = { 0 };
	gboolean kinds = FALSE;
	gint limit = LIMIT_UNSAID;
	gdouble fail_on = NAN;
	GOptionEntry study[STUDY_ENTRIES];
	const GOptionEntry own[] = {
		{ "kind", 'k', 0, G_OPTION_ARG_STRING, &kind, N_("Only this kind: G1, G2…"),
		  N_("KIND") },
		{ "territory", 0, 0, G_OPTION_ARG_STRING, &territory, N_("Only in this territory"),
		  N_("ID") },
		{ "institution", 0, 0, G_OPTION_ARG_STRING, &institution,
		  N_("Only those that name this institution"), N_("ID") },
		{ "status", 0, 0, G_OPTION_ARG_STRING, &status,
		  N_("Only of this status: open, proposed, … closed, dismissed, snoozed"),
		  N_("STATUS") },
		{ "owner", 0, 0, G_OPTION_ARG_STRING, &owner,
		  N_("Only those that this person sees to; with nothing behind = nobody's"),
		  N_("NAME") },
		{ "all", 'a', 0, G_OPTION_ARG_NONE, &wanted.all,
		  N_("Also those that are closed, dismissed or put off"), NULL },
		{ "limit", 0, 0, G_OPTION_ARG_INT, &limit,
		  N_("At most so many; 0: all. Unsaid: 10, and all with --json or --plain"),
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
	    !status_read(status, &wanted.status, error) || !cli_read(cli, error) ||
	    !wanted_read(cli, territory, institution, &wanted, error))
		return false;
	wanted.owner = owner;
	if (!isnan(fail_on) && !(fail_on >= 0 && fail_on <= 1)) {
		g_set_error(error, TELAR_ERROR, TELAR_ERROR_USAGE,
			    _("A severity is from 0 to 1, and %g is not (--fail-on)"), fail_on);
		return false;
	}
	return gaps_run(cli, &wanted, cli_limit(cli, limit, 10), fail_on, error);
}
