"""What a query is read as: corrections, terms of the bank, names."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import pytest

from rodtrad.retrieval.analysers import Analysers
from rodtrad.retrieval.compounds import CompoundSplitter
from rodtrad.retrieval.query import Alternative, QueryParser
from rodtrad.retrieval.querytext import in_one_text
from rodtrad.retrieval.spelling import corrections
from rodtrad.retrieval.stemming import Language
from rodtrad.retrieval.termbank import load_termbank
from rodtrad.retrieval.tokenization import stems_of


class Words:
    """A collection that has some words, in a land whose dictionary has some others."""

    def __init__(self, collection: str, english: str) -> None:
        self._collection, self._english = collection.split(), english.split()

    def knows(self, stem: str, language: Language) -> bool:
        return stem in (root for word in self._collection for root in stems_of(word, language))

    def has(self, alternative: Alternative) -> bool:
        return alternative.shown in self._collection

    def writes(self, surface: str) -> bool:
        return surface in self._collection

    def swedish_word(self, word: str) -> bool:
        return False

    def beginning(self, letters: str) -> Sequence[str]:
        return ()

    def corrections(self, surface: str) -> Sequence[str]:
        return corrections(surface, self._collection.count)

    def dictionary(self, word: str) -> tuple[str, ...]:
        return ("ord",) if word in self._english else ()

    def long_forms(self, acronym: str) -> Iterable[tuple[str, Language]]:
        return [("Xylofonnämnden", "sv")] if acronym == "xn" else []


def parser(collection: str, english: str = "") -> QueryParser:
    return QueryParser(load_termbank(), Words(collection, english), Analysers(CompoundSplitter({})))


@pytest.mark.parametrize(
    ("text", "meant", "concepts"),
    [
        ("human traficking", "human trafficking", ["human trafficking"]),
        ("the labour exploitaion rules", "the labour exploitation rules", ["labour exploitation"]),
        ("rules on labour exploitation", "rules on labour exploitation", ["labour exploitation"]),
    ],
)
def test_a_corrected_word_is_part_of_a_term(text: str, meant: str, concepts: list[str]) -> None:
    parsed = parser(
        "trafficking människohandel arbetskraftsexploatering exploitation", "human rules"
    ).parse(text, language="en")
    assert parsed.meant == meant
    found = [c for c in parsed.concepts if " " in c.surface]
    assert [c.surface for c in found] == concepts
    at = found[0].at
    assert at.of(text).split()[0] in ("human", "labour")
    assert at.end <= len(text)


@pytest.mark.parametrize(
    ("text", "collection", "english", "corrected"),
    [
        ("the role of courts", "roll courts", "role", ()),
        ("goverment agencies", "agencies", "government", (("goverment", "government"),)),
        ("support in school", "stöd skolor", "support school", ()),
        ("courts in Hague", "courts", "vague", ()),
        ("suport for boys", "spport support boys", "support", (("suport", "support"),)),
    ],
)
def test_english_words_are_corrected_to_english_ones_and_names_are_left(
    text: str, collection: str, english: str, corrected: tuple[tuple[str, str], ...]
) -> None:
    assert parser(collection, english).parse(text, language="en").corrected == corrected


@pytest.mark.parametrize(("collection", "origin"), [("kyrka", "synonym"), ("skola", "instead")])
def test_synonyms_stand_in_for_a_word_that_the_collection_does_not_have(
    collection: str, origin: str
) -> None:
    bank = load_termbank(wide=True)
    words = Words(f"{collection} trossamfund", "")
    parsed = QueryParser(bank, words, Analysers(CompoundSplitter({}))).parse("kyrka", language="sv")
    (concept,) = parsed.concepts
    assert {a.origin for a in concept.alternatives if a.shown == "trossamfund"} == {origin}


@pytest.mark.parametrize("text", ["uppdrag till XN", "uppdrag till xn"])
def test_an_acronym_is_also_looked_for_as_the_collection_spells_it_out(text: str) -> None:
    parsed = parser("uppdrag xn").parse(text, language="sv")
    ways = [(way.shown, way.origin) for way in parsed.concepts[-1].alternatives]
    assert ("Xylofonnämnden", "acronym") in ways
    assert in_one_text(parsed, lambda way: True).text == f"{text} Xylofonnämnden"


@pytest.mark.parametrize(
    ("text", "is_spelt"), [("stöd till BARN", True), ("BARN PÅ FLYKTINGLÄGER", False)]
)
def test_capitals_throughout_make_no_acronyms(text: str, is_spelt: bool) -> None:
    parsed = parser("stöd barn flyktingläger").parse(text, language="sv")
    origins = {way.origin for concept in parsed.concepts for way in concept.alternatives}
    assert ("acronym" in origins) is is_spelt


@pytest.mark.parametrize(
    ("text", "form"), [("SBU", True), ("sbu", True), ("BO", True), ("bo i stad", False)]
)
def test_acronyms_of_the_bank_are_spelt_out_in_small_letters_too(text: str, form: bool) -> None:
    parsed = parser("sbu bo").parse(text, language="sv")
    origins = {way.origin for way in parsed.concepts[0].alternatives}
    assert ("acronym" in origins) is form
