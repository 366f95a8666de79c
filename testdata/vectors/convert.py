#!/usr/bin/env python3
"""Writes the test vectors here from those in the package cryptography_vectors.

Usage: convert.py SOURCE [DESTINATION]

SOURCE is the package's wheel, or the folder cryptography_vectors from inside
it; DESTINATION is the folder to write below, this one if it is left out. The
same source gives the same bytes. Files that are not in OUTPUTS, such as those
added by hand, are left alone.

A source file with more cases than OUTPUTS wants of it is thinned: what stays
is evenly spaced over the file, and the first and the last case always stay.
A case that an earlier one in the same output repeats is left out.
"""

import re
import sys
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

Record = dict[str, str]  # a case as the source has it, keys in lower case
Case = dict[str, str]  # a case as it is written, in the order of its fields
Tree = Path | zipfile.Path


@dataclass(frozen=True)
class Input:
    """One file of the source, and how its cases become ours."""

    path: str
    convert: Callable[[Record], Case | None]  # None leaves the record out
    limit: int = sys.maxsize  # how many cases to keep
    parse: Callable[[str], Iterator[Record]] | None = None  # records, if None


@dataclass(frozen=True)
class Output:
    """One file to write: where, what is in it, and from which inputs."""

    path: str
    title: str
    inputs: list[Input]


def records(text: str) -> Iterator[Record]:
    """Yields the records of a file in the format of NIST's CAVP.

    A record is a paragraph of "KEY = value" lines; the "[Key = value]" lines
    above count as its own. A line without a value, FAIL, is a key.
    """
    section: Record = {}
    record: Record = {}
    for line in [*text.splitlines(), ""]:
        line = line.strip()
        if line.startswith("#"):
            continue
        if not line and record:
            yield section | record
            record = {}
        target = section if line.startswith("[") else record
        if line:
            key, _, value = line.strip("[]").partition("=")
            target[key.strip().lower()] = value.strip().lower()


def camellia_records(text: str) -> Iterator[Record]:
    """Yields the records of NTT's own format: one K line, then P and C lines."""
    values: Record = {}
    for kind, digits in re.findall(r"^([KPC]) No\.\d+ : ([0-9A-F ]+)$", text, re.MULTILINE):
        values[kind] = digits.replace(" ", "").lower()
        if kind == "C":
            yield {"key": values["K"], "plaintext": values["P"], "ciphertext": values["C"]}


