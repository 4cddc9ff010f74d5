#include "tui/views/map.h"

#include "base/text.h"
#include "graph/usual.h"
#include "tui/ask.h"
#include "tui/views/card.h"
#include "tui/views/tally.h"

#include <glib/gi18n.h>

/*
 * What is said of the selected marker: as a pane where there is room for one,
 * else in two lines.
 */
#define MOST_LINES  60
#define MOST_PLACES 8 /* named; of more the others are in the list */

void map_line_release(void *data)
{
	struct map_line *line = data;

	g_free(line->text);
	g_free(line->right);
}

static void add_line(struct map *map, enum style style, char *text, char *right)
{
	struct map_line line = { style, text, right };

	if (map->lines->len < MOST_LINES && text) {
		g_array_append_val(map->lines, line);
		return;
	}
	g_free(text);
	g_free(right);
}

/* A passage: in a pane as many lines as it needs. */
static void add_text(struct map *map, enum style style, char *text)
{
	g_autofree char *own = text;
	g_autoptr(GPtrArray) lines = NULL;

	if (!text)
		return;
	if (map->panel.rows <= 0) {
		add_line(map, style, g_steal_pointer(&own), NULL);
		return;
	}
	lines = text_wrap(text, MAX(map->panel.cols, 8));
	for (guint i = 0; i < lines->len; i++)
		add_line(map, style, g_strdup(g_ptr_array_index(lines, i)), NULL);
}

static void add_gap(struct map *map)
{
	add_line(map, STYLE_NORMAL, g_strdup(""), NULL);
}

/* Sector, city and country in one line, what is known of them. */
static char *institution_facts(const struct model *model, const struct institution *institution)
{
	GString *out = g_string_new(NULL);

	if (institution->sector)
		g_string_append(out,
				model_term_name(model, VOCABULARY_SECTORS, institution->sector));
	if (institution->city)
		g_string_append_printf(out, "%s%s", out->len ? " · " : "", institution->city);
	if (institution->country)
		g_string_append_printf(out, "%s%s",
				       institution->city ? ", "
				       : out->len	 ? " · "
							 : "",
				       country_name(institution->country));
	return g_string_free(out, FALSE);
}

/* "70 ties: 12 confirmed, 58 unanswered". */
static char *ties_text(guint ties, const guint *states)
{
	GString *out = g_string_new(NULL);

	if (!ties) {
		g_string_append(out, _("No ties in this view"));
		return g_string_free(out, FALSE);
	}
	g_string_append_printf(out, ngettext("%u tie", "%u ties", ties), ties);
	for (int state = 0, shown = 0; state < TIE_COUNTING; state++) {
		g_autofree char *count = tie_state_count((enum tie_state)state, states[state]);

		if (states[state])
			g_string_append_printf(out, "%s %s", shown++ ? "," : ":", count);
	}
	return g_string_free(out, FALSE);
}

struct partner {
	guint institution;
	const struct tie *tie;
};

static gint by_strength(gconstpointer a, gconstpointer b, gpointer data)
{
	const struct partner *x = a, *y = b;
	int u = tie_weight(x->tie), v = tie_weight(y->tie);

	if (u != v)
		return u > v ? -1 : 1;
	return map_by_degree(&x->institution, &y->institution, data);
}

static GArray *partners_of(struct map *map, const struct world *world, guint institution,
			   guint states[TIE_COUNTING])
{
	GArray *out = g_array_new(FALSE, FALSE, sizeof(struct partner));
	const struct net *net = world->study ? study_net(world->study) : NULL;
	int v = net ? net->vertex[institution] : -1;

	for (guint k = v < 0 ? 0 : net->start[v]; v >= 0 && k < net->start[v + 1]; k++) {
		struct partner partner = { net->institution[net->neighbour[k]],
					   &world->model->ties[net->tie[net->edge[k]]] };

		if (!map->in[partner.institution])
			continue;
		states[partner.tie->state]++;
		g_array_append_val(out, partner);
	}
	g_array_sort_with_data(out, by_strength, map);
	return out;
}

/* The colour in words: it is never told by colour alone. */
static void describe_look(struct map *map, guint institution)
{
	int shade = map->shade[institution];

	if (shade >= 0)
		add_line(map, STYLE_A + (enum style)shade,
			 g_strdup_printf("█ %s",
					 (const char *)g_ptr_array_index(map->shades, shade)),
			 NULL);
}

