/*
 * Rows into entries.  Nothing that an entry says is overwritten here: an import
 * fills gaps, people decide about differences.
 */
#include "data/import/merge.h"

#include <string.h>

#include <glib/gi18n.h>

#include "base/text.h"
#include "data/claim.h"
#include "data/path.h"

struct merge {
	struct batch *batch;
	struct import_plan *plan;
	struct check check;
	struct pool *pool;
	GPtrArray *targets;
	GHashTable *by_id;	/* of institutions -> struct target * */
	GHashTable *new_ids;	/* of institutions */
	GHashTable *new_places; /* ids of territories */
	const char *network_id;
};

static void target_free(gpointer data)
{
	struct target *target = data;

	g_free(target->id);
	node_free(target->before);
	node_free(target->after);
	g_free(target);
}

static struct target *add_target(struct merge *merge, enum kind kind, const char *id,
				 struct node *before, struct node *after)
{
	struct target *target = g_new0(struct target, 1);

	*target = (struct target){ kind, g_strdup(id), before, after };
	g_ptr_array_add(merge->targets, target);
	if (kind == KIND_INSTITUTION)
		g_hash_table_insert(merge->by_id, target->id, target);
	return target;
}

/* --- checking ----------------------------------------------------------------------- */

static enum id_state find_id(void *data, guint refs, const char *id)
{
	const struct merge *merge = data;
	const struct model *model = merge->batch->model;

	if ((refs & 1u << KIND_INSTITUTION) && g_hash_table_contains(merge->new_ids, id))
		return ID_KNOWN;
	if ((refs & 1u << KIND_TERRITORY) && g_hash_table_contains(merge->new_places, id))
		return ID_KNOWN;
	if ((refs & 1u << KIND_NETWORK) && !g_strcmp0(merge->network_id, id))
		return ID_KNOWN;
	for (guint k = 0; model && k < KIND_COUNT; k++) {
		if ((refs & (1u << k)) && model_find(model, (enum kind)k, id) >= 0)
			return ID_KNOWN;
	}
	return ID_UNKNOWN;
}

/* The tree in canonical form; NULL, with findings at the rows, when it has errors. */
static struct node *canonical(struct merge *merge, const struct record_type *type,
			      const struct node *tree)
{
	struct findings *found = findings_new();
	const void *record = node_to_record(type, tree, &merge->check, NULL, merge->pool, found);
	struct node *own = record ? node_from_record(type, record) : NULL;

	batch_relocate(merge->batch, found);
	findings_free(found);
	return own;
}

/* --- rows of new institutions ------------------------------------------------------------ */

static void take_new(struct merge *merge, const struct row_node *row)
{
	struct node *tree = node_map();

	tree->start = tree->end = row->tree->start;
	tree_text(tree, "id", row->id, row->tree->start);
	for (guint i = 0; i < row->tree->children->len; i++) {
		const struct node *child = row->tree->children->pdata[i];
		node_append(tree, child->key, node_copy(child));
	}
	struct node *own = canonical(merge, record_type(KIND_INSTITUTION), tree);
	add_target(merge, KIND_INSTITUTION, row->id, NULL, own ? own : node_copy(tree));
	merge->plan->new_institutions++;
	node_free(tree);
}

/* --- rows of entries that are there ------------------------------------------------------ */

static char *value_of(const struct node *node)
{
	GString *text = g_string_new(NULL);

	if (node->type == NODE_SCALAR)
		g_string_append(text, node->text);
	for (guint i = 0; node->type == NODE_LIST && i < node->children->len; i++)
		g_string_append_printf(text, "%s%s", i ? "; " : "",
				       ((struct node *)node->children->pdata[i])->text);
	return g_string_free(text, FALSE);
}

static void note_difference(struct import_match *match, const char *what, const struct node *own,
			    const struct node *other)
{
	g_autofree char *stays = value_of(own);
	g_autofree char *says = value_of(other);

	g_ptr_array_add(match->differs,
			g_strdup_printf(_("%s stays “%s”, the file says “%s”"), what, stays, says));
}

static bool list_holds(const struct node *list, const struct node *words)
{
	for (guint i = 0; i < words->children->len; i++) {
		bool found = false;

		for (guint j = 0; j < list->children->len && !found; j++)
			found = node_equal(list->children->pdata[j], words->children->pdata[i]);
		if (!found)
			return false;
	}
	return true;
}

static struct node *find_keyed(const struct node *list, const char *key, const char *value)
{
	for (guint i = 0; list && i < list->children->len; i++) {
		struct node *item = list->children->pdata[i];
		const struct node *own = node_get(item, key);

		if (own && !strcmp(own->text, value))
			return item;
	}
	return NULL;
}

static void fill_tree(const struct record_type *type, struct node *tree, const struct node *from,
		      const char *prefix, struct import_match *match);

