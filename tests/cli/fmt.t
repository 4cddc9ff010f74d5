#!/bin/sh
# fmt: one style, every comment kept, the meaning too; --check only looks.
. "$(dirname "$0")/lib.sh"
TELAR_NETWORK=red-stem
export TELAR_NETWORK
entry=red-stem/institutions/innovec.yaml
run fmt --check; ends 0 "what the program wrote is in style"
[ ! -e red-stem/.telar ]; report $? "looking makes no store"
cp $entry before
run show innovec --json; cp out shown
printf '# mine\n\nsector:   "edustem"   # its kind\n' >messy
grep -v '^sector' before | sed 's/^    /        /; s/^  - /    -   /' >>messy
cp messy $entry

run fmt --check $entry; ends 1 "--check ends with 1"
says out "red-stem/institutions/innovec.yaml" "and names the file"
cmp -s messy $entry; report $? "and leaves it"
run fmt -n; ends 1 "-n does the same, for all files"
[ "$(wc -l <out)" = 1 ]; report $? "of which only this one is not in style"
run fmt; ends 0 "fmt"
says err "1 file changed" "says how many"
says $entry "# mine" "keeps a comment at the top"
says $entry "sector: edustem   # its kind" "and one behind a value"
grep -v '^#' before >plain
sed 's/   # its kind//; /^#/d; /^$/d' $entry | cmp -s - plain; report $? "the rest is as the program writes it"
run show innovec --json; cmp -s out shown; report $? "and says the same"
run log --json; json 'len(d) == 1 and d[0]["actor"] == "files"' "a new style is no change of the data"
run fmt --check; ends 0 "once is enough"
run set innovec city=Puebla
run fmt; run undo; ends 0 "an edit can be undone after it"
says $entry "city: Ciudad de México" "to what it was"

printf 'id: [\n' >$entry
run fmt; ends 1 "a file with errors"
says err "$entry:" "is reported"
printf 'id: [\n' | cmp -s - $entry; report $? "and left alone"
fails 66 'There is no file' "no such file" fmt red-stem/institutions/nobody.yaml
fails 2 'did you mean --check?' "an unknown option" fmt --chek
done_testing
