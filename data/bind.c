/*
 * From a tree to a record: every check of a single value is here, and every problem
 * becomes a finding at its place, all in one pass.  Syntax is the reader's
 * business, what values say of each other bind_rules.c's.
 */
#include "data/bind.h"
#include "base/text.h"
#include "data/model.h"

#include <string.h>

#include <glib/gi18n.h>

/* --- findings ------------------------------------------------------------------ */

void bind_say(struct bind *bind, enum severity severity, struct mark start, struct mark end,
	      const char *code, const char *message, const char *hint)
{
	const struct check *check = bind->check;
	g_autofree char *source = start.line && check && check->text
					  ? findings_line(check->text, check->length, start.byte)
					  : NULL;
	guint span = start.line && end.line == start.line && end.col > start.col
			     ? end.col - start.col
			     : 0;

	/* Errors and warnings each have their share, so that what refuses a file is always named.
	 */
	guint said = severity == SEVERITY_ERROR ? ++bind->errors : ++bind->warnings;

	if (said > FINDINGS_FILE_MAX)
		return;
	findings_add(bind->findings, severity, bind->file, start.line, start.col, span, code,
		     message, hint, source);
	if (said == FINDINGS_FILE_MAX)
		findings_add(bind->findings, SEVERITY_NOTE, bind->file, start.line, start.col, 0,
			     "more", _("what follows in this file is not listed"),
			     _("mend these first and check again"), NULL);
}

void bind_at_value(struct bind *bind, const struct node *node, const char *code,
		   const char *message, const char *hint)
{
	bind_say(bind, SEVERITY_ERROR, node->start, node->end, code, message, hint);
}

/* --- single values ----------------------------------------------------------------- */

/* "did you mean "x"?" and the words there are, as far as they fit on a line. */
static char *word_hint(const char *word, GPtrArray *words)
{
	GString *hint = g_string_new(NULL);
	const char *near;

	g_ptr_array_add(words, NULL);
	near = text_nearest(word, (const char *const *)words->pdata);
	if (near)
		g_string_append_printf(hint, _("did you mean \"%s\"?"), near);
	else
		g_string_append(hint, _("use one of the known words"));
	g_string_append(hint, "  (");
	for (guint i = 0; words->pdata[i]; i++) {
		if (i && hint->len + strlen(words->pdata[i]) > 110) {
			g_string_append(hint, ", …");
			break;
		}
		g_string_append_printf(hint, "%s%s", i ? ", " : "", (char *)words->pdata[i]);
	}
	g_string_append_c(hint, ')');
	return g_string_free(hint, FALSE);
}

static void check_choice(struct bind *bind, const struct field *field, const struct node *node)
{
	if (choice_index(field->choices, node->text) >= 0)
		return;
	g_autoptr(GPtrArray) words = g_ptr_array_new();
	for (const struct choice *c = field->choices; c->id; c++)
		g_ptr_array_add(words, (gpointer)(gsize)c->id);
	g_autofree char *hint = word_hint(node->text, words);
	g_autofree char *message =
		g_strdup_printf(_("\"%s\" is not a known value of %s"), node->text, field->key);

	bind_at_value(bind, node, "vocabulary", message, hint);
}

static const char *vocabulary_key(enum vocabulary vocabulary)
{
	const struct record_type *network = record_type(KIND_NETWORK);
	const struct field *group = record_field(network, "vocabularies");

	return group->sub->fields[vocabulary].key;
}

static void check_term(struct bind *bind, const struct field *field, const struct node *node)
{
	const struct network *network = bind->check ? bind->check->network : NULL;
	const struct items *terms = network ? &network->vocabularies.of[field->vocabulary] : NULL;

	if (!terms || !terms->n)
		return;
	for (guint i = 0; i < terms->n; i++) {
		const char *id = ITEMS(struct term, *terms)[i].id;

		if (id[0] == node->text[0] && !strcmp(id, node->text))
			return;
	}
	g_autoptr(GPtrArray) words = g_ptr_array_new();
	for (guint i = 0; i < terms->n; i++)
		g_ptr_array_add(words, (gpointer)(gsize)ITEMS(struct term, *terms)[i].id);
	g_autofree char *hint = word_hint(node->text, words);
	g_autofree char *message =
		g_strdup_printf(_("%s \"%s\" is not one of this network's %s"), field->key,
				node->text, vocabulary_key(field->vocabulary));

	bind_at_value(bind, node, "vocabulary", message, hint);
}

static char *kinds_in_words(guint refs)
{
	GString *words = g_string_new(NULL);

	for (guint k = 0; k < KIND_COUNT; k++) {
		if (!(refs & (1u << k)))
			continue;
		g_autofree char *low = g_utf8_strdown(_(record_type((enum kind)k)->title), -1);

		g_string_append_printf(words, "%s%s", words->len ? " / " : "", low);
	}
	return g_string_free(words, FALSE);
}

