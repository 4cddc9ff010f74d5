/*
 * What a change did, for people: names and labels in the language of the process.
 * History stores words that no language changes (change_summary()); here they are
 * read again when they are shown.
 */
#include "data/model.h"
#include "data/op.h"
#include "data/path.h"

#include <stdio.h>
#include <string.h>

#include <glib/gi18n.h>

#include "base/clock.h"
#include "base/context.h"

#define WORDS_SHOWN 4

static void add_word(GString *out, GPtrArray *seen, const char *word)
{
	if (g_ptr_array_find_with_equal_func(seen, word, g_str_equal, NULL))
		return;
	g_ptr_array_add(seen, (gpointer)(guintptr)word);
	if (seen->len <= WORDS_SHOWN)
		g_string_append_printf(out, "%s%s", out->len > 0 ? ", " : "", word);
	else if (seen->len == WORDS_SHOWN + 1)
		g_string_append(out, ", …");
}

/* What is gone, or not there yet in this model, still has the name that the op holds. */
static const char *op_name(const struct model *model, const struct op *op, GStringChunk *texts)
{
	const char *json = op->verb == OP_DELETE ? op->old_text : op->new_text;
	bool whole = op->verb == OP_CREATE || op->verb == OP_DELETE;

	if (model_get(model, op->kind, op->id) || !whole || !json)
		return model_name(model, op->kind, op->id, true);
	struct node *root = node_from_json(json, NULL);
	const struct node *name = root ? node_get(root, "short_name") : NULL;

	name = name || !root ? name : node_get(root, "name");
	const char *text = g_string_chunk_insert(texts, name && name->text ? name->text : op->id);
	node_free(root);
	return text;
}

/* The label of the field that the path begins with: "partners[innovec].since" is of partners. */
static const char *op_label(const struct op *op)
{
	g_autofree char *key = g_strndup(op->path, strcspn(op->path, ".["));
	const struct field *field = record_field(record_type(op->kind), key);

	return field ? _(field->label) : op->path;
}

/* --- ties --------------------------------------------------------------------------------- */

/* What an op says of a partner: the id, NULL for others.  Caller frees. */
static char *op_partner(const struct op *op)
{
	const char *json = op->verb == OP_INSERT ? op->new_text : op->old_text;
	const char *at = g_str_has_prefix(op->path, "partners[") ? strchr(op->path, '[') + 1 : NULL;

	if (op->kind != KIND_INSTITUTION || !g_str_has_prefix(op->path, "partners"))
		return NULL;
	if (at && *at != '#')
		return g_strndup(at, strcspn(at, "]#"));
	struct node *item = json && op->verb != OP_SET ? node_from_json(json, NULL) : NULL;
	const struct node *with = item ? node_get(item, "with") : NULL;
	char *id = with && with->text ? g_strdup(with->text) : NULL;

	node_free(item);
	return id;
}

/* The fields of an entry that were set: "Since, Kinds".  Caller frees. */
static char *tie_labels(const struct change *change)
{
	g_autoptr(GPtrArray) labels = g_ptr_array_new();
	GString *label = g_string_new(NULL);

	for (guint i = 0; i < change->ops->len; i++) {
		const struct op *op = g_ptr_array_index(change->ops, i);
		const struct field *field = path_field(record_type(op->kind), op->path, NULL);

		if (op->verb == OP_SET && field)
			add_word(label, labels, _(field->label));
	}
	return g_string_free(label, FALSE);
}

/* All of it is about the partnership of two; NULL: it is not, or no sentence says what. */
static char *tie_text(const struct model *model, const struct change *change)
{
	const struct op *first = g_ptr_array_index(change->ops, 0);
	g_autofree char *other = op_partner(first);
	bool inserts = true, removes = true;

	for (guint i = 0; i < change->ops->len; i++) {
		const struct op *op = g_ptr_array_index(change->ops, i);
		g_autofree char *with = op_partner(op);
		bool same = strcmp(op->id, first->id) == 0 && g_strcmp0(with, other) == 0;
		bool turned = g_strcmp0(op->id, other) == 0 && g_strcmp0(with, first->id) == 0;

		if (!with || (!same && !turned))
			return NULL;
		inserts = inserts && op->verb == OP_INSERT;
		removes = removes && op->verb == OP_REMOVE;
	}
	const char *a = model_name(model, KIND_INSTITUTION, first->id, true);
	const char *b = model_name(model, KIND_INSTITUTION, other, true);

	if (inserts)
		return g_strdup_printf(_("%s with %s: new partnership"), a, b);
	if (removes)
		return g_strdup_printf(_("%s with %s: partnership removed"), a, b);
	g_autofree char *labels = tie_labels(change);
	return *labels ? g_strdup_printf(_("%s with %s: %s"), a, b, labels) : NULL;
}

