#ifndef TUI_APP_H
#define TUI_APP_H

#include "data/op.h"
#include "graph/compare.h"
#include "graph/study.h"
#include "tui/grid.h"
#include "tui/keys.h"

/*
 * The app: what the person sees, as a value.  app_update() takes an event and
 * answers with effects; app_draw() paints a frame.  Neither does input or output
 * nor computes measures: the loop (loop.c) or a key script (script.c) does what
 * effects ask for and brings outcomes back as events.  A dialog is one more view
 * on the stack.
 */

enum event_type {
	EVENT_KEY,
	EVENT_RESIZE, /* world has the new size */
	EVENT_STUDY,  /* world has a newer study */
	EVENT_MODEL,  /* world has a newer model (and study NULL until EVENT_STUDY) */
	EVENT_DONE,   /* an effect went well: `text` says what, `change` if it was an edit */
	EVENT_FAILED, /* an effect failed: `text` and `hint` say how; a form stays open */
	EVENT_CONFIG, /* world has other settings */
	EVENT_AGAIN,  /* asked for by EFFECT_AGAIN */
	EVENT_WHICH,  /* EFFECT_UNDO would take back `change`, in words `text`, which may not be
			 what is meant; `here` is the newest of what is looked at, or NULL */
};

struct event {
	enum event_type type;
	gunichar key;
	int row, col; /* of a key of the mouse */
	bool pasted;  /* part of pasted text: never a command */
	const char *text, *hint;
	bool exported; /* of EVENT_DONE and EVENT_FAILED: the outcome of EFFECT_EXPORT, … */
	bool exists;   /* … which failed only because something stands there already */
	const struct change *change, *here;
	bool redo; /* of EVENT_WHICH */
	struct scorecard
		*score; /* of EVENT_DONE: what was tried, graph/whatif.h; keep a reference */
};

enum effect_type {
	EFFECT_QUIT,
	EFFECT_APPLY, /* change (owned by the effect) */
	/*
	 * id: of the change to take back.  0: the newest that stands, if it was made here and of
	 * what is looked at (path, as view_ops.looks_at has it; NULL: anything), or a moment ago;
	 * else EVENT_WHICH.
	 */
	EFFECT_UNDO,
	EFFECT_REDO,   /* the same for what was taken back */
	EFFECT_EXPORT, /* path; text: format; filter: what, NULL: what passes the app's; id 1: what
			  stands there already is replaced; side: which of export_dialects(), from
			  1 on, 0: as the settings say; crossing: of a format that is so */
	EFFECT_YANK,   /* text */
	EFFECT_REDRAW, /* repaint everything */
	EFFECT_SUSPEND,
	EFFECT_DRAFT,	  /* path: a form's subject; text: what was typed there, NULL: forget it.
			     Has no outcome; goes to drafts_put() */
	EFFECT_DECIDE,	  /* id: of a conflict; side: enum conflict_side; text: the other value */
	EFFECT_WHATIF,	  /* text: steps to try, as the subject of whatif */
	EFFECT_SETTING,	  /* path: its key; text: the value, NULL: none; id 1: also in the file */
	EFFECT_REMEMBER,  /* id: enum memory_list; path: a name, or NULL; text: NULL forgets */
	EFFECT_AS_OF,	  /* text: a day to look at the network as of, NULL: now; EVENT_MODEL */
	EFFECT_CONFIRMED, /* id: 1 to look at confirmed ties alone, 0 at all; EVENT_MODEL */
	EFFECT_COMPARE,	  /* years: those to compare, 0 0 none; world.comparison, EVENT_STUDY */
	EFFECT_HISTORY,	  /* path: whose, as the subject of that view, "" of everything;
			     world.log, EVENT_STUDY */
	EFFECT_CHANCE,	  /* filter: what chance gives for what passes it; id, side: by which
			     attributes; world.drawn, EVENT_STUDY */
	EFFECT_CHECK,	  /* all files are to be read: world.checked, EVENT_STUDY */
	EFFECT_STOP,	  /* the study that is being computed is given up */
	EFFECT_COMPUTE,	  /* one is wanted after all */
	EFFECT_AGAIN,	  /* EVENT_AGAIN once there is time: more of a long search */
};

