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
    "a recommendation adopted after comments were received": (
        "COMMITTEE OF THE PARTIES\n\n                    CP(2019)9\n\nRecommendation CP(2019)9\non the implementation of the Convention\nby Norway\n\nadopted at the 12th meeting of the Committee of the Parties\non 3 May 2019\n\nThe Committee of the Parties, acting under the terms of Article 38 of the Convention;\n\nHaving examined the report and the comments of the Government, received on 4 January 2019;\n\n1. Recommends that the Government of Norway take measures.",
        "The Committee",
        {"date": "2019-05-03"},
    ),
    "whom a reply is sent to": (
        "DE TORRAS FÖRBUND\n\n\nRemissvar\nErt dnr: M2022/01213\nDatum: 22 september 2022\n\nTill: Miljödepartementet\nKopia: Regnverket\n\nYttrande över promemorian Torra källare",
        "De torras förbund",
        {"title": "Yttrande över promemorian Torra källare", "date": "2022-09-22"},
    ),
    "buttons about cookies": (
        "Gå direkt till innehåll\n\nVi använder kakor (cookies) för att webbplatsen ska fungera.\nAcceptera alla     Endast nödvändiga\n\nRegnverket\n\nSök   Meny   In English\n\nSkriv ut   Lyssna\n\nHandlingsplan för torra källare 2022–2025",
        "Regnverket",
        {"title": "Handlingsplan för torra källare 2022–2025"},
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
    "a report of an assignment in a letter": (
        "1(4)\n2016-09-01\nDnr 4.1-22871/2016\n\nTillsyn och klagomål\nAnna Berg\nanna.berg@tandverket.se\n\n                 Finansdepartementet\n                 Avdelningen för offentlig förvaltning\n                 103 33 Stockholm\n\nTandverkets redovisning av regeringsuppdrag om tillsyn\nav tandtekniker (Fi2015/03921/OFA)",
        "Tandverket",
        {"kind": "redovisning", "issuer": "Tandverket", "date": "2016-09-01", "dnr": "4.1-22871/2016", "title": "Tandverkets redovisning av regeringsuppdrag om tillsyn av tandtekniker"},
    ),
    "a press release": (
        "PRESSMEDDELANDE\n12 november 2020\nSocialdepartementet\n\nNytt uppdrag ska stärka stödet till äldre som halkat",
        "Regeringen",
        {"title": "Nytt uppdrag ska stärka stödet till äldre som halkat", "date": "2020-11-12"},
    ),
    "a region's strategy": (
        "Strategi mot svart is\n\nAntagen av Region Uppsalas regionfullmäktige\n2018-11-27, § 112\n\nDokumentet gäller för: samtliga nämnder\nDokumentansvarig: regiondirektören\nDiarienummer: RS2018-0441",
        "Region Uppsala",
        {"kind": "handlingsplan", "title": "Strategi mot svart is", "issuer": "Region Uppsala", "date": "2018-11-27", "dnr": "RS2018-0441"},
    ),
    "a letter over a report": (
        "STATSKONTORET                 2009-10-15         2009/44-5\n\nRegeringen\nNäringsdepartementet\n103 33 Stockholm\n\nUppdrag att utvärdera plogningen av statliga vägar\n\nStatskontoret fick den 5 februari 2009 i uppdrag av regeringen att utvärdera plogningen (N2009/812/TR). Statskontoret överlämnar härmed rapporten Plogat och klart (2009:19).",
        "Statskontoret",
        {"kind": "redovisning", "issuer": "Statskontoret", "date": "2009-10-15", "dnr": "2009/44-5"},
    ),
    "an ombudsman's decision": (
        "Riksdagens ombudsmän (JO)\n\nBESLUT\nChefsjustitieombudsmannen Per Ask\nDatum 2017-04-03   Dnr 3412-2016\n\nKritik mot Trafikverket för utebliven snöröjning",
        "JO",
        {"title": "Kritik mot Trafikverket för utebliven snöröjning", "issuer": "Riksdagens ombudsmän", "date": "2017-04-03", "dnr": "3412-2016"},
    ),
    "a status report named at a line's end": (
        "Socialstyrelsen\n\nPersonskador vid halka\n\nUtvecklingen i kommuner och regioner\nLägesrapport 2022\n\nDenna publikation skyddas av upphovsrättslagen. Vid citat ska källan uppges.\n\nArtikelnummer 2022-3-7811\nPublicerad www.socialstyrelsen.se, mars 2022",
        "Socialstyrelsen",
        {"kind": "lägesrapport", "title": "Personskador vid halka", "issuer": "Socialstyrelsen", "date": "2022-03"},
    ),
    "a parallel report": (
        "Civil Rights Norr\n\nParallel report to the Committee on the Rights of the Child\non the sixth periodic report of Sweden\n\nStockholm, August 2021",
        "Civil Rights Norr",
        {"kind": "okänd", "title": "Parallel report to the Committee on the Rights of the Child on the sixth periodic report of Sweden", "date": "2021-08", "issuer": "Civil Rights Norr"},
    ),
    "a supervision report": (
        "Arbetsmiljöverket                 RAPPORT\n\nAvdelningen för inspektion        2014-02-14\nEva Dahl                          2013/101243\n\nTillsyn av taksnöskottning\nSlutrapport från ett tillsynsprojekt 2012–2013",
        "Arbetsmiljöverket",
        {"kind": "redovisning", "title": "Tillsyn av taksnöskottning", "issuer": "Arbetsmiljöverket", "date": "2014-02-14", "dnr": "2013/101243"},
    ),
    "a recommendation that recalls an older one": (
        "CP/Rec(2023)12\n\nRecommendation CP/Rec(2023)12\non the implementation of the Council of Europe Convention\non Action against Trafficking in Human Beings by Norland\n\nadopted by the Committee of the Parties at its 32nd meeting, 16 June 2023\n\nThe Committee of the Parties, acting under the terms of Article 38(7) of the Convention;\n\nRecalling its recommendation adopted at the 23rd meeting of the Committee of the Parties on 9 November 2018;",
        "Norland",
        {"kind": "partskommitténs rekommendation", "date": "2023-06-16"},
    ),
    "a reply that bears the referral's name": (
        "SOLLEFTEÅ KOMMUN\nKommunstyrelsen\n\n1999-04-12\n\nRemiss angående betänkandet Halkfria gångbanor (SOU 1998:77)\n\nKommunen har erbjudits att lämna synpunkter. Kommunen ställer sig bakom förslaget.",
        "Sollefteå kommun",
        {"kind": "remissvar", "issuer": "Sollefteå kommun", "date": "1999-04-12"},
    ),
    "an article of the Government's site": (
        "Till innehåll på sidan\n\nDenna webbplats använder cookies\n\nRegeringen.se\n\nArtikel från Miljödepartementet\n\nRegeringens arbete för säkra isar\n\nPublicerad 3 februari 2022\n\nRegeringen har beslutat om tre åtgärder.",
        "Regeringen",
        {"title": "Regeringens arbete för säkra isar"},
    ),
    "the minutes of a cabinet meeting": (
        "Protokoll 14 vid regeringssammanträde\n2011-06-22\n\nS2011/5721/FST\n\nSOCIALDEPARTEMENTET\n\nUppdrag till Isrådet att kartlägga olyckor\n\nRegeringens beslut\n\nRegeringen uppdrar åt Isrådet att kartlägga olyckor.",
        "Isrådet",
        {"kind": "regeringsuppdrag", "title": "Uppdrag till Isrådet att kartlägga olyckor", "issuer": "Regeringen (Socialdepartementet)", "date": "2011-06-22", "dnr": "S2011/5721/FST"},
    ),
    "a report with its form below the title": (
        "Jämställdhetsmyndigheten\nRapport 2022:11\n\nSnöröjning ur ett jämställdhetsperspektiv\nDelredovisning av regeringsuppdrag (A2021/00555)\n\nDnr ALLM 2021/88\n\nGöteborg, juni 2022\nISBN 978-91-986903-1-0",
        "Jämställdhetsmyndigheten",
        {"kind": "redovisning", "title": "Snöröjning ur ett jämställdhetsperspektiv", "issuer": "Jämställdhetsmyndigheten", "date": "2022-06", "dnr": "ALLM 2021/88"},
    ),
    "a memorandum with its day of print": (
        "Trafikanalys\n\nPM 2021:4\n\nKostnader för halka\n\nTrafikanalys\nAdress: Rosenlundsgatan 54\n118 63 Stockholm\nTelefon: 010-414 42 00\nAnsvarig utgivare: Mattias Viklund\nPubliceringsdatum: 2021-03-22",
        "Trafikanalys",
        {"title": "Kostnader för halka", "issuer": "Trafikanalys", "date": "2021-03-22"},
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
