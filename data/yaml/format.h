#ifndef DATA_YAML_FORMAT_H
#define DATA_YAML_FORMAT_H

#include "data/yaml/internal.h"

/*
 * Comments and blank lines of a file, and where they belong: above an entry (a
 * key or an item of a list), behind it on its line, or below it where what
 * follows stands further left.
 */
struct notes {
	GPtrArray *above; /* char *: "# …", or "" for a blank line; may be NULL */
	GPtrArray *below; /* the same */
	char *behind;	  /* with the blanks before it, "  # …"; may be NULL */
};

struct comments {
	GHashTable *of;	   /* const struct node * -> struct notes * */
	GPtrArray *header; /* char *: what stands at the top of the file for itself */
	GPtrArray *footer; /* char * */
	GPtrArray *all;	   /* char *: every comment, in the order of the file */
};

void comments_find(struct comments *comments, const char *text, gsize length,
		   const struct node *root);
void comments_release(struct comments *comments);
const struct notes *comments_of(const struct comments *comments, const struct node *node);
/* Whether anything is noted of `node` or of what is in it. */
bool comments_any(const struct comments *comments, const struct node *node);

#endif
