#include "tui/memory.h"

#include <stdlib.h>
#include <string.h>

#include <glib/gi18n.h>

#include "base/errors.h"
#include "base/text.h"
#include "tui/memory_file.h"

/*
 * Filters, command lines and picks of one person on one network.  What they mean is
 * the business of whoever asks: here they are texts.
 */
#define LINES_MAX 200  /* of lists without names: the oldest goes */
#define NAMES_MAX 500  /* of lists with names: no more are taken */
#define TEXT_MAX  4096 /* bytes of one text */
#define PATIENCE  1000 /* milliseconds, with another session that writes */

struct line {
	char *name; /* of a filter, else NULL */
	char *text;
};

struct memory {
	char *file; /* NULL: in memory only */
	char *network;
	GPtrArray *lists[MEMORY_LISTS]; /* struct line *, owned */
	struct node *others;		/* what the file holds besides: it stays there */
	guint patience;			/* milliseconds, for the lock of the file */
	char *trouble;			/* why the file could not be read, and where it is now */
};

static const char *const list_keys[MEMORY_LISTS] = { "filters", "commands", "recent", "columns",
						     "figures" };

/* Whether its lines go by names. */
static bool is_named(enum memory_list list)
{
	return list == MEMORY_FILTERS || list == MEMORY_COLUMNS || list == MEMORY_FIGURES;
}

static void line_free(void *data)
{
	struct line *line = data;

	g_free(line->name);
	g_free(line->text);
	g_free(line);
}

static void line_add(GPtrArray *list, int at, const char *name, const char *text)
{
	struct line *line = g_new0(struct line, 1);

	line->name = g_strdup(name);
	line->text = g_strdup(text);
	g_ptr_array_insert(list, at, line);
}

static const char *text_of(const struct node *map, const char *key)
{
	const struct node *node = map->type == NODE_MAP ? node_get(map, key) : NULL;

	return node != NULL && node->type == NODE_SCALAR ? node->text : NULL;
}

/* False: not as it was written. */
static bool list_read(GPtrArray *lists[MEMORY_LISTS], enum memory_list which,
		      const struct node *root)
{
	const struct node *list = node_get(root, list_keys[which]);

	if (list != NULL && list->type != NODE_LIST)
		return false;
	for (guint i = 0; list != NULL && i < list->children->len; i++) {
		const struct node *item = g_ptr_array_index(list->children, i);
		const char *name = text_of(item, "name"), *text = text_of(item, "text");

		if (text == NULL || (name != NULL) != is_named(which))
			return false;
		line_add(lists[which], -1, name, text);
	}
	return true;
}

static bool is_ours(const char *key)
{
	for (guint i = 0; i < MEMORY_LISTS; i++)
		if (strcmp(list_keys[i], key) == 0)
			return true;
	return strcmp(key, "network") == 0;
}

static struct node *others_of(const struct node *root)
{
	struct node *others = node_map();

	for (guint i = 0; i < root->children->len; i++) {
		const struct node *child = root->children->pdata[i];

		if (!is_ours(child->key))
			node_append(others, child->key, node_copy(child));
	}
	return others;
}

/* False: a list is not one, and nothing was taken over. */
static bool lists_take(struct memory *memory, const struct node *root)
{
	GPtrArray *lists[MEMORY_LISTS];
	bool good = true;

	for (guint i = 0; i < MEMORY_LISTS; i++) {
		lists[i] = g_ptr_array_new_with_free_func(line_free);
		good = list_read(lists, (enum memory_list)i, root) && good;
	}
	for (guint i = 0; i < MEMORY_LISTS; i++) {
		GPtrArray *old = good ? memory->lists[i] : lists[i];

		if (good)
			memory->lists[i] = lists[i];
		g_ptr_array_unref(old);
	}
	if (!good)
		return false;
	node_free(memory->others);
	memory->others = others_of(root);
	return true;
}

/*
 * What the file holds takes the place of what was known; where it cannot be read,
 * what was known stays, and why is told.  False, with what is wrong.
 */
static bool memory_read(struct memory *memory, char **why)
{
	struct node *root = memory_file_read(memory->file, why);

	if (root != NULL && !lists_take(memory, root))
		*why = g_strdup(_("it is damaged"));
	node_free(root);
	return *why == NULL;
}

