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
run help manual; says out "|telar-config.5|keys.md]" "its help names all of them"
run manual keys.md; says out "| Keys |" "keys are read as they are written"
run manual telar.1 keys.md; says err "|keys.md]" "two pages are one too many"
run completion bash; says out "telar-config.5 keys.md" "a shell completes them"
run manual; says out "  telar whatif" "without a name that of all commands"

# On a terminal: a pager that is interrupted is still waited for, one that is not there is done
# without.
cat >pager <<'P'
#!/bin/sh
trap 'echo interrupted' INT
cat >/dev/null
echo reading
for _ in $(seq 100); do [ -f done ] || sleep 0.05; done
echo "paged by $PPID"
P
chmod +x pager
cat >reader.py <<'P'
import os, pty, sys
def read(pager, interrupt):
    pid, fd = pty.fork()
    if pid == 0:
        os.environ.update(PAGER=pager, TERM="xterm", LC_ALL="C.UTF-8")
        os.execv(os.environ["TELAR"], ["telar", "manual"])
    text = b""
    while True:
        try:
            part = os.read(fd, 4096)
        except OSError:
            break
        if not part:
            break
        text += part
        if interrupt and b"reading" in text:
            os.write(fd, b"\x03")
            interrupt = False
        if b"interrupted" in text:
            open("done", "w").close()
    return pid, os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]), text.decode()
pid, code, text = read("./pager", True)
print("waited" if code == 0 and "paged by %d" % pid in text else "left: %s %r" % (code, text))
for pager in "sh -c 'exit 127'", "sh -c 'exit 126'", "/no/such/pager":
    _, code, text = read(pager, False)
    print("shown" if code == 0 and "telar whatif" in text else "lost: %s %r" % (code, text[-200:]))
P
TELAR=$TELAR timeout 30 python3 reader.py >out 2>err; code=$?
says out waited "Ctrl-C is the pager's"
[ "$(grep -c shown out)" = 3 ]; report $? "a pager that cannot be run shows the page all the same"

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
