#include "tui/session.h"

#include <string.h>

#include "tui/views/whatif.h"

/*
 * What is tried, from the lines that name it.
 */
struct scorecard *session_whatif(struct study *study, const char *text, GCancellable *cancel,
				 GError **error)
{
	g_auto(GStrv) lines = g_strsplit(text, "\n", -1);
	g_autoptr(GArray) steps = g_array_new(FALSE, FALSE, sizeof(struct whatif_step));

	/* A line of two ids is cut in place into both. */
	for (guint i = 0; lines[i] != NULL; i++) {
		char *second = strchr(lines[i], ' ');
		struct whatif_step step = { .type = WHATIF_LEAVE, .a = lines[i] };

		/* The gap that it is tried for is not a step. */
		if (lines[i][0] == '\0' || lines[i][0] == WHATIF_GAP_MARK)
			continue;
		if (second != NULL) {
			*second++ = '\0';
			step.type = *second == WHATIF_PLACE_MARK ? WHATIF_JOIN : WHATIF_TIE;
			step.b = second + (step.type == WHATIF_JOIN);
		}
		g_array_append_val(steps, step);
	}
	return whatif_compute(study, (const struct whatif_step *)(void *)steps->data, steps->len,
			      cancel, error);
}
