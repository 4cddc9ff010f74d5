#include "tui/views/map.h"

#include "base/text.h"

#include <glib/gi18n.h>
#include <math.h>
#include <string.h>

/*
 * The picture of a scene: ground, ties, markers, names, legend and heading.  The
 * selected marker comes first everywhere, so that it is never the one left out.
 */
enum level { LEVEL_GROUND = 1, LEVEL_TIES, LEVEL_SELECTED };

static const char *const sector_glyphs[] = { "●", "■", "▲", "◆", "▼", "★",
					     "○", "□", "△", "◇", "▽", "☆" };
static const char *const tie_samples[] = {
	[TIE_CONFIRMED] = "──",
	[TIE_CLAIMED] = "╌╌",
	[TIE_UNANSWERABLE] = "┈┈",
	[TIE_DISPUTED] = "┅┅",
};
static const char *const tie_ascii[] = {
	[TIE_CONFIRMED] = "--",
	[TIE_CLAIMED] = "- ",
	[TIE_UNANSWERABLE] = "..",
	[TIE_DISPUTED] = ". ",
};
static const enum canvas_dash tie_dashes[] = {
	[TIE_CONFIRMED] = CANVAS_SOLID,
	[TIE_CLAIMED] = CANVAS_DASHED,
	[TIE_UNANSWERABLE] = CANVAS_DOTTED,
	[TIE_DISPUTED] = CANVAS_SPARSE,
};

static const char *sector_glyph(int sector)
{
	return sector < 0 ? "·" : sector_glyphs[(guint)sector % G_N_ELEMENTS(sector_glyphs)];
}

static enum style sector_style(int sector)
{
	return sector < 0 ? STYLE_NORMAL : STYLE_A + (enum style)(sector % 6);
}

void map_key_release(void *data)
{
	struct map_key *key = data;

	g_free(key->text);
}

static int sector_of(const struct model *model, guint institution)
{
	return model_term_index(model, VOCABULARY_SECTORS,
				model_institution(model, institution)->sector);
}

/* A letter for each sector where shapes are not to be had: the first of its name not yet taken. */
static void choose_letters(struct map *map, const struct model *model)
{
	const struct items *sectors = &model->network->vocabularies.of[VOCABULARY_SECTORS];
	bool taken[26] = { ['o' - 'a'] = true }; /* "O" and "o" are markers of several */

	memset(map->sector_letters, '*', sizeof(map->sector_letters));
	for (guint s = 0; s < sectors->n && s < sizeof(map->sector_letters); s++) {
		const char *id = ITEMS(struct term, *sectors)[s].id;
		g_autofree char *folded = text_fold(model_term_name(model, VOCABULARY_SECTORS, id));

		for (const char *p = folded; *p; p++) {
			if (*p < 'a' || *p > 'z' || taken[*p - 'a'])
				continue;
			taken[*p - 'a'] = true;
			map->sector_letters[s] = (char)(*p - 'a' + 'A');
			break;
		}
	}
}

static char sector_letter(const struct map *map, int sector)
{
	return sector < 0 || sector >= (int)sizeof(map->sector_letters)
		       ? '*'
		       : map->sector_letters[sector];
}

/* Those that matter most first: the selected one, the margin (never hidden), then by
 * ties and members. */
static gint by_weight(gconstpointer a, gconstpointer b, gpointer data)
{
	const struct map *map = data;
	int i = *(const int *)a, j = *(const int *)b;
	const struct map_node *x = map_node(map, i), *y = map_node(map, j);
	guint u = x->ties + 2 * x->n, v = y->ties + 2 * y->n;
	double s = x->kind == NODE_INSTITUTION ? map->size_of[x->record] : 0;
	double t = y->kind == NODE_INSTITUTION ? map->size_of[y->record] : 0;

	if ((i == map->selected) != (j == map->selected))
		return i == map->selected ? -1 : 1;
	if ((x->kind == NODE_MARGIN) != (y->kind == NODE_MARGIN))
		return x->kind == NODE_MARGIN ? -1 : 1;
	/* Between institutions that has the first word which was asked for. */
	if (x->kind == y->kind && !isnan(s) && !isnan(t) && fabs(s - t) > 0)
		return s > t ? -1 : 1;
	if (u != v)
		return u > v ? -1 : 1;
	return i < j ? -1 : i > j;
}

