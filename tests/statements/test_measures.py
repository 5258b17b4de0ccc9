"""Measures: plans with and without numbers, decisions, letters; roles, dates, own matters."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from rodtrad.datamodel import Document
from rodtrad.entities import find_mentions
from rodtrad.evaluation.statements import score_measures
from rodtrad.ingest import read_document
from rodtrad.segmentation import find_sections
from rodtrad.statements import Statements, find_measures
from rodtrad.statements.build import clean_title, slug
from rodtrad.statements.roles import role_of

Read = Callable[..., tuple[Document, Statements]]
CorpusStatements = Callable[[str], Statements]
CASES = Path(__file__).parents[1] / "cases" / "statements"
GOLD = Path(__file__).parents[1] / "gold"

ROLES = [
    ("Regeringen ger ", " i uppdrag att stärka förmågan.", "must_act"),
    ("Regeringen uppdrar åt ", " att se över stödet.", "must_act"),
    ("Uppdrag till ", " om skyddat boende", "must_act"),
    ("", " har sedan 2024 i uppdrag att följa upp arbetet.", "must_act"),
    ("Vidare ska ", " öka kunskapen.", "must_act"),
    ("", " prövar frågor om bidrag.", "must_act"),
    ("", " genomför därför en översyn av bidragen.", "must_act"),
    ("Särskilda medel anvisas ", " för en utredning.", "must_act"),
    ("Temadialoger genomförs med bl.a. resebyråer, ", " och åklagare.", "consulted"),
    ("Bidraget hanteras från och med 2018 av ", ".", "must_act"),
    ("", " ska vara sammanhållande för rapporteringen.", "coordinates"),
    ("Uppdraget ska genomföras efter samråd med ", ".", "consulted"),
    ("Myndigheten ska inhämta kunskap från ", ".", "consulted"),
    ("Myndigheten ska i samverkan med ", " ta fram stöd.", "participates"),
    ("Myndigheten ska bistå ", " i arbetet.", "participates"),
    ("", " ska bidra till genomförandet.", "participates"),
    ("Uppdraget ska delredovisas till ", " senast den 1 mars 2027.", "receives"),
    ("Myndigheten ska till ", " redovisa hur medlen använts.", "receives"),
    ("", " lämnade i mars 2026 en delredovisning.", None),
    ("", " konstaterade att stödet brister.", None),
    ("Nationellt metodstöd (NM) vid ", " ska ta fram utbildning.", "must_act"),
    ("Nationellt centrum mot brott inom ", " ska kartlägga läget.", "must_act"),
    ("Personalen vid ", " ska utbildas.", None),
    ("Arbetet vid ", " ska ge en bättre lägesbild.", None),
    ("Metodstödet (", " 2022) ska spridas.", None),
    ("(regleringsbrev för 2026 avseende ", ").", None),
    ("Scenarierna som ", " löpande ska uppdatera är en grund.", None),
    ("Ersättningen betalas från ", ".", None),
    ("Medlen betalas ut efter rekvisition ställd till ", ".", None),
]


@pytest.mark.parametrize(("before", "after", "role"), ROLES)
def test_role(before: str, after: str, role: str | None) -> None:
    assert role_of(before, after) == role


def test_bill_only_affects() -> None:
    assert role_of("", " ska kunna kräva att innehållet tas bort.", is_bill=True) == "affected"


@pytest.mark.parametrize(
    ("heading", "title"),
    [
        ("Utredning om en åldersgräns.", "Utredning om en åldersgräns"),
        ("Insatser för barn m.m.", "Insatser för barn m.m."),
        ("Uppdrag att mäta hyrorDiarienummer: LI2025/00729", "Uppdrag att mäta hyror"),
    ],
)
def test_clean_title(heading: str, title: str) -> None:
    assert clean_title(heading) == title


def test_slug_is_cut_between_words() -> None:
    assert slug("Stärkt " * 20) == "-".join(["stärkt"] * 8)
    assert slug("…") == "utan-rubrik"


PLAN = (CASES / "plan-numbered.txt").read_text(encoding="utf-8")


def test_numbered_plan(read: Read) -> None:
    _, found = read(PLAN, kind="handlingsplan", issuer="Regeringen", period="2030–2032")
    assert [m.id for m in found.measures] == ["2.1.1", "2.1.2", "2.1.3"]
    first, money, bill = found.measures
    assert (first.type, first.agencies) == ("uppdrag", ("Socialstyrelsen", "Statens skolverk"))
    assert first.other_agencies == ("Barnombudsmannen",)
    assert (first.dnr, first.other_dnr) == (("S2030/00123",), ("S2029/00456",))
    shown = [(d.kind, d.date, d.part, d.responsible, d.flags) for d in first.deadlines]
    assert shown == [
        ("redovisning", "2031-03-01", "del 1", ("Socialstyrelsen",), ()),
        ("slutredovisning", "2034-03-01", "del 2", ("Socialstyrelsen",), ("efter planens period",)),
    ]
    assert [f.split(" ", 2)[0] for f in first.flags] == ["Statens"]
    assert (money.type, [a.value for a in money.amounts]) == ("finansiering", [20_000_000])
    assert (bill.type, bill.agencies, bill.amounts) == ("lagstiftning", (), ())
    assert bill.other_agencies == ("Polismyndigheten",)
    assert bill.refs == ("prop. 2029/30:100",)
    assert found.recommendations == ()


DECISION = (CASES / "decision.txt").read_text(encoding="utf-8")


def test_decision_is_one_measure_without_its_reasons(read: Read) -> None:
    document, found = read(DECISION, kind="regeringsuppdrag", dnr="Ju2030/00001")
    (measure,) = found.measures
    assert measure.agencies == ("Kriminalvården",)
    assert measure.other_agencies == (
        "Socialstyrelsen",
        "Regeringskansliet",
        "Justitiedepartementet",
    )
    assert [(d.kind, d.date) for d in measure.deadlines] == [("redovisning", "2031-03-01")]
    assert measure.recipient == "Regeringskansliet (Justitiedepartementet)"
    assert measure.dnr == ("Ju2030/00001",)
    assert [t.text for t in measure.tasks] == [
        "kartlägga barnens behov,",
        "ta fram ett metodstöd. Stödet ska spridas.",
    ]
    assert "utbilda" not in measure.text
    assert document.quote(measure.span).startswith("Uppdrag till Kriminalvården")


def test_decision_begins_below_its_letterhead(read: Read) -> None:
    _, found = read(
        "Regeringsbeslut   II:3\n2019-06-13   S2019/02717/JM (delvis)\n\nSocialdepartementet\n\n"
        "Socialstyrelsen\n106 30 Stockholm\n\nUppdrag att kartlägga insatser mot våld\n\n"
        "Regeringens beslut\nRegeringen uppdrar åt Socialstyrelsen att kartlägga insatserna.\n"
    )
    (measure,) = found.measures
    assert measure.dnr == ("S2019/02717/JM",)
    assert measure.text.startswith("Regeringen uppdrar åt Socialstyrelsen")
    assert measure.section[-1] == "Regeringens beslut"


def test_report_of_unknown_kind_by_another_body_orders_nothing(read: Read) -> None:
    document, found = read(
        "Riksrevisionen      RiR 2019:15\n\nGranskning av stödet\n\nRekommendationer\n\n"
        "Till regeringen\nFörtydliga ansvaret för uppföljning av kommunernas arbete.\n\n"
        "Till Socialstyrelsen\nUtveckla statistiken så att barn kan följas.\n",
        issuer="Riksrevisionen",
    )
    assert document.kind == "okänd"
    assert found.measures == ()
    assert [r.addressees for r in found.recommendations] == [("regeringen",), ("Socialstyrelsen",)]


def test_decision_tells_earlier_assignments_as_background(read: Read) -> None:
    text = (
        "Uppdrag att granska avgifter\n\n"
        "Regeringen ger Ekonomistyrningsverket i uppdrag att granska avgifterna. "
        "Skatteverket har därför getts i uppdrag att lämna förslag (Fi2021/02331). "
        "Uppdraget ska redovisas senast den 1 mars 2022.\n"
    )
    _, found = read(text, kind="regeringsuppdrag")
    (measure,) = found.measures
    assert (measure.agencies, measure.dnr) == (("Ekonomistyrningsverket",), ())
    assert measure.other_dnr == ("Fi2021/02331",)


LETTER = (CASES / "regleringsbrev.txt").read_text(encoding="utf-8")


def test_letter_gives_its_points_to_the_agency_it_is_for(read: Read) -> None:
    title = "Regleringsbrev för budgetåret 2026 avseende Socialstyrelsen"
    _, found = read(LETTER, kind="regleringsbrev", title=title)
    shown = [(m.id, m.title, m.agencies) for m in found.measures]
    assert shown == [
        ("3.1", "Stöd till skyddade boenden", ("Socialstyrelsen",)),
        ("3.2", "Kunskap om barn", ("Socialstyrelsen",)),
    ]
    assert [(d.kind, d.date) for d in found.measures[0].deadlines] == [
        ("redovisning", "2027-03-01")
    ]


def test_plan_2026_has_forty_measures_as_in_the_gold(corpus_statements: CorpusStatements) -> None:
    measures = corpus_statements("handlingsplan-2026-2028").measures
    assert len(measures) == 40
    gold = json.loads((GOLD / "measures-handlingsplan-2026-2028.json").read_text("utf-8"))
    wrong = [s for s in score_measures(gold, measures)[1:] if s.exact < 1]
    assert wrong == []


def test_plan_2018_leaves_out_standing_responsibilities(
    corpus_statements: CorpusStatements,
) -> None:
    measures = corpus_statements("handlingsplan-2018").measures
    assert 37 <= len(measures) <= 38
    assert not {"4.1.1", "4.1.3.1", "4.1.3.9"} & {m.id for m in measures}


TABLE = """# Handlingsplan 2030–2032

