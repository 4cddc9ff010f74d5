#ifndef TESTS_UNIT_DATA_SMALL_NETWORK_H
#define TESTS_UNIT_DATA_SMALL_NETWORK_H

#include <glib.h>
#include <glib/gstdio.h>

#include "data/workspace.h"

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

static inline void put_file(const char *dir, const char *path, const char *text)
{
	g_autofree char *full = g_build_filename(dir, path, NULL);
	g_autofree char *folder = g_path_get_dirname(full);

	g_mkdir_with_parents(folder, 0777);
	g_assert_true(g_file_set_contents(full, text, -1, NULL));
}

static inline char *get_file(const char *dir, const char *path)
{
	g_autofree char *full = g_build_filename(dir, path, NULL);
	char *text = NULL;

	g_file_get_contents(full, &text, NULL, NULL);
	return text;
}

static inline char *small_network(void)
{
	char *dir = g_dir_make_tmp("telar-XXXXXX", NULL);

	put_file(dir, "network.yaml", network_text);
	put_file(dir, "institutions/alpha.yaml", alpha_text);
	put_file(dir, "institutions/beta.yaml", beta_text);
	put_file(dir, "territories/norte.yaml", norte_text);
	return dir;
}

static inline void remove_tree(const char *path)
{
	GDir *dir = g_file_test(path, G_FILE_TEST_IS_SYMLINK) ? NULL : g_dir_open(path, 0, NULL);

	for (const char *name = dir ? g_dir_read_name(dir) : NULL; name;
	     name = g_dir_read_name(dir)) {
		g_autofree char *inner = g_build_filename(path, name, NULL);
		remove_tree(inner);
	}
	if (dir)
		g_dir_close(dir);
	g_remove(path);
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
