"""Who must meet a deadline where several were given parts of one assignment."""

from pathlib import Path

import pytest

from rodtrad.datamodel import Mention
from rodtrad.entities import find_mentions
from rodtrad.ingest import read_document
from rodtrad.segmentation import find_sections

PARTS = (
    "Den första delen innebär att Skolverket, Socialstyrelsen och länsstyrelserna ska ta fram ett "
    "förslag på det stöd som länsstyrelserna ska kunna ge. Den delen ska redovisas senast den 1 "
    "mars 2027. Den andra delen innebär att Socialstyrelsen vid behov ska anpassa stödet. Den "
    "delen ska redovisas senast den 1 mars 2028."
)
TWO = (
    "Barnombudsmannen har i uppdrag att fråga barn. Socialstyrelsen har i uppdrag att ta fram "
    "stöd. Uppdraget ska redovisas senast den 1 juni 2027."
)


def _responsible(text: str, folder: Path) -> list[list[str]]:
    path = folder / "plan.txt"
    path.write_text(text, encoding="utf-8")
    document = read_document(path, document_id="plan", overrides={"kind": "handlingsplan"})
    found: tuple[Mention, ...] = tuple(find_mentions(document, find_sections(document)))
    return [list(m.value["responsible"]) for m in found if m.type == "DEADLINE"]


@pytest.mark.parametrize(
    ("heading", "text", "responsible"),
    [
        (
            "1.1 Uppdrag om stöd",
            PARTS,
            [["Statens skolverk", "Socialstyrelsen", "länsstyrelserna"], ["Socialstyrelsen"]],
        ),
        ("1.1 Uppdrag om stöd", TWO, [["Barnombudsmannen", "Socialstyrelsen"]]),
        ("1.1 Minskat våld", TWO, [["Socialstyrelsen"]]),
    ],
)
def test_parts_and_joint_assignments(
    heading: str, text: str, responsible: list[list[str]], tmp_path: Path
) -> None:
    plan = f"Handlingsplan 2026–2028\n\n1 Åtgärder\n\n{heading}\n\n{text}\n"
    assert _responsible(plan, tmp_path) == responsible
