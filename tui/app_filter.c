#include "tui/ask.h"

#include <math.h>
#include <string.h>

#include <glib/gi18n.h>

/*
 * The filter of institutions as it can be asked now: by the study, or by what is known
 * while there is none; and a filter that one view alone has.  When views ask it anew is
 * decided in app.c.
 */

/* While the study is computed its names are known and have no value yet, but "ties". */
static bool number_without_study(void *data, const char *name, int index, double *out)
{
	const struct model *model = data;

	*out = NAN;
	if (strcmp(name, "ties") == 0) {
		if (index >= 0)
			*out = model_degree(model, (guint)index);
		return true;
	}
	return strcmp(name, "gaps") == 0 || measure_find(name) != NULL;
}

static const struct filter_numbers without_study = { number_without_study, study_filter_name };

/* By what is known now. */
static struct filter *parse_now(const struct world *world, const char *text,
				const struct filter_rows *rows, GError **error)
{
	if (world->study != NULL)
		return filter_parse_rows(text, rows, &study_filter_numbers, world->study, error);
	return filter_parse_rows(text, rows, &without_study, (void *)world->model, error);
}

struct filter *filter_for_world(const struct world *world, const char *text, GError **error)
{
	return parse_now(world, text, NULL, error);
}

static const struct filter_rows *rows_of(const struct view *view)
{
	return view->ops->rows == NULL ? NULL : view->ops->rows(view);
}

const struct filter_rows *app_rows(const struct app *app)
{
	return rows_of(app_top(app));
}

struct filter *filter_for_view(const struct app *app, const struct world *world, const char *text,
			       GError **error)
{
	return parse_now(world, text, app_rows(app), error);
}

char *app_filter_text(const struct app *app, const struct view *view)
{
	const char *own = view->own;

	if (own == NULL || app->filter[0] == '\0')
		return g_strdup(own == NULL ? app->filter : own);
	return g_strconcat(own, " ", app->filter, NULL);
}

void app_put_filter(struct app *app, const struct world *world, const struct filter *filter)
{
	g_autofree char *own = filter_part(filter, true), *rest = filter_part(filter, false);
	struct view *top = app_top(app);

	if (g_strcmp0(top->own, own[0] == '\0' ? NULL : own) != 0) {
		g_free(top->own);
		top->own = own[0] == '\0' ? NULL : g_steal_pointer(&own);
		app_refresh(app, world);
	}
	app_type_filter(app, world, rest);
}

struct filter *app_filter(const struct app *app, const struct world *world)
{
	if (app->filter[0] == '\0')
		return NULL;
	return filter_for_world(world, app->filter, NULL);
}

/* Only what is opened or comes up next is made anew for it. */
static void put_filter(struct app *app, const char *filter)
{
	g_free(app->filter);
	app->filter = g_strdup(filter);
	app->stamp++;
}

void app_open_filtered(struct app *app, const struct world *world, const struct view_ops *ops,
		       const char *filter)
{
	g_autofree char *under = g_strdup(app->filter);

	put_filter(app, filter);
	app_open(app, world, ops, NULL);
	app_top(app)->filter = g_strdup(filter);
	app_top(app)->under = g_steal_pointer(&under);
}

void app_filter_without(struct app *app, const struct view *view)
{
	if (view->filter != NULL && strcmp(app->filter, view->filter) == 0)
		put_filter(app, view->under);
}

void app_filter_with(struct app *app, struct view *view)
{
	if (view->filter == NULL)
		return;
	g_free(view->under);
	view->under = g_strdup(app->filter);
	put_filter(app, view->filter);
}

static void keep_meaning(char **text, const struct filter_rows *rows, const struct world *world)
{
	struct filter *filter = *text == NULL ? NULL : parse_now(world, *text, rows, NULL);

	if (filter != NULL) {
		g_free(*text);
		*text = filter_keys(filter, world->model);
	}
	filter_free(filter);
}

void app_keep_filters(struct app *app, const struct world *world)
{
	GPtrArray *const places[] = { app->stack, app->forward, app->parked };

	keep_meaning(&app->filter, NULL, world);
	for (guint p = 0; p < G_N_ELEMENTS(places); p++) {
		for (guint i = 0; i < places[p]->len; i++) {
			struct view *view = places[p]->pdata[i];

			keep_meaning(&view->filter, NULL, world);
			keep_meaning(&view->under, NULL, world);
			keep_meaning(&view->own, rows_of(view), world);
		}
	}
}

/* A term that asks for an empty field says so: "country=" looks as if its end was lost. */
char *filter_shown(const char *filter)
{
	GString *out = g_string_new(NULL);
	bool quoted = false;

	for (; *filter != '\0'; filter++) {
		g_string_append_c(out, *filter);
		quoted ^= *filter == '"';
		if (!quoted && *filter == '=' && (filter[1] == ' ' || filter[1] == '\0'))
			g_string_append(out, _("(nothing)"));
	}
	return g_string_free(out, FALSE);
}
