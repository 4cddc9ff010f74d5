#include "tui/config_table.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <gio/gio.h>
#include <glib/gi18n.h>

#include "base/errors.h"
#include "base/start.h"
#include "base/text.h"
#include "data/path.h"
#include "data/yaml/yaml_file.h"

/*
 * Reading and writing settings.  They are a record like any other (config_table.c
 * has its fields), so that reading, checking and patching are those of entries.
 * What a setting does is the business of whoever asks for it.
 */
#define FILE_MAX (64 * 1024)

struct layer {
	char *file; /* or NULL */
	struct config_values values;
	struct findings *findings;
};

struct config {
	struct pool *pool;
	struct layer layers[CONFIG_LAYERS];
	struct findings *all; /* of every layer */
};

static void layer_clear(struct layer *layer)
{
	record_clear(config_type(), &layer->values);
	findings_free(layer->findings);
	layer->findings = findings_new();
}

static void findings_gather(struct config *config)
{
	findings_free(config->all);
	config->all = findings_new();
	for (guint i = 0; i < CONFIG_LAYERS; i++) {
		const GPtrArray *from = config->layers[i].findings->all;

		for (guint k = 0; k < from->len; k++) {
			const struct finding *f = g_ptr_array_index(from, k);

			findings_add(config->all, f->severity, f->file, f->line, f->col, f->span,
				     f->code, f->message, f->hint, f->source);
		}
	}
}

/* The whole file; NULL without a finding when there is none. */
static char *file_read(const char *path, bool follow, gsize *length, struct findings *findings)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | (follow ? 0 : O_NOFOLLOW));
	g_autofree char *text = g_malloc(FILE_MAX + 1);
	struct stat status;
	ssize_t got;

	*length = 0;
	if (fd < 0) {
		if (errno != ENOENT && errno != ENOTDIR)
			findings_add(findings, SEVERITY_WARNING, path, 0, 0, 0, "unreadable",
				     g_strerror(errno), NULL, NULL);
		return NULL;
	}
	if (fstat(fd, &status) != 0 || !S_ISREG(status.st_mode) || status.st_size > FILE_MAX) {
		findings_add(findings, SEVERITY_WARNING, path, 0, 0, 0, "unreadable",
			     _("this is no file of settings"), NULL, NULL);
		close(fd);
		return NULL;
	}
	while (*length <= FILE_MAX && (got = read(fd, text + *length, FILE_MAX - *length)) > 0)
		*length += (gsize)got;
	close(fd);
	text[*length] = '\0';
	return g_steal_pointer(&text);
}

/* Nothing but comments and blank lines: a file that says nothing yet. */
static bool is_blank(const char *text)
{
	g_auto(GStrv) lines = g_strsplit(text, "\n", -1);

	for (char **line = lines; *line != NULL; line++) {
		const char *start = g_strstrip(*line);

		if (*start != '\0' && *start != '#')
			return false;
	}
	return true;
}

static void take(struct config_values *to, const struct config_values *from)
{
	for (guint i = 0; i < SETTING_COUNT; i++)
		if (from->of[i] != NULL)
			to->of[i] = from->of[i];
	for (guint i = 0; i < ACTION_COUNT; i++)
		if (from->keys.of[i] != NULL)
			to->keys.of[i] = from->keys.of[i];
}

/* What is wrong in a file of settings is an error, but in a network's: that is a stranger's. */
static void findings_judge(struct findings *to, const struct findings *from, bool stranger)
{
	for (guint i = 0; i < from->all->len; i++) {
		const struct finding *f = g_ptr_array_index(from->all, i);
		bool unknown = strcmp(f->code, "unknown-key") == 0;
		const char *comma = f->hint == NULL ? NULL : strchr(f->hint, '?');
		g_autofree char *hint =
			unknown && comma ? g_strndup(f->hint, (gsize)(comma + 1 - f->hint))
			: unknown	 ? g_strdup(_("\"telar config\" lists the settings"))
					 : g_strdup(f->hint);

		findings_add(to, stranger ? SEVERITY_WARNING : SEVERITY_ERROR, f->file, f->line,
			     f->col, f->span, f->code, f->message, hint, f->source);
	}
}

/* Key by key, so that one mistake does not take the others with it. */
static void layer_take(struct config *config, struct layer *layer, const struct node *child,
		       const struct check *check, bool stranger)
{
	struct findings *found = findings_new();
	struct node *single = node_map();
	const struct config_values *values;
	enum setting setting;
	bool may;

	node_append(single, child->key, node_copy(child));
	values = node_to_record(config_type(), single, check, layer->file, config->pool, found);
	may = !stranger || (setting_find(child->key, &setting) && setting_network_may(setting));
	if (!may && record_field(config_type(), child->key) != NULL)
		findings_add(layer->findings, SEVERITY_WARNING, layer->file, child->key_start.line,
			     child->key_start.col, (guint)strlen(child->key), "not-here",
			     _("a network does not decide this: it is ignored"),
			     _("it belongs into your own settings: telar config set"), NULL);
	else
		findings_judge(layer->findings, found, stranger);
	if (values != NULL && may)
		take(&layer->values, values);
	node_free(single);
	findings_free(found);
}

