"""A second verifier of an exported audit log: docs/AUDITORS.md put into Python, with nothing of the platform's code.

    python3 verify.py EXPORT VERIFIER_KEY

Needs Python 3.8 and the openssl command (1.1.1 or newer). Exit codes are those of `audit verify`.
"""
import base64
import hashlib
import json
import os
import subprocess
import sys
import tempfile

LOG, INTERVAL = "platform/events", 256
BROKEN, BAD_SIGNATURE, TRUNCATED, UNTRUSTED = 2, 3, 4, 5


def sha(prefix, *parts):
    return hashlib.sha256(bytes([prefix]) + b"".join(parts)).digest()


def number(text):
    """RFC 8785, section 3.2.2.3: the shortest digits that a double needs, laid out as ECMAScript does."""
    value = float(text)
    if value == 0:
        return "0"
    shortest = next(form for form in (f"{abs(value):.{places}e}" for places in range(17)) if float(form) == abs(value))
    mantissa, _, exponent = shortest.partition("e")
    digits, point = mantissa.replace(".", "").rstrip("0"), int(exponent) + 1
    if not -6 < point <= 21:
        laid = digits[0] + ("." + digits[1:] if digits[1:] else "") + f"e{point - 1:+d}"
    elif point <= 0:
        laid = "0." + "0" * -point + digits
    elif point >= len(digits):
        laid = digits + "0" * (point - len(digits))
    else:
        laid = digits[:point] + "." + digits[point:]
    return ("-" if value < 0 else "") + laid


class Number(str):
    pass


def jcs(value):
    if isinstance(value, Number):
        return number(value)
    if isinstance(value, dict):
        names = sorted(value, key=lambda name: name.encode("utf-16-be"))
        return "{" + ",".join(jcs(name) + ":" + jcs(value[name]) for name in names) + "}"
    if isinstance(value, list):
        return "[" + ",".join(map(jcs, value)) + "]"
    return json.dumps(value, ensure_ascii=False)


class Tree:
    """Roots of the perfect subtrees of an RFC 6962 tree, as (size, hash), largest first."""

    def __init__(self):
        self.peaks = []

    def append(self, leaf):
        self.peaks.append((1, leaf))
        while len(self.peaks) > 1 and self.peaks[-1][0] == self.peaks[-2][0]:
            (size, right), (_, left) = self.peaks.pop(), self.peaks.pop()
            self.peaks.append((2 * size, sha(1, left, right)))

    def root(self):
        root = self.peaks[-1][1] if self.peaks else hashlib.sha256().digest()
        for _, left in reversed(self.peaks[:-1]):
            root = sha(1, left, root)
        return root


class Fault(Exception):
    pass


class Key:
    def __init__(self, text):
        self.text = text.strip()
        self.name, key_id, code = self.text.split("+", 2)
        self.id, raw = bytes.fromhex(key_id), base64.b64decode(code)
        assert raw[0] == 1 and len(raw) == 33, "not an Ed25519 verifier key"
        assert hashlib.sha256(self.name.encode() + b"\n" + raw).digest()[:4] == self.id, "mistyped key"
        # SubjectPublicKeyInfo of RFC 8410: a fixed head, then the 32 bytes.
        self.der = bytes.fromhex("302a300506032b6570032100") + raw[1:]

    def signed(self, message, signature):
        with tempfile.TemporaryDirectory() as folder:
            files = [os.path.join(folder, name) for name in ("key", "message", "signature")]
            for file, content in zip(files, (self.der, message, signature)):
                with open(file, "wb") as out:
                    out.write(content)
            command = ["openssl", "pkeyutl", "-verify", "-rawin", "-pubin", "-keyform", "DER",
                       "-inkey", files[0], "-in", files[1], "-sigfile", files[2]]
            return subprocess.run(command, capture_output=True).returncode == 0


class Log:
    def __init__(self, key):
        self.key, self.tree = key, Tree()
        self.size, self.sequence, self.head, self.signed = 0, 0, bytes(32), 0

    def append(self, leaf):
        self.tree.append(leaf)
        self.head = sha(2, self.head, leaf)
        self.size += 1

    def entry(self, entry, stated):
        sequence = int(entry["seq"])
        leaf = sha(0, jcs(entry).encode())
        if leaf != stated or entry["log"] != LOG or entry["prev"] != self.head.hex() or sequence <= self.sequence:
            raise Fault(BROKEN, sequence)
        self.sequence = sequence
        self.append(leaf)

    def open(self, note):
        text, gap, lines = note.rpartition("\n\n")
        for line in lines.splitlines():
            dash, name, code = line.split(" ")
            raw = base64.b64decode(code)
            if dash == "\u2014" and name == self.key.name and raw[:4] == self.key.id:
                if not self.key.signed((text + "\n").encode(), raw[4:]):
                    raise Fault(BAD_SIGNATURE, self.sequence)
                return text.split("\n")
        raise Fault(UNTRUSTED, self.sequence)

    def checkpoint(self, note):
        origin, size, root, chain = self.open(note)
        word, sequence, head = chain.split(" ")
        expected = (LOG, self.size, self.tree.root(), "chain", self.head.hex())
        if (origin, int(size), base64.b64decode(root), word, head) != expected or int(sequence) < self.sequence:
            raise Fault(BROKEN, self.sequence)
        if self.signed < (self.size - 1) // INTERVAL * INTERVAL:
            raise Fault(TRUNCATED, self.sequence)
        self.signed, self.sequence = self.size, int(sequence)


def verify(path, key):
    log, closed = Log(key), False
    with open(path, encoding="utf-8", newline="\n") as lines:
        header = json.loads(next(lines))["header"]
        if header["key"] != key.text:
            raise Fault(UNTRUSTED, 0)
        for text in lines:
            if not text.endswith("\n"):
                raise Fault(TRUNCATED, log.sequence)
            line = json.loads(text, parse_int=Number, parse_float=Number)
            if closed:
                raise Fault(BROKEN, log.sequence)
            if "entry" in line:
                log.entry(line["entry"], bytes.fromhex(line["leaf"]))
            elif "leaf" in line:
                log.append(bytes.fromhex(line["leaf"]))
            elif "checkpoint" in line:
                log.checkpoint(line["checkpoint"])
            else:
                log.checkpoint(line["closing"])
                closed = True
    if not closed:
        raise Fault(TRUNCATED, log.sequence)
    return log


if __name__ == "__main__":
    try:
        result = verify(sys.argv[1], Key(sys.argv[2]))
        print(json.dumps({"entries": result.size, "sequence": result.sequence, "head": result.head.hex()}))
    except Fault as fault:
        code, at = fault.args
        print(f"fault {code} at sequence {at}", file=sys.stderr)
        sys.exit(code)