struct years {
	int from, to;
};

struct world;

/* Two attributes whose groups are held against each other. */
struct crossing {
	enum attribute rows, cols;
};

struct effect {
	enum effect_type type;
	struct years years;
	struct change *change;
	char *text, *path, *filter;
	gint64 id;
	guint side;
	struct crossing crossing;
};

struct effects {
	GPtrArray *all; /* struct effect *, owned */
};

void effects_init(struct effects *effects);
void effects_release(struct effects *effects);
struct effect *effects_add(struct effects *effects, enum effect_type type);

/* What passes a filter, with what chance gives for it by two attributes. */
struct drawing {
	struct model *model;
	struct study *against; /* whose numbers the filter asks; NULL: they are not known */
	char *filter;
	enum attribute rows, cols;
	struct study *study; /* NULL: not made yet, or it could not be */
};
/* Whether it is of what that filter lets through of what is shown; `drawing` may be NULL. */
bool drawing_is_of(const struct drawing *drawing, const struct world *world, const char *filter);

#define WORLD_LOG 1000 /* changes that a history shows at most */

/* What a view may read: all const, valid for one call. */
struct world {
	const struct model *model;
	struct study *study; /* NULL while it is computed; read only */
	/*
	 * Unset: the network is looked at as it is.  Else `model` is that of this day and
	 * nothing can be edited; `present` is the network as it is and `present_study` its
	 * study, NULL while that is computed.
	 */
	struct date as_of;
	struct date coming; /* a day that is on its way; unset: none is */
	/* All of this is of the network before the last change: the new is on its way, and nothing
	 * can be edited until it is there. */
	bool behind;
	bool confirmed; /* all of that has no other ties than those that both sides declare */
	const struct model *present;
	struct study *present_study;
	/* Of two years, leaving out what had ended in them; NULL: none, or it is computed. */
	const struct comparison *comparison;
	struct years compared;	     /* 0 0: none are */
	const struct drawing *drawn; /* the last that was asked for; NULL: none, or it is made */
	const GPtrArray *history;    /* struct change *, newest first, some tens */
	GHashTable *proposals; /* "alpha/beta" -> who proposed that and when, in words; or NULL */
	/* The same of one record or of everything, WORLD_LOG at most; NULL: not read yet. */
	const GPtrArray *log;
	const char *log_of; /* whose, as the subject of the history; "" of everything */
	const struct findings *findings; /* of the files, at opening */
	const struct findings *checked;	 /* of all files; NULL: not asked for since they changed */
	const char *unchecked; /* why they could not all be read; NULL: nothing was in the way */
	const GPtrArray *conflicts; /* struct conflict * of data/conflict.h that wait; NULL: none */
	const char *actor;
	const char *path; /* of the network */
	struct date today;
	bool read_only;
	int rows, cols;
	const struct drafts *drafts; /* of forms, from earlier sessions; NULL: none (tui/draft.h) */
	const struct config *config; /* settings; NULL: as they come (tui/config.h) */
	/* While study is NULL: what is being computed, NULL not known; and how much of that is
	 * done, NAN not known.  Stopped: nothing is until EFFECT_COMPUTE. */
	const char *doing;
	double done;
	bool stopped;
	const struct memory *memory; /* saved filters and the like; NULL: none (tui/memory.h) */
};

/* What a key can do: one row an action, in keymap.c. */
enum action {
	ACTION_NONE,
#define ACTION(id, name, keys, label, scope) ACTION_##id,
#include "tui/actions.def"
#undef ACTION
	ACTION_COUNT
};

