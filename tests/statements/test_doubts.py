"""What a reply only remarks: kept apart from what it asks for, with the reason."""

from collections.abc import Callable

import pytest

from rodtrad.datamodel import Document
from rodtrad.statements import Statements

Read = Callable[..., tuple[Document, Statements]]
REPLY = "Yttrande över SOU 2024:10\n\n4.1 Tillsyn\n\n{sentence}\n"

REMARKS = [
    "Det är oklart hur kravet ska prövas.",
    "Effekterna för småföretagen är inte beskrivna.",
    "Verket behöver minst nio månader för omställningen.",
    "Företagen behöver tid.",
    "Kommunerna behöver gå i takt.",
    "Det finns ett stort behov av tillförlitliga uppgifter.",
    "Verket saknar det underlag som behövs för en bedömning.",
    "Kunskap om vatten är avgörande för att åtgärderna ska göra nytta.",
]
DEMANDS = [
    "Det framgår inte hur små kommuner ska klara uppgiften.",
    "Det saknas en analys av hur kravet ska prövas.",
    "Det är oklart hur kravet ska prövas och det bör förtydligas.",
    "Verket behöver ökade resurser.",
    "Regeringen behöver ta ansvar för frågan.",
    "Nämnden anser att kommunerna behöver tid.",
    "För utbildningen behöver regeringen anvisa medel.",
    "Begreppet behöver definieras i lagen.",
    "Det är avgörande att kommunerna får stöd.",
    "Nämnden avstyrker förslaget och anser att rätten ska gälla alla.",
    "Nämnden ser det som mycket angeläget att rådet får ett långsiktigt uppdrag.",
    "Ett förtydligande av hur reglerna förhåller sig till varandra är önskvärt.",
    "Även sökande under 18 år måste omfattas.",
]
NEITHER = [
    "Nämnden delar utredningens uppfattning och anser att rätten ska gälla alla.",
    "Nämnden anser det angeläget att påpeka att kravet redan gäller.",
    "Nämnden beräknar att reformen kräver ett tillskott om tre miljoner kronor.",
]


@pytest.mark.parametrize(
    ("sentence", "sure"), [*((s, False) for s in REMARKS), *((s, True) for s in DEMANDS)]
)
def test_a_remark_is_doubtful_and_has_its_reason(sentence: str, sure: bool, read: Read) -> None:
    document, found = read(REPLY.format(sentence=sentence), kind="remissvar", issuer="Nämnden")
    assert [d.quote for d in found.recommendations] == ([sentence] if sure else [])
    assert [bool(d.reason) for d in found.doubtful] == ([] if sure else [True])
    assert all(d.span and document.quote(d.span) == sentence for d in found.doubtful)


@pytest.mark.parametrize("sentence", NEITHER)
def test_what_is_shared_or_reckoned_is_not_asked_for(sentence: str, read: Read) -> None:
    _, found = read(REPLY.format(sentence=sentence), kind="remissvar", issuer="Nämnden")
    assert (found.recommendations, found.doubtful) == ((), ())


def test_doubtful_ones_take_no_number_from_the_others(read: Read) -> None:
    text = REPLY.format(sentence="Företagen behöver tid. Fristen bör förlängas.")
    _, found = read(text, kind="remissvar", issuer="Nämnden")
    assert [d.id for d in (*found.recommendations, *found.doubtful)] == ["4.1", "4.1-2"]
    assert [d.certainty for d in found.recommendations] == ["certain"]


def test_what_is_wanted_from_somebody_is_asked_of_them(read: Read) -> None:
    text = REPLY.format(sentence="Nämnden efterlyser en vägledning från Konsumentverket.")
    _, found = read(text, kind="remissvar", issuer="Nämnden")
    assert [d.addressees for d in found.recommendations] == [("Konsumentverket",)]


def test_what_is_asked_for_behind_a_stand_is_not_put_to_those_of_the_stand(read: Read) -> None:
    said = (
        "Nämnden ställer sig bakom förslaget att kommunerna ska utse en samordnare men anser att "
    )
    text = REPLY.format(sentence=f"{said}uppdraget behöver förtydligas.")
    _, found = read(text, kind="remissvar", issuer="Nämnden")
    assert [d.addressees for d in found.recommendations] == [("regeringen",)]
