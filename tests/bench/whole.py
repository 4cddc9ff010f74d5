#!/usr/bin/python3
"""Whole runs side by side: read, every measure, tables; process to process.

  tests/bench/whole.py [N ...]                200 2000 unless given
  SHAPES="territories grid stars" RUNS=5 PEERS=igraph,networkx TELAR=… tests/bench/whole.py

Networks are made by telar generate.  telar reads them as a store (telar backup),
the libraries as two CSV files of ids and sectors; telar writes seven tables.  The
programs take turns (A B A B), results are compared before anything is timed.
Prints median and least seconds on the wall, processor seconds and peak memory of
a run, and the growth of telar from each size to the next.
"""
import csv
import math
import os
import resource  # noqa: F401  (os.wait4 gives its structure)
import statistics
import subprocess
import sys
import tempfile
import time

HERE = os.path.dirname(os.path.abspath(__file__))
TELAR = os.path.abspath(os.environ.get("TELAR", "build/release/telar"))
PEERS = [p for p in os.environ.get("PEERS", "igraph,networkx").split(",") if p]
MOST = {"igraph": 20000, "networkx": 2000}
COMMON = {"m_betweenness_raw": "betweenness", "m_constraint": "constraint", "m_coreness": "coreness",
          "m_clustering": "clustering", "m_degree": "degree"}


def run(words):
    """Seconds on the wall, of the processors, and the peak in MB."""
    begin = time.perf_counter()
    child = subprocess.Popen(words, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
    text = child.stderr.read()
    _, status, used = os.wait4(child.pid, 0)
    child.returncode = os.waitstatus_to_exitcode(status)
    took = time.perf_counter() - begin
    if child.returncode:
        sys.exit(f"{' '.join(words)}: {child.returncode}\n{text.decode()}")
    return took, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024


def rows(path):
    with open(path, encoding="utf-8", newline="") as table:
        return list(csv.DictReader(table))


def prepare(place, shape, n):
    net, store = os.path.join(place, "net"), os.path.join(place, "net.telar")
    run([TELAR, "generate", net, f"--institutions={n}", f"--shape={shape}"])
    run([TELAR, "-N", net, "backup", store])
    run([TELAR, "-N", store, "export", "csv", "-o", os.path.join(place, "telar")])
    ours = rows(os.path.join(place, "telar", "institutions.csv"))
    ties = rows(os.path.join(place, "telar", "ties.csv"))
    for name, head, lines in (("nodes", ("id", "sector"), [(r["id"], r["sector"]) for r in ours]),
                              ("edges", ("a", "b"), [(r["a"], r["b"]) for r in ties])):
        with open(os.path.join(place, name + ".csv"), "w", encoding="utf-8", newline="") as out:
            csv.writer(out).writerows([head, *lines])
    return {r["id"]: r for r in ours}, len(ties)


def same(ours, theirs):
    """The largest difference where both have the measure, as a share of its largest value."""
    worst = 0
    for mine, name in COMMON.items():
        pairs = [(float(ours[r["id"]][mine]), float(r[name])) for r in theirs
                 if ours[r["id"]][mine] != "" and r.get(name) not in (None, "", "nan")]
        top = max((abs(b) for _, b in pairs), default=0) or 1
        worst = max([worst] + [abs(a - b) / top for a, b in pairs])
    return worst


def times(n):
    return int(os.environ.get("RUNS", 7 if n <= 500 else 3 if n <= 5000 else 1))


def measure(shape, n):
    with tempfile.TemporaryDirectory() as place:
        ours, m = prepare(place, shape, n)
        commands = {"telar": [TELAR, "-N", os.path.join(place, "net.telar"), "export", "csv", "-o",
                              os.path.join(place, "telar")]}
        for peer in PEERS:
            if n <= MOST[peer] and (peer == "igraph" or shape == "territories"):
                commands[peer] = [sys.executable, os.path.join(HERE, "peers.py"), peer, place,
                                  os.path.join(place, peer)]
        taken = {name: [] for name in commands}
        for turn in range(times(n)):
            for name, words in commands.items():
                taken[name].append(run(words))
            for name in commands if turn == 0 else ():
                if name == "telar":
                    continue
                off = same(ours, rows(os.path.join(place, name, "institutions.csv")))
                if not off < 1e-9:
                    sys.exit(f"{shape} {n}: {name} gives other values, by {off}")
        least = min(t[0] for t in taken["telar"])
        middle = statistics.median(t[0] for t in taken["telar"])
        for name, found in taken.items():
            wall = [t[0] for t in found]
            print(f"| {shape} | {n:,} | {m:,} | {name} | {statistics.median(wall):.3f} | {min(wall):.3f} | "
                  f"{statistics.median(t[1] for t in found):.3f} | {max(t[2] for t in found):.0f} | "
                  f"{statistics.median(wall) / middle:.1f} | {min(wall) / least:.1f} |", flush=True)
        return least


def load():
    return " ".join(f"{x:.1f}" for x in os.getloadavg())


def main():
    sizes = [int(n) for n in sys.argv[1:]] or [200, 2000]
    print(f"{os.cpu_count()} processors, load {load()}\n")
    print("| shape | n | ties | program | median s | least s | processor s | MB | median ratio | least ratio |")
    print("|---|---|---|---|---|---|---|---|---|---|", flush=True)
    growth = []
    for shape in os.environ.get("SHAPES", "territories grid stars").split():
        before = None
        for n in sizes:
            took = measure(shape, n)
            if before:
                power = math.log(took / before[1]) / math.log(n / before[0])
                growth.append(f"{shape} {before[0]:,} to {n:,}: n^{power:.2f}")
            before = n, took
    print("\ntelar's growth: " + "; ".join(growth) if growth else "")
    print(f"load {load()}")


main()
