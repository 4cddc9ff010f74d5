/*
 * By what a file is known to be the one that was read: its stamp, as long as that
 * can be trusted, then its bytes, also by what former versions kept of them.
 */
#include "data/workspace/private.h"
#include "tests/unit/data_fixture.h"

#include <fcntl.h>
#include <sys/stat.h>

static const char beta_path[] = "institutions/beta.yaml";

static void put_beta(const struct fixture *f, const char *name, gint64 second)
{
	g_autofree char *text = g_strdup_printf(
		"id: beta\nname: %s\nsector: business\nterritories: [norte]\n", name);
	g_autofree char *path = g_build_filename(f->dir, beta_path, NULL);
	const struct timespec times[2] = { { .tv_sec = second, .tv_nsec = 5 },
					   { .tv_sec = second, .tv_nsec = 5 } };

	put_file(f->dir, beta_path, text);
	g_assert_cmpint(utimensat(AT_FDCWD, path, times, 0), ==, 0);
}

/* Written twice within one tick of the clock, with as many bytes: the second would be missed. */
static void test_same_tick(struct fixture *f, gconstpointer data)
{
	gint64 tick = clock_stamp() / 1000000000 + 3600;

	(void)data;
	put_beta(f, "Beta One", tick);
	open_again(f);
	put_beta(f, "Beta Two", tick);
	open_again(f);
	g_assert_cmpstr(institution(f, "beta")->base.name, ==, "Beta Two");
}

/* A stamp that is in the past is believed: else every opening would read everything. */
static void test_past(struct fixture *f, gconstpointer data)
{
	g_autoptr(GError) error = NULL;

	(void)data;
	put_beta(f, "Beta One", 1000000000);
	open_again(f);
	struct file_state *state = store_file(f->workspace->store, beta_path, &error);
	g_assert_cmpint(state->mtime, ==, (gint64)1000000000 * 1000000000 + 5);
	g_assert_cmpuint(strlen(state->hash), ==, 32);
	file_state_free(state);
}

/* A file that was only touched is no news for whoever shows the network. */
static void test_touched(struct fixture *f, gconstpointer data)
{
	g_autoptr(GError) error = NULL;
	bool changed = true;

	(void)data;
	put_beta(f, "Beta One", 1000000000);
	open_again(f);
	put_beta(f, "Beta One", 1000000001);
	g_assert_true(workspace_refresh(f->workspace, f->findings, &changed, &error));
	g_assert_no_error(error);
	g_assert_false(changed);
	put_beta(f, "Beta Two", 1000000002);
	g_assert_true(workspace_refresh(f->workspace, f->findings, &changed, &error));
	g_assert_true(changed);
}

static void keep_sha256(struct store *store, const char *path, const char *text)
{
	struct file_state *state = store_file(store, path, NULL);

	g_assert_true(store_begin(store, NULL));
	g_free(state->hash);
	state->hash = g_compute_checksum_for_string(G_CHECKSUM_SHA256, text, -1);
	g_assert_true(store_put_file(store, state, NULL));
	g_assert_true(store_commit(store, NULL));
	file_state_free(state);
}

/* A store of a former version: its files count as read, edits of them go through. */
static void test_former_version(struct fixture *f, gconstpointer data)
{
	g_autoptr(GError) error = NULL;
	g_autofree char *text = get_file(f->dir, beta_path);

	(void)data;
	keep_sha256(f->workspace->store, beta_path, text);
	open_again(f);
	set(f, "beta", "name", "Beta New");
	g_autofree char *patched = get_file(f->dir, beta_path);
	g_assert_nonnull(strstr(patched, "name: Beta New"));
	g_assert_true(workspace_undo(f->workspace, 0, NULL, &error));
	g_assert_no_error(error);
	assert_file(f, beta_path, text);
	keep_sha256(f->workspace->store, beta_path, text);
	put_file(f->dir, beta_path, text); /* another stamp, the same bytes */
	open_again(f);
	struct change *last = newest(f);
	g_assert_cmpstr(last->actor, ==, "ana");
	change_free(last);
	assert_agrees(f);
}

/* One bit more, one less, elsewhere or a zero at the end: always another hash. */
static void test_hash(struct fixture *f, gconstpointer data)
{
	g_autoptr(GHashTable) seen = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
	guint8 bytes[40] = { 0 };

	(void)f;
	(void)data;
	for (gsize n = 0; n <= sizeof bytes; n++)
		g_assert_true(g_hash_table_add(seen, bytes_hash(bytes, n)));
	for (guint bit = 0; bit < 8 * sizeof bytes; bit++) {
		bytes[bit / 8] = (guint8)(1u << bit % 8);
		g_assert_true(g_hash_table_add(seen, bytes_hash(bytes, sizeof bytes)));
		bytes[bit / 8] = 0;
	}
	/* Kept in stores: it must stay what it is, on every machine. */
	g_autofree char *known = bytes_hash("id: beta\n", 9);
	g_assert_cmpstr(known, ==, "34dcd970be291b3d9a3097194c35c762");
	g_assert_true(bytes_have_hash("id: beta\n", 9, known));
	g_assert_true(file_bytes_are(NULL, ""));
	g_assert_false(file_bytes_are(NULL, known));
}

int main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
#define TEST(name, function)                                                                       \
	g_test_add("/data/stamps/" name, struct fixture, NULL, set_up, function, tear_down)
	TEST("same-tick", test_same_tick);
	TEST("past", test_past);
	TEST("touched", test_touched);
	TEST("former-version", test_former_version);
	TEST("hash", test_hash);
	return g_test_run();
}
