#ifndef BASE_SHEET_H
#define BASE_SHEET_H

#include <stdbool.h>
#include <string.h>

/*
 * Whether a spreadsheet may run a cell that begins so: = + - @, also in their full
 * width (U+FF1D, U+FF0B, U+FF0D, U+FF20), which some take for the same, and what they
 * pass over before one.  Exports put an apostrophe before, imports take it away.
 */
static inline bool sheet_runs(const char *cell)
{
	if (cell[0] == '\xef' && cell[1] == '\xbc')
		return cell[2] != '\0' && strchr("\x9d\x8b\x8d\xa0", cell[2]) != NULL;
	return cell[0] != '\0' && strchr("=+-@\t\r", cell[0]) != NULL;
}

#endif
