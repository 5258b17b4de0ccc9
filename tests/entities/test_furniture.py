"""Names and numbers in page headers and footers are findings; nothing there is a deadline."""

from __future__ import annotations

from pathlib import Path

import pytest

from rodtrad.datamodel import AnnotatedDocument
from rodtrad.ingest import read_document
from rodtrad.pipeline.annotate import annotate

BODY = (
    "Polismyndigheten ska lämna en redovisning av uppdraget till regeringen varje år och\n"
    "samråda med berörda parter om hur stödet till de utsatta kan bli bättre i hela landet.\n"
)
PAGES = 4


@pytest.fixture
def found(tmp_path: Path) -> AnnotatedDocument:
    pages = [f"Socialdepartementet {n} ({PAGES})\n\n{BODY}" for n in range(1, PAGES + 1)]
    path = tmp_path / "beslut.txt"
    path.write_text("\n".join(pages), encoding="utf-8")
    return annotate(read_document(path))


def test_every_header_is_found_where_it_stands(found: AnnotatedDocument) -> None:
    ministries = [m for m in found.mentions if m.value == "Socialdepartementet"]
    assert len(ministries) == PAGES
    for mention in ministries:
        assert mention.surface == mention.span.of(found.document.source) == "Socialdepartementet"
        assert found.document.span_of(mention.at) == mention.span


def test_headers_stand_behind_body_and_notes(found: AnnotatedDocument) -> None:
    clean = found.document.clean
    assert "Socialdepartementet" not in clean.text[: clean.notes_start]
    assert not any(block.at.end > clean.notes_start for block in found.document.blocks)
    assert not any("Socialdepartementet" in passage.text for passage in found.passages)


def test_headers_belong_to_no_section_or_measure(found: AnnotatedDocument) -> None:
    behind = found.document.clean.notes_start
    assert all(section.at.end <= behind for section in found.sections)
    assert not any("Socialdepartementet" in measure.agencies for measure in found.measures)
