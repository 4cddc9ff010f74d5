#!/bin/sh
# The manual: every command and option, every field, measure and kind of gap is in it,
# and scdoc and man take the pages without a word.
. "$(dirname "$0")/lib.sh"
for page in telar.1 telar-entry.5 telar-measures.7; do
	run manual --source $page; ends 0 "$page"
	cp out $page.scd
done
fails 2 'did you mean "telar.1"?' "no such page" manual telar.2
run help; says out "  manual " "a reader finds the command in the list"
# Whoever asks for a page wants to read it: no marks, no lines beyond the screen.
for page in telar-entry.5 telar-measures.7 telar-config.5; do
	run manual $page; ends 0 "$page is shown"
	lacks out '\\' "$page has no marks of its source"
	awk 'length > 130 { long = 1 } END { exit long }' out; report $? "$page is wrapped"
done
run manual; says out "  telar whatif" "without a name that of all commands"

"$TELAR" help | sed -n 's/^  \([a-z]*\) .*/\1/p' >commands
while read -r command; do
	"$TELAR" help "$command" | sed -n "s/^  \(-., \)\?--\([a-z-]*\).*/$command \2/p"
done <commands >options
for kind in network territory institution programme resource assessment counts spread gaps; do
	"$TELAR" schema $kind >$kind.json
done
"$TELAR" measures --level institution --plain -N red-stem | head -n 1 | tr '\t' '\n' | sed 1d >measures
for level in network tie 'group --by sector' 'group --by territory' 'group --by country' 'group --by tier' 'group --by circle'; do
	# shellcheck disable=SC2086
	"$TELAR" measures --level $level --json -N red-stem >levels.json
	python3 - >>measures <<'P'
import json
d = json.load(open("levels.json"))
d = d[0] if isinstance(d, list) else d
print("\n".join(k for k, v in d.items() if v is None or isinstance(v, (int, float))))
P
done

python3 - >out 2>err <<'P'
import json, re, sys
def page(name):
    return open(name + ".scd").read().replace("\\", "")
bad = []
text = page("telar.1")
parts = dict(re.findall(r"^## telar ([a-z]+)(.*?)(?=^#)", text, re.S | re.M))
common = text.split("# COMMANDS")[0]
commands = open("commands").read().split()
bad += ["command " + c for c in commands if c not in parts]
options = [line.split() for line in open("options")]
bad += ["option --%s of %s" % (o, c) for c, o in options
        if "*--%s*" % o not in parts.get(c, "") + common]
text = page("telar-entry.5")
fields = 0
for kind in "network territory institution programme resource assessment counts spread gaps".split():
    schema = json.load(open(kind + ".json"))
    part = text.split("# %s\n" % schema["title"].upper(), 1)[-1].split("\n# ")[0]
    def walk(schema, before):
        global fields
        for key, value in schema["properties"].items():
            path = before + key + ("[]" if "properties" in value.get("items", {}) else "")
            fields += 1
            line = re.search(r"^\*%s\* \(.*\)\n\t(.*)" % re.escape(path), part, re.M)
            if not line or value["description"] not in line.group(1):
                bad.append("field %s of %s" % (path, kind))
            for inner in value, value.get("items", {}):
                if "properties" in inner:
                    walk(inner, path + ".")
    walk(schema, "")
text = page("telar-measures.7")
measures = open("measures").read().split()
bad += ["measure " + m for m in measures if "*%s*: " % m not in text]
print(len(commands), "commands", len(options), "options", fields, "fields", len(measures), "measures")
if len(commands) < 20 or len(options) < 80 or fields < 200 or len(measures) < 60:
    bad.append("the tables were not found")
print("\n".join(bad))
sys.exit(bool(bad))
P
code=$?; ends 0 "all that is in a table is in the manual"

"$TELAR" gaps -N red-stem --limit=0 --plain 2>/dev/null | cut -f 2 | sed 1d | sort -u >kinds
[ -s kinds ]; report $? "kinds of gaps"
while read -r kind; do
	grep -q "^\*$kind\*: " telar-measures.7.scd || echo "$kind"
done <kinds >out
[ ! -s out ]; report $? "each of which is in the manual"

if command -v scdoc >/dev/null && command -v man >/dev/null; then
	for page in telar.1 telar-entry.5 telar-measures.7; do
		scdoc <$page.scd >$page 2>err && man -l --warnings $page >out 2>>err
		[ ! -s err ] && [ "$(wc -l <out)" -gt 100 ]; report $? "$page is a manual page"
	done
fi
done_testing
