#!/bin/bash
# Gets pyca's tests and their vectors, of the releases and hashes in sources.txt, to
# build/pyca. If they are there nothing is asked of the network.
set -euo pipefail
cd "$(dirname "$0")/../.."
here=tests/pyca
there=build/pyca
sources=$here/sources.txt

cmp -s "$sources" "$there/sources.txt" && exit

rm -rf "$there"
mkdir -p "$there/packages"
echo "$here: pip download -r $sources, into $there"
PYTHONDONTWRITEBYTECODE=1 PYTHONPATH=$PWD/$here/no_build build/venv/bin/pip download --quiet \
	--disable-pip-version-check --no-deps --no-build-isolation --no-binary cryptography \
	--only-binary cryptography-vectors --dest "$there/packages" -r "$sources" || {
	echo "$here: pyca's tests could not be fetched: is PyPI within reach?" >&2
	echo "$here: TEST_PYCA=no leaves them out, on purpose" >&2
	exit 1
}
tar -xzf "$there"/packages/cryptography-*.tar.gz -C "$there" --strip-components=1 --wildcards '*/tests'
build/venv/bin/python -m zipfile -e "$there"/packages/cryptography_vectors-*.whl "$there"
rm -r "$there/packages"
cp "$sources" "$there/sources.txt"
