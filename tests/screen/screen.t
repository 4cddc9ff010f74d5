#!/bin/sh
# Golden screens: each directory beside this file has `keys`, a script for
# `telar open --keys`, and `screen`, the frames that it must give on the real
# network; `env`, where there is one, sets variables first (a language, ASCII).
#
#   TELAR=build/release/telar tests/screen/screen.t            check all
#   TELAR=build/release/telar tests/screen/screen.t --update [CASE…]
#                                                        write `screen` anew
: "${TELAR:?say which binary to test: TELAR=build/release/telar}"
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../.." && pwd)
TELAR=$(cd "$(dirname "$TELAR")" && pwd)/$(basename "$TELAR")
update=false
if [ "${1:-}" = --update ]; then
	update=true
	shift
fi
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
"$root/tests/sample.sh" "$work/sample"
unset TELAR_NETWORK LANGUAGE LC_MESSAGES LANG NO_COLOR COLUMNS TELAR_THEME TELAR_LANGUAGE TELAR_START TELAR_PLAIN TELAR_CHARACTERS
export XDG_CONFIG_HOME="$work/.config" XDG_STATE_HOME="$work/.state"
export LC_ALL=C.UTF-8 TELAR_NOW=2026-11-22T10:00:00Z TELAR_ACTOR=ana TZ=UTC

play() { # CASE: its frames
	rm -rf "$work/network"
	cp -R "$work/sample" "$work/network"
	(
		cd "$work" || exit 2
		# shellcheck disable=SC1090
		[ -f "$here/$1/env" ] && . "$here/$1/env"
		"$TELAR" open --keys "$here/$1/keys" "$work/network" 2>&1 </dev/null
	)
}

count=0
if [ $# -gt 0 ]; then
	cases="$*"
else
	cases=$(cd "$here" && for keys in */keys; do dirname "$keys"; done)
fi
for case in $cases; do
	count=$((count + 1))
	if $update; then
		play "$case" >"$here/$case/screen"
		echo "ok $count - $case written"
		continue
	fi
	play "$case" >"$work/screen"
	if diff -u "$here/$case/screen" "$work/screen" >"$work/diff" 2>&1; then
		echo "ok $count - $case"
	else
		echo "not ok $count - $case"
		sed 's/^/# /' "$work/diff" | head -n 80
	fi
done
echo "1..$count"
