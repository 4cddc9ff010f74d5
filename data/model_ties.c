/*
 * What institutions declare, as ties: who is tied to whom, in which state, and the
 * adjacency, all of it out of the records.  After an edit see model_next.c.
 */
#include "data/model_private.h"

#include <string.h>

void *array_new(gsize n, gsize size)
{
	return g_atomic_rc_box_alloc(MAX(n, 1) * size);
}

/* --- voices ---------------------------------------------------------------------- */

/* Those of one end stay in the order they had.  O(voices + institutions). */
static void order_by(guint (*end)(const struct voice *), guint institutions,
		     const struct voice *from, struct voice *to, guint n)
{
	g_autofree guint *place = g_new0(guint, (gsize)institutions + 1);

	for (guint i = 0; i < n; i++)
		place[end(&from[i]) + 1]++;
	for (guint i = 0; i < institutions; i++)
		place[i + 1] += place[i];
	for (guint i = 0; i < n; i++)
		to[place[end(&from[i])]++] = from[i];
}

static guint lower_end(const struct voice *voice)
{
	return voice_lower(voice);
}

static guint upper_end(const struct voice *voice)
{
	return voice_upper(voice);
}

/* By pair, then by who speaks and where: as they come, but for their pair. */
static void order_voices(struct voice *voices, guint n, guint institutions)
{
	g_autofree struct voice *scratch = g_new(struct voice, (gsize)n + 1);

	order_by(upper_end, institutions, voices, scratch, n);
	order_by(lower_end, institutions, scratch, voices, n);
}

/* id -> index + 1 of every institution: each voice looks one up. */
static GHashTable *index_institutions(const struct model *model)
{
	GHashTable *index = g_hash_table_new(g_str_hash, g_str_equal);

	for (guint i = 0; i < model->n[KIND_INSTITUTION]; i++)
		g_hash_table_insert(index, (gpointer)(gsize)RECORD(model_institution(model, i))->id,
				    GUINT_TO_POINTER(i + 1));
	return index;
}

/* Of everybody, in the order in which ties want them; `*n` of them.  Caller frees. */
static struct voice *hear_voices(struct model *model, guint *n)
{
	g_autoptr(GHashTable) index = index_institutions(model);
	struct voice *voices;
	guint most = 0, heard = 0;

	for (guint i = 0; i < model->n[KIND_INSTITUTION]; i++)
		most += model_institution(model, i)->partners.n;
	voices = g_new(struct voice, (gsize)most + 1);
	model->n_unknown = 0;
	for (guint i = 0; i < model->n[KIND_INSTITUTION]; i++) {
		const struct items *partners = &model_institution(model, i)->partners;

		for (guint j = 0; j < partners->n; j++) {
			const struct partnership *says = &ITEMS(struct partnership, *partners)[j];
			guint to =
				says->with
					? GPOINTER_TO_UINT(g_hash_table_lookup(index, says->with))
					: 0;

			model->n_unknown += says->with && !to;
			if (to && to - 1 != i)
				voices[heard++] = (struct voice){ i, to - 1, j, says };
		}
	}
	order_voices(voices, heard, model->n[KIND_INSTITUTION]);
	*n = heard;
	return voices;
}

/* --- a tie ------------------------------------------------------------------------- */

/* By today; what states no beginning began with the tie. */
static bool has_begun(const struct model *model, const struct tie *tie,
		      const struct partnership *says)
{
	return !date_is_ahead(date_is_set(says->since) ? says->since : tie->since, model->today);
}

static bool is_proposed(const struct partnership *says)
{
	return !g_strcmp0(says->status, "proposed");
}

static bool is_denied(const struct partnership *says)
{
	return !g_strcmp0(says->status, "denied");
}

bool claim_counts(const struct model *model, const struct tie *tie, const struct partnership *says)
{
	return !is_proposed(says) && !is_denied(says) && has_begun(model, tie, says);
}

static bool has_ended(const struct partnership *says)
{
	return !g_strcmp0(says->status, "ended");
}

static bool claim_ended(const struct model *model, const struct partnership *says)
{
	if (has_ended(says))
		return true;
	return date_is_set(says->until) && date_is_set(model->today) &&
	       date_compare(date_last_day(says->until), model->today) < 0;
}

bool partnerships_share_a_kind(const struct partnership *a, const struct partnership *b)
{
	for (const char *const *kind = a->kinds; kind && *kind; kind++)
		if (list_has(b->kinds, *kind))
			return true;
	return !a->kinds && !b->kinds;
}

/* Two sides contradict: one denies, both claim to give (or to receive) the same, or one says over,
 * the other on. */
