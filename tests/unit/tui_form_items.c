/*
 * Items in the form of their record: what is changed in the form of an item is saved with
 * the whole, or forgotten with it, survives a dropped line, and leaves alone what others
 * change in other items meanwhile.
 */
#include "tests/unit/tui_typing.h"
#include "base/findings.h"
#include "base/start.h"
#include "tui/draft.h"

static const struct op *op_at(const struct small *s, guint i)
{
	g_assert_cmpuint(s->saved->ops->len, >, i);
	return g_ptr_array_index(s->saved->ops, i);
}

static void form_open(struct small *s, const char *subject)
{
	small_open(s);
	app_open(s->app, &s->world, &view_form, subject);
}

/* Opens item `at` of a list of the form on top, counted from 1; 0: the first of an empty one. */
static void open_item(struct small *s, const char *path, guint at)
{
	go_to(s, path);
	small_key(s, TUI_ENTER);
	if (at == 0)
		return;
	for (guint i = 0; i < at; i++)
		small_key(s, TUI_KEY_DOWN);
	small_key(s, TUI_ENTER);
}

static void press_last(struct small *s)
{
	for (guint i = 0; i < 40; i++)
		small_key(s, TUI_KEY_DOWN);
	small_key(s, TUI_ENTER);
}

static void saved_with_the_form(void)
{
	struct small s;

	form_open(&s, "institution/innovec");
	open_item(&s, "offers", 1);
	g_assert_cmpstr(app_top(s.app)->subject, ==, "institution/innovec/offers[money]");
	go_to(&s, "what");
	small_type(&s, " and prizes");
	small_key(&s, TUI_KEY_F2);
	g_assert_null(s.saved); /* it was saved without the form around it */
	g_assert_cmpstr(app_top(s.app)->subject, ==, "institution/innovec");
	small_sees(&s, "grants and prizes");
	small_sees(&s, "not saved yet");
	go_to(&s, "city");
	small_type(&s, "Puebla");
	small_key(&s, TUI_KEY_F2);
	small_sees(&s, "grants → grants and prizes");
	small_sees(&s, "→ Puebla");
	small_key(&s, 'y');
	g_assert_cmpuint(s.saved->ops->len, ==, 2);
	g_assert_cmpstr(op_at(&s, 0)->path, ==, "city");
	g_assert_cmpstr(op_at(&s, 1)->path, ==, "offers[money].what");
	g_assert_cmpstr(op_at(&s, 1)->old_text, ==, "grants");
	small_close(&s);
}

/* Adding, changing what was added, removing: the outcome counts. */
static void added_and_removed(void)
{
	struct small s;

	form_open(&s, "institution/innovec");
	open_item(&s, "needs", 0);
	small_type(&s, "mon");
	small_key(&s, TUI_ENTER);
	small_type(&s, "rent");
	small_key(&s, TUI_KEY_F2);
	open_item(&s, "needs", 1);
	go_to(&s, "what");
	small_type(&s, " and light");
	small_key(&s, TUI_KEY_F2);
	open_item(&s, "partners", 1);
	press_last(&s); /* the row that removes */
	small_sees(&s, "It waits in this form");
	small_key(&s, TUI_KEY_F2);
	small_sees(&s, "+ Money · rent and light");
	small_sees(&s, "- Siemens Stiftung");
	small_key(&s, 'y');
	const struct institution *innovec = small_institution(&s, "innovec");

	g_assert_cmpuint(innovec->partners.n, ==, 0);
	g_assert_cmpuint(innovec->needs.n, ==, 1);
	g_assert_cmpstr(ITEMS(struct exchange, innovec->needs)[0].what, ==, "rent and light");
	small_close(&s);
}

static void forgotten_with_the_form(void)
{
	struct small s;

	form_open(&s, "institution/innovec");
	open_item(&s, "partners", 1);
	press_last(&s);
	small_key(&s, TUI_ESCAPE);
	small_sees(&s, "Forget what was typed here?");
	small_key(&s, 'y');
	g_assert_null(s.saved);
	g_assert_cmpuint(small_institution(&s, "innovec")->partners.n, ==, 1);
	g_assert_null(s.draft);
	small_close(&s);
}

