/*
 * Patching an entry file: the value changes and every other byte stays.  First
 * what people would look at, then thousands of seeded random edits of the real
 * sample and of files in many styles.
 */
#include "data/yaml/yaml_file.h"

#include <glib.h>
#include <string.h>

#include "base/errors.h"
#include "data/path.h"

static const struct record_type *institution(void)
{
	return record_type(KIND_INSTITUTION);
}

static struct node *read_ok(const char *text, gsize length)
{
	struct findings *findings = findings_new();
	struct node *root = yaml_read(text, length, "x.yaml", findings);
	if (!root)
		findings_write(findings, FINDINGS_TEXT, false, "", stderr);
	findings_free(findings);
	return root;
}

static char *patched(const char *text, const char *path, int position, const char *json)
{
	g_autoptr(GError) error = NULL;
	struct node *value = json ? node_from_json(json, &error) : NULL;
	g_assert_no_error(error);
	GString *out = g_string_new("as before");
	bool done =
		yaml_patch(institution(), text, strlen(text), path, position, value, out, &error);
	node_free(value);
	g_assert_no_error(error);
	g_assert_true(done);
	return g_string_free(out, FALSE);
}

#define assert_patch(text, path, position, json, wanted)                                           \
	do {                                                                                       \
		g_autofree char *out_ = patched(text, path, position, json);                       \
		g_assert_cmpstr(out_, ==, wanted);                                                 \
	} while (0)

static char *moved(const char *text, const char *list, guint from, guint to)
{
	g_autoptr(GError) error = NULL;
	GString *out = g_string_new("as before");
	bool done = yaml_move(institution(), text, strlen(text), list, from, to, out, &error);

	g_assert_no_error(error);
	g_assert_true(done);
	return g_string_free(out, FALSE);
}

#define assert_move(text, list, from, to, wanted)                                                  \
	do {                                                                                       \
		g_autofree char *out_ = moved(text, list, from, to);                               \
		g_assert_cmpstr(out_, ==, wanted);                                                 \
	} while (0)

/* If it fails, putting a partner first takes the notes that somebody made on it away. */
static void test_move_keeps_comments(void)
{
	static const char text[] = "id: a\n"
				   "partners:\n"
				   "  # the first\n"
				   "  - with: b   # since long\n"
				   "    colour: red\n"
				   "      # of b as well\n"
				   "\n"
				   "  # the second\n"
				   "  - with: c\n"
				   "  - {with: d}\n"
				   "# at the end\n"
				   "notes: x\n";

	assert_move(text, "partners", 1, 0,
		    "id: a\n"
		    "partners:\n"
		    "\n"
		    "  # the second\n"
		    "  - with: c\n"
		    "  # the first\n"
		    "  - with: b   # since long\n"
		    "    colour: red\n"
		    "      # of b as well\n"
		    "  - {with: d}\n"
		    "# at the end\n"
		    "notes: x\n");
	assert_move(text, "partners", 0, 2,
		    "id: a\n"
		    "partners:\n"
		    "\n"
		    "  # the second\n"
		    "  - with: c\n"
		    "  - {with: d}\n"
		    "  # the first\n"
		    "  - with: b   # since long\n"
		    "    colour: red\n"
		    "      # of b as well\n"
		    "# at the end\n"
		    "notes: x\n");
	/* In brackets and without a last line end only the values move. */
	assert_move("id: a\noffers: [{capacity: p}, {capacity: q}]\n", "offers", 0, 1,
		    "id: a\noffers: [{capacity: q}, {capacity: p}]\n");
	assert_move("id: a\noffers:\n- capacity: p\n- capacity: q", "offers", 1, 0,
		    "id: a\noffers:\n- capacity: q\n- capacity: p");
}

