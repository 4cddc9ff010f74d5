/*
 * Versions that somebody wrote at the very moment an edit was put in their place:
 * whatever step it was and wherever the process died, they are in the file or beside
 * it, and said to be there.  What is ours is swept up.
 */
#include "data/workspace/private.h"

#include "base/errors.h"
#include "data/safety.h"
#include "data/yaml/yaml_file.h"
#include "tests/unit/data_small_network.h"

#include <errno.h>
#include <string.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

static const gint64 now = (gint64)1795310525 * 1000000;

#define DIED 7
#define PATH "institutions/alpha.yaml"

/* What happens around the n-th renameat2() of this process. */
static struct {
	const char *dir;
	int foreign, die, fail, calls; /* 0: never; negative `die`: after the call */
} plot;

static const char foreign_text[] = "id: alpha\nname: Alpha by hand\nsector: business\n";

int renameat2(int from, const char *old, int to, const char *new, unsigned int how)
{
	bool file = strcmp(old, "alpha.yaml") == 0 || strcmp(new, "alpha.yaml") == 0 ||
		    strstr(old, "alpha.yaml") || strstr(new, "alpha.yaml");

	if (file) {
		plot.calls++;
		if (plot.calls == plot.foreign)
			put_file(plot.dir, PATH, foreign_text);
		if (plot.calls == plot.die)
			_exit(DIED);
		if (plot.calls == plot.fail) {
			errno = EIO;
			return -1;
		}
	}
	int done = (int)syscall(SYS_renameat2, from, old, to, new, how);
	if (file && plot.calls == -plot.die)
		_exit(DIED);
	return done;
}

/* Processes die here, not machines. */
int fsync(int fd)
{
	(void)fd;
	return 0;
}

int fdatasync(int fd)
{
	(void)fd;
	return 0;
}

/* What it says is not asked for. */
static struct workspace *open_quietly(const char *dir)
{
	struct findings *findings = findings_new();
	struct workspace *workspace = small_workspace(dir, findings);

	findings_free(findings);
	return workspace;
}

/* Temporary files in the folder, and the text of the last one. */
static guint leftovers(const char *dir, char **text)
{
	struct directory *directory = directory_open(dir, NULL);
	g_autoptr(GPtrArray) paths = directory_leftovers(directory);

	for (guint i = 0; i < paths->len; i++) {
		g_free(*text);
		*text = get_file(dir, paths->pdata[i]);
	}
	directory_close(directory);
	return paths->len;
}

static guint said(const struct findings *findings, const char *code)
{
	guint n = 0;

	for (guint i = 0; i < findings->all->len; i++)
		n += strcmp(((const struct finding *)findings->all->pdata[i])->code, code) == 0;
	return n;
}

static void edit(struct workspace *workspace, bool whole)
{
	struct change *change = change_new();

	if (whole)
		change_delete(change, KIND_INSTITUTION, "alpha");
	else
		change_set(change, KIND_INSTITUTION, "alpha", "city", "Puebla");
	workspace_apply(workspace, change, NULL);
	change_free(change);
}

/* In a child that acts out `plot`; its exit status. */
static int edit_in_child(const char *dir, bool whole)
{
	int status = 0;
	pid_t child = fork();

	g_assert_cmpint(child, >=, 0);
	if (child == 0) {
		struct workspace *workspace = open_quietly(dir);

		plot.dir = dir;
		plot.calls = 0;
		edit(workspace, whole);
		_exit(plot.calls < MAX(ABS(plot.die), plot.foreign) ? 3 : 0);
	}
	g_assert_cmpint(waitpid(child, &status, 0), ==, child);
	g_assert_true(WIFEXITED(status));
	return WEXITSTATUS(status);
}

static bool holds_foreign(const char *text)
{
	return text && strstr(text, "Alpha by hand");
}

/*
 * One course of things, and what the next two starts make of it.  Whether the file was
 * there to be written to at all is another matter: a version is lost when neither the
 * file nor what lies beside it has it.
 */
