#ifndef TUI_SESSION_H
#define TUI_SESSION_H

#include "data/workspace.h"
#include "graph/export/export.h"
#include "graph/whatif.h"
#include "tui/app.h"
#include "tui/draft.h"

/*
 * The app together with the workspace that its effects are carried out on: what
 * the loop on a terminal and a key script have in common.  Used from one thread.
 */
struct session;
struct export_order;

/* What is not done here but by whoever runs it. */
struct session_hooks {
	void *data;
	void (*study)(void *data,
		      const struct model *model); /* one is wanted: session_study() later */
	/* Takes `order`: session_exported() later. */
	void (*export)(void *data, struct study *study, struct export_order *order);
	void (*yank)(void *data, const char *text);
	void (*redraw)(void *data);
	void (*suspend)(void *data);
	/* Try these steps on the study: session_score() or session_outcome() later. */
	void (*whatif)(void *data, struct study *study, const char *steps);
	void (*looks)(void *data); /* other settings; may be NULL */
	/* session_again() once there is time; NULL: at once. */
	void (*again)(void *data);
	/* Compare two years of this: session_compared() or session_outcome() later. */
	void (*compare)(void *data, const struct model *model, struct years years);
	void (*stop)(void *data); /* give up the study that was asked for; may be NULL */
	/* A large network as of a day, or (no day) its confirmed ties alone: session_past() later.
	 * NULL: it is waited for. */
	void (*past)(void *data, const struct model *present, struct date day);
	/* Read all files: session_checked() with that number later.  NULL: it is waited for. */
	void (*check)(void *data, const char *path, struct date today, guint number);
	void (*stop_check)(void *data); /* give that up; may be NULL */
	/* Takes `drawing`, for session_draw(): session_drawn() later.  NULL: it is waited for. */
	void (*chance)(void *data, struct drawing *drawing);
};

/* What is about to be shown: other ties, or in the same ones another day or what an edit made. */
enum session_way { WAY_NONE, WAY_SAME, WAY_TIES };

struct session {
	struct workspace *workspace;
	struct session_hooks hooks;
	struct world world;
	struct app *app;
	struct model *model;	 /* the network as it is, of the workspace */
	struct model *present;	 /* behind world.present: that, or its confirmed ties alone */
	struct model *confirmed; /* of `model`; NULL: not made */
	enum session_way way;	 /* what the worker is at … */
	bool way_only;		 /* … of confirmed ties alone, or of all */
	struct model *shown;	 /* behind world.model: that, or as of a day */
	struct study *study;	 /* behind world.study */
	struct study *present_study;
	struct comparison *comparison;
	struct drawing *drawn; /* behind world.drawn */
	GPtrArray *history;
	GHashTable *proposals; /* behind world.proposals */
	GPtrArray *log;	       /* behind world.log, NULL: not asked for */
	char *log_of;
	GPtrArray *conflicts;
	struct findings *findings; /* of opening or the last refresh, and of edits since */
	struct findings *checked;  /* behind world.checked */
	char *unchecked;	   /* behind world.unchecked */
	guint checks;		   /* so often they were asked for, and */
	guint checking;		   /* the number of the one that the worker is at; 0: none */
	struct drafts *drafts;	   /* borrowed; NULL: none are kept */
	struct config *config;	   /* borrowed; NULL: settings as they come */
	struct memory *memory;	   /* borrowed; NULL: nothing is kept */
	char *doing;		   /* behind world.doing */
	struct study *before;	   /* of what stood before the last edit; NULL: none waits */
	char *news;	 /* what that edit did to the gaps; NULL: nothing, or it was told */
	bool saving;	 /* the word that something was saved comes first */
	bool exporting;	 /* the outcome of an export is still to come: one at a time */
	GArray *made;	 /* gint64: changes that were made here, the last one at the end */
	guint keys;	 /* so many were pressed, … */
	guint made_at;	 /* and so many when that one was made */
	bool quit_asked; /* quitting was asked for while an export was written, nothing else since
			  */
	bool quit;
};

/* `findings` may be NULL; all arguments are borrowed. */
struct session *session_new(struct workspace *workspace, const struct findings *findings,
			    const struct session_hooks *hooks, int rows, int cols);
void session_free(struct session *session);

/* Where forms keep what is not saved yet; says in the message row what is left of a
 * former session. */
void session_set_drafts(struct session *session, struct drafts *drafts);

/* Settings, and what is kept between sessions; before any event.  Either may be NULL. */
void session_configure(struct session *session, struct config *config, struct memory *memory);
/* More of what an earlier EFFECT_AGAIN asked for. */
void session_again(struct session *session);

/* An event, and the effects it has. */
void session_event(struct session *session, struct event event);
void session_key(struct session *session, gunichar key);
/* A key of the mouse on what `grid` shows. */
void session_mouse(struct session *session, const struct grid *grid, struct event event);
void session_resize(struct session *session, int rows, int cols);

/* session_undo.c: EFFECT_UNDO and EFFECT_REDO; and that a change (NULL: none) was made here. */
void session_undo(struct session *session, const struct effect *effect);
void session_undo_note(struct session *session, const struct change *change);

