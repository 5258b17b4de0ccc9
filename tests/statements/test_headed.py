"""Assignments under headings of their own, in decisions and letters of appropriation."""

from collections.abc import Callable

import pytest

from rodtrad.datamodel import Document
from rodtrad.statements import Statements

Read = Callable[..., tuple[Document, Statements]]


TWO = """# Insatser mot hedersvåld

## Regeringens beslut

{opening}

### Uppdrag till Socialstyrelsen

Socialstyrelsen ska sprida stöd till kommunerna. Polismyndigheten ska lämna det biträde som behövs.

### {second}

Skolverket ska utbilda rektorer. Myndigheten tilldelas 2 000 000 kronor.

### Redovisning

Uppdragen ska redovisas till regeringen senast den 1 mars 2024.
"""
OPEN = "Regeringen beslutar om följande uppdrag."


def test_two_headed_assignments_are_two_with_a_common_report(read: Read) -> None:
    _, found = read(
        TWO.format(opening=OPEN, second="Uppdrag till Statens skolverk"),
        kind="regeringsbeslut",
        issuer="Regeringen",
        suffix=".md",
    )
    told = [(m.agencies, m.other_agencies, [a.value for a in m.amounts]) for m in found.measures]
    assert told == [
        (("Socialstyrelsen",), ("Polismyndigheten",), []),
        (("Statens skolverk",), (), [2000000]),
    ]
    assert [[d.date for d in m.deadlines] for m in found.measures] == [["2024-03-01"]] * 2


@pytest.mark.parametrize(
    ("opening", "second"),
    [
        # The assignment is given above: the headings only divide it.
        ("Regeringen uppdrar åt Socialstyrelsen att stödja skolan.", "Uppdrag till Skolverket"),
        (OPEN, "Uppdrag till Socialstyrelsen"),
        (OPEN, "Närmare om uppdraget"),
    ],
)
def test_headings_that_divide_one_assignment_make_one(
    opening: str, second: str, read: Read
) -> None:
    text = TWO.format(opening=opening, second=second)
    _, found = read(text, kind="regeringsbeslut", issuer="Regeringen", suffix=".md")
    assert [set(m.agencies) for m in found.measures] == [{"Socialstyrelsen", "Statens skolverk"}]
    assert found.measures[0].other_agencies[:1] == ("Polismyndigheten",)


LETTER = """Regleringsbrev för budgetåret 1999 avseende Statens kulturråd

Regeringen beslutar att följande skall gälla för Statens kulturråd.

1. VERKSAMHET

1.1 Återrapportering
{reports}

1.2 Uppdrag

1. Läsning
Kulturrådet skall kartlägga bibliotekens uppsökande arbete i alla delar av landet under perioden.

2. Teater
Kulturrådet skall se över stödet till fria grupper. Uppdraget skall redovisas den 1 juni 1999.

2. {capitals}
Kulturrådet skall hålla sina utgifter inom den ram som regeringen beslutat för budgetåret.

3. FINANSIERING

3.1 Anslag
Kulturrådet skall redovisa utgifterna.
"""


def _letter(read: Read, *, reports: str, capitals: str) -> list[str]:
    text = LETTER.format(reports=reports, capitals=capitals)
    _, found = read(text, kind="regleringsbrev", issuer="Regeringen")
    return [m.id for m in found.measures]


@pytest.mark.parametrize(
    ("reports", "capitals", "ids"),
    [
        (
            "Mål: Stödet skall nå alla.\nÅterrapportering: Rådet skall redovisa vilka det når.",
            "VILLKOR",
            ["rådet-skall-redovisa-vilka-det-når", "1.2.1", "1.2.2"],
        ),
        # A goal alone asks for nothing.
        ("Mål: Stödet skall nå alla.", "VILLKOR", ["1.2.1", "1.2.2"]),
    ],
)
def test_points_count_on_and_goals_are_none(
    reports: str, capitals: str, ids: list[str], read: Read
) -> None:
    assert _letter(read, reports=reports, capitals=capitals) == ids


def test_a_chapter_in_capitals_ends_a_point_and_may_order_itself(read: Read) -> None:
    found = _letter(read, reports="Mål: Allt.", capitals="ORGANISATIONSSTYRNING")
    assert found[:2] == ["1.2.1", "1.2.2"]
    assert len(found) == 3


