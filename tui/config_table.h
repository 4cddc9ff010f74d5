#ifndef TUI_CONFIG_TABLE_H
#define TUI_CONFIG_TABLE_H

#include "tui/config.h"

/* The record that the table of settings describes.  Between config.c and config_table.c. */
struct config_keys {
	const char *const *of[ACTION_COUNT];
};

struct config_values {
	const char *of[SETTING_COUNT];
	struct config_keys keys;
};

#endif
