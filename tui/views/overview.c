#include "tui/views/card.h"
#include "tui/widgets/panes.h"

#include <math.h>
#include <string.h>

#include <glib/gi18n.h>

#include "base/context.h"
#include "base/findings.h"
#include "base/text.h"
#include "data/as_of.h"
#include "tui/views/overview_growth.h"

/*
 * The first screen: what the network is, how it holds together, what to do next,
 * who holds it together, what changed.  Everything stands in the study or the
 * model already; here it is only put into words.
 */
#define LINE_MOST     1000 /* columns that nothing is wrapped for */
#define GAPS_MOST     12
#define HOLDERS_SHOWN 5
#define CHANGES_SHOWN 4
#define LABEL_COLUMNS 14
#define BAR_COLUMNS   4

/* Countries of members, a piece at a time: everybody's entry is looked at. */
struct countries {
	struct model_identity model; /* of whom */
	GHashTable *seen;	     /* borrowed texts */
	guint at;		     /* members looked at */
};

struct overview {
	struct countries countries;
	bool counting; /* them */
	struct page *head;
	int head_rows; /* shown of it; an empty one follows */
	struct panes *panes;
	bool touched; /* the cursor stands where somebody put it */
};

static void *overview_open(struct app *app, const struct world *world, const char *subject)
{
	struct overview *overview = g_new0(struct overview, 1);

	(void)app;
	(void)world;
	(void)subject;
	overview->head = page_new();
	overview->panes = panes_new();
	overview->countries.seen = g_hash_table_new(g_str_hash, g_str_equal);
	return overview;
}

static void overview_free(void *state)
{
	struct overview *overview = state;

	page_free(overview->head);
	panes_free(overview->panes);
	g_hash_table_unref(overview->countries.seen);
	g_free(overview);
}

static double value_of(const struct world *world, const char *id)
{
	const struct measure *measure = measure_find(id);

	return world->study == NULL || measure == NULL ? NAN : study_value(world->study, measure);
}

#define PIECE 16384 /* members */

static bool countries_known(const struct countries *countries, const struct model *model)
{
	return countries->at == model->n[KIND_INSTITUTION];
}

static void countries_count(struct countries *countries, const struct model *model)
{
	guint until = MIN(countries->at + PIECE, model->n[KIND_INSTITUTION]);

	for (; countries->at < until; countries->at++) {
		const char *country = model_institution(model, countries->at)->country;

		if (country != NULL)
			g_hash_table_add(countries->seen, (gpointer)country);
	}
}

/* The texts are those of the network that was counted. */
static void countries_begin(struct countries *countries, const struct model *model)
{
	if (model_is(model, &countries->model))
		return;
	countries->model = model_identity(model);
	countries->at = 0;
	g_hash_table_remove_all(countries->seen);
	countries_count(countries, model);
}

static guint count_declared(const struct model *model)
{
	guint n = 0;

	for (guint i = 0; i < model->n[KIND_TERRITORY]; i++)
		n += g_strcmp0(model_territory(model, i)->status, "declared") == 0;
	return n;
}

static void append_count(GString *out, const char *text, guint n)
{
	if (out->len > 0)
		g_string_append(out, " · ");
	g_string_append_printf(out, "%u %s", n, text);
}

static void append_countries(GString *out, const struct countries *countries,
			     const struct model *model)
{
	guint n = g_hash_table_size(countries->seen);

	if (countries_known(countries, model))
		append_count(out, ngettext("country", "countries", n), n);
	else
		g_string_append_printf(out, " · … %s", ngettext("country", "countries", 2));
}

static void append_apart(GString *out, guint n)
{
	g_string_append(out, " · ");
	g_string_append_printf(out, _("%u apart from the main network"), n);
}

