/*
 * What the keys of a gap ask for: one change a move, with what was asked; nothing
 * where nothing can be done; and the scorecard that comes back.
 */
#include "base/start.h"
#include "data/node.h"
#include "graph/whatif.h"
#include "tests/unit/tui_crowd.h"
#include "tui/session.h"
#include "tui/views/gaps.h"
#include "tui/views/propose.h"
#include "tui/views/whatif.h"

/* The effects of keys, up to the first of the wanted type; NULL: there was none. */
static struct effect *press(struct crowd *crowd, const char *keys, enum effect_type wanted)
{
	struct effect *found = NULL;

	for (; *keys; keys = g_utf8_next_char(keys)) {
		struct effects effects;
		struct event event = { .type = EVENT_KEY, .key = g_utf8_get_char(keys) };

		effects_init(&effects);
		app_update(crowd->app, &crowd->world, event, &effects);
		for (guint i = 0; i < effects.all->len && !found; i++) {
			struct effect *effect = g_ptr_array_index(effects.all, i);

			if (effect->type == wanted)
				found = g_memdup2(effect, sizeof *effect);
			if (effect->type == wanted) {
				effect->change = NULL;
				effect->text = NULL;
			}
		}
		effects_release(&effects);
	}
	return found;
}

static void drop(struct effect *effect)
{
	if (!effect)
		return;
	change_free(effect->change);
	g_free(effect->text);
	g_free(effect);
}

static void open_register(struct crowd *crowd)
{
	crowd_open(crowd, 120, 8, true);
	crowd_key(crowd, '8');
}

/* The gap under the cursor as a state of these words leaves it today. */
static void stands(struct crowd *crowd, struct gap_state state)
{
	const GPtrArray *gaps = study_gaps(crowd->study);

	gap_stand(g_ptr_array_index(gaps, 0), &state, crowd->world.today);
	crowd_event(crowd, (struct event){ .type = EVENT_STUDY });
	crowd_key(crowd, 'g');
}

static bool is_on_screen(struct crowd *crowd, const char *text)
{
	g_autofree char *screen = crowd_screen(crowd);

	return strstr(screen, text) != NULL;
}

/* If it fails, work that was thought done comes back as if nobody had ever seen it. */
static void notes(void)
{
	struct crowd crowd;

	open_register(&crowd);
	stands(&crowd, (struct gap_state){ .status = "closed", .updated = { 2026, 11, 20 } });
	crowd_sees(&crowd, "open again");
	crowd_key(&crowd, TUI_ENTER);
	crowd_sees(&crowd, "Closed on 2026-11-20, and found again");
	crowd_key(&crowd, TUI_ESCAPE);
	stands(&crowd, (struct gap_state){ .status = "snoozed", .until = { 2026, 11, 0 } });
	crowd_sees(&crowd, "open again");
	crowd_key(&crowd, TUI_ENTER);
	crowd_sees(&crowd, "Put off until 2026-11: the time has come.");
	crowd_key(&crowd, TUI_ESCAPE);
	stands(&crowd, (struct gap_state){ .status = "working", .owner = "eva" });
	crowd_sees(&crowd, "eva");
	crowd_close(&crowd);
}

/* If it fails, a long name of who sees to one gap cuts what all the others are about. */
static void long_owner(void)
{
	struct crowd crowd;

	open_register(&crowd);
	stands(&crowd, (struct gap_state){ .status = "proposed",
					   .owner = "Coordinación Regional del Pacífico" });
	crowd_sees(&crowd, "proposed · Coordin…");
	crowd_key(&crowd, TUI_ENTER);
	crowd_sees(&crowd, "Coordinación Regional del Pacífico");
	crowd_close(&crowd);
}

/* The op that a key leads to says `text`. */
static void leads_to(const char *keys, const char *text)
{
	struct crowd crowd;

	open_register(&crowd);
	struct effect *effect = press(&crowd, keys, EFFECT_APPLY);

	g_assert_nonnull(effect);
	const struct op *op = g_ptr_array_index(effect->change->ops, 0);

	g_assert_cmpint(op->kind, ==, KIND_GAPS);
	if (!strstr(op->new_text, text))
		g_printerr("%s: %s\n", keys, op->new_text);
	g_assert_nonnull(strstr(op->new_text, text));
	drop(effect);
	crowd_close(&crowd);
}

