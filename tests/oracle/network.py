"""A network as its entry files have it, read without the program; and networks to try things on."""
import collections
import datetime
import glob
import os
import random
import subprocess
import sys

import yaml

sys.path.insert(0, os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
from sample import ROOT, TELAR  # noqa: E402

TODAY = datetime.date(2026, 11, 22)
DEPTHS = ["awareness", "cooperation", "coordination", "integration"]
ENVIRONMENT = {**os.environ, "TELAR_NOW": "2026-11-22T10:00:00Z", "LC_ALL": "C.UTF-8", "LANGUAGE": "en", "TZ": "UTC"}


class Words(yaml.SafeLoader):
    """Every scalar as it stands."""


Words.yaml_implicit_resolvers = {}


def load(path):
    with open(path, encoding="utf-8") as file:
        return yaml.load(file, Words)


# Dates.

def first(text):
    parts = [int(x) for x in text.split("-")]
    return datetime.date(*(parts + [1, 1])[:3])


def last(text):
    parts = [int(x) for x in text.split("-")]
    if len(parts) == 3:
        return datetime.date(*parts)
    year, month = (parts[0], 12) if len(parts) == 1 else parts
    return datetime.date(year + month // 12, month % 12 + 1, 1) - datetime.timedelta(days=1)


def months_since(text, today=TODAY):
    """Whole months from the last day that it can mean until today, the month's end as it falls."""
    day = last(text)
    count = (today.year - day.year) * 12 + today.month - day.month
    end = last(f"{today.year}-{today.month:02}").day
    return count - (today.day < min(day.day, end))


class Network:
    """Of a day (text), of the members that `passes` says, and of the ties that the options of the program name."""

    def __init__(self, path, day=None, passes=None, confirmed=False, current=False, intensity=None, kinds=None):
        self.today = last(day) if day else TODAY
        self.all = {kind: {entry["id"]: entry for entry in map(load, glob.glob(f"{path}/{kind}/*.yaml"))}
                    for kind in ("institutions", "territories", "programmes")}
        self.members = self.all["institutions"]
        if day:
            self.go_back()
        if passes:
            self.members = {a: entry for a, entry in self.members.items() if passes(entry)}
        self.network = load(f"{path}/network.yaml")
        vocabularies = self.network.get("vocabularies", {})
        self.words = {kind: [word["id"] for word in vocabularies.get(kind, [])]
                      for kind in ("sectors", "tiers", "capacities")}
        says = self.network.get("settings", {})
        self.stale = int(says.get("stale_months", 24))
        self.cliff, self.idle = int(says.get("cliff_months", 12)), int(says.get("idle_months", 12))
        self.declare = int(says.get("declare_months", self.stale))
        self.claims = collections.defaultdict(list)
        for a, entry in self.members.items():
            for claim in entry.get("partners") or []:
                if claim["with"] in self.members and claim["with"] != a:
                    self.claims[tuple(sorted((a, claim["with"])))].append((a, claim))
        self.ties = sorted(pair for pair, said in self.claims.items()
                           if any(c.get("status") not in ("proposed", "denied") for _, c in said))
        self.ties = [tie for tie in self.ties
                     if (not confirmed or self.confirmed(tie)) and not (current and self.called_off(tie))
                     and (not intensity or max(0, self.depth(tie)) >= DEPTHS.index(intensity))
                     and (not kinds or {k for c in self.said(tie) for k in c.get("kinds") or []} & set(kinds))]
        self.partners = {a: set() for a in self.members}
        for a, b in self.ties:
            self.partners[a].add(b)
            self.partners[b].add(a)

    def go_back(self):
        """What began later is not there, what had not ended goes on."""
        def later(text):
            return bool(text) and first(text) > self.today
        dates = collections.defaultdict(list)
        for a, entry in self.members.items():
            for claim in entry.get("partners") or []:
                if claim.get("since") and claim.get("status") != "denied":
                    dates[frozenset((a, claim["with"]))].append(claim["since"])
        for a, entry in list(self.members.items()):
            rows = entry.get("memberships") or []
            entry["memberships"] = [row for row in rows if not later(row.get("since"))]
            if rows and not entry["memberships"]:
                del self.members[a]
            entry["partners"] = [
                claim for claim in entry.get("partners") or []
                if not later(claim.get("since") or min(dates[frozenset((a, claim["with"]))], key=first, default=None))]
            for claim in entry["partners"]:
                if claim.get("status") == "ended" and claim.get("until") and last(claim["until"]) >= self.today:
                    del claim["status"]

    # Of a member.

    def of(self, a, attribute):
        entry = self.members[a]
        if attribute == "territory":
            return (entry.get("territories") or [None])[0]
        return entry.get(attribute)

    def tier(self, a):
        rows = [m for m in self.members[a].get("memberships") or []
                if not (m.get("since") and first(m["since"]) > self.today)
                and not (m.get("until") and last(m["until"]) < self.today)]
        own = [m["tier"] for m in rows if m.get("tier") and m["network"] == self.network["id"]]
        return (own or [m["tier"] for m in rows if m.get("tier")] or [None])[0]

    def months(self, a):
        """Since it was verified; a day to come says nothing."""
        said = self.members[a].get("verified")
        return max(0, months_since(said, self.today)) if said and first(said) <= self.today else None

    def fresh(self, a):
        months = self.months(a)
        return months is not None and months <= self.stale

    def strength(self, a):
        return sum(self.weight(tuple(sorted((a, b)))) for b in self.partners[a])

    # Of a tie.

    def said(self, tie):
        return [c for _, c in self.claims[tie] if c.get("status") != "denied"]

    def depth(self, tie):
        return max((DEPTHS.index(c["intensity"]) for c in self.said(tie) if c.get("intensity")), default=-1)

    def weight(self, tie):
        return max(1, self.depth(tie) + 1)

    def sides(self, tie):
        return [[c for a, c in self.claims[tie] if a == end] for end in tie]

    def disputed(self, tie):
        one, other = self.sides(tie)
        return any(contradict(p, q) for p in one for q in other)

    def confirmed(self, tie):
        """Who still calls it proposed does not confirm it."""
        return (all(any(c.get("status") != "proposed" for c in side) for side in self.sides(tie))
                and not self.disputed(tie))

    def since(self, tie):
        return min((c["since"] for c in self.said(tie) if c.get("since")), default=None)

    def ended(self, tie):
        return all(c.get("status") == "ended" or (c.get("until") and last(c["until"]) < self.today)
                   for c in self.said(tie))

    def called_off(self, tie):
        """Over, or disputed with one side saying so."""
        return self.ended(tie) or (self.disputed(tie) and any(c.get("status") == "ended" for c in self.said(tie)))

    def until(self, tie):
        ends = [c.get("until") for c in self.said(tie)]
        return max(ends) if ends and all(ends) else None


def contradict(p, q):
    kinds = [set(c.get("kinds") or []) for c in (p, q)]
    share = bool(kinds[0] & kinds[1]) or not (kinds[0] or kinds[1])
    denied = [c.get("status") == "denied" for c in (p, q)]
    if denied[0] != denied[1]:
        return share or not kinds[denied.index(True)]
    ways, states = [c.get("direction") for c in (p, q)], [c.get("status") for c in (p, q)]
    same_way = ways[0] == ways[1] and ways[0] in ("in", "out")
    over = [state == "ended" for state in states]
    return share and (same_way or (over[0] != over[1] and all(states)))


# Entries filled in at random.

def fill_in(path, dice):
    network_file = f"{path}/network.yaml"
    whole = load(network_file)
    whole["vocabularies"]["tiers"] = [{"id": t, "name": t.title()} for t in ("friend", "member", "ally")]
    territories = sorted(os.path.basename(p)[:-5] for p in glob.glob(f"{path}/territories/*.yaml"))
    capacities = [c["id"] for c in whole["vocabularies"]["capacities"]]
    kinds = [k["id"] for k in whole["vocabularies"]["kinds"]]
    entries = {p: load(p) for p in sorted(glob.glob(f"{path}/institutions/*.yaml"))}

    def day():
        return dice.choice(["{0}", "{0}-{1:02}", "{0}-{1:02}-{2:02}"]).format(
            dice.randint(2019, 2026), dice.randint(1, 12), dice.randint(1, 28))

    def maybe(row, key, value, chance=.4):
        row.pop(key, None)
        if dice.random() < chance:
            row[key] = value

    for entry in list(entries.values()):
        for says in entry.get("partners") or []:
            other = entries.get(f"{path}/institutions/{says['with']}.yaml")
            if other and dice.random() < .4:
                other.setdefault("partners", []).append({"with": entry["id"]})
    for entry in entries.values():
        for says in entry.get("partners") or []:
            maybe(says, "kinds", dice.sample(kinds, dice.randint(1, 2)), .7)
            maybe(says, "intensity", dice.choice(DEPTHS))
            maybe(says, "status", dice.choice(["proposed", "active", "paused", "ended", "denied"]))
            maybe(says, "direction", dice.choice(["in", "out", "none"]), .2)
            maybe(says, "since", f"{dice.randint(2015, 2026)}-{dice.randint(1, 10):02}")
            maybe(says, "until", f"2026-{dice.randint(11, 12)}-{dice.randint(10, 28)}", .2)
            maybe(says, "last_activity", f"{dice.randint(2020, 2026)}-{dice.randint(1, 10):02}", .3)
        maybe(entry, "verified", day() if dice.random() < .5 else "2026-01", .7)
        maybe(entry, "territories", dice.sample(territories, dice.randint(1, 3)), .8)
        maybe(entry, "country", dice.choice(["CO", "MX", "CL"]), .8)
        maybe(entry, "memberships", [{"network": whole["id"], "tier": dice.choice(["friend", "member", "ally"])}], .6)
        for side in ("offers", "needs"):
            maybe(entry, side, [{"capacity": dice.choice(capacities)} for _ in range(dice.randint(1, 3))], .3)
            for row in entry.get(side, []):
                maybe(row, "until", day(), .3)
    for entry in entries.values():
        # Some have left a level, or the network.
        for row in entry.get("memberships") or []:
            maybe(row, "until", f"{dice.randint(2021, 2027)}-{dice.randint(1, 12):02}", .3)
            if "until" in row and dice.random() < .5:
                entry["memberships"].append({"network": whole["id"], "tier": "ally", "since": row["until"]})
                break
    for file, entry in [(network_file, whole), *entries.items()]:
        with open(file, "w", encoding="utf-8") as out:
            yaml.safe_dump(entry, out, allow_unicode=True, sort_keys=False)


def synthetic(place, seed):
    path = os.path.join(place, f"seed-{seed}")
    subprocess.run([TELAR, "generate", "--institutions", "70", "--territories", "6", "--degree", "2.5",
                    "--seed", str(seed), path], env=ENVIRONMENT, capture_output=True, check=True)
    fill_in(path, random.Random(seed))
    return path


def copy(place, name):
    path = os.path.join(place, name)
    subprocess.run(["cp", "-R", f"{ROOT}/contrib/{name}", path], check=True)
    subprocess.run(["rm", "-rf", f"{path}/.telar"], check=True)
    return path
