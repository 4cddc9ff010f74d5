#ifndef CLI_LEVEL_H
#define CLI_LEVEL_H

#include "graph/study.h"

struct level {
	struct study *study;
	enum measure_level level;
	enum attribute by; /* of LEVEL_GROUP */
};

/* The number of rows of a level (of circles 0 until a study has found them), and the value of a
 * measure in one of them. */
guint level_rows(const struct level *level);
double level_value(const struct level *level, const struct measure *measure, guint row);
/* What names a row: ids, and names for people; two for a tie, none for the network. */
void level_names(const struct level *level, guint row, const char *names[2], const char *ids[2]);

#endif