enum scope {
	SCOPE_ANY = 1 << 0,
	SCOPE_LIST = 1 << 1, /* a table of records: move, sort, filter, open */
	SCOPE_CARD = 1 << 2,
	SCOPE_MAP = 1 << 3,
	SCOPE_GAPS = 1 << 4,
	SCOPE_EDIT = 1 << 5, /* records that can be edited from here */
	SCOPE_FORM = 1 << 6,
	SCOPE_HELP = 1 << 7,
	SCOPE_INSTITUTIONS = 1 << 8,
	SCOPE_OVERVIEW = 1 << 9,
	SCOPE_TIES = 1 << 10, /* ties of one institution */
	SCOPE_TIE = 1 << 11,  /* a tie: a row of a list or a card */
	SCOPE_PARTNERSHIPS = 1 << 12,
	SCOPE_MATRIX = 1 << 13,
	SCOPE_TIME = 1 << 14,
	SCOPE_GAP = 1 << 15,   /* a gap: a row of the register or its card */
	SCOPE_NAMED = 1 << 16, /* institutions and territories: what gaps name */
	SCOPE_ITEMS = 1 << 17, /* a list whose rows have no card of their own */
	SCOPE_CONFLICTS = 1 << 18,
	/* All others, also those to come: where the map needs the key for itself. */
	SCOPE_BESIDES_MAP = G_MAXINT & ~(SCOPE_ANY | SCOPE_MAP | SCOPE_FORM),
};

struct binding {
	enum action action;
	const char *name;  /* "move-down" */
	gunichar keys[5];  /* 0-terminated */
	const char *label; /* N_("Move down") */
	guint scope;
};

const struct binding *bindings(guint *n);
const struct binding *binding_of(enum action action);
const struct binding *binding_named(const char *name); /* or NULL */
/* What else is to be known of it, N_(); NULL: nothing. */
const char *binding_note(enum action action);

/* The keys in force: those of the table, or the person's own. */
#define KEYS_MAX 5
struct keymap {
	gunichar keys[ACTION_COUNT][KEYS_MAX]; /* 0-terminated; none: not bound */
};
void keymap_init(struct keymap *map);
/*
 * Gives an action these keys (words of key_parse(); "none" alone: no key).  They are
 * taken away from actions that would share a view with it.
 */
void keymap_bind(struct keymap *map, enum action action, const char *const *words);
/* The action of a key where `scopes` hold; ACTION_NONE when it has none. */
enum action keymap_action(const struct keymap *map, gunichar key, guint scopes);
/* Its first key, 0: none. */
gunichar keymap_key(const struct keymap *map, enum action action);
/* The same where letters are text: the first of its keys that no text can hold. */
gunichar keymap_key_typing(const struct keymap *map, enum action action);
/* "j ↓".  Caller frees. */
char *keymap_text(const struct keymap *map, enum action action);
/* A key of view_ops.keys as it is shown, "" for none; `*shown` is the key itself, 0 for several.
 * Caller frees. */
char *keymap_told(const struct keymap *map, const char *key, bool typing, gunichar *shown);
/* Whether there is a view where both actions work. */
bool actions_meet(enum action a, enum action b);
/* "j", "^D", "Enter", "Up", "F3", … as files and scripts name keys; 0: no such key. */
gunichar key_parse(const char *word);
/* The same back: key_parse() reads it again. */
const char *key_word(gunichar key, char out[16]);
/* The key that says yes to a question in the language of the process: "y", "s"; and whether `key`
 * is it. */
const char *key_yes(void);
bool key_is_yes(gunichar key);
/* Whether it writes something where one types. */
bool key_is_text(gunichar key);
/* "j", "^D", "Enter", "↑" … in `out`. */
const char *key_text(gunichar key, char out[16]);

struct app;
struct view;
struct prompt;
struct page;

