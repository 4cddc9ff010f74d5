#include "tui/views/tie.h"

#include <string.h>

#include <glib/gi18n.h>

#include "data/claim.h"
#include "data/node.h"
#include "tui/widgets/answers.h"
#include "tui/widgets/prompt.h"
#include "tui/widgets/question.h"

/*
 * What can be done to a tie: a tie is what its sides declare, so each deed is one
 * to a claim.  Where several can be meant, this asks which.
 */
struct way {
	char *label;
	char *subject; /* of the form or the question that follows; NULL: none follows */
	guint side;    /* whose entry it is about */
	bool denies;   /* asks why, else (without a subject) it confirms */
	bool lasting;  /* and is not asked again */
};

struct asking {
	enum tie_deed deed;
	char *name;  /* of the tie */
	char *asked; /* NULL: what is asked of every tie */
	GArray *ways;
	guint focus;
	struct prompt *why; /* while it is asked, else NULL */
	const char *keys[5];
};

static const char *const words[] = {
	[TIE_EDIT] = "edit",
	[TIE_CONFIRM] = "confirm",
	[TIE_REMOVE] = "remove",
	[TIE_ANSWER] = "answer",
};

static void way_clear(gpointer data)
{
	struct way *way = data;

	g_free(way->label);
	g_free(way->subject);
}

static const char *brief(const struct model *model, guint index)
{
	return institution_name(model_institution(model, index), true);
}

/* "partners[innovec#2]" in an entry is "institution/ID/partners/innovec#2" for a form. */
static char *claim_subject(const struct model *model, const struct claim *claim)
{
	g_autofree char *path = claim_path(model, claim);
	g_autofree char *item =
		g_strndup(path + strlen("partners["), strlen(path) - strlen("partners[") - 1);

	return g_strdup_printf("institution/%s/partners/%s",
			       model_institution(model, claim->from)->base.id, item);
}

static void add_claims(GArray *ways, const struct model *model, const struct tie *tie)
{
	for (guint i = 0; i < tie->n_claims; i++) {
		const struct claim *claim = &model->claims[tie->first_claim + i];
		const char *title = partnership_details(claim->says)->title;
		struct way way = { NULL, claim_subject(model, claim), claim->from, false, false };

		way.label = title == NULL
				    ? g_strdup_printf(_("what %s says"), brief(model, claim->from))
				    : g_strdup_printf(_("what %s says: %s"),
						      brief(model, claim->from), title);
		g_array_append_val(ways, way);
	}
}

/* A new entry of `side` about the tie: the form begins with what the other one says. */
static char *silent_subject(const struct model *model, const struct tie *tie, guint side)
{
	return g_strdup_printf("institution/%s/partners/+%s",
			       model_institution(model, side)->base.id,
			       model_institution(model, tie_other(tie, side))->base.id);
}

static void add_silent(GArray *ways, const struct model *model, const struct tie *tie)
{
	guint sides[2] = { tie->a, tie->b };

	for (guint s = 0; s < 2; s++) {
		struct way way = { NULL, NULL, sides[s], false, false };

		if (tie_is_said_by(model, tie, sides[s]))
			continue;
		way.label =
			g_strdup_printf(_("%s says nothing yet: write it"), brief(model, sides[s]));
		way.subject = silent_subject(model, tie, sides[s]);
		g_array_append_val(ways, way);
	}
}

/* What a side that is silent so far may say. */
static void add_answers(GArray *ways, const struct model *model, const struct tie *tie)
{
	guint sides[2] = { tie->a, tie->b };

	for (guint s = 0; s < 2; s++) {
		const char *name = brief(model, sides[s]);
		struct way same = { NULL, NULL, sides[s], false, false };
		struct way other = { NULL, NULL, sides[s], false, false };
		struct way none = { NULL, NULL, sides[s], true, false };

		if (tie_is_said_by(model, tie, sides[s]))
			continue;
		same.label = g_strdup_printf(_("%s says the same"), name);
		other.label = g_strdup_printf(_("%s says it in another way: write it"), name);
		other.subject = silent_subject(model, tie, sides[s]);
		none.label = g_strdup_printf(_("%s says that it does not hold"), name);
		g_array_append_val(ways, same);
		g_array_append_val(ways, other);
		g_array_append_val(ways, none);
	}
}

