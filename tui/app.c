#include "tui/app.h"

#include <stdarg.h>
#include <string.h>

#include <glib/gi18n.h>

#include "base/errors.h"
#include "tui/as_of.h"
#include "tui/app_record.h"
#include "tui/ask.h"
#include "tui/complete.h"
#include "tui/config.h"
#include "tui/finder.h"
#include "tui/views/export.h"
#include "tui/views/gaps.h"
#include "tui/widgets/prompt.h"
#include "tui/views/undo.h"

/*
 * The stack of views and what happens to events: first the view on top, then what
 * works everywhere.  Does no input or output and paints nothing (frame.c does).
 */
#define FORWARD_MAX 20

#define AT_ONCE 4096 /* institutions up to which nothing takes longer than a frame */

static bool is_slow(const struct view_ops *ops, const struct world *world)
{
	return ops->slow && world->model->n[KIND_INSTITUTION] > AT_ONCE;
}

bool app_is_late(const struct app *app)
{
	const struct view *top = app_top(app);

	return top->ops->slow && top->stamp != app->stamp;
}

static struct view *view_new(struct app *app, const struct world *world, const struct view_ops *ops,
			     const char *subject)
{
	struct view *view = g_new0(struct view, 1);

	view->ops = ops;
	view->subject = g_strdup(subject);
	view->state = ops->open(app, world, view->subject);
	view->stamp = app->stamp;
	app->unmade = is_slow(ops, world);
	if (app->unmade)
		view->stamp--;
	else if (ops->refresh != NULL)
		ops->refresh(view, app, world);
	return view;
}

static void view_free(gpointer data)
{
	struct view *view = data;

	if (view->ops->free != NULL)
		view->ops->free(view->state);
	g_free(view->subject);
	g_free(view->filter);
	g_free(view->under);
	g_free(view->own);
	g_free(view);
}

static const struct view_ops *tab_named(const char *name)
{
	for (guint i = 1; i <= APP_TABS; i++)
		if (strcmp(app_tab(i)->name, name) == 0)
			return app_tab(i);
	return app_tab(1);
}

/* What the settings say of the app itself; looks of a terminal are its own business. */
static void app_configure(struct app *app, const struct world *world)
{
	const struct config *config = world->config;

	config_keymap(config, &app->keymap);
	app->mouse = config_is(config, SETTING_MOUSE, "yes");
	app->plain = config_is(config, SETTING_PLAIN, "yes");
	if (app->plain || !config_is(config, SETTING_CHARACTERS, "auto"))
		app->ascii = app->plain || config_is(config, SETTING_CHARACTERS, "ascii");
}

struct app *app_new(const struct world *world)
{
	struct app *app = g_new0(struct app, 1);

	app->stack = g_ptr_array_new_with_free_func(view_free);
	app->forward = g_ptr_array_new_with_free_func(view_free);
	app->parked = g_ptr_array_new_with_free_func(view_free);
	app->filter = g_strdup("");
	app_configure(app, world);
	app_open(app, world, tab_named(config_get(world->config, SETTING_START)), NULL);
	return app;
}

void app_free(struct app *app)
{
	if (app == NULL)
		return;
	g_ptr_array_unref(app->stack);
	g_ptr_array_unref(app->forward);
	g_ptr_array_unref(app->parked);
	prompt_free(app->prompt);
	g_free(app->filter_before);
	g_free(app->filter_error);
	g_free(app->needle);
	g_free(app->filter);
	g_free(app->message);
	g_free(app->pending_subject);
	g_free(app->recall_for);
	completion_free(app->completion);
	finder_free(app->finder);
	g_free(app);
}

struct view *app_top(const struct app *app)
{
	return g_ptr_array_index(app->stack, app->stack->len - 1);
}

/* What has not changed since is not made anew: a list of thousands takes its time. */
static void view_refresh(struct view *view, struct app *app, const struct world *world)
{
	if (view->stamp == app->stamp && app->pending_subject == NULL)
		return;
	view->stamp = app->stamp;
	if (view->ops->refresh != NULL)
		view->ops->refresh(view, app, world);
}