static void describe_institution(struct map *map, const struct world *world, guint institution,
				 bool pane)
{
	const struct model *model = world->model;
	const struct institution *record = model_institution(model, institution);
	guint states[TIE_COUNTING] = { 0 };
	g_autoptr(GArray) partners = partners_of(map, world, institution, states);
	g_autofree char *facts = institution_facts(model, record);
	g_autofree char *ties = ties_text(partners->len, states);
	const char *territory = map_territory_of(map, model, institution);
	GString *names = g_string_new(NULL);

	for (guint p = 0; p < partners->len && p < 12; p++) {
		const struct partner *partner = &g_array_index(partners, struct partner, p);

		g_string_append_printf(
			names, "%s%s", p ? ", " : "",
			institution_name(model_institution(model, partner->institution), true));
	}
	if (!pane) {
		add_line(map, STYLE_STRONG, g_strdup(institution_name(record, false)),
			 g_steal_pointer(&facts));
		add_line(map, STYLE_NORMAL,
			 g_strconcat(ties, names->len ? "  → " : "", names->str, NULL), NULL);
		g_string_free(names, TRUE);
		return;
	}
	g_string_free(names, TRUE);
	add_text(map, STYLE_STRONG, g_strdup(institution_name(record, false)));
	add_text(map, STYLE_DIM, g_steal_pointer(&facts));
	if (territory)
		add_text(map, STYLE_DIM,
			 g_strdup(model_name(model, KIND_TERRITORY, territory, false)));
	add_gap(map);
	add_text(map, STYLE_NORMAL, g_steal_pointer(&ties));
	describe_look(map, institution);
	for (guint p = 0; p < partners->len; p++) {
		const struct partner *partner = &g_array_index(partners, struct partner, p);
		enum style style;

		add_line(map, STYLE_NORMAL,
			 g_strdup_printf(
				 "%s %s", tie_state_glyph(partner->tie->state, &style),
				 institution_name(model_institution(model, partner->institution),
						  true)),
			 NULL);
	}
}

static guint count_sectors(const struct map *map, const struct model *model,
			   const struct map_node *node)
{
	g_autoptr(GHashTable) seen = g_hash_table_new(g_str_hash, g_str_equal);

	for (guint i = node->first; i < node->first + node->n; i++) {
		const char *sector = model_institution(model, map->members[i])->sector;

		if (sector)
			g_hash_table_add(seen, (gpointer)sector);
	}
	return g_hash_table_size(seen);
}

/* The institutions of a marker, those with most ties first, with their ties. */
static void list_institutions(struct map *map, const struct model *model,
			      const struct map_node *node, guint most)
{
	for (guint i = node->first; i < node->first + MIN(node->n, most); i++) {
		guint at = map->members[i];

		add_line(map, STYLE_NORMAL,
			 g_strdup(institution_name(model_institution(model, at), true)),
			 g_strdup_printf("%u", map->degree[at]));
	}
	if (node->n > most)
		add_line(map, STYLE_DIM, g_strdup_printf(_("… and %u more"), node->n - most), NULL);
}

/* The markers it has most ties with; returns their names in one line. */
static char *linked_names(struct map *map, int index, guint most, bool list)
{
	GString *out = g_string_new(NULL);
	g_autoptr(GHashTable) used = g_hash_table_new(NULL, NULL);

	for (guint k = 0; k < most; k++) {
		const struct map_link *best = NULL;
		const struct map_node *other;

		for (guint l = 0; l < map->links->len; l++) {
			const struct map_link *link =
				&g_array_index(map->links, struct map_link, l);

			if (((int)link->a == index || (int)link->b == index) &&
			    !g_hash_table_contains(used, link) &&
			    (!best || link->ties > best->ties))
				best = link;
		}
		if (!best)
			break;
		g_hash_table_add(used, (gpointer)best);
		other = map_node(map, (int)(best->a == (guint)index ? best->b : best->a));
		g_autofree char *name = map_node_name(other);

		g_string_append_printf(out, "%s%s %u", k ? ", " : "", name, best->ties);
		if (list)
			add_line(map, STYLE_NORMAL, g_steal_pointer(&name),
				 g_strdup_printf("%u", best->ties));
	}
	return g_string_free(out, FALSE);
}

