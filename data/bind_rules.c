/*
 * What the values of one entry, or of one item in it, say of each other: the order of
 * dates, wholes and parts, sums.  Single values are bind.c's business, what entries say
 * of each other the workspace's.
 */
#include "data/bind.h"
#include "data/claim.h"
#include "data/model.h"

#include <inttypes.h>
#include <math.h>
#include <string.h>

#include <glib/gi18n.h>

static void warn(struct bind *bind, const struct node *node, const char *code, const char *message,
		 const char *hint)
{
	if (node)
		bind_say(bind, SEVERITY_WARNING, node->start, node->end, code, message, hint);
}

static void check_order(struct bind *bind, const struct node *map, const char *from_key,
			struct date from, const char *to_key, struct date to)
{
	if (!date_is_set(from) || !date_is_set(to) ||
	    date_compare(date_last_day(to), date_first_day(from)) >= 0)
		return;
	const struct node *node = node_get(map, to_key);

	if (!node)
		return;
	g_autofree char *message = g_strdup_printf(_("%s lies before %s"), to_key, from_key);

	bind_at_value(bind, node, "order", message, _("exchange or correct the two dates"));
}

static void check_partnership(struct bind *bind, const struct node *map, const void *record)
{
	const struct partnership *partner = record;

	check_order(bind, map, "since", partner->since, "until", partner->until);
	if (partner->with && bind->self && !strcmp(partner->with, bind->self))
		bind_at_value(bind, node_get(map, "with"), "self",
			      _("an institution cannot be its own partner"),
			      _("name the other institution"));
}

static void check_membership(struct bind *bind, const struct node *map, const void *record)
{
	const struct membership *membership = record;

	check_order(bind, map, "since", membership->since, "until", membership->until);
	/* Who has an entry is there: to leave it out would leave its partners out as well. */
	if (bind->check && date_is_ahead(membership->since, bind->check->today)) {
		const struct node *node = node_get(map, "since");

		bind_say(bind, SEVERITY_WARNING, node->start, node->end, "future",
			 _("this lies in the future, and who has an entry counts from now on"),
			 _("enter it when it joins, or correct the date"));
	}
}

static void check_participant(struct bind *bind, const struct node *map, const void *record)
{
	const struct participant *participant = record;

	check_order(bind, map, "since", participant->since, "until", participant->until);
}

static void check_part(struct bind *bind, const struct node *map, const char *whole)
{
	if (whole && bind->self && !strcmp(whole, bind->self))
		bind_at_value(bind, node_get(map, "part_of"), "self",
			      _("nothing is a part of itself"),
			      _("name what it is a part of, or remove the line"));
}

static void check_programme(struct bind *bind, const struct node *map, const void *record)
{
	const struct programme *programme = record;

	check_order(bind, map, "start", programme->start, "end", programme->end);
	check_part(bind, map, programme->part_of);
}

/* One of the two alone is no place. */
static void check_place(struct bind *bind, const struct node *map, double lat, double lon)
{
	const char *there = isnan(lat) ? "lon" : "lat", *missing = isnan(lat) ? "lat" : "lon";

	if (isnan(lat) == isnan(lon) || node_get(map, missing)) /* or it is wrong, which is said */
		return;
	g_autofree char *message = g_strdup_printf(_("%s stands without %s"), there, missing);

	warn(bind, node_get(map, there), "place", message, _("add the other one, or remove it"));
}

static void check_territory(struct bind *bind, const struct node *map, const void *record)
{
	const struct territory *territory = record;
	const char *country = territory->country, *subdivision = territory->subdivision;

	check_part(bind, map, territory->part_of);
	check_place(bind, map, territory->lat, territory->lon);
	if (!country_exists(country) || !subdivision_exists(subdivision) ||
	    strncmp(country, subdivision, strlen(country)) == 0)
		return;
	g_autofree char *message =
		g_strdup_printf(_("subdivision \"%s\" is none of %s"), subdivision, country);

	warn(bind, node_get(map, "subdivision"), "place", message, _("correct one of the two"));
}

static void check_partners(struct bind *bind, const struct node *map, const struct items *partners)
{
	const struct node *list = node_get(map, "partners");
	g_autoptr(GArray) doubled = NULL;

	if (partners->n < 2)
		return;
	doubled = partners_doubled(partners);
	for (guint i = 0; i < doubled->len; i++) {
		struct doubled pair = g_array_index(doubled, struct doubled, i);
		const struct node *item = list->children->pdata[pair.again];
		g_autofree char *message =
			partner_doubled_text(&ITEMS(struct partnership, *partners)[pair.first]);

		warn(bind, node_get(item, "with"), "doubled", message, partner_doubled_hint());
	}
}

static void check_institution(struct bind *bind, const struct node *map, const void *record)
{
	const struct institution *institution = record;

	check_place(bind, map, institution->lat, institution->lon);
	check_partners(bind, map, &institution->partners);
}

static void check_assessment(struct bind *bind, const struct node *map, const void *record)
{
	const struct assessment *assessment = record;
	const struct level_count *levels = ITEMS(struct level_count, assessment->distribution);
	gint64 sum = 0;

	for (guint i = 0; i < assessment->distribution.n; i++) {
		if (levels[i].n == FIELD_NO_INTEGER)
			return;
		sum += levels[i].n;
	}
	if (assessment->distribution.n == 0 || assessment->n == FIELD_NO_INTEGER ||
	    sum == assessment->n)
		return;
	g_autofree char *message = g_strdup_printf(
		_("the levels add up to %" PRId64 ", but n is %" PRId64), sum, assessment->n);

	warn(bind, node_get(map, "n"), "sum", message, _("correct n, or the levels"));
}

static void check_spread_step(struct bind *bind, const struct node *map, const void *record)
{
	const struct spread_step *step = record;

	if (step->count == FIELD_NO_INTEGER || step->of == FIELD_NO_INTEGER ||
	    step->count <= step->of)
		return;
	g_autofree char *message =
		g_strdup_printf(_("%" PRId64 " of %" PRId64 " cannot be"), step->count, step->of);

	warn(bind, node_get(map, "count"), "sum", message, _("exchange or correct the two"));
}

/* Of an item's type, or of a kind. */
static const struct {
	const struct record_type *item;
	enum kind kind;
	void (*check)(struct bind *bind, const struct node *map, const void *record);
} rules[] = {
	{ .item = &partnership_type, .check = check_partnership },
	{ .item = &membership_type, .check = check_membership },
	{ .item = &participant_type, .check = check_participant },
	{ .item = &spread_step_type, .check = check_spread_step },
	{ .kind = KIND_INSTITUTION, .check = check_institution },
	{ .kind = KIND_PROGRAMME, .check = check_programme },
	{ .kind = KIND_TERRITORY, .check = check_territory },
	{ .kind = KIND_ASSESSMENT, .check = check_assessment },
};

void bind_rules(struct bind *bind, const struct record_type *type, const struct node *map,
		const void *record)
{
	for (guint i = 0; i < G_N_ELEMENTS(rules); i++) {
		if ((rules[i].item ? rules[i].item : record_type(rules[i].kind)) == type)
			rules[i].check(bind, map, record);
	}
}
