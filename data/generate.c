/*
 * Synthetic networks.  Shape matters here, not realism of single entries: ties
 * cluster in territories, degrees are uneven, some institutions stand alone.
 */
#include "data/generate.h"

#include <math.h>
#include <string.h>

struct word {
	const char *id, *name;
};

static const struct word sectors[] = {
	{ "school", "Schools" },	{ "university-research", "Universities" },
	{ "government", "Government" }, { "foundation-ngo", "Foundations" },
	{ "business", "Business" },	{ "edustem", "STEM education" },
	{ "media", "Media" },
};
static const guint sector_weights[] = { 30, 22, 16, 14, 10, 6, 2 };
static const struct word kinds[] = {
	{ "programme", "Programme" }, { "co-organisation", "Co-organisation" },
	{ "funding", "Funding" },     { "training", "Training" },
	{ "research", "Research" },
};
static const struct word tiers[] = {
	{ "friend", "Friend" },
	{ "associate", "Associate" },
	{ "ally", "Ally" },
};
static const struct word capacities[] = {
	{ "content", "Content" },
	{ "financing", "Financing" },
	{ "training", "Training" },
	{ "management", "Management" },
};
static const struct word lines[] = {
	{ "climate", "Climate" },
	{ "inclusion", "Inclusion" },
	{ "digital", "Digitality" },
};
static const struct word intensities[] = {
	{ "awareness", "" },
	{ "cooperation", "" },
	{ "coordination", "" },
	{ "integration", "" },
};
struct place {
	const char *country;
	double lat, lon;
};
static const struct place places[] = {
	{ "MX", 19.4, -99.1 },	{ "CO", 4.7, -74.1 },	{ "CL", -33.4, -70.7 },
	{ "BR", -23.5, -46.6 }, { "PE", -12.0, -77.0 }, { "AR", -34.6, -58.4 },
	{ "EC", -0.2, -78.5 },	{ "GT", 14.6, -90.5 },
};

struct generator {
	const struct generate_options *options;
	struct pool *pool;
	GRand *random;
	struct institution **institutions;
	GArray **ties; /* per institution: guint of partners it declares */
};

static const char *word_at(const struct word *words, guint index)
{
	return words[index].id;
}

#define PICK(generator, words)                                                                     \
	word_at(words, (guint)g_rand_int_range((generator)->random, 0, G_N_ELEMENTS(words)))

bool generate_shape_parse(const char *name, enum generate_shape *out)
{
	static const char *const names[] = { "territories", "grid", "stars" };

	for (guint i = 0; i < G_N_ELEMENTS(names); i++) {
		if (!g_strcmp0(name, names[i])) {
			*out = (enum generate_shape)i;
			return true;
		}
	}
	return false;
}

static const char *numbered(struct pool *pool, const char *prefix, int digits, guint number)
{
	char text[64];

	g_snprintf(text, sizeof text, "%s%0*u", prefix, digits, number);
	return pool_text(pool, text);
}

static const char *const *list_of(struct pool *pool, const char *word)
{
	const char **list = pool_alloc(pool, 2 * sizeof *list);

	list[0] = pool_word(pool, word);
	return list;
}

static void fill_terms(struct pool *pool, struct items *terms, const struct word *words, guint n)
{
	struct term *at = pool_alloc(pool, n * sizeof *at);

	for (guint i = 0; i < n; i++)
		at[i] = (struct term){ .id = words[i].id, .name = words[i].name };
	*terms = (struct items){ at, n };
}

#define TERMS(pool, network, index, words)                                                         \
	fill_terms(pool, &(network)->vocabularies.of[index], words, G_N_ELEMENTS(words))

