#include "tui/app.h"

#include "tui/views/gaps.h"

/*
 * Which views there are, and which of them a number, a kind of record and an action
 * stand for.
 */

static const struct view_ops *const tabs[APP_TABS + 1] = {
	[1] = &view_overview,	  [2] = &view_institutions, [3] = &view_territories,
	[4] = &view_partnerships, [5] = &view_programmes,   [6] = &view_map,
	[7] = &view_matrix,	  [8] = &view_gaps,	    [9] = &view_time,
};

const struct view_ops *app_tab(guint number)
{
	return number <= APP_TABS ? tabs[number] : NULL;
}

const struct view_ops *const *app_views(guint *n)
{
	static const struct view_ops *const views[] = {
		&view_overview,	 &view_institutions, &view_territories, &view_gaps,
		&view_map,	 &view_institution,  &view_territory,	&view_history,
		&view_conflicts, &view_form,	     &view_path,	&view_partnerships,
		&view_tie,	 &view_programmes,   &view_programme,	&view_matrix,
		&view_cell,	 &view_time,	     &view_gap,		&view_whatif,
		&view_confirm,	 &view_help,	     &view_palette,	&view_settings,
		&view_resources, &view_resource,     &view_assessments, &view_assessment,
		&view_counts,	 &view_spread,	     &view_measures,	&view_check,
	};

	*n = G_N_ELEMENTS(views);
	return views;
}

const struct view_ops *app_card(enum kind kind)
{
	static const struct view_ops *const cards[KIND_COUNT] = {
		[KIND_INSTITUTION] = &view_institution, [KIND_TERRITORY] = &view_territory,
		[KIND_PROGRAMME] = &view_programme,	[KIND_RESOURCE] = &view_resource,
		[KIND_ASSESSMENT] = &view_assessment,
	};

	return cards[kind];
}

const struct view_ops *app_place(enum action action)
{
	switch (action) {
	case ACTION_RESOURCES:
		return &view_resources;
	case ACTION_ASSESSMENTS:
		return &view_assessments;
	case ACTION_SPREAD:
		return &view_spread;
	case ACTION_COUNTS:
		return &view_counts;
	case ACTION_MEASURES:
		return &view_measures;
	case ACTION_CHECK:
		return &view_check;
	case ACTION_CONFLICTS:
		return &view_conflicts;
	case ACTION_PALETTE:
		return &view_palette;
	case ACTION_SETTINGS:
		return &view_settings;
	default:
		return NULL;
	}
}