def test_a_sentence_that_only_points_to_the_headings_gives_nothing_itself(read: Read) -> None:
    opening = "Regeringen beslutar om uppdrag till Socialstyrelsen och Skolverket enligt nedan."
    text = TWO.format(opening=opening, second="Uppdrag till Skolverket")
    _, found = read(text, kind="regeringsbeslut", issuer="Regeringen", suffix=".md")
    assert [m.agencies for m in found.measures] == [("Socialstyrelsen",), ("Statens skolverk",)]


POINTS = """# Regleringsbrev för budgetåret 2010 avseende Brottsförebyggande rådet

## Uppdrag

{points}

## FINANSIERING
"""


@pytest.mark.parametrize(
    ("points", "titles", "others"),
    [
        (
            "1. Hatbrott. Rådet ska tillsammans med Rikspolisstyrelsen förbättra statistiken.\n\n"
            "2. Rådet ska utvärdera lagen.",
            ["Hatbrott", "Rådet ska utvärdera lagen"],
            ("Rikspolisstyrelsen",),
        ),
        (
            "1. Rådet ska tillsammans med Rikspolisstyrelsen se över stödet.\n2. Rådet ska mäta.",
            ["Rådet ska tillsammans med Rikspolisstyrelsen se över stödet", "Rådet ska mäta"],
            ("Rikspolisstyrelsen",),
        ),
        (
            "a) Rådet ska se över stödet.\n\nb) Rådet ska mäta.",
            ["Rådet ska se över stödet", "Rådet ska mäta"],
            (),
        ),
        # A list that a paragraph opens is that one's.
        (
            "Rådet ska redovisa\n\n1. antalet ärenden, och\n2. vilka insatser som ska göras.",
            ["Rådet ska redovisa"],
            (),
        ),
    ],
)
def test_points_of_a_list_are_assignments(
    points: str, titles: list[str], others: tuple[str, ...], read: Read
) -> None:
    text = POINTS.format(points=points)
    _, found = read(text, kind="regleringsbrev", issuer="Regeringen", suffix=".md")
    assert [m.title for m in found.measures] == titles
    assert found.measures[0].agencies == ("Brottsförebyggande rådet",)
    assert found.measures[0].other_agencies == others


LINES = """Regeringsbeslut
2011-04-07
IJ2011/680/JÄM

Insatser mot prostitution

Regeringens beslut

1. Uppdrag till Länsstyrelsen i Stockholms län att samordna arbetet
Regeringen uppdrar åt Länsstyrelsen i Stockholms län att samordna arbetet mot
prostitution på nationell nivå. Uppdraget ska redovisas senast den 31 mars 2012.

2. Uppdrag till Ungdomsstyrelsen {title}
Ungdomsstyrelsen får i uppdrag att ta fram ett metodmaterial om sexuell exploatering
bland unga. Uppdraget ska redovisas senast den 15 juni 2012.
"""


@pytest.mark.parametrize(
    ("title", "number"),
    # The second: a sentence that is broken where its line is full is no heading.
    [("att ta fram ett metodmaterial", 2), ("ska redovisas av den i samråd med berörda till", 1)],
)
def test_a_heading_right_over_its_sentence_parts_a_decision(
    title: str, number: int, read: Read
) -> None:
    _, found = read(LINES.format(title=title), kind="regeringsbeslut", issuer="Regeringen")
    assert len(found.measures) == number
    assert found.measures[0].agencies[0] == "Länsstyrelsen i Stockholms län"


REPORTS = """# Regleringsbrev för budgetåret 2012 avseende Brottsförebyggande rådet

## {heading}

{text}

## FINANSIERING
"""


