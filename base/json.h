#ifndef BASE_JSON_H
#define BASE_JSON_H

#include <glib.h>
#include <stdbool.h>

/*
 * A streaming JSON writer.  Calls nest as the document does; commas, quotes and
 * indentation are its business.  NaN and infinity become null.  Text that is
 * not UTF-8 has its bad bytes replaced by U+FFFD.
 */
struct json {
	GString *out; /* borrowed */
	bool pretty;
	guint depth;
	guint64 filled; /* a bit a depth: something stands there already */
	bool after_key;
};

void json_init(struct json *json, GString *out, bool pretty);
void json_open_object(struct json *json);
void json_close_object(struct json *json);
void json_open_array(struct json *json);
void json_close_array(struct json *json);
void json_key(struct json *json, const char *key);
void json_string(struct json *json, const char *value); /* NULL writes null */
void json_number(struct json *json, double value);	/* shortest text that reads back equal */
void json_integer(struct json *json, gint64 value);
void json_null(struct json *json);

/* Key and value in one; *_if leaves the key out when the value is NULL. */
void json_put_string(struct json *json, const char *key, const char *value);
void json_put_string_if(struct json *json, const char *key, const char *value);
void json_put_number(struct json *json, const char *key, double value);
void json_put_integer(struct json *json, const char *key, gint64 value);
void json_put_bool(struct json *json, const char *key, bool value);

/* The shortest decimal text that reads back as the same double, always with a point or exponent
 * only where needed, never a comma.  Caller frees. */
char *json_number_text(double value);
void json_append_number(GString *out, double value);
/* The same; the end, where a '\0' stands. */
#define NUMBER_SIZE 40 /* any fits */
char *json_write_number(double value, char out[NUMBER_SIZE]);

#endif