def thin(cases: list[str], limit: int) -> list[str]:
    """Returns at most limit cases, evenly spaced, the first and last included."""
    if len(cases) <= limit:
        return cases
    return [cases[i * (len(cases) - 1) // (limit - 1)] for i in range(limit)]


def cipher(name: str, mode: str) -> Callable[[Record], Case]:
    """Returns the conversion of a cipher's records."""

    def convert(record: Record) -> Case:
        case = {"cipher": name, "mode": mode, "key": record.get("key") or des_key(record)}
        if "iv" in record:
            case["iv"] = record["iv"]
        return case | {"plaintext": record["plaintext"], "ciphertext": record["ciphertext"]}

    return convert


def des_key(record: Record) -> str:
    """Returns the shortest key that repeats to the three DES keys of a record."""
    if "keys" in record:  # one key, three times
        return record["keys"]
    first, second, third = (record[f"key{i}"] for i in (1, 2, 3))
    if first == second == third:
        return first
    return first + second if first == third else first + second + third


def xts(record: Record) -> Case | None:
    """Converts a record of XTS; data units that are not whole bytes are left out."""
    if int(record["dataunitlen"]) % 8:
        return None
    case = {"cipher": "AES", "mode": "XTS", "key": record["key"], "iv": record["i"]}
    return case | {"plaintext": record["pt"], "ciphertext": record["ct"]}


def chacha20(record: Record) -> Case:
    """Converts a record of ChaCha20: our nonce begins with the block counter."""
    counter = int(record["initial_block_counter"]).to_bytes(4, "little").hex()
    case = {"cipher": "ChaCha20", "mode": "", "key": record["key"]}
    case["nonce"] = counter + record["nonce"]
    return case | {"plaintext": record["plaintext"], "ciphertext": record["ciphertext"]}


def arc4_records(text: str) -> Iterator[Record]:
    """Yields one record a key: the keystream from its start, as far as it goes on.

    The source has pieces of keystream at growing offsets.
    """
    stream: Record = {}
    for piece in records(text):
        if piece["offset"] == "0":
            if stream:
                yield stream
            stream = piece
        elif int(piece["offset"]) * 2 == len(stream["ciphertext"]):
            stream["plaintext"] += piece["plaintext"]
            stream["ciphertext"] += piece["ciphertext"]
    yield stream


def gcm(name: str, valid: bool) -> Callable[[Record], Case | None]:
    """Returns the conversion of GCM's records, of those that are valid or are not.

    Nonces under 8 bytes are left out.
    """

    def convert(record: Record) -> Case | None:
        if valid == ("fail" in record) or len(record["iv"]) < 2 * 8:
            return None
        case = {"cipher": name, "mode": "GCM", "key": record["key"], "iv": record["iv"]}
        case["aad"] = record["aad"]
        if valid:
            case["plaintext"] = record.get("plaintext", record.get("pt", ""))
        case["ciphertext"] = record.get("ciphertext", record.get("ct", ""))
        return case | {"tag": record["tag"], "result": "valid" if valid else "invalid"}

    return convert


def message(record: Record) -> str:
    """Returns the message of a record: Len bits of Msg, which is never empty."""
    return record["msg"][: int(record["len"]) // 4] if "len" in record else record["msg"]


def digest(name: str) -> Callable[[Record], Case]:
    """Returns the conversion of a hash function's records, extendable or not."""

    def convert(record: Record) -> Case:
        value = record.get("md") or record["output"]
        return {"hash": name, "message": message(record), "digest": value}

    return convert


def hmac(name: str) -> Callable[[Record], Case]:
    """Returns the conversion of HMAC's records."""

    def convert(record: Record) -> Case:
        case = {"hash": name, "key": record["key"], "message": message(record)}
        return case | {"mac": record["md"]}

    return convert


def aes_output(mode: str, names: str) -> Output:
    """Returns the output for AES in a mode that CAVP names differently."""
    limits = {"GFSbox": 8, "KeySbox": 8, "VarTxt": 12, "VarKey": 12, "MMT": 20}
    folder = f"ciphers/AES/{mode.rstrip('8')}/{names}"
    inputs = [
        Input(f"{folder}{test}{size}.rsp", cipher("AES", mode), limit)
        for size in (128, 192, 256)
        for test, limit in limits.items()
    ]
    return Output(f"cipher/aes-{mode.lower()}.txt", f"AES in {mode}: NIST CAVP, AESAVS", inputs)


def des_output(mode: str, names: str) -> Output:
    """Returns the output for TripleDES in a mode that CAVP names differently."""
    limits = {"permop": 8, "invperm": 8, "subtab": 8, "vartext": 8, "varkey": 8}
    limits |= {"MMT1": 20, "MMT2": 20, "MMT3": 20}
    folder = f"ciphers/3DES/{mode.rstrip('8')}/{names}"
    inputs = [
        Input(f"{folder}{test}.rsp", cipher("3DES", mode), limit)
        for test, limit in limits.items()
    ]
    title = f"TripleDES in {mode}: NIST CAVP, TMOVS"
    return Output(f"cipher/3des-{mode.lower()}.txt", title, inputs)


def cavp_hash_output(name: str, folder: str, file: str) -> Output:
    """Returns the output for a hash function of FIPS 180-4 or FIPS 202."""
    path = f"hashes/{folder}/{file}"
    inputs = [
        Input(f"{path}ShortMsg.rsp", digest(name), 65),
        Input(f"{path}LongMsg.rsp", digest(name), 5),
    ]
    return Output(f"hash/{name}.txt", f"{name}: NIST CAVP", inputs)


OUTPUTS = [
    aes_output("ECB", "ECB"),
    aes_output("CBC", "CBC"),
    aes_output("OFB", "OFB"),
    aes_output("CFB", "CFB128"),
    aes_output("CFB8", "CFB8"),
    des_output("ECB", "TECB"),
    cavp_hash_output("sha256", "SHA2", "SHA256"),
    cavp_hash_output("sha3-256", "SHA3", "SHA3_256"),
    Output(
        "aead/aes-gcm.txt",
        "AES in GCM: NIST CAVP, GCMVS",
        [
            Input(f"ciphers/AES/GCM/{file}{size}.rsp", gcm("AES", valid), limit)
            for size in (128, 192, 256)
            for file, valid, limit in (
                ("gcmEncryptExtIV", True, 120),
                ("gcmDecrypt", False, 60),
            )
        ],
    ),
    Output(
        "xof/shake128.txt",
        "SHAKE128: NIST CAVP",
        [
            Input("hashes/SHAKE/SHAKE128ShortMsg.rsp", digest("shake128"), 65),
            Input("hashes/SHAKE/SHAKE128LongMsg.rsp", digest("shake128"), 5),
            Input("hashes/SHAKE/SHAKE128VariableOut.rsp", digest("shake128"), 60),
        ],
    ),
    Output(
        "hmac/sha256.txt",
        "HMAC over sha256: RFC 4231",
        [Input("HMAC/rfc-4231-sha256.txt", hmac("sha256"))],
    ),
    Output(
        "cipher/chacha20.txt",
        "ChaCha20: RFC 7539, appendix A.2",
        [Input("ciphers/ChaCha20/rfc7539.txt", chacha20)],
    ),
]


def write(output: Output, source: Tree, version: str, destination: Path) -> int:
    """Writes one output and returns the number of its cases."""
    header = [
        f"# {output.title}",
        f"# Written by convert.py from cryptography_vectors {version}:",
    ]
    kept: dict[str, None] = {}  # an ordered set
    for file in output.inputs:
        text = (source / file.path).read_text()
        parsed = list((file.parse or records)(text))
        cases = [case for record in parsed if (case := file.convert(record)) is not None]
        chosen = thin(list(dict.fromkeys(map(format_case, cases))), file.limit)
        header.append(f"# {file.path}: {len(chosen)} of {len(parsed)} cases")
        kept |= dict.fromkeys(chosen)
    if not kept:
        raise ValueError(f"{output.path}: no cases")
    target = destination / output.path
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text("\n".join(header) + "\n\n" + "\n".join(kept), newline="\n")
    return len(kept)


def format_case(case: Case) -> str:
    """Returns the lines of a case."""
    return "".join(f"{key} = {value}".rstrip() + "\n" for key, value in case.items())


def main(arguments: list[str]) -> int:
    """Runs the command and returns its exit status."""
    if len(arguments) not in (1, 2):
        print(__doc__, file=sys.stderr)
        return 2
    path = Path(arguments[0])
    source: Tree = path
    if path.suffix == ".whl":
        source = zipfile.Path(path) / "cryptography_vectors"
    about = (source / "__about__.py").read_text()
    match = re.search(r'^__version__ = "(.+)"$', about, re.MULTILINE)
    if match is None:
        raise ValueError(f"{path}: no __version__ in __about__.py")
    destination = Path(arguments[1]) if len(arguments) == 2 else Path(__file__).parent
    for output in OUTPUTS:
        print(f"{output.path}: {write(output, source, match[1], destination)} cases")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
