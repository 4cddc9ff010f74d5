#!/bin/sh
# diff, snapshot and the filters of log: what was, in words.
. "$(dirname "$0")/lib.sh"
TELAR_NETWORK=red-stem
export TELAR_NETWORK
day() { TELAR_NOW=2026-$1T10:00:00Z; }
cp -R red-stem before

day 10-05; run check; run log
run snapshot first --note "as it came"; ends 0 "a snapshot"
day 11-10; run set innovec city=Puebla lines=climate
day 11-20; TELAR_ACTOR=eva
run link innovec agrokasa --kind training --since 2023; run link innovec sembrar --kind nope
run new institution id=casa-ciencia name='Casa de la Ciencia' sector=media country=CL
day 12-02; TELAR_ACTOR=ana
run set innovec contact=x@y.example

run diff 2026-10 2026-11; ends 1 "diff of two dates ends with 1"
says out "INNOVEC: + Training with Agrokasa since 2023" "a new tie in words"
says out "INNOVEC: City: Ciudad de México → Puebla" "a changed field"
says out "Casa de la Ciencia: new (Institution)" "a new entry"
lacks out "Contact" "and not what was changed later"
says err "Entries: 1 changed, 1 new, 0 gone" "with the sums"
cp out november
run diff 2026-10-31..2026-11-30; cmp -s out november; report $? "a month means its last day"
run diff 2026-11-10 2026-11-20; lacks out "City" "a day is seen at its end: what it brought is there"
says out "Training with Agrokasa" "and the second day counts"
run diff 2026-11 2026; says out "Contact" "a year that has not ended means now"
run diff 2026-11 2026-10; says out "INNOVEC: − Training with Agrokasa since 2023" "the other way round"
run diff first; ends 1 "from a snapshot to now"
says out "Contact: changed" "a private field without its value"
lacks out "y.example" "really"
run diff first --json; json 'all("y.example" not in json.dumps(x) for x in d) and {x["state"] for x in d} == {"changed", "new"}' "as JSON"
run diff first 2 --plain; says out "$(printf 'institution\tinnovec\tchanged\tCity: ')" "as rows"
run diff 2 3 --format=markdown; says out '- **INNOVEC** (`innovec`)' "as Markdown"
says out '  - \+ Training with Agrokasa since 2023' "with the lines below"
run diff 3 3; ends 0 "the same state"; says err "Nothing differs" "differs in nothing"
run diff before red-stem; ends 1 "two directories"
says out "INNOVEC: + Training with Agrokasa since 2023" "say the same"
run diff before ./before; ends 0 "a directory and itself"
fails 66 'history begins with change 1' "before history" diff 2020 now
fails 66 'There is no change 99' "a change that is not there" diff 99
fails 66 'is no date, change, snapshot, directory, store or revision' "an unknown state" diff yesterday
fails 2 'needs more words' "no state" diff
fails 2 'cannot name a snapshot' "a number is no name" snapshot 2026
run snapshot first; says err 'already' "a name is given once"
run snapshot; says out "as it came" "they are listed"
run snapshot --json; json 'd[0]["name"] == "first" and d[0]["change"] == 1' "as JSON"

run log --since 2026-11 --until 2026-11-20 --plain --limit 0; [ "$(wc -l <out)" = 4 ]; report $? "log between dates: three changes and a head"
run log --since 2026-11-20T10:00 --by eva --json; json 'len(d) == 2' "with a time and a name"
run log --until 2026-10-05 --json; json 'len(d) == 1' "the last day belongs to it"
fails 2 'is no date or time' "no date" log --since soon
done_testing
