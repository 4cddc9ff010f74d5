/*
 * Edits as values: a change is a list of ops, each of which knows what stood
 * there before and so its own inverse.  Works on trees only; who may do what,
 * where it is stored and how the file is patched is the workspace's business.
 */
#include "data/op.h"

#include "base/errors.h"
#include "data/path.h"

#include <glib/gi18n.h>
#include <string.h>

static const char *const verb_names[] = { "set", "insert", "remove", "create", "delete" };

const char *op_verb_name(enum op_verb verb)
{
	return verb_names[verb];
}

bool op_verb_parse(const char *name, enum op_verb *out)
{
	for (guint i = 0; i < G_N_ELEMENTS(verb_names); i++) {
		if (strcmp(name, verb_names[i]) == 0) {
			*out = (enum op_verb)i;
			return true;
		}
	}
	return false;
}

static void op_free(struct op *op)
{
	g_free(op->id);
	g_free(op->path);
	g_free(op->old_text);
	g_free(op->new_text);
	g_free(op);
}

static void op_destroy(gpointer op)
{
	op_free((struct op *)op);
}

struct change *change_new(void)
{
	struct change *change = g_new0(struct change, 1);

	change->ops = g_ptr_array_new_with_free_func(op_destroy);
	return change;
}

void change_free(struct change *change)
{
	if (!change)
		return;
	g_free(change->actor);
	g_free(change->summary);
	g_ptr_array_unref(change->ops);
	g_free(change);
}

static void destroy_change(gpointer change)
{
	change_free(change);
}

GPtrArray *changes_new(void)
{
	return g_ptr_array_new_with_free_func(destroy_change);
}

static struct op *append(struct change *change, enum op_verb verb, enum kind kind, const char *id,
			 const char *path, const char *old_text, const char *new_text)
{
	struct op *op = g_new0(struct op, 1);

	op->verb = verb;
	op->kind = kind;
	op->id = g_strdup(id);
	op->path = g_strdup(path);
	op->position = -1;
	op->old_text = g_strdup(old_text);
	op->new_text = g_strdup(new_text);
	g_ptr_array_add(change->ops, op);
	return op;
}

struct change *change_copy(const struct change *change)
{
	struct change *copy = change_new();

	copy->id = change->id;
	copy->at = change->at;
	copy->actor = g_strdup(change->actor);
	copy->summary = g_strdup(change->summary);
	copy->undoes = change->undoes;
	copy->undone_by = change->undone_by;
	copy->redone = change->redone;
	copy->comments = change->comments;
	for (guint i = 0; i < change->ops->len; i++) {
		const struct op *op = change->ops->pdata[i];

		append(copy, op->verb, op->kind, op->id, op->path, op->old_text, op->new_text)
			->position = op->position;
	}
	return copy;
}

void change_take(struct change *change, struct change *from)
{
	struct change old = *change;

	*change = *from;
	*from = old;
	change_free(from);
}

struct op *change_set(struct change *change, enum kind kind, const char *id, const char *path,
		      const char *new_text)
{
	return append(change, OP_SET, kind, id, path, NULL, new_text);
}

struct op *change_insert(struct change *change, enum kind kind, const char *id, const char *list,
			 const char *json)
{
	return append(change, OP_INSERT, kind, id, list, NULL, json);
}

struct op *change_remove(struct change *change, enum kind kind, const char *id, const char *path)
{
	return append(change, OP_REMOVE, kind, id, path, NULL, NULL);
}

struct op *change_create(struct change *change, enum kind kind, const char *id, const char *json)
{
	return append(change, OP_CREATE, kind, id, "", NULL, json);
}

struct op *change_delete(struct change *change, enum kind kind, const char *id)
{
	return append(change, OP_DELETE, kind, id, "", NULL, NULL);
}

char *op_list_path(const char *path)
{
	gsize length = strlen(path);
	const char *open = strrchr(path, '[');

	if (!open || length == 0 || path[length - 1] != ']')
		return g_strdup(path);
	return g_strndup(path, (gsize)(open - path));
}

