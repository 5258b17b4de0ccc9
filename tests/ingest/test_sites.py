"""Texts as sites and viewers give them: furniture, fields, marks of Markdown, glued columns."""

from __future__ import annotations

from pathlib import Path

import pytest

from rodtrad.datamodel import Document
from rodtrad.ingest import read_document
from rodtrad.ingest.markdown import is_markdown

VIEWER = """Regeringsuppdrag. Rapport Dagvatten i småorter 2015:47

Save this PDF as:
 WORD  PNG  TXT  JPG

Storlek: px
Starta visningen från sidan:

Download "Regeringsuppdrag. Rapport Dagvatten i småorter 2015:47"

Transkript

1 Regeringsuppdrag Rapport Dagvatten i småorter 2015:47

2 Dnr: 1388/2014 Formgivning: Bo Ek

3 Förord I denna rapport redovisar Regnverket regeringsuppdraget om dagvatten (M2014/2044/K). Vi \
tackar alla som har hjälpt oss. Stockholm i mars 2015 Bo Ek Ann Al
"""
REGISTER = """Post 1 av 1 träffar
Föregående
·
Nästa
En samlad tillsyn över dammar, Dir. 1990:9
Departement: Civildepartementet
Beslut: 1990-02-15
Dir. 1990:9
Beslut vid regeringssammanträde 1990-02-15
Chefen för civildepartementet, statsrådet Ek, anför.
Mitt förslag
Jag föreslår att en särskild utredare tillkallas för att se över
tillsynen över dammar.
"""
GLUED = """Finansdepartementet
Regeringsbeslut54

2003-12-18Regnverket
Box 453
104 30 STOCKHOLMFi 2003/6567 (delvis)
Fi 2003/652

Regleringsbrev för budgetåret 2004 avseende Regnverket

Riksdagen har beslutat om Regnverkets verksamhet för budgetåret 2004. Regeringen beslutar att
följande skall gälla för Regnverket.
"""
FIELDS = """---
author: admin
date: '2015-10-28T15:15:14'
title: The Third Plan for Open Rain Data
type: post
---
We support the plan with three measures. The first concerns open data on rain in all towns.

## What we do

We publish data.
"""


def read(tmp_path: Path, text: str, name: str = "a.txt") -> Document:
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    return read_document(path)


@pytest.mark.parametrize(
    ("text", "facts"),
    [
        (
            VIEWER,
            {
                "title": "Regeringsuppdrag. Rapport Dagvatten i småorter 2015:47",
                "kind": "redovisning", "issuer": "Regnverket", "dnr": "1388/2014",
                "other_dnr": "M2014/2044/K", "date": "2015-03",
            },
        ),
        (
            REGISTER,
            {
                "title": "En samlad tillsyn över dammar, Dir. 1990:9", "kind": "kommittédirektiv",
                "issuer": "Regeringen (Civildepartementet)", "date": "1990-02-15",
            },
        ),
        (
            GLUED,
            {
                "title": "Regleringsbrev för budgetåret 2004 avseende Regnverket",
                "kind": "regleringsbrev", "issuer": "Regeringen (Finansdepartementet)",
                "dnr": "Fi2003/6567, Fi2003/652", "other_dnr": "Fi2003/652", "date": "2003-12-18",
            },
        ),
        (FIELDS, {"title": "The Third Plan for Open Rain Data", "date": "2015-10-28"}),
    ],
    ids=["viewer", "register", "glued", "fields"],
)  # fmt: skip
def test_what_a_page_says_of_the_document(tmp_path: Path, text: str, facts: dict[str, str]) -> None:
    document = read(tmp_path, text)
    assert {name: document.get(name) for name in facts} == facts


def test_what_a_site_prints_is_in_no_block(tmp_path: Path) -> None:
    document = read(tmp_path, VIEWER)
    words = " ".join(block.at.of(document.text) for block in document.blocks)
    assert "Storlek" not in words
    assert "JPG" not in words
    assert words.startswith("Regeringsuppdrag. Rapport")


def test_one_word_of_a_site_alone_is_the_texts_own(tmp_path: Path) -> None:
    """Two lines of a site's are its furniture; "Händelser" alone can be a heading."""
    text = (
        "Händelser\n\nUnder året regnade det mer än vanligt i hela landet, och dammarna fylldes.\n"
    )
    document = read(tmp_path, text)
    assert document.blocks[0].at.of(document.text) == "Händelser"


@pytest.mark.parametrize(
    ("text", "marked"),
    [
        ("# Uppdrag att mäta regn\n\nRegeringen uppdrar åt Regnverket att mäta regn.\n", True),
        (FIELDS, True),
        ("#1 av 3\n\nText.\n", False),
        ("Uppdrag att mäta regn\n\n# Text.\n", False),
        ("---\n\nText mellan streck.\n\n---\n", False),
        # Printed lines: the other headings have no mark.
        ("# Plan\n\nRegnverket ska mäta regn i hela\nlandet och säga det till\nsom vill.\n", False),
    ],
)  # fmt: skip
def test_markdown_is_told_by_its_first_line(text: str, marked: bool) -> None:
    assert is_markdown(text) is marked


def test_a_heading_mark_is_not_in_the_title(tmp_path: Path) -> None:
    text = '# "Regnet måste mätas i hela landet"\n\nDebattartikel av Bo Ek i Regnbladet.\n'
    document = read(tmp_path, text)
    assert document.get("title") == "Regnet måste mätas i hela landet"
    assert not document.text.startswith("#")


