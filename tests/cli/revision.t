#!/bin/sh
# diff between revisions of git: read from its objects, with nothing in the checkout touched.
. "$(dirname "$0")/lib.sh"
if ! command -v git >/dev/null; then
	echo "1..0 # SKIP no git here"
	exit 0
fi
git_in() { git -C "$work/repo" -c user.name=ana -c user.email=ana@example.org "$@" >/dev/null 2>&1; }

mkdir tmp
TMPDIR=$work/tmp
export TMPDIR
mkdir repo && mv red-stem repo/net
git_in init -q && git_in add . && git_in commit -qm one && git_in tag v1.0
sed -i 's/^city: .*/city: Puebla/' repo/net/institutions/innovec.yaml
git_in commit -qam two
printf 'id: casa\nname: Casa\nsector: media\ncountry: CL\n' >repo/net/institutions/casa.yaml
git_in add . && git_in commit -qm three && git_in branch side/way
sed -i 's/^city: .*/city: Toluca/' repo/net/institutions/innovec.yaml

run diff HEAD~2 HEAD -N repo/net; ends 1 "two revisions differ"
says out "City: Mexico City → Puebla" "what was changed"
says out "Casa: new (Institution)" "what is new"
run diff HEAD~2..HEAD~1 -N repo/net; lacks out "Casa" "A..B"
says out "Puebla" "is A and B"
run diff v1.0.. -N repo/net; says out "City: Mexico City → Toluca" "a tag with a point in it, against what is there now"
run diff side/way now -N repo/net; says out "City: Puebla → Toluca" "a branch with a slash"
run diff HEAD HEAD -N repo/net; ends 0 "a revision and itself"
run diff HEAD~1 --format=markdown -N repo/net; says out "Casa" "in the other forms too"
fails 66 "no date, change, snapshot, directory, store or revision of git" "a word that is nothing" diff nothing -N repo/net
fails 66 "no file" "a path that is nothing" diff nothing/at/all -N repo/net
fails 66 "revision of git" "an option for git is no revision" diff -N repo/net -- --output=evil HEAD
[ ! -e repo/net/evil ]; report $? "and writes nothing"
GIT_DIR=/nowhere run diff HEAD~1 HEAD -N repo/net; ends 1 "variables of another repository do not count"
env PATH="$work" "$TELAR" diff HEAD~1 HEAD -N repo/net >out 2>err
code=$?
ends 69 "without git"
says err "git cannot be started" "which is said"
cp -R repo/net elsewhere
fails 66 "revision of git" "outside of a checkout" diff HEAD~1 HEAD -N elsewhere
[ -z "$(ls tmp)" ]; report $? "no files are left behind"
done_testing
