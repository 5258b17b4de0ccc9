"""Layouts of plans and replies beyond one heading a measure and one sentence a stance."""

from collections.abc import Callable
from datetime import date

import pytest

from rodtrad.datamodel import Document, Measure
from rodtrad.statements import Origin, Statements, reports_among, with_state
from rodtrad.statements.splitting import split_demand, split_english
from rodtrad.statements.versions import is_told

Read = Callable[..., tuple[Document, Statements]]


def _plan(read: Read, body: str, **values: str) -> dict[str, Measure]:
    text = f"Handlingsplan för stöd 2024–2026\n\nAntagen 2024-03-01\n\n{body}"
    _, found = read(text, **{"kind": "handlingsplan", **values})
    return {m.title: m for m in found.measures}


FORM = """Åtgärder

Åtgärd A1
Rutiner i skolan
Skolan inför rutiner för att upptäcka våld.
Ansvarig: Region Skåne
Samverkan: Polismyndigheten, Stödkontoret
Klart: 31 december 2025
Kostnad: 200 000 kr

Åtgärd A2
Utbildning
Personalen utbildas varje år.
Ansvarig: Samtliga
Klart: löpande
"""


def test_labelled_lines_under_a_heading_are_its_fields(read: Read) -> None:
    plan = _plan(read, FORM, issuer="Region Skåne")
    assert list(plan) == ["Rutiner i skolan", "Utbildning"]
    first = plan["Rutiner i skolan"]
    assert first.agencies == ("Region Skåne",)
    assert first.other_agencies == ("Polismyndigheten", "Stödkontoret")
    assert [(d.kind, d.date) for d in first.deadlines] == [("genomförande", "2025-12-31")]
    assert [a.value for a in first.amounts] == [200000]
    assert plan["Utbildning"].agencies == ()


RECORDS = """Åtgärder

Åtgärd 1      Vägledning om inköp av lekmaterial
Beskrivning   Verket tar fram en vägledning med förslag på krav som
              kommunerna kan ställa.
Ansvarig      Avdelningen Tillsyn
Samverkan     Boverket, Tullverket
Klart         31 december 2025
Budget        900 000 kr

Åtgärd 2      Kontroll av varor
Beskrivning   Inspektörerna kontrollerar tvåhundra varor hos importörer.
Ansvarig      Avdelningen Tillsyn
Samverkan     –
Klart         30 juni 2026
Budget        2,1 mnkr

Kemikalieinspektionen följer upp planen.
"""


def test_labels_and_values_in_two_columns_are_records_of_the_agency(read: Read) -> None:
    plan = _plan(read, RECORDS, issuer="Kemikalieinspektionen")
    assert list(plan) == ["Vägledning om inköp av lekmaterial", "Kontroll av varor"]
    assert {m.agencies for m in plan.values()} == {("Kemikalieinspektionen",)}
    assert [d.date for m in plan.values() for d in m.deadlines] == ["2025-12-31", "2026-06-30"]
    assert plan["Kontroll av varor"].other_agencies == ()


WRAPPED = """Åtgärder

Nr   Vad                                  Vem                       När
1    Utbilda medarbetare i första         Humanistiska nämnden      2025-06-30
     hjälpen till psykisk hälsa           Välfärdsnämnden
2    Sätta upp stängsel på bron.          Samhällsbyggnadsnämnden   2025-10-31
     Kostnad 1,2 mnkr.
3    Ta fram rutin för efterlevande       Välfärdsnämnden i sam-    2024-12-31
                                          verkan med regionen
"""


def test_cells_that_go_on_in_the_next_line_stay_in_their_row(read: Read) -> None:
    plan = list(_plan(read, WRAPPED, issuer="Ekeboda kommun").values())
    assert [m.id for m in plan] == ["1", "2", "3"]
    assert plan[0].title == "Utbilda medarbetare i första hjälpen till psykisk hälsa"
    assert [m.agencies for m in plan] == [
        ("Humanistiska nämnden", "Välfärdsnämnden"),
        ("Samhällsbyggnadsnämnden",),
        ("Välfärdsnämnden",),
    ]
    assert [m.deadlines[0].date for m in plan] == ["2025-06-30", "2025-10-31", "2024-12-31"]