@pytest.mark.parametrize(
    ("heading", "text", "titles"),
    [
        # A label on a line of its own: what is to be reached, then what is to be reported.
        (
            "Återrapportering",
            "Mål 2\n\nFler skall våga anmäla.\n\nÅterrapportering\n\n- Rådet skall redovisa"
            " antalet anmälningar.\n- Rådet skall redovisa väntetiden.",
            ["Rådet skall redovisa antalet anmälningar", "Rådet skall redovisa väntetiden"],
        ),
        # A paragraph about the task goes on with the one before.
        (
            "Uppdrag",
            "Rådet ska mäta otryggheten.\n\nUppdraget ska redovisas senast den 1 juni 2012.",
            ["Rådet ska mäta otryggheten"],
        ),
        # What only tells of the tasks below is none.
        ("Pågående uppdrag", "De uppdrag som nämns nedan kan redovisas vid annan tid.", []),
        # Under a bare subject each numbered duty is a measure.
        (
            "Uppdrag\n\n### Statistik",
            "1. Rådet ska redovisa antalet brott.\n\n2. Rådet ska redovisa antalet domar.",
            ["Rådet ska redovisa antalet brott", "Rådet ska redovisa antalet domar"],
        ),
        (
            "Uppdrag\n\n### Statistik",
            "Rådet ska redovisa antalet brott.\n\nRådet ska jämföra med år 2010.",
            ["Statistik"],
        ),
    ],
)
def test_labels_and_what_goes_on_in_a_letter(
    heading: str, text: str, titles: list[str], read: Read
) -> None:
    whole = REPORTS.format(heading=heading, text=text)
    _, found = read(whole, kind="regleringsbrev", issuer="Regeringen", suffix=".md")
    assert [m.title for m in found.measures] == titles


def test_days_in_a_list_are_of_the_year_of_the_letter_and_earlier_days_none(read: Read) -> None:
    text = (
        "Rådet ska lämna prognoser vid följande tillfällen (beslut den 3 mars 2011):\n\n"
        "den 18 januari,\n\nden 3 maj."
    )
    _, found = read(
        REPORTS.format(heading="Återrapportering", text=text),
        kind="regleringsbrev",
        issuer="Regeringen",
        suffix=".md",
    )
    assert [d.date for d in found.measures[0].deadlines] == ["2012-01-18", "2012-05-03"]


RUNNING = """# {title}

Regeringen uppdrar åt Socialstyrelsen att sammanställa kunskap om ensamhet.{first}

Regeringen uppdrar även åt {other} att sprida kunskapen. Socialstyrelsen ska bistå.{second}
"""
EACH = " Uppdraget ska redovisas senast den 1 mars 2024."


@pytest.mark.parametrize(
    ("title", "first", "second", "number"),
    [
        ("Insatser mot ensamhet", EACH, EACH, 2),
        # A page of news that tells of two.
        ("Myndigheter får nya uppgifter", "", "", 2),
        # One report: two tasks of one assignment.
        ("Uppdrag om ensamhet", "", EACH, 1),
        ("Uppdrag om ensamhet", "", " Uppdragen ska redovisas senast den 1 mars 2024.", 1),
    ],
)
def test_a_further_order_with_its_own_report_is_another_assignment(
    title: str, first: str, second: str, number: int, read: Read
) -> None:
    text = RUNNING.format(title=title, first=first, second=second, other="Folkhälsomyndigheten")
    _, found = read(text, kind="regeringsuppdrag", issuer="Regeringen", suffix=".md")
    told = [(m.agencies, m.other_agencies) for m in found.measures]
    assert len(told) == number
    if number > 1:
        assert told == [
            (("Socialstyrelsen",), ()),
            (("Folkhälsomyndigheten",), ("Socialstyrelsen",)),
        ]


NUMBERED_ORDERS = """# Uppdrag om bostäder för äldre

1. Regeringen uppdrar åt Socialstyrelsen att ta fram ett stöd. I arbetet ska Boverket rådfrågas.

2. Boverket ska särskilt redovisa antalet bostäder.

3. Kammarkollegiet ska betala ut 6 000 000 kronor till Socialstyrelsen.

## Närmare om uppdragen

Socialstyrelsen ska samråda med Pensionsmyndigheten.
"""


def test_numbered_orders_are_one_each_and_explained_where_their_agency_acts(read: Read) -> None:
    _, found = read(NUMBERED_ORDERS, kind="regeringsuppdrag", issuer="Regeringen", suffix=".md")
    assert [(m.agencies, m.other_agencies) for m in found.measures] == [
        (("Socialstyrelsen",), ("Boverket", "Pensionsmyndigheten")),
        (("Boverket",), ()),
        (("Kammarkollegiet",), ("Socialstyrelsen",)),
    ]