/* If it fails, the word that somebody sees to a gap names its status, and not who. */
static void owner_is_told(void)
{
	struct crowd crowd;

	open_register(&crowd);
	struct effect *effect = press(&crowd, "oeva\n", EFFECT_APPLY);
	g_autofree char *text = app_change_text(&crowd.world, effect->change);

	g_assert_true(g_str_has_prefix(text, "eva sees to it: "));
	drop(effect);
	crowd_close(&crowd);
}

/* If it fails, history tells a change of long ago with the number that is counted today. */
static void history_counts_nothing(void)
{
	struct crowd crowd;
	guint counted = 0;

	open_register(&crowd);
	for (guint i = 0; i < study_gaps(crowd.study)->len; i++) {
		const struct gap *gap = g_ptr_array_index(study_gaps(crowd.study), i);
		const struct gap_move move = { .status = "proposed" };
		struct change *change =
			gap_move(crowd.model, gap->id, &move, crowd.model->today, NULL);
		g_autofree char *text = app_change_text(&crowd.world, change);
		bool counts = strpbrk(gap->title, "0123456789") != NULL;

		counted += counts;
		g_assert_true((strstr(text, gap->title) == NULL) == counts);
		g_assert_true(g_str_has_prefix(text, "proposed: "));
		change_free(change);
	}
	g_assert_cmpuint(counted, >, 0);
	crowd_close(&crowd);
}

/* If it fails, a name that is typed is put behind the one that was offered. */
static void moves(void)
{
	leads_to("oeva\n", "\"owner\":\"eva\"");
	leads_to("z2027-03\n", "\"until\":\"2027-03\"");
	leads_to(">", "\"status\":\"proposed\"");
	leads_to("Das it is meant\n", "\"reason\":\"as it is meant\"");
	leads_to("z\n", "\"until\":\"2027-02\"");
	leads_to("o\n", "\"owner\":\"ana\"");
}

/* If it fails, one > too many moves on a gap that nobody looked at. */
static void closed_stays(void)
{
	struct gap_state state = { .status = "closed" };
	struct crowd crowd;

	open_register(&crowd);
	struct gap *gap = g_ptr_array_index(study_gaps(crowd.study), 0);
	g_autofree char *title = g_strndup(gap->title, 24);

	drop(press(&crowd, ">", EFFECT_APPLY));
	state.updated = crowd.world.today;
	gap_stand(gap, &state, crowd.world.today);
	g_assert_true(gap->hidden);
	crowd_event(&crowd, (struct event){ .type = EVENT_STUDY });
	crowd_sees(&crowd, title);
	crowd_sees(&crowd, "closed");
	g_assert_null(press(&crowd, ">", EFFECT_APPLY));
	crowd_sees(&crowd, "It is closed already.");
	crowd_key(&crowd, 'j');
	g_autofree char *left = crowd_screen(&crowd);
	g_assert_null(strstr(left, title));
	crowd_close(&crowd);
}

/* If it fails, one key too many closes a gap that nobody has closed, or nothing says what did. */
static void closing_is_asked(void)
{
	struct crowd crowd;

	open_register(&crowd);
	stands(&crowd, (struct gap_state){ .status = "working" });
	g_assert_null(press(&crowd, ">", EFFECT_APPLY));
	crowd_sees(&crowd, "Close it, because:");
	g_assert_null(press(&crowd, "\033", EFFECT_APPLY));
	struct effect *effect = press(&crowd, ">they met\n", EFFECT_APPLY);
	g_assert_nonnull(effect);
	const struct op *op = g_ptr_array_index(effect->change->ops, 0);
	g_assert_nonnull(strstr(op->new_text, "\"status\":\"closed\""));
	g_assert_nonnull(strstr(op->new_text, "\"reason\":\"they met\""));
	drop(effect);
	crowd_close(&crowd);
}

/* If it fails, who looks at until when a gap rests puts it off to another day. */
static void offers_its_day(void)
{
	struct crowd crowd;

	open_register(&crowd);
	crowd_key(&crowd, 'c');
	stands(&crowd, (struct gap_state){ .status = "snoozed", .until = { 2027, 9, 15 } });
	g_assert_null(press(&crowd, "z", EFFECT_APPLY));
	crowd_sees(&crowd, "Put it off until: 2027-09-15");
	crowd_close(&crowd);
}

