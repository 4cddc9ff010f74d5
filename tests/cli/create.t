#!/bin/sh
# init, new, confirm, generate, schema: what is made from nothing is right at once.
. "$(dirname "$0")/lib.sh"

run init mio --name 'Mi Red'; ends 0 "init"
run check -N mio; ends 0 "a new network is right"
grep -q '^id: mi-red$' mio/network.yaml; report $? "its id is made of its name"
says mio/network.yaml "name_es: Instituciones EduSTEM" "with words in three languages"
says mio/network.yaml "meaning_es: Empresas y gremios" "and what they mean"
fails 73 'is not an empty directory' "not over what is there" init mio
fails 2 'cannot be an id' "no id in the name" init '...'
run init other -n; [ ! -e other ]; report $? "a dry run makes nothing"

TELAR_NETWORK=mio
export TELAR_NETWORK
run new institution name='Museo de Ciencias' sector=edustem country=MX; ends 0 "new"
says mio/institutions/museo-de-ciencias.yaml "name: Museo de Ciencias" "an entry with an id of its name"
run new institution id=casa name=Casa sector=media lines=climate,digitality; ends 0 "with an id"
says mio/institutions/casa.yaml "lines: [climate, digitality]" "and a list"
LC_ALL=es_MX.UTF-8 LANGUAGE=es run new institution name=Palabras sector='Instituciones EduSTEM' country=Colombia offers=financing
ends 0 "new, in the words that are shown"
says mio/institutions/palabras.yaml "sector: edustem" "which stand there as their ids"
says mio/institutions/palabras.yaml "capacity: financing" "also where a word is enough for an item"
run undo
fails 2 'has fields of its own' "an item that needs more" new institution name=M partners=casa
run new territory id=mx-puebla name=Puebla country=MX -n; ends 0 "a dry run"
[ ! -e mio/territories/mx-puebla.yaml ]; report $? "makes nothing"
fails 73 'There is an entry "casa" already' "not twice" new institution name=Casa sector=media
fails 2 'did you mean "sector"?' "an unknown field" new institution name=M sectr=edustem
fails 2 '"nonsense" is no field of' "an unknown field without a value" new institution name=Foo9 nonsense= sector=school country=MX
fails 1 'not one of this network' "an unknown word" new institution name=M sector=zzz
fails 2 'did you mean "institution"?' "an unknown kind of entry" new inst name=M
fails 2 'needs a name' "without a name" new institution sector=media
fails 1 '' "without what is required" new institution name=M

run new institution name=Taller sector=edustem lines=climate --comments; ends 0 "with comments"
says mio/institutions/taller.yaml '#city:' "a field that is not set is a comment"
says mio/institutions/taller.yaml '# Where its office is' "and it says what it is for"
says mio/institutions/taller.yaml 'lines: [climate]' "beside what is set"
run fmt --check; ends 0 "which is in style"
run set taller city=Lima; says mio/institutions/taller.yaml 'city: Lima' "and can be changed by command"
says mio/institutions/taller.yaml '#lat:' "keeping the comments"
run undo; run undo; [ ! -e mio/institutions/taller.yaml ]; report $? "and taken back"
run new territory --template; ends 0 "a template"
cmp -s out "$root/contrib/template/territory.yaml"; report $? "is that of contrib"
LC_ALL=es_MX.UTF-8 LANGUAGE=es run new institution --template
says out '# El nombre oficial completo' "in the language of the process"
LC_ALL=C.UTF-8
fails 2 'did you mean "counts"?' "an unknown kind" new count --template

run link museo-de-ciencias casa --kind funding --direction out; ends 0 "one side says it"
run list ties --plain; lacks out "confirmed" "which is not confirmed"
run confirm casa museo-de-ciencias; ends 0 "confirm"
says mio/institutions/casa.yaml "direction: in" "who gives and who gets change places"
run list ties --plain; says out "confirmed" "now both say it"
fails 2 'says already' "not twice" confirm casa museo-de-ciencias
run undo; ends 0 "undo of a confirmation"
run dispute casa museo-de-ciencias --because "never agreed"; ends 0 "dispute"
run list ties --plain; says out "disputed" "the two contradict each other"
run show casa --json; says out '"never agreed"' "with the reason in the own entry"
fails 2 'says already' "not twice" dispute casa museo-de-ciencias
last() { "$TELAR" log --plain | sed -n 2p | cut -f 1; }
denied=$(last); run diff $((denied - 1)) now; says out ': denies working with Museo de Ciencias' "a denial is not said as a partnership"
fails 2 'says already' "nor once more" link casa museo-de-ciencias
run set casa 'partners[museo-de-ciencias].status=proposed'; run diff "$denied" now
says out ': no longer denies working with Museo de Ciencias; now: proposed' "nor is its end"
run undo; ends 0 "undo of that"
run undo; ends 0 "undo of a dispute"
lacks mio/institutions/casa.yaml "partners" "takes it out again"
run undo; run undo; ends 0 "undo of a new entry"
[ ! -e mio/institutions/casa.yaml ]; report $? "removes its file"
fails 66 'did you mean "museo-de-ciencias"?' "an unknown side" confirm museo-de-ciencia casa
run check; ends 0 "all is right in the end"

# Asked for on a terminal: one that script(1) makes; what is no answer is asked for again.
asked() { script -qec "'$TELAR' new $1" /dev/null >out 2>err; code=$?; }
printf 'Museo del Agua\nnonsense\n3\nColombia\n\nmuseo org\nmuseo.org\n' >answers; asked institution <answers; ends 0 "asked for what is needed"
says out "is not one of this network's sectors" "a wrong answer is told why"
says out "is not a web address" "and asked for again"
run show museo-del-agua --json; json '(d["name"], d["sector"], d["country"], d["url"]) == ("Museo del Agua", "edustem", "CO", "https://museo.org")' "by number, by name of the country"
printf 'Otro\n' >answers; asked institution <answers; [ "$code" = 130 ] && [ ! -e mio/institutions/otro.yaml ]; report $? "the end of the input makes nothing"
fails 2 'needs a name' "nobody to ask" new institution
run undo; ends 0 "undo of what was asked for"

unset TELAR_NETWORK
run generate one --institutions 60 --territories 5 --seed 7; ends 0 "generate"
run generate two --institutions 60 --territories 5 --seed 7
diff -r one two >out; report $? "the same seed gives the same files"
run generate three --institutions 60 --territories 5 --seed 8
! diff -rq one three >out; report $? "another seed others"
run check -N one; ends 0 "what was made is right"
run measures -N one --json; json 'd["members"] == 60 and d["ties"] > 60' "and has ties"
fails 2 'did you mean "grid"?' "an unknown shape" generate four --shape=grit
fails 2 'not made' "nonsense sizes are refused" generate four --institutions=-5
run schema institution; json 'd["type"] == "object" and "sector" in d["properties"]' "schema"
fails 2 'did you mean "territory"?' "an unknown schema" schema teritory
done_testing
