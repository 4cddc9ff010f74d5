/*
 * G8: a sector that the network wants at its core, and that is not: its members
 * reach the others over longer ways than the members of other sectors do.  Held
 * against chance by the rank-sum test (Wilcoxon 1945; Mann & Whitney 1947) on
 * harmonic centrality, one-sided, with the normal approximation and its correction
 * for ties, corrected for the number of sectors that are wanted there.
 *
 * Severity: gap_weight(members of the sector) x how far below one half the chance
 * is that a member of it is nearer to the others than a member of another sector.
 */
#include "graph/gaps/common.h"

#include <glib/gi18n.h>
#include <math.h>

#define LEAST  5 /* members on either side */
#define SURE   .05
#define OFFERS 5
#define CORE   20 /* best placed members, whom the others should meet, and their equals */

struct ranks {
	double *harmonic; /* n */
	double *rank;	  /* n: from 1, the lowest; ties share the mean */
	double ties;	  /* sum of t^3 - t */
	guint *order;	  /* vertices by harmonic, lowest first */
};

static int by_harmonic(gconstpointer a, gconstpointer b, gpointer data)
{
	const double *harmonic = data;
	guint x = *(const guint *)a, y = *(const guint *)b;
	if (harmonic[x] != harmonic[y])
		return harmonic[x] < harmonic[y] ? -1 : 1;
	return x < y ? -1 : x > y;
}

static void ranks_init(struct ranks *ranks, double *harmonic, guint n)
{
	ranks->harmonic = harmonic;
	ranks->rank = g_new(double, n + 1);
	ranks->order = g_new(guint, n + 1);
	ranks->ties = 0;
	for (guint v = 0; v < n; v++)
		ranks->order[v] = v;
	g_qsort_with_data(ranks->order, (gint)n, sizeof *ranks->order, by_harmonic, harmonic);
	for (guint i = 0, end; i < n; i = end) {
		for (end = i; end < n && harmonic[ranks->order[end]] == harmonic[ranks->order[i]];)
			end++;
		double t = end - i;
		for (guint k = i; k < end; k++)
			ranks->rank[ranks->order[k]] = (i + 1 + end) / 2.0;
		ranks->ties += t * t * t - t;
	}
}

static void ranks_release(struct ranks *ranks)
{
	g_free(ranks->rank);
	g_free(ranks->order);
}

/* The chance that one of the sector is better placed than one of the others, and its p. */
static double superiority(const struct ranks *ranks, const GArray *members, guint n, double *p)
{
	double sum = 0, a = members->len, b = n - a, all = n;
	for (guint i = 0; i < members->len; i++)
		sum += ranks->rank[g_array_index(members, guint, i)];
	double u = sum - a * (a + 1) / 2;
	double variance = a * b / 12 * (all + 1 - ranks->ties / (all * (all - 1)));
	double z = variance > 0 ? (u - a * b / 2 + .5) / sqrt(variance) : 0;
	*p = .5 * erfc(-z / G_SQRT2);
	return u / (a * b);
}

/* How many the best placed are: those who are as well placed as the last of them, too. */
static guint core_size(const struct ranks *ranks, guint n)
{
	guint top = MIN(n, CORE);
	double least = ranks->harmonic[ranks->order[n - top]];
	while (top < n && ranks->harmonic[ranks->order[n - 1 - top]] == least)
		top++;
	return top;
}

static guint in_main(struct study *study, const GArray *members)
{
	guint count = 0;
	for (guint i = 0; i < members->len; i++)
		count += study->components->of[g_array_index(members, guint, i)] == 0;
	return count;
}

static void offer_core(struct study *study, const struct ranks *ranks, const GArray *members,
		       struct gap *gap)
{
	const struct net *net = study->net;
	g_autoptr(GArray) core = g_array_new(FALSE, FALSE, sizeof(guint));
	g_autoptr(GArray) outer = g_array_new(FALSE, FALSE, sizeof(guint));
	guint top = core_size(ranks, net->n);
	for (guint i = 0; i < top; i++)
		g_array_append_val(core, ranks->order[net->n - 1 - i]);
	for (guint i = 0; i < net->n; i++) {
		guint v = ranks->order[i];
		for (guint k = 0; k < members->len; k++)
			if (g_array_index(members, guint, k) == v)
				g_array_append_val(outer, v);
	}
	offer_between(study, gap, outer, core, OFFERS);
}

/* A sector that the network wants at its core, and what is found of it. */
struct focal {
	guint group;
	GArray *members; /* guint vertices */
	double better, p, adjusted;
};

static void focal_clear(gpointer data)
{
	g_array_unref(((struct focal *)data)->members);
}