/* If it fails, what stands first in a list can only be changed by typing the list anew. */
static void moved(void)
{
	struct small s;

	form_open(&s, "institution/siemens");
	go_to(&s, "partners");
	small_sees(&s, "waits in this one");
	small_key(&s, TUI_ENTER);
	small_key(&s, TUI_KEY_DOWN);
	small_key(&s, TUI_CTRL('y')); /* the first stays where it is */
	small_key(&s, TUI_CTRL('x'));
	small_key(&s, TUI_CTRL('y')); /* the cursor went with it */
	small_key(&s, TUI_CTRL('x'));
	small_key(&s, TUI_ESCAPE);
	g_assert_null(s.saved);
	save(&s);
	const struct items *partners = &small_institution(&s, "siemens")->partners;

	g_assert_cmpstr(ITEMS(struct partnership, *partners)[0].with, ==, "innovec");
	g_assert_cmpstr(ITEMS(struct partnership, *partners)[1].with, ==, "unal");
	small_close(&s);
}

static void checked_with_the_record(void)
{
	struct small s;

	form_open(&s, "institution/innovec");
	open_item(&s, "partners", 1);
	go_to(&s, "until");
	small_type(&s, "2001");
	small_key(&s, TUI_KEY_F2);
	small_sees(&s, "Not saved: correct the field under the cursor.");
	g_assert_cmpstr(app_top(s.app)->subject, ==, "institution/innovec/partners[siemens]");
	small_close(&s);
}

/* Another item that somebody else changes stands; the same field of the same one is told. */
static void others_save(void)
{
	struct small s;

	form_open(&s, "institution/siemens");
	open_item(&s, "partners", 2);
	go_to(&s, "since");
	small_type(&s, "2018");
	small_other(&s, "siemens", "partners[unal].since", "2022");
	small_sees(&s, "2018");
	small_key(&s, TUI_KEY_F2);
	small_sees(&s, "Universidad Nacional · 2022");
	save(&s);
	const struct items *partners = &small_institution(&s, "siemens")->partners;

	g_assert_cmpuint(s.saved->ops->len, ==, 1);
	g_assert_cmpint(ITEMS(struct partnership, *partners)[0].since.year, ==, 2022);
	g_assert_cmpint(ITEMS(struct partnership, *partners)[1].since.year, ==, 2018);

	app_open(s.app, &s.world, &view_form, "institution/siemens");
	open_item(&s, "partners", 2);
	go_to(&s, "since");
	clear_field(&s);
	small_type(&s, "2017");
	small_key(&s, TUI_KEY_F2);
	small_other(&s, "siemens", "partners[innovec].since", "2016");
	small_sees(&s, "meanwhile saved by somebody else");
	go_to(&s, "partners");
	small_key(&s, TUI_CTRL('t'));
	small_sees_not(&s, "meanwhile saved");
	small_sees_not(&s, "not saved yet");
	small_close(&s);
}

/* What was told can be saved over, from a form that was left open and from one that comes back;
 * before, the list of changes promised it, saving refused it, and a draft lost it. */
static void saved_knowingly(void)
{
	struct drafts *drafts = drafts_open(NULL, "/tmp/net");
	struct small s;

	form_open(&s, "institution/siemens");
	open_item(&s, "partners", 2);
	go_to(&s, "since");
	clear_field(&s);
	small_type(&s, "2017");
	small_key(&s, TUI_KEY_F2);
	small_other(&s, "siemens", "partners[innovec].since", "2016");
	small_sees(&s, "meanwhile saved by somebody else");
	go_to(&s, "notes");
	small_type(&s, "x");
	drafts_put(drafts, "institution/siemens", s.draft);
	small_close(&s);

	small_open(&s);
	s.world.drafts = drafts;
	small_other(&s, "siemens", "partners[innovec].since", "2016");
	app_open(s.app, &s.world, &view_form, "institution/siemens");
	small_key(&s, TUI_KEY_F2);
	small_sees(&s, "Since: 2016 →");
	small_key(&s, 'y');
	const struct items *partners = &small_institution(&s, "siemens")->partners;

	g_assert_cmpint(ITEMS(struct partnership, *partners)[1].since.year, ==, 2017);
	g_assert_cmpstr(op_at(&s, 0)->old_text, ==, "2016");
	small_close(&s);
	drafts_close(drafts);
}

