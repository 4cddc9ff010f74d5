#ifndef DATA_TABLES_H
#define DATA_TABLES_H

#include "data/records.h"

/* What the files of tables share: how a row is written, and the lists of choices. */
/* clang-format off */
#define AT(type, member) .offset = (guint)offsetof(struct type, member)
#define ASIDE(type, member)                                                                        \
	.offset = (guint)offsetof(struct type##_details, member),                                  \
	.aside = (guint)offsetof(struct type, details),                                            \
	.aside_size = (guint)sizeof(struct type##_details)
#define SUB(table) .sub = &(table)
#define TYPE(NAME, TITLE, TITLES, FOLDER, STRUCT, FIELDS)                                          \
	{ .name = NAME, .title = TITLE, .titles = TITLES, .folder = FOLDER,                        \
	  .size = (guint)sizeof(struct STRUCT), .fields = FIELDS, .n_fields = G_N_ELEMENTS(FIELDS) }
#define TO(kind) (1u << KIND_##kind)
#define ATTRIBUTES(where, LABEL, HELP)                                                             \
	{ .key = "attributes", .type = FIELD_ITEMS, SUB(extra_type), .flags = FIELD_MEMBER, where,   \
	  .label = LABEL, .help = HELP }
/* clang-format on */

extern const struct choice choice_visibility[], choice_level[], choice_territory_status[],
	choice_agenda_status[], choice_item_status[], choice_agreement[], choice_programme[],
	choice_metric[], choice_qualifier[], choice_event[], choice_resource[], choice_spread[];

#endif
