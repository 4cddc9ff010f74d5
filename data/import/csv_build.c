/*
 * From the rows of the seven tables to the trees of a network's entries.  What
 * the values may be is checked afterwards, by the field tables: here only what
 * belongs where.
 */
#include "data/import/csv_build.h"

#include <string.h>

#include <glib/gi18n.h>

#include "data/import/trees.h"
#include "data/import/words.h"

#define TABLE_SHIFT 28

static const struct column network_columns[] = {
	{ .name = "id", .key = "id" },
	{ .name = "name", .key = "name" },
	{ .name = "country_or_region", .key = "region" },
	{ .name = "founded", .key = "founded" },
	{ .name = "coordinator_id", .key = "coordinator" },
	{ .name = "source", .key = "source" },
	{ 0 },
};
static const struct column territory_columns[] = {
	{ .name = "id", .key = "id" },
	{ .name = "name", .key = "name" },
	{ .name = "country", .key = "country" },
	{ .name = "subdivision", .key = "subdivision" },
	{ .name = "lat", .key = "lat" },
	{ .name = "lon", .key = "lon" },
	{ .name = "status", .key = "status" },
	{ .name = "declared_on", .key = "declared_on" },
	{ .name = "coordinator_id", .key = "coordinator" },
	{ .name = "source", .key = "source" },
	{ 0 },
};
static const struct column institution_columns[] = {
	{ .name = "id", .key = "id" },
	{ .name = "name", .key = "name" },
	{ .name = "short_name", .key = "short_name" },
	{ .name = "country", .key = "country" },
	{ .name = "city", .key = "city" },
	{ .name = "territory_id", .key = "territories", .many = true },
	{ .name = "sector", .key = "sector" },
	{ .name = "networks" },
	{ .name = "membership" },
	{ .name = "joined" },
	{ .name = "url", .key = "url" },
	{ .name = "lat", .key = "lat" },
	{ .name = "lon", .key = "lon" },
	{ .name = "source", .key = "source" },
	{ 0 },
};
static const struct column partnership_columns[] = {
	{ .name = "source_id" },
	{ .name = "target_id", .key = "with" },
	{ .name = "kind", .key = "kinds", .many = true },
	{ .name = "directed" },
	{ .name = "since", .key = "since" },
	{ .name = "until", .key = "until" },
	{ .name = "title", .key = "title" },
	{ .name = "evidence_url", .key = "evidence" },
	{ 0 },
};
static const struct column programme_columns[] = {
	{ .name = "id", .key = "id" },
	{ .name = "name", .key = "name" },
	{ .name = "kind", .key = "kind" },
	{ .name = "start", .key = "start" },
	{ .name = "end", .key = "end" },
	{ .name = "budget_amount" },
	{ .name = "budget_currency" },
	{ .name = "donor_id", .key = "donors", .many = true },
	{ .name = "lead_id", .key = "lead" },
	{ .name = "sdgs", .key = "sdgs", .many = true },
	{ .name = "description", .key = "description" },
	{ .name = "source", .key = "source" },
	{ 0 },
};
static const struct column participation_columns[] = {
	{ .name = "programme_id" },
	{ .name = "institution_id", .key = "institution" },
	{ .name = "role" },
	{ .name = "source", .key = "source" },
	{ 0 },
};
static const struct column count_columns[] = {
	{ .name = "entity", .key = "entity" }, { .name = "metric", .key = "metric" },
	{ .name = "year", .key = "as_of" },    { .name = "value", .key = "value" },
	{ .name = "source", .key = "source" }, { 0 },
};

static const struct table {
	const char *file;
	const struct column *columns;
} tables[CSV_TABLE_COUNT] = {
	[CSV_NETWORKS] = { "networks.csv", network_columns },
	[CSV_TERRITORIES] = { "territories.csv", territory_columns },
	[CSV_INSTITUTIONS] = { "institutions.csv", institution_columns },
	[CSV_PARTNERSHIPS] = { "partnerships.csv", partnership_columns },
	[CSV_PROGRAMMES] = { "programmes.csv", programme_columns },
	[CSV_PARTICIPATIONS] = { "participations.csv", participation_columns },
	[CSV_COUNTS] = { "counts.csv", count_columns },
};

const char *csv_table_file(enum csv_table table)
{
	return tables[table].file;
}

