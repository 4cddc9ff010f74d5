/* From an op on a record to a patch of its file's text. */
#include "data/workspace/private.h"

#include "data/path.h"
#include "data/yaml/yaml_file.h"

static bool value_of(const struct op *op, struct node **out, GError **error)
{
	const struct field *field = path_field(record_type(op->kind), op->path, NULL);

	*out = NULL;
	if (op->verb == OP_REMOVE || !op->new_text)
		return true;
	if (op->verb == OP_SET && field && !(field->flags & FIELD_MANY))
		*out = node_scalar(op->new_text);
	else
		*out = node_from_json(op->new_text, error);
	return *out != NULL;
}

bool patch_text(const struct op *op, const struct node *after, const char *text, gsize length,
		GString *out, GError **error)
{
	const struct record_type *type = record_type(op->kind);
	struct node *value = NULL;

	if (!value_of(op, &value, error))
		return false;
	g_autofree char *path = op_target(op, after);
	int position = op->verb == OP_INSERT ? op->position : -1;
	bool good = yaml_patch(type, text, length, path, position, value, out, error);
	node_free(value);
	return good;
}
