#include "tui/views/list.h"

#include <math.h>
#include <string.h>

#include <glib/gi18n.h>

#include "base/start.h"
#include "tui/memory.h"
#include "tui/views/bulk.h"
#include "tui/views/export.h"
#include "tui/ask.h"
#include "tui/views/list_columns.h"

/*
 * What all lists do alike.  Rows are made by the table from the columns of the
 * kind; a key waits for none of them, what takes longer goes on in pieces.
 */
static struct tableview_source source_of(const struct list *list)
{
	const struct list_kind *kind = list->kind;

	return (struct tableview_source){
		.data = list,
		.n = list->all,
		.id = kind->id != NULL ? kind->id : list_row_id,
		.find = kind->find != NULL ? kind->find : list_row_find,
		.words = kind->words != NULL ? kind->words : list_row_words,
		.passes = list->filter == NULL && list->mode == 0 ? NULL : kind->passes
	};
}

void *list_new(const struct list_kind *kind, const struct world *world, const char *selected)
{
	struct list *list = g_new0(struct list, 1);
	guint n;

	list->kind = kind;
	list->world = world;
	list->columns = list_columns(kind, &n);
	list->table = tableview_new(list->columns, n, kind->sort);
	tableview_arrange(list->table, memory_named(world->memory, MEMORY_COLUMNS, kind->name));
	list->table->selected = g_strdup(selected);
	list->details = page_new();
	return list;
}

static void own_release(struct list *list)
{
	if (list->own != NULL)
		list->kind->release(list->own);
	list->own = NULL;
}

void list_free(void *state)
{
	struct list *list = state;

	tableview_free(list->table);
	list_columns_free(list->columns);
	page_free(list->details);
	menu_free(list->chooser);
	own_release(list);
	filter_free(list->filter);
	g_free(list->verdicts);
	g_free(list);
}

bool list_passes(const struct list *list, guint institution)
{
	guint8 *verdict;

	if (list->filter == NULL)
		return true;
	verdict = &list->verdicts[institution];
	if (*verdict == 0)
		*verdict = filter_match(list->filter, list->world->model, institution) ? 1 : 2;
	return *verdict == 1;
}

bool list_passes_id(const struct list *list, const char *id)
{
	int at = model_find(list->world->model, KIND_INSTITUTION, id);

	return at >= 0 && list_passes(list, (guint)at);
}

bool list_passes_programme(const struct list *list, const struct programme *one)
{
	if (list_passes_id(list, one->lead))
		return true;
	for (guint i = 0; i < list_length(one->donors); i++)
		if (list_passes_id(list, one->donors[i]))
			return true;
	for (guint i = 0; i < one->participants.n; i++)
		if (list_passes_id(list,
				   ITEMS(struct participant, one->participants)[i].institution))
			return true;
	return false;
}

static bool has_details(const struct world *world)
{
	return app_area(world).cols >= APP_WIDE;
}

/*
 * What is beside the table takes: the table is never left with less than a terminal
 * without details gives it, as long as there is something to read in them.
 */
#define DETAILS_LEAST 38
#define TABLE_USUAL   80

static int details_cols(const struct list *list, const struct world *world)
{
	int spare = app_area(world).cols - TABLE_USUAL;

	return MAX(MIN(list->kind->details, spare), DETAILS_LEAST);
}

static void details_fill(struct list *list)
{
	int record = tableview_record(list->table);

	page_begin(list->details);
	list->details->top = 0;
	if (record >= 0 && has_details(list->world))
		list->kind->write(list, list->details, (guint)record,
				  details_cols(list, list->world) - 2);
	page_end(list->details);
}

/* What is new since the list was filled last; takes note of it. */
static guint changes_since(struct list *list, const struct app *app)
{
	const struct world *world = list->world;
	bool records = !model_is(world->model, &list->model) || list->language != start_language();
	bool study = records || list->study != world->study;
	guint changes = records ? TABLEVIEW_RECORDS : study ? TABLEVIEW_NUMBERS : 0;

	if (study || g_strcmp0(filter_text(list->filter), app->filter) != 0) {
		changes |= TABLEVIEW_TEST | (list->kind->prepare != NULL ? TABLEVIEW_NUMBERS : 0);
		filter_free(list->filter);
		list->filter = app_filter(app, world);
		g_free(list->verdicts);
		list->verdicts = list->filter == NULL
					 ? NULL
					 : g_new0(guint8, world->model->n[KIND_INSTITUTION] + 1);
	}
	list->language = start_language();
	list->model = model_identity(world->model);
	list->study = world->study;
	return changes;
}

/* What is counted over them is there within a frame; a few confirmed ties may be of many. */
static bool is_counted_at_once(const struct model *model)
{
	return model->n[KIND_INSTITUTION] <= TABLEVIEW_WHOLE &&
	       model->n_ties <= 4 * TABLEVIEW_WHOLE;
}

