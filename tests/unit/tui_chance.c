/*
 * What chance gives for what passes a filter is drawn elsewhere: if these fail, a key waits for
 * hundreds of random networks, they are asked for again and again, or others than those of the
 * filter are shown.
 */
#include "tests/unit/tui_crowd.h"
#include "tui/session.h"
#include "tui/views/matrix.h"

#include <locale.h>

#define PEOPLE 900 /* with some 1,800 ties */

/* Goes on until nothing is left to be done; what is asked for, NULL: nothing.  Caller frees. */
static struct drawing *settle(struct crowd *crowd)
{
	struct drawing *asked = NULL;

	while (app_top(crowd->app)->ops->busy(app_top(crowd->app))) {
		struct effects effects;

		effects_init(&effects);
		app_update(crowd->app, &crowd->world, (struct event){ .type = EVENT_AGAIN },
			   &effects);
		for (guint i = 0; i < effects.all->len; i++) {
			const struct effect *effect = g_ptr_array_index(effects.all, i);

			if (effect->type != EFFECT_CHANCE)
				continue;
			g_assert_null(asked);
			asked = g_new0(struct drawing, 1);
			asked->model = model_ref(crowd->world.model);
			asked->filter = g_strdup(effect->filter);
			asked->rows = (enum attribute)effect->id;
			asked->cols = (enum attribute)effect->side;
		}
		effects_release(&effects);
	}
	return asked;
}

/* What the worker brings. */
static void arrive(struct crowd *crowd, struct drawing *drawing)
{
	g_autoptr(GError) error = NULL;

	g_assert_true(session_draw(drawing, NULL, &error));
	g_assert_no_error(error);
	crowd->world.drawn = drawing;
	crowd_event(crowd, (struct event){ .type = EVENT_STUDY });
}

static const struct matrix_view *matrix_of(const struct crowd *crowd)
{
	return app_top(crowd->app)->state;
}

static void drawn_elsewhere(void)
{
	struct crowd crowd;
	struct drawing *drawing, *other;

	crowd_open(&crowd, PEOPLE, 8, false);
	crowd_type(&crowd, "7fsector!=school\r");
	drawing = settle(&crowd);
	g_assert_nonnull(drawing);
	g_assert_cmpstr(drawing->filter, ==, "sector!=school");
	g_assert_cmpuint(matrix_of(&crowd)->matrix->samples, ==, 0);
	crowd_sees(&crowd, "What chance gives is being");
	/* It is asked for once, whatever comes meanwhile. */
	crowd_type(&crowd, "kh");
	g_assert_null(settle(&crowd));
	arrive(&crowd, drawing);
	g_assert_null(settle(&crowd));
	g_assert_cmpuint(matrix_of(&crowd)->matrix->samples, >, 0);
	crowd_sees(&crowd, "Drawn by lot");
	g_assert_true(matrix_of(&crowd)->passing.study == drawing->study);
	/* By other attributes it is there as well. */
	crowd_type(&crowd, "rc");
	g_assert_null(settle(&crowd));
	g_assert_cmpuint(matrix_of(&crowd)->matrix->samples, >, 0);
	/* Of another filter it is another one. */
	crowd_type(&crowd, "f country!=MX\r");
	other = settle(&crowd);
	g_assert_nonnull(other);
	g_assert_cmpstr(other->filter, ==, "sector!=school country!=MX");
	g_assert_cmpuint(matrix_of(&crowd)->matrix->samples, ==, 0);
	crowd.world.drawn = NULL;
	drawing_free(drawing);
	drawing_free(other);
	crowd_close(&crowd);
}

/* If it fails, a matrix says for ever that what chance gives is being computed. */
static void cannot_be_drawn(void)
{
	struct crowd crowd;
	struct drawing *drawing;

	crowd_open(&crowd, PEOPLE, 8, false);
	crowd_type(&crowd, "7fsector!=school\r");
	drawing = settle(&crowd);
	g_assert_nonnull(drawing);
	/* What it was asked for is held, so that no other study gets its address. */
	g_assert_true(matrix_of(&crowd)->asked == matrix_of(&crowd)->passing.study);
	crowd.world.drawn = drawing;
	crowd_event(&crowd, (struct event){ .type = EVENT_STUDY });
	g_assert_null(settle(&crowd));
	crowd_sees(&crowd, "What chance gives is not known");
	crowd.world.drawn = NULL;
	drawing_free(drawing);
	crowd_close(&crowd);
}

/* If it fails, the study of one filter is taken for that of another at the same address. */
static void each_filter_asks(void)
{
	static const char *const filters[] = { "sector!=school", "country!=MX", "country!=CO" };
	struct crowd crowd;

	crowd_open(&crowd, 60, 4, false);
	crowd_key(&crowd, '7');
	for (guint i = 0; i < 30; i++) {
		struct drawing *drawing;

		app_set_filter(crowd.app, &crowd.world, filters[i % 3]);
		drawing = settle(&crowd);
		g_assert_nonnull(drawing);
		drawing_free(drawing);
	}
	crowd_close(&crowd);
}

/* Of ties of nobody there is nothing to draw. */
static void of_nobody(void)
{
	struct crowd crowd;

	crowd_open(&crowd, PEOPLE, 8, false);
	crowd_type(&crowd, "7fname~nobody\r");
	g_assert_null(settle(&crowd));
	crowd_close(&crowd);
}

int main(int argc, char **argv)
{
	setlocale(LC_ALL, "C.UTF-8");
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/chance/drawn-elsewhere", drawn_elsewhere);
	g_test_add_func("/chance/of-nobody", of_nobody);
	g_test_add_func("/chance/cannot-be-drawn", cannot_be_drawn);
	g_test_add_func("/chance/each-filter-asks", each_filter_asks);
	return g_test_run();
}
