# What the command-line tests share: a copy of the real network in a directory of
# its own, one language, one day, one person; and TAP.  $TELAR is the binary.
: "${TELAR:?say which binary to test: TELAR=build/release/telar}"
tests=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$tests/../.." && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work" || exit 2
"$root/tests/sample.sh" red-stem
unset TELAR_NETWORK LANGUAGE LC_MESSAGES LANG NO_COLOR COLUMNS TELAR_THEME TELAR_LANGUAGE TELAR_START TELAR_PLAIN TELAR_CHARACTERS
XDG_CONFIG_HOME=$work/.config XDG_STATE_HOME=$work/.state XDG_CACHE_HOME=$work/.cache
export XDG_CONFIG_HOME XDG_STATE_HOME XDG_CACHE_HOME
LC_ALL=C.UTF-8
TELAR_NOW=2026-11-22T10:00:00Z
TELAR_ACTOR=ana
export LC_ALL TELAR_NOW TELAR_ACTOR
count=0

# run WORD…: telar with these words; $code, files out and err
run() {
	"$TELAR" "$@" >out 2>err </dev/null
	code=$?
}

report() { # ok?, what
	count=$((count + 1))
	if [ "$1" = 0 ]; then
		echo "ok $count - $2"
	else
		echo "not ok $count - $2"
		sed 's/^/# out: /' out | head -n 20
		sed 's/^/# err: /' err | head -n 20
		echo "# code: $code"
	fi
}

# ends CODE WHAT: the last run ended so
ends() {
	[ "$code" = "$1" ]
	report $? "$2"
}

# says FILE TEXT WHAT: a line of out or err has this text, as it stands
says() {
	grep -qF -e "$2" "$1"
	report $? "$3"
}

lacks() {
	! grep -qF -e "$2" "$1"
	report $? "$3"
}

# fails CODE TEXT WHAT WORD…: a run that ends with CODE, prints nothing on stdout
# and says TEXT on stderr
fails() {
	wanted=$1 text=$2 what=$3
	shift 3
	run "$@"
	[ "$code" = "$wanted" ] && [ ! -s out ] && grep -qF -e "$text" err
	report $? "$what"
}

json() { # EXPRESSION WHAT: true of `d`, the document in out
	python3 -c 'import json, sys
d = json.load(open("out"))
sys.exit(0 if eval(sys.argv[1]) else 1)' "$1" 2>>err
	report $? "$2"
}

done_testing() {
	echo "1..$count"
}
