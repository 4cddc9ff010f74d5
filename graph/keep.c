/*
 * Slow results as bytes and back: a dictionary of arrays under a seal, each checked for
 * its length and for what its numbers can be before it is believed.  Where the bytes are kept is
 * somebody else's business.
 */
#include "graph/keep.h"

#include "base/mix.h"
#include "graph/lengths.h"

#include <math.h>
#include <string.h>

guint64 study_print(const struct study *study)
{
	const struct net *net = study->net;
	guint64 print = mix_number(MIX_START, (guint64)net->model->network->settings.seed);
	print = mix_number(print, net->n);
	print = mix_array(print, net->from, net->m);
	print = mix_array(print, net->to, net->m);
	for (guint by = 0; by < BY_ATTRIBUTES; by++) {
		print = mix_number(print, study->partitions[by]->n_groups);
		print = mix_array(print, (const guint32 *)study->partitions[by]->group, net->n);
	}
	if (net->options.length == LENGTH_STEPS)
		return print;
	return mix_array(mix_number(print, net->options.length), net->weight, net->m);
}

/*
 * One array of a result: where it is, how long it must be, of what, and between which
 * values.  `absent`: NAN may stand there.
 */
struct array {
	const char *name;
	void *at;
	gsize length;
	const char *type; /* of GVariant: "d", "u", "t" */
	gsize size;
	double least, most;
	bool absent;
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

static double value_at(const struct array *array, const void *from, gsize i)
{
	if (*array->type == 'd')
		return ((const double *)from)[i];
	return *array->type == 'u' ? ((const guint32 *)from)[i]
				   : (double)((const guint64 *)from)[i];
}

static bool is_sound(const struct array *array, const void *from)
{
	for (gsize i = 0; i < array->length; i++) {
		double value = value_at(array, from, i);
		if (isnan(value) ? !array->absent : value < array->least || value > array->most)
			return false;
	}
	return true;
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
			if (!value || length != arrays[i].length ||
			    (pass == 0 && !is_sound(&arrays[i], from)))
				return false;
			if (pass > 0 && length > 0)
				memcpy(arrays[i].at, from, length * arrays[i].size);
		}
	return true;
}