static struct mark build_mark(enum csv_table table, guint line)
{
	return (struct mark){ .line = ((guint)table + 1) << TABLE_SHIFT | line };
}

void build_unmark(guint marked, enum csv_table *table, guint *line)
{
	*table = (enum csv_table)((marked >> TABLE_SHIFT) - 1);
	*line = marked & ((1u << TABLE_SHIFT) - 1);
}

static void entry_free(gpointer data)
{
	struct entry *entry = data;
	node_free(entry->node);
	g_free(entry);
}

void build_init(struct build *build, struct findings *findings)
{
	*build = (struct build){ .findings = findings };
	build->entries = g_ptr_array_new_with_free_func(entry_free);
	for (guint k = 0; k < KIND_COUNT; k++)
		build->by_id[k] = g_hash_table_new(g_str_hash, g_str_equal);
}

void build_release(struct build *build)
{
	for (guint t = 0; t < CSV_TABLE_COUNT; t++)
		sheet_free(build->sheets[t]);
	for (guint k = 0; k < KIND_COUNT; k++)
		g_hash_table_unref(build->by_id[k]);
	g_ptr_array_unref(build->entries);
	node_free(build->network);
	node_free(build->counts);
}

bool build_read(struct build *build, const char *from, GError **error)
{
	static const enum kind kinds[CSV_TABLE_COUNT] = {
		[CSV_NETWORKS] = KIND_NETWORK,
		[CSV_TERRITORIES] = KIND_TERRITORY,
		[CSV_INSTITUTIONS] = KIND_INSTITUTION,
		[CSV_PARTNERSHIPS] = KIND_COUNT,
		[CSV_PROGRAMMES] = KIND_PROGRAMME,
		[CSV_PARTICIPATIONS] = KIND_COUNT,
		[CSV_COUNTS] = KIND_COUNTS,
	};
	for (guint t = 0; t < CSV_TABLE_COUNT; t++) {
		guint errors = build->findings->errors;
		g_autofree char *path = g_build_filename(from, tables[t].file, NULL);
		build->sheets[t] =
			sheet_read(path, tables[t].file, tables[t].columns, build->findings, error);
		if (!build->sheets[t])
			return false;
		if (kinds[t] != KIND_COUNT && build->findings->errors > errors)
			build->broken[kinds[t]] = true;
	}
	return true;
}

static void report(struct build *build, enum csv_table table, const struct row *row,
		   enum severity severity, const char *code, const char *message, const char *hint)
{
	findings_add(build->findings, severity, tables[table].file, row->line, 0, 0, code, message,
		     hint, NULL);
}

/* --- pieces of trees ------------------------------------------------------------ */

/* The cells that go into the record as they are. */
static void put_cells(struct node *map, const struct record_type *type, const struct sheet *sheet,
		      const struct row *row, struct mark mark)
{
	for (guint i = 0; sheet->columns[i].name; i++) {
		const struct column *column = &sheet->columns[i];
		const char *cell = row->cells[i];
		if (!column->key || *cell == '\0')
			continue;
		const struct field *field = record_field(type, column->key);
		g_assert(field);
		if (column->many)
			tree_words(map, column->key, cell, ";", mark);
		else if (field->flags & FIELD_MANY)
			tree_text(tree_list(map, column->key, mark), NULL, cell, mark);
		else
			tree_text(map, column->key, cell, mark);
	}
}

static struct entry *add_entry(struct build *build, enum kind kind, enum csv_table table,
			       const struct row *row)
{
	const struct sheet *sheet = build->sheets[table];
	const char *id = sheet_cell(sheet, row, "id");
	struct mark mark = build_mark(table, row->line);
	struct entry *entry = g_new0(struct entry, 1);

	entry->kind = kind;
	entry->table = table;
	entry->node = node_map();
	entry->node->start = entry->node->end = mark;
	put_cells(entry->node, record_type(kind), sheet, row, mark);
	g_ptr_array_add(build->entries, entry);
	const struct node *id_node = node_get(entry->node, "id");
	entry->id = id_node ? id_node->text : "";
	if (*id && !g_hash_table_insert(build->by_id[kind], (gpointer)(gsize)entry->id, entry)) {
		g_autofree char *message =
			g_strdup_printf(_("the id \"%s\" stands here a second time"), id);
		report(build, table, row, SEVERITY_ERROR, "duplicate", message,
		       _("give one of the two another id"));
	}
	return entry;
}

