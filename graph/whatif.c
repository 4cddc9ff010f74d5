/*
 * What-if: the next generation that a few steps would lead to, computed like any
 * other and compared with the present one.  Saves nothing.
 */
#include "graph/whatif.h"

#include "base/errors.h"
#include "graph/funding.h"
#include "graph/work.h"

#include <glib/gi18n.h>
#include <math.h>
#include <string.h>

#define MOVED	.01  /* of a severity, to be worth a line */
#define TELLING .02  /* of a measure, where the usual digits do not show it */
#define NOISE	1e-9 /* of a measure, by the order in which it is added up */

static bool is_known(const struct model *model, enum kind kind, const char *id, GError **error)
{
	if (id && model_find(model, kind, id) >= 0)
		return true;
	g_set_error(error, TELAR_ERROR, TELAR_ERROR_NO_INPUT, _("There is no %s \"%s\""),
		    record_type(kind)->name, id ? id : "");
	return false;
}

/* The model with `partners` instead of those that an institution declares. */
static struct model *with_partners(const struct model *model, const struct institution *row,
				   const struct partnership *partners, guint n)
{
	struct pool *pool = pool_new();
	struct institution *copy = pool_alloc(pool, sizeof *copy);
	/* Texts are those of the present model, whose memory the next one keeps. */
	*copy = *row;
	copy->partners.at = pool_alloc(pool, MAX(n, 1) * sizeof *partners);
	copy->partners.n = n;
	if (n > 0)
		memcpy(copy->partners.at, partners, n * sizeof *partners);
	struct model *next = model_with(model, KIND_INSTITUTION, row->base.id, copy, pool);
	pool_unref(pool);
	return next;
}

/* The model with one partnership more, as `from` says. */
static struct model *declare(const struct model *model, guint from, guint about)
{
	const struct institution *row = model_institution(model, from);
	guint n = row->partners.n;
	g_autofree struct partnership *partners = g_new0(struct partnership, n + 1);
	if (n > 0)
		memcpy(partners, row->partners.at, n * sizeof *partners);
	record_clear(&partnership_type, &partners[n]);
	partners[n].with = model_institution(model, about)->base.id;
	partners[n].intensity = "cooperation";
	partners[n].status = "active";
	return with_partners(model, row, partners, n + 1);
}

static struct model *add_tie(const struct model *model, const struct whatif_step *step,
			     GError **error)
{
	if (!is_known(model, KIND_INSTITUTION, step->a, error) ||
	    !is_known(model, KIND_INSTITUTION, step->b, error))
		return NULL;
	int a = model_find(model, KIND_INSTITUTION, step->a);
	int b = model_find(model, KIND_INSTITUTION, step->b);
	if (a == b) {
		g_set_error(error, TELAR_ERROR, TELAR_ERROR_USAGE,
			    _("An institution is not its own partner: %s"), step->a);
		return NULL;
	}
	const struct tie *tie = model_tie(model, (guint)a, (guint)b);
	if (tie && tie_counts(tie)) {
		g_set_error(error, TELAR_ERROR, TELAR_ERROR_USAGE,
			    tie->ended ? _("%s and %s have worked together, and what has ended "
					   "counts here as well")
				       : _("%s and %s work together already"),
			    step->a, step->b);
		return NULL;
	}
	struct model *next = declare(model, (guint)a, (guint)b);
	if (!model->confirmed_only)
		return next;
	/* Where only what both say counts, both say it. */
	struct model *both = declare(next, (guint)b, (guint)a);
	model_unref(next);
	return both;
}

static struct model *join(const struct model *model, const struct whatif_step *step, GError **error)
{
	const struct institution *row;
	struct institution *copy;
	const char **places;
	struct model *next;
	struct pool *pool;
	guint n;

