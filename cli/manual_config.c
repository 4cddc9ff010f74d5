/*
 * telar-config(5) and docs/keys.md: every setting, every key and every line of the
 * app's command line, from their tables.
 */
#include "cli/manual.h"

#include "tui/config.h"
#include "tui/verb.h"

#include <string.h>

#include <glib/gi18n.h>

/* "one of: a, b, c"; "" where anything may stand.  Caller frees. */
static char *choices_of(const struct field *field)
{
	g_autoptr(GString) out = g_string_new(NULL);

	for (const struct choice *choice = field->choices; choice && choice->id; choice++)
		g_string_append_printf(out, "%s%s", out->len > 0 ? ", " : "", choice->id);
	return g_string_free(g_steal_pointer(&out), FALSE);
}

static void write_setting(GString *page, enum setting setting)
{
	const struct field *field = setting_field(setting);
	g_autofree char *choices = choices_of(field), *variable = setting_variable(setting);
	g_autofree char *which = g_strdup_printf(_("One of %s"), choices);
	g_autofree char *standard =
		g_strdup_printf(_("Unless it is set: %s. In the environment: %s"),
				setting_default(setting), variable);

	g_string_append_printf(page, "*%s*\n\t", field->key);
	manual_sentence(page, _(field->help));
	g_string_append_c(page, ' ');
	if (*choices) {
		manual_sentence(page, which);
		g_string_append_c(page, ' ');
	}
	if (*setting_default(setting))
		manual_sentence(page, standard);
	else
		manual_sentence(page, variable);
	if (setting_network_may(setting)) {
		g_string_append_c(page, ' ');
		manual_sentence(page, _("A network may set it for its readers"));
	}
	g_string_append(page, "\n\n");
}

static void heading(GString *page, const char *text)
{
	g_string_append_printf(page, "# %s\n\n", text);
}

static void paragraph(GString *page, const char *text)
{
	manual_text(page, text);
	g_string_append(page, "\n\n");
}

/* Where an action works: everywhere, or the views.  Caller frees. */
static char *places_of(const struct binding *binding)
{
	g_autoptr(GString) out = g_string_new(NULL);
	const struct view_ops *const *views;
	guint n;

	if (binding->scope & SCOPE_ANY)
		return g_strdup(_("everywhere"));
	views = app_views(&n);
	for (guint i = 0; i < n; i++)
		if (views[i]->scopes & binding->scope)
			g_string_append_printf(out, "%s%s", out->len > 0 ? ", " : "",
					       _(views[i]->title));
	return g_string_free(g_steal_pointer(&out), FALSE);
}

static void write_keys(GString *page)
{
	struct keymap map;

	keymap_init(&map);
	for (guint i = ACTION_NONE + 1; i < ACTION_COUNT; i++) {
		const struct binding *binding = binding_of((enum action)i);
		g_autofree char *keys = keymap_text(&map, binding->action);
		g_autofree char *places = places_of(binding);
		g_autofree char *text =
			g_strdup_printf("%s (%s; %s)", _(binding->label), binding->name, places);

		g_string_append_c(page, '*');
		manual_text(page, keys);
		g_string_append(page, "*\n\t");
		manual_sentence(page, text);
		g_string_append(page, "\n\n");
	}
}

static void write_verbs(GString *page)
{
	const struct verb *verbs;
	guint n;

	verbs = verb_table(&n);
	for (guint i = 0; i < n; i++) {
		g_string_append_printf(page, "*:%s* ", verb_name(&verbs[i]));
		if (verbs[i].usage[0])
			manual_text(page, _(verbs[i].usage));
		g_string_append(page, "\n\t");
		manual_sentence(page, _(verbs[i].summary));
		g_string_append(page, "\n\n");
	}
}

void manual_config(GString *page)
{
	static const char *const see[] = { "*telar*(1)", NULL };

	manual_head(page, "telar-config", 5);
	heading(page, _("NAME"));
	g_string_append(page, "telar-config - ");
	manual_text(page, _("settings and keys of telar"));
	g_string_append(page, "\n\n");
	heading(page, _("FILES"));
	paragraph(page,
		  _("A value stands in the first of these that has one: options of the command "
		    "line, the environment, .telar.yaml in the directory of the network, "
		    "$XDG_CONFIG_HOME/telar/config.yaml (else ~/.config/telar/config.yaml), "
		    "/etc/telar/config.yaml. The files are YAML. A mistake in one is told with "
		    "its place; commands then end with 78, and the screen opens and says so. The "
		    "file of a network is somebody else's: it sets looks only, and its mistakes "
		    "are warnings."));
	g_string_append(page,
			"```\ntheme: dark\nkeys:\n  sort: [o, F2]\n  delete: [none]\n```\n\n");
	heading(page, _("SETTINGS"));
	for (guint i = 0; i < SETTING_COUNT; i++)
		write_setting(page, (enum setting)i);
	heading(page, _("KEYS"));
	paragraph(page,
		  _("With the name under which \"keys\" gives an action other keys. Keys are "
		    "single characters, ^A to ^Z, Enter, Esc, Tab, BackTab, Space, Up, Down, "
		    "Left, Right, Home, End, PgUp, PgDn, Del, Backspace, F1 and F2. A key that "
		    "is given to an action is taken from the others that work in the same view; "
		    "one given twice is a mistake."));
	write_keys(page);
	heading(page, _("COMMAND LINE OF THE SCREEN"));
	paragraph(page, _("Behind a colon. The name of every action is a command too."));
	write_verbs(page);
	manual_see(page, see);
}

/* A cell of a table in Markdown. */
static void cell(GString *page, const char *text)
{
	g_string_append(page, "| ");
	for (; *text; text++) {
		if (strchr("|*_<>`\\", *text))
			g_string_append_c(page, '\\');
		g_string_append_c(page, *text);
	}
	g_string_append_c(page, ' ');
}

void manual_keys(GString *page)
{
	const struct verb *verbs;
	struct keymap map;
	guint n;

	keymap_init(&map);
	g_string_append_printf(page, "# %s\n\n%s\n\n", _("Keys"),
			       _("Made by `make docs` from the tables of the program."));
	g_string_append_printf(page, "| %s | %s | %s | %s |\n|---|---|---|---|\n", _("Keys"),
			       _("What it does"), _("Name"), _("Where"));
	for (guint i = ACTION_NONE + 1; i < ACTION_COUNT; i++) {
		const struct binding *binding = binding_of((enum action)i);
		g_autofree char *keys = keymap_text(&map, binding->action);
		g_autofree char *places = places_of(binding);

		const char *note = binding_note(binding->action);
		g_autofree char *what =
			note == NULL ? g_strdup(_(binding->label))
				     : g_strdup_printf("%s; %s", _(binding->label), _(note));

		cell(page, keys);
		cell(page, what);
		cell(page, binding->name);
		cell(page, places);
		g_string_append(page, "|\n");
	}
	g_string_append_printf(page, "\n# %s\n\n| %s | %s |\n|---|---|\n", _("Command line"),
			       _("Line"), _("What it does"));
	verbs = verb_table(&n);
	for (guint i = 0; i < n; i++) {
		g_autofree char *line = g_strdup_printf(":%s %s", verb_name(&verbs[i]),
							verbs[i].usage[0] ? _(verbs[i].usage) : "");

		cell(page, g_strchomp(line));
		cell(page, _(verbs[i].summary));
		g_string_append(page, "|\n");
	}
}