/* --- one table each --------------------------------------------------------------- */

static void add_memberships(struct build *build, struct node *map, const struct row *row)
{
	const struct sheet *sheet = build->sheets[CSV_INSTITUTIONS];
	struct mark mark = build_mark(CSV_INSTITUTIONS, row->line);
	const char *tier = sheet_cell(sheet, row, "membership");
	const char *joined = sheet_cell(sheet, row, "joined");
	g_auto(GStrv) networks = g_strsplit(sheet_cell(sheet, row, "networks"), ";", -1);
	bool first = true;

	if (strcmp(tier, "unknown") == 0)
		tier = "";
	for (char **network = networks; *network; network++) {
		if (*g_strstrip(*network) == '\0')
			continue;
		struct node *item = tree_map(tree_list(map, "memberships", mark), NULL, mark);
		tree_text(item, "network", *network, mark);
		if (first && *tier)
			tree_text(item, "tier", tier, mark);
		if (first && *joined)
			tree_text(item, "since", joined, mark);
		first = false;
	}
	if (first && (*tier || *joined))
		report(build, CSV_INSTITUTIONS, row, SEVERITY_ERROR, "reference",
		       _("there is a membership but no network that it belongs to"),
		       _("name the network in the column \"networks\", or empty the columns "
			 "\"membership\" and \"joined\""));
}

static struct entry *owner(struct build *build, enum kind kind, enum csv_table table,
			   const struct row *row, const char *column)
{
	const char *id = sheet_cell(build->sheets[table], row, column);
	struct entry *entry = g_hash_table_lookup(build->by_id[kind], id);
	if (entry || build->broken[kind])
		return entry;
	g_autofree char *message = g_strdup_printf(
		_("%s \"%s\" is not in %s"), column, id,
		tables[kind == KIND_INSTITUTION ? CSV_INSTITUTIONS : CSV_PROGRAMMES].file);
	report(build, table, row, SEVERITY_ERROR, "reference", message,
	       _("correct the id, or add a row for it there"));
	return NULL;
}

static void add_partnership(struct build *build, const struct row *row)
{
	const struct sheet *sheet = build->sheets[CSV_PARTNERSHIPS];
	struct mark mark = build_mark(CSV_PARTNERSHIPS, row->line);
	const char *directed = sheet_cell(sheet, row, "directed");
	struct entry *from = owner(build, KIND_INSTITUTION, CSV_PARTNERSHIPS, row, "source_id");

	if (!from)
		return;
	struct node *item = tree_map(tree_list(from->node, "partners", mark), NULL, mark);
	put_cells(item, &partnership_type, sheet, row, mark);
	if (strcmp(directed, "yes") == 0) {
		tree_text(item, "direction", "out", mark);
	} else if (strcmp(directed, "no") == 0) {
		tree_text(item, "direction", "none", mark);
	} else if (*directed) {
		g_autofree char *message =
			g_strdup_printf(_("directed is \"%s\", not yes or no"), directed);
		report(build, CSV_PARTNERSHIPS, row, SEVERITY_ERROR, "vocabulary", message,
		       _("write yes when it goes from source_id to target_id only"));
	}
}

static void add_programme(struct build *build, const struct row *row)
{
	const struct sheet *sheet = build->sheets[CSV_PROGRAMMES];
	struct entry *entry = add_entry(build, KIND_PROGRAMME, CSV_PROGRAMMES, row);
	g_autofree char *budget = g_strjoin(" ", sheet_cell(sheet, row, "budget_amount"),
					    sheet_cell(sheet, row, "budget_currency"), NULL);
	if (*g_strstrip(budget))
		tree_text(entry->node, "budget", budget, build_mark(CSV_PROGRAMMES, row->line));
}

/* Roles are free words in the table; each becomes a word of the vocabulary. */
static void add_participation(struct build *build, const struct row *row, GHashTable *roles)
{
	const struct sheet *sheet = build->sheets[CSV_PARTICIPATIONS];
	struct mark mark = build_mark(CSV_PARTICIPATIONS, row->line);
	const char *role = sheet_cell(sheet, row, "role");
	struct entry *programme =
		owner(build, KIND_PROGRAMME, CSV_PARTICIPATIONS, row, "programme_id");

	if (!programme)
		return;
	struct node *item = tree_map(tree_list(programme->node, "participants", mark), NULL, mark);
	put_cells(item, &participant_type, sheet, row, mark);
	if (*role == '\0')
		return;
	char *id = id_from_name(role);
	tree_text(item, "role", *id ? id : role, mark);
	if (*id && !common_word(VOCABULARY_ROLES, id) && g_hash_table_add(roles, g_strdup(id)))
		tree_term(build->network, VOCABULARY_ROLES,
			  &(struct term){ .id = id, .name = role });
	g_free(id);
}

