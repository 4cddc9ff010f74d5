#ifndef DATA_RECORDS_H
#define DATA_RECORDS_H

#include "data/field.h"

/*
 * The records of a network, as C structs.  The tables in tables.c say what each
 * member is called, means and may hold.  All text is const, UTF-8, owned by the
 * pool of the model (or of the record under edit); absent text is NULL.
 */
enum kind {
	KIND_NETWORK,
	KIND_TERRITORY,
	KIND_INSTITUTION,
	KIND_PROGRAMME,
	KIND_RESOURCE,
	KIND_ASSESSMENT,
	KIND_COUNTS, /* one record, one file at the top, as are the next two */
	KIND_SPREAD,
	KIND_GAPS,
	KIND_COUNT
};

/* What every record begins with. */
struct record {
	const char *id;
	const char *name;
	const char *const *aliases;
	const char *const *source;
	struct date verified;
	const char *visibility; /* public, network, coordinator */
	const char *const *tags;
	const char *notes;
};

/* A word of a vocabulary.  Order in the list is the order of the vocabulary (tiers: rising). */
struct term {
	const char *id;
	const char *name;
	const char *name_es;
	const char *name_pt;
	const char *meaning;
	const char *meaning_es;
	const char *meaning_pt;
};

/* What an import found and no field of ours holds: kept, shown and exported as it is. */
struct extra {
	const char *key;
	const char *value;
};

struct vocabularies {
	struct items of[VOCABULARY_COUNT]; /* struct term */
};

struct settings {
	/* See enum months for what holds where a network does not say. */
	gint64 stale_months;		    /* after which an entry or tie counts as stale */
	gint64 cliff_months;		    /* ahead, in which what ends is warned of */
	gint64 declare_months, idle_months; /* of a territory: until declared, without activity */
	const char *const *languages;	    /* of the network, first is the default */
	gint64 seed;
	const char *const *focal_sectors; /* for which the network wants to be at the core */
	/* What speaks how much for a suggested partnership; absent: see graph/suggest.c. */
	gint64 suggest_common, suggest_exchange, suggest_shared;
	gint64 suggest_sectors, suggest_territory, suggest_edge;
};

struct network {
	struct record base;
	const char *short_name;
	const char *region;
	struct date founded;
	const char *coordinator; /* institution */
	const char *const *endorsed_by;
	struct date roadmap_until;
	struct vocabularies vocabularies;
	struct settings settings;
};

struct agenda_item {
	const char *id;
	const char *title;
	const char *status;
	const char *lead;
	struct date due;
	const char *const *sdgs;
};

struct agenda {
	const char *status;
	const char *url;
	const char *const *lines;
	const char *const *target_groups;
	struct items items; /* struct agenda_item */
};

struct territory {
	struct record base;
	const char *level;
	const char *country;
	const char *subdivision;
	const char *part_of;
	double lat, lon;
	const char *status;
	struct date declared_on;
	const char *coordinator;
	struct agenda agenda;
	struct items attributes; /* struct extra */
};

struct membership {
	const char *network;
	const char *tier;
	struct date since, until;
};

struct exchange { /* an offer or a need */
	const char *capacity;
	const char *what;
	const char *const *lines;
	struct date until;
};

struct partnership_details {
	const char *title;
	struct date last_activity, verified;
	const char *agreement;
	struct money amount;
	const char *const *basis;
	const char *const *evidence;
	const char *notes;
	struct items attributes; /* struct extra */
};

struct partnership { /* declared in the file of one side, about the other: a claim */
	const char *with;
	const char *const *kinds;
	const char *intensity;
	const char *direction; /* out, in, none */
	struct date since, until;
	const char *status;
	const struct partnership_details *details; /* NULL: none; see below */
};

struct institution_details {
	const char *url;
	const char *ror;
	const char *wikidata;
	const char *const *target_groups;
	const char *const *levels;
	const char *const *sdgs;
	const char *contact;
	const char *const *maintainers;
	struct items attributes; /* struct extra */
};

struct institution {
	struct record base;
	const char *short_name;
	const char *sector;
	const char *country;
	const char *city;
	const char *const *territories;
	double lat, lon;
	struct items memberships; /* struct membership */
	const char *const *lines;
	struct items offers;			   /* struct exchange */
	struct items needs;			   /* struct exchange */
	struct items partners;			   /* struct partnership */
	const struct institution_details *details; /* NULL: none; see below */
};

