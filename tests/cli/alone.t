#!/bin/sh
# A network as one file: checked as files are, to files and back without a change,
# and nothing that git would see is left by opening a directory.
. "$(dirname "$0")/lib.sh"
for network in red-stem ecosistema-stem unesco-alliance ensena-por-mexico territorio-ejemplo; do
	rm -rf a b
	cp -R "$root/contrib/$network" a
	rm -rf a/.telar
	git -C a init -q 2>/dev/null && git -C a add -A && git -C a -c user.name=a -c user.email=a@b.example commit -qm a
	run backup -N a $network.telar; ends 0 "$network as one file"
	printf 'keys q\n' >keys
	"$TELAR" open --keys keys --size 24x80 a >screen 2>&1
	run sync -N a
	[ -z "$(git -C a status --porcelain)" ]; report $? "opening and syncing it leaves nothing to commit"
	run check $network.telar --format json; cp out one; run check a --format json
	sed 's|"[^"]*/||g' one >one.names; sed 's|"[^"]*/||g' out | cmp -s - one.names; report $? "check finds in it what it finds in its files"
	run export yaml -N $network.telar -o b
	for file in $(cd a && find . -name '*.yaml' -not -path './.git/*'); do cmp -s "a/$file" "b/$file" || echo "$file"; done >out
	[ ! -s out ]; report $? "back as files every byte is as it was"
	run diff a $network.telar; [ ! -s out ]; report $? "and every record"
done
run set innovec sector=edustem -N red-stem.telar
sqlite3 red-stem.telar "UPDATE file_text SET content = CAST(replace(content, 'sector: edustem', 'sector: edu-stem') AS BLOB) WHERE path = 'institutions/innovec.yaml'"
run check red-stem.telar; ends 1 "an error in a kept file is found"
says out "institutions/innovec.yaml:" "with its place"
says out 'did you mean "edustem"?' "and its remedy"

# the file is the network, with a command or without
printf 'keys q\n' >keys
run open red-stem.telar --keys keys --size 24x80; cp out opened
run red-stem.telar --keys keys --size 24x80; ends 0 "a network in one file is opened by its name alone"
cmp -s out opened; report $? "as with the command"
cp keys keys.telar; fails 66 'neither a directory nor a store' "a file of another kind is called that" keys.telar --keys keys
fails 66 'nowhere.telar' "a file that is not there is called that" nowhere.telar --keys keys
fails 2 'did you mean "telar gaps"?' "a word like no command and no file is neither" gapps

# the store of a directory is that directory, by its own path too
own=red-stem/.telar/network.telar
run log -N red-stem; ends 0 "a directory has its store"
journal=$(od -An -tx1 -j18 -N2 $own)
as_directory() { # WHAT WORD…: the same by the store's path as by the directory's
	what=$1
	shift
	run "$@" -N red-stem; cat out err >by.directory; echo "$code" >>by.directory
	run "$@" -N $own; cat out err >by.store; echo "$code" >>by.store
	cmp -s by.directory by.store; report $? "$what"
}
sed -i 's/^name: .*/name: Named by hand/' red-stem/institutions/innovec.yaml
echo 'sector: nonsense' >red-stem/institutions/wrong.yaml
echo half >red-stem/institutions/.innovec.yaml.telar-01234567
as_directory "check by the store's path is of the files" check
says out 'institutions/wrong.yaml:' "whose errors it says"
as_directory "list is" list institutions --plain
says out 'Named by hand' "as they are now"
as_directory "show is" show innovec
as_directory "fmt is" fmt --check
as_directory "measures are" measures --plain
as_directory "gaps are" gaps --plain
[ "$(od -An -tx1 -j18 -N2 $own)" = "$journal" ]; report $? "and the store keeps its journal"
as_directory "doctor is" doctor
says out '[leftover]' "and sees what lies beside the entries"
sqlite3 $own "UPDATE search_text SET words = 'other'"
run doctor --mend -N $own; says out "mended:" "and mends"
[ "$(od -An -tx1 -j18 -N2 $own)" = "$journal" ]; report $? "with the journal as it was"
rm red-stem/institutions/wrong.yaml
run diff red-stem $own; ends 0 "diff compares the directory"
[ ! -s out ]; report $? "with itself"
run check $own; cp out named; run check red-stem; cmp -s out named; report $? "named as a word"
(cd red-stem/.telar && run check -N network.telar && [ "$code" = 0 ]); report $? "and from within"
rm -f red-stem/.telar/out red-stem/.telar/err
TELAR_NETWORK=$own run list --plain; cp out named; TELAR_NETWORK=red-stem run list --plain
cmp -s out named; report $? "in the environment"
run config set network="$work/$own"; mkdir elsewhere
(cd elsewhere && run list --plain && cp out ../set); cmp -s named set; report $? "and in the settings"
run config unset network

# another process edits what the app shows
if command -v tmux >/dev/null; then
	socket=telar-alone-$$
	trap 'tmux -L $socket kill-server 2>/dev/null; rm -rf "$work"' EXIT
	# sees TEXT WHAT: within five seconds the text stands on the screen
	sees() {
		tries=0
		until tmux -L "$socket" capture-pane -t main -p | tee out | grep -qF -e "$1"; do
			tries=$((tries + 1))
			[ $tries -lt 100 ] || break
			sleep 0.05
		done
		[ $tries -lt 100 ]
		report $? "$2"
	}
	tmux -L "$socket" -f /dev/null new-session -d -s main -x 100 -y 24 "'$TELAR' open ensena-por-mexico.telar"
	sees "1]O" "the app on a network in one file"
	id=$("$TELAR" list institutions -N ensena-por-mexico.telar --plain | sed -n 2p | cut -f1)
	TELAR_ACTOR=eva "$TELAR" set "$id" city=Xalapa -N ensena-por-mexico.telar 2>err
	sees "eva changed:" "an edit by another process shows by itself, with who made it"
fi
done_testing