static void test_replace(void)
{
	assert_patch("id: a\nurl: https://x.org   # ours\nname: B\n", "url", -1,
		     "\"https://y.org\"", "id: a\nurl: https://y.org   # ours\nname: B\n");
	assert_patch("id: a\nname: 'B'\n", "name", -1, "\"it's\"", "id: a\nname: 'it''s'\n");
	assert_patch("id: a\nname: \"B\"\n", "name", -1, "\"x \\\"y\\\"\"",
		     "id: a\nname: \"x \\\"y\\\"\"\n");
	assert_patch("id: a\ncountry: MX\n", "country", -1, "\"NO\"", "id: a\ncountry: \"NO\"\n");
}

static void test_replace_keeps_line_ends(void)
{
	assert_patch("\xEF\xBB\xBF# ñandú\r\nid: a\r\ncity: Bogotá\r\nurl: u", "city", -1,
		     "\"Cali\"", "\xEF\xBB\xBF# ñandú\r\nid: a\r\ncity: Cali\r\nurl: u");
	assert_patch("id: a\r\ncity: Cali", "url", -1, "\"https://u\"",
		     "id: a\r\ncity: Cali\r\nurl: https://u");
	assert_patch("\xEF\xBB\xBF"
		     "city: Cali\r\n",
		     "id", -1, "\"a\"",
		     "\xEF\xBB\xBF"
		     "id: a\r\ncity: Cali\r\n");
}

static void test_empty_value(void)
{
	assert_patch("id: a\nurl:   # none yet\ncity: B\n", "url", -1, "\"https://u\"",
		     "id: a\nurl: https://u   # none yet\ncity: B\n");
	assert_patch("id: a\npartners: # soon\n", "partners", -1, "{\"with\":\"b\"}",
		     "id: a\npartners: # soon\n  - with: b\n");
}

static void test_insert_key(void)
{
	/* In the table's order, behind the neighbour's own comment. */
	assert_patch("id: a\nname: B # full\n\n# where\ncountry: MX\n", "sector", -1, "\"media\"",
		     "id: a\nname: B # full\nsector: media\n\n# where\ncountry: MX\n");
	assert_patch("# top\nname: B\n", "id", -1, "\"a\"", "# top\nid: a\nname: B\n");
	assert_patch("id: a\nnotes: |\n  one\n  two", "source", -1, "[\"x\"]",
		     "id: a\nnotes: |-\n  one\n  two\nsource: [x]");
	assert_patch("{id: a, name: B}\n", "sector", -1, "\"media\"",
		     "{id: a, name: B, sector: media}\n");
}

static const char partners[] = "id: a\n"
			       "partners:\n"
			       "  # the first\n"
			       "  - with: b # old friend\n"
			       "    since: 2020\n"
			       "  - with: c\n"
			       "    kinds: [training]   # two-way\n"
			       "source: [x]\n";

static void test_items(void)
{
	assert_patch(partners, "partners[b].since", -1, "\"2021\"",
		     "id: a\npartners:\n  # the first\n  - with: b # old friend\n    since: 2021\n"
		     "  - with: c\n    kinds: [training]   # two-way\nsource: [x]\n");
	assert_patch(partners, "partners[c].kinds", -1, "[\"training\",\"funding\"]",
		     "id: a\npartners:\n  # the first\n  - with: b # old friend\n    since: 2020\n"
		     "  - with: c\n    kinds: [training, funding]   # two-way\nsource: [x]\n");
	assert_patch(partners, "partners[b]", -1, NULL,
		     "id: a\npartners:\n  # the first\n"
		     "  - with: c\n    kinds: [training]   # two-way\nsource: [x]\n");
	assert_patch(partners, "partners[b].with", -1, NULL,
		     "id: a\npartners:\n  # the first\n  - since: 2020\n"
		     "  - with: c\n    kinds: [training]   # two-way\nsource: [x]\n");
	assert_patch(partners, "partners", -1, "{\"since\":\"2024\",\"with\":\"d\"}",
		     "id: a\npartners:\n  # the first\n  - with: b # old friend\n    since: 2020\n"
		     "  - with: c\n    kinds: [training]   # two-way\n"
		     "  - with: d\n    since: 2024\nsource: [x]\n");
	assert_patch(
		partners, "partners", 0, "{\"with\":\"d\"}",
		"id: a\npartners:\n  # the first\n  - with: d\n  - with: b # old friend\n"
		"    since: 2020\n  - with: c\n    kinds: [training]   # two-way\nsource: [x]\n");
}

