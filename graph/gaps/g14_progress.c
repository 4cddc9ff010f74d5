/*
 * G14: territories of the network that do not move on: announced long ago and not
 * declared (settings.declare_months), an agenda that is not begun, without leads or overdue, no
 * known activity for long (settings.idle_months), and too few sectors to carry it.  Whether an
 * agenda is missing is asked only where the network keeps agendas at all.  One finding a territory,
 * from two such signs on, or one when it concerns the agenda.
 *
 * Severity: territory_weight x .15 for each sign, at most .6.
 */
#include "graph/gaps/common.h"

#include <glib/gi18n.h>

#define SECTORS 3 /* that carry a territory, at least */
#define OFFERS	3

struct look {
	struct study *study;
	const struct territory *territory;
	guint n;
	const guint *members;
	struct date first, last; /* of what is known to have been done there */
	guint signs;
	bool agenda; /* a sign concerns the agenda */
	struct gap *gap;
};

/* The later of the two that is not in the future. */
static void note_day(struct look *look, struct date day)
{
	if (!date_is_set(day) ||
	    date_compare(date_first_day(day), look->study->net->model->today) > 0)
		return;
	if (date_compare(day, look->last) > 0)
		look->last = day;
	if (!date_is_set(look->first) || date_compare(day, look->first) < 0)
		look->first = day;
}

static void note_activity(struct look *look)
{
	const struct net *net = look->study->net;
	const struct model *model = net->model;
	for (guint i = 0; i < look->n; i++)
		for (guint k = net->start[look->members[i]]; k < net->start[look->members[i] + 1];
		     k++) {
			const struct tie *tie = &model->ties[net->tie[net->edge[k]]];
			note_day(look, tie->since);
			note_day(look, tie->until);
			for (guint c = 0; c < tie->n_claims; c++)
				note_day(look, partnership_details(
						       model->claims[tie->first_claim + c].says)
						       ->last_activity);
		}
	for (guint p = 0; p < model->n[KIND_PROGRAMME]; p++) {
		const struct programme *programme = model_programme(model, p);
		if (!list_has(programme->territories, look->territory->base.id))
			continue;
		note_day(look, programme->start);
		note_day(look, programme->end);
		/* One without an end that has begun goes on today. */
		if (date_is_set(programme->end) &&
		    date_compare(date_last_day(programme->end), model->today) >= 0)
			note_day(look, model->today);
	}
}

static void look_status(struct look *look)
{
	const struct model *model = look->study->net->model;
	const char *status = look->territory->status;
	char day[DATE_TEXT_SIZE];
	bool waits = g_strcmp0(status, "announced") == 0 || g_strcmp0(status, "developing") == 0;
	if (!waits || !date_is_set(look->first) ||
	    date_months_between(look->first, model->today) < model_months(model, MONTHS_DECLARE))
		return;
	look->signs++;
	gap_evidence(look->gap, _("At work since %s, and not declared"),
		     date_format(look->first, day));
}

/* Whoever has chosen lines has one, whether or not anybody has said how far it is. */
static bool lacks_agenda(const struct agenda *agenda)
{
	if (agenda->items.n > 0 || agenda->status)
		return agenda->items.n == 0 && g_strcmp0(agenda->status, "none") == 0;
	return !agenda->url && list_length(agenda->lines) == 0 &&
	       list_length(agenda->target_groups) == 0;
}

static void look_agenda(struct look *look, bool kept)
{
	const struct agenda *agenda = &look->territory->agenda;
	struct date today = look->study->net->model->today;
	guint without = 0, late = 0, open = 0, planned = 0, all = 0;
	for (guint i = 0; i < agenda->items.n; i++) {
		const struct agenda_item *item = &ITEMS(struct agenda_item, agenda->items)[i];
		bool dropped = g_strcmp0(item->status, "dropped") == 0;
		all += !dropped;
		if (dropped || g_strcmp0(item->status, "done") == 0)
			continue;
		open++;
		planned += g_strcmp0(item->status, "planned") == 0;
		without += item->lead == NULL;
		late += date_is_past(item->due, today);
	}
	if (kept && lacks_agenda(agenda)) {
		look->signs++;
		look->agenda = true;
		gap_evidence(look->gap, "%s", _("It has no agenda yet"));
	}
	/* That by itself may be an agenda of yesterday. */
	if (planned > 0 && planned == all) {
		look->signs++;
		gap_evidence(look->gap,
			     ngettext("Its %u agenda item is planned and not begun",
				      "All of its %u agenda items are planned, and none is begun",
				      planned),
			     planned);
	}
	if (without > 0) {
		look->signs++;
		look->agenda = true;
		gap_evidence(
			look->gap,
			open == 1 ? _("The only open agenda item has nobody who leads it")
				  : ngettext("%u of %u open agenda items has nobody who leads it",
					     "%u of %u open agenda items have nobody who leads "
					     "them",
					     without),
			without, open);
	}
	if (late > 0) {
		look->signs++;
		look->agenda = true;
		gap_evidence(
			look->gap,
			ngettext("%u agenda item is overdue", "%u agenda items are overdue", late),
			late);
	}
}

