#!/bin/sh
# Stores of older formats: brought forward with records, history and undo, a copy
# beside; an interruption leaves the old one whole; a newer one is not touched.
. "$(dirname "$0")/lib.sh"
fixtures=$tests/../fixtures
make_old() { # FORMAT: the network as it was left by that format, in "old"
	rm -rf old
	cp -R "$fixtures/network" old
	mkdir old/.telar
	sqlite3 old/.telar/network.telar <"$fixtures/format-$1.sql"
	[ "$1" = 1 ] || sed -i '1s|\.\./\.\./|../|' old/network.yaml
}
dump() { # FILE: all of it, as text
	# a commit that failed leaves a number of its own, nothing else
	sqlite3 -readonly "$1" 'PRAGMA user_version; PRAGMA application_id' .dump | grep -v "^INSERT INTO meta VALUES('version'"
}
now=20261122T100000Z
store=old/.telar/network.telar

for format in 1 2; do
	make_old $format
	dump $store >was
	run log -N old --json; ends 0 "format $format is brought forward"
	json 'len(d) == 8 and d[1]["summary"] == "museo: city" and d[-1]["actor"] == "files"' "with its history"
	dump "$store.format-$format-$now" >kept; cmp -s was kept; report $? "the copy beside is what there was"
	[ "$(sqlite3 -readonly $store 'PRAGMA user_version')" -gt 2 ]; report $? "the file has the present format"
	run show museo -N old --plain; says out Tunja "records"
	run find quimbaya -N old --plain; lacks out museo "nothing is found that is not there"
	run find ñandu -N old --plain; says out liceo "words"
	run doctor -N old; ends 0 "all of it sound"
	run undo -N old; says old/institutions/museo.yaml "city: Bogotá" "undo of a change made then"
	run redo -N old; says old/institutions/museo.yaml "city: Tunja" "and redo"
	says old/institutions/liceo.yaml "# as they write it" "comments stay"
	run diff 2 now -N old; ends 1 "the past can be looked at"
done
run snapshot -N old; says out spring "snapshots"
sqlite3 old.telar <"$fixtures/format-2-alone.sql"
run show liceo -N old.telar --plain; ends 0 "an older store alone is read as it is"
[ ! -e "old.telar.format-2-$now" ]; report $? "and reading leaves nothing beside"
run set liceo city=Pasto -N old.telar; ends 0 "an edit brings it forward"
[ -e "old.telar.format-2-$now" ]; report $? "with a copy beside"
run export yaml -o files -N old.telar; says files/institutions/liceo.yaml "# as they write it" "and the bytes it kept"
run doctor -N old.telar; ends 0 "sound"

# interrupted
if command -v strace >/dev/null && strace -qq -o /dev/null true 2>/dev/null; then
	bad=0 cut=0
	for call in pwrite64 fsync fdatasync link; do
		for what in signal=KILL error=EIO; do
			for k in 1 2 3 5 8 13 30; do
				make_old 1
				dump $store >was
				strace -f -qq -o /dev/null -e trace=$call -e inject=$call:$what:when=$k "$TELAR" log -N old >/dev/null 2>&1
				format=$(sqlite3 $store 'PRAGMA user_version')
				if [ "$format" = 1 ]; then
					cut=$((cut + 1))
					dump $store >is
					cmp -s was is || bad=$((bad + 1))
				fi
				"$TELAR" log -N old --plain >out 2>err && [ "$(grep -c . out)" = 9 ] && "$TELAR" doctor -N old >out 2>err || {
					echo "# $call $what $k: then not well"
					bad=$((bad + 1))
				}
			done
		done
	done
	report $bad "killed or refused at any step, the old one is whole and the next opening goes on"
	[ $cut -gt 5 ]; report $? "some of the steps did cut it ($cut)"
fi

# of a newer version
make_old 2
sqlite3 $store 'PRAGMA user_version = 99'
find old -type f ! -name .gitignore | sort | xargs sha256sum >before
fails 65 'made by a newer version' "a newer format is refused for history" log -N old
fails 65 'made by a newer version' "and for edits" set museo city=X -N old
rm -f $store.lock; find old -type f ! -name .gitignore | sort | xargs sha256sum | cmp -s - before; report $? "and nothing is touched"
done_testing
