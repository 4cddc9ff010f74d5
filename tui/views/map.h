#ifndef TUI_VIEWS_MAP_H
#define TUI_VIEWS_MAP_H

#include "tui/app.h"
#include "tui/widgets/basemap.h"
#include "tui/widgets/canvas.h"

/*
 * The map in stages (enum map_stage), each made anew only when what it depends on
 * changes: places (where each institution is, by mode), looks (colours, bars), scene
 * (what is shown as one marker at this zoom, and the ties between markers), selection,
 * and picture (canvas, heading, legend, details of what is selected).  Drawing paints
 * what is there.
 */
enum map_mode { MAP_GEOGRAPHY, MAP_NETWORK, MAP_EGO, MAP_MODES };

/* What one marker stands for. */
enum map_grain {
	GRAIN_COUNTRY,
	GRAIN_PLACE, /* geography: what is too near to tell apart; network, ego: a territory */
	GRAIN_INSTITUTION,
};

/* More than this in view, and markers stand for several. */
#define MAP_MOST_INSTITUTIONS 60
#define MAP_MOST_TIES	      120
#define MAP_MOST_LINKS	      40  /* lines drawn besides those of the selected marker, … */
#define MAP_CELLS_A_LINK      110 /* … at most one for so many cells: more is a tangle */
#define MAP_MOST_ZOOM	      9

/* What colours stand for, and bars behind names (map_look.c). */
enum map_colour { COLOUR_SECTOR, COLOUR_COUNTRY, COLOUR_CIRCLE, COLOUR_TIER, MAP_COLOURS };
#define MAP_SIZES  4
#define MAP_SHADES 6

enum map_node_kind {
	NODE_INSTITUTION, /* record: model index */
	NODE_TERRITORY,	  /* record: model index */
	NODE_GROUP,	  /* a country, a city: no card of its own */
	NODE_MARGIN,	  /* without ties, or without a place */
};

struct map_node {
	enum map_node_kind kind;
	int record;		/* or -1 */
	const char *name;	/* what the label says, in map.names */
	guint others;		/* places it holds besides the one it is called after */
	guint first, n;		/* its institutions, in `members`, by degree */
	guint ties;		/* that leave it */
	guint inside;		/* that stay inside */
	double x, y;		/* in the mode's world; NAN in the margin */
	int home_row, home_col; /* its true cell, may be outside of the canvas */
	int row, col;		/* where it stands: markers move aside for each other */
	bool shown;		/* it has a cell inside */
	bool left;		/* label on the left side first */
};

struct map_link {
	guint a, b; /* nodes, a < b */
	guint ties, confirmed;
	guint weight;
	enum tie_state state; /* of the ties it stands for: the state that most have */
};

struct map_count {
	const char *text;
	guint n;
};

struct map_line { /* of the details */
	enum style style;
	char *text;
	char *right; /* or NULL */
};

struct map_key { /* of the legend */
	const char *glyph;
	char ascii[4];
	enum style style;
	char *text;
};

/* What is done once all have been looked at for what is searched. */
enum map_wish {
	WISH_NONE,
	WISH_SHOW,   /* the best one */
	WISH_OPEN,   /* that, and nearer until it stands alone */
	WISH_NEARER, /* the second half of that */
	WISH_STEP,   /* the next or the former one */
};

struct map {
	enum map_mode mode;
	char *anchor;		 /* id of an institution: its marker is the selected one */
	bool guessed;		 /* which nobody chose */
	char *ego;		 /* id in the middle of the ego map */
	GPtrArray *egos;	 /* those before it */
	bool came;		 /* to the ego map by going around one on another map, */
	enum map_mode came_from; /* which is this */
	int zoom;		 /* doublings */
	double centre[2];	 /* in the mode's world */
	bool panned;	       /* the window was moved by hand: it does not follow the selection */
	char *filter;	       /* of the app when places were wanted last */
	struct map_work *work; /* what is being made (map_work.h); NULL: all is there */
	GArray *waiting; /* enum action: keys pressed meanwhile that need what is being made */

