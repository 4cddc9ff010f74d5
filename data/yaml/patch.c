/*
 * Changes one value of an entry file and nothing else: compares the tree of the
 * file with the tree that is wanted, turns every difference into the smallest
 * byte range (span.c), and reads the result again to be sure.  Not for making
 * files: that is emit.c.
 */
#include "data/yaml/patch.h"

#include <string.h>

#include <glib/gi18n.h>

#include "base/errors.h"
#include "data/path.h"

/* As node_equal(), but the order of a map's keys says nothing. */
static bool same_tree(const struct node *a, const struct node *b)
{
	if (a->type != b->type)
		return false;
	if (a->type == NODE_SCALAR)
		return strcmp(a->text, b->text) == 0;
	if (a->children->len != b->children->len)
		return false;
	for (guint i = 0, at = 0; i < a->children->len; i++) {
		const struct node *x = a->children->pdata[i];
		const struct node *y =
			a->type == NODE_MAP ? node_get_next(b, x->key, &at) : b->children->pdata[i];
		if (!y || !same_tree(x, y))
			return false;
	}
	return true;
}

/* --- layout ------------------------------------------------------------------------ */

static bool find_list_step(const struct node *node, guint *step)
{
	if (node->type == NODE_SCALAR || node->flow)
		return false;
	for (guint i = 0; i < node->children->len; i++) {
		const struct node *child = node->children->pdata[i];
		if (node->type == NODE_MAP && child->type == NODE_LIST && !child->flow &&
		    child->start.col >= child->key_start.col) {
			*step = child->start.col - child->key_start.col;
			return true;
		}
		if (find_list_step(child, step))
			return true;
	}
	return false;
}

static bool find_map_step(const struct node *node, guint *step)
{
	if (node->type == NODE_SCALAR || node->flow)
		return false;
	for (guint i = 0; i < node->children->len; i++) {
		const struct node *child = node->children->pdata[i];
		if (node->type == NODE_MAP && child->type == NODE_MAP && !child->flow &&
		    child->start.col > child->key_start.col) {
			*step = child->start.col - child->key_start.col;
			return true;
		}
		if (find_map_step(child, step))
			return true;
	}
	return false;
}

static struct layout find_layout(const char *text, gsize length, const struct node *root)
{
	struct layout layout = { .step = 2, .list_step = 2, .eol = "\n" };
	const char *newline = memchr(text, '\n', length);

	if (newline && newline > text && newline[-1] == '\r')
		layout.eol = "\r\n";
	bool list = find_list_step(root, &layout.list_step);
	if (!find_map_step(root, &layout.step) && list && layout.list_step > 0)
		layout.step = layout.list_step;
	return layout;
}

/* --- values ------------------------------------------------------------------------ */

/* Where a value stands: what decides how it may be written. */
struct place {
	const struct field *field;
	const struct node *holder; /* list or map that holds it */
	bool flow;
	guint column; /* 0-based, of its key or dash */
};

static gsize behind_colon(const struct patch *patch, const struct node *node)
{
	gsize at = node->key_end.byte;
	while (at < node->start.byte && patch->text[at] != ':')
		at++;
	return at < patch->length && patch->text[at] == ':' ? at + 1 : at;
}

/* How far the lines of a `|` are indented. */
static guint block_indent(const struct patch *patch, const struct node *old, guint otherwise)
{
	gsize line = patch_next_line(patch, old->start.byte);
	gsize at = line;
	while (at < old->end.byte && patch->text[at] == ' ')
		at++;
	return at < old->end.byte && patch->text[at] != '\r' && patch->text[at] != '\n'
		       ? (guint)(at - line)
		       : otherwise;
}

