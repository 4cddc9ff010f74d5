/*
 * Groups of institutions by an attribute, in an order that people expect: that
 * of the network's vocabulary, or of the id.  Only the partition; what it means
 * for ties is in measures/mixing.c and matrix.c.
 */
#include "graph/lexicon.h"
#include "graph/work.h"

#include <glib/gi18n.h>
#include <string.h>

static const struct {
	const char *name;
	const char *label;
} attributes[BY_GROUPS] = {
	[BY_SECTOR] = { "sector", N_("Sector") },
	[BY_TERRITORY] = { "territory", N_("Territory") },
	[BY_COUNTRY] = { "country", N_("Country") },
	[BY_TIER] = { "tier", N_("Level of membership") },
	[BY_CIRCLE] = { "circle", N_("Circle") },
};

bool attribute_parse(const char *name, enum attribute *out)
{
	for (guint i = 0; name && i < BY_GROUPS; i++)
		if (strcmp(attributes[i].name, name) == 0) {
			*out = (enum attribute)i;
			return true;
		}
	return false;
}

const char *attribute_name(enum attribute by)
{
	return attributes[by].name;
}

const char *attribute_label(enum attribute by)
{
	return _(attributes[by].label);
}

static bool is_member_on(const struct membership *row, struct date day)
{
	return (!date_is_set(row->since) || date_compare(date_first_day(row->since), day) <= 0) &&
	       (!date_is_set(row->until) || date_compare(date_last_day(row->until), day) >= 0);
}

/* The tier in the network itself, else the first stated, of those that hold today. */
static const char *tier_of(const struct model *model, const struct institution *institution)
{
	const struct membership *rows = ITEMS(struct membership, institution->memberships);
	const char *tier = NULL;
	for (guint i = 0; i < institution->memberships.n; i++) {
		if (!rows[i].tier || !is_member_on(&rows[i], model->today))
			continue;
		if (g_strcmp0(rows[i].network, model->network->base.id) == 0)
			return rows[i].tier;
		if (!tier)
			tier = rows[i].tier;
	}
	return tier;
}

static const char *id_of(const struct model *model, guint i, enum attribute by)
{
	const struct institution *institution = model_institution(model, i);
	switch (by) {
	case BY_SECTOR:
		return institution->sector;
	case BY_TERRITORY:
		return institution->territories ? institution->territories[0] : NULL;
	case BY_COUNTRY:
		return institution->country;
	case BY_TIER:
		return tier_of(model, institution);
	case BY_ATTRIBUTES:
		break;
	}
	return NULL;
}

static char *label_of(const struct model *model, const char *id, enum attribute by)
{
	switch (by) {
	case BY_SECTOR:
		return g_strdup(model_term_name(model, VOCABULARY_SECTORS, id));
	case BY_TERRITORY:
		return g_strdup(model_name(model, KIND_TERRITORY, id, true));
	case BY_COUNTRY:
		return g_strdup(country_name(id));
	case BY_TIER:
		return g_strdup(model_term_name(model, VOCABULARY_TIERS, id));
	case BY_ATTRIBUTES:
		break;
	}
	return g_strdup(id);
}

/* Groups that exist whether or not somebody is in them. */
static void list_known(const struct model *model, enum attribute by, GPtrArray *ids)
{
	if (by == BY_TERRITORY)
		for (guint i = 0; i < model->n[KIND_TERRITORY]; i++)
			g_ptr_array_add(ids, (void *)model_territory(model, i)->base.id);
	if (by != BY_SECTOR && by != BY_TIER)
		return;
	const struct items *terms =
		&model->network->vocabularies
			 .of[by == BY_SECTOR ? VOCABULARY_SECTORS : VOCABULARY_TIERS];
	for (guint i = 0; i < terms->n; i++)
		g_ptr_array_add(ids, (void *)ITEMS(struct term, *terms)[i].id);
}

static int compare_ids(gconstpointer a, gconstpointer b, gpointer ids)
{
	const guint *x = a, *y = b;
	return strcmp(g_ptr_array_index((GPtrArray *)ids, *x),
		      g_ptr_array_index((GPtrArray *)ids, *y));
}

/* Ids that institutions use though nothing defines them come last, by id: where each goes. */
static guint *order_others(const struct lexicon *groups, guint known)
{
	guint n = groups->words->len;
	g_autofree guint *order = g_new(guint, n + 1);
	guint *place = g_new(guint, n + 1);
	for (guint g = 0; g < n; g++)
		order[g] = g;
	g_qsort_with_data(order + known, (gint)(n - known), sizeof *order, compare_ids,
			  groups->words);
	for (guint g = 0; g < n; g++)
		place[order[g]] = g;
	return place;
}

