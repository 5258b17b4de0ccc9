"""What should be done and what only is: a modal, its clause, its subject and its infinitive."""

from collections.abc import Callable

import pytest

from rodtrad.datamodel import Document
from rodtrad.statements import Statements
from rodtrad.statements.grammar.clauses import clauses_of
from rodtrad.statements.grammar.duties import MUST, SHOULD, is_own_duty
from rodtrad.statements.positions import stance_of
from rodtrad.statements.replies import reply_cue

Read = Callable[..., tuple[Document, Statements]]

OWN = frozenset({"nämnden", "vi"})

ASKS = [
    "Registret bör föras över till verket.",
    "Därför bör registret föras över.",
    "Nämnden anser att registret bör föras över.",
    "För att minska köerna bör registret föras över.",
    "Den del som avser avgifter bör utgå.",
    "Den som söker bör få besked inom en månad.",
    "En ny frist bör införas.",
    "Regeringen måste ändra villkoren.",
    "Begreppet behöver definieras i lagen.",
    "Det måste dock säkerställas att barnet hörs.",
    "Kommunerna måste kunna få stöd.",
    "Samverkan mellan myndigheterna måste stärkas.",
    "En plan behöver tas fram.",
    "Vi menar att övningar måste vara återkommande.",
]
TELLS = [
    "Det är frågor som bör prövas av domstol.",
    "Det är inte klart hur registret bör föras.",
    "Utredningen menar att registret bör föras över.",
    "Verket har i en rapport framhållit att registret bör föras över.",
    "Förslaget innebär att kommunerna måste anställa.",
    "Många barn bör slippa byta skola.",
    "Övningar måste vara återkommande för att ge nytta.",
    "En liten kommun behöver lösa det på annat sätt.",
    "Den som är på plats måste kunna besluta.",
    "Information måste ges flera gånger.",
    "Föraren måste vara nykter.",
    "En sådan kostnad måste någon betala.",
    "Kommunerna måste enligt dagens regler svara inom en månad.",
    "Den enskilde måste själv ansöka.",
    "De ska få det stöd de behöver.",
    "Frågan är om stödet bör vara kvar.",
    "Nämnden har övervägt om stödet bör vara kvar.",
    "Skogsverket gör gällande att samrådet bör kortas.",
    "Polisen har framfört att sekretessen bör lättas.",
]


@pytest.mark.parametrize("sentence", ASKS)
def test_a_duty_is_asked_for(sentence: str) -> None:
    assert is_own_duty(clauses_of(sentence, OWN), SHOULD | MUST, named=False)


@pytest.mark.parametrize("sentence", TELLS)
def test_what_is_told_is_no_duty(sentence: str) -> None:
    assert not is_own_duty(clauses_of(sentence, OWN), SHOULD | MUST, named=False)


def test_in_a_report_nobody_may_be_left_to_guess_who_says_so() -> None:
    told = clauses_of("Det har sagts att registret bör föras över.", OWN)
    assert not is_own_duty(told, SHOULD, named=True)


@pytest.mark.parametrize(
    ("sentence", "label"),
    [
        ("Nämnden anser dock att fristen ska förlängas.", "need"),
        ("Nämnden anser att det ska framgå av lagen.", "need"),
        ("Nämnden förordar i stället en regel om jäv.", "propose"),
        ("Rådet bör ha minst två platser för föreningar.", "recommend"),
        ("Det bör dock anmärkas att avgiften är hög.", None),
        ("Hälften av nämndens medlemmar räknar med att flytta.", None),
        ("Nämnden vill hellre se en nationell satsning.", "wish"),
        ("För nämndens del krävs två årsarbetskrafter.", None),
        ("Enligt nämndens mening behöver det inte innebära att avgiften höjs.", None),
        ("Det måste hållas i minnet att siffrorna är osäkra.", None),
    ],
)
def test_reply(sentence: str, label: str | None) -> None:
    cue = reply_cue(sentence, OWN)
    assert (cue.label if cue else None) == label


@pytest.mark.parametrize(
    ("sentence", "stance"),
    [
        ("Nämnden anser sig inte kunna ta ställning till avgiften.", "tar inte ställning"),
        ("Nämnden anser sig inte kunna tillstyrka förslaget.", "avstyrker"),
        ("Nämnden anser sig kunna tillstyrka förslaget.", "tillstyrker"),
        ("Skälen för att nämnden avstyrker är följande.", None),
        ("Nämnden ifrågasätter om inte rekvisitet bör ersättas.", None),
        ("Nämnden tar inte ställning till stödet, som ligger utanför nämndens ansvarsområde.",
         "tar inte ställning"),
        ("Om stödet ändå införs förordar nämnden en ordning med anmälan.", None),
        ("Nämnden förordar alternativ B.", "tillstyrker"),
        ("Nämnden saknar synpunkter på följdändringarna i förslaget.", "inga synpunkter"),
        ("Nämnden ställer sig bakom förslaget med de synpunkter som framgår nedan.",
         "tillstyrker med synpunkter"),
        ("Nämnden instämmer i stort med förslagen om uppföljning.", "tillstyrker i huvudsak"),
        ("Nämnden instämmer i stort i utredningens bedömning.", "delar bedömningen"),
    ],
)  # fmt: skip
def test_stance(sentence: str, stance: str | None) -> None:
    assert stance_of(sentence, OWN) == stance


