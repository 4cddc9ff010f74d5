"""Every field of every kind of record, by the schemas: set on the command line, read back
by another reader of YAML, taken back to the byte.  Prints TAP.  argv: the program."""
import json, os, re, subprocess, sys
import yaml

TELAR, NET = sys.argv[1], "net"
KINDS = "network territory institution programme resource assessment counts spread gaps".split()
SINGLE = {"counts", "spread", "gaps"}
OWN = {"ror": "03yrm5c26", "wikidata": "Q42", "languages": "pt-BR"}
count = failed = 0


def report(ok, what, more=""):
    global count, failed
    count += 1
    failed += not ok
    print("%sok %d - %s" % ("" if ok else "not ", count, what))
    if not ok:
        print("".join("# %s\n" % line for line in more.splitlines()[:20]), end="")


def telar(*words):
    done = subprocess.run([TELAR, *words, "-N", NET], capture_output=True, text=True)
    return done.returncode, done.stdout + done.stderr


def entry(path):
    with open(os.path.join(NET, path), encoding="utf-8") as f:
        return yaml.load(f, Loader=yaml.BaseLoader)


def paths(kind):
    if kind in SINGLE:
        return [kind + ".yaml"]
    folder = {"territory": "territories"}.get(kind, kind + "s")
    inside = [os.path.join(folder, f) for f in sorted(os.listdir(os.path.join(NET, folder)))]
    return (["network.yaml"] if kind == "network" else []) + inside


schemas = {k: json.loads(subprocess.run([TELAR, "schema", k], capture_output=True,
                                        text=True).stdout) for k in KINDS}
words = {k: [t["id"] for t in v] for k, v in entry("network.yaml")["vocabularies"].items()}
ids = {k: [entry(p)["id"] for p in paths(k)] for k in KINDS if k not in SINGLE}


def other(among, now, record):
    """Another of a list that the present value is of, or None."""
    for of in among.values():
        if now in of:
            return next((w for w in reversed(of) if w not in (now, record)), None)
    return None


def new_value(key, schema, now, record):
    pattern = schema.get("pattern", "")
    if key in OWN:
        return OWN[key]
    if "enum" in schema:
        return next(w for w in schema["enum"] if w != now)
    if schema["type"] in ("integer", "number"):
        low, high = schema.get("minimum", 0), schema.get("maximum", 100)
        if schema["type"] == "integer":
            return str(next(n for n in (int(low) + 2, int(low) + 3) if str(n) != now))
        return "12.25" if low <= 12.25 <= high else str(low)
    if pattern.startswith("^[0-9]{4}"):
        return "2019-05" if key in ("since", "start") else "2031-05-06"
    if "https?" in pattern:
        return "https://nuevo.example/a?b=1#c"
    if pattern == "^[A-Z]{2}$":
        return "CO"
    if pattern.startswith("^[A-Z]{2}-"):
        return "CO-ANT"
    if pattern.endswith("[A-Z]{3}$"):
        return "1250.50 EUR"
    if pattern:
        return other(ids, now, record) or "nuevo-%s" % key.replace("_", "-")
    return other(words, now, None) or "Ñandú: «nuevo» 1 - %s # no" % key


