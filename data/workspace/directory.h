#ifndef DATA_WORKSPACE_DIRECTORY_H
#define DATA_WORKSPACE_DIRECTORY_H

#include "base/cancel.h"
#include "base/findings.h"
#include "data/records.h"

struct stat;

/*
 * The files of a network's directory.  Names are made of a validated id or found
 * by listing, never taken from content; nothing follows a link, and only regular
 * files with one name are opened.
 */
struct directory {
	char *path; /* absolute, without links */
	int fd;
};

#define DIRECTORY_NETWORK "network.yaml"
#define DIRECTORY_OWN	  ".telar"

/* A file that an entry may stand in. */
struct entry {
	char *path; /* relative */
	enum kind kind;
	char *id; /* by its name; "" for network.yaml, whose id is inside */
	gint64 size;
	gint64 mtime; /* nanoseconds */
	bool refused; /* a link or no regular file */
};

/*
 * Whether a file is one of its own: no folder, link or device, and with no second name.
 * One without any name was just replaced by a newer one, and is what it was a moment ago.
 */
bool file_is_own(const struct stat *st);

struct directory *directory_open(const char *path, GError **error);
void directory_close(struct directory *directory); /* NULL accepted */
bool directory_is_writable(const struct directory *directory);

/* Makes DIR/.telar with mode 0700 and its .gitignore. */
bool directory_make_own(const struct directory *directory, GError **error);

/*
 * Every entry file, by path; files that cannot be one become notes, links
 * errors (once read).  Stats only.  `leftovers` (may be NULL) gets the paths (owned)
 * of temporary files, whose writers may be alive or dead.  Once `cancel` (may be NULL)
 * says so, false with TELAR_ERROR_CANCELLED.
 */
bool directory_scan(const struct directory *directory, GPtrArray *entries,
		    struct findings *findings, GPtrArray *leftovers, GCancellable *cancel,
		    GError **error);
void entry_free(struct entry *entry);
GPtrArray *entries_new(void); /* of them, owned */

/*
 * Temporary files stand beside the file they are of, as `.NAME.telar-01234567`: new
 * bytes, which the store has too.  With '=' in the place of the first digit they are
 * set aside: what stood in the file, or is about to be told from it.  Should a crash
 * come there, it may be a version by somebody else that is nowhere else.
 */
#define TEMPORARY_MARK ".telar-"
#define ASIDE_MARK     "="
/* Paths (owned) of all; only names are looked at. */
GPtrArray *directory_leftovers(const struct directory *directory);
/* The path that one set aside is a version of; NULL: it is none.  Caller frees. */
char *directory_aside_of(const char *path);
bool directory_remove(const struct directory *directory, const char *path);

/* Where the entry of a record stands; `network_id` is that of network.yaml.  Caller frees. */
char *directory_path_of(enum kind kind, const char *id, const char *network_id);

/* The kind and id of the entry that stands at a path ("" for network.yaml); NULL: none can. */
char *directory_entry_id(const char *path, enum kind *kind);
/* Whether a path is that of an entry: what a store says to write may be nothing else. */
bool directory_is_entry(const char *path);

/*
 * The bytes of a file with what they are known by.  NULL without error when there
 * is none.  Reads at most `most` bytes + 1, so that "too large" can be told.
 */
#define HASH_DIGITS 32
struct file_bytes {
	char *text; /* NUL-terminated */
	gsize length;
	char hash[HASH_DIGITS + 1];
	gint64 size, mtime;
	bool doubtful; /* a later write may have the same size and mtime */
};
struct file_bytes *directory_read_file(const struct directory *directory, const char *path,
				       gsize most, GError **error);
/* The same for an entry, by one step where its folder is open; -1: from the directory. */
struct file_bytes *directory_read_entry(const struct directory *directory, int folder,
					const struct entry *entry, gsize most, GError **error);
/* The folder of a kind, for that; -1: there is none.  Caller closes. */
int directory_folder(const struct directory *directory, enum kind kind);
void file_bytes_free(struct file_bytes *bytes);

/*
 * 128 bits in hex by which bytes are known again.  Caller frees.  Former versions kept
 * SHA-256 (64 digits) in its place: what is compared with something kept goes through
 * the other two, which tell them apart.  NULL bytes: no file, known by "".
 */
char *bytes_hash(const void *data, gsize length);
void bytes_hash_to(char hash[HASH_DIGITS + 1], const void *data, gsize length);
bool bytes_have_hash(const void *data, gsize length, const char *hash);
bool file_bytes_are(const struct file_bytes *bytes, const char *hash);

/*
 * Writing in two steps, so that a full disk is met before anything is promised:
 * stage writes the new bytes beside the file and to the disk (a mode kept, the
 * folder made when missing); finish puts them in its place.  `content` NULL
 * stages a removal.
 *
 * Only what has the hash `before` ("": no file) gives way: `*placed` is false, and
 * all as it was, when somebody wrote, made or removed the file since it was read,
 * be it between the last look and the step itself.  What is neither `before` nor the
 * new bytes is never removed: where it cannot be put back it stays set aside.
 */
struct staged {
	char *path;
	char *temporary;    /* name beside it; NULL: removal, or finished */
	char *hash;	    /* of the new bytes; NULL: removal */
	gint64 size, mtime; /* of the new file, as it will be found */
};
struct staged *directory_stage(const struct directory *directory, const char *path, GBytes *content,
			       GError **error);
bool directory_finish(const struct directory *directory, struct staged *staged, const char *before,
		      bool *placed, GError **error);
/* Frees; a temporary file that was not finished is removed, unless it was set aside. */
void directory_discard(const struct directory *directory, struct staged *staged);
/* Size and mtime; false when there is no such file. */
bool directory_stat(const struct directory *directory, const char *path, gint64 *size,
		    gint64 *mtime);
gint64 file_mtime(const struct stat *st); /* nanoseconds */

/*
 * The folder that holds a path (ours have at most one '/'), open; `*name` is the rest.
 * -1 with errno.
 */
int directory_open_folder(const struct directory *directory, const char *path, const char **name);
/* Sets the error that errno and the two texts make; false. */
bool directory_fail(const char *what, const char *name, GError **error);

#endif