static void look_sectors(struct look *look)
{
	const struct partition *sectors = look->study->partitions[BY_SECTOR];
	g_autofree bool *seen = g_new0(bool, sectors->n_groups + 1);
	guint present = 0;
	for (guint i = 0; i < look->n; i++) {
		int s = sectors->group[look->members[i]];
		if (s < 0 || seen[s])
			continue;
		seen[s] = true;
		present++;
	}
	/* Where the network knows of two sectors only, both are all that can be. */
	if (present >= MIN(SECTORS, sectors->n_groups))
		return;
	look->signs++;
	gap_evidence(look->gap,
		     ngettext("Members of %u sector only; a territory lives on several",
			      "Members of %u sectors only; a territory lives on several", present),
		     present);
}

static void look_activity(struct look *look)
{
	const struct model *model = look->study->net->model;
	char day[DATE_TEXT_SIZE];
	if (!date_is_set(look->last) ||
	    date_months_between(look->last, model->today) < model_months(model, MONTHS_IDLE))
		return;
	look->signs++;
	gap_evidence(look->gap, _("The last that is known of anything done there: %s"),
		     date_format(look->last, day));
}

static void offer_leads(struct look *look, guint group)
{
	const struct net *net = look->study->net;
	int coordinator = territory_coordinator(look->study, group);
	if (coordinator >= 0)
		offer_pair(look->study, look->gap, (guint)coordinator, -1,
			   g_strdup(_("coordinates it: ask how far it is")));
	g_autoptr(GArray) members = g_array_new(FALSE, FALSE, sizeof(guint));
	g_array_append_vals(members, look->members, look->n);
	order_connected(net, members, OFFERS + 1);
	for (guint i = 0, made = 0; i < members->len && made < OFFERS; i++) {
		guint v = g_array_index(members, guint, i);
		if ((int)v == coordinator || net_degree(net, v) == 0)
			continue;
		offer_pair(look->study, look->gap, v, -1,
			   g_strdup_printf(ngettext("has %u partner, and could lead an item",
						    "has %u partners, and could lead an item",
						    net_degree(net, v)),
					   net_degree(net, v)));
		made++;
	}
}

static void report(struct look *look, guint group, GPtrArray *out)
{
	struct gap *gap = look->gap;
	g_autofree char *name = territory_name(look->study, group);
	gap->severity = MIN(.6, .15 * look->signs) * territory_weight(look->territory);
	gap->title = g_strdup_printf(
		look->agenda ? _("%s: the agenda does not move") : _("%s does not move on"), name);
	gap->reason = g_strdup(_("A territory that nobody hears of loses its members one by one, "
				 "and what was promised when it was announced with them."));
	gap->advice = g_strdup(_("Call the coordinator, agree on the next step and its day, and "
				 "enter who leads it."));
	offer_leads(look, group);
	for (guint i = 0; i < look->n; i++)
		gap_names(gap, look->study->net->institution[look->members[i]]);
	g_ptr_array_add(out, gap);
}

static bool keeps_agendas(const struct model *model)
{
	for (guint t = 0; t < model->n[KIND_TERRITORY]; t++)
		if (model_territory(model, t)->agenda.status ||
		    model_territory(model, t)->agenda.items.n > 0)
			return true;
	return false;
}

bool gap_progress(struct study *study, const struct gap_kind *kind, GPtrArray *out, GError **error)
{
	const struct partition *groups = study->partitions[BY_TERRITORY];
	bool kept = keeps_agendas(study->net->model);
	struct roster roster;
	(void)error;
	roster_init(&roster, study);
	for (guint g = 0; g < groups->n_groups; g++) {
		int index = group_territory(study, g);
		guint n = roster.start[g + 1] - roster.start[g];
		if (index < 0 || n == 0)
			continue;
		struct look look = { .study = study,
				     .territory = model_territory(study->net->model, (guint)index),
				     .n = n,
				     .members = roster.of + roster.start[g] };
		if (territory_weight(look.territory) <= .5)
			continue;
		look.gap =
			gap_new(kind, g_strdup_printf("G14:%s", look.territory->base.id), 0, NULL);
		look.gap->territory = index;
		note_activity(&look);
		look_status(&look);
		look_agenda(&look, kept);
		look_activity(&look);
		look_sectors(&look);
		if (look.signs >= 2 || look.agenda)
			report(&look, g, out);
		else
			gap_free(look.gap);
	}
	roster_release(&roster);
	return true;
}
