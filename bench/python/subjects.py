"""The libraries, and what a program would write to do each operation with each of them.

They are texts because they are timed by timeit, which puts them into its loop, and so
that hazmat and cryptography can be given the very same ones. In them ``data`` is the
message, ``key`` the one key, ``keys`` and ``nonces`` and ``nonces_12`` are iterators,
and ``messages`` is a batch. They leave the result in ``output``.
"""

from __future__ import annotations

from typing import NamedTuple


class Subject(NamedTuple):
    """A library. A batch that it has no call for is done in a loop."""

    imports: str
    first_import: str
    """What "sha256" alone needs."""
    version: str
    """An expression that says which library it is."""
    statements: dict[str, str]
    prepared: dict[str, str] = {}  # noqa: RUF012 - it is never changed
    """What is done once, before the statement of the same name."""


PYCA_FIRST_IMPORT = "from {root}.primitives import hashes\n"
PYCA_IMPORTS = """\
from {root}.primitives import hashes, hmac
from {root}.primitives.ciphers import Cipher, algorithms, modes
from {root}.primitives.ciphers.aead import AESGCM, ChaCha20Poly1305
"""


def hashed(algorithm: str) -> str:
    return f"""\
h = hashes.Hash(hashes.{algorithm})
h.update(data)
output = h.finalize()
"""


PYCA_STATEMENTS = {
    "sha256": hashed("SHA256()"),
    "sha512": hashed("SHA512()"),
    "sha3-256": hashed("SHA3_256()"),
    "blake2b": hashed("BLAKE2b(64)"),
    "hmac-sha256:new": """\
h = hmac.HMAC(next(keys), hashes.SHA256())
h.update(data)
output = h.finalize()
""",
    "hmac-sha256:same": """\
h = keyed.copy()
h.update(data)
output = h.finalize()
""",
    "aes-256-gcm:new": "output = AESGCM(next(keys)).encrypt(next(nonces_12), data, None)",
    "aes-256-gcm:same": "output = aead.encrypt(next(nonces_12), data, None)",
    "aes-256-gcm:context": """\
encryptor = Cipher(algorithms.AES(next(keys)), modes.GCM(next(nonces_12))).encryptor()
output = encryptor.update(data) + encryptor.finalize() + encryptor.tag
""",
    "chacha20-poly1305:new": "output = ChaCha20Poly1305(next(keys)).encrypt(next(nonces_12), data, None)",
    "chacha20-poly1305:same": "output = aead.encrypt(next(nonces_12), data, None)",
    "aes-256-cbc:new": """\
encryptor = Cipher(algorithms.AES(next(keys)), modes.CBC(next(nonces))).encryptor()
output = encryptor.update(data) + encryptor.finalize()
""",
    "aes-256-cbc:same": """\
encryptor = Cipher(aes, modes.CBC(next(nonces))).encryptor()
output = encryptor.update(data) + encryptor.finalize()
""",
    "aes-256-ctr:new": """\
encryptor = Cipher(algorithms.AES(next(keys)), modes.CTR(next(nonces))).encryptor()
output = encryptor.update(data) + encryptor.finalize()
""",
    "aes-256-ctr:same": """\
encryptor.reset_nonce(next(nonces))
output = encryptor.update(data)
""",
}

PYCA_PREPARED = {
    "hmac-sha256:same": "keyed = hmac.HMAC(key, hashes.SHA256())",
    "aes-256-gcm:same": "aead = AESGCM(key)",
    "chacha20-poly1305:same": "aead = ChaCha20Poly1305(key)",
    "aes-256-cbc:same": "aes = algorithms.AES(key)",
    "aes-256-ctr:same": "encryptor = Cipher(algorithms.AES(key), modes.CTR(bytes(16))).encryptor()",
}

HAZMAT_BATCHES = {
    "sha256:batch": "output = backend.hash_many(HashAlgorithm.SHA256, messages)",
    "hmac-sha256:batch": "output = backend.hmac_many(key, HashAlgorithm.SHA256, messages)",
    "aes-256-gcm:batch": "output = aead.seal_many(nonces_12, messages, [])",
}

HAZMAT_OPENED = """\
from hazmat.algorithms import AEADAlgorithm, HashAlgorithm
from hazmat.backends import default_backend
backend = default_backend()
"""

HAZMAT = Subject(
    PYCA_IMPORTS.format(root="hazmat"),
    PYCA_FIRST_IMPORT.format(root="hazmat"),
    "f'hazmat {__import__(\"hazmat\").__version__}, backend '"
    " + __import__('hazmat.backends').backends.default_backend().name()",
    PYCA_STATEMENTS | HAZMAT_BATCHES,
    PYCA_PREPARED
    | {
        "sha256:batch": HAZMAT_OPENED,
        "hmac-sha256:batch": HAZMAT_OPENED,
        "aes-256-gcm:batch": HAZMAT_OPENED + "aead = backend.create_aead(AEADAlgorithm.AES_GCM, key, 16)",
    },
)

