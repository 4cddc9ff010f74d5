#include "tui/verb.h"

#include <string.h>

#include <glib/gi18n.h>

#include "base/context.h"
#include "base/errors.h"
#include "base/text.h"
#include "tui/as_of.h"
#include "tui/ask.h"
#include "tui/finder.h"
#include "tui/memory.h"
#include "tui/views/export.h"
#include "tui/views/list.h"
#include "tui/views/list_columns.h"
#include "tui/views/undo.h"
#include "tui/views/whatif.h"

/*
 * What the command line does.  Typing, completion and history are ask.c's and
 * complete.c's; what an action does is decided by its view.
 */
static bool wrong(GError **error, const char *hint, const char *format, ...) G_GNUC_PRINTF(3, 4);

static bool wrong(GError **error, const char *hint, const char *format, ...)
{
	g_autofree char *text = NULL;
	va_list list;

	va_start(list, format);
	text = g_strdup_vprintf(format, list);
	va_end(list);
	g_set_error_literal(error, TELAR_ERROR, TELAR_ERROR_USAGE, text);
	error_add_hint(error, hint);
	return false;
}

/* Whether it was typed, in English or in the language of the person. */
static bool is_word(const char *called, const char *typed)
{
	g_autofree char *own = text_fold(in_context_only(called)), *folded = text_fold(typed);

	return strcmp(strchr(called, '\004') + 1, typed) == 0 || strcmp(own, folded) == 0;
}

bool record_open(struct app *app, const struct world *world, enum kind kind, const char *id)
{
	if (app_card(kind) == NULL || model_get(world->model, kind, id) == NULL)
		return false;
	app_open(app, world, app_card(kind), id);
	return true;
}

/* A record by its id, else the one whose name fits best; false: nothing does. */
static bool record_named(const struct world *world, const char *word, guint kinds, enum kind *kind,
			 const char **id, GError **error)
{
	struct finder_search search;
	struct finder *finder;
	guint n;
	const enum kind *order = finder_kinds(&n);

	for (guint k = 0; k < n; k++) {
		const struct record *record = model_get(world->model, order[k], word);

		if ((kinds & (1u << order[k])) != 0 && record != NULL) {
			*kind = order[k];
			*id = record->id;
			return true;
		}
	}
	finder = finder_new(world->model);
	finder_begin(&search, word);
	while (!finder_step(finder, &search))
		continue;
	*id = NULL;
	for (guint i = 0; i < search.hits->len && *id == NULL; i++) {
		struct finder_hit hit = g_array_index(search.hits, struct finder_hit, i);

		if ((kinds & (1u << hit.kind)) == 0)
			continue;
		*kind = hit.kind;
		*id = RECORD(world->model->records[hit.kind][hit.index])->id;
	}
	finder_end(&search);
	finder_free(finder);
	return *id != NULL ||
	       wrong(error, _("Tab shows what fits"), _("Nothing is called \"%s\""), word);
}

static bool run_filter(struct app *app, const struct world *world, const char *rest,
		       struct effects *effects, GError **error)
{
	g_autofree char *text = memory_expand(world->memory, rest, error);
	struct filter *filter = text == NULL ? NULL : filter_for_view(app, world, text, error);
	bool ok = filter != NULL && filter_check(filter, world->model, error);

	(void)effects;
	if (ok)
		app_put_filter(app, world, filter);
	filter_free(filter);
	return ok;
}

static bool run_save(struct app *app, const struct world *world, const char *rest,
		     struct effects *effects, GError **error)
{
	g_autofree char *text = app_filter_text(app, app_top(app));
	struct filter *filter;
	struct effect *effect;

	if (rest[0] == '\0')
		return wrong(error, _("as in :save no-partners"), _("A name is missing"));
	if (text[0] == '\0')
		return wrong(error, _("f sets one"), _("There is no filter to save"));
	if (!memory_name_check(MEMORY_FILTERS, rest, error) ||
	    !(filter = filter_for_view(app, world, text, error)))
		return false;
	effect = effects_add(effects, EFFECT_REMEMBER);
	effect->id = MEMORY_FILTERS;
	effect->path = g_strdup(rest);
	effect->text = filter_keys(filter, world->model);
	filter_free(filter);
	return true;
}

