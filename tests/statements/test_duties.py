"""What should be done and what only is: a modal, its clause, its subject and its infinitive."""

import pytest

from rodtrad.statements.grammar.clauses import clauses_of
from rodtrad.statements.grammar.duties import MUST, SHOULD, is_own_duty
from rodtrad.statements.replies import reply_cue

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
        ("Det måste hållas i minnet att siffrorna är osäkra.", None),
    ],
)
def test_reply(sentence: str, label: str | None) -> None:
    cue = reply_cue(sentence, OWN)
    assert (cue.label if cue else None) == label
