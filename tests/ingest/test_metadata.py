# ruff: noqa: E501 - a row is a document
"""Kinds and facts, each row the beginning of a document of its kind."""

from __future__ import annotations

from pathlib import Path

import pytest

from rodtrad.datamodel import Document
from rodtrad.ingest import read_document
from rodtrad.ingest.dates import find_dates
from rodtrad.ingest.titles import clean_title


def read(tmp_path: Path, text: str) -> Document:
    path = tmp_path / "dokument.txt"
    path.write_text(text)
    return read_document(path)


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        ("regeringsuppdrag", "Uppdrag att se över vattnet\n\nRegeringens beslut\n\nRegeringen ger SMHI i uppdrag att se över vattnet."),
        ("regeringsuppdrag", "Regeringsbeslut 2025-06-12\n\nRegeringen uppdrar åt Boverket att lämna förslag. Uppdraget ska redovisas."),
        ("kommittédirektiv", "Kommittédirektiv\n\nEn ny vattenlag\n\nBeslut vid regeringssammanträde den 16 mars 2017\n\nEn särskild utredare ska utreda vattnet."),
        ("tilläggsdirektiv", "Kommittédirektiv\n\nTilläggsdirektiv till Vattenutredningen (M 2016:04)\n\nBeslut vid regeringssammanträde den 16 mars 2017\n\nUtredningstiden förlängs."),
        ("remiss", "Remiss av SOU 2024:24 Ett effektivt skydd\n\nRemissvaren ska ha kommit in till Finansdepartementet senast den 19 augusti 2024."),
        ("remissvar", "Yttrande över betänkandet Ett effektivt skydd (SOU 2024:24)\n\nBoverket tillstyrker förslaget."),
        ("remissvar", "Kommerskollegium tackar för möjligheten att lämna synpunkter på promemorian och har inget att invända."),
        ("proposition", "Regeringens proposition\n2012/13:144\n\nSjöfartsstödets inriktning Prop. 2012/13:144\n\nRegeringen överlämnar denna proposition till riksdagen."),
        ("skrivelse", "Regeringens skrivelse 2016/17:10\n\nMakt, mål och myndighet Skr. 2016/17:10\n\nRegeringen överlämnar denna skrivelse till riksdagen."),
        ("lagrådsremiss", "Lagrådsremiss\n\nEtt nytt brott\n\nRegeringen överlämnar denna remiss till Lagrådet."),
        ("SOU", "Ut ur utsatthet\n\nSlutbetänkande av Utredningen om exitprogram\n\nStockholm 2023\n\nSOU 2023:97"),
        ("delbetänkande", "Vatten nu\n\nDelbetänkande av Vattenutredningen\n\nSOU 2020:3"),
        ("handlingsplan", "Regeringen\n\nStrategi för rena brunnar\n\nStrategin har fyra inriktningar.\n\nBrunnar\n\nRegeringen ger SMHI i uppdrag att mäta vattnet. Uppdraget ska redovisas i maj."),
        ("regleringsbrev", "Regleringsbrev för budgetåret 2026 avseende Socialstyrelsen\n\nRegeringen beslutar att följande ska gälla under budgetåret 2026."),
        ("handlingsplan", "Nationell handlingsplan mot vattenbrist 2024–2027\n\nPlanen syftar till att spara vatten."),
        ("redovisning", "Boverket\n\nRegn i hus\n\nDelredovisning av uppdraget att mäta regn (S2024/00318)\n\nBoverket har mätt."),
        ("regeringsuppdrag", "Uppdrag att mäta regn\n\nRegeringen ger SMHI i uppdrag att mäta.\n\nRedovisning av uppdraget\n\nUppdraget ska redovisas i maj."),
        ("redovisning", "Slutredovisning av regeringsuppdrag om vatten\n\nSMHI har haft i uppdrag att mäta."),
        ("GRETA-rapport", "G R E T A\n\nGroup of Experts on Action against Trafficking in Human Beings\n\nGRETA(2014)11\n\nReport concerning the implementation of the Council of Europe Convention on Action against Trafficking in Human Beings by Sweden\n\nFirst evaluation round\n\nAdopted on 21 March 2014\n\nPublished on 27 May 2014"),
        ("partskommitténs rekommendation", "Recommendation CP(2015)2 on the implementation of the Convention by Germany\n\nadopted at the 16th meeting of the Committee of the Parties on 15 June 2015\n\nThe Committee of the Parties, acting under the terms of Article 38(7) of the Convention;"),
        ("svar till GRETA", "Report submitted by the Dutch authorities on measures taken to comply with Committee of the Parties Recommendation CP(2014)11 on trafficking in human beings"),
        ("sammanfattande slutsatser", "Committee on the Elimination of Discrimination against Women\n\nConcluding observations on the tenth periodic report of Sweden\n\nThe Committee considered the report."),
        ("okänd", "Protokoll från möte med vattengruppen\n\nNärvarande var Anna och Bo. De talade om regn och om brunnar."),
        ("okänd", "GRETA(2018)1\n\n7th general report on GRETA's activities\n\nGRETA held four meetings during the year."),
    ],
)  # fmt: skip
def test_kind(tmp_path: Path, kind: str, text: str) -> None:
    assert read(tmp_path, text).kind == kind


