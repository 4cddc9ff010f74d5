/*
 * Any text as a filter of any kind of record: understood or refused with a word
 * why, never a crash; what was understood answers for every record, and keeps the
 * text it was made from.  The first byte chooses the kind.
 */
#include "data/filter.h"

#include <math.h>
#include <string.h>

#include "base/errors.h"
#include "tests/generated.h"

int LLVMFuzzerTestOneInput(const guint8 *data, gsize size);

static const struct generate_options options = {
	.institutions = 12, .territories = 3, .programmes = 2, .degree = 3, .seed = 5
};

static bool number_name(guint i, struct filter_name *name)
{
	static const struct filter_name names[] = { { "ties", "Ties", NULL },
						    { "gaps", "Gaps", NULL },
						    { "betweenness", "Chains over it", "Bridge" } };

	if (i < G_N_ELEMENTS(names))
		*name = names[i];
	return i < G_N_ELEMENTS(names);
}

static bool number(void *data, const char *name, int index, double *out)
{
	(void)data;
	*out = index % 3 == 0 ? (double)NAN : index;
	return strcmp(name, "ties") == 0;
}

static const struct filter_numbers numbers = { number, number_name };

static void use(const struct filter *filter, const struct model *model, enum kind kind,
		const char *text)
{
	g_autoptr(GError) error = NULL;

	g_assert_cmpstr(filter_text(filter), ==, text);
	for (guint i = 0; i < model->n[kind]; i++) {
		bool once = filter_match(filter, model, i);

		g_assert_true(filter_match(filter, model, i) == once);
	}
	g_assert_true(filter_check(filter, model, &error) == (error == NULL));
}

int LLVMFuzzerTestOneInput(const guint8 *data, gsize size)
{
	static struct model *model; /* made once: a million runs use the same */
	g_autoptr(GError) error = NULL;

	if (size == 0)
		return 0;
	if (!model)
		model = model_generated(&options, (struct date){ 2026, 6, 1 });
	enum kind kind = (enum kind)(data[0] % KIND_COUNT);
	g_autofree char *text = g_strndup((const char *)data + 1, size - 1);
	struct filter *filter = filter_parse(text, kind, &numbers, NULL, &error);

	g_assert_true((filter == NULL) == (error != NULL));
	if (filter)
		use(filter, model, kind, text);
	filter_free(filter);
	return 0;
}
