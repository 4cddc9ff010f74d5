/*
 * Paths into the tree of a record, as forms, commands and the history write them:
 * what stands at one, putting something there, and which field one ends at.
 */
#include "data/path.h"

#include "base/errors.h"

#include <string.h>

#include <glib/gi18n.h>

/* One step of a path: "partners", or "partners[innovec#2]". */
struct step {
	char *key;
	char *item;    /* key of an item, "" when only an ordinal is given; NULL: no item */
	guint ordinal; /* 1-based */
};

static void step_release(struct step *step)
{
	g_free(step->key);
	g_free(step->item);
}

/* Cuts the next step off `*path`; false when its form is wrong. */
static bool next_step(const char **path, struct step *out)
{
	const char *p = *path;
	gsize n = strcspn(p, ".[");

	*out = (struct step){ g_strndup(p, n), NULL, 1 };
	p += n;
	if (*p == '[') {
		const char *close = strchr(p, ']');
		const char *hash = close ? memchr(p, '#', (gsize)(close - p)) : NULL;
		const char *key_end = hash ? hash : close;
		guint64 ordinal = 1;

		if (!close || (hash && (!g_ascii_isdigit(hash[1]) ||
					(ordinal = g_ascii_strtoull(hash + 1, NULL, 10)) < 1 ||
					ordinal > G_MAXUINT16))) {
			step_release(out);
			return false;
		}
		out->item = g_strndup(p + 1, (gsize)(key_end - p - 1));
		out->ordinal = (guint)ordinal;
		p = close + 1;
	}
	if (*p == '.')
		p++;
	else if (*p) {
		step_release(out);
		return false;
	}
	*path = p;
	return true;
}

static const char *item_key(const struct record_type *type, const struct node *item)
{
	const struct field *field = record_key_field(type);
	const struct node *key = field ? node_get(item, field->key) : NULL;

	return key && key->type == NODE_SCALAR ? key->text : "";
}

static int find_item(const struct record_type *type, const struct node *list,
		     const struct step *step)
{
	guint seen = 0;

	for (guint i = 0; list && list->type == NODE_LIST && i < list->children->len; i++) {
		const struct node *item = list->children->pdata[i];

		if (*step->item && strcmp(item_key(type, item), step->item))
			continue;
		if (++seen == step->ordinal)
			return (int)i;
	}
	return -1;
}

struct node *node_find(const struct record_type *type, const struct node *root, const char *path)
{
	const struct node *at = root;

	while (*path && at) {
		struct step step;
		const struct field *field;

		if (!next_step(&path, &step))
			return NULL;
		field = record_field(type, step.key);
		at = field ? node_get(at, step.key) : NULL;
		if (at && step.item) {
			int i = field->type == FIELD_ITEMS ? find_item(field->sub, at, &step) : -1;

			at = i < 0 ? NULL : at->children->pdata[i];
		}
		if (field && field->sub)
			type = field->sub;
		step_release(&step);
	}
	return (struct node *)(gsize)at;
}

const struct field *path_field(const struct record_type *type, const char *path,
			       const struct record_type **holder)
{
	const struct field *field = NULL;

	while (*path) {
		struct step step;
		bool item;

		if (!next_step(&path, &step))
			return NULL;
		field = record_field(type, step.key);
		item = step.item != NULL;
		step_release(&step);
		if (!field || (item && field->type != FIELD_ITEMS))
			return NULL;
		if (holder)
			*holder = type;
		if (!*path)
			return field;
		if (field->type == FIELD_GROUP || (field->type == FIELD_ITEMS && item))
			type = field->sub;
		else
			return NULL;
	}
	return field;
}

char *path_item(const struct field *field, const struct node *list, guint index)
{
	const char *key = item_key(field->sub, list->children->pdata[index]);
	guint ordinal = 0;

	if (strpbrk(key, "[]#")) /* such a name cannot stand in a path */
		return g_strdup_printf("%s[#%u]", field->key, index + 1);
	for (guint i = 0; i <= index; i++)
		if (!*key || !strcmp(item_key(field->sub, list->children->pdata[i]), key))
			ordinal++;
	if (*key && ordinal == 1)
		return g_strdup_printf("%s[%s]", field->key, key);
	return g_strdup_printf("%s[%s#%u]", field->key, key, ordinal);
}

static bool bad_path(GError **error, const char *path)
{
	g_set_error(error, TELAR_ERROR, TELAR_ERROR_USAGE, _("\"%s\" is not a field"), path);
	return false;
}

