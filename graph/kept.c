/*
 * Keeping slow results in the network's store from one run to the next, by commands
 * and by the app.  What they are is the business of graph/keep.c.
 */
#include "graph/kept.h"

#include "base/clock.h"
#include "data/store/store.h"
#include "graph/keep.h"

#define WORTH 3000 /* ties, from which reading is sooner done than computing */
#define KIND  "works"
#define FORM  "1 " TELAR_VERSION " " G_STRINGIFY(G_BYTE_ORDER)

/* NULL where there is none, or none is wanted. */
static struct store *store_of(const char *directory, bool read_only)
{
	g_autofree char *file =
		directory ? g_build_filename(directory, ".telar", "network.telar", NULL) : NULL;
	return file && g_file_test(file, G_FILE_TEST_IS_REGULAR) ? store_open(file, read_only, NULL)
								 : NULL;
}

static struct cache_key key_of(const struct study *study)
{
	return (struct cache_key){ .kind = KIND, .basis = FORM, .fingerprint = study_print(study) };
}

/* The model's day will do: there is one of the kind, and the last one stays. */
static gint64 day_of(const struct study *study)
{
	char text[DATE_TEXT_SIZE];
	gint64 at = 0;
	(void)clock_parse(date_format(study_model(study)->today, text), false, &at);
	return at;
}

void study_recall_from(struct study *study, const char *directory)
{
	if (study_net(study)->m < WORTH)
		return;
	struct store *store = store_of(directory, true);
	struct cache_key key = key_of(study);
	g_autoptr(GBytes) bytes = store ? store_cache_get(store, &key, NULL) : NULL;
	if (bytes)
		(void)study_recall(study, bytes);
	store_close(store);
}

void study_keep_in(const struct study *study, const char *directory)
{
	g_autoptr(GBytes) bytes = study_net(study)->m < WORTH ? NULL : study_keep(study);
	struct store *store = bytes ? store_of(directory, false) : NULL;
	struct cache_key key = key_of(study);
	if (store)
		(void)store_cache_put(store, &key, day_of(study), bytes, NULL);
	store_close(store);
}
