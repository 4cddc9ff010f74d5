/*
 * What one side says of a tie, as changes: confirming and checking.  Neither
 * applies them nor asks.
 */
#include "data/claim.h"

#include <string.h>

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

struct change *tie_confirm(const struct model *model, const struct tie *tie, guint side,
			   struct date today)
{
	const char *with = RECORD(model_institution(model, tie_other(tie, side)))->id;
	const char *id = RECORD(model_institution(model, side))->id;
	struct change *change;
	char day[DATE_TEXT_SIZE];

	if (tie->n_claims == 0 || tie_is_said_by(model, tie, side))
		return NULL;
	change = change_new();
	date_format(today, day);
	for (guint i = 0; i < tie->n_claims; i++) {
		g_autofree char *json = mirrored(claim_of(model, tie, i)->says, with, day);

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