@pytest.mark.parametrize(
    "sentence",
    [
        "Nämnden ifrågasätter om inte rekvisitet bör ersättas.",
        "Om stödet ändå införs förordar nämnden en ordning med anmälan.",
    ],
)
def test_what_is_suggested_is_asked(sentence: str) -> None:
    assert reply_cue(sentence, OWN) is not None


@pytest.mark.parametrize(
    "sentence",
    [
        "Som utredningen konstaterar måste den som anmäls få yttra sig.",
        "Utredningen anför att kommunerna bör kunna lösa detta.",
        "De lärare vi intervjuat anser att skolan bör få avgöra själv.",
        "Enligt vår mening bör man fråga sig vad det kostar.",
        "Enligt Skolverket bör uppgiften flyttas.",
        "Som framgår av betänkandet bör frågan prövas.",
    ],
)
def test_others_words_ask_nothing(sentence: str) -> None:
    assert reply_cue(sentence, OWN) is None


REPORT = """# Rapport

## 1 Enkäten

Kommunerna uppger att

- kartorna borde bli mer detaljerade,
- bidraget bör kunna sökas löpande.

## 2 Rekommendationer

Kustverket lämnar följande rekommendationer till Inspektionen för vård och omsorg:

- Dokumentera i varje beslut hur barnet har hörts.
- Ange ett mål som går att följa upp.
"""


def test_points_are_of_whoever_says_them_and_put_to_whoever_the_lead_names(read: Read) -> None:
    _, found = read(REPORT, suffix=".md", kind="rapport", issuer="Kustverket")
    shown = [(r.text.split()[0], r.addressees) for r in found.recommendations]
    agency = ("Inspektionen för vård och omsorg",)
    assert shown == [("Dokumentera", agency), ("Ange", agency)]


@pytest.mark.parametrize(
    ("sentence", "addressees"),
    [
        ("Vi uppmanar nu våra grannar i EU att stödja förslaget.", ("våra grannar i EU",)),
        ("Medlemsländerna i EU måste ta ansvar för avfallet.", ("medlemsländerna i EU",)),
        ("Vi anser att kommunerna bör ersättas fullt ut.", ("regeringen",)),
        ("I stället bör Polismyndigheten i varje region utse en kontakt.", ("Polismyndigheten",)),
        ("Det är nödvändigt att lärosätena gör kursen obligatorisk.", ("lärosätena",)),
        ("Dessutom måste Polismyndigheten utse en kontakt.", ("Polismyndigheten",)),
        ("Därtill behöver Skolverkets handläggare få utbildning.", ("regeringen",)),
        ("Vi anser att polisen bör kompenseras för kostnaderna.", ("regeringen",)),
        (
            "Vi föreslår att Tullverket tillsammans med Kustbevakningen ser över reglerna.",
            ("Tullverket",),
        ),
    ],
)
def test_who_is_asked(sentence: str, addressees: tuple[str, ...], read: Read) -> None:
    _, found = read(f"Rapport\n\n1. Läget\n\n{sentence}\n", kind="rapport", issuer="Kustverket")
    assert [r.addressees for r in found.recommendations] == [addressees]


def test_a_second_demand_in_a_sentence_is_one_of_its_own(read: Read) -> None:
    text = "Yttrande\n\nBegreppet bör definieras, och nämnden föreslår att fristen ändras.\n"
    document, found = read(text, kind="remissvar", issuer="Nämnden")
    assert [r.strength for r in found.recommendations] == ["recommend", "propose"]
    for demand in found.recommendations:
        assert demand.span is not None
        assert demand.quote == document.quote(demand.span)


def test_what_another_body_holds_is_not_the_reports(read: Read) -> None:
    text = "Rapport\n\n1. Läget\n\nEuropol anser att kommunerna bör samarbeta tätare.\n"
    for issuer in ("Kustverket", "Länsstyrelsen i Eds län"):
        _, found = read(text, kind="rapport", issuer=issuer)
        assert found.recommendations == ()


@pytest.mark.parametrize(
    "sentence",
    [
        "Min rekommendation är därför att insatserna bör sättas igång snart.",
        "Vidare föreslås att regeringen avsätter medel för skydd.",
    ],
)
def test_a_report_proposes_in_passing(sentence: str, read: Read) -> None:
    _, found = read(f"Rapport\n\n1. Läget\n\n{sentence}\n", kind="rapport", issuer="Kustverket")
    assert len(found.recommendations) == 1


INQUIRY = """Betänkande

1. Fristen

Utredningen föreslår att fristen för talan förlängs. Avgiften ska sänkas till hälften. Enligt
direktiven ska utredaren även se över kostnaderna.

2. Bakgrund

Ansökan ska i dag göras skriftligt. Avtalet ska enligt förslaget vara skriftligt.
"""


