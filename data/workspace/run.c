/*
 * Reading many entry files on all cores.  A file is judged against ids and words
 * that are fixed beforehand, so the threads share nothing they write to.
 */
#include "data/workspace/private.h"

#include <string.h>

#define BLOCK	32 /* files that a thread takes at a time */
#define THREADS 8

struct run {
	struct reading *reading;
	struct parsed *parsed;
	guint n;
	gint next; /* atomic */
};

struct worker {
	struct run *run;
	struct pool *pool;
};

static void destroy_pool(gpointer pool)
{
	pool_unref(pool);
}

GPtrArray *pools_new(void)
{
	return g_ptr_array_new_with_free_func(destroy_pool);
}

static void read_one(struct reading *reading, struct parsed *parsed, struct pool *pool)
{
	const struct entry *entry = parsed->entry;
	g_autofree char *own = NULL;

	parsed->findings = findings_new();
	parsed->bytes = reading_load(reading, entry, parsed->findings);
	parsed->same =
		parsed->bytes && parsed->unless && file_bytes_are(parsed->bytes, parsed->unless);
	if (parsed->bytes && !parsed->same)
		parsed->record =
			reading_record(reading, entry, parsed->bytes, pool, &own, parsed->findings);
	parsed->id = g_strdup(*entry->id ? entry->id : own ? own : "");
}

static gpointer work(gpointer data)
{
	struct worker *worker = data;
	struct run *run = worker->run;

	while (true) {
		guint first = (guint)g_atomic_int_add(&run->next, BLOCK);

		if (first >= run->n)
			return NULL;
		for (guint i = first; i < MIN(first + BLOCK, run->n); i++)
			read_one(run->reading, &run->parsed[i], worker->pool);
	}
}

void reading_run(struct reading *reading, struct parsed *parsed, guint n, GPtrArray *pools)
{
	struct run run = { .reading = reading, .parsed = parsed, .n = n };
	struct worker workers[THREADS] = { { NULL, NULL } };
	GThread *threads[THREADS] = { NULL };
	guint wanted = MIN(MIN(g_get_num_processors(), THREADS), n / BLOCK + 1);

	for (guint i = 0; i < wanted; i++) {
		workers[i] = (struct worker){ &run, pool_new() };
		g_ptr_array_add(pools, workers[i].pool);
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

void parsed_release(struct parsed *parsed, guint n)
{
	for (guint i = 0; i < n; i++) {
		file_bytes_free(parsed[i].bytes);
		g_free(parsed[i].id);
		if (parsed[i].findings)
			findings_free(parsed[i].findings);
	}
}
