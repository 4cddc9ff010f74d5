#ifndef TUI_WIDGETS_TABLE_RANK_H
#define TUI_WIDGETS_TABLE_RANK_H

#include <glib.h>
#include <stdbool.h>

/*
 * The ranks of many texts in the order people read them (folded: without case and
 * accents, the same in every locale), made piece by piece.
 */
struct ranking;

struct ranking *ranking_new(guint n);
void ranking_free(struct ranking *ranking); /* NULL accepted */

/* A text is wanted: false when all `n` are there. */
bool ranking_wants(const struct ranking *ranking);
guint ranking_count(const struct ranking *ranking); /* how many are there: the number of the next */
void ranking_add(struct ranking *ranking, const char *text);

/* A piece of the sorting and of the ranks; false when both are done. */
bool ranking_work(struct ranking *ranking);

/*
 * When done: the numbers 0..n-1 of the texts in their order (those equal as they
 * came), and the rank of each, equal for equal ones, G_MAXUINT32 for "".  Both are
 * the caller's from then on; `order` may be NULL.
 */
guint32 *ranking_steal(struct ranking *ranking, guint32 **order);

/*
 * Numbers in ascending order of keys[number], those with equal keys as they stand in
 * `order`; a pass over all of them at a time.  Takes `keys`.
 */
struct sorting;
struct sorting *sorting_new(const guint32 *order, guint64 *keys, guint n);
void sorting_free(struct sorting *sorting); /* NULL accepted */
bool sorting_work(struct sorting *sorting); /* false: it is done */
void sorting_take(const struct sorting *sorting, guint32 *order);

#endif