static int play(bool whole, int foreign, int die, int fail)
{
	char *dir = small_network();

	workspace_close(open_quietly(dir));
	plot.foreign = foreign;
	plot.die = die;
	plot.fail = fail;
	g_test_message("somebody writes before step %d, dead at %d, failing %d", foreign, die,
		       fail);
	int status = edit_in_child(dir, whole);
	bool written = foreign > 0 && status != 3 && (status != DIED || foreign <= ABS(die));
	plot.foreign = plot.die = plot.fail = 0;
	for (guint start = 0; start < 2; start++) {
		struct findings *findings = findings_new();
		g_autofree char *beside = NULL;
		struct workspace *workspace = small_workspace(dir, findings);
		guint n = leftovers(dir, &beside);
		g_autofree char *text = get_file(dir, PATH);

		if (written)
			g_assert_true(holds_foreign(text) || holds_foreign(beside));
		g_assert_cmpuint(said(findings, "aside"), ==, n);
		g_assert_cmpuint(n, ==, holds_foreign(beside) ? 1 : 0);
		if (foreign == 0)
			g_assert_cmpuint(n, ==, 0);
		workspace_close(workspace);
		findings_free(findings);
	}
	remove_tree(dir);
	g_free(dir);
	return status;
}

/* Every step at which somebody can write, and every one at which we can die. */
static void test_every_step(gconstpointer data)
{
	bool whole = data != NULL;
	guint died = 0;

	for (int foreign = 0; foreign <= 3; foreign++) {
		for (int die = -4; die <= 4; die++)
			died += ABS(die) >= foreign && play(whole, foreign, die, 0) == DIED;
	}
	g_assert_cmpuint(died, >=, 6); /* the plot was acted out */
}

/* A step that fails leaves what it brought to light. */
static void test_failing(gconstpointer data)
{
	bool whole = data != NULL;

	for (int foreign = 0; foreign <= 2; foreign++) {
		for (int fail = 1; fail <= 4; fail++)
			play(whole, foreign, 0, fail);
	}
}

/* --- what former processes left, by hand --- */

static const char aside[] = "institutions/.alpha.yaml.telar-=1234567";

/* Dead after the commit; then files as they would be at some step. */
static char *crashed(const char *stands, const char *lies)
{
	char *dir = small_network();

	workspace_close(open_quietly(dir));
	plot.foreign = plot.fail = 0;
	plot.die = 1;
	g_assert_cmpint(edit_in_child(dir, false), ==, DIED);
	plot.die = 0;
	put_file(dir, PATH, stands);
	put_file(dir, aside, lies);
	return dir;
}

static char *text_after_edit(void)
{
	char *dir = small_network();
	struct workspace *workspace = open_quietly(dir);

	edit(workspace, false);
	workspace_close(workspace);
	char *text = get_file(dir, PATH);
	remove_tree(dir);
	g_free(dir);
	return text;
}

static void test_states(void)
{
	g_autofree char *edited = text_after_edit();
	const struct {
		const char *name, *stands, *lies;
		bool kept;
	} states[] = {
		{ "before the exchange", alpha_text, edited, false },
		{ "after it", edited, alpha_text, false },
		{ "after it, with somebody's version", edited, foreign_text, true },
		{ "after it was put back", foreign_text, edited, false },
	};

	for (guint i = 0; i < G_N_ELEMENTS(states); i++) {
		struct findings *findings = findings_new();
		char *dir = crashed(states[i].stands, states[i].lies);
		struct workspace *workspace = small_workspace(dir, findings);
		g_autofree char *left = get_file(dir, aside);

		g_test_message("%s", states[i].name);
		g_assert_cmpstr(left, ==, states[i].kept ? foreign_text : NULL);
		g_assert_cmpuint(said(findings, "aside"), ==, states[i].kept);
		workspace_close(workspace);
		findings_free(findings);
		remove_tree(dir);
		g_free(dir);
	}
}

static char *merged_text(const char *stands)
{
	char *dir = crashed(stands, alpha_text);

	workspace_close(open_quietly(dir));
	char *text = get_file(dir, PATH);
	remove_tree(dir);
	g_free(dir);
	return text;
}

/*
 * Dead before what was made of both versions, which no row has, was exchanged with the
 * file; and a copy of the file that is of no row.  If this fails a person is told for
 * ever of a version that says nothing else than the file.
 */
