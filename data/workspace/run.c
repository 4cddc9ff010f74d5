/*
 * Reading many entry files on all cores.  A file is judged against ids and words
 * that are fixed beforehand, so the threads share nothing they write to.
 */
#include "data/workspace/private.h"

#include <string.h>

#define BLOCK	32 /* files that a thread takes at a time */
#define THREADS 8

#define FILE_USUAL 4096 /* bytes; a larger one takes more memory for a while */

struct run {
	struct reading *reading;
	struct parsed *parsed;
	guint n;
	gint next; /* atomic */
};

struct worker {
	struct run *run;
	struct scratch scratch;
};

static void destroy_pool(gpointer pool)
{
	pool_unref(pool);
}

GPtrArray *pools_new(void)
{
	return g_ptr_array_new_with_free_func(destroy_pool);
}

static void read_one(struct worker *worker, struct parsed *parsed)
{
	struct reading *reading = worker->run->reading;
	const struct entry *entry = parsed->entry;
	struct scratch *scratch = &worker->scratch;

	if (!scratch->findings)
		scratch->findings = findings_new();
	parsed->id = entry->id;
	parsed->bytes = reading_load(reading, entry, scratch->findings);
	parsed->same =
		parsed->bytes && parsed->unless && file_bytes_are(parsed->bytes, parsed->unless);
	if (parsed->bytes && !parsed->same)
		parsed->record = reading_record(reading, entry, parsed->bytes, scratch,
						*entry->id ? NULL : &parsed->id);
	/* Memory that is in the cache, for the next file. */
	if (parsed->bytes)
		g_clear_pointer(&parsed->bytes->text, g_free);
	if (scratch->findings->all->len > 0)
		parsed->findings = g_steal_pointer(&scratch->findings);
}

static gpointer work(gpointer data)
{
	struct worker *worker = data;
	struct run *run = worker->run;

	worker->scratch.nodes = node_pool_new(FILE_USUAL);
	while (true) {
		guint first = (guint)g_atomic_int_add(&run->next, BLOCK);

		if (first >= run->n)
			break;
		for (guint i = first; i < MIN(first + BLOCK, run->n); i++)
			if (!g_cancellable_is_cancelled(run->reading->cancel))
				read_one(worker, &run->parsed[i]);
	}
	findings_free(worker->scratch.findings);
	node_pool_free(worker->scratch.nodes);
	return NULL;
}

void reading_run(struct reading *reading, struct parsed *parsed, guint n, GPtrArray *pools)
{
	struct run run = { .reading = reading, .parsed = parsed, .n = n };
	struct worker workers[THREADS] = { { .run = NULL } };
	GThread *threads[THREADS] = { NULL };
	guint wanted = MIN(MIN(g_get_num_processors(), THREADS), n / BLOCK + 1);

	for (guint i = 0; i < wanted; i++) {
		workers[i] = (struct worker){ .run = &run, .scratch.pool = pool_new() };
		g_ptr_array_add(pools, workers[i].scratch.pool);
	}
	/* Where no thread can be had, this one does it all. */
	for (guint i = 1; i < wanted; i++)
		threads[i] = g_thread_try_new("read", work, &workers[i], NULL);
	work(&workers[0]);
	for (guint i = 1; i < wanted; i++) {
		if (threads[i])
			g_thread_join(threads[i]);
	}
}

void parsed_tell(struct parsed *parsed, struct findings *to)
{
	if (parsed->findings)
		findings_move(to, parsed->findings);
}

void parsed_release(struct parsed *parsed, guint n)
{
	for (guint i = 0; i < n; i++) {
		file_bytes_free(parsed[i].bytes);
		if (parsed[i].findings)
			findings_free(parsed[i].findings);
	}
}
