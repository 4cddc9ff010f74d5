/*
 * From rows to trees: what a cell becomes by the use of its column.  Whether the
 * values are right is asked of the field tables later; which entry a row is, of
 * match.c.
 */
#include "data/import/batch.h"

#include <stdio.h>
#include <string.h>

#include <glib/gi18n.h>

#include "base/context.h"
#include "base/sheet.h"
#include "base/start.h"
#include "base/text.h"
#include "data/typed.h"

static void node_row_free(gpointer data)
{
	struct row_node *row = data;

	node_free(row->tree);
	g_free(row->given);
	g_free(row->label);
	g_free(row->id);
	g_free(row);
}

static void edge_row_free(gpointer data)
{
	struct row_edge *row = data;

	node_free(row->tree);
	g_free(row->from);
	g_free(row->to);
	g_free(row);
}

static void raw_destroy(gpointer data)
{
	raw_free(data);
}

static void uses_destroy(gpointer data)
{
	if (data)
		g_ptr_array_unref(data);
}

void batch_init(struct batch *batch, const struct import_options *options,
		const struct model *model, struct findings *findings)
{
	*batch = (struct batch){ .options = options, .model = model, .findings = findings };
	batch->lexicon = lexicon_new(model);
	batch->raws = g_ptr_array_new_with_free_func(raw_destroy);
	batch->uses = g_ptr_array_new_with_free_func(uses_destroy);
	batch->places = g_array_new(FALSE, FALSE, sizeof(struct place));
	batch->nodes = g_ptr_array_new_with_free_func(node_row_free);
	batch->edges = g_ptr_array_new_with_free_func(edge_row_free);
	batch->ends = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
}

void batch_release(struct batch *batch)
{
	g_hash_table_unref(batch->ends);
	g_ptr_array_unref(batch->edges);
	g_ptr_array_unref(batch->nodes);
	g_array_unref(batch->places);
	g_ptr_array_unref(batch->uses);
	g_ptr_array_unref(batch->raws);
	lexicon_free(batch->lexicon);
}

static guint batch_place(struct batch *batch, const char *file, guint line, guint col)
{
	struct place place = { file, line, col };

	g_array_append_val(batch->places, place);
	return batch->places->len - 1;
}

/* A mark's line is a place, moved by one: 0 is "made by the program". */
struct mark batch_mark(guint place)
{
	return (struct mark){ .line = place + 1 };
}

void batch_report(const struct batch *batch, guint place, enum severity severity, const char *code,
		  const char *message, const char *hint)
{
	const struct place *at = &g_array_index(batch->places, struct place, place);

	findings_add(batch->findings, severity, at->file, at->line, at->col, 0, code, message, hint,
		     NULL);
}

void batch_relocate(const struct batch *batch, struct findings *found)
{
	for (guint i = 0; i < found->all->len; i++) {
		struct finding *finding = found->all->pdata[i];

		if (finding->line == 0 || finding->line > batch->places->len)
			continue;
		const struct place *at =
			&g_array_index(batch->places, struct place, finding->line - 1);
		g_free(finding->file);
		finding->file = g_strdup(at->file);
		finding->line = at->line;
		finding->col = at->col;
		finding->span = 0;
	}
	findings_move(batch->findings, found);
}

/* --- values ---------------------------------------------------------------------- */

/* "4,71" and "1.234,50 MXN", as spreadsheets of some languages write them. */
static char *number_text(const struct field *field, const char *text)
{
	char *message = NULL, *hint = NULL;
	char *meant = typed_value(field, text, &message, &hint);

	/* What is no number is told with everything else that the record cannot hold. */
	g_free(message);
	g_free(hint);
	return meant ? meant : g_strdup(text);
}

/* "3/5/2019", which spreadsheets make of 2019-05-03: the day first, but where people write English
 * and it could be the month. */
static char *date_text(const char *text)
{
	guint a = 0, b = 0, year = 0;
	int read = 0;

	if (sscanf(text, "%2u/%2u/%4u%n", &a, &b, &year, &read) != 3 || text[read] || year < 1000)
		return g_strdup(text);
	if (b > 12 || (a <= 12 && strcmp(start_language(), "en") == 0))
		return a <= 12 && b > 12 ? g_strdup_printf("%04u-%02u-%02u", year, a, b)
					 : g_strdup(text);
	return g_strdup_printf("%04u-%02u-%02u", year, b, a);
}

