#include "tui/views/removal.h"

#include <string.h>

#include <glib/gi18n.h>

#include "data/claim.h"
#include "data/path.h"
#include "tui/views/edit.h"
#include "tui/views/list.h"
#include "tui/views/tie.h"
#include "tui/widgets/question.h"

/*
 * Removing what is marked, as one change: how many, the first of them by name, and what
 * goes with them.  One record or item at a time is confirm.c.
 */
#define NAMED 3 /* so many by name */

struct state {
	char **subjects;
	struct change *change; /* as it was asked about: nothing else is removed */
	char *asked, *follows, *failed;
	bool removing; /* until EVENT_DONE or EVENT_FAILED */
	const char *keys[REMOVAL_KEYS];
};

/* --- the change ------------------------------------------------------------------------ */

static const char *tie_of(const char *subject)
{
	return g_str_has_prefix(subject, "tie/") ? subject + strlen("tie/") : NULL;
}

static void remove_path(struct change *change, const struct model *model, enum kind kind,
			const char *id, const char *path)
{
	const struct record_type *type = record_type(kind);
	const void *record = model_get(model, kind, id);
	struct node *root = record == NULL ? NULL : node_from_record(type, record);
	const struct node *at = root == NULL ? NULL : node_find(type, root, path);

	if (at != NULL)
		change_remove(change, kind, id, path)->old_text = node_to_json(at);
	node_free(root);
}

static void remove_record(struct change *change, const struct model *model, const char *subject)
{
	const char *id;
	enum kind kind;

	if (!subject_parse(subject, &kind, &id) || model_get(model, kind, id) == NULL)
		return;
	struct node *root = node_from_record(record_type(kind), model_get(model, kind, id));

	change_delete(change, kind, id)->old_text = node_to_json(root);
	node_free(root);
}

/* All that its sides say; the last of several entries first, so that the others keep their place.
 */
static void remove_tie(struct change *change, const struct model *model, const struct tie *tie)
{
	for (guint i = tie->n_claims; i-- > 0;) {
		const struct claim *claim = &model->claims[tie->first_claim + i];
		g_autofree char *path = claim_path(model, claim);

		remove_path(change, model, KIND_INSTITUTION,
			    RECORD(model_institution(model, claim->from))->id, path);
	}
}

/* Those that subjects name, of the tree that `root` is. */
static GHashTable *items_named(const struct record_type *type, const struct node *root,
			       const char *const *subjects)
{
	GHashTable *items = g_hash_table_new(NULL, NULL);

	for (guint i = 0; subjects[i] != NULL; i++) {
		g_autofree char *id = NULL, *path = NULL;
		enum kind kind;

		if (edit_subject(subjects[i], &kind, &id, &path) && path != NULL)
			g_hash_table_add(items, node_find(type, root, path));
	}
	return items;
}

/*
 * Items of one list, the last first, so that the others keep their place whatever order
 * they are named in.  The only record of its kind goes with its last item: a file of
 * nothing means nothing.
 */
static void remove_items(struct change *change, const struct model *model, enum kind kind,
			 const char *id, const char *list, const char *const *subjects)
{
	const struct record_type *type = record_type(kind);
	const struct field *field = record_field(type, list);
	const void *record = model_get(model, kind, id);
	struct node *root = record == NULL ? NULL : node_from_record(type, record);
	const struct node *items = root == NULL ? NULL : node_find(type, root, list);

	if (field != NULL && items != NULL) {
		g_autoptr(GHashTable) named = items_named(type, root, subjects);
		guint n = items->children->len;
		bool all = record_is_single(type) && n == g_strv_length((char **)(gsize)subjects);

		if (all)
			change_delete(change, kind, id)->old_text = node_to_json(root);
		for (guint i = all ? 0 : n; i-- > 0;) {
			const struct node *item = items->children->pdata[i];
			g_autofree char *path = path_item(field, items, i);

			if (g_hash_table_contains(named, item))
				change_remove(change, kind, id, path)->old_text =
					node_to_json(item);
		}
	}
	node_free(root);
}

struct change *removal_change(const struct model *model, const char *const *subjects)
{
	g_autofree char *id = NULL, *path = NULL;
	struct change *change = change_new();
	enum kind kind;

	if (subjects[0] != NULL && tie_of(subjects[0]) == NULL &&
	    edit_subject(subjects[0], &kind, &id, &path) && path != NULL) {
		g_autofree char *list = op_list_path(path);

		remove_items(change, model, kind, id, list, subjects);
		return change;
	}
	for (guint i = 0; subjects[i] != NULL; i++) {
		const char *name = tie_of(subjects[i]);
		const struct tie *tie = name == NULL ? NULL : tie_find(model, name, NULL, NULL);

		if (tie != NULL)
			remove_tie(change, model, tie);
		else if (name == NULL)
			remove_record(change, model, subjects[i]);
	}
	return change;
}

