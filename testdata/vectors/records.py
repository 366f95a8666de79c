"""Reads the formats that published test vectors come in, and makes cases of them.

A record is a case as its source has it, with lower case keys and values; a
case is what is written here, in the order of its fields.
"""

import json
import re
from collections.abc import Callable, Iterator

Record = dict[str, str]
Case = dict[str, str]
Conversion = Callable[[Record], Case | None]  # None leaves the record out

GCM_NONCE_SIZES = range(8, 128 + 1)  # bytes, as the library takes them


def cavp_records(text: str) -> Iterator[Record]:
    """Yields the records of a file in the format of NIST's CAVP.

    A record is a paragraph of "KEY = value" lines; the "[Key = value]" lines
    above it count as its own. A line without a value, "FAIL", is a key.
    """
    section: Record = {}
    record: Record = {}
    for untrimmed in [*text.splitlines(), ""]:
        line = untrimmed.strip()
        if line.startswith("#"):
            continue
        if line:
            key, _, value = line.strip("[]").partition("=")
            target = section if line.startswith("[") else record
            target[key.strip().lower()] = value.strip().lower()
        elif record:
            yield section | record
            record = {}


def arc4_records(text: str) -> Iterator[Record]:
    """Yields one record a key: its keystream, from the start as far as it goes on.

    The source has pieces of keystream, at growing offsets with gaps.
    """
    streams: dict[str, Record] = {}
    for piece in cavp_records(text):
        stream = streams.setdefault(
            piece["key"], {"key": piece["key"], "ciphertext": ""}
        )
        if int(piece["offset"]) * 2 == len(stream["ciphertext"]):
            stream["ciphertext"] += piece["ciphertext"]
    for stream in streams.values():
        yield stream | {"plaintext": "0" * len(stream["ciphertext"])}


def camellia_records(text: str) -> Iterator[Record]:
    """Yields the records of NTT's own format: a K line, then its P and C lines."""
    values: Record = {}
    for kind, digits in re.findall(
        r"^([KPC]) No\.\d+ : ([0-9A-F ]+)$", text, re.MULTILINE
    ):
        values[kind] = digits.replace(" ", "").lower()
        if kind == "C":
            yield {
                "key": values["K"],
                "plaintext": values["P"],
                "ciphertext": values["C"],
            }


def wycheproof_records(text: str) -> Iterator[Record]:
    """Yields the records of Wycheproof's vectors for authenticated encryption."""
    for group in json.loads(text)["testGroups"]:
        for test in group["tests"]:
            record = {key: test[key] for key in ("key", "iv", "aad", "ct", "tag")}
            yield (
                record
                | {"pt": test["msg"]}
                | ({} if test["result"] == "valid" else {"fail": ""})
            )


def cipher(name: str, mode: str = "") -> Conversion:
    """Returns the conversion of a cipher's records."""

    def convert(record: Record) -> Case:
        case = {
            "cipher": name,
            "mode": mode,
            "key": record.get("key") or des_key(record),
        }
        if "iv" in record:
            case["iv"] = record["iv"]
        return case | {
            "plaintext": record["plaintext"],
            "ciphertext": record["ciphertext"],
        }

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
    """Converts a record of AES in XTS, unless its data unit is not whole bytes."""
    if int(record["dataunitlen"]) % 8:
        return None
    case = {"cipher": "AES", "mode": "XTS", "key": record["key"], "iv": record["i"]}
    return case | {"plaintext": record["pt"], "ciphertext": record["ct"]}


def chacha20(record: Record) -> Case:
    """Converts a record of ChaCha20; our nonce begins with the block counter."""
    counter = int(record["initial_block_counter"]).to_bytes(4, "little").hex()
    case = {"cipher": "ChaCha20", "mode": "", "key": record["key"]}
    case["nonce"] = counter + record["nonce"]
    return case | {"plaintext": record["plaintext"], "ciphertext": record["ciphertext"]}


def gcm(name: str) -> Conversion:
    """Returns the conversion of GCM's records with a nonce that the library takes."""

    def convert(record: Record) -> Case | None:
        if len(record["iv"]) // 2 not in GCM_NONCE_SIZES:
            return None
        case = {"cipher": name, "mode": "GCM", "key": record["key"], "iv": record["iv"]}
        case["aad"] = record["aad"]
        if "fail" not in record:
            case["plaintext"] = (
                record["plaintext"] if "plaintext" in record else record["pt"]
            )
        case["ciphertext"] = (
            record["ciphertext"] if "ciphertext" in record else record["ct"]
        )
        return case | {
            "tag": record["tag"],
            "result": "invalid" if "fail" in record else "valid",
        }

    return convert


def digest(name: str) -> Conversion:
    """Returns the conversion of the records of a hash function, extendable or not."""

    def convert(record: Record) -> Case:
        value = record["md"] if "md" in record else record["output"]
        return {"hash": name, "message": message(record), "digest": value}

    return convert


def hmac(name: str) -> Conversion:
    """Returns the conversion of HMAC's records."""

    def convert(record: Record) -> Case:
        case = {"hash": name, "key": record["key"], "message": message(record)}
        return case | {"mac": record["md"]}

    return convert


def message(record: Record) -> str:
    """Returns the message of a record: "Len" bits of "Msg", which is never empty."""
    return (
        record["msg"][: int(record["len"]) // 4] if "len" in record else record["msg"]
    )
