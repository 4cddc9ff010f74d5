#ifndef TUI_WIDGETS_QUESTION_H
#define TUI_WIDGETS_QUESTION_H

#include "tui/app.h"

/*
 * A question across the middle of a view: what is asked, what follows from a yes, and
 * why it did not work (NULL: it was not tried).  Keys are its owner's.
 */
void question_draw(struct grid *grid, struct rect area, const char *asked, const char *follows,
		   const char *failed);

enum question_answer { ANSWER_NONE, ANSWER_YES, ANSWER_NO };
/* What a key says to such a question; nothing but the key for yes says yes. */
enum question_answer question_answer(gunichar key);
/* That a key which answers nothing did nothing. */
void question_unanswered(struct app *app);

#endif