/* The same before it is written; what cannot be read lies beside it from then on. */
static bool memory_reread(struct memory *memory, GError **error)
{
	g_autofree char *why = NULL, *aside = NULL;

	if (memory_read(memory, &why))
		return true;
	aside = memory_file_aside(memory->file, error);
	if (aside == NULL)
		return false;
	g_free(memory->trouble);
	memory->trouble = g_strdup_printf(
		_("What was kept for this network could not be read (%s); it lies in %s now"), why,
		aside);
	return true;
}

void memory_set_patience(struct memory *memory, guint milliseconds)
{
	memory->patience = milliseconds;
}

const char *memory_trouble(const struct memory *memory)
{
	return memory == NULL ? NULL : memory->trouble;
}

struct memory *memory_open(const char *state, const char *network)
{
	struct memory *memory = g_new0(struct memory, 1);
	char *real = network == NULL ? NULL : realpath(network, NULL);
	g_autofree char *why = NULL;

	/* One network under whatever name it was opened. */
	memory->network = g_strdup(real != NULL ? real : network != NULL ? network : "");
	free(real);
	memory->patience = PATIENCE;
	if (state != NULL) {
		g_autofree char *sum =
			g_compute_checksum_for_string(G_CHECKSUM_SHA256, memory->network, -1);

		memory->file = g_strdup_printf("%s/memory/%.32s.json", state, sum);
	}
	for (guint i = 0; i < MEMORY_LISTS; i++)
		memory->lists[i] = g_ptr_array_new_with_free_func(line_free);
	if (memory->file != NULL && !memory_read(memory, &why))
		memory->trouble =
			g_strdup_printf(_("What was kept for this network cannot be read: %s (%s)"),
					why, memory->file);
	return memory;
}

void memory_close(struct memory *memory)
{
	if (memory == NULL)
		return;
	for (guint i = 0; i < MEMORY_LISTS; i++)
		g_ptr_array_unref(memory->lists[i]);
	node_free(memory->others);
	g_free(memory->trouble);
	g_free(memory->file);
	g_free(memory->network);
	g_free(memory);
}

guint memory_count(const struct memory *memory, enum memory_list list)
{
	return memory == NULL ? 0 : memory->lists[list]->len;
}

static const struct line *line_at(const struct memory *memory, enum memory_list list, guint index)
{
	return g_ptr_array_index(memory->lists[list], index);
}

const char *memory_text(const struct memory *memory, enum memory_list list, guint index)
{
	return line_at(memory, list, index)->text;
}

const char *memory_name(const struct memory *memory, guint index)
{
	return line_at(memory, MEMORY_FILTERS, index)->name;
}

const char *memory_named(const struct memory *memory, enum memory_list list, const char *name)
{
	for (guint i = 0; i < memory_count(memory, list); i++)
		if (strcmp(line_at(memory, list, i)->name, name) == 0)
			return memory_text(memory, list, i);
	return NULL;
}

const char *memory_filter(const struct memory *memory, const char *name)
{
	return memory_named(memory, MEMORY_FILTERS, name);
}

static bool memory_write(const struct memory *memory, GError **error)
{
	struct node *root = node_map();
	bool good;

	node_append(root, "network", node_scalar(memory->network));
	for (guint i = 0; i < MEMORY_LISTS; i++) {
		struct node *list = node_append(root, list_keys[i], node_list());

		for (guint k = 0; k < memory->lists[i]->len; k++) {
			const struct line *line = line_at(memory, (enum memory_list)i, k);
			struct node *item = node_append(list, NULL, node_map());

			if (line->name != NULL)
				node_append(item, "name", node_scalar(line->name));
			node_append(item, "text", node_scalar(line->text));
		}
	}
	for (guint i = 0; memory->others != NULL && i < memory->others->children->len; i++) {
		const struct node *other = memory->others->children->pdata[i];

		node_append(root, other->key, node_copy(other));
	}
	good = memory_file_write(memory->file, root, error);
	node_free(root);
	return good;
}

bool memory_name_check(enum memory_list list, const char *name, GError **error)
{
	bool good = name != NULL && name[0] != '\0' && strlen(name) < 100 &&
		    g_utf8_validate(name, -1, NULL);

	for (const char *s = name; good && *s != '\0'; s = g_utf8_next_char(s))
		good = g_unichar_isalnum(g_utf8_get_char(s)) || *s == '-' || *s == '_';
	if (good)
		return true;
	g_set_error(error, TELAR_ERROR, TELAR_ERROR_USAGE,
		    list == MEMORY_FILTERS ? _("\"%s\" cannot be the name of a filter")
					   : _("\"%s\" cannot be the name of a set of columns"),
		    name == NULL ? "" : name);
	error_add_hint(error, _("letters, digits, - and _, as in no-partners"));
	return false;
}

