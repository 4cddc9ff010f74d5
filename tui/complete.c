#include "tui/complete.h"
#include "tui/views/list.h"

#include <string.h>

#include <glib/gi18n.h>

#include "base/context.h"
#include "base/text.h"
#include "data/filter.h"
#include "tui/finder.h"
#include "tui/memory.h"
#include "tui/verb.h"
#include "tui/widgets/popup.h"
#include "tui/widgets/prompt.h"

/* Completion of what is typed in the message row.  Showing it is frame.c's business. */

static struct completion *completion_new(gsize at)
{
	struct completion *completion = g_new0(struct completion, 1);

	completion->items = popup_items_new();
	completion->from = completion->to = at;
	completion->at = -1;
	return completion;
}

void completion_free(struct completion *completion)
{
	if (completion == NULL)
		return;
	g_ptr_array_unref(completion->items);
	g_free(completion->says);
	g_free(completion);
}

static void options_take(struct completion *completion, GPtrArray *options)
{
	filter_options_sort(options);
	for (guint i = 0; i < options->len; i++) {
		const struct filter_option *option = g_ptr_array_index(options, i);

		g_ptr_array_add(completion->items,
				popup_item_new(option->text, option->text, option->label));
	}
}

static void completion_add(struct completion *completion, const char *typed, const char *text,
			   const char *label)
{
	g_autoptr(GPtrArray) options = filter_options_new();

	filter_option_add(options, typed, text, label);
	options_take(completion, options);
}

/* Fields and values of one word "field=value" of a record or filter; `text` from `start` on. */
static void completion_fields(struct completion *completion, const struct world *world,
			      enum kind kind, const char *text, gsize start, gsize at)
{
	g_autoptr(GPtrArray) options = filter_options_new();
	struct filter_place place;

	filter_place(text + start, at - start, &place);
	completion->from = start + place.from;
	completion->to = start + place.to;
	filter_complete(&place, world->model, kind, NULL, options);
	options_take(completion, options);
	if (completion->says == NULL)
		completion->says = filter_explain(&place, kind);
	filter_place_clear(&place);
}

/* A filter that stands from byte `start` on. */
static void add_filter(struct completion *completion, const struct app *app,
		       const struct world *world, const char *text, gsize start, gsize at)
{
	const struct filter_rows *rows = app_rows(app);
	g_autoptr(GPtrArray) options = filter_options_new();
	struct filter_place place;

	filter_place(text + start, at - start, &place);
	completion->from = start + place.from;
	completion->to = start + place.to;
	for (guint i = 0; place.field == NULL && i < memory_count(world->memory, MEMORY_FILTERS);
	     i++) {
		g_autofree char *name = g_strconcat("@", memory_name(world->memory, i), NULL);

		filter_option_add(options, place.typed, name,
				  memory_text(world->memory, MEMORY_FILTERS, i));
	}
	if (rows != NULL)
		completion->says = filter_explain_rows(&place, rows);
	if (rows == NULL || !filter_complete_rows(&place, world->model, rows, options) ||
	    place.field == NULL)
		filter_complete(&place, world->model, KIND_INSTITUTION, &study_filter_numbers,
				options);
	options_take(completion, options);
	if (completion->says == NULL)
		completion->says = filter_explain(&place, KIND_INSTITUTION);
	filter_place_clear(&place);
}

struct completion *complete_filter(const struct app *app, const struct world *world,
				   const char *text, gsize at)
{
	struct completion *completion = completion_new(at);

	add_filter(completion, app, world, text, 0, at);
	return completion;
}

static void add_records(struct completion *completion, const struct world *world, const char *typed)
{
	g_autoptr(GPtrArray) options = filter_options_new();
	guint n;
	const enum kind *kinds = finder_kinds(&n);

	/* As far as a key may take: the palette searches all, slice by slice. */
	for (guint k = 0; typed[0] != '\0' && k < n; k++)
		for (guint i = 0; i < MIN(world->model->n[kinds[k]], 20000u); i++) {
			const struct record *record = world->model->records[kinds[k]][i];

			filter_option_add(options, typed, record->id, record->name);
		}
	options_take(completion, options);
}

static void add_choices(struct completion *completion, const struct field *field, const char *typed)
{
	for (const struct choice *choice = field->choices; choice != NULL && choice->id != NULL;
	     choice++)
		completion_add(completion, typed, choice->id, in_context(choice->label));
}

static void add_settings(struct completion *completion, const char *word, gsize start)
{
	const struct record_type *type = config_type();
	const char *equals = strchr(word, '=');
	g_autofree char *key = equals == NULL ? NULL : g_strndup(word, (gsize)(equals - word));
	const struct field *field = key == NULL ? NULL : record_field(type, key);

	if (field != NULL) {
		completion->from = start + strlen(key) + 1;
		g_free(completion->says);
		completion->says = g_strdup(_(field->help));
		add_choices(completion, field, equals + 1);
		return;
	}
	for (guint i = 0; i < SETTING_COUNT; i++) {
		g_autofree char *text = g_strconcat(type->fields[i].key, "=", NULL);

		completion_add(completion, word, text, _(type->fields[i].label));
	}
	for (guint i = ACTION_NONE + 1; g_str_has_prefix(word, "keys") && i < ACTION_COUNT; i++) {
		const struct binding *binding = binding_of((enum action)i);
		g_autofree char *text = g_strconcat("keys.", binding->name, "=", NULL);

		completion_add(completion, word, text, _(binding->label));
	}
}

static void add_formats(struct completion *completion, const char *typed)
{
	const struct export_format *formats;
	guint n;

	formats = export_formats(&n);
	for (guint i = 0; i < n; i++)
		completion_add(completion, typed, formats[i].id, _(formats[i].title));
	completion_add(completion, typed, export_entries()->id, _(export_entries()->title));
}