static bool contradict(const struct partnership *a, const struct partnership *b)
{
	bool same_way = a->direction && !g_strcmp0(a->direction, b->direction) &&
			strcmp(a->direction, "none") != 0;
	/* A denial without kinds is of all that the other says. */
	if (is_denied(a) != is_denied(b))
		return !(is_denied(a) ? a : b)->kinds || partnerships_share_a_kind(a, b);
	if (!partnerships_share_a_kind(a, b))
		return false;
	return same_way || (has_ended(a) != has_ended(b) && a->status && b->status);
}

static bool keeps_fresh_entry(const struct model *model, guint institution)
{
	struct date verified =
		model_checked(model, RECORD(model_institution(model, institution))->verified);

	return date_is_set(verified) && !model_is_stale(model, verified);
}

static bool is_fresh(const struct model *model, const bool *fresh, guint institution)
{
	return fresh ? fresh[institution] : keeps_fresh_entry(model, institution);
}

/* Of what nobody says is there. */
static enum tie_state state_of_none(const struct claim *claims, guint n)
{
	for (guint i = 0; i < n; i++)
		if (is_denied(claims[i].says))
			return TIE_DENIED;
	return TIE_PROPOSED;
}

/* Whether one of what side a says and one of what side b says, both by today, contradict. */
static bool is_disputed(const struct model *model, const struct tie *tie)
{
	const struct claim *claims = model->claims + tie->first_claim;

	for (guint i = 0; i < tie->n_claims && claims[i].from == tie->a; i++)
		for (guint j = i + 1; j < tie->n_claims && has_begun(model, tie, claims[i].says);
		     j++)
			if (claims[j].from == tie->b && has_begun(model, tie, claims[j].says) &&
			    contradict(claims[i].says, claims[j].says))
				return true;
	return false;
}

static enum tie_state state_of(const struct model *model, const struct tie *tie, const bool *fresh)
{
	const struct claim *claims = model->claims + tie->first_claim;
	bool counts = false, by_a = false, by_b = false;

	for (guint i = 0; i < tie->n_claims; i++) {
		/* Who still calls it proposed does not confirm that it is there. */
		bool stands = !is_proposed(claims[i].says) && has_begun(model, tie, claims[i].says);

		counts = counts || claim_counts(model, tie, claims[i].says);
		by_a = by_a || (stands && claims[i].from == tie->a);
		by_b = by_b || (stands && claims[i].from == tie->b);
	}
	if (!counts)
		return state_of_none(claims, tie->n_claims);
	if (is_disputed(model, tie))
		return TIE_DISPUTED;
	if (by_a && by_b)
		return TIE_CONFIRMED;
	return is_fresh(model, fresh, by_a ? tie->b : tie->a) ? TIE_CLAIMED : TIE_UNANSWERABLE;
}

static void sum_up_since(const struct model *model, struct tie *tie)
{
	for (guint i = 0; i < tie->n_claims; i++) {
		const struct partnership *says = model->claims[tie->first_claim + i].says;

		if (!is_denied(says) && date_is_set(says->since) &&
		    (!date_is_set(tie->since) || date_compare(says->since, tie->since) < 0))
			tie->since = says->since;
	}
}

void tie_sum_up(const struct model *model, struct tie *tie, const bool *fresh)
{
	bool open = false, ahead;
	int strongest = -1;

	tie->ended = true;
	sum_up_since(model, tie);
	ahead = date_is_ahead(tie->since, model->today);
	for (guint i = 0; i < tie->n_claims; i++) {
		const struct partnership *says = model->claims[tie->first_claim + i].says;
		int intensity = choice_index(choice_intensity, says->intensity);

		if (!ahead && !has_begun(model, tie, says))
			continue;
		tie->over = tie->over || has_ended(says);
		if (is_denied(says))
			continue;
		strongest = MAX(strongest, intensity);
		tie->ended = tie->ended && claim_ended(model, says);
		open = open || !date_is_set(says->until);
		if (date_is_set(says->until) && date_compare(says->until, tie->until) > 0)
			tie->until = says->until;
	}
	if (open)
		tie->until = (struct date){ 0 };
	tie->intensity = (gint8)strongest;
	tie->state = state_of(model, tie, fresh);
}

/* --- all of them ------------------------------------------------------------------- */

static guint count_pairs(const struct voice *voices, guint n)
{
	guint pairs = 0;

	for (guint i = 0; i < n; i++)
		pairs += i == 0 || voice_lower(&voices[i]) != voice_lower(&voices[i - 1]) ||
			 voice_upper(&voices[i]) != voice_upper(&voices[i - 1]);
	return pairs;
}