/* Somebody removes the record, or the very item, while the form of the item is open. */
static void gone_below(void)
{
	for (guint whole = 0; whole < 2; whole++) {
		struct change *change = change_new();
		struct small s;

		form_open(&s, "institution/innovec");
		open_item(&s, "partners", 1);
		go_to(&s, "since");
		clear_field(&s);
		small_type(&s, "2011");
		if (whole)
			change_delete(change, KIND_INSTITUTION, "innovec");
		else
			change_remove(change, KIND_INSTITUTION, "innovec", "partners[siemens]");
		g_assert_true(small_apply(&s, change, NULL));
		change_free(change);
		small_event(&s, (struct event){ .type = EVENT_MODEL });
		g_free(small_screen(&s));
		small_key(&s, TUI_KEY_F2);
		g_free(small_screen(&s));
		g_assert_cmpstr(app_top(s.app)->subject, ==, "institution/innovec");
		save(&s); /* refused: what was typed stays */
		small_sees(&s, whole ? "there is no institution called innovec" : "2011");
		small_key(&s, TUI_ESCAPE);
		small_key(&s, 'y');
		g_assert_true(app_top(s.app)->ops != &view_form);
		small_close(&s);
	}
}

/* The very item is gone: what was typed in it is kept all the same until ^T lets it go. */
static void gone_and_kept(void)
{
	struct drafts *drafts = drafts_open(NULL, "/tmp/net");
	struct change *change = change_new();
	struct small s;

	change_remove(change, KIND_INSTITUTION, "siemens", "partners[innovec]");
	for (guint again = 0; again < 2; again++) {
		small_open(&s);
		s.world.drafts = drafts;
		if (again)
			g_assert_true(small_apply(&s, change, NULL));
		app_open(s.app, &s.world, &view_form, "institution/siemens");
		if (!again) {
			open_item(&s, "partners", 2);
			go_to(&s, "since");
			clear_field(&s);
			small_type(&s, "2017");
			small_key(&s, TUI_KEY_F2);
			g_assert_true(small_apply(&s, change, NULL));
			small_event(&s, (struct event){ .type = EVENT_MODEL });
			go_to(&s, "notes");
			small_type(&s, "x");
			drafts_put(drafts, "institution/siemens", s.draft);
		}
		go_to(&s, "partners");
		small_sees(&s, "+Partners           2: ");
		small_sees(&s, "meanwhile saved by somebody else: 1: ");
		small_close(&s);
	}
	change_free(change);
	drafts_close(drafts);
}

static void draft_comes_back(void)
{
	struct drafts *drafts = drafts_open(NULL, "/tmp/net");
	struct small s;

	form_open(&s, "institution/siemens");
	open_item(&s, "partners", 2);
	go_to(&s, "since");
	small_type(&s, "2018");
	small_key(&s, TUI_KEY_F2);
	open_item(&s, "partners", 1);
	press_last(&s);
	g_assert_nonnull(s.draft);
	drafts_put(drafts, "institution/siemens", s.draft);
	small_close(&s); /* as a line that drops */

	small_open(&s);
	s.world.drafts = drafts;
	small_other(&s, "siemens", "partners[innovec].notes", "from others");
	app_open(s.app, &s.world, &view_form, "institution/siemens");
	small_sees(&s, "What was typed in an earlier session is back");
	save(&s);
	const struct items *partners = &small_institution(&s, "siemens")->partners;

	g_assert_cmpuint(partners->n, ==, 1);
	g_assert_cmpstr(ITEMS(struct partnership, *partners)[0].with, ==, "innovec");
	g_assert_cmpint(ITEMS(struct partnership, *partners)[0].since.year, ==, 2018);
	g_assert_cmpstr(partnership_details(ITEMS(struct partnership, *partners))->notes, ==,
			"from others");
	small_close(&s);
	drafts_close(drafts);
}

