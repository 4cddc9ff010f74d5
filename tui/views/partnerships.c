#include "data/claim.h"
#include "tui/views/card.h"
#include "tui/views/list.h"
#include "tui/views/tie.h"

#include <math.h>

#include <glib/gi18n.h>

#include "base/context.h"

/*
 * The list of ties: who works with whom, in what, how closely, since when, and
 * whether both say so.  Each tie is one row, however often it is declared.  The
 * list's mode is the state shown and one more, 0: all.
 */
static const struct model *model_of(const void *data)
{
	return ((const struct list *)data)->world->model;
}

static const struct tie *tie_at(const void *data, guint record)
{
	return &model_of(data)->ties[record];
}

static char *name_of(const void *data, guint record, guint end, enum style *style)
{
	const struct tie *tie = tie_at(data, record);

	return list_text(style, tie->ended || !tie_counts(tie) ? STYLE_DIM : STYLE_NORMAL,
			 institution_name(model_institution(model_of(data), end), true));
}

static char *one_cell(const void *data, const void *arg, guint record, enum style *style)
{
	(void)arg;
	return name_of(data, record, tie_at(data, record)->a, style);
}

static char *other_cell(const void *data, const void *arg, guint record, enum style *style)
{
	(void)arg;
	return name_of(data, record, tie_at(data, record)->b, style);
}

static char *kinds_cell(const void *data, const void *arg, guint record, enum style *style)
{
	(void)arg;
	*style = STYLE_DIM;
	return tie_kinds_text(model_of(data), tie_at(data, record));
}

static double depth_number(const void *data, const void *arg, guint record)
{
	int intensity = tie_at(data, record)->intensity;

	(void)arg;
	return intensity < 0 ? NAN : (double)intensity;
}

static char *depth_cell(const void *data, const void *arg, guint record, enum style *style)
{
	(void)arg;
	return list_text(style, STYLE_ACCENT, intensity_glyph(tie_at(data, record)->intensity));
}

static double state_number(const void *data, const void *arg, guint record)
{
	(void)arg;
	return tie_at(data, record)->state;
}

static char *state_cell(const void *data, const void *arg, guint record, enum style *style)
{
	(void)arg;
	return g_strdup(tie_state_glyph(tie_at(data, record)->state, style));
}

static double years_number(const void *data, const void *arg, guint record)
{
	(void)arg;
	return list_date(tie_at(data, record)->since);
}

static char *years_cell(const void *data, const void *arg, guint record, enum style *style)
{
	(void)arg;
	*style = STYLE_DIM;
	return tie_years_text(tie_at(data, record));
}

static char *title_cell(const void *data, const void *arg, guint record, enum style *style)
{
	(void)arg;
	*style = STYLE_DIM;
	return tie_title_text(model_of(data), tie_at(data, record));
}

enum column { ONE, OTHER, KINDS, DEPTH, STATE, YEARS, TITLE, COLUMNS };

static const struct tableview_column columns[COLUMNS] = {
	[ONE] = { .key = "one",
		  .title = NC_("column", "Between"),
		  .width = 18,
		  .grow = 4,
		  .text = one_cell },
	/* TRANSLATORS: between (one institution) and (another): head of the second column. */
	[OTHER] = { .key = "other",
		    .title = NC_("column", "and"),
		    .width = 18,
		    .grow = 4,
		    .text = other_cell },
	[KINDS] = { .key = "kinds",
		    .title = NC_("column", "Kinds"),
		    .width = 14,
		    .grow = 1,
		    .rank = 2,
		    .text = kinds_cell },
	/* TRANSLATORS: how close they work together, at most 4 columns. */
	[DEPTH] = { .key = "intensity",
		    .title = NC_("column", "How"),
		    .about = N_("How close they work together, from ▁ networking to █ "
				"collaboration; · nobody says"),
		    .width = 1,
		    .right = true,
		    .descending = true,
		    .rank = 3,
		    .number = depth_number,
		    .text = depth_cell },
	/* TRANSLATORS: whether both say so, at most 4 columns. */
	[STATE] = { .key = "state",
		    .title = NC_("column", "Both"),
		    .about = N_("What both sides say: ✓ confirmed, ? claimed by one, … one that "
				"cannot answer, ! disputed; + proposed and × denied do not count"),
		    .width = 1,
		    .right = true,
		    .number = state_number,
		    .text = state_cell },
	[YEARS] = { .key = "years",
		    .title = NC_("column", "Years"),
		    .width = 9,
		    .descending = true,
		    .rank = 1,
		    .number = years_number,
		    .text = years_cell },
	[TITLE] = { .key = "title",
		    .title = NC_("column", "About"),
		    .about = N_("What the partnership is called"),
		    .width = 12,
		    .grow = 4,
		    .rank = 4,
		    .text = title_cell },
};

