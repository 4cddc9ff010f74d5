/*
 * The field tables: what every kind of record is made of.  A new field is a
 * member in records.h and a row here; everything else reads these rows.
 */
#include "data/tables.h"

#include <glib/gi18n.h>

bool record_is_single(const struct record_type *type)
{
	return type->folder && !*type->folder;
}

/* clang-format off */

/* Groups ------------------------------------------------------------------------------ */

static const struct field agenda_fields[] = {
	{ .key = "status", .type = FIELD_CHOICE, .choices = choice_agenda_status, AT(agenda, status),
	  .label = N_("Agenda status"), .help = N_("How far the STEM education agenda is") },
	{ .key = "url", .type = FIELD_URL, AT(agenda, url),
	  .label = N_("Agenda page"), .help = N_("Where it can be read") },
	{ .key = "lines", .type = FIELD_TERM, .vocabulary = VOCABULARY_LINES, .flags = FIELD_MANY, AT(agenda, lines),
	  .label = N_("Agenda lines"), .help = N_("The thematic lines it chose") },
	{ .key = "target_groups", .type = FIELD_TEXT, .flags = FIELD_MANY, AT(agenda, target_groups),
	  .label = N_("Agenda target groups"), .help = N_("Whom it is for") },
	{ .key = "items", .type = FIELD_ITEMS, SUB(agenda_item_type), AT(agenda, items),
	  .label = N_("Agenda items"), .help = N_("What will be done, by whom, until when") },
};
static const struct record_type agenda_type =
	TYPE("agenda", N_("Agenda"), N_("Agendas"), NULL, agenda, agenda_fields);

#define VOCABULARY(key_, index, label_)                                                            \
	{ .key = key_, .type = FIELD_ITEMS, SUB(term_type), AT(vocabularies, of[index]),           \
	  .flags = FIELD_COORDINATOR, .label = label_, .help = N_("The words this network uses") }
static const struct field vocabularies_fields[] = {
	VOCABULARY("sectors", VOCABULARY_SECTORS, N_("Sectors")),
	VOCABULARY("tiers", VOCABULARY_TIERS, N_("Tiers")),
	VOCABULARY("kinds", VOCABULARY_KINDS, N_("Kinds of partnership")),
	VOCABULARY("roles", VOCABULARY_ROLES, N_("Roles in programmes")),
	VOCABULARY("capacities", VOCABULARY_CAPACITIES, N_("Capacities")),
	VOCABULARY("lines", VOCABULARY_LINES, N_("Thematic lines")),
	VOCABULARY("skills", VOCABULARY_SKILLS, N_("Skills")),
};
static const struct record_type vocabularies_type =
	TYPE("vocabularies", N_("Vocabularies"), N_("Vocabularies"), NULL, vocabularies, vocabularies_fields);

