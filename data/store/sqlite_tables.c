/*
 * What stands in every store beside the tables of records: history, files, what
 * waits, what is found by words, and views for whoever reads the file with another
 * program.  Rows are only added, with the format they came with: an older file gets
 * those that came since.  A view is changed by a later row of its name, which takes
 * the place of the former.
 */
#include "data/store/sqlite_private.h"

/*
 * Views name their columns: a field table that renames one wants a new view, and the
 * tests read every view.  Ties follow the rules of model.c; a test compares.
 */
/* clang-format off: sentences of SQL */
#define GOOD /* institutions whose file is in order */                                             \
	"SELECT id FROM institution WHERE id NOT IN "                                              \
	"(SELECT record FROM file WHERE broken AND kind = 'institution')"

#define LAST_DAY(date)                                                                             \
	"(CASE length(" date ") WHEN 4 THEN " date " || '-12-31' "                                 \
	"WHEN 7 THEN date(" date " || '-01', '+1 month', '-1 day') ELSE " date " END)"

/* Whole months from the last day of a date to today, as date_months_between(). */
#define MONTHS_SINCE(date)                                                                         \
	"((strftime('%Y', 'now') - substr(" date ", 1, 4)) * 12 + "                                \
	"strftime('%m', 'now') - strftime('%m', " LAST_DAY(                                        \
		date) ") - "                                                                       \
		      "(strftime('%d', 'now') + 0 < min(strftime('%d', " LAST_DAY(                 \
			      date) ") + 0, "                                                      \
				    "strftime('%d', 'now', 'start of month', '+1 month', '-1 "     \
				    "day') + 0)))"

#define NETWORK "(SELECT record FROM file WHERE path = 'network.yaml')"

#define SHARE_A_KIND                                                                               \
	"(x.kinds IS NULL AND y.kinds IS NULL OR EXISTS (SELECT 1 FROM "                           \
	"json_each(x.kinds) k JOIN json_each(y.kinds) l ON k.value = l.value))"

/* The day from which a claim holds: its own, or that of the pair; and that of the pair. */
#define PAIR_BEGINS                                                                                \
	"min(since) FILTER (WHERE status IS NOT 'denied') "                                        \
	"OVER (PARTITION BY min(parent, \"with\"), max(parent, \"with\"))"
#define CLAIM_AHEAD "coalesce(since, " PAIR_BEGINS ", '') > date('now')"

/* `COUNTS`: whether a claim counts; `COUNTED`: whether one of a pair does; `NONE`: what the pair
 * is where none does.  `BEGUN`, `BOTH`: of one claim, of two, that they have begun; `TELLS`: that
 * it tells of the pair. */
