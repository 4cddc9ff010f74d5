#ifndef GRAPH_EXPORT_OUTLET_H
#define GRAPH_EXPORT_OUTLET_H

#include <glib.h>
#include <stdbool.h>

#define EXPORT_MANIFEST "manifest.json"
#define EXPORT_PROGRAM	"telar" /* what our own manifests name as their program */

/*
 * Several files in a directory that is not there yet, is empty, or holds an
 * earlier export: anything else is refused, nobody's tables are overwritten.  A
 * new directory appears whole; in an old one files are replaced one by one when all
 * are written, in the order of `names`: the manifest is the last.  Who interrupts the
 * process meanwhile finds none of it, or all.
 */
struct outlet;

/* What stands at `path`: nothing that would be lost, an earlier export (in `format`, NULL: in
 * any), or something else. */
enum outlet_place { OUTLET_FREE, OUTLET_EXPORT, OUTLET_TAKEN };
enum outlet_place outlet_place(const char *path, const char *format);

struct outlet *outlet_begin(const char *path, const char *const *names, guint n, GError **error);

/*
 * More of a file; `bytes` is empty afterwards.  One thread a file.  What goes wrong is
 * told by outlet_finish().
 */
void outlet_write(struct outlet *outlet, guint file, GString *bytes);

/* As interrupt_asked(), of the signals that wait while an outlet is open; by any thread. */
bool outlet_interrupted(struct outlet *outlet, GError **error);

/* No more of it will come: waits for the disk, which takes several together. */
void outlet_settle(struct outlet *outlet, guint file);

/* All stand there, durably, or none of a new directory; either way it is freed. */
bool outlet_finish(struct outlet *outlet, GError **error);
/* Nothing stands there. */
void outlet_drop(struct outlet *outlet);

#endif
