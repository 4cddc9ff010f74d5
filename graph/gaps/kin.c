/*
 * What a member shares with others: how the gaps that propose pairs choose among all of
 * two lists.  Why two would go together, in words, is explain_pair() (common.h).
 */
#include "graph/gaps/kin.h"

#include <string.h>

void kin_init(struct kin *kin, struct study *study)
{
	const struct net *net = study->net;
	const struct traits *traits = study_traits(study);
	study_roles(study);
	*kin = (struct kin){ .study = study, .of = -1 };
	kin->partner = g_new0(bool, net->n + 1);
	kin->programme = g_new0(bool, net->model->n[KIND_PROGRAMME] + 1);
	for (guint i = 0; i < TRAITS; i++)
		kin->word[i] = g_new0(bool, traits->of[i].words + 1);
}

void kin_release(struct kin *kin)
{
	g_free(kin->partner);
	g_free(kin->programme);
	for (guint i = 0; i < TRAITS; i++)
		g_free(kin->word[i]);
}

static void mark(const guint *start, const guint *of, guint row, bool on, bool *marks)
{
	for (guint i = start[row]; i < start[row + 1]; i++)
		marks[of[i]] = on;
}

static inline bool any(const guint *start, const guint *of, guint row, const bool *marks)
{
	for (guint i = start[row]; i < start[row + 1]; i++)
		if (marks[of[i]])
			return true;
	return false;
}

static void mark_all(struct kin *kin, guint v, bool on)
{
	const struct net *net = kin->study->net;
	const struct roles *roles = kin->study->roles;
	mark(net->start, net->neighbour, v, on, kin->partner);
	mark(roles->start, roles->programme, net->institution[v], on, kin->programme);
	for (guint i = 0; i < TRAITS; i++) {
		const struct word_list *list = &kin->study->traits->of[i];
		mark(list->start, list->word, v, on, kin->word[i]);
	}
}

void kin_turn(struct kin *kin, guint v)
{
	if (kin->of >= 0)
		mark_all(kin, (guint)kin->of, false);
	kin->of = (int)v;
	mark_all(kin, v, true);
}

static inline bool share(const struct kin *kin, enum trait trait, guint v)
{
	const struct word_list *list = &kin->study->traits->of[trait];
	return any(list->start, list->word, v, kin->word[trait]);
}

double kin_affinity(const struct kin *kin, guint v)
{
	const struct study *study = kin->study;
	const int *country = study->partitions[BY_COUNTRY]->group;
	double sum = 0;
	if (share(kin, TRAIT_TERRITORIES, v))
		sum += 3;
	if (country[v] >= 0 && country[v] == country[kin->of])
		sum += 2;
	if (any(study->roles->start, study->roles->programme, study->net->institution[v],
		kin->programme))
		sum += 2;
	if (share(kin, TRAIT_LINES, v))
		sum += MIN(2, shared_words(&study->traits->of[TRAIT_LINES], (guint)kin->of, v));
	return sum;
}

static bool is_part_of(const char *part, const char *whole)
{
	gsize length = strlen(whole), rest = strlen(part);

	if (length == 0 || rest <= length)
		return false;
	rest -= length;
	if (g_str_has_prefix(part, whole) &&
	    (part[length] == ',' || g_str_has_prefix(part + length, " (")))
		return true;
	return g_str_has_suffix(part, whole) && rest >= 2 && part[rest - 1] == ' ' &&
	       part[rest - 2] == ',';
}

bool net_same_house(const struct net *net, guint u, guint v)
{
	const char *a = net_institution(net, u)->base.name, *b = net_institution(net, v)->base.name;

	return a && b && (is_part_of(a, b) || is_part_of(b, a));
}

bool kin_is_near(const struct kin *kin, guint v)
{
	return any(kin->study->net->start, kin->study->net->neighbour, v, kin->partner);
}

double kin_promise_with(const struct kin *kin, guint v, double affinity, bool near)
{
	const struct net *net = kin->study->net;
	guint of = (guint)kin->of;
	double score = affinity + (near ? 2 : 0);
	return score + .1 * (MIN(5, net_degree(net, of)) + MIN(5, net_degree(net, v)));
}

double kin_promise(const struct kin *kin, guint v)
{
	return kin_promise_with(kin, v, kin_affinity(kin, v), kin_is_near(kin, v));
}
