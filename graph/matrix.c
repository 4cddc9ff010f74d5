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

void matrix_free(struct matrix *matrix)
{
	if (!matrix)
		return;
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
	for (guint e = 0; e < net->m; e++) {
		guint a = net->from[e], b = net->to[e];
		add(matrix, matrix->ties, row[a], col[b]);
		if (row[a] != row[b] || col[a] != col[b])
			add(matrix, matrix->ties, row[b], col[a]);
	}
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
	for (guint v = 0; v < net->n; v++) {
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

struct matrix *study_matrix(struct study *study, enum attribute rows, enum attribute cols)
{
	const struct net *net = study->net;
	struct matrix *matrix =
		matrix_new(study_partition(study, rows), study_partition(study, cols));
	g_autofree double *both = g_new0(double, (gsize)matrix->n_rows * matrix->n_cols + 1);
	for (guint v = 0; v < net->n; v++)
		add(matrix, both, matrix->rows->group[v], matrix->cols->group[v]);
	count_ties(matrix, net);
	count_pairs(matrix, both);
	hold_against_chance(matrix, study);
	count_members(matrix, net);
	return matrix;
}
