/* A network without what an audience may not see, and without references to it. */
#include "data/audience.h"
#include "data/tables.h"

#include <string.h>

bool audience_parse(const char *word, enum audience *out)
{
	for (guint i = 0; choice_visibility[i].id; i++) {
		if (strcmp(choice_visibility[i].id, word) == 0) {
			*out = (enum audience)i;
			return true;
		}
	}
	return false;
}

struct hidden {
	GHashTable *ids[KIND_COUNT]; /* borrowed texts, former ids too */
	struct pool *pool;
};

/* A word that this version does not know is the narrowest: nothing leaves by mistake. */
static bool may_see(enum audience audience, const struct record *record)
{
	enum audience least = AUDIENCE_COORDINATOR;

	if (!record->visibility)
		return true;
	(void)audience_parse(record->visibility, &least);
	return audience >= least;
}

static bool is_hidden(const struct hidden *hidden, const struct field *field, const char *id)
{
	bool found = false;

	for (guint k = 0; id && k < KIND_COUNT; k++) {
		if (!(field->refs & 1u << k))
			continue;
		if (!g_hash_table_contains(hidden->ids[k], id))
			continue;
		found = true;
	}
	return found;
}

/* --- references ------------------------------------------------------------------------------ */

static bool strip(const struct hidden *hidden, const struct record_type *type, void *record,
		  bool change);

static bool strip_list(const struct hidden *hidden, const struct field *field, char **list,
		       bool change)
{
	guint kept = 0;
	bool found = false;

	for (guint i = 0; list && list[i]; i++) {
		bool gone = is_hidden(hidden, field, list[i]);
		found |= gone;
		if (change && !gone)
			list[kept++] = list[i];
	}
	if (change && list)
		list[kept] = NULL;
	return found;
}

/* An item that is about a hidden record goes as a whole. */
static bool item_is_about_hidden(const struct hidden *hidden, const struct record_type *type,
				 const void *item)
{
	for (guint i = 0; i < type->n_fields; i++) {
		const struct field *field = &type->fields[i];
		if (field->type != FIELD_REF || field->flags & FIELD_MANY ||
		    !(field->flags & (FIELD_KEY | FIELD_REQUIRED)))
			continue;
		const char *id = *(char *const *)(const void *)((const char *)item + field->offset);
		if (is_hidden(hidden, field, id))
			return true;
	}
	return false;
}

static bool strip_items(const struct hidden *hidden, const struct field *field, struct items *items,
			bool change)
{
	gsize size = field->sub->size;
	char *at = items->at;
	guint kept = 0;
	bool found = false;

	for (guint i = 0; i < items->n; i++) {
		char *item = at + i * size;
		bool gone = item_is_about_hidden(hidden, field->sub, item);
		found |= gone || strip(hidden, field->sub, item, change);
		if (!change || gone)
			continue;
		memmove(at + kept++ * size, item, size);
	}
	if (change)
		items->n = kept;
	return found;
}

/* Whether `record` refers to what is hidden; with `change` it does not any more. */
static bool strip(const struct hidden *hidden, const struct record_type *type, void *record,
		  bool change)
{
	bool found = false;

	for (guint i = 0; i < type->n_fields; i++) {
		const struct field *field = &type->fields[i];
		void *at = (char *)record + field->offset;

		if (field->type == FIELD_GROUP) {
			found |= strip(hidden, field->sub, at, change);
		} else if (field->type == FIELD_ITEMS) {
			found |= strip_items(hidden, field, at, change);
		} else if (field->type == FIELD_REF && field->flags & FIELD_MANY) {
			found |= strip_list(hidden, field, *(char ***)at, change);
		} else if (field->type == FIELD_REF && is_hidden(hidden, field, *(char **)at)) {
			found = true;
			if (change)
				*(char **)at = NULL;
		}
	}
	return found;
}

/* --- the network ----------------------------------------------------------------------------- */

static guint hide(struct hidden *hidden, const struct model *model, enum audience audience)
{
	guint n = 0;

	for (guint k = 0; k < KIND_COUNT; k++) {
		hidden->ids[k] = g_hash_table_new(g_str_hash, g_str_equal);
		for (guint i = 0; i < model->n[k]; i++) {
			const struct record *record = RECORD(model->records[k][i]);
			/* The network is what is shown. */
			if (may_see(audience, record) || record == &model->network->base)
				continue;
			n++;
			g_hash_table_add(hidden->ids[k], (gpointer)(gsize)record->id);
			for (char *const *alias = (char *const *)record->aliases; alias && *alias;
			     alias++)
				g_hash_table_add(hidden->ids[k], *alias);
		}
	}
	return n;
}

static GPtrArray *shown(const struct hidden *hidden, const struct model *model, enum kind kind)
{
	const struct record_type *type = record_type(kind);
	GPtrArray *records = g_ptr_array_new();

	for (guint i = 0; i < model->n[kind]; i++) {
		void *record = (void *)(gsize)model->records[kind][i];
		if (g_hash_table_contains(hidden->ids[kind], RECORD(record)->id))
			continue;
		if (strip(hidden, type, record, false)) {
			record = record_copy(type, record, hidden->pool);
			(void)strip(hidden, type, record, true);
		}
		g_ptr_array_add(records, record);
	}
	return records;
}

static struct model *without(const struct hidden *hidden, const struct model *model)
{
	GPtrArray *records[KIND_COUNT];
	g_autoptr(GPtrArray) pools = g_ptr_array_new();
	struct model *made;

	for (guint i = 0; i < model->pools->len; i++)
		g_ptr_array_add(pools, model->pools->pdata[i]);
	g_ptr_array_add(pools, model->pool);
	g_ptr_array_add(pools, hidden->pool);
	for (guint k = 0; k < KIND_COUNT; k++)
		records[k] = shown(hidden, model, (enum kind)k);
	made = model_new(records, (struct pool *const *)pools->pdata, pools->len,
			 model->network->base.id, model->today, model->generation);
	for (guint k = 0; k < KIND_COUNT; k++)
		g_ptr_array_unref(records[k]);
	return made;
}

struct model *model_for_audience(const struct model *model, enum audience audience, guint *n_hidden)
{
	struct hidden hidden = { .pool = pool_new() };
	guint n = hide(&hidden, model, audience);
	struct model *made = n > 0 ? without(&hidden, model) : model_ref(model);

	for (guint k = 0; k < KIND_COUNT; k++)
		g_hash_table_unref(hidden.ids[k]);
	pool_unref(hidden.pool);
	if (n_hidden)
		*n_hidden = n;
	return made;
}
