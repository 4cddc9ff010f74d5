#!/bin/sh
# The app on a real terminal (tmux): it draws, answers, follows the size, shows what
# others change, stops and goes on, and leaves the terminal as it found it.
. "$(dirname "$0")/lib.sh"

if ! command -v tmux >/dev/null; then
	echo "1..0 # SKIP no tmux"
	exit 0
fi
socket=telar-$$
trap 'tmux -L $socket kill-server 2>/dev/null; rm -rf "$work"' EXIT
terminal() {
	tmux -L "$socket" -f /dev/null "$@"
}
keys() {
	terminal send-keys -t main "$@"
}
# sees TEXT WHAT: within five seconds the text stands on the screen
sees() {
	tries=0
	until terminal capture-pane -t main -p | tee out | grep -qF -e "$1"; do
		tries=$((tries + 1))
		[ $tries -lt 100 ] || break
		sleep 0.05
	done
	[ $tries -lt 100 ]
	report $? "$2"
}
# app: the process id of what the shell runs
app() {
	shell=$(terminal display-message -t main -p '#{pane_pid}')
	tr -d ' ' <"/proc/$shell/task/$shell/children"
}
# same_as_fresh SIZE: the app that was resized to it shows what one opened at it shows
same_as_fresh() {
	cols=${1%x*} rows=${1#*x}
	terminal new-session -d -s fresh -x "$cols" -y "$rows" "'$TELAR' red-stem"
	terminal resize-window -t main -x "$cols" -y "$rows"
	tries=0
	until terminal capture-pane -t fresh -p >fresh && grep -q '1]O' fresh && ! grep -q 'computing' fresh &&
		terminal capture-pane -t main -p >out && cmp -s fresh out; do
		tries=$((tries + 1))
		[ $tries -lt 100 ] || break
		sleep 0.05
	done
	[ $tries -lt 100 ]
	report $? "resized to $1 nothing of the former size is left"
	terminal kill-session -t fresh
}
: >err
terminal new-session -s main -d -x 80 -y 24 "env PS1='ready> ' sh" || exit 2
terminal set-option -g status off
sees 'ready>' 'the shell is there'
keys "stty -g >before; '$TELAR' red-stem; echo left \$?; stty -g >after" Enter
sees '[1]Overview' 'the overview opens'
# Without the app the keys below would go to a shell.
if [ $tries -ge 100 ]; then
	echo 'Bail out!  the app does not open'
	exit 1
fi
sees 'What to do next' 'the study arrives'
for size in 200x60 60x16 80x24 132x50 80x24; do
	same_as_fresh $size
done
keys 2
sees '333 of 333' 'a number opens a view'
keys / && keys -l innovec && keys Enter Enter
sees 'Institutions › INNOVEC' 'Enter opens what was found'
terminal resize-window -t main -x 120 -y 30
sees '│' 'a wider window shows more'
terminal resize-window -t main -x 20 -y 3
sees 'Innovación' 'a tiny window shows what fits'
terminal resize-window -t main -x 80 -y 24
sees 'Esc Back' 'and the former size all again'

"$TELAR" -N red-stem set innovec city=Puebla >/dev/null 2>err
sees 'Puebla' 'a change by another process appears by itself'
sees 'ana changed: INNOVEC: City' 'with a word on who changed what'
sed 's/^city: .*/city: Toluca/' red-stem/institutions/innovec.yaml >edited
cat edited >red-stem/institutions/innovec.yaml
sees 'Toluca' 'a change by an editor appears too'

keys C-z
sees 'ready>' '^Z stops the app'
keys 'fg' Enter
sees 'Institutions › INNOVEC' 'and fg brings it back'
keys C-c
sees 'Press Q to quit' '^C costs nothing'
keys Q
sees 'left ' 'Q leaves'
keys "cmp before after && echo the' 'same" Enter
sees 'the same' 'the terminal is as it was found'

keys "clear; TERM=dumb '$TELAR' red-stem; echo left \$?" Enter
sees 'cannot show the app' 'a terminal that cannot show it says so'
sees 'left 69' 'and the exit code says so too'
keys "clear; TERM=xterm-nobody '$TELAR' red-stem; echo left \$?" Enter
sees 'does not know the terminal' 'an unknown terminal is a notice, not an end'
pid=$(app)
kill -TERM "$pid"
sees 'left 143' 'SIGTERM ends it in order'
keys "clear; '$TELAR' red-stem; echo left \$?; stty -g >after; cmp before after && echo the' 'same" Enter
sees '[1]Overview' 'it opens again'
pid=$(app)
kill -SEGV "$pid"
sees 'the same' 'a crash leaves the terminal right'
keys "clear; '$TELAR' red-stem" Enter
sees '[1]Overview' 'it opens once more'
pid=$(app)
terminal kill-server
tries=0
while kill -0 "$pid" 2>/dev/null && [ $tries -lt 60 ]; do
	tries=$((tries + 1))
	sleep 0.05
done
! kill -0 "$pid" 2>/dev/null
report $? 'a dropped line leaves no process behind'
done_testing
