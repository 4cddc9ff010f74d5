#include "tui/widgets/table_order.h"

#include <math.h>
#include <string.h>

#include "tui/widgets/table_rank.h"

/*
 * Order first, test after: records are tested in the order in which they are
 * shown, so the first screen is right after the first piece, and nothing is
 * sorted when a filter changes.
 */
enum verdict { UNKNOWN, PASSES, FAILS };

void order_init(struct order *order, guint n_columns)
{
	memset(order, 0, sizeof *order);
	order->n_columns = n_columns;
	order->columns = g_new0(struct order_column, n_columns + 1);
	order->column = -1;
	order->based = true;
}

static void ranking_drop(struct order *order)
{
	g_clear_pointer(&order->ranking, ranking_free);
}

static void sorting_drop(struct order *order)
{
	g_clear_pointer(&order->making, g_free);
	g_clear_pointer(&order->sorting, sorting_free);
	order->sorts = order->right = false;
}

static void columns_drop(struct order *order, bool texts)
{
	for (guint i = 0; i < order->n_columns; i++) {
		g_clear_pointer(&order->columns[i].numbers, g_free);
		if (texts)
			g_clear_pointer(&order->columns[i].ranks, g_free);
	}
}

void order_release(struct order *order)
{
	ranking_drop(order);
	sorting_drop(order);
	columns_drop(order, true);
	g_free(order->columns);
	g_free(order->base);
	g_free(order->sorted);
	g_free(order->verdicts);
	g_free(order->shown);
}

void order_retest(struct order *order)
{
	if (order->n > 0)
		memset(order->verdicts, UNKNOWN, order->n);
	order->tested = order->n_shown = 0;
}

void order_reset(struct order *order, guint n)
{
	bool other = n != order->n || order->base == NULL;

	ranking_drop(order);
	sorting_drop(order);
	columns_drop(order, true);
	order->n = n;
	order->based = n == 0;
	/* After an edit the former order is nearly right until the new one is known. */
	if (other) {
		order->base = g_renew(guint32, order->base, n + 1);
		order->sorted = g_renew(guint32, order->sorted, n + 1);
		order->shown = g_renew(guint32, order->shown, n + 1);
		order->verdicts = g_renew(guint8, order->verdicts, n + 1);
		for (guint i = 0; i < n; i++)
			order->base[i] = order->sorted[i] = i;
	}
	order_retest(order);
}

void order_renumber(struct order *order)
{
	sorting_drop(order);
	columns_drop(order, false);
}

const struct order_column *order_numbers(struct order *order, const struct order_calls *calls,
					 guint column)
{
	struct order_column *made = &order->columns[column];

	if (made->numbers != NULL || !calls->has_number(calls->data, column))
		return made;
	made->numbers = g_new(double, order->n + 1);
	for (guint i = 0; i < order->n; i++)
		made->numbers[i] = calls->number(calls->data, column, i);
	return made;
}

void order_scale(struct order *order, guint column)
{
	struct order_column *made = &order->columns[column];

	made->largest = 0;
	for (guint i = 0; made->numbers != NULL && i < order->n_shown; i++)
		if (made->numbers[order->shown[i]] > made->largest)
			made->largest = made->numbers[order->shown[i]];
}

/* As an integer in the same order; what has no value comes last in both directions. */
static guint64 number_key(double number, bool reverse)
{
	guint64 bits;

	if (isnan(number))
		return G_MAXUINT64;
	number += 0.0; /* one zero */
	memcpy(&bits, &number, sizeof bits);
	bits = (bits >> 63) != 0 ? ~bits : bits | ((guint64)1 << 63);
	return reverse ? ~bits : bits;
}

static guint64 rank_key(guint32 rank, bool reverse)
{
	if (rank == G_MAXUINT32)
		return G_MAXUINT64;
	return reverse ? G_MAXUINT32 - (guint64)rank : rank;
}

#define NUMBERS 65536 /* made in a piece */

static void make_numbers(struct order *order, const struct order_calls *calls, guint column)
{
	guint end;

	if (order->making == NULL || order->makes != column) {
		g_free(order->making);
		order->making = g_new(double, order->n + 1);
		order->makes = column;
		order->made = 0;
	}
	for (end = MIN(order->made + NUMBERS, order->n); order->made < end; order->made++)
		order->making[order->made] = calls->number(calls->data, column, order->made);
	if (order->made == order->n)
		order->columns[column].numbers = g_steal_pointer(&order->making);
}

static guint64 *keys_new(const struct order *order, const struct order_column *column)
{
	guint64 *keys = g_new(guint64, order->n);

	for (guint i = 0; i < order->n; i++)
		keys[i] = column->numbers != NULL ? number_key(column->numbers[i], order->reverse)
						  : rank_key(column->ranks[i], order->reverse);
	return keys;
}

