/*
 * The register says the same whatever order things stand in.  If one of these fails, who is
 * named in a finding hangs on how files, entries or ids happen to be sorted.
 */
#include "graph/compare.h"
#include "graph/keyplayers.h"
#include "graph/suggest.h"
#include "tests/unit/graph_small.h"

#include <string.h>

#define ROUNDS 6

/* Records of one network, which others are made of. */
struct deck {
	struct pool *pool;
	GPtrArray *records[KIND_COUNT];
};

static void deck_init(struct deck *deck)
{
	deck->pool = pool_new();
	for (guint k = 0; k < KIND_COUNT; k++)
		deck->records[k] = g_ptr_array_new();
}

static void deck_release(struct deck *deck)
{
	for (guint k = 0; k < KIND_COUNT; k++)
		g_ptr_array_unref(deck->records[k]);
	pool_unref(deck->pool);
}

static const char *const *words(struct deck *deck, const char *a, const char *b)
{
	const char **list = pool_alloc(deck->pool, 3 * sizeof *list);
	list[0] = a;
	list[1] = b;
	return list;
}

static const char *id_of(const struct deck *deck, enum kind kind, GRand *dice)
{
	const GPtrArray *all = deck->records[kind];
	return RECORD(all->pdata[g_rand_int_range(dice, 0, (gint32)all->len)])->id;
}

static void rest_on(struct deck *deck, struct partnership *says, const char *a, const char *b)
{
	struct partnership_details *details = pool_alloc(deck->pool, sizeof *details);
	details->basis = words(deck, a, b);
	says->details = details;
}

/* What a generated network lacks for some kinds of gaps. */
static void dress(struct deck *deck, GRand *dice)
{
	static const char *const lines[] = { "climate", "health", "space" };
	struct network *network = deck->records[KIND_NETWORK]->pdata[0];
	network->settings.stale_months = 24;
	network->settings.focal_sectors = words(deck, "teachers", "families");
	for (guint i = 0; i < deck->records[KIND_TERRITORY]->len; i++) {
		struct territory *row = deck->records[KIND_TERRITORY]->pdata[i];
		row->status = i % 3 == 0 ? "declared" : "developing";
		row->agenda.lines = words(deck, lines[i % 3], lines[(i / 3 + 1) % 3]);
		if (i % 2 == 0)
			row->coordinator = id_of(deck, KIND_INSTITUTION, dice);
	}
	for (guint i = 0; i < deck->records[KIND_PROGRAMME]->len; i++) {
		struct programme *row = deck->records[KIND_PROGRAMME]->pdata[i];
		row->end = (struct date){ 2027, i % 3 == 0 ? 3 : 6, 0 };
	}
	for (guint i = 0; i < deck->records[KIND_INSTITUTION]->len; i++) {
		struct institution *row = deck->records[KIND_INSTITUTION]->pdata[i];
		for (guint k = 0; k < row->partners.n; k++) {
			struct partnership *says = (struct partnership *)row->partners.at + k;
			if (g_rand_boolean(dice))
				rest_on(deck, says, id_of(deck, KIND_PROGRAMME, dice),
					id_of(deck, KIND_PROGRAMME, dice));
			says->status = g_rand_int_range(dice, 0, 4) == 0 ? "ended" : NULL;
		}
	}
}

static void deck_generate(struct deck *deck, GRand *dice, guint n, double degree,
			  enum generate_shape shape)
{
	const struct generate_options options = { .institutions = n,
						  .territories = 5,
						  .programmes = 6,
						  .degree = degree,
						  .seed = g_rand_int(dice),
						  .shape = shape };
	deck_init(deck);
	generate_records(&options, deck->pool, deck->records);
	dress(deck, dice);
}

static void shuffle(gpointer at, guint n, gsize size, GRand *dice)
{
	g_autofree char *kept = g_malloc(size);
	char *rows = at;
	for (guint i = n; i > 1; i--) {
		guint j = (guint)g_rand_int_range(dice, 0, (gint32)i);
		memcpy(kept, rows + (i - 1) * size, size);
		memcpy(rows + (i - 1) * size, rows + j * size, size);
		memcpy(rows + j * size, kept, size);
	}
}

/* References to institutions, in a record or an item of one, by another id. */
static void rename_in(const struct record_type *type, void *record, GHashTable *ids)
{
	for (guint f = 0; f < type->n_fields; f++) {
		const struct field *field = &type->fields[f];
		void *at = (void *)(gsize)field_at(field, record);
		struct items *items = at;
		if (!field_is_set(field, record))
			continue;
		if (field->type == FIELD_GROUP)
			rename_in(field->sub, at, ids);
		for (guint i = 0; field->type == FIELD_ITEMS && i < items->n; i++)
			rename_in(field->sub, (char *)items->at + i * field->sub->size, ids);
		if (field->type != FIELD_REF || !(field->refs & 1u << KIND_INSTITUTION))
			continue;
		const char **one = field->flags & FIELD_MANY ? *(const char ***)at : at;
		for (; one && *one; one++) {
			*one = g_hash_table_lookup(ids, *one);
			if (!(field->flags & FIELD_MANY))
				break;
		}
	}
}