static const struct field settings_fields[] = {
	{ .key = "stale_months", .type = FIELD_INTEGER, .least = 1, .most = 600, .flags = FIELD_COORDINATOR,
	  AT(settings, stale_months), .label = N_("Stale after months"),
	  .help = N_("An entry or partnership not verified for so long counts as stale") },
	{ .key = "cliff_months", .type = FIELD_INTEGER, .least = 1, .most = 600, .flags = FIELD_COORDINATOR,
	  AT(settings, cliff_months), .label = N_("Warn months ahead"),
	  .help = N_("Partnerships whose last programme ends within so many months are told of; 12") },
	{ .key = "declare_months", .type = FIELD_INTEGER, .least = 1, .most = 600, .flags = FIELD_COORDINATOR,
	  AT(settings, declare_months), .label = N_("Months to declare"),
	  .help = N_("A territory at work for so long and not declared does not move on; as stale_months") },
	{ .key = "idle_months", .type = FIELD_INTEGER, .least = 1, .most = 600, .flags = FIELD_COORDINATOR,
	  AT(settings, idle_months), .label = N_("Months without activity"),
	  .help = N_("A territory where nothing was done for so long does not move on; 12") },
	{ .key = "languages", .type = FIELD_TEXT, .valid = language_is_valid, .flags = FIELD_MANY | FIELD_COORDINATOR,
	  AT(settings, languages), .label = N_("Languages"),
	  .help = N_("Languages of the network, two letters each: es, pt, en; the first is its own") },
	{ .key = "seed", .type = FIELD_INTEGER, .least = 0, .most = 4294967295.0, .flags = FIELD_COORDINATOR, AT(settings, seed),
	  .label = N_("Seed"), .help = N_("The number that random procedures start from") },
	{ .key = "focal_sectors", .type = FIELD_TERM, .vocabulary = VOCABULARY_SECTORS,
	  .flags = FIELD_MANY | FIELD_COORDINATOR, AT(settings, focal_sectors),
	  .label = N_("Focal sectors"), .help = N_("Sectors that the network wants at its core") },
	{ .key = "suggest_common", .type = FIELD_INTEGER, .least = 0, .most = 100, .flags = FIELD_COORDINATOR,
	  AT(settings, suggest_common), .label = N_("Suggest: common partners"),
	  .help = N_("Points for common partners, of all points together; 25") },
	{ .key = "suggest_exchange", .type = FIELD_INTEGER, .least = 0, .most = 100, .flags = FIELD_COORDINATOR,
	  AT(settings, suggest_exchange), .label = N_("Suggest: offers and needs"),
	  .help = N_("Points when one offers what the other needs; 20") },
	{ .key = "suggest_shared", .type = FIELD_INTEGER, .least = 0, .most = 100, .flags = FIELD_COORDINATOR,
	  AT(settings, suggest_shared), .label = N_("Suggest: shared work"),
	  .help = N_("Points for programmes and lines of both; 20") },
	{ .key = "suggest_sectors", .type = FIELD_INTEGER, .least = 0, .most = 100, .flags = FIELD_COORDINATOR,
	  AT(settings, suggest_sectors), .label = N_("Suggest: sectors"),
	  .help = N_("Points when their sectors meet less than chance gives; 10") },
	{ .key = "suggest_territory", .type = FIELD_INTEGER, .least = 0, .most = 100, .flags = FIELD_COORDINATOR,
	  AT(settings, suggest_territory), .label = N_("Suggest: territories"),
	  .help = N_("Points when their territories, or their sectors in one, do not meet; 10") },
	{ .key = "suggest_edge", .type = FIELD_INTEGER, .least = 0, .most = 100, .flags = FIELD_COORDINATOR,
	  AT(settings, suggest_edge), .label = N_("Suggest: the edge"),
	  .help = N_("Points when one of them has few partners; 15") },
};
static const struct record_type settings_type =
	TYPE("settings", N_("Settings"), N_("Settings"), NULL, settings, settings_fields);

/* Records ----------------------------------------------------------------------------- */

#define HEAD                                                                                       \
	{ .key = "id", .type = FIELD_ID, .flags = FIELD_REQUIRED | FIELD_COORDINATOR, AT(record, id), \
	  .label = N_("Id"), .help = N_("The name of the file, never reused: lower-case letters, digits and -") }, \
	{ .key = "name", .type = FIELD_TEXT, .flags = FIELD_REQUIRED | FIELD_MEMBER, AT(record, name), \
	  .label = N_("Name"), .help = N_("The full official name") }
#define ALIASES                                                                                    \
	{ .key = "aliases", .type = FIELD_TEXT, .flags = FIELD_MANY | FIELD_MEMBER, AT(record, aliases), \
	  .label = N_("Other names"), .help = N_("Former names and former ids, so that old links are found") }
