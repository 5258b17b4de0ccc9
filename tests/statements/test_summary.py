"""A summary over many replies, and who was asked."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from rodtrad.datamodel import Document
from rodtrad.statements import (
    ProposalSummary,
    Reply,
    Statements,
    answered_bodies,
    asked_bodies,
    participation,
    summarise,
)

Read = Callable[..., tuple[Document, Statements]]
REFERRAL = """Remiss av betänkandet Laddstationer (SOU 2021:87)

Remissinstanser

1. Boverket
2. Ekeboda kommun
3. Naturvårdsverket (NV)
4. Sveriges Kommuner och
Regioner

Svaren ska ha kommit in senast den 1 oktober 2021.

Kontakt
Anna Exempel
"""
REPLIES = {
    "Boverket": "6.2 Laddskåp\n\nBoverket avstyrker förslaget om undantag från bygglov för "
    "laddskåp. Boverket föreslår att frågan utreds vidare.\n",
    "Ekeboda kommun": "Avsnitt 6.2 Laddskåp\n\nKommunen tillstyrker undantaget från bygglov för "
    "laddskåp under förutsättning att kommunen får medel.\n\nAvgifter\n\nKommunen är tveksam till "
    "förslaget om en ny avgift.\n",
    "Naturvårdsverket": "Naturvårdsverket avstår från att yttra sig.\n",
}


@pytest.fixture
def replies(read: Read) -> list[Reply]:
    found = []
    for number, (body, text) in enumerate(REPLIES.items()):
        _, said = read(
            f"Remissvar\n\n{text}", kind="remissvar", issuer=body, answers_to="SOU 2021:87"
        )
        name = f"reply-{number}"
        stances = tuple(replace(s, document=name) for s in said.stances)
        demands = tuple(replace(r, document=name) for r in said.recommendations)
        found.append(Reply(name, body, stances, demands))
    return found


def _proposal(found: tuple[ProposalSummary, ...], word: str) -> ProposalSummary:
    return next(p for p in found if word in p.proposal)


def test_who_supports_and_who_objects(replies: list[Reply]) -> None:
    found = summarise(replies)
    shed = _proposal(found, "laddskåp")
    assert shed.bodies("avstyrker") == ("Boverket",)
    assert shed.bodies("tillstyrker") == ("Ekeboda kommun",)
    assert (shed.reference, shed.target_document) == ("6.2", "SOU 2021:87")
    assert [o.stance.condition for o in shed.opinions] == [None, "kommunen får medel"]
    assert [r.body for r in shed.requests] == ["Boverket"]


def test_another_proposal_stands_alone(replies: list[Reply]) -> None:
    fee = _proposal(summarise(replies), "avgift")
    assert fee.bodies("tveksam") == ("Ekeboda kommun",)
    assert len(fee.opinions) == 1


def test_abstaining_is_about_the_whole(replies: list[Reply]) -> None:
    whole = summarise(replies)[0]
    assert (whole.proposal, whole.bodies("tar inte ställning")) == (
        "helheten",
        ("Naturvårdsverket",),
    )


def test_no_opinion_is_lost(replies: list[Reply]) -> None:
    found = summarise(replies)
    told = sum(len(p.opinions) for p in found)
    assert told == sum(len(r.stances) for r in replies)
    asked = sum(len(p.requests) for p in found)
    assert asked == sum(len(r.recommendations) for r in replies)


def test_silence_is_not_abstaining(replies: list[Reply]) -> None:
    found = participation(asked_bodies(REFERRAL), [*replies, Reply("x", "Riksförbundet M")])
    assert found.asked == (
        "Boverket",
        "Ekeboda kommun",
        "Naturvårdsverket",
        "Sveriges Kommuner och Regioner",
    )
    assert found.answered == ("Boverket", "Ekeboda kommun")
    assert found.abstained == ("Naturvårdsverket",)
    assert found.silent == ("Sveriges Kommuner och Regioner",)
    assert found.unasked == ("Riksförbundet M",)


def test_those_whose_answers_a_page_lists() -> None:
    page = "Remissinstanser:\nLista (pdf 150 kB)\nRemissvar:\n• Tullverket (pdf 2 kB)\nSista dag"
    assert asked_bodies(page) == ()
    assert answered_bodies(page) == ("Tullverket",)


def test_a_text_without_a_list_asks_nobody() -> None:
    assert asked_bodies("Remissinstanserna var positiva.\nBoverket\n") == ()


@pytest.mark.parametrize(
    ("one", "other", "together"),
    [
        pytest.param("en minimiålder för e-tjänster", "en åldersgräns på e-tjänster", 1, id="age"),
        pytest.param("en avgift för tillsynen", "den nya tillsynsavgiften", 1, id="compound"),
        pytest.param("uppgiftsskyldighet för vården", "vårdens rapportering", 1, id="reporting"),
        pytest.param("en avgift för tillsynen", "en avgift för register", 2, id="another fee"),
        pytest.param("förbud mot bilar", "tillstånd för bilar", 2, id="ban and permit"),
    ],
)
def test_proposals_in_other_words(one: str, other: str, together: int, read: Read) -> None:
    replies = []
    for number, target in enumerate((one, other)):
        text = f"Remissvar\n\nRådet tillstyrker förslaget om {target}.\n"
        _, said = read(text, kind="remissvar", issuer="Rådet", answers_to="SOU 2020:1")
        stances = tuple(replace(s, document=f"r{number}") for s in said.stances)
        replies.append(Reply(f"r{number}", f"Rådet {number}", stances, ()))
    assert len(summarise(replies)) == together