/* Replaces a `|` or `>` by a `|` or `>`, keeping a comment behind it. */
static void replace_block(struct patch *patch, const struct place *place, const struct node *old,
			  const char *text)
{
	guint indent = block_indent(patch, old, place->column + patch->layout.step);
	GString *out = g_string_new(NULL);
	gsize header = old->start.byte + 1;
	gsize header_end = patch_line_end(patch, header);

	emit_block(out, text, indent, patch->layout.eol);
	const char *newline = strchr(text, '\n');
	if (old->quote == '>' && (!newline || newline[1] == '\0'))
		out->str[0] = '>';
	while (header < header_end && strchr("+-0123456789", patch->text[header]))
		header++;
	const char *first_line = strpbrk(out->str, "\r\n");
	if (first_line)
		g_string_insert_len(out, first_line - out->str, patch->text + header,
				    (gssize)(header_end - header));
	patch_replace(patch, old->start.byte, old->end.byte, g_string_free(out, FALSE));
}

static void replace_scalar(struct patch *patch, const struct place *place, const struct node *old,
			   const char *text)
{
	bool prose = place->field && place->field->type == FIELD_PROSE && !place->flow;
	bool block = old->quote == '|' || old->quote == '>';

	if (block && *text && scalar_fits_block(text)) {
		replace_block(patch, place, old, text);
		return;
	}
	GString *out = g_string_new(NULL);
	if (prose && strchr(text, '\n') && scalar_fits_block(text) &&
	    patch_is_blank(patch, old->end.byte, patch_line_end(patch, old->end.byte), false)) {
		emit_block(out, text, place->column + patch->layout.step, patch->layout.eol);
	} else {
		char quote = old->quote == '\'' || old->quote == '"' ? old->quote : '\0';
		g_autofree char *written = scalar_write(place->field, text, quote, place->flow);
		g_string_append(out, written);
	}
	patch_replace(patch, old->start.byte, old->end.byte, g_string_free(out, FALSE));
}

/* A key or a dash without value gets one. */
static void fill_empty(struct patch *patch, const struct place *place, const struct node *old,
		       const struct node *new)
{
	GString *out = g_string_new(NULL);
	gsize at = old->start.byte;

	if (place->flow) {
		bool colon = at > 0 && patch->text[at - 1] == ':';
		g_string_append(out, place->holder->type == NODE_MAP && !colon ? ": " : " ");
		emit_flow(out, place->field, new);
	} else if (place->holder->type == NODE_LIST) {
		g_string_append_c(out, ' ');
		emit_item(out, place->field, new, place->column, false, &patch->layout);
	} else {
		emit_value(out, place->field, new, place->column, &patch->layout);
		gsize end = patch_line_end(patch, at);
		if (*out->str != ' ') { /* below, past a comment on the key's own line */
			at = end;
		} else if (strchr(out->str, '\n') && !patch_is_blank(patch, at, end, false)) {
			g_autofree char *quoted = scalar_write(place->field, new->text, '"', false);
			g_string_printf(out, " %s", quoted);
		}
	}
	patch_replace(patch, at, at, g_string_free(out, FALSE));
}

/* A value of another shape: written anew in the place of the old one. */
static void replace_value(struct patch *patch, const struct place *place, const struct node *old,
			  const struct node *new)
{
	GString *out = g_string_new(NULL);
	gsize from = old->start.byte;

	if (place->flow) {
		emit_flow(out, place->field, new);
	} else if (place->holder->type == NODE_LIST) {
		emit_item(out, place->field, new, place->column, old->flow, &patch->layout);
	} else {
		emit_value(out, place->field, new, place->column, &patch->layout);
		from = behind_colon(patch, old);
	}
	patch_replace(patch, from, old->end.byte, g_string_free(out, FALSE));
}

/* --- differences --------------------------------------------------------------------- */

static void diff_value(struct patch *patch, const struct place *place, const struct node *old,
		       const struct node *new);

static struct place child_place(const struct holder *holder, const struct node *child)
{
	bool map = holder->node->type == NODE_MAP;
	return (struct place){
		.field = map ? child_field(holder->type, child) : holder->field,
		.holder = holder->node,
		.flow = holder->node->flow,
		.column = (map ? child->key_start.col : holder->node->start.col) - 1,
	};
}

static bool stays(const struct node *new, const struct node *child, guint *at)
{
	return node_get_next(new, child->key, at) != NULL;
}

