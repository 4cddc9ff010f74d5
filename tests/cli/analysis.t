#!/bin/sh
# measures, matrix, gaps, export, import: numbers a program can read and words a
# person can.
. "$(dirname "$0")/lib.sh"
TELAR_NETWORK=red-stem
export TELAR_NETWORK

run measures; ends 0 "measures"; says out "Members without partners" "for people"
run measures --json; json 'd["members"] == 333 and d["density"] > 0' "of the network as JSON"
run measures --explain -m density; says out "Of all partnerships that could be" "explained"
run measures --explain --json -f country=MX --current; json '(d["filter"], d["ties_counted"], d["institutions"]) == ("country=MX", "current", 63) and len(d["measures"]) > 60 and all(m["sentence"] and m["definition"] and "{" not in m["sentence"] for m in d["measures"])' "explained to a program: what the numbers are of, every sentence filled"
LANGUAGE=es run measures --explain --json -m needs,reciprocity; json '[m["value"] for m in d["measures"]] == [0, None] and "sin valor" in d["measures"][1]["sentence"]' "in the reader's language, and what does not exist is said"
run measures --explain -m stage --json; json '"What tells: Main network 0.53; Main network without its hub 0.522; Main network without its hubs 0.034; Depth of the core 3." in d["measures"][0]["sentence"]' "a verdict stands beside what it rests on"
run measures --explain --by tier --json; json 'd["level"] == "group" and len(d["measures"]) == 5 and len(d["rows"]) == 6' "groups explained to a program"
run measures --level institution --json; json 'len(d) == 333 and any(r["constraint"] is None for r in d)' "of institutions: every one, isolates without a value"
run measures --level institution --sort betweenness --limit 1 --plain
[ "$(sed -n 2p out | cut -f1)" = siemens-stiftung ]; report $? "sorted"
lacks out "nan" "no nan anywhere"
run measures --by sector --json; json 'sum(r["sector-members"] for r in d) == 333' "of groups"
run measures --by tier --json; json 'sum(r["tier-members"] for r in d) == 98 and {r["id"] for r in d} >= {"member", "coordinator"}' "of levels of membership"
says err "235 institutions are in none of these groups" "those without a level are told of"
run measures --by circle --json; json 'sum(r["circle-members"] for r in d) == 333 - 90 and [r["circle-members"] for r in d] == sorted((r["circle-members"] for r in d), reverse=True)' "of circles, the largest first"
run measures --by circle -m density --limit 1; says out "1, around Siemens Stiftung" "that are named after who has most partners in them"
run measures --level tie --limit 3; says out "Depth  Chains  Depend  Common  Age" "of ties: as many columns as a terminal holds"
run measures --level tie -m tie-jaccard --limit 3; says out "Overlap" "and others by name"
run measures --level tie --json; json 'len(d) > 200 and "tie-betweenness" in d[0]' "of ties"
run measures --filter 'country=CO' --json; json '0 < d["members"] < 333' "of a part"
run measures --filter 'ties>5' --json; json '0 < d["members"] < 40' "of a part chosen by a measure"
run measures --current --json; json 'd["ties"] < 270' "without ties that have ended"
fails 2 'did you mean "institution"?' "an unknown level" measures --level instituton
fails 2 'did you mean "betweenness"?' "an unknown measure" measures --sort betweenes
fails 2 'did you mean "territory"?' "an unknown attribute" measures --by teritory
fails 2 'sector, territory, country, tier, circle, capacity' "one that is like none" measures --by zzz
fails 2 'it is one of: sector, territory, country, tier' "no matrix of circles" matrix --rows circle
fails 2 'did you mean "density"?' "an unknown measure to show" measures -m densty
fails 2 'did you mean "integration"?' "an unknown intensity" measures --intensity integrated

