"""What single words and lines say about the text: data files of the package, read once."""

from __future__ import annotations

import re
import tomllib
from functools import cache, lru_cache
from importlib.resources import files

# Lines are asked the same questions by several rules; the answers for so many lines are kept.
REMEMBERED = 4096
WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_STOPS = (".", "!", "?", "…")
_CLOSERS = "\"”’»')]"
_INITIAL = re.compile(r"^[A-ZÅÄÖ](?:\.-?[A-ZÅÄÖ])*$")


@cache
def word_list(name: str) -> frozenset[str]:
    """The entries of `data/<name>.txt`; lines that start with # are comments."""
    text = (files("rodtrad.ingest") / "data" / f"{name}.txt").read_text(encoding="utf-8")
    return frozenset(
        line.strip() for line in text.splitlines() if line.strip() and not line.startswith("#")
    )


@cache
def mark(name: str) -> re.Pattern[str]:
    """The pattern of whole lines under `name` in `data/marks.toml`."""
    text = (files("rodtrad.ingest") / "data" / "marks.toml").read_text(encoding="utf-8")
    lists = tomllib.loads(text)
    entries = "|".join(lists[name]).replace("{body}", lists["body"][0])
    return re.compile(rf"(?:{entries})[.:,]?", re.IGNORECASE)


def is_mark(name: str, text: str) -> bool:
    """Whether a line or heading is one of the words under `name`."""
    return mark(name).fullmatch(text.strip()) is not None


def is_abbreviation(token: str) -> bool:
    """Whether `token`, without its final stop, is an abbreviation or an initial."""
    bare = token.strip("(\"”'[").rstrip(".")
    return bare.casefold() in word_list("abbreviations") or bool(_INITIAL.match(bare))


@lru_cache(maxsize=REMEMBERED)
def ends_sentence(text: str) -> bool:
    """Whether a line ends a sentence: "… i riket." does, "… bl.a." and "… enligt prop." do not."""
    if text.rstrip(_CLOSERS)[-1:] not in _STOPS:
        return False
    last = text.rsplit(None, 1)[-1]
    return not (last.endswith(".") and is_abbreviation(last))


def starts_lower(text: str) -> bool:
    """Whether the first letter is small, so that the line goes on with what came before."""
    return bool(text) and text[0].islower()


def ends_weak(text: str) -> bool:
    """Whether the last word needs another behind it ("… tillgången till", "… skydd och stöd,")."""
    last = text.rsplit(None, 1)[-1] if text else ""
    return last.endswith((",", "-", "–", "/", "(")) or last.casefold() in word_list("weak-endings")


def has_finite_verb(text: str) -> bool:
    """Whether a frequent finite verb stands in the text."""
    verbs = word_list("finite-verbs")
    return any(word.casefold() in verbs for word in WORD.findall(text))


def first_word(text: str) -> str:
    """The first run of letters, "" if there is none at the start."""
    match = WORD.match(text.lstrip("\"”“'(–-• "))
    return match.group() if match else ""
