/*
 * Suggested partnerships: which pairs are looked at, what each part of the score
 * is, and the choice of the best.  Whether such suggestions come true is
 * backtest.c; how the register shows them gaps/g18_suggested.c.
 */
#include "graph/suggest_private.h"

#include "graph/gaps/common.h"
#include "graph/ig.h"

#include <glib/gi18n.h>
#include <math.h>
#include <stddef.h>
#include <string.h>

#define LARGE	400 /* partners or members of a place beyond which no pairs are made of them */
#define OWN	12  /* best of each member that are kept */
#define STRETCH 64  /* members that a thread takes at a time */

#define SETTING(name) offsetof(struct settings, suggest_##name)

/* clang-format off */
static const struct {
	gint64 points; /* unless the network's settings say */
	gsize setting;
	const char *label;
} parts[SUGGEST_PARTS] = {
	[SUGGEST_COMMON] = { 25, SETTING(common), N_("common partners") },
	[SUGGEST_EXCHANGE] = { 20, SETTING(exchange), N_("one offers what the other needs") },
	[SUGGEST_SHARED] = { 20, SETTING(shared), N_("programmes and lines of both") },
	[SUGGEST_SECTORS] = { 10, SETTING(sectors), N_("their sectors meet too little") },
	[SUGGEST_TERRITORY] = { 10, SETTING(territory), N_("their territories or sectors there do not meet") },
	[SUGGEST_EDGE] = { 15, SETTING(edge), N_("one of them is at the edge") },
};
/* clang-format on */

static gint64 points_of(const struct model *model, guint part)
{
	gint64 said = G_STRUCT_MEMBER(gint64, &model->network->settings, parts[part].setting);
	return said == FIELD_NO_INTEGER ? parts[part].points : said;
}

double suggest_weight(const struct model *model, enum suggest_part part)
{
	double all = 0, standard = 0;
	for (guint i = 0; i < SUGGEST_PARTS; i++) {
		all += (double)points_of(model, i);
		standard += (double)parts[i].points;
	}
	/* Points for nothing would rank by chance. */
	return all > 0 ? (double)points_of(model, part) / all
		       : (double)parts[part].points / standard;
}

const char *suggest_label(enum suggest_part part)
{
	return _(parts[part].label);
}

/* One of the best of a member: many are looked at and few chosen, so without its parts. */
struct prospect {
	double score;
	guint a, b;
};

static int by_score(gconstpointer x, gconstpointer y)
{
	const struct prospect *p = x, *q = y;
	if (p->score != q->score)
		return p->score > q->score ? -1 : 1;
	if (p->a != q->a)
		return p->a < q->a ? -1 : 1;
	return p->b < q->b ? -1 : p->b > q->b;
}

/* What all threads look at, and where they put what they found. */
struct hunt {
	const struct suggester *suggester;
	const struct suggest_options *options;
	struct roster roster;
	GPtrArray *programmes; /* programme -> GArray of vertices */
	GMutex lock;
	GArray *all; /* struct prospect */
};

/* One member's pairs: each other member once. */
struct search {
	const struct suggester *suggester;
	const struct hunt *hunt;
	guint *seen;   /* vertex -> the member it was last seen for, plus 1 */
	GArray *found; /* struct prospect, of this member; the best first, unless all are asked
			  for */
	bool *partner; /* of this member */
};

/* What the common partners of the member at hand and another are worth. */
static double common_worth(const struct search *search, guint w)
{
	const struct net *net = search->suggester->net;
	double sum = 0;
	for (guint i = net->start[w]; i < net->start[w + 1]; i++)
		if (search->partner[net->neighbour[i]])
			sum += search->suggester->worth[net->neighbour[i]];
	return sum;
}

