# telar: build, set-up, checks.  `make help` lists what there is.
# Variants: make VARIANT=debug|asan|cov|fuzz; output goes to build/VARIANT only.
, := ,
VERSION := 0.1.0
VARIANT ?= release
PREFIX  ?= /usr/local
CC      ?= cc
B       ?= build/$(VARIANT)
JOBS    ?= $(shell nproc)
V       ?= 0
Q       := $(if $(filter 0,$(V)),@,)
say      = $(if $(filter 0,$(V)),@printf '  %-6s %s\n' '$(1)' '$(2)',@:)

# --- Debian packages -----------------------------------------------------------
DEPS_BUILD := gcc libc6-dev make pkg-config gettext iso-codes libigraph-dev libglib2.0-dev libncurses-dev \
	libsqlite3-dev libyaml-dev libxml2-dev libcsv-dev libjson-glib-dev
DEPS_CHECK := perl python3 python3-yaml python3-networkx python3-numpy python3-scipy python3-igraph r-cran-igraph r-cran-sna tmux git sqlite3 strace
DEPS_MAN   := scdoc
DEPS_LINT  := clang clang-format cppcheck libclang-rt-14-dev

# --- flags ---------------------------------------------------------------------
PKGS := igraph glib-2.0 gio-2.0 gio-unix-2.0 ncursesw sqlite3 yaml-0.1 libxml-2.0 json-glib-1.0
WARN := -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wstrict-prototypes -Wmissing-prototypes \
	-Wwrite-strings -Wformat=2 -Wvla -Wimplicit-fallthrough
OPT_release := -O2 -g
OPT_debug   := -Og -g3
OPT_asan    := -O1 -g3 -fsanitize=address,undefined -fno-sanitize-recover=undefined \
	-fno-omit-frame-pointer
OPT_cov     := -O0 -g --coverage
OPT_fuzz    := -O1 -g3 -fsanitize=address,undefined,fuzzer-no-link -fno-sanitize-recover=undefined
LINK_asan   := -fsanitize=address,undefined
LINK_cov    := --coverage
LINK_fuzz   := -fsanitize=address,undefined
ifeq ($(VARIANT),fuzz)
CC := clang
endif
# pkg-config is asked lazily: `make deps` and `make help` must work without it.
PKG_CFLAGS = $(eval PKG_CFLAGS := $$(shell pkg-config --cflags $$(PKGS) 2>/dev/null | \
	sed 's/-D[^ ]*//g; s/-I/-isystem /g'))$(PKG_CFLAGS)
PKG_LIBS   = $(eval PKG_LIBS := $$(subst -ligraph,$$(igraph_libs),$$(shell pkg-config --libs $$(PKGS) 2>/dev/null)) \
	-lcsv -lm)$(PKG_LIBS)
# igraph from its archive, where that links: what is used of it needs none of the 14 libraries
# that the shared one brings, which saves 2 ms of every start.  ARPACK it would only ask for
# eigenvalues, which nobody here does: a call would end at address 0.  IGRAPH=shared leaves it out.
IGRAPH ?= $(if $(filter release debug,$(VARIANT)),static,shared)
igraph_archive := -l:libigraph.a $(patsubst %,-Wl$(,)--defsym=%=0,dsortr_ dsortc_ dsaupd_ dseupd_ dnaupd_ dneupd_)
igraph_probe := int igraph_community_leiden(void), igraph_coreness(void), igraph_modularity(void), \
	igraph_layout_fruchterman_reingold(void); int main(void) { return igraph_community_leiden() + \
	igraph_coreness() + igraph_modularity() + igraph_layout_fruchterman_reingold(); }
igraph_libs = $(if $(filter static,$(IGRAPH)),$(shell echo '$(igraph_probe)' | \
	$(CC) -x c -o /dev/null - $(igraph_archive) -lm 2>/dev/null && echo '$(igraph_archive)' || echo -ligraph),-ligraph)
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

NETWORKS := red-stem ecosistema-stem unesco-alliance ensena-por-mexico territorio-ejemplo

.PHONY: bench all check run-check run-asan unit lint asan demo install uninstall dist clean deps deps-check deps-lint help po
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

# --- set-up ----------------------------------------------------------------------
# Installs only what is missing and says so; elsewhere than on Debian it names it.
deps:
	@tests/lint/deps.sh build $(DEPS_BUILD)
deps-check: deps
	@tests/lint/deps.sh check $(DEPS_CHECK)
