/*
 * The one place that starts another program: git, to read objects.  What is asked and
 * what the answers mean is revision.c's business.
 */
#include "cli/git.h"

#include "base/errors.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdbool.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include <glib-unix.h>
#include <glib/gi18n.h>

enum {
	ANSWER_STEP = 1 << 16,
	ANSWER_MAX = 1 << 28, /* bytes of a listing: more than a million entries */
};

struct git {
	GPid pid;
	int in, out; /* pipes; `in` -1: it has nothing to read */
};

/*
 * A network may come with its repository, and that with settings that start programs
 * or reach out for objects it lacks: git reads what is there, or says no.  Variables
 * that point it at another repository, as inside a hook, or make it write or start
 * something, do not count; those of git all begin alike.
 */
static char **variables(void)
{
	char **all = g_get_environ();
	g_auto(GStrv) names = g_listenv();

	for (guint i = 0; names[i]; i++)
		if (g_str_has_prefix(names[i], "GIT_"))
			all = g_environ_unsetenv(all, names[i]);
	all = g_environ_setenv(all, "GIT_NO_LAZY_FETCH", "1", TRUE);
	/* Stronger than protocol.allow, which "protocol.ext.allow" of the repository outdoes. */
	all = g_environ_setenv(all, "GIT_ALLOW_PROTOCOL", "none", TRUE);
	all = g_environ_setenv(all, "GIT_TERMINAL_PROMPT", "0", TRUE);
	return g_environ_setenv(all, "GIT_OPTIONAL_LOCKS", "0", TRUE);
}

static bool start(struct git *git, const char *directory, const char *const *words, bool talks,
		  GError **error)
{
	static const char *const first[] = { "git", "--no-pager",
					     "-c",  "protocol.allow=never",
					     "-c",  "core.fsmonitor=false" };
	g_autoptr(GPtrArray) all = g_ptr_array_new();
	g_auto(GStrv) environment = variables();

	for (guint i = 0; i < G_N_ELEMENTS(first); i++)
		g_ptr_array_add(all, (gpointer)(gsize)first[i]);
	for (; *words; words++)
		g_ptr_array_add(all, (gpointer)(gsize)*words);
	g_ptr_array_add(all, NULL);
	git->in = -1;
	return g_spawn_async_with_pipes(
		directory, (char **)all->pdata, environment,
		G_SPAWN_SEARCH_PATH | G_SPAWN_DO_NOT_REAP_CHILD | G_SPAWN_STDERR_TO_DEV_NULL, NULL,
		NULL, &git->pid, talks ? &git->in : NULL, &git->out, NULL, error);
}

static void close_in(struct git *git)
{
	if (git->in >= 0)
		close(git->in);
	git->in = -1;
}

/* A part of `input`, as much as it takes now; a git that has left reads nothing more. */
static void tell(struct git *git, GBytes *input, gsize *told)
{
	gsize length;
	const char *text = g_bytes_get_data(input, &length);
	gssize n = write(git->in, text + *told, length - *told);

	if (n > 0)
		*told += (gsize)n;
	if (*told == length || (n < 0 && errno != EAGAIN && errno != EINTR))
		close_in(git);
}

/* All that it prints while it is told `input`; false when that is more than `most` bytes. */
static bool listen_to(struct git *git, GBytes *input, GByteArray *all, gsize most)
{
	g_autofree guint8 *step = g_malloc(ANSWER_STEP);
	gsize told = 0;
	gssize n = 1;

	if (git->in >= 0)
		g_unix_set_fd_nonblocking(git->in, TRUE, NULL);
	while (n != 0 && all->len <= most) {
		/* poll() passes by what is closed: -1. */
		struct pollfd ends[] = { { .fd = git->out, .events = POLLIN },
					 { .fd = git->in, .events = POLLOUT } };

		if (poll(ends, G_N_ELEMENTS(ends), -1) < 0 && errno != EINTR)
			return true;
		if (git->in >= 0 && ends[1].revents)
			tell(git, input, &told);
		if (!ends[0].revents)
			continue;
		n = read(git->out, step, ANSWER_STEP);
		if (n > 0)
			g_byte_array_append(all, step, (guint)n);
		else if (n < 0 && errno != EINTR)
			break;
	}
	return all->len <= most;
}

/* Whether it ended well. */
static bool wait_for(const struct git *git)
{
	int status = -1;
	pid_t ended;

	do
		ended = waitpid(git->pid, &status, 0);
	while (ended < 0 && errno == EINTR);
	return ended == git->pid && WIFEXITED(status) && WEXITSTATUS(status) == 0;
}

void git_too_large(GError **error)
{
	g_set_error(error, TELAR_ERROR, TELAR_ERROR_DATA,
		    _("This revision is larger than a network can be"));
}

GBytes *git_ask(const char *directory, const char *const *words, GBytes *input, GError **error)
{
	g_autoptr(GError) why = NULL;
	g_autoptr(GByteArray) all = g_byte_array_new();
	struct git git;

	if (!start(&git, directory, words, input != NULL, &why)) {
		g_set_error(error, TELAR_ERROR, TELAR_ERROR_UNAVAILABLE,
			    _("git cannot be started: %s"), why->message);
		error_add_hint(error, _("install git to compare with its revisions"));
		return NULL;
	}
	/* What objects are asked for is known to be small enough, a listing is not. */
	bool fits = listen_to(&git, input, all, input ? G_MAXINT : ANSWER_MAX);
	if (!fits)
		kill(git.pid, SIGKILL);
	close_in(&git);
	close(git.out);
	bool good = wait_for(&git);
	if (!fits)
		git_too_large(error);
	return good && fits ? g_byte_array_free_to_bytes(g_steal_pointer(&all)) : NULL;
}
