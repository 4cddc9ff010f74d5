#!/usr/bin/python3
"""Every measure against networkx, igraph, sna and definitions, on the real network
and on small known shapes.

Reads the GraphML that the program exports, computes each measure anew from the
nodes and edges alone, and compares with the exported m_* attributes to 1e-9.
Prints TAP.  $TELAR names the program.
"""
import itertools
import math
import os
import random
import shutil
import subprocess
import sys
import tempfile

try:
    import networkx as nx
    import numpy as np
    import scipy  # noqa: F401  (pagerank)
except ImportError as missing:
    print(f"1..0 # SKIP {missing.name} is not installed")
    sys.exit(0)

try:
    import igraph
except ImportError:
    igraph = None

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import lengths  # noqa: E402


def have_r():
    """R with both packages; asking takes a second, so once."""
    if not shutil.which("Rscript"):
        return False
    return subprocess.run(["Rscript", "-e", "library(sna); library(igraph)"],
                          capture_output=True, check=False).returncode == 0


HERE = os.path.dirname(os.path.abspath(__file__))
TELAR = os.environ.get("TELAR", "telar")
TOLERANCE = 1e-9
WEIGHTS = {"awareness": 1, "cooperation": 2, "coordination": 3, "integration": 4}
done = failed = 0


def ok(good, name, why=""):
    global done, failed
    done += 1
    failed += not good
    print(f"{'ok' if good else 'not ok'} {done} - {name}")
    if not good:
        print(f"# {why}")


def near(a, b, tolerance):
    if a is None or b is None:
        return a is None and b is None
    return abs(a - b) <= tolerance * max(1, abs(a), abs(b))


def compare(name, ours, theirs, tolerance=TOLERANCE):
    """Both dicts over the same keys, None where no value exists."""
    for key in theirs:
        want = theirs[key]
        want = None if want is None or not math.isfinite(want) else want
        if not near(ours.get(key), want, tolerance):
            return ok(False, name, f"{key}: {ours.get(key)!r}, theirs {want!r}")
    ok(True, name)


# Measures of institutions.  Each takes the plain graph; sectors are node attributes.

def sector(G, v):
    return G.nodes[v].get("sector")


def ei(inside, outside):
    return (outside - inside) / (outside + inside) if inside + outside else None


def own_ei(G):
    result = {}
    for v in G:
        known = [w for w in G[v] if sector(G, v) and sector(G, w)]
        inside = sum(sector(G, v) == sector(G, w) for w in known)
        result[v] = ei(inside, len(known) - inside)
    return result


def eigenvector(G):
    """Of the component with the largest eigenvalue; None when two components share it."""
    if G.number_of_edges() == 0:
        return {v: None for v in G}
    found = []
    for part in nx.connected_components(G):
        order = sorted(part)
        values, vectors = np.linalg.eigh(nx.to_numpy_array(G, nodelist=order, weight=None))
        vector = np.abs(vectors[:, -1])
        found.append((values[-1], dict(zip(order, vector / vector.max()))))
    found.sort(key=lambda pair: -pair[0])
    if len(found) > 1 and found[0][0] - found[1][0] < 1e-9:
        return None
    return {v: found[0][1].get(v, 0.0) for v in G}


def cut_off(G):
    result = {}
    for v in G:
        part = nx.node_connected_component(G, v) - {v}
        sizes = [len(c) for c in nx.connected_components(G.subgraph(part))]
        result[v] = sum(sizes) - max(sizes, default=0)
    return result


def with_partners(values, G, least=1):
    return {v: values[v] if G.degree(v) >= least else None for v in G}


def burt(G):
    size = nx.effective_size(G)
    return {v: size[v] / G.degree(v) if G.degree(v) else None for v in G}


def pagerank(G):
    return nx.pagerank(G, weight=None, tol=1e-15, max_iter=100000) if len(G) else {}


def share(values, G):
    return {v: values[v] / (len(G) - 1) if len(G) > 1 else None for v in G}


def raw_betweenness(G):
    return nx.betweenness_centrality(G, normalized=False)


