/*
 * The field tables of items: what stands in lists inside a record.
 */
#include "data/tables.h"

#include <glib/gi18n.h>

/* clang-format off */
static const struct field term_fields[] = {
	{ .key = "id", .type = FIELD_ID, .flags = FIELD_REQUIRED | FIELD_KEY, AT(term, id),
	  .label = N_("Id"), .help = N_("The word that entries use") },
	{ .key = "name", .type = FIELD_TEXT, .flags = FIELD_REQUIRED, AT(term, name),
	  .label = N_("Name"), .help = N_("The name people read, in English or the network's first language") },
	{ .key = "name_es", .type = FIELD_TEXT, AT(term, name_es),
	  .label = N_("Name in Spanish"), .help = N_("Shown to whoever reads in Spanish") },
	{ .key = "name_pt", .type = FIELD_TEXT, AT(term, name_pt),
	  .label = N_("Name in Portuguese"), .help = N_("Shown to whoever reads in Portuguese") },
	{ .key = "meaning", .type = FIELD_TEXT, AT(term, meaning),
	  .label = N_("Meaning"), .help = N_("What belongs here and what does not") },
	{ .key = "meaning_es", .type = FIELD_TEXT, AT(term, meaning_es),
	  .label = N_("Meaning in Spanish"), .help = N_("Shown to whoever reads in Spanish") },
	{ .key = "meaning_pt", .type = FIELD_TEXT, AT(term, meaning_pt),
	  .label = N_("Meaning in Portuguese"), .help = N_("Shown to whoever reads in Portuguese") },
};
const struct record_type term_type =
	TYPE("term", N_("Term"), N_("Terms"), NULL, term, term_fields);

static const struct field extra_fields[] = {
	{ .key = "key", .type = FIELD_ID, .flags = FIELD_REQUIRED | FIELD_KEY | FIELD_MEMBER, AT(extra, key),
	  .label = N_("Attribute"), .help = N_("What it is called: lower-case letters, digits and -") },
	{ .key = "value", .type = FIELD_PROSE, .flags = FIELD_MEMBER, AT(extra, value),
	  .label = N_("Value"), .help = N_("As text") },
};
const struct record_type extra_type =
	TYPE("extra", N_("Attribute"), N_("Attributes"), NULL, extra, extra_fields);

static const struct field membership_fields[] = {
	{ .key = "network", .type = FIELD_REF, .refs = TO(NETWORK), .flags = FIELD_REQUIRED | FIELD_KEY | FIELD_COORDINATOR,
	  AT(membership, network), .label = N_("Network"), .help = N_("The network it belongs to") },
	{ .key = "tier", .type = FIELD_TERM, .vocabulary = VOCABULARY_TIERS, .flags = FIELD_COORDINATOR,
	  AT(membership, tier), .label = N_("Tier"), .help = N_("The kind of membership") },
	{ .key = "since", .type = FIELD_DATE, AT(membership, since),
	  .label = N_("Since"), .help = N_("When it joined") },
	{ .key = "until", .type = FIELD_DATE, AT(membership, until),
	  .label = N_("Until"), .help = N_("When it left; empty while it belongs") },
};
const struct record_type membership_type =
	TYPE("membership", N_("Membership"), N_("Memberships"), NULL, membership, membership_fields);

static const struct field exchange_fields[] = {
	{ .key = "capacity", .type = FIELD_TERM, .vocabulary = VOCABULARY_CAPACITIES,
	  .flags = FIELD_REQUIRED | FIELD_KEY | FIELD_MEMBER, AT(exchange, capacity),
	  .label = N_("Capacity"), .help = N_("What kind of thing is offered or needed") },
	{ .key = "what", .type = FIELD_TEXT, .flags = FIELD_MEMBER, AT(exchange, what),
	  .label = N_("What"), .help = N_("In a few words") },
	{ .key = "lines", .type = FIELD_TERM, .vocabulary = VOCABULARY_LINES, .flags = FIELD_MANY | FIELD_MEMBER,
	  AT(exchange, lines), .label = N_("Thematic lines"), .help = N_("The lines it serves") },
	{ .key = "until", .type = FIELD_DATE, .flags = FIELD_MEMBER, AT(exchange, until),
	  .label = N_("Until"), .help = N_("How long it stands") },
};
const struct record_type exchange_type =
	TYPE("exchange", N_("Offer or need"), N_("Offers and needs"), NULL, exchange, exchange_fields);