static void add_checks(GArray *ways, const struct model *model, const struct tie *tie)
{
	guint sides[2] = { tie->a, tie->b };

	for (guint s = 0; s < 2; s++) {
		struct way way = { NULL, NULL, sides[s], false, false };

		way.label = g_strdup_printf(_("%s was asked today and says so"),
					    brief(model, sides[s]));
		g_array_append_val(ways, way);
	}
}

static GArray *ways_new(const struct model *model, const struct tie *tie, enum tie_deed deed)
{
	GArray *ways = g_array_new(FALSE, TRUE, sizeof(struct way));
	int silent = tie_waits_for(model, tie);

	g_array_set_clear_func(ways, way_clear);
	if (deed == TIE_CONFIRM && silent < 0) {
		add_checks(ways, model, tie);
	} else if (deed == TIE_CONFIRM) {
		struct way way = { NULL, NULL, (guint)silent, false, false };

		g_array_append_val(ways, way);
	} else if (deed == TIE_ANSWER) {
		add_answers(ways, model, tie);
	} else {
		add_claims(ways, model, tie);
		/* Where there is a choice anyway, the side that is silent is one. */
		if (deed == TIE_EDIT && ways->len > 1)
			add_silent(ways, model, tie);
	}
	return ways;
}

static void confirm_by(const struct world *world, const struct tie *tie, guint side,
		       struct effects *effects)
{
	struct change *change = tie_confirm(world->model, tie, side, world->today);

	if (change == NULL)
		change = tie_verify(world->model, tie, side, world->today);
	if (change != NULL)
		effects_add(effects, EFFECT_APPLY)->change = change;
}

static void way_go(const struct way *way, enum tie_deed deed, const struct tie *tie,
		   struct app *app, const struct world *world, struct effects *effects)
{
	if (way->subject == NULL)
		confirm_by(world, tie, way->side, effects);
	else
		app_open(app, world, deed == TIE_REMOVE ? &view_confirm : &view_form, way->subject);
}

/* Whether an entry is of those that this person keeps. */
static bool is_own(const struct world *world, guint side)
{
	const struct institution *institution = model_institution(world->model, side);
	const char *const *maintainers = institution_details(institution)->maintainers;

	return maintainers != NULL && world->actor != NULL &&
	       g_strv_contains(maintainers, world->actor);
}

/* By one key it is not written unasked into the entry of others; once is enough. */
static bool goes_abroad(const struct app *app, const struct world *world, enum tie_deed deed,
			const GArray *ways)
{
	return deed == TIE_CONFIRM && !app->abroad &&
	       !is_own(world, g_array_index(ways, struct way, 0).side);
}

void tie_do(struct app *app, const struct world *world, enum tie_deed deed, const char *name,
	    struct effects *effects)
{
	const struct tie *tie = tie_find(world->model, name, NULL, NULL);
	g_autofree char *subject = g_strdup_printf("%s/%s", words[deed], name == NULL ? "" : name);
	g_autoptr(GArray) ways = NULL;

	if (tie == NULL) {
		app_say(app, STYLE_DIM, _("There is no partnership under the cursor."));
		return;
	}
	if (!app_may_edit(app, world))
		return;
	ways = ways_new(world->model, tie, deed);
	if (ways->len == 0)
		app_say(app, STYLE_DIM, _("Both sides have said what they have to say."));
	else if (ways->len == 1 && !goes_abroad(app, world, deed, ways))
		way_go(&g_array_index(ways, struct way, 0), deed, tie, app, world, effects);
	else
		app_open(app, world, &view_tie_ask, subject);
}

bool tie_can(const struct model *model, const char *name, enum action action)
{
	bool answers = action == ACTION_ANSWER;
	const struct tie *tie;

	if (!answers && action != ACTION_CONFIRM && action != ACTION_TIE)
		return true;
	tie = name == NULL ? NULL : tie_find(model, name, NULL, NULL);
	return tie != NULL && !(answers && tie_is_said_by(model, tie, tie->a) &&
				tie_is_said_by(model, tie, tie->b));
}

