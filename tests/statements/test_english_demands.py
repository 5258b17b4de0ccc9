"""What English reports ask for: who speaks, who should act, lists in the imperative."""

from collections.abc import Callable

import pytest

from rodtrad.datamodel import Document
from rodtrad.statements import Statements
from rodtrad.statements.english import addressees_in, english_cue

Read = Callable[..., tuple[Document, Statements]]
OWN = frozenset({"oecd", "ecmir"})


@pytest.mark.parametrize(
    ("sentence", "strength"),
    [
        ("ECMIR considers that parents should be heard.", "recommend"),
        ("The ECMIR reiterates its recommendation that schools be funded.", "recommend"),
        ("ECMIR would appreciate receiving the results.", "invite"),
        ("ECMIR would like to thank the delegation.", None),
        ("The Council must give a firm answer.", "recommend"),
        ("Therefore, the regions should share their data.", "recommend"),
        ("We renew our call on the parties to stop.", "recommend"),
        ("The OECD recommends that Sweden adopt a method.", "recommend"),
        ("The Korean Service recommends that agencies buy together.", None),
        ("Good schools should never be taken for granted.", None),
        ("Delays must be kept short.", None),
        ("We remain firm: The Northern authorities must release them.", "recommend"),
        ("We reiterate our demands for an open inquiry.", "recommend"),
        ("The delegation explained that employers should be informed.", None),
        ("Officers met by ECMIR considered that the police should record more.", None),
        ("Co-operation with schools has grown.", None),
        ("The Council should have acted earlier.", None),
    ],
)
def test_who_asks(sentence: str, strength: str | None) -> None:
    cue = english_cue(sentence, OWN, plain=True)
    assert (cue.label if cue else None) == strength


@pytest.mark.parametrize(
    ("sentence", "addressees"),
    [
        ("The National Agency for Forests should publish its maps.", "National Agency for Forests"),
        ("The government should require a register.", "Sverige"),
        ("It would be useful for NACTO to update its guidance.", "NACTO"),
        ("The OECD calls on the Baltic Council to report.", "Baltic Council"),
        ("Sweden should be given support.", None),
    ],
)
def test_who_should_act(sentence: str, addressees: str | None, read: Read) -> None:
    text = f"OECD Review of Sweden\n\n1. Findings\n\n{sentence}\n"
    _, found = read(text, kind="rapport", issuer="OECD", language="en")
    assert [r.addressees for r in found.recommendations] == [(addressees,) if addressees else ()]


POINTS = """# OECD Review of Sweden

## Improve data

- Establish an open register of notices.
- Make the publication of awards mandatory.
- Training for buyers in small towns was cut.
"""


def test_points_in_the_imperative_ask_each_for_itself(read: Read) -> None:
    _, found = read(POINTS, suffix=".md", kind="rapport", issuer="OECD", language="en")
    assert [r.text.split()[0] for r in found.recommendations] == ["Establish", "Make"]


def test_lettered_points_on_one_line_are_parts(read: Read) -> None:
    text = "Report\n\n1. Work\n\n9.The State party should:\n\n(a)Take measures; (b)Collect data.\n"
    _, found = read(text, kind="UN committee", issuer="Committee on Work", language="en")
    assert [len(r.parts) for r in found.recommendations] == [2]


def test_who_acts_together_with_the_state_is_not_asked() -> None:
    sentence = "The State party, in close cooperation with the Government of Norway, should act."
    assert addressees_in(sentence, party="Danmark") == ("Danmark",)
    both = "It asks the State party and the Government of Norway to act."
    assert addressees_in(both, party="Danmark") == ("Danmark", "Norge")
