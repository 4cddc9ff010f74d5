/*
 * Every field of every kind of record with every kind of mistake: the finding is
 * the right one at the exact place, there is no other, nothing of the bad file is
 * loaded and every other file is.  The bad files are made of the synthetic
 * network by the field tables.  Every sentence that people read is kept in
 * corpus/broken-fields.txt: TELAR_UPDATE=1 writes it anew; read the difference.
 */
#include "data/workspace.h"
#include "data/yaml/yaml_file.h"

#include "tests/unit/data_small_network.h"

#include <string.h>

#define CASES_LEAST 300

struct file {
	char *path; /* inside the network */
	enum kind kind;
	char *text;
	struct node *root;
};

struct world {
	char *dir;
	GPtrArray *files;
	guint n[KIND_COUNT];
	GHashTable *done; /* fields that had their turn */
	GString *golden;
	guint cases;
	struct date today;
};

/* A value in a file and what may be put in its place. */
struct target {
	const struct file *file;
	const struct field *field;
	const struct record_type *holder;
	const struct node *node;
	char *path; /* "institution.partners.since" */
	bool whole; /* a list or group as such, not one value */
};

static char *tests_path(const char *inside)
{
	const char *tests = g_getenv("TELAR_TESTS");
	return g_build_filename(tests ? tests : "tests", inside, NULL);
}

/* --- the network -------------------------------------------------------------------- */

static void add_file(struct world *world, const char *from, const char *path, enum kind kind)
{
	struct findings *findings = findings_new();
	struct file *file = g_new0(struct file, 1);

	file->path = g_strdup(path);
	file->kind = kind;
	file->text = get_file(from, path);
	g_assert_nonnull(file->text);
	put_file(world->dir, path, file->text);
	file->root = yaml_read(file->text, strlen(file->text), path, findings);
	g_assert_nonnull(file->root);
	findings_free(findings);
	g_ptr_array_add(world->files, file);
}

static int compare_paths(gconstpointer a, gconstpointer b)
{
	const struct file *const *x = a, *const *y = b;
	return strcmp((*x)->path, (*y)->path);
}

static struct model *read_all(const struct world *world, struct findings *findings)
{
	struct model *model = NULL;
	g_autoptr(GError) error = NULL;

	g_assert_true(
		directory_read(world->dir, NULL, world->today, findings, &model, NULL, &error));
	g_assert_no_error(error);
	return model;
}

static void world_init(struct world *world)
{
	g_autofree char *from = tests_path("../contrib/territorio-ejemplo");
	struct findings *findings = findings_new();

	*world = (struct world){ .dir = g_dir_make_tmp("telar-XXXXXX", NULL),
				 .files = g_ptr_array_new(),
				 .done = g_hash_table_new(NULL, NULL),
				 .golden = g_string_new(NULL) };
	g_assert_true(date_parse("2026-11-22", &world->today));
	add_file(world, from, "network.yaml", KIND_NETWORK);
	for (guint k = 0; k < KIND_COUNT; k++) {
		const struct record_type *type = record_type((enum kind)k);
		g_autofree char *folder = g_build_filename(from, type->folder, NULL);
		g_autofree char *single = g_strconcat(type->name, ".yaml", NULL);
		GDir *dir = record_is_single(type) ? NULL : g_dir_open(folder, 0, NULL);
		const char *name;

		if (record_is_single(type))
			add_file(world, from, single, (enum kind)k);
		while (dir && (name = g_dir_read_name(dir))) {
			g_autofree char *path = g_build_filename(type->folder, name, NULL);
			add_file(world, from, path, (enum kind)k);
		}
		if (dir)
			g_dir_close(dir);
	}
	g_ptr_array_sort(world->files, compare_paths);
	struct model *model = read_all(world, findings);
	g_assert_cmpuint(findings->all->len, ==, 0);
	memcpy(world->n, model->n, sizeof world->n);
	model_unref(model);
	findings_free(findings);
}

static void world_release(struct world *world)
{
	for (guint i = 0; i < world->files->len; i++) {
		struct file *file = world->files->pdata[i];
		node_free(file->root);
		g_free(file->path);
		g_free(file->text);
		g_free(file);
	}
	g_ptr_array_unref(world->files);
	g_hash_table_unref(world->done);
	g_string_free(world->golden, TRUE);
	remove_tree(world->dir);
	g_free(world->dir);
}

/* Not put_file(): nobody needs a thousand bad files to be on the disk. */
static void write_file(const struct world *world, const char *path, const char *text)
{
	g_autofree char *full = g_build_filename(world->dir, path, NULL);
	FILE *file = fopen(full, "w");

	g_assert_nonnull(file);
	g_assert_cmpint(fputs(text, file), >=, 0);
	g_assert_cmpint(fclose(file), ==, 0);
}

/* --- one bad file --------------------------------------------------------------------- */