static void fill_head(struct overview *overview, const struct world *world, int columns)
{
	const struct model *model = world->model;
	struct page *page = overview->head;
	g_autoptr(GString) first = g_string_new(NULL), second = g_string_new(NULL);
	double confirmed = value_of(world, "confirmed");
	double part = value_of(world, "main-component");
	guint institutions = model->n[KIND_INSTITUTION];
	guint territories = model->n[KIND_TERRITORY], declared = count_declared(model);
	guint programmes = model->n[KIND_PROGRAMME];
	guint undated = date_is_set(world->as_of) ? model_undated_ties(model) : 0;
	g_autofree char *ties = model_ties_text(model);
	bool doubtful = undated > 0;

	append_count(first, ngettext("institution", "institutions", institutions), institutions);
	append_countries(first, &overview->countries, model);
	append_count(first, ngettext("territory", "territories", territories), territories);
	if (declared > 0) {
		g_string_append_c(first, ' ');
		g_string_append_printf(first, ngettext("(%u declared)", "(%u declared)", declared),
				       declared);
	}
	append_count(first, ngettext("programme", "programmes", programmes), programmes);
	g_string_append(second, ties);
	if (doubtful || !isnan(confirmed))
		g_string_append(second, " · ");
	if (doubtful)
		g_string_append_printf(
			second,
			ngettext("%u of them states no beginning, and counts as there",
				 "%u of them state no beginning, and count as there", undated),
			undated);
	else if (!isnan(confirmed))
		g_string_append_printf(second, _("%.0f %% confirmed by both sides"),
				       100 * confirmed);
	if (!doubtful && !isnan(part))
		append_apart(second, (guint)lround((1 - part) * institutions));
	page_begin(page);
	page_wrap(page, 1, columns - 1, STYLE_STRONG, first->str, NULL);
	page_wrap(page, 1, columns - 1, doubtful ? STYLE_WARN : STYLE_NORMAL, second->str, NULL);
	page_end(page);
}

/* A measure as a label, a bar and words; `share` is how much of the bar. */
static void holds_line(struct page *page, const char *label, double share, const char *words,
		       bool careful)
{
	page_line(page, NULL);
	page_text(page, 1, LABEL_COLUMNS, STYLE_NORMAL, label);
	if (isnan(share)) {
		page_text(page, LABEL_COLUMNS + BAR_COLUMNS + 3, -1, STYLE_DIM, _("n/a"));
		return;
	}
	page_bar(page, LABEL_COLUMNS + 2, BAR_COLUMNS, STYLE_ACCENT, share);
	page_text(page, LABEL_COLUMNS + BAR_COLUMNS + 3, -1, careful ? STYLE_WARN : STYLE_NORMAL,
		  words);
}

static void section_holds(struct page *page, const struct world *world)
{
	double density = value_of(world, "density");
	double hub = value_of(world, "degree-centralization");
	double across = value_of(world, "ei-sector");
	double part = value_of(world, "main-component");
	double fresh = value_of(world, "fresh");
	g_autofree char *density_text = g_strdup_printf(_("%.1f of 100"), 100 * density);
	g_autofree char *hub_text =
		g_strdup_printf("%.2f %s", hub, hub >= 0.3 ? _("a hub") : _("spread"));
	g_autofree char *across_text = g_strdup_printf(_("%+.2f, chance %+.2f"), across,
						       value_of(world, "ei-sector-chance"));
	g_autofree char *part_text = g_strdup_printf(_("%.0f %% of members"), 100 * part);
	g_autofree char *fresh_text =
		fresh < 0.5 ? g_strdup_printf(_("%.0f %%, take care"), 100 * fresh)
			    : g_strdup_printf("%.0f %%", 100 * fresh);

	page_heading(page, _("How it holds together"));
	if (world->study == NULL) {
		page_line(page, NULL);
		page_text(page, 1, -1, STYLE_DIM, app_waiting(world));
		return;
	}
	holds_line(page, _("Density"), density, density_text, false);
	holds_line(page, _("Centralization"), hub, hub_text, false);
	holds_line(page, _("Across sectors"), (across + 1) / 2, across_text, false);
	holds_line(page, _("Main network"), part, part_text, false);
	holds_line(page, _("Fresh entries"), fresh, fresh_text, fresh < 0.5);
}

