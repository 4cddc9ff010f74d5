#!/bin/sh
# Many who save at the same time, by command and by hand: nobody is overwritten
# silently.  RACE_SAVES is how often each of eight saves.  See stress.py.
. "$(dirname "$0")/lib.sh"
unset TELAR_NOW
exec python3 "$tests/stress.py" "$TELAR" race "${RACE_SAVES:-25}"
