/*
 * Random keys, pastes and sizes through the app: it stands, every frame can be
 * painted, and no key leaves it without a way out.  A few thousand here; `make
 * check-keys` plays a million under the sanitizers.
 */
#include "tests/unit/tui_small.h"
#include "base/start.h"
#include "data/as_of.h"
#include "tui/config.h"
#include "tui/memory.h"

#include <stdlib.h>

static const gunichar special[] = {
	TUI_ENTER,	   TUI_ESCAPE,	    TUI_TAB,	  TUI_KEY_UP,	 TUI_KEY_DOWN,
	TUI_ENTER,	   TUI_ESCAPE,	    TUI_KEY_LEFT, TUI_KEY_RIGHT, TUI_KEY_HOME,
	TUI_KEY_END,	   TUI_KEY_DELETE,  TUI_KEY_F1,	  TUI_KEY_F2,	 TUI_KEY_BACKSPACE,
	TUI_KEY_PAGE_UP,   TUI_KEY_BACKTAB, 0xf1,	  0x65e5,	 0x202e,
	TUI_CTRL('p'),	   TUI_CTRL('r'),   ':',	  'f',		 ',',
	TUI_KEY_PAGE_DOWN, TUI_CTRL('p'),
};

/* Lines that get somewhere: single letters seldom do. */
static const char *const lines[] = {
	":filter sector=ac\t\r",
	":open innovec\r",
	":set city=Cali\r",
	":save one\r",
	":filter @one\r",
	":forget one\r",
	":path innovec cafe\r",
	":theme dark\r",
	":help sort\r",
	":config start=gaps\r",
	":config keys.sort=o F2\r",
	":config theme=\r",
	":nothing\r",
	"fties>1 ver\t\t\r",
	"?undo\r",
	"\x10"
	"caf\r",
	"\x10"
	"theme\r",
	":undo\r",
	"2/uni\r",
	":as-of 2020\r",
	":as-of now\r",
};

/* As the session does it; NULL: the network as it is. */
static void look_at(struct small *s, const char *day)
{
	const struct model *before = s->world.model;

	s->world.as_of = (struct date){ 0 };
	if (day)
		date_parse(day, &s->world.as_of);
	s->world.present = s->model;
	s->world.model = day ? model_as_of(s->model, s->world.as_of, NULL, NULL) : s->model;
	small_event(s, (struct event){ .type = EVENT_MODEL });
	if (before != s->model)
		model_unref((struct model *)(gsize)before);
}

static void carry_out(struct small *s, struct config *config, struct memory *memory, gunichar key,
		      bool pasted)
{
	struct effects effects;

	effects_init(&effects);
	app_update(s->app, &s->world,
		   (struct event){ .type = EVENT_KEY, .key = key, .pasted = pasted }, &effects);
	for (guint i = 0; i < effects.all->len; i++) {
		const struct effect *effect = g_ptr_array_index(effects.all, i);

		if (effect->type == EFFECT_APPLY)
			small_save(s, effect->change);
		if (effect->type == EFFECT_AGAIN)
			small_event(s, (struct event){ .type = EVENT_AGAIN });
		if (effect->type == EFFECT_AS_OF)
			look_at(s, effect->text);
		if (effect->type == EFFECT_REMEMBER)
			memory_put(memory, (enum memory_list)effect->id, effect->path, effect->text,
				   NULL);
		if (effect->type == EFFECT_SETTING) {
			config_set(config, effect->path, effect->text, NULL);
			small_event(s, (struct event){ .type = EVENT_CONFIG });
		}
	}
	effects_release(&effects);
}

static void random_keys(void)
{
	const char *wanted = start_env("TELAR_KEYS"), *given = start_env("TELAR_SEED");
	guint64 n = wanted ? g_ascii_strtoull(wanted, NULL, 10) : 5000;
	guint32 seed =
		given ? (guint32)g_ascii_strtoull(given, NULL, 10) : (guint32)g_test_rand_int();
	GRand *random = g_rand_new_with_seed(seed);
	struct config *config = config_new(NULL, NULL, false);
	struct memory *memory = memory_open(NULL, "/tmp/net");
	struct small s;

	g_printerr("# seed %u\n", seed);
	small_open(&s);
	s.world.config = config;
	s.world.memory = memory;
	for (guint64 i = 0; i < n; i++) {
		gunichar key =
			g_rand_boolean(random)
				? (gunichar)g_rand_int_range(random, 1, 127)
				: special[g_rand_int_range(random, 0, G_N_ELEMENTS(special))];

		carry_out(&s, config, memory, key, g_rand_int_range(random, 0, 50) == 0);
		if (i % 61 == 0) {
			const char *line = lines[g_rand_int_range(random, 0, G_N_ELEMENTS(lines))];

			for (; *line; line++)
				carry_out(&s, config, memory, (gunichar)*line, false);
		}
		if (i % 97 == 0)
			small_size(&s, g_rand_int_range(random, 1, 40),
				   g_rand_int_range(random, 1, 160));
		if (i % 7 == 0)
			g_free(small_screen(&s));
		g_assert_cmpuint(s.app->stack->len, >=, 1);
	}
	look_at(&s, NULL);
	small_close(&s);
	memory_close(memory);
	config_free(config);
	g_rand_free(random);
}

int main(int argc, char **argv)
{
	g_setenv("LC_ALL", "C.UTF-8", TRUE);
	start_process();
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/keys/random", random_keys);
	return g_test_run();
}