static void section_changes(struct page *page, const struct world *world, struct rect area)
{
	bool whole = area.rows - (int)page->lines->len > 3 * CHANGES_SHOWN;

	/* What was changed lately is of no other day than today. */
	if (history_length(world) == 0 || date_is_set(world->as_of))
		return;
	page_heading(page, _("Recent changes"));
	for (guint i = 0; i < history_length(world) && i < CHANGES_SHOWN; i++) {
		const struct change *change = g_ptr_array_index(world->history, i);
		g_autofree char *time = change_time(change, world->today);
		g_autofree char *what = app_change_text(world, change);

		g_autofree char *text = g_strdup_printf("%s: %s", actor_text(change->actor), what);
		guint line = page->lines->len;

		if (whole) {
			page_wrap(page, 12, area.cols - 13, STYLE_NORMAL, text, "history/");
			page_mark(page, line, 1, STYLE_DIM, time);
			continue;
		}
		page_line(page, "history/");
		page_text(page, 1, 10, STYLE_DIM, time);
		page_text(page, 12, -1, STYLE_NORMAL, text);
	}
}

/* Files with errors contribute nothing: that comes before any number. */
static void section_findings(struct page *page, const struct world *world, int columns)
{
	guint shown = 0;

	if (world->findings == NULL || world->findings->errors == 0)
		return;
	if (page->lines->len > 0)
		page_line(page, NULL);
	page_wrap(page, 1, columns - 2, STYLE_STRONG,
		  _("Entries left out because their file has an error"), NULL);
	for (guint i = 0; i < world->findings->all->len && shown < 3; i++) {
		const struct finding *finding = g_ptr_array_index(world->findings->all, i);
		g_autofree char *text = NULL;

		if (finding->severity != SEVERITY_ERROR)
			continue;
		text = g_strdup_printf("%s:%u: %s", finding->file != NULL ? finding->file : "",
				       finding->line, finding->message);
		page_wrap(page, 1, columns - 2, STYLE_BAD, text, "check");
		shown++;
	}
}

static bool kind_seen(const GPtrArray *gaps, const guint *chosen, guint n,
		      const struct gap_kind *kind)
{
	for (guint i = 0; i < n; i++)
		if (((const struct gap *)g_ptr_array_index(gaps, chosen[i]))->kind == kind)
			return true;
	return false;
}

/* The severest of each kind first, then what is severest: four of one kind tell little. */
static guint choose_gaps(const GPtrArray *gaps, guint most, guint chosen[GAPS_MOST])
{
	guint n = 0;

	for (guint i = 0; i < gaps->len && n < most; i++)
		if (!kind_seen(gaps, chosen, n,
			       ((const struct gap *)g_ptr_array_index(gaps, i))->kind))
			chosen[n++] = i;
	for (guint i = 0; i < gaps->len && n < most; i++) {
		bool taken = false;

		for (guint k = 0; k < n; k++)
			taken = taken || chosen[k] == i;
		if (!taken)
			chosen[n++] = i;
	}
	return n;
}

