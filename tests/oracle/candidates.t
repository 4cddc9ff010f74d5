#!/usr/bin/python3
"""Whom the register proposes to bring together, why, by whom, and how severe a gap is: from the entry files alone.

If it fails, somebody would be asked to introduce two that it does not know, or be told of
something shared that is not.  Prints TAP.
"""
import collections
import json
import math
import re
import subprocess
import sys
import tempfile

try:
    from network import ENVIRONMENT, TELAR, Network, copy, first, last, months_since, synthetic
except ImportError as missing:
    print(f"1..0 # SKIP {missing.name} is not installed")
    sys.exit(0)

from sample import Sample, Tap  # noqa: E402


class People(Network):
    def __init__(self, path):
        super().__init__(path)
        self.programmes, self.territories = self.all["programmes"], self.all["territories"]
        self.takes = collections.defaultdict(set)
        for p, entry in self.programmes.items():
            rows = [row.get("institution") for row in entry.get("participants") or []]
            for a in [entry.get("lead")] + (entry.get("donors") or []) + rows:
                self.takes[a].add(p)
        self.lines = {word["id"]: word["name"] for word in self.network["vocabularies"].get("lines", [])}

    def name(self, kind, one):
        entry = self.all[kind][one]
        return entry.get("short_name") or entry["name"]

    def shared(self, a, b, what):
        """Names of what both list: programmes, lines, territories."""
        if what == "programmes":
            return {self.name(what, p) for p in self.takes[a] & self.takes[b]}
        both = [set(self.members[x].get(what) or []) for x in (a, b)]
        return {self.lines[one] if what == "lines" else self.name(what, one) for one in both[0] & both[1]}

    def introducer(self, a, b):
        """Whose lesser tie is the deepest, then whose both are, then who has the fewest partners."""
        def rank(c):
            ways = [self.weight(tuple(sorted((c, end)))) for end in (a, b)]
            return min(ways), sum(ways), -len(self.partners[c])
        both = self.partners[a] & self.partners[b]
        most = max(map(rank, both), default=None)
        return {c for c in both if rank(c) == most} or {None}

    def place(self, entry):
        return (float(entry["lat"]), float(entry["lon"])) if entry.get("lat") and entry.get("lon") else None


def kilometres(here, there):
    (p, x), (q, y) = [[math.radians(d) for d in place] for place in (here, there)]
    h = math.sin((q - p) / 2) ** 2 + math.cos(p) * math.cos(q) * math.sin((y - x) / 2) ** 2
    return 2 * 6371 * math.asin(math.sqrt(h))


def reasons(net, a, b, why):
    """What a line on a pair says, and what is so."""
    for words, what in (("both take part in ", "programmes"), ("both work on ", "lines")):
        for said in re.findall(words + r"(.*?)(?:;|$)", why):
            yield any(said in name or name in why for name in net.shared(a, b, what)), True
    for said in re.findall(r"both are in (.*?)(?:;|$)", why):
        same = net.of(a, "country") and net.of(a, "country") == net.of(b, "country")
        yield said in net.shared(a, b, "territories") or bool(same), True
    if "share nothing else" in why:
        yield [net.shared(a, b, what) for what in ("programmes", "lines", "territories")], [set()] * 3
        yield bool(net.of(a, "country")) and net.of(a, "country") == net.of(b, "country"), False
    for said in re.findall(r"(\d+) common partner", why):
        yield int(said), len(net.partners[a] & net.partners[b])
    if "work together already" in why or "they know each other" in why or "have worked together" in why:
        yield b in net.partners[a], True


def alone(net, gap, a, why):
    for said in re.findall(r"(\d+) ties? rests? on it", why):
        yield int(said), len(net.partners[a])
    for said in re.findall(r"has (\d+) partners?, and could lead", why):
        yield int(said), len(net.partners[a])
        yield gap["territory"] in (net.members[a].get("territories") or []), True
    for said in re.findall(r"coordinates it", why):
        yield net.territories[gap["territory"]]["coordinator"], a
    if "never verified" in why:
        yield net.months(a), None
    for said in re.findall(r"its answer settles (\d+) ties", why):
        yield int(said), sum(1 for tie in net.ties if a in tie and not net.disputed(tie) and all(
            c.get("status") == "proposed" for c in net.sides(tie)[tie.index(a)]))