#define TAIL                                                                                       \
	{ .key = "tags", .type = FIELD_TEXT, .flags = FIELD_MANY | FIELD_MEMBER, AT(record, tags),  \
	  .label = N_("Tags"), .help = N_("Free words of your own") },                             \
	{ .key = "notes", .type = FIELD_PROSE, .flags = FIELD_MEMBER, AT(record, notes),           \
	  .label = N_("Notes"), .help = N_("Anything else") },                                     \
	{ .key = "source", .type = FIELD_TEXT, .flags = FIELD_MANY | FIELD_MEMBER, AT(record, source), \
	  .label = N_("Source"), .help = N_("Where this can be read: addresses") },                \
	{ .key = "verified", .type = FIELD_DATE, .flags = FIELD_MEMBER, AT(record, verified),      \
	  .label = N_("Verified"), .help = N_("When somebody last checked that this entry is true") }, \
	{ .key = "visibility", .type = FIELD_CHOICE, .choices = choice_visibility, .flags = FIELD_MEMBER, \
	  AT(record, visibility), .label = N_("Visible to"), .help = N_("Who may see this entry; empty is public") }
#define PLACE(owner)                                                                               \
	{ .key = "lat", .type = FIELD_NUMBER, .least = -90, .most = 90, .flags = FIELD_MEMBER, AT(owner, lat), \
	  .label = N_("Latitude"), .help = N_("Degrees north, with a point: 19.43") },             \
	{ .key = "lon", .type = FIELD_NUMBER, .least = -180, .most = 180, .flags = FIELD_MEMBER, AT(owner, lon), \
	  .label = N_("Longitude"), .help = N_("Degrees east, with a point: -99.13") }

static const struct field network_fields[] = {
	HEAD,
	{ .key = "short_name", .type = FIELD_TEXT, AT(network, short_name),
	  .label = N_("Short name"), .help = N_("What people call it") },
	ALIASES,
	{ .key = "region", .type = FIELD_TEXT, AT(network, region),
	  .label = N_("Region"), .help = N_("The country or region it covers") },
	{ .key = "founded", .type = FIELD_DATE, AT(network, founded),
	  .label = N_("Founded"), .help = N_("When it began") },
	{ .key = "coordinator", .type = FIELD_REF, .refs = TO(INSTITUTION), AT(network, coordinator),
	  .label = N_("Coordinator"), .help = N_("The institution that coordinates it") },
	{ .key = "endorsed_by", .type = FIELD_TEXT, .flags = FIELD_MANY, AT(network, endorsed_by),
	  .label = N_("Endorsed by"), .help = N_("Who stands behind it") },
	{ .key = "roadmap_until", .type = FIELD_DATE, AT(network, roadmap_until),
	  .label = N_("Roadmap until"), .help = N_("How far its roadmap reaches") },
	{ .key = "vocabularies", .type = FIELD_GROUP, SUB(vocabularies_type), AT(network, vocabularies),
	  .label = N_("Vocabularies"), .help = N_("The words this network uses") },
	{ .key = "settings", .type = FIELD_GROUP, SUB(settings_type), AT(network, settings),
	  .label = N_("Settings"), .help = N_("How this network is analysed") },
	TAIL,
};

static const struct field territory_fields[] = {
	HEAD,
	ALIASES,
	{ .key = "level", .type = FIELD_CHOICE, .choices = choice_level, .flags = FIELD_ASKED, AT(territory, level),
	  .label = N_("Level"), .help = N_("How far it reaches") },
	{ .key = "country", .type = FIELD_COUNTRY, .flags = FIELD_ASKED, AT(territory, country),
	  .label = N_("Country"), .help = N_("Two letters, as in MX, CO, BR (ISO 3166-1)") },
	{ .key = "subdivision", .type = FIELD_SUBDIVISION, AT(territory, subdivision),
	  .label = N_("Subdivision"), .help = N_("State or department, as in MX-NLE (ISO 3166-2)") },
	{ .key = "part_of", .type = FIELD_REF, .refs = TO(TERRITORY), AT(territory, part_of),
	  .label = N_("Part of"), .help = N_("The larger territory it belongs to") },
	PLACE(territory),
	{ .key = "status", .type = FIELD_CHOICE, .choices = choice_territory_status, .flags = FIELD_ASKED | FIELD_COORDINATOR,
	  AT(territory, status), .label = N_("Status"), .help = N_("Whether it is a declared STEM territory") },
	{ .key = "declared_on", .type = FIELD_DATE, .flags = FIELD_COORDINATOR, AT(territory, declared_on),
	  .label = N_("Declared on"), .help = N_("When it was declared") },
	{ .key = "coordinator", .type = FIELD_REF, .refs = TO(INSTITUTION), .flags = FIELD_COORDINATOR,
	  AT(territory, coordinator), .label = N_("Coordinator"), .help = N_("The institution that coordinates it") },
	{ .key = "agenda", .type = FIELD_GROUP, SUB(agenda_type), AT(territory, agenda),
	  .label = N_("Agenda"), .help = N_("Its STEM education agenda") },
	TAIL,
	ATTRIBUTES(AT(territory, attributes), N_("Attributes"), N_("What came with an import and has no field of its own")),
};

