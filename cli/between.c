/*
 * telar between: what lies between two institutions or territories, and the
 * fewest ties and members whose loss would part them.  Who could introduce one to
 * the other is telar path.
 */
#include "cli/command.h"

#include "base/errors.h"
#include "graph/cut.h"
#include "graph/introduce.h"
#include "graph/pairs.h"

#include <math.h>

#include <glib/gi18n.h>

#define MOST_NAMES 12 /* of each list, for people */

struct end {
	enum kind kind;
	const struct record *record;
	guint members;
};

struct sides {
	const struct net *net;
	struct end ends[2];
	guint8 *side;
	struct cut *cut;
	bool pair; /* both are institutions: they can have partners in common */
	guint a, b;
	struct pair shared;
};

static const char *name_of(const struct sides *sides, guint v)
{
	return institution_name(model_institution(sides->net->model, sides->net->institution[v]),
				true);
}

static const char *id_of(const struct sides *sides, guint v)
{
	return model_institution(sides->net->model, sides->net->institution[v])->base.id;
}

static const char *end_name(const struct sides *sides, guint i)
{
	return model_name(sides->net->model, sides->ends[i].kind, sides->ends[i].record->id, true);
}

static bool belongs(const struct sides *sides, guint v, const struct end *end)
{
	const struct institution *row =
		model_institution(sides->net->model, sides->net->institution[v]);

	return end->kind == KIND_INSTITUTION ? &row->base == end->record
					     : list_has(row->territories, end->record->id);
}

/* Who belongs to which end; nobody to both, somebody to each. */
static bool take_sides(struct sides *sides, GError **error)
{
	for (guint v = 0; v < sides->net->n; v++) {
		bool in[2];

		for (guint i = 0; i < 2; i++) {
			in[i] = belongs(sides, v, &sides->ends[i]);
			sides->ends[i].members += in[i];
		}
		if (in[0] && in[1]) {
			g_set_error(error, TELAR_ERROR, TELAR_ERROR_USAGE,
				    _("%s belongs to both: nothing lies between"),
				    name_of(sides, v));
			return false;
		}
		sides->side[v] = in[0] ? FLOW_NEAR : in[1] ? FLOW_FAR : FLOW_BETWEEN;
		if (in[0])
			sides->a = v;
		if (in[1])
			sides->b = v;
	}
	for (guint i = 0; i < 2; i++) {
		if (sides->ends[i].members > 0)
			continue;
		g_set_error(error, TELAR_ERROR, TELAR_ERROR_NO_INPUT,
			    sides->ends[i].kind == KIND_INSTITUTION
				    ? _("%s does not pass the filter")
				    : _("%s has no member in this view"),
			    end_name(sides, i));
		return false;
	}
	return true;
}

static void ties_print(const struct cli *cli, const struct sides *sides, const GArray *ties)
{
	for (guint i = 0; i < ties->len && i < MOST_NAMES; i++) {
		guint e = g_array_index(ties, guint, i);
		bool from = sides->side[sides->net->from[e]] == FLOW_FAR;
		guint a = from ? sides->net->to[e] : sides->net->from[e];
		guint b = from ? sides->net->from[e] : sides->net->to[e];
		g_autofree char *text =
			g_strdup_printf("%s – %s", name_of(sides, a), name_of(sides, b));
		cli_paragraph(cli, 4, "  -", text);
	}
	if (ties->len > MOST_NAMES)
		out_printf(&cli->out, "    … %u\n", ties->len - MOST_NAMES);
}

static void members_print(const struct cli *cli, const struct sides *sides, const GArray *members)
{
	for (guint i = 0; i < members->len && i < MOST_NAMES; i++)
		cli_paragraph(cli, 4, "  -", name_of(sides, g_array_index(members, guint, i)));
	if (members->len > MOST_NAMES)
		out_printf(&cli->out, "    … %u\n", members->len - MOST_NAMES);
}

static void say(const struct cli *cli, char *text)
{
	cli_paragraph(cli, 0, NULL, text);
	g_free(text);
}

