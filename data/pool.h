#ifndef DATA_POOL_H
#define DATA_POOL_H

#include <glib.h>

/*
 * Memory that lives and dies with a model or a record: strings in a
 * GStringChunk, arrays and structs in blocks.  Nothing is freed one by one.
 * Reference-counted (atomically), so that generations of a model can share.
 * A pool is filled by one thread.
 */
struct pool;

struct pool *pool_new(void);
struct pool *pool_ref(struct pool *pool);
void pool_unref(struct pool *pool); /* NULL accepted */

/* A copy; NULL stays NULL.  pool_word() keeps one copy of equal strings (ids, vocabulary). */
const char *pool_text(struct pool *pool, const char *text);
const char *pool_word(struct pool *pool, const char *text);

/* Zeroed, aligned for any type. */
void *pool_alloc(struct pool *pool, gsize bytes);

#endif