/* A piece of putting records into the order wanted, ties in the order of `base`. */
static void sort_some(struct order *order, const struct order_calls *calls)
{
	const struct order_column *column = &order->columns[MAX(order->column, 0)];

	if (order->column < 0) {
		for (guint i = 0; i < order->n; i++)
			order->sorted[i] = i;
		order->sorts = false;
	} else if (column->numbers == NULL &&
		   calls->has_number(calls->data, (guint)order->column)) {
		make_numbers(order, calls, (guint)order->column);
	} else if (column->numbers == NULL && column->ranks == NULL) {
		order->waits = true;
		order->sorts = false;
	} else if (order->sorting == NULL) {
		order->sorting = sorting_new(order->base, keys_new(order, column), order->n);
	} else if (!sorting_work(order->sorting)) {
		sorting_take(order->sorting, order->sorted);
		sorting_drop(order);
		order->right = true;
	}
}

#define AT_ONCE (1U << 18) /* records that are sorted in one piece */

/* Begins with it, and ends with it if its keys are there and they are not too many. */
static void sort(struct order *order, const struct order_calls *calls)
{
	sorting_drop(order);
	order->waits = false;
	order->sorts = order->n > 0;
	while (order->sorts && order->n <= AT_ONCE)
		sort_some(order, calls);
}

/* The records that are known to pass, in the order as it is now. */
static void show_again(struct order *order)
{
	order->tested = order->n_shown = 0;
	while (order->tested < order->n) {
		guint32 record = order->sorted[order->tested];

		if (order->verdicts[record] == UNKNOWN)
			return;
		if (order->verdicts[record] == PASSES)
			order->shown[order->n_shown++] = record;
		order->tested++;
	}
}

void order_by(struct order *order, const struct order_calls *calls, int column, bool reverse)
{
	if (!order->right || order->column != column || order->reverse != reverse) {
		order->column = column;
		order->reverse = reverse;
		sort(order, calls);
	}
	show_again(order);
}

static void test_some(struct order *order, const struct order_calls *calls)
{
	guint asked = 0;

	while (order->tested < order->n && asked < ORDER_PIECE) {
		guint32 record = order->sorted[order->tested++];

		if (order->verdicts[record] == UNKNOWN) {
			bool passes = calls->passes == NULL || calls->passes(calls->data, record);

			order->verdicts[record] = passes ? PASSES : FAILS;
			asked += calls->passes != NULL;
		}
		if (order->verdicts[record] == PASSES)
			order->shown[order->n_shown++] = record;
	}
}

/* The column whose texts are to be ranked next; -1: none. */
static int column_wanted(const struct order *order, const struct order_calls *calls)
{
	if (order->waits)
		return order->column;
	return order->based || calls->has_number(calls->data, 0) ? -1 : 0;
}

static void ranking_done(struct order *order, const struct order_calls *calls)
{
	guint32 *ranked = NULL;

	order->columns[order->ranked].ranks = ranking_steal(order->ranking, &ranked);
	ranking_drop(order);
	if (order->ranked == 0) {
		g_free(order->base);
		order->base = g_steal_pointer(&ranked);
		order->based = true;
	}
	g_free(ranked);
	sort(order, calls);
	show_again(order);
}

static bool rank_some(struct order *order, const struct order_calls *calls)
{
	int column = column_wanted(order, calls);

	if (column < 0 && order->ranking == NULL)
		return false;
	/* Another order is wanted by now. */
	if (order->ranking != NULL && column >= 0 && order->ranked != (guint)column)
		ranking_drop(order);
	if (order->ranking == NULL) {
		order->ranked = (guint)column;
		order->ranking = ranking_new(order->n);
	}
	for (guint i = 0; i < ORDER_PIECE && ranking_wants(order->ranking); i++) {
		g_autofree char *text =
			calls->text(calls->data, order->ranked, ranking_count(order->ranking));

		ranking_add(order->ranking, text == NULL ? "" : text);
	}
	if (!ranking_wants(order->ranking) && !ranking_work(order->ranking))
		ranking_done(order, calls);
	return true;
}

bool order_is_done(const struct order *order)
{
	return order->tested == order->n && !order->waits && !order->sorts && order->based;
}

bool order_work(struct order *order, const struct order_calls *calls)
{
	if (order->n == 0)
		return false;
	if (order->sorts) {
		sort_some(order, calls);
		if (!order->sorts)
			show_again(order);
	} else if (order->tested < order->n)
		test_some(order, calls);
	else if (!rank_some(order, calls))
		order->based = true;
	return !order_is_done(order);
}
