#!/bin/sh
# list, show, find, path: what is printed is what the entries say.
. "$(dirname "$0")/lib.sh"
TELAR_NETWORK=red-stem
export TELAR_NETWORK

run list --plain; ends 0 "list"
[ "$(wc -l <out)" = 334 ]; report $? "all institutions and a header"
[ "$(head -n 1 out)" = "$(printf 'id\tname\tsector\tcountry\tties')" ]; report $? "plain headers are keys"
run list territories --plain; [ "$(wc -l <out)" = 50 ]; report $? "territories"
run list programmes --plain; [ "$(wc -l <out)" = 113 ]; report $? "programmes"
run list networks; says out "red-stem-latam" "networks"
run list ties --plain; says out "siemens-stiftung" "ties"
run list ties --json; json 'len(d) > 200 and {"a", "b", "kinds", "state"} <= set(d[0])' "ties as JSON"
run list ties --plain --limit 3; [ "$(wc -l <out)" = 4 ]; report $? "at most so many ties"
run list ties --json --filter id=innovec; json 'len(d) > 0 and all("innovec" in (t["a"], t["b"]) for t in d)' "ties of who passes, with whomever"
fails 2 'zzz' "a field that is none, for ties too" list ties --filter zzz=1
fails 2 '"list ties" takes no --columns' "ties have no columns to choose" list ties --columns foo
fails 2 '"list ties" takes no --sort' "nor to sort by" list ties --sort kinds
run whatif --tie innovec utp-pereira --plain; [ "$(awk -F'\t' 'NF != 4' out | wc -l)" = 0 ] && grep -q '^measure	density	' out; report $? "what would be, for scripts"
run list --filter 'sector=edustem country=MX' --plain
[ "$(tail -n +2 out | cut -f3,4 | sort -u)" = "$(printf 'edustem\tMX')" ]; report $? "a filter of fields"
"$root/tests/sample.sh" money territorio-ejemplo
run list programmes -N money --columns id,budget --sort budget --plain
[ "$(sed -n '2,3p' out | tr '\t\n' ' ,')" = 'ej-laboratorio 26000 USD,ej-rios 120000 USD,' ]; report $? "amounts sorted by what they are"
run list programmes -N money --columns id,budget --filter 'budget>0'; says out "120 000 USD" "and grouped for people"
run list --filter 'ties>10' --sort ties --plain
[ "$(sed -n 2p out | cut -f1)" = siemens-stiftung ]; report $? "a filter of measures, sorted"
run list --filter 'betweenness>0.2' --plain; [ "$(wc -l <out)" = 2 ]; report $? "a filter of a computed measure"
run list --columns id,city,verified --limit 3 --plain; [ "$(head -n 1 out)" = "$(printf 'id\tcity\tverified')" ]
report $? "columns"
run list --filter 'country=QA'; ends 0 "nothing passes"; says err "Nothing passes" "and it is said"
run list --json --limit 2; json 'len(d) == 2 and d[0]["record"] == "institution" and "contact" not in d[0]' "JSON"
fails 2 'did you mean "institutions"?' "an unknown kind" list instituions
fails 2 'did you mean "sector"?' "an unknown field in a filter" list --filter sectr=edustem
fails 2 'did you mean "edustem"?' "an unknown word in a filter" list --filter sector=edu-stem
fails 2 'did you mean "country"?' "an unknown column" list --columns id,contry
fails 2 'did you mean "city"?' "an unknown field to sort by" list --sort citi

run show innovec; ends 0 "show"
for words in "Innovación en la Enseñanza" "Institution · innovec" "Partners (" "Siemens Stiftung" \
	"Foundations and civil society" "What the measures say" "INNOVEC works or has worked directly with" "Programmes"; do
	says out "$words" "a card has: $words"
done
grep -v http out | awk '{ n = length($0); if (n > 100) exit 1 }'; report $? "a card is narrow"
run show innovec --json; json 'd["id"] == "innovec" and d["lat"] == 19.43 and d["partners"][0]["with"]' "as JSON"
run show innovec --plain; says out "$(printf 'country\tMX')" "as lines"
run show INNOVEC; says out "Institution · innovec" "by short name"
run show institution/innovec; says out "Institution · innovec" "by kind and id"
run show co-medellin; says out "Members by sector" "a territory"
says out "Nobody from" "and who is missing in it"
run show co-quindio; tr -s ' \n' ' ' <out >flat
says flat 'Nobody from Teachers and school communities, EduSTEM institutions, Academia and research centres, Foundations and civil society Rare' "those that its gap misses"
says flat 'Rare elsewhere too Youth, families' "apart from those that are seldom anywhere"
run show encuentro-2-2023; says out "Participants" "a programme"
run show red-stem-latam; says out "Members by tier" "a network of the sample"
run show red-stem; says out "What the measures say" "the network itself"
fails 66 'did you mean "innovec"?' "an unknown id" show inovec
fails 66 'did you mean "co-medellin"?' "an unknown territory" show territory/co-medelin

fails 66 '"co-quindio" is a territory' "a territory where an institution is meant" path innovec co-quindio
says err "name an institution here" "and what is meant"
fails 66 '"co-quindio" is a territory' "so in gaps" gaps --institution co-quindio
fails 66 '"innovec" is an institution' "an institution where a territory is meant" gaps --territory innovec
fails 2 'no value for --sort' "what is wrong is the option that was written" list programmes --sort foo
fails 2 'no value for --sort' "in short too" list -s foo

run find medellin educacion --plain; says out "se-medellin" "find without accents, in any order"
run find "GESELLSCHAFT" ; ends 0 "find what is not there ends well"
run find innovec --json; json 'd[0]["id"] == "innovec"' "the best comes first"
fails 2 'needs more words' "find needs words" find

run path innovec siemens-stiftung; says out "together" "partners already"
run path fumec agrokasa; ends 0 "a chain"
says out "Write to" "who to write to"
run path fumec agrokasa --json; json 'd[0][0] == "fumec" and d[0][-1] == "agrokasa"' "as JSON"
run path fumec agrokasa --plain; says out "$(printf 'fumec\t')" "as lines"
isolate=$("$TELAR" list --filter ties=0 --plain --limit 1 | tail -n 1 | cut -f1)
run path innovec "$isolate"; says out "No chain of partners" "no chain"
run path zigzag innovec; says out "Both take part in Carta compromiso Zacatecas" "no chain, but where they meet"
fails 66 'did you mean "innovec"?' "an unknown end" path inovec fumec
fails 2 'the same institution' "one end twice" path innovec innovec

[ ! -e red-stem/.telar ]; report $? "reading leaves no trace in the directory"
run show ecosistema-stem -N "$root/contrib/ecosistema-stem"
says out "institutions: 41, 2019-04" "a published figure"
says out "institutions: at least 120" "and how exact it is meant"
done_testing
