#!/bin/sh
# What people come for, from the first screen to the file, by keys alone: each
# journey as somebody takes it who knows the README, the footer and `?`.
. "$(dirname "$0")/lib.sh"
export TZ=UTC

# play: the script on standard input; its screens are in out
play() {
	cat >keys
	run open --keys keys red-stem
}

play <<'KEYS'
keys 2 /
type uniminuto
keys Enter p
type siemens ag
keys Enter
screen
KEYS
says out 'Write to Siemens Stiftung' 'who could introduce UNIMINUTO to Siemens AG'

play <<'KEYS'
keys 3 /
type quindio
keys Enter Enter
screen
keys b
screen
KEYS
says out 'Business                        nobody' 'which sectors are missing in Quindío, found without the accent'
says out 'Quindío: nobody from Academia' 'and which of them are a gap'

run whatif --leave innovec -N red-stem
says out 'Pairs that reach each other' 'what would break if INNOVEC left'
says out 'members hang on Siemens Stiftung only' 'and which gaps that would open or worsen'

cp red-stem/institutions/innovec.yaml before
play <<'KEYS'
keys 2 /
type innovec
keys Enter e Down Down Down Down Down Down Down Down Down ^U
type https://innovec.example.org
keys F2 Enter
screen
KEYS
says out 'Saved: INNOVEC: Web page' 'a web page is corrected'
grep -q '^url: https://innovec.example.org$' red-stem/institutions/innovec.yaml
report $? 'in the file'
play <<'KEYS'
keys u
screen
keys y
screen
KEYS
says out 'Take back: INNOVEC: Web page?' 'the next time it is asked about'
says out 'Undone: INNOVEC: Web page' 'and taken back'
cmp -s before red-stem/institutions/innovec.yaml
report $? 'to the byte'

# Find an institution, see who could introduce it, propose, edit, take back, export.
cp -R red-stem/institutions entries
play <<'KEYS'
keys 2 /
type usal
keys Enter p
type oce
keys Enter
screen
keys Esc 8 /
type circles around oce
keys Enter A
screen
keys Enter
screen
keys u
screen
keys :
type export csv tables
keys Enter
screen
KEYS
says out 'USAL → PUCV → Siemens Stiftung → OCE' 'introductions of what was found'
says out 'Into the entry of' 'what proposing a partnership writes is shown'
says out 'Saved: proposed' 'a partnership is proposed'
says out 'Undone: proposed' 'and taken back'
says out 'Exported to' 'and what remains is exported'
diff -r entries red-stem/institutions >diff
report $? 'no file is other than before'
[ "$(python3 -c 'import csv; print(len(list(csv.reader(open("tables/ties.csv", encoding="utf-8")))))')" = 271 ]
report $? 'the tables hold all 270 ties'
done_testing