@pytest.mark.parametrize(
    ("sentence", "agencies"),
    [
        # Whose post of the budget it is has no part.
        (
            "Utgifterna ska belasta anslaget 1:5, anslagsposten 1 del till Kammarkollegiet.",
            ("Boverket",),
        ),
        ("Skogsstyrelsen ska tillfrågas.", ("Boverket",)),
        ("Skogsstyrelsen ska mäta.", ("Boverket", "Skogsstyrelsen")),
    ],
)
def test_who_acts_beside_the_one_ordered(
    sentence: str, agencies: tuple[str, ...], read: Read
) -> None:
    text = f"# Uppdrag om radon\n\nRegeringen uppdrar åt Boverket att mäta radon. {sentence}\n"
    _, found = read(text, kind="regeringsuppdrag", issuer="Regeringen", suffix=".md")
    assert found.measures[0].agencies == agencies


def test_the_number_of_an_assignment_that_this_one_adds_to_is_another_matter(read: Read) -> None:
    text = (
        "# Uppdrag om radon\n\nRegeringen uppdrar åt Boverket att mäta radon. Uppdraget"
        " kompletterar det uppdrag (N2016/05198/PBB) som regeringen tidigare gett.\n"
    )
    _, found = read(text, kind="regeringsuppdrag", issuer="Regeringen", suffix=".md")
    assert found.measures[0].dnr == ()
    assert found.measures[0].other_dnr == ("N2016/05198/PBB",)


def test_an_assignment_that_is_over_is_none_of_the_letter(read: Read) -> None:
    text = (
        "Rådet ska mäta otryggheten.\n\nRegeringen gav den 6 mars 2011 rådet i uppdrag att utreda"
        " ett register. Ärendet avslutas."
    )
    whole = REPORTS.format(heading="Uppdrag", text=text)
    _, found = read(whole, kind="regleringsbrev", issuer="Regeringen", suffix=".md")
    assert [m.text for m in found.measures] == ["Rådet ska mäta otryggheten."]


def test_a_letter_lists_assignments_in_a_table(read: Read) -> None:
    text = "| Uppdrag | Redovisas senast |\n|---|---|\n| Mäta otryggheten | 2012-04-29 |"
    whole = REPORTS.format(heading="Pågående uppdrag", text=text)
    _, found = read(whole, kind="regleringsbrev", issuer="Regeringen", suffix=".md")
    (measure,) = found.measures
    assert (measure.title, measure.agencies) == ("Mäta otryggheten", ("Brottsförebyggande rådet",))
    assert [d.date for d in measure.deadlines] == ["2012-04-29"]


@pytest.mark.parametrize(
    ("text", "agencies", "others"),
    [
        (
            "Regeringen uppdrar Boverket att mäta radon. En rapport om uppdraget till"
            " Regeringskansliet (Finansdepartementet) ska lämnas.",
            ("Boverket",),
            ("Regeringskansliet", "Finansdepartementet"),
        ),
        ("Slutrapportering av uppdraget ska ske av Boverket senast i maj.", ("Boverket",), ()),
        (
            "Boverket ska beakta de uppdrag som regeringen tidigare har gett Skogsstyrelsen.",
            ("Boverket",),
            (),
        ),
        (
            "Uppdraget att mäta radon, som regeringen nu gett till Boverket, omfattar även att"
            " lämna förslag.",
            ("Boverket",),
            (),
        ),
        (
            "Regeringen ger Kammarkollegiet i uppdrag att betala ut medel till Boverket.",
            ("Kammarkollegiet",),
            ("Boverket",),
        ),
    ],
)
def test_who_is_ordered_by_rarer_wordings(
    text: str, agencies: tuple[str, ...], others: tuple[str, ...], read: Read
) -> None:
    whole = f"# Uppdrag om radon\n\n{text}\n"
    _, found = read(whole, kind="regeringsuppdrag", issuer="Regeringen", suffix=".md")
    assert (found.measures[0].agencies, found.measures[0].other_agencies) == (agencies, others)


OLD_LETTER = """Regleringsbrev för budgetåret 1999 för Brottsförebyggande rådet

1 Återrapportering

Rådet skall redovisa antalet besök fördelat på länen.
Kostnaden per besök skall anges.

2 Uppdrag

Regeringen uppdrar åt rådet att pröva fri entré till samtliga utställningar.

3 Finansiering

Rådet får använda medlen.
"""