static bool has_word(const char *const *words, const char *word)
{
	for (; *words != NULL; words++)
		if (key_parse(*words) != 0 && key_parse(*words) == key_parse(word))
			return true;
	return false;
}

/* Two actions that were given one key where both work. */
static void keys_check(struct layer *layer, const struct node *root)
{
	const struct node *group = node_get(root, "keys");

	for (guint i = 0; i < ACTION_COUNT; i++) {
		const char *const *words = layer->values.keys.of[i];

		for (; words != NULL && *words != NULL; words++) {
			for (guint k = 0; k < i; k++) {
				const char *const *others = layer->values.keys.of[k];
				const struct node *node;

				if (others == NULL || !has_word(others, *words) ||
				    !actions_meet((enum action)i, (enum action)k))
					continue;
				node = node_get(group, binding_of((enum action)i)->name);
				g_autofree char *message =
					g_strdup_printf(_("the key %s is given to %s and to %s"),
							*words, binding_of((enum action)k)->name,
							binding_of((enum action)i)->name);

				findings_add(layer->findings, SEVERITY_ERROR, layer->file,
					     node == NULL ? 0 : node->start.line,
					     node == NULL ? 0 : node->start.col, 0, "conflict",
					     message, _("give one of them another key"), NULL);
			}
		}
	}
}

static void layer_read(struct config *config, enum config_layer which)
{
	struct layer *layer = &config->layers[which];
	bool stranger = which == CONFIG_NETWORK;
	struct findings *found = findings_new();
	g_autofree char *text = NULL;
	struct node *root = NULL;
	gsize length = 0;

	layer_clear(layer);
	if (layer->file != NULL)
		text = file_read(layer->file, !stranger, &length, layer->findings);
	if (text != NULL && !is_blank(text)) {
		struct check check = { .text = text, .length = length };

		root = yaml_read(text, length, layer->file, found);
		findings_judge(layer->findings, found, stranger);
		for (guint i = 0; root != NULL && i < root->children->len; i++)
			layer_take(config, layer, g_ptr_array_index(root->children, i), &check,
				   stranger);
		if (root != NULL)
			keys_check(layer, root);
	}
	node_free(root);
	findings_free(found);
	findings_gather(config);
}

/* "keys.sort" and the like into a tree that holds only that. */
static struct node *tree_of(const char *key, const char *text, GError **error)
{
	const struct field *field = path_field(config_type(), key, NULL);
	struct node *root, *value;
	g_auto(GStrv) words = NULL;

	if (field == NULL || field->type == FIELD_GROUP) {
		g_autoptr(GPtrArray) names = g_ptr_array_new();
		const struct record_type *type = config_type();
		const char *dot = g_str_has_prefix(key, "keys.") ? key + 5 : NULL;
		g_autofree char *hint = NULL;
		const char *near;

		if (dot != NULL)
			type = record_field(type, "keys")->sub;
		for (guint i = 0; i < type->n_fields; i++)
			g_ptr_array_add(names, (gpointer)(guintptr)type->fields[i].key);
		g_ptr_array_add(names, NULL);
		near = text_nearest(dot == NULL ? key : dot, (const char *const *)names->pdata);
		g_set_error(error, TELAR_ERROR, TELAR_ERROR_CONFIG, _("There is no setting \"%s\""),
			    key);
		hint = near == NULL ? g_strdup(_("\"telar config\" lists the settings"))
				    : g_strdup_printf(_("did you mean \"%s%s\"?"),
						      dot == NULL ? "" : "keys.", near);
		error_add_hint(error, hint);
		return NULL;
	}
	value = node_scalar(text);
	if (field->flags & FIELD_MANY) {
		node_free(value);
		value = node_list();
		words = g_strsplit_set(text, " \t", -1);
		for (guint i = 0; words[i] != NULL; i++)
			if (words[i][0] != '\0')
				node_append(value, NULL, node_scalar(words[i]));
	}
	root = node_map();
	if (node_put(config_type(), root, key, -1, value, error))
		return root;
	node_free(root);
	return NULL;
}

/* The values of a tree; NULL with the first thing that is wrong with it. */
static const struct config_values *values_of(struct pool *pool, const char *key,
					     const struct node *root, GError **error)
{
	struct findings *found = findings_new();
	const struct config_values *values =
		node_to_record(config_type(), root, NULL, NULL, pool, found);

	if (values == NULL || found->all->len > 0) {
		const struct finding *f = g_ptr_array_index(found->all, 0);

		g_set_error(error, TELAR_ERROR, TELAR_ERROR_CONFIG, "%s: %s", key, f->message);
		error_add_hint(error, f->hint);
		values = NULL;
	}
	findings_free(found);
	return values;
}

