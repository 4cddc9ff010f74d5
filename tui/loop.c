#include "tui/loop.h"

#include <signal.h>
#include <string.h>
#include <sys/signalfd.h>
#include <unistd.h>

#include <glib-unix.h>
#include <glib/gi18n.h>

#include "base/clock.h"
#include "base/errors.h"
#include "data/current.h"
#include "tui/figures.h"
#include "tui/memory.h"
#include "tui/session.h"
#include "tui/term_ncurses.h"
#include "tui/watch.h"
#include "tui/worker.h"

/*
 * The main loop on a terminal: keys, signals, outcomes of the worker and changes
 * by others go into the session; after all that has arrived at once, one frame
 * goes out.  Nothing wakes up while nothing happens.
 */
struct loop {
	GMainLoop *main;
	struct terminal *terminal;
	struct session *session;
	struct worker *worker;
	struct watch *watch;
	struct grid *grid;
	struct drafts *drafts;
	struct config *config;
	struct memory *memory;
	guint again;   /* idle source of a long search, 0: none */
	guint drawing; /* idle source, 0: nothing to draw */
	gint64 drawn;  /* when the last frame went out */
	guint keeping; /* timer of drafts, 0: nothing waits to be written */
	int stop_fd;   /* signalfd of TSTP and CONT */
	int ended_by;  /* signal, 0: the person */
};

static gboolean draw(gpointer data)
{
	struct loop *loop = data;

	loop->drawing = 0;
	loop->drawn = g_get_monotonic_time();
	terminal_mouse(loop->terminal, loop->session->app->mouse);
	app_draw(loop->session->app, &loop->session->world, loop->grid);
	terminal_draw(loop->terminal, loop->grid);
	return G_SOURCE_REMOVE;
}

/* Behind all input that has arrived by then: one frame for a burst of keys. */
static void draw_later(struct loop *loop)
{
	if (loop->drawing == 0)
		loop->drawing = g_idle_add_full(G_PRIORITY_HIGH_IDLE, draw, loop, NULL);
}

static void keep_later(struct loop *loop);

static gboolean keep_drafts(gpointer data)
{
	struct loop *loop = data;
	g_autoptr(GError) error = NULL;

	loop->keeping = 0;
	if (!drafts_flush(loop->drafts, g_get_monotonic_time(), false, &error)) {
		app_say(loop->session->app, STYLE_WARN, "%s", error->message);
		draw_later(loop);
	}
	keep_later(loop);
	return G_SOURCE_REMOVE;
}

/* What is typed into a form reaches the disk within a second, and after the frame. */
static void keep_later(struct loop *loop)
{
	int wait = drafts_due(loop->drafts, g_get_monotonic_time());

	if (wait >= 0 && loop->keeping == 0)
		loop->keeping = g_timeout_add_full(G_PRIORITY_DEFAULT_IDLE, (guint)wait,
						   keep_drafts, loop, NULL);
}

static void after(struct loop *loop)
{
	keep_later(loop);
	if (loop->session->quit)
		g_main_loop_quit(loop->main);
	else
		draw_later(loop);
}

static gboolean on_input(int fd, GIOCondition condition, gpointer data)
{
	struct loop *loop = data;
	struct event event = { .type = EVENT_KEY };

	(void)fd;
	while (!loop->session->quit && terminal_key(loop->terminal, &event.key, &event.pasted)) {
		if (event.key < TUI_KEY_CLICK) {
			session_event(loop->session, event);
			continue;
		}
		terminal_pointer(loop->terminal, &event.row, &event.col);
		session_mouse(loop->session, loop->grid, event);
	}
	if ((condition & (G_IO_HUP | G_IO_ERR)) != 0 && loop->ended_by == 0) {
		loop->ended_by = SIGHUP;
		g_main_loop_quit(loop->main);
		return G_SOURCE_REMOVE;
	}
	after(loop);
	return G_SOURCE_CONTINUE;
}

static gboolean ended(struct loop *loop, int number)
{
	loop->ended_by = number;
	g_main_loop_quit(loop->main);
	return G_SOURCE_CONTINUE;
}

static gboolean on_hangup(gpointer data)
{
	return ended(data, SIGHUP);
}

static gboolean on_terminate(gpointer data)
{
	return ended(data, SIGTERM);
}