static GArray *shared_partners(const struct sides *sides)
{
	GArray *out = g_array_new(FALSE, FALSE, sizeof(guint));
	struct common at = common_begin(sides->net, sides->a, sides->b);
	guint v;

	while (common_next(&at, &v))
		g_array_append_val(out, v);
	return out;
}

static void shared_print(const struct cli *cli, const struct sides *sides)
{
	g_autoptr(GArray) shared = shared_partners(sides);

	if (shared->len == 0) {
		say(cli, g_strdup(_("They have no partner in common.")));
		return;
	}
	say(cli,
	    g_strdup_printf(ngettext("They have %u partner in common, %.0f %% of those that "
				     "either has (Adamic-Adar %.3f, resource allocation %.3f):",
				     "They have %u partners in common, %.0f %% of those that "
				     "either has (Adamic-Adar %.3f, resource allocation %.3f):",
				     shared->len),
			    shared->len, 100 * sides->shared.jaccard, sides->shared.adamic,
			    sides->shared.resource));
	members_print(cli, sides, shared);
}

static void cut_print(const struct cli *cli, const struct sides *sides)
{
	const struct cut *cut = sides->cut;

	say(cli, g_strdup_printf(ngettext("They would be apart if this %u tie ended:",
					  "They would be apart if these %u ties ended; with fewer "
					  "they would not be:",
					  cut->ties->len),
				 cut->ties->len));
	ties_print(cli, sides, cut->ties);
	if (cut->other_ties)
		say(cli, g_strdup(ngettext("Another tie between them would do as well.",
					   "As few other ties would do as well.", cut->ties->len)));
	if (cut->direct->len > 0) {
		say(cli, g_strdup(_("As they work together directly, no other member's leaving "
				    "would part them.")));
		return;
	}
	say(cli,
	    g_strdup_printf(ngettext("They would be apart if %u member left:",
				     "They would be apart if these %u members left; with fewer "
				     "they would not be:",
				     cut->gate->len),
			    cut->gate->len));
	members_print(cli, sides, cut->gate);
	if (cut->other_gate)
		say(cli,
		    g_strdup(ngettext("Another member between them would do as well.",
				      "As few other members would do as well.", cut->gate->len)));
}

/* That the two work together, or have done so: since when, and in what. */
static char *together(const struct sides *sides)
{
	const guint *institution = sides->net->institution;
	g_autoptr(GArray) chain = g_array_new(FALSE, FALSE, sizeof(guint));

	g_array_append_val(chain, institution[sides->a]);
	g_array_append_val(chain, institution[sides->b]);
	return introduce_sentence(sides->net->model, chain);
}

static void sides_print(const struct cli *cli, const struct sides *sides)
{
	const struct cut *cut = sides->cut;
	const char *a = end_name(sides, 0), *b = end_name(sides, 1);

	if (cut->distance == 0) {
		say(cli, g_strdup_printf(_("No chain of partners leads from %s to %s: they are in "
					   "parts of the network without any tie between them."),
					 a, b));
		return;
	}
	if (cut->distance > 1) {
		say(cli, g_strdup_printf(_("%s and %s are %u steps apart."), a, b, cut->distance));
	} else if (sides->pair) {
		say(cli, together(sides));
	} else {
		say(cli, g_strdup_printf(ngettext("%u tie joins %s and %s:",
						  "%u ties join %s and %s:", cut->direct->len),
					 cut->direct->len, a, b));
		ties_print(cli, sides, cut->direct);
	}
	if (sides->pair)
		shared_print(cli, sides);
	cut_print(cli, sides);
}

static void ids_json(const struct sides *sides, struct json *json, const char *key,
		     const GArray *which, bool ties)
{
	json_key(json, key);
	json_open_array(json);
	for (guint i = 0; i < which->len; i++) {
		guint at = g_array_index(which, guint, i);

		if (!ties) {
			json_string(json, id_of(sides, at));
			continue;
		}
		json_open_array(json);
		json_string(json, id_of(sides, sides->net->from[at]));
		json_string(json, id_of(sides, sides->net->to[at]));
		json_close_array(json);
	}
	json_close_array(json);
}