/* From both sides, as a need finds its offer from one only. */
static void consider(struct search *search, guint v, guint w)
{
	const GArray *found = search->found;
	struct suggestion scored;
	if (w == v || search->seen[w] == v + 1)
		return;
	search->seen[w] = v + 1;
	if (search->partner[w])
		return;
	suggester_score_with(search->suggester, MIN(v, w), MAX(v, w), common_worth(search, w),
			     &scored);
	struct prospect one = { scored.score, scored.a, scored.b };
	if (search->hunt->options->member >= 0)
		g_array_append_val(search->found, one);
	else if (found->len < OWN ||
		 one.score >= g_array_index(found, struct prospect, OWN - 1).score)
		keep_best(search->found, OWN, &one, by_score);
}

static void consider_all(struct search *search, guint v, const guint *of, guint n)
{
	for (guint i = 0; i < n && n <= LARGE; i++)
		consider(search, v, of[i]);
}

static void look_around(struct search *search, guint v)
{
	const struct suggester *suggester = search->suggester;
	const struct net *net = suggester->net;
	const struct roles *roles = suggester->study->roles;
	const struct items *needs = &net_institution(net, v)->needs;
	guint own = net->institution[v];
	for (guint i = net->start[v]; i < net->start[v + 1]; i++) {
		guint w = net->neighbour[i];
		consider_all(search, v, net->neighbour + net->start[w], net_degree(net, w));
	}
	for (guint i = roles->start[own]; i < roles->start[own + 1]; i++) {
		const GArray *there =
			g_ptr_array_index(search->hunt->programmes, roles->programme[i]);
		if (suggester_counts(suggester, roles->programme[i]))
			consider_all(search, v, (const guint *)(void *)there->data, there->len);
	}
	for (guint i = suggester->start[v]; i < suggester->start[v + 1]; i++) {
		guint place = suggester->places[i], from = search->hunt->roster.start[place];
		consider_all(search, v, search->hunt->roster.of + from,
			     search->hunt->roster.start[place + 1] - from);
	}
	for (guint i = 0; i < needs->n; i++) {
		const char *capacity = ITEMS(struct exchange, *needs)[i].capacity;
		int c = capacity ? model_term_index(net->model, VOCABULARY_CAPACITIES, capacity)
				 : -1;
		for (guint k = 0; c >= 0 && k < MIN(suggester->hosts[c]->len, LARGE); k++) {
			/* Behind its own place in the list, so that not all ask the first. */
			guint at = (v + k) % suggester->hosts[c]->len;
			consider(search, v, g_array_index(suggester->hosts[c], guint, at));
		}
	}
}

static void hunt_init(struct hunt *hunt, const struct suggester *suggester,
		      const struct suggest_options *options)
{
	const struct net *net = suggester->net;
	const struct roles *roles = suggester->study->roles;
	*hunt = (struct hunt){ .suggester = suggester, .options = options };
	g_mutex_init(&hunt->lock);
	roster_init(&hunt->roster, suggester->study);
	hunt->all = g_array_new(FALSE, FALSE, sizeof(struct prospect));
	hunt->programmes = g_ptr_array_new_with_free_func((GDestroyNotify)g_array_unref);
	for (guint p = 0; p < net->model->n[KIND_PROGRAMME]; p++)
		g_ptr_array_add(hunt->programmes, g_array_new(FALSE, FALSE, sizeof(guint)));
	for (guint v = 0; v < net->n; v++)
		for (guint i = roles->start[net->institution[v]];
		     i < roles->start[net->institution[v] + 1]; i++)
			g_array_append_val(
				(GArray *)g_ptr_array_index(hunt->programmes, roles->programme[i]),
				v);
}

static void hunt_release(struct hunt *hunt)
{
	g_mutex_clear(&hunt->lock);
	roster_release(&hunt->roster);
	g_array_unref(hunt->all);
	g_ptr_array_unref(hunt->programmes);
}