static const struct field institution_fields[] = {
	HEAD,
	{ .key = "short_name", .type = FIELD_TEXT, .flags = FIELD_MEMBER, AT(institution, short_name),
	  .label = N_("Short name"), .help = N_("What people call it") },
	ALIASES,
	{ .key = "sector", .type = FIELD_TERM, .vocabulary = VOCABULARY_SECTORS, .flags = FIELD_REQUIRED | FIELD_COORDINATOR,
	  AT(institution, sector), .label = N_("Sector"), .help = N_("The kind of actor it is") },
	{ .key = "country", .type = FIELD_COUNTRY, .flags = FIELD_MEMBER | FIELD_ASKED, AT(institution, country),
	  .label = N_("Country"), .help = N_("Two letters, as in MX, CO, BR (ISO 3166-1)") },
	{ .key = "city", .type = FIELD_TEXT, .flags = FIELD_MEMBER | FIELD_ASKED, AT(institution, city),
	  .label = N_("City"), .help = N_("Where its office is") },
	{ .key = "territories", .type = FIELD_REF, .refs = TO(TERRITORY), .flags = FIELD_MANY | FIELD_COORDINATOR,
	  AT(institution, territories), .label = N_("Territories"), .help = N_("The STEM territories it acts in") },
	PLACE(institution),
	{ .key = "url", .type = FIELD_URL, .flags = FIELD_MEMBER | FIELD_ASKED, ASIDE(institution, url),
	  .label = N_("Web page"), .help = N_("Its address, with https://") },
	{ .key = "ror", .type = FIELD_TEXT, .valid = ror_is_valid, .flags = FIELD_MEMBER, ASIDE(institution, ror),
	  .label = N_("ROR"), .help = N_("Its identifier in the Research Organization Registry, as in 03yrm5c26") },
	{ .key = "wikidata", .type = FIELD_TEXT, .valid = wikidata_is_valid, .flags = FIELD_MEMBER, ASIDE(institution, wikidata),
	  .label = N_("Wikidata"), .help = N_("Its Wikidata item, as in Q1138080") },
	{ .key = "memberships", .type = FIELD_ITEMS, SUB(membership_type), .flags = FIELD_COORDINATOR, AT(institution, memberships),
	  .label = N_("Memberships"), .help = N_("The networks it belongs to, as what, since when") },
	{ .key = "lines", .type = FIELD_TERM, .vocabulary = VOCABULARY_LINES, .flags = FIELD_MANY | FIELD_MEMBER,
	  AT(institution, lines), .label = N_("Thematic lines"), .help = N_("The lines it works on") },
	{ .key = "target_groups", .type = FIELD_TEXT, .flags = FIELD_MANY | FIELD_MEMBER, ASIDE(institution, target_groups),
	  .label = N_("Target groups"), .help = N_("Whom its work is for") },
	{ .key = "levels", .type = FIELD_INTEGER, .least = 0, .most = 8, .flags = FIELD_MANY | FIELD_MEMBER, ASIDE(institution, levels),
	  .label = N_("Education levels"),
	  .help = N_("ISCED levels it works with: 0 early childhood, 1 primary, 2 and 3 secondary, 6 bachelor…") },
	{ .key = "sdgs", .type = FIELD_INTEGER, .least = 1, .most = 17, .flags = FIELD_MANY | FIELD_MEMBER, ASIDE(institution, sdgs),
	  .label = N_("SDGs"), .help = N_("Sustainable Development Goals it serves: 4, 5, 9") },
	{ .key = "offers", .type = FIELD_ITEMS, SUB(exchange_type), .flags = FIELD_MEMBER, AT(institution, offers),
	  .label = N_("Offers"), .help = N_("What it can give the network") },
	{ .key = "needs", .type = FIELD_ITEMS, SUB(exchange_type), .flags = FIELD_MEMBER, AT(institution, needs),
	  .label = N_("Needs"), .help = N_("What it looks for in the network") },
	{ .key = "contact", .type = FIELD_TEXT, .flags = FIELD_MEMBER | FIELD_PRIVATE, ASIDE(institution, contact),
	  .label = N_("Contact"), .help = N_("The address of an office or role, not of a person; never exported unless asked") },
	{ .key = "maintainers", .type = FIELD_TEXT, .flags = FIELD_MANY | FIELD_COORDINATOR | FIELD_PRIVATE, ASIDE(institution, maintainers),
	  .label = N_("Maintainers"), .help = N_("User names that may edit this entry") },
	{ .key = "partners", .type = FIELD_ITEMS, SUB(partnership_type), .flags = FIELD_MEMBER, AT(institution, partners),
	  .label = N_("Partners"), .help = N_("Whom it works with, as it sees it") },
	TAIL,
	ATTRIBUTES(ASIDE(institution, attributes), N_("Attributes"), N_("What came with an import and has no field of its own")),
};

