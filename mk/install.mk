# The C library where other programs find it. DESTDIR stands before every path when
# a package is made; LIBDIR is for systems that have another than PREFIX/lib.

LIBDIR ?= $(PREFIX)/lib
INSTALLED_CMAKE := $(LIBDIR)/cmake/hazmat

# Where LIBDIR lies below PREFIX the files say where the rest is from where they are,
# so that all may be moved together.
ifneq ($(filter $(PREFIX)/%,$(LIBDIR)),)
PC_PREFIX = $${pcfiledir}/$(shell realpath -m --relative-to='$(LIBDIR)/pkgconfig' '$(PREFIX)')
PC_LIBDIR = $${prefix}/$(patsubst $(PREFIX)/%,%,$(LIBDIR))
CMAKE_PREFIX = $${_hazmat_here}/$(shell realpath -m --relative-to='$(INSTALLED_CMAKE)' '$(PREFIX)')
else
PC_PREFIX = $(PREFIX)
PC_LIBDIR = $(LIBDIR)
CMAKE_PREFIX = $(PREFIX)
endif

# $(1) is what @PREFIX@ stands for.
fill-in = sed -e 's|@PREFIX@|$(1)|' -e 's|@LIBDIR@|$(PC_LIBDIR)|' -e 's|@VERSION@|$(VERSION)|' \
	-e 's|@FRONT@|$(notdir $(FRONT))|' -e 's|@POINTER_SIZE@|$(shell $(CC) -dM -E -x c /dev/null | sed -n 's/.*__SIZEOF_POINTER__ //p')|'

.PHONY: install
install: build ## Install the C library to PREFIX (/usr/local), below DESTDIR
	install -d '$(DESTDIR)$(PREFIX)/include' '$(DESTDIR)$(LIBDIR)/pkgconfig' '$(DESTDIR)$(INSTALLED_CMAKE)'
	install -m 644 include/hazmat.h '$(DESTDIR)$(PREFIX)/include/'
	install -m 644 $(FRONT) $(CORE) '$(DESTDIR)$(LIBDIR)/'
	ln -sf $(notdir $(FRONT)) '$(DESTDIR)$(LIBDIR)/libhazmat.so'
	$(call fill-in,$(PC_PREFIX)) packaging/hazmat.pc.in > '$(DESTDIR)$(LIBDIR)/pkgconfig/hazmat.pc'
	$(call fill-in,$(CMAKE_PREFIX)) packaging/hazmatConfig.cmake.in > '$(DESTDIR)$(INSTALLED_CMAKE)/hazmatConfig.cmake'
	$(call fill-in,) packaging/hazmatConfigVersion.cmake.in > '$(DESTDIR)$(INSTALLED_CMAKE)/hazmatConfigVersion.cmake'

# Folders that others may use too go only if nobody does.
.PHONY: uninstall
uninstall: ## Remove what install put to the same PREFIX, LIBDIR and DESTDIR
	rm -f '$(DESTDIR)$(PREFIX)/include/hazmat.h' '$(DESTDIR)$(LIBDIR)/libhazmat.so' \
		'$(DESTDIR)$(LIBDIR)/$(notdir $(FRONT))' '$(DESTDIR)$(LIBDIR)/$(notdir $(CORE))' \
		'$(DESTDIR)$(LIBDIR)/pkgconfig/hazmat.pc' \
		'$(DESTDIR)$(INSTALLED_CMAKE)/hazmatConfig.cmake' '$(DESTDIR)$(INSTALLED_CMAKE)/hazmatConfigVersion.cmake'
	for folder in '$(DESTDIR)$(INSTALLED_CMAKE)' '$(DESTDIR)$(LIBDIR)/cmake' '$(DESTDIR)$(LIBDIR)/pkgconfig'; do \
		test ! -d "$$folder" || rmdir --ignore-fail-on-non-empty "$$folder"; done

.PHONY: test-install
test-install: build ## Install to a temporary folder, and build and run programs against that
	CC='$(CC)' tests/install/run.sh
