#!/bin/sh
# Distances by intensity are asked for, and wherever such a number is written it is said:
# if it fails, somebody compares lengths with steps.
. "$(dirname "$0")/lib.sh"
mkdir -p deep/institutions
printf 'id: deep\nname: Deep\nvocabularies:\n  sectors: [{id: x, name: X}]\n' >deep/network.yaml
printf 'id: a\nname: A\nsector: x\npartners:\n  - {with: b, intensity: awareness}\n  - {with: c, intensity: integration}\n' >deep/institutions/a.yaml
printf 'id: b\nname: B\nsector: x\npartners:\n  - {with: c, intensity: integration}\n  - {with: d}\n' >deep/institutions/b.yaml
for i in c d e; do printf 'id: %s\nname: %s\nsector: x\n' $i $i >deep/institutions/$i.yaml; done
TELAR_NETWORK=deep
export TELAR_NETWORK

run measures -m diameter,mean-distance --distance intensity; ends 0 "for people"
grep -q '^Diameter, by intensity *1.50  ties of awareness$' out; report $? "the rows that it changes have other names"
grep -q '^A tie is 1/intensity long in .*diameter.*; all else counts steps$' err; report $? "and it is said which they are"
grep -q '^1 of 4 ties states no intensity, and counts as awareness$' err; report $? "and what stands for an unknown one"
run measures -m diameter; grep -q '^Diameter *2  steps$' out; report $? "steps where nothing is said"
run measures -m diameter --distance steps; grep -q '^Diameter *2  steps$' out; report $? "or where they are asked for"
! grep -q 'intensity' err; report $? "and nothing is said of lengths"
run measures -m betweenness-raw,degree -l institution --distance intensity --limit=1
grep -q 'Pairs/i' out; report $? "columns are marked"
run measures -m betweenness-raw,degree -l institution --distance intensity --json
json 'd[2]["betweenness-raw"] == 2 and all(r["distance"] == "intensity" for r in d)' "rows in JSON say it"
run measures -m betweenness-raw,degree -l institution --json
json 'd[2]["betweenness-raw"] == 0 and not any("distance" in r for r in d)' "rows of steps stay as they are"
run measures --distance intensity --json --explain
json '[m["id"] for m in d["measures"] if m.get("weighted")] == ["betweenness-centralization", "global-efficiency", "mean-distance", "diameter"]' "words in JSON say which are weighted"
json 'd["distance"] == "intensity" and all("1/intensity" in m["definition"] and "Newman 2001" in m["reference"] for m in d["measures"] if m.get("weighted"))' "and how"

run export csv -o tables --distance intensity; ends 0 "as CSV"
python3 -c '
import json
said = json.load(open("tables/manifest.json"))
assert said["distance"] == "intensity"
assert sum(1 for m in said["measures"] if m.get("weighted")) == 9, said' 2>err; report $? "with a manifest that says it"
run export graphml -o net.graphml --distance intensity
grep -q '<desc>ties are 1/intensity long</desc>' net.graphml && grep -q '<data key="g_distance">intensity</data>' net.graphml
report $? "as GraphML"
run measures --distance depth; ends 2 "an unknown word"
grep -q 'it is one of: steps, intensity' err; report $? "names the known ones"
done_testing
