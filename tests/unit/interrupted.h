#ifndef TESTS_UNIT_INTERRUPTED_H
#define TESTS_UNIT_INTERRUPTED_H

#include <glib.h>
#include <signal.h>

/*
 * As if somebody had interrupted the process the moment before: a signal that ends it waits
 * for whoever asks, and is still there at the end, where it is taken away.
 */
struct interrupted {
	sigset_t terminate, before;
};

static inline void interrupted_begin(struct interrupted *interrupted)
{
	sigemptyset(&interrupted->terminate);
	sigaddset(&interrupted->terminate, SIGTERM);
	g_assert_cmpint(pthread_sigmask(SIG_BLOCK, &interrupted->terminate, &interrupted->before),
			==, 0);
	g_assert_cmpint(raise(SIGTERM), ==, 0);
}

static inline void interrupted_end(struct interrupted *interrupted)
{
	int signal = 0;

	g_assert_cmpint(sigwait(&interrupted->terminate, &signal), ==, 0);
	g_assert_cmpint(pthread_sigmask(SIG_SETMASK, &interrupted->before, NULL), ==, 0);
}

#endif