static void check_ref(struct bind *bind, const struct field *field, const struct node *node)
{
	const struct check *check = bind->check;
	g_autofree char *hint = NULL;

	if (!check || !check->id || check->id(check->data, field->refs, node->text) != ID_UNKNOWN)
		return;
	g_autofree char *near =
		check->nearest ? check->nearest(check->data, field->refs, node->text) : NULL;
	g_autofree char *kinds = kinds_in_words(field->refs);
	g_autofree char *message = g_strdup_printf(_("there is no %s \"%s\""), kinds, node->text);

	if (near)
		hint = g_strdup_printf(_("did you mean \"%s\"?"), near);
	else
		hint = g_strdup(_("add its entry first, or correct the id"));
	bind_at_value(bind, node, "reference", message, hint);
}

static void wrong_code(struct bind *bind, const struct node *node, const char *what,
		       const char *hint)
{
	g_autofree char *message = g_strdup_printf(_("\"%s\" is not a %s"), node->text, what);

	bind_at_value(bind, node, "code", message, hint);
}

static const char *form_code(const struct field *field)
{
	switch (field->type) {
	case FIELD_DATE:
		return "date";
	case FIELD_INTEGER:
	case FIELD_NUMBER:
		return "number";
	case FIELD_MONEY:
		return "money";
	case FIELD_URL:
		return "url";
	case FIELD_ID:
		return "id";
	default:
		return "text";
	}
}

/* What the value means, beyond its form: words, references, codes. */
static void check_meaning(struct bind *bind, const struct field *field, const struct node *node,
			  const void *record)
{
	switch (field->type) {
	case FIELD_CHOICE:
		check_choice(bind, field, node);
		break;
	case FIELD_TERM:
		check_term(bind, field, node);
		break;
	case FIELD_REF:
		check_ref(bind, field, node);
		break;
	case FIELD_COUNTRY:
		if (!country_exists(node->text))
			wrong_code(bind, node, _("country code"),
				   _("two capital letters of ISO 3166-1, as in MX, CO, BR"));
		break;
	case FIELD_SUBDIVISION:
		if (!subdivision_exists(node->text))
			wrong_code(
				bind, node, _("subdivision code"),
				_("country and subdivision of ISO 3166-2, as in MX-NLE, CO-ANT"));
		break;
	case FIELD_MONEY: {
		const struct money *money = field_at(field, record);

		if (!currency_exists(money->currency))
			wrong_code(
				bind, node, _("currency"),
				_("three capital letters of ISO 4217, as in USD, MXN, COP, EUR"));
		break;
	}
	default:
		break;
	}
}

/* One scalar into `record` at the field; `record` is scratch for items of a list. */
static bool bind_scalar(struct bind *bind, const struct field *field, const struct node *node,
			void *record)
{
	g_autofree char *message = NULL;
	g_autofree char *hint = NULL;
	guint before = bind->errors;

	if (!field_parse(field, node->text, record, bind->pool, &message, &hint)) {
		bind_at_value(bind, node, form_code(field), message, hint);
		return false;
	}
	check_meaning(bind, field, node, record);
	return bind->errors == before;
}

static void wrong_shape(struct bind *bind, const struct field *field, const struct node *node,
			const char *wanted, const char *hint)
{
	g_autofree char *message = g_strdup_printf(_("%s must be %s"), field->key, wanted);

	bind_at_value(bind, node, "shape", message, hint);
}

static bool is_absent(const struct node *node)
{
	if (node->type == NODE_SCALAR)
		return node->plain && !*node->text;
	return node->children->len == 0;
}

/* --- lists, groups, items --------------------------------------------------------------- */

/* So many words of a list are compared with each other before a table is made. */
#define FEW_WORDS 8

/* Whether the word at `kept`, the last one, is among those before it. */
static bool stands_twice(const char *const *list, guint kept, GHashTable **seen)
{
	if (kept < FEW_WORDS) {
		for (guint i = 0; i < kept; i++)
			if (list[i][0] == list[kept][0] && !strcmp(list[i], list[kept]))
				return true;
		return false;
	}
	if (!*seen) {
		*seen = g_hash_table_new(g_str_hash, g_str_equal);
		for (guint i = 0; i < kept; i++)
			g_hash_table_add(*seen, (gpointer)(gsize)list[i]);
	}
	return !g_hash_table_add(*seen, (gpointer)(gsize)list[kept]);
}

