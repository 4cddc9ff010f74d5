#!/bin/sh
# gap, suggest, whatif: the register as a list of work that people move on, whom to
# bring together, and what would be.
. "$(dirname "$0")/lib.sh"
TELAR_NETWORK=red-stem
export TELAR_NETWORK

run gaps --limit 0 --plain; [ "$(wc -l <out)" -gt 100 ] && [ "$(wc -l <out)" -lt 250 ]; report $? "the register stays worth reading"
[ "$(tail -n +2 out | cut -f1 | sort | uniq -d | wc -l)" = 0 ]; report $? "every id once"
[ "$(tail -n +2 out | head -n 10 | cut -f2 | sort -u | wc -l)" -ge 4 ]; report $? "the first ten are of several kinds"
cp out first; run gaps --limit 0 --plain; cmp -s first out; report $? "the same again"
run gaps --kind=G1 --json --limit=0
json 'all("%d pairs of sectors" % int(g["reason"].split()[0]) in g["title"] for g in d if not g["reason"].startswith("1 "))' "the title of sectors that do not meet counts all pairs"
json 'all(" with " in c["why"] and ": " in c["why"] for g in d for c in g["candidates"])' "and each candidate says which pair it is for"

id=$(sed -n 's/^\(G2:[^	]*\).*/\1/p' first | head -n 1)
run gap "$id"; says out "$id" "one gap in full"
fails 66 'did you mean "G2:' "a gap that is not there" gap "${id}x"
fails 2 'did you mean "introduced"?' "an unknown status" gap "$id" introducd
fails 2 'Say why' "a dismissal without a reason" gap "$id" dismissed
fails 2 'Say until when' "put off without a day" gap "$id" snoozed
fails 2 'a day to come' "put off until the past" gap "$id" snoozed --until=2020
run gap "$id" introduced --owner=bea -n; [ ! -e red-stem/gaps.yaml ]; report $? "a dry run writes nothing"
run gap "$id" introduced --owner=bea; ends 0 "moved"; says red-stem/gaps.yaml "status: introduced" "in a file that people can read"
run gaps --owner=bea --json --limit 0; json "[g['id'] for g in d] == ['$id'] and d[0]['status'] == 'introduced'" "of one person"
run gaps --status=introduced --plain; says out "$id" "of one status"
fails 2 'did you mean "dismissed"?' "an unknown status to list" gaps --status=dismised
run gap "$id" 'Working together' -n; ends 0 "a status as it is shown"
LC_ALL=es_MX.UTF-8 LANGUAGE=es run gap "$id" presentada -n; ends 0 "in the language of the process"
LC_ALL=C.UTF-8
run gap "$id" dismissed --reason='it is meant so'; run gaps --limit 0 --plain; lacks out "$id	" "dismissed ones are out of sight"
run gaps --all --limit 0 --plain; says out "$id	" "unless all are asked for"
run check; ends 0 "the file has nothing wrong"
run undo; run gap "$id" --json; json 'd["status"] == "introduced" and d["owner"] == "bea"' "undone as any edit"
run log gaps; says out "dismissed" "in the history"
run gap "$id" closed; run gaps --limit 0 --plain; lacks out "$id	" "closed today: out of sight"
TELAR_NOW=2026-12-24T10:00:00Z; run gap "$id" --json; json 'd["status"] == "open" and "found again" in d["note"]' "found again on a later day"
TELAR_NOW=2026-11-22T10:00:00Z
run gap "$id" --until=2027-03; run gaps --status=snoozed --json; json 'd[0]["until"] == "2027-03"' "a day until when puts it off"
run suggest --json --limit=3; pair=$(python3 -c 'import json; g = json.load(open("out"))[0]; print(g["a"], g["b"])')
run link $pair --status=proposed; run suggest --json --limit=0
json "'$pair' not in [g['a'] + ' ' + g['b'] for g in d]" "what is proposed is not suggested again"
run undo; run suggest --json --limit=3; json "d[0]['a'] + ' ' + d[0]['b'] == '$pair'" "but is once that is taken back"
printf 'gaps:\n  - gap: G9:gone\n    status: met\n' >red-stem/gaps.yaml
run gaps; says err "G9:gone" "what is not found any more is said"
run gap G9:gone; says err "not found any more" "also one by one"
rm red-stem/gaps.yaml

cp -R red-stem asked
run gap G18:uniminuto:unno dismissed --reason="They do" -N asked; ends 0 "a suggestion is dismissed"
run suggest -N asked --plain; lacks out "uniminuto	unno" "and not suggested again"
run gaps -N asked -k G18 --all --plain --limit 0; says out "G18:uniminuto:unno	G18" "but stays in the register"
run gap G18:uniminuto:unno -N asked; says out "dismissed" "with what was decided"
printf 'gaps:\n  - gap: G18:fumec:unal\n    status: proposed\n' >asked/gaps.yaml; run gaps -N asked -k G18 --plain --limit 0
says out "G18:fumec:unal	G18" "one that is worked on stays, however many are better"; lacks err "not found any more" "as long as they have no tie"
run suggest --json --limit 10; json 'len(d) == 10 and all(0 <= p <= 1 for s in d for p in s["parts"].values()) and [s["score"] for s in d] == sorted((s["score"] for s in d), reverse=True)' "the best, with their parts"
json 'max(sum(i in (s["a"], s["b"]) for s in d) for i in [x for s in d for x in (s["a"], s["b"])]) <= 2' "few for any member"
run suggest innovec --plain --limit 3; [ "$(tail -n +2 out | grep -c innovec)" = 3 ]; report $? "of one member"
run suggest --long --limit 1; says out "×" "the score is laid open"
run suggest --backtest --json; json 'd["ties_begun"] >= 10 and d["auc"] > 0.5' "tried on the past, better than the lot"
fails 66 'did you mean "innovec"?' "an unknown institution" suggest inovec

