"""Recommendations and measures as the log names them: readable ids, and digests of their words."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, field
from hashlib import blake2b
from typing import Literal

from rodtrad.datamodel import Measure, Recommendation
from rodtrad.errors import UsageError

EXCERPT = 240
Fate = Literal["same", "moved", "changed", "missing", "unread"]


@dataclass(frozen=True, slots=True)
class End:
    """One end of a target: its id `document#item`, the digest of its words, their beginning."""

    id: str
    digest: str
    text: str = ""

    @property
    def document(self) -> str:
        """The document's id."""
        return self.id.partition("#")[0]


@dataclass(frozen=True, slots=True)
class Located:
    """Where an end of an old event is today.

    `fate` is same, moved (the same words under another id), changed (other words under the same
    id), missing (neither) or unread (its document was not looked into).
    """

    id: str
    fate: Fate


@dataclass(frozen=True)
class Items:
    """What the recommendations and measures of some documents say today."""

    by_id: dict[str, End] = field(default_factory=dict)
    documents: frozenset[str] = frozenset()
    by_words: dict[tuple[str, str], tuple[str, ...]] = field(default_factory=dict)

    def get(self, item: str) -> End | None:
        """The item of that id."""
        return self.by_id.get(item)

    def locate(self, end: End) -> Located:
        """Where an end that was recorded earlier is today.

        The words count before the id: when sections are renumbered the decision follows its
        measure, and never falls to the one that took over the number. Words that several items
        share decide nothing.
        """
        current = self.by_id.get(end.id)
        if current and current.digest == end.digest:
            return Located(end.id, "same")
        if end.document not in self.documents:
            return Located(end.id, "unread")
        alike = self.by_words.get((end.document, end.digest), ())
        if len(alike) == 1:
            return Located(alike[0], "moved")
        return Located(end.id, "changed" if current else "missing")


def content_digest(words: str) -> str:
    """A digest of words that does not depend on line ends, soft hyphens or composed letters."""
    plain = unicodedata.normalize("NFC", words).replace("\u00ad", "")
    one_line = " ".join(plain.split())
    return blake2b(one_line.encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()


def recommendation_end(recommendation: Recommendation) -> End:
    """A recommendation as an end of a target."""
    return _end(recommendation.document, recommendation.id, recommendation.text)


def measure_end(measure: Measure) -> End:
    """A measure as an end of a target; its heading is part of its words."""
    return _end(measure.document, measure.id, f"{measure.title}\n{measure.text}")


def _end(document: str, item: str, words: str) -> End:
    one_line = " ".join(words.split())
    excerpt = one_line if len(one_line) <= EXCERPT else one_line[: EXCERPT - 1] + "…"
    return End(f"{document}#{item}", content_digest(words), excerpt)


def collect_items(
    recommendations: Iterable[Recommendation],
    measures: Iterable[Measure],
    *,
    documents: Iterable[str] = (),
) -> Items:
    """The items of documents.

    `documents` are the ids of all documents that were read, also of those without any item: only
    in them can an item be said to be gone.
    """
    ends = [recommendation_end(r) for r in recommendations]
    ends += [measure_end(m) for m in measures]
    words: dict[tuple[str, str], tuple[str, ...]] = {}
    for end in ends:
        key = (end.document, end.digest)
        if end.id not in words.get(key, ()):
            words[key] = (*words.get(key, ()), end.id)
    read = frozenset(documents) | {end.document for end in ends}
    return Items({end.id: end for end in ends}, read, words)


def check_item_name(name: str) -> str:
    """An item's id `document#item` as it is.

    Raises:
        UsageError: it has another form.
    """
    document, mark, item = name.strip().partition("#")
    if not (document and mark and item):
        raise UsageError(f"{name!r} names no item; write document#id, for example greta#SE-R1-01.")
    return name.strip()