run measures --ties funding --json; json 'd["ties"] == 32' "of ties of a kind"; [ ! -s err ]; report $? "a program is told nothing that it asked for itself"
run measures --ties funding,training --current -f country=MX
says err "Computed on 63 of 333 institutions and" "people are told what a number is of"
says err "Partners outside of it do not count here" "and what that leaves out"
says err "country=MX; without ties that have ended; only ties of these kinds: Funding, Training" "and why"
run measures; [ ! -s err ]; report $? "nothing is said of the whole"
run measures --as-of 2020; says err "65 of 121 ties state no beginning, and count as there" "nor what a day in the past rests on is hidden"
fails 2 'did you mean "funding"?' "an unknown kind of ties" measures --ties training,fundng
for none in '' ' ' ',' 'funding,' ',funding' 'funding, ,training'; do
	fails 2 '"" is no value for --ties' "no kind of ties: '$none'" measures --ties "$none"
done

run matrix --json; json 'd["rows"] == d["columns"] and all(d["ties"][i][j] == d["ties"][j][i] for i in range(len(d["rows"])) for j in range(len(d["rows"])))' "one attribute: symmetric"
run matrix --rows sector --cols territory --plain; [ "$(head -n 1 out | tr '\t' '\n' | wc -l)" -gt 40 ]; report $? "two attributes"
run matrix --rows territory --cols sector; grep -q "Teachers and school communities.*Academia and research centres" out && ! grep -q "…" out; report $? "nothing is cut where there is no terminal"
# What a terminal of 80 columns shows: numbers above the columns, and what they stand for.
for what in "--rows sector" "--rows country --show z"; do
	# shellcheck disable=SC2086
	python3 -c 'import fcntl,pty,struct,sys,termios,os
pid, master = pty.fork()
if pid == 0:
    fcntl.ioctl(0, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 80, 0, 0))
    os.execvp(sys.argv[1], sys.argv[1:])
text = b""
try:
    while part := os.read(master, 65536):
        text += part
except OSError:
    pass
print(text.decode().replace("\r", ""))' "$TELAR" matrix $what --color=never -N red-stem >out
	[ "$(wc -L <out)" -le 80 ] && ! head -n 1 out | grep -q "…"; report $? "matrix $what fits a terminal of 80 columns"
	grep -qE "^ *11 +International organisations" out; report $? "whole names stand beside their numbers"
done
run matrix --show ratio; ends 0 "against chance"
fails 2 'did you mean "sector"?' "an unknown attribute of rows" matrix --rows secter
fails 2 'did you mean "expected"?' "an unknown thing to show" matrix --show expcted

run gaps; ends 0 "gaps"; says out "→ " "with what would close them"
run gaps --json --limit 0; json 'len(d) > 20 and all(0 <= g["severity"] <= 1 and g["title"] for g in d) and [g["severity"] for g in d] == sorted((g["severity"] for g in d), reverse=True)' "severest first"
run gaps --kind g2 --plain; [ "$(tail -n +2 out | cut -f2 | sort -u)" = G2 ]; report $? "of one kind"
run gaps --territory co-medellin --json; json 'd and all(g["territory"] == "co-medellin" for g in d)' "of one territory"
run gaps --institution innovec --json; json 'd and all("innovec" in g["institutions"] for g in d)' "that name one institution"
run gaps --kinds; says out "G1" "the kinds are explained"
run gaps --fail-on 0.5; ends 1 "severe gaps end with 1 when asked"
run gaps --long --limit 1; says out "G" "in full"
fails 2 'it is one of' "an unknown kind" gaps --kind Mixing
fails 66 'did you mean "co-medellin"?' "an unknown territory" gaps --territory co-medelin

