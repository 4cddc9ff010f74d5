/*
 * A study: one model under one filter, with what has been computed about it.
 * Runs the rows of the tables of measures and gaps and keeps their results; what
 * they compute is not here.
 */
#include "graph/study.h"

#include "base/cancel.h"
#include "graph/ahead.h"
#include "graph/gaps/gaps.h"
#include "graph/ig.h"
#include "graph/measures/families.h"

#include <glib/gi18n.h>
#include <math.h>
#include <string.h>

static struct study *study_on(struct net *net)
{
	struct study *study = g_new0(struct study, 1);
	guint rows;
	measures(&rows);
	study->refs = 1;
	study->net = net;
	g_mutex_init(&study->unlisted_lock);
	study->values = g_new0(struct numbers *, rows);
	return study;
}

struct study *study_begin(const struct model *model, const struct net_options *options)
{
	return study_on(net_begin(model, options));
}

static bool is_grouped(const struct study *study, enum attribute by)
{
	return study->partitions[by] && !study->partitions[by]->making;
}

/* All partitions, and not on demand: a finished study is read by several threads. */
bool study_go_on(struct study *study)
{
	enum attribute by = 0;
	if (net_go_on(study->net))
		return true;
	while (by < BY_ATTRIBUTES && is_grouped(study, by))
		by++;
	if (by == BY_ATTRIBUTES)
		return false;
	if (!study->partitions[by])
		study->partitions[by] = partition_begin(study->net, by);
	return partition_go_on(study->partitions[by], study->net) || by + 1 < BY_ATTRIBUTES;
}

struct study *study_of_net(struct net *net)
{
	struct study *study = study_on(net);
	while (study_go_on(study))
		;
	return study;
}

struct study *study_new(const struct model *model, const struct net_options *options)
{
	return study_of_net(net_begin(model, options));
}

struct study *study_ref(struct study *study)
{
	g_atomic_int_inc(&study->refs);
	return study;
}

void study_unref(struct study *study)
{
	guint rows;
	measures(&rows);
	if (!study || !g_atomic_int_dec_and_test(&study->refs))
		return;
	for (guint i = 0; i < rows; i++)
		numbers_free(study->values[i]);
	g_free(study->values);
	for (guint by = 0; by < BY_GROUPS; by++)
		partition_free(study->partitions[by]);
	work_free(study);
	if (study->gaps)
		g_ptr_array_unref(study->gaps);
	if (study->gap_by_id)
		g_hash_table_unref(study->gap_by_id);
	if (study->all_gaps)
		g_ptr_array_unref(study->all_gaps);
	if (study->unlisted)
		g_hash_table_unref(study->unlisted);
	g_mutex_clear(&study->unlisted_lock);
	g_free(study->gaps_of);
	g_free(study->layout);
	g_free(study->forces);
	g_free(study->start);
	g_free(study->start_part);
	g_clear_pointer(&study->pictures, g_ptr_array_unref);
	net_free(study->net);
	g_free(study);
}

static guint value_count(const struct study *study, const struct measure *measure)
{
	switch (measure->level) {
	case LEVEL_NETWORK:
		return 1;
	case LEVEL_GROUP:
		return study->partitions[measure->by]->n_groups;
	case LEVEL_INSTITUTION:
		return study->net->n;
	case LEVEL_TIE:
		return study->net->m;
	case LEVEL_CAPACITY:
		return study->net->model->network->vocabularies.of[VOCABULARY_CAPACITIES].n;
	}
	return 0;
}

void study_follow(struct study *study,
		  void (*progress)(const char *doing, double share, gpointer data), gpointer data)
{
	study->progress = progress;
	study->progress_data = data;
}

static void tell(double share, gpointer data)
{
	const struct study *study = data;
	if (study->progress)
		study->progress(study->doing, share, study->progress_data);
}