static void section_gaps(struct page *page, const struct world *world, guint most, int columns)
{
	const GPtrArray *gaps = world->study == NULL ? NULL : study_gaps(world->study);
	guint chosen[GAPS_MOST];
	guint n;

	page_heading(page,
		     date_is_set(world->as_of) ? _("What was missing then") : _("What to do next"));
	if (gaps == NULL || gaps->len == 0) {
		page_line(page, NULL);
		page_text(page, 1, -1, STYLE_DIM,
			  gaps == NULL ? app_waiting(world)
			  : world->model->n[KIND_INSTITUTION] == 0
				  ? _("There is no institution yet.")
				  : _("No gap was found."));
		return;
	}
	n = choose_gaps(gaps, most, chosen);
	for (guint i = 0; i < n; i++) {
		const struct gap *gap = g_ptr_array_index(gaps, chosen[i]);
		g_autofree char *link = g_strconcat("gap/", gap->id, NULL);

		guint line = page->lines->len;

		/* In full: a title cut short tells what is missing, not where. */
		page_wrap(page, 3, columns - 4, STYLE_NORMAL, gap->title, link);
		page_mark(page, line, 1, gap->severity >= 0.66 ? STYLE_BAD : STYLE_WARN, "●");
	}
	if (gaps->len > n) {
		page_line(page, "view/8");
		page_printf(page, 3, columns - 4, STYLE_DIM,
			    ngettext("and %u more gap", "and %u more gaps", gaps->len - n),
			    gaps->len - n);
	}
}

/* The institutions of the highest values, highest first; returns how many. */
static guint choose_holders(const struct world *world, const struct measure *measure,
			    guint chosen[HOLDERS_SHOWN])
{
	double values[HOLDERS_SHOWN];
	guint n = 0;

	for (guint i = 0; i < world->model->n[KIND_INSTITUTION]; i++) {
		double value = study_of(world->study, measure, i);
		guint at = n;

		if (!(value > 0))
			continue;
		for (; at > 0 && values[at - 1] < value; at--) {
			if (at < HOLDERS_SHOWN) {
				values[at] = values[at - 1];
				chosen[at] = chosen[at - 1];
			}
		}
		if (at >= HOLDERS_SHOWN)
			continue;
		values[at] = value;
		chosen[at] = i;
		n = MIN(n + 1, HOLDERS_SHOWN);
	}
	return n;
}

static void section_holders(struct page *page, const struct world *world, int columns)
{
	const struct measure *bridging = measure_find("betweenness");
	const struct model *model = world->model;
	char *numbers[HOLDERS_SHOWN];
	guint chosen[HOLDERS_SHOWN];
	int width = 0;
	guint n;

	if (world->study == NULL || bridging == NULL)
		return;
	n = choose_holders(world, bridging, chosen);
	if (n == 0)
		return;
	page_heading(page, _("Who holds it together"));
	for (guint k = 0; k < n; k++) {
		guint ties = model_degree(model, chosen[k]);

		numbers[k] =
			g_strdup_printf(ngettext("%u tie · %2.0f %%", "%u ties · %2.0f %%", ties),
					ties, 100 * study_of(world->study, bridging, chosen[k]));
		width = MAX(width, text_width(numbers[k]));
	}
	for (guint k = 0; k < n; k++) {
		const struct institution *one = model_institution(model, chosen[k]);
		g_autofree char *link = subject_new(KIND_INSTITUTION, one->base.id);

		page_line(page, link);
		page_printf(page, 1, 2, STYLE_DIM, "%u",
			    study_rank(world->study, bridging, chosen[k]));
		page_text(page, 3, columns - width - 5, STYLE_NORMAL, institution_name(one, true));
		page_right(page, columns - width - 1, width, STYLE_DIM, numbers[k]);
		g_free(numbers[k]);
	}
	page_line(page, NULL);
	page_text(page, 3, columns - 4, STYLE_DIM, _("%: chains between others through it"));
}

/* Until somebody puts the cursor elsewhere it stands on what to do next. */
static void begin(const struct overview *overview, const struct world *world)
{
	if (!overview->touched && world->study != NULL)
		overview->panes->active = overview->panes->n - 1;
}

