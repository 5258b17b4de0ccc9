"""Where a target touches a demand's subject outside its measures, and what of it is quoted."""

from dataclasses import replace
from typing import Literal

import pytest

from rodtrad.datamodel import Document, Passage, Recommendation, Span
from rodtrad.datamodel.cleantext import CleanTextBuilder
from rodtrad.retrieval.termbank import load_termbank
from rodtrad.tracing.aspects import load_aspects
from rodtrad.tracing.context import ContextIndex, sentence_evidence, unbroken
from rodtrad.tracing.features import asked_counts
from rodtrad.tracing.texts import demand_side

MEMBER = "Landet blev medlem i den nationella organisationen 1920 och har del i personalen."
REFERRAL = "Staterna ska inrätta mekanismer för vidareslussning av offer."
OTHERS = ("Vägen ska rustas upp.", "Skogen mår väl.", "Ett nytt museum öppnar i år.")


def index_of(passages: list[Passage]) -> ContextIndex:
    return ContextIndex(passages, documents={}, termbank=load_termbank(), book=load_aspects())


@pytest.fixture
def outside(passages: tuple[Passage, ...]) -> list[Passage]:
    texts = (MEMBER, REFERRAL, *OTHERS)
    return [
        replace(passages[0], text=text, path=(f"{place} Avsnitt",))
        for place, text in enumerate(texts, start=1)
    ]


@pytest.mark.parametrize(
    ("text", "language", "quotes"),
    [
        (
            "Create a national referral mechanism in which staff have a part.",
            "en",
            [REFERRAL],
        ),
        ("En nationell mekanism för vidareslussning bör skapas.", "sv", [REFERRAL]),
        ("Strengthen the national organisation of dental care.", "en", []),
    ],
)
def test_shared_words_without_the_subject_are_no_context(
    outside: list[Passage],
    demand: Recommendation,
    text: str,
    language: Literal["sv", "en"],
    quotes: list[str],
) -> None:
    side = demand_side(replace(demand, text=text, context="", section=(), language=language))
    (asked,) = asked_counts([side], load_aspects())
    found = index_of(outside).find(side, asked)
    assert [one.evidence.summary for one in found] == quotes


SOURCE = (
    "Stödet ska ges i tid\n\n3 Se rapporten, sidan 12.\n\noch i hela landet till alla som behöver."
)


def interrupted() -> Document:
    """A sentence that a note at the foot of a page stands in the middle of."""
    note = SOURCE.index("\n\n3 Se")
    goes_on = SOURCE.index("och i hela")
    builder = CleanTextBuilder(SOURCE)
    builder.keep(0, note)
    builder.replace(note, note, " ")
    builder.keep(goes_on, len(SOURCE))
    builder.start_notes()
    builder.keep(note, goes_on)
    return Document("plan", "handlingsplan", "sv", SOURCE, builder.build(), ())


def test_a_sentence_that_a_note_tears_apart_is_not_quoted_in_part(
    passages: tuple[Passage, ...],
) -> None:
    document = interrupted()
    sentence = document.text[: document.text.index("behöver.") + len("behöver.")]
    at = Span(0, len(sentence))
    assert unbroken(document, at) is None
    passage = replace(passages[0], text=sentence, at=at, span=document.span_of(at))
    assert sentence_evidence(passage, sentence, document) is None


def test_a_sentence_in_one_piece_is_quoted_whole() -> None:
    document = interrupted()
    span = unbroken(document, Span(0, document.text.index(" och i hela")))
    assert span is not None
    assert document.quote(span) == "Stödet ska ges i tid"


def test_the_next_sentence_of_the_section_is_quoted_where_the_best_is_torn(
    passages: tuple[Passage, ...], demand: Recommendation
) -> None:
    torn, whole_one = "Stöd ges åt alla offer som behöver det.", "Stödet ges av socialtjänsten."
    source = f"Stöd ges åt alla\n\n3 Se rapporten, sidan 12.\n\noffer som behöver det. {whole_one}"
    note, goes_on = source.index("\n\n3 Se"), source.index("offer som")
    builder = CleanTextBuilder(source)
    builder.keep(0, note)
    builder.replace(note, note, " ")
    builder.keep(goes_on, len(source))
    builder.start_notes()
    builder.keep(note, goes_on)
    document = Document("plan", "handlingsplan", "sv", source, builder.build(), ())
    text = f"{torn} {whole_one}"
    at = Span(0, len(text))
    assert document.text.startswith(text)
    passage = replace(passages[0], text=text, at=at, span=document.span_of(at), document="plan")
    index = ContextIndex([passage], documents={"plan": document})
    side = demand_side(replace(demand, text="Ge stöd åt alla offer.", context="", language="sv"))
    assert [found.evidence.quote for found in index.find(side)] == [whole_one]