/* 1 to 4, an id, or a label in English or in the language of the process. */
static const char *choice_text(const struct field *field, const char *text)
{
	g_autofree char *folded = text_fold(text);
	double number = 0;

	if (field->choices == choice_intensity && g_ascii_isdigit(*text)) {
		char *end = NULL;
		number = g_ascii_strtod(text, &end);
		for (int i = 0; !*end && i < 4; i++) {
			if (number >= i + 1 && number <= i + 1)
				return choice_intensity[i].id;
		}
		return text;
	}
	for (const struct choice *c = field->choices; c->id; c++) {
		g_autofree char *english = text_fold(c->label);
		g_autofree char *own = text_fold(in_context(c->label));

		if (!strcmp(folded, c->id) || !strcmp(folded, english) || !strcmp(folded, own))
			return c->id;
	}
	return text;
}

/* What a cell says in the form of the field; NULL: the field cannot hold it. */
static char *value_text(struct batch *batch, const struct field *field, const char *text,
			const char *country, guint place)
{
	const char *code;

	switch (field->type) {
	case FIELD_TERM:
		return g_strdup(lexicon_word(batch->lexicon, field->vocabulary, text, place));
	case FIELD_COUNTRY:
		code = lexicon_country(batch->lexicon, text);
		return g_strdup(code ? code : text);
	case FIELD_CHOICE:
		return g_strdup(choice_text(field, text));
	case FIELD_NUMBER:
	case FIELD_MONEY:
		return number_text(field, text);
	case FIELD_DATE:
		return date_text(text);
	case FIELD_URL:
		return g_str_has_prefix(text, "www.") ? g_strconcat("https://", text, NULL)
						      : g_strdup(text);
	case FIELD_REF:
		if (field->refs == 1u << KIND_TERRITORY)
			return g_strdup(lexicon_territory(batch->lexicon, text, country, place));
		return g_strdup(lexicon_record(batch->lexicon, field->refs, text));
	case FIELD_PROSE:
		return g_strdup(text);
	default:
		return g_strdelimit(g_strdup(text), "\r\n\t", ' ');
	}
}

static void put_attribute(struct node *tree, const char *key, const char *text, struct mark mark)
{
	struct node *list = tree_list(tree, "attributes", mark);

	for (guint i = 0; i < list->children->len; i++) {
		if (!strcmp(node_get(list->children->pdata[i], "key")->text, key))
			return;
	}
	struct node *item = tree_map(list, NULL, mark);
	tree_text(item, "key", key, mark);
	tree_text(item, "value", text, mark);
}

/* Values are joined by | (Kumu) or ; (here); an address may hold a ; of its own. */
static char **split_values(const struct field *field, const char *text)
{
	if (!(field->flags & FIELD_MANY)) {
		char **one = g_new0(char *, 2);
		one[0] = g_strdup(text);
		return one;
	}
	if (strchr(text, '|'))
		return g_strsplit(text, "|", -1);
	return g_strsplit(text, strstr(text, "://") ? "; " : ";", -1);
}

static void put_field(struct batch *batch, struct node *tree, const struct field *field,
		      const char *text, const char *country, guint place)
{
	g_auto(GStrv) values = split_values(field, text);
	struct mark mark = batch_mark(place);

	for (char **value = values; *value; value++) {
		g_autofree char *own = NULL;

		if (!*g_strstrip(*value))
			continue;
		own = value_text(batch, field, *value, country, place);
		if (!own) {
			g_autofree char *key = g_strdelimit(g_strdup(field->key), "_", '-');
			put_attribute(tree, key, text, mark);
			return;
		}
		if (field->flags & FIELD_MANY)
			tree_text(tree_list(tree, field->key, mark), NULL, own, mark);
		else
			tree_text(tree, field->key, own, mark);
	}
}

/* "4.71, -74.07" into lat and lon; any other text is kept as it is. */
static void put_location(struct node *tree, const char *text, struct mark mark)
{
	char *end = NULL;
	double lat = g_ascii_strtod(text, &end);
	bool good = end > text && lat >= -90 && lat <= 90;

	while (good && *end == ' ')
		end++;
	if (good && (*end == ',' || *end == ';')) {
		const char *second = end + 1;
		double lon = g_ascii_strtod(second, &end);
		while (*end == ' ')
			end++;
		if (end > second && !*end && lon >= -180 && lon <= 180 && !node_get(tree, "lat") &&
		    !node_get(tree, "lon")) {
			g_auto(GStrv) both = g_strsplit_set(text, ",;", 2);
			tree_text(tree, "lat", g_strstrip(both[0]), mark);
			tree_text(tree, "lon", g_strstrip(both[1]), mark);
			return;
		}
	}
	put_attribute(tree, "location", text, mark);
}

