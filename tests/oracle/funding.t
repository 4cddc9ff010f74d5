#!/usr/bin/python3
"""Who funds whom, counted again from the entry files alone.

If it fails, somebody is told to hang on one funder who does not, or money is added up
that must not be.  On the sample, on networks of contrib, and on synthetic ones with money
put in at random.  Prints TAP.
"""
import collections
import glob
import json
import os
import random
import subprocess
import sys
import tempfile
from fractions import Fraction

try:
    import yaml
    from network import ENVIRONMENT, ROOT, TELAR, TODAY, Network, copy, last, load, synthetic
except ImportError as missing:
    print(f"1..0 # SKIP {missing.name} is not installed")
    sys.exit(0)

from sample import Tap  # noqa: E402


def money(text):
    if not text:
        return {}
    amount, currency = text.split()
    return {currency: Fraction(amount)}


def add(*several):
    total = collections.Counter()
    for amounts in several:
        for currency, amount in amounts.items():
            total[currency] += amount
    return dict(total)


def larger(one, other):
    return {c: max(one.get(c, 0), other.get(c, 0)) for c in {*one, *other}}


class Funding(Network):
    def __init__(self, path, current):
        super().__init__(path)
        self.programmes = {p["id"]: p for p in map(load, glob.glob(f"{path}/programmes/*.yaml"))}
        self.current = current

    def over(self, day):
        return bool(self.current and day and last(day) < TODAY)

    def told(self):
        """Pair -> side -> amounts of each entry."""
        found = collections.defaultdict(lambda: {"giver": [], "receiver": []})
        for tie in self.ties:
            if self.current and (self.ended(tie) or self.contested_end(tie)):
                continue
            for a, says in self.claims[tie]:
                if "funding" not in (says.get("kinds") or []) or says.get("status") in ("proposed", "denied"):
                    continue
                if self.current and (says.get("status") == "ended" or self.over(says.get("until"))):
                    continue
                if says.get("direction") == "out":
                    found[a, says["with"]]["giver"].append(money(says.get("amount")))
                elif says.get("direction") == "in":
                    found[says["with"], a]["receiver"].append(money(says.get("amount")))
        return found

    def contested_end(self, tie):
        return self.disputed(tie) and any(c.get("status") == "ended" for _, c in self.claims[tie])

    def people(self, programme):
        rows = [r for r in programme.get("participants") or [] if r.get("institution") in self.members]
        payers = [d for d in programme.get("donors") or [] if d in self.members]
        payers += [r["institution"] for r in rows if r.get("role") == "donor"]
        takers = ([programme["lead"]] if programme.get("lead") in self.members else [])
        takers += [r["institution"] for r in rows if r.get("amount")]
        return set(payers), set(takers) - set(payers), rows

    def costs(self, programme, giver, taker):
        payers, takers, rows = self.people(programme)
        if giver not in payers or taker not in takers:
            return {}

        def own(who):
            return add(*(money(r.get("amount")) for r in rows if r["institution"] == who))
        answers = []
        if len(payers) == 1:
            answers.append(own(taker))
        if len(takers) == 1:
            answers.append(own(giver))
            if len(payers) == 1:
                answers.append(money(programme.get("budget")))
        return next((answer for answer in answers if answer), {})

    def links(self):
        claims = self.told()
        paid, by = collections.defaultdict(list), collections.defaultdict(list)
        for p in sorted(self.programmes):
            programme = self.programmes[p]
            if self.over(programme.get("end")):
                continue
            payers, takers, _ = self.people(programme)
            for pair in ((giver, taker) for giver in payers for taker in takers):
                by[pair].append(p)
                whole = self.programmes.get(programme.get("part_of"))
                while whole and not self.costs(whole, *pair):
                    whole = self.programmes.get(whole.get("part_of"))
                if not whole:
                    paid[pair].append(self.costs(programme, *pair))
        result = {}
        for pair in {*claims, *by}:
            said = claims.get(pair, {"giver": [], "receiver": []})
            stated = add(*said["giver"]) or add(*said["receiver"])
            result[pair] = (larger(stated, add(*paid[pair])), len(said["giver"]) + len(said["receiver"]), by[pair])
        return result


def hold(incoming):
    """Herfindahl, by amounts where all are of one currency."""
    amounts = [list(link.items()) for link in incoming]
    if all(len(a) == 1 and a[0][1] > 0 for a in amounts) and len({a[0][0] for a in amounts}) == 1:
        total = sum(a[0][1] for a in amounts)
        return float(sum((a[0][1] / total) ** 2 for a in amounts))
    return 1 / len(amounts)


def measures(net, links):
    into, out = collections.defaultdict(list), collections.Counter(a for a, _ in links)
    for (a, b), (amounts, _, _) in links.items():
        into[b].append((a, amounts))
    one = [b for b, givers in into.items() if len(givers) == 1]
    whole = {
        "funding-links": len(links), "funded-members": len(into),
        "one-funder": len(one) / len(into) if into else None,
        "funders-concentration": sum((n / len(links)) ** 2 for n in out.values()) if links else None,
    }
    alone = collections.Counter(into[b][0][0] for b in one)
    return whole, {a: {
        "funders": len(into[a]), "funded": out[a], "funded-alone": alone[a],
        "funding-concentration": hold([amounts for _, amounts in into[a]]) if into[a] else None,
    } for a in net.members}