/* A partner that just came in: what the entry says of it now.  Caller frees. */
static char *declared_text(const struct model *model, const struct op *op, const char *name)
{
	struct node *item = op->new_text == NULL ? NULL : node_from_json(op->new_text, NULL);
	const struct node *with = item == NULL ? NULL : node_get(item, "with");
	const struct node *status = item == NULL ? NULL : node_get(item, "status");
	char *text = NULL;

	if (status != NULL && g_strcmp0(status->text, "denied") == 0)
		text = g_strdup_printf(_("Saved: %s says that it does not hold. u takes it back."),
				       name);
	else if (with != NULL)
		/* TRANSLATORS: two institutions: the first one's entry has the other as partner. */
		text = g_strdup_printf(_("Saved: %s declares %s. u takes it back."), name,
				       model_name(model, KIND_INSTITUTION, with->text, true));
	node_free(item);
	return text;
}

void tie_say_done(struct app *app, const struct world *world, const struct change *change)
{
	const struct op *op = change == NULL || change->ops->len == 0 || change->undoes != 0
				      ? NULL
				      : g_ptr_array_index(change->ops, 0);
	g_autofree char *text = NULL;
	const char *name;

	if (op == NULL || op->kind != KIND_INSTITUTION || !g_str_has_prefix(op->path, "partners"))
		return;
	name = model_name(world->model, KIND_INSTITUTION, op->id, true);
	if (op->verb == OP_INSERT)
		text = declared_text(world->model, op, name);
	else if (op->verb == OP_SET && g_str_has_suffix(op->path, ".verified"))
		text = g_strdup_printf(_("Saved: checked with %s today. u takes it back."), name);
	if (text != NULL)
		app_say(app, STYLE_GOOD, "%s", text);
}

/* --- the question ---------------------------------------------------------------------- */

static void *ask_open(struct app *app, const struct world *world, const char *subject)
{
	struct asking *asking = g_new0(struct asking, 1);
	const char *slash = subject == NULL ? NULL : strchr(subject, '/');

	(void)app;
	(void)world;
	asking->name = g_strdup(slash == NULL ? "" : slash + 1);
	for (guint i = 0; i < G_N_ELEMENTS(words); i++)
		if (slash != NULL && g_str_has_prefix(subject, words[i]))
			asking->deed = (enum tie_deed)i;
	return asking;
}

static void ask_free(void *state)
{
	struct asking *asking = state;

	if (asking->ways != NULL)
		g_array_unref(asking->ways);
	prompt_free(asking->why);
	g_free(asking->asked);
	g_free(asking->name);
	g_free(asking);
}

static void ask_refresh(struct view *view, struct app *app, const struct world *world)
{
	struct asking *asking = view->state;
	const struct tie *tie = tie_find(world->model, asking->name, NULL, NULL);

	(void)app;
	g_clear_pointer(&asking->ways, g_array_unref);
	asking->ways = tie == NULL ? g_array_new(FALSE, TRUE, sizeof(struct way))
				   : ways_new(world->model, tie, asking->deed);
	asking->focus = MIN(asking->focus, MAX(asking->ways->len, 1) - 1);
	g_clear_pointer(&asking->asked, g_free);
	if (asking->deed == TIE_CONFIRM && asking->ways->len == 1) {
		struct way *yes = &g_array_index(asking->ways, struct way, 0);
		guint side = yes->side;
		struct way lasting = { g_strdup(_("Yes, and do not ask again until telar is "
						  "closed")),
				       NULL, side, false, true };

		yes->label = g_strdup(_("Yes"));
		g_array_append_val(asking->ways, lasting);

		asking->asked = g_strdup_printf(
			tie->state == TIE_PROPOSED
				? _("Write into the entry of %s that it proposes to work with %s?")
				: _("Write into the entry of %s that it works with %s?"),
			brief(world->model, side), brief(world->model, tie_other(tie, side)));
	}
}

static bool ask_typing(const struct view *view)
{
	return view->state != NULL;
}

static void ask_choose(struct view *view, struct app *app, const struct world *world, guint which,
		       struct effects *effects)
{
	struct asking *asking = view->state;
	const struct tie *tie = tie_find(world->model, asking->name, NULL, NULL);
	enum tie_deed deed = asking->deed;
	struct way way;

	if (tie == NULL || which >= asking->ways->len)
		return;
	way = g_array_index(asking->ways, struct way, which);
	if (way.denies) {
		asking->focus = which;
		asking->why = prompt_new(_("Why does it not hold? "), "");
		return;
	}
	app->abroad |= way.lasting;
	/* Closing frees the ways; this one is still wanted. */
	way.label = NULL;
	way.subject = g_strdup(way.subject);
	app_close(app, world);
	way_go(&way, deed, tie, app, world, effects);
	way_clear(&way);
}

