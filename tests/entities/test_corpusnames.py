"""Citations that mean a document of the corpus."""

from __future__ import annotations

from typing import Any

import pytest

from rodtrad.datamodel import Mention, Span
from rodtrad.entities import resolve_to_corpus
from rodtrad.entities.corpusnames import cited_as

DOCUMENTS = {
    "beslut": ("Ju2025/01324",),
    "direktiv": ("Dir. 2017:29", "U2017/01221/UH"),
    "rapport": ("Polismyndigheten lägesrapport 25",),
    "a": ("dir. 2020:1",),
    "b": ("Dir. 2020:1",),
}


def resolved(kind: str, value: Any) -> Any:
    span = Span(0, 5)
    (mention,) = resolve_to_corpus([Mention(kind, "x", value, span, span, "t")], DOCUMENTS)
    return (mention.detail or {}).get("document")


@pytest.mark.parametrize(
    ("kind", "value", "document"),
    [
        ("DIARIENUMMER", "Ju2025/01324", "beslut"),
        ("DIARIENUMMER", "Ju2025/01324/PO", "beslut"),
        ("DIARIENUMMER", "U2017/01221", "direktiv"),
        ("REFERENCE", "dir. 2017:29", "direktiv"),
        ("REFERENCE", "Polismyndigheten lägesrapport 25", "rapport"),
        ("REFERENCE", "Polismyndigheten lägesrapport 24", None),
        ("REFERENCE", "SOU 2017:29", None),
        ("REFERENCE", "dir. 2020:1", None),
        ("REFERENCE", ["dir. 2017:29", "SOU 2016:1"], ["direktiv", None]),
        ("REFERENCE", ["SOU 2016:1", "SOU 2016:2"], None),
        ("AGENCY", "dir. 2017:29", None),
    ],
)
def test_what_a_citation_means(kind: str, value: Any, document: Any) -> None:
    assert resolved(kind, value) == document


def test_the_title_of_an_answer_names_the_document_answered() -> None:
    title = "Remissvar över SOU 2025:119"
    assert cited_as(number=None, dnr=None, title=title, issuer="Länsstyrelsen") == ()
    title = "Människohandel, lägesrapport 25"
    assert cited_as(number=None, dnr=None, title=title, issuer="Polismyndigheten") == (
        "Polismyndigheten lägesrapport 25",
    )
