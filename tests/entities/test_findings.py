"""What holds for every text: spans in order and inside it, values that can be written as JSON."""

from __future__ import annotations

import json
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rodtrad.entities import (
    Finding,
    find_amounts,
    find_dates,
    find_deadlines,
    find_diarienummer,
    find_in_text,
    find_references,
    resolve_to_corpus,
)
from rodtrad.entities.agencies_context import AgencyContext
from rodtrad.entities.locators import read_places
from rodtrad.entities.numbers import parse_digits, parse_words
from rodtrad.ingest import read_document
from rodtrad.pipeline.annotate import annotate

CORPUS = Path(__file__).parents[2] / "corpus" / "sources"

PIECES = [
    "Polismyndigheten", "ska", "redovisa", "uppdraget", "senast", "den 1 mars 2027", "och",
    "den 1 maj", "varje år", "prop. 2016/17:93", "SOU 2023:97", "(2005:716)", "5 kap. 15 §",
    "utlänningslagen", "samma lag", "1,5 miljoner kronor", "två miljoner", "kronor", "2019",
    "Ju2025/01324", "dnr", "4.1-1234/2020", "(EU) 2022/2065", "direktiv", "2011/36/EU",
    "CETS nr 201", "regleringsbrev", "för 2026", "avseende", "mål nr", "B583-23", "§", "kap.",
    ".", ",", "\n\n", "(", ")", "–", ":", "/", "slutredovisas", "trädde i kraft",
    "under våren 2018", "till", "Regeringskansliet",
]  # fmt: skip
texts = st.one_of(
    st.text(max_size=120), st.lists(st.sampled_from(PIECES), max_size=25).map(" ".join)
)


@given(texts)
def test_findings_lie_in_the_text_in_order(text: str) -> None:
    findings = find_in_text(text)
    assert list(findings) == sorted(findings, key=lambda f: (f.at, f.type))
    for finding in findings:
        assert finding.at.end <= len(text)
        assert json.dumps(finding.value)
        assert (finding.reason is not None) or finding.certainty == "certain"


@given(texts)
def test_findings_of_a_type_do_not_overlap(text: str) -> None:
    for find in (find_references, find_amounts, find_diarienummer, find_dates, find_deadlines):
        findings: tuple[Finding, ...] = find(text)
        for before, after in pairwise(findings):
            assert before.at.end <= after.at.start


@given(st.integers(min_value=1, max_value=10**12))
def test_grouped_digits_are_read_back(number: int) -> None:
    grouped = f"{number:,}".replace(",", " ")
    assert parse_digits(grouped) == number
    (amount,) = find_amounts(f"Bidraget är {grouped} kronor.")
    assert amount.value == {"value": number, "currency": "SEK"}


@pytest.mark.parametrize(
    ("words", "value"),
    [
        ("två", 2),
        ("tjugofem", 25),
        ("tvåhundrafemtio", 250),
        ("tio tusen", 10000),
        ("ettfem", None),
    ],
)
def test_number_words(words: str, value: int | None) -> None:
    assert parse_words(words) == value


@pytest.mark.parametrize(
    ("surface", "places"),
    [
        ("2 a kap. 7 §", ["2a:7"]),
        ("3–5 och 7 kap.", ["3 kap.", "4 kap.", "5 kap.", "7 kap."]),
        ("4 § 3 samt 5 och 21 §§", ["4 p3", "5", "21"]),
        ("16 a–f §§", ["16a–f"]),
    ],
)
def test_places_in_a_law(surface: str, places: list[str]) -> None:
    assert read_places(surface) == places


