#define NCURSES_WIDECHAR 1

#include "tui/term_ncurses.h"

#include <curses.h>
#include <langinfo.h>
#include <locale.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <term.h>
#include <termios.h>
#include <unistd.h>
#include <wchar.h>

#include <glib/gi18n.h>

#include "base/errors.h"
#include "base/start.h"
#include "tui/keys.h"
#include "tui/style.h"

/*
 * The one file that knows curses: keys in, cells out, and the terminal given back
 * on every way out.  What a key means and what a frame shows is decided elsewhere.
 */
struct terminal {
	SCREEN *screen;
	const struct theme *theme;
	char *notice;
	attr_t attributes[STYLE_COUNT];
	short pairs[STYLE_COUNT];
	bool unicode;
	bool redraw;
	bool pasting;
	bool mouse; /* asked for */
	int pointer_row, pointer_col;
};

/* Our own key codes, above those of curses. */
enum { CODE_PASTE_BEGINS = KEY_MAX + 1, CODE_PASTE_ENDS };

/*
 * What a fatal signal needs to put the terminal right with nothing but write() and
 * tcsetattr(): a handler has no argument to find it by, hence the global.
 */
static struct {
	volatile sig_atomic_t active;
	struct termios found;
	char sequence[256];
	gsize length;
} rescue;

/* The last three have better handlers while the app runs, and none while a network is opened. */
static const int fatal[] = { SIGSEGV, SIGBUS, SIGABRT, SIGFPE, SIGILL,
			     SIGQUIT, SIGHUP, SIGTERM, SIGINT };

static void rescue_terminal(int number)
{
	if (rescue.active) {
		ssize_t ignored = write(STDOUT_FILENO, rescue.sequence, rescue.length);

		(void)ignored;
		tcsetattr(STDIN_FILENO, TCSANOW, &rescue.found);
	}
	/* The handler was reset on entry: this ends the process as it would have. */
	raise(number);
}

/* A capability without its padding marks ("$<5/>"). */
static void rescue_add(const char *name)
{
	const char *s = tigetstr(name);

	if (s == NULL || s == (const char *)-1)
		return;
	while (*s != '\0' && rescue.length + 1 < sizeof rescue.sequence) {
		const char *end = s[0] == '$' && s[1] == '<' ? strchr(s, '>') : NULL;

		if (end != NULL) {
			s = end + 1;
			continue;
		}
		rescue.sequence[rescue.length++] = *s++;
	}
}

static void rescue_prepare(void)
{
	struct sigaction action;

	rescue.length = 8;
	memcpy(rescue.sequence, "\033[?2004l", rescue.length);
	rescue_add("sgr0");
	rescue_add("op");
	rescue_add("rmkx");
	rescue_add("cnorm");
	rescue_add("rmcup");
	memset(&action, 0, sizeof action);
	action.sa_handler = rescue_terminal;
	action.sa_flags = (int)SA_RESETHAND | SA_NODEFER;
	for (guint i = 0; i < G_N_ELEMENTS(fatal); i++)
		sigaction(fatal[i], &action, NULL);
	rescue.active = 1;
}

/* Sequences that terminals send whatever their description says. */
static void keys_prepare(void)
{
	static const struct {
		const char *sequence;
		int code;
	} keys[] = {
		{ "\033[A", KEY_UP },
		{ "\033[B", KEY_DOWN },
		{ "\033[C", KEY_RIGHT },
		{ "\033[D", KEY_LEFT },
		{ "\033OA", KEY_UP },
		{ "\033OB", KEY_DOWN },
		{ "\033OC", KEY_RIGHT },
		{ "\033OD", KEY_LEFT },
		{ "\033[H", KEY_HOME },
		{ "\033[F", KEY_END },
		{ "\033OH", KEY_HOME },
		{ "\033OF", KEY_END },
		{ "\033[1~", KEY_HOME },
		{ "\033[4~", KEY_END },
		{ "\033[3~", KEY_DC },
		{ "\033[5~", KEY_PPAGE },
		{ "\033[6~", KEY_NPAGE },
		{ "\033[Z", KEY_BTAB },
		{ "\033[200~", CODE_PASTE_BEGINS },
		{ "\033[201~", CODE_PASTE_ENDS },
	};

	for (guint i = 0; i < G_N_ELEMENTS(keys); i++)
		define_key(keys[i].sequence, keys[i].code);
}