class Walk:
    """Assignments for one record: those of all its fields, and of each key of an item."""

    def __init__(self, kind, record):
        self.kind, self.record, self.sets, self.keys = kind, record, [], []

    def field(self, key, schema, now, path):
        mark = (self.kind, re.sub(r"\[[^]]*\]", "[]", path))
        if mark in seen:
            return
        seen.add(mark)
        if "anyOf" in schema:
            one = schema["anyOf"][0]["items"]
            now = now if isinstance(now, list) else [now]
            value = [new_value(key, one, now[0], self.record)]
            self.sets.append((path, ",".join(value), value))
        else:
            value = new_value(key, schema, now, self.record)
            self.sets.append((path, value, value))

    def map(self, schema, data, before):
        for key, now in data.items():
            inner = schema["properties"].get(key)
            path = before + key
            if inner is None or path == "id":
                continue
            if "properties" in inner:
                self.map(inner, now, path + ".")
            elif "properties" in inner.get("items", {}):
                for i, item in enumerate(now):
                    self.item(inner["items"], item, path, i)
            else:
                self.field(key, inner, now, path)

    def item(self, schema, item, path, i):
        key = next(iter(schema["properties"]))  # names the item among its siblings
        rest = {k: v for k, v in item.items() if k != key}
        mark = (self.kind, re.sub(r"\[[^]]*\]", "[]", path) + "[]." + key)
        value = new_value(key, schema["properties"][key], item[key], self.record)
        value = value.split(" #")[0]  # # cannot stand in the name of an item
        self.keys.append((mark, "%s[%s].%s" % (path, item[key], key), value))
        self.map(schema, rest, "%s[#%d]." % (path, i + 1))


def stands(data, path):
    for key, n in re.findall(r"([a-z_]+)(?:\[#(\d+)\])?", path):
        data = data[key]
        if n:
            data = data[int(n) - 1]
    return data


def name_of(kind, record):
    return kind + "/" + (kind if kind in SINGLE else record)


def try_sets(kind, path, walk, before):
    code, said = telar("set", name_of(kind, walk.record),
                       *["%s=%s" % (p, v) for p, v, _ in walk.sets])
    report(code == 0, "%s: set %d fields" % (path, len(walk.sets)), said)
    data = entry(path)
    wrong = ["%s: %r, not %r" % (p, stands(data, p), v) for p, _, v in walk.sets
             if stands(data, p) != v]
    report(not wrong, "%s: each is in the file" % path, "\n".join(wrong))
    code, said = telar("check")
    report(code == 0, "%s: which is right" % path, said)
    code, said = telar("undo")
    now = open(os.path.join(NET, path), "rb").read()
    report(code == 0 and now == before, "%s: and as it was once undone" % path, said)


def try_key(kind, path, walk, key, before):
    mark, where, value = key
    if mark in seen:
        return
    code, said = telar("set", name_of(kind, walk.record), "%s=%s" % (where, value))
    if code != 0:  # words in use stay; another item of the list may do
        refused.setdefault(mark, []).append(said)
        return
    seen.add(mark)
    refused.pop(mark, None)
    changed = open(os.path.join(NET, path), "rb").read()
    telar("undo")
    now = open(os.path.join(NET, path), "rb").read()
    report(changed != before and value.encode() in changed and now == before,
           "%s: the key %s" % (path, where), said)


seen, refused = set(), {}
for kind in KINDS:
    for path in paths(kind):
        walk = Walk(kind, entry(path).get("id", kind))
        walk.map(schemas[kind], entry(path), "")
        before = open(os.path.join(NET, path), "rb").read()
        if walk.sets:
            try_sets(kind, path, walk, before)
        for key in walk.keys:
            try_key(kind, path, walk, key, before)


def every(schema, before):
    for key, inner in schema["properties"].items():
        items = inner.get("items", {})
        if "properties" in inner:
            yield from every(inner, before + key + ".")
        elif "properties" in items:
            yield from every(items, before + key + "[].")
        elif before + key != "id":
            yield before + key


missing = [(k, p) for k in KINDS for p in every(schemas[k], "") if (k, p) not in seen]
# Words that entries use stay, and so does the name of an item among others of its name.
rightly = ("not one of this network", "cannot be changed in place")
in_use = [m for m in missing
          if all(any(r in s for r in rightly) for s in refused.get(m, ["x"]))]
missing = [m for m in missing if m not in in_use]
report(not missing, "that was every field (%d; %d keys stay)" % (len(seen), len(in_use)),
       "\n".join("%s %s: %s" % (*m, refused.get(m)) for m in missing))
report(len(seen) > 200, "of which there are many")
print("1..%d" % count)
sys.exit(failed > 0)