static void unset(struct config_values *values, const char *key)
{
	const struct binding *binding =
		g_str_has_prefix(key, "keys.") ? binding_named(key + 5) : NULL;
	enum setting setting;

	if (binding != NULL)
		values->keys.of[binding->action] = NULL;
	else if (setting_find(key, &setting))
		values->of[setting] = NULL;
}

static bool set(struct config *config, struct config_values *to, const char *key, const char *text,
		GError **error)
{
	struct node *root = tree_of(key, text == NULL ? "" : text, error);
	const struct config_values *values =
		root == NULL || text == NULL ? NULL : values_of(config->pool, key, root, error);
	bool known = root != NULL;

	node_free(root);
	if (known && text == NULL)
		unset(to, key);
	if (values != NULL)
		take(to, values);
	return values != NULL || (known && text == NULL);
}

static void environment_read(struct config *config)
{
	struct layer *layer = &config->layers[CONFIG_ENVIRONMENT];

	for (guint i = 0; i < SETTING_COUNT; i++) {
		g_autofree char *variable = setting_variable(i);
		const char *text = start_env(variable);
		g_autoptr(GError) error = NULL;
		g_autofree char *what = NULL, *hint = NULL;

		/* A path that is not there is told by who opens it. */
		if (text == NULL ||
		    set(config, &layer->values, setting_field(i)->key, text, &error))
			continue;
		error_split(error, &what, &hint);
		findings_add(layer->findings, SEVERITY_ERROR, variable, 0, 0, 0, "environment",
			     what, hint, NULL);
	}
	findings_gather(config);
}

struct config *config_new(const char *system_file, const char *user_file, bool environment)
{
	struct config *config = g_new0(struct config, 1);

	config->pool = pool_new();
	for (guint i = 0; i < CONFIG_LAYERS; i++)
		layer_clear(&config->layers[i]);
	config->layers[CONFIG_SYSTEM].file = g_strdup(system_file);
	config->layers[CONFIG_USER].file = g_strdup(user_file);
	layer_read(config, CONFIG_SYSTEM);
	layer_read(config, CONFIG_USER);
	if (environment)
		environment_read(config);
	return config;
}

void config_free(struct config *config)
{
	if (config == NULL)
		return;
	for (guint i = 0; i < CONFIG_LAYERS; i++) {
		g_free(config->layers[i].file);
		findings_free(config->layers[i].findings);
	}
	findings_free(config->all);
	pool_unref(config->pool);
	g_free(config);
}

char *config_user_file(void)
{
	return g_build_filename(g_get_user_config_dir(), "telar", "config.yaml", NULL);
}

const char *config_file(const struct config *config)
{
	return config->layers[CONFIG_USER].file;
}

void config_read_network(struct config *config, const char *directory)
{
	struct layer *layer = &config->layers[CONFIG_NETWORK];

	g_free(layer->file);
	layer->file =
		directory == NULL ? NULL : g_build_filename(directory, CONFIG_NETWORK_FILE, NULL);
	layer_read(config, CONFIG_NETWORK);
}

static enum config_layer config_source(const struct config *config, enum setting setting)
{
	for (guint i = CONFIG_LAYERS - 1; config != NULL && i >= CONFIG_SYSTEM; i--)
		if (config->layers[i].values.of[setting] != NULL)
			return (enum config_layer)i;
	return CONFIG_DEFAULT;
}

char *config_source_text(const struct config *config, enum setting setting)
{
	enum config_layer layer = config_source(config, setting);

	if (layer == CONFIG_DEFAULT)
		return g_strdup(_("as it comes"));
	if (layer == CONFIG_ENVIRONMENT)
		return setting_variable(setting);
	if (layer == CONFIG_FLAGS)
		return g_strdup(_("for this time"));
	return g_strdup(config->layers[layer].file);
}

const char *config_get(const struct config *config, enum setting setting)
{
	enum config_layer layer = config_source(config, setting);

	return layer == CONFIG_DEFAULT ? setting_default(setting)
				       : config->layers[layer].values.of[setting];
}

char config_separator(const struct config *config)
{
	return config_is(config, SETTING_SEPARATOR, "semicolon") ? ';'
	       : config_is(config, SETTING_SEPARATOR, "tab")	 ? '\t'
	       : config_is(config, SETTING_SEPARATOR, "bar")	 ? '|'
								 : ',';
}

bool config_is(const struct config *config, enum setting setting, const char *value)
{
	return strcmp(config_get(config, setting), value) == 0;
}