/* Bracketed paste: a pasted line must not be taken for commands. */
static void paste_marks(bool on)
{
	ssize_t ignored = write(STDOUT_FILENO, on ? "\033[?2004h" : "\033[?2004l", 8);

	(void)ignored;
}

static SCREEN *screen_open(char **notice)
{
	static const char *const fallbacks[] = { "xterm-256color", "xterm", "vt100", NULL };
	const char *wanted = start_env("TERM");
	SCREEN *screen = wanted == NULL ? NULL : newterm(wanted, stdout, stdin);

	for (guint i = 0; screen == NULL && fallbacks[i] != NULL; i++) {
		screen = newterm(fallbacks[i], stdout, stdin);
		if (screen != NULL)
			*notice = g_strdup_printf(
				_("This machine does not know the terminal \"%s\": it is used "
				  "as %s."),
				wanted == NULL ? "" : wanted, fallbacks[i]);
	}
	return screen;
}

/* Consoles whose letters have no braille and no eighths of a block, whatever the locale says. */
static bool terminal_is_poor(void)
{
	static const char *const poor[] = { "linux", "vt52", "vt100", "vt102", "vt220", NULL };
	const char *wanted = start_env("TERM");

	return wanted != NULL && g_strv_contains(poor, wanted);
}

/* A terminal that is known, and known to be unable to put text somewhere (TERM=dumb). */
static bool terminal_is_dumb(void)
{
	const char *wanted = start_env("TERM");
	int status;
	bool dumb;

	if (wanted == NULL || setupterm(wanted, STDOUT_FILENO, &status) != OK)
		return false;
	dumb = cursor_address == NULL;
	del_curterm(cur_term);
	return dumb;
}

void terminal_look(struct terminal *term, const char *theme, const char *color)
{
	bool colour = has_colors();
	bool never = strcmp(color, "never") == 0 ||
		     (strcmp(color, "always") != 0 && start_env("NO_COLOR") != NULL);
	short next = 1;

	term->theme = theme_find(theme, colour ? COLORS : 0, never);
	term->redraw = true;
	for (guint i = 0; i < STYLE_COUNT; i++) {
		struct look look = theme_look(term->theme, i);

		term->attributes[i] = 0;
		term->pairs[i] = 0;

		if (look.attributes & LOOK_BOLD)
			term->attributes[i] |= A_BOLD;
		if (look.attributes & LOOK_DIM)
			term->attributes[i] |= A_DIM;
		if (look.attributes & LOOK_REVERSE)
			term->attributes[i] |= A_REVERSE;
		if (look.attributes & LOOK_UNDERLINE)
			term->attributes[i] |= A_UNDERLINE;
		if (colour && (look.ink >= 0 || look.paper >= 0) && next < COLOR_PAIRS) {
			init_pair(next, look.ink, look.paper);
			term->pairs[i] = next++;
		}
	}
}

struct terminal *terminal_open(GError **error)
{
	struct terminal *term;
	char *notice = NULL;
	SCREEN *screen;

	if (!isatty(STDIN_FILENO) || !isatty(STDOUT_FILENO) ||
	    tcgetattr(STDIN_FILENO, &rescue.found) != 0) {
		g_set_error(error, TELAR_ERROR, TELAR_ERROR_UNAVAILABLE,
			    _("The app needs a terminal, and this is none\nhint: %s"),
			    _("use a command instead, for example `telar list institutions`"));
		return NULL;
	}
	if (terminal_is_dumb()) {
		g_set_error(error, TELAR_ERROR, TELAR_ERROR_UNAVAILABLE,
			    _("This terminal (TERM=%s) cannot show the app\nhint: %s"),
			    start_env("TERM"), _("commands work in it: `telar help` lists them"));
		return NULL;
	}
	screen = screen_open(&notice);
	if (screen == NULL) {
		g_set_error(
			error, TELAR_ERROR, TELAR_ERROR_UNAVAILABLE,
			_("No description of this terminal was found on this machine\nhint: %s"),
			_("set TERM to one that it knows, for example xterm"));
		g_free(notice);
		return NULL;
	}
	term = g_new0(struct terminal, 1);
	term->screen = screen;
	term->notice = notice;
	term->unicode = strcmp(nl_langinfo(CODESET), "UTF-8") == 0;
	cbreak();
	noecho();
	nonl();
	if (start_env("ESCDELAY") == NULL)
		set_escdelay(25);
	keypad(stdscr, TRUE);
	nodelay(stdscr, TRUE);
	intrflush(stdscr, FALSE);
	idlok(stdscr, TRUE); /* scrolling sends a scroll, not every row */
	leaveok(stdscr, FALSE);
	keys_prepare();
	if (has_colors()) {
		start_color();
		use_default_colors();
	}
	terminal_look(term, "default", "auto");
	rescue_prepare();
	paste_marks(true);
	return term;
}

