#include "tui/app.h"

#include <string.h>

/* What the keys of every view must hold, and those that people give. */
static bool holds(const struct binding *binding, guint scopes)
{
	return (binding->scope & (scopes | SCOPE_ANY)) != 0;
}

static bool share_key(const struct binding *a, const struct binding *b)
{
	for (guint i = 0; i < G_N_ELEMENTS(a->keys) && a->keys[i] != 0; i++)
		for (guint k = 0; k < G_N_ELEMENTS(b->keys) && b->keys[k] != 0; k++)
			if (a->keys[i] == b->keys[k])
				return true;
	return false;
}

/* If it fails, one of two actions can never be reached in a view. */
static void test_no_key_twice(void)
{
	guint n, n_views;
	const struct binding *table = bindings(&n);
	const struct view_ops *const *views = app_views(&n_views);

	for (guint v = 0; v < n_views; v++)
		for (guint i = 0; i < n; i++)
			for (guint k = i + 1; k < n; k++)
				if (holds(&table[i], views[v]->scopes) &&
				    holds(&table[k], views[v]->scopes) &&
				    share_key(&table[i], &table[k]))
					g_error("%s: %s and %s share a key", views[v]->name,
						table[i].name, table[k].name);
}

/* If it fails, the terminal or the shell takes the key before the program sees it. */
static void test_no_reserved_key(void)
{
	static const gunichar reserved[] = { TUI_CTRL('z'), TUI_CTRL('c'), TUI_CTRL('s'),
					     TUI_CTRL('q'), 28 };
	guint n;
	const struct binding *table = bindings(&n);

	for (guint i = 0; i < n; i++)
		for (guint k = 0; k < G_N_ELEMENTS(reserved); k++)
			for (guint j = 0; j < G_N_ELEMENTS(table[i].keys); j++)
				g_assert_cmpuint(table[i].keys[j], !=, reserved[k]);
}

static void test_rows(void)
{
	guint n;
	const struct binding *table = bindings(&n);

	for (guint i = 0; i < n; i++) {
		g_assert_cmpstr(table[i].name, !=, "");
		g_assert_cmpstr(table[i].label, !=, "");
		g_assert_cmpuint(table[i].keys[0], !=, 0);
		g_assert_true(binding_of(table[i].action) == &table[i]);
		for (guint k = i + 1; k < n; k++)
			g_assert_cmpstr(table[i].name, !=, table[k].name);
	}
}

static void test_lookup(void)
{
	struct keymap map;

	keymap_init(&map);
	g_assert_cmpint(keymap_action(&map, 'j', 0), ==, ACTION_DOWN);
	g_assert_cmpint(keymap_action(&map, '\n', 0), ==, ACTION_OPEN);
	g_assert_cmpint(keymap_action(&map, 's', 0), ==, ACTION_NONE);
	g_assert_cmpint(keymap_action(&map, 's', SCOPE_LIST), ==, ACTION_SORT);
	g_assert_cmpint(keymap_action(&map, 0, G_MAXUINT), ==, ACTION_NONE);
}

/* If it fails, a key that somebody gave to an action does another thing, or two. */
static void test_own_keys(void)
{
	const char *const words[] = { "o", "F2", "^T", "rubbish", NULL }, *const none[] = { "none",
											    NULL };
	struct keymap map;
	g_autofree char *text = NULL;

	keymap_init(&map);
	keymap_bind(&map, ACTION_SORT, words);
	g_assert_cmpint(keymap_action(&map, 'o', SCOPE_LIST), ==, ACTION_SORT);
	g_assert_cmpint(keymap_action(&map, 's', SCOPE_LIST), ==, ACTION_NONE);
	/* Elsewhere `o` means what it meant. */
	g_assert_cmpint(keymap_action(&map, 'o', SCOPE_GAP), ==, ACTION_GAP_OWNER);
	text = keymap_text(&map, ACTION_SORT);
	g_assert_cmpstr(text, ==, "o F2 ^T");
	keymap_bind(&map, ACTION_SORT, none);
	g_assert_cmpuint(keymap_key(&map, ACTION_SORT), ==, 0);
	keymap_bind(&map, ACTION_QUIT, words);
	g_assert_cmpint(keymap_action(&map, 'o', SCOPE_GAP), ==, ACTION_QUIT);
}

/* If it fails, a key that the program names cannot be written into a file of settings. */
static void test_words(void)
{
	static const gunichar keys[] = {
		'j', '~', ' ', TUI_ENTER, TUI_KEY_F2, TUI_CTRL('p'), 0xf1
	};
	char word[16];

	for (guint i = 0; i < G_N_ELEMENTS(keys); i++)
		g_assert_cmpuint(key_parse(key_word(keys[i], word)), ==, keys[i]);
	g_assert_cmpuint(key_parse("jj"), ==, 0);
	g_assert_cmpuint(key_parse(""), ==, 0);
}

static void test_names(void)
{
	char name[16];

	g_assert_cmpstr(key_text('j', name), ==, "j");
	g_assert_cmpstr(key_text(TUI_CTRL('d'), name), ==, "^D");
	g_assert_cmpstr(key_text(TUI_ENTER, name), ==, "Enter");
	g_assert_cmpstr(key_text(TUI_KEY_UP, name), ==, "↑");
	g_assert_cmpstr(key_text(' ', name), ==, "Space");
	g_assert_cmpstr(key_text(0x2fffff, name), ==, "");
}

int main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/keymap/no-key-twice", test_no_key_twice);
	g_test_add_func("/keymap/no-reserved-key", test_no_reserved_key);
	g_test_add_func("/keymap/rows", test_rows);
	g_test_add_func("/keymap/lookup", test_lookup);
	g_test_add_func("/keymap/own-keys", test_own_keys);
	g_test_add_func("/keymap/words", test_words);
	g_test_add_func("/keymap/names", test_names);
	return g_test_run();
}
