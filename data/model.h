#ifndef DATA_MODEL_H
#define DATA_MODEL_H

#include "base/date.h"
#include "data/records.h"

/*
 * A read-only snapshot of a network: a generation.  Records of each kind in
 * order of id, and the ties derived from what institutions declare.  Nothing in
 * it changes once made; an edit leads to the next generation.  Reference-counted
 * (atomically): a worker may keep one while the app goes on.
 */

/*
 * A tie joins two institutions a < b (indices), whatever was declared and by
 * whom.  confirmed: both declare it.  claimed: one does, the other keeps a fresh
 * entry and does not, or still calls it proposed.  unanswerable: one does, the other has no fresh
 * entry. disputed: they contradict each other on status or direction, or one denies it; a denial
 * adds nothing to intensity and dates.  proposed: whoever speaks of it says that it is proposed, or
 * that it begins after model->today.  denied: nobody says that it is there, and somebody that it is
 * not.  What has begun is told by those alone for whom it has.
 *
 * The last two do not count: they are not among the ties that are told, drawn and
 * measured, see tie_counts(); whatever lists them says what they are.
 */
enum tie_state {
	TIE_CONFIRMED,
	TIE_CLAIMED,
	TIE_UNANSWERABLE,
	TIE_DISPUTED,
	TIE_PROPOSED,
	TIE_DENIED
};
#define TIE_COUNTING TIE_PROPOSED /* so many count */
#define TIE_STATES   (TIE_DENIED + 1)

struct tie {
	guint a, b;
	guint first_claim, n_claims; /* in model->claims */
	enum tie_state state : 8;
	int intensity : 8; /* 0 awareness … 3 integration; -1 nobody says */
	bool ended : 1;	   /* every claim is ended or past its end on model->today */
	bool over : 1;	   /* some claim says that it has ended */
	struct date since; /* the earliest stated */
	struct date until; /* the latest, where every claim states one: else it goes on */
};

/* One partner entry in one institution's file; it is about the other end of its tie. */
struct claim {
	guint from; /* institution index: who says it */
	guint item; /* position in from's partners */
	const struct partnership *says;
};

struct model {
	int refs;
	GPtrArray *pools; /* of records, shared with earlier generations */
	guint64 generation;
	struct date today;   /* what "stale" and "ended" are measured against */
	bool confirmed_only; /* its ties are those that both sides declare; see below */
	guint64 fingerprint; /* of all records: equal data, equal number, on any machine */

	/* The arrays are shared with other generations where they are the same (model_private.h).
	 */
	const void *const *records[KIND_COUNT]; /* by id, strcmp order */
	guint n[KIND_COUNT];
	const struct network *network; /* the network itself: the one of network.yaml */

	const struct tie *ties;	      /* by (a, b) */
	guint n_ties;		      /* those that do not count included */
	guint n_of_state[TIE_STATES]; /* of them */
	const struct claim *claims;   /* grouped by tie */
	guint n_claims;		      /* = partnerships declared, those to unknown ids left out */
	guint n_unknown;	      /* these */
	/*
	 * The adjacency of all ties, those that have ended or do not count included: those of i
	 * are from arc_start[i] to arc_start[i + 1], by neighbour.
	 */
	const guint *arc_start; /* n_institutions + 1 */
	const guint *arc_to;	/* 2 * n_ties: the neighbour */
	const guint *arc_tie;	/* the tie */
};

struct model *model_ref(const struct model *model);
void model_unref(struct model *model); /* NULL accepted */

/*
 * A generation from records of all kinds (pointers; arrays are sorted by id
 * here).  Takes a reference on every pool.  `network_id` names the record that
 * is the network itself; without one, a nameless network with no vocabularies is
 * supplied, so that `model->network` is never NULL.  O(records + ties log ties).
 */
struct model *model_new(GPtrArray *const records[KIND_COUNT], struct pool *const *pools,
			guint n_pools, const char *network_id, struct date today,
			guint64 generation);

/* The record of `kind` and `id` becomes `record` (NULL: removed; not there yet: added). */
struct model_edit {
	enum kind kind;
	const char *id;
	const void *record;
};

/*
 * The next generation: as `model` after edits of different records; the new ones live in
 * `pool`.  What the edits do not concern is shared or carried over as it is, so a few
 * cost some passes over ties in memory, and none where no tie changes.
 */
struct model *model_after(const struct model *model, const struct model_edit *edits, guint n,
			  struct pool *pool);
struct model *model_with(const struct model *model, enum kind kind, const char *id,
			 const void *record, struct pool *pool); /* after one */

/*
 * The same network with no other ties than confirmed ones, in whatever is made of it
 * (model_after(), model_subset()) as well: records, and what institutions declare in
 * them, are all there.  `model` itself where it is one.  A new reference; O(model).
 */
struct model *model_confirmed(const struct model *model);

/*
 * What tells a model from any other, kept longer than that: where one was freed another may
 * be made, of the same generation, as of another day or with confirmed ties alone.  { 0 }
 * is that of none.
 */
struct model_identity {
	const struct model *model; /* to compare, not to read */
	guint64 generation;
	struct date today;
	bool confirmed_only;
};

static inline struct model_identity model_identity(const struct model *model)
{
	return (struct model_identity){ model, model->generation, model->today,
					model->confirmed_only };
}

static inline bool model_is(const struct model *model, const struct model_identity *identity)
{
	return model == identity->model && model->generation == identity->generation &&
	       date_compare(model->today, identity->today) == 0 &&
	       model->confirmed_only == identity->confirmed_only;
}

