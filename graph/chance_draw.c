/*
 * How often groups meet in random networks with the degrees of a given one: every
 * table that is asked for is counted in the same networks, as drawing them is most
 * of the work.  Several chains at once, each with its own random numbers and its
 * own copy of the ties (rewire.h), which go on as long as a table is undecided.  What
 * follows from the counts: chance.c.
 */
#include "graph/chance_private.h"

#define CHAINS	  8	/* whatever the number of threads: part of the result */
#define FEW	  20	/* ties, below which groups are dealt out instead */
#define WARM_UP	  12	/* rounds of switches before the first sample */
#define MOST_TIES 2.4e7 /* in all samples together, which bounds their number */
#define LEAST	  200
#define STAYS	  .25 /* of the ties, at most, from one sample to the next; unless it takes … */
#define ROUNDS	  4   /* … more rounds, or */
#define FEWER	  2   /* … where nothing more can be drawn than at first */
#define MOST_OPEN 8e6 /* the same while a table is open, or of members where they are more */

struct task {
	const struct net *net;
	struct census *counts;
	guint n;
	guint drawn, until; /* samples of all chains, before and after */
	guint rounds;	    /* from one sample to the next, at most */
	bool permuted;
	guint64 seed;
	GMutex lock;
	struct chain *chains; /* where they go on: CHAINS; else NULL */
};

/* One chain's memory. */
struct chain {
	struct rewire rewire;
	guint rounds;	     /* from one sample to the next; 0: not begun */
	guint *label;	     /* dealt out: who has whose group */
	struct ends *at;     /* who the ends of the ties are dealt as */
	struct tally *tally; /* by table */
};

static void chain_init(struct chain *chain, const struct task *task, guint number)
{
	const struct net *net = task->net;
	rewire_init(&chain->rewire, net, task->seed * 0x2545f4914f6cdd1du + number);
	chain->label = g_new(guint, net->n + 1);
	for (guint v = 0; v < net->n; v++)
		chain->label[v] = v;
	chain->at = task->permuted ? g_new(struct ends, MAX(net->m, 1)) : NULL;
	chain->tally = g_new(struct tally, task->n);
	for (guint t = 0; t < task->n; t++)
		tally_init(&chain->tally[t], &task->counts[t]);
}

static void chain_release(struct chain *chain, const struct task *task)
{
	for (guint t = 0; t < task->n; t++)
		tally_clear(&chain->tally[t]);
	g_free(chain->tally);
	g_free(chain->label);
	g_free(chain->at);
	rewire_release(&chain->rewire);
}

static void deal(struct chain *chain, const struct net *net)
{
	for (guint v = net->n; v > 1; v--) {
		guint w = rewire_below(&chain->rewire, v), kept = chain->label[v - 1];
		chain->label[v - 1] = chain->label[w];
		chain->label[w] = kept;
	}
	for (guint e = 0; e < net->m; e++)
		chain->at[e] =
			(struct ends){ chain->label[net->from[e]], chain->label[net->to[e]] };
}

/* Each table is a pass over all ties: it is looked before each whether to stop. */
static void take_sample(struct chain *chain, const struct task *task, struct watch *watch)
{
	const struct ends *at = task->permuted ? chain->at : chain->rewire.ends;
	for (guint t = 0; t < task->n && !watch_stop(watch); t++)
		if (task->counts[t].open)
			tally_add(&chain->tally[t], &task->counts[t], at, task->net->m);
}

/*
 * Rounds from one sample to the next: one switches nearly every tie, unless hubs leave
 * little to switch.
 */
static guint rounds_between(const struct rewire *rewire, guint most)
{
	double tried = MAX((double)rewire->tried, 1);
	double refused = (tried - (double)rewire->made) / tried, stays = refused;
	guint rounds = 1;
	for (; rounds < most && stays > STAYS; rounds++)
		stays *= refused;
	return rounds;
}

static bool begin(struct chain *chain, const struct task *task, guint number, struct watch *watch)
{
	chain_init(chain, task, number);
	bool on = task->permuted || rewire_stir(&chain->rewire, WARM_UP, watch);
	chain->rounds = rounds_between(&chain->rewire, task->rounds);
	return on;
}

/* How many of so many samples are a chain's. */
static guint share(guint samples, guint number)
{
	return samples / CHAINS + (number < samples % CHAINS);
}