def betweenness(G):
    pairs = (len(G) - 1) * (len(G) - 2) / 2
    return {v: b / pairs if len(G) > 2 else None for v, b in raw_betweenness(G).items()}


def reach(G):
    near_by = {v: len(nx.single_source_shortest_path_length(G, v, 2)) - 1 for v in G}
    return share(near_by, G)


def role(G, v, a, b):
    own, a, b = sector(G, v), sector(G, a), sector(G, b)
    if a == b:
        return "coordinator" if a == own else "itinerant"
    return "gatekeeper" if b == own else "representative" if a == own else "liaison"


def brokers(name):
    """Gould & Fernandez, word by word: ordered pairs of partners that are not tied."""
    def count(G):
        return {v: sum(role(G, v, a, b) == name for a in G[v] for b in G[v]
                       if a != b and not G.has_edge(a, b) and sector(G, a) and sector(G, b))
                if sector(G, v) else None for v in G}
    return count


def hold(G, v):
    return [nx.local_constraint(G, v, w) for w in G[v]]


def hierarchy(G):
    result = {}
    for v in G:
        parts, n = hold(G, v), G.degree(v)
        mean_hold = sum(parts) / n if n else 0
        result[v] = sum(c / mean_hold * math.log(c / mean_hold) for c in parts) / (
            n * math.log(n)) if n > 1 else None
    return result


def blau(G):
    result = {}
    for v in G:
        known = [sector(G, w) for w in G[v] if sector(G, w)]
        result[v] = 1 - sum((known.count(s) / len(known)) ** 2 for s in set(known)) if known else None
    return result


def reach_efficiency(G):
    return {v: (len(nx.single_source_shortest_path_length(G, v, 2)) - 1) / sum(
        G.degree(w) for w in G[v]) if G.degree(v) else None for v in G}


def efficiency_sums(G):
    """Sum of 1/distance over unordered pairs, now and without each edge."""
    def total(H):
        return sum(1 / d for v in H for w, d in
                   nx.single_source_shortest_path_length(H, v).items() if v < w)
    whole, lost = total(G), {}
    for a, b in pairs(G):
        H = G.copy()
        H.remove_edge(a, b)
        lost[a, b] = (whole - total(H)) / (len(G) * (len(G) - 1) / 2)
    return lost


def bridging(G):
    """Valente & Fujimoto: what efficiency loses with a tie, mean over a member's ties."""
    if len(G) > 100:
        return None
    lost = efficiency_sums(G)
    return {v: mean([lost[tuple(sorted((v, w)))] for w in G[v]]) for v in G}


INSTITUTION = {
    "m_bridging": bridging,
    "m_degree": lambda G: dict(G.degree()),
    "m_strength": lambda G: dict(G.degree(weight="weight")),
    "m_betweenness": betweenness,
    "m_betweenness_raw": raw_betweenness,
    "m_harmonic": lambda G: share(nx.harmonic_centrality(G), G),
    "m_eigenvector": eigenvector,
    "m_pagerank": pagerank,
    "m_constraint": lambda G: with_partners(nx.constraint(G), G),
    "m_effective_size": lambda G: with_partners(nx.effective_size(G), G),
    "m_burt_efficiency": burt,
    "m_coreness": nx.core_number,
    "m_clustering": lambda G: with_partners(nx.clustering(G), G, 2),
    "m_reach": reach,
    "m_own_ei_sector": own_ei,
    "m_sectors_reached": lambda G: {
        v: len({sector(G, w) for w in G[v]} - {None}) for v in G},
    "m_component": lambda G: {
        v: len(part) for part in nx.connected_components(G) for v in part},
    "m_cut_off": cut_off,
    "m_hierarchy": hierarchy,
    "m_blau_sector": blau,
    "m_reach_efficiency": reach_efficiency,
    "m_eccentricity": lambda G: {
        v: max(nx.single_source_shortest_path_length(G, v).values()) or None for v in G},
    **{f"m_{name}_sector": brokers(name) for name in (
        "coordinator", "itinerant", "gatekeeper", "representative", "liaison")},
}


# Measures of ties, keyed by the pair in order.

def pairs(G):
    return [tuple(sorted(e)) for e in G.edges()]