/* What can be seen; the views below are refreshed when they come up again. */
void app_refresh(struct app *app, const struct world *world)
{
	app->stamp++;
	app->unmade = false;
	/* A refresh may close its own view, so from the top down by position. */
	for (guint i = app->stack->len; i-- > 0;) {
		struct view *view;
		bool dialog;

		if (i >= app->stack->len)
			continue;
		view = g_ptr_array_index(app->stack, i);
		dialog = view->ops->dialog;
		view_refresh(view, app, world); /* after it the view may be gone */
		if (!dialog)
			break;
	}
}

void app_open(struct app *app, const struct world *world, const struct view_ops *ops,
	      const char *subject)
{
	g_ptr_array_set_size(app->forward, 0);
	g_ptr_array_add(app->stack, view_new(app, world, ops, subject));
}

/* Without what was asked for since: a view that was left is shown as of now. */
static void app_show(struct app *app, const struct world *world, struct view *view)
{
	g_ptr_array_add(app->stack, view);
	app->unmade = is_slow(view->ops, world) && view->stamp != app->stamp;
	if (!app->unmade)
		view_refresh(view, app, world);
}

void app_close(struct app *app, const struct world *world)
{
	struct view *view;

	if (app->stack->len <= 1)
		return;
	view = g_ptr_array_steal_index(app->stack, app->stack->len - 1);
	app_filter_without(app, view);
	/* A dialog may have changed what its view stands for. */
	if (view->ops->dialog)
		app_top(app)->stamp = app->stamp - 1;
	if (view->ops->dialog)
		view_free(view);
	else
		g_ptr_array_add(app->forward, view);
	if (app->forward->len > FORWARD_MAX)
		g_ptr_array_remove_index(app->forward, 0);
	view_refresh(app_top(app), app, world);
}

void app_switch(struct app *app, const struct world *world, const struct view_ops *ops)
{
	struct view *bottom;

	g_ptr_array_set_size(app->forward, 0);
	for (guint i = app->stack->len; i-- > 1;)
		app_filter_without(app, g_ptr_array_index(app->stack, i));
	g_ptr_array_set_size(app->stack, 1);
	bottom = app_top(app);
	if (bottom->ops == ops) {
		view_refresh(bottom, app, world);
		return;
	}
	g_ptr_array_steal_index(app->stack, 0);
	g_ptr_array_add(app->parked, bottom);
	for (guint i = 0; i < app->parked->len; i++) {
		struct view *view = g_ptr_array_index(app->parked, i);

		if (view->ops == ops) {
			g_ptr_array_steal_index(app->parked, i);
			app_show(app, world, view);
			return;
		}
	}
	app_open(app, world, ops, NULL);
}

void app_say(struct app *app, enum style style, const char *format, ...)
{
	va_list list;

	va_start(list, format);
	g_free(app->message);
	app->message = g_strdup_vprintf(format, list);
	app->message_style = style;
	va_end(list);
}

void app_set_filter(struct app *app, const struct world *world, const char *filter)
{
	g_autofree char *text = g_strdup(filter == NULL ? "" : filter);

	if (strcmp(app->filter, text) == 0)
		return;
	g_free(app->filter);
	app->filter = g_steal_pointer(&text);
	app_refresh(app, world);
}

void app_type_filter(struct app *app, const struct world *world, const char *filter)
{
	if (!is_slow(app_top(app)->ops, world)) {
		app_set_filter(app, world, filter);
	} else if (strcmp(app->filter, filter) != 0) {
		g_free(app->filter);
		app->filter = g_strdup(filter);
		app->stamp++;
	}
}

/* What was put off until there is time; keys other than those of a filter need it. */
static void catch_up(struct app *app, const struct world *world)
{
	app->unmade = false;
	view_refresh(app_top(app), app, world);
}

static void app_back(struct app *app, const struct world *world, gunichar key,
		     struct effects *effects)
{
	if (app->stack->len > 1) {
		app_close(app, world);
	} else if (key == 'q') {
		effects_add(effects, EFFECT_QUIT);
	} else if (world->doing != NULL && !world->stopped) {
		effects_add(effects, EFFECT_STOP);
	} else if (as_of_act(app, world, ACTION_BACK, effects)) {
		return;
	} else if (app->filter[0] != '\0' || app_top(app)->own != NULL) {
		app_put_filter(app, world, NULL);
		app_say(app, STYLE_NORMAL, _("The filter is off."));
	} else {
		app_say(app, STYLE_DIM, _("Press Q to quit."));
	}
}

