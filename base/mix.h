#ifndef BASE_MIX_H
#define BASE_MIX_H

#include <glib.h>

/*
 * Numbers by which equal things are known again from one run to the next, equal on any
 * machine: begin with MIX_START and mix in one value after the other.  Not against
 * somebody who wants two things to look alike.
 */
#define MIX_START 0xcbf29ce484222325u

static inline guint64 mix_number(guint64 print, guint64 value)
{
	print = (print ^ value) * 0x9e3779b97f4a7c15u;
	return print ^ (print >> 32);
}

/* Length and bytes, so that two in a row do not run into each other. */
guint64 mix_bytes(guint64 print, const void *bytes, gsize size);
guint64 mix_text(guint64 print, const char *text);
guint64 mix_array(guint64 print, const guint32 *numbers, gsize n);

/* Numbers by lot, from equal beginnings the same: SplitMix64 (Steele, Lea & Flood 2014). */
static inline guint64 dice_next(guint64 *dice)
{
	guint64 z = *dice += 0x9e3779b97f4a7c15u;
	z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9u;
	z = (z ^ (z >> 27)) * 0x94d049bb133111ebu;
	return z ^ (z >> 31);
}

/* 0 … n - 1, from the upper 32 bits; what is uneven about it is below n / 2^32. */
static inline guint dice_below(guint64 *dice, guint n)
{
	return (guint)(((dice_next(dice) >> 32) * n) >> 32);
}

#endif
