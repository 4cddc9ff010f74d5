/*
 * Which state of which network a word means: for commands that compare two.
 */
#include "cli/state.h"
#include "cli/revision.h"

#include "base/errors.h"
#include "data/current.h"
#include "data/import/write.h"
#include "data/past.h"
#include "data/store/store.h"

#include <inttypes.h>
#include <string.h>

#include <glib/gi18n.h>

static bool is_number(const char *word)
{
	gsize digits = strspn(word, "0123456789");

	return digits > 0 && !word[digits];
}

/* "57", or "@2023" where a bare number would be a year; 0 when it is none. */
static gint64 change_number(const char *word)
{
	struct date year;
	bool marked = *word == '@';

	if (!is_number(word + marked) || (!marked && date_parse(word, &year)))
		return 0;
	return g_ascii_strtoll(word + marked, NULL, 10);
}

static const struct snapshot *snapshot_find(const GPtrArray *all, const char *name)
{
	for (guint i = 0; i < all->len; i++) {
		const struct snapshot *snapshot = g_ptr_array_index(all, i);
		if (!strcmp(snapshot->name, name))
			return snapshot;
	}
	return NULL;
}

static bool change_exists(struct cli *cli, gint64 number, GError **error)
{
	const struct log_query query = { .limit = 1 };
	g_autoptr(GPtrArray) newest = workspace_log(cli->workspace, &query, error);
	gint64 last = newest && newest->len > 0
			      ? ((const struct change *)g_ptr_array_index(newest, 0))->id
			      : 0;

	if (!newest || number <= last)
		return newest != NULL;
	g_set_error(error, TELAR_ERROR, TELAR_ERROR_NO_INPUT, _("There is no change %" PRId64),
		    number);
	error_add_hint(error, _("\"telar log\" shows the numbers"));
	return false;
}

/* A state of the network's own history. */
static struct model *model_of_history(struct cli *cli, const char *word, GError **error)
{
	g_autoptr(GPtrArray) all = NULL;
	gint64 number = change_number(word), moment = 0;

	if (!cli->workspace && !cli_open(cli, error))
		return NULL;
	if (!strcmp(word, "now"))
		return workspace_model_at(cli->workspace, G_MAXINT64, error);
	if (number > 0)
		return change_exists(cli, number, error)
			       ? workspace_model_at(cli->workspace, number, error)
			       : NULL;
	/* A year is what was at its end, as everywhere: of two of them the second is what differs.
	 */
	if (clock_parse(word, true, &moment))
		return workspace_change_before(cli->workspace, moment, &number, error)
			       ? workspace_model_at(cli->workspace, number, error)
			       : NULL;
	all = workspace_snapshots(cli->workspace, error);
	if (!all)
		return NULL;
	if (snapshot_find(all, word))
		return workspace_model_at(cli->workspace, snapshot_find(all, word)->change, error);
	g_set_error(error, TELAR_ERROR, TELAR_ERROR_NO_INPUT,
		    _("\"%s\" is no date, change, snapshot, directory, store or revision of git"),
		    word);
	error_add_hint(error, _("as in 2026-11-01, 57, @2023 (change 2023), now, the name of a "
				"snapshot, ../copy or backup.telar"));
	return NULL;
}

/* `word`: what the person calls it. */
static struct model *model_of_directory(struct cli *cli, const char *path, const char *word,
					GError **error)
{
	struct findings *findings = findings_new();
	struct model *model = NULL;

	if (directory_read(path, NULL, clock_today(&cli->clock), findings, &model, NULL, error) &&
	    findings->errors > 0)
		cli_say(cli,
			ngettext("%s: %u error in its files; what it touches is left out",
				 "%s: %u errors in its files; what they touch is left out",
				 findings->errors),
			word, findings->errors);
	findings_free(findings);
	return model;
}

static struct model *model_of_revision(struct cli *cli, const char *word, GError **error)
{
	g_autofree char *files = revision_files(cli, word, error);
	struct model *model = files ? model_of_directory(cli, files, word, error) : NULL;

	if (files)
		made_remove(files);
	return model;
}

/* Last of all, so that git is only started for what is nothing of ours. */
static struct model *or_revision(struct cli *cli, const char *word, struct model *model,
				 GError **why, GError **error)
{
	g_autoptr(GError) other = NULL;

	if (!model && g_error_matches(*why, TELAR_ERROR, TELAR_ERROR_NO_INPUT))
		model = model_of_revision(cli, word, &other);
	if (!model)
		g_propagate_error(error, other ? g_steal_pointer(&other) : g_steal_pointer(why));
	return model;
}

struct model *cli_state(struct cli *cli, const char *word, GError **error)
{
	bool path = strpbrk(word, "/.") != NULL;
	bool known = change_number(word) > 0 || !strcmp(word, "now");
	gint64 moment;
	g_autoptr(GError) why = NULL;

	if (!known && !clock_parse(word, false, &moment)) {
		g_autofree char *network = network_at(word);
		if (g_file_test(network, G_FILE_TEST_IS_DIR))
			return model_of_directory(cli, network, word, error);
		if (path)
			return or_revision(cli, word,
					   store_model(word, clock_today(&cli->clock), &why), &why,
					   error);
		return or_revision(cli, word, model_of_history(cli, word, &why), &why, error);
	}
	return model_of_history(cli, word, error);
}
