#ifndef DATA_GENERATE_H
#define DATA_GENERATE_H

#include "data/records.h"

/*
 * A synthetic network of a stated shape, for tests and benchmarks, marked as
 * synthetic in its name, tags and notes.  The same options give the same records
 * on any machine.
 */
enum generate_shape {
	GENERATE_TERRITORIES, /* most ties inside a territory, a few hubs, some isolates */
	GENERATE_GRID,	      /* institutions as a square grid: long distances */
	GENERATE_STARS,	      /* each territory hangs on one institution */
};

struct generate_options {
	guint institutions;
	guint territories;
	guint programmes;
	double degree; /* mean number of ties an institution */
	guint32 seed;
	enum generate_shape shape;
};

bool generate_shape_parse(const char *name, enum generate_shape *out);

/*
 * Appends the records to `out` (arrays made by the caller, one a kind).  All
 * memory is of `pool`.  O(institutions * degree).
 */
void generate_records(const struct generate_options *options, struct pool *pool,
		      GPtrArray *const out[KIND_COUNT]);

#endif
