/*
 * Which entry is a row?  By id, by former id, by name or other name: that one.
 * By a name that only looks alike: somebody has to say.  Ids are made here.
 */
#include "data/import/match.h"

#include <string.h>

#include <glib/gi18n.h>

#include "base/errors.h"
#include "base/text.h"
#include "data/import/alike.h"

struct match {
	struct batch *batch;
	struct import_plan *plan;
	GHashTable *by_id;   /* id and former ids -> struct institution * */
	GHashTable *by_name; /* folded -> struct institution *; NULL: several are called so */
	struct alike *alike;
	GHashTable *taken; /* ids of all kinds, and of new ones */
	GHashTable *same;  /* id of an entry -> struct row_node * */
	guint complaints;  /* about ends */
};

/* Looking for the nearest name takes long: after so many mistakes it helps nobody. */
#define HINTS_MOST 50

/* --- what is there ------------------------------------------------------------------ */

static void know_name(struct match *match, const char *name, const struct institution *entry)
{
	char *folded = name ? text_fold(name) : NULL;
	gpointer known = NULL;

	if (!folded || !*folded) {
		g_free(folded);
		return;
	}
	if (!g_hash_table_lookup_extended(match->by_name, folded, NULL, &known))
		g_hash_table_insert(match->by_name, folded, (gpointer)(gsize)entry);
	else if (known != entry)
		g_hash_table_insert(match->by_name, folded, NULL);
	else
		g_free(folded);
	if (known != entry)
		alike_add(match->alike, name, (gpointer)(gsize)entry);
}

static void know_entry(struct match *match, const struct institution *entry)
{
	know_name(match, entry->base.name, entry);
	know_name(match, entry->short_name, entry);
	for (char *const *alias = (char *const *)(gsize)entry->base.aliases; alias && *alias;
	     alias++) {
		know_name(match, *alias, entry);
		if (!g_hash_table_contains(match->by_id, *alias))
			g_hash_table_insert(match->by_id, *alias, (gpointer)(gsize)entry);
	}
}

static void know_model(struct match *match, const struct model *model)
{
	for (guint i = 0; i < model->n[KIND_INSTITUTION]; i++) {
		const struct institution *entry = model_institution(model, i);
		g_hash_table_insert(match->by_id, (gpointer)(gsize)entry->base.id,
				    (gpointer)(gsize)entry);
	}
	for (guint i = 0; i < model->n[KIND_INSTITUTION]; i++)
		know_entry(match, model_institution(model, i));
	for (guint k = 0; k < KIND_COUNT; k++) {
		for (guint i = 0; i < model->n[k]; i++)
			g_hash_table_add(match->taken, g_strdup(RECORD(model->records[k][i])->id));
	}
}

static void begin(struct match *match, struct batch *batch, struct import_plan *plan)
{
	*match = (struct match){ .batch = batch, .plan = plan };
	match->by_id = g_hash_table_new(g_str_hash, g_str_equal);
	match->by_name = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
	match->alike = alike_new();
	match->taken = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
	match->same = g_hash_table_new(g_str_hash, g_str_equal);
	if (batch->model)
		know_model(match, batch->model);
}

static void end(struct match *match)
{
	g_hash_table_unref(match->by_id);
	g_hash_table_unref(match->by_name);
	alike_free(match->alike);
	g_hash_table_unref(match->taken);
	g_hash_table_unref(match->same);
}

/* The one entry that is called so, or NULL. */
static const struct institution *entry_of(const struct match *match, const char *text)
{
	g_autofree char *folded = text_fold(text);
	const struct institution *entry = g_hash_table_lookup(match->by_id, text);

	return entry ? entry : g_hash_table_lookup(match->by_name, folded);
}

/* --- rows among themselves ------------------------------------------------------------ */

static void complain_twice(struct match *match, const struct row_node *row,
			   const struct row_node *first, const char *what, bool fatal)
{
	const struct place *at = &g_array_index(match->batch->places, struct place, first->place);
	g_autofree char *message =
		at->line > 0 ? g_strdup_printf(_("\"%s\" stands in line %u of %s already"), what,
					       at->line, at->file)
			     : g_strdup_printf(_("\"%s\" stands here a second time"), what);

	batch_report(match->batch, row->place, fatal ? SEVERITY_ERROR : SEVERITY_WARNING,
		     "duplicate", message,
		     fatal ? _("take one of the two out, or give them different ids")
			   : _("they are taken as two institutions"));
}

