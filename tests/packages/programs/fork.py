"""Uses hazmat before a fork, in the children of a pool, and in the parent meanwhile."""

import hashlib
import multiprocessing

from hazmat.primitives import hashes


def digest(text: bytes) -> bytes:
    context = hashes.Hash(hashes.SHA256())
    context.update(text)
    return context.finalize()


def main() -> None:
    texts = [bytes([i]) * i for i in range(100)]
    assert digest(b"before") == hashlib.sha256(b"before").digest()
    with multiprocessing.get_context("fork").Pool(4) as pool:
        answers = pool.map_async(digest, texts)
        assert digest(b"meanwhile") == hashlib.sha256(b"meanwhile").digest()
        assert answers.get(60) == [hashlib.sha256(text).digest() for text in texts]
    print("forked")


if __name__ == "__main__":
    main()
