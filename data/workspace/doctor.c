/*
 * Looks for what could have gone wrong around a network and says what to do.  Looking
 * changes nothing; mending does only what cannot lose anything: writing edits that
 * wait, reading files again, sweeping up after a crash.
 */
#include "data/safety.h"

#include "base/errors.h"
#include "data/current.h"
#include "data/past.h"
#include "data/workspace/private.h"
#include "data/yaml/yaml_file.h"

#include <errno.h>
#include <glib/gi18n.h>
#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

struct doctor {
	const struct workspace_options *options;
	struct findings *findings;
	char *path; /* of the store; NULL: there is none yet */
	bool alone;
	bool reopen;	   /* opening for edits mends something */
	bool reindex;	   /* the index of words is to be made anew */
	GPtrArray *reread; /* paths whose record is not what the file says */
};

static void say(struct doctor *doctor, enum severity severity, const char *file, const char *code,
		const char *message, const char *hint)
{
	findings_add(doctor->findings, severity, file, 0, 0, 0, code, message, hint, NULL);
}

static void say_error(struct doctor *doctor, const char *code, const GError *error)
{
	g_autofree char *what = NULL;
	g_autofree char *hint = NULL;

	error_split(error, &what, &hint);
	say(doctor, SEVERITY_ERROR, NULL, code, what, hint);
}

/* --- the store --------------------------------------------------------------------------- */

static const char *damage_remedy(const struct doctor *doctor)
{
	return doctor->alone ? _("restore the newest backup that is sound")
			     : _("the files are whole: put .telar aside and it is made anew, with "
				 "an empty history; or restore a backup");
}

static bool check_pages(struct doctor *doctor, struct store *store, GError **error)
{
	g_autoptr(GPtrArray) problems = g_ptr_array_new_with_free_func(g_free);

	if (!store_verify(store, problems, error))
		return false;
	for (guint i = 0; i < problems->len; i++)
		say(doctor, SEVERITY_ERROR, NULL, "damaged", problems->pdata[i],
		    damage_remedy(doctor));
	return true;
}

static bool check_history(struct doctor *doctor, struct store *store, GError **error)
{
	g_autoptr(GPtrArray) problems = g_ptr_array_new_with_free_func(g_free);

	if (!store_check_history(store, problems, error))
		return false;
	for (guint i = 0; i < problems->len; i++)
		say(doctor, SEVERITY_ERROR, NULL, "history", problems->pdata[i],
		    _("the present entry stands; what it was before that change cannot be told "
		      "from here: compare with a backup"));
	return true;
}

static bool check_outbox(struct doctor *doctor, struct store *store, GError **error)
{
	g_autoptr(GPtrArray) rows = outbox_rows_new();

	if (!store_outbox(store, rows, error))
		return false;
	for (guint i = 0; !doctor->alone && i < rows->len; i++) {
		const struct outbox_row *row = rows->pdata[i];
		bool entry = directory_is_entry(row->path);

		say(doctor, entry ? SEVERITY_WARNING : SEVERITY_ERROR, entry ? row->path : NULL,
		    "unwritten",
		    entry ? _("an edit is saved but not yet in its file")
			  : _("the store holds an edit of a file that is no entry"),
		    entry ? _("--mend writes it, as does the next edit") : damage_remedy(doctor));
		doctor->reopen = true;
	}
	return true;
}

static bool check_conflicts(struct doctor *doctor, struct store *store, GError **error)
{
	g_autoptr(GPtrArray) open = conflicts_new();

	if (!store_conflicts(store, false, open, error))
		return false;
	g_autofree char *message =
		g_strdup_printf(ngettext("%u conflict waits for a decision",
					 "%u conflicts wait for a decision", open->len),
				open->len);
	if (open->len > 0)
		say(doctor, SEVERITY_WARNING, NULL, "conflict", message,
		    _("\"telar conflicts\" shows what each of the two said; with --take it "
		      "decides"));
	return true;
}

static bool check_index(struct doctor *doctor, struct store *store, GError **error)
{
	g_autoptr(GPtrArray) problems = g_ptr_array_new_with_free_func(g_free);
	g_autoptr(GError) why = NULL;

	if (!store_check_index(store, problems, &why)) {
		if (!g_error_matches(why, TELAR_ERROR, TELAR_ERROR_DENIED)) {
			g_propagate_error(error, g_steal_pointer(&why));
			return false;
		}
		say(doctor, SEVERITY_NOTE, NULL, "index",
		    _("the index of words was not looked into: the store may only be read here"),
		    _("look again where it may be written, or on a copy"));
	}
	for (guint i = 0; i < problems->len; i++) {
		say(doctor, SEVERITY_WARNING, NULL, "index", problems->pdata[i],
		    _("--mend makes the index anew from the records"));
		doctor->reindex = true;
	}
	return true;
}