static void say_twice(struct bind *bind, const struct node *word)
{
	g_autofree char *message = g_strdup_printf(_("\"%s\" is listed twice"), word->text);

	bind_say(bind, SEVERITY_WARNING, word->start, word->end, "twice", message,
		 _("remove one of them"));
}

static void bind_many(struct bind *bind, const struct field *field, const struct node *node,
		      void *record)
{
	struct field one = *field;
	union {
		const char *text;
		gint64 integer;
	} scratch;
	guint n = node->type == NODE_SCALAR ? 1 : node->children->len;
	const char **list = pool_alloc(bind->pool, (n + 1) * sizeof *list);
	g_autoptr(GHashTable) seen = NULL;
	guint kept = 0;

	one.flags &= ~(guint)FIELD_MANY;
	one.offset = one.aside = 0;
	for (guint i = 0; i < n; i++) {
		const struct node *item =
			node->type == NODE_SCALAR ? node : node->children->pdata[i];

		if (item->type != NODE_SCALAR) {
			wrong_shape(bind, field, item, _("a list of single values"),
				    _("write it as [one, two]"));
			continue;
		}
		if (is_absent(item) || !bind_scalar(bind, &one, item, &scratch))
			continue;
		list[kept] = field_is_text(&one) ? scratch.text : pool_word(bind->pool, item->text);
		if (stands_twice(list, kept, &seen))
			say_twice(bind, item);
		kept++;
	}
	list[kept] = NULL;
	if (kept)
		*(const char ***)field_place(field, record, bind->pool) = list;
}

static void bind_map(struct bind *bind, const struct record_type *type, const struct node *map,
		     void *record);

static void wrong_items(struct bind *bind, const struct field *field, const struct node *node,
			const char *wanted)
{
	const struct field *key = record_key_field(field->sub);
	g_autofree char *hint = g_strdup_printf(_("write each as \"- %s: …\" with its other keys "
						  "below"),
						key ? key->key : field->sub->fields[0].key);

	wrong_shape(bind, field, node, wanted, hint);
}

/* Two items of one list that are called the same: which one is meant by it nobody can say. */
static void check_names(struct bind *bind, const struct field *field, const struct node *list,
			const struct items *items)
{
	const struct field *key = record_key_field(field->sub);
	g_autoptr(GHashTable) seen = NULL;

	if (!key || key->type != FIELD_ID)
		return;
	g_autofree const char **names = g_new(const char *, items->n + 1);
	for (guint i = 0, kept = 0; i < items->n; i++) {
		const char *item = (const char *)items->at + (gsize)i * field->sub->size;
		const char *name = *(const char *const *)field_at(key, item);

		if (!name)
			continue;
		names[kept] = name;
		if (stands_twice(names, kept, &seen))
			say_twice(bind, node_get(list->children->pdata[i], key->key));
		kept++;
	}
}

static void bind_items(struct bind *bind, const struct field *field, const struct node *node,
		       void *record)
{
	if (node->type != NODE_LIST) {
		wrong_items(bind, field, node, _("a list"));
		return;
	}
	struct items *items = field_place(field, record, bind->pool);
	items->at = pool_alloc(bind->pool, (gsize)node->children->len * field->sub->size);
	items->n = node->children->len;
	for (guint i = 0; i < items->n; i++) {
		const struct node *item = node->children->pdata[i];
		void *at = (char *)items->at + (gsize)i * field->sub->size;

		record_clear(field->sub, at);
		if (item->type != NODE_MAP)
			wrong_items(bind, field, item, _("a list of entries with keys"));
		else
			bind_map(bind, field->sub, item, at);
	}
	check_names(bind, field, node, items);
}

static void bind_field(struct bind *bind, const struct field *field, const struct node *node,
		       void *record)
{
	if (is_absent(node))
		return;
	if (field->type == FIELD_GROUP) {
		if (node->type == NODE_MAP)
			bind_map(bind, field->sub, node, field_place(field, record, bind->pool));
		else
			wrong_shape(bind, field, node, _("a group of keys"),
				    _("put its keys below it, indented"));
	} else if (field->type == FIELD_ITEMS) {
		bind_items(bind, field, node, record);
	} else if (field->flags & FIELD_MANY) {
		if (node->type == NODE_MAP)
			wrong_shape(bind, field, node, _("a list"), _("write it as [one, two]"));
		else
			bind_many(bind, field, node, record);
	} else if (node->type != NODE_SCALAR) {
		wrong_shape(bind, field, node, _("a single value"), _("give just one"));
	} else {
		bind_scalar(bind, field, node, record);
	}
}

