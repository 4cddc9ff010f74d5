#include "tui/session.h"

#include <glib/gi18n.h>

#include "data/as_of.h"

/*
 * The day that is looked at, and two years compared.  What the views make of it
 * is theirs; where the years are chosen is the view of time.
 */
#define AT_ONCE 2000 /* institutions up to which a key can wait for the past */

/* Takes `ready`, the present as of world.as_of, where somebody has made it. */
static void show(struct session *session, struct model *ready)
{
	struct world *world = &session->world;
	bool past = date_is_set(world->as_of);
	struct model *present = session->present, *shown = session->shown;

	/* What was made of the present is of this very one. */
	session->present = ready != NULL	? model_ref(present)
			   : !world->confirmed	? model_ref(session->model)
			   : session->confirmed ? model_ref(session->confirmed)
						: model_confirmed(session->model);
	session->shown = ready != NULL ? ready
			 : past	       ? model_as_of(session->present, world->as_of)
				       : model_ref(session->present);
	model_unref(present);
	model_unref(shown);
	/* The study of another day is dropped, never shown for this one. */
	study_unref(session->study);
	session->study =
		past || session->present_study == NULL ? NULL : study_ref(session->present_study);
	world->model = session->shown;
	world->today = session->shown->today;
	world->study = session->study;
	world->present = session->present;
	world->present_study = session->present_study;
}

void session_show(struct session *session)
{
	show(session, NULL);
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
	if (session->shown == session->present)
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
	ties = g_strdup_printf(ngettext("%u tie", "%u ties", model->n_ties), model->n_ties);
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

static void arrive(struct session *session, struct date then, struct model *ready)
{
	g_autofree char *text = NULL;

	session->world.coming = (struct date){ 0 };
	session->world.as_of = then;
	show(session, ready);
	session_event(session, (struct event){ .type = EVENT_MODEL });
	if (session->study == NULL)
		session_want_study(session);
	text = shown_text(session);
	session_event(session, (struct event){ .type = EVENT_DONE, .text = text });
}

static void set_out(struct session *session, struct date then)
{
	char day[DATE_TEXT_SIZE];
	g_autofree char *text = g_strdup_printf(_("On the way to %s…"), date_format(then, day));

	session->world.coming = then;
	session->turning = false;
	session->hooks.past(session->hooks.data, session->present, then);
	session_event(session, (struct event){ .type = EVENT_DONE, .text = text });
}

void session_look_at(struct session *session, const char *day)
{
	struct date then = { 0 };

	if (day != NULL && (!date_parse(day, &then) || has_come(then, session->model->today)))
		then = (struct date){ 0 };
	if (date_is_set(then) && session->hooks.past != NULL &&
	    session->present->n[KIND_INSTITUTION] > AT_ONCE)
		set_out(session, then);
	else
		arrive(session, then, NULL);
}

/* --- whose word counts ------------------------------------------------------------- */

/* What the ties of it are of; of confirmed ones NULL until they are known. */
static struct model *whole_of(const struct session *session, bool only)
{
	return only ? session->confirmed : session->model;
}

/* The day that is looked at, or on its way. */
static struct date day_of(const struct session *session)
{
	return date_is_set(session->world.coming) ? session->world.coming : session->world.as_of;
}

/* Takes `ready`, these ties as of that day, where somebody has made them. */
static void confirm(struct session *session, bool only, struct model *ready)
{
	g_autofree char *ties = NULL, *text = NULL;

	session->turning = false;
	session->world.confirmed = only;
	session->world.as_of = day_of(session);
	session->world.coming = (struct date){ 0 };
	/* Of the other ties: nothing of it holds. */
	session_news_drop(session);
	g_clear_pointer(&session->present_study, study_unref);
	if (ready != NULL) {
		model_unref(session->present);
		session->present = model_ref(whole_of(session, only));
	}
	show(session, ready);
	session_event(session, (struct event){ .type = EVENT_MODEL });
	session_want_study(session);
	session_compare(session, session->world.compared);
	ties = g_strdup_printf(ngettext("%u tie", "%u ties", session->shown->n_ties),
			       session->shown->n_ties);
	text = g_strdup_printf(
		/* TRANSLATORS: "12 ties". */
		only ? _("Only what both sides say counts now: %s.")
		     : _("What one side alone says counts as well: %s."),
		ties);
	session_event(session, (struct event){ .type = EVENT_DONE, .text = text });
}

static void turn(struct session *session, bool only, const struct model *present, struct date day)
{
	session->turning = true;
	session->turn_only = only;
	session->hooks.past(session->hooks.data, present, day);
	session_event(session,
		      (struct event){ .type = EVENT_DONE,
				      .text = only ? _("Leaving out what one side alone says…")
						   : _("Taking in what one side alone says…") });
}

/* In a large network one step at a time: the ties, then those of the day. */
void session_confirmed(struct session *session, bool only)
{
	bool many = session->hooks.past != NULL && session->model->n[KIND_INSTITUTION] > AT_ONCE;

	if (many && whole_of(session, only) == NULL)
		turn(session, only, session->model, (struct date){ 0 });
	else if (many && date_is_set(day_of(session)))
		turn(session, only, whole_of(session, only), day_of(session));
	else
		confirm(session, only, NULL);
}

/* Of a network that is gone by now, or another day, nothing is taken. */
static void turned(struct session *session, const struct model *present, struct date day,
		   struct model *past)
{
	bool only = session->turn_only;

	if (!date_is_set(day) && present == session->model && session->confirmed == NULL)
		session->confirmed = model_ref(past);
	if (date_is_set(day) && present == whole_of(session, only) &&
	    date_compare(day, day_of(session)) == 0)
		confirm(session, only, model_ref(past));
	else
		session_confirmed(session, only);
}

void session_past(struct session *session, const struct model *present, struct date day,
		  struct model *past)
{
	if (session->turning)
		turned(session, present, day, past);
	else if (!date_is_set(day) || date_compare(day, session->world.coming) != 0)
		return;
	else if (present == session->present)
		arrive(session, day, model_ref(past));
	else
		set_out(session, day);
}

/* --- two years ----------------------------------------------------------------------- */

void session_compare(struct session *session, struct years years)
{
	g_clear_pointer(&session->comparison, comparison_free);
	session->world.comparison = NULL;
	session->world.compared = years;
	if (years.from != 0 && session->hooks.compare != NULL)
		session->hooks.compare(session->hooks.data, session->present, years);
}

void session_compared(struct session *session, struct years years, struct comparison *comparison)
{
	const struct years wanted = session->world.compared;

	if (years.from != wanted.from || years.to != wanted.to) {
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
		struct model *then = model_as_of(model, (struct date){ .year = (gint16)year[i] });

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