/* Equal ids are a mistake; equal names are one unless ids keep them apart. */
static void check_twice(struct match *match)
{
	const GPtrArray *nodes = match->batch->nodes;
	g_autoptr(GHashTable) ids = g_hash_table_new(g_str_hash, g_str_equal);
	g_autoptr(GHashTable) names = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);

	for (guint i = 0; i < nodes->len; i++) {
		struct row_node *row = nodes->pdata[i];
		char *folded = text_fold(row->label);
		const struct row_node *first =
			row->given ? g_hash_table_lookup(ids, row->given) : NULL;
		const struct row_node *called = g_hash_table_lookup(names, folded);

		if (first)
			complain_twice(match, row, first, row->given, true);
		else if (called && *folded)
			complain_twice(match, row, called, row->label,
				       !row->given || !called->given);
		if (row->given && !first)
			g_hash_table_insert(ids, row->given, row);
		if (!called)
			g_hash_table_insert(names, g_steal_pointer(&folded), row);
		g_free(folded);
	}
}

/* --- rows and entries ----------------------------------------------------------------- */

static void settle(struct match *match, struct row_node *row, const struct institution *entry,
		   enum import_how how)
{
	const struct row_node *other = g_hash_table_lookup(match->same, entry->base.id);
	struct import_match *found = g_new0(struct import_match, 1);

	if (other) {
		g_autofree char *message =
			g_strdup_printf(_("\"%s\" and \"%s\" are both the entry %s"), other->label,
					row->label, entry->base.id);
		batch_report(match->batch, row->place, SEVERITY_ERROR, "duplicate", message,
			     _("take one of the two out"));
	}
	g_hash_table_insert(match->same, (gpointer)(gsize)entry->base.id, row);
	row->same = entry;
	row->id = g_strdup(entry->base.id);
	found->label = g_strdup(row->label);
	found->id = g_strdup(row->id);
	found->how = how;
	found->fills = g_ptr_array_new_with_free_func(g_free);
	found->differs = g_ptr_array_new_with_free_func(g_free);
	g_ptr_array_add(match->plan->matches, found);
}

/* The entry that --same names for an id or a label of the file. */
static const struct institution *said_same(const struct match *match, const char *text)
{
	g_autofree char *folded = text_fold(text);

	for (const char *const *same = match->batch->options->same; same && *same; same++) {
		const char *equals = strrchr(*same, '=');
		g_autofree char *word = g_strndup(*same, (gsize)(equals - *same));
		g_autofree char *other = text_fold(word);

		if (!strcmp(other, folded))
			return g_hash_table_lookup(match->by_id, equals + 1);
	}
	return NULL;
}

static bool check_same(const struct match *match, GError **error)
{
	for (const char *const *same = match->batch->options->same; same && *same; same++) {
		const char *equals = strrchr(*same, '=');

		if (equals && equals > *same && g_hash_table_lookup(match->by_id, equals + 1))
			continue;
		g_set_error(error, TELAR_ERROR, TELAR_ERROR_USAGE,
			    equals && equals > *same
				    ? _("--same %s: the network has no such institution")
				    : _("--same %s: this is not ROW=ID"),
			    *same);
		error_add_hint(error, _("as in --same 'Univ. de los Andes=uniandes'"));
		return false;
	}
	return true;
}

static bool is_end(const struct batch *batch, const char *folded)
{
	for (guint i = 0; i < batch->edges->len; i++) {
		const struct row_edge *edge = batch->edges->pdata[i];
		g_autofree char *from = text_fold(edge->from);
		g_autofree char *to = text_fold(edge->to);

		if (!strcmp(from, folded) || !strcmp(to, folded))
			return true;
	}
	return false;
}

static bool check_said(const struct batch *batch, GError **error)
{
	for (const char *const *same = batch->options->same; same && *same; same++) {
		g_autofree char *word = g_strndup(*same, (gsize)(strrchr(*same, '=') - *same));
		g_autofree char *folded = text_fold(word);

		if (g_hash_table_contains(batch->ends, folded) || is_end(batch, folded))
			continue;
		g_set_error(error, TELAR_ERROR, TELAR_ERROR_USAGE,
			    _("--same %s: no row has that id or name"), *same);
		return false;
	}
	return true;
}

static void ask(struct match *match, const struct row_node *row, const struct institution *entry)
{
	const struct place *at = &g_array_index(match->batch->places, struct place, row->place);
	struct import_alike *alike = g_new0(struct import_alike, 1);

	alike->label = g_strdup(row->label);
	alike->id = g_strdup(entry->base.id);
	alike->name = g_strdup(institution_name(entry, false));
	alike->place =
		at->line > 0 ? g_strdup_printf("%s:%u", at->file, at->line) : g_strdup(at->file);
	g_ptr_array_add(match->plan->alike, alike);
}