static void test_same(void)
{
	static const char by_hand[] = "id: alpha\nname: By hand\nsector: edustem\n";
	g_autofree char *merged = merged_text(by_hand);
	char *dirs[] = { crashed(by_hand, merged), small_network() };

	g_assert_true(strstr(merged, "By hand") && strstr(merged, "Puebla"));
	put_file(dirs[1], aside, alpha_text);
	for (guint i = 0; i < G_N_ELEMENTS(dirs); i++) {
		const struct workspace_options options = { .path = dirs[i],
							   .clock = clock_fixed(&now) };
		struct findings *findings = findings_new();

		workspace_close(small_workspace(dirs[i], findings));
		g_autofree char *text = get_file(dirs[i], PATH);
		g_autofree char *left = get_file(dirs[i], aside);
		g_assert_cmpstr(text, ==, i == 0 ? merged : alpha_text);
		g_assert_null(left);
		g_assert_cmpuint(said(findings, "aside"), ==, 0);
		put_file(dirs[i], aside, text);
		g_assert_true(network_doctor(&options, true, findings, NULL));
		g_assert_cmpuint(said(findings, "aside"), ==, 0);
		findings_free(findings);
		g_autofree char *mended = get_file(dirs[i], aside);
		g_assert_null(mended);
		remove_tree(dirs[i]);
		g_free(dirs[i]);
	}
}

/* What a start leaves of the version `lies` beside the file `stands`, after an edit of city. */
static bool is_kept(const char *stands, const char *lies)
{
	struct findings *findings = findings_new();
	char *dir = crashed(stands, lies);

	workspace_close(small_workspace(dir, findings));
	g_autofree char *left = get_file(dir, aside);
	g_assert_cmpuint(said(findings, "aside"), ==, left ? 1 : 0);
	g_assert_true(!left || strcmp(left, lies) == 0);
	findings_free(findings);
	remove_tree(dir);
	g_free(dir);
	return left != NULL;
}

/*
 * Dead after what was made of both versions was exchanged with the file: the other's
 * text lies aside.  The file is that with the edit.  A value, a word or a remark that
 * differs beside keeps it, and so does one that is not there any more or that stood
 * there before: somebody may have taken it out or put it back.
 */
static void test_explained(void)
{
	static const char by_hand[] = "id: alpha\nname: By hand\nsector: edustem\n"
				      "tags: [one, two]\npartners:\n  - with: beta # our friends\n"
				      "    since: 2020\n";
	static const struct {
		const char *from, *to;
	} changes[] = {
		{ "By hand", "By another hand" },
		{ "two]", "three]" },
		{ "2020", "2021" },
		{ "our friends", "their friends" },
		{ "since: 2020", "until: 2020" },
		{ "sector", "unheard-of: x\nsector" },
		{ "id: alpha", "id: [" },
		{ "tags: [one, two]\n", "" },
		{ ", two", "" },
		{ "    since: 2020\n", "" },
		{ "By hand", "Alpha" },
	};
	g_autofree char *merged = merged_text(by_hand);

	g_assert_true(strstr(merged, "Puebla") && strstr(merged, "our friends"));
	g_assert_false(is_kept(merged, by_hand));
	for (guint i = 0; i < G_N_ELEMENTS(changes); i++) {
		g_auto(GStrv) parts = g_strsplit(by_hand, changes[i].from, 2);
		g_autofree char *other = g_strjoinv(changes[i].to, parts);

		g_test_message("%s", changes[i].to);
		g_assert_true(is_kept(merged, other));
	}
}

/* A person can end the warning by a command, whichever of the two is right. */
static void test_decided(gconstpointer data)
{
	bool put_back = data != NULL, changed = false;
	char *dir = small_network();
	struct findings *findings = findings_new();
	g_autoptr(GError) error = NULL;

	put_file(dir, aside, foreign_text);
	struct workspace *workspace = small_workspace(dir, findings);
	g_assert_false(workspace_decide_aside(workspace, PATH, put_back, &error));
	g_assert_error(error, TELAR_ERROR, TELAR_ERROR_NO_INPUT);
	g_clear_error(&error);
	g_assert_true(workspace_decide_aside(workspace, aside, put_back, &error));
	g_assert_no_error(error);
	g_assert_true(workspace_refresh(workspace, findings, &changed, &error));
	g_assert_cmpint(changed, ==, put_back);
	workspace_close(workspace);
	findings_free(findings);

	findings = findings_new();
	workspace_close(small_workspace(dir, findings));
	g_autofree char *text = get_file(dir, PATH);
	g_autofree char *left = get_file(dir, aside);
	g_assert_cmpuint(said(findings, "aside"), ==, 0);
	g_assert_cmpstr(text, ==, put_back ? foreign_text : alpha_text);
	g_assert_null(left);
	findings_free(findings);
	remove_tree(dir);
	g_free(dir);
}