	/* Places, by model index. */
	guint n, n_scope, n_ties;
	bool *in;	/* passes the filter */
	guint *degree;	/* ties inside the scope */
	GArray *order;	/* guint: those that pass, as map_by_degree() has them */
	double *x, *y;	/* NAN: in the margin */
	int *territory; /* the first known one, -1 none */
	int *group;	/* network: index of its territory's or country's place; -1 none */
	GArray *groups; /* double[2]: places of groups */
	bool grouped;	/* network: too many for single markers at first */
	bool circles;	/* network: groups are who works with whom, not territories */
	double least[2], most[2]; /* of what is shown at zoom 0: home, or the world */
	double world[2][2];	  /* least and most of each axis, but for a few at the ends */
	double home[2][2];	  /* geography: the same of where most are, where that is a part */
	bool has_home, all;	  /* all: the world was asked for */
	double ends[2][2];	  /* of all that is on it: least and most of each axis */

	/* Looks, by model index. */
	enum map_colour colour;
	const struct measure *circle; /* that says who is in which */
	guint size;		      /* of the table of sizes; 0: none */
	int *shade;		      /* index in `shades`, -1 none; not for sectors */
	GPtrArray *shades;	      /* texts, the most frequent first */
	double *size_of;	      /* 0..1, NAN none */

	/* Ties between institutions of the scope: ends and model tie. */
	GArray *edges; /* guint[3] */

	/* Scene. */
	enum map_grain grain;
	GArray *nodes; /* struct map_node */
	GArray *links; /* struct map_link */
	GStringChunk *names;
	GArray *inside;		   /* int: nodes that stand in the window, */
	GArray *near;		   /* guint: and links with an end there */
	bool states[TIE_COUNTING]; /* of any links */
	guint *members;		   /* model indices, by node */
	int *node_of;		   /* by model index, -1 not in scope */
	int selected;		   /* node, -1 none */
	guint in_window;	   /* institutions */
	guint outside[4];	   /* institutions north, east, south, west of the window */
	double scale[2];	   /* dots for one unit of the world */

	/* Picture. */
	struct rect map_area, panel, legend, details; /* relative to the view; 0 rows: none */
	int rows, cols;
	struct canvas *canvas;
	char *heading, *note;
	GArray *keys;  /* struct map_key */
	GArray *lines; /* struct map_line */
	char sector_letters[32];

	/* Search. */
	struct prompt *prompt;
	char *needle;
	char *anchor_before;
	char **folded; /* names and places of each institution, NULL: not yet */
	GStringChunk *folds;
	int *scores;  /* of each institution for `needle`, so many of them known */
	guint scored; /* 0 as well where nothing is known of others */
	enum map_wish wish;
	int step; /* of WISH_STEP */
};

/*
 * map_work.c: what is to be made anew, with all that follows from it; of many institutions in
 * pieces of a few ms.  What was under way is begun anew where it is needed.
 */
enum map_stage {
	MAP_PLACES,	   /* who is there, and where: map_places.c, map_network.c */
	MAP_LOOK = 4,	   /* map_look.c */
	MAP_SCENE = 5,	   /* map_scene.c, map_group.c, map_ego.c */
	MAP_SELECTION = 8, /* another marker; the window may follow it */
	MAP_PICTURE = 9,   /* map_picture.c, map_details.c */
};
void map_begin(struct map *map, const struct world *world, enum map_stage stage);
/* A piece of it; false: there is none left. */
bool map_go_on(struct map *map, const struct world *world);
/* All that is left. */
void map_finish(struct map *map, const struct world *world);
void map_stop(struct map *map);

/* Id of an institution's territory, the first that is known, or NULL. */
const char *map_territory_of(const struct map *map, const struct model *model, guint institution);
char *map_short_name(const char *name); /* "Medellín, Territorio STEM+H" -> "Medellín" */

/* map_search.c: who has what is searched.  Looks at some thousand more; false: at all by now. */
bool map_look_for(struct map *map, const struct model *model);
/* Of those that have it, the best first, the one `step` places behind the selected one; 0: the
 * best; -1: nobody has it. */
int map_match(const struct map *map, const struct model *model, int step);
/* The selected marker is what is searched: an institution, or a group of that name. */
bool map_is_found(const struct map *map);
/* Something else is searched. */
void map_search_anew(struct map *map, const char *typed);
/* The search is over: who had it is kept, the texts that were looked at are not. */
void map_forget_texts(struct map *map);
/* Other institutions, or others of them are shown. */
void map_forget_names(struct map *map);