static void nothing_to_do(void)
{
	struct crowd crowd;

	open_register(&crowd);
	g_assert_null(press(&crowd, "<", EFFECT_APPLY));
	crowd_sees(&crowd, "It is open already");
	g_assert_null(press(&crowd, "D\n", EFFECT_APPLY)); /* no reason: it is asked on */
	crowd_sees(&crowd, "Dismiss it, because:");
	g_assert_null(press(&crowd, "\033", EFFECT_APPLY));
	crowd.world.read_only = true;
	g_assert_null(press(&crowd, ">", EFFECT_APPLY));
	crowd_sees(&crowd, "read only");
	crowd_close(&crowd);
}

/* The first gap of the register that has so many pairs at least, under the cursor. */
static struct gap *go_to_pairs(struct crowd *crowd, guint least)
{
	const GPtrArray *gaps = study_gaps(crowd->study);

	for (guint i = 0; i < gaps->len; i++) {
		struct gap *gap = g_ptr_array_index(gaps, i);
		guint pairs = 0;

		for (guint k = 0; k < gap->candidates->len; k++)
			pairs += propose_fits(&crowd->world, g_ptr_array_index(gap->candidates, k));
		if (pairs >= least)
			return gap;
		crowd_key(crowd, 'j');
	}
	g_assert_not_reached();
}

/* If it fails, a key that proposes writes before anybody saw what, or takes the first pair. */
static void propose_shows_first(void)
{
	struct crowd crowd;
	struct effect *effect;

	open_register(&crowd);
	const struct gap *gap = go_to_pairs(&crowd, 2);
	const struct candidate *second = g_ptr_array_index(gap->candidates, 1);
	const char *name = institution_name(model_institution(crowd.model, (guint)second->a), true);
	g_autofree char *entry = g_strdup_printf("Into the entry of %s goes: partner", name);

	g_assert_null(press(&crowd, "A", EFFECT_APPLY));
	crowd_sees(&crowd, "Which partnership is to be proposed?");
	crowd_sees(&crowd, "The gap moves on to “proposed”.");
	g_assert_null(press(&crowd, "\033", EFFECT_APPLY));
	g_assert_null(press(&crowd, "Aj", EFFECT_APPLY));
	crowd_sees(&crowd, entry);
	effect = press(&crowd, "\r", EFFECT_APPLY);
	g_assert_nonnull(effect);
	const struct op *tie = g_ptr_array_index(effect->change->ops, 1);

	g_assert_cmpstr(tie->id, ==, RECORD(model_institution(crowd.model, (guint)second->a))->id);
	g_assert_true(app_top(crowd.app)->ops == &view_gaps);
	drop(effect);
	/* The one that the cursor is on in the pane comes first. */
	crowd_key(&crowd, TUI_TAB);
	crowd_key(&crowd, 'j');
	crowd_key(&crowd, 'A');
	crowd_sees(&crowd, entry);
	crowd_close(&crowd);
}

/* If it fails, the footer promises what does nothing at the gap under the cursor. */
static void only_what_can_be_done(void)
{
	struct crowd crowd;

	open_register(&crowd);
	crowd_size(&crowd, 24, 160);
	struct gap *gap = go_to_pairs(&crowd, 2);

	g_assert_true(is_on_screen(&crowd, "A Propose"));
	g_assert_true(is_on_screen(&crowd, "T Try it"));
	g_ptr_array_set_size(gap->candidates, 0);
	g_assert_false(is_on_screen(&crowd, "A Propose"));
	g_assert_false(is_on_screen(&crowd, "T Try it"));
	g_assert_true(is_on_screen(&crowd, "D Dismiss"));
	crowd_key(&crowd, 'A');
	crowd_sees(&crowd, "This gap names no two who could be brought together.");
	crowd_key(&crowd, 'T');
	crowd_sees(&crowd, "This gap names nobody with whom it could be tried.");
	crowd_key(&crowd, TUI_ENTER);
	g_assert_false(is_on_screen(&crowd, "A Propose"));
	crowd_close(&crowd);
}

/* Down to a gap that proposes a pair, and propose it: both in one change. */
static void propose(void)
{
	struct crowd crowd;

	open_register(&crowd);
	go_to_pairs(&crowd, 1);
	struct effect *effect = press(&crowd, "A\r", EFFECT_APPLY);

	g_assert_nonnull(effect);
	g_assert_cmpuint(effect->change->ops->len, ==, 2);
	const struct op *tie = g_ptr_array_index(effect->change->ops, 1);

	g_assert_cmpint(tie->kind, ==, KIND_INSTITUTION);
	g_assert_nonnull(strstr(tie->new_text, "\"status\":\"proposed\""));
	drop(effect);
	crowd_close(&crowd);
}