void terminal_close(struct terminal *term)
{
	if (term == NULL)
		return;
	if (!isendwin()) {
		paste_marks(false);
		endwin();
	}
	rescue.active = 0;
	delscreen(term->screen);
	tcsetattr(STDIN_FILENO, TCSADRAIN, &rescue.found);
	for (guint i = 0; i < G_N_ELEMENTS(fatal); i++)
		signal(fatal[i], SIG_DFL);
	g_free(term->notice);
	g_free(term);
}

const char *terminal_notice(const struct terminal *term)
{
	return term->notice;
}

bool terminal_is_unicode(const struct terminal *term)
{
	return term->unicode && !start_is_plain() && !terminal_is_poor();
}

int terminal_fd(const struct terminal *term)
{
	(void)term;
	return STDIN_FILENO;
}

void terminal_size(const struct terminal *term, int *rows, int *cols)
{
	(void)term;
	getmaxyx(stdscr, *rows, *cols);
}

void terminal_resize(struct terminal *term)
{
	struct winsize size;

	if (ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_row > 0 && size.ws_col > 0)
		resize_term(size.ws_row, size.ws_col);
	/* Terminals wrap, cut and shift what stands there in ways of their own. */
	term->redraw = true;
}

static gunichar key_of(wint_t code)
{
	switch (code) {
	case KEY_UP:
		return TUI_KEY_UP;
	case KEY_DOWN:
		return TUI_KEY_DOWN;
	case KEY_LEFT:
		return TUI_KEY_LEFT;
	case KEY_RIGHT:
		return TUI_KEY_RIGHT;
	case KEY_HOME:
	case KEY_A1:
		return TUI_KEY_HOME;
	case KEY_END:
	case KEY_C1:
		return TUI_KEY_END;
	case KEY_PPAGE:
	case KEY_A3:
		return TUI_KEY_PAGE_UP;
	case KEY_NPAGE:
	case KEY_C3:
		return TUI_KEY_PAGE_DOWN;
	case KEY_DC:
		return TUI_KEY_DELETE;
	case KEY_BACKSPACE:
		return TUI_KEY_BACKSPACE;
	case KEY_BTAB:
		return TUI_KEY_BACKTAB;
	case KEY_ENTER:
		return TUI_ENTER;
	case KEY_F(1):
		return TUI_KEY_F1;
	case KEY_F(2):
		return TUI_KEY_F2;
	case KEY_SR:
		return TUI_KEY_SHIFT_UP;
	case KEY_SF:
		return TUI_KEY_SHIFT_DOWN;
	case KEY_SLEFT:
		return TUI_KEY_SHIFT_LEFT;
	case KEY_SRIGHT:
		return TUI_KEY_SHIFT_RIGHT;
	default:
		return 0;
	}
}

void terminal_mouse(struct terminal *term, bool on)
{
	if (term->mouse == on)
		return;
	term->mouse = on;
	mouseinterval(0); /* a press is told at once */
	mousemask(on ? BUTTON1_PRESSED | BUTTON4_PRESSED | BUTTON5_PRESSED : 0, NULL);
}

void terminal_pointer(const struct terminal *term, int *row, int *col)
{
	*row = term->pointer_row;
	*col = term->pointer_col;
}

