#!/bin/sh
# Installs hazmat in several ways, builds programs outside the tree against what is
# there, with pkg-config and with CMake, in C and in C++, runs them from another
# folder, and uninstalls it.
set -eu
unset HAZMAT_CORE HAZMAT_LIBRARY LD_LIBRARY_PATH PKG_CONFIG_PATH DESTDIR PREFIX LIBDIR
: "${MAKE:=make}" "${CC:=cc}" "${CXX:=c++}"
export LC_ALL=C
root=$(cd "$(dirname "$0")/../.." && pwd)
here=$root/tests/install
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
version=$(sed -n 's/^#define HZ_VERSION "\(.*\)"/\1/p' "$root/include/hazmat.h")
so=$(sed -n 's/^#define HZ_SO_VERSION //p' "$root/include/hazmat.h")
want="$version ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"

fail() {
	echo "tests/install: $*" >&2
	exit 1
}

# make_target TARGET VARIABLES...
make_target() {
	"$MAKE" -s --no-print-directory -C "$root" "$@" > "$work/log" 2>&1 || { cat "$work/log" >&2; fail "make $*"; }
}

# expect_files FOLDER LIBDIR: these and no others, links with where they lead.
expect_files() {
	(cd "$1" && find . ! -type d -printf '%P %l\n' | sed 's/ $//' | sort) > "$work/got"
	sort > "$work/want" <<-END
		include/hazmat.h
		$2/cmake/hazmat/hazmatConfig.cmake
		$2/cmake/hazmat/hazmatConfigVersion.cmake
		$2/libhazmat-core.so
		$2/libhazmat.so libhazmat.so.$so
		$2/libhazmat.so.$so
		$2/pkgconfig/hazmat.pc
	END
	diff -u "$work/want" "$work/got" || fail "$1: not the files that belong there"
}

# expect_run PROGRAM: from a folder that has nothing to do with anything.
expect_run() {
	got=$(cd / && "$1") || fail "$1 failed"
	[ "$got" = "$want" ] || fail "$1: expected '$want', got '$got'"
}

# with_pkg_config LIBDIR
with_pkg_config() {
	PKG_CONFIG_PATH=$1/pkgconfig
	export PKG_CONFIG_PATH
	got=$(pkg-config --modversion hazmat)
	[ "$got" = "$version" ] || fail "hazmat.pc: expected version $version, got $got"
	flags=$(pkg-config --cflags --libs hazmat)
	# Flags are words.
	# shellcheck disable=SC2086
	"$CC" -std=c99 -Wall -Wextra -pedantic -Werror "$here/program.c" $flags "-Wl,-rpath,$1" -o "$work/c"
	expect_run "$work/c"
	# shellcheck disable=SC2086
	"$CXX" -std=c++11 -Wall -Wextra -pedantic -Werror -x c++ "$here/program.c" -x none $flags "-Wl,-rpath,$1" -o "$work/cxx"
	expect_run "$work/cxx"
	unset PKG_CONFIG_PATH
}

# configure WHERE VERSION: WHERE is what tells CMake to look in the right place.
configure() {
	rm -rf "$work/cmake"
	cmake -S "$here" -B "$work/cmake" "-D$1" -DWANTED="$2" > "$work/log" 2>&1
}

# with_cmake WHERE
with_cmake() {
	for wanted in "$version" 0 "${version%.*}"; do
		configure "$1" "$wanted" || { cat "$work/log"; fail "CMake does not find version $wanted with $1"; }
	done
	for wanted in 99 "${version%%.*}.99" "$version.1"; do
		! configure "$1" "$wanted" || fail "CMake takes $version for version $wanted"
	done
	configure "$1" ""
	cmake --build "$work/cmake" > "$work/log" 2>&1 || { cat "$work/log"; fail "CMake does not build with $1"; }
	expect_run "$work/cmake/program_c"
	expect_run "$work/cmake/program_cxx"
}

# Staged, and then moved to where nobody said it would be.
make_target install DESTDIR="$work/stage" PREFIX=/opt/hazmat
expect_files "$work/stage/opt/hazmat" lib
! grep -r -e "$work" -e "$root" "$work/stage" --include='*.pc' --include='*.cmake' ||
	fail "a path of this machine was installed"
mkdir "$work/moved"
mv "$work/stage/opt/hazmat" "$work/moved/there"
with_pkg_config "$work/moved/there/lib"
with_cmake "CMAKE_PREFIX_PATH=$work/moved/there"

# A system with a folder of its own for each architecture, as Debian's, or each size
# of pointers.
architecture=$("$CC" -print-multiarch)
libdir=lib${architecture:+/$architecture}
[ -n "$architecture" ] || libdir=lib64
make_target install DESTDIR="$work/stage" PREFIX=/usr LIBDIR="/usr/$libdir"
expect_files "$work/stage/usr" "$libdir"
with_pkg_config "$work/stage/usr/$libdir"
with_cmake "CMAKE_PREFIX_PATH=$work/stage/usr"

# Libraries that do not lie below the prefix, nothing staged, over what is there.
for again in 1 2; do
	make_target install PREFIX="$work/prefix" LIBDIR="$work/libraries"
done
with_pkg_config "$work/libraries"
with_cmake "hazmat_DIR=$work/libraries/cmake/hazmat"

# Nothing is left but what somebody else put there.
touch "$work/prefix/include/other.h" "$work/libraries/pkgconfig/other.pc"
make_target uninstall PREFIX="$work/prefix" LIBDIR="$work/libraries"
make_target uninstall DESTDIR="$work/stage" PREFIX=/usr LIBDIR="/usr/$libdir"
left=$(cd "$work" && find prefix libraries stage ! -type d -o -path '*hazmat*' -o -name cmake | sort | paste -sd' ')
[ "$left" = "libraries/pkgconfig/other.pc prefix/include/other.h" ] || fail "uninstall left: $left"
make_target uninstall PREFIX="$work/nowhere"

echo "install: $version, with pkg-config and CMake, in C and C++"
