#!/bin/sh
# import: files of other programs into a new network and into one that is there,
# as people do it on the command line.
. "$(dirname "$0")/lib.sh"
corpus=$root/tests/corpus/import

# a new network
run import -n "$corpus/gephi-nodes.csv" "$corpus/gephi-edges.csv"; ends 0 "a preview of Gephi's tables"
says out "attribute modularity-class" "says what becomes of a column"
says err "Institutions: 4 new, 0 there already" "and how many"
says err "Nothing was written" "and writes nothing"
run import "$corpus/gephi-nodes.csv" "$corpus/gephi-edges.csv" --into gephi; ends 0 "a network of Gephi's tables"
run check -N gephi; ends 0 "has no mistakes"
run list ties --plain -N gephi; says out "$(printf 'fundacion-via\tmuseo-el-cubo-bogota')" "and its ties"
run show fundacion-via --json -N gephi
says out '"modularity-class"' "unknown columns are kept"
says out '"MX"' "a country's name is its code"
run import "$corpus/kumu-elements.csv" "$corpus/kumu-connections.csv" --into kumu; ends 0 "Kumu's tables with ; and a BOM"
grep -q '^tags: \[robótica, niñas\]$' kumu/institutions/andes-lab.yaml; report $? "values between |"
grep -q '^lat: 4.601$' kumu/institutions/andes-lab.yaml; report $? "a location is two numbers"
grep -q '^    direction: none$' kumu/institutions/rio-claro.yaml; report $? "mutual goes both ways"
run import "$corpus/kumu.json" --into kumujson; ends 0 "Kumu's JSON"
run check -N kumujson; ends 0 "gives a right network"
run import "$corpus/small.graphml" --into graphml; ends 0 "GraphML"
run check -N graphml; ends 0 "gives a right network"
fails 73 'is there already' "not over what is there" import "$corpus/small.graphml" --into graphml/institutions
run import "$corpus/gephi-edges.csv" --into ends; ends 0 "ties alone make their ends"
ls ends/institutions | wc -l | grep -q '^3$'; report $? "one entry each"

# what was exported comes back
run export graphml -o net.graphml -N red-stem; ends 0 "export"
run import net.graphml --into back; ends 0 "and import"
for what in institutions ties; do
	"$TELAR" list $what --plain -N red-stem | cut -f1-2 | sort >was
	"$TELAR" list $what --plain -N back | cut -f1-2 | sort >is
	cmp -s was is && [ -s is ]
	report $? "the same $what"
done
run import -n net.graphml --into red-stem; ends 0 "into the network itself"
says err "Institutions: 0 new, 333 there already" "all are known"
says err "Ties: 0 new, 270 there already" "all ties are known"

# what a spreadsheet in Spanish saved
cp -R red-stem mia
unset LC_ALL
LANG=es_CO.UTF-8
export LANG
run export csv -o hoja --dialect excel-semicolon -N red-stem; ends 0 "tables for a spreadsheet in Spanish"
head -1 hoja/institutions.csv | grep -q '^.*Id;Nombre;Nombre corto;'; report $? "with its heads"
grep -q '^siemens-stiftung;Siemens Stiftung;.*;Alemania;.*;48,14;11,58;' hoja/institutions.csv; report $? "words and decimals"
for what in institutions claims ties; do
	run import -n hoja/$what.csv --into mia
	ends 0 "$what: read again"
	lacks out 'atributo' "$what: every column is known"
	lacks out 'memberships[' "$what: no membership that nobody stated"
	says err 'nstituciones: 0 nuevas' "$what: nobody is new"; says err 'Vínculos: 0 nuevos' "$what: no tie is"