static void place_of(const char *text, gsize byte, guint *line, guint *col)
{
	const char *start = text;

	*line = 1;
	for (const char *s = text; s < text + byte; s++) {
		if (*s == '\n') {
			(*line)++;
			start = s + 1;
		}
	}
	*col = (guint)g_utf8_strlen(start, text + byte - start) + 1;
}

static void check_loaded(const struct world *world, const struct file *bad,
			 const struct model *model)
{
	for (guint k = 0; k < KIND_COUNT; k++)
		g_assert_cmpuint(model->n[k], ==, world->n[k] - (bad->kind == k ? 1 : 0));
}

/* Every sentence once, with the field that said it first. */
static void note_words(struct world *world, const struct target *target,
		       const struct finding *finding)
{
	g_autofree char *words =
		g_strdup_printf("[%s] %s\n  %s\n", finding->code, finding->message, finding->hint);

	if (strstr(world->golden->str, words))
		return;
	g_string_append_printf(world->golden, "%s\n%s", target->path, words);
}

/* `put` in the place of [from, to), and the one finding `code` at `byte` of the result. */
static void try(struct world *world, const struct target *target, gsize from, gsize to,
		const char *put, const char *code, gsize byte)
{
	const struct file *file = target->file;
	g_autoptr(GString) text = g_string_new_len(file->text, (gssize)from);
	struct findings *findings = findings_new();
	guint line, col;

	g_string_append(text, put);
	g_string_append(text, file->text + to);
	place_of(text->str, byte, &line, &col);
	write_file(world, file->path, text->str);
	struct model *model = read_all(world, findings);
	const struct finding *first = findings->all->len > 0 ? findings->all->pdata[0] : NULL;
	if (findings->all->len != 1 || strcmp(first->code, code) != 0 || first->line != line ||
	    first->col != col || strcmp(first->file, file->path) != 0 || !first->hint) {
		g_test_message("%s <- %s: wanted %s at %u:%u and nothing else", target->path, put,
			       code, line, col);
		findings_write(findings, FINDINGS_TEXT, false, "", stderr);
		g_test_fail();
	} else {
		check_loaded(world, file, model);
		note_words(world, target, first);
	}
	world->cases++;
	model_unref(model);
	findings_free(findings);
	write_file(world, file->path, file->text);
}

/* A bad value in the place of the good one; the finding stands `shift` behind its beginning. */
static void try_value(struct world *world, const struct target *target, const char *put,
		      const char *code, gsize shift)
{
	const struct node *node = target->node;
	try(world, target, node->start.byte, node->end.byte, put, code, node->start.byte + shift);
}

static void try_values(struct world *world, const struct target *target, const char *code,
		       const char *const *values)
{
	for (; *values; values++)
		try_value(world, target, *values, code, 0);
}
#define TRY(code, ...) try_values(world, target, code, (const char *const[]){ __VA_ARGS__, NULL })

static void try_range(struct world *world, const struct target *target)
{
	const struct field *field = target->field;
	char text[G_ASCII_DTOSTR_BUF_SIZE];

	if (field->least == 0 && field->most == 0)
		return;
	try_value(world, target, g_ascii_formatd(text, sizeof text, "%.0f", field->least - 1),
		  "number", 0);
	try_value(world, target, g_ascii_formatd(text, sizeof text, "%.0f", field->most + 1),
		  "number", 0);
}

static void try_order(struct world *world, const struct target *target)
{
	static const struct {
		const char *from, *to;
	} pairs[] = { { "since", "until" }, { "start", "end" } };

	for (guint i = 0; i < G_N_ELEMENTS(pairs); i++) {
		if (strcmp(target->field->key, pairs[i].to) == 0 &&
		    record_field(target->holder, pairs[i].from))
			TRY("order", "1901");
	}
}

static void try_type(struct world *world, const struct target *target)
{
	const struct field *field = target->field;

	switch (field->type) {
	case FIELD_DATE:
		TRY("date", "soon", "2023-13", "31/12/2023", "2023-02-30", "23");
		try_order(world, target);
		break;
	case FIELD_INTEGER:
		TRY("number", "many", "1.5", "1e999");
		try_range(world, target);
		break;
	case FIELD_NUMBER:
		TRY("number", "many", "nan", "\"19,43\"");
		try_range(world, target);
		break;
	case FIELD_CHOICE:
	case FIELD_TERM:
		TRY("vocabulary", "nonsense", "\"\\u00e1\"");
		break;
	case FIELD_REF:
		TRY("reference", "nobody-here");
		if (target->holder == &partnership_type && (field->flags & FIELD_KEY))
			TRY("self", node_get(target->file->root, "id")->text);
		break;
	case FIELD_COUNTRY:
		TRY("code", "ZZ", "uy", "Uruguay");
		break;
	case FIELD_SUBDIVISION:
		TRY("code", "UY-ZZ", "Florida");
		break;
	case FIELD_MONEY:
		TRY("money", "lots", "26000", "26000USD", "1.5 USD");
		TRY("code", "26000 ZZZ");
		break;
	case FIELD_URL:
		TRY("url", "nowhere", "ftp://x.example", "https://", "https://a..com/b",
		    "https://.a", "\"https://x example\"");
		break;
	case FIELD_ID:
		TRY("id", "Bad_Id", "a--b", "-a", "\"\\u00f1\"");
		break;
	default:
		if (field->valid)
			TRY("text", "nonsense");
	}
	if (field_is_text(field)) {
		try_value(world, target, "\"a\\u202Eb\"", "control", 2);
		try_value(world, target, "a\342\200\256b", "control", 1);
	}
}

