#include "tui/views/programme.h"

#include <string.h>

#include <glib/gi18n.h>

#include "base/text.h"

/*
 * Who has to do with a programme: everybody once, with all that they do in it, in
 * whichever fields that stands.
 */

int programme_name_room(const char *note, int columns, int least)
{
	return MAX(columns - (note[0] == '\0' ? 0 : text_width(note) + 1), least);
}

void programme_line(struct page *page, const struct world *world, const char *id, const char *note,
		    int columns)
{
	int at = model_find(world->model, KIND_INSTITUTION, id);
	g_autofree char *link = at < 0 ? NULL : subject_new(KIND_INSTITUTION, id);
	bool tied = at < 0 || model_degree(world->model, (guint)at) > 0;
	bool has_note = note != NULL && note[0] != '\0';
	g_autofree char *text =
		g_strdup_printf("%s%s%s", has_note ? note : "", has_note && !tied ? " · " : "",
				tied ? "" : _("works with nobody yet"));
	int name = programme_name_room(text, columns - 3, MAX((columns - 4) * 6 / 10, 10));
	int used = MIN(name, MAX(text_width(model_name(world->model, KIND_INSTITUTION, id, false)),
				 (columns - 4) * 6 / 10));

	page_line(page, link);
	page_text(page, 2, name, STYLE_NORMAL,
		  model_name(world->model, KIND_INSTITUTION, id, false));
	page_text(page, used + 3, columns - used - 4, tied ? STYLE_DIM : STYLE_WARN, text);
}

struct person {
	const char *id;
	GPtrArray *roles; /* char *, owned: "Lead", "40000 USD" */
	bool leads, funds;
};

static void person_free(gpointer data)
{
	struct person *person = data;

	g_ptr_array_unref(person->roles);
	g_free(person);
}

static struct person *person_of(GPtrArray *people, const char *id)
{
	struct person *person;

	for (guint i = 0; i < people->len; i++) {
		person = g_ptr_array_index(people, i);
		if (strcmp(person->id, id) == 0)
			return person;
	}
	person = g_new0(struct person, 1);
	person->id = id;
	person->roles = g_ptr_array_new_with_free_func(g_free);
	g_ptr_array_add(people, person);
	return person;
}

static void add_part(GPtrArray *people, const struct model *model, const struct participant *part)
{
	const struct field *amount = record_field(&participant_type, "amount");
	struct person *person = person_of(people, part->institution);

	if (part->role != NULL)
		g_ptr_array_add(person->roles,
				g_strdup(model_term_name(model, VOCABULARY_ROLES, part->role)));
	if (amount != NULL && field_is_set(amount, part))
		g_ptr_array_add(person->roles, model_field_text(model, amount, part));
	/* The role says it. */
	person->leads = person->leads && g_strcmp0(part->role, "lead") != 0;
	person->funds = person->funds && g_strcmp0(part->role, "donor") != 0;
}

/* Those who lead and fund first, then all others, each role together. */
static GPtrArray *people_of(const struct model *model, const struct programme *programme)
{
	const struct participant *all = ITEMS(struct participant, programme->participants);
	GPtrArray *people = g_ptr_array_new_with_free_func(person_free);

	if (programme->lead != NULL)
		person_of(people, programme->lead)->leads = true;
	for (guint i = 0; i < list_length(programme->donors); i++)
		person_of(people, programme->donors[i])->funds = true;
	for (guint i = 0; i < programme->participants.n; i++) {
		bool told = false;

		for (guint k = 0; k < i && !told; k++)
			told = g_strcmp0(all[k].role, all[i].role) == 0;
		for (guint k = i; !told && k < programme->participants.n; k++)
			if (g_strcmp0(all[k].role, all[i].role) == 0)
				add_part(people, model, &all[k]);
	}
	return people;
}

static char *roles_text(const struct person *person)
{
	g_autoptr(GPtrArray) words = g_ptr_array_new();

	if (person->leads)
		g_ptr_array_add(words, (gpointer)(guintptr)_("leads"));
	if (person->funds)
		g_ptr_array_add(words, (gpointer)(guintptr)_("funds"));
	for (guint i = 0; i < person->roles->len; i++)
		g_ptr_array_add(words, g_ptr_array_index(person->roles, i));
	g_ptr_array_add(words, NULL);
	return g_strjoinv(", ", (char **)words->pdata);
}

void programme_people(struct page *page, const struct world *world,
		      const struct programme *programme, int columns)
{
	g_autoptr(GPtrArray) people = people_of(world->model, programme);
	g_autofree char *heading = NULL;

	if (people->len == 0)
		return;
	heading = g_strdup_printf(ngettext("%u takes part", "%u take part", people->len),
				  people->len);
	page_heading(page, heading);
	for (guint i = 0; i < people->len; i++) {
		const struct person *person = g_ptr_array_index(people, i);
		g_autofree char *roles = roles_text(person);

		programme_line(page, world, person->id, roles, columns);
	}
}