static void app_forward(struct app *app, const struct world *world)
{
	struct view *view;

	if (app->forward->len == 0) {
		app_say(app, STYLE_DIM, _("There is nothing further on."));
		return;
	}
	view = g_ptr_array_steal_index(app->forward, app->forward->len - 1);
	app_filter_with(app, view);
	app_show(app, world, view);
}

static void app_help(struct app *app, const struct world *world)
{
	const struct view *top = app_top(app);

	if (top->ops != &view_help)
		app_open(app, world, &view_help, top->ops->name);
}

/* What is looked at now and then: what was looked at before is below it. */
static bool app_beside(struct app *app, const struct world *world, enum action action)
{
	const struct view_ops *ops = app_place(action);

	if (ops != NULL && app_top(app)->ops != ops)
		app_open(app, world, ops, NULL);
	return ops != NULL;
}

/* What can be gone to from everywhere. */
static void app_enter(struct app *app, const struct world *world, enum action action,
		      const char *record, struct effects *effects)
{
	if (app_beside(app, world, action))
		return;
	if (action == ACTION_HISTORY)
		app_open(app, world, &view_history, record);
	else if (action == ACTION_HELP)
		app_help(app, world);
	else if (action == ACTION_COMMAND)
		ask_command(app, world, "");
	else
		app_otherwise(app, world, action, effects);
}

const char *app_waiting(const struct world *world)
{
	return world->stopped ? _("not computed") : _("computing…");
}

static void app_compute(struct app *app, const struct world *world, struct effects *effects)
{
	if (world->study != NULL)
		app_say(app, STYLE_DIM, _("Everything is computed."));
	else if (world->stopped)
		effects_add(effects, EFFECT_COMPUTE);
}

static void app_mouse_switch(struct app *app)
{
	app->mouse = !app->mouse;
	app_say(app, STYLE_NORMAL, "%s",
		app->mouse ? _("The mouse is on; with Shift the terminal has it.")
			   : _("The mouse is off."));
}

/* What is a matter of the session alone. */
static bool app_ask(const struct world *world, enum action action, struct effects *effects)
{
	if (action == ACTION_REDRAW)
		effects_add(effects, EFFECT_REDRAW);
	else if (action == ACTION_QUIT)
		effects_add(effects, EFFECT_QUIT);
	else if (action == ACTION_CONFIRMED)
		effects_add(effects, EFFECT_CONFIRMED)->id = !world->confirmed;
	else
		return false;
	return true;
}

/* Of '/' n N where the view has no such actions: letters typed after '/' must not act. */
static enum action search_of(gunichar key)
{
	return key == '/' ? ACTION_SEARCH : key == 'n' ? ACTION_NEXT : ACTION_PREVIOUS;
}

static bool app_search(struct app *app, const struct world *world, enum action action,
		       struct effects *effects)
{
	if (action == ACTION_SEARCH)
		ask_find(app);
	else if (action == ACTION_NEXT || action == ACTION_PREVIOUS)
		app_find(app, world, NULL, action == ACTION_NEXT ? 1 : -1, effects);
	else
		return false;
	return true;
}

static bool app_find_key(struct app *app, const struct world *world, gunichar key,
			 struct effects *effects)
{
	bool again = (key == 'n' || key == 'N') && app->needle != NULL &&
		     app_top(app)->ops->page != NULL;

	return (key == '/' || again) && app_search(app, world, search_of(key), effects);
}

static void app_action(struct app *app, const struct world *world, gunichar key, enum action action,
		       struct effects *effects)
{
	const struct view *top = app_top(app);
	g_autofree char *record = NULL;

