/*
 * What the short history says of a change: who did what with whom, also once it is taken
 * back, and nothing by a path or an id where there is a name.
 */
#include "data/claim.h"

#include "tests/unit/data_rows.h"

static const struct row rows[] = {
	{ KIND_INSTITUTION,
	  "{\"id\":\"giver\",\"name\":\"The Giver\",\"sector\":\"s\",\"partners\":"
	  "[{\"with\":\"taker\",\"since\":\"2021\"}]}" },
	{ KIND_INSTITUTION, "{\"id\":\"taker\",\"name\":\"The Taker\",\"sector\":\"s\"}" },
};

/* As it was kept, and as its undo is told. */
static void assert_told(struct change *change, const char *told)
{
	struct model *model = model_of_rows(rows, G_N_ELEMENTS(rows));
	struct change *undo = change_inverse(change);
	g_autofree char *summary =
		change->summary ? g_strdup(change->summary) : change_summary(change);
	g_autofree char *text = change_text(model, change);

	change->id = 3;
	undo->undoes = 3;
	undo->summary = g_strconcat("undo: ", summary, NULL);
	g_autofree char *back = change_text(model, undo);
	g_autofree char *expected = g_strconcat("undo: ", told, NULL);

	g_assert_cmpstr(text, ==, told);
	g_assert_cmpstr(back, ==, expected);
	change_free(undo);
	change_free(change);
	model_unref(model);
}

/* A partnership that `who` stated with `whom` goes. */
static void taken_out(struct change *change, const char *who, const char *path, const char *whom)
{
	change_remove(change, KIND_INSTITUTION, who, path)->old_text =
		g_strdup_printf("{\"with\":\"%s\"}", whom);
}

static void ties(void)
{
	struct change *change = change_new();

	change_insert(change, KIND_INSTITUTION, "taker", "partners", "{\"with\":\"giver\"}");
	assert_told(change, "The Taker with The Giver: new partnership");

	/* Said by one side, and by both. */
	change = change_new();
	taken_out(change, "giver", "partners[taker]", "taker");
	assert_told(change, "The Giver with The Taker: partnership removed");
	change = change_new();
	taken_out(change, "giver", "partners[taker]", "taker");
	taken_out(change, "taker", "partners[giver#2]", "giver");
	assert_told(change, "The Giver with The Taker: partnership removed");

	change = change_new();
	change_set(change, KIND_INSTITUTION, "giver", "partners[taker].since", "2020")->old_text =
		g_strdup("2021");
	change_set(change, KIND_INSTITUTION, "giver", "partners[taker].status", "ended");
	assert_told(change, "The Giver with The Taker: Since, Status");

	/* Stated by one, no longer by the other: neither new nor gone, and no field of it. */
	change = change_new();
	change_insert(change, KIND_INSTITUTION, "taker", "partners", "{\"with\":\"giver\"}");
	taken_out(change, "giver", "partners[taker]", "taker");
	assert_told(change, "2 entries: The Taker, The Giver");

	/* Another claim in place of one, within one entry. */
	change = change_new();
	taken_out(change, "giver", "partners[taker]", "taker");
	change_insert(change, KIND_INSTITUTION, "giver", "partners", "{\"with\":\"taker\"}");
	assert_told(change, "The Giver: Partners");

	/* Of two partners, or of more than partners, it is the entry that changed. */
	change = change_new();
	change_set(change, KIND_INSTITUTION, "giver", "partners[taker].since", "2020");
	change_set(change, KIND_INSTITUTION, "giver", "city", "Cali");
	assert_told(change, "The Giver: Partners, City");
}

static void deeds_between_two(void)
{
	struct model *model = model_of_rows(rows, G_N_ELEMENTS(rows));
	const struct tie *tie = model_tie(model, 0, 1);
	struct date today = { 2026, 11, 22 };

	assert_told(tie_confirm(model, tie, 1, today),
		    "The Taker confirms its partnership with The Giver");
	assert_told(tie_deny(model, tie, 1, "no", today),
		    "The Taker says that its partnership with The Giver does not hold");
	model_unref(model);
}

static void entries(void)
{
	struct change *change = change_new();
	static const char gone[] = "{\"id\":\"gone\",\"name\":\"Gone Ltd\",\"sector\":\"s\"}";

	change_delete(change, KIND_INSTITUTION, "gone")->old_text = g_strdup(gone);
	assert_told(change, "Gone Ltd: deleted");

	change = change_new();
	change_delete(change, KIND_INSTITUTION, "gone")->old_text = g_strdup(gone);
	taken_out(change, "giver", "partners[gone]", "gone");
	assert_told(change, "Gone Ltd: deleted, with what 1 other entry said of it");

	change = change_new();
	change_delete(change, KIND_INSTITUTION, "gone")->old_text = g_strdup(gone);
	change_delete(change, KIND_INSTITUTION, "taker");
	assert_told(change, "2 entries deleted: Gone Ltd, The Taker");

	change = change_new();
	change->summary = g_strdup("import of partners.csv");
	change_create(change, KIND_INSTITUTION, "gone", gone);
	assert_told(change, "import of partners.csv");
}

/* The title, where somebody knows it, and the status in the reader's language. */
static char *titled(void *data, const char *gap)
{
	(void)data;
	return g_str_equal(gap, "G2:norte") ? g_strdup("Nobody in Norte") : NULL;
}

static void gaps(void)
{
	struct model *model = model_of_rows(rows, G_N_ELEMENTS(rows));
	struct change *change = change_new();

	change->summary = g_strdup("G2:norte: proposed");
	change_create(change, KIND_GAPS, "gaps", "{\"gaps\":[]}");
	g_autofree char *text = change_text_titled(model, change, titled, NULL);

	g_assert_cmpstr(text, ==, "proposed: Nobody in Norte");
	change->undoes = 2;
	g_free(change->summary);
	change->summary = g_strdup("undo: G2:norte: proposed");
	g_autofree char *back = change_text_titled(model, change, titled, NULL);

	g_assert_cmpstr(back, ==, "undo: proposed: Nobody in Norte");
	change->undoes = 0;
	g_free(change->summary);
	change->summary = g_strdup("G2:norte: luisa");
	g_autofree char *owner = change_text_titled(model, change, titled, NULL);

	g_assert_cmpstr(owner, ==, "luisa sees to it: Nobody in Norte");
	change_free(change);
	model_unref(model);
}

int main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/op-text/ties", ties);
	g_test_add_func("/op-text/deeds", deeds_between_two);
	g_test_add_func("/op-text/entries", entries);
	g_test_add_func("/op-text/gaps", gaps);
	return g_test_run();
}
