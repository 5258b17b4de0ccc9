"""Acronyms that the text defines, and the board a bare "Länsstyrelsen" means."""

import pytest

from rodtrad.entities.agencies import AgencyContext, find_agencies

SKANE, HALLAND = "Länsstyrelsen i Skåne län", "Länsstyrelsen i Hallands län"


def values(text: str, context: AgencyContext | None = None) -> list[object]:
    return [f.value for f in find_agencies(text, context=context) if f.certainty == "certain"]


def test_a_shy_acronym_counts_once_the_text_defines_it() -> None:
    assert values("KI bedömer tillväxten.") == []
    text = "Konjunkturinstitutet (KI) räknar. KI bedömer tillväxten."
    assert values(text) == ["Konjunkturinstitutet"] * 3


@pytest.mark.parametrize("words", ["nedan", "förkortat", "i det följande"])
def test_words_that_announce_an_acronym(words: str) -> None:
    assert values(f"Försvarshögskolan ({words} FHS) är med. FHS ska") == ["Försvarshögskolan"] * 3


def test_the_texts_own_definition_wins() -> None:
    text = "Statens kriminaltekniska laboratorium (SKL) och SKL:s personal"
    assert values(text) == ["Statens kriminaltekniska laboratorium"] * 3


def test_an_acronym_introduced_for_something_else_is_no_agency() -> None:
    assert values("Sveriges vidareslussningsmekanism (NRM) ska stärkas. NRM används.") == []


def test_a_compound_with_an_acronym_is_no_mention() -> None:
    assert values("Trafikverket (TRV) och TRV-rapporten") == ["Trafikverket"] * 2
    assert values("en SGU-rapport") == []


def test_an_acronym_of_a_foreign_body_is_no_agency() -> None:
    assert values("Europeiska arbetsmyndigheten (ELA) och ELA:s regler") == []
    assert values("den danska Socialstyrelsen (DSST) och DSST") == []


def test_an_acronym_met_before_may_stand_in_brackets() -> None:
    assert values("SCB räknar. Andelen ökade (SCB).") == ["Statistiska centralbyrån"] * 2


@pytest.mark.parametrize("issuer", [SKANE, "Länsstyrelsen Skåne", "Länsstyrelsen i Skåne"])
def test_the_issuers_own_board(issuer: str) -> None:
    context = AgencyContext(issuer=issuer)
    assert values("Länsstyrelsen tillstyrker. Det berör länsstyrelsen.", context) == [SKANE] * 2


def test_the_only_board_named() -> None:
    assert values("Länsstyrelsen i Skåne län får medel. Länsstyrelsen ska redovisa.") == [SKANE] * 2


def test_the_board_named_last_when_several_are() -> None:
    text = "Länsstyrelsen i Hallands län fick medel." + " Annat hände också." * 4
    text += " Länsstyrelsen i Skåne län ska samordna. Länsstyrelsen ska redovisa."
    assert values(text) == [HALLAND, SKANE, SKANE]


def test_distributive_singular() -> None:
    text = "Länsstyrelserna prövar bidrag. Vid fördelningen ska länsstyrelsen se till helheten."
    assert values(text) == ["länsstyrelserna"] * 2


def test_each_board_for_its_county() -> None:
    text = "Länsstyrelsen i Skåne län samordnar. Ansökan ges in till länsstyrelsen i det län där"
    assert values(text) == [SKANE, "länsstyrelserna"]


def test_two_boards_side_by_side_leave_the_third_open() -> None:
    text = "Länsstyrelserna i Skåne och Hallands län ska samverka. Länsstyrelsen ska redovisa."
    bare = find_agencies(text)[-1]
    assert bare.certainty == "doubtful"
    assert bare.detail == {"candidates": [HALLAND, SKANE]}


def test_an_old_acronym_is_doubtful_long_after() -> None:
    assert values("arealövervakningen AMS belyses", AgencyContext(date="2021-05")) == []
    assert values("AMS fördelar", AgencyContext(date="1999")) == ["Arbetsmarknadsstyrelsen"]


def test_the_issuing_court_without_its_name_is_doubtful() -> None:
    context = AgencyContext(issuer="Kammarrätten i Göteborg")
    (finding,) = find_agencies("Kammarrätten anser att", context=context)
    assert (finding.value, finding.certainty) == ("Kammarrätten i Göteborg", "doubtful")
    assert find_agencies("Kammarrätten anser att") == ()