/* A table tells a level and not of which network: that of another membership is none of this. */
static bool is_told(const struct field *field, const struct node *list, const struct node *item)
{
	const struct node *tier =
		strcmp(field->key, "memberships") == 0 ? node_get(item, "tier") : NULL;

	return tier && find_keyed(list, "tier", tier->text);
}

/* Attributes and memberships, each by its key. */
static void fill_items(const struct field *field, struct node *tree, const struct node *items,
		       struct import_match *match)
{
	const char *key = record_key_field(field->sub)->key;
	struct node *list = tree_list(tree, field->key, tree->start);

	for (guint i = 0; i < items->children->len; i++) {
		const struct node *item = items->children->pdata[i];
		const char *name = node_get(item, key)->text;
		struct node *own = find_keyed(list, key, name);
		g_autofree char *prefix = g_strdup_printf("%s[%s].", field->key, name);

		if (own) {
			fill_tree(field->sub, own, item, prefix, match);
			continue;
		}
		if (is_told(field, list, item))
			continue;
		node_append(list, NULL, node_copy(item));
		g_ptr_array_add(match->fills, g_strdup_printf("%s[%s]", field->key, name));
	}
}

static void fill_tree(const struct record_type *type, struct node *tree, const struct node *from,
		      const char *prefix, struct import_match *match)
{
	for (guint i = 0; i < from->children->len; i++) {
		const struct node *value = from->children->pdata[i];
		const struct field *field = record_field(type, value->key);
		const struct node *own = node_get(tree, value->key);
		g_autofree char *what = g_strconcat(prefix, value->key, NULL);

		if (field->type == FIELD_ITEMS) {
			fill_items(field, tree, value, match);
		} else if (!own) {
			node_put(type, tree, value->key, -1, node_copy(value), NULL);
			g_ptr_array_add(match->fills, g_steal_pointer(&what));
		} else if (own->type == NODE_LIST && value->type == NODE_LIST) {
			if (!list_holds(own, value))
				note_difference(match, what, own, value);
		} else if (!node_equal(own, value)) {
			note_difference(match, what, own, value);
		}
	}
}

/* Another spelling of a name by which the entry was found is no difference. */
static void drop_known_name(const struct row_node *row, struct node *tree, enum import_how how)
{
	const struct node *name = node_get(tree, "name");
	g_autofree char *says = text_fold(name->text);
	g_autofree char *own = text_fold(row->same->base.name);

	if (how != IMPORT_BY_ID || !strcmp(says, own))
		node_put(record_type(KIND_INSTITUTION), tree, "name", -1, NULL, NULL);
}

static struct target *target_of(struct merge *merge, const struct institution *entry)
{
	struct target *target = g_hash_table_lookup(merge->by_id, entry->base.id);
	const struct record_type *type = record_type(KIND_INSTITUTION);

	if (target)
		return target;
	return add_target(merge, KIND_INSTITUTION, entry->base.id, node_from_record(type, entry),
			  node_from_record(type, entry));
}

/* The row as a whole entry, so that what is required is there. */
static struct node *row_as_entry(struct merge *merge, const struct row_node *row)
{
	const struct record_type *type = record_type(KIND_INSTITUTION);
	struct node *tree = node_copy(row->tree);
	bool sector = node_get(tree, "sector") != NULL;

	tree_text(tree, "id", row->id, tree->start);
	if (!sector)
		tree_text(tree, "sector", row->same->sector ? row->same->sector : "none",
			  tree->start);
	struct node *own = canonical(merge, type, tree);
	node_free(tree);
	if (own)
		node_put(type, own, "id", -1, NULL, NULL);
	if (own && !sector)
		node_put(type, own, "sector", -1, NULL, NULL);
	return own;
}

static void take_known(struct merge *merge, const struct row_node *row, struct import_match *match)
{
	struct target *target = target_of(merge, row->same);
	struct node *own = row_as_entry(merge, row);

	if (!own)
		return;
	drop_known_name(row, own, match->how);
	fill_tree(record_type(KIND_INSTITUTION), target->after, own, "", match);
	node_free(own);
}

/* --- ties --------------------------------------------------------------------------------- */

static bool shares_word(const struct node *a, const struct node *b)
{
	for (guint i = 0; i < a->children->len; i++) {
		for (guint j = 0; j < b->children->len; j++) {
			if (node_equal(a->children->pdata[i], b->children->pdata[j]))
				return true;
		}
	}
	return false;
}

/* How much speaks for it that a row tells of this partnership: its title, else a kind they share,
 * else that one of them says no kind, and of several as much, the same beginning; 0: it is another
 * one. */
