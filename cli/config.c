/*
 * telar config and telar filters: what a person sets and keeps.  Reading settings is
 * tui/config.c, keeping filters tui/memory.c.
 */
#include "cli/command.h"

#include "base/errors.h"
#include "base/text.h"
#include "data/op.h"
#include "tui/config.h"
#include "tui/memory.h"

#include <string.h>

#include <glib/gi18n.h>

/* What stands in force for a key of the table or of "keys". Caller frees. */
static char *value_now(const struct config *config, const char *key, bool *found)
{
	const struct binding *binding =
		g_str_has_prefix(key, "keys.") ? binding_named(key + 5) : NULL;
	g_autoptr(GString) text = g_string_new(NULL);
	struct keymap map;
	enum setting setting;
	char word[16];

	*found = true;
	if (setting_find(key, &setting))
		return g_strdup(config_get(config, setting));
	*found = binding != NULL;
	if (!binding)
		return NULL;
	config_keymap(config, &map);
	for (guint i = 0; i < KEYS_MAX && map.keys[binding->action][i]; i++)
		g_string_append_printf(text, "%s%s", i ? " " : "",
				       key_word(map.keys[binding->action][i], word));
	return g_string_free(g_steal_pointer(&text), FALSE);
}

static void config_json(const struct cli *cli)
{
	GString *text = g_string_new(NULL);
	struct json json;

	json_init(&json, text, true);
	json_open_object(&json);
	for (guint i = 0; i < SETTING_COUNT; i++)
		json_put_string(&json, setting_field(i)->key, config_get(cli->config, i));
	json_key(&json, "keys");
	json_open_object(&json);
	for (guint i = ACTION_NONE + 1; i < ACTION_COUNT; i++) {
		g_autofree char *key = g_strconcat("keys.", binding_of(i)->name, NULL);
		bool found;
		g_autofree char *value = value_now(cli->config, key, &found);
		json_put_string(&json, binding_of(i)->name, value);
	}
	json_close_object(&json);
	json_close_object(&json);
	cli_print_json(cli, text);
}

static void config_list(const struct cli *cli, bool all)
{
	const char *const people[] = { _("Setting"), _("Value"), _("From"), _("What it is for") };
	const char *const plain[] = { "setting", "value", "from", "help" };
	struct table *table = table_new(cli->plain ? plain : people, 4);

	for (guint i = 0; i < SETTING_COUNT; i++) {
		g_autofree char *source = config_source_text(cli->config, i);
		table_row(table,
			  (const char *const[]){ setting_field(i)->key, config_get(cli->config, i),
						 source, _(setting_field(i)->help) });
	}
	for (guint i = ACTION_NONE + 1; i < ACTION_COUNT; i++) {
		g_autofree char *key = g_strconcat("keys.", binding_of(i)->name, NULL);
		bool found, own = config_keys(cli->config, i) != NULL;
		g_autofree char *value = value_now(cli->config, key, &found);

		if (all || own)
			table_row(table, (const char *const[]){ key, value,
								own ? config_file(cli->config)
								    : _("as it comes"),
								_(binding_of(i)->label) });
	}
	table_print(table, &cli->out, cli->plain);
	table_free(table);
}

static bool config_one(struct cli *cli, const char *key, GError **error)
{
	bool found;
	g_autofree char *value = value_now(cli->config, key, &found);

	/* Setting it nowhere says what is nearest. */
	if (!found)
		return config_set(cli->config, key, "", error);
	out_printf(&cli->out, "%s\n", value);
	return true;
}

/* The settings of the network at hand count, where there is one. */
static void network_look(struct cli *cli)
{
	g_autofree char *path = cli_path(cli, NULL);

	if (path)
		config_read_network(cli->config, path);
}

