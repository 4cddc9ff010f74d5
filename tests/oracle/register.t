#!/usr/bin/python3
"""The numbers in the register's sentences, counted again from the entry files alone.

If it fails, the evidence of a gap says something that is not so.  Prints TAP.
"""
import collections
import glob
import itertools
import json
import os
import re
import subprocess
import sys

try:
    import yaml
except ImportError:
    print("1..0 # SKIP python3-yaml is not installed")
    sys.exit(0)

sys.path.insert(0, os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
from sample import TELAR, Sample, Tap  # noqa: E402


class Words(yaml.SafeLoader):
    """Every scalar as it stands: NO is Norway, 2021 a date."""


Words.yaml_implicit_resolvers = {}


def load(network, kind):
    found = {}
    for path in sorted(glob.glob(f"{network}/{kind}/*.yaml")):
        with open(path, encoding="utf-8") as file:
            entry = yaml.load(file, Words)
        found[entry["id"]] = entry
    return found


class Network:
    def __init__(self, path):
        self.members = load(path, "institutions")
        self.territories = load(path, "territories")
        with open(f"{path}/network.yaml", encoding="utf-8") as file:
            words = yaml.load(file, Words)["vocabularies"]["sectors"]
        self.sectors = {word["id"]: word["name"] for word in words}
        self.claims = collections.defaultdict(set)
        for a, entry in self.members.items():
            for claim in entry.get("partners") or []:
                if claim["with"] in self.members and claim.get("status") != "proposed":
                    self.claims[frozenset((a, claim["with"]))].add(a)
        self.partners = {a: set() for a in self.members}
        for a, b in self.claims:
            self.partners[a].add(b)
            self.partners[b].add(a)
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

    def ties(self, among):
        return sum(1 for tie in self.claims if tie <= among)

    def sector(self, a):
        return self.members[a].get("sector")

    def name(self, a):
        return self.members[a].get("short_name") or self.members[a]["name"]

    def country(self, a):
        return self.members[a].get("country")


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
    ties = sum(1 for p in pairs if frozenset(p) in net.claims)
    yield number(r"Across sectors, (\d+) of (\d+) possible", evidence), (ties, len(pairs))
    for line in evidence:
        found = re.match(r"(.*) \((\d+)\) and (.*) \((\d+)\): no tie", line)
        if not found:
            continue
        sides = [{a for a in here if net.sectors.get(net.sector(a)) == name} for name in found.group(1, 3)]
        yield (int(found[2]), int(found[4])), (len(sides[0]), len(sides[1]))
        yield 0, sum(1 for tie in net.claims if tie & sides[0] and tie & sides[1] and tie <= sides[0] | sides[1])


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
    out = [next(iter(tie - here)) for tie in net.claims if len(tie & here) == 1]
    reached = {t for a in out for t in net.members[a].get("territories") or [] if t in net.territories}
    yield (number(r"(\d+) members?; ties inside: (\d+), to members elsewhere: (\d+)", evidence),
           (len(here), net.ties(here), len(out)))
    yield number(r"(\d+) other territor", evidence), (len(reached),)


def isolated(net, gap, evidence):
    who = set(gap["institutions"])
    if gap["id"].startswith("G5:part-"):
        yield who, net.part(gap["institutions"][0])
        yield number(r"(\d+) ties? among them", evidence), (net.ties(who),)
    elif "work with nobody" in gap["title"] or "works with nobody" in gap["title"]:
        yield [a for a in who if net.partners[a]], []
        yield number(r"(\d+) members? works? with nobody", [gap["title"]]) or (1,), (len(who),)


def single_points(net, gap, evidence):
    if gap["title"].endswith("one tie only"):
        ends = set(gap["id"].split(":")[1:])
        yield sum(1 for tie in net.claims if {net.sector(a) for a in tie} == ends), 1
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
    one = sum(1 for says in net.claims.values() if len(says) == 1)
    yield number(r"(\d+) of (\d+) ties rests? on one side", evidence), (one, len(net.claims))
    yield number(r"Nobody has confirmed (\d+) ties", [gap["title"]]), (one,)


def stale(net, gap, evidence):
    if gap["id"] != "G11:entries":
        return
    old = [a for a, entry in net.members.items() if "verified" not in entry]
    yield number(r"(\d+) of (\d+) entr", evidence), (len(old), len(net.members))
    yield "never checked" in gap["title"], len(old) == len(net.members)


def mixing(net, gap, evidence):
    ids = gap["id"].split(":")[1:]
    if len(ids) != 2:
        return
    of = net.country if ids[0].isupper() else net.sector
    sides = [{a for a in net.members if of(a) == x} for x in ids]
    ties = sum(1 for tie in net.claims if sorted(str(of(a)) for a in tie) == sorted(ids))
    yield number(r": (\d+) ties?; chance", evidence), (ties,)
    if ids[0] != ids[1]:
        yield number(r"Members: .* (\d+), .* (\d+)$", evidence), (len(sides[0]), len(sides[1]))


KINDS = {"G1": sector_pairs, "G2": missing_sectors, "G3": closed_territories, "G5": isolated, "G7": mixing,
         "G10": single_points, "G11": stale, "G12": unconfirmed}


def main():
    tap = Tap()
    with Sample() as sample:
        net = Network(sample.network)
        listed = subprocess.run([TELAR, "gaps", "--json", "--limit=0", "-N", sample.network], check=True,
                                stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env=sample.environment).stdout
    wrong, checked = collections.defaultdict(list), collections.Counter()
    for gap in json.loads(listed):
        for said, counted in KINDS.get(gap["kind"], lambda *_: ())(net, gap, gap["evidence"]):
            checked[gap["kind"]] += 1
            if said != counted:
                wrong[gap["kind"]].append(f"{gap['id']}: says {said}, there are {counted}")
    for kind in KINDS:
        tap.report(checked[kind] and not wrong[kind], f"{kind}: {checked[kind]} statements are true",
                   "\n".join(wrong[kind]) or "nothing was checked")
    tap.done()


main()
