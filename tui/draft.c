/*
 * Drafts of forms on disk.  What is in a draft is the form's business: here it is
 * a text under a subject.
 */
#include "tui/draft.h"

#include <errno.h>
#include <string.h>

#include <gio/gio.h>
#include <glib/gi18n.h>
#include <glib/gstdio.h>

#include "base/errors.h"
#include "data/node.h"

#define DRAFT_MAX   (256 * 1024)
#define DRAFT_PAUSE G_USEC_PER_SEC

struct draft {
	char *subject;
	char *text; /* NULL: the file is to go */
	char *file; /* NULL: in memory only */
	bool waits; /* not on disk yet */
};

struct drafts {
	char *folder; /* NULL: in memory only */
	char *network;
	GPtrArray *all; /* struct draft *, owned */
	gint64 written; /* when something was last written, or could not be */
};

static void draft_free(void *data)
{
	struct draft *draft = data;

	g_free(draft->subject);
	g_free(draft->text);
	g_free(draft->file);
	g_free(draft);
}

static struct draft *find(const struct drafts *drafts, const char *subject)
{
	for (guint i = 0; drafts && i < drafts->all->len; i++) {
		struct draft *draft = g_ptr_array_index(drafts->all, i);

		if (!strcmp(draft->subject, subject))
			return draft;
	}
	return NULL;
}

static struct draft *add(struct drafts *drafts, const char *subject)
{
	struct draft *draft = g_new0(struct draft, 1);

	draft->subject = g_strdup(subject);
	if (drafts->folder) {
		/* A name of fixed form: subjects and paths are never part of a path. */
		g_autofree char *key = g_strconcat(drafts->network, "\n", subject, NULL);
		g_autofree char *sum = g_compute_checksum_for_string(G_CHECKSUM_SHA256, key, -1);

		draft->file = g_strdup_printf("%s/%.32s.json", drafts->folder, sum);
	}
	g_ptr_array_add(drafts->all, draft);
	return draft;
}

static const char *text_of(const struct node *map, const char *key)
{
	const struct node *node = node_get(map, key);

	return node && node->type == NODE_SCALAR ? node->text : NULL;
}

static void read_one(struct drafts *drafts, const char *name)
{
	g_autofree char *file = g_build_filename(drafts->folder, name, NULL);
	g_autofree char *content = NULL;
	gsize length;
	GStatBuf status;

	if (!g_str_has_suffix(name, ".json") || g_lstat(file, &status) ||
	    !S_ISREG(status.st_mode) || status.st_size > DRAFT_MAX ||
	    !g_file_get_contents(file, &content, &length, NULL) ||
	    !g_utf8_validate(content, (gssize)length, NULL))
		return;
	struct node *root = node_from_json(content, NULL);
	const char *network = root ? text_of(root, "network") : NULL;
	const char *subject = root ? text_of(root, "subject") : NULL;
	const char *text = root ? text_of(root, "text") : NULL;

	if (subject && text && !g_strcmp0(network, drafts->network) && !find(drafts, subject))
		add(drafts, subject)->text = g_strdup(text);
	node_free(root);
}

struct drafts *drafts_open(const char *state, const char *network)
{
	struct drafts *drafts = g_new0(struct drafts, 1);
	GDir *folder;
	const char *name;

	drafts->network = g_strdup(network ? network : "");
	drafts->folder = state ? g_build_filename(state, "drafts", NULL) : NULL;
	drafts->all = g_ptr_array_new_with_free_func(draft_free);
	folder = drafts->folder ? g_dir_open(drafts->folder, 0, NULL) : NULL;
	while (folder && (name = g_dir_read_name(folder)) != NULL)
		read_one(drafts, name);
	if (folder)
		g_dir_close(folder);
	return drafts;
}

void drafts_close(struct drafts *drafts)
{
	if (!drafts)
		return;
	drafts_flush(drafts, 0, true, NULL);
	g_ptr_array_unref(drafts->all);
	g_free(drafts->folder);
	g_free(drafts->network);
	g_free(drafts);
}

const char *drafts_get(const struct drafts *drafts, const char *subject)
{
	const struct draft *draft = find(drafts, subject);

	return draft ? draft->text : NULL;
}

static int by_text(gconstpointer a, gconstpointer b)
{
	return strcmp(*(char *const *)a, *(char *const *)b);
}

GPtrArray *drafts_subjects(const struct drafts *drafts)
{
	GPtrArray *subjects = g_ptr_array_new();

	for (guint i = 0; drafts && i < drafts->all->len; i++) {
		const struct draft *draft = g_ptr_array_index(drafts->all, i);

		if (draft->text)
			g_ptr_array_add(subjects, draft->subject);
	}
	g_ptr_array_sort(subjects, by_text);
	return subjects;
}

void drafts_put(struct drafts *drafts, const char *subject, const char *text)
{
	struct draft *draft = find(drafts, subject);

	if (!draft && !text)
		return;
	if (!draft)
		draft = add(drafts, subject);
	if (!g_strcmp0(draft->text, text))
		return;
	g_free(draft->text);
	draft->text = g_strdup(text);
	draft->waits = draft->file != NULL;
}

int drafts_due(const struct drafts *drafts, gint64 now)
{
	bool waits = false;

	for (guint i = 0; drafts && i < drafts->all->len; i++)
		waits = waits || ((struct draft *)g_ptr_array_index(drafts->all, i))->waits;
	if (!waits)
		return -1;
	gint64 left = drafts->written ? drafts->written + DRAFT_PAUSE - now : 0;

	/* A clock that was set back must not stop the writing. */
	return (int)(CLAMP(left, 0, DRAFT_PAUSE) / 1000);
}

static bool write_one(const struct drafts *drafts, const struct draft *draft, GError **error)
{
	struct node *root = node_map();

	node_append(root, "network", node_scalar(drafts->network));
	node_append(root, "subject", node_scalar(draft->subject));
	node_append(root, "text", node_scalar(draft->text));
	g_autofree char *json = node_to_json(root);

	node_free(root);
	if (g_mkdir_with_parents(drafts->folder, 0700)) {
		int why = errno;

		g_set_error(error, TELAR_ERROR, TELAR_ERROR_CANNOT_CREATE,
			    _("the draft cannot be kept in %s: %s"), drafts->folder,
			    g_strerror(why));
		return false;
	}
	return g_file_set_contents_full(draft->file, json, -1, G_FILE_SET_CONTENTS_CONSISTENT, 0600,
					error);
}

bool drafts_flush(struct drafts *drafts, gint64 now, bool all, GError **error)
{
	bool good = true;

	if (!drafts || (!all && drafts_due(drafts, now) != 0))
		return true;
	for (guint i = 0; i < drafts->all->len; i++) {
		struct draft *draft = g_ptr_array_index(drafts->all, i);

		if (!draft->waits)
			continue;
		drafts->written = now;
		draft->waits = draft->text && !write_one(drafts, draft, good ? error : NULL);
		if (!draft->text)
			(void)g_unlink(draft->file);
		good = good && !draft->waits;
	}
	return good;
}