def test_a_heading_mark_in_printed_lines_is_no_part_of_the_text(tmp_path: Path) -> None:
    text = (
        "# Plan mot översvämning\n\nRegnverket ska mäta regn i hela\nlandet och berätta om det för "
        "den\nsom frågar.\n\n## Dammar\n\nVerket ska också se över de\ndammar som är äldre.\n"
    )
    document = read(tmp_path, text)
    assert document.get("title") == "Plan mot översvämning"
    assert "#" not in document.text
    assert document.source == text


@pytest.mark.parametrize(
    ("text", "facts"),
    [
        (
            "Dammarna som ingen räknade\n\nRegnrevisionen är en myndighet under riksdagen.\n\n"
            "Datum: 2019-05-14\nDnr: 3.1.1-2018-0554\n\nSammanfattning\n\nDammarna är äldre än "
            "någon visste, och ingen har räknat dem.\n",
            {"issuer": "Regnrevisionen", "date": "2019-05-14", "dnr": "3.1.1-2018-0554"},
        ),
        (
            "CWP/Inf (2016) 4\n\nReport\n\nto the Swedish Government\non the visit to Sweden\n"
            "carried out by the European Committee for\nWater Protection (CWP)\n\nfrom 18 to 28 "
            "May 2015\n\nCONTENTS\n\nI. INTRODUCTION\nRain falls more and more often.\n",
            {
                "title": "Report to the Swedish Government on the visit to Sweden carried out by "
                "the European Committee for Water Protection (CWP) from 18 to 28 May 2015"
            },
        ),
        (
            "WRIC REPORT\nON SWEDEN\n(fifth monitoring cycle)\n\nAdopted on 5 December 2017\n\n"
            "FOREWORD\n\nRain falls more and more often.\n",
            {"title": "WRIC REPORT ON SWEDEN (fifth monitoring cycle)", "date": "2017-12-05"},
        ),
        (
            "KAMMARRÄTTEN I                        REMISSYTTRANDE               Sida 1 (2)\n"
            "GÖTEBORG                              2015-03-18                   Dnr KST 2014/1123"
            "\n\nJustitiedepartementet\n103 33 STOCKHOLM\n\nBetänkandet Snabbare mål om vatten "
            "(SOU 2014:91)\n\nKammarrätten har inget att erinra mot förslagen.\n",
            {"issuer": "Kammarrätten i Göteborg", "date": "2015-03-18", "dnr": "KST 2014/1123"},
        ),
        (
            "Ministry of Climate and Rain\n\nGovernment Decision II:3\n12 June 2025\nKN2025/01324\n"
            "\nAssignment to the National Water Authority to prepare for drought\n\nThe Government "
            "instructs the National Water Authority to prepare for drought.\n",
            {
                "title": "Assignment to the National Water Authority to prepare for drought",
                "kind": "regeringsuppdrag", "issuer": "Regeringen", "date": "2025-06-12",
                "dnr": "KN2025/01324",
            },
        ),
        (
            "Region Norrmalm                  Dnr RS2021-0345\n\nHandlingsplan för klimatanpassning"
            "\n2022–2025\n\nBeslutad av regionstyrelsen 2021-06-01\n\n1 Inledning\nRegnet kommer "
            "oftare.\n",
            {
                "title": "Handlingsplan för klimatanpassning 2022–2025", "kind": "handlingsplan",
                "dnr": "RS2021-0345", "date": "2021-06-01",
            },
        ),
        (
            "Granskningsrapport\n\nStatens insatser mot torka\ni fjällen\n\n"
            "Beslutad: 2016-11-29\n\nSammanfattning\n\nRegnet kommer oftare.\n",
            {"issuer": None},
        ),
        (
            "Brunnsförbundet\nBox 45, 111 21 Stockholm\n\nTill Miljödepartementet\n\nStockholm den "
            "4 februari 2021\n\nRemissvar: Enskilda brunnar (Ds 2020:31), dnr M2020/01876\n\n"
            "Brunnsförbundet avstyrker förslaget om anmälningsplikt.\n",
            {
                "title": "Remissvar: Enskilda brunnar (Ds 2020:31)", "kind": "remissvar",
                "issuer": "Brunnsförbundet", "other_dnr": "M2020/01876", "date": "2021-02-04",
            },
        ),
        (
            "Ekköpings kommun\nKommunfullmäktige\n\nStyrdokument\n\n"
            "Handlingsplan mot vattenbrist\n\nDiarienummer: KS-2020-00312\n"
            "Beslutad av: Kommunfullmäktige 2020-11-30 § 145\n\n"
            "Inledning\n\nRegnet kommer oftare.\n",
            {
                "title": "Handlingsplan mot vattenbrist", "kind": "handlingsplan",
                "issuer": "Ekköpings kommun", "date": "2020-11-30", "dnr": "KS-2020-00312",
            },
        ),
        (
            "Juridiska fakultetsnämnden\n\nYTTRANDE\n2000-09-27\n\n"
            "Justitiedepartementet\n\nBetänkandet Vatten (SOU 2000:41)\n\nJuridiska "
            "fakultetsnämnden vid Ekköpings universitet, som har anmodats att yttra sig, "
            "tillstyrker förslaget.\n",
            {"issuer": "Juridiska fakultetsnämnden vid Ekköpings universitet"},
        ),
    ],
    ids=[
        "auditors", "visit", "cycle", "court", "english", "region", "statens", "union", "town",
        "faculty",
    ],
)  # fmt: skip
def test_first_pages_of_more_bodies(
    tmp_path: Path, text: str, facts: dict[str, str | None]
) -> None:
    document = read(tmp_path, text)
    assert {name: document.get(name) for name in facts} == facts
