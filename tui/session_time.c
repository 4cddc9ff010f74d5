#include "tui/session.h"

#include <glib/gi18n.h>

#include "data/as_of.h"

/*
 * The day that is looked at, and two years compared.  What the views make of it
 * is theirs; where the years are chosen is the view of time.
 */
#define AT_ONCE	     2000  /* institutions up to which a key can wait for the past, */
#define TIES_AT_ONCE 32768 /* and confirmed ties up to which it waits for those after an edit */

/* The ties that it is made of; of confirmed ones NULL until they are known. */
static struct model *whole_of(const struct session *session, bool only)
{
	return only ? session->confirmed : session->model;
}

/* Takes `ready`, the present as of world.as_of, where somebody has made it. */
static void show(struct session *session, struct model *ready)
{
	struct world *world = &session->world;
	bool past = date_is_set(world->as_of);
	struct model *present = session->present, *shown = session->shown;

	if (world->confirmed && session->confirmed == NULL)
		session->confirmed = model_confirmed(session->model);
	session->present = model_ref(whole_of(session, world->confirmed));
	session->shown = ready != NULL ? ready
			 : past	       ? model_as_of(session->present, world->as_of, NULL, NULL)
				       : model_ref(session->present);
	model_unref(present);
	model_unref(shown);
	/* The study of another day is dropped, never shown for this one. */
	study_unref(session->study);
	session->study =
		past || session->present_study == NULL ? NULL : study_ref(session->present_study);
	session_drawn_drop(session);
	world->model = session->shown;
	world->today = session->shown->today;
	world->study = session->study;
	world->present = session->present;
	world->present_study = session->present_study;
}

void session_study(struct session *session, struct study *study)
{
	if (study_model(study) != session->shown)
		return;
	if (session->shown == session->present) {
		study_unref(session->present_study);
		session->present_study = study_ref(study);
		session->world.present_study = study;
	}
	study_unref(session->study);
	session->study = study_ref(study);
	session->world.stopped = false;
	session->world.doing = NULL;
	session->world.study = session->study;
	if (session->shown == session->present && !session->world.behind)
		session_news_find(session);
	session_event(session, (struct event){ .type = EVENT_STUDY });
	if (!session->saving)
		session_news_say(session);
}

static char *shown_text(const struct session *session)
{
	const struct model *model = session->shown;
	g_autofree char *members = NULL, *ties = NULL;
	char day[DATE_TEXT_SIZE];

	if (!date_is_set(session->world.as_of))
		return g_strdup(_("This is the network as it is now."));
	members = g_strdup_printf(
		ngettext("%u institution", "%u institutions", model->n[KIND_INSTITUTION]),
		model->n[KIND_INSTITUTION]);
	ties = model_ties_text(model);
	/* TRANSLATORS: a date, "297 institutions", "152 ties", a number. */
	return g_strdup_printf(_("As of %s: %s, %s (%u state no beginning)"),
			       date_format(session->world.as_of, day), members, ties,
			       model_undated_ties(model));
}

/* The day that is, or the year in which it is, is the present. */
static bool has_come(struct date day, struct date today)
{
	return date_compare(date_first_day(day), today) <= 0 &&
	       date_compare(date_last_day(day), today) >= 0;
}

/* --- on the way -------------------------------------------------------------------- */

/* The day that is looked at, or on its way. */
static struct date day_of(const struct session *session)
{
	return date_is_set(session->world.coming) ? session->world.coming : session->world.as_of;
}

static bool is_large(const struct session *session)
{
	return session->hooks.past != NULL && session->model->n[KIND_INSTITUTION] > AT_ONCE;
}

/* The worker is to make these ties as of that day, with no day those that are confirmed. */
static void want(struct session *session, enum session_way way, const struct model *of,
		 struct date day)
{
	session->way = way;
	session->hooks.past(session->hooks.data, of, day);
}

/* One step at a time: the ties, then those of the day.  False: nothing is left to be made. */
static bool sets_out(struct session *session, enum session_way way, bool only)
{
	struct model *whole = whole_of(session, only);

	session->way_only = only;
	if (whole == NULL)
		want(session, way, session->model, (struct date){ 0 });
	else if (date_is_set(day_of(session)))
		want(session, way, whole, day_of(session));
	else
		return false;
	return true;
}

/*
 * Shows these ties, and the day that was on its way; takes `ready`, which is both, where
 * somebody has made it.
 */
static void arrive(struct session *session, bool only, struct model *ready)
{
	struct world *world = &session->world;
	bool other = world->behind || only != world->confirmed;

	session->way = WAY_NONE;
	world->behind = false;
	world->confirmed = only;
	world->as_of = day_of(session);
	world->coming = (struct date){ 0 };
	if (other)
		g_clear_pointer(&session->present_study, study_unref);
	show(session, ready);
	session_event(session, (struct event){ .type = EVENT_MODEL });
	if (session->study == NULL)
		session_want_study(session);
	if (other)
		session_compare(session, world->compared);
}

/* --- another day ------------------------------------------------------------------- */

static void arrive_at(struct session *session, struct date day, struct model *ready)
{
	g_autofree char *text = NULL;

	session->world.as_of = session->world.coming = day;
	arrive(session, session->world.confirmed, ready);
	text = shown_text(session);
	session_event(session, (struct event){ .type = EVENT_DONE, .text = text });
}

static void set_out(struct session *session, struct date then)
{
	char day[DATE_TEXT_SIZE];
	g_autofree char *text = g_strdup_printf(_("On the way to %s…"), date_format(then, day));

	session->world.coming = then;
	/* Other ties that were asked for before come together with that day. */
	if (session->way == WAY_TIES)
		sets_out(session, WAY_TIES, session->way_only);
	else
		sets_out(session, WAY_SAME, session->world.confirmed);
	session_event(session, (struct event){ .type = EVENT_DONE, .text = text });
}

