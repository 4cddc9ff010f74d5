#include "tui/worker.h"

#include <malloc.h>

#include <glib/gi18n.h>

#include "base/cancel.h"
#include "base/errors.h"
#include "data/as_of.h"
#include "graph/kept.h"
#include "tui/session.h"

/*
 * Three threads, a queue of jobs to each, and idle calls back.  What is computed is the
 * business of graph/; what becomes of it that of the loop.
 */

/* A thread and what it is to do, one job after the other. */
struct hand {
	GThread *thread; /* NULL: nothing was for it yet */
	GAsyncQueue *jobs;
};

struct worker {
	int refs; /* the owner's, and one for each outcome on its way */
	struct worker_calls calls;
	char *directory;	 /* of the network, where slow results are kept */
	struct hand analysis;	 /* whatever may reach igraph */
	struct hand beside;	 /* networks: an export may take the other for minutes */
	struct hand reading;	 /* files, of which there may be as many as a minute's worth */
	GCancellable *studying;	 /* of the newest study job; main thread only */
	GCancellable *comparing; /* of the newest comparison */
	GCancellable *dating;	 /* of the newest day asked for */
	GCancellable *drawing;	 /* of the newest that chance was asked of */
	GCancellable *checking;	 /* of the newest reading of all files */
	GCancellable *closing;	 /* of all other jobs: the worker goes */
	bool closed;		 /* main thread only */
};

enum job_type {
	JOB_STUDY,
	JOB_COMPARE,
	JOB_PAST,
	JOB_CHANCE,
	JOB_EXPORT,
	JOB_CHECK,
	JOB_WHATIF,
	JOB_QUIT
};

struct job {
	enum job_type type;
	struct worker *worker;
	GCancellable *cancel;
	struct model *model;
	struct study *study;
	struct export_order *order;
	char *path;		   /* of JOB_CHECK */
	guint number;		   /* … and which one */
	struct findings *findings; /* outcome */
	char *pairs;
	char *text; /* outcome */
	struct scorecard *score;
	struct date day;
	struct model *past; /* outcome */
	struct years years;
	struct comparison *comparison;
	struct drawing *drawing;
	GError *error;
};

static void worker_unref(struct worker *worker)
{
	if (!g_atomic_int_dec_and_test(&worker->refs))
		return;
	g_async_queue_unref(worker->analysis.jobs);
	g_async_queue_unref(worker->beside.jobs);
	g_async_queue_unref(worker->reading.jobs);
	g_clear_object(&worker->studying);
	g_clear_object(&worker->comparing);
	g_clear_object(&worker->dating);
	g_clear_object(&worker->drawing);
	g_clear_object(&worker->checking);
	g_object_unref(worker->closing);
	g_free(worker->directory);
	g_free(worker);
}

static void job_free(struct job *job)
{
	g_clear_object(&job->cancel);
	model_unref(job->model);
	model_unref(job->past);
	study_unref(job->study);
	export_order_free(job->order);
	g_free(job->path);
	findings_free(job->findings);
	g_free(job->text);
	g_free(job->pairs);
	scorecard_unref(job->score);
	comparison_free(job->comparison);
	drawing_free(job->drawing);
	g_clear_error(&job->error);
	worker_unref(job->worker);
	g_free(job);
}

static struct job *job_new(struct worker *worker, enum job_type type)
{
	struct job *job = g_new0(struct job, 1);

	job->type = type;
	job->worker = worker;
	g_atomic_int_inc(&worker->refs);
	job->cancel = g_object_ref(worker->closing);
	return job;
}

/* In the main context: hands the outcome over, unless nobody waits for it any more. */
static gboolean job_report(gpointer data)
{
	struct job *job = data;
	const struct worker *worker = job->worker;
	bool given_up = g_error_matches(job->error, TELAR_ERROR, TELAR_ERROR_CANCELLED);

	if (!worker->closed && !given_up) {
		/* Whoever waits for it hears of a failure too. */
		if (job->drawing != NULL)
			worker->calls.drawn(worker->calls.data, g_steal_pointer(&job->drawing));
		if (job->type == JOB_STUDY && job->error == NULL)
			worker->calls.study(worker->calls.data, job->study);
		else if (job->past != NULL)
			worker->calls.past(worker->calls.data, job->model, job->day, job->past);
		else if (job->comparison != NULL)
			worker->calls.compared(worker->calls.data, job->model, job->years,
					       g_steal_pointer(&job->comparison));
		else if (job->score != NULL)
			worker->calls.score(worker->calls.data, job->score);
		else if (job->type == JOB_CHECK)
			worker->calls.checked(worker->calls.data, job->number,
					      g_steal_pointer(&job->findings),
					      g_steal_pointer(&job->error));
		else if (job->type == JOB_EXPORT)
			worker->calls.exported(worker->calls.data, job->text,
					       g_steal_pointer(&job->error));
		else if (job->type != JOB_CHANCE || job->error != NULL)
			worker->calls.done(worker->calls.data, job->text,
					   g_steal_pointer(&job->error));
	}
	job_free(job);
	return G_SOURCE_REMOVE;
}

