/*
 * Reading every entry of a directory, up to checked records, against reading its
 * bytes and running libyaml's event parser over them: both on all cores, in turn
 * in one run.  Usage: read DIRECTORY [RUNS].
 */
#include "data/workspace/private.h"

#include "data/yaml/yaml_file.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>
#include <yaml.h>

#define RUNS_MOST    25
#define BLOCK	     32
#define THREADS_MOST 8

struct times {
	double wall, processor;
};

static struct times now(void)
{
	struct timespec spent;

	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &spent);
	return (struct times){ (double)g_get_monotonic_time() / 1e6,
			       (double)spent.tv_sec + (double)spent.tv_nsec / 1e9 };
}

static struct times since(struct times start)
{
	struct times end = now();

	return (struct times){ end.wall - start.wall, end.processor - start.processor };
}

/* --- the measure: bytes and events ------------------------------------------------------ */

struct bare {
	const struct directory *directory;
	const GPtrArray *entries;
	gint next, events;
};

static int parse(const char *text, gsize length)
{
	yaml_parser_t parser;
	bool more = true;
	int n = 0;

	yaml_parser_initialize(&parser);
	yaml_parser_set_input_string(&parser, (const guchar *)text, length);
	while (more) {
		yaml_event_t event;

		more = yaml_parser_parse(&parser, &event) && event.type != YAML_STREAM_END_EVENT;
		yaml_event_delete(&event);
		n++;
	}
	yaml_parser_delete(&parser);
	return n;
}

static int parse_file(const struct directory *directory, const char *path)
{
	static const gsize room = YAML_FILE_MAX;
	int fd = openat(directory->fd, path, O_RDONLY | O_CLOEXEC);
	g_autofree char *text = g_malloc(room);
	gssize length = fd < 0 ? -1 : read(fd, text, room);

	close(fd);
	return length < 0 ? 0 : parse(text, (gsize)length);
}

static gpointer work(gpointer data)
{
	struct bare *bare = data;

	while (true) {
		guint first = (guint)g_atomic_int_add(&bare->next, BLOCK);

		if (first >= bare->entries->len)
			return NULL;
		for (guint i = first; i < MIN(first + BLOCK, bare->entries->len); i++) {
			const struct entry *entry = bare->entries->pdata[i];

			g_atomic_int_add(&bare->events, parse_file(bare->directory, entry->path));
		}
	}
}

static struct times run_bare(const struct directory *directory, const GPtrArray *entries)
{
	struct bare bare = { .directory = directory, .entries = entries };
	guint wanted = MIN(g_get_num_processors(), THREADS_MOST);
	GThread *threads[THREADS_MOST];
	struct times start = now();

	for (guint i = 1; i < wanted; i++)
		threads[i] = g_thread_new("parse", work, &bare);
	work(&bare);
	for (guint i = 1; i < wanted; i++)
		g_thread_join(threads[i]);
	g_assert_cmpint(bare.events, >, (int)entries->len);
	return since(start);
}

/* --- the program ------------------------------------------------------------------------ */

static const struct network *read_network(struct reading *reading, GPtrArray *entries,
					  GPtrArray *pools)
{
	for (guint i = 0; i < entries->len; i++) {
		const struct entry *entry = entries->pdata[i];
		struct parsed parsed = { .entry = entry };

		if (strcmp(entry->path, DIRECTORY_NETWORK) != 0)
			continue;
		reading_run(reading, &parsed, 1, pools);
		const struct network *network = parsed.record;
		g_assert_nonnull(network);
		parsed_release(&parsed, 1);
		return network;
	}
	return NULL;
}

static struct times run_reader(const struct directory *directory, GPtrArray *entries)
{
	g_autofree struct parsed *parsed = g_new0(struct parsed, entries->len);
	GPtrArray *pools = pools_new();
	struct reading reading;
	guint good = 0;
	struct times start = now();

	reading_init(&reading, directory, entries, (struct date){ 2026, 6, 1 });
	reading.network = read_network(&reading, entries, pools);
	for (guint i = 0; i < entries->len; i++)
		parsed[i].entry = entries->pdata[i];
	reading_run(&reading, parsed, entries->len, pools);
	for (guint i = 0; i < entries->len; i++)
		good += parsed[i].record != NULL;
	g_assert_cmpuint(good, ==, entries->len);
	parsed_release(parsed, entries->len);
	struct times spent = since(start);
	reading_release(&reading);
	g_ptr_array_unref(pools);
	return spent;
}

/* --- both ------------------------------------------------------------------------------- */

static int compare(const void *a, const void *b)
{
	const struct times *x = a, *y = b;

	return x->processor < y->processor ? -1 : x->processor > y->processor;
}

int main(int argc, char **argv)
{
	guint runs = argc > 2 ? MIN((guint)atoi(argv[2]), RUNS_MOST) : 7;
	g_autoptr(GPtrArray) entries = g_ptr_array_new();
	struct findings *findings = findings_new();
	struct times bare[RUNS_MOST], reader[RUNS_MOST];
	g_autoptr(GError) error = NULL;

	if (argc < 2 || runs == 0)
		return 64;
	struct directory *directory = directory_open(argv[1], &error);
	g_assert_no_error(error);
	g_assert_true(directory_scan(directory, entries, findings, NULL, NULL, &error));
	for (guint i = 0; i < runs; i++) {
		bare[i] = run_bare(directory, entries);
		reader[i] = run_reader(directory, entries);
	}
	qsort(bare, runs, sizeof *bare, compare);
	qsort(reader, runs, sizeof *reader, compare);
	struct times b = bare[runs / 2], r = reader[runs / 2];

	printf("%u files, %u threads: seconds on the wall and of the processors\n", entries->len,
	       MIN(g_get_num_processors(), THREADS_MOST));
	printf("libyaml's events %.3f · %.3f, records %.3f · %.3f: %.2f x · %.2f x\n", b.wall,
	       b.processor, r.wall, r.processor, r.wall / b.wall, r.processor / b.processor);
	for (guint i = 0; i < entries->len; i++)
		entry_free(entries->pdata[i]);
	findings_free(findings);
	directory_close(directory);
	return 0;
}
