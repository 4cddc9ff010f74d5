/*
 * Memory with one end: what a model or a record under edit is made of.  Strings
 * go to a GStringChunk, structs and arrays to blocks cut from the front.  Not
 * for anything that is freed by itself.
 */
#include "data/pool.h"

/* So much that the page which the system adds to each is of no weight. */
#define BLOCK_SHIFT 8
#define ALIGN_TO    ((gsize)16)

struct pool {
	gint refs;
	GStringChunk *strings;
	GPtrArray *blocks;
	char *free_at;
	gsize free_bytes;
};

struct pool *pool_new(void)
{
	struct pool *pool = g_new0(struct pool, 1);

	pool->refs = 1;
	pool->strings = g_string_chunk_new(1024);
	pool->blocks = g_ptr_array_new_with_free_func(g_free);
	return pool;
}

struct pool *pool_ref(struct pool *pool)
{
	g_atomic_int_inc(&pool->refs);
	return pool;
}

void pool_unref(struct pool *pool)
{
	if (!pool || !g_atomic_int_dec_and_test(&pool->refs))
		return;
	g_string_chunk_free(pool->strings);
	g_ptr_array_unref(pool->blocks);
	g_free(pool);
}

const char *pool_text(struct pool *pool, const char *text)
{
	return text ? g_string_chunk_insert(pool->strings, text) : NULL;
}

const char *pool_word(struct pool *pool, const char *text)
{
	return text ? g_string_chunk_insert_const(pool->strings, text) : NULL;
}

void *pool_alloc(struct pool *pool, gsize bytes)
{
	gsize need = (MAX(bytes, 1) + ALIGN_TO - 1) / ALIGN_TO * ALIGN_TO;

	if (need > pool->free_bytes) {
		/* A small pool (one record) should not cost a big block: grow with use. */
		gsize block = (gsize)1024 << MIN(pool->blocks->len, BLOCK_SHIFT);

		block = MAX(block, need);
		pool->free_at = g_malloc0(block);
		pool->free_bytes = block;
		g_ptr_array_add(pool->blocks, pool->free_at);
	}
	char *at = pool->free_at;

	pool->free_at += need;
	pool->free_bytes -= need;
	return at;
}
