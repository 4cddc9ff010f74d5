/*
 * One run of the program: shared options, the network's directory, reading and
 * opening it, and words for people.  Finding records and studies is
 * find_word.c.
 */
#include "cli/cli.h"
#include "cli/command.h"
#include "cli/safety.h"

#include "base/errors.h"
#include "base/start.h"
#include "base/text.h"
#include "data/as_of.h"
#include "data/current.h"
#include "data/past.h"
#include "data/workspace/directory.h"

#include <stdarg.h>
#include <malloc.h>
#include <string.h>

#include <glib/gi18n.h>

#define COMMON_MAX 8
#define PART	   (64 * 1024) /* bytes of a long document */

void cli_init(struct cli *cli)
{
	g_autofree char *file = config_user_file();

	*cli = (struct cli){ 0 };
	cli->clock = clock_system();
	cli->config = config_new(CONFIG_SYSTEM_FILE, file, true);
	start_set_language(config_get(cli->config, SETTING_LANGUAGE));
	cli->out = out_open(stdout, OUT_AUTO);
	cli->err = out_open(stderr, OUT_AUTO);
}

void cli_release(struct cli *cli)
{
	study_unref(cli->study);
	study_unref(cli->everything);
	filter_free(cli->parsed);
	model_unref(cli->model);
	store_close(cli->history);
	workspace_close(cli->workspace);
	findings_free(cli->findings);
	config_free(cli->config);
	memory_close(cli->memory);
	g_free(cli->network);
	g_free(cli->colour);
	g_free(cli->filter);
	g_free(cli->intensity);
	g_free(cli->ties);
	g_free(cli->distance);
	g_free(cli->rows);
	g_free(cli->cols);
	g_free(cli->as_of_text);
}

/* The options of all commands, as far as this one has them; ends with an empty entry. */
static void common_entries(struct cli *cli, GOptionEntry out[COMMON_MAX])
{
	guint flags = cli->command->flags;
	guint n = 0;

	if (flags & COMMAND_RECORDS) {
		out[n++] = (GOptionEntry){
			"json", 0, 0, G_OPTION_ARG_NONE, &cli->json, N_("JSON, for programs"), NULL
		};
		out[n++] =
			(GOptionEntry){ "plain",     0,
					0,	     G_OPTION_ARG_NONE,
					&cli->plain, N_("Ids and values between tabs, for scripts"),
					NULL };
	}
	if (flags & COMMAND_WRITES)
		out[n++] = (GOptionEntry){ "dry-run",
					   'n',
					   0,
					   G_OPTION_ARG_NONE,
					   &cli->dry_run,
					   N_("Say what would be done, do nothing"),
					   NULL };
	if (flags & COMMAND_AS_OF)
		out[n++] = (GOptionEntry){
			"as-of",
			0,
			0,
			G_OPTION_ARG_STRING,
			&cli->as_of_text,
			N_("As it was on that day, at the end of that month or year, by the "
			   "dates in the entries"),
			N_("DATE")
		};
	out[n++] = (GOptionEntry){ "network",
				   'N',
				   0,
				   G_OPTION_ARG_FILENAME,
				   &cli->network,
				   N_("The network: its directory, or a store"),
				   N_("PATH") };
	out[n++] = (GOptionEntry){ "color",
				   0,
				   0,
				   G_OPTION_ARG_STRING,
				   &cli->colour,
				   N_("Colours: auto, always or never"),
				   N_("WHEN") };
	out[n++] = (GOptionEntry){ "help",	    'h', 0, G_OPTION_ARG_NONE, &cli->help,
				   N_("This help"), NULL };
	out[n] = (GOptionEntry){ 0 };
}

static GArray *entries_join(const GOptionEntry *entries, const GOptionEntry *common)
{
	GArray *all = g_array_new(TRUE, TRUE, sizeof(GOptionEntry));

	for (; entries && entries->long_name; entries++)
		g_array_append_val(all, *entries);
	for (; common->long_name; common++)
		g_array_append_val(all, *common);
	return all;
}

