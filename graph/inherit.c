/*
 * What chance gives for a study, and when an earlier study's numbers still hold.
 */
#include "graph/pictures.h"

#include <math.h>
#include <string.h>

static const struct {
	enum attribute rows, cols;
} tables[CHANCE_INSIDE] = {
	[CHANCE_SECTORS] = { BY_SECTOR, BY_SECTOR },
	[CHANCE_TERRITORY_SECTORS] = { BY_TERRITORY, BY_SECTOR },
	[CHANCE_COUNTRIES] = { BY_COUNTRY, BY_COUNTRY },
	[CHANCE_TERRITORIES] = { BY_TERRITORY, BY_TERRITORY },
	[CHANCE_TIERS] = { BY_TIER, BY_TIER },
	[CHANCE_COUNTRY_SECTORS] = { BY_COUNTRY, BY_SECTOR },
	[CHANCE_TIER_SECTORS] = { BY_TIER, BY_SECTOR },
	[CHANCE_COUNTRY_TERRITORIES] = { BY_COUNTRY, BY_TERRITORY },
	[CHANCE_TIER_TERRITORIES] = { BY_TIER, BY_TERRITORY },
	[CHANCE_TIER_COUNTRIES] = { BY_TIER, BY_COUNTRY },
};

enum chance_table chance_table_of(enum attribute rows, enum attribute cols, bool *turned)
{
	guint i = 0;
	*turned = false;
	for (; i < CHANCE_INSIDE; i++) {
		*turned = tables[i].rows == cols && tables[i].cols == rows && rows != cols;
		if (*turned || (tables[i].rows == rows && tables[i].cols == cols))
			break;
	}
	return (enum chance_table)i;
}

void chance_table_size(const struct study *study, enum chance_table table, guint *rows, guint *cols)
{
	*rows = BY_ATTRIBUTES;
	*cols = 1;
	if (table == CHANCE_INSIDE)
		return;
	*rows = study->partitions[tables[table].rows]->n_groups;
	*cols = study->partitions[tables[table].cols]->n_groups;
}

/* Beside the one asked for what measures need, what the register does, and all for the matrix. */
static bool is_due(const struct study *study, enum chance_table table, enum chance_table asked)
{
	if (study->chance[table])
		return false;
	if (table == asked || table == CHANCE_INSIDE)
		return true;
	if (table <= CHANCE_COUNTRIES)
		return (study->wanted & (STUDY_GAPS | STUDY_MATRIX)) != 0;
	return (study->wanted & STUDY_MATRIX) &&
	       (gsize)study->partitions[tables[table].rows]->n_groups *
			       study->partitions[tables[table].cols]->n_groups <=
		       CHANCE_CELLS;
}

bool study_chances(struct study *study, enum chance_table asked, GError **error)
{
	struct kernel_run run = study_kernel_run(study);
	struct chance_ask asks[CHANCE_TABLES];
	struct chance *drawn[CHANCE_TABLES];
	enum chance_table which[CHANCE_TABLES];
	guint n = 0;
	for (guint i = 0; i < CHANCE_TABLES; i++) {
		if (!is_due(study, (enum chance_table)i, asked))
			continue;
		which[n] = (enum chance_table)i;
		asks[n] = (struct chance_ask){ 0 };
		if (i == CHANCE_INSIDE) {
			asks[n].inside = (const struct partition *const *)study->partitions;
			asks[n].n_inside = BY_ATTRIBUTES;
		} else {
			asks[n].most = i <= CHANCE_COUNTRIES ? CHANCE_MOST : CHANCE_MOST / 4;
			asks[n].rows = study->partitions[tables[i].rows];
			asks[n].cols = study->partitions[tables[i].cols];
		}
		n++;
	}
	if (n == 0)
		return true;
	study_makes(study);
	/* A worker holds some 60 bytes for each tie. */
	if (study_is_large(study))
		run.threads = 1;
	if (!chance_draw(study->net, asks, n, (guint64)study->net->model->network->settings.seed,
			 CHANCE_SAMPLES, drawn, &run, error))
		return false;
	for (guint i = 0; i < n; i++)
		study->chance[which[i]] = drawn[i];
	return true;
}

