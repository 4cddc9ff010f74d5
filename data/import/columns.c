/*
 * Recognises columns by their headers.  Knows names, not values; the one
 * exception is Gephi's and Kumu's "Type", which is told apart by what it holds.
 */
#include "data/import/columns.h"

#include <string.h>

#include <glib/gi18n.h>

#include "base/errors.h"
#include "base/text.h"

/* Names of columns as id_from_name() writes them; an earlier row goes before a later one. */
struct alias {
	const char *name;
	enum slot slot;
	const char *field; /* of SLOT_FIELD */
};

/* clang-format off */
static const struct alias node_aliases[] = {
	{ "id", SLOT_ID, NULL }, { "node-id", SLOT_ID, NULL },
	{ "label", SLOT_FIELD, "name" }, { "nombre", SLOT_FIELD, "name" }, { "nome", SLOT_FIELD, "name" },
	{ "institution", SLOT_FIELD, "name" }, { "institucion", SLOT_FIELD, "name" }, { "instituicao", SLOT_FIELD, "name" },
	{ "organization", SLOT_FIELD, "name" }, { "organisation", SLOT_FIELD, "name" },
	{ "organizacion", SLOT_FIELD, "name" }, { "organizacao", SLOT_FIELD, "name" },
	{ "acronym", SLOT_FIELD, "short_name" }, { "sigla", SLOT_FIELD, "short_name" }, { "siglas", SLOT_FIELD, "short_name" },
	{ "type", SLOT_FIELD, "sector" }, { "element-type", SLOT_FIELD, "sector" }, { "setor", SLOT_FIELD, "sector" },
	{ "tipo", SLOT_FIELD, "sector" }, { "category", SLOT_FIELD, "sector" }, { "categoria", SLOT_FIELD, "sector" },
	{ "description", SLOT_FIELD, "notes" }, { "descripcion", SLOT_FIELD, "notes" }, { "descricao", SLOT_FIELD, "notes" },
	{ "notas", SLOT_FIELD, "notes" },
	{ "website", SLOT_FIELD, "url" }, { "web", SLOT_FIELD, "url" }, { "homepage", SLOT_FIELD, "url" },
	{ "sitio-web", SLOT_FIELD, "url" }, { "site", SLOT_FIELD, "url" }, { "link", SLOT_FIELD, "url" },
	{ "latitude", SLOT_FIELD, "lat" }, { "latitud", SLOT_FIELD, "lat" },
	{ "longitude", SLOT_FIELD, "lon" }, { "longitud", SLOT_FIELD, "lon" }, { "lng", SLOT_FIELD, "lon" },
	{ "location", SLOT_LOCATION, NULL }, { "ubicacion", SLOT_LOCATION, NULL }, { "localizacao", SLOT_LOCATION, NULL },
	{ "pais", SLOT_FIELD, "country" }, { "ciudad", SLOT_FIELD, "city" }, { "cidade", SLOT_FIELD, "city" },
	{ "territory", SLOT_FIELD, "territories" }, { "territory-id", SLOT_FIELD, "territories" },
	{ "territorio", SLOT_FIELD, "territories" }, { "territorios", SLOT_FIELD, "territories" },
	{ "alias", SLOT_FIELD, "aliases" }, { "tag", SLOT_FIELD, "tags" }, { "etiquetas", SLOT_FIELD, "tags" },
	{ "tier", SLOT_TIER, NULL }, { "membership", SLOT_TIER, NULL }, { "joined", SLOT_JOINED, NULL },
	{ NULL, SLOT_ATTRIBUTE, NULL },
};
static const struct alias edge_aliases[] = {
	{ "from", SLOT_FROM, NULL }, { "source", SLOT_FROM, NULL }, { "source-id", SLOT_FROM, NULL },
	{ "desde", SLOT_FROM, NULL }, { "origen", SLOT_FROM, NULL }, { "origem", SLOT_FROM, NULL }, { "de", SLOT_FROM, NULL },
	{ "to", SLOT_TO, NULL }, { "target", SLOT_TO, NULL }, { "target-id", SLOT_TO, NULL }, { "with", SLOT_TO, NULL },
	{ "hasta", SLOT_TO, NULL }, { "hacia", SLOT_TO, NULL }, { "destino", SLOT_TO, NULL }, { "para", SLOT_TO, NULL },
	{ "a", SLOT_FROM, NULL }, { "b", SLOT_TO, NULL },
	{ "direction", SLOT_DIRECTION, NULL }, { "directed", SLOT_DIRECTION, NULL },
	{ "kind", SLOT_FIELD, "kinds" }, { "type", SLOT_FIELD, "kinds" }, { "connection-type", SLOT_FIELD, "kinds" },
	{ "tipo", SLOT_FIELD, "kinds" }, { "label", SLOT_FIELD, "title" }, { "titulo", SLOT_FIELD, "title" },
	{ "description", SLOT_FIELD, "notes" }, { "descripcion", SLOT_FIELD, "notes" }, { "descricao", SLOT_FIELD, "notes" },
	{ "evidence-url", SLOT_FIELD, "evidence" }, { "start", SLOT_FIELD, "since" }, { "end", SLOT_FIELD, "until" },
	{ "currency", SLOT_CURRENCY, NULL }, { "moneda", SLOT_CURRENCY, NULL }, { "moeda", SLOT_CURRENCY, NULL },
	{ "id", SLOT_LEFT_OUT, NULL },
	{ NULL, SLOT_ATTRIBUTE, NULL },
};
/* clang-format on */

