/*
 * Importing CSV tables: what comes out for good tables, that bad ones are
 * reported row by row, and that nothing is left behind then.
 */
#include "data/import/csv.h"

#include <string.h>

#include "base/errors.h"
#include "tests/unit/files.h"

static const char *const good[CSV_TABLE_COUNT] = {
	[CSV_NETWORKS] = "id,name,country_or_region,founded,coordinator_id,source\r\n"
			 "net,Red,Latin America,2014,a,https://x.org\r\n"
			 "other,Otra,,,,https://x.org\r\n",
	[CSV_TERRITORIES] =
		"id,name,country,subdivision,lat,lon,status,declared_on,coordinator_id,source\r\n"
		"co-bogota,Bogotá,CO,CO-DC,4.71,-74.07,declared,,a,https://x.org\r\n",
	[CSV_INSTITUTIONS] = "id,name,short_name,country,city,territory_id,sector,networks,"
			     "membership,joined,url,lat,lon,source\r\n"
			     "a,\"Uno, \"\"el primero\"\"\",,CO,Bogotá,co-bogota,government,"
			     "net;other,member,2019,https://a.org,4.71,-74.07,https://x.org\r\n"
			     "b,Dos,,NO,,,edustem,other,unknown,,,,,seed 1\r\n",
	[CSV_PARTNERSHIPS] = "source_id,target_id,kind,directed,since,until,title,evidence_url\r\n"
			     "a,b,training,yes,2020,2021-05,Curso,https://x.org/1\r\n"
			     "a,b,funding,no,,,,https://x.org/2\r\n",
	[CSV_PROGRAMMES] = "id,name,kind,start,end,budget_amount,budget_currency,donor_id,lead_id,"
			   "sdgs,description,source\r\n"
			   "p,Proyecto,project,2020,2021,450000,USD,b,a,4;9,\"Two\nlines\","
			   "https://x.org\r\n",
	[CSV_PARTICIPATIONS] = "programme_id,institution_id,role,source\r\n"
			       "p,a,co-organiser,https://x.org\r\n"
			       "p,b,Tallerista invitada,https://x.org\r\n",
	[CSV_COUNTS] =
		"entity,metric,year,value,source\r\nnet,institutions,2021,90,https://x.org\r\n",
};

struct fixture {
	char *dir, *from, *into;
	struct findings *findings;
};

static void put_table(const struct fixture *fixture, enum csv_table table, const char *text)
{
	g_autofree char *path = g_build_filename(fixture->from, csv_table_file(table), NULL);
	g_assert_true(g_file_set_contents(path, text, -1, NULL));
}

static void set_up(struct fixture *fixture)
{
	fixture->dir = g_dir_make_tmp("telar-import-XXXXXX", NULL);
	g_assert_nonnull(fixture->dir);
	fixture->from = g_build_filename(fixture->dir, "csv", NULL);
	fixture->into = g_build_filename(fixture->dir, "net", NULL);
	fixture->findings = findings_new();
	g_mkdir(fixture->from, 0777);
	for (guint t = 0; t < CSV_TABLE_COUNT; t++)
		put_table(fixture, (enum csv_table)t, good[t]);
}

static void tear_down(struct fixture *fixture)
{
	remove_tree(fixture->dir);
	g_free(fixture->dir);
	g_free(fixture->from);
	g_free(fixture->into);
	findings_free(fixture->findings);
}

static bool run(const struct fixture *fixture, guint rows[CSV_TABLE_COUNT], GError **error)
{
	struct csv_import import = {
		.from = fixture->from, .into = fixture->into, .id = "red", .name = "La red"
	};
	return csv_import_run(&import, rows, fixture->findings, error);
}

static void assert_file(const struct fixture *fixture, const char *name, const char *wanted)
{
	g_autofree char *path = g_build_filename(fixture->into, name, NULL);
	g_autofree char *text = NULL;
	g_assert_true(g_file_get_contents(path, &text, NULL, NULL));
	g_assert_cmpstr(strchr(text, '\n') + 1, ==, wanted);
}