const struct chance *study_chance(struct study *study, enum chance_table table, GError **error)
{
	if (!study->chance[table] && !study_chances(study, table, error))
		return NULL;
	return study->chance[table];
}
static bool same_groups(const struct study *a, const struct study *b, enum attribute by)
{
	const struct partition *x = a->partitions[by], *y = b->partitions[by];
	return x->n_groups == y->n_groups &&
	       memcmp(x->group, y->group, a->net->n * sizeof *x->group) == 0;
}

static bool same_ties(const struct net *a, const struct net *b)
{
	if (a->options.length != b->options.length)
		return false;
	return a->n == b->n && a->m == b->m &&
	       a->model->network->settings.seed == b->model->network->settings.seed &&
	       memcmp(a->from, b->from, a->m * sizeof *a->from) == 0 &&
	       memcmp(a->to, b->to, a->m * sizeof *a->to) == 0 &&
	       (a->options.length == LENGTH_STEPS ||
		memcmp(a->weight, b->weight, a->m * sizeof *a->weight) == 0);
}

/* What follows from who is tied to whom and from the seed, and from nothing else. */
static void share_works(struct study *study, const struct study *earlier)
{
	study->components = work_share(earlier->components);
	study->cuts = work_share(earlier->cuts);
	study->triangles = work_share(earlier->triangles);
	study->losses = work_share(earlier->losses);
	study->coreness = work_share(earlier->coreness);
	study->leading = work_share(earlier->leading);
	study->community = work_share(earlier->community);
	study->modularity = earlier->modularity;
	study->hub = work_share(earlier->hub);
	study->resource = work_share(earlier->resource);
	study->lengths = work_share(earlier->lengths);
	study->distances = spans_share(earlier->distances);
	study->betweenness = between_share(earlier->betweenness);
}

/* The same picture where the same members are tied, now or in a network before; else a start for
 * the next one. */
static void take_positions(struct study *study, const struct study *earlier, bool same)
{
	const struct net *net = study->net, *former = earlier->net;
	gsize size = 2 * (gsize)net->n * sizeof(double);
	if (!earlier->layout || net->n == 0)
		return;
	if (same) {
		study->layout = g_memdup2(earlier->layout, size);
		study->forces = g_memdup2(earlier->forces, size);
		study->pictures = earlier->pictures ? g_ptr_array_ref(earlier->pictures) : NULL;
		study->parts |= STUDY_LAYOUT;
		return;
	}
	study->pictures = pictures_with(earlier);
	if (pictures_find(study)) {
		study->parts |= STUDY_LAYOUT;
		return;
	}
	/* Its map was found again, and nothing else was asked of it. */
	if (!earlier->components)
		return;
	g_autofree int *was = net_vertices_in(net, former);
	study->start = g_new(double, 2 * (gsize)net->n);
	study->start_part = g_new0(guint, net->n);
	for (guint v = 0; v < net->n; v++) {
		for (guint d = 0; d < 2; d++)
			study->start[2 * v + d] =
				was[v] < 0 ? NAN : earlier->forces[2 * (guint)was[v] + d];
		if (was[v] >= 0)
			study->start_part[v] = earlier->components->of[was[v]];
	}
}

void study_inherit(struct study *study, const struct study *earlier)
{
	bool same[BY_ATTRIBUTES], all = true;
	if (!earlier || earlier == study)
		return;
	bool tied_alike = same_ties(study->net, earlier->net);
	take_positions(study, earlier, tied_alike);
	if (!tied_alike)
		return;
	for (guint by = 0; by < BY_ATTRIBUTES; by++) {
		same[by] = same_groups(study, earlier, (enum attribute)by);
		all = all && same[by];
		if (same[by])
			study->brokers[by] = work_share(earlier->brokers[by]);
	}
	share_works(study, earlier);
	for (guint i = 0; i < CHANCE_TABLES; i++)
		if (earlier->chance[i] &&
		    (i == CHANCE_INSIDE ? all : same[tables[i].rows] && same[tables[i].cols]))
			study->chance[i] = chance_ref(earlier->chance[i]);
}
