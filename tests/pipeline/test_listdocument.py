"""A list of recommendations as a document: its language is that of most of its items."""

from pathlib import Path

import pytest

from rodtrad.pipeline.listdocument import read_list_document

ENGLISH = "Introduce mental health screening"
SWEDISH = "Utbilda lärare om hälsa"


@pytest.mark.parametrize(
    ("texts", "stated", "language"),
    [
        ([ENGLISH, ENGLISH, SWEDISH], {}, "en"),
        ([SWEDISH, SWEDISH, ENGLISH], {}, "sv"),
        ([SWEDISH], {"language": "en"}, "en"),
        ([ENGLISH], {"language": "sv"}, "sv"),
    ],
)
def test_language_of_a_list(
    tmp_path: Path, texts: list[str], stated: dict[str, str], language: str
) -> None:
    path = tmp_path / "list.csv"
    rows = "".join(f"{number};{text}\n" for number, text in enumerate(texts))
    path.write_text(f"id;text\n{rows}", encoding="utf-8")
    found = read_list_document(path, document_id="list", overrides=stated)
    assert found.document.language == language
    spoken = ["en" if text == ENGLISH else "sv" for text in texts]
    assert [item.language for item in found.recommendations] == spoken
    assert [passage.language for passage in found.passages] == spoken