/* Heads that exports give to columns without a field of their own; fields have their labels. */
static const struct head {
	const char *label; /* N_() */
	bool edges;
	enum slot slot;
} heads[] = {
	{ N_("Institution"), true, SLOT_FROM },	 { N_("Partner"), true, SLOT_TO },
	{ N_("Currency"), true, SLOT_CURRENCY }, { N_("Direction"), true, SLOT_DIRECTION },
	{ N_("Tier"), false, SLOT_TIER },
};
/* Those that say what no file can: N_(). */
static const char *const told[] = { N_("State"), N_("Ended"), N_("Declarations"), N_("Estimates") };

struct recognition {
	const struct raw *raw;
	const struct record_type *type;
	const struct alias *aliases;
	GPtrArray *uses;  /* struct use *, NULL until known */
	GPtrArray *names; /* char *: of the columns, as id_from_name() has them */
	const char *const *computed;
};

static void use_free(gpointer data)
{
	struct use *use = data;

	if (use)
		g_free(use->key);
	g_free(use);
}

/* A column may hold the field: one value, or several that are joined. */
static bool is_cell_field(const struct field *field)
{
	return field->type != FIELD_GROUP && field->type != FIELD_ITEMS &&
	       !(field->flags & FIELD_DERIVED) && strcmp(field->key, "id") != 0 &&
	       strcmp(field->key, "with") != 0;
}

static const struct field *own_field(const struct record_type *type, const char *name)
{
	g_autofree char *key = g_strdelimit(g_strdup(name), "-", '_');
	const struct field *field = record_field(type, key);

	return field && is_cell_field(field) ? field : NULL;
}

static const struct alias *find_alias(const struct alias *aliases, const char *name)
{
	while (aliases->name && strcmp(aliases->name, name) != 0)
		aliases++;
	return aliases->name ? aliases : NULL;
}

/* "intensity" -> its use; SLOT_ATTRIBUTE with the key "" when there is no such field. */
static bool use_of_word(const struct recognition *r, const char *word, struct use *out)
{
	g_autofree char *name = id_from_name(word);
	const struct field *field = own_field(r->type, name);
	const struct alias *alias = find_alias(r->aliases, name);

	*out = (struct use){ .slot = SLOT_FIELD, .field = field, .mapped = true };
	if (strcmp(name, "none") == 0)
		*out = (struct use){ .slot = SLOT_LEFT_OUT, .why = _("as asked"), .mapped = true };
	else if (strcmp(name, "attribute") == 0 || strcmp(name, "attributes") == 0)
		*out = (struct use){ .slot = SLOT_ATTRIBUTE, .mapped = true };
	else if (alias && alias->slot != SLOT_FIELD && alias->slot != SLOT_LEFT_OUT)
		*out = (struct use){ .slot = alias->slot, .mapped = true };
	else if (!field && alias && alias->field)
		out->field = record_field(r->type, alias->field);
	return out->slot != SLOT_FIELD || out->field;
}

static bool same_column(const char *a, const char *b)
{
	g_autofree char *x = text_fold(a);
	g_autofree char *y = text_fold(b);

	return strcmp(x, y) == 0;
}

static struct use *take(struct recognition *r, guint column, struct use as)
{
	struct use *use = g_new0(struct use, 1);

	*use = as;
	use_free(r->uses->pdata[column]);
	r->uses->pdata[column] = use;
	return use;
}

