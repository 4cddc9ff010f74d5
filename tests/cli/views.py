"""views.py STORE NETWORK: every view of a store against what the program says of the same network."""
import json, math, os, sqlite3, subprocess, sys

store, network = sys.argv[1:3]
sql = sqlite3.connect("file:%s?mode=ro" % store, uri=True)
sql.row_factory = sqlite3.Row


def ask(*words):
    return json.loads(subprocess.run([os.environ["TELAR"], *words, "--json", "-N", network],
                                     check=True, capture_output=True).stdout)


def rows(text, *values):
    return [dict(row) for row in sql.execute(text, values)]


wrong = []


def same(what, one, two):
    if one != two and not (isinstance(one, float) and isinstance(two, (int, float)) and
                           math.isclose(one, two, rel_tol=1e-9, abs_tol=1e-12)):
        wrong.append("%s: the view has %r, telar says %r" % (what, one, two))


# v_institution
told = {entry["id"]: entry for entry in ask("list", "institutions")}
ties = ask("list", "ties")
seen = rows("SELECT * FROM v_institution")
same("institutions", [row["id"] for row in seen], sorted(told))
lists = {"territories", "lines", "target_groups", "levels", "sdgs", "tags"}
for row in seen:
    for key, value in row.items():
        if key == "ties":
            other = sum(row["id"] in (tie["a"], tie["b"]) for tie in ties
                        if tie["state"] not in ("proposed", "denied"))
        else:
            other = told[row["id"]].get(key)
        if key in lists:
            value, other = json.loads(value or "[]"), other or []
        if key in ("verified", "visibility") and key not in told[row["id"]]:
            continue  # said only where it is set by people
        same("v_institution %s %s" % (row["id"], key), value, other)

# v_tie
seen = rows("SELECT * FROM v_tie")
same("ties", [(row["a"], row["b"]) for row in seen], sorted((t["a"], t["b"]) for t in ties))
told = {(tie["a"], tie["b"]): tie for tie in ties}
for row in seen:
    tie = told[row["a"], row["b"]]
    row["kinds"], row["ended"] = json.loads(row["kinds"]), bool(row["ended"])
    for key, value in row.items():
        same("v_tie %s-%s %s" % (row["a"], row["b"], key), value,
             tie.get(key, [] if key == "kinds" else None))

# v_measure
seen = rows("SELECT * FROM v_measure")
same("one computation", len({row["data"] for row in seen}), 1)
told = {}
for level, groups in [("network", [None]), ("institution", [None]), ("tie", [None]),
                      ("capacity", [None]), ("group", ["sector", "territory", "country", "tier", "circle"])]:
    for by in groups:
        answer = ask("measures", "--level", level, *(["--by", by] if by else []))
        for entry in answer if isinstance(answer, list) else [answer]:
            names = (entry.pop("id", entry.pop("a", "")), entry.pop("b", None))
            entry.pop("name", None)
            for measure, value in entry.items():
                told[level, *names, measure] = value
same("measures", {(r["level"], r["subject"], r["other"], r["measure"]) for r in seen}, set(told))
for row in seen:
    key = row["level"], row["subject"], row["other"], row["measure"]
    same("v_measure %s" % (key,), row["value"], told.get(key))

# v_gap
told = ask("gaps", "--limit=0", "--all")
seen = rows("SELECT * FROM v_gap")
same("gaps", [row["id"] for row in seen], [gap["id"] for gap in told])
for row, gap in zip(seen, told):
    row["institutions"] = json.loads(row["institutions"])
    for key in set(row) - {"place", "data"}:
        same("v_gap %s %s" % (row["id"], key), row[key], gap.get(key))
same("the same data", {r["data"] for r in seen}, {r["data"] for r in rows("SELECT data FROM v_measure")})

print("\n".join(wrong[:20]))
sys.exit(1 if wrong else 0)