static const struct field partnership_fields[] = {
	{ .key = "with", .type = FIELD_REF, .refs = TO(INSTITUTION), .flags = FIELD_REQUIRED | FIELD_KEY | FIELD_MEMBER,
	  AT(partnership, with), .label = N_("Partner"), .help = N_("The institution it works with") },
	{ .key = "kinds", .type = FIELD_TERM, .vocabulary = VOCABULARY_KINDS, .flags = FIELD_MANY | FIELD_MEMBER,
	  AT(partnership, kinds), .label = N_("Kinds"), .help = N_("What they do together") },
	{ .key = "title", .type = FIELD_TEXT, .flags = FIELD_MEMBER, ASIDE(partnership, title),
	  .label = N_("Title"), .help = N_("What the partnership is about, in a few words") },
	{ .key = "intensity", .type = FIELD_CHOICE, .choices = choice_intensity, .flags = FIELD_MEMBER,
	  AT(partnership, intensity), .label = N_("Intensity"),
	  .help = N_("How close: they know each other, cooperate, coordinate or act as one") },
	{ .key = "direction", .type = FIELD_CHOICE, .choices = choice_direction, .flags = FIELD_MEMBER,
	  AT(partnership, direction), .label = N_("Direction"),
	  .help = N_("Who gives: money, training, coordination") },
	{ .key = "since", .type = FIELD_DATE, .flags = FIELD_MEMBER, AT(partnership, since),
	  .label = N_("Since"), .help = N_("When it began: 2023, 2023-05 or 2023-05-11") },
	{ .key = "until", .type = FIELD_DATE, .flags = FIELD_MEMBER, AT(partnership, until),
	  .label = N_("Until"), .help = N_("When it ended or will end; empty while open") },
	{ .key = "last_activity", .type = FIELD_DATE, .flags = FIELD_MEMBER, ASIDE(partnership, last_activity),
	  .label = N_("Last activity"), .help = N_("When they last did something together") },
	{ .key = "status", .type = FIELD_CHOICE, .choices = choice_status_tie, .flags = FIELD_MEMBER,
	  AT(partnership, status), .label = N_("Status"), .help = N_("Where it stands") },
	{ .key = "agreement", .type = FIELD_CHOICE, .choices = choice_agreement, .flags = FIELD_MEMBER,
	  ASIDE(partnership, agreement), .label = N_("Agreement"), .help = N_("What was signed") },
	{ .key = "amount", .type = FIELD_MONEY, .flags = FIELD_MEMBER, ASIDE(partnership, amount),
	  .label = N_("Amount"), .help = N_("Money that goes from one to the other: 26000 USD") },
	{ .key = "basis", .type = FIELD_REF, .refs = TO(PROGRAMME) | TO(TERRITORY), .flags = FIELD_MANY | FIELD_MEMBER,
	  ASIDE(partnership, basis), .label = N_("Basis"), .help = N_("The programmes or territories it rests on") },
	{ .key = "evidence", .type = FIELD_TEXT, .flags = FIELD_MANY | FIELD_MEMBER, ASIDE(partnership, evidence),
	  .label = N_("Evidence"), .help = N_("Where this can be read: addresses") },
	{ .key = "verified", .type = FIELD_DATE, .flags = FIELD_MEMBER, ASIDE(partnership, verified),
	  .label = N_("Verified"), .help = N_("When somebody last checked that this is true") },
	{ .key = "notes", .type = FIELD_PROSE, .flags = FIELD_MEMBER, ASIDE(partnership, notes),
	  .label = N_("Notes"), .help = N_("Anything else") },
	ATTRIBUTES(ASIDE(partnership, attributes), N_("Attributes"), N_("What came with an import and has no field of its own")),
};
const struct record_type partnership_type =
	TYPE("partnership", N_("Partnership"), N_("Partnerships"), NULL, partnership, partnership_fields);

