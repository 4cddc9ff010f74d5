/*
 * G16: a practice that has come to some of its regions and no further: none new
 * for longer than the network's setting.  A region counts as reached while its
 * latest state is starting or active; where steps only say in how many regions it is, as
 * many as the latest of them says.
 *
 * Severity: gap_weight(regions that are not reached) x the share that they are.
 */
#include "graph/gaps/common.h"

#include <glib/gi18n.h>
#include <string.h>

#define OFFERS 5
#define NAMES  6

struct region {
	const char *name;	 /* as shown */
	const char *territory;	 /* id or NULL */
	struct date first, last; /* reached first; latest step */
	bool reached, ever;
};

struct course {
	const char *practice;
	GArray *regions; /* struct region */
	GArray *counts;	 /* const struct spread_step *: those that name no region but count them */
	gint64 of;	 /* regions in all, as stated; 0 unknown */
};

static struct region *region_at(struct course *course, const struct model *model,
				const struct spread_step *step)
{
	const char *name = step->region ? step->region
			   : step->territory
				   ? model_name(model, KIND_TERRITORY, step->territory, true)
				   : NULL;
	if (!name)
		return NULL;
	for (guint i = 0; i < course->regions->len; i++) {
		struct region *region = &g_array_index(course->regions, struct region, i);
		if (strcmp(region->name, name) == 0)
			return region;
	}
	struct region region = { .name = name, .territory = step->territory };
	g_array_append_val(course->regions, region);
	return &g_array_index(course->regions, struct region, course->regions->len - 1);
}

static bool is_there(const struct spread_step *step)
{
	return g_strcmp0(step->state, "starting") == 0 || g_strcmp0(step->state, "active") == 0;
}

static void course_step(struct course *course, const struct model *model,
			const struct spread_step *step)
{
	struct region *region = region_at(course, model, step);
	bool there = is_there(step);
	if (step->of != FIELD_NO_INTEGER)
		course->of = MAX(course->of, step->of);
	if (!region && there && step->count != FIELD_NO_INTEGER)
		g_array_append_val(course->counts, step);
	if (!region)
		return;
	if (there && (!region->ever || date_compare(step->period, region->first) < 0)) {
		region->first = step->period;
		region->ever = true;
	}
	if (date_compare(step->period, region->last) >= 0) {
		region->last = step->period;
		region->reached = there;
	}
}

/*
 * In how many regions it is by the steps that only count, and since when in so many; of
 * the same time the most.  A step without a time is before all others.
 */
static guint counted(const struct course *course, struct date *since)
{
	gint64 now = 0;
	struct date last = { 0 };
	for (guint i = 0; i < course->counts->len; i++) {
		const struct spread_step *step =
			g_array_index(course->counts, const struct spread_step *, i);
		int order = date_compare(step->period, last);
		if (order < 0 || (order == 0 && step->count <= now))
			continue;
		if (step->count > now)
			*since = step->period;
		now = step->count;
		last = step->period;
	}
	return (guint)CLAMP(now, 0, G_MAXINT);
}

static void offer_next(struct study *study, const struct course *course, struct gap *gap)
{
	const struct net *net = study->net;
	const struct model *model = net->model;
	const struct programme *practice = model_get(model, KIND_PROGRAMME, course->practice);
	int lead = practice && practice->lead ? model_find(model, KIND_INSTITUTION, practice->lead)
					      : -1;
	lead = lead < 0 ? -1 : net->vertex[lead];
	if (lead < 0)
		return;
	gap_names(gap, net->institution[lead]);
	for (guint i = 0, made = 0; i < course->regions->len && made < OFFERS; i++) {
		const struct region *region = &g_array_index(course->regions, struct region, i);
		const struct territory *place =
			region->territory ? model_get(model, KIND_TERRITORY, region->territory)
					  : NULL;
		int host = place && place->coordinator
				   ? model_find(model, KIND_INSTITUTION, place->coordinator)
				   : -1;
		host = host < 0 ? -1 : net->vertex[host];
		if (region->reached || host < 0 || host == lead)
			continue;
		offer_pair(study, gap, (guint)lead, host,
			   g_strdup_printf(_("coordinates %s, which it has not reached"),
					   region->name));
		made++;
	}
}

