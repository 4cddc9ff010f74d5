/*
 * Any edit of any file: the first two bytes choose what is changed and to what,
 * the rest is the file.  Done or refused, never a crash; and what was done can
 * be done again without a change.
 */
#include "data/yaml/yaml_file.h"

#include <string.h>

#include "base/errors.h"

int LLVMFuzzerTestOneInput(const guint8 *data, gsize size);

static const char *const paths[] = {
	"name",
	"url",
	"lines",
	"notes",
	"partners",
	"partners[b]",
	"partners[b].since",
	"partners[b].kinds",
	"partners[b].with",
	"partners[b#2]",
	"needs[#1]",
	"needs[#1].lines",
	"memberships",
	"source",
	"id",
	"partners[c].notes",
	"offers[x].lines",
	"city",
};
static const char *const values[] = {
	NULL,
	"\"x\"",
	"\"a: b #\"",
	"\"one\\ntwo\\n\"",
	"\"one\\n\\ntwo\"",
	"[\"x\"]",
	"[\"x\",\"y, z\",\"NO\"]",
	"{\"with\":\"d\",\"kinds\":[\"x\",\"y\"],\"notes\":\"a\\nb\"}",
	"[{\"with\":\"b\"},{\"with\":\"c\",\"since\":\"2020\"}]",
	"\"\"",
};

static bool patch(const GString *text, const char *path, int position, const struct node *value,
		  GString *out)
{
	g_autoptr(GError) error = NULL;
	bool done = yaml_patch(record_type(KIND_INSTITUTION), text->str, text->len, path, position,
			       value, out, &error);
	g_assert_true(done == (error == NULL));
	return done;
}

int LLVMFuzzerTestOneInput(const guint8 *data, gsize size)
{
	if (size < 2)
		return 0;
	const char *path = paths[data[0] % G_N_ELEMENTS(paths)];
	const char *json = values[data[1] % G_N_ELEMENTS(values)];
	struct node *value = json ? node_from_json(json, NULL) : NULL;
	GString *text = g_string_new_len((const char *)data + 2, (gssize)(size - 2));
	GString *out = g_string_new(NULL);
	GString *again = g_string_new(NULL);

	/* Items are appended, and a path may name another item once its key has changed. */
	bool whole = (value && value->type == NODE_MAP) || g_str_has_suffix(path, "]") ||
		     g_str_has_suffix(path, ".with");
	if (patch(text, path, data[1] / 64 - 1, value, out) && value && !whole) {
		g_assert_true(patch(out, path, -1, value, again));
		g_assert_true(g_string_equal(out, again));
	}
	node_free(value);
	g_string_free(text, TRUE);
	g_string_free(out, TRUE);
	g_string_free(again, TRUE);
	return 0;
}
