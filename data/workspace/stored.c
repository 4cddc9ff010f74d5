/*
 * The model of a directory out of its store, for whoever only reads: the records of
 * unchanged files are there already.  A store that is behind, of another version,
 * damaged, in use or not to be opened is passed by; it is never brought forward here.
 */
#include "data/current.h"
#include "data/workspace/sync.h"

#include <string.h>

/* Nothing that is still to be written to files, and nothing to follow in them. */
static bool is_settled(struct store *store)
{
	g_autoptr(GPtrArray) waiting = outbox_rows_new();
	g_autofree char *read = store_meta(store, STORE_READ, NULL);
	g_autofree char *follow = store_meta(store, STORE_FOLLOW, NULL);

	return read && (!follow || !*follow) && store_outbox(store, waiting, NULL) &&
	       waiting->len == 0;
}

bool store_is_current(struct store *store, const GPtrArray *entries, GPtrArray *broken)
{
	g_autoptr(GPtrArray) states = file_states_new();
	bool current = is_settled(store) && store_files(store, states, NULL) &&
		       entries->len == states->len;

	for (guint i = 0; current && i < entries->len; i++) {
		const struct entry *entry = entries->pdata[i];
		const struct file_state *state = states->pdata[i]; /* both are by path */

		current = strcmp(entry->path, state->path) == 0 && sync_is_current(entry, state);
		if (current && state->broken && broken)
			g_ptr_array_add(broken, (gpointer)(gsize)entry);
	}
	return current;
}

/*
 * What is wrong with the files that have errors.  False when one has none any more,
 * as what it refers to came to be: then all files are read.
 */
static bool tell_broken(struct store *store, const struct directory *directory, GPtrArray *entries,
			const GPtrArray *broken, struct date today, struct findings *findings)
{
	g_autofree struct parsed *parsed = g_new0(struct parsed, broken->len + 1);
	g_autoptr(GPtrArray) pools = pools_new();
	struct file_state *network = store_file(store, DIRECTORY_NETWORK, NULL);
	struct reading reading;
	bool good = network && *network->id && !network->broken;

	reading_init(&reading, directory, entries, today);
	g_ptr_array_add(pools, pool_new());
	if (good) {
		reading_know(&reading, KIND_NETWORK, network->id);
		reading.network =
			store_get(store, KIND_NETWORK, network->id, pools->pdata[0], NULL);
		good = reading.network != NULL;
	}
	for (guint i = 0; i < broken->len; i++) {
		parsed[i].entry = broken->pdata[i];
		/* What two networks of one id say depends on both. */
		good = good && parsed[i].entry->kind != KIND_NETWORK;
	}
	if (good) {
		reading_run(&reading, parsed, broken->len, pools);
		for (guint i = 0; i < broken->len; i++) {
			parsed_tell(&parsed[i], findings);
			good = good && !parsed[i].record;
		}
		parsed_release(parsed, broken->len);
	}
	file_state_free(network);
	reading_release(&reading);
	return good;
}

static struct model *model_of(struct store *store, const struct directory *directory,
			      struct date today, struct findings *findings)
{
	g_autoptr(GPtrArray) entries = entries_new();
	g_autoptr(GPtrArray) broken = g_ptr_array_new();
	bool good = store_begin_read(store, NULL) &&
		    directory_scan(directory, entries, findings, NULL, NULL, NULL) &&
		    store_is_current(store, entries, broken) &&
		    (broken->len == 0 ||
		     tell_broken(store, directory, entries, broken, today, findings));
	struct model *model = good ? store_good_model(store, today, NULL) : NULL;

	store_end_read(store);
	return model;
}

bool directory_model(const char *path, struct date today, struct findings *findings,
		     struct model **model, GError **error)
{
	struct directory *directory = directory_open(path, error);
	struct findings *found = findings_new();
	struct store *store = NULL;
	struct model *stored = NULL;

	if (!directory) {
		findings_free(found);
		return false;
	}
	store = store_peek_at(directory->path, true);
	if (store)
		stored = model_of(store, directory, today, found);
	if (stored) {
		findings_move(findings, found);
		findings_sort(findings);
		*model = stored;
	}
	findings_free(found);
	store_close(store);
	directory_close(directory);
	return stored || directory_read(path, NULL, today, findings, model, NULL, error);
}
