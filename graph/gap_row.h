#ifndef GRAPH_GAP_ROW_H
#define GRAPH_GAP_ROW_H

#include "data/filter.h"
#include "graph/gap.h"

/*
 * Gaps as rows with fields, for a filter of the register: `status=open owner=ana kind=G3
 * territory=co-quindio severity>0.5`.  They borrow from the gaps and their model.
 */
extern const struct record_type gap_row_type;

struct filter_rows *gap_rows_new(const struct model *model, const GPtrArray *gaps);
void gap_rows_free(struct filter_rows *rows); /* NULL accepted */

#endif
