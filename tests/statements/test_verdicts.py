"""Verdicts row by row: tables, lists and lines of a reply; what other organs answered."""

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rodtrad.datamodel import Document
from rodtrad.statements import Statements
from rodtrad.statements.verdicts import verdict_of

Read = Callable[..., tuple[Document, Statements]]

CELLS = [
    ("Tillstyrks", "tillstyrker"),
    ("Tillstyrkt delvis", "avstyrker delvis"),
    ("Delvis tillstyrkt", "avstyrker delvis"),
    ("Tillstyrks i huvudsak", "tillstyrker i huvudsak"),
    ("Tillstyrks, se villkor", "tillstyrker under villkor"),
    ("Tillstyrks om medel tillförs", "tillstyrker under villkor"),
    ("Tillstyrks med ändringar", "tillstyrker med synpunkter"),
    ("Tillstyrks ej", "avstyrker"),
    ("Tillstyrker inte", "avstyrker"),
    ("Stöds inte", "avstyrker"),
    ("Avstyrks", "avstyrker"),
    ("Avstyrks om inte medel tillförs", "avstyrker"),
    ("Avstyrks ej", "inget att erinra"),
    ("Instämmer inte", "tveksam"),
    ("Välkomnas inte", "tveksam"),
    ("Ingen ståndpunkt", "tar inte ställning"),
    ("Ingen erinran", "inget att erinra"),
    ("Inga synpunkter", "inga synpunkter"),
    ("Avstår", "avstår"),
    ("Se nedan", None),
    ("Inte positiv", None),
    ("Ja", None),
    ("Tillstyrker vi förslaget om vite", None),
    ("Bifall", None),
    ("Avstyrkta delar redovisas nedan", None),
]


@pytest.mark.parametrize(("cell", "label"), CELLS)
def test_verdict_of_a_cell(cell: str, label: str | None) -> None:
    assert verdict_of(cell) == label


@given(st.text(max_size=60))
def test_a_denied_support_is_never_one(more: str) -> None:
    label = verdict_of(f"Tillstyrks inte {more}")
    assert label is None or not label.startswith("tillstyrker")


WANTED = [
    ("tillstyrker", "Ett register över elnät"),
    ("avstyrker", "Avgift för tillsyn"),
    ("tar inte ställning", "Ikraftträdande"),
]
LAYOUTS = {
    "columns": (
        "| Avsnitt | Förslag | Ställningstagande |\n|---|---|---|\n"
        "| 5.2 | Ett register över elnät | Tillstyrks |\n| 6 | Avgift för tillsyn | Avstyrks |\n"
        "| 7 | Vägledning | Se nedan |\n| 8.4 | Ikraftträdande | Ingen ståndpunkt |\n"
    ),
    "blanks": (
        "Förslag                              Inställning\n"
        "----------------------------------   ----------------\n"
        "Ett register över elnät (5.2)        Tillstyrks\n"
        "Avgift för tillsyn (6.1)             Avstyrks\n"
        "Ikraftträdande (8.4)                 Ingen ståndpunkt\n"
    ),
    "points": (
        "- Ett register över elnät (avsnitt 5.2): Tillstyrks\n"
        "- Avgift för tillsyn (6.1) – avstyrks\n- Ikraftträdande: Ingen ståndpunkt\n"
    ),
}


@pytest.mark.parametrize("layout", LAYOUTS)
def test_rows_are_stances_with_what_they_judge(layout: str, read: Read) -> None:
    text = f"# Yttrande över SOU 2024:10\n\n## Svar\n\n{LAYOUTS[layout]}"
    plain = layout == "blanks"
    text = text.replace("# ", "").replace("#", "") if plain else text
    suffix = ".txt" if plain else ".md"
    document, found = read(text, suffix=suffix, kind="remissvar", issuer="Ekeboda kommun")
    assert [(s.stance, s.target) for s in found.stances] == WANTED
    for stance in found.stances:
        assert stance.target in " ".join(document.quote(stance.span).split())


OTHERS = [
    "| Remissinstans | Inställning |\n|---|---|\n| Skatteverket | Tillstyrks |\n"
    "| Tullverket | Avstyrks |\n",
    "| Svar | Inställning |\n|---|---|\n| Socialnämnden | Tillstyrks |\n"
    "| Tekniska nämnden | Avstyrks |\n",
    "| Förslag | Nämnd A | Nämnd B |\n|---|---|---|\n| Vite | Tillstyrks | Avstyrks |\n"
    "| Register | Avstyrks | Tillstyrks |\n",
    "| Förslag | Kostnad |\n|---|---|\n| Vite | 3 mnkr |\n| Register | 5 mnkr |\n",
]


@pytest.mark.parametrize("table", OTHERS)
def test_tables_of_what_others_hold_give_nothing(table: str, read: Read) -> None:
    text = f"# Yttrande över SOU 2024:10\n\n## Svar\n\n{table}"
    _, found = read(text, suffix=".md", kind="remissvar", issuer="Ekeboda kommun")
    assert found.stances == ()


@pytest.mark.parametrize(
    ("line", "target"),
    [
        ("- Anna Berg (S): Avstyrks.", None),
        ("- Skatteverket: Avstyrks.", None),
        ("- För det första: avstyrker vi förslaget om vite.", "förslaget om vite"),
        ("- Förslaget om vite: Avstyrks.", "Förslaget om vite"),
    ],
)
def test_a_line_with_who_says_so_is_no_verdict(line: str, target: str | None, read: Read) -> None:
    text = f"# Yttrande över SOU 2024:10\n\n## Vite\n\n{line}\n- Kostnaden är känd.\n"
    _, found = read(text, suffix=".md", kind="remissvar", issuer="Ekeboda kommun")
    assert [s.target for s in found.stances] == ([target] if target else [])


MINUTES = (
    "# Yttrande över SOU 2024:10\n\n## Ärendet\n\nOmsorgsnämnden har den 4 maj, § 8, yttrat sig."
    " Nämnden avstyrker förslaget om vite. Tekniska nämnden har ingen erinran.\n\n"
    "## Yttrande\n\n{who} beslutar att lämna följande svar. Vi tillstyrker förslaget om vite.\n"
)


@pytest.mark.parametrize(
    ("who", "count"), [("Kommunstyrelsen", 1), ("Regionfullmäktige", 1), ("Omsorgsnämnden", 3)]
)
def test_what_another_organ_answered_is_not_the_municipalitys(
    who: str, count: int, read: Read
) -> None:
    _, found = read(
        MINUTES.format(who=who), suffix=".md", kind="remissvar", issuer="Ekeboda kommun"
    )
    assert len(found.stances) == count
    assert found.stances[-1].stance == "tillstyrker"