/* The path is right, and ends in an item that nobody has added: which, and how to. */
static bool bad_item(const struct record_type *type, const struct node *root, const char *path,
		     GError **error)
{
	const char *close = path_field(type, path, NULL) ? strchr(path, ']') : NULL;
	g_autofree char *item = NULL, *hint = NULL;

	while (close) {
		g_free(item);
		item = g_strndup(path, (gsize)(close + 1 - path));
		if (!node_find(type, root, item))
			break;
		close = strchr(close + 1, ']');
	}
	if (!close)
		return bad_path(error, path);
	char *open = strrchr(item, '[');
	g_autofree char *list = g_strndup(item, (gsize)(open - item));
	g_autofree char *word = g_strndup(open + 1, strlen(open) - 2);
	const struct field *field = path_field(type, list, NULL);
	const struct field *key = field ? record_key_field(field->sub) : NULL;

	g_set_error(error, TELAR_ERROR, TELAR_ERROR_USAGE, _("There is no %s yet"), item);
	if (key && key->type == FIELD_TERM)
		hint = g_strdup_printf(_("add it first: %s+=%s"), list, word);
	error_add_hint(error, hint);
	return false;
}

/* Puts `value` under `key` where the table's order wants it; unknown keys stay where they are. */
static void put_key(const struct record_type *type, struct node *map, const char *key,
		    struct node *value)
{
	const struct field *field = record_field(type, key);
	guint at = map->children->len;
	guint old = 0;

	while (old < map->children->len &&
	       strcmp(((struct node *)map->children->pdata[old])->key, key))
		old++;
	if (old < map->children->len) { /* a file may keep its keys in an order of its own */
		node_remove(map, old);
		at = old;
	} else {
		for (at = 0; at < map->children->len; at++) {
			struct node *child = map->children->pdata[at];
			const struct field *other = record_field(type, child->key);

			if (other && other > field)
				break;
		}
	}
	if (!value)
		return;
	node_set_key(value, key);
	node_insert(map, at, value);
}

static void put_item(const struct record_type *type, struct node *list, const struct step *step,
		     int position, struct node *value)
{
	int at = position < 0 && step->item ? find_item(type, list, step) : -1;

	if (at >= 0)
		node_remove(list, (guint)at);
	if (!value)
		return;
	guint n = list->children->len;
	guint wanted = position < 0 ? n : MIN((guint)position, n);

	node_insert(list, at < 0 ? wanted : (guint)at, value);
}

static bool put_at(const struct record_type *type, struct node *map, const char *path, int position,
		   struct node **value);

/* The last step of a path; a whole item when it names one or when `position` says so. */
static void put_here(const struct field *field, const struct record_type *type, struct node *map,
		     const struct step *step, int position, struct node **value)
{
	bool whole = field->type == FIELD_ITEMS &&
		     (step->item || (*value && (*value)->type == NODE_MAP));

	if (!whole) {
		put_key(type, map, step->key, g_steal_pointer(value));
		return;
	}
	struct node *list = node_get(map, step->key);

	if (!list || list->type != NODE_LIST) {
		list = node_list();
		put_key(type, map, step->key, list);
	}
	put_item(field->sub, list, step, position, g_steal_pointer(value));
	if (!list->children->len)
		put_key(type, map, step->key, NULL);
}

/* One step down: into a group (made when missing) or into an item that exists. */
static bool put_below(const struct field *field, const struct record_type *type, struct node *map,
		      const struct step *step, const char *rest, int position, struct node **value)
{
	struct node *inner = node_get(map, step->key);

	if (field->type == FIELD_ITEMS) {
		int i = inner && step->item ? find_item(field->sub, inner, step) : -1;

		return i >= 0 &&
		       put_at(field->sub, inner->children->pdata[i], rest, position, value);
	}
	if (inner && inner->type == NODE_MAP) {
		if (!put_at(field->sub, inner, rest, position, value))
			return false;
		if (!inner->children->len)
			put_key(type, map, step->key, NULL);
		return true;
	}
	struct node *made = node_map();

	if (!put_at(field->sub, made, rest, position, value)) {
		node_free(made);
		return false;
	}
	if (made->children->len)
		put_key(type, map, step->key, made);
	else
		node_free(made);
	return true;
}

static bool put_at(const struct record_type *type, struct node *map, const char *path, int position,
		   struct node **value)
{
	struct step step;
	bool done = false;

	if (map->type != NODE_MAP || !next_step(&path, &step))
		return false;
	const struct field *field = record_field(type, step.key);

	if (field && !*path && (!step.item || field->type == FIELD_ITEMS)) {
		put_here(field, type, map, &step, position, value);
		done = true;
	} else if (field && *path && (field->type == FIELD_GROUP || field->type == FIELD_ITEMS)) {
		done = put_below(field, type, map, &step, path, position, value);
	}
	step_release(&step);
	return done;
}

bool node_put(const struct record_type *type, struct node *root, const char *path, int position,
	      struct node *value, GError **error)
{
	struct node *owned = value;
	bool done = *path && put_at(type, root, path, position, &owned);

	node_free(owned);
	return done ? true : bad_item(type, root, path, error);
}
