#!/bin/sh
# Checks what the two libraries show and how they are linked: symbols.sh FRONT CORE.
# The committed list of symbols is generated; what is compared here is what the
# linker made of it.
set -eu
export LC_ALL=C
front=$1 core=$2
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
failed=0

# same WHAT WANT GOT: the two files have the same lines.
same() {
	diff -u "$2" "$3" > "$work/diff" && return
	echo "symbols: $1: expected (-), got (+):" >&2
	cat "$work/diff" >&2
	failed=1
}

# has FILE TEXT PATTERN: readelf says so.
has() {
	grep -Eq -- "$3" "$work/$2" && return
	echo "symbols: $1: expected /$3/ in readelf's $2" >&2
	failed=1
}

# has_not FILE TEXT PATTERN
has_not() {
	grep -E -- "$3" "$work/$2" > "$work/found" || return 0
	echo "symbols: $1: expected no /$3/ in readelf's $2, got: $(cat "$work/found")" >&2
	failed=1
}

# The front: exactly the committed list, with version nodes. The node itself is an
# absolute symbol.
nm -D --defined-only --with-symbol-versions "$front" | awk '$2 != "A" { print $3 }' | sort > "$work/shown"
sort tests/c/symbols.txt > "$work/listed"
same "$front" "$work/listed" "$work/shown"

# The core: each function that is marked as exported, and no other symbol.
nm -D --defined-only "$core" | awk '{ print $3 }' | sort > "$work/shown"
sed -n 's|^//export ||p' capi/zz_exports.go | sort > "$work/listed"
same "$core" "$work/listed" "$work/shown"

# What has the name of the front is found by it.
nm -D --defined-only "$front" | awk '$2 != "A" { print $3 }' | sed 's/@.*//' | sort > "$work/shown"
sed -n 's/^\(HZ_MUST_USE \)\{0,1\}[a-z_0-9]* [a-z_0-9]* *\**\(hz_[a-z0-9_]*\)(.*/\2/p; s/^\(HZ_MUST_USE \)\{0,1\}[a-z_0-9]* \**\(hz_[a-z0-9_]*\)(.*/\2/p' include/hazmat.h | sort -u > "$work/listed"
same "functions of the header" "$work/listed" "$work/shown"

for library in "$front" "$core"; do
	readelf -dW "$library" > "$work/dynamic"
	readelf -lW "$library" > "$work/segments"
	has "$library" segments 'GNU_STACK.* RW  ' # and not RWE
	has "$library" segments 'GNU_RELRO'
	has_not "$library" segments 'LOAD.* RWE '
	has "$library" dynamic 'FLAGS.*NOW'
	has "$library" dynamic 'FLAGS_1.*NODELETE' # unloading would leave threads without code
	has_not "$library" dynamic 'TEXTREL|RPATH|RUNPATH'
	# The C library, in as many pieces as it comes in, and nothing else.
	sed -n 's/.*(NEEDED).*\[\(.*\)\]/\1/p' "$work/dynamic" |
		grep -Ev '^(lib(c|dl|pthread)\.so\.[0-9]+|ld-linux.*\.so\.[0-9]+)$' > "$work/shown" || true
	: > "$work/listed"
	same "what $library needs" "$work/listed" "$work/shown"
done
readelf -dW "$front" > "$work/dynamic"
has "$front" dynamic "SONAME.*\[$(basename "$front")\]"
[ "$failed" -eq 0 ] && echo "symbols: as they should be"
exit "$failed"
