/*
 * Looks for gaps of all kinds, several kinds at once.  What they share of the study is made
 * before, by the thread that computes, and only read then; kinds that ask for more have their
 * turn before the others, alone.  What a kind looks for is in its own file.
 */
#include "base/cancel.h"
#include "graph/ahead.h"
#include "graph/gaps/gaps.h"

#define FEW 100 /* ties, up to which all is found sooner than a thread is begun */

struct search {
	struct study *study;
	const struct gap_kind *kinds;
	guint n;
	GPtrArray **found; /* n: of each kind */
	GError **errors;   /* n: why a kind failed, or NULL */
};

static bool find_kind(const struct search *search, guint i, GError **error)
{
	const struct gap_kind *kind = &search->kinds[i];
	if (search->study->former && kind->ranks)
		return true; /* no scorecard tells of them, and they are a quarter of it */
	return !cancel_asked(search->study->cancel, error) &&
	       kind->find(search->study, kind, search->found[i], error);
}

static bool find_alone(const struct search *search, GError **error)
{
	for (guint i = 0; i < search->n; i++)
		if (search->kinds[i].alone && !find_kind(search, i, error))
			return false;
	return true;
}

/* All that the kinds ask for which are looked for beside each other; igraph is asked here. */
static bool prepare(struct study *study, GError **error)
{
	study_catch_up(study);
	study_roles(study);
	study_traits(study);
	study_mixing(study, BY_COUNTRY);
	return study_components(study, error) && study_cuts(study, error) &&
	       (study->net->m == 0 || study_hubs(study, error)) &&
	       study_chance(study, CHANCE_SECTORS, error) &&
	       study_chance(study, CHANCE_COUNTRIES, error) &&
	       study_chance(study, CHANCE_TERRITORY_SECTORS, error);
}

static void work(gpointer task, gpointer own, guint unit, struct watch *watch)
{
	const struct search *search = task;
	(void)own;
	(void)watch;
	if (!search->kinds[unit].alone)
		(void)find_kind(search, unit, &search->errors[unit]);
}

static bool find_beside(struct search *search, GError **error)
{
	struct study *study = search->study;
	const struct crew crew = { .units = search->n, .task = search, .work = work };
	struct kernel_run run = { .cancel = study->cancel };
	if (study->net->m < FEW || study_is_large(study))
		run.threads = 1;
	study->read_only = true;
	bool ok = crew_run(&crew, &run, error);
	study->read_only = false;
	for (guint i = 0; ok && i < search->n; i++) {
		ok = !search->errors[i];
		if (!ok)
			g_propagate_error(error, g_steal_pointer(&search->errors[i]));
	}
	return ok;
}

bool gaps_find(struct study *study, GPtrArray *out, GError **error)
{
	struct search search = { .study = study };
	search.kinds = gap_kinds(&search.n);
	search.found = g_new0(GPtrArray *, search.n);
	search.errors = g_new0(GError *, search.n);
	for (guint i = 0; i < search.n; i++)
		search.found[i] = g_ptr_array_new_with_free_func((GDestroyNotify)gap_free);
	bool ok =
		find_alone(&search, error) && prepare(study, error) && find_beside(&search, error);
	for (guint i = 0; i < search.n; i++) {
		if (ok)
			g_ptr_array_extend_and_steal(out, search.found[i]);
		else
			g_ptr_array_unref(search.found[i]);
		g_clear_error(&search.errors[i]);
	}
	g_free(search.found);
	g_free(search.errors);
	return ok;
}