def side(G, a, b):
    H = G.copy()
    H.remove_edge(a, b)
    part = nx.node_connected_component(H, a)
    if b in part:
        return 0
    return min(len(part), len(nx.node_connected_component(H, b)))


def edge_betweenness(G):
    found = nx.edge_betweenness_centrality(G, normalized=False)
    return {tuple(sorted(e)): value for e, value in found.items()}


def overlap(G):
    result = {}
    for a, b in pairs(G):
        either = (set(G[a]) | set(G[b])) - {a, b}
        result[a, b] = len(set(G[a]) & set(G[b])) / len(either) if either else None
    return result


TIE = {
    "m_tie_weight": lambda G: {(a, b): G[a][b]["weight"] for a, b in pairs(G)},
    "m_tie_betweenness": edge_betweenness,
    "m_tie_bridging": lambda G: efficiency_sums(G) if len(G) <= 100 else None,
    "m_tie_bridge": lambda G: {(a, b): side(G, a, b) for a, b in pairs(G)},
    "m_tie_common": lambda G: {
        (a, b): len(list(nx.common_neighbors(G, a, b))) for a, b in pairs(G)},
    "m_tie_adamic_adar": lambda G: {
        (a, b): x for a, b, x in nx.adamic_adar_index(G, pairs(G))},
    "m_tie_resource": lambda G: {
        (a, b): x for a, b, x in nx.resource_allocation_index(G, pairs(G))},
    "m_tie_jaccard": overlap,
}


# Measures of the network.

def centralization(scores, most):
    return sum(max(scores) - s for s in scores) / most if len(scores) > 2 else None


def distances(G):
    return [d for v, row in nx.all_pairs_shortest_path_length(G)
            for w, d in row.items() if v < w]


def connectedness(G):
    n = len(G)
    linked = sum(len(c) * (len(c) - 1) for c in nx.connected_components(G))
    return linked / (n * (n - 1)) if n > 1 else None


def mixing(G):
    known = [(a, b) for a, b in G.edges() if sector(G, a) and sector(G, b)]
    inside = sum(sector(G, a) == sector(G, b) for a, b in known)
    return inside, len(known) - inside


def chance(G):
    sizes = {}
    for v in G:
        if sector(G, v):
            sizes[sector(G, v)] = sizes.get(sector(G, v), 0) + 1
    n = sum(sizes.values())
    inside = sum(s * (s - 1) / 2 for s in sizes.values())
    return ei(inside, n * (n - 1) / 2 - inside)


def assortativity(G):
    H = G.subgraph([v for v in G if sector(G, v)])
    tied = {sector(H, v) for v in H if H.degree(v)}
    return nx.attribute_assortativity_coefficient(H, "sector") if len(tied) > 1 else None


def mean(values):
    return sum(values) / len(values) if values else None


def main_part(G):
    return G.subgraph(max(nx.connected_components(G), key=len))


def closeness_centralization(G):
    """Of the largest part; None when several are as large, as any of them may be meant."""
    size = len(main_part(G))
    star = (size - 1) * (size - 2) / (2 * size - 3) if size > 2 else None
    scores = nx.closeness_centrality(main_part(G)).values()
    return sum(max(scores) - s for s in scores) / star if star else None


def core_errors(G, k):
    return k * (k - 1) / 2 + G.number_of_edges() - sum(sorted(dict(G.degree()).values())[::-1][:k])


