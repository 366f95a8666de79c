# The tests in C. What each does is in tests/c/README.md.

C_TESTS := $(patsubst tests/c/%.c,%,$(wildcard tests/c/test_*.c))
C_HELPERS := $(filter-out test_% %_core,$(patsubst tests/c/%.c,%,$(wildcard tests/c/*.c)))

# -std=c99 for what a user's compiler may be; the tests themselves use more of the
# system than that.
TEST_CFLAGS := -std=c99 -D_GNU_SOURCE -Wall -Wextra -pedantic -Werror -Wconversion -Wshadow \
	-Wstrict-prototypes -Wmissing-prototypes -Iinclude -Itests/c

# Everything is built twice: as it is, and with sanitizers in front and tests. The
# core is the same Go library in both.
SANITIZE := -fsanitize=address,undefined -fno-sanitize-recover=all -fno-omit-frame-pointer
C_PLAIN := build/tests/c
C_ASAN := build/asan/tests/c
ASAN_LIB := build/asan/lib

# Some of it a third time, with ThreadSanitizer. It does not see into the core: Go's
# own race detector does, in make test-go.
SANITIZE_THREADS := -fsanitize=thread
C_TSAN := build/tsan/tests/c
TSAN_LIB := build/tsan/lib
RUN_TSAN := TSAN_OPTIONS=suppressions=tests/c/tsan.supp

# $(1) is the folder of the tests, $(2) that of the libraries, $(3) extra flags.
define c-tests
$(1)_LIBS := $(2)/$(notdir $(FRONT)) $(2)/$(notdir $(CORE))
$(1)_CORES := $(1)/cores/strange.so $(1)/cores/fake.so $(1)/cores/other/$(notdir $(CORE)) \
	$(1)/cores/front/$(notdir $(FRONT)) $(1)/cores/front/$(notdir $(CORE))

$(patsubst %,$(1)/%.o,$(C_TESTS) $(C_HELPERS)): $(1)/%.o: tests/c/%.c $(wildcard tests/c/*.h) include/hazmat.h
	@mkdir -p $$(@D)
	$$(CC) $$(TEST_CFLAGS) $$(CFLAGS) $(3) -DTEST_CORES='"$(1)/cores"' -DTEST_CORE='"$(2)/$(notdir $(CORE))"' \
		-DTEST_FRONT='"$(notdir $(FRONT))"' -DTEST_CONTRACT_CORE='"$(CONTRACT_CORE)"' -c $$< -o $$@

$(1)/helpers.a: $(C_HELPERS:%=$(1)/%.o)
	@rm -f $$@
	ar rcs $$@ $$^

$(C_TESTS:%=$(1)/%): $(1)/%: $(1)/%.o $(1)/helpers.a $$($(1)_LIBS)
	$$(CC) $(3) $$(LDFLAGS) $$< $(1)/helpers.a $(2)/$(notdir $(FRONT)) $$(TEST_LIBS) -lpthread -Wl,-rpath,$(CURDIR)/$(2) -o $$@

# What the backend that is one program's example stands on.
$(1)/test_gcrypt: TEST_LIBS := -lgcrypt

# Cores that are none, or not of this build; and a front that lies elsewhere.
$(1)/cores/strange.so: tests/c/strange_core.c
	@mkdir -p $$(@D)
	$$(CC) -shared -fPIC $$< -o $$@
$(1)/cores/fake.so: tests/c/fake_core.c capi/boundary/link.h capi/front/zz_core.h
	@mkdir -p $$(@D)
	$$(CC) -shared -fPIC -Icapi/boundary $$< -o $$@ \
		$$$$(sed -n 's/.* \(hz_core_[a-z0-9_]*\)(.*;$$$$/\1/p' capi/front/zz_core.h | grep -vx hz_core_start | sed 's/.*/-Wl,--defsym=&=hz_core_start/')
$(1)/cores/other/$(notdir $(CORE)): $(2)/$(notdir $(CORE))
	@mkdir -p $$(@D)
	LC_ALL=C sed "s/$$(ABI_HASH)/0123456789abcdef/g" $$< > $$@
$(1)/cores/front/%: $(2)/%
	@mkdir -p $$(@D)
	cp -p --remove-destination $$< $$@
endef

ABI_HASH := $(shell sed -n 's/^\#define HZ_ABI_HASH "\(.*\)"/\1/p' include/hazmat.h)

$(eval $(call c-tests,$(C_PLAIN),$(LIB),))
$(eval $(call c-tests,$(C_ASAN),$(ASAN_LIB),$(SANITIZE)))
$(eval $(call c-tests,$(C_TSAN),$(TSAN_LIB),$(SANITIZE_THREADS)))

# $(1) is a folder of libraries, $(2) what the front in it is built with.
define sanitized-libraries
$(1)/$(notdir $(FRONT)): $(FRONT_FILES)
	@mkdir -p $$(@D)
	$$(CC) $$(FRONT_CFLAGS) $$(CFLAGS) $(2) $$(wildcard capi/front/*.c) \
		$$(filter-out -Wl$$(comma)--no-undefined,$$(FRONT_LDFLAGS)) $$(LDFLAGS) -o $$@ -ldl -lpthread
$(1)/$(notdir $(CORE)): $(CORE)
	@mkdir -p $$(@D)
	cp -p --remove-destination $$< $$@
endef
comma := ,

$(eval $(call sanitized-libraries,$(ASAN_LIB),$(SANITIZE)))
$(eval $(call sanitized-libraries,$(TSAN_LIB),$(SANITIZE_THREADS)))

# These once more with a collection after every few allocations, so that the
# collector sees all that they pass for pointers.
COLLECTED := test_callbacks test_handles test_objects test_outside

.PHONY: test-c
test-c: $(C_TESTS:%=$(C_PLAIN)/%) $($(C_PLAIN)_CORES) $(CONTRACT_CORE) ## Check the header and the symbols, and run the C tests
	tests/c/header.sh
	tests/c/symbols.sh $(FRONT) $(CORE)
	tests/c/run.sh $(C_TESTS:%=$(C_PLAIN)/%)
	GOGC=1 tests/c/run.sh $(COLLECTED:%=$(C_PLAIN)/%)

# Left out are the tests that fork many times: GCC 12's AddressSanitizer does not take
# the locks of its allocator around fork(), so a child may find one taken for ever, by
# a thread of the core's too.
ASAN_LEAVES := test_fork test_fork_copy test_fork_threads
RUN_ASAN := ASAN_OPTIONS=detect_stack_use_after_return=1:detect_leaks=1 UBSAN_OPTIONS=print_stacktrace=1 \
	LSAN_OPTIONS=suppressions=tests/c/lsan.supp:print_suppressions=0
.PHONY: test-c-asan
test-c-asan: $(C_TESTS:%=$(C_ASAN)/%) $($(C_ASAN)_CORES) $(CONTRACT_CORE) ## Run the C tests under AddressSanitizer, LeakSanitizer and UBSan
	$(RUN_ASAN) tests/c/run.sh $(patsubst %,$(C_ASAN)/%,$(filter-out $(ASAN_LEAVES),$(C_TESTS)))

# Left out are the tests that take minutes under valgrind: it runs one thread at a
# time and translates each copy of the core anew.
VALGRIND_LEAVES := test_contract test_fork test_fork_threads test_gcrypt test_sealed_threads test_threads \
	test_vectors
# Nor does it follow when Go's collector moves a goroutine to a smaller stack.
RUN_VALGRIND := env GODEBUG=gcshrinkstackoff=1 valgrind -q --error-exitcode=99 --leak-check=full \
	--show-leak-kinds=definite --errors-for-leak-kinds=definite --suppressions=tests/c/valgrind.supp
.PHONY: test-c-valgrind
test-c-valgrind: $(C_TESTS:%=$(C_PLAIN)/%) $($(C_PLAIN)_CORES) ## Run most C tests under valgrind
	TEST_WRAPPER="$(RUN_VALGRIND)" tests/c/run.sh $(patsubst %,$(C_PLAIN)/%,$(filter-out $(VALGRIND_LEAVES),$(C_TESTS)))

.PHONY: test-c-all
test-c-all: test-c test-c-asan test-c-valgrind test-install ## Run all of the C tests, and that of the installation
