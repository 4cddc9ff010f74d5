#include "tui/app.h"

#include <string.h>

/* What app_update() asks for, as values, and the subjects that name records.  Carrying them out is
 * session.c's. */
static void effect_free(gpointer data)
{
	struct effect *effect = data;

	change_free(effect->change);
	g_free(effect->text);
	g_free(effect->path);
	g_free(effect->filter);
	g_free(effect);
}

void effects_init(struct effects *effects)
{
	effects->all = g_ptr_array_new_with_free_func(effect_free);
}

void effects_release(struct effects *effects)
{
	g_clear_pointer(&effects->all, g_ptr_array_unref);
}

struct effect *effects_add(struct effects *effects, enum effect_type type)
{
	struct effect *effect = g_new0(struct effect, 1);

	effect->type = type;
	g_ptr_array_add(effects->all, effect);
	return effect;
}

char *subject_new(enum kind kind, const char *id)
{
	return g_strdup_printf("%s/%s", record_type(kind)->name, id == NULL ? "" : id);
}

bool subject_parse(const char *subject, enum kind *kind, const char **id)
{
	const char *slash = subject == NULL ? NULL : strchr(subject, '/');
	g_autofree char *name = NULL;

	if (slash == NULL)
		return false;
	name = g_strndup(subject, (gsize)(slash - subject));
	if (!kind_parse(name, kind))
		return false;
	*id = slash + 1;
	return true;
}