/* Why the focused way denies the tie. */
static void why_key(struct asking *asking, struct app *app, const struct world *world, gunichar key,
		    struct effects *effects)
{
	const struct tie *tie = tie_find(world->model, asking->name, NULL, NULL);
	enum prompt_result result = prompt_key(asking->why, key);
	struct change *change = NULL;

	if (result == PROMPT_LEFT) {
		g_clear_pointer(&asking->why, prompt_free);
	} else if (result == PROMPT_DONE) {
		if (tie != NULL && asking->focus < asking->ways->len)
			change = tie_deny(
				world->model, tie,
				g_array_index(asking->ways, struct way, asking->focus).side,
				asking->why->text->str, world->today);
		if (change != NULL)
			effects_add(effects, EFFECT_APPLY)->change = change;
		app_close(app, world);
	}
}

static const struct prompt *ask_prompt(const struct view *view)
{
	return ((const struct asking *)view->state)->why;
}

/* Yes or no, of the question that takes them. */
static enum answers_result said(gunichar key, guint *focus)
{
	enum question_answer answer = question_answer(key);

	if (answer == ANSWER_YES)
		*focus = 0;
	return answer == ANSWER_YES  ? ANSWERS_PICKED
	       : answer == ANSWER_NO ? ANSWERS_LEFT
				     : ANSWERS_STAYS;
}

static bool ask_update(struct view *view, struct app *app, const struct world *world,
		       const struct event *event, enum action action, struct effects *effects)
{
	struct asking *asking = view->state;
	gunichar key = event->key;
	enum answers_result result;

	(void)action;
	if (event->type != EVENT_KEY)
		return false;
	if (asking->why != NULL) {
		why_key(asking, app, world, key, effects);
		return true;
	}
	result = asking->asked == NULL ? ANSWERS_STAYS : said(key, &asking->focus);
	if (result == ANSWERS_STAYS)
		result = answers_key(asking->ways->len, &asking->focus, key);
	if (result == ANSWERS_PICKED)
		ask_choose(view, app, world, asking->focus, effects);
	else if (result == ANSWERS_LEFT)
		app_close(app, world);
	return true;
}

static const char *question(enum tie_deed deed)
{
	switch (deed) {
	case TIE_EDIT:
		return _("A partnership is what each side says of it. Edit which?");
	case TIE_REMOVE:
		return _("A partnership is what each side says of it. Remove which?");
	case TIE_ANSWER:
		return _("One side has not said anything yet. What does it say?");
	case TIE_CONFIRM:
		break;
	}
	return _("Both sides say it. Who has been asked again?");
}

static const char *way_label(const void *data, guint at)
{
	return g_array_index(((const struct asking *)data)->ways, struct way, at).label;
}

static void ask_draw(const struct view *view, const struct app *app, const struct world *world,
		     struct grid *grid, struct rect area)
{
	const struct asking *asking = view->state;
	const struct answers answers = { .asked = asking->asked != NULL ? asking->asked
									: question(asking->deed),
					 .n = asking->ways->len,
					 .focus = asking->focus,
					 .label = way_label,
					 .data = asking };

	(void)app;
	(void)world;
	answers_draw(&answers, grid, area);
}

static const char *const *ask_keys(const struct view *view)
{
	struct asking *asking = view->state;
	const char *const keys[] = { N_("Enter"),
				     asking->why == NULL ? N_("This one") : N_("It does not hold"),
				     N_("Esc"), asking->why == NULL ? N_("Cancel") : N_("Back"),
				     NULL };

	memcpy(asking->keys, keys, sizeof keys);
	return asking->keys;
}

static char *ask_place(const struct view *view, const struct world *world)
{
	const struct asking *asking = view->state;

	(void)world;
	return g_strdup(asking->asked != NULL ? _("The entry of others") : _("Which side"));
}

const struct view_ops view_tie_ask = {
	.name = "tie-ask",
	.title = N_("Which side"),
	.scopes = SCOPE_FORM,
	.dialog = true,
	.open = ask_open,
	.free = ask_free,
	.refresh = ask_refresh,
	.place = ask_place,
	.typing = ask_typing,
	.update = ask_update,
	.draw = ask_draw,
	.keys = ask_keys,
	.prompt = ask_prompt,
};
