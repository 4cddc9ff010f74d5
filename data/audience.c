/* Who may see which entry, and which of its fields. */
#include "data/audience.h"

#include <string.h>

#include <glib/gi18n.h>

#include "base/errors.h"
#include "data/filter_terms.h"
#include "data/subset.h"
#include "data/tables.h"

bool audience_parse(const char *word, enum audience *out)
{
	for (guint i = 0; choice_visibility[i].id; i++) {
		if (strcmp(choice_visibility[i].id, word) == 0) {
			*out = (enum audience)i;
			return true;
		}
	}
	return false;
}

const char *audience_id(enum audience audience)
{
	return choice_visibility[audience].id;
}

bool audience_is_told(enum audience audience)
{
	return audience >= AUDIENCE_NETWORK;
}

/* A word that this version does not know is the narrowest: nothing leaves by mistake. */
static bool may_see(void *data, enum kind kind, const struct record *record)
{
	const enum audience *audience = data;
	enum audience least = AUDIENCE_COORDINATOR;

	(void)kind;
	if (!record->visibility)
		return true;
	(void)audience_parse(record->visibility, &least);
	return *audience >= least;
}

/* --- fields ---------------------------------------------------------------------------------- */

/* Texts, lists and items: no number, date or group is private. */
static void field_empty(const struct field *field, void *record)
{
	void *at = (void *)(gsize)field_at(field, record);

	if (field->flags & FIELD_MANY)
		**(char ***)at = NULL;
	else if (field->type == FIELD_ITEMS)
		((struct items *)at)->n = 0;
	else
		*(char **)at = NULL;
}

/* Whether something private is in it; with `change` it is not any more. */
static bool withhold(const struct record_type *type, void *record, bool change)
{
	bool found = false;

	for (guint i = 0; i < type->n_fields; i++) {
		const struct field *field = &type->fields[i];

		if (!field_is_set(field, record))
			continue;
		void *at = (void *)(gsize)field_at(field, record);
		if (field->flags & FIELD_PRIVATE) {
			found = true;
			if (change)
				field_empty(field, record);
		} else if (field->type == FIELD_GROUP) {
			found |= withhold(field->sub, at, change);
		} else if (field->type == FIELD_ITEMS) {
			const struct items *items = at;
			for (guint k = 0; k < items->n; k++)
				found |= withhold(field->sub,
						  (char *)items->at + k * field->sub->size, change);
		}
	}
	return found;
}

static bool is_settled(const struct gap_state *state)
{
	static const char *const settled[] = { "closed", "dismissed", "snoozed", NULL };

	return state->status && g_strv_contains(settled, state->status);
}

/* Neither why nor by whom, and nothing of what is under way. */
static void keep_settled(struct gaps *gaps)
{
	struct gap_state *states = gaps->gaps.at;
	guint kept = 0;

	for (guint i = 0; i < gaps->gaps.n; i++) {
		if (!is_settled(&states[i]))
			continue;
		states[kept] = states[i];
		states[kept].reason = states[kept].owner = NULL;
		kept++;
	}
	gaps->gaps.n = kept;
}

static bool alter(void *data, enum kind kind, void *record, bool change)
{
	const enum audience *audience = data;
	bool found = false;

	if (*audience == AUDIENCE_COORDINATOR)
		return false;
	if (kind == KIND_GAPS && !audience_is_told(*audience)) {
		found = true;
		if (change)
			keep_settled(record);
	}
	return withhold(record_type(kind), record, change) || found;
}

/* --- the network ----------------------------------------------------------------------------- */

static bool sees_all(const struct model *model, enum audience audience)
{
	for (guint k = 0; k < KIND_COUNT; k++) {
		for (guint i = 0; i < model->n[k]; i++) {
			void *record = (void *)(gsize)model->records[k][i];
			if (!may_see(&audience, (enum kind)k, record) ||
			    alter(&audience, (enum kind)k, record, false))
				return false;
		}
	}
	return true;
}

struct model *model_for_audience(const struct model *model, enum audience audience, guint *n_hidden)
{
	const struct subset seen = { .record = may_see, .alter = alter, .data = &audience };

	if (!sees_all(model, audience))
		return model_subset(model, &seen, model->today, n_hidden, NULL);
	if (n_hidden)
		*n_hidden = 0;
	return model_ref(model);
}

bool audience_may_ask(enum audience audience, const struct filter *filter, GError **error)
{
	if (!filter || audience == AUDIENCE_COORDINATOR)
		return true;
	for (guint i = 0; i < filter->terms->len; i++) {
		const struct filter_term *term = filter->terms->pdata[i];
		for (guint d = 0; d < term->depth; d++) {
			if (!(term->path[d]->flags & FIELD_PRIVATE))
				continue;
			g_set_error(error, TELAR_ERROR, TELAR_ERROR_USAGE,
				    _("\"%s\" is private: only for coordinators an export can be "
				      "filtered by it"),
				    term->name);
			return false;
		}
	}
	return true;
}
