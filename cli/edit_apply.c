/*
 * A change on its way through the one door, and in words.
 */
#include "cli/edit.h"

#include "base/errors.h"

#include <string.h>

#include <glib/gi18n.h>

char *edit_op_text(const struct op *op)
{
	const char *id = op->id;

	switch (op->verb) {
	case OP_SET:
		return g_strdup_printf("%s: %s: %s → %s", id, op->path,
				       op->old_text ? op->old_text : _("(empty)"),
				       op->new_text ? op->new_text : _("(empty)"));
	case OP_INSERT:
		return g_strdup_printf("%s: %s + %s", id, op->path, op->new_text);
	case OP_REMOVE:
		return op->old_text ? g_strdup_printf("%s: %s - %s", id, op->path, op->old_text)
				    : g_strdup_printf("%s: %s -", id, op->path);
	case OP_CREATE:
		return g_strdup_printf(_("%s: new"), id);
	case OP_DELETE:
		return g_strdup_printf(_("%s: deleted"), id);
	}
	return g_strdup(id);
}

static void op_json(struct json *json, const struct op *op)
{
	g_autofree char *old = op_public_text(op, op->old_text);
	g_autofree char *new = op_public_text(op, op->new_text);

	json_open_object(json);
	json_put_string(json, "verb", op_verb_name(op->verb));
	json_put_string(json, "kind", record_type(op->kind)->name);
	json_put_string(json, "id", op->id);
	if (op->path && *op->path)
		json_put_string(json, "path", op->path);
	json_put_string_if(json, "old", old);
	json_put_string_if(json, "new", new);
	json_close_object(json);
}

void edit_json(struct json *json, const struct change *change)
{
	char at[CLOCK_TEXT_SIZE];

	json_open_object(json);
	if (change->id)
		json_put_integer(json, "change", change->id);
	if (change->at)
		json_put_string(json, "at", clock_format(change->at, at));
	json_put_string_if(json, "actor", change->actor);
	json_put_string_if(json, "summary", change->summary);
	if (change->undoes)
		json_put_integer(json, "undoes", change->undoes);
	if (change->undone_by)
		json_put_integer(json, "undone_by", change->undone_by);
	json_key(json, "ops");
	json_open_array(json);
	for (guint i = 0; i < change->ops->len; i++)
		op_json(json, g_ptr_array_index(change->ops, i));
	json_close_array(json);
	json_close_object(json);
}

void edit_print_json(const struct cli *cli, const struct change *change)
{
	GString *text = g_string_new(NULL);
	struct json json;

	json_init(&json, text, true);
	edit_json(&json, change);
	cli_print_json(cli, text);
}

/* The first error becomes ours; the others are said before it. */
static void findings_to_error(const struct cli *cli, const struct findings *findings,
			      GError **error)
{
	const struct finding *first = NULL;

	for (guint i = 0; i < findings->all->len; i++) {
		const struct finding *finding = g_ptr_array_index(findings->all, i);
		if (finding->severity != SEVERITY_ERROR)
			continue;
		if (first)
			cli_say(cli, "telar: %s", finding->message);
		else
			first = finding;
	}
	g_set_error_literal(error, TELAR_ERROR, TELAR_ERROR_FINDINGS,
			    first ? first->message : _("The entry would have errors"));
	error_add_hint(error, first ? first->hint : NULL);
}

static bool would_do(const struct cli *cli, const struct change *change)
{
	if (cli->json)
		edit_print_json(cli, change);
	bool idle = true;
	for (guint i = 0; i < change->ops->len; i++) {
		const struct op *op = g_ptr_array_index(change->ops, i);
		g_autofree char *text = edit_op_text(op);

		if (op->verb == OP_SET && !g_strcmp0(op->old_text, op->new_text))
			continue;
		idle = false;
		if (!cli->json)
			out_printf(&cli->out, "%s\n", text);
	}
	if (idle)
		cli_say(cli, _("All of it stands there already"));
	cli_say(cli, _("Nothing was written (--dry-run)"));
	return true;
}

/* What is there now, and how the new value will be written, so that a dry run can show it. */
static void old_texts_fill(const struct cli *cli, struct change *change)
{
	for (guint i = 0; i < change->ops->len; i++) {
		struct op *op = g_ptr_array_index(change->ops, i);
		const void *record = model_get(cli->model, op->kind, op->id);
		struct op copy = *op;
		struct node *root, *after = NULL;

		if (!record || op->verb != OP_SET)
			continue;
		copy.id = g_strdup(op->id);
		copy.path = g_strdup(op->path);
		copy.old_text = NULL;
		copy.new_text = g_strdup(op->new_text);
		root = node_from_record(record_type(op->kind), record);
		if (op_apply(&copy, root, &after, NULL)) {
			op->old_text = g_steal_pointer(&copy.old_text);
			g_free(op->new_text);
			op->new_text = g_steal_pointer(&copy.new_text);
			node_free(after);
		}
		g_free(copy.id);
		g_free(copy.path);
		g_free(copy.old_text);
		g_free(copy.new_text);
	}
}

void edit_say(const struct cli *cli, const struct change *change)
{
	g_autofree char *number = g_strdup_printf("%" G_GINT64_FORMAT, change->id);

	if (cli->json)
		edit_print_json(cli, change);
	if (change->id == 0) {
		cli_say(cli, _("Nothing has changed"));
		return;
	}
	/* As the log will call it: with names, in the reader's language. */
	g_autofree char *what = change_text(workspace_model(cli->workspace), change);
	cli_say(cli, _("Saved as change %s: %s"), number, what);
}

bool edit_apply(struct cli *cli, struct change *change, GError **error)
{
	struct findings *findings = findings_new();
	bool fine = workspace_check(cli->workspace, change, findings, error);

	if (fine && findings->errors > 0) {
		findings_to_error(cli, findings, error);
		fine = false;
	}
	for (guint i = 0; fine && i < findings->all->len; i++) {
		const struct finding *finding = g_ptr_array_index(findings->all, i);
		cli_say(cli, _("Note: %s"), finding->message);
	}
	findings_free(findings);
	if (!fine)
		return false;
	if (cli->dry_run) {
		old_texts_fill(cli, change);
		return would_do(cli, change);
	}
	if (!workspace_apply(cli->workspace, change, error))
		return false;
	edit_say(cli, change);
	return true;
}
