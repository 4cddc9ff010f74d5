#!/bin/sh
# The smallest networks: what does not exist is n/a, null or empty, never NaN, an
# infinity or an error.
. "$(dirname "$0")/lib.sh"

# network NAME INSTITUTION… [A-B…]: members, and ties between them
network() {
	name=$1
	mkdir -p "$name/institutions"
	printf 'id: %s\nname: %s\nvocabularies:\n  sectors:\n    - {id: x, name: X}\n' "$name" "$name" \
		>"$name/network.yaml"
	shift
	for word; do
		case $word in
		*-*) printf 'partners:\n  - with: %s\n' "${word#*-}" >>"$name/institutions/${word%-*}.yaml" ;;
		*) printf 'id: %s\nname: %s\nsector: x\n' "$word" "$word" >"$name/institutions/$word.yaml" ;;
		esac
	done
}
network nobody
network one a
network strangers a b
network partners a b a-b
network trio a b c a-b

for net in nobody one strangers partners trio; do
	: >all
	wrong=0
	for words in "measures" "measures --plain" "measures --json" "measures --explain" \
		"measures --level institution --json" "measures --level institution --plain" \
		"measures --level institution --limit 0" "measures --level tie --json" "measures --level tie" \
		"measures --by sector" "measures --by territory --json" "measures --by capacity" \
		"measures --by tier" "measures --distance intensity" "measures --by circle --json" \
		"matrix" "matrix --json" "matrix --show ratio" "gaps" "gaps --json" "suggest" "suggest --json" \
		"keyplayers" "keyplayers --json" "funding" "funding --json" "compare $net $net" "compare $net $net --json" \
		"compare $net $net --plain" "list" "list ties"; do
		# shellcheck disable=SC2086
		run -N "$net" $words
		[ "$code" = 0 ] || { wrong=1; echo "# telar $words: $code: $(head -1 err)"; }
		cat out >>all
	done
	report $wrong "$net: every command ends well"
	run -N "$net" export csv -o "$net-csv"; ends 0 "$net: as tables"
	run -N "$net" export graphml -o "$net.graphml"; ends 0 "$net: as GraphML"
	cat "$net-csv"/* "$net.graphml" >>all
	! grep -inE '(^|[^a-z])-?(nan|inf|infinity)([^a-z]|$)' all >out
	report $? "$net: no NaN and no infinity in anything"
done

# a filter that nobody passes, a day before everything, ties that nobody confirms
for options in "--filter name=nobody" "--as-of 1900" "--confirmed" "--intensity integration"; do
	: >all
	wrong=0
	for words in "measures" "measures --level institution" "measures --level tie" "measures --by sector" \
		"measures --by capacity" "matrix" "matrix --show z" "gaps --limit=0" "suggest" "suggest --backtest" \
		"keyplayers --count 20" "funding"; do
		for form in "" --json --plain; do
			# shellcheck disable=SC2086
			run -N trio $words $options $form
			[ "$code" = 0 ] || { wrong=1; echo "# telar $words $options $form: $code: $(head -1 err)"; }
			[ "$form" != --json ] || python3 -m json.tool <out >/dev/null || wrong=1
			cat out >>all
		done
	done
	report $wrong "$options: every command ends well"
	! grep -inE '(^|[^a-z])-?(nan|inf|infinity)([^a-z]|$)' all >out
	report $? "$options: no NaN and no infinity in anything"
done
run -N trio path a b --filter name=nobody; ends 66 "a way between two that the filter leaves out"
run -N trio whatif --leave a --as-of 1900 --json; ends 0 "what if, long ago"
run -N nobody gaps; says err "No gaps were found" "no gaps where nobody is"
run -N partners between a b; says out "work together" "two partners"
run -N strangers between a b; says out "No chain" "two strangers"
run -N trio show c; ends 0 "who has no partner"
for words in "gaps --long" "measures --as-of 2020" "measures --distance intensity" "measures --filter a" "gaps --long --filter a"; do
	for net in one partners; do
		# shellcheck disable=SC2086
		run -N $net $words; cat out err
	done
done >all
! grep -nE '1 of 1 (ties|entries|institutions)' all; report $? "one of one is one"

# what is said where nothing is, and what of ties that are over
for kind in "institution institutions" "territory territories" "programme programmes"; do
	run list "${kind#* }" -N nobody
	says err "There is none yet: telar new ${kind% *} adds one" "no ${kind% *} yet, and how to begin"
done
run list ties -N strangers; says err "There is none yet: telar link A B adds one" "nor ties"
run list ties -N strangers --filter name=nobody; says err "Nothing passes" "but of a filter that it lets nothing pass"
run list programmes -N nobody --as-of 2015; says err "Nothing passes" "or of a day that nothing was there"
run keyplayers -N strangers; says err "No ties in this view" "nobody holds together what has no ties"
[ ! -s out ]; report $? "and nobody is named for it"
printf 'screen overview\nkeys 8\nscreen gaps\nkeys 6\nscreen map\n' >keys
"$TELAR" open --keys keys --size 24x80 nobody >out
lacks out "well done" "nobody is praised for a register of nobody"
[ "$(grep -c "There is no" out)" = 3 ]; report $? "overview, register and map say that there is no institution"
lacks out "matches the filter" "nor is a filter named that is not there"
run measures -N strangers --confirmed; lacks err "0 of 0" "of no ties none is left out"
run measures -N partners --confirmed; says err "0 of 1 tie: " "of one that nobody confirms it is told"
sed -i 's/- with: b/&\n    until: 2021/' partners/institutions/a.yaml
run between a b -N partners; says out "have worked together (until 2021)" "what is over is not told as going on"
mkdir trio/territories
printf 'id: t\nname: T\nlevel: local\ncountry: CO\nstatus: announced\ndeclared_on: 2020\n' >trio/territories/t.yaml
for one in a b; do printf 'territories: [t]\n' >>trio/institutions/$one.yaml; done
sed -i 's/- with: b/&\n    since: 2020/' trio/institutions/a.yaml
run gaps -N trio --kind G14 --long; says out "not declared" "a territory that stands still"
lacks out "a territory lives on several" "is not told to have more sectors than there are"

# a network that has no words of its own: entries bring theirs
printf 'id: trio\nname: trio\n' >trio/network.yaml
sed -i 's/^sector: x$/sector: anything/' trio/institutions/b.yaml
run show a -N trio
says out "Partners (1)" "partners whose sector is no word of the network"
says out "  anything" "stand under it"
done_testing
