#!/usr/bin/python3
"""Measures of groups, dates, offers, confirmation and shape, counted again from entry files.

What oracle.py compares follows from nodes and ties alone; this is about all that rests on what
entries say beside that.  On the sample, on the network that has every field, and on synthetic
ones whose entries are filled in at random.  Prints TAP.
"""
import collections
import json
import math
import os
import subprocess
import sys
import tempfile

try:
    from network import DEPTHS, ENVIRONMENT, ROOT, TELAR, Network, copy, first, last, months_since, synthetic
except ImportError as missing:
    print(f"1..0 # SKIP {missing.name} is not installed")
    sys.exit(0)

from sample import Tap  # noqa: E402

ATTRIBUTES = ["sector", "territory", "country"]


# Measures.

def ratio(part, whole):
    return part / whole if whole else None


def ei(inside, outside):
    return ratio(outside - inside, outside + inside)


def live(net, kind):
    return [(a, row["capacity"]) for a, entry in net.members.items() for row in entry.get(kind) or []
            if row.get("capacity") and not (row.get("until") and last(row["until"]) < net.today)]


def matching(needs, offers):
    """The largest, by augmenting paths; nobody serves itself."""
    taken = {}

    def serve(need, seen):
        for i, offer in enumerate(offers):
            if offer == needs[need] or i in seen:
                continue
            seen.add(i)
            if i not in taken or serve(taken[i], seen):
                taken[i] = need
                return True
        return False
    return sum(serve(need, set()) for need in range(len(needs)))


def balance(net, capacity):
    offers = [a for a, c in live(net, "offers") if c == capacity]
    needs = [a for a, c in live(net, "needs") if c == capacity]
    return len(offers), len(needs), matching(needs, offers)


def mixing(net, attribute):
    ends = [(net.of(a, attribute), net.of(b, attribute)) for a, b in net.ties]
    ends = [(x, y) for x, y in ends if x and y]
    inside = sum(x == y for x, y in ends)
    sizes = collections.Counter(net.of(a, attribute) for a in net.members if net.of(a, attribute))
    n, within = sum(sizes.values()), sum(s * (s - 1) / 2 for s in sizes.values())
    degrees = collections.Counter(x for pair in ends for x in pair)
    total = 2 * len(ends)
    likely = sum((d / total) ** 2 for d in degrees.values()) if total else 1
    return {
        f"ei-{attribute}": ei(inside, len(ends) - inside),
        f"ei-{attribute}-chance": ei(within, n * (n - 1) / 2 - within),
        f"assortativity-{attribute}": ratio(inside / len(ends) - likely, 1 - likely)
        if ends and len(degrees) > 1 else None,
    }


def turnover(net):
    end = last(f"{net.today.year - 1}-{net.today.month:02}")
    before = end.replace(day=min(end.day, net.today.day))
    began = kept = over = 0
    for tie in net.ties:
        since, until = net.since(tie), net.until(tie)
        if (until and last(until) < before) or (net.ended(tie) and not until) or (since and first(since) > net.today):
            continue
        if since and first(since) > before:
            began += not net.ended(tie)
        elif net.ended(tie):
            over += 1
        else:
            kept += 1
    dated = any(net.since(tie) or net.until(tie) for tie in net.ties)
    return {"ties-began": began if dated else None, "ties-ended": over if dated else None,
            "continuity": ratio(kept, began + kept + over) if dated else None}


def pieces(net, among):
    left, found = set(among), []
    while left:
        queue = [left.pop()]
        found.append(set(queue))
        while queue:
            nearby = net.partners[queue.pop()] & left
            left -= nearby
            queue += nearby
            found[-1] |= nearby
    return found


def largest(net):
    return max(map(len, pieces(net, net.members)), default=0)


def held(net, hubs):
    """Of the largest parts, those with more partners than the next one leave; with as many, they stay."""
    size = largest(net)
    parts = [part for part in pieces(net, net.members) if len(part) == size]
    degrees = sorted((len(net.partners[a]) for part in parts for a in part), reverse=True)
    if not net.ties or hubs >= len(degrees):
        return None
    stay = [{a for a in part if len(net.partners[a]) <= degrees[hubs]} for part in parts]
    return min(max(map(len, pieces(net, part)), default=0) for part in stay) / size


def deepest(net):
    """The largest k of which a k-core is left."""
    k, left = 0, set(net.members)
    while left:
        weak = {a for a in left if len(net.partners[a] & left) < k}
        left -= weak
        k += not weak and bool(left)
    return k - 1 if net.members else None


