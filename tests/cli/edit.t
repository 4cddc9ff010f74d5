#!/bin/sh
# set, link, unlink, log, undo, redo: the file, the model and history agree.
. "$(dirname "$0")/lib.sh"
TELAR_NETWORK=red-stem
export TELAR_NETWORK
entry=red-stem/institutions/innovec.yaml
cp $entry before

sed 's/^sector: .*/sector: [/' before >$entry
fails 65 'institutions/innovec.yaml has an error' "what cannot be read is not called missing" set innovec city=Puebla
says err "telar check" "with the way to the error"
fails 65 'institutions/innovec.yaml has an error' "nor where it is only shown" show innovec
fails 65 'institutions/innovec.yaml has an error' "nor as one end of a tie" link agrokasa innovec
cat before >$entry

run set innovec city=Puebla -n; ends 0 "a dry run"
says out "Ciudad de México → Puebla" "says old and new"
cmp -s $entry before; report $? "and changes nothing"

run set innovec country=Colombia sector=business -n; ends 0 "a country by its name"
says out "MX → CO" "is stored as its code"
run set innovec 'partners[siemens-stiftung].direction=From us to them' -n; ends 0 "a choice as it is shown"
run set innovec city=Puebla; ends 0 "set"
says err "Saved as change" "says so on stderr"
[ "$(diff before $entry | grep -c '^>')" = 1 ]; report $? "one line of the file changed"
says $entry "city: Puebla" "to the new value"
run show innovec --plain; says out "$(printf 'city\tPuebla')" "what is read is what was written"
run set innovec 'lines=climate,digitality' verified=2026-11 --json; ends 0 "a list and a date"
json 'd["actor"] == "ana" and len(d["ops"]) == 2' "as JSON"
run set innovec lines-=climate lines+=integral-health
run show innovec --json; json 'd["lines"] == ["digitality", "integral-health"] or d["lines"] == ["climate", "digitality", "integral-health"]' "adding and taking away"
run set innovec lines=; run show innovec --json; json '"lines" not in d' "clearing"
run set 'innovec' 'partners[siemens-stiftung].since=2012'; ends 0 "a field of a partner"
says $entry "since: 2012" "is in the file"
run check; ends 0 "the files are right after all that"

fails 2 'did you mean "city"?' "an unknown field" set innovec ctiy=X
fails 2 'did you mean "partners[siemens-stiftung].since"?' "an unknown field of a partner" set innovec 'partners[siemens-stiftung].sinse=1'
fails 1 'did you mean "edustem"?' "a word outside the vocabulary" set innovec sector=edu-stem
fails 1 'write 2023, 2023-05 or 2023-05-11' "no date" set innovec verified=soon
fails 66 'did you mean "innovec"?' "an unknown id" set inovec city=X
fails 2 'write it as FIELD=VALUE' "no equals sign" set innovec city
fails 2 'partners[ID]' "a list of items" set innovec partners=x
cp $entry items
run set innovec offers=training,financing; ends 0 "items by their key alone"
run show innovec --json; json '[o["capacity"] for o in d["offers"]] == ["training", "financing"]' "are what was given"
run set innovec offers-=financing needs+=training; ends 0 "one less, another list one more"
run show innovec --json; json '[o["capacity"] for o in d["offers"]] == ["training"] and "training" in [o["capacity"] for o in d["needs"]]' "both lists follow"
run set innovec needs+=training; ends 0 "what is there already"
fails 1 'did you mean' "a word outside the vocabulary of items" set innovec offers+=trainin
fails 2 'There is no needs[content] yet' "a field of an item that nobody has added" set innovec 'needs[content].what=Films'
says err 'hint: add it first: needs+=content' "and how to add it"
run set innovec needs+=content 'needs[content].what=Films' -n; ends 0 "in the same breath, if need be"
fails 2 'There is no partners[unal] yet' "a partner who is none" set innovec 'partners[unal].since=2023'
run undo; run undo
cmp -s $entry items; report $? "undo takes both changes back"
fails 2 'holds one value' "adding to one value" set innovec city+=x
fails 2 'the character U+001B cannot be stored' "a control character is refused" set innovec "city=$(printf 'a\033b')"
fails 1 'control character U+001B' "nor by link" link innovec agrokasa --title "$(printf 'a\033b')"
fails 2 'the character U+0007 cannot be stored' "nor by new" new institution id=casa sector=media name="$(printf 'Ca\007sa')"
[ ! -e red-stem/institutions/casa.yaml ]; report $? "which makes nothing"

