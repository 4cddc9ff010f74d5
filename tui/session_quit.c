#include "tui/session.h"

#include <glib/gi18n.h>

/*
 * Leaving while an export is written: who asks for it a second time, in whatever way and
 * with nothing done in between, leaves without it.
 */
void session_quit(struct session *session)
{
	session->quit = !session->exporting || session->quit_asked;
	session->quit_asked = true;
	if (!session->quit)
		app_say(session->app, STYLE_WARN,
			_("An export is still being written. Quit once more to leave without "
			  "it."));
}

void session_quit_note(struct session *session, const struct effects *effects)
{
	const struct view *top = app_top(session->app);

	for (guint i = 0; i < effects->all->len; i++)
		if (((const struct effect *)g_ptr_array_index(effects->all, i))->type ==
		    EFFECT_QUIT)
			return;
	/* A command or a name in the palette may still come to be that of quitting. */
	if (session->app->prompt == NULL && (top->ops->typing == NULL || !top->ops->typing(top)))
		session->quit_asked = false;
}