@pytest.mark.parametrize(
    ("text", "name", "value"),
    [
        ("Yttrande\n\nDnr: 123-4567-2025\nEr dnr: Ju2025/02760\n\nSMHI lämnar följande yttrande.", "dnr", "123-4567-2025"),
        ("Yttrande\n\nEr dnr: Ju2025/02760\n\nSMHI lämnar följande yttrande.", "other_dnr", "Ju2025/02760"),
        ("Yttrande\n\nEr dnr: Ju2025/02760\n\nSMHI lämnar följande yttrande.", "dnr", None),
        ("Uppdrag om vatten\n\nRegeringen ger SMHI uppdraget (Ju2025/02760).", "dnr", None),
        ("Regeringsbeslut   II:3\n2019-06-13   S2019/02717/JM (delvis)\n\nUppdrag att mäta regn\n\nRegeringens beslut\nRegeringen uppdrar åt SMHI att mäta.", "dnr", "S2019/02717/JM"),
        ("Regeringsbeslut II:3 2019-06-13 S2019/02717/JM (delvis), S2018/04444/FST\nS2019/01111/FS\n\nUppdrag att mäta regn\n\nRegeringens beslut\nRegeringen uppdrar åt SMHI att mäta.", "dnr", "S2019/02717/JM, S2018/04444/FST, S2019/01111/FS"),
        ("Regeringsbeslut   II:3\n2019-06-13   S2019/02717/JM (delvis)\n\nUppdrag att mäta regn\n\nRegeringens beslut\nRegeringen uppdrar åt SMHI att mäta.", "title", "Uppdrag att mäta regn"),
        ("Regeringsbeslut   II:3\n2019-06-13   S2019/02717/JM (delvis)\n\nUppdrag att mäta regn\n\nRegeringens beslut\nRegeringen uppdrar åt SMHI att mäta.", "period", None),
        ("Regeringsbeslut\n2019-06-13 se S2019/02717/JM i arkivet\n\nUppdrag att mäta regn\n\nRegeringens beslut\nRegeringen uppdrar åt SMHI att mäta.", "dnr", None),
        ("Statskontoret 2020:14\nUtvärdering av strategin\n\nSammanfattning\n\nStatskontoret har på regeringens uppdrag utvärderat strategin.", "kind", "redovisning"),
        ("Statskontoret 2020:14\nUtvärdering av strategin\n\nSammanfattning\n\nStatskontoret har på regeringens uppdrag utvärderat strategin.", "issuer", "Statskontoret"),
        ("Statskontoret 2020:14\nUtvärdering av strategin\n\nSammanfattning\n\nStatskontoret har på regeringens uppdrag utvärderat strategin.", "title", "Utvärdering av strategin"),
        ("Myndigheten för press\nRapport 2021:23\nMedier – slutredovisning av regeringsuppdrag (Ku2020/04567)\n\nVi föreslår att\n• regeringen ger Skolverket i uppdrag att lära ut.", "kind", "redovisning"),
        ("SVEA HOVRÄTT      YTTRANDE\n2018-05-31    Dnr 2018/0123\n\nYttrande över Ett skydd (SOU 2016:70) (Er beteckning Ju2016/07177/L5)\n\nHovrätten har granskat förslagen.\n\nI övrigt lämnar hovrätten förslagen utan erinran.", "issuer", "Svea hovrätt"),
        ("SVEA HOVRÄTT      YTTRANDE\n2018-05-31    Dnr 2018/0123\n\nYttrande över Ett skydd (SOU 2016:70) (Er beteckning Ju2016/07177/L5)\n\nHovrätten har granskat förslagen.\n\nI övrigt lämnar hovrätten förslagen utan erinran.", "title", "Yttrande över Ett skydd (SOU 2016:70)"),
        ("Region Skåne\n\nYTTRANDE\n2023-04-17\nDnr 2023-123\n\nRemiss. Ett skydd för barn (SOU 2022:70)\n\nRegion Skåne har beretts tillfälle att yttra sig.", "title", "Remiss. Ett skydd för barn (SOU 2022:70)"),
        *[("YTTRANDE\n\nRättsavdelningen\n\nDatum\n\nDnr\n\nKammaråklagare Bo Ek\n\n2017-03-02\n\nÅM2016-1342\n\nErt datum\n\nEr beteckning\n\n2016-11-08\n\nJu2016/07810/L5\n\nEtt skydd mot regn (SOU 2016:91)\n\nÅklagarmyndigheten tillstyrker utredningens förslag.", name, value)
          for name, value in (("kind", "remissvar"), ("dnr", "ÅM2016-1342"), ("other_dnr", "Ju2016/07810/L5"), ("date", "2017-03-02"), ("issuer", "Åklagarmyndigheten"))],
        ("Ett skydd mot regn (SOU 2016:91)\n\nUtredningen föreslår ett tak. Domstolsverket tillstyrker förslaget.", "kind", "remissvar"),
        ("Ett skydd mot regn (SOU 2016:91)\n\nUtredningen föreslår ett tak. Regeringen har tagit emot förslaget.", "kind", None),
        ("Länsstyrelsen\nÖstergötland\n\nRegional handlingsplan mot regn 2021–2024\n\nPlanen syftar till att spara vatten.", "issuer", "Länsstyrelsen Östergötland"),
        ("OSCE Office for Democratic Institutions and Human Rights\n\nOpinion on the law of Sweden\n\nWarsaw, 14 June 2022\n\nThe law should be mended.", "issuer", "OSCE Office for Democratic Institutions and Human Rights"),
        ("OSCE Office for Democratic Institutions and Human Rights\n\nOpinion on the law of Sweden\n\nWarsaw, 14 June 2022\n\nThe law should be mended.", "title", "Opinion on the law of Sweden"),
        ("OSCE Office for Democratic Institutions and Human Rights\n\nOpinion on the law of Sweden\n\nWarsaw, 14 June 2022\n\nThe law should be mended.", "date", "2022-06-14"),
        *[("Stockholms stad\nKommunstyrelsen\n\nUtlåtande 2019:144 (Dnr KS 2019/804)\n\nEtt skydd mot regn (Ds 2019:15)\nRemiss från Justitiedepartementet\n\nStaden är positiv till förslaget.", name, value)
          for name, value in (("kind", "remissvar"), ("dnr", "KS 2019/804"), ("title", "Ett skydd mot regn (Ds 2019:15)"), ("issuer", "Stockholms stad"))],
        ("Riksdagens ombudsmän\n\nYttrande över betänkandet Regn (SOU 2017:86)\n\nJag har inga invändningar.", "issuer", "Riksdagens ombudsmän"),
        ("Human Rights Committee\n\nConcluding observations on the eighth periodic report of Sweden\n\nThe Committee met.", "issuer", "Human Rights Committee"),
        ("Nationell strategi mot regn\n\nRegeringen har gett SMHI i uppdrag att mäta regn.\n\nÅtgärdsplan 2024–2026\n\nSMHI ska mäta.", "kind", "handlingsplan"),
        ("Uppdrag att ta fram en nationell strategi mot regn\n\nRegeringen ger SMHI i uppdrag att mäta regn.\n\nÅtgärder\n\nSMHI ska mäta.", "kind", "regeringsuppdrag"),
        *[("SVERIGES ADVOKATSAMFUND\n\nTill Justitiedepartementet\n\nR-2023/0112\n\nJu2022/03782\n\nYttrande över promemorian Regn (Ds 2022:28)\n\nSveriges advokatsamfund har genom remiss den 1 mars 2022 beretts tillfälle att avge yttrande.", name, value)
          for name, value in (("dnr", "R-2023/0112"), ("other_dnr", "Ju2022/03782"), ("issuer", "Sveriges advokatsamfund"))],
        ("Regn och blåst\nLägesrapport från Vädermyndigheten 2020\n\nVädermyndigheten\n\nFörord\n\nDet regnade.", "kind", "lägesrapport"),
        ("Handlingsplan mot regn 2023–2025\n\nArbetsmiljöverket, dnr 2022/061234\n\nBakgrund\n\nPlanen gäller regn.", "issuer", "Arbetsmiljöverket"),
        ("KAMMARRÄTTEN\n\nYTTRANDE\n\nI GÖTEBORG\n\nDiarienr\n\nKST 2021/312\n\nYttrande över Regn (Ds 2021:19)\n\nKammarrätten har inga invändningar. Kammarrätten tillstyrker taket.", "issuer", "Kammarrätten i Göteborg"),
        *[("Government Offices of Sweden\nMinistry of Employment\n\nNational Action Plan against Rain 2022-2024\n\nAdopted by the Government on 17 February 2022\n\n1. Introduction\n\nThe plan builds on earlier work and holds four actions.", name, value)
          for name, value in (("kind", "handlingsplan"), ("title", "National Action Plan against Rain 2022-2024"), ("issuer", "Regeringen"), ("date", "2022-02-17"))],
        ("Regeringsbeslut   II:9\n\n2019-11-28\n\nA2019/02236/JÄM\n\nA2019/02105/JÄM\n\nArbetsmarknadsdepartementet\n\nA2019/01999/JÄM (delvis)\n\nUppdrag att mäta regn\n\nRegeringen uppdrar åt SMHI att mäta.", "dnr", "A2019/02236/JÄM, A2019/02105/JÄM, A2019/01999/JÄM"),
        ("Yttrande över remiss av Regn (SOU 2022:14)\n\nRegion Gävleborg 2022-08-31 Diarienr RS 2022/876\n\nRegionen tillstyrker.", "date", "2022-08-31"),
        ("Uppdrag att mäta regn\n\nRegeringen ger SMHI i uppdrag att mäta regn.\n\nSenast den 30 januari 2026\n\nska det redovisas.", "date", None),
        ("2022-11-25\n\nVårt dnr: SKR2022/00213\n\nErt dnr: A2022/00932\n\nEn strategi mot regn (SOU 2022:30)\n\nSammanfattning\n\n• SKR avstyrker utredningens förslag om tak.", "kind", "remissvar"),
        *[("Malmö stad\n\nHandlingsplan\nMot regn och blåst\nAntagen av kommunfullmäktige 2020-04-29\nGiltig 2020–2024\nSTK-2019-1123\n\nInledning\n\nPlanen gäller regn i Malmö.", name, value)
          for name, value in (("kind", "handlingsplan"), ("title", "Handlingsplan mot regn och blåst"), ("date", "2020-04-29"), ("dnr", "STK-2019-1123"), ("issuer", "Malmö stad"))],
        *[("Ekobrottsmyndigheten\n\nRedovisning av regeringsuppdrag\n\n2023-06-30\n\nEBM2022-1234\n\nRegn – redovisning av uppdrag i regleringsbrevet\n\nSammanfattning\n\nVi har haft i uppdrag att mäta.", name, value)
          for name, value in (("kind", "redovisning"), ("title", "Regn – redovisning av uppdrag i regleringsbrevet"), ("dnr", "EBM2022-1234"))],
        ("Nationell strategi för fäbodar\n\nSkr. 2020/21:312\n\nRegeringens skrivelse 2020/21:312\n\nÅtgärder\n\nSMHI ska mäta.", "kind", "skrivelse"),
        *[("Brottsförebyggande rådet\n\nMänniskoexploatering\n\nEn utvärdering av lagen\n\nRapport 2021:4\n\nSammanfattning\n\nBrå fick år 2019 i uppdrag av regeringen att utvärdera lagen.", name, value)
          for name, value in (("kind", "redovisning"), ("title", "Människoexploatering"), ("issuer", "Brottsförebyggande rådet"))],
        *[("DO\n\nYTTRANDE\n\n2019-05-10\n\nÄrende LED 2019/112\n\nDnr A2019/00312/ARM\n\nBetänkandet Regn (SOU 2019:3)\n\nDiskrimineringsombudsmannen (DO) har ombetts att yttra sig. DO motsätter sig förslaget.", name, value)
          for name, value in (("issuer", "Diskrimineringsombudsmannen"), ("dnr", "LED 2019/112"), ("other_dnr", "A2019/00312/ARM"))],
        ("Recommendation CP/Rec(2023)09 on the implementation of the Convention by Norway\n\nAdopted by the Committee of the Parties at its 32nd meeting on 16 June 2023\n\nThe Committee of the Parties, acting under the terms of Article 38(7) of the Convention;", "date", "2023-06-16"),
        ("Länsstyrelsen Skånes yttrande över Regn (SOU 2022:25)\n\nLänsstyrelsen Skåne är positiv till förslaget.", "issuer", "Länsstyrelsen Skåne"),
        ("Remissvar: SOU 2021:43 Regn\n\nTill: Justitiedepartementet\nDnr: Ju2021/02268\nFrån: Föreningen Stödcentrum Väst\nDatum: 30 augusti 2021\n\nVi stödjer förslaget.", "issuer", "Föreningen Stödcentrum Väst"),
        ("Uppsala universitet\n\nJURFAK 2018/41\n\nYttrande över Regn (SOU 2018:69)\n\nUniversitetet tillstyrker.", "dnr", "JURFAK 2018/41"),
        *[("Socialstyrelsen och Polismyndigheten\n\nGemensam åtgärdsplan mot regn\n\nDnr 5.7-12345/2020\nBeslutad den 12 maj 2020\n\nBakgrund\n\nMyndigheterna fick i uppdrag av regeringen att ta fram en plan.", name, value)
          for name, value in (("kind", "handlingsplan"), ("title", "Gemensam åtgärdsplan mot regn"), ("issuer", "Socialstyrelsen och Polismyndigheten"))],
        ("Unizons remissvar på departementspromemorian\nSkyldighet att mäta regn (Ds 2023:17)\n\nUnizon tackar för möjligheten att svara.", "title", "Unizons remissvar på departementspromemorian Skyldighet att mäta regn (Ds 2023:17)"),
        ("Lägesrapport 3\n\nOm regnet i landet\n\nStrategin mot regn antogs av regeringen 2020. Det regnar ännu.", "issuer", None),
        ("Uppdrag att mäta regnDiarienummer: S2025/01282\n\nRegeringen ger SMHI i uppdrag att mäta.", "dnr", "S2025/01282"),
        ("Yttrande över betänkandet Vatten (SOU\n2024:24)\n\nSMHI tillstyrker.", "answers_to", "SOU 2024:24"),
        ("Boverket                     Rapport 2023:18\n\nLägesrapport om regn\n\nRegeringsuppdrag Fi2022/02381\nBoverkets diarienummer 4127/2022\nKarlskrona den 31 oktober 2023\n\nFörord\n\nBoverket fick i uppdrag av regeringen att mäta.", "date", "2023-10-31"),
        ("Länsstyrelsen\nKalmar län\n        YTTRANDE\n        Datum 2014-12-03   Dnr 101-6620-14\n\nYttrande över Regn (SOU 2014:47)\n\nBakgrund\n\nLänsstyrelsen anser att regn är bra.\n\nUtredaren föreslår ett tak.", "issuer", "Länsstyrelsen i Kalmar län"),
        ("VILHELMINA KOMMUN       SAMMANTRÄDESPROTOKOLL\nKommunstyrelsen\n\nRemissvar angående Regn (SOU 1996:84)\n\nVilhelmina kommun har 8 100 invånare. Kommunen tillstyrker.", "issuer", "Vilhelmina kommun"),
        ("Handelsanställdas förbund\n\nYttrande över Regn (Ds 2011:17)\n\nHandels har getts möjlighet att lämna synpunkter. Handels anser att regn är bra.", "issuer", "Handelsanställdas förbund"),
        ("Remiss SOU 2017:85 Regn\n\nHär kan du ta del av de remissvar som har kommit in på betänkandet Regn (SOU 2017:85).\n\nRemissvaren ska ha kommit in i maj.", "kind", "remiss"),
        ("Yttrande över betänkandet Regn (SOU 2012:29),\nS2012/3418/FST\n\nSMHI tillstyrker förslaget.", "title", "Yttrande över betänkandet Regn (SOU 2012:29)"),
        ("SMHI tackar för möjligheten att lämna synpunkter. Förslaget är bra.", "issuer", "SMHI"),
        ("Kommittédirektiv\n\nVatten\n\nBeslut vid regeringssammanträde den l oktober 2015\n\nEn utredare ska.", "date", "2015-10-01"),
        ("Third evaluation round\n\nEVALUATION REPORT\n\nGRETA\n\nSweden", "round", "3"),
        ("GRETA EVALUATION REPORT\n\nAdopted on 21 March 2014\n\nPublished on 27 May 2014", "published", "2014-05-27"),
        ("GRETA EVALUATION REPORT\n\nAdopted on 21 March 2014\n\nPublished on 27 May 2014", "adopted", "2014-03-21"),
        ("Handlingsplan mot brist 2024–2027\n\nPlanen gäller.", "period", "2024–2027"),
        ("GRETA EVALUATION REPORT\n\nAdopted on 21 March 2014\n\nPublished on 27 May 2014", "date", "2014-03-21"),
        ("Uppdrag att mäta regn\n\nDiarienummer: A2021/01234, A2021/00987 (delvis)\nPublicerad 24 juni 2021\n\nRegeringen ger SMHI i uppdrag att mäta.", "dnr", "A2021/01234, A2021/00987"),
        ("Uppdrag att mäta regn\n\nDiarienummer: A2021/01234\nPublicerad 24 juni 2021\n\nRegeringen ger SMHI i uppdrag att mäta, se A2021/00987.", "dnr", "A2021/01234"),
        ("Uppdrag att mäta regn\n\nDiarienummer: A2021/01234\nPublicerad 24 juni 2021\n\nRegeringen ger SMHI i uppdrag att mäta.", "date", "2021-06-24"),
        ("Uppdrag till Länsstyrelsen i Örebro län att mäta regn\n\nRegeringen beslutar om ett uppdrag.", "addressee", "Länsstyrelsen i Örebro län"),
        ("Uppdrag till Skolverket i samband med regn\n\nRegeringen beslutar om ett uppdrag.", "addressee", "Skolverket"),
        ("Remissvar\n\nDatum   Diarienummer\n2020-09-28   KS 2020/0456\n\nRemissvar om regn (SOU 2020:40)\n\nUmeå kommun tillstyrker.", "dnr", "KS 2020/0456"),
        ("Remissvar\n\nDatum   Er referens\n2020-09-28   Ju2020/02345\n\nRemissvar om regn (SOU 2020:40)\n\nUmeå kommun tillstyrker.", "dnr", None),
        ("Skr. 2015/16:86\n\nÅtgärder mot regn\n\nRegeringen har tillsatt en särskild utredare som ska se över regnet (dir. 2016:44).", "kind", "skrivelse"),
        ("Skr. 2007/08:167\n\nHandlingsplan mot regn\n\nPlanen gäller åren 2008–2010.", "kind", "handlingsplan"),
        ("Prop. 2021/22:231\n\nRegn\n\nRegeringens förslag: Regnet ska mätas.", "kind", "proposition"),
        ("Committee of the Parties\n\nRecommendation CP/Rec(2023)06 on the implementation of the Convention by Sweden\n\nAdopted at the 32nd meeting of the Committee of the Parties on 16 June 2023\n\nThe Committee of the Parties, acting under the terms of Article 38(7) of the Convention;\n\nHaving examined the third evaluation report of GRETA;", "kind", "partskommitténs rekommendation"),
        ("Report submitted by the Swedish authorities on measures taken to comply with Committee of the Parties\nRecommendation CP/Rec(2023)06\n\nThe Committee of the Parties, acting under the terms of Article 38(7), asked for a report on trafficking in human beings.", "kind", "svar till GRETA"),
        ("En text om vatten\n\nDen 1 mars 2020 regnade det i Lund.", "date", None),
    ],
)  # fmt: skip
def test_facts(tmp_path: Path, text: str, name: str, value: str | None) -> None:
    document = read(tmp_path, text)
    found = next((m for m in document.metadata if m.name == name), None)
    assert (found.value if found else None) == value
    assert found is None or found.span is not None