static const struct field programme_fields[] = {
	HEAD,
	ALIASES,
	{ .key = "kind", .type = FIELD_CHOICE, .choices = choice_programme, .flags = FIELD_REQUIRED, AT(programme, kind),
	  .label = N_("Kind"), .help = N_("What it is") },
	{ .key = "event_kind", .type = FIELD_CHOICE, .choices = choice_event, AT(programme, event_kind),
	  .label = N_("Kind of event"), .help = N_("What kind of event, when it is one") },
	{ .key = "part_of", .type = FIELD_REF, .refs = TO(PROGRAMME), AT(programme, part_of),
	  .label = N_("Part of"), .help = N_("The larger programme; its budget is never added to that one's") },
	{ .key = "lead", .type = FIELD_REF, .refs = TO(INSTITUTION), .flags = FIELD_ASKED, AT(programme, lead),
	  .label = N_("Lead"), .help = N_("The institution that leads it") },
	{ .key = "donors", .type = FIELD_REF, .refs = TO(INSTITUTION), .flags = FIELD_MANY, AT(programme, donors),
	  .label = N_("Donors"), .help = N_("Who pays for it") },
	{ .key = "budget", .type = FIELD_MONEY, AT(programme, budget),
	  .label = N_("Budget"), .help = N_("Amount and currency: 450000 USD") },
	{ .key = "start", .type = FIELD_DATE, .flags = FIELD_ASKED, AT(programme, start),
	  .label = N_("Start"), .help = N_("When it begins") },
	{ .key = "end", .type = FIELD_DATE, .flags = FIELD_ASKED, AT(programme, end),
	  .label = N_("End"), .help = N_("When it ends") },
	{ .key = "territories", .type = FIELD_REF, .refs = TO(TERRITORY), .flags = FIELD_MANY, AT(programme, territories),
	  .label = N_("Territories"), .help = N_("Where it acts") },
	{ .key = "countries", .type = FIELD_COUNTRY, .flags = FIELD_MANY, AT(programme, countries),
	  .label = N_("Countries"), .help = N_("Two letters each: MX, CO, BR") },
	{ .key = "sdgs", .type = FIELD_INTEGER, .least = 1, .most = 17, .flags = FIELD_MANY, AT(programme, sdgs),
	  .label = N_("SDGs"), .help = N_("Sustainable Development Goals it serves: 4, 5, 9") },
	{ .key = "lines", .type = FIELD_TERM, .vocabulary = VOCABULARY_LINES, .flags = FIELD_MANY, AT(programme, lines),
	  .label = N_("Thematic lines"), .help = N_("The lines it works on") },
	{ .key = "description", .type = FIELD_PROSE, AT(programme, description),
	  .label = N_("Description"), .help = N_("In a few words") },
	{ .key = "outcomes", .type = FIELD_TEXT, .flags = FIELD_MANY, AT(programme, outcomes),
	  .label = N_("Outcomes"), .help = N_("What it is to bring about") },
	{ .key = "participants", .type = FIELD_ITEMS, SUB(participant_type), AT(programme, participants),
	  .label = N_("Participants"), .help = N_("Who takes part, as what") },
	TAIL,
	ATTRIBUTES(AT(programme, attributes), N_("Attributes"), N_("What came with an import and has no field of its own")),
};

