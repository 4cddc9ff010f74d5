/*
 * telar init and generate: a network's directory made anew; telar schema: what
 * editors read to check entries.  Edits of a network are edit.c and create.c.
 */
#include "cli/command.h"

#include "base/errors.h"
#include "data/generate.h"
#include "data/import/words.h"
#include "data/import/write.h"
#include "data/node.h"
#include "data/safety.h"
#include "data/schema.h"

#include <string.h>

#include <glib/gi18n.h>

/* The records as files of a network that is not there yet. */
static bool records_write(GPtrArray *const records[KIND_COUNT], const char *into, GError **error)
{
	g_autoptr(GArray) files = g_array_new(FALSE, FALSE, sizeof(struct tree_file));
	bool done;

	for (guint k = 0; k < KIND_COUNT; k++) {
		const struct record_type *type = record_type((enum kind)k);
		bool single = k == KIND_NETWORK || record_is_single(type);

		for (guint i = 0; i < records[k]->len; i++) {
			const void *record = g_ptr_array_index(records[k], i);
			struct tree_file file = { (enum kind)k, single ? NULL : RECORD(record)->id,
						  node_from_record(type, record) };
			g_array_append_val(files, file);
		}
	}
	done = network_write(files, into, error);
	for (guint i = 0; i < files->len; i++)
		node_free((struct node *)(gsize)g_array_index(files, struct tree_file, i).node);
	return done;
}

static const struct network *network_new(struct pool *pool, const char *id, const char *name)
{
	struct network *network = pool_alloc(pool, sizeof *network);

	record_clear(record_type(KIND_NETWORK), network);
	network->base.id = pool_text(pool, id);
	network->base.name = pool_text(pool, name);
	for (guint v = 0; v < VOCABULARY_COUNT; v++) {
		struct items *items = &network->vocabularies.of[v];
		struct term *terms = pool_alloc(pool, sizeof *terms * n_common_words);

		items->at = terms;
		for (guint i = 0; i < n_common_words; i++) {
			if (common_words[i].vocabulary == v)
				terms[items->n++] = common_words[i].term;
		}
	}
	return network;
}

bool command_init(struct cli *cli, char ***args, GError **error)
{
	g_autofree char *id = NULL, *name = NULL, *base = NULL;
	const GOptionEntry entries[] = {
		{ "id", 0, 0, G_OPTION_ARG_STRING, &id, N_("Id of the network"), N_("ID") },
		{ "name", 0, 0, G_OPTION_ARG_STRING, &name, N_("Name of the network"), N_("NAME") },
		{ 0 },
	};
	GPtrArray *records[KIND_COUNT];
	struct pool *pool;
	bool done;

	if (!cli_options(cli, entries, args, error))
		return false;
	if (cli->help)
		return true;
	if (!cli_words(cli, *args, 1, 1, error))
		return false;
	base = g_path_get_basename(**args);
	if (!id)
		id = id_from_name(name ? name : base);
	if (!id_is_valid(id)) {
		g_set_error(error, TELAR_ERROR, TELAR_ERROR_USAGE, _("\"%s\" cannot be an id"), id);
		error_add_hint(
			error,
			_("lower-case letters, digits and -, as in red-stem: say it with --id"));
		return false;
	}
	if (cli->dry_run) {
		cli_say(cli, _("%s would be made (--dry-run)"), **args);
		return true;
	}
	pool = pool_new();
	for (guint k = 0; k < KIND_COUNT; k++)
		records[k] = g_ptr_array_new();
	g_ptr_array_add(records[KIND_NETWORK],
			(gpointer)(gsize)network_new(pool, id, name ? name : base));
	done = records_write(records, **args, error);
	for (guint k = 0; k < KIND_COUNT; k++)
		g_ptr_array_unref(records[k]);
	pool_unref(pool);
	if (done) {
		cli_say(cli, _("Written: %s"), **args);
		cli_say(cli,
			_("Its words are in network.yaml. Add to it with: telar new institution -N "
			  "%s name=… sector=…"),
			**args);
	}
	return done;
}

