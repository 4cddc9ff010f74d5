#!/bin/sh
# What files and store take from each other, told; and what contradicts, decided.
. "$(dirname "$0")/lib.sh"
mkdir -p small/institutions
printf 'id: small\nname: Small\n' >small/network.yaml
printf '# by hand\nid: alpha\nname: Alpha\nsector: school   # one of few\n' >small/institutions/alpha.yaml
printf 'id: beta\nname: Beta\nsector: school\npartners:\n  - with: alpha  # old friends\n' >small/institutions/beta.yaml
TELAR_NETWORK=small
export TELAR_NETWORK
alpha=small/institutions/alpha.yaml

run sync -n; ends 0 "a dry run before anything is kept"
[ ! -e small/.telar ]; report $? "makes no store"
run sync; ends 0 "the first sync"
says out "first read: 3 files" "reads all"
run sync; says err "Files and store agree" "and then there is nothing to do"
run conflicts; ends 0 "nor to decide"

printf 'city: Lima\n' >>$alpha
run sync -n; ends 0 "what a file says now"
says out "alpha: city: (empty) → Lima" "is told by a dry run"
run sync -n --json; json 'd["dry_run"] and d["from_files"][0]["ops"][0]["new"] == "Lima"' "as JSON too"
run sync; says out "Taken from the files:" "and taken"
run log --json; json 'd[0]["actor"] == "files"' "as a change by the files"

# what somebody wrote while an edit was cut short, and nothing else says: until a person decides
lies=small/institutions/.alpha.yaml.telar-=1234567
sed 's/Lima/Tacna/' $alpha >$lies
run sync; says err "doctor --put-back ${lies#small/}" "a version set aside is told of"
run doctor; ends 1 "and not well"
run doctor --put-back "${lies#small/}"; ends 0 "it can become the file"
says $alpha "city: Tacna" "with what it says"
[ ! -e $lies ]; report $? "and nothing is set aside any more"
run log --json; json 'd[0]["actor"] == "files" and d[0]["ops"][0]["new"] == "Tacna"' "history has both"
sed 's/Tacna/Arica/' $alpha >$lies
run doctor --discard "${lies#small/}"; ends 0 "or go"
[ ! -e $lies ]; report $? "for good"
says $alpha "city: Tacna" "and the file stays"
fails 66 "no version of a file set aside" "nothing else can be deleted so" doctor --discard institutions/alpha.yaml
sed 's/Tacna/Lima/' $alpha >$lies
run sync; says err "put-back" "who puts back what stood there is heard as well"
cp $alpha before; run set alpha city=Ica; mv before $lies
run sync; lacks err "put-back" "what only our edit parts from the file is no news"
[ ! -e $lies ]; report $? "and swept up"
run undo; run undo 3; run sync

# an edit that is in the store only, and a file that says something else
if command -v strace >/dev/null && strace -qq -o /dev/null true 2>/dev/null; then
	strace -f -qq -o /dev/null -e trace=renameat2 -e inject=renameat2:signal=KILL:when=1 \
		"$TELAR" set alpha city=Quito short_name=Al tags=a >out 2>err
	sed -i 's/^city: .*/city: Cusco/; $a tags: [b]' $alpha
	run sync -n; ends 1 "a conflict is told before it is met"
	says out "city: Lima → Cusco" "with what the file brings"
	lacks $alpha "short_name" "and nothing is written"
	run sync; ends 1 "sync ends with 1 while a conflict waits"
	says out "mine      Quito (ana, 2026-11-22 10:00)" "with the one value, its author and time"
	says out "theirs    Cusco (in the file, " "and the other"
	says $alpha "short_name: Al" "what contradicts nothing is written"
	says $alpha "tags: [b, a]" "lists are united"
	says $alpha "city: Cusco" "and until it is decided the file stands"
	run sync; ends 1 "it waits"
	run doctor; says out "1 conflict waits for a decision" "doctor mentions it"
	run conflicts --json
	json 'd[0]["mine"]["value"] == "Quito" and d[0]["theirs"]["value"] == "Cusco" and d[0]["base"] == "Lima"' "with all three values"
	run conflicts; says out " · City  (alpha.city)" "for people by name, with what to call it in a command"
	run conflicts --plain; says out "alpha	city	Lima	Quito	ana" "and for scripts"
	fails 2 'name it, as in' "one has to say which" conflicts --take=mine
	fails 66 'there is no conflict at alpha.url' "of those that wait" conflicts --take=mine alpha.url
	fails 2 'take one of the two' "a city is one" conflicts --take=both alpha.city
	fails 2 'contradict each other' "one decision" conflicts --take=mine --value=x alpha.city
	run conflicts --take=mine alpha.city -n; says $alpha "city: Cusco" "a dry run decides nothing"
	run conflicts --take=mine alpha.city; ends 0 "mine is taken"
	says $alpha "city: Quito" "and written"
	says $alpha "school   # one of few" "beside what is there"
	run conflicts; ends 0 "nothing waits any more"
	run undo; says $alpha "city: Cusco" "a decision can be undone"
	run doctor; ends 0 "and all is sound"
fi

# another id
mv $alpha small/institutions/alfa.yaml
sed -i 's/^id: .*/id: alfa\naliases: [alpha]/' small/institutions/alfa.yaml
run sync; ends 0 "an entry with another id"
says small/institutions/beta.yaml "  - with: alfa  # old friends" "what refers to it follows, comments and all"
run check; ends 0 "and nothing is broken"
rm small/institutions/alfa.yaml
run sync; says err "1 error in the files" "a removed one that others name"
run check; says out "institutions/beta.yaml:5:11: error[reference]" "is said at its place"
done_testing
