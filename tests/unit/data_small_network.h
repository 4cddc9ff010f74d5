#ifndef TESTS_UNIT_DATA_SMALL_NETWORK_H
#define TESTS_UNIT_DATA_SMALL_NETWORK_H

#include "data/workspace.h"
#include "tests/unit/files.h"

/* A small network in a temporary directory, written by hand as people do. */

static const char network_text[] = "# the network\n"
				   "id: red\n"
				   "name: Red de prueba\n"
				   "vocabularies:\n"
				   "  sectors:\n"
				   "    - {id: edustem, name: EduSTEM}\n"
				   "    - {id: business, name: Business}\n"
				   "  kinds:\n"
				   "    - {id: training, name: Training}\n"
				   "    - {id: funding, name: Funding}\n"
				   "  capacities:\n"
				   "    - {id: content, name: Content}\n";
static const char alpha_text[] = "# Alpha's own file\n"
				 "id: alpha\n"
				 "name: Alpha   # the short one\n"
				 "sector: edustem\n"
				 "country: MX\n"
				 "url: https://alpha.example\n"
				 "memberships: [{network: red, since: 2020}]\n"
				 "partners:\n"
				 "  - with: beta   # since long\n"
				 "    kinds: [training]\n"
				 "    since: 2019\n"
				 "verified: 2026-03\n";
static const char beta_text[] = "id: beta\n"
				"name: Beta\n"
				"sector: business\n"
				"territories: [norte]\n";
static const char norte_text[] = "id: norte\n"
				 "name: Norte\n"
				 "country: MX\n";

static inline char *small_network(void)
{
	char *dir = g_dir_make_tmp("telar-XXXXXX", NULL);

	put_file(dir, "network.yaml", network_text);
	put_file(dir, "institutions/alpha.yaml", alpha_text);
	put_file(dir, "institutions/beta.yaml", beta_text);
	put_file(dir, "territories/norte.yaml", norte_text);
	return dir;
}

/* Opened by ana, at one moment that stands. */
static inline struct workspace *small_workspace(const char *dir, struct findings *findings)
{
	static const gint64 now = (gint64)1795310525 * 1000000;
	g_autoptr(GError) error = NULL;
	const struct workspace_options options = { .path = dir,
						   .actor = "ana",
						   .clock = clock_fixed(&now) };
	struct workspace *workspace = workspace_open(&options, findings, &error);

	g_assert_no_error(error);
	return workspace;
}

#endif
