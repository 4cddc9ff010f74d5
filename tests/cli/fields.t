#!/bin/sh
# Every field can be set, is in the file, and is taken back to the byte: see fields.py.
. "$(dirname "$0")/lib.sh"
cp -R "$root/contrib/territorio-ejemplo" net
rm -rf net/.telar
exec python3 "$tests/fields.py" "$TELAR"