	if (!is_known(model, KIND_INSTITUTION, step->a, error) ||
	    !is_known(model, KIND_TERRITORY, step->b, error))
		return NULL;
	row = model_get(model, KIND_INSTITUTION, step->a);
	if (list_has(row->territories, step->b)) {
		g_set_error(error, TELAR_ERROR, TELAR_ERROR_USAGE, _("%s acts in %s already"),
			    step->a, step->b);
		return NULL;
	}
	pool = pool_new();
	copy = pool_alloc(pool, sizeof *copy);
	n = list_length(row->territories);
	places = pool_alloc(pool, (n + 2) * sizeof *places);
	*copy = *row;
	if (n > 0)
		memcpy(places, row->territories, n * sizeof *places);
	places[n] = pool_text(pool, step->b);
	places[n + 1] = NULL;
	copy->territories = places;
	next = model_with(model, KIND_INSTITUTION, step->a, copy, pool);
	pool_unref(pool);
	return next;
}

static struct model *leave(const struct model *model, const struct whatif_step *step,
			   GError **error)
{
	if (!is_known(model, KIND_INSTITUTION, step->a, error))
		return NULL;
	struct pool *pool = pool_new();
	struct model *next = model_with(model, KIND_INSTITUTION, step->a, NULL, pool);
	pool_unref(pool);
	return next;
}

/* Whether a partnership rests on `programme` and on nothing else that still holds then. */
static bool falls(const struct model *model, const struct partnership *says, const char *programme,
		  struct date date)
{
	const char *const *basis = partnership_details(says)->basis;
	if (!list_has(basis, programme) || partnership_outlasts(says, date))
		return false;
	for (guint i = 0; basis[i]; i++) {
		const struct programme *other = model_get(model, KIND_PROGRAMME, basis[i]);
		if (strcmp(basis[i], programme) == 0)
			continue;
		if (!other || !date_is_set(other->end) ||
		    date_compare(date_last_day(other->end), date) >= 0)
			return false;
	}
	return true;
}

static struct model *without_partners(const struct model *model,
				      const struct institution *institution, const char *programme,
				      struct date date)
{
	const struct partnership *rows = ITEMS(struct partnership, institution->partners);
	g_autofree struct partnership *kept =
		g_new0(struct partnership, institution->partners.n + 1);
	guint n = 0;
	for (guint i = 0; i < institution->partners.n; i++)
		if (!falls(model, &rows[i], programme, date))
			kept[n++] = rows[i];
	return with_partners(model, institution, kept, n);
}

static struct model *end(const struct model *model, const struct whatif_step *step, GError **error)
{
	struct date date = date_is_set(step->date) ? step->date : model->today;
	if (!is_known(model, KIND_PROGRAMME, step->a, error))
		return NULL;
	struct model *next = model_ref(model);
	for (guint i = 0; next && i < model->n[KIND_INSTITUTION]; i++) {
		const struct institution *row = model_institution(model, i);
		bool concerned = false;
		for (guint k = 0; k < row->partners.n && !concerned; k++)
			concerned = falls(model, &ITEMS(struct partnership, row->partners)[k],
					  step->a, date);
		if (!concerned)
			continue;
		struct model *former = next;
		next = without_partners(former, row, step->a, date);
		model_unref(former);
	}
	return next;
}

static struct model *take_steps(const struct model *model, const struct whatif_step *steps, guint n,
				GError **error)
{
	struct model *next = model_ref(model);
	for (guint i = 0; next && i < n; i++) {
		struct model *former = next;
		next = steps[i].type == WHATIF_TIE     ? add_tie(former, &steps[i], error)
		       : steps[i].type == WHATIF_JOIN  ? join(former, &steps[i], error)
		       : steps[i].type == WHATIF_LEAVE ? leave(former, &steps[i], error)
						       : end(former, &steps[i], error);
		model_unref(former);
	}
	return next;
}

/* The circles of before with their names, for those who are still there. */
static void keep_circles(struct study *after, const struct study *before)
{
	const struct net *net = after->net;
	guint circles = 0;
	if (!before->community)
		return;
	g_autofree int *was = net_vertices_in(net, before->net);
	for (guint v = 0; v < before->net->n; v++)
		circles = MAX(circles, before->community[v] + 1);
	if (before->hub) {
		after->hub = work_alloc(circles + 1, sizeof *after->hub);
		memset(after->hub, 0xff, (circles + 1) * sizeof *after->hub);
	}
	after->community = work_alloc(net->n, sizeof *after->community);
	after->modularity = before->modularity;
	for (guint v = 0; v < net->n; v++) {
		guint circle = was[v] < 0 ? 0 : before->community[was[v]];
		after->community[v] = circle;
		if (after->hub && was[v] >= 0 && before->hub[circle] == (guint)was[v])
			after->hub[circle] = v;
	}
}