/* A line that drops in the form of an item: the form of the record leads there again. */
static void item_draft(void)
{
	struct drafts *drafts = drafts_open(NULL, "/tmp/net");
	struct small s;

	form_open(&s, "institution/innovec");
	open_item(&s, "offers", 1);
	go_to(&s, "what");
	small_type(&s, " and prizes");
	drafts_put(drafts, app_top(s.app)->subject, s.draft);
	small_close(&s);

	small_open(&s);
	s.world.drafts = drafts;
	app_open(s.app, &s.world, &view_form, "institution/innovec");
	small_sees(&s, "something was typed there: Offers");
	small_key(&s, TUI_ENTER);
	small_key(&s, TUI_KEY_DOWN);
	small_key(&s, TUI_ENTER);
	small_sees(&s, "grants and prizes");
	small_sees(&s, "is back");
	small_key(&s, TUI_KEY_F2);
	save(&s);
	g_assert_cmpstr(only_op(&s)->new_text, ==, "grants and prizes");
	small_close(&s);
	drafts_close(drafts);
}

/* A draft of anything else, or of nobody, does no harm. */
static void strange_drafts(void)
{
	static const char *const texts[] = {
		"{\"partners\":{}}",
		"{\"partners\":\"x\"}",
		"{\"partners\":{\"ops\":[\"x\",[]]}}",
		"{\"partners\":{\"base\":\"{\",\"ops\":[]}}",
		"{\"partners\":{\"ops\":[{\"verb\":\"delete\",\"path\":\"\",\"position\":\"0\"}]}}",
		"{\"partners\":{\"ops\":[{\"verb\":\"remove\",\"path\":\"partners\","
		"\"position\":\"99\"}]}}",
		"{\"partners\":{\"base\":\"x\",\"ops\":[{\"verb\":\"set\",\"path\":\"city\","
		"\"position\":\"0\",\"new\":\"X\"}]}}",
	};

	for (guint i = 0; i < G_N_ELEMENTS(texts); i++) {
		struct drafts *drafts = drafts_open(NULL, "/tmp/net");
		struct small s;

		small_open(&s);
		drafts_put(drafts, "institution/siemens", texts[i]);
		s.world.drafts = drafts;
		app_open(s.app, &s.world, &view_form, "institution/siemens");
		go_to(&s, "partners");
		small_sees(&s, "2: ");
		small_close(&s);
		drafts_close(drafts);
	}
}

/* Who enters an institution says at once what it offers. */
static void new_record_with_items(void)
{
	struct small s;

	small_open(&s);
	small_key(&s, '2');
	small_key(&s, 'A');
	small_type(&s, "Museo Descubre");
	go_to(&s, "sector");
	small_type(&s, "edu");
	small_key(&s, TUI_ENTER);
	open_item(&s, "offers", 0);
	small_sees(&s, "New: Offer or need");
	small_type(&s, "mon");
	small_key(&s, TUI_ENTER);
	small_key(&s, TUI_KEY_F2);
	open_item(&s, "offers", 1);
	go_to(&s, "what");
	small_type(&s, "prizes");
	small_key(&s, TUI_KEY_F2);
	save(&s);
	g_assert_cmpuint(s.saved->ops->len, ==, 1);
	g_assert_cmpint(op_at(&s, 0)->verb, ==, OP_CREATE);
	const struct institution *museo = small_institution(&s, "museo-descubre");

	g_assert_cmpuint(museo->offers.n, ==, 1);
	g_assert_cmpstr(ITEMS(struct exchange, museo->offers)[0].what, ==, "prizes");
	small_close(&s);
}

