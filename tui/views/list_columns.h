#ifndef TUI_VIEWS_LIST_COLUMNS_H
#define TUI_VIEWS_LIST_COLUMNS_H

#include "tui/views/list.h"

/* The columns that a list has and those that can be chosen besides; part of list.c. */
struct tableview_column *list_columns(const struct list_kind *kind, guint *n);
void list_columns_free(struct tableview_column *columns);

/* A menu of all columns, those shown ticked; and what was ticked in it. */
struct menu *list_chooser(const struct tableview *table);
void list_choose(struct tableview *table, const struct menu *menu);

/* Sorts by the column of that head or key, "-" before it the other way round. */
bool list_sort(struct list *list, const struct world *world, const char *word, GError **error);

#endif