static GArray *nodes_by_weight(struct map *map)
{
	GArray *order = g_array_new(FALSE, FALSE, sizeof(int));

	for (guint i = 0; i < map->inside->len; i++) {
		int n = g_array_index(map->inside, int, i);
		struct map_node *node = map_node(map, n);

		node->row = node->home_row;
		node->col = node->home_col;
		node->shown = true;
		g_array_append_val(order, n);
	}
	g_array_sort_with_data(order, by_weight, map);
	return order;
}

static void draw_marker(struct map *map, const struct model *model, struct map_node *node,
			bool selected)
{
	const char *glyph = node->n < 4 ? "•" : node->n < 16 ? "●" : "◉";
	char ascii[2] = { node->n < 4 ? 'o' : node->n < 16 ? 'O' : '@', 0 };
	enum style style = STYLE_STRONG;

	if (node->kind == NODE_INSTITUTION) {
		int sector = sector_of(model, (guint)node->record);

		glyph = sector_glyph(sector);
		ascii[0] = sector_letter(map, sector);
		style = sector_style(sector);
	} else if (node->kind == NODE_MARGIN) {
		glyph = "○";
		ascii[0] = 'o';
		style = STYLE_WARN;
	}
	if (map->colour != COLOUR_SECTOR && node->kind != NODE_MARGIN) {
		int shade = map_shade_of(map, node);

		style = shade >= 0 ? STYLE_A + (enum style)shade : STYLE_NORMAL;
	}
	canvas_glyph(map->canvas, node->row, node->col, glyph, ascii,
		     selected ? STYLE_SELECTED : style);
}

static void draw_markers(struct map *map, const struct model *model, const GArray *order)
{
	for (guint o = 0; o < order->len; o++) {
		int index = g_array_index(order, int, o), row, col;
		struct map_node *node = map_node(map, index);

		if (!canvas_free_cell(map->canvas, node->row, node->col, 6, &row, &col)) {
			node->shown = false;
			continue;
		}
		node->row = row;
		node->col = col;
		draw_marker(map, model, node, index == map->selected);
	}
}

/* Where a line to a node ends: its marker, or its place outside of the window. */
static void end_of(const struct map *map, const struct map_node *node, double *x, double *y)
{
	if (!node->shown) {
		map_project(map, node->x, node->y, x, y);
		return;
	}
	*x = node->col * CANVAS_DOTS_X + 0.5;
	*y = node->row * CANVAS_DOTS_Y + 1.5;
}

static void draw_link(struct map *map, const struct map_link *link, bool selected)
{
	const struct map_node *a = map_node(map, (int)link->a), *b = map_node(map, (int)link->b);
	double x0, y0, x1, y1;

	end_of(map, a, &x0, &y0);
	end_of(map, b, &x1, &y1);
	canvas_line(map->canvas, x0, y0, x1, y1, tie_dashes[link->state],
		    selected ? LEVEL_SELECTED : LEVEL_TIES, selected ? STYLE_ACCENT : STYLE_NORMAL);
}

/* Both of its ends are to be seen: such a line says more than one that leads away. */
static bool is_inside(const struct map *map, const struct map_link *link)
{
	return map_node(map, (int)link->a)->shown && map_node(map, (int)link->b)->shown;
}

static gint by_link_weight(gconstpointer a, gconstpointer b, gpointer data)
{
	const struct map_link *x = *(struct map_link *const *)a, *y = *(struct map_link *const *)b;
	bool inside = is_inside(data, x);

	if (inside != is_inside(data, y))
		return inside ? -1 : 1;
	if (x->weight != y->weight)
		return x->weight > y->weight ? -1 : 1;
	if (x->a != y->a)
		return x->a < y->a ? -1 : 1;
	return x->b < y->b ? -1 : x->b > y->b;
}

