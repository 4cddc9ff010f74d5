/*
 * FIELD=VALUE as people type it, on the command line and in the app, as an op.
 * Whether the value may stand there is judged where the change is applied.
 */
#include "data/op.h"

#include "base/errors.h"
#include "base/text.h"
#include "data/called.h"
#include "data/model.h"
#include "data/path.h"
#include "data/typed.h"

#include <string.h>

#include <glib/gi18n.h>

/* A comma list as the JSON array that a list field is set to; NULL when nothing is left. */
static char *list_json(const GPtrArray *words)
{
	struct node *list = node_list();
	char *json = NULL;

	for (guint i = 0; i < words->len; i++)
		node_append(list, NULL, node_scalar(g_ptr_array_index(words, i)));
	if (words->len > 0)
		json = node_to_json(list);
	node_free(list);
	return json;
}

GPtrArray *words_list(const char *text)
{
	GPtrArray *words = g_ptr_array_new_with_free_func(g_free);
	g_auto(GStrv) parts = g_strsplit(text, ",", -1);

	for (guint i = 0; parts[i]; i++) {
		g_strstrip(parts[i]);
		if (*parts[i])
			g_ptr_array_add(words, g_strdup(parts[i]));
	}
	return words;
}

static guint words_index(const GPtrArray *words, const char *word)
{
	guint i = 0;

	while (i < words->len && strcmp(g_ptr_array_index(words, i), word) != 0)
		i++;
	return i;
}

/* The words that stand at `path` of a record now. */
static GPtrArray *words_now(const struct record_type *type, const void *record, const char *path)
{
	GPtrArray *words = g_ptr_array_new_with_free_func(g_free);
	struct node *root = node_from_record(type, record);
	const struct node *list = node_find(type, root, path);

	for (guint i = 0; list && list->children && i < list->children->len; i++) {
		const struct node *child = g_ptr_array_index(list->children, i);
		g_ptr_array_add(words, g_strdup(child->text));
	}
	node_free(root);
	return words;
}

/* `lines+=climate` and `lines-=climate` against what stands there. */
static void words_change(GPtrArray *words, char sign, const char *value)
{
	g_autoptr(GPtrArray) given = words_list(value);

	for (guint i = 0; i < given->len; i++) {
		const char *word = g_ptr_array_index(given, i);
		guint at = words_index(words, word);
		if (sign == '+' && at == words->len)
			g_ptr_array_add(words, g_strdup(word));
		else if (sign == '-' && at < words->len)
			g_ptr_array_remove_index(words, at);
	}
}

/* What a word before this one makes of the same list; NULL: there was none. */
static struct op *words_op(const struct change *change, const char *id, const char *path)
{
	for (guint i = 0; i < change->ops->len; i++) {
		struct op *op = g_ptr_array_index(change->ops, i);
		if (op->verb == OP_SET && strcmp(op->id, id) == 0 && strcmp(op->path, path) == 0)
			return op;
	}
	return NULL;
}

static GPtrArray *words_of_json(const char *json)
{
	GPtrArray *words = g_ptr_array_new_with_free_func(g_free);
	struct node *list = json ? node_from_json(json, NULL) : NULL;

	for (guint i = 0; list && list->children && i < list->children->len; i++) {
		const struct node *child = g_ptr_array_index(list->children, i);
		g_ptr_array_add(words, g_strdup(child->text));
	}
	node_free(list);
	return words;
}

static void words_assign(struct change *change, enum kind kind, const void *record,
			 const char *path, char sign, const char *value)
{
	const char *id = RECORD(record)->id;
	g_autoptr(GPtrArray) now = words_now(record_type(kind), record, path);
	g_autofree char *was = list_json(now), *json = NULL;
	struct op *op = words_op(change, id, path);
	g_autoptr(GPtrArray) words = !sign ? words_list(value)
				     : op  ? words_of_json(op->new_text)
					   : words_now(record_type(kind), record, path);

	if (sign)
		words_change(words, sign, value);
	json = list_json(words);
	if (op) {
		g_free(op->new_text);
		op->new_text = g_steal_pointer(&json);
		return;
	}
	op = change_set(change, kind, id, path, json);
	/* Made of what stands there now: whoever adds at the same time must not be undone. */
	if (sign)
		op->old_text = g_strdup(was ? was : "");
}

