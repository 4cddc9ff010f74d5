/*
 * Keeping slow results in the network's store from one run to the next, by commands
 * and by the app.  What they are is the business of graph/keep.c.
 */
#include "graph/kept.h"

#include "base/clock.h"
#include "data/current.h"
#include "graph/keep.h"

#define WORTH	   3000 /* ties, from which reading is sooner done than computing */
#define PRINT_SIZE 17	/* hexadecimal */
#define FORM	   "7 " TELAR_VERSION " " G_STRINGIFY(G_BYTE_ORDER)

/*
 * Each print has a row of its own, of which the store lets go the oldest of a kind.  What
 * leaves members out is a kind apart: any number of filters takes nothing from the whole.
 */
static struct cache_key key_of(const struct study *study, char print[PRINT_SIZE])
{
	const struct net *net = study_net(study);
	guint64 number = study_print(study);
	g_snprintf(print, PRINT_SIZE, "%016" G_GINT64_MODIFIER "x", number);
	return (struct cache_key){
		.kind = net->n < net->model->n[KIND_INSTITUTION] ? "works of some" : "works",
		.filter = print,
		.basis = FORM,
		.fingerprint = number,
	};
}

/* The model's day will do: of one day the last ones stay, and the past goes first. */
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
	char print[PRINT_SIZE];
	struct cache_key key = key_of(study, print);
	g_autoptr(GBytes) bytes = store ? store_cache_get(store, &key, NULL) : NULL;
	if (bytes)
		(void)study_recall(study, bytes);
	store_close(store);
}

void study_keep_in(const struct study *study, const char *path)
{
	g_autoptr(GBytes) bytes = !path || study_net(study)->m < WORTH ? NULL : study_keep(study);
	struct store *store = bytes ? store_peek_at(path, false) : NULL;
	char print[PRINT_SIZE];
	struct cache_key key = key_of(study, print);
	if (store)
		(void)store_cache_put(store, &key, day_of(study), bytes, NULL);
	store_close(store);
}