/* The first gap of the register that invites to its territory, under the cursor. */
static const struct gap *go_to_invitation(struct crowd *crowd)
{
	const GPtrArray *gaps = study_gaps(crowd->study);

	for (guint i = 0; i < gaps->len; i++) {
		const struct gap *gap = g_ptr_array_index(gaps, i);

		if (gap->kind->invites && gap->candidates->len > 0)
			return gap;
		crowd_key(crowd, 'j');
	}
	g_assert_not_reached();
}

/* If it fails, what is accepted is not what was tried, and a gap that the trial closed stays. */
static void accepts_what_was_tried(void)
{
	struct crowd crowd;

	crowd_open(&crowd, 120, 40, true);
	crowd_key(&crowd, '8');
	const struct gap *gap = go_to_invitation(&crowd);
	const struct candidate *first = g_ptr_array_index(gap->candidates, 0);
	const char *id = RECORD(model_institution(crowd.model, (guint)first->a))->id;
	const char *place = RECORD(model_territory(crowd.model, (guint)gap->territory))->id;
	struct effect *tried = press(&crowd, "T", EFFECT_WHATIF);
	g_autofree char *joins = g_strdup_printf("%s %c%s\n", id, WHATIF_PLACE_MARK, place);

	g_assert_nonnull(tried);
	g_assert_true(g_str_has_prefix(tried->text, joins));
	crowd_key(&crowd, TUI_ESCAPE);
	g_assert_null(press(&crowd, "A", EFFECT_APPLY));
	crowd_sees(&crowd, "goes that it works in");
	struct effect *accepted = press(&crowd, "\r", EFFECT_APPLY);

	g_assert_nonnull(accepted);
	g_assert_cmpuint(accepted->change->ops->len, ==, 1);
	const struct op *op = g_ptr_array_index(accepted->change->ops, 0);

	g_assert_cmpint(op->kind, ==, KIND_INSTITUTION);
	g_assert_cmpstr(op->id, ==, id);
	g_assert_true(g_str_has_prefix(op->path, "territories"));
	g_assert_nonnull(strstr(op->new_text, place));
	drop(tried);
	drop(accepted);
	crowd_close(&crowd);
}

/* If it fails, a second proposal throws work that has begun back to its beginning. */
static void propose_keeps_status(void)
{
	static const char *const status[] = { "proposed", "met", "closed", "dismissed" };
	static const guint ops[] = { 1, 1, 1, 2 };
	struct crowd crowd;

	open_register(&crowd);
	struct gap *gap = go_to_pairs(&crowd, 2);

	for (guint i = 0; i < G_N_ELEMENTS(status); i++) {
		g_assert_true(gap_status_parse(status[i], &gap->status));
		struct effect *effect = press(&crowd, "A\r", EFFECT_APPLY);
		g_assert_nonnull(effect);
		g_assert_cmpuint(effect->change->ops->len, ==, ops[i]);
		drop(effect);
	}
	crowd_close(&crowd);
}

/* Makes the entry that a proposal asks for: the network with it, as it would be saved. */
static void enter(struct crowd *crowd, const struct effect *effect)
{
	struct op *op = g_ptr_array_index(effect->change->ops, effect->change->ops->len - 1);
	const struct record_type *type = record_type(op->kind);
	struct findings *findings = findings_new();
	struct pool *pool = pool_new();
	struct node *tree = NULL;

	g_assert_true(op_apply(op,
			       node_from_record(type, model_get(crowd->model, op->kind, op->id)),
			       &tree, NULL));
	const void *record = node_to_record(type, tree, NULL, NULL, pool, findings);
	struct model *next = model_with(crowd->model, op->kind, op->id, record, pool);

	model_unref(crowd->model);
	crowd->model = next;
	crowd->world.model = next;
	node_free(tree);
	pool_unref(pool);
	findings_free(findings);
	crowd_event(crowd, (struct event){ .type = EVENT_MODEL });
}

