#!/bin/sh
# Compiles the public header, alone and twice, as C99 and as C++11, with every
# compiler that is here and all warnings that a user may have.
set -eu
warnings="-Wall -Wextra -pedantic -Werror -Wconversion -Wsign-conversion -Wshadow -Wundef"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
printf '#include "hazmat.h"\n#include "hazmat.h"\nint main(void) { return hz_abi_version() == 0; }\n' > "$work/twice.c"
# What the macros stand for is compiled only where they are used.
{
	printf '#include "hazmat.h"\n'
	sed -n 's/^#define \(HZ_[A-Z0-9_]*\) .*/\1/p' include/hazmat.h | sort -u | grep -v '^HZ_MUST_USE$' |
		sed 's/.*/const char *use_&(void); const char *use_&(void) { return sizeof(&) > 0 ? "&" : ""; }/'
} > "$work/macros.c"
count=0
for compiler in gcc clang; do
	command -v "$compiler" > /dev/null || { echo "header: no $compiler here"; continue; }
	for file in twice.c macros.c; do
		"$compiler" -std=c99 $warnings -Wstrict-prototypes -Wmissing-prototypes -Iinclude -c "$work/$file" -o /dev/null
		"$compiler" -std=c11 -m64 $warnings -Wstrict-prototypes -Iinclude -c "$work/$file" -o /dev/null
	done
	count=$((count + 1))
done
for compiler in g++ clang++; do
	command -v "$compiler" > /dev/null || { echo "header: no $compiler here"; continue; }
	for file in twice.c macros.c; do
		for standard in c++11 c++17; do
			"$compiler" -x c++ -std=$standard $warnings -Iinclude -c "$work/$file" -o /dev/null
		done
	done
	count=$((count + 1))
done
[ "$count" -gt 0 ] || { echo "header: no compiler at all" >&2; exit 1; }
echo "header: compiled by $count compilers"
