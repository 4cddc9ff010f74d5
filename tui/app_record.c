#include "tui/app_record.h"

#include <string.h>

#include <glib/gi18n.h>

#include "base/findings.h"
#include "data/workspace/directory.h"
#include "tui/views/list.h"
#include "tui/views/whatif.h"

/*
 * Actions on the record under the cursor, alike in every view that has one.  What
 * they open is decided here, what that does by its view.
 */
bool app_needs_record(enum action action)
{
	return action == ACTION_EDIT || action == ACTION_PARTNER || action == ACTION_DELETE ||
	       action == ACTION_PATH || action == ACTION_GAPS_HERE || action == ACTION_YANK ||
	       action == ACTION_EGO || action == ACTION_LEAVE_TRY;
}

char *app_file_error(const struct world *world, enum kind kind, const char *id)
{
	g_autofree char *path = directory_path_of(kind, id, world->model->network->base.id);
	const struct finding *finding =
		world->findings ? findings_error_in(world->findings, path) : NULL;

	return finding ? g_strdup_printf(_("%s, line %u: %s. Nothing of the file is taken until "
					   "that is mended."),
					 path, MAX(finding->line, 1), finding->message)
		       : NULL;
}

char *app_why_gone(const struct world *world, enum kind kind, const char *id)
{
	char *error;

	if (date_is_set(world->as_of))
		return g_strdup(_("On that day it was not there yet."));
	error = app_file_error(world, kind, id);
	return error ? error
		     : g_strdup(_("This record is no longer there. u takes the last change back."));
}

void app_close_gone(struct app *app, const struct world *world, enum kind kind, const char *id)
{
	g_autofree char *error = app_file_error(world, kind, id);

	if (error)
		app_say(app, STYLE_WARN, "%s", error);
	app_close(app, world);
}

/* What is done to the record under the cursor, whichever view shows it. */
void app_record_action(struct app *app, const struct world *world, enum action action,
		       const char *subject, struct effects *effects)
{
	g_autofree char *more = NULL;
	const char *id;
	enum kind kind;

	if (!subject_parse(subject, &kind, &id)) {
		app_say(app, STYLE_DIM, _("There is no record under the cursor."));
	} else if (action == ACTION_YANK) {
		effects_add(effects, EFFECT_YANK)->text = g_strdup(id);
	} else if (*id && !strchr(id, '/') && model_find(world->model, kind, id) < 0) {
		more = app_why_gone(world, kind, id);
		app_say(app, STYLE_WARN, "%s", more);
	} else if (kind != KIND_INSTITUTION &&
		   (action == ACTION_PATH || action == ACTION_PARTNER || action == ACTION_EGO ||
		    action == ACTION_LEAVE_TRY)) {
		app_say(app, STYLE_DIM, _("That is for institutions."));
	} else if (action == ACTION_PATH || action == ACTION_EGO) {
		app_open(app, world, action == ACTION_PATH ? &view_path : &view_map, id);
	} else if (action == ACTION_LEAVE_TRY) {
		whatif_try(app, world, id, effects);
	} else if (action == ACTION_GAPS_HERE) {
		app_open(app, world, &view_gaps, subject);
	} else if (!app_may_edit(app, world)) {
		return;
	} else if (action == ACTION_EDIT) {
		app_open(app, world, &view_form, subject);
	} else if (action == ACTION_PARTNER) {
		more = g_strconcat(subject, "/partners", NULL);
		app_open(app, world, &view_form, more);
	} else if (action == ACTION_DELETE) {
		app_open(app, world, &view_confirm, subject);
	}
}

/* Where an institution is under the cursor what is for institutions is done to it. */
static bool on_institution(struct app *app, const struct world *world, enum action action,
			   struct effects *effects)
{
	const struct view *top = app_top(app);
	g_autofree char *subject = top->ops->record == NULL ? NULL : top->ops->record(top, world);
	const char *id;
	enum kind kind;

	if (!app_needs_record(action) || !subject_parse(subject, &kind, &id) ||
	    kind != KIND_INSTITUTION)
		return false;
	app_record_action(app, world, action, subject, effects);
	return true;
}

void app_no_action(struct app *app, const struct world *world, gunichar key,
		   struct effects *effects)
{
	char shown[16], help[16];

