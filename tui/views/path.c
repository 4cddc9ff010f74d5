/*
 * Introductions: from one institution to another, the shortest chains, the
 * strongest first, each with what to do about it in a sentence.  The chains are
 * the network's business (net_paths); here they are put into words.
 */
#include "tui/app.h"

#include <string.h>

#include <glib/gi18n.h>

#include "base/context.h"
#include "base/text.h"
#include "graph/introduce.h"
#include "tui/typed.h"
#include "tui/widgets/menu.h"
#include "tui/widgets/page.h"

#define CHAINS 8

struct state {
	char *from, *to; /* ids; to NULL while it is picked */
	struct menu *menu;
	struct page *page;
	const char *keys[5];
};

/* Everybody but the one who looks for somebody. */
struct others {
	struct model *model;
	char *from;
};

static void others_free(void *data)
{
	struct others *others = data;

	model_unref(others->model);
	g_free(others->from);
	g_free(others);
}

static void others_add(struct menu *menu, void *data, guint at)
{
	const struct others *others = data;
	const struct institution *one = model_institution(others->model, at);
	g_autofree char *label = record_label(KIND_INSTITUTION, RECORD(one));
	g_autofree char *names = record_names(KIND_INSTITUTION, RECORD(one));

	if (strcmp(one->base.id, others->from))
		menu_add(menu, one->base.id, label, one->city, names, false);
}

static void start_picking(struct state *state, const struct model *model)
{
	g_autofree char *title = g_strdup_printf(
		_("From %s to:"), model_name(model, KIND_INSTITUTION, state->from, true));
	struct others *others = g_new(struct others, 1);
	const struct menu_source source = { model->n[KIND_INSTITUTION], others_add, others,
					    others_free };

	*others = (struct others){ model_ref(model), g_strdup(state->from) };
	menu_free(state->menu);
	state->menu = menu_new(title, false);
	state->menu->patient = true;
	menu_fill(state->menu, &source);
	menu_start(state->menu, NULL, state->to);
}

static void *path_open(struct app *app, const struct world *world, const char *subject)
{
	struct state *state = g_new0(struct state, 1);
	const char *slash = subject ? strchr(subject, '/') : NULL;

	(void)app;
	(void)world;
	state->page = page_new();
	state->from = slash ? g_strndup(subject, (gsize)(slash - subject))
			    : g_strdup(subject ? subject : "");
	state->to = slash && slash[1] ? g_strdup(slash + 1) : NULL;
	return state;
}

static void path_free(void *data)
{
	struct state *state = data;

	menu_free(state->menu);
	page_free(state->page);
	g_free(state->from);
	g_free(state->to);
	g_free(state);
}

/* --- words ------------------------------------------------------------------------ */

static const char *name_of(const struct model *model, const GArray *chain, guint i)
{
	return institution_name(model_institution(model, g_array_index(chain, guint, i)), true);
}

static const struct tie *tie_of(const struct model *model, const GArray *chain, guint step)
{
	return model_tie(model, g_array_index(chain, guint, step),
			 g_array_index(chain, guint, step + 1));
}

/* What weighs first, so that a narrow screen cuts the kinds: "since 2021 · claimed · Training" */
static char *tie_text(const struct model *model, const struct tie *tie)
{
	g_autoptr(GPtrArray) kinds = tie_kinds(model, tie);
	GString *out = g_string_new(NULL);
	char text[DATE_TEXT_SIZE];

	if (date_is_set(tie->since)) {
		g_string_append_printf(out, _("since %s"), date_format(tie->since, text));
		g_string_append(out, " · ");
	}
	if (tie->ended)
		g_string_append_printf(out, "%s · ", _("ended"));
	if (tie->intensity >= 0)
		g_string_append_printf(out, "%s · ",
				       in_context(choice_intensity[tie->intensity].label));
	g_string_append(out, tie_state_label(tie->state));
	for (guint i = 0; i < kinds->len; i++)
		g_string_append_printf(
			out, "%s%s", i ? ", " : " · ",
			model_term_name(model, VOCABULARY_KINDS, g_ptr_array_index(kinds, i)));
	return g_string_free(out, FALSE);
}

/* --- page ------------------------------------------------------------------------- */