run export; says out "graphml" "formats are listed"
run export graphml -o net.graphml; ends 0 "export"; says net.graphml "siemens-stiftung" "our ids"
run export graphml --confirmed --ties funding,training --intensity awareness -o part.graphml
says part.graphml '>confirmed intensity=awareness ties=funding,training<' "it says which ties count in it"
python3 -c 'import xml.dom.minidom as m; m.parse("net.graphml")' 2>>err; report $? "well-formed"
cp net.graphml first
fails 73 'net.graphml is there already' "an earlier file is not replaced unasked" export graphml -o net.graphml --confirmed
says err "hint: give another name, or say --replace" "and what to do is said"
cmp -s first net.graphml; report $? "it is as it was"
fails 73 'there already' "a dry run says so too" export graphml -o net.graphml -n
run export graphml -o net.graphml --replace; cmp -s first net.graphml; report $? "the same bytes again"
run export graphml; says out "<graphml" "standard output is the default"
run export graphml -o other.graphml -n; [ ! -e other.graphml ]; report $? "a dry run writes nothing"
run export csv -o tables; [ -d tables ]; report $? "a format of several files is a directory"
fails 73 'tables holds an earlier export' "an earlier directory is not replaced unasked" export csv -o tables
run export csv -o slashed/; ends 0 "a directory that is made may end in a slash"
fails 73 'slashed/ holds an earlier export' "and is not replaced unasked either" export csv -o slashed/
fails 73 'no directory "file.graphml"' "but no file" export graphml -o file.graphml/
run export csv -o tables --replace; ends 0 "unless one says so"
fails 2 'give its name without .csv' "nor is a directory called as if it were a file" export csv -o net.csv
fails 73 'tables is a directory, and graphml is one file' "a directory is no file" export graphml -o tables
mkdir mine; echo text > mine/notes
fails 73 'mine holds files that are no export' "files of others are never replaced" export csv -o mine --replace
echo text > notes.graphml
fails 73 'notes.graphml is there already, and is no earlier export' "nor is a file by its name alone" \
	export graphml -o notes.graphml --replace
says notes.graphml text "which is as it was"
cp -r "$TELAR_NETWORK" woven; mkdir -p woven/.telar; cp -r woven before
TELAR_NETWORK=woven
for place in network.yaml counts.yaml institutions/innovec.yaml institutions/of-nobody.yaml .telar/x; do
	fails 73 'belongs to a network' "$place is no place for an export" \
		export graphml -o "woven/$place" --replace
done
TELAR_NETWORK=red-stem
diff -r before/institutions woven/institutions > err && cmp -s before/network.yaml woven/network.yaml
report $? "the entries are as they were"
run gap G2:co-quindio dismissed --reason 'no, nobody' ; run gaps --all --limit=0 --plain; tail -n +2 out | cut -f1 | sort >ids
run export gaps -o register --sep=';' --bom; ends 0 "the register is exported by name"
head -c 3 register/gaps.csv | cmp -s - "$(printf '\357\273\277' >bom; echo bom)"; report $? "as Excel reads it"
python3 -c 'import csv, sys
rows = list(csv.DictReader(open("register/gaps.csv", encoding="utf-8-sig"), delimiter=";"))
print("\n".join(sorted(r["id"] for r in rows)))' >out && cmp -s ids out; report $? "with every gap that gaps --all lists"
says register/manifest.json '"column": "introducers"' "and a manifest that says what each column means"
python3 -c 'import csv, sys
names = {}
for row in csv.DictReader(open("tables/institutions.csv")): names[row["id"]] = row["name"]
read = lambda file: csv.DictReader(open("register/" + file, encoding="utf-8-sig"), delimiter=";")
for row in read("candidates.csv"):
    for who in "a", "b", "introducer":
        assert row[who + "_name"] == names.get(row[who], ""), row
for row in read("gaps.csv"):
    assert row["institution_names"] == "; ".join(names[id] for id in row["institutions"].split("; ") if id), row
    assert bool(row["territory"]) == bool(row["territory_name"]), row' 2>err; report $? "and the name beside every id"