static bool is_taken(const struct recognition *r, enum slot slot, const struct field *field)
{
	for (guint i = 0; i < r->uses->len; i++) {
		const struct use *use = r->uses->pdata[i];

		if (use && use->slot == slot && use->field == field)
			return true;
	}
	return false;
}

static void by_map(struct recognition *r, const char *const *map)
{
	for (; map && *map; map++) {
		const char *equals = strchr(*map, '=');
		g_autofree char *word = equals ? g_strndup(*map, (gsize)(equals - *map)) : NULL;
		struct use use;

		for (guint i = 0; equals && i < r->raw->columns->len; i++) {
			if (same_column(r->raw->columns->pdata[i], equals + 1) &&
			    use_of_word(r, word, &use))
				take(r, i, use);
		}
	}
}

/* Gephi writes Directed and Undirected there, Kumu the kind of connection. */
static bool holds_directions(const struct raw *raw, guint column)
{
	guint n = 0;

	for (guint i = 0; i < raw->rows->len; i++) {
		const char *cell = raw_cell(raw->rows->pdata[i], column);

		if (!*cell)
			continue;
		if (g_ascii_strcasecmp(cell, "directed") != 0 &&
		    g_ascii_strcasecmp(cell, "undirected") != 0 &&
		    g_ascii_strcasecmp(cell, "mutual") != 0)
			return false;
		n++;
	}
	return n > 0;
}

/* A name that people read, in the language of the process or in English. */
static bool is_read(const char *name, const char *label)
{
	g_autofree char *own = id_from_name(_(label));
	g_autofree char *english = id_from_name(label);

	return !strcmp(name, own) || !strcmp(name, english);
}

static bool is_computed(const struct recognition *r, guint column)
{
	const char *const *label = r->computed;

	while (label && *label && !is_read(r->names->pdata[column], *label))
		label++;
	return g_str_has_prefix(r->raw->columns->pdata[column], "m_") || (label && *label);
}

/* Tables that this program exported hold measures, which are computed and not imported. */
static bool is_our_export(const struct recognition *r)
{
	guint measures = 0;

	for (guint i = 0; i < r->raw->columns->len; i++)
		measures += is_computed(r, i) ? 1 : 0;
	return measures >= 2;
}

static bool is_told(const struct recognition *r, guint column)
{
	for (guint i = 0; i < G_N_ELEMENTS(told); i++)
		if (is_read(r->names->pdata[column], told[i]))
			return true;
	return false;
}

static void leave_out_ours(struct recognition *r)
{
	static const char *const made[] = { "weight", "state", "ended", "claims", NULL };
	bool edges = r->type == &partnership_type;

	for (guint i = 0; i < r->raw->columns->len; i++) {
		const char *name = r->raw->columns->pdata[i];

		if (r->uses->pdata[i])
			continue;
		if (is_computed(r, i) || is_told(r, i) || (edges && g_strv_contains(made, name)) ||
		    (!edges && strcmp(name, "label") == 0 && raw_find(r->raw, "name") >= 0))
			take(r, i,
			     (struct use){
				     .slot = SLOT_LEFT_OUT,
				     .why = _("made by the program, not stated by anybody") });
	}
}

static void by_own_names(struct recognition *r)
{
	for (guint i = 0; i < r->names->len; i++) {
		const struct field *field = own_field(r->type, r->names->pdata[i]);
		const struct alias *alias = find_alias(r->aliases, r->names->pdata[i]);
		bool special = alias && alias->slot != SLOT_FIELD;

		if (!r->uses->pdata[i] && field && !special && !is_taken(r, SLOT_FIELD, field))
			take(r, i, (struct use){ .slot = SLOT_FIELD, .field = field });
	}
}

/* As exports for people have them. */
static void by_labels(struct recognition *r)
{
	bool edges = r->type == &partnership_type;

	for (guint i = 0; i < r->names->len; i++) {
		const char *name = r->names->pdata[i];

		for (guint h = 0; !r->uses->pdata[i] && h < G_N_ELEMENTS(heads); h++)
			if (heads[h].edges == edges && is_read(name, heads[h].label) &&
			    !is_taken(r, heads[h].slot, NULL))
				take(r, i, (struct use){ .slot = heads[h].slot });
		for (guint f = 0; !r->uses->pdata[i] && f < r->type->n_fields; f++) {
			const struct field *field = &r->type->fields[f];

			if (is_cell_field(field) && is_read(name, field->label) &&
			    !is_taken(r, SLOT_FIELD, field))
				take(r, i, (struct use){ .slot = SLOT_FIELD, .field = field });
		}
	}
}

