#include "tui/memory.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include <gio/gio.h>
#include <glib/gi18n.h>
#include <glib/gstdio.h>

#include "base/errors.h"
#include "base/text.h"
#include "data/node.h"

/*
 * Filters, command lines and picks of one person on one network.  What they mean is
 * the business of whoever asks: here they are texts.
 */
#define MEMORY_MAX (512 * 1024)
#define LINES_MAX  200

struct line {
	char *name; /* of a filter, else NULL */
	char *text;
};

struct memory {
	char *file; /* NULL: in memory only */
	char *network;
	GPtrArray *lists[MEMORY_LISTS]; /* struct line *, owned */
};

static const char *const list_keys[MEMORY_LISTS] = { "filters", "commands", "recent", "columns" };

/* Whether its lines go by names. */
static bool is_named(enum memory_list list)
{
	return list == MEMORY_FILTERS || list == MEMORY_COLUMNS;
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

static void list_read(struct memory *memory, enum memory_list which, const struct node *root)
{
	const struct node *list = node_get(root, list_keys[which]);

	for (guint i = 0; list != NULL && list->type == NODE_LIST && i < list->children->len; i++) {
		const struct node *item = g_ptr_array_index(list->children, i);
		const char *name = text_of(item, "name"), *text = text_of(item, "text");

		if (text != NULL && (name != NULL) == is_named(which))
			line_add(memory->lists[which], -1, name, text);
	}
}

static void memory_read(struct memory *memory)
{
	g_autofree char *content = NULL;
	struct node *root = NULL;
	GStatBuf status;
	gsize length;

	if (memory->file == NULL)
		return;
	if (g_lstat(memory->file, &status) == 0 && S_ISREG(status.st_mode) &&
	    status.st_size <= MEMORY_MAX &&
	    g_file_get_contents(memory->file, &content, &length, NULL) &&
	    g_utf8_validate(content, (gssize)length, NULL))
		root = node_from_json(content, NULL);
	for (guint i = 0; i < MEMORY_LISTS; i++) {
		g_ptr_array_set_size(memory->lists[i], 0);
		if (root != NULL && root->type == NODE_MAP)
			list_read(memory, (enum memory_list)i, root);
	}
	node_free(root);
}

struct memory *memory_open(const char *state, const char *network)
{
	struct memory *memory = g_new0(struct memory, 1);
	char *real = network == NULL ? NULL : realpath(network, NULL);

	/* One network under whatever name it was opened. */
	memory->network = g_strdup(real != NULL ? real : network != NULL ? network : "");
	free(real);
	if (state != NULL) {
		g_autofree char *sum =
			g_compute_checksum_for_string(G_CHECKSUM_SHA256, memory->network, -1);

		memory->file = g_strdup_printf("%s/memory/%.32s.json", state, sum);
	}
	for (guint i = 0; i < MEMORY_LISTS; i++)
		memory->lists[i] = g_ptr_array_new_with_free_func(line_free);
	memory_read(memory);
	return memory;
}

void memory_close(struct memory *memory)
{
	if (memory == NULL)
		return;
	for (guint i = 0; i < MEMORY_LISTS; i++)
		g_ptr_array_unref(memory->lists[i]);
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
	g_autofree char *folder = g_path_get_dirname(memory->file);
	struct node *root = node_map();

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
	g_autofree char *json = node_to_json(root);

	node_free(root);
	if (g_mkdir_with_parents(folder, 0700) == 0)
		return g_file_set_contents_full(memory->file, json, -1,
						G_FILE_SET_CONTENTS_CONSISTENT, 0600, error);
	int why = errno;

	g_set_error(error, TELAR_ERROR, TELAR_ERROR_CANNOT_CREATE,
		    _("This cannot be kept in %s: %s"), folder, g_strerror(why));
	return false;
}

static bool name_check(const char *name, GError **error)
{
	bool good = name != NULL && name[0] != '\0' && strlen(name) < 100 &&
		    g_utf8_validate(name, -1, NULL);

	for (const char *s = name; good && *s != '\0'; s = g_utf8_next_char(s))
		good = g_unichar_isalnum(g_utf8_get_char(s)) || *s == '-' || *s == '_';
	if (good)
		return true;
	g_set_error(error, TELAR_ERROR, TELAR_ERROR_USAGE,
		    _("\"%s\" cannot be the name of a filter"), name == NULL ? "" : name);
	error_add_hint(error, _("letters, digits, - and _, as in no-partners"));
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

bool memory_put(struct memory *memory, enum memory_list list, const char *name, const char *text,
		GError **error)
{
	if (is_named(list) && !name_check(name, error))
		return false;
	/* Another session may have kept something meanwhile. */
	memory_read(memory);
	forget(memory->lists[list], is_named(list) ? name : NULL, text);
	if (text != NULL)
		line_add(memory->lists[list], 0, is_named(list) ? name : NULL, text);
	if (is_named(list))
		g_ptr_array_sort(memory->lists[list], by_name);
	else if (memory->lists[list]->len > LINES_MAX)
		g_ptr_array_set_size(memory->lists[list], LINES_MAX);
	return memory->file == NULL || memory_write(memory, error);
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
