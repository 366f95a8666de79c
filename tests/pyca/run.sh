#!/bin/bash
# Runs pyca's tests of what hazmat has on hazmat, and compares with docs/pyca.md.
#
# usage: tests/pyca/run.sh [argument of pytest]...
set -euo pipefail
cd "$(dirname "$0")/../.."
root=$PWD

tests/pyca/fetch.sh
cd build/pyca/tests/hazmat/primitives
files=(decrepit)
for part in aead aes aes_gcm block camellia chacha20 ciphers constant_time hash_vectors hashes \
	hmac hmac_vectors padding sm4 xofhash; do
	files+=("test_$part.py")
done
PYTHONDONTWRITEBYTECODE=1 PYTHONPATH=$root/bindings/python/src:$root/tests/pyca \
	"$root/build/venv/bin/python" -m pytest -c "$root/tests/pyca/pytest.ini" --rootdir "$root/build/pyca" \
	-p plugin --not-passing "$root/docs/pyca.md" "$@" "${files[@]}"
