#!/usr/bin/env python3
"""Checks a ledger's records against a signed checkpoint, without relm: plain Python 3, nothing to install.

    relm log --raw > records.ndjson
    relm checkpoint > checkpoint.txt
    tools/verify.py records.ndjson checkpoint.txt --key 'example.org/releases+1a2b3c4d+AbC…'

What is checked, and by which text:
  - the checkpoint is signed with the key (C2SP signed-note, tlog-checkpoint; Ed25519, RFC 8032);
  - the records, hashed as they stand, give its root (RFC 6962 section 2.1);
  - every record is canonical JSON (RFC 8785) and a CloudEvent;
  - every stream is a chain: versions from 0 without gaps, each naming the leaf hash of the one before;
  - no source uses an id twice; the ledger's clock never runs backwards.
Records beyond the checkpoint's size are checked too, except for the root.

Whatever the files hold, it ends with a sentence. Exit status: 0 all holds; 1 something does not; 2 the files or the key
cannot be read, or are no such files.
"""

import argparse
import base64
import hashlib
import json
import math
import re
import sys


def sha256(data):
    return hashlib.sha256(data).digest()


# --- The tree: RFC 6962 section 2.1 -------------------------------------------------------------------------------

def leaf_hash(record):
    return sha256(b"\x00" + record)


class Tree:
    """The right edge of a tree that grows: the roots of its full subtrees, the largest first."""

    def __init__(self):
        self.size = 0
        self.edge = []

    def append(self, leaf):
        self.edge.append(leaf)
        full = self.size
        while full & 1:
            right = self.edge.pop()
            self.edge[-1] = sha256(b"\x01" + self.edge[-1] + right)
            full >>= 1
        self.size += 1

    def root(self):
        if not self.edge:
            return sha256(b"")
        root = self.edge[-1]
        for left in reversed(self.edge[:-1]):
            root = sha256(b"\x01" + left + root)
        return root


# --- The signature: Ed25519, RFC 8032 section 5.1 ------------------------------------------------------------------

P = 2**255 - 19
Q = 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, P - 2, P) % P


