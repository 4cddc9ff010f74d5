#!/usr/bin/python3
"""The numbers in the register's sentences, counted again from the entry files alone.

If it fails, the evidence of a gap says something that is not so.  Prints TAP.
"""
import collections
import glob
import itertools
import json
import os
import random
import re
import subprocess
import sys
import tempfile

try:
    import yaml
    from network import ENVIRONMENT, TELAR, TODAY, Network, copy, first, last, load, months_since, synthetic
except ImportError as missing:
    print(f"1..0 # SKIP {missing.name} is not installed")
    sys.exit(0)

from sample import Sample, Tap  # noqa: E402


class Register(Network):
    """What the register speaks of."""

    def __init__(self, path):
        super().__init__(path)
        self.territories = self.all["territories"]
        self.sectors = {word["id"]: word["name"] for word in self.network["vocabularies"]["sectors"]}
        self.pairs = {frozenset(tie) for tie in self.ties}
        self.path = path
        self.programmes = {entry["id"]: entry for entry in map(load, glob.glob(f"{path}/programmes/*.yaml"))}
        self.found = None
        self.at = {t: {a for a, entry in self.members.items() if t in (entry.get("territories") or [])}
                   for t in self.territories}

    def part(self, start, without=None):
        found, queue = {start}, [start]
        while queue:
            for b in self.partners[queue.pop()]:
                if b not in found and b != without:
                    found.add(b)
                    queue.append(b)
        return found

    def parts_without(self, member):
        """Of its own part, the largest first."""
        left, parts = self.part(member) - {member}, []
        while left:
            parts.append(self.part(next(iter(left)), member))
            left -= parts[-1]
        return sorted(parts, key=len, reverse=True)

    def inside(self, among):
        return sum(1 for tie in self.pairs if tie <= among)

    def circles(self):
        """By lot, so as the program found them: member -> number."""
        if self.found is None:
            listed = subprocess.run([TELAR, "measures", "--level=institution", "-m", "circle", "--json", "--limit=0", "-N",
                                     self.path], check=True, capture_output=True, env=ENVIRONMENT).stdout
            self.found = {row["id"]: row["circle"] for row in json.loads(listed)}
        return self.found

    def steps(self, start):
        far, queue = {start: 0}, collections.deque([start])
        while queue:
            a = queue.popleft()
            for b in self.partners[a] - far.keys():
                far[b] = far[a] + 1
                queue.append(b)
        return far

    def roles(self, a):
        return {p for p, entry in self.programmes.items()
                if a in [entry.get("lead")] + (entry.get("donors") or []) + [row.get("institution") for row in entry.get("participants") or []]}

    def sector(self, a):
        return self.of(a, "sector")

    def country(self, a):
        return self.of(a, "country")

    def name(self, a):
        return self.members[a].get("short_name") or self.members[a]["name"]

    def dealings(self, side, capacity):
        """Institution -> the lines of each offer, or need, of the capacity that has not run out."""
        found = collections.defaultdict(list)
        for a, entry in self.members.items():
            for row in entry.get(side) or []:
                if row.get("capacity") == capacity and not (row.get("until") and last(row["until"]) < TODAY):
                    found[a].append(set(row.get("lines") or []))
        return found


def number(pattern, lines):
    for line in lines:
        found = re.search(pattern, line)
        if found:
            return tuple(int(x) for x in found.groups())
    return None


def sector_pairs(net, gap, evidence):
    here = net.at[gap["territory"]]
    pairs = [p for p in itertools.combinations(sorted(here), 2)
             if net.sector(p[0]) and net.sector(p[1]) and net.sector(p[0]) != net.sector(p[1])]
    ties = sum(1 for p in pairs if frozenset(p) in net.pairs)
    yield number(r"Across sectors, (\d+) of (\d+) possible", evidence), (ties, len(pairs))
    for line in evidence:
        found = re.match(r"(.*) \((\d+)\) and (.*) \((\d+)\): no tie", line)
        if not found:
            continue
        sides = [{a for a in here if net.sectors.get(net.sector(a)) == name} for name in found.group(1, 3)]
        yield (int(found[2]), int(found[4])), (len(sides[0]), len(sides[1]))
        yield 0, sum(1 for tie in net.pairs if tie & sides[0] and tie & sides[1] and tie <= sides[0] | sides[1])


