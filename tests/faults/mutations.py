"""Ways in which files go wrong: by accident, by bad programs, on purpose."""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Callable, Sequence
from random import Random

LONG = 1_000_000
NASTY = (
    b"\x00",
    "\ufeff".encode(),
    b"\xed\xa0\x80",  # a lone surrogate, as careless programs write it
    b"\xff\xfe",
    b"\xc3",  # half a character
    b"\x85\x96",  # Windows-1252
    "\u202eksat\u202c\u2067ab\u2069".encode(),
    ("\ufdfa" * 300).encode(),  # 18 characters each under NFKC
    ("a" + "\u0301" * 500).encode(),
    ("1" * 5_000).encode(),
    ("9" * 400 + "-99-99").encode(),
    b"(" * 2_000 + b")" * 1_000,
    b"[" * 20_000,
    b'{"a":' * 5_000,
    b"<div>" * 3_000,
    b"<table><tr><td>" * 400,
    b"&#x110000;&#0;&#xD800;&amp;" * 10,
    b"\n" * 3_000,
    b"\r" * 50 + b"\f" * 50 + b"\x1c\x1d\x1e\x85" * 5,
    "\u2028\u2029\u0085\u200b\u00ad".encode() * 20,
    b"%s%n%x{0}{}${jndi:x}../../../etc/passwd",
    b"=HYPERLINK(1)\t@x\t+1\t-1",
    b"den 31 februari 0000 senast den 99 mars 99999 kl. 25.61 " * 20,
    b"1.1.1.1.1.1.1.1.1.1.1.1.1.1.1 " * 100,
    "prop. 2025/26:99999999999999999999 4 kap. 1 a \u00a7 ".encode() * 50,
    b"12 345 678 901 234 567 890 miljarder kronor " * 50,
    "\u0660\u0661\u0662 \u00b2\u00b3 \u2167 \U0001d7d8 \u3007 \u2460 ".encode() * 10,
    ("\u0130I\u0131\u00df\u1e9e\ufb03" * 30).encode(),
    "\U0001f468\u200d\U0001f469\u200d\U0001f467 \U0010ffff\ufffe\uffff".encode() * 10,
)
"""Short pieces put into files."""

LINES = (
    b"a",
    b"a ",
    b"1. ",
    b"\xc3\xa5",
    b"- ",
    b"| ",
    b"# ",
    b"(",
    b"\t",
    b"1",
    b"A. ",
    b"\xef\xb7\xba",
)
"""Repeated to lines of 10^6 characters."""

Mutation = Callable[[bytes, Random], bytes]


def flip(data: bytes, random: Random) -> bytes:
    """A few bytes are others."""
    changed = bytearray(data)
    for _ in range(random.choice((1, 3, 20, max(1, len(data) // 50)))):
        changed[random.randrange(len(changed))] = random.randrange(256)
    return bytes(changed)


def cut(data: bytes, random: Random) -> bytes:
    """The end is missing, as after a broken transfer."""
    return data[: random.randrange(len(data))]


def drop(data: bytes, random: Random) -> bytes:
    """A piece is missing."""
    start, end = sorted(random.randrange(len(data) + 1) for _ in range(2))
    return data[:start] + data[end:]


def repeat(data: bytes, random: Random) -> bytes:
    """A piece stands there many times."""
    start = random.randrange(len(data))
    piece = data[start : start + random.choice((1, 8, 64, 512))]
    return data[:start] + piece * random.choice((2, 10, 300)) + data[start:]


def swap(data: bytes, random: Random) -> bytes:
    """Two pieces have changed places."""
    a, b, c = sorted(random.randrange(len(data) + 1) for _ in range(3))
    return data[:a] + data[b:c] + data[a:b] + data[c:]


def insert(data: bytes, random: Random) -> bytes:
    """Something nasty stands in it."""
    where = random.randrange(len(data) + 1)
    return data[:where] + random.choice(NASTY) * random.choice((1, 1, 3)) + data[where:]


def lengthen(data: bytes, random: Random) -> bytes:
    """A line of 10^6 characters."""
    where = random.randrange(len(data) + 1)
    piece = random.choice(LINES)
    return data[:where] + piece * (LONG // len(piece)) + data[where:]


def recode(data: bytes, random: Random) -> bytes:
    """Another encoding than it seems."""
    text = data.decode("utf-8", "replace")
    coding = random.choice(("utf-16", "utf-16-be", "utf-32", "cp1252", "cp437", "utf-7", "latin-1"))
    return text.encode(coding, "replace")


def digits(data: bytes, random: Random) -> bytes:
    """Numbers are others: counts, offsets, lengths, dates."""
    changed = bytearray(data)
    places = [i for i, byte in enumerate(changed) if 48 <= byte <= 57]
    for place in random.sample(places, min(len(places), random.choice((1, 2, 8)))):
        changed[place] = random.choice(b"0123456789-")
    return bytes(changed)


PLAIN: Sequence[Mutation] = (flip, cut, drop, repeat, swap, insert, insert, recode, digits)


def inside_zip(data: bytes, random: Random) -> bytes:
    """A part of a zip file is another, and its sum fits: the parser behind the zip sees it."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            parts = {info.filename: package.read(info) for info in package.infolist()}
    except (zipfile.BadZipFile, zlib.error, OSError, ValueError, RuntimeError, EOFError):
        return flip(data, random)
    if not parts:
        return flip(data, random)
    name = random.choice(list(parts))
    if random.random() < 0.1:
        del parts[name]
    elif parts[name]:
        parts[name] = mutated(parts[name], "xml", random)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        for part, content in parts.items():
            package.writestr(part, content)
    return out.getvalue()


def mutated(data: bytes, ending: str, random: Random) -> bytes:
    """The file with one to four things wrong with it."""
    for _ in range(random.choice((1, 1, 2, 4))):
        choices: Sequence[Mutation] = PLAIN
        if ending in ("docx", "xlsx"):
            choices = [inside_zip] * 4 + [flip, cut, digits]
        elif random.random() < 0.02:
            choices = [lengthen]
        data = random.choice(choices)(data, random) if data else random.choice(NASTY)
    return data
