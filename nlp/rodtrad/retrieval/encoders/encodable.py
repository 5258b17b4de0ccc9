"""The one reading of a text that every encoder, and the vector cache, agrees on."""

from __future__ import annotations

import re
import unicodedata

CHARACTER_LIMIT = 4_000
"""About 600 Swedish words, three passages; beyond it the engines run for long, uninterrupted."""

_SPLITTING = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\u2581\ud800-\udfff]+")
_INVISIBLE = re.compile(
    "[\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff"
    "\ufff0-\uffff\U000e0000-\U000e0fff]+"
)


def encodable(text: str, *, limit: int = CHARACTER_LIMIT) -> str:
    """The text as an encoder may see it: NFKC, one line, no invisible or half characters.

    Control characters and lone surrogates become a space (after NUL a C library reads nothing, and
    a lone surrogate has no UTF-8); soft hyphens, direction marks, variation selectors and
    non-characters go. NFKC comes first here because inside the embedded encoder it overflows: one
    U+FDFA is three bytes and eighteen characters.

    >>> encodable("människo\u00adhandel\\x00 och\\n  ﬁnans")
    'människohandel och finans'
    """
    readable = _INVISIBLE.sub("", _SPLITTING.sub(" ", text[: 2 * limit]))
    composed = unicodedata.normalize("NFKC", readable)
    words = _INVISIBLE.sub("", _SPLITTING.sub(" ", composed)).split()
    return " ".join(words)[:limit].rstrip()