static void try_shape(struct world *world, const struct target *target)
{
	bool many = target->field->flags & FIELD_MANY;

	if (target->whole && many) {
		TRY("shape", "{a: b}");
	} else if (target->whole && target->field->type == FIELD_GROUP) {
		TRY("shape", "text", "[a, b]");
	} else if (target->whole) {
		TRY("shape", "text", "{a: b}");
		try_value(world, target, "[text]", "shape", 1); /* at the item */
		try_value(world, target, "[[a]]", "shape", 1);
	} else if (many) {
		TRY("shape", "[a]");
	} else {
		TRY("shape", "[a, b]", "{a: b}");
	}
}

static void try_missing(struct world *world, const struct target *target)
{
	const struct node *node = target->node;

	if (!(target->field->flags & FIELD_REQUIRED))
		return;
	/* The place is right behind the colon. */
	try(world, target, node->start.byte, node->end.byte, "", "required",
	    node->key_end.byte + 1);
}

/* What no entry may hold, whatever the field. */
static void try_syntax(struct world *world, const struct target *target)
{
	const struct node *node = target->node;

	TRY("alias", "&x y", "*x");
	TRY("tag", "!x y");
	try(world, target, node->end.byte, node->end.byte, "\n\tx", "tab", node->end.byte + 1);
}

/* --- all fields ----------------------------------------------------------------------- */

static void walk(struct world *world, const struct file *file, const struct record_type *type,
		 const struct node *map, const char *path);

static void take(struct world *world, const struct target *target)
{
	bool first = g_hash_table_add(world->done, (gpointer)(gsize)target->field);
	const struct node *node = target->node;

	if (first && (node->type != NODE_SCALAR || target->field->type >= FIELD_GROUP ||
		      (target->field->flags & FIELD_MANY))) {
		struct target whole = *target;
		whole.whole = true;
		try_shape(world, &whole);
	}
	if (node->type == NODE_MAP) {
		walk(world, target->file, target->field->sub, node, target->path);
	} else if (node->type == NODE_LIST) {
		for (guint i = 0; i < node->children->len; i++) {
			struct target item = *target;
			item.node = node->children->pdata[i];
			if (item.node->type == NODE_MAP)
				walk(world, target->file, target->field->sub, item.node,
				     target->path);
			else if (first && i == 0) {
				try_type(world, &item);
				try_shape(world, &item);
			}
		}
	} else if (first) {
		try_type(world, target);
		try_shape(world, target);
		try_missing(world, target);
	}
}

static void walk(struct world *world, const struct file *file, const struct record_type *type,
		 const struct node *map, const char *path)
{
	for (guint i = 0; i < map->children->len; i++) {
		const struct node *node = map->children->pdata[i];
		g_autofree char *inner = g_strdup_printf("%s.%s", path, node->key);
		struct target target = { .file = file,
					 .field = record_field(type, node->key),
					 .holder = type,
					 .node = node,
					 .path = inner };
		g_assert_nonnull(target.field);
		take(world, &target);
	}
}

static void test_fields(void)
{
	struct world world;
	bool syntax[KIND_COUNT] = { false };
	g_autofree char *path = tests_path("corpus/broken-fields.txt");
	g_autofree char *wanted = NULL;

	world_init(&world);
	for (guint i = 0; i < world.files->len; i++) {
		const struct file *file = world.files->pdata[i];
		const struct record_type *type = record_type(file->kind);
		const struct node *first = file->root->children->pdata[0];
		struct target target = { .file = file, .node = first };

		walk(&world, file, type, file->root, type->name);
		if (syntax[file->kind] || first->type != NODE_SCALAR)
			continue;
		syntax[file->kind] = true;
		target.path = (char *)(gsize)type->name;
		try_syntax(&world, &target);
	}
	g_test_message("%u bad files", world.cases);
	g_assert_cmpuint(world.cases, >=, CASES_LEAST);
	if (g_getenv("TELAR_UPDATE"))
		g_assert_true(g_file_set_contents(path, world.golden->str, -1, NULL));
	g_assert_true(g_file_get_contents(path, &wanted, NULL, NULL));
	if (strcmp(wanted, world.golden->str) != 0)
		g_error("%s is stale: TELAR_UPDATE=1 writes it anew", path);
	world_release(&world);
}

int main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/broken/fields", test_fields);
	return g_test_run();
}