def network(G):
    n, m = len(G), G.number_of_edges()
    parts = [len(c) for c in nx.connected_components(G)]
    apart = distances(G)
    degrees = [d for _, d in G.degree()]
    linked = connectedness(G)
    raw = list(raw_betweenness(G).values())
    triples = sum(d * (d - 1) for d in degrees)
    closed = [c for v, c in nx.clustering(G).items() if G.degree(v) > 1]
    return {
        "m_members": n,
        "m_ties": m,
        "m_isolates": degrees.count(0),
        "m_density": nx.density(G) if n > 1 else None,
        "m_mean_degree": mean(degrees),
        "m_degree_centralization": centralization(degrees, (n - 1) * (n - 2)),
        "m_betweenness_centralization": centralization(raw, (n - 1) ** 2 * (n - 2) / 2),
        "m_components": len(parts),
        "m_main_component": max(parts) / n if n else None,
        "m_connectedness": linked,
        "m_fragmentation": None if linked is None else 1 - linked,
        "m_global_efficiency": nx.global_efficiency(G) if n > 1 else None,
        "m_linked_pairs": len(apart),
        "m_mean_distance": mean(apart),
        "m_diameter": max(apart, default=None),
        "m_transitivity": nx.transitivity(G) if triples else None,
        "m_mean_clustering": mean(closed),
        "m_max_coreness": max(nx.core_number(G).values(), default=None),
        "m_cut_members": len(list(nx.articulation_points(G))),
        "m_bridges": len(list(nx.bridges(G))) if m else 0,
        "m_ei_sector": ei(*mixing(G)),
        "m_ei_sector_chance": chance(G),
        "m_assortativity_sector": assortativity(G),
        "m_closeness_centralization": closeness_centralization(G),
        "m_core_size": min(range(n + 1), key=lambda k: (core_errors(G, k), k)) / n,
        **{f"m_depth_{word}": share_at(G, word) for word in WEIGHTS},
    }


def share_at(G, word):
    stated = [d.get("intensity") for _, _, d in G.edges(data=True)]
    return stated.count(word) / len(stated) if stated else None


def connectivity(G):
    part = main_part(G)
    return {"m_member_connectivity": nx.node_connectivity(part),
            "m_tie_connectivity": nx.edge_connectivity(part)} if len(part) > 1 else {}


def by_igraph(ours):
    """What networkx does not have."""
    order = sorted(ours)
    place = {v: i for i, v in enumerate(order)}
    g = igraph.Graph(len(order), [(place[a], place[b]) for a, b in ours.edges()])
    circles = [d.get("m_circle") for _, d in sorted(ours.nodes(data=True))]
    lone = max([int(c) for c in circles if c is not None], default=0)
    members = [int(c) - 1 if c is not None else lone + i for i, c in enumerate(circles)]
    constraint = {v: c if g.degree(place[v]) else None for v, c in zip(order, g.constraint())}
    found = {"m_constraint": constraint,
             "m_coreness": dict(zip(order, g.coreness())),
             "m_harmonic": dict(zip(order, g.harmonic_centrality()))}
    return found, g.modularity(members)


# By R: all graphs in one run.

def write_for_r(place, number, G):
    order = sorted(G)
    row = {v: i + 1 for i, v in enumerate(order)}
    words = sorted({sector(G, v) for v in G if sector(G, v)})
    base = os.path.join(place, f"{number}")
    with open(base + ".nodes", "w", encoding="utf-8") as out:
        for v in order:
            kind = words.index(sector(G, v)) + 1 if sector(G, v) else 0
            out.write(f"{v}\t{kind}\n")
    with open(base + ".edges", "w", encoding="utf-8") as out:
        out.writelines(f"{row[a]}\t{row[b]}\n" for a, b in G.edges())


# igraph's solver stops PageRank earlier.
COARSE = {"m_pagerank": 1e-7}


def check_by_r(place, graphs):
    """graphs: number -> (label, what the program exported)."""
    run = subprocess.run(["Rscript", os.path.join(HERE, "oracle.R"), place],
                         capture_output=True, text=True, check=False)
    ok(run.returncode == 0, "R computes", run.stderr.strip().replace("\n", " "))
    for number, (label, ours) in graphs.items():
        theirs = {}
        path = os.path.join(place, f"{number}.out")
        with open(path, encoding="utf-8") as lines:
            for line in lines:
                name, key, value = line.rstrip("\n").split("\t")
                theirs.setdefault(name, {})[key] = float(value)
        for name, want in theirs.items():
            found = {"": ours.graph.get(name)} if "" in want else {
                v: d.get(name) for v, d in ours.nodes(data=True)}
            compare(f"{label}: {name} of R", found, want, COARSE.get(name, TOLERANCE))


# Networks as directories of YAML.