static const struct field participant_fields[] = {
	{ .key = "institution", .type = FIELD_REF, .refs = TO(INSTITUTION), .flags = FIELD_REQUIRED | FIELD_KEY,
	  AT(participant, institution), .label = N_("Institution"), .help = N_("Who takes part") },
	{ .key = "role", .type = FIELD_TERM, .vocabulary = VOCABULARY_ROLES, AT(participant, role),
	  .label = N_("Role"), .help = N_("As what") },
	{ .key = "amount", .type = FIELD_MONEY, AT(participant, amount),
	  .label = N_("Amount"), .help = N_("Money it gives or receives here: 26000 USD") },
	{ .key = "since", .type = FIELD_DATE, AT(participant, since),
	  .label = N_("Since"), .help = N_("When it began to take part") },
	{ .key = "until", .type = FIELD_DATE, AT(participant, until),
	  .label = N_("Until"), .help = N_("When it ceased to take part") },
	{ .key = "source", .type = FIELD_TEXT, .flags = FIELD_MANY, AT(participant, source),
	  .label = N_("Source"), .help = N_("Where this can be read: addresses") },
};
const struct record_type participant_type =
	TYPE("participant", N_("Participant"), N_("Participants"), NULL, participant, participant_fields);

static const struct field count_fields[] = {
	{ .key = "entity", .type = FIELD_REF, .refs = TO(NETWORK) | TO(TERRITORY) | TO(INSTITUTION) | TO(PROGRAMME),
	  .flags = FIELD_REQUIRED | FIELD_KEY, AT(count, entity),
	  .label = N_("About"), .help = N_("The record that the figure is about") },
	{ .key = "metric", .type = FIELD_TEXT, .choices = choice_metric, .flags = FIELD_REQUIRED, AT(count, metric),
	  .label = N_("What is counted"), .help = N_("Institutions, teachers, countries…") },
	{ .key = "as_of", .type = FIELD_DATE, AT(count, as_of),
	  .label = N_("As of"), .help = N_("The date the figure holds for") },
	{ .key = "value", .type = FIELD_NUMBER, .flags = FIELD_REQUIRED, AT(count, value),
	  .label = N_("Value"), .help = N_("The figure as published") },
	{ .key = "qualifier", .type = FIELD_CHOICE, .choices = choice_qualifier, AT(count, qualifier),
	  .label = N_("Qualifier"), .help = N_("How exact it claims to be") },
	{ .key = "source", .type = FIELD_TEXT, .flags = FIELD_MANY, AT(count, source),
	  .label = N_("Source"), .help = N_("Where it was published: addresses") },
};
const struct record_type count_type =
	TYPE("count", N_("Published figure"), N_("Published figures"), NULL, count, count_fields);

static const struct field level_count_fields[] = {
	{ .key = "level", .type = FIELD_TEXT, .flags = FIELD_REQUIRED | FIELD_KEY, AT(level_count, level),
	  .label = N_("Level"), .help = N_("The level that was reached, as the framework calls it") },
	{ .key = "n", .type = FIELD_INTEGER, .flags = FIELD_REQUIRED, .least = 0, .most = 1e9, AT(level_count, n),
	  .label = N_("Persons"), .help = N_("How many reached it") },
};
const struct record_type level_count_type =
	TYPE("level_count", N_("Level"), N_("Levels"), NULL, level_count, level_count_fields);

