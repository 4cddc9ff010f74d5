/*
 * What one side says of a tie: as changes, confirming and checking; and what it says
 * twice.  Neither applies changes nor asks.
 */
#include "data/claim.h"

#include <string.h>

#include <glib/gi18n.h>

#include "data/path.h"

static const struct claim *claim_of(const struct model *model, const struct tie *tie, guint i)
{
	return &model->claims[tie->first_claim + i];
}

bool tie_is_said_by(const struct model *model, const struct tie *tie, guint side)
{
	for (guint i = 0; i < tie->n_claims; i++)
		if (claim_of(model, tie, i)->from == side)
			return true;
	return false;
}

/* Whether it speaks of the tie, and of nothing but a proposal. */
static bool only_proposes(const struct model *model, const struct tie *tie, guint side)
{
	bool proposes = tie_is_said_by(model, tie, side);

	for (guint i = 0; i < tie->n_claims; i++) {
		const struct claim *claim = claim_of(model, tie, i);

		proposes = proposes &&
			   (claim->from != side || !g_strcmp0(claim->says->status, "proposed"));
	}
	return proposes;
}

static bool says_it_is_there(const struct model *model, const struct tie *tie, guint side)
{
	for (guint i = 0; i < tie->n_claims; i++) {
		const struct claim *claim = claim_of(model, tie, i);

		if (claim->from == side && claim_counts(model, tie, claim->says))
			return true;
	}
	return false;
}

int tie_waits_for(const struct model *model, const struct tie *tie)
{
	const guint sides[2] = { tie->a, tie->b };

	for (guint s = 0; s < 2; s++)
		if (!tie_is_said_by(model, tie, sides[s]) ||
		    (only_proposes(model, tie, sides[s]) &&
		     says_it_is_there(model, tie, sides[1 - s])))
			return (int)sides[s];
	return -1;
}

char *claim_path(const struct model *model, const struct claim *claim)
{
	const struct institution *from = model_institution(model, claim->from);
	const char *with = claim->says->with;
	guint which = 1;

	for (guint i = 0; i < claim->item && i < from->partners.n; i++)
		which += !g_strcmp0(ITEMS(struct partnership, from->partners)[i].with, with);
	return which == 1 ? g_strdup_printf("partners[%s]", with)
			  : g_strdup_printf("partners[%s#%u]", with, which);
}

static char *mirrored(const struct partnership *says, const char *with, const char *day)
{
	const struct record_type *type = &partnership_type;
	struct node *item = node_from_record(type, says);
	char *json;

	if (!g_strcmp0(says->direction, "out") || !g_strcmp0(says->direction, "in"))
		node_put(type, item, "direction", -1,
			 node_scalar(strcmp(says->direction, "out") ? "out" : "in"), NULL);
	node_put(type, item, "with", -1, node_scalar(with), NULL);
	node_put(type, item, "notes", -1, NULL, NULL);
	node_put(type, item, "verified", -1, node_scalar(day), NULL);
	json = node_to_json(item);
	node_free(item);
	return json;
}

/* What `side` proposes becomes active, checked today. */
static struct change *take_up(const struct model *model, const struct tie *tie, guint side,
			      struct date today)
{
	struct change *change = tie_verify(model, tie, side, today);
	const char *id = RECORD(model_institution(model, side))->id;

	for (guint i = 0; i < tie->n_claims; i++) {
		const struct claim *claim = claim_of(model, tie, i);
		g_autofree char *item = NULL, *path = NULL;

		if (claim->from != side)
			continue;
		item = claim_path(model, claim);
		path = g_strconcat(item, ".status", NULL);
		change_set(change, KIND_INSTITUTION, id, path, "active");
	}
	return change;
}

struct change *tie_confirm(const struct model *model, const struct tie *tie, guint side,
			   struct date today)
{
	const char *with = RECORD(model_institution(model, tie_other(tie, side)))->id;
	const char *id = RECORD(model_institution(model, side))->id;
	struct change *change;
	char day[DATE_TEXT_SIZE];

	if (tie->n_claims == 0 || tie_waits_for(model, tie) != (int)side)
		return NULL;
	if (tie_is_said_by(model, tie, side)) {
		change = take_up(model, tie, side, today);
		change->summary = change_deed(DEED_CONFIRMED, id, with);
		return change;
	}
	change = change_new();
	date_format(today, day);
	for (guint i = 0; i < tie->n_claims; i++) {
		const struct partnership *says = claim_of(model, tie, i)->says;
		g_autofree char *json = mirrored(says, with, day);
		bool doubled = false;

		for (guint j = 0; j < i && !doubled; j++)
			doubled = partnership_doubles(says, claim_of(model, tie, j)->says);
		if (doubled)
			continue;
		change_insert(change, KIND_INSTITUTION, id, "partners", json);
	}
	change->summary = change_deed(DEED_CONFIRMED, id, with);
	return change;
}