/* --- what is asked ---------------------------------------------------------------------- */

static char *name_of(const struct model *model, const char *subject)
{
	const char *name = tie_of(subject);
	guint from, to;
	g_autofree char *id = NULL, *path = NULL;
	enum kind kind;

	if (name != NULL && tie_find(model, name, &from, &to) != NULL)
		return g_strdup_printf("%s – %s",
				       institution_name(model_institution(model, from), true),
				       institution_name(model_institution(model, to), true));
	if (name != NULL || !edit_subject(subject, &kind, &id, &path))
		return g_strdup(subject);
	return path != NULL ? g_strdup(strrchr(subject, '/') + 1)
			    : g_strdup(model_name(model, kind, id, true));
}

char *removal_names(const GPtrArray *names)
{
	GString *text = g_string_new(NULL);
	guint n = names->len;

	for (guint i = 0; i < MIN(n, NAMED); i++)
		g_string_append_printf(text, "%s%s", i == 0 ? "" : ", ",
				       (const char *)names->pdata[i]);
	if (n > NAMED)
		g_string_append_printf(text, ngettext(", and %u more", ", and %u more", n - NAMED),
				       n - NAMED);
	return g_string_free(text, FALSE);
}

static char *question(const struct model *model, char **subjects)
{
	guint n = g_strv_length(subjects);
	GString *text = g_string_new(NULL);
	g_autoptr(GPtrArray) all = g_ptr_array_new_with_free_func(g_free);

	g_string_printf(
		text,
		ngettext("Remove the %u that is marked?", "Remove the %u that are marked?", n), n);
	for (guint i = 0; i < n; i++)
		g_ptr_array_add(all, i < NAMED ? name_of(model, subjects[i]) : NULL);
	g_autofree char *names = removal_names(all);

	g_string_append_printf(text, " %s", names);
	return g_string_free(text, FALSE);
}

struct ties {
	guint gone;		  /* with those who are removed, of those that count, */
	guint others[TIE_STATES]; /* and all of them by state */
	guint declared;		  /* by others as well, who keep them from being removed */
};

static struct ties ties_of(const struct model *model, char **subjects)
{
	g_autofree bool *marked = g_new0(bool, model->n[KIND_INSTITUTION] + 1);
	struct ties ties = { 0 };
	const char *id;
	enum kind kind;

	for (guint i = 0; subjects[i] != NULL; i++)
		if (subject_parse(subjects[i], &kind, &id) && kind == KIND_INSTITUTION) {
			int at = model_find(model, kind, id);

			if (at >= 0)
				marked[at] = true;
		}
	for (guint i = 0; i < model->n_ties; i++) {
		const struct tie *tie = &model->ties[i];
		bool by_other = (!marked[tie->a] && tie_is_said_by(model, tie, tie->a)) ||
				(!marked[tie->b] && tie_is_said_by(model, tie, tie->b));

		if (!marked[tie->a] && !marked[tie->b])
			continue;
		ties.gone += !by_other && tie_counts(tie);
		ties.others[tie->state] += !by_other;
		ties.declared += by_other;
	}
	return ties;
}

void removal_add_sentence(GString *text, char *sentence)
{
	g_string_append_printf(text, "%s%s", text->len > 0 ? " " : "", sentence);
	g_free(sentence);
}

static void add_gone(GString *text, const struct ties *ties)
{
	g_autofree char *counted =
		g_strdup_printf(ngettext("%u tie", "%u ties", ties->gone), ties->gone);
	g_autofree char *all = ties_and_others(counted, ties->others);

	if (ties->gone + ties->others[TIE_PROPOSED] + ties->others[TIE_DENIED] > 0)
		/* TRANSLATORS: "3 ties", or "3 ties and 1 proposed" */
		removal_add_sentence(text, g_strdup_printf(_("What goes with them: %s."), all));
}