/* `kept` may be `ties`, or NULL to count. */
static guint keep_confirmed(const struct tie *ties, guint n, struct tie *kept)
{
	guint at = 0;

	for (guint i = 0; i < n; i++) {
		if (ties[i].state != TIE_CONFIRMED)
			continue;
		if (kept)
			kept[at] = ties[i];
		at++;
	}
	return at;
}

static void count_states(struct model *model)
{
	memset(model->n_of_state, 0, sizeof model->n_of_state);
	for (guint t = 0; t < model->n_ties; t++)
		model->n_of_state[model->ties[t].state]++;
}

static void derive_ties(struct model *model, const struct voice *voices, guint n_voices)
{
	struct tie *ties = ARRAY_NEW(struct tie, count_pairs(voices, n_voices));
	struct claim *claims = ARRAY_NEW(struct claim, n_voices);
	g_autofree bool *fresh = g_new(bool, (gsize)model->n[KIND_INSTITUTION] + 1);
	guint n = 0;

	for (guint i = 0; i < model->n[KIND_INSTITUTION]; i++)
		fresh[i] = keeps_fresh_entry(model, i);
	for (guint i = 0; i < n_voices; i++) {
		const struct voice *voice = &voices[i];
		guint a = voice_lower(voice), b = voice_upper(voice);

		if (!n || ties[n - 1].a != a || ties[n - 1].b != b)
			ties[n++] = (struct tie){ .a = a, .b = b, .first_claim = i };
		ties[n - 1].n_claims++;
		claims[i] = (struct claim){ voice->from, voice->item, voice->says };
	}
	model->claims = claims;
	model->n_claims = n_voices;
	for (guint i = 0; i < n; i++)
		tie_sum_up(model, &ties[i], fresh);
	model->ties = ties;
	model->n_ties = model->confirmed_only ? keep_confirmed(ties, n, ties) : n;
	count_states(model);
}

/* Ties are ordered by (a, b): filling the larger end first leaves each row ascending. */
static void derive_arcs(struct model *model)
{
	guint n = model->n[KIND_INSTITUTION];
	guint *start = ARRAY_NEW(guint, (gsize)n + 1);
	guint *to = ARRAY_NEW(guint, (gsize)model->n_ties * 2);
	guint *tie = ARRAY_NEW(guint, (gsize)model->n_ties * 2);
	g_autofree guint *fill = g_new(guint, (gsize)n + 1);

	memset(start, 0, ((gsize)n + 1) * sizeof *start);
	for (guint i = 0; i < model->n_ties; i++) {
		start[model->ties[i].a + 1]++;
		start[model->ties[i].b + 1]++;
	}
	for (guint i = 0; i < n; i++)
		start[i + 1] += start[i];
	memcpy(fill, start, ((gsize)n + 1) * sizeof *fill);
	for (guint i = 0; i < model->n_ties; i++) {
		guint at = fill[model->ties[i].b]++;

		to[at] = model->ties[i].a;
		tie[at] = i;
	}
	for (guint i = 0; i < model->n_ties; i++) {
		guint at = fill[model->ties[i].a]++;

		to[at] = model->ties[i].b;
		tie[at] = i;
	}
	model->arc_start = start;
	model->arc_to = to;
	model->arc_tie = tie;
}

void ties_derive(struct model *model)
{
	guint n;
	g_autofree struct voice *voices = hear_voices(model, &n);

	derive_ties(model, voices, n);
	derive_arcs(model);
}

void ties_confirm(struct model *next, const struct model *model)
{
	guint n = keep_confirmed(model->ties, model->n_ties, NULL);
	struct tie *ties = ARRAY_NEW(struct tie, n);

	next->n_ties = keep_confirmed(model->ties, model->n_ties, ties);
	next->ties = ties;
	count_states(next);
	next->claims = array_share(model->claims);
	next->n_claims = model->n_claims;
	next->n_unknown = model->n_unknown;
	derive_arcs(next);
}

void ties_share(struct model *next, const struct model *model)
{
	next->ties = array_share(model->ties);
	next->n_ties = model->n_ties;
	memcpy(next->n_of_state, model->n_of_state, sizeof next->n_of_state);
	next->claims = array_share(model->claims);
	next->n_claims = model->n_claims;
	next->n_unknown = model->n_unknown;
	arcs_share(next, model);
}

void arcs_share(struct model *next, const struct model *model)
{
	next->arc_start = array_share(model->arc_start);
	next->arc_to = array_share(model->arc_to);
	next->arc_tie = array_share(model->arc_tie);
}

void ties_release(struct model *model)
{
	array_release(model->ties);
	array_release(model->claims);
	array_release(model->arc_start);
	array_release(model->arc_to);
	array_release(model->arc_tie);
}