static void begin(struct study *study, const char *doing)
{
	if (g_thread_self() != study->computing)
		return;
	study->doing = doing;
	tell(NAN, study);
}

struct kernel_run study_kernel_run(struct study *study)
{
	bool heard = g_thread_self() == study->computing && study->doing;
	return (struct kernel_run){ .cancel = study->cancel,
				    .busy = &study->busy,
				    .progress = heard ? tell : NULL,
				    .data = study };
}

/* What the verdict on the network's stage rests on; its sentence says them all. */
static const char *const stage_inputs[] = { "main-component", "without-hub", "without-hubs",
					    "max-coreness" };

bool study_row(struct study *study, const struct measure *row, GError **error)
{
	struct numbers **values = &study->values[row - measures(NULL)];
	if (*values)
		return true;
	study_makes(study);
	if (cancel_asked(study->cancel, error))
		return false;
	for (guint i = 0; row->compute == measure_stage && i < G_N_ELEMENTS(stage_inputs); i++)
		if (!study_row(study, measure_find(stage_inputs[i]), error))
			return false;
	begin(study, _(row->label));
	if (row->by == BY_CIRCLE && !study_circles(study, error))
		return false;
	guint n = value_count(study, row);
	g_autofree double *out = g_new(double, MAX(n, 1));
	if (!row->compute(study, row, out, error))
		return false;
	*values = numbers_new(out, n);
	study_trim_behind(study, row);
	return true;
}

static int by_severity(gconstpointer a, gconstpointer b)
{
	const struct gap *x = *(struct gap *const *)a, *y = *(struct gap *const *)b;
	if (x->severity != y->severity)
		return x->severity > y->severity ? -1 : 1;
	return strcmp(x->id, y->id);
}

/* With what people decided about them; those out of sight count nowhere. */
static void publish_gaps(struct study *study, const GPtrArray *found)
{
	const struct model *model = study->net->model;
	study->gaps = g_ptr_array_new();
	study->gap_by_id = g_hash_table_new(g_str_hash, g_str_equal);
	study->gaps_of = g_new0(guint, MAX(model->n[KIND_INSTITUTION], 1));
	for (guint i = 0; i < found->len; i++) {
		struct gap *gap = found->pdata[i];
		g_hash_table_insert(study->gap_by_id, gap->id, gap);
		gap_stand(gap, gap_state_find(model, gap->id), model->today);
		if (gap->hidden)
			continue;
		g_ptr_array_add(study->gaps, gap);
		for (guint k = 0; k < gap->institutions->len; k++)
			study->gaps_of[g_array_index(gap->institutions, guint, k)]++;
	}
}

static bool compute_gaps(struct study *study, guint parts, GError **error)
{
	(void)parts;
	g_autoptr(GPtrArray) found = g_ptr_array_new_with_free_func((GDestroyNotify)gap_free);
	begin(study, _("Gaps"));
	if (!gaps_find(study, found, error))
		return false;
	g_ptr_array_sort(found, by_severity);
	publish_gaps(study, found);
	study->all_gaps = g_steal_pointer(&found);
	return true;
}

static bool compute_layout(struct study *study, guint parts, GError **error)
{
	(void)parts;
	begin(study, _("Map"));
	study_catch_up(study); /* one thread at a time asks igraph */
	return study_lay_out(study, error);
}

static bool compute_matrix(struct study *study, guint parts, GError **error)
{
	(void)parts;
	begin(study, _("Matrix"));
	return study_chances(study, CHANCE_SECTORS, error);
}

static void set_out(struct study *study, GCancellable *cancel)
{
	ig_begin(cancel);
	study->cancel = cancel;
	study->computing = g_thread_self();
}

static bool come_home(struct study *study, bool ok)
{
	study_catch_up(study);
	study->cancel = NULL;
	study->doing = NULL;
	study->computing = NULL;
	g_clear_pointer(&study->graph, ig_graph_free);
	ig_end();
	return ok;
}