#define TELLING (200 * G_TIME_SPAN_MILLISECOND) /* between two words on how far it is */

struct progress {
	const struct job *job;
	gint64 told;
};

struct word {
	struct worker *worker;
	GCancellable *cancel;
	char *doing;
	double share;
};

static void word_free(gpointer data)
{
	struct word *word = data;

	worker_unref(word->worker);
	g_object_unref(word->cancel);
	g_free(word->doing);
	g_free(word);
}

/* In the main context; of what was given up meanwhile nothing is said. */
static gboolean word_report(gpointer data)
{
	const struct word *word = data;
	const struct worker_calls *calls = &word->worker->calls;

	if (!word->worker->closed && !g_cancellable_is_cancelled(word->cancel) &&
	    calls->progress != NULL)
		calls->progress(calls->data, word->doing, word->share);
	return G_SOURCE_REMOVE;
}

static struct word *word_new(const struct job *job, const char *doing, double share)
{
	struct word *word = g_new0(struct word, 1);

	word->worker = job->worker;
	g_atomic_int_inc(&word->worker->refs);
	word->cancel = g_object_ref(job->cancel);
	word->doing = g_strdup(doing);
	word->share = share;
	return word;
}

static void tell(const char *doing, double share, gpointer data)
{
	struct progress *progress = data;
	gint64 now = g_get_monotonic_time();

	if (now - progress->told < TELLING)
		return;
	progress->told = now;
	g_idle_add_full(G_PRIORITY_DEFAULT, word_report, word_new(progress->job, doing, share),
			word_free);
}

/* What computing took lies between what is kept: the system gets its pages back. */
static void give_back(const struct job *job)
{
	if (study_trim(job->study))
		malloc_trim(0);
}

static void study_run(struct job *job, struct study **earlier)
{
	struct progress progress = { job, g_get_monotonic_time() };

	job->study = session_study_new(job->model);
	study_inherit(job->study, *earlier);
	/* The first one of the app; what comes after it takes over from the one before. */
	if (*earlier == NULL)
		study_recall_from(job->study, job->worker->directory);
	study_follow(job->study, tell, &progress);
	if (!study_compute(job->study, STUDY_ALL, job->cancel, &job->error))
		return;
	study_follow(job->study, NULL, NULL);
	study_unref(*earlier);
	*earlier = study_ref(job->study);
	give_back(job);
}

/* `earlier`: the study computed before, whose slow parts may still hold. */
static void job_run(struct job *job, struct study **earlier)
{
	if (job->type == JOB_STUDY) {
		study_run(job, earlier);
		return;
	}
	if (job->type == JOB_COMPARE) {
		job->comparison =
			session_comparison_new(job->model, job->years, job->cancel, &job->error);
		return;
	}
	if (job->type == JOB_PAST) {
		job->past = date_is_set(job->day)
				    ? model_as_of(job->model, job->day, job->cancel, &job->error)
				    : model_confirmed(job->model);
		return;
	}
	if (job->type == JOB_CHANCE) {
		(void)session_draw(job->drawing, job->cancel, &job->error);
		return;
	}
	if (job->type == JOB_WHATIF) {
		job->score = session_whatif(job->study, job->pairs, job->cancel, &job->error);
		return;
	}
	if (job->type == JOB_CHECK) {
		job->findings = session_findings(job->path, job->day, job->cancel, &job->error);
		return;
	}
	job->text = session_export(job->study, job->order, job->cancel, &job->error);
}

static gpointer worker_main(gpointer data)
{
	GAsyncQueue *jobs = data;
	struct study *earlier = NULL;

	for (;;) {
		struct job *job = g_async_queue_pop(jobs);
		bool last = job->type == JOB_QUIT;

		if (last) {
			if (earlier != NULL)
				study_keep_in(earlier, job->worker->directory);
			job_free(job);
			break;
		}
		if (!cancel_asked(job->cancel, &job->error))
			job_run(job, &earlier);
		g_idle_add_full(G_PRIORITY_DEFAULT, job_report, job, NULL);
	}
	study_unref(earlier);
	g_async_queue_unref(jobs);
	return NULL;
}

