#!/bin/sh
# Words, options and networks: what is mistyped is named, and nothing runs by guess.
. "$(dirname "$0")/lib.sh"

run help; ends 0 "help ends well"
for command in open check list show find init new set link unlink confirm measures matrix gaps keyplayers funding path export import \
	log undo redo generate schema help version; do
	grep -qE "^  $command " out; report $? "help lists $command"
	"$TELAR" help $command >help 2>err; code=$?
	[ $code = 0 ] && grep -q "^Usage: telar $command" help; report $? "$command has help"
	"$TELAR" $command --help >help2 2>err; code=$?
	cmp -s help help2; report $? "$command --help is the same"
	awk 'length($0) > 100 { exit 1 }' help; report $? "help of $command is no wider than a screen"
done
awk 'length($0) > 80 { exit 1 }' out; report $? "help fits into 80 columns"
run version; says out "telar 0." "version says which"
run --version; says out "telar 0." "--version too"
run -h; says out "Usage: telar" "-h is help"

fails 2 'did you mean "telar check"?' "an unknown command gets the nearest" chek
fails 2 '"telar help" lists the commands' "a word like no command says where they are" qwertyuiop
fails 2 'did you mean "telar measures"?' "help of an unknown command" help mesures
fails 2 'did you mean --format?' "an unknown option gets the nearest" check --fromat=json red-stem
fails 2 'There is an option here that is unknown' "an unknown letter" check -Z red-stem
fails 2 'did you mean "always"?' "a value of --color" check --color=alway red-stem
fails 2 'needs more words' "too few words" show -N red-stem
fails 2 'one word too many' "too many words" redo 1 -N red-stem
# As a variable gives them that a script forgot to set; inside of a network "" looked like its path.
cd red-stem || exit 2
fails 2 'A word for "filters" is empty' "an empty word behind the words of a command" filters north ''
fails 2 'A word for "check" is empty' "an empty word in the place of a file" check ''
fails 2 'The path behind --network is empty' "an empty network" list institutions -N ''
fails 2 'The path behind --output is empty' "an empty place to write to" export graphml -o ''
cd ..
fails 2 'it is written: telar path A B' "usage is shown" path innovec -N red-stem
fails 2 'needs a terminal' "the screen needs a terminal"
fails 66 'no network here' "no network anywhere" list
fails 66 'There is no directory "nowhere"' "no such directory" list -N nowhere
mkdir empty
fails 66 'there is no network.yaml in it' "a directory that is no network" list -N empty

run list -N red-stem --limit 1; ends 0 "-N behind the command"
run -N red-stem list --limit 1; ends 0 "-N before the command"
run --network=red-stem list --limit 1; ends 0 "--network="
run list institutions red-stem --limit 1; ends 0 "the network stands last"
(cd red-stem/institutions && "$TELAR" list --limit 1 >../../out 2>../../err); code=$?; ends 0 "from inside"
TELAR_NETWORK=red-stem "$TELAR" list --limit 1 >out 2>err; code=$?; ends 0 "by environment"
[ ! -e red-stem/.telar ]; report $? "reading leaves no trace in the directory"

run list institutions red-stem --color=always --limit 1
says out "$(printf '\033[1m')" "colour when asked"
run list institutions red-stem --limit 1
lacks out "$(printf '\033')" "no colour into a pipe"
"$TELAR" list institutions red-stem 2>err | head -n 1 >out
[ ! -s err ]; report $? "a reader that leaves early is no error"
"$TELAR" export graphml -N red-stem -o - 2>err | head -n 1 >out
[ ! -s err ]; report $? "nor to an export"
run help measures; says out 'country=MX,CO' "help says how a filter is written"
fails 2 'two forms' "one form at a time" list institutions red-stem --json --plain
fails 2 'and -1 is none' "fewer than none" list institutions red-stem --limit=-1
fails 2 'and -1 is none' "nor of measures" measures red-stem --limit=-1
fails 2 'from 0 to 1' "no gap is so severe" gaps red-stem --fail-on 7
fails 2 'say --level institution' "a measure of another level" measures red-stem -m degree
run measures red-stem --as-of 2020; says err 'institutions state no joining' "who is there by default"
if [ -e /dev/full ]; then
	"$TELAR" list institutions red-stem >/dev/full 2>err; code=$?
	ends 74 "a full disk is an error"
	says err "could not be written" "and is said"
fi

# the nearest word, also where people write what they read
fails 2 'did you mean MX (Mexico)?' "a country's name with a slip" list --filter country=Mexcio -N red-stem
fails 2 'it is one of: id, name' "a field that is near none" set innovec zzzzzz=1 -N red-stem
fails 73 'There is no directory "nowhere"' "a place that is not there" export graphml -o nowhere/x.graphml -N red-stem
fails 66 'by the dates in the entries: --running' "years before the history" compare 2015 2020 -N red-stem
fails 65 'is no backup' "a file of something else" restore red-stem/network.yaml --into x
LANGUAGE=es
export LANGUAGE
run set innovec ciudad=Lima -N red-stem; ends 0 "the name of a field as it is read"
run show innovec --json -N red-stem; says out '"city": "Lima"' "is that field"
run set innovec lat=19,43 url=www.example.org -N red-stem; run show innovec --json -N red-stem
says out "\"lat\": 19.43" "a decimal comma is one"; says out "https://www.example.org" "and an address has its beginning"
run undo -N red-stem
run undo -N red-stem
fails 2 '"city"' "and with a slip the nearest" set innovec ciudda=Lima -N red-stem
fails 2 '"density"' "and that of a measure" measures -m densidad -N red-stem
unset LANGUAGE
run filters -N red-stem; says err 'telar filters NAME FILTER' "where none is kept, how one is"
done_testing
