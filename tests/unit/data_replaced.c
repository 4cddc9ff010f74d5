/*
 * Files that somebody replaces at the very moment they are read: between opening one
 * and looking what was opened, or between listing and looking.  Editors save so.
 */
#include "data/workspace/private.h"
#include "tests/unit/data_small_network.h"

#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>

#define PATH "institutions/alpha.yaml"

/* Done before the next look at a file of these bytes, once. */
static struct {
	const char *dir;
	gsize length;
	const char *text; /* NULL: nothing is */
} plot;

static void act(const struct stat *st)
{
	const char *text = plot.text;

	if (!text || !S_ISREG(st->st_mode) || (gsize)st->st_size != plot.length)
		return;
	plot.text = NULL;
	put_file(plot.dir, PATH, text);
}

int fstat(int fd, struct stat *st)
{
	int done = fstatat(fd, "", st, AT_EMPTY_PATH);

	if (done == 0)
		act(st);
	return done == 0 ? fstatat(fd, "", st, AT_EMPTY_PATH) : done;
}

static const struct institution *alpha(const struct workspace *workspace)
{
	return model_get(workspace_model(workspace), KIND_INSTITUTION, "alpha");
}

/*
 * What was opened has no name any more.  If this fails it passes for a link, the record
 * is out of the network for a moment, and an edit of it is refused.
 */
static void test_between_open_and_look(void)
{
	char *dir = small_network();
	struct findings *findings = findings_new();
	g_autofree char *newer = g_strconcat(alpha_text, "city: Puebla\n", NULL);

	plot.dir = dir;
	plot.length = strlen(alpha_text);
	plot.text = newer;
	struct workspace *workspace = small_workspace(dir, findings);
	g_assert_null(plot.text); /* it was replaced */
	g_assert_cmpuint(findings->all->len, ==, 0);
	g_assert_nonnull(alpha(workspace));
	bool changed = false;
	g_assert_true(workspace_refresh(workspace, findings, &changed, NULL));
	/* The newer one is not taken for the one that was read. */
	g_assert_true(changed);
	g_assert_cmpstr(alpha(workspace)->city, ==, "Puebla");
	workspace_close(workspace);
	findings_free(findings);
	remove_tree(dir);
	g_free(dir);
}

static void test_kinds(void)
{
	const struct {
		mode_t mode;
		nlink_t names;
		bool own;
	} files[] = {
		{ S_IFREG, 1, true },  { S_IFREG, 0, true },  { S_IFREG, 2, false },
		{ S_IFLNK, 1, false }, { S_IFDIR, 2, false }, { S_IFIFO, 1, false },
	};

	for (guint i = 0; i < G_N_ELEMENTS(files); i++) {
		const struct stat st = { .st_mode = files[i].mode | 0644,
					 .st_nlink = files[i].names };

		g_assert_cmpint(file_is_own(&st), ==, files[i].own);
	}
}

int main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/data/replaced/between-open-and-look", test_between_open_and_look);
	g_test_add_func("/data/replaced/kinds", test_kinds);
	return g_test_run();
}