/* --- whose word counts ------------------------------------------------------------- */

static void confirm(struct session *session, bool only, struct model *ready)
{
	g_autofree char *ties = NULL, *text = NULL;

	/* Of the other ties: nothing of it holds. */
	session_news_drop(session);
	arrive(session, only, ready);
	ties = model_ties_text(session->shown);
	text = g_strdup_printf(
		/* TRANSLATORS: "12 ties". */
		only ? _("Only what both sides say counts now: %s.")
		     : _("What one side alone says counts as well: %s."),
		ties);
	session_event(session, (struct event){ .type = EVENT_DONE, .text = text });
}

void session_confirmed(struct session *session, bool only)
{
	const char *text = only ? _("Leaving out what one side alone says…")
				: _("Taking in what one side alone says…");

	if (is_large(session) && sets_out(session, WAY_TIES, only))
		session_event(session, (struct event){ .type = EVENT_DONE, .text = text });
	else
		confirm(session, only, NULL);
}

void session_look_at(struct session *session, const char *day)
{
	struct date then = { 0 };
	bool turns = session->way == WAY_TIES;

	if (day != NULL && (!date_parse(day, &then) || has_come(then, session->model->today)))
		then = (struct date){ 0 };
	if (date_is_set(then) && is_large(session)) {
		set_out(session, then);
		return;
	}
	arrive_at(session, then, NULL);
	if (turns)
		session_confirmed(session, session->way_only);
}

/* --- after an edit ----------------------------------------------------------------- */

/* Whether a key cannot wait for what is shown to be made of another network. */
static bool takes_long(const struct session *session)
{
	return is_large(session) &&
	       (date_is_set(day_of(session)) ||
		(session->world.confirmed && session->present->n_ties > TIES_AT_ONCE));
}

bool session_show(struct session *session)
{
	bool turns = session->way == WAY_TIES;
	bool late = session->present != NULL && takes_long(session);

	session->world.behind = late;
	if (!late) {
		/* Nothing is on the way to a day any more: of fewer than before it is made now. */
		if (!turns) {
			session->world.as_of = day_of(session);
			session->world.coming = (struct date){ 0 };
			session->way = WAY_NONE;
		}
		g_clear_pointer(&session->present_study, study_unref);
		show(session, NULL);
	}
	/* What the worker is at is of a network that is gone. */
	if (late || turns)
		sets_out(session, turns ? WAY_TIES : WAY_SAME,
			 turns ? session->way_only : session->world.confirmed);
	return !late;
}

/* --- what the worker brings ---------------------------------------------------------- */

/* `ready`: both the ties and the day; NULL: as far as they are known. */
static void reach(struct session *session, struct model *ready)
{
	if (session->way == WAY_TIES)
		confirm(session, session->way_only, ready);
	else if (date_is_set(session->world.coming))
		arrive_at(session, session->world.coming, ready);
	else
		arrive(session, session->world.confirmed, ready);
}

/* What is not what was asked for last was asked for before that: it is nobody's any more. */
void session_past(struct session *session, const struct model *present, struct date day,
		  struct model *past)
{
	bool ties = !date_is_set(day) && present == session->model && session->confirmed == NULL;

	if (session->way == WAY_NONE)
		return;
	if (ties)
		session->confirmed = model_ref(past);
	if (ties && session->way_only && !sets_out(session, session->way, true))
		reach(session, NULL);
	else if (date_is_set(day) && present == whole_of(session, session->way_only) &&
		 date_compare(day, day_of(session)) == 0)
		reach(session, model_ref(past));
}

/* --- two years ----------------------------------------------------------------------- */

void session_compare(struct session *session, struct years years)
{
	g_clear_pointer(&session->comparison, comparison_free);
	session->world.comparison = NULL;
	session->world.compared = years;
	/* Of a network that is about to go nothing is compared: that comes with the next. */
	if (years.from != 0 && !session->world.behind && session->hooks.compare != NULL)
		session->hooks.compare(session->hooks.data, session->present, years);
}

void session_compared(struct session *session, const struct model *model, struct years years,
		      struct comparison *comparison)
{
	const struct years wanted = session->world.compared;

	if (model != session->present || years.from != wanted.from || years.to != wanted.to) {
		comparison_free(comparison);
		return;
	}
	comparison_free(session->comparison);
	session->comparison = comparison;
	session->world.comparison = comparison;
	session_event(session, (struct event){ .type = EVENT_STUDY });
}

struct comparison *session_comparison_new(const struct model *model, struct years years,
					  GCancellable *cancel, GError **error)
{
	const struct net_options running = { .least_intensity = -1 };
	const int year[2] = { years.from, years.to };
	struct study *studies[2] = { NULL, NULL };
	struct comparison *comparison = NULL;
	bool good = true;

	for (guint i = 0; i < 2 && good; i++) {
		struct model *then =
			model_as_of(model, (struct date){ .year = (gint16)year[i] }, cancel, error);

		good = then != NULL;
		if (!good)
			break;
		studies[i] = study_new(then, &running);
		model_unref(then);
		study_inherit(studies[i], studies[0] == studies[i] ? NULL : studies[0]);
		good = study_compute(studies[i], STUDY_NETWORK | STUDY_GAPS, cancel, error);
	}
	if (good)
		comparison = comparison_new(studies[0], studies[1]);
	study_unref(studies[0]);
	study_unref(studies[1]);
	return comparison;
}
