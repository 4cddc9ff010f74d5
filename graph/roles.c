/*
 * Who is part of which programme, as plain arrays.  Common work that is not yet a
 * partnership: what gaps look at when they propose whom to bring together.
 */
#include "graph/work.h"

static void add_role(const struct model *model, GArray **of, const char *id, guint programme)
{
	int i = id ? model_find(model, KIND_INSTITUTION, id) : -1;
	if (i < 0)
		return;
	if (!of[i])
		of[i] = g_array_new(FALSE, FALSE, sizeof(guint));
	GArray *list = of[i];
	/* Programmes come in order: a second role stands right behind the first. */
	if (list->len == 0 || g_array_index(list, guint, list->len - 1) != programme)
		g_array_append_val(list, programme);
}

static void add_programme(const struct model *model, GArray **of, guint p)
{
	const struct programme *programme = model_programme(model, p);
	const struct participant *rows = ITEMS(struct participant, programme->participants);
	add_role(model, of, programme->lead, p);
	for (guint i = 0; programme->donors && programme->donors[i]; i++)
		add_role(model, of, programme->donors[i], p);
	for (guint i = 0; i < programme->participants.n; i++)
		add_role(model, of, rows[i].institution, p);
}

const struct roles *study_roles(struct study *study)
{
	const struct model *model = study->net->model;
	guint n = model->n[KIND_INSTITUTION], total = 0;
	if (study->roles)
		return study->roles;
	study_makes(study);
	g_autofree GArray **of = g_new0(GArray *, MAX(n, 1));
	for (guint p = 0; p < model->n[KIND_PROGRAMME]; p++)
		add_programme(model, of, p);
	struct roles *roles = g_new0(struct roles, 1);
	roles->start = g_new0(guint, n + 1);
	for (guint i = 0; i < n; i++)
		roles->start[i + 1] = total += of[i] ? of[i]->len : 0;
	roles->programme = g_new(guint, MAX(total, 1));
	for (guint i = 0; i < n; i++) {
		if (!of[i])
			continue;
		for (guint k = 0; k < of[i]->len; k++)
			roles->programme[roles->start[i] + k] = g_array_index(of[i], guint, k);
		g_array_unref(of[i]);
	}
	return study->roles = roles;
}