/* A slip of the hand must not cost a form half filled in. */
static gboolean on_interrupt(gpointer data)
{
	struct loop *loop = data;

	const struct view *top = app_top(loop->session->app);
	bool typing = top->ops->typing != NULL && top->ops->typing(top);

	if (!session_stop(loop->session))
		app_say(loop->session->app, STYLE_DIM, "%s",
			typing ? _("Press Esc to leave this.") : _("Press Q to quit."));
	draw_later(loop);
	return G_SOURCE_CONTINUE;
}

static void resize(struct loop *loop)
{
	int rows, cols;

	terminal_resize(loop->terminal);
	terminal_size(loop->terminal, &rows, &cols);
	grid_resize(loop->grid, rows, cols);
	session_resize(loop->session, rows, cols);
	draw_later(loop);
}

static gboolean on_resize(gpointer data)
{
	resize(data);
	return G_SOURCE_CONTINUE;
}

/* Stops as any program does, with the terminal given back meanwhile. */
static void stop(struct loop *loop)
{
	struct sigaction standard, before;
	sigset_t stopping, old;

	terminal_pause(loop->terminal);
	memset(&standard, 0, sizeof standard);
	standard.sa_handler = SIG_DFL;
	sigaction(SIGTSTP, &standard, &before);
	sigemptyset(&stopping);
	sigaddset(&stopping, SIGTSTP);
	raise(SIGTSTP);
	pthread_sigmask(SIG_UNBLOCK, &stopping, &old);
	/* Here the process is stopped, and here it goes on. */
	pthread_sigmask(SIG_SETMASK, &old, NULL);
	sigaction(SIGTSTP, &before, NULL);
	terminal_continue(loop->terminal);
	resize(loop);
}

static gboolean on_stop(int fd, GIOCondition condition, gpointer data)
{
	struct loop *loop = data;
	struct signalfd_siginfo info;

	(void)condition;
	while (read(fd, &info, sizeof info) == sizeof info) {
		if (info.ssi_signo == SIGTSTP) {
			stop(loop);
		} else {
			/* Somebody else may have written on the screen. */
			terminal_redraw(loop->terminal);
			resize(loop);
		}
	}
	return G_SOURCE_CONTINUE;
}

static void want_study(void *data, const struct model *model)
{
	struct loop *loop = data;

	worker_study(loop->worker, model);
}

static void want_stop(void *data)
{
	struct loop *loop = data;

	worker_stop(loop->worker);
}

static void want_export(void *data, struct study *study, struct export_order *order)
{
	struct loop *loop = data;

	worker_export(loop->worker, study, order);
}

static void want_whatif(void *data, struct study *study, const char *pairs)
{
	struct loop *loop = data;

	worker_whatif(loop->worker, study, pairs);
}

static void want_compare(void *data, const struct model *model, struct years years)
{
	struct loop *loop = data;

	worker_compare(loop->worker, model, years);
}

static void want_past(void *data, const struct model *present, struct date day)
{
	struct loop *loop = data;

	worker_past(loop->worker, present, day);
}

static void want_check(void *data, const char *path, struct date today, guint number)
{
	struct loop *loop = data;

	worker_check(loop->worker, path, today, number);
}

static void want_stop_check(void *data)
{
	struct loop *loop = data;

	worker_stop_check(loop->worker);
}

static void want_chance(void *data, struct drawing *drawing)
{
	struct loop *loop = data;

	worker_chance(loop->worker, drawing);
}

static void want_yank(void *data, const char *text)
{
	struct loop *loop = data;

	terminal_copy(loop->terminal, text);
}

#define SHOWN_EACH (150 * G_TIME_SPAN_MILLISECOND)

static gboolean go_on(gpointer data)
{
	struct loop *loop = data;

	loop->again = 0;
	session_again(loop->session);
	/* Of what is not finished yet now and then a frame: each costs its bytes. */
	if (loop->again == 0 || g_get_monotonic_time() - loop->drawn > SHOWN_EACH)
		after(loop);
	return G_SOURCE_REMOVE;
}

/* Behind keys and frames: a long search must not be felt. */
static void want_again(void *data)
{
	struct loop *loop = data;

	if (loop->again == 0)
		loop->again = g_idle_add_full(G_PRIORITY_LOW, go_on, loop, NULL);
}

static void want_looks(void *data)
{
	struct loop *loop = data;

	terminal_look(loop->terminal, config_get(loop->config, SETTING_THEME),
		      config_get(loop->config, SETTING_COLOR));
	draw_later(loop);
}

static void want_redraw(void *data)
{
	struct loop *loop = data;

	terminal_redraw(loop->terminal);
	resize(loop);
}

static void want_suspend(void *data)
{
	stop(data);
}