bool study_compute(struct study *study, guint parts, GCancellable *cancel, GError **error)
{
	static const struct {
		guint part;
		bool (*compute)(struct study *study, guint parts, GError **error);
	} steps[] = {
		{ STUDY_MEASURES, study_rows },
		{ STUDY_GAPS, compute_gaps },
		{ STUDY_LAYOUT, compute_layout },
		{ STUDY_MATRIX, compute_matrix },
	};
	bool ok = true;
	set_out(study, cancel);
	study->wanted |= parts;
	for (guint i = 0; ok && i < G_N_ELEMENTS(steps); i++) {
		guint due = parts & steps[i].part & ~study->parts;
		if (!due)
			continue;
		ok = steps[i].compute(study, due, error);
		if (ok)
			study->parts |= due;
	}
	return come_home(study, ok);
}

bool study_measure(struct study *study, const struct measure *const *rows, guint n,
		   GCancellable *cancel, GError **error)
{
	bool ok = true;
	set_out(study, cancel);
	for (guint i = 0; ok && i < n; i++)
		ok = study_row(study, rows[i], error);
	return come_home(study, ok);
}

bool study_has(const struct study *study, guint parts)
{
	return (study->parts & parts) == parts;
}

const struct net *study_net(const struct study *study)
{
	return study->net;
}

const struct model *study_model(const struct study *study)
{
	return study->net->model;
}

const struct partition *study_partition(struct study *study, enum attribute by)
{
	g_assert(is_grouped(study, BY_ATTRIBUTES - 1)); /* the last one that study_go_on() makes */
	return study->partitions[by];
}

static const struct numbers *numbers_of(const struct study *study, const struct measure *measure)
{
	return study->values[measure - measures(NULL)];
}

double *study_values(const struct study *study, const struct measure *measure)
{
	const struct numbers *values = numbers_of(study, measure);
	return values ? numbers_copy(values) : NULL;
}

double study_value_at(const struct study *study, const struct measure *measure, guint row)
{
	const struct numbers *values = numbers_of(study, measure);
	return values ? numbers_at(values, row) : (double)NAN;
}

double study_value(const struct study *study, const struct measure *measure)
{
	return measure->level == LEVEL_NETWORK ? study_value_at(study, measure, 0) : (double)NAN;
}

double study_of(const struct study *study, const struct measure *measure, guint institution)
{
	if (measure->level != LEVEL_INSTITUTION ||
	    institution >= study->net->model->n[KIND_INSTITUTION])
		return NAN;
	int v = study->net->vertex[institution];
	return v >= 0 ? study_value_at(study, measure, (guint)v) : (double)NAN;
}

guint study_sources(const struct study *study, const struct measure *measure, double *error)
{
	const struct between *between = study->betweenness;
	bool of_members = measure->compute == measure_betweenness ||
			  measure->compute == measure_betweenness_raw;
	if (error)
		*error = NAN;
	if (measure->compute == measure_bridging || measure->compute == measure_tie_bridging)
		return study->losses && study->losses->sampled ? LOSS_SOURCES : 0;
	if (!between || !between->sampled ||
	    !(of_members || measure->compute == measure_betweenness_centralization ||
	      measure->compute == measure_tie_betweenness))
		return 0;
	/* Ties and the whole have no error of their own. */
	if (error && of_members)
		*error = between->worst;
	return between->sources;
}

/*
 * The whole hangs on the highest value: that of each other counts in it once, and the
 * highest as often as there are members.
 */
static double error_of_centralization(const struct between *between)
{
	double n = between->n;
	guint most = 0;
	for (guint v = 1; v < between->n; v++)
		if (between->vertices[v] > between->vertices[most])
			most = v;
	return n / (n - 1) * between->error[most];
}