def stage(net):
    n = len(net.members)
    if n < 3:
        return None
    if not net.ties or largest(net) / n < .5:
        return 1
    if held(net, 1) < .5:
        return 2
    return 4 if held(net, max(2, math.ceil(n / 20))) >= .5 and deepest(net) >= 3 else 3


def network(net):
    n, ties = len(net.members), net.ties
    answerable = [t for t in ties if net.fresh(t[0]) and net.fresh(t[1])]
    here = [(t, net.of(a, "sector")) for a in net.members for t in net.members[a].get("territories") or []]
    kinds = [len({k for _, c in net.claims[t] for k in c.get("kinds") or []}) for t in ties]
    sums = [balance(net, c) for c in {c for kind in ("offers", "needs") for _, c in live(net, kind)}]
    depths = collections.Counter(net.depth(t) for t in ties)
    found = {
        "fresh": ratio(sum(map(net.fresh, net.members)), n),
        "confirmed": ratio(sum(map(net.confirmed, ties)), len(ties)),
        "reciprocity": ratio(sum(map(net.confirmed, answerable)), len(answerable)),
        "coverage": ratio(len({cell for cell in here if cell[1]}),
                          len({t for t, _ in here}) * len(net.words["sectors"])),
        "multiplexity": ratio(sum(k > 1 for k in kinds), sum(k > 0 for k in kinds)),
        "depth-unknown": ratio(depths[-1], len(ties)),
        **{f"depth-{word}": ratio(depths[i], len(ties)) for i, word in enumerate(DEPTHS)},
        "offers": sum(s[0] for s in sums),
        "needs": sum(s[1] for s in sums),
        "needs-matched": sum(s[2] for s in sums),
        "needs-unmet": sum(s[1] - s[2] for s in sums),
        "without-hub": held(net, 1),
        "without-hubs": held(net, max(2, math.ceil(n / 20))),
        "stage": stage(net),
        **turnover(net),
    }
    for attribute in ATTRIBUTES:
        found.update(mixing(net, attribute))
    return found


def group(net, attribute, of):
    """`of` has the group of each member, None where it has none."""
    groups = set(of.values()) - {None}
    groups |= set(net.words.get(f"{attribute}s", []))
    groups |= set(net.all["territories"]) if attribute == "territory" else set()
    found = {}
    for one in groups:
        size = sum(of[a] == one for a in net.members)
        ends = [[of[v] for v in tie] for tie in net.ties]
        inside = sum(pair == [one, one] for pair in ends)
        outside = sum(one in pair and None not in pair and pair[0] != pair[1] for pair in ends)
        found[one] = {"members": size, "inside": inside, "outside": outside,
                      "density": ratio(inside, size * (size - 1) / 2), "ei": ei(inside, outside)}
    return {one: {f"{attribute}-{name}": value for name, value in row.items()} for one, row in found.items()}


def standing(value, values):
    return (sum(v < value for v in values) + sum(v <= value for v in values)) / (2 * len(values))


def roles(net, v, attribute):
    """Gould & Fernandez: ordered pairs of partners that do not work with each other."""
    own, count = net.of(v, attribute), collections.Counter()
    for a in net.partners[v]:
        for b in net.partners[v] - net.partners[a] - {a}:
            x, y = net.of(a, attribute), net.of(b, attribute)
            if x and y:
                count["coordinator" if x == y == own else "itinerant" if x == y else "gatekeeper" if y == own
                      else "representative" if x == own else "liaison"] += 1
    return {f"{role}-{attribute}": count[role] if own else None
            for role in ("coordinator", "itinerant", "gatekeeper", "representative", "liaison")}


def institution(net):
    tiers = {a: net.words["tiers"].index(net.tier(a)) for a in net.members if net.tier(a) in net.words["tiers"]}
    strengths = [net.strength(a) for a in tiers]
    found = {}
    for a in net.members:
        shares = collections.Counter(net.of(b, "sector") for b in net.partners[a] if net.of(b, "sector"))
        total = sum(shares.values())
        blau = 1 - sum((s / total) ** 2 for s in shares.values()) if total else None
        groups = len(net.words["sectors"])
        found[a] = {
            "age": net.months(a),
            "territories-reached": len({t for b in net.partners[a] for t in net.members[b].get("territories") or []}),
            "blau-sector": blau,
            "iqv-sector": blau / (1 - 1 / groups) if total and groups > 1 else None,
            "tier-fit": standing(net.strength(a), strengths) - standing(tiers[a], list(tiers.values()))
            if a in tiers and len(set(tiers.values())) > 1 else None,
        }
        for attribute in ATTRIBUTES:
            ends = [net.of(b, attribute) == net.of(a, attribute) for b in net.partners[a]
                    if net.of(a, attribute) and net.of(b, attribute)]
            found[a][f"own-ei-{attribute}"] = ei(sum(ends), len(ends) - sum(ends))
        for attribute in ("sector", "territory"):
            found[a].update(roles(net, a, attribute))
    return found


