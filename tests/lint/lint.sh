#!/bin/sh
# What a reader should not have to check by eye: layers, gates, globals, lengths,
# format, cppcheck.  Prints every offence as file:line: what; exit 1 if any.
set -u
cd "$(dirname "$0")/../.." || exit 2
bad=$(mktemp)
trap 'rm -f "$bad"' EXIT
sources=$(git ls-files --cached --others --exclude-standard '*.c' '*.h' | while read -r f; do [ -f "$f" ] && echo "$f"; done)
code=$(echo "$sources" | grep -E '^(base|data|graph|tui|cli)/')

# layers: an include may name the own layer or one below
rank() { case $1 in base) echo 0 ;; data) echo 1 ;; graph) echo 2 ;; tui) echo 3 ;; cli) echo 4 ;; esac; }
for layer in base data graph tui cli; do
	own=$(rank $layer)
	for other in base data graph tui cli; do
		[ "$(rank $other)" -gt "$own" ] || continue
		grep -nE "^#include \"$other/" $(echo "$code" | grep "^$layer/") /dev/null |
			sed "s|\$|: $layer/ must not include $other/|" >>"$bad"
	done
done

# gates: a library is seen in its place only
gate() { # pattern, files that may (regex), what
	grep -nE "$1" $code /dev/null | grep -vE "^($2):" | sed "s|\$|: only in $3|" >>"$bad"
}
gate '#include <(n?curses|ncursesw/.*)\.h>' 'tui/term_ncurses\.c' tui/term_ncurses.c
gate '#include <sqlite3\.h>' 'data/store/sqlite[a-z_]*\.[ch]' 'data/store/sqlite*.c'
gate '#include <yaml\.h>' 'data/yaml/[a-z_]*\.[ch]' data/yaml/
gate '#include <igraph' 'graph/[a-z_]*\.[ch]|graph/(measures|gaps)/[a-z_]*\.[ch]' graph/
gate '#include <cairo' 'graph/export/[a-z_]*\.c' graph/export/
gate '\b(wcwidth|wcswidth) *\(' 'base/[a-z_]*\.c' base/
gate '\b(setlocale|getenv|g_getenv|g_get_user_name|g_get_real_time|getlogin|time) *\(' 'base/[a-z_]*\.c|cli/main\.c' 'base/ and cli/main.c'
gate '\b(system|popen|execl|execv|execvp|posix_spawn|g_spawn_[a-z_]*) *\(' 'none' 'nowhere: the program starts no other'
gate '\bg_subprocess_[a-z_]* *\(' 'cli/(revision|manual_read)\.c' 'cli/revision.c, which asks git, and cli/manual_read.c, which starts the pager'
gate '\b(gets|strcpy|strcat|sprintf|strtok|alloca) *\(' 'none' 'nowhere: use a bounded call'

# globals: no data that changes outside of functions, no function statics
allowed='graph/ig\.c|tui/term_ncurses\.c|base/start\.c'
for file in $(echo "$code" | grep '\.c$' | grep -vE "^($allowed)$"); do
	grep -nE '^(static )?(struct |enum |unsigned |const )*[a-z_0-9]+ [ *]*[a-z_0-9]+(\[[^]]*\])*( = .*)?;$' "$file" |
		grep -vE '(const|typedef|extern|return|goto)\b' | sed "s|^|$file:|; s|\$|: a global that can change|" >>"$bad"
	grep -nE '^	+static ' "$file" | grep -vE '\bconst\b' | sed "s|^|$file:|; s|\$|: a function static|" >>"$bad"
done

# lengths
for file in $sources; do
	awk -v file="$file" '
		length($0) > 140 { print file ":" FNR ": line of " length($0) " characters" }
		/^[{]$/ { start = FNR }
		/^[}]$/ { if (start && FNR - start > 62) print file ":" start ": function of " FNR - start " lines"; start = 0 }
		END { if (FNR > 600) print file ":" FNR ": file of " FNR " lines" }' "$file" >>"$bad"
done

# format
if command -v clang-format >/dev/null 2>&1; then
	clang-format --dry-run $sources 2>&1 | grep -E 'warning:' |
		sed 's/: warning: code should be clang-formatted.*/: not as clang-format writes it/' | sort -u -t: -k1,1 >>"$bad"
else
	echo "clang-format is not installed: format not checked" >&2
fi

# promises that nobody keeps
grep -nE '\b(TO[D]O|FIX[M]E|XX[X]|HAC[K])\b' $sources /dev/null | sed 's|$|: a mark left over|' >>"$bad"

if command -v cppcheck >/dev/null 2>&1; then
	cppcheck --quiet --std=c11 --inline-suppr --enable=warning,performance,portability \
		--suppressions-list=tests/lint/cppcheck.supp --library=gtk -I. \
		--template='{file}:{line}: {id}: {message}' -j2 $(echo "$code" | grep '\.c$') 2>>"$bad"
else
	echo "cppcheck is not installed: not run" >&2
fi

if [ -s "$bad" ]; then
	sort -u "$bad"
	echo "lint: $(sort -u "$bad" | wc -l) offences"
	exit 1
fi
echo "lint: $(echo "$sources" | wc -l) files, nothing to report"
