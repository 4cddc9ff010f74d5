#include "tui/app.h"

#include <string.h>

#include <glib/gi18n.h>

#include "base/context.h"

/*
 * The table of bindings, made from actions.def, the keys in force, and the names of
 * keys.  What a key does is decided by whoever gets the action; here is only where
 * it works.
 */

/* clang-format off */
#define KEYS(...) { __VA_ARGS__ }
static const struct binding table[] = {
#define ACTION(id, name, keys, label, scope) { ACTION_##id, name, keys, label, scope },
#include "tui/actions.def"
#undef ACTION
};

/* `word` is what files and scripts say, `shown` what people read. */
static const struct {
	gunichar key;
	const char *word, *shown;
} names[] = {
	{ TUI_ENTER, "Enter", N_("Enter") },
	{ TUI_ESCAPE, "Esc", N_("Esc") },
	{ TUI_TAB, "Tab", N_("Tab") },
	{ ' ', "Space", N_("Space") },
	{ TUI_KEY_UP, "Up", "↑" },
	{ TUI_KEY_DOWN, "Down", "↓" },
	{ TUI_KEY_LEFT, "Left", "←" },
	{ TUI_KEY_RIGHT, "Right", "→" },
	{ TUI_KEY_HOME, "Home", IN_CONTEXT("key", "Home") },
	{ TUI_KEY_END, "End", IN_CONTEXT("key", "End") },
	{ TUI_KEY_PAGE_UP, "PgUp", N_("PgUp") },
	{ TUI_KEY_PAGE_DOWN, "PgDn", N_("PgDn") },
	{ TUI_KEY_DELETE, "Del", N_("Del") },
	{ TUI_KEY_BACKSPACE, "Backspace", "Backspace" },
	{ TUI_KEY_BACKTAB, "BackTab", "Shift-Tab" },
	{ TUI_KEY_F1, "F1", "F1" },
	{ TUI_KEY_F2, "F2", "F2" },
	{ TUI_KEY_SHIFT_UP, "ShiftUp", "Shift-↑" },
	{ TUI_KEY_SHIFT_DOWN, "ShiftDown", "Shift-↓" },
	{ TUI_KEY_SHIFT_LEFT, "ShiftLeft", "Shift-←" },
	{ TUI_KEY_SHIFT_RIGHT, "ShiftRight", "Shift-→" },
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

const char *binding_note(enum action action)
{
	return action == ACTION_BACK ? N_("q quits where there is nothing to go back to") : NULL;
}

const struct binding *binding_named(const char *name)
{
	for (guint i = 0; i < G_N_ELEMENTS(table); i++)
		if (strcmp(table[i].name, name) == 0)
			return &table[i];
	return NULL;
}

void keymap_init(struct keymap *map)
{
	memset(map, 0, sizeof *map);
	for (guint i = 0; i < G_N_ELEMENTS(table); i++)
		for (guint k = 0; k + 1 < KEYS_MAX; k++)
			map->keys[table[i].action][k] = table[i].keys[k];
}

bool actions_meet(enum action a, enum action b)
{
	guint first = binding_of(a)->scope, second = binding_of(b)->scope;
	const struct view_ops *const *views;
	guint n;

	if (((first | second) & SCOPE_ANY) != 0)
		return true;
	views = app_views(&n);
	for (guint i = 0; i < n; i++)
		if ((views[i]->scopes & first) != 0 && (views[i]->scopes & second) != 0)
			return true;
	return false;
}

static int key_at(const struct keymap *map, enum action action, gunichar key)
{
	for (int i = 0; i < KEYS_MAX && map->keys[action][i] != 0; i++)
		if (map->keys[action][i] == key)
			return i;
	return -1;
}

static void key_take(struct keymap *map, enum action action, gunichar key)
{
	gunichar *keys = map->keys[action];
	int at = key_at(map, action, key);

	for (int i = at; at >= 0 && i < KEYS_MAX; i++)
		keys[i] = i + 1 < KEYS_MAX ? keys[i + 1] : 0;
}

void keymap_bind(struct keymap *map, enum action action, const char *const *words)
{
	guint n = 0;

	memset(map->keys[action], 0, sizeof map->keys[action]);
	for (; *words != NULL && n + 1 < KEYS_MAX; words++) {
		gunichar key = key_parse(*words);

		if (key == 0 || key_at(map, action, key) >= 0)
			continue;
		for (guint i = 0; i < G_N_ELEMENTS(table); i++)
			if (table[i].action != action && actions_meet(table[i].action, action))
				key_take(map, table[i].action, key);
		map->keys[action][n++] = key;
	}
}

enum action keymap_action(const struct keymap *map, gunichar key, guint scopes)
{
	if (key == 0)
		return ACTION_NONE;
	if (key == '\n')
		key = TUI_ENTER;
	for (guint i = 0; i < G_N_ELEMENTS(table); i++)
		if ((table[i].scope & (scopes | SCOPE_ANY)) != 0 &&
		    key_at(map, table[i].action, key) >= 0)
			return table[i].action;
	return ACTION_NONE;
}

gunichar keymap_key(const struct keymap *map, enum action action)
{
	return map->keys[action][0];
}

bool key_is_text(gunichar key)
{
	return key >= 0x20 && key <= 0x10ffff;
}

gunichar keymap_key_typing(const struct keymap *map, enum action action)
{
	for (guint i = 0; i < KEYS_MAX; i++)
		if (!key_is_text(map->keys[action][i]))
			return map->keys[action][i];
	return 0;
}

char *keymap_text(const struct keymap *map, enum action action)
{
	GString *text = g_string_new(NULL);
	char name[16];

	for (guint i = 0; i < KEYS_MAX && map->keys[action][i] != 0; i++)
		g_string_append_printf(text, "%s%s", i > 0 ? " " : "",
				       key_text(map->keys[action][i], name));
	return g_string_free(text, FALSE);
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

/* A key without a name of its own: "^D", "F5", "j". */
static const char *key_letter(gunichar key, char out[16])
{
	memset(out, 0, 16);
	if (key < 32)
		g_snprintf(out, 16, "^%c", (char)(key + 64));
	else if (g_unichar_validate(key))
		g_unichar_to_utf8(key, out);
	return out;
}

const char *key_text(gunichar key, char out[16])
{
	for (guint i = 0; i < G_N_ELEMENTS(names); i++) {
		if (names[i].key == key) {
			g_strlcpy(out, in_context(names[i].shown), 16);
			return out;
		}
	}
	return key_letter(key, out);
}

/* Of what key_text() gives; 0: it shows no key, or several. */
static gunichar key_shown(const char *text)
{
	for (guint i = 0; i < G_N_ELEMENTS(names); i++)
		if (strcmp(text, in_context(names[i].shown)) == 0)
			return names[i].key;
	return key_parse(text);
}

char *keymap_told(const struct keymap *map, const char *key, bool typing, gunichar *shown)
{
	g_auto(GStrv) words = g_strsplit(key, " ", -1);
	guint n = 0;

	*shown = 0;
	for (guint i = 0; words[i] != NULL; i++) {
		const struct binding *binding =
			words[i][0] == '@' ? binding_named(words[i] + 1) : NULL;
		char text[16];

		if (binding != NULL) {
			*shown = typing ? keymap_key_typing(map, binding->action)
					: keymap_key(map, binding->action);
			g_free(words[i]);
			words[i] = g_strdup(*shown == 0 ? "" : key_text(*shown, text));
		}
		n += words[i][0] != '\0';
	}
	char *told = g_strjoinv(" ", words);

	*shown = n == 1 ? key_shown(g_strstrip(told)) : 0;
	return g_strstrip(told);
}

const char *key_word(gunichar key, char out[16])
{
	for (guint i = 0; i < G_N_ELEMENTS(names); i++) {
		if (names[i].key == key) {
			g_strlcpy(out, names[i].word, 16);
			return out;
		}
	}
	return key_letter(key, out);
}

gunichar key_parse(const char *word)
{
	for (guint i = 0; i < G_N_ELEMENTS(names); i++)
		if (g_ascii_strcasecmp(names[i].word, word) == 0)
			return names[i].key;
	if (word[0] == '^' && g_ascii_isalpha(word[1]) && word[2] == '\0')
		return TUI_CTRL(g_ascii_tolower(word[1]));
	if (!g_utf8_validate(word, -1, NULL) || g_utf8_strlen(word, -1) != 1)
		return 0;
	return g_utf8_get_char(word) > 32 ? g_utf8_get_char(word) : 0;
}