static const struct field resource_fields[] = {
	HEAD,
	ALIASES,
	{ .key = "kind", .type = FIELD_CHOICE, .choices = choice_resource, .flags = FIELD_REQUIRED, AT(resource, kind),
	  .label = N_("Kind"), .help = N_("What it is") },
	{ .key = "owner", .type = FIELD_REF, .refs = TO(INSTITUTION), AT(resource, owner),
	  .label = N_("Owner"), .help = N_("The institution that made it") },
	{ .key = "host", .type = FIELD_REF, .refs = TO(INSTITUTION), AT(resource, host),
	  .label = N_("Host"), .help = N_("The institution that keeps it available") },
	{ .key = "licence", .type = FIELD_TEXT, AT(resource, licence),
	  .label = N_("Licence"), .help = N_("As SPDX or Creative Commons write it: CC-BY-SA-4.0") },
	{ .key = "languages", .type = FIELD_TEXT, .valid = language_is_valid, .flags = FIELD_MANY, AT(resource, languages),
	  .label = N_("Languages"), .help = N_("Two letters each: es, pt, en") },
	{ .key = "lines", .type = FIELD_TERM, .vocabulary = VOCABULARY_LINES, .flags = FIELD_MANY, AT(resource, lines),
	  .label = N_("Thematic lines"), .help = N_("The lines it serves") },
	{ .key = "levels", .type = FIELD_INTEGER, .least = 0, .most = 8, .flags = FIELD_MANY, AT(resource, levels),
	  .label = N_("Education levels"), .help = N_("ISCED levels it is for: 0 early childhood, 1 primary, 2 and 3 secondary, 6 bachelor…") },
	{ .key = "count", .type = FIELD_NUMBER, .least = 0, .most = 1e12, AT(resource, count),
	  .label = N_("How many"), .help = N_("How many pieces it holds") },
	{ .key = "qualifier", .type = FIELD_CHOICE, .choices = choice_qualifier, AT(resource, qualifier),
	  .label = N_("Qualifier"), .help = N_("How exact it claims to be") },
	{ .key = "as_of", .type = FIELD_DATE, AT(resource, as_of),
	  .label = N_("As of"), .help = N_("The date the figure holds for") },
	{ .key = "url", .type = FIELD_URL, AT(resource, url),
	  .label = N_("Web page"), .help = N_("Its address, with https://") },
	{ .key = "issued", .type = FIELD_DATE, AT(resource, issued),
	  .label = N_("Issued"), .help = N_("When it came out") },
	TAIL,
};

