"""How many of the passages found have each kind, document, agency, type, language and year.

And the hits in the order of their documents' dates.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from itertools import chain
from typing import get_args

from rodtrad.retrieval.hits import DocumentInfo, Facet, FacetName, Hit
from rodtrad.retrieval.traits import Traits

FACETS: tuple[FacetName, ...] = get_args(FacetName)


def facets(found: Collection[Traits], documents: Mapping[str, DocumentInfo]) -> tuple[Facet, ...]:
    """The values of some passages with their counts: by name, the most frequent first.

    A passage of an unknown document has no kind, one without a date no year; one that names two
    agencies counts for both.
    """
    columns = zip(*found, strict=True) if found else [()] * len(Traits._fields)
    in_documents, languages, _, agencies, types = columns
    about = [documents[name] for name in in_documents if name in documents]
    counts: dict[FacetName, Counter[str]] = {
        "agency": Counter(chain.from_iterable(agencies)),
        "document": Counter(in_documents),
        "kind": Counter([one.kind for one in about]),
        "language": Counter(languages),
        "type": Counter(chain.from_iterable(types)),
        "year": Counter([one.date[:4] for one in about if one.date]),
    }
    return tuple(
        Facet(name, value, -count)
        for name, values in counts.items()
        for count, value in sorted([(-count, value) for value, count in values.items()])
    )


def newest_first(hits: Sequence[Hit], documents: Mapping[str, DocumentInfo]) -> tuple[Hit, ...]:
    """Hits by the date of their documents, the newest first, ranked anew; undated ones last.

    Hits of one date stay as they were. A part of a date ("2016") counts as its beginning.
    """

    def day(hit: Hit) -> str:
        about = documents.get(hit.document)
        return (about.date if about else None) or ""

    ordered = sorted(hits, key=day, reverse=True)
    return tuple(replace(hit, rank=rank) for rank, hit in enumerate(ordered, start=1))