REPLY = "Remissvar\n\nYttrande över betänkandet Ut ur regnet (SOU 2024:24)\n\n{}"


@pytest.mark.parametrize(
    ("text", "issuer"),
    [
        ("Umeå kommun är i grunden positiv men saknar en analys.\n\nVad gäller ikraftträdandet bedömer kommunen att tiden är kort.\n\nFör Umeå kommun\n\nBo Ek", "Umeå kommun"),
        ("Vad gäller ikraftträdandet bedömer kommunen att tiden är kort.", None),
        ("Kommunen avstyrker förslaget.\n\nFör Umeå kommun\n\nBo Ek\nordförande", "Umeå kommun"),
        ("Kommunen avstyrker förslaget.", None),
        ("Rädda Barnen tackar för möjligheten att lämna synpunkter. Boverket bör få uppdraget.", "Rädda Barnen"),
        ("Polismyndigheten anser att lagen räcker, men vi delar inte den meningen. Föreningen Regn har getts tillfälle att yttra sig. Föreningen Regn anser att lagen inte räcker.", "Föreningen Regn"),
        ("Ytterligare en fråga bedömer vi att utredningen missat.", None),
        ("Beträffande kapitel 4 anser länsstyrelsen att förslaget är bra.", None),
        ("LO delar utredningens syn och tillstyrker förslaget.", "LO"),
    ],
)  # fmt: skip
def test_who_replies(tmp_path: Path, text: str, issuer: str | None) -> None:
    """Never an opening phrase; nobody rather than the wrong one."""
    assert read(tmp_path, REPLY.format(text)).get("issuer") == issuer