static gunichar mouse_key(struct terminal *term)
{
	MEVENT event;

	if (getmouse(&event) != OK)
		return 0;
	term->pointer_row = event.y;
	term->pointer_col = event.x;
	if ((event.bstate & BUTTON4_PRESSED) != 0)
		return TUI_KEY_WHEEL_UP;
	if ((event.bstate & BUTTON5_PRESSED) != 0)
		return TUI_KEY_WHEEL_DOWN;
	return (event.bstate & BUTTON1_PRESSED) != 0 ? TUI_KEY_CLICK : 0;
}

/* What is pasted is text: ends of lines are blanks, other controls nothing. */
static gunichar key_pasted(gunichar key)
{
	if (key == '\r' || key == '\n' || key == '\t')
		return ' ';
	return key < 32 || key >= TUI_KEY_UP ? 0 : key;
}

bool terminal_key(struct terminal *term, gunichar *key, bool *pasted)
{
	wint_t code;
	int kind;

	/* Keys that mean nothing here (a resize, F12) are read past. */
	while ((kind = get_wch(&code)) != ERR) {
		bool function = kind == KEY_CODE_YES;

		if (function && (code == CODE_PASTE_BEGINS || code == CODE_PASTE_ENDS)) {
			term->pasting = code == CODE_PASTE_BEGINS;
			continue;
		}
		if (function && code == KEY_MOUSE)
			*key = mouse_key(term);
		else if (function)
			*key = key_of(code);
		else if (code == 127 || code == '\b')
			*key = TUI_KEY_BACKSPACE;
		else if (code == '\n')
			*key = TUI_ENTER;
		else
			*key = (gunichar)code;
		if (term->pasting)
			*key = key_pasted(*key);
		*pasted = term->pasting;
		if (*key != 0)
			return true;
	}
	return false;
}

static void draw_cell(const struct terminal *term, int row, int col, const struct cell *cell)
{
	wchar_t wide[CCHARW_MAX + 1];
	const char *s = cell->text;
	cchar_t out;
	int n = 0;

	/* From UTF-8 by ourselves: a byte locale must not get in between. */
	for (; *s != '\0' && n < CCHARW_MAX; s = g_utf8_next_char(s))
		wide[n++] = (wchar_t)g_utf8_get_char(s);
	wide[n] = L'\0';
	if (n == 0)
		return;
	if (!term->unicode && wide[0] >= 0x80) {
		wide[0] = L'?';
		wide[1] = L'\0';
	}
	if (setcchar(&out, wide, term->attributes[cell->style], term->pairs[cell->style], NULL) ==
	    OK)
		mvadd_wch(row, col, &out);
}

void terminal_draw(struct terminal *term, const struct grid *grid)
{
	int rows, cols;

	getmaxyx(stdscr, rows, cols);
	if (term->redraw)
		clearok(stdscr, TRUE);
	term->redraw = false;
	for (int row = 0; row < MIN(rows, grid->rows); row++) {
		const struct cell *cells = &grid->cells[(gsize)row * (gsize)grid->cols];

		for (int col = 0; col < MIN(cols, grid->cols); col++)
			if (cells[col].width > 0)
				draw_cell(term, row, col, &cells[col]);
	}
	curs_set(grid->cursor_row >= 0 ? 1 : 0);
	if (grid->cursor_row >= 0)
		move(MIN(grid->cursor_row, rows - 1), MIN(grid->cursor_col, cols - 1));
	refresh();
}

void terminal_redraw(struct terminal *term)
{
	term->redraw = true;
}

void terminal_pause(struct terminal *term)
{
	(void)term;
	paste_marks(false);
	endwin();
	rescue.active = 0;
}

void terminal_continue(struct terminal *term)
{
	rescue.active = 1;
	paste_marks(true);
	terminal_resize(term);
}

void terminal_copy(struct terminal *term, const char *text)
{
	g_autofree char *coded = g_base64_encode((const guchar *)text, strlen(text));
	g_autofree char *sequence = g_strdup_printf("\033]52;c;%s\a", coded);

	(void)term;
	fflush(stdout);
	for (gsize at = 0, length = strlen(sequence); at < length;) {
		ssize_t written = write(STDOUT_FILENO, sequence + at, length - at);

		if (written <= 0)
			return;
		at += (gsize)written;
	}
}
