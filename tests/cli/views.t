#!/bin/sh
# What analysts read in SQL is what the program says, after every edit; a run that
# changes nothing writes nothing.
. "$(dirname "$0")/lib.sh"
TELAR_NETWORK=red-stem
export TELAR_NETWORK TELAR
TELAR_NOW=$(date -u +%Y-%m-%dT%H:%M:%SZ) # the views ask SQLite what day it is
store=red-stem/.telar/network.telar
agree() { # WHAT
	run measures; run gaps --limit=1
	python3 "$tests/views.py" $store red-stem >out 2>err; code=$?; report $code "$1"
}
sql() {
	sqlite3 -readonly $store "$1" >out 2>err
}

run measures; [ ! -e red-stem/.telar ]; report $? "measuring makes no store"
run log; agree "views of the sample"
cp $store before; run measures; run gaps; run gaps --kind G1; cmp -s before $store; report $? "asked again, nothing is written"
run measures --filter sector=edustem; run gaps --confirmed; run measures --as-of 2022; cmp -s before $store; report $? "nor for a part of the network, or its past"

run link innovec agrokasa --kind research --since 2024; run set siemens-stiftung verified=2026-11; run confirm siemens-stiftung innovec
run link innovec oei-pe --kind training --status proposed; run link oei-pe innovec --kind training --status proposed
run link innovec corfo --kind training --since 2090; run link siemens-stiftung innovec --kind training --since 2090
run link agrokasa accefyn --kind funding --until 2020; run dispute accefyn agrokasa
sql "SELECT id FROM v_gap LIMIT 1"; id=$(cat out)
run gap "$id" dismissed --reason 'not ours'
run set innovec name='Ñandú "y" compañía' city='San José'
agree "after edits"
sql "SELECT state FROM v_tie WHERE a = 'innovec' AND b = 'oei-pe'"; says out proposed "a plan says so, and is nobody's tie"
run set innovec 'partners[oei-pe].status=active'; agree "where one side still proposes"
sql "SELECT state FROM v_tie WHERE a = 'innovec' AND b = 'oei-pe'"; says out unanswerable "which does not confirm what the other says"
sql "SELECT state FROM v_tie WHERE 'corfo' IN (a, b) AND 'innovec' IN (a, b)"; says out proposed "and so does what has not begun"
sql "SELECT status FROM v_gap WHERE id = '$id'"; says out dismissed "with what was decided"
sed -i 's/^sector: .*/sector: [/' red-stem/institutions/accefyn.yaml; run log; agree "with a file that has errors"
sed -i 's/^sector: .*/sector: business/' red-stem/institutions/accefyn.yaml; sed -i '/^partners:/,$d' red-stem/institutions/agrokasa.yaml
cp $store before; run measures; cmp -s before $store; report $? "a store behind its files is left alone"
run log; agree "once it has read them"
run undo; agree "and undone"
run backup copy.telar; sqlite3 copy.telar "SELECT count(*) FROM v_measure" >out; grep -q '^[1-9]' out; report $? "a backup has them too"
run backup -N copy.telar bare.telar; sqlite3 bare.telar "DELETE FROM measure_value; DELETE FROM gap_found"
run measures -N bare.telar; run gaps --limit=1 -N bare.telar
python3 "$tests/views.py" bare.telar bare.telar >out 2>err; code=$?; report $code "views of a network in one file"
[ -z "$(ls bare.telar?* 2>/dev/null)" ]; report $? "and nothing is laid beside it"
cp bare.telar before; run measures -N bare.telar; run gaps -N bare.telar; cmp -s before bare.telar; report $? "which is not written again"

# the queries of the documentation
python3 - "$root/docs/store.md" $store >out 2>err <<'EOS'
import re, sqlite3, sys
queries = re.findall(r"```sql\n(.*?)```", open(sys.argv[1]).read(), re.S)
sql = sqlite3.connect("file:%s?mode=ro" % sys.argv[2], uri=True)
for query in queries:
    rows = sql.execute(query).fetchall()
    print(len(rows), rows[:1])
sys.exit(0 if len(queries) >= 3 and all(sql.execute(q).fetchall() for q in queries) else 1)
EOS
code=$?; report $code "every query in docs/store.md has an answer"
done_testing