run whatif --tie oce usal --json; json 'any(m["measure"] == "ties" and m["after"] == m["before"] + 1 for m in d["measures"])' "a tie more"
cp out one; run whatif --tie=oce,usal --json; cmp -s one out; report $? "written with a comma"
run whatif --tie oce usal --json; json 'not any(g["id"].startswith("G7") for k in ("closed", "opened") for g in d[k])' "a tie says nothing of other sectors and countries"
run whatif --tie uniandes siemens-co --tie eafit bancolombia --json; json 'any(g["id"] == "G7:university-research:business" for g in d["closed"])' "but of its own"
cp -R red-stem linked; run link movimiento-stem fumec --intensity cooperation -N linked; run gaps -k G7 -N linked --plain
says out "G7:university-research:business" "nor does the register, once it is written"
run whatif --leave siemens-stiftung --json; json 'any(g["id"] == "G10:siemens-stiftung" for g in d["closed"]) and d["opened"]' "who leaves takes a gap along and opens others"
run whatif --leave innovec --json; json 'd["ties_lost"] == 10 and len(d["cut_off"]) == 4 and {"programme": "declaracion-monterrey", "loses": "participant", "left": 2} in d["programmes"]' "what would break: ties, members, programmes"
run whatif --leave innovec; says out "Programmes that lose somebody (" "in words, before the measures"
grep -n "Cut off from\|no longer apply\|^The network" out | cut -d: -f1 | sort -nc; report $? "harm first, then what falls away with it, then the measures"
says out 'no longer apply, as somebody left' "which is said to be no gain"
run gap G2:co-quindio --json
joins=$(python3 -c 'import json; print(" ".join("--join=%s,co-quindio" % c["a"] for c in json.load(open("out"))["candidates"]))')
run whatif $joins --json; json 'any(g["id"] == "G2:co-quindio" for g in d["closed"])' "those who are proposed for a territory close its gap when they come"
run whatif --join utp-pereira co-quindio --json; json 'any(g["id"] == "G2:co-quindio" for g in d["eased"])' "one of them eases it"
run whatif --join utp-pereira co-quindio --tie=oce usal --tie innovec,maloka; says out "too; OCE and USAL work together; INNOVEC" "second words in the order in which they are written"
fails 2 'belongs to no' "a word too many" whatif --tie oce usal maloka
fails 2 'a territory' "joining nothing" whatif --join utp-pereira
fails 2 'acts in' "joining anew" whatif --join utp-pereira,co-pereira
run whatif --tie oce usal; says out "If OCE and USAL work together:" "in words"
says out "It closes." "what becomes of the gap that proposes it"; says out "found anew" "circles are held"; says out "cooperation" "as what it counts"; says out "Ties of unknown depth" "shares of depth are told together"
run whatif --tie oce usal --json; json 'd["proposed_by"] == [{"gap": "G6:oce:usal", "before": g["severity"], "after": None} for g in d["closed"]] and any(m["measure"] == "global-efficiency" for m in d["measures"])' "to a program, with what rounds alike"
run whatif --leave innovec --json; json 'd["proposed_by"] == []' "nothing proposes that one leaves"
fails 2 'needs two' "a tie with nobody" whatif --tie oce
fails 2 'work together already' "a tie that exists" whatif --tie siemens-stiftung innovec
fails 2 'Say what' "nothing to try" whatif
fails 66 'did you mean "oce"' "an unknown institution" whatif --leave ocee
fails 2 'no date' "an unknown day" whatif --end crea --date soon
[ ! -e red-stem/gaps.yaml ]; report $? "nothing is saved"
# Programs get all there is, people the first and word of the rest.
run gaps --plain; [ "$(wc -l <out)" -gt 50 ]; report $? "all gaps for a script"
run gaps --json; json 'len(d) > 50' "all gaps for a program"
run gaps; says err "the severest 10 are shown (--limit=0: all)" "people are told of the rest"
run suggest --json; json 'len(d) > 10' "all suggestions for a program"
run suggest; says err "there are more (--limit=0: all)" "people are told that there are more"
run find red --json; json 'len(d) > 20' "all that is found"
for n in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20 21 22; do run set innovec city="Ciudad $n"; done
run log --json; json 'len(d) > 21' "all changes for a program"
run log; [ "$(wc -l <out)" = 21 ]; report $? "the newest for people"
says err "there are more (--limit=0: all)" "who are told so"
run gaps --status met; says err "No gaps were found with --status=met" "a status that no gap has is named"
run gaps --owner=zz --kind g1; says err "No gaps were found with --kind=G1 --owner=zz" "and who sees to none"
fails 66 '"co-quindio" is a territory' "so in an edit" link innovec co-quindio
run undo -n --json; json 'd["ops"][0]["path"] == "city"' "what would be taken back, for a program"
run log --help; says out "Unsaid: 20" "help says the default"


# who proposed what a gap asks for, and when
cp -r "$root/contrib/red-stem" asked
TELAR_ACTOR=bea run link fund-siemens-co innovec --status proposed -N asked; run set innovec city=Puebla -N asked
run gap G10:siemens-stiftung -N asked; tr -s ' \n' ' ' <out >flat; grep -q "INNOVEC, introduced by Siemens Stiftung, proposed on 20[0-9-]* by bea" flat; report $? "a candidate that is proposed says since when and by whom"
run gap G10:siemens-stiftung --json -N asked; says out '"proposed_by": "bea"' "in JSON as well"
done_testing
