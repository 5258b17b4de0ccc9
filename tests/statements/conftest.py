"""Documents for the statement tests: small texts, read as files are."""

from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest

from rodtrad.datamodel import Document
from rodtrad.entities import find_mentions
from rodtrad.ingest import read_document
from rodtrad.segmentation import find_sections
from rodtrad.statements import Statements, find_statements

Read = Callable[..., tuple[Document, Statements]]


@pytest.fixture
def read(tmp_path: Path) -> Read:
    """Statements of a text: `read(text, kind="remissvar")`; of Markdown with `suffix=".md"`."""

    def _read(text: str, *, suffix: str = ".txt", **overrides: str) -> tuple[Document, Statements]:
        path = (tmp_path / "text").with_suffix(suffix)
        path.write_text(text, encoding="utf-8")
        document = read_document(path, document_id="text", overrides=overrides)
        sections = find_sections(document)
        mentions = find_mentions(document, sections)
        return document, find_statements(document, sections, mentions)

    return _read


CORPUS = Path(__file__).parents[2] / "corpus" / "sources"
OVERRIDES = {
    "handlingsplan-2026-2028": {"kind": "handlingsplan", "period": "2026–2028"},
    "handlingsplan-2018": {"kind": "handlingsplan"},
    "lagesrapport-25": {"kind": "lägesrapport", "issuer": "Polismyndigheten"},
    "regeringsbeslut-ju2025-01324": {"kind": "regeringsuppdrag", "dnr": "Ju2025/01324"},
    "remissvar-lansstyrelsen-vasterbotten": {
        "kind": "remissvar",
        "issuer": "Länsstyrelsen i Västerbottens län",
        "answers_to": "SOU 2025:119",
    },
}


@pytest.fixture(scope="session")
def corpus_statements() -> Callable[[str], Statements]:
    """Statements of one of the demonstration documents, each read once."""
    return cache(_corpus_statements)


def _corpus_statements(document_id: str) -> Statements:
    path = next(CORPUS.rglob(f"{document_id}.txt"))
    document = read_document(path, document_id=document_id, overrides=OVERRIDES[document_id])
    sections = find_sections(document)
    return find_statements(document, sections, find_mentions(document, sections))
