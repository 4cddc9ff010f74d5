#include "tui/views/card.h"
#include "base/text.h"
#include "graph/usual.h"
#include "tui/views/tally.h"

#include <glib/gi18n.h>

/*
 * Sections of a card that only territories have.
 */
void card_coverage(struct page *page, const struct world *world, const struct tally *tally,
		   guint territory, int columns)
{
	const struct items *sectors = &world->model->network->vocabularies.of[VOCABULARY_SECTORS];
	g_autofree char *heading = g_strdup_printf(_("Sectors present: %u of %u"),
						   tally->sectors[territory], sectors->n);
	int name = 10;
	guint largest = 1;
	g_autofree double *usual = g_new(double, sectors->n + 1);

	sectors_usual(tally->members, tally->by_sector, tally->n, sectors->n, usual);
	page_heading(page, heading);
	for (guint i = 0; i < sectors->n; i++)
		name = MAX(name, text_width(model_term_name(world->model, VOCABULARY_SECTORS,
							    ITEMS(struct term, *sectors)[i].id)));
	name = CLAMP(columns - 18, 10, name);
	for (guint i = 0; i < sectors->n; i++)
		largest = MAX(largest, tally->by_sector[territory * sectors->n + i]);
	for (guint i = 0; i < sectors->n; i++) {
		guint n = tally->by_sector[territory * sectors->n + i];
		const char *id = ITEMS(struct term, *sectors)[i].id;
		bool missed = n == 0 && usual[i] >= USUAL_SHARE;

		page_line(page, NULL);
		page_text(page, 1, name,
			  n > 0	   ? STYLE_NORMAL
			  : missed ? STYLE_WARN
				   : STYLE_DIM,
			  model_term_name(world->model, VOCABULARY_SECTORS, id));
		if (n > 0)
			page_bar(page, name + 2, 8, STYLE_ACCENT, (double)n / largest);
		else
			/* TRANSLATORS: nobody from a sector that few other territories have either
			 */
			page_text(page, name + 2, -1, missed ? STYLE_WARN : STYLE_DIM,
				  missed ? _("nobody") : _("nobody (rare)"));
		if (n > 0)
			page_printf(page, name + 11, -1, STYLE_DIM, "%u", n);
	}
}