@pytest.mark.parametrize(
    ("text", "role", "year"),
    [
        ("Myndigheten får använda 1,5 miljoner kronor under 2026.", "given", 2026),
        ("Regeringen föreslår 10 miljoner kronor för 2027.", "proposed", 2027),
        ("Stödet förstärks permanent med 20 miljoner kronor.", "permanent", None),
        ("Kostnaden på 5 miljoner kronor ska belasta anslaget 1:15.", "appropriation", None),
        ("Sanktionsavgiften får vara högst 10 000 000 kronor.", "ceiling", None),
        ("Marknaden omsätter 3 miljarder kronor.", "statistic", None),
        ("Yrkesföreningar för fysisk aktivitet får rekvirera 2 miljoner kronor.", "given", None),
        ("Regnrådet får 1,5 miljoner kronor för att under 2026 mäta.", "given", 2026),
        ("I budgeten för 2017 öronmärktes 40 miljoner kronor för dammar.", "given", 2017),
        ("Kostnaderna får uppgå till högst 4 500 000 kronor per år.", "given", None),
        ("Rånarna får 3 år och tog 5 miljoner kronor.", "statistic", None),
    ],
)
def test_the_role_of_money(text: str, role: str, year: int | None) -> None:
    (amount,) = find_amounts(text)
    assert amount.detail == {"role": role, "year": year}


def test_doubtful_deadlines_say_why() -> None:
    (deadline,) = find_deadlines("Regeringen har gett MUCF i uppdrag att under 2018 ta fram stöd.")
    assert deadline.certainty == "doubtful"
    assert deadline.reason == "tiden anges bara med år"


def test_coordinator_and_recipient_stand_beside_the_deadline() -> None:
    text = (
        "Regeringen ger Polismyndigheten och Åklagarmyndigheten i uppdrag att stärka förmågan. "
        "Polismyndigheten ska vara sammanhållande. Uppdraget ska redovisas senast den 1 april 2026 "
        "till Regeringskansliet (Justitiedepartementet)."
    )
    deadline = next(f for f in find_in_text(text) if f.type == "DEADLINE")
    assert deadline.detail == {
        "coordinator": "Polismyndigheten",
        "recipient": "Regeringskansliet (Justitiedepartementet)",
    }


@pytest.mark.parametrize(
    ("text", "slip"),
    [
        ("Se prop. 2025:26:1.", "kolon för snedstreck"),
        ("Se utlänningslagen 2005:716.", "nummer utan parentes"),
        ("Uppdraget ska redovisas den l oktober 2015.", "bokstaven l för siffran 1"),
        ("Rapporten (dnr 12019/01695/E) finns.", "siffran 1 för bokstaven I"),
    ],
)
def test_slips_are_flagged(text: str, slip: str) -> None:
    slips = [f.detail["slip"] for f in find_in_text(text) if f.detail and "slip" in f.detail]
    assert slips == [slip]


def test_a_term_from_an_event_is_doubtful() -> None:
    text = "Skogsstyrelsen ska senast tre månader efter mässan lämna en redovisning."
    (deadline,) = (f for f in find_in_text(text) if f.type == "DEADLINE")
    assert deadline.at.of(text) == "tre månader efter"
    assert deadline.certainty == "doubtful"
    assert deadline.value == {
        "date": "P3M",
        "kind": "redovisning",
        "responsible": ["Skogsstyrelsen"],
    }


def test_an_item_takes_the_subject_of_its_list() -> None:
    text = (
        "Regeringen ger Läkemedelsverket och Socialstyrelsen i uppdrag att utreda frågan.\n\n"
        "Läkemedelsverket ska:\n\n* samråda med andra,\n* senast den 10 februari 2027 slutredovisa "
        "sin del av uppdraget.\n\nSocialstyrelsen ska:\n\n* senast den 10 mars 2027 redovisa."
    )
    deadlines = [f.value["responsible"] for f in find_in_text(text) if f.type == "DEADLINE"]
    assert deadlines == [["Läkemedelsverket"], ["Socialstyrelsen"]]