static const struct field assessment_fields[] = {
	HEAD,
	{ .key = "framework", .type = FIELD_TEXT, .flags = FIELD_REQUIRED, AT(assessment, framework),
	  .label = N_("Framework"), .help = N_("The set of skills or rubric it follows") },
	{ .key = "skill", .type = FIELD_TERM, .vocabulary = VOCABULARY_SKILLS, .flags = FIELD_REQUIRED, AT(assessment, skill),
	  .label = N_("Skill"), .help = N_("The skill that was looked at") },
	{ .key = "programme", .type = FIELD_REF, .refs = TO(PROGRAMME), AT(assessment, programme),
	  .label = N_("Programme"), .help = N_("The programme it belongs to") },
	{ .key = "territory", .type = FIELD_REF, .refs = TO(TERRITORY), AT(assessment, territory),
	  .label = N_("Territory"), .help = N_("Where it was made") },
	{ .key = "period", .type = FIELD_DATE, AT(assessment, period),
	  .label = N_("Period"), .help = N_("The year or month it was made") },
	{ .key = "audience", .type = FIELD_TEXT, AT(assessment, audience),
	  .label = N_("Audience"), .help = N_("Who took part: pupils of primary school, teachers…") },
	{ .key = "n", .type = FIELD_INTEGER, .flags = FIELD_REQUIRED, .least = 5, .most = 1e9, AT(assessment, n),
	  .label = N_("Persons"), .help = N_("How many took part, at least 5: never one person's result") },
	{ .key = "mean", .type = FIELD_NUMBER, AT(assessment, mean),
	  .label = N_("Mean"), .help = N_("The mean on the framework's own scale") },
	{ .key = "distribution", .type = FIELD_ITEMS, SUB(level_count_type), AT(assessment, distribution),
	  .label = N_("Distribution"), .help = N_("How many reached each level") },
	TAIL,
};

static const struct field counts_fields[] = {
	{ .key = "id", .type = FIELD_ID, .flags = FIELD_DERIVED, AT(record, id),
	  .label = N_("Id"), .help = N_("Always counts") },
	{ .key = "counts", .type = FIELD_ITEMS, SUB(count_type), AT(counts, counts),
	  .label = N_("Published figures"), .help = N_("Figures that somebody published, each with its date and source") },
};

static const struct field spread_fields[] = {
	{ .key = "id", .type = FIELD_ID, .flags = FIELD_DERIVED, AT(record, id),
	  .label = N_("Id"), .help = N_("Always spread") },
	{ .key = "spread", .type = FIELD_ITEMS, SUB(spread_step_type), AT(spread, spread),
	  .label = N_("Spread of practices"), .help = N_("Where a practice had come to, period by period") },
};

static const struct field gaps_fields[] = {
	{ .key = "id", .type = FIELD_ID, .flags = FIELD_DERIVED, AT(record, id),
	  .label = N_("Id"), .help = N_("Always gaps") },
	{ .key = "gaps", .type = FIELD_ITEMS, SUB(gap_state_type), .flags = FIELD_COORDINATOR, AT(gaps, gaps),
	  .label = N_("States of gaps"), .help = N_("What was decided about gaps that the program found") },
};

static const struct record_type types[KIND_COUNT] = {
	[KIND_NETWORK] = TYPE("network", N_("Network"), N_("Networks"), "networks", network, network_fields),
	[KIND_TERRITORY] = TYPE("territory", N_("Territory"), N_("Territories"), "territories", territory, territory_fields),
	[KIND_INSTITUTION] = TYPE("institution", N_("Institution"), N_("Institutions"), "institutions", institution, institution_fields),
	[KIND_PROGRAMME] = TYPE("programme", N_("Programme"), N_("Programmes"), "programmes", programme, programme_fields),
	[KIND_COUNTS] = TYPE("counts", N_("Published figures"), N_("Published figures"), "", counts, counts_fields),
	[KIND_RESOURCE] = TYPE("resource", N_("Resource"), N_("Resources"), "resources", resource, resource_fields),
	[KIND_ASSESSMENT] = TYPE("assessment", N_("Assessment"), N_("Assessments"), "assessments", assessment, assessment_fields),
	[KIND_SPREAD] = TYPE("spread", N_("Spread of practices"), N_("Spread of practices"), "", spread, spread_fields),
	[KIND_GAPS] = TYPE("gaps", N_("States of gaps"), N_("States of gaps"), "", gaps, gaps_fields),
};
/* clang-format on */

const struct record_type *record_type(enum kind kind)
{
	return &types[kind];
}

bool kind_parse(const char *name, enum kind *out)
{
	for (guint k = 0; k < KIND_COUNT; k++) {
		if (!g_strcmp0(name, types[k].name) || !g_strcmp0(name, types[k].folder)) {
			*out = (enum kind)k;
			return true;
		}
	}
	return false;
}
