from __future__ import annotations

from rodtrad.ingest.drafts import Layout
from rodtrad.ingest.footnotes import split_notes
from rodtrad.ingest.lines import split_lines
from rodtrad.ingest.textfile import read_text

RULE = " " * 60
PAGE = f"""Fler brott anmäldes under året.1 Det är en ökning enligt
GRETA2 och enligt myndigheten.
{RULE}

1 Brottsförebyggande rådet.
2 https://www.coe.int/en/web/anti-human-
trafficking (hämtad 2024-08-06)
"""


def notes_of(source: str) -> list[tuple[str, str]]:
    return [
        (note.marker, " ".join(line.text for line in note.lines))
        for note in split_notes(split_lines(source)[0])[1]
    ]


def test_the_number_of_a_report_is_no_mark() -> None:
    source = PAGE.replace("GRETA2", "bet. 2023/24:SoU2, GRETA2")
    _, notes = split_notes(split_lines(source)[0])
    assert [source[: note.anchor[0]][-5:] for note in notes if note.anchor] == ["året.", "GRETA"]


def clean(layout: Layout) -> list[tuple[str, str]]:
    return [(draft.kind, draft.text(layout.source)) for draft in layout.drafts]


def test_notes_with_their_continuation_lines() -> None:
    assert [marker for marker, _ in notes_of(PAGE)] == ["1", "2"]
    assert notes_of(PAGE)[1][1].endswith("(hämtad 2024-08-06)")


def test_marks_are_tied_to_their_notes() -> None:
    _, notes = split_notes(split_lines(PAGE)[0])
    marks = [PAGE[slice(*note.anchor)] for note in notes if note.anchor]
    assert marks == ["1", "2"]
    assert notes[1].anchor is not None
    assert PAGE[: notes[1].anchor[0]].endswith("GRETA")


def test_a_numbered_heading_is_no_note() -> None:
    source = (
        f"Fler brott anmäldes.1\n{RULE}\n1 Brottsförebyggande rådet.\n\n 2 Uppdraget\n\nText.\n"
    )
    assert [marker for marker, _ in notes_of(source)] == ["1"]


def test_a_number_in_the_text_is_no_mark() -> None:
    assert notes_of("Lagen trädde i kraft 2018.\n\n1 januari började året.\n") == []


def test_superscript_digits_and_a_sentence_that_goes_on_behind_the_note() -> None:
    source = "Strategin¹ gäller alla\n\n¹ Frihet från våld.\n\nsom utsätts för våld.\n"
    layout = read_text(source)
    kinds = [kind for kind, _ in clean(layout)]
    assert kinds.count("footnote") == 1
    assert "Strategin¹ gäller alla som utsätts för våld." in [text for _, text in clean(layout)]


def test_a_mark_behind_a_year_is_found_only_when_its_note_exists() -> None:
    source = (
        f"Det var 2023.7 United Nations bedömer. Stöd ges.6 Mer text.\n{RULE}\n6 Ett.\n7 Två.\n"
    )
    assert [marker for marker, _ in notes_of(source)] == ["6", "7"] or notes_of(source) == []
