#include "tui/app.h"

#include <string.h>

#include <glib/gi18n.h>

/*
 * The table of bindings, made from actions.def, and the names of keys.  What a
 * key does is decided by whoever gets the action; here is only where it works.
 */

/* clang-format off */
#define KEYS(...) { __VA_ARGS__ }
static const struct binding table[] = {
#define ACTION(id, name, keys, label, scope) { ACTION_##id, name, keys, label, scope },
#include "tui/actions.def"
#undef ACTION
};

static const struct {
	gunichar key;
	const char *name;
} names[] = {
	{ TUI_ENTER, N_("Enter") },
	{ TUI_ESCAPE, N_("Esc") },
	{ TUI_TAB, N_("Tab") },
	{ ' ', N_("Space") },
	{ TUI_KEY_UP, "↑" },
	{ TUI_KEY_DOWN, "↓" },
	{ TUI_KEY_LEFT, "←" },
	{ TUI_KEY_RIGHT, "→" },
	{ TUI_KEY_HOME, N_("Home") },
	{ TUI_KEY_END, N_("End") },
	{ TUI_KEY_PAGE_UP, N_("PgUp") },
	{ TUI_KEY_PAGE_DOWN, N_("PgDn") },
	{ TUI_KEY_DELETE, N_("Del") },
	{ TUI_KEY_BACKSPACE, "Backspace" },
	{ TUI_KEY_BACKTAB, "Shift-Tab" },
	{ TUI_KEY_F1, "F1" },
	{ TUI_KEY_F2, "F2" },
};
/* clang-format on */

const struct binding *bindings(guint *n)
{
	*n = G_N_ELEMENTS(table);
	return table;
}

const struct binding *binding_of(enum action action)
{
	for (guint i = 0; i < G_N_ELEMENTS(table); i++)
		if (table[i].action == action)
			return &table[i];
	return NULL;
}

static bool has_key(const struct binding *binding, gunichar key)
{
	for (guint i = 0; i < G_N_ELEMENTS(binding->keys) && binding->keys[i] != 0; i++)
		if (binding->keys[i] == key)
			return true;
	return false;
}

enum action binding_action(gunichar key, guint scopes)
{
	if (key == 0)
		return ACTION_NONE;
	if (key == '\n')
		key = TUI_ENTER;
	for (guint i = 0; i < G_N_ELEMENTS(table); i++)
		if ((table[i].scope & (scopes | SCOPE_ANY)) != 0 && has_key(&table[i], key))
			return table[i].action;
	return ACTION_NONE;
}

const char *key_yes(void)
{
	/* TRANSLATORS: the one letter that says yes (Spanish: s); no other answer in a
	 * footer ("Esc Back to the form") may begin with it. */
	return C_("key", "y");
}

bool key_is_yes(gunichar key)
{
	return g_unichar_tolower(key) == g_utf8_get_char(key_yes());
}

const char *key_text(gunichar key, char out[16])
{
	for (guint i = 0; i < G_N_ELEMENTS(names); i++) {
		if (names[i].key == key) {
			g_strlcpy(out, _(names[i].name), 16);
			return out;
		}
	}
	if (key < 32) {
		g_snprintf(out, 16, "^%c", (char)(key + 64));
		return out;
	}
	memset(out, 0, 16);
	if (g_unichar_validate(key))
		g_unichar_to_utf8(key, out);
	return out;
}