def missing_sectors(net, gap, evidence):
    here = net.at[gap["territory"]]
    large = [who for who in net.at.values() if len(who) >= 3]
    present = {net.sector(a) for a in here} & set(net.sectors)
    usual = {s: sum(1 for who in large if any(net.sector(a) == s for a in who)) / len(large) for s in net.sectors}
    missed = {net.sectors[s]: f"{100 * usual[s]:.0f}" for s in net.sectors if usual[s] >= .25 and s not in present}
    seldom = [net.sectors[s] for s in net.sectors if usual[s] < .25 and s not in present]
    yield (number(r"(\d+) members? here, from (\d+) of (\d+) sectors", evidence),
           (len(here), len(present), len(net.sectors)))
    yield dict(re.match(r"(.*): in (\d+) %", line).groups() for line in evidence if ": in " in line), missed
    yield ([line for line in evidence if line.startswith("Not there")],
           ["Not there either, but seldom in other territories: " + ", ".join(seldom)] if seldom else [])


def closed_territories(net, gap, evidence):
    if "territory" not in gap or "elsewhere: " not in evidence[0]:
        return
    here = net.at[gap["territory"]]
    out = [next(iter(tie - here)) for tie in net.pairs if len(tie & here) == 1]
    reached = {t for a in out for t in net.members[a].get("territories") or [] if t in net.territories}
    yield (number(r"(\d+) members?; ties inside: (\d+), to members elsewhere: (\d+)", evidence),
           (len(here), net.inside(here), len(out)))
    yield number(r"(\d+) other territor", evidence), (len(reached),)


def isolated(net, gap, evidence):
    who = set(gap["institutions"])
    if gap["id"].startswith("G5:part-"):
        yield who, net.part(gap["institutions"][0])
        yield number(r"(\d+) ties? among them", evidence), (net.inside(who),)
    elif "work with nobody" in gap["title"] or "works with nobody" in gap["title"]:
        yield [a for a in who if net.partners[a]], []
        yield (number(r"(\d+) members?(?: in no territory| of unknown place)? works? with nobody", [gap["title"]]) or (1,),
               (len(who),))
        if "in no territory" in gap["title"]:
            country = gap["id"].split("-")[-1].upper()
            yield who, {a for a, entry in net.members.items()
                        if entry.get("country") == country and not net.partners[a]
                        and not set(entry.get("territories") or []) & set(net.territories)}


def single_points(net, gap, evidence):
    if gap["title"].endswith("one tie only"):
        ends = set(gap["id"].split(":")[1:])
        yield sum(1 for tie in net.pairs if {net.sector(a) for a in tie} == ends), 1
        return
    found = re.search(r"(\d+) members? hangs? on (.*) only", gap["title"])
    if not found:
        return
    member = gap["id"].split(":")[1]
    parts = net.parts_without(member)
    yield (int(found[1]), found[2]), (sum(map(len, parts[1:])), net.name(member))
    # Of several that are largest none is the rest.
    equal = sum(1 for part in parts if len(part) == len(parts[0]))
    parts = parts if equal > 1 else parts[1:]
    yield (number(r"(\d+) parts that are left are equally large", evidence) or (1,), (equal,))
    yield set(gap["institutions"]), {member}.union(*parts)
    counted = [number(words, [line]) for line in evidence
               for words in (r"^(\d+) members? (?:around|without)", r"more parts? with (\d+) members")]
    yield sum(found[0] for found in counted if found), sum(map(len, parts))
    yield number(r"has (\d+) partners?$", evidence), (len(net.partners[member]),)
    yield (number(r"(\d+) members? without any other partner", evidence) or (0,),
           (sum(1 for part in parts if len(part) == 1),))


def unconfirmed(net, gap, evidence):
    if gap["id"] == "G12:unanswered":
        silent = [b for tie in net.ties if not net.disputed(tie)
                  for b, says in zip(tie, net.sides(tie)) if all(c.get("status") == "proposed" for c in says)]
        asked = [b for b in silent if not net.fresh(b)]
        yield number(r"(\d+) of (\d+) ties rests? on one side", evidence), (len(asked), len(net.ties))
        yield number(r"Nobody has confirmed (\d+) ties?", [gap["title"]]), (len(asked),)
        yield number(r"(\d+) institutions? would", evidence), (len(set(asked)),)