static guint likeness(const struct node *own, const struct node *row)
{
	const struct node *title = node_get(own, "title");
	const struct node *other = node_get(row, "title");
	const struct node *kinds = node_get(own, "kinds");
	const struct node *wanted = node_get(row, "kinds");
	const struct node *since = node_get(own, "since"), *begins = node_get(row, "since");
	guint same = since && begins && node_equal(since, begins);

	if (title && other) {
		g_autofree char *a = text_fold(title->text);
		g_autofree char *b = text_fold(other->text);
		return strcmp(a, b) ? 0 : 5 + same;
	}
	if (!kinds || !wanted)
		return 1 + same;
	return shares_word(kinds, wanted) ? 3 + same : 0;
}

static guint count_partners(const struct node *entry)
{
	const struct node *partners = entry ? node_get(entry, "partners") : NULL;

	return partners ? partners->children->len : 0;
}

/* The likeliest of the first `n` partners of an entry; or NULL. */
static struct node *find_tie(const struct node *entry, guint n, const char *with,
			     const struct node *row)
{
	struct node *found = NULL;
	guint best = 0;

	for (guint i = 0; i < n; i++) {
		struct node *item = node_get(entry, "partners")->children->pdata[i];
		guint like = strcmp(node_get(item, "with")->text, with) ? 0 : likeness(item, row);

		if (like > best) {
			best = like;
			found = item;
		}
	}
	return found;
}

/* Of the first `n` partners of an entry one that says already what the row says; or NULL. */
static struct node *find_doubled(struct merge *merge, const struct node *entry, guint n,
				 const struct node *row)
{
	const struct check nothing = { 0 };
	struct findings *ignored = findings_new();
	const struct partnership *says =
		node_to_record(&partnership_type, row, &nothing, NULL, merge->pool, ignored);
	struct node *found = NULL;

	for (guint i = 0; says && !found && i < n; i++) {
		struct node *item = node_get(entry, "partners")->children->pdata[i];
		const struct partnership *former =
			strcmp(node_get(item, "with")->text, says->with) != 0
				? NULL
				: node_to_record(&partnership_type, item, &nothing, NULL,
						 merge->pool, ignored);

		found = former && partnership_doubles(says, former) ? item : NULL;
	}
	findings_free(ignored);
	return found;
}

/* What the row adds to what is said in `own`; false: nothing. */
static bool fill_tie(struct merge *merge, const struct row_edge *edge, struct node *own,
		     const struct node *row)
{
	struct import_match *match = g_new0(struct import_match, 1);

	match->label = g_strdup_printf("%s – %s", edge->from, edge->to);
	match->id = g_strdup_printf("%s: partners[%s]", edge->a, edge->b);
	match->how = IMPORT_TIE;
	match->fills = g_ptr_array_new_with_free_func(g_free);
	match->differs = g_ptr_array_new_with_free_func(g_free);
	fill_tree(&partnership_type, own, row, "", match);
	g_ptr_array_add(merge->plan->matches, match);
	return match->fills->len > 0;
}

/*
 * A tie that the first end's entry states already is filled; one that only the
 * other end states says nothing new unless it has a direction.
 */
static void take_tie(struct merge *merge, const struct row_edge *edge)
{
	const struct institution *entry =
		merge->batch->model ? model_get(merge->batch->model, KIND_INSTITUTION, edge->a)
				    : NULL;
	struct target *target = g_hash_table_lookup(merge->by_id, edge->a);
	struct target *other = g_hash_table_lookup(merge->by_id, edge->b);

	tree_text(edge->tree, "with", edge->b, edge->tree->start);
	struct node *row = canonical(merge, &partnership_type, edge->tree);
	if (!row)
		return;
	target = target ? target : target_of(merge, entry);
	const struct institution *far =
		merge->batch->model ? model_get(merge->batch->model, KIND_INSTITUTION, edge->b)
				    : NULL;
	other = other || !far ? other : target_of(merge, far);
	/* As rows before have filled it in; what they added comes behind what was there. */
	guint known = count_partners(target->before);
	struct node *said = find_doubled(merge, target->after, known, row);
	if (!said)
		said = find_tie(target->after, known, edge->b, row);
	if (said) {
		merge->plan->known_ties++;
		merge->plan->changed_ties += fill_tie(merge, edge, said, row);
	} else if (!edge->directed && other &&
		   find_tie(other->before, count_partners(other->before), edge->a, row)) {
		merge->plan->known_ties++;
	} else if ((said = find_doubled(merge, target->after, count_partners(target->after),
					row))) {
		batch_report(merge->batch, edge->place, SEVERITY_WARNING, "duplicate",
			     _("this tie stands in the files already: it is taken once"), NULL);
		if (!node_equal(said, row))
			fill_tie(merge, edge, said, row);
	} else {
		node_append(tree_list(target->after, "partners", target->after->start), NULL,
			    node_copy(row));
		merge->plan->new_ties++;
	}
	node_free(row);
}