static void test_flow(void)
{
	assert_patch("id: a\nlines: [x, y] # two\n", "lines", -1, "[\"x\",\"z\",\"y\"]",
		     "id: a\nlines: [x, z, y] # two\n");
	assert_patch("id: a\nlines: [x, y, z]\n", "lines", -1, "[\"x\",\"z\"]",
		     "id: a\nlines: [x, z]\n");
	assert_patch("id: a\nlines: [x, y, z]\n", "lines", -1, "[\"y\",\"z\"]",
		     "id: a\nlines: [y, z]\n");
	assert_patch("id: a\nlines: [\n  x, # one\n  y\n]\n", "lines", -1, "[\"x\",\"y\",\"z\"]",
		     "id: a\nlines: [\n  x, # one\n  y,\n  z\n]\n");
	assert_patch("id: a\nlines: [\n  x, # one\n  y, # two\n]\n", "lines", -1, "[\"x\"]",
		     "id: a\nlines: [\n  x, # one\n]\n");
	assert_patch(
		"id: a\nneeds: [{capacity: financing}]\n", "needs", -1,
		"{\"capacity\":\"content\",\"what\":\"a, b\"}",
		"id: a\nneeds: [{capacity: financing}, {capacity: content, what: \"a, b\"}]\n");
	assert_patch("id: a\nneeds:\n- {capacity: financing}\n", "needs", -1,
		     "{\"capacity\":\"content\"}",
		     "id: a\nneeds:\n- {capacity: financing}\n- {capacity: content}\n");
}

static void test_remove(void)
{
	assert_patch("id: a\n# why\nurl: u # gone\nname: B\n", "url", -1, NULL,
		     "id: a\n# why\nname: B\n");
	assert_patch("id: a\nname: B\nneeds:\n  - capacity: x\n", "needs[x]", -1, NULL,
		     "id: a\nname: B\n");
	assert_patch("id: a\nname: B", "name", -1, NULL, "id: a");
}

static void test_prose(void)
{
	assert_patch("id: a\nnotes: |  # free\n    one\n    two\nsource: [x]\n", "notes", -1,
		     "\"uno\\n\\n# dos\\n\"",
		     "id: a\nnotes: |  # free\n    uno\n\n    # dos\nsource: [x]\n");
	assert_patch("id: a\nnotes: one\n", "notes", -1, "\"one\\ntwo\"",
		     "id: a\nnotes: |-\n  one\n  two\n");
	assert_patch("id: a\nnotes: one # c\n", "notes", -1, "\"one\\ntwo\"",
		     "id: a\nnotes: \"one\\ntwo\" # c\n");
}

/* What cannot be done leaves the caller's text alone and says so. */
static void test_refusals(void)
{
	static const struct {
		const char *text, *path;
		int code;
	} rows[] = {
		{ "id: a\nname: [\n", "name", TELAR_ERROR_DATA },
		{ "id: a\n", "nome", TELAR_ERROR_USAGE },
		{ "id: a\n", "partners[b].since", TELAR_ERROR_USAGE },
	};
	struct node *value = node_scalar("2020");
	for (guint i = 0; i < G_N_ELEMENTS(rows); i++) {
		g_autoptr(GError) error = NULL;
		GString *out = g_string_new("as before");
		g_assert_false(yaml_patch(institution(), rows[i].text, strlen(rows[i].text),
					  rows[i].path, -1, value, out, &error));
		g_assert_error(error, TELAR_ERROR, rows[i].code);
		g_assert_cmpstr(out->str, ==, "as before");
		g_string_free(out, TRUE);
	}
	node_free(value);
	/* An entry of one key between braces: nothing would be left to stand there. */
	static const char *const alone[] = { "{lines: }\n", "{ lines: [x], }\n" };
	for (guint i = 0; i < G_N_ELEMENTS(alone); i++) {
		g_autoptr(GError) error = NULL;
		GString *out = g_string_new(NULL);
		g_assert_false(yaml_patch(institution(), alone[i], strlen(alone[i]), "lines", -1,
					  NULL, out, &error));
		g_assert_nonnull(error);
		g_string_free(out, TRUE);
	}
}