CRYPTOGRAPHY = Subject(
    PYCA_IMPORTS.format(root="cryptography.hazmat"),
    PYCA_FIRST_IMPORT.format(root="cryptography.hazmat"),
    "f'cryptography {__import__(\"cryptography\").__version__}, '"
    " + __import__('cryptography.hazmat.backends.openssl', fromlist=['backend']).backend.openssl_version_text()",
    PYCA_STATEMENTS,
    PYCA_PREPARED,
)

HASHLIB = Subject(
    "import hashlib, hmac",
    "import hashlib",
    "f'Python {__import__(\"platform\").python_version()}, ' + __import__('ssl').OPENSSL_VERSION",
    {
        "sha256": "output = hashlib.sha256(data).digest()",
        "sha512": "output = hashlib.sha512(data).digest()",
        "sha3-256": "output = hashlib.sha3_256(data).digest()",
        "blake2b": "output = hashlib.blake2b(data).digest()",
        "hmac-sha256:new": "output = hmac.digest(next(keys), data, 'sha256')",
        "hmac-sha256:same": "output = hmac.digest(key, data, 'sha256')",
    },
)

PYCRYPTODOME = Subject(
    """\
from Crypto.Cipher import AES, ChaCha20_Poly1305
from Crypto.Hash import BLAKE2b, HMAC, SHA3_256, SHA256, SHA512
""",
    "from Crypto.Hash import SHA256",
    "'pycryptodome ' + __import__('Crypto').__version__",
    {
        "sha256": "output = SHA256.new(data).digest()",
        "sha512": "output = SHA512.new(data).digest()",
        "sha3-256": "output = SHA3_256.new(data).digest()",
        "blake2b": "output = BLAKE2b.new(digest_bytes=64, data=data).digest()",
        "hmac-sha256:new": "output = HMAC.new(next(keys), data, SHA256).digest()",
        "hmac-sha256:same": """\
h = keyed.copy()
h.update(data)
output = h.digest()
""",
        "aes-256-gcm:new": """\
text, tag = AES.new(next(keys), AES.MODE_GCM, nonce=next(nonces_12)).encrypt_and_digest(data)
output = text + tag
""",
        "aes-256-gcm:same": """\
text, tag = AES.new(key, AES.MODE_GCM, nonce=next(nonces_12)).encrypt_and_digest(data)
output = text + tag
""",
        "chacha20-poly1305:new": """\
text, tag = ChaCha20_Poly1305.new(key=next(keys), nonce=next(nonces_12)).encrypt_and_digest(data)
output = text + tag
""",
        "chacha20-poly1305:same": """\
text, tag = ChaCha20_Poly1305.new(key=key, nonce=next(nonces_12)).encrypt_and_digest(data)
output = text + tag
""",
        "aes-256-cbc:new": "output = AES.new(next(keys), AES.MODE_CBC, iv=next(nonces)).encrypt(data)",
        "aes-256-cbc:same": "output = AES.new(key, AES.MODE_CBC, iv=next(nonces)).encrypt(data)",
        "aes-256-ctr:new": """\
output = AES.new(next(keys), AES.MODE_CTR, nonce=b"", initial_value=next(nonces)).encrypt(data)
""",
        "aes-256-ctr:same": """\
output = AES.new(key, AES.MODE_CTR, nonce=b"", initial_value=next(nonces)).encrypt(data)
""",
    },
    {"hmac-sha256:same": "keyed = HMAC.new(key, digestmod=SHA256)"},
)

PYNACL = Subject(
    """\
from nacl.bindings import crypto_aead_chacha20poly1305_ietf_encrypt as chacha20poly1305_encrypt
from nacl.encoding import RawEncoder
from nacl.hash import blake2b, sha256, sha512
""",
    "from nacl.encoding import RawEncoder\nfrom nacl.hash import sha256",
    "'PyNaCl ' + __import__('nacl').__version__",
    {
        "sha256": "output = sha256(data, encoder=RawEncoder)",
        "sha512": "output = sha512(data, encoder=RawEncoder)",
        "blake2b": "output = blake2b(data, digest_size=64, encoder=RawEncoder)",
        "chacha20-poly1305:new": "output = chacha20poly1305_encrypt(data, None, next(nonces_12), next(keys))",
        "chacha20-poly1305:same": "output = chacha20poly1305_encrypt(data, None, next(nonces_12), key)",
    },
)

SUBJECTS = {
    "hazmat": HAZMAT,
    "cryptography": CRYPTOGRAPHY,
    "hashlib": HASHLIB,
    "pycryptodome": PYCRYPTODOME,
    "PyNaCl": PYNACL,
}