struct change *tie_deny(const struct model *model, const struct tie *tie, guint side,
			const char *because, struct date today)
{
	const char *with = RECORD(model_institution(model, tie_other(tie, side)))->id;
	const char *id = RECORD(model_institution(model, side))->id;
	const struct record_type *type = &partnership_type;
	g_autoptr(GPtrArray) kinds = tie_kinds(model, tie);
	g_autofree char *json = NULL;
	char day[DATE_TEXT_SIZE];

	if (tie->n_claims == 0 || tie_is_said_by(model, tie, side))
		return NULL;
	struct node *item = node_map();
	node_append(item, "with", node_scalar(with));
	if (kinds->len > 0) {
		struct node *list = node_append(item, "kinds", node_list());
		for (guint i = 0; i < kinds->len; i++)
			node_append(list, NULL, node_scalar(kinds->pdata[i]));
	}
	node_put(type, item, "status", -1, node_scalar("denied"), NULL);
	node_put(type, item, "verified", -1, node_scalar(date_format(today, day)), NULL);
	if (because && *because)
		node_put(type, item, "notes", -1, node_scalar(because), NULL);
	json = node_to_json(item);
	node_free(item);
	struct change *change = change_new();
	change_insert(change, KIND_INSTITUTION, id, "partners", json);
	change->summary = change_deed(DEED_DENIED, id, with);
	return change;
}

struct change *tie_verify(const struct model *model, const struct tie *tie, guint side,
			  struct date today)
{
	const char *id = RECORD(model_institution(model, side))->id;
	struct change *change = change_new();
	char day[DATE_TEXT_SIZE], old[DATE_TEXT_SIZE];

	date_format(today, day);
	for (guint i = 0; i < tie->n_claims; i++) {
		const struct claim *claim = claim_of(model, tie, i);
		g_autofree char *item = NULL, *path = NULL;
		struct op *op;

		if (claim->from != side)
			continue;
		item = claim_path(model, claim);
		path = g_strconcat(item, ".verified", NULL);
		op = change_set(change, KIND_INSTITUTION, id, path, day);
		/* What was seen when the key was pressed. */
		g_free(op->old_text);
		op->old_text =
			g_strdup(date_format(partnership_details(claim->says)->verified, old));
	}
	if (change->ops->len > 0)
		return change;
	change_free(change);
	return NULL;
}

/* --- what is said twice --- */

/* Whether `later` gives itself a name that `former` has not, or states something else. */
static bool stands_apart(const struct partnership *former, const struct partnership *later)
{
	static const struct {
		const char *key;
		bool names; /* it need not be stated by the former */
	} rows[] = {
		{ "title", true },  { "basis", true },	{ "direction", false },
		{ "since", false }, { "until", false }, { "amount", false },
	};

	for (guint k = 0; k < G_N_ELEMENTS(rows); k++) {
		const struct field *field = record_field(&partnership_type, rows[k].key);

		if (field_is_set(field, later) && (rows[k].names || field_is_set(field, former)) &&
		    !field_equal(field, former, later))
			return true;
	}
	return false;
}

static bool is_over(const struct partnership *says)
{
	return date_is_set(says->until) || !g_strcmp0(says->status, "ended");
}

/* What states no kind says nothing of it that any other entry with that partner does not. */
bool partnership_doubles(const struct partnership *later, const struct partnership *former)
{
	bool denied = !g_strcmp0(later->status, "denied");

	return !g_strcmp0(later->with, former->with) &&
	       (!later->kinds || partnerships_share_a_kind(later, former)) &&
	       is_over(later) == is_over(former) &&
	       denied == !g_strcmp0(former->status, "denied") && !stands_apart(former, later);
}

GArray *partners_doubled(const struct items *partners)
{
	const struct partnership *all = ITEMS(struct partnership, *partners);
	GArray *doubled = g_array_new(FALSE, FALSE, sizeof(struct doubled));
	g_autoptr(GHashTable) seen =
		partners->n > 1 ? g_hash_table_new(g_str_hash, g_str_equal) : NULL;

	for (guint i = 0; seen && i < partners->n; i++) {
		if (!all[i].with || g_hash_table_add(seen, (gpointer)(gsize)all[i].with))
			continue;
		for (guint j = 0; j < i; j++)
			if (partnership_doubles(&all[i], &all[j])) {
				struct doubled pair = { j, i };

				g_array_append_val(doubled, pair);
				break;
			}
	}
	return doubled;
}

const struct partnership *partners_newly_doubled(const struct institution *before,
						 const struct institution *after)
{
	static const struct items none;
	g_autoptr(GArray) was = partners_doubled(before ? &before->partners : &none);
	g_autoptr(GArray) is = partners_doubled(&after->partners);

	if (is->len <= was->len)
		return NULL;
	return &ITEMS(struct partnership,
		      after->partners)[g_array_index(is, struct doubled, is->len - 1).first];
}

char *partner_doubled_text(const struct partnership *former)
{
	const struct partnership_details *details = partnership_details(former);
	g_autofree char *kinds =
		former->kinds ? g_strjoinv(", ", (char **)(gsize)former->kinds) : NULL;
	g_autofree char *period = period_text(former->since, former->until, (struct date){ 0 });
	const char *const parts[] = { kinds, details->title, period };
	g_autoptr(GString) what = g_string_new(NULL);

	for (guint i = 0; i < G_N_ELEMENTS(parts); i++)
		if (parts[i])
			g_string_append_printf(what, "%s%s", what->len ? "; " : "", parts[i]);
	if (!what->len)
		return g_strdup_printf(_("\"%s\" is a partner here already"), former->with);
	/* TRANSLATORS: the second is what is known of it, as in: training; since 2019 */
	return g_strdup_printf(_("\"%s\" is a partner here already: %s"), former->with, what->str);
}

const char *partner_doubled_hint(void)
{
	return _("change that one; or say by a title or other dates what this one is");
}
