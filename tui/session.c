#include "tui/session.h"

#include <string.h>

#include <glib/gi18n.h>

#include "base/errors.h"
#include "data/conflict.h"
#include "tui/ask.h"
#include "tui/config.h"
#include "tui/memory.h"
#include "tui/views/edit.h"

/*
 * Carries out what app_update() asks for and tells it the outcome.  Knows no
 * terminal and starts no thread: whoever runs it hooks those in.
 */
/* A person waits with a key pressed; what is refused stays in its form. */
#define PATIENCE_US ((gint64)1000 * 1000)

/* Where they cannot be read the app still works: it shows none. */
static void conflicts_load(struct session *session)
{
	g_clear_pointer(&session->conflicts, g_ptr_array_unref);
	session->conflicts = workspace_conflicts(session->workspace, NULL);
	session->world.conflicts = session->conflicts;
}

/* False: what is shown is still of the network before. */
static bool model_load(struct session *session)
{
	struct model *old = session->model;
	bool shown;

	session->model = model_ref(workspace_model(session->workspace));
	g_clear_pointer(&session->confirmed, model_unref);
	shown = session_show(session);
	model_unref(old);
	session_history(session);
	session_check_drop(session);
	conflicts_load(session);
	return shown;
}

static void findings_keep(struct findings *to, const struct findings *findings)
{
	for (guint i = 0; findings != NULL && i < findings->all->len; i++) {
		const struct finding *finding = g_ptr_array_index(findings->all, i);

		findings_add(to, finding->severity, finding->file, finding->line, finding->col,
			     finding->span, finding->code, finding->message, finding->hint,
			     finding->source);
	}
}

struct session *session_new(struct workspace *workspace, const struct findings *findings,
			    const struct session_hooks *hooks, int rows, int cols)
{
	struct session *session = g_new0(struct session, 1);

	workspace_set_patience(workspace, PATIENCE_US);
	session->workspace = workspace;
	session->made = g_array_new(FALSE, FALSE, sizeof(gint64));
	session->hooks = *hooks;
	session->findings = findings_new();
	findings_keep(session->findings, findings);
	session->world.findings = session->findings;
	session->world.actor = workspace_actor(workspace);
	session->world.path = workspace_path(workspace);
	session->world.read_only = workspace_is_read_only(workspace);
	session->world.rows = rows;
	session->world.cols = cols;
	model_load(session);
	session->app = app_new(&session->world);
	return session;
}

void session_free(struct session *session)
{
	if (session == NULL)
		return;
	app_free(session->app);
	study_unref(session->study);
	study_unref(session->present_study);
	session_news_drop(session);
	comparison_free(session->comparison);
	drawing_free(session->drawn);
	model_unref(session->shown);
	model_unref(session->present);
	model_unref(session->confirmed);
	g_free(session->doing);
	g_ptr_array_unref(session->history);
	g_hash_table_unref(session->proposals);
	session_log_drop(session);
	g_array_unref(session->made);
	g_clear_pointer(&session->conflicts, g_ptr_array_unref);
	findings_free(session->findings);
	session_check_drop(session);
	model_unref(session->model);
	g_free(session);
}

/* What a draft is of, and the key that opens its form again; NULL: there is no such record. */
static char *draft_text(const struct session *session, const char *subject)
{
	g_autofree char *record = NULL;
	const char *id, *name, *rest;
	enum kind kind;

	if (!subject_parse(subject, &kind, &id))
		return NULL;
	if (id[0] == '\0' || id[0] == '+')
		return g_strdup_printf(
			_("Not saved last time: new, %s. A in its list brings it back."),
			_(record_type(kind)->title));
	record = g_strndup(id, strcspn(id, "/"));
	rest = id + strlen(record);
	if (model_get(session->model, kind, record) == NULL)
		return NULL;
	name = model_name(session->model, kind, record, true);
	if (strcmp(rest, "/partners") == 0)
		return g_strdup_printf(_("Not saved last time: a partner of %s. a there goes on."),
				       name);
	if (g_str_has_prefix(rest, "/partners/"))
		return g_strdup_printf(_("Not saved last time: a tie of %s. t on it goes on."),
				       name);
	return g_strdup_printf(_("Not saved last time: %s. e there goes on."), name);
}

void session_set_drafts(struct session *session, struct drafts *drafts)
{
	g_autoptr(GPtrArray) subjects = drafts_subjects(drafts);

	session->drafts = drafts;
	session->world.drafts = drafts;
	for (guint i = 0; i < subjects->len; i++) {
		const char *subject = g_ptr_array_index(subjects, i);

		/* What it was about may be gone: then there is no form to open. */
		if (!edit_exists(session->model, subject))
			continue;
		g_autofree char *text = draft_text(session, subject);

		if (text != NULL)
			app_say(session->app, STYLE_WARN, "%s", text);
		break;
	}
}

