#ifndef TUI_WIDGETS_TABLE_LAYOUT_H
#define TUI_WIDGETS_TABLE_LAYOUT_H

#include "tui/widgets/table.h"

/* Which columns of a table are shown and how wide; part of tui/widgets/table.h. */
#define TABLE_MARGIN 2 /* marker of focus, mark */

struct table_layout {
	int *widths; /* of each column; 0: not shown */
	int *at;
	bool left, right; /* there is more on that side */
};

struct table_layout table_layout_new(const struct tableview *table, int cols);
void table_layout_release(struct table_layout *layout);

/* What the texts of the columns shown take, where that is not known yet. */
void table_measure_texts(struct tableview *table);

/* A cell's text, caller frees; may be NULL. */
char *table_cell(const struct tableview *table, guint column, guint record, enum style *style);

#endif
