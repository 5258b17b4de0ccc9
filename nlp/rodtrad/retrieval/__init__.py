"""Passages → index → hits: tokenization, lexical and dense ranking, fusion, query, term bank.

`build_search_index` writes a folder, `SearchIndex.open` reads it; `load_termbank` gives the terms.
Nothing here loads spaCy, scikit-learn or torch.
"""

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
]
