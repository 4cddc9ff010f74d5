/*
 * telar export: picks a format by its name; formats are graph/export's.
 */
#include "cli/command.h"
#include "cli/safety.h"

#include "base/errors.h"
#include "base/text.h"
#include "data/audience.h"
#include "graph/export/export.h"

#include <string.h>

#include <glib/gi18n.h>

static void dialects_print(const struct cli *cli)
{
	guint n;
	const struct export_dialect *dialects = export_dialects(&n);
	const char *const headers[] = { _("Dialect"), _("What opens it") };
	struct table *table = table_new(headers, 2);

	for (guint i = 0; i < n; i++)
		table_row(table, (const char *const[]){ dialects[i].id, _(dialects[i].title) });
	table_print(table, &cli->out, false);
	table_free(table);
}

static void formats_print(const struct cli *cli)
{
	guint n;
	const struct export_format *formats = export_formats(&n);
	const char *const headers[] = { _("Format"), _("What it is for") };
	struct table *table = table_new(headers, 2);

	for (guint i = 0; i < n; i++)
		table_row(table, (const char *const[]){ formats[i].id, _(formats[i].title) });
	table_row(table, (const char *const[]){ export_entries()->id, _(export_entries()->title) });
	table_print(table, &cli->out, false);
	table_free(table);
}

static const struct export_format *format_read(const char *word, GError **error)
{
	g_autoptr(GPtrArray) ids = g_ptr_array_new();
	guint n;
	const struct export_format *formats = export_formats(&n), *format = export_find(word);

	if (format)
		return format;
	for (guint i = 0; i < n; i++)
		g_ptr_array_add(ids, (gpointer)(guintptr)formats[i].id);
	g_ptr_array_add(ids, (gpointer)(guintptr)export_entries()->id);
	g_ptr_array_add(ids, NULL);
	cli_choice("export", word, (const char *const *)ids->pdata, error);
	return NULL;
}

static bool separator_read(const char *text, char *out, GError **error)
{
	if (!text)
		return true;
	if (!strcmp(text, "\\t") || !strcmp(text, "tab"))
		text = "\t";
	if (strlen(text) == 1 && strchr(",;\t|", *text)) {
		*out = *text;
		return true;
	}
	g_set_error(error, TELAR_ERROR, TELAR_ERROR_USAGE, _("\"%s\" cannot separate cells"), text);
	error_add_hint(error, _("it is one of: , ; | tab"));
	return false;
}

/* Without a word all is as programs read it. */
static bool dialect_read(const char *word, const char *separator, bool bom,
			 struct export_dialect *out, GError **error)
{
	g_autoptr(GPtrArray) ids = g_ptr_array_new();
	guint n;
	const struct export_dialect *dialects = export_dialects(&n);
	int which;

	for (guint i = 0; i < n; i++)
		g_ptr_array_add(ids, (gpointer)(guintptr)dialects[i].id);
	g_ptr_array_add(ids, NULL);
	which = word ? cli_choice("--dialect", word, (const char *const *)ids->pdata, error) : -1;
	if (which >= 0)
		*out = dialects[which];
	out->bom |= bom;
	return (!word || which >= 0) && separator_read(separator, &out->separator, error);
}

/* A format of several files needs a directory's name; nothing is replaced unasked. */
static bool path_check(const struct export_format *format, const struct export_options *options,
		       GError **error)
{
	g_autofree char *hint = NULL;
	g_autoptr(GError) cause = NULL;

	if (!*format->extension && !strcmp(options->path, "-")) {
		g_set_error(error, TELAR_ERROR, TELAR_ERROR_USAGE,
			    _("The format \"%s\" is several files: it needs a directory"),
			    format->id);
		hint = g_strdup_printf(_("say which: telar export %s -o DIRECTORY"), format->id);
		error_add_hint(error, hint);
		return false;
	}
	if (export_check(format, options, &cause))
		return true;
	if (g_error_matches(cause, TELAR_ERROR, TELAR_ERROR_EXISTS))
		error_add_hint(&cause, _("give another name, or say --replace"));
	g_propagate_error(error, g_steal_pointer(&cause));
	return false;
}

/* `*out` is that of nobody said. */
static bool audience_read(const char *word, enum audience *out, GError **error)
{
	static const char *const words[] = { "public", "network", "coordinator", NULL };

	return !word || (cli_choice("--for", word, words, error) >= 0 && audience_parse(word, out));
}

/* From here on the network is what the audience may see of it. */
static void audience_take(struct cli *cli, enum audience audience)
{
	guint n;
	struct model *seen = model_for_audience(cli->model, audience, &n);

	model_unref(cli->model);
	cli->model = seen;
	if (n > 0)
		cli_say(cli,
			ngettext("%u entry that is not for this audience is left out (--for)",
				 "%u entries that are not for this audience are left out (--for)",
				 n),
			n);
}

/* What is no filter at all is told when it is read. */
static bool filter_fits(const struct cli *cli, enum audience audience, GError **error)
{
	g_autofree char *text = cli->filter ? memory_expand(cli->memory, cli->filter, NULL) : NULL;
	struct filter *filter =
		text ? filter_parse(text, KIND_INSTITUTION, &study_filter_numbers, NULL, NULL)
		     : NULL;
	bool fits = audience_may_ask(audience, filter, error);

	filter_free(filter);
	if (!fits)
		error_add_hint(error, _("say who will read it: --for coordinator"));
	return fits;
}