static void add_count(struct build *build, const struct row *row)
{
	struct mark mark = build_mark(CSV_COUNTS, row->line);
	if (!build->counts)
		build->counts = node_map();
	struct node *item = tree_map(tree_list(build->counts, "counts", mark), NULL, mark);
	put_cells(item, &count_type, build->sheets[CSV_COUNTS], row, mark);
}

static void add_network(struct build *build, const struct csv_import *import)
{
	struct mark none = { 0 };
	const GPtrArray *rows = build->sheets[CSV_NETWORKS]->rows;

	build->network = node_map();
	tree_text(build->network, "id", import->id, none);
	tree_text(build->network, "name", import->name, none);
	if (rows->len > 0) {
		const struct row *row = rows->pdata[0];
		const struct sheet *sheet = build->sheets[CSV_NETWORKS];
		const char *region = sheet_cell(sheet, row, "country_or_region");
		const char *coordinator = sheet_cell(sheet, row, "coordinator_id");
		if (*region)
			tree_text(build->network, "region", region, none);
		if (*coordinator)
			tree_text(build->network, "coordinator", coordinator,
				  build_mark(CSV_NETWORKS, row->line));
	}
	tree_map(build->network, "vocabularies", none);
	for (guint i = 0; i < n_common_words; i++)
		tree_term(build->network, common_words[i].vocabulary, &common_words[i].term);
	tree_settings(build->network);
	tree_words(node_get(build->network, "settings"), "focal_sectors", "edustem", ";", none);
}

/* A network that the institutions name is another record than the whole, so of another id. */
static void add_member_network(struct build *build, const struct row *row, const char *whole)
{
	const struct entry *entry = add_entry(build, KIND_NETWORK, CSV_NETWORKS, row);

	if (strcmp(entry->id, whole) != 0)
		return;
	g_autofree char *message =
		g_strdup_printf(_("the id \"%s\" is also that of the network as a whole"), whole);
	report(build, CSV_NETWORKS, row, SEVERITY_ERROR, "duplicate", message,
	       _("give the whole another id with --id"));
}

void build_trees(struct build *build, const struct csv_import *import)
{
	g_autoptr(GHashTable) roles = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
	const struct row *const *rows[CSV_TABLE_COUNT];
	guint n[CSV_TABLE_COUNT];

	for (guint t = 0; t < CSV_TABLE_COUNT; t++) {
		rows[t] = (const struct row *const *)build->sheets[t]->rows->pdata;
		n[t] = build->sheets[t]->rows->len;
	}
	add_network(build, import);
	for (guint i = 0; i < n[CSV_NETWORKS]; i++)
		add_member_network(build, rows[CSV_NETWORKS][i], import->id);
	for (guint i = 0; i < n[CSV_TERRITORIES]; i++)
		add_entry(build, KIND_TERRITORY, CSV_TERRITORIES, rows[CSV_TERRITORIES][i]);
	for (guint i = 0; i < n[CSV_INSTITUTIONS]; i++) {
		const struct row *row = rows[CSV_INSTITUTIONS][i];
		add_memberships(build,
				add_entry(build, KIND_INSTITUTION, CSV_INSTITUTIONS, row)->node,
				row);
	}
	for (guint i = 0; i < n[CSV_PARTNERSHIPS]; i++)
		add_partnership(build, rows[CSV_PARTNERSHIPS][i]);
	for (guint i = 0; i < n[CSV_PROGRAMMES]; i++)
		add_programme(build, rows[CSV_PROGRAMMES][i]);
	for (guint i = 0; i < n[CSV_PARTICIPATIONS]; i++)
		add_participation(build, rows[CSV_PARTICIPATIONS][i], roles);
	for (guint i = 0; i < n[CSV_COUNTS]; i++)
		add_count(build, rows[CSV_COUNTS][i]);
}
