"""Who acts by the sentences of an English plan whose bodies no list of agencies holds.

"The National Roads Office will renew …", "Harbour Board and Coast Service, in consultation with the
Fisheries Council, shall publish …": a body has a name of two words at least in capitals, and is the
subject of what shall be done. It must not match what is done to something ("The Eastern Terminal
will be rebuilt") or what no body is ("The National Strategy will cover …").
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

_WORD = r"[A-ZÀ-Þ][\w'’-]*"
_NAME = rf"(?!The\b){_WORD}(?:\s+(?:(?:of|for|on|in)\s+(?:the\s+)?)?{_WORD})+"
_NAMES = rf"(?:[Tt]he\s+)?{_NAME}(?:(?:,|,?\s+and)\s+(?:the\s+)?{_NAME})*"
_ASIDE = r"(?:,\s+(?:in|together|jointly|with|after|following)\s[^.;]{3,160},)?"
_ACTS = re.compile(
    rf"^\W*(?P<who>{_NAMES}){_ASIDE}\s+"
    r"(?:will|shall|must|is to|are to|intends? to)\s+(?!be\b|have\b|not\b)\w"
)
_BESIDE = re.compile(
    r"\b(?:in (?:close )?(?:consultation|co-?operation|collaboration|partnership)|together|jointly)"
    rf"\s+with\s+(?P<who>{_NAMES})"
)
# "the Department of Justice and Equality" is one, "the Harbour Board and the Coast Service" two.
_BETWEEN = re.compile(r",\s+(?:and\s+)?(?:the\s+)?|\s+and\s+the\s+")
_BETWEEN_BARE = re.compile(r",\s+(?:and\s+)?(?:the\s+)?|\s+and\s+(?:the\s+)?")
_NO_BODY = re.compile(
    r"\b(?:plans?|strateg(?:y|ies)|programmes?|program|acts?|bill|framework|polic(?:y|ies)|scheme"
    r"|guidelines|directive|projects?|reports?|week|day|code|regulations?|convention|goals?)$",
    re.IGNORECASE,
)
_OF_ONE = re.compile(r"\b(?:Department|Ministry|Minister|Office|Directorate)\b")


def acting_in(sentences: Sequence[str]) -> tuple[str, ...]:
    """The bodies that are the subject of what shall be done, once each, in order.

    >>> acting_in(["The National Roads Office will renew 40 bridges by 2027."])
    ('National Roads Office',)
    >>> acting_in(["The National Strategy will cover all counties."])
    ()
    """
    found = (m for m in map(_ACTS.match, sentences) if m)
    return tuple(dict.fromkeys(name for m in found for name in _split(m["who"])))


def beside_in(sentences: Sequence[str]) -> tuple[str, ...]:
    """The bodies that are consulted or act together with others, once each, in order.

    >>> beside_in(["Harbour Board, together with the Fisheries Council, will publish it."])
    ('Fisheries Council',)
    """
    found = (m for s in sentences for m in _BESIDE.finditer(s))
    return tuple(dict.fromkeys(name for m in found for name in _split(m["who"])))


def _split(names: str) -> Iterator[str]:
    text = " ".join(names.split())
    bare = re.sub(r"^[Tt]he\s+", "", text)
    one = _OF_ONE.search(bare) is not None
    for name in (_BETWEEN if one else _BETWEEN_BARE).split(bare):
        if name and not _NO_BODY.search(name):
            yield name