/* --- random edits -------------------------------------------------------------------- */

static const char *const texts[] = {
	"NO",	     "a: b",	  "# x",   "it's",
	"say \"x\"", "línea",	  "1.10",  "uno\ndos",
	"- x",	     "[a",	  "x, y",  " lead",
	"trail ",    "",	  "~",	   "https://a.org/?p=1#c",
	"a #b",	     "a{b}",	  "*x",	   "&x",
	"!x",	     "%x",	  "@x",	   "`x",
	"x:",	     "tab\there", "|",	   "> y",
	"'",	     "\\",	  "---",   "...",
	"uno\n",     "a\n\nb\n",  "?",	   "? x",
	"2023-05",   "👩",	  "x\\n",  "plain words here",
	"a\n b\n",   "\nx",	  "x\n\n", "0x1F",
	"null",	     "-",	  ":",	   "línea 2 — fin",
};

static const char *pick(GRand *rand)
{
	return texts[g_rand_int_range(rand, 0, G_N_ELEMENTS(texts))];
}

static struct node *random_list(GRand *rand)
{
	struct node *list = node_list();
	for (int n = g_rand_int_range(rand, 1, 4); n > 0; n--)
		node_append(list, NULL, node_scalar(pick(rand)));
	return list;
}

static struct node *random_value(GRand *rand, const struct field *field);

static struct node *random_map(GRand *rand, const struct record_type *type)
{
	struct node *map = node_map();
	for (guint i = 0; i < type->n_fields; i++) {
		const struct field *field = &type->fields[i];
		if (i == 0 || g_rand_int_range(rand, 0, 4) == 0)
			node_append(map, field->key, random_value(rand, field));
	}
	return map;
}

static struct node *random_value(GRand *rand, const struct field *field)
{
	if (field->type == FIELD_GROUP)
		return random_map(rand, field->sub);
	if (field->type == FIELD_ITEMS) {
		struct node *list = node_list();
		for (int n = g_rand_int_range(rand, 1, 3); n > 0; n--)
			node_append(list, NULL, random_map(rand, field->sub));
		return list;
	}
	if (field->flags & FIELD_MANY)
		return random_list(rand);
	if (field->flags & FIELD_KEY) { /* ids only: paths name items by them */
		static const char *const ids[] = { "b", "c", "d-2" };
		return node_scalar(ids[g_rand_int_range(rand, 0, 3)]);
	}
	return node_scalar(pick(rand));
}

struct random_edit {
	char *path;
	int position;
	struct node *value;
};

