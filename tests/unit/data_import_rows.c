/*
 * Rows into entries: what a column becomes, which entry a row is, that nothing
 * is overwritten, and that an import of what was exported adds nothing.
 */
#include "data/import/alike.h"
#include "data/import/import.h"
#include "data/node.h"
#include "tests/unit/data_fixture.h"

struct given {
	struct fixture base;
	struct import_options options;
	char *files[4];
	struct findings *found;
	struct import_plan *plan;
};

static void begin(struct given *given, gconstpointer data)
{
	set_up(&given->base, data);
	given->options.files = (const char *const *)given->files;
	given->options.id = "neu";
	given->options.name = "Neu";
}

static void forget(struct given *given)
{
	import_plan_free(given->plan);
	if (given->found)
		findings_free(given->found);
	given->plan = NULL;
	given->found = NULL;
}

static void end(struct given *given, gconstpointer data)
{
	forget(given);
	for (guint i = 0; given->files[i]; i++)
		g_free(given->files[i]);
	tear_down(&given->base, data);
}

static void file(struct given *given, guint index, const char *name, const char *text)
{
	put_file(given->base.dir, name, text);
	g_free(given->files[index]);
	given->files[index] = g_build_filename(given->base.dir, name, NULL);
}

static void prepare(struct given *given, bool fresh)
{
	g_autoptr(GError) error = NULL;

	forget(given);
	given->found = findings_new();
	given->plan = import_prepare(&given->options,
				     fresh ? NULL : workspace_model(given->base.workspace),
				     given->found, &error);
	g_assert_no_error(error);
	g_assert_nonnull(given->plan);
}

static void assert_code(const struct given *given, const char *code, guint line, const char *says)
{
	for (guint i = 0; i < given->found->all->len; i++) {
		const struct finding *finding = given->found->all->pdata[i];
		if (!strcmp(finding->code, code) && finding->line == line &&
		    strstr(finding->message, says))
			return;
	}
	findings_write(given->found, FINDINGS_TEXT, false, "", stderr);
	g_error("no finding %s in line %u that says %s", code, line, says);
}

static const char *use_of(const struct given *given, const char *column)
{
	for (guint i = 0; i < given->plan->columns->len; i++) {
		const struct import_column *own = given->plan->columns->pdata[i];
		if (!strcmp(own->column, column))
			return own->use;
	}
	return NULL;
}

/* Headers of Gephi, Kumu and ourselves; --map goes before all of them. */
static void test_columns(struct given *given, gconstpointer data)
{
	static const char *const map[] = { "intensity=Weight", "none=Color", "attribute=Type",
					   NULL };

	(void)data;
	file(given, 0, "n.csv", "Id,Label,Type,País,Modularity Class,Color\n1,A,x,MX,4,red\n");
	file(given, 1, "e.csv", "Source,Target,Weight,Type,Id\n1,B,2.0,Directed,7\n");
	given->options.add_ends = true;
	prepare(given, true);
	g_assert_cmpstr(use_of(given, "Label"), ==, "name");
	g_assert_cmpstr(use_of(given, "Type"), ==, "sector");
	g_assert_cmpstr(use_of(given, "País"), ==, "country");
	g_assert_cmpstr(use_of(given, "Modularity Class"), ==, "attribute modularity-class");
	g_assert_cmpstr(use_of(given, "Weight"), ==, "attribute weight");
	g_assert_cmpuint(given->plan->new_institutions, ==, 2);
	g_assert_cmpuint(given->plan->new_ties, ==, 1);
	given->options.map = map;
	prepare(given, true);
	g_assert_cmpstr(use_of(given, "Type"), ==, "attribute type");
	g_assert_cmpstr(use_of(given, "Weight"), ==, "intensity");
	g_assert_true(g_str_has_prefix(use_of(given, "Color"), "left out"));
}

