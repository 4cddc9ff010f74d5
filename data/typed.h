#ifndef DATA_TYPED_H
#define DATA_TYPED_H

#include "data/field.h"

/*
 * What a person means by a value as it is typed, written as files have it: "1.234,5" is 1234.5,
 * "3,5" is 3.5, "www.example.org" is an address.  What could mean either ("1,234") and what means
 * nothing stays as it is, and field_parse() tells of it.  Never for what stands in a file.
 * Caller frees.
 */
char *typed_value(const struct field *field, const char *text);

#endif
