#include "tui/views/card.h"

#include <string.h>

#include <glib/gi18n.h>

#include "base/findings.h"
#include "data/workspace/directory.h"

/*
 * What is wrong with the files, all of it, each at its place: what `telar check` says.
 * Finding it is the reader's business; here it is listed, and leads to the record.
 */
struct check {
	struct page *page;
	bool wanting; /* the files are to be read */
	bool again;   /* … although they could not be before */
};

static void *check_open(struct app *app, const struct world *world, const char *subject)
{
	struct check *check = g_new0(struct check, 1);

	(void)app;
	(void)world;
	(void)subject;
	check->page = page_new();
	check->again = true;
	return check;
}

static void check_free(void *state)
{
	struct check *check = state;

	page_free(check->page);
	g_free(check);
}

/* "institution/innovec" of its file, "file/…" where the network has no such record. */
static char *link_of(const struct model *model, const struct finding *finding)
{
	g_autofree char *base = NULL;

	if (finding->file == NULL)
		return NULL;
	base = g_path_get_basename(finding->file);
	if (g_str_has_suffix(base, ".yaml"))
		base[strlen(base) - strlen(".yaml")] = '\0';
	for (guint k = 0; k < KIND_COUNT; k++) {
		g_autofree char *path = NULL;

		if (app_card((enum kind)k) == NULL || model_get(model, (enum kind)k, base) == NULL)
			continue;
		path = directory_path_of((enum kind)k, base, model->network->base.id);
		if (strcmp(path, finding->file) == 0)
			return subject_new((enum kind)k, base);
	}
	return g_strconcat("file/", finding->file, NULL);
}

static void add_finding(struct page *page, const struct world *world, const struct finding *finding)
{
	bool wrong = finding->severity == SEVERITY_ERROR;
	int columns = app_area(world).cols - 5;
	g_autofree char *link = link_of(world->model, finding);

	page_line(page, link);
	page_text(page, 1, -1, wrong ? STYLE_BAD : STYLE_WARN,
		  wrong				       ? _("Error")
		  : finding->severity == SEVERITY_NOTE ? _("Note")
						       : _("Warning"));
	if (finding->file != NULL)
		page_printf(page, -1, -1, STYLE_STRONG, "  %s", finding->file);
	if (finding->line > 0)
		page_printf(page, -1, -1, STYLE_DIM, ":%u", finding->line);
	page_wrap(page, 3, columns, STYLE_NORMAL, finding->message, NULL);
	if (finding->source != NULL)
		page_wrap(page, 5, columns - 2, STYLE_DIM, finding->source, NULL);
	if (finding->hint != NULL)
		page_wrap(page, 3, columns, STYLE_DIM, finding->hint, NULL);
}

static gint by_weight(gconstpointer a, gconstpointer b)
{
	const struct finding *x = *(const struct finding *const *)a;
	const struct finding *y = *(const struct finding *const *)b;

	return (gint)x->severity - (gint)y->severity;
}

/* Those of all files, or, until they are read, of the ones that changed before opening. */
static const struct findings *findings_of(const struct world *world)
{
	return world->checked != NULL ? world->checked : world->findings;
}

/* What is said below what is listed, or in its place. */
static void add_state(const struct check *check, const struct world *world, bool listed)
{
	struct page *page = check->page;
	bool failed = world->unchecked != NULL && !check->wanting;

	if (world->checked != NULL && listed)
		return;
	page_line(page, NULL);
	if (failed)
		page_text(page, 1, -1, STYLE_BAD, _("Not all files could be read:"));
	else if (world->checked != NULL)
		page_text(page, 1, -1, STYLE_GOOD, _("Nothing is wrong with the files."));
	else
		page_text(page, 1, -1, STYLE_DIM, _("reading all files…"));
	if (failed)
		page_wrap(page, 3, app_area(world).cols - 5, STYLE_NORMAL, world->unchecked, NULL);
}

static void check_refresh(struct view *view, struct app *app, const struct world *world)
{
	struct check *check = view->state;
	struct page *page = check->page;
	const struct findings *findings = findings_of(world);
	g_autoptr(GPtrArray) all = g_ptr_array_new();

	(void)app;
	check->wanting = world->checked == NULL && (world->unchecked == NULL || check->again);
	check->again = false;
	for (guint i = 0; findings != NULL && i < findings->all->len; i++)
		g_ptr_array_add(all, g_ptr_array_index(findings->all, i));
	g_ptr_array_sort(all, by_weight);
	page_begin(page);
	for (guint i = 0; i < all->len; i++)
		add_finding(page, world, g_ptr_array_index(all, i));
	add_state(check, world, all->len > 0);
	page_end(page);
	page_layout(page, app_area(world).rows);
}

static bool check_update(struct view *view, struct app *app, const struct world *world,
			 const struct event *event, enum action action, struct effects *effects)
{
	struct check *check = view->state;
	struct page *page = check->page;
	const char *link = page_link(page);

	if (event->type == EVENT_AGAIN && check->wanting) {
		check->wanting = false;
		effects_add(effects, EFFECT_CHECK);
		return true;
	}
	if (event->type != EVENT_KEY)
		return false;
	if (action == ACTION_YANK && link != NULL) {
		effects_add(effects, EFFECT_YANK)->text = g_strdup(strchr(link, '/') + 1);
		return true;
	}
	if (action != ACTION_OPEN && action != ACTION_RIGHT)
		return page_update(page, action);
	if (link != NULL && !page_follow(link, app, world))
		app_say(app, STYLE_WARN,
			_("%s cannot be opened here until it is mended: open the file itself."),
			strchr(link, '/') + 1);
	return true;
}

static void check_draw(const struct view *view, const struct app *app, const struct world *world,
		       struct grid *grid, struct rect area)
{
	(void)app;
	(void)world;
	page_draw(((const struct check *)view->state)->page, grid, area, true);
}

static char *check_status(const struct view *view, const struct app *app, const struct world *world)
{
	const struct findings *findings = findings_of(world);
	g_autofree char *errors = NULL, *warnings = NULL;

	(void)view;
	(void)app;
	if (findings == NULL || findings->all->len == 0)
		return NULL;
	errors = g_strdup_printf(ngettext("%u error", "%u errors", findings->errors),
				 findings->errors);
	warnings = g_strdup_printf(ngettext("%u warning", "%u warnings", findings->warnings),
				   findings->warnings);
	return g_strdup_printf("%s, %s", errors, warnings);
}

static struct page *check_page(const struct view *view)
{
	return ((const struct check *)view->state)->page;
}

static bool check_busy(const struct view *view)
{
	return ((const struct check *)view->state)->wanting;
}

static bool check_click(struct view *view, const struct world *world, struct rect area, int row,
			int col)
{
	(void)world;
	(void)col;
	return page_click(check_page(view), area, row);
}

static const char *const *check_keys(const struct view *view)
{
	static const char *const keys[] = { N_("Enter"),	 N_("Open"), "y",
					    N_("Copy the path"), "/",	     N_("Search"),
					    N_("Esc"),		 N_("Back"), NULL };

	return page_link(check_page(view)) != NULL ? keys : keys + 6;
}

const struct view_ops view_check = {
	.name = "check",
	.title = N_("What is wrong with the files"),
	.scopes = 0,
	.open = check_open,
	.free = check_free,
	.refresh = check_refresh,
	.update = check_update,
	.draw = check_draw,
	.status = check_status,
	.page = check_page,
	.keys = check_keys,
	.click = check_click,
	.busy = check_busy,
};