static void diff_map(struct patch *patch, const struct holder *holder, const struct node *new)
{
	const struct nodes *old = holder->node->children;
	guint at = 0;

	for (guint i = 0; i < old->len; i++) {
		const struct node *child = old->pdata[i];
		const struct node *wanted = node_get_next(new, child->key, &at);
		if (wanted) {
			struct place place = child_place(holder, child);
			diff_value(patch, &place, child, wanted);
			continue;
		}
		guint end = i + 1;
		while (end < old->len && !stays(new, old->pdata[end], &at))
			end++;
		patch_remove(patch, holder, i, end);
		i = end - 1;
	}
	/* New keys stand behind the key they follow in the wanted tree. */
	guint beside = 0;
	bool before = true;
	while (beside < old->len && !stays(new, old->pdata[beside], &at))
		beside++;
	if (beside == old->len) /* nothing of the map stays: not a change of it */
		return;
	at = 0;
	for (guint i = 0; i < new->children->len; i++) {
		const struct node *child = new->children->pdata[i];
		if (!node_get_next(holder->node, child->key, &at)) {
			patch_insert(patch, holder, beside, before, child);
		} else {
			beside = at - 1;
			before = false;
		}
	}
}

/* Whether old items [head, head + n) are there in another order, and only that. */
static bool reorder(struct patch *patch, const struct holder *holder, const struct node *new,
		    guint head, guint n)
{
	g_autofree guint *order = g_new(guint, (gsize)n + 1);
	g_autofree bool *taken = g_new0(bool, (gsize)n + 1);

	for (guint i = 0; i < n; i++) {
		guint at = 0;
		while (at < n && (taken[at] || !same_tree(holder->node->children->pdata[head + at],
							  new->children->pdata[head + i])))
			at++;
		if (at == n)
			return false;
		taken[at] = true;
		order[i] = at;
	}
	return patch_permute(patch, holder, head, n, order);
}

static void diff_list(struct patch *patch, const struct holder *holder, const struct node *new)
{
	const struct nodes *old = holder->node->children;
	guint n = old->len, m = new->children->len;
	guint head = 0, tail = 0;

	while (head < MIN(n, m) && same_tree(old->pdata[head], new->children->pdata[head]))
		head++;
	while (tail < MIN(n, m) - head &&
	       same_tree(old->pdata[n - 1 - tail], new->children->pdata[m - 1 - tail]))
		tail++;
	guint pairs = MIN(n, m) - head - tail;
	if (n == m && pairs > 1 && reorder(patch, holder, new, head, pairs))
		return;
	for (guint i = head; i < head + pairs; i++) {
		struct place place = child_place(holder, old->pdata[i]);
		diff_value(patch, &place, old->pdata[i], new->children->pdata[i]);
	}
	head += pairs;
	if (n > m)
		patch_remove(patch, holder, head, n - tail);
	for (guint i = head; i < m - tail; i++)
		patch_insert(patch, holder, head > 0 ? head - 1 : 0, head == 0,
			     new->children->pdata[i]);
}

static bool shares_key(const struct node *old, const struct node *new)
{
	for (guint i = 0; i < old->children->len; i++) {
		if (node_get(new, ((const struct node *)old->children->pdata[i])->key))
			return true;
	}
	return false;
}

static void diff_value(struct patch *patch, const struct place *place, const struct node *old,
		       const struct node *new)
{
	struct holder holder = { old, place->field, child_type(place->field) };

	if (same_tree(old, new))
		return;
	if (old->type == NODE_SCALAR && old->plain && *old->text == '\0')
		fill_empty(patch, place, old, new);
	else if (old->type == NODE_SCALAR && new->type == NODE_SCALAR)
		replace_scalar(patch, place, old, new->text);
	else if (old->type == NODE_MAP && new->type == NODE_MAP && shares_key(old, new))
		diff_map(patch, &holder, new);
	else if (old->type == NODE_LIST && new->type == NODE_LIST && old->children->len > 0 &&
		 new->children->len > 0)
		diff_list(patch, &holder, new);
	else
		replace_value(patch, place, old, new);
}

/* --- the whole ------------------------------------------------------------------------ */

