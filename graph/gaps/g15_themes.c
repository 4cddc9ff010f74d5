/*
 * G15: what is on an agenda and nobody works on it: thematic lines, sustainable
 * development goals, target groups, one finding each with all the territories
 * concerned; and lines that several territories share without a single tie between
 * them.  Where no territory keeps an agenda, lines of the network's own vocabulary
 * that nobody works on at all, once anybody states lines.
 *
 * Severity: .5 x gap_weight(territories concerned x 3); .4 x gap_weight(pairs of
 * territories) for a shared line; .2 for a line without anybody.
 */
#include "graph/gaps/common.h"

#include <glib/gi18n.h>
#include <string.h>

#define OFFERS 4
#define NAMES  6

enum theme { THEME_LINE, THEME_SDG, THEME_GROUP };

struct survey {
	struct study *study;
	struct roster roster;
	guint groups;
	GHashTable *wanted[3]; /* word -> GArray of groups that have it on their agenda */
};

static const struct territory *territory_at(const struct survey *survey, guint group)
{
	int index = group_territory(survey->study, group);
	return index < 0 ? NULL : model_territory(survey->study->net->model, (guint)index);
}

static void want(struct survey *survey, enum theme theme, const char *const *words, guint group)
{
	for (guint i = 0; words && words[i]; i++) {
		GArray *groups = g_hash_table_lookup(survey->wanted[theme], words[i]);
		if (!groups) {
			groups = g_array_new(FALSE, FALSE, sizeof(guint));
			g_hash_table_insert(survey->wanted[theme], (gpointer)(guintptr)words[i],
					    groups);
		}
		if (groups->len == 0 || g_array_index(groups, guint, groups->len - 1) != group)
			g_array_append_val(groups, group);
	}
}

static void survey_init(struct survey *survey, struct study *study)
{
	survey->study = study;
	survey->groups = study->partitions[BY_TERRITORY]->n_groups;
	roster_init(&survey->roster, study);
	for (guint i = 0; i < 3; i++)
		survey->wanted[i] = g_hash_table_new_full(g_str_hash, g_str_equal, NULL,
							  (GDestroyNotify)g_array_unref);
	for (guint g = 0; g < survey->groups; g++) {
		const struct territory *territory = territory_at(survey, g);
		if (!territory)
			continue;
		want(survey, THEME_LINE, territory->agenda.lines, g);
		want(survey, THEME_GROUP, territory->agenda.target_groups, g);
		for (guint i = 0; i < territory->agenda.items.n; i++) {
			const struct agenda_item *item =
				&ITEMS(struct agenda_item, territory->agenda.items)[i];
			if (g_strcmp0(item->status, "dropped") != 0)
				want(survey, THEME_SDG, item->sdgs, g);
		}
	}
}

static void survey_release(struct survey *survey)
{
	roster_release(&survey->roster);
	for (guint i = 0; i < 3; i++)
		g_hash_table_unref(survey->wanted[i]);
}

static bool member_works(const struct institution *row, enum theme theme, const char *word)
{
	const struct institution_details *details = institution_details(row);
	return list_has(theme == THEME_LINE  ? row->lines
			: theme == THEME_SDG ? details->sdgs
					     : details->target_groups,
			word);
}

/* A programme or resource of these that is about it; programmes that are over do not count. */
static bool made_there(const struct survey *survey, enum theme theme, const char *word,
		       const char *territory, const bool *here)
{
	const struct model *model = survey->study->net->model;
	for (guint p = 0; theme != THEME_GROUP && p < model->n[KIND_PROGRAMME]; p++) {
		const struct programme *row = model_programme(model, p);
		int lead = row->lead ? model_find(model, KIND_INSTITUTION, row->lead) : -1;
		if (!list_has(theme == THEME_LINE ? row->lines : row->sdgs, word) ||
		    date_is_past(row->end, model->today))
			continue;
		if (!territory || list_has(row->territories, territory) ||
		    (lead >= 0 && here[lead]))
			return true;
	}
	for (guint r = 0; theme == THEME_LINE && r < model->n[KIND_RESOURCE]; r++) {
		const struct resource *row = model->records[KIND_RESOURCE][r];
		int owner = row->owner ? model_find(model, KIND_INSTITUTION, row->owner) : -1;
		if (list_has(row->lines, word) && (!territory || (owner >= 0 && here[owner])))
			return true;
	}
	return false;
}

