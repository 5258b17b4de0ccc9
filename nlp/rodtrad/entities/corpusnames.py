"""Which document of the corpus a citation or a matter's number means."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from rodtrad.datamodel import Document, Mention

_CITING = ("REFERENCE", "DIARIENUMMER")
# Units of a ministry behind the number, "S2017/01221/JÄM", are left out as often as not.
_UNIT = re.compile(r"(?<=/\d{5})(?:/[A-ZÅÄÖ][\w&]*)+$")
_RUNNING = re.compile(r"\blägesrapport\s+(\d{1,3})\b", re.IGNORECASE)


def names_of(document: Document) -> tuple[str, ...]:
    """How other documents cite this one: its number in its series, its dnr, a running number."""
    return cited_as(
        number=document.get("number"),
        dnr=document.get("dnr"),
        title=document.title,
        issuer=document.get("issuer"),
    )


def cited_as(
    *, number: str | None, dnr: str | None, title: str, issuer: str | None
) -> tuple[str, ...]:
    """The names that `resolve_to_corpus` looks for, from facts about a document.

    "Dir. 2017:29" → "dir. 2017:29"; "Lägesrapport 25" by Polismyndigheten → "Polismyndigheten
    lägesrapport 25". Numbers in the title of an answer ("Remissvar över SOU 2025:119") name the
    document answered, so a title gives running numbers only.
    """
    running = _RUNNING.search(title)
    numbers = [one.strip() for one in (dnr or "").split(",")]
    names = [
        number,
        *numbers,
        f"{issuer} lägesrapport {running[1]}" if running and issuer else None,
    ]
    return tuple(name for name in names if name)


def resolve_to_corpus(
    mentions: Iterable[Mention], documents: Mapping[str, Sequence[str]]
) -> tuple[Mention, ...]:
    """The same mentions, those that mean a document of the corpus with `detail["document"]`.

    `documents` are ids with the names each is cited by (`names_of`). The place in an act does not
    count ("prop. 2016/17:93"), nor case, blanks or the unit of a dnr. A name that two documents
    share resolves to neither; a list of several documents gives a list, None where one is not here.
    """
    known = _by_name(documents)
    return tuple(_resolved(mention, known) for mention in mentions)


def _by_name(documents: Mapping[str, Sequence[str]]) -> dict[str, str]:
    known: dict[str, str] = {}
    shared: set[str] = set()
    for document, names in documents.items():
        for key in {_key(name) for name in names}:
            if known.setdefault(key, document) != document:
                shared.add(key)
    return {key: document for key, document in known.items() if key not in shared}


def _key(name: str) -> str:
    bare = re.sub(r"\s+", "", name)
    return _UNIT.sub("", bare).casefold()


def _resolved(mention: Mention, known: Mapping[str, str]) -> Mention:
    if mention.type not in _CITING:
        return mention
    found = _documents(mention.value, known)
    if not found or (isinstance(found, list) and not any(found)):
        return mention
    return replace(mention, detail={**(mention.detail or {}), "document": found})


def _documents(value: Any, known: Mapping[str, str]) -> Any:
    if isinstance(value, list):
        return [known.get(_key(str(one))) for one in value]
    return known.get(_key(str(value)))