static void own_prepare(struct list *list, guint changes)
{
	const struct list_kind *kind = list->kind;

	if (kind->prepare == NULL || changes == 0 ||
	    (kind->unfiltered && (changes & TABLEVIEW_RECORDS) == 0))
		return;
	own_release(list);
	list->own = kind->prepare(list);
	list->advancing = kind->advance != NULL && kind->advance(list);
	while (list->advancing && is_counted_at_once(list->world->model))
		list->advancing = kind->advance(list);
}

static void list_fill(struct list *list, guint changes)
{
	struct tableview_source source;

	own_prepare(list, changes);
	source = source_of(list);
	tableview_fill(list->table, &source, changes);
}

void list_retest(struct list *list)
{
	list_fill(list, TABLEVIEW_TEST);
	details_fill(list);
}

/* A piece of what is left to do; the rows are ordered again once all is counted. */
static void list_work(struct list *list)
{
	struct tableview_source source = source_of(list);

	if (!list->advancing) {
		tableview_work(list->table);
	} else {
		list->advancing = list->kind->advance(list);
		if (!list->advancing)
			tableview_fill(list->table, &source, TABLEVIEW_NUMBERS | TABLEVIEW_TEST);
	}
	details_fill(list);
}

static void select_pending(struct list *list, struct app *app)
{
	const char *id;
	enum kind kind;

	if (!list->kind->records || !subject_parse(app->pending_subject, &kind, &id) ||
	    kind != list->kind->kind)
		return;
	if (tableview_select(list->table, id))
		g_clear_pointer(&app->pending_subject, g_free);
}

void list_refresh(struct view *view, struct app *app, const struct world *world)
{
	struct list *list = view->state;
	guint changes;

	list->world = world;
	list->all = list->kind->count != NULL ? list->kind->count(world->model)
					      : list_rows(list->kind, world->model);
	changes = changes_since(list, app);
	tableview_layout(list->table, app_area(world).rows);
	list_fill(list, changes);
	page_layout(list->details, app_area(world).rows);
	select_pending(list, app);
	details_fill(list);
}

bool list_typing(const struct view *view)
{
	const struct list *list = view->state;

	return list->chooser != NULL || tableview_typing(list->table);
}

const struct prompt *list_prompt(const struct view *view)
{
	return ((const struct list *)view->state)->table->prompt;
}

bool list_busy(const struct view *view)
{
	const struct list *list = view->state;

	return list->advancing || !tableview_is_done(list->table);
}

/* Bytes that terminals take into their clipboard; more, and some take nothing and say nothing. */
#define COPIED_MOST 74994

static bool yank(struct list *list, struct app *app, struct effects *effects)
{
	guint marked = tableview_marked(list->table) - tableview_hidden(list->table);
	char *ids = marked > 0 ? tableview_marks(list->table, COPIED_MOST)
			       : g_strdup(tableview_selected(list->table));

	if (ids != NULL)
		effects_add(effects, EFFECT_YANK)->text = ids;
	else if (marked > 0)
		app_say(app, STYLE_WARN,
			_("%u ids are more than the clipboard of a terminal takes: a filter shows "
			  "fewer, an export writes a file."),
			marked);
	return ids != NULL || marked > 0;
}

/* One field of all that are marked; false: nothing is. */
static bool edit_marked(struct list *list, struct app *app)
{
	g_autofree char *ids = list->kind->records ? tableview_marks(list->table, G_MAXSIZE) : NULL;
	g_autofree char *subject = NULL;

	if (ids == NULL)
		return false;
	subject = g_strdup_printf("%s\n%s", record_type(list->kind->kind)->name, ids);
	if (app_may_edit(app, list->world))
		app_open(app, list->world, &view_bulk, subject);
	return true;
}

/* Whether many are marked, and they are all that the filter lets through. */
static bool filter_says_it(const struct list *list, guint marked)
{
	return marked > LIST_EXPORTED_MOST && list->kind->records &&
	       list->kind->kind == KIND_INSTITUTION && order_is_done(&list->table->order) &&
	       marked == tableview_shown(list->table);
}

/* Of those that are marked the ones that are shown; false: there is none. */
static bool export_marked(const struct list *list, struct app *app)
{
	guint marked = tableview_marked(list->table) - tableview_hidden(list->table);
	char *filter;

	if (marked == 0)
		return false;
	if (filter_says_it(list, marked)) {
		export_ask(app, list->world, NULL, 0);
		return true;
	}
	filter = list_marked_filter(list);
	if (filter != NULL)
		export_ask(app, list->world, filter, marked);
	else
		app_say(app, STYLE_WARN,
			_("At most %u institutions are exported by marks, and more are marked: a "
			  "filter says it of any number."),
			LIST_EXPORTED_MOST);
	return true;
}

