#!/usr/bin/python3
"""What would change, held against the measures of a copy whose entries were edited so.

If it fails, somebody decides on a step by numbers that do not come.  Prints TAP.
"""
import json
import os
import shutil
import subprocess
import sys

try:
    import yaml
    from network import ENVIRONMENT, TELAR, load
except ImportError as missing:
    print(f"1..0 # SKIP {missing.name} is not installed")
    sys.exit(0)

from sample import Sample, Tap  # noqa: E402

# Held as they are, so that a step is not lost in what is found by lot.
HELD = {"communities", "modularity", "circles-territory", "circles-sector"}


def ask(*words):
    return json.loads(subprocess.run([TELAR, *words, "--json"], check=True, capture_output=True, env=ENVIRONMENT).stdout)


def edit(path, change):
    entry = load(path)
    change(entry)
    with open(path, "w", encoding="utf-8") as out:
        yaml.safe_dump(entry, out, allow_unicode=True, sort_keys=False)


def without(value, gone):
    """The same without an id, and without items that are about it."""
    if isinstance(value, list):
        return [without(one, gone) for one in value if one != gone
                and not (isinstance(one, dict) and gone in (one.get("with"), one.get("institution")))]
    if isinstance(value, dict):
        return {key: without(one, gone) for key, one in value.items() if one != gone}
    return value


def leave(path, gone):
    os.remove(f"{path}/institutions/{gone}.yaml")
    for where, _, files in os.walk(path):
        for name in files:
            file = os.path.join(where, name)
            if name.endswith(".yaml") and gone in open(file, encoding="utf-8").read():
                rest = without(load(file), gone)
                edit(file, lambda entry, rest=rest: (entry.clear(), entry.update(rest)))


def tie(path, a, b):
    edit(f"{path}/institutions/{a}.yaml", lambda entry: entry.setdefault("partners", []).append(
        {"with": b, "intensity": "cooperation"}))


def join(path, a, place):
    edit(f"{path}/institutions/{a}.yaml", lambda entry: entry.setdefault("territories", []).append(place))


def near(one, other):
    return one == other if None in (one, other) else abs(one - other) < 1e-9 * max(1, abs(other))


STEPS = [(leave, "innovec"), (leave, "usal"), (leave, "org-minuto-de-dios"), (tie, "oce", "usal"),
         (tie, "concyteq", "udep"), (join, "eafit", "co-envigado")]


def main():
    tap = Tap()
    with Sample() as sample:
        now = ask("measures", "-N", sample.network)
        for step, *words in STEPS:
            copy = os.path.join(sample.directory, "copy")
            shutil.rmtree(copy, ignore_errors=True)
            shutil.copytree(sample.network, copy, ignore=shutil.ignore_patterns(".telar"))
            step(copy, *words)
            said = {row["measure"]: row for row in ask("whatif", f"--{step.__name__}", *words, "-N", sample.network)["measures"]}
            then = ask("measures", "-N", copy)
            wrong = [f"{name}: {now[name]}, said {said.get(name)}, then {value}" for name, value in then.items()
                     if name not in HELD and not (near(said[name]["before"], now[name]) and near(said[name]["after"], value)
                                                  if name in said else near(now[name], value))]
            tap.report(not wrong and said, f"{step.__name__} {' '.join(words)}: {len(then)} measures, {len(said)} change",
                       "\n".join(wrong))
    tap.done()


main()