def test_an_inquiry_answers_for_its_own_terms_of_reference() -> None:
    text = (
        "Utredaren ska även se över Kungl. biblioteket. Skatteverket ska bistå utredaren. "
        "Uppdraget i denna del ska redovisas senast den 13 oktober 2017."
    )
    for kind, names in (("tilläggsdirektiv", []), ("regeringsbeslut", ["Skatteverket"])):
        found = find_in_text(text, context=AgencyContext(kind=kind))
        deadlines = [f.value["responsible"] for f in found if f.type == "DEADLINE"]
        assert deadlines == [names], kind


def test_a_preposition_is_no_letter_of_an_article() -> None:
    found = find_in_text("Enligt artikel 9 i förordningen och artikel 6.1 e gäller detta.")
    assert [f.value for f in found if f.type == "ARTICLE"] == ["9", "6.1"]


@pytest.mark.parametrize(
    ("year", "value"),
    [
        (None, "SFS 2017:900 6"),
        (2023, "SFS 2017:900 6"),
        (2018, "förvaltningslagen 6"),
        (2012, "SFS 1986:223 6"),
        (1980, "förvaltningslagen 6"),
    ],
)
def test_a_law_cited_by_name_is_that_of_the_documents_year(year: int | None, value: str) -> None:
    (found,) = find_references("Det följer av 6 § förvaltningslagen.", year=year)
    assert found.value == value


def test_bare_lagens_means_the_law_cited_last() -> None:
    found = find_references("Lagen (2003:460) om etikprövning gäller. I lagens 5 § finns undantag.")
    assert [f.value for f in found] == ["SFS 2003:460", "SFS 2003:460 5"]


def test_an_abbreviation_that_ends_a_paragraph_ends_its_sentence() -> None:
    text = (
        "Remiss av Transportstyrelsens rapport om behörighet B.\n\nRemissvaren ska ha kommit in "
        "senast den 5 mars 2025."
    )
    (deadline,) = (f for f in find_in_text(text) if f.type == "DEADLINE")
    assert deadline.value["responsible"] == []


def test_a_citation_leads_to_the_document_of_the_corpus() -> None:
    document = read_document(CORPUS / "handlingsplan" / "handlingsplan-2026-2028.txt")
    mentions = resolve_to_corpus(annotate(document).mentions, {"beslutet": ("Ju2025/01324",)})
    found = [m for m in mentions if m.detail and m.detail.get("document") == "beslutet"]
    assert found
    assert {mention.value for mention in found} == {"Ju2025/01324"}


def test_a_form_of_many_lines_is_read_whole() -> None:
    form = "Ansvarig: Boverket\nKlart: 31 december 2023\n" * 3000
    found = [m for m in find_in_text(form) if m.type == "DEADLINE"]
    assert len(found) == 3000
    assert {tuple(m.value["responsible"]) for m in found} == {("Boverket",)}


def test_a_cell_that_goes_on_below_does_not_end_the_table() -> None:
    table = (
        "Nr\tVad\tVem\tNär\n1\tSätta upp stängsel\tBoverket\t2019-10-31\nvid alla dammar\n"
        "2\tMäta regn\tTrafikverket\t2020-12-31\n\nTidigt\tden 1 mars 2021"
    )
    found = [m for m in find_in_text(table) if m.type == "DEADLINE"]
    assert [(m.value["date"], m.value["responsible"]) for m in found] == [
        ("2019-10-31", ["Boverket"]),
        ("2020-12-31", ["Trafikverket"]),
    ]