def ask(path, *words):
    run = subprocess.run([TELAR, *words, "--json", "-N", path], check=True, capture_output=True, env=ENVIRONMENT)
    return json.loads(run.stdout)


def total(links):
    amounts = [link[0] for link in links]
    return {"links": len(amounts), "with_amount": sum(bool(a) for a in amounts),
            "at_least": {c: float(a) for c, a in add(*amounts).items()}}


def near(x, y):
    return x == y or (x is not None and y is not None and abs(x - y) < 1e-9 * max(1, abs(x), abs(y)))


def check(results, label, path, *options):
    net = Funding(path, "--current" in options)
    links = net.links()
    label = " ".join((label, *options))
    listed = ask(path, "funding", *options)
    found = {(r["from"], r["to"]): (r["at_least"], r["partnerships"], r["programmes"]) for r in listed["links"]}
    theirs = {pair: ({c: float(a) for c, a in amounts.items()}, n, by) for pair, (amounts, n, by) in links.items()}
    wrong = [f"{pair}: {found.get(pair)} and not {theirs.get(pair)}" for pair in sorted({*found, *theirs})
             if found.get(pair) != theirs.get(pair)]
    results.report(not wrong, f"{label}: {len(links)} links", "\n".join(wrong[:5]))
    sums = {"all": total(links.values())}
    wrong = [] if listed["all"] == sums["all"] else [f"{listed['all']} and not {sums['all']}"]
    for a in sorted({end for pair in links for end in pair})[:4]:
        own = ask(path, "funding", a, *options)
        sums = {"receives": total(v for (_, b), v in links.items() if b == a),
                "gives": total(v for (b, _), v in links.items() if b == a)}
        wrong += [f"{a} {way}: {own[way]} and not {sums[way]}" for way in sums if own[way] != sums[way]]
    results.report(not wrong, f"{label}: sums by currency", "\n".join(wrong[:5]))
    whole, members = measures(net, links)
    said = ask(path, "measures", "-m", ",".join(whole), *options)
    wrong = [f"{name}: {said[name]} and not {value}" for name, value in whole.items() if not near(said[name], value)]
    rows = ask(path, "measures", "-l", "institution", "-m", "funders,funded,funded-alone,funding-concentration", *options)
    wrong += [f"{row['id']}, {name}: {row[name]} and not {value}" for row in rows
              for name, value in members[row["id"]].items() if not near(row[name], value)]
    results.report(not wrong and len(rows) == len(members), f"{label}: measures", "\n".join(wrong[:5]))


def pay(path, seed):
    """Partnerships and programmes with money in three currencies, some within others."""
    dice = random.Random(seed)
    ids = sorted(os.path.basename(p)[:-5] for p in glob.glob(f"{path}/institutions/*.yaml"))[:25]

    def amount(chance):
        return {"amount": f"{dice.randint(1, 9)}000{dice.choice(['', '.50'])} {dice.choice(['USD', 'EUR', 'COP'])}"} \
            if dice.random() < chance else {}
    for a in ids:
        name = f"{path}/institutions/{a}.yaml"
        entry = load(name)
        for b in dice.sample([b for b in ids if b != a], 2):
            entry.setdefault("partners", []).append({
                "with": b, "kinds": ["funding"], "direction": dice.choice(["in", "out", "out", "none"]), **amount(.6),
                **({"until": dice.choice(["2025", "2028"])} if dice.random() < .4 else {}),
                **({"status": dice.choice(["active", "ended", "proposed"])} if dice.random() < .4 else {})})
        with open(name, "w", encoding="utf-8") as out:
            yaml.safe_dump(entry, out, allow_unicode=True, sort_keys=False)
    os.makedirs(f"{path}/programmes", exist_ok=True)
    for i in range(40):
        entry = {"id": f"money-{i}", "name": f"Money {i}", "kind": "project"}
        if i and dice.random() < .6:
            entry["part_of"] = f"money-{dice.randrange(i)}"
        if dice.random() < .8:
            entry["lead"] = dice.choice(ids[:8])
        if dice.random() < .8:
            entry["donors"] = dice.sample(ids[8:12], dice.choice([1, 1, 2]))
        if dice.random() < .6:
            entry["budget"] = amount(1)["amount"]
        if dice.random() < .4:
            entry["end"] = dice.choice(["2024-05", "2027"])
        entry["participants"] = [{"institution": dice.choice(ids[:14]), "role": dice.choice(["donor", "partner", "beneficiary"]),
                                  **amount(.3)} for _ in range(dice.randint(0, 3))]
        with open(f"{path}/programmes/{entry['id']}.yaml", "w", encoding="utf-8") as out:
            yaml.safe_dump(entry, out, allow_unicode=True, sort_keys=False)


with tempfile.TemporaryDirectory() as directory:
    tap = Tap()
    sample = os.path.join(directory, "red-stem")
    subprocess.run([f"{ROOT}/tests/sample.sh", sample], check=True)
    for network, place in (("the sample", sample), *((n, copy(directory, n)) for n in ("territorio-ejemplo", "unesco-alliance"))):
        check(tap, network, place)
    for number in (11, 12, 13):
        place = synthetic(directory, number)
        pay(place, number)
        check(tap, f"money at random, seed {number}", place)
        check(tap, f"money at random, seed {number}", place, "--current")
    tap.done()
