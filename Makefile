# telar: build, set-up, checks.  `make help` lists what there is.
# Variants: make VARIANT=debug|asan|cov|fuzz; output goes to build/VARIANT only.
VERSION := 0.1.0
VARIANT ?= release
PREFIX  ?= /usr/local
CC      ?= cc
B       ?= build/$(VARIANT)
V       ?= 0
Q       := $(if $(filter 0,$(V)),@,)
say      = $(if $(filter 0,$(V)),@printf '  %-6s %s\n' '$(1)' '$(2)',@:)

# --- Debian packages -----------------------------------------------------------
DEPS_BUILD := gcc make pkg-config gettext iso-codes libigraph-dev libglib2.0-dev libncurses-dev \
	libsqlite3-dev libyaml-dev libxml2-dev libcsv-dev libjson-glib-dev
DEPS_CHECK := perl python3 python3-networkx tmux git sqlite3
DEPS_LINT  := clang clang-format cppcheck

# --- flags ---------------------------------------------------------------------
PKGS := igraph glib-2.0 gio-2.0 gio-unix-2.0 ncursesw sqlite3 yaml-0.1 libxml-2.0 json-glib-1.0
WARN := -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wstrict-prototypes -Wmissing-prototypes \
	-Wwrite-strings -Wformat=2 -Wvla -Wimplicit-fallthrough
OPT_release := -O2 -g
OPT_debug   := -Og -g3
OPT_asan    := -O1 -g3 -fsanitize=address,undefined -fno-sanitize-recover=undefined \
	-fno-omit-frame-pointer
OPT_cov     := -O0 -g --coverage
OPT_fuzz    := -O1 -g3 -fsanitize=address,undefined,fuzzer-no-link
LINK_asan   := -fsanitize=address,undefined
LINK_cov    := --coverage
LINK_fuzz   := -fsanitize=address,undefined
ifeq ($(VARIANT),fuzz)
CC := clang
endif
# pkg-config is asked lazily: `make deps` and `make help` must work without it.
PKG_CFLAGS = $(eval PKG_CFLAGS := $$(shell pkg-config --cflags $$(PKGS) 2>/dev/null | \
	sed 's/-D[^ ]*//g; s/-I/-isystem /g'))$(PKG_CFLAGS)
PKG_LIBS   = $(eval PKG_LIBS := $$(shell pkg-config --libs $$(PKGS) 2>/dev/null) -lcsv -lm)$(PKG_LIBS)
ALL_CFLAGS = -std=c11 -D_GNU_SOURCE -I. $(WARN) $(if $(WERROR),-Werror) $(OPT_$(VARIANT)) \
	-DTELAR_VERSION='"$(VERSION)"' -DTELAR_PREFIX='"$(PREFIX)"' $(PKG_CFLAGS) $(CFLAGS)
ALL_LDFLAGS = $(LINK_$(VARIANT)) $(LDFLAGS)

# --- layers: each an archive, linked with those below ----------------------------
LAYERS := tui graph data base
src     = $(wildcard $(1)/*.c $(1)/*/*.c)
objects = $(patsubst %.c,$(B)/%.o,$(call src,$(1)))
archive = $(B)/lib$(1).a
below_base  := $(call archive,base)
below_data  := $(call archive,data) $(below_base)
below_graph := $(call archive,graph) $(below_data)
below_tui   := $(call archive,tui) $(below_graph)
below_cli   := $(below_tui)
SOURCES := $(foreach l,cli $(LAYERS),$(call src,$(l)))
UNIT_SOURCES := $(wildcard tests/unit/*.c)
UNITS := $(patsubst %.c,$(B)/%,$(UNIT_SOURCES))
LANGS := $(patsubst po/%.po,%,$(wildcard po/*.po))
MO    := $(foreach l,$(LANGS),$(B)/locale/$(l)/LC_MESSAGES/telar.mo)

.PHONY: all check unit lint asan demo install uninstall dist clean deps deps-check deps-lint help po
all: $(B)/telar $(MO)

$(B)/telar: $(call objects,cli) $(below_cli)
	$(call say,LINK,$@)
	$(Q)$(CC) $(ALL_LDFLAGS) -o $@ $(call objects,cli) $(below_cli) $(PKG_LIBS)

define layer_rules
$(call archive,$(1)): $(call objects,$(1))
	$$(call say,AR,$$@)
	$$(Q)rm -f $$@ && $$(AR) rcs $$@ $$(filter %.o,$$^)
$(B)/tests/unit/$(1)_%: $(B)/tests/unit/$(1)_%.o $$(below_$(1))
	$$(call say,LINK,$$@)
	$$(Q)$$(CC) $$(ALL_LDFLAGS) -o $$@ $$< $$(below_$(1)) $$(PKG_LIBS)
endef
$(foreach l,$(LAYERS),$(eval $(call layer_rules,$(l))))

$(B)/%.o: %.c $(B)/flags
	$(call say,CC,$<)
	@mkdir -p $(@D)
	$(Q)$(CC) $(ALL_CFLAGS) -MMD -MP -c -o $@ $<

# Rebuild when flags change, not otherwise.
$(B)/flags: FORCE
	@mkdir -p $(@D)
	@echo '$(CC) $(subst ','\'',$(ALL_CFLAGS))' | cmp -s - $@ || \
		echo '$(CC) $(subst ','\'',$(ALL_CFLAGS))' > $@
.PHONY: FORCE
FORCE:

$(B)/locale/%/LC_MESSAGES/telar.mo: po/%.po
	$(call say,MO,$@)
	@mkdir -p $(@D)
	$(Q)msgfmt --check -o $@ $<

-include $(shell find $(B) -name '*.d' 2>/dev/null)
.SECONDARY:
