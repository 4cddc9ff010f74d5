/*
 * Two states of a network compared: which records came, went or changed.  How a
 * single change reads is difference_words.c.
 */
#include "data/difference.h"

#include "data/node.h"

#include <string.h>

static void difference_free(struct difference *difference)
{
	if (!difference)
		return;
	g_free(difference->id);
	g_free(difference->name);
	change_free(difference->change);
	g_ptr_array_unref(difference->lines);
	g_free(difference);
}

static void destroy_difference(gpointer difference)
{
	difference_free(difference);
}

static struct difference *difference_new(enum difference_verb verb, enum kind kind, const char *id,
					 const struct model *named_in)
{
	struct difference *difference = g_new0(struct difference, 1);

	difference->verb = verb;
	difference->kind = kind;
	difference->id = g_strdup(id);
	difference->name = g_strdup(model_name(named_in, kind, id, true));
	difference->change = change_new();
	difference->lines = g_ptr_array_new_with_free_func(g_free);
	return difference;
}

/* Of a new record its ties are told, not every field: those came with it. */
static void add_ties(struct difference *difference, const struct node *tree,
		     const struct model *before, const struct model *after)
{
	static const char *const lists[] = { "memberships", "partners", "participants" };
	struct change *change = change_new();

	for (guint i = 0; i < G_N_ELEMENTS(lists); i++) {
		const struct node *list = node_get(tree, lists[i]);

		for (guint j = 0; list && j < list->children->len; j++) {
			g_autofree char *json = node_to_json(list->children->pdata[j]);
			const struct op *op = change_insert(change, difference->kind,
							    difference->id, lists[i], json);
			g_ptr_array_add(difference->lines, op_words(op, before, after));
		}
	}
	change_free(change);
}

static struct difference *compare(enum kind kind, const char *id, const void *was, const void *is,
				  const struct model *before, const struct model *after)
{
	const struct record_type *type = record_type(kind);
	enum difference_verb verb = !was  ? DIFFERENCE_NEW
				    : !is ? DIFFERENCE_GONE
					  : DIFFERENCE_CHANGED;
	struct difference *difference =
		difference_new(verb, kind, id, verb == DIFFERENCE_GONE ? before : after);
	struct node *a = was ? node_from_record(type, was) : NULL;
	struct node *b = is ? node_from_record(type, is) : NULL;

	change_diff(difference->change, kind, id, a, b);
	if (verb == DIFFERENCE_NEW)
		add_ties(difference, b, before, after);
	for (guint i = 0; verb == DIFFERENCE_CHANGED && i < difference->change->ops->len; i++)
		g_ptr_array_add(difference->lines,
				op_words(difference->change->ops->pdata[i], before, after));
	node_free(a);
	node_free(b);
	return difference;
}

/* Both in order of id: one pass over the two. */
static void compare_kind(enum kind kind, const struct model *before, const struct model *after,
			 GPtrArray *out)
{
	const struct record_type *type = record_type(kind);
	guint i = 0;
	guint j = 0;

	while (i < before->n[kind] || j < after->n[kind]) {
		const void *was = i < before->n[kind] ? before->records[kind][i] : NULL;
		const void *is = j < after->n[kind] ? after->records[kind][j] : NULL;
		const char *a = was ? RECORD(was)->id : NULL;
		const char *b = is ? RECORD(is)->id : NULL;
		int order = !a ? 1 : !b ? -1 : strcmp(a, b);

		i += order <= 0;
		j += order >= 0;
		if (order != 0)
			g_ptr_array_add(out,
					compare(kind, order < 0 ? a : b, order < 0 ? was : NULL,
						order > 0 ? is : NULL, before, after));
		else if (!record_equal(type, was, is))
			g_ptr_array_add(out, compare(kind, a, was, is, before, after));
	}
}

GPtrArray *model_differences(const struct model *before, const struct model *after)
{
	GPtrArray *out = g_ptr_array_new_with_free_func(destroy_difference);

	for (guint k = 0; k < KIND_COUNT; k++)
		compare_kind((enum kind)k, before, after, out);
	return out;
}
