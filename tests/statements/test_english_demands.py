"""What English reports ask for: who speaks, who should act, lists in the imperative."""

from collections.abc import Callable

import pytest

from rodtrad.datamodel import Document
from rodtrad.statements import Statements
from rodtrad.statements.english import addressees_in, english_cue
from rodtrad.statements.splitting import split_english

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


@pytest.mark.parametrize(
    ("sentence", "strength"),
    [
        ("GRETA asks the Swedish authorities to review the rules.", ""),
        ("The points for which ECMIR requests priority are the following:", None),
        ("In this report, ECMIR makes a series of recommendations to be followed.", None),
        ("GRETA considers that it is important to go on raising awareness.", "consider"),
        ("In addition, steps should be taken to shorten detention.", "recommend"),
        ("ECMIR must stress that delays are harmful.", None),
        ("ECMIR notes that the Ombudsman recommends that staff be trained.", None),
        ("The work of ECMIR is known to the Board, which recommends that staff be trained.", None),
        ("ECMIR notes that the law was amended and recommends that staff be trained.", "recommend"),
    ],
)
def test_whose_verb_it_is(sentence: str, strength: str | None) -> None:
    cue = english_cue(sentence, OWN, plain=True)
    assert (cue.label if cue else None) == strength


REPORT = """GRETA

Evaluation report Sweden

Executive summary

GRETA considers that the Swedish authorities should give victims better access to lawyers.

I. Legal aid

12. {body}

Appendix 1 - List of GRETA's conclusions and proposals for action

GRETA urges the Swedish authorities to open legal aid to all victims of trafficking.
"""


@pytest.mark.parametrize(
    ("body", "addressees"),
    [
        ("GRETA urges the Swedish authorities to open legal aid to all victims.", ["Sverige"]),
        (
            "GRETA considers that the Police Authority and the Prosecution Authority should act.",
            ["Polismyndigheten", "Åklagarmyndigheten"],
        ),
        ("GRETA considers that the Police Authority should be given more staff.", ["Sverige"]),
        (
            "GRETA considers that the Police Authority should be given the task of keeping count.",
            ["Polismyndigheten"],
        ),
        ("GRETA invites the Migration Agency, with the NGOs, to inform.", ["Migrationsverket"]),
    ],
)
def test_the_body_of_a_report_counts_once(body: str, addressees: list[str], read: Read) -> None:
    _, found = read(REPORT.format(body=body), kind="GRETA-rapport", issuer="GRETA", language="en")
    assert [(r.paragraph, list(r.addressees)) for r in found.recommendations] == [
        ("12", addressees)
    ]


def test_what_only_the_appendix_holds_counts(read: Read) -> None:
    text = REPORT.format(body="GRETA notes that much was done.")
    _, found = read(text, kind="GRETA-rapport", issuer="GRETA", language="en")
    assert [r.strength for r in found.recommendations] == ["consider", "urge"]


STATE = """Committee on Work

Concluding observations on the third periodic report of Sweden

9. {text}
"""


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        (
            "In light of its comment No. 34 (2011), the State party should protect workers. It "
            "should, inter alia:\n\n(a) Train inspectors. It should also pay them;\n\n"
            "(b) Keep a register.",
            3,
        ),
        ("The Committee recommends that the State party: (a) Train staff; and (b) Act.", 2),
        (
            "The Committee recommends that the State party ensure that staff are trained and that "
            "they are paid.",
            2,
        ),
    ],
)
def test_one_demand_of_the_state_in_its_parts(text: str, parts: int, read: Read) -> None:
    _, found = read(
        STATE.format(text=text), kind="sammanfattande slutsatser", issuer="Committee", language="en"
    )
    assert [len(r.parts) for r in found.recommendations] == [parts]
    assert all("State party" in r.text for r in found.recommendations)


def test_the_sentence_behind_a_list_is_a_part_of_its_demand(read: Read) -> None:
    text = REPORT.format(
        body="GRETA urges the Swedish authorities to:\n\n- train staff;\n- fund homes.\n\n"
        "In this context, the authorities should hear survivors."
    )
    _, found = read(text, kind="GRETA-rapport", issuer="GRETA", language="en")
    last = "In this context, the authorities should hear survivors."
    assert [r.parts[-1] for r in found.recommendations] == [last]


def test_praise_before_a_demand_is_no_part_of_it() -> None:
    praised = "GRETA commends the authorities for the units and encourages them to go on."
    asked = "GRETA urges the authorities to act and encourages them to go on."
    assert split_english(praised) == ()
    assert len(split_english(asked)) == 2