static void study_arrived(void *data, struct study *study)
{
	struct loop *loop = data;

	session_study(loop->session, study);
	after(loop);
}

static void job_done(void *data, const char *text, GError *error)
{
	struct loop *loop = data;

	session_outcome(loop->session, text, error);
	after(loop);
}

static void export_done(void *data, const char *text, GError *error)
{
	struct loop *loop = data;

	session_exported(loop->session, text, error);
	after(loop);
}

static void checked(void *data, guint number, struct findings *findings, GError *error)
{
	struct loop *loop = data;

	session_checked(loop->session, number, findings, error);
	after(loop);
}

static void score_arrived(void *data, struct scorecard *score)
{
	struct loop *loop = data;

	session_score(loop->session, score);
	after(loop);
}

static void compared(void *data, const struct model *model, struct years years,
		     struct comparison *comparison)
{
	struct loop *loop = data;

	session_compared(loop->session, model, years, comparison);
	after(loop);
}

static void drawn(void *data, struct drawing *drawing)
{
	struct loop *loop = data;

	session_drawn(loop->session, drawing);
	after(loop);
}

static void past_arrived(void *data, const struct model *present, struct date day,
			 struct model *past)
{
	struct loop *loop = data;

	session_past(loop->session, present, day, past);
	after(loop);
}

static void progressed(void *data, const char *doing, double share)
{
	struct loop *loop = data;

	session_progress(loop->session, doing, share);
	draw_later(loop);
}

static void files_changed(void *data)
{
	struct loop *loop = data;

	session_refresh(loop->session);
	after(loop);
}

/* Blocked before any thread starts, so that none of them gets them instead. */
static int stop_signals_open(void)
{
	sigset_t set;

	sigemptyset(&set);
	sigaddset(&set, SIGTSTP);
	sigaddset(&set, SIGCONT);
	pthread_sigmask(SIG_BLOCK, &set, NULL);
	return signalfd(-1, &set, SFD_NONBLOCK | SFD_CLOEXEC);
}

static void stop_signals_close(int fd)
{
	sigset_t set;

	if (fd >= 0)
		close(fd);
	sigemptyset(&set);
	sigaddset(&set, SIGTSTP);
	sigaddset(&set, SIGCONT);
	pthread_sigmask(SIG_UNBLOCK, &set, NULL);
}

/* With settings that cannot be understood the app still opens, and says so. */
static void complain(struct loop *loop)
{
	g_autoptr(GError) error = NULL;
	g_autofree char *what = NULL, *hint = NULL;

	if (loop->config == NULL || config_check(loop->config, &error))
		return;
	error_split(error, &what, &hint);
	app_say(loop->session->app, STYLE_WARN, hint == NULL ? "%s" : "%s — %s", what, hint);
}

static char *state_directory(void)
{
	return g_build_filename(g_get_user_state_dir(), "telar", NULL);
}

static void session_start(struct loop *loop, struct workspace *workspace,
			  const struct findings *findings, const char *filter)
{
	const struct session_hooks hooks = { loop,	  want_study,	   want_export, want_yank,
					     want_redraw, want_suspend,	   want_whatif, want_looks,
					     want_again,  want_compare,	   want_stop,	want_past,
					     want_check,  want_stop_check, want_chance };
	g_autofree char *state = state_directory();
	int rows, cols;

	terminal_size(loop->terminal, &rows, &cols);
	loop->grid = grid_new(rows, cols);
	loop->session = session_new(workspace, findings, &hooks, rows, cols);
	loop->session->app->ascii = !terminal_is_unicode(loop->terminal);
	loop->memory = memory_open(state, workspace_path(workspace));
	/* Keys wait meanwhile. */
	memory_set_patience(loop->memory, 100);
	session_configure(loop->session, loop->config, loop->memory);
	want_looks(loop);
	app_set_filter(loop->session->app, &loop->session->world, filter);
	loop->drafts = drafts_open(state, workspace_path(workspace));
	session_set_drafts(loop->session, loop->drafts);
	complain(loop);
	if (terminal_notice(loop->terminal) != NULL)
		app_say(loop->session->app, STYLE_WARN, "%s", terminal_notice(loop->terminal));
	/* The first frame does not wait for what is computed, or made in pieces. */
	draw(loop);
	session_again(loop->session);
}