static void add_chain(struct state *state, const struct model *model, const GArray *chain,
		      guint number, int cols)
{
	g_autofree char *what = introduce_sentence(model, chain);
	g_autoptr(GString) names = g_string_new(NULL);
	g_autofree char *place = g_strdup_printf("%u", number);
	int widest = 0;
	guint first;

	page_line(state->page, NULL);
	for (guint i = 0; i < chain->len; i++) {
		g_string_append_printf(names, "%s%s", i ? " → " : "", name_of(model, chain, i));
		widest = MAX(widest, i ? text_width(name_of(model, chain, i)) : 0);
	}
	widest = MIN(widest, MIN(28, cols / 3));
	first = state->page->lines->len;
	page_wrap(state->page, 3, MAX(cols - 4, 1), STYLE_STRONG, names->str, NULL);
	page_mark(state->page, first, 0, STYLE_DIM, place);
	page_wrap(state->page, 3, MAX(cols - 4, 1), STYLE_NORMAL, what, NULL);
	for (guint i = 0; i + 1 < chain->len; i++) {
		const struct tie *tie = tie_of(model, chain, i);
		guint far = g_array_index(chain, guint, i + 1);
		g_autofree char *link =
			subject_new(KIND_INSTITUTION, model_institution(model, far)->base.id);
		g_autofree char *text = tie ? tie_text(model, tie) : g_strdup("");

		page_line(state->page, link);
		page_text(state->page, 3, widest, STYLE_ACCENT, name_of(model, chain, i + 1));
		page_text(state->page, 3 + widest + 2, -1, STYLE_DIM, text);
	}
}

/* Why there is no chain, or NULL when there may be one. */
static char *no_chain(const struct state *state, const struct net *net, int from, int to)
{
	const struct model *model = net->model;
	const char *missing = from < 0 ? state->from : to < 0 ? state->to : NULL;

	if (missing)
		return g_strdup_printf(_("There is no institution \"%s\"."), missing);
	if (net->vertex[from] < 0 || net->vertex[to] < 0)
		return g_strdup_printf(
			_("%s is left out by the filter: take it off to find chains."),
			institution_name(model_institution(
						 model, (guint)(net->vertex[from] < 0 ? from : to)),
					 true));
	return NULL;
}

/* No chain leads there, but both may take part in something: that is where they meet. */
static void add_meetings(struct state *state, const struct model *model, guint from, guint to,
			 int cols)
{
	g_autoptr(GArray) meetings = introduce_meetings(model, from, to);

	page_line(state->page, NULL);
	page_wrap(state->page, 0, cols, STYLE_NORMAL,
		  meetings->len > 0
			  ? _("No chain of partners leads there, but both take part in what stands "
			      "below: meet there, or ask who leads it.")
			  : _("No chain of partners leads there: nobody in this network can "
			      "introduce "
			      "them. Write directly, or look for a common event."),
		  NULL);
	if (meetings->len > 0)
		page_heading(state->page, _("Both take part"));
	for (guint i = 0; i < meetings->len; i++) {
		const struct programme *one =
			model_programme(model, g_array_index(meetings, guint, i));
		g_autofree char *link = subject_new(KIND_PROGRAMME, one->base.id);

		page_wrap(state->page, 1, cols - 2, STYLE_NORMAL,
			  model_name(model, KIND_PROGRAMME, one->base.id, false), link);
	}
}

static void fill(struct state *state, const struct world *world, int cols)
{
	const struct net *net = study_net(world->study);
	int from = model_find(net->model, KIND_INSTITUTION, state->from);
	int to = model_find(net->model, KIND_INSTITUTION, state->to);
	g_autofree char *none = no_chain(state, net, from, to);

	if (none) {
		page_wrap(state->page, 0, cols, STYLE_WARN, none, NULL);
		return;
	}
	g_autoptr(GPtrArray) chains = net_paths(net, (guint)from, (guint)to, CHAINS);
	const struct institution *one = model_institution(net->model, (guint)from);
	const struct institution *two = model_institution(net->model, (guint)to);

	page_line(state->page, NULL);
	page_printf(state->page, 0, -1, STYLE_STRONG, _("From %s to %s"),
		    institution_name(one, true), institution_name(two, false));
	for (guint i = 0; i < chains->len; i++)
		add_chain(state, net->model, g_ptr_array_index(chains, i), i + 1, cols);
	if (chains->len == 0)
		add_meetings(state, net->model, (guint)from, (guint)to, cols);
}

