/*
 * Maps that were looked at before, found again by who is tied to whom.  Kept in memory and
 * for one session: what a map looked like depends on the way there, so nothing of it is
 * for others.
 */
#include "graph/pictures.h"

#include "base/mix.h"

#include <string.h>

#define MOST_MEMBERS  20000
#define MOST_PICTURES 8

struct picture {
	guint64 print; /* of who is there, tied to whom */
	guint n, m;
	double *layout, *forces; /* 2n, as in a study */
};

static void picture_clear(gpointer data)
{
	struct picture *picture = data;

	g_free(picture->layout);
	g_free(picture->forces);
}

static void picture_release(gpointer data)
{
	g_atomic_rc_box_release_full(data, picture_clear);
}

static guint64 print_of(const struct net *net)
{
	guint64 print = mix_number(MIX_START, (guint64)net->model->network->settings.seed);

	for (guint v = 0; v < net->n; v++)
		print = mix_text(print, net_institution(net, v)->base.id);
	print = mix_array(print, net->from, net->m);
	return mix_array(print, net->to, net->m);
}

GPtrArray *pictures_with(const struct study *earlier)
{
	GPtrArray *all = g_ptr_array_new_with_free_func(picture_release);
	const GPtrArray *former = earlier->pictures;
	const struct net *net = earlier->net;
	gsize size = 2 * (gsize)net->n * sizeof(double);
	struct picture *own;

	if (net->n > MOST_MEMBERS) {
		g_ptr_array_unref(all);
		return NULL;
	}
	own = g_atomic_rc_box_new0(struct picture);
	own->print = print_of(net);
	own->n = net->n;
	own->m = net->m;
	own->layout = g_memdup2(earlier->layout, size);
	own->forces = g_memdup2(earlier->forces, size);
	for (guint i = 0; former != NULL && i < former->len; i++) {
		struct picture *picture = g_ptr_array_index(former, i);

		/* The oldest goes, and what is known anew. */
		if (picture->print != own->print && former->len - i < MOST_PICTURES)
			g_ptr_array_add(all, g_atomic_rc_box_acquire(picture));
	}
	g_ptr_array_add(all, own);
	return all;
}

bool pictures_find(struct study *study)
{
	const struct net *net = study->net;
	gsize size = 2 * (gsize)net->n * sizeof(double);
	guint64 print;

	if (study->pictures == NULL || net->n > MOST_MEMBERS)
		return false;
	print = print_of(net);
	for (guint i = study->pictures->len; i-- > 0;) {
		const struct picture *picture = g_ptr_array_index(study->pictures, i);

		if (picture->print != print || picture->n != net->n || picture->m != net->m)
			continue;
		study->layout = g_memdup2(picture->layout, size);
		study->forces = g_memdup2(picture->forces, size);
		return true;
	}
	return false;
}
