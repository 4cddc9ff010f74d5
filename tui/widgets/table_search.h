#ifndef TUI_WIDGETS_TABLE_SEARCH_H
#define TUI_WIDGETS_TABLE_SEARCH_H

#include "tui/widgets/table.h"

/* Searching in a table: part of tableview. */
struct tableview_search {
	char *needle;  /* folded, NULL: nothing was searched */
	char *from;    /* id selected when the search began */
	guint n;       /* records of `folded` */
	char **folded; /* words of each record, folded, "\0" between, NULL not yet; in chunk */
	GStringChunk *chunk;
	bool no_match;
	bool working;
	int step;    /* 1, -1: to the next; 0: to the best */
	guint start; /* position where it began */
	guint tried;
	int best;
	guint best_at;
};

struct tableview_search *search_new(void);
void search_free(struct tableview_search *search);
/* Other records: what was folded is dropped. */
void search_reset(struct tableview_search *search, guint n);

void search_begin(struct tableview *table);
void search_key(struct tableview *table, gunichar key);
void search_step(struct tableview *table, int step);
/* A piece of the search; false: there is nothing to search. */
bool search_work(struct tableview *table);

/* In table.c: */
void table_focus(struct tableview *table, guint position);

#endif
