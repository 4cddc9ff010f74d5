/*
 * Slow results as bytes and back: a dictionary of arrays, each checked for its length
 * before it is believed.  Where the bytes are kept is somebody else's business.
 */
#include "graph/keep.h"

#include "graph/work.h"

#include <string.h>

/* FNV-1a (Fowler, Noll & Vo) over 64 bits, by words. */
static guint64 mix(guint64 print, const void *data, gsize words)
{
	const guint32 *at = data;
	for (gsize i = 0; i < words; i++)
		print = (print ^ at[i]) * 0x100000001b3u;
	return print ^ print >> 29;
}

guint64 study_print(const struct study *study)
{
	const struct net *net = study->net;
	guint64 seed = (guint64)net->model->network->settings.seed;
	guint32 sizes[] = { net->n, net->m, (guint32)seed, (guint32)(seed >> 32) };
	guint64 print = mix(0xcbf29ce484222325u, sizes, G_N_ELEMENTS(sizes));
	print = mix(print, net->from, net->m);
	print = mix(print, net->to, net->m);
	for (guint by = 0; by < BY_ATTRIBUTES; by++) {
		print = mix(print, &study->partitions[by]->n_groups, 1);
		print = mix(print, study->partitions[by]->group, net->n);
	}
	return print;
}

/* One array of a result: where it is, how long it must be, and of what. */
struct array {
	const char *name;
	void *at;
	gsize length;
	const char *type; /* of GVariant: "d", "u", "t" */
	gsize size;
};

static void put(GVariantDict *dict, const char *of, const struct array *arrays, guint n)
{
	for (guint i = 0; i < n; i++) {
		g_autofree char *key = g_strconcat(of, ".", arrays[i].name, NULL);
		if (arrays[i].at)
			g_variant_dict_insert_value(
				dict, key,
				g_variant_new_fixed_array(G_VARIANT_TYPE(arrays[i].type),
							  arrays[i].at, arrays[i].length,
							  arrays[i].size));
	}
}

/* All or none: copies into arrays that are there already. */
static bool take(GVariantDict *dict, const char *of, const struct array *arrays, guint n)
{
	for (guint pass = 0; pass < 2; pass++)
		for (guint i = 0; i < n; i++) {
			g_autofree char *key = g_strconcat(of, ".", arrays[i].name, NULL);
			g_autofree char *type = g_strconcat("a", arrays[i].type, NULL);
			g_autoptr(GVariant) value =
				g_variant_dict_lookup_value(dict, key, G_VARIANT_TYPE(type));
			gsize length = 0;
			const void *from =
				value ? g_variant_get_fixed_array(value, &length, arrays[i].size)
				      : NULL;
			if (!value || length != arrays[i].length)
				return false;
			if (pass > 0 && length > 0)
				memcpy(arrays[i].at, from, length * arrays[i].size);
		}
	return true;
}

#define DOUBLES(member, count)                                                                     \
	{                                                                                          \
#member, out->member, count, "d", sizeof(double)                                   \
	}
#define NUMBERS(member, count)                                                                     \
	{                                                                                          \
#member, out->member, count, "u", sizeof(guint32)                                  \
	}
#define LONGS(member, count)                                                                       \
	{                                                                                          \
#member, out->member, count, "t", sizeof(guint64)                                  \
	}

static bool distances_arrays(struct spans *out, GVariantDict *dict, bool reading)
{
	guint n = out->n;
	double sums[] = { out->inverse, out->mean_distance, out->efficiency };
	guint64 totals[] = { out->total, out->pairs, out->diameter };
	const struct array arrays[] = {
		DOUBLES(harmonic, n),
		LONGS(sum, n),
		NUMBERS(reached, n),
		NUMBERS(within_two, n),
		NUMBERS(within_three, n),
		NUMBERS(eccentricity, n),
		{ "sums", sums, 3, "d", sizeof(double) },
		{ "totals", totals, 3, "t", sizeof(guint64) },
	};
	if (!reading) {
		put(dict, "distances", arrays, G_N_ELEMENTS(arrays));
		return true;
	}
	if (!take(dict, "distances", arrays, G_N_ELEMENTS(arrays)))
		return false;
	out->inverse = sums[0];
	out->mean_distance = sums[1];
	out->efficiency = sums[2];
	out->total = totals[0];
	out->pairs = totals[1];
	out->diameter = (guint)totals[2];
	return true;
}

static bool between_arrays(struct between *out, GVariantDict *dict, bool reading)
{
	guint32 says[] = { out->sampled, out->sources };
	const struct array arrays[] = {
		DOUBLES(vertices, out->n),
		DOUBLES(edges, out->m),
		{ "says", says, 2, "u", sizeof(guint32) },
		{ "worst", &out->worst, 1, "d", sizeof(double) },
		DOUBLES(error, out->n), /* last: only of a sample */
	};
	guint n = G_N_ELEMENTS(arrays);
	if (!reading) {
		put(dict, "betweenness", arrays, n);
		return true;
	}
	bool sampled = take(dict, "betweenness", arrays, n);
	if (!sampled && !take(dict, "betweenness", arrays, n - 1))
		return false;
	out->sampled = says[0] != 0;
	out->sources = says[1];
	if (!sampled)
		g_clear_pointer(&out->error, g_free);
	return out->sampled == sampled;
}