#define VIEW_TIE(COUNTS, COUNTED, NONE, BEGUN, BOTH, TELLS)                                        \
	"CREATE VIEW v_tie AS WITH good AS MATERIALIZED (" GOOD "), "                              \
	"claim AS MATERIALIZED ("                                                                  \
	"SELECT min(parent, \"with\") AS a, max(parent, \"with\") AS b, parent AS says, kinds, "   \
	"direction, status, since, until, coalesce(status = 'denied', 0) AS denied, " COUNTS       \
	"coalesce(status = 'ended', 0) AS over, CASE intensity WHEN 'awareness' THEN 0 "           \
	"WHEN 'cooperation' THEN 1 WHEN 'coordination' THEN 2 WHEN 'integration' THEN 3 END "      \
	"AS strength FROM institution_partners "                                                   \
	"WHERE parent <> \"with\" AND parent IN good AND \"with\" IN good), "                      \
	"dispute AS (SELECT DISTINCT x.a, x.b FROM claim x JOIN claim y "                          \
	"ON x.a = y.a AND x.b = y.b AND x.says = x.a AND y.says = y.b WHERE " BOTH "CASE "         \
	"WHEN x.denied <> y.denied "                                                               \
	"THEN iif(x.denied, x.kinds, y.kinds) IS NULL OR " SHARE_A_KIND " "                        \
	"ELSE " SHARE_A_KIND " AND "                                                               \
	"(coalesce(x.direction = y.direction AND x.direction <> 'none', 0) "                       \
	"OR x.over <> y.over AND x.status IS NOT NULL AND y.status IS NOT NULL) END), "            \
	"word AS (SELECT a, b, json_group_array(value) AS kinds FROM ("                            \
	"SELECT DISTINCT c.a, c.b, k.value, v.ord FROM claim c, json_each(c.kinds) k "             \
	"LEFT JOIN network_vocabularies_kinds v ON v.id = k.value AND v.parent = " NETWORK " "     \
	"ORDER BY c.a, c.b, v.ord) GROUP BY a, b), "                                               \
	"fresh AS (SELECT id FROM institution WHERE verified IS NOT NULL AND " MONTHS_SINCE(       \
		"verified") " <= "                                                                 \
			    "coalesce((SELECT settings_stale_months FROM network WHERE id "        \
			    "= " NETWORK "), 24)), "                                               \
			    "pair AS (SELECT a, b, sum(says = a" BEGUN ") AS by_a, "               \
			    "sum(says = b" BEGUN ") AS by_b, " COUNTED                             \
			    "max(strength) FILTER (WHERE NOT denied" TELLS ") AS strength, "       \
			    "coalesce(min(over OR coalesce(" LAST_DAY(                             \
				    "until") " < date('now'), 0)) "                                \
					     "FILTER (WHERE NOT denied" TELLS "), 1) AS ended, "   \
					     "min(since) FILTER (WHERE NOT denied) AS since, "     \
					     "CASE WHEN count(*) FILTER (WHERE NOT denied AND "    \
					     "until IS NULL" TELLS ") = 0 THEN max(until) "        \
					     "FILTER (WHERE NOT denied" TELLS ") END AS until "    \
					     "FROM claim "                                         \
					     "GROUP BY a, b) "                                     \
					     "SELECT p.a, p.b, coalesce(w.kinds, '[]') AS kinds, " \
					     "CASE " NONE                                          \
					     "WHEN by_a AND by_b THEN iif(d.a IS NULL, "           \
					     "'confirmed', 'disputed') "                           \
					     "WHEN iif(by_a, p.b, p.a) IN fresh THEN 'claimed' "   \
					     "ELSE 'unanswerable' END AS state, "                  \
					     "p.ended, CASE strength WHEN 0 THEN 'awareness' "     \
					     "WHEN 1 THEN 'cooperation' "                          \
					     "WHEN 2 THEN 'coordination' WHEN 3 THEN "             \
					     "'integration' END AS intensity, since, until "       \
					     "FROM pair p LEFT JOIN dispute d ON d.a = p.a AND "   \
					     "d.b = p.b "                                          \
					     "LEFT JOIN word w ON w.a = p.a AND w.b = p.b ORDER "  \
					     "BY p.a, p.b"

#define VIEW_INSTITUTION(SAID, FROM, COUNTS)                                                       \
	"CREATE VIEW v_institution AS WITH good AS MATERIALIZED (" GOOD "), " SAID                 \
	"arc AS (SELECT parent AS id, \"with\" AS other FROM " FROM " "                            \
	"WHERE parent <> \"with\"" COUNTS " UNION SELECT \"with\", parent FROM " FROM " "          \
	"WHERE parent <> \"with\"" COUNTS "), "                                                    \
	"degree AS (SELECT id, count(*) AS n FROM arc WHERE id IN good AND other IN good "         \
	"GROUP BY id) "                                                                            \
	"SELECT i.id, i.name, i.short_name, i.sector, i.country, i.city, i.territories, i.lat, "   \
	"i.lon, i.url, i.lines, i.target_groups, i.levels, i.sdgs, i.tags, i.verified, "           \
	"i.visibility, coalesce(d.n, 0) AS ties FROM institution i "                               \
	"LEFT JOIN degree d ON d.id = i.id WHERE i.id IN good ORDER BY i.id"

/* As claim_counts(), both together. */
#define CLAIM_COUNTS "coalesce(status NOT IN ('proposed', 'denied'), 1)"
#define COUNTS_NOW   CLAIM_COUNTS " AND NOT " CLAIM_AHEAD
/* clang-format on */

/* How SQLite words these is a matter of its version; other names it does not give. */
#define MADE_WITH_IT ""