run export gaps -o for-all --for public; lacks for-all/gaps.csv 'no, nobody' "what was decided is not for everybody"
lacks for-all/gaps.csv 'G2:co-quindio,' "nor is a gap called open that people have dismissed"
lacks for-all/candidates.csv 'G2:co-quindio,' "in no table"
says for-all/manifest.json '"for": "public"' "the manifest says for whom"
run export gaps -o for-members; lacks for-members/gaps.csv 'no, nobody' "nor are reasons for members"
grep '^G2:co-quindio,' for-members/gaps.csv | grep -q ,dismissed,; report $? "who are told that it was"
says for-members/manifest.json '"for": "network"' "and are the default"
run export gaps -o for-us --for coordinator; says for-us/gaps.csv 'no, nobody' "but for coordinators"
fails 2 'yaml is for coordinators only' "entries are whole or not at all" export yaml -o whole --for public
fails 73 'an earlier export in another format' "tables are not mixed" export gaps -o tables --replace
run undo; run manual telar-measures.7; says out "introducers" "the manual tells of the columns"
run funding --plain; tail -n +2 out | cut -f1,2 | sort -u | tr '\t' , >links
tail -n +2 tables/funding.csv | cut -d, -f1,2 | sort -u | cmp -s - links; report $? "who funds whom goes along with the tables"
run matrix --rows sector --cols territory --json; cp out matrix.json
run export matrix --rows sector --cols territory -o crossed; ends 0 "the matrix is exported"
lacks err 'dialect' "and nothing is said of spreadsheets in English"
python3 -c 'import csv, json
d = json.load(open("matrix.json"))
names = [key for key in d if isinstance(d[key], list) and key not in ("rows", "columns")]
at = {(r, c): (i, k) for i, r in enumerate(d["rows"]) for k, c in enumerate(d["columns"])}
rows = list(csv.DictReader(open("crossed/matrix.csv")))
assert len(rows) == len(at) and len(names) == 11 and names[2] == "density"
for row in rows:
    i, k = at.pop((row["row"], row["column"]))
    for name in names:
        cell, value = row[name.replace("-", "_")], d[name][i][k]
        assert cell == "" if value is None else float(cell) == value, (row, name)
    assert row["density"] == "" or abs(float(row["density"]) * int(row["possible"]) - int(row["ties"])) < 1e-9
m = json.load(open("crossed/manifest.json"))
assert m["row_attribute"] == "sector" and m["column_attribute"] == "territory"
assert [c["column"] for c in m["columns"]] == list(rows[0]) and all(c["definition"] for c in m["columns"])' 2>err
report $? "with the cells of telar matrix, and a manifest that says what they are"
cp -r crossed earlier; run export matrix --rows sector --cols territory -o crossed --replace
diff -r crossed earlier >err; report $? "the same bytes again"
fails 2 'did you mean "sector"?' "an unknown attribute of rows of an export" export matrix --rows secter -o t2
run export years -o years; ends 0 "the years are exported"
python3 -c 'import csv
rows = list(csv.DictReader(open("years/years.csv")))
of = lambda what: [r for r in rows if r["what"] == what]
assert {r["what"] for r in rows} == {"institutions", "ties", "programmes", "territories"}
for what in "institutions", "ties":
    sum = 0
    for r in of(what):
        sum += int(r["new"])
        assert int(r["so_far"]) == sum, r
assert int(of("institutions")[-1]["so_far"]) + int(of("institutions")[-1]["no_date"]) == 333' 2>err
report $? "so far is what was new until then"
cp -r years earlier-years; run export years -o years --replace; diff -r years earlier-years >err; report $? "the same years again"
run export years --as-of 2019 -o until
for year in $(seq 2005 2019); do grep "^$year," years/years.csv; done >whole
for year in $(seq 2005 2019); do grep "^$year," until/years.csv; done >err
[ -s whole ] && cmp -s whole err; report $? "the years until a day are those that were counted later"
run export years --filter sector=edustem -o some; says err 'Computed on 21' "years of some"
lacks err 'do not count here' "whose partners outside count"
LANGUAGE=es run export gaps -o brechas; says err 'dialect excel-semicolon' "who reads Spanish is told of the dialect for people"
LANGUAGE=es run export gaps -o hoja --dialect excel-semicolon; lacks err 'dialect' "unless one is given"
says hoja/gaps.csv ';Estado;A cargo de;' "heads of the register are in the language"
says hoja/gaps.csv ';abierta;' "so is what the work on a gap has come to"
lacks hoja/gaps.csv ';co-medellin;' "without ids beside names"
run help export; says out 'excel-semicolon' "help names the dialect for spreadsheets"
run help export; says out 'All measures go along' "help says which measures leave"
run export csv --current -o part; says part/manifest.json '"ties_counted": "current"' "whose manifest says which ties count"
fails 2 'did you mean "graphml"?' "an unknown format" export grahpml
fails 2 'it is one of: , ; | tab' "an unknown separator" export csv -o t2 --sep=x
fails 2 'needs a directory' "several files do not go to stdout" export csv

