/*
 * FIELD=VALUE as people type it, on the command line and in the app, as an op.
 * Whether the value may stand there is judged where the change is applied.
 */
#include "data/op.h"

#include "base/errors.h"
#include "base/text.h"
#include "data/node.h"

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
static GPtrArray *words_changed(const struct record_type *type, const void *record,
				const char *path, char sign, const char *value)
{
	g_autoptr(GPtrArray) given = words_list(value);
	GPtrArray *words = words_now(type, record, path);

	for (guint i = 0; i < given->len; i++) {
		const char *word = g_ptr_array_index(given, i);
		guint at = words_index(words, word);
		if (sign == '+' && at == words->len)
			g_ptr_array_add(words, g_strdup(word));
		else if (sign == '-' && at < words->len)
			g_ptr_array_remove_index(words, at);
	}
	return words;
}

void field_unknown(const struct record_type *type, const char *path, GError **error)
{
	g_autoptr(GPtrArray) names = g_ptr_array_new_with_free_func(g_free);
	const char *dot = strrchr(path, '.');
	const struct record_type *holder = NULL;
	g_autofree char *before = dot ? g_strndup(path, (gsize)(dot - path)) : NULL, *hint = NULL;
	const struct field *outer = before ? path_field(type, before, &holder) : NULL;
	const struct record_type *inner = outer && outer->sub ? outer->sub : type;
	const char *nearest;

	for (guint i = 0; i < inner->n_fields; i++)
		g_ptr_array_add(names, g_strdup(inner->fields[i].key));
	g_ptr_array_add(names, NULL);
	nearest = text_nearest(outer && dot ? dot + 1 : path, (const char *const *)names->pdata);
	/* TRANSLATORS: as in: "sectr" is no field of: Institution */
	g_set_error(error, TELAR_ERROR, TELAR_ERROR_USAGE, _("\"%s\" is no field of: %s"), path,
		    _(type->title));
	if (nearest && outer)
		hint = g_strdup_printf(_("did you mean \"%s.%s\"?"), before, nearest);
	else if (nearest)
		hint = g_strdup_printf(_("did you mean \"%s\"?"), nearest);
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

bool change_assign(struct change *change, enum kind kind, const void *record, const char *word,
		   GError **error)
{
	const struct record_type *type = record_type(kind), *holder = NULL;
	const char *equals = strchr(word, '='), *id = RECORD(record)->id;
	char sign = equals && equals > word && strchr("+-", equals[-1]) ? equals[-1] : '\0';
	g_autofree char *path = NULL, *json = NULL, *value = NULL;
	g_autoptr(GPtrArray) words = NULL;
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
		field_unknown(type, path, error);
		return false;
	}
	if (field->type == FIELD_GROUP || field->type == FIELD_ITEMS) {
		g_set_error(error, TELAR_ERROR, TELAR_ERROR_USAGE,
			    _("\"%s\" has fields of its own: set those"), path);
		error_add_hint(error, field->type == FIELD_ITEMS
					      ? _("as in 'partners[innovec].since=2023'")
					      : _("as in agenda.status=adopted"));
		return false;
	}
	if (!value_acceptable(field, path, value, error))
		return false;
	if (!(field->flags & FIELD_MANY) && sign) {
		g_set_error(error, TELAR_ERROR, TELAR_ERROR_USAGE,
			    _("\"%s\" holds one value: use = and not %c="), path, sign);
		return false;
	}
	if (!(field->flags & FIELD_MANY)) {
		change_set(change, kind, id, path, *value ? value : NULL);
		return true;
	}
	words = sign ? words_changed(type, record, path, sign, value) : words_list(value);
	json = list_json(words);
	/* Made of what stands there now: whoever adds at the same time must not be undone. */
	struct op *op = change_set(change, kind, id, path, json);
	if (sign) {
		g_autoptr(GPtrArray) now = words_now(type, record, path);
		g_autofree char *was = list_json(now);
		op->old_text = g_strdup(was ? was : "");
	}
	return true;
}