static void make_network(struct generator *g, GPtrArray *out)
{
	struct network *network = pool_alloc(g->pool, sizeof *network);

	record_clear(record_type(KIND_NETWORK), network);
	network->base.id = "synthetic";
	network->base.name = "Synthetic network";
	network->base.tags = list_of(g->pool, "synthetic");
	network->base.notes = "Made by a program for tests and measurements: nothing here is real.";
	TERMS(g->pool, network, VOCABULARY_SECTORS, sectors);
	TERMS(g->pool, network, VOCABULARY_KINDS, kinds);
	TERMS(g->pool, network, VOCABULARY_TIERS, tiers);
	TERMS(g->pool, network, VOCABULARY_CAPACITIES, capacities);
	TERMS(g->pool, network, VOCABULARY_LINES, lines);
	g_ptr_array_add(out, network);
}

static void make_territories(struct generator *g, GPtrArray *out)
{
	for (guint t = 0; t < g->options->territories; t++) {
		struct territory *territory = pool_alloc(g->pool, sizeof *territory);
		const struct place *place = &places[t % G_N_ELEMENTS(places)];

		record_clear(record_type(KIND_TERRITORY), territory);
		territory->base.id = numbered(g->pool, "t", 5, t);
		territory->base.name = numbered(g->pool, "Synthetic territory ", 1, t);
		territory->country = place->country;
		territory->lat =
			round((place->lat + g_rand_double_range(g->random, -4, 4)) * 100) / 100;
		territory->lon =
			round((place->lon + g_rand_double_range(g->random, -4, 4)) * 100) / 100;
		territory->status = t % 3 ? "declared" : "developing";
		g_ptr_array_add(out, territory);
	}
}

static const char *pick_sector(struct generator *g)
{
	guint at = (guint)g_rand_int_range(g->random, 0, 100), sum = 0;

	for (guint i = 0; i < G_N_ELEMENTS(sectors); i++) {
		sum += sector_weights[i];
		if (at < sum)
			return sectors[i].id;
	}
	return sectors[0].id;
}

static struct items make_exchange(struct generator *g)
{
	struct exchange *exchange = pool_alloc(g->pool, sizeof *exchange);

	exchange->capacity = PICK(g, capacities);
	exchange->lines = list_of(g->pool, PICK(g, lines));
	return (struct items){ exchange, 1 };
}

static void make_institutions(struct generator *g, GPtrArray *out, const GPtrArray *territories)
{
	for (guint i = 0; i < g->options->institutions; i++) {
		struct institution *in = pool_alloc(g->pool, sizeof *in);
		const struct territory *t =
			territories->len ? territories->pdata[i % territories->len] : NULL;

		record_clear(record_type(KIND_INSTITUTION), in);
		in->base.id = numbered(g->pool, "i", 6, i);
		in->base.name = numbered(g->pool, "Synthetic institution ", 1, i);
		in->sector = pick_sector(g);
		if (t) {
			in->country = t->country;
			in->territories = list_of(g->pool, t->base.id);
			in->lat = t->lat;
			in->lon = t->lon;
		}
		if (g_rand_int_range(g->random, 0, 4) == 0)
			in->offers = make_exchange(g);
		if (g_rand_int_range(g->random, 0, 4) == 0)
			in->needs = make_exchange(g);
		in->base.verified.year = (gint16)g_rand_int_range(g->random, 2021, 2027);
		g->institutions[i] = in;
		g_ptr_array_add(out, in);
	}
}

static void tie(struct generator *g, guint a, guint b)
{
	if (a == b)
		return;
	if (!g->ties[a])
		g->ties[a] = g_array_new(FALSE, FALSE, sizeof(guint));
	for (guint i = 0; i < g->ties[a]->len; i++)
		if (g_array_index(g->ties[a], guint, i) == b)
			return;
	g_array_append_val(g->ties[a], b);
}

/* Institution i is of territory i % territories: a neighbour there is a step of that length away.
 */
static void tie_territories(struct generator *g)
{
	guint n = g->options->institutions, step = MAX(g->options->territories, 1);
	guint inside = MAX(n / step, 1);
	guint64 wanted = (guint64)((double)n * g->options->degree / 2);

	for (guint64 k = 0; k < wanted; k++) {
		guint a = (guint)g_rand_int_range(g->random, 0, (gint32)n);
		guint roll = (guint)g_rand_int_range(g->random, 0, 100);
		guint b;

		if (a % 50 == 49) /* the isolates that every real network has */
			continue;
		if (roll < 70)
			b = a % step + step * (guint)g_rand_int_range(g->random, 0, (gint32)inside);
		else if (roll < 88)
			b = a % step; /* the territory's first institution is its hub */
		else
			b = (guint)g_rand_int_range(g->random, 0, (gint32)n);
		if (b < n && b % 50 != 49)
			tie(g, a, b);
	}
}