/* --- all others --------------------------------------------------------------------------- */

static guint count_verb(const struct change *change, enum op_verb verb)
{
	guint n = 0;

	for (guint i = 0; i < change->ops->len; i++)
		n += ((const struct op *)g_ptr_array_index(change->ops, i))->verb == verb;
	return n;
}

/* Of several entries: removed ones, or others. */
static char *entries_text(const struct model *model, const struct change *change, guint n,
			  const char *names, GStringChunk *texts)
{
	const struct op *first = g_ptr_array_index(change->ops, 0);
	guint deleted = count_verb(change, OP_DELETE);

	if (deleted == n && n == change->ops->len)
		return g_strdup_printf(
			ngettext("%u entry deleted: %s", "%u entries deleted: %s", n), n, names);
	if (deleted == 1 && first->verb == OP_DELETE)
		return g_strdup_printf(
			ngettext("%s: deleted, with what %u other entry said of it",
				 "%s: deleted, with what %u other entries said of it", n - 1),
			op_name(model, first, texts), n - 1);
	return g_strdup_printf(ngettext("%u entry: %s", "%u entries: %s", n), n, names);
}

static char *ops_text(const struct model *model, const struct change *change)
{
	g_autoptr(GPtrArray) names = g_ptr_array_new(), labels = g_ptr_array_new();
	g_autoptr(GString) name = g_string_new(NULL), label = g_string_new(NULL);
	GStringChunk *texts = g_string_chunk_new(64);
	const struct op *first = g_ptr_array_index(change->ops, 0);
	char *text = tie_text(model, change);

	for (guint i = 0; !text && i < change->ops->len; i++) {
		const struct op *op = g_ptr_array_index(change->ops, i);

		add_word(name, names, op_name(model, op, texts));
		add_word(label, labels, op_label(op));
	}
	if (text)
		;
	else if (names->len > 1)
		text = entries_text(model, change, names->len, name->str, texts);
	else if (first->verb == OP_CREATE)
		text = g_strdup_printf(_("%s: new"), name->str);
	else if (first->verb == OP_DELETE)
		text = g_strdup_printf(_("%s: deleted"), name->str);
	else
		text = g_strdup_printf("%s: %s", name->str, label->str);
	g_string_chunk_free(texts);
	return text;
}

/* --- what a change says of itself ---------------------------------------------------------- */

/* Deeds of one institution with another: the word, and both ids behind it. */
static const struct {
	const char *word, *sentence;
} deeds[] = {
	{ DEED_PROPOSED, N_("proposed: %s with %s") },
	{ DEED_CONFIRMED, N_("%s confirms its partnership with %s") },
	{ DEED_DENIED, N_("%s says that its partnership with %s does not hold") },
};

char *change_deed(const char *deed, const char *from, const char *to)
{
	return g_strdup_printf("%s: %s %s", deed, from, to);
}

/* A sentence with both names, in its own order. */
static char *deed_text(const struct model *model, const char *summary)
{
	g_auto(GStrv) words = g_strsplit(summary, " ", 4);
	const char *sentence = NULL;

	for (guint i = 0; i < G_N_ELEMENTS(deeds) && g_strv_length(words) == 3; i++)
		if (g_str_has_prefix(words[0], deeds[i].word) &&
		    strcmp(words[0] + strlen(deeds[i].word), ":") == 0)
			sentence = _(deeds[i].sentence);
	if (!sentence)
		return NULL;
	g_auto(GStrv) parts = g_strsplit(sentence, "%s", 3);

	return g_strv_length(parts) < 3
		       ? g_strdup(sentence)
		       : g_strconcat(parts[0], model_name(model, KIND_INSTITUTION, words[1], true),
				     parts[1], model_name(model, KIND_INSTITUTION, words[2], true),
				     parts[2], NULL);
}

/* "G2:co-quindio: proposed"; NULL: it is no move of a gap. */
static char *gap_text(const struct change *change, const char *summary, gap_title title, void *data)
{
	const struct op *op = g_ptr_array_index(change->ops, 0);
	const char *status = strstr(summary, ": ");

	if (op->kind != KIND_GAPS || !status)
		return NULL;
	g_autofree char *id = g_strndup(summary, (gsize)(status - summary));
	g_autofree char *known = title ? title(data, id) : NULL;
	const struct choice *choice = choice_gap_status;

	for (status += 2; choice->id && strcmp(choice->id, status) != 0;)
		choice++;
	/* TRANSLATORS: who will see to a gap that others found. */
	g_autofree char *owner = choice->id ? NULL : g_strdup_printf(_("%s sees to it"), status);
	status = owner ? owner : in_context(choice->label);
	/* First what is short, so that a narrow screen cuts the title. */
	return known ? g_strdup_printf("%s: %s", status, known)
		     : g_strdup_printf("%s: %s", id, status);
}