static bool is_held(const struct measure *measure)
{
	return strcmp(measure->id, "communities") == 0 || strcmp(measure->id, "modularity") == 0;
}

int whatif_better(const struct measure *measure, double change)
{
	if (isnan(change) || change == 0 || measure->direction == NEITHER)
		return 0;
	return (change > 0) == (measure->direction == MORE_IS_BETTER) ? 1 : -1;
}

static void compare_measures(struct scorecard *card)
{
	guint n;
	const struct measure *table = measures(&n);
	for (guint i = 0; i < n; i++) {
		if (table[i].level != LEVEL_NETWORK || (card->after->former && is_held(&table[i])))
			continue;
		struct whatif_row row = { &table[i], study_value(card->before, &table[i]),
					  study_value(card->after, &table[i]), false, 0 };
		g_autofree char *before = measure_format(row.measure, row.before);
		g_autofree char *after = measure_format(row.measure, row.after);
		double change = row.after - row.before;
		if (isnan(change) ? strcmp(before, after) == 0
				  : fabs(change) <= NOISE * fmax(1, fabs(row.before)))
			continue;
		row.telling = strcmp(before, after) != 0 ||
			      fabs(change) >= TELLING * fabs(row.before) || row.measure->part;
		row.better = whatif_better(row.measure, change);
		g_array_append_val(card->rows, row);
	}
}

static void compare_gaps(struct scorecard *card)
{
	const GPtrArray *before = study_gaps(card->before), *after = study_gaps(card->after);
	for (guint i = 0; i < before->len; i++) {
		const struct gap *gap = before->pdata[i];
		const struct gap *then = study_gap(card->after, gap->id);
		if (study_lacks_gap(card->after, gap))
			g_ptr_array_add(card->closed, (void *)gap);
		else if (!then || gap->kind->ranks)
			continue;
		else if (then->severity <= gap->severity - MOVED)
			g_ptr_array_add(card->eased, (void *)then);
		else if (then->severity >= gap->severity + MOVED)
			g_ptr_array_add(card->worsened, (void *)then);
	}
	for (guint i = 0; i < after->len; i++) {
		const struct gap *gap = after->pdata[i];
		if (study_lacks_gap(card->before, gap))
			g_ptr_array_add(card->opened, (void *)gap);
	}
}

/* Ties that both networks know; `former`: the vertices before of those after. */
static guint ties_kept(const struct net *before, const struct net *after, const int *former)
{
	guint kept = 0;
	for (guint e = 0; e < after->m; e++) {
		int a = former[after->from[e]], b = former[after->to[e]];
		kept += a >= 0 && b >= 0 && net_has_edge(before, (guint)a, (guint)b);
	}
	return kept;
}

/*
 * Who is no longer in the largest part that is left of the one they were in, or is alone
 * now.  Where several are largest, none of them is the rest: all are cut off.
 */
static void find_cut_off(struct scorecard *card, const int *former)
{
	const struct components *was = card->before->components, *is = card->after->components;
	const struct net *net = card->after->net;
	if (!was || !is)
		return;
	/* Parts are numbered by falling size. */
	g_autofree guint *largest = g_new(guint, was->n + 1);
	g_autofree bool *several = g_new0(bool, was->n + 1);
	for (guint c = 0; c < was->n; c++)
		largest[c] = G_MAXUINT;
	for (guint v = 0; v < net->n; v++) {
		if (former[v] < 0)
			continue;
		guint part = was->of[former[v]];
		largest[part] = MIN(largest[part], is->of[v]);
	}
	for (guint v = 0; v < net->n; v++) {
		guint part = former[v] < 0 ? 0 : was->of[former[v]];
		if (former[v] >= 0 && is->of[v] != largest[part])
			several[part] |= is->sizes[is->of[v]] == is->sizes[largest[part]];
	}
	for (guint v = 0; v < net->n; v++) {
		guint part = former[v] < 0 ? 0 : was->of[former[v]];
		if (former[v] >= 0 && was->sizes[part] > 1 &&
		    (is->of[v] != largest[part] || several[part] || is->sizes[is->of[v]] == 1))
			g_ptr_array_add(card->cut_off, (void *)net_institution(net, v));
	}
}

