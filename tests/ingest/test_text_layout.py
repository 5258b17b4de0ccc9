# ruff: noqa: E501 - a row is a document
"""Plain text as printed from pages: paragraphs, lists, headings, furniture."""

from __future__ import annotations

from pathlib import Path

import pytest

from rodtrad.datamodel import Document
from rodtrad.ingest import read_document

DOUBLE_SPACED = """Strategi mot översvämningar

1.   Inledning

Regeringen bedömer att arbetet mot översväm-

ningar behöver stärkas i hela landet under de

kommande åren, och att flera myndigheter bör

samverka mera än hittills.

Mål och syfte

Målet är att skydda bebyggelse, jordbruk och

vägar samt att stödja kommunernas social-

och miljötjänst i deras arbete.

2 (3)

Regeringen följer arbetet noga genom de årliga

redovisningarna från länsstyrelserna och från

Statens geotekniska institut.
"""


def read(tmp_path: Path, text: str, name: str = "plan.txt") -> Document:
    path = tmp_path / name
    path.write_bytes(text.encode())
    return read_document(path)


def blocks(document: Document, kind: str) -> list[str]:
    return [b.at.of(document.text) for b in document.blocks if b.kind == kind]


def test_double_spaced_lines_become_paragraphs(tmp_path: Path) -> None:
    document = read(tmp_path, DOUBLE_SPACED)
    first = blocks(document, "paragraph")[0]
    assert first.startswith("Regeringen bedömer att arbetet mot översvämningar behöver")
    assert first.endswith("samverka mera än hittills.")
    assert any("social- och miljötjänst" in text for text in blocks(document, "paragraph"))


def test_headings_with_and_without_numbers(tmp_path: Path) -> None:
    document = read(tmp_path, DOUBLE_SPACED)
    found = [(b.number, b.at.of(document.text)) for b in document.blocks if b.kind == "heading"]
    assert found == [
        (None, "Strategi mot översvämningar"),
        ("1", "1. Inledning"),
        (None, "Mål och syfte"),
    ]


def test_a_folio_is_kept_as_a_fact_and_not_as_text(tmp_path: Path) -> None:
    document = read(tmp_path, DOUBLE_SPACED)
    assert [(f.kind, document.quote(f.span)) for f in document.furniture] == [("folio", "2 (3)")]
    assert "(3)" not in document.text


@pytest.mark.parametrize(
    ("text", "items"),
    [
        ("Myndigheten ska\n\n• mäta,\n• räkna, och\n• väga.\n", ["mäta,", "räkna, och", "väga."]),
        ("Det gäller:\n\n1. Skydd av vatten\n2. Skydd av mark\n3. Skydd av luft\n\nDet räcker.\n",
         ["Skydd av vatten", "Skydd av mark", "Skydd av luft"]),
        ("Det gäller:\n\na) vatten,\nb) mark.\n", ["vatten,", "mark."]),
        ("Verket föreslår att\n\n– regeringen mäter vattnet i alla brunnar och i de sjöar som\ngränsar till dem,\n\n– staten räknar brunnarna.\n",
         ["regeringen mäter vattnet i alla brunnar och i de sjöar som gränsar till dem,", "staten räknar brunnarna."]),
        ("Verket mäter vatten i alla brunnar, alltid på samma sätt och samma dag\n– som tidigare – och det räknar dem.\n", []),
        ("Arbetet sker i kommuner\n– och i regioner – med stöd.\n", []),
    ],
)  # fmt: skip
def test_lists(tmp_path: Path, text: str, items: list[str]) -> None:
    document = read(tmp_path, text)
    found = blocks(document, "list_item")
    assert [item.split(" ", 1)[1] for item in found] == items


def test_a_counted_paragraph_of_two_lines_is_no_section(tmp_path: Path) -> None:
    """Behind "40. …" the line "41. …" counts on; "5. Wells" behind "4. Rivers" is a section."""
    text = (
        "III. Water\n\n4. Rivers (Article 8)\n\n39. The rivers are many. They are measured each "
        "year by the authorities\nof the country, who report the result.\n\nIV. Wells and their "
        "owners\n\n5. Wells (Article 9)\n\n40. The wells are many. They are measured each year by "
        "the authorities\nof the country, who report the result.\n\n41. GRETA invites the Elmish "
        "authorities to consider measuring the wells at the Elmish\nInstitute of Waters.\n\n"
        "V. Lakes\n\nLakes are few.\n"
    )
    headings = blocks(read(tmp_path, text), "heading")
    assert "5. Wells (Article 9)" in headings
    assert not [heading for heading in headings if heading.startswith("41.")]