/* What a new network holds is what was read, value by value. */
static void test_new_network(struct given *given, gconstpointer data)
{
	g_autoptr(GError) error = NULL;
	g_autofree char *into = g_build_filename(given->base.dir, "neu", NULL);

	(void)data;
	file(given, 0, "n.csv",
	     "id,name,Type,country,Location,Website,Tags,territory,tier,Budget\n"
	     "17,Museo Río,Museum,Mexico,\"19.4, -99.1\",www.rio.example,a|b,Valle Norte,ally,12\n"
	     "uno,Uno,Foundations and civil society,CO,Centro,,,,,\n");
	file(given, 1, "e.csv",
	     "From,To,Kind,Direction,Since,Hours\nMuseo Río,uno,Training,mutual,2021,40\n");
	prepare(given, true);
	g_assert_cmpuint(given->found->all->len, ==, 0);
	g_assert_true(import_write(given->plan, into, &error));
	g_assert_no_error(error);
	g_autofree char *rio = get_file(into, "institutions/museo-rio.yaml");
	g_autofree char *uno = get_file(into, "institutions/uno.yaml");
	g_autofree char *valle = get_file(into, "territories/valle-norte.yaml");
	g_assert_cmpstr(
		rio, ==,
		"# yaml-language-server: $schema=../../schema/institution.json\n"
		"id: museo-rio\nname: Museo Río\nsector: museum\ncountry: MX\n"
		"territories: [valle-norte]\nlat: 19.4\nlon: -99.1\n"
		"url: https://www.rio.example\n"
		"memberships:\n  - network: neu\n    tier: ally\n"
		"partners:\n  - with: uno\n    kinds: [training]\n    direction: none\n"
		"    since: 2021\n    attributes:\n      - key: hours\n        value: \"40\"\n"
		"tags: [a, b]\n"
		"attributes:\n  - key: budget\n    value: \"12\"\n  - key: id\n"
		"    value: \"17\"\n");
	g_assert_nonnull(strstr(uno, "sector: foundation-ngo\n"));
	g_assert_nonnull(strstr(uno, "  - key: location\n    value: Centro\n"));
	g_assert_nonnull(strstr(valle, "name: Valle Norte\ncountry: MX\n"));
	/* The network opens without a complaint. */
	struct findings *findings = findings_new();
	g_assert_true(directory_read(into, NULL, (struct date){ .year = 2026 }, findings, NULL,
				     NULL, &error));
	g_assert_cmpuint(findings->all->len, ==, 0);
	findings_free(findings);
}

/* Empty fields are filled, others stay and are named; one change, one undo. */
static void test_merge(struct given *given, gconstpointer data)
{
	g_autoptr(GError) error = NULL;

	(void)data;
	file(given, 0, "n.csv",
	     "id,name,sector,country,city,url,Staff\n"
	     "alpha,Alpha,business,MX,Puebla,https://other.example,9\n"
	     ",BETA,,CO,,,\n"
	     ",Gamma,EduSTEM,,,,3\n");
	file(given, 1, "e.csv",
	     "from,to,kind,since,intensity\nalpha,beta,training,2020,2\nGamma,Alpha,funding,,\n"
	     "beta,alpha,training,,\n");
	prepare(given, false);
	g_assert_cmpuint(given->found->errors, ==, 0);
	g_assert_cmpuint(given->plan->new_institutions, ==, 1);
	g_assert_cmpuint(given->plan->new_ties, ==, 1);
	g_assert_cmpuint(given->plan->known_ties, ==, 2);
	const struct import_match *alpha = given->plan->matches->pdata[0];
	g_assert_cmpuint(alpha->fills->len, ==, 2);   /* city, staff */
	g_assert_cmpuint(alpha->differs->len, ==, 2); /* sector, url */
	g_assert_cmpstr(alpha->fills->pdata[0], ==, "city");
	apply(&given->base, given->plan->change);
	g_autofree char *text = get_file(given->base.dir, "institutions/alpha.yaml");
	g_assert_nonnull(strstr(text, "  - with: beta   # since long\n    kinds: [training]\n"
				      "    intensity: cooperation\n    since: 2019\n"));
	g_assert_nonnull(strstr(text, "url: https://alpha.example\n"));
	g_assert_nonnull(strstr(text, "city: Puebla\n"));
	const struct institution *gamma = institution(&given->base, "gamma");
	g_assert_nonnull(gamma);
	g_assert_cmpuint(gamma->partners.n, ==, 1);
	g_assert_cmpstr(ITEMS(struct extra, institution_details(gamma)->attributes)[0].value, ==,
			"3");
	/* The store holds what the files hold, attributes of items too. */
	open_again(&given->base);
	g_assert_cmpuint(institution_details(institution(&given->base, "alpha"))->attributes.n, ==,
			 1);
	/* Once more: nothing is left to do. */
	prepare(given, false);
	g_assert_cmpuint(given->plan->change->ops->len, ==, 0);
	g_assert_true(workspace_undo(given->base.workspace, 0, NULL, &error));
	g_assert_no_error(error);
	assert_file(&given->base, "institutions/alpha.yaml", alpha_text);
	g_assert_null(institution(&given->base, "gamma"));
}

/*
 * If it fails, a row fills in a partnership that another one is nearer to (which makes it the
 * double of that one, and the whole import is refused), or one that a row before has made
 * another.
 */
