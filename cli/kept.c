/*
 * Keeping slow results in the network's store from one command to the next.  What
 * they are is the business of graph/keep.c.
 */
#include "cli/kept.h"

#include "data/store/store.h"
#include "graph/keep.h"

#define WORTH 3000 /* ties, from which reading is sooner done than computing */
#define KIND  "works"
#define FORM  "1 " TELAR_VERSION " " G_STRINGIFY(G_BYTE_ORDER)

/* NULL where there is none, or none is wanted. */
static struct store *store_of(struct cli *cli, const struct study *study, bool read_only)
{
	g_autofree char *path = study_net(study)->m < WORTH ? NULL : cli_path(cli, NULL);
	g_autofree char *file =
		path ? g_build_filename(path, ".telar", "network.telar", NULL) : NULL;
	return file && g_file_test(file, G_FILE_TEST_IS_REGULAR) ? store_open(file, read_only, NULL)
								 : NULL;
}

static struct cache_key key_of(const struct study *study)
{
	return (struct cache_key){ .kind = KIND, .basis = FORM, .fingerprint = study_print(study) };
}

void cli_recall(struct cli *cli, struct study *study)
{
	struct store *store = store_of(cli, study, true);
	struct cache_key key = key_of(study);
	g_autoptr(GBytes) bytes = store ? store_cache_get(store, &key, NULL) : NULL;
	if (bytes)
		(void)study_recall(study, bytes);
	store_close(store);
}

void cli_keep(struct cli *cli, const struct study *study)
{
	g_autoptr(GBytes) bytes = study_net(study)->m < WORTH ? NULL : study_keep(study);
	struct store *store = bytes ? store_of(cli, study, false) : NULL;
	struct cache_key key = key_of(study);
	if (store)
		(void)store_cache_put(store, &key, clock_now(&cli->clock), bytes, NULL);
	store_close(store);
}