MUNICIPAL = """Åtgärder

Nr  Åtgärd                           Ansvarig                  Samverkan               Klart

1   Åtgärda enkelt avhjälpta         Teknik- och               Myndigheten för         2025-06-30
    hinder i lokalerna               klimatnämnden             delaktighet

2   Fler praktikplatser för          Socialnämnden             Arbetsförmedlingen,     2025-12-31
    personer med                     och Kommunstyrelsen       Försäkringskassan
    funktionsnedsättning

                                     Summa:                    7 375 tkr
"""


def test_names_over_two_lines_of_a_cell_are_whole(read: Read) -> None:
    plan = _plan(read, MUNICIPAL, issuer="Ekeboda kommun")
    assert list(plan) == [
        "Åtgärda enkelt avhjälpta hinder i lokalerna",
        "Fler praktikplatser för personer med funktionsnedsättning",
    ]
    first, second = plan.values()
    assert first.agencies == ("Teknik- och klimatnämnden",)
    assert first.other_agencies == ("Myndigheten för delaktighet",)
    assert second.agencies == ("Socialnämnden", "Kommunstyrelsen")
    assert second.other_agencies == ("Arbetsförmedlingen", "Försäkringskassan")


RUN_IN = """5 Åtgärder

Åtgärd 1 Tillsyn över leksaker. Konsumentverket får i uppdrag att kontrollera leksaker. Uppdraget
ska redovisas senast den 28 februari 2026.

Åtgärd 2 Vägledning till kommunerna. Naturvårdsverket ges i uppdrag att ta fram en vägledning.
"""


def test_measures_numbered_in_running_text_need_no_stop_behind_the_number(read: Read) -> None:
    plan = _plan(read, RUN_IN, issuer="Regeringen")
    assert [m.agencies for m in plan.values()] == [("Konsumentverket",), ("Naturvårdsverket",)]
    assert not any(title.startswith("Åtgärd ") for title in plan)


DUTIES = """Insatsområden

1. Förebygga

– Fritidsnämnden ansvarar för att ledare utbildas. Klart 2025-06-30.
– Skolnämnden ska erbjuda undervisning om samtycke.

2. Skydda

– Socialnämnden får i uppdrag att inrätta ett boende.
"""


def test_points_that_lay_a_duty_are_measures_of_those_they_name(read: Read) -> None:
    plan = _plan(read, DUTIES, issuer="Ekeboda kommun")
    assert [m.agencies for m in plan.values()] == [
        ("Fritidsnämnden",),
        ("Skolnämnden",),
        ("Socialnämnden",),
    ]


def test_two_points_are_tasks_of_a_section_not_measures(read: Read) -> None:
    body = DUTIES.partition("2. Skydda")[0]
    assert len(_plan(read, body, issuer="Ekeboda kommun")) < 2


BOLD = """# Strategi

## Åtgärdsplan

### Kunskap

**Regeringen har gett Socialstyrelsen i uppdrag att kartlägga stödet.** Uppdraget ska redovisas
senast den 1 mars 2025.

**Regeringen har avsatt 40 miljoner kronor** till ideella organisationer.
"""


@pytest.mark.parametrize(("text", "count"), [(BOLD, 2), (BOLD.replace("**", ""), 1)])
def test_paragraphs_that_begin_in_bold_are_one_measure_each(
    text: str, count: int, read: Read
) -> None:
    _, found = read(text, suffix=".md", kind="handlingsplan", issuer="Regeringen")
    assert len(found.measures) == count


ENGLISH = """National plan

2. Actions

Action 1. Joint inspections
The Swedish Work Environment Authority is instructed to inspect with the Swedish Police Authority.
It acts together with the Swedish Tax Agency.
It is to be reported to the Government Offices by 28 February 2025.
Funding: SEK 10 million per year.

Action 2. Inquiry on licensing
The Government will appoint an inquiry chair. The inquiry is to present its report by 1 May 2025.
"""


