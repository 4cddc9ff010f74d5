/*
 * Signals that end the process, put off while it has something to take away.  What that is,
 * and how often is asked, is the business of who writes it.
 */
#include "base/interrupt.h"

#include "base/cancel.h"

void interrupt_begin(struct interrupt *interrupt)
{
	static const int ending[] = { SIGINT, SIGTERM, SIGHUP };

	interrupt->came = 0;
	sigemptyset(&interrupt->held);
	for (guint i = 0; i < G_N_ELEMENTS(ending); i++) {
		struct sigaction now;

		if (sigaction(ending[i], NULL, &now) == 0 && now.sa_handler != SIG_IGN)
			sigaddset(&interrupt->held, ending[i]);
	}
	pthread_sigmask(SIG_BLOCK, &interrupt->held, &interrupt->before);
}

bool interrupt_asked(struct interrupt *interrupt, GError **error)
{
	const struct timespec at_once = { 0, 0 };

	if (g_atomic_int_get(&interrupt->came) == 0) {
		int signal = sigtimedwait(&interrupt->held, NULL, &at_once);

		if (signal <= 0)
			return false;
		g_atomic_int_set(&interrupt->came, signal);
		pthread_sigmask(SIG_SETMASK, &interrupt->before, NULL);
	}
	cancel_fail(error);
	return true;
}

void interrupt_end(const struct interrupt *interrupt)
{
	pthread_sigmask(SIG_SETMASK, &interrupt->before, NULL);
	if (interrupt->came != 0)
		raise(interrupt->came);
}
