/*
 * Time: what counts in which year, what is new, kept and lost, published figures, and
 * that the keys go through the years.
 */
#include "base/start.h"
#include "data/as_of.h"
#include "tests/unit/tui_small.h"
#include "graph/chronicle.h"

static const struct date today = { 2026, 11, 22 };

static void apply(struct small *s, struct change *change)
{
	g_autoptr(GError) error = NULL;

	g_assert_true(small_apply(s, change, &error));
	change_free(change);
	small_event(s, (struct event){ .type = EVENT_MODEL });
}

static void insert(struct small *s, const char *id, const char *list, const char *json)
{
	struct change *change = change_new();

	change_insert(change, KIND_INSTITUTION, id, list, json);
	apply(s, change);
}

static void create(struct small *s, enum kind kind, const char *id, const char *json)
{
	struct change *change = change_new();

	change_create(change, kind, id, json);
	apply(s, change);
}

static struct chronicle *whole(const struct model *model)
{
	struct chronicle *chronicle = chronicle_begin(model, NULL, today);

	while (chronicle_go_on(chronicle))
		;
	return chronicle;
}

static guint begun(const struct chronicle *chronicle, int year, enum series series)
{
	return chronicle->begun[chronicle_at(chronicle, year, series)];
}

/* If it fails, what has no year counts as old, or somebody who left one network as gone. */
static void years_of_institutions(void)
{
	struct small s;
	struct chronicle *chronicle;

	small_open(&s);
	insert(&s, "innovec", "memberships",
	       "{\"network\":\"net\",\"since\":\"2016\",\"until\":\"2018\"}");
	insert(&s, "innovec", "memberships", "{\"network\":\"other\",\"since\":\"2020\"}");
	insert(&s, "cafe", "memberships",
	       "{\"network\":\"net\",\"since\":\"2020-05\",\"until\":\"2023\"}");
	chronicle = whole(s.model);
	g_assert_cmpint(chronicle->first, ==, 2016);
	g_assert_cmpint(chronicle->last, ==, 2026);
	g_assert_cmpuint(begun(chronicle, 2016, SERIES_INSTITUTIONS), ==, 1);
	g_assert_cmpuint(begun(chronicle, 2020, SERIES_INSTITUTIONS), ==, 1);
	g_assert_cmpuint(chronicle->undated[chronicle_at(chronicle, 2016, SERIES_INSTITUTIONS)], ==,
			 3);
	g_assert_cmpuint(chronicle->ended[chronicle_at(chronicle, 2018, SERIES_INSTITUTIONS)], ==,
			 0);
	g_assert_cmpuint(chronicle->ended[chronicle_at(chronicle, 2023, SERIES_INSTITUTIONS)], ==,
			 1);
	g_assert_cmpuint(chronicle->sum[chronicle_at(chronicle, 2026, SERIES_INSTITUTIONS)], ==, 2);
	/* innovec–siemens 2019, siemens–unal 2021; unal–cafe says nothing. */
	g_assert_cmpuint(begun(chronicle, 2019, SERIES_TIES), ==, 1);
	g_assert_cmpuint(begun(chronicle, 2021, SERIES_TIES), ==, 1);
	g_assert_cmpuint(chronicle->undated[chronicle_at(chronicle, 2026, SERIES_TIES)], ==, 1);
	chronicle_free(chronicle);
	small_close(&s);
}

/* If it fails, the table and the network as of the same year tell different numbers. */
static void table_is_as_of(void)
{
	struct small s;
	struct chronicle *chronicle;

	small_open(&s);
	insert(&s, "innovec", "memberships", "{\"network\":\"net\",\"since\":\"2020\"}");
	insert(&s, "unal", "memberships", "{\"network\":\"net\",\"since\":\"2018\"}");
	insert(&s, "unal", "memberships", "{\"network\":\"other\"}");
	insert(&s, "cafe", "memberships", "{\"network\":\"net\",\"since\":\"2020-05\"}");
	insert(&s, "alone", "partners", "{\"with\":\"cafe\",\"status\":\"proposed\"}");
	chronicle = whole(s.model);
	for (int year = chronicle->first; year <= chronicle->last; year++) {
		struct model *then =
			model_as_of(s.model, (struct date){ (gint16)year, 0, 0 }, NULL, NULL);
		gsize members = chronicle_at(chronicle, year, SERIES_INSTITUTIONS);
		gsize ties = chronicle_at(chronicle, year, SERIES_TIES);

		g_assert_cmpuint(chronicle->sum[members] + chronicle->undated[members], ==,
				 then->n[KIND_INSTITUTION]);
		g_assert_cmpuint(chronicle->sum[ties] + chronicle->undated[ties], ==,
				 model_count_ties(then));
		g_assert_cmpuint(chronicle->undated[ties], ==, model_undated_ties(then));
		model_unref(then);
	}
	chronicle_free(chronicle);
	small_close(&s);
}

static void standing(void)
{
	struct span span = { SERIES_TIES, 0, 2019, 2021 }, open = { SERIES_TIES, 0, 2019, 0 };
	struct span undated = { SERIES_TIES, 0, 0, 2021 };

	g_assert_false(span_stands(&span, 2018));
	g_assert_true(span_stands(&span, 2019) && span_stands(&span, 2021));
	g_assert_false(span_stands(&span, 2022));
	g_assert_true(span_stands(&open, 2099));
	g_assert_false(span_stands(&undated, 2020));
}

