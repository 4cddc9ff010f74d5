/*
 * Ties after edits of a few institutions.  Theirs are found anew; all others are
 * carried over in stretches, with the numbers that moved when something came or went.
 * Not for the first generation: see model_ties.c.
 */
#include "data/model_private.h"

#include <stdlib.h>
#include <string.h>

#define GONE G_MAXUINT

struct pair {
	guint a, b;	/* a < b */
	guint voice, n; /* in `voices` */
};

struct following {
	const struct model *old;
	struct model *next;
	const struct touch *touched;
	guint n_touched;
	bool *ends;	 /* of ties before: whether touched */
	guint *index;	 /* institutions: before -> now, GONE; NULL: as they were */
	GArray *gone;	 /* guint: ties before with a touched end, ascending */
	GArray *voices;	 /* struct voice: of ties now with a touched end, in their order */
	GArray *pairs;	 /* struct pair: these ties */
	guint *renumber; /* ties: before -> now, GONE where one of the touched is an end */
	struct tie *ties;
	struct claim *claims;
	GArray *arcs; /* struct voice: of `pairs`, from both ends, by (from, to); item: the tie */
};

static guint now(const struct following *f, guint institution)
{
	return f->index ? f->index[institution] : institution;
}

/* --- who is where --------------------------------------------------------------- */

static void number_institutions(struct following *f)
{
	guint n = f->old->n[KIND_INSTITUTION], at = 0, is = 0;
	bool same = true;

	for (guint t = 0; t < f->n_touched; t++)
		same = same && f->touched[t].was >= 0 && f->touched[t].is >= 0;
	if (same)
		return;
	f->index = g_new(guint, (gsize)n + 1);
	for (guint t = 0; t < f->n_touched; t++) {
		const struct touch *touch = &f->touched[t];
		guint until = touch->was >= 0 ? (guint)touch->was : at + (guint)touch->is - is;

		while (at < until)
			f->index[at++] = is++;
		if (touch->was >= 0)
			f->index[at++] = touch->is >= 0 ? is : GONE;
		is += touch->is >= 0;
	}
	while (at < n)
		f->index[at++] = is++;
}

/* --- what is said of the touched and by them --------------------------------------- */

/* Partners of a record that nobody knows. */
static guint count_unknown(const struct model *model, guint institution)
{
	const struct items *partners = &model_institution(model, institution)->partners;
	guint n = 0;

	for (guint j = 0; j < partners->n; j++) {
		const char *with = ITEMS(struct partnership, *partners)[j].with;

		n += with && model_find(model, KIND_INSTITUTION, with) < 0;
	}
	return n;
}

static void hear(struct following *f, guint institution)
{
	const struct items *partners = &model_institution(f->next, institution)->partners;

	for (guint j = 0; j < partners->n; j++) {
		const struct partnership *says = &ITEMS(struct partnership, *partners)[j];
		int to = says->with ? model_find(f->next, KIND_INSTITUTION, says->with) : -1;
		struct voice voice = { institution, (guint)to, j, says };

		if (to >= 0 && (guint)to != institution)
			g_array_append_val(f->voices, voice);
	}
}

/* What others say of one that was there. */
static void hear_others(struct following *f, const struct touch *touch)
{
	const struct model *old = f->old;
	guint was = (guint)touch->was;

	for (guint i = old->arc_start[was]; i < old->arc_start[was + 1]; i++) {
		const struct tie *tie = &old->ties[old->arc_tie[i]];
		guint other = old->arc_to[i];

		g_array_append_val(f->gone, old->arc_tie[i]);
		if (f->ends[other])
			continue;
		for (guint c = 0; c < tie->n_claims; c++) {
			const struct claim *claim = &old->claims[tie->first_claim + c];
			struct voice voice = { now(f, other), (guint)touch->is, claim->item,
					       claim->says };

			if (claim->from != other)
				continue;
			if (touch->is >= 0)
				g_array_append_val(f->voices, voice);
			else
				f->next->n_unknown++;
		}
	}
}