static bool saved_check(const struct world *world, const char *name, GError **error)
{
	g_autofree char *word = g_strconcat("@", name, NULL);
	g_autofree char *text = memory_expand(world->memory, word, error);

	return text != NULL;
}

static bool run_forget(struct app *app, const struct world *world, const char *rest,
		       struct effects *effects, GError **error)
{
	struct effect *effect;

	(void)app;
	if (!saved_check(world, rest, error))
		return false;
	effect = effects_add(effects, EFFECT_REMEMBER);
	effect->id = MEMORY_FILTERS;
	effect->path = g_strdup(rest);
	return true;
}

static bool run_rename(struct app *app, const struct world *world, const char *rest,
		       struct effects *effects, GError **error)
{
	g_auto(GStrv) words = g_strsplit(rest, " ", 2);
	struct effect *effect;

	(void)app;
	if (words[0] == NULL || words[1] == NULL)
		return wrong(error, _("as in :rename mexico mx"), _("Two names are needed"));
	if (!saved_check(world, words[0], error) ||
	    !memory_name_check(MEMORY_FILTERS, g_strstrip(words[1]), error))
		return false;
	effect = effects_add(effects, EFFECT_REMEMBER);
	effect->id = MEMORY_FILTERS;
	effect->path = g_strdup(g_strstrip(words[1]));
	effect->text = g_strdup(memory_filter(world->memory, words[0]));
	return run_forget(app, world, words[0], effects, error);
}

static bool run_open(struct app *app, const struct world *world, const char *rest,
		     struct effects *effects, GError **error)
{
	struct effect *effect;
	const char *id;
	enum kind kind;

	if (rest[0] == '\0')
		return wrong(error, _("as in :open innovec"), _("A name or id is missing"));
	if (!record_named(world, rest, G_MAXUINT, &kind, &id, error))
		return false;
	effect = effects_add(effects, EFFECT_REMEMBER);
	effect->id = MEMORY_RECENT;
	effect->text = subject_new(kind, id);
	return record_open(app, world, kind, id);
}

static bool two_named(const struct world *world, const char *rest, const char *hint, const char **a,
		      const char **b, GError **error)
{
	g_auto(GStrv) words = g_strsplit(rest, " ", 2);
	const guint wanted = 1u << KIND_INSTITUTION;
	enum kind kind;

	if (words[0] == NULL || words[1] == NULL)
		return wrong(error, hint, "%s", _("Two institutions are needed"));
	return record_named(world, words[0], wanted, &kind, a, error) &&
	       record_named(world, g_strstrip(words[1]), wanted, &kind, b, error);
}

static bool run_path(struct app *app, const struct world *world, const char *rest,
		     struct effects *effects, GError **error)
{
	g_autofree char *subject = NULL;
	const char *a, *b;

	(void)effects;
	if (!two_named(world, rest, _("as in :path innovec siemens-stiftung"), &a, &b, error))
		return false;
	subject = g_strdup_printf("%s/%s", a, b);
	app_open(app, world, &view_path, subject);
	return true;
}

static bool run_whatif(struct app *app, const struct world *world, const char *rest,
		       struct effects *effects, GError **error)
{
	const char *hint = _("as in :whatif leave innovec, or :whatif tie innovec unal");
	gsize length = strcspn(rest, " ");
	const char *names = rest + length + strspn(rest + length, " ");
	/* As on the command line, too. */
	gsize dashes = g_str_has_prefix(rest, "--") ? 2 : 0;
	g_autofree char *what = g_strndup(rest + dashes, length - dashes), *steps = NULL;
	const char *a, *b;
	enum kind kind;