/* --- the whole ----------------------------------------------------------------------------- */

void merge_sectors(struct batch *batch)
{
	const char *given = batch->options->sector;
	guint without = 0;
	guint first = 0;

	for (guint i = 0; i < batch->nodes->len; i++) {
		struct row_node *row = batch->nodes->pdata[i];
		struct mark mark = row->tree->start;

		if (row->same || node_get(row->tree, "sector"))
			continue;
		first = without++ == 0 ? row->place : first;
		if (given || !batch->model)
			tree_text(row->tree, "sector",
				  lexicon_word(batch->lexicon, VOCABULARY_SECTORS,
					       given ? given : "Not stated", row->place),
				  mark);
		else if (batch->model->network->vocabularies.of[VOCABULARY_SECTORS].n > 0)
			tree_text(row->tree, "sector",
				  ITEMS(struct term,
					batch->model->network->vocabularies.of[VOCABULARY_SECTORS])
					  ->id,
				  mark);
	}
	if (without == 0 || given || !batch->model)
		return;
	g_autofree char *message =
		g_strdup_printf(ngettext("%u new institution has no sector",
					 "%u new institutions have no sector", without),
				without);
	batch_report(
		batch, first, SEVERITY_ERROR, "required", message,
		_("say one for all that have none, as in --sector edustem, or name the column: "
		  "--map sector=COLUMN"));
}

static void add_territories(struct merge *merge)
{
	const GPtrArray *places = lexicon_new_places(merge->batch->lexicon);

	for (guint i = 0; i < places->len; i++) {
		const struct lexicon_place *place = places->pdata[i];
		struct node *tree = node_map();

		tree_text(tree, "id", place->id, batch_mark(place->first));
		tree_text(tree, "name", place->name, batch_mark(place->first));
		if (place->country && !place->several)
			tree_text(tree, "country", place->country, batch_mark(place->first));
		add_target(merge, KIND_TERRITORY, place->id, NULL, tree);
		merge->plan->new_territories++;
	}
}

static void begin(struct merge *merge, struct batch *batch, const struct network *network,
		  struct import_plan *plan)
{
	const GPtrArray *places = lexicon_new_places(batch->lexicon);

	*merge = (struct merge){ .batch = batch, .plan = plan, .pool = pool_new() };
	merge->check = (struct check){ .network = network, .id = find_id, .data = merge };
	merge->targets = g_ptr_array_new_with_free_func(target_free);
	merge->by_id = g_hash_table_new(g_str_hash, g_str_equal);
	merge->new_ids = g_hash_table_new(g_str_hash, g_str_equal);
	merge->new_places = g_hash_table_new(g_str_hash, g_str_equal);
	merge->network_id = batch->model ? NULL : batch->options->id;
	for (guint i = 0; i < places->len; i++)
		g_hash_table_add(merge->new_places, ((struct lexicon_place *)places->pdata[i])->id);
	for (guint i = 0; i < batch->nodes->len; i++) {
		struct row_node *row = batch->nodes->pdata[i];
		if (!row->same)
			g_hash_table_add(merge->new_ids, row->id);
	}
}

/* Keys in the order of the tables, so that ops lead exactly there. */
static void put_in_order(struct merge *merge)
{
	const struct check nothing = { 0 };
	struct findings *found = findings_new();

	for (guint i = 0; i < merge->targets->len; i++) {
		struct target *target = merge->targets->pdata[i];
		const struct record_type *type = record_type(target->kind);
		const void *record =
			node_to_record(type, target->after, &nothing, NULL, merge->pool, found);

		if (!record)
			continue; /* its findings are at the row already */
		node_free(target->after);
		target->after = node_from_record(type, record);
	}
	findings_free(found);
}

GPtrArray *merge_rows(struct batch *batch, const struct network *network, struct import_plan *plan)
{
	struct merge merge;
	guint known = 0; /* matches stand in the order of their rows */

	begin(&merge, batch, network, plan);
	add_territories(&merge);
	for (guint i = 0; i < batch->nodes->len; i++) {
		const struct row_node *row = batch->nodes->pdata[i];

		if (row->same)
			take_known(&merge, row, plan->matches->pdata[known++]);
		else
			take_new(&merge, row);
	}
	for (guint i = 0; i < batch->edges->len; i++) {
		const struct row_edge *edge = batch->edges->pdata[i];
		if (edge->a && edge->b)
			take_tie(&merge, edge);
	}
	put_in_order(&merge);
	g_hash_table_unref(merge.by_id);
	g_hash_table_unref(merge.new_ids);
	g_hash_table_unref(merge.new_places);
	pool_unref(merge.pool);
	return merge.targets;
}
