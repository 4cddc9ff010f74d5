#include "tui/session.h"

#include <string.h>

#include <glib/gi18n.h>

#include "base/errors.h"
#include "base/start.h"
#include "tui/ask.h"
#include "tui/config.h"

/*
 * A setting changed while the program runs, and what has to be made anew after it.
 * What may be set, and where that is kept, is config.c.
 */
/*
 * Everything that holds words of the former language is made anew; until that is there
 * no sentence of the former study stands among words of the other language.
 */
static void language_changed(struct session *session)
{
	app_keep_filters(session->app, &session->world);
	start_set_language(config_get(session->config, SETTING_LANGUAGE));
	session_news_drop(session);
	session_study_drop(session);
	session_event(session, (struct event){ .type = EVENT_MODEL });
	/* That of a network that is about to go would be for nobody. */
	if (!session->world.behind)
		session_want_study(session);
	session_compare(session, session->world.compared);
}

/* The words of a network would speak another language than the program. */
static bool language_is_there(const struct effect *effect, GError **error)
{
	const struct field *field = setting_field(SETTING_LANGUAGE);
	int at = effect->text == NULL ? -1 : choice_index(field->choices, effect->text);

	if (strcmp(effect->path, field->key) != 0 || at < 0 || start_has_language(effect->text))
		return true;
	/* TRANSLATORS: the name of a language, a directory. */
	g_set_error(error, TELAR_ERROR, TELAR_ERROR_UNAVAILABLE,
		    _("No texts in %s are installed at %s"), _(field->choices[at].label),
		    start_locale_dir());
	return false;
}

void session_setting(struct session *session, const struct effect *effect)
{
	g_autofree char *language = NULL, *text = NULL;
	GError *error = NULL;
	bool good;

	if (session->config == NULL)
		return;
	language = g_strdup(config_get(session->config, SETTING_LANGUAGE));
	good = language_is_there(effect, &error) &&
	       (effect->id != 0 ? config_save(session->config, effect->path, effect->text, &error)
				: config_set(session->config, effect->path, effect->text, &error));
	if (good && !config_is(session->config, SETTING_LANGUAGE, language))
		language_changed(session);
	session_event(session, (struct event){ .type = EVENT_CONFIG });
	if (good && session->hooks.looks != NULL)
		session->hooks.looks(session->hooks.data);
	if (good && effect->text == NULL)
		text = g_strdup_printf(_("%s is as it comes again"), effect->path);
	else if (good)
		text = g_strdup_printf(effect->id != 0 ? _("Kept: %s = %s")
						       : _("For this time: %s = %s"),
				       effect->path, effect->text);
	session_outcome(session, text, error);
}