/* The apostrophe that keeps a spreadsheet from running a cell is not part of it. */
static const char *bare(const char *cell)
{
	return *cell == '\'' && sheet_runs(cell + 1) ? cell + 1 : cell;
}

/* --- rows ------------------------------------------------------------------------- */

static const char *cell_of(const GPtrArray *uses, const struct raw_row *row, enum slot slot,
			   const char *key)
{
	for (guint i = 0; i < uses->len; i++) {
		const struct use *use = uses->pdata[i];

		if (use->slot == slot && (!key || !g_strcmp0(use->field->key, key)))
			return bare(raw_cell(row, i));
	}
	return "";
}

static bool has_use(const GPtrArray *uses, enum slot slot, const char *key)
{
	for (guint i = 0; i < uses->len; i++) {
		const struct use *use = uses->pdata[i];

		if (use->slot == slot && (!key || !g_strcmp0(use->field->key, key)))
			return true;
	}
	return false;
}

static void put_membership(struct batch *batch, struct node *tree, const char *tier,
			   const char *joined, guint place)
{
	const char *network = batch->model ? batch->model->network->base.id : batch->options->id;
	struct mark mark = batch_mark(place);

	if ((!*tier && !*joined) || !network || !*network)
		return;
	struct node *item = tree_map(tree_list(tree, "memberships", mark), NULL, mark);
	tree_text(item, "network", network, mark);
	if (*tier)
		tree_text(item, "tier", lexicon_word(batch->lexicon, VOCABULARY_TIERS, tier, place),
			  mark);
	if (*joined)
		tree_text(item, "since", joined, mark);
}

static void put_cells(struct batch *batch, struct node *tree, const GPtrArray *uses,
		      const struct raw_row *row, const char *country, guint place)
{
	struct mark mark = batch_mark(place);
	const char *currency = cell_of(uses, row, SLOT_CURRENCY, NULL);

	for (guint i = 0; i < uses->len; i++) {
		const struct use *use = uses->pdata[i];
		const char *cell = bare(raw_cell(row, i));

		if (!*cell)
			continue;
		if (use->slot == SLOT_ATTRIBUTE) {
			put_attribute(tree, use->key, cell, mark);
		} else if (use->slot == SLOT_LOCATION) {
			put_location(tree, cell, mark);
		} else if (use->slot == SLOT_FIELD && use->field->type == FIELD_MONEY) {
			g_autofree char *money = g_strjoin(" ", cell, currency, NULL);
			put_field(batch, tree, use->field, g_strchomp(money), NULL, place);
		} else if (use->slot == SLOT_FIELD) {
			put_field(batch, tree, use->field, cell, country, place);
		}
	}
}

static void know_end(struct batch *batch, const char *text, struct row_node *row)
{
	char *folded = text ? text_fold(text) : NULL;

	if (folded && *folded && !g_hash_table_contains(batch->ends, folded))
		g_hash_table_insert(batch->ends, g_steal_pointer(&folded), row);
	g_free(folded);
}

static struct row_node *add_node(struct batch *batch, const char *label, const char *given,
				 guint place)
{
	struct row_node *row = g_new0(struct row_node, 1);

	row->label = g_strdelimit(g_strdup(label), "\r\n\t", ' ');
	row->given = *given ? g_strdup(given) : NULL;
	row->place = place;
	row->tree = node_map();
	row->tree->start = row->tree->end = batch_mark(place);
	g_ptr_array_add(batch->nodes, row);
	return row;
}

struct row_node *batch_add_end(struct batch *batch, const char *label, guint place)
{
	struct row_node *row = add_node(batch, label, "", place);

	row->made = true;
	tree_text(row->tree, "name", row->label, batch_mark(place));
	know_end(batch, label, row);
	return row;
}