/* clang-format off */
#define DOUBLES(member, count, top) \
	{ #member, out->member, count, "d", sizeof(double), 0, top, false }
#define NUMBERS(member, count, top) \
	{ #member, out->member, count, "u", sizeof(guint32), 0, top, false }
#define LONGS(member, count, top) \
	{ #member, out->member, count, "t", sizeof(guint64), 0, top, false }
/* clang-format on */

/* Whoever is two steps away is among those three steps away, and those can be reached. */
static bool is_nested(const struct spans *spans)
{
	for (guint v = 0; v < spans->n; v++)
		if (spans->within_two[v] > spans->within_three[v] ||
		    spans->within_three[v] > spans->reached[v])
			return false;
	return true;
}

static bool distances_arrays(struct spans *out, GVariantDict *dict, bool reading)
{
	guint n = out->n, others = MAX(n, 1) - 1;
	double sums[] = { out->inverse, out->mean_distance, out->efficiency };
	guint64 totals[] = { out->total, out->pairs, out->diameter };
	double all = (double)n * others;
	const struct array arrays[] = {
		DOUBLES(harmonic, n, others),
		LONGS(sum, n, all),
		NUMBERS(reached, n, others),
		NUMBERS(within_two, n, others),
		NUMBERS(within_three, n, others),
		NUMBERS(eccentricity, n, others),
		{ "sums", sums, 3, "d", sizeof(double), 0, all, true },
		{ "totals", totals, 3, "t", sizeof(guint64), 0, all * n, false },
	};
	if (!reading) {
		put(dict, "distances", arrays, G_N_ELEMENTS(arrays));
		return true;
	}
	if (!take(dict, "distances", arrays, G_N_ELEMENTS(arrays)) || !is_nested(out) ||
	    (double)totals[1] > all / 2 || totals[2] > others)
		return false;
	out->inverse = sums[0];
	out->mean_distance = sums[1];
	out->efficiency = sums[2];
	out->total = totals[0];
	out->pairs = totals[1];
	out->diameter = (guint)totals[2];
	return true;
}

/* No tie is shorter than a quarter of a step. */
static bool lengths_arrays(struct lengths *out, GVariantDict *dict, bool reading)
{
	double others = MAX(out->n, 1) - 1, all = out->n * others;
	double sums[] = { out->pairs, out->total, out->inverse };
	const struct array arrays[] = {
		DOUBLES(harmonic, out->n, 4 * others),
		DOUBLES(farthest, out->n, others),
		{ "sums", sums, 3, "d", sizeof(double), 0, MAX(4 * all, all * others), false },
	};
	if (!reading) {
		put(dict, "lengths", arrays, G_N_ELEMENTS(arrays));
		return true;
	}
	if (!take(dict, "lengths", arrays, G_N_ELEMENTS(arrays)) || sums[0] > all / 2)
		return false;
	out->pairs = sums[0];
	out->total = sums[1];
	out->inverse = sums[2];
	return true;
}

static bool between_arrays(struct between *out, GVariantDict *dict, bool reading)
{
	guint32 says[] = { out->sampled, out->sources };
	double pairs = (double)out->n * out->n;
	const struct array arrays[] = {
		DOUBLES(vertices, out->n, pairs),
		DOUBLES(edges, out->m, pairs),
		{ "says", says, 2, "u", sizeof(guint32), 0, MAX(out->n, 1), false },
		{ "worst", &out->worst, 1, "d", sizeof(double), 0, G_MAXDOUBLE, false },
		DOUBLES(error, out->n, G_MAXDOUBLE), /* last: only of a sample */
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
	return says[0] == sampled;
}

static bool chance_arrays(struct chance *out, guint table, guint m, GVariantDict *dict,
			  bool reading)
{
	g_autofree char *name = g_strdup_printf("chance%u", table);
	gsize cells = (gsize)out->n_rows * out->n_cols;
	guint32 says[] = { out->samples, out->permuted, out->worth };
	const struct array arrays[] = {
		NUMBERS(observed, cells, m),
		DOUBLES(mean, cells, m),
		DOUBLES(sd, cells, m),
		DOUBLES(low, cells, 1),
		DOUBLES(high, cells, 1),
		DOUBLES(adjusted, cells, 1),
		DOUBLES(raised, cells, 1),
		{ "says", says, 3, "u", sizeof(guint32), 0, CHANCE_MOST, false },
	};
	if (!reading) {
		put(dict, name, arrays, G_N_ELEMENTS(arrays));
		return true;
	}
	if (!take(dict, name, arrays, G_N_ELEMENTS(arrays)))
		return false;
	out->samples = says[0];
	out->permuted = says[1] != 0;
	out->worth = says[2];
	return true;
}

static bool circle_arrays(guint *community, guint n, double *modularity, GVariantDict *dict,
			  bool reading)
{
	const struct array arrays[] = {
		{ "of", community, n, "u", sizeof(guint32), 0, MAX(n, 1) - 1, false },
		{ "modularity", modularity, 1, "d", sizeof(double), -1, 1, true },
	};
	if (!reading)
		put(dict, "circles", arrays, G_N_ELEMENTS(arrays));
	return !reading || take(dict, "circles", arrays, G_N_ELEMENTS(arrays));
}

/* Every number below the largest is some member's. */
static bool is_dense(const guint *of, guint n)
{
	g_autofree bool *seen = g_new0(bool, (gsize)n + 1);
	guint largest = 0, numbers = 0;
	for (guint v = 0; v < n; v++) {
		largest = MAX(largest, of[v]);
		numbers += !seen[of[v]];
		seen[of[v]] = true;
	}
	return n == 0 || numbers == largest + 1;
}

/* Which of them a study has: a bit each. */
static guint works_of(const struct study *study)
{
	guint works = (study->distances ? 1u : 0) | (study->betweenness ? 2u : 0) |
		      (study->community ? 4u : 0);
	works |= study->lengths ? 8u : 0;
	for (guint t = 0; t < CHANCE_TABLES; t++)
		works |= study->chance[t] ? 16u << t : 0;
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
	if (study->lengths)
		(void)lengths_arrays(study->lengths, &dict, false);
	if (study->betweenness)
		(void)between_arrays(study->betweenness, &dict, false);
	double modularity = study->modularity;
	if (study->community)
		(void)circle_arrays(study->community, study->net->n, &modularity, &dict, false);
	for (guint t = 0; t < CHANCE_TABLES; t++)
		if (study->chance[t])
			(void)chance_arrays(study->chance[t], t, study->net->m, &dict, false);
	g_autoptr(GVariant) all = g_variant_ref_sink(g_variant_dict_end(&dict));
	gsize size = g_variant_get_size(all);
	char *bytes = g_malloc(size + sizeof(guint64));
	g_variant_store(all, bytes);
	guint64 seal = mix_bytes(MIX_START, bytes, size);
	memcpy(bytes + size, &seal, sizeof seal);
	return g_bytes_new_take(bytes, size + sizeof seal);
}

/* As they were kept, without the seal at their end; NULL when they are damaged. */
static GBytes *unseal(GBytes *bytes)
{
	gsize size = 0;
	const char *data = g_bytes_get_data(bytes, &size);
	guint64 seal = 0;
	if (size < sizeof seal)
		return NULL;
	size -= sizeof seal;
	memcpy(&seal, data + size, sizeof seal);
	return seal == mix_bytes(MIX_START, data, size) ? g_bytes_new_from_bytes(bytes, 0, size)
							: NULL;
}

static void recall_distances(struct study *study, GVariantDict *dict)
{
	struct spans *found = spans_blank(study->net->n);
	if (!study->distances && distances_arrays(found, dict, true))
		study->distances = g_steal_pointer(&found);
	spans_free(found);
}

static void recall_lengths(struct study *study, GVariantDict *dict)
{
	struct lengths *found = lengths_blank(study->net->n);
	if (!study->lengths && lengths_arrays(found, dict, true))
		study->lengths = g_steal_pointer(&found);
	if (found)
		g_atomic_rc_box_release(found);
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
	double modularity = NAN;
	if (!study->community && circle_arrays(found, n, &modularity, dict, true) &&
	    is_dense(found, n)) {
		study->community = found;
		study->modularity = modularity;
	} else {
		g_atomic_rc_box_release(found);
	}
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
	if (chance_arrays(found, table, study->net->m, dict, true))
		study->chance[table] = g_steal_pointer(&found);
	chance_unref(found);
}

bool study_recall(struct study *study, GBytes *bytes)
{
	GVariantDict dict;
	g_autoptr(GBytes) sound = unseal(bytes);
	if (!sound)
		return false;
	g_autoptr(GVariant) all =
		g_variant_ref_sink(g_variant_new_from_bytes(G_VARIANT_TYPE_VARDICT, sound, FALSE));
	g_variant_dict_init(&dict, all);
	recall_distances(study, &dict);
	recall_lengths(study, &dict);
	recall_between(study, &dict);
	recall_circles(study, &dict);
	for (guint t = 0; t < CHANCE_TABLES; t++)
		recall_chance(study, t, &dict);
	g_variant_dict_clear(&dict);
	study->recalled = works_of(study);
	return study->recalled != 0;
}