static void tie_grid(struct generator *g)
{
	guint n = g->options->institutions, side = (guint)MAX(1, floor(sqrt(n)));

	for (guint i = 0; i < n; i++) {
		if ((i + 1) % side && i + 1 < n)
			tie(g, i, i + 1);
		if (i + side < n)
			tie(g, i, i + side);
	}
}

static void tie_stars(struct generator *g)
{
	guint n = g->options->institutions, step = MAX(g->options->territories, 1);

	for (guint i = step; i < n; i++)
		tie(g, i, i % step);
	for (guint t = 1; t < MIN(step, n); t++)
		tie(g, t, t - 1);
}

static void declare_partners(struct generator *g)
{
	for (guint i = 0; i < g->options->institutions; i++) {
		GArray *ties = g->ties[i];

		if (!ties)
			continue;
		struct partnership *at = pool_alloc(g->pool, ties->len * sizeof *at);

		for (guint k = 0; k < ties->len; k++) {
			record_clear(&partnership_type, &at[k]);
			at[k].with = g->institutions[g_array_index(ties, guint, k)]->base.id;
			at[k].kinds = list_of(g->pool, PICK(g, kinds));
			at[k].intensity = PICK(g, intensities);
			at[k].since.year = (gint16)g_rand_int_range(g->random, 2014, 2027);
		}
		g->institutions[i]->partners = (struct items){ at, ties->len };
	}
}

static void make_programmes(struct generator *g, GPtrArray *out)
{
	guint n = g->options->institutions;

	for (guint p = 0; p < g->options->programmes && n; p++) {
		struct programme *programme = pool_alloc(g->pool, sizeof *programme);
		struct participant *at = pool_alloc(g->pool, 5 * sizeof *at);

		record_clear(record_type(KIND_PROGRAMME), programme);
		programme->base.id = numbered(g->pool, "p", 5, p);
		programme->base.name = numbered(g->pool, "Synthetic programme ", 1, p);
		programme->kind = "project";
		programme->start.year = (gint16)g_rand_int_range(g->random, 2018, 2026);
		programme->lead =
			g->institutions[g_rand_int_range(g->random, 0, (gint32)n)]->base.id;
		for (guint k = 0; k < 5; k++) {
			record_clear(&participant_type, &at[k]);
			at[k].institution =
				g->institutions[g_rand_int_range(g->random, 0, (gint32)n)]->base.id;
		}
		programme->participants = (struct items){ at, 5 };
		g_ptr_array_add(out, programme);
	}
}

void generate_records(const struct generate_options *options, struct pool *pool,
		      GPtrArray *const out[KIND_COUNT])
{
	struct generator g = { options, pool, g_rand_new_with_seed(options->seed), NULL, NULL };

	g.institutions = g_new0(struct institution *, MAX(options->institutions, 1));
	g.ties = g_new0(GArray *, MAX(options->institutions, 1));
	make_network(&g, out[KIND_NETWORK]);
	make_territories(&g, out[KIND_TERRITORY]);
	make_institutions(&g, out[KIND_INSTITUTION], out[KIND_TERRITORY]);
	if (options->shape == GENERATE_GRID)
		tie_grid(&g);
	else if (options->shape == GENERATE_STARS)
		tie_stars(&g);
	else if (options->institutions)
		tie_territories(&g);
	declare_partners(&g);
	make_programmes(&g, out[KIND_PROGRAMME]);
	for (guint i = 0; i < options->institutions; i++)
		if (g.ties[i])
			g_array_unref(g.ties[i]);
	g_free(g.ties);
	g_free(g.institutions);
	g_rand_free(g.random);
}