static struct node *read_or_fail(const char *text, gsize length, GError **error)
{
	struct findings *findings = findings_new();
	struct node *root = yaml_read(text, length, NULL, findings);
	if (!root && error) {
		const struct finding *first = findings->all->pdata[0];
		g_set_error(error, TELAR_ERROR, TELAR_ERROR_DATA,
			    _("the file has an error on line %u: %s"), first->line, first->message);
		error_add_hint(error, first->hint);
	}
	findings_free(findings);
	return root;
}

static bool reads_as(const GString *out, const struct node *wanted)
{
	struct node *again = read_or_fail(out->str, out->len, NULL);
	bool same = again && same_tree(again, wanted);
	node_free(again);
	return same;
}

static bool verify(const struct patch *patch, GString *out, const struct node *wanted,
		   const char *path, GError **error)
{
	if (reads_as(out, wanted))
		return true;
	/* A `|` at the end of a file without final newline has lost its own. */
	if (out->len > 0 && out->str[out->len - 1] != '\n') {
		g_string_append(out, patch->layout.eol);
		if (reads_as(out, wanted))
			return true;
	}
	if (out->len > YAML_FILE_MAX) {
		g_set_error(error, TELAR_ERROR, TELAR_ERROR_DATA,
			    _("the entry would be larger than %d KiB"), YAML_FILE_MAX / 1024);
		return false;
	}
	g_set_error(error, TELAR_ERROR, TELAR_ERROR_INTERNAL,
		    _("\"%s\" cannot be changed without touching the rest of the file"), path);
	error_add_hint(error, _("change it in the file itself"));
	return false;
}

/* What leads from the text of `root` to the text of `wanted`; frees both. */
static bool patch_to(const struct record_type *type, const char *text, gsize length,
		     struct node *root, struct node *wanted, const char *path, GString *out,
		     GError **error)
{
	struct patch patch = { .text = text, .length = length };
	patch.begin = length >= 3 && memcmp(text, "\xEF\xBB\xBF", 3) == 0 ? 3 : 0;
	patch.layout = find_layout(text, length, root);
	patch.edits = g_array_new(FALSE, FALSE, sizeof(struct edit));
	struct holder holder = { root, NULL, type };
	if (!same_tree(root, wanted))
		diff_map(&patch, &holder, wanted);
	GString *result = g_string_sized_new(length + 256);
	if (!patch_apply(&patch, result))
		g_string_truncate(result, 0);
	bool done = verify(&patch, result, wanted, path, error);
	if (done) {
		g_string_truncate(out, 0);
		g_string_append_len(out, result->str, (gssize)result->len);
	}
	for (guint i = 0; i < patch.edits->len; i++)
		g_free(g_array_index(patch.edits, struct edit, i).text);
	g_array_unref(patch.edits);
	g_string_free(result, TRUE);
	node_free(wanted);
	node_free(root);
	return done;
}

bool yaml_patch(const struct record_type *type, const char *text, gsize length, const char *path,
		int position, const struct node *value, GString *out, GError **error)
{
	struct node *root = read_or_fail(text, length, error);
	if (!root)
		return false;
	struct node *wanted = node_copy(root);
	const struct field *field = path_field(type, path, NULL);
	struct node *put = value ? node_ordered(field, child_type(field), value) : NULL;
	if (!node_put(type, wanted, path, position, put, error)) {
		node_free(wanted);
		node_free(root);
		return false;
	}
	return patch_to(type, text, length, root, wanted, path, out, error);
}

bool yaml_move(const struct record_type *type, const char *text, gsize length, const char *list,
	       guint from, guint to, GString *out, GError **error)
{
	struct node *root = read_or_fail(text, length, error);
	if (!root)
		return false;
	struct node *wanted = node_copy(root);
	struct node *items = node_find(type, wanted, list);
	if (!items || items->type != NODE_LIST || MAX(from, to) >= items->children->len) {
		g_set_error(error, TELAR_ERROR, TELAR_ERROR_USAGE,
			    _("%s has no item to move there"), list);
		node_free(wanted);
		node_free(root);
		return false;
	}
	struct node *moved = node_copy(items->children->pdata[from]);
	node_remove(items, from);
	node_insert(items, to, moved);
	return patch_to(type, text, length, root, wanted, list, out, error);
}