def recover_x(y, sign):
    if y >= P:
        return None
    square = (y * y - 1) * pow(D * y * y + 1, P - 2, P) % P
    x = pow(square, (P + 3) // 8, P)
    if (x * x - square) % P:
        x = x * pow(2, (P - 1) // 4, P) % P
    if (x * x - square) % P or (x == 0 and sign):
        return None
    return P - x if (x & 1) != sign else x


def add(a, b):
    """Adds two points in extended coordinates (section 5.1.4)."""
    e = (a[1] - a[0]) * (b[1] - b[0]) % P
    f = (a[1] + a[0]) * (b[1] + b[0]) % P
    g = 2 * a[3] * b[3] * D % P
    h = 2 * a[2] * b[2] % P
    return ((f - e) * (h - g) % P, (h + g) * (f + e) % P, (h - g) * (h + g) % P, (f - e) * (f + e) % P)


def multiply(scalar, point):
    result = (0, 1, 1, 0)
    while scalar:
        if scalar & 1:
            result = add(result, point)
        point = add(point, point)
        scalar >>= 1
    return result


def decompress(data):
    number = int.from_bytes(data, "little")
    y = number & ((1 << 255) - 1)
    x = recover_x(y, number >> 255)
    return None if x is None else (x, y, 1, x * y % P)


BASE_Y = 4 * pow(5, P - 2, P) % P
BASE_X = recover_x(BASE_Y, 0)
BASE = (BASE_X, BASE_Y, 1, BASE_X * BASE_Y % P)


def signature_holds(public, message, signature):
    """Whether an Ed25519 signature is by this key over this message."""
    if len(public) != 32 or len(signature) != 64:
        return False
    key, commitment = decompress(public), decompress(signature[:32])
    scalar = int.from_bytes(signature[32:], "little")
    if key is None or commitment is None or scalar >= Q:
        return False
    challenge = int.from_bytes(hashlib.sha512(signature[:32] + public + message).digest(), "little") % Q
    left, right = multiply(scalar, BASE), add(commitment, multiply(challenge, key))
    return (left[0] * right[2] - right[0] * left[2]) % P == 0 and (left[1] * right[2] - right[1] * left[2]) % P == 0


# --- The checkpoint: C2SP signed-note and tlog-checkpoint ----------------------------------------------------------

class Unreadable(Exception):
    """A file or a key that is not what it must be."""


def parse_key(text):
    """A verifier key, NAME+ID+BASE64: its name, key id and Ed25519 public key."""
    try:
        text.encode()
        name, key_id, data = text.strip().split("+", 2)
        key = base64.b64decode(data, validate=True)
    except ValueError as error:
        raise Unreadable(f"the key does not read: {error}")
    if len(key) != 33 or key[0] != 1:
        raise Unreadable("the key is not an Ed25519 key")
    if sha256(name.encode() + b"\n" + key)[:4].hex() != key_id:
        raise Unreadable("the key's id does not belong to its name and bytes")
    return name, bytes.fromhex(key_id), key[1:]


def open_checkpoint(note, key):
    """The size and root that a signed note tells, once the key's signature holds."""
    name, key_id, public = key
    text, separator, signatures = note.rpartition("\n\n")
    if not separator:
        raise Unreadable("the checkpoint has no signatures")
    text += "\n"
    lines = text.split("\n")
    if len(lines) < 4 or not re.fullmatch("[0-9]{1,20}", lines[1], re.ASCII):
        raise Unreadable("the checkpoint is not origin, size and root")
    if lines[0] != name:
        raise Unreadable(f"the checkpoint is of {ascii(lines[0])}, and the key of {ascii(name)}")
    root = decoded(lines[2])
    for line in signatures.splitlines():
        if not line.startswith("\u2014 "):
            raise Unreadable("a signature line does not begin with a dash")
        signer, _, encoded = line[2:].partition(" ")
        data = decoded(encoded)
        if signer == name and data[:4] == key_id and signature_holds(public, text.encode(), data[4:]):
            return int(lines[1]), root
    return None


def decoded(text):
    """The bytes that base64 says."""
    try:
        return base64.b64decode(text, validate=True)
    except ValueError as error:
        raise Unreadable(f"the checkpoint holds what is no base64: {error}")


# --- The records ---------------------------------------------------------------------------------------------------

def number_text(value):
    """A number as ECMAScript writes it (RFC 8785 section 3.2.2.3)."""
    if value == math.floor(value) and abs(value) < 1e21:
        return str(int(value))
    digits, _, exponent = repr(value).partition("e")
    sign = "-" if digits.startswith("-") else ""
    whole, _, fraction = digits.lstrip("-").partition(".")
    point = len(whole) + int(exponent or 0)
    raw = (whole + fraction).lstrip("0")
    point -= len(whole + fraction) - len(raw)
    raw = raw.rstrip("0")
    if -6 < point <= 0:
        return sign + "0." + "0" * -point + raw
    if 0 < point <= 21:
        return sign + raw[:point] + "." + raw[point:]
    tail = "" if len(raw) == 1 else "." + raw[1:]
    return f"{sign}{raw[0]}{tail}e{'+' if point > 0 else '-'}{abs(point - 1)}"


def canonical(value):
    """A value as RFC 8785 writes it."""
    if isinstance(value, dict):
        members = sorted(value.items(), key=lambda member: member[0].encode("utf-16-be"))
        return "{" + ",".join(canonical(name) + ":" + canonical(inner) for name, inner in members) + "}"
    if isinstance(value, list):
        return "[" + ",".join(map(canonical, value)) + "]"
    if isinstance(value, float) or (isinstance(value, int) and not isinstance(value, bool)):
        return number_text(float(value))
    return json.dumps(value, ensure_ascii=False)


def unrepeated(members):
    found = dict(members)
    if len(found) != len(members):
        raise ValueError("a name is repeated in an object")
    return found


def no_number(name):
    raise ValueError(f"{name} is no number of JSON")


def record_faults(record, streams, ids, clock):
    """What is wrong with one record, given what came before it."""
    event = json.loads(record, object_pairs_hook=unrepeated, parse_constant=no_number)
    if not isinstance(event, dict):
        yield "is no object"
        return
    if canonical(event).encode() != record:
        yield "is not canonical JSON (RFC 8785)"
    for name in ("id", "source", "specversion", "type", "recordedtime"):
        if not isinstance(event.get(name), str) or not event[name]:
            yield f"has no {name}"
            return
    if event["specversion"] != "1.0":
        yield "is not of CloudEvents 1.0"
    stream = event.get("subject", "")
    if not isinstance(stream, str):
        yield "has a subject that is no text"
        return
    version, previous = streams.get(stream, (0, None))
    if event.get("streamversion") != version:
        yield f"has stream version {ascii(event.get('streamversion'))[:40]} where {version} belongs"
    if event.get("streamprevious") != previous:
        yield "does not name the record before it in its stream"
    streams[stream] = (version + 1, base64.b64encode(leaf_hash(record)).decode())
    if (event["source"], event["id"]) in ids:
        yield "repeats the source and id of an earlier record"
    ids.add((event["source"], event["id"]))
    if event["recordedtime"] < clock[0]:
        yield "was recorded before the record before it"
    clock[0] = event["recordedtime"]


# What a record has at most, and what this program takes of a checkpoint.
LONGEST_RECORD, LONGEST_CHECKPOINT = 65_535, 1_000_000


def lines_of(records):
    """The lines of a file, none of which is longer than a record may be."""
    while line := records.readline(LONGEST_RECORD + 2):
        if len(line.rstrip(b"\n")) > LONGEST_RECORD:
            raise Unreadable("a line is longer than any record: this is not what 'relm log --raw' printed")
        yield line


def verify(records, checkpoint, tell):
    """Checks all records; how many there are, and how many faults were told."""
    size, root = checkpoint
    tree, streams, ids, clock, faults = Tree(), {}, set(), [""], 0
    held = size == 0 and root == tree.root()
    for record in lines_of(records):
        record = record.rstrip(b"\n")
        try:
            for fault in record_faults(record, streams, ids, clock):
                faults += 1
                tell(f"position {tree.size}: {fault}")
        except RecursionError:
            faults += 1
            tell(f"position {tree.size}: is not JSON that a ledger takes: it is nested too deeply")
        except (ValueError, OverflowError) as error:
            faults += 1
            tell(f"position {tree.size}: is not JSON that a ledger takes: {ascii(str(error))[1:-1]}")
        tree.append(leaf_hash(record))
        if tree.size == size:
            held = tree.root() == root
            if not held:
                faults += 1
                tell(f"the first {size} records give another root than was signed: they are not what was signed")
    if tree.size < size:
        faults += 1
        tell(f"{size} records were signed, and here are {tree.size}: the end is missing")
    return tree.size, faults


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("records", help="what 'relm log --raw' printed")
    parser.add_argument("checkpoint", help="what 'relm checkpoint' printed, best from somewhere else")
    parser.add_argument("--key", required=True, help="the verifier key that 'relm init' printed")
    options = parser.parse_args()
    try:
        with open(options.checkpoint, encoding="utf-8", newline="") as file:
            note = file.read(LONGEST_CHECKPOINT + 1)
        if len(note) > LONGEST_CHECKPOINT:
            raise Unreadable("the checkpoint is too long to be one")
        checkpoint = open_checkpoint(note, parse_key(options.key))
        if checkpoint is None:
            print("the checkpoint is not signed with this key", file=sys.stderr)
            return 1
        with open(options.records, "rb") as records:
            count, faults = verify(records, checkpoint, lambda words: print(words, file=sys.stderr))
    except (OSError, UnicodeError, Unreadable) as error:
        print(f"verify.py: {error}", file=sys.stderr)
        return 2
    if faults:
        print(f"NOT verified: {faults} faults in {count} records")
        return 1
    print(f"verified: {count} records; the first {checkpoint[0]} of them are what was signed")
    return 0


if __name__ == "__main__":
    sys.exit(main())
