#!/bin/sh
# Loading a network out of its store beside bare SQLite, and reading entry files
# beside libyaml's events: ratios within one run.
#
#   tests/bench/data.sh [INSTITUTIONS [FILES]]     200000 and 20000 unless given
set -eu
cd "$(dirname "$0")/../.."
B=${B:-build/release}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
make --no-print-directory B="$B" "$B/telar" "$B/tests/bench/load" "$B/tests/bench/read" >&2
echo "$(nproc) processors, load $(cut -d' ' -f1-3 /proc/loadavg)"
"$B/telar" generate --store "$work/network.telar" --institutions "${1:-200000}" --territories 1000 --seed 1 >&2
"$B/tests/bench/load" "$work/network.telar"
"$B/telar" generate "$work/files" --institutions "${2:-20000}" --territories 100 --seed 1 >&2
"$B/tests/bench/read" "$work/files"
