"""Passages → index → hits: tokenization, lexical and dense ranking, fusion, query, term bank.

`build_search_index` writes a folder, `SearchIndex.open` reads it; `load_termbank` gives the terms.
Nothing here loads spaCy, scikit-learn or torch, and a name is imported when it is first used: a
command that asks for hits does not load what builds an index.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from rodtrad.lazynames import names_from

if TYPE_CHECKING:
    from rodtrad.retrieval.building import build_search_index
    from rodtrad.retrieval.hits import (
        DocumentInfo,
        Facet,
        Hit,
        PassageFacts,
        SearchFilters,
        SearchResult,
    )
    from rodtrad.retrieval.index import SearchIndex
    from rodtrad.retrieval.termbank import TermBank, TermEntry, TermMatch, load_termbank
    from rodtrad.retrieval.updating import update_search_index

__all__ = [
    "DocumentInfo",
    "Facet",
    "Hit",
    "PassageFacts",
    "SearchFilters",
    "SearchIndex",
    "SearchResult",
    "TermBank",
    "TermEntry",
    "TermMatch",
    "build_search_index",
    "load_termbank",
    "update_search_index",
]

_HOMES = {
    "DocumentInfo": "hits",
    "Facet": "hits",
    "Hit": "hits",
    "PassageFacts": "hits",
    "SearchFilters": "hits",
    "SearchIndex": "index",
    "SearchResult": "hits",
    "TermBank": "termbank",
    "TermEntry": "termbank",
    "TermMatch": "termbank",
    "build_search_index": "building",
    "load_termbank": "termbank",
    "update_search_index": "updating",
}

__getattr__ = names_from(__name__, _HOMES)
