/*
 * Any bytes as files of other tools: read and settled as a plan, or refused with
 * findings or a word why; never a crash.  The first byte chooses the form and
 * whether there is a network already; a byte 1E begins a second file.
 */
#include "data/import/import.h"

#include <string.h>
#include <unistd.h>

#include <glib/gstdio.h>

#include "tests/generated.h"

int LLVMFuzzerTestOneInput(const guint8 *data, gsize size);

static const char *const forms[] = { "csv", "json", "graphml", "txt" };
static const struct generate_options small = {
	.institutions = 8, .territories = 2, .degree = 2, .seed = 3
};

static char *write_file(const char *root, const char *name, const char *form, const char *text,
			gsize size)
{
	g_autofree char *file = g_strconcat(name, ".", form, NULL);
	char *path = g_build_filename(root, file, NULL);
	FILE *out = g_fopen(path, "wb");

	g_assert_nonnull(out);
	g_assert_cmpuint(size > 0 ? fwrite(text, 1, size, out) : 0, ==, size);
	fclose(out);
	return path;
}

static void settle(const struct import_options *options, const struct model *model)
{
	struct findings *findings = findings_new();
	g_autoptr(GError) error = NULL;
	struct import_plan *plan = import_prepare(options, model, findings, &error);

	g_assert_true((plan == NULL) == (error != NULL));
	import_plan_free(plan);
	findings_free(findings);
}

static void read_files(const guint8 *data, gsize size, const char *root, const struct model *model)
{
	const char *form = forms[data[0] % G_N_ELEMENTS(forms)];
	const char *text = (const char *)data + 1;
	const char *second = memchr(text, 0x1E, size - 1);
	gsize length = second ? (gsize)(second - text) : size - 1;
	g_autofree char *one = write_file(root, "one", form, text, length);
	g_autofree char *two =
		second ? write_file(root, "two", form, second + 1, size - 2 - length) : NULL;
	const char *files[] = { one, two, NULL };
	const struct import_options options = {
		.files = files,
		.all_new = true,
		.add_ends = (data[0] & 0x10) != 0,
		.add_words = (data[0] & 0x20) != 0,
		.sector = "school",
		.id = "fuzzed",
		.name = "Fuzzed",
	};

	settle(&options, data[0] & 0x40 ? model : NULL);
	g_unlink(one);
	if (two)
		g_unlink(two);
}

int LLVMFuzzerTestOneInput(const guint8 *data, gsize size)
{
	static struct model *model; /* made once: a million runs use the same */

	if (size == 0)
		return 0;
	if (!model)
		model = model_generated(&small, (struct date){ 2026, 6, 1 });
	/* Of this process alone, and gone when the run ends. */
	g_autofree char *name = g_strdup_printf("telar-import-%d", (int)getpid());
	g_autofree char *root = g_build_filename(
		g_file_test("/dev/shm", G_FILE_TEST_IS_DIR) ? "/dev/shm" : g_get_tmp_dir(), name,
		NULL);

	g_mkdir(root, 0700);
	read_files(data, size, root, model);
	g_rmdir(root);
	return 0;
}