def test_a_line_right_below_that_names_nobody_goes_on_with_the_point(read: Read) -> None:
    _, found = read(OLD_LETTER, kind="regleringsbrev", issuer="Regeringen")
    assert [m.text for m in found.measures] == [
        "Rådet skall redovisa antalet besök fördelat på länen. Kostnaden per besök skall anges.",
        "Regeringen uppdrar åt rådet att pröva fri entré till samtliga utställningar.",
    ]


@pytest.mark.parametrize(
    ("text", "titles"),
    [
        # What is to be reported, without a verb, is one requirement.
        ("- antalet brott per län\n- andelen uppklarade brott", ["antalet brott per län"]),
        # Each task of the list has its own report.
        (
            "Rådet skall\n\na) lämna förslag till statistik senast den 1 mars 2012, och\n\n"
            "b) redovisa läget senast den 15 augusti 2012.",
            [
                "lämna förslag till statistik senast den 1 mars 2012",
                "redovisa läget senast den 15 augusti 2012",
            ],
        ),
        ("Rådet skall\n\na) lämna förslag, och\n\nb) redovisa läget.", ["Rådet skall"]),
    ],
)
def test_lists_of_what_is_to_be_reported(text: str, titles: list[str], read: Read) -> None:
    whole = REPORTS.format(heading="Återrapporteringskrav", text=text)
    _, found = read(whole, kind="regleringsbrev", issuer="Regeringen", suffix=".md")
    assert [m.title for m in found.measures] == titles


def test_points_with_and_without_titles_count_on(read: Read) -> None:
    text = (
        "1. Hatbrott. Rådet ska mäta hatbrotten.\n\n2. Rådet ska höra Polismyndigheten.\n\n"
        "3. Domar\n\nRådet ska redovisa\n\n1. antalet domar, och\n2. hur de ska följas."
    )
    whole = REPORTS.format(heading="Uppdrag", text=text)
    _, found = read(whole, kind="regleringsbrev", issuer="Regeringen", suffix=".md")
    assert [(m.id, m.title) for m in found.measures] == [
        ("1", "Hatbrott"),
        ("2", "Rådet ska höra Polismyndigheten"),
        ("3", "Domar"),
    ]


LISTED_ORDERS = """# Uppdrag om dricksvatten

Livsmedelsverket, Sveriges geologiska undersökning och Boverket ges följande uppdrag.

1. Livsmedelsverket ska förvalta mobila verk. Läget ska redovisas senast den 1 december 2023.

2. Sveriges geologiska undersökning ska peka ut magasin.

3. Livsmedelsverket samordnar rapporteringen.
"""


def test_numbered_orders_need_no_words_of_the_government(read: Read) -> None:
    _, found = read(LISTED_ORDERS, kind="regeringsuppdrag", issuer="Regeringen", suffix=".md")
    assert [(m.title, m.agencies) for m in found.measures] == [
        ("Uppdrag om dricksvatten", ("Livsmedelsverket",)),
        (
            "Sveriges geologiska undersökning ska peka ut magasin",
            ("Sveriges geologiska undersökning",),
        ),
        ("Livsmedelsverket samordnar rapporteringen", ("Livsmedelsverket",)),
    ]


LETTERED = """# Uppdrag om djurskydd

## Regeringens beslut

### A. Vägledning

Regeringen uppdrar åt Statens jordbruksverk att ta fram ett stöd. Stödet ska redovisas senast den
15 januari 2010.

### B. Försöksdjur

Vetenskapsrådet ska föreslå alternativ. Förslaget ska redovisas senast den 30 oktober 2009.

### C. Avskrivning

Begäran om medel föranleder ingen åtgärd.
"""


def test_lettered_headings_that_order_by_a_day_are_assignments(read: Read) -> None:
    _, found = read(LETTERED, kind="regeringsuppdrag", issuer="Regeringen", suffix=".md")
    told = [(m.title, m.agencies, [d.date for d in m.deadlines]) for m in found.measures]
    assert told == [
        ("Vägledning", ("Statens jordbruksverk",), ["2010-01-15"]),
        ("Försöksdjur", ("Vetenskapsrådet",), ["2009-10-30"]),
    ]


def test_a_goal_in_words_is_no_point_of_a_letter(read: Read) -> None:
    whole = REPORTS.format(heading="Uppdrag\n\n### Väntan", text="Målet är att ingen ska vänta.")
    _, found = read(whole, kind="regleringsbrev", issuer="Regeringen", suffix=".md")
    assert found.measures == ()
