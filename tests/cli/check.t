#!/bin/sh
# telar check: every mistake at its place, in every format, and nothing else.
. "$(dirname "$0")/lib.sh"

run check red-stem; ends 0 "the real network is right"
[ ! -s out ]; report $? "nothing on stdout when nothing is wrong"
says err "institutions, 49 territories" "what was read is said"
says err "nothing to report" "that all is well is said"

sed -i 's/^sector: edustem$/sector: edu-stem/' red-stem/institutions/innovec.yaml
sed -i 's/^country: MX$/contry: MX/' red-stem/institutions/fumec.yaml
printf 'id: a\n  name: [\n' >red-stem/institutions/a.yaml
run check red-stem; ends 1 "errors end with 1"
line=$(grep -n '^sector:' red-stem/institutions/innovec.yaml | cut -d: -f1)
says out "red-stem/institutions/innovec.yaml:$line:9: error[vocabulary]: sector \"edu-stem\"" "place and code"
says out "        ^~~~~~~~" "the place is underlined"
says out 'did you mean "edustem"?' "the nearest word"
says out "red-stem/institutions/fumec.yaml:" "another file's mistake in the same run"
says out 'contry' "an unknown key is named"
says out "red-stem/institutions/a.yaml:" "a syntax error too"
says err "error" "the sum is said"

run check red-stem --format=json; ends 1 "json ends the same"
json 'd["errors"] >= 2 and any(f["code"] == "vocabulary" and f["col"] == 9 for f in d["findings"])' "json holds them"
run check red-stem --format=github
says out "::error file=red-stem/institutions/innovec.yaml,line=$line,col=9,title=vocabulary::" "annotations"
fails 2 'did you mean "github"?' "an unknown format" check red-stem --format=githup

run check red-stem/institutions/innovec.yaml; ends 1 "one file"
lacks out "fumec" "only that file is reported"
run check red-stem/institutions/aifs.yaml red-stem/institutions/fumec.yaml
lacks out "innovec" "only those files are reported"
(cd red-stem && "$TELAR" check institutions/innovec.yaml >../out 2>../err)
says out "institutions/innovec.yaml:$line:9" "places are as seen from where one is"
(cd red-stem/institutions && "$TELAR" check >../../out 2>../../err)
says out "../institutions/innovec.yaml:$line:9" "also below the network's directory"
fails 66 'There is no file' "a file that is not there" check red-stem/institutions/nobody.yaml -N red-stem
fails 66 'not a file of this network' "a file of elsewhere" check /etc/hostname -N red-stem

run list institutions red-stem --plain
lacks out "innovec	" "a file with an error contributes nothing"
says err 'telar check' "and that is said"

# wholes that are parts of their parts, and two of one name
printf 'id: aa\nname: A\npart_of: cc\nagenda: {items: [{id: x, title: X}, {id: x, title: Y}]}\n' >red-stem/territories/aa.yaml
printf 'id: bb\nname: B\npart_of: aa\n' >red-stem/territories/bb.yaml
printf 'id: cc\nname: C\npart_of: bb\n' >red-stem/territories/cc.yaml
printf 'id: dd\nname: D\npart_of: bb\n' >red-stem/territories/dd.yaml
printf 'id: pp\nname: P\nkind: project\npart_of: pp\n' >red-stem/programmes/pp.yaml
run check -N red-stem
says out 'territories/aa.yaml: warning[circle]: aa is a part of itself, by way of cc, bb' "a circle is told of once"
[ "$(grep -c 'warning\[circle\]' out)" = 1 ]; report $? "not by those that lead into it"
says out 'territories/aa.yaml:4:42: warning[twice]: "x" is listed twice' "two items of one name"
says out 'programmes/pp.yaml:4:10: error[self]' "what is to be a part of itself"
fails 1 'nothing is a part of itself' "is refused to an edit too" set programme/academia-espacial-tlax part_of=academia-espacial-tlax -N red-stem

# what values of one entry say of each other
"$root/tests/sample.sh" territorio-ejemplo territorio-ejemplo
printf 'id: tt\nname: T\ncountry: MX\nsubdivision: CO-ANT\nlat: 3\n' >territorio-ejemplo/territories/tt.yaml
sed -i '0,/"n": 6/s//"n": 7/' territorio-ejemplo/assessments/ej-colaboracion-costa.yaml
sed -i '0,/    count: 1/s//    count: 9/' territorio-ejemplo/spread.yaml
run check -N territorio-ejemplo; ends 0 "contradictions of that kind refuse nothing"
says out 'assessments/ej-colaboracion-costa.yaml:10:6: warning[sum]: the levels add up to 26, but n is 25' "a sum"
says out 'spread.yaml:7:12: warning[sum]: 9 of 4 cannot be' "a part that is more than the whole"
says out 'tt.yaml:4:14: warning[place]: subdivision "CO-ANT" is none of MX' "a part of another country"
says out 'tt.yaml:5:6: warning[place]: lat stands without lon' "half a place"