static const struct fixed fixed[] = {
	{ 1, "meta",
	  "CREATE TABLE meta (key TEXT NOT NULL PRIMARY KEY, value TEXT NOT NULL) "
	  "STRICT, WITHOUT ROWID" },
	{ 1, "file",
	  "CREATE TABLE file (path TEXT NOT NULL PRIMARY KEY, size INTEGER NOT NULL, "
	  "mtime INTEGER NOT NULL, hash TEXT NOT NULL, broken INTEGER NOT NULL, "
	  "kind TEXT NOT NULL, record TEXT NOT NULL) STRICT, WITHOUT ROWID" },
	{ 1, "change",
	  "CREATE TABLE change (id INTEGER PRIMARY KEY, at INTEGER NOT NULL, "
	  "actor TEXT NOT NULL, summary TEXT NOT NULL, "
	  "undoes INTEGER REFERENCES change (id)) STRICT" },
	{ 1, "op",
	  "CREATE TABLE op (change INTEGER NOT NULL REFERENCES change (id), "
	  "seq INTEGER NOT NULL, verb TEXT NOT NULL, kind TEXT NOT NULL, "
	  "record TEXT NOT NULL, path TEXT NOT NULL, position INTEGER NOT NULL, "
	  "old TEXT, new TEXT, PRIMARY KEY (change, seq)) STRICT, WITHOUT ROWID" },
	{ 1, "file_edit",
	  "CREATE TABLE file_edit (change INTEGER NOT NULL REFERENCES change (id), "
	  "path TEXT NOT NULL, before TEXT NOT NULL, after TEXT NOT NULL, "
	  "\"offset\" INTEGER NOT NULL, old BLOB NOT NULL, new BLOB NOT NULL, "
	  "PRIMARY KEY (change, path)) STRICT" },
	{ 1, "outbox",
	  "CREATE TABLE outbox (id INTEGER PRIMARY KEY, "
	  "change INTEGER NOT NULL REFERENCES change (id), path TEXT NOT NULL, "
	  "before TEXT NOT NULL, content BLOB) STRICT" },
	{ 1, "op_record", "CREATE INDEX op_record ON op (kind, record)" },
	{ 1, "change_undoes", "CREATE INDEX change_undoes ON change (undoes)" },
	{ 2, "snapshot",
	  "CREATE TABLE snapshot (name TEXT NOT NULL PRIMARY KEY, change INTEGER NOT NULL, "
	  "at INTEGER NOT NULL, actor TEXT NOT NULL, note TEXT) STRICT, WITHOUT ROWID" },
	{ 2, "file_text",
	  "CREATE TABLE file_text (path TEXT NOT NULL PRIMARY KEY, content BLOB NOT NULL) "
	  "STRICT" },
	{ 3, "conflict",
	  "CREATE TABLE conflict (id INTEGER PRIMARY KEY, kind TEXT NOT NULL, "
	  "record TEXT NOT NULL, path TEXT NOT NULL, base TEXT, mine TEXT, theirs TEXT, "
	  "change INTEGER NOT NULL REFERENCES change (id), mine_by TEXT NOT NULL, "
	  "mine_at INTEGER NOT NULL, theirs_by TEXT NOT NULL, theirs_at INTEGER NOT NULL, "
	  "decision TEXT, decided_by TEXT, decided_at INTEGER) STRICT" },
	{ 4, "cache",
	  "CREATE TABLE cache (id INTEGER PRIMARY KEY, kind TEXT NOT NULL, "
	  "filter TEXT NOT NULL, basis TEXT NOT NULL, fingerprint INTEGER NOT NULL, "
	  "at INTEGER NOT NULL, content BLOB NOT NULL, UNIQUE (kind, filter, basis)) STRICT" },
	{ 4, "measure_value",
	  "CREATE TABLE measure_value (level TEXT NOT NULL, subject TEXT NOT NULL, "
	  "other TEXT NOT NULL, measure TEXT NOT NULL, value REAL, "
	  "fingerprint INTEGER NOT NULL, PRIMARY KEY (level, measure, subject, other)) "
	  "STRICT, WITHOUT ROWID" },
	{ 4, "gap_found",
	  "CREATE TABLE gap_found (id TEXT NOT NULL PRIMARY KEY, place INTEGER NOT NULL, "
	  "kind TEXT NOT NULL, severity REAL NOT NULL, status TEXT NOT NULL, owner TEXT, "
	  "title TEXT NOT NULL, reason TEXT, advice TEXT, territory TEXT, "
	  "institutions TEXT NOT NULL, fingerprint INTEGER NOT NULL) STRICT, WITHOUT ROWID" },
	/* The words of records, and an index of them; its own tables are made with it. */
	{ 5, "search_text",
	  "CREATE TABLE search_text (row INTEGER PRIMARY KEY, kind TEXT NOT NULL, "
	  "record TEXT NOT NULL, name TEXT NOT NULL, place TEXT NOT NULL, words TEXT NOT NULL, "
	  "UNIQUE (kind, record)) STRICT" },
	{ 5, "search",
	  "CREATE VIRTUAL TABLE search USING fts5(name, place, words, content='search_text', "
	  "content_rowid='row', tokenize='unicode61 remove_diacritics 2', prefix='2 3')" },
	{ 5, "search_data", MADE_WITH_IT },
	{ 5, "search_idx", MADE_WITH_IT },
	{ 5, "search_docsize", MADE_WITH_IT },
	{ 5, "search_config", MADE_WITH_IT },
	{ 5, "v_institution", VIEW_INSTITUTION("", "institution_partners", "") },
	{ 5, "v_tie", VIEW_TIE("", "", "", "", "", "") },
	{ 5, "v_measure",
	  "CREATE VIEW v_measure AS SELECT level, subject, nullif(other, '') AS other, measure, "
	  "value, printf('%016x', fingerprint) AS data FROM measure_value" },
	{ 5, "v_gap",
	  "CREATE VIEW v_gap AS SELECT place, id, kind, severity, status, owner, title, reason, "
	  "advice, territory, institutions, printf('%016x', fingerprint) AS data FROM gap_found "
	  "ORDER BY place" },
	/* Ties that are only proposed or denied do not count, and say so. */
	{ 6, "v_institution", VIEW_INSTITUTION("", "institution_partners", " AND " CLAIM_COUNTS) },
	{ 6, "v_tie",
	  VIEW_TIE(CLAIM_COUNTS " AS counts, ", "max(counts) AS counts, max(denied) AS denied, ",
		   "WHEN NOT counts THEN iif(denied, 'denied', 'proposed') ", "", "", "") },
	/* Nor do those that begin later. */
	{ 7, "v_institution",
	  VIEW_INSTITUTION("said AS MATERIALIZED (SELECT parent, \"with\", " COUNTS_NOW
			   " AS counts FROM institution_partners), ",
			   "said", " AND counts") },
	{ 7, "v_tie",
	  VIEW_TIE(COUNTS_NOW " AS counts, " CLAIM_AHEAD " AS ahead, coalesce(" PAIR_BEGINS
			      ", '') > date('now') AS later, ",
		   "max(counts) AS counts, max(denied) AS denied, ",
		   "WHEN NOT counts THEN iif(denied, 'denied', 'proposed') ", " AND NOT ahead",
		   "NOT x.ahead AND NOT y.ahead AND ", " AND (later OR NOT ahead)") },
	/* Who still calls it proposed does not confirm it. */
	{ 8, "v_tie",
	  VIEW_TIE(COUNTS_NOW " AS counts, " CLAIM_AHEAD " AS ahead, coalesce(" PAIR_BEGINS
			      ", '') > date('now') AS later, ",
		   "max(counts) AS counts, max(denied) AS denied, ",
		   "WHEN NOT counts THEN iif(denied, 'denied', 'proposed') "
		   "WHEN d.a IS NOT NULL THEN 'disputed' ",
		   " AND NOT ahead AND status IS NOT 'proposed'",
		   "NOT x.ahead AND NOT y.ahead AND ", " AND (later OR NOT ahead)") },
};

const struct fixed *schema_fixed(guint *n)
{
	*n = G_N_ELEMENTS(fixed);
	return fixed;
}