## Åtgärder

| Nr | Åtgärd | Ansvarig | I samverkan med | Tidplan |
|---|---|---|---|---|
| 1 | Ta fram en vägledning | Socialstyrelsen | Barnombudsmannen | Redovisas 1 mars 2031 |
| 2 | Utbilda personal | Polismyndigheten | | våren 2031 |

## Statistik

| År | Antal | Andel |
|---|---|---|
| 2028 | 12 | 3 |
"""


def test_table_of_measures(tmp_path: Path) -> None:
    path = tmp_path / "plan.md"
    path.write_text(TABLE, encoding="utf-8")
    document = read_document(path, document_id="plan", overrides={"kind": "handlingsplan"})
    sections = find_sections(document)
    found = find_measures(document, sections, find_mentions(document, sections))
    shown = [
        (m.id, m.title, m.agencies, m.other_agencies, [(d.kind, d.date) for d in m.deadlines])
        for m in found
    ]
    assert shown == [
        (
            "1",
            "Ta fram en vägledning",
            ("Socialstyrelsen",),
            ("Barnombudsmannen",),
            [("redovisning", "2031-03-01")],
        ),
        ("2", "Utbilda personal", ("Polismyndigheten",), (), [("genomförande", "2031-spring")]),
    ]
    assert document.quote(found[0].deadlines[0].span) == "1 mars 2031"


def test_a_line_that_opens_a_list_belongs_to_the_decision(read: Read) -> None:
    text = "# Om\n\nEn parlamentarisk kommitté ska\n\n* kartlägga risker, och\n\n* följa upp.\n"
    _, found = read(text, kind="kommittédirektiv")
    assert [t.text for t in found.measures[0].tasks] == ["kartlägga risker, och", "följa upp."]


BILL = """Regeringens proposition 2020/21:99
Bättre cykelvägar

