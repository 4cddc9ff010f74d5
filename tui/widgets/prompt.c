#include "tui/widgets/prompt.h"

#include <string.h>

#include "base/text.h"

/*
 * One line of typing.  What the text means, and when it is asked for, is the
 * business of whoever holds the prompt.
 */
#define PROMPT_MAX 16384 /* bytes: above any note, so that a stuck key stays harmless */

struct prompt *prompt_new(const char *label, const char *text)
{
	struct prompt *prompt = g_new0(struct prompt, 1);

	prompt->label = g_strdup(label);
	prompt->text = g_string_new(NULL);
	prompt_set(prompt, text);
	return prompt;
}

struct prompt *prompt_offer(const char *label, const char *text)
{
	struct prompt *prompt = prompt_new(label, text);

	prompt->offered = prompt->text->len > 0;
	return prompt;
}

void prompt_free(struct prompt *prompt)
{
	if (prompt == NULL)
		return;
	g_free(prompt->label);
	g_string_free(prompt->text, TRUE);
	g_free(prompt);
}

void prompt_set(struct prompt *prompt, const char *text)
{
	g_autofree char *valid = g_utf8_make_valid(text == NULL ? "" : text, -1);

	g_string_assign(prompt->text, valid);
	prompt->at = prompt->text->len;
}

static gsize step_back(const struct prompt *prompt, gsize at)
{
	const char *s = prompt->text->str;

	while (at > 0) {
		at = (gsize)(g_utf8_prev_char(s + at) - s);
		if (!g_unichar_ismark(g_utf8_get_char(s + at)))
			break;
	}
	return at;
}

static gsize step_forward(const struct prompt *prompt, gsize at)
{
	const char *s = prompt->text->str;

	if (at >= prompt->text->len)
		return at;
	do {
		at = (gsize)(g_utf8_next_char(s + at) - s);
	} while (at < prompt->text->len && g_unichar_ismark(g_utf8_get_char(s + at)));
	return at;
}

static gsize word_back(const struct prompt *prompt)
{
	gsize at = prompt->at;

	while (at > 0 && prompt->text->str[at - 1] == ' ')
		at--;
	while (at > 0 && prompt->text->str[at - 1] != ' ')
		at--;
	return at;
}

static enum prompt_result prompt_erase(struct prompt *prompt, gsize from, gsize to)
{
	if (to <= from)
		return PROMPT_MOVED;
	g_string_erase(prompt->text, (gssize)from, (gssize)(to - from));
	prompt->at = from;
	return PROMPT_CHANGED;
}

static enum prompt_result prompt_insert(struct prompt *prompt, gunichar key)
{
	char bytes[8] = "";
	gsize length, offset;
	gunichar bad;

	if (key < 32 || key == 127 || !g_unichar_validate(key))
		return PROMPT_IGNORED;
	length = (gsize)g_unichar_to_utf8(key, bytes);
	if (!text_acceptable(bytes, length, false, &offset, &bad) ||
	    prompt->text->len + length > PROMPT_MAX)
		return PROMPT_MOVED;
	g_string_insert_len(prompt->text, (gssize)prompt->at, bytes, (gssize)length);
	prompt->at += length;
	return PROMPT_CHANGED;
}

static enum prompt_result prompt_go(struct prompt *prompt, gsize at)
{
	prompt->at = at;
	return PROMPT_MOVED;
}

static enum prompt_result prompt_type(struct prompt *prompt, gunichar key, bool offered)
{
	g_autofree char *before = g_strdup(prompt->text->str);
	enum prompt_result result;

	if (!offered)
		return prompt_insert(prompt, key);
	prompt_set(prompt, "");
	result = prompt_insert(prompt, key);
	if (result != PROMPT_CHANGED)
		prompt_set(prompt, before);
	return result;
}

enum prompt_result prompt_key(struct prompt *prompt, gunichar key)
{
	bool offered = prompt->offered;

	prompt->offered = false;
	switch (key) {
	case TUI_ENTER:
	case '\n':
		return PROMPT_DONE;
	case TUI_ESCAPE:
		return PROMPT_LEFT;
	case TUI_KEY_LEFT:
	case TUI_CTRL('b'):
		return prompt_go(prompt, step_back(prompt, prompt->at));
	case TUI_KEY_RIGHT:
	case TUI_CTRL('f'):
		return prompt_go(prompt, step_forward(prompt, prompt->at));
	case TUI_KEY_HOME:
	case TUI_CTRL('a'):
		return prompt_go(prompt, 0);
	case TUI_KEY_END:
	case TUI_CTRL('e'):
		return prompt_go(prompt, prompt->text->len);
	case TUI_KEY_BACKSPACE:
	case TUI_CTRL('h'):
	case 127:
		return prompt_erase(prompt, step_back(prompt, prompt->at), prompt->at);
	case TUI_KEY_DELETE:
	case TUI_CTRL('d'):
		return prompt_erase(prompt, prompt->at, step_forward(prompt, prompt->at));
	case TUI_CTRL('w'):
		return prompt_erase(prompt, word_back(prompt), prompt->at);
	case TUI_CTRL('u'):
		return prompt_erase(prompt, 0, prompt->at);
	case TUI_CTRL('k'):
		return prompt_erase(prompt, prompt->at, prompt->text->len);
	default:
		return prompt_type(prompt, key, offered);
	}
}

/*
 * The column at which the shown part begins: nothing but text and cursor decide,
 * and it moves by half a field at a time, so that typing at the end of a long line
 * does not repaint all of it with each key.
 */
static int shown_from(int cursor, int room)
{
	int half = MAX(room / 2, 1);

	return cursor < room ? 0 : (cursor - room + half) / half * half;
}

void prompt_draw(const struct prompt *prompt, struct grid *grid, int row, int col, int columns,
		 enum style style, bool focused)
{
	g_autofree char *before = g_strndup(prompt->text->str, prompt->at);
	int label = grid_put(grid, row, col, columns, STYLE_DIM, prompt->label);
	int room = columns - label;
	int cursor = text_width(before), skipped = 0, width;
	const char *shown = prompt->text->str;
	char cluster[TEXT_CLUSTER];

	if (room <= 0)
		return;
	int from = shown_from(cursor, room);

	while (skipped < from) {
		const char *rest = text_next(shown, G_MAXSIZE, cluster, &width);

		if (rest == NULL)
			break;
		shown = rest;
		skipped += width;
	}
	grid_put(grid, row, col + label, room, prompt->offered ? STYLE_SELECTED : style, shown);
	if (from > 0 && cursor > skipped)
		grid_put(grid, row, col + label, 1, STYLE_DIM, "…");
	if (focused)
		grid_cursor(grid, row, col + label + MAX(cursor - skipped, 0));
}
