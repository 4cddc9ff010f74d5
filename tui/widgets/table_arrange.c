#include "tui/widgets/table.h"

#include <string.h>

/*
 * Columns and order of a table as a line of text, for what is remembered from one
 * session to the next.  Names that no column has any more are passed over.
 */
char *tableview_arrangement(const struct tableview *table)
{
	GString *out = g_string_new(NULL);

	for (guint i = 0; i < table->n_columns; i++)
		if (table->chosen[i])
			g_string_append_printf(out, "%s%s", out->len > 0 ? "," : "",
					       table->columns[i].key);
	if (table->sort >= 0)
		g_string_append_printf(out, " %s%s", table->columns[table->sort].key,
				       table->reverse ? "-" : "+");
	return g_string_free(out, FALSE);
}

static int column_of(const struct tableview *table, const char *key)
{
	for (guint i = 0; i < table->n_columns; i++)
		if (g_strcmp0(table->columns[i].key, key) == 0)
			return (int)i;
	return -1;
}

void tableview_arrange(struct tableview *table, const char *arrangement)
{
	g_auto(GStrv) parts = g_strsplit(arrangement == NULL ? "" : arrangement, " ", 2);
	g_auto(GStrv) keys = parts[0] == NULL ? NULL : g_strsplit(parts[0], ",", -1);
	gsize length = parts[0] == NULL || parts[1] == NULL ? 0 : strlen(parts[1]);
	bool any = false;
	int sort;

	for (guint k = 0; keys != NULL && keys[k] != NULL; k++)
		any = any || column_of(table, keys[k]) >= 0;
	for (guint i = 0; any && i < table->n_columns; i++)
		table->chosen[i] =
			i == 0 || g_strv_contains((const char *const *)keys, table->columns[i].key);
	if (length < 2)
		return;
	table->reverse = parts[1][length - 1] == '-';
	parts[1][length - 1] = '\0';
	sort = column_of(table, parts[1]);
	if (sort >= 0)
		table->sort = sort;
}