static void sides_json(const struct cli *cli, const struct sides *sides)
{
	const struct cut *cut = sides->cut;
	GString *text = g_string_new(NULL);
	struct json json;

	json_init(&json, text, true);
	json_open_object(&json);
	json_put_string(&json, "a", sides->ends[0].record->id);
	json_put_string(&json, "b", sides->ends[1].record->id);
	json_put_number(&json, "distance", cut->distance > 0 ? cut->distance : (double)NAN);
	ids_json(sides, &json, "direct", cut->direct, true);
	if (sides->pair) {
		g_autoptr(GArray) shared = shared_partners(sides);
		ids_json(sides, &json, "common", shared, false);
		json_put_number(&json, "adamic-adar", sides->shared.adamic);
		json_put_number(&json, "resource", sides->shared.resource);
		json_put_number(&json, "jaccard", sides->shared.jaccard);
	}
	ids_json(sides, &json, "cut-ties", cut->ties, true);
	json_put_bool(&json, "other-cut-ties", cut->other_ties);
	if (cut->direct->len == 0) {
		ids_json(sides, &json, "cut-members", cut->gate, false);
		json_put_bool(&json, "other-cut-members", cut->other_gate);
	}
	json_close_object(&json);
	cli_print_json(cli, text);
}

/* A row each: what, and one or two ids. */
static void sides_plain(const struct cli *cli, const struct sides *sides)
{
	const struct cut *cut = sides->cut;
	const GArray *const ties[] = { cut->direct, cut->ties };
	static const char *const words[] = { "direct", "cut-tie" };

	out_printf(&cli->out, "distance\t%u\t\n", cut->distance);
	for (guint k = 0; k < 2; k++)
		for (guint i = 0; i < ties[k]->len; i++) {
			guint e = g_array_index(ties[k], guint, i);
			out_printf(&cli->out, "%s\t%s\t%s\n", words[k],
				   id_of(sides, sides->net->from[e]),
				   id_of(sides, sides->net->to[e]));
		}
	for (guint i = 0; i < cut->gate->len; i++)
		out_printf(&cli->out, "cut-member\t%s\t\n",
			   id_of(sides, g_array_index(cut->gate, guint, i)));
}

static bool between_run(struct cli *cli, struct sides *sides, GError **error)
{
	if (sides->ends[0].record == sides->ends[1].record) {
		g_set_error(error, TELAR_ERROR, TELAR_ERROR_USAGE, _("Both are the same: %s"),
			    end_name(sides, 0));
		return false;
	}
	if (!take_sides(sides, error))
		return false;
	sides->pair =
		sides->ends[0].kind == KIND_INSTITUTION && sides->ends[1].kind == KIND_INSTITUTION;
	if (sides->pair)
		sides->shared = pair_of(sides->net, sides->a, sides->b);
	sides->cut = cut_find(sides->net, sides->side);
	if (cli->json)
		sides_json(cli, sides);
	else if (cli->plain)
		sides_plain(cli, sides);
	else
		sides_print(cli, sides);
	return true;
}

bool command_between(struct cli *cli, char ***args, GError **error)
{
	GOptionEntry entries[STUDY_ENTRIES];
	struct sides sides = { 0 };
	struct study *study;
	bool done = false;

	cli_study_entries(cli, entries);
	if (!cli_options(cli, entries, args, error))
		return false;
	if (cli->help)
		return true;
	if (!cli_words(cli, *args, 2, 2, error) || !cli_read(cli, error))
		return false;
	for (guint i = 0; i < 2; i++) {
		struct end *end = &sides.ends[i];
		end->record =
			cli_record(cli, (*args)[i], 1u << KIND_INSTITUTION | 1u << KIND_TERRITORY,
				   &end->kind, error);
		if (!end->record)
			return false;
	}
	study = cli_study(cli, 0, error);
	if (study) {
		sides.net = study_net(study);
		sides.side = g_new0(guint8, MAX(sides.net->n, 1));
		done = between_run(cli, &sides, error);
	}
	cut_free(sides.cut);
	g_free(sides.side);
	return done;
}
