#ifndef DATA_FIELD_H
#define DATA_FIELD_H

#include "base/date.h"
#include "data/pool.h"

#include <glib.h>
#include <stdbool.h>

/*
 * One table of fields describes each kind of record.  Reading and writing YAML,
 * SQL, validation, forms, history, CSV columns, schema and manual read that
 * table: a new field is a member in records.h and one row in tables.c.
 */
enum field_type {
	FIELD_TEXT,	   /* const char *, one line */
	FIELD_PROSE,	   /* const char *, may have several lines */
	FIELD_URL,	   /* const char *, http or https */
	FIELD_ID,	   /* const char *, an id of our form (this record's, or a term's) */
	FIELD_REF,	   /* const char *, id of another record: `refs` says of which kinds */
	FIELD_CHOICE,	   /* const char *, one of `choices` */
	FIELD_TERM,	   /* const char *, id of a term in the network's vocabulary `vocabulary` */
	FIELD_COUNTRY,	   /* const char *, ISO 3166-1 alpha-2 */
	FIELD_SUBDIVISION, /* const char *, ISO 3166-2 */
	FIELD_DATE,	   /* struct date */
	FIELD_INTEGER,	   /* gint64, FIELD_NO_INTEGER when absent; MANY: stored as text */
	FIELD_NUMBER,	   /* double, NAN when absent */
	FIELD_MONEY,	   /* struct money, written "450000 USD" */
	FIELD_GROUP,	   /* a struct embedded at the offset, described by `sub` */
	FIELD_ITEMS,	   /* struct items of structs described by `sub` */
};

#define FIELD_NO_INTEGER G_MININT64

enum field_flag {
	FIELD_MANY = 1 << 0, /* text-like types and INTEGER: NULL-terminated array of text, NULL
				when none */
	FIELD_REQUIRED = 1 << 1,
	FIELD_KEY = 1 << 2, /* of an item: names it among its siblings, as in partners[innovec] */
	FIELD_PRIVATE = 1 << 3,	    /* leaves the program only when asked by name */
	FIELD_MEMBER = 1 << 4,	    /* a member may change it in the own entry */
	FIELD_COORDINATOR = 1 << 5, /* only a coordinator may change it */
	FIELD_DERIVED = 1 << 6,	    /* never in a file: made by the program */
	FIELD_ASKED = 1 << 7,	    /* a new entry is asked for it, required or not */
};

/* An amount in minor units of an ISO 4217 currency ("450000.00 USD" is 45000000, "USD"). */
struct money {
	gint64 minor;
	char currency[4]; /* "" when absent */
};

struct items {
	void *at; /* `n` structs of the sub-type's size, contiguous */
	guint n;
};

enum vocabulary {
	VOCABULARY_SECTORS,
	VOCABULARY_TIERS,
	VOCABULARY_KINDS,
	VOCABULARY_ROLES,
	VOCABULARY_CAPACITIES,
	VOCABULARY_LINES,
	VOCABULARY_SKILLS,
	VOCABULARY_COUNT
};

struct choice {
	const char *id;
	const char *label; /* N_() */
};

struct field {
	const char *key;
	enum field_type type;
	guint flags;
	guint offset;		      /* in the struct, or in the one aside */
	guint aside, aside_size;      /* where the pointer to that stands, and its size; 0: none */
	const char *label;	      /* N_(): what a form, a column or a card shows */
	const char *help;	      /* N_(): one sentence for whoever fills it in */
	const struct choice *choices; /* ends with a NULL id; of FIELD_TEXT: words that are shown
					 in the reader's language, others as they are written */
	enum vocabulary vocabulary;
	guint refs; /* bits 1 << KIND_… */
	const struct record_type *sub;
	double least, most;		 /* INTEGER and NUMBER; both 0: any */
	bool (*valid)(const char *text); /* text types: a form of its own, NULL: any */
};

struct record_type {
	const char *name;   /* "institution" */
	const char *title;  /* N_("Institution") */
	const char *titles; /* N_("Institutions") */
	const char *folder; /* "institutions"; NULL for an item; "" for a file at the top */
	guint size;
	const struct field *fields;
	guint n_fields;
};

/* The key nearest to a word, which may also be what people read for it; NULL: none is near. */
const char *record_key_nearest(const struct record_type *type, const char *word);
/* Fields of `type` by key; NULL when there is none. */
const struct field *record_field(const struct record_type *type, const char *key);
/* The field that names an item among its siblings, or NULL. */
const struct field *record_key_field(const struct record_type *type);

/* "450000 USD"; NULL when absent.  Caller frees. */
char *money_text(const struct money *money);

/*
 * Where a value stands.  What most records leave out stands in a struct aside, which is
 * made when the first of its fields is set; until then field_at() gives zeros, which for
 * each of them means absent.  Copies of a struct byte by byte share what stands aside:
 * whoever writes to one makes it with record_copy().
 */
extern const gint64 field_nothing[32];

static inline const void *field_at(const struct field *field, const void *record)
{
	const char *from = (const char *)record;

	if (field->aside) {
		from = *(const char *const *)(const void *)(from + field->aside);
		if (!from)
			from = (const char *)field_nothing;
	}
	return from + field->offset;
}

/* The same to write to; the struct aside is made in `pool`. */
void *field_place_aside(const struct field *field, void *record, struct pool *pool);

static inline void *field_place(const struct field *field, void *record, struct pool *pool)
{
	return field->aside ? field_place_aside(field, record, pool)
			    : (char *)record + field->offset;
}

/* Whether the type is stored as text (and so may be FIELD_MANY). */
bool field_is_text(const struct field *field);

/* Sets every field of a zeroed struct to absent. */
void record_clear(const struct record_type *type, void *record);

bool field_is_set(const struct field *field, const void *record);

/*
 * The canonical text of one scalar field, NULL when absent.  For FIELD_MANY the
 * items joined by "; ".  Not for GROUP and ITEMS.  Caller frees.
 */
char *field_text(const struct field *field, const void *record);

/*
 * Reads canonical text of one scalar (not MANY, GROUP, ITEMS) into the record.
 * Checks form only (date, number, currency, id, url, characters), not
 * vocabularies or references.  On failure the record is untouched, `*message`
 * and `*hint` (maybe NULL) are new texts.
 */
bool field_parse(const struct field *field, const char *text, void *record, struct pool *pool,
		 char **message, char **hint);

/* Whether field_parse() would read it, or one of a FIELD_MANY: the same complaints, and no record.
 */
bool field_takes(const struct field *field, const char *text, char **message, char **hint);

bool field_equal(const struct field *field, const void *a, const void *b);
bool record_equal(const struct record_type *type, const void *a, const void *b);

/* Shallow struct, deep strings: a copy whose every byte lives in `pool`. */
void *record_copy(const struct record_type *type, const void *record, struct pool *pool);

/* FIELD_MANY helpers: length of a NULL-terminated array (NULL is 0), and membership. */
guint list_length(const char *const *list);
bool list_has(const char *const *list, const char *word);

#endif
