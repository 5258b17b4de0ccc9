# ruff: noqa: E501 - a title is a line
"""Documents of other styles and decades: keyed before they were first read, then kept as tests.

Kinds, facts and headings as a reader states them; None is not stated. `docs/` and the note of the
issue give the figures of the first reading.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from rodtrad.datamodel import Document
from rodtrad.ingest import read_document

STYLES = Path(__file__).parents[1] / "cases/ingest/styles"


def style(name: str) -> Document:
    return read_document(STYLES / f"{name}.txt")


FACTS: dict[str, dict[str, str | None]] = {
    "sou1997": {
        "kind": "SOU",
        "issuer": "Arkivutredningen",
        "date": None,
        "dnr": None,
        "title": "Hembygdens arkiv En framtid för lokala samlingar",
        "answers_to": None,
        "number": "SOU 1997:41",
    },
    "beslut2009": {
        "kind": "regeringsuppdrag",
        "issuer": "Regeringen (Integrations- och jämställdhetsdepartementet)",
        "date": "2009-07-09",
        "dnr": "IJ2009/1205/DISK, IJ2009/844/DISK",
        "title": "Uppdrag om insatser mot diskriminering av unga i arbetslivet",
        "answers_to": None,
    },
    "tingsratt": {
        "kind": "remissvar",
        "issuer": "Uppsala tingsrätt",
        "date": "2019-02-15",
        "dnr": "TUP 2018-341",
        "other_dnr": "Ju2018/04411/L5",
        "title": "Promemorian Förverkande av kontanter (Ds 2018:31)",
        "answers_to": "Ds 2018:31",
    },
    "universitet": {
        "kind": "remissvar",
        "issuer": "Lunds universitet",
        "date": "2021-11-02",
        "dnr": "V 2021/1766",
        "other_dnr": "U2021/03214",
        "title": "Remiss av betänkandet En fri forskning i fara? (SOU 2021:65)",
        "answers_to": "SOU 2021:65",
    },
    "kommun": {
        "kind": "remissvar",
        "issuer": "Karlstads kommun",
        "date": "2014-05-19",
        "dnr": "SN-2014-221",
        "other_dnr": "S2014/2112/FST",
        "title": "Yttrande över betänkandet Boende utanför det egna hemmet (SOU 2014:3)",
        "answers_to": "SOU 2014:3",
    },
    "intresseorg": {
        "kind": "remissvar",
        "issuer": "Funktionsrätt Sverige",
        "date": "2022-10-03",
        "dnr": None,
        "other_dnr": "A2022/00876",
        "title": "Remissvar från Funktionsrätt Sverige på Arbete åt fler (Ds 2022:9)",
        "answers_to": "Ds 2022:9",
    },
    "bransch": {
        "kind": "remissvar",
        "issuer": "Teknikföretagen",
        "date": "2020-09-30",
        "dnr": "TF 2020-55",
        "other_dnr": "I2020/01745/D",
        "title": "Remissyttrande: Ett nytt regelverk för elektronisk kommunikation",
        "answers_to": "Ds 2020:17",
    },
    "promemoria": {
        "kind": "promemoria",
        "issuer": "Finansdepartementet",
        "date": "2016-10",
        "dnr": "Fi2016/03218/S2",
        "title": "Sänkt energiskatt för små anläggningar",
        "answers_to": None,
    },
    "rir": {
        "kind": "okänd",
        "issuer": "Riksrevisionen",
        "date": "2015-06-08",
        "dnr": "31-2014-1102",
        "title": "Kontrollen av arbetskraften – statens insatser mot missbruk av tillstånd",
        "answers_to": None,
    },
    "eurapport": {
        "kind": "redovisning",
        "issuer": "Länsstyrelsen i Skåne län",
        "date": "2018-12-20",
        "dnr": "851-12345-2016",
        "title": "SAFE HAVEN",
        "answers_to": None,
    },
    "gretasvar": {
        "kind": "svar till GRETA",
        "issuer": "Danish authorities",
        "date": "2016-01-29",
        "dnr": "CP(2016)7",
        "title": "Report submitted by the Danish authorities on measures taken to comply with Committee of the Parties Recommendation CP(2014)9 on the implementation of the Council of Europe Convention on Action against Trafficking in Human Beings",
        "answers_to": "CP(2014)9",
    },
    "cp2012": {
        "kind": "partskommitténs rekommendation",
        "issuer": "Committee of the Parties",
        "date": "2012-01-30",
        "dnr": "CP(2012)3",
        "title": "Recommendation CP(2012)3 on the implementation of the Council of Europe Convention on Action against Trafficking in Human Beings by Cyprus",
        "answers_to": None,
    },
    "verk2003": {
        "kind": "remissvar",
        "issuer": "Integrationsverket",
        "date": "2003-05-28",
        "dnr": "INT-19-03-112",
        "other_dnr": "Ju2003/1033/L7",
        "title": "Ett utvidgat skydd mot diskriminering (SOU 2002:43)",
        "answers_to": "SOU 2002:43",
    },
    "tco": {
        "kind": "remissvar",
        "issuer": "TCO",
        "date": "2017-11-24",
        "dnr": None,
        "other_dnr": "A2017/00733/ARM",
        "title": "Yttrande över Ett arbetsliv i förändring – hur påverkas ansvaret för arbetsmiljön? (SOU 2017:24)",
        "answers_to": "SOU 2017:24",
    },
    "tillagg2011": {
        "kind": "tilläggsdirektiv",
        "issuer": "Regeringen (Arbetsmarknadsdepartementet)",
        "date": "2011-10-06",
        "dnr": None,
        "number": "Dir. 2011:88",
        "title": "Tilläggsdirektiv till Utredningen om bättre villkor för hushållstjänster (A 2010:04)",
        "answers_to": None,
    },
    "skr2018": {
        "kind": "skrivelse",
        "issuer": "Regeringen (Näringsdepartementet)",
        "date": "2018-04-12",
        "dnr": None,
        "number": "Skr. 2017/18:229",
        "title": "Strategi för hållbara livsmedel",
        "answers_to": None,
    },
    "redov2013": {
        "kind": "redovisning",
        "issuer": "Socialstyrelsen",
        "date": "2013-03-01",
        "dnr": "33511/2012",
        "title": "Återrapportering av regeringsuppdrag – stöd till våldsutsatta kvinnor",
        "answers_to": "S2011/8989/FST",
    },
}
HEADINGS: dict[str, list[str]] = {
    "sou1997": [
        "4 Utredningens överväganden",
        "4.1 Utgångspunkter",
        "4.2 Riksarkivets tillsyn",
        "4.3 Kostnader och finansiering",
    ],
    "beslut2009": ["Regeringens beslut", "Ärendet", "Skälen för regeringens beslut"],
    "tingsratt": ["Inledning", "Beviskravet", "Övrigt"],
    "universitet": [
        "Sammanfattning",
        "6.2 Ansvar för oredlighetsfrågor",
        "7.4 Ny tillsynsmyndighet",
    ],
    "kommun": ["Allmänna synpunkter", "Familjehem", "Ekonomiska konsekvenser"],
    "intresseorg": [
        "Om oss",
        "Sammanfattande synpunkter",
        "Våra synpunkter på förslagen",
        "4.2 Förlängt lönebidrag",
        "4.5 Sänkt tak",
    ],
    "bransch": ["Allmänt", "Spektrumtillstånd", "Säkerhet"],
    "promemoria": [
        "Promemorians huvudsakliga innehåll",
        "Innehållsförteckning",
        "1 Lagtext",
        "2 Bakgrund",
        "3 Överväganden och förslag",
        "3.1 Skattebefrielsen utvidgas",
        "3.2 Ikraftträdande",
    ],
    "rir": [
        "Sammanfattning",
        "Granskningens bakgrund",
        "Granskningens resultat",
        "Rekommendationer",
    ],
    "eurapport": [
        "Förord",
        "1. Bakgrund",
        "2. Genomförande",
        "2.1 Utbildning",
        "2.2 Samverkan",
        "3. Slutsatser och rekommendationer",
    ],
    "gretasvar": ["Introduction", "1. Definition", "2. Data collection"],
    "cp2012": [],
    "verk2003": ["Integrationsverkets ställningstagande", "Motivering"],
    "tco": ["Sammanfattning", "Utredningens överväganden"],
    "tillagg2011": ["Förlängd tid för uppdraget"],
    "skr2018": [
        "Skrivelsens huvudsakliga innehåll",
        "Innehållsförteckning",
        "1 Inledning",
        "2 Mål",
        "2.1 Uppföljning",
        "3 Åtgärder",
    ],
    "redov2013": ["Uppdraget", "Genomförda insatser", "Socialstyrelsens bedömning"],
}


@pytest.mark.parametrize("name", FACTS)
def test_facts(name: str) -> None:
    document = style(name)
    found = {fact: document.get(fact) for fact in FACTS[name] if fact != "kind"}
    assert {"kind": document.kind, **found} == FACTS[name]


@pytest.mark.parametrize("name", HEADINGS)
def test_every_heading_is_found(name: str) -> None:
    document = style(name)
    found = [b.at.of(document.text) for b in document.blocks if b.kind == "heading"]
    assert [heading for heading in found if heading in HEADINGS[name]] == HEADINGS[name]