static const struct field spread_step_fields[] = {
	{ .key = "practice", .type = FIELD_REF, .refs = TO(PROGRAMME), .flags = FIELD_REQUIRED | FIELD_KEY,
	  AT(spread_step, practice), .label = N_("Practice"), .help = N_("The programme that spreads") },
	{ .key = "territory", .type = FIELD_REF, .refs = TO(TERRITORY), AT(spread_step, territory),
	  .label = N_("Territory"), .help = N_("Where, when it is a territory of the network") },
	{ .key = "region", .type = FIELD_TEXT, AT(spread_step, region),
	  .label = N_("Region"), .help = N_("Where, when it is not a territory of the network") },
	{ .key = "period", .type = FIELD_DATE, AT(spread_step, period),
	  .label = N_("Period"), .help = N_("The year or month that this holds for") },
	{ .key = "state", .type = FIELD_CHOICE, .choices = choice_spread, AT(spread_step, state),
	  .label = N_("State"), .help = N_("How far it is there") },
	{ .key = "count", .type = FIELD_INTEGER, .least = 0, .most = 1e9, AT(spread_step, count),
	  .label = N_("Regions reached"), .help = N_("In how many regions it is, when they are not named") },
	{ .key = "of", .type = FIELD_INTEGER, .least = 0, .most = 1e9, AT(spread_step, of),
	  .label = N_("Regions in all"), .help = N_("Of how many regions there are") },
	{ .key = "source", .type = FIELD_TEXT, .flags = FIELD_MANY, AT(spread_step, source),
	  .label = N_("Source"), .help = N_("Where this can be read: addresses") },
};
const struct record_type spread_step_type =
	TYPE("spread_step", N_("Spread"), N_("Spread"), NULL, spread_step, spread_step_fields);

static const struct field gap_state_fields[] = {
	{ .key = "gap", .type = FIELD_TEXT, .flags = FIELD_REQUIRED | FIELD_KEY | FIELD_COORDINATOR, AT(gap_state, gap),
	  .label = N_("Gap"), .help = N_("The id of the gap, as the register shows it") },
	{ .key = "status", .type = FIELD_CHOICE, .choices = choice_gap_status, .flags = FIELD_REQUIRED | FIELD_COORDINATOR,
	  AT(gap_state, status), .label = N_("Status"), .help = N_("How far the work on it is") },
	{ .key = "reason", .type = FIELD_TEXT, .flags = FIELD_COORDINATOR, AT(gap_state, reason),
	  .label = N_("Reason"), .help = N_("Why it was dismissed or put off, or what was agreed") },
	{ .key = "owner", .type = FIELD_TEXT, .flags = FIELD_COORDINATOR, AT(gap_state, owner),
	  .label = N_("Assigned to"), .help = N_("Who sees to it") },
	{ .key = "until", .type = FIELD_DATE, .flags = FIELD_COORDINATOR, AT(gap_state, until),
	  .label = N_("Until"), .help = N_("When it comes back, if it was put off") },
	{ .key = "updated", .type = FIELD_DATE, .flags = FIELD_COORDINATOR, AT(gap_state, updated),
	  .label = N_("Updated"), .help = N_("When its status was last moved") },
};
const struct record_type gap_state_type =
	TYPE("gap_state", N_("State of a gap"), N_("States of gaps"), NULL, gap_state, gap_state_fields);

static const struct field agenda_item_fields[] = {
	{ .key = "id", .type = FIELD_ID, .flags = FIELD_REQUIRED | FIELD_KEY, AT(agenda_item, id),
	  .label = N_("Id"), .help = N_("A short name for it") },
	{ .key = "title", .type = FIELD_TEXT, .flags = FIELD_REQUIRED, AT(agenda_item, title),
	  .label = N_("Title"), .help = N_("What will be done") },
	{ .key = "status", .type = FIELD_CHOICE, .choices = choice_item_status, AT(agenda_item, status),
	  .label = N_("Status"), .help = N_("Where it stands") },
	{ .key = "lead", .type = FIELD_REF, .refs = TO(INSTITUTION), AT(agenda_item, lead),
	  .label = N_("Lead"), .help = N_("Who sees to it") },
	{ .key = "due", .type = FIELD_DATE, AT(agenda_item, due),
	  .label = N_("Due"), .help = N_("By when") },
	{ .key = "sdgs", .type = FIELD_INTEGER, .least = 1, .most = 17, .flags = FIELD_MANY, AT(agenda_item, sdgs),
	  .label = N_("SDGs"), .help = N_("Sustainable Development Goals it serves: 4, 5, 9") },
};
const struct record_type agenda_item_type =
	TYPE("agenda_item", N_("Agenda item"), N_("Agenda items"), NULL, agenda_item, agenda_item_fields);
/* clang-format on */