/* An edit of one field of `map`, or of something inside it. */
static void choose_edit(GRand *rand, const struct record_type *type, const struct node *map,
			const char *prefix, struct random_edit *edit)
{
	const struct field *field =
		&type->fields[g_rand_int_range(rand, *prefix ? 0 : 1, (gint32)type->n_fields)];
	const struct node *old = node_get(map, field->key);
	g_autofree char *path = g_strconcat(prefix, field->key, NULL);

	if (field->type == FIELD_GROUP && old && old->type == NODE_MAP &&
	    g_rand_int_range(rand, 0, 4)) {
		g_autofree char *inner = g_strconcat(path, ".", NULL);
		choose_edit(rand, field->sub, old, inner, edit);
		return;
	}
	if (field->type == FIELD_ITEMS && old && old->type == NODE_LIST && old->children->len > 0 &&
	    g_rand_int_range(rand, 0, 5)) {
		guint i = (guint)g_rand_int_range(rand, 0, (gint32)old->children->len);
		g_autofree char *item = path_item(field, old, i);
		g_autofree char *whole = g_strconcat(prefix, item, NULL);
		const struct node *child = old->children->pdata[i];
		int what = g_rand_int_range(rand, 0, 6);
		if (what < 4 && child->type == NODE_MAP) {
			g_autofree char *inner = g_strconcat(whole, ".", NULL);
			choose_edit(rand, field->sub, child, inner, edit);
			return;
		}
		edit->path = what == 5 ? g_strdup(path) : g_strdup(whole);
		edit->position =
			what == 5 ? g_rand_int_range(rand, -1, (gint32)old->children->len + 1) : -1;
		edit->value = what == 4 ? NULL : random_map(rand, field->sub);
		return;
	}
	edit->path = g_steal_pointer(&path);
	edit->position = -1;
	edit->value = g_rand_int_range(rand, 0, 4) ? random_value(rand, field) : NULL;
}

/* Bytes that both texts begin and end with. */
static gsize common_ends(const GString *a, const GString *b)
{
	gsize most = MIN(a->len, b->len), head = 0, tail = 0;
	while (head < most && a->str[head] == b->str[head])
		head++;
	while (tail < most - head && a->str[a->len - 1 - tail] == b->str[b->len - 1 - tail])
		tail++;
	return head + tail;
}

/* The lines of the top key that a path begins with: nothing outside may change. */
static gsize foreign_bytes(const struct node *root, const GString *text, const char *path)
{
	g_autofree char *key = g_strndup(path, strcspn(path, ".["));
	const struct node *top = node_get(root, key);
	if (!top || root->flow)
		return 0;
	gsize from = top->key_start.byte, to = top->end.byte;
	while (to < text->len && text->str[to] != '\n')
		to++;
	gsize kept = from + text->len - MIN(to + 1, text->len);
	return kept > 3 ? kept - 3 : 0; /* a line end or `-` beside it may go along */
}

static void check_edit(const struct record_type *type, GString *text,
		       const struct random_edit *edit, const char *about)
{
	struct node *root = read_ok(text->str, text->len);
	g_assert_nonnull(root);
	struct node *wanted = node_copy(root);
	GString *out = g_string_new(NULL);
	g_autoptr(GError) error = NULL;

	if (!node_put(type, wanted, edit->path, edit->position,
		      edit->value ? node_copy(edit->value) : NULL, &error))
		g_error("%s: %s: %s\n%s", about, edit->path, error->message, text->str);
	bool done = yaml_patch(type, text->str, text->len, edit->path, edit->position, edit->value,
			       out, &error);
	if (!done && g_getenv("TELAR_EDITS")) {
		/* Refusing is safe: of hundreds of thousands in odd files a few may be. */
		g_assert_error(error, TELAR_ERROR, TELAR_ERROR_INTERNAL);
		g_test_message("%s: refused: %s", about, edit->path);
		g_string_assign(out, text->str);
		node_free(wanted);
		wanted = node_copy(root);
	} else if (!done) {
		g_autofree char *json = edit->value ? node_to_json(edit->value) : NULL;
		g_error("%s: %s [%d] = %s: %s\n%s", about, edit->path, edit->position,
			json ? json : "(remove)", error->message, text->str);
	}
	struct node *again = read_ok(out->str, out->len);
	g_assert_nonnull(again);
	if (!node_equal(again, wanted)) {
		g_autofree char *is = node_to_json(again), *should = node_to_json(wanted);
		g_error("%s: %s [%d]: %s\nshould be %s\n%s", about, edit->path, edit->position, is,
			should, text->str);
	}
	gsize foreign = foreign_bytes(root, text, edit->path);
	if (common_ends(text, out) < foreign)
		g_error("%s: %s touched more than its own lines\n%s\n----\n%s", about, edit->path,
			text->str, out->str);
	bool crlf = strstr(text->str, "\r\n") != NULL;
	for (const char *s = out->str; crlf && (s = strchr(s, '\n')); s++)
		g_assert_true(s > out->str && s[-1] == '\r');
	g_string_assign(text, out->str);
	g_string_free(out, TRUE);
	node_free(again);
	node_free(wanted);
	node_free(root);
}