	if (top->ops->record != NULL && (app_needs_record(action) || action == ACTION_HISTORY))
		record = top->ops->record(top, world);
	if (app_needs_record(action)) {
		app_record_action(app, world, action, record, effects);
		return;
	}
	if (action >= ACTION_VIEW_1 && action <= ACTION_VIEW_9) {
		/* The key is the number: rows of the table need not be consecutive. */
		const struct view_ops *ops = app_tab((guint)(binding_of(action)->keys[0] - '0'));

		if (ops != NULL)
			app_switch(app, world, ops);
		return;
	}
	switch (action) {
	case ACTION_BACK:
		app_back(app, world, key, effects);
		break;
	case ACTION_FORWARD:
		app_forward(app, world);
		break;
	case ACTION_FILTER:
		ask_filter(app, world);
		break;
	case ACTION_NEW:
		app_new_record(app, world);
		break;
	case ACTION_EXPORT:
		export_ask(app, world, NULL, 0);
		break;
	case ACTION_UNDO:
	case ACTION_REDO:
		undo_ask(app, world, action == ACTION_UNDO ? EFFECT_UNDO : EFFECT_REDO, effects);
		break;
	case ACTION_ASCII:
		app->ascii = !app->ascii;
		break;
	case ACTION_MOUSE:
		app_mouse_switch(app);
		break;
	case ACTION_COMPUTE:
		app_compute(app, world, effects);
		break;
	default:
		if (!app_ask(world, action, effects) && !as_of_act(app, world, action, effects) &&
		    !app_search(app, world, action, effects))
			app_enter(app, world, action, record, effects);
		break;
	}
}

bool action_works(enum action action, const struct view_ops *ops)
{
	return (binding_of(action)->scope & (ops->scopes | SCOPE_ANY)) != 0;
}

void app_run(struct app *app, const struct world *world, enum action action,
	     struct effects *effects)
{
	struct view *top = app_top(app);
	const struct event event = { .type = EVENT_KEY, .key = binding_of(action)->keys[0] };

	if (!top->ops->update(top, app, world, &event, action, effects))
		app_action(app, world, event.key, action, effects);
}

static void app_key(struct app *app, const struct world *world, const struct event *event,
		    struct effects *effects)
{
	struct view *top = app_top(app);
	enum action action = ACTION_NONE;

	bool typing = top->ops->typing != NULL && top->ops->typing(top);

	g_clear_pointer(&app->message, g_free);
	if (app->prompt != NULL) {
		ask_key(app, world, event->key, effects);
		return;
	}
	if (event->pasted && !typing) {
		app_say(app, STYLE_DIM, _("Nothing is typed here, so nothing was pasted."));
		return;
	}
	if (!typing)
		action = keymap_action(&app->keymap, event->key, top->ops->scopes);
	if (!typing && action == ACTION_NONE && app_find_key(app, world, event->key, effects))
		return;
	if (top->ops->update(top, app, world, event, action, effects))
		return;
	if (action == ACTION_NONE && !typing)
		app_no_action(app, world, event->key, effects);
	else
		app_action(app, world, event->key, action, effects);
}

static void app_outcome(struct app *app, const struct world *world, const struct event *event,
			struct effects *effects)
{
	struct view *top = app_top(app);

	if (event->type == EVENT_DONE && event->text != NULL)
		app_say(app, STYLE_GOOD, "%s", event->text);
	else if (event->type == EVENT_FAILED && event->hint != NULL)
		app_say(app, STYLE_BAD, "%s — %s", event->text, event->hint);
	else if (event->type == EVENT_FAILED)
		app_say(app, STYLE_BAD, "%s", event->text);
	top->ops->update(top, app, world, event, ACTION_NONE, effects);
}

void app_update(struct app *app, const struct world *world, struct event event,
		struct effects *effects)
{
	struct view *top = app_top(app);

	switch (event.type) {
	case EVENT_KEY:
		if (app->prompt == NULL && app_is_late(app))
			catch_up(app, world);
		app_key(app, world, &event, effects);
		break;
	case EVENT_RESIZE:
	case EVENT_STUDY:
	case EVENT_MODEL:
		app_refresh(app, world);
		break;
	case EVENT_DONE:
	case EVENT_FAILED:
		app_outcome(app, world, &event, effects);
		break;
	case EVENT_CONFIG:
		app_configure(app, world);
		app_refresh(app, world);
		break;
	case EVENT_WHICH:
		undo_which(app, world, &event, effects);
		break;
	case EVENT_AGAIN:
		if (app_is_late(app))
			catch_up(app, world);
		else
			top->ops->update(top, app, world, &event, ACTION_NONE, effects);
		break;
	}
	top = app_top(app); /* it may be another by now */
	if (app_is_late(app) || (top->ops->busy != NULL && top->ops->busy(top)))
		effects_add(effects, EFFECT_AGAIN);
}
