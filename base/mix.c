/*
 * Prints of texts and arrays, eight bytes at a time: a network's whole text passes here
 * whenever it is loaded.
 */
#include "base/mix.h"

#include <string.h>

guint64 mix_bytes(guint64 print, const void *bytes, gsize size)
{
	const char *at = bytes;
	guint64 word = 0;

	print = mix_number(print, size);
	for (; size >= sizeof word; at += sizeof word, size -= sizeof word) {
		memcpy(&word, at, sizeof word);
		print = mix_number(print, GUINT64_FROM_LE(word));
	}
	word = 0;
	memcpy(&word, at, size);
	return size > 0 ? mix_number(print, GUINT64_FROM_LE(word)) : print;
}

guint64 mix_text(guint64 print, const char *text)
{
	return mix_bytes(print, text, strlen(text));
}

guint64 mix_array(guint64 print, const guint32 *numbers, gsize n)
{
	print = mix_number(print, n);
	for (gsize i = 0; i < n; i++)
		print = mix_number(print, numbers[i]);
	return print;
}