static const struct institution *named_entry(const struct match *match, const struct row_node *row)
{
	const struct node *brief = node_get(row->tree, "short_name");
	const struct node *aliases = node_get(row->tree, "aliases");
	const struct institution *entry = entry_of(match, row->label);

	if (!entry && brief)
		entry = entry_of(match, brief->text);
	for (guint i = 0; !entry && aliases && i < aliases->children->len; i++)
		entry = entry_of(match, ((struct node *)aliases->children->pdata[i])->text);
	return entry;
}

static void match_row(struct match *match, struct row_node *row)
{
	const struct institution *entry = said_same(match, row->label);
	enum import_how how = IMPORT_AS_SAID;

	if (!entry && row->given)
		entry = said_same(match, row->given);
	if (!entry && row->given) {
		entry = g_hash_table_lookup(match->by_id, row->given);
		how = IMPORT_BY_ID;
	}
	if (!entry) {
		entry = named_entry(match, row);
		how = IMPORT_BY_NAME;
	}
	if (entry) {
		settle(match, row, entry, how);
		return;
	}
	entry = match->batch->options->all_new ? NULL : alike_find(match->alike, row->label);
	if (entry)
		ask(match, row, entry);
}

/* --- ids -------------------------------------------------------------------------------- */

/* n0, n1 … and elem-x4Fq: what programs give, and what means nothing to anybody. */
static bool is_program_id(const char *id)
{
	bool counted = *id == 'n' && id[1] && strspn(id + 1, "0123456789") == strlen(id + 1);

	return counted || g_str_has_prefix(id, "elem-");
}

static bool is_good_id(const char *id)
{
	return id_is_valid(id) && !is_program_id(id) && strspn(id, "0123456789-") < strlen(id);
}

/* The file's own id is kept where it cannot be ours, so that rows can be found again. */
static void keep_given(struct row_node *row)
{
	struct mark mark = row->tree->start;

	if (is_program_id(row->given) || !strcmp(row->given, row->label))
		return;
	struct node *list = tree_list(row->tree, "attributes", mark);
	for (guint i = 0; i < list->children->len; i++) {
		if (!strcmp(node_get(list->children->pdata[i], "key")->text, "id"))
			return;
	}
	struct node *item = tree_map(list, NULL, mark);
	tree_text(item, "key", "id", mark);
	tree_text(item, "value", row->given, mark);
}

static void give_ids(struct match *match)
{
	const GPtrArray *nodes = match->batch->nodes;

	for (guint i = 0; i < nodes->len; i++) {
		struct row_node *row = nodes->pdata[i];
		bool own = !row->same && row->given && is_good_id(row->given);

		if (!own && row->given && !row->same)
			keep_given(row);
		/* Taken by another kind of record only: institutions have ids of their own. */
		if (own && !g_hash_table_contains(match->by_id, row->given)) {
			row->id = g_strdup(row->given);
			g_hash_table_add(match->taken, g_strdup(row->id));
		}
	}
	for (guint i = 0; i < nodes->len; i++) {
		struct row_node *row = nodes->pdata[i];

		if (row->id)
			continue;
		g_autofree char *made = id_from_name(row->label);
		row->id = id_unused(match->taken, *made ? made : "institution");
		g_hash_table_add(match->taken, g_strdup(row->id));
	}
}

/* --- ends of ties ------------------------------------------------------------------------- */

static struct row_node *row_of(const struct batch *batch, const char *text)
{
	g_autofree char *folded = text_fold(text);

	return g_hash_table_lookup(batch->ends, folded);
}

static void unknown_end(struct match *match, const struct row_edge *edge, const char *text)
{
	bool helps = match->complaints++ < HINTS_MOST;
	const struct institution *entry = helps ? alike_find(match->alike, text) : NULL;
	g_autoptr(GPtrArray) labels = g_ptr_array_new();
	g_autofree char *message =
		g_strdup_printf(_("there is no institution \"%s\" in the files"), text);
	g_autofree char *hint = NULL;
	const GPtrArray *nodes = match->batch->nodes;

	if (match->batch->model) {
		g_free(message);
		message = g_strdup_printf(
			_("there is no institution \"%s\" in the files nor in the network"), text);
	}
	for (guint i = 0; helps && i < nodes->len; i++)
		g_ptr_array_add(labels, ((struct row_node *)nodes->pdata[i])->label);
	g_ptr_array_add(labels, NULL);
	const char *near = text_nearest(text, (const char *const *)labels->pdata);
	if (near || entry)
		hint = g_strdup_printf(_("did you mean \"%s\"?"), near ? near : entry->base.id);
	else
		hint = g_strdup(_("add a row for it, or let it be made with --add-ends"));
	batch_report(match->batch, edge->place, SEVERITY_ERROR, "reference", message, hint);
}