/*
 * What the `subject` of each view is:
 *   institution, territory   the record's id
 *   history                  NULL: of everything; "institution/innovec": of one record
 *   gaps                     NULL: all; a gap's id: that one selected;
 *                            "institution/innovec", "territory/co-medellin": those that name it
 *   form                     "institution/innovec": edit it; "institution/": a new one;
 *                            "institution/innovec/partners": add a partnership;
 *                            "institution/innovec/partners/siemens-stiftung": edit that one
 *   path                     "innovec": from there, asks to whom; "innovec/siemens-stiftung"
 *   confirm                  what to remove: "institution/innovec" or one of its items, as form
 *   map                      NULL, or an institution's id to centre on
 *   programme, resource, assessment   the record's id
 *   tie                      "innovec/siemens-stiftung", seen from the first
 *   partnerships             NULL, or a tie to select
 *   cell                     "sector=academia/territory=co-medellin": its ties; with
 *                            "+members" behind it: the institutions in both
 *   whatif                   what is tried, a step a line: "innovec unal" work together,
 *                            "innovec" alone leaves
 */
char *subject_new(enum kind kind, const char *id); /* "institution/innovec"; caller frees */
/* False when it is not of that form; `*id` points into `subject` (the rest of it, "" for a new
 * one). */
bool subject_parse(const char *subject, enum kind *kind, const char **id);

/* A screen: one file behind one table. */
struct view_ops {
	const char *name;  /* "institutions" */
	const char *title; /* N_("Institutions") */
	const char *brief; /* IN_CONTEXT("tab", "Members"): in row 1 where titles do not fit */
	guint scopes;	   /* of the bindings that work here, besides SCOPE_ANY */
	bool dialog;	   /* drawn over what is below it, popped by Esc */

	/* State for `subject` (a record's id, a gap's id, or NULL); freed by `free`. */
	void *(*open)(struct app *app, const struct world *world, const char *subject);
	void (*free)(void *state);

	/* The model, the study, the filter or the size changed: make rows anew, keep
	 * the selection by id. */
	void (*refresh)(struct view *view, struct app *app, const struct world *world);

	/* True when keys are text here (a prompt or a field has the focus): no action
	 * is looked up.  NULL: never. */
	bool (*typing)(const struct view *view);

	/* An event, with the action that its key has here (or ACTION_NONE).  False:
	 * not mine, the app may. */
	bool (*update)(struct view *view, struct app *app, const struct world *world,
		       const struct event *event, enum action action, struct effects *effects);

	/* Paints `area`; never computes. */
	void (*draw)(const struct view *view, const struct app *app, const struct world *world,
		     struct grid *grid, struct rect area);

	/* What stands behind "telar  Network › " in row 0; NULL: the title.  Caller frees. */
	char *(*place)(const struct view *view, const struct world *world);

	/* What is being typed here; the app shows it in the message row, with the
	 * cursor.  NULL, or NULL returned: nothing. */
	const struct prompt *(*prompt)(const struct view *view);

	/*
	 * The record under the cursor as a subject ("institution/innovec"; caller
	 * frees), NULL none.  With it the app itself answers edit, add a partnership,
	 * delete, introductions, gaps here, history and copy.
	 */
	char *(*record)(const struct view *view, const struct world *world);

	/* What is looked at, where that is no record: "gap/G10:innovec", "tie/innovec/unal" (caller
	 * frees).  NULL, or NULL returned: the record. */
	char *(*looks_at)(const struct view *view);

	/* What the message row says while there is no message: how many are shown, … .
	 * Caller frees.  NULL: nothing. */
	char *(*status)(const struct view *view, const struct app *app, const struct world *world);

	/*
	 * Key and label pairs for the footer (translated, or N_()), NULL-terminated,
	 * where the bindings do not say it: while typing.  "@save" is the key that this
	 * action has here, and a pair whose action has none is left out.  NULL, or NULL
	 * returned: the bindings of `scopes`.
	 */
	const char *const *(*keys)(const struct view *view);

	/* Whether an action of `scopes` can do anything at present, else the footer does not tell
	 * of it.  NULL: all can. */
	bool (*can)(const struct view *view, const struct world *world, enum action action);

	/* The page that '/' searches where no action of the view does.  NULL: none. */
	struct page *(*page)(const struct view *view);

