/*
 * Keeping slow results in the network's store from one run to the next, by commands
 * and by the app.  What they are is the business of graph/keep.c.
 */
#include "graph/kept.h"

#include "base/clock.h"
#include "data/current.h"
#include "graph/keep.h"

#define WORTH 3000 /* ties, from which reading is sooner done than computing */
#define KIND  "works"
#define FORM  "2 " TELAR_VERSION " " G_STRINGIFY(G_BYTE_ORDER)

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

void study_recall_from(struct study *study, const char *path)
{
	if (!path || study_net(study)->m < WORTH)
		return;
	struct store *store = store_peek_at(path, true);
	struct cache_key key = key_of(study);
	g_autoptr(GBytes) bytes = store ? store_cache_get(store, &key, NULL) : NULL;
	if (bytes)
		(void)study_recall(study, bytes);
	store_close(store);
}

void study_keep_in(const struct study *study, const char *path)
{
	g_autoptr(GBytes) bytes = !path || study_net(study)->m < WORTH ? NULL : study_keep(study);
	struct store *store = bytes ? store_peek_at(path, false) : NULL;
	struct cache_key key = key_of(study);
	if (store)
		(void)store_cache_put(store, &key, day_of(study), bytes, NULL);
	store_close(store);
}
