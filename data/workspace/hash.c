/*
 * By what the bytes of a file are known again.  Not against somebody who wants two
 * files to look alike: whoever can write an entry needs no such trick.
 */
#include "data/workspace/directory.h"

#include <string.h>

/* Odd numbers without pattern: fractions of the golden ratio and of roots of 2, 3, 5. */
#define LANE_A 0x9e3779b97f4a7c15u
#define LANE_B 0xd1b54a32d192ed03u
#define STEP_A 0x6a09e667f3bcc909u
#define STEP_B 0xbb67ae8584caa73bu

#define DIGITS 32
/* Hex digits of what stores of former versions hold. */
#define SHA256_DIGITS 64

static inline guint64 turn(guint64 word, guint by)
{
	return word << by | word >> (64 - by);
}

/* Every bit of the result depends on every bit of `word` (as MurmurHash3 ends, A. Appleby). */
static guint64 finish(guint64 word)
{
	word = (word ^ word >> 33) * 0xff51afd7ed558ccdu;
	word = (word ^ word >> 33) * 0xc4ceb9fe1a85ec53u;
	return word ^ word >> 33;
}

/* Sixteen digits: of thousands of files printf() would be the greater part. */
static void write_hex(char *out, guint64 word)
{
	for (guint i = 0; i < DIGITS / 2; i++)
		out[i] = "0123456789abcdef"[word >> (60 - 4 * i) & 0xF];
}

/*
 * Two lanes take every word, each by steps that can be turned round, so that two
 * texts which differ in one word differ in both.
 */
char *bytes_hash(const void *data, gsize length)
{
	const char *at = data;
	guint64 a = LANE_A ^ length, b = LANE_B + length;

	for (gsize left = length; left > 0;) {
		gsize n = MIN(left, sizeof(guint64));
		guint64 word = 0;

		memcpy(&word, at, n);
		word = GUINT64_FROM_LE(word);
		a = turn(a ^ word * STEP_A, 29) * LANE_A;
		b = turn(b + word * STEP_B, 37) * LANE_B;
		at += n;
		left -= n;
	}
	guint64 first = finish(a + turn(b, 17)), second = finish(b ^ first);
	char *out = g_malloc(DIGITS + 1);

	write_hex(out, first);
	write_hex(out + DIGITS / 2, second);
	out[DIGITS] = '\0';
	return out;
}

bool bytes_have_hash(const void *data, gsize length, const char *hash)
{
	g_autofree char *own =
		strlen(hash) == SHA256_DIGITS
			? g_compute_checksum_for_data(G_CHECKSUM_SHA256, data, length)
			: bytes_hash(data, length);

	return strcmp(own, hash) == 0;
}

bool file_bytes_are(const struct file_bytes *bytes, const char *hash)
{
	if (!bytes || strlen(hash) != SHA256_DIGITS)
		return strcmp(bytes ? bytes->hash : "", hash) == 0;
	return bytes_have_hash(bytes->text, bytes->length, hash);
}