def test_a_plan_in_english(read: Read) -> None:
    _, found = read(ENGLISH, kind="handlingsplan", issuer="Regeringen", language="en")
    first, second = found.measures
    assert (first.type, second.type) == ("uppdrag", "utredning")
    assert first.agencies == ("Arbetsmiljöverket",)
    assert first.other_agencies == ("Skatteverket", "Regeringskansliet")
    assert [(d.kind, d.date) for d in first.deadlines] == [("redovisning", "2025-02-28")]
    assert [a.value for a in first.amounts] == [10000000]
    assert second.state == "föreslagen"


@pytest.mark.parametrize(
    ("sentence", "flag", "dates"),
    [
        ("senast den 31 november 2025", "den 31 november 2025: dagen finns inte i kalendern", []),
        ("senast den 30 november 2025", None, ["2025-11-30"]),
        ("kvartalsvis", "återkommande redovisning utan dag: kvartalsvis", []),
    ],
)
def test_a_day_that_does_not_exist_is_told_not_moved(
    sentence: str, flag: str | None, dates: list[str], read: Read
) -> None:
    order = f"Rådet ska kartlägga stödet. Uppdraget ska redovisas {sentence}."
    body = f"1 Åtgärder\n\n1.1 Uppdrag om stöd\n\n{order}\n"
    (measure,) = _plan(read, body).values()
    assert [d.date for d in measure.deadlines] == dates
    assert measure.flags == ((flag,) if flag else ())


LISTED = """Yttrande över betänkandet Ett skydd (SOU 2024:1)

Vi tillstyrker:
• att kommunen får ansvaret (avsnitt 7.3), under förutsättning att medel ges,
• ett nytt register.

Vi tillstyrker förslaget om vite av följande skäl:
• det är billigt,
• det är enkelt.

Vi saknar:
• ett barnperspektiv.
"""


def test_a_stand_over_a_list_is_one_stance_a_point(read: Read) -> None:
    _, found = read(LISTED, kind="remissvar", issuer="Föreningen Väst")
    told = [(s.stance, s.target, s.condition) for s in found.stances]
    assert told == [
        (
            "tillstyrker under villkor",
            "att kommunen får ansvaret (avsnitt 7.3)",
            "medel ges",
        ),
        ("tillstyrker", "ett nytt register", None),
        ("tillstyrker", "förslaget om vite av följande skäl", None),
    ]
    assert [r.parts for r in found.recommendations] == [("Vi saknar: ett barnperspektiv.",)]


def test_members_and_committees_are_not_the_body(read: Read) -> None:
    text = (
        "Yttrande över betänkandet Ett skydd (SOU 2024:1)\n\nBeredning\n\nSocialnämnden avstyrker "
        "förslaget om vite.\n\nVåra synpunkter\n\nStaden tillstyrker förslaget om register.\n\n"
        "Reservation anfördes av Bo Ek (V) enligt följande.\nVi avstyrker hela betänkandet.\n"
    )
    _, found = read(text, kind="remissvar", issuer="Ekeboda stad")
    assert [s.stance for s in found.stances] == ["tillstyrker"]


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("Rådet föreslår att A samlas och att B sänks.", 2),
        ("Rådet föreslår att A samlas och sänks.", 0),
    ],
)
def test_what_and_that_joins_is_told_in_parts(text: str, parts: int) -> None:
    assert len(split_demand(text)) == parts


def test_a_list_inside_a_list_belongs_to_its_point() -> None:
    lead = "Recommends that the authorities:"
    points = ["- ensure access by:", "• seizing assets;", "- strengthen guardianship."]
    assert len(split_demand(lead, points)) == 2
    both = "The Committee recommends that the State party act, and encourages it to withdraw."
    assert split_english(both)[1] == "The Committee encourages it to withdraw."