	if (is_word(IN_CONTEXT("command", "tie"), what)) {
		if (!two_named(world, names, hint, &a, &b, error))
			return false;
		steps = g_strdup_printf("%s %s", a, b);
	} else if (!is_word(IN_CONTEXT("command", "leave"), what) || names[0] == '\0') {
		return wrong(error, hint, "%s", _("Say what is to be tried"));
	} else if (!record_named(world, names, 1u << KIND_INSTITUTION, &kind, &a, error)) {
		return false;
	}
	whatif_try(app, world, steps != NULL ? steps : a, effects);
	return true;
}

static bool run_sort(struct app *app, const struct world *world, const char *rest,
		     struct effects *effects, GError **error)
{
	const struct view *top = app_top(app);

	if (top->ops->update != list_update)
		return wrong(error, _("2 to 5 are lists"), "%s",
			     _("There is no list here to sort"));
	if (rest[0] != '\0')
		return list_sort(top->state, world, rest, error);
	app_run(app, world, ACTION_SORT, effects);
	return true;
}

static bool run_set(struct app *app, const struct world *world, const char *rest,
		    struct effects *effects, GError **error)
{
	const struct view *top = app_top(app);
	g_autofree char *subject = top->ops->record == NULL ? NULL : top->ops->record(top, world);
	g_autofree char *locked = app_locked(app, world);
	struct change *change;
	const void *record;
	const char *id;
	enum kind kind;

	if (locked != NULL)
		return wrong(error, NULL, "%s", locked);
	if (!subject_parse(subject, &kind, &id) ||
	    (record = model_get(world->model, kind, id)) == NULL)
		return wrong(error, _("go to one first, or :open it"), "%s",
			     _("There is no record under the cursor."));
	change = change_new();
	if (!change_assign(change, world->model, kind, record, rest, error)) {
		change_free(change);
		return false;
	}
	effects_add(effects, EFFECT_APPLY)->change = change;
	return true;
}

static bool run_export(struct app *app, const struct world *world, const char *rest,
		       struct effects *effects, GError **error)
{
	g_auto(GStrv) words = g_strsplit(rest, " ", 2);

	if (words[0] == NULL || words[1] == NULL)
		return wrong(error, _("as in :export graphml network.graphml"),
			     _("A format and a file are needed"));
	if (export_find(words[0]) == NULL && strcmp(words[0], export_entries()->id) != 0) {
		const struct export_format *formats;
		g_autoptr(GString) list = g_string_new(NULL);
		guint n;

		formats = export_formats(&n);
		for (guint i = 0; i < n; i++)
			g_string_append_printf(list, "%s, ", formats[i].id);
		g_string_append(list, export_entries()->id);
		g_autofree char *hint = g_strdup_printf(_("it is one of: %s"), list->str);

		return wrong(error, hint, _("There is no format \"%s\""), words[0]);
	}
	return export_write(app, world, words[0], g_strstrip(words[1]), effects, error);
}

static bool run_undo(struct app *app, const struct world *world, const char *rest,
		     struct effects *effects, GError **error)
{
	g_autofree char *locked = app_locked(app, world);
	struct effect *effect;
	guint64 id = 0;

	if (locked != NULL)
		return wrong(error, NULL, "%s", locked);
	if (rest[0] != '\0' && !g_ascii_string_to_unsigned(rest, 10, 1, G_MAXINT64, &id, NULL))
		return wrong(error, _("H shows the changes with their numbers"),
			     _("\"%s\" is no number of a change"), rest);
	effect = effects_add(effects, EFFECT_UNDO);
	effect->id = (gint64)id;
	effect->path = undo_about(app_top(app), world);
	return true;
}

static bool run_as_of(struct app *app, const struct world *world, const char *rest,
		      struct effects *effects, GError **error)
{
	static const char *const words[] = { "now", NULL };
	bool now = is_word(IN_CONTEXT("command", "now"), rest);
	g_autofree char *hint = NULL;
	const char *near;
	struct date day;