static void take_alias(struct recognition *r, guint column, const struct alias *alias)
{
	const struct field *field = alias->field ? record_field(r->type, alias->field) : NULL;
	bool edges = r->type == &partnership_type;
	enum slot slot = alias->slot;

	if (edges && strcmp(alias->name, "type") == 0 && holds_directions(r->raw, column)) {
		slot = SLOT_DIRECTION;
		field = NULL;
	}
	/* Name and Label: the second is what the institution is called for short. */
	if (!edges && strcmp(alias->name, "label") == 0 && is_taken(r, SLOT_FIELD, field))
		field = record_field(r->type, "short_name");
	if (slot == SLOT_LEFT_OUT)
		take(r, column,
		     (struct use){ .slot = slot, .why = _("a tie has no id of its own") });
	else if (!is_taken(r, slot, field))
		take(r, column, (struct use){ .slot = slot, .field = field });
}

static void by_aliases(struct recognition *r)
{
	for (const struct alias *alias = r->aliases; alias->name; alias++) {
		for (guint i = 0; i < r->names->len; i++) {
			if (!r->uses->pdata[i] && strcmp(r->names->pdata[i], alias->name) == 0)
				take_alias(r, i, alias);
		}
	}
}

/* "Modularity Class" and "x_modularity_class" -> "modularity-class", told apart from its like. */
static char *attribute_key(const struct recognition *r, guint column)
{
	const char *name = r->names->pdata[column];
	const char *bare = g_str_has_prefix(name, "x-") && name[2] ? name + 2 : name;
	g_autofree char *base = *bare ? g_strdup(bare) : g_strdup_printf("column-%u", column + 1);
	char *key = g_strdup(base);
	guint n = 1;

	for (guint i = 0; i < r->uses->len; i++) {
		const struct use *use = r->uses->pdata[i];

		if (!use || g_strcmp0(use->key, key) != 0)
			continue;
		g_free(key);
		g_autofree char *short_base = g_strndup(base, 56);
		key = g_strdup_printf("%s-%u", short_base, ++n);
		i = G_MAXUINT; /* from the beginning */
	}
	return key;
}

static void rest_as_attributes(struct recognition *r)
{
	for (guint i = 0; i < r->uses->len; i++) {
		struct use *use = r->uses->pdata[i];

		if (use && (use->slot != SLOT_ATTRIBUTE || use->key))
			continue;
		g_autofree char *key = attribute_key(r, i);
		use = use ? use : take(r, i, (struct use){ .slot = SLOT_ATTRIBUTE });
		use->key = g_steal_pointer(&key);
	}
}

static void begin(struct recognition *r, const struct raw *raw, const char *const *computed,
		  bool edges)
{
	*r = (struct recognition){
		.raw = raw,
		.computed = computed,
		.type = edges ? &partnership_type : record_type(KIND_INSTITUTION),
		.aliases = edges ? edge_aliases : node_aliases,
	};
	r->uses = g_ptr_array_new_with_free_func(use_free);
	g_ptr_array_set_size(r->uses, (gint)raw->columns->len);
	r->names = g_ptr_array_new_with_free_func(g_free);
	for (guint i = 0; i < raw->columns->len; i++)
		g_ptr_array_add(r->names, id_from_name(raw->columns->pdata[i]));
}

static void recognise(struct recognition *r, const char *const *map)
{
	by_map(r, map);
	if (is_our_export(r))
		leave_out_ours(r);
	by_own_names(r);
	by_labels(r);
	by_aliases(r);
}

static void end(struct recognition *r)
{
	if (r->uses)
		g_ptr_array_unref(r->uses);
	if (r->names)
		g_ptr_array_unref(r->names);
}

GPtrArray *columns_recognise(struct raw *raw, const char *const *map, const char *const *computed,
			     struct findings *findings)
{
	struct recognition edges, nodes;
	struct recognition *chosen = NULL;
	const struct field *name = record_field(record_type(KIND_INSTITUTION), "name");

