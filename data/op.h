#ifndef DATA_OP_H
#define DATA_OP_H

#include "data/records.h"

/*
 * An edit is a value that knows its inverse.
 *   SET     path of a scalar or list field; old and new canonical text (a list
 *           field as a JSON array), NULL absent
 *   INSERT  a whole item: path "partners", position, new as JSON object
 *   REMOVE  a whole item: path "partners[innovec]" (or the list's path and the
 *           position), old as JSON object
 *   CREATE  a whole record: new as JSON object;  DELETE: old as JSON object
 * Before an op is applied, old_text NULL means "whatever stands there" and ""
 * "nothing stands there"; once applied, NULL is nothing.
 */
struct node;

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

struct model;

struct change {
	gint64 id;	  /* 0 until recorded */
	gint64 at;	  /* microseconds UTC; set when applied */
	char *actor;	  /* set when applied */
	char *summary;	  /* "innovec: url"; made when NULL */
	gint64 undoes;	  /* the change this one takes back, or 0 */
	gint64 undone_by; /* filled when read from history, or 0 */
	bool redone;	  /* so is this: it stands again, as what took it back was taken back */
	bool comments;	  /* files of new entries say what every field is for */
	GPtrArray *ops;	  /* struct op *, owned */
};

struct change *change_new(void);
void change_free(struct change *change);
GPtrArray *changes_new(void); /* of them, owned */
struct change *change_copy(const struct change *change);
/* `change` becomes what `from` is; `from` is freed. */
void change_take(struct change *change, struct change *from);

/* Each appends an op and returns it.  Texts are copied. */
struct op *change_set(struct change *change, enum kind kind, const char *id, const char *path,
		      const char *new_text);
struct op *change_insert(struct change *change, enum kind kind, const char *id, const char *list,
			 const char *json);
struct op *change_remove(struct change *change, enum kind kind, const char *id, const char *path);
struct op *change_create(struct change *change, enum kind kind, const char *id, const char *json);
struct op *change_delete(struct change *change, enum kind kind, const char *id);

/*
 * "city=Bogotá", "lines+=climate", "partners[innovec].since=2023", "url=" of a record
 * as an op; lists are written with commas, words as ids or as people read them.  TELAR_ERROR_USAGE
 * with a hint when the word sets nothing or there is no such field.
 */
bool change_assign(struct change *change, const struct model *model, enum kind kind,
		   const void *record, const char *word, GError **error);
/* The words of a comma list, without blanks around them; owned. */
GPtrArray *words_list(const char *text);

const char *op_verb_name(enum op_verb verb); /* "set" … as in history */
bool op_verb_parse(const char *name, enum op_verb *out);

/* The ops that take `change` back, last first; a new change with `undoes` set. */
struct change *change_inverse(const struct change *change);

/*
 * Appends the ops that lead from tree `before` to tree `after` of one record
 * (NULL: there is none), with old values: fields by SET, items by their key, so
 * that two people's edits of different items do not meet.  Both trees are as
 * node_from_record() makes them.
 */
void change_diff(struct change *change, enum kind kind, const char *id, const struct node *before,
		 const struct node *after);

/* "innovec: url, city": what is stored in the log, the same in every language.  Caller frees. */
char *change_summary(const struct change *change);

/* Who made what was done to the files by hand: telar cannot know. */
#define ACTOR_FILES "files"
/* The actor for people: a name as it is, ACTOR_FILES in their language; not owned. */
const char *actor_text(const char *actor);
/* "proposed on 2026-11-22 by ana".  Caller frees. */
char *proposal_text(gint64 at, const char *actor);

/* "INNOVEC: Web page, City": the same for people, with names and labels.  Caller frees. */
char *change_text(const struct model *model, const struct change *change);
/* The same where titles of gaps are known (NULL: of this one not); it is theirs to free. */
typedef char *(*gap_title)(void *data, const char *gap);
char *change_text_titled(const struct model *model, const struct change *change, gap_title title,
			 void *data);

/* The summary of what one institution does with another: change_text() says it in words. */
#define DEED_PROPOSED  "proposed"
#define DEED_CONFIRMED "confirmed"
#define DEED_DENIED    "denied"
char *change_deed(const char *deed, const char *from, const char *to);

/*
 * Applies one op to a record's tree (`root` NULL for CREATE; result NULL for
 * DELETE).  Fills what the op leaves open: old_text, position of INSERT (-1: at
 * the end) and of REMOVE, the item's path in REMOVE; gives new_text its
 * canonical form.  Where old_text was given and the tree holds another value:
 * TELAR_ERROR_CONFLICT.  Takes `root` either way; on failure the op is as
 * before and `*result` untouched.
 */
bool op_apply(struct op *op, struct node *root, struct node **result, GError **error);

/* "partners[innovec#2]" -> "partners"; a path that ends in no item stays as it is.  Caller frees.
 */
char *op_list_path(const char *path);

/*
 * The text an op holds (its old or its new one) as it may leave the program: NULL
 * for a private field's, a record or an item without its private fields.  Caller frees.
 */
char *op_public_text(const struct op *op, const char *text);

/* The path of what an applied SET, INSERT or REMOVE touches; `root` is the tree that holds it. */
char *op_target(const struct op *op, const struct node *root);

#endif