/* If it fails, the second A of the register is a dead end at the pair that the first took. */
static void propose_goes_on(void)
{
	struct crowd crowd;
	struct effect *first, *second;

	open_register(&crowd);
	const struct gap *gap = go_to_pairs(&crowd, 2);

	first = press(&crowd, "A\r", EFFECT_APPLY);
	g_assert_nonnull(first);
	const struct candidate *pair = g_ptr_array_index(gap->candidates, 0);

	g_assert_nonnull(strstr(first->change->summary,
				RECORD(model_institution(crowd.model, (guint)pair->a))->id));
	enter(&crowd, first);
	second = press(&crowd, "A\r", EFFECT_APPLY);
	g_assert_nonnull(second);
	g_assert_cmpstr(second->change->summary, !=, first->change->summary);
	crowd_key(&crowd, TUI_ENTER);
	crowd_size(&crowd, 60, 120);
	crowd_sees(&crowd, " · proposed");
	/* Pointed at, a pair that has one is named. */
	crowd_key(&crowd, 'g');
	g_assert_null(press(&crowd, "A", EFFECT_APPLY));
	crowd_sees(&crowd, "have a partnership in their entries already");
	drop(first);
	drop(second);
	crowd_close(&crowd);
}

static void try_it(void)
{
	struct crowd crowd;
	struct effect *effect = NULL;
	g_autoptr(GError) error = NULL;

	open_register(&crowd);
	for (guint i = 0; i < study_gaps(crowd.study)->len && !effect; i++) {
		effect = press(&crowd, "T", EFFECT_WHATIF);
		if (!effect)
			crowd_key(&crowd, 'j');
	}
	g_assert_nonnull(effect);
	g_assert_true(app_top(crowd.app)->ops == &view_whatif);
	crowd_sees(&crowd, "computing");
	struct scorecard *score = session_whatif(crowd.study, effect->text, NULL, &error);

	g_assert_no_error(error);
	crowd_event(&crowd, (struct event){ .type = EVENT_DONE, .score = score });
	scorecard_unref(score);
	crowd_sees(&crowd, "The gap that it is tried for");
	g_assert_nonnull(strchr(effect->text, WHATIF_GAP_MARK));
	crowd_key(&crowd, 'G');
	crowd_sees(&crowd, "→");
	crowd_key(&crowd, TUI_ESCAPE);
	g_assert_true(app_top(crowd.app)->ops == &view_gaps);
	drop(effect);
	crowd_close(&crowd);
}

/* If it fails, an answer is refused without a word of why. */
static void refused_aloud(void)
{
	struct crowd crowd;

	open_register(&crowd);
	crowd_key(&crowd, 'z');
	crowd_key(&crowd, TUI_CTRL('u'));
	crowd_type(&crowd, "soon");
	crowd_key(&crowd, TUI_ENTER);
	crowd_sees(&crowd, "Put it off until: soon");
	crowd_sees(&crowd, "is no date");
	crowd_key(&crowd, TUI_ESCAPE);
	crowd_close(&crowd);
}

static void any_key(void)
{
	static const gunichar keys[] = { '>',	  '<', 'o', 'D', 'z', 'A',  'T',
					 'c',	  'j', 'k', 't', 'x', '\n', TUI_ESCAPE,
					 TUI_TAB, '8', 'G', 'g', '2' };
	struct crowd crowd;

	open_register(&crowd);
	crowd_play(&crowd, keys, G_N_ELEMENTS(keys), 300);
	crowd_close(&crowd);
}

int main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/gap-work/notes", notes);
	g_test_add_func("/gap-work/long-owner", long_owner);
	g_test_add_func("/gap-work/owner-is-told", owner_is_told);
	g_test_add_func("/gap-work/history-counts-nothing", history_counts_nothing);
	g_test_add_func("/gap-work/moves", moves);
	g_test_add_func("/gap-work/closed-stays", closed_stays);
	g_test_add_func("/gap-work/closing-is-asked", closing_is_asked);
	g_test_add_func("/gap-work/offers-its-day", offers_its_day);
	g_test_add_func("/gap-work/nothing-to-do", nothing_to_do);
	g_test_add_func("/gap-work/propose", propose);
	g_test_add_func("/gap-work/propose-shows-first", propose_shows_first);
	g_test_add_func("/gap-work/only-what-can-be-done", only_what_can_be_done);
	g_test_add_func("/gap-work/propose-keeps-status", propose_keeps_status);
	g_test_add_func("/gap-work/propose-goes-on", propose_goes_on);
	g_test_add_func("/gap-work/accepts-what-was-tried", accepts_what_was_tried);
	g_test_add_func("/gap-work/try-it", try_it);
	g_test_add_func("/gap-work/refused-aloud", refused_aloud);
	g_test_add_func("/gap-work/any-key", any_key);
	return g_test_run();
}