static void report(struct study *study, const struct gap_kind *kind, const struct course *course,
		   guint reached, guint all, struct date newest, GPtrArray *out)
{
	const struct model *model = study->net->model;
	const char *name = model_name(model, KIND_PROGRAMME, course->practice, true);
	g_autoptr(GPtrArray) without = g_ptr_array_new();
	guint stopped = 0, unnamed;
	char day[DATE_TEXT_SIZE];
	for (guint i = 0; i < course->regions->len; i++) {
		const struct region *region = &g_array_index(course->regions, struct region, i);
		if (!region->reached)
			g_ptr_array_add(without, (void *)region->name);
		stopped += region->ever && !region->reached;
	}
	unnamed = all - reached - MIN(without->len, all - reached);
	struct gap *gap = gap_new(kind, g_strdup_printf("G16:%s", course->practice),
				  gap_weight(all - reached) * (all - reached) / all,
				  g_strdup_printf(_("%s is in %u of %u regions, none new since %s"),
						  name, reached, all, date_format(newest, day)));
	gap->reason = g_strdup(_("What works in some regions is not offered to the others, or did "
				 "not take hold there."));
	gap->advice = g_strdup(_("Ask a region that has it to tell one that has not; find out "
				 "where it was stopped and why."));
	gap_evidence(gap, _("%u of %u regions have it"), reached, all);
	if (without->len > 0) {
		g_autofree char *names = join_names(without, NAMES);
		gap_evidence(gap,
			     without->len > all - reached
				     ? _("Some of these have it too, by the numbers told: %s")
				     : _("Not there: %s"),
			     names);
	}
	if (unnamed > 0)
		gap_evidence(gap,
			     ngettext("%u region without it is not named",
				      "%u regions without it are not named", unnamed),
			     unnamed);
	if (stopped > 0)
		gap_evidence(gap,
			     ngettext("%u region had it and stopped",
				      "%u regions had it and stopped", stopped),
			     stopped);
	offer_next(study, course, gap);
	g_ptr_array_add(out, gap);
}

static void judge(struct study *study, const struct gap_kind *kind, const struct course *course,
		  GPtrArray *out)
{
	const struct model *model = study->net->model;
	struct date newest = { 0 }, since = { 0 };
	guint reached = 0, told = counted(course, &since);
	for (guint i = 0; i < course->regions->len; i++) {
		const struct region *region = &g_array_index(course->regions, struct region, i);
		reached += region->reached;
		if (region->ever && date_compare(region->first, newest) > 0)
			newest = region->first;
	}
	/* What is told in numbers holds where names give fewer. */
	if (told > reached) {
		reached = told;
		newest = date_compare(since, newest) > 0 ? since : newest;
	}
	guint all = (guint)MAX(course->of, (gint64)course->regions->len);
	if (reached < all && date_is_set(newest) &&
	    date_months_between(newest, model->today) >= model_months(model, MONTHS_STALE))
		report(study, kind, course, reached, all, newest, out);
}

bool gap_spread(struct study *study, const struct gap_kind *kind, GPtrArray *out, GError **error)
{
	const struct model *model = study->net->model;
	g_autoptr(GPtrArray) done = g_ptr_array_new();
	(void)error;
	for (guint r = 0; r < model->n[KIND_SPREAD]; r++) {
		const struct items *steps =
			&((const struct spread *)model->records[KIND_SPREAD][r])->spread;
		const struct spread_step *rows = ITEMS(struct spread_step, *steps);
		for (guint i = 0; i < steps->n; i++) {
			bool seen = !rows[i].practice;
			for (guint k = 0; k < done->len && !seen; k++)
				seen = strcmp(done->pdata[k], rows[i].practice) == 0;
			if (seen)
				continue;
			struct course course = { .practice = rows[i].practice };
			course.regions = g_array_new(FALSE, FALSE, sizeof(struct region));
			course.counts =
				g_array_new(FALSE, FALSE, sizeof(const struct spread_step *));
			for (guint k = i; k < steps->n; k++)
				if (g_strcmp0(rows[k].practice, course.practice) == 0)
					course_step(&course, model, &rows[k]);
			judge(study, kind, &course, out);
			g_array_unref(course.regions);
			g_array_unref(course.counts);
			g_ptr_array_add(done, (void *)rows[i].practice);
		}
	}
	return true;
}