/* Which of the words is no option here, and what is nearest to it. */
static void unknown_option(char *const *words, const GArray *entries, GError **error)
{
	g_autoptr(GPtrArray) names = g_ptr_array_new();

	for (guint i = 0; i < entries->len; i++)
		g_ptr_array_add(
			names,
			(gpointer)(guintptr)g_array_index(entries, GOptionEntry, i).long_name);
	g_ptr_array_add(names, NULL);
	for (; *words; words++) {
		g_autofree char *name = NULL, *hint = NULL;
		const char *nearest;

		if (!g_str_has_prefix(*words, "--") || !(*words)[2])
			continue;
		name = g_strndup(*words + 2, strcspn(*words + 2, "="));
		if (g_strv_contains((const char *const *)names->pdata, name))
			continue;
		g_set_error(error, TELAR_ERROR, TELAR_ERROR_USAGE,
			    _("There is no option --%s here"), name);
		nearest = text_nearest(name, (const char *const *)names->pdata);
		hint = nearest ? g_strdup_printf(_("did you mean --%s?"), nearest)
			       : g_strdup(_("--help lists the options"));
		error_add_hint(error, hint);
		return;
	}
	g_set_error(error, TELAR_ERROR, TELAR_ERROR_USAGE,
		    _("There is an option here that is unknown"));
	error_add_hint(error, _("--help lists the options"));
}

static bool colour_apply(struct cli *cli, GError **error)
{
	static const char *const words[] = { "auto", "always", "never", NULL };
	int choice = 0;

	choice = cli_choice("--color",
			    cli->colour ? cli->colour : config_get(cli->config, SETTING_COLOR),
			    words, error);
	if (choice < 0)
		return false;
	cli->out = out_open(stdout, (enum out_colour)choice);
	cli->err = out_open(stderr, (enum out_colour)choice);
	return true;
}

/* As a variable gives it that a script forgot to set: no path, and no word that means anything. */
static bool none_is_empty(const struct cli *cli, const GArray *entries, char *const *words,
			  GError **error)
{
	for (guint i = 0; i < entries->len; i++) {
		const GOptionEntry *entry = &g_array_index(entries, GOptionEntry, i);
		const char *path = entry->arg == G_OPTION_ARG_FILENAME
					   ? *(char *const *)entry->arg_data
					   : NULL;

		if (path && !*path) {
			g_set_error(error, TELAR_ERROR, TELAR_ERROR_USAGE,
				    _("The path behind --%s is empty"), entry->long_name);
			error_add_hint(error, _("name one, or leave the option out"));
			return false;
		}
	}
	while (*words && **words)
		words++;
	if (!*words)
		return true;
	g_set_error(error, TELAR_ERROR, TELAR_ERROR_USAGE, _("A word for \"%s\" is empty"),
		    cli->command->name);
	error_add_hint(error, _("say what is meant by it, or leave it out"));
	return false;
}

/* What no command can mean: two forms at once, fewer than none. */
static bool options_make_sense(const struct cli *cli, const GArray *entries, GError **error)
{
	if (cli->json && cli->plain) {
		g_set_error_literal(error, TELAR_ERROR, TELAR_ERROR_USAGE,
				    _("--json and --plain are two forms of the same: ask for one"));
		return false;
	}
	for (guint i = 0; i < entries->len; i++) {
		const GOptionEntry *entry = &g_array_index(entries, GOptionEntry, i);

		if (g_strcmp0(entry->long_name, "limit") != 0 || entry->arg != G_OPTION_ARG_INT)
			continue;
		gint limit = *(const gint *)entry->arg_data;
		if (limit >= 0 || limit == LIMIT_UNSAID)
			continue;
		g_set_error(error, TELAR_ERROR, TELAR_ERROR_USAGE,
			    _("--limit is a number of rows, and %d is none"), limit);
		return false;
	}
	return true;
}

bool cli_options(struct cli *cli, const GOptionEntry *entries, char ***args, GError **error)
{
	GOptionEntry common[COMMON_MAX];
	g_autoptr(GArray) all = NULL;
	g_autoptr(GOptionContext) context = g_option_context_new(NULL);
	g_autoptr(GError) wrong = NULL;
	g_auto(GStrv) words = g_new0(char *, g_strv_length(*args) + 2);
	bool parsed;

	common_entries(cli, common);
	all = entries_join(entries, common);
	/* GOption expects the program's name in front. */
	words[0] = g_strdup("telar");
	for (guint i = 0; (*args)[i]; i++)
		words[i + 1] = g_strdup((*args)[i]);
	g_option_context_set_help_enabled(context, FALSE);
	g_option_context_add_main_entries(context, (const GOptionEntry *)(void *)all->data, NULL);
	parsed = g_option_context_parse_strv(context, &words, &wrong);
	if (!parsed && g_error_matches(wrong, G_OPTION_ERROR, G_OPTION_ERROR_UNKNOWN_OPTION)) {
		unknown_option(*args, all, error);
		return false;
	}
	if (!parsed) {
		g_set_error_literal(error, TELAR_ERROR, TELAR_ERROR_USAGE, wrong->message);
		return false;
	}
	g_strfreev(*args);
	*args = g_new0(char *, g_strv_length(words) + 1);
	for (guint i = 1, n = 0; words[0] && words[i]; i++) {
		if (n > 0 || strcmp(words[i], "--") != 0)
			(*args)[n++] = g_strdup(words[i]);
	}
	if (!none_is_empty(cli, all, *args, error) || !options_make_sense(cli, all, error) ||
	    !colour_apply(cli, error) ||
	    (cli->as_of_text && !cli_day("--as-of", cli->as_of_text, &cli->as_of, error)))
		return false;
	if (cli->help && cli->take_options)
		cli->take_options(cli->take_data, (const GOptionEntry *)(void *)all->data);
	else if (cli->help)
		help_print(&cli->out, cli->command, (const GOptionEntry *)(void *)all->data);
	return true;
}