static void look_at(struct study *study, const struct ranks *ranks, const char *sector, GArray *out)
{
	const struct partition *sectors = study->partitions[BY_SECTOR];
	guint s = 0;
	while (s < sectors->n_groups && g_strcmp0(sectors->ids[s], sector) != 0)
		s++;
	if (s == sectors->n_groups || sectors->sizes[s] < LEAST ||
	    study->net->n - sectors->sizes[s] < LEAST)
		return;
	struct focal focal = { .group = s, .members = group_members(sectors, study->net->n, s) };
	focal.better = superiority(ranks, focal.members, study->net->n, &focal.p);
	g_array_append_val(out, focal);
}

/* For the number of sectors that are tried (Benjamini & Hochberg 1995). */
static void adjust(GArray *all)
{
	struct focal *rows = (struct focal *)(void *)all->data;
	for (guint i = 0; i < all->len; i++) {
		rows[i].adjusted = 1;
		for (guint k = 0; k < all->len; k++) {
			guint as_small = 0;
			for (guint j = 0; j < all->len; j++)
				as_small += rows[j].p <= rows[k].p;
			if (rows[k].p >= rows[i].p)
				rows[i].adjusted =
					MIN(rows[i].adjusted, rows[k].p * all->len / as_small);
		}
	}
}

static char *p_text(double p)
{
	return p < .001 ? g_strdup("< 0.001") : g_strdup_printf("%.3f", p);
}

static void add_evidence(struct study *study, const struct ranks *ranks, const struct focal *focal,
			 struct gap *gap)
{
	const GArray *members = focal->members;
	g_autofree char *p = p_text(focal->p), *adjusted = p_text(focal->adjusted);
	const struct net *net = study->net;
	guint main = in_main(study, members), all = study->components->sizes[0], core = 0;
	guint top = core_size(ranks, net->n);
	double others = net->n - members->len;
	for (guint i = 0; i < top; i++) {
		guint v = ranks->order[net->n - 1 - i];
		for (guint k = 0; k < members->len; k++)
			core += g_array_index(members, guint, k) == v;
	}
	gap_evidence(gap,
		     _("Draw one of them and one of another sector: in %.0f %% of the draws theirs "
		       "is nearer to the rest of the network, equals counted half (p %s, %s after "
		       "correction)"),
		     100 * focal->better, p, adjusted);
	if (study->components->equal == 1)
		gap_evidence(gap,
			     _("%u of %u are in the main network (%.0f %%), of the other sectors "
			       "%.0f %%"),
			     main, members->len, 100.0 * main / members->len,
			     100 * (all - main) / others);
	gap_evidence(gap,
		     ngettext("%u of the %u best placed members is one of them",
			      "%u of the %u best placed members are of them", core),
		     core, top);
}

static void report(struct study *study, const struct gap_kind *kind, const struct ranks *ranks,
		   const struct focal *focal, GPtrArray *out)
{
	const struct partition *sectors = study->partitions[BY_SECTOR];
	struct gap *gap = gap_new(kind, g_strdup_printf("G8:%s", sectors->ids[focal->group]),
				  gap_weight(focal->members->len) * (1 - 2 * focal->better),
				  g_strdup_printf(_("%s stand off the core of the network"),
						  sectors->labels[focal->group]));
	gap->reason = g_strdup(_("The network has declared this sector its focus, and its members "
				 "are further from the others than those of the other sectors."));
	gap->advice = g_strdup(_("Introduce them to those who are at the core; the pairs below "
				 "share most."));
	add_evidence(study, ranks, focal, gap);
	offer_core(study, ranks, focal->members, gap);
	name_all(study, gap, focal->members);
	g_ptr_array_add(out, gap);
}

bool gap_focal(struct study *study, const struct gap_kind *kind, GPtrArray *out, GError **error)
{
	const char *const *focal = study->net->model->network->settings.focal_sectors;
	g_autoptr(GArray) all = g_array_new(FALSE, FALSE, sizeof(struct focal));
	struct ranks ranks;
	g_array_set_clear_func(all, focal_clear);
	if (list_length(focal) == 0 || study->net->n < 2 * LEAST)
		return true;
	const struct spans *spans = study_distances(study, error);
	if (!spans || !study_components(study, error))
		return false;
	ranks_init(&ranks, spans->harmonic, study->net->n);
	for (guint i = 0; focal[i]; i++)
		look_at(study, &ranks, focal[i], all);
	adjust(all);
	for (guint i = 0; i < all->len; i++)
		if (g_array_index(all, struct focal, i).adjusted <= SURE)
			report(study, kind, &ranks, &g_array_index(all, struct focal, i), out);
	ranks_release(&ranks);
	return true;
}