/* Whether there is room for it. */
static bool room_check(const struct memory *memory, enum memory_list list, const char *name,
		       const char *text, GError **error)
{
	if (strlen(text) > TEXT_MAX) {
		g_set_error(error, TELAR_ERROR, TELAR_ERROR_USAGE,
			    _("What is kept may have %d bytes, this has %zu"), TEXT_MAX,
			    strlen(text));
		return false;
	}
	if (memory->lists[list]->len < NAMES_MAX || !is_named(list) ||
	    memory_named(memory, list, name) != NULL)
		return true;
	g_set_error(error, TELAR_ERROR, TELAR_ERROR_USAGE, _("%d are kept already, no more can be"),
		    NAMES_MAX);
	error_add_hint(error, _("\":forget NAME\" makes room"));
	return false;
}

static void forget(GPtrArray *list, const char *name, const char *text)
{
	for (guint i = list->len; i-- > 0;) {
		const struct line *line = g_ptr_array_index(list, i);

		if (name != NULL ? g_strcmp0(line->name, name) == 0
				 : g_strcmp0(line->text, text) == 0)
			g_ptr_array_remove_index(list, i);
	}
}

static int by_name(gconstpointer a, gconstpointer b)
{
	return strcmp((*(struct line *const *)a)->name, (*(struct line *const *)b)->name);
}

static bool put(struct memory *memory, enum memory_list list, const char *name, const char *text,
		GError **error)
{
	/* Another session may have kept something meanwhile. */
	if (memory->file != NULL && !memory_reread(memory, error))
		return false;
	if (text != NULL && !room_check(memory, list, name, text, error))
		return false;
	forget(memory->lists[list], is_named(list) ? name : NULL, text);
	if (text != NULL)
		line_add(memory->lists[list], 0, is_named(list) ? name : NULL, text);
	if (is_named(list))
		g_ptr_array_sort(memory->lists[list], by_name);
	else if (memory->lists[list]->len > LINES_MAX)
		g_ptr_array_set_size(memory->lists[list], LINES_MAX);
	return memory->file == NULL || memory_write(memory, error);
}

bool memory_put(struct memory *memory, enum memory_list list, const char *name, const char *text,
		GError **error)
{
	bool good;
	int lock;

	if (is_named(list) && !memory_name_check(list, name, error))
		return false;
	/* A line longer than anybody types is no loss. */
	if (!is_named(list) && text != NULL && strlen(text) > TEXT_MAX)
		return true;
	lock = memory->file == NULL ? -1 : memory_file_lock(memory->file, memory->patience, error);
	if (lock < 0 && memory->file != NULL)
		return false;
	good = put(memory, list, name, text, error);
	memory_file_unlock(lock);
	return good;
}

static bool unknown_filter(const struct memory *memory, const char *name, GError **error)
{
	g_autoptr(GPtrArray) names = g_ptr_array_new();
	g_autofree char *hint = NULL;
	const char *near;

	for (guint i = 0; i < memory_count(memory, MEMORY_FILTERS); i++)
		g_ptr_array_add(names, (gpointer)(guintptr)memory_name(memory, i));
	g_ptr_array_add(names, NULL);
	near = text_nearest(name, (const char *const *)names->pdata);
	g_set_error(error, TELAR_ERROR, TELAR_ERROR_USAGE, _("There is no filter called \"%s\""),
		    name);
	hint = near != NULL
		       ? g_strdup_printf(_("did you mean @%s?"), near)
		       : g_strdup(_("\":save NAME\" on the screen or \"telar filters\" keeps one"));
	error_add_hint(error, hint);
	return false;
}

char *memory_expand(const struct memory *memory, const char *filter, GError **error)
{
	g_autoptr(GString) out = g_string_new(NULL);
	bool quoted = false, begins = true;

	for (const char *p = filter; *p != '\0'; p++) {
		if (*p == '@' && begins && !quoted) {
			gsize length = strcspn(p + 1, " \t");
			g_autofree char *name = g_strndup(p + 1, length);
			const char *text = memory_filter(memory, name);

			if (text == NULL && !unknown_filter(memory, name, error))
				return NULL;
			g_string_append(out, text);
			p += length;
			continue;
		}
		if (*p == '"')
			quoted = !quoted;
		begins = *p == ' ' || *p == '\t';
		g_string_append_c(out, *p);
	}
	return g_string_free(g_steal_pointer(&out), FALSE);
}