# one partnership, told twice: a warning in a file, an error of an edit
"$root/tests/sample.sh" doubled
printf '  - with: unesco\n    kinds: [training]\n    since: 2019\n  - {with: unesco, kinds: [training, research]}\n' >tail
sed -i '/^partners:/r tail' doubled/institutions/innovec.yaml
run check -N doubled; ends 0 "a partnership told twice refuses nothing"
says out 'warning[doubled]: "unesco" is a partner here already: training; since 2019' "and is told, with the one that is there"
run set innovec city=Puebla -N doubled; ends 0 "other edits go on"
fails 1 '"unesco" is a partner here already' "one more is refused" link innovec unesco --kind training --another -N doubled
fails 1 '"unesco" is a partner here already' "one that says nothing of its kind, too" link innovec unesco --another -N doubled
run set innovec 'partners[unesco#2].title=Other' -N doubled; run check -N doubled; lacks out doubled "a title tells them apart"
fails 1 'is a partner here already' "which cannot be taken away" set innovec 'partners[unesco#2].title=' -N doubled
run undo -N doubled; ends 0 "undo may bring them back"
run check -N doubled; says out 'warning[doubled]' "as they were"

# one tie in several rows
printf 'id,label,sector\nx,X,academia\nz,Z,academia\n' >nodes.csv
printf 'source,target,kinds,since,notes\nx,z,training,2019,\nx,z,training,,together\nx,z,training,2023,\n' >edges.csv
run import nodes.csv edges.csv --into thrice; ends 0 "a tie in several rows"
says err "edges.csv:3: warning[duplicate]: this tie stands in the files already: it is taken once" "is taken once where nothing tells it apart"
[ "$(grep -c 'with: z' thrice/institutions/x.yaml)" = 2 ]; report $? "and again of another year"
says thrice/institutions/x.yaml "notes: together" "with what each row says"
run check -N thrice; lacks out doubled "so that none is doubled"

# the same in the app, of files that were there before too, and the measures with their sentences
cp -R "$root/contrib/territorio-ejemplo" seen
printf 'id: late\nname: Late\nsector: school\nverified: 2030-01\n' >seen/institutions/late.yaml
printf 'id: worse\nname: Worse\nsector: nobody\n' >seen/institutions/worse.yaml
printf 'keys : c h e c k Enter\nscreen all\nkeys G Enter\nscreen record\nkeys Esc g Enter\nscreen file\n' >keys
for time in first second; do
	run open --keys keys seen
	says out 'Error  institutions/worse.yaml:3' "$time time: an error at its place"
	says out 'Warning  institutions/late.yaml:4' "$time time: a warning too"
	says out 'Institutions › Late' "$time time: Enter opens the record"
	says out 'institutions/worse.yaml cannot be opened here' "$time time: or says that it is the file's"
done
printf 'screen\nkeys Tab g Enter\nscreen\n' >keys
run open --keys keys seen; says out 'Entries left out because their file' "the overview begins with errors"
says out 'Ejemplo › What is wrong with the files' "and Enter leads to all of them"
printf 'keys : m e a s u r e s Enter j j j Enter\nscreen\n' >keys
run open --keys keys seen; says out 'Members  ' "every measure of the network"
says out 'in this view' "with its sentence"
says out "Share of institutions whose entry was verified" "and what it is"
# The network's own file is no network: no number is given of what cannot be read.
cp -r red-stem nameless; : >nameless/network.yaml
for what in measures gaps list "export graphml"; do
	# shellcheck disable=SC2086
	fails 65 'nameless/network.yaml:1:1: the file holds no entry' "an empty network.yaml: $what" $what -N nameless
done
echo 'foo: bar' >nameless/network.yaml
fails 65 '"id" is missing' "one that holds something else" measures -N nameless
run check nameless; ends 1 "check still reads it"; says out '"id" is missing' "and tells"
fails 66 'There is no directory "/nope' "a directory that is not there, given last" gaps /nope
fails 66 'There is no directory' "so behind a word" find x -N /nope
fails 2 'one word too many' "what is no directory is a word" gaps nope

done_testing