def test_reports_change_the_state_of_what_they_answer(read: Read) -> None:
    body = (
        "1 Åtgärder\n\n1.1 Uppdrag om stöd\n\nSocialstyrelsen ska kartlägga stödet (S2024/00711). "
        "Uppdraget ska delredovisas senast den 1 mars 2025 och slutredovisas senast "
        "den 1 mars 2026.\n"
    )
    (measure,) = _plan(read, body).values()
    part = Origin("redovisning", "2025-02-27", answers=("S2024/00711",), partly=True)
    final = Origin("redovisning", "2026-02-20", answers=("S2024/00711",))
    for day, state in (
        (date(2025, 2, 1), "beslutad"),
        (date(2025, 6, 1), "delredovisad"),
        (date(2026, 6, 1), "redovisad"),
    ):
        reports = reports_among([part, final], as_of=day)
        assert with_state(measure, as_of=day, reports=reports).state == state
    assert with_state(measure, as_of=date(2026, 6, 1)).state == "passerad"


def test_a_dropped_task_is_not_told_by_words_that_only_begin_alike(read: Read) -> None:
    body = (
        "1 Åtgärder\n\n1.1 Uppdrag om stöd\n\nRegeringen har gett Socialstyrelsen i uppdrag att ta "
        "fram ett kunskapsstöd till personal i boenden för barn.\n"
    )
    (measure,) = _plan(read, body).values()
    assert is_told("ta fram ett kunskapsstöd till personal", measure)
    assert not is_told("utbilda socialtjänstens personal i samtal med barn", measure)


JOINED = """Åtgärder mot buller

Område A: Trafik

Aktivitet: Mäta bullret vid samtliga skolor och förskolor i kommunens tätorter
Ansvarig: Miljönämnden
Tidplan: 2024-09-01–2025-05-31

Aktivitet: Sätta upp bullerskydd längs genomfarten och vid kommunens äldreboenden
Ansvarig: Tekniska nämnden
Tidplan: löpande
"""


def test_labels_whose_lines_were_joined_begin_lines_again(read: Read) -> None:
    plan = _plan(read, JOINED, issuer="Ljungby kommun")
    assert [(m.agencies, [d.date for d in m.deadlines]) for m in plan.values()] == [
        (("Miljönämnden",), ["2025-05-31"]),
        (("Tekniska nämnden",), []),
    ]


NUMBERED = """1. Utgångspunkter

1a. Läget i dag. Elsäkerhetsverket har sett att tillsynen brister.

1b. Kunskap. Det finns rapporter.

2. Åtgärder

2a. Nya rutiner. Tillsynsavdelningen skriver rutiner för besök. Klart 2025-05-31.

2b. Webbkurs. (Genomförd 2023.) Kursen finns på webben.

2c. Samråd med branschen. Möten hålls varje år. Ansvar: enheten för tillsyn.
"""


def test_numbered_titles_in_the_text_are_measures_under_a_heading_of_measures(read: Read) -> None:
    plan = _plan(read, NUMBERED, issuer="Elsäkerhetsverket")
    assert [(m.id, m.title, m.agencies) for m in plan.values()] == [
        ("2a", "Nya rutiner", ("Elsäkerhetsverket",)),
        ("2c", "Samråd med branschen", ("Elsäkerhetsverket",)),
    ]


TITLED = """Mål 1. Trygga skolor

1a. Se över belysningen
Vi går igenom alla skolgårdar.
Ansvarig:    Fastighetsnämnden
Klart:       2025-05-31

1b. Utbilda personalen
Alla får en kurs.
Ansvarig:    Skolnämnden

1c. Läget i dag
Skolorna är nöjda.

Mål 2. Lugna torg

2a. Fler värdar
Värdar går på torgen.
Ansvarig:    Kommunstyrelsen
"""


def test_numbered_titles_with_who_is_responsible_are_measures_anywhere(read: Read) -> None:
    plan = _plan(read, TITLED, issuer="Ljungby kommun")
    assert [(m.id, m.title, m.agencies) for m in plan.values()] == [
        ("1a", "Se över belysningen", ("Fastighetsnämnden",)),
        ("1b", "Utbilda personalen", ("Skolnämnden",)),
        ("2a", "Fler värdar", ("Kommunstyrelsen",)),
    ]


