/*
 * Groups of institutions by an attribute, in an order that people expect: that
 * of the network's vocabulary, or of the id.  Only the partition; what it means
 * for ties is in measures/mixing.c and matrix.c.
 */
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
	for (guint i = 0; name && i < BY_ATTRIBUTES; i++)
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

/* The tier in the network itself, else the first stated. */
static const char *tier_of(const struct model *model, const struct institution *institution)
{
	const struct membership *rows = ITEMS(struct membership, institution->memberships);
	const char *tier = NULL;
	for (guint i = 0; i < institution->memberships.n; i++) {
		if (!rows[i].tier)
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

static int compare_ids(gconstpointer a, gconstpointer b)
{
	return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/* Ids that institutions use though nothing defines them come last, by id. */
static GPtrArray *list_ids(const struct net *net, enum attribute by, GHashTable *index)
{
	GPtrArray *ids = g_ptr_array_new();
	g_autoptr(GPtrArray) others = g_ptr_array_new();
	list_known(net->model, by, ids);
	for (guint g = 0; g < ids->len; g++)
		g_hash_table_insert(index, ids->pdata[g], GUINT_TO_POINTER(g));
	for (guint v = 0; v < net->n; v++) {
		const char *id = id_of(net->model, net->institution[v], by);
		if (id && g_hash_table_insert(index, (void *)id, NULL))
			g_ptr_array_add(others, (void *)id);
	}
	g_ptr_array_sort(others, compare_ids);
	for (guint i = 0; i < others->len; i++)
		g_ptr_array_add(ids, others->pdata[i]);
	for (guint g = 0; g < ids->len; g++)
		g_hash_table_insert(index, ids->pdata[g], GUINT_TO_POINTER(g));
	return ids;
}

struct partition *partition_new(const struct net *net, enum attribute by)
{
	g_autoptr(GHashTable) index = g_hash_table_new(g_str_hash, g_str_equal);
	g_autoptr(GPtrArray) ids = list_ids(net, by, index);
	struct partition *partition = g_new0(struct partition, 1);
	partition->by = by;
	partition->n_groups = ids->len;
	partition->group = g_new(int, MAX(net->n, 1));
	partition->ids = g_new0(char *, ids->len + 1);
	partition->labels = g_new0(char *, ids->len + 1);
	partition->sizes = g_new0(guint, ids->len + 1);
	for (guint g = 0; g < ids->len; g++) {
		partition->ids[g] = g_strdup(ids->pdata[g]);
		partition->labels[g] = label_of(net->model, ids->pdata[g], by);
	}
	for (guint v = 0; v < net->n; v++) {
		const char *id = id_of(net->model, net->institution[v], by);
		partition->group[v] = -1;
		if (!id)
			continue;
		guint g = GPOINTER_TO_UINT(g_hash_table_lookup(index, id));
		partition->group[v] = (int)g;
		partition->sizes[g]++;
	}
	return partition;
}

void partition_free(struct partition *partition)
{
	if (!partition)
		return;
	g_free(partition->group);
	g_strfreev(partition->ids);
	g_strfreev(partition->labels);
	g_free(partition->sizes);
	g_free(partition);
}

static int find_group(const struct partition *partition, const char *id)
{
	for (guint g = 0; g < partition->n_groups; g++)
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
		int g = i == 0 ? territories->group[v] : find_group(territories, ids[i]);
		bool seen = g < 0;
		for (guint k = 0; !seen && k < out->len; k++)
			seen = g_array_index(out, guint, k) == (guint)g;
		guint group = (guint)g;
		if (!seen)
			g_array_append_val(out, group);
	}
}