deps-man:
	@tests/lint/deps.sh man $(DEPS_MAN)
deps-lint: deps
	@tests/lint/deps.sh lint $(DEPS_LINT)

# --- the real network on the screen -------------------------------------------------
demo: deps
	@$(MAKE) --no-print-directory -j$(JOBS) all
	@$(B)/telar contrib/red-stem

# --- fuzzing ----------------------------------------------------------------------------
# Every target FUZZ_RUNS times under sanitizers, from its seeds and what former runs
# found (kept in build/fuzz/corpus); FUZZ_SECONDS bounds each, 0: not.
FUZZERS := $(patsubst %.c,$(B)/%,$(wildcard tests/fuzz/*.c))
FUZZ_RUNS    ?= 1000000
FUZZ_SECONDS ?= 0
.PHONY: fuzz run-fuzz check-fuzz
check-fuzz: deps-lint
	@$(MAKE) --no-print-directory -j$(JOBS) VARIANT=fuzz run-fuzz
fuzz: $(FUZZERS)
run-fuzz: fuzz
	$(Q)for target in $(notdir $(FUZZERS)); do \
		mkdir -p $(B)/corpus/$$target && echo "  FUZZ   $$target" && \
		$(B)/tests/fuzz/$$target -runs=$(FUZZ_RUNS) -max_total_time=$(FUZZ_SECONDS) -max_len=2048 -timeout=10 \
			-rss_limit_mb=3000 -verbosity=0 -artifact_prefix=$(B)/found-$$target- \
			$(B)/corpus/$$target tests/fuzz/seeds/$$target || exit 1; done
$(B)/tests/fuzz/%: $(B)/tests/fuzz/%.o $(below_data)
	$(call say,LINK,$@)
	$(Q)$(CC) $(ALL_LDFLAGS) -fsanitize=fuzzer -o $@ $< $(below_data) $(PKG_LIBS)

# --- checks ---------------------------------------------------------------------------
# Unit tests (one program each), then the program itself by its commands and screens.
check: deps-check
	@$(MAKE) --no-print-directory -j$(JOBS) run-check
run-check: all unit
	$(Q)TELAR=$(abspath $(B))/telar prove -j$(JOBS) --timer --failures tests/cli/*.t tests/screen/*.t tests/oracle/*.t
unit: $(UNITS) $(MO)
	$(Q)TELAR_TESTS=$(abspath tests) prove -j$(JOBS) --failures --exec '' $(UNITS) :: --tap

# The suite under address and undefined-behaviour sanitizers.
asan: deps-check
	@ASAN_OPTIONS=detect_leaks=1 LSAN_OPTIONS=suppressions=$(abspath tests/lint/lsan.supp):print_suppressions=0 \
		$(MAKE) --no-print-directory -j$(JOBS) VARIANT=asan run-asan
run-asan: all unit

# The long forms: many who save at once, and kill -9 at any moment.
.PHONY: check-race check-crash check-backup
BACKUPS ?= 500
check-backup: all
	$(Q)BACKUPS=$(BACKUPS) TELAR=$(abspath $(B))/telar prove -v tests/cli/backup.t
RACE_SAVES ?= 1000
CRASH_KILLS ?= 2000
check-race: all
	$(Q)RACE_SAVES=$(RACE_SAVES) TELAR=$(abspath $(B))/telar prove -v tests/cli/race.t
check-crash: all
	$(Q)CRASH_KILLS=$(CRASH_KILLS) TELAR=$(abspath $(B))/telar prove -v tests/cli/crash.t

lint: deps-lint
	$(Q)tests/lint/lint.sh
	$(Q)tests/lint/unused.sh
	$(Q)$(MAKE) --no-print-directory -j$(JOBS) B=build/lint-clang CC=clang WERROR=1 all build/lint-clang/units
	$(Q)$(MAKE) --no-print-directory -j$(JOBS) B=build/lint-gcc CC=gcc WERROR=1 all build/lint-gcc/units
$(B)/units: $(UNITS)
	@touch $@

# Ratios against libigraph, and whole runs against python-igraph and networkx; SIZES="200 2000 200000",
# WRITE=docs/performance.md puts the whole runs there, LIMIT=600 seconds end one.
bench: deps-check
	@$(MAKE) --no-print-directory -j$(JOBS) all
	$(Q)B=$(B) tests/bench/kernels.sh $(SIZES)
	$(Q)TELAR=$(abspath $(B))/telar tests/bench/whole.py $(SIZES)
# Loading a store beside bare SQLite, reading files beside libyaml's events; DATA="20000 2000".
.PHONY: bench-data
bench-data: deps
	$(Q)B=$(B) tests/bench/data.sh $(DATA)
$(B)/tests/bench/load $(B)/tests/bench/read: $(B)/tests/bench/%: $(B)/tests/bench/%.o $(below_data)
	$(call say,LINK,$@)
	$(Q)$(CC) $(ALL_LDFLAGS) -o $@ $< $(below_data) $(PKG_LIBS)
# How long after an edit the register is right again, on a copy of the sample; EDITS=100 rounds.
.PHONY: bench-edit
bench-edit: $(B)/tests/bench/edit
	$(Q)rm -rf $(B)/edited && cp -R contrib/red-stem $(B)/edited && rm -rf $(B)/edited/.telar && \
		$< $(B)/edited $(EDITS) && rm -rf $(B)/edited
# What it costs to know what would break if a member left, at 2,000; LEAVE=1000 of them.
.PHONY: bench-leave
bench-leave: $(B)/tests/bench/leave $(B)/telar
	$(Q)rm -f $(B)/leave.telar*; \
		$(B)/telar generate --store $(B)/leave.telar --institutions 2000 --territories 21 >/dev/null && \
		$< $(B)/leave.telar $(LEAVE); rm -f $(B)/leave.telar*
$(B)/tests/bench/edit $(B)/tests/bench/leave: $(B)/tests/bench/%: $(B)/tests/bench/%.o $(below_graph)
	$(call say,LINK,$@)
	$(Q)$(CC) $(ALL_LDFLAGS) -o $@ $< $(below_graph) $(PKG_LIBS)
# How long a key waits on networks of 20,000 and 200,000, every action in every view; SIZES="2000" for
# others, KEYS='6++' for some keys alone, STUDY=1 with all that is computed.
.PHONY: bench-keys
bench-keys: $(B)/tests/bench/keys $(B)/telar
	$(Q)set -e; for n in $(or $(SIZES),20000 200000); do \
		rm -f $(B)/keys.telar*; \
		$(B)/telar generate --store $(B)/keys.telar --institutions $$n --territories $$((n / 100 + 1)) \
			--programmes $$((n / 400 + 1)) >/dev/null; \
		$< $(B)/keys.telar; done; rm -f $(B)/keys.telar*
$(B)/tests/bench/keys: $(B)/tests/bench/keys.o $(below_tui)
	$(call say,LINK,$@)
	$(Q)$(CC) $(ALL_LDFLAGS) -o $@ $< $(below_tui) $(PKG_LIBS)

# Random keys and sizes through the whole app under the sanitizers; RANDOM_KEYS=200000 SEED=7
RANDOM_KEYS ?= 1000000
.PHONY: check-keys run-keys
check-keys:
	@$(MAKE) --no-print-directory -j$(JOBS) VARIANT=asan run-keys
run-keys: $(B)/tests/unit/tui_keys
	ASAN_OPTIONS=detect_leaks=1 LSAN_OPTIONS=suppressions=$(abspath tests/lint/lsan.supp):print_suppressions=0 \
		TELAR_KEYS=$(RANDOM_KEYS) TELAR_SEED=$(SEED) $(B)/tests/unit/tui_keys

# --- manual pages, of the program's own tables ---------------------------------------
MAN := telar.1 telar-entry.5 telar-measures.7 telar-config.5
.PHONY: man make-man deps-man
man: deps-man
	@$(MAKE) --no-print-directory -j$(JOBS) make-man
make-man: $(addprefix $(B)/man/,$(MAN))
$(B)/man/%: $(B)/telar
	$(call say,MAN,$@)
	@mkdir -p $(@D)
	$(Q)LC_ALL=C.UTF-8 LANGUAGE= $(B)/telar manual --source $* | scdoc >$@.new && mv $@.new $@

# Pages of docs/ that are made of tables, or of screens; tests/cli/config.t and tour.t say
# when they are stale.
.PHONY: docs
docs: $(B)/telar $(MO)
	LC_ALL=C.UTF-8 LANGUAGE= $(B)/telar manual keys.md >docs/keys.md
	for page in en:docs/tour.md es:docs/tour.es.md readme:README.md; do \
		TELAR=$(B)/telar docs/tour/make.py $${page%%:*} >$(B)/page.md && \
		mv $(B)/page.md $${page#*:} || exit 1; done

# --- installing -----------------------------------------------------------------------
COMPLETIONS := bash:bash-completion/completions/telar zsh:zsh/site-functions/_telar \
	fish:fish/vendor_completions.d/telar.fish
install: all man
	for m in $(MAN); do \
		install -d $(DESTDIR)$(PREFIX)/share/man/man$${m##*.} && \
		install -m 644 $(B)/man/$$m $(DESTDIR)$(PREFIX)/share/man/man$${m##*.}/$$m || exit 1; done
	install -d $(DESTDIR)$(PREFIX)/bin $(DESTDIR)$(PREFIX)/share/telar
	install -m 755 $(B)/telar $(DESTDIR)$(PREFIX)/bin/telar
	for l in $(LANGS); do \
		install -d $(DESTDIR)$(PREFIX)/share/locale/$$l/LC_MESSAGES && \
		install -m 644 $(B)/locale/$$l/LC_MESSAGES/telar.mo \
			$(DESTDIR)$(PREFIX)/share/locale/$$l/LC_MESSAGES/telar.mo || exit 1; done
	for n in $(NETWORKS); do \
		cp -R contrib/$$n $(DESTDIR)$(PREFIX)/share/telar/ && \
		rm -rf $(DESTDIR)$(PREFIX)/share/telar/$$n/.telar || exit 1; done
	cp -R contrib/schema $(DESTDIR)$(PREFIX)/share/telar/
	for s in $(COMPLETIONS); do \
		install -d $(DESTDIR)$(PREFIX)/share/$$(dirname $${s#*:}) && \
		LC_ALL=C.UTF-8 LANGUAGE= $(B)/telar completion $${s%%:*} \
			>$(DESTDIR)$(PREFIX)/share/$${s#*:} || exit 1; done
uninstall:
	for m in $(MAN); do rm -f $(DESTDIR)$(PREFIX)/share/man/man$${m##*.}/$$m; done
	rm -f $(DESTDIR)$(PREFIX)/bin/telar
	for l in $(LANGS); do rm -f $(DESTDIR)$(PREFIX)/share/locale/$$l/LC_MESSAGES/telar.mo; done
	rm -rf $(DESTDIR)$(PREFIX)/share/telar
	for s in $(COMPLETIONS); do rm -f $(DESTDIR)$(PREFIX)/share/$${s#*:}; done

dist:
	$(Q)mkdir -p build
	git archive --format=tar.gz --prefix=telar-$(VERSION)/ -o build/telar-$(VERSION).tar.gz HEAD

# --- translation ------------------------------------------------------------------------
# Takes the program's texts into the catalogues; translators fill what is new.
po:
	xgettext --from-code=UTF-8 --language=C --keyword=_ --keyword=N_ --keyword=ngettext:1,2 \
		--keyword=C_:1c,2 --keyword=NC_:1c,2 --keyword=IN_CONTEXT:1c,2 --add-comments=TRANSLATORS --package-name=telar --sort-by-file \
		-o po/telar.pot $(SOURCES) $(wildcard */*.def */*/*.def)
	for l in $(LANGS); do msgmerge --quiet --update --backup=none --no-fuzzy-matching po/$$l.po po/telar.pot; done

clean:
	rm -rf build
help:
	@echo 'make            build build/release/telar'
	@echo 'make demo       set up, build and open the real network'
	@echo 'make check      set up, build and run the tests'
	@echo 'make lint       layers, gates, lengths, format, cppcheck, warnings of two compilers'
	@echo 'make check-race check-crash check-backup  long: writers at once, kill -9, backups meanwhile (RACE_SAVES, CRASH_KILLS, BACKUPS)'
	@echo 'make asan       unit tests under sanitizers'
	@echo 'make check-fuzz hostile input, FUZZ_RUNS=$(FUZZ_RUNS) times each of $(words $(FUZZERS)) targets (FUZZ_SECONDS=10: at most)'
	@echo 'make bench      speed against libigraph; bench-keys: how long a key waits (see docs/performance.md)'
	@echo 'make man        build the manual pages; docs: the pages of docs/ that are made'
	@echo 'make install    to PREFIX=$(PREFIX) (DESTDIR is honoured); make uninstall'
	@echo 'make dist po clean; VARIANT=debug|asan|cov|fuzz, V=1 shows commands'