static void test_nearest(struct given *given, gconstpointer data)
{
	static const struct {
		const char *stands, *rows;
		guint new, known;
		const char *then;
	} cases[] = {
		{ "", "alpha,beta,training,,A\nalpha,beta,training,,B\n", 1, 1,
		  "  - with: beta\n    kinds: [training]\n    title: A\n"
		  "  - with: beta\n    kinds: [training]\n    title: B\n" },
		{ "  - with: beta\n    kinds: [training]\n", "alpha,beta,training,,\n", 0, 1,
		  "  - with: beta\n  - with: beta\n    kinds: [training]\n" },
		{ "  - with: beta\n    kinds: [training]\n", "alpha,beta,training,,A\n", 0, 1,
		  "  - with: beta\n  - with: beta\n    kinds: [training]\n    title: A\n" },
		{ "    kinds: [training]\n    since: 2019\n"
		  "  - with: beta\n    kinds: [training]\n    since: 2021\n",
		  "alpha,beta,training,2021,A\n", 0, 1,
		  "    since: 2019\n  - with: beta\n    kinds: [training]\n    title: A\n"
		  "    since: 2021\n" },
	};

	(void)data;
	for (guint i = 0; i < G_N_ELEMENTS(cases); i++) {
		g_autofree char *text =
			g_strconcat("id: alpha\nname: Alpha\nsector: edustem\npartners:\n"
				    "  - with: beta\n",
				    cases[i].stands, NULL);
		g_autofree char *rows =
			g_strconcat("from,to,kind,since,title\n", cases[i].rows, NULL);

		put_file(given->base.dir, "institutions/alpha.yaml", text);
		open_again(&given->base);
		file(given, 0, "e.csv", rows);
		prepare(given, false);
		g_assert_cmpuint(given->plan->new_ties, ==, cases[i].new);
		g_assert_cmpuint(given->plan->known_ties, ==, cases[i].known);
		if (given->plan->change->ops->len > 0)
			apply(&given->base, given->plan->change);
		g_autofree char *is = get_file(given->base.dir, "institutions/alpha.yaml");
		g_assert_nonnull(strstr(is, cases[i].then));
	}
}

/* A name that only looks like an entry's waits for an answer. */
static void test_alike(struct given *given, gconstpointer data)
{
	static const char *const same[] = { "Alhpa=alpha", NULL };

	(void)data;
	file(given, 0, "n.csv", "name,sector\nAlhpa,edustem\nOmega,edustem\n");
	prepare(given, false);
	g_assert_cmpuint(given->plan->alike->len, ==, 1);
	const struct import_alike *asked = given->plan->alike->pdata[0];
	g_assert_cmpstr(asked->id, ==, "alpha");
	g_assert_true(g_str_has_suffix(asked->place, "n.csv:2"));
	given->options.same = same;
	prepare(given, false);
	g_assert_cmpuint(given->plan->alike->len, ==, 0);
	g_assert_cmpuint(given->plan->new_institutions, ==, 1);
	given->options.same = NULL;
	given->options.all_new = true;
	prepare(given, false);
	g_assert_cmpuint(given->plan->alike->len, ==, 0);
	g_assert_cmpuint(given->plan->new_institutions, ==, 2);
}

static void test_names(void)
{
	static const struct {
		const char *a, *b;
		bool alike;
	} rows[] = {
		{ "Univ. de los Andes", "Universidad de los Andes", true },
		{ "Fundacion  SIEMENS", "Fundación Siemens", true },
		{ "Siemens Stiftung Chile", "Siemens Stiftung", true },
		{ "Inovec México", "Innovec Mexico", true },
		{ "Andes, Universidad de los", "Universidad de los Andes", true },
		{ "Secretaría de Educación de Medellín", "Secretaría de Educación de Bogotá",
		  false },
		{ "Escuela Técnica 12", "Escuela Técnica 13", false },
		{ "Universidad de Antioquia", "Universidad de los Andes", false },
		{ "UNAM", "UAM", false },
		{ "Red", "Red STEM Latinoamérica", false },
		{ "", "Red", false },
	};

	for (guint i = 0; i < G_N_ELEMENTS(rows); i++) {
		struct alike *alike = alike_new();
		int thing = 0;

		alike_add(alike, rows[i].b, &thing);
		g_test_message("%s ~ %s", rows[i].a, rows[i].b);
		g_assert_true((alike_find(alike, rows[i].a) == &thing) == rows[i].alike);
		alike_free(alike);
	}
}