/* Of a file above what is read of one, no more than its beginning is known. */
static void test_large(void)
{
	g_autofree char *long_line = g_strnfill(YAML_FILE_MAX + 10, 'x');
	g_autofree char *stands = g_strdup_printf("%s# %s one\n", alpha_text, long_line);
	g_autofree char *lies = g_strdup_printf("%s# %s two\n", alpha_text, long_line);

	g_assert_true(is_kept(stands, lies));
}

/* The network's own file, whose name does not tell its id, as any other. */
static void test_network(void)
{
	static const char lies[] = ".network.yaml.telar-=1234567";
	char *dir = small_network();
	const struct workspace_options options = { .path = dir, .clock = clock_fixed(&now) };
	struct findings *findings = findings_new();
	g_autofree char *text = get_file(dir, "network.yaml");
	g_auto(GStrv) parts = g_strsplit(text, "name:", 2);
	g_autofree char *other = g_strjoinv("notes: By hand\nname:", parts);
	struct change *change = change_new();

	struct workspace *workspace = small_workspace(dir, findings);
	change_set(change, KIND_NETWORK, "red", "short_name", "Red");
	g_autoptr(GError) error = NULL;
	workspace_apply(workspace, change, &error);
	g_assert_no_error(error);
	change_free(change);
	workspace_close(workspace);
	put_file(dir, lies, text);
	g_assert_true(network_doctor(&options, false, findings, NULL));
	g_assert_cmpuint(said(findings, "aside"), ==, 0);
	workspace_close(small_workspace(dir, findings));
	g_autofree char *left = get_file(dir, lies);
	g_assert_null(left);
	put_file(dir, lies, other);
	workspace_close(small_workspace(dir, findings));
	g_autofree char *kept = get_file(dir, lies);
	g_assert_cmpstr(kept, ==, other);
	findings_free(findings);
	remove_tree(dir);
	g_free(dir);
}

/* Nobody's row: it stays through starts and edits, and the doctor knows it, until deleted. */
static void test_kept(void)
{
	char *dir = small_network();
	struct findings *findings = findings_new();
	const struct workspace_options options = { .path = dir, .clock = clock_fixed(&now) };

	put_file(dir, aside, foreign_text);
	put_file(dir, "institutions/.alpha.yaml.telar-12345678", "half");
	struct workspace *workspace = small_workspace(dir, findings);
	g_assert_cmpuint(findings->warnings, ==, 1);
	const struct finding *finding = findings->all->pdata[0];
	g_assert_cmpstr(finding->code, ==, "aside");
	g_assert_cmpstr(finding->file, ==, PATH);
	g_assert_nonnull(strstr(finding->message, aside));
	edit(workspace, false);
	workspace_close(workspace);
	findings_free(findings);

	findings = findings_new();
	g_assert_true(network_doctor(&options, true, findings, NULL));
	g_assert_cmpuint(said(findings, "aside"), ==, 1);
	g_assert_cmpuint(said(findings, "leftover"), ==, 0);
	findings_free(findings);
	g_autofree char *left = get_file(dir, aside);
	g_autofree char *half = get_file(dir, "institutions/.alpha.yaml.telar-12345678");
	g_assert_cmpstr(left, ==, foreign_text);
	g_assert_null(half);
	remove_tree(dir);
	g_free(dir);
}

int main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_data_func("/data/aside/every-step/set", NULL, test_every_step);
	g_test_add_data_func("/data/aside/every-step/delete", "delete", test_every_step);
	g_test_add_data_func("/data/aside/failing/set", NULL, test_failing);
	g_test_add_data_func("/data/aside/failing/delete", "delete", test_failing);
	g_test_add_func("/data/aside/states", test_states);
	g_test_add_func("/data/aside/same", test_same);
	g_test_add_func("/data/aside/kept", test_kept);
	g_test_add_func("/data/aside/explained", test_explained);
	g_test_add_func("/data/aside/large", test_large);
	g_test_add_func("/data/aside/network", test_network);
	g_test_add_data_func("/data/aside/decided/discard", NULL, test_decided);
	g_test_add_data_func("/data/aside/decided/put-back", "put back", test_decided);
	return g_test_run();
}