def test_an_inquiry_tells_in_the_indicative_what_it_proposes(read: Read) -> None:
    _, found = read(INQUIRY, kind="betänkande", issuer="Fristutredningen")
    opens = [" ".join(r.text.split()[:2]) for r in found.recommendations]
    assert opens == ["Utredningen föreslår", "Avgiften ska", "Avtalet ska"]
    _, found = read(INQUIRY, kind="rapport", issuer="Kustverket")
    assert all("ska" not in r.text.split()[:2] for r in found.recommendations)


def test_what_is_proposed_behind_anothers_proposal_is_theirs(read: Read) -> None:
    told = "Kommissionen har föreslagit en ny fond. Vidare föreslås att medlemsstaterna inrättar en"
    text = f"Memo\n\n1. Innehåll\n\n{told} kontaktpunkt.\n"
    _, found = read(text, kind="rapport", issuer="Kustverket")
    assert found.recommendations == ()


FOLLOWING = """Lägesrapport

Kustverket är nationell rapportör i frågor om hamnar.

3 Förslag

{lead}

1. Ger Tullverket i uppdrag att räkna fartygen.
2. Ser över hamnlagen. Rapportören menar att lagen är för gammal för att den ska hinna med.

Efteråt märks en skillnad.
"""


def test_points_behind_the_following_measures_are_parts_of_one_demand(read: Read) -> None:
    lead = "Rapportören föreslår att regeringen vidtar följande åtgärder."
    _, found = read(FOLLOWING.format(lead=lead), kind="lägesrapport", issuer="Kustverket")
    (demand,) = found.recommendations
    assert demand.addressees == ("regeringen",)
    opened = "Rapportören föreslår att regeringen vidtar följande åtgärder: Ger Tullverket"
    assert [p.startswith(opened) for p in demand.parts] == [True, False]


@pytest.mark.parametrize(
    ("sentence", "asked"),
    [
        ("Rapportören kommer att under 2027 genomföra en särskild kartläggning.", True),
        ("Enligt rapportörens uppfattning måste Tullverket utse en kontakt.", True),
        ("Avdelningen har övervägt om det bör införas en avgift.", False),
        ('En lots berättar: "Jag ser inget. Tullverket borde bygga ett torn."', False),
    ],
)
def test_a_report_speaks_by_its_task_and_not_in_quotation_marks(
    sentence: str, asked: bool, read: Read
) -> None:
    _, found = read(FOLLOWING.format(lead=sentence), kind="lägesrapport", issuer="Kustverket")
    assert bool(found.recommendations) == asked


def test_who_wrote_a_report_is_its_speaker(read: Read) -> None:
    said = "Föreningarna bakom rapporten anser att riksdagen ska ändra lagen."
    text = f"Rapport\n\n1. Skolan\n\n{said}\n"
    _, found = read(text, kind="rapport", issuer="Nätverket Öppet hav")
    assert [r.addressees for r in found.recommendations] == [("riksdagen",)]


def test_what_is_important_to_bear_in_mind_is_not_asked_for() -> None:
    assert reply_cue("Det är viktigt att komma ihåg att delegationerna är nya.", OWN) is None
    assert reply_cue("Nämnden vill i stället att delegationerna hörs.", OWN) is not None


def test_a_sentence_that_stops_at_its_modal_goes_on_in_its_points(read: Read) -> None:
    text = "Rapport\n\n1. Läget\n\nRegionerna behöver\n\n– mäta väntan,\n– se till att svar ges.\n"
    _, found = read(text, kind="rapport", issuer="Kustverket")
    assert [r.parts for r in found.recommendations] == [
        ("Regionerna behöver mäta väntan.", "Regionerna behöver se till att svar ges.")
    ]


@pytest.mark.parametrize(
    ("title", "sentence", "count"),
    [
        ("Sammanfattning", "Kommunerna rekommenderas att upprätta en plan för skotrar.", 1),
        ("Inledning", "Kustverket anser att kommunerna bör upprätta en plan för skotrar.", 1),
        ("Inledning", "Det är viktigt att kommunerna upprättar en plan för skotrar.", 0),
    ],
)
def test_what_only_a_frame_of_the_report_asks(
    title: str, sentence: str, count: int, read: Read
) -> None:
    text = f"# Rapport\n\n## {title}\n\n{sentence}\n\n## Läget\n\nAllt är som förut.\n"
    _, found = read(text, suffix=".md", kind="rapport", issuer="Kustverket")
    assert len(found.recommendations) == count


def test_what_others_should_do_does_not_lead_up_to_a_proposal(read: Read) -> None:
    text = (
        "# Rapport\n\n## Förslag\n\nKommunerna behöver stärka sin förmåga att upptäcka brott."
        " Kustverket rekommenderar att samtliga kommuner tar fram rutiner.\n\n"
        "Kustverket vill återigen lyfta behovet av att fristen förlängs.\n"
    )
    _, found = read(text, suffix=".md", kind="rapport", issuer="Kustverket")
    assert [r.addressees for r in found.recommendations] == [
        ("kommunerna",),
        ("kommunerna",),
        ("regeringen",),
    ]