static void take_node(struct batch *batch, const GPtrArray *uses, const struct raw_row *from,
		      guint place)
{
	const char *given = cell_of(uses, from, SLOT_ID, NULL);
	const char *name = cell_of(uses, from, SLOT_FIELD, "name");
	const char *country = cell_of(uses, from, SLOT_FIELD, "country");
	const char *code = *country ? lexicon_country(batch->lexicon, country) : NULL;

	/* A file without names is read by its ids. */
	if (!*name && !has_use(uses, SLOT_FIELD, "name"))
		name = given;
	if (!*name) {
		batch_report(batch, place, SEVERITY_ERROR, "required", _("this row has no name"),
			     _("fill the column of names, or take the row out"));
		name = *given ? given : "?";
	}
	struct row_node *row = add_node(batch, name, given, place);
	put_cells(batch, row->tree, uses, from, code, place);
	put_membership(batch, row->tree, cell_of(uses, from, SLOT_TIER, NULL),
		       cell_of(uses, from, SLOT_JOINED, NULL), place);
	if (!node_get(row->tree, "name"))
		tree_text(row->tree, "name", row->label, batch_mark(place));
}

static void put_direction(struct batch *batch, struct row_edge *edge, const char *text, guint place)
{
	static const struct {
		const char *word;
		const char *direction; /* NULL: nothing is said */
	} words[] = {
		{ "directed", "out" }, { "undirected", NULL }, { "mutual", "none" },
		{ "yes", "out" },      { "no", NULL },	       { "true", "out" },
		{ "false", NULL },     { "1", "out" },	       { "0", NULL },
		{ "out", "out" },      { "in", "in" },	       { "none", "none" },
	};
	const struct field *field = record_field(&partnership_type, "direction");
	g_autofree char *folded = text_fold(choice_text(field, text));

	for (guint i = 0; i < G_N_ELEMENTS(words); i++) {
		if (strcmp(words[i].word, folded) != 0)
			continue;
		edge->directed = g_strcmp0(words[i].direction, "out") == 0;
		if (words[i].direction)
			tree_text(edge->tree, "direction", words[i].direction, batch_mark(place));
		return;
	}
	if (!*text)
		return;
	g_autofree char *message = g_strdup_printf(_("\"%s\" is no direction"), text);
	batch_report(batch, place, SEVERITY_ERROR, "vocabulary", message,
		     _("write directed, undirected or mutual"));
}

static void take_edge(struct batch *batch, const GPtrArray *uses, const struct raw_row *from,
		      guint place)
{
	const char *a = cell_of(uses, from, SLOT_FROM, NULL);
	const char *b = cell_of(uses, from, SLOT_TO, NULL);

	if (!*a || !*b) {
		batch_report(batch, place, SEVERITY_ERROR, "required",
			     _("this tie has only one end"),
			     _("fill both ends, or take the row out"));
		return;
	}
	struct row_edge *edge = g_new0(struct row_edge, 1);
	edge->from = g_strdup(a);
	edge->to = g_strdup(b);
	edge->place = place;
	edge->tree = node_map();
	edge->tree->start = edge->tree->end = batch_mark(place);
	put_cells(batch, edge->tree, uses, from, NULL, place);
	put_direction(batch, edge, cell_of(uses, from, SLOT_DIRECTION, NULL), place);
	g_ptr_array_add(batch->edges, edge);
}

/* Ids go before labels, and these before brief names: each may be another row's. */
static void know_ends(struct batch *batch)
{
	for (guint i = 0; i < batch->nodes->len; i++) {
		struct row_node *row = batch->nodes->pdata[i];
		know_end(batch, row->given, row);
	}
	for (guint i = 0; i < batch->nodes->len; i++) {
		struct row_node *row = batch->nodes->pdata[i];
		know_end(batch, row->label, row);
	}
	for (guint i = 0; i < batch->nodes->len; i++) {
		struct row_node *row = batch->nodes->pdata[i];
		const struct node *brief = node_get(row->tree, "short_name");

		know_end(batch, brief ? brief->text : NULL, row);
	}
}

void batch_fill(struct batch *batch)
{
	for (guint r = 0; r < batch->raws->len; r++) {
		const struct raw *raw = batch->raws->pdata[r];
		const GPtrArray *uses = batch->uses->pdata[r];

		for (guint i = 0; uses && i < raw->rows->len; i++) {
			const struct raw_row *row = raw->rows->pdata[i];
			guint place = batch_place(batch, raw->file, row->line, row->col);

			if (raw->holds == RAW_NODES)
				take_node(batch, uses, row, place);
			else
				take_edge(batch, uses, row, place);
		}
	}
	know_ends(batch);
}