/* If it fails, Space types where several can be ticked, and Enter takes what nobody meant. */
static void test_space_ticks(void)
{
	struct menu *menu = menu_new("Kinds", true);
	const struct menu_item *item;

	menu_add(menu, "coordination", "Coordination", NULL, NULL, false);
	menu_add(menu, "funding", "Funding", NULL, NULL, false);
	menu_add(menu, "school", "Summer school", NULL, NULL, false);
	menu_start(menu, NULL, NULL);
	menu_key(menu, TUI_KEY_DOWN);
	menu_key(menu, ' ');
	g_assert_cmpstr(menu->query->text->str, ==, "");
	item = menu_focused(menu);
	g_assert_cmpstr(item->id, ==, "funding");
	g_assert_true(item->ticked);
	for (const char *c = "summer s"; *c != '\0'; c++)
		menu_key(menu, (gunichar)*c);
	g_assert_cmpstr(menu->query->text->str, ==, "summer s");
	menu_key(menu, TUI_KEY_UP);
	menu_key(menu, ' ');
	item = menu_focused(menu);
	g_assert_cmpstr(item->id, ==, "school");
	g_assert_true(item->ticked);
	menu_key(menu, ' ');
	g_assert_false(item->ticked);
	g_assert_cmpint(menu_key(menu, TUI_ENTER), ==, MENU_PICKED);
	item = g_ptr_array_index(menu->items, 0);
	g_assert_false(item->ticked);
	menu_free(menu);
}

/* The record of a file that cannot be read is not there, and nobody removed it. */
static void file_with_a_mistake(void)
{
	struct findings *findings = findings_new();

	findings_add(findings, SEVERITY_ERROR, "institutions/alone.yaml", 7, 1, 0, "syntax",
		     "a bracket is not closed", NULL, NULL);
	for (guint typed = 0; typed < 2; typed++) {
		struct small s;
		struct pool *pool = pool_new();
		struct model *next;

		form_open(&s, "institution/alone");
		if (typed)
			small_type(&s, "x");
		next = model_with(s.model, KIND_INSTITUTION, "alone", NULL, pool);
		model_unref(s.model);
		s.model = next;
		s.world.model = next;
		s.world.findings = findings;
		small_event(&s, (struct event){ .type = EVENT_MODEL });
		small_sees(&s, "institutions/alone.yaml, line 7: a bracket");
		small_sees_not(&s, "removed by somebody");
		g_assert_true((app_top(s.app)->ops == &view_form) == (typed > 0));
		small_close(&s);
		pool_unref(pool);
	}
	findings_free(findings);
}

int main(int argc, char **argv)
{
	g_setenv("LC_ALL", "C.UTF-8", TRUE);
	start_process();
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/form-items/saved", saved_with_the_form);
	g_test_add_func("/form-items/added-removed", added_and_removed);
	g_test_add_func("/form-items/forgotten", forgotten_with_the_form);
	g_test_add_func("/form-items/moved", moved);
	g_test_add_func("/form-items/checked", checked_with_the_record);
	g_test_add_func("/form-items/others", others_save);
	g_test_add_func("/form-items/knowingly", saved_knowingly);
	g_test_add_func("/form-items/gone", gone_below);
	g_test_add_func("/form-items/gone-and-kept", gone_and_kept);
	g_test_add_func("/form-items/draft", draft_comes_back);
	g_test_add_func("/form-items/item-draft", item_draft);
	g_test_add_func("/form-items/strange-drafts", strange_drafts);
	g_test_add_func("/form-items/new-record", new_record_with_items);
	g_test_add_func("/form/space-ticks", test_space_ticks);
	g_test_add_func("/form/file-with-a-mistake", file_with_a_mistake);
	return g_test_run();
}
