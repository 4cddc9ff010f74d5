#include "tui/views/list.h"

#include <string.h>

#include <glib/gi18n.h>

#include "base/text.h"
#include "tui/views/edit.h"
#include "tui/views/removal.h"
#include "tui/views/whatif.h"

/*
 * What keys do to the rows that are marked, and the line that tells which do.  Editing
 * and exporting many have files of their own.
 */

/* In the order in which they are told. */
static const struct {
	enum action action;
	const char *label; /* N_(), of what it does to several; NULL: the usual one */
} for_marked[] = {
	{ ACTION_EDIT, NULL },
	{ ACTION_EXPORT, NULL },
	{ ACTION_CONFIRM, NULL },
	{ ACTION_DELETE, NULL },
	/* TRANSLATORS: the one to the other of two. */
	{ ACTION_PATH, N_("Introduce") },
	/* TRANSLATORS: what would be then. */
	{ ACTION_LEAVE_TRY, N_("If they left") },
	/* TRANSLATORS: between two. */
	{ ACTION_PARTNER, N_("Tie") },
	{ ACTION_YANK, NULL },
};

static bool are_institutions(const struct list *list)
{
	return list->kind->records && list->kind->kind == KIND_INSTITUTION;
}

static bool acts_on_marked(const struct list *list, enum action action)
{
	if (action == ACTION_EDIT)
		return list->kind->records;
	if (action == ACTION_PATH || action == ACTION_PARTNER || action == ACTION_LEAVE_TRY)
		return are_institutions(list);
	return action == ACTION_EXPORT || action == ACTION_YANK || action == ACTION_DELETE ||
	       action == ACTION_CONFIRM;
}

/* They change the row under the cursor, which need not be one of those marked. */
static bool is_for_one(const struct list *list, enum action action)
{
	return action == ACTION_ANSWER || action == ACTION_TIE ||
	       (action == ACTION_EDIT && !list->kind->records);
}

static void refuse(const struct list *list, struct app *app)
{
	guint marked = tableview_marked(list->table);
	char key[16];

	app_say(app, STYLE_WARN,
		ngettext("That is done to one at a time, and %u is marked: %s takes the mark off.",
			 "That is done to one at a time, and %u are marked: %s takes a mark off.",
			 marked),
		marked, key_text(keymap_key(&app->keymap, ACTION_MARK), key));
}

/* Of two marked, between them; of one, as if it were under the cursor. */
static void act_between(const struct list *list, struct app *app, enum action action, char **ids)
{
	const struct world *world = list->world;
	guint n = g_strv_length(ids);
	g_autofree char *subject = NULL;

	if (n > 2) {
		app_say(app, STYLE_WARN, _("That is between two, and %u are marked."), n);
		return;
	}
	if (action == ACTION_PATH) {
		subject = g_strjoinv("/", ids);
		app_open(app, world, &view_path, subject);
	} else if (app_may_edit(app, world)) {
		subject = n == 2 ? edit_tie_subject(world->model, ids[0], ids[1])
				 : g_strdup_printf("institution/%s/partners", ids[0]);
		app_open(app, world, &view_form, subject);
	}
}

/* Rows at once: more is no slip of the hand, and takes its time. */
#define REMOVED_MOST 1000
#define CHANGED_MOST 5000

/* Of `n` marked rows that are shown, in words. */
static bool is_too_many(struct app *app, enum action action, guint n)
{
	guint most = action == ACTION_DELETE ? REMOVED_MOST : CHANGED_MOST;
	bool changes = action == ACTION_DELETE || action == ACTION_EDIT || action == ACTION_CONFIRM;

	if (!changes || n <= most)
		return false;
	if (action == ACTION_DELETE)
		app_say(app, STYLE_WARN,
			_("At most %u are removed at once, and %u are marked: a filter shows "
			  "fewer."),
			most, n);
	else
		app_say(app, STYLE_WARN,
			_("At most %u are changed at once, and %u are marked: a filter shows "
			  "fewer."),
			most, n);
	return true;
}

