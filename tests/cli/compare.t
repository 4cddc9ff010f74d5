#!/bin/sh
# compare and between: two networks side by side, and what parts two members.
. "$(dirname "$0")/lib.sh"
cp -R red-stem other
TELAR_NETWORK=red-stem
export TELAR_NETWORK
run -N other unlink siemens-stiftung maloka
run -N other link innovec maloka --since 2026

run compare red-stem other --json
json '[m for m in d["measures"] if m["measure"] == "ties"][0]["difference"] == 0' "one tie for another"
json 'd["new"] == [["innovec", "maloka"]] and d["lost"] == [["maloka", "siemens-stiftung"]]' "which ones"
json 'len(d["kept"]) == 269 and abs(d["jaccard"] - 269 / 271) < 1e-12' "and what both have"
json 'd["joined"] == [] and d["left"] == []' "the same members"
json 'all(g["id"] and 0 <= g["severity"] <= 1 for k in ("closed", "opened") for g in d[k])' "gaps with their ids"
run compare red-stem red-stem --json
json 'd["jaccard"] == 1 and not d["new"] and not d["lost"] and not d["closed"] and not d["opened"]' "a network is as itself"
json 'all(m["better"] == 0 for m in d["measures"])' "and no better"
run compare other red-stem; ends 0 "for people"; says out "Only in the second: ties" "with ties by name"
says out "Maloka – Siemens Stiftung" "in words"
run compare red-stem other --plain; [ "$(grep -c "^kept" out)" = 269 ]; report $? "for scripts"
lacks out "nan" "no nan"

run compare 2022 2026 --running --json
json 'd["before"] == "2022" and len(d["new"]) > 20 and len(d["lost"]) > 20' "partnerships that ran on two days"
json 'len(d["joined"]) > 20 and not d["left"]' "and who had joined by then"
run compare --filter country=CO --with country=MX --json
json 'd["jaccard"] == 0 and len(d["left"]) > 50 and len(d["joined"]) > 50' "two filters"
json 'all(m["better"] == 0 for m in d["measures"] if m["measure"] in ("ties", "isolates", "pairs_reached"))' "where more is only larger"
json 'any(m["better"] == -1 for m in d["measures"])' "and what is a share is better or worse"
run compare red-stem other --filter country=MX --json
json '[m for m in d["measures"] if m["measure"] == "members"][0]["before"] == 63' "one filter for both"

fails 2 "two filters" "nothing to compare" compare
fails 2 "needs more words" "half of a pair of days" compare 2022 --running
fails 2 "is no date" "no date" compare yesterday now --running
fails 66 "directory, store or revision" "no such state" compare nosuch
fails 2 "no country" "a filter that cannot match" compare --filter country=CO --with country=ZZ
fails 2 "one word too many" "three states" compare a b c

run between uniminuto siemens-ag --json
json 'd["distance"] == 2 and d["common"] == ["siemens-stiftung"]' "two institutions"
json 'd["cut-members"] == ["siemens-stiftung"] and d["cut-ties"] == [["siemens-ag", "siemens-stiftung"]]' "what would part them"
run between co-quindio co-bogota --json
json 'len(d["direct"]) == 1 and len(d["cut-ties"]) == 2 and "cut-members" not in d' "two territories with a tie between them"
run between co-quindio co-bogota; says out "with fewer they would not be" "in words"
fails 2 "Both are the same" "one and itself" between innovec innovec
fails 66 "There is no record" "nobody" between innovec nobody
fails 66 "does not pass the filter" "left out by a filter" between innovec maloka --filter country=CO
fails 2 "belongs to both" "a member and its own territory" between co-quindio sed-quindio
done_testing