	/* Goes to the next (`step` 1) or former (-1) place that has the words; false: none has.
	 * NULL: that is what `page` is for. */
	bool (*find)(struct view *view, const struct world *world, const char *needle, int step,
		     struct effects *effects);

	/* A click in `area`, where the view is drawn; true: what is there was under the cursor
	 * already, so it is to be opened.  NULL: nothing can be clicked. */
	bool (*click)(struct view *view, const struct world *world, struct rect area, int row,
		      int col);

	/* Whether work is left that EVENT_AGAIN would go on with: it comes as long as this says so.
	 * NULL: never. */
	bool (*busy)(const struct view *view);

	/* The heads of its columns and what each stands for, by turns.  Caller unrefs; NULL: it
	 * has none. */
	GPtrArray *(*heads)(const struct view *view, const struct app *app);
	const char *signs; /* N_(): what these are, where they are no columns */

	/* Whether something typed here is not saved: row 0 says so.  NULL: never. */
	bool (*unsaved)(const struct view *view);

	/* Its refresh takes longer than a frame in a large network: the frame comes first. */
	bool slow;

	/* What its rows have beside institutions, which a filter typed here may ask for; NULL:
	 * nothing. Valid for one call. */
	const struct filter_rows *(*rows)(const struct view *view);

	const char *format; /* of exports the one that holds what is seen here; NULL: any does */
	/* The attributes that such an export is by, where it is `crossed`.  NULL: the first. */
	struct crossing (*crossing)(const struct view *view);

	const char *no_undo; /* N_(): why no change is taken back from here; NULL: the newest is */
};

struct view {
	const struct view_ops *ops;
	void *state;
	char *subject; /* or NULL */
	guint stamp;   /* of the app when it was last refreshed */
	char *filter;  /* that was put for this view alone, or NULL, */
	char *under;   /* and what it stands in for */
	char *own;     /* terms of the filter that ask for its rows, or NULL */
};

extern const struct view_ops view_overview, view_institutions, view_territories, view_gaps,
	view_map, view_institution, view_territory, view_help, view_form, view_history,
	view_conflicts, view_path, view_confirm, view_whatif, view_tie, view_cell,
	view_partnerships, view_programmes, view_programme, view_matrix, view_time, view_palette,
	view_settings, view_resources, view_resource, view_assessments, view_assessment,
	view_counts, view_spread, view_measures, view_check;

enum app_question { ASK_FILTER, ASK_FIND, ASK_COMMAND };

struct app {
	GPtrArray *stack;   /* struct view *, owned; the last is on top */
	GPtrArray *forward; /* popped views, for ']' */
	char *filter;	    /* of institutions, "" none; shared by the views */
	char *message;	    /* row below the view: outcome of the last thing done */
	enum style message_style;
	bool ascii;
	bool mouse; /* clicks and the wheel are asked for */
	bool plain; /* nothing between the words: for screen readers */
	bool quit;
	bool abroad; /* that a tie is confirmed in an entry of others was asked, and is meant */
	struct keymap keymap;  /* the keys in force */
	char *pending_subject; /* record to select once the model has it, or NULL */
	bool unmade;	       /* the view on top was opened and has nothing to show yet */
	guint stamp;	       /* grows with every change of model, study, filter or size */
	GPtrArray *parked;     /* struct view *, owned: views of other tabs, as they were left */
	struct prompt *prompt; /* what the app itself asks, else NULL */
	enum app_question question;
	char *filter_before;	       /* what Esc goes back to */
	char *needle;		       /* last searched in a page, or NULL */
	char *filter_error;	       /* why the typed filter is not understood yet, or NULL */
	struct completion *completion; /* of what is asked, or NULL (tui/complete.h) */
	char *recall_for;	       /* what was typed when looking back began, or NULL */
	guint recalled;		       /* how far back in what was typed before; 0: not */
	struct finder *finder;	       /* names of all records, once searched (tui/finder.h) */
};

