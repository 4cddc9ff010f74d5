#include "tui/widgets/table_layout.h"

#include <math.h>

#include "base/text.h"

/*
 * How wide columns are.  What its texts take is known of every column of a short list
 * and guessed from some rows of a long one, once, not with each frame: widths must not
 * jump while somebody scrolls.
 */
#define LOOKED_AT  512 /* rows whose texts are measured */
#define LONGEST	   200 /* columns: what is longer is as good as this */
#define RANKS	   9   /* of columns that may be left out */
#define WORDS_MOST 28  /* columns that a word or two may take */

static char *number_text(double value)
{
	return isnan(value) ? g_strdup("–") : g_strdup_printf("%.0f", value);
}

char *table_cell(const struct tableview *table, guint i, guint record, enum style *style)
{
	const struct tableview_column *column = &table->columns[i];
	const void *data = table->source.data;

	return column->text != NULL ? column->text(data, column->arg, record, style)
				    : number_text(column->number(data, column->arg, record));
}

/* Nine in ten rows need no more than what is usual: one long name must not take from others. */
static struct tableview_need need_of(const struct tableview *table, guint i)
{
	guint n = table->source.n, step = MAX(n / LOOKED_AT, 1), rows = (n + step - 1) / step;
	guint of[LONGEST + 1] = { 0 }, fit = 0;
	struct tableview_need need = { 0, 0 };

	for (guint record = 0; record < n; record += step) {
		enum style style = STYLE_NORMAL;
		g_autofree char *text = table_cell(table, i, record, &style);

		of[text == NULL || text[0] == '\0' ? 0 : MIN(text_width(text), LONGEST)]++;
	}
	for (int width = 0; width <= LONGEST && rows > 0; width++) {
		if (of[width] == 0)
			continue;
		if (fit < rows - rows / 10)
			need.usual = width;
		fit += of[width];
		need.most = width;
	}
	return need;
}

void table_measure_texts(struct tableview *table)
{
	for (guint i = 0; i < table->n_columns; i++)
		if (table->chosen[i] && table->needs[i].most < 0)
			table->needs[i] = need_of(table, i);
}

static int heading_of(const struct tableview *table, guint i)
{
	return text_width(tableview_title(&table->columns[i])) + 1;
}

/* What shows its texts, all or nearly all of them, and its heading. */
static int whole(const struct tableview *table, guint i, bool all)
{
	const struct tableview_column *column = &table->columns[i];
	int text = all ? table->needs[i].most : table->needs[i].usual;

	return MAX(text + (column->bar > 0 ? column->bar + 1 : 0), MIN(heading_of(table, i), 12));
}

/* What it is promised: its texts need not be known. */
static int declared(const struct tableview *table, guint i)
{
	const struct tableview_column *column = &table->columns[i];
	int width = column->width + (column->bar > 0 ? column->bar + 1 : 0);

	/* A heading may need more than its values do, above all in translation. */
	return column->grow > 0 ? width : MAX(width, MIN(heading_of(table, i), 12));
}

/* What it begins with: no more than it has to say where that is known, 0 for nothing. */
static int wish(const struct tableview *table, guint i)
{
	bool known =
		table->source.n <= LOOKED_AT && table->source.n > 0 && table->needs[i].most >= 0;

	if (!known || i == 0)
		return declared(table, i);
	if (table->needs[i].most == 0 && (int)i != table->sort)
		return 0;
	return MIN(declared(table, i), whole(table, i, true));
}

/* What was chosen by hand stays longest, what is sorted by always. */
static int rank_of(const struct tableview *table, guint i)
{
	if ((int)i == table->sort)
		return 0;
	return table->columns[i].off ? MIN(table->columns[i].rank, 1) : table->columns[i].rank;
}

/* What comes last waits for room, but for somebody who looks what is on the right. */
static bool is_last(const struct tableview *table, guint i)
{
	return table->columns[i].last && table->aside == 0 && (int)i != table->sort;
}

static bool column_drops(const struct tableview *table, const int *widths, guint *which)
{
	int rank = 0;

	for (guint i = 0; i < table->n_columns; i++) {
		if (widths[i] > 0 && rank_of(table, i) > rank) {
			rank = rank_of(table, i);
			*which = i;
		}
	}
	return rank > 0;
}

static int total(const struct tableview *table, const int *widths)
{
	int sum = TABLE_MARGIN;

	for (guint i = 0; i < table->n_columns; i++)
		sum += widths[i] > 0 ? widths[i] + (i > 0) : 0;
	return sum;
}

/*
 * Who gets some of what is left over: those that grow, as far as their texts need it, then
 * any column whose texts are cut, and in the end those that grow share the rest.
 */
enum share { SHARE_GROWING, SHARE_CUT, SHARE_REST };

static int lack_of(const struct tableview *table, const int *widths, guint i, bool all)
{
	if (widths[i] == 0 || table->needs[i].most < 0)
		return 0;
	return MAX(whole(table, i, all) - widths[i], 0);
}