/* --- files against the store ------------------------------------------------------------- */

/* Whether the record in the store is what these bytes say. */
static bool agrees(struct store *store, const struct file_state *state,
		   const struct file_bytes *bytes)
{
	struct findings *ignored = findings_new();
	struct pool *pool = pool_new();
	struct node *root = yaml_read(bytes->text, bytes->length, state->path, ignored);
	const struct check nothing = { 0 };
	const void *says =
		root ? reading_tree(state->kind, root, &nothing, state->path, pool, ignored) : NULL;
	const void *stored = store_get(store, state->kind, state->id, pool, NULL);
	bool same = says && stored && record_equal(record_type(state->kind), says, stored);

	node_free(root);
	pool_unref(pool);
	findings_free(ignored);
	return same;
}

static void check_file(struct doctor *doctor, const struct workspace *view, struct store *store,
		       const struct file_state *state)
{
	g_autoptr(GError) why = NULL;
	struct file_bytes *bytes = workspace_read_file(view, state->path, &why);
	bool current = bytes && file_bytes_are(bytes, state->hash);

	if (why) {
		say(doctor, SEVERITY_ERROR, state->path, "read", why->message, NULL);
	} else if (state->broken) {
		say(doctor, SEVERITY_WARNING, state->path, "broken",
		    _("the file has errors, so nothing of it is used"),
		    _("\"telar check\" says where"));
	} else if (current && !agrees(store, state, bytes)) {
		say(doctor, SEVERITY_ERROR, state->path, "parted",
		    _("the store holds something else than the file says, though nobody changed "
		      "the file since"),
		    doctor->alone ? damage_remedy(doctor)
				  : _("--mend reads the file again: the file is what counts"));
		g_ptr_array_add(doctor->reread, g_strdup(state->path));
	}
	file_bytes_free(bytes);
}

static bool check_files(struct doctor *doctor, struct store *store, GError **error)
{
	g_autoptr(GPtrArray) states = file_states_new();
	struct workspace view = { .store = store };
	bool good = store_files(store, states, error);

	if (good && !doctor->alone)
		good = (view.directory = directory_open(doctor->options->path, error)) != NULL;
	for (guint i = 0; good && i < states->len; i++)
		check_file(doctor, &view, store, states->pdata[i]);
	directory_close(view.directory);
	return good;
}

static bool check_leftovers(struct doctor *doctor, struct store *store, GError **error)
{
	struct workspace view = { .store = store,
				  .directory = directory_open(doctor->options->path, error) };
	g_autoptr(GPtrArray) paths = view.directory ? directory_leftovers(view.directory) : NULL;
	guint half = 0;

	for (guint i = 0; paths && i < paths->len; i++) {
		bool waste = workspace_is_waste(&view, paths->pdata[i]);

		half += waste;
		if (!waste)
			workspace_say_aside(paths->pdata[i], doctor->findings);
	}
	directory_close(view.directory);
	if (half > 0) {
		g_autofree char *message = g_strdup_printf(
			ngettext("a crash left %u half-written file beside the entries",
				 "a crash left %u half-written files beside the entries", half),
			half);
		say(doctor, SEVERITY_WARNING, NULL, "leftover", message,
		    _("--mend sweeps up, as does the next edit"));
		doctor->reopen = true;
	}
	return paths != NULL;
}

/* What stands on the records; those of another version's fields cannot be read here. */
static bool check_records(struct doctor *doctor, struct store *store, GError **error)
{
	if (!store_is_other(store))
		return check_index(doctor, store, error) && check_files(doctor, store, error) &&
		       check_history(doctor, store, error);
	say(doctor, SEVERITY_WARNING, NULL, "version",
	    _("the records are of another version of telar, and were not looked into"),
	    _("open it once where it may be written: they are then made anew"));
	return true;
}

/* --- mending ------------------------------------------------------------------------------ */

static struct store *open_store(const struct doctor *doctor, bool read_only, GError **error)
{
	return doctor->alone ? store_open_alone(doctor->path, read_only, error)
			     : store_open(doctor->path, read_only, error);
}

static bool make_index(struct doctor *doctor, GError **error)
{
	struct store *store = open_store(doctor, false, error);
	bool good = store && store_begin(store, error) && store_reindex(store, error) &&
		    store_commit(store, error);

	store_close(store);
	return good;
}

/* Forgotten files are read as if they were new: what differs becomes a change by "files". */
static bool forget_files(struct doctor *doctor, GError **error)
{
	struct store *store =
		doctor->reread->len > 0 ? store_open(doctor->path, false, error) : NULL;
	bool good = doctor->reread->len == 0 || (store && store_begin(store, error));

	for (guint i = 0; good && i < doctor->reread->len; i++) {
		struct file_state *state = store_file(store, doctor->reread->pdata[i], error);
		good = state != NULL;
		if (good) {
			state->mtime = FILE_DOUBTFUL;
			g_free(state->hash);
			state->hash = g_strdup("");
			good = store_put_file(store, state, error);
		}
		file_state_free(state);
	}
	if (store)
		good = good ? store_commit(store, error) : (store_rollback(store), false);
	store_close(store);
	return good;
}

