#!/bin/bash
# Gets the tests of Ruby's openssl into a folder: Debian's source package of Ruby has
# them. The package comes from the archive that the machine's own apt uses, and apt
# checks its signature; apt's configuration and lists stay as they are.
#
# usage: tests/ruby-openssl/fetch.sh FOLDER
set -euo pipefail

package=ruby3.1
folder=$1

fail() {
	printf 'tests/ruby-openssl/fetch.sh: %s\n' "$@" >&2
	exit 1
}

[[ -e $folder/complete ]] && exit
for tool in apt-get tar xz; do
	command -v "$tool" >/dev/null || fail "missing: $tool"
done
rm -rf "$folder"
mkdir -p "$folder"/apt/{sources,lists/partial,cache/archives/partial}
cd "$folder"
log=$PWD/log

# The same archives, and their sources in place of their packages.
for file in /etc/apt/sources.list /etc/apt/sources.list.d/*.{list,sources}; do
	[[ -e $file ]] && sed -E 's/^Types:.*/Types: deb-src/; s/^deb[[:space:]]/deb-src /' "$file" >"apt/sources/${file##*/}"
done
[[ -n $(ls apt/sources) ]] || fail "apt has no sources on this machine"

get() {
	apt-get -o Dir::Etc::SourceList=/dev/null -o Dir::Etc::SourceParts="$PWD/apt/sources" \
		-o Dir::State::Lists="$PWD/apt/lists" -o Dir::Cache="$PWD/apt/cache" "$@" >>"$log" 2>&1 ||
		fail "apt-get $1 failed: is Debian's archive within reach, and does it have the source of $package?" "$(tail -n 5 "$log")"
}
get update
get source --download-only "$package"

archive=$(ls "$package"_*.orig.tar.xz) || fail "there is no archive of $package"
tar -xf "$archive" --strip-components=1 --wildcards '*/test/openssl/*.rb' '*/tool/lib/*.rb'
rm -rf apt ./*.tar.xz ./*.dsc
echo "$archive" >complete
