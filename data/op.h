#ifndef DATA_OP_H
#define DATA_OP_H

#include "data/records.h"

struct node;

/*
 * An edit is a value that knows its inverse.
 *   SET     path of a scalar or list field; old and new canonical text (a list
 *           field as a JSON array), NULL absent
 *   INSERT  a whole item: path "partners", position, new as JSON object
 *   REMOVE  a whole item: path "partners[innovec]", position, old as JSON object
 *   CREATE  a whole record: new as JSON object;  DELETE: old as JSON object
 */
enum op_verb { OP_SET, OP_INSERT, OP_REMOVE, OP_CREATE, OP_DELETE };

struct op {
	enum op_verb verb;
	enum kind kind;
	char *id;
	char *path; /* "" for CREATE and DELETE */
	int position;
	char *old_text;
	char *new_text;
};

struct change {
	gint64 id;       /* 0 until recorded */
	gint64 at;       /* microseconds UTC; set when applied */
	char *actor;     /* set when applied */
	char *summary;   /* "innovec: url"; made when NULL */
	gint64 undoes;   /* the change this one takes back, or 0 */
	gint64 undone_by; /* filled when read from history, or 0 */
	GPtrArray *ops;  /* struct op *, owned */
};

struct change *change_new(void);
void change_free(struct change *change);

/* Each appends an op and returns it.  Texts are copied. */
struct op *change_set(struct change *change, enum kind kind, const char *id, const char *path,
		      const char *new_text);
struct op *change_insert(struct change *change, enum kind kind, const char *id, const char *list,
			 const char *json);
struct op *change_remove(struct change *change, enum kind kind, const char *id, const char *path);
struct op *change_create(struct change *change, enum kind kind, const char *id, const char *json);
struct op *change_delete(struct change *change, enum kind kind, const char *id);

const char *op_verb_name(enum op_verb verb); /* "set" … as in history */
bool op_verb_parse(const char *name, enum op_verb *out);

/* The ops that take `change` back, last first; a new change with `undoes` set. */
struct change *change_inverse(const struct change *change);

/*
 * Applies one op to a record's tree (`root` NULL for CREATE; result NULL for
 * DELETE).  Fills what the op leaves open: old_text, position of INSERT (-1: at
 * the end) and of REMOVE.  Where old_text was given and the tree holds another
 * value: TELAR_ERROR_CONFLICT, and nothing changes.  Takes `root`; returns the
 * new tree through `*result`.
 */
bool op_apply(struct op *op, struct node *root, struct node **result, GError **error);

#endif