static bool list_act(struct list *list, struct app *app, enum action action,
		     struct effects *effects)
{
	const char *id = tableview_selected(list->table);

	if (list_marks_act(list, app, action, effects) ||
	    (list->kind->act != NULL && list->kind->act(list, app, action, effects)))
		return true;
	switch (action) {
	case ACTION_YANK:
		return yank(list, app, effects);
	case ACTION_OPEN:
	case ACTION_RIGHT:
		if (id == NULL || list->kind->card == NULL)
			return false;
		app_open(app, list->world, list->kind->card, id);
		return true;
	case ACTION_EDIT:
		return edit_marked(list, app);
	case ACTION_EXPORT:
		return export_marked(list, app);
	case ACTION_CHOOSE:
		list->chooser = list_chooser(list->table);
		return true;
	default:
		return false;
	}
}

static void chooser_key(struct list *list, gunichar key)
{
	enum menu_result result = menu_key(list->chooser, key);

	if (result == MENU_PICKED)
		list_choose(list->table, list->chooser);
	if (result == MENU_PICKED || result == MENU_LEFT)
		g_clear_pointer(&list->chooser, menu_free);
}

/* What has nothing to do says so: there is nothing to look for, or no column that way. */
static void list_idle(const struct list *list, struct app *app, enum action action, guint aside)
{
	const struct tableview *table = list->table;
	bool no_match;

	if ((action == ACTION_NEXT || action == ACTION_PREVIOUS) &&
	    tableview_needle(table, &no_match) == NULL)
		app_say(app, STYLE_DIM, _("Nothing was searched for yet: / does."));
	else if ((action == ACTION_ASIDE_LEFT || action == ACTION_ASIDE_RIGHT) &&
		 table->aside == aside)
		app_say(app, STYLE_DIM, _("There are no more columns on that side."));
}

static bool list_event(struct list *list, struct app *app, const struct event *event,
		       enum action action, struct effects *effects)
{
	guint aside = list->table->aside;

	if (event->type == EVENT_AGAIN) {
		list_work(list);
		return true;
	}
	if (event->type == EVENT_DONE && list->kind->done != NULL)
		list->kind->done(list, app, event);
	if (event->type != EVENT_KEY)
		return false;
	if (list->chooser != NULL) {
		chooser_key(list, event->key);
		return true;
	}
	if (action != ACTION_NEXT && action != ACTION_PREVIOUS)
		tableview_forget(list->table);
	if (tableview_update(list->table, event, action)) {
		list_idle(list, app, action, aside);
		details_fill(list);
		return true;
	}
	return list_act(list, app, action, effects);
}

/* Of what passes a filter only the columns: its order was chosen for these few. */
static char *arrangement(const struct list *list, const struct app *app)
{
	const char *kept = memory_named(list->world->memory, MEMORY_COLUMNS, list->kind->name);
	const char *order = kept == NULL ? NULL : strchr(kept, ' ');
	char *now = tableview_arrangement(list->table);

	if (app->filter[0] == '\0' && list->mode == 0)
		return now;
	g_autofree char *columns = g_strndup(now, strcspn(now, " "));

	g_free(now);
	return g_strconcat(columns, order, NULL);
}

/* Columns and order are kept for the next session. */
static void remember(struct list *list, const struct app *app, struct effects *effects)
{
	struct effect *effect;

	if (!list->table->arranged)
		return;
	list->table->arranged = false;
	effect = effects_add(effects, EFFECT_REMEMBER);
	effect->id = MEMORY_COLUMNS;
	effect->path = g_strdup(list->kind->name);
	effect->text = arrangement(list, app);
}

bool list_update(struct view *view, struct app *app, const struct world *world,
		 const struct event *event, enum action action, struct effects *effects)
{
	struct list *list = view->state;
	bool mine;

	list->world = world;
	mine = list_event(list, app, event, action, effects);
	remember(list, app, effects);
	return mine;
}

/* Where the table is drawn: what the details leave. */
static struct rect table_area(const struct list *list, const struct world *world, struct rect area)
{
	if (has_details(world))
		area.cols -= details_cols(list, world);
	return area;
}

bool list_click(struct view *view, const struct world *world, struct rect area, int row, int col)
{
	struct list *list = view->state;
	struct rect left = table_area(list, world, area);
	bool again;

	list->world = world;
	if (col >= left.col + left.cols)
		return false;
	again = tableview_click(list->table, left, row, col);
	details_fill(list);
	return again;
}

