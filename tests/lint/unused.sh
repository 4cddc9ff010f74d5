#!/bin/sh
# Functions that a header of ARG… offers (base data graph tui cli when none is named) and
# no other file uses: they should be static, or go.  A name that stands in headers twice
# is used there (an inline function, a macro).  Exit 1 if there are any.
set -u
cd "$(dirname "$0")/../.." || exit 2
list() { git ls-files --cached --others --exclude-standard "$@" | while read -r f; do [ -f "$f" ] && echo "$f"; done; }
[ $# -gt 0 ] || set -- base data graph tui cli
offered=$(for layer in "$@"; do list "$layer/*.h"; done | tr '\n' ' ')
awk -v offered=" $offered" '
	FNR == 1 { header = FILENAME ~ /\.h$/; ours = index(offered, " " FILENAME " ") }
	{
		line = $0
		if (ours && match(line, /^[a-z][a-z_0-9 *]*[ *][a-z][a-z_0-9]*\(/) && line !~ /^(static|typedef|return)/) {
			name = substr(line, 1, RLENGTH - 1)
			sub(/.*[ *]/, "", name)
			from[name] = FILENAME
		}
		gsub(/"[^"]*"/, "", line)
		n = split(line, words, /[^A-Za-z_0-9]+/)
		for (i = 1; i <= n; i++) {
			if (header)
				inside[words[i]]++
			else if (!((words[i], FILENAME) in seen)) {
				seen[words[i], FILENAME] = 1
				users[words[i]]++
			}
		}
	}
	# Names that a macro puts together of parts are not seen; commands stand in one table.
	END {
		for (name in from)
			if (inside[name] < 2 && users[name] < 2 && name !~ /_(base|avx2|avx512)$|^command_/) {
				print from[name] ": " name ": no other file uses it" | "sort"
				found = 1
			}
		close("sort")
		exit found
	}' $(list '*.h' '*.c' '*.def' '*.inc')