/*
 * What stands aside (see field_at()): there are a million partnerships, and most say
 * nothing of this.  Never NULL.
 */
static inline const struct partnership_details *partnership_details(const struct partnership *says)
{
	return says->details ? says->details : (const void *)field_nothing;
}

static inline const struct institution_details *institution_details(const struct institution *one)
{
	return one->details ? one->details : (const void *)field_nothing;
}

struct participant {
	const char *institution;
	const char *role;
	struct money amount;
	struct date since, until;
	const char *const *source;
};

struct programme {
	struct record base;
	const char *kind;
	const char *event_kind;
	const char *part_of;
	const char *lead;
	const char *const *donors;
	struct money budget;
	struct date start, end;
	const char *const *territories;
	const char *const *countries;
	const char *const *sdgs;
	const char *const *lines;
	const char *description;
	const char *const *outcomes;
	struct items participants; /* struct participant */
	struct items attributes;   /* struct extra */
};

struct count { /* a published figure about a record */
	const char *entity;
	const char *metric;
	struct date as_of;
	double value;
	const char *qualifier;
	const char *const *source;
};

/* All published figures of the network: one record, one file, counts.yaml. */
struct counts {
	struct record base;
	struct items counts; /* struct count */
};

struct resource { /* a common good: something others may use */
	struct record base;
	const char *kind;
	const char *owner, *host;
	const char *licence;
	const char *const *languages;
	const char *const *lines;
	const char *const *levels;
	double count;
	const char *qualifier;
	struct date as_of;
	const char *url;
	struct date issued;
};

struct level_count {
	const char *level;
	gint64 n;
};

struct assessment { /* of a skill in a group of at least five: never of a person */
	struct record base;
	const char *framework;
	const char *skill;
	const char *programme;
	const char *territory;
	struct date period;
	const char *audience;
	gint64 n;
	double mean;
	struct items distribution; /* struct level_count */
};

struct spread_step {
	const char *practice;
	const char *territory;
	const char *region;
	struct date period;
	const char *state;
	gint64 count, of;
	const char *const *source;
};

/* How practices spread: one record, one file, spread.yaml. */
struct spread {
	struct record base;
	struct items spread; /* struct spread_step */
};

struct gap_state {	 /* what people decided about a gap that the program found */
	const char *gap; /* the gap's stable id, "G2:co-quindio" */
	const char *status;
	const char *reason;
	const char *owner;
	struct date until; /* of a snooze */
	struct date updated;
};

/* The status of gaps: one record, one file, gaps.yaml.  A gap without a state is open. */
struct gaps {
	struct record base;
	struct items gaps; /* struct gap_state */
};

/* The table of a kind, and of the items that have code of their own. */
const struct record_type *record_type(enum kind kind);
extern const struct record_type term_type, extra_type, membership_type, exchange_type,
	partnership_type, participant_type, count_type, agenda_item_type, level_count_type,
	spread_step_type, gap_state_type;

/* A kind of which there is one record, named as the kind, in one file at the top. */
bool record_is_single(const struct record_type *type);

/* By name ("institution") or folder ("institutions"); false when there is none. */
bool kind_parse(const char *name, enum kind *out);

/* Whether `text` is an id: [a-z0-9]+(-[a-z0-9]+)*, at most 64. */
bool id_is_valid(const char *text);

/* Identifiers of outside registers, by their check digits or form. */
bool ror_is_valid(const char *text);	  /* Research Organization Registry, bare or as address */
bool wikidata_is_valid(const char *text); /* "Q1138080" */
bool language_is_valid(const char *text); /* BCP 47 by form: "es", "pt-BR" */

/* An id made of a name: folded, other runs become '-', cut at 64.  "" when nothing is left. */
char *id_from_name(const char *name);

/* Position of `id` in a choice list or -1; e.g. the rank of an intensity (0 awareness … 3). */
int choice_index(const struct choice *choices, const char *id);
/* So by its id or as people read it, whatever the case and the accents; -1: none. */
int choice_find(const struct choice *choices, const char *word);
extern const struct choice choice_intensity[], choice_status_tie[], choice_direction[],
	choice_gap_status[];

/* Items as a typed array. */
#define ITEMS(type, list) ((const type *)(list).at)
#define RECORD(pointer)	  ((const struct record *)(pointer))

#endif