/* If it fails, a typing error in one date makes a screen of thousands of years. */
static void wild_years_are_cut(void)
{
	struct small s;
	struct chronicle *chronicle;

	small_open(&s);
	insert(&s, "alone", "memberships", "{\"network\":\"net\",\"since\":\"1000\"}");
	insert(&s, "cafe", "memberships",
	       "{\"network\":\"net\",\"since\":\"2020\",\"until\":\"9999\"}");
	chronicle = whole(s.model);
	g_assert_cmpint(chronicle->last - chronicle->first, <=, 400);
	g_assert_cmpint(chronicle->last, >=, 2026);
	g_assert_cmpuint(chronicle->sum[chronicle_at(chronicle, 2026, SERIES_INSTITUTIONS)], ==, 2);
	chronicle_free(chronicle);
	small_key(&s, '9');
	small_sees(&s, "[9]Time");
	small_close(&s);
}

static void through_the_years(void)
{
	struct small s;

	small_open(&s);
	small_key(&s, '9');
	small_sees(&s, "Nothing is known to have begun or ended in 2026.");
	small_type(&s, "hhhhh");
	small_sees(&s, "Began in 2021");
	small_sees(&s, "Siemens Stiftung – Universidad Nacional");
	small_type(&s, "c2019\r");
	small_sees(&s, "From 2019 to 2021");
	small_sees(&s, "1 new, 1 kept, 0 lost");
	small_sees(&s, "without 5 that have no date");
	small_type(&s, "c");
	small_sees(&s, "Began in 2019");
	/* Not before anything is known, nor after the last. */
	small_type(&s, "hhhhhhhhhhhhhhh");
	small_sees(&s, "Began in 2019");
	/* A year is gone to by its name, other words in what is written of it. */
	small_type(&s, "/2021\r");
	small_sees(&s, "Began in 2021");
	small_type(&s, "/nacional\r");
	small_sees(&s, "Began in 2021");
	small_sees_not(&s, "Not here");
	small_type(&s, "/1850\r");
	small_sees(&s, "Not here: 1850");
	small_type(&s, "fname~cafe\r");
	small_sees(&s, "Nothing here says when it began.");
	small_close(&s);
}

/* If it fails, years that are yet to come look as if the network had grown to them. */
static void ends_with_this_year(void)
{
	struct small s;

	small_open(&s);
	insert(&s, "alone", "partners",
	       "{\"with\":\"cafe\",\"since\":\"2020\",\"until\":\"2030\"}");
	small_type(&s, "9lll");
	small_sees(&s, "begun or ended in 2026.");
	small_type(&s, "c");
	small_key(&s, TUI_CTRL('u'));
	small_type(&s, "2030\r");
	small_sees(&s, "to 2026.");
	small_close(&s);
}

/* If it fails, another year is compared than the one that the question names. */
static void asked_of_one_year(void)
{
	struct small s;

	small_open(&s);
	small_type(&s, "9hhhhhc");
	small_sees(&s, "Compare 2021 with the year:");
	/* Another day arrives meanwhile. */
	s.world.as_of = (struct date){ 2023, 0, 0 };
	s.world.present = s.model;
	small_event(&s, (struct event){ .type = EVENT_MODEL });
	small_key(&s, TUI_CTRL('u'));
	small_type(&s, "2019\r");
	small_sees(&s, "From 2019 to 2021");
	small_close(&s);
}

static void figures_grow(void)
{
	struct small s;

	small_open(&s);
	create(&s, KIND_COUNTS, "counts",
	       "{\"counts\":["
	       "{\"entity\":\"net\",\"metric\":\"institutions\",\"as_of\":\"2024\",\"value\":200,"
	       "\"qualifier\":\"at-least\"},"
	       "{\"entity\":\"net\",\"metric\":\"institutions\",\"as_of\":\"2021\",\"value\":90},"
	       "{\"entity\":\"net\",\"metric\":\"teachers\",\"as_of\":\"2021\",\"value\":12}]}");
	small_key(&s, '9');
	small_sees(&s, "2021 90 → 2024 at least 200");
	small_sees_not(&s, "teachers");
	small_type(&s, "hhhhh");
	small_sees(&s, "Net: teachers  12");
	small_close(&s);
}

static void nothing_at_all(void)
{
	struct small s;

	small_open(&s);
	for (const char *const *id = (const char *const[]){ "innovec", "siemens", "unal", NULL };
	     *id; id++) {
		struct change *change = change_new();

		change_delete(change, KIND_INSTITUTION, *id);
		apply(&s, change);
	}
	small_key(&s, '9');
	small_sees(&s, "Nothing here says when it began.");
	small_type(&s, "hlcm\rjk\t");
	for (int rows = 1; rows < 20; rows++) {
		small_size(&s, rows, rows * 4);
		g_free(small_screen(&s));
	}
	small_close(&s);
}

int main(int argc, char **argv)
{
	start_process();
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/time/table-is-as-of", table_is_as_of);
	g_test_add_func("/time/institutions", years_of_institutions);
	g_test_add_func("/time/standing", standing);
	g_test_add_func("/time/wild", wild_years_are_cut);
	g_test_add_func("/time/keys", through_the_years);
	g_test_add_func("/time/ends-with-this-year", ends_with_this_year);
	g_test_add_func("/time/asked-of-one-year", asked_of_one_year);
	g_test_add_func("/time/figures", figures_grow);
	g_test_add_func("/time/nothing", nothing_at_all);
	return g_test_run();
}
