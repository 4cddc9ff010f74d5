# Measures by sna and igraph for R, of graphs that oracle.py wrote.
#
#   Rscript oracle.R DIRECTORY
#
# Each graph is NAME.nodes (id, sector number) and NAME.edges (two row numbers,
# from 1); NAME.out gets lines of measure, id ("" for the network) and value.
suppressPackageStartupMessages({
	library(sna)
	library(igraph, warn.conflicts = FALSE)
})

directory <- commandArgs(TRUE)[1]
quietly <- function(e) suppressWarnings(suppressMessages(e))

measure <- function(name) {
	path <- function(ending) file.path(directory, paste0(name, ending))
	nodes <- read.table(path(".nodes"), sep = "\t", quote = "", comment.char = "",
		colClasses = c("character", "integer"))
	edges <- if (file.size(path(".edges")) > 0)
		as.matrix(read.table(path(".edges"), sep = "\t")) else matrix(0, 0, 2)
	n <- nrow(nodes)
	m <- nrow(edges)
	A <- matrix(0, n, n)
	A[edges] <- 1
	A <- A + t(A)
	g <- graph_from_adjacency_matrix(A, mode = "undirected")
	found <- list()
	say <- function(id, value, keys = nodes[[1]])
		found[[length(found) + 1]] <<- data.frame(id, keys, sprintf("%.17g", as.numeric(value)))
	all <- function(id, value) say(id, value, "")

	# sna
	say("m_degree", sna::degree(A, gmode = "graph"))
	if (n > 1) {
		say("m_betweenness_raw", sna::betweenness(A, gmode = "graph"))
		say("m_harmonic", sna::closeness(A, gmode = "graph", cmode = "suminvundir"))
		all("m_density", sna::gden(A, mode = "graph"))
		all("m_connectedness", sna::connectedness(A))
		all("m_components", sna::components(A, connected = "weak"))
		say("m_component", sna::component.size.byvertex(A, connected = "weak"))
	}
	if (n > 2) {
		all("m_degree_centralization", sna::centralization(A, sna::degree, mode = "graph"))
		all("m_betweenness_centralization",
			sna::centralization(A, sna::betweenness, mode = "graph"))
		all("m_isolates", length(sna::isolates(A)))
		all("m_cut_members", sum(sna::cutpoints(A, mode = "graph", return.indicator = TRUE)))
	}
	if (m > 0) {
		say("m_coreness", sna::kcores(A, mode = "graph"))
		roles <- sna::brokerage(A, nodes[[2]])$raw.nli
		known <- nodes[[2]] > 0
		if (base::all(known)) for (role in 1:5) say(paste0("m_", c("coordinator", "itinerant",
			"representative", "gatekeeper", "liaison")[role], "_sector"), roles[, role])
	}

	# igraph
	say("m_pagerank", page_rank(g)$vector)
	if (m > 0) {
		constrained <- igraph::constraint(g)
		constrained[igraph::degree(g) == 0] <- NaN
		say("m_constraint", constrained)
		all("m_global_efficiency", igraph::global_efficiency(g))
		all("m_mean_distance", igraph::mean_distance(g))
		all("m_diameter", igraph::diameter(g, unconnected = TRUE))
		all("m_bridges", length(igraph::E(g)[is_bridge(g)]))
	}
	say("m_clustering", igraph::transitivity(g, type = "local"))
	all("m_transitivity", igraph::transitivity(g, type = "global"))
	if (m > 0 && base::all(nodes[[2]] > 0) && length(unique(nodes[[2]][igraph::degree(g) > 0])) > 1)
		all("m_assortativity_sector", assortativity_nominal(g, nodes[[2]], directed = FALSE))
	write.table(do.call(rbind, found), path(".out"), sep = "\t", quote = FALSE,
		row.names = FALSE, col.names = FALSE)
}

# Not in every igraph.
is_bridge <- function(g) {
	parts <- igraph::components(g)$no
	vapply(seq_len(igraph::ecount(g)), function(e)
		igraph::components(igraph::delete_edges(g, e))$no > parts, TRUE)
}

for (file in list.files(directory, "[.]nodes$")) quietly(measure(sub("[.]nodes$", "", file)))