	(void)app;
	(void)world;
	if (now || date_parse(rest, &day)) {
		as_of_ask(effects, now ? NULL : rest);
		return true;
	}
	near = text_nearest(rest, words);
	hint = near == NULL ? g_strdup(_("as in :as-of 2021, 2021-06 or 2021-06-11, or :as-of now"))
			    : g_strdup_printf(_("did you mean \"%s\"?"), near);
	return wrong(error, hint, _("\"%s\" is no date"), rest);
}

/* What cannot be is refused while the line still stands there. */
static bool setting_ask(struct effects *effects, const char *key, const char *value, bool keep,
			GError **error)
{
	struct effect *effect;

	if (!config_accepts(key, value, error))
		return false;
	effect = effects_add(effects, EFFECT_SETTING);
	effect->path = g_strdup(key);
	effect->text = value[0] == '\0' ? NULL : g_strdup(value);
	effect->id = keep;
	return true;
}

static bool run_theme(struct app *app, const struct world *world, const char *rest,
		      struct effects *effects, GError **error)
{
	(void)app;
	(void)world;
	return setting_ask(effects, setting_field(SETTING_THEME)->key, rest, false, error);
}

static bool run_language(struct app *app, const struct world *world, const char *rest,
			 struct effects *effects, GError **error)
{
	(void)app;
	(void)world;
	return setting_ask(effects, setting_field(SETTING_LANGUAGE)->key, rest, false, error);
}

static bool run_config(struct app *app, const struct world *world, const char *rest,
		       struct effects *effects, GError **error)
{
	const char *equals = strchr(rest, '=');
	g_autofree char *key = equals == NULL ? NULL : g_strndup(rest, (gsize)(equals - rest));

	if (rest[0] == '\0') {
		app_open(app, world, &view_settings, NULL);
		return true;
	}
	if (equals == NULL)
		return wrong(error, _("as in :config theme=dark"), _("\"%s\" sets nothing"), rest);
	return setting_ask(effects, g_strstrip(key), equals + 1, true, error);
}

static bool run_help(struct app *app, const struct world *world, const char *rest,
		     struct effects *effects, GError **error)
{
	g_autofree char *subject = g_strdup_printf("%s/%s", app_top(app)->ops->name, rest);

	(void)effects;
	(void)error;
	app_open(app, world, &view_help, subject);
	return true;
}

static bool run_quit(struct app *app, const struct world *world, const char *rest,
		     struct effects *effects, GError **error)
{
	(void)rest;
	(void)error;
	app_run(app, world, ACTION_QUIT, effects);
	return true;
}

