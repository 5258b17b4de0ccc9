"""Agencies in running text: one form a row, and what must not be taken for one."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rodtrad.entities.agencies import AgencyContext, canonical_name, find_agencies
from rodtrad.entities.finding import Finding


def found(text: str, context: AgencyContext | None = None) -> list[tuple[str, object]]:
    """Surface and value of the certain findings."""
    return [
        (text[f.at.start : f.at.end], f.value)
        for f in find_agencies(text, context=context)
        if f.certainty == "certain"
    ]


def doubtful(text: str, context: AgencyContext | None = None) -> list[Finding]:
    return [f for f in find_agencies(text, context=context) if f.certainty == "doubtful"]


@pytest.mark.parametrize(
    ("text", "surface", "value"),
    [
        ("Polismyndighetens arbete", "Polismyndigheten", "Polismyndigheten"),
        ("på svenska eller engelska\nSocialstyrelsen ska", "Socialstyrelsen", "Socialstyrelsen"),
        ("polisens rapport", "polisen", "Polismyndigheten"),
        ("enligt SiS:s riktlinjer", "SiS", "Statens institutionsstyrelse"),
        ("en studie från Brås hand", "Brå", "Brottsförebyggande rådet"),
        ("Skolverket föreslår", "Skolverket", "Statens skolverk"),
        ("statens skolverks rapport", "statens skolverk", "Statens skolverk"),
        (
            "Jämställdhets-\nmyndigheten ska",
            "Jämställdhets-\nmyndigheten",
            "Jämställdhetsmyndigheten",
        ),
        ("Polismyndig- heten ska", "Polismyndig- heten", "Polismyndigheten"),
        ("Post- och\ntelestyrelsen ska", "Post- och\ntelestyrelsen", "Post- och telestyrelsen"),
        ("Post-och telestyrelsen ska", "Post-och telestyrelsen", "Post- och telestyrelsen"),
        (
            "Klimatoch näringslivsdepartementet",
            "Klimatoch näringslivsdepartementet",
            "Klimat- och näringslivsdepartementet",
        ),
        ("Kriminal\u00advården ska", "Kriminal\u00advården", "Kriminalvården"),
        ("av Katrineholms tingsrätts dom", "Katrineholms tingsrätt", "Katrineholms tingsrätt"),
        ("Hyresnämnden i Göteborg", "Hyresnämnden i Göteborg", "Hyresnämnden i Göteborg"),
        ("Svea Hovrätts dom", "Svea Hovrätt", "Svea hovrätt"),
        ("Kungl. Tekniska högskolan", "Kungl. Tekniska högskolan", "Kungl. Tekniska högskolan"),
        ("den Noa samordnar", "Noa", "Polismyndigheten"),
        (
            "Nationellt centrum för kvinnofrid",
            "Nationellt centrum för kvinnofrid",
            "Uppsala universitet",
        ),
        (
            "Myndigheten för ungdoms- och civilsamhällsfrågor",
            "Myndigheten för ungdoms- och civilsamhällsfrågor",
            "Myndigheten för ungdoms- och civilsamhällesfrågor",
        ),
        ("Länsstyrelserna prövar", "Länsstyrelserna", "länsstyrelserna"),
        (
            "i Länsstyrelsen i Stockholms läns yttrande",
            "Länsstyrelsen i Stockholms län",
            "Länsstyrelsen i Stockholms län",
        ),
        ("Länsstyrelsen Skåne anser", "Länsstyrelsen Skåne", "Länsstyrelsen i Skåne län"),
        (
            "the Swedish Gender Equality Agency",
            "Swedish Gender Equality Agency",
            "Jämställdhetsmyndigheten",
        ),
        ("the county administrative boards", "county administrative boards", "länsstyrelserna"),
        ("i Livsmedelverkets rapport", "Livsmedelverket", "Livsmedelsverket"),
    ],
)
def test_one_mention(text: str, surface: str, value: str) -> None:
    assert found(text) == [(surface, value)]


@pytest.mark.parametrize(
    "text",
    [
        "norska polisen",
        "den danska Socialstyrelsen",
        "polisen i Norge",
        "arbetsmiljöverket i Nederländerna",
        "Finlands Socialstyrelse",
        "Nordiska ministerrådet",
        "Myndigheten ska redovisa",
        "tingsrätten och hovrätten",
        "Aktuell tingsrätt avgör",
        "hyresnämnden prövar",
        "Statens medicinsk-etiska råd (Smer)",
        "poliserna i lokalpolisområdet",
        "polismyndighetsanställda",
        "Uppsala kommun och Region Skåne",
        "Polisorganisationskommittén och Tillitsdelegationen",
        "www.polisen.se och registrator@socialstyrelsen.se",
        "[bilaga](/globalassets/dokument/socialdepartementet/bilaga.pdf)",
        "https://www.jamstalldhetsmyndigheten.se/Polismyndigheten",
        "HFD 2015 ref. 3 och RÅ 2004 ref. 1",
        "granskningen RiR 2014:12",
        "dnr Ku2013/1293/KO",
        "utredningen UD 2021:01",
        "Sida 3 av 7",
        "WHAT WE MUST DO NOW",
        "det var en brå dag",
        "Karolinska universitetssjukhuset",
        "nationellt metodstödsteam (NMT)",
        "Europeiska unionen (EU) och EU:s regler",
        "Riksförbundet och Sveriges Kommuner och Regioner (SKR)",
    ],
)
def test_no_mention(text: str) -> None:
    assert found(text) == []


def test_full_name_and_acronym_are_two_mentions() -> None:
    assert found("Statens institutionsstyrelse (SiS) ska") == [
        ("Statens institutionsstyrelse", "Statens institutionsstyrelse"),
        ("SiS", "Statens institutionsstyrelse"),
    ]


def test_a_ministry_in_brackets_is_its_own_mention() -> None:
    assert found("till Regeringskansliet (Justitiedepartementet) senast") == [
        ("Regeringskansliet", "Regeringskansliet"),
        ("Justitiedepartementet", "Justitiedepartementet"),
    ]


def test_swedish_units_named_as_counterparts_count() -> None:
    values = found("norska motsvarigheterna till Noa och EBM")
    assert values == [("Noa", "Polismyndigheten"), ("EBM", "Ekobrottsmyndigheten")]


def test_a_unit_is_kept_in_the_detail() -> None:
    (finding,) = find_agencies("Nationella operativa avdelningen samordnar")
    assert (finding.value, finding.detail) == (
        "Polismyndigheten",
        {"unit": "Nationella operativa avdelningen"},
    )


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("Rymdmyndigheten ska", "Rymdmyndigheten"),
        ("Myndigheten för vindkraft ska", "Myndigheten för vindkraft"),
        ("Statens vindverk ska", "Statens vindverk"),
        ("polis och socialtjänst", "Polismyndigheten"),
        ("vissa länsstyrelser", "länsstyrelserna"),
        ("gränspolisen", "Polismyndigheten"),
        ("Utvecklingscentrum Göteborg", "Åklagarmyndigheten"),
    ],
)
def test_doubtful_with_a_reason(text: str, value: str) -> None:
    (finding,) = doubtful(text)
    assert finding.value == value
    assert finding.reason
    assert found(text) == []


@pytest.mark.parametrize(
    "text",
    ["Tillsynsmyndigheten", "Regelverket", "Socialnämnden", "HTA-nätverket", "EU-myndigheten"],
)
def test_common_nouns_are_no_unknown_agencies(text: str) -> None:
    assert find_agencies(text) == ()


@pytest.mark.parametrize(
    ("date", "value"),
    [
        ("2005-03-01", "Ombudsmannen mot etnisk diskriminering"),
        ("2015-03-01", "Diskrimineringsombudsmannen"),
        (None, "Diskrimineringsombudsmannen"),
    ],
)
def test_an_acronym_is_read_at_the_documents_date(date: str | None, value: str) -> None:
    assert found("DO har yttrat sig", AgencyContext(date=date)) == [("DO", value)]


def test_a_former_name_keeps_its_name_and_tells_its_successor() -> None:
    (finding,) = find_agencies("Datainspektionen har", context=AgencyContext(date="2019"))
    assert finding.value == "Datainspektionen"
    assert finding.detail == {"until": 2020, "successor": "Integritetsskyddsmyndigheten"}


def test_each_county_had_its_police_authority_before_2015() -> None:
    text = "Polismyndigheten i Skåne har"
    assert found(text, AgencyContext(date="2009")) == [
        ("Polismyndigheten i Skåne", "Polismyndigheten i Skåne")
    ]
    assert found(text, AgencyContext(date="2019")) == [("Polismyndigheten", "Polismyndigheten")]


def test_a_generic_police_authority_before_2015_is_doubtful() -> None:
    assert found("polismyndigheten ska", AgencyContext(date="2003")) == []
    assert found("bilda pensionsmyndigheten", AgencyContext(date="2008")) == []
    assert found("polismyndigheten ska", AgencyContext(date="2023")) != []


@pytest.mark.parametrize(
    ("surface", "name"),
    [
        ("Brå", "Brottsförebyggande rådet"),
        ("polisen", "Polismyndigheten"),
        ("Statens skolverks", "Statens skolverk"),
        ("länsstyrelserna", "länsstyrelserna"),
        ("Länsstyrelsen i Skåne län", "Länsstyrelsen i Skåne län"),
        ("Länsstyrelsen", None),
        ("norska polisen", None),
        ("Rymdmyndigheten", None),
        ("ett ord", None),
        ("", None),
    ],
)
def test_canonical_name(surface: str, name: str | None) -> None:
    assert canonical_name(surface) == name


PIECES = [
    "Polismyndigheten", "Brå", "(SiS)", "länsstyrelserna", "Länsstyrelsen", "i Skåne",
    "och Hallands län", ",", "universitet", "Lunds", "Malmö", "tingsrätter", "Post-\noch",
    "telestyrelsen", "Jämställdhets-\nmyndigheten", "norska", "İstanbul", "ß", "\u00ad", ".", "\n",
]  # fmt: skip


@given(st.lists(st.sampled_from(PIECES), max_size=14).map(" ".join))
def test_findings_lie_in_the_text_in_order_and_apart(text: str) -> None:
    end = 0
    for finding in find_agencies(text):
        assert end <= finding.at.start < finding.at.end <= len(text)
        assert not text[finding.at.start].isspace()
        assert finding.value
        assert (finding.certainty == "doubtful") <= bool(finding.reason)
        end = finding.at.end


@given(st.text(max_size=80))
def test_any_text_is_read(text: str) -> None:
    assert all(f.at.end <= len(text) for f in find_agencies(text))