void session_changed(struct session *session)
{
	bool shown;

	session_news_wait(session);
	shown = model_load(session);
	session_event(session, (struct event){ .type = EVENT_MODEL });
	if (!shown)
		return;
	session_want_study(session);
	session_compare(session, session->world.compared);
}

void session_outcome(struct session *session, const char *text, GError *error)
{
	g_autofree char *what = NULL;
	g_autofree char *hint = NULL;

	if (error == NULL) {
		session_event(session, (struct event){ .type = EVENT_DONE, .text = text });
		return;
	}
	error_split(error, &what, &hint);
	session_event(session, (struct event){ .type = EVENT_FAILED, .text = what, .hint = hint });
	g_error_free(error);
}

char *session_told(const struct session *session, const struct change *change)
{
	struct world world = session->world;

	world.model = session->model;
	if (world.study == NULL)
		world.study = session->before;
	return app_change_text(&world, change);
}

static char *finding_text(const struct finding *finding)
{
	if (finding->file == NULL)
		return g_strdup(finding->message);
	if (finding->line == 0)
		return g_strdup_printf("%s: %s", finding->file, finding->message);
	return g_strdup_printf("%s:%u: %s", finding->file, finding->line, finding->message);
}

/* What the message row says of findings, the worst of them; NULL: warnings of files are not said.
 * Caller frees. */
static char *worst_text(const struct findings *findings, enum style *style)
{
	const struct finding *worst = NULL;

	for (guint i = 0; i < findings->all->len; i++) {
		const struct finding *finding = g_ptr_array_index(findings->all, i);
		bool met = strcmp(finding->code, "conflict") == 0 ||
			   strcmp(finding->code, "unwritten") == 0 ||
			   strcmp(finding->code, "aside") == 0;

		if ((finding->severity == SEVERITY_ERROR || met) &&
		    (worst == NULL || finding->severity < worst->severity))
			worst = finding;
	}
	if (worst == NULL)
		return NULL;
	*style = STYLE_WARN;
	if (strcmp(worst->code, "conflict") == 0)
		return g_strdup_printf(_("Press ! to decide: %s"), worst->message);
	if (worst->severity == SEVERITY_ERROR)
		*style = STYLE_BAD;
	g_autofree char *text = finding_text(worst);

	return worst->hint == NULL ? g_steal_pointer(&text)
				   : g_strdup_printf("%s — %s", text, worst->hint);
}

static void findings_say(struct session *session, const struct findings *findings)
{
	enum style style;
	g_autofree char *text = worst_text(findings, &style);

	if (text != NULL)
		app_say(session->app, style, "%s", text);
}

/* What was said of findings that are about to go does not outlive them. */
static void findings_unsay(struct session *session)
{
	enum style style;
	g_autofree char *text = worst_text(session->findings, &style);

	if (text != NULL && g_strcmp0(session->app->message, text) == 0)
		g_clear_pointer(&session->app->message, g_free);
}

static void say_met(struct session *session)
{
	struct findings *met = findings_new();

	workspace_take_findings(session->workspace, met);
	findings_say(session, met);
	findings_move(session->findings, met);
	findings_free(met);
}

/* The word itself, what became of gaps, then what the edit met. */
void session_say_saved(struct session *session, const char *text, const struct change *change)
{
	session_undo_note(session, change);
	session_event(session,
		      (struct event){ .type = EVENT_DONE, .text = text, .change = change });
	session->saving = false;
	session_news_say(session);
	say_met(session);
}

void session_refused(struct session *session, GError *error)
{
	/* After a conflict the values of the others are known: a form shows them. */
	if (workspace_model(session->workspace) != session->model)
		session_changed(session);
	session_outcome(session, NULL, error);
	say_met(session);
}

static void apply(struct session *session, struct change *change)
{
	g_autofree char *text = NULL, *what = NULL;
	GError *error = NULL;

	if (!workspace_apply(session->workspace, change, &error)) {
		session_refused(session, error);
		return;
	}
	session->saving = true;
	if (workspace_model(session->workspace) != session->model)
		session_changed(session);
	what = session_told(session, change);
	text = change->id == 0 ? g_strdup(_("Nothing has changed."))
			       : g_strdup_printf(_("Saved: %s"), what);
	session_say_saved(session, text, change);
}

static const struct conflict *conflict_of(const struct session *session, gint64 id)
{
	for (guint i = 0; session->conflicts != NULL && i < session->conflicts->len; i++) {
		const struct conflict *conflict = g_ptr_array_index(session->conflicts, i);

		if (conflict->id == id)
			return conflict;
	}
	return NULL;
}

