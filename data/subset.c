/* A network with fewer records or items, and without references to what is gone. */
#include "data/subset.h"

#include "base/cancel.h"

#include <string.h>

struct cut {
	const struct subset *subset;
	GHashTable *gone[KIND_COUNT]; /* ids, former ones too; borrowed texts */
	guint some;		      /* bits of the kinds of which there are any */
	struct pool *pool;
};

static bool is_gone(const struct cut *cut, const struct field *field, const char *id)
{
	for (guint k = 0; id && k < KIND_COUNT; k++) {
		if (field->refs & cut->some & 1u << k && g_hash_table_contains(cut->gone[k], id))
			return true;
	}
	return false;
}

/* --- records that stay ----------------------------------------------------------------------- */

static bool prune(const struct cut *cut, const struct record_type *type, void *record, bool change);

static bool prune_list(const struct cut *cut, const struct field *field, char **list, bool change)
{
	guint kept = 0;
	bool found = false;

	for (guint i = 0; list && list[i]; i++) {
		bool gone = is_gone(cut, field, list[i]);
		found |= gone;
		if (change && !gone)
			list[kept++] = list[i];
	}
	if (change && list)
		list[kept] = NULL;
	return found;
}

/* An item that is about what is gone goes as a whole. */
static bool item_goes(const struct cut *cut, const struct record_type *type, const void *item)
{
	if (cut->subset->item && !cut->subset->item(cut->subset->data, type, item))
		return true;
	for (guint i = 0; i < type->n_fields; i++) {
		const struct field *field = &type->fields[i];
		const void *at = field_at(field, item);
		if (field->type == FIELD_REF && !(field->flags & FIELD_MANY) &&
		    field->flags & (FIELD_KEY | FIELD_REQUIRED) &&
		    is_gone(cut, field, *(char *const *)at))
			return true;
	}
	return false;
}

static bool prune_items(const struct cut *cut, const struct field *field, struct items *items,
			bool change)
{
	gsize size = field->sub->size;
	char *at = items->at;
	guint kept = 0;
	bool found = false;

	for (guint i = 0; i < items->n; i++) {
		char *item = at + i * size;
		bool goes = item_goes(cut, field->sub, item);
		found |= goes || prune(cut, field->sub, item, change);
		if (!change || goes)
			continue;
		memmove(at + kept++ * size, item, size);
	}
	if (change)
		items->n = kept;
	return found;
}

/* Whether `record` holds anything that goes; with `change` it does not any more. */
static bool prune(const struct cut *cut, const struct record_type *type, void *record, bool change)
{
	bool found = false;

	for (guint i = 0; i < type->n_fields; i++) {
		const struct field *field = &type->fields[i];
		void *at = (void *)(gsize)field_at(field, record);

		if (!field_is_set(field, record))
			continue;
		if (field->type == FIELD_GROUP) {
			found |= prune(cut, field->sub, at, change);
		} else if (field->type == FIELD_ITEMS) {
			found |= prune_items(cut, field, at, change);
		} else if (field->type == FIELD_REF && field->flags & FIELD_MANY) {
			found |= prune_list(cut, field, *(char ***)at, change);
		} else if (field->type == FIELD_REF && is_gone(cut, field, *(char **)at)) {
			found = true;
			if (change)
				*(char **)at = NULL;
		}
	}
	return found;
}

static bool alter(const struct cut *cut, enum kind kind, void *record, bool change)
{
	bool found =
		cut->subset->alter && cut->subset->alter(cut->subset->data, kind, record, change);

	return prune(cut, record_type(kind), record, change) || found;
}

/* --- the network ----------------------------------------------------------------------------- */

static guint choose(struct cut *cut, const struct model *model)
{
	guint n = 0;

	for (guint k = 0; k < KIND_COUNT; k++) {
		cut->gone[k] = g_hash_table_new(g_str_hash, g_str_equal);
		for (guint i = 0; i < model->n[k]; i++) {
			const struct record *record = RECORD(model->records[k][i]);
			/* The network is what is shown. */
			if (record == &model->network->base || !cut->subset->record ||
			    cut->subset->record(cut->subset->data, (enum kind)k, record))
				continue;
			n++;
			cut->some |= 1u << k;
			g_hash_table_add(cut->gone[k], (gpointer)(gsize)record->id);
			for (const char *const *alias = record->aliases; alias && *alias; alias++)
				g_hash_table_add(cut->gone[k], (gpointer)(gsize)*alias);
		}
	}
	return n;
}

/* As far as they were come to when they were given up. */
static GPtrArray *kept_records(const struct cut *cut, const struct model *model, enum kind kind)
{
	GPtrArray *records = g_ptr_array_new();

	for (guint i = 0; i < model->n[kind] && !cancel_asked(cut->subset->cancel, NULL); i++) {
		void *record = (void *)(gsize)model->records[kind][i];
		if (g_hash_table_contains(cut->gone[kind], RECORD(record)->id))
			continue;
		if (alter(cut, kind, record, false)) {
			record = record_copy(record_type(kind), record, cut->pool);
			(void)alter(cut, kind, record, true);
		}
		g_ptr_array_add(records, record);
	}
	return records;
}

struct model *model_subset(const struct model *model, const struct subset *subset,
			   struct date today, guint *n_gone, GError **error)
{
	struct cut cut = { .subset = subset, .pool = pool_new() };
	GPtrArray *records[KIND_COUNT];
	g_autoptr(GPtrArray) pools = g_ptr_array_new();
	guint n = choose(&cut, model);
	struct model *made = NULL;

	for (guint i = 0; i < model->pools->len; i++)
		g_ptr_array_add(pools, model->pools->pdata[i]);
	g_ptr_array_add(pools, cut.pool);
	for (guint k = 0; k < KIND_COUNT; k++)
		records[k] = kept_records(&cut, model, (enum kind)k);
	if (!cancel_asked(subset->cancel, error))
		made = model_new(records, (struct pool *const *)pools->pdata, pools->len,
				 model->network->base.id, today, model->generation);
	for (guint k = 0; k < KIND_COUNT; k++) {
		g_ptr_array_unref(records[k]);
		g_hash_table_unref(cut.gone[k]);
	}
	pool_unref(cut.pool);
	if (!made)
		return NULL;
	if (n_gone)
		*n_gone = n;
	if (model->confirmed_only) {
		struct model *all = made;

		made = model_confirmed(all);
		model_unref(all);
	}
	return made;
}
