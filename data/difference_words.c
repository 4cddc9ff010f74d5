/*
 * An op as a line for people: labels in place of keys, names in place of ids, what
 * came behind "+" and what went behind "−".  Partnerships are said as one says
 * them: "+ Training with INNOVEC since 2023".
 */
#include "data/difference.h"

#include "base/text.h"
#include "data/path.h"

#include <glib/gi18n.h>
#include <string.h>

#define VALUE_COLUMNS 72 /* of a value: whole texts are in the entry */

/* --- values ----------------------------------------------------------------------------- */

/* A value as it stands in a tree: one word, or several joined. */
static char *node_words(const struct model *model, const struct field *field,
			const struct node *node)
{
	GString *text = g_string_new(NULL);

	if (node->type == NODE_SCALAR) {
		g_autofree char *value = model_value_text(model, field, node->text);

		g_string_append(text, value);
	}
	for (guint i = 0; node->type == NODE_LIST && i < node->children->len; i++) {
		const struct node *word = node->children->pdata[i];

		if (word->type == NODE_SCALAR)
			g_string_append_printf(text, "%s%s", text->len > 0 ? ", " : "",
					       model_word_text(model, field, word->text));
	}
	return g_string_free(text, FALSE);
}

/* A value as it stands in history, where lists are JSON; short enough for a line. */
static char *value_words(const struct model *model, const struct field *field, const char *text)
{
	struct node *list = field->flags & FIELD_MANY ? node_from_json(text, NULL) : NULL;
	g_autofree char *words =
		list ? node_words(model, field, list) : model_value_text(model, field, text);

	node_free(list);
	return text_fit(words, VALUE_COLUMNS, false);
}

static bool list_holds(const struct node *list, const char *word)
{
	for (guint i = 0; i < list->children->len; i++) {
		const struct node *item = list->children->pdata[i];

		if (item->type == NODE_SCALAR && strcmp(item->text, word) == 0)
			return true;
	}
	return false;
}

/* The words of `list` that `other` has not, each behind `sign`. */
static void append_rest(GString *out, const char *sign, const struct node *list,
			const struct node *other, const struct field *field,
			const struct model *model)
{
	for (guint i = 0; i < list->children->len; i++) {
		const struct node *item = list->children->pdata[i];

		if (item->type == NODE_SCALAR && !list_holds(other, item->text))
			g_string_append_printf(out, "%s%s %s", out->len > 0 ? ", " : "", sign,
					       model_word_text(model, field, item->text));
	}
}

/* "+ Climate, − Energy"; NULL where only the order changed. */
static char *list_words(const struct field *field, const struct op *op, const struct model *before,
			const struct model *after)
{
	struct node *was = node_from_json(op->old_text, NULL);
	struct node *is = node_from_json(op->new_text, NULL);
	GString *out = g_string_new(NULL);

	if (was && is && was->type == NODE_LIST && is->type == NODE_LIST) {
		append_rest(out, "+", is, was, field, after);
		append_rest(out, "−", was, is, field, before);
	}
	node_free(was);
	node_free(is);
	return g_string_free(out, out->len == 0);
}

/* --- where ------------------------------------------------------------------------------ */

/* "partners[innovec#2]" -> the name of innovec; an item without a name is its number. */
static char *item_key_name(const struct field *field, const char *item, const struct model *model)
{
	const struct field *key = field->sub ? record_key_field(field->sub) : NULL;
	g_autofree char *list = op_list_path(item);
	g_autofree char *inside =
		g_strndup(item + strlen(list) + 1, strlen(item) - strlen(list) - 2);
	char *number = strchr(inside, '#');

	if (number && key)
		*number = '\0';
	return g_strdup(key ? model_word_text(model, key, inside) : inside);
}

/* "Partners · INNOVEC" */
static char *item_name(const struct record_type *type, const char *item, const struct model *model)
{
	g_autofree char *list = op_list_path(item);
	const struct field *field = path_field(type, list, NULL);

	if (!field)
		return g_strdup(item);
	g_autofree char *name = item_key_name(field, item, model);
	return g_strdup_printf("%s · %s", _(field->label), name);
}

/* "Partners · INNOVEC: Since", "Address" */
static char *path_words(const struct record_type *type, const char *path, const struct field *field,
			const struct model *model)
{
	const char *dot = strrchr(path, '.');
	g_autofree char *item = dot ? g_strndup(path, (gsize)(dot - path)) : NULL;

	if (!item || !g_str_has_suffix(item, "]"))
		return g_strdup(_(field->label));
	g_autofree char *name = item_name(type, item, model);
	return g_strdup_printf("%s: %s", name, _(field->label));
}