static void name_groups(struct partition *partition, const struct model *model,
			const struct lexicon *groups, const guint *place)
{
	partition->n_groups = groups->words->len;
	partition->ids = g_new0(char *, groups->words->len + 1);
	partition->labels = g_new0(char *, groups->words->len + 1);
	partition->sizes = g_new0(guint, groups->words->len + 1);
	for (guint g = 0; g < groups->words->len; g++) {
		const char *id = groups->words->pdata[g];
		partition->ids[place[g]] = g_strdup(id);
		partition->labels[place[g]] = label_of(model, id, partition->by);
	}
}

/* What is known while vertices are asked for their groups, and then get their place. */
struct partition_making {
	struct lexicon groups;
	guint known, at;
	guint *place; /* NULL: not all have been asked */
};

#define PIECE 16384 /* vertices: a few ms where each word lies elsewhere */

struct partition *partition_begin(const struct net *net, enum attribute by)
{
	struct partition *partition = g_new0(struct partition, 1);
	struct partition_making *making = g_new0(struct partition_making, 1);
	partition->by = by;
	partition->making = making;
	partition->group = g_new(int, MAX(net->n, 1));
	lexicon_init(&making->groups);
	list_known(net->model, by, making->groups.words);
	making->known = making->groups.words->len;
	for (guint g = 0; g < making->known; g++)
		g_hash_table_insert(making->groups.index, making->groups.words->pdata[g],
				    GUINT_TO_POINTER(g));
	return partition;
}

static void ask(struct partition *partition, const struct net *net, guint until)
{
	struct partition_making *making = partition->making;
	for (; making->at < until; making->at++) {
		const char *id = id_of(net->model, net->institution[making->at], partition->by);
		partition->group[making->at] = id ? (int)lexicon_number(&making->groups, id) : -1;
	}
	if (making->at < net->n)
		return;
	making->place = order_others(&making->groups, making->known);
	name_groups(partition, net->model, &making->groups, making->place);
	making->at = 0;
}

static void put(struct partition *partition, guint until)
{
	struct partition_making *making = partition->making;
	for (; making->at < until; making->at++) {
		int *group = &partition->group[making->at];
		if (*group < 0)
			continue;
		*group = (int)making->place[*group];
		partition->sizes[*group]++;
	}
}

static void making_free(struct partition_making *making)
{
	if (!making)
		return;
	lexicon_clear(&making->groups);
	g_free(making->place);
	g_free(making);
}

bool partition_go_on(struct partition *partition, const struct net *net)
{
	struct partition_making *making = partition->making;
	if (!making)
		return false;
	guint until = MIN(net->n, making->at + PIECE);
	if (!making->place) {
		ask(partition, net, until);
		return true;
	}
	put(partition, until);
	if (making->at == net->n)
		g_clear_pointer(&partition->making, making_free);
	return partition->making != NULL;
}

struct partition *partition_new(const struct net *net, enum attribute by)
{
	struct partition *partition = partition_begin(net, by);
	while (partition_go_on(partition, net))
		;
	return partition;
}

void partition_free(struct partition *partition)
{
	if (!partition)
		return;
	making_free(partition->making);
	g_free(partition->group);
	g_strfreev(partition->ids);
	g_strfreev(partition->labels);
	g_free(partition->sizes);
	g_free(partition);
}

/* Territories that the network has come first, as it has them. */
static int find_territory(const struct model *model, const struct partition *partition,
			  const char *id)
{
	int known = model_find(model, KIND_TERRITORY, id);
	if (known >= 0)
		return known;
	for (guint g = model->n[KIND_TERRITORY]; g < partition->n_groups; g++)
		if (strcmp(partition->ids[g], id) == 0)
			return (int)g;
	return -1;
}

void net_territories(const struct net *net, const struct partition *territories, guint v,
		     GArray *out)
{
	const char *const *ids = net_institution(net, v)->territories;
	g_array_set_size(out, 0);
	for (guint i = 0; ids && ids[i]; i++) {
		int g = i == 0 ? territories->group[v]
			       : find_territory(net->model, territories, ids[i]);
		bool seen = g < 0;
		for (guint k = 0; !seen && k < out->len; k++)
			seen = g_array_index(out, guint, k) == (guint)g;
		guint group = (guint)g;
		if (!seen)
			g_array_append_val(out, group);
	}
}