def stale(net, gap, evidence):
    if gap["id"] == "G11:entries":
        old = [a for a in net.members if not net.fresh(a) and not net.members[a].get("maintainers")]
        yield number(r"(\d+) of (\d+) entr", evidence), (len(old), len(net.members))
        yield "never checked" in gap["title"], all(net.months(a) is None for a in old)


def mixing(net, gap, evidence):
    ids = gap["id"].split(":")[1:]
    if len(ids) != 2:
        return
    of = net.country if ids[0].isupper() else net.sector
    sides = [{a for a in net.members if of(a) == x} for x in ids]
    ties = sum(1 for tie in net.pairs if sorted(str(of(a)) for a in tie) == sorted(ids))
    yield number(r": (\d+) ties?; chance", evidence), (ties,)
    if ids[0] != ids[1]:
        yield number(r"Members: .* (\d+), .* (\d+)$", evidence), (len(sides[0]), len(sides[1]))


def shallow(net, gap, evidence):
    ids = gap["id"].split(":")[1:]
    ends = [{a for a in net.members if net.of(a, "sector" if len(ids) == 2 else "territory") == one} for one in ids]
    depths = [net.depth(tie) for tie in net.ties
              if {tie[0] in ends[0], tie[1] in ends[-1]} == {True} or {tie[1] in ends[0], tie[0] in ends[-1]} == {True}]
    stated = [net.depth(tie) for tie in net.ties if net.depth(tie) >= 0]
    yield number(r"(\d+) ties at awareness, (\d+) at cooperation", evidence), (depths.count(0), depths.count(1))
    yield max(depths), max(depths.count(1) and 1, 0)
    close = 100 * sum(d > 1 for d in stated) / len(stated)
    yield number(r"In the whole network (\d+) %", evidence), (int(f"{close:.0f}"),)


def figure(pattern, lines):
    return next((found.group(1) for found in (re.search(pattern, line) for line in lines) if found), None)


def holes(net, gap, evidence):
    of = net.circles()
    sides = [{a for a in net.members if of[a] == of[hub]} for hub in gap["id"].split(":")[1:]]
    said = number(r"^(\d+) members? around .*, (\d+) around", evidence)
    yield sorted(said), sorted(map(len, sides))
    ties = sum(1 for a in sides[0] for b in net.partners[a] & sides[1])
    yield number(r"(\d+) ties? between them", evidence), (ties,)
    ends = [sum(len(net.partners[a]) for a in side) for side in sides]
    yield figure(r"in all would give ([\d.]+)", evidence), f"{ends[0] * ends[1] / (2 * len(net.ties)):.1f}"
    far = {a: net.steps(a) for a in sides[0] | sides[1]}
    ways = [far[a][b] for a in sides[0] for b in sides[1]]
    yield figure(r"it is ([\d.]+) steps on average", evidence), f"{sum(ways) / len(ways):.1f}"
    x, y = (gap["candidates"][0][end] for end in "ab")
    x, y = (x, y) if x in sides[0] else (y, x)
    ways = [min(far[a][b], far[a][x] + 1 + far[y][b]) for a in sides[0] for b in sides[1]]
    yield figure(r"would make it ([\d.]+) steps", evidence), f"{sum(ways) / len(ways):.1f}"
    both = sum(1 for p in net.partners.values() if p & sides[0] and p & sides[1])
    yield number(r"(\d+) members? ha(?:s|ve) partners in both", evidence) or (0,), (both,)