LEADS = """Actions

Action 1: A common register

Lead: Swedish Tax Agency
Timeframe: 30 June 2025
The agency sets up a register of labour providers and helps others to search it.

Action 2: Guidance

The Swedish Work Environment Authority will, together with others, write guidance.
"""


def test_a_labelled_line_right_below_a_title_is_no_measure_itself(read: Read) -> None:
    _, found = read(f"# National Action Plan 2024–2026\n\n{LEADS}", kind="handlingsplan")
    assert [(m.title, m.agencies) for m in found.measures] == [
        ("A common register", ("Skatteverket",)),
        ("Guidance", ("Arbetsmiljöverket",)),
    ]


def test_a_heading_of_a_group_with_nothing_below_is_no_measure(read: Read) -> None:
    body = "# Åtgärder\n\n## Skolan\n\n## Rutiner\n\nSkolverket ska skriva rutiner.\n"
    assert list(_plan(read, body, suffix=".md")) == ["Rutiner"]


LABELLED_POINTS = """Insatsområden

Kunskap
- Alla lärare ska gå kursen.
  Ansvar: förvaltningscheferna
  Tid: senast december 2022
- Elevhälsan utbildas i samtal.
  Ansvar: skolförvaltningen
  Tid: 2023-05-31

Samverkan
- En rutin för samråd tas fram.
  Ansvar: socialförvaltningen tillsammans med Polismyndigheten
  Tid: 2022-10-01

Uppföljning
Planen följs upp årligen.
"""
ONE_LINE = """# Utvecklingsområden

## 1. Bemötande

### Aktiviteter

1.1 Analysera statistiken per kön. Ansvarig: Avdelningen Kontroll. Klart: 30 juni 2026.
1.2 Skriva en vägledning. Ansvarig: Rättsavdelningen. Klart: 31 december 2026.

## 2. Rekrytering

### Aktiviteter

2.1 Se över kraven. Ansvarig: HR-avdelningen.
"""


def test_points_that_end_in_labels_are_records(read: Read) -> None:
    plan = _plan(read, LABELLED_POINTS, issuer="Sandby kommun")
    assert [(m.title, m.agencies, m.other_agencies) for m in plan.values()] == [
        ("Alla lärare ska gå kursen", ("Förvaltningscheferna",), ()),
        ("Elevhälsan utbildas i samtal", ("Skolförvaltningen",), ()),
        ("En rutin för samråd tas fram", ("Socialförvaltningen",), ("Polismyndigheten",)),
    ]


def test_records_on_one_line_under_a_heading_of_activities(read: Read) -> None:
    plan = _plan(read, ONE_LINE, issuer="Sandby kommun", suffix=".md")
    assert [(m.id, m.title, m.agencies) for m in plan.values()] == [
        ("1.1", "Analysera statistiken per kön", ("Avdelningen Kontroll",)),
        ("1.2", "Skriva en vägledning", ("Rättsavdelningen",)),
        ("2.1", "Se över kraven", ("HR-avdelningen",)),
    ]


REGIONAL = """Åtgärder

Åtgärd 1.1 Stängsel vid broar
Trafikverket och länets kommuner inventerar broar. Arbetet ska vara klart senast den 31 maj 2025.

Åtgärd 1.2 Läkemedel
Vårdcentralerna går igenom läkemedel.
"""


def test_a_number_with_a_point_stays_whole_and_a_region_does_not_do_what_others_do(
    read: Read,
) -> None:
    plan = _plan(read, REGIONAL, issuer="Region Blekinge")
    assert [(title, m.agencies) for title, m in plan.items()] == [
        ("Stängsel vid broar", ("Trafikverket",)),
        ("Läkemedel", ()),
    ]


@pytest.mark.parametrize(
    ("sentence", "told"),
    [
        (
            "Regeringen avser att uppdra åt Skogsstyrelsen att ta fram indikatorer.",
            {"ta fram indikatorer": ("Skogsstyrelsen",)},
        ),
        ("Regeringen gav 2015 Skogsstyrelsen i uppdrag att ta fram indikatorer.", {}),
        ("Regeringen avser att följa utvecklingen.", {}),
    ],
)
def test_a_plan_of_running_text_gives_what_it_orders(
    sentence: str, told: dict[str, tuple[str, ...]], read: Read
) -> None:
    plan = _plan(read, f"Skogen är viktig för landet. {sentence}", issuer="Regeringen")
    assert {title: m.agencies for title, m in plan.items()} == told


