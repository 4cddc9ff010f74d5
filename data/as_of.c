/* The network as of a day, by the dates in its records. */
#include "data/as_of.h"

#include <math.h>
#include <string.h>

#include "data/subset.h"
#include "data/tables.h"

/* The fields of a type of items that say since when one holds. */
struct begins {
	const struct record_type *type;
	const struct field *field[4];
	guint n;
};

struct then {
	const struct model *model; /* the present one */
	struct date last;
	struct begins begins; /* of the type that was asked for last: items come in rows */
};

/* Had joined some network by then; who states no membership, or no date, always belonged. */
static bool had_joined(const struct institution *one, const struct date *day)
{
	for (guint i = 0; i < one->memberships.n; i++)
		if (!date_is_ahead(ITEMS(struct membership, one->memberships)[i].since, *day))
			return true;
	return one->memberships.n == 0;
}

static bool had_begun(void *data, enum kind kind, const struct record *record)
{
	const struct date *day = &((const struct then *)data)->last;

	switch (kind) {
	case KIND_INSTITUTION:
		return had_joined((const struct institution *)(const void *)record, day);
	case KIND_PROGRAMME:
		return !date_is_ahead(((const struct programme *)(const void *)record)->start,
				      *day);
	case KIND_RESOURCE:
		return !date_is_ahead(((const struct resource *)(const void *)record)->issued,
				      *day);
	case KIND_ASSESSMENT:
		return !date_is_ahead(((const struct assessment *)(const void *)record)->period,
				      *day);
	default:
		return true;
	}
}

static void begins_find(struct begins *begins, const struct record_type *type)
{
	static const char *const keys[] = { "since", "as_of", "period", "updated" };

	*begins = (struct begins){ .type = type };
	for (guint i = 0; i < G_N_ELEMENTS(keys); i++) {
		const struct field *field = record_field(type, keys[i]);
		if (field && field->type == FIELD_DATE)
			begins->field[begins->n++] = field;
	}
}

/*
 * An item begins with its `since`.  Others hold for one date and for none before it:
 * a published figure (`as_of`), the step that a practice had reached (`period`) and a
 * decision on a gap (`updated`).  What stood before such a decision no record says, so
 * that the gap is undecided then; the history has it (workspace_model_at()).
 */
static bool item_had_begun(void *data, const struct record_type *type, const void *item)
{
	struct then *then = data;

	if (then->begins.type != type)
		begins_find(&then->begins, type);
	for (guint i = 0; i < then->begins.n; i++) {
		const struct date *at = field_at(then->begins.field[i], item);
		if (date_is_ahead(*at, then->last))
			return false;
	}
	return true;
}

/* Declared later, and so not yet. */
static bool undeclare(const struct date *day, struct territory *territory, bool change)
{
	if (!date_is_ahead(territory->declared_on, *day))
		return false;
	if (change) {
		territory->status = NULL;
		territory->declared_on = (struct date){ 0 };
	}
	return true;
}

/* What is over by now went on until the end that is stated. */
static bool reopen(const struct date *day, struct institution *one, bool change)
{
	struct partnership *partners = one->partners.at;
	bool found = false;

	for (guint i = 0; i < one->partners.n; i++) {
		if (g_strcmp0(partners[i].status, "ended") != 0 ||
		    !date_is_set(partners[i].until) ||
		    date_compare(date_last_day(partners[i].until), *day) < 0)
			continue;
		found = true;
		if (change)
			partners[i].status = NULL;
	}
	return found;
}

/*
 * A tie that either side dates is dated: what the other side says of it without a date
 * began when the tie did, and goes with it where that was later.
 */
static bool date_by_others(const struct then *then, struct institution *one, bool change)
{
	struct partnership *partners = one->partners.at;
	int self = model_find(then->model, KIND_INSTITUTION, one->base.id);
	bool found = false;

	for (guint i = 0; i < one->partners.n; i++) {
		int other = date_is_set(partners[i].since) || !partners[i].with
				    ? -1
				    : model_find(then->model, KIND_INSTITUTION, partners[i].with);
		const struct tie *tie = self < 0 || other < 0
						? NULL
						: model_tie(then->model, (guint)self, (guint)other);
		if (!tie || !date_is_ahead(tie->since, then->last))
			continue;
		found = true;
		if (change)
			partners[i].since = tie->since;
	}
	return found;
}

/* How much it held was counted later; that it was there its `issued` says. */
static bool uncount(const struct date *day, struct resource *resource, bool change)
{
	if (!date_is_ahead(resource->as_of, *day))
		return false;
	if (change) {
		resource->count = NAN;
		resource->qualifier = NULL;
		resource->as_of = (struct date){ 0 };
	}
	return true;
}

static bool restate(void *data, enum kind kind, void *record, bool change)
{
	const struct then *then = data;
	bool found;

	if (kind == KIND_TERRITORY)
		return undeclare(&then->last, record, change);
	if (kind == KIND_RESOURCE)
		return uncount(&then->last, record, change);
	if (kind != KIND_INSTITUTION)
		return false;
	found = reopen(&then->last, record, change);
	return date_by_others(then, record, change) || found;
}

struct model *model_as_of(const struct model *model, struct date day, GCancellable *cancel,
			  GError **error)
{
	struct then then = { .model = model, .last = date_last_day(day) };
	const struct subset subset = { .record = had_begun,
				       .item = item_had_begun,
				       .alter = restate,
				       .data = &then,
				       .cancel = cancel };

	return model_subset(model, &subset, then.last, NULL, error);
}

guint model_undated_ties(const struct model *model)
{
	guint n = 0;

	for (guint i = 0; i < model->n_ties; i++)
		n += tie_counts(&model->ties[i]) && !date_is_set(model->ties[i].since);
	return n;
}

guint model_undated_members(const struct model *model)
{
	guint n = 0;

	for (guint i = 0; i < model->n[KIND_INSTITUTION]; i++) {
		struct items joined = model_institution(model, i)->memberships;
		bool dated = joined.n > 0;

		for (guint k = 0; k < joined.n; k++)
			dated = dated && date_is_set(ITEMS(struct membership, joined)[k].since);
		n += !dated;
	}
	return n;
}

static void note_year(int *first, struct date date)
{
	if (date_is_set(date) && (*first == 0 || date.year < *first))
		*first = date.year;
}

int model_first_year(const struct model *model)
{
	int first = 0;

	for (guint i = 0; i < model->n_ties; i++)
		if (tie_counts(&model->ties[i]))
			note_year(&first, model->ties[i].since);
	for (guint i = 0; i < model->n[KIND_PROGRAMME]; i++)
		note_year(&first, model_programme(model, i)->start);
	for (guint i = 0; i < model->n[KIND_TERRITORY]; i++)
		note_year(&first, model_territory(model, i)->declared_on);
	for (guint i = 0; i < model->n[KIND_INSTITUTION]; i++) {
		struct items joined = model_institution(model, i)->memberships;

		for (guint k = 0; k < joined.n; k++)
			note_year(&first, ITEMS(struct membership, joined)[k].since);
	}
	return first;
}