/* Ties that are not drawn. */
struct left_out {
	guint weaker, off; /* between markers; to one that is off the map */
};

/* Of the selected marker all that are inside, of all others the strongest. */
static void draw_some(struct map *map, GPtrArray *links, bool selected, struct left_out *left_out)
{
	guint cells = (guint)(map->map_area.rows * map->map_area.cols);
	guint most = CLAMP(cells / MAP_CELLS_A_LINK, 4, MAP_MOST_LINKS);

	g_ptr_array_sort_with_data(links, by_link_weight, map);
	for (guint l = 0; l < links->len; l++) {
		const struct map_link *link = g_ptr_array_index(links, l);

		if (l < most || (selected && is_inside(map, link)))
			draw_link(map, link, selected);
		else if (is_inside(map, link))
			left_out->weaker += link->ties;
		else
			left_out->off += link->ties;
	}
}

static struct left_out draw_links(struct map *map)
{
	struct left_out left_out = { 0, 0 };
	g_autoptr(GPtrArray) of_selected = g_ptr_array_new();
	g_autoptr(GPtrArray) others = g_ptr_array_new();

	for (guint i = 0; i < map->near->len; i++) {
		guint l = g_array_index(map->near, guint, i);
		struct map_link *link = &g_array_index(map->links, struct map_link, l);
		const struct map_node *a = map_node(map, (int)link->a);
		const struct map_node *b = map_node(map, (int)link->b);
		bool selected = (int)link->a == map->selected || (int)link->b == map->selected;

		if ((!a->shown && !b->shown) || a->kind == NODE_MARGIN || b->kind == NODE_MARGIN)
			continue;
		g_ptr_array_add(selected ? of_selected : others, link);
	}
	draw_some(map, of_selected, true, &left_out);
	draw_some(map, others, false, &left_out);
	return left_out;
}

/* What stands beside a marker, in so many columns: of "Bogotá +3 places (21)" the count is kept,
 * and that there are more places. */
static char *label_of(const struct map *map, const struct map_node *node, int columns)
{
	const char *bar = map_size_bar(map, node);
	g_autofree char *whole = map_node_name(node);
	g_autofree char *name = NULL;

	if (node->others && text_width(whole) > columns) {
		g_autofree char *more = g_strdup_printf(" +%u", node->others);
		g_autofree char *place =
			text_fit(node->name, MAX(columns - text_width(more), 4), false);

		name = g_strconcat(place, more, NULL);
	} else {
		name = text_fit(whole, columns, false);
	}
	if (node->others)
		return g_strdup_printf("%s (%u)", name, node->n);
	return node->kind != NODE_INSTITUTION ? g_strdup_printf("%s %u", name, node->n)
					      : g_strconcat(name, *bar ? " " : "", bar, NULL);
}

static void draw_names(struct map *map, const GArray *order)
{
	int columns = map->map_area.cols < 64 ? 18 : 26;

	for (guint o = 0; o < order->len; o++) {
		int index = g_array_index(order, int, o);
		const struct map_node *node = map_node(map, index);
		bool ring = map->mode == MAP_EGO && index > 0;
		/* Around one institution names stand outside of the ring, at any length. */
		int room = node->left ? node->col - 4 : map->map_area.cols - node->col - 5;
		g_autofree char *text =
			label_of(map, node, ring ? CLAMP(room, 6, columns) : columns);

		if (!node->shown)
			continue;
		if (index == map->selected) {
			if (!canvas_label(map->canvas, node->row, node->col, node->left, 99,
					  STYLE_SELECTED, text))
				canvas_label_near(map->canvas, node->row, node->col, 4,
						  STYLE_SELECTED, text);
			continue;
		}
		canvas_label(map->canvas, node->row, node->col, node->left, 9,
			     o < 8 ? STYLE_STRONG : STYLE_NORMAL, text);
	}
}

static const char *const arrows[] = { "↑", "→", "↓", "←" }, *const ascii_arrows = "^>v<";

#define ASIDE_MOST 3 /* rows that such a text gives way to a marker */