static bool worked_on_in(const struct survey *survey, enum theme theme, const char *word,
			 guint group)
{
	const struct net *net = survey->study->net;
	g_autofree bool *here = g_new0(bool, net->model->n[KIND_INSTITUTION] + 1);
	for (guint i = survey->roster.start[group]; i < survey->roster.start[group + 1]; i++) {
		guint v = survey->roster.of[i];
		if (member_works(net_institution(net, v), theme, word))
			return true;
		here[net->institution[v]] = true;
	}
	return made_there(survey, theme, word, territory_at(survey, group)->base.id, here);
}

static char *theme_name(const struct model *model, enum theme theme, const char *word)
{
	if (theme == THEME_LINE)
		return g_strdup(model_term_name(model, VOCABULARY_LINES, word));
	if (theme == THEME_SDG)
		return g_strdup_printf(_("Sustainable development goal %s"), word);
	return g_strdup(word);
}

static char *theme_id(enum theme theme, const char *word)
{
	static const char *const kinds[] = { "line", "sdg", "group" };
	g_autofree char *slug = id_from_name(word);
	return g_strdup_printf("G15:%s-%s", kinds[theme], slug);
}

static char *place_names(const struct survey *survey, const GArray *groups)
{
	g_autoptr(GPtrArray) names = g_ptr_array_new_with_free_func(g_free);
	for (guint i = 0; i < groups->len; i++)
		g_ptr_array_add(names,
				territory_name(survey->study, g_array_index(groups, guint, i)));
	return join_names(names, NAMES);
}

/* Who works on it elsewhere, with the coordinator of a territory that wants it. */
static void offer_workers(const struct survey *survey, enum theme theme, const char *word,
			  const GArray *groups, struct gap *gap)
{
	struct study *study = survey->study;
	guint elsewhere = 0;
	for (guint v = 0; v < study->net->n; v++) {
		if (!member_works(net_institution(study->net, v), theme, word))
			continue;
		guint group = g_array_index(groups, guint, elsewhere % groups->len);
		int host = territory_coordinator(study, group);
		if (elsewhere++ < OFFERS && host != (int)v)
			offer_pair(study, gap, v, host, g_strdup(_("works on it elsewhere")));
	}
	gap_evidence(gap,
		     ngettext("%u member works on it elsewhere", "%u members work on it elsewhere",
			      elsewhere),
		     elsewhere);
}

static void look_for_workers(struct survey *survey, const struct gap_kind *kind, enum theme theme,
			     const char *word, const GArray *wanting, GPtrArray *out)
{
	const struct model *model = survey->study->net->model;
	g_autoptr(GArray) without = g_array_new(FALSE, FALSE, sizeof(guint));
	for (guint i = 0; i < wanting->len; i++) {
		guint g = g_array_index(wanting, guint, i);
		if (!worked_on_in(survey, theme, word, g))
			g_array_append_val(without, g);
	}
	if (without->len == 0)
		return;
	g_autofree char *name = theme_name(model, theme, word);
	g_autofree char *places = place_names(survey, without);
	struct gap *gap = gap_new(
		kind, theme_id(theme, word), .5 * gap_weight(3.0 * without->len),
		g_strdup_printf(
			ngettext("%s: on the agenda of %u territory, and nobody there works on it",
				 "%s: on the agenda of %u territories, and nobody there works on "
				 "it",
				 without->len),
			name, without->len));
	gap->reason = g_strdup(_("It was promised in an agenda, and no programme, resource or "
				 "member there has to do with it."));
	gap->advice = g_strdup(_("Ask those who work on it elsewhere to come or to share what they "
				 "have; or take it off the agenda."));
	gap_evidence(gap, _("Without anybody: %s"), places);
	gap_evidence(gap, _("On the agenda of %u in all"), wanting->len);
	offer_workers(survey, theme, word, without, gap);
	if (without->len == 1)
		gap->territory = group_territory(survey->study, g_array_index(without, guint, 0));
	g_ptr_array_add(out, gap);
}

static bool are_tied(const struct survey *survey, guint a, guint b)
{
	const struct net *net = survey->study->net;
	const struct roster *roster = &survey->roster;
	for (guint i = roster->start[a]; i < roster->start[a + 1]; i++)
		for (guint k = roster->start[b]; k < roster->start[b + 1]; k++)
			if (roster->of[i] == roster->of[k] ||
			    net_has_edge(net, roster->of[i], roster->of[k]))
				return true;
	return false;
}

