"""The form alone and the county of a letterhead stand over a title and are none."""

from pathlib import Path

import pytest

from rodtrad.ingest import read_document

BODY = "\n\nBakgrund\nArbetet har pågått sedan 2019 och ska fortsätta under hela perioden.\n"


@pytest.mark.parametrize(
    ("head", "title"),
    [
        ("Länsstyrelsen\nSkåne\n\nPlan mot torka 2023–2026\n\nDiarienummer: 511-2022",
         "Plan mot torka 2023–2026"),
        ("PLAN                        1 (3)\nDatum\n2021-11-30\nBoverket\n\nTillsynsplan 2022",
         "Tillsynsplan 2022"),
        ("MEDDELANDE\n\nStrategi för Skåne 2030", "Strategi för Skåne 2030"),
    ],
)  # fmt: skip
def test_words_of_a_cover_are_no_title(tmp_path: Path, head: str, title: str) -> None:
    path = tmp_path / "text.txt"
    path.write_text(head + BODY, encoding="utf-8")
    document = read_document(path, document_id="text", overrides={})
    assert document.title == title


def test_a_part_headed_by_the_form_stays_a_heading(tmp_path: Path) -> None:
    path = tmp_path / "text.txt"
    text = "Uppdrag att stärka stödet\n\nBeslut\n\nRegeringen uppdrar åt Boverket att granska det."
    path.write_text(text, encoding="utf-8")
    document = read_document(path, document_id="text", overrides={})
    assert [b.at.of(document.text) for b in document.blocks if b.kind == "heading"][-1] == "Beslut"