def test_a_numbered_measure_may_be_an_evaluation(read: Read) -> None:
    body = "Measure 1: Evaluation of the ban\n\nAn inquiry will be appointed to evaluate the ban.\n"
    text = (
        f"National Action Plan 2024–2026\n\n{body}\nMeasure 2: Guidance\n\nThe Swedish Tax Agency"
    )
    _, found = read(f"{text} will write guidance.\n", kind="handlingsplan")
    assert [m.title for m in found.measures] == ["Evaluation of the ban", "Guidance"]


STYLE = """1. Behandling

1a. Anpassat program
Verket tar fram ett program. Programmet ska vara klart senast den 30 juni 2023.

1b. Kurs
Alla går en kurs. Ansvarig: HR-avdelningen. Klart 2022-12-31.

2. Frigivning

2a. Läget i dag
Bostäder saknas.

2b. Barn
Rum målas om. Ansvarig: Fastighetsenheten. Klart 2024-12-31.

2c. Samtal
Pågår sedan 2019 och ska utvärderas senast den 1 maj 2023.
"""
THEMES = """# Handlingsplan för barn 2018–2020

## Mål 1. Barn känner till sina rättigheter

Kunskapen är grunden.

- Skolnämnden ska ta fram en temavecka.
- Kulturnämnden översätter en folder.

## Mål 2. Beslut prövas

- Kommunstyrelsen inför en mall senast 2018-10-01.
- (Redan påbörjad) Arbetet med närvaro fortsätter.
- fler barn i kö
"""
PROSE = """# En strategi för skärgården

## 2.1 Boende

Priserna är höga. Boverket ska ta fram ett stöd om tomträtt senast den 28 april 2017.

## 2.2 Post

Post- och telestyrelsen ska enligt sin instruktion följa läget. Priset höjs den 1 maj 2017.
"""


def test_a_plan_that_numbers_its_measures_does_so_without_labels_too(read: Read) -> None:
    plan = _plan(read, STYLE, issuer="Kriminalvården")
    assert [m.id for m in plan.values()] == ["1a", "1b", "2b"]


def test_points_under_a_numbered_theme_are_measures_where_they_say_what_is_done(
    read: Read,
) -> None:
    _, found = read(THEMES, kind="handlingsplan", issuer="Sandby kommun", suffix=".md")
    assert [m.title for m in found.measures] == [
        "Skolnämnden ska ta fram en temavecka",
        "Kulturnämnden översätter en folder",
        "Kommunstyrelsen inför en mall senast 2018-10-01",
    ]


def test_a_section_of_prose_that_orders_by_a_day_is_a_measure_a_standing_duty_none(
    read: Read,
) -> None:
    _, found = read(PROSE, kind="strategi", issuer="Regeringen", suffix=".md")
    assert [(m.id, m.agencies) for m in found.measures] == [("2.1", ("Boverket",))]


def test_an_office_acts_with_any_verb_and_who_is_consulted_does_not(read: Read) -> None:
    body = "# Åtgärder\n\n- Kultur- och fritidsnämnden översätter en folder.\n"
    plan = _plan(
        read,
        body + "- Socialnämnden anställer en värd.\n- Kommunstyrelsen inför en mall.\n",
        issuer="Sandby kommun",
        suffix=".md",
    )
    assert [m.agencies for m in plan.values()] == [
        ("Kultur- och fritidsnämnden",),
        ("Socialnämnden",),
        ("Kommunstyrelsen",),
    ]
    text = (
        "Actions\n\nAction 1: Guidance\n\nThe Swedish Tax Agency will be consulted on guidance.\n"
    )
    _, found = read(f"# National Action Plan 2024–2026\n\n{text}", kind="handlingsplan")
    assert [m.agencies for m in found.measures if "Skatteverket" in m.agencies] == []
