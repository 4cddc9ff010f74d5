#ifndef TESTS_TUI_TYPING_H
#define TESTS_TUI_TYPING_H

#include "tests/unit/tui_small.h"
#include "tui/views/edit.h"

/* Keys of somebody who fills in the form on top. */

/* Goes to the row of a path, from the top. */
static inline void go_to(struct small *s, const char *path)
{
	struct edit **edit = app_top(s->app)->state; /* the first member */
	struct form *form = (*edit)->form;
	struct form_row *row = form_row_find(form, path);
	guint at;

	g_assert_nonnull(row);
	g_assert_true(g_ptr_array_find(form->rows, row, &at));
	for (guint i = 0; i < form->rows->len; i++)
		small_key(s, TUI_KEY_UP);
	while (form->focus < at)
		small_key(s, TUI_TAB);
}

static inline void clear_field(struct small *s)
{
	small_key(s, TUI_KEY_END);
	small_key(s, TUI_CTRL('u'));
}

static inline void save(struct small *s)
{
	small_key(s, TUI_KEY_F2);
	small_key(s, 'y');
}

static inline const struct op *only_op(const struct small *s)
{
	g_assert_nonnull(s->saved);
	g_assert_cmpuint(s->saved->ops->len, ==, 1);
	return g_ptr_array_index(s->saved->ops, 0);
}

#endif
