#ifndef TUI_KEYS_H
#define TUI_KEYS_H

#include <glib.h>

/* Keys: a Unicode code point, or one of these. */
enum {
	TUI_KEY_UP = 0x200000,
	TUI_KEY_DOWN,
	TUI_KEY_LEFT,
	TUI_KEY_RIGHT,
	TUI_KEY_HOME,
	TUI_KEY_END,
	TUI_KEY_PAGE_UP,
	TUI_KEY_PAGE_DOWN,
	TUI_KEY_DELETE,
	TUI_KEY_BACKSPACE,
	TUI_KEY_BACKTAB,
	TUI_KEY_F1,
	TUI_KEY_F2,
	TUI_KEY_SHIFT_UP,
	TUI_KEY_SHIFT_DOWN,
	TUI_KEY_SHIFT_LEFT,
	TUI_KEY_SHIFT_RIGHT,
	/* Of the mouse; where it was comes with the event. */
	TUI_KEY_CLICK,
	TUI_KEY_WHEEL_UP,
	TUI_KEY_WHEEL_DOWN,
};
#define TUI_CTRL(letter) ((gunichar)((letter)&0x1f))
#define TUI_ENTER	 ((gunichar)'\r')
#define TUI_ESCAPE	 ((gunichar)27)
#define TUI_TAB		 ((gunichar)'\t')

#endif