/* Ends that no row and no entry describes become rows, when that is wished. */
static void add_ends(struct match *match, bool add)
{
	struct batch *batch = match->batch;

	for (guint i = 0; i < batch->edges->len; i++) {
		const struct row_edge *edge = batch->edges->pdata[i];
		const char *const ends[] = { edge->from, edge->to };

		for (guint e = 0; e < G_N_ELEMENTS(ends); e++) {
			if (row_of(batch, ends[e]) || said_same(match, ends[e]) ||
			    entry_of(match, ends[e]))
				continue;
			if (add)
				batch_add_end(batch, ends[e], edge->place);
			else
				unknown_end(match, edge, ends[e]);
		}
	}
}

static const char *id_of_end(const struct match *match, const char *text)
{
	const struct row_node *row = row_of(match->batch, text);
	const struct institution *entry = row ? NULL : said_same(match, text);

	if (!row && !entry)
		entry = entry_of(match, text);
	return row ? row->id : entry ? entry->base.id : NULL;
}

static void note_name(GHashTable *named, GHashTable *shared, const char *name, const char *id)
{
	g_autofree char *folded = text_fold(name);
	const char *known = g_hash_table_lookup(named, folded);

	if (known && strcmp(known, id) != 0)
		g_hash_table_add(shared, g_steal_pointer(&folded));
	else if (!known && *folded)
		g_hash_table_insert(named, g_steal_pointer(&folded), (gpointer)(gsize)id);
}

/* Folded names that rows of different institutions have; brief ones that are nobody's name. */
static GHashTable *shared_names(const GPtrArray *nodes)
{
	GHashTable *shared = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
	g_autoptr(GHashTable) named = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
	g_autoptr(GHashTable) brief = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);

	for (guint i = 0; i < nodes->len; i++) {
		const struct row_node *row = nodes->pdata[i];
		note_name(named, shared, row->label, row->id);
	}
	for (guint i = 0; i < nodes->len; i++) {
		const struct row_node *row = nodes->pdata[i];
		const struct node *name = node_get(row->tree, "short_name");
		g_autofree char *folded = name ? text_fold(name->text) : NULL;

		if (folded && !g_hash_table_contains(named, folded))
			note_name(brief, shared, name->text, row->id);
	}
	return shared;
}

/* Whether a name does not say which of several rows is meant. */
static bool is_unclear(struct match *match, GHashTable *shared, const struct row_edge *edge,
		       const char *text)
{
	const struct row_node *row = row_of(match->batch, text);
	g_autofree char *folded = text_fold(text);
	g_autofree char *id = row && row->given ? text_fold(row->given) : NULL;

	if (!row || !g_strcmp0(id, folded) || !g_hash_table_contains(shared, folded))
		return false;
	g_autofree char *message =
		g_strdup_printf(_("several institutions of the files are called \"%s\""), text);
	batch_report(match->batch, edge->place, SEVERITY_ERROR, "reference", message,
		     _("write the id of the one that is meant"));
	return true;
}

static void settle_edges(struct match *match)
{
	const GPtrArray *edges = match->batch->edges;
	g_autoptr(GHashTable) shared = shared_names(match->batch->nodes);

	for (guint i = 0; i < edges->len; i++) {
		struct row_edge *edge = edges->pdata[i];
		const char *a = id_of_end(match, edge->from);
		const char *b = id_of_end(match, edge->to);

		if (!a || !b || is_unclear(match, shared, edge, edge->from) ||
		    is_unclear(match, shared, edge, edge->to))
			continue;
		if (!strcmp(a, b)) {
			g_autofree char *message = g_strdup_printf(
				_("the tie from \"%s\" to \"%s\" joins an institution to itself"),
				edge->from, edge->to);
			batch_report(match->batch, edge->place, SEVERITY_ERROR, "self", message,
				     _("take the row out, or correct one of its ends"));
			continue;
		}
		edge->a = a;
		edge->b = b;
	}
}

bool match_rows(struct batch *batch, struct import_plan *plan, GError **error)
{
	struct match match;
	bool only_ties = batch->nodes->len == 0 && !batch->model;

	begin(&match, batch, plan);
	bool good = check_same(&match, error) && check_said(batch, error);
	if (good) {
		check_twice(&match);
		add_ends(&match, batch->options->add_ends || only_ties);
		for (guint i = 0; i < batch->nodes->len; i++)
			match_row(&match, batch->nodes->pdata[i]);
		give_ids(&match);
		settle_edges(&match);
	}
	end(&match);
	return good;
}
