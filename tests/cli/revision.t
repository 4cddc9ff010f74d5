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
says out "City: Ciudad de México → Puebla" "what was changed"
says out "Casa: new (Institution)" "what is new"
run diff HEAD~2..HEAD~1 -N repo/net; lacks out "Casa" "A..B"
says out "Puebla" "is A and B"
run diff v1.0.. -N repo/net; says out "City: Ciudad de México → Toluca" "a tag with a point in it, against what is there now"
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

# Variables of git, and what a repository says that would start something.
mkdir bin
cat >bin/git <<END
#!/bin/sh
env | grep '^GIT_' | sort >>$work/variables
PATH=$PATH exec git "\$@"
END
chmod +x bin/git
foreign="GIT_DIR=/nowhere GIT_WORK_TREE=/nowhere GIT_INDEX_FILE=/nowhere GIT_OBJECT_DIRECTORY=/nowhere
	GIT_ALTERNATE_OBJECT_DIRECTORIES=/nowhere GIT_COMMON_DIR=/nowhere GIT_CONFIG=/nowhere GIT_CONFIG_COUNT=1
	GIT_CONFIG_KEY_0=core.bare GIT_CONFIG_VALUE_0=true GIT_CONFIG_PARAMETERS='core.bare=true'
	GIT_TRACE=$work/trace GIT_TRACE2=$work/trace GIT_SSH=$work/evil GIT_SSH_COMMAND=$work/evil
	GIT_EXTERNAL_DIFF=$work/evil GIT_PAGER=$work/evil GIT_EXEC_PATH=/nowhere GIT_NAMESPACE=evil"
env $foreign PATH="$work/bin:$PATH" "$TELAR" diff HEAD~1 HEAD -N repo/net >out 2>err
code=$?
ends 1 "with all of git's variables set to something else"
says out "Casa: new" "the same is said"
[ ! -e trace ]; report $? "and nothing is traced"
sort -u variables >out
printf 'GIT_%s\n' ALLOW_PROTOCOL=none NO_LAZY_FETCH=1 OPTIONAL_LOCKS=0 TERMINAL_PROMPT=0 | cmp -s - out
report $? "git sees no variable but ours"

# What no network can hold is an error of its file, as in a directory.
cp repo/net/institutions/innovec.yaml kept.yaml
head -c 300000 /dev/zero | tr '\0' '#' >>repo/net/institutions/innovec.yaml
git_in commit -qam large
cp kept.yaml repo/net/institutions/innovec.yaml && git_in commit -qam mended
run diff HEAD~1 HEAD -N repo/net; ends 1 "a file that is too large"
says err "HEAD~1: 1 error in its files" "is an error of that file alone"
says out "new (Institution)" "whose entry is not there"

# An object that git has not: not an empty file.
object=$(git -C repo rev-parse HEAD~2:net/institutions/innovec.yaml)
chmod u+w repo/.git/objects && mv "repo/.git/objects/${object%"${object#??}"}/${object#??}" object
fails 74 "git does not have all of this revision here: institutions/innovec.yaml" "an object that is missing" diff HEAD~2 HEAD -N repo/net
says err "git fsck" "and what finds it"
git_in config core.repositoryFormatVersion 1 && git_in config extensions.partialClone origin
git_in config remote.origin.promisor true && git_in config protocol.ext.allow always
git_in config remote.origin.url "ext::sh -c touch% $work/reached" && git_in config core.fsmonitor "touch $work/reached"
git_in config core.sshCommand "touch $work/reached"
fails 74 "git does not have all of this revision here" "one that a remote is to have" diff HEAD~2 HEAD -N repo/net
[ ! -e reached ]; report $? "and nobody is asked for it"
GIT_ALLOW_PROTOCOL=ext git -C repo cat-file -p "$object" >/dev/null 2>&1
[ -e reached ]; report $? "as git alone would"
tree=$(git -C repo rev-parse HEAD~2:net)
mv "repo/.git/objects/${tree%"${tree#??}"}/${tree#??}" tree
run diff HEAD~2 HEAD -N repo/net; [ "$code" = 74 ]; report $? "a folder that is missing"

# More than there can be: refused by what git lists, before it is read.
cat >bin/git <<END
#!/bin/sh
case "\$*" in
*rev-parse*) echo 4b825dc642cb6eb9a060e54bf8d69288fbee4904 ;;
*ls-tree*) cat $work/listing; [ ! -e $work/endless ] || exec yes ;;
*) echo "\$@" >$work/asked ;;
esac
END
awk 'BEGIN { for (i = 0; i < 4100; i++)
	printf "100644 blob %040d  262144\tinstitutions/i%d.yaml\n", i, i }' | tr '\n' '\0' >listing
env PATH="$work/bin:$PATH" "$TELAR" diff HEAD~1 HEAD -N repo/net >out 2>err
code=$?
ends 65 "files that are too many bytes together"
says err "This revision is larger than a network can be" "are refused"
[ ! -e asked ]; report $? "and none of them is read"
touch endless
env PATH="$work/bin:$PATH" "$TELAR" diff HEAD~1 HEAD -N repo/net >out 2>err
code=$?
ends 65 "so is a list without end"
[ -z "$(ls tmp)" ]; report $? "no files are left behind"
done_testing