static bool export_run(struct cli *cli, const struct export_format *format,
		       struct export_options *options, GError **error)
{
	struct study *study = cli_study(cli, 0, error);
	g_autofree char *filter = study ? filter_keys(cli->parsed, cli->model) : NULL;
	const struct export_dialect *likely = export_dialect_likely(config_separator(cli->config));

	if (!study)
		return false;
	options->filter = filter;
	if (cli->dry_run) {
		cli_say(cli, _("%s would be written: %u institutions, %u ties (--dry-run)"),
			options->path, study_net(study)->n, study_net(study)->m);
		return true;
	}
	if (!study_compute(study, format->needs, NULL, error))
		return false;
	fflush(stdout);
	if (!format->write(study, options, error))
		return false;
	if (strcmp(options->path, "-") != 0)
		cli_say(cli, _("Written: %s (%u institutions, %u ties)"), options->path,
			study_net(study)->n, study_net(study)->m);
	if (format->tables && likely->words && !options->dialect.id)
		cli_say(cli,
			_("Heads and words are in English, for programs; for a spreadsheet in "
			  "your language: --dialect %s"),
			likely->id);
	return true;
}

/* Copies of files know no day, and hold all that stands in them. */
static bool entries_write(struct cli *cli, const char *path, enum audience audience, GError **error)
{
	if (!date_is_set(cli->as_of) && audience == AUDIENCE_COORDINATOR)
		return network_write_files(cli, path, error);
	g_set_error_literal(
		error, TELAR_ERROR, TELAR_ERROR_USAGE,
		date_is_set(cli->as_of)
			? _("The entries are written out as they are: --as-of does not go with "
			    "yaml")
			: _("The entries are written out whole, contacts and what is hidden among "
			    "them: yaml is for coordinators only"));
	return false;
}

/* What is written and to where, all of which is wrong before a network is read. */
static const struct export_format *order_read(struct cli *cli, const char *word, const char *path,
					      struct export_options *options, GError **error)
{
	const struct export_format *format = format_read(word, error);

	options->path = path ? path : "-";
	if (!format || !cli_groups(cli, &options->rows, &options->cols, error) ||
	    !path_check(format, options, error))
		return NULL;
	cli->one_end = format->one_end;
	return format;
}

bool command_export(struct cli *cli, char ***args, GError **error)
{
	g_autofree char *path = NULL, *separator = NULL, *whom = NULL, *dialect = NULL;
	gboolean bom = FALSE, replace = FALSE;
	GOptionEntry study[STUDY_ENTRIES];
	const GOptionEntry own[] = {
		{ "output", 'o', 0, G_OPTION_ARG_FILENAME, &path,
		  N_("File or directory to write; - is standard output"), N_("PATH") },
		{ "for", 0, 0, G_OPTION_ARG_STRING, &whom,
		  N_("Who will read it: public, network (members; the default), coordinator"),
		  N_("WHOM") },
		{ "dialect", 0, 0, G_OPTION_ARG_STRING, &dialect,
		  N_("What will open the tables; \"telar export\" lists the dialects"),
		  N_("DIALECT") },
		{ "sep", 0, 0, G_OPTION_ARG_STRING, &separator,
		  N_("Between the cells of CSV: , ; | tab"), N_("CHARACTER") },
		{ "bom", 0, 0, G_OPTION_ARG_NONE, &bom, N_("CSV that Excel reads with its accents"),
		  NULL },
		{ "replace", 0, 0, G_OPTION_ARG_NONE, &replace,
		  N_("Put it in the place of an earlier export; nothing else gives way"), NULL },
		{ 0 },
	};
	g_autoptr(GArray) entries = g_array_new(TRUE, TRUE, sizeof(GOptionEntry));
	struct export_options options = { .version = TELAR_VERSION };
	bool whole;
	const struct export_format *format;

	cli_study_entries(cli, study);
	g_array_append_vals(entries, own, G_N_ELEMENTS(own) - 1);
	g_array_append_vals(entries, study, G_N_ELEMENTS(study) - 1);
	cli_distance_entry(cli, entries);
	cli_groups_entries(cli, entries);
	if (!cli_options(cli, (const GOptionEntry *)(void *)entries->data, args, error))
		return false;
	if (cli->help)
		return true;
	if (!**args) {
		formats_print(cli);
		fputc('\n', cli->out.stream);
		dialects_print(cli);
		return true;
	}
	if (!cli_words(cli, *args, 1, 1, error))
		return false;
	whole = !strcmp(**args, export_entries()->id);
	options.audience = whole ? AUDIENCE_COORDINATOR : AUDIENCE_NETWORK;
	if (!audience_read(whom, &options.audience, error))
		return false;
	if (whole)
		return entries_write(cli, path, options.audience, error);
	options.replace = replace;
	format = order_read(cli, **args, path, &options, error);
	if (!format || !dialect_read(dialect, separator, bom, &options.dialect, error) ||
	    !cli_read(cli, error))
		return false;
	/* The network may say what its readers' spreadsheets want. */
	if (!separator && !dialect)
		options.dialect.separator = config_separator(cli->config);
	if (!filter_fits(cli, options.audience, error))
		return false;
	audience_take(cli, options.audience);
	return export_run(cli, format, &options, error);
}