double study_error(const struct study *study, const struct measure *measure, guint row)
{
	const struct between *between = study->betweenness;
	if (!between || !between->sampled || !between->error)
		return NAN;
	double n = between->n, pairs = (n - 1) * (n - 2) / 2;
	if (measure->compute == measure_betweenness_raw)
		return between->error[row];
	if (measure->compute == measure_betweenness)
		return between->error[row] / pairs;
	if (measure->compute == measure_betweenness_centralization)
		return error_of_centralization(between) / pairs;
	return NAN;
}

bool study_is_estimate(const struct study *study, const struct measure *measure)
{
	return study_sources(study, measure, NULL) > 0;
}

const struct measure *study_words(const struct study *study, const struct measure *measure)
{
	return measure_worded(measure, study->net->options.length);
}

char *study_format(const struct study *study, const struct measure *measure, double value)
{
	g_autofree char *shown = measure_format(study_words(study, measure), value);
	bool marked = isfinite(value) && study_is_estimate(study, measure);
	return marked ? g_strconcat("~", shown, NULL) : g_steal_pointer(&shown);
}

char *study_estimate_text(const struct study *study, const struct measure *measure)
{
	double error;
	guint sources = study_sources(study, measure, &error);
	if (sources == 0)
		return NULL;
	if (isnan(error))
		return g_strdup_printf(_("An estimate, by searching from %u institutions."),
				       sources);
	return g_strdup_printf(_("An estimate, by searching from %u institutions: the standard "
				 "errors are at most %.0f %% of the highest value."),
			       sources, 100 * error);
}

/* How many have a value, and how many of them a higher one than `value`. */
static void count_values(const struct study *study, const struct measure *measure, double value,
			 guint *having, guint *higher)
{
	const struct numbers *values = numbers_of(study, measure);
	*having = *higher = 0;
	if (values && measure->level == LEVEL_INSTITUTION)
		numbers_count(values, value, having, higher);
}

guint study_rank(const struct study *study, const struct measure *measure, guint institution)
{
	guint having, higher;
	double value = study_of(study, measure, institution);
	if (isnan(value))
		return 0;
	count_values(study, measure, value, &having, &higher);
	return higher + 1;
}

static void fill(GString *text, const char *placeholder, const char *value)
{
	g_string_replace(text, placeholder, value, 0);
}

/* Two figures that tell, as far as there are any. */
static char *percent_format(double percent)
{
	if (percent != 0 && fabs(percent) < 1)
		return g_strdup_printf("%.2g", percent);
	return g_strdup_printf("%.*f", fabs(percent) < 10 && percent != 0 ? 1 : 0, percent);
}

/* "Main network 0.53; Depth of the core 3": what there is of it. */
static char *inputs_of_stage(const struct study *study)
{
	GString *text = g_string_new(NULL);
	for (guint i = 0; i < G_N_ELEMENTS(stage_inputs); i++) {
		const struct measure *input = measure_find(stage_inputs[i]);
		double value = study_value(study, input);
		g_autofree char *shown = study_format(study, input, value);
		if (!isnan(value))
			g_string_append_printf(text, "%s%s %s", text->len > 0 ? "; " : "",
					       _(input->label), shown);
	}
	return g_string_free(text, FALSE);
}

/* `error`: the standard one, NAN: none known. */
static char *sentence_fill(const struct study *study, const struct measure *measure, double value,
			   double error, const char *name)
{
	GString *text = g_string_new(isnan(value) ? _("{name}: no value for “{measure}”.")
						  : _(study_words(study, measure)->sentence));
	guint having, higher;
	count_values(study, measure, value, &having, &higher);
	g_autofree char *shown = study_format(study, measure, value);
	g_autofree char *rank = g_strdup_printf("%u", higher + 1);
	g_autofree char *of = g_strdup_printf("%u", having);
	g_autofree char *share = percent_format(value * 100);
	g_autofree char *percents =
		g_strdup_printf("%s%s %%", study_is_estimate(study, measure) ? "~" : "", share);
	fill(text, "{value}", shown);
	fill(text, "{rank}", rank);
	fill(text, "{of}", of);
	fill(text, "{percent}", percents);
	fill(text, "{measure}", _(study_words(study, measure)->label));
	if (measure->compute == measure_stage) {
		g_autofree char *inputs = inputs_of_stage(study);
		fill(text, "{inputs}", inputs);
	}
	if (isfinite(value) && isfinite(error)) {
		g_autofree char *around = measure_format(measure, 2 * error);
		/* TRANSLATORS: behind the sentence of a measure; {error} is a number */
		g_string_append(text, _(" An estimate: give or take {error}."));
		fill(text, "{error}", around);
	}
	/* Last, as a name may hold anything. */
	fill(text, "{name}", name);
	return g_string_free(text, FALSE);
}