/* The same network; with `ids` under other ids, with `dice` in another order. */
static void deck_copy(struct deck *copy, const struct deck *deck, GHashTable *ids, GRand *dice)
{
	deck_init(copy);
	for (guint k = 0; k < KIND_COUNT; k++) {
		for (guint i = 0; i < deck->records[k]->len; i++) {
			void *row =
				record_copy(record_type(k), deck->records[k]->pdata[i], copy->pool);
			g_ptr_array_add(copy->records[k], row);
			if (!ids)
				continue;
			rename_in(record_type(k), row, ids);
			if (k == KIND_INSTITUTION)
				((struct record *)row)->id =
					g_hash_table_lookup(ids, RECORD(row)->id);
		}
		if (!dice)
			continue;
		shuffle(copy->records[k]->pdata, copy->records[k]->len, sizeof(gpointer), dice);
		for (guint i = 0; i < copy->records[k]->len; i++) {
			struct items *items = NULL;
			gsize size = sizeof(struct partnership);
			if (k == KIND_INSTITUTION)
				items = &((struct institution *)copy->records[k]->pdata[i])
						 ->partners;
			if (k == KIND_PROGRAMME) {
				items = &((struct programme *)copy->records[k]->pdata[i])
						 ->participants;
				size = sizeof(struct participant);
			}
			if (items)
				shuffle(items->at, items->n, size, dice);
		}
	}
}

static struct study *deck_study(const struct deck *deck)
{
	g_autoptr(GError) error = NULL;
	struct date today = { 2026, 11, 22 };
	struct pool *pool = deck->pool;
	struct model *model =
		model_new((GPtrArray **)(guintptr)deck->records, &pool, 1,
			  RECORD(deck->records[KIND_NETWORK]->pdata[0])->id, today, 1);
	struct study *study = study_new(model, NULL);
	model_unref(model);
	g_assert_true(study_compute(study, STUDY_MEASURES | STUDY_GAPS, NULL, &error));
	g_assert_no_error(error);
	return study;
}

static void same_lines(const char *one, const char *two)
{
	g_auto(GStrv) a = g_strsplit(one, "\n", -1), b = g_strsplit(two, "\n", -1);
	for (guint i = 0; a[i] || b[i]; i++)
		if (g_strcmp0(a[i], b[i]) != 0)
			g_error("\n%s\nin one order, in another\n%s", a[i], b[i]);
}

/* --- all of it, word for word ---------------------------------------------------------------- */

static void tell_gap(GString *text, const struct gap *gap)
{
	g_string_append_printf(text, "%s %.12g %d %s|%s|%s\n", gap->id, gap->severity,
			       gap->territory, gap->title, gap->reason, gap->advice);
	for (guint i = 0; i < gap->evidence->len; i++)
		g_string_append_printf(text, " %s\n", (char *)gap->evidence->pdata[i]);
	for (guint i = 0; i < gap->candidates->len; i++) {
		const struct candidate *one = gap->candidates->pdata[i];
		g_string_append_printf(text, " + %d %d %d %s\n", one->a, one->b, one->introducer,
				       one->why);
	}
	for (guint i = 0; i < gap->institutions->len; i++)
		g_string_append_printf(text, " %u", g_array_index(gap->institutions, guint, i));
	g_string_append_c(text, '\n');
}

static void tell_register(GString *text, const struct study *study)
{
	const GPtrArray *gaps = study_gaps(study);
	for (guint i = 0; i < gaps->len; i++)
		tell_gap(text, gaps->pdata[i]);
}

static void tell_rest(GString *text, struct study *study, const char *leaves)
{
	const struct suggest_options options = { -1, 40, 3 };
	const struct whatif_step step = { WHATIF_LEAVE, leaves, NULL, { 0 } };
	g_autoptr(GError) error = NULL;
	g_autoptr(GArray) pairs = study_suggest(study, &options, &error);
	for (guint i = 0; i < pairs->len; i++) {
		const struct suggestion *one = &g_array_index(pairs, struct suggestion, i);
		g_string_append_printf(text, "%u %u %d %.12g\n", one->a, one->b, one->introducer,
				       one->score);
	}
	for (guint goal = KEY_BREAK; goal <= KEY_REACH; goal++) {
		struct key_players *players =
			key_players_find(study, (enum key_goal)goal, 4, NULL, &error);
		for (guint i = 0; i < players->members->len; i++)
			g_string_append_printf(text, "%u ",
					       g_array_index(players->members, guint, i));
		g_string_append_printf(text, "%.12g\n", players->value);
		key_players_free(players);
	}
	struct scorecard *card = whatif_compute(study, &step, 1, NULL, &error);
	g_assert_no_error(error);
	for (guint i = 0; i < card->cut_off->len; i++)
		g_string_append_printf(text, "%s ", RECORD(card->cut_off->pdata[i])->id);
	for (guint i = 0; i < card->opened->len; i++)
		tell_gap(text, card->opened->pdata[i]);
	scorecard_unref(card);
}

