#!/bin/sh
# Who funds whom, for people and programs: if it fails, somebody reads of one member what
# is of another, or of all.  What counts is tests/oracle/funding.t's.
. "$(dirname "$0")/lib.sh"
TELAR_NETWORK=red-stem
export TELAR_NETWORK

run funding; ends 0 "for people"
grep -q '^Funder .*Funded .*At least .*By$' out; report $? "as a table"
grep -q '^All: 32 links, 3 with an amount, together at least 180000 BRL; 862268 EUR; 450000 USD$' err
report $? "with sums by currency"
run funding huawei; [ "$(grep -c . out)" = 2 ]; report $? "of one member its own links"
grep -q '^It receives: 0 links, none with an amount$' err; report $? "what it receives"
grep -q '^It gives: 1 link, 1 with an amount, together at least 450000 USD$' err; report $? "and what it gives"
run funding huawei --plain
[ "$(sed -n 2p out)" = "$(printf 'huawei\tunesco-venice\t450000 USD\tpartnership; stem-clearinghouse; unesco-huawei-stem-europe')" ]
report $? "for scripts by ids"
run funding huawei --filter country=CO --json; json 'd["links"] == [] and d["gives"]["links"] == 0' "nothing of whom the filter leaves out"
run funding --as-of 2015 --json; json 'len(d["links"]) < 32' "of another day"
run funding nobody-known; ends 66 "an unknown member is no member"
run measures -m funding-links,one-funder --json; json 'd["funding-links"] == 32' "as many as the measure counts"
done_testing
