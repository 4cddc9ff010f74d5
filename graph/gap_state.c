/*
 * What people decided about gaps: read from the record gaps.yaml, and the change
 * that moves one on.  Finds no gaps, and applies nothing: workspace_apply does.
 */
#include "graph/gap.h"

#include "base/context.h"
#include "base/errors.h"
#include "base/text.h"
#include "data/node.h"

#include <glib/gi18n.h>
#include <string.h>

#define RECORD_ID "gaps"

bool gap_status_parse(const char *id, enum gap_status *out)
{
	int i = id ? choice_index(choice_gap_status, id) : -1;
	if (i < 0)
		return false;
	*out = (enum gap_status)i;
	return true;
}

const char *gap_status_id(enum gap_status status)
{
	return choice_gap_status[status].id;
}

const char *gap_status_label(enum gap_status status)
{
	return in_context(choice_gap_status[status].label);
}

enum gap_status gap_status_next(enum gap_status status, int step)
{
	if (status > GAP_CLOSED)
		return GAP_OPEN;
	int next = (int)status + step;
	return next < (int)GAP_OPEN	? GAP_OPEN
	       : next > (int)GAP_CLOSED ? GAP_CLOSED
					: (enum gap_status)next;
}

const struct gaps *gap_states(const struct model *model)
{
	return model_get(model, KIND_GAPS, RECORD_ID);
}

const struct gap_state *gap_state_find(const struct model *model, const char *gap)
{
	const struct gaps *record = gap_states(model);
	for (guint i = 0; record && i < record->gaps.n; i++) {
		const struct gap_state *state = &ITEMS(struct gap_state, record->gaps)[i];
		if (g_strcmp0(state->gap, gap) == 0)
			return state;
	}
	return NULL;
}

void gap_stand(struct gap *gap, const struct gap_state *state, struct date today)
{
	char day[DATE_TEXT_SIZE];
	g_clear_pointer(&gap->note, g_free);
	gap->status = GAP_OPEN;
	gap->owner = gap->because = NULL;
	gap->until = gap->updated = (struct date){ 0 };
	if (state) {
		gap_status_parse(state->status, &gap->status);
		gap->owner = state->owner;
		gap->because = state->reason;
		gap->until = state->until;
		gap->updated = state->updated;
	}
	if (gap->status == GAP_CLOSED &&
	    (!date_is_set(gap->updated) || date_compare(date_last_day(gap->updated), today) < 0)) {
		gap->note = date_is_set(gap->updated)
				    ? g_strdup_printf(_("Closed on %s, and found again: enter what "
							"closed it, or take it up anew."),
						      date_format(gap->updated, day))
				    : g_strdup(_("Closed before, and found again: enter what "
						 "closed it, or take it up anew."));
		gap->status = GAP_OPEN;
	} else if (gap->status == GAP_SNOOZED &&
		   date_compare(date_first_day(gap->until), today) <= 0) {
		gap->note = g_strdup_printf(_("Put off until %s: the time has come."),
					    date_format(gap->until, day));
		gap->status = GAP_OPEN;
	}
	gap->hidden = gap->status >= GAP_CLOSED;
}

static bool usage(GError **error, const char *message)
{
	g_set_error_literal(error, TELAR_ERROR, TELAR_ERROR_USAGE, message);
	return false;
}

static bool status_is_known(const char *status, GError **error)
{
	const char *ids[GAP_SNOOZED + 2] = { NULL };
	enum gap_status known;
	if (gap_status_parse(status, &known))
		return true;
	for (guint i = 0; i <= GAP_SNOOZED; i++)
		ids[i] = choice_gap_status[i].id;
	const char *nearest = text_nearest(status, ids);
	g_autofree char *all = g_strjoinv(", ", (char **)(guintptr)ids);
	g_autofree char *hint = nearest ? g_strdup_printf(_("did you mean \"%s\"?"), nearest)
					: g_strdup_printf(_("it is one of: %s"), all);
	g_set_error(error, TELAR_ERROR, TELAR_ERROR_USAGE, _("\"%s\" is no status of a gap"),
		    status);
	error_add_hint(error, hint);
	return false;
}

/* What the state will be: texts as they are to stand, NULL for nothing. */
struct wanted {
	const char *status, *reason, *owner, *until;
	char until_now[DATE_TEXT_SIZE];
};

static const char *pick(const char *given, const char *standing)
{
	return !given ? standing : *given ? given : NULL;
}

