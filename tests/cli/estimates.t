#!/bin/sh
# What is reckoned from a sample is marked wherever it is written: if it fails, a guess
# stands where people and programs take it for a count.
. "$(dirname "$0")/lib.sh"
run generate large --institutions=520 --territories=5 --degree=4 --seed=7
TELAR_NETWORK=large
export TELAR_NETWORK

run measures -m degree,bridging --level institution --limit=3; ends 0 "for people"
[ "$(sed 1d out | grep -c '[0-9] *~[0-9.]*$')" = 3 ]; report $? "a mark before the number"
run measures -m degree,bridging --level institution --plain --limit=3
[ "$(head -n 1 out)" = "$(printf 'id\tdegree\tbridging\tbridging-error')" ]; report $? "for programs a column of its own"
! grep -q '~' out; report $? "and numbers that are numbers"
run measures -m degree,bridging --level institution --json --limit=3
json 'all(r["estimates"] == ["bridging"] and r["errors"] == {"bridging": None} for r in d)' "in JSON by name"
run measures -m degree --level institution --plain; [ "$(head -n 1 out)" = "$(printf 'id\tdegree')" ]
report $? "nothing is added to what is exact"
run measures --plain
[ "$(head -n 1 out)" = "$(printf 'measure\tvalue\tqualifier\terror')" ]; report $? "of the network a column for every measure"
! cut -f 3 out | sed 1d | grep -q .; report $? "empty where all is exact"

run export csv -o tables; ends 0 "as CSV"
python3 - >out 2>err <<'P'
import csv
rows = list(csv.DictReader(open("tables/institutions.csv")))
ties = list(csv.DictReader(open("tables/ties.csv")))
values = list(csv.DictReader(open("tables/measures.csv")))
assert len(rows) == 520 and all(r["m_estimates"] == "m_bridging" for r in rows), rows[0]
assert ties and all(t["m_estimates"] == "m_tie_bridging" for t in ties), ties[0]
marked = {v["measure"] for v in values if v["qualifier"]}
assert marked == {"bridging", "tie-bridging"}, marked
assert {v["qualifier"] for v in values} == {"", "estimate"}
P
code=$?
ends 0 "each table says which numbers are estimates"
run export csv -o exact -N red-stem; [ "$(cut -d, -f 6 exact/measures.csv | sort -u)" = "$(printf '\nqualifier')" ]
report $? "and none is in a small network"
done_testing