@pytest.mark.parametrize(
    ("issuer", "who", "responsible"),
    [
        ("Boverket", "Avdelningen Tillsyn", ["Boverket"]),
        ("Boverket", "Trafikverket", ["Trafikverket"]),
        ("Boverket", "Samtliga", []),
        (None, "Avdelningen Tillsyn", []),
        ("Regeringen", "Avdelningen Tillsyn", []),
    ],
)
def test_a_department_in_the_plan_of_its_agency_is_the_agency(
    issuer: str | None, who: str, responsible: list[str]
) -> None:
    text = f"Boverket ansvarar för planen.\n\nAnsvarig: {who}\nKlart: 30 juni 2024\n"
    found = find_in_text(text, context=AgencyContext(issuer=issuer))
    (deadline,) = (f for f in found if f.type == "DEADLINE")
    assert deadline.value["responsible"] == responsible


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("56 Barn vid dammar (2019:6) Boverket", "Boverket 2019:6"),
        ("Utnyttjande av dammar, 2022:4, Brå.", "Brottsförebyggande rådet 2022:4"),
        ("Se lagen om dammar (1998:812), Boverket.", "SFS 1998:812"),
        ("Läs om dammar (2019:6) Boverket ska svara", None),
        ("Anslaget är 2019:6, dammar", None),
    ],
)
def test_who_published_a_report_can_stand_behind_its_number(text: str, value: str | None) -> None:
    found = [f.value for f in find_in_text(text) if f.type == "REFERENCE"]
    assert found == ([value] if value else [])


@pytest.mark.parametrize(
    ("text", "type_", "values"),
    [
        # Columns that a text lost: a date, then a sum.
        ("Tekniska nämnden 2021-06-30 900 tkr", "AMOUNT", [900_000]),
        ("Kostnaden är 30 900 tkr", "AMOUNT", [30_900_000]),
        ("Registret (FMIS) förs över.", "AGENCY", []),
        (
            "Fastighetsmäklarinspektionen (FMI) svarar.",
            "AGENCY",
            ["Fastighetsmäklarinspektionen"] * 2,
        ),
        ("2021-10-05\n\n§ 187 Dnr KS 2021/318", "REFERENCE", []),
        ("DNR: 3.1.1-2017-1204 RIR 2018:41", "DIARIENUMMER", ["3.1.1-2017-1204"]),
        ("Se RIR 2018:41 om dammar.", "REFERENCE", ["RiR 2018:41"]),
    ],
)
def test_what_stands_beside_a_number_or_name_changes_it(
    text: str, type_: str, values: list[object]
) -> None:
    found = [f for f in find_in_text(text) if f.type == type_]
    read = [f.value["value"] if isinstance(f.value, dict) else f.value for f in found]
    assert read == values


@pytest.mark.parametrize(
    ("text", "issuer", "value"),
    [
        ("Lägesrapport 2 om dammar. Boverket mäter.", "Boverket", "Boverket lägesrapport 2"),
        ("Människohandel, lägesrapport 2.", None, "Polismyndigheten lägesrapport 2"),
        ("Boverkets lägesrapport 2 visar det.", None, "Boverket lägesrapport 2"),
        ("Läs lägesrapport 2 om dammar.", None, "lägesrapport 2"),
    ],
)
def test_whose_a_numbered_report_is(text: str, issuer: str | None, value: str) -> None:
    found = find_in_text(text, context=AgencyContext(issuer=issuer))
    (report,) = (f for f in found if f.type == "REFERENCE")
    assert report.value == value
    assert (report.certainty == "doubtful") == (value == "lägesrapport 2")


def test_each_point_of_a_decision_has_its_own_agency() -> None:
    text = (
        "1. Regeringen uppdrar åt Boverket att mäta regn. Arbetet ska redovisas senast den 1 mars "
        "2027.\n\n2. Trafikverket ska i sin statistik visa broar. Uppgifterna ska lämnas till "
        "Boverket och Socialstyrelsen senast den 1 april 2027.\n\n3. Tullverket ska se över "
        "avgifterna. Ekonomistyrningsverket ska höras. Redovisas till Regeringskansliet senast den "
        "31 maj 2027."
    )
    found = [f.value for f in find_in_text(text) if f.type == "DEADLINE"]
    assert [value["responsible"] for value in found] == [
        ["Boverket"], ["Trafikverket"], ["Tullverket"],
    ]  # fmt: skip
