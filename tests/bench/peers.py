#!/usr/bin/python3
"""Read a network, compute every measure that the library has, write tables.

  peers.py igraph|networkx DIRECTORY OUT

DIRECTORY holds nodes.csv (id, sector) and edges.csv (a, b); OUT gets one row an
institution, one a tie and one a measure of the network.  What a run takes is
what a person waits for who uses the library, start of Python included.
"""
import csv
import os
import sys


def read(place):
    with open(os.path.join(place, "nodes.csv"), encoding="utf-8", newline="") as rows:
        nodes = list(csv.reader(rows))[1:]
    with open(os.path.join(place, "edges.csv"), encoding="utf-8", newline="") as rows:
        edges = list(csv.reader(rows))[1:]
    return [n[0] for n in nodes], [n[1] for n in nodes], edges


def write(path, columns):
    with open(path, "w", encoding="utf-8", newline="") as out:
        table = csv.writer(out)
        table.writerow(columns)
        table.writerows(zip(*columns.values()))


def by_igraph(ids, sectors, edges):
    import igraph
    place = {v: i for i, v in enumerate(ids)}
    g = igraph.Graph(len(ids), [(place[a], place[b]) for a, b in edges])
    words = {w: i for i, w in enumerate(sorted(set(sectors)))}
    circles = g.community_leiden("modularity", n_iterations=10)
    pairs = g.get_edgelist()
    institutions = {
        "id": ids, "degree": g.degree(), "betweenness": g.betweenness(),
        "harmonic": g.harmonic_centrality(), "closeness": g.closeness(),
        "eigenvector": g.eigenvector_centrality(), "pagerank": g.pagerank(),
        "constraint": g.constraint(), "coreness": g.coreness(),
        "clustering": g.transitivity_local_undirected(),
        "reach": g.neighborhood_size(order=2), "eccentricity": g.eccentricity(),
        "circle": circles.membership,
    }
    adamic = g.similarity_inverse_log_weighted() if len(ids) <= 2000 else None
    ties = {
        "a": [ids[a] for a, _ in pairs], "b": [ids[b] for _, b in pairs],
        "betweenness": g.edge_betweenness(), "jaccard": g.similarity_jaccard(pairs=pairs),
        "adamic-adar": [adamic[a][b] for a, b in pairs] if adamic else [""] * len(pairs),
    }
    whole = {
        "density": g.density(), "components": len(g.connected_components()),
        "mean-distance": g.average_path_length(), "diameter": g.diameter(),
        "transitivity": g.transitivity_undirected(),
        "mean-clustering": g.transitivity_avglocal_undirected(),
        "cut-members": len(g.articulation_points()), "bridges": len(g.bridges()),
        "assortativity": g.assortativity_nominal([words[s] for s in sectors], directed=False),
        "modularity": circles.modularity,
    }
    return institutions, ties, whole


def by_networkx(ids, sectors, edges):
    import networkx as nx
    G = nx.Graph()
    G.add_nodes_from(ids)
    G.add_edges_from(edges)
    nx.set_node_attributes(G, dict(zip(ids, sectors)), "sector")
    pairs = list(G.edges())
    circles = nx.community.greedy_modularity_communities(G)
    circle = {v: i for i, members in enumerate(circles) for v in members}
    lengths = dict(nx.all_pairs_shortest_path_length(G))
    spans = [d for v in ids for w, d in lengths[v].items() if v != w]
    found = {
        "degree": dict(G.degree()), "betweenness": nx.betweenness_centrality(G, normalized=False),
        "harmonic": nx.harmonic_centrality(G), "closeness": nx.closeness_centrality(G),
        "eigenvector": nx.eigenvector_centrality_numpy(G), "pagerank": nx.pagerank(G),
        "constraint": nx.constraint(G), "effective-size": nx.effective_size(G),
        "coreness": nx.core_number(G), "clustering": nx.clustering(G),
        "reach": {v: sum(d <= 2 for d in lengths[v].values()) for v in ids},
        "circle": circle,
    }
    through = nx.edge_betweenness_centrality(G, normalized=False)
    ties = {
        "a": [a for a, _ in pairs], "b": [b for _, b in pairs],
        "betweenness": [through[e] for e in pairs],
        "adamic-adar": [x for _, _, x in nx.adamic_adar_index(G, pairs)],
        "jaccard": [x for _, _, x in nx.jaccard_coefficient(G, pairs)],
        "resource": [x for _, _, x in nx.resource_allocation_index(G, pairs)],
    }
    whole = {
        "density": nx.density(G), "components": nx.number_connected_components(G),
        "mean-distance": sum(spans) / len(spans), "diameter": max(spans),
        "efficiency": nx.global_efficiency(G), "transitivity": nx.transitivity(G),
        "mean-clustering": nx.average_clustering(G),
        "cut-members": len(list(nx.articulation_points(G))), "bridges": len(list(nx.bridges(G))),
        "assortativity": nx.attribute_assortativity_coefficient(G, "sector"),
        "modularity": nx.community.modularity(G, circles),
    }
    return {"id": ids, **{k: [v[i] for i in ids] for k, v in found.items()}}, ties, whole


def main():
    library, place, out = sys.argv[1:]
    institutions, ties, whole = {"igraph": by_igraph, "networkx": by_networkx}[library](*read(place))
    os.makedirs(out, exist_ok=True)
    write(os.path.join(out, "institutions.csv"), institutions)
    write(os.path.join(out, "ties.csv"), ties)
    write(os.path.join(out, "network.csv"), {"measure": list(whole), "value": list(whole.values())})


main()
