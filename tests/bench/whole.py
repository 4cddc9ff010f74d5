#!/usr/bin/python3
"""Whole runs side by side: read, every measure, tables; process to process.

  tests/bench/whole.py [N ...]                200 2000 unless given
  SHAPES="territories grid stars" RUNS=5 PEERS=igraph,networkx TELAR=… tests/bench/whole.py
  LIMIT=600      seconds after which a run is given up and said to be longer
  WRITE=docs/performance.md   puts the table there, between the marks of this program

Networks are made by telar generate.  telar reads them as a store (telar backup),
the libraries as two CSV files of ids and sectors; telar writes seven tables.  The
programs take turns (A B A B), results are compared before anything is timed; networkx
runs once from 2,000 on, and above the sizes that a library can be waited for telar alone.
Prints median and least seconds on the wall, processor seconds and peak memory of
a run, and the growth of telar from each size to the next.
"""
import csv
import math
import os
import signal
import statistics
import subprocess
import sys
import tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
TELAR = os.path.abspath(os.environ.get("TELAR", "build/release/telar"))
LIMIT = float(os.environ.get("LIMIT", 600))
PEERS = [p for p in os.environ.get("PEERS", "igraph,networkx").split(",") if p]
MOST = {"igraph": 20000, "networkx": 2000}
COMMON = {"m_betweenness_raw": "betweenness", "m_constraint": "constraint", "m_coreness": "coreness",
          "m_clustering": "clustering", "m_degree": "degree"}


# A process begins with the peak of whoever started it: this one holds tables by then.
STARTER = """
import os, sys, time
begin = time.perf_counter()
child = os.posix_spawnp(sys.argv[1], sys.argv[1:], os.environ, file_actions=[
    (os.POSIX_SPAWN_OPEN, 1, os.devnull, os.O_WRONLY, 0)])
_, status, used = os.wait4(child, 0)
print(time.perf_counter() - begin, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024,
      os.waitstatus_to_exitcode(status))
"""


def run(words):
    """Seconds on the wall, of the processors, and the peak in MB; None beyond the limit."""
    starter = subprocess.Popen([sys.executable, "-c", STARTER, *words], stdout=subprocess.PIPE,
                               stderr=subprocess.PIPE, text=True, start_new_session=True)
    try:
        told, text = starter.communicate(timeout=LIMIT)
    except subprocess.TimeoutExpired:
        os.killpg(starter.pid, signal.SIGKILL)
        starter.communicate()
        return None
    took, used, peak, code = told.split()
    if int(code):
        sys.exit(f"{' '.join(words)}: {code}\n{text}")
    return float(took), float(used), float(peak)


def rows(path):
    with open(path, encoding="utf-8", newline="") as table:
        return list(csv.DictReader(table))


def prepare(place, shape, n):
    """The store; for the libraries also files of theirs, and what telar says."""
    net, store = os.path.join(place, "net"), os.path.join(place, "net.telar")
    if n > max(MOST.values()):
        run([TELAR, "generate", "--store", store, f"--institutions={n}", f"--shape={shape}"])
        return {}, None
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
        commands = {"telar": [TELAR, "-N", os.path.join(place, "net.telar"), "export", "csv",
                              "--replace", "-o", os.path.join(place, "telar")]}
        for peer in PEERS:
            if n <= MOST[peer] and (peer == "igraph" or shape == "territories"):
                commands[peer] = [sys.executable, os.path.join(HERE, "peers.py"), peer, place,
                                  os.path.join(place, peer)]
        taken = {name: [] for name in commands}
        for turn in range(times(n)):
            for name, words in commands.items():
                if turn == 0 or not (name == "networkx" and n >= 2000):
                    taken[name].append(run(words))
            for name in commands if turn == 0 else ():
                if name == "telar" or taken[name][0] is None:
                    continue
                off = same(ours, rows(os.path.join(place, name, "institutions.csv")))
                if not off < 1e-9:
                    sys.exit(f"{shape} {n}: {name} gives other values, by {off}")
        where = f"| {shape} | {n:,} | {f'{m:,}' if m is not None else '–'} |"
        if None in taken["telar"]:
            say(f"{where} telar | > {LIMIT:.0f} | – | – | – | – | – |")
            return None
        base = [statistics.median(t[i] for t in taken["telar"]) for i in (0, 1)]
        least = min(t[0] for t in taken["telar"])
        for name, found in taken.items():
            found = [t for t in found if t]
            if not found:
                say(f"{where} {name} | > {LIMIT:.0f} | – | – | – | > {LIMIT / base[0]:.0f} | – |")
                continue
            wall, used = [statistics.median(t[i] for t in found) for i in (0, 1)]
            say(f"{where} {name} | {wall:.3f} | {min(t[0] for t in found):.3f} | {used:.3f} | "
                f"{max(t[2] for t in found):.0f} | {wall / base[0]:.1f} | {used / base[1]:.1f} |")
        return least


said = []


def say(line):
    said.append(line)
    print(line, flush=True)


def write(path):
    """What was said, between the two marks of a document."""
    begin, end = "<!-- tests/bench/whole.py -->", "<!-- end of tests/bench/whole.py -->"
    with open(path, encoding="utf-8") as old:
        before, _, rest = old.read().partition(begin)
    if not rest:
        sys.exit(f"{path}: no {begin}")
    with open(path, "w", encoding="utf-8") as new:
        new.write("\n".join([before + begin, *said, end]) + rest.partition(end)[2])


def load():
    return " ".join(f"{x:.1f}" for x in os.getloadavg())


def main():
    sizes = [int(n) for n in sys.argv[1:]] or [200, 2000]
    say(f"{os.cpu_count()} processors, load {load()} at the start. Ratios are medians, on the wall and of "
        "the processors.\n")
    say("| network | n | ties | program | wall, s: median | least | processors, s | MB | ratio: wall | processors |")
    say("|---|---|---|---|---|---|---|---|---|---|")
    growth = []
    for shape in os.environ.get("SHAPES", "territories grid stars").split():
        before = None
        for n in sizes:
            took = measure(shape, n)
            if before and took:
                power = math.log(took / before[1]) / math.log(n / before[0])
                growth.append(f"{shape} {before[0]:,} to {n:,}: n^{power:.2f}")
            before = (n, took) if took else None
    if growth:
        say("\nGrowth of telar, least of the runs: " + "; ".join(growth) + ".")
    print(f"load {load()}")
    if os.environ.get("WRITE"):
        write(os.environ["WRITE"])


main()
