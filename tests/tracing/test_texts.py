"""What of a demand is read, and how much each piece weighs."""

import pytest

from rodtrad.datamodel import Recommendation
from rodtrad.tracing.clauses import clauses, without_speaker
from rodtrad.tracing.texts import demand_side, is_demand, split_sentences


def demand(text: str, *, language: str = "sv", context: str = "") -> Recommendation:
    return Recommendation(
        id="1",
        document="list",
        issuer="",
        addressees=(),
        strength=None,
        text=text,
        language="en" if language == "en" else "sv",
        context=context,
    )


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("Stödet varierar, t.ex. Malmö saknar det. Regionen bör agera.", 2),
        ("Se prop. 2025/26:1. Det räcker inte.", 2),
        ("Det är brådskande.12 Regeringen bör svara.", 2),
        ("En mening utan punkt", 1),
        ("", 0),
    ],
)
def test_sentences(text: str, number: int) -> None:
    assert len(split_sentences(text)) == number


@pytest.mark.parametrize(
    ("sentence", "language", "asks"),
    [
        ("Polisen bör höja sin kompetens.", "sv", True),
        ("Myndigheten föreslår ett center.", "sv", True),
        ("Antalet anmälningar ökade under året.", "sv", False),
        ("The authorities should train judges.", "en", True),
        ("The number of reports rose.", "en", False),
    ],
)
def test_demands_are_told_from_descriptions(sentence: str, language: str, asks: bool) -> None:
    assert is_demand(sentence, language) is asks


def test_a_note_in_brackets_is_not_what_is_asked() -> None:
    side = demand_side(demand("Secure help. (The text stops here.)", language="en"))
    asking, note = side.units
    assert asking.weight == 1.0
    assert note.weight < 0.3
    assert "stops" not in side.own


def test_the_demand_weighs_more_than_its_reasons() -> None:
    side = demand_side(demand("Anmälningarna läggs ofta ned. Polisen bör se över dem."))
    reason, asking = side.units
    assert asking.weight > reason.weight


def test_context_counts_less_than_the_text_and_never_twice() -> None:
    side = demand_side(demand("Ett center bör inrättas.", context="Offren saknar stöd."))
    assert [u.text for u in side.units] == ["Ett center bör inrättas.", "Offren saknar stöd."]
    assert side.units[1].weight < side.units[0].weight
    again = demand_side(demand("Ett center bör inrättas.", context="Ett center bör inrättas."))
    assert len(again.units) == 1


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("Socialstyrelsen anser att stödet är svagt", False),
        ("Länsstyrelsen ställer sig bakom förslaget", False),
        ("Rapportören föreslår att stödet byggs ut", False),
        ("Barnombudsmannen anser att stödet är svagt", False),
        ("Socialstyrelsen bör ta fram stöd", True),
    ],
)
def test_who_speaks_is_not_who_is_asked(text: str, kept: bool) -> None:
    assert (text.split()[0] in without_speaker(text)) is kept


def test_examples_and_asides_weigh_less_than_the_main_clause() -> None:
    main, tail, aside = clauses("Train staff (police, nurses), including guards.")
    assert main.text.startswith("Train staff")
    assert main.weight > tail.weight > aside.weight
    assert aside.text == "police, nurses"


def test_an_aside_with_figures_is_a_reference() -> None:
    assert len(clauses("Uppdraget redovisas i mars (A2026/00451).")) == 1


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("Därför föreslår Socialstyrelsen att lagen ändras.", "Därför föreslår att lagen ändras."),
        ("Dessutom ställer Skolverket sig bakom det.", "Dessutom ställer sig bakom det."),
        ("Skolverket ser behov av stöd.", "ser behov av stöd."),
        ("Nu uppmanar Skolverket att agera.", "Nu uppmanar Skolverket att agera."),
        ("Rådet rekommenderar Skolverket att agera.", "rekommenderar Skolverket att agera."),
    ],
)
def test_who_speaks_after_the_verb_is_not_asked_to_act(text: str, left: str) -> None:
    assert " ".join(without_speaker(text).split()) == left


@pytest.mark.parametrize(
    ("text", "condition"),
    [
        ("Support victims regardless of their testimony.", "regardless of their testimony."),
        ("Stöd ska ges oavsett om offret medverkar.", "oavsett om offret medverkar."),
        ("Offer a recovery period also where no case is open.", "also where no case is open."),
        (
            "Stöd ska ges även när ingen utredning har inletts.",
            "även när ingen utredning har inletts.",
        ),
        ("Informationen ska även ges till barn.", ""),
        ("Polisen bör även innan året är slut utbilda sin personal.", ""),
        ("Se över lagen även när det gäller arbetskraft.", ""),
        ("The State should also where appropriate train judges.", ""),
        ("Identification must not depend on testimony.", ""),
    ],
)
def test_a_condition_weighs_less_than_what_is_asked(text: str, condition: str) -> None:
    main, *rest = clauses(text)
    assert main.weight == 1.0
    assert "".join(clause.text for clause in rest) == condition
    assert all(clause.weight < 0.5 for clause in rest)