/* "Bogotá 15, Chía 3, Soacha 2": what its name only counts. */
static void describe_places(struct map *map, const struct model *model, const struct map_node *node)
{
	g_autoptr(GArray) places = map_count_cities(map, model, node);
	GString *out = g_string_new(NULL);
	guint rest = node->n;

	for (guint p = 0; p < places->len && p < MOST_PLACES; p++) {
		const struct map_count *place = &g_array_index(places, struct map_count, p);

		g_string_append_printf(out, "%s%s %u", p ? ", " : "", place->text, place->n);
		rest -= place->n;
	}
	if (rest > 0 && out->len > 0)
		g_string_append(out, ", ");
	if (rest > 0)
		g_string_append_printf(out, _("elsewhere or not stated %u"), rest);
	add_text(map, STYLE_DIM, g_string_free(out, FALSE));
}

/* "declared · agenda: adopted". */
static void describe_status(struct map *map, const struct model *model,
			    const struct territory *territory)
{
	const struct record_type *type = record_type(KIND_TERRITORY);
	g_autofree char *status = model_field_text(model, record_field(type, "status"), territory);
	g_autofree char *agenda =
		model_field_text(model, record_field(record_field(type, "agenda")->sub, "status"),
				 &territory->agenda);
	bool both = status && *status && agenda && *agenda;

	/* TRANSLATORS: how far the agenda of a territory is, as in "agenda: adopted". */
	g_autofree char *told =
		agenda && *agenda ? g_strdup_printf(_("agenda: %s"), agenda) : g_strdup("");

	add_text(map, STYLE_DIM, g_strconcat(status ? status : "", both ? " · " : "", told, NULL));
}

#define COUNTED_AT_ONCE 4096 /* institutions: the sectors of more would be waited for */

/* Sectors that one may expect there and nobody is of, as on the card of the territory. */
static void describe_missed(struct map *map, const struct world *world, guint territory)
{
	const struct items *sectors = &world->model->network->vocabularies.of[VOCABULARY_SECTORS];
	g_autofree double *usual = g_new(double, sectors->n + 1);
	GString *out = g_string_new(NULL);
	struct filter *filter;
	struct tally *tally;

	if (map->n > COUNTED_AT_ONCE) {
		g_string_free(out, TRUE);
		return;
	}
	filter = *map->filter ? filter_for_world(world, map->filter, NULL) : NULL;
	tally = tally_new(world->model, filter);
	filter_free(filter);
	sectors_usual(tally->members, tally->by_sector, tally->n, sectors->n, usual);
	for (guint s = 0; s < sectors->n; s++) {
		if (tally->by_sector[territory * sectors->n + s] == 0 && usual[s] >= USUAL_SHARE)
			g_string_append_printf(out, "%s%s", out->len ? ", " : "",
					       model_term_name(world->model, VOCABULARY_SECTORS,
							       ITEMS(struct term, *sectors)[s].id));
	}
	if (out->len)
		/* TRANSLATORS: one or more sectors, nobody of which is in a territory. */
		add_text(map, STYLE_WARN, g_strdup_printf(_("Nobody from: %s"), out->str));
	g_string_free(out, TRUE);
	tally_free(tally);
}

/* How many of whom: of a territory, part may stand elsewhere. */
static char *group_facts(const struct map *map, const struct model *model,
			 const struct map_node *node)
{
	guint sectors = count_sectors(map, model, node), all = 0;
	guint known = model->network->vocabularies.of[VOCABULARY_SECTORS].n;
	const char *territory = node->kind == NODE_TERRITORY
					? RECORD(model_territory(model, (guint)node->record))->id
					: NULL;

	/* As on its card: whoever names it, also behind another. */
	for (guint i = 0; territory && i < map->n; i++)
		all += map->in[i] && list_has(model_institution(model, i)->territories, territory);
	if (all > node->n)
		return g_strdup_printf(_("%u of its %u institutions, %u of %u sectors"), node->n,
				       all, sectors, known);
	return g_strdup_printf(_("%u institutions, %u of %u sectors"), node->n, sectors, known);
}

/* Lines that the legend leaves. */
static int lines_left(const struct map *map)
{
	int keys = MIN((int)map->keys->len, map->panel.rows / LEGEND_SHARE);

	return map->panel.rows - keys - 1 - (int)map->lines->len;
}

#define LEAST_LINKED 4 /* lines: a gap, a heading, two of them */