mkdir csv
cat >csv/networks.csv <<'X'
id,name,country_or_region,founded,coordinator_id,source
red,Red,Mexico,2020,aula,
X
cat >csv/territories.csv <<'X'
id,name,country,subdivision,lat,lon,status,declared_on,coordinator_id,source
mx-puebla,Puebla,MX,MX-PUE,19.04,-98.2,declared,,aula,
X
cat >csv/institutions.csv <<'X'
id,name,short_name,country,city,territory_id,sector,networks,membership,joined,url,lat,lon,source
aula,Aula,,MX,Puebla,mx-puebla,edustem,red,member,2020,,,,
banco,Banco,,MX,Puebla,mx-puebla,business,,unknown,,,,,
X
cat >csv/partnerships.csv <<'X'
source_id,target_id,kind,directed,since,until,title,evidence_url
aula,banco,funding,no,2021,,Becas,
X
cat >csv/programmes.csv <<'X'
id,name,kind,start,end,budget_amount,budget_currency,donor_id,lead_id,sdgs,description,source
X
echo 'programme_id,institution_id,role,source' >csv/participations.csv
echo 'entity,metric,year,value,source' >csv/counts.csv
run import csv -n; ends 0 "a dry import"; says err "Nothing was written" "writes nothing"
run import csv --into made --id red-all --name 'Red'; ends 0 "import"
run check -N made; ends 0 "what was made is right"
run list ties --plain -N made; says out "$(printf 'aula\tbanco')" "with its ties"
fails 73 '' "not over what is there" import csv --into made --id red-all
fails 2 'say it with --into' "where to is not said" import csv
fails 66 'There is no file or directory' "nothing to import" import nowhere --into m2
sed -i 's/edustem/edu-stem/' csv/institutions.csv
run import csv --into m3 --id red; ends 1 "a bad row is an error"
says err "csv/institutions.csv:2:" "at its place"
[ ! -e m3 ]; report $? "and nothing is made"

# Who may see what: an entry for coordinators does not leave by itself.
run set accefyn maintainers=secretuser; run set innovec maintainers=secretuser
for whom in public network; do
	for format in csv gaps graphml matrix years; do run export $format -o "for-$whom-$format" --for $whom; done
	! grep -rq secretuser for-$whom-*; report $? "who keeps an entry is in no export for $whom"
	! grep -q 'nobody keeps' for-$whom-gaps/gaps.csv; report $? "nor that nobody does"
done
run export gaps -o keepers --for coordinator; says keepers/gaps.csv 'secretuser: 2 entries to look through' "but in the register for coordinators"
fails 2 'say who will read it: --for coordinator' "nor is what passes by it" export csv -o by --filter 'maintainers='
run export csv -o by --filter maintainers=secretuser --for coordinator; says err '2 institutions' "but for coordinators"
run set innovec visibility=coordinator contact=someone@example.org; ends 0 "an entry is hidden"
run log --json; lacks out "someone@example.org" "history tells no contact to other programs"
run export csv -o outside; says err "1 entry that is not for this audience" "what is left out is said"
! grep -rqE '(^|[;,"])innovec([;,"]|$)' outside; report $? "no table names it"
run export csv -o inside --for coordinator; says inside/institutions.csv "innovec," "unless it is for coordinators"
! grep -rq "someone@example.org" outside inside; report $? "contacts never leave"
fails 2 'it is one of: public, network, coordinator' "an unknown audience" export csv -o t3 --for boss
done_testing