Propositionens huvudsakliga innehåll

I propositionen föreslås en ny lag om cykelvägar. Lagen föreslås träda i kraft den 1 juli 2021.

5 Cykelvägar

5.1 Ansvaret för vägarna

Regeringens förslag: Trafikverket ska ansvara för regionala cykelvägar.

Utredningens förslag: Överensstämmer med regeringens.

5.2 Skyltning

Regeringens bedömning: Någon reglering behövs inte.

5.3 Avgifter

Regeringens förslag: Kommunen ska få ta ut avgift för parkering av cykel.

6 Ikraftträdande

Regeringens förslag: Lagen ska träda i kraft den 1 juli 2021.
"""


def test_a_bill_is_one_measure_and_one_for_each_proposal(read: Read) -> None:
    _, found = read(BILL, kind="proposition", title="Bättre cykelvägar")
    whole, *parts = found.measures
    assert (whole.id, [d.date for d in whole.deadlines]) == ("bättre-cykelvägar", ["2021-07-01"])
    assert [(m.id, m.title, m.type, m.state) for m in parts] == [
        ("5.1", "Ansvaret för vägarna", "lagstiftning", "föreslagen"),
        ("5.3", "Avgifter", "lagstiftning", "föreslagen"),
    ]
    assert (parts[0].agencies, parts[0].other_agencies) == ((), ("Trafikverket",))
    assert not any("Överensstämmer" in r.text for r in found.recommendations)


@pytest.mark.parametrize(
    ("cell", "date"),
    [
        ("Kvartal 2 2026", "2026-Q2"),
        ("Q3 2026", "2026-Q3"),
        ("H1 2027", "2027-H1"),
        ("Höst 2026", "2026-autumn"),
        ("2026-06", "2026-06"),
        ("2025-12-31", "2025-12-31"),
        ("2026", None),
    ],
)
def test_table_cells_shorten_dates(cell: str, date: str | None, tmp_path: Path) -> None:
    head = "# Plan\n\n| Insats | Ansvarig | När |\n|---|---|---|\n"
    path = tmp_path / "plan.md"
    path.write_text(f"{head}| Kurs (S2024/00321) | MUCF | {cell} |\n", encoding="utf-8")
    document = read_document(path, document_id="plan", overrides={"kind": "handlingsplan"})
    sections = find_sections(document)
    (measure,) = find_measures(document, sections, find_mentions(document, sections))
    assert [d.date for d in measure.deadlines] == ([date] if date else [])
    assert (measure.title, measure.dnr) == ("Kurs", ("S2024/00321",))


@pytest.mark.parametrize(
    ("sentence", "deadlines"),
    [
        (
            "Den 1 oktober 2024 slutredovisar myndigheten uppdraget.",
            [("slutredovisning", "2024-10-01")],
        ),
        (
            "Myndigheten ska löpande informera Regeringskansliet och senast den 16 oktober 2023 "
            "slutredovisa uppdraget.",
            [("slutredovisning", "2023-10-16")],
        ),
        (
            "Myndigheten ska redovisa en förstudie senast den 1 februari 2014 och slutredovisa "
            "uppdraget senast den 1 december 2015.",
            [("redovisning", "2014-02-01"), ("slutredovisning", "2015-12-01")],
        ),
        (
            "Myndigheten ska redovisa ett delbetänkande senast den 31 mars 2015.",
            [("delredovisning", "2015-03-31")],
        ),
        ("Den 1 oktober 2024 började lagen gälla.", []),
    ],
)
def test_which_report_is_due(sentence: str, deadlines: list[tuple[str, str]], read: Read) -> None:
    text = f"# Uppdrag\n\nRegeringen ger Boverket i uppdrag att utreda stödet. {sentence}\n"
    _, found = read(text, kind="regeringsuppdrag")
    assert [(d.kind, d.date) for d in found.measures[0].deadlines] == deadlines


DIRECTIVE = """Kommittédirektiv

