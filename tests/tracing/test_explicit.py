"""Explicit links rest on the measure's own matter or document, never on one it mentions."""

from dataclasses import replace

import pytest

from rodtrad.datamodel import Measure, Recommendation, Span
from rodtrad.tracing.explicit import ExplicitIndex, plain_dnr

MEASURE = Measure(
    id="1",
    document="plan",
    title="Uppdrag om stöd",
    type="uppdrag",
    state="pågående",
    agencies=("Socialstyrelsen",),
    other_agencies=(),
    deadlines=(),
    dnr=("A2025/00637",),
    other_dnr=("Ju2023/02529",),
    refs=(),
    amounts=(),
    text="Uppdraget ska redovisas (A2025/00637), jfr Ju2023/02529.",
    at=Span(0, 10),
    span=Span(0, 10),
    section=("1 Uppdrag om stöd",),
)
BILL = replace(
    MEASURE,
    id="2",
    title="Propositionen Nya regler",
    type="lagstiftning",
    dnr=(),
    text="Propositionen Nya regler (prop. 2025/26:222) bygger på prop. 2025/26:1.",
)


def asked(text: str, dnr: tuple[str, ...] = ()) -> Recommendation:
    return Recommendation(
        id="r",
        document="remissvar",
        issuer="Länsstyrelsen",
        addressees=(),
        strength=None,
        text=text,
        language="sv",
        dnr=dnr,
    )


@pytest.mark.parametrize(
    ("text", "measures"),
    [
        ("Arbetet enligt uppdraget (A2025/00637) bör fortsätta.", [0]),
        ("Arbetet enligt uppdraget A 2025/00637 bör fortsätta.", [0]),
        ("Samverkan enligt Ju2023/02529 bör fortsätta.", []),
        ("Vi tillstyrker förslagen i prop. 2025/26:222.", [1]),
        ("Anslagen i prop. 2025/26:1 bör höjas.", []),
        ("Stödet bör byggas ut.", []),
    ],
)
def test_explicit_links(text: str, measures: list[int]) -> None:
    index = ExplicitIndex([MEASURE, BILL])
    assert [link.measure for link in index.find(asked(text))] == measures


def test_a_dnr_given_as_a_field_counts() -> None:
    found = ExplicitIndex([MEASURE]).find(asked("Fortsätt.", dnr=("A2025/00637",)))
    assert [link.kind for link in found] == ["dnr"]


@pytest.mark.parametrize(
    ("dnr", "plain"),
    [
        ("A2025/00637", "a2025/00637"),
        ("Ju 2015/02345/PO", "ju2015/02345"),
        ("Fi2007/8016/OFA/SF", "fi2007/8016"),
    ],
)
def test_plain_dnr(dnr: str, plain: str) -> None:
    assert plain_dnr(dnr) == plain