/* The path of the item that holds the field at `path`: "partners[x].with" -> "partners[x]". */
static char *holder_of(const char *path)
{
	const char *dot = strrchr(path, '.');

	return dot ? g_strndup(path, (gsize)(dot - path)) : g_strdup("");
}

/* Where SET changed an item's own key, the item is found under the new one afterwards. */
static char *inverse_path(const struct op *op)
{
	const struct record_type *holder = NULL;
	const struct field *field = path_field(record_type(op->kind), op->path, &holder);

	if (!field || !(field->flags & FIELD_KEY) || !op->new_text)
		return g_strdup(op->path);
	g_autofree char *item = holder_of(op->path);
	g_autofree char *list = op_list_path(item);
	if (strcmp(item, list) == 0)
		return g_strdup(op->path);
	return g_strdup_printf("%s[%s].%s", list, op->new_text, field->key);
}

static void append_inverse(struct change *inverse, const struct op *op)
{
	const char *was = op->old_text ? op->old_text : "";
	const char *is = op->new_text ? op->new_text : "";
	struct op *back = NULL;

	switch (op->verb) {
	case OP_SET: {
		g_autofree char *path = inverse_path(op);
		back = append(inverse, OP_SET, op->kind, op->id, path, is, op->old_text);
		break;
	}
	case OP_INSERT:
		back = append(inverse, OP_REMOVE, op->kind, op->id, op->path, is, NULL);
		break;
	case OP_REMOVE: {
		g_autofree char *list = op_list_path(op->path);
		back = append(inverse, OP_INSERT, op->kind, op->id, list, NULL, was);
		break;
	}
	case OP_CREATE:
		back = append(inverse, OP_DELETE, op->kind, op->id, "", is, NULL);
		break;
	case OP_DELETE:
		back = append(inverse, OP_CREATE, op->kind, op->id, "", NULL, was);
		break;
	}
	back->position = op->position;
}

struct change *change_inverse(const struct change *change)
{
	struct change *inverse = change_new();

	inverse->undoes = change->id;
	for (guint i = change->ops->len; i > 0; i--)
		append_inverse(inverse, change->ops->pdata[i - 1]);
	return inverse;
}

/* --- summary ----------------------------------------------------------------------- */

#define SUMMARY_WORDS 4

static void add_word(GPtrArray *words, const char *word)
{
	for (guint i = 0; i < words->len; i++) {
		if (strcmp(words->pdata[i], word) == 0)
			return;
	}
	g_ptr_array_add(words, g_strdup(word));
}

static char *join_words(GPtrArray *words)
{
	GString *out = g_string_new(NULL);

	for (guint i = 0; i < MIN(words->len, SUMMARY_WORDS); i++)
		g_string_append_printf(out, "%s%s", i > 0 ? ", " : "", (char *)words->pdata[i]);
	if (words->len > SUMMARY_WORDS)
		g_string_append(out, ", …");
	return g_string_free(out, FALSE);
}

char *change_summary(const struct change *change)
{
	g_autoptr(GPtrArray) ids = g_ptr_array_new_with_free_func(g_free);
	g_autoptr(GPtrArray) paths = g_ptr_array_new_with_free_func(g_free);
	const struct op *first = change->ops->len > 0 ? change->ops->pdata[0] : NULL;

	if (!first)
		return g_strdup("");
	for (guint i = 0; i < change->ops->len; i++) {
		const struct op *op = change->ops->pdata[i];

		add_word(ids, op->id);
		add_word(paths, op->path);
	}
	g_autofree char *all_ids = join_words(ids);
	if (ids->len > 1)
		return g_strdup_printf("%u entries: %s", ids->len, all_ids);
	if (first->verb == OP_CREATE)
		return g_strdup_printf("%s: new", first->id);
	if (first->verb == OP_DELETE)
		return g_strdup_printf("%s: deleted", first->id);
	g_autofree char *all_paths = join_words(paths);
	return g_strdup_printf("%s: %s", first->id, all_paths);
}
