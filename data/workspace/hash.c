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
	for (guint i = 0; i < HASH_DIGITS / 2; i++)
		out[i] = "0123456789abcdef"[word >> (60 - 4 * i) & 0xF];
}

/*
 * Two lanes take every word, each by steps that can be turned round, so that two
 * texts which differ in one word differ in both.
 */
struct lanes {
	guint64 a, b;
};

/* The next `n` bytes, at most a word. */
static inline void take_bytes(struct lanes *lanes, const char *at, gsize n)
{
	guint64 word = 0;

	memcpy(&word, at, n);
	word = GUINT64_FROM_LE(word);
	lanes->a = turn(lanes->a ^ word * STEP_A, 29) * LANE_A;
	lanes->b = turn(lanes->b + word * STEP_B, 37) * LANE_B;
}

void bytes_hash_to(char hash[HASH_DIGITS + 1], const void *data, gsize length)
{
	const char *at = data;
	struct lanes lanes = { LANE_A ^ length, LANE_B + length };
	gsize left = length;

	for (; left >= sizeof(guint64); left -= sizeof(guint64), at += sizeof(guint64))
		take_bytes(&lanes, at, sizeof(guint64)); /* a length known beforehand: no call */
	if (left > 0)
		take_bytes(&lanes, at, left);
	guint64 a = lanes.a, b = lanes.b;
	guint64 first = finish(a + turn(b, 17)), second = finish(b ^ first);

	write_hex(hash, first);
	write_hex(hash + HASH_DIGITS / 2, second);
	hash[HASH_DIGITS] = '\0';
}

char *bytes_hash(const void *data, gsize length)
{
	char *hash = g_malloc(HASH_DIGITS + 1);

	bytes_hash_to(hash, data, length);
	return hash;
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
