/*
 * The lists that have no number in row 1: that each is reached, shows its fields,
 * leads on, and can be added to, changed and emptied as any other.
 */
#include "base/start.h"
#include "tests/unit/tui_small.h"
#include "tui/memory.h"
#include "tui/verb.h"

static void create(struct small *s, enum kind kind, const char *id, const char *json)
{
	struct change *change = change_new();
	g_autoptr(GError) error = NULL;

	change_create(change, kind, id, json);
	g_assert_true(small_apply(s, change, &error));
	change_free(change);
	small_event(s, (struct event){ .type = EVENT_MODEL });
}

static void lists_start(struct small *s)
{
	small_open(s);
	create(s, KIND_PROGRAMME, "rios",
	       "{\"id\":\"rios\",\"kind\":\"practice\",\"name\":\"Science of rivers\",\"lead\":"
	       "\"innovec\"}");
	create(s, KIND_RESOURCE, "guia",
	       "{\"id\":\"guia\",\"kind\":\"guide\",\"name\":\"River guide\",\"owner\":\"unal\"}");
	create(s, KIND_ASSESSMENT, "costa",
	       "{\"id\":\"costa\",\"name\":\"Costa 2025\",\"framework\":\"Rubric\",\"skill\":"
	       "\"collaboration\",\"programme\":\"rios\",\"period\":\"2025\",\"n\":\"25\",\"mean\":"
	       "\"2.1\",\"distribution\":[{\"level\":\"begun\",\"n\":\"6\"},{\"level\":\"there\","
	       "\"n\":\"19\"}]}");
	create(s, KIND_ASSESSMENT, "valle",
	       "{\"id\":\"valle\",\"name\":\"Valle 2025\",\"framework\":\"Rubric\",\"skill\":"
	       "\"collaboration\",\"n\":\"30\",\"mean\":\"2.6\"}");
	create(s, KIND_ASSESSMENT, "zona",
	       "{\"id\":\"zona\",\"name\":\"Zona 2025\",\"framework\":\"Rubric\",\"skill\":"
	       "\"collaboration\",\"n\":\"12\"}");
	create(s, KIND_COUNTS, "counts",
	       "{\"counts\":[{\"entity\":\"innovec\",\"metric\":\"teachers\",\"value\":\"40\"},"
	       "{\"entity\":\"net\",\"metric\":\"members\",\"value\":\"90\"},"
	       "{\"entity\":\"innovec\",\"metric\":\"schools\",\"value\":\"7\"}]}");
}

static const struct counts *counts_of(const struct small *s)
{
	return model_get(s->model, KIND_COUNTS, "counts");
}

/* If it fails, a kind of record is in the files and cannot be seen in the app. */
static void reached_from_everywhere(void)
{
	static const struct {
		gunichar key;
		const char *word, *title;
	} lists[] = {
		{ 'O', "resources", "Resources" },
		{ 'E', "assessments", "Assessments" },
		{ 'P', "spread", "Spread of practices" },
		{ 'F', "counts", "Published figures" },
	};
	struct small s;

	lists_start(&s);
	for (guint i = 0; i < G_N_ELEMENTS(lists); i++) {
		g_autoptr(GError) error = NULL;
		struct effects effects;

		small_key(&s, lists[i].key);
		g_assert_cmpstr(app_top(s.app)->ops->name, ==, lists[i].word);
		small_sees(&s, lists[i].title);
		small_key(&s, 'q');
		g_assert_true(app_top(s.app)->ops == &view_overview);
		effects_init(&effects);
		g_assert_true(verb_run(s.app, &s.world, lists[i].word, &effects, &error));
		effects_release(&effects);
		g_assert_cmpstr(app_top(s.app)->ops->name, ==, lists[i].word);
		small_key(&s, 'q');
	}
	small_close(&s);
}

/* If it fails, a card shows nobody's levels, or does not lead to what it belongs to. */
static void cards(void)
{
	struct small s;

	lists_start(&s);
	small_type(&s, "O\r");
	small_sees(&s, "River guide");
	small_sees(&s, "Belongs to");
	small_key(&s, TUI_ENTER);
	g_assert_cmpstr(app_top(s.app)->subject, ==, "unal");
	small_type(&s, "qqqE\r");
	small_sees(&s, "Levels reached");
	small_sees(&s, "The same skill");
	/* Of those without a mean there is no number. */
	small_sees(&s, "Zona 2025");
	small_sees_not(&s, "nan");
	small_key(&s, 'j');
	small_key(&s, TUI_ENTER);
	g_assert_cmpstr(app_top(s.app)->subject, ==, "valle");
	small_close(&s);
}

