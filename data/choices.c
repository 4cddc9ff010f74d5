/*
 * The fixed lists of words that fields choose from.  A network's own words are
 * vocabularies, not here.  Where lists of different nouns share a word, all but the
 * first say of what it is.
 */
#include "data/tables.h"

#include "base/context.h"

#include <glib/gi18n.h>

/* clang-format off */
const struct choice choice_visibility[] = {
	{ "public", N_("public") },
	{ "network", N_("members of the network") },
	{ "coordinator", N_("coordinators only") },
	{ NULL, NULL } };
const struct choice choice_level[] = {
	{ "local", N_("local") },
	{ "national", N_("national") },
	{ "interregional", N_("interregional") },
	{ NULL, NULL } };
const struct choice choice_territory_status[] = {
	{ "unknown", N_("unknown") },
	{ "announced", N_("announced") },
	{ "developing", N_("developing") },
	{ "declared", N_("declared") },
	{ "lapsed", N_("lapsed") },
	{ NULL, NULL } };
const struct choice choice_agenda_status[] = {
	{ "none", IN_CONTEXT("agenda", "none") },
	{ "developing", IN_CONTEXT("agenda", "developing") },
	{ "adopted", N_("adopted") },
	{ "review", N_("in review") },
	{ NULL, NULL } };
const struct choice choice_item_status[] = {
	{ "planned", N_("planned") },
	{ "active", N_("active") },
	{ "done", N_("done") },
	{ "dropped", N_("dropped") },
	{ NULL, NULL } };
const struct choice choice_intensity[] = {
	{ "awareness", N_("awareness") },
	{ "cooperation", N_("cooperation") },
	{ "coordination", N_("coordination") },
	{ "integration", N_("integration") },
	{ NULL, NULL } };
const struct choice choice_direction[] = {
	{ "out", N_("from us to them") },
	{ "in", N_("from them to us") },
	{ "none", N_("both ways") },
	{ NULL, NULL } };
const struct choice choice_status_tie[] = {
	{ "proposed", IN_CONTEXT("partnership", "proposed") },
	{ "active", IN_CONTEXT("partnership", "active") },
	{ "paused", N_("paused") },
	{ "ended", N_("ended") },
	{ "denied", N_("denied") },
	{ NULL, NULL } };
const struct choice choice_agreement[] = {
	{ "none", N_("no agreement") },
	{ "verbal", N_("verbal") },
	{ "mou", N_("memorandum of understanding") },
	{ "contract", N_("contract") },
	{ NULL, NULL } };
const struct choice choice_programme[] = {
	{ "project", N_("project") },
	{ "programme", N_("programme") },
	{ "event", N_("event") },
	{ "prize", N_("prize") },
	{ "certification", N_("certification") },
	{ "working-group", N_("working group") },
	{ "declaration", N_("declaration") },
	{ "strategy", N_("strategy") },
	{ "resource-repository", N_("resource repository") },
	{ "practice", N_("practice") },
	{ NULL, NULL } };
const struct choice choice_qualifier[] = {
	{ "exact", N_("exactly") },
	{ "at-least", N_("at least") },
	{ "at-most", N_("at most") },
	{ "about", N_("about") },
	{ NULL, NULL } };

const struct choice choice_event[] = {
	{ "meeting", N_("meeting") },
	{ "congress", N_("congress") },
	{ "summit", N_("summit") },
	{ "workshop", N_("workshop") },
	{ "fair", N_("fair") },
	{ "competition", N_("competition") },
	{ "launch", N_("launch") },
	{ "webinar", N_("webinar") },
	{ NULL, NULL } };
const struct choice choice_resource[] = {
	{ "oer", N_("open educational resources") },
	{ "guide", N_("guide") },
	{ "standard", N_("standard") },
	{ "indicator-set", N_("set of indicators") },
	{ "platform", N_("platform") },
	{ "clearinghouse", N_("clearinghouse") },
	{ NULL, NULL } };
const struct choice choice_spread[] = {
	{ "none", IN_CONTEXT("practice", "none") },
	{ "starting", N_("starting") },
	{ "active", IN_CONTEXT("practice", "active") },
	{ "stopped", N_("stopped") },
	{ NULL, NULL } };

const struct choice choice_gap_status[] = {
	{ "open", N_("open") },
	{ "proposed", IN_CONTEXT("gap", "proposed") },
	{ "introduced", N_("introduced") },
	{ "met", N_("met") },
	{ "working", N_("working together") },
	{ "closed", N_("closed") },
	{ "dismissed", N_("dismissed") },
	{ "snoozed", N_("put off") },
	{ NULL, NULL } };
/* What published figures count most often. */
const struct choice choice_metric[] = {
	{ "institutions", N_("institutions") },
	{ "schools", N_("schools") },
	{ "students", N_("students") },
	{ "teachers", N_("teachers") },
	{ "countries", N_("countries") },
	{ "regions", N_("regions") },
	{ "territories", N_("territories") },
	{ "municipalities", N_("municipalities") },
	{ "departments", N_("departments") },
	{ "states", N_("states") },
	{ "participants", N_("participants") },
	{ "representatives", N_("representatives") },
	{ "partners", N_("partners") },
	{ "members", N_("members") },
	{ "teams", N_("teams") },
	{ "girls", N_("girls") },
	{ "women", N_("women") },
	{ "pupils", N_("pupils") },
	{ "families", N_("families") },
	{ "volunteers", N_("volunteers") },
	{ "workshops", N_("workshops") },
	{ "events", N_("events") },
	{ "meetings", N_("meetings") },
	{ "sessions", N_("sessions") },
	{ "panels", N_("panels") },
	{ "panellists", N_("panellists") },
	{ "programmes", N_("programmes") },
	{ "projects", N_("projects") },
	{ "proposals", N_("proposals") },
	{ "applications", N_("applications") },
	{ "scholarships", N_("scholarships") },
	{ "resources", N_("resources") },
	{ NULL, NULL } };
/* clang-format on */
