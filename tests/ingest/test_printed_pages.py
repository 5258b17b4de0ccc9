"""Pages printed as text with their places, one of each kind and decade; all are invented.

Side boxes, letterheads of several columns, running headers with a chapter's name, contents pages,
notes under a lone number, tables with aligned columns.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from rodtrad.datamodel import Document
from rodtrad.ingest import read_document
from rodtrad.segmentation import find_sections

CASES = Path(__file__).parents[1] / "cases/ingest"

FACTS: dict[str, dict[str, str]] = {
    "beslut2017": {
        "title": "Uppdrag att kartlägga stödet till barn som utsatts för människohandel",
        "kind": "regeringsuppdrag",
        "dnr": "S2017/03876/JÄM, S2016/07779/JÄM",
        "other_dnr": "S2016/07779/JÄM",
        "date": "2017-06-22",
        "issuer": "Regeringen (Socialdepartementet)",
        "addressee": "Socialstyrelsen",
    },
    "beslutplain": {
        "title": "Uppdrag att förstärka arbetet mot prostitution och människohandel",
        "kind": "regeringsuppdrag",
        "dnr": "S2016/01791/RS",
        "date": "2016-03-10",
        "issuer": "Regeringen (Socialdepartementet)",
        "addressee": "Länsstyrelsen i Stockholms län",
    },
    "bet2010": {
        "title": "Polisfrågor",
        "kind": "betänkande",
        "number": "Bet. 2009/10:JuU12",
        "date": "2010-03-18",
        "issuer": "Justitieutskottet",
    },
    "cedaw2016": {
        "title": "Concluding observations on the combined eighth and ninth periodic "
        "reports of Sweden",
        "kind": "sammanfattande slutsatser",
        "number": "CEDAW/C/SWE/CO/8-9",
        "dnr": "CEDAW/C/SWE/CO/8-9",
        "date": "2016-03-10",
        "issuer": "Committee on the Elimination of Discrimination against Women",
        "addressee": "Sweden",
    },
    "crc": {
        "title": "Concluding observations on the fifth periodic report of Sweden",
        "kind": "sammanfattande slutsatser",
        "number": "CRC/C/SWE/CO/5",
        "dnr": "CRC/C/SWE/CO/5",
        "date": "2015-03-06",
        "issuer": "Committee on the Rights of the Child",
        "addressee": "Sweden",
    },
    "dir2008": {
        "title": "Utvärdering av förbudet mot köp av sexuell tjänst",
        "kind": "kommittédirektiv",
        "number": "Dir. 2008:144",
        "date": "2008-11-13",
        "issuer": "Regeringen (Justitiedepartementet)",
    },
    "ds2001": {
        "title": "Ersättning till offer",
        "kind": "Ds",
        "number": "Ds 2001:73",
        "issuer": "Justitiedepartementet",
    },
    "gretareply": {
        "title": "Report submitted by the Swedish authorities on measures taken to "
        "comply with Committee of the Parties Recommendation CP/Rec(2018)27 on "
        "the implementation of the Council of Europe Convention on Action "
        "against Trafficking in Human Beings",
        "kind": "svar till GRETA",
        "number": "CP(2020)04",
        "dnr": "CP(2020)04",
        "date": "2019-11-08",
        "round": "2",
        "answers_to": "CP/Rec(2018)27",
        "issuer": "Swedish authorities",
    },
    "hovratt": {
        "title": "Förstärkt skydd för vissa brottsoffer (Ds 2019:14)",
        "kind": "remissvar",
        "dnr": "2019/0612",
        "other_dnr": "Ju2019/01281/L5",
        "date": "2019-09-16",
        "answers_to": "Ds 2019:14",
        "issuer": "Svea hovrätt",
        "addressee": "Justitiedepartementet",
    },
    "lagr2013": {
        "title": "Uppehållstillstånd för bevispersoner",
        "kind": "lagrådsremiss",
        "date": "2013-11-14",
        "issuer": "Regeringen (Justitiedepartementet)",
        "addressee": "Lagrådet",
        "other_dnr": "Ju2012/6123/L7",
    },
    "pm2021": {
        "title": "Åtgärder mot arbetslivskriminalitet",
        "kind": "promemoria",
        "dnr": "A2021/01923",
        "date": "2021-10-15",
        "issuer": "Arbetsmarknadsdepartementet",
    },
    "prop1998": {
        "title": "Kvinnofrid",
        "kind": "proposition",
        "number": "Prop. 1997/98:55",
        "date": "1998-02-05",
        "issuer": "Regeringen (Arbetsmarknadsdepartementet)",
        "addressee": "riksdagen",
    },
    "prop2004": {
        "title": "Ökat stöd till personer som utsatts för tvång",
        "kind": "proposition",
        "number": "Prop. 2004/05:145",
        "other_dnr": "S2004/2310/ST",
        "date": "2005-05-19",
        "issuer": "Regeringen (Socialdepartementet)",
        "addressee": "riksdagen",
    },
    "rapport2017": {
        "title": "Människohandel för sexuella och andra ändamål",
        "kind": "lägesrapport",
        "dnr": "A123.456/2017",
        "date": "2017-04",
        "issuer": "Polismyndigheten",
    },
    "regl2014": {
        "title": "Regleringsbrev för budgetåret 2014 avseende Arbetsmiljöverket inom "
        "utgiftsområde 14 Arbetsmarknad och arbetsliv",
        "kind": "regleringsbrev",
        "dnr": "A2013/4567/SV, A2013/4411/A",
        "other_dnr": "A2013/4411/A",
        "date": "2013-12-19",
        "issuer": "Regeringen (Arbetsmarknadsdepartementet)",
        "addressee": "Arbetsmiljöverket",
    },
    "remiss_boverket": {
        "title": "Boverkets yttrande över departementspromemorian Arbetsplatser "
        "utan tvång (Ds 2012:20)",
        "kind": "remissvar",
        "dnr": "10191-2112/2012",
        "other_dnr": "A2012/1870/ARM",
        "date": "2012-08-24",
        "answers_to": "Ds 2012:20",
        "issuer": "Boverket",
        "addressee": "Arbetsmarknadsdepartementet",
    },
    "rskr": {
        "title": "Riksdagsskrivelse",
        "kind": "riksdagsskrivelse",
        "number": "Rskr. 2013/14:293",
        "date": "2014-06-04",
        "issuer": "Riksdagen",
    },
    "skr2007": {
        "title": "Handlingsplan mot prostitution och människohandel för sexuella ändamål",
        "kind": "skrivelse",
        "number": "Skr. 2007/08:167",
        "date": "2008-07-10",
        "issuer": "Regeringen (Integrations- och jämställdhetsdepartementet)",
        "addressee": "riksdagen",
    },
    "sou1995": {
        "title": "Kvinnofrid i förändring",
        "kind": "SOU",
        "number": "SOU 1995:117",
        "date": "1995-06",
        "issuer": "Kommissionen om våld i nära relationer",
    },
    "tillagg2019": {
        "title": "Tilläggsdirektiv till Utredningen om exitprogram för personer utsatta "
        "för människohandel (S 2017:03)",
        "kind": "tilläggsdirektiv",
        "number": "Dir. 2019:12",
        "date": "2019-03-28",
        "issuer": "Regeringen (Socialdepartementet)",
    },
}

HEADINGS: dict[str, list[str]] = {
    "beslut2017": [
        "Uppdrag att kartlägga stödet till barn som utsatts för människohandel",
        "Regeringens beslut",
        "Ärendet",
    ],
    "beslutplain": [
        "Uppdrag att förstärka arbetet mot prostitution och människohandel",
        "Regeringens beslut",
        "Bakgrund",
    ],
    "bet2010": [
        "Polisfrågor",
        "Sammanfattning",
        "Innehållsförteckning",
        "Utskottets förslag till riksdagsbeslut",
        "1 Människohandel",
        "Reservation 1 (s, v, mp)",
        "2 Polisens resurser",
        "Utskottets överväganden",
        "Människohandel",
        "Utskottets förslag i korthet",
        "Motionerna",
        "Utskottets ställningstagande",
    ],
    "cedaw2016": [
        "Concluding observations on the combined eighth and ninth periodic reports of Sweden",
        "A Introduction",
        "B Positive aspects",
        "C Principal areas of concern and recommendations",
        "Trafficking and exploitation of prostitution",
        "Employment",
        "Dissemination",
    ],
    "crc": [
        "Concluding observations on the fifth periodic report of Sweden",
        "I Introduction",
        "II Follow-up measures taken and progress achieved by the State party",
        "III Main areas of concern and recommendations",
        "A General measures of implementation",
        "Sale, trafficking and abduction",
    ],
    "dir2008": [
        "Utvärdering av förbudet mot köp av sexuell tjänst",
        "Sammanfattning av uppdraget",
        "Bakgrund",
        "Uppdraget",
        "Arbetets genomförande och redovisning av uppdraget",
    ],
    "ds2001": [
        "Ersättning till offer",
        "En översyn av brottsskadelagen",
        "Innehåll",
        "Sammanfattning",
        "1 Promemorians lagförslag",
        "2 Bakgrund",
        "3 Överväganden",
    ],
    "gretareply": [
        "Report submitted by the Swedish authorities on measures taken to comply with "
        "Committee of the Parties Recommendation",
        "CP/Rec(2018)27 on the implementation of the Council of Europe Convention on "
        "Action against Trafficking in Human Beings",
        "Second evaluation round",
        "Introduction",
        "Recommendations for immediate action",
        "1 Labour exploitation",
        "Sweden's response",
        "2 Recovery and reflection period",
        "Sweden's response",
    ],
    "hovratt": ["Förstärkt skydd för vissa brottsoffer (Ds 2019:14)"],
    "lagr2013": [
        "Uppehållstillstånd för bevispersoner",
        "Lagrådsremissens huvudsakliga innehåll",
        "Innehållsförteckning",
        "1 Beslut",
        "2 Lagtext",
        "3 Ärendet och dess beredning",
        "4 Uppehållstillstånd under betänketid",
    ],
    "pm2021": [
        "Åtgärder mot arbetslivskriminalitet",
        "Innehållsförteckning",
        "1 Promemorians huvudsakliga innehåll",
        "2 Bakgrund",
        "3 Konsekvenser",
    ],
    "prop1998": ["Kvinnofrid", "Propositionens huvudsakliga innehåll", "7.3 Åtgärder inom polisen"],
    "prop2004": [
        "Ökat stöd till personer som utsatts för tvång",
        "Propositionens huvudsakliga innehåll",
        "Innehållsförteckning",
        "Nuvarande lydelse Föreslagen lydelse",
        "4 Gällande rätt",
        "4.1 Socialtjänstlagen",
        "4.2 Brottsbalken",
        "5 Överväganden och förslag",
        "5.1 Socialnämndens ansvar",
        "5.2 Ett samordnande ansvar för Socialstyrelsen",
        "Utdrag ur protokoll vid regeringssammanträde den 19 maj 2005",
    ],
    "rapport2017": [
        "Innehåll",
        "1 Sammanfattning",
        "2 Inledning",
        "2.1 Bakgrund",
        "3 Rekommendationer",
    ],
    "regl2014": [
        "Regleringsbrev för budgetåret 2014 avseende Arbetsmiljöverket inom utgiftsområde "
        "14 Arbetsmarknad och arbetsliv",
        "VERKSAMHET",
        "1 Mål och återrapporteringskrav",
        "3 Uppdrag",
        "FINANSIERING",
        "4 Anslag",
        "4.1 Anslag/anslagsposter som disponeras av Arbetsmiljöverket",
        "Disponeras av Arbetsmiljöverket",
    ],
    "remiss_boverket": [
        "Boverkets yttrande över departementspromemorian Arbetsplatser utan tvång (Ds 2012:20)",
        "Sammanfattning",
        "Boverkets synpunkter",
        "Avsnitt 4.2",
        "Avsnitt 5",
    ],
    "rskr": ["Riksdagsskrivelse", "Regeringen"],
    "skr2007": [
        "Handlingsplan mot prostitution och människohandel för sexuella ändamål",
        "Skrivelsens huvudsakliga innehåll",
        "Innehållsförteckning",
        "2.1 Ökat skydd och stöd till utsatta",
        "Åtgärd 1: Utbildning av personal på ungdomsmottagningar",
        "Åtgärd 2: Nationell samordning",
    ],
    "sou1995": [
        "Kvinnofrid i förändring",
        "Till statsrådet Inga Modig",
        "Innehåll",
        "Sammanfattning",
        "1 Inledning",
        "1.1 Uppdraget",
        "1.2 Arbetets bedrivande",
        "2 Våldets omfattning",
        "2.1 Statistik",
        "2.2 Mörkertal",
        "3 Överväganden och förslag",
        "3.1 Polisens arbete",
        "3.2 Hälso- och sjukvården",
    ],
    "tillagg2019": [
        "Tilläggsdirektiv till Utredningen om exitprogram för personer utsatta för "
        "människohandel (S 2017:03)",
        "Förlängd tid för uppdraget",
    ],
}


def case(name: str) -> Document:
    return read_document(CASES / f"{name}.txt")


def texts(document: Document, kind: str) -> list[str]:
    return [b.at.of(document.text) for b in document.blocks if b.kind == kind]


@pytest.mark.parametrize("name", FACTS)
def test_every_fact_and_no_other(name: str) -> None:
    found = {m.name: m.value for m in case(name).metadata if m.name != "language"}
    assert found == FACTS[name]


@pytest.mark.parametrize("name", HEADINGS)
def test_headings(name: str) -> None:
    assert [s.label for s in find_sections(case(name))][:16] == HEADINGS[name]


@pytest.mark.parametrize(
    ("name", "notes"),
    [
        ("prop2004", ["Jfr prop. 2000/01:80 s. 84."]),
        ("skr2007", ["SOU 1995:15."]),
        ("sou1995", ["Se även prop. 1993/94:24 om åtgärder mot våld mot kvinnor.",
                     "Protokollen förvaras i Riksarkivet."]),
        ("cedaw2016",
         ["Adopted by the Committee at its sixty-third session (15 February-4 March 2016)."]),
    ],
)  # fmt: skip
def test_notes(name: str, notes: list[str]) -> None:
    assert texts(case(name), "footnote") == notes


def test_a_sentence_goes_on_behind_the_foot_of_a_page() -> None:
    assert "convictions in cases of trafficking in women" in case("cedaw2016").text


def test_running_headers_with_the_name_of_the_chapter_are_kept_apart() -> None:
    document = case("sou1995")
    headers = [" ".join(f.span.of(document.source).split()) for f in document.furniture]
    assert "SOU 1995:117 Inledning 21" in headers
    assert "10 Sammanfattning SOU 1995:117" in headers
    assert "Social- och hälsovårdspersonal skall få" in document.text
    assert "polis-, åklagar- och domstolsväsendet" in document.text


def test_tables_keep_their_cells() -> None:
    rows = [row.split("\t") for t in texts(case("sou1995"), "table") for row in t.split("\n")]
    assert rows[0] == ["År", "Inomhus", "Utomhus", "Totalt"]
    assert rows[-1] == ["1993", "12 087", "4 005", "16 092"]
    rows = [row.split("\t") for t in texts(case("regl2014"), "table") for row in t.split("\n")]
    assert ["2:1 ap.1", "18 754", "3%", "0"] in rows


def test_who_signed_and_who_gets_a_copy() -> None:
    signed = texts(case("beslut2017"), "signature")
    assert "\n".join(signed).split("\n") == [
        "På regeringens vägnar", "Åsa Modig", "Helene Föredragande", "Kopia till",
        "Justitiedepartementet/L5", "Länsstyrelsen i Stockholms län",
    ]  # fmt: skip
    assert texts(case("skr2007"), "signature")[0].startswith("Stockholm den 10 juli 2008\nFolke")