static int compare_numbers(gconstpointer a, gconstpointer b)
{
	const guint *x = a, *y = b;

	return (*x > *y) - (*x < *y);
}

static int compare_voices(gconstpointer a, gconstpointer b)
{
	const struct voice *x = a, *y = b;
	guint left[] = { voice_lower(x), voice_upper(x), x->from, x->item };
	guint right[] = { voice_lower(y), voice_upper(y), y->from, y->item };

	for (guint i = 0; i < G_N_ELEMENTS(left); i++)
		if (left[i] != right[i])
			return left[i] < right[i] ? -1 : 1;
	return 0;
}

static void find_pairs(struct following *f)
{
	for (guint i = 0; i < f->voices->len; i++) {
		const struct voice *voice = &g_array_index(f->voices, struct voice, i);
		struct pair pair = { voice_lower(voice), voice_upper(voice), i, 1 };
		struct pair *last = f->pairs->len == 0 ? NULL
						       : &g_array_index(f->pairs, struct pair,
									f->pairs->len - 1);

		if (last && last->a == pair.a && last->b == pair.b)
			last->n++;
		else
			g_array_append_val(f->pairs, pair);
	}
}

static void find_changes(struct following *f)
{
	guint kept = 0;

	f->next->n_unknown = f->old->n_unknown;
	f->ends = g_new0(bool, (gsize)f->old->n[KIND_INSTITUTION] + 1);
	for (guint t = 0; t < f->n_touched; t++)
		if (f->touched[t].was >= 0)
			f->ends[f->touched[t].was] = true;
	for (guint t = 0; t < f->n_touched; t++) {
		const struct touch *touch = &f->touched[t];

		if (touch->was >= 0) {
			f->next->n_unknown -= count_unknown(f->old, (guint)touch->was);
			hear_others(f, touch);
		}
		if (touch->is >= 0) {
			f->next->n_unknown += count_unknown(f->next, (guint)touch->is);
			hear(f, (guint)touch->is);
		}
	}
	g_array_sort(f->gone, compare_numbers);
	for (guint i = 0; i < f->gone->len; i++) {
		guint tie = g_array_index(f->gone, guint, i);

		/* Between two of the touched there is one tie, met twice. */
		if (kept == 0 || g_array_index(f->gone, guint, kept - 1) != tie)
			g_array_index(f->gone, guint, kept++) = tie;
	}
	g_array_set_size(f->gone, kept);
	g_array_sort(f->voices, compare_voices);
	find_pairs(f);
}

/* Whether who is tied to whom has stayed, and with it arcs. */
static bool keeps_pairs(const struct following *f)
{
	if (f->index || f->gone->len != f->pairs->len)
		return false;
	for (guint i = 0; i < f->pairs->len; i++) {
		const struct tie *tie = &f->old->ties[g_array_index(f->gone, guint, i)];
		const struct pair *pair = &g_array_index(f->pairs, struct pair, i);

		if (tie->a != pair->a || tie->b != pair->b)
			return false;
	}
	return true;
}

/* --- ties and claims --------------------------------------------------------------- */

/* Ties before, from `from` to `to`, none of them with a touched end. */
static void carry_ties(struct following *f, guint from, guint to)
{
	const struct model *old = f->old;
	guint at = f->next->n_ties, first = f->next->n_claims, claims, begin;

	if (from == to)
		return;
	begin = old->ties[from].first_claim;
	claims = old->ties[to - 1].first_claim + old->ties[to - 1].n_claims - begin;
	memcpy(f->ties + at, old->ties + from, (to - from) * sizeof *f->ties);
	memcpy(f->claims + first, old->claims + begin, claims * sizeof *f->claims);
	for (guint i = at; i < at + to - from; i++)
		f->ties[i].first_claim += first - begin;
	for (guint i = 0; f->renumber && i < to - from; i++)
		f->renumber[from + i] = at + i;
	for (guint i = at; f->index && i < at + to - from; i++) {
		f->ties[i].a = f->index[f->ties[i].a];
		f->ties[i].b = f->index[f->ties[i].b];
	}
	for (guint i = first; f->index && i < first + claims; i++)
		f->claims[i].from = f->index[f->claims[i].from];
	f->next->n_ties += to - from;
	f->next->n_claims += claims;
}