static struct hand *hand_of(struct worker *worker, enum job_type type)
{
	return type == JOB_PAST	   ? &worker->beside
	       : type == JOB_CHECK ? &worker->reading
				   : &worker->analysis;
}

static void job_begin(struct job *job)
{
	struct hand *hand = hand_of(job->worker, job->type);

	g_async_queue_push(hand->jobs, job);
	if (hand->thread == NULL)
		hand->thread = g_thread_new("worker", worker_main, g_async_queue_ref(hand->jobs));
}

struct worker *worker_new(const struct worker_calls *calls, const char *directory)
{
	struct worker *worker = g_new0(struct worker, 1);

	worker->refs = 1;
	worker->calls = *calls;
	worker->directory = g_strdup(directory);
	worker->closing = g_cancellable_new();
	worker->analysis.jobs = g_async_queue_new();
	worker->beside.jobs = g_async_queue_new();
	worker->reading.jobs = g_async_queue_new();
	return worker;
}

static void end(struct worker *worker, struct hand *hand)
{
	if (hand->thread == NULL)
		return;
	g_async_queue_push(hand->jobs, job_new(worker, JOB_QUIT));
	g_thread_join(hand->thread);
}

static void give_up(GCancellable *newest)
{
	if (newest != NULL)
		g_cancellable_cancel(newest);
}

void worker_free(struct worker *worker)
{
	if (worker == NULL)
		return;
	worker->closed = true;
	g_cancellable_cancel(worker->closing);
	give_up(worker->studying);
	give_up(worker->comparing);
	give_up(worker->dating);
	give_up(worker->drawing);
	give_up(worker->checking);
	end(worker, &worker->analysis);
	end(worker, &worker->beside);
	end(worker, &worker->reading);
	/* Outcomes still on their way find it closed and only free themselves. */
	while (g_main_context_iteration(NULL, FALSE))
		;
	worker_unref(worker);
}

/* A job in place of the one before it, which `newest` cancels. */
static struct job *job_instead(struct worker *worker, enum job_type type, GCancellable **newest)
{
	struct job *job = job_new(worker, type);

	give_up(*newest);
	g_clear_object(newest);
	*newest = g_cancellable_new();
	g_set_object(&job->cancel, *newest);
	return job;
}

/* The same of a model. */
static struct job *job_of(struct worker *worker, enum job_type type, GCancellable **newest,
			  const struct model *model)
{
	struct job *job = job_instead(worker, type, newest);

	job->model = model_ref(model);
	return job;
}

void worker_study(struct worker *worker, const struct model *model)
{
	job_begin(job_of(worker, JOB_STUDY, &worker->studying, model));
}

void worker_stop(struct worker *worker)
{
	give_up(worker->studying);
}

void worker_compare(struct worker *worker, const struct model *model, struct years years)
{
	struct job *job = job_of(worker, JOB_COMPARE, &worker->comparing, model);

	job->years = years;
	job_begin(job);
}

void worker_past(struct worker *worker, const struct model *present, struct date day)
{
	struct job *job = job_of(worker, JOB_PAST, &worker->dating, present);

	worker_stop(worker);
	job->day = day;
	job_begin(job);
}

void worker_chance(struct worker *worker, struct drawing *drawing)
{
	struct job *job = job_of(worker, JOB_CHANCE, &worker->drawing, drawing->model);

	job->drawing = drawing;
	job_begin(job);
}

void worker_whatif(struct worker *worker, struct study *study, const char *pairs)
{
	struct job *job = job_new(worker, JOB_WHATIF);

	job->study = study_ref(study);
	job->pairs = g_strdup(pairs);
	job_begin(job);
}

void worker_export(struct worker *worker, struct study *study, struct export_order *order)
{
	struct job *job = job_new(worker, JOB_EXPORT);

	job->study = study_ref(study);
	job->order = order;
	job_begin(job);
}

void worker_check(struct worker *worker, const char *path, struct date today, guint number)
{
	struct job *job = job_instead(worker, JOB_CHECK, &worker->checking);

	job->path = g_strdup(path);
	job->day = today;
	job->number = number;
	job_begin(job);
}

void worker_stop_check(struct worker *worker)
{
	give_up(worker->checking);
}
