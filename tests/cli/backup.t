#!/bin/sh
# Backups while somebody edits: each is of one moment, whole and sound, and holds no
# edit that was not saved.  BACKUPS=500 for the long form.
. "$(dirname "$0")/lib.sh"
TELAR_NETWORK=red-stem
export TELAR_NETWORK
run log
( k=0
while [ ! -e stop ]; do
	k=$((k + 1))
	"$TELAR" set innovec notes="edit $k" >>saved 2>&1 || echo "failed $k" >>saved
done ) </dev/null &
writer=$!
bad=0 k=0 before=0
while [ $k -lt "${BACKUPS:-20}" ]; do
	k=$((k + 1))
	rm -rf b.telar into
	"$TELAR" backup b.telar >out 2>err || { echo "# backup $k: $(head -n 1 err)"; bad=$((bad + 1)); continue; }
	"$TELAR" restore b.telar --into into >out 2>err || { echo "# restore $k: $(head -n 1 err)"; bad=$((bad + 1)); continue; }
	TELAR_NETWORK=into "$TELAR" doctor >out 2>err || { echo "# doctor $k"; sed 's/^/# /' out; bad=$((bad + 1)); }
	# what the file says is the last change of the history
	last=$(sqlite3 into/.telar/network.telar "SELECT trim(new, '\"') FROM op WHERE path = 'notes' ORDER BY change DESC LIMIT 1")
	[ -z "$last" ] || grep -qF "notes: $last" into/institutions/innovec.yaml || { echo "# $k: file and history differ ($last)"; bad=$((bad + 1)); }
	at=$(sqlite3 into/.telar/network.telar "SELECT max(id) FROM change")
	[ "$at" -ge "$before" ] || { echo "# $k: older than the one before"; bad=$((bad + 1)); }
	before=$at
done
touch stop
wait $writer
report $bad "$k backups during edits, each restored and sound"
grep -q '^failed' saved; [ $? = 1 ]; report $? "no edit failed for it"
[ "$before" -gt 2 ]; report $? "there were edits ($before changes)"
run doctor; ends 0 "and the network is sound"
done_testing