/* What carries out an edit is in need of: the workspace has another model; why it was refused
 * (takes `error`); a change in words, gaps by the titles they had before (caller frees); the word
 * that it is saved, with what it met on its way into the file. */
void session_changed(struct session *session);
void session_refused(struct session *session, GError *error);
char *session_told(const struct session *session, const struct change *change);
void session_say_saved(struct session *session, const char *text, const struct change *change);

/* session_news.c: the network is about to change; the study of it is there; say what became of its
 * gaps; what was known of them holds no more. */
void session_news_wait(struct session *session);
void session_news_find(struct session *session);
void session_news_say(struct session *session);
void session_news_drop(struct session *session);

/* The newest changes anew; of the long list, which they outdate, nothing. */
void session_history(struct session *session);
/* EFFECT_HISTORY. */
void session_log(struct session *session, const char *subject);
void session_log_drop(struct session *session);

/* EFFECT_SETTING. */
void session_setting(struct session *session, const struct effect *effect);

/* Asks for a study of what is shown. */
void session_want_study(struct session *session);
/* What was computed of what is shown, and of the present, holds no more; the models stay. */
void session_study_drop(struct session *session);
/* How far that is; `share` NAN: not known. */
void session_progress(struct session *session, const char *doing, double share);
/* EFFECT_STOP.  False: nothing is being computed. */
bool session_stop(struct session *session);

/* A study has been computed; ignored when its model is not the one shown.  Keeps a reference. */
void session_study(struct session *session, struct study *study);

/*
 * world.model and what hangs on it anew, after another network.  False: that takes longer
 * than a key waits, so what was shown stays (world.behind) until the worker has made it.
 */
bool session_show(struct session *session);
/* EFFECT_CONFIRMED. */
void session_confirmed(struct session *session, bool only);
/* EFFECT_AS_OF and EFFECT_COMPARE. */
void session_look_at(struct session *session, const char *day);
void session_compare(struct session *session, struct years years);
/* What hooks.past() asked for; ignored when something else was since.  Keeps a reference. */
void session_past(struct session *session, const struct model *present, struct date day,
		  struct model *past);

/* What was compared in `model`; takes it, and ignores it when others were asked for since, or the
 * network is another. */
void session_compared(struct session *session, const struct model *model, struct years years,
		      struct comparison *comparison);
/* Two years of a network, what had ended left out; for the thread that computes. */
struct comparison *session_comparison_new(const struct model *model, struct years years,
					  GCancellable *cancel, GError **error);

/* EFFECT_CHANCE; what it asks for, for the thread that computes; and the outcome, which takes it.
 */
void session_chance(struct session *session, const struct effect *effect);
bool session_draw(struct drawing *drawing, GCancellable *cancel, GError **error);
/* Without a study it failed: nobody waits for it any longer. */
void session_drawn(struct session *session, struct drawing *drawing);
void session_drawn_drop(struct session *session);
void drawing_free(struct drawing *drawing); /* NULL accepted */

/* Looks what others changed.  Says so in the message row. */
void session_refresh(struct session *session);

/* Outcome of an effect that was carried out elsewhere; takes `error`. */
void session_outcome(struct session *session, const char *text, GError *error);

/* What was tried has been computed.  Borrowed. */
void session_score(struct session *session, struct scorecard *score);

/* The steps of EFFECT_WHATIF on a study; for the thread that computes. */
struct scorecard *session_whatif(struct study *study, const char *text, GCancellable *cancel,
				 GError **error);

/* Study options of the app: the whole network. */
struct study *session_study_new(const struct model *model);

/* EFFECT_CHECK; that what it found holds no more; what is wrong with the files of `path`, for the
 * thread that reads; and the outcome of that number, which takes both and ignores them when
 * the files are others now. */
void session_check(struct session *session);
void session_check_drop(struct session *session);
struct findings *session_findings(const char *path, struct date today, GCancellable *cancel,
				  GError **error);
void session_checked(struct session *session, guint number, struct findings *findings,
		     GError *error);

/* After an event: a check that no screen waits for any longer is given up. */
void session_check_note(struct session *session);

/* EFFECT_QUIT: at once, or, where an export would be lost, when it is asked for twice. */
void session_quit(struct session *session);
/* After a key and what it asks for: once something else was done, quitting asks again. */
void session_quit_note(struct session *session, const struct effects *effects);
/* EFFECT_EXPORT. */
void session_export_begin(struct session *session, const struct effect *effect);
/* What it asks for, with all that the writer has to know. */
struct export_order {
	char *format, *path;
	char *filter; /* "" everything */
	struct export_dialect dialect;
	struct crossing crossing;
	bool replace;
};
void export_order_free(struct export_order *order); /* NULL accepted */
/* Writes it and says so in a sentence, caller frees; NULL with `error`.  For the thread that
 * computes. */
char *session_export(struct study *study, const struct export_order *order, GCancellable *cancel,
		     GError **error);
/* The outcome of that; takes `error`. */
void session_exported(struct session *session, const char *text, GError *error);

#endif
