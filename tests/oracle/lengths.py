"""What networkx and igraph give for distances along ties that are 1/intensity long."""
import random
import re
import glob

import networkx as nx

try:
    import igraph
except ImportError:
    igraph = None

DEPTHS = ["awareness", "cooperation", "coordination", "integration"]
WHOLE = 12  # lengths in twelfths are whole, so that two equal ones are equal


def mean(values):
    values = list(values)
    return sum(values) / len(values) if values else None


def stretched(G):
    H = nx.Graph(G)
    for _, _, d in H.edges(data=True):
        d["length"] = WHOLE // int(d["weight"])
    return H


def by_networkx(G):
    """Of the network, of institutions, of ties."""
    H, n = stretched(G), len(G)
    rows = {v: {w: far / WHOLE for w, far in row.items() if w != v}
            for v, row in nx.all_pairs_dijkstra_path_length(H, weight="length")}
    every = [far for row in rows.values() for far in row.values()]
    raw = nx.betweenness_centrality(H, weight="length", normalized=False)
    most = (n - 1) * (n - 2) / 2
    ties = nx.edge_betweenness_centrality(H, weight="length", normalized=False)
    return {
        "m_global_efficiency": sum(1 / far for far in every) / (n * (n - 1)) if n > 1 else None,
        "m_mean_distance": mean(every),
        "m_diameter": max(every, default=None),
        "m_betweenness_centralization": sum(max(raw.values()) - b for b in raw.values()) / most / (n - 1)
        if n > 2 else None,
    }, {
        "m_betweenness_raw": raw,
        "m_betweenness": {v: b / most if n > 2 else None for v, b in raw.items()},
        "m_harmonic": {v: sum(1 / far for far in row.values()) / (n - 1) if n > 1 else None for v, row in rows.items()},
        "m_eccentricity": {v: max(row.values(), default=None) for v, row in rows.items()},
    }, {"m_tie_betweenness": {tuple(sorted(e)): b for e, b in ties.items()}}


def by_igraph(G):
    H, order = stretched(G), sorted(G)
    at = {v: i for i, v in enumerate(order)}
    edges = [(at[a], at[b]) for a, b in H.edges()]
    graph = igraph.Graph(n=len(order), edges=edges)
    lengths = [d["length"] for _, _, d in H.edges(data=True)]
    near = graph.harmonic_centrality(weights=lengths, normalized=True)
    return {}, {
        "m_betweenness_raw": dict(zip(order, graph.betweenness(weights=lengths, directed=False))),
        "m_harmonic": {v: near[i] * WHOLE for v, i in at.items()},
    }, {"m_tie_betweenness": dict(zip((tuple(sorted(e)) for e in H.edges()),
                                      graph.edge_betweenness(weights=lengths, directed=False)))}


def state_depths(path, seed):
    """Gives most partnerships of a network an intensity, at random."""
    dice = random.Random(seed)
    for name in sorted(glob.glob(f"{path}/institutions/*.yaml")):
        with open(name, encoding="utf-8") as file:
            text = file.read()
        with open(name, "w", encoding="utf-8") as file:
            file.write(re.sub(r"(?m)^( *)- with: .*$", lambda found: found[0] + (
                f"\n{found[1]}  intensity: {dice.choice(DEPTHS)}" if dice.random() < .8 else ""), text))
