/*
 * What can be asked of a gap by name.  Which gaps concern whom, and so pass a filter of
 * institutions, is gap_passing.c.
 */
#include "graph/gap_row.h"

#include <glib/gi18n.h>
#include <stddef.h>

struct gap_row {
	const char *kind, *status, *owner, *reason, *territory, *title;
	const char *const *institutions;
	double severity;
	struct date until, updated;
};

#define AT(member) .offset = offsetof(struct gap_row, member)

/* clang-format off */
static const struct field fields[] = {
	{ .key = "status", .type = FIELD_CHOICE, .choices = choice_gap_status, AT(status),
	  .label = N_("Status"), .help = N_("How far the work on it is") },
	{ .key = "owner", .type = FIELD_TEXT, AT(owner), .label = N_("Assigned to"), .help = N_("Who sees to it") },
	{ .key = "kind", .type = FIELD_CHOICE, .choices = choice_gap_kind, AT(kind),
	  .label = N_("Kind"), .help = N_("The kind of gap: G1, G2…") },
	{ .key = "territory", .type = FIELD_REF, .refs = 1u << KIND_TERRITORY, AT(territory),
	  .label = N_("Territory"), .help = N_("The territory that it is in") },
	{ .key = "severity", .type = FIELD_NUMBER, .most = 1, AT(severity),
	  .label = N_("Severity"), .help = N_("From 0 to 1") },
	{ .key = "institution", .type = FIELD_REF, .refs = 1u << KIND_INSTITUTION, .flags = FIELD_MANY, AT(institutions),
	  .label = N_("Institution"), .help = N_("Who is named in it") },
	{ .key = "title", .type = FIELD_TEXT, AT(title),
	  .label = N_("Title"), .help = N_("What is missing, in one line") },
	{ .key = "reason", .type = FIELD_TEXT, AT(reason),
	  .label = N_("Reason"), .help = N_("Why it was dismissed or put off, or what was agreed") },
	{ .key = "until", .type = FIELD_DATE, AT(until),
	  .label = N_("Until"), .help = N_("When it comes back, if it was put off") },
	{ .key = "updated", .type = FIELD_DATE, AT(updated),
	  .label = N_("Updated"), .help = N_("When its status was last moved") },
};
/* clang-format on */

const struct record_type gap_row_type = {
	.name = "gap",
	.title = N_("Gap"),
	.titles = N_("Gaps"),
	.size = sizeof(struct gap_row),
	.fields = fields,
	.n_fields = G_N_ELEMENTS(fields),
};

static struct gap_row *row_new(const struct model *model, const struct gap *gap)
{
	struct gap_row *row = g_new0(struct gap_row, 1);
	const char **ids = g_new0(const char *, gap->institutions->len + 1);
	for (guint i = 0; i < gap->institutions->len; i++)
		ids[i] = model_institution(model, g_array_index(gap->institutions, guint, i))
				 ->base.id;
	*row = (struct gap_row){
		.kind = gap->kind->id,
		.status = gap_status_id(gap->status),
		.owner = gap->owner,
		.reason = gap->because,
		.territory = gap->territory < 0
				     ? NULL
				     : model_territory(model, (guint)gap->territory)->base.id,
		.title = gap->title,
		.institutions = ids,
		.severity = gap->severity,
		.until = gap->until,
		.updated = gap->updated,
	};
	return row;
}

struct filter_rows *gap_rows_new(const struct model *model, const GPtrArray *gaps)
{
	struct filter_rows *rows = g_new0(struct filter_rows, 1);
	struct gap_row **all = g_new0(struct gap_row *, gaps ? gaps->len + 1 : 1);
	rows->type = &gap_row_type;
	rows->n = gaps ? gaps->len : 0;
	for (guint i = 0; i < rows->n; i++)
		all[i] = row_new(model, gaps->pdata[i]);
	rows->all = (const void *const *)all;
	return rows;
}

void gap_rows_free(struct filter_rows *rows)
{
	struct gap_row **all = rows ? (struct gap_row **)(guintptr)rows->all : NULL;
	for (guint i = 0; rows && i < rows->n; i++) {
		g_free((gpointer)(guintptr)all[i]->institutions);
		g_free(all[i]);
	}
	g_free(all);
	g_free(rows);
}