def test_contents_pages_are_flagged_and_their_entries_are_no_headings(tmp_path: Path) -> None:
    text = (
        "Innehåll\n\n1. Inledning\t5\n1.1 Bakgrund.....6\n2. Åtgärder\t9\n2.1 Skydd mot vatten "
        "och\nannan väta.....10\n\n1. Inledning\n\nNu gäller.\n\n1.1 Bakgrund\n\nDet regnar.\n\n"
        "2. Åtgärder\n\nVi bygger.\n\n2.1 Skydd mot vatten och annan väta\n\nVallar byggs.\n"
    )
    document = read(tmp_path, text)
    headings = blocks(document, "heading")
    assert headings[1:] == [
        "1. Inledning", "1.1 Bakgrund", "2. Åtgärder", "2.1 Skydd mot vatten och annan väta",
    ]  # fmt: skip
    assert len(blocks(document, "contents")) == 5


def test_a_signature_is_its_own_block(tmp_path: Path) -> None:
    text = "Regeringen ger uppdraget.\n\nPå regeringens vägnar\n\nAnna Ek\n\nBo Berg\n"
    document = read(tmp_path, text)
    assert blocks(document, "signature") == ["På regeringens vägnar\nAnna Ek\nBo Berg"]


def test_a_table_is_kept_row_by_row(tmp_path: Path) -> None:
    text = "Se nedan.\n\nLän 2021 2022 2023\nSkåne 1 2 3\nÖrebro 10 20 30\n\nAntalet ökade.\n"
    document = read(tmp_path, text)
    assert blocks(document, "table") == ["Län 2021 2022 2023\nSkåne 1 2 3\nÖrebro 10 20 30"]


def test_a_running_header_in_the_middle_of_sentences(tmp_path: Path) -> None:
    part = (
        "The authorities have trained the police and\nGRETA(2014)11 {}\nthe courts in all regions. "
    )
    document = read(tmp_path, "".join(part.format(page) for page in (3, 5, 7, 9)))
    assert "GRETA(2014)11" not in document.text[: document.clean.notes_start]
    assert "the police and the courts" in document.text
    assert len(document.furniture) == 4


def test_byte_order_mark_and_crlf_stay_in_the_source(tmp_path: Path) -> None:
    source = "\ufeffBeslut\r\n\r\nRegeringen ger myndigheten i uppdrag.\r\n"
    document = read(tmp_path, source)
    assert document.source == source
    assert document.text == "Beslut\n\nRegeringen ger myndigheten i uppdrag."