static void add_tie(struct following *f, const struct pair *pair)
{
	struct tie *tie = &f->ties[f->next->n_ties];
	guint ends[] = { pair->a, pair->b };

	*tie = (struct tie){
		.a = pair->a, .b = pair->b, .first_claim = f->next->n_claims, .n_claims = pair->n
	};
	for (guint i = 0; i < pair->n; i++) {
		const struct voice *voice =
			&g_array_index(f->voices, struct voice, pair->voice + i);

		f->claims[f->next->n_claims++] =
			(struct claim){ voice->from, voice->item, voice->says };
	}
	tie_sum_up(f->next, tie, NULL);
	f->next->n_of_state[tie->state]++;
	for (guint i = 0; i < 2; i++) {
		struct voice arc = { ends[i], ends[1 - i], f->next->n_ties, NULL };

		g_array_append_val(f->arcs, arc);
	}
	f->next->n_ties++;
}

/* Of the ties from `from` to `to`, none of them with a touched end, the first behind `pair`. */
static guint place_of(const struct following *f, guint from, guint to, const struct pair *pair)
{
	while (from < to) {
		guint middle = from + (to - from) / 2;
		guint a = now(f, f->old->ties[middle].a), b = now(f, f->old->ties[middle].b);

		if (a < pair->a || (a == pair->a && b < pair->b))
			from = middle + 1;
		else
			to = middle;
	}
	return from;
}

static void make_ties(struct following *f)
{
	const struct model *old = f->old;
	guint from = 0, p = 0;

	f->ties = ARRAY_NEW(struct tie, (gsize)old->n_ties + f->pairs->len);
	f->claims = ARRAY_NEW(struct claim, (gsize)old->n_claims + f->voices->len);
	f->next->ties = f->ties;
	f->next->claims = f->claims;
	memcpy(f->next->n_of_state, old->n_of_state, sizeof old->n_of_state);
	for (guint g = 0; g < f->gone->len; g++)
		f->next->n_of_state[old->ties[g_array_index(f->gone, guint, g)].state]--;
	for (guint g = 0; g <= f->gone->len; g++) {
		bool last = g == f->gone->len;
		guint to = last ? old->n_ties : g_array_index(f->gone, guint, g);

		for (; p < f->pairs->len; p++) {
			const struct pair *pair = &g_array_index(f->pairs, struct pair, p);
			guint place = place_of(f, from, to, pair);

			if (place == to && !last)
				break;
			carry_ties(f, from, place);
			from = place;
			add_tie(f, pair);
		}
		carry_ties(f, from, to);
		from = to + 1;
		if (!last && f->renumber)
			f->renumber[to] = GONE;
	}
}

/* --- arcs -------------------------------------------------------------------------- */

static int compare_arcs(gconstpointer a, gconstpointer b)
{
	const struct voice *x = a, *y = b;

	if (x->from != y->from)
		return x->from < y->from ? -1 : 1;
	return (x->to > y->to) - (x->to < y->to);
}

/*
 * Those of an institution (GONE: it was not there) that is `is` now, behind `n`; `*added`
 * goes over the new ones.  How many there are then.
 */
