#ifndef GRAPH_EXPORT_FORMATS_H
#define GRAPH_EXPORT_FORMATS_H

#include "graph/export/export.h"

/* The writers behind the table of formats, one file each, and what they share. */
bool export_csv(struct study *study, const struct export_options *options, GError **error);
bool export_gaps(struct study *study, const struct export_options *options, GError **error);
bool export_graphml(struct study *study, const struct export_options *options, GError **error);
bool export_matrix(struct study *study, const struct export_options *options, GError **error);
bool export_years(struct study *study, const struct export_options *options, GError **error);

bool export_gaps_column(guint i, struct export_column *out);
bool export_matrix_column(guint i, struct export_column *out);
bool export_years_column(guint i, struct export_column *out);

/* Computes these of enum study_part where they are not there yet. */
bool export_prepare(struct study *study, guint parts, const struct export_options *options,
		    GError **error);

/* One file, whole or not at all; "-" is stdout. */
bool export_file(const char *path, const GString *bytes, GError **error);

/* manifest.json: what the numbers are of, and what each measure or column of gaps means. */
GString *export_manifest(struct study *study, const struct export_options *options,
			 const char *format, const char *const *files, guint n_files);

#endif