/* Whether `id` is one of the members before and not after. */
static bool is_gone(const struct scorecard *card, const char *id)
{
	return id && model_find(card->before->net->model, KIND_INSTITUTION, id) >= 0 &&
	       model_find(card->after->net->model, KIND_INSTITUTION, id) < 0;
}

char *whatif_loss_say(const struct whatif_loss *loss)
{
	const char *name = loss->programme->base.name;

	if (loss->role == ROLE_DONOR)
		return g_strdup_printf(_("%s: it loses a donor"), name);
	if (loss->left == 0)
		return g_strdup_printf(loss->role == ROLE_LEAD ? _("%s: nobody leads it")
							       : _("%s: nobody is left in it"),
				       name);
	if (loss->role == ROLE_LEAD)
		return g_strdup_printf(ngettext("%s: nobody leads it; %u participant stays",
						"%s: nobody leads it; %u participants stay",
						loss->left),
				       name, loss->left);
	return g_strdup_printf(ngettext("%s: it loses a participant; %u stays",
					"%s: it loses a participant; %u stay", loss->left),
			       name, loss->left);
}

static bool loss_of(const struct scorecard *card, const struct programme *programme,
		    struct whatif_loss *out)
{
	const struct participant *rows = ITEMS(struct participant, programme->participants);
	g_autoptr(GHashTable) stay = g_hash_table_new(g_str_hash, g_str_equal);
	const struct model *model = card->before->net->model;
	g_autoptr(GArray) payers = programme_payers(model, programme);
	bool lead = is_gone(card, programme->lead), donor = false, participant = false;

	*out = (struct whatif_loss){ .programme = programme };
	for (guint i = 0; i < payers->len; i++)
		donor = donor ||
			is_gone(card,
				model_institution(model, g_array_index(payers, guint, i))->base.id);
	for (guint i = 0; i < programme->participants.n; i++) {
		bool gone = is_gone(card, rows[i].institution);

		participant = participant || gone;
		if (!gone && rows[i].institution)
			g_hash_table_add(stay, (void *)rows[i].institution);
	}
	out->left = g_hash_table_size(stay);
	out->role = lead ? ROLE_LEAD : donor ? ROLE_DONOR : ROLE_PARTICIPANT;
	return lead || donor || participant;
}

/* The programmes that still run and lose somebody. */
static void find_losses(struct scorecard *card)
{
	const struct model *model = card->before->net->model;

	if (card->members_lost == 0)
		return;
	for (enum whatif_role role = ROLE_LEAD; role <= ROLE_PARTICIPANT; role++)
		for (guint i = 0; i < model->n[KIND_PROGRAMME]; i++) {
			const struct programme *programme = model_programme(model, i);
			struct whatif_loss loss;
			bool over = date_is_set(programme->end) &&
				    date_compare(date_last_day(programme->end), model->today) < 0;

			if (!over && loss_of(card, programme, &loss) && loss.role == role)
				g_array_append_val(card->losses, loss);
		}
}

struct scorecard *scorecard_new(struct study *before, struct study *after)
{
	struct scorecard *card = g_new0(struct scorecard, 1);
	g_autofree int *former = net_vertices_in(after->net, before->net);
	guint kept = ties_kept(before->net, after->net, former);
	card->refs = 1;
	card->before = study_ref(before);
	card->after = study_ref(after);
	card->rows = g_array_new(FALSE, FALSE, sizeof(struct whatif_row));
	card->closed = g_ptr_array_new();
	card->opened = g_ptr_array_new();
	card->eased = g_ptr_array_new();
	card->worsened = g_ptr_array_new();
	card->ties_added = after->net->m - kept;
	card->ties_lost = before->net->m - kept;
	card->members_lost = before->net->n > after->net->n ? before->net->n - after->net->n : 0;
	card->cut_off = g_ptr_array_new();
	card->losses = g_array_new(FALSE, FALSE, sizeof(struct whatif_loss));
	card->aims = g_ptr_array_new();
	compare_measures(card);
	compare_gaps(card);
	find_cut_off(card, former);
	find_losses(card);
	return card;
}