/* If it fails, a figure of somebody with several cannot be opened, changed or removed. */
static void items(void)
{
	struct small s;

	lists_start(&s);
	small_key(&s, 'F');
	small_sees(&s, "3 of 3");
	small_type(&s, "/schools\r");
	small_key(&s, TUI_ENTER);
	g_assert_true(app_top(s.app)->ops == &view_institution);
	small_type(&s, "qe");
	small_sees(&s, "schools");
	/* The value is the third row of the form. */
	small_key(&s, TUI_KEY_DOWN);
	small_key(&s, TUI_KEY_DOWN);
	small_type(&s, "5");
	small_key(&s, TUI_KEY_F2);
	small_sees(&s, "7 → 75");
	small_key(&s, 'y');
	g_assert_cmpfloat(ITEMS(struct count, counts_of(&s)->counts)[2].value, ==, 75);
	g_assert_cmpfloat(ITEMS(struct count, counts_of(&s)->counts)[0].value, ==, 40);
	small_type(&s, "dy");
	g_assert_cmpuint(counts_of(&s)->counts.n, ==, 2);
	small_key(&s, 'g');
	small_sees(&s, "2 of 2");
	small_close(&s);
}

/* If it fails, the first figure of a network cannot be noted, or the last one not be removed. */
static void first_and_last_item(void)
{
	struct small s;

	lists_start(&s);
	small_key(&s, 'P');
	small_sees(&s, "A adds a first step");
	small_key(&s, 'A');
	small_type(&s, "rivers\r");
	small_key(&s, TUI_KEY_F2);
	small_type(&s, "yg");
	small_sees(&s, "1 of 1");
	g_assert_nonnull(model_get(s.model, KIND_SPREAD, "spread"));
	small_type(&s, "dyg");
	small_sees(&s, "A adds a first step");
	g_assert_null(model_get(s.model, KIND_SPREAD, "spread"));
	small_close(&s);
}

/* If it fails, a filter of institutions is shown above a list that does not follow it. */
static void follows_the_filter(void)
{
	struct small s;

	lists_start(&s);
	small_type(&s, "Ffid=innovec\r");
	small_sees(&s, "2 of 3");
	small_type(&s, "qO");
	small_sees(&s, "0 of 1");
	small_sees(&s, "No resource belongs to anybody who passes the filter.");
	small_type(&s, "qE");
	/* That of a programme which it leads. */
	small_sees(&s, "1 of 3");
	small_close(&s);
}

/* If it fails, what is gone to by name leaves these out. */
/* If it fails, a filter of institutions leaves territories where nobody passes it. */
static void territories_heed_the_filter(void)
{
	struct small s;

	small_open(&s);
	create(&s, KIND_TERRITORY, "bogota",
	       "{\"id\":\"bogota\",\"name\":\"Bogotá\",\"level\":\"local\"}");
	create(&s, KIND_TERRITORY, "puebla",
	       "{\"id\":\"puebla\",\"name\":\"Puebla\",\"level\":\"local\"}");
	small_other(&s, "innovec", "territories", "[\"puebla\"]");
	small_other(&s, "unal", "territories", "[\"bogota\"]");
	small_type(&s, "2fcountry=MX\r3");
	small_sees(&s, "1 of 2");
	small_sees(&s, "Puebla");
	small_sees_not(&s, "Bogotá");
	small_type(&s, "fsector=nobody");
	small_sees(&s, "Nothing passes this filter.");
	small_close(&s);
}

static void found_by_name(void)
{
	g_autoptr(GError) error = NULL;
	struct effects effects;
	struct small s;

	lists_start(&s);
	effects_init(&effects);
	g_assert_true(verb_run(s.app, &s.world, "open river guide", &effects, &error));
	effects_release(&effects);
	g_assert_true(app_top(s.app)->ops == &view_resource);
	small_close(&s);
}

