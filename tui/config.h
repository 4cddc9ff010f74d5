#ifndef TUI_CONFIG_H
#define TUI_CONFIG_H

#include "base/findings.h"
#include "data/field.h"
#include "tui/app.h"

/*
 * Settings: one table (settings.def) from which reading, writing, help, manual and
 * the screen of settings are made.  A value stands in the highest of these layers
 * that has one; files are YAML, with the keys of the table and "keys", a group of
 * lists by the name of an action (`keys: {sort: [o, F3]}`).
 *
 * A network's own file is somebody else's: only settings of looks count there, and
 * what is wrong with it is a warning.
 */
enum setting {
#define SETTING(id, key, type, choices, check, standard, network, label, help) SETTING_##id,
#include "tui/settings.def"
#undef SETTING
	SETTING_COUNT
};

enum config_layer {
	CONFIG_DEFAULT,
	CONFIG_SYSTEM,	    /* /etc/telar/config.yaml */
	CONFIG_USER,	    /* $XDG_CONFIG_HOME/telar/config.yaml */
	CONFIG_NETWORK,	    /* .telar.yaml of the network */
	CONFIG_ENVIRONMENT, /* $TELAR_THEME … */
	CONFIG_FLAGS,	    /* of the command line, or for this session only */
	CONFIG_LAYERS
};

struct config;

/* Reads the two files (either may be NULL, or not there) and, with `environment`, TELAR_*. */
struct config *config_new(const char *system_file, const char *user_file, bool environment);
void config_free(struct config *config); /* NULL accepted */
/* /etc/telar/config.yaml; $XDG_CONFIG_HOME/telar/config.yaml.  Caller frees the second. */
#define CONFIG_SYSTEM_FILE "/etc/telar/config.yaml"
char *config_user_file(void);
/* The user's file of `config`, or NULL. */
const char *config_file(const struct config *config);

/* The network's file, ".telar.yaml" in its directory; one read before is forgotten. */
#define CONFIG_NETWORK_FILE ".telar.yaml"
void config_read_network(struct config *config, const char *directory);

/* A value as the table says it: never NULL.  `config` NULL: the defaults. */
const char *config_get(const struct config *config, enum setting setting);
bool config_is(const struct config *config, enum setting setting, const char *value);
/* The character of SETTING_SEPARATOR. */
char config_separator(const struct config *config);
/* "config.yaml", "TELAR_THEME", … : where the value comes from.  Caller frees. */
char *config_source_text(const struct config *config, enum setting setting);

/* The table: fields of the settings, then the group "keys". */
const struct record_type *config_type(void);
/* The setting of a key; false when it has none. */
bool setting_find(const char *key, enum setting *setting);
const struct field *setting_field(enum setting setting);
const char *setting_default(enum setting setting);
bool setting_network_may(enum setting setting);
/* "TELAR_THEME".  Caller frees. */
char *setting_variable(enum setting setting);

/* Whether that key may have that value, "" none: what config_set() would say. */
bool config_accepts(const char *key, const char *text, GError **error);
/*
 * Sets a value for this process (`layer` is CONFIG_FLAGS) by its key; "keys.sort"
 * takes words between blanks.  NULL: not set there any more.  TELAR_ERROR_CONFIG
 * with a hint for an unknown key or a bad value.
 */
bool config_set(struct config *config, const char *key, const char *text, GError **error);
/*
 * The same for the user's file, which is patched in place: comments and order stay.
 */
bool config_save(struct config *config, const char *key, const char *text, GError **error);

/* What is wrong with the files and the environment, by file. */
const struct findings *config_findings(const struct config *config);
/* TELAR_ERROR_CONFIG with the first error; warnings (of the network's file) are none. */
bool config_check(const struct config *config, GError **error);

/* The words of "keys" for an action in the layers, or NULL: those of the table. */
const char *const *config_keys(const struct config *config, enum action action);
/* The bindings in force. */
void config_keymap(const struct config *config, struct keymap *map);

#endif