static void path_refresh(struct view *view, struct app *app, const struct world *world)
{
	struct state *state = view->state;
	struct rect area = app_area(world);

	(void)app;
	if (!state->to && !state->menu)
		start_picking(state, world->model);
	if (!state->to)
		return;
	page_begin(state->page);
	if (world->study) {
		fill(state, world, MAX(area.cols, 1));
	} else {
		page_line(state->page, NULL);
		page_text(state->page, 0, -1, STYLE_DIM, app_waiting(world));
	}
	page_end(state->page);
	page_layout(state->page, area.rows);
}

/* --- keys ------------------------------------------------------------------------- */

static bool path_typing(const struct view *view)
{
	const struct state *state = view->state;

	return state->menu != NULL;
}

static bool path_busy(const struct view *view)
{
	const struct state *state = view->state;

	return state->menu && state->menu->busy;
}

static void pick_key(struct view *view, struct app *app, const struct world *world, gunichar key)
{
	struct state *state = view->state;

	switch (menu_key(state->menu, key)) {
	case MENU_PICKED:
		g_free(state->to);
		state->to = g_strdup(menu_focused(state->menu)->id);
		g_clear_pointer(&state->menu, menu_free);
		path_refresh(view, app, world);
		break;
	case MENU_LEFT:
		g_clear_pointer(&state->menu, menu_free);
		if (!state->to)
			app_close(app, world);
		break;
	default:
		break;
	}
}

static bool path_update(struct view *view, struct app *app, const struct world *world,
			const struct event *event, enum action action, struct effects *effects)
{
	struct state *state = view->state;

	(void)effects;
	if (event->type == EVENT_AGAIN && state->menu)
		menu_work(state->menu);
	if (event->type != EVENT_KEY)
		return false;
	if (state->menu) {
		pick_key(view, app, world, event->key);
		return true;
	}
	if (action == ACTION_PATH) {
		start_picking(state, world->model);
		return true;
	}
	if (action == ACTION_OPEN && page_link(state->page))
		return page_follow(page_link(state->page), app, world);
	return page_update(state->page, action);
}

static void path_draw(const struct view *view, const struct app *app, const struct world *world,
		      struct grid *grid, struct rect area)
{
	const struct state *state = view->state;

	(void)app;
	(void)world;
	if (state->menu)
		menu_draw(state->menu, grid, area);
	else
		page_draw(state->page, grid, area, true);
}

static char *path_place(const struct view *view, const struct world *world)
{
	const struct state *state = view->state;

	return g_strdup_printf(_("%s › Introductions"),
			       model_name(world->model, KIND_INSTITUTION, state->from, true));
}

static char *path_record(const struct view *view, const struct world *world)
{
	const struct state *state = view->state;
	const char *link = page_link(state->page);

	(void)world;
	return link ? g_strdup(link) : NULL;
}

static const char *const *path_keys(const struct view *view)
{
	struct state *state = view->state;
	const char *const keys[] = { _("Enter"), _("Show chains"), _("Esc"), _("Back"), NULL };

	if (!state->menu)
		return NULL;
	memcpy(state->keys, keys, sizeof keys);
	return state->keys;
}

/* Where no chain leads there is nobody to go to. */
static bool path_can(const struct view *view, const struct world *world, enum action action)
{
	const struct state *state = view->state;

	(void)world;
	return action != ACTION_OPEN || page_link(state->page) != NULL;
}

static struct page *path_page(const struct view *view)
{
	return ((const struct state *)view->state)->page;
}

const struct view_ops view_path = {
	.name = "path",
	.title = N_("Introductions"),
	.scopes = SCOPE_INSTITUTIONS,
	.slow = true,
	.open = path_open,
	.free = path_free,
	.refresh = path_refresh,
	.typing = path_typing,
	.busy = path_busy,
	.update = path_update,
	.draw = path_draw,
	.place = path_place,
	.record = path_record,
	.keys = path_keys,
	.can = path_can,
	.page = path_page,
};
