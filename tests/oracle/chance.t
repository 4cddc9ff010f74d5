#!/usr/bin/python3
"""What chance gives in every cell of a matrix, drawn again by another implementation.

If it fails, the register and the matrix say of two groups that they meet less (or more) than
by luck, and it is not so.  Expected ties and both p within five joint standard errors, as both
sides are samples; which cells are tested and the correction for their number (Benjamini &
Hochberg 1995) exactly; and that telar drew as many networks as what differs takes.  Prints TAP.
"""
import collections
import json
import math
import random
import subprocess
import sys
import tempfile

try:
    from network import ENVIRONMENT, TELAR, Network, copy, synthetic
except ImportError as missing:
    print(f"1..0 # SKIP {missing.name} is not installed")
    sys.exit(0)

from sample import Sample, Tap  # noqa: E402

DRAWS, SURE, FEW_TIES, LEAST = 1500, 5, 20, 2
TABLES = [("sector", "sector"), ("country", "country"), ("territory", "sector"), ("tier", "sector")]
REGISTER, MOST, WIDE = TABLES[:3], 16000, 3


def swapped(edges, there, dice, times):
    """Two ties at a time change ends in place; everybody keeps as many."""
    for _ in range(times):
        i, j = dice.randrange(len(edges)), dice.randrange(len(edges))
        (a, b), (c, d) = edges[i], edges[j]
        if dice.random() < .5:
            c, d = d, c
        one, other = frozenset((a, d)), frozenset((c, b))
        if len({a, b, c, d}) == 4 and one not in there and other not in there:
            there -= {frozenset((a, b)), frozenset((c, d))}
            there |= {one, other}
            edges[i], edges[j] = (a, d), (c, b)


def networks(net, dice):
    """Ties between others, the groups as they are; or the groups dealt out anew."""
    members = list(net.members)
    edges, there = list(net.ties), {frozenset(tie) for tie in net.ties}
    if len(edges) >= FEW_TIES:
        swapped(edges, there, dice, 20 * len(edges))
    for _ in range(DRAWS):
        stands_in = dict(zip(members, members))
        if len(edges) >= FEW_TIES:
            swapped(edges, there, dice, 3 * len(edges))
        else:
            stands_in = dict(zip(members, dice.sample(members, len(members))))
        yield [(stands_in[a], stands_in[b]) for a, b in edges]


def count(edges, row, col):
    cells = collections.Counter()
    for a, b in edges:
        # Each tie once in a cell, however many of its ends are in both groups.
        cells.update({(row[x], col[y]) for x, y in ((a, b), (b, a)) if row[x] and col[y]})
    return cells


def ask(path, rows, cols):
    run = subprocess.run([TELAR, "matrix", "--rows", rows, "--cols", cols, "--json", "-N", path], check=True,
                         capture_output=True, env=ENVIRONMENT)
    return json.loads(run.stdout)


def off(found, drawn, spread, samples):
    """By how many standard errors of their difference."""
    return abs(found - drawn) / (spread * math.sqrt(1 / DRAWS + 1 / samples)) if spread else float(found != drawn)


def differing(matrix, seen, drawn):
    for i, row in enumerate(matrix["rows"]):
        for j, col in enumerate(matrix["columns"]):
            cell, there = (row, col), seen[row, col]
            values = [one[cell] for one in drawn]
            mean = sum(values) / DRAWS
            spread = math.sqrt(sum((v - mean) ** 2 for v in values) / DRAWS)
            if matrix["ties"][i][j] != there:
                yield f"{cell}: {matrix['ties'][i][j]} ties, there are {there}"
            if matrix["expected"][i][j] is None:
                continue
            if off(matrix["expected"][i][j], mean, max(spread, .03), matrix["networks_drawn"]) > SURE:
                yield f"{cell}: {matrix['expected'][i][j]} expected, drawn {mean}"
            for name, hit in (("p-fewer", sum(v <= there for v in values)), ("p-more", sum(v >= there for v in values))):
                p, found, samples = (1 + hit) / (1 + DRAWS), matrix[name][i][j], matrix["networks_drawn"]
                # What is rare is rare in both: of either alone its spread is known badly.
                both = (p * DRAWS + found * samples) / (DRAWS + samples)
                if off(found, p, math.sqrt(max(both * (1 - both), 1 / DRAWS)), samples) > SURE:
                    yield f"{cell}: {name} {found}, drawn {p}"