char *path_text(const struct model *model, enum kind kind, const char *path)
{
	const struct record_type *type = record_type(kind);
	const struct field *field = path_field(type, path, NULL);

	if (g_str_has_suffix(path, "]"))
		return item_name(type, path, model);
	return field ? path_words(type, path, field, model) : g_strdup(path);
}

char *path_value_words(const struct model *model, enum kind kind, const char *path,
		       const char *text)
{
	const struct field *field = path_field(record_type(kind), path, NULL);
	bool plain = field && field->type != FIELD_ITEMS && field->type != FIELD_GROUP &&
		     !(field->flags & FIELD_PRIVATE) && !g_str_has_suffix(path, "]");

	return plain && text ? value_words(model, field, text) : NULL;
}

/* --- a field ---------------------------------------------------------------------------- */

/*
 * What a new status of a partnership means, where the name of the field and two words
 * would leave it to be guessed; NULL: nothing was or is denied or proposed.
 */
static char *status_words(const struct op *op, const struct model *before,
			  const struct model *after)
{
	g_autofree char *item = g_strndup(op->path, strlen(op->path) - strlen(".status"));
	g_autofree char *list = op_list_path(item);
	const struct field *partners = path_field(record_type(op->kind), list, NULL);
	const struct field *status = record_field(&partnership_type, "status");
	const char *is = op->new_text && *op->new_text ? op->new_text : NULL;
	const char *now = is ? model_word_text(after, status, is) : NULL;

	if (!partners || partners->sub != &partnership_type)
		return NULL;
	g_autofree char *name = item_key_name(partners, item, is ? after : before);
	if (!g_strcmp0(is, "denied"))
		return g_strdup_printf(_("denies working with %s"), name);
	if (!g_strcmp0(op->old_text, "denied"))
		return now ? g_strdup_printf(_("no longer denies working with %s; now: %s"), name,
					     now)
			   : g_strdup_printf(_("no longer denies working with %s"), name);
	if (!g_strcmp0(is, "proposed"))
		return g_strdup_printf(_("working with %s is now only proposed"), name);
	if (!g_strcmp0(op->old_text, "proposed"))
		return now ? g_strdup_printf(_("working with %s is no proposal any more; now: %s"),
					     name, now)
			   : g_strdup_printf(_("working with %s is no proposal any more"), name);
	return NULL;
}

static char *set_words(const struct op *op, const struct model *before, const struct model *after)
{
	const struct record_type *type = record_type(op->kind);
	const struct record_type *holder = NULL;
	const struct field *field = path_field(type, op->path, &holder);
	bool was = op->old_text && *op->old_text;
	bool is = op->new_text && *op->new_text;

	if (!field)
		return g_strdup(op->path);
	char *meant = field == record_field(&partnership_type, "status")
			      ? status_words(op, before, after)
			      : NULL;
	if (meant)
		return meant;
	g_autofree char *label = path_words(type, op->path, field, is ? after : before);
	if (field->flags & FIELD_PRIVATE)
		return g_strdup_printf(_("%s: changed"), label);
	if (was && is && (field->flags & FIELD_MANY)) {
		g_autofree char *words = list_words(field, op, before, after);
		return words ? g_strdup_printf("%s: %s", label, words)
			     : g_strdup_printf(_("%s: in another order"), label);
	}
	g_autofree char *old = was ? value_words(before, field, op->old_text) : NULL;
	g_autofree char *new = is ? value_words(after, field, op->new_text) : NULL;
	if (old && new)
		return strcmp(old, new) == 0 && strcmp(op->old_text, op->new_text) != 0
			       ? g_strdup_printf(_("%s: another text"), label)
			       : g_strdup_printf("%s: %s → %s", label, old, new);
	return g_strdup_printf("%s %s: %s", new ? "+" : "−", label, new ? new : old ? old : "");
}

/* --- an item ---------------------------------------------------------------------------- */

static const char *text_at(const struct node *map, const char *key)
{
	const struct node *node = node_get(map, key);

	return node && node->type == NODE_SCALAR && *node->text ? node->text : NULL;
}

/* " since 2021", " 2021–2023", "" */
static char *period_words(const struct node *map)
{
	const char *since = text_at(map, "since");
	const char *until = text_at(map, "until");
	g_autofree char *text = NULL;

	if (since && until)
		text = strcmp(since, until) ? g_strdup_printf("%s–%s", since, until)
					    : g_strdup(since);
	else if (since)
		text = g_strdup_printf(_("since %s"), since);
	else if (until)
		text = g_strdup_printf(_("until %s"), until);
	return g_strconcat(text ? " " : "", text, NULL);
}

