/*
 * What a form is about to change, before anything is saved: of a field what stood there
 * and what will, of a list which items come, go and change.  Only words; asking and saving
 * are the form view's.
 */
#include "tui/views/review.h"

#include <string.h>

#include <glib/gi18n.h>

#include "base/text.h"
#include "data/path.h"

struct review {
	struct page *page;
	const struct model *model;
	int label, columns;
};

static void review_line(const struct review *review, const char *label, const char *text)
{
	g_autofree char *fitted = text_fit(label, review->label, true);
	guint first = review->page->lines->len;

	page_wrap(review->page, review->label + 1, MAX(review->columns - review->label - 1, 1),
		  STYLE_NORMAL, text, NULL);
	if (review->page->lines->len > first)
		page_mark(review->page, first, 0, STYLE_DIM, fitted);
}

static void review_value(const struct review *review, const struct form *form,
			 const struct form_row *row)
{
	g_autofree char *value = form_row_value(row);
	g_autofree char *before = form_value_text(review->model, row->field, row->base);
	g_autofree char *after = form_value_text(review->model, row->field, value);
	g_autofree char *both = g_strdup_printf("%s → %s", before, after);

	review_line(review, _(row->field->label), form->adding ? after : both);
}

/* --- items --------------------------------------------------------------------------- */

static char *value_text(const struct model *model, const struct field *field,
			const struct node *item)
{
	const struct node *node = node_get(item, field->key);
	g_autofree char *value = !node			     ? NULL
				 : node->type == NODE_SCALAR ? g_strdup(node->text)
							     : node_to_json(node);

	return form_value_text(model, field, value);
}

/* "Content · rivers: What it is about: rivers → lakes". */
static char *changed_text(const struct model *model, const struct record_type *type,
			  const struct node *was, const struct node *is)
{
	g_autofree char *name = form_item_text(model, type, was);
	GString *out = g_string_new(NULL);

	g_string_append_printf(out, "%s:", name);
	for (guint i = 0; i < type->n_fields; i++) {
		const struct field *field = &type->fields[i];
		g_autofree char *before = value_text(model, field, was);
		g_autofree char *after = value_text(model, field, is);

		if (strcmp(before, after) != 0)
			g_string_append_printf(out, " %s: %s → %s.", _(field->label), before,
					       after);
	}
	return g_string_free(out, FALSE);
}

static guint length(const struct node *list)
{
	return list ? list->children->len : 0;
}

static bool same_key(const struct field *key, const struct node *a, const struct node *b)
{
	const struct node *one = node_get(a, key->key), *other = node_get(b, key->key);

	return one && other && node_equal(one, other);
}

/*
 * For each item that is there which one it was, -1 none: the same whole, else that of the
 * same key, else the next that is left over.
 */
static int *match(const struct record_type *type, const struct node *was, const struct node *is,
		  bool *used)
{
	const struct field *key = record_key_field(type);
	int *of = g_new(int, length(is) + 1);

	for (guint j = 0; j < length(is); j++)
		of[j] = -1;
	for (guint pass = 0; pass < 2; pass++)
		for (guint j = 0; j < length(is); j++)
			for (guint i = 0; i < length(was) && of[j] < 0; i++) {
				const struct node *a = was->children->pdata[i];
				const struct node *b = is->children->pdata[j];

				if (used[i] || !(pass == 0 ? node_equal(a, b)
						 : key	   ? same_key(key, a, b)
							   : true))
					continue;
				used[i] = true;
				of[j] = (int)i;
			}
	return of;
}

static void review_items(const struct review *review, const struct form_row *row)
{
	const struct record_type *type = row->field->sub;
	struct node *was = row->base ? node_from_json(row->base, NULL) : NULL;
	const struct node *is = row->items;
	g_autofree bool *used = g_new0(bool, length(was) + 1);
	g_autofree int *of = match(type, was, is, used);
	const char *label = _(row->field->label);
	bool moved = false;

	for (guint j = 0, last = 0; j < length(is); j++) {
		const struct node *item = is->children->pdata[j];
		g_autofree char *text = NULL;

		if (of[j] < 0) {
			g_autofree char *name = form_item_text(review->model, type, item);

			text = g_strconcat("+ ", name, NULL);
		} else if (!node_equal(was->children->pdata[of[j]], item)) {
			text = changed_text(review->model, type, was->children->pdata[of[j]], item);
		}
		if (text)
			review_line(review, label, text);
		moved |= of[j] >= 0 && (guint)of[j] < last;
		last = of[j] >= 0 ? MAX(last, (guint)of[j]) : last;
	}
	for (guint i = 0; i < length(was); i++) {
		g_autofree char *name =
			form_item_text(review->model, type, was->children->pdata[i]);
		g_autofree char *text = g_strconcat("- ", name, NULL);

		if (!used[i])
			review_line(review, label, text);
	}
	if (moved) {
		g_autofree char *text = form_items_text(review->model, row->field, is);

		review_line(review, label, text);
	}
	node_free(was);
}

struct page *review_new(const struct form *form, const struct model *model, int columns)
{
	struct review review = { page_new(), model, MIN(26, columns / 3), columns };

	page_begin(review.page);
	for (guint i = 0; i < form->rows->len; i++) {
		const struct form_row *row = form_row_at(form, i);

		if (!row->field || !form_row_changed(row))
			continue;
		if (row->kind == FORM_ITEMS)
			review_items(&review, row);
		else
			review_value(&review, form, row);
	}
	page_end(review.page);
	return review.page;
}
