#ifndef DATA_DIFFERENCE_H
#define DATA_DIFFERENCE_H

#include "data/model.h"
#include "data/op.h"

/*
 * What differs between two states of a network, record by record: as ops, which
 * lead from the one to the other, and in words for people.
 */
enum difference_verb { DIFFERENCE_CHANGED, DIFFERENCE_NEW, DIFFERENCE_GONE };

struct difference {
	enum difference_verb verb;
	enum kind kind;
	char *id;
	char *name;	       /* as after, or as before where it is gone */
	struct change *change; /* its ops */
	GPtrArray *lines;      /* char *, "url: https://… → https://…"; a new record's ties */
};

/* By kind and id; owned.  Empty: the two hold the same records. */
GPtrArray *model_differences(const struct model *before, const struct model *after);

/*
 * One op in words, in the language of the process: "+ Training with Y since 2023".
 * Names are looked up in `before` for what goes and in `after` for what comes.
 * Caller frees.
 */
char *op_words(const struct op *op, const struct model *before, const struct model *after);

/* Where a path of a record leads, for people: "City", "Partners · INNOVEC: Since".  Caller frees.
 */
char *path_text(const struct model *model, enum kind kind, const char *path);

/* A value there, as in ops, in words; NULL: a whole item, or what is not shown.  Caller frees. */
char *path_value_words(const struct model *model, enum kind kind, const char *path,
		       const char *text);
/* The same of a whole item ("partners[innovec]"), as JSON; NULL: it is none.  Caller frees. */
char *path_item_words(const struct model *model, enum kind kind, const char *path,
		      const char *json);

#endif