static guint carry_arcs(const struct following *f, guint was, guint is, guint *others, guint *ties,
			guint n, guint *added)
{
	const struct model *old = f->old;
	guint from = was == GONE ? 0 : old->arc_start[was];
	guint to = was == GONE ? 0 : old->arc_start[was + 1];

	for (;;) {
		const struct voice *new = *added < f->arcs->len
						  ? &g_array_index(f->arcs, struct voice, *added)
						  : NULL;

		if (new &&new->from != is)
			new = NULL;
		for (; from < to; from++) {
			guint other = now(f, old->arc_to[from]);
			guint tie = f->renumber[old->arc_tie[from]];

			if (tie != GONE && new &&other > new->to)
				break;
			if (tie == GONE)
				continue;
			others[n] = other;
			ties[n++] = tie;
		}
		if (!new)
			return n;
		others[n] = new->to;
		ties[n++] = new->item;
		(*added)++;
	}
}

/* Where nobody comes or goes and few ties do, rows go over in stretches between what changes. */
struct rows {
	GArray *gone;	/* guint: arcs before, of ties with a touched end, ascending */
	GArray *shifts; /* struct shift: of the numbers of ties that stay */
};

/* Ties before from this one on have moved by so many more. */
struct shift {
	guint from, by; /* modulo 2^32 */
};

#define SHIFTS_MOST 8 /* more are not worth comparing with */

static void find_gone_arcs(const struct following *f, struct rows *rows)
{
	const struct model *old = f->old;

	for (guint i = 0; i < f->gone->len; i++) {
		guint tie = g_array_index(f->gone, guint, i);
		const guint ends[] = { old->ties[tie].a, old->ties[tie].b };

		for (guint e = 0; e < 2; e++) {
			guint at = old->arc_start[ends[e]];

			while (old->arc_tie[at] != tie)
				at++;
			g_array_append_val(rows->gone, at);
		}
	}
	g_array_sort(rows->gone, compare_numbers);
}

static void find_shifts(const struct following *f, struct rows *rows)
{
	guint moved = 0;

	for (guint i = 0; i < f->old->n_ties && rows->shifts->len <= SHIFTS_MOST; i++) {
		struct shift shift = { i, f->renumber[i] - i - moved };

		if (f->renumber[i] == GONE || shift.by == 0)
			continue;
		moved += shift.by;
		g_array_append_val(rows->shifts, shift);
	}
}

/* Arcs before, from `from` to `to`, none of them gone, behind `n`. */
static void carry_stretch(const struct following *f, const struct rows *rows, guint from, guint to,
			  guint *others, guint *ties, guint n)
{
	const guint *before = f->old->arc_tie + from;
	guint count = to - from;

	memcpy(others + n, f->old->arc_to + from, count * sizeof *others);
	memcpy(ties + n, before, count * sizeof *ties);
	for (guint s = 0; s < rows->shifts->len; s++) {
		struct shift shift = g_array_index(rows->shifts, struct shift, s);

		for (guint i = 0; i < count; i++)
			ties[n + i] += before[i] >= shift.from ? shift.by : 0;
	}
}

/* The arc before that a new one comes in front of. */
static guint place_of_arc(const struct following *f, const struct voice *new)
{
	guint at = f->old->arc_start[new->from];

	while (at < f->old->arc_start[new->from + 1] && f->old->arc_to[at] <= new->to)
		at++;
	return at;
}

static void fill_rows(const struct following *f, const struct rows *rows, guint *others,
		      guint *ties)
{
	guint end = 2 * f->old->n_ties, from = 0, n = 0, g = 0;

	for (guint a = 0; a <= f->arcs->len; a++) {
		const struct voice *new =
			a < f->arcs->len ? &g_array_index(f->arcs, struct voice, a) : NULL;
		guint place = new ? place_of_arc(f, new) : end;

		for (; g < rows->gone->len && g_array_index(rows->gone, guint, g) < place; g++) {
			guint gone = g_array_index(rows->gone, guint, g);

			carry_stretch(f, rows, from, gone, others, ties, n);
			n += gone - from;
			from = gone + 1;
		}
		carry_stretch(f, rows, from, place, others, ties, n);
		n += place - from;
		from = place;
		if (!new)
			break;
		others[n] = new->to;
		ties[n++] = new->item;
	}
}