def write_network(path, G):
    os.makedirs(os.path.join(path, "institutions"))
    with open(os.path.join(path, "network.yaml"), "w", encoding="utf-8") as out:
        out.write("id: small\nname: Small\nvocabularies:\n  sectors:\n")
        for word in "abc":
            out.write(f"    - id: {word}\n      name: {word.upper()}\n")
    for v in G:
        name = os.path.join(path, "institutions", f"{v}.yaml")
        with open(name, "w", encoding="utf-8") as out:
            out.write(f"id: {v}\nname: Institution {v}\nsector: {sector(G, v)}\n")
            later = [w for w in G[v] if v < w]
            out.write("partners:\n" if later else "")
            for w in later:
                out.write(f"  - with: {w}\n    intensity: {G[v][w]['intensity']}\n")


def dressed(G, seed):
    """With ids, sectors and intensities."""
    chosen = random.Random(seed)
    G = nx.relabel_nodes(nx.Graph(G), {v: f"i{i:03d}" for i, v in enumerate(G)})
    for v in G:
        G.nodes[v]["sector"] = chosen.choice("abc")
    for a, b in G.edges():
        G[a][b]["intensity"] = chosen.choice(list(WEIGHTS))
        G[a][b]["weight"] = WEIGHTS[G[a][b]["intensity"]]
    return G


def small_graphs():
    two = nx.disjoint_union(nx.complete_graph(4), nx.path_graph(3))
    two.add_nodes_from(["x", "y"])
    shapes = {
        "nobody": nx.empty_graph(0),
        "one institution": nx.empty_graph(1),
        "two strangers": nx.empty_graph(2),
        "two partners": nx.path_graph(2),
        "a star": nx.star_graph(6),
        "a chain": nx.path_graph(7),
        "a ring": nx.cycle_graph(8),
        "two cliques and a bridge": nx.barbell_graph(5, 0),
        "two parts and isolates": two,
        "the karate club": nx.karate_club_graph(),
        "sparse at random": nx.gnp_random_graph(40, 0.04, seed=7),
        "dense at random": nx.gnp_random_graph(40, 0.2, seed=8),
        "Florentine families": nx.florentine_families_graph(),
        "hubs": nx.barabasi_albert_graph(60, 2, seed=9),
    }
    return {name: dressed(G, i) for i, (name, G) in enumerate(shapes.items())}


def exported(path, *options):
    out = os.path.join(os.path.dirname(path), f"out{len(os.listdir(os.path.dirname(path)))}.graphml")
    run = subprocess.run([TELAR, "-N", path, "export", "graphml", "-o", out, *options],
                         capture_output=True, text=True, check=False)
    if run.returncode:
        return None, run.stderr.strip()
    return nx.read_graphml(out), ""


def check_network(label, ours):
    G = nx.Graph()
    G.add_nodes_from((v, {k: d[k] for k in ("sector",) if k in d}) for v, d in ours.nodes(data=True))
    G.add_edges_from((a, b, {k: d[k] for k in ("weight", "intensity") if k in d}) for a, b, d in ours.edges(data=True))
    compare(f"{label}: network", ours.graph, network(G))
    for name, measure in INSTITUTION.items():
        theirs = measure(G)
        if theirs is not None:
            compare(f"{label}: {name}", {v: d.get(name) for v, d in ours.nodes(data=True)}, theirs)
    for name, measure in TIE.items():
        found = {tuple(sorted((a, b))): d.get(name) for a, b, d in ours.edges(data=True)}
        theirs = measure(G)
        if theirs is not None:
            compare(f"{label}: {name}", found, theirs)
    parts = sorted((len(c) for c in nx.connected_components(G)), reverse=True)
    if len(parts) < 2 or parts[0] > parts[1]:
        compare(f"{label}: connectivity", ours.graph, connectivity(G))
    check_shape(label, G, ours)
    if igraph and G.number_of_edges() and len(G) > 1:
        found, modularity = by_igraph(ours)
        for name, theirs in found.items():
            compare(f"{label}: {name} of igraph",
                    {v: d.get(name) for v, d in ours.nodes(data=True)}, theirs)
        compare(f"{label}: modularity of the circles", ours.graph, {"m_modularity": modularity})
    if G.number_of_edges():
        greedy = nx.community.modularity(
            G, nx.community.greedy_modularity_communities(G), weight=None)
        found = ours.graph["m_modularity"]
        ok(found >= greedy - 0.02, f"{label}: modularity is not far below a greedy one",
           f"{found}, greedy {greedy}")


