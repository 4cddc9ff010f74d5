/*
 * What the app says an edit did to the gaps: if these fail, it tells of gaps that
 * opened or closed where nothing of the kind happened, or keeps quiet where it did.
 */
#include "base/start.h"
#include "graph/whatif.h"
#include "tests/unit/graph_small.h"
#include "tui/session.h"

#include <string.h>

/* A network before and after two of its members were linked. */
struct link {
	struct study *before;
	struct scorecard *card;
};

static void link_make(struct link *link, guint institutions, const char *a, const char *b)
{
	const struct whatif_step step = { WHATIF_TIE, a, b, { 0 } };
	struct model *model = small_generated(institutions, 5, 3, GENERATE_TERRITORIES);
	g_autoptr(GError) error = NULL;

	link->before = study_new(model, NULL);
	model_unref(model);
	g_assert_true(study_compute(link->before, STUDY_NETWORK | STUDY_GAPS, NULL, NULL));
	link->card = whatif_compute(link->before, &step, 1, NULL, &error);
	g_assert_no_error(error);
}

static void link_drop(struct link *link)
{
	scorecard_unref(link->card);
	study_unref(link->before);
}

/* What a session says when the one study follows on the other; NULL: nothing. */
static char *news(struct study *before, struct study *after)
{
	struct session session = { .present_study = before };

	session_news_wait(&session);
	session.study = after;
	session_news_find(&session);
	g_assert_null(session.before);
	return session.news;
}

static void assert_news(struct study *before, struct study *after, const char *expected)
{
	g_autofree char *said = news(before, after);

	g_assert_cmpstr(said, ==, expected);
}

/* How many of a kind are in the one list and not in the other. */
static guint moved(const struct study *from, const struct study *to, const char *kind)
{
	const GPtrArray *gaps = study_gaps(from);
	guint n = 0;

	for (guint i = 0; i < gaps->len; i++) {
		const struct gap *gap = g_ptr_array_index(gaps, i);

		n += strcmp(gap->kind->id, kind) == 0 && study_gap(to, gap->id) == NULL;
	}
	return n;
}

/* A tie that changes which gaps of a kind are listed, where nobody closed or opened one. */
struct shift {
	guint members;
	const char *a, *b, *kind;
};

/* The best suggestions are others now. */
static const struct shift suggestions = { 60, "i000001", "i000023", "G18" };
/* Who was one of "N more" has a gap of its own now, and did not name others before either. */
static const struct shift left_out = { 200, "i000003", "i000046", "G12" };

static void nothing_to_tell(const void *data)
{
	const struct shift *shift = data;
	struct link link;

	link_make(&link, shift->members, shift->a, shift->b);
	g_assert_cmpuint(moved(link.before, link.card->after, shift->kind) +
				 moved(link.card->after, link.before, shift->kind),
			 >, 0);
	assert_news(link.before, link.card->after, NULL);
	assert_news(link.card->after, link.before, NULL);
	link_drop(&link);
}

static void closed_and_opened(void)
{
	struct link link;
	g_autofree char *closed = NULL, *opened = NULL;
	const struct gap *gap;

	link_make(&link, 60, "i000000", "i000015");
	gap = study_gap(link.before, "G10:i000055");
	g_assert_nonnull(gap);
	g_assert_null(study_gap(link.card->after, gap->id));
	closed = g_strdup_printf("1 gap closed: %s", gap->title);
	opened = g_strdup_printf("1 gap opened: %s", gap->title);
	assert_news(link.before, link.card->after, closed);
	assert_news(link.card->after, link.before, opened);
	link_drop(&link);
}

/* Whatever is told of is no gap that rests on circles or networks drawn anew. */
static void nothing_by_lot(void)
{
	guint tried = 0;

	for (guint i = 1; i < 12; i++) {
		g_autofree char *to = g_strdup_printf("i%06u", 60 + i);
		struct link link;

		link_make(&link, 120, "i000007", to);
		g_autofree char *said = news(link.before, link.card->after);
		guint drawn = moved(link.before, link.card->after, "G6") +
			      moved(link.before, link.card->after, "G7");

		tried += drawn > 0;
		g_assert_false(said && strstr(said, "less than chance gives"));
		g_assert_false(said && strstr(said, "hardly touch"));
		link_drop(&link);
	}
	g_assert_cmpuint(tried, >, 0);
}

int main(int argc, char **argv)
{
	start_process();
	g_test_init(&argc, &argv, NULL);
	g_test_add_data_func("/news/suggestions-shift", &suggestions, nothing_to_tell);
	g_test_add_data_func("/news/left-out-for-space", &left_out, nothing_to_tell);
	g_test_add_func("/news/closed-and-opened", closed_and_opened);
	g_test_add_func("/news/nothing-by-lot", nothing_by_lot);
	return g_test_run();
}