Bättre skydd

Sammanfattning

En särskild utredare ska se över skyddet.

Behovet av en utredning

Tullverket redovisade i mars 2018 en analys (Fi2018/01234).

Uppdraget

Utredaren ska föreslå ett skydd. Skatteverket har lämnat en rapport (Fi2017/00111).

Kontakter och redovisning av uppdraget

Utredaren ska samråda med Migrationsverket. Uppdraget ska redovisas senast den 1 mars 2030.
"""


def test_terms_of_reference_name_those_to_consult_and_no_reports_of_others(read: Read) -> None:
    _, found = read(DIRECTIVE, kind="kommittédirektiv", language="sv")
    (measure,) = found.measures
    assert measure.other_agencies == ("Migrationsverket",)
    assert (measure.dnr, measure.other_dnr) == ((), ("Fi2017/00111",))
    assert [(d.kind, d.date) for d in measure.deadlines] == [("redovisning", "2030-03-01")]


FLAT = """Handlingsplan för trygga boenden

Regeringens åtgärder

Vägledning till kommuner

Socialstyrelsen ska ta fram en vägledning senast den 1 mars 2030.

Medel till jourer

Regeringen avsätter 10 miljoner kronor till jourerna.

Tidigare insatser

År 2010 satsades 5 miljoner kronor.
"""


def test_headings_without_levels_end_where_the_chapter_does(read: Read) -> None:
    _, found = read(FLAT, kind="handlingsplan", language="sv")
    assert [m.title for m in found.measures] == ["Vägledning till kommuner", "Medel till jourer"]


@pytest.mark.parametrize(
    ("first", "kind"),
    [
        ("Länsstyrelsen i Skåne län ska anlägga tio dammar.", "uppdrag"),
        ("Medel till Socialstyrelsen får användas så att fler ska få stöd.", "finansiering"),
    ],
)
def test_money_beside_an_order_is_an_assignment(first: str, kind: str, read: Read) -> None:
    plan = f"Plan 2026\n\n1 Åtgärder\n\n1.1 Dammar\n\n{first} Staten bidrar med 5 000 kronor.\n"
    _, found = read(plan, kind="handlingsplan")
    assert [m.type for m in found.measures] == [kind]