	begin(&edges, raw, computed, true);
	begin(&nodes, raw, computed, false);
	recognise(&edges, map);
	recognise(&nodes, map);
	if (raw->holds != RAW_NODES && is_taken(&edges, SLOT_FROM, NULL) &&
	    is_taken(&edges, SLOT_TO, NULL))
		chosen = &edges;
	else if (raw->holds != RAW_EDGES &&
		 (is_taken(&nodes, SLOT_ID, NULL) || is_taken(&nodes, SLOT_FIELD, name)))
		chosen = &nodes;
	else if (raw->rows->len > 0 || raw->header > 0)
		findings_add(findings, SEVERITY_ERROR, raw->file, MAX(raw->header, 1), 0, 0,
			     "header", _("these columns are neither institutions nor ties"),
			     _("institutions have Id, Label or name; ties have Source and Target, "
			       "or From and To; say it with --map, as in --map name=Company"),
			     NULL);
	GPtrArray *uses = NULL;
	if (chosen) {
		raw->holds = chosen == &edges ? RAW_EDGES : RAW_NODES;
		rest_as_attributes(chosen);
		uses = g_steal_pointer(&chosen->uses);
	}
	end(&edges);
	end(&nodes);
	return uses;
}

static bool fail_map(GError **error, const char *hint, const char *what, const char *word)
{
	g_autofree char *message = g_strdup_printf("--map %s", word);

	g_set_error(error, TELAR_ERROR, TELAR_ERROR_USAGE, "%s: %s", message, what);
	error_add_hint(error, hint);
	return false;
}

static bool is_field_word(const char *word)
{
	const struct record_type *institution = record_type(KIND_INSTITUTION);
	const struct recognition sides[] = {
		{ .type = institution, .aliases = node_aliases },
		{ .type = &partnership_type, .aliases = edge_aliases },
	};
	struct use use;

	return use_of_word(&sides[0], word, &use) || use_of_word(&sides[1], word, &use);
}

static char *nearest_field(const char *word)
{
	const struct record_type *types[] = { record_type(KIND_INSTITUTION), &partnership_type };
	g_autoptr(GPtrArray) words = g_ptr_array_new();

	for (guint t = 0; t < G_N_ELEMENTS(types); t++) {
		for (guint i = 0; i < types[t]->n_fields; i++) {
			if (is_cell_field(&types[t]->fields[i]))
				g_ptr_array_add(words, (gpointer)(gsize)types[t]->fields[i].key);
		}
	}
	g_ptr_array_add(words, NULL);
	const char *near = text_nearest(word, (const char *const *)words->pdata);
	return near ? g_strdup_printf(_("did you mean \"%s\"?"), near)
		    : g_strdup(_("a field of institutions or partnerships, attribute, or none"));
}

bool columns_check_map(const GPtrArray *raws, const char *const *map, GError **error)
{
	for (; map && *map; map++) {
		const char *equals = strchr(*map, '=');
		g_autofree char *word = g_strndup(*map, equals ? (gsize)(equals - *map) : 0);
		g_autoptr(GPtrArray) all = g_ptr_array_new();
		bool found = false;

		if (!equals || !*word || !equals[1])
			return fail_map(error, _("as in --map sector=Category"),
					_("this is not FIELD=COLUMN"), *map);
		if (!is_field_word(word)) {
			g_autofree char *hint = nearest_field(word);
			return fail_map(error, hint, _("there is no such field"), *map);
		}
		for (guint i = 0; i < raws->len; i++) {
			const struct raw *raw = raws->pdata[i];
			for (guint c = 0; c < raw->columns->len; c++) {
				found = found || same_column(raw->columns->pdata[c], equals + 1);
				g_ptr_array_add(all, raw->columns->pdata[c]);
			}
		}
		if (found)
			continue;
		g_ptr_array_add(all, NULL);
		const char *near = text_nearest(equals + 1, (const char *const *)all->pdata);
		g_autofree char *hint =
			near ? g_strdup_printf(_("did you mean \"%s\"?"), near) : NULL;
		return fail_map(error, hint, _("no file has such a column"), *map);
	}
	return true;
}

char *use_text(const struct use *use)
{
	switch (use->slot) {
	case SLOT_ATTRIBUTE:
		return g_strdup_printf(_("attribute %s"), use->key);
	case SLOT_FIELD:
		return g_strdup(use->field->key);
	case SLOT_ID:
		return g_strdup("id");
	case SLOT_FROM:
		return g_strdup("from");
	case SLOT_TO:
		return g_strdup("to");
	case SLOT_LOCATION:
		return g_strdup("lat, lon");
	case SLOT_DIRECTION:
		return g_strdup("direction");
	case SLOT_TIER:
		return g_strdup("memberships.tier");
	case SLOT_JOINED:
		return g_strdup("memberships.since");
	case SLOT_CURRENCY:
		return g_strdup("amount");
	case SLOT_LEFT_OUT:
		break;
	}
	return g_strdup_printf(_("left out: %s"), use->why);
}