	key_text(key, shown);
	for (guint i = ACTION_NONE + 1; i < ACTION_COUNT; i++) {
		const struct binding *binding = binding_of((enum action)i);
		const gunichar *keys = app->keymap.keys[i];

		for (guint k = 0; k < KEYS_MAX && keys[k] != 0; k++) {
			if (keys[k] != key || (binding->scope & SCOPE_INSTITUTIONS) == 0)
				continue;
			/* TRANSLATORS: a key, what it does elsewhere. */
			if (!on_institution(app, world, (enum action)i, effects))
				app_say(app, STYLE_DIM,
					_("%s, %s, is for institutions: open one first."), shown,
					_(binding->label));
			return;
		}
	}
	app_say(app, STYLE_DIM, _("%s does nothing here; %s tells which keys do something."), shown,
		key_text(keymap_key(&app->keymap, ACTION_HELP), help));
}

/* What the view on top did nothing with; a key that has nothing to do says so. */
void app_otherwise(struct app *app, const struct world *world, enum action action,
		   struct effects *effects)
{
	switch (action) {
	case ACTION_LEFT:
	case ACTION_BACKWARD:
		if (app->stack->len > 1)
			app_close(app, world);
		else
			app_say(app, STYLE_DIM, _("There is nothing further back."));
		break;
	case ACTION_RIGHT:
		app_run(app, world, ACTION_OPEN, effects);
		break;
	case ACTION_OPEN:
		app_say(app, STYLE_DIM, _("There is nothing to open under the cursor."));
		break;
	case ACTION_PANE:
		app_say(app, STYLE_DIM, _("There is no other pane here."));
		break;
	default:
		break;
	}
}

/* A new row of the list that is shown. */
void app_new_record(struct app *app, const struct world *world)
{
	const struct view *top = app_top(app);
	g_autofree char *subject =
		top->ops->update != list_update ? NULL : list_new_subject(top->state);

	if (!app_may_edit(app, world))
		return;
	if (subject == NULL)
		app_say(app, STYLE_DIM,
			_("An institution declares its partners: open one and press a."));
	else
		app_open(app, world, &view_form, subject);
}

/* A country as the parts of ids have it: "BR" or "country-br"; NULL: none. */
static const char *country_part(const char *part)
{
	const char *code = g_str_has_prefix(part, "country-") ? part + strlen("country-") : part;
	g_autofree char *upper = g_ascii_strup(code, -1);

	/* A short id of a record is in small letters, too. */
	return (code != part || strcmp(upper, part) == 0) && country_exists(upper)
		       ? country_name(upper)
		       : NULL;
}

/*
 * What a part of a gap's id is called: a record, a word of the network, a country, or the
 * record that it is the "part-" of; NULL: it only tells apart gaps of one kind.
 */
static const char *part_name(const struct model *model, const char *part)
{
	const char *country = country_part(part), *rest = strchr(part, '-');

	for (guint k = 0; k < KIND_COUNT; k++)
		if (model_get(model, (enum kind)k, part) != NULL)
			return model_name(model, (enum kind)k, part, true);
	for (guint k = 0; k < VOCABULARY_COUNT; k++)
		if (model_term(model, (enum vocabulary)k, part) != NULL)
			return model_term_name(model, (enum vocabulary)k, part);
	return country != NULL || rest == NULL ? country : part_name(model, rest + 1);
}

/*
 * What is decided of a gap is stored under its id: "G10:siemens-stiftung: proposed".  One that is
 * not in the register (any more) has no title: what kind it is, and of whom.  So is one told whose
 * title counts: the number is that of today, and the change may be of long ago.
 */
static char *gap_titled(void *data, const char *id)
{
	const struct world *world = data;
	const struct gap *gap = world->study == NULL ? NULL : study_gap(world->study, id);
	g_auto(GStrv) parts = g_strsplit(id, ":", -1);
	const struct gap_kind *kind = parts[0] == NULL ? NULL : gap_kind_find(parts[0]);
	GString *title;
	gsize bare;

	if (gap != NULL && strpbrk(gap->title, "0123456789") == NULL)
		return g_strdup(gap->title);
	if (kind == NULL)
		return NULL;
	title = g_string_new(_(kind->name));
	bare = title->len;
	for (guint i = 1; parts[i] != NULL; i++) {
		const char *name = part_name(world->model, parts[i]);

		if (name != NULL)
			g_string_append_printf(title, "%s%s", title->len == bare ? ": " : ", ",
					       name);
	}
	return g_string_free(title, FALSE);
}

char *app_change_text(const struct world *world, const struct change *change)
{
	return change_text_titled(world->model, change, gap_titled, (void *)(gsize)world);
}
