#!/bin/sh
# backup, restore, doctor, and a network that is one file: nothing is lost on the
# way there and back.
. "$(dirname "$0")/lib.sh"
TELAR_NETWORK=red-stem
export TELAR_NETWORK
run set innovec city=Puebla
run snapshot spring
run backup all.telar; ends 0 "backup"
says err "with the text of their file" "says what it holds"
fails 73 'is there already' "never over another" backup all.telar
run backup other.telar -n; [ ! -e other.telar ]; report $? "a dry run makes none"
run diff red-stem all.telar; ends 0 "a backup holds the same network"

run restore all.telar --into again; ends 0 "restore"
diff -r -x .telar -x README.md red-stem again >out; report $? "every file as it was, to the byte"
run log -N again --json; json 'len(d) == 2 and d[0]["summary"] == "innovec: city"' "with its history"
run snapshot -N again; says out spring "and snapshots"
run undo -N again; ends 0 "which can be undone"
cmp -s again/institutions/innovec.yaml "$root/contrib/red-stem/institutions/innovec.yaml"; report $? "to the byte"
fails 73 'not an empty directory' "not over a network" restore all.telar --into red-stem
fails 2 'say it with --into' "nowhere" restore all.telar
fails 66 'No such file' "no backup" restore nothing.telar --into x
run import all.telar --into third; ends 0 "import takes a store too"
[ -f third/network.yaml ]; report $? "and makes files"

# a network that is one file
TELAR_NETWORK=all.telar
run list institutions --plain; ends 0 "a store is a network"
[ "$(wc -l <out)" -gt 300 ]; report $? "with all that is in it"
run set innovec notes='kept in one file'; ends 0 "that can be edited"
run link innovec agrokasa --kind research; ends 0 "and linked"
run show innovec --plain; says out "kept in one file" "and read"
run diff spring; says out "INNOVEC: + Research with Agrokasa" "and compared"
run gaps --json; ends 0 "and measured"
run doctor; ends 0 "and is sound"
run export yaml -o files; ends 0 "export yaml"
says files/institutions/innovec.yaml "notes: kept in one file" "makes its files"
run diff all.telar files; ends 0 "that hold the same"
diff -rq -x .telar -x README.md red-stem files >out; [ "$(wc -l <out)" = 1 ]; report $? "what was not edited is as it was, to the byte"
run undo; run undo; run export yaml -o back
diff -r -x .telar -x README.md red-stem back >out; report $? "with all taken back every file is, to the byte"
ls | grep -q 'all.telar-wal'; [ $? = 1 ]; report $? "and it stays one file"
run set -N red-stem/.telar/network.telar innovec city=Lima; ends 0 "the store of a directory"
says red-stem/institutions/innovec.yaml "city: Lima" "is that directory: its files follow"

# doctor
TELAR_NETWORK=red-stem
run doctor; ends 0 "doctor finds nothing"

# of somebody who may not read the store: what was looked at, and what was not
other() { # as somebody else, if we may be
	if [ "$(id -u)" = 0 ]; then
		setpriv --reuid=65534 --regid=65534 --clear-groups "$@"
	else
		"$@"
	fi
}
chmod 755 . && if other "$TELAR" version >out 2>&1 && other test -r red-stem/network.yaml; then
	cp -R red-stem closed && chmod -R a+rX closed && chmod 000 closed/.telar/network.telar
	other "$TELAR" doctor -N closed >out 2>err; code=$?
	ends 77 "doctor does not call sound what it may not read"
	says out 'records, history and edits that wait were not looked into' "it says what it did not see"
	says err 'What could be looked at is sound' "and what it did"
	chmod 644 closed/.telar/network.telar && chmod 000 closed/.telar
	other "$TELAR" doctor -N closed >out 2>err; code=$?
	ends 77 "nor that there is no history, where it may not look for it"
	chmod 755 closed/.telar
	cp all.telar unread.telar && chmod 000 unread.telar
	other "$TELAR" restore unread.telar --into x -n >out 2>err; code=$?
	ends 77 "what may not be read is not called something else than a backup"
	says err 'unread.telar: Permission denied' "but said to be closed"
fi
sqlite3 red-stem/.telar/network.telar "UPDATE institution SET city = 'Nowhere' WHERE id = 'agrokasa'"
run doctor; ends 1 "or what somebody changed behind its back"
says out "institutions/agrokasa.yaml: error[parted]" "with its place"
run doctor --json; json 'any(x["code"] == "parted" for x in d["findings"])' "as JSON"
run doctor --mend; says out "mended: 2 of 2" "and mends it"
run doctor; ends 0 "for good"
cp all.telar broken.telar
printf 'XXXXXXXXXXXXXXXX' | dd of=broken.telar bs=1 seek=8192 conv=notrunc 2>/dev/null
run restore broken.telar --into x; [ "$code" = 65 ] && [ ! -e x ]; report $? "a damaged backup is not restored"
sqlite3 all.telar "CREATE TRIGGER t AFTER UPDATE ON institution BEGIN DELETE FROM change; END"
fails 65 'damaged or was changed by another program' "a store with a trigger is refused" list -N all.telar
printf 'no store' >words.telar
fails 66 'neither a directory nor a store' "no store" list -N words.telar
done_testing