/* "set theme=dark", "theme=dark", "get theme", "unset theme", "list". */
bool command_config(struct cli *cli, char ***args, GError **error)
{
	static const char *const verbs[] = { "list", "get", "set", "unset", NULL };
	gboolean all = FALSE;
	const GOptionEntry entries[] = {
		{ "all", 'a', 0, G_OPTION_ARG_NONE, &all, N_("Also the keys of every action"),
		  NULL },
		{ 0 },
	};
	char **words;
	int verb = 0;

	if (!cli_options(cli, entries, args, error))
		return false;
	if (cli->help)
		return true;
	words = *args;
	network_look(cli);
	if (*words && (strchr(*words, '=') || !g_strv_contains(verbs, *words)))
		verb = strchr(*words, '=') ? 2 : 1;
	else if (*words && (verb = cli_choice("config", *words++, verbs, error)) < 0)
		return false;
	if (verb == 0 && cli->json)
		config_json(cli);
	else if (verb == 0)
		config_list(cli, all);
	for (; *words; words++) {
		char *equals = strchr(*words, '=');
		const char *value = NULL;

		if (verb == 1 && !config_one(cli, *words, error))
			return false;
		if (verb == 1 || verb == 0)
			continue;
		/* "set theme dark" is meant as well. */
		if (verb == 2 && equals) {
			*equals = '\0';
			value = equals + 1;
		} else if (verb == 2 && words[1]) {
			value = words[1];
		}
		if (verb == 2 && !value) {
			g_set_error(error, TELAR_ERROR, TELAR_ERROR_USAGE, _("\"%s\" sets nothing"),
				    *words);
			error_add_hint(error, _("write it as in: telar config set theme=dark"));
			return false;
		}
		if (!config_save(cli->config, *words, value, error))
			return false;
		words += verb == 2 && !equals;
	}
	if (verb >= 2)
		cli_say(cli, _("Kept in %s"), config_file(cli->config));
	findings_write(config_findings(cli->config), FINDINGS_TEXT, cli->err.colour, "", stderr);
	return verb > 0 || config_check(cli->config, error);
}

/* --- filters ------------------------------------------------------------------------ */

static void filters_print(const struct cli *cli)
{
	const char *const people[] = { _("Name"), C_("column", "Filter") };
	const char *const plain[] = { "name", "filter" };
	struct table *table = table_new(cli->plain ? plain : people, 2);

	for (guint i = 0; i < memory_count(cli->memory, MEMORY_FILTERS); i++)
		table_row(table,
			  (const char *const[]){ memory_name(cli->memory, i),
						 memory_text(cli->memory, MEMORY_FILTERS, i) });
	table_print(table, &cli->out, cli->plain);
	table_free(table);
}

static void filters_json(const struct cli *cli)
{
	GString *text = g_string_new(NULL);
	struct json json;

	json_init(&json, text, true);
	json_open_object(&json);
	for (guint i = 0; i < memory_count(cli->memory, MEMORY_FILTERS); i++)
		json_put_string(&json, memory_name(cli->memory, i),
				memory_text(cli->memory, MEMORY_FILTERS, i));
	json_close_object(&json);
	cli_print_json(cli, text);
}

bool command_filters(struct cli *cli, char ***args, GError **error)
{
	gboolean forget = FALSE;
	const GOptionEntry entries[] = {
		{ "delete", 'd', 0, G_OPTION_ARG_NONE, &forget, N_("Forget the filter"), NULL },
		{ 0 },
	};
	g_autofree char *word = NULL, *text = NULL;
	struct filter *filter;

	if (!cli_options(cli, entries, args, error))
		return false;
	if (cli->help)
		return true;
	if (!cli_words(cli, *args, forget ? 1 : 0, forget ? 1 : 2, error) || !cli_read(cli, error))
		return false;
	if (memory_trouble(cli->memory))
		cli_say(cli, "%s", memory_trouble(cli->memory));
	if (!**args) {
		if (cli->json)
			filters_json(cli);
		else
			filters_print(cli);
		if (memory_count(cli->memory, MEMORY_FILTERS) == 0)
			cli_say(cli,
				_("No filter is kept yet: telar filters NAME FILTER keeps one"));
		return true;
	}
	if ((*args)[1]) {
		filter = cli_filter(cli, (*args)[1], KIND_INSTITUTION, error);
		if (!filter)
			return false;
		text = filter_keys(filter, cli->model);
		filter_free(filter);
		if (!memory_put(cli->memory, MEMORY_FILTERS, **args, text, error))
			return false;
		cli_say(cli, _("Kept: @%s"), **args);
		return true;
	}
	word = g_strconcat("@", **args, NULL);
	text = memory_expand(cli->memory, word, error);
	if (!text)
		return false;
	if (!forget)
		out_printf(&cli->out, "%s\n", text);
	else if (!memory_put(cli->memory, MEMORY_FILTERS, **args, NULL, error))
		return false;
	return true;
}