def check_lengths(label, path):
    """Distances along ties that are 1/intensity long."""
    ours, why = exported(path, "--distance=intensity")
    label = f"{label}, by intensity"
    ok(ours is not None and ours.graph.get("distance") == "intensity", f"{label}: exports", why)
    if ours is None or not len(ours):
        return
    known = [lengths.by_networkx]
    if igraph and ours.number_of_edges():
        known.append(lengths.by_igraph)
    for by in known:
        whole, members, ties = by(ours)
        compare(f"{label}: network, {by.__name__}", ours.graph, whole)
        for name, theirs in members.items():
            compare(f"{label}: {name}, {by.__name__}", {v: d.get(name) for v, d in ours.nodes(data=True)}, theirs)
        for name, theirs in ties.items():
            found = {tuple(sorted((a, b))): d.get(name) for a, b, d in ours.edges(data=True)}
            compare(f"{label}: {name}, {by.__name__}", found, theirs)


def run_small(place, seen):
    for i, (label, G) in enumerate(small_graphs().items()):
        path = os.path.join(place, f"small{i}", "net")
        write_network(path, G)
        ours, why = exported(path)
        if ours is None:
            ok(False, f"{label}: exports", why)
            continue
        same = set(ours) == set(G) and set(pairs(ours)) == set(pairs(G)) and all(
            ours[a][b]["weight"] == G[a][b]["weight"] for a, b in G.edges())
        ok(same, f"{label}: same institutions and ties", "the export is another graph")
        if same and len(G):
            check_network(label, ours)
            seen[i] = (label, ours)
        check_lengths(label, path)


def run_real(place, seen):
    path = os.path.join(place, "real", "red-stem")
    os.makedirs(os.path.dirname(path))
    subprocess.run([os.path.join(HERE, "..", "sample.sh"), path], check=True)
    ours, why = exported(path)
    ok(ours is not None, "the real network: exports", why)
    if ours is not None:
        check_network("the real network", ours)
        seen[len(seen) + 100] = ("the real network", ours)
    check_lengths("the real network", path)
    lengths.state_depths(path, 3)
    check_lengths("the real network with depths", path)


# Luck: the same question put to another implementation.

def rewired(edges, dice, swaps):
    """Swapped ends of two ties at a time, every member keeping its number of ties."""
    edges = list(edges)
    there = {frozenset(e) for e in edges}
    for _ in range(swaps):
        i, j = dice.randrange(len(edges)), dice.randrange(len(edges))
        (a, b), (c, d) = edges[i], edges[j]
        if dice.random() < .5:
            c, d = d, c
        if len({a, b, c, d}) < 4 or frozenset((a, d)) in there or frozenset((c, b)) in there:
            continue
        there -= {frozenset((a, b)), frozenset((c, d))}
        there |= {frozenset((a, d)), frozenset((c, b))}
        edges[i], edges[j] = (a, d), (c, b)
    return edges


def group(G, v, attribute):
    """The first that is listed, None where none is."""
    words = G.nodes[v].get("territories" if attribute == "territory" else attribute)
    return words.split(";")[0].strip() if words else None


def luck(G, attributes, draws):
    """One-sided p of the ties inside groups, those of unknown group left out."""
    of = {by: {v: group(G, v, by) for v in G} for by in attributes}

    def inside(edges):
        return [sum(bool(one[a]) and one[a] == one[b] for a, b in edges) for one in of.values()]
    dice, edges, as_many = random.Random(4), list(G.edges()), [0] * len(attributes)
    seen = inside(edges)
    edges = rewired(edges, dice, 20 * len(edges))
    for _ in range(draws):
        edges = rewired(edges, dice, 3 * len(edges))
        as_many = [n + (x >= least) for n, x, least in zip(as_many, inside(edges), seen)]
    return {by: (1 + n) / (1 + draws) for by, n in zip(attributes, as_many)}