static guint count(const struct model *model)
{
	return model->n_ties;
}

static char *id_of(const void *data, guint record)
{
	return tie_name(model_of(data), tie_at(data, record), tie_at(data, record)->a);
}

static int find(const void *data, const char *id)
{
	const struct tie *tie = tie_find(model_of(data), id, NULL, NULL);

	return tie == NULL ? -1 : (int)(tie - model_of(data)->ties);
}

static void append_name(GString *text, const struct model *model, guint index)
{
	const struct institution *one = model_institution(model, index);

	g_string_append_printf(text, "%s\n%s\n", institution_name(one, false), one->base.id);
	if (one->short_name != NULL)
		g_string_append_printf(text, "%s\n", one->short_name);
}

static char *words(const void *data, guint record)
{
	const struct model *model = model_of(data);
	const struct tie *tie = tie_at(data, record);
	g_autofree char *kinds = tie_kinds_text(model, tie);
	g_autofree char *title = tie_title_text(model, tie);
	GString *text = g_string_new(NULL);

	append_name(text, model, tie->a);
	append_name(text, model, tie->b);
	g_string_append_printf(text, "%s\n%s", kinds, title);
	return g_string_free(text, FALSE);
}

/* A filter of institutions: ties of at least one that passes, with whomever. */
static bool passes_filter(const struct list *list, guint record)
{
	const struct tie *tie = tie_at(list, record);

	return list_passes(list, tie->a) || list_passes(list, tie->b);
}

static bool passes(const void *data, guint record)
{
	const struct list *list = data;

	return (list->mode == 0 || list->mode == (int)tie_at(list, record)->state + 1) &&
	       passes_filter(list, record);
}

/* How many there are of each state, whichever of them is shown: counted when first asked for. */
struct states {
	bool counted;
	guint n[TIE_STATES];
};

static void *prepare(struct list *list)
{
	(void)list;
	return g_new0(struct states, 1);
}

static const struct states *states_of(const struct list *list)
{
	struct states *states = list->own;

	for (guint i = 0; !states->counted && i < list->all; i++)
		if (passes_filter(list, i))
			states->n[tie_at(list, i)->state]++;
	states->counted = true;
	return states;
}

/* The next state that some tie has; after the last all of them. */
static void next_state(struct list *list)
{
	const struct states *states = states_of(list);

	do
		list->mode = (list->mode + 1) % (TIE_STATES + 1);
	while (list->mode != 0 && states->n[list->mode - 1] == 0);
	list_retest(list);
}

/*
 * The side that is silent says it too, for every marked tie that one side declares:
 * one change, one undo.  False: nothing is marked.
 */
static bool confirm_marked(struct list *list, struct app *app, struct effects *effects)
{
	g_autofree char *marks = tableview_marks(list->table, G_MAXSIZE);
	g_auto(GStrv) names = marks == NULL ? NULL : g_strsplit(marks, "\n", -1);
	struct change *all;

	if (names == NULL)
		return false;
	if (!app_may_edit(app, list->world))
		return true;
	all = change_new();
	for (guint i = 0; names[i] != NULL; i++) {
		const struct tie *tie = tie_find(model_of(list), names[i], NULL, NULL);
		int side = tie == NULL ? -1 : tie_waits_for(model_of(list), tie);
		struct change *one = side < 0 ? NULL
					      : tie_confirm(model_of(list), tie, (guint)side,
							    list->world->today);

		for (guint k = 0; one != NULL && k < one->ops->len; k++)
			g_ptr_array_add(all->ops, g_ptr_array_index(one->ops, k));
		if (one != NULL)
			g_ptr_array_set_free_func(one->ops, NULL);
		change_free(one);
	}
	if (all->ops->len == 0)
		app_say(app, STYLE_DIM, _("Both sides of all that is marked say so."));
	if (all->ops->len > 0)
		effects_add(effects, EFFECT_APPLY)->change = g_steal_pointer(&all);
	change_free(all);
	return true;
}

