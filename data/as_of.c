/* The network as of a day, by the dates in its records. */
#include "data/as_of.h"

#include <string.h>

#include "data/subset.h"
#include "data/tables.h"

static bool is_later(struct date begun, const struct date *day)
{
	return date_is_set(begun) && date_compare(date_first_day(begun), *day) > 0;
}

/* Had joined some network by then; who states no membership, or no date, always belonged. */
static bool had_joined(const struct institution *one, const struct date *day)
{
	for (guint i = 0; i < one->memberships.n; i++)
		if (!is_later(ITEMS(struct membership, one->memberships)[i].since, day))
			return true;
	return one->memberships.n == 0;
}

static bool had_begun(void *data, enum kind kind, const struct record *record)
{
	switch (kind) {
	case KIND_INSTITUTION:
		return had_joined((const struct institution *)(const void *)record, data);
	case KIND_PROGRAMME:
		return !is_later(((const struct programme *)(const void *)record)->start, data);
	case KIND_RESOURCE:
		return !is_later(((const struct resource *)(const void *)record)->issued, data);
	case KIND_ASSESSMENT:
		return !is_later(((const struct assessment *)(const void *)record)->period, data);
	default:
		return true;
	}
}

/* The date that an item begins with, by the name that its table gives it. */
static bool item_had_begun(void *data, const struct record_type *type, const void *item)
{
	static const char *const keys[] = { "since", "as_of", "period" };

	for (guint i = 0; i < G_N_ELEMENTS(keys); i++) {
		const struct field *field = record_field(type, keys[i]);
		if (field && field->type == FIELD_DATE &&
		    is_later(*(const struct date *)(const void *)((const char *)item +
								  field->offset),
			     data))
			return false;
	}
	return true;
}

static bool undeclare(void *data, enum kind kind, void *record, bool change)
{
	struct territory *territory = record;

	if (kind != KIND_TERRITORY || !is_later(territory->declared_on, data))
		return false;
	if (change) {
		territory->status = NULL;
		territory->declared_on = (struct date){ 0 };
	}
	return true;
}

struct model *model_as_of(const struct model *model, struct date day)
{
	struct date last = date_last_day(day);
	const struct subset then = {
		.record = had_begun, .item = item_had_begun, .alter = undeclare, .data = &last
	};

	return model_subset(model, &then, last, NULL);
}

guint model_undated_ties(const struct model *model)
{
	guint n = 0;

	for (guint i = 0; i < model->n_ties; i++)
		n += !date_is_set(model->ties[i].since);
	return n;
}
