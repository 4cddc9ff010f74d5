#!/bin/sh
# find: the same answers in the same order whether a store was there to be asked,
# was out of date, stands alone, or had to be made in memory.
. "$(dirname "$0")/lib.sh"
cp -R red-stem bare
run log -N red-stem; ends 0 "a network with a store"
run backup -N red-stem alone.telar; ends 0 "a store alone"

same=0 some=0
while read -r words; do
	# shellcheck disable=SC2086 # several words are several arguments
	for network in bare red-stem alone.telar; do
		"$TELAR" find --limit=0 --plain -N $network -- $words >"found.$network" 2>err || same=1
	done
	cmp -s found.bare found.red-stem && cmp -s found.bare found.alone.telar || {
		same=1
		echo "# differs: $words"
	}
	[ "$(wc -l <found.bare)" -gt 1 ] && some=$((some + 1))
done <<'WORDS'
medellin
Medellín
MEDELLIN educacion
educación medellín
secretaria
secretaría de educación
siemens
siemens stiftung
stift
mujeres
mujeres stem
stem
uni
universidad nacional
univ nac
mexico
méxico ciudad
são paulo
sao
ñandú
nino
clima
cambio climático
innovec
novec
inovec
g-20 "x
*
a
zzzz nothing at all
fundación argentina
robótica
co-medellin
WORDS
report $same "33 times the same rows in the same order"
[ "$some" -ge 25 ]; report $? "most of them find something"
[ -d bare/.telar ]; [ $? = 1 ]; report $? "finding writes nothing"

cp found.bare out
run find -N bare 'MEDELLIN educacion' --plain; sed -n 2p out | grep -q '^se-medellin'; report $? "the name that is most alike first"
run find -N bare innovec --plain; sed -n 2p out | grep -q '^innovec'; report $? "an id above what mentions it"
run find -N bare novec --plain; says out innovec "letters inside a word, where no word begins so"
run find -N bare inovec --limit=1 --plain; says out innovec "and scattered ones"

# a record by its file, as a shell completes it
run show -N red-stem red-stem/institutions/innovec.yaml; says out 'Institution · innovec' "the path of a file shows its record"
run show -N red-stem ./institutions/innovec.yaml; says out 'Institution · innovec' "from within the network too"
run show -N red-stem institutions/innovec; says out 'Institution · innovec' "and its folder and id"
fails 66 'no record "/nope"' "another path is told as it was typed" show -N red-stem /nope
fails 66 'no record "nope/innovec"' "a folder that is none too" show -N red-stem nope/innovec

# what the store does not know yet
sed -i 's/^name: .*/name: Escuela del Quetzal/' red-stem/institutions/innovec.yaml
run find -N red-stem quetz --plain; says out innovec "a file changed by hand is found by its new words"
run find -N red-stem innovec --plain; cp out first; run log -N red-stem; run find -N red-stem innovec --plain; cmp -s out first; report $? "and the same once the store has read it"
run set -N red-stem agrokasa notes='habla del tucán'; run find -N red-stem 'tucan habla' --plain; says out agrokasa "notes are found at once"
says out "habla del tucán" "and shown where they stand"
run set -N red-stem accefyn city='Łódź'; run find -N red-stem lodz --plain; sed -n 2p out | grep -q '^accefyn'; report $? "letters that people type otherwise are found typed plainly"
run find -N red-stem 'ŁÓDŹ' --plain; says out accefyn "and as they are written"; run undo -N red-stem
run undo -N red-stem; run find -N red-stem tucan --plain; lacks out agrokasa "and no more once taken back"
printf 'sector: [\n' >>red-stem/institutions/agrokasa.yaml
run find -N red-stem agrokasa --plain; ! grep -q '^agrokasa' out; report $? "what has errors is not found"
run log -N red-stem; run find -N red-stem agrokasa --plain; cp out broken
rm -rf copy; cp -R red-stem copy; rm -rf copy/.telar; run find -N copy agrokasa --plain; cmp -s out broken; report $? "with the store or without"

# an index that is not that of the records
store=alone.telar
sqlite3 $store "UPDATE search_text SET name = 'x' WHERE record = 'innovec'"
run doctor -N $store; ends 1 "doctor sees words that are not the record's"
says out "warning[index]" "as a warning"
run doctor -N $store --mend; ends 0 "and makes the index anew"
run doctor -N $store; ends 0 "for good"
sqlite3 $store "DELETE FROM search_data WHERE id > 10"
run find -N $store innovec --plain; says out innovec "a damaged index is passed by"
run doctor -N $store; says out "the index of words is damaged" "doctor sees it"
run doctor -N $store --mend; run doctor -N $store; ends 0 "and makes it anew"
run find -N $store innovec --plain; sed -n 2p out | grep -q '^innovec'; report $? "which is asked again"
done_testing