def check_luck(label, ours, draws=1500):
    known = [by for by in ("sector", "territory", "country") if any(group(ours, v, by) for v in ours)]
    for by, p in luck(ours, known, draws).items():
        found = ours.graph.get(f"m_ei_{by}_p")
        # Both are samples, ours of a thousand: four times their joint standard error.
        error = 4 * math.sqrt(max(p * (1 - p), 1 / draws) * (1 / draws + 1 / 1000))
        ok(found is not None and abs(found - p) <= error, f"{label}: m_ei_{by}_p by other means",
           f"{found}, {p} +- {error}")


def entropy(words):
    counts = [words.count(word) / len(words) for word in set(words)]
    return -sum(share * math.log(share) for share in counts)


def agreement(ours, by):
    """Danon et al.: 2I/(H+H) of the circles and the groups, over those who have both."""
    both = [(d["m_circle"], group(ours, v, by)) for v, d in ours.nodes(data=True)
            if d.get("m_circle") is not None and group(ours, v, by)]
    if not both:
        return None
    circles, groups = (entropy([pair[i] for pair in both]) for i in (0, 1))
    return 2 * (circles + groups - entropy(both)) / (circles + groups) if circles + groups else None


def core_fit(G):
    """Borgatti & Everett: the mean over all best cores, where there are not too many."""
    size = min(range(len(G) + 1), key=lambda k: (core_errors(G, k), k))
    order = sorted(G, key=G.degree, reverse=True)
    if size in (0, len(G)):
        return None
    border = G.degree(order[size - 1])
    sure = [v for v in order if G.degree(v) > border]
    equals = [v for v in order if G.degree(v) == border]
    choices = math.comb(len(equals), size - len(sure))
    if choices > 200 or len(G) > 100:
        return ...
    inside = outside = 0
    for chosen in itertools.combinations(equals, size - len(sure)):
        core = set(sure) | set(chosen)
        inside += G.subgraph(core).number_of_edges() / choices
        outside += G.subgraph(set(G) - core).number_of_edges() / choices
    wanted, apart = size * (size - 1) / 2, (len(G) - size) * (len(G) - size - 1) / 2
    ties = inside + outside
    spread = math.sqrt(wanted * apart * ties * (wanted + apart - ties))
    return (inside * (apart - outside) - (wanted - inside) * outside) / spread if spread else None


def check_shape(label, G, ours):
    compare(f"{label}: circles and groups", ours.graph,
            {f"m_circles_{by}": agreement(ours, by) for by in ("sector", "territory")})
    circles = {d["m_circle"] for _, d in ours.nodes(data=True) if d.get("m_circle") is not None}
    compare(f"{label}: number of circles", ours.graph, {"m_communities": len(circles)})
    leading = eigenvector(G)
    if leading is not None:
        known = [x for x in leading.values() if x is not None]
        gathered = sum(1 - x for x in known) / (len(G) - 2) if known and len(G) > 2 else None
        compare(f"{label}: centralization of eigenvectors", ours.graph,
                {"m_eigenvector_centralization": gathered}, 1e-7)
    fit = core_fit(G)
    if fit is not ...:
        compare(f"{label}: fit of the core", ours.graph, {"m_core_fit": fit})


def run_luck(seen):
    for label, ours in seen.values():
        if ours.number_of_edges() >= 20 and label != "two cliques and a bridge":
            check_luck(label, ours)


def run_r(place, seen):
    if not have_r():
        ok(True, "the same by R # SKIP r-cran-sna and r-cran-igraph are not installed")
        return
    graphs = os.path.join(place, "r")
    os.makedirs(graphs)
    for number, (_, ours) in seen.items():
        write_for_r(graphs, number, ours)
    check_by_r(graphs, seen)


if not igraph:
    done += 1
    print(f"ok {done} - the same by igraph # SKIP python3-igraph is not installed")
with tempfile.TemporaryDirectory() as directory:
    every = {}
    run_small(directory, every)
    run_real(directory, every)
    run_luck(every)
    run_r(directory, every)
print(f"1..{done}")
sys.exit(failed > 0)