static void offer_territories(const struct survey *survey, const char *word, guint a, guint b,
			      struct gap *gap)
{
	const struct net *net = survey->study->net;
	const struct roster *roster = &survey->roster;
	g_autoptr(GArray) first = g_array_new(FALSE, FALSE, sizeof(guint));
	g_autoptr(GArray) second = g_array_new(FALSE, FALSE, sizeof(guint));
	GArray *sides[2] = { first, second };
	guint groups[2] = { a, b };
	for (guint s = 0; s < 2; s++)
		for (guint round = 0; round < 2 && sides[s]->len == 0; round++)
			for (guint i = roster->start[groups[s]]; i < roster->start[groups[s] + 1];
			     i++) {
				guint v = roster->of[i];
				if (round > 0 ||
				    member_works(net_institution(net, v), THEME_LINE, word))
					g_array_append_val(sides[s], v);
			}
	offer_between(survey->study, gap, sides[0], sides[1], 1);
}

static void look_for_sharing(struct survey *survey, const struct gap_kind *kind, const char *word,
			     const GArray *wanting, GPtrArray *out)
{
	g_autofree char *name = theme_name(survey->study->net->model, THEME_LINE, word);
	g_autofree char *slug = id_from_name(word);
	g_autofree char *places = place_names(survey, wanting);
	struct gap *gap = gap_new(kind, g_strdup_printf("G15:shared-%s", slug), 0, NULL);
	guint pairs = 0, apart = 0;
	for (guint i = 0; i < wanting->len; i++)
		for (guint k = i + 1; k < wanting->len; k++) {
			guint a = g_array_index(wanting, guint, i),
			      b = g_array_index(wanting, guint, k);
			pairs++;
			if (are_tied(survey, a, b))
				continue;
			if (apart++ < OFFERS)
				offer_territories(survey, word, a, b, gap);
		}
	if (apart == 0) {
		gap_free(gap);
		return;
	}
	gap->severity = .4 * gap_weight(apart);
	gap->title = g_strdup_printf(
		ngettext("%s: %u pair of territories with this line do not work together",
			 "%s: %u pairs of territories with this line do not work together", apart),
		name, apart);
	gap->reason = g_strdup(_("They want the same and each begins from nothing."));
	gap->advice = g_strdup(_("Bring the coordinators together over this line: what one has "
				 "made, the other need not make again."));
	gap_evidence(gap, _("On the agenda of %s"), places);
	gap_evidence(gap, _("%u of %u pairs of them have no tie"), apart, pairs);
	g_ptr_array_add(out, gap);
}

static void look_at_vocabulary(struct survey *survey, const struct gap_kind *kind, GPtrArray *out)
{
	const struct net *net = survey->study->net;
	const struct items *terms = &net->model->network->vocabularies.of[VOCABULARY_LINES];
	bool stated = false;
	for (guint v = 0; v < net->n && !stated; v++)
		stated = list_length(net_institution(net, v)->lines) > 0;
	for (guint i = 0; stated && i < terms->n; i++) {
		const char *word = ITEMS(struct term, *terms)[i].id;
		bool found = made_there(survey, THEME_LINE, word, NULL, NULL);
		for (guint v = 0; v < net->n && !found; v++)
			found = list_has(net_institution(net, v)->lines, word);
		if (found)
			continue;
		g_autofree char *name = theme_name(net->model, THEME_LINE, word);
		struct gap *gap = gap_new(kind, theme_id(THEME_LINE, word), .2,
					  g_strdup_printf(_("%s: nobody works on it"), name));
		gap->reason =
			g_strdup(_("The network has given itself this line, and no programme, "
				   "resource or member has to do with it."));
		gap->advice = g_strdup(_("Ask who works on it without having said so, or invite "
					 "somebody who does."));
		gap_evidence(gap, "%s", _("0 programmes, 0 resources, 0 members"));
		g_ptr_array_add(out, gap);
	}
}

bool gap_themes(struct study *study, const struct gap_kind *kind, GPtrArray *out, GError **error)
{
	struct survey survey;
	guint agendas = 0;
	(void)error;
	survey_init(&survey, study);
	for (guint theme = 0; theme < 3; theme++) {
		g_autoptr(GList) words = g_list_sort(g_hash_table_get_keys(survey.wanted[theme]),
						     (GCompareFunc)g_strcmp0);
		for (GList *at = words; at; at = at->next) {
			const GArray *wanting = g_hash_table_lookup(survey.wanted[theme], at->data);
			agendas++;
			look_for_workers(&survey, kind, (enum theme)theme, at->data, wanting, out);
			if (theme == THEME_LINE && wanting->len > 1)
				look_for_sharing(&survey, kind, at->data, wanting, out);
		}
	}
	if (agendas == 0)
		look_at_vocabulary(&survey, kind, out);
	survey_release(&survey);
	return true;
}