run log; says out "INNOVEC: City" "the log names the record and the field"
says out "ana" "and who"
run log innovec --json; json 'd[0]["actor"] == "ana" and all(c["change"] for c in d)' "log as JSON"
run log --by nobody; says err "Nothing was changed" "only somebody's"

run undo; ends 0 "undo"; lacks $entry "since: 2012" "takes the newest back"
run redo; ends 0 "redo"; says $entry "since: 2012" "brings it back"
cp $entry items
TELAR_ACTOR=luis run set innovec url=https://luis.example; ends 0 "somebody else's edit"
fails 2 'the newest change is by luis: INNOVEC: Web page' "undo of what somebody else did last" undo
says err 'telar undo ' "which says how it is done all the same"
says $entry "luis.example" "and takes nothing back"
TELAR_ACTOR=luis run undo; ends 0 "its author takes it back"
cmp -s $entry items; report $? "with one word"
fails 2 'the newest change is by luis' "nor is what somebody else took back done again" redo
number=$("$TELAR" log --plain --limit 0 | awk -F'\t' '$4 == "innovec: city" { print $1 }')
run undo "$number" -n; says out "Puebla" "a dry undo says what"
run undo "$number"; ends 0 "undo of an older change"
says $entry "city: Ciudad de México" "restores its value"
for i in 1 2 3 4 5 6 7 8; do
	run undo
done
ends 66 "undo ends where there is nothing left"
cmp -s $entry before; report $? "with all taken back the file is as it was, to the byte"
fails 66 'no change 999' "a change that is not there" undo 999
fails 2 'no number of a change' "no number" undo first

run link innovec agrokasa --kind research,training --since 2023 --title 'Ríos vivos'; ends 0 "link"
says $entry "with: agrokasa" "is in A's file"
lacks red-stem/institutions/agrokasa.yaml "innovec" "and not in B's"
run path innovec agrokasa; says out "work together already (since 2023; Research, Training)" "makes a tie"
fails 2 'add a second one with --another' "not twice by accident" link innovec agrokasa
run link innovec agrokasa --another --kind programme; ends 0 "twice on purpose"
fails 2 'say which with --number' "unlink asks which" unlink innovec agrokasa
run unlink innovec agrokasa --number 2; ends 0 "unlink the second"
run unlink innovec agrokasa; ends 0 "unlink"
lacks $entry "agrokasa" "is out of the file"
lacks err "goes on saying" "nobody else said it"
fails 66 'does not say that it works with' "nothing to unlink" unlink innovec agrokasa
run link innovec agrokasa; run link agrokasa innovec
run unlink innovec agrokasa; ends 0 "unlink of what both say"
says err 'telar unlink agrokasa innovec' "tells that the other goes on saying it, and what to do"
run undo; run undo; run undo
fails 1 'did you mean "research"?' "an unknown kind" link innovec agrokasa --kind resarch
fails 2 'not its own partner' "no tie with oneself" link innovec innovec
fails 66 'did you mean "agrokasa"?' "an unknown partner" link innovec agrocasa
fails 2 'did you mean --since?' "an unknown option" link innovec agrokasa --sinse=2023
city=$(sed -n 's/^city: //p' $entry)
run set innovec "city=$city"; says err "Nothing has changed" "what stands there is not saved again"
run check; ends 0 "the files are right in the end"

run set innovec lat=19.430 country=MX -n -N red-stem
says err "stands there already" "a dry run of what is there says so"
lacks out "→" "and shows no change"
done_testing
