#ifndef GRAPH_GAP_H
#define GRAPH_GAP_H

#include "graph/net.h"

/*
 * A gap is a finding about collaboration: computed, with evidence, a reason in
 * plain words, what would close it and who could introduce.  Texts are in the
 * language of the process.
 */
struct candidate {
	int a, b;	/* model institutions to bring together; b -1 when only one is meant */
	int introducer; /* a common partner, strongest to both; -1: none */
	char *why;	/* one line */
};

struct gap {
	char *id; /* stable: kind and subjects, "G1:co-medellin:business:school" */
	const struct gap_kind *kind;
	double severity;       /* 0..1, comparable across kinds */
	char *title;	       /* one line: what is missing, where */
	char *reason;	       /* why it matters here, a sentence or two */
	GPtrArray *evidence;   /* char *, lines with numbers */
	char *advice;	       /* what would close it */
	GPtrArray *candidates; /* struct candidate * */
	GArray *institutions;  /* guint: model indices of the members it names, for "gaps here" */
	int territory;	       /* model index or -1 */
};

struct study;

struct gap_kind {
	const char *id;	      /* "G1" */
	const char *name;     /* N_() short name for filter and list */
	const char *sentence; /* N_() what kind of gap this is, in plain words */
	const char *severity; /* N_() what severity is relative to */
	bool (*find)(struct study *study, const struct gap_kind *kind, GPtrArray *out,
		     GError **error);
};

const struct gap_kind *gap_kinds(guint *n);
const struct gap_kind *gap_kind_find(const char *id);

/* For the files in gaps/: a gap with empty lists; texts are taken over. */
struct gap *gap_new(const struct gap_kind *kind, char *id, double severity, char *title);
void gap_evidence(struct gap *gap, const char *format, ...) G_GNUC_PRINTF(2, 3);
void gap_candidate(struct gap *gap, int a, int b, int introducer, char *why);
void gap_names(struct gap *gap, guint institution);
void gap_free(struct gap *gap);

#endif
