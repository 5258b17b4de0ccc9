"""Letterheads and covers of invented documents, one file a kind in tests/cases/ingest.

Every fact that a reader of the first page would write down is in the table; a name that is not
there must not be found either (dates of other letters, numbers of other matters).
"""

from __future__ import annotations

from pathlib import Path

import pytest

from rodtrad.datamodel import Document
from rodtrad.ingest import read_document
from rodtrad.segmentation import find_passages, find_sections

CASES = Path(__file__).parents[1] / "cases/ingest"
BESIDES = {"language"}

FACTS: dict[str, dict[str, str]] = {
    "remissvar1": {
        "title": "Yttrande över betänkandet En ny ordning för vräkning (SOU 2025:61)",
        "kind": "remissvar", "dnr": "2025/1234-5", "other_dnr": "Ju2025/01567",
        "date": "2025-11-03", "answers_to": "SOU 2025:61", "issuer": "Kronofogdemyndigheten",
        "addressee": "Justitiedepartementet",
    },
    "remissvar2": {
        "title": "Remiss av promemorian Stärkt skydd för barn (Ds 2023:32)",
        "kind": "remissvar", "dnr": "801-345-2024", "other_dnr": "S2023/03208",
        "date": "2024-02-12", "answers_to": "Ds 2023:32",
        "issuer": "Länsstyrelsen i Gävleborgs län", "addressee": "Socialdepartementet",
    },
    "remissvar3": {
        "title": "Stockholms universitets remissvar på slutbetänkandet För barn och unga i "
        "samhällsvård, SOU 2023:66",
        "kind": "remissvar", "dnr": "SU FV-3456-23", "other_dnr": "S2023/02811",
        "date": "2023-10-02", "answers_to": "SOU 2023:66", "issuer": "Stockholms universitet",
        "addressee": "Socialdepartementet",
    },
    "regleringsbrev": {
        "title": "Regleringsbrev för budgetåret 2026 avseende Jämställdhetsmyndigheten",
        "kind": "regleringsbrev", "dnr": "A2025/01200", "date": "2025-12-18",
        "issuer": "Regeringen (Arbetsmarknadsdepartementet)",
        "addressee": "Jämställdhetsmyndigheten",
    },
    "uppdrag": {
        "title": "Uppdrag att utveckla stödet till personer som utsatts för människohandel",
        "kind": "regeringsuppdrag", "dnr": "S2024/01211", "other_dnr": "01234/2024, A2023/00999",
        "date": "2024-06-13", "issuer": "Regeringen (Socialdepartementet)",
        "addressee": "Socialstyrelsen",
    },
    "redovisning": {
        "title": "Redovisning av regeringsuppdrag om stöd till utsatta", "kind": "redovisning",
        "dnr": "5.7-12345/2025", "answers_to": "S2024/01211", "issuer": "Socialstyrelsen",
        "date": "2026-03", "published": "2026-03",
        "other_dnr": "S2024/01211",
    },
    "lagrad": {
        "title": "En ny sexualbrottslagstiftning", "kind": "lagrådsremiss", "date": "2018-01-25",
        "issuer": "Regeringen (Justitiedepartementet)", "addressee": "Lagrådet",
    },
    "sou": {
        "title": "En trygg uppväxt fri från våld", "kind": "SOU", "number": "SOU 2024:88",
        "date": "2024-11",
        "issuer": "Utredningen om barns rättigheter",
    },
    "greta": {
        "title": "EVALUATION REPORT NORLAND", "kind": "GRETA-rapport", "number": "GRETA(2019)21",
        "dnr": "GRETA(2019)21",
        "date": "2019-07-07", "adopted": "2019-07-07", "published": "2019-09-09", "round": "3",
        "issuer": "GRETA",
        "addressee": "Norland",
    },
    "un": {
        "title": "Concluding observations on the tenth periodic report of Norland",
        "kind": "sammanfattande slutsatser", "number": "CEDAW/C/NOR/CO/10",
        "dnr": "CEDAW/C/NOR/CO/10", "date": "2021-11-24",
        "issuer": "Committee on the Elimination of Discrimination against Women",
        "addressee": "Norland",
    },
    "cp": {
        "title": "Recommendation CP/Rec(2023)12 on the implementation of the Council of Europe "
        "Convention on Action against Trafficking in Human Beings by Norland",
        "kind": "partskommitténs rekommendation", "number": "CP/Rec(2023)12",
        "date": "2023-12-15", "adopted": "2023-12-15",
        "issuer": "Committee of the Parties", "addressee": "Norland",
    },
    "reply": {
        "title": "Report submitted by the Norlandic authorities on measures taken to comply with "
        "Committee of the Parties Recommendation CP(2014)11 on the implementation of the Council "
        "of Europe Convention on Action against Trafficking in Human Beings",
        "kind": "svar till GRETA", "number": "CP(2017)8",
        "dnr": "CP(2017)8", "date": "2017-03-03", "round": "2",
        "answers_to": "CP(2014)11", "issuer": "Norlandic authorities",
    },
}  # fmt: skip


