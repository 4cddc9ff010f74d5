#!/bin/sh
# Commands that read take records from the store where it holds what the files say.
# Whether there is one, whatever state it is in and whatever was changed by hand:
# it never shows in what they print.
. "$(dirname "$0")/lib.sh"

alike() { # WHAT: what commands print with the store that is there, and without one
	rm -rf bare same
	cp -Rp red-stem bare
	rm -rf bare/.telar
	mkdir same
	for words in "list" "list ties" "show innovec" "measures" "gaps"; do
		run $words --json -N bare
		cat out err >same/bare; echo "$code" >>same/bare
		run $words --json -N red-stem
		cat out err >same/stored; echo "$code" >>same/stored
		cmp -s same/bare same/stored || { cp same/stored out; break; }
	done
	cmp -s same/bare same/stored; report $? "$1"
}
opens() { # how many entry files are opened by a command
	strace -f -e trace=openat2,openat -o trace "$TELAR" "$@" >out 2>err
	grep -E '"([a-z]+/)?[a-z0-9-]+\.yaml"' trace | grep -vc '"network\.yaml"'
}

# Stamps of just now would not be believed.
find red-stem -name '*.yaml' -exec touch -d 2026-01-02T00:00:00Z {} +
run log -N red-stem; ends 0 "the store is made"
alike "a store that is there"
if command -v strace >/dev/null && strace -o trace true 2>/dev/null; then
	[ "$(opens list -N red-stem)" = 0 ]; report $? "a reading command opens no unchanged entry"
	[ "$(opens log -N red-stem)" = 0 ]; report $? "nor does opening the network a second time"
	[ "$(opens list -N bare)" -gt 300 ]; report $? "without a store they are read"
fi
file=red-stem/institutions/innovec.yaml
touch -d 2026-01-01T00:00:00Z $file; alike "a file that was only touched"
run log -N red-stem; alike "and read again"
sed -i 's/^name: .*/name: Named by hand/' $file; alike "a name changed by hand"
run list --json -N red-stem; says out "Named by hand" "which is seen at once"
run log -N red-stem; alike "and once the store knows it"
echo 'sector: nonsense' >red-stem/institutions/wrong.yaml; alike "an entry with errors"
run log -N red-stem; alike "and once the store knows of it"
run list -N red-stem; says err "left out" "it is said that something is left out"
rm red-stem/institutions/wrong.yaml; alike "an entry taken away"
run log -N red-stem; alike "and once the store knows that"
run set innovec name="Named by command" -N red-stem; ends 0 "an edit by command"
alike "after it"

store=red-stem/.telar/network.telar
mkfifo hold
sqlite3 $store <hold >held 2>&1 &
holder=$!
exec 9>hold
echo 'PRAGMA locking_mode = EXCLUSIVE; BEGIN EXCLUSIVE; SELECT 1;' >&9
alike "a store that somebody holds"
exec 9>&-
wait $holder
chmod 0400 $store; chmod 0500 red-stem/.telar; alike "a store that can only be read"
chmod 0700 red-stem/.telar; chmod 0600 $store
cp $store kept.telar
sqlite3 $store 'UPDATE meta SET value = 1; PRAGMA user_version = 2' >/dev/null 2>&1; alike "a store of a former version"
cp kept.telar $store; rm -f $store-wal $store-shm
head -c 4096 /dev/zero | tr '\0' x | dd of=$store conv=notrunc 2>/dev/null; alike "a damaged store"
rm -rf red-stem/.telar; alike "no store"
done_testing
