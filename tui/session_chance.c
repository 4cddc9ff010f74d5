#include "tui/session.h"

#include <string.h>

#include "tui/ask.h"

/*
 * What chance gives for what passes a filter: asked for by a view, drawn where a key does
 * not wait for it, and kept until something else is asked for.
 */
void drawing_free(struct drawing *drawing)
{
	if (drawing == NULL)
		return;
	model_unref(drawing->model);
	study_unref(drawing->against);
	study_unref(drawing->study);
	g_free(drawing->filter);
	g_free(drawing);
}

bool drawing_is_of(const struct drawing *drawing, const struct world *world, const char *filter)
{
	return drawing != NULL && drawing->model == world->model &&
	       drawing->against == world->study && strcmp(drawing->filter, filter) == 0;
}

bool session_draw(struct drawing *drawing, GCancellable *cancel, GError **error)
{
	const struct world world = { .model = drawing->model, .study = drawing->against };
	struct net_options options = { .with_ended = true, .least_intensity = -1 };
	struct filter *filter = filter_for_world(&world, drawing->filter, error);
	bool good;

	if (filter == NULL)
		return false;
	options.filter = filter;
	drawing->study = study_new(drawing->model, &options);
	filter_free(filter);
	good = study_compute(drawing->study, STUDY_MATRIX, cancel, error);
	/* Which leaves out vast tables. */
	good = good &&
	       study_matrix_chance(drawing->study, drawing->rows, drawing->cols, cancel, error);
	if (!good)
		g_clear_pointer(&drawing->study, study_unref);
	return good;
}

void session_drawn_drop(struct session *session)
{
	g_clear_pointer(&session->drawn, drawing_free);
	session->world.drawn = NULL;
}

void session_drawn(struct session *session, struct drawing *drawing)
{
	if (!drawing_is_of(drawing, &session->world, session->app->filter)) {
		drawing_free(drawing);
		return;
	}
	session_drawn_drop(session);
	session->drawn = drawing;
	session->world.drawn = drawing;
	session_event(session, (struct event){ .type = EVENT_STUDY });
}

void session_chance(struct session *session, const struct effect *effect)
{
	struct drawing *drawing = g_new0(struct drawing, 1);
	GError *error = NULL;

	drawing->model = model_ref(session->shown);
	drawing->against = session->study == NULL ? NULL : study_ref(session->study);
	drawing->filter = g_strdup(effect->filter);
	drawing->rows = (enum attribute)effect->id;
	drawing->cols = (enum attribute)effect->side;
	if (session->hooks.chance != NULL) {
		session->hooks.chance(session->hooks.data, drawing);
		return;
	}
	(void)session_draw(drawing, NULL, &error);
	session_drawn(session, drawing);
	if (error != NULL)
		session_outcome(session, NULL, error);
}