/* Near the middle of its edge, where nothing else stands. */
static bool draw_at_edge(struct map *map, int side, const char *text)
{
	int rows = map->map_area.rows, cols = map->map_area.cols, columns = text_width(text);
	int col = side == 1 ? cols - columns - 1 : side == 3 ? 0 : (cols - columns) / 2;

	for (int k = 0; k <= 2 * ASIDE_MOST; k++) {
		int aside = (k + 1) / 2 * (k % 2 ? 1 : -1);

		if (side % 2 ? canvas_text(map->canvas, rows / 2 + aside, col, STYLE_WARN, text)
			     : canvas_text(map->canvas, side == 0 ? 0 : rows - 1,
					   col + aside * columns / 2, STYLE_WARN, text))
			return true;
	}
	return false;
}

/* How many institutions lie beyond each edge, and of where they are what there is room for. */
static void draw_outside(struct map *map)
{
	for (int side = 0; side < 4 && map->mode != MAP_EGO; side++) {
		g_autofree char *count = g_strdup_printf("%s %u", arrows[side], map->outside[side]);
		g_autofree char *names = NULL, *text = NULL;

		if (!map->outside[side])
			continue;
		names = map_beyond(map, side, map->map_area.cols / 3);
		text = g_strdup_printf("%s: %s", count, names);
		if (!*names || !draw_at_edge(map, side, text))
			draw_at_edge(map, side, count);
	}
}

static void draw_ground(struct map *map)
{
	struct projection projection = { .x = map->scale[0], .y = map->scale[1] };

	if (map->mode != MAP_GEOGRAPHY)
		return;
	projection.lon = map->centre[0] - map->map_area.cols * CANVAS_DOTS_X / 2.0 / map->scale[0];
	projection.lat = -map->centre[1] + map->map_area.rows * CANVAS_DOTS_Y / 2.0 / map->scale[1];
	basemap_draw(map->canvas, &projection, map->zoom > 0, LEVEL_GROUND, STYLE_DIM);
}

static void add_key(struct map *map, const char *glyph, const char *ascii, enum style style,
		    const char *text)
{
	struct map_key key = { .glyph = glyph, .style = style, .text = g_strdup(text) };

	g_strlcpy(key.ascii, ascii, sizeof(key.ascii));
	g_array_append_val(map->keys, key);
}

/* What the numbers at the edges are. */
static void explain_outside(struct map *map)
{
	for (guint side = 0; side < G_N_ELEMENTS(arrows) && map->mode != MAP_EGO; side++) {
		const char ascii[] = { ascii_arrows[side], 0 };

		if (!map->outside[side])
			continue;
		/* TRANSLATORS: behind an arrow at the edge of the map stands how many. */
		add_key(map, arrows[side], ascii, STYLE_WARN, _("institutions that way"));
		return;
	}
}

/* Only what is to be seen: sectors of single markers, sizes of others, states of ties. */
static void make_legend(struct map *map, const struct model *model)
{
	const struct items *sectors = &model->network->vocabularies.of[VOCABULARY_SECTORS];
	g_autofree bool *seen = g_new0(bool, sectors->n + 1);
	bool groups = false;

	g_array_set_size(map->keys, 0);
	explain_outside(map);
	for (guint k = 0; k < map->shades->len; k++)
		add_key(map, "█", "#", STYLE_A + (enum style)k, g_ptr_array_index(map->shades, k));
	for (guint i = 0; i < map->inside->len; i++) {
		const struct map_node *node = map_node(map, g_array_index(map->inside, int, i));
		int sector =
			node->kind == NODE_INSTITUTION ? sector_of(model, (guint)node->record) : -1;

		if (node->shown && sector >= 0)
			seen[sector] = true;
		groups |= node->shown && node->n > 1 && node->kind != NODE_MARGIN;
	}
	for (int state = 0; state < TIE_COUNTING; state++) {
		if (map->states[state])
			add_key(map, tie_samples[state], tie_ascii[state], STYLE_NORMAL,
				tie_state_label((enum tie_state)state));
	}
	for (guint s = 0; s < sectors->n; s++) {
		char letter[2] = { sector_letter(map, (int)s), 0 };

		if (seen[s])
			add_key(map, sector_glyph((int)s), letter,
				map->colour == COLOUR_SECTOR ? sector_style((int)s) : STYLE_NORMAL,
				model_term_name(model, VOCABULARY_SECTORS,
						ITEMS(struct term, *sectors)[s].id));
	}
	/* Last: the number stands beside each. */
	if (groups) {
		add_key(map, "◉", "@", STYLE_STRONG, _("16 or more"));
		add_key(map, "●", "O", STYLE_STRONG, _("4 or more"));
		add_key(map, "•", "o", STYLE_STRONG, _("2 or 3"));
	}
}