static bool chance_arrays(struct chance *out, guint table, GVariantDict *dict, bool reading)
{
	g_autofree char *name = g_strdup_printf("chance%u", table);
	gsize cells = (gsize)out->n_rows * out->n_cols;
	guint32 says[] = { out->samples, out->permuted };
	const struct array arrays[] = {
		NUMBERS(observed, cells), DOUBLES(mean, cells),
		DOUBLES(sd, cells),	  DOUBLES(low, cells),
		DOUBLES(high, cells),	  DOUBLES(adjusted, cells),
		DOUBLES(raised, cells),	  { "says", says, 2, "u", sizeof(guint32) },
	};
	if (!reading) {
		put(dict, name, arrays, G_N_ELEMENTS(arrays));
		return true;
	}
	if (!take(dict, name, arrays, G_N_ELEMENTS(arrays)))
		return false;
	out->samples = says[0];
	out->permuted = says[1] != 0;
	return true;
}

static bool circle_arrays(struct study *out, guint *community, GVariantDict *dict, bool reading)
{
	const struct array arrays[] = {
		{ "of", community, out->net->n, "u", sizeof(guint32) },
		{ "modularity", &out->modularity, 1, "d", sizeof(double) },
	};
	if (!reading)
		put(dict, "circles", arrays, G_N_ELEMENTS(arrays));
	return !reading || take(dict, "circles", arrays, G_N_ELEMENTS(arrays));
}

/* Which of them a study has: a bit each. */
static guint works_of(const struct study *study)
{
	guint works = (study->distances ? 1u : 0) | (study->betweenness ? 2u : 0) |
		      (study->community ? 4u : 0);
	for (guint t = 0; t < CHANCE_TABLES; t++)
		works |= study->chance[t] ? 8u << t : 0;
	return works;
}

GBytes *study_keep(const struct study *study)
{
	GVariantDict dict;
	if ((works_of(study) & ~study->recalled) == 0)
		return NULL;
	g_variant_dict_init(&dict, NULL);
	if (study->distances)
		(void)distances_arrays(study->distances, &dict, false);
	if (study->betweenness)
		(void)between_arrays(study->betweenness, &dict, false);
	if (study->community)
		(void)circle_arrays((struct study *)(guintptr)study, study->community, &dict,
				    false);
	for (guint t = 0; t < CHANCE_TABLES; t++)
		if (study->chance[t])
			(void)chance_arrays(study->chance[t], t, &dict, false);
	g_autoptr(GVariant) all = g_variant_ref_sink(g_variant_dict_end(&dict));
	return g_variant_get_data_as_bytes(all);
}

static void recall_distances(struct study *study, GVariantDict *dict)
{
	struct spans *found = spans_blank(study->net->n);
	if (!study->distances && distances_arrays(found, dict, true))
		study->distances = g_steal_pointer(&found);
	spans_free(found);
}

static void recall_between(struct study *study, GVariantDict *dict)
{
	struct between *found = between_blank(study->net->n, study->net->m);
	if (!study->betweenness && between_arrays(found, dict, true))
		study->betweenness = g_steal_pointer(&found);
	between_free(found);
}

static void recall_circles(struct study *study, GVariantDict *dict)
{
	guint n = study->net->n;
	guint *found = work_alloc(n, sizeof *found);
	bool good = !study->community && circle_arrays(study, found, dict, true);
	for (guint v = 0; v < n && good; v++)
		good = found[v] < n;
	if (good)
		study->community = found;
	else
		g_atomic_rc_box_release(found);
}

static void recall_chance(struct study *study, guint table, GVariantDict *dict)
{
	guint rows, cols;
	chance_table_size(study, (enum chance_table)table, &rows, &cols);
	/* A table as large as all that was kept cannot be in it, and is not made room for. */
	g_autofree char *name = g_strdup_printf("chance%u.mean", table);
	if (study->chance[table] || !g_variant_dict_contains(dict, name))
		return;
	struct chance *found = chance_blank(rows, cols);
	if (chance_arrays(found, table, dict, true))
		study->chance[table] = g_steal_pointer(&found);
	chance_unref(found);
}

bool study_recall(struct study *study, GBytes *bytes)
{
	GVariantDict dict;
	g_autoptr(GVariant) all =
		g_variant_ref_sink(g_variant_new_from_bytes(G_VARIANT_TYPE_VARDICT, bytes, FALSE));
	g_variant_dict_init(&dict, all);
	recall_distances(study, &dict);
	recall_between(study, &dict);
	recall_circles(study, &dict);
	for (guint t = 0; t < CHANCE_TABLES; t++)
		recall_chance(study, t, &dict);
	g_variant_dict_clear(&dict);
	study->recalled = works_of(study);
	return study->recalled != 0;
}
