#!/bin/sh
# What is kept from one command to the next never shows: whatever changed since, the
# register is that of a network that was never looked at before.
. "$(dirname "$0")/lib.sh"

run generate --institutions=1000 --territories=20 big; ends 0 "a network large enough to keep something of"
run log -N big; ends 0 "with a store"
bare() { # the same network without a store
	rm -rf bare
	cp -R big bare
	rm -rf bare/.telar
}
# The last digits of what a linear solver gives follow its memory, not the network.
rounded() {
	awk -F '\t' '$2 + 0 == $2 { $2 = sprintf("%.10g", $2) } 1' out
}
alike() { # WHAT [OPTION…]: register and measures with what was kept, and without
	what=$1
	shift
	bare
	run gaps --limit=0 --long "$@" -N bare; cp out gaps.fresh
	run gaps --limit=0 --long "$@" -N big; cmp -s out gaps.fresh; report $? "$what: the register"
	run measures --plain -N bare; rounded >measures.fresh
	run measures --plain -N big; rounded >measures.kept; cmp -s measures.kept measures.fresh; report $? "$what: the measures"
}

alike "at first"
alike "a second time"
file=$(grep -l '^sector:' big/institutions/*.yaml | head -n 1)
other=$(sed -n 's/^sector: //p' big/institutions/*.yaml | sort -u | grep -vxF "$(sed -n 's/^sector: //p' "$file")" | head -n 1)
sed -i "s/^sector: .*/sector: $other/" "$file"; alike "a sector changed by hand"
sed -i 's/^name: .*/name: Renamed by hand/' "$file"; alike "a name changed by hand"
sed -i '/^partners:/,$d' "$file"; alike "ties taken out by hand"
LANGUAGE=es LC_ALL=C.UTF-8; export LANGUAGE LC_ALL; alike "in another language"
unset LANGUAGE
TELAR_NOW=2028-11-22T10:00:00Z; alike "another day"
sed -i 's/^  seed: .*/  seed: 99/' big/network.yaml; alike "another seed"

# who only reads brings no store forward: an older program may still want it
sqlite3 big/.telar/network.telar "PRAGMA journal_mode = DELETE; DROP VIEW v_institution; DROP VIEW v_tie; DROP VIEW v_measure; DROP VIEW v_gap; DROP TABLE search; DROP TABLE search_text; DROP TABLE cache; DROP TABLE measure_value; DROP TABLE gap_found; PRAGMA user_version = 3" >out
cp big/.telar/network.telar older
run gaps -N big; run measures -N big; run find a -N big; ends 0 "what only reads goes on beside a store of an older format"
cmp -s older big/.telar/network.telar; report $? "and leaves it as it is"
[ -z "$(ls big/.telar | grep format)" ]; report $? "without a copy of it"
done_testing
