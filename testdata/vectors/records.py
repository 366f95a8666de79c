"""Reads the formats that published test vectors come in, and makes cases of them.

A record is a case as its source has it, with lower case keys and values; a
case is what is written here, in the order of its fields.
"""

import json
import re
from collections.abc import Callable, Iterator
from itertools import islice

Record = dict[str, str]
Case = dict[str, str]
Conversion = Callable[[Record], Case | None]  # None leaves the record out

# Bytes, as the library takes them.
GCM_NONCE_SIZES = range(8, 128 + 1)
SEALED_NONCE_SIZES = {
    "AES-GCM": GCM_NONCE_SIZES,
    "ChaCha20-Poly1305": (12,),
    "XChaCha20-Poly1305": (24,),
    "AES-CCM": range(7, 13 + 1),
    "AES-OCB3": range(1, 15 + 1),
    "AES-SIV": range(1, 2**31),
    "AES-GCM-SIV": (12,),
}
CCM_TAG_SIZES = range(4, 16 + 1, 2)


def cavp_records(text: str) -> Iterator[Record]:
    """Yields the records of a file in the format of NIST's CAVP.

    A record is a paragraph of "KEY = value" lines; the "[Key = value]" lines
    above it, which may have several with commas between, count as its own. A
    line without a value, "FAIL", is a key.
    """
    section: Record = {}
    record: Record = {}
    for untrimmed in [*text.splitlines(), ""]:
        line = untrimmed.strip()
        if line.startswith("#"):
            continue
        if line.startswith("["):
            section |= dict(map(field, line.strip("[]").split(",")))
        elif line:
            record |= [field(line)]
        elif record:
            yield section | record
            record = {}


def field(text: str) -> tuple[str, str]:
    """Returns the key and the value of "KEY = value"."""
    key, _, value = text.partition("=")
    return key.strip().lower(), value.strip().lower()


def ccm_records(text: str) -> Iterator[Record]:
    """Yields the records of CAVP's files for CCM.

    What a paragraph says counts for those after it until one says otherwise;
    one with a ciphertext is a record.
    """
    said: Record = {}
    for paragraph in cavp_records(text):
        said |= paragraph
        if "ct" in paragraph:
            yield dict(said)


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
            keys = {"key", "iv", "aad", "ct", "tag"} & test.keys()
            record = {key: test[key] for key in keys}
            yield (
                record
                | {"pt": test["msg"]}
                | ({} if test["result"] == "valid" else {"fail": ""})
            )


def siv_records(text: str) -> Iterator[Record]:
    """Yields Wycheproof's records of AES-SIV after the first, which is RFC 5297's."""
    yield from islice(wycheproof_records(text), 1, None)


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
            case["plaintext"] = either(record, "plaintext", "pt")
        case["ciphertext"] = either(record, "ciphertext", "ct")
        return case | {
            "tag": record["tag"],
            "result": "invalid" if "fail" in record else "valid",
        }

    return convert


def either(record: Record, *keys: str) -> str:
    """Returns the value of the first of some keys that a record has."""
    return next(record[key] for key in keys if key in record)


def sealed(algorithm: str) -> Conversion:
    """Returns the conversion of the records of an algorithm of one call.

    Left out are nonces and tags of a size that the library does not take, and
    empty messages in AES-SIV.
    """

    def convert(record: Record) -> Case | None:
        case = {"algorithm": algorithm, "key": record["key"]}
        if "nonce" in record or "iv" in record:
            case["nonce"] = either(record, "nonce", "iv")
            if len(case["nonce"]) // 2 not in SEALED_NONCE_SIZES[algorithm]:
                return None
        if algorithm != "AES-SIV":
            case["aad"] = ""
        case |= {key: record[key] for key in ("aad", "aad2", "aad3") if key in record}
        plaintext, tag = either(record, "plaintext", "pt"), record.get("tag", "")
        size = len(tag) // 2 if tag else 16
        if (algorithm == "AES-SIV" and not plaintext) or not allowed(algorithm, size):
            return None
        ciphertext = either(record, "ciphertext", "ct")
        valid = "fail" not in record and "result" not in record
        return case | sealed_text(
            plaintext,
            tag + ciphertext if algorithm == "AES-SIV" else ciphertext + tag,
            size,
            valid,
        )

    return convert


def allowed(algorithm: str, size: int) -> bool:
    """Reports whether an algorithm has tags of so many bytes."""
    return size in CCM_TAG_SIZES if algorithm == "AES-CCM" else size == 16


def sealed_text(plaintext: str, ciphertext: str, tag_length: int, valid: bool) -> Case:
    """Returns the last fields of a case of an algorithm of one call."""
    case = {"plaintext": plaintext} if valid else {}
    case |= {"ciphertext": ciphertext, "tag-length": str(tag_length)}
    return case | {"result": "valid" if valid else "invalid"}


def ccm(record: Record) -> Case:
    """Converts a record of CAVP's for CCM, where "00" may stand for nothing."""
    case = {"algorithm": "AES-CCM", "key": record["key"], "nonce": record["nonce"]}
    case["aad"] = record["adata"][: 2 * int(record["alen"])]
    plaintext = record.get("payload", "")[: 2 * int(record["plen"])]
    valid = record.get("result", "pass") == "pass"
    return case | sealed_text(plaintext, record["ct"], int(record["tlen"]), valid)


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
