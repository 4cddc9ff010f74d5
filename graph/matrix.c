/*
 * The mixing of two attributes as a matrix: ties, possible pairs, members, and what
 * chance gives, where that was drawn.  An institution counts in its one group of each attribute;
 * only for `members` with territories does it count in every territory it lists.
 */
#include "graph/work.h"

#include <math.h>

static struct matrix *matrix_new(const struct partition *rows, const struct partition *cols)
{
	struct matrix *matrix = g_new0(struct matrix, 1);
	gsize cells = (gsize)rows->n_groups * cols->n_groups;
	matrix->rows = rows;
	matrix->cols = cols;
	matrix->n_rows = rows->n_groups;
	matrix->n_cols = cols->n_groups;
	double **numbers[] = { &matrix->ties,	  &matrix->possible, &matrix->members,
			       &matrix->expected, &matrix->z,	     &matrix->fewer,
			       &matrix->more,	  &matrix->few,	     &matrix->many };
	double *memory = g_new0(double, G_N_ELEMENTS(numbers) * cells + 1);
	for (guint i = 0; i < G_N_ELEMENTS(numbers); i++)
		*numbers[i] = memory + i * cells;
	return matrix;
}

/* What is counted by now. */
struct matrix_making {
	double *both; /* members of a row and a column, each in one group alone */
	guint tie, member;
};

#define PIECE_TIES    65536
#define PIECE_MEMBERS 16384

static void making_free(struct matrix_making *making)
{
	if (making)
		g_free(making->both);
	g_free(making);
}

void matrix_free(struct matrix *matrix)
{
	if (!matrix)
		return;
	making_free(matrix->making);
	g_free(matrix->ties);
	g_free(matrix);
}

static void add(const struct matrix *matrix, double *to, int row, int col)
{
	if (row >= 0 && col >= 0)
		to[(gsize)row * matrix->n_cols + (gsize)col]++;
}

/* Each tie once in a cell: both ways round, unless those are the same cell. */
static void count_ties(struct matrix *matrix, const struct net *net)
{
	const int *row = matrix->rows->group, *col = matrix->cols->group;
	guint until = MIN(net->m, matrix->making->tie + PIECE_TIES);
	for (guint e = matrix->making->tie; e < until; e++) {
		guint a = net->from[e], b = net->to[e];
		add(matrix, matrix->ties, row[a], col[b]);
		if (row[a] != row[b] || col[a] != col[b])
			add(matrix, matrix->ties, row[b], col[a]);
	}
	matrix->making->tie = until;
}

/*
 * Pairs {u, v} with one end in row r and the other in column c.  With x members
 * in both, that is size(r) * size(c) ordered choices, less the x of nobody with
 * itself, less the pairs inside x that were counted both ways.
 */
static void count_pairs(struct matrix *matrix, const double *both)
{
	for (guint r = 0; r < matrix->n_rows; r++)
		for (guint c = 0; c < matrix->n_cols; c++) {
			gsize at = (gsize)r * matrix->n_cols + c;
			double x = both[at];
			matrix->possible[at] =
				(double)matrix->rows->sizes[r] * matrix->cols->sizes[c] - x -
				x * (x - 1) / 2;
		}
}

static void count_members(struct matrix *matrix, const struct net *net)
{
	const struct partition *rows = matrix->rows, *cols = matrix->cols;
	bool many_rows = rows->by == BY_TERRITORY && cols->by != BY_TERRITORY;
	bool many_cols = cols->by == BY_TERRITORY && rows->by != BY_TERRITORY;
	g_autoptr(GArray) in = g_array_new(FALSE, FALSE, sizeof(guint));
	guint until = MIN(net->n, matrix->making->member + PIECE_MEMBERS);
	for (; matrix->making->member < until; matrix->making->member++) {
		guint v = matrix->making->member;
		add(matrix, matrix->making->both, rows->group[v], cols->group[v]);
		if (!many_rows && !many_cols) {
			add(matrix, matrix->members, rows->group[v], cols->group[v]);
			continue;
		}
		net_territories(net, many_rows ? rows : cols, v, in);
		for (guint i = 0; i < in->len; i++) {
			int territory = (int)g_array_index(in, guint, i);
			if (many_rows)
				add(matrix, matrix->members, territory, cols->group[v]);
			else
				add(matrix, matrix->members, rows->group[v], territory);
		}
	}
}

static void hold_against_chance(struct matrix *matrix, const struct study *study)
{
	bool turned;
	const struct chance *chance =
		study->chance[chance_table_of(matrix->rows->by, matrix->cols->by, &turned)];
	matrix->samples = chance ? chance->samples : 0;
	for (guint r = 0; r < matrix->n_rows; r++)
		for (guint c = 0; c < matrix->n_cols; c++) {
			gsize at = (gsize)r * matrix->n_cols + c;
			bool drawn = matrix->samples > 0;
			gsize from = !drawn   ? 0
				     : turned ? chance_cell(chance, c, r)
					      : chance_cell(chance, r, c);
			matrix->expected[at] = drawn ? chance->mean[from] : NAN;
			matrix->z[at] = drawn ? chance_z(chance, from) : NAN;
			matrix->fewer[at] = drawn ? chance->low[from] : NAN;
			matrix->more[at] = drawn ? chance->high[from] : NAN;
			matrix->few[at] = drawn ? chance->adjusted[from] : NAN;
			matrix->many[at] = drawn ? chance->raised[from] : NAN;
		}
}

bool study_matrix_chance(struct study *study, enum attribute rows, enum attribute cols,
			 GCancellable *cancel, GError **error)
{
	bool turned;
	study->cancel = cancel;
	bool ok = study_chance(study, chance_table_of(rows, cols, &turned), error) != NULL;
	study->cancel = NULL;
	return ok;
}

struct matrix *study_matrix_begin(struct study *study, enum attribute rows, enum attribute cols)
{
	struct matrix *matrix =
		matrix_new(study_partition(study, rows), study_partition(study, cols));
	matrix->making = g_new0(struct matrix_making, 1);
	matrix->making->both = g_new0(double, (gsize)matrix->n_rows * matrix->n_cols + 1);
	return matrix;
}

bool study_matrix_go_on(struct study *study, struct matrix *matrix)
{
	const struct net *net = study->net;
	struct matrix_making *making = matrix->making;
	if (!making)
		return false;
	if (making->member < net->n) {
		count_members(matrix, net);
		return true;
	}
	if (making->tie < net->m) {
		count_ties(matrix, net);
		return true;
	}
	count_pairs(matrix, making->both);
	hold_against_chance(matrix, study);
	g_clear_pointer(&matrix->making, making_free);
	return false;
}

struct matrix *study_matrix(struct study *study, enum attribute rows, enum attribute cols)
{
	struct matrix *matrix = study_matrix_begin(study, rows, cols);
	while (study_matrix_go_on(study, matrix))
		;
	return matrix;
}
