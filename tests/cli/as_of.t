#!/bin/sh
# --as-of: the network of a day, counted a second time by another reader of the entries.
. "$(dirname "$0")/lib.sh"
TELAR_NETWORK=red-stem
export TELAR_NETWORK

# counted DAY: institutions, pairs with a tie, those of them that run, programmes
counted() {
	python3 - "$1" <<'END'
import glob, sys, yaml
FIRST = lambda day: (day + "-01-01")[:10] if len(day) != 7 else day + "-01"
LAST = lambda day: day if len(day) == 10 else day + ("-12-31" if len(day) == 4 else "-31")
DAY = LAST(sys.argv[1])
entries = lambda kind: [yaml.load(open(f), Loader=yaml.BaseLoader) for f in glob.glob("red-stem/%s/*.yaml" % kind)]
begun = lambda item, key="since": FIRST(item.get(key, "0001")) <= DAY
members = {e["id"]: e for e in entries("institutions")
           if not e.get("memberships") or any(map(begun, e["memberships"]))}
# A tie that either side dates is dated.
ties, dated = {}, {}
for entry in entries("institutions"):
    for says in entry.get("partners", []):
        if "since" in says:
            dated.setdefault(frozenset((entry["id"], says["with"])), []).append(FIRST(says["since"]))
for one, entry in members.items():
    for says in entry.get("partners", []):
        if says["with"] in members and begun(says) and min(dated.get(frozenset((one, says["with"])), ["0001"])) <= DAY:
            ties.setdefault(frozenset((one, says["with"])), []).append(LAST(says.get("until", "9999")) >= DAY)
print(len(members), len(ties), sum(map(any, ties.values())), sum(begun(e, "start") for e in entries("programmes")))
END
}

value() { # MEASURE: its number in out
	awk -F'\t' -v id="$1" '$1 == id { print $2 }' out
}

for day in 2015 2021 2023-06 2024-03-15; do
	run measures --as-of "$day" --plain
	set -- "$(value members)" "$(value ties)"
	run measures --as-of "$day" --current --plain
	set -- "$@" "$(value ties)"
	run list programmes --as-of "$day" --json
	echo "$@" "$(grep -c '"record": "programme"' out)" >got
	counted "$day" >wanted
	cmp -s got wanted
	report $? "$day: $(cat wanted)"
done

# Every command that only reads: fewer are there, and what came later is not found.
run list institutions --as-of 2015 --json; json 'len(d) == 280' "list"
run find "Encuentro 2 2023" --as-of 2015 --plain; lacks out "encuentro-2-2023" "find"
run find "Encuentro 2 2023" --plain; says out "encuentro-2-2023" "which is there now"
fails 66 "There is no record" "show" show encuentro-2-2023 --as-of 2015
for words in "matrix" "gaps" "suggest" "keyplayers" "funding" "path innovec siemens-stiftung" \
	"between innovec siemens-stiftung" "whatif --leave innovec" "export graphml"; do
	run $words --as-of 2015
	cp out then
	run $words
	[ "$code" = 0 ] && ! cmp -s out then
	report $? "$words"
done
run export graphml --as-of 2015-06; says out '<data key="g_as_of">2015-06-30</data>' "an export says of which day it is"
run measures --as-of 2026-11-22 --plain; cp out then; run measures --plain
cmp -s out then; report $? "as of today it is as it is"

fails 2 "is no date for --as-of" "no date" measures --as-of yesterday
says err "2023-05-11" "and how one is written"
fails 2 "is no date" "no such day" gaps --as-of 2023-02-30
fails 2 "does not go with yaml" "entries have no day" export yaml -o new --as-of 2021
fails 2 "There is no option --as-of" "nothing is written as of a day" set innovec city=X --as-of 2021
done_testing