const char *const *config_keys(const struct config *config, enum action action)
{
	for (guint i = CONFIG_LAYERS - 1; config != NULL && i >= CONFIG_SYSTEM; i--)
		if (config->layers[i].values.keys.of[action] != NULL)
			return config->layers[i].values.keys.of[action];
	return NULL;
}

void config_keymap(const struct config *config, struct keymap *map)
{
	keymap_init(map);
	for (guint i = 0; i < ACTION_COUNT; i++) {
		const char *const *words = config_keys(config, (enum action)i);

		if (words != NULL)
			keymap_bind(map, (enum action)i, words);
	}
}

const struct findings *config_findings(const struct config *config)
{
	return config->all;
}

bool config_check(const struct config *config, GError **error)
{
	for (guint i = 0; i < config->all->all->len; i++) {
		const struct finding *f = g_ptr_array_index(config->all->all, i);

		if (f->severity != SEVERITY_ERROR)
			continue;
		if (f->line > 0)
			g_set_error(error, TELAR_ERROR, TELAR_ERROR_CONFIG, "%s:%u:%u: %s", f->file,
				    f->line, f->col, f->message);
		else
			g_set_error(error, TELAR_ERROR, TELAR_ERROR_CONFIG, "%s: %s", f->file,
				    f->message);
		error_add_hint(error, f->hint);
		return false;
	}
	return true;
}

bool config_accepts(const char *key, const char *text, GError **error)
{
	struct node *root = tree_of(key, text, error);
	struct pool *pool = pool_new();
	bool good = root != NULL && (text[0] == '\0' || values_of(pool, key, root, error) != NULL);

	node_free(root);
	pool_unref(pool);
	return good;
}

bool config_set(struct config *config, const char *key, const char *text, GError **error)
{
	return set(config, &config->layers[CONFIG_FLAGS].values, key, text, error);
}

/* A link to where the settings really are stays a link. */
static char *file_target(const char *file)
{
	char *real = realpath(file, NULL);
	char *out = g_strdup(real == NULL ? file : real);

	free(real);
	return out;
}

static bool file_write(const char *file, const char *text, GError **error)
{
	g_autofree char *folder = g_path_get_dirname(file);
	g_autoptr(GError) why = NULL;

	if (g_mkdir_with_parents(folder, 0700) == 0 &&
	    g_file_set_contents_full(file, text, -1, G_FILE_SET_CONTENTS_CONSISTENT, 0644, &why))
		return true;
	g_set_error(error, TELAR_ERROR, TELAR_ERROR_CANNOT_CREATE,
		    _("The settings cannot be written to %s: %s"), file,
		    why == NULL ? g_strerror(errno) : why->message);
	return false;
}

/* What the file would be with the value put in. */
static char *file_with(const char *text, gsize length, const char *key, const struct node *tree,
		       bool remove, GError **error)
{
	g_autoptr(GString) out = g_string_new(NULL);
	g_autofree char *fresh = NULL;

	if (is_blank(text)) {
		fresh = remove ? g_strdup("") : yaml_emit(config_type(), tree);
		return g_strconcat(text, fresh, NULL);
	}
	if (remove) {
		struct findings *found = findings_new();
		struct node *root = yaml_read(text, length, "", found);
		bool there = root != NULL && node_find(config_type(), root, key) != NULL;

		node_free(root);
		findings_free(found);
		if (!there)
			return g_strdup(text);
	}
	if (!yaml_patch(config_type(), text, length, key, -1,
			remove ? NULL : node_find(config_type(), tree, key), out, error))
		return NULL;
	return g_strdup(out->str);
}

bool config_save(struct config *config, const char *key, const char *text, GError **error)
{
	struct layer *layer = &config->layers[CONFIG_USER];
	g_autofree char *file = layer->file == NULL ? NULL : file_target(layer->file);
	struct findings *found = findings_new();
	struct node *tree = tree_of(key, text == NULL ? "" : text, error);
	g_autofree char *before = NULL, *after = NULL;
	gsize length = 0;
	bool good = tree != NULL && file != NULL &&
		    (text == NULL || values_of(config->pool, key, tree, error) != NULL);

	if (good)
		before = file_read(file, true, &length, found);
	if (good && found->all->len > 0) {
		const struct finding *f = g_ptr_array_index(found->all, 0);

		g_set_error(error, TELAR_ERROR, TELAR_ERROR_CONFIG, "%s: %s", file, f->message);
		good = false;
	}
	if (good)
		after = file_with(before == NULL ? "" : before, length, key, tree, text == NULL,
				  error);
	good = after != NULL && file_write(file, after, error);
	if (good) {
		/* What was only for this time gives way to what is kept. */
		unset(&config->layers[CONFIG_FLAGS].values, key);
		layer_read(config, CONFIG_USER);
	}
	node_free(tree);
	findings_free(found);
	return good;
}