@pytest.mark.parametrize(
    ("text", "dates"),
    [
        ("den 12 juni 2025", ["2025-06-12"]),
        ("den l oktober 2015", ["2015-10-01"]),
        ("21:e feb 2017", ["2017-02-21"]),
        ("2025-06-12", ["2025-06-12"]),
        ("31 March 2027", ["2027-03-31"]),
        ("juni 2026", []),
        ("prop. 2025/26:1 mars 2026", []),
        ("45 mars 2020", []),
    ],
)
def test_dates(text: str, dates: list[str]) -> None:
    assert [date.value for date in find_dates(text)] == dates


@pytest.mark.parametrize(
    ("printed", "title"),
    [
        ("Uppdrag att mäta\nDiarienummer: S2025/01282", "Uppdrag att mäta"),
        ("Utbildningar i grundskolanU2025/02147", "Utbildningar i grundskolan"),
        ("Remiss av SOU 2024:24 Ett skydd", "Remiss av SOU 2024:24 Ett skydd"),
    ],
)
def test_a_number_glued_to_the_title_is_no_part_of_it(printed: str, title: str) -> None:
    assert clean_title(printed) == title


SAMPLE = Path(__file__).parents[1] / "cases/metadata-sample.tsv"
_FACTS = ("kind", "dnr", "issuer", "addressee", "concerns", "title")