static int step_end(const struct model *model, const struct whatif_step *step, bool second)
{
	return step->type == WHATIF_END || (second && step->type != WHATIF_TIE)
		       ? -1
		       : model_find(model, KIND_INSTITUTION, second ? step->b : step->a);
}

/* Whether a gap names one of those who are in a step. */
static bool touches(const struct model *model, const struct gap *gap,
		    const struct whatif_step *step)
{
	int a = step_end(model, step, false), b = step_end(model, step, true);
	for (guint i = 0; i < gap->institutions->len; i++) {
		int named = (int)g_array_index(gap->institutions, guint, i);
		if (named == a || named == b)
			return true;
	}
	return false;
}

/* Whether a step is what a gap proposes first. */
static bool is_aim(const struct model *model, const struct gap *gap, const struct whatif_step *step)
{
	if (gap->kind->ranks || gap->candidates->len == 0)
		return false;
	const struct candidate *first = gap->candidates->pdata[0];
	int a = step_end(model, step, false), b = step_end(model, step, true);
	if (step->type == WHATIF_JOIN)
		return gap->kind->invites && first->a == a &&
		       gap->territory == model_find(model, KIND_TERRITORY, step->b);
	return step->type == WHATIF_TIE &&
	       ((first->a == a && first->b == b) || (first->a == b && first->b == a));
}

static void find_aims(struct scorecard *card, const struct whatif_step *step)
{
	struct study *const studies[] = { card->before, card->after };
	for (guint s = 0; s < G_N_ELEMENTS(studies); s++) {
		const GPtrArray *gaps = study_gaps(studies[s]);
		const struct model *model = studies[s]->net->model;
		for (guint i = 0; i < gaps->len; i++) {
			const struct gap *gap = gaps->pdata[i];
			card->held |= gap->kind->drawn && touches(model, gap, step);
			if (s == 0 && is_aim(model, gap, step) &&
			    !g_ptr_array_find(card->aims, gap, NULL))
				g_ptr_array_add(card->aims, (void *)gap);
		}
	}
	card->tries_ties |= step->type == WHATIF_TIE;
}

struct scorecard *whatif_compute(struct study *before, const struct whatif_step *steps, guint n,
				 GCancellable *cancel, GError **error)
{
	const guint wanted = STUDY_NETWORK | STUDY_GAPS;
	struct scorecard *card = NULL;
	struct model *model = take_steps(before->net->model, steps, n, error);
	if (!model)
		return NULL;
	struct study *after = study_new(model, NULL);
	keep_circles(after, before);
	after->former = before;
	if (study_has(before, wanted) && study_compute(after, wanted, cancel, error))
		card = scorecard_new(before, after);
	for (guint i = 0; card && i < n; i++)
		find_aims(card, &steps[i]);
	after->former = NULL;
	study_unref(after);
	model_unref(model);
	return card;
}

struct scorecard *scorecard_ref(struct scorecard *scorecard)
{
	g_atomic_int_inc(&scorecard->refs);
	return scorecard;
}

void scorecard_unref(struct scorecard *scorecard)
{
	if (!scorecard || !g_atomic_int_dec_and_test(&scorecard->refs))
		return;
	study_unref(scorecard->before);
	study_unref(scorecard->after);
	g_array_unref(scorecard->rows);
	g_ptr_array_unref(scorecard->closed);
	g_ptr_array_unref(scorecard->opened);
	g_ptr_array_unref(scorecard->eased);
	g_ptr_array_unref(scorecard->worsened);
	g_ptr_array_unref(scorecard->cut_off);
	g_array_unref(scorecard->losses);
	g_ptr_array_unref(scorecard->aims);
	g_free(scorecard);
}