static void run(struct loop *loop, struct workspace *workspace)
{
	const struct worker_calls calls = { loop,	  study_arrived, job_done, export_done,
					    checked,	  score_arrived, compared, drawn,
					    past_arrived, progressed };
	guint sources[] = {
		g_unix_signal_add(SIGHUP, on_hangup, loop),
		g_unix_signal_add(SIGTERM, on_terminate, loop),
		g_unix_signal_add(SIGINT, on_interrupt, loop),
		g_unix_signal_add(SIGWINCH, on_resize, loop),
		g_unix_fd_add(terminal_fd(loop->terminal), G_IO_IN | G_IO_HUP | G_IO_ERR, on_input,
			      loop),
		g_unix_fd_add(loop->stop_fd, G_IO_IN, on_stop, loop),
	};

	loop->worker = worker_new(
		&calls, workspace_is_read_only(workspace) ? NULL : workspace_path(workspace));
	worker_study(loop->worker, loop->session->shown);
	loop->watch = watch_new(workspace_path(workspace), files_changed, loop);
	g_main_loop_run(loop->main);
	for (guint i = 0; i < G_N_ELEMENTS(sources); i++)
		g_source_remove(sources[i]);
	if (loop->drawing != 0)
		g_source_remove(loop->drawing);
	loop->drawing = 0;
	if (loop->keeping != 0)
		g_source_remove(loop->keeping);
	if (loop->again != 0)
		g_source_remove(loop->again);
	/* Whatever ended it: what was typed is kept before anything else is put away. */
	drafts_flush(loop->drafts, 0, true, NULL);
	watch_free(loop->watch);
}

/* Before the network is there: that, and what, is being read, and how large it was. */
static void draw_waiting(struct terminal *terminal, const struct loop_opening *opening,
			 const struct config *config)
{
	g_autofree char *name = g_path_get_basename(opening->path);
	g_autofree char *state = state_directory();
	g_autofree char *network = network_at(opening->path);
	struct memory *memory = memory_open(state, network);
	struct grid *grid;
	int rows, cols;

	terminal_look(terminal, config_get(config, SETTING_THEME),
		      config_get(config, SETTING_COLOR));
	terminal_size(terminal, &rows, &cols);
	grid = grid_new(rows, cols);
	grid->ascii = !terminal_is_unicode(terminal);
	grid_fill(grid, (struct rect){ 0, 0, 1, cols }, STYLE_BAR, " ");
	grid_put(grid, 0, grid_put(grid, 0, 0, -1, STYLE_BAR, "telar  "), -1, STYLE_BAR, name);
	if (rows > 3)
		grid_put(grid, 3, 2, -1, STYLE_DIM, _("Reading the network…"));
	figures_draw(memory, grid, 5);
	terminal_draw(terminal, grid);
	grid_free(grid);
	memory_close(memory);
}

/* Whatever is said on the way of files goes to the screen as well: the next frame is whole. */
static bool open_behind(struct loop *loop, const struct loop_opening *opening,
			struct loop_network *network, GError **error)
{
	draw_waiting(loop->terminal, opening, loop->config);
	if (!opening->open(opening->data, network, error))
		return false;
	terminal_redraw(loop->terminal);
	return true;
}

static void keep_figures(struct loop *loop)
{
	const struct clock clock = clock_system();

	figures_keep(loop->memory, &loop->session->world, loop->session->model, clock_now(&clock));
}

int loop_run(const struct loop_opening *opening, struct config *config, GError **error)
{
	struct loop loop = { .stop_fd = -1, .config = config };
	struct loop_network network = { NULL, NULL, NULL };
	bool large = network_is_large(opening->path);

	if (!large && !opening->open(opening->data, &network, error))
		return 0;
	loop.stop_fd = stop_signals_open();
	loop.terminal = terminal_open(error);
	if (loop.terminal == NULL || (large && !open_behind(&loop, opening, &network, error))) {
		stop_signals_close(loop.stop_fd);
		if (loop.terminal == NULL)
			return 69;
		terminal_close(loop.terminal);
		return 0;
	}
	loop.main = g_main_loop_new(NULL, FALSE);
	session_start(&loop, network.workspace, network.findings,
		      network.filter == NULL ? "" : network.filter);
	run(&loop, network.workspace);
	/* First the terminal: the worker may need a moment to stop. */
	terminal_close(loop.terminal);
	if (large)
		keep_figures(&loop);
	worker_free(loop.worker);
	session_free(loop.session);
	drafts_close(loop.drafts);
	memory_close(loop.memory);
	grid_free(loop.grid);
	g_main_loop_unref(loop.main);
	stop_signals_close(loop.stop_fd);
	return loop.ended_by == 0 ? 0 : 128 + loop.ended_by;
}