def sample() -> list[dict[str, str]]:
    rows = [line.split("\t") for line in SAMPLE.read_text(encoding="utf-8").splitlines()[1:]]
    return [dict(zip(rows[0], row, strict=True)) for row in rows[1:]]


@pytest.mark.parametrize("row", sample(), ids=lambda row: row["head"][:40])
def test_facts_of_pages_read_by_hand(tmp_path: Path, row: dict[str, str]) -> None:
    """Titles and one sentence each of pages of the Government's site; "" is not stated."""
    path = tmp_path / "sida.md"
    path.write_text(f"# {row['head']}\n\n{row['sentence']}\n", encoding="utf-8")
    document = read_document(path)
    assert {name: document.get(name) or "" for name in _FACTS} == {n: row[n] for n in _FACTS}


def test_the_sample_holds_forty_pages() -> None:
    assert len(sample()) == 40


def test_a_directive_whose_number_is_glued_to_its_title(tmp_path: Path) -> None:
    path = tmp_path / "dir.md"
    path.write_text("# Tilläggsdirektiv till GigabitutredningenDir. 2025:47\n\nTiden förlängs.\n")
    document = read_document(path)
    assert document.title == "Tilläggsdirektiv till Gigabitutredningen"
    assert document.get("number") == "Dir. 2025:47"


