#!/bin/sh
# Settings, kept filters, completion: what is set is in force, what cannot be
# understood stops commands and not the app, and a network decides looks only.
. "$(dirname "$0")/lib.sh"
unset TELAR_THEME TELAR_COLOR TELAR_START TELAR_LANGUAGE TELAR_SEPARATOR
XDG_CONFIG_HOME=$work/config XDG_STATE_HOME=$work/state
export XDG_CONFIG_HOME XDG_STATE_HOME
file=$XDG_CONFIG_HOME/telar/config.yaml
cd red-stem || exit 2

run config set theme=dark keys.sort='o F2'
ends 0 "settings are kept"
printf '# mine\ntheme: dark  # at night\nkeys:\n  sort: [o, F2]\n' >"$file"
run config set theme=light start=gaps
printf '# mine\ntheme: light  # at night\nstart: gaps\nkeys:\n  sort: [o, F2]\n' >wanted
cmp -s wanted "$file"
report $? "an edit of the file leaves its comments and order"
run config get theme keys.sort
says out light "a setting is read back"
says out 'o F2' "and keys"
run config unset start
run config get start
says out overview "what is taken out is as it comes"
fails 78 'did you mean "theme"?' "an unknown key is named" config set them=dark
fails 78 'did you mean "dark"?' "a bad value is named" config set theme=drak
TELAR_THEME=mono run config get theme
says out mono "the environment goes before the file"

printf 'theme: light\nlanguag: es\nkeys:\n  mark: [o]\n  reverse: [o]\n' >"$file"
run list --limit 1
ends 78 "a command stops at settings that cannot be understood"
says err 'config.yaml:2:1: error[unknown-key]' "a mistake has its place"
says err 'error[conflict]: the key o is given to' "a key given twice is a mistake"
printf 'screen\n' >keys
run open --keys keys
ends 0 "the app opens all the same"
rm "$file"

printf 'theme: dark\nactor: mallory\nseparator: semicolon\n' >.telar.yaml
run config get theme actor separator
says out dark "a network may set looks"
says out ana "but not who is recorded"
says err 'a network does not decide this' "and that is said"
run list --limit 1
ends 0 "a network's mistakes stop no command"
rm .telar.yaml

run filters mexico 'country=MX ties>3'
ends 0 "a filter is kept"
run list --plain --filter '@mexico sector=government'
says out se-nuevo-leon "and means what it says where a filter may stand"
fails 2 'did you mean @mexico?' "an unknown one is named" list --filter @mexco
fails 2 'There is no field' "a filter that cannot be is not kept" filters bad 'nonsense=1'
run filters --delete mexico
run filters
lacks out mexico "one that is deleted is gone"

printf '%s\n' 'keys :' 'type filter country=MX' 'keys Enter 2' 'screen' \
	'keys :' 'type save mx' 'keys Enter' 'screen' >keys
run open --keys keys
says out 'filter: country=MX' "the command line filters"
says out 'Kept: @mx' "and keeps filters"

run completion bash
says out 'complete -o default -F _telar telar' "bash completes"
bash -n out
report $? "what bash gets is bash"
for shell in zsh fish; do
	run completion $shell
	says out graphml "$shell completes formats"
done
"$TELAR" manual keys.md | cmp -s - "$root/docs/keys.md"
report $? "docs/keys.md is of this program (make docs)"
done_testing