def family(matrix, name, tested):
    """p of what is tested, of a symmetric matrix each cell once; that single ties are many is not said."""
    same = matrix["row_attribute"] == matrix["column_attribute"]
    cells = [(i, j) for i in range(len(matrix["rows"])) for j in range(i if same else 0, len(matrix["columns"]))]
    return cells, [(1 if name == "p-more" and matrix["ties"][i][j] < LEAST else matrix[name][i][j], (i, j))
                   for i, j in cells if tested[name](matrix["rows"][i], matrix["columns"][j])]


def corrected(matrix, name, tested):
    cells, counted = family(matrix, name, tested)
    found = {cell: 1 for cell in cells}
    found.update(adjusted(sorted(counted)))
    return [f"{cell}: {name} after correction {matrix[name + '-adjusted'][cell[0]][cell[1]]}, reckoned {p}"
            for cell, p in found.items() if abs(matrix[f"{name}-adjusted"][cell[0]][cell[1]] - p) > 1e-9]


def adjusted(ranked):
    found, least = {}, 1
    for rank in range(len(ranked), 0, -1):
        p, cell = ranked[rank - 1]
        found[cell] = least = min(least, p * len(ranked) / rank)
    return found


def limit(p, samples, errors):
    """Wilson's, of the share of networks behind a p."""
    hits = p * (1 + samples) - 1
    middle, square = hits + errors * errors / 2, errors * errors
    return (middle + errors * math.sqrt(hits * (samples - hits) / samples + square / 4)) / (samples + square)


def unsettled(matrix, tested):
    """Where fewer networks were drawn than could be, three standard errors change nothing."""
    samples = matrix["networks_drawn"]
    if samples >= (MOST if (matrix["row_attribute"], matrix["column_attribute"]) in REGISTER else MOST // 4):
        return
    for name in tested:
        counted = family(matrix, name, tested)[1]
        low, high = (adjusted(sorted((p if p == 1 else max(limit(p, samples, errors), 0), cell) for p, cell in counted))
                     for errors in (-WIDE, WIDE))
        for cell in low:
            if (low[cell] <= .05) != (high[cell] <= .05):
                yield f"{cell}: {name} after correction from {low[cell]} to {high[cell]} by {samples} networks"


def tests(net, row, col):
    """Cells with room for LEAST ties; for few, which get them when ends meet by lot (below FEW_TIES: groups dealt out)."""
    dealt = len(net.ties) < FEW_TIES
    ends = {a: 1 if dealt else 0 for a in net.members}
    for a, b in () if dealt else net.ties:
        ends[a] += 1
        ends[b] += 1
    total, self = sum(ends.values()), 1 if dealt else 0

    def within(r, c):
        rows, cols = {a for a in net.members if row[a] == r}, {a for a in net.members if col[a] == c}
        return rows, cols, [sum(ends[a] for a in group) for group in (rows, cols, rows & cols)]

    def roomy(r, c):
        rows, cols, (x, y, both) = within(r, c)
        pairs = {frozenset((a, b)) for a in rows for b in cols if a != b and ends[a] and ends[b]}
        return min(len(pairs), len(net.ties) if dealt else min(x, y, (x + y - both) // 2)) >= LEAST

    def likely(r, c):
        x, y, both = within(r, c)[2]
        enough = len(net.ties) * (2 * (x * y - self * both) - both * (both - self)) >= LEAST * total * (total - self)
        return enough and roomy(r, c)
    return {"p-fewer": likely, "p-more": roomy}


def check(tap, label, path, dice):
    net = Network(path)
    groups = {by: {a: net.tier(a) if by == "tier" else net.of(a, by) for a in net.members}
              for by in ("sector", "country", "territory", "tier")}
    drawn = list(networks(net, dice))
    for rows, cols in TABLES:
        matrix = ask(path, rows, cols)
        wrong = list(differing(matrix, count(net.ties, groups[rows], groups[cols]),
                               [count(edges, groups[rows], groups[cols]) for edges in drawn]))
        tap.report(not wrong, f"{label}: {rows} by {cols}", "\n".join(wrong[:10]))
        tested = tests(net, groups[rows], groups[cols])
        wrong = [line for name in tested for line in corrected(matrix, name, tested)]
        tap.report(not wrong, f"{label}: {rows} by {cols}, corrected for the number of cells", "\n".join(wrong[:10]))
        wrong = list(unsettled(matrix, tested))
        tap.report(not wrong, f"{label}: {rows} by {cols}, enough networks drawn", "\n".join(wrong[:10]))


def main():
    tap, dice = Tap(), random.Random(5)
    with Sample() as sample, tempfile.TemporaryDirectory() as directory:
        check(tap, "the sample", sample.network, dice)
        check(tap, "entries at random", synthetic(directory, 1), dice)
        check(tap, "few ties", copy(directory, "territorio-ejemplo"), dice)
    tap.done()


main()