static void run_chain(gpointer data, gpointer own, guint unit, struct watch *watch)
{
	struct task *task = data;
	struct chain once = { 0 }, *chain = task->chains ? &task->chains[unit] : &once;
	(void)own;
	bool on = chain->rounds > 0 || begin(chain, task, unit, watch);
	for (guint i = share(task->drawn, unit); on && i < share(task->until, unit); i++) {
		if (task->permuted)
			deal(chain, task->net);
		else
			on = rewire_stir(&chain->rewire, chain->rounds, watch);
		on = on && !watch_stop(watch);
		if (on)
			take_sample(chain, task, watch);
	}
	g_mutex_lock(&task->lock);
	for (guint t = 0; t < task->n; t++)
		if (task->counts[t].open)
			tally_hand_in(&chain->tally[t], &task->counts[t],
				      share(task->until, unit) - share(task->drawn, unit));
	g_mutex_unlock(&task->lock);
	if (!task->chains)
		chain_release(chain, task);
}

static guint sample_count(const struct net *net, guint asked)
{
	double affordable = MOST_TIES / MAX((double)net->m, 1);
	return (guint)CLAMP(affordable, MIN(asked, LEAST), asked);
}

/* After how many networks there is the next look: twice as many, where that is affordable. */
static guint next_look(const struct task *task)
{
	double affordable = MOST_OPEN / MAX(MAX(task->net->m, task->net->n), 1);
	return 2 * task->until <= affordable ? 2 * task->until : task->until;
}

/*
 * The share of the networks drawn at first that would tell as much if they knew nothing of
 * each other: by how far the means of the chains lie apart, in all cells of a table together
 * (batch means).  Whole numbers added up, so it does not matter which chain is done first.
 */
static double share_worth(const struct task *task, const struct census *count)
{
	double n = task->until, lengths = 0, apart = 0, spread = 0;
	for (guint i = 0; i < CHAINS; i++)
		lengths += (double)share(task->until, i) * share(task->until, i);
	for (gsize i = 0; i < (gsize)count->width * count->height; i++) {
		const struct chance_total *of = &count->total[i];
		double mean = (double)of->sum / n;
		spread += (double)of->squares / n - mean * mean;
		apart += (double)of->apart - 2 * mean * (double)of->shares + mean * mean * lengths;
	}
	apart *= CHAINS / (n * (CHAINS - 1));
	return apart > spread ? spread / apart : 1;
}

/* What is known of the tables by now; false when none of them goes on. */
static bool look(struct task *task)
{
	guint next = next_look(task);
	bool open = false;
	for (guint t = 0; t < task->n; t++) {
		struct census *count = &task->counts[t];
		if (!count->open)
			continue;
		count->out->samples = task->until;
		if (task->drawn == 0)
			count->worth = share_worth(task, count);
		count->out->worth = (guint)(count->worth * task->until);
		census_conclude(count);
		count->open =
			next > task->until && next <= count->ask->most && !census_is_settled(count);
		open = open || count->open;
	}
	task->drawn = task->until;
	task->until = next;
	return open;
}

static bool draw(struct task *task, const struct kernel_run *run, GError **error)
{
	const struct crew crew = { .units = CHAINS, .task = task, .work = run_chain };
	struct kernel_run quiet = *run;
	if (task->until > 0 && !crew_run(&crew, run, error))
		return false;
	quiet.progress = NULL; /* what was said to be done stays done */
	while (look(task))
		if (!crew_run(&crew, &quiet, error))
			return false;
	return true;
}

bool chance_draw(const struct net *net, const struct chance_ask *asks, guint n, guint64 seed,
		 guint samples, struct chance **out, const struct kernel_run *run, GError **error)
{
	g_autofree struct census *counts = g_new0(struct census, n + 1);
	struct chain chains[CHAINS] = { 0 };
	struct task task = { .net = net,
			     .counts = counts,
			     .n = n,
			     .until = net->m > 0 ? sample_count(net, samples) : 0,
			     .permuted = net->m < FEW,
			     .seed = seed };
	task.rounds = next_look(&task) > task.until ? ROUNDS : FEWER;
	for (guint t = 0; t < n; t++) {
		census_init(&counts[t], &asks[t], net, task.permuted);
		if (next_look(&task) > task.until && next_look(&task) <= asks[t].most)
			task.chains = chains;
	}
	g_mutex_init(&task.lock);
	bool done = draw(&task, run, error);
	g_mutex_clear(&task.lock);
	for (guint i = 0; i < CHAINS; i++)
		if (chains[i].rounds > 0)
			chain_release(&chains[i], &task);
	for (guint t = 0; t < n; t++) {
		if (done)
			out[t] = counts[t].out;
		else
			chance_unref(counts[t].out);
		census_clear(&counts[t]);
	}
	return done;
}