/* Of `spare` columns; says how many are left. */
static int give(const struct tableview *table, int *widths, int spare, enum share share, bool all)
{
	int left = spare, grow = 0;

	for (guint i = 0; i < table->n_columns; i++)
		if (widths[i] > 0 && (share == SHARE_REST || lack_of(table, widths, i, all) > 0))
			grow += table->columns[i].grow;
	for (guint i = 0; i < table->n_columns && left > 0; i++) {
		int lack = lack_of(table, widths, i, all), weight = table->columns[i].grow;
		int part = grow == 0 ? 0 : (spare * weight + grow - 1) / grow;

		if (widths[i] == 0)
			continue;
		if (share != SHARE_REST)
			part = share == SHARE_CUT ? lack : MIN(part, lack);
		part = MIN(part, left);
		widths[i] += part;
		left -= part;
	}
	/* What one needs no more is for the others. */
	return share == SHARE_GROWING && left > 0 && left < spare
		       ? give(table, widths, left, share, all)
		       : left;
}

static int show_whole(const struct tableview *table, int *widths, int spare)
{
	for (guint all = 0; all < 2; all++) {
		spare = give(table, widths, spare, SHARE_GROWING, all != 0);
		spare = give(table, widths, spare, SHARE_CUT, all != 0);
	}
	return spare;
}

/* A column that was left out comes back where room is left once nothing is cut. */
static int let_in(const struct tableview *table, struct table_layout *layout, const bool *out,
		  int spare)
{
	for (int rank = 1; rank <= RANKS; rank++)
		for (guint i = 0; i < table->n_columns; i++) {
			int width = out[i] && rank_of(table, i) == rank ? wish(table, i) : 0;

			if (width == 0 || width + 1 > spare)
				continue;
			layout->widths[i] = width;
			spare = show_whole(table, layout->widths, spare - width - 1);
		}
	return spare;
}

/* States say all or nothing: no texts of others are worth the half of such a word. */
static int give_words(const struct tableview *table, int *widths, int spare)
{
	for (guint i = 1; i < table->n_columns && spare > 0; i++) {
		int most = MAX(WORDS_MOST - widths[i], 0);
		int part = table->columns[i].words ? MIN(lack_of(table, widths, i, true), most) : 0;

		part = MIN(part, spare);
		widths[i] += part;
		spare -= part;
	}
	return spare;
}

/* What is left over shows first what would be cut; what lacks comes from the first. */
static void share_out(const struct tableview *table, struct table_layout *layout, const bool *out,
		      int spare)
{
	if (spare < 0) {
		layout->widths[0] = MAX(layout->widths[0] + spare, 1);
		return;
	}
	spare = give_words(table, layout->widths, spare);
	spare = show_whole(table, layout->widths, spare);
	spare = let_in(table, layout, out, spare);
	give(table, layout->widths, spare, SHARE_REST, true);
}

/* Those scrolled past are not shown, nor those that then find no room on the right. */
static void leave_out_aside(const struct tableview *table, struct table_layout *layout, int cols)
{
	guint past = 0, shown = 0;

	for (guint i = 1; i < table->n_columns; i++)
		if (layout->widths[i] > 0 && past++ < table->aside) {
			layout->widths[i] = 0;
			layout->left = true;
		}
	for (guint i = table->n_columns; i-- > 1;)
		shown += layout->widths[i] > 0;
	for (guint i = table->n_columns; i-- > 1 && shown > 1;)
		if (layout->widths[i] > 0 && total(table, layout->widths) > cols) {
			layout->widths[i] = 0;
			layout->right = true;
			shown--;
		}
}

int tableview_full(const struct tableview *table)
{
	g_autofree int *widths = g_new0(int, table->n_columns + 1);

	for (guint i = 0; i < table->n_columns; i++) {
		int least = table->chosen[i] ? wish(table, i) : 0;

		widths[i] = least > 0 ? MAX(least, whole(table, i, true)) : 0;
	}
	return total(table, widths);
}

/* Who is shown is decided by what columns are promised, how wide they are by their texts. */
struct table_layout table_layout_new(const struct tableview *table, int cols)
{
	struct table_layout layout = { g_new0(int, table->n_columns + 1),
				       g_new0(int, table->n_columns + 1), false, false };
	g_autofree bool *out = g_new0(bool, table->n_columns + 1);
	guint which = 0;
	int at = TABLE_MARGIN;

	for (guint i = 0; i < table->n_columns; i++) {
		out[i] = table->chosen[i] && is_last(table, i);
		layout.widths[i] = table->chosen[i] && !out[i] ? declared(table, i) : 0;
	}
	if (table->aside > 0)
		leave_out_aside(table, &layout, cols);
	while (total(table, layout.widths) > cols && column_drops(table, layout.widths, &which)) {
		layout.widths[which] = 0;
		out[which] = true;
	}
	for (guint i = 0; i < table->n_columns; i++)
		layout.widths[i] = layout.widths[i] > 0 ? wish(table, i) : 0;
	share_out(table, &layout, out, cols - total(table, layout.widths));
	for (guint i = 0; i < table->n_columns; i++) {
		layout.at[i] = at;
		at += layout.widths[i] > 0 ? layout.widths[i] + 1 : 0;
		layout.right |= out[i] && layout.widths[i] == 0 && wish(table, i) > 0;
	}
	return layout;
}

void table_layout_release(struct table_layout *layout)
{
	g_free(layout->widths);
	g_free(layout->at);
}