static void describe_in_pane(struct map *map, const struct world *world, int index)
{
	const struct model *model = world->model;
	const struct map_node *node = map_node(map, index);
	g_autofree char *names = NULL;
	int room;

	if (node->kind == NODE_TERRITORY) {
		describe_status(map, model, model_territory(model, (guint)node->record));
		describe_missed(map, world, (guint)node->record);
	} else if (node->others) {
		describe_places(map, model, node);
	}
	add_gap(map);
	/* TRANSLATORS: a heading; the numbers of ties stand at the right. In 28 columns. */
	add_line(map, STYLE_STRONG, g_strdup(_("Institutions")), g_strdup(_("ties")));
	room = lines_left(map) - 1; /* how many more there are */
	list_institutions(map, model, node,
			  (guint)CLAMP(room > 2 * LEAST_LINKED ? room - 8 : room, 3, MOST_LINES));
	if (node->ties && lines_left(map) >= LEAST_LINKED) {
		add_gap(map);
		add_line(map, STYLE_STRONG, g_strdup(_("Most ties with")), NULL);
		names = linked_names(map, index, 6, true);
	}
}

static void describe_group(struct map *map, const struct world *world, int index, bool pane)
{
	const struct model *model = world->model;
	const struct map_node *node = map_node(map, index);
	const char *full = node->kind == NODE_TERRITORY
				   ? RECORD(model_territory(model, (guint)node->record))->name
				   : NULL;
	bool circle = map->circles && map->mode == MAP_NETWORK;
	g_autofree char *name = circle ? g_strdup_printf(_("Circle of %s"), node->name)
				: full ? g_strdup(full)
				       : map_node_name(node);
	g_autofree char *facts = group_facts(map, model, node);
	g_autofree char *ties =
		g_strdup_printf(_("Ties: %u inside, %u outside"), node->inside, node->ties);
	g_autofree char *names = NULL;

	if (!pane) {
		names = linked_names(map, index, 6, false);
		add_line(map, STYLE_STRONG, g_steal_pointer(&name), g_steal_pointer(&facts));
		add_line(map, STYLE_NORMAL, g_strconcat(ties, *names ? "  → " : "", names, NULL),
			 NULL);
		return;
	}
	add_text(map, STYLE_STRONG, g_steal_pointer(&name));
	add_text(map, STYLE_NORMAL, g_steal_pointer(&facts));
	add_text(map, STYLE_NORMAL, g_steal_pointer(&ties));
	describe_in_pane(map, world, index);
}

static void describe_margin(struct map *map, const struct model *model, const struct map_node *node,
			    bool pane)
{
	/* Two calls, so that the compiler sees both formats. */
	add_text(
		map, STYLE_STRONG,
		map->mode == MAP_NETWORK
			? g_strdup_printf(ngettext("%u institution has no ties; Enter lists it",
						   "%u institutions have no ties; Enter lists them",
						   node->n),
					  node->n)
			: g_strdup_printf(
				  ngettext("%u institution states no place; Enter lists it",
					   "%u institutions state no place; Enter lists them",
					   node->n),
				  node->n));
	if (pane) {
		add_gap(map);
		list_institutions(map, model, node, 12);
	} else {
		add_line(map, STYLE_NORMAL,
			 g_strdup(institution_name(
				 model_institution(model, map->members[node->first]), false)),
			 NULL);
	}
}

/* Below the name: what is told of is not what is seen. */
static void add_out_of_view(struct map *map)
{
	int columns = map->panel.rows > 0 ? MAX(map->panel.cols, 8) : map->details.cols;
	g_autoptr(GPtrArray) lines =
		text_wrap(_("Out of view: an arrow leads back to it."), columns);

	for (guint i = 0; i < lines->len; i++) {
		struct map_line line = { STYLE_WARN, g_strdup(g_ptr_array_index(lines, i)), NULL };

		g_array_insert_val(map->lines, MIN(1 + i, map->lines->len), line);
	}
}

void map_make_details(struct map *map, const struct world *world)
{
	const struct map_node *node = map_node(map, map->selected);
	bool pane = map->panel.rows > 0;

	g_array_set_size(map->lines, 0);
	/* The heading says why. */
	if (!node)
		return;
	switch (node->kind) {
	case NODE_INSTITUTION:
		describe_institution(map, world, (guint)node->record, pane);
		break;
	case NODE_TERRITORY:
	case NODE_GROUP:
		describe_group(map, world, map->selected, pane);
		break;
	case NODE_MARGIN:
		describe_margin(map, world->model, node, pane);
		break;
	}
	if (map->panned && !node->shown && node->kind != NODE_MARGIN)
		add_out_of_view(map);
}