#define MAP_MARGIN_X 3 /* degrees around all of a geography */
#define MAP_MARGIN_Y 2

/* map_home.c: where most are, least and most of each axis; false: that is no part of the world,
 * which least and most have meanwhile. */
bool map_find_home(const struct map *map, double home[2][2]);
bool map_is_home(const struct map *map, double x, double y);
/* Home, if there is one, or all is shown at zoom 0. */
void map_show(struct map *map, bool all);
/* Names of who is beyond a side of the window (0 to 3: above, right, below, left), the most first,
 * in so many columns.  Caller frees. */
char *map_beyond(const struct map *map, int side, int columns);

/* For sorting model indices: those with most ties first.  `map` is the data. */
gint map_by_degree(gconstpointer a, gconstpointer b, gpointer map);

/*
 * map_relax.c: spreads n places joined by weights (n x n) over the unit square, in place; of
 * all rounds from `from` to before `until`.
 */
void map_relax(double (*place)[2], const double *weight, guint n, guint from, guint until);
guint map_relax_rounds(guint n);

#define SUN_ANGLE 2.399963 /* golden angle: a sunflower fills a disc evenly */

/* map_look.c: what colours and sizes say. */
const char *map_colour_sentence(const struct map *map);
char *map_size_sentence(const struct map *map);				      /* caller frees */
int map_shade_of(const struct map *map, const struct map_node *node);	      /* -1 none */
const char *map_size_bar(const struct map *map, const struct map_node *node); /* "" none */
/* -1: in none, or not known yet. */
int map_circle_of(const struct map *map, const struct world *world, guint institution);

/* map_scene.c: what is shown at this zoom. */
void map_clear_scene(struct map *map);
struct map_node *map_node(const struct map *map, int index); /* NULL when there is none */
/* map_group.c: "Bogotá +3 places" where it holds more than one; caller frees. */
char *map_node_name(const struct map_node *node);
/* How many institutions of each city, the most first: struct map_count, text not owned. */
GArray *map_count_cities(const struct map *map, const struct model *model,
			 const struct map_node *node);
int map_node_at(const struct map *map, const struct world *world, const char *institution);
/* The node that an arrow leads to from the selected one, -1 none. */
int map_travel(const struct map *map, int down, int right);
/* The dot of a place in the world. */
void map_project(const struct map *map, double x, double y, double *dot_x, double *dot_y);
/* The window is all of the world again. */
void map_whole(struct map *map);
/* Moves the window by halves of it until somebody is in it, by hand; false: nobody is further that
 * way. */
bool map_pan(struct map *map, int down, int right);
/* Moves the window (by half of it) until the selected node is well inside, unless it was moved by
 * hand; true when it moved. */
bool map_follow(struct map *map);

/* map_move.c: from marker to marker. */
void map_set_anchor(struct map *map, const struct world *world, guint institution);
/* To another marker, or the window elsewhere; false: that is no such action. */
bool map_move(struct map *map, struct app *app, const struct world *world, enum action action);

/* A step nearer to the selected marker; false: that would show nothing more. */
bool map_nearer(struct map *map, const struct world *world);
/* As near as all that the selected marker holds can be seen. */
bool map_nearer_to_all(struct map *map, const struct world *world);
/* What was moved out of sight by hand is not what one looks at. */
void map_centre_on(struct map *map, const struct map_node *node);

bool map_click(struct view *view, const struct world *world, struct rect area, int row, int col);

/* map_picture.c */
void map_make_picture(struct map *map, const struct world *world);

/* map_margin.c: the list of who stands there. */
void map_open_margin(struct map *map, struct app *app, const struct world *world,
		     const struct map_node *node);

/* map_draw.c */
void map_draw(const struct view *view, const struct app *app, const struct world *world,
	      struct grid *grid, struct rect area);

/* map_details.c */
#define LEGEND_SHARE 3 /* of the pane: a third is the legend's */
void map_make_details(struct map *map, const struct world *world);
void map_line_release(void *line);
void map_key_release(void *key);

#endif