TITLES = [
    # A title over its text without an empty line between.
    ("Regeringsbeslut 7\n2004-12-16\nMiljödepartementet\n\nStatens vattenverk\n111 11 BORÅS\n\nRegleringsbrev för budgetåret 2005 avseende Statens vattenverk\nRiksdagen har beslutat om verksamheten för Statens vattenverk för\nbudgetåret 2005 (prop. 2004/05:1).\nRegeringen beslutar att följande skall gälla under budgetåret 2005.\n\nVERKSAMHET\nMål\nVattnet skall vara rent i alla delar av landet och under hela året.\n", "Regleringsbrev för budgetåret 2005 avseende Statens vattenverk"),
    ("Regeringsbeslut II:3\n2021-04-22\nMiljödepartementet\nBoverket\nUppdrag till Boverket och Lantmäteriet om en gemensam karta över brunnar\nRegeringens beslut\nRegeringen ger Boverket i uppdrag att tillsammans med Lantmäteriet ta fram en\nkarta över brunnar. Uppdraget ska redovisas senast den 1 mars 2022.\n", "Uppdrag till Boverket och Lantmäteriet om en gemensam karta över brunnar"),
    # The number of terms of reference on the last line of the title.
    ("Kommittédirektiv\n\nRent vatten i enskilda brunnar Dir.\n2018:33\n\nBeslut vid regeringssammanträde den 3 maj 2018\n\nSammanfattning\n\nEn särskild utredare ska se över vattnet.\n\nUppdraget att mäta\n\nUtredaren ska mäta vattnet i landets brunnar.\n", "Rent vatten i enskilda brunnar"),
    # What the paper is, over its title.
    ("En granskningsrapport från Riksrevisionen\n\nVattnet i landets brunnar – vem mäter det\n\nSammanfattning och rekommendationer\n\nRiksrevisionen har granskat hur vattnet mäts i landets brunnar och vem som gör det.\n", "Vattnet i landets brunnar – vem mäter det"),
    ("Ministry of Rural Waters\n\nNational Action Plan on Clean Wells\n2021–2024\n\nPublished by the Ministry of Rural Waters, Elmstad\n\n1. Introduction\n\nThis plan tells how the wells of the country will be made clean again.\n", "National Action Plan on Clean Wells 2021–2024"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "title"), TITLES)