def nearest(net, gap, a, why):
    said = re.search(r"^(.*), the nearest: (\d+) km away", why)
    if not said:
        return
    territory = net.territories[gap["territory"]]
    far = {b: kilometres(net.place(territory), net.place(entry)) for b, entry in net.members.items()
           if net.place(entry) and (entry.get("sector"), entry.get("country")) == (net.of(a, "sector"), territory["country"])}
    yield int(said[2]), round(far[a])
    yield round(far[a]), round(min(far.values()))


def weight(members):
    return members / (members + 10)


def territory_weight(entry):
    return {"declared": 1, "announced": .8, "developing": .8, "lapsed": .3}.get(entry.get("status"), .5)


def severity(net, gap):
    """Of the kinds whose rule needs no more than what the finding lists."""
    kind, evidence = gap["kind"], gap["evidence"]
    if kind == "G3" and "territory" in gap:
        entry = net.territories[gap["territory"]]
        here = {a for a, e in net.members.items() if gap["territory"] in (e.get("territories") or [])}
        out = {b for a in here for b in net.partners[a] - here}
        reached = {t for b in out for t in net.members[b].get("territories") or [] if t in net.territories}
        yield gap["severity"], weight(len(here)) * territory_weight(entry) * (
            1 if not out else .8 if not reached else .4)
    if kind == "G18":
        parts = [tuple(map(float, found)) for found in re.findall(r": ([\d.]+) of 1, weight ([\d.]+)", "\n".join(evidence))]
        yield abs(gap["severity"] - sum(p * w for p, w in parts) / 2) < .01, True
    if kind == "G17":
        partners = len(net.partners[gap["id"].split(":")[1]])
        yield gap["severity"], (.3 if "acts as an ally" in gap["title"] else .5) * weight(10 + partners)
    if kind == "G14":
        yield gap["severity"], territory_weight(net.territories[gap["territory"]]) * min(.6, .15 * len(evidence))


def check(path, checked, wrong):
    net = People(path)

    def compare(gap, what, pairs):
        for said, counted in pairs:
            checked[what] += 1
            same = abs(said - counted) < 1e-9 if isinstance(counted, float) else said == counted
            if not same:
                wrong[what].append(f"{path} {gap['id']}: {said}, counted {counted}")
    listed = subprocess.run([TELAR, "gaps", "--json", "--limit=0", "--all", "-N", path], check=True,
                            stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env=ENVIRONMENT).stdout
    gaps = json.loads(listed)
    for gap in gaps:
        compare(gap, "severity", [(0 < gap["severity"] <= 1, True), *severity(net, gap)])
        ids = {x for row in gap["candidates"] for x in (row["a"], row.get("b")) if x}
        compare(gap, "named", [(ids <= set(net.members), True)])
        for row in gap["candidates"]:
            a, b, why = row["a"], row.get("b"), row["why"]
            if not b:
                compare(gap, "of one", alone(net, gap, a, why))
                compare(gap, "nearest", nearest(net, gap, a, why))
                continue
            compare(gap, "shared", [(f"{a} {b} {why}" if x != y else y, y) for x, y in reasons(net, a, b, why)])
            if gap["kind"] not in ("G2", "G4", "G11", "G12", "G17"):
                compare(gap, "not tied", [(b in net.partners[a], False)])
            if b not in net.partners[a]:
                compare(gap, "introducer", [(f"{a} {b} {row.get('introducer')}" if row.get("introducer") not in
                                             net.introducer(a, b) else "", "")])
    compare({"id": "order"}, "severity", [([g["severity"] for g in gaps],
                                           sorted((g["severity"] for g in gaps), reverse=True))])


def main():
    tap = Tap()
    wrong, checked = collections.defaultdict(list), collections.Counter()
    with Sample() as sample, tempfile.TemporaryDirectory() as directory:
        check(sample.network, checked, wrong)
        for name in ("territorio-ejemplo", "unesco-alliance"):
            check(copy(directory, name), checked, wrong)
        for seed in range(1, 5):
            check(synthetic(directory, seed), checked, wrong)
    for what, count in checked.items():
        tap.report(not wrong[what], f"{what}: {count} statements are true", "\n".join(wrong[what]))
    tap.done()


main()