static void run_edits(const struct record_type *type, const char *start, int n, guint32 seed,
		      const char *about)
{
	GRand *rand = g_rand_new_with_seed(seed);
	GString *text = g_string_new(start);
	for (int i = 0; i < n; i++) {
		struct node *root = read_ok(text->str, text->len);
		struct random_edit edit = { 0 };
		g_assert_nonnull(root);
		choose_edit(rand, type, root, "", &edit);
		node_free(root);
		check_edit(type, text, &edit, about);
		g_free(edit.path);
		node_free(edit.value);
	}
	g_string_free(text, TRUE);
	g_rand_free(rand);
}

/* Files as people write them, each in another style. */
static const char *const styles[] = {
	"id: a\nname: B\nsector: media\n",
	"# head\n---\nid: a   # the id\nname: \"B\"\n\n# where\ncountry: MX\nlines:\n- x\n- y # "
	"why\n"
	"partners:\n- with: b\n  since: 2020\n\n- with: c\n# after\nsource: [x, y]\n...\n",
	"id: a\nname: 'B'\npartners:\n    -   with: b  # c1\n        # c2\n        kinds:\n"
	"            - x\n            # c3\n            - y\n    # c4\n    -   with: c\nnotes: |\n"
	"    one\n    two\n\nsource:\n    - x\n",
	"id: a\r\nname: B\r\noffers: [{capacity: x}, {capacity: y, lines: [a, b]}]\r\n"
	"needs: [ ]\r\npartners:\r\n  - {with: b, since: 2020} # flow\r\n  - {with: c}\r\n",
	"\xEF\xBB\xBFid: a\nname: Ñandú  # ñ\ncity:\nurl: \nmemberships: [\n  {network: x,\n   "
	"tier: y},"
	"\n  {network: z} # last\n  ]\nlines: [\n  a, # one\n  b\n]",
	"{id: a, name: B, lines: [x, y], partners: [{with: b}, {with: c, kinds: []}]}\n",
	"id: a\nname: >-\n  folded\n  text\nnotes: >\n  folded\n\n  more\npartners:\n  -\n    "
	"with: b\n"
	"    notes: |+\n      keep\n\n  - with: c\n    notes: 'two\n      lines'\n",
	"id: a\nname: plain\n  over lines\npartners:\n  - with: b\n    notes: |-\n      x\n    # "
	"in\n"
	"unknown: {a: [1, 2]}\nother:\n  deep:\n    deeper: x\n",
	"id: a\t# tab\n#\tone more\nseñal: ¡ñ!\nname: B # 👩 año\t#\ncittà: [è, 'é'] # ì\n"
	"partners: # \tñ\n  - with: b \t# ü\n    título: x\n    since: 2020\n  #\tü\n  - with: c",
	"id: a\r\n\r\nname: B\r\nnotes: |\r\n  uno\r\n  dós\r\nneeds:\r\n- {capacity: x}\r\n-\r\n  "
	"capacity: y # ñ\r\n  lines: [ 'a', b ]\r\nselección: ñ\r\nsource: x",
};

static const char territory_style[] =
	"id: a\nname: B\nstatus: developing # yet\nagenda: # what\n  status: none\n  # \tñ\n  "
	"lines:\n"
	"  - x\n  items:\n    - id: one\n      title: Uno # 1\n      sdgs: [4,\n        5]\n"
	"    - {id: two, title: Dos}\nattributes: []\ntags: {}\n";