static bool mend(struct doctor *doctor, GError **error)
{
	struct findings *ignored = findings_new();
	struct workspace_options options = *doctor->options;
	struct workspace *workspace = NULL;

	options.flags = 0;
	if ((!doctor->reindex || make_index(doctor, error)) && forget_files(doctor, error))
		workspace = workspace_open(&options, ignored, error);
	workspace_close(workspace);
	findings_free(ignored);
	return workspace != NULL;
}

/* --- the round ----------------------------------------------------------------------------- */

/* What the store alone knows cannot be judged by whoever may not read it; the files can. */
static bool say_unseen(struct doctor *doctor, const char *why, GError **error)
{
	g_autofree char *message = g_strdup_printf(
		_("records, history and edits that wait were not looked into: %s"), why);

	say(doctor, SEVERITY_NOTE, NULL, DOCTOR_UNSEEN, message,
	    _("whoever may read the store can look; \"telar check\" looks into the files"));
	return doctor->alone || check_leftovers(doctor, NULL, error);
}

/* Nobody said that it is damaged: it could not be looked at. */
static bool is_closed(const struct store *store, const GError *why)
{
	return !store && (g_error_matches(why, TELAR_ERROR, TELAR_ERROR_CANNOT_CREATE) ||
			  g_error_matches(why, TELAR_ERROR, TELAR_ERROR_DENIED));
}

static bool look_round(struct doctor *doctor, GError **error)
{
	g_autoptr(GError) why = NULL;

	if (g_access(doctor->path, R_OK) != 0 && errno == EACCES) {
		g_autofree char *text = g_strdup_printf("%s: %s", doctor->path, g_strerror(EACCES));

		return say_unseen(doctor, text, error);
	}
	if (!g_file_test(doctor->path, G_FILE_TEST_EXISTS)) {
		if (!doctor->alone && !check_leftovers(doctor, NULL, error))
			return false;
		say(doctor, SEVERITY_NOTE, NULL, "new",
		    _("there is no history yet: it begins with the first opening"), NULL);
		return true;
	}
	struct store *store = open_store(doctor, true, &why);
	bool good = store && (doctor->alone || check_leftovers(doctor, store, &why)) &&
		    check_pages(doctor, store, &why) && check_outbox(doctor, store, &why) &&
		    check_conflicts(doctor, store, &why) && check_records(doctor, store, &why);
	if (is_closed(store, why))
		return say_unseen(doctor, why->message, error);
	store_close(store);
	if (!good && g_error_matches(why, TELAR_ERROR, TELAR_ERROR_DATA)) {
		say_error(doctor, "damaged", why); /* that is what was to be found */
		return true;
	}
	if (!good)
		g_propagate_error(error, g_steal_pointer(&why));
	return good;
}

static void doctor_release(struct doctor *doctor)
{
	g_free(doctor->path);
	g_ptr_array_unref(doctor->reread);
}

static void doctor_init(struct doctor *doctor, const struct workspace_options *options,
			struct findings *findings)
{
	*doctor = (struct doctor){ .options = options, .findings = findings };
	doctor->alone = g_file_test(options->path, G_FILE_TEST_IS_REGULAR);
	doctor->path = doctor->alone ? g_strdup(options->path) : store_path_in(options->path);
	doctor->reread = g_ptr_array_new_with_free_func(g_free);
}

bool network_doctor(const struct workspace_options *options, bool mending,
		    struct findings *findings, GError **error)
{
	struct doctor doctor;
	struct findings *first = findings_new();
	g_autofree char *path = network_at(options->path);
	struct workspace_options own = *options;

	own.path = path;
	doctor_init(&doctor, &own, first);
	bool good = look_round(&doctor, error);
	bool files = !doctor.alone && (doctor.reopen || doctor.reread->len > 0);
	bool able = good && mending && (files || doctor.reindex);
	guint before = first->errors + first->warnings;
	good = good && (!able || mend(&doctor, error));
	doctor_release(&doctor);
	if (good && able) {
		findings_free(first);
		first = findings_new();
		doctor_init(&doctor, &own, first);
		good = look_round(&doctor, error);
		guint after = first->errors + first->warnings;
		g_autofree char *message = g_strdup_printf(
			_("mended: %u of %u"), before > after ? before - after : 0, before);
		say(&doctor, SEVERITY_NOTE, NULL, "mended", message, NULL);
		doctor_release(&doctor);
	}
	if (good)
		findings_move(findings, first);
	findings_free(first);
	return good;
}