/* Index of a record, or -1.  O(log n). */
int model_find(const struct model *model, enum kind kind, const char *id);
const void *model_get(const struct model *model, enum kind kind, const char *id); /* or NULL */

static inline const struct institution *model_institution(const struct model *m, guint i)
{
	return (const struct institution *)m->records[KIND_INSTITUTION][i];
}

static inline const struct territory *model_territory(const struct model *m, guint i)
{
	return (const struct territory *)m->records[KIND_TERRITORY][i];
}

static inline const struct programme *model_programme(const struct model *m, guint i)
{
	return (const struct programme *)m->records[KIND_PROGRAMME][i];
}

/* The tie between two institutions, or NULL.  O(log degree). */
const struct tie *model_tie(const struct model *model, guint a, guint b);
/*
 * Whether what somebody says of a tie is that it is there, and not only that it will be, or none:
 * a beginning after model->today, of the tie where it states none itself, is a plan.
 */
bool claim_counts(const struct model *model, const struct tie *tie, const struct partnership *says);
/* Whether both are of some kind, or neither says which. */
bool partnerships_share_a_kind(const struct partnership *a, const struct partnership *b);
/* Whether somebody says that it is there: what "ties" means wherever they are counted. */
static inline bool tie_counts(const struct tie *tie)
{
	return tie->state < TIE_COUNTING;
}
guint model_count_ties(const struct model *model);		  /* those that count */
guint model_degree(const struct model *model, guint institution); /* of them; O(partners) */
/* The other end of a tie. */
guint tie_other(const struct tie *tie, guint institution);
/* Strongest intensity as a weight 1..4 (unknown counts 1). */
int tie_weight(const struct tie *tie);
const char *tie_state_id(enum tie_state state);	   /* "confirmed" … */
const char *tie_state_label(enum tie_state state); /* translated */
/* "12 confirmed".  Caller frees. */
char *tie_state_count(enum tie_state state, guint n);
/*
 * What was counted, such as "270 ties", and how many there are beside it that do not count:
 * "270 ties and 1 proposed".  Caller frees.
 */
char *ties_and_others(const char *counted, const guint n_of_state[TIE_STATES]);
char *model_ties_text(const struct model *model); /* of all ties of a model; caller frees */
/*
 * "2019–2021", "since 2019" (after `today`: "begins 2027"), "until 2021"; NULL when neither is
 * known.  Caller frees.
 */
char *period_text(struct date since, struct date until, struct date today);
/* The kinds of every claim, united, in vocabulary order; caller frees the array, not the words. */
GPtrArray *tie_kinds(const struct model *model, const struct tie *tie);

/* Vocabulary words of this network. */
const struct term *model_term(const struct model *model, enum vocabulary vocabulary,
			      const char *id);
/* A term's name in the language of the process, else its name, else the id.  Borrowed. */
const char *model_term_name(const struct model *model, enum vocabulary vocabulary, const char *id);
/* What belongs to a word, in the language of the process where it has that; or NULL. */
const char *term_meaning(const struct term *term);
int model_term_index(const struct model *model, enum vocabulary vocabulary, const char *id);

/* A record's display name: short_name where it has one and `brief`, else name, else id. */
const char *model_name(const struct model *model, enum kind kind, const char *id, bool brief);
const char *institution_name(const struct institution *institution, bool brief);

/*
 * Months that the network's settings state, or what holds where they do not: 24 until
 * something is stale, 12 ahead of an end, as long to declare a territory as until
 * something is stale, 12 without activity.
 */
enum months { MONTHS_STALE, MONTHS_CLIFF, MONTHS_DECLARE, MONTHS_IDLE };
gint64 model_months(const struct model *model, enum months which);

/* The day an entry was verified; unset where it is after today: nobody has looked on it yet. */
struct date model_checked(const struct model *model, struct date verified);
/* Whether an entry or date is older than the network's staleness setting (no date is stale). */
bool model_is_stale(const struct model *model, struct date verified);

/*
 * A field's value as people read it, translated: term names, names of referenced
 * records, choice labels, country names; canonical text otherwise.  NULL when
 * absent.  Caller frees.
 */
char *model_field_text(const struct model *model, const struct field *field, const void *record);
/* One word of such a value, as in history or in a list.  Borrowed. */
const char *model_word_text(const struct model *model, const struct field *field, const char *word);
/*
 * The id of a word that people read (of a choice, a term of the network, a country), in
 * the language of the process or in English; `text` itself where there is none.  Borrowed.
 */
const char *model_word_id(const struct model *model, const struct field *field, const char *text);
/* As a person would type it: what people read for it in another language than the network's, where
 * model_word_id() reads that again; else the word itself. */
const char *model_word_own(const struct model *model, const struct field *field, const char *id);
/* One value of a field as it stands in history or in a tree: so, and amounts of money grouped. */
char *model_value_text(const struct model *model, const struct field *field, const char *value);

/* Country and subdivision names in the language of the process (iso-codes); the code when unknown.
 */
const char *country_name(const char *code);
const char *subdivision_name(const char *code);
bool country_exists(const char *code);
/* The code of a country by its name in English or in the language of the process, or NULL. */
const char *country_find(const char *name);
/* The code of the country whose name is nearest, NULL when none is near. */
const char *country_nearest(const char *name);
/* Codes of those that have a word which begins so; `const char *`, caller unrefs. */
GPtrArray *countries_like(const char *beginning);
bool subdivision_exists(const char *code);
bool currency_exists(const char *code);

#endif