static void test_good(void)
{
	struct fixture fixture;
	guint rows[CSV_TABLE_COUNT] = { 0 };
	g_autoptr(GError) error = NULL;

	set_up(&fixture);
	bool done = run(&fixture, rows, &error);
	findings_write(fixture.findings, FINDINGS_TEXT, false, "", stderr);
	g_assert_no_error(error);
	g_assert_true(done);
	g_assert_cmpuint(fixture.findings->all->len, ==, 0);
	g_assert_cmpuint(rows[CSV_NETWORKS], ==, 2);
	g_assert_cmpuint(rows[CSV_PARTNERSHIPS], ==, 2);
	assert_file(&fixture, "institutions/a.yaml",
		    "id: a\nname: Uno, \"el primero\"\nsector: government\ncountry: CO\n"
		    "city: Bogotá\nterritories: [co-bogota]\nlat: 4.71\nlon: -74.07\n"
		    "url: https://a.org\nmemberships:\n  - network: net\n    tier: member\n"
		    "    since: 2019\n  - network: other\npartners:\n  - with: b\n"
		    "    kinds: [training]\n    title: Curso\n    direction: out\n    since: 2020\n"
		    "    until: 2021-05\n    evidence: [https://x.org/1]\n  - with: b\n"
		    "    kinds: [funding]\n    direction: none\n    evidence: [https://x.org/2]\n"
		    "source: [https://x.org]\n");
	assert_file(&fixture, "institutions/b.yaml",
		    "id: b\nname: Dos\nsector: edustem\ncountry: \"NO\"\nmemberships:\n"
		    "  - network: other\nsource: [seed 1]\n");
	assert_file(&fixture, "programmes/p.yaml",
		    "id: p\nname: Proyecto\nkind: project\nlead: a\ndonors: [b]\n"
		    "budget: 450000 USD\nstart: 2020\nend: 2021\nsdgs: [4, 9]\n"
		    "description: |-\n  Two\n  lines\nparticipants:\n  - institution: a\n"
		    "    role: co-organiser\n    source: [https://x.org]\n  - institution: b\n"
		    "    role: tallerista-invitada\n    source: [https://x.org]\n"
		    "source: [https://x.org]\n");
	assert_file(&fixture, "counts.yaml",
		    "counts:\n  - entity: net\n    metric: institutions\n    as_of: 2021\n"
		    "    value: 90\n    source: [https://x.org]\n");
	g_autofree char *network = g_build_filename(fixture.into, "network.yaml", NULL);
	g_autofree char *text = NULL;
	g_assert_true(g_file_get_contents(network, &text, NULL, NULL));
	g_assert_nonnull(
		strstr(text, "- id: tallerista-invitada\n      name: Tallerista invitada\n"));
	g_assert_true(g_str_has_prefix(
		text, "# yaml-language-server: $schema=../schema/network.json\nid: red\n"));
	tear_down(&fixture);
}

static const struct {
	enum csv_table table;
	const char *text, *code;
	guint line;
} bad_rows[] = {
	{ CSV_COUNTS, "entity,metric,year,value,source\nnet,x,2021,90,s\n\nnobody,x,,1,s\n",
	  "reference", 4 },
	{ CSV_COUNTS, "entity,metric,year,value,source\nnet,x,21,90,s\n", "date", 2 },
	{ CSV_COUNTS, "entity,metric,year,value,source\nnet,x,2021,many,s\n", "number", 2 },
	{ CSV_COUNTS, "entity,metric,year,worth,source\n", "header", 1 },
	{ CSV_COUNTS, "entity,metric,year,value,value,source\n", "header", 1 },
	{ CSV_COUNTS, "entity,metric,year,value,source\nnet,x,2021,90\n", "shape", 2 },
	{ CSV_COUNTS, "entity,metric,year,value,source\nnet,\"x\ny\" z,2021,90,s\n", "syntax", 3 },
	{ CSV_COUNTS, "entity,metric,year,value,source\nnet,x,2021,90,\"s\n", "syntax", 2 },
	{ CSV_COUNTS, "entity,metric,year,value,source\nnet,a\xF3o,2021,90,s\n", "encoding", 2 },
	{ CSV_COUNTS, "entity,metric,year,value,source\nnet,a\x1Bo,2021,90,s\n", "control", 2 },
	{ CSV_COUNTS, "", "empty", 1 },
	{ CSV_PARTNERSHIPS,
	  "source_id,target_id,kind,directed,since,until,title,evidence_url\n"
	  "a,b,training,yes,,,,s\na,a,training,no,,,,s\n",
	  "self", 3 },
	{ CSV_PARTNERSHIPS,
	  "source_id,target_id,kind,directed,since,until,title,evidence_url\n"
	  "a,c,training,yes,,,,s\n",
	  "reference", 2 },
	{ CSV_PARTNERSHIPS,
	  "source_id,target_id,kind,directed,since,until,title,evidence_url\n"
	  "c,a,training,yes,,,,s\n",
	  "reference", 2 },
	{ CSV_PARTNERSHIPS,
	  "source_id,target_id,kind,directed,since,until,title,evidence_url\n"
	  "a,b,trainings,maybe,,,,s\n",
	  "vocabulary", 2 },
	{ CSV_PARTNERSHIPS,
	  "source_id,target_id,kind,directed,since,until,title,evidence_url\n"
	  "a,b,training,yes,2021,2020,,s\n",
	  "order", 2 },
	{ CSV_TERRITORIES,
	  "id,name,country,subdivision,lat,lon,status,declared_on,coordinator_id,source\n"
	  "co-bogota,B,CO,CO-DC,4.7,-74,declared,,a,s\n"
	  "co-bogota,B,CO,CO-DC,4.7,-74,declared,,a,s\n",
	  "duplicate", 3 },
	{ CSV_TERRITORIES,
	  "id,name,country,subdivision,lat,lon,status,declared_on,coordinator_id,source\n"
	  "../co,B,CO,CO-DC,4.7,-74,declared,,a,s\n",
	  "id", 2 },
	/* the network as a whole is called "red" */
	{ CSV_NETWORKS,
	  "id,name,country_or_region,founded,coordinator_id,source\n"
	  "net,Red,,,a,s\nother,Otra,,,,s\nred,La red,,,,s\n",
	  "duplicate", 4 },
};