/* clang-format off */
static const struct verb table[] = {
	{ IN_CONTEXT("command", "filter"), N_("[FILTER]"),
	  N_("Show only what passes; nothing: everything"), VERB_TAKES_FILTER, run_filter },
	{ IN_CONTEXT("command", "save"), N_("NAME"), N_("Keep the filter in force under a name: @NAME"), VERB_TAKES_SAVED, run_save },
	{ IN_CONTEXT("command", "forget"), N_("NAME"), N_("Forget a kept filter"), VERB_TAKES_SAVED, run_forget },
	{ IN_CONTEXT("command", "rename"), N_("NAME NEW"), N_("Give a kept filter another name"), VERB_TAKES_SAVED, run_rename },
	{ IN_CONTEXT("command", "open"), N_("NAME"), N_("Go to a record by its name"), VERB_TAKES_RECORD, run_open },
	{ IN_CONTEXT("command", "path"), N_("A B"), N_("Who could introduce A to B"), VERB_TAKES_RECORD, run_path },
	{ IN_CONTEXT("command", "whatif"), N_("leave NAME | tie A B"),
	  N_("The network without an institution, or with a tie more"), VERB_TAKES_RECORD, run_whatif },
	{ IN_CONTEXT("command", "sort"), N_("COLUMN | -COLUMN"),
	  N_("Sort by a column, with - from the highest; nothing: by the next"), VERB_TAKES_COLUMN, run_sort },
	{ IN_CONTEXT("command", "set"), N_("FIELD=VALUE"),
	  N_("Change a field of the record under the cursor"), VERB_TAKES_FIELD, run_set },
	{ IN_CONTEXT("command", "export"), N_("FORMAT FILE"),
	  N_("Write what passes the filter for other programs"), VERB_TAKES_FORMAT, run_export },
	{ IN_CONTEXT("command", "undo"), N_("[CHANGE]"),
	  N_("Take the newest change back, or the one of that number"), VERB_TAKES_NOTHING, run_undo },
	{ IN_CONTEXT("command", "as-of"), N_("DATE|now"),
	  N_("Everything as it was on a day, or as it is now"), VERB_TAKES_NOTHING, run_as_of },
	{ IN_CONTEXT("command", "theme"), N_("NAME"), N_("Other colours, for this time"), VERB_TAKES_THEME, run_theme },
	{ IN_CONTEXT("command", "lang"), N_("LANGUAGE"), N_("Another language, for this time"), VERB_TAKES_LANGUAGE, run_language },
	{ IN_CONTEXT("command", "config"), N_("[SETTING=VALUE]"),
	  N_("Change a setting for good, or show them all"), VERB_TAKES_SETTING, run_config },
	{ IN_CONTEXT("command", "help"), N_("[WORDS]"), N_("Help on what the words occur in"), VERB_TAKES_ACTION, run_help },
	{ IN_CONTEXT("command", "q"), "", N_("Quit"), VERB_TAKES_NOTHING, run_quit },
};
/* clang-format on */

const struct verb *verb_table(guint *n)
{
	*n = G_N_ELEMENTS(table);
	return table;
}

static bool unknown_verb(const struct app *app, const char *name, GError **error)
{
	g_autoptr(GPtrArray) names = g_ptr_array_new_with_free_func(g_free);
	g_autoptr(GHashTable) words = binding_words(app);
	g_autofree char *hint = NULL;
	const struct binding *rows;
	const char *near;
	guint n;

	for (guint i = 0; i < G_N_ELEMENTS(table); i++) {
		g_ptr_array_add(names, g_strdup(verb_name(&table[i])));
		g_ptr_array_add(names, verb_word(&table[i]));
	}
	rows = bindings(&n);
	for (guint i = 0; i < n; i++) {
		g_ptr_array_add(names, g_strdup(rows[i].name));
		g_ptr_array_add(names, binding_word(words, &rows[i]));
	}
	g_ptr_array_add(names, NULL);
	near = text_nearest(name, (const char *const *)names->pdata);
	hint = near == NULL ? g_strdup(_("Tab shows what there is"))
			    : g_strdup_printf(_("did you mean \"%s\"?"), near);
	return wrong(error, hint, _("There is no command \"%s\" here"), name);
}

bool verb_run(struct app *app, const struct world *world, const char *line, struct effects *effects,
	      GError **error)
{
	g_autofree char *text = g_strstrip(g_strdup(line));
	gsize length = strcspn(text, " ");
	g_autofree char *name = g_strndup(text, length);
	const char *rest = text + length + strspn(text + length, " ");
	const struct verb *verb = verb_find(name);
	const struct binding *binding = binding_named(name);

	if (text[0] == '\0')
		return true;
	if (verb == NULL && binding == NULL) {
		binding = binding_called(app, name);
		verb = binding == NULL ? NULL : verb_find(binding->name);
	}
	if (verb != NULL)
		return verb->run(app, world, rest, effects, error);
	if (binding == NULL)
		return unknown_verb(app, name, error);
	if (!action_works(binding->action, app_top(app)->ops))
		return wrong(error, _("Tab shows what does"), _("\"%s\" does nothing here"), name);
	if (rest[0] != '\0')
		return wrong(error, NULL, _("\"%s\" takes no words behind it"), name);
	app_run(app, world, binding->action, effects);
	return true;
}