static void decide(struct session *session, const struct effect *effect)
{
	const struct conflict *conflict = conflict_of(session, effect->id);
	struct change *done = NULL;
	GError *error = NULL;

	if (conflict == NULL ||
	    !workspace_decide(session->workspace, conflict, (enum conflict_side)effect->side,
			      effect->text, &done, &error)) {
		session_changed(session);
		if (error != NULL)
			session_outcome(session, NULL, error);
		say_met(session);
		return;
	}
	g_autofree char *what = done == NULL ? conflict_place(session->model, conflict)
					     : session_told(session, done);
	g_autofree char *text = g_strdup_printf(_("Decided: %s"), what);

	session->saving = true;
	session_changed(session);
	session_say_saved(session, text, done);
	change_free(done);
}

static void yank(struct session *session, const char *ids)
{
	g_auto(GStrv) lines = g_strsplit(ids, "\n", -1);
	guint n = g_strv_length(lines);
	g_autofree char *text =
		n == 1 ? g_strdup_printf(_("Copied: %s"), ids)
		       : g_strdup_printf(ngettext("Copied: %u id", "Copied: %u ids", n), n);

	session->hooks.yank(session->hooks.data, ids);
	session_event(session, (struct event){ .type = EVENT_DONE, .text = text });
}

static void whatif_begin(struct session *session, const char *steps)
{
	if (session->study == NULL)
		session_event(session, (struct event){ .type = EVENT_FAILED,
						       .text = _("Wait until it is computed") });
	else
		session->hooks.whatif(session->hooks.data, session->study, steps);
}

void session_score(struct session *session, struct scorecard *score)
{
	session_event(session, (struct event){ .type = EVENT_DONE, .score = score });
}

void session_configure(struct session *session, struct config *config, struct memory *memory)
{
	bool ascii = session->app->ascii;

	session->config = config;
	session->world.config = config;
	session->memory = memory;
	session->world.memory = memory;
	app_free(session->app);
	session->app = app_new(&session->world);
	if (config_is(config, SETTING_CHARACTERS, "auto"))
		session->app->ascii = session->app->ascii || ascii;
	if (memory_trouble(memory) != NULL)
		app_say(session->app, STYLE_WARN, "%s", memory_trouble(memory));
}

void session_again(struct session *session)
{
	session_event(session, (struct event){ .type = EVENT_AGAIN });
}

static void remember(struct session *session, const struct effect *effect)
{
	struct memory *memory = session->memory;
	g_autofree char *before = g_strdup(memory_trouble(memory));
	g_autoptr(GError) error = NULL;
	g_autofree char *text = NULL;

	if (memory == NULL)
		return;
	if (!memory_put(memory, (enum memory_list)effect->id, effect->path, effect->text, &error)) {
		session_outcome(session, NULL, g_steal_pointer(&error));
		return;
	}
	/* That a line or a pick is kept needs no word. */
	if (effect->id == MEMORY_FILTERS) {
		text = g_strdup_printf(effect->text == NULL ? _("Forgotten: @%s") : _("Kept: @%s"),
				       effect->path);
		session_event(session, (struct event){ .type = EVENT_DONE, .text = text });
	}
	/* Said once, when it is put aside. */
	if (g_strcmp0(before, memory_trouble(memory)) != 0)
		app_say(session->app, STYLE_WARN, "%s", memory_trouble(memory));
}

/* Whatever asks for it: nothing is edited while something else than the present is shown. */
static bool is_refused(struct session *session, const struct effect *effect)
{
	g_autofree char *why = NULL;

	if (effect->type != EFFECT_APPLY && effect->type != EFFECT_UNDO &&
	    effect->type != EFFECT_REDO && effect->type != EFFECT_DECIDE)
		return false;
	why = app_locked(session->app, &session->world);
	if (why == NULL)
		return false;
	session_event(session, (struct event){ .type = EVENT_FAILED, .text = why });
	return true;
}

static void again(struct session *session)
{
	if (session->hooks.again != NULL)
		session->hooks.again(session->hooks.data);
	else
		session_again(session);
}

/* What is looked at is another day, or more or less of it. */
static void look(struct session *session, const struct effect *effect)
{
	if (effect->type == EFFECT_AS_OF)
		session_look_at(session, effect->text);
	else if (effect->type == EFFECT_CONFIRMED)
		session_confirmed(session, effect->id != 0);
	else if (effect->type == EFFECT_COMPARE)
		session_compare(session, effect->years);
	else if (effect->type == EFFECT_CHANCE)
		session_chance(session, effect);
	else if (effect->type == EFFECT_CHECK)
		session_check(session);
	else
		session_log(session, effect->path);
}