static void remove_marked(const struct list *list, struct app *app, char **ids)
{
	guint n = g_strv_length(ids);
	bool ties = !list->kind->records && list->kind->items == NULL;
	g_autoptr(GString) subjects = g_string_new(NULL);

	for (guint i = 0; i < n; i++) {
		g_autofree char *subject =
			ties ? g_strconcat("tie/", ids[i], NULL) : list_row_subject(list, ids[i]);

		g_string_append_printf(subjects, "%s%s", i > 0 ? "\n" : "", subject);
	}
	if (app_may_edit(app, list->world))
		app_open(app, list->world, &view_removal, subjects->str);
}

static bool is_between(const struct list *list, enum action action)
{
	return are_institutions(list) && (action == ACTION_PATH || action == ACTION_PARTNER);
}

/* Of those that are shown: the others are left alone. */
static void act_on_shown(const struct list *list, struct app *app, enum action action,
			 struct effects *effects)
{
	g_autofree char *marks = tableview_marks(list->table, G_MAXSIZE);
	g_auto(GStrv) ids = g_strsplit(marks == NULL ? "" : marks, "\n", -1);

	/* A long list is still being filtered. */
	if (marks == NULL)
		app_say(app, STYLE_DIM, _("looking…"));
	else if (action == ACTION_DELETE)
		remove_marked(list, app, ids);
	else if (action == ACTION_LEAVE_TRY)
		whatif_try(app, list->world, marks, effects);
	else
		act_between(list, app, action, ids);
}

bool list_marks_act(struct list *list, struct app *app, enum action action, struct effects *effects)
{
	guint marked = tableview_marked(list->table);

	if (marked == 0 || tableview_hidden(list->table) == marked)
		return false;
	if (is_for_one(list, action))
		refuse(list, app);
	else if (is_too_many(app, action, marked - tableview_hidden(list->table)))
		return true;
	else if (action == ACTION_DELETE || is_between(list, action) ||
		 (are_institutions(list) && action == ACTION_LEAVE_TRY))
		act_on_shown(list, app, action, effects);
	else
		return false;
	return true;
}

void list_unmark(const struct view *view)
{
	if (view->ops->update == list_update)
		tableview_unmark(((const struct list *)view->state)->table);
}

static char *key_label(const struct app *app, enum action action, const char *label)
{
	char key[16];

	return g_strdup_printf("%s %s", key_text(keymap_key(&app->keymap, action), key), label);
}

char *list_marks_text(const struct list *list, const struct app *app)
{
	guint marked = tableview_marked(list->table), hidden = tableview_hidden(list->table);
	bool many = marked - hidden > 2;
	GString *text = g_string_new(NULL);
	g_autofree char *unmark = key_label(app, ACTION_MARK, _("Unmark"));
	int room = list->world->cols - 2 - text_width(unmark);

	g_string_printf(text, ngettext("%u marked", "%u marked", marked), marked);
	if (hidden > 0)
		g_string_append_printf(text, ngettext(" (%u not shown)", " (%u not shown)", hidden),
				       hidden);
	g_string_append(text, ":");
	for (guint i = 0; i < G_N_ELEMENTS(for_marked); i++) {
		enum action action = for_marked[i].action;
		const char *label = for_marked[i].label != NULL ? for_marked[i].label
								: binding_of(action)->label;
		g_autofree char *told = key_label(app, action, _(label));

		if (!action_works(action, app_top(app)->ops) || !acts_on_marked(list, action) ||
		    keymap_key(&app->keymap, action) == 0 ||
		    (many && (action == ACTION_PATH || action == ACTION_PARTNER)))
			continue;
		if (text_width(text->str) + text_width(told) + 2 > room)
			continue;
		g_string_append_printf(text, " %s ", told);
	}
	g_string_append_printf(text, " %s", unmark);
	return g_string_free(text, FALSE);
}
