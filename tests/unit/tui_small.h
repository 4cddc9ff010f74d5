#ifndef TESTS_TUI_SMALL_H
#define TESTS_TUI_SMALL_H

/*
 * A network of five institutions in memory, an app on it, and somebody who saves:
 * what tests of forms and introductions stand on.
 */
#include "base/errors.h"
#include "data/node.h"
#include "tui/app.h"

#include <string.h>

struct small {
	struct model *model;
	struct world world;
	struct app *app;
	struct grid *grid;
	GPtrArray *history;
	struct change *saved; /* the last change that came out, or NULL */
	char *draft;	      /* text of the last draft asked for, or NULL */
	char *exported;	      /* the filter of the last export asked for, or NULL */
	guint drafts;	      /* how often one was asked for or dropped */
	bool hold;	      /* changes are seen but not carried out */
};

static const char *const small_records[] = {
	"0{\"id\":\"net\",\"name\":\"Net\",\"vocabularies\":{"
	"\"sectors\":[{\"id\":\"edustem\",\"name\":\"EduSTEM institutions\"},"
	"{\"id\":\"academia\",\"name\":\"Academia\"}],"
	"\"kinds\":[{\"id\":\"training\",\"name\":\"Training\"},"
	"{\"id\":\"funding\",\"name\":\"Funding\"}],"
	"\"capacities\":[{\"id\":\"money\",\"name\":\"Money\"}]}}",
	"2{\"id\":\"innovec\",\"name\":\"Innovación en la Enseñanza\",\"short_name\":\"INNOVEC\","
	"\"aliases\":[\"Innovec A.C.\",\"a; b\"],\"sector\":\"edustem\",\"country\":\"MX\","
	"\"url\":\"http://innovec.org\",\"notes\":\"one\\ntwo\",\"verified\":\"2026-03\","
	"\"offers\":[{\"capacity\":\"money\",\"what\":\"grants\"}],"
	"\"partners\":[{\"with\":\"siemens\",\"kinds\":[\"training\"],\"since\":\"2019\"}]}",
	"2{\"id\":\"siemens\",\"name\":\"Siemens Stiftung\",\"sector\":\"edustem\","
	"\"partners\":[{\"with\":\"unal\",\"since\":\"2021-05\"},{\"with\":\"innovec\"}]}",
	"2{\"id\":\"unal\",\"name\":\"Universidad Nacional\",\"sector\":\"academia\","
	"\"partners\":[{\"with\":\"cafe\"}]}",
	"2{\"id\":\"cafe\",\"name\":\"Café Científico\",\"sector\":\"academia\",\"city\":\"Cali\"}",
	"2{\"id\":\"alone\",\"name\":\"Alone\",\"sector\":\"academia\"}",
};

static inline struct model *small_model(void)
{
	struct pool *pool = pool_new();
	GPtrArray *records[KIND_COUNT];
	struct date today = { 2026, 11, 22 };

	for (guint k = 0; k < KIND_COUNT; k++)
		records[k] = g_ptr_array_new();
	for (guint i = 0; i < G_N_ELEMENTS(small_records); i++) {
		enum kind kind = small_records[i][0] == '0' ? KIND_NETWORK : KIND_INSTITUTION;
		struct findings *findings = findings_new();
		struct node *node = node_from_json(small_records[i] + 1, NULL);
		void *record = node_to_record(record_type(kind), node, NULL, NULL, pool, findings);

		g_assert_nonnull(record);
		g_ptr_array_add(records[kind], record);
		node_free(node);
		findings_free(findings);
	}
	struct model *model = model_new(records, &pool, 1, "net", today, 1);

	for (guint k = 0; k < KIND_COUNT; k++)
		g_ptr_array_unref(records[k]);
	pool_unref(pool);
	return model;
}

static inline void small_event(struct small *s, struct event event);