def tie(net):
    found = {}
    for pair in net.ties:
        since = net.since(pair)
        active = max((c["last_activity"] for _, c in net.claims[pair] if c.get("last_activity")), default=None)
        found[pair] = {"tie-weight": net.weight(pair),
                       "tie-age": max(0, months_since(since, net.today)) if since else None,
                       "tie-idle": max(0, months_since(active, net.today)) if active else None}
    return found


def capacity(net):
    found = {}
    for one in net.words["capacities"]:
        offers, needs, matched = balance(net, one)
        found[one] = {"capacity-offers": offers, "capacity-needs": needs, "capacity-matched": matched,
                      "capacity-unmet": needs - matched}
    return found


# The program's numbers, and the comparison.

def ask(path, words):
    run = subprocess.run([TELAR, "measures", "-N", path, "--json", "--limit=0", *words], env=ENVIRONMENT,
                         capture_output=True, text=True, check=True)
    return json.loads(run.stdout)


def rows_of(path, level, words):
    key = (lambda row: (row["a"], row["b"])) if level == "tie" else lambda row: row["id"]
    return {key(row): row for row in ask(path, ["--level", level, *words])}


def differing(ours, theirs):
    for subject, row in theirs.items():
        for name, want in row.items():
            found = ours.get(subject, {}).get(name, "nothing")
            same = found is None if want is None else isinstance(found, (int, float)) and \
                abs(found - want) <= 1e-9 * max(1, abs(want))
            if not same:
                yield f"{subject} {name}: {found}, counted {want}"


def compare(tap, label, ours, theirs):
    wrong = list(differing(ours, theirs))
    count = sum(map(len, theirs.values()))
    tap.report(not wrong and set(ours) == set(theirs), f"{label}: {count} values", "\n".join(wrong[:20]))


def check(tap, label, path, words=(), **view):
    net = Network(path, **view)
    compare(tap, f"{label}: the network", {"": ask(path, words)}, {"": network(net)})
    members = rows_of(path, "institution", words)
    groups = {attribute: {a: net.of(a, attribute) for a in net.members} for attribute in ATTRIBUTES}
    groups["tier"] = {a: net.tier(a) for a in net.members}
    # Found by lot: whether it finds good ones is oracle.py's question.
    groups["circle"] = {a: members[a]["circle"] and str(members[a]["circle"]) for a in net.members}
    for by, of in groups.items():
        compare(tap, f"{label}: by {by}", rows_of(path, "group", ["--by", by, *words]), group(net, by, of))
    compare(tap, f"{label}: institutions", members, institution(net))
    compare(tap, f"{label}: ties", rows_of(path, "tie", words), tie(net))
    compare(tap, f"{label}: capacities", rows_of(path, "capacity", words), capacity(net))


# Options, and what they leave.
VIEWS = [
    (["--confirmed"], {"confirmed": True}),
    (["--current", "--filter", "country=CO,MX"],
     {"current": True, "passes": lambda entry: entry.get("country") in ("CO", "MX")}),
    (["--as-of", "2021"], {"day": "2021"}),
    (["--as-of", "2024-02", "--filter", "country!=MX", "--confirmed"],
     {"day": "2024-02", "confirmed": True, "passes": lambda entry: entry.get("country") != "MX"}),
    (["--as-of", "2024-05-17", "--current", "--intensity", "cooperation"],
     {"day": "2024-05-17", "current": True, "intensity": "cooperation"}),
    (["--ties", "funding,training", "--intensity", "awareness", "--filter", "offers.capacity=training,content"],
     {"kinds": ["funding", "training"], "intensity": "awareness", "passes": lambda entry: any(
         row["capacity"] in ("training", "content") for row in entry.get("offers") or [])}),
]


with tempfile.TemporaryDirectory() as directory:
    results = Tap()
    sample = os.path.join(directory, "red-stem")
    subprocess.run([f"{ROOT}/tests/sample.sh", sample], check=True)
    check(results, "the sample", sample)
    for name in ("territorio-ejemplo", "unesco-alliance"):
        check(results, name, copy(directory, name))
    for words, view in VIEWS[1:4]:
        check(results, f"the sample {' '.join(words)}", sample, words, **view)
    for seed in (1, 2, 3):
        random = synthetic(directory, seed)
        check(results, f"entries at random, seed {seed}", random)
        for words, view in VIEWS:
            check(results, f"seed {seed} {' '.join(words)}", random, words, **view)
    results.done()
