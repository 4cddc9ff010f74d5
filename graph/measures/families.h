#ifndef GRAPH_MEASURES_FAMILIES_H
#define GRAPH_MEASURES_FAMILIES_H

#include "graph/measure.h"

/* The functions behind the rows of the table, one family a file. */
#define MEASURE(name)                                                                              \
	bool measure_##name(struct study *study, const struct measure *measure, double *out,       \
			    GError **error)

/* size.c */
MEASURE(members);
MEASURE(ties);
MEASURE(isolates);
MEASURE(density);
MEASURE(mean_degree);
MEASURE(fresh);
MEASURE(confirmed);
MEASURE(reciprocity);
MEASURE(coverage);

/* central.c */
MEASURE(degree);
MEASURE(strength);
MEASURE(betweenness);
MEASURE(betweenness_raw);
MEASURE(harmonic);
MEASURE(eccentricity);
MEASURE(eigenvector);
MEASURE(pagerank);
MEASURE(coreness);
MEASURE(reach);
MEASURE(degree_centralization);
MEASURE(betweenness_centralization);
MEASURE(closeness_centralization);
MEASURE(eigenvector_centralization);

/* cohesion.c */
MEASURE(components);
MEASURE(main_component);
MEASURE(fragmentation);
MEASURE(connectedness);
MEASURE(global_efficiency);
MEASURE(linked_pairs);
MEASURE(mean_distance);
MEASURE(diameter);
MEASURE(transitivity);
MEASURE(mean_clustering);
MEASURE(communities);
MEASURE(modularity);
MEASURE(max_coreness);
MEASURE(cut_members);
MEASURE(bridges);

/* connectivity.c */
MEASURE(member_connectivity);
MEASURE(tie_connectivity);

/* shape.c */
MEASURE(core_size);
MEASURE(core_fit);
MEASURE(without_hub);
MEASURE(without_hubs);
MEASURE(stage);
MEASURE(agreement);

/* depth.c */
MEASURE(depth_unknown);
MEASURE(depth_awareness);
MEASURE(depth_cooperation);
MEASURE(depth_coordination);
MEASURE(depth_integration);
MEASURE(multiplexity);
MEASURE(ties_began);
MEASURE(ties_ended);
MEASURE(continuity);

/* exchange.c */
MEASURE(offers);
MEASURE(needs);
MEASURE(needs_matched);
MEASURE(needs_unmet);
MEASURE(capacity_offers);
MEASURE(capacity_needs);
MEASURE(capacity_matched);
MEASURE(capacity_unmet);

/* local.c */
MEASURE(clustering);
MEASURE(constraint);
MEASURE(effective_size);
MEASURE(burt_efficiency);
MEASURE(component);
MEASURE(cut_off);
MEASURE(own_ei);
MEASURE(sectors_reached);
MEASURE(territories_reached);
MEASURE(months);

/* bridging.c */
MEASURE(bridging);
MEASURE(tie_bridging);

/* funding.c */
MEASURE(funding_links);
MEASURE(funded_members);
MEASURE(one_funder);
MEASURE(funders_hold);
MEASURE(funders);
MEASURE(funded);
MEASURE(funded_alone);
MEASURE(funding_hold);

/* broker.c: roles by measure->by */
MEASURE(coordinator);
MEASURE(itinerant);
MEASURE(gatekeeper);
MEASURE(liaison);
MEASURE(hierarchy);

/* diversity.c: by measure->by */
MEASURE(blau);
MEASURE(iqv);
MEASURE(reach_efficiency);
MEASURE(tier_fit);

/* ../circles.c */
MEASURE(circle);

/* mixing.c: by measure->by */
MEASURE(ei);
MEASURE(ei_chance);
MEASURE(ei_p);
MEASURE(assortativity);
MEASURE(group_members);
MEASURE(group_inside);
MEASURE(group_outside);
MEASURE(group_density);
MEASURE(group_ei);

/* tie.c */
MEASURE(tie_weight);
MEASURE(tie_betweenness);
MEASURE(tie_bridge);
MEASURE(tie_common);
MEASURE(tie_adamic);
MEASURE(tie_resource);
MEASURE(tie_jaccard);
MEASURE(tie_months);
MEASURE(tie_idle);

#endif