guint cli_limit(const struct cli *cli, gint limit, guint people)
{
	if (limit != LIMIT_UNSAID)
		return (guint)limit;
	return cli->json || cli->plain ? 0 : people;
}

static bool is_network(const char *word)
{
	g_autofree char *file = g_build_filename(word, "network.yaml", NULL);

	return g_file_test(file, G_FILE_TEST_IS_REGULAR) || path_is_store(word);
}

/* Whether a path of cli_path() is a network in one file: opened to be known as such it was there.
 */
static bool is_alone(const char *path)
{
	return !g_file_test(path, G_FILE_TEST_IS_DIR);
}

/* One that is named: by whoever calls, or in the environment. */
static char *path_given(const char *given, GError **error)
{
	g_autofree char *path = network_at(given);

	if (is_network(path))
		return g_steal_pointer(&path);
	g_set_error(error, TELAR_ERROR, TELAR_ERROR_NO_INPUT,
		    g_file_test(path, G_FILE_TEST_IS_DIR)
			    ? _("\"%s\" is no network: there is no network.yaml in it")
		    : g_file_test(path, G_FILE_TEST_EXISTS)
			    ? _("\"%s\" is no network: neither a directory nor a store")
			    : _("There is no directory \"%s\""),
		    path);
	return NULL;
}

bool cli_words(struct cli *cli, char **args, guint least, guint most, GError **error)
{
	guint n = g_strv_length(args);
	g_autofree char *hint = NULL, *usage = NULL;

	if (n > 0 && n > least && !cli->network && is_network(args[n - 1])) {
		cli->network = args[--n];
		args[n] = NULL;
	}
	if (n >= least && n <= most)
		return true;
	/* What has a slash and nothing else to be is meant as a network's directory. */
	if (n > most && !cli->network && strchr(args[n - 1], '/')) {
		g_autofree char *path = path_given(args[n - 1], error);
		if (!path)
			return false;
	}
	if (n < least)
		g_set_error(error, TELAR_ERROR, TELAR_ERROR_USAGE, _("\"%s\" needs more words"),
			    cli->command->name);
	else
		g_set_error(error, TELAR_ERROR, TELAR_ERROR_USAGE,
			    _("\"%s\" is one word too many for \"%s\""), args[most],
			    cli->command->name);
	usage = command_usage(cli->command);
	hint = g_strdup_printf(_("it is written: telar %s %s"), cli->command->name, usage);
	error_add_hint(error, g_strchomp(hint));
	return false;
}

char *cli_path(struct cli *cli, GError **error)
{
	const char *given = cli->network ? cli->network : start_env("TELAR_NETWORK");
	g_autofree char *here = g_get_current_dir();
	char *found;

	if (given)
		return path_given(given, error);
	found = workspace_search(here);
	if (!found) {
		g_autofree char *set = network_at(config_get(cli->config, SETTING_NETWORK));
		found = is_network(set) ? g_steal_pointer(&set) : NULL;
	}
	if (!found) {
		g_set_error(error, TELAR_ERROR, TELAR_ERROR_NO_INPUT,
			    _("There is no network here: no network.yaml in this directory nor "
			      "above it"));
		error_add_hint(error, _("say which one with -N DIRECTORY"));
	}
	return found;
}

static void say_left_out(const struct cli *cli)
{
	guint errors = cli->findings->errors;

	if (errors > 0)
		cli_say(cli,
			ngettext("The files have %u error; what it touches is left out. "
				 "\"telar check\" says where.",
				 "The files have %u errors; what they touch is left out. "
				 "\"telar check\" says where.",
				 errors),
			errors);
}