done
sed -i 's/;48,14;11,58;/;48,2;11,58;/' hoja/institutions.csv
run import -n hoja/institutions.csv --into mia
says out 'lat sigue siendo “48.14”; el archivo dice “48.2”' "a decimal that was changed"
printf 'Institución;Socio;Tipos;Desde;Dirección;Monto;Moneda\nMaloka;INNOVEC;Formación;03/05/2019;en ambos sentidos;1.234,5;COP\n' >fila.csv
run import fila.csv --into mia; ends 0 "a row that somebody typed"
grep -A9 'with: innovec' mia/institutions/maloka.yaml >out
says out 'since: 2019-05-03' "with a date"; says out 'amount: 1234.50 COP' "an amount"; says out 'direction: none' "and words"
printf 'Institución;Socio;Desde\nMaloka;OCE;may-19\n' >fila.csv
fails 1 'may-19' "what is no date any more" import fila.csv --into mia
cp -R red-stem dos
sed -i 's/^name: .*/name: Maloka/' dos/institutions/proed.yaml
run export csv -o hoja-dos --dialect excel-semicolon -N dos
grep -q '^Innov.*;proed;' hoja-dos/claims.csv; report $? "one of two of the same name stands by its id"
run import -n hoja-dos/institutions.csv hoja-dos/claims.csv --into dos
ends 0 "tables of two of one name"; says err 'Vínculos: 0 nuevos' "whose ties are told apart"
LC_ALL=C.UTF-8
export LC_ALL
printf 'Institution;Partner;Since\nMaloka;OCE;03/05/2019\n' >fila.csv
fails 1 '03/05/2019' "which may be two days in English" import fila.csv --into mia

# into a network
cat >new.csv <<'X'
name,sector,city,Employees
INNOVEC,edustem,Monterrey,40
Siemens Stiftun,foundation-ngo,,300
Museo de Prueba,edustem,Puebla,12
X
cat >ties.csv <<'X'
from,to,kind,Weight
Museo de Prueba,INNOVEC,training,3
X
cp -R red-stem before
run import -n new.csv ties.csv --into red-stem; ends 1 "what looks alike is asked, in the preview too"
says out "new.csv:3: Siemens Stiftun ~ siemens-stiftung" "with its place"
says out "city stays “Ciudad de México”, the file says “Monterrey”" "differences are told"
diff -r before red-stem; report $? "a preview changes no byte"
run import new.csv ties.csv --into red-stem; ends 1 "and else"
says err 'looks like an entry' "with what to do"
run import new.csv ties.csv --into red-stem --same 'Siemens Stiftun=siemens-stiftung'; ends 0 "an answer lets it through"
says err "Institutions: 1 new, 2 there already" "counted"
run log -N red-stem; says out "import of new.csv, ties.csv" "one change"
grep -q '^city: Ciudad de México$' red-stem/institutions/innovec.yaml; report $? "nothing is overwritten"
run export csv -o csv -N red-stem
grep -q 'x_employees' csv/institutions.csv; report $? "attributes leave in CSV"
grep -q 'x_weight' csv/claims.csv; report $? "those of ties too"
run export graphml -o with.graphml -N red-stem
grep -q 'attr.name="x_employees"' with.graphml; report $? "and in GraphML"
run import new.csv ties.csv --into red-stem --same 'Siemens Stiftun=siemens-stiftung'; ends 0 "the same files again"
says err "all of it is there" "change nothing"
run undo -N red-stem; ends 0 "undo"
rm -rf red-stem/.telar
diff -r before red-stem; report $? "takes all of it back"

# mistakes
run import "$corpus/bad-nodes.csv" "$corpus/bad-edges.csv" --into bad; ends 1 "mistakes"
says err "bad-nodes.csv:3: error[duplicate]" "an id twice"
says err "bad-nodes.csv:4: error[required]" "no name"
says err "bad-edges.csv:2: error[date]" "no date"
says err "bad-edges.csv:3: error[reference]" "an unknown end"
says err "bad-edges.csv:5: error[self]" "a tie with itself"
[ ! -e bad ]; report $? "nothing is made"
run import "$corpus/laughs.graphml" --into bad; ends 1 "entities"; says err "laughs.graphml:2: error[entities]" "are refused"
run import "$corpus/external.graphml" --into bad; ends 1 "files from outside"; lacks err "$(hostname)" "are not read"
iconv -f UTF-8 -t UTF-16 "$corpus/gephi-nodes.csv" >wide.csv
run import -n wide.csv; ends 1 "UTF-16"; says err "iconv -f UTF-16" "with the remedy"
iconv -f UTF-8 -t LATIN1 "$corpus/gephi-nodes.csv" >latin.csv
run import -n latin.csv; ends 1 "Latin-1"; says err "latin.csv:3:10: error[encoding]" "at its place"
fails 2 'did you mean "sector"' "a field that is none" import -n new.csv --map sectr=sector
fails 2 'no file has such a column' "a column that is none" import -n new.csv --map sector=Kind
fails 66 'There is no file or directory' "a file that is none" import -n nowhere.csv
done_testing
