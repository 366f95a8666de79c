"""Runs the tests of a folder and closes with the line "N passed, N failed".

usage: unittests.py FOLDER [options of python3 -m unittest discover, such as -k NAME]
"""

from __future__ import annotations

import sys
import unittest


def main() -> None:
    if len(sys.argv) < 2:
        sys.exit("usage: unittests.py FOLDER [-k NAME]")
    argv = ["unittests.py", "discover", "-v", "-s", *sys.argv[1:]]
    result = unittest.main(module=None, argv=argv, exit=False).result
    # A test that was skipped has shown nothing, so here it has failed.
    bad = [test for test, _ in result.failures + result.errors + result.skipped] + result.unexpectedSuccesses
    failed = len({getattr(test, "test_case", test) for test in bad})  # those of a subTest count as one
    passed = max(0, result.testsRun - failed)
    print(f"{passed} passed, {failed} failed", flush=True)
    sys.exit(1 if failed or not passed else 0)


if __name__ == "__main__":
    main()
