#include "tui/views/matrix.h"

#include <string.h>

#include <glib/gi18n.h>

#include "tui/views/card.h"
#include "tui/views/tie.h"

/*
 * The card of a cell of the matrix: its ties, and who is in its row and its column.
 */
#define MEMBERS_SHOWN 200
#define TIES_SHOWN    1000

struct side {
	enum attribute by;
	const struct partition *partition;
	int group; /* -1: no such group any more */
};

struct cell_card {
	struct passing passing;
	struct page *page;
	char *place;
	bool members; /* those with both, not the ties */
};

static void *cell_open(struct app *app, const struct world *world, const char *subject)
{
	struct cell_card *cell = g_new0(struct cell_card, 1);

	(void)app;
	(void)world;
	cell->page = page_new();
	cell->members = subject != NULL && g_str_has_suffix(subject, "+members");
	return cell;
}

static void cell_free(void *state)
{
	struct cell_card *cell = state;

	passing_clear(&cell->passing);
	page_free(cell->page);
	g_free(cell->place);
	g_free(cell);
}

/* "sector=academia" */
static bool side_parse(struct study *study, const char *text, struct side *side)
{
	const char *equals = strchr(text, '=');
	g_autofree char *name = equals == NULL ? NULL : g_strndup(text, (gsize)(equals - text));

	if (equals == NULL || !attribute_parse(name, &side->by) || side->by >= BY_ATTRIBUTES)
		return false;
	side->partition = study_partition(study, side->by);
	side->group = -1;
	for (guint i = 0; i < side->partition->n_groups; i++)
		if (strcmp(side->partition->ids[i], equals + 1) == 0)
			side->group = (int)i;
	return side->group >= 0;
}

static bool parse(struct study *study, const char *subject, struct side *row, struct side *col)
{
	g_autofree char *text = g_strdup(subject == NULL ? "" : subject);
	char *slash = strchr(text, '/'), *plus = strrchr(text, '+');

	if (slash == NULL)
		return false;
	*slash = '\0';
	if (plus != NULL)
		*plus = '\0';
	return side_parse(study, text, row) && side_parse(study, slash + 1, col);
}

static const char *label(const struct side *side)
{
	return side->partition->labels[side->group];
}

/* A member counts in every territory it lists, not only in the first. */
static bool is_in(const struct side *side, const struct model *model, const struct net *net,
		  guint vertex)
{
	const struct institution *one;

	if (side->partition->group[vertex] == side->group)
		return true;
	if (side->by != BY_TERRITORY)
		return false;
	one = model_institution(model, net->institution[vertex]);
	return list_has(one->territories, side->partition->ids[side->group]);
}

/* Where it is, where its sector is the heading's. */
static char *member_facts(const struct world *world, const struct institution *one, bool sector)
{
	if (!sector)
		return g_strdup(
			one->sector == NULL
				? ""
				: model_term_name(world->model, VOCABULARY_SECTORS, one->sector));
	if (one->country == NULL)
		return g_strdup(one->city == NULL ? "" : one->city);
	return one->city == NULL ? g_strdup(country_name(one->country))
				 : g_strdup_printf("%s, %s", one->city, country_name(one->country));
}

static void member_line(struct page *page, const struct world *world, guint institution,
			bool sector, int columns)
{
	const struct institution *one = model_institution(world->model, institution);
	g_autofree char *link = subject_new(KIND_INSTITUTION, one->base.id);
	g_autofree char *facts = member_facts(world, one, sector);
	int name = MAX((columns - 4) * 6 / 10, 10);

	page_line(page, link);
	page_text(page, 2, name, STYLE_NORMAL, institution_name(one, false));
	page_text(page, name + 3, columns - name - 4, STYLE_DIM, facts);
}

static void more_line(struct page *page, guint n, guint shown)
{
	if (n <= shown)
		return;
	page_line(page, NULL);
	page_printf(page, 2, -1, STYLE_DIM, _("and %u more"), n - shown);
}

/* Who is in `side`, and in `other` too unless that is NULL. */
static void section_members(struct page *page, const struct world *world, const struct net *net,
			    const struct side *side, const struct side *other, int columns)
{
	g_autofree char *heading = other == NULL
					   ? g_strdup(label(side))
					   : g_strdup_printf("%s · %s", label(side), label(other));
	bool sector = side->partition->by == BY_SECTOR ||
		      (other != NULL && other->partition->by == BY_SECTOR);
	guint n = 0;

	page_heading(page, heading);
	for (guint v = 0; v < net->n; v++) {
		if (!is_in(side, world->model, net, v) ||
		    (other != NULL && !is_in(other, world->model, net, v)))
			continue;
		if (n++ < MEMBERS_SHOWN)
			member_line(page, world, net->institution[v], sector, columns);
	}
	if (n == 0) {
		page_line(page, NULL);
		page_text(page, 2, -1, STYLE_DIM, _("Nobody."));
	}
	more_line(page, n, MEMBERS_SHOWN);
}

static bool joins(const struct side *row, const struct side *col, guint a, guint b)
{
	const int *rows = row->partition->group, *cols = col->partition->group;

	return (rows[a] == row->group && cols[b] == col->group) ||
	       (rows[b] == row->group && cols[a] == col->group);
}

