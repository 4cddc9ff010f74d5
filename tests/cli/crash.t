#!/bin/sh
# Killed at any moment: what was said to be saved is there, and nothing is half
# done.  CRASH_KILLS is how often.  See stress.py.
. "$(dirname "$0")/lib.sh"
unset TELAR_NOW
exec python3 "$tests/stress.py" "$TELAR" crash "${CRASH_KILLS:-60}"