/* As the workspace does, without files: false and nothing changed when it cannot be. */
static inline bool small_apply(struct small *s, const struct change *change, GError **error)
{
	struct change *own = change_copy(change);
	struct model *model = model_ref(s->model);
	bool good = true;

	for (guint i = 0; i < own->ops->len && good; i++) {
		struct op *op = g_ptr_array_index(own->ops, i);
		const struct record_type *type = record_type(op->kind);
		const void *old = model_get(model, op->kind, op->id);
		struct findings *findings = findings_new();
		struct pool *pool = pool_new();
		struct node *tree = NULL;
		const void *record = NULL;

		good = op_apply(op, old ? node_from_record(type, old) : NULL, &tree, error);
		if (good && tree) {
			record = node_to_record(type, tree, NULL, NULL, pool, findings);
			good = record != NULL;
			if (!good)
				g_set_error_literal(error, TELAR_ERROR, TELAR_ERROR_DATA,
						    "this cannot be right");
		}
		if (good) {
			struct model *next = model_with(model, op->kind, op->id, record, pool);

			model_unref(model);
			model = next;
		}
		node_free(tree);
		pool_unref(pool);
		findings_free(findings);
	}
	change_free(own);
	if (good) {
		model_unref(s->model);
		s->model = model;
		s->world.model = model;
		return true;
	}
	model_unref(model);
	return false;
}

static inline void small_save(struct small *s, struct change *change)
{
	g_autoptr(GError) error = NULL;

	change_free(s->saved);
	s->saved = change_copy(change);
	if (s->hold)
		return;
	if (small_apply(s, change, &error)) {
		small_event(s, (struct event){ .type = EVENT_MODEL });
		small_event(
			s, (struct event){ .type = EVENT_DONE, .text = "saved", .change = change });
	} else {
		small_event(s, (struct event){ .type = EVENT_FAILED, .text = error->message });
	}
}

static inline void small_event(struct small *s, struct event event)
{
	struct effects effects;

	effects_init(&effects);
	app_update(s->app, &s->world, event, &effects);
	for (guint i = 0; i < effects.all->len; i++) {
		struct effect *effect = g_ptr_array_index(effects.all, i);

		if (effect->type == EFFECT_APPLY)
			small_save(s, effect->change);
		if (effect->type == EFFECT_AGAIN)
			small_event(s, (struct event){ .type = EVENT_AGAIN });
		if (effect->type == EFFECT_EXPORT) {
			g_free(s->exported);
			s->exported = g_strdup(effect->filter);
		}
		if (effect->type != EFFECT_DRAFT)
			continue;
		g_free(s->draft);
		s->draft = g_strdup(effect->text);
		s->drafts++;
	}
	effects_release(&effects);
}

static inline void small_key(struct small *s, gunichar key)
{
	small_event(s, (struct event){ .type = EVENT_KEY, .key = key });
}

static inline void small_type(struct small *s, const char *text)
{
	for (; *text; text = g_utf8_next_char(text))
		small_key(s, g_utf8_get_char(text));
}

static inline void small_size(struct small *s, int rows, int cols)
{
	s->world.rows = rows;
	s->world.cols = cols;
	grid_resize(s->grid, rows, cols);
	small_event(s, (struct event){ .type = EVENT_RESIZE });
}

static inline char *small_screen(struct small *s)
{
	app_draw(s->app, &s->world, s->grid);
	return grid_dump(s->grid, false);
}

static inline void small_sees(struct small *s, const char *text)
{
	g_autofree char *screen = small_screen(s);

	if (!strstr(screen, text))
		g_printerr("not on the screen: %s\n%s\n", text, screen);
	g_assert_nonnull(strstr(screen, text));
}

static inline void small_sees_not(struct small *s, const char *text)
{
	g_autofree char *screen = small_screen(s);

	g_assert_null(strstr(screen, text));
}

/* What a stranger saves meanwhile. */
static inline void small_other(struct small *s, const char *id, const char *path, const char *text)
{
	struct change *change = change_new();

	change_set(change, KIND_INSTITUTION, id, path, text);
	g_assert_true(small_apply(s, change, NULL));
	change_free(change);
	small_event(s, (struct event){ .type = EVENT_MODEL });
}

static inline const struct institution *small_institution(const struct small *s, const char *id)
{
	return model_get(s->model, KIND_INSTITUTION, id);
}

static inline void small_open(struct small *s)
{
	*s = (struct small){ .model = small_model(),
			     .grid = grid_new(24, 80),
			     .history = g_ptr_array_new() };
	s->world = (struct world){ .model = s->model,
				   .history = s->history,
				   .actor = "ana",
				   .path = "/tmp/net",
				   .today = { 2026, 11, 22 },
				   .rows = 24,
				   .cols = 80 };
	s->app = app_new(&s->world);
}

static inline void small_close(struct small *s)
{
	app_free(s->app);
	grid_free(s->grid);
	model_unref(s->model);
	change_free(s->saved);
	g_ptr_array_unref(s->history);
	g_free(s->exported);
	g_free(s->draft);
}

#endif
