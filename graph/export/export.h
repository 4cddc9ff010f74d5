#ifndef GRAPH_EXPORT_EXPORT_H
#define GRAPH_EXPORT_EXPORT_H

#include "data/audience.h"
#include "data/filter.h"
#include "graph/study.h"

/* What tables of CSV are to be opened with: one row a choice. */
struct export_dialect {
	const char *id;	   /* "excel-semicolon" */
	const char *title; /* N_() */
	char separator;	   /* 0: a comma */
	char decimal;	   /* of numbers; 0: a point */
	bool bom;
	bool words; /* heads and values as people read them, in the language of the process */
};
const struct export_dialect *export_dialects(guint *n);
/* The first of them that a person most likely opens tables with, whose settings say `separator`. */
const struct export_dialect *export_dialect_likely(char separator);

/*
 * Formats that leave the program: one row a format.  All are deterministic for
 * the same data, filter and seed, hold isolates, use '.' decimals (unless a dialect
 * says otherwise) and ISO dates, leave unknown values empty, and never hold private fields, but
 * that the register for coordinators names who keeps which entries.
 */
struct export_options {
	const char *path;   /* a file, or a directory for formats of several files; "-" stdout */
	const char *filter; /* text of the filter, for the manifest; "" none */
	/* Who will read it: the study is of what model_for_audience() gave for them. */
	enum audience audience;
	const struct filter *only; /* gaps: those of whoever passes it; NULL: all of the study */
	enum attribute rows, cols; /* of a format that is `crossed` */
	struct export_dialect dialect; /* of tables */
	bool replace;		       /* an earlier export of that name gives way */
	const char *version;	       /* of the program */
	GCancellable *cancel;	       /* NULL: goes on to the end */
};

/* A column of a table, for the head of the table, the manifest and the manual. */
struct export_column {
	const char *file;    /* "gaps.csv" */
	const char *name;    /* for programs */
	const char *read;    /* N_() or IN_CONTEXT(), the head for people; NULL: they have no such
				column */
	const char *meaning; /* N_() */
};

struct export_format {
	const char *id;	       /* "csv" */
	const char *title;     /* N_() */
	const char *extension; /* "graphml"; "" makes a directory */
	const char *mark;      /* what stands early in every file of it; NULL for a directory */
	guint needs;	       /* of enum study_part */
	bool tables;	       /* CSV: the dialect counts */
	bool crossed;	       /* by the attributes `rows` and `cols` */
	bool one_end;	       /* of a tie only one end has to pass the filter */
	/* TELAR_ERROR_CANCELLED, with nothing written, soon after options->cancel says so. */
	bool (*write)(struct study *study, const struct export_options *options, GError **error);
	/* The i-th column of its tables, false: there are no more; NULL: they hold records and
	 * measures, which say themselves what they are. */
	bool (*column)(guint i, struct export_column *out);
	const char *more; /* N_(), what the manual tells before the columns; or NULL */
};

const struct export_format *export_formats(guint *n);
const struct export_format *export_find(const char *id);
/* The entries themselves, whole: written by workspace_write_out() and not from a study, so no row
 * of the table; without `write`. */
const struct export_format *export_entries(void);

/*
 * Whether the path may be written, to be asked before anything is computed.  Where an
 * earlier export stands already: TELAR_ERROR_EXISTS, unless it may be replaced.  What is no
 * export, and the places of a network's entries and of its store, are never written to.
 */
bool export_check(const struct export_format *format, const struct export_options *options,
		  GError **error);

#endif