/* What a key gives to remember, NULL: nothing.  Caller frees. */
static char *remembered(struct small *s, gunichar key)
{
	struct effects effects;
	char *text = NULL;

	effects_init(&effects);
	app_update(s->app, &s->world, (struct event){ .type = EVENT_KEY, .key = key }, &effects);
	for (guint i = 0; i < effects.all->len; i++) {
		struct effect *effect = g_ptr_array_index(effects.all, i);

		if (effect->type == EFFECT_REMEMBER)
			text = g_steal_pointer(&effect->text);
	}
	effects_release(&effects);
	return text;
}

/* If it fails, the order chosen for a few that pass a filter is that of all next time. */
static void order_of_a_few_is_theirs(void)
{
	struct memory *memory = memory_open(NULL, "/tmp/net");
	struct small s;

	small_open(&s);
	s.world.memory = memory;
	small_type(&s, "2");
	g_autofree char *all = remembered(&s, 'S');

	g_assert_nonnull(strchr(all, ' '));
	g_assert_true(memory_put(memory, MEMORY_COLUMNS, "institutions", all, NULL));
	small_type(&s, "fsector=academia\r");
	g_autofree char *few = remembered(&s, '<');

	g_assert_cmpstr(few, ==, all);
	small_type(&s, "f");
	small_key(&s, TUI_CTRL('u'));
	small_type(&s, "\r");
	g_autofree char *again = remembered(&s, '<');

	g_assert_cmpstr(again, !=, all);
	small_close(&s);
	memory_close(memory);
}

/* If it fails, that nothing was found is said until something else is looked for. */
static void no_match_goes(void)
{
	struct small s;

	small_open(&s);
	small_type(&s, "2/zzzz\r");
	small_sees(&s, "no match: zzzz");
	small_key(&s, 'j');
	small_sees_not(&s, "zzzz");
	small_close(&s);
}

static void sees_ends(struct small *s, bool above, bool below)
{
	g_autofree char *screen = small_screen(s);

	g_assert_true((strstr(screen, "↑\n") != NULL) == above);
	g_assert_true((strstr(screen, "↓\n") != NULL) == below);
}

/* If it fails, nobody sees that a list or a page goes on. */
static void goes_on(void)
{
	struct small s;

	small_open(&s);
	small_type(&s, "2");
	sees_ends(&s, false, false);
	small_size(&s, 8, 80);
	sees_ends(&s, false, true);
	small_type(&s, "G");
	sees_ends(&s, true, false);
	/* The first of another order is what was asked for. */
	small_type(&s, "S");
	sees_ends(&s, false, true);
	small_type(&s, "?");
	sees_ends(&s, false, true);
	small_key(&s, TUI_KEY_PAGE_DOWN);
	sees_ends(&s, true, true);
	small_close(&s);
}

/* If it fails, an empty list counts nothing, in an order that no row has. */
static void nothing_is_counted(void)
{
	struct small s;

	small_open(&s);
	small_type(&s, "3");
	small_sees(&s, " A New entry");
	small_sees_not(&s, "0 of 0");
	small_type(&s, "8");
	small_sees_not(&s, "0 of 0");
	small_type(&s, "2f");
	small_type(&s, "name~nobody\r");
	small_sees(&s, "0 of 5");
	small_sees_not(&s, "Space Mark");
	small_type(&s, "3f");
	small_sees_not(&s, "0 of 0");
	small_sees_not(&s, "A New entry");
	small_close(&s);
}

int main(int argc, char **argv)
{
	start_process();
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/lists/reached", reached_from_everywhere);
	g_test_add_func("/lists/cards", cards);
	g_test_add_func("/lists/items", items);
	g_test_add_func("/lists/first-and-last", first_and_last_item);
	g_test_add_func("/lists/filter", follows_the_filter);
	g_test_add_func("/lists/territories-heed-the-filter", territories_heed_the_filter);
	g_test_add_func("/lists/found", found_by_name);
	g_test_add_func("/lists/order-of-a-few", order_of_a_few_is_theirs);
	g_test_add_func("/lists/no-match", no_match_goes);
	g_test_add_func("/lists/goes-on", goes_on);
	g_test_add_func("/lists/nothing", nothing_is_counted);
	return g_test_run();
}