static bool act(struct list *list, struct app *app, enum action action, struct effects *effects)
{
	const char *name = tableview_selected(list->table);
	enum tie_deed deed;

	switch (action) {
	case ACTION_STATE:
		next_state(list);
		return true;
	case ACTION_EDIT:
		deed = TIE_EDIT;
		break;
	case ACTION_CONFIRM:
		if (confirm_marked(list, app, effects))
			return true;
		deed = TIE_CONFIRM;
		break;
	case ACTION_DELETE:
		deed = TIE_REMOVE;
		break;
	case ACTION_ANSWER:
		deed = TIE_ANSWER;
		break;
	default:
		return false;
	}
	tie_do(app, list->world, deed, name, effects);
	return true;
}

static void done(struct list *list, struct app *app, const struct event *event)
{
	/* Of several that were confirmed at once no single one is to be named. */
	if (event->change == NULL || event->change->ops->len < 2)
		tie_say_done(app, list->world, event->change);
}

static void write_details(struct list *list, struct page *page, guint record, int width)
{
	const struct tie *tie = tie_at(list, record);

	tie_write(page, list->world, tie, tie->a, width, false);
}

/* The key to the signs, with how many there are of each; of the rows shown so many. */
static guint count_signs(const struct list *list, int from, int to, GString *out)
{
	const struct states *states = states_of(list);
	guint shown = 0;

	for (int state = from; state < to; state++) {
		g_autofree char *count = tie_state_count((enum tie_state)state, states->n[state]);
		enum style style;

		if (states->n[state] == 0 || (list->mode != 0 && list->mode != state + 1))
			continue;
		shown += states->n[state];
		g_string_append_printf(out, " · %s %s",
				       tie_state_glyph((enum tie_state)state, &style), count);
	}
	return shown;
}

static void apart(const struct list *list, guint *shown, guint *all, GString *out)
{
	*shown = count_signs(list, TIE_COUNTING, TIE_STATES, out);
	*all = list->all - model_count_ties(model_of(list));
}

static void status(const struct list *list, GString *out)
{
	if (tableview_is_done(list->table))
		count_signs(list, 0, TIE_COUNTING, out);
}

static const struct list_kind partnerships = {
	.name = "partnerships",
	.columns = columns,
	.n_columns = COLUMNS,
	.sort = YEARS,
	.details = 46,
	.card = &view_tie,
	.count = count,
	.id = id_of,
	.find = find,
	.words = words,
	.prepare = prepare,
	.release = g_free,
	.passes = passes,
	.write = write_details,
	.apart = apart,
	.status = status,
	.act = act,
	.done = done,
	.none = N_("There is no partnership yet."),
	.none_passes = N_("No partnership passes the filter."),
};

static void *partnerships_open(struct app *app, const struct world *world, const char *subject)
{
	(void)app;
	return list_new(&partnerships, world, subject);
}

static bool can(const struct view *view, const struct world *world, enum action action)
{
	const struct list *list = view->state;

	return tie_can(world->model, tableview_selected(list->table), action);
}

static char *looks_at(const struct view *view)
{
	const char *name = tableview_selected(((const struct list *)view->state)->table);

	return name == NULL ? NULL : g_strconcat("tie/", name, NULL);
}

/* Two institutions, so none of them: history is that of everything. */
const struct view_ops view_partnerships = {
	.name = "partnerships",
	.title = N_("Partnerships"),
	/* TRANSLATORS: as row 1 shows it on 80 columns; at most 7 columns. */
	.brief = IN_CONTEXT("tab", "Ties"),
	.scopes = SCOPE_LIST | SCOPE_EDIT | SCOPE_TIE | SCOPE_PARTNERSHIPS,
	.open = partnerships_open,
	LIST_VIEW,
	.looks_at = looks_at,
	.can = can,
};