def case(name: str) -> Document:
    return read_document(CASES / f"{name}.txt")


@pytest.mark.parametrize("name", FACTS)
def test_every_fact_of_the_first_page_and_no_other(name: str) -> None:
    document = case(name)
    found = {m.name: m.value for m in document.metadata if m.name not in BESIDES}
    assert found == FACTS[name]


@pytest.mark.parametrize("name", FACTS)
def test_every_fact_has_its_place(name: str) -> None:
    document = case(name)
    spans = {m.name: m.span for m in document.metadata if m.name not in BESIDES}
    assert all(spans.values())


def flagged(document: Document, flag: str) -> list[str]:
    return [b.at.of(document.text) for b in document.blocks if flag in b.flags]


def test_the_appendix_of_proposals_and_the_comments_are_told_from_the_body() -> None:
    document = case("greta")
    appendix, comments = flagged(document, "appendix"), flagged(document, "comments")
    assert appendix[0].startswith("Appendix 1 - List of GRETA's conclusions")
    assert "(paragraph 9)" in appendix[-5]
    assert appendix[-1] == "- Police Authority"
    assert comments[0] == "Government's comments"
    assert comments[-1].endswith("the law was amended in 2019.")
    body = document.text[
        : document.text.index("Appendix 1 - List of GRETA's conclusions and", 1500)
    ]
    assert body.count("GRETA urges the Norlandic authorities to ensure") == 1


def test_the_topics_of_an_appendix_stand_under_it() -> None:
    document = case("greta")
    sections = find_sections(document)
    topic = next(s for s in sections if s.title == "Legal assistance and free legal aid")
    assert topic.parent is not None
    assert sections[topic.parent].title.startswith("Appendix 1")
    passages = find_passages(document, sections)
    urged = [p.flags for p in passages if "GRETA urges the Norlandic" in p.text]
    assert urged == [(), ("appendix",), ("comments",)]


def test_numbered_paragraphs_with_lettered_points() -> None:
    document = case("un")
    items = [b.marker for b in document.blocks if b.kind == "list_item"]
    assert items == ["1.", "2.", "3.", "(a)", "(b)", "27.", "(a)", "(b)", "28.", "(a)", "(b)",
                     "29.", "45."]  # fmt: skip
    assert "(b) Train the police and the judiciary." in document.text
    assert [b.marker for b in document.blocks if b.kind == "footnote"] == ["*"]
    titles = [(s.level, s.label) for s in find_sections(document)][-6:]
    assert titles == [
        (1, "A Introduction"), (1, "B Positive aspects"),
        (1, "C Principal areas of concern and recommendations"),
        (2, "Trafficking and exploitation of prostitution"), (2, "Education"),
        (1, "D Follow-up to concluding observations"),
    ]  # fmt: skip


def test_an_answer_right_behind_a_quoted_proposal_stays_in_its_point() -> None:
    document = case("reply")
    items = [b.at.of(document.text) for b in document.blocks if b.kind == "list_item"]
    assert items[2] == (
        "- adopt an action plan covering all forms of exploitation. The action plan was adopted in "
        "2016 and the Ministry of Justice co-ordinates the work in regular meetings."
    )