def horizon(net):
    month = TODAY.month - 1 + net.cliff
    return TODAY.replace(year=TODAY.year + month // 12, month=month % 12 + 1)


def rests_on(net, claim):
    """The programmes that still run, all of which end in time; None where something outlasts them."""
    found = []
    if claim.get("agreement", "none") != "none" or (claim.get("until") and last(claim["until"]) > horizon(net)):
        return None
    for basis in claim.get("basis") or [None]:
        end = net.programmes.get(basis, {}).get("end")
        if not end or last(end) > horizon(net):
            return None
        if last(end) >= TODAY:
            found.append(basis)
    return found


def ends_with(net, tie):
    rests = [rests_on(net, claim) for _, claim in net.claims[tie]]
    if None in rests:
        return None
    programmes = sorted(set().union(*rests))
    return max(programmes, key=lambda p: (last(net.programmes[p]["end"]), [-ord(c) for c in p]), default=None)


def parts_of(net, pairs):
    """Sizes, of all members."""
    partners = collections.defaultdict(set)
    for a, b in pairs:
        partners[a].add(b)
        partners[b].add(a)
    left, sizes = set(net.members), []
    while left:
        queue, size = [left.pop()], 0
        while queue:
            a = queue.pop()
            size += 1
            queue += partners[a] & left
            left -= partners[a]
        sizes.append(size)
    return sizes


def cliff(net, gap, evidence):
    programme = gap["id"].split(":")[1]
    left = [a for a in net.members if not net.partners[a] and net.roles(a) == {programme}]
    yield number(r"(\d+) members? takes? part in nothing else", evidence) or (0,), (len(left),)
    yield True, TODAY <= last(net.programmes[programme]["end"]) <= horizon(net)
    gone = {tie for tie in net.ties if ends_with(net, tie) == programme}
    yield number(r"(\d+) ties? rests? on nothing that lasts longer", evidence) or (0,), (len(gone),)
    stay = [tie for tie in net.ties if tie not in gone]
    alone = {a for tie in gone for a in tie if not any(a in pair for pair in stay)}
    yield number(r"(\d+) members? would have no partner left", evidence) or (0,), (len(alone),)
    now, then = parts_of(net, net.ties), parts_of(net, stay)
    yield number(r"fall into (\d+) parts?; today it has (\d+)", evidence) or (len(now),) * 2, (len(then), len(now))
    linked = [sum(size * (size - 1) for size in sizes) for sizes in (now, then)]
    said = figure(r"([\d.]+) % of the pairs that can reach each other", evidence)
    yield said, f"{100 * (1 - linked[1] / linked[0]):.1f}" if linked[1] < linked[0] else None
    entry = net.programmes[programme]
    payers = dict.fromkeys((entry.get("donors") or []) + [
        row["institution"] for row in entry.get("participants") or [] if row.get("role") == "donor"])
    named = figure(r"It is paid for by (.*)", evidence)
    if named and len(payers) <= 6:
        yield set(re.split(", | and ", named)), {net.members[a].get("short_name") or net.members[a]["name"] for a in payers}
    else:
        yield bool(named), bool(payers)


def progress(net, gap, evidence):
    place = gap["territory"]
    entry, here = net.territories[place], net.at[place]
    days = []
    for tie in net.ties:
        if here & set(tie):
            days += [net.since(tie), net.until(tie)] + [c.get("last_activity") for _, c in net.claims[tie]]
    days += [p.get(when) for p in net.programmes.values() if place in (p.get("territories") or []) for when in ("start", "end")]
    days = sorted(day for day in days if day and first(day) <= TODAY)
    said = figure(r"anything done there: ([-\d]+)", evidence)
    if said:
        yield (said, True), (days[-1], months_since(said) >= net.idle)
    said = figure(r"At work since ([-\d]+), and not declared", evidence)
    if said:
        yield (said, entry["status"] in ("announced", "developing")), (days[0], months_since(said) >= net.declare)
    said = number(r"Members of (\d+) sectors? only", evidence)
    if said:
        yield said, (len({net.sector(a) for a in here} - {None}),)
    items = [i for i in (entry.get("agenda") or {}).get("items") or [] if i.get("status") not in ("done", "dropped")]
    said = number(r"(\d+) of (\d+) open agenda items? ha", evidence)
    if said:
        yield said, (sum(not i.get("lead") for i in items), len(items))


def largest_matching(needs, offers, agree):
    """Augmenting paths; `offers` has each as often as it can be taken."""
    taken = {}

    def serve(need, seen):
        for i, offer in enumerate(offers):
            if i not in seen and agree(need, offer):
                seen.add(i)
                if i not in taken or serve(taken[i], seen):
                    taken[i] = need
                    return True
        return False
    return sum(serve(need, set()) for need in needs)


def exchange(net, gap, evidence):
    capacity = gap["id"].split(":")[1]
    needs, offers = net.dealings("needs", capacity), net.dealings("offers", capacity)

    def agree(a, b):
        return a != b and any(not p or not q or p & q for p in needs[a] for q in offers[b])
    served = [a for a in needs if any(agree(a, b) for b in offers if b in net.partners[a])]
    rest = [a for a in needs if a not in served]
    near = [a for a in rest if any(agree(a, b) and net.partners[a] & net.partners[b] for b in offers)]
    none = [a for a in rest if not any(agree(a, b) for b in offers)]
    units = [b for b, rows in offers.items() for _ in rows]
    whole, first = largest_matching(needs, units, agree), largest_matching(served, units, agree)
    far, enough = len(rest) - len(near) - len(none), whole - first
    yield number(r"(\d+) ask for it, (\d+) offer it", evidence), (len(needs), len(offers))
    yield number(r"(\d+) of those who ask work with", evidence), (len(served),)
    yield number(r"(\d+) could be introduced", evidence) or (0,), (len(near),)
    yield number(r"(\d+) ha(?:s|ve) an offer in the network, but", evidence) or (0,), (far,)
    yield number(r"For (\d+) there is no offer", evidence) or (0,), (len(none),)
    yield number(r"offers enough for (\d+)", evidence) or (len(near) + far,), (enough,)
    yield number(r"(\d+) offers? lies? idle", evidence) or (0,), (len(units) - whole,)


def levels(net, gap, evidence):
    member = gap["id"].split(":")[1]
    weights = [net.weight(tuple(sorted((member, b)))) for b in net.partners[member]]
    close = sum(weight >= 3 for weight in weights)
    friend = number(r"(\d+) of its (\d+) ties", evidence)
    yield (friend, (close, len(weights))) if friend else \
        ((number(r"(\d+) partners?, none", evidence), 0), ((len(weights),), close))


KINDS = {"G1": sector_pairs, "G2": missing_sectors, "G3": closed_territories, "G4": shallow, "G5": isolated,
         "G6": holes, "G7": mixing, "G9": exchange, "G10": single_points, "G11": stale, "G12": unconfirmed,
         "G13": cliff, "G14": progress, "G17": levels}


def check(path, checked, wrong):
    net = Register(path)
    listed = subprocess.run([TELAR, "gaps", "--json", "--limit=0", "--all", "-N", path], check=True,
                            stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env=ENVIRONMENT).stdout
    for gap in json.loads(listed):
        for said, counted in KINDS.get(gap["kind"], lambda *_: ())(net, gap, gap["evidence"]):
            checked[gap["kind"]] += 1
            if said != counted:
                wrong[gap["kind"]].append(f"{path} {gap['id']}: says {said}, there are {counted}")


def lean(path, seed):
    """Some ties rest on programmes, of which some end soon."""
    dice = random.Random(seed)
    entries = sorted(glob.glob(f"{path}/institutions/*.yaml"))
    ids = [os.path.basename(name)[:-5] for name in entries]
    os.makedirs(f"{path}/programmes", exist_ok=True)
    ends = ["2026-11", "2027-03-15", "2027-03", "2027-11-22", "2027-11-23", "2029", "2025"]
    for i, end in enumerate(ends):
        with open(f"{path}/programmes/lean-{i}.yaml", "w", encoding="utf-8") as out:
            yaml.safe_dump({"id": f"lean-{i}", "name": f"Lean {i}", "kind": "project", "end": end,
                            "donors": dice.sample(ids, dice.randint(0, 2)),
                            "participants": [{"institution": dice.choice(ids), "role": "donor"}]}, out)
    for name in entries:
        entry = load(name)
        for says in entry.get("partners") or []:
            if dice.random() < .6:
                says["basis"] = [f"lean-{i}" for i in dice.sample(range(len(ends)), dice.choice([1, 1, 2]))]
                if dice.random() < .2:
                    says["agreement"] = dice.choice(["none", "mou"])
        with open(name, "w", encoding="utf-8") as out:
            yaml.safe_dump(entry, out, allow_unicode=True, sort_keys=False)


def main():
    tap = Tap()
    wrong, checked = collections.defaultdict(list), collections.Counter()
    with Sample() as sample, tempfile.TemporaryDirectory() as directory:
        check(sample.network, checked, wrong)
        check(copy(directory, "territorio-ejemplo"), checked, wrong)
        for seed in range(1, 7):
            check(synthetic(directory, seed), checked, wrong)
        for seed in range(21, 25):
            path = synthetic(directory, seed)
            lean(path, seed)
            check(path, checked, wrong)
    for kind in KINDS:
        tap.report(checked[kind] and not wrong[kind], f"{kind}: {checked[kind]} statements are true",
                   "\n".join(wrong[kind]) or "nothing was checked")
    tap.done()


main()
