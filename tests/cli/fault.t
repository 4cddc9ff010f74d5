#!/bin/sh
# Disks that are full or fail, and processes killed, at each write, sync and
# rename of an edit: "saved" is never said of what is not there, what was not
# saved is not there later, and files, store and history agree.
. "$(dirname "$0")/lib.sh"
if ! command -v strace >/dev/null || ! strace -qq -o /dev/null true 2>/dev/null; then
	echo "1..0 # SKIP no strace here"
	exit 0
fi
mkdir -p small/institutions
printf 'id: small\nname: Small\n' >small/network.yaml
printf '# by hand\nid: alpha\nname: Alpha\nsector: school   # one of few\n' >small/institutions/alpha.yaml
TELAR_NETWORK=small
export TELAR_NETWORK
run set alpha city=Lima; ends 0 "the network of this test"
mv small before

# what the file and history say now, once a fresh process has looked
look() {
	run log # opens for writing: completes what was left
	run show alpha --plain
	city=$(sed -n "s/^city$(printf '\t')//p" out)
	changes=$(sqlite3 small/.telar/network.telar "SELECT count(*) FROM change")
	run check
	grep -q "^city: $city\$" small/institutions/alpha.yaml && [ "$code" = 0 ] &&
		[ "$(sqlite3 small/.telar/network.telar "SELECT city FROM institution")" = "$city" ] &&
		[ "$(sqlite3 small/.telar/network.telar "SELECT count(*) FROM outbox")" = 0 ] &&
		[ "$(ls -A small/institutions)" = alpha.yaml ] &&
		[ "$city $changes" = "Lima 2" -o "$city $changes" = "Quito 3" ]
}

try() { # call, what to inject, how often up to
	wrong=0
	k=0
	while [ $k -lt "$3" ]; do
		k=$((k + 1))
		rm -rf small
		cp -Rp before small
		strace -f -qq -o /dev/null -e trace="$1" -e inject="$1:$2:when=$k" \
			"$TELAR" set alpha city=Quito >out 2>err </dev/null
		told=$?
		if ! look || { [ $told = 0 ] && [ "$city" != Quito ]; } ||
			{ [ $told -lt 126 ] && [ $told != 0 ] && [ "$city" = Quito ]; }; then
			echo "# $1:$2:when=$k: ended $told, then city $city, $changes changes"
			wrong=$((wrong + 1))
		fi
	done
	[ $wrong = 0 ]
	report $? "$1, $2, up to $3 times"
}

for call in pwrite64 fsync fdatasync renameat2 flock; do
	try $call error=EIO 3
	try $call signal=KILL 3
done
try pwrite64 error=ENOSPC 12
try pwrite64 signal=KILL 12
try write error=ENOSPC 2
try openat2 error=EIO 3
done_testing