static char *heading_of(const char *sentence, guint shown, guint all)
{
	g_auto(GStrv) parts = g_strsplit(_(sentence), "%u", 3);

	return g_strv_length(parts) < 3
		       ? g_strdup(_(sentence))
		       : g_strdup_printf("%s%u%s%u%s", parts[0], shown, parts[1], all, parts[2]);
}

static void note_left_out(GString *note, struct left_out left_out)
{
	if (left_out.weaker && left_out.off)
		g_string_append_printf(note, _("ties not drawn: %u weaker, %u off the map"),
				       left_out.weaker, left_out.off);
	else if (left_out.weaker)
		g_string_append_printf(note,
				       ngettext("%u weaker tie not drawn",
						"%u weaker ties not drawn", left_out.weaker),
				       left_out.weaker);
	else if (left_out.off)
		g_string_append_printf(note,
				       ngettext("%u tie leads off the map",
						"%u ties lead off the map", left_out.off),
				       left_out.off);
}

/* Why there is no marker at all. */
static const char *nobody(const struct model *model)
{
	return model->n[KIND_INSTITUTION] == 0 ? _("There is no institution yet.")
					       : _("No institution matches the filter");
}

static void make_heading(struct map *map, const struct world *world, struct left_out left_out)
{
	static const char *const grains[] = {
		/* TRANSLATORS: what stands behind ";" is left out first, in a narrow window. */
		N_("Markers are countries; %u of %u institutions in view"),
		N_("Markers are places; %u of %u institutions in view"),
		N_("Markers are institutions; %u of %u in view"),
		N_("Markers are territories; %u of %u institutions in view"),
		N_("Markers are circles of who works with whom; %u of %u institutions in view"),
	};
	guint grain = map->mode != MAP_NETWORK || map->grain != GRAIN_PLACE ? map->grain
		      : map->circles					    ? 4
									    : 3;
	GString *note = g_string_new(NULL);

	g_free(map->heading);
	g_free(map->note);
	if (map->n_scope == 0)
		map->heading = g_strdup(nobody(world->model));
	else if (map->mode == MAP_EGO)
		map->heading = g_strdup_printf(
			_("Partners of %s"),
			map->ego ? model_name(world->model, KIND_INSTITUTION, map->ego, true)
				 : "–");
	else
		map->heading = heading_of(grains[grain], map->in_window, map->n_scope);
	if (!world->study)
		g_string_append(note, _("computing ties…"));
	else
		note_left_out(note, left_out);
	if (map->zoom)
		g_string_append_printf(note, "%s%u×", note->len ? "  " : "", 1u << map->zoom);
	map->note = g_string_free(note, FALSE);
}

void map_make_picture(struct map *map, const struct world *world)
{
	g_autoptr(GArray) order = NULL;
	struct left_out left_out;

	if (!map->canvas || canvas_rows(map->canvas) != map->map_area.rows ||
	    canvas_cols(map->canvas) != map->map_area.cols) {
		canvas_free(map->canvas);
		map->canvas = canvas_new(map->map_area.rows, map->map_area.cols);
	}
	canvas_clear(map->canvas);
	choose_letters(map, world->model);
	draw_ground(map);
	order = nodes_by_weight(map);
	draw_markers(map, world->model, order);
	left_out = draw_links(map);
	draw_outside(map);
	draw_names(map, order);
	make_legend(map, world->model);
	make_heading(map, world, left_out);
}