struct app *app_new(const struct world *world);
void app_free(struct app *app);

void app_update(struct app *app, const struct world *world, struct event event,
		struct effects *effects);
/* A key of the mouse on what `grid` shows: the key that stands there, or a click in the view. */
void app_mouse(struct app *app, const struct world *world, const struct grid *grid,
	       struct event event, struct effects *effects);
void app_draw(const struct app *app, const struct world *world, struct grid *grid);

/* For views. */
struct view *app_top(const struct app *app);
/* Every view, in no order. */
const struct view_ops *const *app_views(guint *n);
void app_open(struct app *app, const struct world *world, const struct view_ops *ops,
	      const char *subject); /* push */
/* Pushed with a filter of its own, which goes with it, unless another was asked for meanwhile. */
void app_open_filtered(struct app *app, const struct world *world, const struct view_ops *ops,
		       const char *filter);
void app_switch(struct app *app, const struct world *world, const struct view_ops *ops); /* 1..9 */
void app_close(struct app *app, const struct world *world); /* pop; the last stays */
void app_say(struct app *app, enum style style, const char *format, ...) G_GNUC_PRINTF(3, 4);
void app_set_filter(struct app *app, const struct world *world, const char *filter);
/* What the rows of the view on top have, as view_ops.rows; NULL: nothing. */
const struct filter_rows *app_rows(const struct app *app);
/* What can be seen is made anew. */
void app_refresh(struct app *app, const struct world *world);
/* The filter of a view as it was typed: what asks for its rows, and for institutions.
 * Caller frees. */
char *app_filter_text(const struct app *app, const struct view *view);
/* Puts one that filter_for_view() reads; NULL: none. */
void app_put_filter(struct app *app, const struct world *world, const struct filter *filter);
/* The same while it is typed: what takes long is made when there is time. */
void app_type_filter(struct app *app, const struct world *world, const char *filter);
/* Whether the view on top is still as it was before the filter, or not made at all yet. */
bool app_is_late(const struct app *app);

/* What stands where the study would: "computing…", or that it was stopped. */
const char *app_waiting(const struct world *world);

/* change_text() for people: a gap by its title, where that is known.  Caller frees. */
char *app_change_text(const struct world *world, const struct change *change);

/* The card of records of a kind; NULL: they have none. */
const struct view_ops *app_card(enum kind kind);
/* What an action opens above what is looked at, the same from everywhere; NULL: it does not. */
const struct view_ops *app_place(enum action action);

/* The views of row 1, by their number there; NULL where there is none. */
#define APP_TABS 9
const struct view_ops *app_tab(guint number);

/* Where a view is drawn in a world of this size: for what depends on how much fits. */
struct rect app_area(const struct world *world);
/* What a message of some lines leaves of that to a list, whose cursor is not to be hidden. */
struct rect app_area_seen(const struct app *app, const struct world *world);
#define APP_WIDE 110 /* columns from which a details pane stands on the right */

/* What an action does in the view on top, as if one of its keys had been pressed there. */
void app_run(struct app *app, const struct world *world, enum action action,
	     struct effects *effects);
/* Whether an action does anything in a view of these scopes. */
bool action_works(enum action action, const struct view_ops *ops);

/* Whether anything can be changed now; if not, it says why. */
bool app_may_edit(struct app *app, const struct world *world);
/* The same as a sentence, NULL when it can.  Caller frees. */
char *app_locked(const struct app *app, const struct world *world);

/* What a view sees that is of no day, but of the network as it is. */
struct world world_now(const struct world *world);

/* The parsed filter of the app for the current study; NULL when none.  Owned by the caller. */
struct filter *app_filter(const struct app *app, const struct world *world);
/* The filter of a view of its own: once more, when the view comes up again, and not any more. */
void app_filter_with(struct app *app, struct view *view);
void app_filter_without(struct app *app, const struct view *view);
/* As it is shown where it is not typed.  Caller frees. */
char *filter_shown(const char *text);

#endif
