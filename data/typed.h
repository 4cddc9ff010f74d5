#ifndef DATA_TYPED_H
#define DATA_TYPED_H

#include "data/field.h"

/*
 * What a person means by a value as it is typed, written as files have it: "1.234,5" is 1234.5,
 * "3,5" is 3.5, "1,5 USD" is 1.50 USD, "www.example.org" is an address.  Where a point or comma
 * before three digits could be either ("1.234", "1,234"), what the field can hold decides: a
 * latitude is 19.432 and a whole number 1234.  NULL where both could be meant and where a number
 * or an amount is none, with `*message` of what was typed and `*hint` (maybe NULL).  Other texts
 * are not judged here.  Never for what stands in a file.  Caller frees.
 */
char *typed_value(const struct field *field, const char *text, char **message, char **hint);

#endif
