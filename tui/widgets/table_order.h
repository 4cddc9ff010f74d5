#ifndef TUI_WIDGETS_TABLE_ORDER_H
#define TUI_WIDGETS_TABLE_ORDER_H

#include <glib.h>
#include <stdbool.h>

/*
 * Which records a table shows, and in which order: sort keys made once for each
 * column, the records that pass a test, both in pieces so that no key waits for
 * 200,000 records.  A record is a number; what it stands for is the caller's.
 */
typedef char *(*order_text)(const void *data, guint column, guint record);
typedef double (*order_number)(const void *data, guint column, guint record);
typedef bool (*order_test)(const void *data, guint record);

struct order_calls {
	const void *data;
	order_text text;     /* caller frees */
	order_number number; /* NULL for columns that are ordered by their text */
	bool (*has_number)(const void *data, guint column);
	order_test passes; /* NULL: all pass */
};

struct order_column {
	double *numbers; /* of each record, or NULL */
	guint32 *ranks;	 /* of folded texts, G_MAXUINT32 for no text; or NULL */
	double largest;	 /* of order_scale() */
};

struct ranking;
struct sorting;

struct order {
	guint n, n_columns;
	struct order_column *columns;
	guint32 *base;	 /* records by their first column; as they come until that is known */
	bool based;	 /* base is by the first column */
	guint32 *sorted; /* all records in the order wanted, or in the last one that was */
	int column;	 /* that is wanted; -1: as they come */
	bool reverse;
	bool waits;	/* the order wanted is not there yet: its texts are being ranked */
	bool sorts;	/* nor is it yet: its keys are made, or sorted */
	bool right;	/* sorted is by `column` and `reverse` */
	double *making; /* numbers of column `makes`, so many of them made */
	guint makes, made;
	struct sorting *sorting;
	guint8 *verdicts;
	guint32 *shown; /* records that passed, in order */
	guint n_shown, tested;
	struct ranking *ranking; /* at work, of column `ranked` */
	guint ranked;
};

#define ORDER_PIECE 2048 /* records in a piece of work */

void order_init(struct order *order, guint n_columns);
void order_release(struct order *order);

/* `n` records, others than before or changed: everything known of them is dropped. */
void order_reset(struct order *order, guint n);
/* Numbers of columns have changed, as when measures are there; texts have not. */
void order_renumber(struct order *order);
/* Another test: who passes is asked anew. */
void order_retest(struct order *order);

void order_by(struct order *order, const struct order_calls *calls, int column, bool reverse);

/* A piece of what is still to be done; false: nothing is.  At most a few ms. */
bool order_work(struct order *order, const struct order_calls *calls);
bool order_is_done(const struct order *order);

/* Numbers of a column, made when first asked for. */
const struct order_column *order_numbers(struct order *order, const struct order_calls *calls,
					 guint column);
/* Finds the largest number of those shown, at least 0. */
void order_scale(struct order *order, guint column);

#endif
