/*
 * A store that somebody tampered with: each five bytes of the input change one
 * byte of a sound one.  It is said to be damaged, or gives records that hold what
 * records hold; never a crash.
 */
#include "data/past.h"

#include <string.h>
#include <unistd.h>

#include <glib/gstdio.h>

#include "data/generate.h"
#include "data/safety.h"

int LLVMFuzzerTestOneInput(const guint8 *data, gsize size);

static const struct generate_options small = {
	.institutions = 10, .territories = 2, .programmes = 1, .degree = 3, .seed = 11
};
static const gint64 moment = 1782000000;

struct sound {
	char *bytes;
	gsize length;
	char *path; /* where changed copies go: of this process alone */
};

static void make_sound(struct sound *sound)
{
	GPtrArray *records[KIND_COUNT];
	struct pool *pool = pool_new();
	const struct clock clock = clock_fixed(&moment);
	g_autofree char *name = g_strdup_printf("telar-fuzz-%d.telar", (int)getpid());

	sound->path = g_build_filename(
		g_file_test("/dev/shm", G_FILE_TEST_IS_DIR) ? "/dev/shm" : g_get_tmp_dir(), name,
		NULL);
	for (guint k = 0; k < KIND_COUNT; k++)
		records[k] = g_ptr_array_new();
	generate_records(&small, pool, records);
	g_unlink(sound->path);
	g_assert_true(network_make_store(records, sound->path, &clock, NULL));
	g_assert_true(g_file_get_contents(sound->path, &sound->bytes, &sound->length, NULL));
	for (guint k = 0; k < KIND_COUNT; k++)
		g_ptr_array_unref(records[k]);
	pool_unref(pool);
	g_unlink(sound->path);
}

static void tamper(char *bytes, gsize length, const guint8 *data, gsize size)
{
	for (gsize i = 0; i + 5 <= size; i += 5) {
		gsize page = (data[i] | (gsize)data[i + 1] << 8) % (length / 4096);
		gsize within = (data[i + 2] | (gsize)data[i + 3] << 8) % 4096;

		bytes[page * 4096 + within] = (char)data[i + 4];
	}
}

static void write_bytes(const char *path, const char *bytes, gsize length)
{
	FILE *out = g_fopen(path, "wb");

	g_assert_nonnull(out);
	g_assert_cmpuint(fwrite(bytes, 1, length, out), ==, length);
	fclose(out);
}

static void open_it(const char *path)
{
	const struct workspace_options options = { .path = path,
						   .actor = "eva",
						   .clock = clock_fixed(&moment),
						   .flags = WORKSPACE_READ_ONLY };
	struct findings *findings = findings_new();
	g_autoptr(GError) error = NULL;
	struct workspace *workspace = workspace_open(&options, findings, &error);

	g_assert_true((workspace == NULL) == (error != NULL));
	if (workspace) {
		GPtrArray *log = workspace_log(workspace, NULL, NULL);

		g_clear_pointer(&log, g_ptr_array_unref);
		model_unref(workspace_model_at(workspace, 0, NULL));
	}
	workspace_close(workspace);
	findings_free(findings);
}

int LLVMFuzzerTestOneInput(const guint8 *data, gsize size)
{
	static struct sound sound; /* made once */

	if (!sound.bytes)
		make_sound(&sound);
	g_autofree char *bytes = g_memdup2(sound.bytes, sound.length);

	tamper(bytes, sound.length, data, size);
	write_bytes(sound.path, bytes, sound.length);
	open_it(sound.path);
	g_unlink(sound.path);
	return 0;
}