/* Every mistake in one run, each at its line. */
static void test_findings(struct given *given, gconstpointer data)
{
	(void)data;
	file(given, 0, "n.csv",
	     "id,name,sector,url\na-lab,Andes Lab,business,\na-lab,Otro,business,\n"
	     ",,business,\nx-lab,Equis,business,ftp://x\nw-lab,Doble V,circus,\n");
	file(given, 1, "e.csv",
	     "from,to,kind,since,intensity,direction\na-lab,x-lab,training,yesterday,,\n"
	     "a-lab,nobody,training,,,\nx-lab,x-lab,training,,,\nx-lab,,training,,,\n"
	     "a-lab,x-lab,training,,7,\na-lab,x-lab,juggling,,,sideways\n");
	prepare(given, false);
	assert_code(given, "duplicate", 3, "a-lab");
	assert_code(given, "required", 4, "no name");
	assert_code(given, "url", 5, "");
	assert_code(given, "vocabulary", 6, "circus");
	assert_code(given, "date", 2, "yesterday");
	assert_code(given, "reference", 3, "nobody");
	assert_code(given, "self", 4, "itself");
	assert_code(given, "required", 5, "one end");
	assert_code(given, "vocabulary", 6, "7");
	assert_code(given, "vocabulary", 7, "juggling");
	assert_code(given, "vocabulary", 7, "sideways");
	g_assert_cmpuint(given->found->errors, ==, 11);
	/* Words may be added instead, in the same change. */
	file(given, 0, "n.csv", "name,sector\nDoble V,Circus Arts\n");
	file(given, 1, "e.csv", "from,to,kind\nDoble V,alpha,juggling\n");
	given->options.add_words = true;
	prepare(given, false);
	g_assert_cmpuint(given->found->errors, ==, 0);
	apply(&given->base, given->plan->change);
	g_assert_nonnull(model_term(workspace_model(given->base.workspace), VOCABULARY_SECTORS,
				    "circus-arts"));
}

/* If it fails, a tie goes to the first of several of one name, or to who is only called so in
 * brief. */
static void test_shared_names(struct given *given, gconstpointer data)
{
	(void)data;
	file(given, 0, "n.csv",
	     "id,name,short_name,sector\na-1,Colegio,Beta Uno,business\na-2,Colegio,Dos,business\n"
	     "a-3,Dos,,business\n");
	file(given, 1, "e.csv", "from,to,kind\nalpha,COLEGIO,training\n");
	prepare(given, false);
	assert_code(given, "reference", 2, "several institutions");
	g_assert_cmpuint(given->found->errors, ==, 1);
	file(given, 1, "e.csv", "from,to,kind\nalpha,a-2,training\nalpha,Dos,training\n");
	prepare(given, false);
	g_assert_cmpuint(given->found->errors, ==, 0);
	apply(&given->base, given->plan->change);
	g_autofree char *text = get_file(given->base.dir, "institutions/alpha.yaml");
	g_assert_nonnull(strstr(text, "  - with: a-2\n    kinds: [training]\n"
				      "  - with: a-3\n    kinds: [training]\n"));
}

/* What the options name must be there. */
static void test_options(struct given *given, gconstpointer data)
{
	static const char *const wrong[][2] = {
		{ "sectr=Type", NULL }, { "sector=Tipe", NULL }, { "sector", NULL }, { "=x", NULL }
	};
	static const char *const same[][2] = {
		{ "A=nobody", NULL }, { "Z=alpha", NULL }, { "alpha", NULL }, { "=", NULL }
	};

	(void)data;
	file(given, 0, "n.csv", "name,Type\nA,business\n");
	for (guint i = 0; i < 2 * G_N_ELEMENTS(wrong); i++) {
		g_autoptr(GError) error = NULL;
		struct findings *findings = findings_new();
		guint n = i / 2;

		given->options.map = i % 2 ? NULL : wrong[n];
		given->options.same = i % 2 ? same[n] : NULL;
		g_assert_null(import_prepare(
			&given->options, workspace_model(given->base.workspace), findings, &error));
		g_assert_error(error, TELAR_ERROR, TELAR_ERROR_USAGE);
		findings_free(findings);
	}
}

int main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
#define ADD(name, run) g_test_add("/import/rows/" name, struct given, NULL, begin, run, end)
	ADD("columns", test_columns);
	ADD("new-network", test_new_network);
	ADD("merge", test_merge);
	ADD("nearest", test_nearest);
	ADD("alike", test_alike);
	ADD("findings", test_findings);
	ADD("shared-names", test_shared_names);
	ADD("options", test_options);
	g_test_add_func("/import/rows/names", test_names);
	return g_test_run();
}