static char *partnership_words(const struct model *model, const struct node *map)
{
	const struct field *with = record_field(&partnership_type, "with");
	const struct field *kinds = record_field(&partnership_type, "kinds");
	const struct field *status = record_field(&partnership_type, "status");
	const struct node *list = node_get(map, "kinds");
	const char *id = text_at(map, "with");
	const char *state = text_at(map, "status");
	g_autofree char *what = list ? node_words(model, kinds, list) : NULL;
	const char *name = model_word_text(model, with, id ? id : "?");
	g_autofree char *period = period_words(map);
	g_autofree char *whole = what && *what ? g_strdup_printf(_("%s with %s"), what, name)
					       : g_strdup_printf(_("works with %s"), name);

	if (state && strcmp(state, "active") != 0)
		return g_strdup_printf("%s%s (%s)", whole, period,
				       model_word_text(model, status, state));
	return g_strconcat(whole, period, NULL);
}

/* A denial comes and goes as what is said, not as a partnership; with kinds, of those alone. */
static char *denial_words(const struct model *model, const struct node *map, bool comes)
{
	const struct node *list = node_get(map, "kinds");
	const char *id = text_at(map, "with");
	const char *name =
		model_word_text(model, record_field(&partnership_type, "with"), id ? id : "?");
	g_autofree char *what =
		list ? node_words(model, record_field(&partnership_type, "kinds"), list) : NULL;
	g_autofree char *whole = g_strdup_printf(
		comes ? _("denies working with %s") : _("no longer denies working with %s"), name);

	return what && *what ? g_strdup_printf("%s (%s)", whole, what) : g_steal_pointer(&whole);
}

/* Every value of an item but addresses of sources, joined. */
static char *values_words(const struct model *model, const struct record_type *type,
			  const struct node *map)
{
	GString *text = g_string_new(NULL);

	for (guint i = 0; i < type->n_fields; i++) {
		const struct field *field = &type->fields[i];
		const struct node *node = node_get(map, field->key);

		if (!node || node->type == NODE_MAP || field->type == FIELD_ITEMS ||
		    strcmp(field->key, "source") == 0 || strcmp(field->key, "evidence") == 0)
			continue;
		g_autofree char *words = node_words(model, field, node);
		if (*words)
			g_string_append_printf(text, "%s%s", text->len > 0 ? " · " : "", words);
	}
	return g_string_free(text, FALSE);
}

char *path_item_words(const struct model *model, enum kind kind, const char *path, const char *json)
{
	g_autofree char *list = op_list_path(path);
	const struct field *field = path_field(record_type(kind), list, NULL);
	struct node *map = json && g_str_has_suffix(path, "]") ? node_from_json(json, NULL) : NULL;
	char *words = map && map->type == NODE_MAP && field && field->sub
			      ? values_words(model, field->sub, map)
			      : NULL;

	node_free(map);
	return words;
}

static char *item_words(const struct op *op, const struct model *before, const struct model *after)
{
	bool comes = op->verb == OP_INSERT;
	const struct model *model = comes ? after : before;
	const struct record_type *holder = NULL;
	g_autofree char *list = op_list_path(op->path);
	const struct field *field = path_field(record_type(op->kind), list, &holder);
	const char *json = comes ? op->new_text : op->old_text;
	struct node *map = json ? node_from_json(json, NULL) : NULL;
	const char *sign = comes ? "+" : "−";
	char *line = NULL;

	if (!map || map->type != NODE_MAP || !field || !field->sub) {
		line = g_strdup_printf("%s %s", sign, op->path);
	} else if (field->sub == &partnership_type &&
		   !g_strcmp0(text_at(map, "status"), "denied")) {
		line = denial_words(model, map, comes);
	} else if (field->sub == &partnership_type) {
		g_autofree char *words = partnership_words(model, map);
		line = g_strdup_printf("%s %s", sign, words);
	} else {
		g_autofree char *words = values_words(model, field->sub, map);
		g_autofree char *brief = text_fit(words, VALUE_COLUMNS, false);
		line = g_strdup_printf("%s %s: %s", sign, _(field->label), brief);
	}
	node_free(map);
	return line;
}

char *op_words(const struct op *op, const struct model *before, const struct model *after)
{
	switch (op->verb) {
	case OP_SET:
		return set_words(op, before, after);
	case OP_INSERT:
	case OP_REMOVE:
		return item_words(op, before, after);
	case OP_CREATE:
		return g_strdup(_("new"));
	case OP_DELETE:
		return g_strdup(_("deleted"));
	}
	return g_strdup("");
}