static gpointer search_open(gpointer data)
{
	struct search *search = g_new0(struct search, 1);
	search->hunt = data;
	search->suggester = search->hunt->suggester;
	search->seen = g_new0(guint, search->suggester->net->n + 1);
	search->found = g_array_new(FALSE, FALSE, sizeof(struct prospect));
	search->partner = g_new0(bool, search->suggester->net->n + 1);
	return search;
}

static void search_close(gpointer data, gpointer own)
{
	struct search *search = own;
	(void)data;
	g_free(search->seen);
	g_free(search->partner);
	g_array_unref(search->found);
	g_free(search);
}

static void mark_partners(const struct net *net, guint v, bool on, bool *partner)
{
	for (guint i = net->start[v]; i < net->start[v + 1]; i++)
		partner[net->neighbour[i]] = on;
}

/* The best of a stretch of members; in whatever order, they are sorted at the end. */
static void search_stretch(gpointer data, gpointer own, guint unit, struct watch *watch)
{
	struct hunt *hunt = data;
	struct search *search = own;
	guint end = MIN((unit + 1) * STRETCH, search->suggester->net->n);
	for (guint v = unit * STRETCH; v < end && !watch_stop(watch); v++) {
		int member = hunt->options->member;
		if (member >= 0 && (int)v != member)
			continue;
		g_array_set_size(search->found, 0);
		mark_partners(search->suggester->net, v, true, search->partner);
		look_around(search, v);
		mark_partners(search->suggester->net, v, false, search->partner);
		g_mutex_lock(&hunt->lock);
		g_array_append_vals(hunt->all, search->found->data, search->found->len);
		g_mutex_unlock(&hunt->lock);
	}
}

/* Proposed already, or dismissed, put off or closed as a gap: no need to say it again.  By
 * vertices. */
static bool is_settled(const struct net *net, guint a, guint b)
{
	const struct model *model = net->model;
	const struct tie *tie = model_tie(model, net->institution[a], net->institution[b]);
	struct gap gap = { 0 };
	if (tie && tie->state == TIE_PROPOSED)
		return true;
	if (model->n[KIND_GAPS] == 0)
		return false;
	g_autofree char *id = g_strdup_printf("G18:%s:%s", net_institution(net, a)->base.id,
					      net_institution(net, b)->base.id);
	const struct gap_state *state = gap_state_find(model, id);
	gap_stand(&gap, state, model->today);
	g_free(gap.note);
	return gap.hidden;
}

/* Puts what stands at a place below whichever are better, in a heap with the best on top. */
static void sift(struct prospect *heap, guint n, guint at)
{
	struct prospect one = heap[at];
	for (guint next; (next = 2 * at + 1) < n; at = next) {
		if (next + 1 < n && by_score(&heap[next + 1], &heap[next]) < 0)
			next++;
		if (by_score(&one, &heap[next]) <= 0)
			break;
		heap[at] = heap[next];
	}
	heap[at] = one;
}

/* No more than what is chosen is put in order, and in place: there are millions. */
static GArray *choose(const struct suggester *suggester, GArray *all,
		      const struct suggest_options *options)
{
	const struct net *net = suggester->net;
	struct prospect *heap = (struct prospect *)(void *)all->data, last = { 0 };
	GArray *out = g_array_new(FALSE, FALSE, sizeof(struct suggestion));
	g_autofree guint *used = g_new0(guint, net->n + 1);
	bool now = !date_is_set(suggester->before);
	for (guint i = all->len / 2; i-- > 0;)
		sift(heap, all->len, i);
	for (guint left = all->len; left > 0 && out->len < options->limit; left--) {
		struct prospect one = heap[0];
		struct suggestion chosen;
		bool twice = last.a == one.a && last.b == one.b;
		bool used_up = options->member < 0 && (used[one.a] >= options->per_member ||
						       used[one.b] >= options->per_member);
		heap[0] = heap[left - 1];
		sift(heap, left - 1, 0);
		last = one;
		if (twice || used_up || (now && is_settled(net, one.a, one.b)))
			continue;
		used[one.a]++;
		used[one.b]++;
		suggester_score(suggester, one.a, one.b, &chosen);
		g_array_append_val(out, chosen);
	}
	return out;
}