static void fill(struct overview *overview, const struct app *app, const struct world *world)
{
	static const int weights[] = { 21, 19, 1 };
	struct panes *panes = overview->panes;
	struct rect area = app_area(world);
	struct page *left, *right;
	guint n = area.cols >= 72 ? 2 : 1;

	fill_head(overview, world, area.cols);
	/* Where that would be too much, a line each, as far as it goes. */
	if ((int)overview->head->lines->len > area.rows / 3)
		fill_head(overview, world, LINE_MOST);
	overview->head_rows = (int)overview->head->lines->len;
	area.row += overview->head_rows + 1;
	area.rows -= overview->head_rows + 1;
	panes_layout(panes, area, n, weights);
	left = panes->pages[0];
	right = panes->pages[n - 1];
	for (guint i = 0; i < n; i++)
		page_begin(panes->pages[i]);
	section_findings(left, world, panes->areas[0].cols);
	/* Below each other what to do comes first.  Two lines each, and room left for who holds
	   it together. */
	section_gaps(right, world, (guint)CLAMP((area.rows - 9) / 2, 3, GAPS_MOST),
		     panes->areas[n - 1].cols);
	section_holds(left, world);
	section_holders(right, world, panes->areas[n - 1].cols);
	section_growth(left, world, app->plain, panes->areas[0].cols);
	section_changes(left, world, panes->areas[0]);
	for (guint i = 0; i < n; i++)
		page_end(panes->pages[i]);
	begin(overview, world);
	panes_settle(panes);
}

static void overview_refresh(struct view *view, struct app *app, const struct world *world)
{
	struct overview *overview = view->state;

	countries_begin(&overview->countries, world->model);
	overview->counting = !countries_known(&overview->countries, world->model);
	fill(overview, app, world);
}

static void overview_work(struct overview *overview, const struct app *app,
			  const struct world *world)
{
	countries_count(&overview->countries, world->model);
	overview->counting = !countries_known(&overview->countries, world->model);
	if (!overview->counting)
		fill(overview, app, world);
}

static bool overview_update(struct view *view, struct app *app, const struct world *world,
			    const struct event *event, enum action action, struct effects *effects)
{
	struct overview *overview = view->state;

	(void)effects;
	if (event->type == EVENT_AGAIN && overview->counting) {
		overview_work(overview, app, world);
		return true;
	}
	if (event->type != EVENT_KEY)
		return false;
	overview->touched = overview->touched || action != ACTION_NONE;
	return panes_update(overview->panes, app, world, action);
}

static bool overview_find(struct view *view, const struct world *world, const char *needle,
			  int step, struct effects *effects)
{
	(void)world;
	(void)effects;
	return panes_find(((struct overview *)view->state)->panes, needle, step);
}

static void overview_draw(const struct view *view, const struct app *app, const struct world *world,
			  struct grid *grid, struct rect area)
{
	const struct overview *overview = view->state;

	(void)app;
	(void)world;
	page_draw(
		overview->head, grid,
		(struct rect){ area.row, area.col, MIN(overview->head_rows, area.rows), area.cols },
		false);
	if (area.rows > overview->head_rows + 1)
		panes_draw(overview->panes, grid);
}

/* What is under the cursor may be an institution. */
static char *overview_record(const struct view *view, const struct world *world)
{
	const struct overview *overview = view->state;
	const char *link = panes_link(overview->panes);
	const char *id;
	enum kind kind;

	(void)world;
	return subject_parse(link, &kind, &id) ? g_strdup(link) : NULL;
}

static bool overview_busy(const struct view *view)
{
	return ((const struct overview *)view->state)->counting;
}

const struct view_ops view_overview = {
	.name = "overview",
	.title = N_("Overview"),
	/* TRANSLATORS: briefs of the nine views together have 53 columns: a short word, not a cut
	   one. */
	.brief = IN_CONTEXT("tab", "Overview"),
	.scopes = SCOPE_OVERVIEW,
	.open = overview_open,
	.free = overview_free,
	.refresh = overview_refresh,
	.update = overview_update,
	.draw = overview_draw,
	.record = overview_record,
	.find = overview_find,
	.busy = overview_busy,
};