/* The path is no field of the type; the hint names the nearest. */
static void field_unknown(const struct record_type *type, const char *path, GError **error)
{
	g_autoptr(GPtrArray) keys = g_ptr_array_new();
	const char *dot = strrchr(path, '.');
	const struct record_type *holder = NULL;
	g_autofree char *before = dot ? g_strndup(path, (gsize)(dot - path)) : NULL, *hint = NULL;
	const struct field *outer = before ? path_field(type, before, &holder) : NULL;
	const struct record_type *inner = outer && outer->sub ? outer->sub : type;
	const char *nearest;

	nearest = record_key_nearest(inner, outer && dot ? dot + 1 : path);
	/* TRANSLATORS: as in: "sectr" is no field of: Institution */
	g_set_error(error, TELAR_ERROR, TELAR_ERROR_USAGE, _("\"%s\" is no field of: %s"), path,
		    _(type->title));
	if (nearest && outer)
		hint = g_strdup_printf(_("did you mean \"%s.%s\"?"), before, nearest);
	else if (nearest)
		hint = g_strdup_printf(_("did you mean \"%s\"?"), nearest);
	if (!hint) {
		g_autofree char *all = NULL;

		for (guint i = 0; i < inner->n_fields; i++)
			g_ptr_array_add(keys, (gpointer)(guintptr)inner->fields[i].key);
		g_ptr_array_add(keys, NULL);
		all = g_strjoinv(", ", (char **)keys->pdata);
		hint = g_strdup_printf(_("it is one of: %s"), all);
	}
	error_add_hint(error, hint);
}

/* What may not be stored is refused with its name: on the screen one would not see it. */
static bool value_acceptable(const struct field *field, const char *path, const char *value,
			     GError **error)
{
	gsize offset;
	gunichar bad;

	if (text_acceptable(value, strlen(value), field->type == FIELD_PROSE, &offset, &bad))
		return true;
	if (bad)
		g_set_error(error, TELAR_ERROR, TELAR_ERROR_USAGE,
			    _("%s: the character U+%04X cannot be stored"), path, bad);
	else
		g_set_error(error, TELAR_ERROR, TELAR_ERROR_USAGE, _("%s: this is not UTF-8 text"),
			    path);
	return false;
}

/*
 * Items that a word is enough for: a capacity, a network.  A partner is more than its
 * name, and vocabularies need their words.
 */
static const struct field *items_key(const struct field *field)
{
	const struct field *key = field->type == FIELD_ITEMS ? record_key_field(field->sub) : NULL;

	if (!key || (key->type != FIELD_TERM && key->refs != 1u << KIND_NETWORK))
		return NULL;
	return key;
}

static GPtrArray *keys_now(const struct record_type *type, const void *record, const char *path,
			   const struct field *key)
{
	GPtrArray *words = g_ptr_array_new_with_free_func(g_free);
	struct node *root = node_from_record(type, record);
	const struct node *list = node_find(type, root, path);

	for (guint i = 0; list && list->children && i < list->children->len; i++) {
		const struct node *word = node_get(g_ptr_array_index(list->children, i), key->key);
		if (word)
			g_ptr_array_add(words, g_strdup(word->text));
	}
	node_free(root);
	return words;
}

/* Those that stay keep all that is said of them. */
static void items_assign(struct change *change, enum kind kind, const void *record,
			 const char *path, const struct field *key, char sign, const char *value)
{
	const char *id = RECORD(record)->id;
	g_autoptr(GPtrArray) given = words_list(value);
	g_autoptr(GPtrArray) now = keys_now(record_type(kind), record, path, key);

	for (guint i = 0; sign != '+' && i < now->len; i++) {
		const char *word = g_ptr_array_index(now, i);
		bool named = words_index(given, word) < given->len;
		g_autofree char *item = g_strdup_printf("%s[%s]", path, word);
		if (named == (sign == '-'))
			change_remove(change, kind, id, item);
	}
	for (guint i = 0; sign != '-' && i < given->len; i++) {
		const char *word = g_ptr_array_index(given, i);
		if (words_index(now, word) < now->len || words_index(given, word) < i)
			continue;
		struct node *item = node_map();
		node_append(item, key->key, node_scalar(word));
		g_autofree char *json = node_to_json(item);
		change_insert(change, kind, id, path, json);
		node_free(item);
	}
}

