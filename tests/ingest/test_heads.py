# ruff: noqa: E501 - a row is a head
"""Heads of many manners: what stands above the running text, and whose the document is."""

from __future__ import annotations

from pathlib import Path

import pytest

from rodtrad.ingest import read_document

BODY = (
    "\n\n{who} har under flera år arbetat med frågan om regn och avrinning\n"
    "i hela landet. Arbetet visar att mer behöver göras, och det gäller både staten och\n"
    "kommunerna. Mycket av det som skadar hus och vägar kan undvikas om det mäts i tid.\n"
)
HEADS: dict[str, tuple[str, str, dict[str, str | None]]] = {
    "an authority's plan below its unit": (
        "TULLVERKET                                       1 (9)\nHuvudkontoret\n                    Datum          Dnr\n                    2019-03-11     TV 2019-114\n\n\nHANDLINGSPLAN FÖR\nETT TORRARE\nLAND 2019–2021\n\nBeslutad av generaltulldirektören den 11 mars 2019",
        "Tullverket",
        {"kind": "handlingsplan", "title": "HANDLINGSPLAN FÖR ETT TORRARE LAND 2019–2021", "issuer": "Tullverket", "date": "2019-03-11", "dnr": "TV 2019-114"},
    ),
    "an annex to the minutes of a cabinet meeting": (
        "Regeringskansliet\nMiljödepartementet\n\n                        Bilaga till protokoll\n                        vid regeringssammanträde\n                        den 9 maj 2019, nr I:4\n                        M2019/00123/Nm\n\n\nStrategi för att minska skador av regn\ni tätorter 2019–2024",
        "Regeringen",
        {"kind": "handlingsplan", "title": "Strategi för att minska skador av regn i tätorter 2019–2024", "issuer": "Miljödepartementet", "date": "2019-05-09", "dnr": "M2019/00123/Nm"},
    ),
    "a shadow report": (
        "RÄTTEN TILL TAK\nOrganisationernas skuggrapport till FN:s kommitté för barnets rättigheter\n\nNätverket Torrt\nMars 2015\nwww.torrt.se\n\nFörord\n\nEn särskild utredare ska se över taken, sade regeringen.",
        "Nätverket Torrt",
        {"kind": "okänd", "title": "RÄTTEN TILL TAK", "issuer": "Nätverket Torrt", "date": "2015-03"},
    ),
    "a page of a site": (
        "Hoppa till huvudinnehåll\nRegnverket.se\nLogga in   Kontakt   Lättläst   English\n\nVatten  Snö  Hagel  Om Regnverket\n\nStart / Om oss / Våra uppdrag\n\nSå mäts regnet i norr",
        "Regnverket",
        {"kind": "okänd", "title": "Så mäts regnet i norr"},
    ),
    "a record over a municipality's plan": (
        "                      REGNÅS KOMMUN\n                      Styrdokument\n\n\nDokumenttyp      Plan\nDokumentnamn     Plan för torra källare 2022–2025\nFastställd av    Kommunfullmäktige 2022-02-28, § 12\nDiarienummer     KS 2021/0045\nErsätter         Policy om fukt 2014 (KS 2014-11)",
        "Regnås kommun",
        {"title": "Plan för torra källare 2022–2025", "issuer": "Regnås kommun", "dnr": "KS 2021/0045"},
    ),
    "an English decision": (
        "Government decision                                III 4\n                                            8 May 2024\n                                            M2024/00812\n                                            M2023/01145 (in part)\n\nMinistry of the Environment\n\n\n               Swedish Rain Authority\n               Box 12\n               SE-171 09 Solna\n\n               UNOFFICIAL TRANSLATION\n\n\nAssignment on rain in the mountains\n\nThe Government's decision\n\nThe Government instructs the Swedish Rain Authority to measure rain.",
        "The Authority",
        {"kind": "regeringsuppdrag", "title": "Assignment on rain in the mountains", "date": "2024-05-08", "dnr": "M2024/00812"},
    ),
    "a status report with its number": (
        "Kustbevakningen\n\nREGN TILL SJÖSS\n\nLägesrapport 2021\n\n               Datum: 2022-02-20\n               Dnr: 2021/1187-24\n               Regeringskansliet\n               Försvarsdepartementet (Fö2021/01766)",
        "Kustbevakningen",
        {"kind": "lägesrapport", "title": "REGN TILL SJÖSS", "issuer": "Kustbevakningen", "date": "2022-02-20", "dnr": "2021/1187-24"},
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", HEADS)
def test_what_a_head_says(tmp_path: Path, name: str) -> None:
    head, who, wanted = HEADS[name]
    path = tmp_path / "dokument.txt"
    path.write_text(head + BODY.format(who=who))
    document = read_document(path)
    found = {fact: document.get(fact) for fact in wanted} | {"kind": document.kind}
    assert {fact: found[fact] for fact in wanted} == wanted