def test_title(tmp_path: Path, text: str, title: str) -> None:
    assert read(tmp_path, text).title == title


def test_a_title_is_not_cut_inside_columns(tmp_path: Path) -> None:
    """ "Dir." beside the first of two lines: what stands before it is half a title."""
    text = "Kommittédirektiv\n\nRent vatten i enskilda Dir.\nbrunnar på landet 2018:33\n\nBeslut vid regeringssammanträde den 3 maj 2018\n\nText."
    assert read(tmp_path, text).title != "Rent vatten i enskilda"


def test_a_letterhead_of_columns_names_no_body(tmp_path: Path) -> None:
    text = "Yttrande\nLänsstyrelsen        Datum\nVärends län          2021-03-02\n\nYttrande över promemorian Rena brunnar\n\nLänsstyrelsen i Värends län, tillstyrker förslaget. Länsstyrelsen anser att tiden är rimlig."
    assert read(tmp_path, text).get("issuer") != "Länsstyrelsen Datum"


def test_a_faculty_is_told_with_its_university(tmp_path: Path) -> None:
    text = "YTTRANDE\n\nYttrande över promemorian Rena brunnar\n\nJuridiska fakultetsnämnden vid Värends universitet har fått tillfälle att yttra sig. Fakultetsnämnden tillstyrker förslaget. Fakultetsnämnden anser att tiden är rimlig."
    assert (
        read(tmp_path, text).get("issuer") == "Juridiska fakultetsnämnden vid Värends universitet"
    )


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("Handlingsplan\n\nMaj 2021\n\nNationell handlingsplan för rena brunnar\n\nPlanen syftar till att rena brunnar.", "2021-05"),
        ("National Action Plan on Clean Wells\n\n4 May 2021\n\nThis plan tells how the wells will be made clean.", "2021-05-04"),
        ("National Action Plan on Clean Wells\n\nThe wells were bad on\n4 May 2021, they said.\n\nThis plan tells of wells.", None),
    ],
)  # fmt: skip
def test_date_of_a_plan(tmp_path: Path, text: str, date: str | None) -> None:
    assert read(tmp_path, text).get("date") == date
