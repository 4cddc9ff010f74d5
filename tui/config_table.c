#include "tui/config_table.h"

#include <stddef.h>
#include <string.h>

#include <glib/gi18n.h>

/*
 * The table of settings as fields of a record, made from settings.def and, for keys,
 * from actions.def.  Where values come from is config.c.
 */

/* clang-format off */
static const struct choice language_choices[] = {
	{ "auto", N_("by the locale") }, { "en", "English" }, { "es", "Español" },
	{ "pt", "Português" }, { NULL, NULL },
};
static const struct choice theme_choices[] = {
	{ "default", N_("the terminal's own colours") }, { "dark", N_("for dark backgrounds") },
	{ "light", N_("for light backgrounds") }, { "high-contrast", N_("high contrast") },
	{ "mono", N_("without colours") }, { NULL, NULL },
};
static const struct choice color_choices[] = {
	{ "auto", N_("where they can be shown") }, { "always", N_("always") },
	{ "never", N_("never") }, { NULL, NULL },
};
static const struct choice character_choices[] = {
	{ "auto", N_("by the locale") }, { "unicode", N_("all of Unicode") },
	{ "ascii", N_("ASCII only") }, { NULL, NULL },
};
static const struct choice yes_choices[] = {
	{ "no", N_("no") }, { "yes", N_("yes") }, { NULL, NULL },
};
static const struct choice separator_choices[] = {
	{ "comma", "," }, { "semicolon", ";" }, { "tab", N_("Tab") }, { "bar", "|" }, { NULL, NULL },
};
static const struct choice start_choices[] = {
	{ "overview", N_("Overview") }, { "institutions", N_("Institutions") },
	{ "territories", N_("Territories") }, { "partnerships", N_("Partnerships") },
	{ "programmes", N_("Programmes") }, { "map", N_("Map") }, { "matrix", N_("Matrix") },
	{ "gaps", N_("Gaps") }, { "time", N_("Time") }, { NULL, NULL },
};

/* Keys that never arrive: the terminal and the shell have them. */
static bool key_valid(const char *text)
{
	gunichar key = key_parse(text);
	static const gunichar taken[] = { TUI_CTRL('z'), TUI_CTRL('c'), TUI_CTRL('s'), TUI_CTRL('q') };

	for (guint i = 0; i < G_N_ELEMENTS(taken); i++)
		if (key == taken[i])
			return false;
	return key != 0 || strcmp(text, "none") == 0;
}

static const struct field key_fields[] = {
#define ACTION(id, name, keys, label_, scope) \
	{ .key = name, .type = FIELD_TEXT, .flags = FIELD_MANY, .valid = key_valid, \
	  .offset = (guint)(ACTION_##id * sizeof(char *)), .label = label_, \
	  .help = N_("Its keys, as in [s, F2, ^T]; none for no key") },
#include "tui/actions.def"
#undef ACTION
};

static const struct record_type keys_type = {
	.name = "keys", .title = N_("Keys"), .titles = N_("Keys"), .size = (guint)sizeof(struct config_keys),
	.fields = key_fields, .n_fields = G_N_ELEMENTS(key_fields),
};

static const struct field fields[] = {
#define SETTING(id, key_, type_, choices_, check, standard, network, label_, help_) \
	{ .key = key_, .type = type_, .choices = choices_, .valid = check, \
	  .offset = (guint)(SETTING_##id * sizeof(char *)), .label = label_, .help = help_ },
#include "tui/settings.def"
#undef SETTING
	{ .key = "keys", .type = FIELD_GROUP, .sub = &keys_type,
	  .offset = (guint)offsetof(struct config_values, keys), .label = N_("Keys"),
	  .help = N_("Keys of your own for actions, by their names in the help") },
};

static const struct {
	const char *standard;
	bool network;
} rows[SETTING_COUNT] = {
#define SETTING(id, key, type, choices, check, standard, network, label, help) { standard, network },
#include "tui/settings.def"
#undef SETTING
};
/* clang-format on */

static const struct record_type type = {
	.name = "settings",
	.title = N_("Settings"),
	.titles = N_("Settings"),
	.size = (guint)sizeof(struct config_values),
	.fields = fields,
	.n_fields = G_N_ELEMENTS(fields),
};

const struct record_type *config_type(void)
{
	return &type;
}

bool setting_find(const char *key, enum setting *setting)
{
	for (guint i = 0; i < SETTING_COUNT; i++) {
		if (strcmp(fields[i].key, key) == 0) {
			*setting = (enum setting)i;
			return true;
		}
	}
	return false;
}

const struct field *setting_field(enum setting setting)
{
	return &fields[setting];
}

const char *setting_default(enum setting setting)
{
	return rows[setting].standard;
}

bool setting_network_may(enum setting setting)
{
	return rows[setting].network;
}

char *setting_variable(enum setting setting)
{
	g_autofree char *upper = g_ascii_strup(fields[setting].key, -1);

	return g_strconcat("TELAR_", upper, NULL);
}