static void same_in_any_order(void)
{
	g_autoptr(GRand) dice = g_rand_new_with_seed(71);
	for (guint round = 0; round < ROUNDS; round++) {
		struct deck deck, other;
		deck_generate(&deck, dice, 60 + 20 * round, 1 + round % 3, round % 3);
		deck_copy(&other, &deck, NULL, dice);
		struct study *one = deck_study(&deck), *two = deck_study(&other);
		const char *leaves = id_of(&deck, KIND_INSTITUTION, dice);
		g_autoptr(GString) first = g_string_new(NULL), second = g_string_new(NULL);
		tell_register(first, one);
		tell_register(second, two);
		tell_rest(first, one, leaves);
		tell_rest(second, two, leaves);
		same_lines(first->str, second->str);
		study_unref(one);
		study_unref(two);
		deck_release(&deck);
		deck_release(&other);
	}
}

/* --- under other ids ------------------------------------------------------------------------- */

static int by_text(gconstpointer a, gconstpointer b)
{
	return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/* Found with the help of random numbers, or the best of more than there is room for. */
static bool by_luck(const struct gap *gap)
{
	static const char *const kinds[] = { "G6", "G7", "G18" };
	for (guint i = 0; i < G_N_ELEMENTS(kinds); i++)
		if (strcmp(gap->kind->id, kinds[i]) == 0)
			return true;
	return false;
}

static char *join_sorted(GPtrArray *texts, const char *between)
{
	g_ptr_array_sort(texts, by_text);
	g_ptr_array_add(texts, NULL);
	return g_strjoinv(between, (char **)texts->pdata);
}

/* Kind, severity and by name whom it is about: what may not hang on ids. */
static char *outline(const struct study *study)
{
	const struct model *model = study_model(study);
	const GPtrArray *gaps = study_gaps(study);
	g_autoptr(GPtrArray) lines = g_ptr_array_new_with_free_func(g_free);
	for (guint g = 0; g < gaps->len; g++) {
		const struct gap *gap = gaps->pdata[g];
		g_autoptr(GPtrArray) names = g_ptr_array_new();
		if (by_luck(gap))
			continue;
		for (guint i = 0; i < gap->institutions->len; i++) {
			guint at = g_array_index(gap->institutions, guint, i);
			g_ptr_array_add(names,
					(gpointer)RECORD(model_institution(model, at))->name);
		}
		g_autofree char *all = join_sorted(names, ", ");
		g_ptr_array_add(lines, g_strdup_printf("%s %.9f %d, %u lines: %s", gap->kind->id,
						       gap->severity, gap->territory,
						       gap->evidence->len, all));
	}
	return join_sorted(lines, "\n");
}

static GHashTable *deal_ids(const struct deck *deck, GRand *dice)
{
	const GPtrArray *all = deck->records[KIND_INSTITUTION];
	GHashTable *ids = g_hash_table_new(g_str_hash, g_str_equal);
	g_autofree const char **dealt = g_new(const char *, all->len);
	for (guint i = 0; i < all->len; i++)
		dealt[i] = RECORD(all->pdata[i])->id;
	shuffle(dealt, all->len, sizeof *dealt, dice);
	for (guint i = 0; i < all->len; i++)
		g_hash_table_insert(ids, (gpointer)RECORD(all->pdata[i])->id, (gpointer)dealt[i]);
	return ids;
}

static void same_under_other_ids(void)
{
	g_autoptr(GRand) dice = g_rand_new_with_seed(72);
	for (guint round = 0; round < 3 * ROUNDS; round++) {
		struct deck deck, other;
		/* Few members, of whom many are equal, and more. */
		deck_generate(&deck, dice, 8 + 6 * round, .8 + round % 4 * .4, round % 3);
		g_autoptr(GHashTable) ids = deal_ids(&deck, dice);
		deck_copy(&other, &deck, ids, NULL);
		struct study *one = deck_study(&deck), *two = deck_study(&other);
		g_autofree char *first = outline(one), *second = outline(two);
		same_lines(first, second);
		study_unref(one);
		study_unref(two);
		deck_release(&deck);
		deck_release(&other);
	}
}

int main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/order/same-in-any-order", same_in_any_order);
	g_test_add_func("/order/same-under-other-ids", same_under_other_ids);
	return g_test_run();
}