static bool needs_fields(const struct field *field, const char *path, GError **error)
{
	const struct field *key = field->type == FIELD_ITEMS ? record_key_field(field->sub) : NULL;
	g_autofree char *hint = NULL;

	g_set_error(error, TELAR_ERROR, TELAR_ERROR_USAGE,
		    _("\"%s\" has fields of its own: set those"), path);
	for (guint i = 0; key && !hint && i < field->sub->n_fields; i++)
		if (&field->sub->fields[i] != key)
			hint = g_strdup_printf(_("as in '%s[ID].%s=VALUE'"), path,
					       field->sub->fields[i].key);
	error_add_hint(error, hint ? hint : _("as in agenda.status=adopted"));
	return false;
}

/* What people read, as ids: "Colombia", "Empresas, Fundaciones".  Words of a list stay apart. */
static char *value_ids(const struct model *model, const struct field *field, const char *value)
{
	const struct field *key = field->type == FIELD_ITEMS ? items_key(field) : field;
	const char *whole = model_word_id(model, key, value);
	g_autoptr(GPtrArray) words = NULL;
	GString *out;

	if (whole != value || (key == field && !(field->flags & FIELD_MANY)))
		return g_strdup(whole);
	words = words_list(value);
	out = g_string_new(NULL);
	for (guint i = 0; i < words->len; i++)
		g_string_append_printf(out, "%s%s", i ? "," : "",
				       model_word_id(model, key, g_ptr_array_index(words, i)));
	return g_string_free(out, FALSE);
}

static char *value_meant(const struct field *field, const char *value, GError **error)
{
	g_autofree char *message = NULL, *hint = NULL;
	char *meant = typed_value(field, value, &message, &hint);

	if (meant)
		return meant;
	g_set_error_literal(error, TELAR_ERROR, TELAR_ERROR_USAGE, message);
	error_add_hint(error, hint);
	return NULL;
}

bool change_assign(struct change *change, const struct model *model, enum kind kind,
		   const void *record, const char *word, GError **error)
{
	const struct record_type *type = record_type(kind), *holder = NULL;
	const char *equals = strchr(word, '='), *id = RECORD(record)->id;
	char sign = equals && equals > word && strchr("+-", equals[-1]) ? equals[-1] : '\0';
	g_autofree char *path = NULL, *value = NULL;
	const struct field *field;

	if (!equals || equals == word) {
		g_set_error(error, TELAR_ERROR, TELAR_ERROR_USAGE, _("\"%s\" sets nothing"), word);
		error_add_hint(error, _("write it as FIELD=VALUE, as in city=Bogotá"));
		return false;
	}
	path = g_strndup(word, (gsize)(equals - word) - (sign ? 1 : 0));
	value = g_strstrip(g_strdup(equals + 1));
	field = path_field(type, path, &holder);
	if (!field) {
		g_autofree char *called = path_called(type, path);

		field = called ? path_field(type, called, &holder) : NULL;
		if (field) {
			g_free(path);
			path = g_steal_pointer(&called);
		}
	}
	if (!field) {
		field_unknown(type, path, error);
		return false;
	}
	if ((field->type == FIELD_GROUP || field->type == FIELD_ITEMS) && !items_key(field))
		return needs_fields(field, path, error);
	if (!value_acceptable(field, path, value, error))
		return false;
	if (!(field->flags & FIELD_MANY)) {
		char *meant = value_meant(field, value, error);

		if (!meant)
			return false;
		g_free(value);
		value = meant;
	}
	char *ids = value_ids(model, field, value);
	g_free(value);
	value = ids;
	if (field->type == FIELD_ITEMS) {
		items_assign(change, kind, record, path, items_key(field), sign, value);
		return true;
	}
	if (!(field->flags & FIELD_MANY) && sign) {
		g_set_error(error, TELAR_ERROR, TELAR_ERROR_USAGE,
			    _("\"%s\" holds one value: use = and not %c="), path, sign);
		return false;
	}
	if (!(field->flags & FIELD_MANY)) {
		change_set(change, kind, id, path, *value ? value : NULL);
		return true;
	}
	words_assign(change, kind, record, path, sign, value);
	return true;
}
