/*
 * Measures and gaps as tables in the network's store, for whoever asks it in SQL.
 * What they look like is store.h's business.
 */
#include "cli/tabulate.h"

#include "cli/level.h"

#include "base/mix.h"
#include "base/start.h"
#include "data/current.h"
#include "graph/kept.h"

#include <string.h>

/* Of everything they follow from: entries, day, language of the texts, version. */
static guint64 print_of(const struct cli *cli)
{
	char day[DATE_TEXT_SIZE];
	g_autofree char *all = g_strdup_printf(
		"%016" G_GINT64_MODIFIER "x %s %s " TELAR_VERSION, cli->model->fingerprint,
		date_format(clock_today(&cli->clock), day), start_language());
	guint64 print = mix_text(MIX_START, all);

	return print ? print : 1;
}

/* All values of all measures, one at a time, in the order of the store's table. */
struct values {
	GPtrArray *measures; /* const struct measure * */
	guint next;	     /* of measures, behind the one whose rows are told */
	struct level level;  /* its */
	GArray *order;	     /* guint: rows of that level */
	guint row;	     /* the next one in it */
};

static gint compare_measures(gconstpointer a, gconstpointer b)
{
	const struct measure *x = *(const struct measure *const *)a;
	const struct measure *y = *(const struct measure *const *)b;
	int order = strcmp(measure_levels[x->level], measure_levels[y->level]);

	return order ? order : strcmp(x->id, y->id);
}

static gint compare_rows(gconstpointer a, gconstpointer b, gpointer data)
{
	const char *x[2], *y[2], *ignored[2];
	int order;

	level_names(data, *(const guint *)a, ignored, x);
	level_names(data, *(const guint *)b, ignored, y);
	order = g_strcmp0(x[0], y[0]);
	return order ? order : g_strcmp0(x[1], y[1]);
}

/* Measures of one level stand together, so its rows are put in order once. */
static void order_rows(struct values *values, const struct measure *measure)
{
	const enum attribute by = (enum attribute)MAX(measure->by, 0);
	guint n;

	values->row = 0;
	if (values->next > 0 && values->level.level == measure->level && values->level.by == by)
		return;
	values->level.level = measure->level;
	values->level.by = by;
	n = level_rows(&values->level);
	g_array_set_size(values->order, 0);
	for (guint i = 0; i < n; i++)
		g_array_append_val(values->order, i);
	g_array_sort_with_data(values->order, compare_rows, &values->level);
}

static bool next_value(struct measure_row *row, void *data)
{
	struct values *values = data;
	const struct measure *measure;
	const char *ids[2], *ignored[2];
	guint at;

	while (values->next == 0 || values->row == values->order->len) {
		if (values->next == values->measures->len)
			return false;
		order_rows(values, values->measures->pdata[values->next]);
		values->next++;
	}
	measure = values->measures->pdata[values->next - 1];
	at = g_array_index(values->order, guint, values->row++);
	level_names(&values->level, at, ignored, ids);
	*row = (struct measure_row){
		.level = measure_levels[measure->level],
		.subject = ids[0] ? ids[0] : "",
		.other = ids[1],
		.measure = measure->id,
		.value = level_value(&values->level, measure, at),
	};
	return true;
}

static void tabulate_measures(struct store *store, struct study *study, guint64 print)
{
	g_autoptr(GPtrArray) sorted = g_ptr_array_new();
	g_autoptr(GArray) order = g_array_new(FALSE, FALSE, sizeof(guint));
	struct values values = { .measures = sorted, .level.study = study, .order = order };
	guint n;
	const struct measure *all = measures(&n);

	for (guint i = 0; i < n; i++)
		g_ptr_array_add(sorted, (gpointer)(guintptr)&all[i]);
	g_ptr_array_sort(sorted, compare_measures);
	(void)store_tabulate_measures(store, print, next_value, &values, NULL);
}

/* Ids need no escapes. */
static char *institutions_of(const struct model *model, const struct gap *gap)
{
	GString *text = g_string_new("[");

	for (guint i = 0; i < gap->institutions->len; i++)
		g_string_append_printf(
			text, "%s\"%s\"", i > 0 ? "," : "",
			model_institution(model, g_array_index(gap->institutions, guint, i))
				->base.id);
	g_string_append_c(text, ']');
	return g_string_free(text, FALSE);
}

static void tabulate_gaps(struct store *store, const struct study *study, guint64 print)
{
	const struct model *model = study_model(study);
	const GPtrArray *gaps = study_all_gaps(study);
	g_autoptr(GArray) rows = g_array_new(FALSE, FALSE, sizeof(struct gap_row));
	g_autoptr(GPtrArray) lists = g_ptr_array_new_with_free_func(g_free);

	for (guint i = 0; i < gaps->len; i++) {
		const struct gap *gap = gaps->pdata[i];
		struct gap_row row = { .id = gap->id,
				       .kind = gap->kind->id,
				       .status = gap_status_id(gap->status),
				       .title = gap->title,
				       .severity = gap->severity,
				       .owner = gap->owner,
				       .reason = gap->reason,
				       .advice = gap->advice };

		if (gap->territory >= 0)
			row.territory = model_territory(model, (guint)gap->territory)->base.id;
		g_ptr_array_add(lists, institutions_of(model, gap));
		row.institutions = lists->pdata[i];
		g_array_append_val(rows, row);
	}
	(void)store_tabulate_gaps(store, print, (const struct gap_row *)(void *)rows->data,
				  rows->len, NULL);
}

static bool is_whole(const struct cli *cli)
{
	return !cli->filter && !cli->confirmed && !cli->current && !cli->intensity && !cli->ties &&
	       !cli->distance && !date_is_set(cli->as_of);
}

/* Whether a store that is only read has them, or cannot have them. */
static bool is_done(const char *path, bool gaps, guint64 print)
{
	struct store *store = store_open_current(path, true);
	guint64 has = print;
	bool done = !store || !store_is_indexed(store) ||
		    !store_tabulated(store, gaps, &has, NULL) || has == print;

	store_close(store);
	return done;
}

void cli_tabulate(struct cli *cli, struct study *study, enum study_part part)
{
	g_autofree char *path = is_whole(cli) ? cli_path(cli, NULL) : NULL;
	guint64 print = print_of(cli);
	bool gaps = part == STUDY_GAPS;
	struct store *store = NULL;

	fflush(cli->out.stream); /* nobody waits for this */
	if (path && !is_done(path, gaps, print))
		store = store_open_current(path, false);
	if (store && study_compute(study, part, NULL, NULL)) {
		study_keep_in(study, path);
		if (gaps)
			tabulate_gaps(store, study, print);
		else
			tabulate_measures(store, study, print);
	}
	store_close(store);
}