/* Sizes far above any use would only fill the disk. */
static bool options_check(const struct generate_options *options, GError **error)
{
	if (options->institutions > 1000000 || options->territories > 10000 ||
	    options->programmes > 100000 || !(options->degree >= 0 && options->degree <= 1000)) {
		g_set_error(error, TELAR_ERROR, TELAR_ERROR_USAGE,
			    _("A network of that size is not made"));
		error_add_hint(error, _("at most 1000000 institutions, 10000 territories, 100000 "
					"programmes, 1000 ties each"));
		return false;
	}
	return true;
}

static bool generated_write(const struct cli *cli, const char *target, bool store,
			    const struct generate_options *options, GError **error)
{
	GPtrArray *records[KIND_COUNT];
	struct pool *pool = pool_new();
	bool done;

	for (guint k = 0; k < KIND_COUNT; k++)
		records[k] = g_ptr_array_new();
	generate_records(options, pool, records);
	done = store ? network_make_store(records, target, &cli->clock, error)
		     : records_write(records, target, error);
	for (guint k = 0; k < KIND_COUNT; k++)
		g_ptr_array_unref(records[k]);
	pool_unref(pool);
	return done;
}

bool command_generate(struct cli *cli, char ***args, GError **error)
{
	static const char *const shapes[] = { "territories", "grid", "stars", NULL };
	g_autofree char *shape = NULL;
	gboolean store = FALSE;
	gint institutions = 200, territories = 20, programmes = 20, seed = 1;
	gdouble degree = 8;
	const GOptionEntry entries[] = {
		{ "institutions", 0, 0, G_OPTION_ARG_INT, &institutions, N_("How many; 200"),
		  N_("NUMBER") },
		{ "territories", 0, 0, G_OPTION_ARG_INT, &territories, N_("How many; 20"),
		  N_("NUMBER") },
		{ "programmes", 0, 0, G_OPTION_ARG_INT, &programmes, N_("How many; 20"),
		  N_("NUMBER") },
		{ "degree", 0, 0, G_OPTION_ARG_DOUBLE, &degree,
		  N_("Ties of an institution on average; 8"), N_("NUMBER") },
		{ "seed", 0, 0, G_OPTION_ARG_INT, &seed,
		  N_("The same number gives the same network"), N_("NUMBER") },
		{ "shape", 0, 0, G_OPTION_ARG_STRING, &shape, N_("territories, grid or stars"),
		  N_("SHAPE") },
		{ "store", 0, 0, G_OPTION_ARG_NONE, &store,
		  N_("One file, a store by itself, and no directory"), NULL },
		{ 0 },
	};
	struct generate_options options = { 0 };

	if (!cli_options(cli, entries, args, error))
		return false;
	if (cli->help)
		return true;
	if (!cli_words(cli, *args, 1, 1, error) ||
	    (shape && (cli_choice("--shape", shape, shapes, error) < 0 ||
		       !generate_shape_parse(shape, &options.shape))))
		return false;
	options.institutions = (guint)institutions;
	options.territories = (guint)territories;
	options.programmes = (guint)programmes;
	options.degree = degree;
	options.seed = (guint32)seed;
	if (!options_check(&options, error))
		return false;
	if (cli->dry_run) {
		cli_say(cli, _("%s would be made (--dry-run)"), **args);
		return true;
	}
	if (!generated_write(cli, **args, store, &options, error))
		return false;
	cli_say(cli, _("Written: %s, a synthetic network of %d institutions"), **args,
		institutions);
	return true;
}

bool command_schema(struct cli *cli, char ***args, GError **error)
{
	g_autoptr(GPtrArray) names = g_ptr_array_new();
	g_autofree char *text = NULL;
	enum kind kind;

	if (!cli_options(cli, NULL, args, error))
		return false;
	if (cli->help)
		return true;
	if (!cli_words(cli, *args, 1, 1, error))
		return false;
	for (guint k = 0; k < KIND_COUNT; k++)
		g_ptr_array_add(names, (gpointer)(guintptr)record_type((enum kind)k)->name);
	g_ptr_array_add(names, NULL);
	if (cli_choice("schema", **args, (const char *const *)names->pdata, error) < 0 ||
	    !kind_parse(**args, &kind))
		return false;
	text = schema_json(kind);
	out_text(&cli->out, text);
	return true;
}