static void unknown_key(struct bind *bind, const struct record_type *type, const struct node *node)
{
	g_autoptr(GPtrArray) words = g_ptr_array_new();
	const char *near;
	g_autofree char *hint = NULL;
	g_autofree char *message = g_strdup_printf(_("unknown key \"%s\""), node->key);

	for (guint i = 0; i < type->n_fields; i++)
		g_ptr_array_add(words, (gpointer)(gsize)type->fields[i].key);
	g_ptr_array_add(words, NULL);
	near = text_nearest(node->key, (const char *const *)words->pdata);
	hint = near ? g_strdup_printf(_("did you mean \"%s\"? it is kept in the file but not used"),
				      near)
		    : g_strdup(_("it is kept in the file but not used"));
	bind_say(bind, SEVERITY_WARNING, node->key_start, node->key_end, "unknown-key", message,
		 hint);
}

static void check_required(struct bind *bind, const struct record_type *type,
			   const struct node *map)
{
	for (guint i = 0; i < type->n_fields; i++) {
		const struct field *field = &type->fields[i];

		if (!(field->flags & FIELD_REQUIRED))
			continue;
		const struct node *node = node_get(map, field->key);

		if (node && !is_absent(node))
			continue;
		g_autofree char *message = g_strdup_printf(_("\"%s\" is missing"), field->key);
		g_autofree char *hint =
			g_strdup_printf(_("add a line \"%s: …\" (%s)"), field->key, _(field->help));

		bind_say(bind, SEVERITY_ERROR, node ? node->start : map->start,
			 node ? node->end : map->start, "required", message, hint);
	}
}

static inline const char *key_of_field(const void *type, guint i)
{
	return ((const struct record_type *)type)->fields[i].key;
}

static void bind_map(struct bind *bind, const struct record_type *type, const struct node *map,
		     void *record)
{
	guint at = 0;

	for (guint i = 0; i < map->children->len; i++) {
		const struct node *node = map->children->pdata[i];
		guint found = keys_next(type->n_fields, key_of_field, type, node->key, &at);
		const struct field *field = found < type->n_fields ? &type->fields[found] : NULL;

		if (!field || (field->flags & FIELD_DERIVED))
			unknown_key(bind, type, node);
		else
			bind_field(bind, field, node, record);
	}
	check_required(bind, type, map);
	bind_rules(bind, type, map, record);
}

/* Whether `name` is `id` with its ending. */
static bool names_file(const char *name, const char *id)
{
	gsize length = strlen(id);

	return strncmp(name, id, length) == 0 && strcmp(name + length, ".yaml") == 0;
}

/* An id must be its file's name: "institutions/innovec.yaml" holds innovec. */
static void check_file_name(struct bind *bind, const struct record_type *type,
			    const struct node *root, const char *id)
{
	const struct node *node = node_get(root, "id");
	gsize folder = type->folder ? strlen(type->folder) : 0;

	if (!bind->file || !id || !node || folder == 0 ||
	    strncmp(bind->file, type->folder, folder) != 0 || bind->file[folder] != '/' ||
	    names_file(bind->file + folder + 1, id))
		return;
	g_autofree char *wanted = g_strdup_printf("%s/%s.yaml", type->folder, id);
	g_autofree char *message =
		g_strdup_printf(_("id \"%s\" does not agree with the file's name"), id);
	g_autofree char *hint =
		g_strdup_printf(_("rename the file to %s, or correct the id"), wanted);

	bind_at_value(bind, node, "id", message, hint);
}

/*
 * A warning: what a network is must not depend on the day of the machine that
 * reads it.
 */
static void check_verified(struct bind *bind, const struct node *root, struct date verified)
{
	const struct node *node = node_get(root, "verified");

	if (!node || !bind->check || !date_is_ahead(verified, bind->check->today))
		return;
	bind_say(bind, SEVERITY_WARNING, node->start, node->end, "future",
		 _("this lies in the future: nobody can have verified it then"),
		 _("write the day on which somebody last made sure"));
}

void *node_to_record(const struct record_type *type, const struct node *node,
		     const struct check *check, const char *file, struct pool *pool,
		     struct findings *findings)
{
	struct bind bind = { check, file, pool, findings, 0, 0, NULL };
	void *record = pool_alloc(pool, type->size);
	const struct node *id = node_get(node, "id");

	record_clear(type, record);
	if (node->type != NODE_MAP) {
		bind_at_value(&bind, node, "shape", _("this must be a group of keys"), NULL);
		return NULL;
	}
	bind.self = id && id->type == NODE_SCALAR ? id->text : NULL;
	if (record_is_single(type))
		((struct record *)record)->id = type->name;
	bind_map(&bind, type, node, record);
	if (type->folder)
		check_verified(&bind, node, RECORD(record)->verified);
	if (type->folder && !record_is_single(type))
		check_file_name(&bind, type, node, RECORD(record)->id);
	return bind.errors ? NULL : record;
}