static void add_verbs(GPtrArray *options, const char *typed)
{
	const struct verb *verbs;
	guint n;

	verbs = verb_table(&n);
	for (guint i = 0; i < n; i++) {
		g_autofree char *word = verb_word(&verbs[i]);

		filter_option_named(options, typed, word, verb_name(&verbs[i]),
				    _(verbs[i].summary));
	}
}

/* Beside a word of the person's language stands the name that it has everywhere. */
static void add_actions(struct completion *completion, const struct app *app, const char *typed)
{
	g_autoptr(GPtrArray) options = filter_options_new();
	g_autoptr(GHashTable) words = binding_words(app);

	add_verbs(options, typed);
	for (guint i = ACTION_NONE + 1; i < ACTION_COUNT; i++) {
		const struct binding *binding = binding_of((enum action)i);
		g_autofree char *word = NULL;

		if (app != NULL && (!action_works((enum action)i, app_top(app)->ops) ||
				    verb_named(binding->name) != NULL))
			continue;
		word = binding_word(words, binding);
		filter_option_named(options, typed, word, binding->name,
				    strcmp(word, binding->name) == 0 ? _(binding->label)
								     : binding->name);
	}
	options_take(completion, options);
}

static enum kind record_kind(const struct app *app, const struct world *world)
{
	const struct view *top = app_top(app);
	g_autofree char *subject = top->ops->record == NULL ? NULL : top->ops->record(top, world);
	enum kind kind = KIND_INSTITUTION;
	const char *id;

	if (!subject_parse(subject, &kind, &id))
		kind = KIND_INSTITUTION;
	return kind;
}

static void add_columns(struct completion *completion, const struct view *top, const char *typed)
{
	const struct tableview *table =
		top->ops->update == list_update ? ((const struct list *)top->state)->table : NULL;
	const char *minus = typed[0] == '-' ? "-" : "";

	for (guint i = 0; table != NULL && i < table->n_columns; i++) {
		g_autofree char *text = g_strconcat(minus, table->columns[i].key, NULL);

		completion_add(completion, typed, text, tableview_title(&table->columns[i]));
	}
}

/* What stands behind the name of a command, from byte `rest` on. */
static void add_argument(struct completion *completion, const struct verb *verb,
			 const struct app *app, const struct world *world, const char *text,
			 gsize rest, gsize at)
{
	gsize start = at;
	g_autofree char *word = NULL, *called = verb_word(verb);

	while (start > rest && text[start - 1] != ' ')
		start--;
	word = g_strndup(text + start, at - start);
	completion->from = start;
	completion->says = g_strdup_printf("%s %s", called, _(verb->usage));
	switch (verb->takes) {
	case VERB_TAKES_FILTER:
		g_clear_pointer(&completion->says, g_free);
		add_filter(completion, app, world, text, rest, at);
		break;
	case VERB_TAKES_RECORD:
		add_records(completion, world, word);
		break;
	case VERB_TAKES_FIELD:
		g_clear_pointer(&completion->says, g_free);
		completion_fields(completion, world, record_kind(app, world), text, rest, at);
		break;
	case VERB_TAKES_SETTING:
		add_settings(completion, word, start);
		break;
	case VERB_TAKES_THEME:
		add_choices(completion, setting_field(SETTING_THEME), word);
		break;
	case VERB_TAKES_LANGUAGE:
		add_choices(completion, setting_field(SETTING_LANGUAGE), word);
		break;
	case VERB_TAKES_FORMAT:
		if (start == rest)
			add_formats(completion, word);
		break;
	case VERB_TAKES_SAVED:
		for (guint i = 0; i < memory_count(world->memory, MEMORY_FILTERS); i++)
			completion_add(completion, word, memory_name(world->memory, i),
				       memory_text(world->memory, MEMORY_FILTERS, i));
		break;
	case VERB_TAKES_ACTION:
		add_actions(completion, NULL, word);
		break;
	case VERB_TAKES_COLUMN:
		add_columns(completion, app_top(app), word);
		break;
	case VERB_TAKES_NOTHING:
		break;
	}
}

struct completion *complete_command(const struct app *app, const struct world *world,
				    const char *text, gsize at)
{
	struct completion *completion = completion_new(at);
	gsize start = strspn(text, " "), length = strcspn(text + start, " ");
	g_autofree char *name = g_strndup(text + start, length);
	const struct verb *verb = verb_find(name);
	gsize rest = start + length;

	if (at <= rest) {
		g_autofree char *typed = g_strndup(text + start, at > start ? at - start : 0);

		completion->from = MIN(start, at);
		add_actions(completion, app, typed);
		return completion;
	}
	rest += strspn(text + rest, " ");
	if (verb != NULL && at >= rest)
		add_argument(completion, verb, app, world, text, rest, at);
	return completion;
}

bool completion_choose(struct completion *completion, struct prompt *prompt, int step)
{
	int n = completion == NULL ? 0 : (int)completion->items->len;
	const struct popup_item *item;

	if (n == 0 || completion->to > prompt->text->len)
		return false;
	completion->at =
		completion->at < 0 ? (step > 0 ? 0 : n - 1) : (completion->at + n + step) % n;
	item = g_ptr_array_index(completion->items, (guint)completion->at);
	g_string_erase(prompt->text, (gssize)completion->from,
		       (gssize)(completion->to - completion->from));
	g_string_insert(prompt->text, (gssize)completion->from, item->id);
	completion->to = completion->from + strlen(item->id);
	prompt->at = completion->to;
	return true;
}