@pytest.mark.parametrize("encoding", ["cp1252", "latin-1", "utf-16"])
def test_other_encodings_are_read_and_reported(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "gammal.txt"
    path.write_bytes("Åtgärder för ökad säkerhet".encode(encoding))
    document = read_document(path)
    assert document.source == "Åtgärder för ökad säkerhet"
    assert [error.stage for error in document.errors] == ["decoding"]


@pytest.mark.parametrize(
    ("odd", "plain"),
    [
        ("ﬁnansiering av ﬂera", "finansiering av flera"),
        ("a\u030akerier", "åkerier"),
        ("10\u00a0miljoner  kronor", "10 miljoner kronor"),
        ("per\u00adson\u200b", "person"),
    ],
)
def test_odd_characters(tmp_path: Path, odd: str, plain: str) -> None:
    document = read(tmp_path, odd)
    assert document.text == plain
    assert document.source == odd


GRETA_FORM = """GRETA(2014)11 3
______________________________________

I. Introduction

1. Sweden ratified the Convention on 31 May 2010. The Convention entered into force
for Sweden on 1 September 2010. The authorities were visited by
4 GRETA(2014)11
______________________________________
a delegation in 2013.

II. National framework in the field of action against trafficking

1. Overview of the current situation

2. Sweden is mainly a country of destination.

a. National coordinator

3. GRETA urges the Swedish authorities to adopt a plan which:

- addresses all victims of trafficking;
- includes labour exploitation.

III. Implementation of the Convention

1. Integration of the core concepts
GRETA(2014)11 5
______________________________________

4. GRETA invites the authorities to carry out research.
"""


def test_roman_arabic_and_letter_headings_start_again(tmp_path: Path) -> None:
    document = read(tmp_path, GRETA_FORM)
    found = [(b.level, b.at.of(document.text)) for b in document.blocks if b.kind == "heading"]
    assert found == [
        (1, "I. Introduction"),
        (1, "II. National framework in the field of action against trafficking"),
        (2, "1. Overview of the current situation"),
        (3, "a. National coordinator"),
        (1, "III. Implementation of the Convention"),
        (2, "1. Integration of the core concepts"),
    ]
    assert "were visited by a delegation in 2013." in document.text
    items = [text.split(" ", 1)[0] for text in blocks(document, "list_item")]
    assert items == ["1.", "2.", "3.", "-", "-", "4."]


@pytest.mark.parametrize(
    ("text", "headings"),
    [
        (
            "Insatser\n\n1. Skydda\n– Nämnden ska inrätta ett boende med sex platser under året.\n"
            "– Tjänsten ska teckna en överenskommelse med grannkommunen om vatten.\n\n"
            "2. Följa upp\n– Kontoret följer årligen upp planen och rapporterar till styrelsen.\n",
            ["Insatser", "1. Skydda", "2. Följa upp"],
        ),
        (
            "Insatser\n\nNämnden ska\n1. kartlägga behoven, och\n2. mäta regnet.\n",
            ["Insatser"],
        ),
        (
            "III. Assessment of the rain\n\n3. Protection of the wet\n\n"
            "a. Identification of puddles (Article 10)\n\n96. There is still no register.\n\n"
            "98. GRETA urges the authorities to:\n\n− count the puddles;\n\n− empty them.\n\n"
            "b. Assistance (Article 12)\n\n99. GRETA invites the authorities to help.\n",
            [
                "III. Assessment of the rain",
                "3. Protection of the wet",
                "a. Identification of puddles (Article 10)",
                "b. Assistance (Article 12)",
            ],
        ),
        (
            "Remissen\n\nKap 5. Sanktionsavgift\nEtt system löser inte det problem som beskrivs.\n",
            ["Remissen", "Kap 5. Sanktionsavgift"],
        ),
    ],
)
def test_headings_of_excerpts_and_short_plans(
    tmp_path: Path, text: str, headings: list[str]
) -> None:
    assert blocks(read(tmp_path, text), "heading") == headings


@pytest.mark.parametrize(
    "line",
    [
        "Utredaren ska därför",
        "Myndigheten får nu i uppdrag att",
        "Summan ska avrundas nedåt. (AFS 2014:43)",
        "AFS 2014:43",
        "Tabell 3 Antal ärenden per län",
        "Ämne ....................... 11",
    ],
)
def test_lines_that_are_no_headings(tmp_path: Path, line: str) -> None:
    document = read(tmp_path, f"Det regnar i landet.\n\n{line}\n\nMyndigheten mäter regnet.\n")
    assert blocks(document, "heading") == []


@pytest.mark.parametrize(
    ("text", "whole"),
    [
        (
            "Uppdraget att föreslå åtgärder mot regn ska redovisas i ett delbetänkande senast\n"
            "den 1 februari\n2021. Uppdraget i övrigt ska redovisas senare, i den ordning som\n"
            "utredaren finner lämplig med hänsyn till vädret.\n",
            "senast den 1 februari 2021. Uppdraget",
        ),
        (
            "Uppdraget att föreslå åtgärder mot regn ska redovisas i början av februari.\n\n"
            "2021 års budget är beslutad och regnet faller som förut över hela landet, där\n"
            "det brukar falla.\n",
            "2021 års budget är beslutad",
        ),
    ],
)
def test_a_date_that_runs_over_the_line_end(tmp_path: Path, text: str, whole: str) -> None:
    document = read(tmp_path, text)
    assert any(whole in block for block in blocks(document, "paragraph"))
    assert not any(block.startswith("2021. ") for block in blocks(document, "paragraph"))


@pytest.mark.parametrize(
    ("text", "headings"),
    [
        (
            "Åtgärd 1: Kommunerna ska mäta regnet.\nRegeringen avser att ge dem medel.\n\n"
            "Åtgärd 2: Bättre paraplyer\nParaplyer ska provas.\n",
            ["Åtgärd 1: Kommunerna ska mäta regnet.", "Åtgärd 2: Bättre paraplyer"],
        ),
        (
            "Åtgärd 1: Kommunerna ska mäta regnet.\nÅtgärd 2: Regionerna ska mäta snön.\n"
            "Åtgärd 3: Staten ska mäta vinden.\n\nAllt ska redovisas.\n",
            ["Åtgärd 3: Staten ska mäta vinden."],
        ),
        ("SOU 2016:42\n\nRegn\n\nSlutbetänkande av 2014 års regnutredning\nStockholm 2016\n\n"
         "Sammanfattning\n\nVi föreslår regn.\n\n9 Våra förslag\n\n9.3 Regn\n\nDet ska regna.\n",
         ["Sammanfattning", "9 Våra förslag", "9.3 Regn"]),
        ("1 Förslag till riksdagsbeslut\n\nRegeringens förslag:\n1. Riksdagen antar lagen om regn.\n2. Riksdagen antar lagen om snö."
         "\n\n3 Ärendet och dess beredning\nRegeringen beslutade att se över regnet.\n\n4 Regn\n\n"
         "4.1 Mätning\n\nRegnet ska mätas.\n",
         ["1 Förslag till riksdagsbeslut", "3 Ärendet och dess beredning", "4 Regn", "4.1 Mätning"]),
    ],
)  # fmt: skip
def test_headings_with_labels_on_covers_and_behind_lists(
    tmp_path: Path, text: str, headings: list[str]
) -> None:
    assert [h for h in blocks(read(tmp_path, text), "heading") if h != "Regn"] == headings


def test_the_number_of_a_report_over_a_page_parts_no_sentence(tmp_path: Path) -> None:
    text = (
        "GRETA(2018)8\n\nReport on rain\n\n18. GRETA considers that the authorities should:\n\n"
        "   -    set up a budget for organisations that provide assistance,\n"
        "                                             GRETA(2018)8 9\n"
        "________________________________________________________\n\n        including shelters.\n"
    )
    document = read(tmp_path, text)
    assert any(
        item.endswith("assistance, including shelters.") for item in blocks(document, "list_item")
    )
    assert "GRETA(2018)8" in document.text.split("\n")[0]


def test_labels_that_come_again_are_the_lines_of_a_form(tmp_path: Path) -> None:
    """Whatever they say; a single label and one with a number of its own can be headings."""
    part = "3.{} Råd nummer {}\n\nVerket ska ge råd om regn.\n\nResponsible: Rain Board\n{}Timetable: May\n\n"
    path = tmp_path / "plan.txt"
    path.write_text(
        "Plan mot regn\n\n3 Råd\n\n"
        + part.format(1, "ett", "")
        + part.format(2, "två", "Cost: 2\n")
    )
    document = read_document(path)
    found = [block.at.of(document.text) for block in document.blocks if block.kind == "heading"]
    assert found == ["Plan mot regn", "3 Råd", "3.1 Råd nummer ett", "3.2 Råd nummer två"]


def test_a_numbered_title_may_end_in_any_word_where_nothing_goes_on(tmp_path: Path) -> None:
    path = tmp_path / "plan.txt"
    path.write_text(
        "2 Insatser\n\n2.1 Bättre mätning\n\nRegnet mäts varje dag.\n\n2.2 Avgifterna ses över\n\n"
        "En utredare ser över dem.\n\n3 Uppföljning\n\nPlanen följs upp.\n"
    )
    document = read_document(path)
    found = [block.number for block in document.blocks if block.kind == "heading"]
    assert found == ["2", "2.1", "2.2", "3"]


def test_a_cell_that_goes_on_in_the_next_line_does_not_end_its_table(tmp_path: Path) -> None:
    path = tmp_path / "plan.txt"
    path.write_text(
        "1 Inledning\n\nPlanen gäller regn i hela kommunen och har tagits fram under flera år av\n"
        "många förvaltningar tillsammans.\n\n"
        "Aktivitet                 Ansvarig               Tid\n\n"
        "Utbilda chefer            Personalkontoret       2023\n\n"
        "Ta fram en rutin          Social- och omsorgs-   2024\n"
        "                          förvaltningen\n\n"
        "Mäta regn                 Tekniska kontoret      2025\n\n2 Uppföljning\n\nDen följs upp.\n"
    )
    document = read_document(path)
    (table,) = [block.at.of(document.text) for block in document.blocks if block.kind == "table"]
    assert len(table.splitlines()) == 5
    assert [b.number for b in document.blocks if b.kind == "heading"] == ["1", "2"]