static void wanted_init(struct wanted *wanted, const struct gap_state *state,
			const struct gap_move *move)
{
	const char *now = state ? state->status : gap_status_id(GAP_OPEN);
	wanted->status = move->status ? move->status : now;
	bool moved = strcmp(wanted->status, now) != 0;
	enum gap_status stood = GAP_OPEN;
	gap_status_parse(now, &stood);
	bool settled = stood >= GAP_CLOSED;
	date_format(state ? state->until : (struct date){ 0 }, wanted->until_now);
	/* Why it was closed, dismissed or put off says nothing about what comes after. */
	wanted->reason = pick(move->reason, state && !(moved && settled) ? state->reason : NULL);
	wanted->owner = pick(move->owner, state ? state->owner : NULL);
	wanted->until = pick(move->until, *wanted->until_now ? wanted->until_now : NULL);
	if (strcmp(wanted->status, "snoozed") != 0)
		wanted->until = NULL;
}

static bool wanted_is_valid(const struct wanted *wanted, const struct gap_move *move,
			    struct date today, GError **error)
{
	struct date until;
	bool snoozed = strcmp(wanted->status, "snoozed") == 0;
	if (strcmp(wanted->status, "dismissed") == 0 && !wanted->reason)
		return usage(error, _("Say why the gap is dismissed"));
	if (move->until && *move->until && !snoozed)
		return usage(error, _("Only a gap that is put off has a day until when"));
	if (!snoozed)
		return true;
	if (!wanted->until)
		return usage(error, _("Say until when the gap is put off"));
	if (!date_parse(wanted->until, &until)) {
		g_set_error(error, TELAR_ERROR, TELAR_ERROR_USAGE, _("\"%s\" is no date"),
			    wanted->until);
		error_add_hint(error, _("write it as 2027, 2027-03 or 2027-03-15"));
		return false;
	}
	if (date_compare(date_first_day(until), today) <= 0)
		return usage(error, _("A gap is put off until a day to come"));
	return true;
}

static struct node *state_node(const char *gap, const struct wanted *wanted, struct date today)
{
	char day[DATE_TEXT_SIZE];
	struct node *node = node_map();
	const struct {
		const char *key, *text;
	} rows[] = {
		{ "gap", gap },
		{ "status", wanted->status },
		{ "reason", wanted->reason },
		{ "owner", wanted->owner },
		{ "until", wanted->until },
		{ "updated", date_format(today, day) },
	};
	for (guint i = 0; i < G_N_ELEMENTS(rows); i++)
		if (rows[i].text)
			node_append(node, rows[i].key, node_scalar(rows[i].text));
	return node;
}

/* The record with `state` (taken) in the place of that of `gap`. */
static struct node *record_with(const struct node *before, const char *gap, struct node *state)
{
	struct node *record = before ? node_copy(before) : node_map();
	struct node *list = node_get(record, "gaps");
	if (!list)
		list = node_append(record, "gaps", node_list());
	for (guint i = 0; i < list->children->len; i++) {
		const struct node *name = node_get(list->children->pdata[i], "gap");
		if (!name || strcmp(name->text, gap) != 0)
			continue;
		node_free(g_ptr_array_index(list->children, i));
		list->children->pdata[i] = state;
		return record;
	}
	node_append(list, NULL, state);
	return record;
}

struct change *gap_move(const struct model *model, const char *gap, const struct gap_move *move,
			struct date today, GError **error)
{
	const struct gaps *record = gap_states(model);
	const struct gap_state *state = gap_state_find(model, gap);
	struct wanted wanted;
	if (move->status && !status_is_known(move->status, error))
		return NULL;
	wanted_init(&wanted, state, move);
	if (!wanted_is_valid(&wanted, move, today, error))
		return NULL;
	struct node *before = record ? node_from_record(record_type(KIND_GAPS), record) : NULL;
	struct node *after = record_with(before, gap, state_node(gap, &wanted, today));
	struct change *change = change_new();
	change_diff(change, KIND_GAPS, RECORD_ID, before, after);
	enum gap_status status = GAP_OPEN;
	gap_status_parse(wanted.status, &status);
	/* Who sees to it now, where nothing else is another: the status would tell nothing new. */
	change->summary = g_strdup_printf("%s: %s", gap,
					  !move->status && wanted.owner ? wanted.owner
									: gap_status_id(status));
	node_free(before);
	node_free(after);
	return change;
}