/* Every bad row with its line, and the target untouched. */
static void test_bad_rows(void)
{
	for (guint i = 0; i < G_N_ELEMENTS(bad_rows); i++) {
		struct fixture fixture;
		g_autoptr(GError) error = NULL;
		bool found = false;
		set_up(&fixture);
		put_table(&fixture, bad_rows[i].table, bad_rows[i].text);
		g_assert_false(run(&fixture, NULL, &error));
		g_assert_error(error, TELAR_ERROR, TELAR_ERROR_FINDINGS);
		for (guint f = 0; f < fixture.findings->all->len; f++) {
			const struct finding *finding = fixture.findings->all->pdata[f];
			found = found ||
				(finding->line == bad_rows[i].line &&
				 !strcmp(finding->code, bad_rows[i].code) &&
				 !strcmp(finding->file, csv_table_file(bad_rows[i].table)));
		}
		if (!found) {
			findings_write(fixture.findings, FINDINGS_TEXT, false, "", stderr);
			g_error("row %u: no %s on line %u", i, bad_rows[i].code, bad_rows[i].line);
		}
		g_assert_false(g_file_test(fixture.into, G_FILE_TEST_EXISTS));
		GDir *dir = g_dir_open(fixture.dir, 0, NULL);
		g_assert_cmpstr(g_dir_read_name(dir), ==, "csv");
		g_assert_null(g_dir_read_name(dir));
		g_dir_close(dir);
		tear_down(&fixture);
	}
}

/* A row that cannot be read is one mistake, not one more for each row that names it. */
static void test_no_cascade(void)
{
	struct fixture fixture;
	g_autoptr(GError) error = NULL;

	set_up(&fixture);
	put_table(&fixture, CSV_INSTITUTIONS,
		  "id,name,short_name,country,city,territory_id,sector,networks,membership,joined,"
		  "url,lat,lon,source\na,Uno,,CO,,,government,,,,,,,s\nb,Dos, y tres,NO,\n");
	g_assert_false(run(&fixture, NULL, &error));
	g_assert_cmpuint(fixture.findings->errors, ==, 1);
	tear_down(&fixture);
}

/* What is there already stays as it is; a missing table is named. */
static void test_refusals(void)
{
	struct fixture fixture;
	g_autoptr(GError) error = NULL;

	set_up(&fixture);
	g_mkdir(fixture.into, 0777);
	g_autofree char *mine = g_build_filename(fixture.into, "mine", NULL);
	g_file_set_contents(mine, "x", -1, NULL);
	g_assert_false(run(&fixture, NULL, &error));
	g_assert_error(error, TELAR_ERROR, TELAR_ERROR_CANNOT_CREATE);
	g_assert_true(g_file_test(mine, G_FILE_TEST_EXISTS));
	g_clear_error(&error);
	g_remove(mine);
	g_assert_true(run(&fixture, NULL, &error)); /* an empty directory will do */
	g_assert_no_error(error);
	remove_tree(fixture.into);
	g_autofree char *path = g_build_filename(fixture.from, "counts.csv", NULL);
	g_remove(path);
	g_assert_false(run(&fixture, NULL, &error));
	g_assert_error(error, TELAR_ERROR, TELAR_ERROR_NO_INPUT);
	tear_down(&fixture);
}

int main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/import/good", test_good);
	g_test_add_func("/import/bad-rows", test_bad_rows);
	g_test_add_func("/import/no-cascade", test_no_cascade);
	g_test_add_func("/import/refusals", test_refusals);
	return g_test_run();
}