static void tie_line(struct page *page, const struct world *world, const struct net *net,
		     const struct side *row, const struct side *col, guint e, int columns)
{
	const struct tie *tie = &world->model->ties[net->tie[e]];
	int name = MAX((columns - 6) * 6 / 10, 10);
	bool turned = row->partition->group[net->from[e]] != row->group ||
		      col->partition->group[net->to[e]] != col->group;
	guint from = net->institution[turned ? net->to[e] : net->from[e]];
	g_autofree char *id = tie_name(world->model, tie, from);
	g_autofree char *link = g_strconcat("tie/", id, NULL);
	g_autofree char *pair = tie_pair_text(world->model, tie, from);
	g_autofree char *kinds = tie_kinds_text(world->model, tie);
	enum style style;
	const char *glyph = tie_state_glyph(tie->state, &style);

	page_line(page, link);
	page_text(page, 2, 1, style, glyph);
	page_text(page, 4, name, tie->ended ? STYLE_DIM : STYLE_NORMAL, pair);
	page_text(page, name + 5, columns - name - 6, STYLE_DIM, kinds);
}

static void section_ties(struct page *page, const struct world *world, const struct net *net,
			 const struct side *row, const struct side *col, int columns)
{
	guint n = 0;

	page_heading(page, _("Ties between them"));
	for (guint e = 0; e < net->m; e++)
		if (joins(row, col, net->from[e], net->to[e]) && n++ < TIES_SHOWN)
			tie_line(page, world, net, row, col, e, columns);
	if (n == 0) {
		page_line(page, NULL);
		page_text(page, 2, -1, STYLE_DIM, _("None."));
	}
	more_line(page, n, TIES_SHOWN);
}

static void fill(struct cell_card *cell, const struct world *world, struct study *study,
		 const char *subject, int columns)
{
	const struct net *net = study_net(study);
	struct side row, col;
	bool same;

	if (!parse(study, subject, &row, &col)) {
		page_line(cell->page, NULL);
		page_text(cell->page, 1, -1, STYLE_DIM, _("There is no such group any more."));
		return;
	}
	same = row.by == col.by && row.group == col.group;
	g_free(cell->place);
	cell->place = g_strdup_printf("%s › %s × %s", _("Matrix"), label(&row), label(&col));
	if (cell->members) {
		section_members(cell->page, world, net, &row, same ? NULL : &col, columns);
		return;
	}
	section_ties(cell->page, world, net, &row, &col, columns);
	section_members(cell->page, world, net, &row, NULL, columns);
	if (!same)
		section_members(cell->page, world, net, &col, NULL, columns);
}

/* The page, once what passes is there. */
static void cell_show(struct view *view, const struct world *world)
{
	struct cell_card *cell = view->state;

	if (cell->passing.busy)
		return;
	page_begin(cell->page);
	fill(cell, world, cell->passing.study, view->subject, app_area(world).cols);
	page_layout(cell->page, app_area(world).rows);
	page_end(cell->page);
	passing_clear(&cell->passing);
}

static void cell_refresh(struct view *view, struct app *app, const struct world *world)
{
	struct cell_card *cell = view->state;

	passing_begin(&cell->passing, app, world);
	cell_show(view, world);
}

static bool cell_busy(const struct view *view)
{
	return ((const struct cell_card *)view->state)->passing.busy;
}

static bool cell_update(struct view *view, struct app *app, const struct world *world,
			const struct event *event, enum action action, struct effects *effects)
{
	struct cell_card *cell = view->state;

	(void)effects;
	if (cell->passing.busy && (event->type == EVENT_KEY || event->type == EVENT_AGAIN)) {
		while (passing_work(&cell->passing) && event->type == EVENT_KEY)
			;
		cell_show(view, world);
	}
	if (event->type != EVENT_KEY)
		return false;
	if (action == ACTION_OPEN) {
		page_follow(page_link(cell->page), app, world);
		return true;
	}
	return page_update(cell->page, action);
}

static void cell_draw(const struct view *view, const struct app *app, const struct world *world,
		      struct grid *grid, struct rect area)
{
	const struct cell_card *cell = view->state;

	(void)app;
	(void)world;
	if (cell->passing.busy && cell->place == NULL)
		passing_draw_busy(grid, area);
	else
		page_draw(cell->page, grid, area, true);
}

static char *cell_place(const struct view *view, const struct world *world)
{
	(void)world;
	return g_strdup(((const struct cell_card *)view->state)->place);
}

static char *cell_record(const struct view *view, const struct world *world)
{
	const char *link = page_link(((const struct cell_card *)view->state)->page), *id;
	enum kind kind;

	(void)world;
	return subject_parse(link, &kind, &id) ? g_strdup(link) : NULL;
}

const struct view_ops view_cell = {
	.name = "cell",
	.title = N_("Cell of the matrix"),
	.scopes = SCOPE_NAMED | SCOPE_CARD | SCOPE_INSTITUTIONS,
	.open = cell_open,
	.free = cell_free,
	.refresh = cell_refresh,
	.busy = cell_busy,
	.update = cell_update,
	.draw = cell_draw,
	.place = cell_place,
	.record = cell_record,
};