/* What goes with them, a sentence each. */
static char *consequence(const struct model *model, char **subjects, const struct change *change)
{
	GString *text = g_string_new(NULL);
	guint entries = change->ops->len;
	bool are_ties = subjects[0] != NULL && tie_of(subjects[0]) != NULL;
	struct ties ties = { 0 };

	if (!are_ties)
		ties = ties_of(model, subjects);
	if (are_ties)
		removal_add_sentence(
			text,
			g_strdup_printf(ngettext("%u entry says so, and goes.",
						 "%u entries say so, and all of them go.", entries),
					entries));
	add_gone(text, &ties);
	if (ties.declared > 0)
		removal_add_sentence(
			text, g_strdup_printf(ngettext("%u tie is declared by others: it has to be "
						       "taken away there first.",
						       "%u ties are declared by others: they have "
						       "to be taken away there first.",
						       ties.declared),
					      ties.declared));
	removal_add_sentence(text, g_strdup(_("It is one change: undo brings everything back.")));
	return g_string_free(text, FALSE);
}

/* --- the view --------------------------------------------------------------------------- */

static void look(struct state *state, const struct model *model)
{
	g_free(state->asked);
	g_free(state->follows);
	change_free(state->change);
	state->change = removal_change(model, (const char *const *)state->subjects);
	state->asked = question(model, state->subjects);
	state->follows = consequence(model, state->subjects, state->change);
}

static void *removal_open(struct app *app, const struct world *world, const char *subject)
{
	struct state *state = g_new0(struct state, 1);

	(void)app;
	state->subjects = g_strsplit(subject == NULL ? "" : subject, "\n", -1);
	look(state, world->model);
	return state;
}

static void removal_free(void *data)
{
	struct state *state = data;

	g_strfreev(state->subjects);
	change_free(state->change);
	g_free(state->asked);
	g_free(state->follows);
	g_free(state->failed);
	g_free(state);
}

bool removal_is_same(const struct change *a, const struct change *b)
{
	bool same = a->ops->len == b->ops->len;

	for (guint i = 0; same && i < a->ops->len; i++) {
		const struct op *x = a->ops->pdata[i], *y = b->ops->pdata[i];

		same = g_strcmp0(x->id, y->id) == 0 && g_strcmp0(x->path, y->path) == 0 &&
		       g_strcmp0(x->old_text, y->old_text) == 0;
	}
	return same;
}

static void removal_refresh(struct view *view, struct app *app, const struct world *world)
{
	struct state *state = view->state;

	(void)app;
	if (state->removing)
		return;
	struct change *asked = g_steal_pointer(&state->change);

	look(state, world->model);
	if (!removal_is_same(asked, state->change)) {
		g_free(state->failed);
		state->failed = g_strdup(_("Somebody changed this meanwhile: look again."));
	}
	change_free(asked);
}

static bool removal_typing(const struct view *view)
{
	return view->state != NULL;
}

static void remove_all(struct state *state, struct app *app, const struct world *world,
		       struct effects *effects)
{
	if (!app_may_edit(app, world))
		return;
	effects_add(effects, EFFECT_APPLY)->change = change_copy(state->change);
	state->removing = true;
}

static bool removal_update(struct view *view, struct app *app, const struct world *world,
			   const struct event *event, enum action action, struct effects *effects)
{
	struct state *state = view->state;
	gunichar key = event->key;

	(void)action;
	if (event->type == EVENT_DONE && state->removing) {
		app_close(app, world);
		list_unmark(app_top(app));
	} else if (event->type == EVENT_FAILED && state->removing) {
		state->removing = false;
		g_free(state->failed);
		state->failed = g_strdup(event->text);
	} else if (event->type != EVENT_KEY || state->removing) {
		return event->type == EVENT_KEY;
	} else if (question_answer(key) == ANSWER_YES) {
		remove_all(state, app, world, effects);
	} else if (question_answer(key) == ANSWER_NO) {
		app_close(app, world);
	} else {
		question_unanswered(app);
	}
	return true;
}

static void removal_draw(const struct view *view, const struct app *app, const struct world *world,
			 struct grid *grid, struct rect area)
{
	const struct state *state = view->state;

	(void)app;
	(void)world;
	question_draw(grid, area, state->asked, state->follows, state->failed);
}

const char *const *removal_answers(const char *keys[REMOVAL_KEYS])
{
	keys[0] = key_yes();
	keys[1] = _("Remove");
	keys[2] = _("Esc");
	keys[3] = _("Keep");
	keys[4] = NULL;
	return keys;
}

static const char *const *removal_keys(const struct view *view)
{
	return removal_answers(((struct state *)view->state)->keys);
}

const struct view_ops view_removal = {
	.name = "removal",
	.title = N_("Remove what is marked"),
	.scopes = SCOPE_FORM,
	.dialog = true,
	.open = removal_open,
	.free = removal_free,
	.refresh = removal_refresh,
	.typing = removal_typing,
	.update = removal_update,
	.draw = removal_draw,
	.keys = removal_keys,
};