GArray *suggester_list(const struct suggester *suggester, const struct suggest_options *options,
		       GError **error)
{
	struct kernel_run run = { .cancel = suggester->study->cancel };
	struct hunt hunt;
	hunt_init(&hunt, suggester, options);
	const struct crew crew = { .units = (suggester->net->n + STRETCH - 1) / STRETCH,
				   .task = &hunt,
				   .open = search_open,
				   .work = search_stretch,
				   .close = search_close };
	GArray *out = crew_run(&crew, &run, error) ? choose(suggester, hunt.all, options) : NULL;
	hunt_release(&hunt);
	return out;
}

void suggestion_hand_over(const struct net *net, struct suggestion *one)
{
	int introducer = common_introducer(net, one->a, one->b);
	one->introducer = introducer < 0 ? -1 : (int)net->institution[introducer];
	one->a = net->institution[one->a];
	one->b = net->institution[one->b];
}

GArray *study_suggest(struct study *study, const struct suggest_options *options, GError **error)
{
	const struct net *net = study->net;
	struct suggest_options own = *options;
	struct suggester suggester;
	if (options->member >= 0)
		own.member = net->vertex[options->member];
	if (!suggester_init(&suggester, study, (struct date){ 0 }, error))
		return NULL;
	/* A member that the filter leaves out has none. */
	GArray *found = own.member < 0 && options->member >= 0
				? g_array_new(FALSE, FALSE, sizeof(struct suggestion))
				: suggester_list(&suggester, &own, error);
	suggester_release(&suggester);
	for (guint i = 0; found && i < found->len; i++)
		suggestion_hand_over(net, &g_array_index(found, struct suggestion, i));
	return found;
}

static char *part_text(struct study *study, const struct suggestion *one, enum suggest_part part)
{
	const struct net *net = study->net;
	guint a = (guint)net->vertex[one->a], b = (guint)net->vertex[one->b];
	guint common = 0;
	if (part == SUGGEST_SHARED)
		return explain_pair(study, a, b);
	if (part == SUGGEST_TERRITORY) {
		if (one->place < 0)
			return g_strdup(_("their territories have no tie"));
		g_autofree char *name = territory_name(study, (guint)one->place);
		return g_strdup_printf(_("their sectors do not meet in %s"), name);
	}
	if (part != SUGGEST_COMMON)
		return g_strdup(suggest_label(part));
	for (guint i = net->start[a]; i < net->start[a + 1]; i++)
		common += net_has_edge(net, net->neighbour[i], b);
	return g_strdup_printf(ngettext("%u common partner", "%u common partners", common), common);
}

char *suggestion_text(struct study *study, const struct suggestion *suggestion)
{
	GString *text = g_string_new(NULL);
	bool told[SUGGEST_PARTS] = { false };
	double weight[SUGGEST_PARTS];
	for (guint i = 0; i < SUGGEST_PARTS; i++)
		weight[i] = suggest_weight(study->net->model, (enum suggest_part)i);
	for (guint round = 0; round < 3; round++) {
		int best = -1;
		for (int i = 0; i < SUGGEST_PARTS; i++)
			if (!told[i] && suggestion->part[i] > .2 &&
			    (best < 0 || weight[i] * suggestion->part[i] >
						 weight[best] * suggestion->part[best]))
				best = i;
		if (best < 0)
			break;
		told[best] = true;
		g_autofree char *part = part_text(study, suggestion, (enum suggest_part)best);
		g_string_append_printf(text, "%s%s", text->len > 0 ? "; " : "", part);
	}
	if (text->len == 0)
		g_string_append(text, _("a little of everything"));
	return g_string_free(text, FALSE);
}
