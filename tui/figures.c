/*
 * The few numbers of a network that its first frame shows while it is read, from the
 * session before.  They are as of then and say so; what is true now comes after.
 */
#include "tui/figures.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include <glib/gi18n.h>

#include "base/clock.h"
#include "base/text.h"

#define LAST "last"

struct figures {
	gint64 at; /* microseconds UTC */
	guint institutions, territories, programmes, ties;
	int gaps; /* that stand; -1: they were not computed */
	const char *name;
};

static int count_gaps(const struct study *study)
{
	return study == NULL || study_gaps(study) == NULL ? -1 : (int)study_gaps(study)->len;
}

void figures_keep(struct memory *memory, const struct world *world, const struct model *present,
		  gint64 now)
{
	const struct network *network = present->network;
	const struct study *study =
		world->study != NULL && study_model(world->study) == present ? world->study : NULL;
	g_autofree char *text = NULL;

	/* To write would move aside what cannot be read, when nobody is told any more. */
	if (memory == NULL || memory_trouble(memory) != NULL)
		return;
	text = g_strdup_printf("%" PRId64 " %u %u %u %u %d %s", now, present->n[KIND_INSTITUTION],
			       present->n[KIND_TERRITORY], present->n[KIND_PROGRAMME],
			       model_count_ties(present), count_gaps(study),
			       network->base.name != NULL ? network->base.name : "");
	(void)memory_put(memory, MEMORY_FIGURES, LAST, text, NULL);
}

static bool figures_read(const struct memory *memory, struct figures *out)
{
	const char *text = memory_named(memory, MEMORY_FIGURES, LAST);
	int length = 0;

	if (text == NULL ||
	    sscanf(text, "%" SCNd64 " %u %u %u %u %d %n", &out->at, &out->institutions,
		   &out->territories, &out->programmes, &out->ties, &out->gaps, &length) != 6)
		return false;
	out->name = text + length;
	return true;
}

/* "200,000 institutions"; the first of a line has nothing before it. */
static void append_count(GString *line, const char *words, guint n)
{
	g_autofree char *plain = g_strdup_printf("%u", n);
	g_autofree char *number = text_grouped(plain);

	if (line->len > 0)
		g_string_append(line, " · ");
	/* The number stands where "%s" does. */
	g_string_append(line, words);
	g_string_replace(line, "%s", number, 1);
}

void figures_draw(const struct memory *memory, struct grid *grid, int row)
{
	g_autoptr(GString) first = g_string_new(NULL), second = g_string_new(NULL);
	struct figures kept;
	char when[CLOCK_TEXT_SIZE];
	g_autofree char *as_of = NULL;

	if (memory == NULL || !figures_read(memory, &kept))
		return;
	append_count(first, ngettext("%s institution", "%s institutions", kept.institutions),
		     kept.institutions);
	append_count(first, ngettext("%s territory", "%s territories", kept.territories),
		     kept.territories);
	append_count(first, ngettext("%s programme", "%s programmes", kept.programmes),
		     kept.programmes);
	append_count(second, ngettext("%s tie", "%s ties", kept.ties), kept.ties);
	if (kept.gaps >= 0)
		append_count(second, ngettext("%s gap", "%s gaps", (gulong)kept.gaps),
			     (guint)kept.gaps);
	clock_format(kept.at, when);
	when[strcspn(when, "T")] = '\0';
	as_of = g_strdup_printf(_("When it was last open here, on %s:"), when);
	const char *const lines[] = { kept.name, as_of, first->str, second->str };
	const enum style styles[] = { STYLE_STRONG, STYLE_DIM, STYLE_NORMAL, STYLE_NORMAL };

	for (guint i = 0; i < G_N_ELEMENTS(lines) && row + (int)i < grid->rows; i++)
		grid_put(grid, row + (int)i, 2, grid->cols - 2, styles[i], lines[i]);
}
