"""Documents for the statement tests: small texts, read as files are."""

from collections.abc import Callable
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
    """Statements of a text: `read(text, kind="remissvar", issuer="…")`."""

    def _read(text: str, **overrides: str) -> tuple[Document, Statements]:
        path = tmp_path / "text.txt"
        path.write_text(text, encoding="utf-8")
        document = read_document(path, document_id="text", overrides=overrides)
        sections = find_sections(document)
        mentions = find_mentions(document, sections)
        return document, find_statements(document, sections, mentions)

    return _read