/* "a: partners[b], city" as "a: partners, city". */
static char *without_items(const char *summary)
{
	const char *colon = strstr(summary, ": "), *paths = colon ? colon + strlen(": ") : summary;
	g_auto(GStrv) words = g_strsplit(paths, ", ", -1);
	g_autoptr(GPtrArray) met = g_ptr_array_new();
	GString *out = g_string_new(NULL);

	for (guint i = 0; words[i]; i++) {
		words[i][strcspn(words[i], "[")] = '\0';
		add_word(out, met, words[i]);
	}
	g_string_prepend_len(out, summary, paths - summary);
	return g_string_free(out, FALSE);
}

/* Whether `summary` is that of the ops alone: taken back twice they know no item's key any more. */
static bool is_neutral(const struct change *change, const char *summary)
{
	g_autofree char *neutral = change_summary(change);
	g_autofree char *wanted = without_items(neutral);
	g_autofree char *given = without_items(summary);

	return strcmp(given, wanted) == 0;
}

/* `change` as it was done, of which `summary` was kept. */
static char *done_text(const struct model *model, const struct change *change, const char *summary,
		       gap_title title, void *data)
{
	char *text = NULL;

	if (!*summary || is_neutral(change, summary))
		return ops_text(model, change);
	text = deed_text(model, summary);
	text = text ? text : gap_text(change, summary, title, data);
	/* What an import says of itself stays. */
	return text ? text : g_strdup(summary);
}

const char *actor_text(const char *actor)
{
	/* TRANSLATORS: who made a change: the entry files, which somebody edited by hand. */
	return g_strcmp0(actor, ACTOR_FILES) == 0 ? _("files") : actor;
}

char *proposal_text(gint64 at, const char *actor)
{
	g_autofree char *day = clock_local(at);

	day[strcspn(day, " ")] = '\0';
	return g_strdup_printf(_("proposed on %s by %s"), day, actor_text(actor));
}

char *change_text_titled(const struct model *model, const struct change *change, gap_title title,
			 void *data)
{
	const char *summary = change->summary ? change->summary : "";
	guint files;

	if (change->ops->len == 0 && sscanf(summary, "first read: %u", &files) == 1)
		return g_strdup_printf(
			ngettext("first read: %u file", "first read: %u files", files), files);
	if (change->ops->len == 0 && sscanf(summary, "read anew: %u", &files) == 1)
		return g_strdup_printf(ngettext("read anew by another version: %u file",
						"read anew by another version: %u files", files),
				       files);
	if (change->ops->len == 0)
		return g_strdup(summary);
	if (change->undoes != 0 && g_str_has_prefix(summary, "redo: ")) {
		g_autofree char *what =
			done_text(model, change, summary + strlen("redo: "), title, data);

		return g_strdup_printf(_("redo: %s"), what);
	}
	if (change->undoes != 0 && g_str_has_prefix(summary, "undo: ")) {
		struct change *was = change_inverse(change);
		g_autofree char *what =
			done_text(model, was, summary + strlen("undo: "), title, data);

		change_free(was);
		return g_strdup_printf(_("undo: %s"), what);
	}
	return done_text(model, change, summary, title, data);
}

char *change_text(const struct model *model, const struct change *change)
{
	return change_text_titled(model, change, NULL, NULL);
}

/* --- what may leave the program -------------------------------------------------------------- */

static void drop_private(const struct record_type *type, struct node *map)
{
	for (guint i = map->children->len; i > 0; i--) {
		struct node *child = g_ptr_array_index(map->children, i - 1);
		const struct field *field = record_field(type, child->key);

		if (!field)
			continue;
		if (field->flags & FIELD_PRIVATE) {
			node_remove(map, i - 1);
		} else if (field->sub && child->type == NODE_MAP) {
			drop_private(field->sub, child);
		} else if (field->sub && child->type == NODE_LIST) {
			for (guint j = 0; j < child->children->len; j++) {
				struct node *item = g_ptr_array_index(child->children, j);
				if (item->type == NODE_MAP)
					drop_private(field->sub, item);
			}
		}
	}
}

char *op_public_text(const struct op *op, const char *text)
{
	const struct record_type *type = record_type(op->kind), *holder = NULL;
	const struct field *field = *op->path ? path_field(type, op->path, &holder) : NULL;

	if (!text || (field && field->flags & FIELD_PRIVATE))
		return NULL;
	if (field && !field->sub)
		return g_strdup(text);
	struct node *tree = node_from_json(text, NULL);
	if (!tree || tree->type != NODE_MAP) {
		node_free(tree);
		return g_strdup(text);
	}
	drop_private(field ? field->sub : type, tree);
	char *left = node_to_json(tree);
	node_free(tree);
	return left;
}