char *study_sentence(const struct study *study, const struct measure *measure, int institution)
{
	const struct model *model = study->net->model;
	if (institution < 0) {
		const struct network *network = model->network;
		const char *name = network->short_name ? network->short_name : network->base.name;
		return sentence_fill(study, measure, study_value(study, measure),
				     study_error(study, measure, 0),
				     name ? name : _("The network"));
	}
	double value = study_of(study, measure, (guint)institution), error = NAN;
	const char *name = "";
	if ((guint)institution < model->n[KIND_INSTITUTION])
		name = institution_name(model_institution(model, (guint)institution), true);
	if (isfinite(value))
		error = study_error(study, measure, (guint)study->net->vertex[institution]);
	return sentence_fill(study, measure, value, error, name);
}

const GPtrArray *study_gaps(const struct study *study)
{
	return study->gaps;
}

const GPtrArray *study_all_gaps(const struct study *study)
{
	return study->all_gaps;
}

const struct gap *study_gap(const struct study *study, const char *id)
{
	return id && study->gap_by_id ? g_hash_table_lookup(study->gap_by_id, id) : NULL;
}

bool study_omits_gap(const struct study *study, const char *id)
{
	return study->unlisted && g_hash_table_contains(study->unlisted, id);
}

bool study_lacks_gap(const struct study *study, const struct gap *gap)
{
	return !gap->kind->ranks && !study_gap(study, gap->id) && !study_omits_gap(study, gap->id);
}

const double *study_layout(const struct study *study)
{
	return study->layout;
}

const struct measure *study_filter_measure(const char *name)
{
	const struct measure *measure = measure_find(strcmp(name, "ties") == 0 ? "degree" : name);
	return measure && measure->level == LEVEL_INSTITUTION ? measure : NULL;
}

bool study_filter_name(guint i, struct filter_name *name)
{
	static const struct filter_name counts[FILTER_NUMBERS_USUAL] = {
		{ "ties", N_("Ties"), NULL }, { "gaps", N_("Gaps"), NULL }
	};
	guint n;
	const struct measure *table = measures(&n);
	if (i < FILTER_NUMBERS_USUAL) {
		*name = counts[i];
		return true;
	}
	i -= FILTER_NUMBERS_USUAL;
	for (guint k = 0; k < n; k++) {
		if (table[k].level != LEVEL_INSTITUTION || i-- > 0)
			continue;
		*name = (struct filter_name){ table[k].id, table[k].label, table[k].brief };
		return true;
	}
	return false;
}

const struct filter_numbers study_filter_numbers = { study_filter_number, study_filter_name };

bool study_filter_number(void *data, const char *name, int index, double *out)
{
	const struct study *study = data;
	bool gaps = strcmp(name, "gaps") == 0;
	const struct measure *measure = study_filter_measure(name);
	if (!gaps && !measure)
		return false;
	*out = NAN;
	if (index < 0 || (guint)index >= study->net->model->n[KIND_INSTITUTION])
		return true;
	if (!gaps)
		*out = study_of(study, measure, (guint)index);
	else if (study->gaps_of)
		*out = study->gaps_of[index];
	return true;
}