static void effect_carry_out(struct session *session, const struct effect *effect)
{
	if (is_refused(session, effect))
		return;
	switch (effect->type) {
	case EFFECT_QUIT:
		session_quit(session);
		break;
	case EFFECT_APPLY:
		apply(session, effect->change);
		break;
	case EFFECT_UNDO:
	case EFFECT_REDO:
		session_undo(session, effect);
		break;
	case EFFECT_EXPORT:
		session_export_begin(session, effect);
		break;
	case EFFECT_YANK:
		yank(session, effect->text);
		break;
	case EFFECT_REDRAW:
		session->hooks.redraw(session->hooks.data);
		break;
	case EFFECT_SUSPEND:
		session->hooks.suspend(session->hooks.data);
		break;
	case EFFECT_DECIDE:
		decide(session, effect);
		break;
	case EFFECT_WHATIF:
		whatif_begin(session, effect->text);
		break;
	case EFFECT_SETTING:
		session_setting(session, effect);
		break;
	case EFFECT_REMEMBER:
		remember(session, effect);
		break;
	case EFFECT_STOP:
		session_stop(session);
		break;
	case EFFECT_COMPUTE:
		session_want_study(session);
		session_event(session, (struct event){ .type = EVENT_STUDY });
		break;
	case EFFECT_AGAIN:
		again(session);
		break;
	case EFFECT_DRAFT:
		if (session->drafts != NULL)
			drafts_put(session->drafts, effect->path, effect->text);
		break;
	case EFFECT_AS_OF:
	case EFFECT_CONFIRMED:
	case EFFECT_COMPARE:
	case EFFECT_CHANCE:
	case EFFECT_CHECK:
	case EFFECT_HISTORY:
		look(session, effect);
		break;
	}
}

static void effects_carry_out(struct session *session, struct effects *effects)
{
	for (guint i = 0; i < effects->all->len; i++)
		effect_carry_out(session, g_ptr_array_index(effects->all, i));
	effects_release(effects);
}

void session_event(struct session *session, struct event event)
{
	struct effects effects;

	effects_init(&effects);
	if (event.type == EVENT_KEY)
		session->keys++;
	app_update(session->app, &session->world, event, &effects);
	if (event.type == EVENT_KEY)
		session_quit_note(session, &effects);
	effects_carry_out(session, &effects);
	session_check_note(session);
}

void session_mouse(struct session *session, const struct grid *grid, struct event event)
{
	struct effects effects;

	effects_init(&effects);
	session->keys++;
	app_mouse(session->app, &session->world, grid, event, &effects);
	session_quit_note(session, &effects);
	effects_carry_out(session, &effects);
	session_check_note(session);
}

void session_key(struct session *session, gunichar key)
{
	session_event(session, (struct event){ .type = EVENT_KEY, .key = key });
}

void session_resize(struct session *session, int rows, int cols)
{
	session->world.rows = rows;
	session->world.cols = cols;
	session_event(session, (struct event){ .type = EVENT_RESIZE });
}

static gint64 newest_id(const struct session *session)
{
	const struct change *newest =
		session->history->len > 0 ? g_ptr_array_index(session->history, 0) : NULL;
	return newest ? newest->id : 0;
}

void session_refresh(struct session *session)
{
	GError *error = NULL;
	const struct change *newest;
	struct findings *findings = findings_new();
	bool changed = false;

	if (!workspace_refresh(session->workspace, findings, &changed, &error)) {
		/* Who is writing now will be heard of when it is done. */
		if (g_error_matches(error, TELAR_ERROR, TELAR_ERROR_BUSY))
			g_error_free(error);
		else
			session_outcome(session, NULL, error);
		findings_free(findings);
		return;
	}
	findings_unsay(session);
	findings_free(session->findings);
	session->findings = findings;
	session->world.findings = findings;
	if (changed) {
		gint64 known = newest_id(session);
		session_changed(session);
		newest = session->history->len > 0 ? g_ptr_array_index(session->history, 0) : NULL;
		/* A file that can be read again, and says what it said before, is no change. */
		if (newest != NULL && newest->id != known) {
			g_autofree char *what = session_told(session, newest);
			/* Files are nobody: "ana changed" has another form in most languages. */
			g_autofree char *text =
				g_strcmp0(newest->actor, ACTOR_FILES) == 0
					? g_strdup_printf(_("Changed in files: %s"), what)
					: g_strdup_printf(_("%s changed: %s"), newest->actor, what);

			session_event(session, (struct event){ .type = EVENT_DONE, .text = text });
		}
	}
	findings_say(session, findings);
	say_met(session);
}

struct study *session_study_new(const struct model *model)
{
	return study_new(model, NULL);
}
