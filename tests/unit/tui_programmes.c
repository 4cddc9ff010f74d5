/*
 * Programmes: which ties rest on which, who would be left alone, and that the list
 * and the card say so.
 */
#include "base/start.h"
#include "tests/unit/tui_small.h"
#include "tui/views/carry.h"

static void create(struct small *s, const char *id, const char *json)
{
	struct change *change = change_new();
	g_autoptr(GError) error = NULL;

	change_create(change, KIND_PROGRAMME, id, json);
	g_assert_true(small_apply(s, change, &error));
	change_free(change);
	small_event(s, (struct event){ .type = EVENT_MODEL });
}

static void claim(struct small *s, const char *from, const char *json)
{
	struct change *change = change_new();
	g_autoptr(GError) error = NULL;

	change_insert(change, KIND_INSTITUTION, from, "partners", json);
	g_assert_true(small_apply(s, change, &error));
	change_free(change);
	small_event(s, (struct event){ .type = EVENT_MODEL });
}

static void programmes_start(struct small *s)
{
	small_open(s);
	create(s, "encuentro-1",
	       "{\"id\":\"encuentro-1\",\"kind\":\"event\",\"name\":\"I Encuentro de Redes\"}");
	create(s, "encuentro-2",
	       "{\"id\":\"encuentro-2\",\"kind\":\"event\",\"name\":\"II Encuentro de "
	       "Redes\",\"start\":\"2025\","
	       "\"end\":\"2027-02\",\"donors\":[\"siemens\"],\"budget\":\"450000 USD\","
	       "\"participants\":[{\"institution\":\"alone\"},{\"institution\":\"innovec\"}]}");
	create(s, "escuela",
	       "{\"id\":\"escuela\",\"kind\":\"programme\",\"name\":\"Escuela de Verano Indígena "
	       "2023\"}");
	create(s, "escuela-sur",
	       "{\"id\":\"escuela-sur\",\"kind\":\"programme\",\"name\":\"Escuela "
	       "Sur\",\"part_of\":\"escuela\"}");
}

static guint carried(const struct small *s, const char *id, guint *alone)
{
	struct carry *carry = carry_new(s->model);
	int at = model_find(s->model, KIND_PROGRAMME, id);
	guint n = carry->ties[at]->len;

	*alone = 0;
	for (guint i = 0; i < n; i++)
		*alone += g_array_index(carry->ties[at], struct carried, i).alone;
	carry_free(carry);
	return n;
}

/* If it fails, "I Encuentro" is found inside "II Encuentro", or accents and years hide a name. */
static void titles_name_programmes(void)
{
	struct small s;
	guint alone;

	programmes_start(&s);
	claim(&s, "alone", "{\"with\":\"cafe\",\"title\":\"II Encuentro de Redes (apoyo)\"}");
	claim(&s, "alone", "{\"with\":\"unal\",\"title\":\"escuela de verano indigena\"}");
	g_assert_cmpuint(carried(&s, "encuentro-1", &alone), ==, 0);
	g_assert_cmpuint(carried(&s, "encuentro-2", &alone), ==, 1);
	g_assert_cmpuint(alone, ==, 1);
	g_assert_cmpuint(carried(&s, "escuela", &alone), ==, 1);
	small_close(&s);
}

/* If it fails, a tie that has something else to rest on counts as lost, or none does. */
static void alone_means_nothing_else(void)
{
	struct small s;
	guint alone;

	programmes_start(&s);
	claim(&s, "alone",
	      "{\"with\":\"cafe\",\"basis\":[\"encuentro-2\"],\"title\":\"Escuela de Verano "
	      "Indígena\"}");
	g_assert_cmpuint(carried(&s, "encuentro-2", &alone), ==, 1);
	g_assert_cmpuint(alone, ==, 0);
	/* Said once more, without a programme: that stays when the programme ends. */
	claim(&s, "alone", "{\"with\":\"siemens\",\"basis\":[\"encuentro-2\"]}");
	claim(&s, "siemens", "{\"with\":\"alone\"}");
	g_assert_cmpuint(carried(&s, "encuentro-2", &alone), ==, 2);
	g_assert_cmpuint(alone, ==, 0);
	small_close(&s);
}

static void left_alone(void)
{
	struct small s;
	struct carry *carry;
	GArray *left;

	programmes_start(&s);
	claim(&s, "alone", "{\"with\":\"cafe\",\"basis\":[\"encuentro-2\"]}");
	carry = carry_new(s.model);
	left = carry_left_alone(carry, s.model,
				(guint)model_find(s.model, KIND_PROGRAMME, "encuentro-2"));
	/* cafe works with unal too. */
	g_assert_cmpuint(left->len, ==, 1);
	g_assert_cmpstr(model_institution(s.model, g_array_index(left, guint, 0))->base.id, ==,
			"alone");
	g_array_unref(left);
	carry_free(carry);
	small_close(&s);
}

static void list_and_card(void)
{
	struct small s;

	programmes_start(&s);
	claim(&s, "alone", "{\"with\":\"cafe\",\"basis\":[\"encuentro-2\"]}");
	small_key(&s, '5');
	small_sees(&s, "4 of 4");
	small_sees(&s, "1 ends within a year");
	small_type(&s, "/ii enc\r\r");
	small_sees(&s, "Ends 2027-02");
	small_sees(&s, "Budget: 450\u00a0000\u00a0USD");
	small_sees(&s, "1 tie rests on it, on nothing else.");
	small_sees(&s, "Without it 1 member would work with");
	small_type(&s, "qfname~innovacion\r");
	small_sees(&s, "1 of 4");
	small_close(&s);
}

static void parts_lead_to_each_other(void)
{
	struct small s;

	programmes_start(&s);
	app_open(s.app, &s.world, &view_programme, "escuela");
	small_sees(&s, "Escuela Sur");
	small_key(&s, TUI_ENTER);
	g_assert_cmpstr(app_top(s.app)->subject, ==, "escuela-sur");
	small_key(&s, TUI_ENTER);
	g_assert_cmpstr(app_top(s.app)->subject, ==, "escuela");
	small_close(&s);
}

/* If it fails, a card names one organization at every place where the entry does. */
static void everybody_once(void)
{
	struct small s;
	g_autofree char *screen = NULL;
	const char *first;

	programmes_start(&s);
	create(&s, "feria",
	       "{\"id\":\"feria\",\"kind\":\"event\",\"name\":\"Feria\",\"lead\":\"siemens\","
	       "\"donors\":[\"siemens\",\"unal\"],\"participants\":["
	       "{\"institution\":\"siemens\",\"role\":\"lead\"},"
	       "{\"institution\":\"siemens\",\"role\":\"host\"},{\"institution\":\"alone\"}]}");
	small_size(&s, 40, 80);
	app_open(s.app, &s.world, &view_programme, "feria");
	screen = small_screen(&s);
	first = strstr(screen, "Siemens Stiftung");
	g_assert_nonnull(first);
	g_assert_null(strstr(first + 1, "Siemens Stiftung"));
	small_sees(&s, "funds, lead, host");
	small_sees(&s, "3 take part");
	small_sees(&s, "Universidad Nacional");
	small_close(&s);
}

int main(int argc, char **argv)
{
	start_process();
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/programmes/titles", titles_name_programmes);
	g_test_add_func("/programmes/alone", alone_means_nothing_else);
	g_test_add_func("/programmes/left", left_alone);
	g_test_add_func("/programmes/list", list_and_card);
	g_test_add_func("/programmes/parts", parts_lead_to_each_other);
	g_test_add_func("/programmes/once", everybody_once);
	return g_test_run();
}