static void fill_starts(const struct following *f, const struct rows *rows, guint *start)
{
	const guint *before = f->old->arc_start;
	guint all = f->next->n[KIND_INSTITUTION], a = 0, g = 0;

	for (guint i = 0; i <= all; i++) {
		while (a < f->arcs->len && g_array_index(f->arcs, struct voice, a).from < i)
			a++;
		while (g < rows->gone->len && g_array_index(rows->gone, guint, g) < before[i])
			g++;
		start[i] = before[i] + a - g;
	}
}

/* False, with nothing done, where so much has changed that it would not be faster. */
static bool make_rows(const struct following *f, guint *start, guint *others, guint *ties)
{
	struct rows rows = { g_array_new(FALSE, FALSE, sizeof(guint)),
			     g_array_new(FALSE, FALSE, sizeof(struct shift)) };
	bool few;

	find_shifts(f, &rows);
	few = !f->index && rows.shifts->len <= SHIFTS_MOST;
	if (few) {
		find_gone_arcs(f, &rows);
		fill_rows(f, &rows, others, ties);
		fill_starts(f, &rows, start);
	}
	g_array_unref(rows.gone);
	g_array_unref(rows.shifts);
	return few;
}

static void make_arcs(struct following *f)
{
	guint all = f->next->n[KIND_INSTITUTION], was = 0, n = 0, added = 0, t = 0;
	guint *start = ARRAY_NEW(guint, (gsize)all + 1);
	guint *others = ARRAY_NEW(guint, (gsize)f->next->n_ties * 2);
	guint *ties = ARRAY_NEW(guint, (gsize)f->next->n_ties * 2);

	g_array_sort(f->arcs, compare_arcs);
	bool made = make_rows(f, start, others, ties);

	for (guint is = 0; is < all && !made; is++) {
		bool new = false;

		for (; t < f->n_touched && f->touched[t].is <= (int)is; t++)
			new = new || (f->touched[t].is == (int)is && f->touched[t].was < 0);
		while (!new &&now(f, was) == GONE)
			was++;
		start[is] = n;
		n = carry_arcs(f, new ? GONE : was, is, others, ties, n, &added);
		was += !new;
	}
	if (!made)
		start[all] = n;
	f->next->arc_start = start;
	f->next->arc_to = others;
	f->next->arc_tie = ties;
}

/* --- all of it --------------------------------------------------------------------- */

/*
 * Among confirmed ties alone those that are left out have no place; one who is new may be
 * whom somebody has been naming all along; and for many of them everything is as fast.
 */
static bool is_known(const struct model *model, const struct touch *touched, guint n)
{
	if (model->confirmed_only || n > model->n[KIND_INSTITUTION] / 64 + 8)
		return false;
	for (guint t = 0; t < n; t++)
		if (touched[t].was < 0 && model->n_unknown > 0)
			return false;
	return true;
}

bool ties_follow(struct model *next, const struct model *model, const struct touch *touched,
		 guint n)
{
	struct following f = { .old = model, .next = next, .touched = touched, .n_touched = n };

	if (!is_known(model, touched, n))
		return false;
	f.gone = g_array_new(FALSE, FALSE, sizeof(guint));
	f.voices = g_array_new(FALSE, FALSE, sizeof(struct voice));
	f.pairs = g_array_new(FALSE, FALSE, sizeof(struct pair));
	f.arcs = g_array_new(FALSE, FALSE, sizeof(struct voice));
	number_institutions(&f);
	find_changes(&f);
	if (keeps_pairs(&f)) {
		make_ties(&f);
		arcs_share(next, model);
	} else {
		f.renumber = g_new(guint, (gsize)model->n_ties + 1);
		make_ties(&f);
		make_arcs(&f);
	}
	g_array_unref(f.gone);
	g_array_unref(f.voices);
	g_array_unref(f.pairs);
	g_array_unref(f.arcs);
	g_free(f.ends);
	g_free(f.renumber);
	g_free(f.index);
	return true;
}