static void draw_chooser(const struct list *list, struct grid *grid, struct rect area)
{
	struct rect box = area;

	box.cols = MIN(area.cols, MAX(44, area.cols / 2));
	box.col = area.col + area.cols - box.cols;
	grid_fill(grid, box, STYLE_NORMAL, " ");
	grid_fill(grid, (struct rect){ box.row, box.col, box.rows, 1 }, STYLE_DIM, "│");
	box.col += 2;
	box.cols -= 2;
	menu_draw(list->chooser, grid, box);
}

void list_draw(const struct view *view, const struct app *app, const struct world *world,
	       struct grid *grid, struct rect area)
{
	struct list *list = view->state;
	struct rect left = table_area(list, world, area), right = area;

	list->world = world;
	if (has_details(world)) {
		right.col = left.col + left.cols + 2;
		right.cols = details_cols(list, world) - 2;
		grid_fill(grid, (struct rect){ area.row, right.col - 1, area.rows, 1 }, STYLE_DIM,
			  "│");
		page_draw(list->details, grid, right, false);
	}
	tableview_draw(list->table, grid, left);
	if (tableview_shown(list->table) == 0 && area.rows > 2)
		grid_put(grid, area.row + 2, area.col + 2, -1, STYLE_DIM,
			 !tableview_is_done(list->table) ? _("looking…")
			 : app->prompt != NULL		 ? _("Nothing passes this filter.")
			 : app->filter[0] != '\0'	 ? _(list->kind->none_passes)
							 : _(list->kind->none));
	if (list->chooser != NULL)
		draw_chooser(list, grid, area);
}

static void status_needle(GString *text, const struct list *list)
{
	bool no_match;
	const char *needle = tableview_needle(list->table, &no_match);

	if (needle != NULL)
		g_string_append_printf(text, " · %s: %s", no_match ? _("no match") : _("search"),
				       needle);
}

/* "Space Mark" */
static void add_hint(GString *text, const struct app *app, enum action action)
{
	char key[16];

	g_string_append_printf(text, "%s %s", key_text(keymap_key(&app->keymap, action), key),
			       _(binding_of(action)->label));
}

char *list_status(const struct view *view, const struct app *app, const struct world *world)
{
	const struct list *list = view->state;
	const struct tableview *table = list->table;
	guint marked = tableview_marked(table), shown = 0, all = 0;
	g_autofree char *counts = NULL;
	GString *text;
	bool typing = app->prompt != NULL || tableview_typing(table), no_match;

	(void)world;
	tableview_needle(table, &no_match);
	if (tableview_typing(table) && no_match)
		return g_strdup(_("no match"));
	if (marked > 0 && !typing)
		return list_marks_text(list, app);
	text = g_string_new(NULL);
	if (list->all == 0) {
		/* To count nothing helps nobody: what adds the first does. */
		g_autofree char *one = typing ? NULL : list_new_subject(view->state);

		if (one != NULL)
			add_hint(text, app, ACTION_NEW);
		return g_string_free(text, FALSE);
	}
	if (list->kind->apart != NULL && tableview_is_done(table))
		list->kind->apart(list, &shown, &all, text);
	counts = g_strdup_printf(_("%u of %u"), tableview_shown(table) - shown, list->all - all);
	g_string_prepend(text, counts);
	/* Of what is still counted the numbers are not right yet. */
	if (list->advancing || !tableview_is_done(table))
		g_string_append(text, " …");
	if (marked > 0)
		g_string_append_printf(text, " · %u %s", marked, _("marked"));
	if (typing)
		return g_string_free(text, FALSE);
	status_needle(text, list);
	/* No row is in an order, nor can be marked. */
	if (tableview_shown(table) == 0)
		return g_string_free(text, FALSE);
	if (table->sort >= 0) {
		g_string_append(text, " · ");
		/* TRANSLATORS: in the order of this column. */
		g_string_append_printf(text, _("by %s"),
				       tableview_title(&table->columns[table->sort]));
	}
	if (list->kind->status != NULL)
		list->kind->status(list, text);
	g_string_append(text, " · ");
	add_hint(text, app, ACTION_MARK);
	return g_string_free(text, FALSE);
}

const char *const *list_keys(const struct view *view)
{
	static const char *const choosing[] = { N_("Space"), N_("Mark"),   N_("Enter"), N_("Take"),
						N_("Esc"),   N_("Cancel"), NULL };

	return ((const struct list *)view->state)->chooser != NULL ? choosing : NULL;
}

char *list_record(const struct view *view, const struct world *world)
{
	const struct list *list = view->state;

	(void)world;
	return list_row_subject(list, tableview_selected(list->table));
}

char *list_text(enum style *style, enum style wanted, const char *text)
{
	*style = wanted;
	return g_strdup(text == NULL ? "" : text);
}

double list_date(struct date date)
{
	return date.year == 0 ? NAN : date.year + date.month / 100.0 + date.day / 10000.0;
}