/* What the network sets for its readers, and what this one keeps for it. */
static void network_known(struct cli *cli, const char *path)
{
	g_autofree char *state = g_build_filename(g_get_user_state_dir(), "telar", NULL);

	if (!is_alone(path)) {
		config_read_network(cli->config, path);
		start_set_language(config_get(cli->config, SETTING_LANGUAGE));
	}
	memory_close(cli->memory);
	cli->memory = memory_open(state, path);
}

char *cli_actor(const struct cli *cli)
{
	const char *name = config_get(cli->config, SETTING_ACTOR);

	return *name ? g_strdup(name) : clock_user();
}

/* From here on the network is what it was on the day that is asked for. */
static void go_back(struct cli *cli)
{
	struct model *then = model_as_of(cli->model, cli->as_of, NULL, NULL);

	model_unref(cli->model);
	cli->model = then;
}

/*
 * What is needed for a while goes back to the system when it is let go of, instead of lying
 * between what stays: a command computes once, so nothing of that size is asked for twice.
 */
static void memory_return_early(void)
{
	(void)mallopt(M_MMAP_THRESHOLD, 64 * 1024);
	(void)mallopt(M_TRIM_THRESHOLD, 1024 * 1024);
}

/* Without the network's own file there are no words to read entries by: no number is right. */
static bool network_is_known(const struct cli *cli, const char *path, GError **error)
{
	const struct finding *finding = findings_error_in(cli->findings, DIRECTORY_NETWORK);
	const char *id = RECORD(cli->model->network)->id;
	g_autofree char *file = NULL;

	if (!finding || (id && *id))
		return true;
	file = g_build_filename(path, DIRECTORY_NETWORK, NULL);
	g_set_error(error, TELAR_ERROR, TELAR_ERROR_DATA, "%s:%u:%u: %s", file, finding->line,
		    finding->col, finding->message);
	error_add_hint(error, finding->hint);
	return false;
}

bool cli_read(struct cli *cli, GError **error)
{
	g_autofree char *path = cli_path(cli, error);

	if (!path)
		return false;
	memory_return_early();
	network_known(cli, path);
	cli->findings = findings_new();
	if (is_alone(path))
		cli->model = store_model(path, clock_today(&cli->clock), error);
	else if (!directory_model(path, clock_today(&cli->clock), cli->findings, &cli->model,
				  error))
		return false;
	if (!cli->model || !network_is_known(cli, path, error))
		return false;
	say_left_out(cli);
	if (date_is_set(cli->as_of))
		go_back(cli);
	malloc_trim(0);
	return true;
}

bool cli_open(struct cli *cli, GError **error)
{
	g_autofree char *path = cli_path(cli, error);
	g_autofree char *actor = cli_actor(cli);
	struct workspace_options options = { .path = path, .actor = actor, .clock = cli->clock };

	if (!path)
		return false;
	network_known(cli, path);
	cli->findings = findings_new();
	cli->workspace = workspace_open(&options, cli->findings, error);
	if (!cli->workspace)
		return false;
	cli->model = model_ref(workspace_model(cli->workspace));
	say_left_out(cli);
	return true;
}

void cli_say(const struct cli *cli, const char *format, ...)
{
	g_autofree char *text = NULL;
	va_list arguments;

	fflush(stdout);
	va_start(arguments, format);
	text = g_strdup_vprintf(format, arguments);
	va_end(arguments);
	out_text(&cli->err, text);
	fputc('\n', cli->err.stream);
}

void cli_complain(const struct cli *cli, const GError *error)
{
	g_autofree char *what = NULL, *hint = NULL;

	error_split(error, &what, &hint);
	cli_say(cli, "telar: %s", what);
	if (hint)
		cli_say(cli, "  %s: %s", _("hint"), hint);
}

void cli_print_so_far(const struct cli *cli, GString *text)
{
	if (text->len < PART)
		return;
	out_text(&cli->out, text->str);
	g_string_truncate(text, 0);
}

void cli_print_json(const struct cli *cli, GString *text)
{
	g_string_append_c(text, '\n');
	out_text(&cli->out, text->str);
	g_string_free(text, TRUE);
}

int cli_columns(const struct cli *cli)
{
	return cli->out.columns > 0 ? CLAMP(cli->out.columns, 40, 100) : 80;
}

void cli_paragraph(const struct cli *cli, int indent, const char *lead, const char *text)
{
	g_autoptr(GPtrArray) lines = text_wrap(text, cli_columns(cli) - indent);

	for (guint i = 0; i < lines->len; i++) {
		g_autofree char *front = text_fit(i == 0 && lead ? lead : "", indent, true);
		out_printf(&cli->out, "%s%s\n", front, (char *)g_ptr_array_index(lines, i));
	}
}