/* Edits one after the other, so that each finds what the former ones left. */
#define EDITS_OF_A_FILE 12

/* TELAR_EDITS=200000 goes on for minutes. */
static void test_random_styles(void)
{
	const char *asked = g_getenv("TELAR_EDITS");
	guint64 edits = asked ? g_ascii_strtoull(asked, NULL, 10) : 6000;
	guint64 seeds = edits / (G_N_ELEMENTS(styles) + 1) / EDITS_OF_A_FILE;

	for (guint32 seed = 1; seed <= seeds; seed++) {
		g_autofree char *about = g_strdup_printf("territory, seed %u", seed);

		run_edits(record_type(KIND_TERRITORY), territory_style, EDITS_OF_A_FILE, seed,
			  about);
	}
	for (guint i = 0; i < G_N_ELEMENTS(styles); i++) {
		for (guint32 seed = 1; seed <= seeds; seed++) {
			g_autofree char *about = g_strdup_printf("style %u, seed %u", i, seed);

			run_edits(institution(), styles[i], EDITS_OF_A_FILE, seed, about);
		}
	}
}

/* Comments, blank lines and other line ends strewn over a file of one line a value. */
static char *roughen(const char *text, GRand *rand)
{
	GString *out = g_string_new(NULL);
	const char *eol = g_rand_int_range(rand, 0, 3) ? "\n" : "\r\n";
	g_auto(GStrv) lines = g_strsplit(text, "\n", -1);
	for (guint i = 0; lines[i] && *lines[i]; i++) {
		if (g_rand_int_range(rand, 0, 12) == 0)
			g_string_append_printf(out, "%*s# comment %u%s",
					       g_rand_int_range(rand, 0, 7), "", i, eol);
		g_string_append(out, lines[i]);
		if (g_rand_int_range(rand, 0, 12) == 0)
			g_string_append_printf(out, "  # ñ %u", i);
		bool last = !lines[i + 1] || !*lines[i + 1];
		if (!last || g_rand_int_range(rand, 0, 3))
			g_string_append(out, eol);
	}
	return g_string_free(out, FALSE);
}

static void test_random_sample(void)
{
	const char *tests = g_getenv("TELAR_TESTS");
	GRand *rand = g_rand_new_with_seed(20260101);
	guint files = 0;

	for (guint k = KIND_TERRITORY; k <= KIND_PROGRAMME; k++) {
		const struct record_type *type = record_type((enum kind)k);
		g_autofree char *dir = g_build_filename(tests ? tests : "tests", "..", "contrib",
							"red-stem", type->folder, NULL);
		GDir *names = g_dir_open(dir, 0, NULL);
		const char *name;
		while (names && (name = g_dir_read_name(names))) {
			g_autofree char *path = g_build_filename(dir, name, NULL);
			g_autofree char *text = NULL;
			if (!g_file_get_contents(path, &text, NULL, NULL) || strlen(text) > 9000)
				continue;
			g_autofree char *rough = roughen(text, rand);
			run_edits(type, rough, 6, g_rand_int(rand), name);
			files++;
		}
		if (names)
			g_dir_close(names);
	}
	g_rand_free(rand);
	g_assert_cmpuint(files, >, 400);
}

int main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/patch/replace", test_replace);
	g_test_add_func("/patch/move", test_move_keeps_comments);
	g_test_add_func("/patch/line-ends", test_replace_keeps_line_ends);
	g_test_add_func("/patch/empty-value", test_empty_value);
	g_test_add_func("/patch/insert-key", test_insert_key);
	g_test_add_func("/patch/items", test_items);
	g_test_add_func("/patch/flow", test_flow);
	g_test_add_func("/patch/remove", test_remove);
	g_test_add_func("/patch/prose", test_prose);
	g_test_add_func("/patch/refusals", test_refusals);
	g_test_add_func("/patch/random-styles", test_random_styles);
	g_test_add_func("/patch/random-sample", test_random_sample);
	return g_test_run();
}
